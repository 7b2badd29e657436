//! What answers is no proxy, or a page of somebody else, or a proxy that cannot get out itself.

use super::blocked_hosts::regional_endpoint_blocked;
use super::refusals::{by_no_proxy, often, refusals};
use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::foreign_page::ForeignPage;
use crate::readers::proxy_log::Outcome;
use crate::report::{Confidence, Severity};
use crate::rules::from_errors::{from_errors, with_cloud};
use crate::rules::near::host_near;
use crate::traffic::{ServerFlow, server_flows};

/// Requests for a tunnel in the log of something that is no proxy.
fn web_server_is_no_proxy(facts: &Facts) -> Option<Finding> {
    let flows = server_flows(facts);
    // Where the same log shows open tunnels it is that of a proxy.
    let refused: Vec<&ServerFlow> = flows.iter().filter(|flow| by_no_proxy(flow)).collect();
    if flows.iter().any(ServerFlow::reached) {
        return None;
    }
    let first = refused.first()?;
    let tally = first.flow.tally(Outcome::Denied);
    let mut places: Vec<Span> = refused.iter().flat_map(|flow| flow.flow.tally(Outcome::Denied).lines()).collect();
    places.sort_unstable();
    let mut places = places.into_iter();
    let note = format!("CONNECT is answered with {}", tally.status);
    let finding = Finding::new(Confidence::Likely, places.next()?, note)
        .arg("host", first.flow.host.clone())
        .arg("status", tally.status.clone())
        .arg("times", often(refused.iter().map(|flow| flow.flow.tally(Outcome::Denied).count).sum()))
        .arg("client", first.flow.client.clone().unwrap_or_else(|| "The server".to_owned()));
    Some(places.fold(finding, |finding, span| finding.and(span, "The same again")))
}

/// An answer that is a page of somebody else, be its status 200.
fn block_page_returned(facts: &Facts) -> Option<Finding> {
    let pages: Vec<_> = facts.reports().flat_map(|text| &text.foreign_pages).collect();
    let note = |page: &ForeignPage| format!("A page of somebody else: {}", page.sign);
    let told = from_errors(facts, "block-page-returned");
    let Some(first) = pages.first() else { return told };
    let detail = format!("The answer to the request for {} is a page of somebody else: {}.", first.host, first.sign);
    let finding = Finding::new(Confidence::Certain, first.span, note(first)).arg("detail", detail);
    let finding = pages.iter().skip(1).fold(finding, |finding, page| finding.and(page.span, note(page)));
    let further = told.iter().flat_map(|told| std::iter::once(&told.primary).chain(&told.related));
    let finding = further.fold(finding, |finding, place| finding.and(place.span, place.note.clone()));
    Some(with_cloud(finding, facts.cloud.cloud))
}

/// Whether the page of the proxy says in the same sentence that it inspects HTTPS: then the status is only its dress.
fn says_why(facts: &Facts, status: &ErrorHit) -> bool {
    const SENTENCE: usize = 400;
    facts.network_errors().any(|hit| {
        hit.entry.diagnosis == Some("tls-inspection")
            && hit.span.artifact == status.span.artifact
            && hit.span.start.abs_diff(status.span.end) <= SENTENCE
    })
}

/// The host that the text names near an error, be it in the sentence of another error beside it.
fn host_told<'a>(facts: &'a Facts, status: &ErrorHit) -> Option<&'a str> {
    const BESIDE: usize = 400;
    let beside = |hit: &&ErrorHit| {
        hit.span.artifact == status.span.artifact && hit.span.start.abs_diff(status.span.start) <= BESIDE
    };
    host_near(facts, status.span).map(|mention| mention.host.as_str()).or_else(|| {
        let mut hosts = facts.errors().filter(beside).filter_map(|hit| hit.capture("host"));
        hosts.find(|host| endpoints::find_host(host).is_some())
    })
}

/// A host to test with where the evidence names none.
fn sync_service(facts: &Facts) -> &'static str {
    endpoints::hosts_of_role(facts.cloud.cloud, Role::SyncService).next().unwrap_or("login.microsoftonline.com")
}

