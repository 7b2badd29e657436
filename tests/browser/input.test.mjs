// Every way in: paste, typing, files, drop; and what nobody means to give but does.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { diagnosesAfter, drop, everywhere, fileInput, log407, needed, paste, pasteBox, withFiles } from "./harness.mjs";

const signIn = ["proxy-auth-required", "proxy-credentials-not-sent"];

everywhere("input", (visit) => {
  test("a paste is diagnosed without pressing anything", () =>
    visit(async (page, seen) => {
      const found = await diagnosesAfter(page, () => paste(page, log407));
      assert.ok(signIn.includes(found[0]), `found ${found}`);
      assert.deepEqual(seen.errors, []);
    }));

  test("typed text is diagnosed when the typing pauses", () =>
    visit(async (page) => {
      const box = await pasteBox(page);
      const found = await diagnosesAfter(page, () => box.type("The remote server returned an error: (407)"));
      assert.ok(found.length > 0);
    }));

  test("the analysis goes from idle over running to done", () =>
    visit(async (page) => {
      assert.deepEqual(await page.evaluate(() => globalThis.seenStates), ["idle"]);
      await paste(page, log407);
      await page.waitForFunction(() => globalThis.seenStates.at(-1) === "done");
      const states = await page.evaluate(() => globalThis.seenStates);
      assert.deepEqual(states.slice(0, 2), ["idle", "running"]);
    }));

  test("files come in through the button", () =>
    visit(async (page) => {
      const input = await fileInput(page);
      await withFiles({ "access.log": log407, "note.txt": "no connection since Monday" }, async (files) => {
        const found = await diagnosesAfter(page, () => input.uploadFile(...files));
        assert.ok(signIn.includes(found[0]), `found ${found}`);
      });
    }));

  test("the report that the page saves is the one that the command line prints, byte for byte", () =>
    visit(
      async (page) => {
        const input = await fileInput(page);
        await withFiles({ "access.log": log407, "note.txt": "AADSTS50126: invalid username or password" }, async (files) => {
          await diagnosesAfter(page, () => input.uploadFile(...files));
          await page.click("#download");
          const saved = await page.evaluate(() => globalThis.savedBlobs.at(-1).text());
          const printed = spawnSync(needed("ADVISOR_CLI"), ["--format", "json", ...files], { encoding: "utf8" });
          assert.equal(printed.status, 1, printed.stderr);
          assert.equal(saved, printed.stdout);
        });
      },
      {
        before: () => {
          globalThis.savedBlobs = [];
          const create = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (blob) => {
            globalThis.savedBlobs.push(blob);
            return create(blob);
          };
        },
      },
    ));

  test("a file dropped anywhere is read", () =>
    visit(async (page) => {
      const found = await diagnosesAfter(page, () => drop(page, { "access.log": log407 }));
      assert.ok(signIn.includes(found[0]), `found ${found}`);
    }));

  const noise = Buffer.from(Array.from({ length: 5_000_000 }, (_, at) => 33 + ((at * 7919 + (at >> 7) * 31) % 90)));
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0xff, 0xfe, 0]);
  const bad = {
    "an empty file": Buffer.alloc(0),
    "a picture": picture,
    "bytes of every value": Buffer.from(Array.from({ length: 65_536 }, (_, at) => (at * 167 + (at >> 8)) % 256)),
    "5 MB on one line": noise,
    "entities that unfold into each other": Buffer.from(
      `<!DOCTYPE a [${Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join("")}]>` +
        "<configuration>&e30;</configuration>",
    ),
  };
  for (const [what, bytes] of Object.entries(bad)) {
    test(`${what}: an answer, no error, nothing frozen`, () =>
      visit(async (page, seen) => {
        await watchPulse(page);
        const input = await fileInput(page);
        await withFiles({ "evidence.bin": bytes }, async (files) => {
          await diagnosesAfter(page, () => input.uploadFile(...files));
        });
        await assertAlive(page, seen);
      }));
  }

  test("5 MB pasted into the box: an answer, no error", () =>
    visit(async (page, seen) => {
      const box = await pasteBox(page);
      await diagnosesAfter(page, () =>
        box.evaluate((box) => {
          box.value = "x9! ".repeat(1_250_000);
          box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
        }),
      );
      await assertAlive(page, seen);
    }));

  test("an emptied box is no error", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, log407));
      const box = await pasteBox(page);
      await box.evaluate((box) => {
        box.value = "";
        box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "deleteContentBackward" }));
      });
      await page.waitForFunction(() => document.querySelectorAll("[data-diagnosis]").length === 0
        || document.querySelector('[data-analysis-state="done"]'));
      await assertAlive(page, seen);
    }));
});

// Beats as long as the page can draw; remembers the longest pause.
async function watchPulse(page) {
  await page.evaluate(() => {
    let last = performance.now();
    globalThis.longestPause = 0;
    setInterval(() => {
      const now = performance.now();
      globalThis.longestPause = Math.max(globalThis.longestPause, now - last);
      last = now;
    }, 20);
  });
}

async function assertAlive(page, seen) {
  assert.equal(await page.$("#advisor-failure"), null);
  assert.deepEqual(seen.errors, []);
  const pause = await page.evaluate(() => globalThis.longestPause ?? 0);
  assert.ok(pause < 1000, `the page stood still for ${Math.round(pause)} ms`);
}
