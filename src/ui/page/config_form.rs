//! A field of a form with its label, its hint and what is wrong with it.

use leptos::{ev, html, prelude::*};

/// A field for one line, or for several when `rows` is more than one.
pub fn field(
    id: String,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
    rows: usize,
    errors: impl Fn() -> Vec<String> + Copy + Send + Sync + 'static,
) -> AnyView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint_id} {error_id}");
    let invalid = move || if errors().is_empty() { "false" } else { "true" };
    let input = if rows > 1 {
        html::textarea()
            .attr("id", id.clone())
            .attr("rows", rows.to_string())
            .attr("spellcheck", "false")
            .attr("aria-describedby", described)
            .attr("aria-invalid", invalid)
            .prop("value", value)
            .on(ev::input, move |event| value.set(event_target_value(&event)))
            .into_any()
    } else {
        html::input()
            .attr("type", "text")
            .attr("id", id.clone())
            .attr("spellcheck", "false")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("aria-describedby", described)
            .attr("aria-invalid", invalid)
            .prop("value", value)
            .on(ev::input, move |event| value.set(event_target_value(&event)))
            .into_any()
    };
    let said = move || errors().into_iter().map(|said| html::span().child(said)).collect_view();
    html::div()
        .attr("class", "form-field")
        .child((
            html::label().attr("for", id).child(label),
            input,
            html::p().attr("class", "form-hint muted").attr("id", hint_id).child(hint),
            html::p().attr("class", "form-error").attr("id", error_id).child(said),
        ))
        .into_any()
}

/// A tick box.
pub fn tick(id: &'static str, label: &'static str, value: RwSignal<bool>) -> AnyView {
    html::label()
        .attr("class", "form-tick")
        .child((
            html::input()
                .attr("type", "checkbox")
                .attr("id", id)
                .prop("checked", value)
                .on(ev::change, move |event| value.set(event_target_checked(&event))),
            html::span().child(label),
        ))
        .into_any()
}
