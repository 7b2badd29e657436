//! Calls over time, by endpoint: a drawing for the eye, and the same as tables for everybody.
//!
//! A lane is an SVG that is stretched to the room there is; labels and marks stand over it as text and buttons, so
//! that they are never stretched. Refused calls hang below the line of a lane and carry a cross: form, place and
//! colour all say it.

use super::axis;
use super::lane;
use super::lines::Stretch;
use super::parts;
use super::state::{self, State};
use super::text::text;
use super::timeline_table;
use super::when;
use super::{browser, plain};
use advisor_engine::export::v1::{Answer, Timeline, TimelineRow, TimelineSession};
use leptos::{ev, html, prelude::*, svg};

/// Crosses in one lane at most, and in one drawing about. The bars show every refusal, and the table names more.
const MARKS: usize = 24;
const ALL_MARKS: usize = 160;
/// Ticks of the axis. On a narrow screen every other is left out.
const TICKS: i64 = 8;
/// Broken runs that are told in words; the table has all.
const BROKEN: usize = 6;
/// More lanes than any catalogue of endpoints has.
const LANES: usize = 200;

/// The drawings, one for each Connect server of each log.
pub fn timelines(state: State) -> AnyView {
    let all = Memo::new(move |_| {
        state
            .answers
            .timelines
            .with(|answer| answer.as_ref().map(|answer| answer.timelines.clone()).unwrap_or_default())
    });
    let count = Memo::new(move |_| all.with(Vec::len));
    let part = move || {
        let count = count.get();
        (count > 0).then(|| {
            let figures = (0..count).map(|at| {
                let one = Memo::new(move |_| all.with(|all| all.get(at).cloned()));
                let drawn = move || one.with(|timeline| Some(figure(state, timeline.as_ref()?, at)));
                if at == 0 { drawn.into_any() } else { later(state, one, at) }
            });
            let summary = html::span().attr("class", "part-head").child(html::h2().child(text().heading_timeline));
            let body = figures.collect_view().into_any();
            parts::fold(state, "timeline".to_owned(), "part timeline-part", true, summary.into_any(), body)
        })
    };
    part.into_any()
}

/// A log may have several servers. The busiest is drawn at once, the others when somebody asks for them.
fn later(state: State, timeline: Memo<Option<Timeline>>, at: usize) -> AnyView {
    let is_open = RwSignal::new(false);
    let title = move || {
        let answer = state.answers.timelines.get()?;
        timeline.with(|timeline| Some(title(&answer, timeline.as_ref()?)))
    };
    let drawn =
        move || is_open.get().then(|| timeline.with(|timeline| Some(figure(state, timeline.as_ref()?, at)))).flatten();
    html::details()
        .attr("class", "timeline-other")
        .on(ev::toggle, move |_| is_open.set(true))
        .child((html::summary().child(title), drawn))
        .into_any()
}

fn title(answer: &Answer, timeline: &Timeline) -> String {
    (text().timeline_title)(plain::artifact_name(&answer.report, &timeline.artifact), timeline.client.as_deref())
}

fn figure(state: State, timeline: &Timeline, at: usize) -> AnyView {
    let answer = state.answers.timelines.get_untracked();
    let zone = if timeline.zone_known { "" } else { text().timeline_no_zone };
    let zone = if timeline.ordered_only { text().timeline_no_times } else { zone };
    let title = answer.as_deref().map(|answer| title(answer, timeline)).unwrap_or_default();
    let times = if timeline.ordered_only {
        String::new()
    } else {
        (text().card_time_range)(&when::plain(&timeline.start), &when::plain(&timeline.end))
    };
    let ground = ground(timeline);
    let with_refusals = timeline.rows.iter().filter(|row| row.refused > 0).count();
    let scale = (lane::most(timeline), (ALL_MARKS / with_refusals.max(1)).clamp(1, MARKS));
    let rows = timeline.rows.iter().enumerate();
    let rows =
        rows.map(|(number, row)| lane_row(state, answer.as_deref(), timeline, row, (at, number), scale, &ground));
    html::figure()
        .attr("class", "timeline")
        .attr("aria-label", title.clone())
        .child((
            html::figcaption().child((
                html::strong().child(title),
                html::span().attr("class", "muted").child(times),
                html::span().attr("class", "muted").child(zone),
            )),
            legend(),
            (timeline.rows_left_out > 0)
                .then(|| html::p().attr("class", "muted").child((text().timeline_left_out)(timeline.rows_left_out))),
            html::div()
                .attr("class", "chart")
                .attr("role", "group")
                .attr("aria-label", text().timeline_keys)
                .on(ev::keydown, move |event| walk(&event))
                .child((phases(timeline), rows.collect_view(), axis_row(timeline))),
            sessions(timeline),
            timeline_table::tables(state, answer.as_deref(), timeline, at),
        ))
        .into_any()
}

