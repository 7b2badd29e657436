//! Any bytes, as a paste, get an answer whose evidence lies inside them.
//!
//! Run with `cargo +nightly fuzz run analyze tests/cases`.

#![no_main]

use advisor_engine::{Input, Options, answer};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let inputs = [Input { name: "paste".to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() }];
    let answer = answer(&inputs, &Options::default());
    for evidence in answer.report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence) {
        assert!(evidence.byte_start <= evidence.byte_end && evidence.byte_end <= bytes.len());
    }
});
