//! The common log format and its "combined" extension: Apache as a forward proxy, Squid's emulation, and the many
//! products that imitate them.
//!
//! ```text
//! 10.9.0.14 - CORP\svc [14/Mar/2026:09:26:53 +0100] "CONNECT host:443 HTTP/1.1" 200 - "-" "agent" TCP_TUNNEL:HIER_DIRECT
//! │         │ │        │                            │                           │   │              └ Squid only
//! │         │ │        │                            │                           │   └ bytes
//! │         │ │        │                            │                           └ status
//! │         │ │        │                            └ request line
//! │         │ │        └ time with its zone; some products: dd/mm/yyyy without zone
//! │         │ └ user
//! │         └ identd user
//! └ client
//! ```
//!
//! The same line from a web server has a path only in the request line: then there is no destination host. Olfeo writes
//! the number and the name of the category at the end, behind a date with slashes.

use super::fields::RequestLine;
use super::squid_native;
use super::time::{DayOrder, moment};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Record, State, meaningful, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "common-log",
    name: "Common or combined log",
    source: "Apache HTTP Server: mod_log_config; squid-cache.org: logformat common, combined",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "10.9.0.14 - CORP\\svc [14/Mar/2026:09:26:53 +0100] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 200 -",
        "10.9.0.14 - - [14/Mar/2026:09:26:54 +0100] \"CONNECT graph.microsoft.com:443 HTTP/1.1\" 403 3595 \"-\" \"agent\" TCP_DENIED:HIER_NONE",
        "10.9.0.14 - - [14/03/2026 09:26:55] \"GET http://crl.microsoft.com/pki/x.crl HTTP/1.1\" 200 - - 12 IT",
        // Squid's common format, and a tunnel that its client left.
        "10.9.0.14 - CORP\\svc [14/Mar/2026:09:26:56 +0100] \"CONNECT login.windows.net:443 HTTP/1.1\" 200 7105 TCP_TUNNEL:HIER_DIRECT",
        "10.9.0.14 - - [14/Mar/2026:09:26:57 +0100] \"CONNECT login.windows.net:443 HTTP/1.1\" 0 0 \"-\" \"agent\" TCP_MISS_ABORTED:HIER_DIRECT",
        // A web server that was entered as a proxy.
        "10.9.0.14 - - [14/Mar/2026:09:26:58 +0100] \"CONNECT login.windows.net:443 HTTP/1.1\" 400 157 \"-\" \"-\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match cut(line) {
        Some(columns)
            if columns.time.len() >= 11
                && (verdict::status_number(columns.status).is_some_and(|status| status >= 100)
                    || columns.status.bytes().all(|b| b == b'0') && squid_result(columns.tail).is_some()) =>
        {
            95
        }
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    cut(line).map_or(Line::Unreadable("expected client, [time], \"request line\" and status"), |columns| {
        Line::Record(record(&columns))
    })
}

struct Columns<'a> {
    client: &'a str,
    user: &'a str,
    time: &'a str,
    request: &'a str,
    status: &'a str,
    bytes: &'a str,
    tail: &'a str,
}

fn cut(line: &str) -> Option<Columns<'_>> {
    let open = memchr::memchr(b'[', line.as_bytes())?;
    let (before, rest) = (line.get(..open)?, line.get(open + 1..)?);
    let (time, rest) = rest.split_once(']')?;
    let (_, rest) = rest.split_once('"').filter(|(gap, _)| gap.trim().is_empty())?;
    let (request, rest) = rest.split_once("\" ")?;
    let mut words = rest.trim_start().splitn(3, ' ');
    let (status, bytes, tail) = (words.next()?, words.next().unwrap_or(""), words.next().unwrap_or(""));
    // A virtual host or a syslog header may stand before the client; identd and user follow it.
    let before = before.trim();
    let (rest, user) = before.rsplit_once(' ')?;
    let (rest, _) = rest.rsplit_once(' ').unwrap_or((rest, ""));
    let client = rest.rsplit(' ').next().unwrap_or(rest);
    time.bytes().any(|b| b.is_ascii_digit()).then_some(Columns { client, user, time, request, status, bytes, tail })
}

fn record<'a>(columns: &Columns<'a>) -> Record<'a> {
    let request = RequestLine::cut(columns.request);
    let url = target::split(request.url);
    let tunnel = request.method == "CONNECT";
    let squid = squid_result(columns.tail);
    let outcome = match squid {
        Some((result, hierarchy)) => {
            let status = if columns.status == "0" { "000" } else { columns.status };
            squid_native::ending(result, status, hierarchy, tunnel)
        }
        None => judge(&Ending { status: columns.status, method: request.method, ..Ending::default() }).0,
    };
    let (time, zoned) = moment(columns.time, "", DayOrder::DayFirst);
    Record {
        time,
        zoned,
        time_text: columns.time,
        client: columns.client,
        user: meaningful(columns.user),
        method: request.method,
        host: Cow::Borrowed(if tunnel || !url.scheme.is_empty() { url.host } else { "" }),
        port: url.port_or_default(),
        path: url.path,
        status: columns.status,
        verdict: squid.map_or("", |(result, _)| result),
        reason: category(columns),
        outcome,
        inspected: !tunnel && url.scheme.eq_ignore_ascii_case("https"),
        received: columns.bytes.parse().ok(),
        ..Record::default()
    }
}

/// `TCP_DENIED:HIER_NONE`, at the end of Squid's own emulation.
fn squid_result(tail: &str) -> Option<(&str, &str)> {
    let (result, hierarchy) = tail.rsplit(' ').next()?.split_once(':')?;
    let is_word = |text: &str| text.len() >= 4 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    (is_word(result) && (result.contains('_') || result == "NONE") && !hierarchy.is_empty())
        .then_some((result, hierarchy))
}

/// Olfeo's category: what follows its number, in lines with a date of slashes and no zone.
fn category<'a>(columns: &Columns<'a>) -> &'a str {
    let date = columns.time.as_bytes();
    if date.get(2) != Some(&b'/') || !date.get(3).is_some_and(u8::is_ascii_digit) {
        return "";
    }
    let numbered = columns.tail.trim_start_matches("- ").split_once(' ');
    numbered.filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit())).map_or("", |(_, name)| name.trim())
}
