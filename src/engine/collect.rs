//! From inputs to facts: decode, cut, detect, read, and find out which cloud it is about.

use crate::Options;
use crate::artifact::{Artifact, Kind, Part, Problem, Span};
use crate::detect::{Score, detect};
use crate::endpoints::{self, Cloud};
use crate::facts::{CloudFact, CloudHow, Facts};
use crate::intake::{Body, MOST, Taken};
use crate::readers::{self, Reader, Reading, Value};
use crate::segment::{lines_of, segment};
use crate::source::Source;
use std::ops::Range;

/// Reads every input. The order in which inputs are given changes nothing: they are sorted by name and content.
/// Also gives, per source, the index of the input it came from.
pub fn collect(inputs: &[Taken], options: &Options) -> (Facts, Vec<usize>) {
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by_key(|&i| inputs.get(i).map(|input| (&input.name, input.body.content(), input.bytes)));
    let mut facts = Facts {
        sources: Vec::new(),
        artifacts: Vec::new(),
        configs: Vec::new(),
        unread: Vec::new(),
        logs: Vec::new(),
        servers: Vec::new(),
        texts: Vec::new(),
        allow_lists: Vec::new(),
        proxy_scripts: Vec::new(),
        cloud: CloudFact { cloud: Cloud::Worldwide, how: CloudHow::Assumed, why: String::new() },
        features: options.features.clone(),
    };
    for input in order.iter().filter_map(|&index| inputs.get(index)) {
        let artifact = facts.artifacts.len();
        read_input(input, &mut facts);
        if let Some(item) = facts.artifacts.get_mut(artifact) {
            item.skipped_lines += input.problems.len();
            let span = Span { artifact, start: item.start, end: item.start };
            item.problems.splice(0..0, input.problems.iter().map(|what| Problem { span, what: what.clone() }));
            if item.kind == Kind::Unknown && facts.sources.last().is_some_and(|source| is_no_text(&source.text)) {
                item.skipped_lines = item.skipped_lines.max(1);
                item.problems.insert(0, Problem { span, what: NO_TEXT.to_owned() });
                facts.unread.push((artifact, NO_TEXT.to_owned()));
            }
        }
        facts.unread.extend(input.problems.iter().map(|what| (artifact, what.clone())));
    }
    for index in &mut order {
        *index = inputs.get(*index).map_or(0, |input| input.input);
    }
    name_products(&mut facts);
    set_backups_aside(&mut facts);
    facts.set_pages_aside();
    facts.name_addresses();
    facts.tell_servers_apart();
    rehome_names(&mut facts);
    facts.cloud = cloud(&facts, options.cloud);
    (facts, order)
}

const NO_TEXT: &str = "no text: a program, a picture or data of another program. Ask for its content as text.";

/// Whether the beginning is full of characters that no text has.
fn is_no_text(text: &str) -> bool {
    const LOOK: usize = 4096;
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}' | '\u{1b}');
    let odd = text.chars().take(LOOK).filter(odd).count();
    odd >= 8 && odd * 20 > text.chars().take(LOOK).count()
}

fn read_input(input: &Taken, facts: &mut Facts) {
    match &input.body {
        Body::Whole(bytes) => {
            let source = Source::decode(&input.name, bytes);
            let ranges = segment(&source);
            read_parts(input, &source, &ranges, (0, ranges.len()), facts);
            facts.sources.push(source);
        }
        Body::Beginning(bytes) => {
            let source = Source::decode(&input.name, bytes);
            let artifact = facts.artifacts.len();
            read_parts(input, &source, &[], (0, 1), facts);
            let what = format!(
                "too big ({} bytes) for something that is no log: of such texts, {MOST} bytes are held at most, all files together; only its first {} bytes were read",
                input.bytes,
                bytes.len()
            );
            if let Some(item) = facts.artifacts.get_mut(artifact) {
                item.skipped_lines += 1;
                item.problems.insert(0, Problem { span: Span { artifact, start: 0, end: 0 }, what: what.clone() });
            }
            facts.unread.push((artifact, what));
            facts.sources.push(source);
        }
        Body::Log(log) => {
            let above = log.parts.len();
            let read = log.read(&input.name, input.bytes, facts.artifacts.len() + above);
            let source = read.source;
            let parts = above + 1 + read.asides.len();
            read_parts(input, &source, &log.parts, (0, parts), facts);
            let last_line = usize::try_from(source.line_count()).unwrap_or(usize::MAX);
            let extent = ((log.begin.line, last_line), input.bytes.saturating_sub(log.begin.byte));
            add(input, read.log, extent, (above, parts), log.score.clone(), read.reading, facts);
            read_parts(input, &source, &read.asides, (above + 1, parts), facts);
            facts.sources.push(source);
        }
    }
}

