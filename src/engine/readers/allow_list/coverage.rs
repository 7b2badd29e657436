//! Whether a list lets a host through.

use super::pattern::{self, Covers};
use super::{Action, AllowList, Entry, Rules, Shape};
use crate::artifact::Span;
use crate::slips::distance;

/// Whether a list lets a host through. The numbers are indices into [`AllowList::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// This entry lets it through.
    Covered(usize),
    /// No entry names it, and this place lets everything through that no entry names.
    LetThrough(Span),
    /// This entry covers the names below the host, but not the host itself.
    ApexMissed(usize),
    /// This entry names a host above it, and the product does not extend that to the names below.
    SubdomainsMissed(usize),
    /// This entry names one regional host, but the service hands out others too.
    FixedRegion(usize),
    /// This entry uses a wildcard that the product does not know.
    DeadPattern(usize),
    /// This entry lets it through on another port only.
    WrongPort(usize),
    /// This entry looks like the host, misspelt.
    Misspelt(usize),
    /// This entry refuses it before another lets it through.
    DeniedFirst(usize),
    /// This place refuses it.
    Refused(Span),
    /// This place sends it another way than the other hosts that the script names.
    OtherWay(Span),
    /// No entry concerns it.
    NotCovered,
    /// The list does not tell.
    Undecidable(Doubt),
}

/// Why a list does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The list is too long: not all of it was kept.
    Cut,
    /// What this entry means depends on the product, or on its version or mode.
    Product(usize),
    /// This expression could not be read.
    Expression(usize),
    /// Which hosts this tag or category has stands somewhere else.
    Set(usize),
    /// The names stand in another file, named here.
    File(Span),
    /// This line takes in other files.
    Include(Span),
    /// This rule depends on something that is not here: who asks, when, or a definition somewhere else.
    Rule(Span),
    /// The rules that use the names are not here, or not all of them.
    RulesMissing,
    /// The script asks for something that only the running machine knows.
    Script(Span),
    /// The script cannot be read from here on.
    Broken(Span),
}

impl Coverage {
    /// The entry it is about.
    pub fn entry(self) -> Option<usize> {
        match self {
            Self::Covered(index)
            | Self::ApexMissed(index)
            | Self::SubdomainsMissed(index)
            | Self::FixedRegion(index)
            | Self::DeadPattern(index)
            | Self::WrongPort(index)
            | Self::Misspelt(index)
            | Self::DeniedFirst(index)
            | Self::Undecidable(Doubt::Product(index) | Doubt::Expression(index) | Doubt::Set(index)) => Some(index),
            _ => None,
        }
    }

    /// The place it is about, where that is no entry.
    pub fn span(self) -> Option<Span> {
        match self {
            Self::LetThrough(span)
            | Self::Refused(span)
            | Self::OtherWay(span)
            | Self::Undecidable(
                Doubt::File(span)
                | Doubt::Include(span)
                | Doubt::Rule(span)
                | Doubt::Script(span)
                | Doubt::Broken(span),
            ) => Some(span),
            _ => None,
        }
    }

    /// Whether the host is let through.
    pub fn is_covered(self) -> bool {
        matches!(self, Self::Covered(_) | Self::LetThrough(_))
    }

    /// Whether the list does not tell.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Undecidable(_))
    }
}

/// How many entries are compared for spelling.
const SPELLED: usize = 2000;

/// Names that stood in the article by mistake, and the right ones.
const ONCE_PRINTED: &[(&str, &str)] = &[("entrust.com", "entrust.net")];

impl AllowList {
    /// Whether the list lets this host through on this port. The host is lower case and may be a family, such as
    /// `*-anchor.microsoftonline.com`, or a zone, such as `*.microsoftonline.com`.
    pub fn coverage(&self, host: &str, port: u16) -> Coverage {
        let found = match &self.rules {
            Rules::FirstMatch | Rules::ThenElsewhere => self.first_match(0..self.entries.len(), host, port),
            Rules::Rounds(rounds) => self.last_round(rounds, host, port),
            Rules::Squid(rules) => rules.coverage(&self.entries, host, port),
            Rules::Script(script) => return script.coverage(host, port),
        };
        match found {
            Coverage::NotCovered if self.cut => Coverage::Undecidable(Doubt::Cut),
            Coverage::NotCovered => misspelt(&self.entries, host).map_or(found, Coverage::Misspelt),
            _ => found,
        }
    }

