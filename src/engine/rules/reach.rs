//! The server cannot reach the proxy, or tries without it, or the connection dies on the way.

use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::http::TcpTest;
use crate::readers::error_text::settings::{ProxySetting, SettingField, SettingLayer};
use crate::readers::error_text::shell::Shell;
use crate::readers::proxy_log::{Flow, Outcome, Tally};
use crate::report::{Confidence, Severity};
use crate::rules::near::host_near;
use crate::rules::proxy_settings::evidence::{is_public, known_proxy, known_proxy_place};
use crate::traffic::{ServerFlow, dead_addresses, list, server_flows, silent_tunnels};

const ARTICLE: &str = "Troubleshoot Microsoft Entra Connect connectivity issues, section Verify proxy connectivity";

/// What the address behind a socket message says about the way the client took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A port that no Microsoft endpoint uses: a proxy.
    Proxy,
    /// A proxy on the server itself: what a debugging tool leaves behind.
    LocalProxy,
    /// A public address on 443 or 80: straight to the service.
    Direct,
    /// A private address on 443: a transparent proxy, split DNS or a hosts entry.
    PrivateService,
    /// An address that no host has, `0.0.0.0` or `::`: a name server or hosts file that blocks the name.
    Nowhere,
    /// No address.
    Unknown,
}

/// The way that a socket error shows (the rule of the address behind the message).
pub fn way(hit: &ErrorHit) -> Way {
    let (Some(address), Some(port)) = (hit.capture("address"), hit.capture("port")) else { return Way::Unknown };
    let local = address.starts_with("127.") || address == "::1" || address.eq_ignore_ascii_case("localhost");
    match (port, local) {
        _ if leads_nowhere(address) => Way::Nowhere,
        (_, true) => Way::LocalProxy,
        ("443" | "80", _) if endpoints::find_host(address).is_some() => Way::Direct,
        ("443", _) if is_private(address) => Way::PrivateService,
        ("443", _) => Way::Direct,
        ("80", _) if is_public(address) => Way::Direct,
        _ => Way::Proxy,
    }
}

/// The address that a name server gives for a name that it blocks.
fn leads_nowhere(address: &str) -> bool {
    address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_unspecified())
}

/// An IP address that is not one of the internet; a name is neither.
fn is_private(address: &str) -> bool {
    address.parse::<std::net::IpAddr>().is_ok() && !is_public(address)
}

/// Socket errors that mean "TCP could not be opened".
const NOT_OPENED: &[&str] =
    &["socket-timed-out", "socket-refused", "socket-unreachable", "socket-other-words", "dotnet-unable-to-connect"];

fn place(hit: &ErrorHit) -> String {
    match (hit.capture("address"), hit.capture("port")) {
        (Some(address), Some(port)) => host_port(address, port),
        _ => String::new(),
    }
}

fn hits<'a>(facts: &'a Facts, ids: &'a [&'a str]) -> impl Iterator<Item = &'a ErrorHit> {
    facts.network_errors().filter(move |hit| ids.contains(&hit.entry.id))
}

fn proxy_unreachable(facts: &Facts) -> Option<Finding> {
    const IDS: &[&str] = &[
        "socket-timed-out",
        "socket-refused",
        "socket-unreachable",
        "socket-other-words",
        "dotnet-unable-to-connect",
        "socket-reset",
    ];
    let configured = known_proxy(facts).map(|url| url.trim_start_matches("http://").to_owned());
    // Some proxies listen on 443: then only the settings tell them from a device that answers in place of the service.
    let is_configured = |hit: &ErrorHit| configured.as_deref() == Some(place(hit).as_str());
    let mut to_proxy =
        hits(facts, IDS).filter(|hit| matches!(way(hit), Way::Proxy | Way::LocalProxy) || is_configured(hit));
    let Some(hit) = to_proxy.next() else {
        if let Some(finding) = proxy_refused_on_the_way(facts) {
            return Some(finding);
        }
        let hit = hits(facts, &["winhttp-proxy-unreachable"]).next()?;
        return Some(
            Finding::new(Confidence::Likely, hit.span, hit.entry.meaning)
                .context(hit.context)
                .arg("proxy", "the proxy of WinHTTP or of the Internet Options")
                .arg("hint", "This comes from a program that does not read machine.config."),
        );
    };
    let address = place(hit);
    let advice = match (hit.entry.id, way(hit)) {
        (_, Way::LocalProxy) => {
            "This is a proxy on the server itself, as debugging tools leave behind: remove it from the settings."
        }
        ("socket-refused", _) => {
            "Refused: the address answers, but nothing listens on this port. Compare the port with the network team's."
        }
        ("socket-timed-out", _) => "Timed out: a firewall drops the packets, or the address is wrong.",
        _ => "Compare address and port with the network team's.",
    };
    let dropped = refused_on_the_way(facts, hit);
    let finding = Finding::new(
        Confidence::Certain,
        hit.span,
        format!("The address behind the message is the proxy's: {address}"),
    )
    .context(hit.context)
    .arg("proxy", address)
    .arg("hint", if dropped.is_empty() { advice } else { "The log of a device between the server and the proxy shows that it drops or refuses just this connection: a rule for it is missing there." });
    let finding = dropped.into_iter().fold(finding, |finding, span| finding.and(span, REFUSED_ON_THE_WAY));
    Some(to_proxy.fold(finding, |finding, hit| finding.and(hit.span, place(hit))))
}

