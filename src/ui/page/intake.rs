//! How evidence comes in: the paste box, files, the samples.

use super::browser;
use super::evidence::Evidence;
use super::nav;
use super::route::Section;
use super::samples;
use super::state::{self, State};
use super::text::text;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, File, FileList, HtmlInputElement};

/// The part of the page that takes evidence.
pub fn intake(state: State) -> AnyView {
    html::section()
        .attr("class", move || {
            let is_own = state.has_evidence.get() && state.evidence.with_value(Evidence::is_own);
            if is_own { "intake given" } else { "intake" }
        })
        .attr("aria-labelledby", "intake-heading")
        .child((
            html::h2().attr("id", "intake-heading").attr("tabindex", "-1").child(text().heading_evidence_input),
            paste_box(state),
            file_row(state),
            notices(state),
            sample_row(state),
            keys(),
        ))
        .into_any()
}

/// What takes files and pastes anywhere on the page, and what is shown while files hang over it. Whatever section is
/// open, they are evidence and lead to the diagnosis; but a field that a person types into keeps what is pasted there,
/// and files that are dropped on a box of another section stay there.
pub fn drop_zone(state: State) -> AnyView {
    let is_over = RwSignal::new(false);
    window_event_listener(ev::dragover, move |event| {
        if holds_files(&event) {
            event.prevent_default();
            is_over.set(!is_taken(&event));
        }
    });
    window_event_listener(ev::dragleave, move |event| {
        // Without a related target the pointer has left the window, and not just one part of the page.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| {
        is_over.set(false);
        if holds_files(&event) {
            event.prevent_default();
            if is_taken(&event) {
                return;
            }
            nav::go(state, Section::Diagnose);
            add(state, event.data_transfer().as_ref().and_then(DataTransfer::files));
        }
    });
    window_event_listener(ev::paste, move |event| {
        let data = event.clipboard_data();
        let files = data.as_ref().and_then(DataTransfer::files).filter(|files| files.length() > 0);
        let content = data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if content.is_empty() && files.is_some() {
            event.prevent_default();
            nav::go(state, Section::Diagnose);
            add(state, files);
        } else if !browser::types_into_field() {
            event.prevent_default();
            nav::go(state, Section::Diagnose);
            state::append_to_paste(state, &content);
        }
    });
    html::div()
        .attr("class", "drop-zone")
        .attr("hidden", move || !is_over.get())
        .child(html::p().child(text().drop_now))
        .into_any()
}

fn paste_box(state: State) -> AnyView {
    // The paste event comes before the content is there; the input event that follows brings it.
    let is_paste = StoredValue::new(false);
    let on_input = move |event: web_sys::Event| {
        let at_once = is_paste.get_value();
        is_paste.set_value(false);
        state::set_paste(state, &event_target_value(&event), at_once);
    };
    html::textarea()
        .node_ref(state.paste_box)
        .attr("id", "paste")
        .attr("class", "paste")
        .attr("aria-label", text().paste_label)
        .attr("placeholder", text().paste_placeholder)
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("wrap", "off")
        .attr("rows", "10")
        .on(ev::paste, move |_| is_paste.set_value(true))
        .on(ev::input, on_input)
        .into_any()
}

fn file_row(state: State) -> AnyView {
    let chosen = move |event: web_sys::Event| {
        let input = event_target::<HtmlInputElement>(&event);
        add(state, input.files());
        // Otherwise the same file, mended, could not be chosen again.
        input.set_value("");
    };
    html::div()
        .attr("class", "file-row")
        .child((
            html::label().attr("class", "file-button").child((
                html::span().attr("aria-hidden", "true").child(text().files_label),
                html::input()
                    .attr("type", "file")
                    .attr("id", "files")
                    .attr("multiple", true)
                    .attr("aria-label", text().files_label)
                    .on(ev::change, chosen),
            )),
            html::span().attr("class", "muted").child(text().drop_hint),
            html::span().attr("class", "spacer"),
            move || {
                state.previous.get().map(|_| quiet_button("restore", text().restore, move || state::restore(state)))
            },
            move || {
                let clear = move || {
                    state::replace(state, Evidence::default());
                    browser::focus("paste");
                };
                state.has_evidence.get().then(|| quiet_button("clear", text().clear, clear))
            },
        ))
        .into_any()
}

fn notices(state: State) -> AnyView {
    html::div()
        .attr("class", "notices")
        .attr("role", "alert")
        .child(move || {
            let notices = state.notices.get();
            let dismiss = move || {
                state.notices.set(Vec::new());
                browser::focus("paste");
            };
            (!notices.is_empty()).then(|| {
                let lines = notices.into_iter().map(|notice| html::p().child(notice)).collect_view();
                (lines, quiet_button("dismiss", text().dismiss, dismiss))
            })
        })
        .into_any()
}

fn sample_row(state: State) -> AnyView {
    let button = move |(id, label): (&'static str, &'static str)| {
        html::button()
            .attr("type", "button")
            .attr("class", "quiet")
            .attr("data-sample", id)
            .on(ev::click, move |_| state::replace(state, Evidence::sample(samples::files(id))))
            .child(label)
    };
    html::div()
        .attr("class", "samples")
        .attr("role", "group")
        .attr("aria-labelledby", "samples-heading")
        .child((
            html::span().attr("id", "samples-heading").attr("class", "muted").child(text().samples_label),
            text().samples.map(button).into_iter().collect_view(),
        ))
        .into_any()
}

fn keys() -> AnyView {
    let key = |(key, does): (&'static str, &'static str)| html::span().child((html::kbd().child(key), " ", does));
    html::p().attr("class", "keys muted").child(text().keys.map(key).into_iter().collect_view()).into_any()
}

fn quiet_button(id: &'static str, label: &'static str, press: impl Fn() + 'static) -> AnyView {
    html::button()
        .attr("type", "button")
        .attr("id", id)
        .attr("class", "quiet")
        .on(ev::click, move |_| press())
        .child(label)
        .into_any()
}

fn add(state: State, list: Option<FileList>) {
    // The list empties itself when the event is over; the files in it stay.
    let files = list.map(|list| (0..list.length()).filter_map(|at| list.item(at)).collect::<Vec<File>>());
    if let Some(files) = files.filter(|files| !files.is_empty()) {
        leptos::task::spawn_local(state::add_files(state, files));
    }
}

fn holds_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| js_sys::Array::from(data.types().unchecked_ref()));
    types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// Whether the files hang over a box that takes them for itself.
fn is_taken(event: &DragEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("[data-own-files]").is_ok_and(|found| found.is_some()))
}
