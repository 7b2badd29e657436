//! Lines of a `logformat` of one's own, whose columns stand in another order: the result, a request and the client are
//! found by what they look like. The user is what stands between client and request.
//!
//! ```text
//! 2026-09-21 14:13:21 +0200 prx-01 10.8.0.14 CORP\svc "CONNECT host:443 HTTP/1.1" TCP_DENIED/407 4211 0 HIER_NONE/- "-"
//! 21.09.2026 14:13:22    143 10.8.0.14 200 TCP_TUNNEL CONNECT 192.0.2.7:443 host splice -
//! ```
//!
//! Result and status may be columns of their own. A proxy that clients do not know of sees addresses only: the name is
//! in the column of `%ssl::>sni`, and what became of the connection in that of `%ssl::bump_mode`.

use super::super::time::{self, DayOrder, moment};
use super::super::{Outcome, Record, target};
use super::{TERMINATED, ending, is_bumped, is_unix_time};
use std::borrow::Cow;

/// The record of a line with `RESULT/NNN`, a method with its URL, and the address of a client.
pub(super) fn record(line: &str) -> Option<Record<'_>> {
    // Cheap, for the many lines of other makes.
    memchr::memmem::find(line.as_bytes(), b"_").filter(|_| line.len() <= MOST)?;
    let mut found = Record::default();
    let (mut hierarchy, mut method_before, mut number, mut terminated) = ("", false, "", false);
    let mut is_whole = false;
    for word in line.split([' ', '\t', '"', '\'', ',', ';', '|']).filter(|word| !word.is_empty()) {
        if std::mem::take(&mut method_before) {
            let url = target::split(word);
            is_whole = url.port_or_default().is_some();
            found.host = Cow::Borrowed(url.host);
            (found.port, found.path) = (url.port_or_default(), url.path);
            found.inspected |= found.method != "CONNECT" && url.scheme.eq_ignore_ascii_case("https");
        } else if found.method.is_empty() && METHODS.contains(&word) {
            found.method = word;
            method_before = true;
        } else if let Some((result, status)) = word.split_once('/').filter(|(result, status)| is_result(result, status))
        {
            (found.verdict, found.status) = (result, status);
        } else if found.verdict.is_empty() && is_word(word) {
            found.verdict = word;
        } else if word.contains("HIER_") || word.contains("_PARENT/") || word.starts_with("DIRECT/") {
            hierarchy = word;
        } else if found.client.is_empty() && target::is_address(word) {
            found.client = word;
        } else if !found.client.is_empty() && found.method.is_empty() && found.user.is_empty() && is_user(word) {
            found.user = word;
        } else if found.time_text.is_empty() && is_unix_time(word) {
            found.time_text = word;
        } else if is_bumped(word) {
            found.inspected = true;
        } else if word == TERMINATED {
            terminated = true;
        } else if number.is_empty() && is_status(word) {
            number = word;
        } else if target::is_address(&found.host) && target::is_host_name(word) {
            found.host = Cow::Borrowed(word);
        }
    }
    // Others write such words too, in columns of another meaning.
    if found.status.is_empty() && !found.verdict.is_empty() && is_whole {
        found.status = number;
    }
    if found.status.is_empty() || found.host.is_empty() || found.client.is_empty() {
        return None;
    }
    let stamp = if found.time_text.is_empty() { time::leading(line) } else { found.time_text };
    let (time, zoned) = moment(stamp, "", DayOrder::MonthFirst);
    let outcome = if terminated {
        Outcome::Denied
    } else {
        ending(found.verdict, found.status, hierarchy, found.method == "CONNECT")
    };
    let verdict = if terminated { TERMINATED } else { found.verdict };
    Some(Record { time, zoned, time_text: stamp, outcome, verdict, ..found })
}

/// Longer lines are none of an access log, in bytes.
const MOST: usize = 8 << 10;
const METHODS: [&str; 8] = ["CONNECT", "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE", "PROPFIND"];

/// `TCP_DENIED`, `407`.
fn is_result(result: &str, status: &str) -> bool {
    is_word(result) && is_status(status)
}

fn is_word(result: &str) -> bool {
    ["TCP_", "NONE_", "TAG_", "UDP_"].iter().any(|head| result.starts_with(head))
        && result.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()) && matches!(word.as_bytes().first(), Some(b'0'..=b'5'))
}

/// A name, and no time, number or mark for nothing.
fn is_user(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_alphabetic()) && !word.contains(['[', ']', ':', '/', '='])
}
