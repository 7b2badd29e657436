//! What logs and texts show of refusals: for the rules about blocked hosts and about what the proxy answers.

use super::Finding;
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::Outcome;
use crate::report::Confidence;
use crate::rules::near::host_near;
use crate::traffic::{ServerFlow, list, server_flows};

/// Refusals of all flows of the server to hosts of these roles, the first one primary.
pub(super) fn refusals(facts: &Facts, outcome: Outcome, wanted: impl Fn(&ServerFlow) -> bool) -> Option<Finding> {
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

/// Whether the proxy refuses by a limit: requests that are too big, or too many (RFC 9110, 15.5.14; RFC 6585, 4).
pub(super) fn is_limited(flow: &ServerFlow) -> bool {
    limit(&flow.flow.tally(Outcome::Denied).status).is_some()
}

/// What there is to say, and to change, when the proxy refuses with this status by a limit.
pub(super) fn limit(status: &str) -> Option<(&'static str, &'static str)> {
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

/// Whether what answered does not know CONNECT: statuses with which web servers turn it down (RFC 9110, 9.3.6 and 15).
/// A proxy that refuses by policy writes 403.
pub(super) fn by_no_proxy(flow: &ServerFlow) -> bool {
    let denied = flow.flow.tally(Outcome::Denied);
    !flow.reached() && denied.count > 0 && matches!(denied.status.as_str(), "400" | "404" | "405" | "501")
}

/// HTTP 403 in a text, about a host of one of these roles.
pub(super) fn forbidden_text(facts: &Facts, wanted: impl Fn(Option<Role>) -> bool) -> Option<Finding> {
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

/// Adds a further place, unless its line is shown already: of a chain of exceptions in one line every link says it.
pub(super) fn again(facts: &Facts, finding: Finding, span: Span, note: &str) -> Finding {
    let shown =
        std::iter::once(&finding.primary).chain(&finding.related).any(|place| facts.same_line(place.span, span));
    if shown { finding } else { finding.and(span, note) }
}

pub(super) fn denied(facts: &Facts, roles: &[Role]) -> Option<Finding> {
    refusals(facts, Outcome::Denied, |flow| roles.contains(&flow.endpoint.role) && !is_limited(flow))
        .or_else(|| forbidden_text(facts, |role| role.is_some_and(|role| roles.contains(&role))))
}

/// How often something was seen, in words.
pub(super) fn often(times: usize) -> String {
    if times == 1 { "once".to_owned() } else { format!("{times} times") }
}
