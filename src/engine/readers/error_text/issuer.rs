//! Who issued a certificate, as consoles and dialogs print it. An inspecting device shows its own issuer for the
//! hosts of others.

use crate::artifact::{Part, Span};
use crate::phrases::Marks;
use std::sync::LazyLock;

/// One printed certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The name of the issuer as printed, on one line.
    pub name: String,
    /// The lines that name it.
    pub span: Span,
    /// The name that the certificate is for, where the same print gives it: lower case, without `*.`.
    pub subject: Option<String>,
}

/// How many lines may stand between the subject and the issuer of one print, and between a command and its answer.
const NEAR: usize = 6;

/// Labels of the issuer, in lower case.
const ISSUER: &[&str] = &[
    "issuer",
    "i",
    "issued by",
    "issuer name",
    "aussteller",
    "ausgestellt von",
    "émetteur",
    "délivré par",
    "颁发者",
    "頒發者",
    "发行者",
    "発行者",
    "発行元",
    "emisor",
    "emitido por",
    "emittente",
    "emissor",
];

/// Labels of the subject, in lower case.
const SUBJECT: &[&str] = &[
    "subject",
    "s",
    "issued to",
    "subject name",
    "antragsteller",
    "ausgestellt für",
    "ausgestellt an",
    "objet",
    "sujet",
    "délivré à",
    "使用者",
    "主题",
    "颁发给",
    "サブジェクト",
    "発行先",
    "asunto",
    "sujeto",
    "soggetto",
    "requerente",
];

/// What a command has that asks for the issuer alone.
static ASKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(&[".issuer", "getissuername()"]));

/// Every issuer that the part prints, in the order of the text.
pub fn issuers(part: &Part) -> Vec<Issuer> {
    let lines: Vec<(usize, &str)> = part.lines().collect();
    let mut found: Vec<(usize, Issuer)> = Vec::new();
    let mut subjects: Vec<(usize, String)> = Vec::new();
    // A command that asks for the issuer alone is answered by a line without a label.
    let mut asked: Option<usize> = None;
    for (index, &(start, line)) in lines.iter().enumerate() {
        if ASKS.any(line) {
            asked = Some(index);
            continue;
        }
        let text = line.trim();
        let bare = asked.is_some_and(|asked| index - asked <= 2) && is_name(text);
        let labelled = label(line);
        if !bare && labelled.is_none() {
            continue;
        }
        let value = labelled.as_ref().map_or(text, |(_, value)| *value);
        // certutil puts each part of a name on a line of its own, below the label.
        let last = if value.is_empty() { end_of_name(&lines, index) } else { index };
        let name = if value.is_empty() { joined(&lines, index + 1, last) } else { value.to_owned() };
        if name.is_empty() {
            continue;
        }
        if labelled.as_ref().is_some_and(|(label, _)| SUBJECT.contains(&label.as_str())) {
            subjects.extend(host_of(&name).map(|host| (index, host)));
            continue;
        }
        asked = None;
        let end = lines.get(last).map_or(start + line.len(), |(start, line)| start + line.trim_end().len());
        let begin = start + (line.len() - line.trim_start().len());
        found.push((index, Issuer { name, span: part.span(begin..end), subject: None }));
    }
    with_subjects(found, &subjects)
}

/// Gives each issuer the nearest subject: first the one before it, as most programs print, else the one after it.
fn with_subjects(found: Vec<(usize, Issuer)>, subjects: &[(usize, String)]) -> Vec<Issuer> {
    let places: Vec<usize> = found.iter().map(|(index, _)| *index).collect();
    found
        .into_iter()
        .enumerate()
        .map(|(nth, (index, issuer))| {
            let before = nth.checked_sub(1).and_then(|nth| places.get(nth)).copied().unwrap_or(0);
            let after = places.get(nth + 1).copied().unwrap_or(usize::MAX);
            let near = |place: usize| place.abs_diff(index) <= NEAR && place >= before && place <= after;
            let upward = subjects.iter().rev().find(|(place, _)| *place < index && near(*place));
            let downward = subjects.iter().find(|(place, _)| *place > index && near(*place));
            let subject = upward.or(downward).map(|(_, host)| host.clone());
            Issuer { subject, ..issuer }
        })
        .collect()
}

