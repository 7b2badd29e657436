//! Putting records together that stand on several lines: a line break inside a quoted cell, a mail program that wrapped
//! a long line, JSON that was laid out for people.

use super::{cef, fiddler, fields, is_decoration, json_lines, key_value, leef, recognise_line, time};
use crate::artifact::Span;
use std::borrow::Cow;

/// Holds the beginning of a record until its rest has come.
#[derive(Clone, Debug, Default)]
pub struct Joiner {
    text: String,
    span: Option<Span>,
    lines: usize,
    open: Open,
    /// Of JSON: how many braces and brackets are open.
    depth: usize,
}

/// What ends the record that is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    /// A record with a header: only the next record.
    #[default]
    Header,
    /// A quoted cell: its quote.
    Quote,
    /// A JSON object: its last brace.
    Object,
    /// A request and its answer: the next request, a rule of dashes, a record of another dialect.
    Session,
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
    let priority = text.get(1..).and_then(|rest| rest.get(..rest.bytes().take(4).position(|b| b == b'>')?));
    let Some(priority) = priority else { return false };
    let rest = text.get(priority.len() + 2..).unwrap_or("");
    let number = (1..=3).contains(&priority.len()) && priority.bytes().all(|b| b.is_ascii_digit());
    number && (time::begins_with_time(rest) || rest.strip_prefix("1 ").is_some_and(time::begins_with_time))
}

/// More lines than this are no record any more.
const MAX_LINES: usize = 24;
/// What frames the records of a JSON text has a few lines at most.
const MAX_FRAME: usize = 4;
/// The head of an answer may tell how the search went.
const MAX_HEAD: usize = 40;
/// JSON has a line for each member.
const MAX_MEMBERS: usize = 400;
/// Nor is this much text.
const MAX_BYTES: usize = 16 * 1024;

impl Joiner {
    /// The record that the line at hand ends by beginning another. To be asked before [`Joiner::push`].
    pub fn ended_by(&mut self, line: &str) -> Option<(String, Span)> {
        self.span?;
        let most = if self.open == Open::Object { MAX_MEMBERS } else { MAX_LINES };
        // Of a session only the beginning is kept, however long the answer is.
        let full = self.open != Open::Session && (self.lines >= most || self.text.len() + line.len() > MAX_BYTES);
        let over = match self.open {
            Open::Quote => line.trim_start().starts_with('"') && !time::leading(line).is_empty(),
            Open::Object => !is_member(line) || self.begins_another(line),
            Open::Header => !continues(line),
            Open::Session => fiddler::begins_session(line) || is_decoration(line) || recognise_line(line).is_some(),
        };
        if full || over { self.rest() } else { None }
    }

    /// Whether [`Joiner::push`] would hold this line, or add it to what it holds.
    pub fn holds(&self, line: &str) -> bool {
        self.span.is_some() || opens(line).is_some()
    }

    /// Whether the rest of a record may still come.
    pub fn is_busy(&self) -> bool {
        self.span.is_some()
    }

    /// The records of a list that stands on this one line whole, with where each begins; not of a line that belongs to
    /// what is held.
    pub fn listed<'a>(&self, line: &'a str) -> Option<Vec<(usize, &'a str)>> {
        if self.is_busy() { None } else { json_lines::listed(line) }
    }

    /// The place of what is held.
    pub fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        self.span.iter_mut().for_each(take);
    }

    /// Whether a line begins an object that is no part of the one that is held: the held one was cut off, or it only
    /// frames the records, as in `{"records": [`.
    fn begins_another(&self, line: &str) -> bool {
        let framed = self.text.ends_with('[') && (self.lines <= MAX_FRAME || self.lines <= MAX_HEAD && !self.tells());
        let element = self.depth >= 2 && self.text.ends_with([',', '[']);
        line.trim_start().starts_with('{') && (framed || !element)
    }

    /// Whether what is held says something of a request already, and is no mere head of an answer: how long it took,
    /// how many records there are.
    fn tells(&self) -> bool {
        let mut known = 0;
        // It is open at its end, so the walk finds none.
        let _: Option<usize> = json_lines::walk(&self.text, |member| {
            known += usize::from(member.value.is_some() && fields::lookup(member.key).is_some());
        });
        known >= 2
    }

    /// Takes a line. Gives a whole record, or nothing while more of it may come.
    pub fn push<'a>(&mut self, line: &'a str, span: Span) -> Option<(Cow<'a, str>, Span)> {
        if let Some(held) = self.span {
            // A break before a key took the blank away; a break inside a word did not have one.
            if self.open == Open::Header && !self.text.ends_with(' ') && begins_with_key(line) {
                self.text.push(' ');
            }
            match self.open {
                Open::Object => self.text.push_str(line.trim()),
                Open::Session if self.text.len() + line.len() > MAX_BYTES => {}
                Open::Session => {
                    self.text.push('\n');
                    self.text.push_str(line);
                }
                Open::Header | Open::Quote => self.text.push_str(line),
            }
            self.span = Some(Span { end: span.end, ..held });
            self.lines += 1;
            if self.open == Open::Object {
                self.depth = nesting(self.depth, line);
            }
            let ended = match self.open {
                Open::Quote => has_odd_quotes(line),
                Open::Object => self.depth == 0,
                Open::Header | Open::Session => false,
            };
            return if ended { self.rest().map(|(text, span)| (Cow::Owned(text), span)) } else { None };
        }
        let Some(open) = opens(line) else { return Some((Cow::Borrowed(line), span)) };
        self.text.clear();
        self.text.push_str(if open == Open::Object { line.trim() } else { line });
        self.span = Some(span);
        self.lines = 1;
        self.open = open;
        self.depth = if open == Open::Object { nesting(0, line) } else { 0 };
        None
    }

    /// What is left at the end.
    pub fn rest(&mut self) -> Option<(String, Span)> {
        self.span.take().map(|span| (std::mem::take(&mut self.text), span))
    }
}

