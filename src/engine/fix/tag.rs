//! One tag: its parts where it is good, and the changes that make it good where it is not.

use super::draft::Change;
use super::names;
use crate::characters::{is_false_blank, is_invisible, is_quote};
use crate::readers::machine_config::tag::{bare_ampersand, is_blank, is_control, name_length, read_tag, skip_blank};
use std::ops::Range;

/// A start tag or a declaration.
#[derive(Clone, Debug)]
pub struct Tag {
    /// From `<` to behind `>`; up to where it breaks off when it is not closed.
    pub range: Range<usize>,
    /// Where its name stands.
    pub name: Range<usize>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// Whether it closes itself.
    pub empty: bool,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Where the name stands.
    pub name: Range<usize>,
    /// Where the value stands, without its quotes.
    pub value: Range<usize>,
    /// From the name to the closing quote.
    pub range: Range<usize>,
}

const CURLY: &str =
    "Typographic quotation marks come from a word processor, a mail or a web page. XML takes only straight ones.";
const NO_BREAK: &str = "A no-break space, as mail and chat programs make it, is no blank to XML.";
const INVISIBLE: &str = "A character that nobody sees stands in the tag.";

/// Reads the tag whose `<` stands at `start`. `limit` is where it ends at the latest.
pub fn read(text: &str, start: usize, limit: Option<usize>) -> (Tag, Vec<Change>) {
    match strict(text, start, limit) {
        Some(tag) => (tag, Vec::new()),
        None => Lenient { text, limit: limit.unwrap_or(text.len()), changes: Vec::new() }.tag(start, limit.is_some()),
    }
}

/// A tag that .NET reads as it is, and as its author meant it.
fn strict(text: &str, start: usize, limit: Option<usize>) -> Option<Tag> {
    let read = read_tag(text, start).ok()?;
    let attributes: Vec<Attribute> = read
        .attributes
        .into_iter()
        .map(|known| Attribute { range: known.name.start..known.value.end + 1, name: known.name, value: known.value })
        .collect();
    if attributes.iter().any(|known| text.get(known.value.clone()).is_some_and(holds_attribute)) {
        return None;
    }
    let end = skip_blank(text, attributes.last().map_or(read.name.end, |last| last.range.end));
    if let Some(limit) = limit {
        return (end == limit).then_some(Tag { range: start..end, name: read.name, attributes, empty: true });
    }
    let empty = text.get(end..)?.starts_with('/');
    Some(Tag { range: start..end + 1 + usize::from(empty), name: read.name, attributes, empty })
}

struct Lenient<'a> {
    text: &'a str,
    limit: usize,
    changes: Vec<Change>,
}

impl<'a> Lenient<'a> {
    fn tag(mut self, start: usize, is_declaration: bool) -> (Tag, Vec<Change>) {
        let name = start + 1..start + 1 + name_length(self.rest(start + 1));
        let shown = self.text.get(name.clone()).unwrap_or("").to_owned();
        let mut attributes: Vec<Attribute> = Vec::new();
        let mut at = name.end;
        // Behind the last thing that belongs to the tag.
        let mut last = name.end;
        let (end, empty) = loop {
            let Some(c) = self.rest(at).chars().next() else {
                break if is_declaration { (at, true) } else { (self.close(&shown, last), false) };
            };
            match c {
                _ if is_blank(c) => at += 1,
                _ if is_false_blank(c) => {
                    self.change(at..at + c.len_utf8(), " ", NO_BREAK);
                    at += c.len_utf8();
                }
                _ if is_invisible(c) => {
                    self.change(at..at + c.len_utf8(), "", INVISIBLE);
                    at += c.len_utf8();
                }
                '>' => break (at + 1, false),
                '<' => break (self.close(&shown, last), false),
                '/' => {
                    let next = skip_blank(self.text, at + 1);
                    if self.rest(next).starts_with('>') {
                        if next > at + 1 {
                            self.change(at + 1..next, "", "Nothing may stand between the slash and the bracket.");
                        }
                        break (next + 1, true);
                    }
                    // `<proxy ... /` and the bracket forgotten.
                    if self.rest(next).is_empty() || self.rest(next).starts_with('<') {
                        let why = format!("<{shown}> lacks its closing bracket.");
                        self.change(at + 1..at + 1, ">", &why);
                        break (at + 1, true);
                    }
                    // One blank is enough where it stood.
                    let end = if last < at { next } else { at + 1 };
                    self.change(at..end, "", "A slash may stand only at the end of a tag.");
                    at = end;
                }
                _ if name_length(self.rest(at)) > 0 => {
                    if at == last {
                        self.change(at..at, " ", "A blank has to stand between two attributes.");
                    }
                    let attribute = self.attribute(at, &attributes);
                    at = attribute.range.end;
                    last = at;
                    attributes.push(attribute);
                }
                _ => {
                    let what = if is_quote(c) {
                        "A quotation mark too many."
                    } else {
                        "This character may not stand in a tag."
                    };
                    self.change(at..at + c.len_utf8(), "", what);
                    at += c.len_utf8();
                }
            }
        };
        (Tag { range: start..end, name, attributes, empty }, self.changes)
    }

