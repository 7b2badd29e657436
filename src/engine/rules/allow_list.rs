//! A pasted allow-list held against the endpoints that Entra Connect needs.

use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Endpoint, Need, Role, rows_of};
use crate::facts::{CloudHow, Facts};
use crate::readers::allow_list::{AllowList, Coverage, Product, Shape};
use crate::report::{Confidence, Severity};
use std::collections::BTreeSet;

/// The rules of this file.
pub const RULES: &[Rule] = &[ALLOWLIST_MISSES_ENDPOINT];

const ALLOWLIST_MISSES_ENDPOINT: Rule = Rule {
    id: "allowlist-misses-endpoint",
    severity: Severity::Error,
    en: Text {
        title: "The allow-list misses hosts that Entra Connect calls",
        summary: "Read as {product}, the list does not let these hosts through: {missed}. {wildcards}.",
        why: "A proxy that enforces this list refuses the missing hosts. Sign-in and sync hosts stop the wizard or the \
              sync. Certificate hosts make TLS checks slow or fail. Content hosts leave the sign-in window blank.",
        steps: &[
            Step {
                who: Who::NetworkTeam,
                text: "Add these entries to the list. Keep the entries that are there: bare name and wildcard belong \
                       together.",
                command: Some("{add}"),
                verify: Some(
                    "The log of the proxy shows the added hosts as allowed: sign-in, sync and content hosts on port \
                     443, certificate hosts on port 80.",
                ),
            },
            Step {
                who: Who::NetworkTeam,
                text: "Check that the rule which uses this list allows ports 443 and 80, and that it applies to the \
                       Entra Connect server.",
                command: None,
                verify: None,
            },
            Step {
                who: Who::ServerAdmin,
                text: "Test from the server in Windows PowerShell 5.1, which reads the same machine.config as the wizard.",
                command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test}"),
                verify: Some("The answer comes from the service and is no 403 of the proxy."),
            },
        ],
    },
    // Nothing: a list that misses a certificate host does not explain a refused sync host, and the other way round.
    explains: &[],
    source: "tshoot-connect-connectivity, table of required URLs; azure-docs issue 84724",
    check: misses_endpoint,
    example: &[(
        "edl.txt",
        "# EDL for the sync server\n*.microsoftonline.com/\nlogin.windows.net/\ngraph.microsoft.com/\n*.msauth.net/\n*.msftauth.net/\n\
         secure.aadcdn.microsoftonline-p.com/\n*.crl3.digicert.com/\n*.ocsp.digicert.com/\n",
    )],
    counter_example: &[(
        "edl.txt",
        "# EDL for the sync server\n*.microsoftonline.com/\nlogin.windows.net/\ngraph.microsoft.com/\n*.msauth.net/\n*.msftauth.net/\n\
         secure.aadcdn.microsoftonline-p.com/\nmscrl.microsoft.com/\n*.verisign.com/\n*.entrust.net/\n*.digicert.cn/\n\
         *.digicert.com/\n*.microsoft.com/\n*.msocsp.com/\n",
    )],
};

/// One host that no list lets through.
struct Miss {
    row: &'static Endpoint,
    host: &'static str,
    coverage: Coverage,
    /// The list that the coverage is about.
    list: usize,
}

fn misses_endpoint(facts: &Facts) -> Option<Finding> {
    let lists: Vec<(usize, &AllowList)> =
        facts.allow_lists.iter().filter(|(_, list)| !list.blocks).map(|(artifact, list)| (*artifact, list)).collect();
    // Names on one list and certificates on another are common: a host is missed when no list has it.
    let leading = lists.iter().position(|(_, list)| concerns_entra(list));
    let cloud = cloud_of(facts, &lists);
    let mut misses: Vec<Miss> = rows_of(cloud)
        .filter(|row| is_checked(row, facts))
        .flat_map(|row| row.hosts.iter().map(move |host| (row, *host)))
        .filter_map(|(row, host)| {
            let (coverage, list) = over_all(&lists, leading.unwrap_or(0), host, row.port)?;
            Some(Miss { row, host, coverage, list })
        })
        // Old hosts count only where the list means to have them.
        .filter(|miss| miss.row.need != Need::Legacy || entry_of(miss.coverage).is_some())
        .collect();
    if leading.is_none() {
        // Certificate hosts alone: the rest may be allowed elsewhere. Only what is there and fails counts.
        misses.retain(|miss| miss.row.role == Role::Revocation && entry_of(miss.coverage).is_some());
        if misses.len() < 3 {
            return None;
        }
    }
    if !misses.iter().any(|miss| miss.row.need != Need::Legacy && !is_addition(miss)) {
        return None;
    }
    misses.sort_by_key(|miss| (is_addition(miss), miss.row.need == Need::Legacy, !blocks_sync(miss.row)));
    let (artifact, list) = lists.get(leading.unwrap_or_else(|| misses.first().map_or(0, |miss| miss.list)))?;
    Some(finding(facts, *artifact, list, &lists, cloud, &misses))
}

