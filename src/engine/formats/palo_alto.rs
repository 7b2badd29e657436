//! PAN-OS log lines as a firewall sends them to syslog and as its console exports them: comma separated, no header,
//! columns by position. (The JSON of the logging service names its fields: `"LogType":"TRAFFIC"`.)
//!
//! ```text
//! 1,2026/06/08 08:01:40,0131,TRAFFIC,end,2816,2026/06/08 08:01:40,10.12.0.19,20.190.160.14,203.0.113.9,20.190.160.14,
//! │ │                   │    │       │   │    │                   │          └ destination │          └ destination after NAT
//! │ │                   │    │       │   │    │                   └ source                 └ source after NAT
//! │ │                   │    │       │   │    └ generated, device's own zone
//! │ │                   │    │       │   └ configuration version
//! │ │                   │    │       └ start, end, drop, deny; of THREAT: url and others
//! │ │                   │    └ TRAFFIC, THREAT, DECRYPTION; the others hold no traffic
//! │ └ received          └ serial number
//! Servers-out,,,incomplete,vsys1,trust,untrust,ethernet1/2,ethernet1/1,Log Profile,2026/06/08 08:01:40,1322,1,51322,443,41322,443,
//! └ rule    │ │ └ application                                                                          │    │ │     └ destination port
//!           │ └ destination user                                                                       │    │ └ source port
//!           └ source user                                                                              │    └ repeat count
//!                                                                                                      └ session
//! 0x400019,tcp,allow,198,198,0,3,2026/06/08 08:01:19,21,any,,731241511322,0x0,10.0.0.0-10.255.255.255,United States,,3,0,aged-out,…
//! │        │   │     │   │   │                       │  └ category                                                      └ why the session ended
//! │        │   │     │   │   └ bytes received        └ elapsed seconds
//! │        │   │     │   └ bytes sent
//! │        │   │     └ bytes; of a URL record: the URL in quotes, without scheme
//! │        │   └ action
//! │        └ protocol
//! └ flags; 0x01000000: the session was decrypted
//! ```
//!
//! `aged-out` with no byte received is a host that never answered; with bytes it is an idle session. A traffic record
//! names no host: the URL record of the same session does, when the log has it.

use super::csv::Cells;
use super::json_lines;
use super::time::{DayOrder, unix_seconds};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Format, Line, Record, State, meaningful, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "palo-alto",
    name: "PAN-OS traffic and URL log",
    source: "Palo Alto Networks: PAN-OS 11.1, syslog field descriptions (Traffic, Threat, URL Filtering, Decryption)",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "1,2026/06/08 08:01:40,013101004321,TRAFFIC,end,2816,2026/06/08 08:01:40,10.12.0.19,192.0.2.14,203.0.113.9,192.0.2.14,Servers-out,,,incomplete,vsys1,trust,untrust,ethernet1/2,ethernet1/1,Log Profile,2026/06/08 08:01:40,1322,1,51322,443,41322,443,0x400019,tcp,allow,198,198,0,3,2026/06/08 08:01:19,21,any,,731241511322,0x0,10.0.0.0-10.255.255.255,United States,,3,0,aged-out,0,0,0,0,,FW-1,from-policy",
        "<14>Jun  8 08:02:10 FW-1 1,2026/06/08 08:02:10,013101004321,THREAT,url,2816,2026/06/08 08:02:10,10.12.0.19,192.0.2.15,203.0.113.9,192.0.2.15,Servers-out,corp\\svc,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,Log Profile,2026/06/08 08:02:10,1400,1,51400,443,41400,443,0x403000,tcp,block-url,\"login.microsoftonline.com/\",(9999),computer-and-internet-info,informational,client-to-server",
        r#"{"TimeReceived":"2026-06-08T06:02:12.000000Z","DeviceSN":"no-serial","LogType":"TRAFFIC","Subtype":"end","TimeGenerated":"2026-06-08T06:02:11.000000Z","SourceAddress":"10.12.0.19","DestinationAddress":"192.0.2.16","DestinationPort":443,"Action":"allow","BytesSent":74,"BytesReceived":0,"SessionEndReason":"aged-out","SessionID":1401}"#,
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match Columns::cut(line) {
        Some(columns) if columns.count >= 31 && matches!(columns.get(3), "TRAFFIC" | "THREAT" | "DECRYPTION") => 98,
        Some(_) => 92,
        None if json_type(line).is_some() => 95,
        None => 0,
    }
}

