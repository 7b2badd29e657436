//! The shelf of known errors, by family. To add one: an entry in its family's file. A new family is a file here
//! that ends in a `pub const ENTRIES`, a `mod` line, and a line in [`FAMILIES`]. A test holds every entry against its own example.

mod aadsts;
mod aadsts_other;
mod config;
mod curl;
mod dotnet;
pub mod http;
mod msal;
mod service;
mod socket;
mod sql;
mod sync;
mod tls;
mod winhttp;
mod wizard;

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
    /// Codes to find as whole words, in any letter case: `AADSTS50126`, `0x80072ee7`, `user_realm_discovery_failed`.
    pub codes: &'static [&'static str],
    /// What it means, in one or two sentences of our own.
    pub meaning: &'static str,
    /// The diagnosis that this error alone supports, or none where a rule must look at more.
    pub diagnosis: Option<&'static str>,
    /// A text in which it stands as users paste it.
    pub example: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
    /// When the source was read or dated: "2025-04", "2026-11".
    pub date: &'static str,
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

/// The families of the shelf.
pub const FAMILIES: &[&[ErrorEntry]] = &[
    wizard::ENTRIES,
    msal::ENTRIES,
    aadsts::ENTRIES,
    aadsts_other::ENTRIES,
    dotnet::ENTRIES,
    http::ENTRIES,
    socket::ENTRIES,
    winhttp::ENTRIES,
    tls::ENTRIES,
    config::ENTRIES,
    sync::ENTRIES,
    service::ENTRIES,
    sql::ENTRIES,
    curl::ENTRIES,
];

/// Every entry of the shelf.
pub fn all() -> impl Iterator<Item = &'static ErrorEntry> {
    FAMILIES.iter().flat_map(|family| family.iter())
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

    fn recognised_in<'a>(entry: &'a ErrorEntry, text: &str) -> Option<&'a str> {
        let text = plain(text);
        let words: Vec<&str> =
            text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-')).collect();
        let code = entry.codes.iter().find(|code| words.contains(&code.to_lowercase().as_str()));
        code.or_else(|| entry.patterns.iter().find(|pattern| stands_in(pattern, &text))).copied()
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
            assert!(!entry.patterns.is_empty() || !entry.codes.is_empty(), "{} cannot be found", entry.id);
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
    fn a_code_or_text_belongs_to_one_error_only() {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for entry in all() {
            for form in entry.patterns.iter().chain(entry.codes) {
                let owner = owners.insert(plain(form), entry.id);
                assert!(owner.is_none(), "{form} is claimed by {} and {owner:?}", entry.id);
            }
        }
    }

    #[test]
    fn typographic_quotes_are_not_needed_to_find_a_text() {
        for entry in all() {
            for pattern in entry.patterns {
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
