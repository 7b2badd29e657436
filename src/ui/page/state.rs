//! The state of the page, and what changes it. The views read the signals and call these functions.

use super::browser;
use super::evidence::{self, Added, Content, Stamp};
use super::lines::Stretch;
use super::route::{self, Route};
use super::story;
use super::text::text;
use crate::worker::{EngineWorker, Event, Given, Lines, Progress, Slice};
use advisor_engine::Options;
use advisor_engine::artifact::Kind;
use advisor_engine::endpoints::Cloud;
use advisor_engine::export::v1::{Answer, Report};
use leptos::html::Textarea;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use web_sys::File;

/// A pause in typing after which the evidence is analysed.
const PAUSE: Duration = Duration::from_millis(400);
/// Seconds after which an analysis is long enough to show how far it is.
const LONG: f64 = 0.3;
/// Seconds between two things that a long analysis says to a screen reader.
const SILENCE: f64 = 10.0;

/// Clouds that can be chosen; Germany is closed and only ever detected.
pub const CLOUDS: [Cloud; 4] = [Cloud::Worldwide, Cloud::China, Cloud::UsGovGccHigh, Cloud::UsGovDod];

/// What the user gave, with the browser's handles of the files.
pub type Evidence = evidence::Evidence<File>;

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
    /// Member of an archive.
    pub member: Option<String>,
    /// Name of the artifact.
    pub name: String,
    /// Where in it.
    pub stretch: Stretch,
    /// One sentence: what this place shows.
    pub note: String,
    /// Id of the element that gets the focus back.
    pub origin: String,
}

/// An analysis that ended before its evidence did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Bytes that had been read.
    pub bytes: u64,
    /// Bytes of all.
    pub total: u64,
    /// The user ended it; otherwise it failed.
    pub by_user: bool,
}

/// The answer, once for each part of the page. A new answer reaches the parts one after the other, so that drawing
/// it never holds up the browser for long.
#[derive(Clone, Copy)]
pub struct Answers {
    /// Headline, download and the list of diagnoses.
    pub diagnoses: RwSignal<Option<Arc<Answer>>>,
    /// Drawings of the calls over time.
    pub timelines: RwSignal<Option<Arc<Answer>>>,
    /// What to ask for, endpoints, phases.
    pub lists: RwSignal<Option<Arc<Answer>>>,
    /// What was recognised.
    pub cards: RwSignal<Option<Arc<Answer>>>,
}

