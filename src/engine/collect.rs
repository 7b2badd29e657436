//! From inputs to facts: decode, cut, detect, read, and find out which cloud it is about.

use crate::artifact::{Artifact, Kind, Part, Span};
use crate::detect::{Score, detect};
use crate::endpoints::{self, Cloud};
use crate::facts::{CloudFact, CloudHow, Facts};
use crate::readers::{self, Reader, Reading, Value};
use crate::segment::{lines_of, segment};
use crate::source::Source;
use crate::{Input, Options};

/// Reads every input. The order in which inputs are given changes nothing: they are sorted by name and content.
/// Also gives, per source, the index of the input it came from.
pub fn collect(inputs: &[Input], options: &Options) -> (Facts, Vec<usize>) {
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by_key(|&i| inputs.get(i).map(|input| (&input.name, &input.bytes)));
    let mut facts = Facts {
        sources: Vec::new(),
        artifacts: Vec::new(),
        configs: Vec::new(),
        page_configs: Vec::new(),
        logs: Vec::new(),
        texts: Vec::new(),
        allow_lists: Vec::new(),
        cloud: CloudFact { cloud: Cloud::Worldwide, how: CloudHow::Assumed, why: String::new() },
        features: options.features.clone(),
    };
    for &index in &order {
        if let Some(input) = inputs.get(index) {
            read_input(input, &mut facts);
        }
    }
    facts.set_pages_aside();
    rehome_names(&mut facts);
    facts.cloud = cloud(&facts, options.cloud);
    (facts, order)
}

fn read_input(input: &Input, facts: &mut Facts) {
    let source = Source::decode(&input.name, &input.bytes);
    let number = facts.sources.len();
    let mut ranges = segment(&source);
    if ranges.is_empty() {
        // A blank input still is an artifact: the user must see that it was looked at.
        ranges.push(0..source.text.len());
    }
    let parts = ranges.len();
    for (index, range) in ranges.into_iter().enumerate() {
        let artifact = facts.artifacts.len();
        let part = Part { source: &source, artifact, start: range.start, end: range.end };
        let (first_line, last_line) = lines_of(&source, &range);
        let corrected = input.corrections.iter().find(|(line, _)| *line == first_line).map(|(_, kind)| *kind);
        let (reader, score) = corrected.map_or_else(|| detect(&part), |kind| chosen(kind, &part));
        let Reading { value, problems, skipped_lines } = (reader.read)(&part, &score);
        let (id, name) = if parts == 1 {
            (format!("a{}", number + 1), input.name.clone())
        } else {
            let id = format!("a{}.{}", number + 1, index + 1);
            (id, format!("{}, lines {first_line}-{last_line}", input.name))
        };
        facts.artifacts.push(Artifact {
            id,
            name,
            source: number,
            start: range.start,
            end: range.end,
            kind: score.kind,
            format: score.format,
            score: score.value,
            why: score.why,
            skipped_lines,
            problems,
        });
        match value {
            Value::Nothing => {}
            Value::Config(config) => facts.configs.push((artifact, *config)),
            Value::Log(log) => facts.logs.push((artifact, *log)),
            Value::Text(text) => facts.texts.push((artifact, *text)),
            Value::AllowList(list) => facts.allow_lists.push((artifact, *list)),
        }
    }
    facts.sources.push(source);
}

/// The line that tells which configuration file a block comes from may stand above the block, and then belongs to
/// another part: evidence must name the part it lies in.
fn rehome_names(facts: &mut Facts) {
    let artifacts = &facts.artifacts;
    for (own, config) in &mut facts.configs {
        let source = artifacts.get(*own).map(|artifact| artifact.source);
        config.which_by = config.which_by.and_then(|span| {
            let holds = |artifact: &Artifact| {
                Some(artifact.source) == source && artifact.start <= span.start && span.end <= artifact.end
            };
            let home = artifacts.iter().position(holds)?;
            Some(Span { artifact: home, ..span })
        });
    }
}

/// The reader for a kind that the user chose, with the dialect that the reader itself would see in it.
fn chosen(kind: Kind, part: &Part) -> (&'static Reader, Score) {
    let reader = match kind {
        Kind::MachineConfig | Kind::AppConfig => &readers::machine_config::READER,
        Kind::ProxyLog | Kind::Har => &readers::proxy_log::READER,
        Kind::AllowList => &readers::allow_list::READER,
        Kind::Mixed | Kind::Unknown => &readers::UNKNOWN,
        _ => &readers::error_text::READER,
    };
    let format = (reader.score)(part).map_or(kind.id(), |score| score.format);
    (reader, Score { value: 100, kind, format, why: "You chose this type.".to_owned() })
}

/// The cloud whose hosts the evidence names. Hosts that several clouds share weigh little.
fn cloud(facts: &Facts, chosen: Option<Cloud>) -> CloudFact {
    if let Some(cloud) = chosen {
        return CloudFact { cloud, how: CloudHow::Chosen, why: "You chose it.".to_owned() };
    }
    let flows = facts.flows().map(|flow| flow.host.as_str());
    let mentions = facts.reports().flat_map(|text| &text.hosts).map(|mention| mention.host.as_str());
    let captured = facts.errors().filter_map(|hit| hit.capture("host"));
    let listed = facts
        .allow_lists
        .iter()
        .flat_map(|(_, list)| &list.entries)
        .map(|entry| entry.text.trim_matches(PATTERN_MARKS));
    let mut hosts: Vec<&str> = flows.chain(mentions).chain(captured).chain(listed).collect();
    hosts.sort_unstable();
    hosts.dedup();
    match endpoints::cloud_of_hosts(hosts) {
        Some((cloud, host)) => {
            let why = format!("The evidence names {host}.");
            CloudFact { cloud, how: CloudHow::Detected, why }
        }
        None => CloudFact {
            cloud: Cloud::Worldwide,
            how: CloudHow::Assumed,
            why: "No host name in the evidence tells the cloud.".to_owned(),
        },
    }
}

/// What surrounds the host in an entry of an allow-list.
const PATTERN_MARKS: [char; 5] = ['*', '.', '^', '/', '"'];
