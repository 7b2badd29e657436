//! The fold over the lines of a log.

mod flows;
mod nameless;
mod quick;

use super::asides::{Asides, IsText};
use super::calls::Calls;
use super::hosts::Hosts;
use super::kept::{Kept, LineAt, Lines, Place};
use super::moment::Moment;
use super::sessions::{Held, Sessions};
use super::table::Table;
use super::{Call, Log, Outcome};
use crate::artifact::{Artifact, Problem, Span};
use crate::formats::records::{Joiner, unglued};
use crate::formats::{self, Format, Line, Record, State, target};
use crate::lines::RawLine;
use crate::readers::{Reading, Value};
use crate::source::{Encoding, Piece};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// Takes the lines of a log one after the other and keeps what rules need, in memory that does not grow with the
/// log: traffic to hosts that the endpoint shelf knows, and counts of the rest.
#[derive(Clone, Debug)]
pub struct LogFold {
    format: &'static Format,
    state: State,
    joiner: Joiner,
    log: Log,
    kept: Kept,
    /// The first line of a streamed log that is not blank: what shows the log when no record of it matters.
    head: Option<Span>,
    /// Text among the records, of a streamed log only: in memory it is cut out before.
    asides: Option<Asides>,
    /// Flows by a hash of client, host and port.
    index: Table,
    /// What a log that runs backwards needs, one per flow.
    backwards: Vec<Backwards>,
    calls: Calls,
    sessions: Sessions,
    known: Hosts,
    /// Clients and addresses without a name, of sessions that went well: a hash of client, address and port.
    answering: BTreeSet<u64>,
    /// Flows whose host is an address.
    addresses: usize,
    /// The flows are those of servers: none can make room.
    is_crammed: bool,
    problems: Vec<Problem>,
    skipped_lines: usize,
    /// Steps forward and back in time from record to record.
    steps: (usize, usize),
    is_settled: bool,
    previous_time: Option<i64>,
    first: Moment,
    last: Moment,
}

/// The mirror image of what a [`Flow`] counts from the beginning.
#[derive(Clone, Debug, Default)]
struct Backwards {
    /// Number of the flow's client in [`Calls`].
    caller: usize,
    first: [Option<usize>; Outcome::COUNT],
    refused_before: usize,
    refused_spans: Vec<Span>,
    first_time: Moment,
    last_time: Moment,
}

/// One record about a known host.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each of its own")]
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
    pub by_own_firewall: bool,
    pub by_client: bool,
    pub sent: u64,
    pub received: u64,
    pub time: Option<i64>,
    pub date_text: &'a str,
    pub time_text: &'a str,
    pub number: usize,
    pub span: Span,
}

impl LogFold {
    /// A fold for a log in memory that is mostly in this dialect. Lines of other dialects among them are read as
    /// well. Spans name this artifact, and are offsets in the text of its source.
    pub fn new(format: &'static Format, artifact: usize) -> Self {
        Self {
            format,
            state: State::default(),
            joiner: Joiner::default(),
            log: Log::default(),
            kept: Kept::InMemory { artifact },
            head: None,
            asides: None,
            index: Table::default(),
            backwards: Vec::new(),
            calls: Calls::default(),
            sessions: Sessions::default(),
            known: Hosts::default(),
            answering: BTreeSet::new(),
            addresses: 0,
            is_crammed: false,
            problems: Vec::new(),
            skipped_lines: 0,
            steps: (0, 0),
            is_settled: false,
            previous_time: None,
            first: Moment::default(),
            last: Moment::default(),
        }
    }

    /// A fold for a log that streams by. It keeps the lines that serve as evidence; spans are offsets in their text.
    /// Lines in a row that are no records are held when they are a text for another reader, as `is_text` says.
    pub fn streaming(format: &'static Format, encoding: Encoding, is_text: IsText) -> Self {
        let asides = Some(Asides::new(encoding, is_text));
        Self { kept: Kept::Lines(Lines::new(encoding)), asides, ..Self::new(format, 0) }
    }

    /// Takes one line of a streamed log in UTF-8.
    pub fn raw_line(&mut self, line: &RawLine) {
        let at = LineAt { text: "", raw: line.bytes, offset: 0, number: line.number, byte: line.byte };
        if self.head.is_some() && self.glance(&at, line.has_no_angle) {
            if self.kept.is_full() {
                self.prune();
            }
            return;
        }
        match std::str::from_utf8(line.bytes) {
            Ok(text) => self.decoded_line(line, text),
            Err(_) => self.decoded_line(line, &String::from_utf8_lossy(line.bytes)),
        }
    }

    /// Takes one line of a streamed log with its text.
    pub fn decoded_line(&mut self, line: &RawLine, text: &str) {
        let at = LineAt { text, raw: line.bytes, offset: 0, number: line.number, byte: line.byte };
        if self.head.is_none() && !text.trim().is_empty() {
            let text = if line.length > MAX_LINE as u64 { clip(text) } else { text };
            self.head = Some(self.kept.span(&Place::Line(LineAt { text, ..at }, 0, text.len())));
        }
        self.take_line(at, line.length);
        if self.kept.is_full() {
            self.prune();
        }
    }

