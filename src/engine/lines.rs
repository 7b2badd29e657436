//! Cuts bytes that come in chunks into lines. Where the chunks are cut changes nothing, and memory does not grow with
//! the input.

use crate::source::Encoding;

/// One line as given, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// Its bytes; of a line longer than the limit, the first so many.
    pub bytes: &'a [u8],
    /// Its length in bytes.
    pub length: u64,
    /// 1-based.
    pub number: u64,
    /// Bytes before it.
    pub byte: u64,
    /// There is no "<" in it, for sure.
    pub has_no_angle: bool,
}

/// What takes the lines of a [`Cutter`]. A function that takes one will do.
pub trait TakeLines {
    /// Takes what it can of these bytes at one go: whole lines from the beginning on, each with its end, which is a
    /// line feed or a carriage return and a line feed. Says how many bytes and how many lines it took; the next line
    /// then comes by itself. `at` is where the first one begins: byte and 1-based number. When the bytes are said to be
    /// plain, there is no carriage return and no "<" in them.
    fn take_many(&mut self, _bytes: &[u8], _at: (u64, u64), _plain: bool) -> (usize, u64) {
        (0, 0)
    }

    /// Takes a line.
    fn take(&mut self, line: &RawLine);
}

impl<F: FnMut(&RawLine)> TakeLines for F {
    fn take(&mut self, line: &RawLine) {
        self(line);
    }
}

/// What is left of the last chunk.
#[derive(Clone, Debug)]
pub struct Cutter {
    encoding: Encoding,
    limit: usize,
    /// The beginning of the line at hand.
    carry: Vec<u8>,
    /// Bytes of that line that found no room in `carry`.
    dropped: u64,
    number: u64,
    byte: u64,
    /// The last line ended with a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    /// The first byte of a UTF-16 unit whose second one is in the next chunk.
    half: Option<u8>,
}

impl Cutter {
    /// From this line (1-based) on, which has so many bytes before it. Of a line longer than `limit` bytes only the
    /// first so many are given.
    pub fn new(encoding: Encoding, number: u64, byte: u64, limit: usize) -> Self {
        Self { encoding, limit, carry: Vec::new(), dropped: 0, number, byte, after_return: false, half: None }
    }

    /// Lines that were given so far.
    pub fn lines(&self) -> u64 {
        self.number - 1
    }

    /// Where the line at hand begins: byte and 1-based number.
    pub fn begin_of_line(&self) -> (u64, u64) {
        (self.byte, self.number)
    }

    /// Takes a chunk, and gives the lines that end in it.
    pub fn push(&mut self, chunk: &[u8], lines: &mut impl TakeLines) {
        if matches!(self.encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
            self.push_units(chunk, lines);
            return;
        }
        // One look at the whole chunk saves one at every line.
        let has_neither = memchr::memchr2(b'<', b'\r', chunk).is_none();
        let has_no_angle = has_neither || memchr::memchr(b'<', chunk).is_none();
        let has_no_return = has_neither || memchr::memchr(b'\r', chunk).is_none();
        let mut rest = chunk;
        loop {
            if self.carry.is_empty() && self.dropped == 0 && !self.after_return {
                let (bytes, many) = lines.take_many(rest, (self.byte, self.number), has_neither);
                self.number += many;
                self.byte += bytes as u64;
                rest = rest.get(bytes..).unwrap_or_default();
            }
            if rest.is_empty() {
                return;
            }
            if std::mem::take(&mut self.after_return)
                && let [b'\n', after @ ..] = rest
            {
                self.byte += 1;
                rest = after;
                continue;
            }
            let end = if has_no_return { memchr::memchr(b'\n', rest) } else { memchr::memchr2(b'\n', b'\r', rest) };
            let Some(end) = end else {
                self.hold(rest);
                return;
            };
            let (line, tail) = rest.split_at(end);
            self.after_return = tail.first() == Some(&b'\r');
            rest = tail.get(1..).unwrap_or_default();
            if self.carry.is_empty() && self.dropped == 0 {
                let bytes = line.get(..line.len().min(self.limit)).unwrap_or(line);
                let length = line.len() as u64;
                lines.take(&RawLine { bytes, length, number: self.number, byte: self.byte, has_no_angle });
                self.number += 1;
                self.byte += line.len() as u64 + 1;
            } else {
                self.hold(line);
                self.give(1, lines);
            }
        }
    }

    /// Gives the last line, where it has no end.
    pub fn finish(&mut self, lines: &mut impl TakeLines) {
        if let Some(half) = self.half.take() {
            self.hold(&[half]);
        }
        if !self.carry.is_empty() || self.dropped > 0 {
            self.give(0, lines);
        }
    }

