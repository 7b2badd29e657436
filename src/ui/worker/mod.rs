//! Analysis beside the page: large logs freeze nothing, and a defect of the engine does not end the page.
//!
//! The worker runs the page's own WebAssembly module; `boot/loader.js` knows how to start one. It reads files by
//! itself ([`reading`]); the page reads again what the viewer shows ([`slices`]). Messages are
//! arrays: `[request, JSON, string or File, …]` to the worker, with one entry per input, and `["drawn"]` when the page
//! shows the last partial answer; `["ready"]`,
//! `["progress", request, JSON]`, `["mark", request, input, byte, line]`, `["partial", request, JSON]`,
//! `["answer", request, JSON]`, `["failed", request, text]` and `["dead", text]` back.

#![allow(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "sizes of files are whole numbers below 2^53")]

mod reading;
mod slices;
mod warm_up;

use advisor_engine::Options;
use advisor_engine::artifact::Kind;
use advisor_engine::export::v1::Answer;
use js_sys::{Array, Function, Reflect};
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, Event as DomEvent, File, MessageEvent, Window, Worker};

type OnEvent = Box<dyn Fn(u32, Event)>;

/// One thing to analyse.
#[derive(Clone, Debug)]
pub enum Given {
    /// Text of the paste box, and samples.
    Text {
        /// Name for the reader.
        name: String,
        /// What was pasted.
        content: String,
        /// The part that begins at this line is of this kind.
        corrections: Vec<(usize, Kind)>,
    },
    /// A file, read by the worker in chunks.
    File {
        /// Its name, or another where there are two of one name.
        name: String,
        /// The browser's handle.
        file: File,
        /// The part that begins at this line is of this kind.
        corrections: Vec<(usize, Kind)>,
    },
}

/// What comes back while an analysis runs and at its end.
#[derive(Debug)]
pub enum Event {
    /// How far it is.
    Progress(Progress),
    /// The answer about what has been read so far.
    Partial(Box<Answer>),
    /// The answer.
    Answer(Box<Answer>),
    /// It ended without one.
    Failed(String),
}

/// How far the reading is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Index of the input that is being read.
    pub input: usize,
    /// Its name, with the member of an archive.
    pub name: String,
    /// Bytes read of all inputs.
    pub bytes: u64,
    /// Bytes of all inputs.
    pub total: u64,
    /// Lines read.
    pub lines: u64,
    /// Seconds since the begin.
    pub seconds: f64,
}

/// Lines around a place of an input: about `before` bytes before and `after` bytes behind the line that holds byte
/// `byte`, which has the number `line` (1-based). Line 0: not known, the worker finds it. Byte `u64::MAX` with a
/// known line: the worker finds that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Index of the input.
    pub input: usize,
    /// Member of an archive.
    pub member: Option<String>,
    /// 0-based byte in the input or member.
    pub byte: u64,
    /// 1-based line that holds it.
    pub line: u64,
    /// Bytes wanted before that line.
    pub before: u64,
    /// Bytes wanted from that line on.
    pub after: u64,
}

/// Lines of an input.
#[expect(clippy::struct_field_names, reason = "the lines among what lies around them")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// 1-based number of the first; 0 where it is not known.
    pub first_line: u64,
    /// Where the first begins.
    pub first_byte: u64,
    /// One past the last byte given.
    pub end_byte: u64,
    /// Length of the whole.
    pub total_bytes: u64,
    /// Begin and text of each.
    pub lines: Vec<(u64, String)>,
}

/// The analysis worker as the page sees it. One analysis at a time: a new request ends the one under way.
pub struct EngineWorker {
    link: Rc<Link>,
}

impl EngineWorker {
    /// Starts the worker, so that it is warm when evidence comes. `on_event` gets the number of the request it
    /// is about; a request that a newer one overtook is heard of no more. `Err` only where there is no page.
    pub fn start(on_event: impl Fn(u32, Event) + 'static) -> Result<Self, String> {
        let window = web_sys::window().ok_or("The analysis can only be started from a page.")?;
        let link = Rc::new_cyclic(|link: &Weak<Link>| {
            let (message, error) = (link.clone(), link.clone());
            Link {
                on_event: Box::new(on_event),
                given: RefCell::default(),
                marks: RefCell::default(),
                lengths: RefCell::default(),
                busy: Cell::new(0),
                window,
                side: RefCell::new(Side::None),
                on_message: Closure::new(move |event: MessageEvent| {
                    if let Some(link) = message.upgrade() {
                        link.hear(&event);
                    }
                }),
                on_error: Closure::new(move |event: DomEvent| {
                    if let Some(link) = error.upgrade() {
                        link.lose(&event);
                    }
                }),
            }
        });
        link.spawn(None);
        Ok(Self { link })
    }