/// The type of a record of the logging service.
fn json_type(line: &str) -> Option<&str> {
    let text = json_lines::object_in(line)?;
    let of_device = ["\"DeviceSN\"", "\"LogSourceID\"", "\"DGHierarchyLevel1\"", "\"ConfigVersion\""];
    if !of_device.iter().any(|name| text.contains(name)) {
        return None;
    }
    Some(text_after(text, "\"LogType\"")).filter(|kind| TYPES.contains(kind) || *kind == "DNS")
}

fn json<'a>(line: &'a str, kind: &str) -> Line<'a> {
    let subtype = text_after(line, "\"Subtype\"");
    let threat = kind == "THREAT" && verdict::verdict(text_after(line, "\"Action\"")) == Some(Verdict::Deny);
    if !threat && !matches!((kind, subtype), ("TRAFFIC" | "DECRYPTION", _) | ("THREAT", "url")) {
        return Line::Nothing;
    }
    let fields = json_lines::object_in(line).and_then(json_lines::collect);
    let Some(fields) = fields else { return Line::Unreadable("expected one JSON object") };
    let record = fields.record();
    let start = kind == "TRAFFIC" && subtype == "start";
    // The first packet only: the record of the end follows.
    let outcome = if start && record.outcome == Outcome::Reached { Outcome::Seen } else { record.outcome };
    Line::Record(Record { outcome, ..record })
}

/// The string that follows a name in a JSON text.
fn text_after<'a>(text: &'a str, name: &str) -> &'a str {
    text.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1)).unwrap_or("")
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(columns) = Columns::cut(line) else {
        return match json_type(line) {
            Some(kind) => json(line, kind),
            None => Line::Unreadable("expected a PAN-OS record: version, time, serial number, type"),
        };
    };
    match (columns.get(3), columns.get(4)) {
        ("TRAFFIC", _) if columns.count >= 31 => Line::Record(traffic(&columns)),
        ("THREAT", "url") if columns.count >= 32 => Line::Record(url(&columns)),
        ("THREAT", _) if columns.count >= 33 && verdict::verdict(columns.get(30)) == Some(Verdict::Deny) => {
            Line::Record(threat(&columns))
        }
        ("DECRYPTION", _) if columns.count >= 49 => Line::Record(decryption(&columns)),
        ("TRAFFIC" | "THREAT" | "DECRYPTION", _) if columns.count < 31 => {
            Line::Unreadable("the record is cut off before its action")
        }
        _ => Line::Nothing,
    }
}

/// How many columns are looked at: up to the error text of a decryption record.
const COLUMNS: usize = 65;

/// The types that PAN-OS writes into the fourth column.
const TYPES: [&str; 16] = [
    "AUTH",
    "AUTHENTICATION",
    "CONFIG",
    "CORRELATION",
    "DECRYPTION",
    "GLOBALPROTECT",
    "GTP",
    "HIP-MATCH",
    "HIPMATCH",
    "IPTAG",
    "SCTP",
    "SYSTEM",
    "THREAT",
    "TRAFFIC",
    "TUNNEL",
    "USERID",
];

struct Columns<'a> {
    cells: [&'a str; COLUMNS],
    count: usize,
}

