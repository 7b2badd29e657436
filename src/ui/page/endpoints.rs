//! The section "Endpoints": search, filters, and every row of the catalogue with its facts and sources.

use super::browser;
use super::catalogue::{self, fact, words};
use super::endpoints_search::{self as search, Found, ROWS, Wanted};
use super::nav;
use super::route::Section;
use super::state::State;
use super::text::text;
use advisor_engine::endpoints::{Cloud, Endpoint, FEATURES, Need};
use leptos::{html, prelude::*};

const NEEDS: [Need; 5] = [Need::Required, Need::Feature, Need::Legacy, Need::CommunityReported, Need::Ignorable];

/// What the person has typed and chosen.
#[derive(Clone, Copy)]
struct Choice {
    typed: RwSignal<String>,
    cloud: RwSignal<String>,
    need: RwSignal<String>,
    feature: RwSignal<String>,
}

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let blank = || RwSignal::new(String::new());
    let choice = Choice { typed: blank(), cloud: blank(), need: blank(), feature: blank() };
    let entry = nav::entry(state, Section::Endpoints);
    let wanted = Memo::new(move |_| Wanted {
        typed: choice.typed.get(),
        cloud: choice.cloud.get(),
        need: choice.need.get(),
        feature: choice.feature.get(),
    });
    leave_entry_when_searching(state, wanted, entry);
    focus_entry(entry);
    let found = Memo::new(move |_| match entry.get() {
        Some(id) => {
            Found { rows: ROWS.iter().position(|row| row.id() == id).into_iter().collect(), ..Found::default() }
        }
        None => wanted.with(search::find),
    });
    let rows = Memo::new(move |_| found.with(|found| found.rows.clone()));
    html::div()
        .attr("class", "catalogue-page")
        .child((
            controls(choice),
            said(entry, found, choice),
            catalogue::long_list(text().endpoints_list, rows, move |at| row(entry, at)),
        ))
        .into_any()
}

/// Whoever types or chooses wants to see all that fits, and not the one row that the address names.
fn leave_entry_when_searching(state: State, wanted: Memo<Wanted>, entry: Memo<Option<String>>) {
    Effect::new(move |before: Option<Wanted>| {
        let now = wanted.get();
        if before.is_some_and(|before| before != now) && entry.with_untracked(Option::is_some) {
            nav::go(state, Section::Endpoints);
        }
        now
    });
}

fn focus_entry(entry: Memo<Option<String>>) {
    Effect::new(move |_| {
        if let Some(id) = entry.get() {
            browser::after_drawing(move || {
                browser::focus(&summary_id(&id));
            });
        }
    });
}

fn summary_id(id: &str) -> String {
    format!("endpoint-{id}")
}

fn controls(choice: Choice) -> AnyView {
    let clouds = Cloud::ALL.map(|cloud| (cloud.id(), (text().cloud)(cloud.id()))).to_vec();
    let needs = NEEDS.map(|need| (need.id(), (text().need)(need.id()))).to_vec();
    let features = FEATURES.iter().map(|id| (*id, (text().feature)(id))).collect();
    html::div()
        .attr("class", "catalogue-controls")
        .attr("role", "search")
        .child((
            catalogue::search_box("endpoint-search", text().search_label, text().endpoints_hint, choice.typed),
            catalogue::filter(text().cloud_label, text().all_clouds, clouds, choice.cloud),
            catalogue::filter(text().need_label, text().all_needs, needs, choice.need),
            catalogue::filter(text().feature_label, text().all_features, features, choice.feature),
        ))
        .into_any()
}

/// How many rows there are, what the host that was typed is covered by, and what to do where there is nothing.
fn said(entry: Memo<Option<String>>, found: Memo<Found>, choice: Choice) -> AnyView {
    let said = move || match (entry.get(), found.get()) {
        (Some(id), found) if found.rows.is_empty() => (text().endpoint_unknown)(&id),
        (Some(_), _) => String::new(),
        (None, Found { host: Some(host), covering, rows, hidden }) => {
            (text().endpoints_covering)(&host, covering, rows.len() - covering, hidden)
        }
        (None, found) => (text().endpoints_found)(found.rows.len(), ROWS.len(), found.hidden),
    };
    let clear = move |_| {
        for filter in [choice.cloud, choice.need, choice.feature] {
            filter.set(String::new());
        }
        browser::focus("endpoint-search");
    };
    let hides = Memo::new(move |_| entry.with(Option::is_none) && found.with(|found| found.hidden > 0));
    html::div()
        .attr("class", "catalogue-said")
        .child((
            html::p().attr("role", "status").child(said),
            move || {
                hides.get().then(|| {
                    html::button()
                        .attr("type", "button")
                        .attr("class", "quiet")
                        .on(leptos::ev::click, clear)
                        .child(text().clear_filters)
                })
            },
            move || {
                let all = (text().endpoints_all)(ROWS.len());
                entry.get().map(|_| catalogue::one_of(Section::Endpoints, all))
            },
        ))
        .into_any()
}

