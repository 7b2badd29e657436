//! Whether a list lets a host through.

use super::pattern::{self, Covers};
use super::{Action, AllowList, Entry, Shape};

/// Whether a list lets a host through. The numbers are indices into [`AllowList::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// This entry lets it through.
    Covered(usize),
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
    /// No entry concerns it.
    NotCovered,
    /// The list does not tell.
    Undecidable,
}

/// How many entries are compared for spelling.
const SPELLED: usize = 2000;

/// Names that stood in the article by mistake, and the right ones.
const ONCE_PRINTED: &[(&str, &str)] = &[("entrust.com", "entrust.net")];

impl AllowList {
    /// Whether the list lets this host through on this port. The host is lower case and may be a family, such as
    /// `*-anchor.microsoftonline.com`.
    pub fn coverage(&self, host: &str, port: u16) -> Coverage {
        let found = match &self.squid {
            Some(rules) => rules.coverage(&self.entries, host, port),
            None => self.first_match(host, port),
        };
        match found {
            Coverage::NotCovered if self.cut => Coverage::Undecidable,
            Coverage::NotCovered => misspelt(&self.entries, host).map_or(found, Coverage::Misspelt),
            _ => found,
        }
    }

    fn first_match(&self, host: &str, port: u16) -> Coverage {
        let mut near = None;
        let mut unsure = false;
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.action == Action::Deny && matches!(entry.shape, Shape::Everything) {
                break;
            }
            let on_port = entry.ports.is_empty() || entry.ports.contains(&port);
            match (pattern::covers(&entry.shape, self.product, host), entry.action) {
                (Covers::Yes, Action::Allow) if on_port => return Coverage::Covered(index),
                (Covers::Yes, Action::Deny) if on_port => return Coverage::DeniedFirst(index),
                (Covers::Yes, Action::Allow) => near = near.or(Some(Coverage::WrongPort(index))),
                (Covers::Unsure, _) => unsure = true,
                (miss, Action::Allow) => near = near.or(near_miss(miss, index)),
                _ => {}
            }
        }
        if unsure { Coverage::Undecidable } else { near.unwrap_or(Coverage::NotCovered) }
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
        printed || (names.iter().any(|name| within_two(written, name)) && !known())
    })
}

/// Whether two names differ by one or two letters.
fn within_two(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 2 || a.len() > 80 || a == b {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, &above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != y)).min(above + 1).min(left + 1);
            diagonal = above;
            next.push(left);
        }
        if next.iter().all(|&distance| distance > 2) {
            return false;
        }
        row = next;
    }
    row.last().is_some_and(|&distance| distance <= 2)
}
