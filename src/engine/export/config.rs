//! What the page needs to draw a configuration beside its diagnoses: the corrected file, what is left to answer, and
//! the proxy of every required endpoint. Not part of the contract of [`super::v1`].

use super::v1::Step;
use crate::artifact::{Kind, Part};
use crate::effective_proxy::{CONTEXTS, Row, table};
use crate::fix::{self, Fix, Proxy, Wanted, apply, block, diff, evidence};
use crate::readers::machine_config::{Config, WhichFile, address};
use crate::report::Report;
use crate::rules::proxy_settings::evidence::{CONFIG_PATH, OPEN_FILE, RESTART, TEST};
use crate::source::Source;
use serde::{Deserialize, Serialize};

/// Everything about configurations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// One for each configuration about which something can be said, in the order of the artifacts.
    pub files: Vec<ConfigFile>,
    /// Endpoints that are called in the same ways; empty where nothing tells the way.
    pub routes: Vec<RouteRow>,
}

/// One configuration and its corrected text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfigFile {
    /// Id of the artifact.
    pub artifact: String,
    /// Kind of the artifact.
    pub kind: String,
    /// What people call the file: "machine.config".
    pub which: String,
    /// Name of the file to save.
    pub file_name: String,
    /// The part, as offsets into the decoded text of its input.
    pub start: usize,
    /// One past its end.
    pub end: usize,
    /// First line of the part in its input.
    pub first_line: usize,
    /// The part is the whole of a configuration and of its input, so that the corrected bytes are a file to put in
    /// place.
    pub is_whole: bool,
    /// The bytes of the input, where the page has no file of its own to read them from: a file in an archive.
    pub content: Option<Vec<u8>>,
    /// The corrected piece, where it is not a whole file.
    pub piece: Option<String>,
    /// corrected | incomplete | unmended | nothing
    pub state: String,
    /// One sentence: what .NET does with the corrected text.
    pub effect: String,
    /// The edits, in order. Empty when a character cannot be written in the encoding of the file.
    pub edits: Vec<ConfigEdit>,
    /// Why, for each edit, in the order of the text.
    pub reasons: Vec<ConfigReason>,
    /// What is left to answer.
    pub questions: Vec<ConfigRemark>,
    /// What has no safe edit.
    pub refused: Vec<ConfigRemark>,
    /// The two texts side by side.
    pub rows: Vec<DiffRow>,
    /// The same as a unified diff.
    pub unified: String,
    /// The block alone, as it has to stand in machine.config.
    pub block: Option<String>,
    /// What to do around the edit.
    pub steps: Vec<Step>,
    /// What the file was to say.
    pub wanted: ConfigWanted,
}

/// An edit of the input as given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfigEdit {
    /// First byte that goes.
    pub byte_start: u64,
    /// One past the last.
    pub byte_end: u64,
    /// What comes.
    pub bytes: Vec<u8>,
}

/// Why an edit is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfigReason {
    /// Line of the input as given, 1-based.
    pub line: usize,
    /// A sentence or several.
    pub why: String,
}

/// Something that is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfigRemark {
    /// Line of the corrected text, where there is one place.
    pub line: Option<usize>,
    /// What, and why.
    pub text: String,
    /// A host and a port answer it.
    pub wants_proxy: bool,
}

/// A row of the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffRow {
    /// gap | same | changed | removed | added
    pub kind: String,
    /// Lines that are left out at a gap.
    pub left_out: usize,
    /// The line as it is.
    pub old: Option<DiffLine>,
    /// The corrected line.
    pub new: Option<DiffLine>,
}

/// A line of the difference in three pieces, the middle one being what differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffLine {
    /// 1-based.
    pub number: usize,
    /// In front of what differs.
    pub before: String,
    /// What differs.
    pub marked: String,
    /// Behind it.
    pub after: String,
}

/// What the file was to say; the page gives it back with the user's own proxy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConfigWanted {
    /// Host, port, who names it.
    pub proxy: Option<(String, u16, String)>,
    /// The proxy asks for a sign-in.
    pub sign_in: bool,
    /// A proxy is needed.
    pub needed: bool,
    /// The settings do not belong into this file.
    pub remove: bool,
    /// URLs that have to go through the proxy.
    pub urls: Vec<String>,
}

