//! The server itself asks DNS, and the name has no address, or one that leads nowhere.

use super::way::{UNRESOLVED, Way, hits, leads_nowhere, microsoft_name, proxy_is_meant, way};
use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::readers::error_text::ErrorHit;
use crate::report::{Confidence, Severity};

fn dns_failure(facts: &Facts) -> Option<Finding> {
    // Where a proxy is meant to resolve names, a name that the server itself asks for shows that no proxy is in
    // effect; DNS is not at fault.
    if proxy_is_meant(facts) {
        return None;
    }
    if let Some(finding) = blocked_by_dns(facts) {
        return Some(finding);
    }
    let mut unresolved = hits(facts, UNRESOLVED).filter(|hit| microsoft_name(hit));
    let asked: Vec<(&str, Span)> = facts
        .reports()
        .flat_map(|text| &text.lookups)
        .filter_map(|lookup| Some((lookup.asked.as_ref()?.0.as_str(), lookup.failed?)))
        .filter(|(name, _)| endpoints::find_host(name).is_some())
        .collect();
    // A name that was called all the same has an address.
    let called = |name: &str| facts.flows().any(|flow| flow.host == name);
    let answered: Vec<(&str, Span)> = facts
        .logs
        .iter()
        .flat_map(|(_, log)| &log.unknown_names)
        .map(|(name, span)| (name.as_str(), *span))
        .filter(|(name, _)| !called(name))
        .collect();
    if let Some(hit) = unresolved.next() {
        let host = hit.capture("host").unwrap_or("the host").to_owned();
        let finding = Finding::new(Confidence::Likely, hit.span, format!("The server itself asked DNS for {host}"))
            .context(hit.context)
            .arg("what", format!("The server itself asked DNS for {host} and got no answer.{}", of_feature(&host)))
            .arg("host", host.clone());
        // Sync goes on without a host that only an agent or an optional feature calls.
        let others: Vec<&ErrorHit> = unresolved.collect();
        let named = others.iter().filter_map(|hit| hit.capture("host")).chain([host.as_str()]);
        let finding = if named.into_iter().all(|host| !of_feature(host).is_empty()) {
            finding.severity(Severity::Warning)
        } else {
            finding
        };
        let finding = others.into_iter().fold(finding, |finding, hit| finding.and(hit.span, "Not resolved either"));
        let not_known = |finding: Finding, (name, span): &(&str, Span)| {
            finding.and(*span, format!("nslookup: the server's DNS does not know {name}"))
        };
        return Some(asked.iter().fold(finding, not_known));
    }
    if let Some(((name, span), others)) = answered.split_first() {
        let note = |name: &str| format!("The name server answers that it has no address for {name}");
        let finding = Finding::new(Confidence::Likely, *span, note(name))
            .arg("what", format!("{}.", note(name)))
            .arg("host", (*name).to_owned());
        return Some(others.iter().fold(finding, |finding, (name, span)| finding.and(*span, note(name))));
    }
    // Where a request passes, something else resolves the names: a proxy.
    let (name, span) = *asked.first().filter(|_| !facts.passes_in_windows_powershell())?;
    Some(
        Finding::new(Confidence::Possible, span, format!("The server's DNS does not know {name}"))
            .severity(Severity::Warning)
            .arg("what", format!("The server itself asked DNS for {name} and got no answer."))
            .arg("host", name),
    )
}

/// What a host of an optional feature is needed for, and where its programs have their proxy from; empty for others.
///
/// Source: how-to-connect-health-agent-install, proxy settings of the agent; read 2026-11.
fn of_feature(host: &str) -> String {
    let Some(endpoint) = endpoints::find_host(host).filter(|row| matches!(row.role, Role::Feature | Role::Management))
    else {
        return String::new();
    };
    let own = if endpoint.purpose.contains("Health") {
        " The health agent has a proxy setting of its own: Set-MicrosoftEntraConnectHealthProxySettings (on older \
         agents Set-AzureAdConnectHealthProxySettings) with -HttpsProxyAddress <proxy>:<port>."
    } else {
        ""
    };
    format!(" Synchronization itself goes on without this host. What needs it: {}.{own}", endpoint.purpose)
}

/// A name server or hosts file that gives an address which no host has: it blocks the name.
fn blocked_by_dns(facts: &Facts) -> Option<Finding> {
    let answers = facts.reports().flat_map(|text| &text.lookups).filter_map(|lookup| {
        let (name, _) = lookup.asked.as_ref().or(lookup.names.first())?;
        let blocked = lookup.addresses.iter().filter(|(address, _)| leads_nowhere(address));
        // The old form of the address is the one that people know.
        let (address, span) = blocked.min_by_key(|(address, span)| (address.contains(':'), *span))?;
        endpoints::find_host(name).is_some().then_some((name.as_str(), address.as_str(), *span))
    });
    let answers: Vec<_> = answers.collect();
    let mut tried = facts.network_errors().filter(|hit| way(hit) == Way::Nowhere && hit.capture("port") == Some("443"));
    let failed = tried.next();
    let place = failed.map(|hit| (hit.span, hit.context));
    let (span, name, address) = match (answers.first(), place) {
        (Some((name, address, span)), _) => (*span, *name, *address),
        (None, Some((span, _))) => (span, "the service", failed?.capture("address")?),
        (None, None) => return None,
    };
    let severity = if failed.is_some() { Severity::Error } else { Severity::Warning };
    let what = format!(
        "DNS answers {address} for {name}, an address that no host has: a filtering name server, or the hosts file, blocks the name."
    );
    let finding = Finding::new(Confidence::Likely, span, format!("{address} is the answer for a name that is blocked"))
        .context(place.map(|(_, context)| context).unwrap_or_default())
        .severity(severity)
        .arg("what", what)
        .arg("host", name);
    let finding = answers.iter().fold(finding, |finding, (name, address, span)| {
        finding.and(*span, format!("{name} is answered with {address}"))
    });
    let finding =
        failed.into_iter().fold(finding, |finding, hit| finding.and(hit.span, "The client tried this address"));
    Some(tried.fold(finding, |finding, hit| finding.and(hit.span, "The client tried this address again")))
}

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    id: "dns-failure",
    severity: Severity::Error,
    en: Text {
        title: "A Microsoft host name cannot be resolved: {host}",
        summary: "{what} Through a proxy the server would not have asked: the proxy resolves names.",
        why: "Either no proxy is in effect for this process, or the server is meant to go direct and its DNS does not know internet names or blocks this one.",
        steps: &[
            Step {
                who: Who::ServerAdmin,
                text: "With a proxy: check that the 64-bit machine.config names it, restart the service and reopen the wizard.",
                command: Some(
                    "Select-String -Path C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config -Pattern '<proxy ' -Context 1,6",
                ),
                verify: None,
            },
            Step {
                who: Who::NetworkTeam,
                text: "Without a proxy: let the server's DNS forward internet names, and take the hosts of Entra Connect off the block list of the name server and out of the hosts file.",
                command: Some("Resolve-DnsName {host}"),
                verify: Some("It returns public addresses."),
            },
        ],
    },
    explains: &["realm-discovery-failed"],
    source: ".NET Framework, WebExceptionStatus.NameResolutionFailure; article, section Verify proxy connectivity",
    check: dns_failure,
    example: &[("error.txt", "The remote name could not be resolved: 'login.microsoftonline.com'\n")],
    counter_example: &[("error.txt", "The proxy name could not be resolved: 'prxy.fabrikam.example'\n")],
}];
