//! The details of one record, as the console of a firewall or proxy copies them: one field on each line.
//!
//! ```text
//! Time:                          2026-11-16T07:41:09Z
//! Source:                        SRV01 (10.9.0.14)
//! Destination Port:              443
//! Resource:                      https://graph.microsoft.com/
//! Action:                        Reject
//! └ name, with a colon, a tab    └ value; an address may stand in parentheses behind its name
//!   or blanks behind it
//! ```
//!
//! All lines together are one record: [`super::wrapped`] finds them and joins them.

use super::fields::{Field, Fields, Synonym, lookup};
use super::{Format, Line, Record, State, target, verdict};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "log-card",
    name: "Details of one record, a field on each line",
    source: "Check Point SmartConsole: log details; Azure Log Analytics: a row with its columns below each other",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Time:                2026-11-16T07:41:09Z\nSource:              SRV01 (10.9.0.14)\nDestination:         192.0.2.7\nDestination Port:    443\nResource:            https://graph.microsoft.com/\nAction:              Reject\nBlade:               URL Filtering",
        "Time:                2026-11-16T07:41:12Z\nSource:              10.9.0.14\nDestination:         192.0.2.8\nDestination Port:    443\nTLS Server Host Name (SNI):  login.microsoftonline.com\nAction:              Accept",
    ],
};

/// Fewer lines than this are no details of a record.
const MIN_LINES: usize = 6;

fn recognise(text: &str, _: &State) -> u8 {
    if record(text).is_some() { 96 } else { 0 }
}

fn read_line<'a>(text: &'a str, _: &mut State) -> Line<'a> {
    record(text)
        .map_or(Line::Unreadable("expected a field on each line, with source, destination and action"), Line::Record)
}

/// The name and the value of a field that stands alone on its line; the value may be empty.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 40;
    let line = line.trim();
    let colon = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
    let (name, value) = colon.or_else(|| line.split_once('\t')).or_else(|| line.split_once("  "))?;
    let name = name.trim_end();
    let is_name = name.starts_with(char::is_alphabetic)
        && name.len() <= LONGEST
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '[' | ']'));
    is_name.then_some((name, value.trim()))
}

/// The record in these lines, if they say who called whom and what was decided.
fn record(text: &str) -> Option<Record<'_>> {
    if !text.contains('\n') {
        return None;
    }
    let mut fields = Fields::default();
    let mut count = 0;
    for line in text.lines() {
        let (name, value) = field(line)?;
        count += 1;
        // "TLS Server Host Name (SNI)", "TimeGenerated [UTC]".
        let bare = || lookup(name.split(['(', '[']).next().unwrap_or(""));
        let Some(synonym) = lookup(name).or_else(bare) else { continue };
        if name.ends_with("[UTC]") || name.ends_with("(UTC)") {
            fields.put(Synonym { field: Field::Zone, rank: 1 }, "UTC");
        }
        let is_place = matches!(synonym.field, Field::Client | Field::Address);
        fields.put(synonym, if is_place { address_in(value) } else { value });
    }
    let says = |field| !fields.get(field).is_empty();
    let decided = [Field::Verdict, Field::Status].into_iter().any(|field| {
        verdict::verdict(fields.get(field)).is_some() || verdict::status_number(fields.get(field)).is_some()
    });
    let somewhere = says(Field::Host) || says(Field::Url) || says(Field::Address) && says(Field::Port);
    (count >= MIN_LINES && decided && somewhere && target::is_address(fields.get(Field::Client)))
        .then(|| fields.record())
}

/// The address in `SRV01 (10.9.0.14)`, or all of a text without one.
fn address_in(value: &str) -> &str {
    let inner = value.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    inner.map_or(value, |(_, inner)| if target::is_address(inner) { inner } else { value })
}
