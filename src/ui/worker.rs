//! Analysis beside the page: large logs freeze nothing, and a defect of the engine does not end the page.
//!
//! The worker runs the page's own WebAssembly module; `boot/loader.js` knows how to start one. Messages are
//! arrays: `[request, JSON, Uint8Array, …]` to the worker, with one byte array per input, handed over and not
//! copied; `["ready"]`, `["answer", request, JSON]` and `["dead", text]` back.

use advisor_engine::artifact::Kind;
use advisor_engine::endpoints::Cloud;
use advisor_engine::export::v1::Answer;
use advisor_engine::{Input, Options};
use js_sys::{Array, Function, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent, Window, Worker};

type OnAnswer = Box<dyn Fn(u32, Result<Answer, String>)>;

/// The analysis worker as the page sees it. One analysis at a time: a new request ends the one under way.
pub struct EngineWorker {
    link: Rc<Link>,
}

impl EngineWorker {
    /// Starts the worker, so that it is warm when evidence comes. `on_answer` gets the number of the request it
    /// answers; a request that a newer one overtook gets no answer. `Err` only where there is no page.
    pub fn start(on_answer: impl Fn(u32, Result<Answer, String>) + 'static) -> Result<Self, String> {
        let window = web_sys::window().ok_or("The analysis can only be started from a page.")?;
        let link = Rc::new_cyclic(|link: &Weak<Link>| {
            let (message, error) = (link.clone(), link.clone());
            Link {
                on_answer: Box::new(on_answer),
                window,
                side: RefCell::new(Side::None),
                on_message: Closure::new(move |event: MessageEvent| {
                    if let Some(link) = message.upgrade() {
                        link.hear(&event);
                    }
                }),
                on_error: Closure::new(move |event: Event| {
                    if let Some(link) = error.upgrade() {
                        link.lose(&event);
                    }
                }),
            }
        });
        link.spawn(None);
        Ok(Self { link })
    }

    /// Asks for the analysis of all inputs. The answer comes through `on_answer`, never before this returns.
    pub fn analyze(&self, request: u32, inputs: &[Input], options: &Options) {
        let job = Job { request, message: encode(request, inputs, options) };
        let side = self.link.side.replace(Side::None);
        match side {
            Side::Starting { worker, .. } => {
                self.link.side.replace(Side::Starting { worker, job: Some(job) });
            }
            Side::Ready { worker, running: None } => self.link.post(worker, &job),
            Side::Ready { worker, running: Some(_) } => {
                worker.terminate();
                self.link.spawn(Some(job));
            }
            Side::None => self.link.spawn(Some(job)),
            Side::Unavailable => {
                self.link.side.replace(Side::Unavailable);
                self.link.answer_here(job);
            }
        }
    }
}

impl Drop for EngineWorker {
    fn drop(&mut self) {
        if let Side::Starting { worker, .. } | Side::Ready { worker, .. } = self.link.side.replace(Side::None) {
            worker.terminate();
        }
    }
}

/// A request as it travels.
struct Job {
    request: u32,
    message: Array,
}

/// The far end of the link.
enum Side {
    /// No worker; the next request starts one.
    None,
    /// Its script runs, the module is not up yet; the request waits for that.
    Starting { worker: Worker, job: Option<Job> },
    /// Up, and busy with this request if any.
    Ready { worker: Worker, running: Option<u32> },
    /// This browser starts no worker from this file: the page does the work itself.
    Unavailable,
}

struct Link {
    on_answer: OnAnswer,
    window: Window,
    side: RefCell<Side>,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_error: Closure<dyn FnMut(Event)>,
}

