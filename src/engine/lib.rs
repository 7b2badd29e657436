//! The engine of the Entra Connect Connectivity Advisor: a pure function from the bytes a customer sent to a report
//! that a support engineer can act on.
//!
//! # The way of the data
//!
//! ```text
//! Input { name, bytes }
//!   -> source    decode; every offset leads back to the user's own bytes
//!   -> segment   a mail with a config block, log lines and an error in it becomes several artifacts
//!   -> detect    every reader scores a part, the best wins
//!   -> readers   plain data with spans, and what could not be read
//!   -> facts     one store over all artifacts; which cloud it is about
//!   -> rules     diagnoses with evidence
//!   -> report    rank, what explains what, coverage, what was not checked, what to ask for
//!   -> export    JSON (`advisor-report/1`), text, and what the page draws
//! ```
//!
//! Four shelves hold what grows: [`formats`] (log dialects), [`errors`] (known errors), [`endpoints`] (hosts of each
//! cloud) and [`rules`] (diagnoses). The `mod.rs` of each says how to add an item.
//!
//! # What is always true
//!
//! * [`analyze`] cannot fail and does not panic, whatever the bytes. There is no IO, no clock, no randomness.
//! * Reading gives a value and a list of problems; a line that cannot be used is counted, never dropped in silence.
//! * A [`artifact::Span`] refers to the artifact as the user gave it. Nothing rewrites an artifact.
//! * `detect` and `facts` know no vendor. `rules` never see raw text, and never set rank, colour or markup.
//! * A [`rules::Finding`] cannot be built without evidence. "Not collected" is never shown as "fine".
//! * The same inputs give the same report, byte for byte, in whatever order they are given.
//! * Only [`export`] serialises.

pub mod advice;
pub mod allow_list;
pub mod artifact;
pub mod characters;
pub mod collect;
pub mod coverage;
pub mod detect;
pub mod effective_proxy;
pub mod endpoints;
pub mod errors;
pub mod export;
pub mod facts;
pub mod fix;
pub mod formats;
pub mod hand_tests;
pub mod host_port;
pub mod intake;
pub mod layers;
pub mod lines;
mod phrases;
pub mod readers;
pub mod report;
pub mod rules;
pub mod segment;
pub mod slips;
pub mod source;
pub mod stages;
pub mod timeline;
pub mod traffic;
pub mod unpack;

use artifact::Kind;
use endpoints::Cloud;

/// One thing the user gave: a file, or the content of the paste box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// File name, or the page's name for the paste box.
    pub name: String,
    /// The bytes as given.
    pub bytes: Vec<u8>,
    /// Corrections by the user: the part that begins at this 1-based line is of this kind.
    pub corrections: Vec<(usize, Kind)>,
}

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The cloud, or `None` to detect it.
    pub cloud: Option<Cloud>,
    /// Optional features in use, by public id.
    pub features: Vec<String>,
}

/// Analyses what the user gave. A pure function: it cannot fail, and the same inputs give the same report, in
/// whatever order they are given.
pub fn analyze(inputs: &[Input], options: &Options) -> report::Report {
    let mut analysis = intake::Analysis::new(options);
    for input in inputs {
        analysis.open(&input.name, &input.corrections);
        analysis.push(&input.bytes);
        analysis.close();
    }
    analysis.report()
}

impl intake::Analysis {
    /// What the inputs say as far as they have come. The order in which they came changes nothing.
    pub fn report(&self) -> report::Report {
        let (taken, options) = self.taken();
        let (facts, order) = collect::collect(taken, options);
        report::report(facts, order)
    }
}

/// [`analyze`], as the page and the command line take it.
pub fn answer(inputs: &[Input], options: &Options) -> export::v1::Answer {
    export::answer(&analyze(inputs, options))
}
