//! What clients did to hosts, counted per flow, in room for so many flows.

use super::{Backwards, Event, LogFold};
use crate::artifact::Span;
use crate::endpoints;
use crate::readers::proxy_log::calls;
use crate::readers::proxy_log::kept::Place;
use crate::readers::proxy_log::moment::Moment;
use crate::readers::proxy_log::table::{Table, hash};
use crate::readers::proxy_log::{Call, Flow, Log, Outcome, Tally, Tunnel};

impl LogFold {
    /// Adds a record to its flow.
    pub(super) fn commit(&mut self, event: &Event) {
        match self.flow_index(event) {
            Some(index) => self.count(index, event),
            None => self.log.unkept_records += 1,
        }
    }

    /// Adds a record to its flow; its line is kept when the record is.
    pub(super) fn commit_at(&mut self, event: Event, place: &Place) {
        match self.flow_index(&event) {
            Some(index) => {
                let span = self.kept.span(place);
                self.count(index, &Event { span, ..event });
            }
            None => self.log.unkept_records += 1,
        }
    }

    fn count(&mut self, index: usize, event: &Event) {
        let (Some(flow), Some(mirror)) = (self.log.flows.get_mut(index), self.backwards.get_mut(index)) else {
            return;
        };
        if let Some(tally) = flow.outcomes.get_mut(event.outcome as usize) {
            add(tally, event.span, event.status);
            tally.last = tally.last.max(Some(event.number));
        }
        let had_success = mirror.first.get(Outcome::Reached as usize).is_some_and(Option::is_some);
        if let Some(first) = mirror.first.get_mut(event.outcome as usize) {
            *first = Some(first.map_or(event.number, |first| first.min(event.number)));
        }
        match event.outcome {
            Outcome::Reached
                if flow.refused_since_success > 0
                    && flow.last_refused().is_none_or(|refused| refused < event.number) =>
            {
                flow.refused_since_success = 0;
                flow.refused_after.clear();
            }
            outcome if outcome.is_refusal() => {
                flow.refused_since_success += 1;
                if flow.refused_after.len() < Tally::MAX_SAMPLES {
                    flow.refused_after.push(event.span);
                }
                if !had_success {
                    mirror.refused_before += 1;
                    if mirror.refused_spans.len() < Tally::MAX_SAMPLES {
                        mirror.refused_spans.push(event.span);
                    }
                }
            }
            _ => {}
        }
        if !event.user.is_empty() {
            flow.user.get_or_insert_with(|| event.user.to_owned());
            if event.outcome == Outcome::AuthRequired {
                flow.refused_user.get_or_insert_with(|| event.user.to_owned());
            }
        }
        if event.outcome == Outcome::Denied && !event.reason.is_empty() {
            flow.reason.get_or_insert_with(|| (event.reason.to_owned(), event.span));
        }
        if event.inspected {
            flow.inspected.get_or_insert(event.span);
        }
        flow.by_own_firewall |= event.by_own_firewall && event.outcome == Outcome::Denied;
        if let (Outcome::Reached, true, Some(duration)) =
            (event.outcome, event.tunnel || flow.by_address, event.duration_ms)
            && (flow.proves || flow.by_address)
        {
            let bytes = event.sent.saturating_add(event.received);
            let tunnel = Tunnel { millis: duration, bytes, by_client: event.by_client };
            flow.lengths.add(tunnel, || event.span);
        }
        if let Some(time) = event.time {
            flow.activity.add(time, event.outcome);
        }
        flow.sent = flow.sent.saturating_add(event.sent);
        flow.received = flow.received.saturating_add(event.received);
        Moment::widen(&mut mirror.first_time, &mut mirror.last_time, event.time, event.date_text, event.time_text);
        let length = event.duration_ms.filter(|_| !self.format.dates_begin).unwrap_or(0) / 1000;
        let time = event.time.map(|time| time.saturating_sub_unsigned(length));
        let logged = event.time;
        let call =
            Call { flow: index, outcome: event.outcome, span: event.span, time, until: time, logged, ended: logged };
        self.calls.add(mirror.caller, (flow.proves, flow.leads), call);
    }

