//! The section "Errors": type a code or words, read what the error means, what it proves and what looks like it.

use super::browser;
use super::catalogue::{self, fact, words};
use super::errors_search::{self as search, ENTRIES, Found, Known};
use super::nav;
use super::route::{self, Section};
use super::state::State;
use super::text::text;
use advisor_engine::errors::language::{Basis, Wording};
use advisor_engine::errors::{ErrorEntry, FAMILIES};
use advisor_engine::rules;
use leptos::{ev, html, prelude::*};

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let typed = RwSignal::new(String::new());
    let family = RwSignal::new(String::new());
    let entry = nav::entry(state, Section::Errors);
    Effect::new(move |before: Option<(String, String)>| {
        let now = (typed.get(), family.get());
        // Whoever types or chooses wants to see all that fits, and not the one entry that the address names.
        if before.is_some_and(|before| before != now) && entry.with_untracked(Option::is_some) {
            nav::go(state, Section::Errors);
        }
        now
    });
    Effect::new(move |_| {
        if let Some(id) = entry.get() {
            browser::after_drawing(move || {
                browser::focus(&summary_id(&id));
            });
        }
    });
    let found = Memo::new(move |_| match entry.get() {
        Some(id) => Found { rows: search::by_id(&id).into_iter().collect(), ..Found::default() },
        None => typed.with(|typed| family.with(|family| search::find(typed, family))),
    });
    let rows = Memo::new(move |_| found.with(|found| found.rows.clone()));
    let families = FAMILIES.iter().map(|family| (family.id, family.name)).collect();
    html::div()
        .attr("class", "catalogue-page")
        .child((
            html::div().attr("class", "catalogue-controls").attr("role", "search").child((
                catalogue::search_box("error-search", text().search_label, text().errors_hint, typed),
                catalogue::filter(text().family_label, text().all_families, families, family),
            )),
            said(entry, found, typed, family),
            catalogue::long_list(text().errors_list, rows, move |at| row(entry, at)),
        ))
        .into_any()
}

fn summary_id(id: &str) -> String {
    format!("error-{id}")
}

/// How many entries there are, and what to do where there is none.
fn said(entry: Memo<Option<String>>, found: Memo<Found>, typed: RwSignal<String>, family: RwSignal<String>) -> AnyView {
    let said = move || match (entry.get(), found.get()) {
        (Some(id), found) if found.rows.is_empty() => (text().error_unknown)(&id),
        (Some(_), _) => String::new(),
        (None, found) if typed.with(|typed| typed.trim().is_empty()) => {
            (text().errors_all)(found.rows.len(), ENTRIES.len())
        }
        (None, found) => (text().errors_found)(found.named, found.rows.len() - found.named, found.hidden),
    };
    let clear = move |_| {
        family.set(String::new());
        browser::focus("error-search");
    };
    let hides = Memo::new(move |_| {
        let is_search = entry.with(Option::is_none) && typed.with(|typed| !typed.trim().is_empty());
        is_search && found.with(|found| found.hidden > 0)
    });
    html::div()
        .attr("class", "catalogue-said")
        .child((
            html::p().attr("role", "status").child(said),
            move || {
                hides.get().then(|| {
                    html::button()
                        .attr("type", "button")
                        .attr("class", "quiet")
                        .on(ev::click, clear)
                        .child(text().clear_filters)
                })
            },
            move || entry.get().map(|_| catalogue::one_of(Section::Errors, (text().errors_show_all)(ENTRIES.len()))),
        ))
        .into_any()
}

