//! Every check of the project. The closing line counts them all.

use crate::browsers::Browsers;
use crate::build;
use crate::run::{cargo, command, find, root};
use crate::setup::{self, step};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs all checks, also after one failed, and says at the end how many passed. `Ok(false)` when one did not.
pub fn everything() -> Result<bool, String> {
    let browsers = setup::for_test()?;
    let mut count = Count::default();
    one(&mut count, "format", cargo().args(["fmt", "--all", "--check"]));
    one(
        &mut count,
        "lints of engine, command line and tools",
        cargo().args(["clippy", "--workspace", "--all-targets", "--features", "cli", "--", "-Dwarnings"]),
    );
    one(
        &mut count,
        "lints of the page",
        cargo().args([
            "clippy",
            "--target",
            "wasm32-unknown-unknown",
            "--features",
            "web",
            "--bin",
            "page",
            "--",
            "-Dwarnings",
        ]),
    );
    many(
        &mut count,
        "native tests",
        cargo().args(["test", "--workspace", "--features", "cli", "--no-fail-fast"]),
        libtest,
    );
    step("test: the page builds");
    match build::page() {
        Ok(_) => {
            count.passed += 1;
            many(&mut count, "the page in real browsers", &mut browser_tests(&browsers)?, node_test);
        }
        Err(problem) => {
            eprintln!("xtask: {problem}; the browser tests were not run");
            count.failed += 1;
        }
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(count.failed == 0)
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

/// A check that is one thing.
fn one(count: &mut Count, what: &str, command: &mut Command) {
    step(&format!("test: {what}"));
    match crate::run::run(command.stdin(Stdio::null())) {
        Ok(()) => count.passed += 1,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            count.failed += 1;
        }
    }
}

/// A runner of many tests, which counts them itself on lines that `read` understands.
fn many(count: &mut Count, what: &str, command: &mut Command, read: impl Fn(&str) -> Count) {
    step(&format!("test: {what}"));
    let mut counted = Count::default();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let status = child.and_then(|mut child| {
        for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')).flatten() {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            let more = read(&line);
            counted.passed += more.passed;
            counted.failed += more.failed;
        }
        child.wait()
    });
    let succeeded = status.is_ok_and(|status| status.success());
    // A runner that could not even start its tests has counted none.
    if !succeeded && counted.failed == 0 {
        counted.failed = 1;
    }
    if !succeeded {
        eprintln!("xtask: {what}: not all passed");
    }
    count.passed += counted.passed;
    count.failed += counted.failed;
}

/// "test result: ok. 12 passed; 0 failed; 0 ignored; …"
fn libtest(line: &str) -> Count {
    if !line.trim_start().starts_with("test result:") {
        return Count::default();
    }
    let number = |word: &str| {
        let before = line.split(';').find_map(|part| part.trim().strip_suffix(word)).unwrap_or_default();
        before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    Count { passed: number(" passed"), failed: number(" failed") }
}

/// "# pass 12" or "ℹ pass 12", by reporter.
fn node_test(line: &str) -> Count {
    let words = line.split_whitespace().collect::<Vec<_>>();
    let number = |number: &str| number.parse().unwrap_or(0);
    match words.as_slice() {
        ["#" | "ℹ", "pass", passed] => Count { passed: number(passed), failed: 0 },
        ["#" | "ℹ", "fail" | "cancelled", failed] => Count { passed: 0, failed: number(failed) },
        _ => Count::default(),
    }
}

fn browser_tests(browsers: &Browsers) -> Result<Command, String> {
    let node = find("node").ok_or("Node.js is missing: https://nodejs.org")?;
    let folder = root().join("tests").join("browser");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_test =
        |path: &PathBuf| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.ends_with(".test.mjs"));
    let mut files = entries.flatten().map(|entry| entry.path()).filter(is_test).collect::<Vec<_>>();
    files.sort();
    let mut tests = command(node);
    tests.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files);
    tests.env("ADVISOR_CHROMIUM", &browsers.chromium).env("ADVISOR_FIREFOX", &browsers.firefox);
    tests.env("ADVISOR_CLI", command_line()?);
    Ok(tests)
}

/// Builds the command line: the page must save the very report that it prints.
fn command_line() -> Result<PathBuf, String> {
    crate::run::run(cargo().args(["build", "--quiet", "--features", "cli", "--bin", "entra-connect-advisor"]))?;
    let name = format!("entra-connect-advisor{}", std::env::consts::EXE_SUFFIX);
    Ok(root().join("target").join("debug").join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_what_the_runners_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(libtest(line), Count { passed: 12, failed: 3 });
        assert_eq!(libtest("running 12 tests"), Count::default());
        assert_eq!(node_test("ℹ pass 40"), Count { passed: 40, failed: 0 });
        assert_eq!(node_test("# fail 2"), Count { passed: 0, failed: 2 });
    }
}
