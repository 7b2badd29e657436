//! The logs that Cisco Umbrella's secure web gateway and name servers write into a storage bucket: CSV, every cell in
//! quotes, no header before version 10 of the schema, and later versions only add columns.
//!
//! ```text
//! "2026-03-14 09:26:53","SRV7","10.9.0.14","198.51.100.9","192.0.2.7","","ALLOWED","https://host:443/","","agent","200",
//! │                     │      │           │              │              │         │                              └ status
//! │                     │      │           │              │              │         └ URL
//! │                     │      │           │              │              └ ALLOWED, BLOCKED
//! │                     │      │           │              └ destination
//! │                     │      │           └ address after NAT
//! │                     │      └ client
//! │                     └ identity: user, machine or network
//! └ UTC
//! "2724","7590","6734","675f…","SaaS and B2B",…,"POST",…
//! │      │                     └ categories     └ method, the 26th column
//! │      └ to the client
//! └ from the client
//! ```
//!
//! The log of its name servers has other columns:
//!
//! ```text
//! "2026-03-14 09:26:53","SRV7","SRV7,HQ","10.9.0.14","198.51.100.9","Blocked","1 (A)","NOERROR","host.","Infrastructure",…
//!                                         │                          │         │       │         └ the name  └ categories
//!                                         client                     │         type    └ answer
//!                                                                    └ Allowed, Blocked, Proxied
//! ```
//!
//! A URL with a path inside https was decrypted. Storage exports break long lines: the quotes tell where a record ends.

use super::csv::Cells;
use super::time::{DayOrder, unix_seconds};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Outcome, Record, State, meaningful, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "umbrella",
    name: "Cisco Umbrella proxy and DNS log",
    source: "Cisco: Umbrella SIG, log formats and versioning, proxy logs and DNS logs",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "\"2026-03-14 09:26:53\",\"SRV7\",\"10.9.0.14\",\"198.51.100.9\",\"192.0.2.7\",\"\",\"ALLOWED\",\"https://login.microsoftonline.com/\",\"\",\"agent\",\"200\",\"2724\",\"7590\",\"6734\",\"\",\"SaaS and B2B\"",
        "\"2026-03-14 09:26:54\",\"SRV7\",\"10.9.0.14\",\"198.51.100.9\",\"192.0.2.7\",\"\",\"BLOCKED\",\"https://adminwebservice.microsoftonline.com/\",\"\",\"\",\"403\",\"517\",\"\",\"\",\"\",\"Infrastructure\",\"\",\"\",\"\",\"\",\"\",\"Networks\",\"\",\"SRV7\",\"Networks\",\"CONNECT\"",
        "\"2026-03-14 09:26:55\",\"SRV7\",\"SRV7,HQ\",\"10.9.0.14\",\"198.51.100.9\",\"Blocked\",\"1 (A)\",\"NOERROR\",\"graph.microsoft.com.\",\"Infrastructure\",\"AD Computers\",\"AD Computers,Networks\",\"Infrastructure\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() || question(line).is_some() { 98 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if let Some(record) = question(line) {
        return Line::Record(record);
    }
    cut(line)
        .map_or(Line::Unreadable("expected the quoted columns of a proxy record"), |cells| Line::Record(record(&cells)))
}

/// How many columns are looked at: up to the method.
const COLUMNS: usize = 26;

fn cut(line: &str) -> Option<[&str; COLUMNS]> {
    if !line.trim_start().starts_with('"') {
        return None;
    }
    let mut cells = [""; COLUMNS];
    let mut count = 0;
    for (slot, cell) in cells.iter_mut().zip(Cells::new(line, b',')) {
        *slot = cell;
        count += 1;
    }
    let verdict = matches!(cells[6], "ALLOWED" | "BLOCKED" | "WARN" | "WARNED" | "ISOLATED");
    let addresses = cells[2..5].iter().all(|cell| cell.is_empty() || target::is_address(cell));
    let stamp = cells[0].len() == 19 && cells[0].as_bytes().get(4) == Some(&b'-');
    (count >= 11 && verdict && addresses && stamp).then_some(cells)
}

/// The record of a question to the name servers.
fn question(line: &str) -> Option<Record<'_>> {
    if !line.trim_start().starts_with('"') {
        return None;
    }
    let mut cells = [""; 10];
    for (slot, cell) in cells.iter_mut().zip(Cells::new(line, b',')) {
        *slot = cell;
    }
    let [time, identity, _, inner, outer, action, kind, answer, host, categories] = cells;
    let typed = kind.split_once(" (").is_some_and(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    if !typed || !matches!(action, "Allowed" | "Blocked" | "Proxied") || time.len() != 19 {
        return None;
    }
    let host = host.trim_end_matches('.');
    let (outcome, verdict) = match (action, answer) {
        ("Blocked", _) => (Outcome::Denied, verdict::BLOCKED_NAME),
        (_, "NXDOMAIN" | "SERVFAIL" | "REFUSED") => (Outcome::UpstreamFailed, answer),
        _ => (Outcome::Reached, ""),
    };
    Some(Record {
        time: unix_seconds(time, "", DayOrder::MonthFirst),
        zoned: true,
        time_text: time,
        client: if inner.is_empty() { outer } else { inner },
        user: meaningful(identity),
        host: Cow::Borrowed(if target::is_host_name(host) { host } else { "" }),
        reason: categories,
        verdict,
        lookup: true,
        outcome,
        ..Record::default()
    })
}

fn record<'a>(cells: &[&'a str; COLUMNS]) -> Record<'a> {
    let url = target::split(cells[7]);
    let status = cells[10];
    let method = if cells[25].bytes().all(|b| b.is_ascii_uppercase()) { cells[25] } else { "" };
    let word = if cells[6] == "WARN" || cells[6] == "WARNED" { "BLOCKED" } else { cells[6] };
    let ending = Ending { status, verdict: verdict::verdict(word), method, ..Ending::default() };
    let (outcome, provisional) = judge(&ending);
    Record {
        time: unix_seconds(cells[0], "", DayOrder::MonthFirst),
        zoned: true,
        time_text: cells[0],
        client: if cells[2].is_empty() { cells[3] } else { cells[2] },
        user: meaningful(cells[1]),
        method,
        host: Cow::Borrowed(if target::is_host_name(url.host) { url.host } else { "" }),
        port: url.port_or_default(),
        path: url.path,
        status,
        verdict: cells[6],
        reason: cells[15],
        outcome,
        provisional,
        inspected: url.scheme.eq_ignore_ascii_case("https") && url.path.len() > 1,
        sent: cells[11].parse().ok(),
        received: cells[12].parse().ok(),
        address: cells[4],
        ..Record::default()
    }
}