/// What the lists together say about a host; `None` when one lets it through or cannot tell.
fn over_all(lists: &[(usize, &AllowList)], leading: usize, host: &str, port: u16) -> Option<(Coverage, usize)> {
    let mut worst = (Coverage::NotCovered, leading);
    for (index, (_, list)) in lists.iter().enumerate() {
        match list.coverage(host, port) {
            Coverage::Covered(_) | Coverage::Undecidable => return None,
            Coverage::NotCovered => {}
            near if worst.0 == Coverage::NotCovered => worst = (near, index),
            _ => {}
        }
    }
    Some(worst)
}

fn finding(
    facts: &Facts,
    artifact: usize,
    leading: &AllowList,
    lists: &[(usize, &AllowList)],
    cloud: Cloud,
    misses: &[Miss],
) -> Finding {
    let head = facts.head_of(artifact);
    let mut places: Vec<(Span, String)> = misses
        .iter()
        .filter_map(|miss| {
            let (_, list) = lists.get(miss.list)?;
            Some((list.entries.get(entry_of(miss.coverage)?)?.span, note(miss)))
        })
        .collect();
    let named = || misses.iter().filter(|miss| !is_addition(miss));
    let uncovered: Vec<&str> =
        named().filter(|miss| miss.coverage == Coverage::NotCovered).map(|miss| miss.host).collect();
    let nothing = (!uncovered.is_empty()).then(|| (head, format!("No entry covers {}.", uncovered.join(", "))));
    // The worst miss shows first: an entry that fails, or the head of the list for what no entry covers.
    if misses.iter().any(|miss| blocks_sync(miss.row) && miss.coverage == Coverage::NotCovered) {
        places.splice(0..0, nothing);
    } else {
        places.extend(nothing);
    }
    let mut places = places.into_iter();
    let (span, words) = places.next().unwrap_or_else(|| (head, String::new()));
    let blocking = misses.iter().any(|miss| blocks_sync(miss.row) && miss.row.need != Need::Legacy);
    let mut finding = Finding::new(confidence(leading, misses), span, words)
        .severity(if blocking { Severity::Error } else { Severity::Warning })
        .arg("product", leading.product.name())
        .arg("wildcards", leading.product.wildcards())
        .arg("missed", named().map(|miss| miss.host).collect::<Vec<_>>().join(", "))
        .arg("add", additions(leading.product, cloud, misses))
        .arg("test", test_address(cloud, misses));
    for (span, words) in places {
        finding = finding.and(span, words);
    }
    finding
}

/// Hosts that somebody calls in the cloud, needed always or by a feature in use.
fn is_checked(row: &Endpoint, facts: &Facts) -> bool {
    match row.need {
        Need::Required | Need::Legacy => !row.phases.is_empty(),
        Need::Feature => row.features.iter().any(|feature| facts.features.iter().any(|used| used == feature)),
        Need::Ignorable | Need::CommunityReported => false,
    }
}

/// Certificate hosts that no edition of the article lists: worth adding, but no reason to call a list incomplete.
/// The listed hosts answer for most certificates.
fn is_addition(miss: &Miss) -> bool {
    let in_article =
        |row: &Endpoint| row.source.starts_with("tshoot-connect-connectivity") && row.hosts.contains(&miss.host);
    miss.row.role == Role::Revocation && miss.coverage == Coverage::NotCovered && !endpoints::all().any(in_article)
}

/// Whether sync or sign-in stops without the host.
fn blocks_sync(row: &Endpoint) -> bool {
    matches!(row.role, Role::SignIn | Role::SyncService | Role::RegionalSync | Role::Graph)
}

