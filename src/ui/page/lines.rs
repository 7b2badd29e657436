//! What the viewer shows of an input: a window of lines that slides over a file of any size, and in it a marked
//! place. No view.

use advisor_engine::export::v1::Evidence;
use std::ops::Range;

/// Characters of a line that are shown; a log of one line of five megabytes freezes no browser.
const LONGEST: usize = 2000;
/// Characters kept on each side of the mark in a line that is longer.
const BESIDE: usize = 600;
/// Lines that are added at one end at once.
const STEP: usize = 120;
/// Lines that are held. What is scrolled out of sight further than that is read again when it is wanted.
const HELD: usize = 420;

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
    /// 0-based bytes, the end one past the last, where they are known.
    pub bytes: Option<(u64, u64)>,
}

impl Stretch {
    /// The whole of one line.
    pub fn line(line: usize) -> Self {
        Self { line, column: 1, end_line: line, end_column: usize::MAX, bytes: None }
    }

    /// The whole of one line, with the bytes of a place in it.
    pub fn line_at(line: usize, bytes: (u64, u64)) -> Self {
        Self { bytes: Some(bytes), ..Self::line(line) }
    }

    /// The place of a piece of evidence.
    pub fn of(evidence: &Evidence) -> Self {
        Self {
            line: evidence.line,
            column: evidence.column,
            end_line: evidence.end_line,
            end_column: evidence.end_column,
            bytes: Some((evidence.byte_start, evidence.byte_end)),
        }
    }
}

/// One line as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins.
    pub byte: u64,
    /// 1-based; `None` where a jump into a big file has left that open.
    pub number: Option<u64>,
    /// Its text, without its end.
    pub text: String,
}

/// One line as it is shown, cut where it is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Text before the mark; the whole line where nothing is marked.
    pub before: String,
    /// The marked text.
    pub mark: String,
    /// Text behind the mark.
    pub after: String,
    /// Characters that are not shown.
    pub hidden: usize,
}

/// Where lines are added to those that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Before the first.
    Top,
    /// Behind the last.
    Bottom,
}

/// The rows of a piece that was read. `first_line` is 0 where the number of the first line is not known. A piece
/// that ends inside the file may end inside a line: its last line is left for the next piece.
pub fn rows(first_line: u64, lines: Vec<(u64, String)>, is_end: bool) -> Vec<Row> {
    let count = if is_end || lines.len() < 2 { lines.len() } else { lines.len() - 1 };
    let number = |at: u64| (first_line > 0).then(|| first_line + at);
    lines.into_iter().take(count).zip(0..).map(|((byte, text), at)| Row { byte, number: number(at), text }).collect()
}

/// The rows around a byte: at most a step before it and two from it on.
pub fn around(rows: Vec<Row>, byte: u64) -> Vec<Row> {
    let at = rows.iter().rposition(|row| row.byte <= byte).unwrap_or(0);
    // Near an end of the piece the other side gets what this side leaves.
    let behind = (rows.len() - at).min(2 * STEP);
    let first = at.saturating_sub(3 * STEP - behind);
    rows.into_iter().skip(first).take(3 * STEP).collect()
}

/// The rows that are held after a piece was read beyond one end of them. `None`: the piece brought nothing new.
pub fn joined(held: &[Row], piece: Vec<Row>, end: End) -> Option<Vec<Row>> {
    let (first, last) = (held.first()?, held.last()?);
    match end {
        End::Top => {
            let new = piece.into_iter().filter(|row| row.byte < first.byte).collect::<Vec<_>>();
            let skipped = new.len().saturating_sub(STEP);
            let new = new.into_iter().skip(skipped).collect::<Vec<_>>();
            (!new.is_empty()).then(|| new.into_iter().chain(held.iter().cloned()).take(HELD).collect())
        }
        End::Bottom => {
            let mut new = piece.into_iter().filter(|row| row.byte > last.byte).take(STEP).collect::<Vec<_>>();
            // Only the piece that a line begins in knows its number when the earlier ones did not.
            if let Some(number) = last.number.filter(|_| new.iter().all(|row| row.number.is_none())) {
                new.iter_mut().zip(number + 1..).for_each(|(row, number)| row.number = Some(number));
            }
            let surplus = (held.len() + new.len()).saturating_sub(HELD);
            (!new.is_empty()).then(|| held.iter().cloned().chain(new).skip(surplus).collect())
        }
    }
}

/// One line with its part of the mark.
pub fn shown(row: &Row, place: Stretch) -> Shown {
    let length = row.text.chars().count();
    let mark = marked_columns(row, place, length);
    let (first, last) = visible_columns(&mark, length);
    let piece = |range: Range<usize>| {
        let (from, to) = (range.start.clamp(first, last), range.end.clamp(first, last));
        row.text.chars().skip(from).take(to - from).collect::<String>()
    };
    Shown {
        before: piece(0..mark.start),
        mark: piece(mark.clone()),
        after: piece(mark.end..length),
        hidden: length - (last - first),
    }
}

/// Whether a line belongs to the place.
pub fn is_marked(row: &Row, place: Stretch) -> bool {
    let range = place.line as u64..=place.end_line as u64;
    row.number.is_some_and(|number| range.contains(&number))
}

/// 0-based range of the characters of this line that belong to the place. Empty, at the end, where none do.
fn marked_columns(row: &Row, place: Stretch, length: usize) -> Range<usize> {
    if !is_marked(row, place) {
        return length..length;
    }
    let (is_first, is_last) = (row.number == Some(place.line as u64), row.number == Some(place.end_line as u64));
    // A line of many megabytes is read from its middle on: there only the bytes lead to the place.
    if let Some((from, to)) = place.bytes.filter(|(from, _)| is_first && begins_inside(row, *from, place.column)) {
        let column = |byte: u64| {
            let bytes = byte.saturating_sub(row.byte);
            row.text.char_indices().take_while(|(at, _)| (*at as u64) < bytes).count()
        };
        return column(from)..column(to);
    }
    let start = if is_first { place.column.saturating_sub(1).min(length) } else { 0 };
    let end = if is_last { place.end_column.saturating_sub(1).min(length) } else { length };
    // An empty place, such as a missing end tag, still has a line to show.
    if start >= end && place.line == place.end_line { 0..length } else { start..end.max(start) }
}

/// A character takes a byte at least: a row that begins less than that before the place begins inside its line.
fn begins_inside(row: &Row, place: u64, column: usize) -> bool {
    row.byte > place.saturating_sub(column.saturating_sub(1) as u64)
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
