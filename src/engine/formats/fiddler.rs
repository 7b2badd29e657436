//! What people copy out of Fiddler. Its list of sessions, as the menu "Copy" puts it on the clipboard: cells between
//! tabs.
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
//! Sessions saved as text: request and answer as they went over the wire, a rule of dashes between two sessions.
//!
//! ```text
//! CONNECT login.microsoftonline.com:443 HTTP/1.1
//! Host: login.microsoftonline.com:443
//!
//! HTTP/1.1 200 Connection Established
//! FiddlerGateway: Direct
//! StartTime: 09:26:53.123
//! ------------------------------------------------------------------
//! ```
//!
//! And the statistics of a session, which name no host. Fiddler answers a host that it cannot reach with a 502 of its
//! own.

use super::fields::RequestLine;
use super::verdict::{Ending, judge};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "fiddler",
    name: "Fiddler sessions",
    source: "Telerik Fiddler Classic: web sessions list, columns; statistics tab",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "#\tResult\tProtocol\tHost\tURL\tBody\tCaching\tContent-Type\tProcess",
        "1\t200\tHTTP\tTunnel to\tlogin.microsoftonline.com:443\t0\t\t\tazureadconnect:1234",
        "2\t502\tHTTP\tTunnel to\tadminwebservice.microsoftonline.com:443\t582\tno-cache\ttext/html\tazureadconnect:1234",
        "CONNECT graph.microsoft.com:443 HTTP/1.1\nHost: graph.microsoft.com:443\nHTTP/1.1 407 Proxy Authentication Required\nFiddlerGateway: 192.0.2.10:8080\nStartTime: 09:26:53.123",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if is_header(line) || cut(line).is_some() {
        98
    } else if session(line).is_some() {
        96
    } else if is_statistic(line) {
        95
    } else {
        0
    }
}

/// Whether a line is the first of a session that was saved as text: a request to a proxy.
pub(super) fn begins_session(line: &str) -> bool {
    let versions = [" HTTP/1.1", " HTTP/1.0", " HTTP/2"];
    let Some(rest) = versions.iter().find_map(|version| line.strip_suffix(version)) else { return false };
    let Some((method, url)) = rest.split_once(' ') else { return false };
    (3..=7).contains(&method.len())
        && method.bytes().all(|b| b.is_ascii_uppercase())
        && !url.contains(' ')
        && (url.contains("://") || method == "CONNECT" && target::split(url).port.is_some())
}

/// The record of a session that was saved as text, all its lines in one text.
fn session(text: &str) -> Option<Record<'_>> {
    let mut lines = text.lines();
    let request = RequestLine::cut(lines.next().filter(|line| begins_session(line))?);
    let answer = lines.clone().find(|line| line.starts_with("HTTP/1.") || line.starts_with("HTTP/2 "))?;
    let url = target::split(request.url);
    let tunnel = request.method == "CONNECT";
    // A request with the whole https URL goes over no wire: Fiddler writes so what it decrypted.
    let opened = url.scheme.eq_ignore_ascii_case("https");
    let marked = ["\nFiddlerGateway:", "CONNECT tunnel, through which", "[Fiddler]", " Fiddler - "];
    if !opened && !marked.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let field = |name: &str| lines.clone().find_map(|line| line.strip_prefix(name)).map_or("", str::trim);
    let status = answer.split(' ').nth(1).filter(|status| status.len() == 3).unwrap_or("");
    let scheme = field("Proxy-Authenticate:").split(' ').next().unwrap_or("");
    Some(Record {
        time_text: field("StartTime:"),
        method: request.method,
        host: Cow::Borrowed(url.host),
        port: url.port_or_default(),
        path: url.path,
        status,
        reason: answer.splitn(3, ' ').nth(2).unwrap_or("").trim(),
        outcome: judge(&Ending { status, method: request.method, ..Ending::default() }).0,
        inspected: opened && !tunnel,
        auth_scheme: if status == "407" { scheme } else { "" },
        ..Record::default()
    })
}

/// A line of the statistics tab.
fn is_statistic(line: &str) -> bool {
    const STEPS: [&str; 22] = [
        "Request Count: ",
        "Bytes Sent: ",
        "Bytes Received: ",
        "ClientConnected: ",
        "ClientBeginRequest: ",
        "GotRequestHeaders: ",
        "ClientDoneRequest: ",
        "Determine Gateway: ",
        "DNS Lookup: ",
        "TCP/IP Connect: ",
        "HTTPS Handshake: ",
        "ServerConnected: ",
        "FiddlerBeginRequest: ",
        "ServerGotRequest: ",
        "ServerBeginResponse: ",
        "GotResponseHeaders: ",
        "ServerDoneResponse: ",
        "ClientBeginResponse: ",
        "ClientDoneResponse: ",
        "Overall Elapsed: ",
        "Sequence (clock) duration: ",
        "~headers~: ",
    ];
    let line = line.trim();
    let step = STEPS.iter().find_map(|step| line.strip_prefix(step));
    step.is_some_and(|value| value.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        || matches!(line, "ACTUAL PERFORMANCE" | "RESPONSE BYTES (by Content-Type)")
        || line.starts_with("The selected session is a HTTP CONNECT Tunnel.")
        || line.starts_with("To enable Fiddler's HTTPS-decryption feature")
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
    if is_header(line) || is_statistic(line) {
        return Line::Nothing;
    }
    if let Some(record) = session(line) {
        return Line::Record(record);
    }
    let Some([_, result, protocol, host, url]) = cut(line) else {
        return Line::Unreadable(
            "expected number, result, protocol, host and URL between tabs, or a request and its answer",
        );
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
