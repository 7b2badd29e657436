//! What people only guess or remember: "could also be AADSTS50126", "we had (407) in 2023". It is no report of today,
//! and counts for nothing where the same text shows what was really seen.

use super::ErrorHit;
use crate::artifact::Part;

/// Words in front of a guess or a memory. Compared in lower case.
const GUESS: &[&str] = &[
    "could also be",
    "could be",
    "might be",
    "may also be",
    "maybe",
    "perhaps",
    "my guess",
    "i guess",
    "i suspect",
    "or is it",
    "we had that",
    "we had this",
    "we once had",
    "remember",
    "last year",
    "back then",
    "the other site",
    "another site",
    "another customer",
    "other customer",
    "könnte auch",
    "könnte es",
    "vielleicht",
    "vermutlich",
    "letztes jahr",
    "damals",
    "anderen standort",
    "peut-être",
    "l'année dernière",
    "l'autre site",
    "quizás",
    "tal vez",
    "el año pasado",
    "也许",
    "可能是",
    "会不会是",
    "去年",
    "もしかして",
    "かもしれない",
    "昨年",
];

/// Words that make a memory a report of now.
const NOW: &[&str] = &[
    "again",
    "now",
    "today",
    "wieder",
    "heute",
    "jetzt",
    "de nouveau",
    "aujourd'hui",
    "otra vez",
    "又",
    "现在",
    "今天",
    "また",
];

/// Marks the errors that somebody only guesses or remembers, unless nothing else is left of the text.
pub fn mark_guesses(part: &Part, hits: &mut [ErrorHit]) {
    let guessed: Vec<bool> = hits.iter().map(|hit| is_guess(part, hit)).collect();
    let left = hits.iter().zip(&guessed).any(|(hit, guessed)| !guessed && !hit.foreign && !hit.history);
    if left {
        for (hit, guessed) in hits.iter_mut().zip(guessed) {
            hit.foreign |= guessed;
        }
    }
}

/// Whether the words in front of an error, in the same sentence, say that it is a guess or a memory. What stands
/// behind a colon or in quotes is shown, not guessed.
fn is_guess(part: &Part, hit: &ErrorHit) -> bool {
    const NEAR: usize = 160;
    let text = part.text();
    let at = hit.span.start.saturating_sub(part.start);
    let from = text.floor_char_boundary(at.saturating_sub(NEAR));
    let head = text.get(from..at).unwrap_or("");
    let line = head.rsplit(['\n', '\r']).next().unwrap_or("");
    // The error may begin inside its own words: "error: (407)".
    let stops = |c: char| {
        matches!(c, '.' | '?' | '!' | '。' | '？' | '！' | ':' | '：' | '"' | '“' | '”' | '„' | '«' | '「' | '`')
    };
    let sentence = line.rsplit(stops).next().unwrap_or("").to_lowercase();
    let tail = text.get(at..).unwrap_or("").lines().next().unwrap_or("").to_lowercase();
    let tail = tail.split(['.', '!']).next().unwrap_or("");
    GUESS.iter().any(|word| sentence.contains(word))
        && !NOW.iter().any(|word| has_word(&sentence, word) || has_word(tail, word))
}

/// Whether a word stands by itself; letters of Chinese and Japanese need no blank around them.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
        !word.is_ascii() || !before.into_iter().chain(behind).any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    fn counted(text: &str) -> Vec<&'static str> {
        read_as(text, Kind::ErrorText).errors.iter().filter(|hit| !hit.foreign).map(|hit| hit.entry.id).collect()
    }

    const SEEN: &str = "The wizard says: An error occurred while sending the request.\n";

    #[test]
    fn guesses_and_memories_count_for_nothing_beside_what_was_seen() {
        let seen = counted(SEEN);
        for guess in [
            "could also be AADSTS50126 if the password is wrong",
            "we had that in 2023, remember (407) Proxy Authentication Required",
            "or they block it like the other site, they got (403) Forbidden",
            "vielleicht ein AADSTS50055",
        ] {
            assert_eq!(counted(&format!("{SEEN}{guess}\n")), seen, "{guess}");
        }
    }

    #[test]
    fn what_is_shown_stays_a_report() {
        for report in [
            "maybe the proxy: The remote server returned an error: (407) Proxy Authentication Required.",
            "Perhaps you know this text \"AADSTS50055: The password is expired\"?",
            "We had this last year and now again AADSTS50055",
            "could be AADSTS50055",
        ] {
            let text = if report.starts_with("could") { report.to_owned() } else { format!("{SEEN}{report}\n") };
            assert!(counted(&text).iter().any(|id| id.starts_with("aadsts") || id.contains("407")), "{report}");
        }
    }
}
