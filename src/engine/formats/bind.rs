//! The log of BIND: questions of clients, names that a response policy zone hides, and questions that found no answer.
//!
//! ```text
//! 17-Nov-2026 08:31:04.120 rpz: info: client @0x7f8e 10.9.0.14#50111 (host): rpz QNAME NXDOMAIN rewrite host/A/IN via host.zone
//! └ or that of syslog, with "named[812]:"            └ client        └ name  │   └ what the zone answers
//!                                                                            └ "disabled rpz": only noted
//! ```
//!
//! A zone answers `NXDOMAIN`, `NODATA`, `DROP`, `Local-Data` or an alias; `PASSTHRU` lets the name through, and
//! `TCP-Only` asks for another way of asking.

use super::time::{self, DayOrder, moment};
use super::{Format, Line, Outcome, Record, State, target, verdict};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "bind",
    name: "BIND log, with response policy zones",
    source: "BIND 9 Administrator Reference Manual: logging categories queries, query-errors, security and rpz",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "17-Nov-2026 08:31:03.981 queries: info: client @0x7f8e0c00 10.9.0.14#50110 (login.microsoftonline.com): query: login.microsoftonline.com IN A + (10.9.0.53)",
        "17-Nov-2026 08:31:04.120 rpz: info: client @0x7f8e0c00 10.9.0.14#50111 (graph.microsoft.com): rpz QNAME NXDOMAIN rewrite graph.microsoft.com/A/IN via graph.microsoft.com.rpz.corp.example",
        "Nov 17 08:31:05 ns1 named[812]: client 10.9.0.14#50112 (login.windows.net): query failed (SERVFAIL) for login.windows.net/IN/A at query.c:7094",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 96 } else { 0 }
}

/// What stands in front of the client, the client, the name it asked for, and the message.
fn cut(line: &str) -> Option<(&str, &str, &str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b"client ")?;
    let (who, rest) = line.get(at + 7..)?.split_once(" (")?;
    let (host, message) = rest.split_once("): ")?;
    // A view stands between the client and its message: "(host): view internal: query: …".
    let message =
        message.strip_prefix("view ").and_then(|rest| rest.split_once(": ")).map_or(message, |(_, rest)| rest);
    let (client, port) = who.rsplit(' ').next()?.split_once('#')?;
    let is_known = ["query", "rpz ", "disabled rpz "].iter().any(|word| message.starts_with(word));
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    (is_known && is_port && target::is_address(client)).then_some((line.get(..at)?, client, host, message))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((head, client, host, message)) = cut(line) else {
        return Line::Unreadable("expected client address#port (name): and a message");
    };
    let Some((outcome, verdict)) = ending(message) else { return Line::Nothing };
    if !target::is_host_name(host) {
        return Line::Nothing;
    }
    let time_text = time_of(head);
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    Line::Record(Record {
        time,
        zoned,
        time_text,
        client,
        host: Cow::Borrowed(host),
        verdict,
        lookup: true,
        outcome,
        ..Record::default()
    })
}

/// How a question ended; `None` for one that the line only notes.
fn ending(message: &str) -> Option<(Outcome, &str)> {
    if let Some(policy) = message.strip_prefix("rpz ") {
        // "QNAME NXDOMAIN rewrite …": what was compared, and what the zone answers.
        let answer = policy.split(' ').nth(1)?;
        return (!matches!(answer, "PASSTHRU" | "TCP-Only")).then_some((Outcome::Denied, verdict::BLOCKED_NAME));
    }
    if let Some(rest) = message.strip_prefix("query failed (") {
        let (code, _) = rest.split_once(')')?;
        return Some((Outcome::UpstreamFailed, code));
    }
    (message.starts_with("query ") && message.ends_with(" denied")).then_some((Outcome::UpstreamFailed, "REFUSED"))
}

/// BIND's own time, or that of syslog.
fn time_of(head: &str) -> &str {
    let own = head.get(..20).filter(|stamp| {
        let bytes = stamp.as_bytes();
        bytes.get(2) == Some(&b'-') && bytes.get(6) == Some(&b'-') && bytes.get(11) == Some(&b' ')
    });
    own.unwrap_or_else(|| time::leading(head))
}
