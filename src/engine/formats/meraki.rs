//! Cisco Meraki MX and MR: syslog lines whose kind stands as a word behind the device, then `key=value` pairs.
//!
//! ```text
//! <134>1 1700000000.514782056 MX84 urls src=10.9.0.14:51102 dst=192.0.2.7:443 mac=00:… request: UNKNOWN https://host/...
//!        │                    │    │                                                             │       └ URL, cut
//!        │                    │    │                                                             └ method
//!        │                    │    └ urls, events, flows, firewall, …
//!        │                    └ device
//!        └ Unix time
//! 1700000001.842123450 MX84 events content_filtering_block url='https://host/...' category0='…' server='192.0.2.7:443' client_mac='00:…'
//! 1700000002.721741837 MX84 firewall src=10.9.0.14 dst=192.0.2.8 mac=00:… protocol=tcp sport=50790 dport=443 pattern: deny all
//!                                                                                                                     └ or 1 (deny), 0 (allow)
//! ```
//!
//! A refusal of the content filter names no address, only the hardware address of the client.

use super::fields::RequestLine;
use super::pairs::pairs;
use super::time::{DayOrder, moment};
use super::{Format, Line, Outcome, Record, State, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "meraki",
    name: "Cisco Meraki syslog",
    source: "documentation.meraki.com: Syslog Event Types and Log Samples; Syslog Server Overview and Configuration",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "<134>1 1700000000.514782056 MX84 urls src=10.9.0.14:51102 dst=192.0.2.7:443 mac=00:15:5D:01:2A:0C request: UNKNOWN https://login.microsoftonline.com/...",
        "Nov 14 22:13:21 10.9.0.1 1 1700000001.842123450 MX84 events content_filtering_block url='https://graph.microsoft.com/...' category0='User-defined Blacklist' server='192.0.2.9:443' client_mac='00:15:5D:01:2A:0C'",
        "1700000002.721741837 MX84 firewall src=10.9.0.14 dst=192.0.2.8 mac=00:15:5D:01:2A:0C protocol=tcp sport=50790 dport=443 pattern: deny all",
        "1700000003.285901262 MX67 l7_firewall src=10.9.0.14 dst=192.0.2.8 protocol=tcp sport=59526 dport=443 decision=blocked",
    ],
};

/// Kinds of lines that tell of one connection.
const KINDS: &[&str] = &["urls", "events", "flows", "firewall", "vpn_firewall", "cellular_firewall", "l7_firewall"];

/// Kinds of lines about other matters.
const OTHER_KINDS: &[&str] = &["security_event", "ids-alerts", "airmarshal_events", "ip_flow_start", "ip_flow_end"];

/// One line, cut at its kind.
struct Cut<'a> {
    seconds: &'a str,
    kind: &'a str,
    rest: &'a str,
}

/// Finds the time, the device and the kind behind whatever the receiver of the syslog put in front.
fn cut(line: &str) -> Option<Cut<'_>> {
    let mut from = 0;
    for word in line.split(' ').take(8) {
        let end = from + word.len();
        if is_time(word) {
            let mut words = line.get(end + 1..)?.splitn(3, ' ');
            let _device = words.next()?;
            let kind = words.next()?;
            let rest = words.next().unwrap_or("");
            let known = KINDS.contains(&kind) || OTHER_KINDS.contains(&kind);
            return known.then_some(Cut { seconds: word, kind, rest });
        }
        from = end + 1;
    }
    None
}

/// Seconds since 1970 with nine digits behind the point.
fn is_time(word: &str) -> bool {
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    word.split_once('.').is_some_and(|(whole, part)| (digits(whole, 10) || digits(whole, 9)) && digits(part, 9))
}

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 97 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(Cut { seconds, kind, rest }) = cut(line) else {
        return Line::Unreadable("expected the time as seconds, the device and the kind of the line");
    };
    let mut record = Record { time_text: seconds, ..Record::default() };
    let whole = seconds.split('.').next().unwrap_or(seconds);
    (record.time, record.zoned) = moment(whole, "", DayOrder::MonthFirst);
    let filtered = kind == "events" && rest.starts_with("content_filtering_block");
    if !filtered && (kind == "events" || OTHER_KINDS.contains(&kind)) {
        return Line::Nothing;
    }
    // The URL and the rule stand behind the pairs.
    let (head, request) = rest.split_once(" request: ").unwrap_or((rest, ""));
    let (head, pattern) = head.split_once(" pattern: ").unwrap_or((head, ""));
    let (mut url, mut decision, mut hardware) = ("", "", "");
    for (name, value) in pairs(head) {
        let value = value.trim_matches('\'');
        match name {
            "src" => record.client = without_port(value),
            "dst" | "server" => {
                record.address = without_port(value);
                record.port = port(value).or(record.port);
            }
            "dport" => record.port = value.parse().ok(),
            "url" => url = value,
            "decision" => decision = value,
            "category0" => record.reason = value,
            "client_mac" => hardware = value,
            _ => {}
        }
    }
    if record.client.is_empty() {
        record.client = hardware;
    }
    if !request.is_empty() {
        let line = RequestLine::cut(request);
        (record.method, url) = (line.method, line.url);
        if record.method == "UNKNOWN" {
            record.method = "";
        }
    }
    let target = target::split(url);
    record.host = Cow::Borrowed(target.host);
    record.port = record.port.or(target.port_or_default());
    let rule = [pattern, head].into_iter().filter_map(|text| text.split(' ').next()).find(|word| is_rule(word));
    record.verdict = if filtered { "content_filtering_block" } else { rule.unwrap_or(decision) };
    record.outcome = match record.verdict {
        "content_filtering_block" | "deny" | "1" | "blocked" => Outcome::Denied,
        // The firewall let the first packet out; whether anything came back it does not say.
        "allow" | "0" => Outcome::Seen,
        _ if kind == "urls" => Outcome::Reached,
        _ => Outcome::Seen,
    };
    if record.host.is_empty() && record.address.is_empty() {
        return Line::Nothing;
    }
    Line::Record(record)
}

/// Whether a word says what a rule of the firewall decided.
fn is_rule(word: &str) -> bool {
    matches!(word, "allow" | "deny" | "0" | "1")
}

fn without_port(value: &str) -> &str {
    match value.rsplit_once(':') {
        Some((address, port)) if !address.contains(':') && port.bytes().all(|b| b.is_ascii_digit()) => address,
        _ => value,
    }
}

fn port(value: &str) -> Option<u16> {
    let (address, port) = value.rsplit_once(':')?;
    if address.contains(':') { None } else { port.parse().ok() }
}
