//! Azure Firewall's diagnostic log: JSON with the fields of the structured tables, JSON with one sentence in `msg`, or
//! the sentence alone as a query prints it.
//!
//! ```text
//! {"category":"AzureFirewallApplicationRule","time":"…Z","properties":{"msg":"HTTPS request from 10.1.0.5:55640 to host:443. Action: Deny. No rule matched. …"}}
//!                                                                             │                  │                  │            │             └ rule, or why
//!                                                                             │                  │                  │            └ Allow, Deny
//!                                                                             │                  │                  └ destination: a name for application rules
//!                                                                             └ protocol         └ client
//! {"category":"AZFWApplicationRule","time":"…Z","properties":{"SourceIp":"10.1.0.5","Fqdn":"host","DestinationPort":443,"Action":"Deny","ActionReason":"…","IsTlsInspected":false}}
//! ```
//!
//! Times are UTC. A denied HTTPS request ends for its client as a reset, not as a 403.

use super::fields::Field;
use super::json_lines;
use super::time::{self, DayOrder, unix_seconds};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Record, State, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "azure-firewall",
    name: "Azure Firewall log",
    source: "Microsoft Learn: Azure Firewall monitoring data reference; AZFWApplicationRule, AZFWNetworkRule",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        r#"{"category":"AzureFirewallApplicationRule","time":"2026-04-16T23:45:04.8295030Z","operationName":"AzureFirewallApplicationRuleLog","properties":{"msg":"HTTPS request from 10.1.0.5:55640 to login.microsoftonline.com:443. Action: Allow. Rule Collection: entra. Rule: sign-in"}}"#,
        r#"{"category":"AZFWApplicationRule","time":"2026-04-16T23:45:05.1Z","properties":{"Protocol":"HTTPS","SourceIp":"10.1.0.5","SourcePort":55641,"Fqdn":"graph.microsoft.com","DestinationPort":443,"Action":"Deny","ActionReason":"Default Action","IsTlsInspected":false}}"#,
        "2026-04-16T23:45:06Z HTTPS request from 10.1.0.5:55642 to adminwebservice.microsoftonline.com:443. Action: Deny. No rule matched. Proceeding with default action",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    let has = |needle: &str| memchr::memmem::find(line.as_bytes(), needle.as_bytes()).is_some();
    if sentence(line).is_some() {
        return if has("{\"") || has("{ \"") { 98 } else { 92 };
    }
    let named = has("AzureFirewall") || has("AZFWApplicationRule") || has("AZFWNetworkRule") || has("AZFW");
    if named && json_lines::object_in(line).is_some() { 98 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let object = json_lines::object_in(line).and_then(json_lines::collect);
    let outer = object.as_ref().map(super::fields::Fields::record);
    if let Some(inner) = sentence(line) {
        let (time, time_text) = match &outer {
            Some(outer) => (outer.time, outer.time_text),
            None => (unix_seconds(time::leading(line), "", DayOrder::MonthFirst), time::leading(line)),
        };
        return Line::Record(Record { time, time_text, zoned: time.is_some(), ..inner });
    }
    match (object, outer) {
        (Some(fields), Some(record)) => {
            let reason = fields.get(Field::Reason);
            Line::Record(Record { reason, zoned: record.time.is_some(), ..record })
        }
        _ => Line::Unreadable("expected a JSON object, or a request with its action"),
    }
}

/// The record in "HTTPS request from address:port to host:port. Action: Deny. …" and its kin.
fn sentence(line: &str) -> Option<Record<'_>> {
    let at = memchr::memmem::find(line.as_bytes(), b" request from ")?;
    let protocol = line.get(..at)?.rsplit([' ', '"', '\t', ',', ';', '|']).next()?;
    let rest = line.get(at + 14..)?;
    let (client, rest) = rest.split_once(" to ")?;
    if client.len() > 60 || protocol.is_empty() || !protocol.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') {
        return None;
    }
    let (place, rest) = rest.split_once([' ', '"'])?;
    let place = target::split(place.trim_end_matches('.'));
    let named = target::is_host_name(place.host);
    if !named && !target::is_address(place.host) {
        return None;
    }
    let (action, reason) = match rest.split_once("Action: ") {
        Some((_, rest)) => rest.split_once(['.', '"', ' ']).unwrap_or((rest, "")),
        None => ("denied", rest.split_once("was denied.")?.1),
    };
    let verdict = verdict::verdict(action)?;
    let reason = reason.split('"').next().unwrap_or("").trim();
    let (outcome, provisional) = judge(&Ending { verdict: Some(verdict), ..Ending::default() });
    Some(Record {
        client: target::split(client).host,
        host: Cow::Borrowed(if named { place.host } else { "" }),
        address: if named { "" } else { place.host },
        port: place.port,
        verdict: action,
        reason: reason.strip_prefix("Reason: ").unwrap_or(reason),
        outcome,
        provisional,
        ..Record::default()
    })
}
