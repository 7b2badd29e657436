//! The web log that Zscaler's Nanolog Streaming Service sends as CSV or between tabs, without a header, columns in the
//! order of the feed's default. The order of the columns is the vendor's from general knowledge and was not held
//! against a current document; lines whose cells do not fit it are refused. (Its key=value, JSON, CEF and LEEF feeds
//! name their fields: the readers of those read them.)
//!
//! ```text
//! "Thu May 14 07:30:15 2026","svc@corp.example","HTTPS","login.microsoftonline.com:443","Allowed","General Browsing",
//! │                          │                  │       └ URL without scheme            └ action  └ application
//! │                          │                  └ SSL, HTTPS: opened, HTTP, TUNNEL_SSL
//! │                          └ login
//! └ time, in the zone of the feed
//! "General Browsing","523","7557",…,"10.9.0.14","192.0.2.7","CONNECT","200",…,"Policy","Not allowed",…
//!                    │     └ to the client  └ client    └ server    │         │        └ rule type, rule label
//!                    └ from the client                              │         └ status, NA for a closed tunnel
//!                                                                   └ method, NA for a closed tunnel
//! ```
//!
//! The order of the columns can be changed in the feed. A line counts as this dialect only while action, addresses
//! and status stand where the default has them.

use super::csv::Cells;
use super::time::{DayOrder, unix_seconds};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Record, State, meaningful, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "zscaler-nss",
    name: "Zscaler NSS web log (CSV or tabs)",
    source: "Zscaler: NSS feed output format, web logs, CSV",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "\"Thu May 14 07:30:15 2026\",\"svc@corp.example\",\"TUNNEL_SSL\",\"login.microsoftonline.com:443\",\"Allowed\",\"General Browsing\",\"General Browsing\",\"523\",\"7557\",\"0\",\"12\",\"Business Use\",\"Internet Services\",\"Corporate\",\"None\",\"None\",\"0\",\"None\",\"None\",\"HQ\",\"IT\",\"10.9.0.14\",\"192.0.2.7\",\"CONNECT\",\"200\",\"agent\",\"None\",\"None\",\"None\"",
        "\"Thu May 14 07:30:16 2026\",\"HQ\",\"HTTPS\",\"login.windows.net\",\"Blocked\",\"General Browsing\",\"General Browsing\",\"523\",\"13500\",\"0\",\"0\",\"Business Use\",\"Internet Services\",\"Corporate\",\"None\",\"None\",\"0\",\"None\",\"None\",\"HQ\",\"IT\",\"10.9.0.14\",\"192.0.2.7\",\"CONNECT\",\"403\",\"agent\",\"None\",\"FwFilter\",\"Not allowed\"",
        "Thu May 14 07:30:17 2026\tsvc@corp.example\tHTTPS\tgraph.microsoft.com/v1.0/organization\tAllowed\tMicrosoft Graph\tBusiness\t523\t7557\t0\t12\tBusiness Use\tInternet Services\tCorporate\tNone\tNone\t0\tNone\tNone\tHQ\tIT\t10.9.0.14\t192.0.2.7\tGET\t200\tagent\tNone\tNone\tNone",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 98 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    cut(line)
        .map_or(Line::Unreadable("expected the columns of the default web feed"), |cells| Line::Record(record(&cells)))
}

/// How many columns are looked at: up to the rule's label.
const COLUMNS: usize = 29;

fn cut(line: &str) -> Option<[&str; COLUMNS]> {
    // Zscaler recommends tabs between the columns, without quotes.
    let tabs = memchr::memchr_iter(b'\t', line.as_bytes()).count() >= 24;
    if !tabs && !line.trim_start().starts_with('"') {
        return None;
    }
    let separator = if tabs { b'\t' } else { b',' };
    let mut cells = [""; COLUMNS];
    let mut count = 0;
    for (slot, cell) in cells.iter_mut().zip(Cells::new(line, separator)) {
        *slot = cell;
        count += 1;
    }
    let action = matches!(cells[4], "Allowed" | "Blocked" | "allowed" | "blocked" | "Allow" | "Block");
    let status = cells[24] == "NA" || verdict::status_number(cells[24]).is_some_and(|status| status < 1000);
    let sizes = [cells[7], cells[8]].iter().all(|cell| cell.bytes().all(|b| b.is_ascii_digit()));
    let fits = count >= 25 && action && status && sizes && target::is_address(cells[21]);
    fits.then_some(cells)
}

fn record<'a>(cells: &[&'a str; COLUMNS]) -> Record<'a> {
    let [time, login, protocol, url, action, ..] = *cells;
    let url = target::split(url);
    let method = match cells[23] {
        "NA" if protocol.ends_with("SSL") => "CONNECT",
        "NA" => "",
        method => method,
    };
    let status = if cells[24] == "NA" { "" } else { cells[24] };
    let label = meaningful(cells[28]);
    let reason = if label.is_empty() { cells[13] } else { label };
    let ending = Ending { status, verdict: verdict::verdict(action), method, reason, ..Ending::default() };
    let tunnel = method == "CONNECT";
    let https = protocol.eq_ignore_ascii_case("HTTPS");
    let (outcome, provisional) = judge(&ending);
    Record {
        time: unix_seconds(time, "", DayOrder::MonthFirst),
        time_text: time,
        client: cells[21],
        user: meaningful(login),
        method,
        host: Cow::Borrowed(url.host),
        port: url.port.or(if https || tunnel { Some(443) } else { Some(80) }),
        path: url.path,
        status,
        verdict: action,
        reason,
        outcome,
        provisional,
        inspected: https && !tunnel && url.path.len() > 1,
        sent: cells[7].parse().ok(),
        received: cells[8].parse().ok(),
        address: cells[22],
        ..Record::default()
    }
}
