//! What a customer sends, and what comes out of it.

use super::zip::MAX_MEMBERS;
use super::{Event, Unpacker};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Write as _;

/// An event with bytes of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    Begin(Option<String>),
    Bytes(Vec<u8>),
    End,
    Problem(String),
}

/// What the pieces, one after another, are unpacked to; bytes in a row joined.
fn unpack<'a>(name: &str, pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut unpacker = Unpacker::new(name);
    let mut out = |event: Event| match event {
        Event::Begin { member } => seen.push(Seen::Begin(member.map(str::to_owned))),
        Event::Bytes(bytes) => {
            assert!(!bytes.is_empty());
            match seen.last_mut() {
                Some(Seen::Bytes(joined)) => joined.extend_from_slice(bytes),
                _ => seen.push(Seen::Bytes(bytes.to_vec())),
            }
        }
        Event::End => seen.push(Seen::End),
        Event::Problem(text) => seen.push(Seen::Problem(text)),
    };
    for piece in pieces {
        unpacker.push(piece, &mut out);
    }
    unpacker.finish(&mut out);
    unpacker.push(b"too late", &mut out);
    unpacker.finish(&mut out);
    // Each file that begins ends, one after another.
    let mut open = false;
    for event in &seen {
        match event {
            Seen::Begin(_) => assert!(!std::mem::replace(&mut open, true)),
            Seen::Bytes(_) => assert!(open),
            Seen::End => assert!(std::mem::replace(&mut open, false)),
            Seen::Problem(_) => {}
        }
    }
    assert!(!open);
    seen
}

fn whole(name: &str, bytes: &[u8]) -> Vec<Seen> {
    unpack(name, [bytes])
}

fn file(member: &str, bytes: &[u8]) -> Vec<Seen> {
    vec![Seen::Begin(Some(member.to_owned())), Seen::Bytes(bytes.to_vec()), Seen::End]
}

fn contents(seen: &[Seen]) -> Vec<u8> {
    seen.iter().flat_map(|event| if let Seen::Bytes(bytes) = event { bytes.as_slice() } else { &[] }).copied().collect()
}

fn problems(seen: &[Seen]) -> Vec<&str> {
    seen.iter().filter_map(|event| if let Seen::Problem(text) = event { Some(text.as_str()) } else { None }).collect()
}

/// The one problem.
fn problem(seen: &[Seen]) -> &str {
    let all = problems(seen);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0]
}

/// A Squid log of about `lines` × 100 bytes.
fn log(lines: u32) -> Vec<u8> {
    let mut text = String::new();
    for line in 0..lines {
        let (ms, bytes, client) = (line * 7919 % 60_000, line * 104_729 % 9_999, line % 200);
        let _ = writeln!(
            text,
            "17635{line:05}.123 {ms:6} 10.0.0.{client} TCP_TUNNEL/200 {bytes} CONNECT login.microsoftonline.com:443 - \
             HIER_DIRECT/20.190.128.1 -"
        );
    }
    text.into_bytes()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A gzip with every part that a header can have.
fn gz_full(name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0b1_1110, 1, 2, 3, 4, 0, 3, 5, 0];
    packed.extend_from_slice(b"extra");
    packed.extend_from_slice(name);
    packed.extend_from_slice(b"\0a comment\0\x12\x34");
    packed.extend_from_slice(&deflated(bytes));
    packed.extend_from_slice(&crc32fast::hash(bytes).to_le_bytes());
    packed.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    packed
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// How sizes and checksum of a member are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sizes {
    InHeader,
    Zip64,
    /// After the data: with or without the mark, 32 or 64 bits.
    After {
        mark: bool,
        wide: bool,
    },
}

const AFTER: Sizes = Sizes::After { mark: true, wide: false };

struct Packed<'a> {
    name: &'a [u8],
    flags: u16,
    method: u16,
    sizes: Sizes,
    extra: Vec<u8>,
    data: Vec<u8>,
    file: &'a [u8],
}

fn deflate_member<'a>(name: &'a str, file: &'a [u8]) -> Packed<'a> {
    let data = deflated(file);
    Packed { name: name.as_bytes(), flags: 0, method: 8, sizes: Sizes::InHeader, extra: Vec::new(), data, file }
}

fn stored_member<'a>(name: &'a str, file: &'a [u8]) -> Packed<'a> {
    Packed { method: 0, data: file.to_vec(), ..deflate_member(name, file) }
}