    /// The flow of a record; a new one while there is room.
    fn flow_index(&mut self, event: &Event) -> Option<usize> {
        let key = flow_key(event.client, event.host, event.port);
        let client = (!event.client.is_empty()).then_some(event.client);
        let found = self.index.find(key, |index| {
            self.log.flows.get(index).is_some_and(|flow| {
                flow.client.as_deref() == client && flow.host == event.host && flow.port == event.port
            })
        });
        if found.is_some() {
            return found;
        }
        let proves = self.known.find(event.host).is_some_and(|known| known.proves);
        let caller = self.calls.number(event.client, proves);
        let host = flow_key("", event.host, event.port);
        if self.log.flows.len() >= CROWD {
            let anybody = !proves && !caller.is_some_and(|caller| self.calls.is_proven(caller));
            if anybody && event.outcome == Outcome::Reached {
                self.calls.succeed(caller, host, 1, event.number);
                return None;
            }
            if self.log.flows.len() >= Log::MAX_FLOWS && !self.is_crammed {
                self.shed();
                // Looking through all flows again for every new one would take longer than reading the log.
                self.is_crammed = self.log.flows.len() * 16 > Log::MAX_FLOWS * 15;
            }
        }
        let index = self.log.flows.len();
        let caller = caller.filter(|_| index < Log::MAX_FLOWS)?;
        self.index.insert(key, index);
        let mut flow = Flow {
            client: client.map(str::to_owned),
            host: event.host.to_owned(),
            port: event.port,
            proves,
            leads: calls::leads(event.host),
            by_address: endpoints::is_service_address(event.host),
            ..Flow::default()
        };
        let mut mirror = Backwards { caller, ..Backwards::default() };
        if let Some(success) = self.calls.take_successes(caller, host) {
            self.log.unkept_records = self.log.unkept_records.saturating_sub(success.count);
            flow.outcomes[Outcome::Reached as usize].count = success.count;
            flow.outcomes[Outcome::Reached as usize].last = Some(success.last);
            mirror.first[Outcome::Reached as usize] = Some(success.first);
        }
        self.log.flows.push(flow);
        self.backwards.push(mirror);
        Some(index)
    }

    /// Makes room: what clients did that called no host of Entra Connect's own so far is counted and forgotten, first
    /// where all went well, then altogether.
    fn shed(&mut self) {
        for only_healthy in [true, false] {
            if self.log.flows.len() * 4 < Log::MAX_FLOWS * 3 {
                break;
            }
            let mut renumbered = Vec::with_capacity(self.log.flows.len());
            let mut kept = 0;
            for (flow, mirror) in self.log.flows.iter().zip(&self.backwards) {
                let healthy = Outcome::REFUSALS.into_iter().all(|outcome| flow.tally(outcome).count == 0);
                let stays = self.calls.is_proven(mirror.caller) || only_healthy && !healthy;
                renumbered.push(stays.then_some(kept));
                kept += usize::from(stays);
                if !stays {
                    self.log.unkept_records += flow.requests();
                    let reached = flow.tally(Outcome::Reached);
                    let host = flow_key("", &flow.host, flow.port);
                    if let Some(last) = reached.last {
                        self.calls.succeed(Some(mirror.caller), host, reached.count, last);
                    }
                }
            }
            let mut stays = renumbered.iter().map(Option::is_some);
            self.log.flows.retain(|_| stays.next().unwrap_or(true));
            let mut stays = renumbered.iter().map(Option::is_some);
            self.backwards.retain(|_| stays.next().unwrap_or(true));
            self.calls.renumber_flows(&renumbered);
            self.index = Table::default();
            for (index, flow) in self.log.flows.iter().enumerate() {
                self.index.insert(flow_key(flow.client.as_deref().unwrap_or(""), &flow.host, flow.port), index);
            }
        }
    }
}

/// With so many flows it is a crowd behind one proxy: from then on the successes of clients that may be anybody's
/// browser are only counted.
const CROWD: usize = 1024;

/// Counts, and keeps the first places in the order of the text.
pub(super) fn add(tally: &mut Tally, span: Span, status: &str) {
    tally.count += 1;
    let at = tally.samples.partition_point(|sample| sample.start < span.start);
    if at == 0 {
        status.clone_into(&mut tally.status);
    }
    tally.latest = tally.latest.max(tally.samples.last().copied()).max(Some(span));
    if at < Tally::MAX_SAMPLES {
        tally.samples.insert(at, span);
        tally.samples.truncate(Tally::MAX_SAMPLES);
    }
    if tally.latest == tally.samples.last().copied() {
        tally.latest = None;
    }
}

/// A hash of what tells flows apart.
pub(super) fn flow_key(client: &str, host: &str, port: Option<u16>) -> u64 {
    hash(&[client.as_bytes(), host.as_bytes(), &port.unwrap_or(0).to_le_bytes()])
}
