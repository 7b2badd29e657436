//! The proxy or a firewall refuses a host that Entra Connect needs.

use super::refusals::{denied, forbidden_text, is_limited, limit, refusals};
use super::{Finding, Rule, Step, Text, Who};
use crate::endpoints::{self, Cloud, Need, Role};
use crate::facts::Facts;
use crate::formats;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::shell_tests::Tool;
use crate::readers::proxy_log::Outcome;
use crate::report::{Confidence, Context, Severity};
use crate::rules::from_errors::{from_errors, with_cloud, with_ids};
use crate::rules::near::host_near;
use crate::traffic::{server_flows, silent_tunnels};

/// What to change: the hosts to open are those that were refused, where the evidence names them.
fn with_change(finding: Finding, facts: &Facts) -> Finding {
    let known = |wanted: &str| finding.args.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone());
    let of_feature = known("need").as_deref() == Some("feature");
    let host = known("host").unwrap_or_default();
    let status = known("status").unwrap_or_default();
    let open = known("open").or_else(|| known("hosts")).unwrap_or_default();
    let limit = limit(&status);
    let by_name = status == formats::BLOCKED_NAME;
    let change = match limit {
        Some((_, change)) => change,
        None if by_name => "Take these names off the block list of the DNS filter, for the Entra Connect server.",
        None => "Allow these hosts on port 443 for the Entra Connect server, without TLS inspection.",
    };
    let proof = if by_name {
        format!("On the server Resolve-DnsName {host} returns public addresses.")
    } else if status.bytes().any(|b| b.is_ascii_digit()) {
        "The same line in the log ends with 200 instead of a refusal.".to_owned()
    } else {
        "The log of the same device shows these hosts allowed.".to_owned()
    };
    let given = finding.args.iter().any(|(name, _)| *name == "open");
    let finding = if given { finding } else { finding.arg("open", open) };
    let finding = finding.arg("change", change).arg("proof", proof);
    if of_feature {
        let hosts = hosts_of_its_features(&host, facts);
        finding.arg("wider", "Open all hosts of this feature while you are at it.").arg("wider_hosts", hosts)
    } else {
        finding.arg("wider", WIDER)
    }
}

const WIDER: &str = "Open the whole required list while you are at it: the service names further regional hosts that \
                     differ per tenant, so single names are never enough.";

/// Everything that the features call which need this host, one pattern per line.
fn hosts_of_its_features(host: &str, facts: &Facts) -> String {
    let Some(row) = endpoints::find_host(host) else { return host.to_owned() };
    let cloud = facts.cloud.cloud.in_service();
    let shared = |other: &endpoints::Endpoint| other.features.iter().any(|feature| row.features.contains(feature));
    let mut patterns: Vec<&str> =
        endpoints::all().filter(|other| other.cloud == cloud && shared(other)).map(|other| other.pattern).collect();
    patterns.sort_unstable();
    patterns.dedup();
    if patterns.is_empty() { host.to_owned() } else { patterns.join("\n") }
}

fn endpoint_blocked(facts: &Facts) -> Option<Finding> {
    const ROLES: &[Role] = &[Role::SignIn, Role::SyncService, Role::Provisioning];
    let discovery_blocked = denied(facts, &[Role::SyncService, Role::Provisioning]).is_some();
    let from_log = refusals(facts, Outcome::Denied, |flow| {
        let role = flow.endpoint.role;
        let optional = matches!(role, Role::Telemetry | Role::Alias | Role::Revocation | Role::Feature);
        ROLES.contains(&role)
            // A limit is no rule about a host, whichever it meets.
            || is_limited(flow) && !optional
            // Without discovery the regional host is one blocked host more, not a case of its own.
            || (discovery_blocked && matches!(role, Role::RegionalSync | Role::RegionalProvisioning))
    });
    from_log
        .map(|finding| seen_by_client(facts, finding, ROLES))
        .or_else(|| {
            forbidden_text(facts, |role| {
                role.is_none_or(|role| ROLES.contains(&role) || matches!(role, Role::LegacyGraph | Role::Management))
            })
        })
        .or_else(|| unnamed_host_blocked(facts))
        .map(|finding| finding.arg("need", "required").arg("matter", MATTERS))
        .or_else(|| feature_host_blocked(facts))
        .map(|finding| with_change(finding, facts))
}