    /// Asks for the analysis of all inputs. The answer comes through `on_event`, never before this returns.
    pub fn analyze(&self, request: u32, given: &[Given], options: &Options) {
        let job = Job { request, message: encode(request, given, options) };
        self.link.given.replace(given.to_vec());
        self.link.marks.borrow_mut().clear();
        self.link.lengths.borrow_mut().clear();
        self.link.busy.set(request);
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

    /// Ends the analysis under way.
    pub fn cancel(&self) {
        // What the page itself is reading ends by this.
        self.link.busy.set(0);
        match self.link.side.replace(Side::None) {
            Side::Starting { worker, .. } => {
                self.link.side.replace(Side::Starting { worker, job: None });
            }
            Side::Ready { worker, running: Some(_) } => {
                worker.terminate();
                self.link.spawn(None);
            }
            side => {
                self.link.side.replace(side);
            }
        }
    }

    /// The page shows the last partial answer: a worker that left the processors to it may go on.
    pub fn has_drawn(&self) {
        if let Side::Ready { worker, running: Some(_) } = &*self.link.side.borrow() {
            // One that does not hear it waits a little longer.
            let _ = worker.post_message(&Array::of1(&"drawn".into()));
        }
    }

    /// Lines around a place, for the viewer.
    pub fn lines(&self, slice: Slice, done: impl FnOnce(Result<Lines, String>) + 'static) {
        let given = self.link.given.borrow().get(slice.input).cloned();
        let marks = self.link.marks.borrow().iter().filter(|(input, _, _)| *input == slice.input).copied().collect();
        let link = self.link.clone();
        spawn_local(async move {
            let key = (slice.input, slice.member.clone().unwrap_or_default());
            let known = link.lengths.borrow().iter().find(|(of, _)| *of == key).map(|(_, length)| *length);
            let lines = slices::lines(given, marks, known, slice).await;
            if let (Ok(lines), None) = (&lines, known) {
                link.lengths.borrow_mut().push((key, lines.total_bytes));
            }
            done(lines);
        });
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
    on_event: OnEvent,
    given: RefCell<Vec<Given>>,
    /// Input, byte and number of lines that begin there, about one per chunk.
    marks: RefCell<Vec<(usize, u64, u64)>>,
    /// Lengths, unpacked, of what the viewer has read: input and member.
    lengths: RefCell<Vec<((usize, String), u64)>>,
    busy: Cell<u32>,
    window: Window,
    side: RefCell<Side>,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_error: Closure<dyn FnMut(DomEvent)>,
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
        if let Err(error) = worker.post_message(&job.message) {
            worker.terminate();
            self.side.replace(Side::None);
            self.say_later(job.request, Event::Failed(stopped(&describe(&error))));
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
            ("answer" | "failed", Side::Ready { worker, running: Some(request) }) => {
                self.side.replace(Side::Ready { worker, running: None });
                (self.on_event)(request, event_of(&tag, &message.get(2).as_string().unwrap_or_default()));
            }
            ("progress" | "partial", Side::Ready { worker, running: Some(request) }) => {
                self.side.replace(Side::Ready { worker, running: Some(request) });
                (self.on_event)(request, event_of(&tag, &message.get(2).as_string().unwrap_or_default()));
            }
            ("mark", side) => {
                self.side.replace(side);
                let number = |at| message.get(at).as_f64().unwrap_or_default() as u64;
                if number(1) == u64::from(self.busy.get()) {
                    self.marks.borrow_mut().push((number(2) as usize, number(3), number(4)));
                }
            }
            ("dead", Side::Ready { worker, running }) => {
                worker.terminate();
                if let Some(request) = running {
                    let text = message.get(1).as_string().unwrap_or_default();
                    (self.on_event)(request, Event::Failed(stopped(&text)));
                }
            }
            (_, side) => {
                self.side.replace(side);
            }
        }
    }

    fn lose(self: &Rc<Self>, event: &DomEvent) {
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
                    (self.on_event)(request, Event::Failed(stopped(&text.unwrap_or_default())));
                }
            }
            side @ (Side::None | Side::Unavailable) => {
                self.side.replace(side);
            }
        }
    }

    /// A worker that was ended may still have had an event on its way.
    fn is_current(&self, event: &DomEvent) -> bool {
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
            spawn_local(async move {
                let (said, busy) = (link.clone(), link.clone());
                let is_wanted = move || busy.busy.get() == job.request;
                reading::read_all(&job.message, is_wanted, move |said_now| said.on_said(job.request, said_now)).await;
            });
        });
    }

    /// What the analysis in the page says.
    fn on_said(&self, request: u32, said: Said) {
        match said {
            Said::Mark { input, byte, line } => self.marks.borrow_mut().push((input, byte, line)),
            Said::Event(tag, json) => (self.on_event)(request, event_of(tag, &json)),
        }
    }

    fn say_later(self: &Rc<Self>, request: u32, event: Event) {
        let link = self.clone();
        self.later(move || (link.on_event)(request, event));
    }

    fn later(&self, task: impl FnOnce() + 'static) {
        let task = Closure::once_into_js(task);
        // A page that is being closed sets no timers, and nobody waits for its answer.
        let _ = self.window.set_timeout_with_callback_and_timeout_and_arguments_0(task.unchecked_ref(), 30);
    }
}

