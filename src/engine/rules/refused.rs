//! The proxy or the network refuses: what a log or a status says plainly.

use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Need, Role};
use crate::facts::Facts;
use crate::formats;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::foreign_page::ForeignPage;
use crate::readers::error_text::shell_tests::Tool;
use crate::readers::proxy_log::Outcome;
use crate::report::{Confidence, Context, Severity};
use crate::rules::from_errors::{from_errors, with_cloud};
use crate::rules::near::host_near;
use crate::traffic::{ServerFlow, list, server_flows, silent_tunnels};

/// Where the article treats 403 and 407.
const ARTICLE: &str = "Troubleshoot Microsoft Entra Connect connectivity issues, section Verify proxy connectivity";

/// Refusals of all flows of the server to hosts of these roles, the first one primary.
fn refusals(facts: &Facts, outcome: Outcome, wanted: impl Fn(&ServerFlow) -> bool) -> Option<Finding> {
    let flows = server_flows(facts);
    // Nobody opens a host of a closed cloud: that it is called is the fault.
    let in_service = |flow: &ServerFlow| flow.endpoint.cloud == flow.endpoint.cloud.in_service();
    // Where nothing is ever reached, what turns CONNECT down may be no proxy at all.
    let no_proxy = !flows.iter().any(ServerFlow::reached);
    let refused: Vec<&ServerFlow> = flows
        .iter()
        .filter(|flow| !(no_proxy && by_no_proxy(flow)))
        // No rule of a proxy opens what the server's own firewall drops.
        .filter(|flow| !flow.flow.by_own_firewall)
        .filter(|flow| flow.unresolved(outcome) && in_service(flow) && wanted(flow))
        .collect();
    // Of thousands of clients behind one proxy only the first places are told.
    let mut places: Vec<(Span, &ServerFlow)> =
        refused.iter().flat_map(|flow| flow.flow.tally(outcome).lines().map(|span| (span, *flow))).collect();
    places.sort_by_key(|(span, _)| *span);
    let note = |flow: &ServerFlow, span: Span| {
        let why = told_reason(flow, span).map_or_else(String::new, |reason| format!(" ({reason})"));
        format!("{}: {}{why}", flow.flow.host, flow.flow.tally(outcome).status)
    };
    let mut places = places.into_iter().take(Finding::MAX_RELATED + 1).map(|(span, flow)| (span, note(flow, span)));
    let (span, note) = places.next()?;
    let mut hosts: Vec<&str> = refused.iter().map(|flow| flow.flow.host.as_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let hosts: Vec<String> = hosts.into_iter().map(str::to_owned).collect();
    let times: usize = refused.iter().map(|flow| flow.flow.tally(outcome).count).sum();
    let client = refused.iter().find_map(|flow| flow.flow.client.clone()).unwrap_or_default();
    let status = refused.first().map(|flow| flow.flow.tally(outcome).status.clone()).unwrap_or_default();
    let proven = crate::traffic::logs_show_entra_connect(facts);
    // The same host is open to another server: the rule goes by the source address.
    let other = flows.iter().find(|flow| {
        let same =
            |refused: &&ServerFlow| refused.flow.host == flow.flow.host && refused.flow.client != flow.flow.client;
        flow.reached() && refused.iter().copied().any(|refused| same(&refused))
    });
    let elsewhere = other.and_then(|other| other.flow.client.as_deref().map(|client| (client, &other.flow.host)));
    let elsewhere = elsewhere.map_or_else(String::new, |(client, host)| {
        format!(" {client} gets through to {host} in the same logs, so the rule goes by source address or account.")
    });
    let elsewhere = match limit(&status).filter(|_| outcome == Outcome::Denied) {
        Some((limit, _)) => format!("{elsewhere}{limit}"),
        None => elsewhere,
    };
    let elsewhere = if refused.iter().any(|flow| flow.comes_again(outcome)) {
        format!("{elsewhere}{COMES_AGAIN}")
    } else {
        elsewhere
    };
    let finding = Finding::new(if proven { Confidence::Certain } else { Confidence::Likely }, span, note)
        .arg("hosts", list(&hosts, 6))
        .arg("host", hosts.first().cloned().unwrap_or_default())
        .arg("times", often(times))
        .arg("client", if client.is_empty() { "the server".to_owned() } else { client })
        .arg("status", status)
        .arg("elsewhere", elsewhere);
    Some(places.fold(finding, |finding, (span, note)| finding.and(span, note)))
}

/// Category, rule or reason that the device gives on this line: the network team looks for it in its policy. Not what
/// repeats the status, nor what only a program reads.
fn told_reason<'a>(flow: &ServerFlow<'a>, span: Span) -> Option<&'a str> {
    const LONGEST: usize = 80;
    let (reason, line) = flow.flow.reason.as_ref()?;
    let words = reason.len() <= LONGEST && reason.chars().any(char::is_alphabetic) && !reason.contains(['{', '"']);
    let new = flow.flow.outcomes.iter().all(|tally| !tally.status.eq_ignore_ascii_case(reason));
    (*line == span && words && new).then_some(reason.as_str())
}

