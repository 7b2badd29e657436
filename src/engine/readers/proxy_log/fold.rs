//! The fold over the lines of a log.

use super::sessions::{Fallen, Held, Sessions};
use super::{Call, Flow, Log, Outcome, Tally};
use crate::artifact::{Artifact, Problem, Span};
use crate::endpoints;
use crate::formats::records::{Joiner, unglued};
use crate::formats::time::iso_utc;
use crate::formats::{self, Format, Line, Record, State, target};
use crate::readers::{Reading, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Takes the lines of a log one after the other and keeps what rules need, in memory that does not grow with the
/// log: traffic to hosts that the endpoint shelf knows, and counts of the rest.
#[derive(Debug)]
pub struct LogFold {
    format: &'static Format,
    state: State,
    joiner: Joiner,
    log: Log,
    /// Flows by a hash of client, host and port.
    index: BTreeMap<u64, Vec<usize>>,
    /// What a log that runs backwards needs, one per flow.
    backwards: Vec<Backwards>,
    sessions: Sessions,
    /// Clients and addresses without a name, of sessions that went well: a hash of client, address and port.
    answering: BTreeSet<u64>,
    /// Flows whose host is an address.
    addresses: usize,
    problems: Vec<Problem>,
    skipped_lines: usize,
    /// Steps forward and back in time from record to record.
    steps: (usize, usize),
    previous_time: Option<i64>,
    first: Option<i64>,
    last: Option<i64>,
}

/// The mirror image of what a [`Flow`] counts from the beginning.
#[derive(Debug, Default)]
struct Backwards {
    first: [Option<usize>; Outcome::COUNT],
    refused_before: usize,
    refused_spans: Vec<Span>,
    first_time: Option<i64>,
    last_time: Option<i64>,
}

/// One record about a known host.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    pub client: &'a str,
    pub user: &'a str,
    pub host: &'a str,
    pub port: Option<u16>,
    pub outcome: Outcome,
    pub status: &'a str,
    pub reason: &'a str,
    pub tunnel: bool,
    pub duration_ms: Option<u64>,
    pub inspected: bool,
    pub sent: u64,
    pub received: u64,
    pub time: Option<i64>,
    pub date_text: &'a str,
    pub time_text: &'a str,
    pub number: usize,
    pub span: Span,
}

impl LogFold {
    /// A fold for a log that is mostly in this dialect. Lines of other dialects among them are read as well.
    pub fn new(format: &'static Format) -> Self {
        Self {
            format,
            state: State::default(),
            joiner: Joiner::default(),
            log: Log::default(),
            index: BTreeMap::new(),
            backwards: Vec::new(),
            sessions: Sessions::default(),
            answering: BTreeSet::new(),
            addresses: 0,
            problems: Vec::new(),
            skipped_lines: 0,
            steps: (0, 0),
            previous_time: None,
            first: None,
            last: None,
        }
    }

    /// Takes one line, without its end, and its place.
    pub fn line(&mut self, text: &str, span: Span) {
        if text.trim().is_empty() {
            return;
        }
        for (offset, text) in unglued(text) {
            let start = span.start + offset;
            let span = Span { start, end: span.end.min(start + text.len()), ..span };
            if let Some((record, span)) = self.joiner.ended_by(text) {
                self.whole(&record, span);
            }
            if let Some((record, span)) = self.joiner.push(text, span) {
                self.whole(&record, span);
            }
        }
    }

    /// Takes a record that may have stood on several lines.
    fn whole(&mut self, text: &str, span: Span) {
        let own = self.format.strict || (self.format.recognise)(text, &self.state) > 0;
        let mut line = if own { (self.format.read_line)(text, &mut self.state) } else { Line::Unreadable("") };
        if matches!(line, Line::Unreadable(_)) {
            line = match formats::recognise_with(text, &self.state) {
                Some((other, _)) => (other.read_line)(text, &mut self.state),
                None if own => line,
                None => (self.format.read_line)(text, &mut self.state),
            };
        }
        if formats::is_decoration(text) && matches!(line, Line::Unreadable(_)) {
            line = Line::Nothing;
        }
        match line {
            Line::Record(record) => self.take(&record, span),
            Line::Nothing => {}
            Line::Unreadable(what) => self.unreadable(what, span),
        }
    }

    /// Counts a place that could not be read.
    pub(super) fn unreadable(&mut self, what: &str, span: Span) {
        self.skipped_lines += 1;
        if self.problems.len() < Artifact::MAX_PROBLEMS {
            self.problems.push(Problem { span, what: what.to_owned() });
        }
    }

