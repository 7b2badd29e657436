//! What each Entra Connect server did, stage by stage: when, how far it came, and what stopped it.

use super::stages::{Stage, stages};
use super::steps::{Step, by_end, is_sync, stands_refused, steps};
use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Phase, Role};
use crate::facts::Facts;

/// One stage of one server as it shows in the calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Address or name of the server, where the log has it.
    pub client: Option<String>,
    /// Artifacts that show calls of it, sorted.
    pub artifacts: Vec<usize>,
    /// Which stage.
    pub phase: Phase,
    /// When it began, in seconds since 1970; of the zone the log is written in when the log does not tell its zone.
    pub from: Option<i64>,
    /// When the last call ended, as the log dates it.
    pub to: Option<i64>,
    /// Line of the first call.
    pub first: Span,
    /// Line of the last call.
    pub last: Span,
    /// Host of the last call.
    pub last_host: String,
    /// Hosts that were called, in order of their first call.
    pub called: Vec<String>,
    /// Hosts that were called and refused, and not answered afterwards.
    pub refused: Vec<String>,
    /// Hosts that belong to the stage and were not answered: refused, or never called.
    pub missing: Vec<String>,
}

impl Session {
    /// Whether everything that belongs to the stage was answered.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Where an incomplete stage stopped: at the host that was refused, or after the last one that was called.
    pub fn stopped_at(&self) -> Option<&str> {
        let stopped = self.refused.first().unwrap_or(&self.last_host);
        (!self.is_complete()).then_some(stopped.as_str())
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

/// The stages of every server, server by server, oldest first.
pub fn sessions(facts: &Facts) -> Vec<Session> {
    let mut result = Vec::new();
    for (client, steps) in steps(facts) {
        let read = |steps: &[Step]| -> Vec<Session> {
            stages(steps).iter().filter_map(|stage| session(client, steps, stage, facts.cloud.cloud)).collect()
        };
        let broken = |sessions: &[Session]| sessions.iter().filter(|session| !session.is_complete()).count();
        let by_start = read(&steps);
        // The order that makes more sense of the calls is the one they came in.
        let by_end = if broken(&by_start) > 0 { read(&by_end(&steps)) } else { Vec::new() };
        let ends_tell = !by_end.is_empty() && broken(&by_end) < broken(&by_start);
        result.extend(if ends_tell { by_end } else { by_start });
    }
    result
}

fn session(client: Option<&str>, steps: &[Step], stage: &Stage, cloud: Cloud) -> Option<Session> {
    let calls: Vec<&Step> = stage.calls.iter().filter_map(|&index| steps.get(index)).collect();
    let (first, last) = (calls.first()?, calls.last()?);
    let mut artifacts: Vec<usize> = calls.iter().map(|step| step.call.span.artifact).collect();
    artifacts.sort_unstable();
    artifacts.dedup();
    let refused = calls.iter().filter(|step| stands_refused(step, calls.iter().copied()));
    Some(Session {
        client: client.map(str::to_owned),
        artifacts,
        phase: stage.phase,
        from: calls.iter().filter_map(|step| step.call.time).min(),
        to: calls.iter().filter_map(|step| step.call.ended).max(),
        first: first.call.span,
        last: last.call.span,
        last_host: last.host.to_owned(),
        called: names(calls.iter().map(|step| step.host)),
        refused: names(refused.map(|step| step.host)),
        missing: missing(&calls, stage.phase, cloud),
    })
}

/// Each name once, in order of appearance.
fn names<'a>(hosts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for host in hosts {
        if !names.iter().any(|name| name == host) {
            names.push(host.to_owned());
        }
    }
    names
}

