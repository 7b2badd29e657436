//! Takes inputs in chunks. What is small, or no log, is held until it is read; a big log is read as it goes by.

use crate::Options;
use crate::artifact::{Kind, Part};
use crate::detect::{self, Score};
use crate::formats;
use crate::lines::{Cutter, RawLine, TakeLines};
use crate::readers::proxy_log::{LogFold, MAX_LINE};
use crate::readers::{Reading, error_text};
use crate::segment::segment;
use crate::source::{Encoding, Piece, Position, Source};
use crate::unpack::{self, Unpacker};
use std::ops::Range;

/// An analysis whose inputs come in chunks: for each, [`Analysis::open`], any number of [`Analysis::push`], and
/// [`Analysis::close`]. Where the chunks are cut changes nothing. A log needs memory that does not grow with it.
pub struct Analysis {
    options: Options,
    /// A first decision whether an input is a log falls after so many bytes.
    head: usize,
    /// See [`MOST`].
    most: usize,
    /// Inputs that were opened.
    inputs: usize,
    /// The archive, or the plain file, that is open.
    unpacker: Option<Unpacker>,
    name: String,
    corrections: Vec<(usize, Kind)>,
    taken: Vec<Taken>,
}

/// One input, or one file in an archive, as far as it has come.
#[derive(Debug)]
pub struct Taken {
    /// Index of the input.
    pub input: usize,
    /// Name of the file; of a file in an archive, behind the name of the archive.
    pub name: String,
    /// The file in the archive.
    pub member: Option<String>,
    /// What could not be unpacked.
    pub problems: Vec<String>,
    /// Corrections by the user; see [`crate::Input::corrections`].
    pub corrections: Vec<(usize, Kind)>,
    /// Length in bytes.
    pub bytes: u64,
    /// What is held of it.
    pub body: Body,
    /// Size at which it was last decided that it is no log.
    decided: usize,
    is_open: bool,
}

/// What is held of an input.
#[derive(Debug)]
pub enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// A log that went by.
    Log(Box<LogStream>),
    /// The beginning of something that is no log and too big to hold.
    Beginning(Vec<u8>),
}

/// A log that goes by, and what stood above it.
#[derive(Clone, Debug)]
pub struct LogStream {
    encoding: Encoding,
    /// Text above the log, such as the head of a mail, with its anchors; see [`Piece`].
    above: (String, Vec<(usize, u64)>),
    /// The parts of that text.
    pub parts: Vec<Range<usize>>,
    /// Byte in the input at which `above` begins.
    above_byte: u64,
    /// Where the log begins.
    pub begin: Position,
    /// The first bytes.
    head: Vec<u8>,
    /// By what the log was recognised.
    pub score: Score,
    cutter: Cutter,
    fold: LogFold,
}

/// What was read of a log that goes by.
#[derive(Clone, Debug)]
pub struct LogRead {
    /// The log.
    pub reading: Reading,
    /// The text that spans point into: what stood above the log, the lines of the log that were kept, texts that stood
    /// among its records.
    pub source: Source,
    /// The lines of the log in it.
    pub log: Range<usize>,
    /// The parts of the texts among its records.
    pub asides: Vec<Range<usize>>,
}

/// Up to this size an input is read as a whole: cut into parts, each for its own reader.
const HEAD: usize = 256 << 10;
/// An input that does not begin with a log may still become one up to here: a long mail above it. Four times as much
/// each time, so 16 MB with [`HEAD`].
const LATEST: usize = 8 << 20;
/// Of what is no log, no more than this is held of all inputs together, in bytes.
pub const MOST: usize = 128 << 20;

impl Analysis {
    /// No inputs yet.
    pub fn new(options: &Options) -> Self {
        Self::with_head(options, HEAD)
    }

