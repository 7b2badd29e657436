//! What holds for any input whatever.

use crate::cases;
use advisor_engine::source::Source;
use advisor_engine::{Input, Options, analyze, export};
use proptest::prelude::*;

/// Fragments of what people paste, so that random inputs reach the readers.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<configuration><system.net><defaultProxy enabled=\"true\">".to_owned()),
        Just("<proxy proxyaddress=“http://p:8080” />".to_owned()),
        Just("</defaultProxy></system.net></configuration>\n".to_owned()),
        Just(
            "1767600001.100 2 10.1.0.5 TCP_DENIED/407 4120 CONNECT login.microsoftonline.com:443 - HIER_NONE/- -\n"
                .to_owned()
        ),
        Just("1/11/2016 8:31 | connect://adminwebservice.microsoftonline.com:443 |\n".to_owned()),
        Just("The remote server returned an error: (407) Proxy Authentication Required.\n".to_owned()),
        Just("AADSTS50126: Error validating credentials".to_owned()),
        Just("无法连接到远程服务器 10.1.2.3:8080\n".to_owned()),
        Just("#Fields: date time cs-host sc-status\n".to_owned()),
        Just("PS C:\\> Invoke-WebRequest https://login.partner.microsoftonline.cn\n".to_owned()),
        Just("acl allowed dstdomain .microsoftonline.com\n".to_owned()),
        Just("> > ".to_owned()),
        Just("\r\n".to_owned()),
        "\\PC{0,40}",
        "[ -~\\n]{0,60}",
    ]
}

fn check(inputs: &[Input]) {
    let report = analyze(inputs, &Options::default());
    let artifacts = &report.facts.artifacts;
    for diagnosis in &report.diagnoses {
        for place in std::iter::once(&diagnosis.finding.primary).chain(&diagnosis.finding.related) {
            let artifact = &artifacts[place.span.artifact];
            let text = &report.facts.sources[artifact.source].text;
            assert!(artifact.start <= place.span.start && place.span.start <= place.span.end, "{}", diagnosis.rule.id);
            assert!(place.span.end <= artifact.end, "{}: evidence lies outside its artifact", diagnosis.rule.id);
            assert!(text.get(place.span.start..place.span.end).is_some(), "{}: cuts a character", diagnosis.rule.id);
        }
    }
    let public = export::report(&report);
    for evidence in public.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence) {
        assert!(evidence.line >= 1 && evidence.column >= 1 && evidence.end_line >= evidence.line);
        assert!(evidence.byte_start <= evidence.byte_end);
        let longest = inputs.iter().map(|input| input.bytes.len()).max().unwrap_or(0);
        assert!(evidence.byte_end <= longest as u64);
    }
    assert!(public.diagnoses.iter().all(|diagnosis| !diagnosis.evidence.is_empty()));
}

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { name: name.to_owned(), bytes, corrections: Vec::new() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        check(&[input("paste", bytes)]);
    }

    #[test]
    fn any_mixture_of_evidence_gets_an_answer_with_places_inside_it(
        parts in proptest::collection::vec(fragment(), 0..14),
    ) {
        check(&[input("paste", parts.concat().into_bytes())]);
    }

    #[test]
    fn positions_lead_back_to_the_users_bytes(text in "[a-zäß\u{4e00}-\u{4e20}\u{1F600}\r\n ]{0,80}") {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16).collect();
        for (bytes, width) in [(text.clone().into_bytes(), 1), (marked, 2)] {
            let source = Source::decode("a", &bytes);
            prop_assert_eq!(&source.text, &text);
            for (at, character) in text.char_indices() {
                let byte = source.position(at).byte as usize;
                let found = if width == 1 {
                    bytes[byte..].starts_with(character.to_string().as_bytes())
                } else {
                    let units: Vec<u8> =
                        character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_le_bytes()).collect();
                    bytes[byte..].starts_with(&units)
                };
                prop_assert!(found, "offset {} leads to byte {}", at, byte);
            }
        }
    }
}

#[test]
fn a_case_cut_off_anywhere_gets_an_answer() {
    let cuts: usize = 12;
    for case in cases::ALL.iter() {
        for cut in 1..cuts {
            // Cuts drift through the file from case to case, so that they fall into all kinds of places.
            let keep = |length: usize| (length.min(20_000) * cut / cuts + case.name.len()).min(length);
            let inputs: Vec<Input> = case
                .inputs
                .iter()
                .map(|whole| input(&whole.name, whole.bytes[..keep(whole.bytes.len())].to_vec()))
                .collect();
            let result = std::panic::catch_unwind(|| check(&inputs));
            assert!(result.is_ok(), "{} cut at {cut}/{cuts}", case.name);
        }
    }
}
