//! The text as the scanner compares it, with an exact way back to the text as given.
//!
//! White space is taken out altogether and remembered beside the text: so a sentence matches however a mail, a
//! console or an editor wrapped it, even in the middle of a word.

use crate::characters::is_invisible;
use std::ops::Range;

/// A text for comparing: lower case, without white space, with plain quotes, dashes and digits.
#[derive(Debug)]
pub struct Normal<'a> {
    /// The text as given.
    pub original: &'a str,
    /// The text for comparing.
    pub text: String,
    runs: Vec<Run>,
}

/// A stretch in which both texts count alike.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    from: usize,
    gap: Gap,
}

/// What was taken out before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    #[default]
    None,
    /// Blanks within a line.
    Blank,
    /// A line end after a short line: somebody began a new line.
    Break,
    /// A line end after a line as long as a console is wide, perhaps in the middle of a word.
    Wrap,
}

/// From this many characters on, a line may have been cut by the width of a console or a mail program.
const WIDE: usize = 70;

impl<'a> Normal<'a> {
    /// Compares `original` from now on.
    pub fn new(original: &'a str) -> Self {
        let mut normal = Self { original, text: String::with_capacity(original.len()), runs: Vec::new() };
        let lines = lines(original);
        let numbered = numbered_lines(&lines);
        let wide = width(&lines);
        let mut gap = Gap::None;
        for (index, (start, line)) in lines.iter().enumerate() {
            let mut skip = if numbered.get(index).copied().unwrap_or(false) {
                line_number(line).map_or(0, |(_, length)| length)
            } else {
                0
            };
            skip += quote_prefix(line.get(skip..).unwrap_or(""));
            normal.push_line(line.get(skip..).unwrap_or(""), start + skip, &mut gap);
            // A blank line must not turn the wrap before it back into an ordinary line end, or the other way round.
            if !line.trim().is_empty() {
                gap = if line.chars().count() >= wide { Gap::Wrap } else { Gap::Break };
            }
        }
        normal
    }

    fn push_line(&mut self, line: &str, start: usize, gap: &mut Gap) {
        for (offset, c) in line.char_indices() {
            if c.is_whitespace() {
                if *gap == Gap::None {
                    *gap = Gap::Blank;
                }
            } else if !is_invisible(c) {
                self.push(plain(c), start + offset, *gap);
                *gap = Gap::None;
            }
        }
    }

    fn push(&mut self, c: char, from: usize, gap: Gap) {
        let at = self.text.len();
        let expected = self.runs.last().map(|run| run.from + (at - run.at));
        if expected != Some(from) || gap != Gap::None {
            self.runs.push(Run { at, from, gap });
        }
        self.text.push(c);
    }

    fn run_index(&self, at: usize) -> usize {
        self.runs.partition_point(|run| run.at <= at).saturating_sub(1)
    }

    /// Where the character at `at` stands in the original.
    pub fn start(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.original.len();
        }
        self.runs.get(self.run_index(at)).map_or(0, |run| run.from + (at - run.at))
    }

    /// Where, in the original, the character before `at` ends.
    pub fn end(&self, at: usize) -> usize {
        let Some(last) = self.text.get(..at).and_then(|head| head.chars().next_back()) else {
            return self.start(0);
        };
        let start = self.start(at - last.len_utf8());
        start + self.original.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    /// The place of a stretch in the original. Empty stretches stay empty.
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        if range.is_empty() { start..start } else { start..self.end(range.end) }
    }

    /// The first place at or after `from` (in the original) that is kept here.
    pub fn position(&self, from: usize) -> usize {
        let index = self.runs.partition_point(|run| run.from <= from).saturating_sub(1);
        let Some(run) = self.runs.get(index) else {
            return 0;
        };
        let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.at);
        let mut at = (run.at + from.saturating_sub(run.from)).min(end);
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// What was taken out before the character at `at`.
    pub fn gap(&self, at: usize) -> Gap {
        self.runs.get(self.run_index(at)).filter(|run| run.at == at).map_or(Gap::None, |run| run.gap)
    }

    /// The places strictly inside `range` where something was taken out.
    pub fn gaps(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Gap)> + '_ {
        let first = self.runs.partition_point(|run| run.at <= range.start);
        let runs = self.runs.get(first..).unwrap_or_default().iter();
        runs.take_while(move |run| run.at < range.end).filter(|run| run.gap != Gap::None).map(|run| (run.at, run.gap))
    }

    /// The characters on both sides of a place.
    pub fn around(&self, at: usize) -> (Option<char>, Option<char>) {
        let (Some(head), Some(tail)) = (self.text.get(..at), self.text.get(at..)) else {
            return (None, None);
        };
        (head.chars().next_back(), tail.chars().next())
    }

    /// Whether a word ends or begins at `at`.
    pub fn is_word_edge(&self, at: usize) -> bool {
        match self.around(at) {
            (Some(before), Some(after)) => !(is_word(before) && is_word(after)) || self.gap(at) != Gap::None,
            _ => true,
        }
    }

    /// The original text of a stretch, on one line, without what a wrap put into it.
    pub fn excerpt(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        let Some(text) = self.text.get(range.clone()) else {
            return out;
        };
        let wrapped_word = self.gaps(range.clone()).all(|(_, gap)| gap == Gap::Wrap);
        for (offset, _) in text.char_indices() {
            let at = range.start + offset;
            if offset > 0 && self.gap(at) != Gap::None && !wrapped_word {
                out.push(' ');
            }
            out.extend(self.original.get(self.start(at)..).and_then(|rest| rest.chars().next()));
        }
        out
    }

    /// `at`, or the next place that begins a character, `characters` further on.
    pub fn ahead(&self, at: usize, characters: usize) -> usize {
        let tail = self.text.get(at..).unwrap_or("");
        tail.char_indices().nth(characters).map_or(self.text.len(), |(offset, _)| at + offset)
    }
}

