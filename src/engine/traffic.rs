//! What the logs show of the Entra Connect server, told apart from everybody else behind the same proxy.

use crate::endpoints::{self, Endpoint, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::{Flow, Log, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// One flow of the Entra Connect server, with the row of the catalogue it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct ServerFlow<'a> {
    /// The traffic.
    pub flow: &'a Flow,
    /// The row.
    pub endpoint: &'static Endpoint,
    /// Whether the log says how requests ended.
    pub has_outcomes: bool,
}

impl ServerFlow<'_> {
    /// Whether `outcome` happened and no later request of the flow was answered, or it comes again and again. A 407 is
    /// settled as well by a later refusal of another kind: the proxy accepted the sign-in and then said no.
    pub fn unresolved(&self, outcome: Outcome) -> bool {
        if self.comes_again(outcome) {
            return true;
        }
        let last = self.flow.tally(outcome).last;
        let after = |other| self.flow.tally(other).last > last;
        let accepted =
            outcome == Outcome::AuthRequired && [Outcome::Denied, Outcome::UpstreamFailed].into_iter().any(after);
        last.is_some() && !after(Outcome::Reached) && !accepted
    }

    /// Whether there were two long times or more in which every request ended like this, half a day apart, and others
    /// between them in which the host was reached: a rule by the hour, a device that is switched off at night.
    pub fn comes_again(&self, outcome: Outcome) -> bool {
        const LONG: i64 = 1800;
        const APART: i64 = 12 * 3600;
        const MANY: u32 = 3;
        let refused = Outcome::REFUSALS.into_iter().map(|outcome| self.flow.tally(outcome).count).sum::<usize>();
        // The counts over time do not tell one refusal from another: nearly all have to be of this kind.
        if outcome == Outcome::AuthRequired || self.flow.tally(outcome).count * 10 < refused * 9 {
            return false;
        }
        let width = self.flow.activity.width();
        let mut times: Vec<(i64, i64)> = Vec::new();
        let mut run: Option<(i64, i64, u32)> = None;
        let mut end = |run: &mut Option<(i64, i64, u32)>| {
            if let Some((from, to, count)) = run.take()
                && count >= MANY
                && to - from >= LONG
            {
                times.push((from, to));
            }
        };
        for bin in self.flow.activity.bins() {
            let at = i64::from(bin.index) * width;
            if bin.reached > 0 {
                end(&mut run);
            } else if bin.refused > 0 {
                let (from, _, count) = run.unwrap_or((at, at, 0));
                run = Some((from, at + width, count.saturating_add(bin.refused)));
            }
        }
        end(&mut run);
        times.first().zip(times.last()).is_some_and(|(first, last)| last.0 - first.0 >= APART)
    }

    /// Whether the proxy opened tunnels to the host, and in none of them more came back than the proxy's own answer.
    /// A TLS server begins with some thousand bytes.
    pub fn is_silent(&self) -> bool {
        const TRIES: usize = 3;
        const OWN_ANSWER: u64 = 120;
        let opened = self.flow.tally(Outcome::Reached).count;
        let tries = u64::try_from(opened).unwrap_or(u64::MAX);
        opened >= TRIES
            && opened == self.flow.requests()
            && self.flow.port == Some(443)
            && (1..=tries.saturating_mul(OWN_ANSWER)).contains(&self.flow.received)
    }

    /// Whether at least one request was answered.
    pub fn reached(&self) -> bool {
        self.flow.tally(Outcome::Reached).count > 0
    }
}

/// The clients of a log that are Entra Connect servers, and what they did. It is worked out once, when the log is read:
/// every rule asks for it.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    /// Address or name, sorted; `None` where the log does not tell clients apart.
    pub clients: Vec<Option<String>>,
    /// They called hosts that only Entra Connect calls.
    pub certain: bool,
    /// Their flows: index into the flows of the log, in order, and the row of the catalogue. Of servers that are
    /// certain all flows to known hosts, of others those to sign-in hosts and their content.
    pub flows: Vec<(usize, &'static Endpoint)>,
}

impl Servers {
    /// The row of a flow, given by its index, if it is one of theirs.
    pub fn row(&self, flow: usize) -> Option<&'static Endpoint> {
        let at = self.flows.binary_search_by_key(&flow, |(index, _)| *index).ok()?;
        self.flows.get(at).map(|(_, row)| *row)
    }
}

