//! What the page asks of the browser: clipboard, download, focus, files, and one request that must fail.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, File, FocusOptions, HtmlAnchorElement, HtmlCollection, HtmlElement,
    HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition, ScrollRestoration, Url,
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

/// The address from its `#` on, percent signs decoded; empty where it has none.
pub fn hash() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    js_sys::decode_uri_component(&hash).map_or(hash, String::from)
}

/// Leads to another address of this page, as a link would.
pub fn set_hash(hash: &str) {
    // Only a page that is being closed refuses it.
    let _ = web_sys::window().map(|window| window.location().set_hash(hash));
}

/// The address of this page with another end: a link that can be sent.
pub fn link(hash: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    format!("{}{hash}", href.split('#').next().unwrap_or_default())
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Pixels by which the page is scrolled.
pub fn scrolled() -> f64 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

/// Scrolls the page to so many pixels from its top.
pub fn scroll_to(pixels: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, pixels);
    }
}

/// The browser leaves it to the page where an address is scrolled to: what it opens is not drawn yet when the
/// browser would scroll.
pub fn keep_scroll_by_hand() {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
}

/// Moves the focus and does not scroll.
pub fn focus_in_place(id: &str) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element(id) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

/// Whether the focus is where a person types, so that a paste belongs there.
pub fn types_into_field() -> bool {
    let active = web_sys::window().and_then(|window| window.document()).and_then(|document| document.active_element());
    let typed = "textarea, input[type=text], input[type=search], input[type=number], input:not([type])";
    active.is_some_and(|element| element.matches(typed).unwrap_or_default())
}

/// Runs when the changes made now are drawn.
pub fn after_drawing(task: impl FnOnce() + 'static) {
    // The first frame draws them, the second begins when they are there to be focused and measured.
    leptos::prelude::request_animation_frame(move || leptos::prelude::request_animation_frame(task));
}

/// Runs in the next frame: changes made now are in the document by then, and not yet on the screen.
pub fn next_frame(task: impl FnOnce() + 'static) {
    leptos::prelude::request_animation_frame(task);
}

/// Scrolls the place into its scroller, so many pixels below its top, and scrolls that only. False where the place
/// is not there.
pub fn reveal(scroller: &HtmlElement, place: &str, below: i32) -> bool {
    let Some(place) = element(place) else {
        return false;
    };
    // The scroller is positioned, so offsets inside it count from its own top. A mark inside a line has an offset of
    // its own.
    let top = place.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top();
    scroller.set_scroll_top(scroller.scroll_top() + whole(top) - below);
    true
}

/// First and last of the rows of this class that are in sight, by their place among them.
pub fn rows_in_sight(scroller: &HtmlElement, class: &str) -> Option<(usize, usize)> {
    let rows = scroller.get_elements_by_class_name(class);
    let (top, bottom) = (scroller.scroll_top(), scroller.scroll_top() + scroller.client_height());
    let first = first_row(&rows, |row| row.offset_top() + row.offset_height() > top)?;
    let below = first_row(&rows, |row| row.offset_top() >= bottom).unwrap_or(rows.length());
    Some((first as usize, below.saturating_sub(1).max(first) as usize))
}

/// The first row in sight and its distance from the top of the scroller.
pub fn row_in_sight(scroller: &HtmlElement, class: &str) -> Option<(String, i32)> {
    let rows = scroller.get_elements_by_class_name(class);
    let first = first_row(&rows, |row| row.offset_top() + row.offset_height() > scroller.scroll_top())?;
    let row = rows.item(first)?.dyn_into::<HtmlElement>().ok()?;
    Some((row.id(), row.offset_top() - scroller.scroll_top()))
}

/// Scrolls so that a row is again where [`row_in_sight`] found it.
pub fn put_back(scroller: &HtmlElement, row: &str, distance: i32) {
    if let Some(row) = element(row) {
        let top = row.offset_top() - distance;
        // Setting it, even to what it is, would end a glide of the wheel.
        if scroller.scroll_top() != top {
            scroller.set_scroll_top(top);
        }
    }
}

