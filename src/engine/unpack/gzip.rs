//! The gzip file format (RFC 1952): members one after another, each a header, deflated data and a trailer. Several
//! members are one file, as every gzip tool has it: rotated logs are often glued together.

use super::Event;
use super::content::{Content, Origin};
use super::inflate::{Inflate, Progress};
use super::names::{MAX_NAME, gzip_name};
use crc32fast::Hasher;

const HEADER: usize = 10;
const TRAILER: usize = 8;
/// A member begins with these: the mark and the method deflate.
const MARK: [u8; 3] = [0x1f, 0x8b, 8];

const HAS_HEADER_CRC: u8 = 1 << 1;
const HAS_EXTRA: u8 = 1 << 2;
const HAS_NAME: u8 = 1 << 3;
const HAS_COMMENT: u8 = 1 << 4;

pub(super) struct Gzip {
    /// How messages call it.
    label: String,
    /// Name of the content, unless the header gives one and that one counts.
    name: String,
    header_names: bool,
    step: Step,
    /// Bytes of the fixed parts, until there are enough of them.
    held: Vec<u8>,
    flags: u8,
    header_name: Vec<u8>,
    inflate: Inflate,
    /// Checksum and size of what the member gave so far.
    crc: Hasher,
    size: u32,
    /// What comes out; from the end of the first header on.
    content: Option<Content>,
    /// Bytes after the last member.
    trailing: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Header,
    ExtraLength,
    Extra(u16),
    Name,
    Comment,
    HeaderCrc,
    Data,
    Trailer,
    Trailing,
    Over,
}