    /// Closes a tag that has no bracket, and tells where it ends.
    fn close(&mut self, name: &str, at: usize) -> usize {
        let rest = self.rest(at).trim_start();
        let leaf =
            matches!(name.to_ascii_lowercase().as_str(), "proxy" | "add" | "remove" | "clear" | "module" | "section");
        let own_end = rest
            .strip_prefix("</")
            .is_some_and(|rest| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)));
        let bracket = if leaf && !own_end { " />" } else { ">" };
        let why = format!("<{name}> lacks its closing bracket.");
        self.change(at..at, bracket, &why);
        at
    }

    fn attribute(&mut self, start: usize, before: &[Attribute]) -> Attribute {
        let name = start..start + name_length(self.rest(start));
        let key = self.text.get(name.clone()).unwrap_or("").to_owned();
        let equals = self.skip_odd(name.end);
        let after = self.rest(equals);
        let Some(sign) = after.chars().next().filter(|c| matches!(c, '=' | '＝' | '﹦')) else {
            return self.without_value(name, &key);
        };
        if sign != '=' {
            self.change(equals..equals + sign.len_utf8(), "=", "This sign only looks like an equals sign.");
        }
        self.odd_blanks(name.end..equals);
        let open = self.skip_odd(equals + sign.len_utf8());
        self.odd_blanks(equals + sign.len_utf8()..open);
        let (value, end) = self.value(&key, open);
        let attribute = Attribute { range: name.start..end, name, value };
        if let Some(first) = before.iter().find(|known| self.text.get(known.name.clone()) == Some(key.as_str())) {
            self.drop_twice(first, &attribute, &key);
        } else {
            self.characters(&attribute.value);
        }
        attribute
    }

    /// A name without a value: a switch is meant to be on, anything else says nothing.
    fn without_value(&mut self, name: Range<usize>, key: &str) -> Attribute {
        let switches = ["enabled", "useDefaultCredentials", "usesystemdefault", "bypassonlocal", "autoDetect"];
        if names::among(&switches, key).is_some() {
            let why = format!("{key} has no value; without one XML refuses the file.");
            self.change(name.end..name.end, "=\"true\"", &why);
        } else {
            let why = format!("\"{key}\" stands in the tag without a value; XML refuses the file.");
            self.change(name.clone(), "", &why);
        }
        Attribute { value: name.end..name.end, range: name.clone(), name }
    }

    /// The value that begins at `open`, with or without quotes, and where it ends.
    fn value(&mut self, key: &str, open: usize) -> (Range<usize>, usize) {
        let rest = self.rest(open);
        let Some(first) = rest.chars().next().filter(|&c| is_quote(c)) else {
            let stop = rest.find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '<' | '>'));
            let bare = rest.get(..stop.unwrap_or(rest.len())).unwrap_or("");
            let cut =
                bare.strip_suffix('/').filter(|_| rest.get(bare.len()..).is_some_and(|rest| rest.starts_with('>')));
            let length = cut.unwrap_or(bare).len();
            let value = open..open + length;
            let why = format!("The value of {key} has to stand in quotation marks.");
            self.change(open..open, "\"", &why);
            let closing = rest.get(length..).and_then(|rest| rest.chars().next()).filter(|&c| is_quote(c));
            if let Some(c) = closing {
                let end = value.end + c.len_utf8();
                if c != '"' {
                    self.change(value.end..end, "\"", CURLY);
                }
                return (value, end);
            }
            self.change(value.end..value.end, "\"", &why);
            return (value.clone(), value.end);
        };
        let inner_at = open + first.len_utf8();
        let body = self.rest(inner_at);
        let length = value_length(body, first);
        let inner = body.get(..length).unwrap_or("");
        // `"http://p:8080 bypassonlocal="true"`: the closing quote is missing, and the next name was swallowed.
        let swallowed = inner.trim_end().strip_suffix('=').and_then(|inner| {
            let name_at = inner.trim_end().rfind(char::is_whitespace)?;
            let name = inner.get(name_at..)?.trim();
            (name_length(name) == name.len() && !name.is_empty())
                .then(|| inner.get(..name_at).map(|v| v.trim_end().len()))?
        });
        let length = swallowed.unwrap_or(length);
        let value = inner_at..inner_at + length;
        let last =
            body.get(length..).and_then(|rest| rest.chars().next()).filter(|&c| is_quote(c) && swallowed.is_none());
        let straight = if first == '\'' && last.is_none_or(|c| c == '\'') { "'" } else { "\"" };
        if first.to_string() != straight {
            self.change(open..inner_at, straight, CURLY);
        }
        if let Some(c) = last {
            let end = value.end + c.len_utf8();
            if c.to_string() != straight {
                self.change(value.end..end, straight, CURLY);
            }
            return (value, end);
        }
        let trimmed = self.text.get(value).unwrap_or("").trim_end();
        let trimmed = if body.get(length..).is_some_and(|rest| rest.starts_with('>')) {
            trimmed.strip_suffix('/').unwrap_or(trimmed).trim_end()
        } else {
            trimmed
        };
        let value = inner_at..inner_at + trimmed.len();
        let why = format!("The quotation mark that closes the value of {key} is missing.");
        self.change(value.end..value.end, straight, &why);
        (value.clone(), value.end)
    }

    /// What may not stand in a value.
    fn characters(&mut self, value: &Range<usize>) {
        let text = self.text.get(value.clone()).unwrap_or("").to_owned();
        for (at, c) in text.char_indices() {
            let here = value.start + at..value.start + at + c.len_utf8();
            if c == '<' {
                self.change(here, "&lt;", "A < in a value is written &lt; in XML.");
            } else if is_control(c) {
                self.change(here, "", "A control character may not stand in XML.");
            }
        }
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(bare_ampersand) {
            let at = from + at;
            self.change(value.start + at..value.start + at + 1, "&amp;", "An & in a value is written &amp; in XML.");
            from = at + 1;
        }
    }

    /// Of an attribute that stands twice the first stays, unless only the second says something.
    fn drop_twice(&mut self, first: &Attribute, second: &Attribute, key: &str) {
        let empty =
            |attribute: &Attribute| self.text.get(attribute.value.clone()).is_none_or(|value| value.trim().is_empty());
        let gone = if empty(first) && !empty(second) { first } else { second };
        let from = self.text.get(..gone.range.start).map_or(0, |before| before.trim_end_matches(is_blank).len());
        let differs = self.text.get(first.value.clone()) != self.text.get(second.value.clone());
        let why = if differs && !empty(first) && !empty(second) {
            format!(
                "{key} stands twice in one tag, with two values; the first one stays. Check that it is the right one."
            )
        } else {
            format!("{key} stands twice in one tag.")
        };
        // Whatever was to change within it goes with it.
        self.changes.retain(|change| change.range.end <= from || change.range.start >= gone.range.end);
        self.change(from..gone.range.end, "", &why);
    }

    fn odd_blanks(&mut self, range: Range<usize>) {
        for (at, c) in self.text.get(range.clone()).unwrap_or("").to_owned().char_indices() {
            if !is_blank(c) {
                let why = if is_invisible(c) { INVISIBLE } else { NO_BREAK };
                self.change(range.start + at..range.start + at + c.len_utf8(), "", why);
            }
        }
    }

    fn skip_odd(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + rest.len() - rest.trim_start_matches(|c| is_blank(c) || is_false_blank(c) || is_invisible(c)).len()
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..self.limit.max(at)).unwrap_or("")
    }

    fn change(&mut self, range: Range<usize>, text: &str, why: &str) {
        self.changes.push(Change::new(range, text, why));
    }
}

