//! A packet list of Wireshark or tshark, as CSV or as text. A list of packets is no log of requests: read are the
//! packets that say who was called and how it ended.
//!
//! ```text
//! "No.","Time","Source","Destination","Protocol","Length","Info"
//! "4","0.112853","10.9.0.14","192.0.2.7","TLSv1.2","571","Client Hello (SNI=login.microsoftonline.com)"
//!   12 0.250000    10.9.0.14 → 192.0.2.7    TCP 66 50001 → 443 [RST, ACK] Seq=1 …
//!   │  │           │           │            │   │  └ Info
//!   │  │           │           │            │   └ length
//!   │  │           client      server       └ protocol
//!   │  └ seconds since the first packet, or a time
//!   └ number
//! ```
//!
//! `Alert (Level: Fatal, Description: Unknown CA)`: why a handshake ended. `[TCP Retransmission] … [SYN]`: nobody
//! answered. `[RST` from the server: it, or something on the way, cut.

use super::csv::Cells;
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "wireshark",
    name: "Wireshark packet list",
    source: "wireshark.org: user's guide 4.4, export of packet dissections; tshark(1)",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"",
        "\"5\",\"1.014\",\"10.9.0.14\",\"192.0.2.7\",\"TCP\",\"66\",\"[TCP Retransmission] 50001  >  443 [SYN] Seq=0 Win=64240 Len=0 MSS=1460\"",
        "   12 0.250000    192.0.2.7 → 10.9.0.14    TCP 60 443 → 50002 [RST, ACK] Seq=1 Ack=518 Win=0 Len=0",
        "   13 0.260000    10.9.0.14 → 192.0.2.7    TLSv1.2 61 Alert (Level: Fatal, Description: Unknown CA)",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if is_header(line) {
        98
    } else if cut(line).is_some() {
        97
    } else {
        0
    }
}

fn is_header(line: &str) -> bool {
    let line = line.trim_start_matches(['\u{feff}', ' ', '"']);
    line.starts_with("No.") && line.contains("Protocol") && line.contains("Length") && line.contains("Info")
}

struct Packet<'a> {
    time: &'a str,
    source: &'a str,
    destination: &'a str,
    info: &'a str,
}

fn cut(line: &str) -> Option<Packet<'_>> {
    let packet = if line.starts_with('"') { cells(line)? } else { words(line)? };
    (target::is_address(packet.source) && target::is_address(packet.destination)).then_some(packet)
}

fn cells(line: &str) -> Option<Packet<'_>> {
    let mut cells = Cells::new(line, b',');
    let number = cells.next()?;
    let (time, source, destination) = (cells.next()?, cells.next()?, cells.next()?);
    let (_protocol, length, info) = (cells.next()?, cells.next()?, cells.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(number) && digits(length)).then_some(Packet { time, source, destination, info })
}

