//! Records that a mail program has broken at its width, quoted or not: each goes on in the lines below it, up to the
//! next line that begins as a record does.
//!
//! ```text
//! > 1794816119.558      0 10.60.1.4 TCP_DENIED/403 3911 CONNECT
//! > adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html
//! ```

use super::{State, log_card, recognise_line, time};
use crate::artifact::Part;
use std::borrow::Cow;
use std::ops::Range;

/// Mail programs break at 72 to 78, some at 98 characters. Longer lines were not broken by one.
const MAX_WIDTH: usize = 100;
/// A line that left so much room was ended by somebody.
const MIN_WIDTH: usize = 70;
/// Nor would anybody read a record that stands on more lines than these.
const MAX_LINES: usize = 24;
/// A paste with more lines than these is a log that came as a file.
const MAX_PASTE: usize = 5000;
/// From this score on a joined record is one whatever stands around it.
const SURE: u8 = 70;

/// One unit of a part: a line, or the lines of a broken record joined by blanks.
pub struct Unit<'a> {
    /// The text, without the marks of quoting when it was joined.
    pub text: Cow<'a, str>,
    /// Where it stands in the part.
    pub range: Range<usize>,
    /// Whether several lines were joined.
    pub joined: bool,
}

/// The lines of a part with its broken records joined; `None` when none is broken.
pub fn units<'a>(part: &Part<'a>) -> Option<Vec<Unit<'a>>> {
    let lines: Vec<Line> = part.lines().take(MAX_PASTE + 1).map(|(start, text)| Line::new(start, text)).collect();
    if lines.len() > MAX_PASTE {
        return None;
    }
    let mut units = Vec::new();
    let mut any = false;
    let mut at = 0;
    while let Some(first) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or(&[]);
        let length = rest.iter().take_while(|line| !line.text.is_empty() && line.depth == first.depth).count().max(1);
        let run = rest.get(..length).unwrap_or(rest);
        match cards_of(run).or_else(|| records_of(run)) {
            Some((before, records)) => {
                any = true;
                let single =
                    |line: &Line<'a>| Unit { text: Cow::Borrowed(line.raw), range: line.range(), joined: false };
                units.extend(run.iter().take(before).map(single));
                units.extend(records);
            }
            None => units.extend(run.iter().map(|line| Unit {
                text: Cow::Borrowed(line.raw),
                range: line.range(),
                joined: false,
            })),
        }
        at += length;
    }
    any.then_some(units)
}

/// A line, with what quoting put in front of it taken off.
struct Line<'a> {
    start: usize,
    raw: &'a str,
    text: &'a str,
    /// How many marks of quoting it has.
    depth: usize,
    width: usize,
}

impl<'a> Line<'a> {
    fn new(start: usize, raw: &'a str) -> Self {
        let text = raw.trim_start_matches(['>', ' ', '\t']).trim_end();
        let marks = raw.get(..raw.len() - raw.trim_start_matches(['>', ' ', '\t']).len()).unwrap_or("");
        let depth = marks.bytes().filter(|b| *b == b'>').count();
        Self { start, raw, text, depth, width: raw.trim_end().chars().count() }
    }

    fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }
}

/// The records of a run of lines, and how many lines stand in front of the first. `None` when its lines are not broken
/// records of one dialect.
fn records_of<'a>(run: &[Line<'a>]) -> Option<(usize, Vec<Unit<'a>>)> {
    let width = run.iter().map(|line| line.width).max()?;
    if run.len() < 2 || width > MAX_WIDTH {
        return None;
    }
    // Words of the mail may stand right above the first record.
    (0..run.len().min(4)).find_map(|before| {
        let records = grouped(run.get(before..)?, width.max(MIN_WIDTH))?;
        Some((before, records))
    })
}

/// The details of records that a console copied, a field on each line, and how many lines stand in front of the first.
/// Each begins with the same field.
fn cards_of<'a>(run: &[Line<'a>]) -> Option<(usize, Vec<Unit<'a>>)> {
    const MAX_FIELDS: usize = 120;
    let name = |line: &Line<'a>| log_card::field(line.text).map(|(name, _)| name);
    let before = run.iter().position(|line| name(line).is_some())?;
    let first = name(run.get(before)?)?;
    let fields = run.get(before..)?.iter().take_while(|line| name(line).is_some()).count();
    let lines = run.get(before..before + fields)?;
    let mut cards: Vec<Unit<'a>> = Vec::new();
    let mut from = 0;
    while let Some(rest) = lines.get(from..).filter(|rest| !rest.is_empty()) {
        let length = 1 + rest.iter().skip(1).take_while(|line| name(line) != Some(first)).count();
        let (card, last) = (rest.get(..length)?, rest.get(length - 1)?);
        let text = card.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        if length > MAX_FIELDS || (log_card::FORMAT.recognise)(&text, &State::default()) == 0 {
            return None;
        }
        cards.push(Unit { text: Cow::Owned(text), range: card.first()?.start..last.range().end, joined: true });
        from += length;
    }
    let single = |line: &Line<'a>| Unit { text: Cow::Borrowed(line.raw), range: line.range(), joined: false };
    cards.extend(run.iter().skip(before + fields).map(single));
    Some((before, cards))
}