impl Link {
    fn spawn(self: &Rc<Self>, job: Option<Job>) {
        let started = boot_function("startWorker").and_then(|start| start.call0(&JsValue::NULL).ok());
        if let Some(worker) = started.and_then(|worker| worker.dyn_into::<Worker>().ok()) {
            worker.set_onmessage(Some(self.on_message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(self.on_error.as_ref().unchecked_ref()));
            self.side.replace(Side::Starting { worker, job });
        } else {
            self.side.replace(Side::Unavailable);
            if let Some(job) = job {
                self.answer_here(job);
            }
        }
    }

    fn post(self: &Rc<Self>, worker: Worker, job: &Job) {
        let bytes = job.message.slice(2, job.message.length());
        let buffers = bytes.iter().filter_map(|view| Reflect::get(&view, &"buffer".into()).ok()).collect::<Array>();
        if let Err(error) = worker.post_message_with_transfer(&job.message, &buffers) {
            worker.terminate();
            self.side.replace(Side::None);
            self.answer_later(job.request, Err(stopped(&describe(&error))));
        } else {
            self.side.replace(Side::Ready { worker, running: Some(job.request) });
        }
    }

    fn hear(self: &Rc<Self>, event: &MessageEvent) {
        if !self.is_current(event) {
            return;
        }
        let message = Array::from(&event.data());
        let tag = message.get(0).as_string().unwrap_or_default();
        let side = self.side.replace(Side::None);
        match (tag.as_str(), side) {
            ("ready", Side::Starting { worker, job: Some(job) }) => self.post(worker, &job),
            ("ready", Side::Starting { worker, job: None }) => {
                self.side.replace(Side::Ready { worker, running: None });
            }
            ("answer", Side::Ready { worker, running: Some(request) }) => {
                self.side.replace(Side::Ready { worker, running: None });
                let json = message.get(2).as_string().unwrap_or_default();
                let answer = serde_json::from_str(&json).map_err(|error| stopped(&error.to_string()));
                (self.on_answer)(request, answer);
            }
            ("dead", Side::Ready { worker, running }) => {
                worker.terminate();
                if let Some(request) = running {
                    let text = message.get(1).as_string().unwrap_or_default();
                    (self.on_answer)(request, Err(stopped(&text)));
                }
            }
            (_, side) => {
                self.side.replace(side);
            }
        }
    }

    fn lose(self: &Rc<Self>, event: &Event) {
        if !self.is_current(event) {
            return;
        }
        match self.side.replace(Side::None) {
            // It never came up: another attempt would end the same way.
            Side::Starting { worker, job } => {
                worker.terminate();
                self.side.replace(Side::Unavailable);
                if let Some(job) = job {
                    self.answer_here(job);
                }
            }
            Side::Ready { worker, running } => {
                worker.terminate();
                if let Some(request) = running {
                    let text = Reflect::get(event, &"message".into()).ok().and_then(|text| text.as_string());
                    (self.on_answer)(request, Err(stopped(&text.unwrap_or_default())));
                }
            }
            side @ (Side::None | Side::Unavailable) => {
                self.side.replace(side);
            }
        }
    }

    /// A worker that was ended may still have had an event on its way.
    fn is_current(&self, event: &Event) -> bool {
        match &*self.side.borrow() {
            Side::Starting { worker, .. } | Side::Ready { worker, .. } => {
                event.target().is_some_and(|target| target.loose_eq(worker))
            }
            Side::None | Side::Unavailable => false,
        }
    }

    /// Analyses in the page, after it had the chance to draw that it is busy.
    fn answer_here(self: &Rc<Self>, job: Job) {
        let link = self.clone();
        self.later(move || {
            let answer = decode(&job.message)
                .map(|(inputs, options)| advisor_engine::answer(&inputs, &options))
                .ok_or_else(|| stopped("the request could not be read"));
            (link.on_answer)(job.request, answer);
        });
    }

    fn answer_later(self: &Rc<Self>, request: u32, answer: Result<Answer, String>) {
        let link = self.clone();
        self.later(move || (link.on_answer)(request, answer));
    }

    fn later(&self, task: impl FnOnce() + 'static) {
        let task = Closure::once_into_js(task);
        // A page that is being closed sets no timers, and nobody waits for its answer.
        let _ = self.window.set_timeout_with_callback_and_timeout_and_arguments_0(task.unchecked_ref(), 30);
    }
}

/// Answers requests until the page ends this worker.
pub fn serve(scope: &DedicatedWorkerGlobalScope) {
    let port = scope.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Array::from(&event.data());
        let Some((inputs, options)) = decode(&message) else { return };
        drop(event);
        let answer = advisor_engine::answer(&inputs, &options);
        let json = serde_json::to_string(&answer).unwrap_or_default();
        post(&port, &[JsValue::from_str("answer"), message.get(0), JsValue::from_str(&json)]);
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    handler.forget();
    post(scope, &[JsValue::from_str("ready")]);
}

/// Makes a panic visible: in the page as a message over it, in the worker as an answer to the page.
pub fn show_panics() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let text = info.to_string();
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            post(&scope, &[JsValue::from_str("dead"), JsValue::from_str(&text)]);
        } else if let Some(fail) = boot_function("fail") {
            // There is no further place to report to.
            let _ = fail.call1(&JsValue::NULL, &JsValue::from_str(&text));
        }
    }));
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &[JsValue]) {
    // Strings and numbers can always be posted.
    let _ = scope.post_message(&message.iter().collect::<Array>());
}

/// A function that `boot/loader.js` offers to the page; absent in the worker.
fn boot_function(name: &str) -> Option<Function> {
    let advisor = Reflect::get(&js_sys::global(), &"advisor".into()).ok()?;
    Reflect::get(&advisor, &name.into()).ok()?.dyn_into().ok()
}

/// What is not bytes in a request.
#[derive(Serialize, Deserialize)]
struct Header {
    /// Name and corrections (line, kind) of each input.
    inputs: Vec<(String, Vec<(usize, String)>)>,
    cloud: Option<String>,
    features: Vec<String>,
}

fn encode(request: u32, inputs: &[Input], options: &Options) -> Array {
    let corrections =
        |input: &Input| input.corrections.iter().map(|(line, kind)| (*line, kind.id().to_owned())).collect();
    let header = Header {
        inputs: inputs.iter().map(|input| (input.name.clone(), corrections(input))).collect(),
        cloud: options.cloud.map(|cloud| cloud.id().to_owned()),
        features: options.features.clone(),
    };
    let header = serde_json::to_string(&header).unwrap_or_default();
    let message = Array::of2(&JsValue::from(request), &JsValue::from_str(&header));
    for input in inputs {
        message.push(&Uint8Array::from(input.bytes.as_slice()));
    }
    message
}

fn decode(message: &Array) -> Option<(Vec<Input>, Options)> {
    let header = serde_json::from_str::<Header>(&message.get(1).as_string()?).ok()?;
    let inputs = header.inputs.into_iter().zip(2..).map(|((name, corrections), at)| Input {
        name,
        bytes: Uint8Array::new(&message.get(at)).to_vec(),
        corrections: corrections.into_iter().filter_map(|(line, kind)| Some((line, Kind::from_id(&kind)?))).collect(),
    });
    let options = Options { cloud: header.cloud.and_then(|id| Cloud::from_id(&id)), features: header.features };
    Some((inputs.collect(), options))
}

fn describe(error: &JsValue) -> String {
    Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The sentence for a person; `detail` is for whoever mends the engine.
fn stopped(detail: &str) -> String {
    let detail = detail.trim();
    let advice = "The analysis stopped before it had an answer. The input may be too big for the memory of this tab. \
                  Give a shorter part of it, around the time of the failure, and try again.";
    if detail.is_empty() { advice.to_owned() } else { format!("{advice} Detail: {detail}") }
}
