//! From the order of calls to stages: which burst of calls is a page of the wizard, which a sync.

use super::steps::{Step, bursts, is_sync};
use crate::endpoints::{Phase, Role};

/// Calls that make one stage: indices into the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Which one.
    pub phase: Phase,
    /// Its calls, in order.
    pub calls: Vec<usize>,
}

/// A stretch of one burst.
struct Piece {
    /// It ends with calls to the directory, as the pages of the wizard do.
    is_page: bool,
    calls: Vec<usize>,
}

/// How far one run of the wizard has come.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// Pages that came: Connect, then Configure.
    pages: usize,
    /// Part of Configure came: calls that never got to the directory.
    half: bool,
    /// The sync that the wizard starts came too.
    synced: bool,
    /// When the last page ended.
    ended: Option<i64>,
}

/// A wizard that waits longer than this for its next page, in seconds, was closed.
const ABANDONED: i64 = 2 * 60 * 60;
/// A pause within a burst, in seconds, after which sync calls belong to the next page even where no new sign-in shows:
/// it may have gone through a tunnel that was still open.
const PAUSE: i64 = 3 * 60;
/// From so many bursts without a page on, they are the cycles of the scheduler.
const CYCLES: usize = 3;

/// The stages of one server, in order. The pages of the wizard end with the provisioning service or, from 2.4.18.0 on,
/// with Graph: the first is Connect, the second Configure. A sync has neither; the first one after the pages is the
/// initial sync. Repeats, regional names, refusals with retries, and a wizard that is run again are all taken as they
/// come.
pub fn stages(steps: &[Step]) -> Vec<Stage> {
    let bursts = bursts(steps);
    let has = |burst: &[usize], wanted: fn(Role) -> bool| {
        burst.iter().filter_map(|&index| steps.get(index)).any(|step| wanted(step.role))
    };
    let with_graph = bursts.iter().filter(|burst| has(burst, is_graph) && !has(burst, is_provisioning)).count();
    let answers = steps.iter().any(|step| is_graph(step.role) && step.answered());
    // Where most bursts have it, Graph is part of every cycle, or of what others do behind the same address. Where it
    // never answers, bursts that lie closer together than the scheduler's are one wizard that tries again.
    let routine = bursts.len() >= CYCLES && with_graph * 2 > bursts.len() && (answers || scheduled(steps, &bursts));
    let graph_tells = !routine;
    let directory = |role: Role| is_provisioning(role) || graph_tells && is_graph(role);
    let without_page = bursts
        .iter()
        .filter(|burst| !burst.iter().filter_map(|&index| steps.get(index)).any(|step| directory(step.role)))
        .count();
    let cyclic = without_page >= CYCLES;
    let mut run = Run::default();
    let mut stages = Vec::new();
    for burst in &bursts {
        for (at, piece) in pieces(steps, burst, directory).into_iter().enumerate() {
            if piece.is_page {
                take_page(steps, piece.calls, &mut run, &mut stages, directory);
            } else {
                // A whole sync after a silence is what it seems.
                let sync = cyclic || at == 0 && stages.last().is_some() && is_whole_sync(steps, &piece.calls);
                let phase = phase_of_tail(steps, &piece.calls, &mut run, sync);
                stages.push(Stage { phase, calls: piece.calls });
            }
        }
    }
    stages
}

/// Whether bursts lie as far apart as the cycles of the scheduler, which come every half hour at most.
fn scheduled(steps: &[Step], bursts: &[Vec<usize>]) -> bool {
    const LEAST: i64 = 25 * 60;
    let starts = bursts.iter().filter_map(|burst| steps.get(*burst.first()?)?.time());
    let starts: Vec<i64> = starts.collect();
    let mut apart: Vec<i64> = starts.iter().zip(starts.iter().skip(1)).map(|(one, next)| next - one).collect();
    apart.sort_unstable();
    apart.get(apart.len() / 2).is_some_and(|&median| median >= LEAST)
}

fn is_provisioning(role: Role) -> bool {
    matches!(role, Role::Provisioning | Role::RegionalProvisioning)
}

fn is_graph(role: Role) -> bool {
    matches!(role, Role::Graph | Role::LegacyGraph)
}

/// Cuts a burst after each page. A page has ended when, after a call to the directory, a new sign-in (or a pause) and a
/// call to the sync service come before the next call to the directory. What follows the last page is a piece of its
/// own when it shows the sync service, or a sign-in that stands refused.
fn pieces(steps: &[Step], burst: &[usize], directory: impl Fn(Role) -> bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current: Vec<usize> = Vec::new();
    // Where in `current` the last call to the directory stands.
    let mut last: Option<usize> = None;
    for &index in burst {
        let Some(step) = steps.get(index) else { continue };
        if directory(step.role)
            && let Some(end) = last
            && begins_anew(steps, &current, end)
        {
            let rest = current.split_off(end + 1);
            pieces.push(Piece { is_page: true, calls: std::mem::replace(&mut current, rest) });
            last = None;
        }
        current.push(index);
        if directory(step.role) {
            last = Some(current.len() - 1);
        }
    }
    let Some(end) = last else {
        if !current.is_empty() {
            pieces.push(Piece { is_page: false, calls: current });
        }
        return pieces;
    };
    let tells = begins_anew(steps, &current, end) || sign_in_fails(steps, &current, end);
    let rest = current.split_off(end + 1);
    if tells {
        pieces.push(Piece { is_page: true, calls: current });
        pieces.push(Piece { is_page: false, calls: rest });
    } else {
        current.extend(rest);
        pieces.push(Piece { is_page: true, calls: current });
    }
    pieces
}

