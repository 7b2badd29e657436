//! The elements of a configuration with what is needed to look at them.

use super::config::{Spanned, Switch};
use super::entities::whole;
use super::which_file::WhichFile;
use super::xml::{self, Attribute, Element};
use crate::artifact::{Part, Span};
use std::ops::Range;

/// A span of the report for a range of the private copy.
pub fn span(part: &Part, range: &Range<usize>) -> Span {
    part.span(whole(part.text(), range))
}

/// The elements with what is needed to look at them.
pub struct View<'a> {
    /// The part.
    pub part: &'a Part<'a>,
    /// Its text without quote marks of a mail.
    pub text: &'a str,
    /// Every element, in order.
    pub elements: &'a [Element],
    /// Which file it is.
    pub which: WhichFile,
}

/// Among so many attributes of an element one is looked for. A tag with more is none that somebody wrote, and each of
/// its children would look through all of them.
pub const MOST_ATTRIBUTES: usize = 100;

impl<'a> View<'a> {
    /// Name of an element as written.
    pub fn name(&self, element: &Element) -> &'a str {
        self.text.get(element.name.clone()).unwrap_or("")
    }

    /// The element around it.
    pub fn parent(&self, element: &Element) -> Option<&'a Element> {
        element.parent.and_then(|index| self.elements.get(index))
    }

    /// The name of the element around it; empty at the top. A `location` is looked through: it may hold any section.
    pub fn parent_name(&self, element: &Element) -> &'a str {
        match self.parent(element) {
            Some(parent) if self.name(parent) == "location" => {
                self.parent(parent).map_or("", |parent| self.name(parent))
            }
            Some(parent) => self.name(parent),
            None => "",
        }
    }

    /// Whether one of the elements around it has one of these names.
    pub fn inside(&self, element: &Element, names: &[&str]) -> bool {
        let mut at = self.parent(element);
        // The depth is bounded by the reader, or by a text without end tags: look at the nearest only.
        for _ in 0..xml::MAX_DEPTH {
            let Some(parent) = at else { return false };
            if names.contains(&self.name(parent)) {
                return true;
            }
            at = self.parent(parent);
        }
        false
    }

    /// The `location` around an element whose path leads to somewhere else, so that no program on the server reads
    /// it: `path` names a web site or an application.
    pub fn elsewhere(&self, element: &Element) -> Option<&'a Element> {
        let mut at = self.parent(element);
        for _ in 0..xml::MAX_DEPTH {
            let parent = at?;
            if self.name(parent) == "location" {
                let is_path = |attribute: &&Attribute| self.text.get(attribute.name.clone()) == Some("path");
                let path = parent.attributes.iter().take(MOST_ATTRIBUTES).find(is_path);
                return path.filter(|path| !matches!(path.text.trim(), "" | ".")).map(|_| parent);
            }
            at = self.parent(parent);
        }
        None
    }

    /// The 1-based line of an offset into the text, in the text as the user gave it.
    pub fn line(&self, offset: usize) -> usize {
        self.part.source.number_of(self.part.source.line_index(self.part.start + offset))
    }

    /// What .NET would call the file.
    pub fn file_name(&self) -> &'static str {
        self.which.file_name()
    }

    /// A span of the report.
    pub fn span(&self, range: &Range<usize>) -> Span {
        span(self.part, range)
    }

    /// The value of an attribute with its place.
    pub fn spanned(&self, attribute: &Attribute) -> Spanned {
        Spanned { text: attribute.text.clone(), span: self.span(&attribute.value) }
    }

    /// The attribute of this name; in any letter case, for what the author meant.
    pub fn attribute(&self, element: &'a Element, name: &str) -> Option<&'a Attribute> {
        let named = |attribute: &&Attribute| {
            self.text.get(attribute.name.clone()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        element.attributes.iter().take(MOST_ATTRIBUTES).find(named)
    }

    /// The attribute of this name as a switch.
    pub fn switch(&self, element: &'a Element, name: &str) -> Option<Switch> {
        let attribute = self.attribute(element, name)?;
        Some(Switch { value: truth(&attribute.text), written: self.spanned(attribute) })
    }

    /// Elements of this name in any letter case, as indices.
    pub fn named(&self, name: &'a str) -> impl Iterator<Item = (usize, &'a Element)> {
        let elements = self.elements.iter().enumerate();
        elements.filter(move |(_, element)| self.name(element).eq_ignore_ascii_case(name))
    }
}

/// A switch in any letter case, or a number as .NET's enumerations take it: any whole one, of which only -1 means
/// "Unspecified".
pub fn truth(value: &str) -> Option<bool> {
    let value = value.trim();
    if value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false") {
        return Some(value.eq_ignore_ascii_case("true"));
    }
    let number: i32 = value.strip_prefix('+').unwrap_or(value).parse().ok()?;
    (number != -1).then_some(number == 1)
}
