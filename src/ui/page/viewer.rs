//! The lines of an artifact around a place, with the place marked.

use super::browser;
use super::lines::{self, Stretch};
use super::state::{self, Place, State};
use super::text::text;
use advisor_engine::source::Source;
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Lines that one press of "more" adds.
const MORE: usize = 500;

/// The viewer. It is there only while it shows something.
pub fn viewer(state: State) -> AnyView {
    (move || {
        let place = state.viewer.get()?;
        let source = state::source(state, place.input)?;
        Some(open(state, &place, source))
    })
    .into_any()
}

fn open(state: State, place: &Place, source: Arc<Source>) -> AnyView {
    let name = source.name.clone();
    let stretch = place.stretch;
    let window = lines::window(&source, stretch);
    let (first, last) = (RwSignal::new(*window.start()), RwSignal::new(*window.end()));
    let count = source.line_count();
    let origin = place.origin.clone();
    browser::after_drawing(move || {
        browser::focus("viewer");
        // The viewer covers the lower part of the page; the finding stays in sight above it.
        browser::keep_in_sight(&origin);
        browser::reveal("viewer-lines", "viewer-mark");
    });
    let earlier = move || {
        let more = MORE.min(first.get() - 1);
        (more > 0).then(|| {
            let press = move || {
                let shown_first = first.get_untracked();
                first.set(shown_first - more);
                browser::after_drawing(move || browser::reveal("viewer-lines", &line_id(shown_first)));
            };
            more_button("viewer-earlier", (text().viewer_earlier)(more), press)
        })
    };
    let later = move || {
        let more = MORE.min(count.saturating_sub(last.get()));
        (more > 0).then(|| {
            more_button("viewer-later", (text().viewer_later)(more), move || last.update(|last| *last += more))
        })
    };
    let rows = move || {
        let numbers = first.get()..=last.get();
        numbers.map(|number| row(&source, number, stretch)).collect_view()
    };
    html::aside()
        .attr("class", "viewer")
        .attr("id", "viewer")
        .attr("role", "region")
        .attr("tabindex", "-1")
        .attr("aria-label", (text().viewer_label)(&name))
        .child((
            html::div().attr("class", "viewer-head").child((
                html::p().child((
                    html::strong().child(name),
                    " ",
                    html::span().child((text().viewer_place)(stretch.line, stretch.end_line)),
                    html::span().attr("class", "viewer-note").child(place.note.clone()),
                )),
                html::button()
                    .attr("type", "button")
                    .attr("id", "viewer-back")
                    .on(ev::click, move |_| state::leave_viewer(state))
                    .child(text().viewer_back),
            )),
            html::div()
                .attr("class", "viewer-lines")
                .attr("id", "viewer-lines")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", (text().viewer_label)(&source_label(place)))
                .child((earlier, rows, later)),
        ))
        .into_any()
}

fn source_label(place: &Place) -> String {
    (text().viewer_place)(place.stretch.line, place.stretch.end_line)
}

fn row(source: &Source, number: usize, stretch: Stretch) -> AnyView {
    let line = lines::shown(source, number, stretch);
    let is_first = number == stretch.line;
    let mark =
        (!line.mark.is_empty()).then(|| html::mark().attr("id", is_first.then_some("viewer-mark")).child(line.mark));
    let is_marked = (stretch.line..=stretch.end_line).contains(&number);
    let hidden =
        (line.hidden > 0).then(|| html::span().attr("class", "hidden-text").child((text().viewer_hidden)(line.hidden)));
    html::div()
        .attr("class", if is_marked { "line marked" } else { "line" })
        .attr("id", line_id(number))
        .child((
            html::span().attr("class", "line-number").child(number.to_string()),
            html::code().child((line.before, mark, line.after, hidden)),
        ))
        .into_any()
}

fn line_id(number: usize) -> String {
    format!("line-{number}")
}

fn more_button(id: &'static str, label: String, press: impl Fn() + 'static) -> AnyView {
    html::button()
        .attr("type", "button")
        .attr("id", id)
        .attr("class", "quiet more-lines")
        .on(ev::click, move |_| press())
        .child(label)
        .into_any()
}
