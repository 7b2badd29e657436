//! The analysis itself: reads text and files in chunks, hands them to the engine, and says how far it is.

use super::{Header, Progress, Said, boot_function};
use advisor_engine::artifact::Kind;
use advisor_engine::endpoints::Cloud;
use advisor_engine::intake::Analysis;
use advisor_engine::{Options, export};
use js_sys::{Array, Date, Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Bytes that the engine gets at once: few enough to stay in the processor's cache.
const CHUNK: u32 = 512 << 10;
/// Seconds between two reports of progress.
const PROGRESS: f64 = 0.1;
/// Seconds after which the first facts are told.
const FIRST: f64 = 0.15;
/// Seconds before the end in which no more facts are told: the answer itself is there as soon as they could be drawn.
const LAST: f64 = 0.15;
/// Distance between two marks, in bytes.
const MARKS: u64 = 4 << 20;

/// Where an analysis stands.
struct Run<S> {
    analysis: Analysis,
    /// Nobody waits for the answer any more once this is false.
    is_wanted: Box<dyn Fn() -> bool>,
    say: S,
    began: f64,
    progress: Progress,
    /// Seconds at which it was last told how far it is, and at which facts are to be told next.
    told: f64,
    next: f64,
    /// Byte of the next mark.
    mark: u64,
}

/// Analyses what a message brings, and says how it goes: any number of marks, "progress" and "partial", and at last
/// "answer" or "failed". Says nothing to a message that is no request, and ends between two chunks when nobody waits
/// for the answer any more.
pub(super) async fn read_all(message: &Array, is_wanted: impl Fn() -> bool + 'static, say: impl Fn(Said) + 'static) {
    let header = message.get(1).as_string().and_then(|json| serde_json::from_str::<Header>(&json).ok());
    let Some(header) = header else { return };
    let options = Options { cloud: header.cloud.and_then(|id| Cloud::from_id(&id)), features: header.features };
    let given: Vec<_> = header.inputs.into_iter().zip(message.slice(2, message.length()).iter()).collect();
    let total = given.iter().map(|(_, value)| length(value)).sum();
    let progress = Progress { total, ..Progress::default() };
    let analysis = Analysis::new(&options);
    let is_wanted = Box::new(is_wanted);
    let run = Run { analysis, is_wanted, say, began: Date::now(), progress, told: 0.0, next: FIRST, mark: MARKS };
    let run = Rc::new(RefCell::new(run));
    for (input, ((name, corrections), value)) in given.into_iter().enumerate() {
        let kinds: Vec<_> =
            corrections.into_iter().filter_map(|(line, kind)| Some((line, Kind::from_id(&kind)?))).collect();
        if !run.borrow().is_wanted() {
            return;
        }
        run.borrow_mut().open(input, &name, &kinds);
        let read = if let Some(file) = value.dyn_ref::<File>() {
            read_file(file, &run).await
        } else {
            run.borrow_mut().take(value.as_string().unwrap_or_default().as_bytes());
            Ok(())
        };
        if !run.borrow().is_wanted() {
            return;
        }
        if read.is_err() {
            let text = format!("{name} could not be read any further. It may have been moved, changed or unplugged.");
            (run.borrow().say)(Said::Event("failed", text));
            return;
        }
        run.borrow_mut().analysis.close();
    }
    run.borrow().tell("answer", false);
}

async fn read_file<S: Fn(Said) + 'static>(file: &File, run: &Rc<RefCell<Run<S>>>) -> Result<(), JsValue> {
    let read = boot_function("readFile").ok_or(JsValue::NULL)?;
    let mut bytes = vec![0; CHUNK as usize];
    let run = run.clone();
    let take = Closure::<dyn FnMut(Uint8Array) -> Result<bool, JsValue>>::new(move |piece: Uint8Array| {
        if !run.borrow().is_wanted() {
            return Err(JsValue::from_str("nobody waits for this any more"));
        }
        // Pieces are of this size, unless a browser without byte streams makes them as it likes.
        bytes.resize(piece.length() as usize, 0);
        piece.copy_to(&mut bytes);
        Ok(run.borrow_mut().take(&bytes))
    });
    let done = read.call3(&JsValue::NULL, file, &CHUNK.into(), take.as_ref())?;
    JsFuture::from(done.unchecked_into::<Promise>()).await?;
    Ok(())
}

impl<S: Fn(Said)> Run<S> {
    fn is_wanted(&self) -> bool {
        (self.is_wanted)()
    }

    fn open(&mut self, input: usize, name: &str, corrections: &[(usize, Kind)]) {
        self.analysis.open(name, corrections);
        self.progress.input = input;
        self.mark = MARKS;
    }

    /// Whether facts were told, which the page now draws.
    fn take(&mut self, bytes: &[u8]) -> bool {
        self.analysis.push(bytes);
        self.progress.bytes += bytes.len() as u64;
        if let Some((byte, line)) = self.analysis.mark().filter(|(byte, _)| *byte >= self.mark) {
            self.mark = byte + MARKS;
            (self.say)(Said::Mark { input: self.progress.input, byte, line });
        }
        let seconds = (Date::now() - self.began) / 1000.0;
        if seconds - self.told >= PROGRESS {
            self.told = seconds;
            self.progress.seconds = seconds;
            self.progress.lines = self.analysis.lines();
            self.analysis.name().clone_into(&mut self.progress.name);
            (self.say)(Said::Event("progress", serde_json::to_string(&self.progress).unwrap_or_default()));
        }
        let (read, total) = (self.progress.bytes as f64, self.progress.total as f64);
        let tells = seconds >= self.next && (total - read) * seconds > LAST * read;
        if tells {
            let is_first = self.next <= FIRST;
            self.tell("partial", is_first);
            // The longer it takes, the less often: most of the time goes into reading on.
            let now = (Date::now() - self.began) / 1000.0;
            self.next = now + (now * 0.5).max((now - seconds) * 40.0);
        }
        tells
    }

    /// Tells the facts so far. The first ones without tables and drawings: the page draws for the first time, which
    /// takes it longer than ever after.
    fn tell(&self, tag: &'static str, is_first: bool) {
        let mut answer = export::answer(&self.analysis.report());
        if is_first {
            answer.timelines.clear();
            answer.report.endpoints.clear();
        }
        (self.say)(Said::Event(tag, serde_json::to_string(&answer).unwrap_or_default()));
    }
}

fn length(value: &JsValue) -> u64 {
    match value.dyn_ref::<File>() {
        Some(file) => file.size() as u64,
        None => value.as_string().map_or(0, |text| text.len() as u64),
    }
}
