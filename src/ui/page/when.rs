//! Times of logs as people read them. No view.

/// Adds the date to seconds since 1970, as Squid writes them; every other form stays as it was written.
pub fn readable(written: &str) -> String {
    let whole = written.split_once('.').map_or(written, |(whole, _)| whole);
    let is_number = written.chars().all(|c| c.is_ascii_digit() || c == '.');
    match whole.parse::<i64>() {
        // From 2001 to 2286: fewer or more digits count something else.
        Ok(seconds) if is_number && whole.len() == 10 => format!("{} ({written})", utc(seconds)),
        _ => written.to_owned(),
    }
}

/// "2026-06-22 08:00:45 UTC". The calendar part is the usual days-to-civil arithmetic with years that begin in March.
fn utc(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}