/// Everything that changes: what every view and every event handler holds, so it is one pointer.
#[derive(Clone, Copy)]
pub struct State(&'static Cells);

impl std::ops::Deref for State {
    type Target = Cells;

    fn deref(&self) -> &Cells {
        self.0
    }
}

/// The signals and what else is kept, for as long as the page is open.
pub struct Cells {
    pub evidence: StoredValue<Evidence, LocalStorage>,
    pub previous: RwSignal<Option<Evidence>, LocalStorage>,
    pub has_evidence: RwSignal<bool>,
    pub is_blank: RwSignal<bool>,
    pub paste_box: NodeRef<Textarea>,
    pub cloud: RwSignal<Option<Cloud>>,
    /// Public ids of the optional features in use, in the order of the catalogue.
    pub features: RwSignal<Vec<String>>,
    /// What the address leads to.
    pub route: RwSignal<Route>,
    pub stage: RwSignal<Stage>,
    pub answers: Answers,
    /// The answer is about the evidence as it is, or about the part of it that has been read.
    pub is_fresh: RwSignal<bool>,
    /// The answer is about a part of the evidence: the rest is still to be read, or never was.
    pub is_part: RwSignal<bool>,
    /// How far an analysis is that takes its time.
    pub progress: RwSignal<Option<Progress>>,
    /// The analysis ended early: the answer is about a part.
    pub stopped: RwSignal<Option<Stopped>>,
    pub failure: RwSignal<Option<String>>,
    pub notices: RwSignal<Vec<String>>,
    pub reading: RwSignal<usize>,
    pub viewer: RwSignal<Option<Place>>,
    /// Keys of the parts that the user has opened or closed; they survive a new answer.
    pub toggled: StoredValue<BTreeSet<String>>,
    /// What a long analysis said last to a screen reader, and when.
    said: RwSignal<Option<String>>,
    said_at: StoredValue<f64>,
    request: StoredValue<u32>,
    /// Number of the answer that is being drawn.
    drawing: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
    worker: StoredValue<Option<EngineWorker>, LocalStorage>,
}

impl State {
    /// The empty page, with its worker on the way up.
    pub fn start() -> Self {
        let cells = Cells {
            evidence: StoredValue::new_local(Evidence::default()),
            previous: RwSignal::new_local(None),
            has_evidence: RwSignal::new(false),
            is_blank: RwSignal::new(false),
            paste_box: NodeRef::new(),
            cloud: RwSignal::new(None),
            features: RwSignal::new(Vec::new()),
            route: RwSignal::new(route::read(&browser::hash())),
            stage: RwSignal::new(Stage::Idle),
            answers: Answers {
                diagnoses: RwSignal::new(None),
                timelines: RwSignal::new(None),
                lists: RwSignal::new(None),
                cards: RwSignal::new(None),
            },
            is_fresh: RwSignal::new(false),
            is_part: RwSignal::new(false),
            progress: RwSignal::new(None),
            stopped: RwSignal::new(None),
            failure: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            reading: RwSignal::new(0),
            viewer: RwSignal::new(None),
            toggled: StoredValue::new(BTreeSet::new()),
            said: RwSignal::new(None),
            said_at: StoredValue::new(0.0),
            request: StoredValue::new(0),
            drawing: StoredValue::new(0),
            timer: StoredValue::new(None),
            worker: StoredValue::new_local(None),
        };
        let state = Self(Box::leak(Box::new(cells)));
        match EngineWorker::start(move |request, event| receive(state, request, event)) {
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

/// Adds files, of whatever size. What cannot be read is refused with a notice.
pub async fn add_files(state: State, files: Vec<File>) {
    state.notices.set(Vec::new());
    state.reading.update(|reading| *reading += files.len());
    for file in files {
        let notice = add_file(state, file).await;
        state.notices.update(|notices| notices.extend(notice));
        state.reading.update(|reading| *reading = reading.saturating_sub(1));
    }
    changed(state, Duration::ZERO);
}

async fn add_file(state: State, file: File) -> Option<String> {
    let name = file.name();
    if !browser::can_be_read(&file).await {
        return Some((text().notice_unreadable)(&name));
    }
    let stamp = Stamp { name: name.clone(), bytes: browser::file_len(&file), modified: file.last_modified() };
    let mut added = Added::Known;
    state.evidence.update_value(|evidence| added = evidence.add_file(stamp, file));
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
        state.previous.set(Some(before));
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
        state.evidence.set_value(before);
        refill_paste_box(state);
        changed(state, Duration::ZERO);
        browser::focus("paste");
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
    // The button is gone with the last card.
    if !state.has_evidence.get_untracked() {
        browser::focus("paste");
    }
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

/// The cloud that the page is about: chosen, or that of the answer, or the worldwide one.
pub fn cloud_in_use(state: State) -> Cloud {
    let of_answer = |answer: &Option<Arc<Answer>>| Cloud::from_id(&answer.as_ref()?.report.cloud.id);
    let cloud = state.cloud.get().or_else(|| state.answers.diagnoses.with(of_answer));
    cloud.map_or(Cloud::Worldwide, Cloud::in_service)
}

/// Chooses the optional features in use, by public id.
pub fn choose_features(state: State, features: Vec<String>) {
    state.features.set(features);
    changed(state, Duration::ZERO);
}

/// Analyses now what is there.
pub fn analyse(state: State) {
    changed(state, Duration::ZERO);
}

/// Analyses anew, by a button that is gone with that: the focus goes to the answer.
pub fn analyse_again(state: State) {
    changed(state, Duration::ZERO);
    browser::focus_in_place("result");
}

/// Ends an analysis that takes its time. What was found so far stays.
pub fn cancel(state: State) {
    let Some(progress) = state.progress.get_untracked() else { return };
    state.worker.with_value(|worker| {
        if let Some(worker) = worker {
            worker.cancel();
        }
    });
    // Nothing that is still on its way counts any more.
    state.request.update_value(|request| *request = request.wrapping_add(1));
    state.drawing.update_value(|drawing| *drawing = drawing.wrapping_add(1));
    if state.is_fresh.get_untracked() {
        // The parts of the page may each be at another answer.
        let answer = state.answers.diagnoses.get_untracked();
        set_parts(state, answer.as_ref());
    } else {
        set_parts(state, None);
        state.is_fresh.set(true);
    }
    let had_focus = browser::focused_id() == "cancel";
    state.stopped.set(Some(Stopped { bytes: progress.bytes, total: progress.total, by_user: true }));
    state.progress.set(None);
    state.stage.set(Stage::Done);
    if had_focus {
        browser::after_drawing(|| {
            browser::focus("from-the-beginning");
        });
    }
}

/// Escape closes the viewer; where that is closed already it ends a long analysis.
pub fn escape(state: State) {
    if state.viewer.with_untracked(Option::is_some) {
        leave_viewer(state);
    } else {
        cancel(state);
    }
}

/// Shows a place in the viewer, unless the evidence has changed since the answer.
pub fn show(state: State, place: Place) {
    if state.is_fresh.get_untracked() {
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

/// The place of a stretch of an artifact; `None` for an artifact that the answer does not know.
pub fn place(answer: &Answer, artifact: &str, stretch: Stretch, note: &str, origin: &str) -> Option<Place> {
    let pairs = answer.report.artifacts.iter().zip(&answer.cards);
    let (artifact, card) = pairs.into_iter().find(|(known, _)| known.id == artifact)?;
    Some(Place {
        input: card.input,
        member: card.member.clone(),
        name: artifact.name.clone(),
        stretch,
        note: note.to_owned(),
        origin: origin.to_owned(),
    })
}

/// Asks the worker for lines of an input.
pub fn lines(state: State, slice: Slice, done: impl FnOnce(Result<Lines, String>) + 'static) {
    state.worker.with_value(|worker| {
        if let Some(worker) = worker {
            worker.lines(slice, done);
        }
    });
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
        Stage::Running => state.said.get().unwrap_or_else(|| text.status_running.to_owned()),
        Stage::Done => {
            let found = state.answers.diagnoses.with(|answer| answer.as_deref().map(|answer| found(&answer.report)));
            match (state.stopped.get(), found, state.failure.with(Option::is_some)) {
                (_, None, _) | (_, _, true) => text.status_failed.to_owned(),
                (Some(stopped), Some(found), _) => (text.status_stopped)(stopped.bytes, stopped.total, &found),
                (None, Some(found), _) => found,
            }
        }
    }
}

/// The answer in one sentence.
fn found(report: &Report) -> String {
    match story::most_likely(report) {
        Some(first) => (text().status_findings)(story::finding_count(report), &first.title),
        None if report.diagnoses.iter().any(|diagnosis| diagnosis.severity == "ok") => text().status_healthy.to_owned(),
        None => text().status_nothing.to_owned(),
    }
}

fn changed(state: State, pause: Duration) {
    state.viewer.set(None);
    state.progress.set(None);
    state.stopped.set(None);
    state.said.set(None);
    state.said_at.set_value(0.0);
    state.is_fresh.set(false);
    state.timer.update_value(|timer| {
        if let Some(timer) = timer.take() {
            timer.clear();
        }
    });
    // An answer that is still on its way, or half drawn, is about evidence that is no more.
    state.drawing.update_value(|drawing| *drawing = drawing.wrapping_add(1));
    state.request.update_value(|request| *request = request.wrapping_add(1));
    let is_empty = state.evidence.with_value(|evidence| evidence.inputs().is_empty());
    state.has_evidence.set(!is_empty);
    if is_empty {
        // Whatever the worker is at, nobody waits for it.
        state.worker.with_value(|worker| worker.as_ref().map(EngineWorker::cancel));
        set_parts(state, None);
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
    let options = Options { cloud: state.cloud.get_untracked(), features: state.features.get_untracked() };
    let request = state.request.get_value();
    let given = state.evidence.with_value(|evidence| evidence.inputs().iter().map(given).collect::<Vec<_>>());
    state.worker.with_value(|worker| {
        if let Some(worker) = worker {
            worker.analyze(request, &given, &options);
        }
    });
}

fn given(item: &evidence::Item<File>) -> Given {
    let (name, corrections) = (item.name.clone(), item.corrections.clone());
    match &item.content {
        Content::Text(content) => Given::Text { name, content: content.clone(), corrections },
        Content::File { handle, .. } => Given::File { name, file: handle.clone(), corrections },
    }
}

fn receive(state: State, request: u32, event: Event) {
    if state.request.get_value() != request {
        return;
    }
    match event {
        Event::Progress(progress) => advance(state, progress),
        Event::Partial(answer) => {
            state.failure.set(None);
            state.is_part.set(true);
            draw(state, Arc::new(*answer), |state| {
                state.worker.with_value(|worker| worker.as_ref().map(EngineWorker::has_drawn));
            });
        }
        Event::Answer(answer) => {
            state.failure.set(None);
            state.is_part.set(false);
            draw(state, Arc::new(*answer), finish);
        }
        Event::Failed(failure) => {
            state.drawing.update_value(|drawing| *drawing = drawing.wrapping_add(1));
            let progress = state.progress.get_untracked();
            if let Some(Progress { bytes, total, .. }) = progress.filter(|_| state.is_fresh.get_untracked()) {
                state.stopped.set(Some(Stopped { bytes, total, by_user: false }));
            } else {
                set_parts(state, None);
            }
            state.failure.set(Some(failure));
            finish(state);
        }
    }
}

fn advance(state: State, progress: Progress) {
    if progress.seconds < LONG && state.progress.with_untracked(Option::is_none) {
        return;
    }
    if progress.seconds - state.said_at.get_value() >= SILENCE {
        state.said_at.set_value(progress.seconds);
        let fresh = state.is_fresh.get_untracked();
        let count = state.answers.diagnoses.with_untracked(|answer| {
            answer.as_ref().filter(|_| fresh).map_or(0, |answer| story::finding_count(&answer.report))
        });
        state.said.set(Some((text().status_progress)(progress.bytes, progress.total, count)));
    }
    state.progress.set(Some(progress));
}

/// Hands the answer to the parts of the page, one in each turn of the browser. A newer answer overtakes it.
fn draw(state: State, answer: Arc<Answer>, done: fn(State)) {
    state.drawing.update_value(|drawing| *drawing = drawing.wrapping_add(1));
    let held = browser::hold();
    state.is_fresh.set(true);
    step(state, state.drawing.get_value(), 0, held, answer, done);
}

fn step(state: State, drawing: u32, at: usize, held: browser::Held, answer: Arc<Answer>, done: fn(State)) {
    let next = move || {
        if state.drawing.get_value() != drawing {
            return;
        }
        if let Some(part) = parts(state).get(at) {
            set_part(*part, Some(&answer));
            step(state, drawing, at + 1, held, answer, done);
        } else {
            browser::release(held);
            done(state);
        }
    };
    // A timer and not a frame: a page in the background draws no frames, and has to finish all the same.
    set_timeout(next, Duration::ZERO);
}

/// The parts in the order in which they are read.
fn parts(state: State) -> [RwSignal<Option<Arc<Answer>>>; 4] {
    let Answers { diagnoses, timelines, lists, cards } = state.answers;
    [diagnoses, timelines, lists, cards]
}

fn set_parts(state: State, answer: Option<&Arc<Answer>>) {
    for part in parts(state) {
        set_part(part, answer);
    }
}

fn set_part(part: RwSignal<Option<Arc<Answer>>>, answer: Option<&Arc<Answer>>) {
    if part.with_untracked(|current| current.as_ref() != answer) {
        part.set(answer.cloned());
    }
}

/// The analysis has come to its end, with an answer or without.
fn finish(state: State) {
    let had_focus = browser::focused_id() == "cancel";
    state.progress.set(None);
    state.stage.set(Stage::Done);
    if had_focus {
        browser::focus("result");
    }
}

fn refill_paste_box(state: State) {
    let content = state.evidence.with_value(|evidence| evidence.paste().to_owned());
    if let Some(area) = state.paste_box.get_untracked() {
        area.set_value(&content);
    }
    state.is_blank.set(false);
}