/// Whether what came after the call to the directory at `end` begins another page. A page without the sync service has
/// hardly begun: newer builds ask Graph first.
fn begins_anew(steps: &[Step], calls: &[usize], end: usize) -> bool {
    let step = |at: usize| calls.get(at).and_then(|&index| steps.get(index));
    let after = || (end + 1..calls.len()).filter_map(step);
    let Some(sync) = after().find(|step| is_sync(step.role)) else { return false };
    let until = step(end).and_then(|step| step.call.until);
    let paused = until.zip(sync.time()).is_some_and(|(until, time)| time - until >= PAUSE);
    let whole = (0..end).filter_map(step).any(|step| is_sync(step.role));
    paused || whole && after().any(|step| step.role == Role::SignIn)
}

/// Whether what came after the call to the directory at `end` is a sign-in that gets nowhere.
fn sign_in_fails(steps: &[Step], calls: &[usize], end: usize) -> bool {
    let after = || calls.iter().skip(end + 1).filter_map(|&index| steps.get(index));
    after().any(|step| step.role == Role::SignIn) && !after().any(Step::answered)
}

/// Names a page, and carries the run on.
fn take_page(
    steps: &[Step],
    mut calls: Vec<usize>,
    run: &mut Run,
    stages: &mut Vec<Stage>,
    directory: impl Fn(Role) -> bool,
) {
    let time = |calls: &[usize], last: bool| {
        let index = if last { calls.last() } else { calls.first() };
        index.and_then(|&index| steps.get(index)).and_then(|step| if last { step.call.until } else { step.call.time })
    };
    if run.pages == 2
        && let Some(start) = page_start(steps, &calls, directory)
        && start > 0
    {
        // The sync of the run before stands in front of the page, without a silence between them.
        let rest = calls.split_off(start);
        let phase = phase_of_tail(steps, &calls, run, false);
        stages.push(Stage { phase, calls: std::mem::replace(&mut calls, rest) });
    }
    let waited = run.ended.zip(time(&calls, false)).is_some_and(|(ended, time)| time - ended > ABANDONED);
    let stopped = stages.last().is_some_and(|stage| stage.phase == Phase::Connect && is_stuck(steps, &stage.calls));
    if run.pages == 2 || waited || run.pages == 1 && stopped {
        *run = Run::default();
    }
    run.pages += 1;
    run.ended = time(&calls, true);
    let phase = if run.pages == 1 { Phase::Connect } else { Phase::Configure };
    stages.push(Stage { phase, calls });
}

/// Names what has no call to the directory. `sync`: something else shows that it is a sync.
fn phase_of_tail(steps: &[Step], calls: &[usize], run: &mut Run, sync: bool) -> Phase {
    let has = |wanted: Role| calls.iter().filter_map(|&index| steps.get(index)).any(|step| step.role == wanted);
    match run.pages {
        2 if !run.synced => {
            run.synced = true;
            Phase::InitialSync
        }
        1 if !sync && !run.half => {
            run.half = true;
            Phase::Configure
        }
        // A page of the wizard that stopped before the regional host looks like this, and so does a sync that stopped
        // there; a sync that comes again and again is told by its rhythm.
        0 if !sync && has(Role::SignIn) && !has(Role::RegionalSync) => Phase::Connect,
        _ => Phase::Sync,
    }
}

/// Whether the sync service and a regional host of it were answered, and nothing stands refused.
fn is_whole_sync(steps: &[Step], calls: &[usize]) -> bool {
    let answered =
        |role| calls.iter().filter_map(|&index| steps.get(index)).any(|step| step.role == role && step.answered());
    answered(Role::SyncService) && answered(Role::RegionalSync) && !is_stuck(steps, calls)
}

/// Whether a page could not go on: a host of Entra Connect stands refused at its end.
fn is_stuck(steps: &[Step], calls: &[usize]) -> bool {
    let mine = || calls.iter().filter_map(|&index| steps.get(index));
    mine().any(|step| super::steps::stands_refused(step, mine()))
}

/// Where the page begins that ends with the first calls to the directory: its calls to the sync service, and the
/// sign-in before them.
fn page_start(steps: &[Step], calls: &[usize], directory: impl Fn(Role) -> bool) -> Option<usize> {
    let role = |at: usize| calls.get(at).and_then(|&index| steps.get(index)).map(|step| step.role);
    let mut at = (0..calls.len()).find(|&at| role(at).is_some_and(&directory))?;
    for wanted in [|role: Role| !is_sync(role), is_sync, |role: Role| !is_sync(role)] {
        while at > 0 && role(at - 1).is_some_and(wanted) {
            at -= 1;
        }
    }
    (0..at).any(|at| role(at).is_some_and(is_sync)).then_some(at)
}

#[cfg(test)]
mod tests;
