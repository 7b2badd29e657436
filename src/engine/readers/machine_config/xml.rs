//! The XML of a configuration file, read as strictly as .NET's own reader reads it, up to the first fault.
//!
//! quick-xml cuts the text into tags; this file checks what quick-xml lets pass and .NET does not, and says it
//! in the words that .NET prints.

use super::slip::Slip;
use super::tag::{
    BadTag, first_character, has_curly_quote, is_blank, is_control, name_length, read_reference, read_tag, token,
};
use crate::characters::is_curly_quote;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What .NET prints about an XML declaration that is not the very beginning.
pub const LATE_DECLARATION: &str = "Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space characters are allowed to appear before it.";

/// How deep elements may be nested. A machine.config reaches about ten.
pub const MAX_DEPTH: usize = 256;

/// One attribute. Ranges are offsets into the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Where the name stands.
    pub name: Range<usize>,
    /// Where the value stands, without its quotes.
    pub value: Range<usize>,
    /// The value, entities resolved.
    pub text: String,
}

impl Attribute {
    /// From the name to the closing quote, whatever shape that has.
    pub fn whole(&self, text: &str) -> Range<usize> {
        let behind = text.get(self.value.end..).and_then(|rest| rest.chars().next());
        let quote = behind.filter(|c| matches!(c, '"' | '\'') || is_curly_quote(*c));
        self.name.start..self.value.end + quote.map_or(0, char::len_utf8)
    }
}

/// One element, in the order of the start tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Where the name stands.
    pub name: Range<usize>,
    /// The start tag, from `<` to `>`.
    pub tag: Range<usize>,
    /// The end tag, from `</` to `>`, where it has one.
    pub end: Option<Range<usize>>,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
    /// Index of the element around it.
    pub parent: Option<usize>,
    /// The first text or CDATA directly inside it that is not blank.
    pub text: Option<Range<usize>>,
}

/// Why .NET refuses the XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place that .NET names; at least one character where the text has one.
    pub at: Range<usize>,
    /// What .NET prints, without the line and the position behind it.
    pub message: String,
    /// What most likely led to it.
    pub slip: Slip,
    /// A better place to look at than the one that .NET names.
    pub look_at: Option<Range<usize>>,
    /// False when a cut-off copy of a good file would look the same.
    pub certain: bool,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Every element up to the fault.
    pub elements: Vec<Element>,
    /// Every comment, from `<!--` to `-->`.
    pub comments: Vec<Range<usize>>,
    /// The value of `encoding` in the XML declaration.
    pub encoding: Option<Range<usize>>,
    /// The first fault, if any; nothing behind it was read.
    pub fault: Option<Fault>,
}

/// Reads `text`. `is_file` says that the text is a whole file with a name of its own, so that what stands around
/// the root was not left there by copying. `position` gives line and column of an offset for the messages.
pub fn parse(text: &str, is_file: bool, position: &dyn Fn(usize) -> (usize, usize)) -> Document {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut state = State {
        text,
        is_file,
        document: Document::default(),
        open: Vec::new(),
        root: Root::Before,
        stray: None,
        has_doctype: false,
        prefixes: BTreeMap::new(),
    };
    let mut before = 0;
    loop {
        let event = reader.read_event();
        let after = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        let step = match event {
            Ok(Event::Eof) => state.end_of_file(),
            Ok(event) => state.event(&event, before..after.max(before), position),
            Err(_) => Err(state.unreadable(before)),
        };
        match step {
            Ok(Step::Continue) => {}
            Ok(Step::Stop) => break,
            Err(fault) => {
                state.document.fault = Some(fault);
                break;
            }
        }
        before = after.max(before);
    }
    state.document
}

/// Whether reading goes on.
enum Step {
    Continue,
    Stop,
}

/// Where the reading is in relation to the root element `configuration`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// Not seen: this may be a fragment.
    Before,
    /// Inside.
    Inside,
    /// It is closed; nothing but comments may follow.
    After,
}

struct State<'a> {
    text: &'a str,
    is_file: bool,
    document: Document,
    /// Indices of the open elements.
    open: Vec<usize>,
    root: Root,
    /// The first text outside of every element.
    stray: Option<Range<usize>>,
    /// A document type was seen. Its entities are not read: what uses them cannot be judged.
    has_doctype: bool,
    /// The prefixes that open elements declare, and how often.
    prefixes: BTreeMap<&'a str, usize>,
}