/// Endpoints that are called in the same ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RouteRow {
    /// Host, port, what for.
    pub hosts: Vec<(String, u16, String)>,
    /// One for each identity: the signed-in user, the sync service account.
    pub routes: Vec<RouteCell>,
}

/// The way for one identity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RouteCell {
    /// signed-in-user | sync-service-account
    pub context: String,
    /// proxy | direct | undecidable | refused | not-called
    pub way: String,
    /// `host:port`.
    pub proxy: Option<String>,
    /// By what.
    pub why: String,
    /// The place that decides: artifact, first and last line, first and last byte.
    pub by: Option<Place>,
}

/// A place in an artifact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Id of the artifact.
    pub artifact: String,
    /// 1-based.
    pub line: usize,
    /// Line of its last character.
    pub end_line: usize,
    /// 0-based offset into the input as given.
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
}

/// A server has five of these files, and a mail thread quotes them a few times.
const MAX_FILES: usize = 24;

/// Everything about the configurations of a report.
pub fn configuration(report: &Report) -> Configuration {
    let facts = &report.facts;
    let files = facts.configs.iter().take(MAX_FILES).filter_map(|(index, config)| {
        let artifact = facts.artifacts.get(*index)?;
        let source = facts.sources.get(artifact.source)?;
        // Only a file that is held as a whole can be edited, and only one of this server.
        let ours = !config.which.is_of_another_program();
        let held = source.byte_len == source.position(source.text.len()).byte;
        if !ours || !held {
            return None;
        }
        let part = Part { source, artifact: *index, start: artifact.start, end: artifact.end };
        let wanted = evidence::wanted(report, config);
        let mut mended = file(&part, &artifact.id, artifact.kind, config.which, &wanted, &facts.test_url());
        if artifact.member.is_some() && !source.text.contains(char::REPLACEMENT_CHARACTER) {
            mended.content = apply::encoded(source.encoding, &source.text, source.position(0).byte > 0);
        }
        (mended.state != "nothing").then_some(mended)
    });
    Configuration {
        files: files.collect(),
        routes: table(facts).unwrap_or_default().iter().map(|row| route(report, row)).collect(),
    }
}

/// The same file with the user's own proxy. `bytes` are those of its input. `None` where they are not.
pub fn with_proxy(
    file: &ConfigFile,
    name: &str,
    bytes: &[u8],
    host: &str,
    port: u16,
    sign_in: bool,
) -> Option<ConfigFile> {
    let source = Source::decode(name, bytes);
    source.text.get(file.start..file.end)?;
    let whole = Part { source: &source, artifact: 0, start: file.start, end: file.end };
    let which =
        [WhichFile::Machine, WhichFile::Machine32, WhichFile::MachineV2, WhichFile::Miiserver, WhichFile::Wizard]
            .into_iter()
            .find(|known| known.name() == file.which)?;
    let kind = Kind::from_id(&file.kind)?;
    let wanted = Wanted {
        proxy: Some(Proxy { host: host.to_owned(), port, from: "You".to_owned(), is_users: true }),
        sign_in: sign_in || file.wanted.sign_in,
        needed: which == WhichFile::Machine,
        remove: file.wanted.remove,
        urls: file.wanted.urls.clone(),
    };
    let mut changed = self::file(&whole, &file.artifact, kind, which, &wanted, "");
    changed.steps.clone_from(&file.steps);
    changed.content.clone_from(&file.content);
    Some(changed)
}

/// The bytes of an input with the edits of a file made. `None` where they do not fit.
pub fn applied(file: &ConfigFile, bytes: &[u8]) -> Option<Vec<u8>> {
    let edit =
        |edit: &ConfigEdit| apply::ByteEdit { start: edit.byte_start, end: edit.byte_end, bytes: edit.bytes.clone() };
    apply::applied(bytes, &file.edits.iter().map(edit).collect::<Vec<_>>())
}

