//! Any other line that names a host and says how the request ended, for scraps that people type or cut out of a
//! console. It never outbids a dialect that knows its columns.
//!
//! ```text
//! 2026-03-14 09:26:53 10.9.0.14 CONNECT login.microsoftonline.com:443 403 DENIED
//! "2026-03-14 09:26:53","PC1","10.9.0.14","ALLOWED","https://graph.microsoft.com/","200"
//! ```

use super::time::{self, DayOrder};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Format, Line, Record, State, target};
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "generic-line",
    name: "Lines with a host and a result",
    source: "own definition",
    date: "2026-11",
    has_outcomes: true,
    strict: false,
    dates_begin: true,
    recognise,
    read_line,
    look: None,
    samples: &[
        "2026-03-14 09:26:53 10.9.0.14 CONNECT login.microsoftonline.com:443 403 DENIED",
        "\"2026-03-14 09:26:54\",\"PC1\",\"10.9.0.14\",\"ALLOWED\",\"https://graph.microsoft.com/\",\"200\"",
        "CONNECT adminwebservice.microsoftonline.com:443 403",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    if line.len() < 12 || !line.contains('.') || !is_row(line) && is_prose(line) {
        return 0;
    }
    let Some(found) = Found::scan(line) else {
        return 0;
    };
    let stamped = !time::leading(line).is_empty();
    match (stamped, found.method.is_empty(), found.client.is_empty()) {
        (true, _, _) => 56,
        (false, false, _) => 48,
        (false, true, false) if line.trim_start().starts_with(found.client) => 44,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    read_text(line).map_or(Line::Unreadable("expected a host with a status or a verdict"), Line::Record)
}

/// The record in any text that names a host and an ending.
pub(super) fn read_text(line: &str) -> Option<Record<'_>> {
    let found = Found::scan(line)?;
    let word = found.verdict;
    let ending =
        Ending { status: found.status, verdict: verdict::verdict(word), method: found.method, ..Ending::default() };
    let (outcome, provisional) = judge(&ending);
    let time_text = time::leading(line);
    let (time, zoned) = time::moment(time_text, "", DayOrder::MonthFirst);
    Some(Record {
        time,
        zoned,
        time_text,
        client: found.client,
        method: found.method,
        host: Cow::Borrowed(found.target.host),
        port: found.target.port_or_default(),
        path: found.target.path,
        status: found.status,
        verdict: word,
        outcome,
        provisional,
        inspected: found.target.scheme.eq_ignore_ascii_case("https")
            && found.target.path.len() > 1
            && matches!(found.method, "GET" | "POST" | "PUT" | "HEAD"),
        ..Record::default()
    })
}

#[derive(Default)]
struct Found<'a> {
    target: target::Target<'a>,
    client: &'a str,
    method: &'a str,
    status: &'a str,
    verdict: &'a str,
}

impl<'a> Found<'a> {
    /// A host, and a status or a verdict.
    fn scan(line: &'a str) -> Option<Self> {
        let mut found = Self::default();
        for word in words(line) {
            found.take(word);
        }
        let ended = !found.status.is_empty() || !found.verdict.is_empty();
        // A proxy that writes down what was asked and nothing of the answer.
        let asked = found.method == "CONNECT" && found.target.port.is_some() && !found.client.is_empty();
        (!found.target.host.is_empty() && (ended || asked)).then_some(found)
    }

    fn take(&mut self, word: &'a str) {
        let plain = word.trim_end_matches(['.', ':']);
        if matches!(plain, "CONNECT" | "GET" | "POST" | "HEAD" | "PUT" | "OPTIONS" | "DELETE" | "PATCH") {
            self.method = if self.method.is_empty() { plain } else { self.method };
        } else if is_status(plain) {
            self.status = if self.status.is_empty() { plain } else { self.status };
        } else if let Some((_, status)) = plain
            .rsplit_once('/')
            .filter(|(result, status)| is_status(status) && result.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
        {
            self.status = status;
            self.verdict = plain.split('/').next().unwrap_or("");
        } else if plain.contains(['.', ':']) {
            self.take_place(plain);
        } else if plain.len() > 2
            && let Some(verdict @ (Verdict::Allow | Verdict::Deny)) = verdict::verdict(plain)
            && (self.verdict.is_empty() || verdict == Verdict::Deny)
        {
            self.verdict = plain;
        }
    }

    fn take_place(&mut self, word: &'a str) {
        let target = target::split(word);
        let bare = target.scheme.is_empty() && target.port.is_none();
        if target::is_address(target.host) {
            if target.scheme.is_empty() && self.client.is_empty() {
                self.client = target.host;
            }
        } else if target::is_host_name(target.host)
            && !(bare && target::is_file_like(target.host))
            && self.target.host.is_empty()
        {
            self.target = target;
        }
    }
}

/// Statuses that proxies write. 443 is a port.
fn is_status(text: &str) -> bool {
    text.len() == 3
        && text.parse::<u16>().is_ok_and(|status| matches!(status, 200..=209 | 300..=308 | 400..=429 | 500..=511))
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\t', ',', ';', '|', '"', '\'', '(', ')', '[', ']', '<', '>', '{', '}', '='])
        .filter(|word| !word.is_empty())
}

/// Whether a line is a row of a table with many cells, of which one may hold a sentence.
fn is_row(line: &str) -> bool {
    let cells = line.matches("\",\"").count().max(line.matches("\";\"").count()).max(line.matches('\t').count());
    cells >= MANY_CELLS
}

/// Nobody writes so many into a text.
const MANY_CELLS: usize = 8;

/// Whether a line is a sentence, a stack trace or a message: such text belongs to the error reader.
fn is_prose(line: &str) -> bool {
    const TELLING: [&str; 34] = [
        "the",
        "is",
        "was",
        "are",
        "we",
        "you",
        "please",
        "when",
        "error",
        "returned",
        "response",
        "exception",
        "could",
        "cannot",
        "because",
        "that",
        "this",
        "it",
        "not",
        "our",
        "your",
        "has",
        "have",
        "been",
        "with",
        "which",
        "after",
        "der",
        "die",
        "und",
        "le",
        "est",
        "el",
        "een",
    ];
    if line.contains("Exception") || line.contains("AADSTS") || line.contains("At line:") || line.contains("Timestamp:")
    {
        return true;
    }
    let mut telling = 0;
    for word in words(line).take(60) {
        telling += usize::from(word.len() <= 9 && TELLING.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    telling >= 1
}
