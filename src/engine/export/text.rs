//! The report as plain text for a terminal, a ticket or a mail.

use super::v1::{Diagnosis, Report};
use std::fmt::Write as _;

/// Where a piece of the text may be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Headline of a diagnosis of severity error.
    Error,
    /// Headline of a warning.
    Warning,
    /// Headline of the rest.
    Calm,
    /// A heading.
    Heading,
    /// A place in the evidence.
    Place,
}

/// The report as text; `paint` may wrap pieces in colour.
pub fn text(report: &Report, paint: impl Fn(Tone, &str) -> String) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "Cloud: {} ({}). {}", report.cloud.id, report.cloud.how, report.cloud.why);
    let _ = writeln!(out, "\n{}", paint(Tone::Heading, "Evidence"));
    for artifact in &report.artifacts {
        let _ = write!(out, "  {}: {}", artifact.name, artifact.kind);
        if artifact.format != artifact.kind {
            let _ = write!(out, " ({})", artifact.format);
        }
        let _ = write!(out, ", {} lines, {}", artifact.lines, artifact.encoding);
        if artifact.skipped_lines > 0 {
            let _ = write!(out, ", {} lines not readable", artifact.skipped_lines);
        }
        out.push('\n');
    }
    if report.diagnoses.is_empty() {
        let _ = writeln!(out, "\nNo known problem and no healthy sign in this evidence.");
    }
    for (rank, diagnosis) in report.diagnoses.iter().enumerate() {
        let cause = report.diagnoses.iter().take(rank).find(|other| other.explains.contains(&diagnosis.id));
        write_diagnosis(&mut out, report, rank + 1, diagnosis, cause, &paint);
    }
    if !report.not_checked.is_empty() {
        let _ = writeln!(out, "\n{}", paint(Tone::Heading, "Not checked"));
        for item in &report.not_checked {
            let _ = writeln!(out, "  {}: {}", item.what, item.why);
        }
    }
    if !report.ask_for.is_empty() {
        let _ = writeln!(out, "\n{}", paint(Tone::Heading, "Ask for"));
        for (number, item) in report.ask_for.iter().enumerate() {
            let _ = writeln!(out, "  {}. {}: {}\n     {}", number + 1, item.what, item.why, item.how);
        }
    }
    out
}

fn write_diagnosis(
    out: &mut String,
    report: &Report,
    rank: usize,
    diagnosis: &Diagnosis,
    cause: Option<&Diagnosis>,
    paint: &impl Fn(Tone, &str) -> String,
) {
    let tone = match diagnosis.severity.as_str() {
        "error" => Tone::Error,
        "warning" => Tone::Warning,
        _ => Tone::Calm,
    };
    let headline = paint(tone, &format!("{}: {}", diagnosis.severity, diagnosis.title));
    let _ = writeln!(out, "\n{rank}. {headline} [{}, {}]", diagnosis.id, diagnosis.confidence);
    if let Some(cause) = cause {
        let _ = writeln!(out, "   A symptom of {}.", cause.id);
    }
    if diagnosis.context != "any" {
        let _ = writeln!(out, "   Concerns: {}", diagnosis.context.replace('-', " "));
    }
    let _ = writeln!(out, "   {}", diagnosis.summary);
    for place in &diagnosis.evidence {
        let name = report
            .artifacts
            .iter()
            .find(|artifact| artifact.id == place.artifact)
            .map_or("", |artifact| artifact.name.as_str());
        let at = paint(Tone::Place, &format!("{name}:{}:{}", place.line, place.column));
        let excerpt = place.excerpt.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "   - {at} {}\n       {excerpt}", place.note);
    }
    for (number, step) in diagnosis.steps.iter().enumerate() {
        let _ = writeln!(out, "   {}) {}: {}", number + 1, step.who.replace('-', " "), step.text);
        if let Some(command) = &step.command {
            for line in command.lines() {
                let _ = writeln!(out, "        {line}");
            }
        }
        if let Some(verify) = &step.verify {
            let _ = writeln!(out, "      Verify: {verify}");
        }
    }
    let _ = writeln!(out, "   Source: {}", diagnosis.source);
}
