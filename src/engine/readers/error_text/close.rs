//! Long sentences that somebody has typed from a screen, with slips: "an error occorred while sending the request".
//!
//! A sentence is tried only where one of its longest words stands, and word by word from there, so the cost grows
//! with the length of the text alone. Codes, numbers and "not" have to be exact.

use super::normalise::Normal;
use super::pattern::{Found, Pattern};
use super::words::{Word, is_close, is_firm};
use std::collections::BTreeMap;
use std::ops::Range;

/// Shorter sentences are too common to be guessed.
const MIN_WORDS: usize = 5;

/// How many of its longest words may lead to a sentence.
const ANCHORS: usize = 3;

/// Shorter words lead to no sentence.
const MIN_ANCHOR: usize = 5;

/// The sentences of the shelf by their longest words.
#[derive(Debug, Default)]
pub struct Sentences {
    sentences: Vec<Sentence>,
    /// Word: (sentence, which of its words).
    anchors: BTreeMap<String, Vec<(usize, usize)>>,
}

#[derive(Debug)]
struct Sentence {
    pattern: usize,
    /// Whether it is the last fixed part of its pattern, behind which a variable part may follow.
    last: bool,
    words: Vec<String>,
}

impl Sentences {
    /// Takes the sentences from the patterns.
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut all = Self::default();
        for (index, pattern) in patterns.iter().enumerate() {
            let parts: Vec<Vec<&str>> = pattern.parts.iter().map(super::pattern::Fixed::words).collect();
            let total: usize = parts.iter().map(Vec::len).sum();
            let Some((place, words)) = parts.iter().enumerate().max_by_key(|(_, words)| words.len()) else {
                continue;
            };
            // A pattern whose fixed text is scattered over several parts says too little by one of them.
            if words.len() < MIN_WORDS || words.len() * 3 < total * 2 || !words.iter().all(|word| word.is_ascii()) {
                continue;
            }
            let mut longest: Vec<usize> = (0..words.len()).collect();
            longest.sort_by_key(|&at| (std::cmp::Reverse(words.get(at).map_or(0, |word| word.len())), at));
            for &at in longest.iter().take(ANCHORS) {
                let Some(word) = words.get(at).filter(|word| word.len() >= MIN_ANCHOR) else {
                    continue;
                };
                all.anchors.entry((*word).to_owned()).or_default().push((all.sentences.len(), at));
            }
            all.sentences.push(Sentence {
                pattern: index,
                last: place + 1 == pattern.parts.len(),
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            });
        }
        all
    }

    /// Sentences of these patterns that stand in the text with slips, the best ones first.
    pub fn find(&self, patterns: &[Pattern], normal: &Normal, words: &[Word]) -> Vec<Found> {
        let mut hits: Vec<(usize, usize, Range<usize>)> = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.text.len() >= MIN_ANCHOR) {
            for &(index, anchor) in self.anchors.get(word.text).map_or(&[][..], Vec::as_slice) {
                let Some(sentence) = self.sentences.get(index) else {
                    continue;
                };
                if let Some((cost, range)) = align(&sentence.words, anchor, words, at) {
                    hits.push((cost, index, range));
                }
            }
        }
        hits.sort_by_key(|(cost, index, range)| (*cost, *index, range.start));
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut found = Vec::new();
        for (_, index, range) in hits {
            let free = taken.range(..range.end).next_back().is_none_or(|(_, &end)| end <= range.start);
            let Some((sentence, pattern)) =
                self.sentences.get(index).and_then(|sentence| Some((sentence, patterns.get(sentence.pattern)?)))
            else {
                continue;
            };
            if free {
                taken.insert(range.start, range.end);
                let behind = skip_marks(normal, range.end);
                let capture = if sentence.last { pattern.trailing(normal, behind) } else { None };
                found.push(Found { entry: pattern.entry, parts: vec![range], captures: capture.into_iter().collect() });
            }
        }
        found
    }
}

fn skip_marks(normal: &Normal, at: usize) -> usize {
    let tail = normal.text.get(at..).unwrap_or("");
    at + (tail.len() - tail.trim_start_matches([':', '(', '=']).len())
}

/// Cost and place of a sentence whose word `anchor` is the word `at` of the text; `None` when it costs too much.
fn align(sentence: &[String], anchor: usize, words: &[Word], at: usize) -> Option<(usize, Range<usize>)> {
    let budget = (sentence.len() / 3).min(5);
    let (before, after) = (sentence.get(..anchor)?.iter().rev(), sentence.get(anchor + 1..)?.iter());
    let (left, right) = (words.get(..at)?.iter().rev(), words.get(at + 1..)?.iter());
    let (cost_before, used_before) = walk(before, left, budget)?;
    let (cost_after, used_after) = walk(after, right, budget.checked_sub(cost_before)?)?;
    let start = words.get(at - used_before)?.place.start;
    let end = words.get(at + used_after)?.place.end;
    Some((cost_before + cost_after, start..end))
}

/// Cost, and how many words of the text were used. A slip costs one, a word too many or too few costs two.
fn walk<'a, 'b: 'a>(
    sentence: impl Iterator<Item = &'a String>,
    mut words: impl Iterator<Item = &'a Word<'b>>,
    budget: usize,
) -> Option<(usize, usize)> {
    let (mut cost, mut used) = (0, 0);
    let mut rest = sentence.peekable();
    let mut here = words.next();
    while let Some(wanted) = rest.next() {
        let text = here.map_or("", |word| word.text);
        if wanted == text {
            (used, here) = (used + 1, words.next());
        } else if is_close(wanted, text) {
            (cost, used, here) = (cost + 1, used + 1, words.next());
        } else if !is_firm(wanted) && rest.peek().is_none_or(|next| *next == text) {
            cost += 2;
        } else {
            // A word too many stands in between.
            here = words.next().filter(|next| !is_firm(text) && next.text == wanted);
            here?;
            (cost, used, here) = (cost + 2, used + 2, words.next());
        }
        if cost > budget {
            return None;
        }
    }
    Some((cost, used))
}
