//! Netskope's transaction events: CSV without a header, the columns of its W3C list in their order. `-` is empty.
//!
//! ```text
//! 2026-05-26,13:41:00,64,1977,651,2628,10.9.0.14,192.0.2.7,svc@corp.example,CONNECT,https,-,agent,-,200,-,host,host,/,443,…
//! │          │        │  │    │   │    │         │         │                │       │     │         │     │    │    │ └ port
//! │          │        │  │    │   │    │         │         │                │       └ scheme        │     │    │    └ path
//! │          │        │  │    │   │    │         │         │                └ method                │     │    └ host
//! │          │        │  │    │   │    client    server    user                                     │     └ name asked for
//! │          │        │  │    │   └ bytes of both ways                                              └ status
//! │          │        │  │    └ to the client
//! │          │        │  └ from the client
//! │          │        └ milliseconds
//! │          └ UTC
//! └ date
//! …,Allow,Established,None,NotEstablished,10.9.0.14,192.0.2.7,host,Sni,"Technology",Decrypt,…
//!   └ what the TLS policy decided                                                   └ whether TLS was opened
//! ```

use super::csv::Cells;
use super::time::{DayOrder, unix_seconds};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Format, Line, Record, State, meaningful, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "netskope",
    name: "Netskope transaction events",
    source: "Netskope: Transaction Events, field list of version 3",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "2026-05-26,13:41:00,64,1977,651,2628,10.9.0.14,192.0.2.7,svc@corp.example,CONNECT,https,-,agent,-,200,-,login.microsoftonline.com,login.microsoftonline.com,-,443,-,22,Client,Microsoft,DE",
        "2026-05-26,13:41:01,3,517,0,517,10.9.0.14,192.0.2.7,svc@corp.example,POST,https,-,agent,-,403,-,graph.microsoft.com,graph.microsoft.com,/v1.0/organization,443,-,22,Client,Microsoft,DE,block,Decrypt",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 98 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(cells) = cut(line) else {
        return Line::Unreadable("expected the columns of a transaction event");
    };
    let mut policy = "";
    let mut opened = false;
    for cell in Cells::new(line, b',').skip(COLUMNS) {
        opened |= cell == "Decrypt";
        if matches!(cell, "Block" | "block" | "Blocked" | "blocked") {
            policy = cell;
        }
    }
    // Date and time, with the comma between them.
    let stamp = line.get(..19).unwrap_or("");
    Line::Record(record(&cells, stamp, policy, opened))
}

/// Up to the port.
const COLUMNS: usize = 20;

fn cut(line: &str) -> Option<[&str; COLUMNS]> {
    let bytes = line.as_bytes();
    if bytes.get(4) != Some(&b'-') || bytes.get(10) != Some(&b',') || bytes.get(13) != Some(&b':') {
        return None;
    }
    let mut cells = [""; COLUMNS];
    let mut count = 0;
    for (slot, cell) in cells.iter_mut().zip(Cells::new(line, b',')) {
        *slot = cell;
        count += 1;
    }
    let numbers = cells[2..6].iter().all(|cell| *cell == "-" || cell.bytes().all(|b| b.is_ascii_digit()));
    let address = target::is_address(cells[6]);
    let status = cells[14] == "-" || verdict::status_number(cells[14]).is_some_and(|status| status < 1000);
    (count == COLUMNS && numbers && address && status).then_some(cells)
}

fn record<'a>(cells: &[&'a str; COLUMNS], stamp: &str, policy: &'a str, opened: bool) -> Record<'a> {
    let host = [cells[17], cells[16]].into_iter().find(|host| target::is_host_name(host)).unwrap_or("");
    let method = meaningful(cells[9]);
    let status = meaningful(cells[14]);
    let denied = !policy.is_empty();
    let ending = Ending { status, verdict: denied.then_some(Verdict::Deny), method, ..Ending::default() };
    let path = meaningful(cells[18]);
    let (outcome, provisional) = judge(&ending);
    Record {
        time: unix_seconds(stamp, "", DayOrder::MonthFirst),
        zoned: true,
        date_text: cells[0],
        time_text: cells[1],
        duration_ms: cells[2].parse().ok(),
        client: cells[6],
        user: meaningful(cells[8]),
        method,
        host: Cow::Borrowed(host),
        port: cells[19].parse().ok(),
        path,
        status,
        verdict: policy,
        outcome,
        provisional,
        inspected: opened || method != "CONNECT" && cells[10] == "https" && path.len() > 1,
        sent: cells[3].parse().ok(),
        received: cells[4].parse().ok(),
        address: cells[7],
        ..Record::default()
    }
}
