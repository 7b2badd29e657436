//! `WatchGuard` Firebox: syslog lines whose action and addresses stand as words before the key="value" pairs.
//!
//! ```text
//! <142>Apr 17 07:53:47 NAME SERIAL (2026-04-17T12:53:47) https-proxy[2427]: msg_id="2CFF-0000" Allow LAN WAN tcp 10.9.0.14 192.0.2.7 50788 443 msg="HTTPS Request"
//!      │               │           │                     │                                     │     │   │   │   │         │         │     └ destination port
//!      │               │           │                     │                                     │     │   │   │   client    server    └ client's port
//!      │               │           │                     │                                     │     │   │   └ protocol
//!      │               │           │                     │                                     │     └ from and to: interfaces
//!      │               │           │                     │                                     └ Allow, Deny
//!      │               │           │                     └ process
//!      │               │           └ the same moment, UTC
//!      └ local time    └ device
//! sni="host" cn="host" cert_issuer="CN=…" action="allow" sent_bytes="985" rcvd_bytes="6486" (HTTPS-proxy-00)
//!     │                └ the issuer that the Firebox saw                                    └ policy
//!     └ name that the client asked for
//! ```

use super::fields::{Field, Fields, Synonym};
use super::pairs::pairs;
use super::time::{DayOrder, unix_seconds};
use super::{Format, Line, Record, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "watchguard",
    name: "WatchGuard Firebox log",
    source: "WatchGuard: Fireware 12 log catalog",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "<142>Apr 17 07:53:47 FB 8014 (2026-04-17T12:53:47) https-proxy[2427]: msg_id=\"2CFF-0000\" Allow LAN WAN tcp 10.9.0.14 192.0.2.7 50788 443 msg=\"HTTPS Request\" proxy_act=\"HTTPS-Client.Standard\" sni=\"login.microsoftonline.com\" cn=\"stamp2.login.microsoftonline.com\" cert_issuer=\"CN=DigiCert SHA2 Secure Server CA\" action=\"allow\" sent_bytes=\"985\" rcvd_bytes=\"6486\" (HTTPS-proxy-00)",
        "<140>Apr 17 07:53:48 FB 8014 (2026-04-17T12:53:48) firewall: msg_id=\"3000-0148\" Deny LAN WAN 52 tcp 20 127 10.9.0.14 192.0.2.8 50790 443 offset 8 S 1048 win 32 (Unhandled Internal Packet-00)",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if head(line).is_some() {
        97
    } else if line.contains(": msg_id=\"") {
        92
    } else {
        0
    }
}

/// What stands behind the number of the message, from the action on.
fn head(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b"msg_id=\"")?;
    let (_, rest) = line.get(at + 8..)?.split_once("\" ")?;
    let (action, rest) = rest.split_once(' ')?;
    matches!(action, "Allow" | "Deny" | "Drop" | "Block").then_some((action, rest))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((action, rest)) = head(line) else {
        return if line.contains(": msg_id=\"") {
            Line::Nothing
        } else {
            Line::Unreadable("expected msg_id, action, interfaces and addresses")
        };
    };
    let mut fields = Fields::default();
    for (name, value) in pairs(rest) {
        match name {
            // The common name of a certificate is not what the client asked for.
            "cn" => fields.put(Synonym { field: Field::Host, rank: 1 }, value),
            "op" => fields.put(Synonym { field: Field::Method, rank: 7 }, value),
            _ => fields.put_named(name, value),
        }
    }
    fields.put(Synonym { field: Field::Verdict, rank: 1 }, action);
    if action != "Allow" {
        fields.put(Synonym { field: Field::Refusal, rank: 9 }, action);
    }
    let words = rest.split("msg=").next().unwrap_or("").split(' ').filter(|word| !word.is_empty());
    let mut words = words.skip_while(|word| !target::is_address(word));
    fields.put(Synonym { field: Field::Client, rank: 9 }, words.next().unwrap_or(""));
    fields.put(Synonym { field: Field::Address, rank: 9 }, words.next().unwrap_or(""));
    fields.put(Synonym { field: Field::Port, rank: 9 }, words.nth(1).unwrap_or(""));
    let inspected = fields.get(Field::Inspected);
    let record = fields.record();
    let opened = line.contains("action=\"inspect\"") || !inspected.is_empty() && record.inspected;
    let time_text = line.split_once(" (").and_then(|(_, rest)| rest.split_once(") ")).map_or("", |(time, _)| time);
    // The policy stands behind the last pair, in brackets.
    let policy = rest.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map_or("", |(_, name)| name);
    Line::Record(Record {
        reason: if action == "Allow" || policy.is_empty() { record.reason } else { policy },
        time: unix_seconds(time_text, "Z", DayOrder::MonthFirst),
        zoned: true,
        time_text,
        inspected: record.inspected || opened,
        ..record
    })
}
