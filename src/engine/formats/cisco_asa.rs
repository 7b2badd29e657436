//! Syslog of Cisco ASA and Firepower Threat Defense: connections that ended, and connections that were denied.
//!
//! ```text
//! May 06 2026 08:00:03: %ASA-6-302014: Teardown TCP connection 81 for outside:192.0.2.7/443 to inside:10.9.0.14/50001 duration 0:00:30 bytes 0 SYN Timeout
//! │                     │      │                              │       │                        │                                │      │       └ why it ended
//! time, maybe a device  maker  message number                 session one side                 the other side                   h:m:s  both ways
//! %ASA-4-106023: Deny tcp src inside:10.9.0.14/50001 dst outside:192.0.2.7/443 by access-group "inside_in" [0x0, 0x0]
//! %FTD-6-430003: …, AccessControlRuleAction: Allow, SrcIP: 10.9.0.14, DstIP: 192.0.2.7, DstPort: 443, URL: https://host
//! %ASA-6-106015: Deny TCP (no connection) from 10.9.0.14/50001 to 192.0.2.7/443 flags RST ACK on interface inside
//! ```
//!
//! Only the connection events (4300xx) name a host. Both sides of a connection stand there in the order of the
//! interfaces: the service is the side with the well-known port. "TCP FINs" is the normal end, "TCP Reset-I" a reset of
//! the inner side, "TCP Reset-O" one of the outer side, "SYN Timeout" a handshake that was never finished.

mod events;

use super::{Format, Line, Outcome, Record, State, time};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "cisco-asa",
    name: "Cisco ASA and Firepower Threat Defense syslog",
    source: "Cisco: ASA Series Syslog Messages, 302014, 106015, 106023, 106100; document 116149; FTD Syslog Messages, 430002 and 430003",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "May 06 2026 08:00:03: %ASA-6-302014: Teardown TCP connection 81 for outside:192.0.2.7/443 to inside:10.9.0.14/50001 duration 0:00:02 bytes 11820 TCP FINs",
        "<164>May 06 2026 08:00:05 fw-1 : %FTD-4-106023: Deny tcp src inside:10.9.0.14/50002 dst outside:192.0.2.7/443 by access-group \"inside_in\" [0x0, 0x0]",
        "<166>May 06 2026 08:00:06: %ASA-6-106100: access-list inside_in denied tcp inside/10.9.0.14(50003) -> outside/192.0.2.7(443) hit-cnt 1 first hit [0x1, 0x0]",
        "<113>2026-11-17T07:31:05Z fw-1 : %FTD-1-430003: EventPriority: Low, FirstPacketSecond: 2026-11-17T07:31:05Z, AccessControlRuleAction: Block with reset, AccessControlRuleReason: URL Block, SrcIP: 10.9.0.14, DstIP: 192.0.2.7, SrcPort: 50004, DstPort: 443, Protocol: tcp, ACPolicy: HQ, AccessControlRuleName: Servers, Client: SSL client, InitiatorBytes: 582, ResponderBytes: 0, URLCategory: Uncategorized, URL: https://graph.microsoft.com",
    ],
};

/// Fewer bytes, both ways together, are no more than a handshake.
const HANDSHAKE: u64 = 1000;

fn recognise(line: &str, _: &State) -> u8 {
    if message(line).is_some() { 97 } else { 0 }
}

/// What stands before the mark of the maker, the number of the message, and its text.
fn message(line: &str) -> Option<(&str, &str, &str)> {
    let at = line
        .find("%ASA-")
        .or_else(|| line.find("%FTD-"))
        .or_else(|| line.find("%PIX-"))
        .or_else(|| line.find("%NGIPS-"))?;
    let (head, rest) = (line.get(..at)?, line.get(at + 1..)?);
    let (mark, text) = rest.split_once(": ")?;
    let number = mark.rsplit('-').next()?;
    (number.len() == 6 && number.bytes().all(|b| b.is_ascii_digit())).then_some((head, number, text))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((head, number, text)) = message(line) else {
        return Line::Unreadable("expected %ASA-level-number: and a message");
    };
    if events::is_event(number) {
        // An event is dated in UTC by itself; the header has the clock of the device.
        return events::record(number, text).map_or(Line::Nothing, Line::Record);
    }
    let record = match number {
        "302014" => teardown(text),
        "106023" => denied(text),
        "106100" => listed(text),
        // A packet of a connection that is gone: the last words of one that ended.
        "106015" => forgotten(text),
        _ => return Line::Nothing,
    };
    let Some(record) = record else { return Line::Nothing };
    let time_text = stamp(head);
    Line::Record(Record { time: time::unix_seconds(time_text, "", time::DayOrder::DayFirst), time_text, ..record })
}