    fn push_units(&mut self, chunk: &[u8], lines: &mut impl TakeLines) {
        let mut rest = chunk;
        if let (Some(half), [first, tail @ ..]) = (self.half, rest) {
            self.half = None;
            self.unit([half, *first], lines);
            rest = tail;
        }
        while let [first, second, tail @ ..] = rest {
            self.unit([*first, *second], lines);
            rest = tail;
        }
        self.half = rest.first().copied().or(self.half);
    }

    fn unit(&mut self, pair: [u8; 2], lines: &mut impl TakeLines) {
        let unit = if self.encoding == Encoding::Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
        let was_return = std::mem::take(&mut self.after_return);
        match unit {
            0x0A if was_return => self.byte += 2,
            0x0A | 0x0D => {
                self.give(2, lines);
                self.after_return = unit == 0x0D;
            }
            _ => self.hold(&pair),
        }
    }

    /// Adds to the line at hand.
    fn hold(&mut self, bytes: &[u8]) {
        let room = self.limit.saturating_sub(self.carry.len());
        let kept = bytes.get(..room.min(bytes.len())).unwrap_or(bytes);
        self.carry.extend_from_slice(kept);
        self.dropped += (bytes.len() - kept.len()) as u64;
    }

    /// Gives the line at hand, whose end has so many bytes.
    fn give(&mut self, end: u64, lines: &mut impl TakeLines) {
        let length = self.carry.len() as u64 + self.dropped;
        lines.take(&RawLine { bytes: &self.carry, length, number: self.number, byte: self.byte, has_no_angle: false });
        self.number += 1;
        self.byte += length + end;
        self.carry.clear();
        self.dropped = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Owned = (Vec<u8>, u64, u64, u64);

    fn cut(encoding: Encoding, chunks: &[&[u8]]) -> Vec<Owned> {
        let mut cutter = Cutter::new(encoding, 1, 0, 8);
        let mut lines = Vec::new();
        let mut take = |line: &RawLine| lines.push((line.bytes.to_vec(), line.length, line.number, line.byte));
        for chunk in chunks {
            cutter.push(chunk, &mut take);
        }
        cutter.finish(&mut take);
        lines
    }

    fn line(text: &str, number: u64, byte: u64) -> Owned {
        (text.as_bytes().to_vec(), text.len() as u64, number, byte)
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        let expected = [line("one", 1, 0), line("two", 2, 5), line("", 3, 9), line("three", 4, 10), line("x", 5, 16)];
        assert_eq!(cut(Encoding::Utf8, &[b"one\r\ntwo\n\nthree\rx"]), expected);
        assert_eq!(cut(Encoding::Utf8, &[b"one\r", b"\ntwo\n\nthr", b"ee\r", b"x"]), expected);
    }

    #[test]
    fn a_line_without_end_gives_its_beginning_and_its_length() {
        let long = vec![b'x'; 100];
        let lines = cut(Encoding::Utf8, &[&long, &long, b"\nnext"]);
        assert_eq!(lines, [(vec![b'x'; 8], 200, 1, 0), line("next", 2, 201)]);
        assert_eq!(cut(Encoding::Utf8, &[&[&long[..], &long[..], b"\nnext"].concat()]), lines);
    }

    #[test]
    fn utf16_is_cut_between_characters() {
        let bytes: Vec<u8> = "a\u{0A0D}\r\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let lines = cut(Encoding::Utf16Le, &[&bytes]);
        assert_eq!(lines.iter().map(|line| (line.1, line.3)).collect::<Vec<_>>(), [(4, 0), (2, 8)]);
    }

    proptest! {
        #[test]
        fn where_the_chunks_are_cut_changes_nothing(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(0), any::<u8>()], 0..80),
            cuts in proptest::collection::vec(0..80_usize, 0..6),
        ) {
            for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
                let whole = cut(encoding, &[&bytes]);
                let mut cuts: Vec<usize> = cuts.iter().map(|cut| (*cut).min(bytes.len())).collect();
                cuts.extend([0, bytes.len()]);
                cuts.sort_unstable();
                let chunks: Vec<&[u8]> = cuts.windows(2).filter_map(|pair| bytes.get(pair[0]..pair[1])).collect();
                prop_assert_eq!(&cut(encoding, &chunks), &whole);
                let given: u64 = whole.iter().map(|line| line.1).sum();
                prop_assert!(given <= bytes.len() as u64);
            }
        }
    }
}
