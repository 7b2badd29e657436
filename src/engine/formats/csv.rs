//! A table with a header row, of any maker: exports of a console, of a spreadsheet, of Log Analytics. The names in
//! the header are looked up in the table that all dialects share ([`super::fields`]).
//!
//! ```text
//! Timestamp,Client IP,Host,Method,Status,Action
//! "2026-03-14 09:26:53","10.9.0.14","login.microsoftonline.com","CONNECT","200","Allowed"
//! ```

use super::fields::{Field, Fields, Synonym, lookup};
use super::{Format, Line, State};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "csv",
    name: "Table with a header row",
    source: "RFC 4180; names as of the consoles that export it",
    date: "2026-11",
    has_outcomes: true,
    strict: false,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Timestamp,Client IP,Host,Method,Status,Action",
        "\"2026-03-14 09:26:53\",\"10.9.0.14\",\"login.microsoftonline.com\",\"CONNECT\",\"200\",\"Allowed\"",
        "\"2026-03-14 09:26:54\",\"10.9.0.14\",\"graph.microsoft.com\",\"CONNECT\",\"403\",\"Blocked\"",
    ],
};

fn recognise(line: &str, state: &State) -> u8 {
    if header(line).is_some() || raw_column(line).is_some() {
        return 93;
    }
    if let Some((separator, column)) = state.csv_raw {
        let inner = raw_cell(line, separator, column);
        let known = super::recognise_line(&inner).filter(|(_, value)| *value >= 60);
        return if known.is_some() { 97 } else { 0 };
    }
    if state.csv.is_empty() {
        return 0;
    }
    let cells = Cells::new(line, state.csv_separator).count();
    if cells == state.csv.len() {
        96
    } else if cells + 2 >= state.csv.len() && cells >= 3 {
        60
    } else {
        0
    }
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    if let Some(raw) = raw_column(line) {
        state.csv_raw = Some(raw);
        return Line::Nothing;
    }
    if let Some((separator, columns)) = header(line) {
        state.csv = columns;
        state.csv_separator = separator;
        state.csv_utc = line.contains("[UTC]") || line.contains("(UTC)");
        state.csv_raw = None;
        return Line::Nothing;
    }
    if line.starts_with('#') {
        return Line::Nothing;
    }
    if let Some((separator, column)) = state.csv_raw {
        return Line::Wrapped(raw_cell(line, separator, column));
    }
    let mut fields = Fields::default();
    let mut cells = 0;
    for (cell, column) in Cells::new(line, state.csv_separator).zip(&state.csv) {
        cells += 1;
        if let Some(synonym) = column {
            fields.put(*synonym, cell);
        }
    }
    if state.csv_utc {
        fields.put(Synonym { field: Field::Zone, rank: 1 }, "UTC");
    }
    if cells < 3 || cells + 2 < state.csv.len() {
        return Line::Unreadable("expected as many cells as the header row has");
    }
    Line::Record(fields.record())
}

/// The separator and the column that holds whole records of a device, as searches of a log collector export them.
fn raw_column(line: &str) -> Option<(u8, usize)> {
    const NAMES: [&str; 6] = ["_raw", "raw", "rawlog", "rawevent", "raw message", "raw_message"];
    if line.len() > 4000 || line.contains(['=', '{']) {
        return None;
    }
    // A table of one column separates nothing.
    let separator = separator(line).unwrap_or(b',');
    let named = |names: &[&str]| {
        Cells::new(line, separator).position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
    };
    // Collectors that know nothing of the record but when and from whom it came have it in a column with a plain name.
    let plain = || {
        let stamped = named(&["timestamp", "@timestamp", "time", "date", "receivedat", "generated", "_time"]).is_some();
        let few = Cells::new(line, separator).count() <= 8 && header(line).is_none();
        if stamped && few { named(&["message", "msg", "syslogmessage", "event", "event.original"]) } else { None }
    };
    let column = named(&NAMES).or_else(plain)?;
    Some((separator, column))
}

/// The record in that column, its doubled quotes single again.
fn raw_cell(line: &str, separator: u8, column: usize) -> String {
    Cells::new(line, separator).nth(column).unwrap_or("").replace("\"\"", "\"")
}

/// What stands between the cells of a header row: what it holds most of.
fn separator(line: &str) -> Option<u8> {
    let count = |separator: &u8| memchr::memchr_iter(*separator, line.as_bytes()).count();
    [b'|', b'\t', b';', b','].into_iter().filter(|separator| count(separator) > 0).max_by_key(count)
}

/// The columns of a header row with their separator: names only, and enough of them known.
fn header(line: &str) -> Option<(u8, Vec<Option<Synonym>>)> {
    if line.len() > 4000 || line.contains(['=', '{']) {
        return None;
    }
    let separator = separator(line)?;
    let line = line.trim().trim_matches(|c| separator == b'|' && (c == '|' || c == ' '));
    // Zeek puts a word in front of the names, and none in front of the values.
    let line = line.strip_prefix("#fields\t").unwrap_or(line);
    let is_name = |cell: &str| {
        cell.len() <= 60
            && !cell.bytes().next().is_some_and(|b| b.is_ascii_digit())
            // Elasticsearch calls the time of a record @timestamp.
            && !cell.trim_start_matches('@').contains(['/', '@'])
    };
    let mut columns = Vec::new();
    let mut hosts = 0;
    for cell in Cells::new(line, separator) {
        if !is_name(cell) {
            return None;
        }
        // "TimeGenerated [UTC]", "Duration (ms)".
        let bare = || lookup(cell.split(['[', '(']).next().unwrap_or(""));
        let column = lookup(cell).or_else(bare);
        // "source.ip" and "user.name" look like hosts, and are names of columns where most are.
        hosts += usize::from(column.is_none() && super::target::is_host_name(cell));
        columns.push(column);
    }
    let has = |fields: &[Field]| columns.iter().flatten().any(|column| fields.contains(&column.field));
    let known = columns.iter().flatten().count();
    let named = has(&[Field::Host, Field::Url, Field::RequestLine]);
    let ended = has(&[Field::Verdict, Field::Status, Field::Method, Field::Flags]);
    let called = has(&[Field::Client]) && has(&[Field::When, Field::Time, Field::Date]);
    let enough = named && (ended || called) || has(&[Field::Address]) && ended;
    (known >= 3 && known > hosts * 2 && columns.len() >= 3 && enough).then_some((separator, columns))
}

/// The cells of a row. Quotes hold separators; a doubled quote inside stays as it is.
pub(super) struct Cells<'a> {
    rest: &'a str,
    separator: u8,
    done: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn new(line: &'a str, separator: u8) -> Self {
        let line = line.trim_matches(['\r', ' ', '\u{feff}']);
        let line = if separator == b'|' { line.trim_matches('|') } else { line };
        Self { rest: line, separator, done: line.is_empty() }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        if bytes.first() == Some(&b'"') {
            from = 1;
            while let Some(found) = bytes.get(from..).and_then(|tail| memchr::memchr(b'"', tail)) {
                from += found + 1;
                if bytes.get(from) != Some(&b'"') {
                    break;
                }
                from += 1;
            }
        }
        let end = bytes
            .get(from..)
            .and_then(|tail| memchr::memchr(self.separator, tail))
            .map_or(bytes.len(), |found| from + found);
        let cell = self.rest.get(..end)?;
        self.done = end >= bytes.len();
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        Some(cell.trim().trim_matches('"'))
    }
}