/// A log in which the way to the configured proxy is refused, and never open: no error text is needed to see it.
fn proxy_refused_on_the_way(facts: &Facts) -> Option<Finding> {
    let (host, port) = known_proxy_place(facts)?;
    let port = port?;
    let refused =
        |flow: &&Flow| flow.host == host && flow.port == Some(port) && flow.tally(Outcome::Reached).count == 0;
    let mut lines: Vec<Span> = facts
        .flows()
        .filter(refused)
        .flat_map(|flow| [Outcome::Denied, Outcome::TimedOut].map(|outcome| flow.tally(outcome)))
        .flat_map(Tally::lines)
        .collect();
    lines.sort_unstable();
    let (first, rest) = lines.split_first()?;
    let finding = Finding::new(Confidence::Certain, *first, REFUSED_ON_THE_WAY)
        .arg("proxy", host_port(&host, port))
        .arg("hint", "The log is of a device between the server and the proxy: it drops or refuses just this connection, and a rule for it is missing there.");
    Some(rest.iter().take(4).fold(finding, |finding, span| finding.and(*span, REFUSED_ON_THE_WAY)))
}

const REFUSED_ON_THE_WAY: &str = "A device on the way drops or refuses the connection to this address.";

/// Lines of a log that refuse a connection to the address that an error names.
fn refused_on_the_way(facts: &Facts, hit: &ErrorHit) -> Vec<Span> {
    let Some(address) = hit.capture("address") else { return Vec::new() };
    let port = hit.capture("port").and_then(|port| port.parse().ok());
    facts
        .flows()
        .filter(|flow| flow.host == address && (flow.port == port || port.is_none()))
        .flat_map(|flow| {
            [Outcome::Denied, Outcome::TimedOut, Outcome::Reset]
                .into_iter()
                .flat_map(|outcome| flow.tally(outcome).samples.iter().copied().take(2))
        })
        .take(4)
        .collect()
}

fn proxy_name_unresolved(facts: &Facts) -> Option<Finding> {
    let named_by = |hit: &&ErrorHit| hit.entry.diagnosis == Some("proxy-name-unresolved");
    let mut named = facts.network_errors().filter(named_by);
    let hit = named.next()?;
    let proxy = hit.capture("host").unwrap_or("the proxy's name").to_owned();
    let finding = Finding::new(Confidence::Certain, hit.span, format!("{proxy} is not known to DNS"))
        .context(hit.context)
        .arg("proxy", proxy);
    Some(named.fold(finding, |finding, hit| finding.and(hit.span, "The same name again")))
}

