//! The records of a zip archive that a reader meets who goes from the front to the back (PKWARE
//! APPNOTE.TXT, 4.3.9 for the descriptor, 4.4.5 for the methods).

use super::names::zip_name;

pub(super) const LOCAL_HEADER: [u8; 4] = *b"PK\x03\x04";
/// Records that begin what follows the last member: the directory, or what may stand before and after it.
pub(super) const AFTER_MEMBERS: [[u8; 4]; 4] = [*b"PK\x01\x02", *b"PK\x05\x06", *b"PK\x06\x06", *b"PK\x06\x08"];
/// Length of the fixed part of a local header.
pub(super) const LOCAL_FIXED: usize = 30;
/// Length of the longest data descriptor and the signature of the record after it.
pub(super) const DESCRIPTOR_MOST: usize = 24 + 4;

const DESCRIPTOR_MARK: &[u8] = b"PK\x07\x08";
/// In a size field: the size is in the zip64 extra field.
const IN_ZIP64: u64 = 0xffff_ffff;
const EXTRA_ZIP64: u16 = 0x0001;
const EXTRA_UNICODE_NAME: u16 = 0x7075;

/// What the header before a member says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) name: String,
    pub(super) encrypted: bool,
    /// Checksum and sizes come after the data; those here need not be set.
    pub(super) has_descriptor: bool,
    pub(super) method: u16,
    pub(super) crc: u32,
    /// Length of the data in the archive.
    pub(super) packed: u64,
    /// Length of the file.
    pub(super) size: u64,
}

/// The length of name and extra field, by the fixed part of the header.
pub(super) fn variable_length(fixed: &[u8]) -> usize {
    usize::from(u16_at(fixed, 26)) + usize::from(u16_at(fixed, 28))
}

/// Reads a whole local header.
pub(super) fn local(header: &[u8]) -> Local {
    let flags = u16_at(header, 6);
    let name_end = LOCAL_FIXED + usize::from(u16_at(header, 26));
    let name = header.get(LOCAL_FIXED..name_end).unwrap_or_default();
    let extra = header.get(name_end..).unwrap_or_default();
    let mut local = Local {
        name: zip_name(name, flags & 1 << 11 != 0),
        // Bit 13 hides the header's own values, as part of the encryption of the directory.
        encrypted: flags & (1 | 1 << 6 | 1 << 13) != 0,
        has_descriptor: flags & 1 << 3 != 0,
        method: u16_at(header, 8),
        crc: u32_at(header, 14),
        packed: u64::from(u32_at(header, 18)),
        size: u64::from(u32_at(header, 22)),
    };
    if let Some(field) = extra_field(extra, EXTRA_ZIP64) {
        // Only the sizes that did not fit are there, the file's before the packed one's.
        let mut at = 0;
        for size in [&mut local.size, &mut local.packed] {
            if *size == IN_ZIP64 && field.len() >= at + 8 {
                *size = u64_at(field, at);
                at += 8;
            }
        }
    }
    // It counts only as long as no tool has changed the name and left this one behind.
    if let Some((&[1, c0, c1, c2, c3], unicode)) =
        extra_field(extra, EXTRA_UNICODE_NAME).and_then(<[u8]>::split_first_chunk)
        && u32::from_le_bytes([c0, c1, c2, c3]) == crc32fast::hash(name)
    {
        local.name = zip_name(unicode, true);
    }
    local
}

/// A data descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Descriptor {
    pub(super) crc: u32,
    /// How long the record itself is.
    pub(super) length: usize,
    /// Whether its sizes are those that were found.
    pub(super) fits: bool,
}

/// Reads the data descriptor that `bytes` begin with, after data of these sizes. Nothing in it says which of four
/// forms it has, with or without a mark, with sizes of 32 or 64 bits: the form is the one whose sizes are right and
/// which ends where the next record begins. Sizes of 32 bits are cut off by tools that know no zip64.
pub(super) fn descriptor(bytes: &[u8], packed: u64, size: u64) -> Option<Descriptor> {
    let forms = [(true, 4), (true, 8), (false, 4), (false, 8)].into_iter().filter_map(|(marked, width)| {
        let start = if marked { DESCRIPTOR_MARK.len() } else { 0 };
        let length = start + 4 + 2 * width;
        let next = bytes.get(length..)?;
        let mark_is_there = !marked || bytes.starts_with(DESCRIPTOR_MARK);
        let ends_right = next.iter().zip(b"PK").all(|(byte, mark)| byte == mark);
        let number = |at: usize| if width == 4 { u64::from(u32_at(bytes, at)) } else { u64_at(bytes, at) };
        let limit = if width == 4 { IN_ZIP64 } else { u64::MAX };
        let fits = number(start + 4) == packed & limit && number(start + 4 + width) == size & limit;
        (mark_is_there && ends_right && (fits || marked)).then(|| Descriptor {
            crc: u32_at(bytes, start),
            length,
            fits,
        })
    });
    forms.max_by_key(|form| (form.fits, std::cmp::Reverse(form.length)))
}

/// What APPNOTE 4.4.5 calls a method of compression.
pub(super) fn method_name(method: u16) -> &'static str {
    match method {
        0 => "stored",
        1 => "Shrink",
        2..=5 => "Reduce",
        6 => "Implode",
        8 => "Deflate",
        9 => "Deflate64",
        10 => "PKWARE DCL Implode",
        12 => "bzip2",
        14 => "LZMA",
        20 | 93 => "Zstandard",
        95 => "xz",
        97 => "WavPack",
        98 => "PPMd",
        99 => "AES encryption",
        _ => "unknown",
    }
}

fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while let Some((&[i0, i1, l0, l1], rest)) = extra.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes([l0, l1]));
        if u16::from_le_bytes([i0, i1]) == wanted {
            return rest.get(..length);
        }
        extra = rest.get(length..)?;
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    number_at::<2>(bytes, at).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    number_at::<4>(bytes, at).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    number_at::<8>(bytes, at).map_or(0, u64::from_le_bytes)
}

fn number_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}