/// The members, one after another, with a directory that holds no more than the reader needs to see.
fn zip(members: &[Packed]) -> Vec<u8> {
    let mut archive = Vec::new();
    for member in members {
        let (packed, size) = (member.data.len() as u64, member.file.len() as u64);
        let crc = crc32fast::hash(member.file);
        let after = matches!(member.sizes, Sizes::After { .. });
        let mut extra = member.extra.clone();
        let (header_crc, header_packed, header_size) = match member.sizes {
            Sizes::InHeader => (crc, packed as u32, size as u32),
            Sizes::After { .. } => (0, 0, 0),
            Sizes::Zip64 => {
                extra.extend_from_slice(&[1, 0, 16, 0]);
                extra.extend_from_slice(&size.to_le_bytes());
                extra.extend_from_slice(&packed.to_le_bytes());
                (crc, u32::MAX, u32::MAX)
            }
        };
        archive.extend_from_slice(b"PK\x03\x04\x14\0");
        archive.extend_from_slice(&(member.flags | u16::from(after) << 3).to_le_bytes());
        archive.extend_from_slice(&member.method.to_le_bytes());
        archive.extend_from_slice(&[0; 4]);
        for number in [header_crc, header_packed, header_size] {
            archive.extend_from_slice(&number.to_le_bytes());
        }
        archive.extend_from_slice(&(member.name.len() as u16).to_le_bytes());
        archive.extend_from_slice(&(extra.len() as u16).to_le_bytes());
        archive.extend_from_slice(member.name);
        archive.extend_from_slice(&extra);
        archive.extend_from_slice(&member.data);
        if let Sizes::After { mark, wide } = member.sizes {
            archive.extend_from_slice(if mark { b"PK\x07\x08" } else { b"" });
            archive.extend_from_slice(&crc.to_le_bytes());
            for number in [packed, size] {
                archive.extend_from_slice(&number.to_le_bytes()[..if wide { 8 } else { 4 }]);
            }
        }
    }
    archive.extend_from_slice(b"PK\x01\x02");
    archive.extend_from_slice(&[0; 42]);
    archive.extend_from_slice(b"PK\x05\x06");
    archive.extend_from_slice(&[0; 18]);
    archive
}

#[test]
fn a_plain_file_passes_through_in_one_piece() {
    let text = log(10);
    let mut places = Vec::new();
    let mut unpacker = Unpacker::new("access.log");
    unpacker.push(&text, &mut |event| {
        if let Event::Bytes(bytes) = event {
            places.push((bytes.as_ptr(), bytes.len()));
        }
    });
    assert_eq!(places, [(text.as_ptr(), text.len())], "not copied, not cut");
    assert_eq!(whole("access.log", &text), [Seen::Begin(None), Seen::Bytes(text), Seen::End]);
    assert_eq!(whole("empty.log", b""), [Seen::Begin(None), Seen::End]);
    assert_eq!(whole("short.log", b"PK"), [Seen::Begin(None), Seen::Bytes(b"PK".to_vec()), Seen::End]);
}

#[test]
fn a_rotated_log_has_its_own_name_or_the_one_of_the_header() {
    let text = log(3000);
    assert_eq!(whole("access.log.3.gz", &gz(&text)), file("access.log.3", &text));
    assert_eq!(whole("C:\\logs\\ACCESS.LOG.GZ", &gz(&text)), file("ACCESS.LOG", &text));
    assert_eq!(whole("upload", &gz(&text)), file("upload", &text));
    assert_eq!(whole("x.gz", &gz_full(b"/var/log/squid/access.log", &text)), file("access.log", &text));
    assert_eq!(whole("x.gz", &gz_full("zugriff-süd.log".as_bytes(), &text)), file("zugriff-süd.log", &text));
    assert_eq!(whole("x.gz", &gz_full(b"s\xfcd\x07.log", &text)), file("süd\u{fffd}.log", &text));
    assert_eq!(whole("x.gz", &gz_full(b"", &text)), file("x", &text));
    assert_eq!(whole("x.gz", &gz(b"")), [Seen::Begin(Some("x".to_owned())), Seen::End]);
}