/// What belongs to a stage and was not answered in it.
fn missing(calls: &[&Step], phase: Phase, cloud: Cloud) -> Vec<String> {
    let called = |role: Role| calls.iter().any(|step| step.role == role);
    let refused =
        |role: Role| calls.iter().any(|step| step.role == role && stands_refused(step, calls.iter().copied()));
    let answered = |role: Role| calls.iter().any(|step| step.role == role && step.answered());
    // A regional host by a name that the catalogue does not know stands in for the usual ones.
    let unknown =
        |service: Role| answered(service) && calls.iter().any(|step| step.answered() && is_sibling(step, calls));
    let mut wanted = vec![Role::SyncService, Role::RegionalSync];
    if matches!(phase, Phase::Connect | Phase::Configure) {
        wanted.insert(0, Role::SignIn);
        let graph = answered(Role::Graph) || answered(Role::LegacyGraph);
        let provisioning = called(Role::Provisioning) || called(Role::RegionalProvisioning);
        // Newer builds ask Graph instead of the provisioning service.
        match (graph, provisioning) {
            (false, false) if called(Role::Graph) => wanted.push(Role::Graph),
            (false, _) => wanted.extend([Role::Provisioning, Role::RegionalProvisioning]),
            (true, _) => {
                wanted
                    .extend([Role::Provisioning, Role::RegionalProvisioning].into_iter().filter(|&role| refused(role)));
            }
        }
    } else if refused(Role::SignIn) {
        wanted.insert(0, Role::SignIn);
    }
    wanted
        .into_iter()
        .filter(|&role| !answered(role))
        .filter(|&role| match role {
            Role::RegionalSync => refused(role) || !unknown(Role::SyncService),
            // A server that knows its regional host from an earlier cycle need not ask for it again.
            Role::SyncService if phase == Phase::Sync => called(role) || !answered(Role::RegionalSync),
            Role::RegionalProvisioning => refused(role) || !unknown(Role::Provisioning),
            _ => true,
        })
        .filter_map(|role| endpoints::hosts_of_role(cloud, role).next())
        .map(str::to_owned)
        .collect()
}

/// Whether a call went to a name beside that of the sync or the provisioning service of which nothing else is known.
fn is_sibling(step: &Step, calls: &[&Step]) -> bool {
    let zone = |host: &str| host.split_once('.').map(|(_, zone)| zone.to_owned());
    let service = |other: &&&Step| is_sync(other.role) || other.role == Role::Provisioning;
    step.role == Role::Family && calls.iter().filter(service).any(|other| zone(other.host) == zone(step.host))
}

/// How far each stage came, over all servers. What counts is how a server's last try ended; one that only breaks off,
/// as at the end of a log, does not undo an earlier success. Of two servers the one that was refused tells.
pub fn phases(facts: &Facts) -> Vec<PhaseState> {
    let sessions = sessions(facts);
    Phase::ALL
        .into_iter()
        .map(|phase| {
            let mine = || sessions.iter().filter(move |session| session.phase == phase);
            let mut clients: Vec<&Option<String>> = mine().map(|session| &session.client).collect();
            clients.dedup();
            let told =
                clients.into_iter().filter_map(|client| last_word(mine().filter(|session| session.client == *client)));
            match told.min_by_key(|session| weight(session)) {
                None => PhaseState { phase, state: "not-seen", missing: Vec::new() },
                Some(session) => {
                    let state = if session.is_complete() { "complete" } else { "incomplete" };
                    PhaseState { phase, state, missing: session.missing.clone() }
                }
            }
        })
        .collect()
}

/// The session that tells how a stage stands with one server.
fn last_word<'a>(sessions: impl Iterator<Item = &'a Session> + Clone) -> Option<&'a Session> {
    let last = sessions.clone().last()?;
    let earlier = || sessions.filter(|session| session.is_complete()).last();
    if last.is_complete() || !last.refused.is_empty() { Some(last) } else { earlier().or(Some(last)) }
}

/// Refused first, then complete, then what only broke off.
fn weight(session: &Session) -> u8 {
    match (session.is_complete(), session.refused.is_empty()) {
        (false, false) => 0,
        (true, _) => 1,
        (false, true) => 2,
    }
}
