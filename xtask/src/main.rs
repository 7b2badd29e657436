//! `cargo xtask`: everything this project does outside its own code. Plain Rust, so that it runs where Rust runs.
#![expect(clippy::disallowed_methods, reason = "the purity rules are the engine's; these are tools")]

mod bench;
mod browsers;
mod build;
mod bundle;
mod run;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--open]   build the page and serve it on this machine
  test                        every check: format, lints, native tests, page, browsers
  bench [options]             how fast, against what; bench --help says more
  build                       build the page: one file, dist/index.html
  setup [--browsers]          only install what build (and, with --browsers, test) needs
  bundle                      fold what trunk built into one file; trunk calls it

Each command first installs what it needs and is not there yet.";

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let arguments = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    let done = match arguments.as_slice() {
        ["setup"] => setup::for_build().map(|_| true),
        ["setup", "--browsers"] => setup::for_test().map(|_| true),
        ["build"] => build::page().map(|_| true),
        ["bundle"] => bundle::from_trunk().map(|()| true),
        ["serve", options @ ..] => serve::page(options).map(|()| true),
        ["test"] => test::everything(),
        ["bench", options @ ..] => bench::all(options),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => Err(format!("unknown command: {}\n\n{HELP}", arguments.join(" "))),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::from(2)
        }
    }
}
