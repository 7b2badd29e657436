//! W3C Extended Log File Format: the columns are what the last `#Fields` line says.
//!
//! ```text
//! #Software: SGOS 7.3
//! #Fields: date time time-taken c-ip sc-status s-action cs-method cs-uri-scheme cs-host cs-uri-port cs-username sc-filter-result
//! 2026-03-14 09:26:53 57 10.9.0.14 200 TCP_TUNNELED CONNECT tcp login.microsoftonline.com 443 CORP\svc OBSERVED
//! ```
//!
//! Times are UTC unless the header says otherwise (`#Date: … EST (UTC-0400)`). `time-taken` is in milliseconds; a
//! header that calls it `time-taken(s)` or `x-seconds` says seconds. Texts with blanks are quoted. `-` is empty. The
//! ISA Server family writes its own codes into `sc-status` (12209: sign-in, 12202: denied). Web servers write the same
//! format (`cs-uri-stem`, `s-ip`): such records have no destination host.

use super::fields::{Field, Fields, Synonym, lookup};
use super::sighting::{Sighting, find_either, matters};
use super::time::{DayOrder, begins_with_time, moment};
use super::{Format, Glance, Line, Look, State, target};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "w3c-extended",
    name: "W3C extended log",
    source: "W3C: Extended Log File Format, WD-logfile-960323; Edge SWG, ISA Server and IIS field references",
    date: "2026-11",
    has_outcomes: true,
    strict: false,
    dates_begin: false,
    recognise,
    read_line,
    look: Some(Look { glance, skim: |skim, text, state| skim.run(text, state, glance), rest: |_| None }),
    samples: &[
        "#Fields: date time time-taken c-ip sc-status s-action cs-method cs-uri-scheme cs-host cs-uri-port cs-username sc-filter-result cs(User-Agent)",
        "2026-03-14 09:26:53 57 10.9.0.14 200 TCP_TUNNELED CONNECT tcp login.microsoftonline.com 443 CORP\\svc OBSERVED \"a b\"",
        "2026-03-14 09:26:54 1 10.9.0.14 403 TCP_DENIED CONNECT tcp adminwebservice.microsoftonline.com 443 - DENIED -",
        "2026-03-14 09:26:55 3 10.9.0.14 407 TCP_DENIED CONNECT tcp graph.microsoft.com 443 - DENIED -",
        // TMG's web proxy.
        "#Fields: c-ip\tcs-username\tc-agent\tdate\ttime\ts-computername\tr-host\tr-ip\tr-port\ttime-taken\tsc-bytes\tcs-bytes\tcs-protocol\ts-operation\tcs-uri\tsc-status\trule\taction",
        "10.9.0.14\tanonymous\tagent\t2026-03-14\t09:26:56\tTMG1\tlogin.windows.net\t192.0.2.7\t443\t60125\t7105\t1310\tSSL-tunnel\t-\tlogin.windows.net:443\t0\tEntra\tAllowed",
        "10.9.0.14\tanonymous\tagent\t2026-03-14\t09:26:57\tTMG1\tlogin.windows.net\t-\t443\t1\t4105\t310\tSSL-tunnel\t-\tlogin.windows.net:443\t12209\tEntra\tDenied",
        "10.9.0.14\tanonymous\tagent\t2026-03-14\t09:26:58\tTMG1\tgraph.microsoft.com\t-\t443\t1\t4105\t310\tSSL-tunnel\t-\tgraph.microsoft.com:443\t12202\tDefault rule\tDenied",
        // TMG's firewall.
        "#Fields: computer\tdate\ttime\tIP protocol\tsource\tdestination\toriginal client IP\taction\tstatus\trule\tapplication protocol\tbytes sent\tbytes received",
        "TMG1\t2026-03-14\t09:26:59\tTCP\t10.9.0.14:50001\t192.0.2.7:443\t10.9.0.14\tDenied\t0xc004000d\tDefault rule\tHTTPS\t0\t0",
        // Application Request Routing in front of a service.
        "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs-host sc-status sc-substatus sc-win32-status time-taken",
        "2026-03-14 09:27:00 192.0.2.80 POST /adfs/services/trust - 443 - 10.9.0.14 agent sts.corp.example 502 3 12002 120031",
    ],
};

