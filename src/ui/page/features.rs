//! Which optional features are in use: chosen once, for the diagnosis, the coverage and the allow-list.

use super::node::{Node, classed, node};
use super::state::{self, State};
use super::text::text;
use advisor_engine::endpoints::FEATURES;
use leptos::prelude::*;

/// The choice, folded away under what is chosen. `id` is that of the line that opens it.
pub fn choice(state: State, id: &'static str) -> AnyView {
    let said = move || {
        let names = state.features.with(|chosen| chosen.iter().map(|id| (text().feature)(id)).collect::<Vec<_>>());
        if names.is_empty() { text().features_none.to_owned() } else { (text().features_chosen)(&names.join(", ")) }
    };
    let boxes = FEATURES.iter().map(|id| one(state, id));
    classed("details", "features")
        .child(node("summary").attr("id", id).live_text(said))
        .child(node("fieldset").child(node("legend").text(text().features_legend)).children(boxes))
        .into_view()
}

fn one(state: State, id: &'static str) -> Node {
    let is_chosen = move || state.features.with(|chosen| chosen.iter().any(|known| known == id));
    let toggle = move |event| {
        let on = event_target_checked(&event);
        let chosen = state.features.get_untracked();
        let keep = |known: &&&str| if **known == id { on } else { chosen.iter().any(|chosen| chosen == **known) };
        state::choose_features(state, FEATURES.iter().filter(keep).map(|id| (*id).to_owned()).collect());
    };
    let check = node("input")
        .attr("type", "checkbox")
        .attr("name", "feature")
        .attr("value", id)
        .live_flag("checked", is_chosen)
        .on("change", toggle);
    classed("label", "check").child(check).child(node("span").text((text().feature)(id)))
}
