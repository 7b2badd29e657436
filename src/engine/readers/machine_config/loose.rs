//! Tags and attributes of a text that is no XML any more: what the author meant, for a file that .NET refuses.

use super::xml::{Attribute, Element};
use crate::characters::is_quote;
use std::ops::Range;

/// Every tag that can be made out, with quotation marks of any shape, unclosed tags and missing quotes taken in
/// stride. Linear in the length of the text.
pub fn scan(text: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Once no `-->` follows, none will follow later either; looking again and again would cost the square.
    let mut comments_close = true;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        at = start + 1;
        let rest = text.get(at..).unwrap_or("");
        if rest.starts_with("!--") {
            let end = if comments_close { rest.find("-->") } else { None };
            comments_close = end.is_some();
            at += end.map_or(0, |end| end + 3);
        } else if let Some(closing) = rest.strip_prefix('/') {
            let name = closing.get(..name_length(closing)).unwrap_or("");
            let same = |&index: &usize| {
                elements
                    .get(index)
                    .and_then(|element| text.get(element.name.clone()))
                    .is_some_and(|open| open.eq_ignore_ascii_case(name))
            };
            // Only the innermost few are looked at: deeper ones would make this quadratic.
            let depth = open.iter().rev().take(32).position(same);
            if let Some(depth) = depth {
                let length = closing.find(['>', '<']).filter(|&end| closing.as_bytes().get(end) == Some(&b'>'));
                let end = length.map_or(at + 1 + name.len(), |length| at + 1 + length + 1);
                let inner = open.len() - depth - 1;
                if let Some(element) = open.get(inner).and_then(|&index| elements.get_mut(index)) {
                    element.end = Some(start..end);
                }
                open.truncate(inner);
            }
        } else {
            let length = name_length(rest);
            if length == 0 {
                continue;
            }
            let name = at..at + length;
            let (attributes, end, empty) = attributes(text, name.end);
            let parent = open.last().copied();
            elements.push(Element { name, tag: start..end, end: None, attributes, parent, text: None });
            if !empty {
                open.push(elements.len() - 1);
            }
            at = end;
        }
    }
    elements
}

/// The attributes behind a tag name, where the tag ends, and whether it closes itself.
fn attributes(text: &str, from: usize) -> (Vec<Attribute>, usize, bool) {
    let mut found = Vec::new();
    let mut at = from;
    let mut slash = false;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '>' => return (found, at + 1, slash),
            '<' => return (found, at, slash),
            '/' => {
                slash = true;
                at += 1;
            }
            _ => {
                let length = name_length(text.get(at..).unwrap_or(""));
                if length == 0 {
                    at += c.len_utf8();
                    continue;
                }
                slash = false;
                let name = at..at + length;
                at = name.end;
                let equals = skip_blank(text, at);
                if text.get(equals..).is_some_and(|rest| rest.starts_with('=')) {
                    let (value, end) = value(text, skip_blank(text, equals + 1));
                    at = end;
                    let resolved = text.get(value.clone()).unwrap_or("").to_owned();
                    found.push(Attribute { name, value, text: resolved });
                }
            }
        }
    }
    (found, at, slash)
}

/// The value that begins at `start`, with or without quotes, and where reading goes on.
fn value(text: &str, start: usize) -> (Range<usize>, usize) {
    let rest = text.get(start..).unwrap_or("");
    let quote = is_quote;
    let Some(first) = rest.chars().next().filter(|&c| quote(c)) else {
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '<' || quote(c)).unwrap_or(rest.len());
        let bare = rest.get(..end).unwrap_or("");
        let bare = bare.strip_suffix('/').unwrap_or(bare);
        return (start..start + bare.len(), start + bare.len());
    };
    let open = start + first.len_utf8();
    let body = text.get(open..).unwrap_or("");
    let end = body.find(|c: char| quote(c) || matches!(c, '<' | '>' | '\n' | '\r')).unwrap_or(body.len());
    let inner = body.get(..end).unwrap_or("");
    let closed = body.get(end..).and_then(|rest| rest.chars().next()).filter(|&c| quote(c));
    // `"http://p:8080 bypassonlocal="true"`: the closing quote is missing, and the next name was swallowed.
    if inner.ends_with('=')
        && let Some(blank) = inner.find(char::is_whitespace)
    {
        return (open..open + blank, open + blank);
    }
    (open..open + end, open + end + closed.map_or(0, char::len_utf8))
}

fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':'))).unwrap_or(text.len())
}

fn skip_blank(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        let name = |attribute: &Attribute| text.get(attribute.name.clone()).unwrap_or("").to_owned();
        scan(text).iter().flat_map(|element| &element.attributes).map(|a| (name(a), a.text.clone())).collect()
    }

    #[test]
    fn the_proxy_is_found_through_every_kind_of_broken_quote() {
        for text in [
            "<proxy proxyaddress=“http://p:8080” bypassonlocal=“true” />",
            "<proxy proxyaddress=\"http://p:8080” bypassonlocal=\"true\" />",
            "<proxy proxyaddress=″http://p:8080″ bypassonlocal=″true″>",
            "<proxy proxyaddress=\"http://p:8080 bypassonlocal=\"true\" />",
            "<proxy proxyaddress=http://p:8080 bypassonlocal=true />",
            "<proxy\n  proxyaddress = 'http://p:8080'\n bypassonlocal='true'\n <bypasslist>",
        ] {
            let found = values(text);
            assert!(found.contains(&("proxyaddress".to_owned(), "http://p:8080".to_owned())), "{text}: {found:?}");
            assert!(found.contains(&("bypassonlocal".to_owned(), "true".to_owned())), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_commented_out_is_not_found() {
        assert!(scan("<!-- <proxy proxyaddress=\"http://p:8080\"/> -->").is_empty());
    }
}