/// What there is to say of a refusal by the hour.
const COMES_AGAIN: &str = " It comes and goes: for hours every request ends like this, then the same host is reached, \
                           then it begins again. Look for a rule by the time of day, or for something that runs at \
                           these hours.";

/// Whether what answered does not know CONNECT: statuses with which web servers turn it down (RFC 9110, 9.3.6 and 15).
/// A proxy that refuses by policy writes 403.
fn by_no_proxy(flow: &ServerFlow) -> bool {
    let denied = flow.flow.tally(Outcome::Denied);
    !flow.reached() && denied.count > 0 && matches!(denied.status.as_str(), "400" | "404" | "405" | "501")
}

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

/// HTTP 403 in a text, about a host of one of these roles.
fn forbidden_text(facts: &Facts, wanted: impl Fn(Option<Role>) -> bool) -> Option<Finding> {
    // A log that shows refusals tells which host a text without a host is about.
    let told_by_log = server_flows(facts).iter().any(|flow| flow.unresolved(Outcome::Denied));
    let mut hits = facts
        .network_errors()
        .filter(|hit| hit.entry.id == "http-403" || hit.entry.diagnosis == Some("endpoint-blocked"))
        .filter_map(|hit| {
            let host = host_near(facts, hit.span).map(|mention| mention.host.clone());
            let role = host.as_deref().and_then(endpoints::find_host).map(|endpoint| endpoint.role);
            (wanted(role) && !(role.is_none() && told_by_log)).then_some((hit, host))
        });
    let (hit, host) = hits.next()?;
    let finding = match host {
        Some(host) => Finding::new(Confidence::Likely, hit.span, format!("403 for {host}"))
            .arg("hosts", host.clone())
            .arg("host", host),
        None => Finding::new(Confidence::Likely, hit.span, "403 for a host that the text does not name")
            .arg("hosts", "a host that the text does not name")
            .arg("open", required_hosts(facts))
            .arg("host", "not named in the text"),
    };
    let finding = finding
        .context(hit.context)
        .arg("times", "once")
        .arg("client", "the server")
        .arg("elsewhere", "")
        .arg("status", "403");
    Some(hits.fold(finding, |finding, (hit, _)| again(facts, finding, hit.span, "403 again")))
}

/// The hosts that every sign-in and every sync calls first, one per line.
fn required_hosts(facts: &Facts) -> String {
    let cloud = facts.cloud.cloud.in_service();
    let hosts = [Role::SignIn, Role::SyncService].into_iter().flat_map(|role| endpoints::hosts_of_role(cloud, role));
    hosts.filter(|host| !host.contains('*')).collect::<Vec<_>>().join("\n")
}

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

/// Adds a further place, unless its line is shown already: of a chain of exceptions in one line every link says it.
fn again(facts: &Facts, finding: Finding, span: Span, note: &str) -> Finding {
    let shown =
        std::iter::once(&finding.primary).chain(&finding.related).any(|place| facts.same_line(place.span, span));
    if shown { finding } else { finding.and(span, note) }
}

