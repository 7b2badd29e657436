//! One pass over a text for every pattern and code of the error shelf.

use super::close::Sentences;
use super::event_ids::Events;
use super::normalise::{Gap, Normal, is_word};
use super::pattern::{Found, Pattern};
use super::status;
use super::words::words;
use crate::errors::number::{self, Number};
use crate::errors::{self, ErrorEntry};
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// All errors of a shelf, ready to be found.
#[derive(Debug)]
pub struct Scanner {
    entries: Vec<&'static ErrorEntry>,
    automaton: Option<AhoCorasick>,
    needles: Vec<Needle>,
    patterns: Vec<Pattern>,
    sentences: Sentences,
    /// HTTP statuses: number, entry.
    statuses: BTreeMap<u16, usize>,
    /// Sign-in service numbers: digits, entry.
    aadsts: BTreeMap<String, usize>,
    /// Takes sign-in service numbers that are on no shelf.
    aadsts_other: Option<usize>,
    events: Events,
}

/// What the automaton has found.
#[derive(Clone, Copy, Debug)]
enum Needle {
    Pattern(usize),
    Code { entry: usize, form: Form },
    Aadsts,
}

/// How a code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As on the shelf.
    Plain,
    /// Eight hex digits without `0x`.
    BareHex,
    /// A few decimal digits, which may as well be a port or a part of a number.
    Decimal,
    /// A few decimal digits that mean an error only behind a word that says so.
    Short,
    /// Digits that mean the sign-in service only behind "error code".
    SignIn,
    /// With dashes instead of underscores, as in the help links of the wizard.
    Anchor,
}

impl From<number::Form> for Form {
    fn from(form: number::Form) -> Self {
        match form {
            number::Form::Marked | number::Form::Signed | number::Form::Unsigned => Self::Plain,
            number::Form::Bare => Self::BareHex,
            number::Form::Short => Self::Short,
            number::Form::SignIn => Self::SignIn,
        }
    }
}

/// How often one entry is reported in one part. Ten thousand equal events say no more than these.
const MAX_PER_ENTRY: usize = 200;

/// How many sentences one hit may be made of.
const MAX_PARTS: usize = 8;

/// The scanner for the whole shelf.
pub static SHELF: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(errors::all()));

impl Scanner {
    /// Builds the scanner for these errors.
    pub fn new(entries: impl Iterator<Item = &'static ErrorEntry>) -> Self {
        let entries: Vec<_> = entries.collect();
        let mut texts: Vec<String> = vec!["aadsts".to_owned()];
        let mut needles = vec![Needle::Aadsts];
        let mut patterns = Vec::new();
        let mut aadsts = BTreeMap::new();
        for (entry, item) in entries.iter().enumerate() {
            for source in item.texts() {
                let Some(pattern) = Pattern::new(entry, source) else {
                    continue;
                };
                texts.push(pattern.parts.first().map_or_else(String::new, |part| part.text.clone()));
                needles.push(Needle::Pattern(patterns.len()));
                patterns.push(pattern);
            }
            for code in item.codes {
                for (text, form) in forms(&Normal::new(code).text) {
                    texts.push(text);
                    needles.push(Needle::Code { entry, form });
                }
            }
            for number in item.numbers {
                if let Number::SignIn(digits) = number {
                    aadsts.entry(digits.to_string()).or_insert(entry);
                }
            }
            for (text, form) in item.written_numbers() {
                texts.push(text.to_ascii_lowercase());
                needles.push(Needle::Code { entry, form: form.into() });
            }
        }
        let aadsts_other = entries.iter().position(|entry| entry.id == "aadsts-other");
        let automaton = AhoCorasick::new(&texts).ok();
        let sentences = Sentences::new(&patterns);
        let statuses = entries
            .iter()
            .enumerate()
            .filter_map(|(entry, item)| Some((item.id.strip_prefix("http-")?.parse().ok()?, entry)))
            .collect();
        let events = Events::new(
            entries.iter().enumerate().flat_map(|(entry, item)| item.events.iter().map(move |event| (entry, *event))),
        );
        Self { entries, automaton, needles, patterns, sentences, statuses, aadsts, aadsts_other, events }
    }

