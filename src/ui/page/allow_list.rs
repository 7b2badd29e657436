//! The section "Allow-list": writes the list for a product, and checks one that is there.

use super::age;
use super::allow_list_check;
use super::browser;
use super::catalogue;
use super::features;
use super::node::{Node, button, classed, live, node};
use super::parts;
use super::state::{self, State};
use super::text::text;
use advisor_engine::allow_list::{self, Product};
use advisor_engine::endpoints::Cloud;
use leptos::prelude::*;

/// What the lists of this section are for: what the person chose on the page, or what the evidence shows.
#[derive(Clone, PartialEq)]
pub struct Goal {
    pub cloud: Cloud,
    pub features: Vec<String>,
}

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let goal = Memo::new(move |_| Goal { cloud: state::cloud_in_use(state), features: state.features.get() });
    classed("div", "allow-list")
        .children(age::warning())
        .child(goal_form(state, goal))
        .child(writer(goal))
        .child(allow_list_check::checker(goal))
        .into_view()
}

/// Cloud and features are those of the whole page, set here or in its head.
fn goal_form(state: State, goal: Memo<Goal>) -> Node {
    let cloud = |cloud: Cloud| {
        let is_chosen = move || goal.with(|goal| goal.cloud == cloud);
        node("option").attr("value", cloud.id()).live_flag("selected", is_chosen).text((text().cloud)(cloud.id()))
    };
    let select = node("select")
        .attr("id", "allow-list-cloud")
        .children(state::CLOUDS.map(cloud))
        .on("change", move |event| state::choose_cloud(state, Cloud::from_id(&event_target_value(&event))));
    let label = classed("label", "field").child(node("span").text(text().cloud_label)).child(select);
    classed("div", "allow-list-goal").child(label).view(features::choice(state, "allow-list-features"))
}

fn writer(goal: Memo<Goal>) -> Node {
    let chosen = RwSignal::new(Product::default().id().to_owned());
    let product = move || chosen.with(|id| Product::from_id(id)).unwrap_or_default();
    let written = Memo::new(move |_| goal.with(|goal| allow_list::write(product(), goal.cloud, &goal.features)));
    let choices = Product::ALL.into_iter().map(|product| (product.id(), product.title()));
    let download = button(text().download_list, move || {
        let product = product();
        let name = goal.with_untracked(|goal| format!("entra-connect-{}-{}", goal.cloud.id(), product.id()));
        browser::download_as(&format!("{name}.{}", ending(product)), "text/plain", &written.get_untracked());
    });
    let copy = parts::copy_button(text().copy_list, text().copy_list.to_owned(), move || written.get_untracked());
    let lines = move || (text().list_lines)(written.with(|written| written.lines().count()));
    let meaning = move || Some(classed("p", "muted").text(format!("{}.", product().wildcards())));
    let heading = node("h3").attr("id", "allow-list-write").text(text().write_heading);
    let row = classed("div", "allow-list-row")
        .child(catalogue::choice(text().product_label, choices, chosen, || {}))
        .view(copy)
        .child(download)
        .child(classed("span", "muted").attr("role", "status").live_text(lines));
    let output = classed("pre", "written")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", text().written_label)
        .child(node("code").live_text(move || written.get()));
    node("section")
        .attr("class", "panel")
        .attr("aria-labelledby", "allow-list-write")
        .child(heading)
        .child(row)
        .view(live(meaning))
        .child(output)
}

/// The ending of a file in the syntax of this product.
fn ending(product: Product) -> &'static str {
    match product {
        Product::Csv => "csv",
        Product::Squid | Product::FortiGate => "conf",
        Product::AzureFirewall => "json",
        Product::Pac => "pac",
        _ => "txt",
    }
}
