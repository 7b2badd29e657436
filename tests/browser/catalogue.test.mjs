// The sections beside Diagnose: links, catalogues, allow-lists, Microsoft's list, coverage; by keyboard, by address.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { builtPage, clipboard, diagnoses, diagnosesAfter, drop, everywhere, log407, paste } from "./harness.mjs";

everywhere("sections", (visit, { origin }) => {
  test("a section opens by keyboard, says where one is, and Back leads to the evidence as it was", () =>
    visit(async (page, seen) => {
      const found = await diagnosesAfter(page, () => paste(page, log407));
      assert.equal(await page.title(), "Entra Connect Connectivity Advisor");
      await tabTo(page, "nav a", "Endpoints");
      await page.keyboard.press("Enter");
      await focusOn(page, "#endpoints-heading");
      assert.match(await page.title(), /^Endpoints · /);
      assert.deepEqual(await current(page), ["Endpoints"]);
      assert.equal(await visible(page, "#paste"), false);
      await page.evaluate(() => history.back());
      await page.waitForFunction(() => document.querySelector("#paste").checkVisibility());
      assert.deepEqual(await diagnoses(page), found);
      assert.equal(await page.$eval("#paste", (box) => box.value), log407);
      assert.deepEqual(await current(page), ["Diagnose"]);
      assert.deepEqual(seen.errors, []);
      assert.deepEqual(seen.requests, []);
    }));

  test("the skip link leads past the head and keeps the address", () =>
    visit(async (page) => {
      await open(page, "#/errors");
      await focusOn(page, "#errors-heading");
      await page.focus(".skip");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
      assert.equal(await page.evaluate(() => location.hash), "#/errors");
    }));

  test("an address that leads nowhere says so and offers the sections", () =>
    visit(async (page) => {
      await open(page, "#/endpionts/x");
      await focusOn(page, "#unknown-address");
      const text = await page.$eval("main > section:not([hidden])", (section) => section.innerText);
      assert.match(text, /#\/endpionts\/x leads to nothing here/);
      assert.equal(await page.$$eval("main > section:not([hidden]) li a", (links) => links.length), 5);
      assert.deepEqual(await current(page), []);
    }));

  test("what is pasted outside a field is evidence, and what is typed into a field stays there", () =>
    visit(async (page) => {
      await open(page, "#/endpoints");
      await page.waitForSelector("#search-endpoints");
      await pasteText(page, "#search-endpoints", "crl3.digicert.com");
      assert.equal(await page.$eval("#search-endpoints", (box) => box.value), "crl3.digicert.com");
      assert.equal(await page.evaluate(() => location.hash), "#/endpoints");
      const found = await diagnosesAfter(page, () => pasteText(page, "#endpoints-heading", log407));
      assert.ok(found.length > 0);
      assert.equal(await visible(page, "#paste"), true);
    }));

  test("files dropped in any section are evidence and lead to the diagnosis", () =>
    visit(async (page) => {
      await open(page, "#/errors");
      const found = await diagnosesAfter(page, () => drop(page, { "access.log": log407 }));
      assert.ok(found.length > 0);
      assert.equal(await visible(page, "#paste"), true);
    }));

  test("a host or a URL typed in full finds the row that covers it, and the row opens to its facts", () =>
    visit(async (page, seen) => {
      await open(page, "#/endpoints");
      await search(page, "endpoints", "https://crl3.digicert.com/some.crl");
      await said(page, "endpoints", /rows cover crl3\.digicert\.com/);
      const first = await page.waitForSelector("[data-section=endpoints] .catalogue summary");
      assert.match(await first.evaluate((row) => row.innerText), /\*\.crl3\.digicert\.com:80/);
      await first.focus();
      await page.keyboard.press("Enter");
      const facts = await page.waitForSelector("[data-section=endpoints] .catalogue details[open] .facts");
      assert.match(await facts.evaluate((facts) => facts.innerText), /Sources\s/);
      assert.match(await page.$eval(".catalogue details[open] .trap", (trap) => trap.innerText), /bare name/);
      await search(page, "endpoints", "intranet.contoso.example");
      await said(page, "endpoints", /No row covers intranet\.contoso\.example/);
      await search(page, "endpoints", "zzzz");
      await said(page, "endpoints", /Type less/);
      assert.deepEqual(seen.errors, []);
    }));

  test("every row is there in the end, and a filter that hides a match says so and can be cleared", () =>
    visit(async (page) => {
      await open(page, "#/endpoints");
      const all = await page.waitForFunction(() => {
        const said = document.querySelector("[data-section=endpoints] .catalogue-said [role=status]")?.innerText ?? "";
        const rows = document.querySelectorAll("[data-section=endpoints] .catalogue > li").length;
        return Number(said.match(/of (\d+) rows/)?.[1]) === rows && rows;
      });
      assert.ok((await all.jsonValue()) > 100);
      await search(page, "endpoints", "login.partner.microsoftonline.cn");
      await page.select("[data-section=endpoints] .field:nth-of-type(2) select", "usgov-dod");
      await said(page, "endpoints", /hidden by the filters/);
      await (await page.waitForSelector("[data-section=endpoints] .catalogue-said button")).click();
      await said(page, "endpoints", /cover login\.partner\.microsoftonline\.cn|covers login\.partner\.microsoftonline\.cn/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "search-endpoints");
    }));

  test("a row has an address that can be sent: it opens that row and puts the focus there", () =>
    visit(async (page, seen) => {
      const id = "china:_.crl3.digicert.com:80";
      if (origin === "file") {
        // A fresh page, as for a colleague who got the link.
        await page.goto("about:blank");
        await page.goto(`${pathToFileURL(builtPage).href}#/endpoints/${id}`);
      } else {
        await open(page, `#/endpoints/${id}`);
      }
      await page.waitForFunction((id) => document.activeElement?.id === `endpoints-${id}`, {}, id);
      assert.match(await page.title(), /^\*\.crl3\.digicert\.com · Endpoints/);
      assert.equal(await page.$$eval("[data-section=endpoints] .catalogue details[open]", (rows) => rows.length), 1);
      await tabTo(page, "button[aria-label^='Copy link']");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector(".entry-body .copy-said").innerText === "Copied");
      assert.ok((await clipboard(page)).endsWith(`#/endpoints/${id}`));
      await open(page, "#/endpoints/china:gone.example:443");
      await said(page, "endpoints", /no row china:gone\.example:443/);
      assert.deepEqual(seen.errors, []);
    }));

  test("an error is found in every form of its code, and links lead to what looks like it", () =>
    visit(async (page, seen) => {
      await open(page, "#/errors");
      const forms = ["0x80072EE7", "-2147012889", "80072ee7", "12007", "AADSTS50126", "50126", "HTTP 407"];
      const wanted = ["winhttp-name-unresolved", "winhttp-name-unresolved", "winhttp-name-unresolved",
        "winhttp-name-unresolved", "aadsts-50126", "aadsts-50126", "http-407"];
      for (const [at, form] of forms.entries()) {
        await search(page, "errors", form);
        await page.waitForFunction(
          (id) => document.querySelector("[data-section=errors] .catalogue summary")?.id === `errors-${id}`,
          {},
          wanted[at],
        );
      }
      await open(page, "#/errors/aadsts-50126");
      await focusOn(page, "#errors-aadsts-50126");
      const text = await page.$eval("[data-section=errors] details[open]", (entry) => entry.innerText);
      assert.match(text, /It rules out/);
      assert.deepEqual(seen.errors, []);
    }));

  test("the evidence of a diagnosis links to the entry of the error in it", () =>
    visit(async (page) => {
      await diagnosesAfter(page, () => paste(page, "AADSTS50126: Error validating credentials due to invalid username or password."));
      const link = await page.waitForSelector("[data-diagnosis] .error-links a[href='#/errors/aadsts-50126']");
      await link.click();
      await focusOn(page, "#errors-aadsts-50126");
    }));

  test("the coverage says what the log shows by phase, and that not seen is not blocked", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, log407));
      await page.waitForSelector("#fold-endpoints");
      await page.focus("#fold-endpoints");
      await page.keyboard.press("Enter");
      const text = await page.$eval(".coverage", (part) => part.innerText);
      assert.match(text, /Not seen is not blocked/);
      assert.match(text, /Sign-in asked \(407\)/);
      const rows = () => page.$$eval(".coverage .table-box:last-child tbody tr", (rows) => rows.length);
      const before = await rows();
      await diagnosesAfter(page, async () => {
        await page.focus("#features");
        await page.keyboard.press("Enter");
        await page.focus("header input[value=password-writeback]");
        await page.keyboard.press(" ");
      });
      await page.waitForFunction(
        (before) => document.querySelectorAll(".coverage .table-box:last-child tbody tr").length > before,
        {},
        before,
      );
      assert.match(await page.$eval("#features", (line) => line.innerText), /Password writeback/);
      assert.deepEqual(seen.errors, []);
    }));

  test("a list that the page writes is called complete by the page, and one without a host is not", () =>
    visit(async (page, seen) => {
      await open(page, "#/allow-list");
      const product = await page.waitForSelector("[data-section=allow-list] .allow-list-row select");
      for (const id of ["squid", "palo-alto"]) {
        await product.select(id);
        const list = await page.$eval(".written", (list) => list.innerText);
        await fill(page, "#allow-list-text", list);
        await page.waitForFunction(() => /^Complete for Worldwide/.test(document.querySelector(".check-said")?.innerText ?? ""));
        await fill(page, "#allow-list-text", list.replaceAll("login.windows.net", "login.example.net"));
        await page.waitForFunction(() => /^Not complete for Worldwide/.test(document.querySelector(".check-said")?.innerText ?? ""));
        const first = await page.$eval(".check-table tbody tr", (row) => row.innerText);
        assert.match(first, /login\.windows\.net:443/);
      }
      await drop(page, {});
      assert.equal(await page.evaluate(() => location.hash), "#/allow-list");
      assert.deepEqual(seen.errors, []);
    }));

  test("an allow-list among the evidence is held against each host, and an entry leads to its line", () =>
    visit(async (page, seen) => {
      const list = "acl entra dstdomain .microsoftonline.com\nacl entra dstdomain *.crl3.digicert.com\nhttp_access allow entra\nhttp_access deny all\n";
      await diagnosesAfter(page, () => paste(page, list));
      const part = await page.waitForSelector("#fold-allow-list-0");
      assert.match(await part.evaluate((part) => part.innerText), /Not complete/);
      await part.focus();
      await page.keyboard.press("Enter");
      await tabTo(page, ".lists .check-table button");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".viewer .line.marked");
      await page.keyboard.press("Escape");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".check-table button")));
      assert.deepEqual(seen.errors, []);
    }));

  test("the cloud is chosen once: the list follows the choice in the head of the page", () =>
    visit(async (page) => {
      await open(page, "#/allow-list");
      await page.waitForSelector(".written");
      await page.select("#cloud", "china");
      await page.waitForFunction(() => document.querySelector(".written").innerText.includes("partner.microsoftonline.cn"));
      assert.equal(await page.$eval("#allow-list-cloud", (select) => select.value), "china");
      await page.select("#allow-list-cloud", "usgov-gcch");
      assert.equal(await page.$eval("#cloud", (select) => select.value), "usgov-gcch");
    }));

  test("Microsoft's own list is compared in both directions, and anything else is told apart", () =>
    visit(async (page, seen) => {
      await open(page, "#/endpoints");
      await page.waitForSelector("#microsoft");
      await page.focus("#microsoft");
      await page.keyboard.press("Enter");
      const list = readFileSync(new URL("../microsoft_list/worldwide.json", import.meta.url), "utf8");
      await dropOn(page, "#microsoft-text", "Worldwide.json", list);
      await page.waitForFunction(() => /Microsoft's list for Worldwide/.test(document.querySelector(".microsoft").innerText));
      assert.equal(await page.evaluate(() => location.hash), "#/endpoints");
      assert.ok((await page.$$eval(".microsoft table", (tables) => tables.length)) > 0);
      await fill(page, "#microsoft-text", "<!doctype html><title>Access denied</title>");
      await page.waitForFunction(() => /web page/.test(document.querySelector(".microsoft .notice")?.innerText ?? ""));
      assert.deepEqual(seen.errors, []);
    }));

  test("a catalogue older than 180 days is said to be old", () =>
    visit(
      async (page) => {
        assert.match(await page.$eval("header", (head) => head.innerText), /more than 180 days old/);
        await open(page, "#/endpoints");
        const notice = await page.waitForSelector("[data-section=endpoints] .notice");
        assert.match(await notice.evaluate((notice) => notice.innerText), /days old\. That is more than 180 days/);
      },
      {
        before: () => {
          const RealDate = Date;
          globalThis.Date = class extends RealDate {
            constructor(...given) {
              super(...(given.length > 0 ? given : [RealDate.UTC(2035, 0, 1)]));
            }
          };
        },
      },
    ));
});