/// What stands behind the bars of every lane: the phases, and the time without a call.
fn ground(timeline: &Timeline) -> (String, String) {
    let (mut phases, mut gaps) = (String::new(), String::new());
    for session in &timeline.sessions {
        lane::stretch(&mut phases, timeline, session.from, session.to);
    }
    for (from, to) in &timeline.gaps {
        lane::stretch(&mut gaps, timeline, *from, *to);
    }
    (phases, gaps)
}

fn lane_row(
    state: State,
    answer: Option<&Answer>,
    timeline: &Timeline,
    row: &TimelineRow,
    (at, number): (usize, usize),
    (most, marks): (u32, usize),
    (phases, gaps): &(String, String),
) -> AnyView {
    let paths = lane::paths(row, most);
    let bins = timeline.bins.max(1).to_string();
    let base = format!("M0 {base}h{bins}", base = lane::BASE);
    let drawing = drawing(
        &bins,
        &[
            ("ground", phases),
            ("gap", gaps),
            ("base", &base),
            ("reached", &paths.reached),
            ("asked", &paths.asked),
            ("other", &paths.other),
            ("refused", &paths.refused),
        ],
    );
    let refused = row.cells.iter().filter(|cell| cell.refused > 0);
    let marks = marks_of(state, answer, timeline, row, (at, number), marks);
    let first = refused.clone().find_map(|cell| cell.line);
    let id = mark_id(at, number, 0);
    let said = (text().timeline_row_refused)(&row.host, row.total, row.refused);
    let press = first.and_then(|line| to_line(state, answer, timeline, line, &said, &id));
    let label = match press {
        Some(press) => html::button()
            .attr("type", "button")
            .attr("class", "link")
            .attr("id", id)
            .attr("aria-label", said)
            .on(ev::click, move |_| press())
            .child(row.host.clone())
            .into_any(),
        None => html::span().child(row.host.clone()).into_any(),
    };
    html::div()
        .attr("class", if row.refused > 0 { "chart-row has-refused" } else { "chart-row" })
        .child((
            html::div().attr("class", "chart-label").attr("title", row.purpose.clone()).child(label),
            html::div().attr("class", "lane").child((drawing, marks)),
            html::span().attr("class", "chart-count").child((text().timeline_count)(row.total, row.refused)),
        ))
        .into_any()
}

/// The crosses of one lane. Where the answer keeps a line of that moment the cross leads to it.
fn marks_of(
    state: State,
    answer: Option<&Answer>,
    timeline: &Timeline,
    row: &TimelineRow,
    (at, number): (usize, usize),
    most: usize,
) -> Vec<AnyView> {
    let mut buttons = 0;
    let refused = row.cells.iter().filter(|cell| cell.refused > 0).take(most);
    let marks = refused.map(|cell| {
        let label = (text().timeline_refused)(&row.host, &when(timeline, cell.bin), cell.refused);
        let left = format!("{:.2}%", lane::middle(timeline, cell.bin) * 100.0);
        let cross = svg::svg().attr("viewBox", "-6 -6 12 12").attr("aria-hidden", "true");
        let cross = cross.child(svg::path().attr("d", "M-4-4L4 4M4-4L-4 4"));
        let id = mark_id(at, number, buttons + 1);
        match cell.line.and_then(|line| to_line(state, answer, timeline, line, &label, &id)) {
            Some(press) => {
                buttons += 1;
                html::button()
                    .attr("type", "button")
                    .attr("class", "mark")
                    .style(("left", left))
                    .attr("id", id)
                    // One stop for the Tab key in each lane, its label; arrow keys lead on from there.
                    .attr("tabindex", "-1")
                    .attr("aria-label", label.clone())
                    .attr("title", label)
                    .on(ev::click, move |_| press())
                    .child(cross)
                    .into_any()
            }
            None => {
                html::span().attr("class", "mark").style(("left", left)).attr("title", label).child(cross).into_any()
            }
        }
    });
    marks.collect()
}