/// The first of the rows from which on the condition holds.
fn first_row(rows: &HtmlCollection, holds: impl Fn(&HtmlElement) -> bool) -> Option<u32> {
    let (mut from, mut to) = (0, rows.length());
    while from < to {
        let middle = from + (to - from) / 2;
        let row = rows.item(middle)?.dyn_into::<HtmlElement>().ok()?;
        if holds(&row) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    (from < rows.length()).then_some(from)
}

/// Pixels as the scroller counts them.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
pub fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
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
    download_as(name, "application/json", text);
}

/// Hands a text of another kind to the user as a file.
pub fn download_as(name: &str, kind: &str, text: &str) {
    let _ = try_download(name, kind, text);
}

fn try_download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
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

/// Whether the first byte of a file can be read. A folder, a file in use and one that was moved cannot.
pub async fn can_be_read(file: &File) -> bool {
    let Ok(first) = file.slice_with_i32_and_i32(0, 1) else {
        return false;
    };
    JsFuture::from(Promise::from(JsValue::from(first.array_buffer()))).await.is_ok()
}

/// What is in a file; `None` where it cannot be read. Only for files that are known to be small.
pub async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(Promise::from(JsValue::from(file.array_buffer()))).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The day by the clock of this computer: "2026-11-22".
pub fn today() -> String {
    js_sys::Date::new_0().to_iso_string().as_string().unwrap_or_default().chars().take(10).collect()
}

/// Bytes of a file.
#[expect(clippy::cast_sign_loss, reason = "a file size is a whole number of bytes")]
pub fn file_len(file: &File) -> u64 {
    file.size() as u64
}

/// Where the reader is while the answer around it changes.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// What had the focus.
    focused: Option<HtmlElement>,
    /// What stays where it is, and the distance from the top of the window.
    place: Option<(Element, f64)>,
}

/// Notes what has the focus and what stands where, before the answer changes.
pub fn hold() -> Held {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return Held::default();
    };
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let focused = focused.filter(|element| element.tag_name() != "BODY");
    let in_result = focused.as_ref().filter(|element| element.closest("#result").is_ok_and(|found| found.is_some()));
    let place = in_result.map(|element| Element::from(element.clone())).or_else(|| first_in_sight(&document));
    let place = place.map(|element| {
        let top = element.get_bounding_client_rect().top();
        (element, top)
    });
    Held { focused, place }
}

/// The part of the answer that a reader who has scrolled is at. At its top the page stays at its top.
fn first_in_sight(document: &Document) -> Option<Element> {
    if web_sys::window()?.scroll_y().ok()? < 1.0 {
        return None;
    }
    let parts = document.query_selector_all("[data-diagnosis], .result > details, .result-more details.part").ok()?;
    let mut parts = (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into::<Element>().ok());
    parts.find(|part| part.get_bounding_client_rect().bottom() > 0.0)
}

/// Leads the reader back to where [`hold`] found it: the page scrolls by what has come above, and what was moved or
/// drawn anew gets its focus back.
pub fn release(held: Held) {
    leptos::prelude::request_animation_frame(move || {
        let Some(window) = web_sys::window() else { return };
        if let Some(focused) = held.focused {
            let active = window.document().and_then(|document| document.active_element());
            if active.is_none_or(|active| active.tag_name() == "BODY") {
                let _ = focused.is_connected() && focused.focus().is_ok()
                    || focus(&focused.id())
                    || focus(if focused.closest(".result").is_ok_and(|found| found.is_some()) {
                        "result"
                    } else {
                        "cards"
                    });
            }
        }
        if let Some((element, top)) = held.place.filter(|(element, _)| element.is_connected()) {
            let moved = element.get_bounding_client_rect().top() - top;
            if moved.abs() >= 1.0 {
                window.scroll_by_with_x_and_y(0.0, moved);
            }
        }
    });
}

/// Tries to reach the network. True when an answer came, which must not happen.
pub async fn reach_network() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    JsFuture::from(window.fetch_with_str("https://example.com/")).await.is_ok()
}
