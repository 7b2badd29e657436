//! The fold over the lines of a log.

use super::asides::{Asides, IsText};
use super::calls::{self, Calls};
use super::hosts::{ENDINGS, Hosts, plain_name};
use super::kept::{Kept, LineAt, Lines, Place};
use super::moment::Moment;
use super::sessions::{Fallen, Held, Sessions};
use super::table::{Table, hash};
use super::{Call, Flow, Log, Outcome, Tally, Tunnel};
use crate::artifact::{Artifact, Problem, Span};
use crate::endpoints;
use crate::formats::records::{Joiner, unglued};
use crate::formats::{self, Format, Glance, Line, Look, Record, Skim, State, target};
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

    /// Takes lines of a streamed log in UTF-8 from the beginning of a text, as long as a glance is enough for them, and
    /// for those about a host of the shelf a quick look at the rest. The first one begins at this byte and has this
    /// 1-based number. Says how many bytes with their line ends, and how many lines. `plain`: there is no carriage return
    /// and no "<" in the text.
    pub fn skim(&mut self, text: &[u8], (byte, number): (u64, u64), plain: bool) -> (usize, u64) {
        let is_ready = self.head.is_some()
            && !self.joiner.is_busy()
            && !self.sessions.watch()
            && !self.asides.as_ref().is_some_and(Asides::is_running);
        let (Some(look), Some(since), Some(mut latest)) =
            (self.format.look.as_ref().filter(|_| is_ready), self.first.seconds(), self.last.seconds())
        else {
            return (0, 0);
        };
        let (mut bytes, mut lines) = (0, 0);
        while let Some(rest) = text.get(bytes..) {
            let (sessions, known) = (&mut self.sessions, &mut self.known);
            let skim = Skim {
                endings: &ENDINGS,
                is_asked: &mut |host| known.may_find(host),
                since,
                longest: MAX_LINE,
                plain,
                previous: self.previous_time,
                latest,
                address: &mut |address| sessions.stranger_at(std::str::from_utf8(address).unwrap_or("")),
            };
            let skimmed = (look.skim)(skim, rest, &mut self.state);
            bytes += skimmed.bytes;
            lines += skimmed.records as u64;
            self.log.records += skimmed.records;
            self.log.other_records += skimmed.records;
            self.steps.0 += skimmed.steps.0;
            self.steps.1 += skimmed.steps.1;
            if let Some(last) = skimmed.last {
                self.previous_time = Some(last.seconds);
                self.log.has_outcomes = true;
            }
            if let Some(seen) = skimmed.latest {
                self.last.advance(&seen);
                latest = seen.seconds;
            }
            let Some((seen, raw)) = skimmed.asked else { break };
            let at = LineAt { text: "", raw, offset: 0, number: number + lines, byte: byte + bytes as u64 };
            if !self.glance_at_known(look, &seen, &at) {
                break;
            }
            latest = latest.max(seen.seconds);
            lines += 1;
            // The line that a skim ends at has an end.
            let end = text.get(bytes + raw.len()..).is_some_and(|end| end.first() == Some(&b'\r'));
            bytes += raw.len() + 1 + usize::from(end);
            if self.kept.is_full() {
                self.prune();
            }
        }
        (bytes, lines)
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

    /// Counts a record about a host that is not on the shelf.
    fn stranger(&mut self, seen: &Glance) {
        self.log.other_records += 1;
        if !seen.address.is_empty() {
            self.sessions.stranger_at(std::str::from_utf8(seen.address).unwrap_or(""));
        }
    }

    fn take_line(&mut self, line: LineAt, length: u64) {
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

    /// Whether a line is a plain record, read without the full way: the host, and the rest where the host matters. Then
    /// it is counted; any other line is to be read.
    fn glance(&mut self, line: &LineAt, has_no_angle: bool) -> bool {
        let Some(look) = self.format.look.as_ref().filter(|_| line.raw.len() <= MAX_LINE) else { return false };
        if self.joiner.is_busy() || self.sessions.watch() {
            return false;
        }
        let Some(seen) = (look.glance)(line.raw, &mut self.state) else { return false };
        if self.first.is_later_than(Some(seen.seconds)) {
            return false;
        }
        // Behind a "<" another record may begin whose line end was lost.
        if !has_no_angle && memchr::memchr(b'<', line.raw).is_some() {
            return false;
        }
        if !ENDINGS.fit(seen.host) {
            self.stranger(&seen);
            self.seen(&seen);
        } else if !self.glance_at_known(look, &seen, line) {
            return false;
        }
        self.end_aside();
        true
    }

    /// Counts a record that was seen at a glance.
    fn seen(&mut self, seen: &Glance) {
        if let Some(previous) = self.previous_time {
            self.steps.0 += usize::from(seen.seconds > previous);
            self.steps.1 += usize::from(seen.seconds < previous);
        }
        self.previous_time = Some(seen.seconds);
        self.last.advance(seen);
        self.log.records += 1;
        self.log.has_outcomes = true;
    }

    /// Counts a plain record about a host that may be on the shelf. Otherwise the line is to be read in the full way.
    fn glance_at_known(&mut self, look: &Look, seen: &Glance, line: &LineAt) -> bool {
        let Some(host) = plain_name(seen.host) else { return false };
        if self.known.look_up(host).is_none() {
            self.stranger(seen);
            self.seen(seen);
            return true;
        }
        // The address of a known host is to be learnt.
        let Some(rest) = (look.rest)(line.raw).filter(|_| seen.address.is_empty()) else {
            return self.read_known(line);
        };
        let written = |text| std::str::from_utf8(text).unwrap_or("");
        let event = Event {
            client: clip(rest.client),
            user: clip(rest.user),
            host,
            port: rest.port,
            outcome: rest.outcome,
            status: clip(rest.status),
            reason: "",
            tunnel: rest.tunnel,
            duration_ms: rest.duration_ms,
            inspected: rest.inspected,
            by_own_firewall: false,
            by_client: formats::ended_by_client(rest.verdict),
            sent: 0,
            received: rest.received.unwrap_or(0),
            time: Some(seen.seconds),
            date_text: written(seen.date),
            time_text: written(seen.time),
            number: self.log.records + 1,
            span: Span { artifact: 0, start: 0, end: 0 },
        };
        self.commit_at(event, &Place::Raw(*line));
        self.seen(seen);
        true
    }

    /// Reads a line that a glance knows for a record of this dialect.
    fn read_known(&mut self, line: &LineAt) -> bool {
        let Ok(text) = std::str::from_utf8(line.raw) else { return false };
        let Line::Record(record) = (self.format.read_line)(text, &mut self.state) else { return false };
        self.take(&record, &Place::Raw(*line));
        true
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
            add(&mut self.log.stale, span, record.reason);
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

    /// A record that names no host: another record of its session, or of its address, may.
    fn without_host(&mut self, record: &Record, place: &Place) {
        let key = Sessions::key(record.session, record.client);
        let number = self.log.records;
        if key.is_none() && record.address.is_empty() || record.outcome == Outcome::Seen {
            self.log.hostless_records += 1;
            return;
        }
        if key.is_some_and(|key| self.sessions.is_settled(key)) {
            return;
        }
        let end = event(record, "", number, self.kept.span(place));
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
        let key = flow_key(&held.client, &held.host, held.port);
        let service = endpoints::is_service_address(&held.host);
        if !held.outcome.is_refusal() && !service {
            if self.answering.len() < Log::MAX_FLOWS {
                self.answering.insert(key);
            }
            return;
        }
        let web = matches!(held.port, Some(443 | 80)) || may_be_a_proxy(&held.host, held.port);
        let full = self.answering.len() >= Log::MAX_FLOWS;
        let answers = !service && (full || self.answering.contains(&key));
        if !web || held.host.is_empty() || answers {
            return;
        }
        let known = self.index.find(key, |_| true).is_some();
        if known || self.addresses < Log::MAX_ADDRESSES {
            self.addresses += usize::from(!known);
            self.commit(&held.event());
        }
    }

    /// Adds a record to its flow.
    fn commit(&mut self, event: &Event) {
        match self.flow_index(event) {
            Some(index) => self.count(index, event),
            None => self.log.unkept_records += 1,
        }
    }

    /// Adds a record to its flow; its line is kept when the record is.
    fn commit_at(&mut self, event: Event, place: &Place) {
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

/// With so many flows it is a crowd behind one proxy: from then on the successes of clients that may be anybody's
/// browser are only counted.
const CROWD: usize = 1024;

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

/// A hash of what tells flows apart.
fn flow_key(client: &str, host: &str, port: Option<u16>) -> u64 {
    hash(&[client.as_bytes(), host.as_bytes(), &port.unwrap_or(0).to_le_bytes()])
}

/// Whether an address inside a company with this port may be that of a proxy: the ports that proxies have by default.
fn may_be_a_proxy(host: &str, port: Option<u16>) -> bool {
    const PORTS: [u16; 16] =
        [81, 800, 808, 1080, 3128, 3129, 8000, 8008, 8080, 8081, 8088, 8118, 8443, 8888, 9090, 9480];
    port.is_some_and(|port| PORTS.contains(&port))
        && host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}