fn row(entry: Memo<Option<String>>, at: usize) -> AnyView {
    let Some(known) = ENTRIES.get(at).copied() else { return ().into_any() };
    let id = known.entry.id;
    let is_open = Signal::derive(move || entry.with(|entry| entry.as_deref() == Some(id)));
    let summary = html::span().attr("class", "error-row").child((
        html::code().child(headline(known.entry)),
        html::span().child(known.entry.meaning),
        html::span().attr("class", "muted").child(known.family.name),
    ));
    catalogue::row(summary_id(id), is_open, summary.into_any(), move || body(known))
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

fn body(known: Known) -> AnyView {
    let entry = known.entry;
    let codes = |codes: Vec<String>| {
        let items = codes.into_iter().map(|code| html::li().child(html::code().child(code))).collect::<Vec<_>>();
        (!items.is_empty()).then(|| html::ul().attr("role", "list").attr("class", "codes").child(items).into_any())
    };
    let mut written = entry.codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    written.extend(entry.written_numbers().into_iter().map(|(form, _)| form));
    let texts = entry.patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
    let facts = html::dl().attr("class", "facts").child((
        fact(text().error_meaning, words(entry.meaning)),
        fact(text().error_rules_in, words(entry.rules_in)),
        fact(text().error_rules_out, words(entry.rules_out)),
        fact(text().error_layer, words((text().layer)(entry.layer))),
        fact(text().error_category, entry.category.map(|category| category.name().into_any())),
        fact(text().error_look_alikes, look_alikes(entry)),
        fact(text().error_diagnosis, diagnosis(entry)),
        fact(text().error_forms, codes(written)),
        fact(text().error_texts, codes(texts)),
        fact(text().error_languages, wordings(entry.wordings)),
        fact(text().error_example, Some(html::code().child(entry.example).into_any())),
        fact(text().endpoint_sources, words(&(text().dated)(entry.source, entry.date))),
    ));
    let link = catalogue::link_button(Section::Errors, entry.id.to_owned(), &headline(entry));
    html::div().attr("class", "entry-body").child((facts, link)).into_any()
}

fn look_alikes(entry: &ErrorEntry) -> Option<AnyView> {
    let item = |other: &advisor_engine::errors::LookAlike| {
        let name = search::by_id(other.id).and_then(|at| ENTRIES.get(at));
        let name = name.map_or_else(|| other.id.to_owned(), |known| headline(known.entry));
        let link = html::a().attr("href", route::hash(Section::Errors, Some(other.id))).child(name);
        html::li().child((link, ": ", other.tell))
    };
    let items = entry.look_alikes.iter().map(item).collect::<Vec<_>>();
    (!items.is_empty()).then(|| html::ul().child(items).into_any())
}

/// The title of a diagnosis that this error alone supports. A title with variable parts says nothing without evidence.
fn diagnosis(entry: &ErrorEntry) -> Option<AnyView> {
    let id = entry.diagnosis?;
    let rule = rules::all().find(|rule| rule.id == id)?;
    let title = if rule.en.title.contains('{') { id } else { rule.en.title };
    Some(title.into_any())
}

fn wordings(wordings: &'static [Wording]) -> Option<AnyView> {
    let item = |wording: &'static Wording| {
        let unsure = (wording.basis == Basis::Unconfirmed)
            .then(|| html::span().attr("class", "muted").child((" ", text().error_unconfirmed)));
        html::li().child((html::code().child(wording.text), " ", wording.language.name(), unsure))
    };
    let items = wordings.iter().map(item).collect::<Vec<_>>();
    (!items.is_empty()).then(|| html::ul().attr("role", "list").attr("class", "codes").child(items).into_any())
}

/// Links from the evidence of a diagnosis to the entries of the errors that stand in it. They are looked for after the
/// diagnosis is drawn: a reader waits for the diagnosis and not for them.
pub fn links(excerpts: Vec<String>) -> AnyView {
    let named = RwSignal::new(Vec::<&'static ErrorEntry>::new());
    let look = move || {
        let entries = search::named_in(&excerpts.join("\n"));
        // The diagnosis may be gone by now.
        let _ = named.try_set(entries);
    };
    set_timeout(look, std::time::Duration::ZERO);
    let link = |entry: &&'static ErrorEntry| {
        html::li().child(html::a().attr("href", route::hash(Section::Errors, Some(entry.id))).child(headline(entry)))
    };
    let shown = move || {
        named.with(|named| {
            (!named.is_empty()).then(|| {
                let items = named.iter().map(link).collect::<Vec<_>>();
                html::div().attr("class", "error-links").child((
                    html::span().attr("class", "muted").child(text().error_links),
                    html::ul().attr("role", "list").child(items),
                ))
            })
        })
    };
    shown.into_any()
}
