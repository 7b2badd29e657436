//! Lists held against what is needed, as the page draws them: not part of the contract.

use crate::allow_list::{Check, Pasted, Remark, Row};
use crate::facts::Facts;
use serde::{Deserialize, Serialize};

/// What lists let through of what is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListCheck {
    /// Ids of the artifacts that were taken together.
    pub artifacts: Vec<String>,
    /// plain | csv | squid | palo-alto | fortigate | zscaler | blue-coat | azure-firewall | umbrella | pac
    pub product: String,
    /// What to call it in a sentence: "a Squid configuration".
    pub product_name: String,
    /// What its wildcards mean, without a full stop.
    pub wildcards: String,
    /// chosen | syntax | said | assumed
    pub how_known: String,
    /// By what the product became known, in one sentence.
    pub why_known: String,
    /// worldwide | china | usgov-gcch | usgov-dod
    pub cloud: String,
    /// Every host that counts is covered.
    pub complete: bool,
    /// Entries of the lists.
    pub entries: usize,
    /// One per host: what counts first, then what is worth adding, then what belongs to old builds.
    pub rows: Vec<ListRow>,
    /// About the lists as a whole.
    pub remarks: Vec<ListRemark>,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListRow {
    /// Host, or pattern where the name varies.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// What for.
    pub purpose: String,
    /// required | feature | legacy | community-reported
    pub need: String,
    /// counts | extra | old: what it means when it is missing.
    pub weight: String,
    /// covered | covered-except-apex | not-covered | denied-first | undecidable
    pub verdict: String,
    /// Whether it makes the list incomplete.
    pub is_gap: bool,
    /// The entry that decides, as written.
    pub entry: Option<String>,
    /// Id of the artifact in which the deciding place stands.
    pub artifact: Option<String>,
    /// Its line, 1-based, in the file as given.
    pub line: Option<usize>,
    /// Its first byte in the file as given, 0-based.
    pub byte: Option<u64>,
    /// One past its last byte.
    pub byte_end: Option<u64>,
    /// One sentence.
    pub why: String,
    /// What to add, in the syntax of the product.
    pub add: Option<String>,
    /// The same as it is pasted, where an entry takes several lines.
    pub lines: Option<String>,
}

/// Something about the lists as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListRemark {
    /// 1-based, where there is one.
    pub line: Option<usize>,
    /// What was found, and what it means.
    pub what: String,
}

/// A check of a text of its own, such as one typed into a form: places have a line and no artifact.
pub fn check(check: &Check) -> ListCheck {
    filled(check, Vec::new(), |_| (None, None, None))
}

/// A check of lists among the pasted artifacts.
pub fn pasted(facts: &Facts, pasted: &Pasted) -> ListCheck {
    let id = |index: usize| facts.artifacts.get(index).map(|artifact| artifact.id.clone());
    let artifacts = pasted.artifacts.iter().filter_map(|index| id(*index)).collect();
    filled(&pasted.check, artifacts, |row| {
        let Some(place) = row.place else { return (None, None, None) };
        let source = facts.artifacts.get(place.span.artifact).and_then(|artifact| facts.sources.get(artifact.source));
        let byte = |offset| source.map(|source| source.position(offset).byte);
        (id(place.span.artifact), byte(place.span.start), byte(place.span.end))
    })
}

fn filled(
    check: &Check,
    artifacts: Vec<String>,
    place: impl Fn(&Row) -> (Option<String>, Option<u64>, Option<u64>),
) -> ListCheck {
    let row = |row: &Row| {
        let (artifact, byte, byte_end) = place(row);
        ListRow {
            host: row.host.to_owned(),
            port: row.port,
            purpose: row.purpose.to_owned(),
            need: row.need.id().to_owned(),
            weight: row.weight.id().to_owned(),
            verdict: row.verdict.id().to_owned(),
            is_gap: row.is_gap,
            entry: row.entry.clone(),
            artifact,
            line: row.place.map(|place| place.line),
            byte,
            byte_end,
            why: row.why.clone(),
            add: row.add.clone(),
            lines: row.lines.clone(),
        }
    };
    let remark = |remark: &Remark| ListRemark { line: remark.line, what: remark.what.clone() };
    ListCheck {
        artifacts,
        product: check.product.id().to_owned(),
        product_name: check.product.name().to_owned(),
        wildcards: check.product.wildcards().to_owned(),
        how_known: check.how_known.id().to_owned(),
        why_known: check.why_known.clone(),
        cloud: check.cloud.id().to_owned(),
        complete: check.complete,
        entries: check.entries,
        rows: check.rows.iter().map(row).collect(),
        remarks: check.remarks.iter().map(remark).collect(),
    }
}
