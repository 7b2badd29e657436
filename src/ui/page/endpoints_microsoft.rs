//! Microsoft's own list against the catalogue, in both directions, as tables and as text for a colleague.

use super::node::{Node, classed, live, node};
use super::parts;
use super::route::{self, Section};
use super::state::State;
use super::tables::{boxed, column, row_head};
use super::text::text;
use super::text_box::text_box;
use advisor_engine::endpoints::Endpoint;
use advisor_engine::endpoints::microsoft_list::{self as microsoft, Comparison, Refusal};
use leptos::prelude::*;

/// The box for Microsoft's list and the differences, folded away until somebody has that list.
pub fn comparison(state: State) -> Node {
    let content = RwSignal::new(String::new());
    let compared = move || {
        content.with(|content| {
            let is_blank = content.trim().is_empty();
            (!is_blank)
                .then(|| microsoft::read(content.as_bytes()).map(|list| microsoft::compare(&list, state.cloud.get())))
        })
    };
    classed("details", "part microsoft")
        .child(node("summary").attr("id", "microsoft").child(node("span").text(text().microsoft_heading)))
        .child(
            classed("div", "fold-body")
                .child(classed("p", "microsoft-how").text(text().microsoft_how))
                .child(text_box("microsoft-text", text().microsoft_label, text().microsoft_hint, content))
                .child(node("div").attr("role", "status").view(live(move || compared().map(|result| said(&result)))))
                .view(live(move || compared()?.ok().map(|comparison| shown(&comparison)))),
        )
}

fn said(result: &Result<Comparison, Refusal>) -> Node {
    match result {
        Ok(found) => {
            let differences = [found.theirs_only.len(), found.differs.len(), found.ours_only.len()];
            classed("p", "check-said").text((text().microsoft_said)((text().cloud)(found.cloud.id()), differences))
        }
        Err(refusal) => classed("p", "notice").text(refusal.text()),
    }
}

fn shown(found: &Comparison) -> Node {
    let problems = found.problems.iter().map(|problem| classed("p", "notice").text(problem));
    let theirs = found.theirs_only.iter().map(|one| {
        let place = node("td").text((text().microsoft_set)(one.set, one.required));
        line(node("code").text(&one.url), place, &[one.place.text(), &one.notes])
    });
    let differs = found.differs.iter().map(|one| {
        let place = node("td").text((text().microsoft_set)(one.set, None));
        line(link(one.row, &one.url), place, &[&one.what])
    });
    let ours = found.ours_only.iter().map(|one| {
        let place = node("td").text((text().need)(one.row.need.id()));
        let look = if one.look { text().microsoft_look } else { "" };
        line(link(one.row, &one.missing.join(", ")), place, &[look, one.why])
    });
    let as_text = microsoft::text(found);
    let copy = parts::copy_button(text().microsoft_copy, text().microsoft_copy.to_owned(), move || as_text.clone());
    let [in_theirs, in_both, in_ours] = text().microsoft_tables;
    classed("div", "check-result")
        .view(copy)
        .children(problems)
        .children(table(in_theirs, theirs.collect()))
        .children(table(in_both, differs.collect()))
        .children(table(in_ours, ours.collect()))
}

fn table(name: &'static str, rows: Vec<Node>) -> Option<Node> {
    if rows.is_empty() {
        return None;
    }
    let table = node("table")
        .child(node("caption").text(name))
        .child(node("thead").child(node("tr").children(text().microsoft_columns.map(column))))
        .child(node("tbody").children(rows));
    Some(boxed(name, table))
}

fn line(name: Node, place: Node, words: &[&str]) -> Node {
    // Sentences of the engine begin small where they follow a name.
    let words = words.iter().filter(|words| !words.is_empty()).map(|words| (text().card_whole)(words));
    let words = words.collect::<Vec<_>>().join(" ");
    node("tr").child(row_head().child(name)).child(place).child(node("td").text(words))
}

fn link(row: &Endpoint, name: &str) -> Node {
    let link = route::hash(Section::Endpoints, Some(&row.id()));
    node("a").attr("href", link).child(node("code").text((text().endpoint_port)(name, row.port)))
}