/// The Entra Connect servers of a log. Where somebody calls hosts that only Entra Connect calls, these are they.
/// Otherwise they are the clients that never get through to a sign-in host or its content: whoever gets through to all
/// may be anybody's browser.
pub fn servers(log: &Log) -> Servers {
    // In a crowd thousands of flows share a few hosts.
    let mut hosts: BTreeMap<&str, Option<&'static Endpoint>> = BTreeMap::new();
    let mut rows: Vec<Option<&'static Endpoint>> = Vec::with_capacity(log.flows.len());
    for flow in &log.flows {
        rows.push(*hosts.entry(&flow.host).or_insert_with(|| endpoints::find_host(&flow.host)));
    }
    let known = || log.flows.iter().zip(&rows).zip(0..).filter_map(|((flow, row), index)| Some((index, flow, (*row)?)));
    let mut clients: Vec<Option<&str>> =
        log.flows.iter().filter(|flow| flow.proves).map(|flow| flow.client.as_deref()).collect();
    let certain = !clients.is_empty();
    if !certain && log.has_outcomes {
        let shut_out = known().filter(|(_, flow, row)| flow.tally(Outcome::Reached).count == 0 && signs_in(row.role));
        clients = shut_out.map(|(_, flow, _)| flow.client.as_deref()).collect();
    }
    let lone = if certain { None } else { lone_client(log, &rows) };
    clients.extend(lone.map(Some));
    clients.sort_unstable();
    clients.dedup();
    let own = |flow: &Flow, row: &Endpoint| {
        (certain || lone.is_some() || signs_in(row.role) || row.role == Role::Telemetry)
            && clients.binary_search(&flow.client.as_deref()).is_ok()
    };
    let flows = known().filter(|(_, flow, row)| own(flow, row)).map(|(index, _, row)| (index, row)).collect();
    Servers { clients: clients.into_iter().map(|client| client.map(str::to_owned)).collect(), certain, flows }
}

/// The only client of a log that knows no other hosts than those of the catalogue, signs in, and is refused a host all
/// the same: somebody cut the lines of one server out of a bigger log. A browser would call other hosts as well.
fn lone_client<'a>(log: &'a Log, rows: &[Option<&'static Endpoint>]) -> Option<&'a str> {
    let client = log.flows.first()?.client.as_deref()?;
    let alone = log.flows.iter().all(|flow| flow.client.as_deref() == Some(client));
    let known = rows.iter().flatten().count() == log.flows.len();
    let reached = |flow: &Flow| flow.tally(Outcome::Reached).count > 0;
    let mut seen = log.flows.iter().zip(rows.iter().flatten());
    let signed_in = seen.clone().any(|(flow, row)| row.role == Role::SignIn && reached(flow));
    let optional = |row: &Endpoint| matches!(row.role, Role::Telemetry | Role::Alias | Role::Revocation);
    let refused = seen.any(|(flow, row)| !optional(row) && !reached(flow) && flow.tally(Outcome::Denied).count > 0);
    (log.has_outcomes && log.other_records == 0 && alone && known && signed_in && refused).then_some(client)
}

fn signs_in(role: Role) -> bool {
    matches!(role, Role::SignIn | Role::SignInContent)
}

/// The flows to needed hosts whose tunnels stay silent, where the same server gets data through other tunnels: the log
/// does count bytes.
pub fn silent_tunnels<'a, 'b>(flows: &'b [ServerFlow<'a>]) -> Vec<&'b ServerFlow<'a>> {
    const DATA: u64 = 2000;
    let speaks = |client: &Option<String>| {
        flows.iter().any(|flow| {
            flow.flow.client == *client && flow.flow.received / (flow.flow.requests().max(1) as u64) >= DATA
        })
    };
    let optional = |role| matches!(role, Role::Telemetry | Role::Alias | Role::Revocation);
    flows.iter().filter(|flow| flow.is_silent() && !optional(flow.endpoint.role) && speaks(&flow.flow.client)).collect()
}

/// The flows of the Entra Connect servers over all logs.
pub fn server_flows(facts: &Facts) -> Vec<ServerFlow<'_>> {
    let logs = facts.logs.iter().zip(&facts.servers);
    logs.flat_map(|((_, log), servers)| {
        let flow = |(index, endpoint): &(usize, &'static Endpoint)| {
            Some(ServerFlow { flow: log.flows.get(*index)?, endpoint, has_outcomes: log.has_outcomes })
        };
        servers.flows.iter().filter_map(flow)
    })
    .collect()
}

