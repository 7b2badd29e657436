//! Long lists of phrases, looked for together: one pass over the text, however many there are.

use crate::artifact::Part;
use aho_corasick::{AhoCorasick, Input};
use memchr::memmem;

/// Phrases in lower case, ready to be found.
#[derive(Debug)]
pub struct Phrases {
    finder: Option<AhoCorasick>,
    count: usize,
}

impl Phrases {
    /// Makes these phrases ready.
    pub fn new(phrases: &[&str]) -> Self {
        Self { finder: AhoCorasick::new(phrases).ok(), count: phrases.len() }
    }

    /// How many different ones stand in the text, which is in lower case, as whole words.
    pub fn count(&self, text: &str) -> usize {
        let mut seen = vec![false; self.count];
        for index in self.found(text) {
            if let Some(seen) = seen.get_mut(index) {
                *seen = true;
            }
        }
        seen.into_iter().filter(|seen| *seen).count()
    }

    /// Whether any stands in the text, which is in lower case, as whole words.
    pub fn any(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.finder.iter().flat_map(move |finder| {
            finder
                .find_overlapping_iter(text)
                .filter(move |hit| is_whole(text, hit.start(), hit.end()))
                .map(|hit| hit.pattern().as_usize())
        })
    }
}

/// Whether no letter goes on beyond the ends of a phrase. Scripts without blanks between words know no such ends.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let goes_on = |inside: usize, outside: Option<usize>| letter(inside) && outside.is_some_and(letter);
    !goes_on(start, start.checked_sub(1)) && !goes_on(end.saturating_sub(1), Some(end))
}

/// Words one of which a line must have to be worth a closer look: one pass in place of many, and nearly all lines of a
/// trace need no other.
#[derive(Debug)]
pub struct Marks {
    finder: Option<AhoCorasick>,
}

impl Marks {
    /// Makes these words ready.
    pub fn new(words: &[&str]) -> Self {
        Self { finder: AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok() }
    }

    /// Whether any stands in the text, whatever the case of its ASCII letters.
    pub fn any(&self, text: &str) -> bool {
        self.finder.as_ref().is_none_or(|finder| finder.is_match(text))
    }

    /// The lines of a part that have any, as [`Part::lines`] gives them. Quicker than a look at each.
    pub fn lines<'a>(&'a self, part: &Part<'a>) -> impl Iterator<Item = (usize, &'a str)> {
        let text = part.text();
        lines_at(part, move |at| self.finder.as_ref()?.find(Input::new(text).range(at..)).map(|hit| hit.start()))
    }
}

/// The lines of a part with this word in just these letters, as [`Part::lines`] gives them. Much quicker than
/// [`Marks`] where there is one word to look for.
pub fn lines_with<'a>(part: &Part<'a>, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let finder = memmem::Finder::new(word);
    let text = part.text();
    lines_at(part, move |at| finder.find(text.as_bytes().get(at..)?).map(|hit| at + hit))
}

/// The lines with a hit; `find` gives the next hit at or after an offset.
fn lines_at<'a>(part: &Part<'a>, find: impl Fn(usize) -> Option<usize>) -> impl Iterator<Item = (usize, &'a str)> {
    let part = *part;
    let mut at = 0;
    std::iter::from_fn(move || {
        let hit = find(at)?;
        let line = part.source.line_range(part.source.line_index(part.start + hit));
        let start = line.start.max(part.start) - part.start;
        let end = (line.end.min(part.end) - part.start).max(hit);
        at = end + 1;
        Some((start, part.text().get(start..end)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn marks_give_the_lines_that_a_look_at_each_would_give() {
        let marks = Marks::new(&["dns", "***", "@"]);
        for text in ["", "DNS", "a\r\ndns dns ***\r\n\r\nb@c", "x\n***\ny\n", "@\n@\n\n@", "é\n*** ü\rDNS"] {
            let source = Source::decode("a", text.as_bytes());
            let part = Part::whole(&source);
            let each: Vec<_> = part.lines().filter(|(_, line)| marks.any(line)).collect();
            assert_eq!(marks.lines(&part).collect::<Vec<_>>(), each, "{text:?}");
            let each: Vec<_> = part.lines().filter(|(_, line)| line.contains("***")).collect();
            assert_eq!(lines_with(&part, "***").collect::<Vec<_>>(), each, "{text:?}");
        }
    }

    #[test]
    fn phrases_count_once_each_and_only_as_whole_words() {
        let phrases = Phrases::new(&["in general", "means", "表示"]);
        assert_eq!(phrases.count("it means, in general, what it means"), 2);
        assert_eq!(phrases.count("通常表示代理"), 1);
        assert!(!phrases.any("by no meansx, in generality"));
    }
}