#[test]
fn gzips_glued_together_are_one_log() {
    let (first, second) = (log(500), log(700));
    let mut glued = gz(&first);
    glued.extend_from_slice(&gz_full(b"other.log", &second));
    let text = [first, second].concat();
    assert_eq!(whole("access.log.gz", &glued), file("access.log", &text));
    glued.extend_from_slice(&[0; 700]);
    assert_eq!(whole("access.log.gz", &glued), file("access.log", &text), "filled up with zeros");
    glued.extend_from_slice(b"-- \nsent from my phone");
    let seen = whole("access.log.gz", &glued);
    assert_eq!(contents(&seen), text);
    assert!(problem(&seen).contains("22 bytes after the end"), "{seen:?}");
}

#[test]
fn a_gzip_that_was_cut_off_gives_what_is_there_and_says_so() {
    let text = log(4000);
    let packed = gz(&text);
    for end in (0..60).chain((60..packed.len()).step_by(997)).chain(packed.len() - 12..packed.len()) {
        let seen = whole("access.log.gz", &packed[..end]);
        if end < 3 {
            assert_eq!(problems(&seen), [""; 0], "nothing says that this is a gzip");
            continue;
        }
        assert!(problem(&seen).starts_with("access.log.gz: cut off"), "{end}");
        assert!(text.starts_with(&contents(&seen)));
        assert!(contents(&seen).len() + 1000 >= text.len() * end.saturating_sub(200) / packed.len() / 2);
    }
    assert_eq!(contents(&whole("access.log.gz", &packed[..packed.len() - 8])), text);
}

#[test]
fn a_damaged_gzip_says_so() {
    let text = log(4000);
    let mut packed = gz(&text);
    let trailer = packed.len() - 8;
    packed[trailer] ^= 1;
    let seen = whole("access.log.gz", &packed);
    assert_eq!(contents(&seen), text);
    assert!(problem(&seen).contains("checksum"));
    let bad = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x07".as_slice();
    assert!(problem(&whole("access.log.gz", bad)).contains("damaged"));
    let unknown_marks = b"\x1f\x8b\x08\xe0\0\0\0\0\0\x03".as_slice();
    assert!(problem(&whole("access.log.gz", unknown_marks)).contains("damaged"));
}

#[test]
fn a_zip_gives_its_files_in_order_whatever_way_they_are_written() {
    let (first, second) = (log(2000), log(300));
    for sizes in [
        Sizes::InHeader,
        Sizes::Zip64,
        AFTER,
        Sizes::After { mark: true, wide: true },
        Sizes::After { mark: false, wide: false },
        Sizes::After { mark: false, wide: true },
    ] {
        let archive = zip(&[
            Packed { sizes, ..deflate_member("logs/access.log", &first) },
            stored_member("logs/", b""),
            Packed { sizes, ..deflate_member("folder/", b"") },
            Packed { sizes, ..deflate_member("empty.log", b"") },
            stored_member("cache.log", &second),
            Packed { sizes, ..stored_member("nothing.txt", b"") },
            Packed { sizes, ..deflate_member("short.txt", b"short") },
        ]);
        let expected = [
            file("logs/access.log", &first),
            vec![Seen::Begin(Some("empty.log".to_owned())), Seen::End],
            file("cache.log", &second),
            vec![Seen::Begin(Some("nothing.txt".to_owned())), Seen::End],
            file("short.txt", b"short"),
        ]
        .concat();
        assert_eq!(whole("logs.zip", &archive), expected, "{sizes:?}");
        assert_eq!(whole("logs.zip", &[b"PK00", archive.as_slice()].concat()), expected, "{sizes:?}");
        assert_eq!(unpack("logs.zip", archive.chunks(1)), expected, "{sizes:?}");
    }
}

#[test]
fn a_gzip_inside_a_zip_is_unpacked_too_and_keeps_folder_and_number() {
    let text = log(800);
    let (inner, other) = (gz_full(b"access.log", &text), gz(&text));
    let archive = zip(&[
        stored_member("proxy1/access.log.1.gz", &inner),
        Packed { sizes: AFTER, ..deflate_member("proxy1/access.log.2.gz", &other) },
    ]);
    assert_eq!(
        whole("logs.zip", &archive),
        [file("proxy1/access.log.1", &text), file("proxy1/access.log.2", &text)].concat()
    );
    let cut = zip(&[stored_member("a.log.gz", &other[..other.len() - 100]), stored_member("b.log", b"b")]);
    let seen = whole("logs.zip", &cut);
    assert!(problem(&seen).starts_with("a.log.gz in logs.zip: cut off"));
    assert_eq!(seen[seen.len() - 3..], file("b.log", b"b"));
}

