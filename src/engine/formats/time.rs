//! Time stamps as logs write them, by hand: no time-zone database, no locale.

/// Which of two small numbers before the year is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `15/04/2024`.
    DayFirst,
    /// `4/15/2024`.
    MonthFirst,
}

/// Seconds since 1970. Reads Unix times in seconds, milliseconds, microseconds and nanoseconds, ISO 8601, the
/// Apache form, `MMM dd yyyy HH:mm:ss`, `ddd MMM dd HH:mm:ss yyyy`, `yyyy:MM:dd-HH:mm:ss` and dates with slashes,
/// dots or dashes. `zone` (`+0800`) counts where the text has none; without either the time is taken as it stands.
/// `None` for text without a year.
pub fn unix_seconds(text: &str, zone: &str, order: DayOrder) -> Option<i64> {
    moment(text, zone, order).0
}

/// As [`unix_seconds`], with whether the text or `zone` tells the zone, as Unix times do.
pub fn moment(text: &str, zone: &str, order: DayOrder) -> (Option<i64>, bool) {
    let text = text.trim().trim_matches(['[', ']', '"']);
    if let Some(seconds) = unix_number(text) {
        return (Some(seconds), true);
    }
    let Some(stamp) = Stamp::scan(text, order) else {
        return (None, false);
    };
    let offset = stamp.offset.or_else(|| offset_minutes(zone));
    let seconds = days_since_1970(stamp.year, stamp.month, stamp.day)
        .map(|days| days * 86_400 + stamp.seconds_of_day - offset.unwrap_or(0) * 60);
    (seconds, seconds.is_some() && offset.is_some())
}

/// `1564655684.277`, `1653557213000`, `1778115684732540156`.
fn unix_number(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Some(number),
        12 | 13 => Some(number / 1_000),
        15 | 16 => Some(number / 1_000_000),
        18 | 19 => Some(number / 1_000_000_000),
        _ => None,
    }
}

struct Stamp {
    year: i64,
    month: i64,
    day: i64,
    seconds_of_day: i64,
    offset: Option<i64>,
}

impl Stamp {
    /// One pass over the text: numbers go to the next free place, month names and `PM` are noted, a sign after
    /// the time begins an offset.
    fn scan(text: &str, order: DayOrder) -> Option<Self> {
        let bytes = text.as_bytes();
        let (mut year, mut month, mut offset) = (None, None, None);
        let mut small = [0i64; 2];
        let mut small_count = 0;
        let mut clock = [0i64; 3];
        let mut clock_count = 0;
        let (mut afternoon, mut morning) = (false, false);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_digit() {
                let start = at;
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                let digits = text.get(start..at)?;
                let before = start.checked_sub(1).and_then(|i| bytes.get(i)).copied();
                if clock_count == 3 && matches!(before, Some(b'.' | b',')) {
                    continue;
                }
                let value: i64 = if digits.len() <= 4 {
                    digits.parse().ok()?
                } else {
                    return None;
                };
                let date_known = year.is_some() && (small_count == 2 || (month.is_some() && small_count == 1));
                let colon_follows = bytes.get(at) == Some(&b':');
                let in_clock = (clock_count > 0 && clock_count < 3 && before == Some(b':'))
                    || (clock_count == 0
                        && colon_follows
                        && digits.len() <= 2
                        && (date_known || month.is_some() && small_count == 1));
                if in_clock {
                    *clock.get_mut(clock_count)? = value;
                    clock_count += 1;
                } else if digits.len() == 4 && year.is_none() {
                    year = Some((value, small_count));
                } else if small_count < 2 && !(month.is_some() && small_count == 1) {
                    *small.get_mut(small_count)? = value;
                    small_count += 1;
                } else {
                    break;
                }
            } else if byte.is_ascii_alphabetic() {
                let start = at;
                while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                    at += 1;
                }
                let word = text.get(start..at)?;
                match word {
                    "Z" | "GMT" | "UTC" if clock_count > 0 => offset = Some(0),
                    "AM" | "am" => morning = true,
                    "PM" | "pm" => afternoon = true,
                    _ => month = month.or_else(|| month_number(word)),
                }
            } else if matches!(byte, b'+' | b'-') && clock_count >= 2 {
                offset = offset.or_else(|| offset_minutes(text.get(at..).unwrap_or("")));
                // What follows is the offset's own digits, except a year that stands at the end.
                at += 1;
                while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b':') {
                    at += 1;
                }
            } else {
                at += 1;
            }
        }
        let (year, year_place) = year?;
        let [first, second] = small;
        let (month, day) = match (month, small_count, year_place) {
            (Some(month), 1, _) => (month, first),
            (None, 2, 0) => (first, second),
            (None, 2, _) if first > 12 || (order == DayOrder::DayFirst && second <= 12) => (second, first),
            (None, 2, _) => (first, second),
            _ => return None,
        };
        let [mut hour, minute, second] = clock;
        if afternoon && hour < 12 {
            hour += 12;
        } else if morning && hour == 12 {
            hour = 0;
        }
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 24 || minute > 59 || second > 60 {
            return None;
        }
        Some(Self { year, month, day, seconds_of_day: hour * 3600 + minute * 60 + second, offset })
    }
}