impl<'a> State<'a> {
    fn event(
        &mut self,
        event: &Event,
        range: Range<usize>,
        position: &dyn Fn(usize) -> (usize, usize),
    ) -> Result<Step, Fault> {
        match event {
            Event::Start(_) => self.start(range, false),
            Event::Empty(_) => self.start(range, true),
            Event::End(_) => self.end(range, position),
            Event::Text(_) => self.characters(range),
            Event::CData(_) => self.cdata(range),
            Event::GeneralRef(_) => self.reference(range),
            Event::Comment(_) => self.comment(range),
            Event::Decl(_) => self.declaration(range),
            Event::DocType(_) => {
                self.has_doctype = true;
                Ok(Step::Continue)
            }
            Event::PI(_) | Event::Eof => Ok(Step::Continue),
        }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    fn start(&mut self, range: Range<usize>, empty: bool) -> Result<Step, Fault> {
        let name_at = range.start + 1;
        if self.root == Root::After && self.open.is_empty() {
            // A second file pasted behind the first one begins with `<configuration>` too; a file has one root.
            let mut fault =
                fault(first_character(self.text, name_at), "There are multiple root elements.", Slip::BehindRoot);
            fault.look_at = Some(range);
            return Err(fault);
        }
        let tag = read_tag(self.text, range.start).map_err(|bad| self.tag_fault(bad))?;
        let name = self.slice(tag.name.clone());
        if self.open.is_empty() && name == "configuration" {
            if let Some(stray) = self.stray.take().filter(|_| self.is_file) {
                return Err(fault(first_character(self.text, stray.start), ROOT_DATA, Slip::TextBeforeRoot));
            }
            self.root = if empty { Root::After } else { Root::Inside };
        }
        let parent = self.open.last().copied();
        if let Some(fault) = self.undeclared_prefix(&tag.name, &tag.attributes) {
            return Err(fault);
        }
        self.document.elements.push(Element {
            name: tag.name,
            tag: range.clone(),
            end: None,
            attributes: tag.attributes,
            parent,
            text: None,
        });
        if !empty {
            let index = self.document.elements.len() - 1;
            self.open.push(index);
            self.declare_prefixes(index, true);
        }
        if self.open.len() > MAX_DEPTH {
            return Err(fault(range, "", Slip::TooDeep));
        }
        Ok(Step::Continue)
    }

    /// The first name of a tag whose prefix neither this tag nor one around it declares. A piece of a file does not
    /// show what the root declares.
    fn undeclared_prefix(&self, name: &Range<usize>, attributes: &[Attribute]) -> Option<Fault> {
        let is_whole = self.root == Root::Inside;
        let names = std::iter::once(name).chain(attributes.iter().map(|attribute| &attribute.name));
        let prefixed = names.filter_map(|name| {
            let prefix = self.slice(name.clone()).split_once(':')?.0;
            (is_whole && !matches!(prefix, "xml" | "xmlns")).then_some((name, prefix))
        });
        let own: BTreeSet<&str> = attributes.iter().filter_map(|attribute| self.declared_prefix(attribute)).collect();
        for (name, prefix) in prefixed {
            if !self.prefixes.contains_key(prefix) && !own.contains(prefix) {
                let message = format!("'{prefix}' is an undeclared prefix.");
                return Some(fault(name.clone(), message, Slip::Prefix));
            }
        }
        None
    }

    /// The prefix that an attribute declares.
    fn declared_prefix(&self, attribute: &Attribute) -> Option<&'a str> {
        self.text.get(attribute.name.clone())?.strip_prefix("xmlns:")
    }

    /// Counts the prefixes that an element declares while it is open.
    fn declare_prefixes(&mut self, index: usize, open: bool) {
        let Some(element) = self.document.elements.get(index) else { return };
        let prefixes: Vec<&str> = element.attributes.iter().filter_map(|a| self.declared_prefix(a)).collect();
        for prefix in prefixes {
            let count = self.prefixes.entry(prefix).or_default();
            *count = if open { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                self.prefixes.remove(prefix);
            }
        }
    }

