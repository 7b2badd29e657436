//! Which optional features are in use: chosen once, for the diagnosis, the coverage and the allow-list.

use super::state::{self, State};
use super::text::text;
use advisor_engine::endpoints::FEATURES;
use leptos::{ev, html, prelude::*};

/// The choice, folded away under what is chosen.
pub fn choice(state: State) -> AnyView {
    let said = move || {
        let names = state.features.with(|chosen| chosen.iter().map(|id| (text().feature)(id)).collect::<Vec<_>>());
        if names.is_empty() { text().features_none.to_owned() } else { (text().features_chosen)(&names.join(", ")) }
    };
    let boxes = FEATURES.iter().map(|id| one(state, id)).collect_view();
    html::details()
        .attr("class", "features")
        .child((
            html::summary().attr("id", "features").child(said),
            html::fieldset().child((html::legend().child(text().features_legend), boxes)),
        ))
        .into_any()
}

fn one(state: State, id: &'static str) -> AnyView {
    let is_chosen = move || state.features.with(|chosen| chosen.iter().any(|known| known == id));
    let toggle = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        let chosen = state.features.get_untracked();
        let keep = |known: &&&str| if **known == id { on } else { chosen.iter().any(|chosen| chosen == **known) };
        state::choose_features(state, FEATURES.iter().filter(keep).map(|id| (*id).to_owned()).collect());
    };
    html::label()
        .attr("class", "check")
        .child((
            html::input()
                .attr("type", "checkbox")
                .attr("name", "feature")
                .attr("value", id)
                .prop("checked", is_chosen)
                .on(ev::change, toggle),
            html::span().child((text().feature)(id)),
        ))
        .into_any()
}
