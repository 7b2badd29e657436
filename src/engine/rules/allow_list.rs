//! A pasted allow-list held against the endpoints that Entra Connect needs.

use super::{Finding, Rule, Step, Text, Who};
use crate::allow_list::{Found, Product, Weight, allowing, cloud_of, concerns_entra, measure, note};
use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Need, Role, rows_of};
use crate::facts::Facts;
use crate::readers::allow_list::{AllowList, Coverage, Shape};
use crate::report::{Confidence, Severity};

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

fn misses_endpoint(facts: &Facts) -> Option<Finding> {
    let lists = allowing(facts);
    // Names on one list and certificates on another are common: a host is missed when no list has it.
    let leading = lists.iter().position(|(_, list)| concerns_entra(list));
    let cloud = cloud_of(facts, &lists);
    let mut misses = misses_of(&lists, cloud, facts, leading.unwrap_or(0));
    if leading.is_none() {
        // Certificate hosts alone: the rest may be allowed elsewhere. Only what is there and fails counts.
        misses.retain(|miss| miss.needed.row.role == Role::Revocation && miss.coverage.entry().is_some());
        if misses.len() < 3 {
            return script_misses(facts);
        }
    }
    if !misses.iter().any(Found::is_gap) {
        return script_misses(facts);
    }
    misses.sort_by_key(|miss| (!miss.is_gap(), miss.needed.weight == Weight::Old, !miss.needed.blocks_sync()));
    let (artifact, list) = lists.get(leading.unwrap_or_else(|| misses.first().map_or(0, |miss| miss.list)))?;
    let blocking = misses.iter().any(|miss| miss.is_gap() && miss.needed.blocks_sync());
    let severity = if blocking { Severity::Error } else { Severity::Warning };
    Some(finding(facts, *artifact, list, &lists, cloud, &misses).severity(severity))
}

/// What no list lets through, of what Entra Connect is known to call. Old hosts only where a list means to have them.
fn misses_of(lists: &[(usize, &AllowList)], cloud: Cloud, facts: &Facts, leading: usize) -> Vec<Found> {
    let all: Vec<&AllowList> = lists.iter().map(|(_, list)| *list).collect();
    measure(&all, cloud, &facts.features)
        .into_iter()
        .filter(|found| !found.coverage.is_covered() && !found.coverage.is_open())
        .filter(|found| !found.needed.is_zone())
        .filter(|found| !found.needed.row.phases.is_empty() || found.needed.row.need == Need::Feature)
        .filter(|found| found.needed.weight != Weight::Old || found.coverage.entry().is_some())
        .map(|found| if found.coverage == Coverage::NotCovered { Found { list: leading, ..found } } else { found })
        .collect()
}

/// A proxy script that sends hosts where nobody answers, or the hosts of sync different ways.
fn script_misses(facts: &Facts) -> Option<Finding> {
    // With an address in machine.config the script is for browsers only.
    if facts.configs.iter().any(|(_, config)| config.proxy_address.is_some()) {
        return None;
    }
    let scripts: Vec<(usize, &AllowList)> =
        facts.proxy_scripts.iter().map(|(artifact, list)| (*artifact, list)).collect();
    let (artifact, script) = *scripts.first()?;
    let cloud = facts.cloud.cloud.in_service();
    let misses: Vec<Found> = misses_of(&scripts, cloud, facts, 0)
        .into_iter()
        .filter(|miss| match miss.coverage {
            Coverage::DeniedFirst(_) | Coverage::Refused(_) => miss.is_gap(),
            // Hosts of certificates and of the sign-in window often go another way on purpose.
            Coverage::OtherWay(_) => miss.is_gap() && miss.needed.blocks_sync(),
            _ => false,
        })
        .collect();
    let refused =
        misses.iter().any(|miss| !matches!(miss.coverage, Coverage::OtherWay(_)) && miss.needed.blocks_sync());
    if misses.is_empty() {
        return None;
    }
    let mut finding = finding(facts, artifact, script, &scripts, cloud, &misses);
    finding.confidence = if refused { Confidence::Likely } else { Confidence::Possible };
    Some(finding.severity(if refused { Severity::Error } else { Severity::Warning }))
}

