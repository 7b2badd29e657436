//! The log of the Sophos Web Appliance (`sophos_log`): pairs with names of one or two letters.
//!
//! ```text
//! h=10.9.0.14 u="CORP\\svc" s=200 X=- t=1790000000 T=284453 Ts=0 act=1 cat="0x220000002a" rsn=- threat="-" … in=1255 out=26198
//! │           │             │     │   │            │             │                         │               │       └ bytes to the client
//! │           │             │     │   │            │             │                         └ why             └ bytes from the client
//! │           │             │     │   │            │             └ 1 allowed, -1 blocked, -2 warned, 2 and more: the user went on
//! │           │             │     │   │            └ microseconds
//! │           │             │     │   └ Unix time at which the request came
//! │           │             │     └ X: cut before the answer was complete
//! │           │             └ status that the client got
//! │           └ user
//! └ client
//! … meth=CONNECT ref="-" ua="agent" req="CONNECT host:443 HTTP/1.1" dom="host" … target_ip="192.0.2.7" … authn=53 auth_by=kerb …
//! ```

use super::fields::RequestLine;
use super::pairs::pairs;
use super::time::{self, DayOrder, moment};
use super::verdict::{Ending, Verdict, judge};
use super::{Format, Line, Record, State, meaningful, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "sophos-swa",
    name: "Sophos Web Appliance log",
    source: "Sophos Web Appliance: Interpreting Log Files (sophos_log, data fields)",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "h=10.9.0.14 u=\"CORP\\\\svc\" s=200 X=- t=1790000000 T=284453 Ts=0 act=1 cat=\"0x220000002a\" app=\"-\" rsn=- threat=\"-\" type=\"-\" ctype=\"-\" cache=- in=1255 out=26198 meth=CONNECT ref=\"-\" ua=\"agent\" req=\"CONNECT login.microsoftonline.com:443 HTTP/1.1\" dom=\"microsoftonline.com\" target_ip=\"192.0.2.7\"",
        "<134>Sep 21 14:13:21 swa h=10.9.0.14 u=\"-\" s=403 X=+ t=1790000001 T=1200 Ts=0 act=-1 cat=\"0x2900000016\" app=\"-\" rsn=policy threat=\"-\" type=\"-\" ctype=\"-\" cache=- in=310 out=2044 meth=CONNECT ref=\"-\" ua=\"agent\" req=\"CONNECT graph.microsoft.com:443 HTTP/1.1\" dom=\"microsoft.com\" target_ip=\"-\"",
        "h=10.9.0.14 u=\"-\" s=407 X=- t=1790000002 T=800 Ts=0 act=1 cat=\"-\" app=\"-\" rsn=- threat=\"-\" type=\"-\" ctype=\"-\" cache=- in=290 out=1800 meth=CONNECT ref=\"-\" ua=\"agent\" req=\"CONNECT adminwebservice.microsoftonline.com:443 HTTP/1.1\" dom=\"microsoftonline.com\" target_ip=\"-\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if begin(line).is_some() { 98 } else { 0 }
}

/// The text from the first pair on.
fn begin(line: &str) -> Option<&str> {
    let at = if line.starts_with("h=") { 0 } else { memchr::memmem::find(line.as_bytes(), b" h=")? + 1 };
    let text = line.get(at..)?;
    let order = [" u=", " s=", " X=", " t=", " act="];
    let mut rest = text;
    for name in order {
        rest = rest.split_once(name)?.1;
    }
    Some(text)
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(text) = begin(line) else {
        return Line::Unreadable("expected h=client u=user s=status X= t= T= act= and so on");
    };
    let mut record = Record::default();
    let (mut action, mut request, mut domain, mut connection, mut seconds) = ("", "", "", "", "");
    for (name, value) in pairs(text) {
        let value = meaningful(value);
        match name {
            "h" => record.client = value,
            "u" => record.user = value,
            "s" => record.status = value,
            "X" => connection = value,
            "t" => seconds = value,
            "T" => record.duration_ms = value.parse::<u64>().ok().map(|micro| micro / 1000),
            "act" => action = value,
            "rsn" => record.reason = value,
            "in" => record.sent = value.parse().ok(),
            "out" => record.received = value.parse().ok(),
            "meth" => record.method = value,
            "req" => request = value,
            "dom" => domain = value,
            "target_ip" => record.address = value,
            _ => {}
        }
    }
    let request = RequestLine::cut(request);
    let url = target::split(request.url);
    let tunnel = record.method == "CONNECT";
    let ending = Ending {
        status: record.status,
        verdict: match action.strip_prefix('-') {
            Some(_) => Some(Verdict::Deny),
            None if action.is_empty() => None,
            None => Some(Verdict::Allow),
        },
        method: record.method,
        reason: record.reason,
        ..Ending::default()
    };
    record.verdict = action;
    record.outcome = match judge(&ending).0 {
        // A tunnel that the client cuts is a tunnel that stood.
        Outcome::Reached if connection == "X" && !tunnel => Outcome::Aborted,
        outcome => outcome,
    };
    record.host = Cow::Borrowed(if url.host.is_empty() { domain } else { url.host });
    record.port = url.port_or_default();
    record.path = url.path;
    record.inspected = !tunnel && url.scheme.eq_ignore_ascii_case("https") && url.path.len() > 1;
    record.time_text = if seconds.bytes().all(|b| b.is_ascii_digit()) { seconds } else { "" };
    if record.time_text.is_empty() {
        record.time_text = time::leading(line);
    }
    (record.time, record.zoned) = moment(record.time_text, "", DayOrder::MonthFirst);
    Line::Record(record)
}
