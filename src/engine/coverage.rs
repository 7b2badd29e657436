//! What the logs show of the endpoints that Entra Connect needs, and how far the wizard and the sync came.

use crate::endpoints::{self, Need, Phase, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::Outcome;
use crate::traffic::{ServerFlow, server_flows};

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

/// How far a stage came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseState {
    /// Which stage.
    pub phase: Phase,
    /// "complete", "incomplete" or "not-seen".
    pub state: &'static str,
    /// Hosts that did not come.
    pub missing: Vec<String>,
}

/// The required endpoints of the cloud, whatever the logs show, and every other row that was seen.
pub fn endpoints(facts: &Facts) -> Vec<EndpointState> {
    let flows = server_flows(facts);
    let mut states = Vec::new();
    for row in endpoints::all().filter(|row| row.cloud == facts.cloud.cloud && row.role != Role::Alias) {
        for &host in row.hosts {
            let mine: Vec<&ServerFlow> = flows
                .iter()
                .filter(|flow| {
                    let port_fits = flow.flow.port.is_none_or(|port| port == row.port || row.role == Role::Revocation);
                    port_fits && endpoints::host_matches(host, &flow.flow.host)
                })
                .collect();
            let requests = mine.iter().map(|flow| flow.flow.requests()).sum();
            if requests == 0 && row.need != Need::Required {
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

/// How often each kind of host was called in order, and what that says about the stages. Repeats, regional names
/// and builds that use Graph instead of provisioningapi are all taken as they come.
pub fn phases(facts: &Facts) -> Vec<PhaseState> {
    let calls = calls(facts);
    let rounds = rounds(&calls);
    Phase::ALL
        .into_iter()
        .map(|phase| match rounds.iter().find(|round| round.phase == phase) {
            None => PhaseState { phase, state: "not-seen", missing: Vec::new() },
            Some(round) => {
                let missing = missing(round, facts);
                let state = if missing.is_empty() { "complete" } else { "incomplete" };
                PhaseState { phase, state, missing }
            }
        })
        .collect()
}

/// Calls of the server that were answered (or whose answer the log does not record), in order of the log.
fn calls(facts: &Facts) -> Vec<(Role, &str)> {
    let mut result = Vec::new();
    let servers: Vec<*const _> = server_flows(facts).iter().map(|flow| std::ptr::from_ref(flow.flow)).collect();
    for (_, log) in &facts.logs {
        for call in &log.calls {
            let Some(flow) = log.flows.get(call.flow) else { continue };
            let answered = matches!(call.outcome, Outcome::Reached | Outcome::Seen);
            if answered
                && servers.contains(&std::ptr::from_ref(flow))
                && let Some(endpoint) = endpoints::find_host(&flow.host)
                && tells_the_stage(endpoint.role)
            {
                result.push((endpoint.role, flow.host.as_str()));
            }
        }
    }
    result
}

/// Whether calls of this role belong to one stage rather than another. Revocation lists, telemetry and the sign-in
/// window's content come at any time.
fn tells_the_stage(role: Role) -> bool {
    !matches!(
        role,
        Role::SignInContent | Role::Revocation | Role::Management | Role::Telemetry | Role::Feature | Role::Alias
    )
}

/// One stage as it shows in the calls.
struct Round {
    phase: Phase,
    roles: Vec<Role>,
}

/// The wizard's pages that talk to the directory, in order.
const PAGES: [Phase; 2] = [Phase::Connect, Phase::Configure];

/// Splits the calls into stages. A stage begins with a sign-in. The wizard's pages end with the provisioning
/// service or Graph; a sign-in without either afterwards is a sync: the first one is the initial sync.
fn rounds(calls: &[(Role, &str)]) -> Vec<Round> {
    let directory =
        |role: Role| matches!(role, Role::Provisioning | Role::RegionalProvisioning | Role::Graph | Role::LegacyGraph);
    // Positions at which the wizard talked to the directory: the last call of each such stretch ends a page.
    let mut page_ends: Vec<usize> = Vec::new();
    for (at, (role, _)) in calls.iter().enumerate() {
        if directory(*role) {
            match page_ends.last_mut() {
                Some(last)
                    if calls
                        .get(*last + 1..at)
                        .is_some_and(|between| between.iter().all(|(role, _)| directory(*role))) =>
                {
                    *last = at;
                }
                _ => page_ends.push(at),
            }
        }
    }
    // Newer builds ask Graph several times on one page; only the first two stretches with a sync call between
    // them are told apart as pages.
    let mut ends = Vec::new();
    for end in page_ends {
        let from = ends.last().map_or(0, |last| last + 1);
        let has_sync =
            calls.get(from..=end).is_some_and(|page| page.iter().any(|(role, _)| *role == Role::SyncService));
        let pages = ends.len();
        match ends.last_mut() {
            Some(last) if !has_sync => *last = end,
            _ if pages == PAGES.len() => break,
            _ => ends.push(end),
        }
    }
    let mut result = Vec::new();
    let mut from = 0;
    for (phase, end) in PAGES.into_iter().zip(&ends) {
        result.push(Round { phase, roles: roles(calls, from, end + 1) });
        from = end + 1;
    }
    let rest = roles(calls, from, calls.len());
    if rest.contains(&Role::SyncService) || rest.contains(&Role::SignIn) {
        let phase = match ends.len() {
            0 => Phase::Connect,
            1 => Phase::Configure,
            _ => Phase::InitialSync,
        };
        // Without any wizard page, a log of sign-in, sync service and regional host is an ordinary sync.
        let steady = ends.is_empty() && rest.contains(&Role::RegionalSync);
        result.push(Round { phase: if steady { Phase::Sync } else { phase }, roles: rest });
    }
    result
}

fn roles(calls: &[(Role, &str)], from: usize, to: usize) -> Vec<Role> {
    let mut roles: Vec<Role> = calls.get(from..to).unwrap_or(&[]).iter().map(|(role, _)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn missing(round: &Round, facts: &Facts) -> Vec<String> {
    let has = |role| round.roles.contains(&role);
    let mut wanted = vec![Role::SyncService, Role::RegionalSync];
    if matches!(round.phase, Phase::Connect | Phase::Configure) {
        wanted.push(Role::SignIn);
        // Graph and LegacyGraph stand in for the provisioning service in newer builds.
        if !has(Role::Graph) && !has(Role::LegacyGraph) {
            wanted.extend([Role::Provisioning, Role::RegionalProvisioning]);
        }
    }
    wanted
        .into_iter()
        .filter(|&role| !has(role))
        .filter_map(|role| endpoints::hosts_of_role(facts.cloud.cloud, role).next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Provisioning, RegionalProvisioning, RegionalSync, SignIn, SyncService};

    fn stages(roles: &[Role]) -> Vec<(Phase, Vec<Role>)> {
        let calls: Vec<(Role, &str)> = roles.iter().map(|role| (*role, "host")).collect();
        rounds(&calls).into_iter().map(|round| (round.phase, round.roles)).collect()
    }

    #[test]
    fn the_reference_pattern_shows_both_pages_and_the_initial_sync() {
        let connect = [SignIn, SyncService, RegionalSync, SignIn, Provisioning, RegionalProvisioning];
        let configure =
            [SignIn, RegionalSync, SignIn, SyncService, RegionalSync, SignIn, Provisioning, RegionalProvisioning];
        let sync = [SignIn, SyncService, RegionalSync];
        let all = [&connect[..], &configure[..], &sync[..]].concat();
        let phases: Vec<Phase> = stages(&all).into_iter().map(|(phase, _)| phase).collect();
        assert_eq!(phases, [Phase::Connect, Phase::Configure, Phase::InitialSync]);
    }

    #[test]
    fn a_sign_in_between_discovery_and_its_regional_host_ends_no_page() {
        let page = [SignIn, SyncService, RegionalSync, Provisioning, SignIn, RegionalProvisioning];
        let found = stages(&[page, page].concat());
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|(_, roles)| roles.contains(&RegionalProvisioning)));
    }

    #[test]
    fn a_log_without_the_wizard_is_an_ordinary_sync() {
        let found = stages(&[SignIn, SyncService, RegionalSync, SyncService, RegionalSync]);
        assert_eq!(found.first().map(|(phase, _)| *phase), Some(Phase::Sync));
    }
}
