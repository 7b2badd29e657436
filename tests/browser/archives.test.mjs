// Logs as customers send them: rotated and packed with gzip, or several of them in a zip.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";
import { diagnosesAfter, everywhere, fileInput, withFiles } from "./harness.mjs";

const server = "192.0.2.10";
const refusedHost = "adminwebservice.microsoftonline.com";

/** A Squid log of so many lines; on the given lines the Connect server is refused. */
function squid(lines, refused) {
  const line = (at) => {
    const time = `${1_786_500_000 + at}.100`;
    if (refused.includes(at)) {
      return `${time}      1 ${server} TCP_DENIED/403 3912 CONNECT ${refusedHost}:443 - HIER_NONE/- text/html`;
    }
    return `${time}    412 198.51.100.${at % 250} TCP_TUNNEL/200 ${1000 + (at % 9000)} CONNECT www.example.com:443 - HIER_DIRECT/203.0.113.5 -`;
  };
  return `${Array.from({ length: lines }, (_, at) => line(at + 1)).join("\n")}\n`;
}

/** A zip archive (APPNOTE.TXT 6.3.10): local headers with their data, the central directory, and its end. */
function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x0800, 2); // names are UTF-8
    fields.writeUInt16LE(8, 4); // deflate
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    local.push(Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, rest, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

function crc32(bytes) {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
    }
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

const give = (page, files) =>
  withFiles(files, (paths) =>
    diagnosesAfter(page, async () => {
      await (await fileInput(page)).uploadFile(...paths);
    }),
  );

const text = (element) => element.textContent.trim().replace(/[\s\u202f]+/g, " ");
const cardTitles = (page) => page.$$eval("[data-artifact-kind] h3", (titles) => titles.map((title) => title.textContent));

/** Opens a place, and gives what the viewer marks: number and text of the line, and what the viewer is called. */
async function opened(page, place) {
  await place.click();
  await page.waitForSelector("#viewer-mark");
  const seen = await page.evaluate(() => ({
    name: document.getElementById("viewer").getAttribute("aria-label"),
    number: Number(document.querySelector("#viewer .marked .line-number").textContent),
    line: document.querySelector("#viewer .marked code").textContent,
  }));
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.getElementById("viewer"));
  return seen;
}

everywhere("archives", (visit) => {
  test("evidence in a rotated log that is packed with gzip opens at its line", () =>
    visit(async (page, seen) => {
      const log = squid(12_000, [9_000, 9_100, 9_200]);
      // A browser reads its files when it likes: they have to stay for as long as the page is used.
      await withFiles({ "access.log.1.gz": gzipSync(log) }, async (paths) => {
        const found = await diagnosesAfter(page, async () => (await fileInput(page)).uploadFile(...paths));
        assert.ok(found.length > 0);
        assert.deepEqual(await cardTitles(page), ["access.log.1.gz/access.log.1"]);
        const place = await page.waitForSelector("button.place");
        const shown = await opened(page, place);
        assert.equal(shown.name, "Lines of access.log.1.gz/access.log.1");
        assert.equal(shown.number, 9_000);
        assert.equal(shown.line, log.split("\n")[8_999]);
        const mark = await page.waitForSelector(".timeline .mark");
        assert.ok([9_000, 9_100, 9_200].includes((await opened(page, mark)).number));
      });
      assert.deepEqual(seen.errors, []);
    }));

  test("each file in a zip has its card, and evidence opens in the right one", () =>
    visit(async (page, seen) => {
      const [one, other] = [squid(400, []), squid(5_000, [4_321])];
      const archive = zip({ "logs/monday.log": one, "logs/tuesday.log": other, "notes.txt": "no sync since Monday\n" });
      await withFiles({ "collected.zip": archive }, async (paths) => {
        await diagnosesAfter(page, async () => (await fileInput(page)).uploadFile(...paths));
        assert.deepEqual(await cardTitles(page), [
          "collected.zip/logs/monday.log",
          "collected.zip/logs/tuesday.log",
          "collected.zip/notes.txt",
        ]);
        const places = await page.$$("button.place");
        const wheres = await Promise.all(places.map((place) => place.evaluate((place) => place.textContent)));
        const at = wheres.findIndex((where) => where.includes("tuesday.log, line 4321"));
        assert.notEqual(at, -1, wheres.join(" | "));
        const shown = await opened(page, places[at]);
        assert.equal(shown.name, "Lines of collected.zip/logs/tuesday.log");
        assert.equal(shown.number, 4_321);
        assert.equal(shown.line, other.split("\n")[4_320]);
      });
      assert.deepEqual(seen.errors, []);
    }));

  test("of an archive that is cut off what can be read is read, and its card says so", () =>
    visit(async (page, seen) => {
      const whole = gzipSync(squid(20_000, [50, 60, 70]), { level: 1 });
      await give(page, { "access.log.gz": whole.subarray(0, whole.length / 2) });
      assert.ok(await page.$("[data-diagnosis]"), "nothing came of the part that could be read");
      const said = await page.$eval("[data-artifact-kind=proxy-log] .card-whole", text);
      assert.match(said, /access\.log\.gz: .*cut off.*\.$/i);
      assert.deepEqual(seen.errors, []);
    }));

  test("of an archive that cannot be opened the card says only that, and what to do", () =>
    visit(async (page, seen) => {
      const sevenZip = Buffer.concat([Buffer.from("7z\xbc\xaf\x27\x1c\x00\x04", "latin1"), Buffer.alloc(200, 7)]);
      await give(page, { "logs.7z": sevenZip });
      const card = await page.$eval("[data-artifact-kind]", text);
      assert.match(card, /logs\.7z: .*7-Zip/i);
      assert.doesNotMatch(card, /Encoding|0 lines|Not recognised/);
      assert.equal(await page.$("[data-artifact-kind] .card-skipped"), null);
      assert.deepEqual(seen.errors, []);
    }));
});
