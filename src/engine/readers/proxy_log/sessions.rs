//! Records that belong together: a firewall writes one record with the host (web filter, application control, name
//! look-up) and another with the end of the same session, in any order.

use super::fold::Event;
use super::table::hash;
use super::{Outcome, Span};
use std::collections::BTreeMap;

/// What is known about sessions and addresses, bounded.
#[derive(Clone, Debug, Default)]
pub(super) struct Sessions {
    /// Sessions by a hash of number and client.
    known: BTreeMap<u64, Session>,
    /// Insertion order of `known`, for dropping the oldest.
    ages: BTreeMap<u64, u64>,
    /// Addresses of known hosts; `None` for those that other hosts share.
    addresses: BTreeMap<String, Option<String>>,
    clock: u64,
    saw_orphan: bool,
}

#[derive(Clone, Debug)]
struct Session {
    age: u64,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The host is known and the policy let it pass; how the session ended is not known yet.
    Pending(Held),
    /// The end is known and the host is not.
    Orphan { event: Held, address: String },
    /// Counted.
    Settled,
}

/// A record about a known host, kept for later.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each of its own")]
pub(super) struct Held {
    pub client: String,
    pub user: String,
    pub host: String,
    pub port: Option<u16>,
    pub outcome: Outcome,
    pub status: String,
    pub reason: String,
    pub tunnel: bool,
    pub duration_ms: Option<u64>,
    pub inspected: bool,
    pub by_own_firewall: bool,
    pub by_client: bool,
    pub sent: u64,
    pub received: u64,
    pub time: Option<i64>,
    pub date_text: String,
    pub time_text: String,
    pub number: usize,
    pub span: Span,
}

impl Held {
    fn new(event: &Event) -> Self {
        Self {
            client: event.client.to_owned(),
            user: event.user.to_owned(),
            host: event.host.to_owned(),
            port: event.port,
            outcome: event.outcome,
            status: event.status.to_owned(),
            reason: event.reason.to_owned(),
            tunnel: event.tunnel,
            duration_ms: event.duration_ms,
            inspected: event.inspected,
            by_own_firewall: event.by_own_firewall,
            by_client: event.by_client,
            sent: event.sent,
            received: event.received,
            time: event.time,
            date_text: event.date_text.to_owned(),
            time_text: event.time_text.to_owned(),
            number: event.number,
            span: event.span,
        }
    }

    pub(super) fn event(&self) -> Event<'_> {
        Event {
            client: &self.client,
            user: &self.user,
            host: &self.host,
            port: self.port,
            outcome: self.outcome,
            status: &self.status,
            reason: &self.reason,
            tunnel: self.tunnel,
            duration_ms: self.duration_ms,
            inspected: self.inspected,
            by_own_firewall: self.by_own_firewall,
            by_client: self.by_client,
            sent: self.sent,
            received: self.received,
            time: self.time,
            date_text: &self.date_text,
            time_text: &self.time_text,
            number: self.number,
            span: self.span,
        }
    }
}

/// What fell out when there was no room.
#[derive(Debug)]
pub(super) enum Fallen {
    /// Nothing that has to be counted.
    Nothing,
    /// A record whose host never came; its address stands for it.
    Unnamed(Box<Held>),
    /// A record that has to be counted now.
    Event(Box<Held>),
}

/// How many sessions and addresses are remembered.
const MAX_SESSIONS: usize = 8192;

impl Sessions {
    /// The key of a session; `None` when the record has no number for it.
    pub(super) fn key(session: &str, client: &str) -> Option<u64> {
        (!session.is_empty() && session != "0").then(|| hash(&[session.as_bytes(), client.as_bytes()]))
    }

    /// Remembers that these addresses (one, or a list with commas) are those of a known host.
    pub(super) fn learn(&mut self, addresses: &str, host: &str) {
        let room = MAX_SESSIONS.saturating_sub(self.addresses.len());
        for address in addresses
            .split([',', ';', ' '])
            .filter(|address| crate::formats::target::is_address(address) && *address != "0.0.0.0")
        {
            match self.addresses.get_mut(address) {
                Some(known) if known.as_deref() == Some(host) => {}
                Some(known) => *known = None,
                None if room > 0 => {
                    self.addresses.insert(address.to_owned(), Some(host.to_owned()));
                }
                None => {}
            }
        }
    }

