//! Putting records together that something broke into several lines: a line break inside a quoted cell, a mail
//! program that wrapped a long line.

use super::{cef, key_value, leef, recognise_line, time};
use crate::artifact::Span;
use std::borrow::Cow;

/// Holds the beginning of a record until its rest has come.
#[derive(Debug, Default)]
pub struct Joiner {
    text: String,
    span: Option<Span>,
    lines: usize,
    /// Inside a quoted cell; otherwise a record with a header, which only the next record ends.
    open_quote: bool,
}

/// The records of a line, each with its place in it. A paste may have eaten the line ends: then the next record begins
/// at its syslog priority, `<142>Apr 17 …` or `<134>1 2026-…`.
pub fn unglued(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let next = memchr::memchr_iter(b'<', line.as_bytes())
            .find(|&at| at > start && begins_syslog(line.get(at..).unwrap_or("")));
        from = next;
        Some((start, line.get(start..next.unwrap_or(line.len()))?))
    })
}

fn begins_syslog(text: &str) -> bool {
    let Some((priority, rest)) = text.get(1..).and_then(|rest| rest.split_once('>')) else { return false };
    let number = (1..=3).contains(&priority.len()) && priority.bytes().all(|b| b.is_ascii_digit());
    number && (time::begins_with_time(rest) || rest.strip_prefix("1 ").is_some_and(time::begins_with_time))
}

/// More lines than this are no record any more.
const MAX_LINES: usize = 24;
/// Nor is this much text.
const MAX_BYTES: usize = 16 * 1024;

impl Joiner {
    /// The record that the line at hand ends by beginning another. To be asked before [`Joiner::push`].
    pub fn ended_by(&mut self, line: &str) -> Option<(String, Span)> {
        self.span?;
        let full = self.lines >= MAX_LINES || self.text.len() + line.len() > MAX_BYTES;
        let over = if self.open_quote {
            line.trim_start().starts_with('"') && !time::leading(line).is_empty()
        } else {
            !continues(line)
        };
        if full || over { self.rest() } else { None }
    }

    /// Takes a line. Gives a whole record, or nothing while more of it may come.
    pub fn push<'a>(&mut self, line: &'a str, span: Span) -> Option<(Cow<'a, str>, Span)> {
        let quotes = memchr::memchr_iter(b'"', line.as_bytes()).count();
        if let Some(held) = self.span {
            // A break before a key took the blank away; a break inside a word did not have one.
            if !self.open_quote && !self.text.ends_with(' ') && begins_with_key(line) {
                self.text.push(' ');
            }
            self.text.push_str(line);
            self.span = Some(Span { end: span.end, ..held });
            self.lines += 1;
            if self.open_quote && quotes % 2 == 1 {
                return self.rest().map(|(text, span)| (Cow::Owned(text), span));
            }
            return None;
        }
        let opens_quote = quotes % 2 == 1 && line.trim_start().starts_with('"');
        if opens_quote || cef::extension(line).is_some() || leef::extension(line).is_some() {
            self.text.clear();
            self.text.push_str(line);
            self.span = Some(span);
            self.lines = 1;
            self.open_quote = opens_quote;
            return None;
        }
        Some((Cow::Borrowed(line), span))
    }

    /// What is left at the end.
    pub fn rest(&mut self) -> Option<(String, Span)> {
        self.span.take().map(|span| (std::mem::take(&mut self.text), span))
    }
}

/// Whether a line can be the rest of a record with a header: it holds pairs, and begins no record of its own.
fn continues(line: &str) -> bool {
    line.contains('=')
        && cef::extension(line).is_none()
        && leef::extension(line).is_none()
        && time::leading(line).is_empty()
        && !(begins_with_key(line) && key_value::stands_alone(line))
        && recognise_line(line)
            .is_none_or(|(format, _)| format.id == "key-value" && !line.starts_with(|c: char| c.is_ascii_digit()))
}

fn begins_with_key(line: &str) -> bool {
    let key = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    key > 0 && line.as_bytes().get(key) == Some(&b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records_of(lines: &[&str]) -> Vec<String> {
        let mut joiner = Joiner::default();
        let mut result = Vec::new();
        let mut start = 0;
        for line in lines {
            let span = Span { artifact: 0, start, end: start + line.len() };
            start += line.len() + 1;
            result.extend(joiner.ended_by(line).map(|(text, _)| text));
            result.extend(joiner.push(line, span).map(|(text, _)| text.into_owned()));
        }
        result.extend(joiner.rest().map(|(text, _)| text));
        result
    }

    #[test]
    fn a_cell_with_line_breaks_is_one_record() {
        assert_eq!(
            records_of(&[
                "\"2026-03-14 ",
                "09:26:53\",\"PC1\",\"htt",
                "ps://graph.microsoft.com/\",\"200\"",
                "\"a\",\"b\""
            ]),
            ["\"2026-03-14 09:26:53\",\"PC1\",\"https://graph.microsoft.com/\",\"200\"", "\"a\",\"b\""]
        );
    }

    #[test]
    fn a_stray_quote_does_not_swallow_the_next_records() {
        let good = "\"2026-03-14 09:26:54\",\"b\"";
        assert_eq!(
            records_of(&["\"2026-03-14 09:26:53\",\"a", good, good]),
            ["\"2026-03-14 09:26:53\",\"a", good, good]
        );
    }

    #[test]
    fn a_record_of_another_dialect_is_no_rest_of_the_one_before() {
        let pairs = "date=2026-05-07 time=09:37:12 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action=deny";
        let head = "CEF:0|M|P|1|1|n|5|act=Block";
        assert_eq!(records_of(&[head, pairs, pairs]), [head, pairs, pairs]);
    }

    #[test]
    fn records_that_lost_their_line_ends_are_told_apart() {
        let (first, second) = ("<142>Apr 17 07:53:47 FB a=\"<14>\" x", "<140>Apr 17 07:53:48 FB y <b> 1<2>");
        let line = format!("{first}{second}");
        let records: Vec<_> = unglued(&line).collect();
        assert_eq!(records, [(0, first), (first.len(), second)]);
        assert_eq!(unglued("plain").collect::<Vec<_>>(), [(0, "plain")]);
    }

    #[test]
    fn a_wrapped_cef_record_is_one_record() {
        assert_eq!(
            records_of(&[
                "CEF:0|M|P|1|1|n|5|act=Block suser=CN\\=x,DC",
                "\\=corp src=10.0.0.5",
                "dhost=login.windows.net",
                "CEF:0|M|P|1|1|n|5|act=Accept",
                "Regards"
            ]),
            [
                "CEF:0|M|P|1|1|n|5|act=Block suser=CN\\=x,DC\\=corp src=10.0.0.5 dhost=login.windows.net",
                "CEF:0|M|P|1|1|n|5|act=Accept",
                "Regards"
            ]
        );
    }
}
