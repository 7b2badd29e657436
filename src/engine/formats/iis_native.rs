//! The fixed format of Microsoft's web server ("IIS log file format"): fifteen cells between commas. A web server's
//! log names no destination; it is recognised so that it can be set aside.
//!
//! ```text
//! 10.9.0.14, -, 11/20/2026, 15:44:03, W3SVC1, SRV7, 10.9.0.80, 2, 769, 143, 304, 0, GET, /, -,
//! │          │  │           │         │       │     │          │  │    │    │    │  │    │  └ parameters
//! │          │  │           │         │       │     │          │  │    │    │    │  │    └ path
//! │          │  │           │         │       │     │          │  │    │    │    │  └ method
//! │          │  │           │         │       │     │          │  │    │    │    └ Windows' own status
//! │          │  │           │         │       │     │          │  │    │    └ status
//! │          │  │           │         │       │     │          │  │    └ bytes to the client
//! │          │  │           │         │       │     │          │  └ bytes from the client
//! │          │  │           │         │       │     │          └ milliseconds
//! │          │  date and time, local  site    server and its address
//! │          └ user
//! └ client
//! ```

use super::time::{DayOrder, unix_seconds};
use super::verdict::{Ending, judge, status_number};
use super::{Format, Line, Record, State, meaningful, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "iis-native",
    name: "IIS log file format",
    source: "Microsoft Learn: IIS log file formats in IIS 6.0",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "10.9.0.14, -, 11/20/2026, 15:44:03, W3SVC1, SRV7, 192.0.2.80, 2, 769, 143, 304, 0, GET, /, -,",
        "10.9.0.14, CORP\\ann, 11/20/2026, 15:44:04, W3SVC1, SRV7, 192.0.2.80, 15, 769, 143, 200, 0, POST, /adfs/ls, client-request-id=1,",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 98 } else { 0 }
}

fn cut(line: &str) -> Option<[&str; 14]> {
    let mut cells = [""; 14];
    let mut parts = line.trim().split(", ");
    for slot in &mut cells {
        *slot = parts.next()?.trim();
    }
    let site = cells[4].starts_with("W3SVC") || cells[4].starts_with("MSFTPSVC");
    let status = status_number(cells[10]).is_some_and(|status| status < 1000);
    (site && status && target::is_address(cells[0]) && cells[3].contains(':')).then_some(cells)
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(cells) = cut(line) else {
        return Line::Unreadable("expected fifteen cells between commas");
    };
    // Date and time with the comma between them.
    let stamp = line.split_once(cells[2]).map_or("", |(_, rest)| rest);
    let length = stamp.find(cells[3]).map_or(0, |at| at + cells[3].len());
    let stamp = format!("{}{}", cells[2], stamp.get(..length).unwrap_or(""));
    Line::Record(Record {
        time: unix_seconds(&stamp, "", DayOrder::MonthFirst),
        date_text: cells[2],
        time_text: cells[3],
        duration_ms: cells[7].parse().ok(),
        client: cells[0],
        user: meaningful(cells[1]),
        method: cells[12],
        path: cells[13],
        status: cells[10],
        outcome: judge(&Ending {
            status: cells[10],
            verdict: Some(super::verdict::Verdict::Allow),
            ..Ending::default()
        })
        .0,
        sent: cells[8].parse().ok(),
        received: cells[9].parse().ok(),
        address: cells[6],
        ..Record::default()
    })
}