    /// As [`Analysis::new`]; inputs longer than `head` bytes are read as they go by when they are logs. For tests,
    /// which compare both ways of reading.
    pub fn with_head(options: &Options, head: usize) -> Self {
        let (name, corrections) = (String::new(), Vec::new());
        Self {
            options: options.clone(),
            head,
            most: MOST,
            inputs: 0,
            unpacker: None,
            name,
            corrections,
            taken: Vec::new(),
        }
    }

    /// Begins an input. Archives are unpacked: each file in them is read as an input of its own.
    pub fn open(&mut self, name: &str, corrections: &[(usize, Kind)]) {
        self.close();
        self.inputs += 1;
        self.unpacker = Some(Unpacker::new(name));
        name.clone_into(&mut self.name);
        self.corrections = corrections.to_vec();
    }

    /// Takes the next bytes of the input that is open.
    pub fn push(&mut self, bytes: &[u8]) {
        let Some(mut unpacker) = self.unpacker.take() else { return };
        unpacker.push(bytes, &mut |event| self.take(event));
        self.unpacker = Some(unpacker);
    }

    /// Ends the input that is open.
    pub fn close(&mut self) {
        if let Some(mut unpacker) = self.unpacker.take() {
            unpacker.finish(&mut |event| self.take(event));
        }
    }

    fn take(&mut self, event: unpack::Event) {
        match event {
            unpack::Event::Begin { member } => self.begin(member),
            unpack::Event::Bytes(bytes) => self.add(bytes),
            unpack::Event::End => self.end(),
            unpack::Event::Problem(what) => {
                if !self.taken.last().is_some_and(|taken| taken.is_open) {
                    self.begin(None);
                    self.end();
                }
                if let Some(taken) = self.taken.last_mut() {
                    taken.problems.push(what);
                }
            }
        }
    }

    fn begin(&mut self, member: Option<&str>) {
        let name = member.map_or_else(|| self.name.clone(), |member| format!("{}/{member}", self.name));
        self.taken.push(Taken {
            input: self.inputs.saturating_sub(1),
            name,
            member: member.map(str::to_owned),
            problems: Vec::new(),
            corrections: self.corrections.clone(),
            bytes: 0,
            body: Body::Whole(Vec::new()),
            decided: 0,
            is_open: true,
        });
    }

    fn add(&mut self, bytes: &[u8]) {
        let Some((taken, others)) = self.taken.split_last_mut().filter(|(taken, _)| taken.is_open) else { return };
        taken.bytes += bytes.len() as u64;
        let first = self.head.max(1);
        // Enough to know a log, however much is held already.
        let most = self.most;
        let room = || most.saturating_sub(others.iter().map(|taken| taken.body.content().len()).sum()).max(first);
        let mut rest = bytes;
        while !rest.is_empty() {
            match &mut taken.body {
                Body::Log(log) => {
                    log.push(rest);
                    return;
                }
                Body::Beginning(_) => return,
                Body::Whole(held) => {
                    // Decisions fall at fixed sizes, not where a chunk happens to end.
                    let next = match taken.decided {
                        0 => first,
                        size if size < LATEST => size * 4,
                        _ => most,
                    };
                    let room = room();
                    let next = next.min(room);
                    let (now, later) = rest.split_at(rest.len().min(next.saturating_sub(held.len())));
                    held.extend_from_slice(now);
                    if later.is_empty() {
                        return;
                    }
                    rest = later;
                    taken.decided = next;
                    if let Some(log) = LogStream::begin(held, &taken.name, &taken.corrections) {
                        taken.body = Body::Log(Box::new(log));
                    } else if next >= room {
                        let beginning = held.get(..HEAD).unwrap_or(held).to_vec();
                        taken.body = Body::Beginning(beginning);
                    }
                }
            }
        }
    }

    fn end(&mut self) {
        if let Some(taken) = self.taken.last_mut() {
            taken.is_open = false;
            if let Body::Log(log) = &mut taken.body {
                log.finish();
            }
        }
    }

