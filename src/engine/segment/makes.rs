//! Logs of several makes that stand one behind the other in a paste: the proxy's lines, and below them those of the
//! firewall. Each is a log of its own, with its own clock.

use super::unquoted;
use crate::formats;
use crate::source::Source;

/// A paste with more lines is a file, and a file has one make.
const MAX_LINES: usize = 5000;
/// So many records in a row show a make.
const MIN_RECORDS: usize = 3;
/// Nobody pastes more logs than these at once; what changes more often is one log of mixed lines.
const MAX_MAKES: usize = 4;
/// From this score on a line is of its dialect beyond doubt.
const SURE: u8 = 90;

/// A stretch of lines of one dialect.
struct Stretch {
    dialect: &'static str,
    first: usize,
    records: usize,
}

/// The lines at which a log of another make begins, of lines that are all part of one log. Empty where they are of one
/// make, or where makes alternate.
pub(super) fn beginnings(source: &Source, lines: &[usize]) -> Vec<usize> {
    if lines.len() > MAX_LINES {
        return Vec::new();
    }
    let mut state = formats::State::default();
    let mut stretches: Vec<Stretch> = Vec::new();
    // Header lines belong to the records below them.
    let mut header = None;
    for &line in lines {
        let text = unquoted(source.line(line));
        let found = formats::recognise_with(text, &state);
        // A header is either a comment or read as one by the dialect that owns the line.
        let owned = found.is_none_or(|(format, _)| matches!(format.id, "w3c-extended" | "csv"));
        if text.starts_with('#') || owned {
            let is_header = formats::take_header(text, &mut state);
            if is_header || text.starts_with('#') {
                header = header.or(Some(line));
                continue;
            }
        }
        let begin = header.take().unwrap_or(line);
        let Some((format, score)) = found else { continue };
        // What reads everybody's lines shows no make; nor does a form that a device may write beside its own.
        if score < SURE || format.id == formats::ANY.id || matches!(format.id, "cef" | "leef") {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.dialect == format.id => last.records += 1,
            _ => stretches.push(Stretch { dialect: format.id, first: begin, records: 1 }),
        }
    }
    let clear =
        (2..=MAX_MAKES).contains(&stretches.len()) && stretches.iter().all(|stretch| stretch.records >= MIN_RECORDS);
    if clear { stretches.iter().skip(1).map(|stretch| stretch.first).collect() } else { Vec::new() }
}
