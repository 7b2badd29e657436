//! What both catalogues share: search, filters, the list that is drawn in pieces, the row that opens, the link to a
//! row.

use super::browser;
use super::nav;
use super::node::{Node, button, classed, live, node};
use super::parts;
use super::route::{self, Section};
use super::state::State;
use super::text::text;
use leptos::prelude::*;
use std::time::Duration;

/// Rows that are drawn in one turn of the browser: what fills a screen, and far below 50 ms of work.
const PIECE: usize = 30;

/// A catalogue as its section shows it. Rows are known by their place.
pub struct Catalogue {
    /// The section.
    pub section: Section,
    /// Accessible name of the list.
    pub label: &'static str,
    /// What can be typed.
    pub hint: &'static str,
    /// The filters.
    pub filters: Vec<Filter>,
    /// Finds rows by what is typed and by the public id that each filter is set to (empty: not set).
    pub find: fn(&str, &[String]) -> Listed,
    /// The row with this public id.
    pub by_id: fn(&str) -> Option<usize>,
    /// Public id of a row.
    pub id: fn(usize) -> String,
    /// What stands in the line of a row.
    pub summary: fn(usize) -> Node,
    /// Everything about a row, for when it is open.
    pub body: fn(usize) -> Node,
    /// What to say about an id that no row has.
    pub unknown: fn(&str) -> String,
    /// The link that leads from one row to all.
    pub show_all: String,
}

/// A filter.
pub struct Filter {
    /// Its label.
    pub label: &'static str,
    /// The choice that means no filter.
    pub all: &'static str,
    /// Public id and name of the others.
    pub choices: Vec<(&'static str, &'static str)>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The rows, the best first.
    pub rows: Vec<usize>,
    /// How many there are, and what to do where there is none.
    pub said: String,
    /// Filters hide some that fit the search.
    pub hides: bool,
}

/// The whole catalogue, below the heading of its section.
pub fn catalogue(state: State, catalogue: Catalogue) -> AnyView {
    let catalogue: &'static Catalogue = Box::leak(Box::new(catalogue));
    let typed = RwSignal::new(String::new());
    let chosen: Vec<RwSignal<String>> = catalogue.filters.iter().map(|_| RwSignal::new(String::new())).collect();
    let entry = nav::entry(state, catalogue.section);
    let filters = chosen.clone();
    let listed = Memo::new(move |_| {
        let Some(id) = entry.get() else {
            let filters = filters.iter().map(RwSignal::get).collect::<Vec<_>>();
            return typed.with(|typed| (catalogue.find)(typed, &filters));
        };
        let row = (catalogue.by_id)(&id);
        let said = if row.is_some() { String::new() } else { (catalogue.unknown)(&id) };
        Listed { rows: row.into_iter().collect(), said, hides: false }
    });
    follow_entry(catalogue, entry);
    // Whoever types or chooses wants to see all that fits, and not the one row that the address names.
    let leave_entry = move || {
        if entry.with_untracked(Option::is_some) {
            nav::go(state, catalogue.section);
        }
    };
    classed("div", "catalogue-page")
        .child(controls(catalogue, typed, &chosen, leave_entry))
        .child(said(catalogue, entry, listed, chosen))
        .view(long_list(catalogue, entry, listed))
        .into_view()
}

/// The row that the address names is open and has the focus.
fn follow_entry(catalogue: &'static Catalogue, entry: Memo<Option<String>>) {
    Effect::new(move |_| {
        if let Some(id) = entry.get() {
            browser::after_drawing(move || {
                browser::focus(&summary_id(catalogue, &id));
            });
        }
    });
}

fn summary_id(catalogue: &Catalogue, id: &str) -> String {
    format!("{}-{id}", catalogue.section.id())
}

fn search_id(catalogue: &Catalogue) -> String {
    format!("search-{}", catalogue.section.id())
}

fn controls(
    catalogue: &'static Catalogue,
    typed: RwSignal<String>,
    chosen: &[RwSignal<String>],
    leave_entry: impl Fn() + Copy + 'static,
) -> Node {
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        leave_entry();
    };
    let input = node("input")
        .attr("type", "search")
        .attr("id", search_id(catalogue))
        .attr("placeholder", catalogue.hint)
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .on("input", on_input);
    let search = classed("label", "search").child(node("span").text(text().search_label)).child(input);
    let filters = catalogue.filters.iter().zip(chosen).map(|(filter, &chosen)| {
        let choices = std::iter::once(("", filter.all)).chain(filter.choices.iter().copied());
        choice(filter.label, choices, chosen, leave_entry)
    });
    classed("div", "catalogue-controls").attr("role", "search").child(search).children(filters)
}

/// A label and its list of choices: public id and name.
pub fn choice(
    label: &'static str,
    choices: impl Iterator<Item = (&'static str, &'static str)>,
    chosen: RwSignal<String>,
    done: impl Fn() + 'static,
) -> Node {
    let option = move |(id, name): (&'static str, &'static str)| {
        let is_chosen = move || chosen.with(|chosen| chosen == id);
        node("option").attr("value", id).live_flag("selected", is_chosen).text(name)
    };
    let select = node("select").children(choices.map(option)).on("change", move |event| {
        chosen.set(event_target_value(&event));
        done();
    });
    classed("label", "field").child(node("span").text(label)).child(select)
}