    /// Lines of logs that went by so far.
    pub fn lines(&self) -> u64 {
        let lines = |taken: &Taken| match &taken.body {
            Body::Log(log) => log.cutter.lines(),
            Body::Whole(_) | Body::Beginning(_) => 0,
        };
        self.taken.iter().map(lines).sum()
    }

    /// Name of what is being read, with the file in an archive.
    pub fn name(&self) -> &str {
        self.taken.last().map_or(&self.name, |taken| &taken.name)
    }

    /// A place in the log that is being read where a line begins: byte and 1-based number. None in archives.
    pub fn mark(&self) -> Option<(u64, u64)> {
        match self.taken.last() {
            Some(Taken { body: Body::Log(log), member: None, is_open: true, .. }) => Some(log.cutter.begin_of_line()),
            _ => None,
        }
    }

    /// What was taken so far, and what the user chose.
    pub(crate) fn taken(&self) -> (&[Taken], &Options) {
        (&self.taken, &self.options)
    }
}

impl Taken {
    /// Whether it went by as a log.
    pub fn is_log(&self) -> bool {
        matches!(self.body, Body::Log(_))
    }
}

impl Body {
    /// What is held of the content, for putting inputs of the same name into an order.
    pub fn content(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) | Self::Beginning(bytes) => bytes,
            Self::Log(log) => &log.head,
        }
    }
}

impl LogStream {
    /// The stream that an input with this beginning is, when its last part is a log.
    fn begin(held: &[u8], name: &str, corrections: &[(usize, Kind)]) -> Option<Self> {
        let source = Source::decode(name, whole_lines(held));
        let ranges = segment(&source);
        let (last, parts) = ranges.split_last()?;
        let part = Part { source: &source, artifact: 0, start: last.start, end: source.text.len() };
        let begin = source.position(last.start);
        let corrected = corrections.iter().find(|(line, _)| *line == begin.line).map(|(_, kind)| *kind);
        let (_, score) = detect::detect(&part);
        let is_log = score.kind == Kind::ProxyLog && corrected.is_none_or(|kind| kind == Kind::ProxyLog);
        let format = formats::ALL.iter().find(|format| is_log && format.id == score.format)?;
        let above = source.piece_before(last.start);
        let mut log = Self {
            encoding: source.encoding,
            above: (above.text.to_owned(), above.anchors),
            parts: parts.to_vec(),
            above_byte: above.byte,
            begin,
            head: held.get(..4096).unwrap_or(held).to_vec(),
            score,
            cutter: Cutter::new(source.encoding, begin.line as u64, begin.byte, MAX_LINE + 1),
            fold: LogFold::streaming(format, source.encoding, is_text),
        };
        log.push(held.get(usize::try_from(begin.byte).ok()?..)?);
        Some(log)
    }

    fn push(&mut self, bytes: &[u8]) {
        let Self { cutter, fold, encoding, .. } = self;
        cutter.push(bytes, &mut Taker { fold, encoding: *encoding });
    }

    fn finish(&mut self) {
        let Self { cutter, fold, encoding, .. } = self;
        cutter.finish(&mut Taker { fold, encoding: *encoding });
    }

    /// What was read so far, for the artifact with this number.
    pub fn read(&self, name: &str, bytes: u64, artifact: usize) -> LogRead {
        let above = Piece { text: &self.above.0, number: 1, byte: self.above_byte, anchors: self.above.1.clone() };
        let base = if above.text.is_empty() { 0 } else { above.text.len() + 1 };
        let fold = self.fold.clone().settled(artifact, base);
        let mut pieces: Vec<Piece> = (base > 0).then_some(above).into_iter().chain(fold.pieces()).collect();
        let end = pieces.iter().map(|piece| piece.text.len() + 1).sum();
        pieces.extend(fold.aside_pieces());
        let source = Source::kept(name, self.encoding, bytes, self.cutter.lines(), &pieces);
        let within = |stretch: &Range<usize>| {
            let start = stretch.start + end;
            let text = source.text.get(start..stretch.end + end).unwrap_or("");
            parts(text).into_iter().map(move |(part, _)| part.start + start..part.end + start).collect::<Vec<_>>()
        };
        let asides = fold.asides().iter().flat_map(within).collect();
        LogRead { reading: fold.finish(), source, log: base..end, asides }
    }
}

