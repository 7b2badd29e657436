//! machine.config and its neighbours, read as .NET Framework 4 reads them.
//!
//! `xml` (with `tag`) reads the text strictly and stops where .NET stops; `loose` then says what the author meant.
//! `settings` takes over the proxy part, `faults` says what .NET refuses in it, `effect` which proxy results;
//! `block` finds such XML within a mail, `plain` takes the
//! dirt of a paste off it, `which_file` tells the copies of the file apart.

pub mod address;
mod block;
pub mod bypass;
mod effect;
mod entities;
mod faults;
mod line_numbers;
mod loose;
mod plain;
mod settings;
mod tag;
mod which_file;
pub mod xml;

pub use block::find_block;
pub use faults::advice_without_file;
pub use plain::markup;
pub use which_file::file_of_path;

use crate::artifact::{Kind, Part, Problem, Span};
use crate::detect::Score;
use crate::readers::{Reader, Reading, Value};
use address::Address;

/// The reader.
pub const READER: Reader = Reader { name: "machine_config", score, read };

/// A text from the file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned {
    /// The text, entities resolved.
    pub text: String,
    /// Where it stands (without the quotes).
    pub span: Span,
}

/// Which file this is. The file name decides; without one, a path or a name in the lines above, then the content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhichFile {
    /// machine.config; nothing speaks against the copy that Entra Connect reads.
    #[default]
    Machine,
    /// machine.config of 32-bit programs: `Framework` in place of `Framework64`.
    Machine32,
    /// machine.config of .NET 2.0 to 3.5: `v2.0.50727`.
    MachineV2,
    /// The sync engine's own file.
    Miiserver,
    /// The wizard's own file.
    Wizard,
    /// Another program's own file.
    OtherApp,
}

impl WhichFile {
    /// Whether it is a machine.config, of any copy.
    pub fn is_machine(self) -> bool {
        matches!(self, Self::Machine | Self::Machine32 | Self::MachineV2)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "machine.config",
            Self::Machine32 => "the 32-bit machine.config (Framework)",
            Self::MachineV2 => "the machine.config of .NET 2.0 (v2.0.50727)",
            Self::Miiserver => "miiserver.exe.config",
            Self::Wizard => "AzureADConnect.exe.config",
            Self::OtherApp => "another program's .config",
        }
    }
}

/// Why the file is no XML to .NET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// The place that .NET names.
    pub span: Span,
    /// What .NET prints, without the line and the position. Empty where .NET would not complain and we do.
    pub message: String,
    /// The slip that most likely led to it, as a sentence.
    pub mistake: &'static str,
    /// A place that shows the slip better.
    pub look_at: Option<Span>,
    /// False when a copy that was cut off would look the same.
    pub certain: bool,
}

/// Something in the proxy settings that .NET refuses or ignores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of thing.
    pub kind: FaultKind,
    /// The place.
    pub span: Span,
    /// What stands there and what should, as a sentence.
    pub what: String,
    /// What .NET prints about it; empty when it ignores it silently.
    pub message: String,
    /// The first of two, for something that stands twice.
    pub first: Option<Span>,
}

/// Kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// An element at a place where .NET does not look, or which it refuses.
    Misplaced,
    /// `configSections` is not the first element.
    SectionsNotFirst,
    /// Text between the elements.
    StrayText,
    /// The same section or element twice.
    Duplicate,
    /// An element name that .NET does not know, often the letter case.
    UnknownElement,
    /// An attribute that .NET does not know there, often the letter case.
    UnknownAttribute,
    /// A value that .NET cannot use.
    BadValue,
    /// An entry of the bypass list that is no .NET regular expression.
    BadPattern,
    /// The declaration of the section was deleted from `configSections`.
    DeclarationMissing,
}

/// A switch of the `proxy` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// `Some(true)`, `Some(false)`, or `None` for "Unspecified" and for values that .NET does not take.
    pub value: Option<bool>,
    /// The attribute's value in the file.
    pub written: Spanned,
}

/// An entry of the bypass list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BypassEntry {
    /// The regular expression.
    pub pattern: Spanned,
    /// What can be said about it.
    pub check: bypass::Pattern,
}

/// The proxy that .NET uses with this file, by the documented order of its own code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Effective {
    /// The Internet Options of the account that runs the process, with script and auto-detection.
    #[default]
    SystemSettings,
    /// The fixed proxy in the Internet Options of that account; scripts are ignored.
    StaticSystemProxy,
    /// The proxy address in the file.
    Proxy,
    /// No proxy: every request goes straight out.
    Direct,
    /// A proxy script or auto-detection decides.
    Script,
    /// .NET refuses the file or the section: nothing that uses the network works.
    Refused,
    /// The part of the file that decides was not pasted, or lies in another file.
    NotShown,
}

