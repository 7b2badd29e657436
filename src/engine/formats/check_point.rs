//! Check Point's own syslog layouts: `key:"value"` pairs between semicolons, as the Log Exporter writes them, and the
//! rows of a console export, every cell in quotes; and what `fw log` prints on the gateway. (CEF, LEEF and key=value
//! exports are read by their own readers.)
//!
//! ```text
//! [action:"Drop"; flags:"2308"; ifname:"eth1"; origin:"…"; time:"1617710462"; dst:"192.0.2.7"; src:"10.9.0.14"; s_port:"50001"; service:"443"]
//! │ └ action                                         └ Unix time
//! └ bracket; a syslog header or nothing in front
//! 16Nov2026  9:12:03   5 N/A 1 drop 192.0.2.1 > eth1 LogId: 0; ContextNum: 1; src: 10.9.0.14; dst: 192.0.2.7; svc: https; …
//! └ date, time, local      └ action └ gateway        └ name: value; as `fw log` prints them, without quotes
//! "22" "10Dec2026" "23:44:49" "eth1" "GW" "Log" "Accept" "443" "44250" "10.9.0.14" "192.0.2.7" "tcp" "81" "Servers" …
//! │    │           │          │      │    │     │        │     │       │           └ destination   │    └ rule's name
//! │    │           │          │      │    │     │        │     │       └ source                    └ rule
//! │    date        time       device host type  action   └ service   └ source port
//! └ number
//! ```

use super::fields::{Field, Fields, Synonym};
use super::time::{DayOrder, unix_seconds};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Record, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "check-point",
    name: "Check Point syslog",
    source: "Check Point: Log Exporter (sk122323), syslog format; SmartConsole export",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "<134>1 2026-03-14T09:26:53Z gw CheckPoint 12 - [action:\"Drop\"; flags:\"2308\"; ifname:\"eth1\"; origin:\"192.0.2.1\"; time:\"1773480413\"; version:\"1\"; dst:\"192.0.2.7\"; product:\"VPN-1 & FireWall-1\"; proto:\"6\"; s_port:\"50001\"; service:\"443\"; src:\"10.9.0.14\"]",
        "[action:\"Accept\"; flags:\"18692\"; origin:\"192.0.2.1\"; time:\"1773480414\"; dst:\"192.0.2.7\"; product:\"URL Filtering\"; resource:\"https://login.microsoftonline.com/\"; service:\"443\"; src:\"10.9.0.14\"]",
        "14Mar2026  9:26:55   5 N/A 1 drop 192.0.2.1 > eth1 LogId: 0; ContextNum: 1; inzone: Internal; service_id: https; src: 10.9.0.14; dst: 192.0.2.7; proto: tcp; resource: https://graph.microsoft.com/; ProductName: URL Filtering; svc: https; sport_svc: 50001;",
        "\"22\" \"10Dec2026\" \"23:44:49\" \"eth1\" \"GW-1\" \"Log\" \"Drop\" \"443\" \"44250\" \"10.9.0.14\" \"192.0.2.7\" \"tcp\" \"81\" \"Servers\" \"81-Standard\" \"\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if pairs(line).is_some() || row(line).is_some() || printed(line).is_some() { 97 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if let Some(text) = pairs(line) {
        return Line::Record(exported(text));
    }
    if let Some(record) = printed(line) {
        return Line::Record(record);
    }
    row(line).map_or(Line::Unreadable("expected key:\"value\" pairs between semicolons"), |cells| {
        Line::Record(console(&cells))
    })
}

/// What stands between the brackets.
fn pairs(line: &str) -> Option<&str> {
    let at = memchr::memmem::find(line.as_bytes(), b"[action:\"")?;
    let text = line.get(at + 1..)?;
    text.contains("\"; ").then_some(text)
}

fn exported(text: &str) -> Record<'_> {
    let mut fields = Fields::default();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once(":\"") {
        let (value, next) = after.split_once('"').unwrap_or((after, ""));
        let name = name.rsplit([' ', ';', '[']).next().unwrap_or("");
        match name {
            // The port, as a number or as the name of a service.
            "service" => fields.put(Synonym { field: Field::Port, rank: 9 }, value),
            "resource" => fields.put(Synonym { field: Field::Url, rank: 9 }, value),
            // The gateway, not the source of the traffic.
            "origin" | "__policy_id_tag" => {}
            "time" => fields.put(Synonym { field: Field::When, rank: 9 }, value),
            "tcp_packet_out_of_state" => fields.put(Synonym { field: Field::Stale, rank: 9 }, value),
            _ => fields.put_named(name, value),
        }
        rest = next;
    }
    fields.record()
}

/// A line that `fw log` printed: date, time, some columns with the action among them, then pairs without quotes.
fn printed(line: &str) -> Option<Record<'_>> {
    let text = line.trim_start();
    let (date, rest) = text.split_once(' ')?;
    let (clock, rest) = rest.trim_start().split_once(' ')?;
    if !is_date(date) || clock.split(':').count() != 3 || !rest.contains("src: ") || !rest.contains("; ") {
        return None;
    }
    let (head, _) = rest.split_once(": ")?;
    let mut fields = Fields::default();
    let action = head
        .split(' ')
        .find(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()) && verdict::verdict(word).is_some())?;
    fields.put(Synonym { field: Field::Verdict, rank: 9 }, action);
    for (name, value) in rest.split(';').filter_map(|pair| pair.split_once(": ")) {
        let name = name.rsplit(' ').next().unwrap_or("");
        match name {
            "svc" | "service" | "service_id" => {
                fields.put(Synonym { field: Field::Port, rank: 9 }, value);
                fields.put(Synonym { field: Field::Scheme, rank: 9 }, value);
            }
            "rule_name" | "matched_category" => fields.put(Synonym { field: Field::Reason, rank: 5 }, value),
            _ => fields.put_named(name, value),
        }
    }
    let record = fields.record();
    let full = if clock.len() == 7 { format!("{date} 0{clock}") } else { format!("{date} {clock}") };
    Some(Record { time: unix_seconds(&full, "", DayOrder::DayFirst), date_text: date, time_text: clock, ..record })
}

/// `16Nov2026`.
fn is_date(text: &str) -> bool {
    matches!(text.len(), 8 | 9)
        && text.as_bytes().get(text.len() - 7).is_some_and(u8::is_ascii_alphabetic)
        && text.bytes().rev().take(4).all(|b| b.is_ascii_digit())
}

fn row(line: &str) -> Option<[&str; 14]> {
    let mut cells = [""; 14];
    let line = line.trim();
    let mut parts = line.strip_prefix('"')?.split("\" \"");
    for slot in &mut cells {
        *slot = parts.next()?;
    }
    let date = cells[1].len() == 9 && cells[1].as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic);
    (date && cells[2].len() == 8 && target::is_address(cells[10])).then_some(cells)
}

fn console<'a>(cells: &[&'a str; 14]) -> Record<'a> {
    let (outcome, provisional) = judge(&Ending { verdict: verdict::verdict(cells[6]), ..Ending::default() });
    Record {
        time: unix_seconds(&format!("{} {}", cells[1], cells[2]), "", DayOrder::DayFirst),
        date_text: cells[1],
        time_text: cells[2],
        client: cells[9],
        address: cells[10],
        port: cells[7].parse().ok(),
        verdict: cells[6],
        reason: cells[13],
        outcome,
        provisional,
        ..Record::default()
    }
}