/// Adds the 403 that the client met to what the log shows; not one that names a host of another role.
fn seen_by_client(facts: &Facts, finding: Finding, roles: &[Role]) -> Finding {
    const MOST: usize = 4;
    let about = |hit: &&ErrorHit| {
        let endpoint = host_near(facts, hit.span).and_then(|mention| endpoints::find_host(&mention.host));
        hit.entry.id == "http-403" && endpoint.is_none_or(|endpoint| roles.contains(&endpoint.role))
    };
    let hits = facts.network_errors().filter(about).take(MOST);
    hits.fold(finding, |finding, hit| finding.and(hit.span, "What the client met"))
}

/// Why a required host matters.
const MATTERS: &str =
    "Entra Connect cannot work without this host: it is used for sign-in, for discovery or for the sync itself.";

/// A host that only an optional feature needs. Sync goes on without it; the feature does not.
fn feature_host_blocked(facts: &Facts) -> Option<Finding> {
    let feature = |role| role == Role::Feature;
    let found = refusals(facts, Outcome::Denied, |flow| feature(flow.endpoint.role))
        .or_else(|| forbidden_text(facts, |role| role.is_some_and(feature)))?;
    let host = found.args.iter().find(|(name, _)| *name == "host").map(|(_, host)| host.clone()).unwrap_or_default();
    let purpose = endpoints::find_host(&host).map_or("an optional feature", |endpoint| endpoint.purpose);
    Some(
        found
            .severity(Severity::Warning)
            .arg("need", "feature")
            .arg("matter", format!("Synchronization itself goes on without this host. What needs it: {purpose}.")),
    )
}

/// A host below a wildcard that the article asks for, of which nobody says what it is. It counts where the logs show
/// the server itself and no host of known use is refused.
fn unnamed_host_blocked(facts: &Facts) -> Option<Finding> {
    const KNOWN: &[Role] = &[
        Role::RegionalSync,
        Role::RegionalProvisioning,
        Role::SignInContent,
        Role::Graph,
        Role::LegacyGraph,
        Role::Management,
    ];
    if !crate::traffic::logs_show_entra_connect(facts) || denied(facts, KNOWN).is_some() {
        return None;
    }
    let found = refusals(facts, Outcome::Denied, |flow| {
        flow.endpoint.role == Role::Family
            && flow.endpoint.need == Need::Required
            && flow.endpoint.cloud == facts.cloud.cloud
    })?;
    Some(Finding { confidence: Confidence::Possible, ..found })
}

pub(super) fn regional_endpoint_blocked(facts: &Facts) -> Option<Finding> {
    const REGIONAL: &[Role] = &[Role::RegionalSync, Role::RegionalProvisioning];
    if denied(facts, &[Role::SyncService, Role::Provisioning]).is_some() {
        return None;
    }
    // Where discovery fails in the same way, the regional host is one more that does.
    let alone = |outcome| {
        const DISCOVERY: &[Role] = &[Role::SyncService, Role::Provisioning];
        refusals(facts, outcome, |flow| DISCOVERY.contains(&flow.endpoint.role)).is_none()
    };
    let failing =
        |outcome| refusals(facts, outcome, |flow| REGIONAL.contains(&flow.endpoint.role)).filter(|_| alone(outcome));
    denied(facts, REGIONAL)
        .or_else(|| failing(Outcome::TimedOut))
        .or_else(|| failing(Outcome::UpstreamFailed))
        .or_else(|| regional_host_never_called(facts))
}

/// Discovery is answered, and the host it names is never called: asked again and again, or the last thing in a log
/// that names the calls in order without their results.
fn regional_host_never_called(facts: &Facts) -> Option<Finding> {
    const MANY: usize = 4;
    const PAIRS: [(Role, Role); 2] =
        [(Role::SyncService, Role::RegionalSync), (Role::Provisioning, Role::RegionalProvisioning)];
    let flows = server_flows(facts);
    // Tunnels that are cut while they wait for an answer did work, and in silent ones nothing was discovered.
    if super::idle::tunnels_are_cut(facts) || !silent_tunnels(&flows).is_empty() {
        return None;
    }
    let last =
        facts.logs.iter().filter(|(_, log)| !log.has_outcomes).find_map(|(_, log)| {
            log.calls.last().and_then(|call| log.flows.get(call.flow)).map(|flow| flow.host.as_str())
        });
    // Only where a source documents the regional hosts; those of US Government are not published.
    let documented = matches!(facts.cloud.cloud, Cloud::Worldwide | Cloud::China);
    PAIRS.into_iter().find_map(|(discovery, regional)| {
        if !documented || flows.iter().any(|flow| flow.endpoint.role == regional) {
            return None;
        }
        let flow = flows.iter().filter(|flow| flow.endpoint.role == discovery).find(|flow| {
            let answered = flow.flow.tally(Outcome::Reached).count >= MANY && discovery == Role::SyncService;
            answered || last == Some(flow.flow.host.as_str())
        })?;
        let outcome = if flow.has_outcomes { Outcome::Reached } else { Outcome::Seen };
        let span = *flow.flow.tally(outcome).samples.first()?;
        let host = flow.flow.host.clone();
        let family = endpoints::hosts_of_role(facts.cloud.cloud, regional).next().unwrap_or("the regional host");
        let finding = Finding::new(Confidence::Possible, span, format!("{host} is asked, and no {family} follows"))
            .severity(Severity::Warning)
            .arg("hosts", family)
            .arg("host", family)
            .arg("times", "not logged")
            .arg("client", flow.flow.client.clone().unwrap_or_else(|| "the server".to_owned()))
            .arg("status", "never called");
        Some(flow.flow.tally(outcome).samples.iter().fold(finding, |finding, &span| finding.and(span, "Asked again")))
    })
}

