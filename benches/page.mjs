// How fast the built page analyses a file, against how fast the same page merely reads it: one browser, one file.
// `cargo xtask bench` calls this with one argument, JSON: { browser, program, file, runs }. The answer is one line of
// JSON on standard output; see `measure` for its fields. Times are milliseconds, sizes bytes.
//
// Each run has a page of its own, in which the file is read and analysed one after the other; which comes first
// alternates. Times are taken inside the page: an analysis begins with the file input's `change` event and ends when
// the page says that it is done.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const builtPage = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "dist", "index.html");
/** For the mere reading, until the page's own reader has shown how much it asks for at once. */
const usualChunk = 1 << 20;
/** No further run is begun after so long. */
const patience = 120_000;
/** Milliseconds for which a page has been open when it gets its file. */
const opened = 2000;
/** Nothing here takes longer. */
const never = 30 * 60_000;

const launchers = {
  chromium: (program) =>
    puppeteer.launch({
      browser: "chrome",
      executablePath: program,
      headless: true,
      protocolTimeout: never,
      args: [
        // Chromium refuses to run as root with its sandbox.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    }),
  firefox: (program) =>
    puppeteer.launch({
      browser: "firefox",
      protocol: "webDriverBiDi",
      executablePath: program,
      headless: true,
      protocolTimeout: never,
      // Firefox rounds its clock to a millisecond or more against fingerprinting; nobody is fingerprinted here.
      extraPrefsFirefox: { "privacy.reduceTimerPrecision": false },
    }),
};

const asked = JSON.parse(process.argv[2]);
const browser = await launchers[asked.browser](asked.program);
try {
  console.log(JSON.stringify(await measure(browser, asked)));
} finally {
  await browser.close();
}

async function measure(browser, { file, runs }) {
  const result = {
    version: await browser.version(),
    read: [],
    analysis: [],
    readIn: undefined,
    chunk: usualChunk,
    firstFacts: [],
    longestTask: undefined,
    longestGap: 0,
    wasm: undefined,
    processes: undefined,
    cancel: undefined,
    refused: undefined,
  };
  // Uncounted: it warms the browser up and shows the chunks that the page itself reads.
  const first = await inFreshPage(browser, (page) => analyse(page, file));
  if (first.refused) {
    result.refused = first.refused;
  } else if (first.chunk) {
    result.chunk = first.chunk;
  }
  const begin = Date.now();
  for (let run = 0; run < runs && (run === 0 || Date.now() - begin < patience); run += 1) {
    await inFreshPage(browser, async (page) => {
      const steps = [
        async () => {
          const read = await merelyRead(page, file, result.chunk);
          result.readIn = read.where;
          result.read.push(read.took);
        },
        async () => {
          if (result.refused) {
            return;
          }
          const idle = privateMemory(browser);
          let busy = idle;
          const watch = setInterval(() => {
            busy = Math.max(busy, privateMemory(browser));
          }, 250);
          const analysis = await analyse(page, file).finally(() => clearInterval(watch));
          result.analysis.push(analysis.took);
          result.firstFacts.push(analysis.firstFacts);
          result.longestGap = Math.max(result.longestGap, analysis.longestGap);
          result.longestTask = greater(result.longestTask, analysis.longestTask);
          result.wasm = greater(result.wasm, analysis.wasm);
          result.processes = idle === 0 ? undefined : greater(result.processes, busy - idle);
        },
      ];
      for (const step of run % 2 === 0 ? steps : steps.reverse()) {
        await step();
      }
    });
  }
  if (!result.refused) {
    const usual = result.analysis.toSorted((a, b) => a - b)[Math.floor(result.analysis.length / 2)];
    result.cancel = await inFreshPage(browser, (page) => cancel(page, file, usual * 0.4));
  }
  return result;
}

/** The greater one of two numbers, of which the first may not be known yet. */
function greater(a, b) {
  return a === undefined || b > a ? b : a;
}

async function inFreshPage(browser, use) {
  const page = await browser.newPage();
  page.setDefaultTimeout(never);
  try {
    const shared = `const readAll = ${readAll};`;
    const workerPart = JSON.stringify(`\n{ ${shared} (${inWorker})(); }`);
    await page.evaluateOnNewDocument(`{ ${shared} (${prepare})(${workerPart}); }`);
    await page.goto(pathToFileURL(builtPage).href, { waitUntil: "load" });
    await page.bringToFront();
    await page.waitForSelector('[data-analysis-state="idle"]');
    // A page that somebody has opened to choose a file in: its worker has warmed up by then.
    await new Promise((done) => setTimeout(done, opened));
    return await use(page);
  } finally {
    await page.close();
  }
}

async function give(page, selector, file) {
  const input = await page.waitForSelector(selector);
  await input.uploadFile(file);
}

async function analyse(page, file) {
  await page.evaluate(() => globalThis.bench.reset());
  await give(page, 'input[type="file"]:not(#bench-file)', file);
  return page.evaluate(() => globalThis.bench.finished());
}

async function cancel(page, file, after) {
  await page.evaluate(() => globalThis.bench.reset());
  const effect = page.evaluate((after) => globalThis.bench.cancelled(after), after);
  await give(page, 'input[type="file"]:not(#bench-file)', file);
  return effect;
}

async function merelyRead(page, file, chunk) {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "bench-file";
    document.body.append(input);
  });
  await give(page, "#bench-file", file);
  const read = await page.evaluate((chunk) => globalThis.bench.read(chunk), chunk);
  await page.evaluate(() => document.getElementById("bench-file").remove());
  return read;
}

/** Private memory of the browser with all its processes; 0 where the system does not tell. */
function privateMemory(browser) {
  const root = browser.process()?.pid;
  if (process.platform !== "linux" || !root) {
    return 0;
  }
  const parents = new Map();
  const memory = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      memory.set(Number(name), Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It has ended since the folder was listed.
    }
  }
  const below = (pid) => pid === root || (parents.has(pid) && below(parents.get(pid)));
  return [...memory].filter(([pid]) => below(pid)).reduce((sum, [, bytes]) => sum + bytes, 0);
}

