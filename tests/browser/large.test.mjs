// A log that takes its time: how far it is, the way to end it, and any of its lines.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { countWorkers, diagnosesAfter, drop, dropEndlessLog, everywhere, fileInput, log407, withProbe } from "./harness.mjs";
import { bigLog, line } from "./large.mjs";

let log;
let size;
before(() => {
  // Long enough for a first answer, and for somebody who does not wait for the last.
  log = bigLog(600_000_000);
  size = `${Math.floor(log.bytes / 2 ** 20 * 10) / 10} MB`.replace(".0", "");
});
after(() => log?.remove());

/** Notes in the page, where nothing is missed: what the progress says, and whether a card is there before the end. */
function watchProgress() {
  globalThis.watched = { said: "", early: false };
  new MutationObserver(() => {
    const panel = document.querySelector("#progress");
    if (panel?.querySelector("progress")) globalThis.watched.said = panel.textContent;
    const state = document.querySelector("[data-analysis-state]").dataset.analysisState;
    globalThis.watched.early ||= state === "running" && document.querySelector("[data-artifact-kind=proxy-log]") !== null;
  }).observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
}

/**
 * Presses Cancel in the moment in which the first finding is there. Gives the milliseconds until the page has stopped;
 * null when the analysis came to its end before.
 */
function cancelAtFirstFinding() {
  return new Promise((resolve) => {
    const main = document.querySelector("[data-analysis-state]");
    let began;
    new MutationObserver((_, watch) => {
      const cancel = document.getElementById("cancel");
      if (began === undefined && cancel && document.querySelector("[data-diagnosis]")) {
        began = performance.now();
        cancel.click();
      }
      if (began === undefined && main.dataset.analysisState === "done") {
        watch.disconnect();
        resolve(null);
      }
      if (began !== undefined && main.dataset.analysisState === "done" && document.getElementById("stopped")) {
        watch.disconnect();
        resolve(performance.now() - began);
      }
    }).observe(document.body, { attributes: true, childList: true, subtree: true });
  });
}

