//! Any bytes are unpacked without a panic, to the same files and messages wherever they are cut.
//!
//! Run with `cargo +nightly fuzz run unpack`. The first byte says how long the pieces are.

#![no_main]

use advisor_engine::unpack::{Event, Unpacker};

/// What comes out, with the bytes of a file joined.
fn unpack(bytes: &[u8], piece: usize) -> Vec<(String, Vec<u8>)> {
    let mut seen: Vec<(String, Vec<u8>)> = Vec::new();
    let mut unpacker = Unpacker::new("logs.zip");
    let mut out = |event: Event| match (event, seen.last_mut()) {
        (Event::Bytes(bytes), Some((kind, joined))) if kind == "bytes" => joined.extend_from_slice(bytes),
        (Event::Bytes(bytes), _) => seen.push(("bytes".to_owned(), bytes.to_vec())),
        (other, _) => seen.push((format!("{other:?}"), Vec::new())),
    };
    for piece in bytes.chunks(piece) {
        unpacker.push(piece, &mut out);
    }
    unpacker.finish(&mut out);
    seen
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((&piece, bytes)) = bytes.split_first() {
        assert_eq!(unpack(bytes, usize::from(piece) + 1), unpack(bytes, bytes.len().max(1)));
    }
});
