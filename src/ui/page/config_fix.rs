//! The corrected configurations, below the findings: what changes and why, the difference, the file to save.

use super::browser;
use super::config_bytes;
use super::config_diff;
use super::config_form::field;
use super::findings;
use super::parts;
use super::state::State;
use super::text::text;
use advisor_engine::export::config::{ConfigFile, ConfigRemark, applied, with_proxy};
use advisor_engine::fix::builder::{Field, Form, build};
use leptos::{ev, html, prelude::*};

/// Every configuration that can be corrected.
pub fn files(state: State) -> AnyView {
    let files = Memo::new(move |_| {
        state.answers.lists.with(|answer| answer.as_ref().map(|answer| answer.configuration.files.clone()))
    });
    let cards = move || files.get().unwrap_or_default().iter().map(|file| card(state, file)).collect_view();
    html::div().attr("class", "config-files").child(cards).into_any()
}

/// Buttons that lead to the corrected files: they stand below findings that may be longer than the screen.
pub fn shortcuts(state: State) -> AnyView {
    let ready = Memo::new(move |_| {
        state.answers.lists.with(|answer| {
            let files = answer.iter().flat_map(|answer| &answer.configuration.files);
            files
                .filter(|file| changes(file))
                .map(|file| (file.artifact.clone(), file.which.clone()))
                .collect::<Vec<_>>()
        })
    });
    let one = |(artifact, which): &(String, String)| {
        let heading = heading_id(artifact);
        html::button()
            .attr("type", "button")
            .attr("class", "quiet to-fix")
            .on(ev::click, move |_| {
                browser::focus(&heading);
            })
            .child((text().config.fix_go)(which))
            .into_any()
    };
    (move || ready.with(|ready| ready.iter().take(SHORTCUTS).map(one).collect_view())).into_any()
}

/// Files that have a button on top of the answer.
const SHORTCUTS: usize = 2;

fn heading_id(artifact: &str) -> String {
    format!("config-{artifact}")
}

/// Whether there is a corrected text.
fn changes(file: &ConfigFile) -> bool {
    matches!(file.state.as_str(), "corrected" | "incomplete")
}

fn card(state: State, given: &ConfigFile) -> AnyView {
    // The user's own proxy takes the place of what the evidence knows.
    let current = RwSignal::new(given.clone());
    let id = given.artifact.clone();
    let heading = heading_id(&id);
    let body = move || current.with(|file| content(state, file));
    let asks = given.questions.iter().any(|question| question.wants_proxy);
    html::section()
        .attr("class", "config-file")
        .attr("data-config", id)
        .attr("data-config-state", move || current.with(|file| file.state.clone()))
        .attr("aria-labelledby", heading.clone())
        .child((
            html::h3().attr("id", heading).attr("tabindex", "-1").child((text().config.fix_heading)(&given.which)),
            asks.then(|| ask(state, given.clone(), current)),
            body,
        ))
        .into_any()
}

fn content(state: State, file: &ConfigFile) -> AnyView {
    let words = &text().config;
    let changes = changes(file);
    let reasons = file.reasons.iter().map(|reason| {
        html::li().child((html::strong().child((words.fix_reason)(reason.line)), " ", reason.why.clone()))
    });
    let reasons = (!file.reasons.is_empty()).then(|| {
        (html::h4().child(words.fix_reasons), html::ul().attr("class", "config-said").child(reasons.collect_view()))
    });
    let key = format!("config-steps-{}", file.artifact);
    let steps = html::ol().attr("class", "steps").child(file.steps.iter().map(findings::step).collect_view());
    html::div()
        .attr("class", "config-content")
        .child((
            html::p().child((words.fix_state)(&file.state, if file.rows.is_empty() { 0 } else { file.reasons.len() })),
            remarks(words.fix_questions, &file.questions),
            remarks(words.fix_refused, &file.refused),
            (changes && file.state == "corrected").then(|| html::p().child((words.fix_effect)(&file.effect))),
            reasons,
            config_diff::diff(file, &file.artifact),
            takeaways(state, file),
            block(file),
            changes.then(|| parts::fold(state, key, "more", false, words.steps_heading.into_any(), steps.into_any())),
        ))
        .into_any()
}

fn remarks(heading: &'static str, remarks: &[ConfigRemark]) -> Option<AnyView> {
    let line = |remark: &ConfigRemark| {
        let place = remark.line.map(|line| (html::strong().child((text().config.fix_line)(line)), " "));
        html::li().child((place, remark.text.clone()))
    };
    (!remarks.is_empty()).then(|| {
        let list = html::ul().attr("class", "config-said").child(remarks.iter().map(line).collect_view());
        html::div().attr("class", "config-open").child((html::h4().child(heading), list)).into_any()
    })
}