fn direct_connection_attempted(facts: &Facts) -> Option<Finding> {
    if facts.direct_design().is_some() {
        return None;
    }
    let to_be_expected = newer_shell_goes_direct(facts);
    let tells = |hit: &&ErrorHit| !(to_be_expected && hit.shell == Shell::Seven);
    let not_opened = || hits(facts, NOT_OPENED).filter(tells);
    let direct: Vec<&ErrorHit> = not_opened().filter(|hit| way(hit) == Way::Direct).collect();
    let finding = if let Some(hit) = direct.first() {
        let note = format!("{} is the service itself, not a proxy", place(hit));
        Finding::new(Confidence::Likely, hit.span, note).context(hit.context).arg("target", place(hit))
    } else if hits(facts, NOT_OPENED).any(|hit| matches!(way(hit), Way::Proxy | Way::LocalProxy)) {
        // The address of the proxy stands beside the general sentence: that is another diagnosis.
        return None;
    } else if let Some(hit) = not_opened().find(|hit| way(hit) == Way::PrivateService) {
        let note = format!(
            "{} is an address of your own network on the port of the service: a transparent proxy, a name server or \
             hosts file that answers with it, or a proxy that listens on 443",
            place(hit)
        );
        Finding::new(Confidence::Possible, hit.span, note).context(hit.context).arg("target", place(hit))
    } else if let Some(hit) = asked_dns_itself(facts).filter(tells) {
        let host = hit.capture("host").unwrap_or("the service");
        Finding::new(Confidence::Likely, hit.span, "The server itself asked DNS; through a proxy it would not have to")
            .context(hit.context)
            .arg("target", host)
    } else {
        let hit = hits(facts, &["dotnet-unable-to-connect"]).find(|hit| way(hit) == Way::Unknown)?;
        let target = host_near(facts, hit.span).map_or("the service", |mention| mention.host.as_str());
        Finding::new(Confidence::Likely, hit.span, "TCP could not be opened at all")
            .context(hit.context)
            .arg("target", target)
    };
    let finding = direct.iter().skip(1).fold(finding, |finding, hit| finding.and(hit.span, place(hit)));
    let (finding, unread) = match winhttp_proxy(facts) {
        Some((setting, span, is_script)) => {
            let advice = if is_script {
                "the proxy that this script names belongs in machine.config"
            } else {
                "it belongs in machine.config as well"
            };
            (
                finding.and(span, "A setting of WinHTTP: .NET does not read it"),
                format!(" netsh shows {setting} for WinHTTP, which .NET does not read: {advice}."),
            )
        }
        None => (finding, String::new()),
    };
    let finding = finding.arg("unread", unread);
    Some(closed_ports(facts).fold(finding, |finding, span| {
        finding.and(span, "A test that never uses a proxy: the port of the service does not open from here")
    }))
}

/// The proxy or script that netsh has set for `WinHTTP`, where no machine.config names one.
fn winhttp_proxy(facts: &Facts) -> Option<(String, Span, bool)> {
    if facts.configs.iter().any(|(_, config)| config.counts() && config.proxy_address.is_some()) {
        return None;
    }
    let settings = facts.reports().flat_map(|text| &text.settings);
    let of_winhttp = |setting: &&ProxySetting| {
        setting.layer == SettingLayer::WinHttp
            && matches!(setting.field, SettingField::Server | SettingField::Script)
            && !setting.value.trim().is_empty()
    };
    let mut found = settings
        .filter(of_winhttp)
        .map(|setting| (setting.value.trim().to_owned(), setting.span, setting.field == SettingField::Script));
    found.next()
}

/// Whether .NET has its proxy from a file that `PowerShell` 7 does not read: then that one goes straight out whatever
/// stands in the file, and says nothing about Entra Connect.
fn newer_shell_goes_direct(facts: &Facts) -> bool {
    proxy_is_meant(facts) && (!facts.configs.is_empty() || facts.has_proxy_print())
}

/// Failed tests of the port of a host that Entra Connect calls.
fn closed_ports(facts: &Facts) -> impl Iterator<Item = Span> {
    let closed = |test: &&TcpTest| {
        !test.succeeded
            && test.port == Some(443)
            && test.host.as_deref().is_some_and(|host| endpoints::find_host(host).is_some())
    };
    facts.reports().flat_map(|text| &text.tcp_tests).filter(closed).map(|test| test.span)
}

/// A Microsoft name that the server itself could not resolve although a proxy is meant to do that.
fn asked_dns_itself(facts: &Facts) -> Option<&ErrorHit> {
    facts
        .network_errors()
        .find(|hit| UNRESOLVED.contains(&hit.entry.id) && microsoft_name(hit))
        .filter(|_| proxy_is_meant(facts))
}

/// Whether the evidence names a proxy that requests are meant to take.
fn proxy_is_meant(facts: &Facts) -> bool {
    facts.direct_design().is_none() && known_proxy(facts).is_some()
}

