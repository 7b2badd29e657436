// Who reads which proxy, and how far the wizard came.

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnosesAfter, everywhere } from "./harness.mjs";

const TRACE = [
  "[09:14:02.000] [  1] [INFO ] Application starting",
  "[09:14:02.004] [  1] [INFO ] Application Version: 2.5.79.0",
  "[09:14:03.210] [  1] [INFO ] Default Proxy [ProxyAddress]: http://px.corp.example:8080/",
  "[09:14:03.210] [  1] [INFO ] Default Proxy [Enabled]: True",
  "[09:15:20.000] [ 14] [INFO ] Authenticate-MSAL: successfully acquired an access token. TenantId=1",
  "[09:15:21.000] [ 14] [INFO ] DiscoverServiceEndpoint [AdminWebService]: ServiceEndpoint=https://adminwebservice.microsoftonline.com/provisioningservice.svc",
  "[09:15:43.000] [ 14] [ERROR] GetCompanyConfiguration: failed. System.Net.WebException: The remote server returned an error: (403) Forbidden.",
].join("\n");

const paste = (page, text) =>
  diagnosesAfter(page, () =>
    page.evaluate((text) => {
      const area = document.getElementById("paste");
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }, text),
  );

everywhere("layers and stages", (visit) => {
  test("the bar says in words which step passed, which failed and which was never reached", () =>
    visit(async (page, seen) => {
      await paste(page, TRACE);
      await page.waitForSelector(".stages .step");
      const steps = await page.evaluate(() =>
        [...document.querySelectorAll(".stages .step")].map((step) => [
          step.dataset.step,
          step.dataset.stepState,
          step.querySelector(".step-state").textContent,
        ]),
      );
      const state = Object.fromEntries(steps.map(([step, state]) => [step, state]));
      assert.equal(state["sign-in"], "passed");
      assert.equal(state.provisioning, "failed");
      assert.equal(state.configure, "not-reached");
      assert.ok(steps.every(([, , said]) => said.length > 0));
      const failure = await page.$eval(".run-failure", (element) => element.textContent);
      assert.match(failure, /GetCompanyConfiguration/);
      assert.match(failure, /403/);
      assert.deepEqual(seen.errors, []);
    }));

  test("a line of the table leads to its place and back", () =>
    visit(async (page, seen) => {
      await paste(page, TRACE);
      const row = await page.waitForSelector('[data-layer="wizard-trace"]');
      assert.match(await row.evaluate((row) => row.textContent), /px\.corp\.example:8080/);
      const button = await row.$("button.link");
      const id = await button.evaluate((button) => button.id);
      await button.focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector("#viewer-mark");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.getElementById("viewer"));
      assert.equal(await page.evaluate(() => document.activeElement.id), id);
      assert.deepEqual(seen.errors, []);
    }));

  test("nothing sticks out on a narrow screen", () =>
    visit(async (page) => {
      await page.setViewport({ width: 320, height: 640 });
      await paste(page, TRACE);
      await page.waitForSelector(".stages .step");
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `the page is ${width} pixels wide`);
    }));
});
