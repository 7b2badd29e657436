//! Windows events that a text names by source and number: the text of Event Viewer in any language, its CSV and XML,
//! `Get-WinEvent`, and what people write (`event 6801 of ADSync`).

use super::normalise::Normal;
use crate::errors::Event;
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::ops::Range;

/// The events of a shelf, ready to be found.
#[derive(Debug)]
pub struct Events {
    sources: Option<AhoCorasick>,
    names: Vec<&'static str>,
    /// Source and number, entry.
    entries: BTreeMap<(&'static str, u32), usize>,
}

/// How far behind its source an event has its number: date, time and log name stand between.
const REACH: usize = 160;

/// How far before its source somebody writes the number.
const BEFORE: usize = 40;

/// How Windows labels the number, without blanks, in the languages it is pasted in.
const LABELS: &[&str] = &[
    "eventid",
    "ereignis-id",
    "ereigniskennung",
    "事件id",
    "事件識別碼",
    "イベントid",
    "iddel'événement",
    "iddelévénement",
    "id.delevento",
    "iddelevento",
    "iddoevento",
    "이벤트id",
    "кодсобытия",
    "olaykimliği",
    "identyfikatorzdarzenia",
    "gebeurtenis-id",
    "idevento",
    "identificaçãodoevento",
    "id",
    "event",
];

impl Events {
    /// The events of these entries.
    pub fn new(events: impl Iterator<Item = (usize, Event)>) -> Self {
        let entries: BTreeMap<_, _> = events.map(|(entry, event)| ((event.source, event.id), entry)).collect();
        let mut names: Vec<&str> = entries.keys().map(|(source, _)| *source).collect();
        names.dedup();
        let sources = AhoCorasick::new(names.iter().map(|name| Normal::new(name).text)).ok();
        Self { sources, names, entries }
    }

    /// Every event of the shelf in the text: its entry and its place.
    pub fn find(&self, normal: &Normal) -> Vec<(usize, Range<usize>)> {
        let Some(sources) = &self.sources else { return Vec::new() };
        let found = sources.find_iter(&normal.text).filter_map(|hit| {
            let source = *self.names.get(hit.pattern().as_usize())?;
            let entry = |id: &u32| self.entries.get(&(source, *id)).copied();
            // "Event ID 0, source X" on one line, event after event: the next number is that of the next event.
            let line_end = rest_of_line(normal, hit.end());
            let before = number_before(normal, hit.start()).filter(|(_, start)| same_line(normal, *start, hit.start()));
            if let Some((id, start)) = before
                && number_behind(normal, hit.end()).is_none_or(|(_, end)| end > line_end)
            {
                return Some((entry(&id)?, start..hit.end()));
            }
            let behind = number_behind(normal, hit.end());
            if let Some((entry, end)) = behind.and_then(|(id, end)| Some((entry(&id)?, end))) {
                return Some((entry, hit.start()..end));
            }
            let (id, start) = number_before(normal, hit.start())?;
            Some((entry(&id)?, start..hit.end()))
        });
        found.collect()
    }
}

/// Where, in the normal text, the line of this place ends.
fn rest_of_line(normal: &Normal, at: usize) -> usize {
    let from = normal.end(at);
    let rest = normal.original.get(from..).unwrap_or("");
    normal.position(from + rest.find('\n').unwrap_or(rest.len()))
}

/// Whether two places stand on one line.
fn same_line(normal: &Normal, one: usize, other: usize) -> bool {
    normal.original.get(normal.start(one)..normal.start(other)).is_some_and(|between| !between.contains('\n'))
}

/// The number behind a source, and where it ends. It stands right there, as in a row of CSV, or behind its label.
fn number_behind(normal: &Normal, from: usize) -> Option<(u32, usize)> {
    let tail = normal.text.get(from..normal.ahead(from, REACH))?;
    let at = tail.find(|c: char| !matches!(c, ',' | ';' | ':' | '(' | '|' | '\''))?;
    if tail.get(at..)?.starts_with(|c: char| c.is_ascii_digit()) {
        return digits(tail, at).map(|(id, end)| (id, from + end));
    }
    // The first label that a number follows; the word stands in ordinary sentences as well.
    let mut places: Vec<usize> =
        LABELS.iter().flat_map(|label| tail.match_indices(label).map(|(at, label)| at + label.len())).collect();
    places.sort_unstable();
    places.into_iter().find_map(|place| {
        let mut rest = tail.get(place..)?;
        if let Some(value) = rest.strip_prefix("qualifiers=") {
            rest = value.get(value.find('>')?..)?;
        }
        let rest = rest.trim_start_matches([':', '=', '>', '#', '：']);
        digits(tail, tail.len() - rest.len()).map(|(id, end)| (id, from + end))
    })
}

/// The number that stands before a source: `event 6801 (ADSync)`, `Id : 1011 ProviderName : ADSync`.
fn number_before(normal: &Normal, before: usize) -> Option<(u32, usize)> {
    let head = normal.text.get(..before)?;
    let start = head.char_indices().rev().take(BEFORE).last().map_or(0, |(at, _)| at);
    let near = head.get(start..)?;
    LABELS.iter().filter_map(|label| Some((near.rfind(label)?, label.len()))).max().and_then(|(at, length)| {
        let rest = near.get(at + length..)?.trim_start_matches([':', '=', '#', 'i', 'd']);
        digits(near, near.len() - rest.len()).map(|(id, _)| (id, start + at))
    })
}

/// The whole number that begins at `at`, and where it ends.
fn digits(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(length..)?;
    let fraction =
        after.strip_prefix(['.', '/', '-', ':']).is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()));
    let whole = (1..=5).contains(&length) && !fraction;
    whole.then(|| rest.get(..length)?.parse().ok()).flatten().map(|id| (id, at + length))
}
