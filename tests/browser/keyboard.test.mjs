// Everything without a mouse: pick a sample, reach the answer, open and close it, copy it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clipboard, diagnosesAfter, everywhere } from "./harness.mjs";

everywhere("keyboard", (visit) => {
  test("the paste box has the focus at the start", () =>
    visit(async (page) => {
      const name = await page.evaluate(() => document.activeElement?.tagName);
      assert.equal(name, "TEXTAREA");
    }));

  test("a sample can be picked, and its first diagnosis reached, folded, unfolded and copied", () =>
    visit(async (page, seen) => {
      await tabTo(page, '[data-sample="407"]');
      await diagnosesAfter(page, () => page.keyboard.press("Enter"));

      await tabTo(page, "[data-diagnosis] summary, [data-diagnosis] [aria-expanded]");
      const open = () =>
        page.evaluate(() => {
          const control = document.activeElement;
          return control.getAttribute("aria-expanded") ?? String(control.closest("details")?.open);
        });
      const first = await open();
      await page.keyboard.press("Enter");
      assert.notEqual(await open(), first);
      await page.keyboard.press("Enter");
      assert.equal(await open(), first);
      if (first === "false") {
        await page.keyboard.press("Enter");
      }

      await tabTo(page, "[data-diagnosis] button", "Copy");
      await page.keyboard.press("Enter");
      await new Promise((done) => setTimeout(done, 200));
      assert.notEqual((await clipboard(page)).trim(), "");
      assert.deepEqual(seen.errors, []);
    }));
});

/** Presses Tab until the focus is on such an element; a page without a way there fails the test. */
async function tabTo(page, selector, text = "") {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(
      (selector, text) => {
        const element = document.activeElement;
        const name = `${element?.getAttribute("aria-label") ?? ""} ${element?.textContent ?? ""}`;
        return Boolean(element?.matches(selector)) && name.includes(text);
      },
      selector,
      text,
    );
    if (there) {
      return;
    }
  }
  assert.fail(`Tab does not lead to ${selector} ${text}`);
}
