//! Text that people paste: mails, dialogs, wizard traces, events, console sessions. One scan finds every known
//! error in it; what kind of text it is comes from its layout.

use crate::artifact::{Part, Span};
use crate::detect::Score;
use crate::errors::ErrorEntry;
use crate::readers::{Reader, Reading};

/// The reader.
pub const READER: Reader = Reader { name: "error_text", score, read };

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Known errors, in the order of the text.
    pub errors: Vec<ErrorHit>,
    /// Host names and URLs that the text mentions outside of errors, in the order of the text.
    pub hosts: Vec<HostMention>,
    /// The wizard's own print of its proxy settings, from a trace.
    pub proxy_print: Vec<ProxyPrint>,
    /// The version of Entra Connect, where the text says it.
    pub version: Option<(String, Span)>,
    /// The text explains errors instead of reporting one: an article, a knowledge-base page, a run book.
    pub documentation: Option<Span>,
}

/// One occurrence of a known error.
#[derive(Clone, Debug)]
pub struct ErrorHit {
    /// Which error.
    pub entry: &'static ErrorEntry,
    /// Where.
    pub span: Span,
    /// What stood at the variable places of the pattern: (name, text, place).
    pub captures: Vec<(&'static str, String, Span)>,
    /// The identity that was at work, where the surroundings tell.
    pub context: crate::report::Context,
}

impl ErrorHit {
    /// What stood at the variable place `name`.
    pub fn capture(&self, name: &str) -> Option<&str> {
        self.captures.iter().find(|(key, _, _)| *key == name).map(|(_, text, _)| text.as_str())
    }
}

/// A host name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostMention {
    /// Lower case, without scheme, port, path or trailing dot.
    pub host: String,
    /// The port, where one is given.
    pub port: Option<u16>,
    /// Where.
    pub span: Span,
}

/// One line of the wizard trace's "Default Proxy [Name]: value" block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyPrint {
    /// `ProxyAddress`, `UseSystemDefault`, `BypassOnLocal`, `Enabled`, `AutoDetect`, `UseDefaultCredentials`.
    pub name: String,
    /// As printed; `<Unspecified>` when the configuration says nothing.
    pub value: String,
    /// The line.
    pub span: Span,
}

fn score(_part: &Part) -> Option<Score> {
    None
}

fn read(_part: &Part, _score: &Score) -> Reading {
    Reading::default()
}