    /// The entry with this index.
    pub fn entry(&self, index: usize) -> Option<&'static ErrorEntry> {
        self.entries.get(index).copied()
    }

    /// Every error in the text, in its order. Where two claim the same characters, the longer one has them.
    pub fn scan(&self, normal: &Normal) -> Vec<Found> {
        let mut candidates: Vec<Found> = Vec::new();
        let mut count = vec![0usize; self.entries.len()];
        let Some(automaton) = &self.automaton else {
            return candidates;
        };
        for hit in automaton.find_overlapping_iter(&normal.text) {
            let found = match self.needles.get(hit.pattern().as_usize()) {
                Some(&Needle::Pattern(index)) => {
                    self.patterns.get(index).and_then(|pattern| pattern.verify(normal, hit.start()))
                }
                Some(&Needle::Code { entry, form }) => {
                    is_code(normal, &hit.range(), form).then(|| single(entry, hit.range()))
                }
                Some(Needle::Aadsts) => self.aadsts(normal, &hit.range()),
                None => None,
            };
            if let Some(found) = found
                && let Some(count) = count.get_mut(found.entry)
                && *count < MAX_PER_ENTRY
            {
                *count += 1;
                candidates.push(found);
            }
        }
        for (entry, range) in self.events.find(normal) {
            if let Some(count) = count.get_mut(entry)
                && *count < MAX_PER_ENTRY
            {
                *count += 1;
                candidates.push(single(entry, range));
            }
        }
        let mut found = without_overlaps(candidates);
        let words = words(normal);
        let typed = self.sentences.find(&self.patterns, normal, &words);
        let taken = |range: &Range<usize>| {
            found.iter().any(|hit| hit.parts.iter().any(|part| part.start < range.end && range.start < part.end))
        };
        let numbered = status::statuses(normal, &words)
            .into_iter()
            .filter_map(|(number, range)| Some(single(*self.statuses.get(&number)?, range)));
        let typed: Vec<Found> = typed.into_iter().chain(numbered).filter(|hit| !taken(&hit.range())).collect();
        for hit in without_overlaps(typed) {
            if let Some(count) = count.get_mut(hit.entry)
                && *count < MAX_PER_ENTRY
            {
                *count += 1;
                found.push(hit);
            }
        }
        found.sort_by_key(|found| (found.range().start, found.range().end, found.entry));
        merge(normal, found)
    }

    fn aadsts(&self, normal: &Normal, range: &Range<usize>) -> Option<Found> {
        if !normal.is_word_edge(range.start) {
            return None;
        }
        let tail = normal.text.get(range.end..)?;
        let dashes = tail.len() - tail.trim_start_matches(['-', ':', '_', '#']).len();
        let start = range.end + dashes;
        let mut end = start;
        // Where a narrow column may have cut the number.
        let mut broken = None;
        for c in tail.get(dashes..)?.bytes().take_while(u8::is_ascii_digit).take(10) {
            if end > start {
                match normal.gap(end) {
                    Gap::Blank => break,
                    Gap::Break => broken = broken.or(Some(end)),
                    Gap::None | Gap::Wrap => {}
                }
            }
            end += usize::from(c.is_ascii_digit());
        }
        // A number on the next line belongs to this one only where both together are a known number, and this one
        // alone is none.
        let known = |end: usize| normal.text.get(start..end).is_some_and(|digits| self.aadsts.contains_key(digits));
        if let Some(cut) = broken
            && (known(cut) || !known(end))
        {
            end = cut;
        }
        let digits = normal.text.get(start..end).filter(|digits| digits.len() >= 4)?;
        let whole = range.start..end;
        if let Some(&entry) = self.aadsts.get(digits) {
            return Some(single(entry, whole));
        }
        let mut found = single(self.aadsts_other?, whole.clone());
        found.captures.push(("code", whole));
        Some(found)
    }
}

/// A code and its own sentence, or two sentences of one error, side by side are one hit.
fn merge(normal: &Normal, found: Vec<Found>) -> Vec<Found> {
    let repeats = |last: &Found, next: &Found| {
        let text = |part: &Range<usize>| normal.text.get(part.clone());
        last.parts.iter().any(|a| next.parts.iter().any(|b| text(a) == text(b)))
    };
    let mut merged: Vec<Found> = Vec::new();
    for next in found {
        if let Some(last) = merged.last_mut()
            && last.entry == next.entry
            && (last.captures.is_empty() || next.captures.is_empty())
            && let Some(between) = normal.text.get(last.range().end..next.range().start)
            && between.len() <= 60
            && !between.contains("--->")
            && last.parts.len() < MAX_PARTS
            && !repeats(last, &next)
            && normal.gaps(last.range().end..next.range().start).all(|(_, gap)| gap != Gap::Break)
        {
            last.parts.extend(next.parts);
            last.captures.extend(next.captures);
            continue;
        }
        merged.push(next);
    }
    merged
}

fn single(entry: usize, range: Range<usize>) -> Found {
    Found { entry, parts: vec![range], captures: Vec::new() }
}