    fn end(&mut self, range: Range<usize>, position: &dyn Fn(usize) -> (usize, usize)) -> Result<Step, Fault> {
        let name_start = range.start + 2;
        let name_end = name_start + name_length(self.slice(name_start..range.end));
        let name = name_start..name_end;
        let Some(top) = self.open.last().and_then(|&index| self.document.elements.get(index)) else {
            if self.root == Root::After {
                return if self.is_file {
                    Err(fault(name, "Unexpected end tag.", Slip::EndTagLeftOver))
                } else {
                    Ok(Step::Stop)
                };
            }
            // The copy begins in the middle of the file.
            if self.slice(name) == "configuration" {
                self.root = Root::After;
            }
            return Ok(Step::Continue);
        };
        let (opened, closed) = (self.slice(top.name.clone()), self.slice(name.clone()));
        if opened != closed {
            let (line, column) = position(top.name.start);
            let message = format!(
                "The '{opened}' start tag on line {line} position {column} does not match the end tag of '{closed}'."
            );
            let slip = if opened.eq_ignore_ascii_case(closed) {
                Slip::EndTagCase
            } else if closed.is_empty() {
                Slip::EndTagNameless
            } else {
                Slip::EndTagMismatch
            };
            let look_at = Some(top.tag.clone());
            let name = if name.is_empty() { range } else { name };
            return Err(Fault { at: name, message, slip, look_at, certain: true });
        }
        let rest = self.slice(name_end..range.end.saturating_sub(1));
        if let Some(at) = rest.find(|c| !is_blank(c)) {
            let at = name_end + at;
            let message = format!("{} is an unexpected token. The expected token is '>'.", token(self.text, at));
            return Err(fault(first_character(self.text, at), message, Slip::EndTagOpen));
        }
        if let Some(index) = self.open.pop() {
            self.declare_prefixes(index, false);
            if let Some(element) = self.document.elements.get_mut(index) {
                element.end = Some(range);
            }
        }
        if self.open.is_empty() && self.root == Root::Inside {
            self.root = Root::After;
        }
        Ok(Step::Continue)
    }