fn mfa_endpoint_blocked(facts: &Facts) -> Option<Finding> {
    denied(facts, &[Role::SignInContent])
        .or_else(|| from_errors(facts, "mfa-endpoint-blocked"))
        .or_else(|| empty_window(facts))
        .map(|finding| finding.context(Context::BrowserWindow))
}

/// The sign-in window that opens and stays empty: its page came, what fills it did not. People close it then, and the
/// wizard calls that cancelled.
fn empty_window(facts: &Facts) -> Option<Finding> {
    let span = facts.reports().find_map(|text| text.blank_window)?;
    let cancelled = with_ids(facts, &["msal-authentication-canceled"]);
    let note = "The window stays empty: its scripts and styles come from another host than the page.";
    let finding = Finding::new(Confidence::Likely, span, note).arg("detail", note);
    let finding = cancelled.iter().take(4).fold(finding, |finding, hit| {
        finding.and(hit.span, "The empty window was closed: the wizard calls that cancelled")
    });
    Some(with_cloud(finding, facts.cloud.cloud))
}

fn revocation_endpoint_blocked(facts: &Facts) -> Option<Finding> {
    let logged = denied(facts, &[Role::Revocation]);
    let Some(told) = from_errors(facts, "revocation-endpoint-blocked").or_else(|| failed_downloads(facts)) else {
        // A refused CRL download alone slows TLS down or breaks it, depending on the client: the log cannot tell.
        return logged.map(|finding| finding.severity(Severity::Warning));
    };
    let Some(logged) = logged else { return Some(told.arg("hosts", "the CRL and OCSP hosts")) };
    let places = std::iter::once(&told.primary).chain(&told.related);
    Some(places.fold(logged.context(told.context), |finding, place| finding.and(place.span, place.note.clone())))
}

