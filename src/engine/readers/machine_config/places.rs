//! Where each element of the proxy part stands, for those who correct the file.

use super::settings::View;
use super::xml::Element;
use super::{Config, Spanned};
use crate::artifact::Span;
use std::collections::BTreeMap;

/// An element with its places. All spans are of the artifact as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name as written, right or wrong.
    pub name: Spanned,
    /// The start tag, from `<` to `>`.
    pub tag: Span,
    /// The end tag, from `</` to `>`. `None` for an element that closes itself, and where none was found.
    pub end_tag: Option<Span>,
    /// All of it: from the `<` of the start tag to the `>` of the end tag. Without an end tag the same as `tag`.
    pub whole: Span,
    /// Its attributes in their order.
    pub attributes: Vec<AttributePlace>,
    /// Index, in [`Config::places`], of the nearest element around it that is kept there.
    pub parent: Option<usize>,
}

/// An attribute with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributePlace {
    /// Its name as written, right or wrong.
    pub name: Spanned,
    /// Its value with entities resolved; the span lies between the quotes.
    pub value: Spanned,
    /// All of it: from the first letter of the name to the closing quote. Blanks around it do not belong to it.
    pub whole: Span,
}

impl Place {
    /// The attribute of this very name.
    pub fn attribute(&self, name: &str) -> Option<&AttributePlace> {
        self.attributes.iter().find(|attribute| attribute.name.text == name)
    }
}

/// Elements that are kept whatever stands around them, lower case. What stands within `defaultProxy`, `proxy` and
/// `bypasslist` is kept too.
const KEPT: [&str; 6] = ["configuration", "configsections", "system.net", "defaultproxy", "proxy", "bypasslist"];

/// The elements of the proxy part.
pub fn places(view: &View) -> Vec<Place> {
    let mut kept = Vec::new();
    // From the index among all elements to the one among those kept.
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, element) in view.elements.iter().enumerate() {
        if kept.len() >= Config::MAX_PLACES {
            break;
        }
        let within = view.parent(element).is_some_and(|parent| {
            let parent = view.name(parent);
            ["defaultproxy", "proxy", "bypasslist"].iter().any(|name| parent.eq_ignore_ascii_case(name))
        });
        let by_name = KEPT.iter().any(|name| view.name(element).eq_ignore_ascii_case(name));
        if (within || by_name) && !view.inside(element, &["configSections"]) {
            known.insert(index, kept.len());
            let parent = nearest(view, element, &known);
            kept.push(place(view, element, parent));
        }
    }
    kept
}

/// The nearest element around this one that is kept.
fn nearest(view: &View, element: &Element, known: &BTreeMap<usize, usize>) -> Option<usize> {
    let mut at = element.parent;
    for _ in 0..super::xml::MAX_DEPTH {
        let index = at?;
        if let Some(place) = known.get(&index) {
            return Some(*place);
        }
        at = view.elements.get(index)?.parent;
    }
    None
}

fn place(view: &View, element: &Element, parent: Option<usize>) -> Place {
    let spanned = |range: &std::ops::Range<usize>| Spanned {
        text: view.text.get(range.clone()).unwrap_or("").to_owned(),
        span: view.span(range),
    };
    let tag = view.span(&element.tag);
    let end_tag = element.end.as_ref().map(|end| view.span(end));
    let attributes = element
        .attributes
        .iter()
        .map(|attribute| AttributePlace {
            name: spanned(&attribute.name),
            value: view.spanned(attribute),
            whole: view.span(&attribute.whole(view.text)),
        })
        .collect();
    let whole = Span { end: end_tag.map_or(tag.end, |end| end.end), ..tag };
    Place { name: spanned(&element.name), tag, end_tag, whole, attributes, parent }
}