fn words(line: &str) -> Option<Packet<'_>> {
    let mut rest = line.trim_start();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut take = || {
        let (word, after) = rest.split_once([' ', '\t'])?;
        rest = after.trim_start();
        Some(word)
    };
    let number = take()?;
    let mut time = take()?;
    let mut source = take()?;
    if !target::is_address(source) {
        // A date and a time of day.
        (time, source) = (source, take()?);
    }
    let mut destination = take()?;
    if matches!(destination, "→" | "->") {
        destination = take()?;
    }
    let (_protocol, length) = (take()?, take()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(number) && digits(length) && time.contains('.')).then_some(Packet { time, source, destination, info: rest })
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if is_header(line) {
        return Line::Nothing;
    }
    let Some(packet) = cut(line) else {
        return Line::Unreadable("expected number, time, source, destination, protocol, length and info");
    };
    let info = packet.info;
    let from_client =
        Record { time_text: packet.time, client: packet.source, address: packet.destination, ..Record::default() };
    let from_server = || Record { client: packet.destination, address: packet.source, ..from_client.clone() };
    if let Some((_, rest)) = info.split_once("CONNECT ") {
        let place = target::split(rest.split(' ').next().unwrap_or(""));
        let named = if target::is_host_name(place.host) { place.host } else { "" };
        // The packet goes to the proxy: its address is not the host's.
        return Line::Record(Record {
            host: Cow::Borrowed(named),
            port: place.port,
            address: "",
            method: "CONNECT",
            ..from_client
        });
    }
    if let Some((_, rest)) = info.split_once("(SNI=") {
        let host = rest.split(')').next().unwrap_or("");
        let named = if target::is_host_name(host) { host } else { "" };
        return Line::Record(Record { host: Cow::Borrowed(named), port: Some(443), ..from_client });
    }
    // "Standard query response 0x4a1b A host CNAME alias A 192.0.2.7": the addresses are those of the host.
    if let Some((_, rest)) = info.split_once("Standard query response ") {
        let mut words = rest.split(' ').skip(1);
        let host = words.by_ref().find(|word| target::is_host_name(word)).unwrap_or("");
        let unknown = DNS_ERRORS.iter().find(|error| rest.contains(**error));
        if let (Some(error), false) = (unknown, host.is_empty()) {
            return Line::Record(Record {
                host: Cow::Borrowed(host),
                lookup: true,
                address: "",
                outcome: Outcome::UpstreamFailed,
                verdict: error,
                ..from_server()
            });
        }
        if host.is_empty() || !words.any(target::is_address) {
            return Line::Nothing;
        }
        return Line::Record(Record {
            host: Cow::Borrowed(host),
            answers: rest,
            lookup: true,
            address: "",
            ..from_server()
        });
    }
    // Encrypted alerts say nothing; those of a handshake are readable up to TLS 1.2.
    if let Some(&(_, alert, by_client)) = ALERTS.iter().find(|(words, _, _)| info.contains(words)) {
        let record = if by_client { from_client } else { from_server() };
        return Line::Record(Record { port: Some(443), outcome: Outcome::Reset, verdict: alert, ..record });
    }
    if info.contains("[TCP Retransmission]") && info.contains("[SYN]") {
        let port = ports(info).map(|(_, to)| to);
        return Line::Record(Record { port, outcome: Outcome::TimedOut, verdict: "SYN retransmission", ..from_client });
    }
    if info.contains("[RST") {
        let server = ports(info).is_some_and(|(from, to)| from < to);
        if server {
            let port = ports(info).map(|(from, _)| from);
            return Line::Record(Record { port, outcome: Outcome::Reset, verdict: "RST", ..from_server() });
        }
        return Line::Nothing;
    }
    Line::Nothing
}

/// How Wireshark words the alerts that end a handshake (packet-tls-utils.c, `ssl_31_alert_description`), their names in
/// RFC 8446, and whether it is a client that sends them.
const ALERTS: [(&str, &str, bool); 5] = [
    ("Description: Unknown CA)", "unknown_ca", true),
    ("Description: Bad Certificate)", "bad_certificate", true),
    ("Description: Certificate Unknown)", "certificate_unknown", true),
    ("Description: Protocol Version)", "protocol_version", false),
    ("Description: Handshake Failure)", "handshake_failure", false),
];

/// How Wireshark words the answers of a name server that give no address (packet-dns.c, `rcode_vals`).
const DNS_ERRORS: [&str; 3] = ["No such name", "Server failure", "Refused"];

/// Source and destination port in `50001 → 443 [SYN]`.
fn ports(info: &str) -> Option<(u16, u16)> {
    let (before, _) = info.split_once(" [RST").or_else(|| info.split_once(" [SYN"))?;
    let mut words = before.rsplit([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let to = words.next()?.parse().ok()?;
    let arrow = words.next()?;
    if !matches!(arrow, ">" | "→" | "->") {
        return None;
    }
    Some((words.next()?.parse().ok()?, to))
}
