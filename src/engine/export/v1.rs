//! `advisor-report/1`: frozen. Fields are never renamed or removed; unknown values are `null`.

use serde::{Deserialize, Serialize};

/// The whole report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always "advisor-report/1".
    pub schema: String,
    /// The engine that wrote it.
    pub engine: Engine,
    /// The cloud it is about.
    pub cloud: Cloud,
    /// What was given.
    pub artifacts: Vec<Artifact>,
    /// Ranked.
    pub diagnoses: Vec<Diagnosis>,
    /// Required endpoints of the cloud, and those of the catalogue that were seen.
    pub endpoints: Vec<Endpoint>,
    /// Stages of the wizard and of sync.
    pub phases: Vec<Phase>,
    /// What the evidence does not cover.
    pub not_checked: Vec<NotChecked>,
    /// What to collect next, most telling first.
    pub ask_for: Vec<AskFor>,
}

/// The engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Engine {
    /// Version of the package.
    pub version: String,
    /// Date of the catalogues, "2026-11-22".
    pub catalog_date: String,
}

/// The cloud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloud {
    /// worldwide | china | usgov-gcch | usgov-dod | germany
    pub id: String,
    /// chosen | detected | assumed
    pub how: String,
    /// One sentence.
    pub why: String,
}

/// One artifact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Artifact {
    /// "a1", "a1.2"
    pub id: String,
    /// Begins with the name of the input.
    pub name: String,
    /// One of the contract's kinds.
    pub kind: String,
    /// The dialect.
    pub format: String,
    /// certain | likely | possible: how sure the recognition is.
    pub confidence: String,
    /// "UTF-8", "UTF-16LE", …
    pub encoding: String,
    /// Length in bytes of the input's own bytes.
    pub bytes: usize,
    /// Number of lines.
    pub lines: usize,
    /// Lines that the reader could not use.
    pub skipped_lines: usize,
    /// First time stamp as written.
    pub first_time: Option<String>,
    /// Last time stamp as written.
    pub last_time: Option<String>,
}

/// One diagnosis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Public id.
    pub id: String,
    /// Headline.
    pub title: String,
    /// error | warning | info | ok
    pub severity: String,
    /// certain | likely | possible
    pub confidence: String,
    /// signed-in-user | sync-service-account | browser-window | any
    pub context: String,
    /// What was found and why it breaks Entra Connect.
    pub summary: String,
    /// One primary place, then related ones.
    pub evidence: Vec<Evidence>,
    /// How to fix it.
    pub steps: Vec<Step>,
    /// Ids of symptoms of this one.
    pub explains: Vec<String>,
    /// Article and section, or vendor document.
    pub source: String,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the artifact.
    pub artifact: String,
    /// 1-based, in the file as given.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// Line of the last character.
    pub end_line: usize,
    /// One past the column of the last character.
    pub end_column: usize,
    /// 0-based offset into the bytes as given.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// primary | related
    pub role: String,
    /// What this place shows.
    pub note: String,
    /// The lines it stands on, at most 300 characters of them.
    pub excerpt: String,
}

/// One step of a fix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// server-admin | network-team | identity-admin
    pub who: String,
    /// What to do.
    pub text: String,
    /// What to type or paste.
    pub command: Option<String>,
    /// How to see that it worked.
    pub verify: Option<String>,
}

/// One endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Host, or pattern where the name varies.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// What for.
    pub purpose: String,
    /// required | feature | legacy | ignorable
    pub need: String,
    /// connect | configure | initial-sync | sync
    pub phases: Vec<String>,
    /// reached | refused | auth-required | failed | not-seen
    pub state: String,
    /// Requests seen.
    pub requests: usize,
    /// First time stamp as written.
    pub first_time: Option<String>,
    /// Last time stamp as written.
    pub last_time: Option<String>,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// connect | configure | initial-sync | sync
    pub id: String,
    /// complete | incomplete | not-seen
    pub state: String,
    /// What did not come.
    pub missing: Vec<String>,
}

/// Something the evidence does not cover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotChecked {
    /// What.
    pub what: String,
    /// Why not.
    pub why: String,
}

/// Something to collect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskFor {
    /// What.
    pub what: String,
    /// What it would tell.
    pub why: String,
    /// How to get it: a path or a command.
    pub how: String,
}

/// What the page needs beside the report to draw it: not part of the contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The public report.
    pub report: Report,
    /// One per artifact of the report, in the same order.
    pub cards: Vec<Card>,
}

/// What the page needs to draw an artifact card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Id of the artifact.
    pub artifact: String,
    /// Index of the input it came from, in the order in which the inputs were given.
    pub input: usize,
    /// By what it was recognised.
    pub why: String,
    /// First line in the input, 1-based.
    pub first_line: usize,
    /// Last line in the input, 1-based.
    pub last_line: usize,
    /// Places that could not be read: line and reason.
    pub problems: Vec<(usize, String)>,
}
