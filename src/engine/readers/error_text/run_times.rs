//! How long runs of the sync engine took before they failed, and times that the writer gives for it.

use crate::artifact::{Part, Span};
use crate::phrases::Marks;
use std::sync::LazyLock;

/// A time after which something failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunTime {
    /// Seconds.
    pub seconds: u64,
    /// The line, or the lines of one record.
    pub span: Span,
    /// Whether it comes from the run history or from a sentence.
    pub told: Told,
}

/// Where a time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A failed export with its begin and its end.
    Export,
    /// "After 180 seconds" in a sentence.
    Sentence,
    /// A sentence that says that it is the same time each time, or that it is about the export.
    Constant,
}

/// The word for the run profile. French and others contain the English one.
const EXPORT: &[&str] = &["export", "esporta", "eksport", "экспорт", "导出", "匯出", "エクスポート", "내보내기"];

/// Results that mean "it broke": those of a run that the user ended or that has errors of single objects do not.
const FAILED: &[&str] = &[
    "stopped-extension-dll",
    "stopped-connectivity",
    "stopped-server",
    "no-start-",
    "dropped-connection",
    "failed",
    "fehlgeschlagen",
    "échec",
    "échoué",
    "失败",
    "失敗",
];

/// Words before a time: what happens after it.
const AFTER: &[&str] = &[
    "after",
    "nach",
    "après",
    "au bout de",
    "dopo",
    "después de",
    "exactly",
    "always",
    "genau",
    "immer",
    "exactement",
    "a los ",
    "al cabo de",
    "tras ",
    "siempre",
    "depois de",
    "após",
    "ao fim de",
    "sempre",
    "через",
    "spätestens",
];

/// Words behind a time, in languages that put them there.
const BEHIND: &[&str] =
    &["后", "後", "후", "で切", "で失敗", "later", "in the run", "into the", "nach dem start", "sonra"];

/// The words before and behind a time.
static NEAR: LazyLock<Marks> = LazyLock::new(|| Marks::new(&[AFTER, BEHIND].concat()));

/// Words that say that it is the same time each time.
const CONSTANT: &[&str] = &[
    "exactly",
    "always",
    "every time",
    "each time",
    "precisely",
    "genau",
    "immer",
    "jedes mal",
    "jedesmal",
    "exactement",
    "toujours",
    "à chaque",
    "每次",
    "正好",
    "总是",
    "整整",
    "毎回",
    "ちょうど",
    "必ず",
    "siempre",
    "exactos",
    "sempre",
    "esatti",
    "exatos",
    "всегда",
    "ровно",
    "zawsze",
    "dokładnie",
    "her zaman",
    "her seferinde",
    "정확히",
    "항상",
];

/// Sentences about another kind of time.
const OTHER_TIME: &[&str] =
    &["retr", "wiederh", "重试", "再試行", "wait", "warte", "interval", "works", "funktioniert"];

/// A sentence is no longer than this; longer lines are data.
const SENTENCE: usize = 600;

/// Every time after which something failed, in the order of the text.
pub fn run_times(part: &Part) -> Vec<RunTime> {
    let mut found = Vec::new();
    let mut record = Record::default();
    for (start, line) in part.lines() {
        let lower = line.to_lowercase();
        let text = lower.trim();
        let place = start + (line.len() - line.trim_start().len())..start + line.trim_end().len();
        if text.is_empty() {
            record = Record::default();
            continue;
        }
        if let Some(seconds) = failed_export(text) {
            found.push(RunTime { seconds, span: part.span(place), told: Told::Export });
        } else if let Some((seconds, from)) = record.add(text, start) {
            found.push(RunTime { seconds, span: part.span(from..place.end), told: Told::Export });
        } else if let Some((seconds, told)) = sentence(text) {
            found.push(RunTime { seconds, span: part.span(place), told });
        }
    }
    found
}

