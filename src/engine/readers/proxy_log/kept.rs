//! The lines of a log that serve as evidence. A log in memory is its own store; of a log that streams by, the lines
//! that are still pointed to are kept, each with its number and its place in the bytes as given.

use crate::artifact::Span;
use crate::source::{Encoding, Piece};
use std::ops::Range;

/// One line as it is read.
#[derive(Clone, Copy, Debug)]
pub struct LineAt<'a> {
    /// Decoded, without its end.
    pub text: &'a str,
    /// Its bytes as given; of a line that is cut short, at least those of `text`.
    pub raw: &'a [u8],
    /// Offset in the decoded text; counts for a log in memory only.
    pub offset: usize,
    /// 1-based; counts for a streamed log only.
    pub number: u64,
    /// Bytes before it in the input as given; counts for a streamed log only.
    pub byte: u64,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    /// From this offset on, so many bytes of a line.
    Line(LineAt<'a>, usize, usize),
    /// All of a line, of which only the bytes are known.
    Raw(LineAt<'a>),
    /// There.
    Known(Span),
}

/// What gives a [`Span`] to a place that is to be remembered.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// The whole text is in memory: a place is an offset in it.
    InMemory {
        /// The artifact that spans name.
        artifact: usize,
    },
    /// The text goes by: what is pointed to is copied.
    Lines(Lines),
}

/// Copied lines, in the order of the log.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    encoding: Encoding,
    /// In UTF-8, a line feed behind each line.
    text: Vec<u8>,
    kept: Vec<Line>,
    /// Offset in `text` behind a broken place, and the byte it stands for, as [`crate::source::Source`] counts.
    anchors: Vec<(usize, u64)>,
    /// Length of `text` after it was pruned last.
    floor: usize,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    /// Offset in `text`.
    at: usize,
    number: u64,
    byte: u64,
}

/// The text may grow by this much before it is looked through for lines that nothing points to any more.
const SLACK: usize = 4 << 20;

impl Kept {
    /// The span of a place; from now on it can be shown.
    pub fn span(&mut self, place: &Place) -> Span {
        let (line, part) = match place {
            Place::Known(span) => return *span,
            Place::Line(line, from, length) => (line, Some((*from, *length))),
            Place::Raw(line) => (line, None),
        };
        let (artifact, start, all) = match self {
            Self::InMemory { artifact } => (*artifact, line.offset, line.raw.len()),
            Self::Lines(lines) => {
                let (start, all) = lines.keep(line, part.map(|_| line.text));
                (0, start, all)
            }
        };
        let (from, length) = part.unwrap_or((0, all));
        Span { artifact, start: start + from, end: start + from + length }
    }

    /// Whether it is time to prune.
    pub fn is_full(&self) -> bool {
        match self {
            Self::InMemory { .. } => false,
            Self::Lines(lines) => lines.text.len() > 2 * lines.floor + SLACK,
        }
    }

    /// Drops the lines that no span lies in, and moves the spans to where their lines are then. `visit` calls its
    /// argument with every span there is.
    pub fn prune(&mut self, mut visit: impl FnMut(&mut dyn FnMut(&mut Span))) {
        let Self::Lines(lines) = self else { return };
        let old = std::mem::replace(lines, Lines::new(lines.encoding));
        let mut live = vec![false; old.kept.len()];
        // The lines that spans begin and end in, in the order of the visit.
        let mut ends = Vec::new();
        visit(&mut |span| {
            let (first, last) = old.indices(span);
            live.iter_mut().take(last + 1).skip(first).for_each(|live| *live = true);
            ends.push((first, last));
        });
        let mut moved = vec![0; old.kept.len()];
        let mut anchors = old.anchors.iter().peekable();
        for (index, line) in old.kept.iter().enumerate() {
            let end = old.kept.get(index + 1).map_or(old.text.len(), |next| next.at);
            let is_live = live.get(index).copied().unwrap_or(false);
            let at = lines.text.len();
            if let Some(moved) = moved.get_mut(index) {
                *moved = at;
            }
            while let Some((offset, byte)) = anchors.next_if(|(offset, _)| *offset < end) {
                if is_live {
                    lines.anchors.push((offset - line.at + at, *byte));
                }
            }
            if is_live {
                lines.text.extend_from_slice(old.text.get(line.at..end).unwrap_or_default());
                lines.kept.push(Line { at, ..*line });
            }
        }
        let mut ends = ends.into_iter();
        visit(&mut |span| {
            let shifted = |offset: usize, index: usize| {
                let from = old.kept.get(index).map_or(0, |line| line.at);
                moved.get(index).copied().unwrap_or(0) + (offset - from)
            };
            if let Some((first, last)) = ends.next() {
                (span.start, span.end) = (shifted(span.start, first), shifted(span.end.max(span.start), last));
            }
        });
        lines.floor = lines.text.len();
    }

