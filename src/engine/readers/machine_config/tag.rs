//! One tag of a configuration, read in the order and with the complaints of .NET's own reader.

use super::slip::Slip;
use super::xml::Attribute;
use crate::characters::{is_curly_quote, is_false_blank, is_invisible};
use std::collections::BTreeSet;
use std::ops::Range;

/// A start tag that .NET reads.
pub struct Tag {
    /// Where its name stands.
    pub name: Range<usize>,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
}

/// A start tag that .NET does not read.
pub struct BadTag {
    /// Where its name stands; empty when it has none.
    pub name: Range<usize>,
    /// The place that .NET names.
    pub at: usize,
    /// What .NET prints; `None` when the text ends within the tag.
    pub message: Option<String>,
    /// The slip that most likely led to it.
    pub slip: Slip,
    /// A place that shows the slip better.
    pub look_at: Option<Range<usize>>,
}

/// Reads the start tag whose `<` stands at `start`, or the declaration whose `?` does, in the order and with the
/// complaints of .NET's reader.
///
/// # Errors
///
/// The first complaint.
pub fn read_tag(text: &str, start: usize) -> Result<Tag, BadTag> {
    let name_start = start + 1;
    let is_declaration = character(text, start) == Some('?');
    let length = name_length(text.get(name_start..).unwrap_or(""));
    let name = name_start..name_start + length;
    let bad = |at: usize, message: String, slip: Slip| BadTag {
        name: name.clone(),
        at,
        message: Some(message),
        slip,
        look_at: None,
    };
    let end = || BadTag { name: name.clone(), at: text.len(), message: None, slip: Slip::EndMissing, look_at: None };
    if length == 0 {
        let Some(c) = character(text, name_start) else {
            return Err(end());
        };
        return Err(bad(name_start, bad_name_start(c), Slip::AngleBracket));
    }
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = name.end;
    let Some(c) = character(text, at) else {
        return Err(end());
    };
    if !(is_blank(c) || c == '>' || c == '/' || (c == '?' && is_declaration)) {
        return Err(bad(at, bad_name_character(c), stray_character(c)));
    }
    loop {
        let blank = skip_blank(text, at);
        let Some(c) = character(text, blank) else {
            return Err(end());
        };
        match c {
            '>' => break,
            // The end of a declaration, which begins with a question mark too.
            '?' if is_declaration => break,
            '/' => match character(text, blank + 1) {
                Some('>') => break,
                None => return Err(end()),
                Some(_) => {
                    // .NET reports the slash itself only when it follows the name without a blank.
                    let place = if blank == name.end { blank } else { blank + 1 };
                    let message = format!("{} is an unexpected token. The expected token is '>'.", token(text, place));
                    return Err(bad(place, message, Slip::Slash));
                }
            },
            _ => {}
        }
        let length = name_length(text.get(blank..).unwrap_or(""));
        if length == 0 {
            let mut fault = bad(blank, bad_name_start(c), stray_character(c));
            if c == '<' {
                fault.slip = Slip::TagOpen;
                fault.look_at = Some(start..name.end);
            } else {
                fault.look_at = curly_quote_before(text, &attributes);
                fault.slip = fault.look_at.as_ref().map_or(fault.slip, |_| Slip::CurlyQuote);
            }
            return Err(fault);
        }
        if blank == at {
            let message = format!("{} is an unexpected token. Expecting white space.", token(text, blank));
            let look_at = curly_quote_before(text, &attributes);
            let slip = match (&look_at, attributes.last()) {
                (Some(_), _) => Slip::CurlyQuote,
                (None, Some(last)) if last.text.ends_with('=') => Slip::QuoteMissing,
                _ => Slip::NoBlank,
            };
            let look_at = look_at.or_else(|| attributes.last().map(|last| last.name.start..last.value.end));
            return Err(BadTag { look_at, ..bad(blank, message, slip) });
        }
        let key = blank..blank + length;
        let equals = skip_blank(text, key.end);
        match character(text, equals) {
            Some('=') => {}
            None => return Err(end()),
            Some(_) => {
                let message = format!("{} is an unexpected token. The expected token is '='.", token(text, equals));
                let look_at = curly_quote_before(text, &attributes);
                let slip = if look_at.is_some() { Slip::CurlyQuote } else { Slip::NoValue };
                return Err(BadTag { look_at, ..bad(equals, message, slip) });
            }
        }
        let open = skip_blank(text, equals + 1);
        let Some(quote) = character(text, open) else {
            return Err(end());
        };
        if quote != '"' && quote != '\'' {
            let message = format!("{} is an unexpected token. The expected token is '\"' or '''.", token(text, open));
            let slip = if is_curly_quote(quote) { Slip::CurlyQuote } else { Slip::NoQuotes };
            return Err(bad(open, message, slip));
        }
        let (value, resolved) = read_value(text, open + 1, quote).map_err(|(place, message)| {
            // An unclosed value runs to the end of the text; only its first line is its own.
            let first_line =
                text.get(open + 1..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| open + 1 + at);
            let until = if place == open + 1 { first_line } else { place };
            let look_at = curly_in(text, open + 1..until);
            let slip = match () {
                () if look_at.is_some() => Slip::CurlyQuote,
                () if character(text, place) == Some('<') => Slip::Placeholder,
                () if message.starts_with("There is an unclosed") => Slip::QuoteMissing,
                () if message.contains("0x") => Slip::ControlCharacter,
                () => Slip::Ampersand,
            };
            let look_at = look_at.or(Some(key.start..(open + 1).min(text.len())));
            BadTag { look_at, ..bad(place, message, slip) }
        })?;
        let key_text = text.get(key.clone()).unwrap_or("");
        if !seen.insert(key_text) {
            let message = format!("'{key_text}' is a duplicate attribute name.");
            return Err(bad(key.start, message, Slip::AttributeTwice));
        }
        at = value.end + 1;
        attributes.push(Attribute { name: key, value, text: resolved });
    }
    Ok(Tag { name, attributes })
}

