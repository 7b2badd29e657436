//! A private copy of a text without the dirt of its way here: line numbers of an editor, marks of a diff, markup
//! written as HTML entities, quote marks of a mail. The copy has the length of the original, so that every offset
//! stays.

use super::diff_marks::diff_marks;
use super::entities::unescaped;
use super::line_numbers::line_numbers;
use std::borrow::Cow;
use std::ops::Range;

/// The text as XML: without line numbers, entities in place of markup, and the `> ` of quoted lines.
pub fn plain(text: &str) -> Cow<'_, str> {
    match markup(text) {
        Cow::Borrowed(text) => unquoted(text),
        Cow::Owned(text) => match unquoted(&text) {
            Cow::Owned(text) => Cow::Owned(text),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

/// The text without line numbers, marks of a diff and entities in place of markup; the marks of quoted lines stay.
pub fn markup(text: &str) -> Cow<'_, str> {
    let mut numbers = line_numbers(text);
    if numbers.is_empty() {
        numbers = diff_marks(text);
    }
    let blanked = if numbers.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(blank(text, &numbers)) };
    match unescaped(&blanked) {
        Some(text) => Cow::Owned(text),
        None => blanked,
    }
}

/// The text with blanks at these ranges.
pub fn blank(text: &str, ranges: &[Range<usize>]) -> String {
    let mut copy = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        copy.push_str(text.get(at..range.start).unwrap_or(""));
        copy.extend(std::iter::repeat_n(' ', range.len()));
        at = range.end;
    }
    copy.push_str(text.get(at..).unwrap_or(""));
    copy
}

/// The text without the `> ` that mail programs put in front of quoted lines.
fn unquoted(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('>') {
        return Cow::Borrowed(text);
    }
    let first = text.trim_start().lines().next().unwrap_or("");
    let depth = quote_depth(first);
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut left = depth;
        let mut prefix = true;
        for c in line.chars() {
            prefix &= c == ' ' || c == '\t' || (c == '>' && left > 0);
            if prefix && c == '>' {
                left -= 1;
                plain.push(' ');
            } else {
                plain.push(c);
            }
        }
    }
    Cow::Owned(plain)
}

/// How many `>` stand in front of a line.
pub fn quote_depth(line: &str) -> usize {
    line.chars().take_while(|&c| c == '>' || c == ' ' || c == '\t').filter(|&c| c == '>').count()
}
