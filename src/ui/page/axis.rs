//! The time axis of a drawing: where its ticks stand and what they say. No view.

use super::when;

/// Seconds between two ticks that people count in.
const STEPS: [i64; 24] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    1_209_600, 2_419_200, 7_257_600, 31_536_000,
];
const DAY: i64 = 86_400;

/// One tick.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// From 0 (begin) to 1 (end).
    pub at: f64,
    /// "08:05", "06-22", "+5 min".
    pub label: String,
}

/// At most so many ticks between two moments, in seconds from the start. They stand on whole minutes, hours and days of
/// the clock; where the start is no time of day they count from it.
#[expect(clippy::cast_precision_loss, reason = "a place on a drawing")]
pub fn ticks(start: &str, from: i64, to: i64, most: i64) -> Vec<Tick> {
    let seconds = to - from;
    if seconds <= 0 || most <= 0 {
        return Vec::new();
    }
    let step = STEPS.into_iter().find(|step| seconds / step < most).unwrap_or(seconds);
    let clock = when::clock(start);
    let begin = clock.map_or(0, |(start, _)| start) + from;
    let first = from + (step - begin.rem_euclid(step)) % step;
    let places = std::iter::successors(Some(first), |at| Some(at + step)).take_while(|at| *at <= to);
    let label = |at: i64| match clock {
        Some((start, has_date)) => tick_label(start + at, step, has_date),
        None => format!("+{}", span(at)),
    };
    places.map(|at| Tick { at: (at - from) as f64 / seconds as f64, label: label(at) }).collect()
}

fn tick_label(time: i64, step: i64, has_date: bool) -> String {
    let (_, month, day, second) = when::civil(time);
    if has_date && (step >= DAY || second == 0) {
        return format!("{month:02}-{day:02}");
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    if step < 60 { format!("{hour:02}:{minute:02}:{second:02}") } else { format!("{hour:02}:{minute:02}") }
}

/// The time so many seconds after the start: "08:05:10", with its date where the whole is longer than a day;
/// "+5 min" where the start is no time of day.
pub fn time(start: &str, at: i64, seconds: i64) -> String {
    let Some((begin, has_date)) = when::clock(start) else {
        return format!("+{}", span(at));
    };
    let (year, month, day, second) = when::civil(begin + at);
    let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if has_date && seconds >= DAY { format!("{year}-{month:02}-{day:02} {clock}") } else { clock }
}

/// "45 s", "5 min", "1 h 20 min", "3 d".
pub fn span(seconds: i64) -> String {
    let two = |big: i64, name: &str, small: i64, small_name: &str| match small {
        0 => format!("{big} {name}"),
        small => format!("{big} {name} {small} {small_name}"),
    };
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => two(seconds / 60, "min", seconds % 60, "s"),
        3600..DAY => two(seconds / 3600, "h", seconds / 60 % 60, "min"),
        _ => two(seconds / DAY, "d", seconds / 3600 % 24, "h"),
    }
}