/// The paths of one lane, by class.
fn drawing(bins: &str, paths: &[(&'static str, &str)]) -> AnyView {
    let path = |(class, d): &(&'static str, &str)| svg::path().attr("class", *class).attr("d", (*d).to_owned());
    svg::svg()
        .attr("viewBox", format!("0 0 {bins} {}", lane::HEIGHT))
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(paths.iter().map(path).collect_view())
        .into_any()
}

/// The band over the lanes: which phase it was, and where nothing came at all.
fn phases(timeline: &Timeline) -> AnyView {
    let left = |from: i64| format!("{:.2}%", lane::place(timeline, from) * 100.0);
    let width =
        |from: i64, to: i64| format!("{:.2}%", (lane::place(timeline, to) - lane::place(timeline, from)) * 100.0);
    let band = |session: &TimelineSession| {
        let said = session_said(timeline, session);
        let class = if session.state == "complete" { "band" } else { "band broken" };
        html::span()
            .attr("class", class)
            .style(("left", left(session.from)))
            .style(("width", width(session.from, session.to)))
            .attr("title", said)
            .child(html::span().child((text().timeline_band)((text().phase)(&session.phase), &session.state)))
    };
    let gap = |(from, to): &(i64, i64)| {
        let said = (text().timeline_gap)(&axis::span(to - from));
        html::span()
            .attr("class", "gap")
            .style(("left", left(*from)))
            .style(("width", width(*from, *to)))
            .attr("title", said.clone())
            .child(html::span().child(said))
    };
    html::div()
        .attr("class", "chart-row chart-phases")
        .attr("aria-hidden", "true")
        .child((
            html::div().attr("class", "chart-label muted").child(text().heading_phases),
            html::div().attr("class", "lane").child((
                timeline.gaps.iter().map(gap).collect_view(),
                timeline.sessions.iter().map(band).collect_view(),
            )),
            html::span().attr("class", "chart-count"),
        ))
        .into_any()
}

fn axis_row(timeline: &Timeline) -> AnyView {
    let tick = |tick: axis::Tick| {
        html::span().attr("class", "tick").style(("left", format!("{:.2}%", tick.at * 100.0))).child(tick.label)
    };
    let ticks = if timeline.ordered_only {
        Vec::new()
    } else {
        {
            let (from, to) = (lane::second(timeline, 0), lane::second(timeline, timeline.bins));
            // The label stands to the right of its tick.
            axis::ticks(&timeline.start, from, to, TICKS).into_iter().filter(|tick| tick.at < 0.9).collect()
        }
    };
    let order = timeline.ordered_only.then(|| html::span().attr("class", "muted").child(text().timeline_in_order));
    html::div()
        .attr("class", "chart-row chart-axis")
        .attr("aria-hidden", "true")
        .child((
            html::div().attr("class", "chart-label"),
            html::div().attr("class", "lane").child((ticks.into_iter().map(tick).collect_view(), order)),
            html::span().attr("class", "chart-count"),
        ))
        .into_any()
}

/// The runs that did not come to their end: what came last, and what never came.
fn sessions(timeline: &Timeline) -> Option<AnyView> {
    // A wizard that is tried again and again breaks off at the same place: told once, with how often.
    let mut broken: Vec<(&TimelineSession, usize)> = Vec::new();
    for session in timeline.sessions.iter().filter(|session| session.state != "complete") {
        match broken.iter_mut().find(|(known, _)| is_same_break(known, session)) {
            Some((_, times)) => *times += 1,
            None => broken.push((session, 1)),
        }
    }
    let item = |(session, times): &(&TimelineSession, usize)| {
        let again = (*times > 1).then(|| (" ", (text().timeline_again)(times - 1)));
        html::li().child((session_said(timeline, session), again))
    };
    (!broken.is_empty()).then(|| {
        html::ul()
            .attr("class", "timeline-broken")
            .child(broken.iter().take(BROKEN).map(item).collect_view())
            .into_any()
    })
}

/// The same phase that stopped at the same place.
fn is_same_break(one: &TimelineSession, other: &TimelineSession) -> bool {
    one.phase == other.phase && one.stopped_at == other.stopped_at && one.missing == other.missing
}

fn session_said(timeline: &Timeline, session: &TimelineSession) -> String {
    let time = |second: i64| axis::time(&timeline.start, second, timeline.seconds);
    let times = if timeline.ordered_only {
        String::new()
    } else {
        (text().card_time_range)(&time(session.from), &time(session.to))
    };
    let state = (text().phase_state)(&session.state);
    (text().timeline_session)(
        (text().phase)(&session.phase),
        &times,
        state,
        session.stopped_at.as_deref(),
        &session.missing,
    )
}

fn legend() -> AnyView {
    let item = |class: &'static str, shape: &'static str, label: &'static str| {
        let drawing = svg::svg().attr("viewBox", "0 0 14 14").attr("class", "key");
        html::li().child((drawing.child(svg::path().attr("class", class).attr("d", shape)), label))
    };
    let [reached, refused, asked, other] = text().timeline_legend;
    html::ul()
        .attr("class", "legend")
        .attr("role", "list")
        .child((
            item("reached", "M4 2h6v10h-6z", reached),
            item("cross", "M3 3L11 11M11 3L3 11", refused),
            item("asked", "M5.5 2h3v10h-3z", asked),
            item("other", "M4 2h6v10h-6z", other),
        ))
        .into_any()
}

/// What leads to a line in the viewer; `None` where the answer knows no such artifact.
pub fn to_line(
    state: State,
    answer: Option<&Answer>,
    timeline: &Timeline,
    line: usize,
    note: &str,
    origin: &str,
) -> Option<impl Fn() + Clone + use<>> {
    let place = state::place(answer?, &timeline.artifact, Stretch::line(line), note, origin)?;
    Some(move || state::show(state, place.clone()))
}

/// When a bin begins and ends.
pub fn when(timeline: &Timeline, bin: usize) -> String {
    if timeline.ordered_only {
        return (text().timeline_call)(bin + 1);
    }
    let time = |bin: usize| axis::time(&timeline.start, lane::second(timeline, bin), timeline.seconds);
    if timeline.bin_seconds <= 1 {
        return time(bin);
    }
    (text().card_time_range)(&time(bin), &time(bin + 1))
}

/// Number 0 is the label of the lane, the others are its crosses from left to right.
fn mark_id(timeline: usize, lane: usize, mark: usize) -> String {
    format!("mark-{timeline}-{lane}-{mark}")
}

/// Arrow keys: along a lane, and up and down between the lanes that have something to show.
fn walk(event: &web_sys::KeyboardEvent) {
    let id = browser::focused_id();
    let mut numbers = id.strip_prefix("mark-").into_iter().flat_map(|id| id.split('-')).flat_map(str::parse::<usize>);
    let (Some(at), Some(lane), Some(mark)) = (numbers.next(), numbers.next(), numbers.next()) else { return };
    let moved = match event.key().as_str() {
        "ArrowRight" => browser::focus(&mark_id(at, lane, mark + 1)),
        "ArrowLeft" => mark > 0 && browser::focus(&mark_id(at, lane, mark - 1)),
        "ArrowDown" => (lane + 1..lane + LANES).any(|lane| to_lane(at, lane, mark)),
        "ArrowUp" => (0..lane).rev().any(|lane| to_lane(at, lane, mark)),
        _ => return,
    };
    if moved {
        event.prevent_default();
    }
}

/// The cross of that number, or the last before it.
fn to_lane(at: usize, lane: usize, mark: usize) -> bool {
    (0..=mark).rev().any(|mark| browser::focus(&mark_id(at, lane, mark)))
}