/// Reads a value up to its closing quote. Gives its place and its text with entities resolved.
fn read_value(text: &str, start: usize, quote: char) -> Result<(Range<usize>, String), (usize, String)> {
    let mut resolved = String::new();
    let mut at = start;
    while let Some(c) = character(text, at) {
        if c == quote {
            return Ok((start..at, resolved));
        }
        if c == '<' {
            return Err((at, "'<', hexadecimal value 0x3C, is an invalid attribute character.".to_owned()));
        }
        if is_control(c) {
            return Err((at, format!("'.', hexadecimal value 0x{:02X}, is an invalid character.", u32::from(c))));
        }
        if c == '&' {
            let (c, length) = read_reference(text, at)?;
            resolved.push(c);
            at += length;
        } else {
            resolved.push(c);
            at += c.len_utf8();
        }
    }
    Err((start, "There is an unclosed literal string.".to_owned()))
}

/// Reads the reference whose `&` stands at `start`: its character and its length. Only what XML itself declares
/// is known; nothing is ever expanded.
///
/// # Errors
///
/// The place that .NET names, and what it prints.
pub fn read_reference(text: &str, start: usize) -> Result<(char, usize), (usize, String)> {
    let body = text.get(start + 1..).unwrap_or("");
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, skip) = match number.strip_prefix('x') {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = digits.get(..length).and_then(|digits| u32::from_str_radix(digits, radix).ok());
        let at = start + skip + length;
        if let (Some(c), Some(";")) = (code.and_then(char::from_u32), digits.get(length..length + 1)) {
            return Ok((c, skip + length + 1));
        }
        let kind = if radix == 16 { "hexadecimal" } else { "decimal" };
        return Err((at.min(text.len()), format!("Invalid syntax for a {kind} numeric entity reference.")));
    }
    let length = name_length(body);
    if length == 0 {
        return Err((start + 1, "An error occurred while parsing EntityName.".to_owned()));
    }
    let after = start + 1 + length;
    if character(text, after) != Some(';') {
        return Err((
            after.min(text.len()),
            format!("{} is an unexpected token. The expected token is ';'.", token(text, after)),
        ));
    }
    let name = body.get(..length).unwrap_or("");
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            return Err((start + 1, format!("Reference to undeclared entity '{name}'.")));
        }
    };
    Ok((c, length + 2))
}

