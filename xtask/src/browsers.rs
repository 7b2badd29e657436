//! The two browsers of the tests: what is installed, or Debian's through apt.

use crate::run::{command, find, run};
use crate::setup::step;
use std::env;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Where the browsers are.
pub struct Browsers {
    /// Chromium, Chrome or Edge.
    pub chromium: PathBuf,
    /// Firefox.
    pub firefox: PathBuf,
}

/// Finds both browsers; on Debian and its like installs what is missing.
pub fn find_or_install() -> Result<Browsers, String> {
    let (mut chromium, mut firefox) = (chromium(), firefox());
    let missing = [(chromium.is_none(), "chromium"), (firefox.is_none(), "firefox-esr")];
    let missing = missing.iter().filter(|(missing, _)| *missing).map(|(_, package)| *package).collect::<Vec<_>>();
    if !missing.is_empty() && find("apt-get").is_some() {
        step(&format!("installing {} through apt (about 150 MB to load, 1 to 3 minutes)", missing.join(" and ")));
        if let Err(problem) = apt(&missing) {
            step(&problem);
        }
        (chromium, firefox) = (self::chromium(), self::firefox());
    }
    let say = |what: &str, variable: &str| format!("{what} for the browser tests, or name its program in {variable}");
    match (chromium, firefox) {
        (Some(chromium), Some(firefox)) => Ok(Browsers { chromium, firefox }),
        (None, None) => {
            Err(say("install Chrome (or Chromium, Edge) and Firefox", "ADVISOR_CHROMIUM and ADVISOR_FIREFOX"))
        }
        (None, _) => Err(say("install Chrome, Chromium or Edge", "ADVISOR_CHROMIUM")),
        (_, None) => Err(say("install Firefox", "ADVISOR_FIREFOX")),
    }
}

/// Installs Debian packages.
pub fn apt(packages: &[&str]) -> Result<(), String> {
    let root = crate::run::output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let apt = || {
        let mut apt = command(if root { "apt-get" } else { "sudo" });
        if !root {
            // Without a terminal nobody can answer the question for a password.
            if !std::io::stdin().is_terminal() {
                apt.arg("-n");
            }
            apt.arg("apt-get");
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(apt().args(["update", "-qq"]))?;
    run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
}

fn chromium() -> Option<PathBuf> {
    let programs = [
        "chromium",
        "google-chrome-stable",
        "google-chrome",
        "chromium-browser",
        "microsoft-edge-stable",
        "microsoft-edge",
    ];
    let windows = [
        "Google/Chrome/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
        "Chromium/Application/chrome.exe",
    ];
    let macs = [
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Chromium.app/Contents/MacOS/Chromium",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];
    look("ADVISOR_CHROMIUM", &programs, &windows, &macs)
}

fn firefox() -> Option<PathBuf> {
    let programs = ["firefox-esr", "firefox"];
    let windows = ["Mozilla Firefox/firefox.exe", "Firefox Developer Edition/firefox.exe"];
    let macs = ["Firefox.app/Contents/MacOS/firefox", "Firefox Developer Edition.app/Contents/MacOS/firefox"];
    look("ADVISOR_FIREFOX", &programs, &windows, &macs)
}

fn look(variable: &str, programs: &[&str], windows: &[&str], macs: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable).map(PathBuf::from) {
        return named.is_file().then_some(named);
    }
    let (folders, below): (Vec<PathBuf>, &[&str]) = if cfg!(windows) {
        let variables = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];
        (variables.iter().filter_map(env::var_os).map(PathBuf::from).collect(), windows)
    } else if cfg!(target_os = "macos") {
        (vec![PathBuf::from("/Applications"), env::home_dir().unwrap_or_default().join("Applications")], macs)
    } else {
        return programs.iter().find_map(|program| find(program));
    };
    let inside = |path: &&str| {
        folders.iter().map(|folder| folder.join(path.split('/').collect::<PathBuf>())).find(|path| path.is_file())
    };
    below.iter().find_map(inside)
}
