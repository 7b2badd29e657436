//! The page: evidence on the left, the answer on the right, the lines of an artifact below or beside them; and beside
//! that section those that write and look up ([`nav`]).
//!
//! Views are built with functions, never with `view!` and never from HTML: the page's policy requires trusted types,
//! and nothing here makes any. Logic stands apart from views ([`evidence`], [`story`], [`lines`], [`plain`],
//! [`route`]), and all text in [`text`].

mod age;
mod allow_list;
mod allow_list_check;
mod axis;
mod browser;
mod cards;
mod catalogue;
mod config;
mod config_bytes;
mod config_diff;
mod config_fix;
mod config_form;
mod config_routes;
mod coverage;
mod endpoints;
mod endpoints_microsoft;
mod endpoints_search;
mod errors;
mod errors_search;
mod evidence;
mod features;
mod findings;
mod header;
mod intake;
mod lane;
mod layers;
mod lines;
mod lists;
mod nav;
mod node;
mod pace;
mod parts;
mod plain;
mod progress;
mod result;
mod route;
pub mod samples;
mod scroll;
mod stages;
mod state;
mod story;
mod tables;
mod text;
mod text_box;
mod timeline;
mod timeline_table;
mod viewer;
mod when;

use leptos::{ev, html, prelude::*};
use route::Section;
use state::State;

/// Builds the page, into the element with the id "app" where there is one.
pub fn mount() {
    match browser::element("app") {
        Some(app) => leptos::mount::mount_to(app, page).forget(),
        None => leptos::mount::mount_to_body(page),
    }
}

fn page() -> AnyView {
    let state = State::start();
    // What it focuses is in the document by the next frame.
    browser::next_frame(move || nav::follow(state));
    window_event_listener(ev::keydown, move |event| {
        if !untrack(|| nav::is_open(state, Section::Diagnose)) {
            return;
        }
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
                .attr("tabindex", "-1")
                .attr("data-analysis-state", move || state.stage.get().id())
                .child((
                    diagnose(state),
                    nav::section(state, Section::Configuration, config::section),
                    nav::section(state, Section::AllowList, allow_list::section),
                    nav::section(state, Section::Endpoints, endpoints::section),
                    nav::section(state, Section::Errors, errors::section),
                    nav::unknown(state),
                )),
            intake::drop_zone(state),
        ))
        .into_any()
}

/// The section that opens first. It is always there: evidence and answer outlive a look into a catalogue.
fn diagnose(state: State) -> AnyView {
    html::div()
        .attr("class", move || if state.viewer.with(Option::is_some) { "main with-viewer" } else { "main" })
        .attr("hidden", move || !nav::is_open(state, Section::Diagnose))
        .child((intake::intake(state), result::result(state), cards::cards(state), viewer::viewer(state)))
        .into_any()
}