fn file(part: &Part, id: &str, kind: Kind, which: WhichFile, wanted: &Wanted, test_url: &str) -> ConfigFile {
    let fix = fix::fix(part, kind, which, wanted);
    let first_line = part.source.position(part.start).line;
    let rows = diff::rows(fix.cleaned.as_deref().unwrap_or(part.text()), &fix.edits, first_line);
    let edits = if fix.cleaned.is_some() { Some(Vec::new()) } else { apply::byte_edits(part, &fix) };
    let is_open = !fix.questions.is_empty() || !fix.refused.is_empty();
    let changes = !fix.edits.is_empty() || edits.as_ref().is_none_or(|edits| !edits.is_empty());
    let state = match (changes, is_open) {
        (true, false) => "corrected",
        (true, true) => "incomplete",
        (false, true) => "unmended",
        (false, false) => "nothing",
    };
    let blank = |range: std::ops::Range<usize>| part.source.text.get(range).is_none_or(|text| text.trim().is_empty());
    let alone = blank(0..part.start) && blank(part.end..part.source.text.len());
    let is_whole = alone && part.text().to_ascii_lowercase().contains("<configuration") && edits.is_some();
    let is_whole = is_whole && fix.cleaned.is_none();
    let line_in_fixed = |at: usize| fix.text.get(..at).map(|text| first_line + text.matches('\n').count());
    let mut reasons: Vec<ConfigReason> = fix
        .edits
        .iter()
        .map(|edit| ConfigReason {
            line: match &fix.cleaned {
                Some(text) => first_line + text.get(..edit.range.start).map_or(0, |text| text.matches('\n').count()),
                None => part.source.position(part.start + edit.range.start).line,
            },
            why: edit.why.clone(),
        })
        .collect();
    reasons.dedup();
    if fix.written_in.is_some() {
        let why = "The file is declared as UTF-8 and saved in another encoding; the corrected file is saved in UTF-8.";
        reasons.insert(0, ConfigReason { line: 1, why: why.to_owned() });
    }
    if fix.cleaned.is_some() && changes {
        let why = "The piece came with line numbers, entities or marks of a mail in it. They are left out here; what is corrected is a piece to compare the file with, not the file.";
        reasons.insert(0, ConfigReason { line: first_line, why: why.to_owned() });
    }
    let name = which.file_name();
    ConfigFile {
        artifact: id.to_owned(),
        kind: kind.id().to_owned(),
        which: which.name().to_owned(),
        file_name: name.to_owned(),
        start: part.start,
        end: part.end,
        first_line,
        is_whole,
        content: None,
        piece: (!is_whole && changes && fix.text.len() <= 40_000).then(|| fix.text.clone()),
        state: state.to_owned(),
        effect: fix.config.effect.clone(),
        edits: edits
            .unwrap_or_default()
            .into_iter()
            .map(|edit| ConfigEdit { byte_start: edit.start, byte_end: edit.end, bytes: edit.bytes })
            .collect(),
        reasons,
        questions: fix
            .questions
            .iter()
            .map(|item| ConfigRemark {
                line: line_in_fixed(item.at),
                text: item.text.clone(),
                wants_proxy: item.wants_proxy,
            })
            .collect(),
        refused: fix
            .refused
            .iter()
            .map(|item| ConfigRemark {
                line: item.at.and_then(line_in_fixed),
                text: item.text.clone(),
                wants_proxy: false,
            })
            .collect(),
        unified: diff::unified(&rows, name),
        rows: rows.iter().map(diff_row).collect(),
        block: block_alone(&fix, which, wanted),
        steps: steps(which, test_url),
        wanted: ConfigWanted {
            proxy: wanted.proxy.as_ref().map(|proxy| (proxy.host.clone(), proxy.port, proxy.from.clone())),
            sign_in: wanted.sign_in,
            needed: wanted.needed,
            remove: wanted.remove,
            urls: wanted.urls.clone(),
        },
    }
}

/// The block that machine.config has to hold, from what the corrected text says or what the evidence knows.
fn block_alone(fix: &Fix, which: WhichFile, wanted: &Wanted) -> Option<String> {
    let config = &fix.config;
    let of_config = |config: &Config| {
        let read = config.address.as_ref().filter(|read| !read.unusable() && !read.host.is_empty())?;
        Some(Proxy { host: read.host.clone(), port: read.port, from: String::new(), is_users: false })
    };
    let of_words = || {
        let (host, port) = address::meant(&config.proxy_address.as_ref()?.text)?;
        Some(Proxy { host, port: port?, from: String::new(), is_users: false })
    };
    let proxy = of_config(config).or_else(|| wanted.proxy.clone()).or_else(of_words)?;
    let local = config.bypass_on_local.as_ref().is_none_or(|switch| switch.value != Some(false));
    let settings = block::Settings {
        url: proxy.url(),
        sign_in: wanted.sign_in || config.sends_credentials() || config.means_credentials,
        bypass: if which.is_machine() {
            config.bypass.iter().map(|entry| entry.pattern.text.clone()).collect()
        } else {
            Vec::new()
        },
        bypass_on_local: local,
    };
    Some(block::lines(&settings, "  "))
}