impl Gzip {
    pub(super) fn new(label: String, name: String, header_names: bool) -> Self {
        Self {
            label,
            name,
            header_names,
            step: Step::Header,
            held: Vec::new(),
            flags: 0,
            header_name: Vec::new(),
            inflate: Inflate::deflate(),
            crc: Hasher::new(),
            size: 0,
            content: None,
            trailing: 0,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(Event)) {
        while !bytes.is_empty() {
            bytes = match self.step {
                Step::Header => self.header(bytes, out),
                Step::ExtraLength => self.extra_length(bytes),
                Step::Extra(left) => {
                    let skipped = bytes.len().min(usize::from(left));
                    self.step = Step::Extra(left - skipped as u16);
                    if usize::from(left) == skipped {
                        self.after(HAS_EXTRA);
                    }
                    bytes.get(skipped..).unwrap_or_default()
                }
                Step::Name => self.text(bytes, HAS_NAME),
                Step::Comment => self.text(bytes, HAS_COMMENT),
                Step::HeaderCrc => {
                    let rest = self.hold(bytes, 2);
                    if self.held.len() == 2 {
                        self.after(HAS_HEADER_CRC);
                    }
                    rest
                }
                Step::Data => self.data(bytes, out),
                Step::Trailer => self.trailer(bytes, out),
                Step::Trailing => {
                    self.trailing += bytes.len() as u64;
                    &[]
                }
                Step::Over => &[],
            };
        }
    }

    /// There are no more bytes. If that is because something around it was cut off, no message says it again.
    pub(super) fn finish(&mut self, complete: bool, out: &mut dyn FnMut(Event)) {
        let step = std::mem::replace(&mut self.step, Step::Over);
        let between = step == Step::Header && self.held.is_empty() && self.content.is_some();
        let whole = between || matches!(step, Step::Trailing | Step::Over);
        match step {
            Step::Trailing => self.problem(
                &format!(
                    "{} bytes after the end of the packed data are not gzip and were left out.",
                    self.trailing + self.held.len() as u64
                ),
                out,
            ),
            _ if whole || !complete => {}
            _ if self.content.is_none() => {
                self.problem("cut off in its first bytes, before any content. Ask for the whole file.", out);
            }
            _ => {
                self.problem(
                    "cut off before its end. What comes before the cut was read; ask for the whole file.",
                    out,
                );
            }
        }
        if let Some(mut content) = self.content.take() {
            content.finish(whole, out);
        }
    }

    /// Takes bytes until `enough` are held, and gives the rest.
    fn hold<'b>(&mut self, bytes: &'b [u8], enough: usize) -> &'b [u8] {
        let (taken, rest) = bytes.split_at(bytes.len().min(enough.saturating_sub(self.held.len())));
        self.held.extend_from_slice(taken);
        rest
    }

    fn header<'b>(&mut self, mut bytes: &'b [u8], out: &mut dyn FnMut(Event)) -> &'b [u8] {
        // Blocks of tapes and of some appliances are filled up with zeros.
        if self.held.is_empty() && self.content.is_some() {
            let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
            bytes = bytes.get(zeros..).unwrap_or_default();
        }
        let rest = self.hold(bytes, HEADER);
        if !self.held.iter().zip(MARK).all(|(&byte, mark)| byte == mark) {
            self.step = Step::Trailing;
        } else if let Some(&flags) = self.held.get(3).filter(|_| self.held.len() == HEADER) {
            self.flags = flags;
            if flags >> 5 == 0 {
                self.after(0);
            } else {
                self.problem("the header has marks that gzip does not know: damaged. Ask for it again.", out);
                self.end(out);
            }
        }
        rest
    }

    fn extra_length<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let rest = self.hold(bytes, 2);
        if let &[low, high] = self.held.as_slice() {
            match u16::from_le_bytes([low, high]) {
                0 => self.after(HAS_EXTRA),
                length => self.step = Step::Extra(length),
            }
        }
        rest
    }

    /// Text up to a NUL: the name, kept, or the comment, not kept.
    fn text<'b>(&mut self, bytes: &'b [u8], part: u8) -> &'b [u8] {
        let end = memchr::memchr(0, bytes);
        if part == HAS_NAME {
            let room = MAX_NAME.saturating_sub(self.header_name.len());
            self.header_name.extend(bytes.iter().take(end.unwrap_or(bytes.len())).take(room));
        }
        let Some(end) = end else { return &[] };
        self.after(part);
        bytes.get(end + 1..).unwrap_or_default()
    }

    /// Goes on to the part of the header that comes next after `part`: those with a higher rank in the order in which
    /// RFC 1952 has them. After the last one the data begins.
    fn after(&mut self, part: u8) {
        const ORDER: [(u8, Step); 4] = [
            (HAS_EXTRA, Step::ExtraLength),
            (HAS_NAME, Step::Name),
            (HAS_COMMENT, Step::Comment),
            (HAS_HEADER_CRC, Step::HeaderCrc),
        ];
        self.held.clear();
        let done = ORDER.iter().position(|&(flag, _)| flag == part).map_or(0, |index| index + 1);
        let next = ORDER.iter().skip(done).find(|(flag, _)| self.flags & flag != 0);
        if let Some(&(_, step)) = next {
            self.step = step;
            return;
        }
        self.step = Step::Data;
        self.inflate.restart();
        self.crc = Hasher::new();
        self.size = 0;
        if self.content.is_none() {
            if let Some(name) = gzip_name(&self.header_name).filter(|_| self.header_names) {
                self.name = name;
            }
            let content = Content::new(self.label.clone(), Origin::Gzip(self.name.clone()));
            self.content = Some(content);
        }
    }

    fn data<'b>(&mut self, bytes: &'b [u8], out: &mut dyn FnMut(Event)) -> &'b [u8] {
        let Self { inflate, crc, size, content, .. } = self;
        let (used, progress) = inflate.push(bytes, &mut |piece| {
            crc.update(piece);
            *size = size.wrapping_add(piece.len() as u32);
            if let Some(content) = content {
                content.push(piece, out);
            }
        });
        match progress {
            Progress::More => {}
            Progress::Done => self.step = Step::Trailer,
            Progress::Broken => {
                self.problem("damaged. What comes before the damage was read; ask for it again.", out);
                self.end(out);
            }
        }
        bytes.get(used..).unwrap_or_default()
    }

    fn trailer<'b>(&mut self, bytes: &'b [u8], out: &mut dyn FnMut(Event)) -> &'b [u8] {
        let rest = self.hold(bytes, TRAILER);
        if let &[c0, c1, c2, c3, s0, s1, s2, s3] = self.held.as_slice() {
            let crc = u32::from_le_bytes([c0, c1, c2, c3]);
            let size = u32::from_le_bytes([s0, s1, s2, s3]);
            if crc != self.crc.clone().finalize() || size != self.size {
                self.problem("its checksum does not fit its content: damaged. Ask for it again.", out);
            }
            self.held.clear();
            self.step = Step::Header;
        }
        rest
    }

    fn end(&mut self, out: &mut dyn FnMut(Event)) {
        self.step = Step::Over;
        if let Some(mut content) = self.content.take() {
            content.finish(false, out);
        }
    }

    /// Says what is wrong, after the `Begin` of the content it is about.
    fn problem(&mut self, text: &str, out: &mut dyn FnMut(Event)) {
        if let Some(content) = &mut self.content {
            content.settle(out);
        }
        out(Event::Problem(format!("{}: {text}", self.label)));
    }
}
