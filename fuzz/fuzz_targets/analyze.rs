//! Any bytes, as a paste, get an answer whose evidence lies inside them; a log that goes by gets the same answer wherever
//! it is cut.
//!
//! Run with `cargo +nightly fuzz run analyze tests/cases`. The first byte says where the input is cut.

#![no_main]

use advisor_engine::export::{self, v1::Answer};
use advisor_engine::intake::Analysis;
use advisor_engine::{Input, Options, answer};

/// What is said about a file that comes in these pieces, and goes by when it begins with a log of a few lines.
fn streamed(pieces: &[&[u8]]) -> Answer {
    let mut analysis = Analysis::with_head(&Options::default(), 256);
    analysis.open("paste", &[]);
    for piece in pieces {
        analysis.push(piece);
    }
    analysis.close();
    export::answer(&analysis.report())
}

fn check(answer: &Answer, bytes: &[u8]) {
    for evidence in answer.report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence) {
        assert!(evidence.byte_start <= evidence.byte_end && evidence.byte_end <= bytes.len() as u64);
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&cut, bytes)) = bytes.split_first() else { return };
    let inputs = [Input { name: "paste".to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() }];
    let archive = bytes.starts_with(b"PK") || bytes.starts_with(&[0x1F, 0x8B]);
    let (first, second) = bytes.split_at(bytes.len() * usize::from(cut) / 255);
    let (whole, once, twice) = (answer(&inputs, &Options::default()), streamed(&[bytes]), streamed(&[first, second]));
    assert_eq!(once, twice);
    // Places in an archive are places in its files, which may be longer than the archive.
    if !archive {
        check(&whole, bytes);
        check(&once, bytes);
    }
});
