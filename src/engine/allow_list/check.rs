//! Lists held against what is needed.

use super::needed::{Needed, Weight, needed};
use super::words;
use crate::artifact::{Part, Span};
use crate::endpoints::{Cloud, Need};
use crate::readers::allow_list::{AllowList, Coverage, HowKnown, Product, read_text};
use crate::source::Source;

/// What lists let through of what is needed.
#[derive(Clone, Debug)]
pub struct Check {
    /// Whose meaning of wildcards was applied.
    pub product: Product,
    /// How the product became known.
    pub how_known: HowKnown,
    /// By what, in one sentence.
    pub why_known: String,
    /// The cloud whose hosts were looked for.
    pub cloud: Cloud,
    /// Every host that counts is covered.
    pub complete: bool,
    /// Entries of the lists.
    pub entries: usize,
    /// One per host: what counts first, then what is worth adding, then what belongs to old builds.
    pub rows: Vec<Row>,
    /// What there is to say about the list as a whole: another product's syntax, a file that is missing, an error.
    pub remarks: Vec<Remark>,
}

/// One host.
#[derive(Clone, Debug)]
pub struct Row {
    /// A name, a family of names (`*-anchor.microsoftonline.com`), or a whole zone (`*.microsoftonline.com`).
    pub host: &'static str,
    /// TCP port.
    pub port: u16,
    /// What for.
    pub purpose: &'static str,
    /// How much it is needed.
    pub need: Need,
    /// What it means when it is missing.
    pub weight: Weight,
    /// What the lists do with it.
    pub verdict: Verdict,
    /// Whether it makes the list incomplete.
    pub is_gap: bool,
    /// The entry that decides, as written.
    pub entry: Option<String>,
    /// Where that entry stands.
    pub place: Option<Place>,
    /// One sentence: why.
    pub why: String,
    /// The entry to add, in the syntax of the product.
    pub add: Option<String>,
    /// The same as it is pasted, where an entry takes several lines.
    pub lines: Option<String>,
}

/// What a list does with a host. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It lets the host through.
    Covered,
    /// It lets the names below the host through, and not the host itself, which is the one that is called.
    CoveredExceptApex,
    /// It does not let the host through.
    NotCovered,
    /// An entry refuses the host before another could let it through.
    DeniedFirst,
    /// The list does not tell.
    Undecidable,
}

impl Verdict {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::CoveredExceptApex => "covered-except-apex",
            Self::NotCovered => "not-covered",
            Self::DeniedFirst => "denied-first",
            Self::Undecidable => "undecidable",
        }
    }
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The entry.
    pub span: Span,
    /// Its line, 1-based, in the input as given.
    pub line: usize,
}

/// Something about the list as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Line, 1-based, where there is one.
    pub line: Option<usize>,
    /// What was found, and what it means.
    pub what: String,
}

/// One needed host and what lists do with it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The host.
    pub needed: Needed,
    /// What is done with it.
    pub coverage: Coverage,
    /// Index of the list that `coverage` is about.
    pub list: usize,
}

impl Found {
    /// Whether it makes a list incomplete. What is merely worth adding does so only where the list means to have it.
    pub fn is_gap(&self) -> bool {
        let missed = !self.coverage.is_covered() && !self.coverage.is_open();
        match self.needed.weight {
            Weight::Counts => missed,
            Weight::Extra => {
                let is_meant = self.coverage.entry().is_some() && self.needed.row.need == Need::Required;
                missed && is_meant && !self.needed.is_zone()
            }
            Weight::Old => false,
        }
    }
}

