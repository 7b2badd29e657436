//! How old the catalogue is. The engine has no clock: whoever has one says what day it is.

use super::CATALOG_DATE;

/// A catalogue older than this many days is called old: Microsoft changes its lists every month.
pub const OLD_AFTER_DAYS: i64 = 180;

/// How old something is on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// Days from its date to the given day; negative when the given day is before it.
    pub days: i64,
}

impl Age {
    /// Older than [`OLD_AFTER_DAYS`].
    #[must_use]
    pub fn is_old(self) -> bool {
        self.days > OLD_AFTER_DAYS
    }

    /// One or two sentences for the user.
    pub fn statement(self) -> String {
        let of = format!("The endpoint catalogue is of {CATALOG_DATE}");
        match self.days {
            ..0 => format!("{of}. The clock of this computer is before that day, so its age cannot be told."),
            0 => format!("{of}, today."),
            1 => format!("{of}, one day old."),
            days if self.is_old() => format!(
                "{of}, {days} days old. That is more than {OLD_AFTER_DAYS} days: Microsoft may have changed hosts since. \
                 Compare it with Microsoft's own list, or get a newer copy of this file, before you rely on it."
            ),
            days => format!("{of}, {days} days old."),
        }
    }
}

/// The age of the catalogue on a day such as `2026-11-30`; a time of day behind it is ignored. `None` when that is no
/// date.
pub fn age_of_catalogue(today: &str) -> Option<Age> {
    Some(Age { days: day_number(today)? - day_number(CATALOG_DATE)? })
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's `days_from_civil`).
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.get(..10)?.split('-');
    let mut part = |length: usize| -> Option<i64> {
        parts.next().filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(today: &str) -> (i64, bool, String) {
        let age = age_of_catalogue(today).expect("a date");
        (age.days, age.is_old(), age.statement())
    }

    #[test]
    fn a_catalogue_of_half_a_year_is_fresh_and_one_day_more_is_old() {
        let (days, old, text) = on("2027-05-21");
        assert_eq!((days, old), (180, false));
        assert!(text.ends_with("180 days old."), "{text}");
        let (days, old, text) = on("2027-05-22T08:15:00Z");
        assert_eq!((days, old), (181, true));
        assert!(text.contains("more than 180 days") && text.contains("Microsoft's own list"), "{text}");
    }

    #[test]
    fn leap_days_count() {
        assert_eq!(on("2028-03-01").0 - on("2028-02-28").0, 2);
        assert_eq!(on("2027-03-01").0 - on("2027-02-28").0, 1);
    }

    #[test]
    fn a_computer_with_a_wrong_clock_is_told_so() {
        let (days, old, text) = on("2019-01-01");
        assert!(days < 0 && !old && text.contains("clock"), "{text}");
    }

    #[test]
    fn what_is_no_date_has_no_age() {
        for text in ["", "today", "2027-13-01", "2027-02-29", "27-01-01", "2027/01/01", "２０２７-01-01", "+027-01-01"]
        {
            assert_eq!(age_of_catalogue(text), None, "{text}");
        }
    }
}
