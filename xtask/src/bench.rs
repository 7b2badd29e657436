//! `cargo xtask bench`: how fast the page and the command line are, against the mere reading of the same bytes and
//! against native tools, on data made with a fixed seed; and whether what they count is true. See docs/BENCHMARK.md.
#![expect(clippy::disallowed_types, reason = "a benchmark needs a clock")]

mod compare;
mod data;
mod dialect;
mod machine;
mod native;
mod options;
mod page;
mod process;
mod random;
mod reference;
mod scale;
mod server;
mod table;
mod target;
mod traffic;

use crate::browsers::{self, Browsers};
use crate::run::{cargo, find, root, run as run_to_end};
use crate::setup::step;
use crate::{build, run};
use dialect::Dialect;
use options::Options;
use serde_json::Value;
use std::env::consts::EXE_SUFFIX;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use table::Sheet;

/// Measures what the options ask for and prints it. `Ok(false)` when the totals differ from those of the slow reader.
pub fn all(arguments: &[&str]) -> Result<bool, String> {
    if matches!(arguments, ["--help" | "-h" | "help"]) {
        println!("{}", options::HELP);
        return Ok(true);
    }
    let options = options::parse(arguments)?;
    if cfg!(debug_assertions) {
        return optimised(arguments);
    }
    let bench = Bench::prepare(options)?;
    let machine = machine::describe(bench.browsers.as_ref());
    println!("\n{}\n{}", machine.date, machine.lines.join("\n"));
    println!(
        "every file is read once before each measurement, so that it lies in the system's cache; one tool at a time\n"
    );
    let mut sheets = Vec::new();
    let mut slopes = Vec::new();
    for &dialect in &bench.options.dialects {
        if bench.options.scale {
            let (series, slope) = bench.series(dialect)?;
            sheets.extend(series);
            slopes.push(slope);
        } else {
            let usual = if dialect == Dialect::Squid { 1_000_000_000 } else { 256_000_000 };
            sheets.push(bench.sheet(dialect, bench.options.size.unwrap_or(usual))?);
        }
    }
    let file = bench.folder.join("latest.json");
    let json = table::json(&machine, &sheets, &Value::Array(slopes));
    fs::write(&file, format!("{json:#}\n")).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("all of it as JSON: target/bench/latest.json");
    Ok(sheets.iter().all(|sheet| sheet.differences.as_ref().is_none_or(Vec::is_empty)))
}

/// Runs the same again as an optimised program: making gigabytes and counting their lines must cost what it costs.
fn optimised(arguments: &[&str]) -> Result<bool, String> {
    step("bench: building the optimised tools (a minute the first time)");
    let mut again = cargo();
    again.args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench"]).args(arguments);
    let status = again.status().map_err(|error| format!("cargo: {error}"))?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(format!("the benchmark ended with {status}")),
    }
}

/// What there is to measure with.
struct Bench {
    options: Options,
    folder: PathBuf,
    /// The command line, when it is needed.
    program: Option<PathBuf>,
    browsers: Option<Browsers>,
}

impl Bench {
    fn prepare(options: Options) -> Result<Self, String> {
        let folder = root().join("target").join("bench");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let wants = |tool: &str| options.tools.contains(&tool);
        install(["goaccess", "lnav"].into_iter().filter(|tool| wants(tool)));
        let program = if wants("cli") || wants("check") { Some(command_line(options.as_built)?) } else { None };
        let browsers = if wants("chromium") || wants("firefox") {
            let browsers = browsers::find_or_install()?;
            if !options.as_built {
                build::page()?;
            }
            Some(browsers)
        } else {
            None
        };
        Ok(Self { options, folder, program, browsers })
    }

    /// One file of a dialect and everything about it, printed.
    fn sheet(&self, dialect: Dialect, size: u64) -> Result<Sheet, String> {
        let file = self.make(dialect, size)?;
        let mut sheet = self.measure(dialect, &file)?;
        if !self.options.keep {
            let _ = fs::remove_file(&file);
        }
        sheet.verdicts = target::verdicts(&sheet);
        println!("{}\n", table::text(&sheet));
        Ok(sheet)
    }