/// Lists and answers of known hosts that a tool could not fetch, whatever language it speaks.
fn failed_downloads(facts: &Facts) -> Option<Finding> {
    let is_revocation =
        |host: &str| endpoints::find_host(host).is_some_and(|endpoint| endpoint.role == Role::Revocation);
    let failed: Vec<_> = facts
        .reports()
        .flat_map(|text| &text.tool_tests)
        .filter(|test| test.tool == Tool::CertUtil && !test.passed)
        .filter_map(|test| test.target.as_deref().filter(|host| is_revocation(host)).map(|host| (host, test.span)))
        .collect();
    let (host, span) = failed.first()?;
    let finding = Finding::new(Confidence::Likely, *span, format!("{host} could not be fetched from"));
    Some(failed.iter().skip(1).fold(finding, |finding, (host, span)| finding.and(*span, format!("Nor {host}"))))
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "endpoint-blocked",
        severity: Severity::Error,
        en: Text {
            title: "The proxy or firewall refuses a {need} host: {host}",
            summary: "A request of {client} for {hosts} was refused by policy ({status}, {times}).{elsewhere}",
            why: "{matter}",
            steps: &[
                Step { who: Who::NetworkTeam, text: "{change}", command: Some("{open}"), verify: Some("{proof}") },
                Step { who: Who::NetworkTeam, text: "{wider}", command: Some("{wider_hosts}"), verify: None },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit), then run the wizard page or the sync again.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &[
            "realm-discovery-failed",
            "regional-endpoint-blocked",
            "msonline-connect-failed",
            "company-information-unavailable",
            "domain-information-unavailable",
        ],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, table of URLs and table of 403 and 407",
        check: endpoint_blocked,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT dc.services.visualstudio.com:443 - HIER_NONE/- text/html\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
    Rule {
        id: "regional-endpoint-blocked",
        severity: Severity::Error,
        en: Text {
            title: "Discovery passes, the regional host behind it does not: {host}",
            summary: "adminwebservice or provisioningapi is reached, and the regional host that it names is not \
                      ({hosts}: {status}).",
            why: "These two hosts only hand out the name of the host that does the work. The name differs per region \
                  and can change, so only a pattern in the allow-list covers it.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow the family by pattern on port 443, without TLS inspection. A rule for single names \
                           will break again.",
                    command: Some("{allow_patterns}"),
                    verify: Some("The log shows CONNECT to the *-anchor or *-relay host with 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Run the wizard page or the sync again.",
                    command: Some("Start-ADSyncSyncCycle -PolicyType Delta"),
                    verify: Some("The run history shows success for the Entra connector."),
                },
            ],
        },
        explains: &["company-information-unavailable", "domain-information-unavailable", "msonline-connect-failed"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, section Communication pattern",
        check: regional_endpoint_blocked,
        example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
    },
    Rule {
        id: "mfa-endpoint-blocked",
        severity: Severity::Error,
        en: Text {
            title: "The sign-in window cannot load its scripts: the MFA content host is blocked",
            summary: "The host that serves the scripts of the sign-in and MFA pages is refused, or the sign-in \
                      window shows a script error.",
            why: "An administrator with MFA signs in through an embedded browser window. Without its scripts the \
                  window shows a script error or stays white, although the sign-in host itself answers.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow the sign-in content hosts on port 443 for this server.",
                    command: Some("{mfa_hosts}"),
                    verify: Some("The log shows these hosts with 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Add the content host to the Trusted sites of the user who runs the wizard, and look at \
                           IE Enhanced Security Configuration. The window follows this user's Internet Options, not machine.config.",
                    command: None,
                    verify: Some("The wizard's sign-in window shows the MFA page."),
                },
            ],
        },
        explains: &["mfa-challenge-cancelled"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, section The MFA endpoint can't be reached",
        check: mfa_endpoint_blocked,
        example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT secure.aadcdn.microsoftonline-p.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100    210 10.1.0.5 TCP_TUNNEL/200 4120 CONNECT secure.aadcdn.microsoftonline-p.com:443 - HIER_DIRECT/152.199.4.33 -\n",
        )],
    },
    Rule {
        id: "graph-endpoint-blocked",
        severity: Severity::Error,
        en: Text {
            title: "Microsoft Graph is blocked: {host}",
            summary: "A request of {client} for {hosts} was refused ({status}).",
            why: "From build 2.4.18.0 on the wizard uses Microsoft Graph instead of the MSOnline service, and \
                  application-based sign-in rotates its certificate through it. Old allow-lists do not name this host.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow the Graph host of this cloud on port 443, without TLS inspection.",
                    command: Some("{hosts}"),
                    verify: Some("The same line in the log ends with 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Run the wizard again.",
                    command: None,
                    verify: Some("The wizard goes past the sign-in page."),
                },
            ],
        },
        explains: &["company-information-unavailable", "domain-information-unavailable"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues (worldwide edition, 2025-04), table of URLs",
        check: |facts| denied(facts, &[Role::Graph]),
        example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT graph.microsoft.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100      2 10.1.0.77 TCP_DENIED/403 4120 CONNECT graph.microsoft.com:443 - HIER_NONE/- text/html\n",
        )],
    },
    Rule {
        id: "revocation-endpoint-blocked",
        severity: Severity::Error,
        en: Text {
            title: "Certificate revocation hosts are blocked (port 80)",
            summary: "The server cannot ask whether certificates are still valid: {hosts}.",
            why: "Windows checks each certificate of the service through CRL and OCSP hosts over plain HTTP. \
                  Blocked, TLS gets slow or fails. This traffic follows WinHTTP settings, not machine.config.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow the revocation hosts on port 80, by their bare names: a pattern such as \
                           *.crl3.digicert.com does not match crl3.digicert.com in most products.",
                    command: Some("{revocation_hosts}"),
                    verify: Some("The log shows GET lines to these hosts with 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "See what Windows itself would use for these downloads.",
                    command: Some("netsh winhttp show proxy"),
                    verify: Some("It names the proxy, or direct access is open to these hosts."),
                },
            ],
        },
        explains: &[],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, table of URLs; Azure TLS certificate changes (bare host names)",
        check: revocation_endpoint_blocked,
        example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/403 4120 GET http://crl3.digicert.com/DigiCertGlobalRootG2.crl - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600002.100      2 10.1.0.9 TCP_DENIED/403 4120 GET http://crl3.digicert.com/DigiCertGlobalRootG2.crl - HIER_NONE/- text/html\n",
        )],
    },
];
