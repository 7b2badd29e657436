//! The section "Endpoints": every row of the catalogue with its facts and sources.

use super::age;
use super::catalogue::{self, Catalogue, Filter, Listed, codes, fact, sentences, words};
use super::endpoints_microsoft;
use super::endpoints_search::{self as search, ROWS, Wanted};
use super::node::{Node, classed, node};
use super::route::Section;
use super::state::State;
use super::text::text;
use advisor_engine::endpoints::{Cloud, Endpoint, FEATURES, Need};
use leptos::prelude::*;

const NEEDS: [Need; 5] = [Need::Required, Need::Feature, Need::Legacy, Need::CommunityReported, Need::Ignorable];

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let clouds = Cloud::ALL.map(|cloud| (cloud.id(), (text().cloud)(cloud.id()))).to_vec();
    let needs = NEEDS.map(|need| (need.id(), (text().need)(need.id()))).to_vec();
    let features = FEATURES.iter().map(|id| (*id, (text().feature)(id))).collect();
    let all = Catalogue {
        section: Section::Endpoints,
        label: text().endpoints_list,
        hint: text().endpoints_hint,
        filters: vec![
            Filter { label: text().cloud_label, all: text().all_clouds, choices: clouds },
            Filter { label: text().need_label, all: text().all_needs, choices: needs },
            Filter { label: text().feature_label, all: text().all_features, choices: features },
        ],
        find,
        by_id: |id| ROWS.iter().position(|row| row.id() == id),
        id: |at| ROWS.get(at).map(|row| row.id()).unwrap_or_default(),
        summary: |at| ROWS.get(at).map_or_else(|| node("span"), |row| summary(row)),
        body: |at| ROWS.get(at).map_or_else(|| node("div"), |row| body(row)),
        unknown: text().endpoint_unknown,
        show_all: (text().endpoints_all)(ROWS.len()),
    };
    classed("div", "catalogue-page")
        .children(age::said())
        .child(endpoints_microsoft::comparison(state))
        .view(catalogue::catalogue(state, all))
        .into_view()
}

fn find(typed: &str, filters: &[String]) -> Listed {
    let filter = |at: usize| filters.get(at).cloned().unwrap_or_default();
    let found =
        search::find(&Wanted { typed: typed.to_owned(), cloud: filter(0), need: filter(1), feature: filter(2) });
    let said = match &found.host {
        Some(host) => {
            (text().endpoints_covering)(host, found.covering, found.rows.len() - found.covering, found.hidden)
        }
        None => (text().endpoints_found)(found.rows.len(), ROWS.len(), found.hidden),
    };
    Listed { rows: found.rows, said, hides: found.hidden > 0 }
}

fn summary(row: &Endpoint) -> Node {
    let cloud = if search::is_alias(row) { text().every_cloud } else { (text().cloud)(row.cloud.id()) };
    let need = classed("span", format!("tag need-{}", row.need.id())).text((text().need)(row.need.id()));
    let trap = (!row.trap.is_empty()).then(|| classed("span", "tag trap-tag").text(text().endpoint_trap));
    classed("span", "endpoint-row")
        .child(node("code").text((text().endpoint_port)(row.pattern, row.port)))
        .child(classed("span", "endpoint-purpose").text(row.purpose))
        .child(classed("span", "endpoint-tags").child(need).children(trap))
        .child(classed("span", "muted").text(cloud))
}

fn body(row: &Endpoint) -> Node {
    let trap = (!row.trap.is_empty())
        .then(|| classed("p", "trap").child(node("strong").text(text().endpoint_trap)).text(" ").text(row.trap));
    let hosts = codes(row.hosts.iter().map(|&host| host.to_owned())).or_else(|| words(text().endpoint_family));
    let phases = joined(row.phases.iter().map(|phase| (text().phase)(phase.id())));
    let breaks = words(row.breaks.text).map(|said| {
        let how = if row.breaks.stated { text().endpoint_stated } else { text().endpoint_inferred };
        said.text(" ").child(classed("span", "muted").text(how))
    });
    let sources =
        std::iter::once((row.source, row.date)).chain(row.also_in.iter().map(|other| (other.name, other.date)));
    let ports = row.other_ports.iter().map(|other| (text().endpoint_other_port)(other.port, other.why));
    let facts = vec![
        fact(text().endpoint_hosts, hosts),
        fact(text().endpoint_port_label, words((text().endpoint_protocol)(row.port, row.protocol()))),
        fact(text().endpoint_other_ports, sentences(ports)),
        fact(text().endpoint_phases, phases.or_else(|| words(text().endpoint_no_phase))),
        fact(text().endpoint_callers, joined(row.callers.iter().map(|caller| (text().caller)(caller.id())))),
        fact(text().endpoint_features, joined(row.features.iter().map(|id| (text().feature)(id)))),
        fact(text().endpoint_versions, words((text().endpoint_version)(row.since, row.until))),
        fact(text().endpoint_breaks, breaks),
        fact(text().endpoint_disagree, sentences(row.disagreements.iter().map(|&said| said.to_owned()))),
        fact(text().endpoint_remark, words(row.remark)),
        fact(text().endpoint_sources, sentences(sources.map(|(name, date)| (text().dated)(name, date)))),
    ];
    catalogue::body(Section::Endpoints, &row.id(), row.pattern, trap, facts)
}

fn joined(names: impl Iterator<Item = &'static str>) -> Option<Node> {
    words(names.collect::<Vec<_>>().join(", "))
}
