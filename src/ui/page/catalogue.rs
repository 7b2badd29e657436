//! What both catalogues share: the search box, the list that is drawn in pieces, the row that opens, the link to a row.

use super::browser;
use super::parts;
use super::route::{self, Section};
use super::text::text;
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// Rows that are drawn in one turn of the browser: what fills a screen, and far below 50 ms of work.
const PIECE: usize = 40;

/// A box to search in. `typed` follows every key.
pub fn search_box(id: &'static str, label: &'static str, hint: &'static str, typed: RwSignal<String>) -> AnyView {
    html::label()
        .attr("class", "search")
        .child((
            html::span().child(label),
            html::input()
                .attr("type", "search")
                .attr("id", id)
                .attr("placeholder", hint)
                .attr("spellcheck", "false")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "off")
                .prop("value", move || typed.get())
                .on(ev::input, move |event| typed.set(event_target_value(&event))),
        ))
        .into_any()
}

/// A filter: `all` stands first and means no filter. Each choice is a public id and its name.
pub fn filter(
    label: &'static str,
    all: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    chosen: RwSignal<String>,
) -> AnyView {
    let option = move |(id, name): (&'static str, &'static str)| {
        html::option().attr("value", id).prop("selected", move || chosen.with(|chosen| chosen == id)).child(name)
    };
    let options = std::iter::once(("", all)).chain(choices).map(option).collect_view();
    html::label()
        .attr("class", "field")
        .child((
            html::span().child(label),
            html::select().on(ev::change, move |event| chosen.set(event_target_value(&event))).child(options),
        ))
        .into_any()
}

/// A list of any length. What fills the screen is drawn at once, the rest in the turns that follow, so that no key
/// waits for rows that nobody sees yet. Rows that stay keep their state, open or closed.
pub fn long_list(
    label: &'static str,
    rows: Memo<Vec<usize>>,
    row: impl Fn(usize) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let drawn = RwSignal::new(PIECE);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        rows.track();
        drawn.set(PIECE);
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        grow(drawn, rows, turn, turn.get_value());
    });
    let shown = move || rows.with(|rows| rows.iter().copied().take(drawn.get()).collect::<Vec<_>>());
    let entries = ForProps::builder().each(shown).key(|at| *at).children(move |at| row(at)).build();
    html::ul()
        .attr("class", "catalogue")
        .attr("role", "list")
        .attr("aria-label", label)
        .attr("aria-busy", move || if drawn.get() < rows.with(Vec::len) { "true" } else { "false" })
        .child(For(entries))
        .into_any()
}

fn grow(drawn: RwSignal<usize>, rows: Memo<Vec<usize>>, turn: StoredValue<u32>, mine: u32) {
    let next = move || {
        if turn.get_value() == mine && drawn.get_untracked() < rows.with_untracked(Vec::len) {
            drawn.update(|drawn| *drawn += PIECE);
            grow(drawn, rows, turn, mine);
        }
    };
    set_timeout(next, Duration::ZERO);
}

/// A row that opens. Its body is drawn when it is first opened.
pub fn row(
    id: String,
    is_open: Signal<bool>,
    summary: AnyView,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let was_opened = RwSignal::new(is_open.get_untracked());
    Effect::new(move |_| {
        if is_open.get() {
            was_opened.set(true);
        }
    });
    html::li()
        .child(html::details().attr("open", move || is_open.get()).on(ev::toggle, move |_| was_opened.set(true)).child(
            (html::summary().attr("id", id).child(summary), move || {
                was_opened.get().then(|| html::div().attr("class", "fold-body").child(body()))
            }),
        ))
        .into_any()
}

/// One fact of an open row; nothing where there is nothing to say.
pub fn fact(label: &'static str, value: Option<AnyView>) -> Option<AnyView> {
    value.map(|value| html::div().child((html::dt().child(label), html::dd().child(value))).into_any())
}

/// A text as the value of a fact; `None` where it is empty.
pub fn words(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| text.to_owned().into_any())
}

/// Copies the address of an entry.
pub fn link_button(section: Section, entry: String, name: &str) -> AnyView {
    parts::copy_button(text().copy_link, (text().copy_link_to)(name), move || {
        browser::link(&route::hash(section, Some(&entry)))
    })
}

/// Stands above the list while the address names one entry: leads back to all of them.
pub fn one_of(section: Section, all: String) -> AnyView {
    html::a().attr("href", route::hash(section, None)).child(all).into_any()
}
