//! The ranked list of diagnoses.

use super::lines::Stretch;
use super::parts;
use super::plain;
use super::state::{self, Place, State};
use super::story::{self, Entry};
use super::text::text;
use advisor_engine::export::v1::{Answer, Diagnosis, Evidence, Step};
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Places of one diagnosis that are shown at first.
const PLACES: usize = 4;

/// The list. It is there, empty, before there is an answer, so that its place never moves.
pub fn findings(state: State) -> AnyView {
    html::ul()
        .attr("class", "diagnoses")
        .attr("role", "list")
        .attr("aria-label", text().diagnoses_label)
        .child(move || state.answer.get().map(|answer| list(state, &answer)))
        .into_any()
}

fn list(state: State, answer: &Arc<Answer>) -> AnyView {
    let entries = story::entries(&answer.report);
    entries.into_iter().map(|entry| one(state, answer, entry)).collect_view().into_any()
}

fn one(state: State, answer: &Arc<Answer>, entry: Entry) -> AnyView {
    let diagnosis = entry.diagnosis;
    let mut class = format!("diagnosis severity-{}", diagnosis.severity);
    if entry.is_lead {
        class.push_str(" lead");
    }
    if entry.cause.is_some() {
        class.push_str(" symptom");
    }
    let head = head(entry);
    let content = if entry.is_lead {
        html::div().child((head, body(state, answer, diagnosis))).into_any()
    } else {
        let body = body(state, answer, diagnosis);
        parts::fold(state, format!("diagnosis-{}", diagnosis.id), "entry", false, head, body)
    };
    html::li().attr("class", class).attr("data-diagnosis", diagnosis.id.clone()).child(content).into_any()
}

fn head(entry: Entry) -> AnyView {
    let diagnosis = entry.diagnosis;
    let leads = entry.is_lead && story::is_finding(diagnosis);
    // Whose identity is concerned matters where something is to be mended.
    let tells_context = story::is_finding(diagnosis) || diagnosis.context != "any";
    let above = match entry.cause {
        Some(cause) => Some((text().symptom_of)(&cause.title)),
        None => leads.then(|| text().most_likely.to_owned()),
    };
    html::span()
        .attr("class", "head")
        .child((
            above.map(|above| html::span().attr("class", "above").child(above)),
            html::h3().child(diagnosis.title.clone()),
            html::span().attr("class", "verdict").child((
                html::span().attr("class", "severity").child((text().severity)(&diagnosis.severity)),
                html::span().child((text().confidence)(&diagnosis.confidence)),
                tells_context.then(|| html::span().child((text().context)(&diagnosis.context))),
            )),
        ))
        .into_any()
}

fn body(state: State, answer: &Arc<Answer>, diagnosis: &Diagnosis) -> AnyView {
    html::div()
        .attr("class", "body")
        .child((
            html::p().attr("class", "summary").child(diagnosis.summary.clone()),
            places(state, answer, diagnosis),
            steps(diagnosis),
            explains(answer, diagnosis),
            html::div().attr("class", "foot").child((copy_answer(answer, diagnosis), source(diagnosis))),
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
    Some(html::div().child((heading, html::ul().attr("class", "places").child(first), rest)).into_any())
}

fn place(state: State, answer: &Answer, diagnosis: &Diagnosis, evidence: &Evidence, number: usize) -> AnyView {
    let name = plain::artifact_name(&answer.report, &evidence.artifact);
    let label = (text().place)(name, evidence.line, evidence.end_line);
    let id = format!("place-{}-{number}", diagnosis.id);
    let target = answer.cards.iter().find(|card| card.artifact == evidence.artifact).map(|card| Place {
        input: card.input,
        stretch: Stretch {
            line: evidence.line,
            column: evidence.column,
            end_line: evidence.end_line,
            end_column: evidence.end_column,
        },
        note: evidence.note.clone(),
        origin: id.clone(),
    });
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
                    html::span().attr("class", "place-where").child(label),
                )),
        )
        .into_any()
}

fn steps(diagnosis: &Diagnosis) -> Option<AnyView> {
    if diagnosis.steps.is_empty() {
        return None;
    }
    let list = html::ol().attr("class", "steps").child(diagnosis.steps.iter().map(step).collect_view());
    Some(html::div().child((html::h4().child(text().heading_steps), list)).into_any())
}

fn step(step: &Step) -> AnyView {
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

fn explains(answer: &Answer, diagnosis: &Diagnosis) -> Option<AnyView> {
    let symptoms = answer.report.diagnoses.iter().filter(|other| diagnosis.explains.contains(&other.id));
    let titles = symptoms.map(|other| html::li().child(other.title.clone())).collect::<Vec<_>>();
    (!titles.is_empty())
        .then(|| html::div().child((html::h4().child(text().heading_explains), html::ul().child(titles))).into_any())
}

fn copy_answer(answer: &Arc<Answer>, diagnosis: &Diagnosis) -> AnyView {
    let (answer, id) = (answer.clone(), diagnosis.id.clone());
    let content = move || {
        let found = answer.report.diagnoses.iter().find(|diagnosis| diagnosis.id == id);
        found.map(|diagnosis| plain::diagnosis(text(), &answer.report, diagnosis)).unwrap_or_default()
    };
    parts::copy_button(text().copy_answer, (text().copy_answer_for)(&diagnosis.title), content)
}

fn source(diagnosis: &Diagnosis) -> AnyView {
    html::p().attr("class", "source muted").child((text().heading_source, ": ", diagnosis.source.clone())).into_any()
}