impl<'a> Columns<'a> {
    /// The columns, without what a syslog daemon put in front of the first.
    fn cut(line: &'a str) -> Option<Self> {
        let bytes = line.as_bytes();
        let mut commas = memchr::memchr_iter(b',', bytes).take(4);
        let (first, second, third, fourth) = (commas.next()?, commas.next()?, commas.next()?, commas.next()?);
        let kind = line.get(third + 1..fourth)?.trim_matches('"');
        let serial = line.get(second + 1..third)?;
        let is_one = TYPES.contains(&kind) && first <= 120 && serial.len() <= 40;
        if !is_one || !line.get(first + 1..second)?.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut result = Self { cells: [""; COLUMNS], count: 0 };
        for (slot, cell) in result.cells.iter_mut().zip(Cells::new(line, b',')) {
            *slot = cell;
            result.count += 1;
        }
        Some(result)
    }

    fn get(&self, index: usize) -> &'a str {
        self.cells.get(index).copied().unwrap_or("")
    }
}

/// `9/16/26 10:00`, as a spreadsheet writes what a console exported.
fn short_year(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once(' ')?;
    let (day, year) = date.rsplit_once('/').filter(|(_, year)| year.len() == 2)?;
    unix_seconds(&format!("{day}/20{year} {clock}"), "", DayOrder::MonthFirst)
}

/// What the three kinds of record have in common.
fn common<'a>(columns: &Columns<'a>) -> Record<'a> {
    let forwarded = columns.get(12).strip_prefix("x-fwd-for: ");
    let time_text = if columns.get(6).is_empty() { columns.get(1) } else { columns.get(6) };
    Record {
        time: unix_seconds(time_text, "", DayOrder::MonthFirst).or_else(|| short_year(time_text)),
        time_text,
        // The firewall may stand behind a proxy and read from its requests whom they are for.
        client: forwarded.unwrap_or(columns.get(7)),
        address: columns.get(8),
        user: if forwarded.is_some() { "" } else { meaningful(columns.get(12)) },
        session: columns.get(22),
        port: columns.get(25).parse().ok(),
        verdict: columns.get(30),
        inspected: is_decrypted(columns.get(28)),
        ..Record::default()
    }
}

fn traffic<'a>(columns: &Columns<'a>) -> Record<'a> {
    let action = columns.get(30);
    let why = (44..50).map(|index| columns.get(index)).find(|cell| END_REASONS.contains(cell)).unwrap_or("");
    let received = columns.get(33).parse().ok();
    let mut verdict = match verdict::verdict(action) {
        Some(Verdict::Deny) => Some(Verdict::Deny),
        // The first packet only: the record of the end follows.
        _ if columns.get(4) == "start" => None,
        allowed => end_verdict(why).or(allowed),
    };
    if matches!(columns.get(4), "drop" | "deny") {
        verdict = Some(Verdict::Deny);
    }
    // A session that the firewall gave up decrypting: its client sees a reset.
    let cut = why.starts_with("decrypt");
    let ending = Ending { verdict, received, reason: why, ..Ending::default() };
    let outcome = if cut { Outcome::Reset } else { judge(&ending).0 };
    Record {
        duration_ms: columns.get(36).parse::<u64>().ok().map(|seconds| seconds.saturating_mul(1000)),
        sent: columns.get(32).parse().ok(),
        received,
        status: "",
        verdict: if why.is_empty() || verdict == Some(Verdict::Deny) { action } else { why },
        reason: columns.get(11),
        outcome,
        ..common(columns)
    }
}

fn url<'a>(columns: &Columns<'a>) -> Record<'a> {
    let target = target::split(columns.get(31));
    let ending = Ending { verdict: verdict::verdict(columns.get(30)), ..Ending::default() };
    let (outcome, _) = judge(&ending);
    let common = common(columns);
    let port = target.port.or(common.port);
    // The application of a TLS session that stays closed is "ssl".
    let inside = target.path.len() > 1 && common.port == Some(443) && columns.get(14) != "ssl";
    Record {
        host: Cow::Borrowed(target.host),
        path: target.path,
        port,
        reason: columns.get(33),
        outcome,
        provisional: outcome == Outcome::Reached,
        inspected: common.inspected || inside,
        ..common
    }
}