/// Reads the parts of a source at these ranges: of so many in all, the ones from the one with this index on.
fn read_parts(
    input: &Taken,
    source: &Source,
    ranges: &[Range<usize>],
    (first, parts): (usize, usize),
    facts: &mut Facts,
) {
    // A blank input still is an artifact: the user must see that it was looked at.
    let blank = 0..source.text.len();
    let (ranges, parts) = if ranges.is_empty() && parts <= 1 && !input.is_log() {
        (std::slice::from_ref(&blank), 1)
    } else {
        (ranges, parts)
    };
    for (index, range) in ranges.iter().enumerate() {
        let part = Part { source, artifact: facts.artifacts.len(), start: range.start, end: range.end };
        let lines = lines_of(source, range);
        let corrected = input.corrections.iter().find(|(line, _)| *line == lines.0).map(|(_, kind)| *kind);
        let (reader, score) = corrected.map_or_else(|| detect(&part), |kind| chosen(kind, &part));
        let mut reading = (reader.read)(&part, &score);
        if score.kind == Kind::PacScript {
            let script = readers::allow_list::read_script(&part);
            reading.problems.extend(script.remarks.iter().cloned());
            facts.proxy_scripts.push((facts.artifacts.len(), script));
        }
        let bytes = source.position(range.end).byte - source.position(range.start).byte;
        add(input, range.clone(), (lines, bytes), (first + index, parts), score, reading, facts);
    }
}

