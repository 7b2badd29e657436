//! The bar that leads from section to section, and what stands in for an address that leads nowhere. The address is
//! the one source of which section is open, so links, the back button and a reload all do what a browser does.
//! A section is drawn when it is first opened and hidden after that: what was typed into it stays.

use super::browser;
use super::errors;
use super::errors_search;
use super::node::{Node, classed, live, node};
use super::route::{self, Route, Section};
use super::state::State;
use super::text::text;
use advisor_engine::endpoints;
use leptos::{ev, prelude::*};

/// The bar.
pub fn bar(state: State) -> AnyView {
    let link = move |section: Section| {
        let here = move || is_open(state, section).then_some("page");
        let name = (text().section)(section.id());
        node("li").child(node("a").attr("href", route::hash(section, None)).live_attr("aria-current", here).text(name))
    };
    let links = node("ul").attr("role", "list").children(Section::ALL.map(link));
    classed("nav", "bar").attr("aria-label", text().bar_label).child(links).into_view()
}

/// Follows the address from now on, and opens what it names at the start.
pub fn follow(state: State) {
    browser::keep_scroll_by_hand();
    let scrolled = StoredValue::new([0.0; Section::ALL.len()]);
    window_event_listener(ev::hashchange, move |_| {
        let (before, now) = (state.route.get_untracked(), route::read(&browser::hash()));
        if before == now {
            return;
        }
        let moved = section_of(&before) != section_of(&now);
        if let Some(place) = place(&before).filter(|_| moved) {
            scrolled.update_value(|scrolled| scrolled[place] = browser::scrolled());
        }
        let to = place(&now).map_or(0.0, |place| scrolled.with_value(|scrolled| scrolled[place]));
        state.route.set(now.clone());
        set_title(&now);
        if moved {
            browser::next_frame(move || enter(&now, to));
        }
    });
    let first = state.route.get_untracked();
    set_title(&first);
    if first == Route::Section(Section::Diagnose, None) {
        browser::focus("paste");
    } else {
        browser::next_frame(move || enter(&first, 0.0));
    }
}

/// Opens a section as a link to it would.
pub fn go(state: State, section: Section) {
    if state.route.with_untracked(|route| *route != Route::Section(section, None)) {
        browser::set_hash(&route::hash(section, None));
    }
}

/// Whether this section is open.
pub fn is_open(state: State, section: Section) -> bool {
    state.route.with(|route| section_of(route) == Some(section))
}

/// The entry of this section that the address names. Keeps its value while another section is open.
pub fn entry(state: State, section: Section) -> Memo<Option<String>> {
    Memo::new(move |before: Option<&Option<String>>| {
        state.route.with(|route| match route {
            Route::Section(here, entry) if *here == section => entry.clone(),
            _ => before.cloned().flatten(),
        })
    })
}

/// A section with its heading and, below that, one line on what it is for.
pub fn section(state: State, section: Section, body: fn(State) -> AnyView) -> AnyView {
    let was_opened =
        Memo::new(move |before: Option<&bool>| before.is_some_and(|opened| *opened) || is_open(state, section));
    let content = move || {
        was_opened.get().then(|| {
            let lead = classed("p", "muted").text((text().section_lead)(section.id()));
            let heading = heading(heading_id(section), (text().section_heading)(section.id()));
            classed("div", "sheet").child(classed("div", "sheet-head").child(heading).child(lead)).view(body(state))
        })
    };
    node("section")
        .attr("aria-labelledby", heading_id(section))
        .attr("data-section", section.id())
        .hidden(move || !is_open(state, section))
        .view(live(content))
        .into_view()
}

/// What stands in for an address that leads nowhere.
pub fn unknown(state: State) -> AnyView {
    let content = move || {
        let said = state.route.with(|route| match route {
            Route::Unknown(hash) => Some((text().unknown_address)(hash)),
            Route::Section(..) => None,
        })?;
        let link = |section: Section| {
            let name = (text().section_heading)(section.id());
            node("li").child(node("a").attr("href", route::hash(section, None)).text(name))
        };
        let heading = heading(UNKNOWN, text().unknown_heading);
        let head = classed("div", "sheet-head").child(heading).child(node("p").text(said));
        Some(classed("div", "sheet").child(head).child(node("ul").children(Section::ALL.map(link))))
    };
    node("section")
        .attr("aria-labelledby", UNKNOWN)
        .hidden(move || state.route.with(|route| section_of(route).is_some()))
        .view(live(content))
        .into_view()
}

/// A heading that can take the focus.
fn heading(id: &'static str, name: &'static str) -> Node {
    node("h2").attr("id", id).attr("tabindex", "-1").text(name)
}

const UNKNOWN: &str = "unknown-address";

fn heading_id(section: Section) -> &'static str {
    match section {
        Section::Diagnose => "intake-heading",
        Section::Configuration => "configuration-heading",
        Section::AllowList => "allow-list-heading",
        Section::Endpoints => "endpoints-heading",
        Section::Errors => "errors-heading",
    }
}

fn section_of(route: &Route) -> Option<Section> {
    match route {
        Route::Section(section, _) => Some(*section),
        Route::Unknown(_) => None,
    }
}

fn place(route: &Route) -> Option<usize> {
    Section::ALL.iter().position(|section| Some(*section) == section_of(route))
}

/// The heading is read out, and Tab goes on from it; the reader finds the section scrolled as it was left. A section
/// whose entry is named brings that entry into sight itself.
fn enter(route: &Route, scrolled: f64) {
    let id = section_of(route).map_or(UNKNOWN, heading_id);
    browser::focus_in_place(id);
    if !matches!(route, Route::Section(_, Some(_))) {
        browser::scroll_to(scrolled);
    }
}

fn set_title(route: &Route) {
    let name = match route {
        Route::Section(Section::Diagnose, _) => None,
        Route::Section(section, None) => Some((text().section)(section.id()).to_owned()),
        Route::Section(section, Some(entry)) => {
            let known = errors_search::by_id(entry).and_then(|at| errors_search::ENTRIES.get(at));
            let name = match section {
                Section::Endpoints => endpoints::by_id(entry).map(|row| row.pattern.to_owned()),
                _ => known.map(|known| errors::headline(known.entry)),
            };
            Some(format!("{} · {}", name.as_ref().unwrap_or(entry), (text().section)(section.id())))
        }
        Route::Unknown(_) => Some(text().unknown_heading.to_owned()),
    };
    browser::set_title(&name.map_or_else(|| text().name.to_owned(), |name| format!("{name} · {}", text().name)));
}
