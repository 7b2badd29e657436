//! HTTP statuses that no exact pattern of the shelf catches: typed from a screen with slips, or in the words of a
//! Windows in another language. The number decides; the words beside it only have to show that it is a status.

use super::normalise::Normal;
use super::words::{Word, is_close};
use crate::errors::http::{LOCALISED, REASONS, SENTENCE};
use std::ops::Range;
use std::sync::LazyLock;

/// How many words before the number may belong to the sentence.
const REACH: usize = 8;

/// How many bytes before the number a sentence in another language may begin.
const BEHIND: usize = 120;

static SENTENCES: LazyLock<Vec<String>> =
    LazyLock::new(|| LOCALISED.iter().map(|sentence| Normal::new(sentence).text).collect());

/// Numbers of statuses that the text reports, with their place.
pub fn statuses(normal: &Normal, words: &[Word]) -> Vec<(u16, Range<usize>)> {
    let mut found = Vec::new();
    for (at, Word { text: word, place: range }) in words.iter().enumerate() {
        let Some((number, is_exact)) = number(word) else { continue };
        let head = normal.text.get(..range.start).unwrap_or("");
        let in_brackets = head.ends_with('(') && normal.around(range.end).1 == Some(')');
        let before: Vec<&str> =
            words.get(at.saturating_sub(REACH)..at).unwrap_or_default().iter().map(|word| word.text).collect();
        let named = before.last().is_some_and(|word| matches!(*word, "http" | "error" | "status" | "code"));
        let localised = || {
            let mut from = range.start.saturating_sub(BEHIND);
            while !normal.text.is_char_boundary(from) {
                from += 1;
            }
            let near = normal.text.get(from..range.start).unwrap_or("");
            SENTENCES.iter().any(|sentence| near.contains(sentence.as_str()))
        };
        if is_exact && in_brackets && localised() {
            found.push((number, range.clone()));
            continue;
        }
        if !in_brackets && !named {
            continue;
        }
        // Three of the words of the sentence, in its order, or every word of the reason behind the number.
        let mut from = 0;
        let said = SENTENCE
            .iter()
            .filter(|word| {
                let place = before.get(from..).and_then(|rest| rest.iter().position(|token| resembles(word, token)));
                from += place.map_or(0, |place| place + 1);
                place.is_some()
            })
            .count();
        let after = words.get(at + 1..).unwrap_or_default();
        let reason = REASONS.iter().filter(|(status, _)| *status == number).find_map(|(_, words)| {
            let close = words.iter().zip(after).filter(|(word, typed)| resembles(word, typed.text)).count();
            (close == words.len()).then(|| after.get(words.len() - 1).map(|word| word.place.end)).flatten()
        });
        if let Some(end) = reason {
            found.push((number, range.start..end));
        } else if is_exact && in_brackets && said >= 3 {
            found.push((number, range.clone()));
        }
    }
    found
}

/// A status, and whether it is written in digits alone. A scanner takes digits for letters ("4O7"); such a number
/// counts only where every word of its reason stands behind it.
fn number(word: &str) -> Option<(u16, bool)> {
    if word.len() != 3 || !word.starts_with(|c: char| c.is_ascii_digit() || c == 's') {
        return None;
    }
    let digits: String = word
        .chars()
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            's' => '5',
            'b' => '8',
            other => other,
        })
        .collect();
    let number = digits.parse::<u16>().ok().filter(|number| (400..600).contains(number))?;
    Some((number, digits == word))
}

fn resembles(word: &str, token: &str) -> bool {
    word == token || is_close(word, token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u16> {
        let normal = Normal::new(text);
        statuses(&normal, &super::super::words::words(&normal)).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn a_status_is_known_through_slips_of_the_finger_and_in_other_languages() {
        for (text, expected) in [
            ("The remoet server returned an eror (407) Proxy Authentification Requierd", 407),
            ("remote sever returned an error (403)", 403),
            ("we get HTTP 407 proxy autentication required", 407),
            ("returned an error: (4O7) Proxy Authenticati0n Required", 407),
            ("returned an error: (S03) Server Unavailable", 503),
            ("error 502 bad gatway", 502),
            ("Der Remoteserver hat einen Fehler zurückgegeben: (403) Unzulässig.", 403),
            ("Der Remoteserver hat einen Fehler zur\u{fffd}ckgegeben: (407)", 407),
            ("Le serveur distant a retourné une erreur : (403) Refusé.", 403),
            ("Error en el servidor remoto: (407) Se requiere autenticación del proxy.", 407),
            ("远程服务器返回错误: （403）不允许。", 403),
            ("リモート サーバーがエラーを返しました: (502) 無効なゲートウェイ", 502),
        ] {
            assert_eq!(numbers(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_statuses() {
        for text in [
            "room (407) is free",
            "error 407 lines were found",
            "the server in rack (403) returned",
            "see chapter 403 forbidden fruit",
            "page (502) of the manual",
            "the remote server returned an error: (4O7) and the rest is cut off",
        ] {
            assert_eq!(numbers(text), Vec::<u16>::new(), "{text}");
        }
    }
}