/// Adds what was read of one part: its place in the text, its lines and its length in the input; the one with this
/// index, of so many.
fn add(
    input: &Taken,
    range: Range<usize>,
    (lines, bytes): ((usize, usize), u64),
    (index, parts): (usize, usize),
    score: Score,
    reading: Reading,
    facts: &mut Facts,
) {
    let Reading { value, problems, skipped_lines } = reading;
    let (artifact, number) = (facts.artifacts.len(), facts.sources.len());
    let (id, name) = if parts == 1 {
        (format!("a{}", number + 1), input.name.clone())
    } else {
        (format!("a{}.{}", number + 1, index + 1), format!("{}, lines {}-{}", input.name, lines.0, lines.1))
    };
    facts.artifacts.push(Artifact {
        id,
        name,
        source: number,
        member: input.member.clone(),
        start: range.start,
        end: range.end,
        lines,
        bytes,
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

/// A copy from before a change is not what .NET reads, where the file itself is there as well.
fn set_backups_aside(facts: &mut Facts) {
    let Facts { configs, artifacts, sources, .. } = facts;
    let name = |artifact: usize| {
        let source = artifacts.get(artifact).and_then(|artifact| sources.get(artifact.source));
        source.map_or_else(String::new, |source| source.name.clone())
    };
    readers::machine_config::set_backups_aside(configs, name);
}

/// The mail around a list, or the one beside it, may say which product reads it.
fn name_products(facts: &mut Facts) {
    let Facts { allow_lists, artifacts, sources, texts, .. } = facts;
    let source_of = |artifact: usize| artifacts.get(artifact).map(|artifact| artifact.source);
    for (artifact, list) in allow_lists {
        let own = source_of(*artifact);
        let others = texts.iter().map(|(other, _)| source_of(*other)).filter(|other| *other != own);
        let mut order: Vec<usize> = std::iter::once(own).chain(others).flatten().collect();
        order.dedup();
        let around = order.into_iter().filter_map(|index| sources.get(index)).map(|source| source.text.as_str());
        readers::allow_list::name_product(list, around);
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
    let asked = facts.logs.iter().flat_map(|(_, log)| &log.unknown_names).map(|(name, _)| name.as_str());
    let mut seen: Vec<&str> = flows.chain(mentions).chain(captured).chain(asked).collect();
    seen.sort_unstable();
    seen.dedup();
    // What was called tells more than what somebody wrote into a list, which may be the list of another cloud.
    let proved = endpoints::cloud_of_hosts(seen.iter().copied())
        .filter(|(_, host)| endpoints::cloud_hint(host).is_some_and(|(_, weight)| weight >= endpoints::PROOF));
    let entries = || facts.allow_lists.iter().flat_map(|(_, list)| &list.entries);
    // An expression escapes the dots of its names.
    let unescaped: Vec<String> =
        entries().filter(|entry| entry.text.contains("\\.")).map(|entry| entry.text.replace("\\.", ".")).collect();
    let in_expression =
        unescaped.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-'));
    let listed =
        entries().map(|entry| entry.text.as_str()).chain(in_expression).map(|text| text.trim_matches(PATTERN_MARKS));
    let mut hosts: Vec<&str> = seen.into_iter().chain(listed).collect();
    hosts.sort_unstable();
    hosts.dedup();
    // A tenant is called by its name in mails and accounts; the hosts of a list may be those of another cloud.
    match proved.or_else(|| tenant(facts)).or_else(|| taken(facts)).or_else(|| endpoints::cloud_of_hosts(hosts)) {
        Some((Cloud::UsGovGccHigh, host)) if says_dod(facts) => {
            let why = format!("The evidence names {host} and speaks of DoD.");
            CloudFact { cloud: Cloud::UsGovDod, how: CloudHow::Detected, why }
        }
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

/// Whether a text calls the Government tenant one of `DoD`. The two Government clouds share most of their hosts and all
/// of their tenants' suffixes.
fn says_dod(facts: &Facts) -> bool {
    let mut texts = facts.artifacts.iter().enumerate().filter(|(index, artifact)| {
        !matches!(artifact.kind, Kind::ProxyLog | Kind::Har)
            && !facts.texts.iter().any(|(other, text)| other == index && text.documentation.is_some())
    });
    let words = |text: &str, wanted: &[&str]| {
        text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| wanted.contains(&word))
    };
    texts.any(|(_, artifact)| {
        let text = facts.sources.get(artifact.source).and_then(|source| source.text.get(artifact.start..artifact.end));
        text.is_some_and(|text| words(text, &["DoD", "DOD", "IL5"]) && !words(text, &["GCCH", "GCC", "IL4"]))
    })
}

/// The cloud that the wizard found for a user whose name fits it.
fn taken(facts: &Facts) -> Option<(Cloud, &str)> {
    let choices = facts.reports().flat_map(|text| &text.cloud_instances);
    let mut found = choices.filter(|choice| choice.taken == choice.of_user && !choice.fallback);
    found.next().map(|choice| (choice.taken, choice.domain.as_str()))
}

/// The cloud of the first tenant that the evidence names outside of logs and of texts that explain errors.
fn tenant(facts: &Facts) -> Option<(Cloud, &str)> {
    let explains =
        |artifact: usize| facts.texts.iter().any(|(other, text)| *other == artifact && text.documentation.is_some());
    facts.artifacts.iter().enumerate().find_map(|(index, artifact)| {
        if matches!(artifact.kind, Kind::ProxyLog | Kind::Har) || explains(index) {
            return None;
        }
        let text = facts.sources.get(artifact.source)?.text.get(artifact.start..artifact.end)?;
        readers::error_text::cloud_instance::tenant(text)
    })
}

/// What surrounds the host in an entry of an allow-list.
const PATTERN_MARKS: [char; 5] = ['*', '.', '^', '/', '"'];
