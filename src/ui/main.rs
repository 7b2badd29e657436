//! The page and its worker: one WebAssembly module, loaded once and run in both places.

mod page;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    worker::show_panics();
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::serve(&scope, page::samples::files("407")),
        Err(_) => page::mount(),
    }
}
