//! What the viewer shows of an artifact: a window of lines around a place, with the place marked. No view.

use advisor_engine::source::Source;
use std::ops::{Range, RangeInclusive};

/// Lines shown before and after the place at first.
pub const AROUND: usize = 200;
/// Characters of a line that are shown; a log of one line of five megabytes freezes no browser.
const LONGEST: usize = 2000;
/// Characters kept on each side of the mark in a line that is longer.
const BESIDE: usize = 600;

/// A stretch of an input: 1-based lines, 1-based columns in characters, the end column one past the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the last character.
    pub end_line: usize,
    /// One past the column of the last character.
    pub end_column: usize,
}

impl Stretch {
    /// The whole of one line.
    pub fn line(line: usize) -> Self {
        Self { line, column: 1, end_line: line, end_column: usize::MAX }
    }
}

/// One line of the window, cut where it is too long to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// 1-based.
    pub number: usize,
    /// Text before the mark; the whole line where nothing is marked.
    pub before: String,
    /// The marked text.
    pub mark: String,
    /// Text behind the mark.
    pub after: String,
    /// Characters that are not shown.
    pub hidden: usize,
}

/// The lines to show at first: the place and [`AROUND`] lines on both sides.
pub fn window(source: &Source, place: Stretch) -> RangeInclusive<usize> {
    let last = source.line_count().max(1);
    let line = place.line.clamp(1, last);
    let end = place.end_line.clamp(line, line.saturating_add(AROUND)).min(last);
    line.saturating_sub(AROUND).max(1)..=end.saturating_add(AROUND).min(last)
}

/// One line with its part of the mark.
pub fn shown(source: &Source, number: usize, place: Stretch) -> Shown {
    let text = source.line(number.saturating_sub(1));
    let length = text.chars().count();
    let mark = marked_columns(number, place, length);
    let (first, last) = visible_columns(&mark, length);
    let piece = |range: Range<usize>| {
        let (from, to) = (range.start.clamp(first, last), range.end.clamp(first, last));
        text.chars().skip(from).take(to - from).collect::<String>()
    };
    Shown {
        number,
        before: piece(0..mark.start),
        mark: piece(mark.clone()),
        after: piece(mark.end..length),
        hidden: length - (last - first),
    }
}

/// 0-based range of the characters of this line that belong to the place. Empty, at the end, where none do.
fn marked_columns(number: usize, place: Stretch, length: usize) -> Range<usize> {
    if number < place.line || number > place.end_line {
        return length..length;
    }
    let start = if number == place.line { place.column.saturating_sub(1).min(length) } else { 0 };
    let end = if number == place.end_line { place.end_column.saturating_sub(1).min(length) } else { length };
    // An empty place, such as a missing end tag, still has a line to show.
    if start >= end && place.line == place.end_line { 0..length } else { start..end.max(start) }
}

fn visible_columns(mark: &Range<usize>, length: usize) -> (usize, usize) {
    if length <= LONGEST {
        return (0, length);
    }
    if mark.is_empty() {
        return (0, LONGEST);
    }
    let first = mark.start.saturating_sub(BESIDE);
    (first, mark.end.saturating_add(BESIDE).min(first + LONGEST).min(length))
}
