//! Name, promise, cloud, date of the catalogues.

use super::age;
use super::browser;
use super::features;
use super::nav;
use super::node::{classed, node};
use super::route::{self, Section};
use super::state::{self, State};
use super::text::text;
use advisor_engine::endpoints::{CATALOG_DATE, Cloud};
use js_sys::Reflect;
use leptos::{ev, html, prelude::*};

/// The head of the page.
pub fn header(state: State) -> AnyView {
    html::header()
        .attr("class", "top")
        .child((
            skip(state),
            html::div().attr("class", "top-name").child((html::h1().child(text().name), promise())),
            html::div().attr("class", "top-cloud").child((
                cloud_choice(state),
                cloud_said(state),
                features::choice(state, "features"),
            )),
            nav::bar(state),
        ))
        .into_any()
}

/// Leads past the head of the page. It moves the focus by itself: its address would name no section.
fn skip(state: State) -> AnyView {
    let in_diagnose = move || nav::is_open(state, Section::Diagnose);
    let press = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus(if untrack(in_diagnose) { "result" } else { "main" });
    };
    html::a()
        .attr("class", "skip")
        .attr("href", "#main")
        .on(ev::click, press)
        .child(move || if in_diagnose() { text().skip_to_result } else { text().skip_to_section })
        .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attempt {
    None,
    Running,
    Failed,
    Answered,
}

fn promise() -> AnyView {
    let attempt = RwSignal::new(Attempt::None);
    // The directive that stopped a request. It proves that the policy did it, and not a missing network.
    let refused_by = RwSignal::new(None::<String>);
    window_event_listener_untyped("securitypolicyviolation", move |event| {
        let directive = Reflect::get(&event, &"effectiveDirective".into()).ok().and_then(|value| value.as_string());
        if let Some(directive) = directive.filter(|directive| directive.starts_with("connect-src")) {
            refused_by.set(Some(directive));
        }
    });
    let try_it = move |_| {
        attempt.set(Attempt::Running);
        refused_by.set(None);
        leptos::task::spawn_local(async move {
            attempt.set(if browser::reach_network().await { Attempt::Answered } else { Attempt::Failed });
        });
    };
    let said = move || match (attempt.get(), refused_by.get()) {
        (Attempt::None, _) => String::new(),
        (Attempt::Running, _) => text().network_trying.to_owned(),
        (Attempt::Failed, Some(directive)) => (text().network_refused)(&format!("{directive} 'none'")),
        (Attempt::Failed, None) => text().network_failed.to_owned(),
        (Attempt::Answered, _) => text().network_answered.to_owned(),
    };
    html::div()
        .attr("class", "promise")
        .child((
            html::p().child(text().promise),
            html::button()
                .attr("type", "button")
                .attr("id", "try-network")
                .attr("class", "quiet")
                .on(ev::click, try_it)
                .child(text().try_network),
            html::p().attr("class", "promise-said").attr("role", "status").child(said),
        ))
        .into_any()
}

fn cloud_choice(state: State) -> AnyView {
    let option = move |cloud: Cloud| {
        let is_chosen = move || state.cloud.get() == Some(cloud);
        node("option").attr("value", cloud.id()).live_flag("selected", is_chosen).text((text().cloud)(cloud.id()))
    };
    let options = state::CLOUDS.map(|cloud| option(cloud).into_view());
    html::label()
        .attr("class", "field")
        .child((
            html::span().child(text().cloud_label),
            html::select()
                .attr("id", "cloud")
                .on(ev::change, move |event| state::choose_cloud(state, Cloud::from_id(&event_target_value(&event))))
                .child((html::option().attr("value", "").child(text().cloud_auto), options.into_iter().collect_view())),
        ))
        .into_any()
}

fn cloud_said(state: State) -> AnyView {
    let said = move || {
        state.answers.diagnoses.with(|answer| {
            answer.as_ref().map(|answer| {
                let cloud = &answer.report.cloud;
                let said = format!("{}, {}. {}", (text().cloud)(&cloud.id), (text().cloud_how)(&cloud.how), cloud.why);
                html::span().child(said)
            })
        })
    };
    let dated = (text().engine)(env!("CARGO_PKG_VERSION"), CATALOG_DATE);
    let old = age::is_old().then(|| {
        let link = node("a").attr("href", route::hash(Section::Endpoints, None)).text(text().old_catalogue);
        classed("span", "old").child(link).into_view()
    });
    html::p().attr("class", "cloud-said").child((said, html::span().child(dated), old)).into_any()
}
