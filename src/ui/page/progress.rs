//! How far a long analysis is, the way to end it, and what is said when it was ended.

use super::pace::{self, FileState};
use super::state::{self, State};
use super::text::{size, text};
use crate::worker::Progress;
use leptos::{ev, html, prelude::*};

/// The bar. It is there only while an analysis takes its time.
pub fn progress(state: State) -> AnyView {
    let is_long = Memo::new(move |_| state.progress.with(Option::is_some));
    (move || is_long.get().then(|| panel(state))).into_any()
}

fn panel(state: State) -> AnyView {
    let of = move |read: fn(&Progress) -> String| {
        move || state.progress.with(|progress| progress.as_ref().map(read).unwrap_or_default())
    };
    let percent = of(|progress| format!("{:.1}", pace::pace(progress.bytes, progress.total, progress.seconds).percent));
    let read = of(|progress| (text().progress_bytes)(&size(progress.bytes), &size(progress.total)));
    let lines = of(|progress| (text().progress_lines)(progress.lines));
    let rate =
        of(|progress| (text().progress_rate)(&size(pace::pace(progress.bytes, progress.total, progress.seconds).rate)));
    let left = of(|progress| {
        let pace = pace::pace(progress.bytes, progress.total, progress.seconds);
        let is_read = progress.bytes >= progress.total;
        if is_read { text().progress_last.to_owned() } else { pace.left.map(text().progress_left).unwrap_or_default() }
    });
    let name = of(|progress| (text().progress_reading)(&progress.name));
    html::section()
        .attr("class", "progress")
        .attr("id", "progress")
        .attr("aria-label", text().progress_label)
        .child((
            html::div().attr("class", "progress-head").child((
                html::strong().attr("class", "progress-name").child(name),
                html::button()
                    .attr("type", "button")
                    .attr("id", "cancel")
                    .on(ev::click, move |_| state::cancel(state))
                    .child((text().cancel, " ", html::kbd().attr("aria-hidden", "true").child("Esc"))),
            )),
            html::progress().attr("max", "100").attr("aria-label", text().progress_label).attr("value", percent),
            html::p().attr("class", "progress-said muted").child((
                html::span().child(read),
                html::span().child(lines),
                html::span().child(rate),
                html::span().child(left),
            )),
            files(state),
        ))
        .into_any()
}

/// How far each file is, where there are several.
fn files(state: State) -> Option<AnyView> {
    let sizes = state.evidence.with_value(|evidence| {
        evidence.inputs().iter().map(|input| (input.name.clone(), input.byte_len())).collect::<Vec<_>>()
    });
    if sizes.len() < 2 {
        return None;
    }
    let count = sizes.len();
    let files = Memo::new(move |_| {
        state
            .progress
            .with(|progress| progress.as_ref().map(|now| pace::files(&sizes, now.input, now.bytes)).unwrap_or_default())
    });
    let row = move |at: usize| {
        let file = Memo::new(move |_| files.with(|files| files.get(at).cloned()));
        let said = move || file.with(|file| file.as_ref().map(said).unwrap_or_default());
        let name = file.with_untracked(|file| file.as_ref().map(|file| file.name.clone()));
        html::li().child((html::span().child(name), html::span().attr("class", "number").child(said)))
    };
    Some(html::ul().attr("class", "progress-files muted").child((0..count).map(row).collect_view()).into_any())
}

fn said(file: &FileState) -> String {
    match file.read {
        0 if file.bytes > 0 => text().progress_waiting.to_owned(),
        read if read >= file.bytes => (text().progress_read)(&size(file.bytes)),
        read => (text().progress_bytes)(&size(read), &size(file.bytes)),
    }
}

/// What the answer is about when the analysis ended before its evidence.
pub fn stopped(state: State) -> AnyView {
    (move || {
        state.stopped.get().map(|stopped| {
            let is_empty = state.answers.diagnoses.with_untracked(Option::is_none);
            let said = match (stopped.by_user, is_empty) {
                (true, false) => text().stopped,
                (true, true) => text().stopped_early,
                (false, _) => text().stopped_failed,
            };
            html::div()
                .attr("class", "stopped")
                .attr("id", "stopped")
                .attr("role", "group")
                .attr("aria-label", text().stopped_label)
                .child((
                    html::p().child(said(&size(stopped.bytes), &size(stopped.total))),
                    html::button()
                        .attr("type", "button")
                        .attr("id", "from-the-beginning")
                        .on(ev::click, move |_| state::analyse_again(state))
                        .child(text().from_the_beginning),
                ))
        })
    })
    .into_any()
}
