//! The coverage matrix: the endpoints that Entra Connect needs in this cloud, against what the pasted logs show of
//! them, phase by phase.

use super::catalogue;
use super::node::{Node, classed, live, node};
use super::parts;
use super::route::{self, Section};
use super::state::State;
use super::tables::{boxed, column, row_head};
use super::text::text;
use super::when::readable;
use advisor_engine::endpoints::{self, Phase};
use advisor_engine::export::v1::{Answer, Endpoint};
use leptos::prelude::*;

/// States of an endpoint, from what needs a look to what does not.
const STATES: [&str; 5] = ["refused", "auth-required", "failed", "not-seen", "reached"];

/// What the matrix is drawn from. It is drawn anew only when something in it has changed.
#[derive(Clone, Default, PartialEq)]
struct Seen {
    cloud: String,
    endpoints: Vec<Endpoint>,
    /// Id and state of each phase.
    phases: Vec<(String, String)>,
    has_log: bool,
}

/// The matrix, folded under its totals.
pub fn coverage(state: State) -> AnyView {
    let seen = Memo::new(move |_| {
        state.answers.lists.with(|answer| answer.as_ref().map(|answer| seen(answer)).unwrap_or_default())
    });
    let phase = RwSignal::new(String::new());
    let part = move || seen.with(|seen| (!seen.endpoints.is_empty()).then(|| matrix(state, seen, phase)));
    live(move || part().map(|part| node("div").view(part)))
}

fn seen(answer: &Answer) -> Seen {
    let report = &answer.report;
    let of_state = |state: &&str| report.endpoints.iter().filter(|one| one.state == **state).cloned().collect();
    Seen {
        cloud: report.cloud.id.clone(),
        endpoints: STATES.iter().map(of_state).collect::<Vec<Vec<_>>>().concat(),
        phases: report.phases.iter().map(|phase| (phase.id.clone(), phase.state.clone())).collect(),
        has_log: report.artifacts.iter().any(|artifact| matches!(artifact.kind.as_str(), "proxy-log" | "har")),
    }
}

fn matrix(state: State, seen: &Seen, phase: RwSignal<String>) -> AnyView {
    let count = |wanted: &str| seen.endpoints.iter().filter(|endpoint| endpoint.state == wanted).count();
    let (reached, unseen) = (count("reached"), count("not-seen"));
    let said = if seen.has_log {
        (text().endpoint_states)(reached, seen.endpoints.len() - reached - unseen, unseen)
    } else {
        text().coverage_no_log.to_owned()
    };
    let note = if seen.has_log { text().coverage_not_seen } else { text().coverage_without_log };
    let phases = Phase::ALL.map(|phase| (phase.id(), (text().phase)(phase.id())));
    let phases = std::iter::once(("", text().coverage_all_phases)).chain(phases);
    let (endpoints, cloud) = (seen.endpoints.clone(), seen.cloud.clone());
    let rows = move || {
        phase.with(|phase| {
            let shown = endpoints.iter().filter(|one| is_called_in(one, phase));
            Some(table(shown.map(|endpoint| row(&cloud, endpoint)).collect()))
        })
    };
    let body = classed("div", "coverage")
        .child(classed("p", "coverage-note").text(note))
        .children(by_phase(seen))
        .child(catalogue::choice(text().coverage_phase_label, phases, phase, || {}))
        .view(live(rows));
    let summary = classed("span", "part-head")
        .child(node("h2").text(text().heading_endpoints))
        .child(classed("span", "muted").text(said));
    parts::fold(state, "endpoints".to_owned(), "part", false, summary.into_view(), body.into_view())
}

fn is_called_in(endpoint: &Endpoint, phase: &str) -> bool {
    phase.is_empty() || endpoint.phases.iter().any(|known| known == phase)
}

/// How many endpoints of each phase are in which state.
fn by_phase(seen: &Seen) -> Option<Node> {
    if !seen.has_log {
        return None;
    }
    let row = |phase: Phase| {
        let of_phase = seen.endpoints.iter().filter(|one| is_called_in(one, phase.id())).collect::<Vec<_>>();
        let cell = |state: &str| {
            let count = of_phase.iter().filter(|endpoint| endpoint.state == state).count();
            let tone = if count == 0 { "muted".to_owned() } else { format!("state-{state}") };
            classed("td", format!("number {tone}")).text(count.to_string())
        };
        let known = seen.phases.iter().find(|(id, _)| id == phase.id()).map_or("not-seen", |(_, state)| state.as_str());
        node("tr")
            .child(row_head().text((text().phase)(phase.id())))
            .child(classed("td", format!("state state-{known}")).text((text().phase_state)(known)))
            .children(STATES.map(cell))
    };
    let head = node("tr")
        .children(text().coverage_phase_columns.map(column))
        .children(STATES.map(|state| column((text().endpoint_state)(state)).attr("class", "number")));
    let table = classed("table", "by-phase")
        .child(node("thead").child(head))
        .child(node("tbody").children(Phase::ALL.map(row)));
    Some(boxed(text().coverage_by_phase, table))
}

fn table(rows: Vec<Node>) -> Node {
    let [endpoint, need, rest @ ..] = text().coverage_columns.map(column);
    let phase = |phase: Phase| column((text().phase_short)(phase.id())).attr("class", "in-phase");
    let head = node("tr").child(endpoint).child(need).children(Phase::ALL.map(phase)).children(rest);
    boxed(text().heading_endpoints, node("table").child(node("thead").child(head)).child(node("tbody").children(rows)))
}

fn row(cloud: &str, endpoint: &Endpoint) -> Node {
    let name = node("code").text((text().endpoint_port)(&endpoint.host, endpoint.port));
    // The row of this cloud has the host by its own name; where it has not, the name is enough.
    let known = endpoints::catalogue().find(|row| {
        row.cloud.id() == cloud && row.port == endpoint.port && row.hosts.contains(&endpoint.host.as_str())
    });
    let name = match known {
        Some(row) => node("a").attr("href", route::hash(Section::Endpoints, Some(&row.id()))).child(name),
        None => name,
    };
    let in_phase = |phase: Phase| {
        let mark = || node("span").attr("role", "img").attr("aria-label", text().coverage_called).text("●");
        classed("td", "in-phase").children(is_called_in(endpoint, phase.id()).then(mark))
    };
    let times = match (&endpoint.first_time, &endpoint.last_time) {
        (Some(first), Some(last)) => (text().card_time_range)(&readable(first), &readable(last)),
        (Some(one), None) | (None, Some(one)) => readable(one),
        (None, None) => String::new(),
    };
    node("tr")
        .child(row_head().child(name).child(classed("span", "coverage-purpose muted").text(&endpoint.purpose)))
        .child(node("td").text((text().need)(&endpoint.need)))
        .children(Phase::ALL.map(in_phase))
        .child(classed("td", format!("state state-{}", endpoint.state)).text((text().endpoint_state)(&endpoint.state)))
        .child(classed("td", "number").text((text().endpoint_requests)(endpoint.requests)))
        .child(classed("td", "muted").text(times))
}
