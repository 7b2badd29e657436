//! The shelf of log dialects. To add one: a file here that ends in a `pub const FORMAT`, a `mod` line, and a line
//! in [`ALL`]. A test holds the list against the folder and checks that each sample is won by its own format.
//! Files without a `FORMAT` are what the dialects share: field names, times, targets, the judgement of an ending.

mod apache_error;
mod article_table;
mod azure_firewall;
mod barracuda;
mod bind;
mod cef;
mod check_point;
mod cisco_asa;
mod cisco_wsa;
mod common_log;
mod csv;
mod dnsmasq;
mod fiddler;
mod filterlog;
mod generic_line;
mod haproxy;
mod iis_native;
pub(crate) mod json_lines;
mod key_value;
mod leef;
mod log_card;
mod meraki;
mod mitmproxy;
mod netskope;
mod nginx;
mod palo_alto;
mod privoxy;
mod proxifier;
mod router_os;
mod skyhigh;
mod sophos_swa;
mod squid_native;
mod tinyproxy;
mod umbrella;
mod vpc_flow;
mod w3c_extended;
mod watchguard;
mod wireshark;
mod zscaler;

pub mod fields;
mod local_names;
mod outcome;
mod pairs;
pub mod records;
mod sighting;
mod skim;
pub mod target;
pub mod time;
mod verdict;
pub mod wrapped;

use crate::artifact::Part;
use std::borrow::Cow;

pub use outcome::Outcome;
pub use skim::{Endings, Skim, Skimmed};
pub use verdict::{BLOCKED_NAME, client_distrusts, ended_by_client, version_refused};

/// One dialect.
#[derive(Debug)]
pub struct Format {
    /// Public id.
    pub id: &'static str,
    /// For the user.
    pub name: &'static str,
    /// Whose definition of the columns this follows.
    pub source: &'static str,
    /// Date of that source, or of the day it was read.
    pub date: &'static str,
    /// Whether its records say how a request ended.
    pub has_outcomes: bool,
    /// `read_line` refuses lines of other dialects by itself: a fold need not ask `recognise` first.
    pub strict: bool,
    /// A record carries the time at which its request came, not the time at which it ended.
    pub dates_begin: bool,
    /// How surely a line is of this dialect, 0 to 100. The state holds what header lines before it said.
    pub recognise: fn(&str, &State) -> u8,
    /// Reads one line. Never fails.
    pub read_line: for<'a> fn(&'a str, &mut State) -> Line<'a>,
    /// Quicker ways than [`Format::read_line`] for plain records. The fold of a big log tries them first.
    pub look: Option<Look>,
    /// Lines in this dialect, written by us, as they come in a file; header lines first.
    pub samples: &'static [&'static str],
}

/// Quick ways of reading a line.
#[derive(Debug)]
pub struct Look {
    /// Sees without reading all of a line that it is a record that [`Format::read_line`] would read, with a host and
    /// an ending, and gives what is kept of it when nobody asks about its host. `None` for any other line, and where
    /// in doubt.
    pub glance: for<'a> fn(&'a [u8], &mut State) -> Option<Glance<'a>>,
    /// [`Skim::run`] with this glance.
    pub skim: for<'a> fn(Skim, &'a [u8], &mut State) -> Skimmed<'a>,
    /// Reads the rest of a line that a glance saw. `None` for a line with anything more to tell, and where in doubt.
    pub rest: for<'a> fn(&'a [u8]) -> Option<Rest<'a>>,
}

/// Every dialect. The order decides nothing: the best score wins, and a test sees that there are no ties.
pub const ALL: &[&Format] = &[
    &apache_error::FORMAT,
    &article_table::FORMAT,
    &azure_firewall::FORMAT,
    &barracuda::FORMAT,
    &bind::FORMAT,
    &cef::FORMAT,
    &check_point::FORMAT,
    &cisco_asa::FORMAT,
    &cisco_wsa::FORMAT,
    &common_log::FORMAT,
    &csv::FORMAT,
    &dnsmasq::FORMAT,
    &fiddler::FORMAT,
    &filterlog::FORMAT,
    &generic_line::FORMAT,
    &haproxy::FORMAT,
    &iis_native::FORMAT,
    &json_lines::FORMAT,
    &key_value::FORMAT,
    &leef::FORMAT,
    &log_card::FORMAT,
    &meraki::FORMAT,
    &mitmproxy::FORMAT,
    &netskope::FORMAT,
    &nginx::FORMAT,
    &palo_alto::FORMAT,
    &privoxy::FORMAT,
    &proxifier::FORMAT,
    &router_os::FORMAT,
    &skyhigh::FORMAT,
    &sophos_swa::FORMAT,
    &squid_native::FORMAT,
    &tinyproxy::FORMAT,
    &umbrella::FORMAT,
    &vpc_flow::FORMAT,
    &w3c_extended::FORMAT,
    &watchguard::FORMAT,
    &wireshark::FORMAT,
    &zscaler::FORMAT,
];