#[test]
fn what_is_nested_deeper_is_named_and_the_rest_is_read() {
    let inner = zip(&[stored_member("a.log", b"a")]);
    let archive = zip(&[stored_member("inner.zip", &inner), stored_member("b.log", b"b")]);
    let seen = whole("outer.zip", &archive);
    assert!(problem(&seen).starts_with("inner.zip in outer.zip: another zip archive"));
    assert_eq!(seen[1..], file("b.log", b"b"));
    assert!(problem(&whole("a.log.gz", &gz(&gz(b"a")))).contains("twice"));
    assert!(problem(&whole("a.zip.gz", &gz(&inner))).contains("another zip archive"));
    let mut tar = b"access.log".to_vec();
    tar.resize(257, 0);
    tar.extend_from_slice(b"ustar\x0000");
    tar.resize(2048, 0);
    assert!(problem(&whole("logs.tgz", &gz(&tar))).starts_with("logs.tgz: a tar archive"));
}

#[test]
fn members_that_cannot_be_unpacked_are_named_and_the_rest_is_read() {
    let text = log(50);
    let archive = zip(&[
        Packed { flags: 1, ..deflate_member("secret.log", &text) },
        Packed { method: 99, ..deflate_member("aes.log", &text) },
        Packed { method: 14, ..stored_member("lzma.log", &text) },
        deflate_member("access.log", &text),
    ]);
    let seen = whole("logs.zip", &archive);
    let said = problems(&seen);
    assert!(said[0].starts_with("secret.log in logs.zip: encrypted with a password"), "{said:?}");
    assert!(said[1].starts_with("aes.log in logs.zip: encrypted with a password"), "{said:?}");
    assert!(said[2].starts_with("lzma.log in logs.zip: packed with method 14 (LZMA)"), "{said:?}");
    assert_eq!(seen[3..], file("access.log", &text));

    let hundred: Vec<_> = (0..100).map(|_| Packed { flags: 1, ..stored_member("x.log", b"x") }).collect();
    let seen = whole("logs.zip", &zip(&hundred));
    assert_eq!(problems(&seen).len(), 9);
    assert!(problems(&seen)[8].starts_with("logs.zip: 92 more files"));
}

#[test]
fn what_hides_the_next_member_is_said() {
    let text = log(50);
    let stored = Packed { sizes: AFTER, ..stored_member("a.log", &text) };
    let seen = whole("logs.zip", &zip(&[stored, deflate_member("b.log", &text)]));
    assert!(problems(&seen)[0].starts_with("a.log in logs.zip: stored without packing and without its length"));
    assert!(problems(&seen)[1].contains("what follows"));
    assert_eq!(contents(&seen), b"");
    let encrypted = Packed { sizes: AFTER, flags: 1, ..deflate_member("a.log", &text) };
    let seen = whole("logs.zip", &zip(&[encrypted, deflate_member("b.log", &text)]));
    assert!(problems(&seen)[0].contains("encrypted"));
    assert!(problems(&seen)[1].contains("next member"));
}

#[test]
fn a_damaged_member_costs_no_other() {
    let text = log(3000);
    let mut bad = deflate_member("bad.log", &text);
    let middle = bad.data.len() / 2;
    bad.data[middle..middle + 50].fill(0xff);
    let short = Packed { data: deflated(&text)[..500].to_vec(), ..deflate_member("short.log", &text) };
    let liar = Packed { data: deflated(b"else"), ..deflate_member("liar.log", b"what") };
    let seen = whole("logs.zip", &zip(&[bad, short, liar, deflate_member("good.log", &text)]));
    let said = problems(&seen);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("bad.log in logs.zip: "), "{said:?}");
    assert!(said[1].starts_with("short.log in logs.zip: damaged: its data ends too early"), "{said:?}");
    assert!(said[2].starts_with("liar.log in logs.zip: its checksum"), "{said:?}");
    assert_eq!(seen[seen.len() - 3..], file("good.log", &text));
}

