//! What the wizard's trace prints about itself: its proxy settings and its version.

use super::ProxyPrint;
use crate::artifact::{Part, Span};
use crate::phrases::{Marks, lines_with};
use std::sync::LazyLock;

/// Lines `Default Proxy [Name]: value`. A mail program may have broken the line in front of the value.
pub fn proxy_print(part: &Part) -> Vec<ProxyPrint> {
    const MARK: &str = "Default Proxy [";
    lines_with(part, MARK)
        .filter_map(|(start, line)| {
            let (_, behind) = line.split_once(MARK)?;
            let (name, value) = behind.split_once("]:")?;
            let indent = line.len() - line.trim_start().len();
            let mut value = value.trim();
            let mut end = start + line.trim_end().len();
            let next = if value.is_empty() { line_behind(part, start + line.len()) } else { None };
            if let Some((at, next)) = next.filter(|(_, next)| is_value(next.trim())) {
                value = next.trim();
                end = at + next.trim_end().len();
            }
            Some(ProxyPrint {
                name: name.trim().to_owned(),
                value: value.to_owned(),
                span: part.span(start + indent..end),
            })
        })
        .collect()
}

/// The line behind the end of a line, and where it begins.
fn line_behind<'a>(part: &Part<'a>, end: usize) -> Option<(usize, &'a str)> {
    let (rest, next) = part.text().get(end..)?.split_once('\n')?;
    Some((end + rest.len() + 1, next.lines().next().unwrap_or("")))
}

/// Whether a line holds nothing but a value of the print: one word, and no line of the trace.
fn is_value(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('[') && !line.contains(char::is_whitespace)
}

/// What may stand before a version number: the product's names in lower case, without blanks.
const PRODUCTS: &[&str] = &[
    "entraconnect",
    "azureadconnect",
    "aadconnect",
    "entraidconnect",
    "azureactivedirectoryconnect",
    "azureaadconnect",
];

/// The version of Entra Connect: of the trace, or "Entra Connect 2.5.190.0" in a sentence.
pub fn version(part: &Part) -> Option<(String, Span)> {
    // All names of the product end like this.
    static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(&["connect", "application version:"]));
    let mut in_sentence = None;
    for (start, line) in MARKS.lines(part) {
        let mut at = 0;
        while let Some(found) = line.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
            let begin = at + found;
            let length = line.bytes().skip(begin).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
            let text = line.get(begin..begin + length)?.trim_end_matches('.');
            at = begin + length;
            let before = line.get(..begin).unwrap_or("");
            if !is_version(text) || before.ends_with(|c: char| c.is_ascii_alphanumeric() && c != 'v' && c != 'V') {
                continue;
            }
            let span = part.span(begin..begin + text.len());
            let found = (text.to_owned(), Span { start: span.start + start, end: span.end + start, ..span });
            if line.find("Application Version:").is_some_and(|mark| mark < begin && begin - mark < 32) {
                return Some(found);
            }
            if in_sentence.is_none() && names_product(before) {
                in_sentence = Some(found);
            }
        }
    }
    in_sentence
}

/// Four numbers; the first one is that of a release of this product.
fn is_version(text: &str) -> bool {
    let numbers: Vec<&str> = text.split('.').collect();
    numbers.len() == 4
        && matches!(numbers.first(), Some(&("1" | "2")))
        && numbers.iter().all(|number| !number.is_empty() && number.len() <= 5)
}

/// Whether the words just before a number name the product, with "version" or "build" between them or not.
fn names_product(before: &str) -> bool {
    let tail: String = {
        let mut tail: Vec<char> = before
            .chars()
            .rev()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | 'v' | 'V' | '-' | ','))
            .take(44)
            .collect();
        tail.reverse();
        tail.into_iter().collect::<String>().to_lowercase()
    };
    let tail = ["ersion:", "ersion", "uild:", "uild", "版本:", "版本：", "版本", "バージョン"]
        .iter()
        .find_map(|word| tail.strip_suffix(word))
        .unwrap_or(&tail);
    // Dropping every "v" keeps "v2.5" simple; the product names have none but "version", handled above.
    let tail = tail.strip_suffix('b').unwrap_or(tail);
    let tail = tail.strip_suffix("sync").unwrap_or(tail);
    PRODUCTS.iter().any(|product| tail.ends_with(product))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_version_is_read_from_a_trace_and_from_a_sentence() {
        for (text, expected) in [
            ("[10:15:08.310] [  1] [INFO ] Application Version: 2.5.79.0", Some("2.5.79.0")),
            ("世纪互联, Entra Connect 2.5.190.0, 代理 10.8.0.20:8080", Some("2.5.190.0")),
            ("Azure AD Connect (version 1.6.4.0) on SRV1", Some("1.6.4.0")),
            ("Microsoft Entra Connect Sync v2.4.129.0", Some("2.4.129.0")),
            ("MSAL 4.36.0.0, proxy 10.8.0.20", None),
            ("the server 2.1.10.20", None),
        ] {
            let source = Source::decode("a", text.as_bytes());
            let version = version(&Part::whole(&source));
            assert_eq!(version.as_ref().map(|(text, _)| text.as_str()), expected, "{text}");
            if let Some((version, span)) = version {
                assert_eq!(text.get(span.start..span.end), Some(version.as_str()));
            }
        }
    }

    #[test]
    fn the_print_of_the_proxy_settings_is_read_with_its_values() {
        let text = "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: <Unspecified>  \r\n[10:15:09.880] [ 1] [INFO ] Default Proxy [Enabled]: True";
        let source = Source::decode("a", text.as_bytes());
        let print = proxy_print(&Part::whole(&source));
        let pairs: Vec<_> = print.iter().map(|line| (line.name.as_str(), line.value.as_str())).collect();
        assert_eq!(pairs, [("ProxyAddress", "<Unspecified>"), ("Enabled", "True")]);
    }

    #[test]
    fn a_value_that_a_mail_program_moved_to_the_next_line_is_read_too() {
        let text = "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]:\n  http://gate.example:8080/\n[10:15:09.880] [ 1] [INFO ] Default Proxy [Enabled]:\n[10:15:09.880] [ 1] [INFO ] next";
        let source = Source::decode("a", text.as_bytes());
        let print = proxy_print(&Part::whole(&source));
        let pairs: Vec<_> = print.iter().map(|line| (line.name.as_str(), line.value.as_str())).collect();
        assert_eq!(pairs, [("ProxyAddress", "http://gate.example:8080/"), ("Enabled", "")]);
    }
}
