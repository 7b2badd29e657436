//! The event log of mitmproxy and mitmdump. Its presence means that somebody opens TLS.
//!
//! ```text
//! [09:26:53.203][10.9.0.14:50124] server connect host:443 (192.0.2.7:443)
//! │              │                └ what happened
//! │              └ client
//! └ time of day, local
//! 10.9.0.14:50124: POST https://host/tenant/oauth2/token
//!                 << 200 OK 1.7k
//! │               └ the answer to the request above
//! └ client of a request that was read in clear
//! ```

use super::verdict::{Ending, judge};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "mitmproxy",
    name: "mitmproxy event log",
    source: "mitmproxy 11: addons/dumper.py, proxy/server.py, proxy/layers/tls.py",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "[09:26:53.203][10.9.0.14:50124] server connect login.microsoftonline.com:443 (192.0.2.7:443)",
        "[09:26:54.203][10.9.0.14:50124] Client TLS handshake failed. The client does not trust the proxy's certificate for graph.microsoft.com (tlsv1 alert unknown ca)",
    ],
};

fn recognise(line: &str, state: &State) -> u8 {
    match read(line, state) {
        Line::Unreadable(_) => 0,
        _ => 97,
    }
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    if let Some((_, _, url)) = request(line) {
        let host = url.host.get(..url.host.floor_char_boundary(253)).unwrap_or("");
        host.clone_into(&mut state.mitmproxy);
    }
    read(line, state)
}

fn read<'a>(line: &'a str, state: &State) -> Line<'a> {
    if let Some((time_text, client, text)) = event(line) {
        return step(time_text, client, text);
    }
    if let Some((client, method, url)) = request(line) {
        return Line::Record(Record {
            client,
            method,
            host: Cow::Borrowed(url.host),
            port: url.port_or_default(),
            path: url.path,
            inspected: url.scheme.eq_ignore_ascii_case("https"),
            ..Record::default()
        });
    }
    let Some(answer) = line.trim_start_matches([' ', '\t', '>']).strip_prefix("<< ") else {
        return Line::Unreadable("expected a time and a client in brackets, a request, or an answer after <<");
    };
    let status = answer.split(' ').find(|word| word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()));
    match status {
        Some(status) => {
            let ending = Ending { status, ..Ending::default() };
            // A 403 or 407 in here was written by the service, or by a proxy behind this one.
            let outcome = if status == "403" { Outcome::Reached } else { judge(&ending).0 };
            let host = Cow::Owned(state.mitmproxy.clone());
            Line::Record(Record { host, status, outcome, port: Some(443), ..Record::default() })
        }
        None => Line::Nothing,
    }
}

/// Time, client and text of `[time][client:port] text`.
fn event(line: &str) -> Option<(&str, &str, &str)> {
    let (time, rest) = line.trim_start().strip_prefix('[')?.split_once("][")?;
    let (client, text) = rest.split_once("] ")?;
    let is_time = time.len() >= 8 && time.as_bytes().get(2) == Some(&b':') && time.len() <= 15;
    let (address, _) = client.rsplit_once(':')?;
    (is_time && target::is_address(address)).then_some((time, address, text))
}

fn step<'a>(time_text: &'a str, client: &'a str, text: &'a str) -> Line<'a> {
    let record = |place: &'a str, outcome, reason, inspected| {
        let place = target::split(place);
        let host = if target::is_host_name(place.host) { place.host } else { "" };
        Line::Record(Record {
            time_text,
            client,
            host: Cow::Borrowed(host),
            port: place.port.or(Some(443)),
            outcome,
            reason,
            verdict: reason,
            inspected,
            ..Record::default()
        })
    };
    let word = |text: &'a str| text.split([' ', ',']).next().unwrap_or("");
    if let Some(place) = text.strip_prefix("server connect ") {
        let address = place.split_once('(').map_or("", |(_, rest)| target::split(rest.trim_end_matches(')')).host);
        return match record(word(place), Outcome::Reached, "", false) {
            Line::Record(record) => Line::Record(Record { address, ..record }),
            other => other,
        };
    }
    if let Some((_, rest)) = text.split_once("does not trust the proxy's certificate for ") {
        return record(word(rest), Outcome::Reset, "the client does not trust the proxy's certificate", true);
    }
    if let Some((_, rest)) = text.split_once("Server TLS handshake failed. ") {
        let named = rest.split([' ', '(', ')', ',']).find(|word| target::is_host_name(target::split(word).host));
        return named.map_or(Line::Nothing, |place| {
            record(place, Outcome::UpstreamFailed, "server TLS handshake failed", true)
        });
    }
    Line::Nothing
}

/// Client, method and URL of a request that was read in clear.
fn request(line: &str) -> Option<(&str, &str, target::Target<'_>)> {
    let (client, rest) = line.trim_start().split_once(": ")?;
    let (address, port) = client.rsplit_once(':')?;
    let (method, url) = rest.split_once(' ')?;
    let fits = target::is_address(address)
        && port.bytes().all(|b| b.is_ascii_digit())
        && (3..=7).contains(&method.len())
        && method.bytes().all(|b| b.is_ascii_uppercase());
    let url = target::split(url.split(' ').next()?);
    (fits && target::is_host_name(url.host)).then_some((address, method, url))
}
