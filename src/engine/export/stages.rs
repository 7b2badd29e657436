//! How far the wizard came, and the events that concern connectivity: for the page, not part of the contract.

use super::place::{Place, place};
use crate::facts::Facts;
use crate::readers::error_text::events;
use crate::stages::{Progress, Stage, progress, step_id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the server's own records tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// The last run of each trace.
    pub traces: Vec<TraceStages>,
    /// Events of the product that say something about a connection, by source and id.
    pub events: Vec<EventRow>,
}

/// One run of the wizard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStages {
    /// Id of the artifact.
    pub artifact: String,
    /// Release of Entra Connect.
    pub version: Option<String>,
    /// The cloud that the wizard took, as it names it.
    pub cloud: Option<String>,
    /// The configuration file that the wizard read.
    pub config_path: Option<String>,
    /// What the wizard found out about TLS 1.2.
    pub tls12: Option<bool>,
    /// Starts of the wizard in the trace; the last one is shown.
    pub starts: usize,
    /// The steps, in order.
    pub steps: Vec<StageRow>,
    /// Titles of the pages that were opened, in order.
    pub pages: Vec<String>,
    /// The first call that failed after the last that passed.
    pub failure: Option<FailureRow>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageRow {
    /// start | cloud | sign-in | directory | provisioning | configure | finish
    pub step: String,
    /// passed | failed | began | unseen | not-reached
    pub state: String,
    /// signed-in-user | sync-service-account
    pub context: String,
    /// Time as printed, without a date; empty where there is none.
    pub time: String,
    /// The line that says so.
    pub place: Option<Place>,
}

/// What stopped the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailureRow {
    /// Who called.
    pub caller: String,
    /// The innermost exception, as printed.
    pub root: String,
    /// Its type.
    pub root_type: Option<String>,
    /// What that means, where it is known.
    pub meaning: Option<String>,
    /// Where the error begins.
    pub place: Place,
}

/// Events of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// Who wrote them.
    pub source: String,
    /// Their id.
    pub id: u32,
    /// How many there are.
    pub count: usize,
    /// Time of the first one in the text, as written.
    pub time: String,
    /// cloud | directory | server
    pub side: String,
    /// works | fails | read-on | neutral
    pub tells: String,
    /// What they mean.
    pub meaning: String,
    /// The first one in the text.
    pub place: Place,
}

/// How much of an exception is shown, in characters: a page of HTML may stand in one.
const LONGEST: usize = 400;

/// The records of these facts.
pub fn stages(facts: &Facts) -> Stages {
    let traces = progress(facts);
    Stages { traces: traces.iter().filter_map(|one| trace(facts, one)).collect(), events: event_rows(facts) }
}

fn trace(facts: &Facts, progress: &Progress) -> Option<TraceStages> {
    let run = progress.run;
    let any = progress.stages.iter().find_map(|stage| stage.span)?;
    let steps = progress.stages.iter().map(|stage: &Stage| StageRow {
        step: step_id(stage.step).to_owned(),
        state: stage.state.id().to_owned(),
        context: stage.context.id().to_owned(),
        time: stage.time.clone(),
        place: stage.span.and_then(|span| place(facts, span)),
    });
    let failure = run.failure.as_ref().and_then(|failure| {
        Some(FailureRow {
            caller: failure.caller.clone(),
            root: failure.root.chars().take(LONGEST).collect(),
            root_type: failure.root_type.clone(),
            meaning: progress.cause.map(|hit| hit.entry.meaning.to_owned()),
            place: place(facts, failure.root_span)?,
        })
    });
    let mut pages: Vec<String> = run.pages.iter().map(|page| page.title.clone()).collect();
    pages.dedup();
    Some(TraceStages {
        artifact: place(facts, any)?.artifact,
        version: progress.version.map(|(version, _)| version.clone()),
        cloud: run.cloud.as_ref().map(|(name, _)| name.clone()),
        config_path: run.config_path.as_ref().map(|(path, _)| path.clone()),
        tls12: run.tls12.map(|(good, _)| good),
        starts: run.starts,
        steps: steps.collect(),
        pages,
        failure,
    })
}

fn event_rows(facts: &Facts) -> Vec<EventRow> {
    let mut kinds: BTreeMap<(String, u32), EventRow> = BTreeMap::new();
    for event in facts.reports().flat_map(|text| &text.events) {
        let Some(known) = events::find(&event.source, event.id) else { continue };
        let key = (event.source.to_ascii_lowercase(), event.id);
        if let Some(row) = kinds.get_mut(&key) {
            row.count += 1;
            continue;
        }
        let Some(place) = place(facts, event.span) else { continue };
        let row = EventRow {
            source: event.source.clone(),
            id: event.id,
            count: 1,
            time: event.time.clone(),
            side: known.side.id().to_owned(),
            tells: known.tells.id().to_owned(),
            meaning: known.meaning.to_owned(),
            place,
        };
        kinds.insert(key, row);
    }
    kinds.into_values().collect()
}