    fn characters(&mut self, range: Range<usize>) -> Result<Step, Fault> {
        let text = self.slice(range.clone());
        if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_control(c)) {
            let at = range.start + at;
            let message = format!("'.', hexadecimal value 0x{:02X}, is an invalid character.", u32::from(c));
            return Err(fault(first_character(self.text, at), message, Slip::ControlCharacter));
        }
        let Some(at) = text.find(|c| !is_blank(c)) else {
            return Ok(Step::Continue);
        };
        let first = range.start + at;
        let shown = first..range.end - (text.len() - text.trim_end_matches(is_blank).len());
        if let Some(&top) = self.open.last() {
            // quick-xml keeps a lone `&` in the text; .NET wants an entity there.
            if text.starts_with('&') {
                return self.reference(range);
            }
            if let Some(element) = self.document.elements.get_mut(top)
                && element.text.is_none()
            {
                element.text = Some(shown);
            }
            return Ok(Step::Continue);
        }
        match self.root {
            Root::After if self.is_file => {
                Err(fault(first_character(self.text, first), ROOT_DATA, Slip::TextBehindRoot))
            }
            Root::After => Ok(Step::Stop),
            Root::Before | Root::Inside => {
                self.stray.get_or_insert(shown);
                Ok(Step::Continue)
            }
        }
    }

    fn cdata(&mut self, range: Range<usize>) -> Result<Step, Fault> {
        if let Some(element) = self.open.last().and_then(|&top| self.document.elements.get_mut(top)) {
            element.text.get_or_insert(range);
            return Ok(Step::Continue);
        }
        if self.is_file {
            return Err(fault(range, ROOT_DATA, Slip::TextOutside));
        }
        Ok(Step::Continue)
    }

    fn reference(&mut self, range: Range<usize>) -> Result<Step, Fault> {
        match read_reference(self.text, range.start) {
            Ok(_) => {
                if let Some(element) = self.open.last().and_then(|&top| self.document.elements.get_mut(top)) {
                    element.text.get_or_insert(range);
                }
                Ok(Step::Continue)
            }
            Err((at, message)) if !self.open.is_empty() => {
                // Between elements .NET takes no entity, declared or not.
                let fault = self.of_entity(fault(first_character(self.text, at), message, Slip::Ampersand));
                Err(Fault { certain: true, ..fault })
            }
            Err(_) => Ok(Step::Continue),
        }
    }

    fn comment(&mut self, range: Range<usize>) -> Result<Step, Fault> {
        let inner = range.start + 4..range.end.saturating_sub(3);
        let body = self.slice(inner.clone());
        // A comment may not end in `--->` either: the last dash of the body counts.
        let dashes = body.find("--").or_else(|| body.ends_with('-').then(|| body.len() - 1));
        if let Some(at) = dashes {
            let at = inner.start + at;
            let message = "An XML comment cannot contain '--', and '-' cannot be the last character.";
            return Err(fault(at..at + 1, message, Slip::CommentDashes));
        }
        self.document.comments.push(range);
        Ok(Step::Continue)
    }

    fn declaration(&mut self, range: Range<usize>) -> Result<Step, Fault> {
        let something_before =
            !self.document.elements.is_empty() || !self.document.comments.is_empty() || self.stray.is_some();
        if something_before || (self.is_file && range.start > 0) {
            if self.root == Root::After && !self.is_file {
                return Ok(Step::Stop);
            }
            let slip = if something_before { Slip::DeclarationLate } else { Slip::DeclarationAfterBlank };
            return Err(fault(range.start..range.start + 5, LATE_DECLARATION, slip));
        }
        if let Ok(tag) = read_tag(self.text, range.start + 1) {
            let wanted = |attribute: &&Attribute| self.slice(attribute.name.clone()) == "encoding";
            self.document.encoding = tag.attributes.iter().find(wanted).map(|attribute| attribute.value.clone());
            return Ok(Step::Continue);
        }
        match read_tag(self.text, range.start + 1) {
            Err(BadTag { at, message: Some(message), look_at, .. }) if has_curly_quote(self.slice(range.clone())) => {
                let at = first_character(self.text, at);
                Err(Fault { at, message, slip: Slip::CurlyQuote, look_at, certain: true })
            }
            _ => Ok(Step::Continue),
        }
    }

    fn end_of_file(&mut self) -> Result<Step, Fault> {
        if self.open.is_empty() {
            if self.document.elements.is_empty() && self.root == Root::Before && self.is_file {
                if let Some(stray) = &self.stray {
                    return Err(fault(first_character(self.text, stray.start), ROOT_DATA, Slip::NoXml));
                }
                return Err(fault(first_character(self.text, 0), "Root element is missing.", Slip::Empty));
            }
            return Ok(Step::Stop);
        }
        Err(self.unclosed(None))
    }

    /// The fault of a text that ends before everything is closed.
    fn unclosed(&self, inner: Option<&Range<usize>>) -> Fault {
        let names = inner.into_iter().cloned().chain(
            self.open
                .iter()
                .rev()
                .filter_map(|&index| self.document.elements.get(index))
                .map(|element| element.name.clone()),
        );
        let names: Vec<&str> = names.map(|name| self.slice(name)).collect();
        let message = format!(
            "Unexpected end of file has occurred. The following elements are not closed: {}.",
            names.join(", ")
        );
        let look_at =
            self.open.last().and_then(|&index| self.document.elements.get(index)).map(|element| element.tag.clone());
        let last = self.text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
        Fault { at: first_character(self.text, last), message, slip: Slip::EndMissing, look_at, certain: self.is_file }
    }

    fn tag_fault(&self, bad: BadTag) -> Fault {
        let Some(message) = bad.message else {
            return self.unclosed(Some(&bad.name));
        };
        self.of_entity(Fault {
            at: first_character(self.text, bad.at),
            message,
            slip: bad.slip,
            look_at: bad.look_at,
            certain: true,
        })
    }

    /// An entity that nothing declares may be one of the document type's own.
    fn of_entity(&self, fault: Fault) -> Fault {
        let own = self.has_doctype && fault.message.starts_with("Reference to undeclared entity");
        if own { Fault { slip: Slip::DocumentType, certain: false, ..fault } } else { fault }
    }

    /// What .NET says about text in which quick-xml finds no end of a tag, a comment or the like.
    fn unreadable(&self, from: usize) -> Fault {
        let rest = self.slice(from..self.text.len());
        let from = from + rest.find('<').unwrap_or(0);
        let rest = self.slice(from..self.text.len());
        let open = |what: &str, slip: Slip| {
            let message = format!("Unexpected end of file while parsing {what} has occurred.");
            Fault { certain: self.is_file, ..fault(first_character(self.text, from), message, slip) }
        };
        if rest.starts_with("<!--") {
            return open("Comment", Slip::CommentOpen);
        }
        if rest.starts_with("<![CDATA[") {
            return open("CDATA", Slip::CdataOpen);
        }
        if rest.starts_with("<?") {
            return open("PI", Slip::DeclarationOpen);
        }
        if rest.starts_with("<!") {
            let at = from + 2;
            let message =
                format!("{} is an unexpected token. The expected token is '<!--' or '<[CDATA['.", token(self.text, at));
            return fault(first_character(self.text, at), message, Slip::NotAComment);
        }
        if rest.starts_with("</") {
            return self.unclosed(None);
        }
        match read_tag(self.text, from) {
            Err(bad) => self.tag_fault(bad),
            Ok(_) => self.unclosed(None),
        }
    }
}

const ROOT_DATA: &str = "Data at the root level is invalid.";

fn fault(at: Range<usize>, message: impl Into<String>, slip: Slip) -> Fault {
    Fault { at, message: message.into(), slip, look_at: None, certain: true }
}