/// The label of a line in lower case, and what stands behind it. `issuer=…`, ` i:…`, `*  issuer: …`, `Issuer  : …`.
fn label(line: &str) -> Option<(String, &str)> {
    let text = line.trim().trim_start_matches(['*', '|', '-', '>', '"', '•', '[']).trim_start();
    // openssl numbers the certificates of a chain: " 0 s:CN = …".
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let at = text.find([':', '=', '：', ']'])?;
    let (label, rest) = (text.get(..at)?, text.get(at..)?);
    let label = label.trim().to_lowercase();
    if !ISSUER.contains(&label.as_str()) && !SUBJECT.contains(&label.as_str()) {
        return None;
    }
    let value = rest.trim_start_matches([':', '=', '：', ']']).trim().trim_matches(['"', ',']);
    // A single letter is a label only before a name.
    (label.len() > 1 || is_name(value)).then_some((label, value))
}

/// Whether this is a distinguished name: `CN=…`, `C = US, O = …`.
fn is_name(text: &str) -> bool {
    const KEYS: [&str; 9] = ["cn", "c", "o", "ou", "l", "st", "s", "dc", "e"];
    let Some((key, value)) = text.trim_start_matches('/').split_once('=') else { return false };
    let key = key.trim().to_ascii_lowercase();
    KEYS.contains(&key.as_str()) && !value.trim().is_empty()
}

fn end_of_name(lines: &[(usize, &str)], label: usize) -> usize {
    let parts = lines.iter().skip(label + 1).take(NEAR).take_while(|(_, line)| is_name(line.trim())).count();
    label + parts
}

fn joined(lines: &[(usize, &str)], from: usize, to: usize) -> String {
    let parts = lines.get(from..=to).unwrap_or(&[]);
    parts.iter().map(|(_, line)| line.trim()).collect::<Vec<_>>().join(", ")
}

/// The host in a subject: its common name, or the whole where it is written without keys.
fn host_of(subject: &str) -> Option<String> {
    let lower = subject.to_lowercase();
    let common = lower.split([',', ';', '/']).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        (key.trim() == "cn").then_some(value)
    });
    let host = common.unwrap_or(&lower).trim().trim_matches('"').trim_start_matches("*.");
    (!host.is_empty() && !host.contains('=')).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::decode("a", text.as_bytes());
        issuers(&Part::whole(&source)).into_iter().map(|issuer| (issuer.name, issuer.subject)).collect()
    }

    #[test]
    fn consoles_and_dialogs_of_several_languages_name_the_issuer() {
        for text in [
            "Subject : CN=login.microsoftonline.com\nIssuer  : CN=Corp CA 2",
            "*  subject: CN=login.microsoftonline.com\n*  start date: Feb  1 00:00:00 2026 GMT\n*  issuer: CN=Corp CA 2",
            "subject=CN = login.microsoftonline.com\nissuer=CN=Corp CA 2",
            "Certificate chain\n 0 s:CN = login.microsoftonline.com\n   i:CN=Corp CA 2",
            "Issuer:\n    CN=Corp CA 2\n  Name Hash(sha1): 4c1a\nSubject:\n    CN=*.login.microsoftonline.com\n    O=Corp",
            "Antragsteller: CN=login.microsoftonline.com\nAussteller: CN=Corp CA 2",
            "使用者: CN=login.microsoftonline.com\n颁发者: CN=Corp CA 2",
        ] {
            assert_eq!(
                read(text),
                [("CN=Corp CA 2".to_owned(), Some("login.microsoftonline.com".to_owned()))],
                "{text}"
            );
        }
    }

    #[test]
    fn the_answer_to_a_command_that_asks_for_the_issuer_needs_no_label() {
        let text = "PS C:\\> $r.ServicePoint.Certificate.Issuer\nCN=Corp CA 2, O=Corp\n";
        assert_eq!(read(text), [("CN=Corp CA 2, O=Corp".to_owned(), None)]);
    }

    #[test]
    fn each_certificate_of_a_chain_keeps_its_own_subject() {
        let text =
            " 0 s:CN = login.microsoftonline.com\n   i:CN = Corp Sub CA\n 1 s:CN = Corp Sub CA\n   i:CN = Corp Root CA";
        assert_eq!(
            read(text),
            [
                ("CN = Corp Sub CA".to_owned(), Some("login.microsoftonline.com".to_owned())),
                ("CN = Corp Root CA".to_owned(), Some("corp sub ca".to_owned()))
            ]
        );
    }

    #[test]
    fn sentences_and_paths_print_no_issuer() {
        for text in ["The issuer was not found.", "I: see below", "s: \\\\server\\share", "Issuer:\n\nnothing"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
