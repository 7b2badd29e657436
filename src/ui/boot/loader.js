// Starts the page inside the one file. `cargo xtask bundle` puts this behind `glue`, the function whose body is
// wasm-bindgen's script, and `packed`, the WebAssembly module as gzip in base64.

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
  const binary = atob(packed);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) {
    bytes[at] = binary.charCodeAt(at);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

// The one worker script there is: the same glue, and the same module once it comes by message.
function workerStarter(module) {
  const source =
    `"use strict";const wasm_bindgen=(${glue})();` +
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
    globalThis.advisor = Object.freeze({ startWorker: workerStarter(module), fail });
    await glue()({ module_or_path: module });
    document.getElementById("boot")?.remove();
  } catch (error) {
    fail(describe(error), text.notStarted);
  }
}

start();
