//! The part of the section "Allow-list" that checks a list: what it lets through, host by host, with the line.

use super::allow_list::Goal;
use super::catalogue;
use super::node::{Node, classed, live, node};
use super::parts;
use super::tables::{boxed, column, row_head};
use super::text::text;
use super::text_box::text_box;
use advisor_engine::allow_list::{self, Check, Product, Row, Verdict};
use leptos::prelude::*;
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
    let result = RwSignal::new(None::<Arc<Check>>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let product = chosen.with(|id| Product::from_id(id));
        let (text, goal) = (content.get(), goal.get());
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        let check = move || {
            if turn.get_value() == mine {
                let is_blank = text.trim().is_empty();
                let check = || Arc::new(allow_list::check(&text, product, goal.cloud, &goal.features));
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
        .view(live(move || result.get().map(|check| shown(&check))))
}

/// The answer in a few words, for the eye and for a screen reader.
fn said(check: &Check) -> Node {
    let gaps = check.rows.iter().filter(|row| row.is_gap).count();
    let open = check.rows.iter().filter(|row| row.verdict == Verdict::Undecidable).count();
    let tone = if check.complete { "state-reached" } else { "state-refused" };
    let said = (text().check_said)(check.complete, gaps, open, (text().cloud)(check.cloud.id()));
    classed("p", format!("check-said {tone}")).text(said)
}

fn shown(check: &Check) -> Node {
    let product = (text().check_product)(check.product.title(), check.entries, check.product.wildcards());
    let known = classed("p", "muted").text(sentence(&check.why_known)).text(" ").text(product);
    let remark = |remark: &allow_list::Remark| {
        node("li").text(match remark.line {
            Some(line) => (text().card_problem)(line, &remark.what),
            None => remark.what.clone(),
        })
    };
    let remarks = classed("ul", "notice check-remarks").children(check.remarks.iter().take(REMARKS).map(remark));
    // What is missing stands first; the order of the check is kept within.
    let (gaps, rest): (Vec<_>, Vec<_>) = check.rows.iter().partition(|row| row.is_gap);
    let (covered, open): (Vec<_>, Vec<_>) = rest.into_iter().partition(|row| row.verdict == Verdict::Covered);
    let rows = [gaps, open, covered].concat();
    let head = node("tr").children(text().check_columns.map(column));
    let table = classed("table", "check-table")
        .child(node("thead").child(head))
        .child(node("tbody").children(rows.into_iter().map(row)));
    let missing = check.rows.iter().filter(|row| row.is_gap).filter_map(|row| row.add.clone()).collect::<Vec<_>>();
    let copy = (!missing.is_empty()).then(|| {
        parts::copy_button(text().copy_missing, text().copy_missing.to_owned(), move || missing.join("\n")).into_any()
    });
    classed("div", "check-result")
        .child(known)
        .children((!check.remarks.is_empty()).then_some(remarks))
        .view(copy.into_any())
        .child(boxed(text().check_table, table))
}

/// Remarks that are shown: a list in the wrong syntax is wrong on every line.
const REMARKS: usize = 12;

fn row(row: &Row) -> Node {
    let class = match (row.is_gap, row.verdict) {
        (true, _) => "state-refused",
        (false, Verdict::Covered) => "state-reached",
        _ => "state-not-seen",
    };
    let found = match (&row.entry, row.place) {
        (Some(entry), Some(place)) => {
            node("td").text((text().check_line)(place.line)).text(" ").child(node("code").text(entry))
        }
        (None, Some(place)) => node("td").text((text().check_line)(place.line)),
        (Some(entry), None) => node("td").child(node("code").text(entry)),
        (None, None) => node("td"),
    };
    let host = node("code").text((text().endpoint_port)(row.host, row.port));
    node("tr")
        .child(row_head().child(host).child(classed("span", "coverage-purpose muted").text(row.purpose)))
        .child(node("td").text((text().check_weight)(row.weight.id())))
        .child(classed("td", class).text((text().check_verdict)(row.verdict.id())))
        .child(found)
        .child(node("td").text(&row.why))
        .child(node("td").children(row.add.as_ref().map(|add| node("code").text(add))))
}

/// Sentences of the engine end with a stop.
fn sentence(said: &str) -> String {
    if said.is_empty() || said.ends_with('.') { said.to_owned() } else { format!("{said}.") }
}
