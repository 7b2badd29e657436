//! The difference line by line, from the edits themselves: nothing has to be searched.

use super::Edit;
use std::fmt::Write as _;
use std::ops::Range;

/// Lines around a difference that are shown.
const CONTEXT: usize = 3;
/// Characters of a line that are shown.
const LONGEST: usize = 400;

/// One row of the two texts side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// So many lines are alike and left out here.
    Gap(usize),
    /// A line that stays.
    Same(Line, Line),
    /// A line that becomes another.
    Changed(Line, Line),
    /// A line that goes.
    Removed(Line),
    /// A line that comes.
    Added(Line),
}

/// A line with its number, 1-based, in its own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number.
    pub number: usize,
    /// Without its line end; a very long one is cut.
    pub text: String,
    /// The characters that differ from the other side, as offsets into `text`. Empty where nothing does.
    pub mark: Range<usize>,
}

/// The rows of a text and its edits. `first` is the number of the first line.
pub fn rows(old: &str, edits: &[Edit], first: usize) -> Vec<Row> {
    let lines: Vec<&str> = split(old);
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start)
        })
        .collect();
    let line_of = |offset: usize| starts.partition_point(|&start| start <= offset).saturating_sub(1);
    // Behind the last line that an edit touches. One that takes a line end joins two lines.
    let end_of = |edit: &Edit| {
        let joins = edit.range.start < edit.range.end
            && starts.binary_search(&edit.range.end).is_ok()
            && starts.binary_search(&edit.range.start).is_err()
            && !edit.text.ends_with(['\n', '\r']);
        let last = if joins { edit.range.end } else { edit.range.end.saturating_sub(1).max(edit.range.start) };
        line_of(last) + 1
    };
    let mut rows = Vec::new();
    // Number of lines of the old text that are done, and of the new one.
    let (mut done, mut new_done) = (0, 0);
    let mut index = 0;
    while let Some(edit) = edits.get(index) {
        let begin = line_of(edit.range.start);
        let mut end = end_of(edit);
        let mut count = 1;
        // Edits of the same lines make one group.
        while let Some(next) = edits.get(index + count).filter(|next| line_of(next.range.start) < end) {
            end = end.max(end_of(next));
            count += 1;
        }
        let end = end.min(lines.len());
        let stretch = starts.get(begin).copied().unwrap_or(0)..starts.get(end).copied().unwrap_or(old.len());
        let group = edits.get(index..index + count).unwrap_or(&[]);
        let new = edited(old, stretch.clone(), group);
        let (before, after) = (split(old.get(stretch).unwrap_or("")), split(&new));
        same(&mut rows, &lines, (done, begin), new_done, first);
        new_done += begin - done;
        group_rows(&mut rows, &before, &after, first + begin, first + new_done);
        (done, new_done) = (end, new_done + after.len());
        index += count;
    }
    same(&mut rows, &lines, (done, lines.len()), new_done, first);
    with_gaps(rows)
}

fn split(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = match rest.find(['\n', '\r']) {
            Some(at) if rest.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, tail) = rest.split_at(end);
        lines.push(line);
        rest = tail;
    }
    lines
}

/// A stretch of the old text with its edits made.
fn edited(old: &str, stretch: Range<usize>, edits: &[Edit]) -> String {
    let mut new = String::new();
    let mut at = stretch.start;
    for edit in edits {
        new.push_str(old.get(at..edit.range.start).unwrap_or(""));
        new.push_str(&edit.text);
        at = edit.range.end;
    }
    new.push_str(old.get(at..stretch.end.max(at)).unwrap_or(""));
    new
}

fn same(rows: &mut Vec<Row>, lines: &[&str], (from, to): (usize, usize), new_from: usize, first: usize) {
    for (at, line) in lines.iter().enumerate().take(to).skip(from) {
        let number = |number: usize| Line { number, text: shown(line, 0).0, mark: 0..0 };
        rows.push(Row::Same(number(first + at), number(first + new_from + (at - from))));
    }
}

