//! Cuts an input into parts that one reader each can read: a mail with a config block, log lines and an error in
//! it is several artifacts. Cuts fall between lines.

mod makes;

use crate::artifact::{Kind, Part};
use crate::readers::{allow_list, machine_config};
use crate::source::Source;
use crate::{detect, formats};
use std::ops::Range;

/// What a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Blank,
    /// A configuration block; the number tells neighbouring blocks apart.
    Config(usize),
    /// A record of a log, or a header that belongs to the records below it.
    Log,
    /// A record of the log of another make behind it; the number tells several apart.
    OtherMake(usize),
    /// Could be a record, or a sentence with a host and a number in it.
    MaybeLog,
    /// An entry of an allow-list that stands in a mail.
    List,
    Text,
}

/// From this score on a single line is a log line whatever stands around it.
const SURE: u8 = 70;
/// Doubtful records count as a log only in a run of at least this many.
const MIN_DOUBTFUL_RUN: usize = 3;
/// Up to this many odd lines inside a log are part of it: broken records, wrapped ends.
const MAX_GAP: usize = 3;
/// From this many records on an input may be mostly a log.
const MANY_RECORDS: usize = 8;

/// Ranges of `source.text`, whole lines, in order. Together they cover all but blank lines. One range when the
/// input is all of one kind; none when it is blank.
pub fn segment(source: &Source) -> Vec<Range<usize>> {
    let mut labels = label_config(source);
    // What stands around the root of a configuration file is a fault of the file, and no text of its own.
    if machine_config::is_whole_file(source) {
        return one_range(source, 0, labels.len()).into_iter().collect();
    }
    let has_config = labels.iter().any(|label| matches!(label, Label::Config(_)));
    // A dialect with a header (W3C, CSV, HAR) is recognised as a whole only: its records mean nothing alone.
    if !has_config && detect::whole_file_log(&Part::whole(source)) {
        let (above, below) = texts_around(source, &labels);
        for (line, label) in labels.iter_mut().enumerate().filter(|(_, label)| **label == Label::Text) {
            *label = if (above..below).contains(&line) { Label::Log } else { Label::Text };
        }
        label_lists(source, &mut labels);
        label_makes(source, &mut labels);
        return group(source, &labels);
    }
    label_log(source, &mut labels);
    label_wrapped(source, &mut labels);
    settle_doubtful(&mut labels);
    fill_gaps(source, &mut labels);
    if !allow_list::is_list(&Part::whole(source)) {
        label_lists(source, &mut labels);
    }
    label_makes(source, &mut labels);
    group(source, &labels)
}

/// Cuts a log where lines of another make begin.
fn label_makes(source: &Source, labels: &mut [Label]) {
    let mut line = 0;
    while line < labels.len() {
        // Blank lines cut no log.
        let run = (line..labels.len()).take_while(|line| matches!(labels.get(*line), Some(Label::Log | Label::Blank)));
        let end = line + run.count();
        let filled: Vec<usize> = (line..end).filter(|line| labels.get(*line) == Some(&Label::Log)).collect();
        for (number, begin) in makes::beginnings(source, &filled).into_iter().enumerate() {
            for label in labels.iter_mut().take(end).skip(begin).filter(|label| **label != Label::Blank) {
                *label = Label::OtherMake(number);
            }
        }
        line = end.max(line + 1);
    }
}

/// So many lines at either end of a log are looked at for a text above or below it.
const MAX_AROUND: usize = 2000;

/// Where the records of a log begin and end, when a text that another reader knows stands above or below them: the
/// words of a mail, an error.
fn texts_around(source: &Source, labels: &[Label]) -> (usize, usize) {
    // What the header lines said, for the records that mean nothing without them.
    let mut state = formats::State::default();
    let is_record = |line: usize, state: &mut formats::State| {
        let text = unquoted(source.line(line));
        let known = text.starts_with(['#', '"', '{', '}', '[']) || formats::recognise_with(text, state).is_some();
        formats::take_header(text, state);
        known
    };
    let filled = |line: &usize| labels.get(*line) == Some(&Label::Text);
    let above = (0..labels.len().min(MAX_AROUND)).filter(filled).find(|line| is_record(*line, &mut state)).unwrap_or(0);
    for line in (above..labels.len().min(above + 50)).filter(filled) {
        formats::take_header(unquoted(source.line(line)), &mut state);
    }
    let last = (labels.len().saturating_sub(MAX_AROUND).max(above)..labels.len()).rev().filter(filled);
    let below = last.take_while(|line| !is_record(*line, &mut state)).last().unwrap_or(labels.len());
    let tells = |first: usize, end: usize| {
        one_range(source, first, end).is_some_and(|range| {
            let part = Part { source, artifact: 0, start: range.start, end: range.end };
            let kind = detect::detect(&part).1.kind;
            !matches!(kind, Kind::Unknown | Kind::Mixed | Kind::ProxyLog | Kind::Har | Kind::AllowList)
        })
    };
    (if tells(0, above) { above } else { 0 }, if tells(below, labels.len()) { below } else { labels.len() })
}