/// Letters and digits that make up words in scripts with blanks between words.
pub fn is_word(c: char) -> bool {
    c == '_' || (c.is_alphanumeric() && !is_cjk(c))
}

/// Chinese, Japanese and Korean characters.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF66..=0xFF9F | 0x2_0000..=0x3_FFFF)
}

/// One character for one character, so that the way back stays simple.
fn plain(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\u{7F}' if c != '"' => c,
        '"'
        | '\u{2018}'..='\u{201F}'
        | '\u{2032}'
        | '\u{2033}'
        | '\u{AB}'
        | '\u{BB}'
        | '\u{300C}'..='\u{300F}'
        | '\u{B4}'
        | '\u{FF07}'
        | '\u{FF02}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{FF01}'..='\u{FF5E}' => {
            let ascii = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
            ascii.to_ascii_lowercase()
        }
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(single), None) => single,
                _ => c,
            }
        }
    }
}

/// From which length on a line was cut. A narrow window shows in lines that all end in the same column, and none
/// goes beyond it.
fn width(lines: &[(usize, &str)]) -> usize {
    const NARROW: usize = 30;
    let longest = lines.iter().map(|(_, line)| line.chars().count()).max().unwrap_or(0);
    let cut = lines.iter().filter(|(_, line)| line.chars().count() == longest).count();
    if (NARROW..WIDE).contains(&longest) && cut >= 2 { longest } else { WIDE }
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r']) {
        lines.push((start, line));
        start += line.len() + 1;
    }
    lines
}

/// Length of what mail programs and PowerShell 7 put before a quoted line.
fn quote_prefix(line: &str) -> usize {
    let mut length = 0;
    for (offset, c) in line.char_indices() {
        match c {
            '>' | '|' => length = offset + 1,
            _ if c.is_whitespace() => {}
            _ => break,
        }
    }
    length
}

/// Number and length of what looks like an editor's line number.
fn line_number(line: &str) -> Option<(u32, usize)> {
    let trimmed = line.trim_start();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let number = trimmed.get(..digits)?.parse().ok().filter(|_| digits <= 6)?;
    let indent = line.len() - trimmed.len();
    match trimmed.as_bytes().get(digits) {
        Some(b':' | b'.' | b')' | b'|') => Some((number, indent + digits + 1)),
        Some(b' ' | b'\t') | None => Some((number, indent + digits)),
        _ => None,
    }
}

/// Which lines belong to a row of at least four that are numbered one after the other.
fn numbered_lines(lines: &[(usize, &str)]) -> Vec<bool> {
    let numbers: Vec<Option<u32>> = lines.iter().map(|(_, line)| line_number(line).map(|(number, _)| number)).collect();
    let mut marked = vec![false; lines.len()];
    let mut row: Vec<usize> = Vec::new();
    let mut last = None;
    let mut close = |row: &mut Vec<usize>| {
        if row.len() >= 4 {
            for index in row.iter() {
                if let Some(mark) = marked.get_mut(*index) {
                    *mark = true;
                }
            }
        }
        row.clear();
    };
    for (index, number) in numbers.iter().enumerate() {
        if lines.get(index).is_some_and(|(_, line)| line.trim().is_empty()) {
            continue;
        }
        if number.is_none() || *number != last.map(|last: u32| last.saturating_add(1)) {
            close(&mut row);
        }
        if number.is_some() {
            row.push(index);
        }
        last = *number;
    }
    close(&mut row);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quoted_wrapped_and_numbered_text_reads_like_the_plain_one() {
        for text in [
            "> Unable to connect\r\n> to the   remote server",
            "Unable\u{A0}to connect\u{3000}to the re\u{200B}mote server",
            "ＵＮＡＢＬＥ to connect to the remote server",
            "| Unable to connect\n   | to the remote\n   | server",
        ] {
            assert_eq!(Normal::new(text).text, "unabletoconnecttotheremoteserver", "{text:?}");
        }
        let numbered = " 9: one\n10: two\n11: three\n12: four";
        assert_eq!(Normal::new(numbered).text, "onetwothreefour");
    }

    #[test]
    fn a_place_leads_back_to_the_very_characters() {
        let text = "für “Proxy”（407）\n> Ｅnd";
        let normal = Normal::new(text);
        for (needle, original) in [("für", "für"), ("'proxy'", "“Proxy”"), ("(407)", "（407）"), ("end", "Ｅnd")]
        {
            let at = normal.text.find(needle).unwrap();
            assert_eq!(text.get(normal.range(&(at..at + needle.len()))), Some(original));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn the_way_back_never_leaves_the_text_and_never_turns_round(text in "[a-zA-Z0-9 .>|\n\r\u{e9}\u{130}\u{ff1a}\u{200b}\u{4e2d}\u{201c}\u{1f600}]{0,80}") {
            let normal = Normal::new(&text);
            let mut last = 0;
            for (at, c) in normal.text.char_indices() {
                let (start, end) = (normal.start(at), normal.end(at + c.len_utf8()));
                prop_assert!(start >= last && end > start && end <= text.len());
                prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                prop_assert_eq!(normal.position(start), at);
                last = end;
            }
        }
    }
}
