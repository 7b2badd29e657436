//! Fiddler's list of sessions, as the menu "Copy" puts it on the clipboard or "Export" into a file: cells between tabs.
//!
//! ```text
//! #   Result  Protocol  Host              URL                             Body  Caching  Content-Type  Process
//! 1   200     HTTP      Tunnel to         login.microsoftonline.com:443   0                            azureadconnect:1234
//! 2   200     HTTPS     graph.microsoft.com  /v1.0/organization           512            json          miiserver:4321
//! │   │       │         └ "Tunnel to" for a tunnel                        └ bytes
//! │   │       └ HTTPS: opened by Fiddler
//! │   └ status; - while it runs
//! └ number
//! ```
//!
//! Fiddler answers a host that it cannot reach with a 502 of its own.

use super::verdict::{Ending, judge};
use super::{Format, Line, Record, State, target};
use crate::readers::proxy_log::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "fiddler",
    name: "Fiddler session list",
    source: "Telerik Fiddler Classic: web sessions list, columns",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    recognise,
    read_line,
    samples: &[
        "#\tResult\tProtocol\tHost\tURL\tBody\tCaching\tContent-Type\tProcess",
        "1\t200\tHTTP\tTunnel to\tlogin.microsoftonline.com:443\t0\t\t\tazureadconnect:1234",
        "2\t502\tHTTP\tTunnel to\tadminwebservice.microsoftonline.com:443\t582\tno-cache\ttext/html\tazureadconnect:1234",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if is_header(line) || cut(line).is_some() { 98 } else { 0 }
}

fn is_header(line: &str) -> bool {
    let mut cells = line.trim().trim_start_matches('#').trim().split('\t').map(str::trim);
    cells.next() == Some("Result") && cells.next() == Some("Protocol") && cells.next() == Some("Host")
}

fn cut(line: &str) -> Option<[&str; 5]> {
    let mut cells = line.trim_matches(['\r', ' ']).split('\t').map(str::trim);
    let row = [cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?];
    let [number, result, protocol, ..] = row;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fits = digits(number) && (result == "-" || result.len() == 3 && digits(result));
    (fits && matches!(protocol, "HTTP" | "HTTPS" | "HTTP/2" | "FTP")).then_some(row)
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if is_header(line) {
        return Line::Nothing;
    }
    let Some([_, result, protocol, host, url]) = cut(line) else {
        return Line::Unreadable("expected number, result, protocol, host and URL between tabs");
    };
    let tunnel = host.eq_ignore_ascii_case("Tunnel to");
    let place = target::split(if tunnel { url } else { host });
    let method = if tunnel { "CONNECT" } else { "" };
    let status = if result == "-" { "" } else { result };
    let outcome =
        if status.is_empty() { Outcome::Seen } else { judge(&Ending { status, method, ..Ending::default() }).0 };
    let https = protocol.eq_ignore_ascii_case("HTTPS");
    Line::Record(Record {
        method,
        host: Cow::Borrowed(place.host),
        port: place.port.or(Some(if https || tunnel { 443 } else { 80 })),
        path: if tunnel { "" } else { url },
        status,
        outcome,
        inspected: https && !tunnel,
        ..Record::default()
    })
}
