//! The error log of Apache as a forward proxy: why it turned a request down, or could not pass it on.
//!
//! ```text
//! [Mon Nov 16 09:12:03.123456 2026] [proxy:error] [pid 815:tid 141] (110)Connection timed out: [client 10.9.0.14:52011] AH00957: HTTP: attempt to connect to 192.0.2.7:443 (host) failed
//! │                                 │             │                 │                          │                        │        └ what happened, with the host
//! │                                 │             │                 │                          │                        └ number of the message, from 2.4 on
//! │                                 │             │                 │                          └ client, from 2.2 on without its port
//! │                                 │             │                 └ what the system said; not always
//! │                                 │             └ process; not in 2.2
//! │                                 └ module and level; the level alone in 2.2
//! └ time, local
//! ```
//!
//! Most lines tell nothing about a destination. The answer that the client got stands in the access log.

use super::time::{DayOrder, moment};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "apache-error",
    name: "Apache error log",
    source: "httpd.apache.org: ErrorLogFormat 2.4; messages of mod_proxy, mod_proxy_connect and mod_authz_core",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "[Mon Nov 16 09:12:03.123456 2026] [proxy:error] [pid 815:tid 141] [client 10.9.0.14:52011] AH00898: Connect to remote machine blocked returned by provisioningapi.microsoftonline.com:443",
        "[Mon Nov 16 09:12:04.123456 2026] [authz_core:error] [pid 815:tid 142] [client 10.9.0.14:52012] AH01630: client denied by server configuration: proxy:login.microsoftonline.com:443",
        "[Mon Nov 16 09:12:05 2026] [error] [client 10.9.0.14] proxy: DNS lookup failure for: graph.microsoft.com returned by graph.microsoft.com:443",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 92 } else { 0 }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((time_text, module, text)) = cut(line) else {
        return Line::Unreadable("expected [time] [module:level] and a sentence");
    };
    failure(time_text, module, text).map_or(Line::Nothing, Line::Record)
}

/// Time, module (empty in 2.2) and everything behind them.
fn cut(line: &str) -> Option<(&str, &str, &str)> {
    let (time, rest) = line.strip_prefix('[')?.split_once("] [")?;
    let (source, text) = rest.split_once("] ")?;
    let (module, level) = source.split_once(':').unwrap_or(("", source));
    let is_level = matches!(level, "emerg" | "alert" | "crit" | "error" | "warn" | "notice" | "info" | "debug")
        || level.starts_with("trace");
    // "Mon Nov 16 09:12:03.123456 2026"
    let is_time = time.split(' ').filter(|word| !word.is_empty()).count() == 5 && time.contains(':');
    let by_apache = !module.is_empty() || text.starts_with('[') || text.starts_with("proxy: ");
    (is_level && is_time && by_apache).then_some((time, module, text))
}

fn failure<'a>(time_text: &'a str, module: &str, text: &'a str) -> Option<Record<'a>> {
    let (client, said) = match text.split_once("[client ") {
        Some((_, rest)) => rest.split_once("] ")?,
        None => ("", text),
    };
    // A web server denies files in the same words.
    let proxied = module.starts_with("proxy") || said.contains("proxy:");
    let has = |needle: &str| said.contains(needle);
    let outcome = if !proxied {
        return None;
    } else if has("denied by server configuration") || has("blocked") || has("forbidden") {
        Outcome::Denied
    } else if ["ailure", "ailed", "rror ", "imeout", "isabled connection"].into_iter().any(has) {
        Outcome::UpstreamFailed
    } else {
        return None;
    };
    // The name stands in parentheses behind its address, or at the end behind "returned by" and "proxy:".
    let mut places = said
        .rsplit([' ', '(', ')', ','])
        .map(|word| target::split(word.trim_start_matches("proxy:").trim_end_matches([':', '.'])));
    let named = places.find(|place| target::is_host_name(place.host) && place.host.contains('.'))?;
    let address = said.split(' ').map(target::split).find(|place| target::is_address(place.host));
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    let reason = said.split_once(": ").filter(|(number, _)| number.starts_with("AH")).map_or(said, |(_, rest)| rest);
    Some(Record {
        time,
        zoned,
        time_text,
        client: if target::is_address(client) { client } else { target::split(client).host },
        host: Cow::Borrowed(named.host),
        port: named.port_or_default().or(address.as_ref().and_then(|place| place.port)),
        verdict: reason,
        reason,
        outcome,
        address: address.map_or("", |place| place.host),
        ..Record::default()
    })
}