/// What can be taken along: the file, the piece, the diff.
fn takeaways(state: State, file: &ConfigFile) -> AnyView {
    let words = &text().config;
    let failed = RwSignal::new(false);
    let download = (file.is_whole && file.state == "corrected").then(|| {
        let wanted = file.clone();
        let press = move |_| {
            let wanted = wanted.clone();
            leptos::task::spawn_local(async move {
                let input = config_bytes::of_input(state, &wanted).await;
                let bytes = input.and_then(|(_, bytes)| applied(&wanted, &bytes));
                let saved = bytes.is_some_and(|bytes| config_bytes::save(&wanted.file_name, &bytes));
                let _ = failed.try_set(!saved);
            });
        };
        let note = if config_bytes::is_paste(state, file) { words.download_note_paste } else { words.download_note };
        (
            html::button()
                .attr("type", "button")
                .attr("id", format!("config-download-{}", file.artifact))
                .on(ev::click, press)
                .child((words.download)(&file.file_name)),
            html::p().attr("class", "muted config-note").child(note),
        )
    });
    let piece = file
        .piece
        .clone()
        .map(|piece| parts::copy_button(words.copy_piece, words.copy_piece.to_owned(), move || piece.clone()));
    let unified = file.unified.clone();
    let diff = (!file.rows.is_empty())
        .then(|| parts::copy_button(words.copy_diff, words.copy_diff.to_owned(), move || unified.clone()));
    html::div()
        .attr("class", "config-take")
        .child((
            download,
            piece,
            diff,
            html::p()
                .attr("role", "alert")
                .attr("class", "form-error")
                .child(move || failed.get().then_some(words.fix_gone)),
        ))
        .into_any()
}

fn block(file: &ConfigFile) -> Option<AnyView> {
    let words = &text().config;
    file.block.clone().map(|block| {
        let shown = html::pre().attr("tabindex", "0").child(html::code().child(block.clone()));
        let copy = parts::copy_button(words.copy_block, words.copy_block_name.to_owned(), move || block.clone());
        let body = html::div().attr("class", "command").child((shown, copy));
        html::div().attr("class", "config-block").child((html::h4().child(words.block_heading), body)).into_any()
    })
}

/// The proxy as the network team names it, where the evidence does not.
fn ask(state: State, given: ConfigFile, current: RwSignal<ConfigFile>) -> AnyView {
    let words = &text().config;
    let known = given.wanted.proxy.clone();
    let host = RwSignal::new(known.as_ref().map(|(host, _, _)| host.clone()).unwrap_or_default());
    let port = RwSignal::new(known.map(|(_, port, _)| port.to_string()).unwrap_or_default());
    let errors = RwSignal::new(Vec::<(Field, String)>::new());
    let said = RwSignal::new("");
    let of = move |wanted: Field| {
        errors.with(|errors| {
            errors.iter().filter(|(field, _)| *field == wanted).map(|(_, text)| text.clone()).collect::<Vec<_>>()
        })
    };
    let id = given.artifact.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let built = build(&Form { host: host.get_untracked(), port: port.get_untracked(), ..Form::default() });
        errors.set(built.errors.clone());
        let Some((host, port)) = built.proxy else {
            said.set("");
            return;
        };
        let given = given.clone();
        leptos::task::spawn_local(async move {
            let input = config_bytes::of_input(state, &given).await;
            let mended = input.and_then(|(name, bytes)| with_proxy(&given, &name, &bytes, &host, port, false));
            let _ = said.try_set(if mended.is_some() { words.fix_again } else { words.fix_gone });
            if let Some(mended) = mended {
                let _ = current.try_set(mended);
            }
        });
    };
    html::form()
        .attr("class", "config-ask")
        .attr("autocomplete", "off")
        .on(ev::submit, submit)
        .child((
            html::p().child(words.fix_ask_lead),
            field(format!("ask-host-{id}"), words.form_host, words.form_host_hint, host, 1, move || of(Field::Host)),
            field(format!("ask-port-{id}"), words.form_port, words.form_port_hint, port, 1, move || of(Field::Port)),
            html::button().attr("type", "submit").child(words.fix_with_proxy),
            html::p().attr("class", "muted").attr("role", "status").child(move || said.get()),
        ))
        .into_any()
}
