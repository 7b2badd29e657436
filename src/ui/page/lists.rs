//! What to ask for, what was not checked, and phases.

use super::allow_list_check;
use super::coverage;
use super::parts;
use super::plain;
use super::state::State;
use super::text::text;
use advisor_engine::export::v1::{AskFor, NotChecked, Phase, Report};
use leptos::{html, prelude::*};

/// The lists under the diagnoses. Each is drawn anew only when something in it has changed.
pub fn lists(state: State) -> AnyView {
    html::div()
        .attr("class", "lists")
        .child((
            of(state, |report| &report.not_checked, not_checked),
            of(state, |report| &report.phases, phases),
            coverage::coverage(state),
            allow_list_check::of_evidence(state),
        ))
        .into_any()
}

/// What to ask for: with the findings, and not below what only explains them.
pub fn questions(state: State) -> AnyView {
    of(state, |report| &report.ask_for, ask_for)
}

fn of<T: Clone + PartialEq + Send + Sync + 'static>(
    state: State,
    list: fn(&Report) -> &Vec<T>,
    view: fn(State, &[T]) -> Option<AnyView>,
) -> AnyView {
    let items = Memo::new(move |_| {
        state
            .answers
            .lists
            .with(|answer| answer.as_ref().map(|answer| list(&answer.report).clone()).unwrap_or_default())
    });
    (move || items.with(|items| view(state, items))).into_any()
}

fn ask_for(state: State, asks: &[AskFor]) -> Option<AnyView> {
    let item = |ask: &AskFor| {
        let how = match ask.how.as_str() {
            "" => None,
            how => Some(parts::command(how)),
        };
        html::li().child((
            html::p().child(html::strong().child(ask.what.clone())),
            html::p().child(ask.why.clone()),
            how,
        ))
    };
    let copy = parts::copy_button(text().copy_questions, text().copy_questions.to_owned(), move || {
        let answer = state.answers.lists.get_untracked();
        answer.map(|answer| plain::questions(text(), &answer.report)).unwrap_or_default()
    });
    let body = html::div().child((html::ol().attr("class", "asks").child(asks.iter().map(item).collect_view()), copy));
    part(state, "ask-for", true, text().heading_ask_for, (text().count)(asks.len()), asks.is_empty(), body.into_any())
}

fn not_checked(state: State, items: &[NotChecked]) -> Option<AnyView> {
    let item = |item: &NotChecked| html::li().child((html::strong().child(item.what.clone()), " ", item.why.clone()));
    let body = html::ul().attr("class", "not-checked").child(items.iter().map(item).collect_view());
    let count = (text().count)(items.len());
    part(state, "not-checked", false, text().heading_not_checked, count, items.is_empty(), body.into_any())
}

fn phases(state: State, phases: &[Phase]) -> Option<AnyView> {
    let row = |phase: &Phase| {
        let missing = if phase.missing.is_empty() { text().none.to_owned() } else { phase.missing.join(", ") };
        html::tr().child((
            html::th().attr("scope", "row").child((text().phase)(&phase.id)),
            html::td().attr("class", format!("state state-{}", phase.state)).child((text().phase_state)(&phase.state)),
            html::td().child(missing),
        ))
    };
    let rows = phases.iter().map(row).collect_view().into_any();
    let body = table(text().heading_phases, &text().phase_columns, rows);
    let seen = phases.iter().filter(|phase| phase.state != "not-seen");
    let said = seen.map(|phase| format!("{}: {}", (text().phase)(&phase.id), (text().phase_state)(&phase.state)));
    let said = said.collect::<Vec<_>>().join(", ");
    let said = if said.is_empty() { (text().phase_state)("not-seen").to_owned() } else { said };
    part(state, "phases", false, text().heading_phases, said, phases.is_empty(), body)
}

fn table(label: &'static str, columns: &'static [&'static str], rows: AnyView) -> AnyView {
    let head = columns.iter().map(|column| html::th().attr("scope", "col").child(*column)).collect_view();
    // A wide table scrolls inside its own box, which the keyboard has to reach for that.
    html::div()
        .attr("class", "table-box")
        .attr("role", "region")
        .attr("tabindex", "0")
        .attr("aria-label", label)
        .child(html::table().child((html::thead().child(html::tr().child(head)), html::tbody().child(rows))))
        .into_any()
}

fn part(
    state: State,
    key: &'static str,
    open: bool,
    heading: &'static str,
    said: String,
    is_empty: bool,
    body: AnyView,
) -> Option<AnyView> {
    let summary = || {
        let said = html::span().attr("class", "muted").child(said);
        html::span().attr("class", "part-head").child((html::h2().child(heading), said)).into_any()
    };
    (!is_empty).then(|| parts::fold(state, key.to_owned(), "part", open, summary(), body))
}
