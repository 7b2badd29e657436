//! The native programs: our own reading of the bytes, the command line, `GoAccess` and lnav.

use super::dialect::Dialect;
use super::process::{self, Run};
use super::table::{Measured, Row, median};
use crate::run::{command, find, root};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Instant;

/// A tool that has used so many seconds is not run again.
const PATIENCE: f64 = 60.0;

/// What one run used.
struct Sample {
    seconds: f64,
    processor: Option<f64>,
    peak_memory: Option<u64>,
}

impl From<&Run> for Sample {
    fn from(run: &Run) -> Self {
        Self { seconds: run.seconds, processor: run.processor, peak_memory: run.peak_memory }
    }
}

/// Repeats a measurement and takes the median; a slow one is not repeated for ever.
fn repeat(runs: usize, mut once: impl FnMut() -> Result<Sample, String>) -> Result<Measured, String> {
    let mut seconds = Vec::new();
    let mut processor = Vec::new();
    let mut peak_memory = None;
    while seconds.len() < runs && seconds.iter().sum::<f64>() < PATIENCE {
        let sample = once()?;
        seconds.push(sample.seconds);
        processor.extend(sample.processor);
        peak_memory = peak_memory.max(sample.peak_memory);
    }
    Ok(Measured {
        seconds: median(&seconds),
        processor: (!processor.is_empty()).then(|| median(&processor)),
        runs: seconds.len(),
        peak_memory,
        notes: Vec::new(),
    })
}

/// Reads the file once, so that it lies in the system's cache for whoever is measured next.
pub fn warm(file: &Path) -> Result<(), String> {
    count_lines(file).map(|_| ())
}

/// The pace of the bytes alone: `read` into one megabyte, over and over, and memchr counting line ends.
pub fn raw_read(file: &Path, runs: usize) -> Row {
    let measured = warm(file).and_then(|()| {
        repeat(runs, || {
            let begin = Instant::now();
            count_lines(file)?;
            Ok(Sample { seconds: begin.elapsed().as_secs_f64(), processor: None, peak_memory: None })
        })
    });
    Row::new("raw", "read() and memchr, counting lines", measured)
}

fn count_lines(file: &Path) -> Result<usize, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut file_bytes = File::open(file).map_err(problem)?;
    let mut chunk = vec![0; 1 << 20];
    let mut lines = 0;
    loop {
        match file_bytes.read(&mut chunk).map_err(problem)? {
            0 => return Ok(lines),
            length => lines += memchr::memchr_iter(b'\n', &chunk[..length]).count(),
        }
    }
}

/// The command line; also gives the report of the last run.
pub fn command_line(program: &Path, file: &Path, runs: usize) -> (Row, Option<String>) {
    let mut report = None;
    let measured = warm(file).and_then(|()| {
        repeat(runs, || {
            let run = process::run(command(program).args(["--format", "json"]).arg(file))?;
            // 1 says that the log shows an error, and it does.
            if !matches!(run.status.code(), Some(0 | 1)) {
                return Err(format!("ended with {}", run.status));
            }
            let sample = Sample::from(&run);
            report = Some(run.output);
            Ok(sample)
        })
    });
    (Row::new("cli", "command line", measured), report)
}

/// `GoAccess`, writing its report to a file.
pub fn goaccess(dialect: Dialect, file: &Path, runs: usize) -> Row {
    let what = "GoAccess";
    let Some(program) = find("goaccess") else { return Row::new("goaccess", what, Err("not installed".to_owned())) };
    let (log, date, time) = goaccess_format(dialect);
    let folder = root().join("target").join("bench");
    let report = folder.join("goaccess.json");
    let mut shape = String::new();
    let measured = warm(file).and_then(|()| {
        repeat(runs, || {
            let _ = fs::remove_file(&report);
            let mut goaccess = command(&program);
            goaccess.arg(file).arg("--no-global-config").arg("--no-progress");
            goaccess.args([
                format!("--log-format={log}"),
                format!("--date-format={date}"),
                format!("--time-format={time}"),
            ]);
            let run = process::run(goaccess.arg("-o").arg(&report))?;
            let text = fs::read_to_string(&report).unwrap_or_default();
            let valid = number_after(&text, "\"valid_requests\":");
            if !run.status.success() || valid.unwrap_or(0) == 0 {
                return Err("cannot read this format".to_owned());
            }
            shape = format!(
                "{} requests, {} failed",
                valid.unwrap_or(0),
                number_after(&text, "\"failed_requests\":").unwrap_or(0)
            );
            Ok(Sample::from(&run))
        })
    });
    Row::new("goaccess", what, measured.map(|measured| measured.with(shape)))
}