    /// What was read.
    pub fn finish(mut self) -> Reading {
        if let Some((record, span)) = self.joiner.rest() {
            self.whole(&record, span);
        }
        let (held, unnamed) = std::mem::take(&mut self.sessions).drain();
        for event in &held {
            self.commit(&event.event());
        }
        for event in unnamed.iter().filter(|held| !held.outcome.is_refusal()) {
            self.unnamed(event);
        }
        for event in unnamed.iter().filter(|held| held.outcome.is_refusal()) {
            self.unnamed(event);
        }
        let backwards = self.steps.1 > self.steps.0;
        if backwards {
            let total = self.log.records + 1;
            for (flow, mirror) in self.log.flows.iter_mut().zip(&mut self.backwards) {
                for (tally, first) in flow.outcomes.iter_mut().zip(mirror.first) {
                    tally.last = first.map(|number| total - number);
                }
                flow.refused_since_success = mirror.refused_before;
                flow.refused_after = std::mem::take(&mut mirror.refused_spans);
            }
        }
        sort_calls(&mut self.log.calls);
        let value = Value::Log(Box::new(self.log));
        Reading { value, problems: self.problems, skipped_lines: self.skipped_lines }
    }

    /// Takes a record that is read already.
    pub(super) fn take(&mut self, record: &Record, span: Span) {
        self.log.records += 1;
        self.log.has_outcomes |= record.outcome != Outcome::Seen;
        self.note_time(record, span);
        if record.stale {
            add(&mut self.log.stale, span, record.reason);
            return;
        }
        let host = lower(record.host.trim_matches(['.', '*']));
        if host.is_empty() || target::is_address(&host) {
            self.without_host(record, span);
            return;
        }
        if endpoints::find_host(&host).is_none() {
            self.sessions.stranger_at(record.address);
            self.log.other_records += 1;
            return;
        }
        if !record.auth_scheme.is_empty()
            && !self.log.auth_schemes.iter().any(|(scheme, _)| scheme.eq_ignore_ascii_case(record.auth_scheme))
        {
            self.log.auth_schemes.push((record.auth_scheme.to_owned(), span));
        }
        let event = event(record, &host, self.log.records, span);
        if record.lookup {
            self.sessions.learn(record.answers, &host);
            if record.outcome != Outcome::Denied {
                self.log.other_records += 1;
                return;
            }
        } else {
            self.sessions.learn(record.address, &host);
        }
        if let Some(key) = Sessions::key(record.session, record.client) {
            if let Some(orphan) = self.sessions.take_orphan(key) {
                let end = Held { host: host.to_string(), ..orphan };
                self.commit(&end.event());
                if record.provisional {
                    return;
                }
            }
            if record.provisional {
                let fallen = self.sessions.hold(key, &event);
                self.fallen(fallen);
                return;
            }
            let fallen = self.sessions.settle(key);
            self.fallen(fallen);
        }
        self.commit(&event);
    }

    /// A record that names no host: another record of its session, or of its address, may.
    fn without_host(&mut self, record: &Record, span: Span) {
        let key = Sessions::key(record.session, record.client);
        let number = self.log.records;
        if key.is_none() && record.address.is_empty() || record.outcome == Outcome::Seen {
            self.log.hostless_records += 1;
            return;
        }
        if key.is_some_and(|key| self.sessions.is_settled(key)) {
            return;
        }
        let end = event(record, "", number, span);
        if let Some(pending) = key.and_then(|key| self.sessions.take_pending(key)) {
            let port = end.port.or(pending.port);
            let client = if end.client.is_empty() { &pending.client } else { end.client };
            self.commit(&Event { host: &pending.host, port, client, ..end });
        } else {
            let fallen = self.sessions.hold_orphan(key, record.address, &end);
            self.fallen(fallen);
        }
    }

    /// Counts what had to leave the sessions.
    fn fallen(&mut self, fallen: Fallen) {
        match fallen {
            Fallen::Event(held) => self.commit(&held.event()),
            Fallen::Unnamed(held) => self.unnamed(&held),
            Fallen::Nothing => {}
        }
    }

    /// A record whose host no other record names. An address that never answers is worth telling: a note or a look-up
    /// in another artifact may name it.
    fn unnamed(&mut self, held: &Held) {
        self.log.hostless_records += 1;
        let key = hash(&[held.client.as_bytes(), held.host.as_bytes(), &held.port.unwrap_or(0).to_le_bytes()]);
        if !held.outcome.is_refusal() {
            if self.answering.len() < Log::MAX_FLOWS {
                self.answering.insert(key);
            }
            return;
        }
        let web = matches!(held.port, Some(443 | 80));
        let full = self.answering.len() >= Log::MAX_FLOWS;
        if !web || held.host.is_empty() || full || self.answering.contains(&key) {
            return;
        }
        let known = self.index.contains_key(&key);
        if known || self.addresses < Log::MAX_ADDRESSES {
            self.addresses += usize::from(!known);
            self.commit(&held.event());
        }
    }

