//! What each Entra Connect server did over time: calls by endpoint, refusals, silences, stages. Everybody else behind
//! the same proxy is left out. A 407 that led to a sign-in is no refusal.

use crate::artifact::Span;
use crate::coverage::{Session, sessions};
use crate::endpoints::{Endpoint, Phase};
use crate::facts::Facts;
use crate::readers::proxy_log::{Activity, Bin, Call, Log, Outcome};
use crate::traffic::ServerFlow;
use std::collections::BTreeMap;

/// The calls of one server in one log. Seconds count from the first record; where the log has no times they are numbers
/// of bins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Index of the artifact.
    pub artifact: usize,
    /// Address or name of the server, where the log has it.
    pub client: Option<String>,
    /// Time of the first record as written; empty without times.
    pub start: String,
    /// Time of the last record as written; empty without times.
    pub end: String,
    /// Whether the log tells the zone of its times.
    pub zone_known: bool,
    /// The calls have no times: one bin for each, in the order of the log.
    pub ordered_only: bool,
    /// From the first to the last record.
    pub seconds: i64,
    /// How many bins there are.
    pub bins: usize,
    /// Width of a bin in seconds.
    pub bin_seconds: i64,
    /// Where bin 0 begins, in seconds; 0 or less.
    pub bin_start: i64,
    /// One per host, in the order of their roles.
    pub rows: Vec<Row>,
    /// Hosts for which there was no room.
    pub rows_left_out: usize,
    /// Stages, oldest first.
    pub bands: Vec<Band>,
    /// Silences that stand out, from and to, in seconds.
    pub gaps: Vec<(i64, i64)>,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The host.
    pub host: String,
    /// Its row of the catalogue.
    pub endpoint: &'static Endpoint,
    /// Requests.
    pub total: usize,
    /// Requests that were refused or failed on their way; not the 407s that led to a sign-in.
    pub refused: usize,
    /// Bins in which something happened, in order.
    pub cells: Vec<Cell>,
}

/// What happened to one host in one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Number of the bin.
    pub bin: usize,
    /// Requests that were answered.
    pub reached: u32,
    /// Requests that were refused or failed on their way.
    pub refused: u32,
    /// 407s that led to a sign-in: steps of it.
    pub asked: u32,
    /// Requests that the client gave up, or about whose end the log says nothing.
    pub other: u32,
    /// The first line that is kept of this bin.
    pub span: Option<Span>,
}

/// A stage, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins, in seconds.
    pub from: i64,
    /// Where its last call ends, in seconds.
    pub to: i64,
    /// The stage.
    pub session: Session,
}

/// How many servers of one log are drawn: the busiest ones.
const MAX_SERVERS: usize = 8;
/// How many hosts of one server are drawn.
const MAX_ROWS: usize = 64;
/// A silence that stands out where no cycle says what is usual, in seconds.
const SILENCE: i64 = 10 * 60;

/// One timeline for each server of each log, in the order of the artifacts; the busiest server of a log first. Where
/// nobody calls hosts that only Entra Connect calls, a single client that fails to sign in is taken for the server.
pub fn timelines(facts: &Facts) -> Vec<Timeline> {
    let sessions = sessions(facts);
    let mut result = Vec::new();
    for ((artifact, log), servers) in facts.logs.iter().zip(&facts.servers) {
        if !servers.certain && servers.clients.len() != 1 {
            continue;
        }
        for (client, flows) in busiest(log, &servers.flows) {
            let own = sessions
                .iter()
                .filter(|session| session.client.as_deref() == client && session.artifacts.contains(artifact));
            result.extend(timeline(*artifact, client, log, &flows, own.cloned().collect()));
        }
    }
    result
}

/// The busiest servers of a log and their flows, the busiest first.
fn busiest<'a>(log: &'a Log, flows: &[(usize, &'static Endpoint)]) -> Vec<(Option<&'a str>, Vec<Owned<'a>>)> {
    let mut servers: BTreeMap<Option<&str>, Vec<Owned>> = BTreeMap::new();
    for (index, endpoint) in flows {
        let Some(flow) = log.flows.get(*index) else { continue };
        let server = ServerFlow { flow, endpoint, has_outcomes: log.has_outcomes };
        servers.entry(flow.client.as_deref()).or_default().push((*index, server));
    }
    let requests = |flows: &[Owned]| -> usize { flows.iter().map(|(_, server)| server.flow.requests()).sum() };
    let mut servers: Vec<_> = servers.into_iter().collect();
    servers.sort_by_key(|(_, flows)| std::cmp::Reverse(requests(flows)));
    servers.truncate(MAX_SERVERS);
    servers
}

/// A flow of a server, behind its number in the log.
type Owned<'a> = (usize, ServerFlow<'a>);

