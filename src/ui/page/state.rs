//! The state of the page, and what changes it. The views read the signals and call these functions.

use super::browser;
use super::evidence::{Added, Evidence};
use super::lines::Stretch;
use super::story;
use super::text::{size, text};
use crate::worker::EngineWorker;
use advisor_engine::Options;
use advisor_engine::artifact::Kind;
use advisor_engine::endpoints::Cloud;
use advisor_engine::export::v1::Answer;
use advisor_engine::source::Source;
use leptos::html::Textarea;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use web_sys::File;

/// Bytes of all evidence together. The page and its worker hold a copy each, in 4 GB of address space.
const LIMIT: usize = 512 << 20;
/// A pause in typing after which the evidence is analysed.
const PAUSE: Duration = Duration::from_millis(400);

/// Where the analysis stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There is nothing to analyse.
    Idle,
    /// The evidence has changed, or its analysis runs.
    Running,
    /// The answer, or the failure, is about the evidence as it is.
    Done,
}

impl Stage {
    /// The value of `data-analysis-state`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Done => "done",
        }
    }
}

/// A place that the viewer shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the input.
    pub input: usize,
    /// Where in it.
    pub stretch: Stretch,
    /// One sentence: what this place shows.
    pub note: String,
    /// Id of the element that gets the focus back.
    pub origin: String,
}

/// Everything that changes.
#[derive(Clone, Copy)]
pub struct State {
    pub evidence: StoredValue<Evidence>,
    pub previous: RwSignal<Option<Arc<Evidence>>>,
    pub has_evidence: RwSignal<bool>,
    pub is_blank: RwSignal<bool>,
    pub paste_box: NodeRef<Textarea>,
    pub cloud: RwSignal<Option<Cloud>>,
    pub stage: RwSignal<Stage>,
    pub answer: RwSignal<Option<Arc<Answer>>>,
    pub failure: RwSignal<Option<String>>,
    pub notices: RwSignal<Vec<String>>,
    pub reading: RwSignal<usize>,
    pub viewer: RwSignal<Option<Place>>,
    /// Keys of the parts that the user has opened or closed; they survive a new answer.
    pub toggled: StoredValue<BTreeSet<String>>,
    decoded: StoredValue<Option<(usize, Arc<Source>)>>,
    request: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
    worker: StoredValue<Option<EngineWorker>, LocalStorage>,
}

impl State {
    /// The empty page, with its worker on the way up.
    pub fn start() -> Self {
        let state = Self {
            evidence: StoredValue::new(Evidence::default()),
            previous: RwSignal::new(None),
            has_evidence: RwSignal::new(false),
            is_blank: RwSignal::new(false),
            paste_box: NodeRef::new(),
            cloud: RwSignal::new(None),
            stage: RwSignal::new(Stage::Idle),
            answer: RwSignal::new(None),
            failure: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            reading: RwSignal::new(0),
            viewer: RwSignal::new(None),
            toggled: StoredValue::new(BTreeSet::new()),
            decoded: StoredValue::new(None),
            request: StoredValue::new(0),
            timer: StoredValue::new(None),
            worker: StoredValue::new_local(None),
        };
        match EngineWorker::start(move |request, answer| receive(state, request, answer)) {
            Ok(worker) => state.worker.set_value(Some(worker)),
            Err(error) => state.failure.set(Some(error)),
        }
        state
    }
}

/// The paste box has new content. A paste is analysed at once, typing after a pause.
pub fn set_paste(state: State, content: &str, at_once: bool) {
    state.is_blank.set(!content.is_empty() && content.trim().is_empty());
    state.evidence.update_value(|evidence| evidence.set_paste(text().paste_name, content));
    changed(state, if at_once { Duration::ZERO } else { PAUSE });
}

/// A paste outside the paste box goes to its end.
pub fn append_to_paste(state: State, content: &str) {
    let Some(area) = state.paste_box.get_untracked().filter(|_| !content.is_empty()) else { return };
    let mut all = area.value();
    if !all.is_empty() && !all.ends_with('\n') {
        all.push('\n');
    }
    all.push_str(content);
    area.set_value(&all);
    set_paste(state, &all, true);
}