fn label_config(source: &Source) -> Vec<Label> {
    let lines = source.text_lines();
    let mut labels: Vec<Label> =
        (0..lines).map(|line| if source.line(line).trim().is_empty() { Label::Blank } else { Label::Text }).collect();
    let mut from = 0;
    let mut number = 0;
    let text = machine_config::markup(&source.text);
    while let Some(block) = machine_config::find_block(&text, from) {
        if block.end <= from {
            break;
        }
        let first = source.line_index(block.start);
        let last = source.line_index(block.end.saturating_sub(1).max(block.start));
        for label in labels.iter_mut().take(last + 1).skip(first) {
            *label = Label::Config(number);
        }
        number += 1;
        from = block.end;
    }
    labels
}

fn label_log(source: &Source, labels: &mut [Label]) {
    // Below a "#Fields:" line everything up to a blank line is a record.
    let mut under_header = false;
    for (line, label) in labels.iter_mut().enumerate() {
        if *label != Label::Text {
            under_header &= *label != Label::Blank;
            continue;
        }
        let text = unquoted(source.line(line));
        if text.starts_with("#Fields:") {
            under_header = true;
        }
        if under_header {
            *label = Label::Log;
        } else if let Some((_, score)) = formats::recognise_line(text) {
            *label = if score >= SURE { Label::Log } else { Label::MaybeLog };
        }
    }
    // A header stands directly above the records.
    for line in (0..labels.len().saturating_sub(1)).rev() {
        if labels.get(line) == Some(&Label::Text)
            && labels.get(line + 1) == Some(&Label::Log)
            && is_header(unquoted(source.line(line)))
            && let Some(label) = labels.get_mut(line)
        {
            *label = Label::Log;
        }
    }
}

/// Records that a mail program has broken into several lines.
fn label_wrapped(source: &Source, labels: &mut [Label]) {
    for unit in formats::wrapped::units(&Part::whole(source)).into_iter().flatten().filter(|unit| unit.joined) {
        let (first, last) = (source.line_index(unit.range.start), source.line_index(unit.range.end.saturating_sub(1)));
        for label in labels.iter_mut().take(last + 1).skip(first) {
            if matches!(label, Label::Text | Label::MaybeLog) {
                *label = Label::Log;
            }
        }
    }
}

/// A comment line of a log, or the head of the article's table.
fn is_header(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('#')
        || line.chars().all(|c| matches!(c, '-' | '|' | ' ' | ':' | '='))
        || (line.len() < 60 && line.contains("URL") && line.split(['|', '\t']).count() >= 2)
}

/// A line without the marks that mail programs put before quoted text.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t'])
}

/// Doubtful records become a log when they stand in a run, or next to records that are not doubtful.
fn settle_doubtful(labels: &mut [Label]) {
    let mut start = 0;
    while start < labels.len() {
        let is_log = |label: &Label| matches!(label, Label::Log | Label::MaybeLog);
        if !labels.get(start).is_some_and(is_log) {
            start += 1;
            continue;
        }
        let length = labels.iter().skip(start).take_while(|label| is_log(label)).count();
        let run = labels.iter_mut().skip(start).take(length);
        let sure = run.filter(|label| **label == Label::Log).count();
        let settled = if sure > 0 || length >= MIN_DOUBTFUL_RUN { Label::Log } else { Label::Text };
        for label in labels.iter_mut().skip(start).take(length) {
            *label = settled;
        }
        start += length;
    }
}

/// A few odd lines between long stretches of records belong to the log, and so does a cut-off record at its end.
/// In an input that is mostly records, so does any short gap: records with line breaks in them look like that.
fn fill_gaps(source: &Source, labels: &mut [Label]) {
    let count = |wanted: Label| labels.iter().filter(|label| **label == wanted).count();
    let mostly_log = count(Label::Log) >= MANY_RECORDS && count(Label::Log) > count(Label::Text);
    let mut before = 0;
    let mut line = 0;
    while line < labels.len() {
        match labels.get(line) {
            Some(Label::Log) => before += 1,
            Some(Label::Blank) => {}
            Some(Label::Text) => {
                let rest = labels.get(line..).unwrap_or(&[]);
                let gap = rest.iter().take_while(|label| matches!(label, Label::Text | Label::Blank)).count();
                let odd = rest.iter().take(gap).filter(|label| **label == Label::Text).count();
                let after =
                    rest.iter().skip(gap).take_while(|label| matches!(label, Label::Log | Label::Blank)).count();
                let long_sides = before >= 4 * odd && after >= 4 * odd;
                let inside = odd <= MAX_GAP && before > 0 && after > 0 && (long_sides || mostly_log);
                let cut_off = odd == 1 && after == 0 && before >= 4 && same_shape(source, line);
                if inside || cut_off {
                    for label in labels.iter_mut().skip(line).take(gap).filter(|label| **label == Label::Text) {
                        *label = Label::Log;
                    }
                    before += odd;
                } else {
                    before = 0;
                }
                line += gap;
                continue;
            }
            _ => before = 0,
        }
        line += 1;
    }
}

