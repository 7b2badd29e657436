//! The timeline as tables: all that the drawing shows, for screen readers, for the keyboard, and for copying.

use super::axis;
use super::parts;
use super::state::State;
use super::text::text;
use super::timeline::{to_line, when};
use advisor_engine::export::v1::{Answer, Timeline, TimelineCell, TimelineRow, TimelineSession};
use leptos::{ev, html, prelude::*};

/// Moments that one row names; the log itself has the others.
const MOMENTS: usize = 12;

/// The tables under a drawing.
pub fn tables(state: State, answer: Option<&Answer>, timeline: &Timeline, at: usize) -> AnyView {
    let rows = timeline.rows.iter().enumerate();
    let rows = rows.map(|(number, row)| endpoint(state, answer, timeline, row, (at, number))).collect_view();
    let sessions = timeline.sessions.iter().map(|one| session(timeline, one)).collect_view();
    let gaps = timeline.gaps.iter().map(|(from, to)| gap(timeline, *from, *to)).collect_view();
    let has_sessions = !timeline.sessions.is_empty() || !timeline.gaps.is_empty();
    let body = html::div().child((
        table(text().timeline_table, &text().timeline_columns, rows.into_any()),
        has_sessions
            .then(|| table(text().timeline_sessions, &text().timeline_session_columns, (sessions, gaps).into_any())),
    ));
    let summary = html::span().child(text().timeline_as_table).into_any();
    parts::fold(state, format!("timeline-table-{at}"), "more", false, summary, body.into_any())
}

fn endpoint(
    state: State,
    answer: Option<&Answer>,
    timeline: &Timeline,
    row: &TimelineRow,
    (at, number): (usize, usize),
) -> AnyView {
    let sum =
        |of: fn(&TimelineCell) -> u32| (text().endpoint_requests)(row.cells.iter().map(|cell| of(cell) as usize).sum());
    let refused = row.cells.iter().filter(|cell| cell.refused > 0);
    let count = refused.clone().count();
    let moments = refused.take(MOMENTS).zip(0..).map(|(cell, moment)| {
        let id = format!("moment-{at}-{number}-{moment}");
        let when = when(timeline, cell.bin);
        let label = (text().timeline_refused)(&row.host, &when, cell.refused);
        let said = (text().timeline_moment)(&when, cell.refused);
        let press = cell.line.and_then(|line| to_line(state, answer, timeline, line, &label, &id));
        match press {
            Some(press) => html::button()
                .attr("type", "button")
                .attr("class", "link")
                .attr("id", id)
                .attr("aria-label", label)
                .on(ev::click, move |_| press())
                .child(said)
                .into_any(),
            None => html::span().child(said).into_any(),
        }
    });
    let moments = moments.collect::<Vec<_>>();
    let rest = count.saturating_sub(MOMENTS);
    html::tr()
        .child((
            html::th().attr("scope", "row").child(html::code().child(row.host.clone())),
            html::td().child((text().need)(&row.need)),
            html::td().attr("class", "number").child((text().endpoint_requests)(row.total)),
            html::td().attr("class", "number").child(sum(|cell| cell.reached)),
            html::td().attr("class", "number").child((text().endpoint_requests)(row.refused)),
            html::td().attr("class", "number").child(sum(|cell| cell.asked)),
            html::td().attr("class", "number").child(sum(|cell| cell.other)),
            html::td().attr("class", "moments").child((
                moments,
                (rest > 0).then(|| html::span().attr("class", "muted").child((text().card_more_skipped)(rest))),
            )),
        ))
        .into_any()
}

fn session(timeline: &Timeline, session: &TimelineSession) -> AnyView {
    let missing = if session.missing.is_empty() { text().none.to_owned() } else { session.missing.join(", ") };
    html::tr()
        .child((
            html::th().attr("scope", "row").child((text().phase)(&session.phase)),
            html::td().child(moment(timeline, session.from)),
            html::td().child(moment(timeline, session.to)),
            html::td()
                .attr("class", format!("state state-{}", session.state))
                .child((text().phase_state)(&session.state)),
            html::td().child(session.stopped_at.clone()),
            html::td().child(missing),
        ))
        .into_any()
}

fn gap(timeline: &Timeline, from: i64, to: i64) -> AnyView {
    html::tr()
        .child((
            html::th().attr("scope", "row").child((text().timeline_gap)(&axis::span(to - from))),
            html::td().child(moment(timeline, from)),
            html::td().child(moment(timeline, to)),
            html::td(),
            html::td(),
            html::td(),
        ))
        .into_any()
}

fn moment(timeline: &Timeline, second: i64) -> Option<String> {
    (!timeline.ordered_only).then(|| axis::time(&timeline.start, second, timeline.seconds))
}

fn table(caption: &'static str, columns: &'static [&'static str], rows: AnyView) -> AnyView {
    let head = columns.iter().map(|column| html::th().attr("scope", "col").child(*column)).collect_view();
    // A wide table scrolls inside its own box, which the keyboard has to reach for that.
    html::div()
        .attr("class", "table-box")
        .attr("role", "region")
        .attr("tabindex", "0")
        .attr("aria-label", caption)
        .child(html::table().child((
            html::caption().child(caption),
            html::thead().child(html::tr().child(head)),
            html::tbody().child(rows),
        )))
        .into_any()
}