/// Reads files one after the other and adds them. What cannot be held is refused with a notice.
pub async fn add_files(state: State, files: Vec<File>) {
    state.notices.set(Vec::new());
    state.reading.update(|reading| *reading += files.len());
    for file in files {
        let notice = add_file(state, &file).await;
        state.notices.update(|notices| notices.extend(notice));
        state.reading.update(|reading| *reading = reading.saturating_sub(1));
    }
    changed(state, Duration::ZERO);
}

async fn add_file(state: State, file: &File) -> Option<String> {
    let name = file.name();
    #[expect(clippy::cast_sign_loss, reason = "a file size is a whole number of bytes")]
    let bytes = file.size() as usize;
    let held = state.evidence.with_value(Evidence::byte_len);
    if bytes > LIMIT {
        return Some((text().notice_too_big)(&name, &size(bytes), &size(LIMIT)));
    }
    if held.saturating_add(bytes) > LIMIT {
        return Some((text().notice_total_too_big)(&name, &size(held.saturating_add(bytes)), &size(LIMIT)));
    }
    let Some(bytes) = browser::read(file).await else {
        return Some((text().notice_unreadable)(&name));
    };
    let mut added = Added::Known;
    state.evidence.update_value(|evidence| added = evidence.add_file(&name, bytes));
    match added {
        Added::Known => Some((text().notice_known)(&name)),
        Added::As(new) if new != name => Some((text().notice_renamed)(&name, &new)),
        Added::As(_) => None,
    }
}

/// Puts other evidence in the place of what is there; what was there can be brought back.
pub fn replace(state: State, evidence: Evidence) {
    let mut before = Evidence::default();
    state.evidence.update_value(|current| before = std::mem::replace(current, evidence));
    if before.is_own() {
        state.previous.set(Some(Arc::new(before)));
    }
    refill_paste_box(state);
    state.notices.set(Vec::new());
    state.toggled.set_value(BTreeSet::new());
    changed(state, Duration::ZERO);
}

/// Brings back what a sample or "Clear all" has replaced.
pub fn restore(state: State) {
    if let Some(before) = state.previous.get_untracked() {
        state.previous.set(None);
        state.evidence.set_value(Arc::unwrap_or_clone(before));
        refill_paste_box(state);
        changed(state, Duration::ZERO);
    }
}

/// Removes an artifact: its file, or its lines from the paste.
pub fn remove(state: State, input: usize, lines: (usize, usize)) {
    let paste = state.evidence.with_value(|evidence| evidence.is_paste(input));
    if paste {
        let content = state.paste_box.get_untracked().map(|area| area.value()).unwrap_or_default();
        let content = super::evidence::without_lines(&content, lines.0, lines.1);
        state.evidence.update_value(|evidence| evidence.set_paste(text().paste_name, &content));
        refill_paste_box(state);
    } else {
        state.evidence.update_value(|evidence| evidence.remove(input));
    }
    changed(state, Duration::ZERO);
}

/// Corrects the kind of an artifact; `None` lets the engine decide again.
pub fn correct(state: State, input: usize, first_line: usize, kind: Option<Kind>) {
    state.evidence.update_value(|evidence| evidence.correct(input, first_line, kind));
    changed(state, Duration::ZERO);
}

/// Chooses the cloud; `None` lets the engine detect it.
pub fn choose_cloud(state: State, cloud: Option<Cloud>) {
    state.cloud.set(cloud);
    changed(state, Duration::ZERO);
}

/// Analyses now what is there.
pub fn analyse(state: State) {
    changed(state, Duration::ZERO);
}

/// Shows a place in the viewer, unless the evidence has changed since the answer.
pub fn show(state: State, place: Place) {
    if state.stage.get_untracked() == Stage::Done {
        state.viewer.set(Some(place));
    }
}

/// Closes the viewer and leads back to where it was opened.
pub fn leave_viewer(state: State) {
    if let Some(place) = state.viewer.get_untracked() {
        state.viewer.set(None);
        browser::focus(&place.origin);
    }
}

