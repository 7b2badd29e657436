// The promise: the page is one file, asks for nothing, and could not if it wanted to.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { askWorker, builtPage, diagnosesAfter, everywhere, log407, paste, withProbe } from "./harness.mjs";

test("the page is one file that any mail server takes: at most 4 MB", () => {
  assert.ok(statSync(builtPage).size <= 4_000_000, `it has ${statSync(builtPage).size} bytes`);
});

// Each runs in the page. None waits for an outcome: an attempt that is let through may never end.
const attempts = {
  fetch: (url) => void fetch(url).catch(() => {}),
  "fetch without CORS": (url) => void fetch(url, { mode: "no-cors", method: "POST", body: "a", keepalive: true }).catch(() => {}),
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.send();
  },
  "a WebSocket": (url) => void new WebSocket(url.replace("http", "ws")),
  "an EventSource": (url) => void new EventSource(url),
  "a beacon": (url) => void navigator.sendBeacon(url, "a"),
  "an image": (url) => {
    new Image().src = url;
  },
  "a worker from a data: address": () => void new Worker("data:text/javascript,postMessage(1)"),
  "a worker from a server": (url) => void new Worker(url),
  "a shared worker": (url) => void new SharedWorker(url),
  "a worker from any Blob but its own": () =>
    void new Worker(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }))),
  "a script from a server": (url) => {
    const script = document.createElement("script");
    script.src = url;
    document.head.append(script);
  },
  "a script in the page": () => {
    const script = document.createElement("script");
    script.append("globalThis.leaked = true");
    document.head.append(script);
  },
  "an imported module": (url) => void import(url).catch(() => {}),
  "text run as script": () => void (0, eval)("1 + 1"),
  "text set as markup": () => {
    document.createElement("div").innerHTML = "<b>a</b>";
  },
  "a stylesheet from a server": (url) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    document.head.append(link);
  },
  "a font from a server": (url) => void new FontFace("a", `url(${url})`).load().catch(() => {}),
  "a frame": (url) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
  },
  "a video": (url) => {
    const video = document.createElement("video");
    video.src = url;
    document.body.append(video);
  },
  "sending a form": (url) => {
    const form = document.createElement("form");
    form.action = url;
    form.method = "post";
    document.body.append(form);
    form.submit();
  },
  "another base address": (url) => {
    const base = document.createElement("base");
    base.href = url;
    document.head.append(base);
  },
};

everywhere("offline", (visit, { browser, origin }) => {
  test("the page comes up without an error and without a violation of its policy", (t) =>
    visit(async (page, seen) => {
      const usable = await page.evaluate(() => globalThis.usableAfter);
      t.diagnostic(`${browser} from a ${origin}: usable after ${Math.round(usable)} ms`);
      assert.ok(usable < 1000, `usable only after ${Math.round(usable)} ms`);
      assert.deepEqual(seen.errors, []);
      assert.deepEqual(await page.evaluate(() => globalThis.seenViolations), []);
    }));

  test("nothing is requested after the document, not even by an analysis", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, log407));
      assert.deepEqual(seen.requests, []);
      assert.deepEqual(seen.server.asked, origin === "server" ? ["GET /"] : []);
      assert.deepEqual(await page.evaluate(() => globalThis.seenViolations), []);
      assert.deepEqual(seen.errors, []);
    }));

  for (const [what, attempt] of Object.entries(attempts)) {
    test(`the policy refuses ${what}`, () =>
      visit(async (page, seen) => {
        const asked = seen.server.asked.length;
        // Some of these throw, some fail later, some say nothing: only the violation proves who refused.
        await page.evaluate(inThePage(attempt), `${seen.server.origin}/leak`);
        await page.waitForFunction(() => globalThis.seenViolations.length > 0, { timeout: 5000 }).catch(() => {
          assert.fail("the policy let it through");
        });
        assert.equal(seen.server.asked.length, asked, `the server was asked: ${seen.server.asked}`);
      }));
  }

  test("the policy holds inside the analysis worker too", () =>
    visit(async (page, seen) => {
      await diagnosesAfter(page, () => paste(page, log407));
      const asked = seen.server.asked.length;
      const results = await askWorker(page, `${seen.server.origin}/leak`);
      assert.deepEqual(Object.keys(results).length, 5);
      assert.ok(!Object.values(results).includes("let through"), JSON.stringify(results));
      assert.equal(seen.server.asked.length, asked, `the server was asked: ${seen.server.asked}`);
    }, { before: withProbe }));
});

// The driver may do what a page may not, as long as its own call lasts. A timer belongs to the page.
function inThePage(attempt) {
  return new Function("url", `setTimeout(() => (${attempt})(url), 0);`);
}
