//! The answer as plain text for a ticket or a mail. No view.

use super::story;
use super::text::Text;
use advisor_engine::export::v1::{AskFor, Diagnosis, Evidence, Report};
use std::fmt::Write as _;

/// Places that a mail names; the report has all of them.
const PLACES: usize = 6;

/// One diagnosis with its evidence and its steps. `part` says where the evidence was not read to its end.
pub fn diagnosis(text: &Text, report: &Report, diagnosis: &Diagnosis, part: Option<&str>) -> String {
    let mut out = String::new();
    line(&mut out, &diagnosis.title);
    line(&mut out, &(text.verdict)(&diagnosis.severity, &diagnosis.confidence));
    line(&mut out, (text.context)(&diagnosis.context));
    line(&mut out, &(text.plain_cloud)((text.cloud)(&report.cloud.id), &report.cloud.why));
    if let Some(part) = part {
        line(&mut out, part);
    }
    section(&mut out, text.heading_summary, std::slice::from_ref(&diagnosis.summary));
    let place = |evidence: &Evidence| {
        let name = artifact_name(report, &evidence.artifact);
        let place = (text.place)(name, evidence.line, evidence.end_line);
        format!("- {place}: {}\n    {}", evidence.note, evidence.excerpt.replace('\n', "\n    "))
    };
    let mut evidence = diagnosis.evidence.iter().take(PLACES).map(place).collect::<Vec<_>>();
    if diagnosis.evidence.len() > PLACES {
        evidence.push((text.plain_more)(diagnosis.evidence.len() - PLACES));
    }
    section(&mut out, text.heading_evidence, &evidence);
    let steps = diagnosis.steps.iter().zip(1..).map(|(step, number)| {
        let mut out = format!("{number}. [{}] {}", (text.who)(&step.who), step.text);
        if let Some(command) = &step.command {
            let _ = write!(out, "\n    {}", command.replace('\n', "\n    "));
        }
        if let Some(verify) = &step.verify {
            let _ = write!(out, "\n   {} {verify}", text.verify);
        }
        out
    });
    section(&mut out, text.heading_steps, &steps.collect::<Vec<_>>());
    let symptoms = report.diagnoses.iter().filter(|other| diagnosis.explains.contains(&other.id));
    section(&mut out, text.heading_explains, &symptoms.map(|other| format!("- {}", other.title)).collect::<Vec<_>>());
    if story::most_likely(report).is_some_and(|first| first.id == diagnosis.id) {
        section(&mut out, text.heading_ask_for, &asked(report));
    }
    section(&mut out, text.heading_source, std::slice::from_ref(&diagnosis.source));
    line(&mut out, "");
    line(&mut out, &(text.plain_engine)(&report.engine.version, &report.engine.catalog_date, &diagnosis.id));
    out
}

/// Every finding, causes and symptoms, most likely first; what to ask for stands with the first of them.
pub fn findings(text: &Text, report: &Report, part: Option<&str>) -> String {
    let found = report.diagnoses.iter().filter(|one| story::is_finding(one));
    let all = found.zip(1..).map(|(one, number)| format!("{number}. {}", diagnosis(text, report, one, part)));
    all.collect::<Vec<_>>().join("\n")
}

/// What to ask the customer for, as the body of a mail.
pub fn questions(text: &Text, report: &Report) -> String {
    let mut out = String::new();
    line(&mut out, text.plain_please_send);
    section(&mut out, "", &asked(report));
    out
}

/// The name of an artifact; its id where the report does not know it.
pub fn artifact_name<'a>(report: &'a Report, id: &'a str) -> &'a str {
    report.artifacts.iter().find(|artifact| artifact.id == id).map_or(id, |artifact| &artifact.name)
}

fn asked(report: &Report) -> Vec<String> {
    let item = |(ask, number): (&AskFor, usize)| {
        let mut out = format!("{number}. {}\n   {}", ask.what, ask.why);
        if !ask.how.is_empty() {
            let _ = write!(out, "\n   {}", ask.how.replace('\n', "\n   "));
        }
        out
    };
    report.ask_for.iter().zip(1..).map(item).collect()
}

fn section(out: &mut String, heading: &str, lines: &[String]) {
    if lines.iter().all(String::is_empty) {
        return;
    }
    line(out, "");
    if !heading.is_empty() {
        line(out, heading);
    }
    for text in lines {
        line(out, text);
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
