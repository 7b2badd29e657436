//! What the user gave, cut into pieces that one reader each can read.

use crate::source::Source;
use std::ops::Range;

/// What an artifact is. The names are a public contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The machine-wide .NET configuration, whole or a fragment of its network part.
    MachineConfig,
    /// An application's own .config file (miiserver.exe.config, AzureADConnect.exe.config, …).
    AppConfig,
    /// Lines of a proxy or firewall.
    ProxyLog,
    /// The wizard's own trace-*.log.
    WizardTrace,
    /// Error messages, typed or copied, with or without a mail around them.
    ErrorText,
    /// Windows events: text, XML, CSV or Get-WinEvent.
    EventLog,
    /// A console session: PowerShell, cmd, curl, nslookup.
    PowershellOutput,
    /// `netsh winhttp show proxy`.
    WinhttpSettings,
    /// Internet Options: registry values or a print of them.
    InternetSettings,
    /// A .reg file or `reg query` of other keys.
    RegistryExport,
    /// A proxy auto-configuration script.
    PacScript,
    /// A list of hosts or rules that a proxy or firewall lets through.
    AllowList,
    /// A browser's HTTP archive.
    Har,
    /// Several of these together; the parts follow as artifacts of their own.
    Mixed,
    /// Nothing a reader knows.
    Unknown,
}

impl Kind {
    /// Every kind, in the order of the contract.
    pub const ALL: [Self; 15] = [
        Self::MachineConfig,
        Self::AppConfig,
        Self::ProxyLog,
        Self::WizardTrace,
        Self::ErrorText,
        Self::EventLog,
        Self::PowershellOutput,
        Self::WinhttpSettings,
        Self::InternetSettings,
        Self::RegistryExport,
        Self::PacScript,
        Self::AllowList,
        Self::Har,
        Self::Mixed,
        Self::Unknown,
    ];

    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::MachineConfig => "machine-config",
            Self::AppConfig => "app-config",
            Self::ProxyLog => "proxy-log",
            Self::WizardTrace => "wizard-trace",
            Self::ErrorText => "error-text",
            Self::EventLog => "event-log",
            Self::PowershellOutput => "powershell-output",
            Self::WinhttpSettings => "winhttp-settings",
            Self::InternetSettings => "internet-settings",
            Self::RegistryExport => "registry-export",
            Self::PacScript => "pac-script",
            Self::AllowList => "allow-list",
            Self::Har => "har",
            Self::Mixed => "mixed",
            Self::Unknown => "unknown",
        }
    }

    /// The kind with this public id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A stretch of one artifact. `start` and `end` are offsets into the text of the source the artifact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index into [`crate::facts::Facts::artifacts`].
    pub artifact: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What a reader is given: its stretch of a source, and the number of the artifact that its spans name.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The whole source. Offsets count in its text.
    pub source: &'a Source,
    /// Index of the artifact.
    pub artifact: usize,
    /// First byte of this part in `source.text`.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl<'a> Part<'a> {
    /// The whole of a source as one part, for tests and for readers that try before anything is cut.
    pub fn whole(source: &'a Source) -> Self {
        Self { source, artifact: 0, start: 0, end: source.text.len() }
    }

    /// The text of the part. Its first byte is at offset `self.start`.
    pub fn text(&self) -> &'a str {
        self.source.text.get(self.start..self.end).unwrap_or("")
    }

    /// A span from offsets into [`Part::text`]. Offsets past the end stand for the end: a reader that expects one
    /// more character than a cut-off text has must not point outside.
    pub fn span(&self, range: Range<usize>) -> Span {
        let inside = |offset: usize| self.start.saturating_add(offset).min(self.end);
        Span { artifact: self.artifact, start: inside(range.start), end: inside(range.end.max(range.start)) }
    }

    /// The lines of the part without their ends, each with its offset into [`Part::text`].
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let part = *self;
        let first = part.source.line_index(part.start);
        (first..).map(move |index| part.source.line_range(index)).take_while(move |range| range.start < part.end).map(
            move |range| {
                let start = range.start.max(part.start);
                let end = range.end.min(part.end).max(start);
                (start - part.start, part.source.text.get(start..end).unwrap_or(""))
            },
        )
    }
}

/// A line that a reader could not use, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What was found and what was expected, in English.
    pub what: String,
}

/// One recognised piece of evidence.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Stable within one report: "a1", "a2", … and "a1.1", "a1.2", … for the parts of a mixed input.
    pub id: String,
    /// Name of the input; for a part of a mixed input followed by its lines.
    pub name: String,
    /// Index into [`crate::facts::Facts::sources`].
    pub source: usize,
    /// The file in an archive that it is, or is a part of.
    pub member: Option<String>,
    /// First byte in the source's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its first and its last line in the input as given, 1-based. Of a log that went by, only some are in the text.
    pub lines: (usize, usize),
    /// Its length in bytes of the input as given.
    pub bytes: u64,
    /// What it is.
    pub kind: Kind,
    /// The dialect, for logs and allow-lists; otherwise the kind's own id.
    pub format: &'static str,
    /// 0 to 100: how sure the reader is.
    pub score: u8,
    /// One sentence: by what it was recognised.
    pub why: String,
    /// Lines that the reader could not use.
    pub skipped_lines: usize,
    /// The first of them, at most [`Artifact::MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
}

impl Artifact {
    /// How many unreadable places are kept by name; the rest are only counted.
    pub const MAX_PROBLEMS: usize = 20;
}
