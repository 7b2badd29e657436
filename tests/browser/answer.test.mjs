// The way to the answer: what a person reaches, copies and removes without searching for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clipboard, diagnosesAfter, everywhere, fileInput, log407, named, paste, withFiles } from "./harness.mjs";

const config = [
  "<configuration>",
  "  <system.net>",
  '    <defaultProxy enabled="true">',
  '      <proxy usesystemdefault="true" proxyaddress="proxy.contoso.example:8080" bypassonlocal="true" />',
  "    </defaultProxy>",
  "  </system.net>",
  "</configuration>",
].join("\n");
const mail = `Hello,\n\nthis is our machine.config:\n\n${config}\n\nand the log:\n\n${log407}\n\nRegards\nPat\n`;

everywhere("answer", (visit) => {
  test("a button on top of the answer leads to the corrected file", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, config));
      const button = await named(page, "button", "Go to the corrected machine.config");
      await button.focus();
      await page.keyboard.press("Enter");
      const text = await page.evaluate(() => document.activeElement.textContent);
      assert.equal(text, "Corrected machine.config");
      assert.deepEqual(seen.errors, []);
    }));

  test("several findings are copied at once, each with its title, and the button says so", () =>
    visit(async (page) => {
      await diagnosesAfter(page, () => paste(page, mail));
      const titles = await page.$$eval(
        "[data-diagnosis]:is(.severity-error, .severity-warning) h3",
        (all) => all.map((title) => title.textContent),
      );
      assert.ok(titles.length > 1);
      await (await named(page, "button", "Copy all findings")).click();
      await page.waitForFunction(() => document.querySelector(".result-take .copy-said").textContent === "Copied");
      const copied = await clipboard(page);
      for (const title of titles) {
        assert.ok(copied.includes(title), title);
      }
    }));

  test("a file of several parts is removed by one button, and the focus goes on to the paste box", () =>
    visit(async (page) => {
      await withFiles({ "mail.txt": mail }, async (files) => {
        await diagnosesAfter(page, async () => (await fileInput(page)).uploadFile(...files));
        await page.waitForFunction(() => document.querySelectorAll("[data-artifact-kind]").length > 2);
        const buttons = await page.$$("[data-artifact-kind] [id^=remove-]");
        assert.equal(buttons.length, 1);
        assert.equal(await buttons[0].evaluate((button) => button.getAttribute("aria-label")), "Remove file mail.txt");
        await buttons[0].focus();
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement?.id === "paste");
        assert.equal((await page.$$("[data-artifact-kind]")).length, 0);
      });
    }));

  test("a greeting in a mail takes one line among what was recognised, and an empty file is called empty", () =>
    visit(async (page) => {
      await withFiles({ "mail.txt": mail, "empty.log": "" }, async (files) => {
        await diagnosesAfter(page, async () => (await fileInput(page)).uploadFile(...files));
        await page.waitForSelector("[data-artifact-kind=unknown] details:not([open])");
        const text = await page.$eval(".cards", (cards) => cards.innerText);
        assert.match(text, /The file is empty/);
      });
    }));

  test("what a FortiGate list misses is copied for its console, and makes the list complete", () =>
    visit(async (page, seen) => {
      await page.evaluate(() => {
        location.hash = "#/allow-list";
      });
      await page.waitForSelector("#allow-list-text");
      const list = (more) =>
        `config webfilter urlfilter\nedit 1\nconfig entries\nedit 1\nset url "login.microsoftonline.com"\nset type simple\n` +
        `set action exempt\nnext\n${more}\nend\nnext\nend\n`;
      const check = async (text, wanted) => {
        await page.$eval("#allow-list-text", (box, text) => {
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }, text);
        await page.waitForFunction(
          (wanted) => document.querySelector(".check-said")?.textContent.startsWith(wanted),
          {},
          wanted,
        );
      };
      await check(list(""), "Not complete");
      await (await named(page, "button", "Copy what is missing")).click();
      await page.waitForFunction(() => document.querySelector(".check-result .copy-said").textContent === "Copied");
      const missing = await clipboard(page);
      assert.match(missing, /^edit 0\n {4}set url "/);
      await check(list(missing), "Complete");
      assert.deepEqual(seen.errors, []);
    }));

  test("the builder of the configuration takes the cloud that the evidence shows", () =>
    visit(async (page) => {
      await diagnosesAfter(page, () => paste(page, log407.replaceAll("microsoftonline.com", "partner.microsoftonline.cn")));
      await page.evaluate(() => {
        location.hash = "#/configuration";
      });
      await page.waitForSelector("#config-cloud");
      assert.equal(await page.$eval("#config-cloud", (select) => select.value), "china");
    }));
});
