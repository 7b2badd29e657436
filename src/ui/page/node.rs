//! Elements that all have one type. The framework makes code of its own for every type of view, several kilobytes each;
//! a catalogue of facts has dozens. Whatever is built with [`node`] shares that code: tag and attributes are data, and
//! functions of theirs are boxed.

use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::{event, property};

/// An element that is put together.
pub struct Node {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element of this name.
pub fn node(tag: &'static str) -> Node {
    Node { tag, attributes: Vec::new(), children: Vec::new() }
}

/// An element of this name and class.
pub fn classed(tag: &'static str, class: impl Into<String>) -> Node {
    node(tag).attr("class", class)
}

/// A button that does something.
pub fn button(label: impl Into<String>, press: impl FnMut() + 'static) -> Node {
    let mut press = press;
    classed("button", "quiet").attr("type", "button").on("click", move |_| press()).text(label)
}

/// A part that follows the signals it reads.
pub fn live(content: impl Fn() -> Option<Node> + Send + 'static) -> AnyView {
    live_boxed(Box::new(content))
}

fn live_boxed(content: Box<dyn Fn() -> Option<Node> + Send>) -> AnyView {
    let turn = StoredValue::new(false);
    let content: Box<dyn Fn() -> AnyView + Send> = Box::new(move || {
        turn.update_value(|turn| *turn = !*turn);
        let content = content().map(Node::into_view);
        // A view of another type takes the place of the one before; of the same type it would be patched, and what
        // the old one listened to would stay.
        if turn.get_value() { content.into_any() } else { content.into_iter().collect::<Vec<_>>().into_any() }
    });
    content.into_any()
}

impl Node {
    /// With an attribute.
    pub fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(custom_attribute(name, value.into()).into_any_attr())
    }

    /// With an attribute that follows the signals it reads; `None` takes it away.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<&'static str> + Send + 'static) -> Self {
        let value: Box<dyn Fn() -> Option<&'static str> + Send> = Box::new(value);
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Hidden while the condition holds.
    pub fn hidden(self, is_hidden: impl Fn() -> bool + Send + 'static) -> Self {
        self.live_attr("hidden", move || is_hidden().then_some(""))
    }

    /// With a property that follows the signals it reads: `checked`, `selected`.
    pub fn live_flag(self, name: &'static str, value: impl Fn() -> bool + Send + 'static) -> Self {
        let value: Box<dyn Fn() -> bool + Send> = Box::new(value);
        self.with(property::prop(name, value).into_any_attr())
    }

    /// With a content that follows the signals it reads, of a field that is typed into.
    pub fn live_value(self, value: impl Fn() -> String + Send + 'static) -> Self {
        let value: Box<dyn Fn() -> String + Send> = Box::new(value);
        self.with(property::prop("value", value).into_any_attr())
    }

    /// Does something on an event.
    pub fn on(self, name: &'static str, act: impl FnMut(web_sys::Event) + 'static) -> Self {
        let act: Box<dyn FnMut(web_sys::Event)> = Box::new(act);
        self.with(event::on(leptos::ev::Custom::<web_sys::Event>::new(name), act).into_any_attr())
    }

    /// With a text.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.view(text.into().into_any())
    }

    /// With a text that follows the signals it reads.
    pub fn live_text(self, text: impl Fn() -> String + Send + 'static) -> Self {
        let text: Box<dyn Fn() -> String + Send> = Box::new(text);
        self.view(text.into_any())
    }

    /// With an element in it.
    pub fn child(self, child: Node) -> Self {
        self.view(child.into_view())
    }

    /// With elements in it.
    pub fn children(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(children.into_iter().map(Node::into_view));
        self
    }

    /// With any view in it.
    pub fn view(mut self, view: AnyView) -> Self {
        self.children.push(view);
        self
    }

    /// The finished view.
    pub fn into_view(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }

    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }
}
