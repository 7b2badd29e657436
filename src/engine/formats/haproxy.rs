//! `HAProxy`'s log lines, of HTTP and TCP frontends, with or without a syslog header.
//!
//! ```text
//! 10.9.0.14:48492 [07/Jul/2026:05:16:25.762] front back/server 0/0/7/4/11 200 7500 - - ---- 2/2/0/0/0 0/0 "CONNECT host:443 HTTP/1.1"
//! │               │                          │     │           │          │   │    │   │    │         │   └ request line; not in TCP mode
//! │               │                          │     │           │          │   │    │   │    │         └ queues
//! │               │                          │     │           │          │   │    │   │    └ connections
//! │               │                          │     │           │          │   │    │   └ how and when the session ended
//! │               │                          │     │           │          │   │    └ captured cookies; not in TCP mode
//! │               │                          │     │           │          │   └ bytes to the client
//! │               │                          │     │           │          └ status; not in TCP mode
//! │               │                          │     │           └ milliseconds of the steps, the last one of all; -1: not reached
//! │               │                          │     └ backend and server
//! │               │                          └ frontend
//! │               └ time of the accept, local
//! └ client
//! ```
//!
//! The ending's first letter: `C` client, `S` server refused, `s` or `c` time ran out, `P` the proxy itself, `-`
//! nobody. The second: `R` request, `Q` queue, `C` connecting, `H` waiting for the answer, `D` data, `-` done.
//! `HAProxy` mostly stands in front of servers: a path without a host names no destination.

use super::fields::RequestLine;
use super::time::{DayOrder, moment};
use super::verdict::{Ending, judge};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "haproxy",
    name: "HAProxy log",
    source: "haproxy.org: configuration manual 3.0, sections 8.2 and 8.5",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "10.9.0.14:48492 [07/Jul/2026:05:16:25.762] proxy~ direct/out 0/0/7/4/11 200 7500 - - ---- 7/7/1/1/0 0/0 \"CONNECT login.microsoftonline.com:443 HTTP/1.1\"",
        "Jul  7 05:16:26 gw haproxy[812]: 10.9.0.14:48493 [07/Jul/2026:05:16:26.100] proxy direct/out 0/0/-1/-1/5001 503 216 - - sC-- 2/2/0/0/3 0/0 \"CONNECT graph.microsoft.com:443 HTTP/1.1\"",
        "10.9.0.14:48494 [07/Jul/2026:05:16:27.100] proxy direct/out 0/0/5/12/61 407 1216 - - ---- 2/2/0/0/0 0/0 \"CONNECT graph.microsoft.com:443 HTTP/1.1\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() {
        97
    } else if is_notice(line) {
        75
    } else {
        0
    }
}

/// Notes about connections that made no request, and the second half of a request that was broken in two.
fn is_notice(line: &str) -> bool {
    let called = |rest: &str| target::is_address(target::split(rest.split(' ').next().unwrap_or("")).host);
    line.strip_prefix("Connect from ").is_some_and(called)
        || line.ends_with(": SSL handshake failure")
        || line.starts_with('/') && line.ends_with(" HTTP/1.1\"")
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    match cut(line) {
        Some(columns) => Line::Record(record(&columns)),
        None if is_notice(line) => Line::Nothing,
        None => Line::Unreadable("expected client, [time], frontend, backend/server and timers"),
    }
}

struct Columns<'a> {
    client: &'a str,
    time: &'a str,
    total: &'a str,
    status: &'a str,
    bytes: &'a str,
    ending: &'a str,
    request: &'a str,
    named: &'a str,
}

fn cut(line: &str) -> Option<Columns<'_>> {
    let open = memchr::memchr(b'[', line.as_bytes()).and_then(|at| {
        // A syslog header has brackets around the number of the process.
        let is_time = |at: usize| line.as_bytes().get(at + 3) == Some(&b'/');
        if is_time(at) {
            return Some(at);
        }
        let next = memchr::memchr(b'[', line.as_bytes().get(at + 1..)?)? + at + 1;
        is_time(next).then_some(next)
    })?;
    let client = line.get(..open)?.trim_end().rsplit(' ').next()?;
    let (time, rest) = line.get(open + 1..)?.split_once("] ")?;
    let mut words = rest.split(' ').filter(|word| !word.is_empty());
    let (_front, server, timers) = (words.next()?, words.next()?, words.next()?);
    let steps = timers.split('/').count();
    let numbers = timers.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'+'));
    if !server.contains('/') || !numbers || !(3..=6).contains(&steps) || !time.contains('.') {
        return None;
    }
    let (address, _) = client.rsplit_once(':')?;
    let third = words.next()?;
    let (status, bytes, ending) = if steps >= 5 {
        let bytes = words.next()?;
        (third, bytes, words.nth(2)?)
    } else {
        ("", third, words.next()?)
    };
    let request = rest.split_once('"').map_or("", |(_, request)| request.split('"').next().unwrap_or(""));
    let total = timers.rsplit('/').next()?;
    // In TCP mode nothing but the name can stand in quotation marks.
    let columns = if steps >= 5 { rest.split('"').next().unwrap_or("") } else { rest };
    let named = match captured(columns) {
        "" if steps < 5 => server_name(server),
        name => name,
    };
    Some(Columns { client: address, time, total, status, bytes, ending, request, named })
}

/// The name for which a connection came, from the Host header or the SNI: captured ones stand in braces behind the
/// queues, those of a log format of one's own without, often with a label or in quotation marks.
fn captured(columns: &str) -> &str {
    let mut words = columns.split([' ', '{', '}', '|', '=', '"']).filter(|word| !word.is_empty()).skip(3);
    let name = words.find(|word| {
        let place = target::split(word);
        target::is_host_name(place.host) && place.host.contains('.') && place.path.len() <= 1 && !word.contains('/')
    });
    target::split(name.unwrap_or("")).host
}

/// The server of a backend is often called by the host it stands for, where a relay has one backend for all.
fn server_name(server: &str) -> &str {
    let name = server.rsplit('/').next().unwrap_or("");
    if target::is_host_name(name) && name.contains('.') { name } else { "" }
}

fn record<'a>(columns: &Columns<'a>) -> Record<'a> {
    let request = RequestLine::cut(columns.request);
    let url = target::split(request.url);
    let named = request.method == "CONNECT" || !url.scheme.is_empty();
    let ending = Ending { status: columns.status, method: request.method, ..Ending::default() };
    let outcome = match columns.ending.as_bytes() {
        [b's' | b'c', b'C', ..] | [b's', b'H', ..] => Outcome::TimedOut,
        [b'S', b'C', ..] => Outcome::UpstreamFailed,
        [b'S', b'H', ..] => Outcome::Reset,
        [b'P', b'R', ..] => Outcome::Denied,
        [b'C', b'R' | b'Q' | b'C' | b'H', ..] => Outcome::Aborted,
        _ if columns.status.is_empty() => Outcome::Reached,
        _ => judge(&ending).0,
    };
    let (time, zoned) = moment(columns.time, "", DayOrder::DayFirst);
    Record {
        time,
        zoned,
        time_text: columns.time,
        duration_ms: columns.total.trim_start_matches('+').parse().ok(),
        client: columns.client,
        method: request.method,
        host: Cow::Borrowed(if named { url.host } else { columns.named }),
        port: url.port_or_default(),
        path: url.path,
        status: columns.status,
        verdict: columns.ending,
        outcome,
        received: columns.bytes.trim_start_matches('+').parse().ok(),
        ..Record::default()
    }
}