fn proxy_upstream_failure(facts: &Facts) -> Option<Finding> {
    let regional = regional_endpoint_blocked(facts).is_some();
    let logged = refusals(facts, Outcome::UpstreamFailed, |flow| match flow.endpoint.role {
        Role::Telemetry | Role::Alias => false,
        Role::RegionalSync | Role::RegionalProvisioning => !regional,
        _ => true,
    });
    logged.or_else(|| {
        let told = facts.network_errors().filter(|hit| {
            let gateway = matches!(hit.entry.id, "http-502" | "http-503" | "http-504");
            (gateway && !says_why(facts, hit)) || hit.entry.diagnosis == Some("proxy-upstream-failure")
        });
        // Of several places the one that names its host tells more.
        let told: Vec<_> = told.collect();
        let first = *told.first()?;
        let hit = told.iter().copied().find(|hit| host_told(facts, hit).is_some()).unwrap_or(first);
        let near = host_told(facts, hit);
        let host = near.unwrap_or("the requested host");
        let status = hit.entry.id.strip_prefix("http-").unwrap_or("a page of the proxy").to_owned();
        // What the proxy itself writes about its way out.
        let own = told.iter().filter(|other| other.entry.diagnosis.is_some() && other.span != hit.span).take(4);
        let finding = Finding::new(Confidence::Possible, hit.span, format!("{status} came back"))
            .context(hit.context)
            .arg("hosts", host)
            .arg("host", near.unwrap_or_else(|| sync_service(facts)))
            .arg("status", status)
            .arg("client", "the server")
            .arg("times", "once");
        Some(own.fold(finding, |finding, other| finding.and(other.span, other.entry.meaning)))
    })
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "web-server-is-no-proxy",
        severity: Severity::Error,
        en: Text {
            title: "What was entered as the proxy is a web server",
            summary: "{client} asks for a tunnel to {host} and gets {status} ({times}): this server does not know \
                      CONNECT.",
            why: "Entra Connect reaches its hosts through a proxy with CONNECT. A web server, a reverse proxy or the \
                  proxy's own administration page turns that down with 400, 404, 405 or 501, whatever its rules are.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Tell name and port of the forward proxy for servers; compare them with the machine that wrote \
                           this log.",
                    command: Some("curl -v -x http://<proxy>:<port> {test_url}"),
                    verify: Some("The answer to CONNECT is 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Correct proxyaddress in the 64-bit machine.config, restart the sync service and reopen the \
                           wizard.",
                    command: Some("Restart-Service ADSync"),
                    verify: Some("The log of the right proxy shows CONNECT with 200 from this server."),
                },
            ],
        },
        explains: &["realm-discovery-failed"],
        source: "RFC 9110, sections 9.1, 9.3.6, 15.5 and 15.6.2; which status a server takes is inferred",
        check: web_server_is_no_proxy,
        example: &[(
            "access.log",
            "10.70.1.2 - - [16/Nov/2026:08:05:00 +0000] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 400 157 \"-\" \"-\"\n\
             10.70.1.2 - - [16/Nov/2026:08:05:30 +0000] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 400 157 \"-\" \"-\"\n",
        )],
        counter_example: &[(
            "access.log",
            "10.70.1.2 - - [16/Nov/2026:08:05:00 +0000] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 403 157 \"-\" \"-\"\n\
             10.70.1.2 - - [16/Nov/2026:08:05:30 +0000] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 403 157 \"-\" \"-\"\n",
        )],
    },
    Rule {
        id: "block-page-returned",
        severity: Severity::Error,
        en: Text {
            title: "A web page came back where the service answers with data",
            summary: "{detail} Typical is a block page, a warning page or a network login page.",
            why: "Something between the server and Microsoft answers in the service's place. The client cannot read it and gives up.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Look up the request of this server at the time of the error; exempt the Entra hosts from \
                           block pages, warning pages and TLS inspection.",
                    command: Some("{allow_patterns}"),
                    verify: Some("The log shows a plain tunnel (CONNECT, 200) without any page delivered."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "See the page itself: its text names the product and the reason.",
                    command: Some(
                        "(Invoke-WebRequest -UseBasicParsing -Uri {test_url}).Content | Select-Object -First 40",
                    ),
                    verify: Some("The content is the service's, not a page of your network."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the handshake got an unexpected packet, look at the proxy address in machine.config as well: http:// and the port on which the proxy takes requests.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["realm-discovery-failed", "connection-reset"],
        source: "MSAL .NET error codes; WCF content type message; Troubleshoot Microsoft Entra Connect connectivity issues",
        check: block_page_returned,
        example: &[(
            "error.txt",
            "non_parsable_oauth_error: An error response was returned by the OAuth2 server, but it could not be parsed.\n",
        )],
        counter_example: &[(
            "error.txt",
            "AADSTS50126: Error validating credentials due to invalid username or password.\n",
        )],
    },
    Rule {
        id: "proxy-upstream-failure",
        severity: Severity::Error,
        en: Text {
            title: "The proxy accepts the request and cannot get through itself ({status})",
            summary: "{status} for {hosts}: the proxy was reached, and its own way to the internet failed.",
            why: "502, 503 and 504 from a proxy mean that it could not resolve, connect to or wait for the host. The \
                  server's settings are right; the fault lies behind the proxy. (The same numbers can come from the service: a proxy's page or header tells.)",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Test from the proxy itself: name resolution and a TLS connection to the host. Look at the \
                           upstream proxy, if there is one.",
                    command: Some("curl -v https://{host}/"),
                    verify: Some("The connection opens from the proxy, and the server's next request ends with 200."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the proxy log shows no such line, the answer came from the service: wait and try again, \
                           and look at the service health page.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["realm-discovery-failed", "service-unavailable"],
        source: "Squid log and error page documentation; .NET Framework status texts",
        check: proxy_upstream_failure,
        example: &[(
            "access.log",
            "1767600001.100  60120 10.1.0.5 TCP_TUNNEL/503 0 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- -\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100  60120 10.1.0.5 TCP_TUNNEL/200 9000 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
];