    fn first_match(&self, range: std::ops::Range<usize>, host: &str, port: u16) -> Coverage {
        let mut near = None;
        let mut unsure = None;
        for (index, entry) in self.entries.iter().enumerate().take(range.end).skip(range.start) {
            let on_port = entry.ports.is_empty() || entry.ports.contains(&port);
            if entry.action == Action::Deny && matches!(entry.shape, Shape::Everything) {
                if on_port {
                    return unsure.map(Coverage::Undecidable).or(near).unwrap_or(Coverage::NotCovered);
                }
                continue;
            }
            match (pattern::covers(&entry.shape, self.product, host, port), entry.action) {
                (Covers::Yes, Action::Allow) if on_port => return Coverage::Covered(index),
                (Covers::Yes, Action::Deny) if on_port => return Coverage::DeniedFirst(index),
                (Covers::Yes, Action::Allow) => near = near.or(Some(Coverage::WrongPort(index))),
                (Covers::Unsure, _) => unsure = unsure.or(Some(doubt(&entry.shape, index))),
                (miss, Action::Allow) => near = near.or(near_miss(miss, index)),
                _ => {}
            }
        }
        unsure.map(Coverage::Undecidable).or(near).unwrap_or(Coverage::NotCovered)
    }

    /// Policies in layers: a later layer overrides an earlier one.
    fn last_round(&self, rounds: &[usize], host: &str, port: u16) -> Coverage {
        let mut best = Coverage::NotCovered;
        let mut start = 0;
        while let Some(round) = rounds.get(start) {
            let length = rounds.iter().skip(start).take_while(|other| *other == round).count();
            let found = self.first_match(start..start + length, host, port);
            let decides = found.is_covered() || found.is_open() || matches!(found, Coverage::DeniedFirst(_));
            if decides || (best == Coverage::NotCovered && found != Coverage::NotCovered) {
                best = found;
            }
            start += length;
        }
        best
    }
}

fn doubt(shape: &Shape, index: usize) -> Doubt {
    match shape {
        Shape::Regex(None, _) => Doubt::Expression(index),
        Shape::Set => Doubt::Set(index),
        _ => Doubt::Product(index),
    }
}

/// What is worth showing about an entry that nearly covers a host.
pub(super) fn near_miss(covers: Covers, index: usize) -> Option<Coverage> {
    match covers {
        Covers::ApexMissed => Some(Coverage::ApexMissed(index)),
        Covers::SubdomainsMissed => Some(Coverage::SubdomainsMissed(index)),
        Covers::FixedRegion => Some(Coverage::FixedRegion(index)),
        Covers::Dead => Some(Coverage::DeadPattern(index)),
        Covers::Yes | Covers::No | Covers::Unsure => None,
    }
}

/// The entry that comes within two letters of the host or of a name above it, and is no known host itself.
fn misspelt(entries: &[Entry], host: &str) -> Option<usize> {
    let names: Vec<&str> = std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, above)| above))
        .filter(|name| name.len() >= 12 && !name.contains('*'))
        .collect();
    entries.iter().take(SPELLED).position(|entry| {
        let Some(written) = pattern::literal(&entry.shape) else { return false };
        let printed = ONCE_PRINTED
            .iter()
            .any(|(wrong, right)| *wrong == written && (*right == host || pattern::below(right, host)));
        let known = || {
            crate::endpoints::find_host(written).is_some()
                || crate::endpoints::find_host(&format!("x.{written}")).is_some()
        };
        printed || (names.iter().any(|name| differs_a_little(written, name)) && !known())
    })
}

/// Whether two names differ by one or two letters.
fn differs_a_little(a: &str, b: &str) -> bool {
    a != b && distance(a.as_bytes(), b.as_bytes(), 2).is_some()
}
