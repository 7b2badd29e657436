//! machine.config and its neighbours, read as .NET Framework 4 reads them.
//!
//! `xml` (with `tag`) reads the text strictly and stops where .NET stops; `loose` then says what the author meant.
//! `settings` takes over the proxy part, `places` where each piece of it stands, `faults` says what .NET refuses in
//! it (names and values in `attributes`), `prediction` what that makes of the file, `effect` which proxy results;
//! `config` and `problem` are what all of them fill.
//! `block` finds such XML within a mail, `plain` takes the dirt of a paste off it, `which_file` tells the copies of
//! the file apart.

pub mod address;
pub mod attributes;
mod block;
pub mod bypass;
mod config;
mod diff_marks;
mod effect;
mod entities;
mod faults;
mod line_numbers;
mod look_ahead;
mod loose;
mod plain;
mod prediction;
mod problem;
mod settings;
mod slip;
pub mod tag;
mod view;
mod which_file;
pub mod wildcard;
pub mod xml;

pub use attributes::advice_without_file;
pub use block::find_block;
pub use config::{BypassEntry, Config, Effective, Spanned, Switch};
pub use faults::DECLARATION;
pub use plain::{markup, quote_depth};
pub use problem::{Fault, FaultKind, Prediction, Refusal, Stage, XmlError};
pub use slip::Slip;
pub use which_file::{Known, WhichFile, file_of_path};

use crate::artifact::{Kind, Part, Problem};
use crate::detect::Score;
use crate::readers::{Reader, Reading, Value};
use crate::source::Source;

/// The reader.
pub const READER: Reader = Reader { name: "machine_config", score, most: 97, read };

/// Whether an input is a configuration file as it was saved, from the first line to the last: by its name, and by a
/// root element in it.
pub fn is_whole_file(source: &Source) -> bool {
    let name = source.name.to_ascii_lowercase();
    name.ends_with(".config") && memchr::memmem::find(source.text.as_bytes(), b"<configuration").is_some()
}

fn score(part: &Part) -> Option<Score> {
    let text = plain::plain(part.text());
    let by_name = which_file::name_of_file(&part.source.name);
    let is_config_file = by_name.is_some() || part.source.name.to_ascii_lowercase().ends_with(".config");
    if text.trim().is_empty() {
        let why = "The file is named machine.config and is empty.".to_owned();
        let machine = by_name == Some(WhichFile::Machine) && part.start == 0;
        return machine.then_some(Score {
            value: 60,
            kind: Kind::MachineConfig,
            format: Kind::MachineConfig.id(),
            why,
        });
    }
    let block = find_block(&text, 0)?;
    let size = |text: &str| text.split_whitespace().map(str::len).sum::<usize>();
    let covered = size(text.get(block).unwrap_or("")) * 10 >= size(&text) * 7;
    if !covered && !is_config_file {
        return None;
    }
    let which = which_file::which_file(part, &text).which;
    let kind = if which.is_machine() { Kind::MachineConfig } else { Kind::AppConfig };
    let whole = text.to_ascii_lowercase().contains("<configuration");
    let piece = if whole {
        "XML with the root element of a .NET configuration"
    } else {
        "A piece of XML out of a .NET configuration"
    };
    let why = match by_name {
        Some(_) => format!("{piece}, and the file name says {}.", which.name()),
        None => format!("{piece}; it reads like {}.", which.name()),
    };
    Some(Score { value: if is_config_file && covered { 97 } else { 92 }, kind, format: kind.id(), why })
}

fn read(part: &Part, score: &Score) -> Reading {
    let mut config = settings::read(part);
    // The user may have said which kind of file it is.
    if score.kind == Kind::AppConfig && config.which.is_machine() {
        config.which = WhichFile::OtherApp;
    } else if score.kind == Kind::MachineConfig && !config.which.is_machine() {
        config.which = WhichFile::Machine;
    }
    let problem = |error: &XmlError| Problem { span: error.span, what: format!("{} {}", error.message, error.mistake) };
    let problems = config.xml_errors.iter().map(problem).collect();
    Reading { value: Value::Config(Box::new(config)), problems, skipped_lines: 0 }
}

/// Tells backup copies from the file itself, where both are there: `name` gives the name of the file of a
/// configuration.
pub fn set_backups_aside(configs: &mut [(usize, Config)], name: impl Fn(usize) -> String) {
    let is_copy = |artifact: usize| which_file::is_backup(&name(artifact));
    let has_live =
        configs.iter().any(|(artifact, config)| config.counts() && is_named(&name(*artifact)) && !is_copy(*artifact));
    for (_, config) in configs.iter_mut().filter(|(artifact, config)| has_live && config.counts() && is_copy(*artifact))
    {
        config.which = WhichFile::Backup;
    }
}

/// Whether the name of a file says that it is a machine.config.
fn is_named(name: &str) -> bool {
    which_file::name_of_file(name) == Some(WhichFile::Machine)
}

#[cfg(test)]
mod tests;
