//! Check Point's own syslog layouts: `key:"value"` pairs between semicolons, as the Log Exporter writes them, and the
//! rows of a console export, every cell in quotes. (CEF, LEEF and key=value exports are read by their own readers.)
//!
//! ```text
//! [action:"Drop"; flags:"2308"; ifname:"eth1"; origin:"…"; time:"1617710462"; dst:"192.0.2.7"; src:"10.9.0.14"; s_port:"50001"; service:"443"]
//! │ └ action                                         └ Unix time
//! └ bracket; a syslog header or nothing in front
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
        "\"22\" \"10Dec2026\" \"23:44:49\" \"eth1\" \"GW-1\" \"Log\" \"Drop\" \"443\" \"44250\" \"10.9.0.14\" \"192.0.2.7\" \"tcp\" \"81\" \"Servers\" \"81-Standard\" \"\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if pairs(line).is_some() || row(line).is_some() { 97 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if let Some(text) = pairs(line) {
        return Line::Record(exported(text));
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
