//! Fills the frozen structs from the report: positions, excerpts, and the `{name}`s of the texts.

use super::v1;
use crate::artifact::{Artifact, Problem, Span};
use crate::endpoints::{self, Cloud, Need, Role};
use crate::facts::{CloudHow, Facts};
use crate::report::{self, Diagnosis, Evidence, Report};
use crate::source::Source;
use crate::timeline::{self, Band, Cell, Row, Timeline};

/// The public report.
pub fn report(report: &Report) -> v1::Report {
    let facts = &report.facts;
    let common = common_args(facts);
    v1::Report {
        schema: "advisor-report/1".to_owned(),
        engine: v1::Engine {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            catalog_date: endpoints::CATALOG_DATE.to_owned(),
        },
        cloud: v1::Cloud {
            id: facts.cloud.cloud.id().to_owned(),
            how: match facts.cloud.how {
                CloudHow::Chosen => "chosen",
                CloudHow::Detected => "detected",
                CloudHow::Assumed => "assumed",
            }
            .to_owned(),
            why: facts.cloud.why.clone(),
        },
        artifacts: (0..facts.artifacts.len()).filter_map(|index| artifact(facts, index)).collect(),
        diagnoses: report.diagnoses.iter().map(|item| diagnosis(facts, item, &common)).collect(),
        endpoints: report
            .endpoints
            .iter()
            .map(|endpoint| v1::Endpoint {
                host: endpoint.host.clone(),
                port: endpoint.port,
                purpose: endpoint.purpose.to_owned(),
                need: endpoint.need.report_id().to_owned(),
                phases: endpoint.phases.iter().map(|phase| phase.id().to_owned()).collect(),
                state: endpoint.state.id().to_owned(),
                requests: endpoint.requests,
                first_time: endpoint.first_time.clone(),
                last_time: endpoint.last_time.clone(),
            })
            .collect(),
        phases: report
            .phases
            .iter()
            .map(|phase| v1::Phase {
                id: phase.phase.id().to_owned(),
                state: phase.state.to_owned(),
                missing: phase.missing.clone(),
            })
            .collect(),
        not_checked: report
            .not_checked
            .iter()
            .map(|item| v1::NotChecked { what: item.what.to_string(), why: item.why.to_string() })
            .collect(),
        ask_for: report
            .ask_for
            .iter()
            .map(|item| v1::AskFor { what: item.what.to_owned(), why: item.why.to_owned(), how: item.how.clone() })
            .collect(),
    }
}

/// The report together with what the page needs to draw the artifact cards.
pub fn answer(report: &Report) -> v1::Answer {
    let facts = &report.facts;
    let cards = facts.artifacts.iter().filter_map(|artifact| {
        let source = facts.sources.get(artifact.source)?;
        let (first_line, last_line) = artifact.lines;
        Some(v1::Card {
            artifact: artifact.id.clone(),
            input: report.inputs.get(artifact.source).copied()?,
            member: artifact.member.clone(),
            why: artifact.why.clone(),
            first_line,
            last_line,
            problems: artifact.problems.iter().map(|item| problem(source, artifact, item)).collect(),
        })
    });
    let timelines = timeline::timelines(facts).into_iter().filter_map(|timeline| self::timeline(facts, timeline));
    let allow_lists = crate::allow_list::pasted(facts);
    v1::Answer {
        report: self::report(report),
        cards: cards.collect(),
        timelines: timelines.collect(),
        allow_lists: allow_lists.iter().map(|one| super::allow_list::pasted(facts, one)).collect(),
        configuration: super::config::configuration(report),
        layers: super::layers::layers(facts),
        stages: super::stages::stages(facts),
    }
}

/// An empty place at the begin of an artifact stands for the whole of it: what could not be unpacked, what is too big.
fn problem(source: &Source, artifact: &Artifact, problem: &Problem) -> v1::CardProblem {
    let (start, end) = (source.position(problem.span.start), source.position(problem.span.end));
    let is_whole = problem.span.start == artifact.start && problem.span.end == artifact.start;
    let line = (!is_whole).then_some(start.line);
    v1::CardProblem { line, byte: start.byte, byte_end: end.byte, what: problem.what.clone() }
}

