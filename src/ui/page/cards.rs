//! The artifact cards: what was recognised, by what, and what could not be used.

use super::lines::Stretch;
use super::parts;
use super::state::{self, State};
use super::text::text;
use super::when::readable;
use advisor_engine::artifact::Kind;
use advisor_engine::export::v1::{Answer, Artifact, Card};
use leptos::{ev, html, prelude::*};

/// Cards that are shown at first; an archive may hold a thousand logs.
const AT_FIRST: usize = 40;

type Pair = (Artifact, Card);

/// All cards of the answer.
pub fn cards(state: State) -> AnyView {
    let all = Memo::new(move |_| {
        let pairs = |answer: &Answer| {
            answer.report.artifacts.iter().cloned().zip(answer.cards.iter().cloned()).collect::<Vec<Pair>>()
        };
        state.answers.cards.with(|answer| answer.as_deref().map(pairs).unwrap_or_default())
    });
    let is_whole = RwSignal::new(false);
    let shown = move || if is_whole.get() { usize::MAX } else { AT_FIRST };
    let ids =
        move || all.with(|all| all.iter().take(shown()).map(|(artifact, _)| artifact.id.clone()).collect::<Vec<_>>());
    let list = ForProps::builder().each(ids).key(String::clone).children(move |id| one(state, all, id)).build();
    let more = move || {
        let rest = all.with(Vec::len).saturating_sub(shown());
        (rest > 0).then(|| {
            html::button()
                .attr("type", "button")
                .attr("class", "quiet")
                .attr("id", "more-cards")
                .on(ev::click, move |_| is_whole.set(true))
                .child((text().card_more)(rest))
        })
    };
    html::section()
        .attr("class", "cards")
        .attr("aria-labelledby", "cards")
        .attr("hidden", move || all.with(Vec::is_empty))
        .child((
            html::h2().attr("id", "cards").attr("tabindex", "-1").child(text().heading_cards),
            html::ul().attr("role", "list").attr("aria-labelledby", "cards").child(For(list)),
            more,
        ))
        .into_any()
}

fn one(state: State, all: Memo<Vec<Pair>>, id: String) -> AnyView {
    let is_part = id.contains('.');
    let wanted = id;
    let pair = Memo::new(move |_| all.with(|all| all.iter().find(|(artifact, _)| artifact.id == wanted).cloned()));
    let of = move |field: fn(&Artifact) -> &String| {
        move || pair.with(|pair| pair.as_ref().map(|(artifact, _)| field(artifact).clone()))
    };
    let content = move || {
        let (artifact, card) = pair.get()?;
        // Of an empty file, or an archive that could not be opened, there is nothing else to say.
        let has_content = artifact.bytes > 0;
        Some((
            html::div()
                .attr("class", "card-head")
                .child((html::h3().child(artifact.name.clone()), remove(state, all, &artifact, &card))),
            whole(&card),
            (!has_content).then(|| empty(&card)).flatten(),
            (has_content && is_rest(&artifact)).then(|| rest(state, &artifact, &card)),
            (has_content && !is_rest(&artifact)).then(|| {
                (
                    recognised(state, &artifact, &card),
                    html::p().attr("class", "card-why").child(card.why.clone()),
                    facts(&artifact),
                    skipped(state, &artifact, &card),
                    correction(state, &artifact, &card),
                )
            }),
        ))
    };
    html::li()
        .attr("class", if is_part { "card part" } else { "card" })
        .attr("data-artifact-kind", of(|artifact| &artifact.kind))
        .attr("data-artifact-format", of(|artifact| &artifact.format))
        .child(content)
        .into_any()
}

/// A piece of a mail that no reader knows: the greeting, the signature.
fn is_rest(artifact: &Artifact) -> bool {
    artifact.id.contains('.') && artifact.kind == "unknown"
}

/// It takes one line, and can be given a type all the same.
fn rest(state: State, artifact: &Artifact, card: &Card) -> AnyView {
    let body = html::div()
        .child((html::p().attr("class", "card-why").child(card.why.clone()), correction(state, artifact, card)));
    let summary = html::span().child((text().card_rest)(artifact.bytes, artifact.lines)).into_any();
    parts::fold(state, format!("rest-{}", artifact.id), "card-rest", false, summary, body.into_any())
}

/// What an empty file may come from, where nothing else is known of it.
fn empty(card: &Card) -> Option<AnyView> {
    card.problems.is_empty().then(|| html::p().attr("class", "card-why").child(text().card_empty).into_any())
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

/// What is wrong with the file as a whole: it could not be unpacked, it is too big for what it is.
fn whole(card: &Card) -> Option<AnyView> {
    let problems = card.problems.iter().filter(|problem| problem.line.is_none());
    let said = problems.map(|problem| html::p().child((text().card_whole)(&problem.what))).collect::<Vec<_>>();
    (!said.is_empty()).then(|| html::div().attr("class", "card-whole").child(said).into_any())
}

/// The places that could not be read. Each opens in the viewer.
fn skipped(state: State, artifact: &Artifact, card: &Card) -> Option<AnyView> {
    let lines = card.problems.iter().filter_map(|problem| Some((problem.line?, problem)));
    let known = lines.clone().count();
    let count = artifact.skipped_lines.saturating_sub(card.problems.len() - known).max(known);
    if count == 0 {
        return None;
    }
    let rest = count - known;
    let answer = state.answers.cards.get_untracked();
    let problems = lines.zip(1..).map(|((line, problem), number): (_, usize)| {
        let id = format!("problem-{}-{number}", artifact.id);
        let stretch = Stretch::line_at(line, (problem.byte, problem.byte_end));
        let place =
            answer.as_deref().and_then(|answer| state::place(answer, &artifact.id, stretch, &problem.what, &id));
        html::li().child(
            html::button()
                .attr("type", "button")
                .attr("class", "link")
                .attr("id", id)
                .on(ev::click, move |_| {
                    if let Some(place) = place.clone() {
                        state::show(state, place);
                    }
                })
                .child((text().card_problem)(line, &problem.what)),
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

/// Lines of a paste are removed part by part, a file as a whole: its first part has the button.
fn remove(state: State, all: Memo<Vec<Pair>>, artifact: &Artifact, card: &Card) -> Option<AnyView> {
    let (input, lines) = (card.input, (card.first_line, card.last_line));
    let (is_paste, file) =
        state.evidence.with_value(|evidence| (evidence.is_paste(input), evidence.name(input).to_owned()));
    let of_file = |(_, other): &&Pair| other.input == input;
    let (first, count) = all.with_untracked(|all| {
        let first = all.iter().find(of_file).map(|(first, _)| first.id.clone());
        (first, all.iter().filter(of_file).count())
    });
    if !is_paste && first.is_some_and(|first| first != artifact.id) {
        return None;
    }
    let (label, name) = match (is_paste, count) {
        (true, _) => (text().remove, (text().remove_lines)(lines.0, lines.1)),
        (false, 0 | 1) => (text().remove, (text().remove_file)(&file)),
        (false, _) => (text().remove_whole, (text().remove_whole_file)(&file)),
    };
    let button = html::button()
        .attr("type", "button")
        .attr("class", "quiet")
        .attr("id", format!("remove-{}", artifact.id))
        .attr("title", name.clone())
        .attr("aria-label", name)
        .on(ev::click, move |_| state::remove(state, input, lines))
        .child(label);
    Some(button.into_any())
}
