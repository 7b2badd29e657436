//! Times of logs as people read them. No view.

/// Adds the date to seconds since 1970, as Squid writes them; every other form stays as it was written.
pub fn readable(written: &str) -> String {
    unix(written).map_or_else(|| written.to_owned(), |seconds| format!("{} ({written})", utc(seconds)))
}

/// The date instead of the seconds since 1970; every other form stays as it was written.
pub fn plain(written: &str) -> String {
    unix(written).map_or_else(|| written.to_owned(), utc)
}

/// A time as it was written, as seconds since 1970 of its own zone, and whether a date stands with it.
/// `None` where no time of day is found.
pub fn clock(written: &str) -> Option<(i64, bool)> {
    if let Some(seconds) = unix(written) {
        return Some((seconds, true));
    }
    // The end of a year is no hour.
    let follows_digit =
        |at: usize| written.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    let at = written
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| !follows_digit(*at) && time_of_day(written.get(*at..)).is_some())?;
    let time = time_of_day(written.get(at..))?;
    let date = written.get(..at).and_then(date);
    Some((date.unwrap_or(0) * 86_400 + time, date.is_some()))
}

/// "2026-06-22T" or "22/Jun/2026:" at the end of the text, in days since 1970.
fn date(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['T', ' ', ':']);
    let mut parts = text.rsplitn(3, ['-', '/']);
    let (third, second, first) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|month| second.eq_ignore_ascii_case(month)).map(|at| at + 1);
    let month = month.and_then(|month| i64::try_from(month).ok()).or_else(|| second.parse().ok())?;
    let first = first.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let (year, day) = if third.len() == 4 { (third, first) } else { (first, third) };
    Some(days(year.parse().ok()?, month, day.parse().ok()?)).filter(|_| year.len() == 4 && (1..=12).contains(&month))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Seconds since 1970, as Squid writes them. From 2001 to 2286: fewer or more digits count something else.
fn unix(written: &str) -> Option<i64> {
    let whole = written.split_once('.').map_or(written, |(whole, _)| whole);
    let is_number = written.chars().all(|c| c.is_ascii_digit() || c == '.');
    whole.parse().ok().filter(|_| is_number && whole.len() == 10)
}

/// "08:00:45" at the begin of the text, in seconds since midnight.
fn time_of_day(text: Option<&str>) -> Option<i64> {
    let mut parts = text?.get(..8)?.split(':');
    let mut next = || parts.next().filter(|part| part.len() == 2)?.parse::<u32>().ok();
    let (hour, minute, second) = (next()?, next()?, next()?);
    (hour < 24 && minute < 60 && second <= 60).then(|| i64::from(hour * 3600 + minute * 60 + second))
}

/// Days from 1970-01-01, with years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month, day, and the second of that day. The usual days-to-civil arithmetic with years that begin in March.
pub fn civil(seconds: i64) -> (i64, i64, i64, i64) {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day, second)
}

/// "2026-06-22 08:00:45 UTC".
fn utc(seconds: i64) -> String {
    let (year, month, day, second) = civil(seconds);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}
