//! The section "Configuration": writes the proxy block of machine.config from a short form.

use super::config_form::{field, tick};
use super::node::node;
use super::parts;
use super::state::{self, State};
use super::text::text;
use advisor_engine::endpoints::Cloud;
use advisor_engine::fix::builder::{Built, Field, Form, build};
use leptos::{ev, html, prelude::*};

/// Clouds that can be chosen; Germany is closed.
const CLOUDS: [Cloud; 4] = [Cloud::Worldwide, Cloud::China, Cloud::UsGovGccHigh, Cloud::UsGovDod];

/// The body of the section, below its heading.
pub fn section(state: State) -> AnyView {
    let (host, port, bypass) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (sign_in, local) = (RwSignal::new(false), RwSignal::new(true));
    // That of the page, until another is chosen here.
    let chosen = RwSignal::new(None::<Cloud>);
    let cloud = Memo::new(move |_| chosen.get().unwrap_or_else(|| state::cloud_in_use(state)));
    let built = Memo::new(move |_| {
        build(&Form {
            host: host.get(),
            port: port.get(),
            sign_in: sign_in.get(),
            bypass_on_local: local.get(),
            bypass: bypass.get(),
            cloud: Some(cloud.get()),
        })
    });
    // What has not been filled in yet is no mistake.
    let said = move |wanted: Field| {
        let is_blank = match wanted {
            Field::Host => host.with(|host| host.trim().is_empty()),
            Field::Port => port.with(|port| port.trim().is_empty()),
            Field::Bypass => false,
        };
        let hold = is_blank && (wanted == Field::Host || host.with(|host| host.trim().is_empty()));
        built.with(|built| {
            let found = built.errors.iter().filter(|(at, _)| *at == wanted && !hold);
            found.map(|(_, said)| said.clone()).collect::<Vec<_>>()
        })
    };
    let options = CLOUDS.map(|one| {
        let is_chosen = move || cloud.get() == one;
        node("option")
            .attr("value", one.id())
            .live_flag("selected", is_chosen)
            .text((text().cloud)(one.id()))
            .into_view()
    });
    let words = &text().config;
    let form = html::form()
        .attr("class", "config-form")
        .attr("aria-label", words.form_label)
        .attr("autocomplete", "off")
        .on(ev::submit, |event| event.prevent_default())
        .child((
            field("config-host".into(), words.form_host, words.form_host_hint, host, 1, move || said(Field::Host)),
            field("config-port".into(), words.form_port, words.form_port_hint, port, 1, move || said(Field::Port)),
            tick("config-sign-in", words.form_sign_in, sign_in),
            tick("config-local", words.form_local, local),
            field("config-bypass".into(), words.form_bypass, words.form_bypass_hint, bypass, 3, move || {
                said(Field::Bypass)
            }),
            html::div().attr("class", "form-field").child((
                html::label().attr("for", "config-cloud").child(words.form_cloud),
                html::select()
                    .attr("id", "config-cloud")
                    .on(ev::change, move |event| {
                        chosen.set(Cloud::from_id(&event_target_value(&event)));
                    })
                    .child(options.into_iter().collect_view()),
            )),
        ));
    let status = move || {
        let shown = [Field::Host, Field::Port, Field::Bypass].map(|field| said(field).len()).iter().sum::<usize>();
        match (shown, built.with(|built| built.block.is_some())) {
            (0, true) => words.form_done.to_owned(),
            (0, false) => words.form_waiting.to_owned(),
            (shown, _) => (words.form_errors)(shown),
        }
    };
    let result = html::div()
        .attr("class", "config-built")
        .attr("id", "config-built")
        .child((html::p().attr("class", "muted").attr("role", "status").child(status), move || built.with(answer)));
    html::div().attr("class", "config-builder").child((form, result)).into_any()
}

/// The block, where it belongs, what it does, how to test it.
fn answer(built: &Built) -> Option<AnyView> {
    let words = &text().config;
    let block = built.block.clone()?;
    let explained = built.explained.iter().map(|said| html::li().child(said.clone())).collect_view();
    Some(
        html::div()
            .attr("class", "config-answer")
            .child((
                html::h3().child(words.built_heading),
                html::div().attr("id", "config-block").child(parts::command(&block)),
                html::p().child(words.built_where),
                parts::command(words.path),
                html::p().child(words.built_restart),
                parts::command(words.restart),
                html::p().child(words.built_test),
                parts::command(&built.test),
                html::h3().child(words.built_what),
                html::ul().attr("class", "config-said").child(explained),
            ))
            .into_any(),
    )
}
