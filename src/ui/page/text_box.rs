//! A box for a text that a section works on by itself: typed, pasted, dropped or chosen as a file. It is no evidence.

use super::browser;
use super::node::{Node, button, classed, live, node};
use super::text::{size, text};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement};

/// Bytes that are worked on in the page itself. What is larger has to go through Diagnose, which reads beside the page.
pub const LARGEST: u64 = 1 << 20;

/// The box. `label` is its accessible name; `content` holds what is in it.
pub fn text_box(id: &'static str, label: &'static str, hint: &'static str, content: RwSignal<String>) -> Node {
    let refused = RwSignal::new(None::<String>);
    let area = classed("textarea", "paste")
        .attr("id", id)
        .attr("aria-label", label)
        .attr("placeholder", hint)
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("wrap", "off")
        .attr("rows", "8")
        .live_value(move || content.get())
        .on("input", move |event| {
            let typed = event_target_value(&event);
            let bytes = typed.len() as u64;
            if bytes > LARGEST {
                refused.set(Some((text().box_too_big)(&size(bytes), &size(LARGEST))));
                content.set(String::new());
            } else {
                refused.set(None);
                content.set(typed);
            }
        });
    let choose = node("input").attr("type", "file").attr("aria-label", text().box_file).on("change", move |event| {
        let input = event_target::<HtmlInputElement>(&event);
        take(input.files().and_then(|files| files.item(0)), content, refused);
        // Otherwise the same file, mended, could not be chosen again.
        input.set_value("");
    });
    let file = classed("label", "file-button")
        .child(node("span").attr("aria-hidden", "true").text(text().box_file))
        .child(choose);
    let clear = move || {
        (content.with(|content| !content.is_empty())).then(|| {
            button(text().box_clear, move || {
                content.set(String::new());
                browser::focus(id);
            })
        })
    };
    let drop = move |event: web_sys::Event| {
        if let Ok(event) = event.dyn_into::<DragEvent>() {
            let files = event.data_transfer().and_then(|data| data.files());
            take(files.and_then(|files| files.item(0)), content, refused);
        }
    };
    classed("div", "text-box")
        // What is dropped here stays here; everywhere else it is evidence.
        .attr("data-own-files", "")
        .on("drop", drop)
        .child(area)
        .child(
            classed("div", "file-row")
                .child(file)
                .child(classed("span", "muted").text(text().box_drop))
                .view(live(clear)),
        )
        .view(live(move || refused.get().map(|said| classed("p", "notice").attr("role", "alert").text(said))))
}

/// Reads a file into the box, unless it is too big.
fn take(file: Option<File>, content: RwSignal<String>, refused: RwSignal<Option<String>>) {
    let Some(file) = file else { return };
    let bytes = browser::file_len(&file);
    if bytes > LARGEST {
        refused.set(Some((text().box_too_big)(&size(bytes), &size(LARGEST))));
        return;
    }
    leptos::task::spawn_local(async move {
        match browser::bytes_of(&file).await {
            Some(bytes) => {
                refused.set(None);
                content.set(advisor_engine::source::Source::decode(&file.name(), &bytes).text.clone());
            }
            None => refused.set(Some((text().notice_unreadable)(&file.name()))),
        }
    });
}
