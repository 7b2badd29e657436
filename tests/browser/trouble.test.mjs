// What a person sees when the browser, the worker or the page itself lets them down.

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnosesAfter, dropEndlessLog, everywhere, killWorker, log407, paste, pasteBox, withProbe } from "./harness.mjs";

everywhere("trouble", (visit, { browser }) => {
  test("where no worker can be started the page does the analysis itself", () =>
    visit(
      async (page, seen) => {
        const found = await diagnosesAfter(page, () => paste(page, log407));
        assert.ok(found.length > 0);
        assert.deepEqual(seen.errors, []);
      },
      {
        before: () => {
          globalThis.Worker = class {
            constructor() {
              throw new Error("no worker here");
            }
          };
        },
      },
    ));

  test("where no worker can be started a long reading ends when it is cancelled", () =>
    visit(
      async (page, seen) => {
        await page.evaluate(dropEndlessLog, log407);
        await page.waitForSelector("#cancel");
        await page.click("#cancel");
        await page.waitForSelector("#stopped");
        assert.equal(await page.$eval("main", (main) => main.dataset.analysisState), "done");
        await page.waitForFunction(() => {
          const before = globalThis.lastReads;
          globalThis.lastReads = globalThis.reads;
          return before > 0 && before === globalThis.reads;
        }, { polling: 300 });
        assert.deepEqual(seen.errors, []);
      },
      {
        before: () => {
          globalThis.Worker = class {
            constructor() {
              throw new Error("no worker here");
            }
          };
          globalThis.reads = 0;
          for (const reader of [ReadableStreamBYOBReader, ReadableStreamDefaultReader]) {
            const { read } = reader.prototype;
            reader.prototype.read = function (...given) {
              globalThis.reads += 1;
              return read.apply(this, given);
            };
          }
        },
      },
    ));

  test("after the worker died the next evidence is analysed by a new one", () =>
    visit(async (page) => {
      await diagnosesAfter(page, () => paste(page, log407));
      await killWorker(page);
      const box = await pasteBox(page);
      const found = await diagnosesAfter(page, () => box.type("\n"));
      assert.ok(found.length > 0);
      assert.equal(await page.$("#advisor-failure"), null);
    }, { before: withProbe }));

  test("a browser that is too old is told so", () =>
    visit(
      async (page) => {
        await page.waitForSelector("#advisor-failure[role=alert]");
        const text = await page.$eval("#advisor-failure", (box) => box.textContent);
        assert.match(text, /DecompressionStream.*current Edge, Chrome or Firefox/);
      },
      {
        broken: true,
        before: () => {
          delete globalThis.DecompressionStream;
        },
      },
    ));

  // A trap of the module is the way in which running out of memory shows; no Rust code runs after it.
  test("a page whose module stopped says so and is not just dead", () =>
    visit(async (page) => {
      await page.evaluate(() => {
        const error = new WebAssembly.RuntimeError("memory access out of bounds");
        globalThis.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
      });
      await page.waitForSelector("#advisor-failure[role=alert]");
      const text = await page.$eval("#advisor-failure", (box) => box.textContent);
      assert.match(text, /reload the page/);
      assert.match(text, /memory access out of bounds/);
    }));

  // Firefox's driver cannot switch scripts off.
  test("without scripts the page says what it needs", { skip: browser === "Firefox" }, () =>
    visit(
      async (page) => {
        const text = await page.$eval("body", (body) => body.innerText);
        assert.match(text, /Allow scripts/);
      },
      { broken: true, scripts: false },
    ));
});
