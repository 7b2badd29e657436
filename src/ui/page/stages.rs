//! How far the wizard came: a bar of steps, the failure that stopped it, and the events that concern connectivity.
//!
//! The bar is an ordered list. Each step says its state in words; form and colour only repeat it.

use super::layers::{part, table, to_place};
use super::plain;
use super::state::State;
use super::text::text;
use advisor_engine::export::stages::{EventRow, FailureRow, StageRow, Stages, TraceStages};
use leptos::{html, prelude::*};

/// The parts. Each is drawn anew only when something in it has changed.
pub fn stages(state: State) -> AnyView {
    let all = Memo::new(move |_| {
        state.answers.lists.with(|answer| answer.as_ref().map(|answer| answer.stages.clone()).unwrap_or_default())
    });
    (move || all.with(|all| (traces(state, all), events(state, all)))).into_any()
}

fn traces(state: State, all: &Stages) -> Option<AnyView> {
    let runs = all.traces.iter().enumerate().map(|(number, trace)| run(state, trace, number)).collect_view();
    part(state, "stages", text().heading_stages, all.traces.len(), html::div().child(runs).into_any())
}

fn run(state: State, trace: &TraceStages, number: usize) -> AnyView {
    let answer = state.answers.lists.get_untracked();
    let name = answer.as_deref().map(|answer| plain::artifact_name(&answer.report, &trace.artifact).to_owned());
    let name = name.unwrap_or_else(|| trace.artifact.clone());
    let steps = trace.steps.iter().enumerate().map(|(at, step)| self::step(state, step, (number, at))).collect_view();
    let unknown = || text().not_told.to_owned();
    let facts = [
        (text().run_version, trace.version.clone().unwrap_or_else(unknown)),
        (text().run_cloud, trace.cloud.clone().unwrap_or_else(unknown)),
        (text().run_config, trace.config_path.clone().unwrap_or_else(unknown)),
        (text().run_tls, trace.tls12.map_or(text().not_told, |good| (text().run_tls12)(good)).to_owned()),
    ];
    let facts = facts.map(|(label, value)| html::div().child((html::dt().child(label), html::dd().child(value))));
    let pages = (!trace.pages.is_empty()).then(|| {
        let pages = trace.pages.join(" → ");
        html::p().attr("class", "run-pages").child((html::strong().child(text().run_pages), " ", pages))
    });
    html::section()
        .attr("class", "run")
        .attr("aria-label", name.clone())
        .child((
            html::p().attr("class", "run-head").child((
                html::strong().child(name),
                " ",
                (trace.starts > 1)
                    .then(|| html::span().attr("class", "muted").child((text().run_starts)(trace.starts))),
            )),
            html::p().attr("class", "run-said").child((text().run_said)(&said(trace))),
            html::ol().attr("class", "stages").attr("aria-label", text().heading_stages).child(steps),
            trace.failure.as_ref().map(|failure| self::failure(state, failure, number)),
            html::dl().attr("class", "run-facts").child(facts.into_iter().collect_view()),
            pages,
        ))
        .into_any()
}

/// The last step that passed and the one that did not, by name.
fn said(trace: &TraceStages) -> [Option<&'static str>; 2] {
    let name = |step: &StageRow| (text().step)(&step.step);
    let reached = trace.steps.iter().rfind(|step| step.state == "passed").map(name);
    let stopped = trace.steps.iter().find(|step| step.state == "failed").map(name);
    [reached, stopped]
}

fn step(state: State, step: &StageRow, (run, at): (usize, usize)) -> AnyView {
    let name = (text().step)(&step.step);
    let place = step.place.as_ref().map(|place| to_place(state, place, name, format!("step-{run}-{at}")));
    let account = (step.step == "configure").then(|| (text().test_account)(&step.context));
    html::li()
        .attr("class", format!("step step-{}", step.state))
        .attr("data-step", step.step.clone())
        .attr("data-step-state", step.state.clone())
        .child((
            html::span().attr("class", "step-mark").attr("aria-hidden", "true"),
            html::span().attr("class", "step-name").child(name),
            html::span().attr("class", "step-state").child((text().step_state)(&step.state)),
            account.map(|account| html::span().attr("class", "step-note").child(account)),
            (!step.time.is_empty()).then(|| html::span().attr("class", "step-note").child(step.time.clone())),
            place,
        ))
        .into_any()
}

fn failure(state: State, failure: &FailureRow, run: usize) -> AnyView {
    let kind = failure.root_type.as_ref().map(|kind| html::code().child(kind.clone()));
    html::div()
        .attr("class", "run-failure")
        .child((
            html::p().child((html::strong().child((text().run_failed)(&failure.caller)), " ", kind)),
            html::p().child(html::code().child(failure.root.clone())),
            failure.meaning.clone().map(|meaning| html::p().child(meaning)),
            to_place(state, &failure.place, &failure.caller, format!("failure-{run}")),
        ))
        .into_any()
}

fn events(state: State, all: &Stages) -> Option<AnyView> {
    let rows = all.events.iter().enumerate().map(|(number, row)| event(state, row, number)).collect_view();
    let body = table(text().heading_events, &text().event_columns, rows.into_any());
    part(state, "events", text().heading_events, all.events.len(), body)
}

fn event(state: State, row: &EventRow, number: usize) -> AnyView {
    let name = format!("{} {}", row.source, row.id);
    html::tr()
        .child((
            html::th().attr("scope", "row").child(name.clone()),
            html::td().attr("class", "number").child((text().count)(row.count)),
            html::td().child((text().event_side)(&row.side)),
            html::td().attr("class", format!("event-{}", row.tells)).child((text().event_tells)(&row.tells)),
            html::td().attr("class", "proves").child(row.meaning.clone()),
            html::td().child(to_place(state, &row.place, &name, format!("event-{number}"))),
        ))
        .into_any()
}
