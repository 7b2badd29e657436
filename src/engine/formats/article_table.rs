//! The table of calls in the troubleshooting article, as people paste it: from the page, from its Markdown, from a
//! spreadsheet. It names the time and the host of a call and says nothing about its end.
//!
//! ```text
//! 1/11/2016 8:31 | connect://host:443 |
//! │                └ the call; the article's first row has one slash only
//! └ local time; day and month in the order of the reader's country
//! ```

use super::time::{DayOrder, begins_with_time, unix_seconds};
use super::{Format, Line, Record, State, target};
use crate::formats::Outcome;
use std::borrow::Cow;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "article-table",
    name: "Time and URL table of the article",
    source: "Microsoft Learn: Troubleshoot Microsoft Entra Connect connectivity issues, reference proxy logs",
    date: "2025-04-09",
    has_outcomes: false,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "| 3/14/2026 9:26 | connect://login.microsoftonline.com:443 |",
        "3/14/2026 9:26 | connect:/login.partner.microsoftonline.cn:443 |",
        "14.3.2026 09:27\tconnect://*bba800-anchor*.microsoftonline.com:443",
        "3/14/2026 9:28 connect://provisioningapi.microsoftonline.com:443",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match cut(line) {
        Some(row) if row.time.is_empty() => 88,
        Some(_) => 99,
        None => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    let Some(row) = cut(line) else {
        // Headings between the tables: short, without any number.
        let heading = line.len() <= 120 && !line.bytes().any(|b| b.is_ascii_digit());
        return if heading { Line::Nothing } else { Line::Unreadable("expected a time and connect://host:port") };
    };
    Line::Record(Record {
        time: unix_seconds(row.time, "", DayOrder::MonthFirst),
        time_text: row.time,
        method: "CONNECT",
        port: row.port,
        host: row.host,
        outcome: Outcome::Seen,
        ..Record::default()
    })
}

struct Row<'a> {
    time: &'a str,
    host: Cow<'a, str>,
    port: Option<u16>,
}

fn cut(line: &str) -> Option<Row<'_>> {
    if !line.contains('/') || !line.contains(':') || line.len() > 400 {
        return None;
    }
    let line = line.trim_matches([' ', '\t', '|', '>']);
    let (time, call) = match find_call(line) {
        Some(at) => (line.get(..at)?, line.get(at..)?),
        // Translated copies: the word before the slashes is another, the bar and the port are not.
        None => line
            .split_once('|')
            .filter(|(time, call)| begins_with_time(time.trim()) && call.contains(": /") && call.contains(":443"))?,
    };
    let time = time.trim_matches([' ', '\t', '|', ';', ',', '"']);
    if !time.is_empty() && !begins_with_time(time) || time.len() > 40 {
        return None;
    }
    let call = call.trim_matches([' ', '\t', '|', '"', '*', '`']);
    // Italics and the blanks of a translation stand inside the host name.
    let plain = call.contains(['*', ' ', '_', '\\']);
    let (host, port) = if plain {
        let cleaned: String = call.chars().filter(|c| !matches!(c, '*' | ' ' | '\\' | '`')).collect();
        let target = target::split(cleaned.rsplit_once("//").map_or(cleaned.as_str(), |(_, rest)| rest));
        (Cow::Owned(target::split(target.host).host.to_owned()), target.port)
    } else {
        let target = target::split(call);
        (Cow::Borrowed(target.host), target.port)
    };
    target::is_host_name(&host).then_some(Row { time, host, port })
}

/// Where `connect:/` begins, in any case.
fn find_call(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b':', bytes).find_map(|colon| {
        let start = colon.checked_sub(7)?;
        let word = bytes.get(start..colon)?;
        (word.eq_ignore_ascii_case(b"connect") && bytes.get(colon + 1) == Some(&b'/')).then_some(start)
    })
}
