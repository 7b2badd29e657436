// The six samples: one click each, and the first diagnosis is the expected one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { diagnosesAfter, everywhere } from "./harness.mjs";

const expected = JSON.parse(readFileSync(new URL("samples.json", import.meta.url), "utf8"));

everywhere("samples", (visit) => {
  for (const [sample, ids] of Object.entries(expected)) {
    test(`the sample "${sample}" is diagnosed first as ${ids.join(" or ")}`, () =>
      visit(async (page, seen) => {
        const button = await page.waitForSelector(`[data-sample="${sample}"]`);
        const [first] = await diagnosesAfter(page, () => button.click());
        assert.ok(ids.includes(first), `expected ${ids.join(" or ")} first, but found ${first}`);
        assert.deepEqual(seen.errors, []);
      }));
  }
});
