//! The calls of each Entra Connect server in order, over all logs.

use crate::endpoints::Role;
use crate::facts::Facts;
use crate::readers::proxy_log::{Call, Outcome};
use std::collections::BTreeMap;

/// One call of a server.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// What kind of host was called.
    pub role: Role,
    /// The host.
    pub host: &'a str,
    /// How it ended, when it came, and its line.
    pub call: Call,
}

impl Step<'_> {
    /// Whether it was answered, or stands in a log that does not record answers.
    pub fn answered(&self) -> bool {
        matches!(self.call.outcome, Outcome::Reached | Outcome::Seen)
    }

    /// When it came.
    pub fn time(&self) -> Option<i64> {
        self.call.time
    }
}

/// The calls of each server, oldest first where all of them have a time. Logs of several nodes of one proxy come
/// together by the client.
pub fn steps(facts: &Facts) -> Vec<(Option<&str>, Vec<Step<'_>>)> {
    let mut clients: BTreeMap<Option<&str>, Vec<Step>> = BTreeMap::new();
    for ((_, log), servers) in facts.logs.iter().zip(&facts.servers) {
        for call in &log.calls {
            let Some(flow) = log.flows.get(call.flow) else { continue };
            if let Some(endpoint) = servers.row(call.flow)
                && tells_the_stage(endpoint.role)
            {
                let step = Step { role: endpoint.role, host: &flow.host, call: *call };
                clients.entry(flow.client.as_deref()).or_default().push(step);
            }
        }
    }
    for steps in clients.values_mut() {
        if steps.iter().all(|step| step.time().is_some()) {
            steps.sort_by_key(Step::time);
        }
    }
    clients.into_iter().collect()
}

/// The same calls in the order in which their tunnels ended, with these times. Not every device says whether it dates a
/// tunnel by its beginning or by its end.
pub fn by_end<'a>(steps: &[Step<'a>]) -> Vec<Step<'a>> {
    let ended =
        |step: &Step<'a>| Step { call: Call { time: step.call.logged, until: step.call.ended, ..step.call }, ..*step };
    let mut result: Vec<Step> = steps.iter().map(ended).collect();
    if result.iter().all(|step| step.time().is_some()) {
        result.sort_by_key(Step::time);
    }
    result
}

/// Whether calls of this role belong to one stage rather than another. Revocation lists, telemetry and what optional
/// features call come at any time.
fn tells_the_stage(role: Role) -> bool {
    !matches!(role, Role::Revocation | Role::Management | Role::Telemetry | Role::Feature | Role::Alias)
}

/// Hosts of the sync service.
pub fn is_sync(role: Role) -> bool {
    matches!(role, Role::SyncService | Role::RegionalSync)
}

/// Hosts that only Entra Connect calls.
fn is_certain(role: Role) -> bool {
    is_sync(role) || matches!(role, Role::Provisioning | Role::RegionalProvisioning)
}

/// A silence of the server longer than this, in seconds, ends what it was doing: in the reference log of the article
/// ten minutes lie between two pages of the wizard, and sync cycles lie at least half an hour apart
/// (how-to-connect-sync-feature-scheduler).
const SILENCE: i64 = 10 * 60;

/// Cuts the calls of one server where it was silent; each burst is a list of indices into `steps`. Only calls to hosts
/// of Entra Connect itself make a burst. Sign-in and Graph, which every browser on the server and, behind an address
/// translation, every machine calls, join the burst that they lie in or come before; the rest counts only where a
/// sign-in failed: a server that cannot sign in gets to nothing else. Without times everything is one burst.
pub fn bursts(steps: &[Step]) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..steps.len()).collect();
    if steps.is_empty() || steps.iter().any(|step| step.time().is_none()) {
        return if all.is_empty() { Vec::new() } else { vec![all] };
    }
    let time = |index: usize| steps.get(index).and_then(|step| Some((step.call.time?, step.call.until?)));
    let (certain, others): (Vec<usize>, Vec<usize>) =
        all.into_iter().partition(|&index| steps.get(index).is_some_and(|step| is_certain(step.role)));
    let mut bursts = cut(&certain, time);
    let ranges: Vec<(i64, i64)> = bursts.iter().filter_map(|burst| range(burst, time)).collect();
    let mut loose = Vec::new();
    for index in others {
        let Some((at, _)) = time(index) else { continue };
        // What comes before counts as nearer than what comes after: the sign-in leads.
        let distance = |(from, to): &(i64, i64)| if at < *from { from - at } else { (at - to).max(0) * 2 };
        let next = ranges.partition_point(|(from, _)| *from <= at);
        let candidates = [next.checked_sub(1), Some(next)].into_iter().flatten();
        let nearest = candidates
            .filter_map(|burst| Some((distance(ranges.get(burst)?), burst)))
            .filter(|(distance, _)| *distance <= SILENCE)
            .min();
        match nearest.and_then(|(_, burst)| bursts.get_mut(burst)) {
            Some(burst) => burst.push(index),
            None => loose.push(index),
        }
    }
    let fails = |burst: &Vec<usize>| {
        let mine = || burst.iter().filter_map(|&index| steps.get(index));
        mine().any(|step| matches!(step.role, Role::SignIn | Role::SignInContent) && stands_refused(step, mine()))
    };
    let alone = cut(&loose, time);
    bursts.extend(alone.into_iter().filter(|burst| certain.is_empty() || fails(burst)));
    for burst in &mut bursts {
        burst.sort_unstable();
    }
    bursts.sort();
    bursts
}

/// Cuts a list of calls, in order of time, at silences.
fn cut(indices: &[usize], time: impl Fn(usize) -> Option<(i64, i64)>) -> Vec<Vec<usize>> {
    let mut bursts: Vec<Vec<usize>> = Vec::new();
    let mut end = i64::MIN;
    for &index in indices {
        let Some((from, until)) = time(index) else { continue };
        if bursts.is_empty() || from.saturating_sub(end) > SILENCE {
            bursts.push(Vec::new());
        }
        end = end.max(until);
        if let Some(burst) = bursts.last_mut() {
            burst.push(index);
        }
    }
    bursts
}

fn range(burst: &[usize], time: impl Fn(usize) -> Option<(i64, i64)>) -> Option<(i64, i64)> {
    let from = burst.iter().filter_map(|&index| time(index)).map(|(from, _)| from).min()?;
    let to = burst.iter().filter_map(|&index| time(index)).map(|(_, until)| until).max()?;
    Some((from, to))
}

/// Whether a call was refused and its host not answered afterwards. A tunnel that is dated by its end and its length
/// may seem to begin some seconds before the 407 that led to it.
pub fn stands_refused<'a>(step: &Step, others: impl Iterator<Item = &'a Step<'a>>) -> bool {
    const SLACK: i64 = 5;
    let later = |other: &Step| match (other.call.until, step.call.time) {
        (Some(other), Some(own)) => other + SLACK >= own,
        _ => other.call.span.start > step.call.span.start,
    };
    step.call.outcome.is_refusal()
        && !others.into_iter().any(|other| other.host == step.host && other.answered() && later(other))
}
