//! Privoxy's log file.
//!
//! ```text
//! 2026-03-14 09:26:53.123 000012d0 Crunch: Blocked: host:443/
//! │                       │        │       │        └ destination
//! │                       │        │       └ why Privoxy answered itself
//! │                       │        └ what the line is about
//! │                       └ thread
//! └ time, local
//! ```
//!
//! `Request:` is written before anything is tried: it shows the call and not its end. `Connected to` shows that the
//! host was reached.

use super::time::{DayOrder, unix_seconds};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "privoxy",
    name: "Privoxy log file",
    source: "privoxy.org: user manual 3.0.34, debug levels; source, get_crunch_reason",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "2026-03-14 09:26:53.123 000012d0 Connect: Connected to login.microsoftonline.com[192.0.2.7]:443.",
        "2026-03-14 09:26:54.123 000012d0 Crunch: Blocked: graph.microsoft.com:443/",
        "2026-03-14 09:26:55.123 000012d0 Crunch: Connection timeout: adminwebservice.microsoftonline.com:443/",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() {
        97
    } else if is_rest(line) {
        72
    } else {
        0
    }
}

/// What Privoxy received is logged as it came, line breaks included.
fn is_rest(line: &str) -> bool {
    line.starts_with("\\x0d") || line.starts_with("\\x0a")
}

/// Time, what the line is about, and the rest.
fn cut(line: &str) -> Option<(&str, &str, &str)> {
    let line = line.trim_start();
    let bytes = line.as_bytes();
    if bytes.get(4) != Some(&b'-') || bytes.get(19) != Some(&b'.') || bytes.get(23) != Some(&b' ') {
        return None;
    }
    let (thread, rest) = line.get(24..)?.split_once(' ')?;
    let (about, rest) = rest.split_once(": ")?;
    let hex = thread.len() >= 4 && thread.bytes().all(|b| b.is_ascii_hexdigit());
    let word = about.len() <= 20 && about.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b' ');
    (hex && word).then(|| (line.get(..23).unwrap_or(""), about, rest))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((time_text, about, rest)) = cut(line) else {
        return if is_rest(line) { Line::Nothing } else { Line::Unreadable("expected time, thread and a word") };
    };
    let (place, outcome, reason) = match about {
        "Request" => (rest, Outcome::Seen, ""),
        "Crunch" => {
            let Some((why, place)) = rest.split_once(": ") else {
                return Line::Nothing;
            };
            let outcome = match why {
                "Blocked" | "Untrusted" | "Unsupported HTTP feature" => Outcome::Denied,
                "DNS failure" | "Forwarding failed" | "Connection failure" => Outcome::UpstreamFailed,
                "Connection timeout" => Outcome::TimedOut,
                "No server data received" => Outcome::Reset,
                _ => return Line::Nothing,
            };
            (place, outcome, why)
        }
        "Connect" => match rest.strip_prefix("Connected to ") {
            Some(place) => (place, Outcome::Reached, ""),
            None => return Line::Nothing,
        },
        _ => return Line::Nothing,
    };
    let word = place.split(' ').next().unwrap_or("").trim_end_matches('.');
    // "host[address]:port"
    let (target, address, port) = match word.split_once('[') {
        Some((host, rest)) => {
            let address = rest.split(']').next().unwrap_or("");
            (target::split(host), address, rest.rsplit(':').next().and_then(|port| port.parse().ok()))
        }
        None => (target::split(word), "", None),
    };
    if !target::is_host_name(target.host) {
        return Line::Nothing;
    }
    Line::Record(Record {
        time: unix_seconds(time_text, "", DayOrder::MonthFirst),
        time_text,
        host: Cow::Borrowed(target.host),
        port: port.or(target.port_or_default()),
        path: target.path,
        verdict: reason,
        reason,
        outcome,
        address,
        ..Record::default()
    })
}
