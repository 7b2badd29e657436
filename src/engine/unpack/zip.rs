//! A zip archive, from the front to the back: member after member by the header before each (PKWARE APPNOTE), as
//! nothing can be looked up at the end of what streams by. The directory at the end is where reading stops.

use super::Event;
use super::content::{Content, Origin};
use super::inflate::{Inflate, Progress};
use super::zip_header::{
    AFTER_MEMBERS, DESCRIPTOR_MOST, LOCAL_FIXED, LOCAL_HEADER, Local, descriptor, local, method_name, variable_length,
};
use crc32fast::Hasher;

/// Files of one archive that are unpacked.
pub(super) const MAX_MEMBERS: u32 = 1000;
/// Members for which the reason why they cannot be unpacked is said one by one.
const MAX_REFUSALS: u32 = 8;

const STORED: u16 = 0;
const DEFLATE: u16 = 8;
const DEFLATE64: u16 = 9;

pub(super) struct Zip {
    /// How messages call it.
    label: String,
    step: Step,
    /// Bytes of a record, until it is whole. Where data begins, it is empty.
    held: Vec<u8>,
    member: Member,
    inflate: Inflate,
    /// Files that began, and members that could not be unpacked.
    members: u32,
    refused: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The header of a member, or what comes after the last.
    Header,
    Data,
    Descriptor,
    Over,
}

/// The member at hand.
#[derive(Default)]
struct Member {
    header: Local,
    /// Whether the length of its data is known beforehand.
    sized: bool,
    /// Bytes of its data so far, and of the file.
    packed: u64,
    size: u64,
    crc: Hasher,
    /// Where the file goes. A folder goes nowhere, nor does what cannot be unpacked.
    content: Option<Content>,
    /// Nothing more is to be unpacked: the rest of the data is skipped, and what was counted means nothing.
    skipped: bool,
    /// The packed data came to its end.
    ended: bool,
}

impl Member {
    fn give(&mut self, piece: &[u8], out: &mut dyn FnMut(Event)) {
        self.crc.update(piece);
        self.size += piece.len() as u64;
        if let Some(content) = &mut self.content {
            content.push(piece, out);
        }
    }
}