fn finding(
    facts: &Facts,
    artifact: usize,
    leading: &AllowList,
    lists: &[(usize, &AllowList)],
    cloud: Cloud,
    misses: &[Found],
) -> Finding {
    // A list in a mail begins where its entries begin; a script has entries only where it decides.
    let own_line = leading.entries.iter().find(|entry| facts.begins_line(entry.span));
    let head = own_line.or(leading.entries.first());
    let head = head.filter(|_| leading.script().is_none());
    let head = head.map_or_else(|| facts.head_of(artifact), |entry| entry.span);
    let mut places: Vec<(Span, String)> = misses
        .iter()
        .filter(|miss| !is_refused(miss))
        .filter_map(|miss| {
            let (_, list) = lists.get(miss.list)?;
            let entry = miss.coverage.entry().and_then(|index| list.entries.get(index));
            Some((entry.map(|entry| entry.span).or(miss.coverage.span())?, note(miss, list)))
        })
        .collect();
    places.splice(0..0, refusals(lists, misses));
    let named = || misses.iter().filter(|miss| !is_addition(miss));
    let uncovered: Vec<&str> =
        named().filter(|miss| miss.coverage == Coverage::NotCovered).map(|miss| miss.needed.host).collect();
    let nothing = (!uncovered.is_empty()).then(|| (head, format!("No entry covers {}.", uncovered.join(", "))));
    // The worst miss shows first: an entry that fails, or the head of the list for what no entry covers.
    if misses.iter().any(|miss| miss.needed.blocks_sync() && miss.coverage == Coverage::NotCovered) {
        places.splice(0..0, nothing);
    } else {
        places.extend(nothing);
    }
    // Another product's wildcards explain many misses at once.
    places.extend(leading.foreign.iter().map(|remark| (remark.span, remark.what.clone())));
    let mut places = places.into_iter();
    let (span, words) = places.next().unwrap_or_else(|| (head, String::new()));
    let mut finding = Finding::new(confidence(leading, misses), span, words)
        .arg("product", leading.product.name())
        .arg("wildcards", format!("{}{}", wildcards(leading), order(leading, misses)))
        .arg("missed", named().map(|miss| miss.needed.host).collect::<Vec<_>>().join(", "))
        .arg("add", additions(leading.product, cloud, misses))
        .arg("test", test_address(cloud, misses));
    for (span, words) in places {
        finding = finding.and(span, words);
    }
    finding
}

/// A rule refuses it, in a list that is read from its top.
fn is_refused(miss: &Found) -> bool {
    matches!(miss.coverage, Coverage::DeniedFirst(_) | Coverage::Refused(_))
}

/// The entries that refuse something, each with all that it refuses.
fn refusals(lists: &[(usize, &AllowList)], misses: &[Found]) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    for miss in misses.iter().filter(|miss| is_refused(miss)) {
        let Some((_, list)) = lists.get(miss.list) else { continue };
        let entry = miss.coverage.entry().and_then(|index| list.entries.get(index));
        let Some(span) = entry.map(|entry| entry.span).or(miss.coverage.span()) else { continue };
        match found.iter_mut().find(|(known, _)| *known == span) {
            // A script has a way for each host, and one of them is enough to show.
            Some(_) if list.script().is_some() => {}
            Some((_, words)) => {
                words.truncate(words.trim_end_matches('.').len());
                words.extend([", ", miss.needed.host, "."]);
            }
            None => found.push((span, note(miss, list))),
        }
    }
    found
}

/// What to do about a rule that refuses first: entries further down do not help.
fn order(leading: &AllowList, misses: &[Found]) -> String {
    let refused: Vec<&str> = misses.iter().filter(|miss| is_refused(miss)).map(|miss| miss.needed.host).collect();
    match refused.split_first() {
        None => String::new(),
        Some(_) if leading.script().is_some() => String::new(),
        Some((first, [])) => format!(
            ". A rule refuses {first} before any other lets it through: the new entries have to stand above that rule"
        ),
        Some((first, rest)) => format!(
            ". A rule refuses {first} and {} more before any other lets them through: the new entries have to stand above that rule",
            rest.len()
        ),
    }
}

/// What the wildcards of the product mean, and whether the list uses those of another product.
fn wildcards(list: &AllowList) -> String {
    match list.foreign.first() {
        Some(_) if list.entries.iter().any(|entry| matches!(entry.shape, Shape::Dead(_))) => {
            format!("{}. Some entries use the wildcard of another product", list.product.wildcards())
        }
        _ if list.exact_names => {
            "The firewall resolves these names itself and knows no wildcard, so that hosts whose names vary cannot be opened this way: open port 443 for this server, or send it through a proxy that filters by name".to_owned()
        }
        _ => list.product.wildcards().to_owned(),
    }
}

/// Worth adding, but no reason to call a list incomplete.
fn is_addition(miss: &Found) -> bool {
    miss.needed.weight == Weight::Extra && !miss.is_gap()
}

fn confidence(list: &AllowList, misses: &[Found]) -> Confidence {
    let by_wildcard = misses
        .iter()
        .filter(|miss| miss.needed.weight != Weight::Old)
        .all(|miss| matches!(miss.coverage, Coverage::ApexMissed(_)));
    match list.product {
        Product::Plain | Product::Csv if by_wildcard => Confidence::Possible,
        product if product.is_documented() => Confidence::Certain,
        _ => Confidence::Likely,
    }
}

/// The entries to add, one a line. Where the article asks for a whole zone, the zone is given once.
fn additions(product: Product, cloud: Cloud, misses: &[Found]) -> String {
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
            .filter(|zone| endpoints::host_matches(&format!("*.{zone}"), miss.needed.host))
            .max_by_key(|zone| zone.len())
            .or_else(|| {
                miss.needed.host.split_once('*').and_then(|(_, rest)| rest.split_once('.')).map(|(_, zone)| zone)
            });
        let line = zone.map_or_else(|| product.lines_for_name(miss.needed.host), |zone| product.lines_for_zone(zone));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.extend(product.lines_for_use().map(str::to_owned));
    lines.join("\n")
}

/// An address to test with: the sync service when it is missed, otherwise the first missed host.
fn test_address(cloud: Cloud, misses: &[Found]) -> String {
    let certificate = misses.iter().find(|miss| !miss.needed.host.contains('*') && miss.needed.row.port == 80);
    match certificate {
        Some(miss) if !misses.iter().any(|miss| miss.needed.blocks_sync()) => format!("http://{}/", miss.needed.host),
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
