//! The lists among what was pasted.

use super::check::{Check, Found, complete, measure, remarks_of, rows_of};
use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Role};
use crate::facts::{CloudHow, Facts};
use crate::readers::allow_list::{AllowList, Shape};
use std::collections::BTreeSet;

/// Lists that work together, held against what is needed.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// Indices of their artifacts.
    pub artifacts: Vec<usize>,
    /// What they let through.
    pub check: Check,
}

/// All pasted lists about Entra Connect together, since one may have the names and another one the certificate hosts;
/// then each proxy script on its own.
pub fn pasted(facts: &Facts) -> Vec<Pasted> {
    let lists = allowing(facts);
    let cloud = cloud_of(facts, &lists);
    let mut all = Vec::new();
    if let Some(leading) = lists.iter().position(|(_, list)| concerns_entra(list)) {
        all.push(one(facts, &lists, leading, cloud));
    }
    for (artifact, script) in &facts.proxy_scripts {
        all.push(one(facts, &[(*artifact, script)], 0, facts.cloud.cloud.in_service()));
    }
    all
}

/// The pasted lists that let through, with the index of their artifact.
pub fn allowing(facts: &Facts) -> Vec<(usize, &AllowList)> {
    facts.allow_lists.iter().filter(|(_, list)| !list.blocks).map(|(artifact, list)| (*artifact, list)).collect()
}

fn one(facts: &Facts, lists: &[(usize, &AllowList)], leading: usize, cloud: Cloud) -> Pasted {
    let only: Vec<&AllowList> = lists.iter().map(|(_, list)| *list).collect();
    let found: Vec<Found> = measure(&only, cloud, &facts.features);
    let line_of = |span: Span| {
        let source = facts.artifacts.get(span.artifact).and_then(|artifact| facts.sources.get(artifact.source));
        source.map_or(1, |source| source.position(span.start).line)
    };
    let lead = only.get(leading).copied();
    let check = Check {
        product: lead.map(|list| list.product).unwrap_or_default(),
        how_known: lead.map(|list| list.how_known).unwrap_or_default(),
        why_known: lead.map(|list| list.why_known.clone()).unwrap_or_default(),
        cloud: cloud.in_service(),
        complete: complete(&found),
        entries: only.iter().map(|list| list.entries.len()).sum(),
        rows: rows_of(&found, &only, line_of),
        remarks: only.iter().flat_map(|list| remarks_of(list, line_of)).collect(),
    };
    Pasted { artifacts: lists.iter().map(|(artifact, _)| *artifact).collect(), check }
}

/// Whether a list means hosts of Entra. A list of other things is not measured against them.
pub fn concerns_entra(list: &AllowList) -> bool {
    let known = list.entries.iter().filter(|entry| match &entry.shape {
        Shape::Everything => true,
        Shape::Name(name) => about_entra(name),
        Shape::Simple(zone) | Shape::Below(zone) | Shape::OneBelow(zone) | Shape::NameAndBelow(zone) => {
            about_entra(zone) || about_entra(&format!("x.{zone}"))
        }
        Shape::Glob(glob) => about_entra(&glob.replace('*', "x")),
        Shape::Dead(text) => about_entra(&format!("x.{}", text.trim_start_matches(['*', '.', '^']))),
        Shape::Regex(..) => ["microsoftonline", "chinacloudapi"].iter().any(|word| entry.text.contains(word)),
        Shape::Address | Shape::Set => false,
    });
    known.take(2).count() == 2
        || list.entries.iter().any(|entry| entry.text.to_ascii_lowercase().contains("microsoftonline"))
}

fn about_entra(host: &str) -> bool {
    endpoints::find_host(host).is_some_and(|row| {
        matches!(
            row.role,
            Role::SignIn
                | Role::SyncService
                | Role::RegionalSync
                | Role::Provisioning
                | Role::RegionalProvisioning
                | Role::SignInContent
                | Role::Family
        )
    })
}

/// The cloud to measure against: the one chosen or detected; otherwise the one that the entries speak of.
pub fn cloud_of(facts: &Facts, lists: &[(usize, &AllowList)]) -> Cloud {
    if facts.cloud.how != CloudHow::Assumed {
        return facts.cloud.cloud;
    }
    let entries = lists.iter().flat_map(|(_, list)| &list.entries);
    let hosts: BTreeSet<&str> = entries
        .filter_map(|entry| match &entry.shape {
            Shape::Name(name)
            | Shape::Simple(name)
            | Shape::Below(name)
            | Shape::OneBelow(name)
            | Shape::NameAndBelow(name) => Some(&**name),
            _ => None,
        })
        .collect();
    endpoints::cloud_of_hosts(hosts).map_or(facts.cloud.cloud, |(cloud, _)| cloud)
}
