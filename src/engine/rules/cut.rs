//! The connection is dropped, refused on the server itself, or dies on the way.

use super::way::{REFUSED_ON_THE_WAY, Way, hits, place, refused_on_the_way, way};
use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::{Flow, Outcome};
use crate::report::{Confidence, Severity};
use crate::rules::near::host_near;
use crate::rules::proxy_settings::evidence::known_proxy;
use crate::traffic::{ServerFlow, dead_addresses, list, server_flows, silent_tunnels};

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
    let mut local = hits(facts, &["socket-access-denied", "socket-filter-platform", "socket-aborted"]);
    let Some(hit) = local.next() else { return own_firewall(facts) };
    let sure = if hit.entry.id == "socket-aborted" { Confidence::Possible } else { Confidence::Certain };
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
    "openssl-connection-cut",
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
        source: "Winsock errors 10013 and 10053; Security event 5157",
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