fn recognise(line: &str, state: &State) -> u8 {
    if fields_of(line).is_some() {
        return 99;
    }
    if directive(line).is_some() {
        return 70;
    }
    if state.w3c.len() >= 3 && !line.trim_start().starts_with('#') {
        let cells = Cells::new(data(line)).count();
        return if cells == state.w3c.len() {
            98
        } else if is_long_enough(cells, state) && begins_with_time(data(line)) {
            90
        } else {
            0
        };
    }
    headless(line)
}

/// Data lines without their header: date and time apart, many columns, an address, a status.
fn headless(line: &str) -> u8 {
    let bytes = line.as_bytes();
    if bytes.get(4) != Some(&b'-')
        || bytes.get(10).is_none_or(|b| !matches!(b, b' ' | b'\t'))
        || bytes.get(13) != Some(&b':')
        || !begins_with_time(line)
    {
        return 0;
    }
    let (mut cells, mut addresses, mut statuses, mut empty) = (0, 0, 0, 0);
    for cell in Cells::new(line) {
        cells += 1;
        addresses += usize::from(target::is_address(cell));
        statuses +=
            usize::from(cell.len() == 3 && matches!(cell.as_bytes(), [b'2'..=b'5', b'0' | b'1' | b'2', b'0'..=b'9']));
        empty += usize::from(cell == "-");
    }
    if cells >= 8 && addresses >= 1 && statuses >= 1 && empty >= 1 { 70 } else { 0 }
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    if let Some(names) = fields_of(line) {
        state.w3c = Cells::new(names).filter(|name| !name.starts_with("//")).map(column).collect();
        let tells = |column: &Option<Synonym>| column.is_some_and(|column| matters(column.field));
        state.w3c_telling = state.w3c.iter().rposition(tells).map_or(3, |last| (last + 1).max(3));
        state.w3c_seconds = names.contains("time-taken(s)");
        return Line::Nothing;
    }
    if let Some((name, value)) = directive(line) {
        if name.eq_ignore_ascii_case("Date") {
            value.split(' ').next().unwrap_or("").clone_into(&mut state.w3c_date);
            state.w3c_local = names_other_zone(value);
        }
        return Line::Nothing;
    }
    if line.trim_start().starts_with(['#', '/']) {
        // The Windows Firewall writes local time, and says so.
        state.w3c_local |= line.trim_start().starts_with("#Time Format: Local");
        return Line::Nothing;
    }
    if state.w3c.is_empty() {
        let guess = super::generic_line::read_text(line);
        return guess.map_or(Line::Unreadable("expected a #Fields line before the records"), Line::Record);
    }
    let mut fields = Fields::default();
    let mut cells = 0;
    for (cell, column) in Cells::new(data(line)).zip(&state.w3c) {
        cells += 1;
        if let Some(synonym) = column {
            fields.put(*synonym, cell);
        }
    }
    if cells < 3 || !is_long_enough(cells, state) {
        return Line::Unreadable("expected the columns that #Fields names");
    }
    let mut record = fields.record();
    if state.w3c_seconds {
        record.duration_ms = record.duration_ms.map(|seconds| seconds.saturating_mul(1000));
    }
    if record.time.is_none() && record.date_text.is_empty() {
        let stamp = format!("{} {}", state.w3c_date, record.time_text);
        (record.time, record.zoned) = moment(&stamp, "", DayOrder::MonthFirst);
    }
    record.zoned |= record.time.is_some() && !state.w3c_local;
    // Only the Windows Firewall has such a column: a packet that this computer itself wanted to send.
    record.by_own_firewall = record.path == "SEND";
    Line::Record(record)
}

/// Whether a line has cells enough for a record: cells at its end may be empty, and what stands behind the last one
/// that tells anything may be cut off.
fn is_long_enough(cells: usize, state: &State) -> bool {
    cells >= state.w3c_telling || cells + 3 >= state.w3c.len()
}

