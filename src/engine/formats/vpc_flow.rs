//! Flow logs of Amazon VPC in the default order of their fields: what security groups and network ACLs let through.
//!
//! ```text
//! 2 123456789010 eni-0a1b2c3d4e5f60718 10.9.0.14 192.0.2.7 50111 443 6 3 156 1794900662 1794900717 REJECT OK
//! │ │            │                     │         │         │     │   │ │ │   │          │          └ ACCEPT, REJECT
//! │ account      network interface     │         │         │     │   │ │ │   └ Unix time of begin and end
//! version                              source    destination     │   │ │ └ bytes
//!                                                          ports ┘   │ └ packets
//!                                                                    └ protocol; 6 is TCP
//! ```
//!
//! A connection is two flows, one per direction: the side with the well-known port is the service. `ACCEPT` says that
//! the rules let the packets through, not that anybody answered. An export may put a time in front.

use super::{Format, Line, Outcome, Record, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "vpc-flow",
    name: "Amazon VPC flow log",
    source: "Amazon VPC User Guide: Flow log records",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
        "2 123456789010 eni-0a1b2c3d4e5f60718 10.9.0.14 192.0.2.7 50111 443 6 3 156 1794900662 1794900717 REJECT OK",
        "2026-11-17T07:31:02.000Z 2 123456789010 eni-0a1b2c3d4e5f60718 10.9.0.14 192.0.2.8 50112 443 6 12 3120 1794900663 1794900719 ACCEPT OK",
    ],
};

/// Fewer bytes are no more than attempts to connect.
const HANDSHAKE: u64 = 1000;

fn recognise(line: &str, _: &State) -> u8 {
    if is_header(line) || cut(line).is_some() { 97 } else { 0 }
}

fn is_header(line: &str) -> bool {
    line.contains("interface-id srcaddr dstaddr") && line.contains(" action")
}

/// The fields from the version on.
fn cut(line: &str) -> Option<[&str; 14]> {
    let before = memchr::memmem::find(line.as_bytes(), b" eni-")?;
    // The account in front of the interface, and the version in front of that.
    let account = line.get(..before)?.rfind([' ', '\t'])?;
    let version = line.get(..account)?.rfind([' ', '\t', ',', '"']).map_or(0, |at| at + 1);
    let mut fields = [""; 14];
    let mut words = line.get(version..)?.split([' ', '\t', '"', ',']).filter(|word| !word.is_empty());
    for field in &mut fields {
        *field = words.next()?;
    }
    let ended = matches!(fields[12], "ACCEPT" | "REJECT");
    (ended && fields[1].bytes().all(|b| b.is_ascii_digit())).then_some(fields)
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if is_header(line) {
        return Line::Nothing;
    }
    let Some([_, _, _, source, destination, from, to, protocol, _, bytes, start, _, action, _]) = cut(line) else {
        return Line::Unreadable("expected the fields of a flow in their default order");
    };
    let (Ok(from), Ok(to)) = (from.parse::<u16>(), to.parse::<u16>()) else { return Line::Nothing };
    if protocol != "6" || !target::is_address(source) || !target::is_address(destination) {
        return Line::Nothing;
    }
    let back = from < to;
    let accepted = action == "ACCEPT";
    let sent = bytes.parse().unwrap_or(0);
    let outcome = match action {
        // So much nobody sends before an answer came: first packets, repeated, are smaller.
        "ACCEPT" if sent >= HANDSHAKE => Outcome::Reached,
        "ACCEPT" => Outcome::Seen,
        _ => Outcome::Denied,
    };
    // Of the way back only a refusal tells more than the way there.
    if back && accepted {
        return Line::Nothing;
    }
    Line::Record(Record {
        time: start.parse().ok(),
        zoned: true,
        time_text: start,
        client: if back { destination } else { source },
        address: if back { source } else { destination },
        port: Some(from.min(to)),
        sent: Some(sent),
        verdict: action,
        outcome,
        ..Record::default()
    })
}