#[test]
fn a_zip_that_was_cut_off_gives_what_is_there_and_says_so() {
    let text = log(300);
    let archive = zip(&[
        Packed { sizes: AFTER, ..deflate_member("a.log", &text) },
        deflate_member("b.log", &text),
        stored_member("c.log", &text),
    ]);
    let all = [text.as_slice(), &text, &text].concat();
    // The directory has 68 bytes, of which four are needed to know it.
    for end in 4..archive.len() - 64 {
        let seen = whole("logs.zip", &archive[..end]);
        assert!(problem(&seen).contains("cut off"), "{end}");
        assert!(all.starts_with(&contents(&seen)), "{end}");
    }
    assert!(problems(&whole("logs.zip", &archive[..archive.len() - 64])).is_empty());
}

#[test]
fn explorer_packs_big_logs_with_deflate64() {
    // Static codes: 'a', then length code 285, which has 16 more bits in Deflate64, at distance 1; then the end.
    let mut bits = BitWriter::default();
    bits.low_first(0b011, 3);
    bits.high_first(0x30 + u32::from(b'a'), 8);
    bits.high_first(0b1100_0101, 8);
    bits.low_first(60_000 - 3, 16);
    bits.high_first(0, 5);
    bits.high_first(0, 7);
    let run = vec![b'a'; 60_001];
    let long = Packed { method: 9, data: bits.bytes, ..stored_member("aaa.log", &run) };
    let text = log(3000);
    let archive = zip(&[long, deflate_member("b.log", &text), Packed { method: 9, ..deflate_member("c.log", b"c") }]);
    let expected = [file("aaa.log", &run), file("b.log", &text), file("c.log", b"c")].concat();
    assert_eq!(whole("big.zip", &archive), expected);
    assert_eq!(unpack("big.zip", archive.chunks(1)), expected);
    let unsized_member = Packed { method: 9, sizes: AFTER, ..deflate_member("c.log", b"c") };
    assert!(problems(&whole("big.zip", &zip(&[unsized_member])))[0].contains("length is not given"));
}

#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    used: u32,
}

impl BitWriter {
    fn low_first(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().unwrap();
            *last |= u8::from(value >> bit & 1 == 1) << (self.used % 8);
            self.used += 1;
        }
    }

    fn high_first(&mut self, value: u32, count: u32) {
        self.low_first(value.reverse_bits() >> (32 - count), count);
    }
}

#[test]
fn names_of_any_age_can_be_read() {
    let named = |name: &'static [u8], flags: u16, extra: Vec<u8>| {
        let seen = whole("x.zip", &zip(&[Packed { name, flags, extra, ..stored_member("", b"x") }]));
        let Some(Seen::Begin(Some(name))) = seen.first() else { panic!("{seen:?}") };
        name.clone()
    };
    let utf8 = 1 << 11;
    assert_eq!(named("Münster/α.log".as_bytes(), utf8, Vec::new()), "Münster/α.log");
    assert_eq!(named("Münster/α.log".as_bytes(), 0, Vec::new()), "Münster/α.log", "without the mark, as macOS does");
    assert_eq!(named(b"M\x81nster\\\xe0\xff.log", 0, Vec::new()), "Münster\\α\u{a0}.log", "code page 437");
    assert_eq!(named(b"M\xfcnster.log", utf8, Vec::new()), "M\u{fffd}nster.log", "not UTF-8, against what it says");
    assert_eq!(named(b"a\x1b[2J.log", 0, Vec::new()), "a\u{fffd}[2J.log", "nothing garbles the terminal");
    let unicode = |of: &[u8]| {
        let name = "日本.log".as_bytes();
        let mut field = vec![0x75, 0x70, 5 + name.len() as u8, 0, 1];
        field.extend_from_slice(&crc32fast::hash(of).to_le_bytes());
        [b"\x55\x54\x01\x00\x01".as_slice(), &field, name].concat()
    };
    assert_eq!(named(b"__.log", 0, unicode(b"__.log")), "日本.log");
    assert_eq!(named(b"__.log", 0, unicode(b"renamed.log")), "__.log");
}

#[test]
fn what_macos_adds_is_left_out_and_an_office_document_is_named() {
    let archive = zip(&[stored_member("a.log", b"a"), stored_member("__MACOSX/._a.log", b"\0\x05\x16\x07")]);
    assert_eq!(whole("a.zip", &archive), file("a.log", b"a"));
    let sheet = zip(&[deflate_member("[Content_Types].xml", b"<Types/>"), deflate_member("xl/workbook.xml", b"<w/>")]);
    assert!(problem(&whole("log.xlsx", &sheet)).starts_with("log.xlsx: an Office document"));
}

