//! What nginx writes beside the combined log (which the reader of that reads): the access log of its stream module,
//! with which it passes TLS on by name, and its error log.
//!
//! ```text
//! 10.9.0.14 [14/Mar/2026:09:26:53 +0100] TCP 200 5123 890 0.512 "192.0.2.7:443" "host"
//! │          │                            │   │   │    │   │     │               └ the name asked for, where it is logged
//! │          │                            │   │   │    │   │     └ upstream: address or name
//! │          │                            │   │   │    │   └ seconds
//! │          │                            │   │   │    └ bytes from the client
//! │          │                            │   │   └ bytes to the client
//! │          │                            │   └ 200 done, 403 refused, 502 upstream failed, 400 500 503
//! │          │                            └ protocol
//! │          └ local time with its zone
//! └ client
//! 2026/03/14 09:26:53 [error] 812#812: *42 connect() failed (111: Connection refused) while connecting to upstream, client: 10.9.0.14, server: …, request: "CONNECT host:443 HTTP/1.1", upstream: "…"
//! │                    │                   └ what happened
//! │                    └ level
//! └ local time
//! ```
//!
//! There is no default format of the stream log: read is the documentation's own and what begins like it.

use super::fields::RequestLine;
use super::time::{DayOrder, moment};
use super::verdict::{Ending, judge, status_number};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "nginx",
    name: "nginx stream and error log",
    source: "nginx.org: ngx_stream_log_module, ngx_stream_core_module ($status), ngx_stream_ssl_preread_module; error_log",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "10.9.0.14 [14/Mar/2026:09:26:53 +0100] TCP 200 5123 890 0.512 \"192.0.2.7:443\" \"login.microsoftonline.com\"",
        "10.9.0.14 [14/Mar/2026:09:26:54 +0100] TCP 502 0 0 60.001 \"graph.microsoft.com:443\"",
        "2026/03/14 09:26:55 [error] 812#812: *42 upstream timed out (110: Connection timed out) while connecting to upstream, client: 10.9.0.14, server: proxy.corp.example, request: \"CONNECT adminwebservice.microsoftonline.com:443 HTTP/1.1\", upstream: \"192.0.2.9:443\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match (stream(line), error(line)) {
        (Some(_), _) => 96,
        (None, Some(_)) => 90,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    match (stream(line), error(line)) {
        (Some(record), _) => Line::Record(record),
        (None, Some(line)) => line,
        _ => Line::Unreadable(
            "expected client, [time], protocol, status, bytes, bytes and seconds; or time, [level] and a text",
        ),
    }
}

fn stream(line: &str) -> Option<Record<'_>> {
    let open = memchr::memchr(b'[', line.as_bytes()).filter(|at| *at <= 120)?;
    let client = line.get(..open)?.trim_end().rsplit(' ').next()?;
    let (time_text, rest) = line.get(open + 1..)?.split_once("] ")?;
    let mut words = rest.split(' ').filter(|word| !word.is_empty());
    let (protocol, status) = (words.next()?, words.next()?);
    let (received, sent) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let seconds = words.next()?;
    if !matches!(protocol, "TCP" | "UDP") || status.len() != 3 || !seconds.contains('.') || !target::is_address(client)
    {
        return None;
    }
    status_number(status)?;
    let (time, zoned) = moment(time_text, "", DayOrder::DayFirst);
    let places = || words.clone().map(|word| target::split(word.trim_matches('"')));
    let named = places().find(|place| target::is_host_name(place.host));
    let upstream = places().find(|place| target::is_address(place.host));
    let outcome = match status {
        "502" if received == 0 => Outcome::UpstreamFailed,
        // The tunnel carries TLS, and no status of a service: 403 is nginx's own.
        "403" => Outcome::Denied,
        _ => judge(&Ending { status, ..Ending::default() }).0,
    };
    Some(Record {
        time,
        zoned,
        time_text,
        duration_ms: milliseconds(seconds),
        client,
        method: "CONNECT",
        host: Cow::Borrowed(named.map_or("", |place| place.host)),
        port: named.and_then(|place| place.port).or(upstream.and_then(|place| place.port)),
        status,
        outcome,
        sent: Some(sent),
        received: Some(received),
        address: upstream.map_or("", |place| place.host),
        ..Record::default()
    })
}

/// `0.512`.
fn milliseconds(seconds: &str) -> Option<u64> {
    let (whole, fraction) = seconds.split_once('.')?;
    let whole: u64 = whole.parse().ok()?;
    let fraction: u64 = fraction.get(..3)?.parse().ok()?;
    Some(whole.saturating_mul(1000).saturating_add(fraction))
}

/// A line of the error log. Most tell nothing about a destination.
fn error(line: &str) -> Option<Line<'_>> {
    let bytes = line.as_bytes();
    if bytes.get(4) != Some(&b'/') || bytes.get(19) != Some(&b' ') || bytes.get(20) != Some(&b'[') {
        return None;
    }
    let (level, rest) = line.get(21..)?.split_once("] ")?;
    let (process, text) = rest.split_once(": ")?;
    if !matches!(level, "debug" | "info" | "notice" | "warn" | "error" | "crit" | "alert" | "emerg")
        || !process.contains('#')
    {
        return None;
    }
    let text = text.strip_prefix('*').and_then(|rest| rest.split_once(' ')).map_or(text, |(_, text)| text);
    Some(failure(line.get(..19)?, text).map_or(Line::Nothing, Line::Record))
}

fn failure<'a>(time_text: &'a str, text: &'a str) -> Option<Record<'a>> {
    let field = |name: &str| text.split_once(name).map_or("", |(_, rest)| rest);
    let quoted = |name: &str| field(name).split('"').next().unwrap_or("");
    let request = RequestLine::cut(quoted(", request: \""));
    let url = target::split(request.url);
    let upstream = target::split(quoted(", upstream: \""));
    let what = text.split(", client: ").next().unwrap_or(text);
    let has = |needle: &str| what.contains(needle);
    let outcome = if has("timed out") {
        Outcome::TimedOut
    } else if has("reset by peer") || has("prematurely closed") {
        Outcome::Reset
    } else if has("forbidden") {
        Outcome::Denied
    } else if has("connect() failed") || has("no live upstreams") || has("could not be resolved") || has("not found") {
        Outcome::UpstreamFailed
    } else {
        return None;
    };
    let host = [url.host, upstream.host].into_iter().find(|host| target::is_host_name(host)).unwrap_or("");
    let address = if target::is_address(upstream.host) { upstream.host } else { "" };
    if host.is_empty() && address.is_empty() {
        return None;
    }
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    Some(Record {
        time,
        zoned,
        time_text,
        client: field(", client: ").split([',', ' ']).next().unwrap_or(""),
        method: request.method,
        host: Cow::Borrowed(host),
        port: url.port_or_default().or(upstream.port),
        path: url.path,
        reason: what,
        outcome,
        address,
        ..Record::default()
    })
}
