//! Calendar days in a text: how late the evidence is, whatever its language. The engine has no clock of its own.

use crate::artifact::{Part, Span};
use crate::formats::time::iso_utc;
use std::ops::Range;

/// Year, month, day.
pub type Day = (u16, u8, u8);

/// What stands before the day on which something was written. Compared in lower case.
const LABELS: &[&str] = &[
    "timecreated",
    "time",
    "date",
    "sent",
    "logged",
    "datum",
    "gesendet",
    "envoyé",
    "fecha",
    "enviado",
    "日期",
    "时间",
    "發送時間",
    "发送时间",
    "日時",
    "送信日時",
];

/// The latest day on which a line of the text was written, and its place: it begins the line, or stands behind the label
/// of an event or a mail. Of any other day nobody knows whether it has come, as of the end of a certificate.
pub fn latest(part: &Part) -> Option<(Day, Span)> {
    let mut latest: Option<(Day, Span)> = None;
    for (start, line) in part.lines() {
        if let Some((day, range)) = latest_in(line)
            && is_stamp(line.get(..range.start).unwrap_or(""))
            && latest.is_none_or(|(before, _)| day > before)
        {
            latest = Some((day, part.span(start + range.start..start + range.end)));
        }
    }
    latest
}

/// Whether what stands in front of a day is nothing, or the label of a time.
fn is_stamp(before: &str) -> bool {
    let label = before.trim_matches(|c: char| !c.is_alphanumeric());
    label.is_empty() || LABELS.contains(&label.to_lowercase().as_str())
}

/// The latest day in a text or in the name of a file: `2026-11-16`, `2026/11/16`, `2026年11月16日`, `20261116`,
/// `16.11.2026`, `11/16/2026`. Of the two that `02/03/2026` may mean it is the earlier one.
pub fn latest_in(text: &str) -> Option<(Day, Range<usize>)> {
    let mut latest: Option<(Day, Range<usize>)> = None;
    for at in memchr::memmem::find_iter(text.as_bytes(), b"20") {
        let found = compact(text, at).or_else(|| year_first(text, at)).or_else(|| year_last(text, at));
        if let Some((day, range)) = found
            && stands_alone(text, &range)
            && latest.as_ref().is_none_or(|(before, _)| day > *before)
        {
            latest = Some((day, range));
        }
    }
    latest
}

/// The day of a moment in seconds since 1970.
pub fn of_seconds(seconds: i64) -> Day {
    let text = iso_utc(seconds);
    latest_in(&text).map_or((0, 0, 0), |(day, _)| day)
}

/// The number that stands here in `least` to `most` digits, and where it ends.
fn number(text: &str, at: usize, digits: Range<usize>) -> Option<(u16, usize)> {
    let rest = text.get(at..)?;
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let value = rest.get(..count)?.parse().ok()?;
    digits.contains(&count).then_some((value, at + count))
}

/// A day that there is, in a year in which the product is in use.
fn day(year: u16, month: u16, day: u16) -> Option<Day> {
    let is_day = (2020..2040).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then_some((year, month as u8, day as u8))
}

/// Whether it is no part of a longer number, or of the number of a release.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).unwrap_or("");
    let mut behind = text.get(place.end..).unwrap_or("").chars();
    let goes_on = match behind.next() {
        Some('.') => behind.next().is_some_and(|c| c.is_ascii_digit()),
        next => next.is_some_and(|c| c.is_ascii_digit()),
    };
    !goes_on && !before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
}

fn compact(text: &str, at: usize) -> Option<(Day, Range<usize>)> {
    let digits = text.get(at..at + 8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let part = |range: Range<usize>| digits.get(range)?.parse().ok();
    Some((day(part(0..4)?, part(4..6)?, part(6..8)?)?, at..at + 8))
}

fn year_first(text: &str, at: usize) -> Option<(Day, Range<usize>)> {
    let (year, after) = number(text, at, 4..5)?;
    let separator = text.get(after..)?.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    let (month, after) = number(text, after + separator.len_utf8(), 1..3)?;
    let next = if separator == '年' { '月' } else { separator };
    let after = after + text.get(after..)?.strip_prefix(next).map(|_| next.len_utf8())?;
    let (of_month, end) = number(text, after, 1..3)?;
    Some((day(year, month, of_month)?, at..end))
}

fn year_last(text: &str, at: usize) -> Option<(Day, Range<usize>)> {
    let (year, end) = number(text, at, 4..5)?;
    let before = text.get(..at)?;
    let separator = before.chars().next_back().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let mut parts = before.get(..at - 1)?.rsplitn(3, |c: char| !c.is_ascii_digit());
    let (second, first) = (parts.next()?, parts.next()?);
    let start = at.checked_sub(first.len() + second.len() + 2)?;
    let is_one = text.get(start + first.len()..)?.starts_with(separator);
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    // Only with dots everybody writes the day first.
    let american = if separator == '.' { None } else { day(year, first, second) };
    let found = [day(year, second, first), american].into_iter().flatten().min()?;
    is_one.then_some((found, start..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_day_in_the_spelling_of_any_country() {
        for text in [
            "2026-11-16T08:00:03Z",
            "[2026/11/16 08:00:03]",
            "发送时间: 2026年11月16日 8:00",
            "trace-20261116-080003.log",
            "Date: 16.11.2026 08:00",
            "11/16/2026 8:00:03 AM",
            "16/11/2026",
        ] {
            let (day, range) = latest_in(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(day, (2026, 11, 16), "{text}");
            assert!(text[range].contains("2026"), "{text}");
        }
    }

    #[test]
    fn only_a_day_on_which_something_was_written_dates_a_text() {
        let dated = |text: &str| latest(&Part::whole(&Source::decode("a", text.as_bytes()))).map(|(day, _)| day);
        for text in ["[2026-11-16 08:00:03] failed", "TimeCreated : 16.11.2026 08:00", "发送时间: 2026年11月16日"]
        {
            assert_eq!(dated(text), Some((2026, 11, 16)), "{text}");
        }
        for text in
            ["Valid to: 2027-03-01", "Expiration Date: 2027-03-01", "2026-05-14 the certificate ends 2027-03-01"]
        {
            assert_eq!(dated(text), None, "{text}");
        }
    }

    #[test]
    fn the_latest_day_counts_and_of_two_readings_the_earlier_one() {
        assert_eq!(latest_in("2026-05-14 2026-11-16 2026-09-30").map(|(day, _)| day), Some((2026, 11, 16)));
        assert_eq!(latest_in("10/11/2026").map(|(day, _)| day), Some((2026, 10, 11)));
    }

    #[test]
    fn what_only_looks_like_a_day_is_none() {
        for text in ["2.5.2026.0", "10.20.30.40", "2026", "120261116", "2026-13-01", "call 2020 times", "20 26-11-16"] {
            assert_eq!(latest_in(text), None, "{text}");
        }
    }
}
