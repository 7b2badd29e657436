// Opens the built page in both browsers, from a file and from a server, and watches all that goes on.

import { after, before, describe } from "node:test";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";
import puppeteer from "puppeteer-core";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
export const builtPage = path.join(root, "dist", "index.html");

// Nothing listens there: whatever a browser tries beyond this machine ends at once.
const deadProxy = { host: "127.0.0.1", port: 9 };

const browsers = [
  {
    name: "Chromium",
    launch: () =>
      puppeteer.launch({
        browser: "chrome",
        executablePath: needed("ADVISOR_CHROMIUM"),
        headless: true,
        args: [
          // Chromium refuses to run as root with its sandbox.
          ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
          `--proxy-server=http://${deadProxy.host}:${deadProxy.port}`,
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      }),
  },
  {
    name: "Firefox",
    launch: () =>
      puppeteer.launch({
        browser: "firefox",
        protocol: "webDriverBiDi",
        executablePath: needed("ADVISOR_FIREFOX"),
        headless: true,
        extraPrefsFirefox: {
          "network.proxy.type": 1,
          "network.proxy.http": deadProxy.host,
          "network.proxy.http_port": deadProxy.port,
          "network.proxy.ssl": deadProxy.host,
          "network.proxy.ssl_port": deadProxy.port,
        },
      }),
  },
];

export function needed(variable) {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} must name the browser's program; \`cargo xtask test\` sets it`);
  }
  return value;
}

/**
 * Declares the tests of `body` once for each browser and origin. `body` gets `visit`: opens the page in a fresh tab
 * and hands it to a function. Options: `before` runs in the page ahead of everything else; `broken` says that the
 * page is not going to come up; `scripts: false` switches them off.
 */
export function everywhere(title, body) {
  for (const browser of browsers) {
    describe(`${title} (${browser.name})`, () => {
      let running;
      before(async () => {
        running = await browser.launch();
      });
      after(async () => {
        await running?.close();
      });
      for (const origin of ["file", "server"]) {
        describe(`from a ${origin}`, () => {
          body(
            (use, options = {}) => visit(running, origin, use, options),
            { browser: browser.name, origin },
          );
        });
      }
    });
  }
}

async function visit(browser, origin, use, options) {
  const server = await serve();
  const page = await browser.newPage();
  const seen = { requests: [], errors: [], server };
  const url = origin === "file" ? pathToFileURL(builtPage).href : `${server.origin}/`;
  page.setDefaultTimeout(30_000);
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url() !== url) {
      seen.requests.push(request.url());
    }
  });
  page.on("console", (message) => {
    if (message.type() === "error") {
      seen.errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  try {
    await page.evaluateOnNewDocument(watchPage);
    if (options.before) {
      await page.evaluateOnNewDocument(options.before);
    }
    if (options.scripts === false) {
      await page.setJavaScriptEnabled(false);
    }
    await page.goto(url, { waitUntil: "load" });
    server.goDark();
    if (!options.broken) {
      await page.waitForSelector('[data-analysis-state="idle"]');
      await goOffline(page);
    }
    await use(page, seen);
  } finally {
    await page.close();
    await server.stop();
  }
}

// Runs in the page: keeps violations of the policy and every step of the analysis state.
function watchPage() {
  globalThis.seenViolations = [];
  globalThis.seenStates = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    globalThis.seenViolations.push({ directive: event.effectiveDirective, blocked: event.blockedURI });
  });
  // The page may take pastes wherever they happen; those of the tests' own box are not meant for it.
  globalThis.addEventListener("paste", (event) => event.target?.id === "scratch" && event.stopImmediatePropagation(), true);
  const note = (element) => {
    const state = element.getAttribute("data-analysis-state");
    globalThis.usableAfter ??= state ? performance.now() : undefined;
    if (state && globalThis.seenStates.at(-1) !== state) {
      globalThis.seenStates.push(state);
    }
  };
  new MutationObserver((changes) => {
    changes.forEach((change, at) => {
      if (change.type === "attributes") {
        // What a later change of the same batch found as the old value is what this one set.
        const next = changes.slice(at + 1).find((later) => later.type === "attributes" && later.target === change.target);
        const state = next ? next.oldValue : change.target.getAttribute("data-analysis-state");
        if (state && globalThis.seenStates.at(-1) !== state) {
          globalThis.seenStates.push(state);
        }
        return;
      }
      for (const added of change.addedNodes) {
        if (added.nodeType === Node.ELEMENT_NODE) {
          [added, ...added.querySelectorAll("[data-analysis-state]")].forEach(note);
        }
      }
    });
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    attributeFilter: ["data-analysis-state"],
  });
}

