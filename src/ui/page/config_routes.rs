//! The table of effective proxies: which way each required endpoint is called, by whom, and by which line.

use super::lines::Stretch;
use super::parts;
use super::plain;
use super::state::{self, State};
use super::text::text;
use advisor_engine::export::config::{RouteCell, RouteRow};
use advisor_engine::export::v1::Answer;
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Hosts of one row that are shown at first.
const HOSTS: usize = 8;

/// The table, where the evidence tells anything about it.
pub fn routes(state: State) -> AnyView {
    (move || {
        let answer = state.answers.lists.get()?;
        if answer.configuration.routes.is_empty() {
            return None;
        }
        let head = text().config.routes_columns.map(|column| html::th().attr("scope", "col").child(column));
        let mut rows = answer.configuration.routes.iter().collect::<Vec<_>>();
        rows.sort_by_key(|row| weight(row));
        let rows = rows.into_iter().enumerate().map(|(at, row)| view(state, &answer, row, at));
        let table = html::table().attr("class", "routes").attr("id", "effective-proxy").child((
            html::thead().child(html::tr().child(head.into_iter().collect_view())),
            html::tbody().child(rows.collect_view()),
        ));
        let body = html::div().attr("class", "routes-body").child((
            html::p().attr("class", "muted").child(text().config.routes_lead),
            html::div()
                .attr("class", "table-box")
                .attr("role", "region")
                .attr("tabindex", "0")
                .attr("aria-label", text().config.routes_heading)
                .child(table),
        ));
        let summary = html::span().attr("class", "part-head").child(html::h2().child(text().config.routes_heading));
        let summary = summary.into_any();
        Some(parts::fold(state, "routes".to_owned(), "part", true, summary, body.into_any()))
    })
    .into_any()
}

/// What carries the sign-in and the sync stands first, what only the wizard calls next, the certificate checks of
/// Windows on port 80 last.
fn weight(row: &RouteRow) -> (bool, bool) {
    let is_check = row.hosts.iter().all(|(_, port, _)| *port == 80);
    (is_check, row.routes.iter().any(|cell| cell.way == "not-called"))
}

fn view(state: State, answer: &Arc<Answer>, row: &RouteRow, at: usize) -> AnyView {
    let host = |(host, port, purpose): &(String, u16, String)| {
        let shown = if *port == 443 { host.clone() } else { format!("{host}:{port}") };
        html::li().attr("title", purpose.clone()).child(html::code().child(shown))
    };
    let list = |hosts: &[(String, u16, String)]| {
        html::ul().attr("class", "routes-hosts").child(hosts.iter().map(host).collect_view()).into_any()
    };
    let cells = row.routes.iter().map(|cell| route(state, answer, cell, at)).collect_view();
    let (first, rest) = row.hosts.split_at(row.hosts.len().min(HOSTS));
    let rest = (!rest.is_empty()).then(|| {
        let key = format!("route-hosts-{at}");
        parts::fold(state, key, "more", false, (text().config.routes_more)(rest.len()).into_any(), list(rest))
    });
    html::tr().child((html::th().attr("scope", "row").child((list(first), rest)), cells)).into_any()
}

fn route(state: State, answer: &Arc<Answer>, cell: &RouteCell, at: usize) -> AnyView {
    let words = &text().config;
    let by = cell.by.as_ref().map(|place| {
        let id = format!("route-{at}-{}", cell.context);
        let name = plain::artifact_name(&answer.report, &place.artifact);
        let label = format!("{name}, {}", (words.routes_line)(place.line));
        let stretch = Stretch::line_at(place.line, (place.byte_start, place.byte_end));
        let target = state::place(answer, &place.artifact, stretch, &cell.why, &id);
        html::button()
            .attr("type", "button")
            .attr("class", "link")
            .attr("id", id)
            .on(ev::click, move |_| {
                if let Some(target) = target.clone() {
                    state::show(state, target);
                }
            })
            .child(label)
    });
    let proxy = cell.proxy.clone().map(|proxy| (" ", html::code().child(proxy)));
    html::td()
        .attr("class", format!("route route-{}", cell.way))
        .child((
            html::p().attr("class", "route-way").child(((words.routes_way)(&cell.way), proxy)),
            html::p().attr("class", "muted").child(cell.why.clone()),
            by,
        ))
        .into_any()
}
