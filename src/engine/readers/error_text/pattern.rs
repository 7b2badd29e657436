//! A pattern of the error shelf, cut into its fixed parts.

use super::normalise::{Gap, Normal, is_cjk, is_word};
use std::ops::Range;

/// How many characters a variable part may have.
const MAX_CAPTURE: usize = 200;

/// From this length on a text is recognised even when a paste has glued it to its neighbour.
const LONG: usize = 24;

/// A pattern of the shelf.
#[derive(Debug)]
pub struct Pattern {
    /// Index of the entry it belongs to.
    pub entry: usize,
    /// The fixed parts, in order; never empty.
    pub parts: Vec<Fixed>,
    /// The name of the variable part before the first fixed part.
    leading: Option<&'static str>,
    /// The name of the variable part after each fixed part.
    following: Vec<Option<&'static str>>,
}

/// A fixed part, as the normalised text would have it.
#[derive(Debug)]
pub struct Fixed {
    /// Without white space.
    pub text: String,
    /// Where the pattern has a blank: offsets into `text`.
    blanks: Vec<usize>,
}

/// A pattern found in a text. All ranges count in the normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the entry.
    pub entry: usize,
    /// Where the fixed parts are.
    pub parts: Vec<Range<usize>>,
    /// Where the variable parts are.
    pub captures: Vec<(&'static str, Range<usize>)>,
}

impl Found {
    /// From the first to the last character of the fixed and variable parts.
    pub fn range(&self) -> Range<usize> {
        let all = || self.parts.iter().chain(self.captures.iter().map(|(_, range)| range));
        let start = all().map(|range| range.start).min().unwrap_or(0);
        start..all().map(|range| range.end).max().unwrap_or(start)
    }

    /// How much of the text is fixed: what is compared when two patterns claim the same place.
    pub fn weight(&self) -> usize {
        self.parts.iter().map(Range::len).sum()
    }
}

impl Pattern {
    /// Cuts a pattern of the shelf. `None` when nothing of it is fixed.
    pub fn new(entry: usize, source: &'static str) -> Option<Self> {
        let mut pattern = Self { entry, parts: Vec::new(), leading: None, following: Vec::new() };
        let mut rest = source;
        while let Some((fixed, name, after)) = next_variable(rest) {
            pattern.push(fixed);
            match pattern.following.last_mut() {
                Some(last) => *last = Some(name),
                None => pattern.leading = Some(name),
            }
            rest = after;
        }
        pattern.push(rest);
        if pattern.following.last().is_some_and(Option::is_none)
            && let Some(last) = pattern.parts.last_mut()
            && last.text.len() > 12
        {
            // People copy a sentence without its full stop.
            let length = last.text.trim_end_matches(['.', '\'']).len();
            last.text.truncate(length);
        }
        (!pattern.parts.is_empty()).then_some(pattern)
    }

    fn push(&mut self, fixed: &str) {
        let normal = Normal::new(fixed);
        // Quotes around a variable part may be missing or of any kind, so they belong to the variable part.
        let text = normal.text.trim_matches('\'');
        let cut = normal.text.len() - normal.text.trim_start_matches('\'').len();
        if text.is_empty() {
            return;
        }
        let blanks = normal.gaps(0..normal.text.len()).map(|(at, _)| at.saturating_sub(cut)).collect();
        self.parts.push(Fixed { text: text.to_owned(), blanks });
        self.following.push(None);
    }

    /// Whether the pattern stands where its first fixed part begins at `start`.
    pub fn verify(&self, normal: &Normal, start: usize) -> Option<Found> {
        let first = self.parts.first()?;
        let mut found = Found { entry: self.entry, parts: Vec::new(), captures: Vec::new() };
        let mut at = start + first.text.len();
        if !first.fits(normal, start) || (self.leading.is_none() && !self.is_separate(normal, start)) {
            return None;
        }
        if let Some(name) = self.leading {
            found.captures.push((name, before(normal, start)));
        }
        found.parts.push(start..at);
        for (part, name) in self.parts.iter().skip(1).zip(&self.following) {
            let window = normal.ahead(at, MAX_CAPTURE).saturating_add(part.text.len()).min(normal.text.len());
            let next = part.find(normal, at..floor(&normal.text, window))?;
            if let Some(name) = name {
                found.captures.push((name, unquote(normal, at..next)));
            }
            at = next + part.text.len();
            found.parts.push(next..at);
        }
        match self.trailing(normal, at) {
            Some(capture) => found.captures.push(capture),
            None if !self.is_separate(normal, at) => return None,
            None => {}
        }
        Some(found)
    }

    /// The variable part behind the last fixed part, when that ends at `at`.
    pub fn trailing(&self, normal: &Normal, at: usize) -> Option<(&'static str, Range<usize>)> {
        let name = self.following.last().copied().flatten()?;
        Some((name, after(normal, at, is_sentence(name))))
    }

    fn is_separate(&self, normal: &Normal, at: usize) -> bool {
        normal.is_word_edge(at) || self.parts.iter().map(|part| part.text.len()).sum::<usize>() >= LONG
    }
}