/// So many clients that call addresses of the service may be servers; more are a crowd of browsers.
pub const FEW_SERVERS: usize = 3;

/// Flows to bare addresses of the service that ended in this way, of clients that no such address ever answered. Where
/// many clients are shut out like that, they are a crowd that is meant to take another way.
pub fn dead_addresses(facts: &Facts, outcome: Outcome) -> Vec<&Flow> {
    let mut dead = Vec::new();
    for (_, log) in &facts.logs {
        let unnamed = || log.flows.iter().filter(|flow| flow.by_address);
        let answered: BTreeSet<&Option<String>> =
            unnamed().filter(|flow| flow.tally(Outcome::Reached).count > 0).map(|flow| &flow.client).collect();
        let shut_out: Vec<&Flow> =
            unnamed().filter(|flow| flow.tally(outcome).count > 0 && !answered.contains(&flow.client)).collect();
        let clients: BTreeSet<_> = shut_out.iter().map(|flow| &flow.client).collect();
        let tries: usize = shut_out.iter().map(|flow| flow.tally(outcome).count).sum();
        if tries > 1 && clients.len() <= FEW_SERVERS {
            dead.extend(shut_out);
        }
    }
    dead
}

/// Whether any log shows hosts that only Entra Connect calls.
pub fn logs_show_entra_connect(facts: &Facts) -> bool {
    facts.flows().any(|flow| flow.proves)
}

/// "a.example, b.example and 3 more".
pub fn list(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use crate::export::v1::Report;
    use crate::{Input, Options, answer};
    use std::fmt::Write;

    const LOGIN: &str = "login.microsoftonline.com";

    /// A log of many browsers that sign in, after a few that may not, and what else is in it.
    fn crowd(more: &str) -> Report {
        let mut text = String::new();
        let mut line = |time: usize, client: usize, result: &str| {
            let client = format!("10.1.{}.{}", client / 250, client % 250);
            writeln!(
                text,
                "{}.100   900 {client} {result} 9120 CONNECT {LOGIN}:443 - HIER_NONE/- -",
                1_786_500_000 + time
            )
            .unwrap();
        };
        for client in 0..3000 {
            line(client, client, "TCP_TUNNEL/200");
        }
        text.push_str(more);
        let input = Input { name: "access.log".to_owned(), bytes: text.into_bytes(), corrections: Vec::new() };
        answer(&[input], &Options::default()).report
    }

    fn doubts(report: &Report) -> bool {
        report.not_checked.iter().any(|item| item.what.contains("client"))
    }

    #[test]
    fn of_a_crowd_without_a_known_server_the_report_says_that_not_everybody_was_looked_at() {
        let report = crowd("");
        assert!(doubts(&report));
        let problems: Vec<&str> = report
            .diagnoses
            .iter()
            .filter(|diagnosis| matches!(diagnosis.severity.as_str(), "error" | "warning"))
            .map(|diagnosis| diagnosis.id.as_str())
            .collect();
        assert_eq!(problems, ["not-entra-connect-traffic"; 0], "everybody got through");
    }

    #[test]
    fn of_a_server_in_a_crowd_everything_is_kept_and_nothing_is_in_doubt() {
        let server = |time: usize, host: &str, result: &str| {
            format!("{}.100   900 10.9.9.9 {result} 9120 CONNECT {host}:443 - HIER_NONE/- -\n", 1_786_510_000 + time)
        };
        let more = server(0, LOGIN, "TCP_TUNNEL/200")
            + &server(5, "adminwebservice.microsoftonline.com", "TCP_TUNNEL/200")
            + &server(9, "bba800-anchor.microsoftonline.com", "TCP_DENIED/403")
            + &server(1800, LOGIN, "TCP_TUNNEL/200");
        let report = crowd(&more);
        assert!(!doubts(&report));
        let seen = |host: &str| {
            report.endpoints.iter().find(|endpoint| endpoint.host == host).map(|e| (e.state.as_str(), e.requests))
        };
        assert_eq!(seen(LOGIN), Some(("reached", 2)), "of the server only, also from before it was known");
        assert_eq!(seen("*-anchor.microsoftonline.com"), Some(("refused", 1)));
    }
}
