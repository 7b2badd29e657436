//! Checks allow-lists, in the section of that name and among the evidence: what a list lets through, host by host, with
//! the line.

use super::allow_list::Goal;
use super::catalogue;
use super::lines::Stretch;
use super::node::{Node, classed, live, node};
use super::parts;
use super::state::{self, State};
use super::tables::{boxed, column, row_head};
use super::text::text;
use super::text_box::text_box;
use advisor_engine::allow_list::{self, Product};
use advisor_engine::export;
use advisor_engine::export::allow_list::{ListCheck, ListRemark, ListRow};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// A pause in typing after which the list is checked.
const PAUSE: Duration = Duration::from_millis(150);

/// The box to paste the list into, and the result below it.
pub fn checker(goal: Memo<Goal>) -> Node {
    let content = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let products = Product::ALL.into_iter().map(|product| (product.id(), product.title()));
    let choices = std::iter::once(("", text().product_auto)).chain(products);
    let result = RwSignal::new(None::<Arc<ListCheck>>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let product = chosen.with(|id| Product::from_id(id));
        let (text, goal) = (content.get(), goal.get());
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        let check = move || {
            if turn.get_value() == mine {
                let is_blank = text.trim().is_empty();
                let check = || {
                    let check = allow_list::check(&text, product, goal.cloud, &goal.features);
                    Arc::new(export::allow_list::check(&check))
                };
                result.set((!is_blank).then(check));
            }
        };
        // The key that was pressed shows first, and a long list is not checked once for every key.
        set_timeout(check, PAUSE);
    });
    node("section")
        .attr("class", "panel")
        .attr("aria-labelledby", "allow-list-check")
        .child(node("h3").attr("id", "allow-list-check").text(text().check_heading))
        .child(text_box("allow-list-text", text().check_label, text().check_hint, content))
        .child(catalogue::choice(text().product_label, choices, chosen, || {}))
        .child(node("div").attr("role", "status").view(live(move || result.get().map(|check| said(&check)))))
        .view(live(move || result.get().map(|check| shown(&check, &|row| where_it_stands(row)))))
}

/// The answer in a few words, for the eye and for a screen reader.
fn said(check: &ListCheck) -> Node {
    let tone = if check.complete { "state-reached" } else { "state-refused" };
    classed("p", format!("check-said {tone}")).text(verdict(check))
}

/// Whether it is complete, and what is missing.
fn verdict(check: &ListCheck) -> String {
    let gaps = check.rows.iter().filter(|row| row.is_gap).count();
    let open = check.rows.iter().filter(|row| row.verdict == "undecidable" && row.weight == "counts").count();
    (text().check_said)(check.complete, gaps, open, (text().cloud)(&check.cloud))
}

/// The lists among the evidence, in the diagnosis: each entry leads to its line.
pub fn of_evidence(state: State) -> AnyView {
    let checks = Memo::new(move |_| {
        state.answers.lists.with(|answer| answer.as_ref().map(|answer| answer.allow_lists.clone()).unwrap_or_default())
    });
    let part = move |(number, check): (usize, &ListCheck)| {
        let place = |row: &ListRow| match shown_place(state, row, number) {
            Some(button) => button,
            None => where_it_stands(row),
        };
        let summary = classed("span", "part-head")
            .child(node("h2").text(text().check_of_evidence))
            .child(classed("span", "muted").text(verdict(check)));
        let key = format!("allow-list-{number}");
        parts::fold(state, key, "part", false, summary.into_view(), shown(check, &place).into_view())
    };
    live(move || {
        checks.with(|checks| {
            let parts = checks.iter().enumerate().map(part).collect::<Vec<_>>();
            (!parts.is_empty()).then(|| parts.into_iter().fold(node("div"), Node::view))
        })
    })
}

/// A button that shows the line of an entry in the viewer.
fn shown_place(state: State, row: &ListRow, number: usize) -> Option<Node> {
    let answer = state.answers.lists.get_untracked()?;
    let (artifact, line) = (row.artifact.as_ref()?, row.line?);
    let id = format!("allow-list-{number}-{}-{}", row.host, row.port);
    let stretch = Stretch::line_at(line, (row.byte?, row.byte_end?));
    let place = state::place(&answer, artifact, stretch, &row.why, &id)?;
    let label = (text().check_line)(line);
    let show = node("button")
        .attr("type", "button")
        .attr("class", "link")
        .attr("id", id)
        .on("click", move |_| state::show(state, place.clone()))
        .text(label);
    Some(node("span").child(show).children(entry(row)))
}

fn where_it_stands(row: &ListRow) -> Node {
    let line = row.line.map(text().check_line).unwrap_or_default();
    node("span").text(line).children(entry(row))
}

fn entry(row: &ListRow) -> Option<Node> {
    row.entry.as_ref().map(|entry| node("span").text(" ").child(node("code").text(entry)))
}

fn shown(check: &ListCheck, place: &dyn Fn(&ListRow) -> Node) -> Node {
    let product = Product::from_id(&check.product).unwrap_or_default().title();
    let product = (text().check_product)(product, check.entries, &check.wildcards);
    let read_as = classed("p", "muted").text((text().card_whole)(&check.why_known)).text(" ").text(product);
    let remark = |remark: &ListRemark| {
        node("li").text(match remark.line {
            Some(line) => (text().card_problem)(line, &remark.what),
            None => remark.what.clone(),
        })
    };
    let remarks = classed("ul", "notice check-remarks").children(check.remarks.iter().take(REMARKS).map(remark));
    // What is missing stands first; the order of the check is kept within.
    let (mut gaps, rest): (Vec<_>, Vec<_>) = check.rows.iter().partition(|row| row.is_gap);
    // Without the sign-in and the sync nothing works; the certificate checks on port 80 come after them.
    gaps.sort_by_key(|row| row.port == 80);
    let (covered, open): (Vec<_>, Vec<_>) = rest.into_iter().partition(|row| row.verdict == "covered");
    let rows = [gaps.clone(), open, covered].concat();
    let table = classed("table", "check-table")
        .child(node("thead").child(node("tr").children(text().check_columns.map(column))))
        .child(node("tbody").children(rows.into_iter().map(|one| row(one, place(one)))));
    let mut missing = gaps.iter().filter_map(|row| row.lines.clone()).collect::<Vec<_>>();
    // Hosts of one family share an entry.
    let mut known = BTreeSet::new();
    missing.retain(|lines| known.insert(lines.clone()));
    let copy = (!missing.is_empty())
        .then(|| parts::copy_button(text().copy_missing, text().copy_missing.to_owned(), move || missing.join("\n")));
    classed("div", "check-result")
        .child(read_as)
        .children((!check.remarks.is_empty()).then_some(remarks))
        .view(copy.into_any())
        .child(boxed(text().check_table, table))
}

/// Remarks that are shown: a list in the wrong syntax is wrong on every line.
const REMARKS: usize = 12;

fn row(row: &ListRow, place: Node) -> Node {
    let class = match (row.is_gap, row.verdict.as_str()) {
        (true, _) => "state-refused",
        (false, "covered") => "state-reached",
        _ => "state-not-seen",
    };
    let host = node("code").text((text().endpoint_port)(&row.host, row.port));
    node("tr")
        .child(row_head().child(host).child(classed("span", "coverage-purpose muted").text(&row.purpose)))
        .child(node("td").text((text().check_weight)(&row.weight)))
        .child(classed("td", class).text((text().check_verdict)(&row.verdict)))
        .child(node("td").child(place))
        .child(node("td").text(&row.why))
        .child(node("td").children(row.add.as_ref().map(|add| node("code").text(add))))
}
