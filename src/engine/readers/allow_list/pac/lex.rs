//! The words of a script.

use std::ops::Range;

/// One word, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
    /// A line ends before it: where a semicolon may be left out.
    pub after_line: bool,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Name(String),
    Text(String),
    Number(f64),
    /// Pattern and flags.
    Regex(String, String),
    Mark(&'static str),
    End,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub what: String,
}

/// The longest first, so that `==` is not read as two marks.
const MARKS: &[&str] = &[
    "===", "!==", ">>>", "...", "**=", "==", "!=", "<=", ">=", "&&", "||", "??", "=>", "++", "--", "+=", "-=", "*=",
    "/=", "|=", "&=", "<<", ">>", "?.", "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&",
    "|", "^", "!", "~", "?", ":", "=", ".", "@", "#",
];

/// Cuts a script into words.
pub fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut after_line = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() || first == '\u{FEFF}' {
            after_line |= matches!(first, '\n' | '\r');
            at += first.len_utf8();
        } else if rest.starts_with("//") || rest.starts_with("<!--") {
            at += rest.find(['\n', '\r']).unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            let Some(end) = rest.find("*/") else {
                return Err(Fault { at, what: "A comment begins here with /* and never ends.".to_owned() });
            };
            at += end + 2;
        } else {
            let (kind, length) = if let '"' | '\'' | '`' = first {
                text_at(rest, first, at)?
            } else if first.is_alphabetic() || matches!(first, '_' | '$') {
                let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len());
                (Kind::Name(rest.get(..length).unwrap_or("").to_owned()), length)
            } else if first.is_ascii_digit() {
                let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
                (Kind::Number(rest.get(..length).and_then(|digits| digits.parse().ok()).unwrap_or(f64::NAN)), length)
            } else if first == '/' && may_begin_regex(tokens.last()) {
                regex_at(rest, at)?
            } else if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
                (Kind::Mark(mark), mark.len())
            } else {
                let quote = if matches!(first, '“' | '”' | '‘' | '’' | '„') {
                    ": a typographic quote; write \" or '"
                } else {
                    ""
                };
                return Err(Fault { at, what: format!("Expected JavaScript, but found \"{first}\"{quote}.") });
            };
            tokens.push(Token { kind, range: at..at + length, after_line });
            after_line = false;
            at += length;
        }
    }
    tokens.push(Token { kind: Kind::End, range: text.len()..text.len(), after_line: true });
    Ok(tokens)
}

fn text_at(rest: &str, quote: char, at: usize) -> Result<(Kind, usize), Fault> {
    let mut value = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((index, letter)) = letters.next() {
        match letter {
            _ if letter == quote => return Ok((Kind::Text(value), index + 1)),
            '\\' => match letters.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((_, '\n' | '\r')) | None => {}
                Some((_, other)) => value.push(other),
            },
            '\n' | '\r' if quote != '`' => break,
            _ => value.push(letter),
        }
    }
    Err(Fault { at, what: format!("A text begins here with {quote} and does not end on its line.") })
}

fn regex_at(rest: &str, at: usize) -> Result<(Kind, usize), Fault> {
    let mut in_class = false;
    let mut letters = rest.char_indices().skip(1);
    while let Some((index, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '\n' | '\r' => break,
            '/' if !in_class => {
                let tail = rest.get(index + 1..).unwrap_or("");
                let flags = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
                let pattern = rest.get(1..index).unwrap_or("").to_owned();
                return Ok((Kind::Regex(pattern, tail.get(..flags).unwrap_or("").to_owned()), index + 1 + flags));
            }
            _ => {}
        }
    }
    Err(Fault { at, what: "A regular expression begins here and does not end on its line.".to_owned() })
}

/// Whether a slash here begins an expression: behind a value it divides.
fn may_begin_regex(before: Option<&Token>) -> bool {
    match before.map(|token| &token.kind) {
        None => true,
        Some(Kind::Mark(mark)) => !matches!(*mark, ")" | "]" | "}"),
        Some(Kind::Name(name)) => matches!(name.as_str(), "return" | "typeof" | "case" | "in" | "of"),
        Some(_) => false,
    }
}
