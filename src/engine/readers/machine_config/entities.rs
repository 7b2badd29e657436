//! Markup that a portal or a web page wrote as HTML entities.

use super::block::STARTERS;
use super::plain::blank;
use std::borrow::Cow;
use std::ops::Range;

/// The text with markup in place of entities, where a configuration is written in entities.
pub fn unescaped(text: &str) -> Option<String> {
    let begins = |line: &str| escaped_start(&without_html(line));
    let level = text.lines().filter(|line| line.contains('&')).filter_map(begins).max()?;
    let mut copy = String::with_capacity(text.len());
    // Entities between lines of real markup were put into the file like that; that is a fault of the file.
    let mut within_markup = false;
    for line in text.split_inclusive('\n') {
        let clean = without_html(line);
        let start = clean.trim_start_matches(['>', ' ', '\t']);
        if start.starts_with('<') {
            within_markup = true;
        } else if !start.trim().is_empty() && !start.starts_with('&') {
            within_markup = false;
        }
        if within_markup || clean.contains('<') || !clean.contains('&') {
            copy.push_str(if within_markup { line } else { &clean });
        } else {
            decode(&clean, level == Level::Double, &mut copy);
        }
    }
    Some(copy)
}

/// The range in the user's text for one in the copy: a tag or a quotation mark that was an entity is shown whole.
pub fn whole(text: &str, range: &Range<usize>) -> Range<usize> {
    let mut range = range.clone();
    if text.get(range.start..).is_some_and(|rest| rest.starts_with(';'))
        && let Some(and) = last_ampersand(text, range.start)
        && entity(text.get(and..).unwrap_or(""), true).is_some_and(|(_, length)| and + length == range.start + 1)
    {
        range.start = and;
    }
    if range.end > range.start
        && let Some((_, length)) = text.get(range.end - 1..).and_then(|rest| entity(rest, true))
    {
        range.end += length - 1;
    }
    range
}

/// The last `&` in front of a place, as near as that of an entity has to be.
fn last_ampersand(text: &str, end: usize) -> Option<usize> {
    let near = end.saturating_sub(10);
    text.as_bytes().get(near..end)?.iter().rposition(|&byte| byte == b'&').map(|at| near + at)
}

/// How often the markup was written as entities.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Single,
    Double,
}

/// Whether a line begins with a tag of a configuration whose `<` is an entity.
fn escaped_start(line: &str) -> Option<Level> {
    let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let (mark, length) = entity(line, true)?;
    let name = line.get(length..)?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '?'))).unwrap_or(name.len());
    let name = name.get(..end)?;
    let known = mark == '<' && STARTERS.iter().any(|starter| name.eq_ignore_ascii_case(starter));
    let double = line.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("&amp;"));
    known.then_some(if double { Level::Double } else { Level::Single })
}

/// Tags of a web page that surround the lines of a listing.
const HTML: [&str; 16] =
    ["a", "b", "blockquote", "body", "br", "code", "div", "html", "i", "li", "p", "pre", "span", "td", "tr", "table"];

/// The line with blanks in place of the tags of a web page.
fn without_html(line: &str) -> Cow<'_, str> {
    if !line.contains('<') {
        return Cow::Borrowed(line);
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(found) = line.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        at = start + 1;
        let rest = line.get(at..).unwrap_or("");
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let known = name.get(..end).is_some_and(|name| HTML.iter().any(|tag| name.eq_ignore_ascii_case(tag)));
        if known {
            // Without an end of this tag there is none of a later one either.
            let Some(close) = rest.find('>') else { break };
            at += close + 1;
            ranges.push(start..at);
        }
    }
    if ranges.is_empty() { Cow::Borrowed(line) } else { Cow::Owned(blank(line, &ranges)) }
}

/// Puts the line into `copy`, each entity as its character. The blanks that make up for its length stand outside
/// of the tag or the value that it begins or ends.
fn decode(line: &str, double: bool, copy: &mut String) {
    let mut quote = None;
    let mut rest = line;
    while let Some(at) = rest.find('&') {
        let (before, here) = rest.split_at(at);
        copy.push_str(before);
        let Some((c, length)) = entity(here, double) else {
            copy.push('&');
            rest = here.get(1..).unwrap_or("");
            continue;
        };
        let pad = std::iter::repeat_n(' ', length.saturating_sub(c.len_utf8()));
        let opens = match c {
            '<' => true,
            '"' | '\'' if quote.is_none() => true,
            _ => false,
        };
        match c {
            '<' | '>' => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            _ => {}
        }
        if opens {
            copy.extend(pad);
            copy.push(c);
        } else {
            copy.push(c);
            copy.extend(pad);
        }
        rest = here.get(length..).unwrap_or("");
    }
    copy.push_str(rest);
}

/// Entities of markup, with what they stand for. An ampersand itself is left: XML needs it as an entity too.
const ENTITIES: [(&str, char); 20] = [
    ("lt;", '<'),
    ("#60;", '<'),
    ("#x3c;", '<'),
    ("gt;", '>'),
    ("#62;", '>'),
    ("#x3e;", '>'),
    ("quot;", '"'),
    ("#34;", '"'),
    ("#x22;", '"'),
    ("apos;", '\''),
    ("#39;", '\''),
    ("#x27;", '\''),
    ("nbsp;", ' '),
    ("#160;", ' '),
    ("#xa0;", ' '),
    ("ldquo;", '“'),
    ("rdquo;", '”'),
    ("bdquo;", '„'),
    ("#8220;", '“'),
    ("#8221;", '”'),
];

/// The entity at the beginning of a text, and its length. `double`: also one whose ampersand is an entity itself.
fn entity(text: &str, double: bool) -> Option<(char, usize)> {
    let starts = |text: &str, name: &str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let first = text.strip_prefix('&')?;
    let body = if double && starts(first, "amp;") { first.get(4..)? } else { first };
    let (name, c) = ENTITIES.iter().find(|(name, _)| starts(body, name))?;
    Some((*c, text.len() - body.len() + name.len()))
}

#[cfg(test)]
mod tests {
    use super::super::plain::markup;

    #[test]
    fn entities_become_markup_with_the_blanks_outside_of_names_and_values() {
        for (text, expected) in [
            ("&lt;proxy a=&quot;b&quot;/&gt;", "   <proxy a=     \"b\"     />   "),
            ("&lt;proxy a=&#39;b&#39;>", "   <proxy a=    'b'    >"),
            ("&amp;lt;proxy a=&amp;quot;b&amp;quot;&amp;gt;", "       <proxy a=         \"b\"         >       "),
            ("<p>&lt;proxy a=\"b &amp;amp; c\"&gt;<br/>", "      <proxy a=\"b &amp;amp; c\">        "),
        ] {
            assert_eq!(markup(text), expected);
        }
    }

    #[test]
    fn entities_that_stand_within_the_real_file_are_left_for_what_they_are() {
        let text = "<configuration>\n&lt;system.net&gt;\n&lt;/system.net&gt;\n</configuration>\n";
        assert_eq!(markup(text), text);
        let value = "<proxy scriptLocation=\"http://p/a?x=&lt;y&gt;\"/>\n";
        assert_eq!(markup(value), value);
    }
}
