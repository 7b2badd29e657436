// Starts the page inside the one file. `cargo xtask bundle` puts this behind `glue`, the function whose body is
// wasm-bindgen's script, `packed`, the WebAssembly module as gzip with five characters for each four bytes, and
// `packedBytes`, the number of these.

const text = {
  tooOld: (what) =>
    `This browser cannot run the page: it has no ${what}. Open the file in a current Edge, Chrome or Firefox.`,
  notStarted: "The page could not start. Open the file in a current Edge, Chrome or Firefox.",
  stopped:
    "The page ran into an error of its own and stopped. Copy what you still need, then reload the page. " +
    "Nothing has left it. If it happens again, please report this text:",
};

// Shows, whatever state the page is in, that it works no more. Called by the panic hook too.
function fail(detail, what = text.stopped) {
  if (document.getElementById("advisor-failure")) {
    return;
  }
  const box = document.createElement("div");
  box.id = "advisor-failure";
  box.setAttribute("role", "alert");
  const message = document.createElement("p");
  message.textContent = what;
  box.append(message);
  if (detail) {
    const lines = document.createElement("pre");
    lines.textContent = String(detail);
    box.append(lines);
  }
  document.body.append(box);
  for (const state of document.querySelectorAll('[data-analysis-state="running"]')) {
    state.setAttribute("data-analysis-state", "done");
  }
}

// Chromium's stacks begin with the message, Firefox's do without.
function describe(error) {
  const stack = error?.stack ?? "";
  return stack.includes(error?.message) ? stack : `${error}\n${stack}`;
}

// A trap (out of memory, stack overflow) reaches no panic hook; it ends the module all the same.
function watch(error) {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    fail(describe(error));
  }
}

async function unpack() {
  const bytes = new Uint8Array((packed.length / 5) * 4);
  const words = new DataView(bytes.buffer);
  for (let at = 0; at < packed.length; at += 5) {
    let word = 0;
    for (let place = at; place < at + 5; place += 1) {
      // The digits begin at "#" and leave out "<" and the backslash.
      const code = packed.charCodeAt(place);
      word = word * 85 + code - 35 - (code > 60) - (code > 92);
    }
    words.setUint32((at / 5) * 4, word);
  }
  const stream = new Blob([bytes.subarray(0, packedBytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

// Gives a file to `take` in pieces of `size` bytes, the last one shorter. `take` gives a buffer for the next piece.
// Browsers fill a view with a few dozen kilobytes at a time; gathering them here spares the module tens of thousands
// of calls per gigabyte.
async function inPieces(file, size, take) {
  const gathered = async (reader) => {
    let buffer = new ArrayBuffer(size);
    let filled = 0;
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer, filled));
      // The buffer went to the stream; it comes back in the answer, in the last one too.
      buffer = value.buffer;
      if (done) {
        break;
      }
      filled += value.length;
      if (filled === size) {
        buffer = await take(new Uint8Array(buffer));
        filled = 0;
      }
    }
    if (filled > 0) {
      await take(new Uint8Array(buffer, 0, filled));
    }
  };
  const asTheyCome = async (reader) => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      await take(value);
    }
  };
  const stream = file.stream();
  let reader = null;
  let read = gathered;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    // No byte stream in this browser: the pieces are as it likes to give them.
    reader = stream.getReader();
    read = asTheyCome;
  }
  // Chromium takes a reader that waits for the disk for garbage, and is silent from then on, unless something else
  // holds it.
  self.readers ??= new Set();
  self.readers.add(reader);
  try {
    await read(reader);
  } finally {
    self.readers.delete(reader);
  }
}

// What a worker does that only reads: posts a file in pieces, a few ahead of whoever takes them, and takes their
// buffers back; at the end null, or what went wrong.
function serveFile({ file, size }) {
  const spare = Array.from({ length: 3 }, () => new ArrayBuffer(size));
  let wake = null;
  self.onmessage = ({ data }) => {
    spare.push(data);
    wake?.();
  };
  const take = async (piece) => {
    self.postMessage(piece, [piece.buffer]);
    while (spare.length === 0) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
    return spare.pop();
  };
  inPieces(file, size, take).then(
    () => self.postMessage(null),
    (error) => self.postMessage(String(error)),
  );
}

