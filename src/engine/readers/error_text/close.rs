//! Long sentences that somebody has typed from a screen, with slips: "an error occorred while sending the request".
//!
//! A sentence is tried only where one of its longest words stands, and word by word from there, so the cost grows
//! with the length of the text alone. Codes, numbers and "not" have to be exact.

use super::normalise::{Gap, Normal, is_word};
use super::pattern::{Found, Pattern};
use std::collections::BTreeMap;
use std::ops::Range;

/// Shorter sentences are too common to be guessed.
const MIN_WORDS: usize = 5;

/// How many of its longest words may lead to a sentence.
const ANCHORS: usize = 3;

/// Only so much of the text is read this way: people type a screen, not a log.
const MAX_BYTES: usize = 256 * 1024;

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
                let Some(word) = words.get(at).filter(|word| word.len() >= 5) else {
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
    pub fn find(&self, patterns: &[Pattern], normal: &Normal) -> Vec<Found> {
        let tokens = tokens(normal);
        let mut hits: Vec<(usize, usize, Range<usize>)> = Vec::new();
        for (at, (word, _)) in tokens.iter().enumerate() {
            for &(index, anchor) in self.anchors.get(*word).map_or(&[][..], Vec::as_slice) {
                let Some(sentence) = self.sentences.get(index) else {
                    continue;
                };
                if let Some((cost, range)) = align(&sentence.words, anchor, &tokens, at) {
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

/// Words of the text with their places.
pub fn tokens<'a>(normal: &'a Normal) -> Vec<(&'a str, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut start = None;
    let text = &normal.text;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < MAX_BYTES).chain([(text.len().min(MAX_BYTES), ' ')]) {
        let cut = !is_word(c) || !matches!(normal.gap(at), Gap::None);
        if cut
            && let Some(from) = start.take()
            && let Some(word) = text.get(from..at)
        {
            tokens.push((word, from..at));
        }
        if is_word(c) && start.is_none() {
            start = Some(at);
        }
    }
    tokens
}

fn skip_marks(normal: &Normal, at: usize) -> usize {
    let tail = normal.text.get(at..).unwrap_or("");
    at + (tail.len() - tail.trim_start_matches([':', '(', '=']).len())
}

/// Cost and place of a sentence whose word `anchor` is the token `at`; `None` when it costs too much.
fn align(words: &[String], anchor: usize, tokens: &[(&str, Range<usize>)], at: usize) -> Option<(usize, Range<usize>)> {
    let budget = (words.len() / 3).min(5);
    let before: Vec<&str> = words.get(..anchor)?.iter().rev().map(String::as_str).collect();
    let after: Vec<&str> = words.get(anchor + 1..)?.iter().map(String::as_str).collect();
    let reach = words.len() + budget;
    let left: Vec<&str> = tokens.get(at.saturating_sub(reach)..at)?.iter().rev().map(|(word, _)| *word).collect();
    let right: Vec<&str> = tokens.get(at + 1..)?.iter().take(reach).map(|(word, _)| *word).collect();
    let (cost_before, used_before) = walk(&before, &left, budget)?;
    let (cost_after, used_after) = walk(&after, &right, budget.checked_sub(cost_before)?)?;
    let start = tokens.get(at - used_before)?.1.start;
    let end = tokens.get(at + used_after)?.1.end;
    Some((cost_before + cost_after, start..end))
}

/// Cost, and how many tokens were used. A slip costs one, a word too many or too few costs two.
fn walk(words: &[&str], tokens: &[&str], budget: usize) -> Option<(usize, usize)> {
    let (mut cost, mut used) = (0, 0);
    let mut rest = words.iter().peekable();
    while let Some(word) = rest.next() {
        let token = tokens.get(used).copied().unwrap_or("");
        if *word == token {
            used += 1;
        } else if is_close(word, token) {
            (cost, used) = (cost + 1, used + 1);
        } else if tokens.get(used + 1) == Some(word) && !is_firm(token) {
            (cost, used) = (cost + 2, used + 2);
        } else if !is_firm(word) && rest.peek().is_none_or(|next| **next == token) {
            cost += 2;
        } else {
            return None;
        }
        if cost > budget {
            return None;
        }
    }
    Some((cost, used))
}

/// Words that decide what a sentence says.
fn is_firm(word: &str) -> bool {
    matches!(word, "not" | "no" | "unable") || word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether one word is the other with a slip of the finger, or its beginning.
pub fn is_close(word: &str, token: &str) -> bool {
    let (short, long) = if word.len() < token.len() { (word, token) } else { (token, word) };
    if is_firm(word) || is_firm(token) || short.len() < 4 || long.len() > 24 || !token.is_ascii() {
        return false;
    }
    if short.len() >= 5 && long.starts_with(short) {
        return true;
    }
    let allowed = if word.len() >= 6 { 2 } else { 1 };
    long.len() - short.len() <= allowed && distance(word.as_bytes(), token.as_bytes()) <= allowed
}

/// Edits between two short words, where two swapped letters are one edit.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut earlier: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&earlier, j - 1) + 1);
            }
            row.push(best);
        }
        earlier = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}