    /// The kept lines, in the order of the log. Offsets of spans are offsets in their texts, one behind the other
    /// with a line feed behind each.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        if let Self::Lines(lines) = self { lines.pieces() } else { Vec::new() }
    }
}

impl Lines {
    /// None yet, of a log in this encoding.
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, text: Vec::new(), kept: Vec::new(), anchors: Vec::new(), floor: 0 }
    }

    /// Copies a line, with this text where it is known, unless it is the last one that was copied. Gives its offset and
    /// its length.
    pub fn keep(&mut self, line: &LineAt, text: Option<&str>) -> (usize, usize) {
        if let Some(last) = self.kept.last()
            && last.number == line.number
        {
            return (last.at, self.text.len() - last.at - 1);
        }
        let at = self.text.len();
        // Most lines are ASCII: their bytes are their text, and need no second look.
        if is_ascii(line.raw) {
            self.text.extend_from_slice(text.map_or(line.raw, str::as_bytes));
        } else {
            let (decoded, anchors) = self.encoding.decode_with_anchors(line.raw);
            let text = text.unwrap_or(&decoded);
            let inside = anchors.into_iter().filter(|(offset, _)| *offset <= text.len());
            self.anchors.extend(inside.map(|(offset, byte)| (at + offset, line.byte + byte)));
            self.text.extend_from_slice(text.as_bytes());
        }
        let length = self.text.len() - at;
        self.text.push(b'\n');
        self.kept.push(Line { at, number: line.number, byte: line.byte });
        (at, length)
    }

    /// Length of the lines, each with a line feed behind it, in bytes.
    pub fn length(&self) -> usize {
        self.text.len()
    }

    /// A stretch of the lines, each with a line feed behind it.
    pub fn text(&self, range: Range<usize>) -> &str {
        self.text.get(range).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or("")
    }

    /// Forgets the lines from this offset on.
    pub fn truncate(&mut self, at: usize) {
        self.text.truncate(at);
        self.kept.retain(|line| line.at < at);
        self.anchors.retain(|(offset, _)| *offset < at);
    }

    /// See [`Kept::pieces`].
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let ends = self.kept.iter().skip(1).map(|line| line.at).chain([self.text.len()]);
        let mut anchors = self.anchors.iter().peekable();
        self.kept
            .iter()
            .zip(ends)
            .map(|(line, end)| Piece {
                text: self.text(line.at..end.saturating_sub(1)),
                number: line.number,
                byte: line.byte,
                anchors: std::iter::from_fn(|| anchors.next_if(|(offset, _)| *offset < end))
                    .map(|(offset, byte)| (offset - line.at, *byte))
                    .collect(),
            })
            .collect()
    }

    /// Indices of the lines that a span begins and ends in.
    fn indices(&self, span: &Span) -> (usize, usize) {
        let index = |offset: usize| self.kept.partition_point(|line| line.at <= offset).saturating_sub(1);
        let first = index(span.start);
        let is_one_line = self.kept.get(first + 1).is_none_or(|next| span.end < next.at);
        (first, if is_one_line { first } else { index(span.end) })
    }
}

/// As the method of slices. This one becomes a few wide steps in WebAssembly too.
fn is_ascii(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |all, byte| all | byte).is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, number: u64) -> LineAt<'_> {
        LineAt { text, raw: text.as_bytes(), offset: 0, number, byte: number * 100 }
    }

    #[test]
    fn pruning_keeps_what_is_pointed_to_and_its_number() {
        let mut kept = Kept::Lines(Lines::new(Encoding::Utf8));
        let mut spans: Vec<Span> =
            (1..=6).map(|number| kept.span(&Place::Line(line("a record", number), 2, 6))).collect();
        spans.retain(|span| span.start % 4 == 0);
        let before = spans.len();
        kept.prune(|take| spans.iter_mut().for_each(take));
        let pieces = kept.pieces();
        assert_eq!(pieces.len(), before);
        let text: String = pieces.iter().flat_map(|piece| [piece.text, "\n"]).collect();
        assert!(spans.iter().all(|span| text.get(span.start..span.end) == Some("record")), "{spans:?} in {text:?}");
        assert!(pieces.iter().all(|piece| piece.byte == piece.number * 100));
    }

    #[test]
    fn a_broken_byte_moves_no_place_behind_it() {
        let mut kept = Kept::Lines(Lines::new(Encoding::Utf8));
        let raw = b"a\xFFb";
        let text = String::from_utf8_lossy(raw);
        kept.span(&Place::Line(LineAt { text: &text, raw, offset: 0, number: 1, byte: 7 }, 0, 1));
        let pieces = kept.pieces();
        assert_eq!(pieces.first().map(|piece| piece.anchors.clone()), Some(vec![(4, 9)]));
    }
}