// Gives a file to `take` in pieces, here. `take` says when it has told the page something to draw.
function readHere(file, size, take) {
  // Pieces that are there already come without a turn of the browser in between. In the page, where somebody may want
  // to scroll or to cancel, one is given again and again.
  const inPage = "document" in globalThis;
  // With two processors this worker and the compiler of its module would keep the page from drawing.
  const isCrowded = navigator.hardwareConcurrency <= 2;
  const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const isDrawn = () => new Promise((resolve) => self.addEventListener("message", resolve, { once: true }));
  let rested = performance.now();
  return inPieces(file, size, async (piece) => {
    const hasTold = take(piece);
    if (inPage && performance.now() - rested > 40) {
      await rest(0);
      rested = performance.now();
    } else if (!inPage && hasTold && isCrowded) {
      await Promise.race([isDrawn(), rest(100)]);
    }
    return piece.buffer;
  });
}

// Gives a file to `take` in pieces that another worker reads: the next ones while `take` works on the last. Where that
// worker gives no sign of life or fails before it, this one reads.
function readBeside(worker, file, size, take) {
  // A worker that nothing refers to may be taken for garbage while it waits for the disk.
  self.readingWorker = worker;
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(patience);
      self.readingWorker = null;
      worker.terminate();
      settle(value);
    };
    let hasBegun = false;
    const standIn = () => end(resolve, readHere(file, size, take));
    const patience = setTimeout(standIn, 5000);
    worker.onerror = (event) => {
      event.preventDefault();
      if (hasBegun) {
        end(reject, event);
      } else {
        standIn();
      }
    };
    worker.onmessage = ({ data }) => {
      clearTimeout(patience);
      hasBegun = true;
      if (data === null) {
        end(resolve);
      } else if (typeof data === "string") {
        end(reject, new Error(data));
      } else {
        take(data);
        worker.postMessage(data.buffer, [data.buffer]);
      }
    };
    worker.postMessage({ file, size });
  });
}

// Starts a worker from the one script that whoever calls this has for workers.
function workerFrom(url, name) {
  const own = (given) => {
    if (given !== url) {
      throw new TypeError("only the worker of this page may be started");
    }
    return given;
  };
  self.advisorPolicy ??= self.trustedTypes?.createPolicy("advisor", { createScriptURL: own });
  return new Worker(self.advisorPolicy ? self.advisorPolicy.createScriptURL(url) : url, { name });
}

// The whole of the worker: it analyses once the module comes by message.
function work(glue) {
  // Below this many bytes another worker is not worth its start.
  const small = 8 << 20;
  // In a file without an origin Chromium lets a worker start no script but its own.
  const source = `"use strict";${inPieces}${serveFile}self.onmessage = ({ data }) => serveFile(data);`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const readFile = (file, size, take) => {
    // Chromium reads a file in threads of its own. With two processors, a worker that reads beside this one then makes
    // nothing faster and takes its time from the page; Firefox needs it even so.
    const alone = navigator.hardwareConcurrency <= 2 && navigator.userAgent.includes("Chrome/");
    if (file.size < small || alone) {
      return readHere(file, size, take);
    }
    let reader = null;
    try {
      reader = workerFrom(url, "reading");
    } catch {
      return readHere(file, size, take);
    }
    return readBeside(reader, file, size, take);
  };
  self.onmessage = ({ data }) => {
    self.onmessage = null;
    self.advisor = { readFile };
    glue().initSync({ module: data });
  };
}

function workerStarter(module) {
  const parts = [inPieces, serveFile, readHere, readBeside, workerFrom, work];
  const source = `"use strict";${parts.join("")};work(${glue});`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return () => {
    const worker = workerFrom(url, "analysis");
    worker.postMessage(module);
    return worker;
  };
}

async function start() {
  const missing = ["WebAssembly", "DecompressionStream", "Worker"].find((name) => !(name in globalThis));
  if (missing) {
    fail("", text.tooOld(missing));
    return;
  }
  globalThis.addEventListener("error", (event) => watch(event.error));
  globalThis.addEventListener("unhandledrejection", (event) => watch(event.reason));
  try {
    const module = await unpack();
    globalThis.advisor = Object.freeze({ startWorker: workerStarter(module), fail, readFile: readHere });
    await glue()({ module_or_path: module });
    document.getElementById("boot")?.remove();
  } catch (error) {
    fail(describe(error), text.notStarted);
  }
}

start();
