//! Entries of a bypass list that go wrong, and what has to stand in their place.

use crate::readers::machine_config::bypass::{Pattern, check, first_match};
use crate::readers::machine_config::wildcard::meant;

/// What becomes of an entry in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is good.
    Good,
    /// It has to be written like this, and why.
    To(String, String),
    /// It has to go, and why.
    Delete(String),
    /// Nobody knows what was meant.
    Question(String),
}

/// Looks at an entry. `urls` are those of Entra Connect (`https://host`), which have to go through the proxy.
pub fn outcome(pattern: &str, urls: &[String]) -> Outcome {
    let hit = |pattern: &str| first_match(pattern, urls.iter().map(String::as_str)).map(str::to_owned);
    match check(pattern) {
        Pattern::Invalid(_) => match meant(pattern) {
            Some(right) => match hit(&right) {
                Some(url) => Outcome::Delete(format!(
                    "\"{pattern}\" is no regular expression, and what it means would send {url} around the proxy."
                )),
                None => Outcome::To(
                    right,
                    format!(
                        "The list takes regular expressions, and the wildcard \"{pattern}\" is none: .NET then fails every request."
                    ),
                ),
            },
            _ if pattern.chars().all(|c| matches!(c, '*' | '.' | '?')) => Outcome::Delete(format!(
                "\"{pattern}\" is no regular expression, and what it means would send every request around the proxy."
            )),
            _ => Outcome::Question(format!(
                "\"{pattern}\" is no .NET regular expression, so that every request fails. Which hosts are meant?"
            )),
        },
        Pattern::Valid => {
            let Some(url) = hit(pattern) else { return Outcome::Good };
            let is_wild = pattern.contains('*') && !pattern.contains(['\\', '[', '(', '^', '$', '|']);
            match meant(pattern) {
                Some(right) if is_wild && hit(&right).is_none() => Outcome::To(
                    right,
                    format!(
                        "As a regular expression \"{pattern}\" also matches {url}, which then goes around the proxy."
                    ),
                ),
                _ => Outcome::Delete(format!("\"{pattern}\" matches {url}, which has to go through the proxy.")),
            }
        }
        Pattern::Unchecked(_) => Outcome::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_hits_entra_is_narrowed_or_taken_out() {
        let urls = ["https://login.microsoftonline.com".to_owned(), "https://graph.windows.net".to_owned()];
        assert_eq!(outcome(r"[a-z]+\.contoso\.com$", &urls), Outcome::Good);
        assert!(matches!(outcome("*.contoso.com", &urls), Outcome::To(..)));
        for pattern in ["microsoft", ".*", r"\.net$", "*.windows.net", "*"] {
            assert!(matches!(outcome(pattern, &urls), Outcome::Delete(_)), "{pattern}");
        }
        assert!(matches!(outcome("(contoso", &urls), Outcome::Question(_)));
    }
}
