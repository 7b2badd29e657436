//! Every folder in tests/cases, and in the shared cases where they are at hand, is a situation: the files that
//! somebody pasted and, in expect.json, what a knowledgeable support engineer would answer.

use advisor_engine::export::v1::Report;
use advisor_engine::{Input, Options, analyze, export, rules};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// One situation.
pub struct Case {
    pub name: String,
    pub inputs: Vec<Input>,
    pub expect: Value,
}

/// The situations of the project, and the shared ones.
pub static ALL: LazyLock<Vec<Case>> = LazyLock::new(read_all);

fn read_all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases = Vec::new();
    for folder in [root.join("tests/cases"), root.join("../shared/cases")] {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut folders: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
        folders.sort();
        cases.extend(folders.iter().map(|folder| read_case(folder)));
    }
    cases
}

fn read_case(folder: &Path) -> Case {
    let expect = fs::read_to_string(folder.join("expect.json")).expect("every case has an expect.json");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder was listed a moment ago")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| name != "expect.json"))
        .collect();
    files.sort();
    let inputs = files
        .iter()
        .map(|path| Input {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: fs::read(path).expect("the file was listed a moment ago"),
            corrections: Vec::new(),
        })
        .collect();
    Case {
        name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        inputs,
        expect: serde_json::from_str(&expect).expect("expect.json is JSON"),
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Everything in which the report differs from the expectation, in words.
fn differences(expect: &Value, report: &Report) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids: Vec<&str> = report.diagnoses.iter().map(|diagnosis| diagnosis.id.as_str()).collect();
    let problem = report.diagnoses.iter().find(|diagnosis| matches!(diagnosis.severity.as_str(), "error" | "warning"));
    let first = problem.map(|diagnosis| diagnosis.id.as_str());
    let likely = strings(&expect["most_likely"]);
    match first {
        Some(id) if !likely.contains(&id) => wrong.push(format!("most likely is {id}, expected {likely:?}")),
        None if !likely.is_empty() => wrong.push(format!("no problem found, expected {likely:?}")),
        _ => {}
    }
    for id in strings(&expect["must"]).iter().filter(|id| !ids.contains(id)) {
        wrong.push(format!("{id} is missing"));
    }
    for id in strings(&expect["must_not"]).iter().filter(|id| ids.contains(id)) {
        wrong.push(format!("{id} must not be there"));
    }
    if expect["no_error"] == true
        && let Some(error) = report.diagnoses.iter().find(|diagnosis| diagnosis.severity == "error")
    {
        wrong.push(format!("{} is an error, and nothing is wrong", error.id));
    }
    if let Some(cloud) = expect["cloud"].as_str()
        && cloud != report.cloud.id
    {
        wrong.push(format!("cloud is {}, expected {cloud}", report.cloud.id));
    }
    match expect["ask_for"].as_bool() {
        Some(true) if report.ask_for.is_empty() => wrong.push("asks for nothing".to_owned()),
        Some(false) if !report.ask_for.is_empty() => wrong.push("asks for more, and nothing is open".to_owned()),
        _ => {}
    }
    for (phase, wanted) in expect["phases"].as_object().into_iter().flatten() {
        let state = report.phases.iter().find(|item| item.id == *phase).map(|item| item.state.as_str());
        if state != wanted.as_str() {
            wrong.push(format!("{phase} is {state:?}, expected {wanted}"));
        }
    }
    for (field, value_of) in [("kinds", 0), ("formats", 1)] {
        for (file, wanted) in expect[field].as_object().into_iter().flatten() {
            let found: Vec<&str> = report
                .artifacts
                .iter()
                .filter(|artifact| artifact.name.starts_with(file.as_str()))
                .map(|artifact| if value_of == 0 { artifact.kind.as_str() } else { artifact.format.as_str() })
                .collect();
            for one in strings(wanted).iter().filter(|one| !found.contains(one)) {
                wrong.push(format!("{file} is read as {found:?}, expected {one}"));
            }
        }
    }
    for place in expect["evidence"].as_array().into_iter().flatten() {
        let (id, file, line) = (&place["id"], place["file"].as_str().unwrap_or(""), place["line"].as_u64());
        let covers = report.diagnoses.iter().filter(|diagnosis| *id == diagnosis.id.as_str()).any(|diagnosis| {
            diagnosis.evidence.iter().any(|evidence| {
                let name = report.artifacts.iter().find(|artifact| artifact.id == evidence.artifact);
                let line = line.and_then(|line| usize::try_from(line).ok()).unwrap_or(0);
                name.is_some_and(|artifact| artifact.name.starts_with(file))
                    && (evidence.line..=evidence.end_line).contains(&line)
            })
        });
        if !covers {
            wrong.push(format!("{id} has no evidence on line {line:?} of {file}"));
        }
    }
    wrong
}

fn run(inputs: &[Input]) -> Report {
    export::report(&analyze(inputs, &Options::default()))
}

#[test]
fn every_situation_gets_the_answer_that_an_expert_would_give() {
    let cases = &*ALL;
    assert!(cases.len() >= 6, "the six samples are cases");
    let mut failures = Vec::new();
    for case in cases {
        let report = run(&case.inputs);
        for difference in differences(&case.expect, &report) {
            let ids: Vec<&str> = report.diagnoses.iter().map(|diagnosis| diagnosis.id.as_str()).collect();
            failures.push(format!("{}: {difference}; diagnoses are {ids:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_order_in_which_artifacts_are_added_changes_nothing() {
    for case in &*ALL {
        let mut reversed = case.inputs.clone();
        reversed.reverse();
        assert_eq!(export::json(&run(&case.inputs)), export::json(&run(&reversed)), "{}", case.name);
    }
}

#[test]
fn a_report_read_back_from_its_json_is_the_same_report() {
    for case in &*ALL {
        let report = run(&case.inputs);
        let read: Report = serde_json::from_str(&export::json(&report)).expect("the report is valid JSON");
        assert_eq!(read, report, "{}", case.name);
    }
}

#[test]
fn a_paste_saved_by_windows_notepad_gives_the_same_diagnoses() {
    for case in &*ALL {
        let utf16: Vec<Input> = case
            .inputs
            .iter()
            .filter_map(|input| {
                let text = std::str::from_utf8(&input.bytes).ok()?;
                // An XML declaration that names UTF-8 in a UTF-16 file is a fault of its own.
                if text.contains("encoding=\"") {
                    return None;
                }
                let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
                let bytes = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
                Some(Input { name: input.name.clone(), bytes, corrections: Vec::new() })
            })
            .collect();
        if utf16.len() < case.inputs.len() {
            continue;
        }
        let ids = |report: &Report| report.diagnoses.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&run(&utf16)), ids(&run(&case.inputs)), "{}", case.name);
    }
}

/// Texts of a report in which a `{name}` was left.
fn unfilled(report: &Report) -> Vec<String> {
    let is_open = |text: &&String| {
        text.split('{').skip(1).any(|rest| {
            rest.split_once('}')
                .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        })
    };
    let texts = report.diagnoses.iter().flat_map(|diagnosis| {
        let steps =
            diagnosis.steps.iter().flat_map(|step| [Some(&step.text), step.command.as_ref(), step.verify.as_ref()]);
        [&diagnosis.title, &diagnosis.summary].into_iter().chain(steps.flatten())
    });
    texts.filter(is_open).cloned().collect()
}

#[test]
fn no_text_shows_an_unfilled_place_holder() {
    let examples = rules::all().map(|rule| {
        let inputs: Vec<Input> = rule
            .example
            .iter()
            .map(|(name, text)| Input {
                name: (*name).to_owned(),
                bytes: text.as_bytes().to_vec(),
                corrections: Vec::new(),
            })
            .collect();
        (rule.id.to_owned(), inputs)
    });
    let cases = ALL.iter().map(|case| (case.name.clone(), case.inputs.clone()));
    for (name, inputs) in cases.chain(examples) {
        let open = unfilled(&run(&inputs));
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}
