//! What the page asks of the browser: clipboard, download, focus, files, and one request that must fail.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, Url,
};

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Id of the element that has the focus; empty where that has none.
pub fn focused_id() -> String {
    let active = web_sys::window().and_then(|window| window.document()).and_then(|document| document.active_element());
    active.map(|element| element.id()).unwrap_or_default()
}

/// Moves the focus. False where no element has this id.
pub fn focus(id: &str) -> bool {
    element(id).is_some_and(|element| element.focus().is_ok())
}

/// Runs when the changes made now are drawn.
pub fn after_drawing(task: impl FnOnce() + 'static) {
    // The first frame draws them, the second begins when they are there to be focused and measured.
    leptos::prelude::request_animation_frame(move || leptos::prelude::request_animation_frame(task));
}

/// Scrolls the place into the upper part of its scroller, and the scroller only.
pub fn reveal(scroller: &str, place: &str) {
    let (Some(scroller), Some(place)) = (element(scroller), element(place)) else {
        return;
    };
    // The scroller is positioned, so offsets inside it count from its own top.
    scroller.set_scroll_top(place.offset_top() - scroller.client_height() / 3);
}

/// Scrolls the page as little as it takes to have the element in sight.
pub fn keep_in_sight(id: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = element(id) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Puts text on the clipboard. Works from a file and from a plain http intranet page too.
pub async fn copy(text: String) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Absent outside a secure context, whatever the type says.
    let clipboard = Reflect::get(&window.navigator(), &"clipboard".into()).unwrap_or_default();
    if let Ok(clipboard) = clipboard.dyn_into::<web_sys::Clipboard>()
        && JsFuture::from(clipboard.write_text(&text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(&text).unwrap_or(false)
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let focused = document.active_element();
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let command = Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into::<Function>().ok()?;
    let copied = command.call1(&document, &"copy".into()).is_ok_and(|done| done.is_truthy());
    area.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // The worst case is that the focus begins at the top again.
        let _ = focused.focus();
    }
    Some(copied)
}

/// Hands a text to the user as a file.
pub fn download(name: &str, text: &str) {
    let _ = try_download(name, text);
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let properties = BlobPropertyBag::new();
    properties.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &properties)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link = document.create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken its own hold of the data by the time the timer fires.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_mins(1),
    );
    Ok(())
}

/// The bytes of a file; `None` for a folder or a file that cannot be read.
pub async fn read(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(Promise::from(JsValue::from(file.array_buffer()))).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Tries to reach the network. True when an answer came, which must not happen.
pub async fn reach_network() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    JsFuture::from(window.fetch_with_str("https://example.com/")).await.is_ok()
}
