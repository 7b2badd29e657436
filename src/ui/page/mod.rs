//! The page: evidence on the left, the answer on the right, the lines of an artifact below or beside them.
//!
//! Views are built with functions, never with `view!` and never from HTML: the page's policy requires trusted types,
//! and nothing here makes any. Logic stands apart from views ([`evidence`], [`story`], [`lines`], [`plain`]), and
//! all text in [`text`].

mod axis;
mod browser;
mod cards;
mod evidence;
mod findings;
mod header;
mod intake;
mod lane;
mod layers;
mod lines;
mod lists;
mod pace;
mod parts;
mod plain;
mod progress;
mod result;
mod samples;
mod scroll;
mod stages;
mod state;
mod story;
mod text;
mod timeline;
mod timeline_table;
mod viewer;
mod when;

use leptos::{ev, html, prelude::*};
use state::State;

/// Builds the page, into the element with the id "app" where there is one.
pub fn mount() {
    match browser::element("app") {
        Some(app) => leptos::mount::mount_to(app, page).forget(),
        None => leptos::mount::mount_to_body(page),
    }
    browser::focus("paste");
}

fn page() -> AnyView {
    let state = State::start();
    window_event_listener(ev::keydown, move |event| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            state::analyse(state);
        } else if event.key() == "Escape" {
            state::escape(state);
        }
    });
    html::div()
        .attr("class", "page")
        .child((
            header::header(state),
            html::main()
                .attr("id", "main")
                .attr("data-analysis-state", move || state.stage.get().id())
                .attr("class", move || if state.viewer.with(Option::is_some) { "main with-viewer" } else { "main" })
                .child((intake::intake(state), result::result(state), cards::cards(state), viewer::viewer(state))),
            intake::drop_zone(state),
        ))
        .into_any()
}