/// Holds a text against what is needed in a cloud with these features (public ids). Without a product it is
/// recognised.
pub fn check(text: &str, product: Option<Product>, cloud: Cloud, features: &[String]) -> Check {
    let source = Source::decode("list", text.as_bytes());
    let (list, skipped) = read_text(&Part::whole(&source), product);
    let line_of = |span: Span| source.position(span.start).line;
    let mut remarks: Vec<Remark> = remarks_of(&list, line_of);
    if list.entries.is_empty() && list.script().is_none() {
        remarks.insert(0, Remark { line: None, what: "There is no entry in it that names a host.".to_owned() });
    } else if skipped > 0 {
        let what = format!("{skipped} lines are no entries and were left out.");
        remarks.push(Remark { line: None, what });
    }
    let found = measure(&[&list], cloud, features);
    Check {
        product: list.product,
        how_known: list.how_known,
        why_known: list.why_known.clone(),
        cloud: cloud.in_service(),
        complete: complete(&found),
        entries: list.entries.len(),
        rows: rows_of(&found, &[&list], line_of),
        remarks,
    }
}

/// Whether every host that counts is covered, and none of them stays open.
pub fn complete(found: &[Found]) -> bool {
    found.iter().all(|found| !found.is_gap() && (found.needed.weight != Weight::Counts || !found.coverage.is_open()))
}

/// What the lists together do with each host that is needed: one list may have the names and another one the
/// certificate hosts, so the best counts.
pub fn measure(lists: &[&AllowList], cloud: Cloud, features: &[String]) -> Vec<Found> {
    needed(cloud, features).into_iter().map(|needed| found_in(needed, lists)).collect()
}

/// What the lists together do with one host.
pub fn found_in(needed: Needed, lists: &[&AllowList]) -> Found {
    let mut best = Found { needed, coverage: Coverage::NotCovered, list: 0 };
    for (list, allow) in lists.iter().enumerate() {
        let coverage = allow.coverage(needed.host, needed.port);
        if rank(coverage) < rank(best.coverage) {
            best = Found { coverage, list, ..best };
        }
    }
    best
}

fn rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::Covered(_) | Coverage::LetThrough(_) => 0,
        Coverage::Undecidable(_) => 1,
        Coverage::NotCovered => 3,
        _ => 2,
    }
}

/// The rows of a check.
pub fn rows_of(found: &[Found], lists: &[&AllowList], line_of: impl Fn(Span) -> usize) -> Vec<Row> {
    let row = |one: &Found| {
        let list = lists.get(one.list)?;
        let entry = one.coverage.entry().and_then(|index| list.entries.get(index));
        let span = entry.map(|entry| entry.span).or(one.coverage.span());
        let verdict = verdict(one.coverage);
        let is_missed = matches!(verdict, Verdict::NotCovered | Verdict::CoveredExceptApex);
        Some(Row {
            host: one.needed.host,
            port: one.needed.port,
            purpose: one.needed.row.purpose,
            need: one.needed.row.need,
            weight: one.needed.weight,
            verdict,
            is_gap: one.is_gap(),
            entry: entry.map(|entry| entry.text.clone()),
            place: span.map(|span| Place { span, line: line_of(span) }),
            why: words::note(one, list),
            add: is_missed.then(|| list.product.entry_for(one.needed.host)),
            lines: is_missed.then(|| list.product.lines_for(one.needed.host)),
        })
    };
    found.iter().filter_map(row).collect()
}

/// What there is to say about a list as a whole.
pub fn remarks_of(list: &AllowList, line_of: impl Fn(Span) -> usize) -> Vec<Remark> {
    list.remarks
        .iter()
        .chain(&list.foreign)
        .map(|remark| Remark { line: Some(line_of(remark.span)), what: remark.what.clone() })
        .collect()
}

fn verdict(coverage: Coverage) -> Verdict {
    match coverage {
        Coverage::Covered(_) | Coverage::LetThrough(_) => Verdict::Covered,
        Coverage::ApexMissed(_) => Verdict::CoveredExceptApex,
        Coverage::DeniedFirst(_) | Coverage::Refused(_) => Verdict::DeniedFirst,
        Coverage::Undecidable(_) => Verdict::Undecidable,
        Coverage::SubdomainsMissed(_)
        | Coverage::FixedRegion(_)
        | Coverage::DeadPattern(_)
        | Coverage::WrongPort(_)
        | Coverage::Misspelt(_)
        | Coverage::OtherWay(_)
        | Coverage::NotCovered => Verdict::NotCovered,
    }
}