/// A record with a date, a time, a host and an ending. Behind the last column that tells any of them nothing is looked
/// at.
fn glance<'a>(line: &'a [u8], state: &mut State) -> Option<Glance<'a>> {
    let ([first, _, _, fourth, ..], [.., last]) = (line, line) else { return None };
    let may_be_header = matches!(first, b'#' | b'/' | b'<' | b'"') || first.is_ascii_alphabetic() && *fourth == b' ';
    if state.w3c.len() < 3 || !first.is_ascii_graphic() || !last.is_ascii_graphic() || may_be_header {
        return None;
    }
    // A directive, or a header of CEF or LEEF, may stand anywhere in a line.
    let has_tabs = match memchr::memchr3(b'#', b'|', b'\t', line) {
        None => false,
        Some(at) => {
            if line.get(at) != Some(&b'\t') || memchr::memchr2(b'#', b'|', line.get(at..)?).is_some() {
                return None;
            }
            true
        }
    };
    let separator = if has_tabs { b'\t' } else { b' ' };
    let mut sighting = Sighting::default();
    let mut at = 0;
    // As `Cells` cuts a line.
    for column in state.w3c.get(..state.w3c_telling)? {
        while !has_tabs && line.get(at) == Some(&b' ') {
            at += 1;
        }
        if at >= line.len() {
            return None;
        }
        let (start, end) = match line.get(at) {
            Some(quote @ (b'"' | b'\'')) => match quoted(line, at, *quote) {
                Some(end) => (at + 1, end),
                None => (at, find_either(line, at, separator, separator).unwrap_or(line.len())),
            },
            Some(b'-') if line.get(at + 1) == Some(&separator) => (at, at + 1),
            _ => (at, find_either(line, at, separator, separator).unwrap_or(line.len())),
        };
        if let Some(column) = column
            && matters(column.field)
        {
            sighting.see(*column, line.get(start..end)?, &mut state.memo)?;
        }
        at = end + 1 + usize::from(start > at);
    }
    sighting.finish(&mut state.memo)
}

/// Where the quote ends a cell that the one at `at` began.
fn quoted(line: &[u8], at: usize, quote: u8) -> Option<usize> {
    let end = at + 1 + memchr::memchr(quote, line.get(at + 1..)?)?;
    matches!(line.get(end + 1), None | Some(b' ' | b'\t')).then_some(end)
}

/// Whether a `#Date` names a zone that is not UTC behind its date and time.
fn names_other_zone(date: &str) -> bool {
    let zone = date.split([' ', '\t']).filter(|word| !word.is_empty()).nth(2).unwrap_or("");
    !zone.is_empty() && !zone.starts_with('/') && !matches!(zone, "UTC" | "GMT" | "Z")
}

/// What a column says. `s-ip` and `s-port` are the device's own, `cs-ip` is where it connected.
fn column(name: &str) -> Option<Synonym> {
    match name {
        "s-ip" | "s-port" | "s-computername" | "s-sitename" => None,
        "r-ip" | "cs-ip" => Some(Synonym { field: Field::Address, rank: 8 }),
        "action" => Some(Synonym { field: Field::Verdict, rank: 6 }),
        _ => lookup(name),
    }
}

/// The names after `#Fields:`, whatever a collector put in front.
fn fields_of(line: &str) -> Option<&str> {
    let at = memchr::memmem::find(line.as_bytes(), b"#Fields:")?;
    line.get(at + 8..)
}

/// Name and value of `#Software: …` and its kin.
fn directive(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memchr(b'#', line.as_bytes()).filter(|at| *at <= 120)?;
    let (name, value) = line.get(at + 1..)?.split_once(':')?;
    ["Software", "Version", "Date", "Start-Date", "End-Date", "Remark"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
        .then(|| (name, value.trim()))
}

/// A data line without the syslog header of a collector.
fn data(line: &str) -> &str {
    let line = line.trim_matches([' ', '\t', '\r']);
    // "Aug 18 12:30:46 10.8.24.10 2016-08-18 05:30:54 …": the record begins with its own date.
    if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '<')
        && begins_with_time(line.trim_start_matches(|c: char| c == '<' || c == '>' || c.is_ascii_digit()))
    {
        let own = line.char_indices().map(|(at, _)| at).skip(15).take(80).find(|&at| {
            let rest = line.get(at..).unwrap_or("").as_bytes();
            rest.get(4) == Some(&b'-') && rest.get(7) == Some(&b'-') && rest.iter().take(4).all(u8::is_ascii_digit)
        });
        return own.and_then(|at| line.get(at..)).unwrap_or(line);
    }
    line
}