/// A list of other things than Entra hosts is not measured against them.
fn concerns_entra(list: &AllowList) -> bool {
    let known = list.entries.iter().filter(|entry| match &entry.shape {
        Shape::Everything => true,
        Shape::Name(name) => about_entra(name),
        Shape::Below(zone) | Shape::OneBelow(zone) | Shape::NameAndBelow(zone) => {
            about_entra(zone) || about_entra(&format!("x.{zone}"))
        }
        Shape::Glob(glob) => about_entra(&glob.replace('*', "x")),
        Shape::Dead(text) => about_entra(&format!("x{}", text.trim_start_matches('*'))),
        Shape::Regex(_) => ["microsoftonline", "chinacloudapi"].iter().any(|word| entry.text.contains(word)),
        Shape::Address => false,
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
fn cloud_of(facts: &Facts, lists: &[(usize, &AllowList)]) -> Cloud {
    if facts.cloud.how != CloudHow::Assumed {
        return facts.cloud.cloud;
    }
    let entries = lists.iter().flat_map(|(_, list)| &list.entries);
    let hosts: BTreeSet<&str> = entries
        .filter_map(|entry| match &entry.shape {
            Shape::Name(name) | Shape::Below(name) | Shape::OneBelow(name) | Shape::NameAndBelow(name) => Some(&**name),
            _ => None,
        })
        .collect();
    endpoints::cloud_of_hosts(hosts).map_or(facts.cloud.cloud, |(cloud, _)| cloud)
}

fn entry_of(coverage: Coverage) -> Option<usize> {
    match coverage {
        Coverage::ApexMissed(index)
        | Coverage::SubdomainsMissed(index)
        | Coverage::FixedRegion(index)
        | Coverage::DeadPattern(index)
        | Coverage::WrongPort(index)
        | Coverage::Misspelt(index)
        | Coverage::DeniedFirst(index) => Some(index),
        Coverage::Covered(_) | Coverage::NotCovered | Coverage::Undecidable => None,
    }
}

fn note(miss: &Miss) -> String {
    let host = miss.host;
    match miss.coverage {
        Coverage::ApexMissed(_) => {
            format!("Covers the names below {host}, not {host} itself, which is the host that is called.")
        }
        Coverage::SubdomainsMissed(_) => format!("Covers this name only, not {host}."),
        Coverage::FixedRegion(_) => {
            format!("Names one regional host; the service also hands out others of the form {host}.")
        }
        Coverage::DeadPattern(_) => format!("This product does not know this wildcard, so {host} is not covered."),
        Coverage::WrongPort(_) => format!("Does not allow port {}, on which {host} is called.", miss.row.port),
        Coverage::Misspelt(_) => format!("Looks like a misspelling of a name that covers {host}."),
        Coverage::DeniedFirst(_) => format!("Refuses {host}."),
        Coverage::Covered(_) | Coverage::NotCovered | Coverage::Undecidable => format!("{host} is not covered."),
    }
}

fn confidence(list: &AllowList, misses: &[Miss]) -> Confidence {
    let by_wildcard = misses
        .iter()
        .filter(|miss| miss.row.need != Need::Legacy)
        .all(|miss| matches!(miss.coverage, Coverage::ApexMissed(_)));
    match list.product {
        Product::Unknown if by_wildcard => Confidence::Possible,
        Product::Unknown | Product::AzureFirewall => Confidence::Likely,
        Product::PaloAlto | Product::Squid | Product::Umbrella => Confidence::Certain,
    }
}

/// The entries to add, one a line. Where the article asks for a whole zone, the zone is given once.
fn additions(product: Product, cloud: Cloud, misses: &[Miss]) -> String {
    let zones: Vec<&str> = rows_of(cloud)
        .filter(|row| row.role == Role::Family && row.need == Need::Required && !row.phases.is_empty())
        .filter_map(|row| row.pattern.strip_prefix("*."))
        .filter(|zone| *zone != "windows.net" && *zone != "chinacloudapi.cn")
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for miss in misses {
        let zone = zones
            .iter()
            .copied()
            .filter(|zone| endpoints::host_matches(&format!("*.{zone}"), miss.host))
            .max_by_key(|zone| zone.len())
            .or_else(|| miss.host.split_once('*').and_then(|(_, rest)| rest.split_once('.')).map(|(_, zone)| zone));
        let line = zone.map_or_else(|| product.entry_for_name(miss.host), |zone| product.entry_for_zone(zone));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// An address to test with: the sync service when it is missed, otherwise the first missed host.
fn test_address(cloud: Cloud, misses: &[Miss]) -> String {
    let certificate = misses.iter().find(|miss| !miss.host.contains('*') && miss.row.port == 80);
    match certificate {
        Some(miss) if !misses.iter().any(|miss| blocks_sync(miss.row)) => format!("http://{}/", miss.host),
        _ => {
            let service = endpoints::hosts_of_role(cloud, Role::SyncService)
                .next()
                .unwrap_or("adminwebservice.microsoftonline.com");
            format!("https://{service}/ProvisioningService.svc")
        }
    }
}

#[cfg(test)]
mod tests;
