// Calls over time: drawn for the eye, and as a table for everybody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnosesAfter, everywhere } from "./harness.mjs";

everywhere("timeline", (visit) => {
  test("the drawing has its table, with the same endpoints and the same numbers", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => page.click('[data-sample="mfa"]'));
      await page.waitForSelector(".timeline .chart");
      const shown = await page.evaluate(() => {
        const figure = document.querySelector(".timeline");
        const text = (element) => element.textContent.trim();
        const table = [...figure.querySelectorAll("table")].find((table) => text(table.caption) === "Calls by endpoint");
        const rows = [...figure.querySelectorAll(".chart-row")].filter((row) => row.querySelector("path.base"));
        return {
          drawn: rows.map((row) => text(row.querySelector(".chart-label"))),
          listed: [...table.querySelectorAll("tbody th")].map(text),
          hidden: rows.every((row) => row.querySelector("svg").getAttribute("aria-hidden") === "true"),
          refused: [...table.querySelectorAll("tbody tr")].map((row) => Number(row.cells[4].textContent)),
          marked: rows.map((row) => row.querySelectorAll(".mark").length),
        };
      });
      assert.ok(shown.drawn.length > 0);
      assert.deepEqual(shown.drawn, shown.listed);
      assert.ok(shown.hidden);
      assert.ok(shown.refused.some((count) => count > 0), "no refusal in a log with refusals");
      shown.refused.forEach((count, at) => assert.equal(count > 0, shown.marked[at] > 0, shown.drawn[at]));
      assert.deepEqual(seen.errors, []);
    }));

  test("the keyboard leads along the refusals of an endpoint and from there to the line", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => page.click('[data-sample="mfa"]'));
      const label = await page.waitForSelector(".has-refused .chart-label button");
      await label.focus();
      await page.keyboard.press("ArrowRight");
      const mark = await page.evaluate(() => document.activeElement.className);
      assert.equal(mark, "mark");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#viewer-mark");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.getElementById("viewer"));
      assert.equal(await page.evaluate(() => document.activeElement.className), "mark");
      assert.deepEqual(seen.errors, []);
    }));

  test("nothing sticks out on a narrow screen", () =>
    visit(async (page) => {
      await page.setViewport({ width: 320, height: 640 });
      await diagnosesAfter(page, () => page.click('[data-sample="mfa"]'));
      await page.waitForSelector(".timeline .chart");
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `the page is ${width} pixels wide`);
    }));
});