fn denied(facts: &Facts, roles: &[Role]) -> Option<Finding> {
    refusals(facts, Outcome::Denied, |flow| roles.contains(&flow.endpoint.role) && !is_limited(flow))
        .or_else(|| forbidden_text(facts, |role| role.is_some_and(|role| roles.contains(&role))))
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

/// Whether the proxy refuses by a limit: requests that are too big, or too many (RFC 9110, 15.5.14; RFC 6585, 4).
fn is_limited(flow: &ServerFlow) -> bool {
    limit(&flow.flow.tally(Outcome::Denied).status).is_some()
}

/// What there is to say, and to change, when the proxy refuses with this status by a limit.
fn limit(status: &str) -> Option<(&'static str, &'static str)> {
    match status {
        "413" => Some((
            " 413 is a limit of the size of a request: small calls pass, and an export, which is large, does not.",
            "Raise the limit for the size of requests, or lift it for the Entra Connect server (in Squid \
             request_body_max_size). It can only apply where the proxy opens TLS: without inspection of these hosts \
             it goes away.",
        )),
        "429" => Some((
            " 429 is a limit of how many requests a client may send or tunnels it may open; the proxy itself says \
             so, not the service.",
            "Raise this limit for the address of the Entra Connect server, or lift it: a sync opens many tunnels at \
             once. The hosts themselves are open.",
        )),
        _ => None,
    }
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

fn regional_endpoint_blocked(facts: &Facts) -> Option<Finding> {
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
        .map(|finding| finding.context(Context::BrowserWindow))
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

/// How often something was seen, in words.
fn often(times: usize) -> String {
    if times == 1 { "once".to_owned() } else { format!("{times} times") }
}

fn proxy_auth_required(facts: &Facts) -> Option<Finding> {
    let logged = refusals(facts, Outcome::AuthRequired, |flow| !flow.reached() || many_since_success(flow));
    let mut hits = facts.network_errors().filter(|hit| hit.entry.id == "http-407").peekable();
    let finding = match (logged, hits.peek()) {
        (Some(finding), _) => finding,
        (None, Some(_)) => {
            let hit = hits.next()?;
            let host = host_near(facts, hit.span).map_or("the requested host", |mention| mention.host.as_str());
            Finding::new(Confidence::Certain, hit.span, "The proxy asked for a sign-in and got none it accepts")
                .context(hit.context)
                .arg("hosts", host)
                .arg("client", "the server")
                .arg("times", "once")
        }
        (None, None) => return None,
    };
    Some(hits.fold(finding, |finding, hit| again(facts, finding, hit.span, "407 here too")))
}

/// A handshake costs one or two 407 lines; more than that after the last success is a refusal.
fn many_since_success(flow: &ServerFlow) -> bool {
    flow.flow.refused_since_success > 2
}

fn proxy_auth_scheme_unsupported(facts: &Facts) -> Option<Finding> {
    let headers = facts.reports().flat_map(|text| &text.proxy_authenticate);
    let logged = facts.logs.iter().flat_map(|(_, log)| &log.auth_schemes);
    // WCF quotes the header of a 401 or 407; only a proxy writes 407.
    let asked = facts.network_errors().any(|hit| hit.entry.id == "http-407");
    let quoted = facts
        .network_errors()
        .filter(|hit| asked && hit.entry.id == "http-unauthorized-scheme")
        .filter_map(|hit| Some((hit.capture("header")?.split_whitespace().next()?, hit.span)));
    let offers: Vec<(&str, Span)> =
        headers.chain(logged).map(|(scheme, span)| (scheme.as_str(), *span)).chain(quoted).collect();
    let integrated =
        |scheme: &str| ["negotiate", "ntlm", "kerberos"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if offers.iter().any(|(scheme, _)| integrated(scheme)) {
        return None;
    }
    let (scheme, span) = offers.first()?;
    Some(Finding::new(Confidence::Certain, *span, format!("The proxy offers only {scheme}")).arg("scheme", *scheme))
}

fn service_account_cannot_authenticate(facts: &Facts) -> Option<Finding> {
    // A text says it: 407 on the Configure page or in the service, while the Connect page went through.
    let service = |context| context == Context::SyncServiceAccount;
    let hit = facts.network_errors().find(|hit| hit.entry.id == "http-407" && service(hit.context));
    if let Some(hit) = hit {
        let user_passed = facts.reports().any(|text| !text.signed_in_user_passed.is_empty())
            || server_flows(facts).iter().any(|flow| flow.endpoint.role == Role::SyncService && flow.reached());
        let confidence = if user_passed { Confidence::Likely } else { Confidence::Possible };
        let mut finding = Finding::new(confidence, hit.span, "407 while the service account was at work");
        for span in facts.reports().flat_map(|text| &text.signed_in_user_passed) {
            finding = finding.and(*span, "The signed-in user got through");
        }
        return Some(finding.context(Context::SyncServiceAccount));
    }
    // A log shows it: the same client got through first, with a user name, and later is asked again and again.
    let flows = server_flows(facts);
    let refused = |flow: &&ServerFlow| flow.unresolved(Outcome::AuthRequired) && many_since_success(flow);
    let flow = flows.iter().filter(refused).find(|flow| flow.reached() && flow.flow.user.is_some())?;
    let refused = &flow.flow.refused_after;
    let first = *flow.flow.tally(Outcome::Reached).samples.first()?;
    let user = flow.flow.user.clone().unwrap_or_default();
    // A name of its own beside the one that got through: the proxy knows the account and does not let it out.
    let sent = flow.flow.refused_user.as_ref().filter(|sent| **sent != user);
    let (confidence, note) = match sent {
        Some(sent) => (Confidence::Likely, format!("{sent} is refused with 407 from here on")),
        None => (Confidence::Possible, "The same host is refused with 407 from here on".to_owned()),
    };
    let finding = Finding::new(confidence, *refused.first()?, note)
        .and(first, format!("Earlier {user} got through to it"))
        .context(Context::SyncServiceAccount);
    let others = flows.iter().filter(|other| other.unresolved(Outcome::AuthRequired));
    Some(
        others
            .flat_map(|other| &other.flow.refused_after)
            .fold(finding, |finding, &span| finding.and(span, "Refused with 407 as well")),
    )
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
        id: "proxy-auth-scheme-unsupported",
        severity: Severity::Error,
        en: Text {
            title: "The proxy offers a sign-in that .NET cannot use: {scheme}",
            summary: "The proxy answers 407 and offers only {scheme}. machine.config can send nothing but the Windows \
                      credentials of the account (Negotiate, Kerberos or NTLM).",
            why: "The wizard, the sync service and Windows PowerShell 5.1 cannot answer {scheme}, whatever \
                  useDefaultCredentials says. Every request ends with 407.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Let the Entra Connect server through without a sign-in, by its source address, for the \
                           Entra hosts. This is the safest way. Or offer Negotiate (Kerberos) to this server.",
                    command: None,
                    verify: Some(
                        "The Proxy-Authenticate header of the 407 names Negotiate, or there is no 407 any more.",
                    ),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Do not write a user name and password into machine.config: .NET ignores them and \
                           everybody on the server can read them.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test again in Windows PowerShell 5.1 (64-bit).",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["proxy-auth-required", "service-account-cannot-authenticate", "realm-discovery-failed"],
        source: "Microsoft Entra Connect prerequisites (proxy with authentication); .NET defaultProxy element: \
                 only default credentials exist",
        check: proxy_auth_scheme_unsupported,
        example: &[(
            "curl.txt",
            "C:\\>curl -v -x http://proxy.fabrikam.example:8080 https://login.microsoftonline.com\n\
             < HTTP/1.1 407 Proxy Authentication Required\n\
             < Proxy-Authenticate: Basic realm=\"internet\"\n\
             curl: (56) CONNECT tunnel failed, response 407\n",
        )],
        counter_example: &[(
            "curl.txt",
            "C:\\>curl -v -x http://proxy.fabrikam.example:8080 https://login.microsoftonline.com\n\
             < HTTP/1.1 407 Proxy Authentication Required\n\
             < Proxy-Authenticate: Negotiate\n\
             < Proxy-Authenticate: Basic realm=\"internet\"\n",
        )],
    },
    Rule {
        id: "service-account-cannot-authenticate",
        severity: Severity::Error,
        en: Text {
            title: "The sync service account cannot sign in to the proxy",
            summary: "The steps that run as the signed-in user pass; where the account of the sync service is at \
                      work (the Configure page, and every sync), the proxy answers 407.",
            why: "The wizard changes identity on the Configure page. A local account cannot sign in to a proxy at \
                  all, and a virtual account (NT SERVICE\\ADSync) signs in as the computer account.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "See which account the service runs as.",
                    command: Some("(Get-CimInstance Win32_Service -Filter \"Name='ADSync'\").StartName"),
                    verify: Some("A domain account or gMSA: it can sign in to a proxy. A local account cannot."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow this account (for NT SERVICE\\ADSync: the computer account) at the proxy, or let \
                           the server through without a sign-in by its source address.",
                    command: None,
                    verify: Some("The proxy log shows 200 with this account's name, or without any 407."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the account is local, it must be replaced by a domain account. Microsoft supports this \
                           only at installation: install a second server in staging mode with a domain account, then swing over.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["proxy-auth-required"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, sections Errors in the wizard and Verify \
                 proxy connectivity; ADSync service account concepts",
        check: service_account_cannot_authenticate,
        example: &[(
            "mail.txt",
            "The Connect to Microsoft Entra ID page went through. On the Configure page:\n\
             An error occurred executing Configure AAD Sync task: The remote server returned an error: (407) Proxy \
             Authentication Required.\n",
        )],
        counter_example: &[(
            "ps.txt",
            "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\n\
             Invoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.\n",
        )],
    },
    Rule {
        id: "proxy-auth-required",
        severity: Severity::Error,
        en: Text {
            title: "The proxy asks for a sign-in and gets none it accepts (407)",
            summary: "407 Proxy Authentication Required for {hosts} from {client}, never followed by a success.",
            why: "407 always comes from a proxy, so the proxy is reached and the address is right. Without a sign-in \
                  that it accepts, not one request of Entra Connect passes.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "The surest way: let the Entra Connect server through without a sign-in, by its source \
                           address, for the Entra hosts.",
                    command: None,
                    verify: Some("The log shows the CONNECT lines of the server with 200 and no 407 before them."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Otherwise let .NET send Windows credentials: in the 64-bit machine.config, on defaultProxy. \
                           Then restart the sync service and reopen the wizard.",
                    command: Some("<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Use domain accounts for both: the user who runs the wizard and the sync service account.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit), then on the Configure page, which runs as the service account.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["realm-discovery-failed", "company-information-unavailable", "domain-information-unavailable"],
        source: ARTICLE,
        check: proxy_auth_required,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 svc HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
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