/// The dialect that reads what no other does.
pub const ANY: &Format = &generic_line::FORMAT;

/// What a line of a log is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "a box per line would cost more than the copy")
)]
pub enum Line<'a> {
    /// One request or session.
    Record(Record<'a>),
    /// Another record stands in this one, cut out of it.
    Wrapped(String),
    /// A header, a comment, a rule between rows: understood, and nothing to keep.
    Nothing,
    /// Not understood: what was expected.
    Unreadable(&'static str),
}

/// One request or session in the vocabulary that all dialects share. Texts borrow from the line; empty means that
/// the line does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one line")]
pub struct Record<'a> {
    /// Seconds since 1970; of the zone the log is written in when the log does not tell its zone.
    pub time: Option<i64>,
    /// The date as written, where it stands apart from the time.
    pub date_text: &'a str,
    /// The time as written.
    pub time_text: &'a str,
    /// Milliseconds.
    pub duration_ms: Option<u64>,
    /// Address or name of the client.
    pub client: &'a str,
    /// The user that the device knew.
    pub user: &'a str,
    /// CONNECT, GET, …
    pub method: &'a str,
    /// The host as written, without scheme and port.
    pub host: Cow<'a, str>,
    /// The port of the host.
    pub port: Option<u16>,
    /// What followed the host in the URL.
    pub path: &'a str,
    /// Status as written.
    pub status: &'a str,
    /// Verdict, result or action as written.
    pub verdict: &'a str,
    /// Category, rule or reason that the device gave.
    pub reason: &'a str,
    /// How it ended.
    pub outcome: Outcome,
    /// The outcome rests on a policy decision only: another record of the same session may tell the end.
    pub provisional: bool,
    /// The line shows that the device opened the TLS of this host.
    pub inspected: bool,
    /// The firewall of the client itself wrote it, about a packet that the client wanted to send.
    pub by_own_firewall: bool,
    /// Bytes from the client.
    pub sent: Option<u64>,
    /// Bytes to the client.
    pub received: Option<u64>,
    /// Address of the host.
    pub address: &'a str,
    /// The number that ties records of one session together.
    pub session: &'a str,
    /// Addresses that a name server gave for `host`; the record then is a look-up and no request.
    pub answers: &'a str,
    /// The record is about a name look-up.
    pub lookup: bool,
    /// The sign-in scheme that the proxy used.
    pub auth_scheme: &'a str,
    /// A packet of a session that the device had already forgotten.
    pub stale: bool,
    /// The zone of `time` is known: the text tells it, or the definition of the format does.
    pub zoned: bool,
}

/// What a look at a line tells: enough for a record about a host that is not on the endpoint shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance<'a> {
    /// The host as written: a name, never an address.
    pub host: &'a [u8],
    /// As [`Record::address`].
    pub address: &'a [u8],
    /// As [`Record::time`].
    pub seconds: i64,
    /// As [`Record::date_text`]; ASCII.
    pub date: &'a [u8],
    /// As [`Record::time_text`]; ASCII.
    pub time: &'a [u8],
}

/// What a record says besides its [`Glance`]. What is not here the reader would not find in the line either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest<'a> {
    /// As [`Record::client`].
    pub client: &'a str,
    /// As [`Record::user`].
    pub user: &'a str,
    /// The method is CONNECT, or the line names none.
    pub tunnel: bool,
    /// As [`Record::port`].
    pub port: Option<u16>,
    /// As [`Record::status`].
    pub status: &'a str,
    /// As [`Record::verdict`].
    pub verdict: &'a str,
    /// As [`Record::outcome`].
    pub outcome: Outcome,
    /// As [`Record::duration_ms`].
    pub duration_ms: Option<u64>,
    /// As [`Record::received`].
    pub received: Option<u64>,
    /// As [`Record::inspected`].
    pub inspected: bool,
}

