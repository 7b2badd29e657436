//! What the logs show of the endpoints that Entra Connect needs, and how far the wizard and the sync came.

mod sequence;
mod stages;
mod steps;

pub use sequence::{PhaseState, Session, phases, sessions};

use crate::endpoints::{self, Need, Phase, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::Outcome;
use crate::traffic::{ServerFlow, server_flows};
use std::collections::BTreeMap;

/// What the logs show of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointState {
    /// Host, or pattern where the name varies.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// What for.
    pub purpose: &'static str,
    /// How much it is needed.
    pub need: Need,
    /// When it is called.
    pub phases: &'static [Phase],
    /// What the logs show.
    pub state: State,
    /// Requests seen.
    pub requests: usize,
    /// First time stamp as written.
    pub first_time: Option<String>,
    /// Last time stamp as written.
    pub last_time: Option<String>,
}

/// What the logs show of an endpoint. "Not seen" says nothing about open or blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Answered, or called in a log that does not record answers.
    Reached,
    /// Denied by policy.
    Refused,
    /// 407 without a success after it.
    AuthRequired,
    /// Failed in another way.
    Failed,
    /// No line about it.
    NotSeen,
}

impl State {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Refused => "refused",
            Self::AuthRequired => "auth-required",
            Self::Failed => "failed",
            Self::NotSeen => "not-seen",
        }
    }
}

/// The required endpoints of the cloud and those of the features in use, whatever the logs show, and every other row
/// that was seen.
pub fn endpoints(facts: &Facts) -> Vec<EndpointState> {
    let flows = server_flows(facts);
    // A crowd of clients shares a few hosts.
    let mut by_host: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, flow) in flows.iter().enumerate() {
        by_host.entry(&flow.flow.host).or_default().push(index);
    }
    let mut states = Vec::new();
    for row in endpoints::all().filter(|row| row.cloud == facts.cloud.cloud && row.role != Role::Alias) {
        for &host in row.hosts {
            let matching = by_host.iter().filter(|(name, _)| endpoints::host_matches(host, name));
            let mut mine: Vec<usize> = matching.flat_map(|(_, flows)| flows).copied().collect();
            mine.sort_unstable();
            let port_fits =
                |flow: &&ServerFlow| flow.flow.port.is_none_or(|port| port == row.port || row.role == Role::Revocation);
            let mine: Vec<&ServerFlow> =
                mine.into_iter().filter_map(|index| flows.get(index)).filter(port_fits).collect();
            let requests = mine.iter().map(|flow| flow.flow.requests()).sum();
            let in_use = row.features.iter().any(|feature| facts.features.iter().any(|used| used == feature));
            if requests == 0 && row.need != Need::Required && !in_use {
                continue;
            }
            states.push(EndpointState {
                host: host.to_owned(),
                port: row.port,
                purpose: row.purpose,
                need: row.need,
                phases: row.phases,
                state: state(&mine),
                requests,
                first_time: mine.iter().find_map(|flow| flow.flow.first_time.clone()),
                last_time: mine.iter().rev().find_map(|flow| flow.flow.last_time.clone()),
            });
        }
    }
    states.sort_by(|a, b| (a.need, &a.host, a.port).cmp(&(b.need, &b.host, b.port)));
    states.dedup_by(|a, b| a.host == b.host && a.port == b.port);
    states
}

/// The worst that stands unresolved; reached when nothing does.
fn state(flows: &[&ServerFlow]) -> State {
    let any = |outcome| flows.iter().any(|flow| flow.unresolved(outcome));
    if flows.is_empty() {
        State::NotSeen
    } else if any(Outcome::Denied) {
        State::Refused
    } else if any(Outcome::AuthRequired) {
        State::AuthRequired
    } else if any(Outcome::UpstreamFailed) || any(Outcome::Reset) || any(Outcome::TimedOut) {
        State::Failed
    } else if flows.iter().any(|flow| flow.reached() || flow.flow.tally(Outcome::Seen).count > 0) {
        State::Reached
    } else {
        State::Failed
    }
}
