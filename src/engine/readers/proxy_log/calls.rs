//! The order in which known hosts were called, client by client, in memory that does not grow with the log.

use super::table::{Table, hash};
use super::{Call, Log};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use std::collections::VecDeque;

/// The calls of each client. A client that called a host that only Entra Connect calls is a server, and its calls are
/// kept, the first ones and the last ones; of any other client only the last few are, in case it proves to be one:
/// the sign-in comes before the sync service.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    clients: Vec<Track>,
    numbers: Table,
    servers: usize,
}

#[derive(Clone, Debug, Default)]
struct Track {
    client: String,
    /// It called a host that only Entra Connect calls.
    proven: bool,
    /// And is one of the first to do so.
    is_server: bool,
    first: Vec<Call>,
    last: VecDeque<Call>,
    /// Successes that no flow counts, by a hash of host and port.
    successes: Vec<(u64, Success)>,
}

/// Successes of a client with one host and port that no flow counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Success {
    /// How many.
    pub count: usize,
    /// Number of the first record.
    pub first: usize,
    /// Number of the last record.
    pub last: usize,
}

impl Calls {
    /// How many calls of a client that is not known to be a server are kept.
    const UNPROVEN: usize = 6;
    /// And how many while there are only so few clients: the server itself may never come further than the sign-in.
    const UNPROVEN_OF_FEW: usize = 256;
    /// See `UNPROVEN_OF_FEW`.
    const FEW: usize = 16;
    /// How many clients are servers; anything above is not about a few servers any more.
    const MAX_SERVERS: usize = 16;
    /// How many clients are told apart.
    const MAX_CLIENTS: usize = 32_768;
    /// Of how many clients that may be anybody's browser the calls are kept.
    const MAX_CALLERS: usize = 4096;
    /// Hosts per client whose successes are counted without a flow.
    const MAX_SUCCESSES: usize = 24;
    /// Calls of the same kind within this many seconds count as one.
    const SAME: i64 = 120;

    /// The number of a client; `None` when there are too many and it is not one that matters anyway.
    pub(super) fn number(&mut self, client: &str, matters: bool) -> Option<usize> {
        let key = hash(&[client.as_bytes()]);
        let is_meant = |number: usize| self.clients.get(number).is_some_and(|track| track.client == client);
        if let Some(number) = self.numbers.find(key, is_meant) {
            return Some(number);
        }
        let number = self.clients.len();
        if number >= Self::MAX_CLIENTS && !matters {
            return None;
        }
        self.clients.push(Track { client: client.to_owned(), ..Track::default() });
        self.numbers.insert(key, number);
        Some(number)
    }

    /// Whether this client called a host that nothing but Entra Connect calls.
    pub(super) fn is_proven(&self, client: usize) -> bool {
        self.clients.get(client).is_some_and(|track| track.proven)
    }

    /// Adds a call. `proves` and `leads` are those of its flow.
    pub(super) fn add(&mut self, client: usize, (proves, leads): (bool, bool), call: Call) {
        let unproven = if self.clients.len() <= Self::FEW { Self::UNPROVEN_OF_FEW } else { Self::UNPROVEN };
        let Some(track) = self.clients.get_mut(client) else { return };
        track.proven |= proves;
        if proves && !track.is_server && self.servers < Self::MAX_SERVERS {
            track.is_server = true;
            self.servers += 1;
        }
        if track.is_server || proves || leads && client < Self::MAX_CALLERS {
            track.add(call, unproven);
        }
    }

    /// Counts successes with a host and port (a hash of both) without a flow.
    pub(super) fn succeed(&mut self, client: Option<usize>, host: u64, count: usize, record: usize) {
        let Some(track) = client.and_then(|client| self.clients.get_mut(client)) else { return };
        if let Some((_, success)) = track.successes.iter_mut().find(|(known, _)| *known == host) {
            success.count += count;
            success.last = success.last.max(record);
        } else if track.successes.len() < Self::MAX_SUCCESSES {
            track.successes.push((host, Success { count, first: record, last: record }));
        }
    }

    /// Gives what [`Calls::succeed`] counted, for a flow that counts from now on.
    pub(super) fn take_successes(&mut self, client: usize, host: u64) -> Option<Success> {
        let track = self.clients.get_mut(client)?;
        let at = track.successes.iter().position(|(known, _)| *known == host)?;
        Some(track.successes.swap_remove(at).1)
    }

