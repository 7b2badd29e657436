//! Lines around a place, read again for the viewer: of a text, of a file, of a file in an archive.

use super::{Given, Lines, Slice};
use advisor_engine::lines::{Cutter, RawLine};
use advisor_engine::source::{Encoding, Source};
use advisor_engine::unpack::{Event, Unpacker};
use js_sys::{Array, Promise, Uint8Array};
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

const GONE: &str = "The file could not be read again. It may have been moved or changed.";
/// Bytes that are read at once: little enough that the page does not stutter.
const CHUNK: u64 = 1 << 20;
/// Bytes of a line that are given.
const LONGEST: usize = 64 << 10;

/// The lines of a slice. `marks` are places where lines begin: input, byte, number. `length` is the length of an
/// archive's member, where it is known.
pub(super) async fn lines(
    given: Option<Given>,
    marks: Vec<(usize, u64, u64)>,
    length: Option<u64>,
    slice: Slice,
) -> Result<Lines, String> {
    let (blob, name) = match given.ok_or(GONE)? {
        Given::Text { content, name, .. } => {
            (Blob::new_with_str_sequence(&Array::of1(&content.into())).map_err(|_| GONE)?, name)
        }
        Given::File { file, name, .. } => (file.into(), name),
    };
    let packed = slice.member.clone().map(|member| (name, member));
    let mut head = Vec::new();
    scan(&blob, packed.as_ref(), 0, |_, bytes| {
        head.extend_from_slice(bytes);
        head.len() < LONGEST
    })
    .await?;
    let source = Source::decode("", head.get(..LONGEST.min(head.len())).unwrap_or_default());
    let (encoding, mark) = (source.encoding, source.position(0).byte);
    let total = if packed.is_none() { Some(blob.size() as u64) } else { length };

    let is_byte_known = slice.byte != u64::MAX;
    let wanted = if is_byte_known { slice.byte.min(total.unwrap_or(u64::MAX).saturating_sub(1)) } else { u64::MAX };
    // With both known, it is enough to begin a little before the place and to count back from there.
    let counts_back = is_byte_known && slice.line > 0 && wanted.saturating_sub(slice.before) > mark;
    let (byte, number) = if counts_back {
        ((wanted - slice.before) & !1, 1)
    } else {
        let usable = |known: &&(usize, u64, u64)| {
            packed.is_none()
                && if is_byte_known { known.1 <= wanted.saturating_sub(slice.before) } else { known.2 < slice.line }
        };
        marks.iter().filter(usable).max().map_or((mark, 1), |(_, byte, line)| (*byte, *line))
    };

    let mut window =
        Window { slice: &slice, encoding, wanted, lines: VecDeque::new(), place: None, cut_begin: counts_back };
    let mut cutter = Cutter::new(encoding, number, byte, LONGEST);
    let mut end = 0;
    scan(&blob, packed.as_ref(), byte, |at, bytes| {
        end = at + bytes.len() as u64;
        if !window.is_full() {
            cutter.push(bytes, &mut |line: &RawLine| window.take(line));
        }
        !window.is_full() || total.is_none()
    })
    .await?;
    if !window.is_full() {
        cutter.finish(&mut |line: &RawLine| window.take(line));
    }
    let total = total.unwrap_or(end);
    let mut lines = window.lines;
    let place = window.place.or(lines.back().map(|line| line.number)).unwrap_or(number);
    let first = lines.front().map_or(number, |line| line.number);
    let first_line = if counts_back { slice.line.saturating_sub(place - first) } else { first };
    let end_byte = lines.back().map_or(byte, |line| line.end).min(total);
    Ok(Lines {
        first_line,
        first_byte: lines.front().map_or(byte, |line| line.byte),
        end_byte: if window.place.is_none() || end_byte >= total { total } else { end_byte },
        total_bytes: total,
        lines: lines.drain(..).map(|line| (line.byte, line.text)).collect(),
    })
}

/// The lines around the place, as they come by.
struct Window<'a> {
    slice: &'a Slice,
    encoding: Encoding,
    /// The byte that is looked for; `u64::MAX` when a line is.
    wanted: u64,
    lines: VecDeque<Seen>,
    /// Number of the line that holds the place.
    place: Option<u64>,
    /// Reading began inside a line, of which nothing is to be shown.
    cut_begin: bool,
}

struct Seen {
    number: u64,
    byte: u64,
    /// One past its end, line end included.
    end: u64,
    text: String,
}

impl Window<'_> {
    fn is_full(&self) -> bool {
        let place = self.place.and_then(|place| self.lines.iter().find(|line| line.number == place));
        place.is_some_and(|place| self.lines.back().is_some_and(|last| last.end >= place.byte + self.slice.after))
    }

    fn take(&mut self, line: &RawLine) {
        let end = line.byte + line.length + 1;
        let holds = if self.wanted == u64::MAX { line.number >= self.slice.line } else { end > self.wanted };
        if std::mem::take(&mut self.cut_begin) && !holds || self.is_full() {
            return;
        }
        if self.place.is_none() && holds {
            self.place = Some(line.number);
        }
        let near = self.wanted == u64::MAX || end > self.wanted.saturating_sub(self.slice.before);
        if !near {
            return;
        }
        if let Some(last) = self.lines.back_mut() {
            last.end = line.byte;
        }
        self.lines.push_back(Seen {
            number: line.number,
            byte: line.byte,
            end,
            text: self.encoding.decode(line.bytes),
        });
        if self.place.is_none() {
            while self.lines.front().is_some_and(|first| first.end + self.slice.before < line.byte) {
                self.lines.pop_front();
            }
        }
    }
}

/// Gives the bytes of a blob, or of a file packed in it (name of the archive, and of the file), from a place on:
/// offset and bytes, as long as `take` wants more.
async fn scan(
    blob: &Blob,
    packed: Option<&(String, String)>,
    from: u64,
    mut take: impl FnMut(u64, &[u8]) -> bool,
) -> Result<(), &'static str> {
    let total = blob.size() as u64;
    let mut at = if packed.is_some() { 0 } else { from };
    let mut unpacker = packed.map(|(name, _)| Unpacker::new(name));
    let (mut is_inside, mut is_over, mut offset, mut wants) = (false, false, 0_u64, true);
    while at < total && wants && !is_over {
        let to = (at + CHUNK).min(total);
        let bytes = read(blob, at, to).await.ok_or(GONE)?;
        if let (Some(unpacker), Some((_, member))) = (&mut unpacker, packed) {
            let mut hear = |event: Event| match event {
                Event::Begin { member: name } => is_inside = !is_over && name == Some(member),
                Event::Bytes(bytes) if is_inside && wants => {
                    let skip = from.saturating_sub(offset).min(bytes.len() as u64);
                    let rest = bytes.get(skip as usize..).unwrap_or_default();
                    if !rest.is_empty() {
                        wants = take(offset + skip, rest);
                    }
                    offset += bytes.len() as u64;
                }
                Event::End => {
                    is_over |= is_inside;
                    is_inside = false;
                }
                Event::Bytes(_) | Event::Problem(_) => {}
            };
            unpacker.push(&bytes, &mut hear);
            if to == total {
                unpacker.finish(&mut hear);
            }
        } else {
            wants = take(at, &bytes);
        }
        at = to;
    }
    Ok(())
}

async fn read(blob: &Blob, from: u64, to: u64) -> Option<Vec<u8>> {
    let part = blob.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
    let buffer = JsFuture::from(Promise::from(JsValue::from(part.array_buffer()))).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
