//! The edits as bytes of the user's own file.

use super::encoding::rewritten;
use super::{Edit, Fix};
use crate::artifact::Part;
use crate::source::Encoding;
use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

/// An edit of the input as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteEdit {
    /// First byte that goes.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// What comes.
    pub bytes: Vec<u8>,
}

/// The edits of a part as edits of the bytes of its input. `None` where a character cannot be written in the file's
/// encoding.
pub fn byte_edits(part: &Part, fix: &Fix) -> Option<Vec<ByteEdit>> {
    let encoding = fix.written_in.unwrap_or(part.source.encoding);
    let mut edits: Vec<Edit> = fix.edits.clone();
    if fix.written_in.is_some() {
        // Characters that stay get other bytes.
        let text = part.text();
        let same = rewritten(text).into_iter().filter_map(|range| {
            let free = !fix.edits.iter().any(|edit| edit.range.start < range.end && range.start < edit.range.end);
            free.then(|| Edit { text: text.get(range.clone()).unwrap_or("").to_owned(), range, why: String::new() })
        });
        edits.extend(same);
        edits.sort_by_key(|edit| edit.range.start);
    }
    edits
        .iter()
        .map(|edit| {
            let byte = |offset: usize| part.source.position(part.start + offset).byte;
            Some(ByteEdit {
                start: byte(edit.range.start),
                end: byte(edit.range.end),
                bytes: encode(encoding, &edit.text)?,
            })
        })
        .collect()
}

/// The input with the edits made. `None` where they do not fit it: it is not the input that they were made for.
pub fn applied(bytes: &[u8], edits: &[ByteEdit]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 1024);
    let mut at = 0;
    for edit in edits {
        let (start, end) = (usize::try_from(edit.start).ok()?, usize::try_from(edit.end).ok()?);
        out.extend_from_slice(bytes.get(at..start)?);
        out.extend_from_slice(&edit.bytes);
        at = end.max(start);
    }
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

/// A whole text in an encoding, with or without its mark.
pub fn encoded(encoding: Encoding, text: &str, mark: bool) -> Option<Vec<u8>> {
    let mark = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom | Encoding::Utf16Le | Encoding::Utf16Be if mark => "\u{feff}",
        _ => "",
    };
    let mut bytes = encode(encoding, mark)?;
    bytes.append(&mut encode(encoding, text)?);
    Some(bytes)
}

fn encode(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    let table = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => return Some(text.as_bytes().to_vec()),
        Encoding::Utf16Le => return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Gb18030 => GB18030,
        Encoding::Big5 => BIG5,
        Encoding::ShiftJis => SHIFT_JIS,
        Encoding::Windows1251 => WINDOWS_1251,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    let (bytes, _, failed) = table.encode(text);
    (!failed).then(|| bytes.into_owned())
}
