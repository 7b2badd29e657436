//! `QRadar`'s Log Event Extended Format, bare or behind a syslog header.
//!
//! ```text
//! LEEF:1.0|Vendor|Product|Version|EventID|src=10.9.0.14<TAB>dst=192.0.2.7<TAB>url=host:443
//! LEEF:2.0|Vendor|Product|Version|EventID|^|src=10.9.0.14^dst=192.0.2.7^url=host:443
//!                                         └ the separator: a character, or its code as x5E or 0x5E
//! ```
//!
//! Some makers separate with bars, and pastes turn the tabs into blanks: then the next `key=` ends a value.

use super::fields::Fields;
use super::pairs::pairs;
use super::{Format, Line, State, time};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "leef",
    name: "Log Event Extended Format",
    source: "IBM: LEEF event format, versions 1.0 and 2.0",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "LEEF:1.0|Maker|Feed|4.1|Allowed|cat=Allowed\tdevTime=May 14 2026 07:30:15 GMT\tsrc=10.9.0.14\tdst=192.0.2.7\tsrcBytes=3687\tdstBytes=7557\turl=login.microsoftonline.com:443\treqmethod=CONNECT\trespcode=200",
        "<13>May 14 07:30:16 gw LEEF:2.0|Maker|Feed|4.1|Blocked|^|cat=Blocked^src=10.9.0.14^url=login.windows.net:443^policy=Not allowed^respcode=403",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if extension(line).is_some() { 97 } else { 0 }
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    let Some((event, rest)) = extension(line) else {
        return Line::Unreadable("expected LEEF:version|vendor|product|version|event| and pairs");
    };
    let mut fields = Fields::default();
    let mut after = None;
    let mut put = |name, value| {
        if let Some(synonym) = state.keys.lookup(name, &mut after) {
            fields.put(synonym, value);
        }
    };
    match separator(rest) {
        Some((separator, rest)) => {
            let named = rest.split(separator).filter_map(|pair| pair.split_once('='));
            named.for_each(|(name, value)| put(name.trim(), value));
        }
        None => pairs(rest).for_each(|(name, value)| put(name, value)),
    }
    // The event's own name is often the verdict.
    fields.put(super::fields::Synonym { field: super::fields::Field::Verdict, rank: 1 }, event);
    let mut record = fields.record();
    if record.time_text.is_empty() {
        record.time_text = time::leading(line);
        (record.time, record.zoned) = time::moment(record.time_text, "", time::DayOrder::MonthFirst);
    }
    Line::Record(record)
}

/// The event id, and what follows it.
pub(super) fn extension(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b"LEEF:")?;
    let head = line.get(at..)?;
    let mut bars = memchr::memchr_iter(b'|', head.as_bytes());
    let (fourth, fifth) = (bars.nth(3)?, bars.next()?);
    Some((head.get(fourth + 1..fifth)?, head.get(fifth + 1..)?))
}

/// The separator, and the pairs without its declaration.
fn separator(rest: &str) -> Option<(char, &str)> {
    if let Some((declared, after)) = rest.split_once('|')
        && !declared.contains('=')
    {
        let mut chars = declared.chars();
        return match (chars.next(), chars.next()) {
            (None, _) => Some(('\t', after)),
            (Some(one), None) => Some((one, after)),
            _ => {
                let code = declared.trim_start_matches('0').trim_start_matches(['x', 'X']);
                u8::from_str_radix(code, 16).ok().map(|code| (char::from(code), after))
            }
        };
    }
    ['\t', '|'].into_iter().find(|&c| rest.contains(c)).map(|c| (c, rest))
}