// Runs in the worker or the page: reads the whole file, as the page's own reader does, and drops what it read.
async function readAll(file, chunk) {
  const begin = performance.now();
  const reader = file.stream().getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(chunk);
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer, 0, chunk));
    if (done) {
      return { took: performance.now() - begin, bytes };
    }
    bytes += value.byteLength;
    buffer = value.buffer;
  }
}

// Runs in the page, ahead of its own scripts: takes times, and adds `workerPart` to the script of the worker.
function prepare(workerPart) {
  const { Blob, Worker } = globalThis;
  const workers = [];
  globalThis.Blob = class extends Blob {
    constructor(parts, options) {
      super(options?.type === "text/javascript" ? [...parts, workerPart] : parts, options);
    }
  };
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
    }
  };
  // Where the page itself does the work there is no worker to ask.
  let ownMemory;
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    ownMemory = (made.instance ?? made).exports.memory;
    return made;
  };

  // It reports tasks from 50 ms on; none reported is none so long.
  const longTasks = PerformanceObserver.supportedEntryTypes.includes("longtask");
  const fresh = () => ({ firstFacts: undefined, end: undefined, longestGap: 0, longestTask: longTasks ? 0 : undefined, wasm: 0, chunk: 0 });
  let begin;
  let seen = fresh();
  const running = () => begin !== undefined && seen.end === undefined;
  const state = () => document.querySelector("[data-analysis-state]")?.getAttribute("data-analysis-state");
  const since = () => performance.now() - begin;

  document.addEventListener(
    "change",
    (event) => {
      if (event.target.type === "file" && event.target.id !== "bench-file") {
        begin = performance.now();
        ranOnce = false;
      }
    },
    true,
  );
  let ranOnce = false;
  new MutationObserver(() => {
    if (!running()) {
      return;
    }
    if (seen.firstFacts === undefined && document.querySelector("[data-diagnosis], [data-artifact-kind]")) {
      seen.firstFacts = since();
    }
    ranOnce ||= state() !== "idle";
    if (ranOnce && state() === "done") {
      seen.end = since();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });

  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    if (running()) {
      seen.longestGap = Math.max(seen.longestGap, now - last);
    }
    last = now;
    setTimeout(beat, 4);
  };
  beat();
  if (longTasks) {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) {
        if (begin !== undefined && task.startTime + task.duration > begin) {
          seen.longestTask = Math.max(seen.longestTask ?? 0, task.duration);
        }
      }
    }).observe({ type: "longtask" });
  }

  const listen = (worker) =>
    worker.addEventListener("message", (event) => {
      if (event.data?.[0] === "bench-memory") {
        seen.wasm = Math.max(seen.wasm, event.data[1]);
        seen.chunk = Math.max(seen.chunk, event.data[2]);
      }
    });
  const askForMemory = () => {
    for (const worker of workers) {
      if (!worker.benchListens) {
        worker.benchListens = true;
        listen(worker);
      }
      worker.postMessage({ bench: "memory" });
    }
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // Without the text of the button that dismisses it.
  const notice = () => document.querySelector('[role="alert"] p')?.textContent.trim();

  globalThis.bench = {
    reset: () => {
      begin = undefined;
      seen = fresh();
    },
    finished: async () => {
      let asked = performance.now();
      while (seen.end === undefined) {
        await pause(10);
        if (begin !== undefined && !ranOnce && notice()) {
          return { refused: notice() };
        }
        if (performance.now() - asked > 500) {
          asked = performance.now();
          askForMemory();
        }
      }
      askForMemory();
      // Observers report a long task some time after it; a worker answers when it has nothing else to do.
      await pause(300);
      const failure = document.getElementById("advisor-failure");
      if (failure) {
        return { refused: failure.textContent.trim() };
      }
      return { ...seen, took: seen.end, wasm: Math.max(seen.wasm, ownMemory?.buffer.byteLength ?? 0) };
    },
    cancelled: async (after) => {
      const name = (button) => (button.getAttribute("aria-label") ?? button.textContent).trim();
      const button = () =>
        [...document.querySelectorAll("button")].find(
          (button) => /^(cancel|stop)\b/i.test(name(button)) && button.getClientRects().length > 0,
        );
      while (seen.end === undefined) {
        const found = begin !== undefined && since() >= after && button();
        if (found) {
          const pressed = performance.now();
          found.click();
          while (state() === "running") {
            await pause(1);
          }
          return { took: performance.now() - pressed };
        }
        await pause(5);
      }
      return { missing: "no Cancel button was seen before the end" };
    },
    read: async (chunk) => {
      const file = document.getElementById("bench-file").files[0];
      const worker = globalThis.advisor?.startWorker?.();
      if (!worker) {
        return { ...(await readAll(file, chunk)), where: "main thread" };
      }
      workers.pop();
      const answer = new Promise((resolve, reject) => {
        worker.addEventListener("message", (event) => event.data?.[0] === "bench-read" && resolve(event.data[1]));
        worker.addEventListener("error", (event) => reject(new Error(event.message)));
      });
      worker.postMessage({ bench: "read", file, chunk });
      const read = await answer;
      worker.terminate();
      if (read.error) {
        throw new Error(read.error);
      }
      return { ...read, where: "worker" };
    },
  };
}

// Runs at the end of the worker's script, before its first message.
function inWorker() {
  let chunk = 0;
  let memory;
  const { read } = ReadableStreamBYOBReader.prototype;
  ReadableStreamBYOBReader.prototype.read = function (view, ...rest) {
    chunk = Math.max(chunk, view.byteLength);
    return read.call(this, view, ...rest);
  };
  const { Instance } = WebAssembly;
  const watched = function (...given) {
    const made = new Instance(...given);
    memory = made.exports.memory;
    return made;
  };
  watched.prototype = Instance.prototype;
  WebAssembly.Instance = watched;

  self.addEventListener("message", async (event) => {
    const { bench, file, chunk: size } = event.data ?? {};
    if (bench === "memory") {
      self.postMessage(["bench-memory", memory?.buffer.byteLength ?? 0, chunk]);
    } else if (bench === "read") {
      const result = await readAll(file, size).catch((error) => ({ error: String(error) }));
      self.postMessage(["bench-read", result]);
    }
  });
}