    /// Every place that is remembered.
    pub(super) fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        for session in self.known.values_mut() {
            match &mut session.stage {
                Stage::Pending(event) | Stage::Orphan { event, .. } => take(&mut event.span),
                Stage::Settled => {}
            }
        }
    }

    /// Whether records without a host were seen, so that the addresses of all hosts matter.
    pub(super) fn watch(&self) -> bool {
        self.saw_orphan
    }

    /// Another host answers at this address: it tells nothing any more.
    pub(super) fn stranger_at(&mut self, address: &str) {
        if !self.addresses.is_empty()
            && let Some(known) = self.addresses.get_mut(address)
        {
            *known = None;
        }
    }

    /// Keeps a record whose end may still come. Gives back what has to be counted now: an earlier request of the
    /// same session, or the oldest session when there is no room.
    pub(super) fn hold(&mut self, key: u64, event: &Event) -> Fallen {
        if self.is_settled(key) {
            return Fallen::Nothing;
        }
        let earlier = self.take_pending(key);
        let fallen = self.insert(key, Stage::Pending(Held::new(event)));
        // Both at once cannot be: where an earlier one was, there is room.
        earlier.map_or(fallen, |held| Fallen::Event(Box::new(held)))
    }

    /// Keeps the end of a session whose host may still come.
    pub(super) fn hold_orphan(&mut self, key: Option<u64>, address: &str, event: &Event) -> Fallen {
        self.saw_orphan = true;
        let key = key.unwrap_or_else(|| hash(&[b"no session", &event.number.to_le_bytes()]));
        self.insert(key, Stage::Orphan { event: Held::new(event), address: address.to_owned() })
    }

    /// The request of a session that was let through and has not ended yet.
    pub(super) fn take_pending(&mut self, key: u64) -> Option<Held> {
        if !matches!(self.known.get(&key)?.stage, Stage::Pending(_)) {
            return None;
        }
        let Stage::Pending(held) = std::mem::replace(&mut self.known.get_mut(&key)?.stage, Stage::Settled) else {
            return None;
        };
        Some(held)
    }

    /// The end of a session that came before its host.
    pub(super) fn take_orphan(&mut self, key: u64) -> Option<Held> {
        if !matches!(self.known.get(&key)?.stage, Stage::Orphan { .. }) {
            return None;
        }
        let Stage::Orphan { event, .. } = std::mem::replace(&mut self.known.get_mut(&key)?.stage, Stage::Settled)
        else {
            return None;
        };
        Some(event)
    }

    /// The session is counted: its other records add nothing.
    pub(super) fn settle(&mut self, key: u64) -> Fallen {
        self.insert(key, Stage::Settled)
    }

    /// Whether the session is counted.
    pub(super) fn is_settled(&self, key: u64) -> bool {
        self.known.get(&key).is_some_and(|session| matches!(session.stage, Stage::Settled))
    }

    fn insert(&mut self, key: u64, stage: Stage) -> Fallen {
        self.clock += 1;
        let old = self.known.insert(key, Session { age: self.clock, stage });
        if let Some(old) = &old {
            self.ages.remove(&old.age);
        }
        self.ages.insert(self.clock, key);
        // A number that is used again ends the session that had it. What was let through is settled by its end.
        let fallen = match old {
            None if self.known.len() > MAX_SESSIONS => {
                self.ages.pop_first().and_then(|(_, oldest)| self.known.remove(&oldest))
            }
            old => old.filter(|session| matches!(session.stage, Stage::Orphan { .. })),
        };
        match fallen.and_then(|session| self.resolve(session.stage)) {
            None => Fallen::Nothing,
            Some(Ok(held)) => Fallen::Event(Box::new(held)),
            Some(Err(held)) => Fallen::Unnamed(Box::new(held)),
        }
    }

    /// The record that a session makes when nothing more comes; as an error, one whose host is only an address.
    fn resolve(&self, stage: Stage) -> Option<Result<Held, Held>> {
        match stage {
            Stage::Pending(held) => Some(Ok(held)),
            Stage::Orphan { event, address } => Some(match self.addresses.get(&address) {
                Some(Some(host)) => Ok(Held { host: host.clone(), ..event }),
                _ => Err(Held { host: address, ..event }),
            }),
            Stage::Settled => None,
        }
    }

    /// Everything that is left, in the order of the log: records with a host, and records with an address only.
    pub(super) fn drain(mut self) -> (Vec<Held>, Vec<Held>) {
        let (mut events, mut unnamed) = (Vec::new(), Vec::new());
        for (_, session) in std::mem::take(&mut self.known) {
            match self.resolve(session.stage) {
                Some(Ok(held)) => events.push(held),
                Some(Err(held)) => unnamed.push(held),
                None => {}
            }
        }
        events.sort_by_key(|held| held.number);
        unnamed.sort_by_key(|held| held.number);
        (events, unnamed)
    }
}