    /// Takes one line of a log in memory.
    pub fn line(&mut self, line: LineAt) {
        if !self.glance(&line, false) {
            self.take_line(line, line.raw.len() as u64);
        }
    }

    /// Takes a record that stood on several lines of a paste.
    pub fn record(&mut self, text: &str, span: Span) {
        self.whole(text, &Place::Known(span));
    }

    fn take_line(&mut self, line: LineAt, length: u64) {
        if let Some(records) = self.joiner.listed(line.text) {
            for (offset, text) in records {
                self.whole(text, &Place::Line(line, offset, text.len()));
            }
            return;
        }
        if length > MAX_LINE as u64 {
            let what = format!("the line is too long ({length} of at most {MAX_LINE} bytes): nothing in it was read");
            let text = clip(line.text);
            self.end_aside();
            self.unreadable(&what, &Place::Line(LineAt { text, ..line }, 0, text.len()));
            return;
        }
        if line.text.trim().is_empty() {
            self.pause(&Place::Line(line, 0, line.text.len()));
            return;
        }
        for (offset, text) in unglued(line.text) {
            let place = Place::Line(line, offset, text.len());
            if let Some((record, span)) = self.joiner.ended_by(text) {
                self.whole(&record, &Place::Known(span));
            }
            if self.joiner.holds(text) {
                let span = self.kept.span(&place);
                if let Some((record, span)) = self.joiner.push(text, span) {
                    self.whole(&record, &Place::Known(span));
                }
            } else {
                self.whole(text, &place);
            }
        }
    }

    /// Takes a record that may have stood on several lines.
    fn whole(&mut self, text: &str, place: &Place) {
        let own = self.format.strict || (self.format.recognise)(text, &self.state) > 0;
        let mut line = if own { (self.format.read_line)(text, &mut self.state) } else { Line::Unreadable("") };
        if matches!(line, Line::Unreadable(_)) {
            line = match formats::recognise_with(text, &self.state) {
                Some((other, _)) => (other.read_line)(text, &mut self.state),
                None if own => line,
                None => (self.format.read_line)(text, &mut self.state),
            };
        }
        match line {
            Line::Record(record) => {
                self.end_aside();
                self.take(&record, place);
            }
            // A record in a record in a record is none.
            Line::Wrapped(inner) => {
                let format = formats::recognise_line(&inner).map(|(format, _)| format);
                match format.map(|format| (format.read_line)(&inner, &mut self.state)) {
                    Some(Line::Record(record)) => {
                        self.end_aside();
                        self.take(&record, place);
                    }
                    _ => self.unreadable("expected a record of a device in the raw column", place),
                }
            }
            Line::Nothing => self.pause(place),
            Line::Unreadable(_) if formats::is_decoration(text) => self.pause(place),
            Line::Unreadable(what) => {
                self.set_aside(place);
                self.unreadable(what, place);
            }
        }
    }

    /// Holds a line that is no record, in case that it is one of a text.
    fn set_aside(&mut self, place: &Place) {
        let problems = self.problems.len();
        if let (Place::Line(line, 0, length), Some(asides)) = (place, &mut self.asides)
            && *length == line.text.len()
            && asides.takes(line)
        {
            asides.add(line, problems);
        } else {
            self.end_aside();
        }
    }

    /// A line that is neither a record nor unreadable.
    fn pause(&mut self, place: &Place) {
        if let (Place::Line(line, 0, _), Some(asides)) = (place, &mut self.asides) {
            asides.pause(line);
        }
    }

    /// A text among the records ends here. When there is a reader for it, its lines are not unreadable after all.
    fn end_aside(&mut self) {
        if let Some(asides) = self.asides.as_mut().filter(|asides| asides.is_running())
            && let Some(run) = asides.end()
        {
            self.skipped_lines = self.skipped_lines.saturating_sub(run.unreadable);
            self.problems.truncate(run.problems);
        }
    }

    /// Counts a place that could not be read.
    pub(super) fn unreadable(&mut self, what: &str, place: &Place) {
        self.skipped_lines += 1;
        if self.problems.len() < Artifact::MAX_PROBLEMS {
            let span = self.kept.span(place);
            self.problems.push(Problem { span, what: what.to_owned() });
        }
    }

    /// What was read.
    pub fn finish(mut self) -> Reading {
        self.settle();
        let value = Value::Log(Box::new(self.log));
        Reading { value, problems: self.problems, skipped_lines: self.skipped_lines }
    }

    /// What was read of a streamed log up to now. Spans name this artifact, and the text of the kept lines begins at
    /// offset `base` of its source.
    #[must_use]
    pub fn settled(mut self, artifact: usize, base: usize) -> Self {
        self.settle();
        self.sessions = Sessions::default();
        self.prune();
        self.spans_mut(&mut |span| {
            *span = Span { artifact, start: span.start + base, end: span.end + base };
        });
        self
    }