    /// Files of all sizes and the slope over them, printed.
    fn series(&self, dialect: Dialect) -> Result<(Vec<Sheet>, Value), String> {
        let sizes = scale::SIZES.into_iter().filter(|size| self.options.size.is_none_or(|most| *size <= most));
        let file = self.make(dialect, 2_000)?;
        let empty = self.measure(dialect, &file)?;
        let sheets = sizes.map(|size| self.sheet(dialect, size)).collect::<Result<Vec<_>, _>>()?;
        let (verdicts, slopes) = scale::slopes(&sheets.iter().collect::<Vec<_>>(), &empty);
        println!("{}, growth\n{}\n", dialect.id(), table::targets(&verdicts));
        Ok((sheets, slopes))
    }

    fn make(&self, dialect: Dialect, size: u64) -> Result<PathBuf, String> {
        let file = self.folder.join(dialect.file_name());
        step(&format!("bench: making {} of {}", table::size(size), dialect.id()));
        let problem = |error: std::io::Error| format!("{}: {error}", file.display());
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&file).map_err(problem)?);
        data::write(dialect, size, &mut out).and_then(|_| out.flush()).map_err(problem)?;
        Ok(file)
    }

    fn measure(&self, dialect: Dialect, file: &Path) -> Result<Sheet, String> {
        let bytes = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.len();
        let wants = |tool: &str| self.options.tools.contains(&tool);
        let runs = self.options.runs;
        let mut rows = Vec::new();
        let mut report = None;
        // Without the pace of the bytes no other number can be judged.
        step("bench: reading the bytes");
        rows.push(native::raw_read(file, runs));
        if let Some(program) = &self.program {
            step("bench: the command line");
            let (row, printed) = native::command_line(program, file, if wants("cli") { runs } else { 1 });
            rows.extend(wants("cli").then_some(row));
            report = printed;
        }
        if let Some(Browsers { chromium, firefox }) = &self.browsers {
            for (name, program) in [("Chromium", chromium), ("Firefox", firefox)] {
                if wants(&name.to_lowercase()) {
                    step(&format!("bench: the page in {name}"));
                    rows.extend(page::measure(name, program, file, runs));
                }
            }
        }
        if wants("goaccess") {
            step("bench: GoAccess");
            rows.push(native::goaccess(dialect, file, runs));
        }
        if wants("lnav") {
            step("bench: lnav");
            rows.push(native::lnav(file, runs));
            rows.extend((dialect == Dialect::Squid).then(|| native::lnav_with_formats(file, runs)));
        }
        let (mut differences, mut totals) = (None, String::new());
        if wants("check") {
            step("bench: counting once more, slowly");
            let open = || File::open(file).map(BufReader::new);
            let slow = reference::read(dialect, open).map_err(|error| format!("{}: {error}", file.display()))?;
            totals = compare::summary(&slow);
            let report = report.as_deref().unwrap_or_default();
            differences = Some(compare::differences(report, &slow));
        }
        Ok(Sheet { dialect: dialect.id(), bytes, rows, differences, totals, verdicts: Vec::new() })
    }
}

/// Builds the command line as it is shipped.
fn command_line(as_built: bool) -> Result<PathBuf, String> {
    if !as_built {
        step("bench: building the command line");
        let build = ["build", "--quiet", "--release", "--features", "cli", "--bin", "entra-connect-advisor"];
        run_to_end(cargo().args(build))?;
    }
    Ok(root().join("target").join("release").join(format!("entra-connect-advisor{EXE_SUFFIX}")))
}

/// Installs native tools where that takes no questions: on Debian and its like, as root.
fn install<'a>(tools: impl Iterator<Item = &'a str>) {
    let missing = tools.filter(|tool| find(tool).is_none()).collect::<Vec<_>>();
    if missing.is_empty() {
        return;
    }
    let mut id = run::command("id");
    let root = run::output(id.arg("-u").stderr(Stdio::null())).is_some_and(|id| id.trim() == "0");
    let names = missing.join(" and ");
    if !root || find("apt-get").is_none() {
        step(&format!(
            "bench: {names} will not be measured: not installed, and only root on Debian gets them from here"
        ));
        return;
    }
    step(&format!("bench: installing {names} through apt"));
    if let Err(problem) = browsers::apt(&missing) {
        step(&format!("bench: {names} will not be measured: {problem}"));
    }
}
