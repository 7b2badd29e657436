//! The ranked list of diagnoses.

use super::errors;
use super::lines::Stretch;
use super::parts;
use super::plain;
use super::state::{self, State};
use super::story::{self, Told};
use super::text::text;
use advisor_engine::export::v1::{Answer, Diagnosis, Evidence, Step};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Places of one diagnosis that are shown at first.
const PLACES: usize = 4;

/// The list. It is there, empty, before there is an answer, so that its place never moves. Entries are known by
/// their diagnosis: when a new answer ranks them otherwise they move, open or closed as they are.
pub fn findings(state: State) -> AnyView {
    let all = Memo::new(move |_| {
        state
            .answers
            .diagnoses
            .with(|answer| answer.as_ref().map(|answer| story::told(&answer.report)).unwrap_or_default())
    });
    let ids = move || all.with(|all| all.iter().map(|told| told.diagnosis.id.clone()).collect::<Vec<_>>());
    let entries = ForProps::builder().each(ids).key(String::clone).children(move |id| entry(state, all, id)).build();
    html::ul()
        .attr("class", "diagnoses")
        .attr("role", "list")
        .attr("aria-label", text().diagnoses_label)
        .child(For(entries))
        .into_any()
}

fn entry(state: State, all: Memo<Vec<Told>>, id: String) -> AnyView {
    let wanted = id.clone();
    let told = Memo::new(move |_| all.with(|all| all.iter().find(|told| told.diagnosis.id == wanted).cloned()));
    let class = move || {
        told.with(|told| {
            told.as_ref().map(|told| {
                let lead = if told.is_lead { " lead" } else { "" };
                let symptom = if told.cause.is_some() { " symptom" } else { "" };
                format!("diagnosis severity-{}{lead}{symptom}", told.diagnosis.severity)
            })
        })
    };
    // An entry that has led and was read stays open when another takes its place.
    let has_led = StoredValue::new(false);
    let content = move || {
        let told = told.get()?;
        let answer = state.answers.diagnoses.get_untracked()?;
        let head = head(state, &told);
        let body = body(state, &answer, &told);
        if told.is_lead {
            has_led.set_value(true);
            return Some(html::div().child((head, body)).into_any());
        }
        let key = format!("diagnosis-{}", told.diagnosis.id);
        Some(parts::fold(state, key, "entry", has_led.get_value(), head, body))
    };
    html::li().attr("class", class).attr("data-diagnosis", id).child(content).into_any()
}

fn head(state: State, told: &Told) -> AnyView {
    let diagnosis = &told.diagnosis;
    let (is_lead, is_finding) = (told.is_lead, story::is_finding(diagnosis));
    // Whose identity is concerned matters where something is to be mended.
    let tells_context = is_finding || diagnosis.context != "any";
    let symptom_of = told.cause.as_ref().map(|cause| (text().symptom_of)(cause));
    // What is said of a part may not hold of the whole, least of all that all is well.
    let above = Memo::new(move |_| match (&symptom_of, is_lead, is_finding) {
        (Some(symptom_of), _, _) => Some(symptom_of.clone()),
        (None, true, true) => Some(text().most_likely.to_owned()),
        (None, true, false) => state.is_part.get().then(|| text().so_far.to_owned()),
        (None, false, _) => None,
    });
    html::span()
        .attr("class", "head")
        .child((
            move || above.get().map(|above| html::span().attr("class", "above").child(above)),
            html::h3().child(diagnosis.title.clone()),
            html::span().attr("class", "verdict").child((
                html::span().attr("class", "severity").child((text().severity)(&diagnosis.severity)),
                html::span().child((text().confidence)(&diagnosis.confidence)),
                tells_context.then(|| html::span().child((text().context)(&diagnosis.context))),
            )),
        ))
        .into_any()
}

fn body(state: State, answer: &Arc<Answer>, told: &Told) -> AnyView {
    let diagnosis = &told.diagnosis;
    html::div()
        .attr("class", "body")
        .child((
            html::p().attr("class", "summary").child(diagnosis.summary.clone()),
            places(state, answer, diagnosis),
            steps(diagnosis),
            explains(told),
            html::div().attr("class", "foot").child((copy_answer(state, diagnosis), source(diagnosis))),
        ))
        .into_any()
}

