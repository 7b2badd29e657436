//! Who reads which proxy, and what was tried by hand: two tables, each line leads to its place in the evidence.

use super::lines::Stretch;
use super::parts;
use super::state::{self, State};
use super::text::text;
use advisor_engine::export::layers::{LayerRow, Layers, TestRow};
use advisor_engine::export::place::Place;
use leptos::{ev, html, prelude::*};

/// Both parts. Each is drawn anew only when something in it has changed.
pub fn layers(state: State) -> AnyView {
    let all = Memo::new(move |_| {
        state.answers.lists.with(|answer| answer.as_ref().map(|answer| answer.layers.clone()).unwrap_or_default())
    });
    (move || all.with(|all| (proxies(state, all), tests(state, all)))).into_any()
}

fn proxies(state: State, all: &Layers) -> Option<AnyView> {
    let rows = all.rows.iter().enumerate().map(|(number, row)| proxy(state, row, number)).collect_view();
    let body = html::div().child((
        html::p().attr("class", "layers-lead").child(text().layers_lead),
        table(text().heading_layers, &text().layer_columns, rows.into_any()),
    ));
    part(state, "layers", text().heading_layers, all.rows.len(), body.into_any())
}

fn proxy(state: State, row: &LayerRow, number: usize) -> AnyView {
    let name = (text().layer)(&row.kind, &row.account);
    let says = (text().layer_says)(&row.says);
    let value = row.value.clone().map(|value| html::code().child(value));
    let bypass = match row.bypass.as_str() {
        "" => text().none.into_any(),
        bypass => html::code().child(bypass.to_owned()).into_any(),
    };
    let readers = row.readers.iter().map(|reader| (text().layer_reader)(reader)).collect::<Vec<_>>().join(", ");
    html::tr()
        .attr("data-layer", row.kind.clone())
        .attr("class", format!("layer counts-{}", row.counts))
        .child((
            html::th().attr("scope", "row").child(name.clone()),
            html::td().child(readers),
            html::td().child((html::span().child(says), " ", value)),
            html::td().child((text().layer_counts)(&row.counts)),
            html::td().child(bypass),
            html::td().child(to_place(state, &row.place, &name, format!("layer-{number}"))),
        ))
        .into_any()
}

fn tests(state: State, all: &Layers) -> Option<AnyView> {
    let rows = all.tests.iter().enumerate().map(|(number, row)| test(state, row, number)).collect_view();
    let body = table(text().heading_tests, &text().test_columns, rows.into_any());
    part(state, "hand-tests", text().heading_tests, all.tests.len(), body)
}

fn test(state: State, row: &TestRow, number: usize) -> AnyView {
    let target = row.target.clone().map(|target| html::code().child(target));
    html::tr()
        .child((
            html::th().attr("scope", "row").child(row.tool.clone()),
            html::td().child(target),
            html::td().child(row.way.clone()),
            html::td().child((text().test_account)(&row.context)),
            html::td()
                .attr("class", format!("test-{}", row.outcome))
                .child((text().test_outcome)(&row.outcome, &row.answer)),
            html::td().attr("class", "proves").child(row.proves.clone()),
            html::td().child(to_place(state, &row.place, &row.tool, format!("hand-test-{number}"))),
        ))
        .into_any()
}

/// A button that opens the line; the line alone where the evidence is not at hand.
pub fn to_place(state: State, place: &Place, note: &str, id: String) -> AnyView {
    let line = (text().line)(place.line);
    let answer = state.answers.lists.get_untracked();
    let found = answer
        .as_deref()
        .and_then(|answer| state::place(answer, &place.artifact, Stretch::line(place.line), note, &id));
    match found {
        Some(found) => html::button()
            .attr("type", "button")
            .attr("class", "link")
            .attr("id", id)
            .attr("aria-label", (text().show_place)(&format!("{note}, {line}")))
            .on(ev::click, move |_| state::show(state, found.clone()))
            .child(line)
            .into_any(),
        None => html::span().child(line).into_any(),
    }
}

/// A table that scrolls inside its own box, which the keyboard reaches for that.
pub fn table(caption: &'static str, columns: &'static [&'static str], rows: AnyView) -> AnyView {
    let head = columns.iter().map(|column| html::th().attr("scope", "col").child(*column)).collect_view();
    html::div()
        .attr("class", "table-box")
        .attr("role", "region")
        .attr("tabindex", "0")
        .attr("aria-label", caption)
        .child(html::table().attr("class", "records").child((
            html::caption().attr("class", "visually-hidden").child(caption),
            html::thead().child(html::tr().child(head)),
            html::tbody().child(rows),
        )))
        .into_any()
}

/// A part of the result with its heading; nothing where there is nothing to show.
pub fn part(state: State, key: &str, heading: &'static str, count: usize, body: AnyView) -> Option<AnyView> {
    (count > 0).then(|| {
        let summary = html::span()
            .attr("class", "part-head")
            .child((html::h2().child(heading), html::span().attr("class", "muted").child((text().count)(count))));
        parts::fold(state, key.to_owned(), "part", true, summary.into_any(), body)
    })
}