/// In a mail, entries of a list below each other are a list of their own: at least so many, one of them with a
/// wildcard, or rules.
const MIN_LIST: usize = 3;

/// No paragraph of a mail has more lines.
const MAX_PARAGRAPH: usize = 12;

/// Paragraphs of a mail that enumerate what was opened.
fn label_sentences(source: &Source, labels: &mut [Label]) {
    let mut line = 0;
    while line < labels.len() {
        let length = labels.iter().skip(line).take_while(|label| **label == Label::Text).count();
        let range = one_range(source, line, line + length.min(MAX_PARAGRAPH + 1)).filter(|_| length <= MAX_PARAGRAPH);
        if range.and_then(|range| source.text.get(range)).is_some_and(allow_list::enumerates) {
            for label in labels.iter_mut().skip(line).take(length) {
                *label = Label::List;
            }
        }
        line += length.max(1);
    }
}

fn label_lists(source: &Source, labels: &mut [Label]) {
    label_sentences(source, labels);
    let mut line = 0;
    while line < labels.len() {
        let kind = |line: usize| match labels.get(line) {
            Some(Label::Text) => {
                let text = unquoted(source.line(line)).trim();
                if allow_list::is_rule(text) { Some(true) } else { allow_list::is_entry(text) }
            }
            _ => None,
        };
        let run: Vec<bool> = (line..).map_while(kind).collect();
        let is_list = run.contains(&true) || (run.len() > MIN_LIST && speaks_of_allowing(source, line));
        if run.len() >= MIN_LIST && is_list {
            for label in labels.iter_mut().skip(line).take(run.len()) {
                *label = Label::List;
            }
        }
        line += run.len().max(1);
    }
}

/// Whether the words above names without any wildcard say that they were allowed.
fn speaks_of_allowing(source: &Source, line: usize) -> bool {
    const WORDS: [&str; 24] = [
        "allow",
        "whitelist",
        "white list",
        "opened",
        " open ",
        "are open",
        "permit",
        "unblock",
        "exempt",
        "freigeschaltet",
        "freigegeben",
        "freischalt",
        "erlaubt",
        "zugelassen",
        "autorisé",
        "ouvert",
        "permitid",
        "abiert",
        "consentit",
        "白名单",
        "放行",
        "开通",
        "允许",
        "許可",
    ];
    let above = (0..line).rev().map(|line| source.line(line).to_lowercase());
    let near: Vec<String> = above.filter(|text| !text.trim().is_empty()).take(2).collect();
    let denied = |text: &str| {
        ["not allow", "not open", "not permit", "nicht ", "block"]
            .iter()
            .any(|word| text.contains(word) && !text.contains("unblock"))
    };
    near.iter().any(|text| WORDS.iter().any(|word| text.contains(word)) && !denied(text))
}

/// Whether a line begins like the line before it: digits where that has digits, the same marks.
fn same_shape(source: &Source, line: usize) -> bool {
    let shape = |line: usize| {
        let class = |c: char| match c {
            '0'..='9' => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        source.line(line).chars().take(6).map(class).collect::<String>()
    };
    let above = shape(line.saturating_sub(1));
    line > 0 && !above.is_empty() && !above.chars().all(|c| c == 'a') && shape(line) == above
}

/// No mail has so many parts: whatever stands behind the last is taken together.
const MAX_PARTS: usize = 500;

fn group(source: &Source, labels: &[Label]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut current = Label::Blank;
    for (line, &label) in labels.iter().enumerate() {
        if label == Label::Blank || label == current {
            continue;
        }
        if ranges.len() + 1 >= MAX_PARTS {
            break;
        }
        if current != Label::Blank {
            ranges.extend(one_range(source, start, line));
            start = line;
        }
        current = label;
    }
    ranges.extend(one_range(source, start, labels.len()));
    ranges
}

/// The lines `first..end` without blank lines around them; `None` when nothing is left.
fn one_range(source: &Source, first: usize, end: usize) -> Option<Range<usize>> {
    let filled = |line: &usize| !source.line(*line).trim().is_empty();
    let first = (first..end).find(filled)?;
    let last = (first..end).rev().find(filled)?;
    Some(source.line_range(first).start..source.line_range(last).end)
}

/// What a range is called: the lines of the input it covers, 1-based.
pub fn lines_of(source: &Source, range: &Range<usize>) -> (usize, usize) {
    let number = |offset| source.number_of(source.line_index(offset));
    (number(range.start), number(range.end.saturating_sub(1).max(range.start)))
}
