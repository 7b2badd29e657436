//! The answer: ranked diagnoses, what was covered, what was not checked, what to ask for. Plain owned data.

use crate::advice::{self, AskFor, NotChecked};
use crate::artifact::Span;
use crate::coverage::{self, EndpointState, PhaseState};
use crate::facts::Facts;
use crate::rules::{self, Finding, Rule};

/// How bad it is. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks sync or sign-in.
    Error,
    /// Will bite later, or partly.
    Warning,
    /// A healthy sign.
    Ok,
    /// Good to know.
    Info,
}

/// How sure the diagnosis is. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The evidence leaves nothing else.
    Certain,
    /// The evidence fits, and little else does.
    Likely,
    /// One of several.
    Possible,
}

/// The identity that was at work. Public ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// The person who runs the wizard: every page but Configure.
    SignedInUser,
    /// The account of the sync service: the Configure page, and every sync.
    SyncServiceAccount,
    /// The embedded sign-in window, which follows the signed-in user's Internet Options.
    BrowserWindow,
    /// All of them, or the evidence does not tell.
    #[default]
    Any,
}

/// A place in an artifact that supports a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// One sentence: what this place shows.
    pub note: String,
}

impl Severity {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Ok => "ok",
        }
    }

    /// Whether a person has to do something about it.
    pub fn is_problem(self) -> bool {
        matches!(self, Self::Error | Self::Warning)
    }
}

impl Confidence {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

impl Context {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::SignedInUser => "signed-in-user",
            Self::SyncServiceAccount => "sync-service-account",
            Self::BrowserWindow => "browser-window",
            Self::Any => "any",
        }
    }
}

/// One diagnosis of the report.
#[derive(Debug)]
pub struct Diagnosis {
    /// The rule it comes from: id and texts.
    pub rule: &'static Rule,
    /// What the rule found.
    pub finding: Finding,
    /// How bad it is here.
    pub severity: Severity,
    /// Ids of the diagnoses of this report that are symptoms of this one.
    pub explains: Vec<&'static str>,
}

/// The answer.
#[derive(Debug)]
pub struct Report {
    /// Everything it rests on.
    pub facts: Facts,
    /// For each source of the facts, the index of the input it came from.
    pub inputs: Vec<usize>,
    /// Ranked: the most likely cause first, each symptom below its cause.
    pub diagnoses: Vec<Diagnosis>,
    /// Endpoints of the cloud and what the logs show of them.
    pub endpoints: Vec<EndpointState>,
    /// Stages of the wizard and of sync.
    pub phases: Vec<PhaseState>,
    /// What the evidence does not cover.
    pub not_checked: Vec<NotChecked>,
    /// What to collect next, most telling first.
    pub ask_for: Vec<AskFor>,
}

/// Draws the conclusions from the facts.
pub fn report(facts: Facts, inputs: Vec<usize>) -> Report {
    let findings = rules::all()
        .filter_map(|rule| Some((rule, (rule.check)(&facts)?)))
        .map(|(rule, finding)| (rule, each_line_once(&facts, finding)))
        .collect();
    let diagnoses = rank(findings);
    let endpoints = coverage::endpoints(&facts);
    let phases = coverage::phases(&facts);
    let not_checked = advice::not_checked(&facts);
    let ask_for = advice::ask_for(&facts, &diagnoses);
    Report { facts, inputs, diagnoses, endpoints, phases, not_checked, ask_for }
}

/// A code and its sentence on one line are one place: whoever reads it sees the line once.
fn each_line_once(facts: &Facts, mut finding: Finding) -> Finding {
    let line = |place: &Evidence| {
        let artifact = facts.artifacts.get(place.span.artifact)?;
        let source = facts.sources.get(artifact.source)?;
        Some((place.span.artifact, source.line_index(place.span.start), source.line_index(place.span.end)))
    };
    let mut seen = vec![(line(&finding.primary), finding.primary.note.clone())];
    finding.related.retain(|place| {
        let key = (line(place), place.note.clone());
        let fresh = !seen.contains(&key);
        if fresh {
            seen.push(key);
        }
        fresh
    });
    finding
}

/// Orders the findings: roots by severity, then by confidence, then by the order of the shelf (from the server's
/// own settings outwards); each followed by its symptoms.
fn rank(mut findings: Vec<(&'static Rule, Finding)>) -> Vec<Diagnosis> {
    let severity = |rule: &Rule, finding: &Finding| finding.severity.unwrap_or(rule.severity);
    // A text that tells nothing is no finding once something else tells.
    let telling = findings
        .iter()
        .any(|(rule, finding)| !matches!(rule.id, INSUFFICIENT | OLD_VERSION) && severity(rule, finding).is_problem());
    findings.retain(|(rule, _)| rule.id != INSUFFICIENT || !telling);

    let mut diagnoses: Vec<Diagnosis> = findings
        .into_iter()
        .map(|(rule, finding)| {
            let severity = severity(rule, &finding);
            Diagnosis { rule, finding, severity, explains: Vec::new() }
        })
        .collect();
    diagnoses.sort_by_key(|diagnosis| (diagnosis.severity, diagnosis.finding.confidence));

    // Each symptom stands below the first cause that explains it. Going through the causes in rank order, a cause
    // that is itself a symptom keeps its place below its own cause.
    let ids: Vec<&'static str> = diagnoses.iter().map(|diagnosis| diagnosis.rule.id).collect();
    let severities: Vec<Severity> = diagnoses.iter().map(|diagnosis| diagnosis.severity).collect();
    let mut cause: Vec<Option<usize>> = vec![None; diagnoses.len()];
    for (index, diagnosis) in diagnoses.iter_mut().enumerate() {
        for symptom in diagnosis.rule.explains {
            let Some(at) = ids.iter().position(|id| id == symptom) else { continue };
            let milder = severities.get(index) > severities.get(at);
            if at == index || milder || leads_to(&cause, index, at) {
                continue;
            }
            diagnosis.explains.push(*symptom);
            if let Some(slot) = cause.get_mut(at)
                && slot.is_none()
            {
                *slot = Some(index);
            }
        }
    }
    let mut order = Vec::with_capacity(diagnoses.len());
    for root in (0..diagnoses.len()).filter(|&index| cause.get(index).is_some_and(Option::is_none)) {
        place(root, &cause, &mut order);
    }
    let mut slots: Vec<Option<Diagnosis>> = diagnoses.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| slots.get_mut(index)?.take()).collect()
}

/// Whether `from` is a direct or indirect symptom of `to`.
fn leads_to(cause: &[Option<usize>], from: usize, to: usize) -> bool {
    let mut at = Some(from);
    while let Some(index) = at {
        if index == to {
            return true;
        }
        at = cause.get(index).copied().flatten();
    }
    false
}

fn place(index: usize, cause: &[Option<usize>], order: &mut Vec<usize>) {
    order.push(index);
    for symptom in (0..cause.len()).filter(|&at| cause.get(at) == Some(&Some(index))) {
        place(symptom, cause, order);
    }
}

/// An old version may well run into the fault that the text does not name; it does not explain it.
const OLD_VERSION: &str = "client-version-retired";

/// The one diagnosis that steps back for any other.
const INSUFFICIENT: &str = "evidence-insufficient";
