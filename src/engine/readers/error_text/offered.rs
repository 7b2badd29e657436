//! Which versions of TLS a .NET process offers by itself, as `[Net.ServicePointManager]::SecurityProtocol` prints it.

use super::layout::prompt;
use crate::artifact::{Part, Span};

/// One print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// As printed: `Ssl3, Tls`.
    pub text: String,
    /// TLS 1.2 is among them, or Windows chooses.
    pub has_tls12: bool,
    /// The names.
    pub span: Span,
}

const PROPERTY: &str = "securityprotocol";

/// The names of `System.Net.SecurityProtocolType`. Source: dotnet/docs, `SecurityProtocolType`; read 2026-11.
const NAMES: &[&str] = &["ssl2", "ssl3", "tls", "tls11", "tls12", "tls13", "systemdefault"];

/// How many lines a console may put between the command and its answer.
const NEAR: usize = 3;

/// Every print, in the order of the text: behind the name of the property, or alone on a line below it. A command that
/// sets the property says nothing about what .NET offers by itself, nor does a print after it.
pub fn offered(part: &Part) -> Vec<Offered> {
    let mut found = Vec::new();
    let mut waiting = 0;
    for (start, line) in part.lines() {
        let lower = line.to_ascii_lowercase();
        if let Some(at) = lower.find(PROPERTY) {
            let from = at + PROPERTY.len();
            let rest = lower.get(from..).unwrap_or("").trim_start();
            if is_set(rest) {
                return found;
            }
            waiting = NEAR;
            let (lead, names) = names_in(line.get(from..).unwrap_or(""));
            if !names.is_empty() {
                found.push(print(part, start + from + lead, names));
                waiting = 0;
            }
        } else if waiting > 0 && !line.trim().is_empty() {
            waiting = if prompt(line).is_some() { 0 } else { waiting - 1 };
            let names = line.trim();
            if names.split(',').all(|name| is_name(name.trim())) {
                found.push(print(part, start + (line.len() - line.trim_start().len()), names));
                waiting = 0;
            }
        }
    }
    found
}

/// Whether the property gets a value here: `= …` or `-bor …`, but not `==`, `=>` or a colon.
fn is_set(rest: &str) -> bool {
    rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>") || rest.starts_with("-bor")
}

fn is_name(name: &str) -> bool {
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The first row of names in what stands behind the property, and where it begins.
fn names_in(rest: &str) -> (usize, &str) {
    let edge = |c: char| !c.is_ascii_alphanumeric();
    let mut at = 0;
    while let Some(tail) = rest.get(at..) {
        let lead = tail.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(tail.len());
        let Some(word) = tail.get(lead..).and_then(|tail| tail.split(edge).next()).filter(|word| !word.is_empty())
        else {
            break;
        };
        let from = at + lead;
        if is_name(word) {
            let mut end = from + word.len();
            while let Some(next) = rest.get(end..).and_then(|tail| tail.strip_prefix(',')) {
                let word = next.trim_start().split(edge).next().unwrap_or("");
                if !is_name(word) {
                    break;
                }
                end += 1 + (next.len() - next.trim_start().len()) + word.len();
            }
            return (from, rest.get(from..end).unwrap_or(""));
        }
        at = from + word.len();
    }
    (0, "")
}

fn print(part: &Part, start: usize, names: &str) -> Offered {
    let lower = names.to_ascii_lowercase();
    let has = |name: &str| lower.split(',').any(|word| word.trim() == name);
    Offered {
        text: names.to_owned(),
        has_tls12: has("tls12") || has("tls13") || has("systemdefault"),
        span: part.span(start..start + names.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, bool)> {
        let source = Source::decode("a", text.as_bytes());
        offered(&Part::whole(&source)).into_iter().map(|print| (print.text, print.has_tls12)).collect()
    }

    #[test]
    fn a_console_and_a_sentence_say_what_net_offers() {
        for (text, names, has) in [
            ("PS C:\\> [Net.ServicePointManager]::SecurityProtocol\nSsl3, Tls\nPS C:\\> ", "Ssl3, Tls", false),
            (
                "PS C:\\> [System.Net.ServicePointManager]::SecurityProtocol\n\nTls, Tls11, Tls12\n",
                "Tls, Tls11, Tls12",
                true,
            ),
            ("SecurityProtocol : Tls\n", "Tls", false),
            ("SecurityProtocol 显示的是 Ssl3, Tls，正常吗", "Ssl3, Tls", false),
            ("PS C:\\> [Net.ServicePointManager]::SecurityProtocol\nSystemDefault", "SystemDefault", true),
        ] {
            assert_eq!(read(text), [(names.to_owned(), has)], "{text}");
        }
    }

    #[test]
    fn a_value_that_somebody_set_is_no_statement_about_the_default() {
        let set = "PS C:\\> [Net.ServicePointManager]::SecurityProtocol = 'Tls11'\nPS C:\\> [Net.ServicePointManager]::SecurityProtocol\nTls11\n";
        assert_eq!(read(set), []);
        assert_eq!(read("The SecurityProtocol of the tunnel is fine.\nPS C:\\> dir\nTls"), []);
    }
}