/// The ways in which people write a code.
fn forms(code: &str) -> Vec<(String, Form)> {
    let mut forms = Vec::new();
    let decimal = code.len() <= 5 && code.bytes().all(|b| b.is_ascii_digit());
    forms.push((code.to_owned(), if decimal { Form::Decimal } else { Form::Plain }));
    if let Some(hex) = code.strip_prefix("0x").filter(|hex| hex.len() == 8) {
        forms.push((hex.to_owned(), Form::BareHex));
    }
    if code.contains('_') {
        forms.push((code.replace('_', "-"), Form::Anchor));
    }
    forms
}

fn is_code(normal: &Normal, range: &Range<usize>, form: Form) -> bool {
    let (before, _) = normal.around(range.start);
    let (_, after) = normal.around(range.end);
    let touches = |at: usize, neighbour: Option<char>, marks: &str| {
        normal.gap(at) == Gap::None && neighbour.is_some_and(|c| is_word(c) || marks.contains(c))
    };
    let marks = match form {
        Form::Plain => ("", ""),
        Form::BareHex => ("-", "-"),
        Form::Decimal | Form::SignIn => ("-.:,", "-:/"),
        Form::Short => ("-.,", "-/"),
        Form::Anchor => return before == Some('#') && !touches(range.end, after, "-"),
    };
    let is_fraction = matches!(form, Form::Decimal | Form::Short)
        && after == Some('.')
        && normal.gap(range.end) == Gap::None
        && normal.around(range.end + 1).1.is_some_and(|c| c.is_ascii_digit())
        && normal.gap(range.end + 1) == Gap::None;
    !touches(range.start, before, marks.0)
        && !touches(range.end, after, marks.1)
        && !is_fraction
        && match form {
            Form::Decimal => speaks_of_an_error(normal, range),
            Form::Short => introduced(normal, range, ERROR_WORDS) || in_brackets(normal, range),
            Form::SignIn => introduced(normal, range, SIGN_IN_WORDS),
            Form::Plain | Form::BareHex | Form::Anchor => true,
        }
        && normal.gaps(range.clone()).all(|(_, gap)| gap == Gap::Wrap)
}

/// Whether a bare number stands beside a word that makes it an error number.
fn speaks_of_an_error(normal: &Normal, range: &Range<usize>) -> bool {
    const WORDS: &[&str] = &[
        "error",
        "err",
        "code",
        "socket",
        "wsa",
        "winsock",
        "fehler",
        "erreur",
        "错误",
        "代码",
        "エラー",
        "コード",
        "exception",
        "fail",
    ];
    let head = normal.text.get(..range.start).unwrap_or("");
    let start = head.char_indices().rev().nth(23).map_or(0, |(offset, _)| offset);
    let end = normal.ahead(range.end, 12);
    let around = normal.text.get(start..end).unwrap_or("");
    in_brackets(normal, range) || WORDS.iter().any(|word| around.contains(word))
}

/// Words directly before a number that make it an error number.
const ERROR_WORDS: &[&str] = &[
    "error",
    "errorcode",
    "errorno",
    "errno",
    "winhttp",
    "wininet",
    "winsock",
    "fehler",
    "fehlercode",
    "fehlernummer",
    "erreur",
    "código",
    "错误",
    "错误代码",
    "错误码",
    "錯誤",
    "錯誤碼",
    "錯誤代碼",
    "エラー",
    "エラーコード",
];

/// Words directly before the numbers of the sign-in service.
const SIGN_IN_WORDS: &[&str] = &["errorcode", "error_codes", "errorcodes", "error_code", "sign-inerror"];

/// Whether one of these words stands directly before the number, or before a list that it is part of.
fn introduced(normal: &Normal, range: &Range<usize>, words: &[&str]) -> bool {
    let head = normal.text.get(..range.start).unwrap_or("");
    let head = head
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '=' | '#' | '\'' | '"' | '[' | '(' | ','));
    words.iter().any(|word| head.ends_with(word))
}

fn in_brackets(normal: &Normal, range: &Range<usize>) -> bool {
    normal.around(range.start).0 == Some('(') && normal.around(range.end).1 == Some(')')
}

/// Longest first, then earliest, then in the order of the shelf; what is left in the order of the text.
fn without_overlaps(mut candidates: Vec<Found>) -> Vec<Found> {
    candidates.sort_by_key(|found| (std::cmp::Reverse(found.weight()), found.range().start, found.entry));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for found in candidates {
        let free = found
            .parts
            .iter()
            .all(|part| taken.range(..part.end).next_back().is_none_or(|(_, &end)| end <= part.start));
        if free {
            taken.extend(found.parts.iter().map(|part| (part.start, part.end)));
            kept.push(found);
        }
    }
    kept.sort_by_key(|found| (found.range().start, found.range().end, found.entry));
    kept
}