/// Errors that mean "the name has no address". The last two come from programs that do not read machine.config.
const UNRESOLVED: &[&str] = &[
    "dotnet-name-unresolved",
    "socket-host-unknown",
    "socket-name-try-again",
    "socket-name-no-recovery",
    "socket-name-no-data",
    "curl-host-unresolved",
    "winhttp-name-unresolved",
];

/// A name that a Microsoft endpoint has, or that cannot be told.
fn microsoft_name(hit: &ErrorHit) -> bool {
    hit.capture("host").is_none_or(|host| endpoints::find_host(host).is_some() || endpoints::cloud_hint(host).is_some())
}

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

/// What an address is that no name is known of.
const OF_THE_SERVICE: &str = "an address that Microsoft publishes for sign-in and sync";

fn firewall_drops(facts: &Facts) -> Option<Finding> {
    let silent = |flow: &ServerFlow| {
        flow.unresolved(Outcome::TimedOut)
            && !flow.reached()
            && !matches!(
                flow.endpoint.role,
                Role::Telemetry | Role::Alias | Role::RegionalSync | Role::RegionalProvisioning
            )
    };
    let flows = server_flows(facts);
    if let Some(flow) = flows.iter().find(|flow| silent(flow)) {
        let span = *flow.flow.tally(Outcome::TimedOut).samples.first()?;
        let hosts: Vec<String> = flows.iter().filter(|flow| silent(flow)).map(|flow| flow.flow.host.clone()).collect();
        return Some(
            Finding::new(Confidence::Likely, span, format!("{}: no answer", flow.flow.host))
                .arg("how", unanswered_way(&list(&hosts, 6)))
                .arg("hosts", list(&hosts, 6)),
        );
    }
    let unanswered = if known_proxy(facts).is_some() { Vec::new() } else { dead_addresses(facts, Outcome::TimedOut) };
    if let Some(finding) = silent_addresses(&unanswered, Outcome::TimedOut, "no answer") {
        return Some(finding);
    }
    let design = facts.direct_design()?;
    // Where clients have a proxy, a firewall refuses their direct ways on purpose; here there is no other way.
    let refused = if known_proxy(facts).is_some() { Vec::new() } else { dead_addresses(facts, Outcome::Denied) };
    if let Some(finding) = silent_addresses(&refused, Outcome::Denied, "a firewall on the way refuses it") {
        return Some(finding.and(design, "The design is a direct connection"));
    }
    let mut dropped = hits(
        facts,
        &[
            "socket-timed-out",
            "socket-unreachable",
            "socket-other-words",
            "dotnet-unable-to-connect",
            "dotnet-timed-out",
        ],
    )
    .filter(|hit| matches!(way(hit), Way::Direct | Way::Unknown));
    let hit = dropped.next()?;
    let target = place(hit);
    let finding = Finding::new(Confidence::Likely, hit.span, "The service's address does not answer")
        .context(hit.context)
        .and(design, "The design is a direct connection");
    let finding = refused_on_the_way(facts, hit)
        .into_iter()
        .fold(finding, |finding, span| finding.and(span, REFUSED_ON_THE_WAY))
        .arg("how", unanswered_way(if target.is_empty() { "the service" } else { &target }))
        .arg("hosts", if target.is_empty() { "the service".to_owned() } else { target });
    Some(dropped.fold(finding, |finding, hit| finding.and(hit.span, place(hit))))
}

fn unanswered_way(hosts: &str) -> String {
    format!("connections to {hosts} time out: nobody answers, nobody refuses.")
}

/// A finding over addresses of the service that all ended the same way.
fn silent_addresses(flows: &[&Flow], outcome: Outcome, what: &str) -> Option<Finding> {
    let mut lines = flows.iter().flat_map(|flow| flow.tally(outcome).lines().map(|span| (span, flow.host.as_str())));
    let (span, address) = lines.next()?;
    let addresses: Vec<String> = flows.iter().map(|flow| flow.host.clone()).collect();
    let hosts = list(&addresses, 6);
    let how = match outcome {
        Outcome::Denied => format!("a firewall on the way refuses its connections to {hosts}."),
        _ => unanswered_way(&hosts),
    };
    let finding = Finding::new(Confidence::Likely, span, format!("{address}, {OF_THE_SERVICE}: {what}"))
        .arg("how", how)
        .arg("hosts", hosts);
    Some(lines.take(5).fold(finding, |finding, (span, address)| finding.and(span, format!("{address}: {what}"))))
}