fn row(entry: Memo<Option<String>>, at: usize) -> AnyView {
    let Some(row) = ROWS.get(at).copied() else { return ().into_any() };
    let id = row.id();
    let summary_id = summary_id(&id);
    let is_open = Signal::derive(move || entry.with(|entry| entry.as_deref() == Some(&id)));
    catalogue::row(summary_id, is_open, summary(row), move || body(row))
}

fn summary(row: &'static Endpoint) -> AnyView {
    let cloud = if search::is_alias(row) { text().every_cloud } else { (text().cloud)(row.cloud.id()) };
    let trap = (!row.trap.is_empty()).then(|| html::span().attr("class", "tag trap-tag").child(text().endpoint_trap));
    let need = html::span().attr("class", format!("tag need-{}", row.need.id())).child((text().need)(row.need.id()));
    html::span()
        .attr("class", "endpoint-row")
        .child((
            html::code().child((text().endpoint_port)(row.pattern, row.port)),
            html::span().attr("class", "endpoint-purpose").child(row.purpose),
            html::span().attr("class", "endpoint-tags").child((need, trap)),
            html::span().attr("class", "muted").child(cloud),
        ))
        .into_any()
}

fn body(row: &'static Endpoint) -> AnyView {
    let trap = (!row.trap.is_empty())
        .then(|| html::p().attr("class", "trap").child((html::strong().child(text().endpoint_trap), " ", row.trap)));
    let code_list = |names: &[&'static str]| {
        let items = names.iter().map(|name| html::li().child(html::code().child(*name))).collect_view();
        html::ul().attr("role", "list").child(items).into_any()
    };
    let list = |items: Vec<String>| {
        let items = items.into_iter().map(|item| html::li().child(item)).collect::<Vec<_>>();
        (!items.is_empty()).then(|| html::ul().child(items).into_any())
    };
    let hosts = if row.hosts.is_empty() { text().endpoint_family.into_any() } else { code_list(row.hosts) };
    let joined = |names: Vec<&'static str>| (!names.is_empty()).then(|| names.join(", ").into_any());
    let phases = joined(row.phases.iter().map(|phase| (text().phase)(phase.id())).collect());
    let callers = joined(row.callers.iter().map(|caller| (text().caller)(caller.id())).collect());
    let features = joined(row.features.iter().map(|id| (text().feature)(id)).collect());
    let ports = row.other_ports.iter().map(|other| (text().endpoint_other_port)(other.port, other.why)).collect();
    let breaks = (!row.breaks.text.is_empty()).then(|| {
        let how = if row.breaks.stated { text().endpoint_stated } else { text().endpoint_inferred };
        (row.breaks.text, " ", html::span().attr("class", "muted").child(how)).into_any()
    });
    let sources =
        std::iter::once((row.source, row.date)).chain(row.also_in.iter().map(|other| (other.name, other.date)));
    let facts = html::dl().attr("class", "facts").child((
        fact(text().endpoint_hosts, Some(hosts)),
        fact(text().endpoint_port_label, Some((text().endpoint_protocol)(row.port, row.protocol()).into_any())),
        fact(text().endpoint_other_ports, list(ports)),
        fact(text().endpoint_phases, Some(phases.unwrap_or_else(|| text().endpoint_no_phase.into_any()))),
        fact(text().endpoint_callers, callers),
        fact(text().endpoint_features, features),
        fact(text().endpoint_versions, words(&(text().endpoint_version)(row.since, row.until))),
        fact(text().endpoint_breaks, breaks),
        fact(text().endpoint_disagree, list(row.disagreements.iter().map(|&said| said.to_owned()).collect())),
        fact(text().endpoint_remark, words(row.remark)),
        fact(text().endpoint_sources, list(sources.map(|(name, date)| (text().dated)(name, date)).collect())),
    ));
    let link = catalogue::link_button(Section::Endpoints, row.id(), row.pattern);
    html::div().attr("class", "entry-body").child((trap, facts, link)).into_any()
}
