//! The default access log of Skyhigh (`McAfee`) Web Gateway. The order of the columns is the vendor's from general
//! knowledge and was not held against a current document; lines whose cells do not fit it are refused. (Its key="value"
//! log and that of the cloud service name their fields: the key=value reader reads them.)
//!
//! ```text
//! [31/Jan/2026:10:15:30 +0100] "CORP\svc" 10.9.0.14 407 "CONNECT host:443 HTTP/1.1" "Business" "Minimal Risk" "text/html" 4105 "agent" "" "81"
//! │                             │         │         │    │                           │          │              │           │    │       │   └ why it was blocked
//! │                             │         │         │    │                           │          │              │           │    │       └ virus
//! │                             │         │         │    │                           │          └ reputation   └ type      │    └ agent
//! │                             │         │         │    └ request line              └ category                            └ bytes to the client
//! │                             │         │         └ status
//! │                             │         └ client
//! │                             └ user
//! └ time with its zone
//! ```
//!
//! Block reasons: 0 none, 10 URL filter, 81 sign-in required.

use super::fields::RequestLine;
use super::time::{DayOrder, moment};
use super::verdict::{self, Ending, judge};
use super::{Format, Line, Record, State, meaningful, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "skyhigh",
    name: "Skyhigh Web Gateway access log",
    source: "Skyhigh Security (McAfee): Web Gateway product guide, access log and block reasons",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "[31/Jan/2026:10:15:30 +0100] \"CORP\\svc\" 10.9.0.14 200 \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" \"Business\" \"Minimal Risk\" \"\" 7105 \"agent\" \"\" \"0\"",
        "[31/Jan/2026:10:15:31 +0100] \"\" 10.9.0.14 403 \"CONNECT https://graph.microsoft.com:443 HTTP/1.1\" \"Business\" \"Minimal Risk\" \"text/html\" 4105 \"agent\" \"\" \"10\"",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 98 } else { 0 }
}

struct Columns<'a> {
    time: &'a str,
    user: &'a str,
    client: &'a str,
    status: &'a str,
    request: &'a str,
    tail: &'a str,
}

fn cut(line: &str) -> Option<Columns<'_>> {
    let open = memchr::memchr(b'[', line.as_bytes()).filter(|at| *at <= 80)?;
    let (time, rest) = line.get(open + 1..)?.split_once("] \"")?;
    let (user, rest) = rest.split_once("\" ")?;
    let (client, rest) = rest.split_once(' ')?;
    let (status, rest) = rest.split_once(" \"")?;
    let (request, tail) = rest.split_once('"')?;
    let fits = time.len() <= 32
        && time.starts_with(|c: char| c.is_ascii_digit())
        && target::is_address(client)
        && status.len() == 3
        && verdict::status_number(status).is_some()
        && request.contains(' ');
    fits.then_some(Columns { time, user, client, status, request, tail })
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(columns) = cut(line) else {
        return Line::Unreadable("expected [time], user, client, status and request line");
    };
    let request = RequestLine::cut(columns.request);
    let url = target::split(request.url);
    let tunnel = request.method == "CONNECT";
    let mut cells = Words(columns.tail);
    let category = cells.next().unwrap_or("");
    let bytes = cells.nth(2).unwrap_or("");
    let block = cells.last().unwrap_or("");
    let reason = match block {
        "81" => "authentication required",
        "" | "0" => "",
        _ => category,
    };
    let blocked = !reason.is_empty();
    let ending = Ending {
        status: columns.status,
        verdict: blocked.then_some(verdict::Verdict::Deny),
        method: request.method,
        reason,
        ..Ending::default()
    };
    let (time, zoned) = moment(columns.time, "", DayOrder::DayFirst);
    Line::Record(Record {
        time,
        zoned,
        time_text: columns.time,
        client: columns.client,
        user: meaningful(columns.user),
        method: request.method,
        host: Cow::Borrowed(url.host),
        port: url.port_or_default(),
        path: url.path,
        status: columns.status,
        verdict: block,
        reason,
        outcome: judge(&ending).0,
        inspected: !tunnel && url.scheme.eq_ignore_ascii_case("https") && url.path.len() > 1,
        received: bytes.parse().ok(),
        ..Record::default()
    })
}

/// Words between blanks; quotes hold blanks together.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        self.0 = after;
        Some(word)
    }
}