const open = (page, hash) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, hash);

const focusOn = (page, selector) =>
  page.waitForFunction((selector) => document.activeElement?.matches(selector), {}, selector);

const visible = (page, selector) => page.$eval(selector, (element) => element.checkVisibility());

const current = (page) =>
  page.$$eval("nav [aria-current=page]", (links) => links.map((link) => link.innerText));

async function search(page, section, text) {
  const box = await page.waitForSelector(`#search-${section}`);
  await box.focus();
  await box.evaluate((box) => box.select());
  await box.type(text);
}

const said = (page, section, wanted) =>
  page.waitForFunction(
    (section, wanted) =>
      new RegExp(wanted).test(document.querySelector(`[data-section=${section}] .catalogue-said [role=status]`)?.innerText ?? ""),
    {},
    section,
    wanted.source,
  );

/** Sets the content of a box as a paste does: one input event. */
const fill = async (page, selector, text) => {
  await page.waitForSelector(selector);
  await page.$eval(
    selector,
    (box, text) => {
      box.value = text;
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    text,
  );
};

/** A paste with the keyboard while the focus is on this element. */
const pasteText = (page, selector, text) =>
  page.$eval(
    selector,
    (element, text) => {
      element.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData });
      // Firefox's constructor leaves the given data out.
      Object.defineProperty(event, "clipboardData", { value: clipboardData });
      // What the browser itself does with a paste that nobody takes.
      if (document.activeElement.dispatchEvent(event) && element.matches("input")) {
        element.value += text;
        element.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    },
    text,
  );

const dropOn = (page, selector, name, content) =>
  page.$eval(
    selector,
    (element, name, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name));
      for (const type of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      }
    },
    name,
    content,
  );

/** Presses Tab until the focus is on such an element. */
async function tabTo(page, selector, text = "") {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(
      (selector, text) => document.activeElement?.matches(selector) && document.activeElement.textContent.includes(text),
      selector,
      text,
    );
    if (there) {
      return;
    }
  }
  assert.fail(`Tab does not lead to ${selector} ${text}`);
}