/// The rows of lines that take each other's place: alike at both ends first, then pair by pair.
fn group_rows(rows: &mut Vec<Row>, before: &[&str], after: &[&str], old_first: usize, new_first: usize) {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let alike = |at: usize, new_at: usize| {
        let text = before.get(at).copied().unwrap_or("");
        let line = |number: usize| Line { number, text: shown(text, 0).0, mark: 0..0 };
        Row::Same(line(old_first + at), line(new_first + new_at))
    };
    rows.extend((0..head).map(|at| alike(at, at)));
    let (old_end, new_end) = (before.len() - tail, after.len() - tail);
    let old_lines = before.get(head..old_end).unwrap_or(&[]);
    let new_lines = after.get(head..new_end).unwrap_or(&[]);
    // Lines are pairs where they have something in common; a moved block has nothing in common with what it meets.
    let mut new_at = 0;
    for (old_at, old) in old_lines.iter().enumerate() {
        let left = old_lines.len() - old_at;
        let found = (new_at..new_lines.len()).find(|&at| {
            let enough = new_lines.len() - at;
            new_lines.get(at).is_some_and(|new| is_like(old, new)) && (at == new_at || enough >= 1 && left >= 1)
        });
        let Some(found) = found else {
            rows.push(Row::Removed(plain(old, old_first + head + old_at)));
            continue;
        };
        for (at, new) in new_lines.iter().enumerate().take(found).skip(new_at) {
            rows.push(Row::Added(plain(new, new_first + head + at)));
        }
        let new = new_lines.get(found).copied().unwrap_or("");
        rows.push(pair(old, new, old_first + head + old_at, new_first + head + found));
        new_at = found + 1;
    }
    for (at, new) in new_lines.iter().enumerate().skip(new_at) {
        rows.push(Row::Added(plain(new, new_first + head + at)));
    }
    rows.extend((0..tail).map(|at| alike(old_end + at, new_end + at)));
}

/// Whether a line may have become the other one.
fn is_like(old: &str, new: &str) -> bool {
    let (old, new) = (old.trim(), new.trim());
    if old.is_empty() || new.is_empty() {
        return old == new;
    }
    let same = |(a, b): &(char, char)| a == b;
    let head = old.chars().zip(new.chars()).take_while(same).count();
    let tail = old.chars().rev().zip(new.chars().rev()).take_while(same).count();
    let shorter = old.chars().count().min(new.chars().count());
    (head + tail).min(shorter) * 2 >= shorter
}

