//! What the file says about the proxy: plain values, each with its place.

use super::address::Address;
use super::bypass;
use super::problem::{Fault, Prediction, XmlError};
use super::which_file::{Known, WhichFile};
use crate::artifact::Span;

/// A text from the file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned {
    /// The text, entities resolved.
    pub text: String,
    /// Where it stands (without the quotes).
    pub span: Span,
}

/// A switch of the `proxy` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// `Some(true)`, `Some(false)`, or `None` for "Unspecified" and for values that .NET does not take.
    pub value: Option<bool>,
    /// The attribute's value in the file.
    pub written: Spanned,
}

/// An entry of the bypass list: one `<add>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BypassEntry {
    /// The regular expression. Its span is that of the value without quotes, or of the tag where there is no
    /// value.
    pub pattern: Spanned,
    /// What can be said about it.
    pub check: bypass::Pattern,
    /// What is wrong with it although .NET may take it, and what was meant.
    pub doubt: Option<bypass::Doubt>,
    /// False when a `<remove>` or a `<clear>` further down takes it out again.
    pub in_effect: bool,
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
    /// How that is known.
    pub which_known: Known,
    /// By what that is known, as a span of a path or name above the block, where there is one.
    pub which_by: Option<Span>,
    /// The line above names app.config or web.config: the file of a programmer's project, not one of this server.
    pub is_of_a_project: bool,
    /// Only a piece of the file was given.
    pub is_fragment: bool,
    /// Why .NET refuses the XML. Empty for a good file. At most one: nobody sees past the first.
    pub xml_errors: Vec<XmlError>,
    /// What .NET refuses or ignores in the proxy settings. With an XML error: what the loose reading found; no
    /// more than a hint then. At most [`Config::MAX_FAULTS`], in the order of the text.
    pub faults: Vec<Fault>,
    /// What .NET does with the file; for a piece of one, what it would do if the rest of the file were good.
    pub prediction: Prediction,
    /// Whether the settings below stand where .NET reads them.
    pub in_effect: bool,
    /// The start tag of the `defaultProxy` that counts, from `<` to `>`.
    pub default_proxy: Option<Span>,
    /// The start tag of its `proxy`, from `<` to `>`.
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
    /// The start tag of something that takes the settings elsewhere: a `module` with a class of its own, or the
    /// `defaultProxy` itself when it has `configSource` or is encrypted.
    pub module: Option<Span>,
    /// A comment that holds proxy settings, so that they have no effect: from `<!--` to `-->`.
    pub commented_out: Option<Span>,
    /// The end tag `</configuration>`: a missing block belongs in front of it.
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
    /// How many faults are kept.
    pub const MAX_FAULTS: usize = 500;

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

    /// Whether `enabled` is false: then .NET looks at nothing else in the section.
    pub fn is_switched_off(&self) -> bool {
        self.enabled.as_ref().is_some_and(|switch| switch.value == Some(false))
    }

    /// Whether something in the section makes .NET throw a proxy script away, whatever its value.
    pub fn drops_script(&self) -> bool {
        let local = self.bypass_on_local.as_ref().is_some_and(|switch| switch.value.is_some());
        local || self.proxy_address.is_some() || self.bypass_in_effect().next().is_some()
    }

    /// Bypass entries that are in effect.
    pub fn bypass_in_effect(&self) -> impl Iterator<Item = &BypassEntry> {
        self.bypass.iter().filter(|entry| entry.in_effect)
    }
}
