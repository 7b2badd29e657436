//! The shelf of known errors, by family. To add one: an entry in its family's file. A new family is a file here
//! that ends in a `pub const ENTRIES`, a `mod` line, and a line in [`FAMILIES`]. A test holds every entry against its own example.

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
mod service;
mod socket;
mod sql;
mod squid;
mod sync;
mod tls;
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
    family("tls", "TLS, certificates and Schannel", tls::ENTRIES),
    family("config", "machine.config", config::ENTRIES),
    family("sync", "Sync engine", sync::ENTRIES),
    family("service", "Sync service", service::ENTRIES),
    family("sql", "SQL Server", sql::ENTRIES),
    family("squid", "Squid pages", squid::ENTRIES),
    family("curl", "curl", curl::ENTRIES),
    family("agent", "Pass-through agents", agent::ENTRIES),
];

/// Every entry of the shelf.
pub fn all() -> impl Iterator<Item = &'static ErrorEntry> {
    FAMILIES.iter().flat_map(|family| family.entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::PUBLIC_IDS;
    use std::collections::BTreeMap;

    /// Lower case, and every run of white space one blank.
    fn plain(text: &str) -> String {
        text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the fixed parts of a pattern stand in the text one after the other.
    fn stands_in(pattern: &str, text: &str) -> bool {
        let mut rest = text;
        for (index, piece) in pattern.split('{').enumerate() {
            let fixed = if index == 0 { piece } else { piece.split_once('}').map_or("", |(_, after)| after) };
            let Some(at) = rest.find(&plain(fixed)) else { return false };
            rest = rest.get(at + plain(fixed).len()..).unwrap_or("");
        }
        true
    }

    fn numbered(entry: &ErrorEntry, words: &[&str]) -> bool {
        let marked =
            |(form, kind): &(String, Form)| *kind == Form::Marked && words.contains(&form.to_lowercase().as_str());
        entry.written_numbers().iter().any(marked)
    }

    fn recognised_in(entry: &ErrorEntry, text: &str) -> Option<&'static str> {
        let text = plain(text);
        let words: Vec<&str> =
            text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-')).collect();
        let code = entry.codes.iter().find(|code| words.contains(&code.to_lowercase().as_str())).copied();
        code.or_else(|| entry.texts().find(|pattern| stands_in(pattern, &text)))
            .or_else(|| numbered(entry, &words).then_some(entry.id))
    }

    #[test]
    fn a_name_means_one_error() {
        let mut ids: Vec<&str> = all().map(|entry| entry.id).collect();
        ids.sort_unstable();
        let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        for id in ids {
            let letters = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            assert!(letters && !id.starts_with('-') && !id.ends_with('-') && !id.contains("--"), "{id}");
        }
    }

    #[test]
    fn every_error_says_what_it_means_and_where_that_comes_from() {
        for entry in all() {
            let findable = entry.texts().next().is_some()
                || !entry.codes.is_empty()
                || !entry.numbers.is_empty()
                || !entry.events.is_empty();
            assert!(findable, "{} cannot be found", entry.id);
            assert!(entry.meaning.ends_with('.') && entry.meaning.len() > 15, "{}: {}", entry.id, entry.meaning);
            assert!(!entry.source.is_empty() && !entry.example.is_empty(), "{}", entry.id);
            let date: Vec<&str> = entry.date.split('-').collect();
            assert!(matches!(date.as_slice(), [year, month] if year.len() == 4 && month.len() == 2), "{}", entry.id);
        }
    }

    #[test]
    fn every_error_is_recognised_in_its_own_example() {
        for entry in all() {
            assert!(recognised_in(entry, entry.example).is_some(), "{}: {}", entry.id, entry.example);
        }
    }

    #[test]
    fn every_diagnosis_of_an_error_is_a_public_one() {
        for entry in all() {
            assert!(entry.diagnosis.is_none_or(|id| PUBLIC_IDS.contains(&id)), "{}: {:?}", entry.id, entry.diagnosis);
        }
    }

    #[test]
    fn a_look_alike_is_another_error_of_the_shelf_and_says_how_to_tell() {
        let ids: Vec<&str> = all().map(|entry| entry.id).collect();
        for entry in all() {
            for other in entry.look_alikes {
                assert!(other.id != entry.id && ids.contains(&other.id), "{} looks like {}", entry.id, other.id);
                assert!(other.tell.ends_with('.'), "{}: {}", entry.id, other.tell);
            }
            for sentence in [entry.rules_in, entry.rules_out] {
                assert!(sentence.is_empty() || sentence.ends_with('.'), "{}: {sentence}", entry.id);
            }
        }
    }

    #[test]
    fn a_code_or_text_belongs_to_one_error_only() {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for entry in all() {
            let numbers = entry.written_numbers().into_iter().map(|(form, _)| form);
            for form in entry.texts().chain(entry.codes.iter().copied()).map(str::to_owned).chain(numbers) {
                let owner = owners.insert(plain(&form), entry.id);
                assert!(owner.is_none(), "{form} is claimed by {} and {owner:?}", entry.id);
            }
        }
    }

    #[test]
    fn typographic_quotes_are_not_needed_to_find_a_text() {
        for entry in all() {
            for pattern in entry.texts() {
                assert!(!pattern.contains(['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}']), "{pattern}");
            }
        }
    }

    #[test]
    fn what_users_paste_is_known() {
        let known = |text: &str, id: &str| {
            assert!(all().any(|entry| entry.id == id && recognised_in(entry, text).is_some()), "{id} not in {text}");
        };
        known("AADSTS50126: Error validating credentials", "aadsts-50126");
        known("Le serveur distant a retourné une erreur : (407) Authentification proxy requise.", "http-407");
        known("Der Remoteserver hat einen Fehler zurückgegeben: (403) Verboten.", "http-403");
        known("リモート サーバーがエラーを返しました: (403) 禁止されています。", "http-403");
        known("基础连接已经关闭: 未能为 SSL/TLS 安全通道建立信任关系", "tls-trust-failure");
        known("HRESULT 0x8007274C", "socket-timed-out");
        known("Stopped  ADSync             Microsoft Azure AD Sync", "service-stopped");
    }

    #[test]
    fn ordinary_sentences_hold_no_error() {
        let prose = "Dear team, the proxy has been rebooted, the password of the administrator was not changed and the \
                     network is fine. We opened port 443 to login.microsoftonline.com and restarted the service at 10060 \
                     metres above the sea. The wizard of version 2.5.190.0 shows 403 objects in 12007 groups.";
        let found: Vec<_> = all().filter_map(|entry| Some((entry.id, recognised_in(entry, prose)?))).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