fn teardown(text: &str) -> Option<Record<'_>> {
    let rest = text.strip_prefix("Teardown TCP connection ")?;
    let (session, rest) = rest.split_once(" for ")?;
    let (sides, rest) = rest.split_once(" duration ")?;
    let (one, other) = sides.split_once(" to ")?;
    let (duration, rest) = rest.split_once(" bytes ")?;
    let (bytes, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    // A name of the user, or where the connection was ended, may follow.
    let reason = reason.split(" (").next().unwrap_or("").split(" from ").next().unwrap_or("").trim();
    let bytes: u64 = bytes.parse().ok()?;
    let (client, service) = sort(side(one)?, side(other)?);
    let has = |word: &str| reason.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let silent = ["SYN Timeout", "Connection timeout", "Conn-timeout", "Idle Timeout"].iter().any(|word| has(word));
    let by_policy =
        ["Deny Term", "Unauth Deny", "Flow closed by", "Flow terminated by", "Flow reset by", "Flow denied"]
            .iter()
            .any(|word| has(word));
    let outcome = if by_policy {
        Outcome::Denied
    } else if silent && bytes == 0 {
        Outcome::TimedOut
    } else if has("TCP Reset") && bytes < HANDSHAKE {
        Outcome::Reset
    } else {
        Outcome::Reached
    };
    let verdict = if has("TCP Reset-I") { CLIENT_RESET } else { reason };
    Some(Record {
        client: client.0,
        address: service.0,
        port: Some(service.1),
        session,
        duration_ms: milliseconds(duration),
        received: Some(bytes),
        verdict,
        outcome,
        ..Record::default()
    })
}

/// The word that all dialects share for it, see [`super::ended_by_client`].
const CLIENT_RESET: &str = "tcp-rst-from-client";

fn denied(text: &str) -> Option<Record<'_>> {
    let rest = text.strip_prefix("Deny tcp src ")?;
    let (from, rest) = rest.split_once(" dst ")?;
    let (to, by) = rest.split_once(" by ").unwrap_or((rest, ""));
    Some(refused(side(from)?, side(to)?, by))
}

fn listed(text: &str) -> Option<Record<'_>> {
    let (list, rest) = text.strip_prefix("access-list ")?.split_once(" denied tcp ")?;
    let (from, to) = rest.split_once(" -> ")?;
    Some(refused(bracketed(from)?, bracketed(to)?, list))
}

fn forgotten(text: &str) -> Option<Record<'_>> {
    let rest = text.strip_prefix("Deny TCP (no connection) from ")?;
    let (from, rest) = rest.split_once(" to ")?;
    let (to, flags) = rest.split_once(" flags ")?;
    let (client, service) = sort(side(from)?, side(to)?);
    Some(Record {
        client: client.0,
        address: service.0,
        port: Some(service.1),
        stale: !flags.starts_with("SYN "),
        reason: flags,
        outcome: Outcome::Denied,
        ..Record::default()
    })
}

fn refused<'a>(client: (&'a str, u16), service: (&'a str, u16), reason: &'a str) -> Record<'a> {
    Record {
        client: client.0,
        address: service.0,
        port: Some(service.1),
        verdict: "Deny",
        reason,
        outcome: Outcome::Denied,
        ..Record::default()
    }
}

/// `outside:192.0.2.7/443`, with the translated address or a user in parentheses behind it.
fn side(text: &str) -> Option<(&str, u16)> {
    let place = text.split(['(', ' ']).next()?;
    let (address, port) = place.rsplit_once('/')?;
    // The name of the interface ends at its first colon; an address of IPv6 has more of them.
    let named = address.split_once(':').filter(|(name, _)| !name.bytes().all(|b| b.is_ascii_hexdigit()));
    Some((named.map_or(address, |(_, address)| address), port.parse().ok()?))
}

/// `outside/192.0.2.7(443)`.
fn bracketed(text: &str) -> Option<(&str, u16)> {
    let (place, rest) = text.trim_start().split_once('(')?;
    Some((place.rsplit('/').next()?, rest.split(')').next()?.parse().ok()?))
}

/// Client and service: the service has the well-known port.
fn sort<'a>(one: (&'a str, u16), other: (&'a str, u16)) -> ((&'a str, u16), (&'a str, u16)) {
    if one.1 <= other.1 { (other, one) } else { (one, other) }
}

/// The time in front: `May 06 2026 08:00:03`, or as the header of a collector has it.
fn stamp(head: &str) -> &str {
    /// `Mmm dd yyyy hh:mm:ss`.
    const LENGTH: usize = 20;
    let bare = head.trim_start();
    let bare = bare.strip_prefix('<').and_then(|rest| rest.split_once('>')).map_or(bare, |(_, rest)| rest.trim_start());
    let own = bare.get(..LENGTH).filter(|own| {
        let bytes = own.as_bytes();
        let digits =
            |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
        time::begins_with_time(own) && digits(7..11) && digits(12..14) && bytes.get(14) == Some(&b':')
    });
    own.unwrap_or_else(|| time::leading(head).trim_end_matches([':', ' ']))
}

/// Of `h:mm:ss`.
fn milliseconds(text: &str) -> Option<u64> {
    let mut seconds = 0u64;
    for part in text.trim().split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    seconds.checked_mul(1000)
}