/// The length of a failed export that stands on one line with its begin and its end.
fn failed_export(line: &str) -> Option<u64> {
    if !holds(line, EXPORT) || !holds(line, FAILED) {
        return None;
    }
    let times = clock_times(line);
    let [.., begin, end] = times.as_slice() else { return None };
    Some(between(*begin, *end))
}

/// A run as Get-ADSyncRunProfileResult prints it: a name and a value on each line.
#[derive(Default)]
struct Record {
    from: Option<usize>,
    export: bool,
    failed: bool,
    begin: Option<u64>,
    end: Option<u64>,
}

impl Record {
    /// Adds a line; gives the length once all of a failed export is there.
    fn add(&mut self, line: &str, start: usize) -> Option<(u64, usize)> {
        let (name, value) = line.split_once(':')?;
        match name.trim() {
            "runprofilename" | "run profile" | "profile" | "profile name" => self.export = holds(value, EXPORT),
            "result" | "status" => self.failed = holds(value, FAILED),
            "startdate" | "start" | "start time" => self.begin = clock_times(value).last().copied(),
            "enddate" | "end" | "end time" => self.end = clock_times(value).last().copied(),
            _ => return None,
        }
        let from = *self.from.get_or_insert(start);
        let (begin, end) = (self.begin?, self.end?);
        if !self.export || !self.failed {
            return None;
        }
        *self = Self::default();
        Some((between(begin, end), from))
    }
}

/// The time of a sentence such as "it stops after exactly 3 minutes", in seconds.
fn sentence(line: &str) -> Option<(u64, Told)> {
    // Hardly any line of a trace has one of the words: one look says so.
    if line.len() > SENTENCE || !NEAR.any(line) || holds(line, OTHER_TIME) {
        return None;
    }
    let (seconds, number) = durations(line).into_iter().next()?;
    let (before, behind) = line.split_at_checked(number)?;
    let close = |text: &str| {
        let tail: Vec<char> = text.chars().rev().take(24).collect();
        tail.into_iter().rev().collect::<String>()
    };
    let behind: String = behind.chars().take(24).collect();
    if !holds(&close(before), AFTER) && !holds(&behind, BEHIND) {
        return None;
    }
    let constant = holds(line, CONSTANT) || holds(line, EXPORT);
    Some((seconds, if constant { Told::Constant } else { Told::Sentence }))
}

/// Numbers with a unit of seconds or minutes: the seconds, and where the number begins.
fn durations(line: &str) -> Vec<(u64, usize)> {
    let mut found = Vec::new();
    let mut offset = 0;
    // Chinese and Japanese write number and unit without a blank, and neither between words.
    while let Some(at) = line.get(offset..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let begin = offset + at;
        let rest = line.get(begin..).unwrap_or("");
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        offset = begin + length;
        let (number, unit) = rest.split_at(length);
        let joined = line.get(..begin).is_some_and(|before| before.ends_with(['.', ',', ':', '-', '/', '_']));
        if let (Ok(number), Some(unit), false) =
            (number.parse::<u64>(), seconds_in(unit.trim_start_matches([' ', '-', '\u{a0}'])), joined)
            && number <= 3600
        {
            found.push((number * unit, begin));
        }
    }
    for (word, number) in NUMBERS {
        if let Some(at) = line.find(word)
            && let Some(unit) = line.get(at + word.len()..).and_then(|rest| seconds_in(rest.trim_start()))
        {
            found.push((number * unit, at));
        }
    }
    found.sort_by_key(|(_, at)| *at);
    found
}

const NUMBERS: &[(&str, u64)] = &[
    (" one ", 1),
    (" two ", 2),
    (" three ", 3),
    (" four ", 4),
    (" five ", 5),
    (" einer ", 1),
    (" zwei ", 2),
    (" drei ", 3),
    (" vier ", 4),
    (" fünf ", 5),
    (" deux ", 2),
    (" trois ", 3),
    (" quatre ", 4),
    (" cinq ", 5),
];

