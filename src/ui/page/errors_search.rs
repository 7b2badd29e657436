//! Finds entries of the error catalogue by what a person types: a code in any of its forms, an event id, words, or a
//! whole message. No view.

use advisor_engine::errors::{ErrorEntry, FAMILIES, Family};
use advisor_engine::readers::error_text::normalise::Normal;
use advisor_engine::readers::error_text::scan::SHELF;
use std::sync::LazyLock;

/// One entry, with its family.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The family.
    pub family: &'static Family,
    /// The entry.
    pub entry: &'static ErrorEntry,
}

/// Every entry, family by family.
pub static ENTRIES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    FAMILIES.iter().flat_map(|family| family.entries.iter().map(move |entry| Known { family, entry })).collect()
});

/// What was found: places in [`ENTRIES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// All of them, the best first.
    pub rows: Vec<usize>,
    /// How many of them the typed text names itself, by a code or by a wording; they stand first.
    pub named: usize,
    /// Entries of other families that the filter hides.
    pub hidden: usize,
}

/// What of an entry can be searched, in small letters.
struct Searched {
    /// Its numbers in every form, its names, its id without the family.
    codes: Vec<String>,
    /// Id, codes and wordings.
    names: String,
    /// Everything else that is said about it.
    rest: String,
}

static SEARCHED: LazyLock<Vec<Searched>> = LazyLock::new(|| {
    let searched = |known: &Known| {
        let entry = known.entry;
        let numbers = entry.written_numbers().into_iter().map(|(form, _)| form.to_lowercase());
        let ending = entry.id.rsplit('-').next().unwrap_or_default();
        let ending = ending.bytes().all(|byte| byte.is_ascii_digit()).then(|| ending.to_owned());
        let codes: Vec<String> =
            numbers.chain(entry.codes.iter().map(|code| code.to_lowercase())).chain(ending).collect();
        let texts = entry.texts().collect::<Vec<_>>().join(" ");
        let names = format!("{} {} {}", entry.id, codes.join(" "), texts).to_lowercase();
        let tells = entry.look_alikes.iter().map(|other| other.tell).collect::<Vec<_>>().join(" ");
        let category = entry.category.map_or("", |category| category.name());
        let said = [entry.meaning, entry.rules_in, entry.rules_out, &tells, category, entry.example, entry.source];
        Searched { codes, names, rest: format!("{} {}", said.join(" "), known.family.name).to_lowercase() }
    };
    ENTRIES.iter().map(searched).collect()
});

/// The entry with this public id.
pub fn by_id(id: &str) -> Option<usize> {
    ENTRIES.iter().position(|known| known.entry.id == id)
}

/// The entries that a text names, in its order, each once.
pub fn named_in(text: &str) -> Vec<&'static ErrorEntry> {
    let mut entries: Vec<&'static ErrorEntry> = Vec::new();
    for found in SHELF.scan(&Normal::new(text)) {
        if let Some(entry) = SHELF.entry(found.entry).filter(|entry| entries.iter().all(|known| known.id != entry.id)) {
            entries.push(entry);
        }
    }
    entries
}

/// Finds entries. `family` is its public id, empty for all.
pub fn find(typed: &str, family: &str) -> Found {
    let words = words(typed);
    let codes = codes(typed, &words);
    let scanned = if words.is_empty() { Vec::new() } else { named_in(typed) };
    // By its code, by its wording, by words in its names, by words anywhere.
    let mut ranks: [Vec<usize>; 4] = Default::default();
    let mut hidden = 0;
    for (at, (known, searched)) in ENTRIES.iter().zip(SEARCHED.iter()).enumerate() {
        let [by_code, by_wording, by_name, by_words] = &mut ranks;
        let list = if searched.codes.iter().any(|code| codes.contains(code)) {
            by_code
        } else if scanned.iter().any(|entry| entry.id == known.entry.id) {
            by_wording
        } else if words.iter().all(|word| searched.names.contains(word)) {
            by_name
        } else if words.iter().all(|word| searched.names.contains(word) || searched.rest.contains(word)) {
            by_words
        } else {
            continue;
        };
        if family.is_empty() || known.family.id == family {
            list.push(at);
        } else {
            hidden += 1;
        }
    }
    let named = ranks.iter().take(2).map(Vec::len).sum();
    Found { rows: ranks.concat(), named, hidden }
}

/// The words of the search, in small letters, without the signs around them.
fn words(typed: &str) -> Vec<String> {
    let signs = |letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_';
    let plain = typed.replace(['\u{2212}', '\u{2013}'], "-").to_lowercase();
    let words = plain.split_whitespace().map(|word| word.trim_matches(signs)).filter(|word| !word.is_empty());
    let words = words.map(str::to_owned).collect::<Vec<_>>();
    // "Event ID 6801" asks for 6801, wherever it says so; without a number these words are words like others.
    let telling = words.iter().filter(|word| !is_filling(word)).cloned().collect::<Vec<_>>();
    let has_number = telling.iter().any(|word| word.contains(|letter: char| letter.is_ascii_digit()));
    if has_number { telling } else { words }
}

/// What of the search may be a code: each word, and `AADSTS 50126` as one.
fn codes(typed: &str, words: &[String]) -> Vec<String> {
    let joined = typed.to_lowercase().replace([' ', '-', '_', ':', '#'], "");
    let number = joined.strip_prefix("aadsts").unwrap_or_default();
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    let aadsts = (!number.is_empty()).then(|| format!("aadsts{number}"));
    // In a whole sentence a number is a port, a time or a part of an address; there the scanner decides.
    let is_sentence = words.len() > 2;
    let plain = words.iter().filter(|_| !is_sentence).cloned();
    plain.chain(aadsts).collect()
}

fn is_filling(word: &str) -> bool {
    FILLING.contains(&word)
}

/// Words that people put in front of a number.
const FILLING: [&str; 12] =
    ["error", "code", "event", "id", "eventid", "errorcode", "number", "hresult", "status", "http", "result", "exit"];