fn timeline(facts: &Facts, timeline: Timeline) -> Option<v1::Timeline> {
    let artifact = facts.artifacts.get(timeline.artifact)?;
    let source = facts.sources.get(artifact.source)?;
    let cell = |cell: Cell| v1::TimelineCell {
        bin: cell.bin,
        reached: cell.reached,
        refused: cell.refused,
        asked: cell.asked,
        other: cell.other,
        line: cell.span.map(|span| source.position(span.start).line),
    };
    let row = |row: Row| v1::TimelineRow {
        host: row.host,
        purpose: row.endpoint.purpose.to_owned(),
        need: row.endpoint.need.report_id().to_owned(),
        total: row.total,
        refused: row.refused,
        cells: row.cells.into_iter().map(cell).collect(),
    };
    let band = |band: Band| v1::TimelineSession {
        from: band.from,
        to: band.to,
        phase: band.session.phase.id().to_owned(),
        state: if band.session.is_complete() { "complete" } else { "incomplete" }.to_owned(),
        stopped_at: band.session.stopped_at().map(str::to_owned),
        missing: band.session.missing,
    };
    Some(v1::Timeline {
        artifact: artifact.id.clone(),
        client: timeline.client,
        start: timeline.start,
        end: timeline.end,
        zone_known: timeline.zone_known,
        ordered_only: timeline.ordered_only,
        seconds: timeline.seconds,
        bins: timeline.bins,
        bin_seconds: timeline.bin_seconds,
        bin_start: timeline.bin_start,
        rows: timeline.rows.into_iter().map(row).collect(),
        rows_left_out: timeline.rows_left_out,
        sessions: timeline.bands.into_iter().map(band).collect(),
        gaps: timeline.gaps,
    })
}

fn artifact(facts: &Facts, index: usize) -> Option<v1::Artifact> {
    let Artifact { id, name, source, lines, bytes, kind, format, score, skipped_lines, .. } =
        facts.artifacts.get(index)?;
    let source = facts.sources.get(*source)?;
    let log = facts.logs.iter().find(|(artifact, _)| *artifact == index).map(|(_, log)| log);
    let whole = !id.contains('.');
    Some(v1::Artifact {
        id: id.clone(),
        name: name.clone(),
        kind: kind.id().to_owned(),
        format: (*format).to_owned(),
        confidence: match score {
            75.. => report::Confidence::Certain,
            40.. => report::Confidence::Likely,
            _ => report::Confidence::Possible,
        }
        .id()
        .to_owned(),
        encoding: source.encoding.name().to_owned(),
        bytes: if whole { source.byte_len } else { *bytes },
        lines: match (whole, source.text.is_empty()) {
            (_, true) => 0,
            (true, _) => source.line_count(),
            (false, _) => (lines.1 + 1 - lines.0) as u64,
        },
        skipped_lines: *skipped_lines,
        first_time: log.and_then(|log| log.first_time.clone()),
        last_time: log.and_then(|log| log.last_time.clone()),
    })
}

