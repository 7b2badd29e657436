//! The shelf of known errors, by family. To add one: an entry in its family's file. A new family is a file here that
//! ends in a `pub const ENTRIES`, a `mod` line, and a line in [`FAMILIES`]. A test holds every entry against its own
//! example.

mod aadsts;
mod aadsts_other;
mod agent;
mod config;
mod curl;
mod dotnet;
pub mod http;
pub mod language;
mod msal;
pub mod number;
mod pages;
mod service;
mod socket;
mod sql;
mod squid;
mod sync;
mod sync_domain;
mod sync_runs;
mod tls;
mod tls_codes;
mod tls_schannel;
mod winhttp;
mod wizard;

use language::Wording;
use number::{Form, Number};

/// One known error.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// Unique, kebab-case, begins with the family: `dotnet-proxy-name-unresolved`, `aadsts-50126`.
    pub id: &'static str,
    /// How deep the text lies; the deepest text of a chain is the cause.
    pub layer: Layer,
    /// Texts to find, in any letter case and with any white space. `{name}` stands for a variable part of at most
    /// 200 characters up to the next fixed part.
    pub patterns: &'static [&'static str],
    /// The same message in other languages of Windows.
    pub wordings: &'static [Wording],
    /// Names to find as whole words, in any letter case: `WSAECONNREFUSED`, `user_realm_discovery_failed`.
    pub codes: &'static [&'static str],
    /// Numbers to find, in every form in which they are written.
    pub numbers: &'static [Number],
    /// Windows events that report it and nothing else.
    pub events: &'static [Event],
    /// What it is about, where the sign-in service says it.
    pub category: Option<Category>,
    /// What it means, in one or two sentences of our own.
    pub meaning: &'static str,
    /// What is certain once it is seen, in one sentence. Empty where nothing is.
    pub rules_in: &'static str,
    /// What can be left aside once it is seen, in one sentence. Empty where nothing can.
    pub rules_out: &'static str,
    /// Errors that look the same or are taken for it.
    pub look_alikes: &'static [LookAlike],
    /// The diagnosis that this error alone supports, or none where a rule must look at more.
    pub diagnosis: Option<&'static str>,
    /// A text in which it stands as users paste it.
    pub example: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
    /// When the source was read or dated: "2025-04", "2026-11".
    pub date: &'static str,
}

impl ErrorEntry {
    /// The rest of an entry that says no more: `ErrorEntry { id, .., ..ErrorEntry::BLANK }`.
    pub const BLANK: Self = Self {
        id: "",
        layer: Layer::Wrapper,
        patterns: &[],
        wordings: &[],
        codes: &[],
        numbers: &[],
        events: &[],
        category: None,
        meaning: "",
        rules_in: "",
        rules_out: "",
        look_alikes: &[],
        diagnosis: None,
        example: "",
        source: "",
        date: "",
    };

    /// The texts to find, in every language.
    pub fn texts(&self) -> impl Iterator<Item = &'static str> {
        self.patterns.iter().copied().chain(self.wordings.iter().map(|wording| wording.text))
    }

    /// The written forms of its numbers, each once.
    pub fn written_numbers(&self) -> Vec<(String, Form)> {
        let mut forms: Vec<_> = self.numbers.iter().flat_map(|number| number.forms()).collect();
        forms.sort();
        forms.dedup();
        forms
    }
}

/// An event of a Windows log, by its source and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// As the log names it: `ADSync`, `Directory Synchronization`, `Schannel`, `PasswordResetService`.
    pub source: &'static str,
    /// The number.
    pub id: u32,
}

const fn event(source: &'static str, id: u32) -> Event {
    Event { source, id }
}

/// An error that is easily taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The id of the other entry.
    pub id: &'static str,
    /// How to tell them apart.
    pub tell: &'static str,
}

/// What an answer of the sign-in service is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// User name, password, certificate or the state of the account.
    Credentials,
    /// A second factor.
    MultiFactor,
    /// Conditional Access, device state and risk.
    Policy,
    /// Tenant, user and cloud: who is known where.
    Tenant,
    /// The organisation's own federation service or pass-through agent.
    Federation,
    /// The registration of the application, or a request that it built wrongly.
    Application,
    /// Consent to the application.
    Consent,
    /// Tokens, assertions and sessions.
    Token,
    /// The service itself.
    Service,
    /// Anything else.
    Other,
}

impl Category {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Credentials => "account and password",
            Self::MultiFactor => "second factor",
            Self::Policy => "Conditional Access and devices",
            Self::Tenant => "tenant, user and cloud",
            Self::Federation => "federation and pass-through agents",
            Self::Application => "application and request",
            Self::Consent => "consent",
            Self::Token => "tokens and sessions",
            Self::Service => "the service itself",
            Self::Other => "other",
        }
    }
}

/// Depth of a text in a chain of errors: what lies deeper tells more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A headline of the wizard: says nothing about the cause.
    Headline,
    /// A .NET wrapper: says nothing, the inner exception does.
    Wrapper,
    /// Name resolution.
    Name,
    /// Socket: TCP could not be opened, or was cut.
    Socket,
    /// TLS or certificate.
    Tls,
    /// An HTTP status.
    Http,
    /// The sign-in service or the sync service answered.
    Service,
    /// The server's own configuration, service or database.
    Local,
}

/// A family of the shelf: the entries of one file.
#[derive(Debug)]
pub struct Family {
    /// Kebab-case.
    pub id: &'static str,
    /// In words.
    pub name: &'static str,
    /// Its entries.
    pub entries: &'static [ErrorEntry],
}

const fn family(id: &'static str, name: &'static str, entries: &'static [ErrorEntry]) -> Family {
    Family { id, name, entries }
}

/// The families of the shelf.
pub const FAMILIES: &[Family] = &[
    family("wizard", "Wizard", wizard::ENTRIES),
    family("msal", "ADAL and MSAL", msal::ENTRIES),
    family("aadsts", "Sign-in service (AADSTS)", aadsts::ENTRIES),
    family("aadsts-other", "Sign-in service (AADSTS), rare numbers", aadsts_other::ENTRIES),
    family("dotnet", ".NET", dotnet::ENTRIES),
    family("http", "HTTP statuses", http::ENTRIES),
    family("socket", "Winsock", socket::ENTRIES),
    family("winhttp", "WinHTTP and WinINet", winhttp::ENTRIES),
    family("tls", "TLS and certificates", tls::ENTRIES),
    family("tls-codes", "Codes of TLS and certificates", tls_codes::ENTRIES),
    family("tls-schannel", "Schannel events and alerts", tls_schannel::ENTRIES),
    family("config", "machine.config", config::ENTRIES),
    family("sync", "Sync engine", sync::ENTRIES),
    family("sync-runs", "Run results", sync_runs::ENTRIES),
    family("sync-domain", "Domain controllers and writeback", sync_domain::ENTRIES),
    family("service", "Sync service", service::ENTRIES),
    family("sql", "SQL Server", sql::ENTRIES),
    family("squid", "Squid pages", squid::ENTRIES),
    family("pages", "Pages of gateways", pages::ENTRIES),
    family("curl", "curl", curl::ENTRIES),
    family("agent", "Pass-through agents", agent::ENTRIES),
];

/// Every entry of the shelf.
pub fn all() -> impl Iterator<Item = &'static ErrorEntry> {
    FAMILIES.iter().flat_map(|family| family.entries)
}

#[cfg(test)]
mod tests;
