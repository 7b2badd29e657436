//! The tags of a text that may be no XML any more, and the changes that make each of them one: quotation marks,
//! blanks, brackets. Where the text is good, nothing is changed.

use super::draft::Change;
use super::names;
use super::tag::{self, Tag};
use crate::characters::{is_false_blank, is_invisible};
use crate::readers::machine_config::tag::{is_blank, is_control, name_length};
use std::ops::Range;

/// One thing in the text, in its order.
#[derive(Clone, Debug)]
pub enum Node {
    /// A start tag, or one that closes itself.
    Start(Tag),
    /// An end tag: its name, and the whole of it.
    End(Range<usize>, Range<usize>),
    /// A comment.
    Comment(Range<usize>),
    /// The `<?xml ...?>` line.
    Declaration(Tag),
    /// Text that is not blank, without the blanks around it.
    Text(Range<usize>),
    /// CDATA, a processing instruction, a document type.
    Other(Range<usize>),
}

/// What was read, and what has to change before it is XML.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// In order.
    pub nodes: Vec<Node>,
    /// Changes that make every tag one that .NET reads.
    pub changes: Vec<Change>,
    /// What nobody can mend without knowing what was meant.
    pub broken: Option<(usize, &'static str)>,
}

/// Reads a text. `is_file`: it is a file and nothing else, so that every character counts.
pub fn read(text: &str, is_file: bool) -> Markup {
    let mut markup = Markup::default();
    let mut at = 0;
    while at < text.len() {
        let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) else {
            run_of_text(text, at..text.len(), &mut markup);
            break;
        };
        let start = at + found;
        run_of_text(text, at..start, &mut markup);
        match one(text, start, is_file, &mut markup) {
            Some(end) => at = end.max(start + 1),
            None => break,
        }
    }
    markup
}

/// Reads what begins with the `<` at `start`, and tells where it ends.
fn one(text: &str, start: usize, is_file: bool, markup: &mut Markup) -> Option<usize> {
    let rest = text.get(start..)?;
    if rest.starts_with("<!--") {
        return comment(text, start, markup);
    }
    if rest.starts_with("<?") {
        let end = rest.find("?>").map(|end| start + end + 2);
        let Some(end) = end else {
            markup.broken = Some((start, "The <?xml ...?> line is not closed."));
            return None;
        };
        if rest.starts_with("<?xml") && rest.get(5..6).is_some_and(|c| !c.chars().all(char::is_alphanumeric)) {
            let (tag, changes) = tag::read(text, start + 1, Some(end - 2));
            markup.changes.extend(changes);
            markup.nodes.push(Node::Declaration(Tag { range: start..end, ..tag }));
        } else {
            markup.nodes.push(Node::Other(start..end));
        }
        return Some(end);
    }
    if rest.starts_with("<!") {
        let close = if rest.starts_with("<![CDATA[") { "]]>" } else { ">" };
        let Some(end) = rest.find(close) else {
            markup.broken = Some((start, "What begins with <! here is never closed."));
            return None;
        };
        markup.nodes.push(Node::Other(start..start + end + close.len()));
        return Some(start + end + close.len());
    }
    if rest.starts_with("</") {
        return Some(end_tag(text, start, markup));
    }
    if rest.get(1..).is_some_and(|rest| name_length(rest) > 0) {
        let (tag, changes) = tag::read(text, start, None);
        markup.changes.extend(changes);
        let end = tag.range.end;
        markup.nodes.push(Node::Start(tag));
        return Some(end);
    }
    // `< proxy`: a tag with a blank too many, where the name is one of ours; a bracket of the text otherwise.
    let blank = rest.get(1..)?.trim_start_matches(|c| is_blank(c) || is_false_blank(c) || is_invisible(c) || c == '<');
    let gap = rest.len() - blank.len();
    let name = blank.strip_prefix('/').unwrap_or(blank);
    let name = name.get(..name_length(name)).unwrap_or("");
    if names::element(name).is_some() {
        let why = format!("Nothing may stand between the opening bracket and the name {name}.");
        markup.changes.push(Change::new(start + 1..start + gap, "", why));
    } else if is_file {
        markup.changes.push(Change::new(start..start + 1, "&lt;", "A < that begins no tag is written &lt; in XML."));
    }
    Some(start + gap.max(1))
}

