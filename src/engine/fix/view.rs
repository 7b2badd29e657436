//! The tree with what the changes of the proxy part ask of it.

use super::draft::Change;
use super::layout;
use super::names;
use super::nesting::{Element, Tree};
use super::tag::{Attribute, Tag, escaped};
use crate::readers::machine_config::tag::resolved;
use std::ops::Range;

/// A text and its tree.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The text.
    pub text: &'a str,
    /// Its elements.
    pub tree: &'a Tree,
}

impl<'a> View<'a> {
    /// The text at a range.
    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// The element with this index.
    pub fn element(&self, index: usize) -> Option<&'a Element> {
        self.tree.elements.get(index)
    }

    /// The name of an element as written.
    pub fn name(&self, element: &Element) -> &'a str {
        self.slice(&element.tag.name)
    }

    /// The element around it; `location`, which may hold any section, is looked through.
    pub fn parent(&self, element: &Element) -> Option<(usize, &'a Element)> {
        let mut index = element.parent?;
        let mut parent = self.element(index)?;
        while self.name(parent) == "location" {
            index = parent.parent?;
            parent = self.element(index)?;
        }
        Some((index, parent))
    }

    /// Its name; empty at the top.
    pub fn parent_name(&self, element: &Element) -> &'a str {
        self.parent(element).map_or("", |(_, parent)| self.name(parent))
    }

    /// Whether an element around it has this name.
    pub fn inside(&self, element: &Element, name: &str) -> bool {
        let mut parent = element.parent;
        while let Some(element) = parent.and_then(|index| self.element(index)) {
            if self.name(element).eq_ignore_ascii_case(name) {
                return true;
            }
            parent = element.parent;
        }
        false
    }

    /// The part of the proxy settings that an element is or is meant to be: `system.net`, `defaultProxy`, `proxy`,
    /// `bypasslist`, and `add`, `remove` or `clear` within that.
    pub fn role(&self, element: &Element) -> Option<&'static str> {
        let role = names::element(self.name(element))?;
        if self.inside(element, "configSections") {
            return None;
        }
        let around = names::element(self.parent_name(element));
        let known = match role {
            "system.net" | "defaultProxy" => true,
            "bypasslist" | "proxy" => {
                let ours = matches!(
                    around,
                    None | Some("configuration" | "system.net" | "defaultProxy" | "proxy" | "bypasslist")
                );
                let top = self.parent(element).is_none();
                (ours && (around.is_some() || top)) || self.attribute(element, "proxyaddress").is_some()
            }
            "add" | "remove" | "clear" => matches!(around, Some("bypasslist" | "defaultProxy" | "proxy")),
            _ => false,
        };
        known.then_some(role)
    }

    /// Elements in this role, with their index.
    pub fn in_role(&self, role: &'static str) -> impl Iterator<Item = (usize, &'a Element)> {
        let view = *self;
        self.tree.elements.iter().enumerate().filter(move |(_, element)| view.role(element) == Some(role))
    }

    /// Elements directly in it.
    pub fn children(&self, index: usize) -> impl Iterator<Item = (usize, &'a Element)> {
        self.tree.elements.iter().enumerate().filter(move |(_, element)| element.parent == Some(index))
    }

    /// The attribute with this very name.
    pub fn attribute(&self, element: &'a Element, name: &str) -> Option<&'a Attribute> {
        element.tag.attributes.iter().find(|attribute| self.slice(&attribute.name) == name)
    }

    /// Its value, entities resolved.
    pub fn value(&self, element: &'a Element, name: &str) -> Option<String> {
        self.attribute(element, name).map(|attribute| resolved(self.slice(&attribute.value)))
    }

    /// The `defaultProxy` that counts.
    pub fn section(&self) -> Option<(usize, &'a Element)> {
        let placed = |element: &Element| matches!(self.parent_name(element), "system.net" | "");
        self.in_role("defaultProxy").find(|(_, element)| placed(element))
    }

    /// The `proxy` that counts.
    pub fn proxy(&self) -> Option<(usize, &'a Element)> {
        let of = self.section().map(|(index, _)| index);
        let top = |element: &Element| of.is_none() && element.parent.is_none();
        self.in_role("proxy").find(|(_, element)| (of.is_some() && element.parent == of) || top(element))
    }

    /// Takes an element out, with its lines.
    pub fn without(&self, element: &Element, why: &str) -> Change {
        Change::new(layout::whole_lines(self.text, element.whole()), "", why)
    }

    /// Takes an attribute out, with the blanks in front of it.
    pub fn without_attribute(&self, attribute: &Attribute, why: impl Into<String>) -> Change {
        let before = self.text.get(..attribute.range.start).unwrap_or("");
        let start = before.trim_end_matches([' ', '\t', '\r', '\n']).len();
        Change::new(start..attribute.range.end, "", why)
    }

    /// Adds an attribute behind the last one, on a line of its own where the others have theirs.
    pub fn with_attribute(&self, tag: &Tag, name: &str, value: &str, why: impl Into<String>) -> Change {
        let new = format!("{name}=\"{}\"", escaped(value));
        let Some(last) = tag.attributes.last() else {
            return Change::new(tag.name.end..tag.name.end, format!(" {new}"), why);
        };
        let gap = match layout::indent(self.text, last.range.start) {
            Some(indent) => format!("{}{indent}", layout::line_end(self.text)),
            None => " ".to_owned(),
        };
        Change::new(last.range.end..last.range.end, format!("{gap}{new}"), why)
    }

    /// Renames an element.
    pub fn renamed(&self, element: &Element, name: &str, why: &str) -> Vec<Change> {
        let mut changes = vec![Change::new(element.tag.name.clone(), name, why)];
        if let Some(end) = &element.end {
            let start = end.start + 2;
            let length = self.name(element).len();
            changes.push(Change::new(start..start + length, name, why));
        }
        changes
    }

    /// Takes the tags of an element away and leaves what is in it.
    pub fn unwrapped(&self, element: &Element, why: &str) -> Vec<Change> {
        let mut changes = vec![Change::new(layout::whole_lines(self.text, element.tag.range.clone()), "", why)];
        if let Some(end) = &element.end {
            changes.push(Change::new(layout::whole_lines(self.text, end.clone()), "", why));
        }
        changes
    }

    /// Puts lines (with `\n`) into an element, as the first thing in it.
    pub fn with_child(&self, element: &Element, lines: &str, why: &str) -> Vec<Change> {
        let own = layout::indent(self.text, element.tag.range.start);
        let end = layout::line_end(self.text);
        let inner = format!("{}{}", own.unwrap_or(""), layout::step(self.text));
        let body: String = lines.lines().flat_map(|line| [end, inner.as_str(), line]).collect();
        if element.tag.empty {
            let head = self.slice(&element.tag.range);
            let kept = head.trim_end_matches('>').trim_end_matches('/').trim_end().len();
            let place = element.tag.range.start + kept..element.tag.range.end;
            let new = format!(">{body}{end}{}</{}>", own.unwrap_or(""), self.name(element));
            return vec![Change::new(place, new, why)];
        }
        let at = element.tag.range.end;
        let rest = self.text.get(at..).unwrap_or("").trim_start_matches([' ', '\t']);
        let tail = if rest.starts_with(['\r', '\n']) { "" } else { end };
        vec![Change::new(at..at, format!("{body}{tail}"), why)]
    }

    /// Puts an element around another one, on lines of its own where that has its lines.
    pub fn wrapped(&self, element: &Element, around: &str, why: &str) -> Vec<Change> {
        let whole = element.whole();
        let lines = layout::whole_lines(self.text, whole.clone());
        let end = layout::line_end(self.text);
        if lines == whole {
            return vec![
                Change::new(whole.start..whole.start, format!("<{around}>"), why),
                Change::new(whole.end..whole.end, format!("</{around}>"), why),
            ];
        }
        let indent = layout::indent(self.text, whole.start).unwrap_or("");
        let at_end = self.text.get(..lines.end).is_some_and(|text| text.ends_with(['\n', '\r']));
        let close = if at_end { format!("{indent}</{around}>{end}") } else { format!("{end}{indent}</{around}>") };
        vec![
            Change::new(lines.start..lines.start, format!("{indent}<{around}>{end}"), why),
            Change::new(lines.end..lines.end, close, why),
        ]
    }
}