/// `+0800`, `-05:30`, `+11`, `UTC+2`, `Z`, in minutes. Names such as CET, which several offsets share, tell none.
fn offset_minutes(zone: &str) -> Option<i64> {
    let zone = zone.trim().trim_matches('"');
    let zone = match zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")) {
        Some("") => return Some(0),
        Some(rest) => rest,
        None => zone,
    };
    let sign = match zone.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        b'Z' => return Some(0),
        _ => return None,
    };
    let digits = zone.get(1..)?;
    let mut numbers = digits
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b':')
        .filter(u8::is_ascii_digit)
        .map(|b| i64::from(b - b'0'));
    let hours = match (numbers.next()?, numbers.next()) {
        (tens, Some(ones)) => tens * 10 + ones,
        (ones, None) => ones,
    };
    let minutes = match (numbers.next(), numbers.next()) {
        (Some(tens), Some(ones)) => tens * 10 + ones,
        _ => 0,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn month_number(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3)?;
    NAMES.iter().position(|name| head.eq_ignore_ascii_case(name)).and_then(|index| i64::try_from(index + 1).ok())
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's `days_from_civil`).
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1970..=9999).contains(&year) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted / 400;
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// `2026-05-12T12:54:01Z`, from seconds since 1970 (Howard Hinnant's `civil_from_days`).
pub fn iso_utc(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Whether a text begins with a date or a time of day, as records of a log do.
pub fn begins_with_time(text: &str) -> bool {
    let head: String = text.chars().take(24).collect();
    let head = head.trim_start_matches(['[', '"', ' ']);
    let bytes = head.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    match (digits, bytes.get(digits)) {
        (4, Some(b'-' | b'/' | b':' | b'.')) | (1 | 2, Some(b'/' | b'-' | b'.')) => {
            bytes.get(digits + 1).is_some_and(u8::is_ascii_digit)
                && bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 6
                || bytes.get(digits + 1).is_some_and(u8::is_ascii_alphabetic)
                    && month_number(head.get(digits + 1..).unwrap_or("")).is_some()
        }
        (2, Some(b':')) => bytes.get(3).is_some_and(u8::is_ascii_digit) && bytes.get(5) == Some(&b':'),
        (9 | 10, Some(b'.')) => bytes.iter().skip(digits + 1).take_while(|b| b.is_ascii_digit()).count() >= 3,
        (0, Some(_)) => {
            month_number(head).is_some()
                // RouterOS: "nov/17/2026 08:31:02".
                && matches!(bytes.get(3), Some(b' ' | b'/'))
                && bytes.iter().skip(4).take(3).any(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// The time that a line begins with, behind `<134>`, `<134>1 ` and marks of quoting; empty when there is none.
pub fn leading(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '\t', '|', '"', '>']);
    let text = match text.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((priority, rest)) if priority.len() <= 3 => rest.strip_prefix("1 ").unwrap_or(rest),
        _ => text,
    };
    if !begins_with_time(text) {
        return "";
    }
    // A header that lost the blank behind its time: "2026-03-14T09:26:53gw.corp.example".
    if let Some(stamp) = text.get(..19).filter(|stamp| stamp.as_bytes().get(10) == Some(&b'T'))
        && text.as_bytes().get(19).is_some_and(|b| b.is_ascii_alphabetic() && *b != b'Z')
        && stamp.bytes().filter(u8::is_ascii_digit).count() == 14
    {
        return stamp;
    }
    let mut end = 0;
    for word in text.split_inclusive([' ', '\t', ',', ';', '|', '"']).take(6) {
        let bare = word.trim_matches([' ', '\t', ',', ';', '|', '"', '[', ']']);
        let digits =
            bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'-' | b'/' | b'.' | b'+' | b'T' | b'Z'));
        let number = digits
            && !super::target::is_address(bare)
            && (bare.contains([':', '-', '/', '.', '+']) || bare.len() <= 2 && end <= 5);
        if !(number
            || matches!(bare, "" | "AM" | "PM" | "GMT" | "UTC")
            || month_number(bare).is_some() && bare.len() <= 9 && end <= 4
            || bare.contains('/') && begins_with_time(bare))
        {
            break;
        }
        end += word.len();
        if bare.contains(':') && text.get(end..).is_none_or(|rest| !rest.starts_with(['A', 'P', '+', '-', 'G', 'U'])) {
            break;
        }
    }
    text.get(..end).unwrap_or("").trim_matches([' ', '\t', ',', ';', '|', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        unix_seconds(text, "", DayOrder::MonthFirst)
    }

    #[test]
    fn one_moment_in_every_spelling_is_one_number() {
        let moment = Some(1_789_473_619);
        for text in [
            "1789473619",
            "1789473619.277",
            "1789473619100",
            "1789473619732540156",
            "2026-09-15T12:00:19Z",
            "2026-09-15T12:00:19.123Z",
            "2026-09-15T14:00:19+02:00",
            "2026-09-15T08:00:19-0400",
            "2026-09-15 12:00:19",
            "2026/09/15 12:00:19",
            "2026:09:15-12:00:19",
            "15/Sep/2026:14:00:19 +0200",
            "Sep 15 2026 12:00:19 GMT",
            "Sep 15 2026 12:00:19.000",
            "Tue Sep 15 12:00:19 2026",
            "9/15/2026 12:00:19",
            "9/15/2026 12:00:19 PM",
            "15.9.2026 12:00:19",
            "15Sep2026 12:00:19",
        ] {
            assert_eq!(seconds(text), moment, "{text}");
        }
        assert_eq!(unix_seconds("2026-09-15 20:00:19", "+0800", DayOrder::MonthFirst), moment);
    }

    #[test]
    fn a_moment_is_printed_in_utc_and_reads_back() {
        assert_eq!(iso_utc(1_778_590_441), "2026-05-12T12:54:01Z");
        for day in (0..60_000).step_by(7) {
            let moment = day * 86_400 + 86_399;
            assert_eq!(seconds(&iso_utc(moment)), Some(moment));
        }
    }

    #[test]
    fn the_day_comes_first_where_the_dialect_says_so() {
        assert_eq!(unix_seconds("05/02/2025 11:30:29", "", DayOrder::DayFirst), seconds("2025-02-05 11:30:29"));
        assert_eq!(seconds("1/11/2016 8:31"), seconds("2016-01-11 08:31:00"));
        assert_eq!(seconds("11/30/2016 12:05:00 AM"), seconds("2016-11-30 00:05:00"));
    }

    #[test]
    fn what_has_no_year_or_no_sense_is_no_time() {
        for text in [
            "",
            "Nov 17 22:12:41",
            "08:31:00",
            "2026-13-01 00:00:00",
            "2026-01-41",
            "443",
            "12:00",
            "99999999999999999999",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn the_time_in_front_of_a_line() {
        for (line, time) in [
            ("<134>1 2026-09-15T12:00:19Z gw fw", "2026-09-15T12:00:19Z"),
            ("<142>Apr 17 07:53:47 NAME SERIAL (x)", "Apr 17 07:53:47"),
            ("<13>Jul  8 10:00:31 gw filter: user", "Jul  8 10:00:31"),
            ("2015:03:02-00:39:22 host httpproxy[5207]: id", "2015:03:02-00:39:22"),
            ("2026-03-14 09:26:53 10.9.0.14 CONNECT", "2026-03-14 09:26:53"),
            ("\"2026-03-14 09:26:54\",\"PC1\"", "2026-03-14 09:26:54"),
            ("2026-03-14T09:26:53gw.corp.example proxy - main", "2026-03-14T09:26:53"),
            ("login.windows.net 403", ""),
        ] {
            assert_eq!(leading(line), time, "{line}");
        }
    }

    #[test]
    fn records_begin_with_a_time_and_sentences_do_not() {
        for text in [
            "2026-09-15 12:00",
            "1/11/2016 8:31",
            "Nov 17 22:12:41 host",
            "[15/04/2024 12:50:04]",
            "1564655684.277 3387",
            "08:31:22 x",
            "10/Oct/2000:13:55",
        ] {
            assert!(begins_with_time(text), "{text}");
        }
        for text in ["May I ask", "March the 3rd", "10.1.1.1", "443 is blocked", "1. open", ""] {
            assert!(!begins_with_time(text), "{text}");
        }
    }
}