fn pair(old: &str, new: &str, old_number: usize, new_number: usize) -> Row {
    let (old, new) = (body(old), body(new));
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let rest = |text: &str| text.get(head..).unwrap_or("").to_owned();
    let tail: usize =
        rest(old).chars().rev().zip(rest(new).chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let line = |text: &str, number: usize| {
        let (shown, cut) = shown(text, head);
        let end = shown.len();
        let mark = (head.saturating_sub(cut)).min(end)..(text.len() - tail).saturating_sub(cut).min(end);
        // What was cut in front is three dots now.
        let shift = if cut > 0 { "…".len() } else { 0 };
        let mark = (mark.start + shift).min(end)..(mark.end + shift).min(end);
        let whole = shown.get(mark.clone()).is_some();
        Line { number, text: shown, mark: if whole { mark } else { 0..0 } }
    };
    Row::Changed(line(old, old_number), line(new, new_number))
}

fn plain(line: &str, number: usize) -> Line {
    Line { number, text: shown(line, 0).0, mark: 0..0 }
}

fn body(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

/// As much of a line as is shown around a place, and how many bytes were cut in front.
fn shown(line: &str, around: usize) -> (String, usize) {
    let line = body(line);
    if line.len() <= LONGEST {
        return (line.to_owned(), 0);
    }
    let at_character = |mut at: usize| {
        at = at.min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = at_character(around.saturating_sub(LONGEST / 2));
    let to = at_character(from + LONGEST);
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    (format!("{before}{}{after}", line.get(from..to).unwrap_or("")), from)
}

/// Long stretches of lines that stay are left out.
fn with_gaps(rows: Vec<Row>) -> Vec<Row> {
    let is_same = |row: &Row| matches!(row, Row::Same(..));
    let mut near = vec![false; rows.len()];
    for (at, _) in rows.iter().enumerate().filter(|(_, row)| !is_same(row)) {
        let from = at.saturating_sub(CONTEXT);
        for mark in near.iter_mut().take(at + CONTEXT + 1).skip(from) {
            *mark = true;
        }
    }
    let mut out = Vec::new();
    let mut left_out = 0;
    for (row, near) in rows.into_iter().zip(near) {
        if near {
            if left_out > 0 {
                out.push(Row::Gap(left_out));
                left_out = 0;
            }
            out.push(row);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 && !out.is_empty() {
        out.push(Row::Gap(left_out));
    }
    out
}

/// The rows as a unified diff, as `patch` and every reviewer knows it.
pub fn unified(rows: &[Row], name: &str) -> String {
    let mut out = format!("--- {name} (as it is)\n+++ {name} (corrected)\n");
    for hunk in rows.split(|row| matches!(row, Row::Gap(_))).filter(|hunk| !hunk.is_empty()) {
        let old = hunk.iter().filter_map(|row| match row {
            Row::Same(old, _) | Row::Changed(old, _) | Row::Removed(old) => Some(old.number),
            _ => None,
        });
        let new = hunk.iter().filter_map(|row| match row {
            Row::Same(_, new) | Row::Changed(_, new) | Row::Added(new) => Some(new.number),
            _ => None,
        });
        let (old, new): (Vec<usize>, Vec<usize>) = (old.collect(), new.collect());
        let first = |lines: &[usize]| lines.first().copied().unwrap_or(0);
        let _ = writeln!(out, "@@ -{},{} +{},{} @@", first(&old), old.len(), first(&new), new.len());
        // All that goes of a run stands in front of what comes.
        let mut added = String::new();
        for row in hunk {
            match row {
                Row::Same(old, _) => {
                    out.push_str(&std::mem::take(&mut added));
                    let _ = writeln!(out, " {}", old.text);
                }
                Row::Changed(old, new) => {
                    let _ = writeln!(out, "-{}", old.text);
                    let _ = writeln!(added, "+{}", new.text);
                }
                Row::Removed(old) => {
                    let _ = writeln!(out, "-{}", old.text);
                }
                Row::Added(new) => {
                    let _ = writeln!(added, "+{}", new.text);
                }
                Row::Gap(_) => {}
            }
        }
        out.push_str(&added);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(old: &str, what: &str, text: &str) -> Edit {
        let at = old.find(what).unwrap();
        Edit { range: at..at + what.len(), text: text.to_owned(), why: String::new() }
    }

    #[test]
    fn a_changed_line_stands_beside_the_old_one_with_its_surroundings() {
        let old: String = (1..=12).map(|n| format!("line {n}\r\n")).collect();
        let rows = rows(&old, &[edit(&old, "line 6", "lime 6")], 1);
        let Some(Row::Changed(before, after)) = rows.get(4) else { panic!("{rows:?}") };
        assert_eq!((before.number, before.text.as_str(), &before.text[before.mark.clone()]), (6, "line 6", "n"));
        assert_eq!((after.number, after.text.as_str(), &after.text[after.mark.clone()]), (6, "lime 6", "m"));
        assert_eq!((rows.first(), rows.last()), (Some(&Row::Gap(2)), Some(&Row::Gap(3))));
        let shown = unified(&rows, "machine.config");
        assert!(shown.contains("@@ -3,7 +3,7 @@\n line 3\n") && shown.contains("-line 6\n+lime 6\n"), "{shown}");
    }

    #[test]
    fn lines_that_come_and_go_keep_both_counts_right() {
        let old = "a\nb\nc\nd\n";
        let rows = rows(old, &[edit(old, "b\n", ""), edit(old, "d\n", "d\nnew\n")], 10);
        let shown = unified(&rows, "x");
        assert!(shown.ends_with("@@ -10,4 +10,4 @@\n a\n-b\n c\n d\n+new\n"), "{shown}");
    }
}