/// Whether what a line has in the place of a host is a name, and no address, masked or not.
pub(crate) fn ends_like_a_name(host: &[u8]) -> bool {
    matches!(host, [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && !(a | 0x20 == b'x' && b | 0x20 == b'x'))
}

/// What header lines said, for the lines after them.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Columns of a W3C extended log, from its `#Fields`.
    pub w3c: Vec<Option<fields::Synonym>>,
    /// How many of these columns it takes to know host, time and ending.
    pub w3c_telling: usize,
    /// The date in a W3C extended log's `#Date`, for logs without a date column.
    pub w3c_date: String,
    /// `time-taken` is in seconds: the header said so.
    pub w3c_seconds: bool,
    /// The header names a zone other than UTC, which its definition does not allow.
    pub w3c_local: bool,
    /// Columns of a table, from its header row.
    pub csv: Vec<Option<fields::Synonym>>,
    /// What separates the cells of that table.
    pub csv_separator: u8,
    /// Its header says that times are UTC.
    pub csv_utc: bool,
    /// Separator and number of the column that holds whole records of a device.
    pub csv_raw: Option<(u8, usize)>,
    /// The requests that processes of tinyproxy work on.
    pub tinyproxy: Vec<tinyproxy::Working>,
    /// The whole seconds of the last line that began with a Unix time, as written and as a number.
    pub unix_time: ([u8; 10], i64),
    /// The host of the last request that mitmproxy showed.
    pub mitmproxy: String,
    /// The keys that key=value lines had.
    pub keys: key_value::Keys,
    /// Those that records of CEF had.
    pub cef: cef::Extensions,
    /// The names that members of JSON records had.
    pub names: json_lines::Names,
    /// What glances have read before.
    pub memo: sighting::Memo,
}

/// The dialect that a single line is most probably of, with 1 to 100. Cheap, and silent on prose, console output
/// and trace lines.
pub fn recognise_line(line: &str) -> Option<(&'static Format, u8)> {
    recognise_with(line, &State::default())
}