    /// Every place that is remembered.
    pub(super) fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        for track in &mut self.clients {
            track.first.iter_mut().chain(&mut track.last).for_each(|call| take(&mut call.span));
        }
    }

    /// Flows have new numbers, or none any more. Clients keep theirs.
    pub(super) fn renumber_flows(&mut self, new: &[Option<usize>]) {
        let renumber = |call: &mut Call| {
            let flow = new.get(call.flow).copied().flatten();
            call.flow = flow.unwrap_or(call.flow);
            flow.is_some()
        };
        for track in &mut self.clients {
            track.first.retain_mut(renumber);
            track.last.retain_mut(renumber);
        }
    }

    /// All calls, in no particular order.
    pub(super) fn drain(&mut self) -> Vec<Call> {
        let tracks = std::mem::take(self).clients.into_iter();
        tracks.flat_map(|track| track.first.into_iter().chain(track.last)).collect()
    }
}

impl Track {
    /// `unproven`: how many calls are kept while the client is not known to be a server.
    fn add(&mut self, call: Call, unproven: usize) {
        if let Some(before) = self.last.back_mut().or(self.first.last_mut())
            && before.flow == call.flow
            && before.outcome == call.outcome
            && absorbs(before, &call)
        {
            return;
        }
        if !self.is_server {
            self.last.push_back(call);
            while self.last.len() > unproven {
                self.last.pop_front();
            }
            return;
        }
        // What was kept before the client proved to be a server comes first.
        if self.first.len() < Log::MAX_CALLS / 2 {
            self.first.extend(self.last.drain(..));
            self.first.push(call);
            return;
        }
        self.last.push_back(call);
        if self.last.len() > Log::MAX_CALLS / 2 {
            self.last.pop_front();
        }
    }
}

/// Takes a repeat into the call before it, when it lies close to it in time. Logs may run backwards.
fn absorbs(before: &mut Call, call: &Call) -> bool {
    let (Some(time), Some(first), Some(last)) = (call.time, before.time, before.until) else {
        return call.time.is_none() && before.time.is_none();
    };
    let near = first.saturating_sub(Calls::SAME) <= time && time <= last.saturating_add(Calls::SAME);
    if near {
        before.time = Some(first.min(time));
        before.until = Some(last.max(time));
        before.ended = before.ended.max(call.ended);
    }
    near
}

/// Whether a host is one of sign-in, its content or Graph.
pub(super) fn leads(host: &str) -> bool {
    endpoints::find_host(host)
        .is_some_and(|row| matches!(row.role, Role::SignIn | Role::SignInContent | Role::Graph | Role::LegacyGraph))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::proxy_log::Outcome;

    fn call(flow: usize, time: i64) -> Call {
        let start = usize::try_from(time).unwrap_or(0);
        let span = Span { artifact: 0, start, end: start + 1 };
        Call {
            flow,
            outcome: Outcome::Reached,
            span,
            time: Some(time),
            until: Some(time),
            logged: Some(time),
            ended: Some(time),
        }
    }

    #[test]
    fn a_crowd_of_browsers_leaves_room_for_the_server_and_its_sign_in() {
        let mut calls = Calls::default();
        for time in 0..200_000 {
            let client = calls.number(&format!("10.0.0.{}", time % 900), false).unwrap();
            calls.add(client, (false, true), call(1, time * 300));
        }
        let server = calls.number("10.0.1.1", false).unwrap();
        calls.add(server, (false, true), call(2, 70_000_000));
        calls.add(server, (true, false), call(3, 70_000_010));
        let kept = calls.drain();
        assert!(kept.len() <= 900 * Calls::UNPROVEN + 2);
        assert!(kept.iter().any(|call| call.flow == 2) && kept.iter().any(|call| call.flow == 3));
    }

    #[test]
    fn of_a_month_of_cycles_the_first_and_the_last_are_kept() {
        let mut calls = Calls::default();
        let server = calls.number("10.0.0.1", false).unwrap();
        for cycle in 0..30_000 {
            calls.add(server, (true, false), call(usize::try_from(cycle % 3).unwrap(), cycle * 600));
        }
        let kept = calls.drain();
        assert_eq!(kept.len(), Log::MAX_CALLS);
        let times: Vec<Option<i64>> = kept.iter().map(|call| call.time).collect();
        assert!(times.contains(&Some(0)) && times.contains(&Some(29_999 * 600)));
    }

    #[test]
    fn the_same_call_again_and_again_is_one_that_lasts_in_either_direction_of_time() {
        for times in [[1000, 1060, 1120], [1120, 1060, 1000]] {
            let mut calls = Calls::default();
            let server = calls.number("10.0.0.1", false).unwrap();
            for time in times {
                calls.add(server, (true, false), call(1, time));
            }
            let kept = calls.drain();
            assert_eq!(kept.iter().map(|call| (call.time, call.until)).collect::<Vec<_>>(), [(Some(1000), Some(1120))]);
        }
    }
}