fn places(state: State, answer: &Arc<Answer>, diagnosis: &Diagnosis) -> Option<AnyView> {
    if diagnosis.evidence.is_empty() {
        return None;
    }
    let item = |(number, evidence): (usize, &Evidence)| place(state, answer, diagnosis, evidence, number);
    let all = diagnosis.evidence.iter().enumerate().map(item).collect::<Vec<_>>();
    let rest = all.len().saturating_sub(PLACES);
    let mut all = all.into_iter();
    let first = all.by_ref().take(PLACES).collect_view();
    let rest = (rest > 0).then(|| {
        let list = html::ul().attr("class", "places").child(all.collect_view());
        let key = format!("places-{}", diagnosis.id);
        parts::fold(state, key, "more", false, (text().more_evidence)(rest).into_any(), list.into_any())
    });
    let heading = html::h4().child(text().heading_evidence);
    let links = errors::links(diagnosis.evidence.iter().take(PLACES).map(|place| place.excerpt.clone()).collect());
    Some(html::div().child((heading, html::ul().attr("class", "places").child(first), rest, links)).into_any())
}

fn place(state: State, answer: &Answer, diagnosis: &Diagnosis, evidence: &Evidence, number: usize) -> AnyView {
    let name = plain::artifact_name(&answer.report, &evidence.artifact);
    let label = (text().place)(name, evidence.line, evidence.end_line);
    let id = format!("place-{}-{number}", diagnosis.id);
    let target = state::place(answer, &evidence.artifact, Stretch::of(evidence), &evidence.note, &id);
    let show = move |_| {
        if let Some(target) = target.clone() {
            state::show(state, target);
        }
    };
    html::li()
        .child(
            html::button()
                .attr("type", "button")
                .attr("class", "place")
                .attr("id", id)
                .attr("title", (text().show_place)(&label))
                .on(ev::click, show)
                .child((
                    html::span().attr("class", "place-note").child(evidence.note.clone()),
                    html::code().child(evidence.excerpt.clone()),
                    html::span().attr("class", "place-where").child((
                        html::span().attr("class", "place-name").child(name.to_owned()),
                        html::span().child((text().place_lines)(evidence.line, evidence.end_line)),
                    )),
                )),
        )
        .into_any()
}

fn steps(diagnosis: &Diagnosis) -> Option<AnyView> {
    if diagnosis.steps.is_empty() {
        return None;
    }
    let list = html::ol().attr("class", "steps").child(diagnosis.steps.iter().map(step).collect_view());
    Some(
        html::div()
            .child((
                html::h4().child(if story::is_finding(diagnosis) { text().heading_steps } else { text().heading_next }),
                list,
            ))
            .into_any(),
    )
}

/// One step of a fix.
pub fn step(step: &Step) -> AnyView {
    let verify = step.verify.as_ref().map(|verify| {
        html::p().attr("class", "verify").child((html::strong().child(text().verify), " ", verify.clone()))
    });
    html::li()
        .child((
            html::p().child((html::span().attr("class", "who").child((text().who)(&step.who)), " ", step.text.clone())),
            step.command.as_ref().map(|command| parts::command(command)),
            verify,
        ))
        .into_any()
}

fn explains(told: &Told) -> Option<AnyView> {
    let titles = told.symptoms.iter().map(|title| html::li().child(title.clone())).collect::<Vec<_>>();
    (!titles.is_empty())
        .then(|| html::div().child((html::h4().child(text().heading_explains), html::ul().child(titles))).into_any())
}

fn copy_answer(state: State, diagnosis: &Diagnosis) -> AnyView {
    let id = diagnosis.id.clone();
    let content = move || {
        let answer = state.answers.diagnoses.get_untracked()?;
        let found = answer.report.diagnoses.iter().find(|diagnosis| diagnosis.id == id)?;
        Some(plain::diagnosis(text(), &answer.report, found, part_of(state).as_deref()))
    };
    let content = move || content().unwrap_or_default();
    parts::copy_button(text().copy_answer, (text().copy_answer_for)(&diagnosis.title), content)
}

/// What part of the evidence the answer is about, where that is not all of it.
pub fn part_of(state: State) -> Option<String> {
    state.stopped.get_untracked().map(|stopped| (text().plain_part)(stopped.bytes, stopped.total))
}

fn source(diagnosis: &Diagnosis) -> AnyView {
    html::p().attr("class", "source muted").child((text().heading_source, ": ", diagnosis.source.clone())).into_any()
}
