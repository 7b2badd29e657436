//! The scroll bar of the viewer: its length is the file, from the first byte to the last.

use super::browser;
use super::text::{size, text};
use super::viewer::{self, View};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

/// Pixels that the thumb has at least.
const THUMB: f64 = 28.0;

/// The bar. Keys do not need it: they move the lines themselves.
pub fn bar(view: View) -> AnyView {
    let share = Memo::new(move |_| share(view.sight.get(), view.total.get()));
    let percent = move || (share.get().1 * 100.0).round();
    let height = move || format!("max({THUMB}px, {:.3}%)", share.get().0 * 100.0);
    let top = move || format!("calc((100% - {}) * {:.5})", height(), share.get().1);
    let is_held = StoredValue::new(false);
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        // Without that the drag would mark text.
        event.prevent_default();
        is_held.set_value(true);
        if let Some(bar) = browser::element("viewer-bar") {
            // Where the pointer cannot be captured the drag ends at the edge of the bar.
            let _ = bar.set_pointer_capture(event.pointer_id());
            follow(view, &bar, &event);
        }
    };
    let moved = move |event: PointerEvent| {
        if is_held.get_value()
            && let Some(bar) = browser::element("viewer-bar")
        {
            follow(view, &bar, &event);
        }
    };
    html::div()
        .attr("class", "viewer-bar")
        .attr("id", "viewer-bar")
        .attr("role", "scrollbar")
        .attr("aria-label", text().viewer_bar)
        .attr("aria-controls", "viewer-lines")
        .attr("aria-orientation", "vertical")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .attr("aria-valuenow", move || percent().to_string())
        .attr("title", move || (text().viewer_at)(&size(view.sight.get().0), &size(view.total.get())))
        .attr("hidden", move || share.get().0 >= 1.0)
        .on(ev::pointerdown, down)
        .on(ev::pointermove, moved)
        .on(ev::pointerup, move |_| is_held.set_value(false))
        .on(ev::pointercancel, move |_| is_held.set_value(false))
        .child(html::div().attr("class", "viewer-thumb").style(("height", height)).style(("top", top)))
        .into_any()
}

/// The part of the file that is in sight, and how much of the rest lies before it; both from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share of a bar some hundred pixels long")]
fn share((begin, end): (u64, u64), total: u64) -> (f64, f64) {
    let length = end.saturating_sub(begin);
    let rest = total.saturating_sub(length);
    if total == 0 || rest == 0 {
        return (1.0, 0.0);
    }
    (length as f64 / total as f64, (begin as f64 / rest as f64).min(1.0))
}

/// Shows what lies at the place of the pointer.
#[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "a place in a file, to a few bytes")]
fn follow(view: View, bar: &HtmlElement, event: &PointerEvent) {
    let edges = bar.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    let room = edges.height() - THUMB;
    if room <= 0.0 {
        return;
    }
    let at = ((f64::from(event.client_y()) - edges.top() - THUMB / 2.0) / room).clamp(0.0, 1.0);
    let total = view.total.get_untracked();
    let byte = if at >= 1.0 { total } else { (total as f64 * at) as u64 };
    viewer::to_byte(view, byte);
}