/// As [`recognise_line`], knowing what header lines before this one said.
pub fn recognise_with(line: &str, state: &State) -> Option<(&'static Format, u8)> {
    if not_a_log_line(line) {
        return None;
    }
    let mut best: Option<(&'static Format, u8)> = None;
    for format in ALL {
        let value = (format.recognise)(line, state);
        if value > 0 && best.is_none_or(|(_, winner)| value > winner) {
            best = Some((format, value));
        }
    }
    best
}

/// Takes what a header line says of the lines after it, in the formats whose records mean nothing without one. Gives
/// whether the line is one.
pub fn take_header(line: &str, state: &mut State) -> bool {
    let mut is_header = false;
    for format in [&w3c_extended::FORMAT, &csv::FORMAT] {
        if (format.recognise)(line, state) > 0 {
            is_header |= (format.read_line)(line, state) == Line::Nothing;
        }
    }
    is_header
}

/// How many lines of a part are looked at, and how far apart they may lie: the first ones, which hold the headers.
const SAMPLE_LINES: usize = 400;
/// As many of one dialect are enough.
const SETTLED: usize = 100;

/// The dialect of a part with 0 to 100, and how many of the records that were looked at belong to any dialect.
pub fn score(part: &Part) -> Option<Recognised> {
    let mut census = Census::default();
    let mut joiner = records::Joiner::default();
    if let Some(units) = wrapped::units(part) {
        let units = units.iter().filter(|unit| !unit.text.trim().is_empty());
        units.take(SAMPLE_LINES).for_each(|unit| census.count(&unit.text));
        return census.best();
    }
    let lines = part.lines().filter(|(_, line)| !line.trim().is_empty());
    for (start, line) in lines.take(SAMPLE_LINES) {
        if census.is_settled() {
            break;
        }
        if let Some(records) = joiner.listed(line) {
            records.iter().take(SAMPLE_LINES).for_each(|(_, record)| census.count(record));
            continue;
        }
        for (offset, line) in records::unglued(line) {
            if let Some((text, _)) = joiner.ended_by(line) {
                census.count(&text);
            }
            let start = start + offset;
            if let Some((text, _)) = joiner.push(line, part.span(start..start + line.len())) {
                census.count(&text);
            }
        }
    }
    if let Some((text, _)) = joiner.rest() {
        census.count(&text);
    }
    census.best()
}

/// What was seen so far of a part.
struct Census {
    state: State,
    sums: [usize; ALL.len()],
    total: usize,
    lines: usize,
    of: usize,
}

impl Default for Census {
    fn default() -> Self {
        Self { state: State::default(), sums: [0; ALL.len()], total: 0, lines: 0, of: 0 }
    }
}

impl Census {
    /// Whether so many lines were records of one dialect, beyond doubt and without exception, that more of them would
    /// tell nothing new.
    fn is_settled(&self) -> bool {
        self.of >= SETTLED && self.total >= self.of * 90 && self.sums.contains(&self.total)
    }

    /// The dialect that fits best.
    fn best(&self) -> Option<Recognised> {
        let (format, sum) =
            ALL.iter().zip(self.sums).max_by_key(|(format, sum)| (*sum, std::cmp::Reverse(format.id)))?;
        if sum == 0 || self.of == 0 {
            return None;
        }
        let value = (self.total / self.of).min(100) as u8;
        Some(Recognised { format, value, lines: self.lines, of: self.of })
    }

    fn count(&mut self, line: &str) {
        let (mut best, mut winner) = (0, None);
        let mut decorative = is_decoration(line) || json_lines::is_frame(line);
        if !not_a_log_line(line) {
            for (format, sum) in ALL.iter().zip(&mut self.sums) {
                let value = (format.recognise)(line, &self.state);
                if value > best {
                    best = value;
                    winner = Some(sum);
                }
            }
            // Header lines change what the lines after them mean.
            for format in [&w3c_extended::FORMAT, &csv::FORMAT] {
                if (format.recognise)(line, &self.state) > 0 {
                    decorative |= (format.read_line)(line, &mut self.state) == Line::Nothing;
                }
            }
        }
        if best == 0 && decorative {
            return;
        }
        if let Some(sum) = winner {
            *sum += usize::from(best);
        }
        self.of += 1;
        self.lines += usize::from(best > 0);
        self.total += usize::from(best);
    }
}

/// What [`score`] found.
#[derive(Clone, Copy, Debug)]
pub struct Recognised {
    /// The dialect of most lines.
    pub format: &'static Format,
    /// 0 to 100: the mean over all lines.
    pub value: u8,
    /// Lines that are of any dialect.
    pub lines: usize,
    /// Lines that were looked at.
    pub of: usize,
}

/// Whether a line only frames others: a comment, a rule of a table.
pub fn is_decoration(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('#')
        || line.starts_with("//")
        || line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'=' | b'+' | b'*' | b'.' | b'_'))
}

/// Cheap signs of what other readers own: trace lines, markup, console prompts, exceptions.
fn not_a_log_line(line: &str) -> bool {
    let text = line.trim_start();
    let bytes = text.as_bytes();
    match bytes {
        [] | [b'+' | b'$' | b'*', b' ', ..] => true,
        // "<< 200 OK" is how mitmproxy shows an answer.
        [b'<', b'<', b' ', third, ..] => !third.is_ascii_digit(),
        [b'<', second, ..] => !second.is_ascii_digit(),
        // A trace line has blanks between its brackets, mitmproxy's has none.
        [b'[', a, b, b':', ..] => a.is_ascii_digit() && b.is_ascii_digit() && !text.contains("]["),
        [b'[', ..] => is_level_tag(text),
        [b'P', b'S', b' ', drive, b':', ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// `[INFO ]`, `[ERROR]` and the like at the beginning of a trace line.
fn is_level_tag(text: &str) -> bool {
    ["[INFO", "[ERROR", "[WARN", "[VERB", "[DEBUG", "[TRACE", "[FATAL"].iter().any(|tag| text.starts_with(tag))
}

/// The value of a cell, or the empty text where the log writes a mark for "nothing".
fn meaningful(value: &str) -> &str {
    match value.trim() {
        "-" | "--" | "\"-\"" | "NA" | "N/A" | "n/a" | "None" | "none" | "null" | "NULL" | "(null)" | "Unknown"
        | "unknown" => "",
        other => other,
    }
}

#[cfg(test)]
mod tests;
