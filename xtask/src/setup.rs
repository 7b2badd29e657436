//! Installs, once, what the build and the tests need. What is there is left alone.

use crate::browsers::{self, Browsers};
use crate::run::{self, cargo, command, find, own_tools, root, run};
use std::fs;
use std::path::PathBuf;

/// The version of trunk the project is built with. 0.22 wants a newer Rust.
const TRUNK: &str = "0.21.14";
const WASM: &str = "wasm32-unknown-unknown";

/// Programs that the build calls.
pub struct Tools {
    /// trunk.
    pub trunk: PathBuf,
}

/// What `build` and `serve` need.
pub fn for_build() -> Result<Tools, String> {
    wasm_target()?;
    npm_packages()?;
    let bindgen = locked_version("wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &bindgen, "about 3 minutes", |found| found == bindgen)?;
    let trunk = cargo_tool("trunk", "trunk", TRUNK, "6 to 9 minutes", |found| found.starts_with("0.21."))?;
    Ok(Tools { trunk })
}

/// What `test` needs: also clippy, rustfmt, and two browsers.
pub fn for_test() -> Result<Browsers, String> {
    for (tool, component) in [("cargo-clippy", "clippy"), ("rustfmt", "rustfmt")] {
        if run::output(command(tool).arg("--version")).is_none() {
            step(&format!("adding {component} to Rust (seconds)"));
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    for_build()?;
    browsers::find_or_install()
}

/// Says what is being done.
pub fn step(what: &str) {
    println!("xtask: {what}");
}

fn wasm_target() -> Result<(), String> {
    let sysroot = run::output(command("rustc").args(["--print", "sysroot"])).ok_or("rustc cannot be run")?;
    let installed = PathBuf::from(sysroot.trim()).join("lib").join("rustlib").join(WASM).join("lib");
    if installed.is_dir() {
        return Ok(());
    }
    step("adding the WebAssembly target to Rust (about 20 MB, seconds)");
    run(command("rustup").args(["target", "add", WASM]))
        .map_err(|problem| format!("{problem}. The target {WASM} is missing: install Rust through https://rustup.rs, or add the target the way your Rust was installed."))
}

fn npm_packages() -> Result<(), String> {
    let lock = fs::read(root().join("package-lock.json")).map_err(|error| format!("package-lock.json: {error}"))?;
    let modules = root().join("node_modules");
    let stamp = modules.join(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let (Some(npm), Some(_)) = (find("npm"), find("node")) else {
        return Err("Node.js with npm is missing. Install version 20 or newer: https://nodejs.org".to_owned());
    };
    step("installing the npm packages: wasm-opt and the browser driver (about 25 MB to load, a minute)");
    run(command(npm).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Finds a program of a version that fits, or installs it: in cargo's own folder, unless another version is
/// there, which may be somebody's.
fn cargo_tool(
    package: &str,
    program: &str,
    version: &str,
    time: &str,
    fits: impl Fn(&str) -> bool,
) -> Result<PathBuf, String> {
    let found = find(program);
    if let Some(path) = &found
        && version_of(path).is_some_and(|version| fits(&version))
    {
        return Ok(path.clone());
    }
    let elsewhere = found.is_some().then(own_tools);
    let apart = |command: &mut std::process::Command| {
        if let Some(folder) = &elsewhere {
            command.arg("--root").arg(folder);
        }
    };
    let mut installed = false;
    if find("cargo-binstall").is_some() {
        step(&format!("installing {package} {version} with cargo-binstall (seconds)"));
        let mut install = cargo();
        install.args(["binstall", "--no-confirm", &format!("{package}@{version}")]);
        apart(&mut install);
        installed = run(&mut install).is_ok();
    }
    if !installed {
        step(&format!("installing {package} {version} with cargo ({time}, once)"));
        let mut install = cargo();
        install.args(["install", "--locked", package, "--version", version]);
        apart(&mut install);
        run(&mut install)?;
    }
    find(program).ok_or_else(|| format!("{program} was installed, but is not where cargo puts programs"))
}

/// "trunk 0.21.14" -> "0.21.14"
fn version_of(program: &std::path::Path) -> Option<String> {
    let text = run::output(command(program).arg("--version"))?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

fn locked_version(package: &str) -> Option<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).ok()?;
    version_in_lock(&lock, package)
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = ")?;
    Some(version.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_gets_the_version_of_the_library_and_not_of_its_neighbours() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\r\nname = \"wasm-bindgen\"\r\nversion = \"0.2.129\"\r\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "trunk"), None);
    }
}