/// Whether another reader than that of logs knows a part of this text; of few lines, whether a known error stands in
/// it.
fn is_text(text: &str, few: bool) -> bool {
    if few {
        return error_text::names_error(text);
    }
    let is_known = |kind| !matches!(kind, Kind::Unknown | Kind::Mixed | Kind::ProxyLog | Kind::Har);
    parts(text).into_iter().any(|(_, kind)| is_known(kind))
}

/// The parts of a text, each for one reader, and what each is.
fn parts(text: &str) -> Vec<(Range<usize>, Kind)> {
    let (lines, bytes) = (text.lines().count() as u64, text.len() as u64);
    let piece = Piece { text, number: 1, byte: 0, anchors: Vec::new() };
    let source = Source::kept("", Encoding::Utf8, bytes, lines, &[piece]);
    let kind = |range: &Range<usize>| {
        let part = Part { source: &source, artifact: 0, start: range.start, end: range.end };
        detect::detect(&part).1.kind
    };
    segment(&source).into_iter().map(|range| (range.clone(), kind(&range))).collect()
}

/// As much of the beginning of an input as consists of whole lines.
fn whole_lines(held: &[u8]) -> &[u8] {
    let Some(end) = memchr::memrchr2(b'\n', b'\r', held) else { return held };
    // The second byte of a line end in UTF-16, low byte first.
    let second = usize::from(held.get(end + 1) == Some(&0));
    held.get(..=end + second).unwrap_or(held)
}

/// Hands lines in an encoding to a fold.
struct Taker<'a> {
    fold: &'a mut LogFold,
    encoding: Encoding,
}

impl Taker<'_> {
    fn is_utf8(&self) -> bool {
        matches!(self.encoding, Encoding::Utf8 | Encoding::Utf8Bom)
    }
}

impl TakeLines for Taker<'_> {
    fn take_many(&mut self, bytes: &[u8], at: (u64, u64), plain: bool) -> (usize, u64) {
        if self.is_utf8() { self.fold.skim(bytes, at, plain) } else { (0, 0) }
    }

    fn take(&mut self, line: &RawLine) {
        if self.is_utf8() {
            self.fold.raw_line(line);
        } else {
            self.fold.decoded_line(line, &self.encoding.decode(line.bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_log_is_held_up_to_a_limit_for_all_inputs_together() {
        let mut analysis = Analysis::with_head(&Options::default(), 1 << 10);
        analysis.most = 64 << 10;
        let prose = "A sentence that nobody takes for a record of a log.\n".repeat(1000);
        for name in ["a.txt", "b.txt", "c.txt"] {
            analysis.open(name, &[]);
            for piece in prose.as_bytes().chunks(777) {
                analysis.push(piece);
            }
            analysis.close();
        }
        let held: usize = analysis.taken.iter().map(|taken| taken.body.content().len()).sum();
        assert!(held <= (64 << 10) + HEAD, "{held}");
        let report = crate::export::report(&analysis.report());
        let cut = report.artifacts.iter().filter(|artifact| artifact.skipped_lines > 0).count();
        assert_eq!(cut, 2, "the first fits; of the others only the beginning was read, and the report says so");
        // A log behind them is still read whole.
        analysis.open("access.log", &[]);
        let line = "1790000000.101     57 10.9.0.14 TCP_TUNNEL/200 4210 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.7 -\n";
        analysis.push(line.repeat(2000).as_bytes());
        analysis.close();
        assert!(analysis.taken.last().is_some_and(Taken::is_log));
    }
}