/// The decoded text of an input. Decoded once, kept until the evidence changes.
pub fn source(state: State, input: usize) -> Option<Arc<Source>> {
    let known = state.decoded.with_value(|decoded| decoded.clone().filter(|(of, _)| *of == input));
    if let Some((_, source)) = known {
        return Some(source);
    }
    let decode = |evidence: &Evidence| {
        evidence.inputs().get(input).map(|input| Arc::new(Source::decode(&input.name, &input.bytes)))
    };
    let source = state.evidence.with_value(decode)?;
    state.decoded.set_value(Some((input, source.clone())));
    Some(source)
}

/// The line that the live region reads out.
pub fn status(state: State) -> String {
    let text = text();
    let reading = state.reading.get();
    if reading > 0 {
        return (text.status_reading)(reading);
    }
    match state.stage.get() {
        Stage::Idle if state.is_blank.get() => text.status_blank.to_owned(),
        Stage::Idle => text.status_idle.to_owned(),
        Stage::Running => text.status_running.to_owned(),
        Stage::Done => state.answer.with(|answer| {
            let Some(answer) = answer else {
                return text.status_failed.to_owned();
            };
            let report = &answer.report;
            match story::most_likely(report) {
                Some(first) => (text.status_findings)(story::finding_count(report), &first.title),
                None if report.diagnoses.iter().any(|diagnosis| diagnosis.severity == "ok") => {
                    text.status_healthy.to_owned()
                }
                None => text.status_nothing.to_owned(),
            }
        }),
    }
}

fn changed(state: State, pause: Duration) {
    state.viewer.set(None);
    state.decoded.set_value(None);
    state.timer.update_value(|timer| {
        if let Some(timer) = timer.take() {
            timer.clear();
        }
    });
    // An answer that is still on its way is about evidence that is no more.
    state.request.update_value(|request| *request = request.wrapping_add(1));
    let is_empty = state.evidence.with_value(|evidence| evidence.inputs().is_empty());
    state.has_evidence.set(!is_empty);
    if is_empty {
        state.answer.set(None);
        state.failure.set(None);
        state.stage.set(Stage::Idle);
        return;
    }
    state.stage.set(Stage::Running);
    if pause.is_zero() {
        send(state);
    } else {
        state.timer.set_value(set_timeout_with_handle(move || send(state), pause).ok());
    }
}

fn send(state: State) {
    let options = Options { cloud: state.cloud.get_untracked(), features: Vec::new() };
    let request = state.request.get_value();
    state.worker.with_value(|worker| {
        if let Some(worker) = worker {
            state.evidence.with_value(|evidence| worker.analyze(request, evidence.inputs(), &options));
        }
    });
}

fn receive(state: State, request: u32, answer: Result<Answer, String>) {
    if state.request.get_value() != request {
        return;
    }
    let focused = browser::focused_id();
    match answer {
        Ok(answer) => {
            state.failure.set(None);
            let is_new = state.answer.with_untracked(|current| current.as_deref() != Some(&answer));
            if is_new {
                state.answer.set(Some(Arc::new(answer)));
            }
        }
        Err(failure) => {
            state.answer.set(None);
            state.failure.set(Some(failure));
        }
    }
    state.stage.set(Stage::Done);
    // Drawing the answer replaces what the keyboard was on: lead it back, or to the nearest thing that is left.
    browser::after_drawing(move || {
        if !focused.is_empty() && browser::focused_id() != focused {
            let _ = browser::focus(&focused) || browser::focus("cards");
        }
    });
}

fn refill_paste_box(state: State) {
    let content = state.evidence.with_value(|evidence| {
        let paste = evidence.inputs().first().filter(|_| evidence.is_paste(0));
        paste.map(|input| String::from_utf8_lossy(&input.bytes).into_owned())
    });
    if let Some(area) = state.paste_box.get_untracked() {
        area.set_value(&content.unwrap_or_default());
    }
    state.is_blank.set(false);
}
