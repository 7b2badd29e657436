//! The entries of `bypasslist`: unanchored .NET regular expressions over `scheme://host`, run in linear time.

use super::address::short;
use super::look_ahead::{self, LookAhead};
use super::wildcard::{meant, of_name};
use regex_lite::{Regex, RegexBuilder};

/// Longest expression that is tried, and the most memory that one may take, in bytes.
const MAX_LENGTH: usize = 2000;
const MAX_SIZE: usize = 1 << 20;

/// What can be said about an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// It can be tried here.
    Valid,
    /// .NET refuses it, and with it every web request of the machine. What .NET prints as the inner exception.
    Invalid(String),
    /// It uses syntax that only .NET has, or is too big to be tried here. Why, as a sentence.
    Unchecked(&'static str),
}

/// Looks at an expression.
pub fn check(pattern: &str) -> Pattern {
    if let Some(complaint) = dotnet_complaint(pattern) {
        return Pattern::Invalid(format!("parsing \"{}\" - {complaint}", short(pattern)));
    }
    if pattern.len() > MAX_LENGTH {
        return Pattern::Unchecked("The expression is too long to be tried here.");
    }
    if dotnet_only(pattern) && look_ahead::cut(pattern, compile_plain).is_none() {
        return Pattern::Unchecked("The expression uses syntax that only .NET has, so that it cannot be tried here.");
    }
    match matcher(pattern) {
        Some(_) => Pattern::Valid,
        None => Pattern::Unchecked("The expression cannot be tried here."),
    }
}

/// What is doubtful about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Which kind of doubt.
    pub kind: DoubtKind,
    /// The expression that does what was meant, where that is clear.
    pub meant: Option<String>,
}

/// Kinds of [`Doubt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// A wildcard as Internet Options takes it: `*.contoso.com`, `10.*`, `*`.
    Wildcard,
    /// Nothing is written, and that matches everything.
    Empty,
    /// It matches anywhere in a name: `contoso.com` also matches `contoso.com.example.org`.
    Unanchored,
}

/// The first of `urls` (`https://host`) that the expression matches. `None` also for one that cannot be tried.
pub fn first_match<'a>(pattern: &str, urls: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if check(pattern) != Pattern::Valid {
        return None;
    }
    let matcher = matcher(pattern)?;
    urls.into_iter().find(|url| matcher.is_match(url))
}

/// An expression, ready to be tried.
enum Matcher {
    Plain(Regex),
    Pieces(LookAhead),
}

impl Matcher {
    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Plain(expression) => expression.is_match(text),
            Self::Pieces(pieces) => pieces.is_match(text),
        }
    }
}

/// `None` for an expression that cannot be tried.
fn matcher(pattern: &str) -> Option<Matcher> {
    let pieces = look_ahead::cut(pattern, compile_plain).map(Matcher::Pieces);
    pieces.or_else(|| compile(pattern).map(Matcher::Plain))
}

/// A piece of an expression that has look-ahead at other places only.
fn compile_plain(piece: &str) -> Option<Regex> {
    if dotnet_only(piece) { None } else { compile(piece) }
}

/// What is doubtful about an entry, and what was meant.
pub fn doubt(pattern: &str) -> Option<Doubt> {
    let pattern = pattern.trim();
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    if pattern.is_empty() {
        return Some(Doubt { kind: DoubtKind::Empty, meant: None });
    }
    if is_wildcard(pattern) {
        return Some(Doubt { kind: DoubtKind::Wildcard, meant: meant(pattern) });
    }
    let plain = pattern.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '\\' | ':' | '/'));
    // A bare name without any mark of an expression: matched anywhere, its dots stand for any character.
    plain.then(|| Doubt { kind: DoubtKind::Unanchored, meant: of_name(&pattern.replace('\\', "")) })
}

/// How to write a wildcard as an expression, as a sentence: this entry where it is one, the usual one otherwise.
pub fn wildcard_advice(pattern: &str) -> String {
    const USUAL: &str = "*.contoso.com";
    match doubt(pattern).filter(|doubt| doubt.kind == DoubtKind::Wildcard).and_then(|doubt| doubt.meant) {
        Some(right) => format!("As a wildcard it is written {right} there."),
        None => format!("A wildcard {USUAL} is written {} there.", meant(USUAL).unwrap_or_default()),
    }
}

/// Whether a text is a list of host names with `*` for any characters, as Internet Options takes it, rather than an
/// expression: a star that stands for itself follows a name, a dot that belongs to the name, or nothing.
fn is_wildcard(pattern: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '/' | '*' | ';' | ',' | ' ');
    if !pattern.contains('*') || !pattern.chars().all(name) {
        return false;
    }
    pattern.split([';', ',', ' ']).any(|entry| {
        let bare = entry.split_once("://").map_or(entry, |(_, rest)| rest);
        // `.*` at an end is how an expression says "anything"; behind digits it is the rest of an address.
        let address = bare.strip_suffix('*').is_some_and(|head| {
            head.ends_with('.') && head.trim_end_matches('.').split('.').all(|part| part.parse::<u8>().is_ok())
        });
        let leads = bare.starts_with('*') || entry.starts_with('*');
        address || leads
    })
}

