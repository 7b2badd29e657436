//! The page in a real browser; `benches/page.mjs` does the work there.

use super::native::warm;
use super::table::{Measured, Row, median, size};
use crate::run::{command, find, root};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;

/// The two lines of a browser: the page reading the file without analysis, and the page analysing it.
pub fn measure(name: &str, program: &Path, file: &Path, runs: usize) -> Vec<Row> {
    let (id, read_id) = (name.to_lowercase(), format!("{}-read", name.to_lowercase()));
    let (what, read_what) = (format!("page in {name}"), format!("page in {name}, reading only"));
    match warm(file).and_then(|()| ask(&id, program, file, runs)) {
        Ok(answer) => rows(&answer, [(&read_id, &read_what), (&id, &what)]),
        Err(problem) => vec![Row::new(&read_id, &read_what, Err(problem.clone())), Row::new(&id, &what, Err(problem))],
    }
}

fn ask(browser: &str, program: &Path, file: &Path, runs: usize) -> Result<Value, String> {
    let node = find("node").ok_or("Node.js is missing: https://nodejs.org")?;
    let question = json!({
        "browser": browser,
        "program": program,
        "file": file,
        "runs": runs,
    });
    let mut script = command(node);
    script.arg(root().join("benches").join("page.mjs")).arg(question.to_string());
    let output = script.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("benches/page.mjs: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let answer = text.lines().rev().find_map(|line| serde_json::from_str::<Value>(line).ok());
    answer.filter(|_| output.status.success()).ok_or_else(|| format!("benches/page.mjs ended with {}", output.status))
}

fn rows(answer: &Value, [(read_id, read_what), (id, what)]: [(&str, &str); 2]) -> Vec<Row> {
    let read = times(answer, "read").ok_or_else(|| "the page did not read the file".to_owned()).map(|measured| {
        let chunk = answer["chunk"].as_u64().unwrap_or_default();
        let place = answer["readIn"].as_str().unwrap_or("page");
        measured.with(format!("in a {place}, chunks of {chunk} bytes").replace("a main", "the main"))
    });
    let refused = answer["refused"].as_str().unwrap_or("the page did not come to an end").to_owned();
    let mut numbers = Vec::new();
    let analysis = times(answer, "analysis").ok_or(refused).map(|mut measured| {
        let mut take = |name: &'static str, value: Option<f64>| {
            numbers.extend(value.map(|value| (name, value)));
            value
        };
        let bytes = |value: &Value| value.as_u64().filter(|bytes| *bytes > 0);
        let wasm = bytes(&answer["wasm"]);
        measured.peak_memory = wasm;
        take("wasm_bytes", answer["wasm"].as_f64());
        let ms = |value: f64| format!("{value:.0} ms");
        let facts = answer["firstFacts"].as_array().map(|all| all.iter().filter_map(Value::as_f64).collect::<Vec<_>>());
        let facts = take("first_facts_ms", facts.filter(|all| !all.is_empty()).map(|all| median(&all)));
        let gap = take("longest_gap_ms", answer["longestGap"].as_f64());
        let task = take("longest_task_ms", answer["longestTask"].as_f64());
        let cancel = take("cancel_ms", answer["cancel"]["took"].as_f64());
        let notes = [
            wasm.map(|_| "memory is WebAssembly's".to_owned()),
            bytes(&answer["processes"]).map(|bytes| format!("browser +{}", size(bytes))),
            facts.map(|time| format!("first facts {}", ms(time))),
            task.map(
                |time| if time > 0.0 { format!("longest task {}", ms(time)) } else { "no task of 50 ms".to_owned() },
            ),
            gap.map(|time| format!("longest silence {}", ms(time))),
            cancel.map(|time| format!("cancel {}", ms(time))),
            answer["cancel"]["missing"].as_str().map(str::to_owned),
        ];
        measured.notes.extend(notes.into_iter().flatten());
        measured
    });
    vec![Row::new(read_id, read_what, read), Row { numbers, ..Row::new(id, what, analysis) }]
}

/// The median of a list of milliseconds.
fn times(answer: &Value, name: &str) -> Option<Measured> {
    let times = answer[name].as_array()?.iter().filter_map(Value::as_f64).collect::<Vec<_>>();
    let measured = Measured { seconds: median(&times) / 1000.0, runs: times.len(), ..Measured::default() };
    (!times.is_empty()).then_some(measured)
}