// The dead proxy and the dark server already cut the network; where the driver can, the browser is told so too.
async function goOffline(page) {
  await page.setOfflineMode(true).catch(() => {});
}

/** A server that gives out the page until it goes dark, and remembers what was asked. */
async function serve() {
  const asked = [];
  let dark = false;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (dark) {
      request.socket.destroy();
      return;
    }
    const found = request.url === "/";
    response.writeHead(found ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" });
    response.end(found ? readFileSync(builtPage) : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    asked,
    goDark: () => {
      dark = true;
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
  };
}

/** The element with this accessible name: a label, aria-label, aria-labelledby, or its own text. */
export async function named(page, selector, name) {
  const handle = await page.waitForFunction(
    (selector, name) => {
      const text = (element) => element?.textContent.trim().replace(/\s+/g, " ");
      const names = (element) => [
        element.getAttribute("aria-label"),
        ...(element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
          .map((id) => text(document.getElementById(id))),
        ...[...(element.labels ?? [])].map(text),
        text(element),
      ];
      return [...document.querySelectorAll(selector)].find((element) => names(element).includes(name)) ?? false;
    },
    {},
    selector,
    name,
  );
  return handle.asElement();
}

export const pasteBox = (page) => named(page, "textarea, [role=textbox]", "Paste evidence");
export const fileInput = (page) => named(page, "input[type=file]", "Add files");

/** Does something that starts an analysis and waits for its end. Gives the ids of the list, in order. */
export async function diagnosesAfter(page, action) {
  await page.evaluate(() => {
    globalThis.seenStates = [];
  });
  await action();
  await page.waitForFunction(() => globalThis.seenStates.includes("running") && globalThis.seenStates.at(-1) === "done");
  return diagnoses(page);
}

/** The ids in the list "Diagnoses". */
export async function diagnoses(page) {
  const list = await named(page, "[role=list]", "Diagnoses");
  return list.evaluate((list) =>
    [...list.querySelectorAll("[data-diagnosis]")].map((entry) => entry.getAttribute("data-diagnosis")),
  );
}

/** Puts text on the clipboard and pastes it with the keyboard, as a person does. */
export async function paste(page, text) {
  await copyFromScratch(page, text);
  await (await pasteBox(page)).focus();
  await chord(page, "KeyV", "Paste");
}

/** What the clipboard holds, read by pasting it. */
export async function clipboard(page) {
  await page.evaluate(() => {
    const scratch = document.createElement("textarea");
    scratch.id = "scratch";
    document.body.append(scratch);
    scratch.focus();
  });
  await chord(page, "KeyV", "Paste");
  return page.evaluate(() => {
    const scratch = document.getElementById("scratch");
    scratch.remove();
    return scratch.value;
  });
}

async function copyFromScratch(page, text) {
  await page.evaluate((text) => {
    const scratch = document.createElement("textarea");
    scratch.id = "scratch";
    scratch.value = text;
    document.body.append(scratch);
    scratch.focus();
    scratch.select();
  }, text);
  await chord(page, "KeyC", "Copy");
  await page.evaluate(() => document.getElementById("scratch").remove());
}

// Chromium's driver sends keys past the system, so that it must be told which editing command they mean.
async function chord(page, key, command) {
  const modifier = process.platform === "darwin" ? "Meta" : "Control";
  await page.keyboard.down(modifier);
  await page.keyboard.press(key, { commands: [command] });
  await page.keyboard.up(modifier);
}

/** Writes files into a folder of their own for as long as `use` runs. */
export async function withFiles(files, use) {
  const folder = mkdtempSync(path.join(tmpdir(), "advisor-"));
  try {
    const paths = Object.entries(files).map(([name, content]) => {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    });
    await use(paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Drops files anywhere on the page. */
export async function drop(page, files) {
  await page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, content] of Object.entries(files)) {
      dataTransfer.items.add(new File([content], name, { type: "text/plain" }));
    }
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
  }, files);
}

/**
 * Drops a note and a log of almost five gigabytes that takes no memory: one piece, again and again. Nobody waits for
 * its end, so that a driver has time to act while it is read. Runs in the page.
 */
export function dropEndlessLog(lines) {
  const piece = new Blob([`${lines}\n`.repeat(20_000)]);
  const data = new DataTransfer();
  data.items.add(new File(["no connection since Monday"], "note.txt"));
  data.items.add(new File(Array(400).fill(piece), "access.log"));
  document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}

/**
 * For `visit({ before: withProbe })`: adds to the script of the analysis worker a part that tries to talk to the
 * network, dies, or tells how many workers it has started, when it is asked. Runs in the page, ahead of it.
 */
export function withProbe() {
  const die = (event) => {
    if (event.data?.die) {
      throw new Error("died");
    }
  };
  const probe = async (event) => {
    const url = event.data?.probe;
    if (!url) {
      return;
    }
    const outcome = (attempt) =>
      new Promise((resolve, reject) => attempt(() => resolve(), () => reject(new TypeError("refused"))))
        .then(() => "let through", (error) => error.name);
    const results = {
      fetch: await outcome((done, failed) => fetch(url, { mode: "no-cors" }).then(done, failed)),
      importScripts: await outcome((done) => done(importScripts(url))),
      request: await outcome((done, failed) => {
        const request = new XMLHttpRequest();
        request.onload = done;
        request.onerror = failed;
        request.open("GET", url);
        request.send();
      }),
      socket: await outcome((done, failed) => {
        const socket = new WebSocket(url.replace("http", "ws"));
        socket.onopen = done;
        socket.onerror = failed;
      }),
      worker: await outcome((done, failed) => {
        const worker = new Worker(url);
        worker.onmessage = done;
        worker.onerror = failed;
      }),
    };
    self.postMessage(["probe", results]);
  };
  const count = () => {
    // With two processors Chromium would start none.
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 8 });
    const { Worker } = self;
    let started = 0;
    self.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        started += 1;
      }
    };
    self.addEventListener("message", (event) => event.data?.count && self.postMessage(["count", started]));
  };
  const { Blob, Worker } = globalThis;
  const part = `\n(${count})();for (const ask of [${die}, ${probe}]) self.addEventListener("message", ask);`;
  globalThis.Blob = class extends Blob {
    constructor(parts, options) {
      super(options?.type === "text/javascript" ? [...parts, part] : parts, options);
    }
  };
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      globalThis.lastWorker = this;
    }
  };
}

const ask = (page, what, value) =>
  page.evaluate(
    (what, value) =>
      new Promise((resolve) => {
        globalThis.lastWorker.addEventListener("message", (event) => {
          if (event.data[0] === what) {
            resolve(event.data[1]);
          }
        });
        globalThis.lastWorker.postMessage({ [what]: value });
      }),
    what,
    value,
  );

/** What the probe in the worker could and could not do. */
export const askWorker = (page, url) => ask(page, "probe", url);

/** How many workers the analysis worker has started. */
export const countWorkers = (page) => ask(page, "count", true);

/** Makes the analysis worker throw. */
export const killWorker = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        globalThis.lastWorker.addEventListener("error", () => setTimeout(resolve, 0));
        globalThis.lastWorker.postMessage({ die: true });
      }),
  );

/** A piece of Squid log in which the proxy wants a sign-in that never comes. */
export const log407 = [0, 1, 2, 3, 4, 5]
  .map((at) => {
    const host = ["login.microsoftonline.com", "adminwebservice.microsoftonline.com"][at % 2];
    return `17323${at}1000.114      2 10.20.30.40 TCP_DENIED/407 4018 CONNECT ${host}:443 - HIER_NONE/- text/html`;
  })
  .join("\n");