/// What the file says about the proxy.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations about one file")]
pub struct Config {
    /// Which file it is.
    pub which: WhichFile,
    /// By what that is known, as a span of a path or name above the block, where there is one.
    pub which_by: Option<Span>,
    /// The line above names app.config or web.config: the file of a programmer's project, not one of this server.
    pub is_of_a_project: bool,
    /// Only a piece of the file was given.
    pub is_fragment: bool,
    /// Why .NET refuses the XML. Empty for a good file. At most one: nobody sees past the first.
    pub xml_errors: Vec<XmlError>,
    /// What .NET refuses or ignores in the proxy settings. With an XML error: what the loose reading found; no
    /// more than a hint then.
    pub faults: Vec<Fault>,
    /// Whether the settings below stand where .NET reads them.
    pub in_effect: bool,
    /// The start tag of the `defaultProxy` that counts.
    pub default_proxy: Option<Span>,
    /// The start tag of its `proxy`.
    pub proxy: Option<Span>,
    /// `enabled`.
    pub enabled: Option<Switch>,
    /// `useDefaultCredentials`.
    pub use_default_credentials: Option<Switch>,
    /// `usesystemdefault`.
    pub use_system_default: Option<Switch>,
    /// `bypassonlocal`.
    pub bypass_on_local: Option<Switch>,
    /// `autoDetect`.
    pub auto_detect: Option<Switch>,
    /// `scriptLocation`.
    pub script_location: Option<Spanned>,
    /// `proxyaddress` as written.
    pub proxy_address: Option<Spanned>,
    /// The same, taken apart.
    pub address: Option<Address>,
    /// Entries of the bypass list, at most [`Config::MAX_BYPASS`].
    pub bypass: Vec<BypassEntry>,
    /// A `module` element, which replaces all of this by a class of its own.
    pub module: Option<Span>,
    /// A comment that holds proxy settings, so that they have no effect.
    pub commented_out: Option<Span>,
    /// The end tag `</configuration>` or the last line: where a missing block belongs.
    pub insert_at: Option<Span>,
    /// The end of a file was given, and no proxy settings stand where they are documented to stand: at the end.
    pub ends_without_proxy: bool,
    /// `useDefaultCredentials` is switched on somewhere in the text, be it misspelt or at a wrong place.
    pub means_credentials: bool,
    /// The proxy that .NET uses.
    pub effective: Effective,
    /// The same as a sentence.
    pub effect: String,
}

impl Config {
    /// How many bypass entries are kept.
    pub const MAX_BYPASS: usize = 200;

    /// Host and port of the proxy that the file names, whether .NET can use it or not.
    pub fn proxy_endpoint(&self) -> Option<(&str, u16)> {
        self.address
            .as_ref()
            .filter(|address| !address.host.is_empty())
            .map(|address| (address.host.as_str(), address.port))
    }

    /// Whether `useDefaultCredentials` is on.
    pub fn sends_credentials(&self) -> bool {
        self.use_default_credentials.as_ref().is_some_and(|switch| switch.value == Some(true))
    }

    /// Whether this is the file that Entra Connect reads, as far as one can tell.
    pub fn counts(&self) -> bool {
        self.which == WhichFile::Machine
    }

    /// Whether the file can be read and nothing in its proxy settings is refused.
    pub fn is_sound(&self) -> bool {
        self.xml_errors.is_empty() && self.faults.is_empty() && self.effective != Effective::Refused
    }
}

fn score(part: &Part) -> Option<Score> {
    let text = plain::plain(part.text());
    let by_name = name_of_file(&part.source.name);
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
    let (which, _) = which_file::which_file(part, &text);
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

/// The file that a file name names, where it is one of those that matter.
fn name_of_file(name: &str) -> Option<WhichFile> {
    let path = name.to_ascii_lowercase().replace('\\', "/");
    let file = path.rsplit('/').next().unwrap_or("");
    if file.contains("machine") && file.contains("config") && !file.contains(".exe") {
        return Some(which_file::copy_of_machine_config(&path));
    }
    if file.contains("miiserver") {
        return Some(WhichFile::Miiserver);
    }
    if file.contains("azureadconnect") && file.contains("config") {
        return Some(WhichFile::Wizard);
    }
    let app =
        file.ends_with(".exe.config") || file.ends_with(".dll.config") || matches!(file, "app.config" | "web.config");
    app.then_some(WhichFile::OtherApp)
}

#[cfg(test)]
mod tests;