    /// Adds a record to its flow.
    fn commit(&mut self, event: &Event) {
        let Some(index) = self.flow_index(event) else {
            self.log.unkept_records += 1;
            return;
        };
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
            Outcome::Reached if flow.last_refused().is_none_or(|refused| refused < event.number) => {
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
        if let (Outcome::Reached, true, Some(duration)) = (event.outcome, event.tunnel, event.duration_ms)
            && flow.durations.len() < Flow::MAX_DURATIONS
        {
            flow.durations.push((duration, event.span));
        }
        flow.sent = flow.sent.saturating_add(event.sent);
        flow.received = flow.received.saturating_add(event.received);
        widen(
            event.time,
            &mut mirror.first_time,
            &mut mirror.last_time,
            &mut flow.first_time,
            &mut flow.last_time,
            || written(event.time, event.date_text, event.time_text),
        );
        let repeated = self.log.calls.last().is_some_and(|call| call.flow == index && call.outcome == event.outcome);
        if !repeated && self.log.calls.len() < Log::MAX_CALLS {
            self.log.calls.push(Call { flow: index, outcome: event.outcome, span: event.span, time: event.time });
        }
    }

    /// The flow of a record; a new one while there is room.
    fn flow_index(&mut self, event: &Event) -> Option<usize> {
        let key = hash(&[event.client.as_bytes(), event.host.as_bytes(), &event.port.unwrap_or(0).to_le_bytes()]);
        let same = self.index.entry(key).or_default();
        let client = (!event.client.is_empty()).then_some(event.client);
        let found = same.iter().copied().find(|&index| {
            self.log.flows.get(index).is_some_and(|flow| {
                flow.client.as_deref() == client && flow.host == event.host && flow.port == event.port
            })
        });
        if found.is_some() {
            return found;
        }
        let index = self.log.flows.len();
        if index >= Log::MAX_FLOWS {
            return None;
        }
        same.push(index);
        self.log.flows.push(Flow {
            client: client.map(str::to_owned),
            host: event.host.to_owned(),
            port: event.port,
            ..Flow::default()
        });
        self.backwards.push(Backwards::default());
        Some(index)
    }

    fn note_time(&mut self, record: &Record, span: Span) {
        if let (Some(previous), Some(now)) = (self.previous_time, record.time) {
            self.steps.0 += usize::from(now > previous);
            self.steps.1 += usize::from(now < previous);
        }
        self.previous_time = record.time.or(self.previous_time);
        if record.time_text.is_empty() {
            return;
        }
        let text = || written(record.time, clip(record.date_text), clip(record.time_text)).map(|text| (text, span));
        widen(record.time, &mut self.first, &mut self.last, &mut self.log.first_time, &mut self.log.last_time, text);
    }
}

/// Moves the first and the last time outwards. Without a number, the first and the last line count.
fn widen<T: Clone>(
    time: Option<i64>,
    first: &mut Option<i64>,
    last: &mut Option<i64>,
    first_text: &mut Option<T>,
    last_text: &mut Option<T>,
    text: impl Fn() -> Option<T>,
) {
    let earlier = first_text.is_none() || matches!((time, *first), (Some(now), Some(first)) if now < first);
    let later = last_text.is_none()
        || match (time, *last) {
            (Some(now), Some(last)) => now >= last,
            _ => true,
        };
    if earlier {
        *first_text = text();
        *first = time;
    }
    if later {
        *last_text = text();
        *last = time.or(*last);
    }
}

/// A time as written, for people; a bare Unix number as the moment it stands for.
fn written(time: Option<i64>, date: &str, text: &str) -> Option<String> {
    let bare = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match (date, text, time) {
        (_, "", _) => None,
        ("", text, Some(time)) if bare(text) => Some(iso_utc(time)),
        ("", text, _) => Some(text.to_owned()),
        (date, text, _) => Some(format!("{date} {text}")),
    }
}

/// Keeps memory bounded when a field is as long as a file.
fn clip(text: &str) -> &str {
    let end = text.floor_char_boundary(256);
    text.get(..end).unwrap_or(text)
}

fn event<'a>(record: &Record<'a>, host: &'a str, number: usize, span: Span) -> Event<'a> {
    Event {
        client: clip(record.client),
        user: clip(record.user),
        host,
        port: record.port,
        outcome: record.outcome,
        status: clip(if record.status.is_empty() { record.verdict } else { record.status }),
        reason: clip(record.reason),
        tunnel: record.method.is_empty() || record.method.eq_ignore_ascii_case("CONNECT"),
        duration_ms: record.duration_ms,
        inspected: record.inspected,
        sent: record.sent.unwrap_or(0),
        received: record.received.unwrap_or(0),
        time: record.time,
        date_text: clip(record.date_text),
        time_text: clip(record.time_text),
        number,
        span,
    }
}

/// Counts, and keeps the first places in the order of the text.
fn add(tally: &mut Tally, span: Span, status: &str) {
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

/// Oldest first where every call has a time, otherwise in the order of the text; repeats in a row left out.
fn sort_calls(calls: &mut Vec<Call>) {
    if calls.iter().all(|call| call.time.is_some()) {
        let backwards = calls.first().zip(calls.last()).is_some_and(|(first, last)| first.time > last.time);
        calls.sort_by_key(|call| (call.time, if backwards { usize::MAX - call.span.start } else { call.span.start }));
    } else {
        calls.sort_by_key(|call| call.span.start);
    }
    calls.dedup_by_key(|call| (call.flow, call.outcome));
}

/// Lower case without a copy where it is so already.
fn lower(host: &str) -> Cow<'_, str> {
    if host.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}

/// FNV-1a with a mark between the parts.
pub(super) fn hash(parts: &[&[u8]]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.iter().copied().chain([0xFF]))
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}
