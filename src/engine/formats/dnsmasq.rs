//! The query log of dnsmasq, as small routers and Pi-hole write it: a line per question and a line per answer.
//!
//! ```text
//! Nov 17 08:31:04 dnsmasq[812]: query[A] host from 10.9.0.14
//! Nov 17 08:31:04 dnsmasq[812]: 17 10.9.0.14/50111 gravity blocked host is 0.0.0.0
//!                               │  └ client        │               │       └ the answer
//!                               └ number; both only with log-queries=extra
//! ```
//!
//! Pi-hole's words for a name that a list holds are `gravity blocked`, `regex denied`, `exactly denied` and their older
//! forms; a name that dnsmasq itself was told not to know is `config host is NXDOMAIN`.

use super::time::{self, DayOrder, moment};
use super::{Format, Line, Outcome, Record, State, target, verdict};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "dnsmasq",
    name: "dnsmasq and Pi-hole query log",
    source: "dnsmasq manual: log-queries; pi-hole/FTL, test suite",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Nov 17 08:31:03 dnsmasq[812]: query[A] graph.microsoft.com from 10.9.0.14",
        "Nov 17 08:31:04 dnsmasq[812]: gravity blocked graph.microsoft.com is 0.0.0.0",
        "Nov 17 08:31:05 gw dnsmasq[812]: 17 10.9.0.14/50111 reply login.microsoftonline.com is NXDOMAIN",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 96 } else { 0 }
}

/// What stands in front of the program's name, and its message.
fn cut(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b"dnsmasq[")?;
    let (number, message) = line.get(at + 8..)?.split_once("]: ")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some((line.get(..at)?, message))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((head, message)) = cut(line) else {
        return Line::Unreadable("expected dnsmasq[number]: and a message");
    };
    let (client, message) = numbered(message);
    let Some((said, answer)) = message.rsplit_once(" is ") else { return Line::Nothing };
    let Some((how, host)) = said.rsplit_once(' ').filter(|(_, host)| target::is_host_name(host)) else {
        return Line::Nothing;
    };
    let time_text = time::leading(head);
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    let refused = how.ends_with("blocked") || how.ends_with("denied") || how.ends_with("blacklisted");
    let nothing = matches!(answer, "NXDOMAIN" | "SERVFAIL" | "REFUSED");
    let (outcome, verdict) = if refused || matches!(answer, "0.0.0.0" | "::") {
        (Outcome::Denied, verdict::BLOCKED_NAME)
    } else if nothing {
        (Outcome::UpstreamFailed, answer)
    } else {
        (Outcome::Reached, "")
    };
    Line::Record(Record {
        time,
        zoned,
        time_text,
        client,
        host: Cow::Borrowed(host),
        answers: if outcome == Outcome::Reached { answer } else { "" },
        verdict,
        lookup: true,
        outcome,
        ..Record::default()
    })
}

/// The client of a message with a number, and the message without both.
fn numbered(message: &str) -> (&str, &str) {
    let split = || {
        let (number, rest) = message.split_once(' ')?;
        let (client, rest) = rest.split_once(' ')?;
        let address = client.split('/').next()?;
        let is_number = number.bytes().all(|b| b.is_ascii_digit());
        (is_number && target::is_address(address)).then_some((address, rest))
    };
    split().unwrap_or(("", message))
}