/// Hosts and schemes are ASCII, and this library tells upper from lower case in ASCII only: small, and in time
/// that grows with expression and text alone.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(true).nest_limit(64).size_limit(MAX_SIZE).build().ok()
}

/// The first thing at which .NET's own parser gives up, among those that people write.
fn dotnet_complaint(pattern: &str) -> Option<String> {
    let mut characters = pattern.chars().peekable();
    let mut depth = 0usize;
    // Whether a quantifier may follow, and whether one stands just before.
    let (mut operand, mut quantified) = (false, false);
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                if characters.next().is_none() {
                    return Some("Illegal \\ at end of pattern.".to_owned());
                }
                (operand, quantified) = (true, false);
            }
            '[' => {
                characters.next_if_eq(&'^');
                // A bracket that stands first is a member of the set.
                characters.next_if_eq(&']');
                loop {
                    match characters.next() {
                        None => return Some("Unterminated [] set.".to_owned()),
                        Some('\\') => drop(characters.next()),
                        Some(']') => break,
                        Some(_) => {}
                    }
                }
                (operand, quantified) = (true, false);
            }
            '(' => {
                depth += 1;
                if characters.next_if_eq(&'?').is_some() {
                    // Group options: their letters are no operands.
                    while characters
                        .next_if(|c| matches!(c, ':' | '=' | '!' | '<' | '>' | 'i' | 'm' | 's' | 'n' | 'x' | '-'))
                        .is_some()
                    {}
                }
                (operand, quantified) = (false, false);
            }
            ')' => {
                let Some(less) = depth.checked_sub(1) else {
                    return Some("Too many )'s.".to_owned());
                };
                depth = less;
                (operand, quantified) = (true, false);
            }
            '|' => (operand, quantified) = (false, false),
            '*' | '+' | '?' => {
                if quantified && c == '?' {
                    // The lazy form. Another quantifier behind it is one too many.
                    if let Some(next @ ('*' | '+' | '?')) = characters.peek() {
                        return Some(format!("Nested quantifier {next}."));
                    }
                    quantified = false;
                } else if quantified {
                    return Some(format!("Nested quantifier {c}."));
                } else if operand {
                    quantified = true;
                } else {
                    return Some("Quantifier {x,y} following nothing.".to_owned());
                }
            }
            _ => (operand, quantified) = (true, false),
        }
    }
    (depth > 0).then(|| "Not enough )'s.".to_owned())
}

/// Look-around, back-references and the like.
fn dotnet_only(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "(?'", "\\k<", "\\k'", "\\G", "\\Z", "-["]
        .iter()
        .any(|syntax| pattern.contains(syntax))
        || pattern.as_bytes().windows(2).any(|pair| matches!(pair, [b'\\', b'1'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_as_internet_options_writes_it_is_refused_by_dotnet() {
        let expected = "parsing \"*.contoso.com\" - Quantifier {x,y} following nothing.";
        assert_eq!(check("*.contoso.com"), Pattern::Invalid(expected.to_owned()));
        for pattern in ["a|*", "(*x)", "+x", "a**", "[a-z", "(a", "a)", "x\\", "??"] {
            assert!(matches!(check(pattern), Pattern::Invalid(_)), "{pattern}");
        }
    }

    #[test]
    fn good_expressions_are_tried_and_foreign_ones_are_left_alone() {
        for pattern in
            [r"[a-z]+\.contoso\.com$", "10.*", r"[^/]*\.contoso\.com$", "contoso", "(?i)abc", "(a|b)?c", ".*?x", "[]a]"]
        {
            assert_eq!(check(pattern), Pattern::Valid, "{pattern}");
        }
        for pattern in [r"(?<=login\.)microsoft", r"((?!a)b)*", r"(?!a)|b", r"(a)\1", "a{2000}{2000}{2000}"] {
            assert!(matches!(check(pattern), Pattern::Unchecked(_)), "{pattern}");
        }
    }

    #[test]
    fn an_entry_that_spares_some_hosts_by_look_ahead_matches_the_others() {
        let [login, sync, own] = [
            "https://login.microsoftonline.com",
            "https://adminwebservice.microsoftonline.com",
            "https://a.contoso.example",
        ];
        for (pattern, matched) in [
            (r"^https?://(?!login\.microsoftonline\.com).*$", [false, true, true]),
            (r"^(?!.*microsoft)", [false, false, true]),
            (r"^(?=.*contoso)(?!.*b\.)https://.*\.example$", [false, false, true]),
            (r"//(?!login|a\.)[a-z]+\.(?=microsoft)", [false, true, false]),
        ] {
            assert_eq!(check(pattern), Pattern::Valid, "{pattern}");
            assert_eq!([login, sync, own].map(|url| first_match(pattern, [url]).is_some()), matched, "{pattern}");
        }
    }

    #[test]
    fn an_entry_matches_anywhere_in_scheme_and_host() {
        let url = "https://login.microsoftonline.com";
        for pattern in ["MICROSOFT", ".*", r"\.com$", "^https", r"microsoftonline\.com"] {
            assert_eq!(first_match(pattern, [url]), Some(url), "{pattern}");
        }
        for pattern in [r"[a-z]+\.contoso\.com$", "^login", r"\.cn"] {
            assert_eq!(first_match(pattern, [url]), None, "{pattern}");
        }
    }
}
