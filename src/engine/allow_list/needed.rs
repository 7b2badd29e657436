//! What a network has to let through for Entra Connect in a cloud, host by host.

use crate::endpoints::{self, Cloud, Endpoint, Need, Role, catalogue};

/// One host that has to be reachable.
#[derive(Clone, Copy, Debug)]
pub struct Needed {
    /// A name, a family of names (`*-anchor.microsoftonline.com`), or a whole zone (`*.microsoftonline.com`).
    pub host: &'static str,
    /// TCP port.
    pub port: u16,
    /// Its row of the catalogue.
    pub row: &'static Endpoint,
    /// What it means when it is missing.
    pub weight: Weight,
}

/// What it means when a list does not cover a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The list is incomplete.
    Counts,
    /// Worth adding; no reason to call the list incomplete.
    Extra,
    /// Only builds or issuers of the past called it.
    Old,
}

impl Weight {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Extra => "extra",
            Self::Old => "old",
        }
    }
}

/// The hosts for this cloud and these features (public ids), what counts first, otherwise in the order of the
/// catalogue. Of the closed cloud: those of the cloud its tenants were moved to.
pub fn needed(cloud: Cloud, features: &[String]) -> Vec<Needed> {
    let mut all: Vec<Needed> = Vec::new();
    let cloud = cloud.in_service();
    for row in catalogue().filter(|row| row.cloud == cloud && row.role != Role::Alias) {
        let own = if row.hosts.is_empty() { std::slice::from_ref(&row.pattern) } else { row.hosts };
        for &host in own {
            let Some(weight) = weight(row, host, features) else { continue };
            let one = Needed { host, port: row.port, row, weight };
            match all.iter_mut().find(|known| known.host == host && known.port == row.port) {
                Some(known) if known.weight > weight => *known = one,
                Some(_) => {}
                None => all.push(one),
            }
        }
    }
    all.sort_by_key(|needed| needed.weight);
    all
}

fn weight(row: &Endpoint, host: &str, features: &[String]) -> Option<Weight> {
    match row.need {
        Need::Required if row.hosts.is_empty() || row.phases.is_empty() => Some(Weight::Extra),
        // The issuers that the article lists answer for most certificates.
        Need::Required if row.role == Role::Revocation && !in_article(host) => Some(Weight::Extra),
        // Microsoft's own minimum for Entra Connect in China (additional endpoints of Microsoft 365, row 20, 2025-01-08)
        // leaves the newer content hosts out, and so does the article; pages about modules of Entra Connect ask for
        // them in the other clouds.
        Need::Required if row.cloud == Cloud::China && row.role == Role::SignInContent && !in_article(host) => {
            Some(Weight::Extra)
        }
        Need::Required => Some(Weight::Counts),
        Need::Feature => {
            row.features.iter().any(|feature| features.iter().any(|used| used == feature)).then_some(Weight::Counts)
        }
        Need::Legacy => (!row.phases.is_empty()).then_some(Weight::Old),
        Need::CommunityReported => Some(Weight::Extra),
        Need::Ignorable => None,
    }
}

/// Whether the table of any edition of the article names the host.
fn in_article(host: &str) -> bool {
    endpoints::all().any(|row| row.source.starts_with("tshoot-connect-connectivity") && row.hosts.contains(&host))
}

impl Needed {
    /// Whether sync or sign-in stops without the host.
    pub fn blocks_sync(&self) -> bool {
        matches!(self.row.role, Role::SignIn | Role::SyncService | Role::RegionalSync | Role::Graph)
    }

    /// Whether it stands for a whole zone whose hosts have rows of their own, or that nobody publishes.
    pub fn is_zone(&self) -> bool {
        self.row.hosts.is_empty()
    }
}
