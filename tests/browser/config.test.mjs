// A configuration that .NET refuses: the difference, the corrected file byte for byte, and the builder without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnosesAfter, everywhere, fileInput, paste, withFiles } from "./harness.mjs";

const broken = [
  '<?xml version="1.0" encoding="utf-8"?>',
  "<configuration>",
  "  <!-- Müller, 代理 -->",
  "  <system.net>",
  "    <defaultProxy>",
  '      <proxy usesystemdefault="true" proxyAddress=“http://proxy.contoso.example:8080” bypassonlocal="true" />',
  "    </defaultProxy>",
  "  </system.net>",
  "</configuration>",
  "",
];
const right = broken.map((line) =>
  line.replace("proxyAddress", "proxyaddress").replace("“", '"').replace("”", '"'),
);

/** Keeps what the page offers as a file. */
function watchDownloads() {
  globalThis.saved = [];
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    blob.arrayBuffer?.().then((buffer) => globalThis.saved.push([...new Uint8Array(buffer)]));
    return create(blob);
  };
}

everywhere("configuration", (visit) => {
  test("a pasted configuration comes back corrected, with the difference and the effective proxy", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, broken.join("\n")));
      await page.waitForSelector('[data-config-state="corrected"]');
      const shown = await page.$eval(".diff-box", (box) => box.textContent);
      assert.ok(shown.includes("proxyAddress=“http://proxy.contoso.example:8080”"), shown);
      assert.ok(shown.includes('proxyaddress="http://proxy.contoso.example:8080"'), shown);
      for (const label of ["Unified", "Side by side"]) {
        await page.evaluate((label) => {
          [...document.querySelectorAll(".diff-choice")].find((one) => one.textContent === label).click();
        }, label);
        assert.ok((await page.$$(".diff-removed")).length > 0);
        assert.ok((await page.$$(".diff-added")).length > 0);
      }
      const ways = await page.$$eval("#effective-proxy .route-way", (cells) => cells.map((cell) => cell.textContent));
      assert.ok(ways.includes("Fails"), ways.join());
      assert.deepEqual(seen.errors, []);
    }));

  test("the corrected file is the given one byte for byte but for the edits", () =>
    visit(
      async (page, seen) => {
        const encode = (lines) => Buffer.from(`\ufeff${lines.join("\r\n").replace("utf-8", "utf-16")}`, "utf16le");
        await withFiles({ "machine.config": encode(broken) }, async (paths) => {
          const input = await fileInput(page);
          await diagnosesAfter(page, () => input.uploadFile(...paths));
          await page.waitForSelector('[data-config-state="corrected"] [id^="config-download"]');
          await page.evaluate(() => {
            globalThis.saved = [];
            document.querySelector('[id^="config-download"]').click();
          });
          await page.waitForFunction(() => globalThis.saved.length === 1);
          const saved = await page.evaluate(() => globalThis.saved[0]);
          assert.deepEqual(Buffer.from(saved), encode(right));
        });
        assert.deepEqual(seen.errors, []);
      },
      { before: watchDownloads },
    ));

  test("a proxy that only the user knows is asked for and written", () =>
    visit(async (page, seen) => {
      const text = broken.join("\n").replace("proxy.contoso.example:8080", "<PROXYADDRESS>:<PROXYPORT>");
      await diagnosesAfter(page, () => paste(page, text));
      await page.waitForSelector(".config-ask input");
      await page.focus(".config-ask input");
      await page.keyboard.type("new.contoso.example");
      await page.keyboard.press("Tab");
      await page.keyboard.type("3128");
      await page.keyboard.press("Enter");
      await page.waitForSelector('[data-config-state="corrected"]');
      const block = await page.$eval(".config-block pre", (pre) => pre.textContent);
      assert.ok(block.includes('proxyaddress="http://new.contoso.example:3128"'), block);
      assert.deepEqual(seen.errors, []);
    }));

  test("the builder is filled in with the keyboard, and says at the field what is wrong", () =>
    visit(async (page, seen) => {
      await page.evaluate(() => {
        location.hash = "#/configuration";
      });
      await page.waitForSelector("#config-host");
      await page.waitForFunction(() => document.activeElement?.id !== "" && document.activeElement?.tagName === "H2");
      await tabTo(page, "#config-host");
      await page.keyboard.type("proxy.contoso.example");
      await tabTo(page, "#config-port");
      await page.keyboard.type("808O");
      const said = () =>
        page.$eval("#config-port", (input) => [input.getAttribute("aria-invalid"), document.getElementById("config-port-error").textContent]);
      const [invalid, error] = await said();
      assert.equal(invalid, "true");
      assert.ok(error.includes("65535"), error);
      await page.keyboard.press("Backspace");
      await page.keyboard.type("0");
      assert.equal((await said())[0], "false");
      await tabTo(page, "#config-sign-in");
      await page.keyboard.press(" ");
      await tabTo(page, "#config-bypass");
      await page.keyboard.type("*.contoso.com");
      await page.waitForSelector("#config-block code");
      const block = await page.$eval("#config-block code", (code) => code.textContent);
      assert.ok(block.includes('proxyaddress="http://proxy.contoso.example:8080"'), block);
      assert.ok(block.includes('useDefaultCredentials="true"'), block);
      assert.ok(block.includes("contoso\\.com"), block);
      assert.deepEqual(seen.errors, []);
    }));
});

async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) {
      return;
    }
  }
  assert.fail(`Tab does not lead to ${selector}`);
}
