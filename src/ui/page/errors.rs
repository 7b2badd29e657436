//! The section "Errors": type a code or words, read what the error means, what it proves and what looks like it.

use super::catalogue::{self, Catalogue, Filter, Listed, codes, fact, words};
use super::errors_search::{self as search, ENTRIES, Known};
use super::node::{Node, classed, live, node};
use super::route::{self, Section};
use super::state::State;
use super::text::text;
use advisor_engine::errors::language::{Basis, Wording};
use advisor_engine::errors::{ErrorEntry, FAMILIES, LookAlike};
use advisor_engine::rules;
use leptos::prelude::*;

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let families = FAMILIES.iter().map(|family| (family.id, family.name)).collect();
    let all = Catalogue {
        section: Section::Errors,
        label: text().errors_list,
        hint: text().errors_hint,
        filters: vec![Filter { label: text().family_label, all: text().all_families, choices: families }],
        find,
        by_id: search::by_id,
        id: |at| ENTRIES.get(at).map(|known| known.entry.id.to_owned()).unwrap_or_default(),
        summary: |at| ENTRIES.get(at).map_or_else(|| node("span"), summary),
        body: |at| ENTRIES.get(at).map_or_else(|| node("div"), |known| body(known.entry)),
        unknown: text().error_unknown,
        show_all: (text().errors_show_all)(ENTRIES.len()),
    };
    catalogue::catalogue(state, all)
}

fn find(typed: &str, filters: &[String]) -> Listed {
    let found = search::find(typed, filters.first().map_or("", String::as_str));
    let is_search = !typed.trim().is_empty();
    let said = if is_search {
        (text().errors_found)(found.named, found.rows.len() - found.named, found.hidden)
    } else {
        (text().errors_all)(found.rows.len(), ENTRIES.len())
    };
    Listed { hides: is_search && found.hidden > 0, rows: found.rows, said }
}

fn summary(known: &Known) -> Node {
    classed("span", "error-row")
        .child(node("code").text(headline(known.entry)))
        .child(node("span").text(known.entry.meaning))
        .child(classed("span", "muted").text(known.family.name))
}

/// By what people know it: its number and its name, or the first words of its message.
pub fn headline(entry: &ErrorEntry) -> String {
    let number = entry.numbers.first().map(|number| number.name());
    let code = entry.codes.first().map(|code| (*code).to_owned());
    match (number, code) {
        (Some(number), Some(code)) => format!("{number} {code}"),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => entry.texts().next().unwrap_or(entry.id).to_owned(),
    }
}

fn body(entry: &'static ErrorEntry) -> Node {
    let names = entry.codes.iter().map(|code| (*code).to_owned());
    let written = names.chain(entry.written_numbers().into_iter().map(|(form, _)| form));
    let facts = vec![
        fact(text().error_meaning, words(entry.meaning)),
        fact(text().error_rules_in, words(entry.rules_in)),
        fact(text().error_rules_out, words(entry.rules_out)),
        fact(text().error_layer, words((text().depth)(entry.layer))),
        fact(text().error_category, entry.category.and_then(|category| words(category.name()))),
        fact(text().error_look_alikes, look_alikes(entry)),
        fact(text().error_diagnosis, diagnosis(entry)),
        fact(text().error_forms, codes(written)),
        fact(text().error_texts, codes(entry.patterns.iter().map(|pattern| (*pattern).to_owned()))),
        fact(text().error_languages, wordings(entry.wordings)),
        fact(text().error_example, Some(node("code").text(entry.example))),
        fact(text().endpoint_sources, words((text().dated)(entry.source, entry.date))),
    ];
    catalogue::body(Section::Errors, entry.id, &headline(entry), None, facts)
}

fn look_alikes(entry: &ErrorEntry) -> Option<Node> {
    let item = |other: &LookAlike| {
        let known = search::by_id(other.id).and_then(|at| ENTRIES.get(at));
        let name = known.map_or_else(|| other.id.to_owned(), |known| headline(known.entry));
        node("li").child(link(other.id, name)).text(": ").text(other.tell)
    };
    (!entry.look_alikes.is_empty()).then(|| node("ul").children(entry.look_alikes.iter().map(item)))
}

fn link(id: &str, name: String) -> Node {
    node("a").attr("href", route::hash(Section::Errors, Some(id))).text(name)
}

/// The title of a diagnosis that this error alone supports. A title with variable parts says nothing without evidence.
fn diagnosis(entry: &ErrorEntry) -> Option<Node> {
    let id = entry.diagnosis?;
    let rule = rules::all().find(|rule| rule.id == id)?;
    words(if rule.en.title.contains('{') { id } else { rule.en.title })
}

fn wordings(wordings: &[Wording]) -> Option<Node> {
    let item = |wording: &Wording| {
        let language = match wording.basis {
            Basis::Unconfirmed => (text().error_unconfirmed)(wording.language.name()),
            Basis::Product | Basis::Field => wording.language.name().to_owned(),
        };
        node("li").child(node("code").text(wording.text)).text(" ").child(classed("span", "muted").text(language))
    };
    let list = || classed("ul", "codes").attr("role", "list").children(wordings.iter().map(item));
    (!wordings.is_empty()).then(list)
}

/// Links from the evidence of a diagnosis to the entries of the errors that stand in it. They are looked for after the
/// diagnosis is drawn: a reader waits for the diagnosis and not for them.
pub fn links(excerpts: Vec<String>) -> AnyView {
    let named = RwSignal::new(Vec::<&'static ErrorEntry>::new());
    let look = move || {
        // The diagnosis may be gone by now.
        let _ = named.try_set(search::named_in(&excerpts.join("\n")));
    };
    set_timeout(look, std::time::Duration::ZERO);
    live(move || {
        let links = named.with(|named| {
            named.iter().map(|entry| node("li").child(link(entry.id, headline(entry)))).collect::<Vec<_>>()
        });
        (!links.is_empty()).then(|| {
            classed("div", "error-links")
                .child(classed("span", "muted").text(text().error_links))
                .child(node("ul").attr("role", "list").children(links))
        })
    })
}