fn timeline(artifact: usize, client: Option<&str>, log: &Log, flows: &[Owned], own: Vec<Session>) -> Option<Timeline> {
    let is_own = |call: &&Call| flows.binary_search_by_key(&call.flow, |(index, _)| *index).is_ok();
    let mut calls: Vec<&Call> = log.calls.iter().filter(is_own).collect();
    let mine = || flows.iter().map(|(_, server)| server.flow);
    let first = mine().min_by_key(|flow| flow.activity.first().unwrap_or(i64::MAX))?;
    let last = mine().max_by_key(|flow| flow.activity.last())?;
    let range = first.activity.first().zip(last.activity.last());
    let timed = calls.iter().all(|call| call.logged.is_some());
    let mut timeline = Timeline {
        artifact,
        client: client.map(str::to_owned),
        start: first.first_time.clone().unwrap_or_default(),
        end: last.last_time.clone().unwrap_or_default(),
        zone_known: log.zone_known,
        ordered_only: true,
        seconds: 0,
        bins: calls.len(),
        bin_seconds: 1,
        bin_start: 0,
        rows: Vec::new(),
        rows_left_out: 0,
        bands: Vec::new(),
        gaps: Vec::new(),
    };
    if let (Some(range), true) = (range, timed) {
        over_time(&mut timeline, range, flows, &calls, own);
    } else {
        calls.sort_by_key(|call| call.span.start);
        in_order(&mut timeline, flows, &calls, own);
    }
    let (rows, left_out) = drawn(std::mem::take(&mut timeline.rows));
    timeline.rows = rows;
    timeline.rows_left_out = left_out;
    Some(timeline)
}

fn over_time(timeline: &mut Timeline, range: (i64, i64), flows: &[Owned], kept: &[&Call], own: Vec<Session>) {
    let mut all = Activity::default();
    for (_, server) in flows {
        all.merge(&server.flow.activity);
    }
    let width = all.width();
    let grid = range.0.div_euclid(width);
    let number = |time: i64| usize::try_from(time.div_euclid(width) - grid).unwrap_or(0);
    timeline.ordered_only = false;
    timeline.seconds = range.1 - range.0;
    timeline.bins = number(range.1) + 1;
    timeline.bin_seconds = width;
    timeline.bin_start = grid * width - range.0;
    let mut lines: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for call in kept {
        let Some(time) = call.logged else { continue };
        let line = lines.entry((call.flow, number(time))).or_insert(call.span);
        *line = call.span.min(*line);
    }
    for (index, server) in flows {
        let activity = server.flow.activity.on_grid(range, width);
        let begun = begun(kept.iter().filter(|call| call.flow == *index), number);
        let asked = steps_of_sign_in(server, activity.bins(), &begun);
        let cells = activity.bins().iter().zip(asked).map(|(bin, asked)| Cell {
            bin: bin.index as usize,
            reached: bin.reached,
            refused: bin.refused.saturating_add(bin.asked - asked),
            asked,
            other: bin.other,
            span: lines.get(&(*index, bin.index as usize)).copied(),
        });
        let cells: Vec<Cell> = cells.collect();
        let steps = cells.iter().map(|cell| cell.asked as usize).sum();
        add_row(&mut timeline.rows, server, cells, steps);
    }
    let inside = |time: i64| (time - range.0).clamp(0, timeline.seconds);
    timeline.bands = own
        .into_iter()
        .filter_map(|session| Some(Band { from: inside(session.from?), to: inside(session.to?), session }))
        .collect();
    timeline.gaps = gaps(all.bins().iter().map(|bin| i64::from(bin.index)), timeline);
}

/// One bin for each call.
fn in_order(timeline: &mut Timeline, flows: &[Owned], kept: &[&Call], own: Vec<Session>) {
    timeline.seconds = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    for (index, server) in flows {
        let mine = || kept.iter().enumerate().filter(|(_, call)| call.flow == *index);
        let leads_on =
            |bin: usize| mine().find(|(at, call)| *at > bin && call.outcome != Outcome::AuthRequired).is_some();
        let cells = mine().map(|(bin, call)| {
            let asked = call.outcome == Outcome::AuthRequired && leads_on(bin);
            Cell {
                bin,
                reached: u32::from(call.outcome == Outcome::Reached),
                refused: u32::from(call.outcome.is_refusal() && !asked),
                asked: u32::from(asked),
                other: u32::from(matches!(call.outcome, Outcome::Aborted | Outcome::Seen)),
                span: Some(call.span),
            }
        });
        // Repeats in a row are one call here.
        let all = server.flow.tally(Outcome::AuthRequired).count;
        let stays = if server.unresolved(Outcome::AuthRequired) { server.flow.refused_since_success } else { 0 };
        add_row(&mut timeline.rows, server, cells.collect(), all.saturating_sub(stays));
    }
    let place = |span: Span| i64::try_from(kept.partition_point(|call| call.span.start < span.start)).unwrap_or(0);
    let artifact = timeline.artifact;
    timeline.bands = own
        .into_iter()
        .map(|session| {
            // A stage may have begun in another log.
            let from = if session.first.artifact == artifact { place(session.first) } else { 0 };
            let to = if session.last.artifact == artifact { place(session.last) + 1 } else { timeline.seconds };
            Band { from, to: to.max(from), session }
        })
        .collect();
}