/// What a line begins that goes on in the next one.
fn opens(line: &str) -> Option<Open> {
    let trimmed = line.trim_start();
    if trimmed.starts_with('"') && has_odd_quotes(line) {
        Some(Open::Quote)
    } else if trimmed.starts_with('{') && nesting(0, line) > 0 {
        Some(Open::Object)
    } else if line.starts_with(|c: char| c.is_ascii_uppercase()) && fiddler::begins_session(line) {
        Some(Open::Session)
    } else if memchr::memchr(b'|', line.as_bytes()).is_some()
        && (cef::extension(line).is_some() || leef::extension(line).is_some())
    {
        Some(Open::Header)
    } else {
        None
    }
}

fn has_odd_quotes(line: &str) -> bool {
    memchr::memchr_iter(b'"', line.as_bytes()).count() % 2 == 1
}

/// Whether a line can stand inside a JSON object that was laid out for people: a member, an element, a bracket.
fn is_member(line: &str) -> bool {
    let line = line.trim();
    match line.as_bytes() {
        [b'{' | b'}' | b'[' | b']', ..] => true,
        [b'"', ..] => line.contains("\":") || line.contains("\" :") || line.trim_end_matches(',').ends_with('"'),
        _ => line.len() <= 40 && line.trim_end_matches(',').bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.'),
    }
}

/// How many braces and brackets are open behind a line, outside of strings.
fn nesting(depth: usize, line: &str) -> usize {
    let (mut depth, mut inside, mut escaped) = (depth, false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => depth += 1,
            b'}' | b']' if !inside => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
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
    fn json_that_was_laid_out_for_people_is_one_record() {
        assert_eq!(
            records_of(&["{", "  \"host\": \"a}\",", "  \"groups\": [", "    \"x\",", "    7", "  ]", "}", "rest"]),
            ["{\"host\": \"a}\",\"groups\": [\"x\",7]}", "rest"]
        );
        assert_eq!(
            records_of(&["{\"records\": [", "{\"a\": 1},", "{", "\"a\": 2", "}", "]}"]),
            ["{\"records\": [", "{\"a\": 1},", "{\"a\": 2}", "]}"]
        );
        let cut = ["{\"a\": {\"b\": \"cut", "{\"a\": 1}", "{\"a\": 2}"];
        assert_eq!(records_of(&cut), cut, "a record that was cut off takes no other with it");
        let line = "2026-03-14 09:26:53 10.9.0.14 CONNECT login.microsoftonline.com:443 403";
        assert_eq!(records_of(&["{", "\"a\": 1,", line]), ["{\"a\": 1,", line], "an object that does not end");
    }

    #[test]
    fn a_session_that_was_saved_as_text_is_one_record() {
        let line = "2026-03-14 09:26:53 10.9.0.14 CONNECT login.microsoftonline.com:443 403";
        let first = ["CONNECT a.example:443 HTTP/1.1", "Host: a.example", "HTTP/1.1 200 OK"];
        let second = ["GET https://b.example/x HTTP/1.1", "HTTP/1.1 403 Forbidden", "<html>"];
        let rule = "------------------------------------------------------------------";
        let all = [&first[..], &[rule], &second, &[line]].concat();
        assert_eq!(records_of(&all), [&first.join("\n"), rule, &second.join("\n"), line]);
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