/// How long the value in front of `body` is meant to be.
fn value_length(body: &str, first: char) -> usize {
    // No farther than a value is long: a line of thousands of attributes is not looked through for each.
    let near = body.get(..body.floor_char_boundary(4096)).unwrap_or("");
    let line = near.split(['\n', '\r']).next().unwrap_or("");
    // A placeholder in angle brackets is part of the value: `"http://<PROXYADDRESS>:<PROXYPORT>"`.
    let is_straight = matches!(first, '"' | '\'');
    let same = if is_straight { line.find(first) } else { line.find(is_quote) };
    if let Some(end) = same {
        let value = line.get(..end).unwrap_or("");
        let brackets = value.matches('<').count();
        let quoted = value.contains(|c| is_quote(c) && !matches!(c, '\'' | '`'));
        let swallows = value.trim_end().ends_with('=');
        if !quoted && !swallows && brackets == value.matches('>').count() && (brackets > 0 || is_straight) {
            return end;
        }
    }
    body.find(|c: char| is_quote(c) || matches!(c, '<' | '>' | '\n' | '\r')).unwrap_or(body.len())
}

/// Whether a value holds another attribute: `"http://p:8080” bypassonlocal=“true"` is one value to XML and was meant
/// as two.
fn holds_attribute(value: &str) -> bool {
    let curly = |c: char| is_quote(c) && !matches!(c, '"' | '\'' | '`');
    value.match_indices('=').any(|(at, _)| value.get(at + 1..).is_some_and(|rest| rest.trim_start().starts_with(curly)))
        && value.matches(curly).count() > 1
}

/// A text as the value of an attribute in straight double quotes.
pub fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
