//! What a file is by its first bytes: what is unpacked here, and what is known but cannot be read.

/// As many first bytes as [`recognise`] may look at: tar has its mark at 257.
pub(super) const HEAD: usize = 262;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing known: text, most likely.
    Plain,
    Gzip,
    Zip,
    /// A kind of file that this program does not read.
    Foreign(&'static Foreign),
}

/// A kind of file that is known by its first bytes and not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// The bytes, each run with its offset. All must be there.
    marks: &'static [(usize, &'static [u8])],
    /// What it is: the first half of the message.
    pub(super) what: &'static str,
    /// What to give instead: a sentence.
    pub(super) advice: &'static str,
}

/// Looks at the first bytes: [`HEAD`] of them, or all there are.
pub(super) fn recognise(head: &[u8]) -> Found {
    // An archive that was to be split, but fit into one part, begins with a mark of its own.
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK00PK\x03\x04") {
        return Found::Zip;
    }
    // Deflate is the only method gzip ever had.
    if head.starts_with(b"\x1f\x8b\x08") {
        return Found::Gzip;
    }
    let has = |&(at, mark): &(usize, &[u8])| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    FOREIGN.iter().find(|foreign| foreign.marks.iter().all(has)).map_or(Found::Plain, Found::Foreign)
}

const REPACK: &str = "It cannot be unpacked here: unpack it and give the files inside, or pack them as .zip or .gz.";
const AS_TEXT: &str = "It cannot be read here: copy or save its content as text and give that.";

/// Each mark is what file(1) 5.44 knows the kind by, tried 2026-11-22.
const FOREIGN: &[Foreign] = &[
    Foreign { marks: &[(0, b"7z\xbc\xaf\x27\x1c")], what: "a 7-Zip archive", advice: REPACK },
    Foreign { marks: &[(0, b"Rar!\x1a\x07")], what: "a RAR archive", advice: REPACK },
    Foreign { marks: &[(0, b"\xfd7zXZ\0")], what: "packed with xz", advice: REPACK },
    Foreign { marks: &[(0, b"\x28\xb5\x2f\xfd")], what: "packed with Zstandard (zstd)", advice: REPACK },
    Foreign { marks: &[(0, b"BZh"), (4, b"\x31\x41\x59\x26\x53\x59")], what: "packed with bzip2", advice: REPACK },
    Foreign { marks: &[(0, b"\x04\x22\x4d\x18")], what: "packed with LZ4", advice: REPACK },
    Foreign { marks: &[(0, b"\x1f\x9d")], what: "packed with compress (.Z)", advice: REPACK },
    Foreign { marks: &[(0, b"MSCF\0\0\0\0")], what: "a Windows cabinet (.cab)", advice: REPACK },
    Foreign { marks: &[(257, b"ustar")], what: "a tar archive", advice: REPACK },
    Foreign { marks: &[(0, b"PK\x05\x06")], what: "a zip archive without any file in it", advice: "Ask for it again." },
    Foreign {
        marks: &[(0, b"PK\x07\x08")],
        what: "one part of a zip archive that was split into several",
        advice: "Unpack all parts together and give the files inside, or pack them as one .zip.",
    },
    Foreign {
        marks: &[(0, b"ElfFile\0")],
        what: "a Windows event log (.evtx)",
        advice: "It cannot be read here: in Event Viewer choose \"Save All Events As\" with type XML, text or CSV, and \
                 give that.",
    },
    Foreign { marks: &[(0, b"\xd4\xc3\xb2\xa1")], what: "a network capture (pcap)", advice: CAPTURE },
    Foreign { marks: &[(0, b"\xa1\xb2\xc3\xd4")], what: "a network capture (pcap)", advice: CAPTURE },
    Foreign { marks: &[(0, b"\x4d\x3c\xb2\xa1")], what: "a network capture (pcap)", advice: CAPTURE },
    Foreign {
        marks: &[(0, b"\x0a\x0d\x0d\x0a"), (8, b"\x4d\x3c\x2b\x1a")],
        what: "a network capture (pcapng)",
        advice: CAPTURE,
    },
    Foreign { marks: &[(0, b"%PDF-")], what: "a PDF document", advice: AS_TEXT },
    Foreign {
        marks: &[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
        what: "an Outlook message or an Office document of the old kind",
        advice: AS_TEXT,
    },
    Foreign { marks: &[(0, b"\x89PNG\r\n\x1a\n")], what: "a picture (PNG)", advice: AS_TEXT },
    Foreign { marks: &[(0, b"\xff\xd8\xff")], what: "a picture (JPEG)", advice: AS_TEXT },
];

const CAPTURE: &str =
    "It cannot be read here: open it in Wireshark, export the packet list as text or CSV, and give that.";