/// The cells of a line: separated by tabs where there are any, otherwise by blanks; quotes hold blanks together.
struct Cells<'a> {
    rest: &'a str,
    tabs: bool,
    done: bool,
}

impl<'a> Cells<'a> {
    fn new(line: &'a str) -> Self {
        let line = line.trim();
        Self { rest: line, tabs: line.contains('\t'), done: line.is_empty() }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.done {
            return None;
        }
        if !self.tabs {
            self.rest = self.rest.trim_start_matches(' ');
        }
        let bytes = self.rest.as_bytes();
        let quote = bytes.first().copied().filter(|b| matches!(b, b'"' | b'\''));
        if let Some(quote) = quote
            && let Some(end) = bytes.get(1..).and_then(|tail| memchr::memchr(quote, tail))
            && matches!(bytes.get(end + 2), None | Some(b' ' | b'\t'))
        {
            let cell = self.rest.get(1..=end)?;
            self.advance(end + 2);
            return Some(cell);
        }
        let separator = if self.tabs { b'\t' } else { b' ' };
        let end = memchr::memchr(separator, bytes).unwrap_or(bytes.len());
        let cell = self.rest.get(..end)?;
        self.advance(end);
        Some(cell)
    }
}

impl Cells<'_> {
    fn advance(&mut self, end: usize) {
        self.done = end >= self.rest.len();
        self.rest = self.rest.get(end + 1..).unwrap_or("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_last_header() {
        let mut state = State::default();
        read_line("#Fields: time cs-host sc-status", &mut state);
        read_line("#Date: 2026-03-14 09:00:00", &mut state);
        let Line::Record(first) = read_line("09:26:53 login.microsoftonline.com 200", &mut state) else {
            panic!("no record")
        };
        assert_eq!(
            (first.host.as_ref(), first.time),
            ("login.microsoftonline.com", moment("2026-03-14 09:26:53", "", DayOrder::MonthFirst).0)
        );
        read_line("#Fields: date time sc-status cs-host", &mut state);
        let Line::Record(second) = read_line("2026-03-14 09:26:53 407 graph.microsoft.com", &mut state) else {
            panic!("no record")
        };
        assert_eq!((second.host.as_ref(), second.status), ("graph.microsoft.com", "407"));
    }

    #[test]
    fn a_line_cut_off_behind_its_last_telling_column_is_a_record_and_one_cut_off_before_is_none() {
        let mut state = State::default();
        let names =
            "#Fields: date time c-ip cs-host sc-status cs(User-Agent) sc-bytes cs-bytes x-virus-id x-note x-more";
        read_line(names, &mut state);
        let cut = "2026-03-14 09:26:53 10.9.0.14 graph.microsoft.com 407";
        let Line::Record(record) = read_line(cut, &mut state) else { panic!("no record") };
        assert_eq!((record.host.as_ref(), record.status), ("graph.microsoft.com", "407"));
        assert!(glance(cut.as_bytes(), &mut state).is_some_and(|seen| seen.host == b"graph.microsoft.com"));
        let cut = "2026-03-14 09:26:53 10.9.0.14 graph.microsoft.com";
        assert!(matches!(read_line(cut, &mut state), Line::Unreadable(_)));
        assert!(glance(cut.as_bytes(), &mut state).is_none());
    }

    #[test]
    fn a_collector_may_stand_in_front() {
        assert_eq!(
            data("Aug 18 12:30:46 10.8.24.10 2016-08-18 05:30:54 1010 10.8.10.114"),
            "2016-08-18 05:30:54 1010 10.8.10.114"
        );
    }
}
