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

// Gives a file to `take` in pieces of `size` bytes, the last one shorter. Browsers fill a view with a few dozen
// kilobytes at a time; gathering them here spares the module tens of thousands of calls per gigabyte.
async function readFile(file, size, take) {
  const stream = file.stream();
  let reader = null;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    // No byte stream in this browser: the pieces are as it likes to give them.
    for (const any = stream.getReader(); ; ) {
      const { done, value } = await any.read();
      if (done) {
        return;
      }
      take(value);
    }
  }
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
      take(new Uint8Array(buffer));
      filled = 0;
    }
  }
  if (filled > 0) {
    take(new Uint8Array(buffer, 0, filled));
  }
}

// The one worker script there is: the same glue, and the same module once it comes by message.
function workerStarter(module) {
  const source =
    `"use strict";const wasm_bindgen=(${glue})();self.advisor={readFile:${readFile}};` +
    "self.onmessage=(event)=>{self.onmessage=null;wasm_bindgen.initSync({module:event.data});};";
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const own = (given) => {
    if (given !== url) {
      throw new TypeError("only the worker of this page may be started");
    }
    return given;
  };
  const policy = globalThis.trustedTypes?.createPolicy("advisor", { createScriptURL: own });
  return () => {
    const worker = new Worker(policy ? policy.createScriptURL(url) : url, { name: "analysis" });
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
    globalThis.advisor = Object.freeze({ startWorker: workerStarter(module), fail, readFile });
    await glue()({ module_or_path: module });
    document.getElementById("boot")?.remove();
  } catch (error) {
    fail(describe(error), text.notStarted);
  }
}

start();
