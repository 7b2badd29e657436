//! The packet filter of pfSense and `OPNsense`, as its `filterlog` writes it: one line per packet that a rule logs,
//! comma separated, columns by position.
//!
//! ```text
//! Nov 17 08:31:02 gw filterlog[61302]: 8,,,02f4bab031b57d1e,igb1,match,block,in,4,0x0,,128,50111,0,DF,6,tcp,52,10.9.0.14,192.0.2.7,50111,443,0,S,…
//!                                      │                    │    │     │     │  │                      │      │         │         │     │     └ flags
//!                                      rule                 │    │     │     │  IP version             name   source    │         │     └ destination port
//!                                                           │    │     │     └ in, out                 of the protocol  │         └ source port
//!                                                           │    │     └ block, pass, reject                            └ destination
//!                                                           interface  reason
//! ```
//!
//! IPv6 lines have the protocol's name before its number and no fragment columns. No line names a host, and none tells
//! how a connection that was let through ended.

use super::time::{self, DayOrder, moment};
use super::{Format, Line, Outcome, Record, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "filterlog",
    name: "pfSense and OPNsense firewall log",
    source: "Netgate documentation: Raw Filter Log Format; opnsense/core, filterlog",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Nov 17 08:31:02 gw filterlog[61302]: 8,,,02f4bab031b57d1e30553ce08e0ec131,igb1,match,block,in,4,0x0,,128,50111,0,DF,6,tcp,52,10.9.0.14,192.0.2.7,50111,443,0,S,501111,,64240,,mss;nop;wscale",
        "<134>1 2026-11-17T08:31:05+01:00 gw.corp.example filterlog 61302 - [meta sequenceId=\"7\"] 92,,,1770001466,vtnet1,match,pass,in,6,0x00,0x00000,128,tcp,6,32,2001:db8::14,2001:db8:1::7,50112,443,0,S,501112,,64240,,mss",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if cut(line).is_some() { 97 } else { 0 }
}

/// The columns behind the name of the program; without it, those of a line that was cut out of a console.
fn cut(line: &str) -> Option<(&str, Vec<&str>)> {
    let (head, rest) = match memchr::memmem::find(line.as_bytes(), b"filterlog") {
        Some(at) => (line.get(..at)?, line.get(at + 9..)?),
        None => ("", line),
    };
    let comma = memchr::memchr(b',', rest.as_bytes())?;
    let start = rest.get(..comma)?.rfind([' ', ':', '"']).map_or(0, |at| at + 1);
    let columns: Vec<&str> =
        rest.get(start..)?.split(',').map(|cell| cell.trim_matches(['"', '\r', ' '])).take(26).collect();
    let is = |index: usize, words: &[&str]| columns.get(index).is_some_and(|cell| words.contains(cell));
    let is_packet = is(6, &["block", "pass", "reject"]) && is(7, &["in", "out"]) && is(8, &["4", "6"]);
    (is_packet && columns.len() >= 17).then_some((head, columns))
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some((head, columns)) = cut(line) else {
        return Line::Unreadable("expected the columns of filterlog");
    };
    let column = |index: usize| columns.get(index).copied().unwrap_or("");
    let (protocol, source) = if column(8) == "4" { (column(16), 18) } else { (column(12), 15) };
    let (client, address) = (column(source), column(source + 1));
    if !protocol.eq_ignore_ascii_case("tcp") || !target::is_address(client) || !target::is_address(address) {
        return Line::Nothing;
    }
    let time_text = time::leading(head);
    let (time, zoned) = moment(time_text, "", DayOrder::MonthFirst);
    let flags = column(source + 5);
    let verdict = column(6);
    // A rule for states drops what comes behind the end of a connection: that is no refusal.
    let late = flags.contains(['A', 'F', 'R', 'P']) && !flags.contains('S');
    let outcome = if verdict == "pass" { Outcome::Reached } else { Outcome::Denied };
    Line::Record(Record {
        time,
        zoned,
        time_text,
        client,
        address,
        port: column(source + 3).parse().ok(),
        verdict,
        reason: column(5),
        stale: late && verdict != "pass",
        outcome,
        ..Record::default()
    })
}
