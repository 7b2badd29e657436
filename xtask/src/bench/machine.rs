//! On what all this was measured: without it no number means anything.

use crate::browsers::Browsers;
use crate::run::{command, find, output};
use std::fs;
use std::path::Path;

/// The machine and the versions of what was measured.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Date in UTC as the system tells it.
    pub date: String,
    pub lines: Vec<String>,
}

/// Asks the machine. What it does not tell is left out.
pub fn describe(browsers: Option<&Browsers>) -> Machine {
    let date = output(command("date").args(["-u", "+%Y-%m-%d %H:%M UTC"])).unwrap_or_default().trim().to_owned();
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let memory = memory.and_then(|text| text.strip_suffix(" kB")?.parse::<u64>().ok());
    let memory = memory.map_or(String::new(), |kibibytes| format!(", {} GiB", (kibibytes + (1 << 19)) >> 20));
    let system = field(&read("/etc/os-release").replace('=', ":"), "PRETTY_NAME").unwrap_or_default().replace('"', "");
    let first_line = |program: &Path, argument: &str| {
        let text = output(command(program).arg(argument))?;
        text.lines().next().map(|line| line.trim_end_matches('.').trim().to_owned())
    };
    let tools = ["goaccess", "lnav"].into_iter().filter_map(|tool| first_line(&find(tool)?, "--version"));
    let browsers = browsers.into_iter().flat_map(|both| [&both.chromium, &both.firefox]);
    let browsers = browsers.filter_map(|program| first_line(program, "--version"));
    let rust = first_line(Path::new("rustc"), "--version");
    let versions = rust.into_iter().chain(browsers).chain(tools).collect::<Vec<_>>();
    let load = read("/proc/loadavg").split(' ').next().map(str::to_owned).filter(|load| !load.is_empty());
    let load = load.map_or(String::new(), |load| format!(", load {load} before the first measurement"));
    Machine { date, lines: vec![format!("{processor}, {cores} cores{memory}, {system}{load}"), versions.join("; ")] }
}