/// `GoAccess`' own name for Squid's log wants syslog in front of it; the others have no name. In its language `%^` is
/// what is left out.
fn goaccess_format(dialect: Dialect) -> (&'static str, &'static str, &'static str) {
    match dialect {
        Dialect::Squid => ("%x.%^ %~%L %h %^/%s %b %m %U %^", "%s", "%s"),
        Dialect::W3c => (
            r#"%d %t %L %h %^ %^ %^ %^ "%^" %R %s %^ %m %^ %^ %v %^ %U %q %^ "%u" %^ %b %^ %^"#,
            "%Y-%m-%d",
            "%H:%M:%S",
        ),
        Dialect::FortiGate => (
            concat!(
                "date=%d time=%t %^ %^ %^ %^ %^ %^ %^ %^ %^ srcip=%h %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ %^ ",
                "hostname=\"%U\" %^ duration=%T sentbyte=%^ rcvdbyte=%b %^"
            ),
            "%Y-%m-%d",
            "%H:%M:%S",
        ),
        Dialect::Json => (
            r#"{ "event": { "datetime": "%d %t", "responsesize": "%b", "requestmethod": "%m", "useragent": "%u", "ClientIP": "%h", "status": "%s", "url": "%U", "hostname": "%v" } }"#,
            "%Y-%m-%d",
            "%H:%M:%S",
        ),
    }
}

fn number_after(text: &str, key: &str) -> Option<u64> {
    let rest = text.split_once(key)?.1.trim_start();
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// lnav as it is installed.
pub fn lnav(file: &Path, runs: usize) -> Row {
    index_with_lnav("lnav", "lnav", &[], file, runs)
}

/// lnav with the formats of `benches/lnav`.
pub fn lnav_with_formats(file: &Path, runs: usize) -> Row {
    let folder = root().join("benches").join("lnav").display().to_string();
    index_with_lnav("lnav-format", "lnav with our format for it", &["-I", &folder], file, runs)
}

/// lnav without its screen, made to index the whole file by asking for the number of its messages.
fn index_with_lnav(id: &str, what: &str, options: &[&str], file: &Path, runs: usize) -> Row {
    let Some(program) = find("lnav") else { return Row::new(id, what, Err("not installed".to_owned())) };
    // Its settings and caches stay out of the user's home.
    let home = root().join("target").join("bench").join("lnav-home");
    let mut shape = String::new();
    let measured = warm(file).and_then(|()| {
        fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
        repeat(runs, || {
            let mut lnav = command(&program);
            lnav.env("HOME", &home).env("XDG_CONFIG_HOME", &home).env("TERM", "dumb").args(options);
            let run = process::run(lnav.args(["-n", "-N", "-c", QUESTION, "-c", ":write-json-to -"]).arg(file))?;
            let format = run.output.split_once("\"format\":").map(|(_, rest)| rest.trim_start());
            let format = format.and_then(|rest| rest.split('"').nth(1)).unwrap_or_default();
            shape = match number_after(&run.output, "\"messages\":") {
                Some(messages) if messages > 0 => format!("{messages} messages as {format}"),
                _ => "has no format for this log: lines only".to_owned(),
            };
            if run.status.success() { Ok(Sample::from(&run)) } else { Err(format!("ended with {}", run.status)) }
        })
    });
    Row::new(id, what, measured.map(|measured| measured.with(shape)))
}

const QUESTION: &str = ";SELECT count(*) AS messages, min(log_format) AS format FROM all_logs";
