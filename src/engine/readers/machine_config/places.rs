//! Where each element of the proxy part stands, for those who correct the file.

use super::config::{AttributePlace, Config, Place, Spanned};
use super::view::{MOST_ATTRIBUTES, View};
use super::xml::Element;
use crate::artifact::Span;
use std::collections::BTreeMap;

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
        .take(MOST_ATTRIBUTES)
        .map(|attribute| AttributePlace {
            name: spanned(&attribute.name),
            value: view.spanned(attribute),
            whole: view.span(&attribute.whole(view.text)),
        })
        .collect();
    let whole = Span { end: end_tag.map_or(tag.end, |end| end.end), ..tag };
    Place { name: spanned(&element.name), tag, end_tag, whole, attributes, parent }
}
