//! The firewall of `RouterOS`, the system of `MikroTik`: one line per packet that a rule with `log=yes` meets.
//!
//! ```text
//! nov/17/2026 08:31:02 firewall,info DROP-OUT forward: in:bridge out:ether1, connection-state:new src-mac 00:15:5d:04:0f:0a, proto TCP (SYN), 10.9.0.14:50111->192.0.2.7:443, len 52
//! │                    │             │        │                                                                  │           │                 └ destination
//! │                    │             │        └ chain                                                            flags       └ source
//! │                    topics        └ log-prefix of the rule, free text
//! local time
//! ```
//!
//! Whether the rule drops or accepts its packets only the prefix tells, when somebody gave it one that does.

use super::time::{self, DayOrder, moment};
use super::verdict::{self, Verdict};
use super::{Format, Line, Outcome, Record, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "router-os",
    name: "MikroTik RouterOS firewall log",
    source: "MikroTik documentation: Filter (log, log-prefix), Log",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "nov/17/2026 08:31:02 firewall,info DROP-OUT forward: in:bridge out:ether1, connection-state:new src-mac 00:15:5d:04:0f:0a, proto TCP (SYN), 10.9.0.14:50111->192.0.2.7:443, len 52",
        "2026-11-17 08:31:05 firewall,info blocked forward: in:vlan20 out:pppoe-out1, src-mac 00:15:5d:04:0f:0a, proto TCP (SYN), 10.9.0.14:50112->192.0.2.7:443, NAT (10.9.0.14:50112->203.0.113.9:50112)->192.0.2.7:443, len 52",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 96 } else { 0 }
}

/// What stands in front of the chain, and what behind the protocol.
fn cut(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b": in:")?;
    let head = line.get(..at)?;
    let (_, rest) = line.get(at..)?.split_once(", proto ")?;
    let chain = head.rsplit(' ').next()?;
    let named =
        !chain.is_empty() && chain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    (named && rest.contains("->")).then_some((head, rest))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((head, rest)) = cut(line) else {
        return Line::Unreadable("expected chain, interfaces, protocol and addresses");
    };
    let Some((flags, (client, address))) = rest.split_once(", ").and_then(|(proto, rest)| {
        let (from, to) = rest.split(", ").next()?.split_once("->")?;
        Some((proto.strip_prefix("TCP")?, (place(from)?, place(to)?)))
    }) else {
        return Line::Nothing;
    };
    let before = head.rsplit_once(' ').map_or("", |(before, _)| before);
    let prefix = before.rsplit_once("firewall,info").map_or(before, |(_, prefix)| prefix);
    let mut words = prefix.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 4);
    let told = words.find_map(|word| Some((word, verdict::verdict(word)?)));
    let (word, outcome) = match told {
        Some((word, Verdict::Deny)) => (word, Outcome::Denied),
        Some((word, Verdict::Allow)) => (word, Outcome::Reached),
        _ => ("", Outcome::Seen),
    };
    let time_text = time::leading(line);
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    Line::Record(Record {
        time,
        zoned,
        time_text,
        client: client.0,
        address: address.0,
        port: address.1,
        verdict: word,
        outcome,
        // What comes behind the end of a connection.
        stale: outcome == Outcome::Denied && flags.contains("ACK") && !flags.contains("SYN"),
        ..Record::default()
    })
}

fn place(text: &str) -> Option<(&str, Option<u16>)> {
    let target = target::split(text);
    target::is_address(target.host).then_some((target.host, target.port))
}