/// How many seconds the unit has that the text begins with.
fn seconds_in(text: &str) -> Option<u64> {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).take(12).collect();
    match word.as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunde" | "sekunden" | "sek" | "seconde" | "secondes"
        | "segundo" | "segundos" | "secondo" | "secondi" | "sekund" | "sekundy" | "saniye" | "секунд" | "секунды" => {
            Some(1)
        }
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "minuti" | "minut" | "minuty"
        | "minutach" | "dakika" | "минут" | "минуты" => Some(60),
        _ if word.starts_with(['秒', '초']) => Some(1),
        _ if word.starts_with("分钟") || word.starts_with('分') => Some(60),
        _ => None,
    }
}

/// Clock times `6:01:10`, with AM or PM behind them or not, as seconds of the day.
fn clock_times(line: &str) -> Vec<u64> {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '|' | 't' | 'z'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let mut parts = word.split('.').next().unwrap_or("").splitn(3, ':').map(str::parse::<u64>);
        let (Some(Ok(hour)), Some(Ok(minute)), Some(Ok(second))) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if hour > 23 || minute > 59 || second > 59 {
            continue;
        }
        let hour = match words.get(index + 1) {
            Some(&"pm") if hour < 12 => hour + 12,
            Some(&"am") if hour == 12 => 0,
            _ => hour,
        };
        found.push(hour * 3600 + minute * 60 + second);
    }
    found
}

/// Seconds from one clock time to the next, over midnight where the second one is earlier.
fn between(begin: u64, end: u64) -> u64 {
    const DAY: u64 = 86_400;
    (end + DAY - begin) % DAY
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(u64, Told)> {
        let source = Source::decode("a", text.as_bytes());
        run_times(&Part::whole(&source)).into_iter().map(|time| (time.seconds, time.told)).collect()
    }

    #[test]
    fn failed_exports_have_a_length_and_others_do_not_count() {
        for (line, length) in [
            ("x - AAD  Export  stopped-extension-dll-exception  06:01:10  06:04:10", Some(180)),
            ("x - AAD  エクスポート  stopped-connectivity  2026/03/01 23:59:10  2026/03/02 0:01:10", Some(120)),
            (
                "\"x - AAD\",\"导出\",\"stopped-connectivity\",\"3/1/2026 11:59:10 AM\",\"3/1/2026 12:04:10 PM\"",
                Some(300),
            ),
            ("x - AAD  Export  no-start-connection  2026-03-01T06:01:10Z 2026-03-01T06:04:10Z", Some(180)),
            ("x - AAD  Export  success  06:01:10  06:04:10", None),
            ("x - AAD  Export  completed-export-errors  06:01:10  06:04:10", None),
            ("x - AAD  Delta Import  stopped-connectivity  06:01:10  06:04:10", None),
        ] {
            assert_eq!(
                read(line),
                length.map(|seconds| (seconds, Told::Export)).into_iter().collect::<Vec<_>>(),
                "{line}"
            );
        }
    }

    #[test]
    fn the_record_of_one_run_is_read_as_a_whole() {
        let run = |result: &str| {
            format!(
                "RunProfileName : Export\nResult         : {result}\nStartDate      : 3/1/2026 6:01:10 AM\nEndDate        : 3/1/2026 6:03:10 AM\n"
            )
        };
        assert_eq!(read(&run("stopped-extension-dll-exception")), [(120, Told::Export)]);
        assert_eq!(read(&run("success")), []);
    }

    #[test]
    fn sentences_tell_a_time_in_several_languages() {
        for (text, expected) in [
            ("The connection breaks after exactly 180 seconds.", (180, Told::Constant)),
            ("Der Export bricht nach 120 Sekunden ab.", (120, Told::Constant)),
            ("it dies after 3 minutes", (180, Told::Sentence)),
            ("it is cut after three minutes", (180, Told::Sentence)),
            ("导出在 180 秒后断开", (180, Told::Constant)),
            ("接続は毎回120秒後に切れます", (120, Told::Constant)),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
        for text in [
            "It is retried after 60 seconds.",
            "Server 10.2.3.120 second floor",
            "timeout was 2 seconds.",
            "It took 180 s.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