fn grouped<'a>(run: &[Line<'a>], width: usize) -> Option<Vec<Unit<'a>>> {
    let head = shape(run.first()?.text);
    if !head.contains('9') && !head.starts_with('{') {
        return None;
    }
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (index, line) in run.iter().enumerate() {
        let begins = shape(line.text) == head;
        let filled = index.checked_sub(1).and_then(|above| run.get(above)).is_some_and(|above| {
            // A line is broken where the next word has no room.
            let word = line.text.split(' ').next().unwrap_or("").chars().count();
            above.width + 1 + word > width
        });
        match groups.last_mut() {
            Some(group) if !begins && filled && group.len() < MAX_LINES => group.end = index + 1,
            Some(_) if !begins => groups.push(index..index + 1),
            _ => groups.push(index..index + 1),
        }
    }
    let broken = groups.iter().filter(|group| group.len() > 1).count();
    if broken == 0 || broken * 2 < groups.len() {
        return None;
    }
    let mut dialect = None;
    let mut units = Vec::new();
    for group in groups {
        let lines = run.get(group.clone())?;
        let (first, last) = (lines.first()?, lines.last()?);
        let joined = lines.len() > 1;
        if lines.iter().skip(1).any(|line| is_record(line.text)) {
            return None;
        }
        let text = if joined {
            Cow::Owned(lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" "))
        } else {
            Cow::Borrowed(first.raw)
        };
        if joined {
            let (format, score) = recognise_line(&text)?;
            if score < SURE || *dialect.get_or_insert(format.id) != format.id {
                return None;
            }
        }
        units.push(Unit { text, range: first.start..last.range().end, joined });
    }
    Some(units)
}

/// Whether a line is a record of its own, and no rest of one. The rest of one with names in it looks like one too.
fn is_record(text: &str) -> bool {
    !time::leading(text).is_empty()
        || recognise_line(text).is_some_and(|(format, score)| score >= SURE && format.id != "key-value")
}

/// How a line begins, in classes of characters: `9.9 9 9` for a number with a fraction, a number, and so on.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars().take(40) {
        let class = match c {
            '0'..='9' => '9',
            c if c.is_alphabetic() || c == '_' => 'a',
            c => c,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
        if shape.chars().count() >= 6 {
            break;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    /// The hosts of a log in a mail, with the number of requests.
    fn reached(text: &str) -> Vec<(String, usize)> {
        let input = Input { name: "mail.txt".to_owned(), bytes: text.as_bytes().to_vec(), corrections: Vec::new() };
        let report = crate::export::report(&analyze(&[input], &Options::default()));
        let asked = report.endpoints.into_iter().filter(|endpoint| endpoint.requests > 0);
        asked.map(|endpoint| (endpoint.host, endpoint.requests)).collect()
    }

    #[test]
    fn lines_that_a_mail_program_broke_are_read_as_the_records_they_were() {
        let records = [
            "1794816109.537   7842 10.60.1.4 TCP_TUNNEL/200 6233 CONNECT\n",
            "login.microsoftonline.com:443 - HIER_DIRECT/20.190.159.2 -\n",
            "1794816119.558      0 10.60.1.4 TCP_DENIED/403 3911 CONNECT\n",
            "adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        ];
        for mark in ["", "> ", ">> ", "> > "] {
            let quoted = records.map(|line| [mark, line].concat()).concat();
            let text = format!("Hello,\n\nour proxy says\n{quoted}\nRegards\n");
            assert_eq!(
                reached(&text),
                [("adminwebservice.microsoftonline.com".to_owned(), 1), ("login.microsoftonline.com".to_owned(), 1)],
                "{mark:?}"
            );
        }
    }

    #[test]
    fn a_word_below_the_last_record_is_no_part_of_it() {
        let text = "1794816109.537   7842 10.60.1.4 TCP_TUNNEL/200 6233 CONNECT\nlogin.microsoftonline.com:443 - HIER_DIRECT/20.190.159.2 -\nThanks\n";
        let source = crate::source::Source::decode("mail.txt", text.as_bytes());
        let units = units(&Part::whole(&source)).unwrap_or_default();
        assert_eq!(units.iter().map(|unit| unit.joined).collect::<Vec<_>>(), [true, false]);
    }
}
