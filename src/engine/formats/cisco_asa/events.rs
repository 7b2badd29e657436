//! The connection events of Firepower Threat Defense: names and values with a colon between them, as its access policy
//! and its URL filter see a connection.
//!
//! ```text
//! %FTD-1-430003: EventPriority: Low, FirstPacketSecond: 2026-11-17T07:31:05Z, AccessControlRuleAction: Block with reset,
//! AccessControlRuleReason: URL Block, SrcIP: 10.9.0.14, DstIP: 192.0.2.7, SrcPort: 50001, DstPort: 443, …, URL: https://host
//! ```

use super::super::fields::{Field, Fields, Synonym, lookup};
use super::super::{Outcome, Record};

/// Begin of a connection, its end, an intrusion, a file, malware.
pub(super) fn is_event(number: &str) -> bool {
    matches!(number, "430001" | "430002" | "430003" | "430004" | "430005")
}

/// The record of an event; `None` when it names no connection.
pub(super) fn record<'a>(number: &str, text: &'a str) -> Option<Record<'a>> {
    let mut fields = Fields::default();
    for (name, value) in pairs(text) {
        match name {
            "FirstPacketSecond" => fields.put(Synonym { field: Field::When, rank: 9 }, value),
            // The certificate that the firewall shows is its own, or nobody opens TLS.
            "SSLActualAction" => {
                let opened = if value.starts_with("Decrypt") { "decrypt" } else { "do not decrypt" };
                fields.put(Synonym { field: Field::Inspected, rank: 9 }, opened);
            }
            "AccessControlRuleAction" => {
                let word = match value {
                    "Trust" | "Fastpath" => "Allow",
                    _ if value.starts_with("Interactive Block") => "Block",
                    _ => value,
                };
                fields.put(Synonym { field: Field::Verdict, rank: 9 }, word);
            }
            // What the client looked up stands in the connection to the name server.
            "DNSQuery" | "DNS_TTL" => {}
            _ => lookup(name).into_iter().for_each(|synonym| fields.put(synonym, value)),
        }
    }
    if fields.get(Field::Client).is_empty() || fields.get(Field::Address).is_empty() {
        return None;
    }
    let record = fields.record();
    // The first packet of a connection that is let through: its end is an event of its own.
    let begins = number == "430002" && record.outcome == Outcome::Reached;
    // An intrusion or a file that was only noticed tells nothing of the way.
    let noticed = matches!(number, "430001" | "430004" | "430005") && !record.outcome.is_refusal();
    let outcome = if begins || noticed { Outcome::Seen } else { record.outcome };
    Some(Record { outcome, user: if record.user.contains(' ') { "" } else { record.user }, ..record })
}

/// `Name: value, Name: value`. A value may hold commas and blanks; the next name ends it.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once(": ")?;
        let end = next_name(after);
        let value = after.get(..end)?;
        rest = after.get(end..).unwrap_or("").trim_start_matches([',', ' ']);
        Some((name.trim(), value))
    })
}

/// Where the value at the beginning of a text ends: at the comma in front of the next name.
fn next_name(text: &str) -> usize {
    let ends = memchr::memmem::find_iter(text.as_bytes(), b", ").find(|&at| {
        let rest = text.get(at + 2..).unwrap_or("");
        rest.find(": ").is_some_and(|colon| {
            rest.get(..colon).is_some_and(|name| {
                name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b' ' | b'-'))
            })
        })
    });
    ends.unwrap_or(text.len())
}
