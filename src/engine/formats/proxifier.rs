//! Proxifier's log on the client: which program went to which host through which proxy, and how it ended.
//!
//! ```text
//! [10.30 16:49:06] app.exe - host:443 open through proxy proxy.example:8080 HTTPS
//! [10.30 16:49:07] app.exe - host:443 close, 403 bytes sent, 18846 bytes (18.4 KB) received, lifetime 00:01
//! [10.30 16:49:08] app.exe - host:443 error : Could not connect through proxy proxy.example:8080 - …, status code 403
//! │                │         │        └ what happened
//! │                │         └ destination
//! │                └ program
//! └ month.day and time, local
//! ```

use super::verdict::{Ending, judge};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "proxifier",
    name: "Proxifier log",
    source: "Proxifier 3 and 4: log window and log file, as Loghub publishes it",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "[10.30 16:49:07] AzureADConnect.exe - login.microsoftonline.com:443 close, 403 bytes sent, 18846 bytes (18.4 KB) received, lifetime 00:01",
        "[10.30 16:49:08] miiserver.exe *64 - adminwebservice.microsoftonline.com:443 error : Could not connect through proxy proxy.corp.example:8080 - Proxy server cannot establish a connection with the target, status code 403",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() {
        97
    } else if stamp(line).is_some() {
        60
    } else {
        0
    }
}

/// The time and what follows it.
fn stamp(line: &str) -> Option<(&str, &str)> {
    let (time, rest) = line.trim_start().strip_prefix('[')?.split_once("] ")?;
    let bytes = time.as_bytes();
    let fits =
        bytes.len() == 14 && bytes.get(2) == Some(&b'.') && bytes.get(5) == Some(&b' ') && bytes.get(8) == Some(&b':');
    fits.then_some((time, rest))
}

/// Time, destination and what happened.
fn cut(line: &str) -> Option<(&str, target::Target<'_>, &str)> {
    let (time, rest) = stamp(line)?;
    let (_program, rest) = rest.split_once(" - ")?;
    let (place, event) = rest.split_once(' ')?;
    let known = ["open ", "close, ", "error : ", "error: "].iter().any(|word| event.starts_with(word));
    let place = target::split(place);
    (known && place.port.is_some()).then_some((time, place, event))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((time_text, place, event)) = cut(line) else {
        return if stamp(line).is_some() {
            Line::Nothing
        } else {
            Line::Unreadable("expected [month.day time] program - host:port and an event")
        };
    };
    let named = target::is_host_name(place.host);
    let record = Record {
        time_text,
        host: Cow::Borrowed(if named { place.host } else { "" }),
        address: if named { "" } else { place.host },
        port: place.port,
        method: "CONNECT",
        ..Record::default()
    };
    if event.starts_with("open ") {
        // The end has a line of its own.
        return Line::Record(record);
    }
    if let Some(rest) = event.strip_prefix("close, ") {
        let mut parts = rest.split(", ");
        let mut bytes =
            || parts.next().and_then(|part| part.split(' ').next()).and_then(|word| word.parse::<u64>().ok());
        let (sent, received) = (bytes(), bytes());
        let outcome = match (sent, received) {
            (Some(0), Some(0)) => Outcome::Seen,
            (_, Some(0)) => Outcome::Reset,
            _ => Outcome::Reached,
        };
        let lifetime = parts.next().and_then(|part| part.strip_prefix("lifetime "));
        return Line::Record(Record {
            sent,
            received,
            outcome,
            duration_ms: lifetime.and_then(milliseconds),
            ..record
        });
    }
    let text = event.trim_start_matches("error : ").trim_start_matches("error: ").trim();
    let status = text.rsplit_once("status code ").map_or("", |(_, status)| status.trim_end_matches('.'));
    let why = text.split_once(" - ").map_or(text, |(_, why)| why);
    let outcome = if !status.is_empty() {
        judge(&Ending { status, method: "CONNECT", ..Ending::default() }).0
    } else if text.contains("closed the connection unexpectedly") {
        Outcome::Reset
    } else {
        // The proxy was not reached, or the program gave up: nothing is known about the destination.
        Outcome::Aborted
    };
    Line::Record(Record { status, verdict: why, reason: why, outcome, ..record })
}

/// `00:01`, `01:02:03`, `<1 sec`.
fn milliseconds(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.starts_with('<') {
        return Some(0);
    }
    let mut seconds = 0u64;
    for part in text.split(':') {
        seconds = seconds.saturating_mul(60).saturating_add(part.parse().ok()?);
    }
    Some(seconds.saturating_mul(1000))
}
