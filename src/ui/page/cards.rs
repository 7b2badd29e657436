//! The artifact cards: what was recognised, by what, and what could not be used.

use super::lines::Stretch;
use super::parts;
use super::state::{self, Place, State};
use super::text::text;
use super::when::readable;
use advisor_engine::artifact::Kind;
use advisor_engine::export::v1::{Answer, Artifact, Card};
use leptos::{ev, html, prelude::*};

/// All cards of the answer.
pub fn cards(state: State) -> AnyView {
    html::section()
        .attr("class", "cards")
        .attr("aria-labelledby", "cards")
        .attr("hidden", move || state.answer.with(Option::is_none))
        .child((
            html::h2().attr("id", "cards").attr("tabindex", "-1").child(text().heading_cards),
            html::ul()
                .attr("role", "list")
                .attr("aria-labelledby", "cards")
                .child(move || state.answer.with(|answer| answer.as_deref().map(|answer| list(state, answer)))),
        ))
        .into_any()
}

fn list(state: State, answer: &Answer) -> AnyView {
    let pairs = answer.report.artifacts.iter().zip(&answer.cards);
    pairs.map(|(artifact, card)| one(state, artifact, card)).collect_view().into_any()
}

fn one(state: State, artifact: &Artifact, card: &Card) -> AnyView {
    let is_part = artifact.id.contains('.');
    html::li()
        .attr("class", if is_part { "card part" } else { "card" })
        .attr("data-artifact-kind", artifact.kind.clone())
        .attr("data-artifact-format", artifact.format.clone())
        .child((
            html::div()
                .attr("class", "card-head")
                .child((html::h3().child(artifact.name.clone()), remove(state, artifact, card))),
            recognised(state, artifact, card),
            html::p().attr("class", "card-why").child(card.why.clone()),
            facts(artifact),
            skipped(state, artifact, card),
            correction(state, artifact, card),
        ))
        .into_any()
}

fn recognised(state: State, artifact: &Artifact, card: &Card) -> AnyView {
    let is_corrected = state.evidence.with_value(|evidence| evidence.correction(card.input, card.first_line)).is_some();
    let format = (artifact.format != artifact.kind && artifact.format != "unknown")
        .then(|| html::code().child(artifact.format.clone()));
    let sure = if is_corrected {
        text().card_corrected
    } else {
        (text().card_recognised)(&artifact.kind, &artifact.confidence)
    };
    html::p()
        .attr("class", "card-kind")
        .child((
            html::strong().child((text().kind)(&artifact.kind)),
            format,
            html::span().attr("class", "muted").child(sure),
        ))
        .into_any()
}

fn facts(artifact: &Artifact) -> AnyView {
    let row = |label: &'static str, value: String| {
        html::div().child((html::dt().child(label), html::dd().child(value))).into_any()
    };
    let time = match (&artifact.first_time, &artifact.last_time) {
        (Some(first), Some(last)) => Some((text().card_time_range)(&readable(first), &readable(last))),
        (Some(one), None) | (None, Some(one)) => Some(readable(one)),
        (None, None) => None,
    };
    html::dl()
        .attr("class", "card-facts")
        .child((
            row(text().card_lines, (text().card_size)(artifact.bytes, artifact.lines)),
            row(text().card_encoding, artifact.encoding.clone()),
            time.map(|time| row(text().card_time, time)),
        ))
        .into_any()
}

fn skipped(state: State, artifact: &Artifact, card: &Card) -> Option<AnyView> {
    if artifact.skipped_lines == 0 && card.problems.is_empty() {
        return None;
    }
    let count = artifact.skipped_lines.max(card.problems.len());
    let rest = count - card.problems.len();
    let input = card.input;
    let problems = card.problems.iter().zip(1..).map(|((line, what), number): (_, usize)| {
        let id = format!("problem-{}-{number}", artifact.id);
        let place = Place { input, stretch: Stretch::line(*line), note: what.clone(), origin: id.clone() };
        html::li().child(
            html::button()
                .attr("type", "button")
                .attr("class", "link")
                .attr("id", id)
                .on(ev::click, move |_| state::show(state, place.clone()))
                .child((text().card_problem)(*line, what)),
        )
    });
    let body = html::ul().child((
        problems.collect_view(),
        (rest > 0).then(|| html::li().attr("class", "muted").child((text().card_more_skipped)(rest))),
    ));
    let key = format!("skipped-{}", artifact.id);
    let summary = (text().card_skipped)(count).into_any();
    Some(parts::fold(state, key, "card-skipped", false, summary, body.into_any()))
}

/// The type can be corrected for whatever a reader has read as one piece.
fn correction(state: State, artifact: &Artifact, card: &Card) -> Option<AnyView> {
    if artifact.kind == Kind::Mixed.id() {
        return None;
    }
    let (input, first_line) = (card.input, card.first_line);
    let corrected = state.evidence.with_value(|evidence| evidence.correction(input, first_line));
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Mixed);
    let options = kinds.map(|kind| {
        let label = (text().kind)(kind.id());
        html::option().attr("value", kind.id()).attr("selected", corrected == Some(kind)).child(label)
    });
    let select = html::select()
        .attr("id", format!("kind-{}", artifact.id))
        .attr("aria-label", (text().card_type_of)(&artifact.name))
        .on(ev::change, move |event| {
            state::correct(state, input, first_line, Kind::from_id(&event_target_value(&event)));
        })
        .child((html::option().attr("value", "").child(text().card_type_auto), options.collect_view()));
    Some(html::label().attr("class", "field").child((html::span().child(text().card_type), select)).into_any())
}

fn remove(state: State, artifact: &Artifact, card: &Card) -> AnyView {
    let (input, lines) = (card.input, (card.first_line, card.last_line));
    let (is_paste, file) = state.evidence.with_value(|evidence| {
        let file = evidence.inputs().get(input).map(|input| input.name.clone()).unwrap_or_default();
        (evidence.is_paste(input), file)
    });
    let name = if is_paste { (text().remove_lines)(lines.0, lines.1) } else { (text().remove_file)(&file) };
    html::button()
        .attr("type", "button")
        .attr("class", "quiet")
        .attr("id", format!("remove-{}", artifact.id))
        .attr("title", name.clone())
        .attr("aria-label", name)
        .on(ev::click, move |_| state::remove(state, input, lines))
        .child(text().remove)
        .into_any()
}