/// A comment may not hold two dashes in a row. One that holds another comment ends where the outer one was meant to.
fn comment(text: &str, start: usize, markup: &mut Markup) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = start;
    let mut first_end = None;
    let end = loop {
        let rest = text.get(at..)?;
        let (open, close) = (rest.find("<!--"), rest.find("-->"));
        match (open, close) {
            (Some(open), Some(close)) if open < close => {
                depth += 1;
                at += open + 4;
            }
            (_, Some(close)) => {
                at += close + 3;
                first_end.get_or_insert(at);
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break Some(at);
                }
            }
            _ => break first_end,
        }
    };
    let Some(end) = end else {
        let said =
            "The comment that begins here is never closed with -->, and nothing tells where it was meant to end.";
        markup.broken = Some((start, said));
        return None;
    };
    let inner = start + 4..end.saturating_sub(3).max(start + 4);
    let body = text.get(inner.clone()).unwrap_or("");
    let why = "A comment may not hold two dashes in a row: a blank parts them.";
    let mut dash = 0;
    for (offset, c) in body.char_indices() {
        dash = if c == '-' { dash + 1 } else { 0 };
        if dash >= 2 {
            markup.changes.push(Change::new(inner.start + offset..inner.start + offset, " ", why));
        }
    }
    if body.ends_with('-') {
        markup.changes.push(Change::new(inner.end..inner.end, " ", why));
    }
    markup.nodes.push(Node::Comment(start..end));
    Some(end)
}

fn end_tag(text: &str, start: usize, markup: &mut Markup) -> usize {
    let body = start + 2;
    let rest = text.get(body..).unwrap_or("");
    let gap = rest.len() - rest.trim_start_matches(|c| is_blank(c) || is_false_blank(c) || is_invisible(c)).len();
    let name_at = body + gap;
    let length = name_length(text.get(name_at..).unwrap_or(""));
    let name = name_at..name_at + length;
    let after = text.get(name.end..).unwrap_or("");
    let stop = after.find(['<', '>', '\n']).unwrap_or(after.len());
    let closed = after.get(stop..).is_some_and(|rest| rest.starts_with('>'));
    let shown = text.get(name.clone()).unwrap_or("");
    if length > 0 && gap > 0 {
        let why = format!("Nothing may stand between the opening bracket and the name {shown}.");
        markup.changes.push(Change::new(body..name_at, "", why));
    }
    let junk = after.get(..stop).unwrap_or("");
    if junk.contains(|c| !is_blank(c)) {
        let why = format!("An end tag holds its name and nothing else: </{shown}>.");
        markup.changes.push(Change::new(name.end..name.end + stop, "", why));
    }
    let end = name.end + stop + usize::from(closed);
    if !closed {
        let kept = name.end;
        let why = format!("The end tag </{shown}> lacks its closing bracket.");
        markup.changes.push(Change::new(kept..kept, ">", why));
        // The blanks behind it are no part of it.
        markup.nodes.push(Node::End(name.clone(), start..kept));
        return end;
    }
    markup.nodes.push(Node::End(name, start..end));
    end
}

/// Text between tags. Blanks that are none to XML become blanks; a lone ampersand becomes its entity.
fn run_of_text(text: &str, range: Range<usize>, markup: &mut Markup) {
    let run = text.get(range.clone()).unwrap_or("");
    let odd = |c: char| is_false_blank(c) || is_invisible(c);
    let is_only_blank = run.chars().all(|c| is_blank(c) || odd(c));
    for (at, c) in run.char_indices() {
        let here = range.start + at..range.start + at + c.len_utf8();
        if odd(c) && is_only_blank {
            let new = if is_false_blank(c) { " " } else { "" };
            let why = "Blanks from a mail, a chat or a web page are text to XML. Ordinary blanks take their place.";
            markup.changes.push(Change::new(here, new, why));
        } else if is_control(c) {
            markup.changes.push(Change::new(here, "", "A control character may not stand in XML."));
        }
    }
    if is_only_blank {
        return;
    }
    let start = range.start + run.len() - run.trim_start_matches(is_blank).len();
    let end = range.end - (run.len() - run.trim_end_matches(is_blank).len());
    markup.nodes.push(Node::Text(start..end));
}