fn said(
    catalogue: &'static Catalogue,
    entry: Memo<Option<String>>,
    listed: Memo<Listed>,
    chosen: Vec<RwSignal<String>>,
) -> Node {
    let clear = move || {
        let chosen = chosen.clone();
        button(text().clear_filters, move || {
            for filter in &chosen {
                filter.set(String::new());
            }
            browser::focus(&search_id(catalogue));
        })
    };
    let all = move || {
        let link = node("a").attr("href", route::hash(catalogue.section, None)).text(&catalogue.show_all);
        entry.with(Option::is_some).then_some(link)
    };
    classed("div", "catalogue-said")
        .child(node("p").attr("role", "status").live_text(move || listed.with(|listed| listed.said.clone())))
        .view(live(move || listed.with(|listed| listed.hides).then(&clear)))
        .view(live(all))
}

/// A list of any length. What fills the screen is drawn at once, the rest in the turns that follow, so that no key
/// waits for rows that nobody sees yet. Rows that stay keep their state, open or closed.
fn long_list(catalogue: &'static Catalogue, entry: Memo<Option<String>>, listed: Memo<Listed>) -> AnyView {
    let drawn = RwSignal::new(PIECE);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        listed.track();
        drawn.set(PIECE);
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        grow(drawn, listed, turn, turn.get_value());
    });
    let shown = move || listed.with(|listed| listed.rows.iter().copied().take(drawn.get()).collect::<Vec<_>>());
    let one = move |at| row(catalogue, entry, at);
    let rows = ForProps::builder().each(shown).key(|at| *at).children(one).build();
    classed("ul", "catalogue")
        .attr("role", "list")
        .attr("aria-label", catalogue.label)
        .live_attr("aria-busy", move || (drawn.get() < listed.with(|listed| listed.rows.len())).then_some("true"))
        .view(For(rows).into_any())
        .into_view()
}

fn grow(drawn: RwSignal<usize>, listed: Memo<Listed>, turn: StoredValue<u32>, mine: u32) {
    let next = move || {
        if turn.get_value() == mine && drawn.get_untracked() < listed.with_untracked(|listed| listed.rows.len()) {
            drawn.update(|drawn| *drawn += PIECE);
            grow(drawn, listed, turn, mine);
        }
    };
    set_timeout(next, Duration::ZERO);
}

/// A row that opens. Its body is drawn when it is first opened.
fn row(catalogue: &'static Catalogue, entry: Memo<Option<String>>, at: usize) -> AnyView {
    let id = (catalogue.id)(at);
    let summary = node("summary").attr("id", summary_id(catalogue, &id)).child((catalogue.summary)(at));
    let is_entry = Signal::derive(move || entry.with(|entry| entry.as_ref() == Some(&id)));
    let was_opened = RwSignal::new(false);
    let details = node("details")
        .live_flag("open", move || is_entry.get())
        .on("toggle", move |_| was_opened.set(true))
        .child(summary)
        .view(live(move || was_opened.get().then(|| classed("div", "fold-body").child((catalogue.body)(at)))));
    node("li").child(details).into_view()
}

/// One fact of an open row; nothing where there is nothing to say.
pub fn fact(label: &'static str, value: Option<Node>) -> Option<Node> {
    value.map(|value| node("div").child(node("dt").text(label)).child(node("dd").child(value)))
}

/// A text as the value of a fact; `None` where it is empty.
pub fn words(text: impl Into<String>) -> Option<Node> {
    let text = text.into();
    (!text.is_empty()).then(|| node("span").text(text))
}

/// Sentences one below the other; `None` where there are none.
pub fn sentences(items: impl IntoIterator<Item = String>) -> Option<Node> {
    let items = items.into_iter().map(|item| node("li").text(item)).collect::<Vec<_>>();
    (!items.is_empty()).then(|| node("ul").children(items))
}

/// Names and codes one below the other; `None` where there are none.
pub fn codes(items: impl IntoIterator<Item = String>) -> Option<Node> {
    let items = items.into_iter().map(|item| node("li").child(node("code").text(item))).collect::<Vec<_>>();
    (!items.is_empty()).then(|| classed("ul", "codes").attr("role", "list").children(items))
}

/// The body of an open row: facts, and a button that copies the address of the row.
pub fn body(section: Section, id: &str, name: &str, first: Option<Node>, facts: Vec<Option<Node>>) -> Node {
    let hash = route::hash(section, Some(id));
    let copy = parts::copy_button(text().copy_link, (text().copy_link_to)(name), move || browser::link(&hash));
    classed("div", "entry-body")
        .children(first)
        .child(classed("dl", "facts").children(facts.into_iter().flatten()))
        .view(copy)
}
