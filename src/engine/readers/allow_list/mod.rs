//! Lists of hosts or rules that a proxy or firewall lets through: a list of names, a Palo Alto dynamic list, a
//! table with columns, a part of squid.conf. What a wildcard means depends on the product that reads the list.

mod coverage;
mod lines;
mod pattern;
mod squid;

pub use coverage::Coverage;
pub use pattern::Shape;
pub use squid::{Acl, AclKind, HttpAccess, SquidRules};

use crate::artifact::{Kind, Part, Problem, Span};
use crate::detect::Score;
use crate::readers::{Reader, Reading, Value};

/// The reader.
pub const READER: Reader = Reader { name: "allow_list", score, read };

/// What the list lets through.
#[derive(Clone, Debug, Default)]
pub struct AllowList {
    /// Whose meaning of wildcards holds.
    pub product: Product,
    /// The entries, in the order of the list, at most [`AllowList::MAX_ENTRIES`].
    pub entries: Vec<Entry>,
    /// For squid.conf: the rules that use the entries.
    pub squid: Option<SquidRules>,
    /// The words around the entries speak of blocking: this is no allow-list.
    pub blocks: bool,
    /// The list is longer than what was kept.
    pub cut: bool,
}

impl AllowList {
    /// How many entries are kept.
    pub const MAX_ENTRIES: usize = 20_000;
}

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// What it covers.
    pub shape: Shape,
    /// Whether it lets through or refuses.
    pub action: Action,
    /// The ports it is limited to; empty for any.
    pub ports: Vec<u16>,
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lets through.
    Allow,
    /// Refuses.
    Deny,
}

/// Whose meaning of wildcards holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Product {
    /// Not known: `*.x` is read as everything below `x`, without `x` itself.
    #[default]
    Unknown,
    /// Palo Alto URL category or external dynamic list: `*.x` is everything below `x`, without `x` itself; `^.x`
    /// is exactly one label below.
    PaloAlto,
    /// Squid: `.x` is `x` and everything below it; a star is no wildcard in `dstdomain`.
    Squid,
    /// Azure Firewall application rule: `*.x` is everything below `x`, without `x` itself.
    AzureFirewall,
    /// Cisco Umbrella destination list: `x` is `x` and everything below it; a star is not supported.
    Umbrella,
}

impl Product {
    /// The name of the product, for a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "a plain list of names",
            Self::PaloAlto => "a Palo Alto URL list",
            Self::Squid => "a Squid configuration",
            Self::AzureFirewall => "an Azure Firewall rule",
            Self::Umbrella => "a Cisco Umbrella destination list",
        }
    }

    /// What its wildcards mean, for a sentence. For an unknown product it says what is assumed.
    pub fn wildcards(self) -> &'static str {
        match self {
            Self::Unknown => {
                "The product is not known. It is assumed that \"*.example.com\" covers the names below example.com \
                 and not example.com itself"
            }
            Self::PaloAlto | Self::AzureFirewall => {
                "There \"*.example.com\" covers the names below example.com, but not example.com itself"
            }
            Self::Squid => {
                "There \".example.com\" covers example.com and all names below it, \"example.com\" only that name, and \
                 \"*.example.com\" nothing"
            }
            Self::Umbrella => "There \"example.com\" covers all names below it as well, and a star is not supported",
        }
    }

    /// The entry that lets exactly this host through.
    pub fn entry_for_name(self, host: &str) -> String {
        match self {
            Self::PaloAlto => format!("{host}/"),
            Self::Squid => format!("acl entra_connect dstdomain {host}"),
            _ => host.to_owned(),
        }
    }

    /// The entry that lets everything below this name through.
    pub fn entry_for_zone(self, zone: &str) -> String {
        match self {
            Self::PaloAlto => format!("*.{zone}/"),
            Self::Squid => format!("acl entra_connect dstdomain .{zone}"),
            Self::Umbrella => zone.to_owned(),
            Self::Unknown | Self::AzureFirewall => format!("*.{zone}"),
        }
    }
}

fn score(part: &Part) -> Option<Score> {
    if let Some(why) = squid::recognise(part) {
        return Some(Score { value: 85, kind: Kind::AllowList, format: "squid-acl", why });
    }
    let survey = lines::survey(part)?;
    let value = if survey.format == "palo-alto-edl" { 60 } else { 55 };
    Some(Score { value, kind: Kind::AllowList, format: survey.format, why: survey.why })
}

fn read(part: &Part, score: &Score) -> Reading {
    let mut problems = Problems::default();
    let list = if score.format == "squid-acl" || squid::recognise(part).is_some() {
        squid::read(part, &mut problems)
    } else {
        lines::read(part, &mut problems)
    };
    Reading { value: Value::AllowList(Box::new(list)), problems: problems.first, skipped_lines: problems.count }
}

/// The lines that could not be used.
#[derive(Debug, Default)]
struct Problems {
    first: Vec<Problem>,
    count: usize,
}

impl Problems {
    fn add(&mut self, span: Span, what: &str) {
        self.count += 1;
        if self.first.len() < crate::artifact::Artifact::MAX_PROBLEMS {
            self.first.push(Problem { span, what: what.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests;
