//! A browser's HTTP archive: one JSON text, an entry per request. It shows the client's side: what was asked for, what
//! came back, and the browser's own error where nothing came.

use super::kept::Place;
use super::{LogFold, Outcome};
use crate::artifact::{Kind, Part};
use crate::detect::Score;
use crate::formats::json_lines::walk;
use crate::formats::time::{DayOrder, moment};
use crate::formats::{self, Record, target};
use crate::readers::Reading;
use std::borrow::Cow;

/// Public id.
pub const ID: &str = "har";

/// Whether a part is an archive: a "log" with "entries".
pub(super) fn score(part: &Part) -> Option<Score> {
    let text = part.text();
    let Some(entries) = entries(text) else {
        return broken(part).then(|| Score {
            value: 90,
            kind: Kind::Har,
            format: ID,
            why: "JSON that begins like a browser's HTTP archive and has no entries.".to_owned(),
        });
    };
    let head = text.get(..entries.min(text.floor_char_boundary(4096)))?;
    (head.contains("\"log\"") && head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with('{')).then(
        || Score {
            value: 97,
            kind: Kind::Har,
            format: ID,
            why: "JSON of a browser's HTTP archive: a log with entries.".to_owned(),
        },
    )
}

/// Whether a part begins as an archive does, and is of no dialect that begins so as well.
fn broken(part: &Part) -> bool {
    let text = part.text().trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    let name = text.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"log\""));
    name.is_some_and(|rest| rest.trim_start().starts_with(':')) && formats::score(part).is_none()
}

/// Where the array of entries begins.
fn entries(text: &str) -> Option<usize> {
    let name = memchr::memmem::find(text.as_bytes(), b"\"entries\"")?;
    let rest = text.get(name + 9..)?;
    let bracket = rest.find(|c: char| !c.is_whitespace() && c != ':')?;
    rest.get(bracket..)?.starts_with('[').then_some(name + 9 + bracket)
}

/// Reads the entries one after the other. A broken archive is read up to where it breaks.
pub(super) fn read(part: &Part) -> Reading {
    let text = part.text();
    let mut fold = LogFold::new(formats::ANY, part.artifact);
    let mut at = entries(text).map_or(text.len(), |bracket| bracket + 1);
    let mut whole = false;
    while let Some(rest) = text.get(at..) {
        let Some(step) = rest.find(|c: char| !c.is_whitespace() && c != ',') else { break };
        let object = rest.get(step..).unwrap_or("");
        if !object.starts_with('{') {
            whole = object.starts_with(']');
            break;
        }
        let mut entry = Entry::default();
        let Some(length) =
            walk(object, |member| entry.take(member.depth, member.parent, member.key, member.value, member.start))
        else {
            break;
        };
        let start = at + step;
        let line = start + entry.url_start;
        fold.take(&entry.record(), &Place::Known(part.span(line..line + entry.url.len())));
        at = start + length;
    }
    if entries(text).is_none() {
        let what = "no HTTP archive: expected {\"log\": {\"entries\": [ … ]}}";
        fold.unreadable(what, &Place::Known(part.span(0..text.trim_end().len())));
    } else if !whole {
        let at = at.min(text.len());
        let what = "the archive is broken off here: expected another entry or the end of the list";
        fold.unreadable(what, &Place::Known(part.span(at..text.len().min(at + 1))));
    }
    fold.finish()
}

/// What is read of one entry.
#[derive(Default)]
struct Entry<'a> {
    started: &'a str,
    duration: &'a str,
    method: &'a str,
    url: &'a str,
    url_start: usize,
    status: &'a str,
    error: &'a str,
}

impl<'a> Entry<'a> {
    fn take(&mut self, depth: usize, parent: &str, key: &str, value: Option<&'a str>, start: usize) {
        let Some(value) = value else { return };
        match (depth, parent, key) {
            (1, _, "startedDateTime") => self.started = value,
            (1, _, "time") => self.duration = value,
            (2, "request", "method") => self.method = value,
            (2, "request", "url") => (self.url, self.url_start) = (value, start),
            (2, "response", "status") => self.status = value,
            (1 | 2, _, "_error" | "_blocked_reason" | "blockedReason") if value != "null" => self.error = value,
            _ => {}
        }
    }

    fn record(&self) -> Record<'a> {
        let url = target::split(self.url);
        let answered = self.status.len() == 3 && !self.status.starts_with('0');
        let (time, zoned) = moment(self.started, "", DayOrder::MonthFirst);
        Record {
            time,
            zoned,
            time_text: self.started,
            duration_ms: self.duration.split('.').next().and_then(|whole| whole.parse().ok()),
            method: self.method,
            host: Cow::Borrowed(url.host),
            port: url.port_or_default(),
            path: url.path,
            status: if answered { self.status } else { "" },
            verdict: self.error,
            reason: self.error,
            outcome: if answered { answer(self.status, self.method, url.scheme) } else { failure(self.error) },
            ..Record::default()
        }
    }
}

/// An answer with a status. Inside https it comes from the service, so a 403 is the service's.
fn answer(status: &str, method: &str, scheme: &str) -> Outcome {
    let tunnel = method.eq_ignore_ascii_case("CONNECT");
    match status {
        "407" => Outcome::AuthRequired,
        "403" if tunnel || scheme.eq_ignore_ascii_case("http") => Outcome::Denied,
        "502" | "503" | "504" => Outcome::UpstreamFailed,
        _ if tunnel && status.starts_with(['4', '5']) => Outcome::Denied,
        _ => Outcome::Reached,
    }
}

/// No answer: what the browser says about it. Words of Chromium, Firefox and mitmproxy.
fn failure(error: &str) -> Outcome {
    const WORDS: [(&str, Outcome); 17] = [
        ("ERR_BLOCKED_BY_CLIENT", Outcome::Aborted),
        ("ERR_BLOCKED_BY_ADMINISTRATOR", Outcome::Denied),
        ("ERR_PROXY_AUTH", Outcome::AuthRequired),
        ("PROXY_AUTHENTICATION", Outcome::AuthRequired),
        ("TIMED_OUT", Outcome::TimedOut),
        ("timed out", Outcome::TimedOut),
        ("NET_TIMEOUT", Outcome::TimedOut),
        ("CONNECTION_RESET", Outcome::Reset),
        ("CONNECTION_CLOSED", Outcome::Reset),
        ("EMPTY_RESPONSE", Outcome::Reset),
        ("NET_RESET", Outcome::Reset),
        ("ERR_SSL", Outcome::Reset),
        ("ERR_CERT", Outcome::Reset),
        // The proxy answered the CONNECT, and neither with 200 nor with 407.
        ("ERR_TUNNEL", Outcome::Denied),
        ("NAME_NOT_RESOLVED", Outcome::UpstreamFailed),
        ("REFUSED", Outcome::UpstreamFailed),
        ("Connect call failed", Outcome::UpstreamFailed),
    ];
    WORDS.iter().find(|(word, _)| error.contains(word)).map_or(Outcome::Aborted, |(_, outcome)| *outcome)
}
