//! Text among the records of a log that goes by: a mail that was appended, an error that was pasted below. It is held
//! apart, for the reader that knows it.

use super::kept::{LineAt, Lines};
use crate::source::{Encoding, Piece};
use std::ops::Range;

/// Whether a text is one that another reader knows; of few lines, whether it holds an error that is known.
pub type IsText = fn(&str, bool) -> bool;

/// Stretches of lines in a row that are no records.
#[derive(Clone, Debug)]
pub(super) struct Asides {
    lines: Lines,
    is_text: IsText,
    /// Stretches in the text of `lines` that another reader knows.
    ranges: Vec<Range<usize>>,
    run: Option<Run>,
    /// There was more than may be held.
    is_full: bool,
}

/// The stretch at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Where it begins in the text of the lines.
    start: usize,
    /// Where its last line that is not blank ends.
    end: usize,
    /// How many of its lines were counted as unreadable.
    pub unreadable: usize,
    /// How many problems were known before it.
    pub problems: usize,
}

impl Asides {
    /// A few odd lines are broken records, unless they hold a known error.
    const FEW: usize = 3;
    /// So much is held in all, in bytes.
    const MOST: usize = 256 << 10;

    /// None yet, in a log in this encoding.
    pub(super) fn new(encoding: Encoding, is_text: IsText) -> Self {
        Self { lines: Lines::new(encoding), is_text, ranges: Vec::new(), run: None, is_full: false }
    }

    /// Whether the last line was no record.
    pub(super) fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// Whether a line that is no record can be one of a text for which there is room.
    pub(super) fn takes(&mut self, line: &LineAt) -> bool {
        self.is_full |= self.lines.length() + line.text.len() > Self::MOST;
        !self.is_full && !line.text.chars().any(|c| c.is_control() && c != '\t')
    }

    /// Takes a line that is no record. So many problems were known before it.
    pub(super) fn add(&mut self, line: &LineAt, problems: usize) {
        let (start, _) = self.lines.keep(line, Some(line.text));
        let end = start + line.text.len();
        let run = self.run.get_or_insert(Run { start, end, unreadable: 0, problems });
        run.end = end;
        run.unreadable += 1;
    }

    /// Takes a blank line or a rule, which stands in a text as well as between records.
    pub(super) fn pause(&mut self, line: &LineAt) {
        if self.run.is_some() && self.lines.length() + line.text.len() <= Self::MOST {
            self.lines.keep(line, Some(line.text));
        }
    }

    /// Ends the stretch at hand. Gives it when another reader knows it, and forgets it otherwise.
    pub(super) fn end(&mut self) -> Option<Run> {
        let run = self.run.take()?;
        let text = self.lines.text(run.start..run.end);
        if (self.is_text)(text, run.unreadable <= Self::FEW) {
            self.ranges.push(run.start..run.end);
            return Some(run);
        }
        self.lines.truncate(run.start);
        None
    }

    /// The lines of the stretches, in the order of the log.
    pub(super) fn pieces(&self) -> Vec<Piece<'_>> {
        self.lines.pieces()
    }

    /// The stretches: ranges in the texts of [`Asides::pieces`], one behind the other with a line feed behind each.
    pub(super) fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }
}