#[test]
fn too_many_members_are_said() {
    let many: Vec<_> = (0..=MAX_MEMBERS).map(|_| stored_member("x.log", b"x")).collect();
    let seen = whole("x.zip", &zip(&many));
    assert!(problem(&seen).starts_with("x.zip: more than 1000 files"));
    assert_eq!(contents(&seen).len(), MAX_MEMBERS as usize);
    assert!(problems(&whole("x.zip", &zip(&many[1..]))).is_empty());
}

#[test]
fn what_is_not_unpacked_here_is_named_with_a_way_out() {
    let mut tar = vec![b'a'; 257];
    tar.extend_from_slice(b"ustar  ");
    for (bytes, what) in [
        (b"7z\xbc\xaf\x27\x1c\0\x04".as_slice(), "a 7-Zip archive. It cannot be unpacked here"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        (b"\xfd7zXZ\0\0\x04", "packed with xz"),
        (b"\x28\xb5\x2f\xfd\x04", "packed with Zstandard"),
        (b"BZh91AY&SY\x12", "packed with bzip2"),
        (b"MSCF\0\0\0\0\x10", "a Windows cabinet"),
        (b"ElfFile\0\0\0", "a Windows event log (.evtx). It cannot be read here: in Event Viewer"),
        (b"PK\x05\x06\0\0", "a zip archive without any file"),
        (b"PK\x07\x08PK\x03\x04", "one part of a zip archive"),
        (b"\xd4\xc3\xb2\xa1\x02\0", "a network capture"),
        (b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a", "a network capture"),
        (b"%PDF-1.7", "a PDF document"),
        (tar.as_slice(), "a tar archive"),
    ] {
        let seen = whole("file", bytes);
        assert!(matches!(seen.as_slice(), [Seen::Problem(_)]), "{seen:?}");
        assert!(problem(&seen).starts_with(&format!("file: {what}")), "{seen:?}");
    }
    for text in ["BZh is a country code", "MSCF", "Rar! she said", "\n\r\r\nlog", "7z x logs.7z"] {
        assert!(problems(&whole("notes.txt", text.as_bytes())).is_empty(), "{text}");
    }
}

/// Archives of every kind that is unpacked.
fn archives() -> Vec<Vec<u8>> {
    let text = log(120);
    let inner = gz_full(b"access.log", &text);
    let after = |mark, wide| Packed { sizes: Sizes::After { mark, wide }, ..deflate_member("a.log", &text) };
    vec![
        text.clone(),
        inner.clone(),
        [gz(&text), gz(b"more"), vec![0; 9], gz(&text), b"tail".to_vec()].concat(),
        zip(&[deflate_member("a.log", &text), stored_member("b.log.gz", &inner), after(false, true)]),
        zip(&[after(true, false), after(false, false), deflate_member("b/", b""), after(true, true)]),
        zip(&[
            Packed { method: 9, sizes: Sizes::Zip64, ..deflate_member("a.log", &text[..5000]) },
            stored_member("b", b"x"),
        ]),
        zip(&[Packed { sizes: AFTER, ..stored_member("a.log", b"") }, Packed { flags: 1, ..stored_member("b", b"x") }]),
    ]
}

/// One of the archives, with some of its bytes changed, and cut off or not.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let end = prop::option::of(any::<prop::sample::Index>());
    (prop::sample::select(archives()), changes, end).prop_map(|(mut bytes, changes, end)| {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.map_or(bytes.len(), |end| end.index(bytes.len())));
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn where_the_bytes_are_cut_changes_nothing(
        bytes in damaged(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        step in 1_usize..300,
    ) {
        let expected = whole("logs.zip", &bytes);
        let mut ends: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.sort_unstable();
        ends.push(bytes.len());
        let pieces = ends.iter().scan(0, |start, &end| Some(&bytes[std::mem::replace(start, end)..end]));
        prop_assert_eq!(&unpack("logs.zip", pieces), &expected);
        prop_assert_eq!(&unpack("logs.zip", bytes.chunks(step)), &expected);
    }

    #[test]
    fn any_bytes_after_any_mark_are_survived(
        mark in prop::sample::select(vec![&b""[..], b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x03\x04\x14\0\x08\0\x08\0"]),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [mark, &bytes].concat();
        prop_assert_eq!(whole("x", &bytes), unpack("x", bytes.chunks(1)));
    }
}
