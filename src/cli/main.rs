//! The command line: reads files, prints the report. The engine does the work.

use advisor_engine::endpoints::{Cloud, FEATURES};
use advisor_engine::export::text::Tone;
use advisor_engine::intake::Analysis;
use advisor_engine::{Options, export};
use anstyle::{AnsiColor, Style};
use clap::builder::PossibleValuesParser;
use clap::{Parser, ValueEnum};
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Finds out why Microsoft Entra Connect cannot connect, from what the customer sent: machine.config, proxy logs,
/// error texts, wizard traces, console output, or a mail with all of it. Nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(version, name = "entra-connect-advisor")]
struct Arguments {
    /// Files to read; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The cloud of the tenant.
    #[arg(long, value_enum, default_value_t = CloudChoice::Auto)]
    cloud: CloudChoice,
    /// An optional feature in use, such as password-writeback; may be given several times.
    #[arg(long, value_name = "FEATURE", value_parser = PossibleValuesParser::new(FEATURES))]
    feature: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people; coloured on a terminal unless `NO_COLOR` is set.
    Text,
    /// `advisor-report/1`.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CloudChoice {
    /// Read it off the evidence.
    Auto,
    /// The public cloud, with GCC.
    Worldwide,
    /// Operated by 21Vianet.
    China,
    /// US Government GCC High.
    UsgovGcch,
    /// US Government, Department of Defense.
    UsgovDod,
}

fn main() -> ExitCode {
    // clap itself exits with 2 on wrong usage and with 0 on --help.
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(message) => {
            eprintln!("entra-connect-advisor: {message}");
            ExitCode::from(2)
        }
    }
}

/// Whether the report has a diagnosis of severity error.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let cloud = match arguments.cloud {
        CloudChoice::Auto => None,
        CloudChoice::Worldwide => Some(Cloud::Worldwide),
        CloudChoice::China => Some(Cloud::China),
        CloudChoice::UsgovGcch => Some(Cloud::UsGovGccHigh),
        CloudChoice::UsgovDod => Some(Cloud::UsGovDod),
    };
    let options = Options { cloud, features: arguments.feature.clone() };
    let mut analysis = Analysis::new(&options);
    for path in &arguments.files {
        read(path, &mut analysis)?;
    }
    let report = export::report(&analysis.report());
    let output = match arguments.format {
        Format::Json => export::json(&report),
        Format::Text => export::text::text(&report, painter()),
    };
    let mut stdout = std::io::stdout().lock();
    // A reader that closes the pipe early (head, a pager) has what it wants.
    let _ = stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush());
    Ok(report.diagnoses.iter().any(|diagnosis| diagnosis.severity == "error"))
}

/// Bytes that are read at a time: few enough to stay in the processor's cache until they are analysed.
const CHUNK: usize = 256 << 10;

#[expect(clippy::disallowed_methods, reason = "reading files is this program's part; the engine never does")]
fn read(path: &PathBuf, analysis: &mut Analysis) -> Result<(), String> {
    if path.as_os_str() == "-" {
        analysis.open("stdin", &[]);
        return push_all(std::io::stdin().lock(), analysis)
            .map_err(|error| format!("standard input cannot be read: {error}"));
    }
    let name = path.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned());
    analysis.open(&name, &[]);
    std::fs::File::open(path)
        .and_then(|file| push_all(file, analysis))
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

fn push_all(mut from: impl Read, analysis: &mut Analysis) -> std::io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => analysis.push(chunk.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    analysis.close();
    Ok(())
}

/// Colour on a terminal, unless the user asked for none (<https://no-color.org>).
fn painter() -> impl Fn(Tone, &str) -> String {
    let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    move |tone, text| {
        let style = match tone {
            Tone::Error => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            Tone::Warning => Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
            Tone::Calm => Style::new().bold().fg_color(Some(AnsiColor::Green.into())),
            Tone::Heading => Style::new().bold(),
            Tone::Place => Style::new().dimmed(),
        };
        if coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
