//! Squid's native access log, and what writes the same columns.
//!
//! ```text
//! 1564655684.277   3387 192.168.0.1 TCP_TUNNEL/200 19131 CONNECT host:443 - HIER_DIRECT/192.0.2.7 -
//! │                │    │           │              │     │       │        │ │                     └ MIME type
//! │                │    │           │              │     │       │        │ └ hierarchy / peer
//! │                │    │           │              │     │       │        └ user
//! │                │    │           │              │     │       └ URL; host:port for CONNECT
//! │                │    │           │              │     └ method
//! │                │    │           │              └ bytes to the client, headers included
//! │                │    │           └ result / status
//! │                │    └ client
//! │                └ elapsed milliseconds; of a tunnel, its whole life
//! └ Unix time of the end, with milliseconds
//! ```
//!
//! The reader looks for the one token that nothing else writes, `RESULT/NNN`, and maps its neighbours: whatever a
//! syslog daemon, an editor or a custom `logformat` put in front does not matter. Where such a format has no client in
//! front, the first address behind the hierarchy is taken for it.
//! Results before Squid 3.5 have no `TCP_TUNNEL`; a good tunnel there is `TCP_MISS/200 … CONNECT`.

mod glance;
mod own_format;

use super::sighting::find_either;
use super::time::{DayOrder, moment};
use super::{Format, Line, Look, Record, State, meaningful, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "squid-native",
    name: "Squid native access.log",
    source: "squid-cache.org: logformat squid, src/LogTags.cc",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: Some(Look {
        glance: glance::glance,
        skim: |skim, text, state| skim.run(text, state, glance::glance),
        rest: glance::rest,
    }),
    samples: &[
        "1790000000.101   3387 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.7 -",
        "1790000001.202      0 10.8.0.14 TCP_DENIED/407 4105 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html",
        "Nov 17 22:12:41 gw (squid-1): 1790000002.303  60012 10.8.0.14 TCP_MISS/503 381 CONNECT graph.microsoft.com:443 CORP\\svc HIER_NONE/- text/html",
        "2026-09-21T14:13:20 118 TCP_MISS/200 310 GET http://crl.microsoft.com/pki/crl/x.crl - FIRSTUP_PARENT/192.0.2.9 - 10.8.0.14",
        "2026-09-21 14:13:21 +0200 prx-01 10.8.0.14 CORP\\svc \"CONNECT graph.microsoft.com:443 HTTP/1.1\" TCP_DENIED/407 4211 0 HIER_NONE/- \"-\"",
        "1790000003.404    180 10.8.0.14 TCP_MISS/200 1910 POST https://login.microsoftonline.com/common/oauth2/token CORP\\svc HIER_DIRECT/192.0.2.7 application/json",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() {
        98
    } else if own_format::record(line).is_some() {
        90
    } else {
        0
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    match cut(line) {
        Some(columns) => Line::Record(record(&columns)),
        None => own_format::record(line)
            .map_or(Line::Unreadable("expected time, client, RESULT/status, bytes, method and URL"), Line::Record),
    }
}

/// No result that Squid writes is longer.
const LONGEST_RESULT: usize = 40;

/// The columns around `RESULT/NNN`.
pub(super) struct Columns<'a> {
    before: &'a str,
    pub result: &'a str,
    pub status: &'a str,
    bytes: &'a str,
    method: &'a str,
    pub url: &'a str,
    user: &'a str,
    hierarchy: &'a str,
    /// What stands behind the hierarchy.
    pub tail: &'a str,
}

/// Finds `RESULT/NNN` and cuts the columns around it.
pub(super) fn cut(line: &str) -> Option<Columns<'_>> {
    let bytes = line.as_bytes();
    for slash in memchr::memchr_iter(b'/', bytes) {
        let Some([a, b, c]) = bytes.get(slash + 1..slash + 4) else {
            return None;
        };
        let is_status = [a, b, c].into_iter().all(u8::is_ascii_digit);
        if !is_status || !matches!(bytes.get(slash + 4), Some(b' ' | b'\t')) {
            continue;
        }
        let letters = bytes
            .get(..slash)?
            .iter()
            .rev()
            .take(LONGEST_RESULT)
            .take_while(|b| b.is_ascii_uppercase() || **b == b'_')
            .count();
        let start = slash - letters;
        if letters < 3 || !matches!(start.checked_sub(1).and_then(|i| bytes.get(i)), None | Some(b' ' | b'\t')) {
            continue;
        }
        let mut words = Words { rest: line.get(slash + 4..)? };
        let columns = Columns {
            before: line.get(..start)?,
            result: line.get(start..slash)?,
            status: line.get(slash + 1..slash + 4)?,
            bytes: words.take(),
            method: words.take(),
            url: words.take(),
            user: words.take(),
            hierarchy: words.take(),
            tail: words.rest,
        };
        let is_result = columns.result.contains('_') || columns.result == "NONE";
        return (is_result && is_method(columns.method) && !columns.url.is_empty()).then_some(columns);
    }
    None
}

struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn take(&mut self) -> &'a str {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(bytes.len());
        let end = find_either(bytes, start, b' ', b'\t').unwrap_or(bytes.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.get(start..).unwrap_or("")
    }
}

/// The record that Squid's own columns make.
pub(super) fn record<'a>(columns: &Columns<'a>) -> Record<'a> {
    let (client, elapsed, time_text) = before_result(columns.before);
    let url = target::split(columns.url);
    let tunnel = columns.method == "CONNECT";
    let host = if columns.url.starts_with("error:") { "" } else { url.host };
    let inside = !tunnel && url.scheme.eq_ignore_ascii_case("https");
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    // A proxy that clients do not know of sees addresses; the name stands in a column of one's own, `%ssl::>sni`.
    let host = if tunnel && target::is_address(host) { name_in(columns.tail).unwrap_or(host) } else { host };
    let terminated = words_of(columns.tail).any(|word| word == TERMINATED);
    let client = if client.is_empty() { address_in(columns.tail) } else { client };
    // A URL that was cut off shifts the columns: then the hierarchy stands here.
    let user = if columns.hierarchy.contains('/') { columns.user } else { "" };
    Record {
        time,
        zoned,
        time_text,
        duration_ms: elapsed,
        client,
        user: meaningful(user).trim_matches('"'),
        method: columns.method,
        host: Cow::Borrowed(host),
        port: url.port_or_default(),
        path: url.path,
        status: columns.status,
        verdict: if terminated { TERMINATED } else { columns.result },
        outcome: if terminated {
            Outcome::Denied
        } else {
            ending(columns.result, columns.status, columns.hierarchy, tunnel)
        },
        inspected: inside || is_bumped(columns.tail),
        received: columns.bytes.parse().ok(),
        ..Record::default()
    }
}

/// Client, elapsed time and time stamp from what stands before the result. A custom `logformat` may have no client
/// there, and a collector may have moved the time into its own prefix.
fn before_result(before: &str) -> (&str, Option<u64>, &str) {
    let mut words = before.rsplit([' ', '\t']).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or("");
    let all_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let (client, elapsed) = if all_digits(last) { ("", last) } else { (last, words.next().unwrap_or("")) };
    let duration = elapsed.parse().ok();
    // Inside JSON a quote stands before it.
    let mut words = words.map(|word| word.rsplit('"').next().unwrap_or(word));
    let stamp =
        words.find(|word| is_unix_time(word)).or_else(|| before.split([' ', '\t']).find(|word| is_iso_time(word)));
    (client.trim_start_matches('#'), duration, stamp.unwrap_or(""))
}

/// Whether a column of one's own (`%ssl::bump_mode`) says that Squid answered the TLS handshake itself.
pub(super) fn is_bumped(tail: &str) -> bool {
    tail.split([' ', '\t', '"']).any(|word| matches!(word, "bump" | "client-first" | "server-first"))
}

/// What `%ssl::bump_mode` says when a rule closed the connection instead of opening it.
pub(super) const TERMINATED: &str = "terminate";

fn words_of(tail: &str) -> impl Iterator<Item = &str> {
    tail.split([' ', '\t', '"', ',', ';', '|'])
}

fn name_in(tail: &str) -> Option<&str> {
    words_of(tail).find(|word| target::is_host_name(word))
}

fn address_in(tail: &str) -> &str {
    tail.split([' ', '\t']).find(|word| target::is_address(word)).unwrap_or("")
}

fn is_unix_time(word: &str) -> bool {
    word.len() >= 13
        && word.as_bytes().get(word.len() - 4) == Some(&b'.')
        && word.bytes().filter(u8::is_ascii_digit).count() + 1 == word.len()
}

fn is_iso_time(word: &str) -> bool {
    word.len() >= 19 && word.as_bytes().get(4) == Some(&b'-') && word.contains('T')
}

/// What the result and the status say together.
pub(super) fn ending(result: &str, status: &str, hierarchy: &str, tunnel: bool) -> Outcome {
    let never_left = || hierarchy == "NONE" || has(hierarchy, "HIER_NONE") || hierarchy.starts_with("NONE/");
    match status {
        "407" => Outcome::AuthRequired,
        "000" if has(result, "TIMEDOUT") || has(result, "TIMEOUT") => Outcome::TimedOut,
        "000" => Outcome::Aborted,
        _ if has(result, "DENIED") => Outcome::Denied,
        "502" | "503" | "504" => Outcome::UpstreamFailed,
        // Squid passes the 403 of an origin through; one it wrote itself has asked nobody.
        "403" if tunnel || never_left() => Outcome::Denied,
        "408" if tunnel => Outcome::TimedOut,
        status if tunnel && status.starts_with('5') => Outcome::UpstreamFailed,
        status if tunnel && status.starts_with(['3', '4']) => Outcome::Denied,
        _ => Outcome::Reached,
    }
}

/// As `contains`, without the preparations that only pay for long texts.
fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

fn is_method(word: &str) -> bool {
    word == "-"
        || (3..=20).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'-')
}
