//! Running other programs, the same way on every system.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the repository.
pub fn root() -> PathBuf {
    let xtask =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A program, to be run in the repository with our own tools first on the PATH.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    if let Ok(path) = env::join_paths(tool_folders()) {
        command.env("PATH", path);
    }
    // trunk takes only "true" or "false" here, where everyone else takes any value.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs it to its end, its output going where ours goes.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("cannot run {}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// What it prints, when it can be run and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program is. Knows the endings that Windows wants.
pub fn find(program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let names = endings.iter().map(|ending| format!("{program}{ending}")).collect::<Vec<_>>();
    tool_folders()
        .into_iter()
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>())
        .find(|path| path.is_file())
}

/// Tools of a version that only this project wants are kept in its own folder.
pub fn own_tools() -> PathBuf {
    root().join("target").join("tools")
}

/// Where cargo installs programs.
pub fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

fn tool_folders() -> Vec<PathBuf> {
    let mut folders = vec![own_tools().join("bin")];
    if let Some(install_root) = env::var_os("CARGO_INSTALL_ROOT") {
        folders.push(PathBuf::from(install_root).join("bin"));
    }
    folders.push(cargo_home().join("bin"));
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    folders
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_owned();
    let first = command.get_args().take(3).map(OsStr::to_owned);
    let words = std::iter::once(program).chain(first).collect::<Vec<OsString>>();
    words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
