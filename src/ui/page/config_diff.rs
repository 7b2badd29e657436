//! The difference of a configuration and its corrected text, side by side or as one column.

use super::text::text;
use advisor_engine::export::config::{ConfigFile, DiffLine, DiffRow};
use leptos::{ev, html, prelude::*};

/// Pixels from which on two texts fit side by side.
const WIDE: f64 = 1100.0;

/// The difference, with the choice of its layout. `id` tells it from others on the page.
pub fn diff(file: &ConfigFile, id: &str) -> Option<AnyView> {
    if file.rows.is_empty() {
        return None;
    }
    let width = web_sys::window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
    let is_sides = RwSignal::new(width.is_some_and(|width| width >= WIDE));
    let rows = file.rows.clone();
    let table = move || if is_sides.get() { sides(&rows) } else { unified(&rows) };
    let choice = |label: &'static str, sides: bool, id: &str| {
        html::label().attr("class", "diff-choice").child((
            html::input()
                .attr("type", "radio")
                .attr("name", format!("diff-{id}"))
                .attr("checked", is_sides.get_untracked() == sides)
                .on(ev::change, move |_| is_sides.set(sides)),
            html::span().child(label),
        ))
    };
    let choices = html::fieldset().attr("class", "diff-choices").child((
        html::legend().attr("class", "visually-hidden").child(text().config.diff_view),
        choice(text().config.diff_sides, true, id),
        choice(text().config.diff_unified, false, id),
    ));
    let head = html::div().attr("class", "diff-head").child((html::h4().child(text().config.diff_heading), choices));
    Some(
        html::div()
            .attr("class", "diff")
            .child((
                head,
                html::div()
                    .attr("class", "diff-box")
                    .attr("tabindex", "0")
                    .attr("role", "region")
                    .attr("aria-label", text().config.diff_heading)
                    .child(table),
            ))
            .into_any(),
    )
}

fn head(columns: [&'static str; 4]) -> AnyView {
    let cell = |column: &'static str| html::th().attr("scope", "col").child(column);
    html::thead().child(html::tr().child(columns.map(cell).into_iter().collect_view())).into_any()
}

fn sides(rows: &[DiffRow]) -> AnyView {
    let row = |row: &DiffRow| {
        if row.kind == "gap" {
            return gap(row);
        }
        let side = |line: &Option<DiffLine>, mark: &'static str, sign: &'static str| {
            let number = line.as_ref().map(|line| line.number.to_string()).unwrap_or_default();
            let class = if row.kind == "same" || line.is_none() { "diff-text" } else { mark };
            let sign = if row.kind == "same" || line.is_none() { "" } else { sign };
            (
                html::td().attr("class", "diff-number").child(number),
                html::td().attr("class", class).attr("data-sign", sign).child(line.as_ref().map(content)),
            )
        };
        html::tr()
            .child((side(&row.old, "diff-text diff-removed", "\u{2212}"), side(&row.new, "diff-text diff-added", "+")))
            .into_any()
    };
    let body = html::tbody().child(rows.iter().map(row).collect_view());
    html::table().attr("class", "diff-table diff-sides").child((head(text().config.diff_columns), body)).into_any()
}

fn unified(rows: &[DiffRow]) -> AnyView {
    let line = |old: Option<&DiffLine>, new: Option<&DiffLine>, class: &'static str, said: &'static str, sign| {
        let number = |line: Option<&DiffLine>| line.map(|line| line.number.to_string()).unwrap_or_default();
        html::tr()
            .child((
                html::td().attr("class", "diff-number").child(number(old)),
                html::td().attr("class", "diff-number").child(number(new)),
                html::td().attr("class", "diff-sign").child((
                    html::span().attr("aria-hidden", "true").child(sign),
                    html::span().attr("class", "visually-hidden").child(said),
                )),
                html::td().attr("class", class).child(old.or(new).map(content)),
            ))
            .into_any()
    };
    let removed =
        |old: &DiffLine| line(Some(old), None, "diff-text diff-removed", text().config.diff_removed, "\u{2212}");
    let added = |new: &DiffLine| line(None, Some(new), "diff-text diff-added", text().config.diff_added, "+");
    let mut views = Vec::new();
    let mut waiting = Vec::new();
    for row in rows {
        if matches!(row.kind.as_str(), "same" | "gap") {
            views.append(&mut waiting);
        }
        match row.kind.as_str() {
            "gap" => views.push(gap(row)),
            "same" => views.push(line(row.old.as_ref(), row.new.as_ref(), "diff-text", "", "")),
            _ => {
                views.extend(row.old.as_ref().map(removed));
                waiting.extend(row.new.as_ref().map(added));
            }
        }
    }
    views.append(&mut waiting);
    let body = html::tbody().child(views);
    html::table().attr("class", "diff-table").child((head(text().config.diff_columns_unified), body)).into_any()
}

fn gap(row: &DiffRow) -> AnyView {
    html::tr()
        .attr("class", "diff-gap")
        .child(html::td().attr("colspan", "4").child((text().config.diff_gap)(row.left_out)))
        .into_any()
}

fn content(line: &DiffLine) -> AnyView {
    let marked = (!line.marked.is_empty()).then(|| html::mark().child(line.marked.clone()));
    html::code().child((line.before.clone(), marked, line.after.clone())).into_any()
}