fn diagnosis(facts: &Facts, item: &Diagnosis, common: &[(&'static str, String)]) -> v1::Diagnosis {
    let Diagnosis { rule, finding, severity, explains } = item;
    let fill = |template: &str| fill(template, &[&finding.args, common]);
    let evidence = std::iter::once((&finding.primary, "primary"))
        .chain(finding.related.iter().map(|place| (place, "related")))
        .map(|(place, role)| evidence(facts, place, role))
        .collect();
    v1::Diagnosis {
        id: rule.id.to_owned(),
        title: fill(rule.en.title),
        severity: severity.id().to_owned(),
        confidence: finding.confidence.id().to_owned(),
        context: finding.context.id().to_owned(),
        summary: format!("{} {}", fill(rule.en.summary), fill(rule.en.why)),
        evidence,
        steps: rule
            .en
            .steps
            .iter()
            .enumerate()
            .filter(|(place, _)| !finding.skipped.contains(place))
            .map(|(_, step)| v1::Step {
                who: step.who.id().to_owned(),
                text: fill(step.text),
                command: step.command.map(fill),
                verify: step.verify.map(fill),
            })
            .collect(),
        explains: explains.iter().map(|id| (*id).to_owned()).collect(),
        source: rule.source.to_owned(),
    }
}

fn evidence(facts: &Facts, place: &Evidence, role: &str) -> v1::Evidence {
    let span = place.span;
    let artifact = facts.artifacts.get(span.artifact);
    let source = artifact.and_then(|artifact| facts.sources.get(artifact.source));
    let start = source.map(|source| source.position(span.start));
    let end = source.map(|source| source.position(span.end));
    v1::Evidence {
        artifact: artifact.map(|artifact| artifact.id.clone()).unwrap_or_default(),
        line: start.map_or(1, |at| at.line),
        column: start.map_or(1, |at| at.column),
        end_line: end.map_or(1, |at| at.line),
        end_column: end.map_or(1, |at| at.column),
        byte_start: start.map_or(0, |at| at.byte),
        byte_end: end.map_or(0, |at| at.byte),
        role: role.to_owned(),
        note: place.note.clone(),
        excerpt: source.map(|source| excerpt(source, span)).unwrap_or_default(),
    }
}

/// The lines of a place as they stand in the artifact: a word alone would tell nobody where it is. Cut to
/// [`LONGEST`] characters that contain the beginning of the place.
fn excerpt(source: &Source, span: Span) -> String {
    let from = source.line_range(source.line_index(span.start)).start;
    let to = source.line_range(source.line_index(span.end)).end.max(span.end);
    let text = source.text.get(from..to).unwrap_or("");
    let before = source.text.get(from..span.start).map_or(0, |text| text.chars().count());
    let skipped = if text.chars().count() > LONGEST { before.saturating_sub(LONGEST / 4) } else { 0 };
    let mut excerpt: String = text.chars().skip(skipped).take(LONGEST).collect();
    let cut = text.chars().count() > skipped + LONGEST;
    if skipped > 0 {
        excerpt.insert(0, '…');
    }
    if cut {
        excerpt.push('…');
    }
    excerpt.trim_matches(['\r', '\n', ' ', '\t']).to_owned()
}

/// How many bytes of a value stand in a text: more than any list of hosts or block of a configuration has.
const LONGEST_VALUE: usize = 40_000;

/// How many characters of an artifact an excerpt shows.
const LONGEST: usize = 300;

/// Replaces each `{name}` by its value; the first list that knows the name wins. A name nobody knows stays as it
/// is, so that a test can find it.
fn fill(template: &str, lists: &[&[(&'static str, String)]]) -> String {
    let mut result = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        result.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = lists.iter().flat_map(|list| list.iter()).find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = value {
            // Values may be of any length; a text for people is not.
            let end = value.floor_char_boundary(LONGEST_VALUE);
            result.push_str(value.get(..end).unwrap_or(value));
            if end < value.len() {
                result.push('…');
            }
            rest = tail;
        } else {
            result.push('{');
            rest = after;
        }
    }
    result.push_str(rest);
    result
}

/// Values that every text may use: the hosts of the cloud that the evidence is about.
fn common_args(facts: &Facts) -> Vec<(&'static str, String)> {
    let cloud = facts.cloud.cloud.in_service();
    let hosts = |role: Role| {
        let mut hosts: Vec<&str> = endpoints::hosts_of_role(cloud, role).collect();
        hosts.dedup();
        hosts.join("\n")
    };
    let first = |role: Role| endpoints::hosts_of_role(cloud, role).next().unwrap_or_default().to_owned();
    let required: Vec<&str> = endpoints::all()
        .filter(|row| row.cloud == cloud && row.need == Need::Required && row.role != Role::Revocation)
        .map(|row| row.pattern)
        .collect();
    let sign_in = first(Role::SignIn);
    let allow_patterns = uncovered(&required).join("\n");
    vec![
        ("test_url", facts.test_url()),
        ("sign_in_url", format!("https://{sign_in}")),
        ("sign_in_host", sign_in),
        ("mfa_hosts", hosts(Role::SignInContent)),
        ("graph_host", first(Role::Graph)),
        ("revocation_hosts", hosts(Role::Revocation)),
        ("wider_hosts", allow_patterns.clone()),
        ("allow_patterns", allow_patterns),
        ("cloud", cloud_name(facts.cloud.cloud).to_owned()),
    ]
}

/// The patterns without those that a wildcard among them covers.
fn uncovered<'a>(patterns: &[&'a str]) -> Vec<&'a str> {
    let covers =
        |wide: &str, other: &str| wide != other && wide.strip_prefix('*').is_some_and(|zone| other.ends_with(zone));
    patterns.iter().copied().filter(|pattern| !patterns.iter().any(|wide| covers(wide, pattern))).collect()
}

/// What a person calls the cloud.
fn cloud_name(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Worldwide => "the worldwide cloud",
        Cloud::China => "21Vianet in China",
        Cloud::UsGovGccHigh => "US Government GCC High",
        Cloud::UsGovDod => "US Government DoD",
        Cloud::Germany => "Microsoft Cloud Germany (closed in 2021)",
    }
}
