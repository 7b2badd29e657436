//! Each item of a shelf proves itself, and each list holds all files of its folder.

use advisor_engine::allow_list::Product;
use advisor_engine::artifact::Kind;
use advisor_engine::report::Report;
use advisor_engine::rules::Rule;
use advisor_engine::{Input, Options, analyze, errors, formats, rules};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn paste(artifacts: &[(&str, &str)]) -> Report {
    let inputs: Vec<Input> = artifacts
        .iter()
        .map(|(name, text)| Input {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
            corrections: Vec::new(),
        })
        .collect();
    analyze(&inputs, &Options::default())
}

fn holds(rule: &Rule, artifacts: &[(&str, &str)]) -> bool {
    paste(artifacts).diagnoses.iter().any(|diagnosis| diagnosis.rule.id == rule.id)
}

#[test]
fn every_rule_holds_in_its_example_and_not_in_its_counter_example() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        if rule.example.is_empty() || rule.counter_example.is_empty() {
            wrong.push(format!("{}: needs an example and a counter-example", rule.id));
        }
        if !holds(rule, rule.example) {
            let found: Vec<&str> = paste(rule.example).diagnoses.iter().map(|found| found.rule.id).collect();
            wrong.push(format!("{}: its example does not give it, but {found:?}", rule.id));
        }
        if holds(rule, rule.counter_example) {
            wrong.push(format!("{}: its counter-example gives it", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_public_diagnosis_has_a_rule_and_no_rule_invents_an_id() {
    let listed: BTreeSet<&str> = rules::PUBLIC_IDS.iter().copied().collect();
    let ruled: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let unique: BTreeSet<&str> = ruled.iter().copied().collect();
    assert_eq!(ruled.len(), unique.len(), "an id stands on the shelf twice");
    assert_eq!(unique, listed);
    for rule in rules::all() {
        for symptom in rule.explains {
            assert!(listed.contains(symptom), "{} explains {symptom}, which is no diagnosis", rule.id);
        }
    }
}

#[test]
fn every_rule_says_what_why_and_what_to_do() {
    for rule in rules::all() {
        assert!(!rule.en.title.is_empty() && !rule.en.summary.is_empty() && !rule.en.why.is_empty(), "{}", rule.id);
        assert!(!rule.source.is_empty(), "{} has no source", rule.id);
        let problem = rule.severity.is_problem();
        assert!(!problem || !rule.en.steps.is_empty(), "{} is a problem without a way out", rule.id);
        let verified = rule.en.steps.iter().any(|step| step.verify.is_some());
        assert!(
            !problem || verified || rule.id == "evidence-insufficient",
            "{}: nothing to verify the fix by",
            rule.id
        );
    }
}

#[test]
fn every_error_is_found_first_in_its_own_example() {
    let mut wrong = Vec::new();
    for entry in errors::all() {
        let report = paste(&[("paste.txt", entry.example)]);
        let found: Vec<&str> = report
            .facts
            .texts
            .iter()
            .flat_map(|(_, text)| &text.errors)
            .filter(|hit| hit.entry.layer >= entry.layer)
            .map(|hit| hit.entry.id)
            .collect();
        if found.first() != Some(&entry.id) {
            wrong.push(format!("{}: found {found:?}", entry.id));
        }
    }
    assert!(wrong.is_empty(), "{} entries:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_list_holds_every_file_of_its_folder() {
    for shelf in ["formats", "errors", "endpoints", "rules"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine").join(shelf);
        let list = fs::read_to_string(folder.join("mod.rs")).expect("the shelf has a mod.rs");
        for entry in fs::read_dir(&folder).expect("the shelf is a folder").flatten() {
            let path = entry.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap_or_default();
            let item = ["pub const RULES:", "pub const FORMAT:", "pub const ENTRIES:", "pub const ROWS:"];
            if name != "mod" && item.iter().any(|item| text.contains(item)) {
                let listed =
                    ["RULES", "FORMAT", "ENTRIES", "ROWS"].iter().any(|item| list.contains(&format!("{name}::{item}")));
                assert!(listed, "{shelf}/{name}.rs is not on the list of its shelf");
            }
        }
    }
}

/// The first cells, in back quotes, of the table in the README whose head begins with `head`.
fn readme_table(head: &str) -> BTreeSet<String> {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there is a README");
    readme
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {head} |")))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| Some(line.split('`').nth(1)?.to_owned()))
        .collect()
}

#[test]
fn the_readme_lists_everything_the_engine_reads() {
    let kinds: BTreeSet<String> = Kind::ALL
        .into_iter()
        .filter(|kind| !matches!(kind, Kind::Mixed | Kind::Unknown))
        .map(|kind| kind.id().to_owned())
        .collect();
    assert_eq!(readme_table("kind"), kinds);
    let formats: BTreeSet<String> = formats::ALL.iter().map(|format| format.id.to_owned()).collect();
    assert_eq!(readme_table("log dialect"), formats);
    let products: BTreeSet<String> = Product::ALL.into_iter().map(|product| product.id().to_owned()).collect();
    assert_eq!(readme_table("allow-list product"), products);
}
