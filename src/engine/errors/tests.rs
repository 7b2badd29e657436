//! What holds for the shelf as such. What the engine makes of it is tested in tests/engine.

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
    let marked = |(form, kind): &(String, Form)| *kind == Form::Marked && words.contains(&form.to_lowercase().as_str());
    entry.written_numbers().iter().any(marked)
}

fn told_by_event(entry: &ErrorEntry, text: &str, words: &[&str]) -> bool {
    let told = |event: &Event| text.contains(&plain(event.source)) && words.contains(&event.id.to_string().as_str());
    entry.events.iter().any(told)
}

fn recognised_in(entry: &ErrorEntry, text: &str) -> Option<&'static str> {
    let text = plain(text);
    let words: Vec<&str> =
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-')).collect();
    let code = entry.codes.iter().find(|code| words.contains(&code.to_lowercase().as_str())).copied();
    code.or_else(|| entry.texts().find(|pattern| stands_in(pattern, &text)))
        .or_else(|| numbered(entry, &words).then_some(entry.id))
        .or_else(|| told_by_event(entry, &text, &words).then_some(entry.id))
        .or_else(|| (entry.id == OTHER_NUMBERS && words.iter().any(|word| is_other_number(word))).then_some(entry.id))
}

/// The entry of every number of the sign-in service that no other entry has.
const OTHER_NUMBERS: &str = "aadsts-other";

fn is_other_number(word: &str) -> bool {
    let digits = word.strip_prefix("aadsts").filter(|rest| rest.len() >= 4 && rest.bytes().all(|b| b.is_ascii_digit()));
    digits.is_some() && !all().any(|entry| numbered(entry, &[word]))
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
            || !entry.events.is_empty()
            || entry.id == OTHER_NUMBERS;
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
