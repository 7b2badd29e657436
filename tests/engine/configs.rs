//! The corrected file of every situation: given back to the engine it is good, and nothing is left to correct.

use crate::cases::ALL;
use advisor_engine::export::config::applied;
use advisor_engine::export::v1::Answer;
use advisor_engine::{Input, Options, answer};

/// Complaints about a configuration as such.
const COMPLAINTS: [&str; 5] = [
    "config-not-well-formed",
    "config-section-misplaced",
    "config-section-duplicated",
    "config-attribute-unknown",
    "proxy-address-invalid",
];

/// Whether a complaint has its first evidence in this artifact.
fn complains(answer: &Answer, artifact: &str) -> Option<String> {
    let about = |id: &str| COMPLAINTS.contains(&id);
    let found = answer.report.diagnoses.iter().find(|diagnosis| {
        about(&diagnosis.id) && diagnosis.evidence.first().is_some_and(|evidence| evidence.artifact == artifact)
    })?;
    Some(found.id.clone())
}

#[test]
fn a_corrected_file_has_no_error_left_and_stays_as_it_is() {
    let mut corrected = 0;
    for case in ALL.iter() {
        let first = answer(&case.inputs, &Options::default());
        for file in &first.configuration.files {
            println!("{}: {} {} {:?}", case.name, file.which, file.state, file.reasons);
            println!("    {:?} {:?}", file.questions, file.refused);
            assert!(file.state == "unmended" || !file.reasons.is_empty(), "{}", case.name);
            // A piece out of a mail has no bytes of its own to edit.
            if file.state != "corrected" || file.edits.is_empty() {
                continue;
            }
            let card = first.cards.iter().find(|card| card.artifact == file.artifact).expect("a card");
            let mut inputs: Vec<Input> = case.inputs.clone();
            let input = &mut inputs[card.input];
            input.bytes = applied(file, &input.bytes).expect("the edits fit");
            let second = answer(&inputs, &Options::default());
            let again = second.configuration.files.iter().find(|other| other.artifact == file.artifact);
            assert!(again.is_none_or(|again| again.edits.is_empty()), "{}: {:?}", case.name, again.map(|a| &a.reasons));
            assert_eq!(complains(&second, &file.artifact), None, "{}", case.name);
            corrected += 1;
        }
        // What .NET refuses is corrected, or it is said why not.
        for artifact in first.report.artifacts.iter().filter(|artifact| artifact.kind == "machine-config") {
            if let Some(id) = complains(&first, &artifact.id) {
                let answered = first.configuration.files.iter().any(|file| file.artifact == artifact.id);
                assert!(answered, "{}: {id} in {} has no answer", case.name, artifact.name);
            }
        }
    }
    assert!(corrected >= 18, "{corrected}");
}
