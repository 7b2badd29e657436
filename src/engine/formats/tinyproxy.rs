//! Tinyproxy's log: one line per step of a connection, tied together by the number of a process.
//!
//! ```text
//! CONNECT   Jan 31 10:15:30.123 [1234]: Request (file descriptor 7): CONNECT host:443 HTTP/1.1
//! │         │                    │      └ the step
//! │         │                    └ process
//! │         └ time, local, without year
//! └ level, padded to nine
//! CONNECT   Jan 31 10:15:30.201 [1234]: Established connection to host "host" using file descriptor 8.
//! ```
//!
//! There is no status: what went wrong stands in a sentence of its own. The client stands on the line of the
//! connection only, so records carry none.

use super::fields::RequestLine;
use super::{Format, Line, Record, State, target, time};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "tinyproxy",
    name: "tinyproxy log",
    source: "tinyproxy 1.11: src/log.c, src/reqs.c, src/sock.c",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "CONNECT   Jan 31 10:15:30.123 [1234]: Request (file descriptor 7): CONNECT login.microsoftonline.com:443 HTTP/1.1",
        "CONNECT   Jan 31 10:15:30.201 [1234]: Established connection to host \"login.microsoftonline.com\" using file descriptor 8.",
        "ERROR     Jan 31 10:15:31.201 [1234]: opensock: Could not retrieve address info for graph.microsoft.com:443: Name or service not known",
        "NOTICE    Jan 31 10:15:32.201 [1234]: Proxying refused on filtered domain \"adminwebservice.microsoftonline.com\"",
    ],
};

const LEVELS: [&str; 8] = ["CRITICAL", "ERROR", "WARNING", "NOTICE", "CONNECT", "INFO", "DEBUG", "ALERT"];

/// The request that a process works on, for the lines after it.
#[derive(Clone, Debug, Default)]
pub struct Working {
    process: String,
    host: String,
    port: Option<u16>,
}

/// How many processes are remembered.
const MAX_WORKING: usize = 32;

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 97 } else { 0 }
}

/// Time, process and the sentence.
fn cut(line: &str) -> Option<(&str, &str, &str)> {
    let line = line.trim();
    let (level, rest) = line.split_once(' ')?;
    if !LEVELS.contains(&level) {
        return None;
    }
    let (head, text) = rest.split_once("]: ")?;
    let (stamp, process) = head.split_once(" [")?;
    let stamp = stamp.trim();
    let fits = process.bytes().all(|b| b.is_ascii_digit()) && time::begins_with_time(stamp) && stamp.len() <= 24;
    fits.then_some((stamp, process, text))
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    let Some((time_text, process, text)) = cut(line) else {
        return Line::Unreadable("expected level, time, [process] and a sentence");
    };
    if let Some((_, request)) =
        text.split_once("Request (file descriptor ").and_then(|(_, rest)| rest.split_once("): "))
    {
        let request = RequestLine::cut(request);
        let url = target::split(request.url);
        state.tinyproxy.retain(|working| working.process != process);
        if state.tinyproxy.len() >= MAX_WORKING {
            state.tinyproxy.remove(0);
        }
        let port = url.port_or_default();
        state.tinyproxy.push(Working { process: process.to_owned(), host: clip(url.host).to_owned(), port });
        return Line::Nothing;
    }
    let working = state.tinyproxy.iter().find(|working| working.process == process);
    let quoted = || text.split('"').nth(1).filter(|name| target::is_host_name(name));
    let ended = |outcome, word: &'a str, host: Cow<'a, str>, port| {
        Line::Record(Record { time_text, verdict: word, host, port, outcome, reason: word, ..Record::default() })
    };
    let current = || working.map_or(Cow::Borrowed(""), |working| Cow::Owned(working.host.clone()));
    let port = working.and_then(|working| working.port);
    if text.starts_with("Established connection to host") || text.starts_with("Established connection to ") {
        return ended(Outcome::Reached, "", quoted().map_or_else(current, Cow::Borrowed), port);
    }
    if let Some(rest) = text.strip_prefix("opensock: Could not ") {
        let words = rest.split([' ', ',']).map(|word| target::split(word.trim_end_matches(':')));
        let place = words.clone().find(|place| target::is_host_name(place.host));
        return match place {
            Some(place) => ended(Outcome::UpstreamFailed, text, Cow::Borrowed(place.host), place.port.or(port)),
            None => ended(Outcome::UpstreamFailed, text, current(), port),
        };
    }
    // The line before it names the proxy of its own that it could not reach, and not the host.
    if text.starts_with("Could not connect to upstream proxy") {
        return ended(Outcome::UpstreamFailed, text, current(), port);
    }
    if text.starts_with("Proxying refused on filtered") {
        let host = text.split('"').nth(1).map(|url| target::split(url).host).filter(|host| target::is_host_name(host));
        return ended(Outcome::Denied, text, host.map_or_else(current, Cow::Borrowed), port);
    }
    if text.starts_with("Refused CONNECT method on port") {
        return ended(Outcome::Denied, text, current(), port);
    }
    if text.starts_with("Failed auth attempt") || text.starts_with("Proxy Authentication Required") {
        return ended(Outcome::AuthRequired, text, current(), port);
    }
    Line::Nothing
}

fn clip(text: &str) -> &str {
    text.get(..text.floor_char_boundary(253)).unwrap_or(text)
}
