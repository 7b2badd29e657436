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
    pub bytes: u64,
    /// Number of lines.
    pub lines: u64,
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
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
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
    /// What each Entra Connect server did over time, log by log.
    pub timelines: Vec<Timeline>,
    /// Pasted allow-lists and proxy scripts, host by host.
    pub allow_lists: Vec<super::allow_list::ListCheck>,
    /// Corrected configurations, and the proxy of every required endpoint.
    pub configuration: super::config::Configuration,
    /// Who reads which proxy, and what was tried by hand.
    #[serde(default)]
    pub layers: super::layers::Layers,
    /// How far the wizard came, and what the event log tells.
    #[serde(default)]
    pub stages: super::stages::Stages,
}

/// The calls of one Entra Connect server in one log, over time. Seconds count from `start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Id of the artifact.
    pub artifact: String,
    /// Address or name of the server, where the log has it.
    pub client: Option<String>,
    /// Time of the first record, as written; empty when the log has no times.
    pub start: String,
    /// Time of the last record, as written; empty when the log has no times.
    pub end: String,
    /// Whether the log tells the zone of its times.
    pub zone_known: bool,
    /// The calls have no times that could be compared: there is one bin for each call, in the order of the log, and
    /// all "seconds" of this timeline are numbers of bins.
    pub ordered_only: bool,
    /// From the first to the last record.
    pub seconds: i64,
    /// How many bins there are.
    pub bins: usize,
    /// Width of a bin in seconds.
    pub bin_seconds: i64,
    /// Where bin 0 begins, in seconds: 0 or less, since bins lie on a fixed grid.
    pub bin_start: i64,
    /// One per host, in the order in which Entra Connect calls them.
    pub rows: Vec<TimelineRow>,
    /// Hosts for which there was no room.
    pub rows_left_out: usize,
    /// Stages of the wizard and of sync, oldest first.
    pub sessions: Vec<TimelineSession>,
    /// Silences of the server that stand out, from and to: ten minutes and more or, where it syncs in cycles, once and
    /// a half the usual distance of two cycles and more.
    pub gaps: Vec<(i64, i64)>,
}

/// One host of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// The host.
    pub host: String,
    /// What for.
    pub purpose: String,
    /// required | feature | legacy | ignorable
    pub need: String,
    /// Requests.
    pub total: usize,
    /// Requests that were refused or failed on their way; not the 407s that led to a sign-in.
    pub refused: usize,
    /// Bins in which something happened, in order.
    pub cells: Vec<TimelineCell>,
}

/// What happened to one host in one bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineCell {
    /// Number of the bin, from 0.
    pub bin: usize,
    /// Requests that were answered.
    pub reached: u32,
    /// Requests that were refused or failed on their way.
    pub refused: u32,
    /// 407s that led to a sign-in: steps of it.
    pub asked: u32,
    /// Requests that the client gave up, or about whose end the log says nothing.
    pub other: u32,
    /// The first line that is kept of this bin, 1-based, in the file as given.
    pub line: Option<usize>,
}

/// One stage on a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineSession {
    /// Where it begins, in seconds.
    pub from: i64,
    /// Where its last call ends, in seconds.
    pub to: i64,
    /// connect | configure | initial-sync | sync
    pub phase: String,
    /// complete | incomplete
    pub state: String,
    /// What did not come.
    pub missing: Vec<String>,
    /// Host at which an incomplete stage stopped: the one that was refused, or the last one that was called.
    pub stopped_at: Option<String>,
}

/// What the page needs to draw an artifact card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Id of the artifact.
    pub artifact: String,
    /// Index of the input it came from, in the order in which the inputs were given.
    pub input: usize,
    /// The file in an archive.
    pub member: Option<String>,
    /// By what it was recognised.
    pub why: String,
    /// First line in the input, 1-based.
    pub first_line: usize,
    /// Last line in the input, 1-based.
    pub last_line: usize,
    /// Places that could not be read.
    pub problems: Vec<CardProblem>,
}

/// A place that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardProblem {
    /// 1-based, in the file as given; `None` where the problem is with the file as a whole.
    pub line: Option<usize>,
    /// 0-based offset into the bytes as given; in an archive, into those of the unpacked file.
    pub byte: u64,
    /// One past the last byte.
    pub byte_end: u64,
    /// What was found and what was expected.
    pub what: String,
}
