//! The quick ways through a log: nearly all lines of a big one are plain records, and of most only the host matters.

use super::{Event, LogFold, MAX_LINE, clip};
use crate::artifact::Span;
use crate::formats::{self, Glance, Line, Look, Skim};
use crate::readers::proxy_log::asides::Asides;
use crate::readers::proxy_log::hosts::{ENDINGS, plain_name};
use crate::readers::proxy_log::kept::{LineAt, Place};

impl LogFold {
    /// Takes lines of a streamed log in UTF-8 from the beginning of a text, as long as a glance is enough for them, and
    /// for those about a host of the shelf a quick look at the rest. The first one begins at this byte and has this
    /// 1-based number. Says how many bytes with their line ends, and how many lines. `plain`: there is no carriage
    /// return and no "<" in the text.
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
            self.previous_time = skimmed.previous;
            self.log.has_outcomes |= skimmed.records > 0;
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

    /// Whether a line is a plain record, read without the full way: the host, and the rest where the host matters. Then
    /// it is counted; any other line is to be read.
    pub(super) fn glance(&mut self, line: &LineAt, has_no_angle: bool) -> bool {
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

    /// Counts a record about a host that is not on the shelf.
    fn stranger(&mut self, seen: &Glance) {
        self.log.other_records += 1;
        if !seen.address.is_empty() {
            self.sessions.stranger_at(std::str::from_utf8(seen.address).unwrap_or(""));
        }
    }
}