/// Around the edit: the copy, the editor, the restart, the tests in both contexts.
fn steps(which: WhichFile, test_url: &str) -> Vec<Step> {
    let texts = |step: &crate::rules::Step| {
        let filled = |text: &str| text.replace("{test_url}", test_url).replace("{config_path}", CONFIG_PATH);
        Step {
            who: step.who.id().to_owned(),
            text: filled(step.text),
            command: step.command.map(filled),
            verify: step.verify.map(filled),
        }
    };
    let own = |text: String, command: Option<String>, verify: Option<String>| Step {
        who: crate::rules::Who::ServerAdmin.id().to_owned(),
        text,
        command,
        verify,
    };
    let mut steps = Vec::new();
    match which.usual_path().filter(|_| matches!(which, WhichFile::Miiserver | WhichFile::Wizard)) {
        Some(path) => {
            steps.push(own(
                format!("Keep a copy of {}, then open it in an elevated editor and make the change. The proxy itself belongs in machine.config.", which.name()),
                Some(format!("Copy-Item \"{path}\" \"{path}.before\"\nStart-Process notepad.exe '\"{path}\"' -Verb RunAs")),
                None,
            ));
        }
        None => steps.push(texts(&OPEN_FILE)),
    }
    let path = which.usual_path().unwrap_or(CONFIG_PATH);
    steps.push(own(
        "Make the changes shown here, or put the corrected file in place of the old one. Save it in the encoding that it had.".to_owned(),
        None,
        Some(format!("[xml](Get-Content \"{path}\" -Raw) runs without an error and shows the document.")),
    ));
    steps.push(texts(&RESTART));
    steps.push(texts(&TEST));
    steps.push(own(
        "That test runs under your own account, like every page of the wizard but Configure. The Configure page and every sync run under the sync service account: start a sync, and look whether the connector to Microsoft Entra ID gets through.".to_owned(),
        Some("Start-ADSyncSyncCycle -PolicyType Delta".to_owned()),
        Some("The run history shows the import from Microsoft Entra ID with success, and the proxy's log shows the server's requests without a last 407.".to_owned()),
    ));
    steps
}

fn diff_row(row: &diff::Row) -> DiffRow {
    let line = |line: &diff::Line| {
        let piece = |range: std::ops::Range<usize>| line.text.get(range).unwrap_or("").to_owned();
        DiffLine {
            number: line.number,
            before: piece(0..line.mark.start),
            marked: piece(line.mark.clone()),
            after: piece(line.mark.end..line.text.len()),
        }
    };
    let (kind, left_out, old, new) = match row {
        diff::Row::Gap(count) => ("gap", *count, None, None),
        diff::Row::Same(old, new) => ("same", 0, Some(old), Some(new)),
        diff::Row::Changed(old, new) => ("changed", 0, Some(old), Some(new)),
        diff::Row::Removed(old) => ("removed", 0, Some(old), None),
        diff::Row::Added(new) => ("added", 0, None, Some(new)),
    };
    DiffRow { kind: kind.to_owned(), left_out, old: old.map(line), new: new.map(line) }
}

fn route(report: &Report, row: &Row) -> RouteRow {
    let facts = &report.facts;
    let place = |span: crate::artifact::Span| {
        let artifact = facts.artifacts.get(span.artifact)?;
        let source = facts.sources.get(artifact.source)?;
        let (start, end) = (source.position(span.start), source.position(span.end));
        let last = source.position(span.end.saturating_sub(1).max(span.start));
        Some(Place {
            artifact: artifact.id.clone(),
            line: start.line,
            end_line: last.line,
            byte_start: start.byte,
            byte_end: end.byte,
        })
    };
    let cell = |(route, context): (&crate::effective_proxy::Route, crate::report::Context)| RouteCell {
        context: context.id().to_owned(),
        way: route.way.id().to_owned(),
        proxy: route.proxy.clone(),
        why: route.why.clone(),
        by: route.by.and_then(place),
    };
    RouteRow {
        hosts: row.hosts.iter().map(|(host, port, what)| ((*host).to_owned(), *port, (*what).to_owned())).collect(),
        routes: row.routes.iter().zip(CONTEXTS).map(cell).collect(),
    }
}