/// How many requests began in each bin that the proxy let pass the sign-in: a tunnel may be logged hours later.
fn begun<'a>(calls: impl Iterator<Item = &'a &'a Call>, number: impl Fn(i64) -> usize) -> BTreeMap<usize, u32> {
    let mut begun = BTreeMap::new();
    for call in calls.filter(|call| !matches!(call.outcome, Outcome::AuthRequired | Outcome::Aborted)) {
        if let Some(time) = call.time {
            *begun.entry(number(time)).or_default() += 1;
        }
    }
    begun
}

/// How many 407s of each bin led to a sign-in: the proxy asks once with Kerberos, twice with NTLM, and then lets the
/// request pass or refuses it for another reason. Those after which nothing came any more are refusals.
fn steps_of_sign_in(server: &ServerFlow, bins: &[Bin], begun: &BTreeMap<usize, u32>) -> Vec<u32> {
    const MOST: u32 = 2;
    let unresolved = server.unresolved(Outcome::AuthRequired);
    let mut last = if unresolved { server.flow.refused_since_success } else { 0 };
    let passed = |bin: &Bin| bin.reached.saturating_add(bin.refused);
    let mut next: Option<&Bin> = None;
    let mut steps: Vec<u32> = Vec::with_capacity(bins.len());
    for bin in bins.iter().rev() {
        let in_vain = usize::min(last, bin.asked as usize);
        last = last.saturating_sub((bin.asked as usize).saturating_add(bin.refused as usize));
        let here = begun.get(&(bin.index as usize)).copied().unwrap_or(0).max(passed(bin));
        // The answer may lie across the border of the bin.
        let soon = next.filter(|next| here == 0 && next.index == bin.index + 1).map_or(here, passed);
        let others = bin.asked.saturating_sub(u32::try_from(in_vain).unwrap_or(u32::MAX));
        steps.push(others.min(soon.saturating_mul(MOST)));
        next = Some(bin);
    }
    steps.reverse();
    steps
}

/// Adds a host, or another port of one that is there. `steps`: how many 407s were steps of a sign-in.
fn add_row(rows: &mut Vec<Row>, server: &ServerFlow, cells: Vec<Cell>, steps: usize) {
    let ServerFlow { flow, endpoint, .. } = *server;
    let total = flow.requests();
    let refused: usize = Outcome::REFUSALS.into_iter().map(|outcome| flow.tally(outcome).count).sum();
    let refused = refused.saturating_sub(steps);
    let Some(row) = rows.iter_mut().find(|row| row.host == flow.host) else {
        rows.push(Row { host: flow.host.clone(), endpoint, total, refused, cells });
        return;
    };
    row.total += total;
    row.refused += refused;
    row.cells.extend(cells);
    row.cells.sort_by_key(|cell| (cell.bin, cell.span.is_none(), cell.span));
    row.cells.dedup_by(|later, earlier| {
        let same = later.bin == earlier.bin;
        if same {
            earlier.reached = earlier.reached.saturating_add(later.reached);
            earlier.refused = earlier.refused.saturating_add(later.refused);
            earlier.asked = earlier.asked.saturating_add(later.asked);
            earlier.other = earlier.other.saturating_add(later.other);
        }
        same
    });
}

/// The rows that are drawn: those with refusals go before busy ones when there is not room for all. And how many are
/// left out.
fn drawn(mut rows: Vec<Row>) -> (Vec<Row>, usize) {
    let left_out = rows.len().saturating_sub(MAX_ROWS);
    rows.sort_by(|a, b| (b.refused > 0, b.total, &a.host).cmp(&(a.refused > 0, a.total, &b.host)));
    rows.truncate(MAX_ROWS);
    rows.sort_by(|a, b| (a.endpoint.role, &a.host).cmp(&(b.endpoint.role, &b.host)));
    (rows, left_out)
}

/// Stretches of empty bins that are long enough to stand out. `used`: bins with calls, in order.
fn gaps(used: impl Iterator<Item = i64>, timeline: &Timeline) -> Vec<(i64, i64)> {
    let least = cycle(&timeline.bands).map_or(SILENCE, |seconds| seconds * 3 / 2);
    let begin = |bin: i64| timeline.bin_start + bin * timeline.bin_seconds;
    let mut gaps = Vec::new();
    let mut before: Option<i64> = None;
    for bin in used {
        if let Some(before) = before {
            let gap = (begin(before + 1), begin(bin));
            if gap.1 - gap.0 >= least {
                gaps.push(gap);
            }
        }
        before = Some(bin);
    }
    gaps
}

/// The usual distance of two sync cycles in seconds: the median, from three cycles on.
fn cycle(bands: &[Band]) -> Option<i64> {
    let starts: Vec<i64> =
        bands.iter().filter(|band| band.session.phase == Phase::Sync).map(|band| band.from).collect();
    let mut steps: Vec<i64> = starts.iter().zip(starts.iter().skip(1)).map(|(a, b)| b - a).collect();
    steps.sort_unstable();
    if steps.len() < 2 { None } else { steps.get(steps.len() / 2).copied() }
}

#[cfg(test)]
mod tests;