impl Zip {
    pub(super) fn new(label: String) -> Self {
        Self {
            label,
            step: Step::Header,
            held: Vec::new(),
            member: Member::default(),
            inflate: Inflate::deflate(),
            members: 0,
            refused: 0,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(Event)) {
        loop {
            // A member without data is over before another byte has come.
            if self.step == Step::Data && self.member.sized && self.member.packed >= self.member.header.packed {
                self.data_is_over(out);
            }
            if bytes.is_empty() || self.step == Step::Over {
                return;
            }
            bytes = match self.step {
                Step::Header => self.header(bytes, out),
                Step::Data => self.data(bytes, out),
                Step::Descriptor => {
                    let rest = self.hold(bytes, DESCRIPTOR_MOST);
                    if self.held.len() >= DESCRIPTOR_MOST {
                        self.descriptor(out);
                    }
                    rest
                }
                Step::Over => &[],
            };
        }
    }

    pub(super) fn finish(&mut self, out: &mut dyn FnMut(Event)) {
        // The directory alone is longer than a descriptor: one that was still waited for may be whole, but no more.
        if self.step == Step::Descriptor
            && descriptor(&self.held, self.member.packed, self.member.size).is_some_and(|found| found.fits)
        {
            self.descriptor(out);
        }
        match self.step {
            Step::Over => return,
            Step::Data | Step::Descriptor => {
                self.flush(out);
                let text = "cut off before its end. What comes before the cut was read; ask for the whole archive.";
                self.member_problem(text, out);
            }
            Step::Header => {
                let text = "the archive is cut off: its directory is missing. What comes before the cut was read; ask \
                            for the whole archive.";
                self.problem(text, out);
            }
        }
        self.end(out);
    }

    /// Takes bytes until `enough` are held, and gives the rest.
    fn hold<'b>(&mut self, bytes: &'b [u8], enough: usize) -> &'b [u8] {
        let (taken, rest) = bytes.split_at(bytes.len().min(enough.saturating_sub(self.held.len())));
        self.held.extend_from_slice(taken);
        rest
    }

    fn header<'b>(&mut self, bytes: &'b [u8], out: &mut dyn FnMut(Event)) -> &'b [u8] {
        let mut rest = self.hold(bytes, LOCAL_HEADER.len());
        let Some(mark) = self.held.first_chunk::<4>() else { return rest };
        if AFTER_MEMBERS.contains(mark) {
            self.end(out);
            return &[];
        }
        if self.members == 0 && self.refused == 0 && mark == b"PK00" {
            self.held.clear();
            return rest;
        }
        if *mark != LOCAL_HEADER {
            let text = "the archive is damaged: where the next member should begin is something else. What comes \
                        before was read; ask for it again.";
            self.problem(text, out);
            self.end(out);
            return &[];
        }
        rest = self.hold(rest, LOCAL_FIXED);
        if self.held.len() >= LOCAL_FIXED {
            let length = LOCAL_FIXED + variable_length(&self.held);
            rest = self.hold(rest, length);
            if self.held.len() >= length {
                let header = local(&self.held);
                self.held.clear();
                self.begin(header, out);
            }
        }
        rest
    }

    fn begin(&mut self, header: Local, out: &mut dyn FnMut(Event)) {
        let first = self.members == 0 && self.refused == 0;
        if first && header.name == "[Content_Types].xml" {
            let text =
                "an Office document (.xlsx, .docx). It cannot be read here: save it as CSV or text and give that.";
            self.problem(text, out);
            self.end(out);
            return;
        }
        // What macOS puts beside each file is not the file.
        let is_file = !header.name.ends_with(['/', '\\']) && !header.name.starts_with("__MACOSX/");
        if is_file && self.members >= MAX_MEMBERS {
            let text = format!("more than {MAX_MEMBERS} files. The rest was not read: give those that matter.");
            self.problem(&text, out);
            self.end(out);
            return;
        }
        let sized = !header.has_descriptor || header.packed != 0;
        // Without its length, only packed data says itself where it ends, and Deflate64 is read ahead.
        let findable = sized || header.method == DEFLATE;
        let refusal = refusal(&header).or_else(|| {
            (!findable && header.method == DEFLATE64).then(|| {
                "its length is not given where it begins. Unpack the archive and give the files inside.".to_owned()
            })
        });
        let member = format!("{} in {}", header.name, self.label);
        self.step = Step::Data;
        self.member = Member { sized, skipped: refusal.is_some(), ..Member::default() };
        if header.method == DEFLATE64 {
            self.inflate = Inflate::deflate64();
        } else {
            self.inflate.restart();
        }
        match refusal {
            Some(text) if is_file => {
                self.refused += 1;
                if self.refused <= MAX_REFUSALS {
                    out(Event::Problem(format!("{member}: {text}")));
                }
            }
            None if is_file => {
                self.members += 1;
                self.member.content = Some(Content::new(member, Origin::Zip(header.name.clone())));
            }
            _ => {}
        }
        let lost = self.member.skipped && !sized;
        self.member.header = header;
        if lost {
            let text = "the archive does not say where the next member begins. What follows was not read: unpack the \
                        archive and give the files inside.";
            self.problem(text, out);
            self.end(out);
        } else if !findable {
            // Stored with nothing said of its length: fine as long as it is empty, which the descriptor tells.
            self.step = Step::Descriptor;
        }
    }

    fn data<'b>(&mut self, bytes: &'b [u8], out: &mut dyn FnMut(Event)) -> &'b [u8] {
        let Member { header, sized, packed, skipped, ended, .. } = &self.member;
        let left = if *sized { header.packed.saturating_sub(*packed) } else { u64::MAX };
        let (data, rest) = bytes.split_at(usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len()));
        if *skipped || *ended {
            self.member.packed += data.len() as u64;
            return rest;
        }
        if header.method == STORED {
            self.member.packed += data.len() as u64;
            self.member.give(data, out);
            return rest;
        }
        let member = &mut self.member;
        let (used, progress) = self.inflate.push(data, &mut |piece| member.give(piece, out));
        member.packed += used as u64;
        self.went_on(progress, out);
        if self.step == Step::Data && !self.member.sized && self.member.ended {
            self.data_is_over(out);
        }
        bytes.get(used..).unwrap_or_default()
    }

    /// What the decoder still held back, when there is no more data.
    fn flush(&mut self, out: &mut dyn FnMut(Event)) {
        let member = &mut self.member;
        if member.header.method == DEFLATE64 && !member.skipped && !member.ended {
            let progress = self.inflate.flush(&mut |piece| member.give(piece, out));
            self.went_on(progress, out);
        }
    }

    fn went_on(&mut self, progress: Progress, out: &mut dyn FnMut(Event)) {
        match progress {
            Progress::More => {}
            Progress::Done => self.member.ended = true,
            Progress::Broken => {
                self.member_problem("damaged. What comes before the damage was read; ask for it again.", out);
                self.member.skipped = true;
                if !self.member.sized {
                    self.problem("the damage hides where the next member begins. What follows was not read.", out);
                    self.end(out);
                }
            }
        }
    }

    fn data_is_over(&mut self, out: &mut dyn FnMut(Event)) {
        self.flush(out);
        if self.member.header.has_descriptor {
            self.step = Step::Descriptor;
        } else {
            let Local { crc, size, .. } = self.member.header;
            self.close(crc, self.member.size == size, out);
        }
    }

    fn descriptor(&mut self, out: &mut dyn FnMut(Event)) {
        let Member { header, packed, size, skipped, .. } = &self.member;
        let size = if *skipped { header.size } else { *size };
        match descriptor(&self.held, *packed, size) {
            // A skipped member's own size is not known for sure; the mark and the packed size are enough.
            Some(found) if found.fits || self.member.sized || header.method != STORED => {
                self.held.drain(..found.length.min(self.held.len()));
                self.close(found.crc, found.fits, out);
            }
            _ if !self.member.sized && header.method == STORED => {
                let text = "stored without packing and without its length, so that its end cannot be found. Unpack \
                            the archive and give the files inside.";
                self.lose(text, out);
            }
            _ => self.lose("damaged: the record after it cannot be read. Ask for the archive again.", out),
        }
    }

    /// The member is over: does it agree with what the archive says of it?
    fn close(&mut self, crc: u32, size_fits: bool, out: &mut dyn FnMut(Event)) {
        self.step = Step::Header;
        let Member { header, skipped, ended, .. } = &self.member;
        if !skipped && header.method != STORED && !ended {
            self.member_problem("damaged: its data ends too early. Ask for it again.", out);
        } else if !skipped && (crc != self.member.crc.clone().finalize() || !size_fits) {
            self.member_problem("its checksum or size does not fit its content: damaged. Ask for it again.", out);
        }
        if let Some(mut content) = self.member.content.take() {
            content.finish(!self.member.skipped, out);
        }
    }

    /// The member cannot be read, and what follows it cannot be found.
    fn lose(&mut self, text: &str, out: &mut dyn FnMut(Event)) {
        if self.member.packed == 0 {
            // Nothing of it was given: no file begins.
            self.member.content = None;
        }
        self.member_problem(text, out);
        self.problem("what follows that member was not read.", out);
        self.end(out);
    }

    fn end(&mut self, out: &mut dyn FnMut(Event)) {
        self.step = Step::Over;
        if let Some(mut content) = self.member.content.take() {
            content.finish(false, out);
        }
        if self.refused > MAX_REFUSALS {
            let text =
                format!("{} more files could not be unpacked for the like reasons.", self.refused - MAX_REFUSALS);
            self.problem(&text, out);
        }
    }

    fn problem(&self, text: &str, out: &mut dyn FnMut(Event)) {
        out(Event::Problem(format!("{}: {text}", self.label)));
    }

    /// Says what is wrong with the member, after its `Begin`.
    fn member_problem(&mut self, text: &str, out: &mut dyn FnMut(Event)) {
        if let Some(content) = &mut self.member.content {
            content.settle(out);
        }
        out(Event::Problem(format!("{} in {}: {text}", self.member.header.name, self.label)));
    }
}

/// Why a member cannot be unpacked.
fn refusal(header: &Local) -> Option<String> {
    if header.encrypted || header.method == 99 {
        return Some(
            "encrypted with a password. Ask for it without one, or unpack it and give the file inside.".to_owned(),
        );
    }
    if matches!(header.method, STORED | DEFLATE | DEFLATE64) {
        return None;
    }
    Some(format!(
        "packed with method {} ({}), which is not unpacked here. Unpack it and give the file inside, or pack it with \
         Deflate.",
        header.method,
        method_name(header.method)
    ))
}
