//! The coverage matrix: the endpoints that Entra Connect needs in this cloud, against what the pasted logs show of
//! them, phase by phase.

use super::lists;
use super::parts;
use super::route::{self, Section};
use super::state::State;
use super::text::text;
use super::when::readable;
use advisor_engine::endpoints::{self, Phase};
use advisor_engine::export::v1::{Answer, Endpoint};
use leptos::{ev, html, prelude::*};

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
    (move || seen.with(|seen| (!seen.endpoints.is_empty()).then(|| matrix(state, seen, phase)))).into_any()
}

fn seen(answer: &Answer) -> Seen {
    let report = &answer.report;
    let rank = |endpoint: &Endpoint| STATES.iter().position(|state| *state == endpoint.state);
    let mut endpoints = report.endpoints.clone();
    endpoints.sort_by_key(rank);
    Seen {
        cloud: report.cloud.id.clone(),
        endpoints,
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
    let rows = {
        let (endpoints, cloud) = (seen.endpoints.clone(), seen.cloud.clone());
        move || {
            let shown = phase.with(|phase| endpoints.iter().filter(|one| is_called_in(one, phase)).collect::<Vec<_>>());
            shown.into_iter().map(|endpoint| row(&cloud, endpoint)).collect_view()
        }
    };
    let columns = text().coverage_columns.map(|column| html::th().attr("scope", "col").child(column));
    let phases = Phase::ALL
        .map(|phase| html::th().attr("scope", "col").attr("class", "in-phase").child((text().phase_short)(phase.id())));
    let [host, need, rest @ ..] = columns;
    let head = html::tr().child((host, need, phases.into_iter().collect_view(), rest.into_iter().collect_view()));
    let table = lists::table_box(
        text().heading_endpoints,
        html::table().child((html::thead().child(head), html::tbody().child(rows))).into_any(),
    );
    let body = (html::p().attr("class", "coverage-note").child(note), by_phase(seen), phase_filter(phase), table);
    let said = html::span().attr("class", "muted").child(said);
    let summary = html::span().attr("class", "part-head").child((html::h2().child(text().heading_endpoints), said));
    let body = html::div().attr("class", "coverage").child(body).into_any();
    parts::fold(state, "endpoints".to_owned(), "part", false, summary.into_any(), body)
}

fn is_called_in(endpoint: &Endpoint, phase: &str) -> bool {
    phase.is_empty() || endpoint.phases.iter().any(|known| known == phase)
}

/// How many endpoints of each phase are in which state.
fn by_phase(seen: &Seen) -> Option<AnyView> {
    if !seen.has_log {
        return None;
    }
    let row = |phase: Phase| {
        let of_phase = seen.endpoints.iter().filter(|one| is_called_in(one, phase.id())).collect::<Vec<_>>();
        let cells = STATES.map(|state| {
            let count = of_phase.iter().filter(|endpoint| endpoint.state == state).count();
            let class = if count == 0 { "number muted".to_owned() } else { format!("number state-{state}") };
            html::td().attr("class", class).child(count.to_string())
        });
        let known = seen.phases.iter().find(|(id, _)| id == phase.id()).map_or("not-seen", |(_, state)| state.as_str());
        html::tr().child((
            html::th().attr("scope", "row").child((text().phase)(phase.id())),
            html::td().attr("class", format!("state state-{known}")).child((text().phase_state)(known)),
            cells.into_iter().collect_view(),
        ))
    };
    let head = text().coverage_phase_columns.map(|column| html::th().attr("scope", "col").child(column));
    let states = STATES
        .map(|state| html::th().attr("scope", "col").attr("class", "number").child((text().endpoint_state)(state)));
    let table = html::table().attr("class", "by-phase").child((
        html::thead().child(html::tr().child((head.into_iter().collect_view(), states.into_iter().collect_view()))),
        html::tbody().child(Phase::ALL.map(row).into_iter().collect_view()),
    ));
    Some(lists::table_box(text().coverage_by_phase, table.into_any()))
}

fn phase_filter(phase: RwSignal<String>) -> AnyView {
    let option = move |(id, name): (&'static str, &'static str)| {
        html::option().attr("value", id).prop("selected", move || phase.with(|phase| phase == id)).child(name)
    };
    let phases = Phase::ALL.map(|phase| (phase.id(), (text().phase)(phase.id())));
    let options = std::iter::once(("", text().coverage_all_phases)).chain(phases).map(option).collect_view();
    html::label()
        .attr("class", "field")
        .child((
            html::span().child(text().coverage_phase_label),
            html::select().on(ev::change, move |event| phase.set(event_target_value(&event))).child(options),
        ))
        .into_any()
}

fn row(cloud: &str, endpoint: &Endpoint) -> AnyView {
    let name = (text().endpoint_port)(&endpoint.host, endpoint.port);
    // The row of this cloud has the host by its own name; where it has not, the name is enough.
    let known = endpoints::catalogue().find(|row| {
        row.cloud.id() == cloud && row.port == endpoint.port && row.hosts.contains(&endpoint.host.as_str())
    });
    let name = match known {
        Some(row) => {
            let link = route::hash(Section::Endpoints, Some(&row.id()));
            html::a().attr("href", link).child(html::code().child(name)).into_any()
        }
        None => html::code().child(name).into_any(),
    };
    let phases = Phase::ALL.map(|phase| {
        let mark = is_called_in(endpoint, phase.id())
            .then(|| html::span().attr("role", "img").attr("aria-label", text().coverage_called).child("●"));
        html::td().attr("class", "in-phase").child(mark)
    });
    let times = match (&endpoint.first_time, &endpoint.last_time) {
        (Some(first), Some(last)) => (text().card_time_range)(&readable(first), &readable(last)),
        (Some(one), None) | (None, Some(one)) => readable(one),
        (None, None) => String::new(),
    };
    html::tr()
        .child((
            html::th()
                .attr("scope", "row")
                .child((name, html::span().attr("class", "coverage-purpose muted").child(endpoint.purpose.clone()))),
            html::td().child((text().need)(&endpoint.need)),
            phases.into_iter().collect_view(),
            html::td()
                .attr("class", format!("state state-{}", endpoint.state))
                .child((text().endpoint_state)(&endpoint.state)),
            html::td().attr("class", "number").child((text().endpoint_requests)(endpoint.requests)),
            html::td().attr("class", "muted").child(times),
        ))
        .into_any()
}
