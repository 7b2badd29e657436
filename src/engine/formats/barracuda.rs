//! Barracuda: the web log of the Web Security Gateway, and the firewall log of the `CloudGen` firewall. The
//! columns of the latter are from general knowledge; lines whose cells do not fit them are refused.
//!
//! ```text
//! Sep 19 17:07:07 gw httpscan[3365]: 1790000000 1 10.9.0.14 192.0.2.7 text/html 10.9.0.14 https://host/ 2704 BYF BLOCKED CLEAN …
//!                                    │            │         │         │                   │              │    │   │       └ why
//!                                    │            │         │         └ content type      └ URL          │    │   └ ALLOWED, BLOCKED, DETECTED
//!                                    │            client    server                                       │    └ a fixed mark
//!                                    └ Unix time, UTC                                                    └ bytes to the client
//! Info     FW-1 Block: LOUT|TCP|eth0|10.9.0.14|50001|00:00:5e:00:53:01|192.0.2.7|443|https||RULE|…
//!               │           │        │         │                       │         └ port      └ rule
//!               └ action    │        client    client's port           └ destination
//!                           └ protocol
//! ```

use super::time::{self, unix_seconds};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Format, Line, Record, State, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "barracuda",
    name: "Barracuda web and firewall log",
    source: "Barracuda Campus: Web Security Gateway, syslog; CloudGen Firewall, log files and activity log",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Sep 19 17:07:07 gw httpscan[3365]: 1790000000 1 10.9.0.14 192.0.2.7 - 10.9.0.14 https://login.microsoftonline.com:443/ 2704 BYF ALLOWED CLEAN - 2 1 0 1 3 - 1 business 0 - 0 login.microsoftonline.com",
        "Sep 19 17:07:08 gw http_scan[3365]: 1790000001 1 10.9.0.14 192.0.2.7 - 10.9.0.14 https://graph.microsoft.com/ 0 BYF BLOCKED CATEGORY - 2 1 0 1 3 - 1 business 0 - 0 graph.microsoft.com",
        "Info     FW-1 Block: LOUT|TCP|eth0|10.9.0.14|50001|00:00:5e:00:53:01|192.0.2.7|443|https||Servers|0|203.0.113.9|192.0.2.7|0|1|0|0|0|0||||||",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match (web(line), firewall(line)) {
        (Some(_), _) => 97,
        (None, Some(_)) => 96,
        _ if is_notice(line) => 72,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if let Some(record) = web(line).or_else(|| firewall(line)) {
        return Line::Record(record);
    }
    if is_notice(line) {
        return Line::Nothing;
    }
    Line::Unreadable("expected the columns of the web log or of the firewall log")
}

/// What the firewall says about itself.
fn is_notice(line: &str) -> bool {
    let level = line.split([' ', '\t']).next().unwrap_or("");
    // "Info     FW-1 update|FW-1|GROUP|…": the firewall learnt who uses an address.
    let sign_in = || line.split_ascii_whitespace().nth(2).is_some_and(|word| word.starts_with("update|"));
    matches!(level, "Info" | "Notice" | "Warning" | "Error" | "Security")
        && (line.contains(" firewall: [") || sign_in())
}

fn web(line: &str) -> Option<Record<'_>> {
    let at = memchr::memmem::find(line.as_bytes(), b" BYF ")?;
    let (before, after) = (line.get(..at)?, line.get(at + 5..)?);
    let mut words = before.rsplit(' ').filter(|word| !word.is_empty());
    let bytes = words.next()?;
    let url = target::split(words.next()?);
    let _client_again = words.next()?;
    let _content_type = words.next()?;
    let (server, client) = (words.next()?, words.next()?);
    let _one = words.next()?;
    let epoch = words.next()?;
    if !target::is_address(client) {
        return None;
    }
    let mut words = after.split(' ');
    let (action, reason) = (words.next()?, words.next().unwrap_or(""));
    let ending = Ending { verdict: verdict::verdict(action), ..Ending::default() };
    let (outcome, provisional) = judge(&ending);
    Some(Record {
        time: unix_seconds(epoch, "", time::DayOrder::MonthFirst),
        zoned: true,
        time_text: epoch,
        client,
        host: Cow::Borrowed(url.host),
        port: url.port_or_default(),
        path: url.path,
        verdict: action,
        reason: if reason == "CLEAN" { "" } else { reason },
        outcome,
        provisional,
        inspected: url.scheme.eq_ignore_ascii_case("https") && url.path.len() > 1,
        received: bytes.parse().ok(),
        address: server,
        ..Record::default()
    })
}

fn firewall(line: &str) -> Option<Record<'_>> {
    let colon = memchr::memmem::find(line.as_bytes(), b": ").filter(|at| *at <= 120)?;
    let action = line.get(..colon)?.rsplit([' ', '\t']).next()?;
    if !matches!(action, "Allow" | "Block" | "Deny" | "Drop" | "Fail" | "Remove" | "Detect") {
        return None;
    }
    let mut cells = line.get(colon + 2..)?.split('|');
    let (_direction, _protocol, _device, client) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let (_port, _mac, address, port) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let (_service, info, rule) = (cells.next()?, cells.next()?, cells.next()?);
    if !target::is_address(client) || !target::is_address(address) {
        return None;
    }
    let verdict = match action {
        "Fail" => Some(Verdict::Failed),
        // The end of a session; why it ended is not told in a way that holds over versions.
        "Remove" => None,
        other => verdict::verdict(other),
    };
    let ending = Ending { verdict, failed: action == "Fail", ..Ending::default() };
    let (outcome, provisional) = judge(&ending);
    let time_text = time::leading(line);
    let (time, zoned) = time::moment(time_text, "", time::DayOrder::MonthFirst);
    Some(Record {
        time,
        zoned,
        time_text,
        client,
        address,
        port: port.parse().ok(),
        verdict: action,
        reason: if info.is_empty() { rule } else { info },
        outcome,
        provisional,
        ..Record::default()
    })
}