/// A value with its references resolved, as .NET's reader gives it; what is no reference stays as it is.
pub fn resolved(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut at = 0;
    while let Some(next) = value.get(at..).and_then(|rest| rest.find('&')) {
        text.push_str(value.get(at..at + next).unwrap_or(""));
        let (c, length) = read_reference(value, at + next).unwrap_or(('&', 1));
        text.push(c);
        at += next + length;
    }
    text + value.get(at..).unwrap_or("")
}

/// The first `&` of a value that begins no reference which XML knows.
pub fn bare_ampersand(value: &str) -> Option<usize> {
    value.match_indices('&').map(|(at, _)| at).find(|&at| read_reference(value, at).is_err())
}

/// Length in bytes of the XML name at the beginning of `text`.
pub fn name_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    match characters.next() {
        Some((_, c)) if c == '_' || c.is_alphabetic() => {}
        _ => return 0,
    }
    let part = |c: char| matches!(c, '_' | '-' | '.' | ':' | '\u{b7}') || c.is_alphanumeric();
    characters.find(|&(_, c)| !part(c)).map_or(text.len(), |(at, _)| at)
}

/// What .NET calls the token at a place: a whole name, or one character, in single quotes.
pub fn token(text: &str, at: usize) -> String {
    let rest = text.get(at..).unwrap_or("");
    let Some(first) = rest.chars().next() else {
        return "''".to_owned();
    };
    let part = |c: char| matches!(c, '_' | '-' | '.' | '\u{b7}') || c.is_alphanumeric();
    if !part(first) {
        return format!("'{first}'");
    }
    let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
    // Nobody needs more of a run-on token, and the message stays readable.
    format!("'{}'", rest.get(..length).unwrap_or("").chars().take(80).collect::<String>())
}

fn bad_name_start(c: char) -> String {
    format!("Name cannot begin with the '{c}' character, hexadecimal value 0x{:02X}.", u32::from(c))
}

fn bad_name_character(c: char) -> String {
    format!("The '{c}' character, hexadecimal value 0x{:02X}, cannot be included in a name.", u32::from(c))
}

/// The slip behind a character that may not stand in a tag.
fn stray_character(c: char) -> Slip {
    match c {
        _ if is_curly_quote(c) => Slip::CurlyQuote,
        _ if is_false_blank(c) => Slip::NoBreakSpace,
        _ if is_invisible(c) => Slip::Invisible,
        '<' => Slip::TagOpen,
        '"' | '\'' => Slip::QuoteTooMany,
        _ => Slip::StrayCharacter,
    }
}

/// Whether a quotation mark that is none to XML stands in a text.
pub fn has_curly_quote(text: &str) -> bool {
    text.contains(is_curly_quote)
}

/// A curly quote in the value before a fault: a value that begins straight and ends curly runs on.
fn curly_quote_before(text: &str, attributes: &[Attribute]) -> Option<Range<usize>> {
    let value = attributes.last()?.value.clone();
    curly_in(text, value)
}

fn curly_in(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let at = range.start + text.get(range)?.find(is_curly_quote)?;
    Some(first_character(text, at))
}

/// The range of the character at `at`; empty at the end of the text.
pub fn first_character(text: &str, at: usize) -> Range<usize> {
    at..at + character(text, at).map_or(0, char::len_utf8)
}

fn character(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The place of the first character from `at` on that is no blank.
pub fn skip_blank(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start_matches(is_blank).len()
}

/// White space of XML, which is not the white space of Unicode.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Characters that may not stand in XML.
pub fn is_control(c: char) -> bool {
    (c < ' ' && !is_blank(c)) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