/// Answers requests until the page ends this worker. Until the first one comes it warms up, with these names and
/// contents of evidence too.
pub fn serve(scope: &DedicatedWorkerGlobalScope, samples: &'static [(&str, &[u8])]) {
    let port = scope.clone();
    let is_idle = Rc::new(Cell::new(true));
    let idle = is_idle.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        idle.set(false);
        let message = Array::from(&event.data());
        drop(event);
        let port = port.clone();
        spawn_local(async move {
            let request = message.get(0);
            // Whoever does not wait any more ends the worker.
            reading::read_all(
                &message,
                || true,
                move |said| {
                    let tag = |tag: &str| [JsValue::from_str(tag), request.clone()];
                    match said {
                        Said::Mark { input, byte, line } => {
                            let numbers =
                                [JsValue::from(input as f64), JsValue::from(byte as f64), (line as f64).into()];
                            post(&port, &[&tag("mark")[..], &numbers].concat());
                        }
                        Said::Event(name, json) => {
                            post(&port, &[&tag(name)[..], &[JsValue::from_str(&json)]].concat());
                        }
                    }
                },
            )
            .await;
        });
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    handler.forget();
    post(scope, &[JsValue::from_str("ready")]);
    spawn_local(warm_up::warm_up(samples, move || is_idle.get()));
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

/// What the analysis says on its way.
enum Said {
    /// Here a line with this number begins.
    Mark { input: usize, byte: u64, line: u64 },
    /// "progress", "partial", "answer" or "failed", with its content.
    Event(&'static str, String),
}

/// What is not bytes in a request.
#[derive(Serialize, Deserialize)]
struct Header {
    /// Name and corrections (line, kind) of each input.
    inputs: Vec<(String, Vec<(usize, String)>)>,
    cloud: Option<String>,
    features: Vec<String>,
}

fn encode(request: u32, given: &[Given], options: &Options) -> Array {
    let entry = |given: &Given| {
        let (Given::Text { name, corrections, .. } | Given::File { name, corrections, .. }) = given;
        (name.clone(), corrections.iter().map(|(line, kind)| (*line, kind.id().to_owned())).collect())
    };
    let header = Header {
        inputs: given.iter().map(entry).collect(),
        cloud: options.cloud.map(|cloud| cloud.id().to_owned()),
        features: options.features.clone(),
    };
    let header = serde_json::to_string(&header).unwrap_or_default();
    let message = Array::of2(&JsValue::from(request), &JsValue::from_str(&header));
    for given in given {
        match given {
            Given::Text { content, .. } => message.push(&JsValue::from_str(content)),
            Given::File { file, .. } => message.push(file),
        };
    }
    message
}

fn event_of(tag: &str, json: &str) -> Event {
    let bad = |error: serde_json::Error| Event::Failed(stopped(&error.to_string()));
    match tag {
        "progress" => serde_json::from_str(json).map_or_else(bad, Event::Progress),
        "partial" => serde_json::from_str(json).map_or_else(bad, Event::Partial),
        "answer" => serde_json::from_str(json).map_or_else(bad, Event::Answer),
        _ => Event::Failed(json.to_owned()),
    }
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
