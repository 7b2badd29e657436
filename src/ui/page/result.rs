//! The answer: status line, the list of diagnoses, what to ask for; or what to paste, or what went wrong.

use super::browser;
use super::config_fix;
use super::config_routes;
use super::findings;
use super::layers;
use super::lists;
use super::parts;
use super::plain;
use super::progress;
use super::stages;
use super::state::{self, Stage, State};
use super::story;
use super::text::text;
use super::timeline;
use leptos::{ev, html, prelude::*};

/// The right-hand side of the page.
pub fn result(state: State) -> AnyView {
    html::section()
        .attr("class", "result")
        .attr("id", "result")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "result-heading")
        .attr("aria-busy", move || if is_stale(state) { "true" } else { "false" })
        .child((
            html::div().attr("class", "result-head").child((
                html::h2().attr("id", "result-heading").child(text().heading_result),
                html::p()
                    .attr("class", "status")
                    .attr("role", "status")
                    .attr("aria-live", "polite")
                    .child(move || state::status(state)),
                html::div().attr("class", "result-take").child((
                    config_fix::shortcuts(state),
                    copy_all(state),
                    download(state),
                )),
            )),
            progress::progress(state),
            move || (state.stage.get() == Stage::Idle).then(what_to_paste),
            failure(state),
            progress::stopped(state),
            nothing(state),
            findings::findings(state),
            stages::stages(state),
            config_fix::files(state),
            lists::questions(state),
            html::div().attr("class", "result-more").child((
                layers::layers(state),
                config_routes::routes(state),
                timeline::timelines(state),
                lists::lists(state),
            )),
        ))
        .into_any()
}

/// What is shown is about evidence that has changed since.
fn is_stale(state: State) -> bool {
    state.stage.get() == Stage::Running && !state.is_fresh.get()
}

fn download(state: State) -> AnyView {
    let has_answer = Memo::new(move |_| state.answers.diagnoses.with(Option::is_some));
    (move || {
        has_answer.get().then(|| {
            let press = move |_| {
                let is_part = state.stopped.with_untracked(Option::is_some);
                let name = if is_part { text().download_part_name } else { text().download_name };
                if let Some(answer) = state.answers.diagnoses.get_untracked() {
                    browser::download(name, &advisor_engine::export::json(&answer.report));
                }
            };
            html::button()
                .attr("type", "button")
                .attr("id", "download")
                .attr("class", "quiet")
                // Until the evidence is read to its end there is no report to hand on.
                .attr("disabled", move || state.stage.get() == Stage::Running)
                .on(ev::click, press)
                .child(text().download)
        })
    })
    .into_any()
}

/// Everything that was found, in words for a ticket. One finding alone has a button of its own.
fn copy_all(state: State) -> AnyView {
    let count = Memo::new(move |_| {
        state.answers.diagnoses.with(|answer| answer.as_ref().map_or(0, |answer| story::finding_count(&answer.report)))
    });
    let content = move || {
        let answer = state.answers.diagnoses.get_untracked();
        let part = findings::part_of(state);
        answer.map(|answer| plain::findings(text(), &answer.report, part.as_deref())).unwrap_or_default()
    };
    (move || {
        let is_many = count.get() > 1 && state.stage.get() == Stage::Done;
        is_many.then(|| parts::copy_button(text().copy_all, text().copy_all.to_owned(), content))
    })
    .into_any()
}

fn what_to_paste() -> AnyView {
    let row = |(what, place, is_literal): (&'static str, &'static str, bool)| {
        let place = if is_literal { html::code().child(place).into_any() } else { place.into_any() };
        html::tr().child((html::th().attr("scope", "row").child(what), html::td().child(place)))
    };
    let head = text().empty_columns.map(|column| html::th().attr("scope", "col").child(column));
    html::div()
        .attr("class", "empty")
        .child((
            html::p().attr("class", "empty-lead").child(text().empty_heading),
            html::p().child(text().empty_lead),
            html::table().attr("aria-label", text().empty_label).child((
                html::thead().child(html::tr().child(head.into_iter().collect_view())),
                html::tbody().child(text().empty_rows.map(row).into_iter().collect_view()),
            )),
        ))
        .into_any()
}

fn failure(state: State) -> AnyView {
    html::div()
        .attr("class", "alerts")
        .attr("role", "alert")
        .child(move || {
            state.failure.get().map(|failure| {
                html::div().attr("class", "failure").child((
                    html::h3().child(text().failure_heading),
                    html::p().child(failure),
                    html::p().child(text().failure_advice),
                    html::button()
                        .attr("type", "button")
                        .attr("id", "again")
                        .on(ev::click, move |_| state::analyse_again(state))
                        .child(text().failure_again),
                ))
            })
        })
        .into_any()
}

/// What to make of an answer without a single diagnosis.
fn nothing(state: State) -> AnyView {
    (move || {
        let answer = state.answers.diagnoses.get().filter(|_| state.stage.get() == Stage::Done)?;
        let report = &answer.report;
        if !report.diagnoses.is_empty() {
            return None;
        }
        let is_unknown = report.artifacts.iter().all(|artifact| artifact.kind == "unknown");
        let said = if is_unknown { text().nothing_recognised } else { text().nothing_found };
        Some(html::p().attr("class", "nothing").child(said))
    })
    .into_any()
}