fn local_filter_blocks(facts: &Facts) -> Option<Finding> {
    let mut local = hits(facts, &["socket-access-denied", "socket-aborted"]);
    let Some(hit) = local.next() else { return own_firewall(facts) };
    let sure = if hit.entry.id == "socket-access-denied" { Confidence::Certain } else { Confidence::Possible };
    let finding = Finding::new(sure, hit.span, "Windows itself refused the socket").context(hit.context);
    Some(local.fold(finding, |finding, hit| finding.and(hit.span, "Here too")))
}

/// The server's own firewall, by its own log: it drops what the server wants to send.
fn own_firewall(facts: &Facts) -> Option<Finding> {
    let mut dropped: Vec<(Span, String)> = facts
        .flows()
        .filter(|flow| flow.by_own_firewall && flow.tally(Outcome::Reached).count == 0)
        .filter(|flow| flow.by_address || endpoints::find_host(&flow.host).is_some())
        .flat_map(|flow| {
            let what = format!("The firewall of this computer drops its packet to {}", flow.host);
            flow.tally(Outcome::Denied).lines().map(move |span| (span, what.clone()))
        })
        .collect();
    dropped.sort();
    let mut dropped = dropped.into_iter();
    let (span, note) = dropped.next()?;
    let finding = Finding::new(Confidence::Certain, span, note);
    Some(dropped.take(Finding::MAX_RELATED).fold(finding, |finding, (span, note)| finding.and(span, note)))
}

/// Errors that mean "the connection was open and then cut".
const CUT: &[&str] = &[
    "socket-reset",
    "tls-unexpected-send",
    "tls-unexpected-receive",
    "tls-connection-closed",
    "tls-keepalive-closed",
    "tls-handshake-closed",
    "curl-connection-reset",
    "curl-empty-reply",
    "winhttp-connection-cut",
    "wizard-browser-interrupted",
    "dotnet-pipeline-failure",
];

/// The host that every sign-in calls first.
fn sign_in_host(facts: &Facts) -> String {
    let cloud = facts.cloud.cloud.in_service();
    endpoints::hosts_of_role(cloud, Role::SignIn).next().unwrap_or_default().to_owned()
}