/// A session that a threat profile ended. Its column of the URL may hold the name of a file instead.
fn threat<'a>(columns: &Columns<'a>) -> Record<'a> {
    let record = url(columns);
    let named = target::is_host_name(&record.host) && record.host.contains('.');
    // A host name and a file name look alike; a host stands before a slash or is one that the shelf knows.
    let place = columns.get(31).contains('/') || crate::endpoints::find_host(&record.host).is_some();
    let host = if named && place { record.host } else { Cow::Borrowed("") };
    Record { host, reason: columns.get(32), inspected: is_decrypted(columns.get(28)), ..record }
}

fn decryption<'a>(columns: &Columns<'a>) -> Record<'a> {
    let named = |index| target::split(columns.get(index)).host;
    let host = [named(63), named(60)].into_iter().find(|host| target::is_host_name(host)).unwrap_or("");
    let failed = !matches!(columns.get(45), "" | "None");
    let allowed = verdict::verdict(columns.get(30)) != Some(Verdict::Deny);
    Record {
        host: Cow::Borrowed(host),
        reason: if failed { columns.get(64) } else { "" },
        outcome: match (failed, allowed) {
            (true, _) => Outcome::Reset,
            (_, true) => Outcome::Reached,
            (_, false) => Outcome::Denied,
        },
        provisional: !failed && allowed,
        inspected: columns.get(48).eq_ignore_ascii_case("forward"),
        ..common(columns)
    }
}

/// Why sessions end.
const END_REASONS: [&str; 15] = [
    "aged-out",
    "decoder",
    "decrypt-cert-validation",
    "decrypt-error",
    "decrypt-unsupport-param",
    "n/a",
    "policy-deny",
    "resources-unavailable",
    "tcp-fin",
    "tcp-reuse",
    "tcp-rst-from-client",
    "tcp-rst-from-server",
    "threat",
    "unknown",
    "Unknown",
];

fn end_verdict(why: &str) -> Option<Verdict> {
    match why {
        "threat" => Some(Verdict::Deny),
        "tcp-reuse" | "decoder" => Some(Verdict::Closed),
        "resources-unavailable" => Some(Verdict::Failed),
        other => verdict::verdict(other),
    }
}

fn is_decrypted(flags: &str) -> bool {
    let digits = flags.strip_prefix("0x").unwrap_or(flags);
    u32::from_str_radix(digits, 16).is_ok_and(|flags| flags & 0x0100_0000 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(why: &str, received: &str, action: &str) -> Record<'static> {
        let line = FORMAT.samples[0]
            .replace("aged-out", why)
            .replace("198,198,0,", &format!("198,198,{received},"))
            .replace("tcp,allow", &format!("tcp,{action}"));
        let line: &'static str = Box::leak(line.into_boxed_str());
        match read_line(line, &mut State::default()) {
            Line::Record(record) => record,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_reason_of_the_end_and_the_bytes_tell_what_happened() {
        for (why, received, action, outcome) in [
            ("aged-out", "0", "allow", Outcome::TimedOut),
            ("aged-out", "7200", "allow", Outcome::Reached),
            ("tcp-fin", "5015", "allow", Outcome::Reached),
            ("tcp-rst-from-server", "212", "allow", Outcome::Reset),
            ("tcp-rst-from-client", "9000", "allow", Outcome::Reached),
            ("decrypt-error", "3000", "allow", Outcome::Reset),
            ("policy-deny", "0", "deny", Outcome::Denied),
            ("policy-deny", "0", "reset-both", Outcome::Denied),
        ] {
            assert_eq!(ended(why, received, action).outcome, outcome, "{why} {received} {action}");
        }
    }

    #[test]
    fn a_record_of_the_firewall_itself_is_no_traffic() {
        let line =
            "1,2026/06/08 08:00:00,0131,SYSTEM,general,0,2026/06/08 08:00:00,,general,,0,0,general,informational,text";
        assert_eq!(read_line(line, &mut State::default()), Line::Nothing);
        assert!(recognise(line, &State::default()) > 90);
    }
}