everywhere("large logs", (visit, { browser, origin }) => {
  // The origin makes no difference to the reading of a file, and each run reads 200 MB.
  const options = { skip: origin === "server" };
  // Under load of other programs a step takes its time; what is measured is measured inside the page.
  const patient = async (page) => page.setDefaultTimeout(180_000);

  test("it says how far it is, shows findings on the way, and ends with the whole answer", options, (t) =>
    visit(
      async (page, seen) => {
        await patient(page);
        const input = await fileInput(page);
        // Whoever chooses a file needs longer than the worker needs to warm up.
        await new Promise((done) => setTimeout(done, 1500));
        const found = await diagnosesAfter(page, async () => {
          await page.evaluate(watchProgress);
          await input.uploadFile(log.file);
        });
        const { said, early } = await page.evaluate(() => globalThis.watched);
        assert.match(said, /Reading access\.log/);
        assert.ok(said.includes(`of ${size}`), said);
        assert.match(said, /lines/);
        assert.ok(early, "the first facts came only with the last");
        assert.ok(found.length > 0);
        assert.equal(await page.$("#progress"), null);
        const card = await page.$eval("[data-artifact-kind=proxy-log]", (card) => card.textContent);
        assert.match(card.replace(/\u202f/g, ""), new RegExp(`${log.lines} lines`));
        assert.deepEqual(seen.errors, []);
        if (browser === "Chromium") {
          const tasks = await page.evaluate(() => globalThis.longTasks);
          t.diagnostic(`tasks of 50 ms and more while it ran: ${tasks.map(Math.round).join(", ") || "none"}`);
          assert.deepEqual(tasks, [], "the page stood still");
        }
      },
      { before: watchTasks },
    ));

  test("the file is read beside the analysis", () =>
    visit(
      async (page) => {
        await patient(page);
        await page.evaluate(dropEndlessLog, log407);
        await page.waitForSelector("[data-diagnosis]");
        assert.equal(await countWorkers(page), 1, "the analysis reads the file by itself");
      },
      { before: withProbe },
    ));

  test("all is well only in the part read so far, until the end is read", options, () =>
    visit(async (page) => {
      await patient(page);
      const open = log407.replaceAll("TCP_DENIED/407", "TCP_TUNNEL/200");
      const healthy = open.replaceAll("adminwebservice.microsoftonline.com", "www.example.org");
      await page.evaluate(dropEndlessLog, healthy);
      await page.waitForSelector("[data-diagnosis]");
      const lead = () => page.$eval("[data-diagnosis]", (entry) => entry.textContent);
      assert.match(await lead(), /In the part read so far/);
      await page.waitForSelector("#cancel");
      await page.keyboard.press("Escape");
      await page.waitForSelector("#stopped");
      assert.match(await lead(), /In the part read so far/);

      await page.click("#clear");
      await diagnosesAfter(page, () => drop(page, { "access.log": healthy }));
      assert.doesNotMatch(await lead(), /In the part read so far/);
    }));

  test("a browser that clears its memory away does not end the reading", { skip: options.skip || browser !== "Chromium" }, () =>
    visit(async (page) => {
      await patient(page);
      const input = await fileInput(page);
      const found = diagnosesAfter(page, () => input.uploadFile(log.file));
      const isRunning = () => page.$eval("[data-analysis-state]", (main) => main.dataset.analysisState === "running");
      await page.waitForSelector('[data-analysis-state="running"]');
      let cleared = 0;
      while (await isRunning()) {
        await Promise.all(page.workers().map((worker) => worker.client.send("HeapProfiler.collectGarbage")));
        cleared += 1;
      }
      assert.ok(cleared > 3, `memory was cleared ${cleared} times`);
      assert.ok((await found).length > 0);
    }));

  test("Cancel takes effect at once and leaves what was found", options, () =>
    visit(async (page, seen) => {
      await patient(page);
      const input = await fileInput(page);
      const took = page.evaluate(cancelAtFirstFinding);
      await input.uploadFile(log.file);
      assert.notEqual(await took, null, "the first finding came only with the last");
      assert.ok((await took) < 200, `it took ${Math.round(await took)} ms`);
      const said = await page.$eval("#stopped", (box) => box.textContent);
      assert.match(said, /^Read .*, stopped by you: what follows is about that part\./);
      assert.ok(said.includes(`of ${size}`), said);
      assert.ok((await page.$$("[data-diagnosis]")).length > 0, "the partial answer is gone");
      assert.equal(await page.$("#progress"), null);

      const found = await diagnosesAfter(page, () => page.click("#from-the-beginning"));
      assert.ok(found.length > 0);
      assert.equal(await page.$("#stopped"), null);
      assert.deepEqual(seen.errors, []);
    }));

  test("Escape ends it too, and new evidence after that is read as ever", options, () =>
    visit(async (page, seen) => {
      await patient(page);
      await page.evaluate(dropEndlessLog, log407);
      await page.waitForSelector("#cancel");
      const files = await page.$$eval(".progress-files li", (files) => files.map((file) => file.textContent));
      assert.deepEqual(files.map((file) => file.match(/^(note\.txt|access\.log)/)[0]), ["note.txt", "access.log"]);
      assert.match(files[0], /26 bytes read/);
      await page.keyboard.press("Escape");
      await page.waitForSelector("#stopped");
      await page.click("#clear");
      await page.waitForSelector('[data-analysis-state="idle"]');
      assert.equal(await page.$("#stopped"), null);
      const found = await diagnosesAfter(page, () => page.click('[data-sample="407"]'));
      assert.ok(found.length > 0);
      assert.deepEqual(seen.errors, []);
    }));

  test("what the reader has opened stays open and in its place while the answer grows", options, () =>
    visit(async (page) => {
      await patient(page);
      const input = await fileInput(page);
      await diagnosesAfter(page, async () => {
        await input.uploadFile(log.file);
        await page.waitForSelector("#fold-endpoints");
        await page.focus("#fold-endpoints");
        await page.keyboard.press("Enter");
      });
      const kept = await page.evaluate(() => ({
        focus: document.activeElement.id,
        open: document.getElementById("fold-endpoints").closest("details").open,
      }));
      assert.deepEqual(kept, { focus: "fold-endpoints", open: true });
    }));

  test("the viewer shows any line, from the first to the last, with a few in the page at a time", options, () =>
    visit(async (page, seen) => {
      await patient(page);
      // Wide enough for a line of the log in one row.
      await page.setViewport({ width: 1280, height: 1000 });
      const input = await fileInput(page);
      await input.uploadFile(log.file);
      await page.waitForSelector('[data-analysis-state="done"]');
      const place = await page.waitForSelector("[data-diagnosis] .place");
      await place.click();
      await page.waitForSelector("#viewer-mark");
      const marked = await row(page, ".line.marked");
      assert.equal(marked.text, line(marked.number - 1));

      await page.focus("#viewer-lines");
      await page.keyboard.press("End");
      await shows(page, log.lines);
      const last = await row(page, ".line:last-of-type");
      assert.deepEqual(last, { number: log.lines, text: line(log.lines - 1) });

      await page.keyboard.press("PageUp");
      await page.keyboard.press("Home");
      await shows(page, 1);
      const first = await row(page, ".line");
      assert.deepEqual(first, { number: 1, text: line(0) });

      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("PageDown");
        await new Promise((done) => setTimeout(done, 60));
      }
      const state = await page.evaluate(() => {
        const rows = [...document.querySelectorAll("#viewer-lines .line")];
        const numbers = rows.map((row) => Number(row.querySelector(".line-number").textContent));
        const lines = document.getElementById("viewer-lines").getBoundingClientRect();
        const top = rows.findIndex((row) => row.getBoundingClientRect().bottom > lines.top + 1);
        return { count: rows.length, top: numbers[top], gapless: numbers.every((number, at) => at === 0 || number === numbers[at - 1] + 1) };
      });
      assert.ok(state.count < 1000, `${state.count} lines are in the page`);
      assert.ok(state.top > 300, `forty pages down begins only with line ${state.top}`);
      assert.ok(state.gapless, "lines are missing or twice there");

      // The bar stands for the bytes of the file.
      const bar = await (await page.$("#viewer-bar")).boundingBox();
      await page.mouse.click(bar.x + bar.width / 2, bar.y + bar.height / 2);
      await page.waitForFunction(
        (lines) => {
          const number = Number(document.querySelector("#viewer-lines .line .line-number")?.textContent);
          return number > lines * 0.4 && number < lines * 0.6;
        },
        {},
        log.lines,
      );
      const middle = await row(page, ".line");
      assert.equal(middle.text, line(middle.number - 1));

      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.getElementById("viewer"));
      assert.match(await page.evaluate(() => document.activeElement.id), /^place-/);
      assert.deepEqual(seen.errors, []);
    }));
});

/** Waits until a line is in sight in the viewer. */
async function shows(page, number) {
  await page.waitForFunction(
    (number) => {
      const lines = document.getElementById("viewer-lines").getBoundingClientRect();
      const row = [...document.querySelectorAll("#viewer-lines .line")].find(
        (row) => Number(row.querySelector(".line-number").textContent) === number,
      );
      const place = row?.getBoundingClientRect();
      return place && place.top >= lines.top - 1 && place.bottom <= lines.bottom + 1;
    },
    {},
    number,
  );
}

const row = (page, selector) =>
  page.$eval(`#viewer-lines ${selector}`, (row) => ({
    number: Number(row.querySelector(".line-number").textContent),
    text: row.querySelector("code").textContent,
  }));

// Runs in the page, ahead of it: keeps the length of every task that held up the page while an analysis ran.
function watchTasks() {
  globalThis.longTasks = [];
  if (!globalThis.PerformanceObserver?.supportedEntryTypes.includes("longtask")) {
    return;
  }
  new PerformanceObserver((list) => {
    const running = globalThis.seenStates?.includes("running");
    globalThis.longTasks.push(...list.getEntries().filter(() => running).map((entry) => entry.duration));
  }).observe({ type: "longtask" });
}
