//! Lines of `key=value` pairs, as most firewalls and web filters send them to syslog. Values may be quoted or hold
//! blanks; the names are looked up in the table that all dialects share ([`super::fields`]).
//!
//! ```text
//! date=2026-05-07 time=09:37:12 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action="server-rst" sentbyte=952 rcvdbyte=212
//! device_name="FW" timestamp="2026-07-08T10:00:30-0400" log_subtype="Allowed" src_ip="10.9.0.14" domain="host" http_status="200"
//! ```

use super::fields::Fields;
use super::pairs::pairs;
use super::{Format, Line, Record, State, target, time};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "key-value",
    name: "key=value log lines",
    source: "FortiOS, Sophos Firewall, Skyhigh, Forcepoint and Edge SWG log references",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    recognise,
    read_line,
    samples: &[
        "date=2026-05-07 time=09:37:12 devname=\"fw\" tz=\"+0200\" type=\"traffic\" srcip=10.9.0.14 srcport=50000 dstip=192.0.2.7 dstport=443 sessionid=7 action=\"server-rst\" duration=1 sentbyte=952 rcvdbyte=212",
        "timestamp=\"2026-07-08T10:00:30-0400\" log_subtype=\"Denied\" src_ip=\"10.9.0.14\" domain=\"graph.microsoft.com\" dst_port=443 http_status=\"403\"",
        "<13>Jul  8 10:00:31 gw filter: user=CORP svc action=permitted src=10.9.0.14 dst_host=login.microsoftonline.com category=Business, Software method=CONNECT status=200",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    read(line).map_or(0, |(value, _)| value)
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    match read(line) {
        Some((_, fields)) => Line::Record(with_prefix(fields.record(), line)),
        None => Line::Unreadable("expected key=value pairs with an address, a host or an action"),
    }
}

/// Whether a line is a record of its own, with its own time, and no rest of another one.
pub(super) fn stands_alone(line: &str) -> bool {
    read(line).is_some_and(|(value, fields)| value > 90 && fields.has_time())
}

/// The fields of a line, and how surely it is of this dialect.
fn read(line: &str) -> Option<(u8, Fields<'_>)> {
    if memchr::memchr_iter(b'=', line.as_bytes()).take(4).count() < 4
        || super::cef::extension(line).is_some()
        || super::leef::extension(line).is_some()
    {
        return None;
    }
    let (fields, count) = collect(line);
    match (fields.is_traffic(line), fields.known) {
        (true, 4..) => Some((92, fields)),
        (_, 3..) if count >= 8 && (fields.has_time() || count >= 12) => Some((60, fields)),
        _ => None,
    }
}

/// Some devices write time, client and destination in front of the pairs.
fn with_prefix<'a>(mut record: Record<'a>, line: &'a str) -> Record<'a> {
    if record.time_text.is_empty() {
        record.time_text = time::leading(line);
        record.time = time::unix_seconds(record.time_text, "", time::DayOrder::MonthFirst);
    }
    if record.client.is_empty() {
        let mut previous = "";
        for word in line.split('=').next().unwrap_or("").split([' ', '\t']).filter(|word| !word.is_empty()) {
            if target::is_address(previous) && target::is_address(word) {
                record.client = previous;
                record.address = if record.address.is_empty() { word } else { record.address };
                break;
            }
            previous = word;
        }
    }
    record
}

fn collect(line: &str) -> (Fields<'_>, usize) {
    let mut fields = Fields::default();
    let mut count = 0;
    for (name, value) in pairs(line) {
        count += 1;
        fields.put_named(name, value);
    }
    (fields, count)
}
