//! The words of a text, and whether two of them are the same but for a slip of the finger or of a scanner.

use super::normalise::{Gap, Normal, is_word};
use crate::slips::distance;
use std::ops::Range;

/// A word and its place in the normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As the normalised text has it.
    pub text: &'a str,
    /// Where.
    pub place: Range<usize>,
}

/// Only so much of a text is read word by word: people type a screen, not a log.
const MAX_BYTES: usize = 256 * 1024;

/// The words at the beginning of the text, in order.
pub fn words<'a>(normal: &'a Normal) -> Vec<Word<'a>> {
    let mut found = Vec::new();
    let text = normal.text.as_str();
    let mut cuts = normal.gaps(0..text.len()).filter(|(_, gap)| *gap != Gap::None).map(|(at, _)| at).peekable();
    let mut start = None;
    let mut end_word = |start: &mut Option<usize>, at: usize| {
        if let Some(from) = start.take()
            && let Some(word) = text.get(from..at)
        {
            found.push(Word { text: word, place: from..at });
        }
    };
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    for (at, c) in text.get(..end).unwrap_or("").char_indices() {
        let cut = cuts.next_if_eq(&at).is_some();
        let inside = is_word(c);
        if cut || !inside {
            end_word(&mut start, at);
        }
        if inside && start.is_none() {
            start = Some(at);
        }
    }
    end_word(&mut start, end);
    found
}

/// Words that decide what a sentence says.
pub fn is_firm(word: &str) -> bool {
    matches!(word, "not" | "no" | "unable") || word.bytes().any(|b| b.is_ascii_digit())
}

/// Longer words are no words.
const LONGEST: usize = 24;

/// Whether a word of a sentence stands in the text with a slip of the finger, cut off, or as a scanner misread it.
pub fn is_close(word: &str, typed: &str) -> bool {
    is_close_to(word, typed)
        || misread(typed).is_some_and(|read| read == word || is_close_to(word, &read))
        || (typed.contains("rn") && typed.replacen("rn", "m", 1) == word)
}

/// The word with letters where a scanner took them for digits: "c0nnecti0n". A word without digits, or one that has
/// others too, has none.
fn misread(word: &str) -> Option<String> {
    let is_mixed = word.len() >= 4 && word.bytes().any(|b| matches!(b, b'0' | b'1' | b'5'));
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if !is_mixed
        || digits * 3 > word.len()
        || word.bytes().any(|b| b.is_ascii_digit() && !matches!(b, b'0' | b'1' | b'5'))
    {
        return None;
    }
    Some(word.replace('0', "o").replace('1', "l").replace('5', "s"))
}

fn is_close_to(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() < other.len() { (word, other) } else { (other, word) };
    if short.len() < 4 || long.len() > LONGEST {
        return false;
    }
    let is_beginning = short.len() >= 5 && long.starts_with(short);
    let allowed = if word.len() >= 7 { 2 } else { 1 };
    let may_be = is_beginning
        || (long.len() - short.len() <= allowed
            && (letters(word) ^ letters(other)).count_ones() as usize <= 2 * allowed);
    if !may_be || is_firm(word) || is_firm(other) || !other.is_ascii() {
        return false;
    }
    is_beginning || distance(word.as_bytes(), other.as_bytes(), allowed).is_some()
}

/// One bit for each letter that a word has.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, b| letters | 1 << (b & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_makes_no_other_word_and_another_word_is_another_word() {
        for (word, typed) in [
            ("request", "requst"),
            ("request", "reqeust"),
            ("occurred", "occured"),
            ("connection", "conection"),
            ("established", "estab1ished"),
            ("connection", "c0nnecti0n"),
            ("remote", "rernote"),
            ("relationship", "relationshp"),
            ("authentication", "authentification"),
            ("connection", "connec"),
        ] {
            assert!(is_close(word, typed), "{word} {typed}");
        }
        for (word, other) in
            [("sent", "send not"), ("open", "over"), ("server", "never"), ("able", "unable"), ("40126", "40127")]
        {
            assert!(!is_close(word, other), "{word} {other}");
        }
    }

    #[test]
    fn words_end_where_a_blank_was_taken_out() {
        let normal = Normal::new("The  re-\nmote“name”未能 解析x");
        let words: Vec<&str> = words(&normal).iter().map(|word| word.text).collect();
        assert_eq!(words, ["the", "re", "mote", "name", "x"]);
    }
}