fn connection_reset(facts: &Facts) -> Option<Finding> {
    let flows = server_flows(facts);
    let reset = |flow: &&ServerFlow| {
        flow.unresolved(Outcome::Reset)
            && !flow.reached()
            && !matches!(flow.endpoint.role, Role::Telemetry | Role::Alias)
    };
    let mut places: Vec<(Span, String)> = flows
        .iter()
        .filter(reset)
        .flat_map(|flow| {
            let tally = flow.flow.tally(Outcome::Reset);
            tally.lines().map(move |span| (span, format!("{}: {}", flow.flow.host, tally.status)))
        })
        .collect();
    let cut = dead_addresses(facts, Outcome::Reset);
    places.extend(cut.iter().flat_map(|flow| {
        let tally = flow.tally(Outcome::Reset);
        tally.lines().map(move |span| (span, format!("{}, {OF_THE_SERVICE}: {}", flow.host, tally.status)))
    }));
    let silent = silent_tunnels(&flows);
    places.extend(silent.iter().flat_map(|flow| {
        let note = format!("{}: the tunnel is opened, and nothing comes back through it", flow.flow.host);
        flow.flow.tally(Outcome::Reached).lines().map(move |span| (span, note.clone()))
    }));
    places.sort();
    let mut hosts: Vec<String> = flows.iter().filter(reset).map(|flow| flow.flow.host.clone()).collect();
    hosts.extend(cut.iter().map(|flow| flow.host.clone()));
    hosts.extend(silent.iter().map(|flow| flow.flow.host.clone()));
    hosts.sort();
    hosts.dedup();
    let mut texts = hits(facts, CUT).filter(|hit| !matches!(way(hit), Way::Proxy | Way::LocalProxy));
    let mut places = places.into_iter();
    let finding = if let Some((span, note)) = places.next() {
        // A bare address has no certificate of its own to ask for.
        let named = hosts.iter().find(|host| endpoints::find_host(host).is_some());
        Finding::new(Confidence::Likely, span, note)
            .arg("hosts", list(&hosts, 6))
            .arg("host", named.map_or_else(|| sign_in_host(facts), Clone::clone))
    } else {
        let hit = texts.next()?;
        let near = host_near(facts, hit.span).map(|mention| mention.host.as_str());
        Finding::new(Confidence::Possible, hit.span, "The connection was cut")
            .context(hit.context)
            .arg("hosts", near.unwrap_or("the service"))
            .arg("host", near.map_or_else(|| sign_in_host(facts), str::to_owned))
    };
    let finding = places.fold(finding, |finding, (span, note)| finding.and(span, note));
    Some(texts.fold(finding, |finding, hit| finding.and(hit.span, "Cut here too")))
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "proxy-name-unresolved",
        severity: Severity::Error,
        en: Text {
            title: "The proxy's host name cannot be resolved: {proxy}",
            summary: "The settings are read and name {proxy} as the proxy, and the server's DNS does not know this name.",
            why: "Without the proxy's address no request leaves the server. The name is mistyped, lacks its domain, or is missing in DNS.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Ask DNS for the name; compare it letter by letter with the name the network team uses.",
                    command: Some("Resolve-DnsName {proxy}"),
                    verify: Some("It returns the proxy's address."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Correct proxyaddress in the 64-bit machine.config (full name, scheme http, port), then restart the sync service and reopen the wizard.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit).",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["direct-connection-attempted", "realm-discovery-failed", "dns-failure"],
        source: ".NET Framework, WebExceptionStatus.ProxyNameResolutionFailure",
        check: proxy_name_unresolved,
        example: &[("error.txt", "webException: The proxy name could not be resolved: 'prxy.fabrikam.example'\n")],
        counter_example: &[("error.txt", "The remote name could not be resolved: 'login.microsoftonline.com'\n")],
    },
    Rule {
        id: "proxy-unreachable",
        severity: Severity::Error,
        en: Text {
            title: "The proxy itself does not answer: {proxy}",
            summary: "The connection to {proxy} could not be opened. {hint}",
            why: "The settings are in effect (the client went to the proxy), but the proxy cannot be reached at this address and port.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Test the proxy's port from the server. Use the host and port from machine.config.",
                    command: Some("Test-NetConnection <proxy host> -Port <proxy port>"),
                    verify: Some("TcpTestSucceeded is True."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Check that the proxy runs on this port and that nothing between the server and the proxy blocks it.",
                    command: None,
                    verify: Some("The proxy's own log shows a connection from the server."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the address or port is wrong, correct proxyaddress in the 64-bit machine.config, then restart the sync service and reopen the wizard.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
            ],
        },
        explains: &["realm-discovery-failed", "direct-connection-attempted"],
        source: ".NET Framework socket messages end with the address that was tried; Winsock error codes",
        check: proxy_unreachable,
        example: &[(
            "error.txt",
            "Unable to connect to the remote server ---> System.Net.Sockets.SocketException: No connection could be made \
             because the target machine actively refused it 10.1.2.3:8080\n",
        )],
        counter_example: &[(
            "error.txt",
            "System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly \
             respond after a period of time, or established connection failed because connected host has failed to respond 40.126.9.65:443\n",
        )],
    },
    Rule {
        id: "direct-connection-attempted",
        severity: Severity::Error,
        en: Text {
            title: "The client goes straight to the internet: no proxy is in effect",
            summary: "A connection to {target} could not be opened. The client tried the service itself, not a proxy \
                      (or its DNS is wrong).{unread}",
            why: "Where only the proxy may go out, this always fails. Something keeps machine.config from taking \
                  effect: no proxy in it, the wrong file, a bypass entry, or a process started before the change.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Look at the 64-bit machine.config: is there a defaultProxy with proxyaddress, once, inside system.net?",
                    command: Some(
                        "Select-String -Path C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config -Pattern '<defaultProxy','<proxy ' -Context 1,6",
                    ),
                    verify: Some("It shows the proxy's address, not only the section declaration."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Restart the sync service, and open a new wizard and a new PowerShell: each process reads the file once.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit), not in PowerShell 7 and not in the x86 one: those do not read this file.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "If the server is meant to go out without a proxy: open TCP 443 and 80 to the required hosts, and check DNS.",
                    command: None,
                    verify: Some("Test-NetConnection to the host on port 443 says TcpTestSucceeded True."),
                },
            ],
        },
        explains: &["dns-failure", "firewall-drops", "realm-discovery-failed"],
        source: ARTICLE,
        check: direct_connection_attempted,
        example: &[(
            "ps.txt",
            "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\nInvoke-WebRequest : Unable to connect to the remote server\n",
        )],
        counter_example: &[(
            "error.txt",
            "Unable to connect to the remote server ---> System.Net.Sockets.SocketException: No connection could be made \
             because the target machine actively refused it 10.1.2.3:8080\n",
        )],
    },
    Rule {
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
    },
    Rule {
        id: "firewall-drops",
        severity: Severity::Error,
        en: Text {
            title: "A firewall drops the direct connection to {hosts}",
            summary: "The server is meant to connect directly, and {how}",
            why: "Packets are dropped on the way, by a firewall on the path or by missing routing. The server only sees that nobody answers.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Open TCP 443 (and 80 for revocation) from this server to the required hosts.",
                    command: Some("{allow_patterns}"),
                    verify: Some("The firewall log shows the sessions as allowed, with data in both directions."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test the port from the server.",
                    command: Some("Test-NetConnection {sign_in_host} -Port 443"),
                    verify: Some("TcpTestSucceeded is True."),
                },
            ],
        },
        explains: &["realm-discovery-failed"],
        source: "Winsock error 10060; Microsoft Entra Connect ports",
        check: firewall_drops,
        example: &[(
            "mail.txt",
            "The server has no proxy, it connects directly.\n\
             System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly \
             respond after a period of time, or established connection failed because connected host has failed to respond 40.126.9.65:443\n",
        )],
        counter_example: &[(
            "error.txt",
            "No connection could be made because the target machine actively refused it 10.1.2.3:8080\n",
        )],
    },
    Rule {
        id: "local-filter-blocks",
        severity: Severity::Error,
        en: Text {
            title: "Software on the server itself refuses the connection",
            summary: "Windows refused or aborted the socket before anything left the machine.",
            why: "A local firewall rule, antivirus or endpoint agent blocks this process. The network is not involved.",
            steps: &[Step {
                who: Who::ServerAdmin,
                text: "Look for a profile that blocks outbound by default, and for outbound rules and security software that match AzureADConnect.exe, miiserver.exe or powershell.exe.",
                command: Some(
                    "Get-NetFirewallProfile | Select-Object Name, DefaultOutboundAction; Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True | Select-Object DisplayName",
                ),
                verify: Some("The same request works after the rule is changed."),
            }],
        },
        explains: &[],
        source: "Winsock errors 10013 and 10053",
        check: local_filter_blocks,
        example: &[(
            "error.txt",
            "An attempt was made to access a socket in a way forbidden by its access permissions 40.126.9.65:443\n",
        )],
        counter_example: &[("error.txt", "An existing connection was forcibly closed by the remote host\n")],
    },
    Rule {
        id: "connection-reset",
        severity: Severity::Error,
        en: Text {
            title: "The connection is cut, and the evidence cannot yet tell by whom",
            summary: "The connection to {hosts} was opened and then cut. A reset during the TLS handshake can come from a \
                      TLS version that is refused, an intrusion filter, a carrier, or an inspecting device.",
            why: "The way to the service is open, but something ends the conversation. Until it is known who, each change is a guess.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "See at which step it is cut: the last line before the error tells (TCP, CONNECT, TLS hello, certificate).",
                    command: Some("curl.exe -v https://{host}/"),
                    verify: Some("The output shows the certificate and an HTTP status."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Rule out TLS 1.2 being off for .NET.",
                    command: Some(
                        "Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319, HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319 | Select-Object PSPath, SystemDefaultTlsVersions, SchUseStrongCrypto",
                    ),
                    verify: Some("Both values are 1 in both keys."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Capture the handshake on the inside and on the outside of the firewall and compare who sends the RST. Look for inspection or intrusion events at that time.",
                    command: None,
                    verify: Some("One side shows a RST that the other did not send: the device between them cuts."),
                },
            ],
        },
        explains: &[],
        source: "Winsock error 10054; .NET Framework WebException texts",
        check: connection_reset,
        example: &[("error.txt", "An existing connection was forcibly closed by the remote host\n")],
        counter_example: &[(
            "error.txt",
            "The remote server returned an error: (407) Proxy Authentication Required.\n",
        )],
    },
];
