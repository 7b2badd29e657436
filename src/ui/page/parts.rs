//! Small parts that several views use.

use super::browser;
use super::state::State;
use super::text::text;
use js_sys::Reflect;
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// A button that copies a text and says so. `name` is its accessible name where the label alone would be unclear.
pub fn copy_button(label: &'static str, name: String, content: impl Fn() -> String + 'static) -> AnyView {
    let shown = RwSignal::new(label);
    let copy = move |_| {
        let content = content();
        leptos::task::spawn_local(async move {
            let copied = browser::copy(content).await;
            shown.set(if copied { text().copied } else { text().copy_failed });
            set_timeout(
                move || {
                    // The answer, and this button with it, may be gone by now.
                    let _ = shown.try_set(label);
                },
                Duration::from_secs(if copied { 2 } else { 8 }),
            );
        });
    };
    html::span()
        .class("copy")
        .child((
            html::button()
                .attr("type", "button")
                .attr("class", "quiet")
                .attr("aria-label", name)
                .on(ev::click, copy)
                .child(label),
            html::span()
                .attr("class", "copy-said")
                .attr("role", "status")
                .child(move || if shown.get() == label { "" } else { shown.get() }),
        ))
        .into_any()
}

/// A part that can be closed. What the user opened or closed stays so when a new answer is drawn.
pub fn fold(state: State, key: String, class: &'static str, open: bool, summary: AnyView, body: AnyView) -> AnyView {
    let was_toggled = state.toggled.with_value(|toggled| toggled.contains(&key));
    let is_open = open != was_toggled;
    let id = format!("fold-{key}");
    html::details()
        .attr("class", class)
        .attr("open", is_open)
        .on(ev::toggle, move |event| {
            let now = Reflect::get(&event_target::<wasm_bindgen::JsValue>(&event), &"open".into());
            let differs = now.is_ok_and(|now| now.is_truthy() != open);
            state.toggled.update_value(|toggled| {
                if differs {
                    toggled.insert(key.clone());
                } else {
                    toggled.remove(&key);
                }
            });
        })
        .child((html::summary().attr("id", id).child(summary), html::div().attr("class", "fold-body").child(body)))
        .into_any()
}

/// Something to type or to paste elsewhere.
pub fn command(command: &str) -> AnyView {
    let content = command.to_owned();
    html::div()
        .attr("class", "command")
        .child((
            html::pre().attr("tabindex", "0").child(html::code().child(command.to_owned())),
            copy_button(text().copy, text().copy_command.to_owned(), move || content.clone()),
        ))
        .into_any()
}
