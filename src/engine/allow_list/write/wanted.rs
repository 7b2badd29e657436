//! The entries of a list to write: zones and names, without what another one covers.

use super::super::needed::{Needed, Weight, needed};
use crate::endpoints::{Cloud, Role};
use crate::readers::allow_list::below;
use std::collections::BTreeSet;

/// One entry.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// `microsoftonline.com`
    pub name: &'static str,
    /// Whether the names below it are wanted.
    pub below: bool,
    /// Whether the name itself is wanted.
    pub itself: bool,
    /// The ports on which it is called.
    pub ports: BTreeSet<u16>,
    /// What for.
    pub purpose: Vec<&'static str>,
    /// The hosts behind it, where they are others than its name.
    pub hosts: Vec<&'static str>,
    /// The heading it stands under.
    pub section: Section,
}

/// The headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    SignInAndSync,
    Content,
    Certificates,
    Features,
    Old,
}

impl Section {
    pub fn title(self) -> &'static str {
        match self {
            Self::SignInAndSync => "Sign-in, sync and Microsoft Graph",
            Self::Content => "Content of the sign-in window",
            Self::Certificates => "Certificate checks, port 80",
            Self::Features => "Optional features",
            Self::Old => "Only for builds or issuers of the past: remove the comment mark where you need them",
        }
    }
}

/// The entries, section by section, in the order of the catalogue.
pub(super) fn wanted(cloud: Cloud, features: &[String]) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for needed in needed(cloud, features) {
        let one = entry(&needed);
        match all.iter_mut().find(|known| known.name == one.name) {
            Some(known) => known.merge(&one),
            None => all.push(one),
        }
    }
    // What a wider zone covers stands with it, so that a product that warns about overlaps has none.
    let mut index = 0;
    while let Some(one) = all.get(index).cloned() {
        let covering =
            all.iter().enumerate().find(|(other, wide)| *other != index && wide.below && below(wide.name, one.name));
        match covering.map(|(other, _)| other) {
            Some(other) => {
                if let Some(wide) =
                    all.get_mut(other).filter(|wide| !(one.section == Section::Old && wide.section != Section::Old))
                {
                    wide.merge(&one);
                }
                all.remove(index);
                index = 0;
            }
            None => index += 1,
        }
    }
    all.sort_by_key(|wanted| wanted.section);
    all
}

fn entry(needed: &Needed) -> Wanted {
    let row = needed.row;
    let zone = row.pattern.strip_prefix("*.").or_else(|| Some(needed.host.split_once('*')?.1.split_once('.')?.1));
    let section = match row.role {
        _ if needed.weight == Weight::Old => Section::Old,
        Role::Feature => Section::Features,
        Role::Revocation => Section::Certificates,
        Role::SignInContent => Section::Content,
        _ => Section::SignInAndSync,
    };
    Wanted {
        name: zone.unwrap_or(needed.host),
        below: zone.is_some(),
        itself: zone.is_none_or(|zone| zone == needed.host),
        ports: BTreeSet::from([needed.port]),
        purpose: vec![row.purpose],
        hosts: vec![needed.host],
        section,
    }
}

impl Wanted {
    fn merge(&mut self, other: &Self) {
        if self.name == other.name {
            self.below |= other.below;
            self.itself |= other.itself;
        }
        self.section = self.section.min(other.section);
        self.ports.extend(&other.ports);
        let own_zone = other.name == self.name && other.hosts.iter().any(|host| host.starts_with("*."));
        for purpose in &other.purpose {
            if own_zone {
                self.purpose.retain(|known| known != purpose);
                self.purpose.insert(0, purpose);
            } else if !self.purpose.contains(purpose) {
                self.purpose.push(purpose);
            }
        }
        for host in &other.hosts {
            if !self.hosts.contains(host) {
                self.hosts.push(host);
            }
        }
    }

    /// What it is for, in a line: the purpose, and the hosts behind it.
    pub fn comment(&self) -> String {
        let hosts: Vec<&str> =
            self.hosts.iter().copied().filter(|host| *host != self.name && !host.starts_with("*.")).collect();
        let purpose = self.purpose.first().copied().unwrap_or_default();
        if hosts.is_empty() { purpose.to_owned() } else { format!("{purpose}: {}", hosts.join(", ")) }
    }
}