    /// The lines of a streamed log that were kept.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        self.kept.pieces()
    }

    /// The lines of the texts that stand among its records.
    pub fn aside_pieces(&self) -> Vec<Piece<'_>> {
        self.asides.as_ref().map(Asides::pieces).unwrap_or_default()
    }

    /// Those texts: ranges in [`LogFold::aside_pieces`], one behind the other with a line feed behind each.
    pub fn asides(&self) -> &[Range<usize>] {
        self.asides.as_ref().map(Asides::ranges).unwrap_or_default()
    }

    /// Brings what is still held back into the log.
    fn settle(&mut self) {
        if std::mem::replace(&mut self.is_settled, true) {
            return;
        }
        if let Some((record, span)) = self.joiner.rest() {
            self.whole(&record, &Place::Known(span));
        }
        self.end_aside();
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
        for (flow, mirror) in self.log.flows.iter_mut().zip(&self.backwards) {
            flow.first_time = mirror.first_time.written();
            flow.last_time = mirror.last_time.written();
        }
        self.log.calls = self.calls.drain();
        sort_calls(&mut self.log.calls, backwards);
        self.log.first_time = self.first.written();
        self.log.last_time = self.last.written();
    }

    /// Forgets lines that nothing points to any more.
    fn prune(&mut self) {
        let mut kept = std::mem::replace(&mut self.kept, Kept::InMemory { artifact: 0 });
        kept.prune(|take| self.spans_mut(take));
        self.kept = kept;
    }

    fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        self.head.iter_mut().for_each(&mut *take);
        self.log.spans_mut(take);
        self.joiner.spans_mut(take);
        self.backwards.iter_mut().flat_map(|mirror| &mut mirror.refused_spans).for_each(&mut *take);
        self.calls.spans_mut(take);
        self.sessions.spans_mut(take);
        self.problems.iter_mut().for_each(|problem| take(&mut problem.span));
    }

    /// Takes a record that is read already.
    pub(super) fn take(&mut self, record: &Record, place: &Place) {
        self.log.records += 1;
        self.log.has_outcomes |= record.outcome != Outcome::Seen;
        self.note_time(record);
        if record.stale {
            let span = self.kept.span(place);
            flows::add(&mut self.log.stale, span, record.reason);
            return;
        }
        let host = lower(record.host.trim_matches(['.', '*']));
        if host.is_empty() || target::is_address(&host) {
            self.without_host(record, place);
            return;
        }
        if self.known.find(&host).is_none() {
            self.sessions.stranger_at(record.address);
            self.log.other_records += 1;
            return;
        }
        let span = self.kept.span(place);
        if !record.auth_scheme.is_empty()
            && self.log.auth_schemes.len() < Log::MAX_SCHEMES
            && !self.log.auth_schemes.iter().any(|(scheme, _)| scheme.eq_ignore_ascii_case(record.auth_scheme))
        {
            self.log.auth_schemes.push((clip(record.auth_scheme).to_owned(), span));
        }
        let event = event(record, &host, self.log.records, span);
        if record.lookup {
            self.sessions.learn(record.answers, &host);
            if record.outcome == Outcome::UpstreamFailed && self.log.unknown_names.len() < Log::MAX_UNKNOWN {
                self.log.unknown_names.push((host.to_string(), span));
            }
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

    fn note_time(&mut self, record: &Record) {
        if let (Some(previous), Some(now)) = (self.previous_time, record.time) {
            self.steps.0 += usize::from(now > previous);
            self.steps.1 += usize::from(now < previous);
        }
        if record.time.is_some() {
            self.log.zone_known = record.zoned && (self.log.zone_known || self.previous_time.is_none());
        }
        self.previous_time = record.time.or(self.previous_time);
        Moment::widen(&mut self.first, &mut self.last, record.time, record.date_text, record.time_text);
    }
}

/// A record that is longer than this is not read, in bytes.
pub const MAX_LINE: usize = 64 << 10;

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
        by_own_firewall: record.by_own_firewall,
        by_client: formats::ended_by_client(record.verdict),
        sent: record.sent.unwrap_or(0),
        received: record.received.unwrap_or(0),
        time: record.time,
        date_text: clip(record.date_text),
        time_text: clip(record.time_text),
        number,
        span,
    }
}

/// Oldest first where every call has a time, otherwise in the order of the text.
fn sort_calls(calls: &mut [Call], backwards: bool) {
    if calls.iter().all(|call| call.time.is_some()) {
        calls.sort_by_key(|call| (call.time, if backwards { usize::MAX - call.span.start } else { call.span.start }));
    } else {
        calls.sort_by_key(|call| call.span.start);
    }
}

/// Lower case without a copy where it is so already.
fn lower(host: &str) -> Cow<'_, str> {
    if host.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}