impl Fixed {
    /// Its words, without marks.
    pub fn words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        let mut start = 0;
        for end in self.blanks.iter().copied().chain([self.text.len()]) {
            let stretch = self.text.get(start..end).unwrap_or("");
            words.extend(stretch.split(|c| !is_word(c)).filter(|word| !word.is_empty()));
            start = end;
        }
        words
    }

    fn find(&self, normal: &Normal, window: Range<usize>) -> Option<usize> {
        let mut from = window.start;
        loop {
            let found = from + normal.text.get(from..window.end)?.find(&self.text)?;
            if self.fits(normal, found) && !self.is_inside_a_name(normal, found) {
                return Some(found);
            }
            from = normal.ahead(found, 1);
        }
    }

    /// The full stop that closes a sentence, found between two letters: that is a dot of a name such as `system.net`.
    fn is_inside_a_name(&self, normal: &Normal, at: usize) -> bool {
        let end = at + self.text.len();
        self.text == "."
            && normal.gap(at) == Gap::None
            && normal.gap(end) == Gap::None
            && matches!((normal.around(at), normal.around(end)), ((Some(a), _), (_, Some(b))) if is_word(a) && is_word(b))
    }

    /// Blanks of the text inside a word of the pattern make it another text; line ends do not.
    fn fits(&self, normal: &Normal, start: usize) -> bool {
        normal.gaps(start..start + self.text.len()).all(|(at, gap)| {
            gap == Gap::Wrap
                || self.blanks.binary_search(&(at - start)).is_ok()
                || !matches!(normal.around(at), (Some(a), Some(b)) if is_word(a) && is_word(b))
                || (gap == Gap::Break && is_ragged(normal, at))
        })
    }
}

/// A narrow column (a ticket, a chat) may have cut a word; but somebody who presses Enter does so between words.
fn is_ragged(normal: &Normal, at: usize) -> bool {
    matches!(normal.around(at), (Some(a), Some(b)) if a.is_lowercase() && b.is_lowercase())
}

/// The text before the first `{name}`, the name, and the text after it. Other braces are ordinary characters.
fn next_variable(source: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let mut from = 0;
    loop {
        let open = from + source.get(from..)?.find('{')?;
        let close = open + source.get(open..)?.find('}')?;
        let name = source.get(open + 1..close)?;
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Some((source.get(..open)?, name, source.get(close + 1..)?));
        }
        from = open + 1;
    }
}

/// Variable parts that are sentences rather than names.
fn is_sentence(name: &str) -> bool {
    matches!(name, "reason" | "text" | "message" | "detail" | "details" | "error" | "status_text" | "inner")
}

fn unquote(normal: &Normal, range: Range<usize>) -> Range<usize> {
    let text = normal.text.get(range.clone()).unwrap_or("");
    let start = range.start + (text.len() - text.trim_start_matches('\'').len());
    let length = text.trim_matches('\'').len();
    start..start + length
}

/// The word or quoted words before `at`.
fn before(normal: &Normal, at: usize) -> Range<usize> {
    let head = normal.text.get(..at).unwrap_or("");
    let quoted = head.ends_with('\'') && normal.gap(at) != Gap::None;
    let mut start = at;
    for (count, (offset, c)) in head.char_indices().rev().enumerate() {
        let opening = quoted && count > 1 && c == '\'';
        start = offset;
        if count >= MAX_CAPTURE || opening || (!quoted && normal.gap(offset) != Gap::None) {
            break;
        }
    }
    unquote(normal, start..at)
}

/// The word, the quoted words or the sentence that begin at `at`.
fn after(normal: &Normal, at: usize, sentence: bool) -> Range<usize> {
    let tail = normal.text.get(at..).unwrap_or("");
    // Some languages close the sentence before the name: "… del proxy.: 'host'".
    let marks = tail.len() - tail.trim_start_matches(['.', ':', '。', '：']).len();
    let at = if !sentence && tail.get(marks..).is_some_and(|rest| rest.starts_with('\'')) { at + marks } else { at };
    let tail = normal.text.get(at..).unwrap_or("");
    let quoted = tail.starts_with('\'');
    let mut end = at;
    for (count, (offset, c)) in tail.char_indices().enumerate() {
        let here = at + offset;
        let gap = if count == 0 { Gap::None } else { normal.gap(here) };
        let rest = tail.get(offset..).unwrap_or("");
        let ends = if quoted {
            count > 0 && c == '\''
        } else if sentence {
            gap == Gap::Break || rest.starts_with("--->") || c == '|' || rest.starts_with("(c:\\")
        } else {
            matches!(gap, Gap::Blank | Gap::Break) || matches!(c, '\'' | ',' | ';' | '|' | ')' | '<' | '>') || is_cjk(c)
        };
        if ends || count >= MAX_CAPTURE {
            break;
        }
        end = here + c.len_utf8();
    }
    let text = normal.text.get(at..end).unwrap_or("");
    let trimmed = if sentence { text } else { text.trim_end_matches(['.', ':', '!', '?']) };
    let end = at + trimmed.len();
    if quoted { unquote(normal, at..end) } else { at..end }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
