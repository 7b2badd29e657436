//! Faults of .NET configuration files: what somebody saved, what .NET does with it and says about it, and what the
//! user sees.
//!
//! What .NET does is written here from its documented rules (the grammar and the defaults of `defaultProxy`, the texts
//! of System.Configuration, System.Xml and System.Uri), not from the engine. In a row `¦` marks the place that the
//! first evidence has to begin at; it is taken out before the file is read.

mod hostile;
mod table;

use advisor_engine::readers::machine_config::{Config, Prediction, Stage};
use advisor_engine::report::{Diagnosis, Report};
use advisor_engine::{Input, Options, analyze, export};
use std::fs;
use std::path::PathBuf;
use table::Dotnet::{self, File, Proxy, Request, Section, Skips, Takes};
use table::{Row, addresses, broken_xml, effects, file, names_and_values, places, section};

/// Every row.
fn table() -> Vec<Row> {
    [broken_xml(), places(), names_and_values(), addresses(), effects()].into_iter().flatten().collect()
}

fn read(name: &str, bytes: &[u8]) -> Report {
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() };
    analyze(&[input], &Options::default())
}

fn config(report: &Report) -> &Config {
    &report.facts.configs.first().expect("a configuration is recognised").1
}

/// The first thing that the user sees: the first problem, or else what is said about a good file.
fn first(report: &Report) -> Option<&Diagnosis> {
    let problem = report.diagnoses.iter().find(|diagnosis| diagnosis.severity.is_problem());
    problem
        .or(report.diagnoses.iter().find(|diagnosis| diagnosis.rule.id.starts_with("proxy-")))
        .or(report.diagnoses.first())
}

fn place(report: &Report, diagnosis: &Diagnosis) -> (usize, usize) {
    let span = diagnosis.finding.primary.span;
    let position = report.facts.sources[report.facts.artifacts[span.artifact].source].position(span.start);
    (position.line, position.column)
}

/// What the engine predicts, in the words of the table.
fn predicted(prediction: &Prediction) -> (&'static str, String) {
    match prediction {
        Prediction::Fine => ("takes", String::new()),
        Prediction::Ignored { .. } => ("skips", String::new()),
        Prediction::Refused(refusal) => {
            let stage = match refusal.stage {
                Stage::File => "file",
                Stage::Section => "section",
                Stage::Proxy => "proxy",
                Stage::Request => "request",
            };
            (stage, refusal.printed())
        }
    }
}

fn expected(dotnet: Dotnet) -> (&'static str, String) {
    match dotnet {
        Takes => ("takes", String::new()),
        Skips => ("skips", String::new()),
        File(text) => ("file", text.to_owned()),
        Section(text) => ("section", text.to_owned()),
        Proxy(text) => ("proxy", text.to_owned()),
        Request(text) => ("request", text.to_owned()),
    }
}

#[test]
fn every_fault_gets_its_diagnosis_at_its_place_and_the_words_of_dotnet() {
    let rows = table();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let (text, at) = row.taken_apart();
        let report = read("machine.config", text.as_bytes());
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        if found != Some((row.id, at)) {
            wrong.push(format!("{text}  found {found:?}, expected {:?}", (row.id, at)));
        }
        let (says, means) = (predicted(&config(&report).prediction), expected(row.dotnet));
        if says != means {
            wrong.push(format!("{text}  predicted {says:?}\n  expected  {means:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_saved_in_another_encoding_reads_the_same_or_is_refused_for_it() {
    let text = section("<proxy proxyAddress=\"http://p:8080\" />");
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let marked = ["\u{feff}", &text].concat().into_bytes();
    let wide = utf16(&text.replace("utf-8", "utf-16"));
    for bytes in [text.clone().into_bytes(), marked, wide, text.replace('\n', "\r\n").into_bytes()] {
        let report = read("machine.config", &bytes);
        let diagnosis = first(&report).unwrap();
        assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-attribute-unknown", (5, 8)));
        let expected = "Unrecognized attribute 'proxyAddress'. Note that attribute names are case-sensitive. (machine.config line 5)";
        assert_eq!(predicted(&config(&report).prediction).1, expected);
    }
    let report = read("machine.config", &utf16(&text));
    let diagnosis = first(&report).unwrap();
    assert_eq!((diagnosis.rule.id, place(&report, diagnosis).0), ("config-not-well-formed", 1));
    let expected = "'.', hexadecimal value 0x00, is an invalid character. Line 2, position 1. (machine.config line 2)";
    assert_eq!(predicted(&config(&report).prediction), ("file", expected.to_owned()));
    let umlaut = text.replace("<proxy ", "<!-- ge\u{e4}ndert -->\n<proxy ");
    let ansi: Vec<u8> = umlaut.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let report = read("machine.config", &ansi);
    let diagnosis = first(&report).unwrap();
    assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-not-well-formed", (5, 8)));
    let expected = "Invalid character in the given encoding. Line 5, position 8. (machine.config line 5)";
    assert_eq!(predicted(&config(&report).prediction), ("file", expected.to_owned()));
}

/// The piece that people paste: from the line of `system.net` to the line of its end.
fn piece(text: &str) -> Option<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.iter().position(|line| line.starts_with("<system.net"))?;
    let to = lines.iter().rposition(|line| line.starts_with("</system.net>"))?;
    (from <= to).then(|| (from, lines[from..=to].join("\n") + "\n"))
}

#[test]
fn the_pasted_block_alone_gets_the_same_answer_without_the_line_of_a_file_nobody_saw() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in names_and_values().iter().chain(&addresses()) {
        let (text, (line, column)) = row.taken_apart();
        let Some((above, piece)) = piece(&text) else { continue };
        tried += 1;
        let report = read("Pasted text", piece.as_bytes());
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        if found != Some((row.id, (line - above, column))) {
            wrong.push(format!("{piece}  found {found:?}, expected {:?}", (row.id, (line - above, column))));
        }
        let (stage, message) = expected(row.dotnet);
        let message = message.split(" (machine.config line").next().unwrap_or("").to_owned();
        let says = predicted(&config(&report).prediction);
        if says != (stage, message.clone()) {
            wrong.push(format!("{piece}  predicted {says:?}, expected {:?}", (stage, message)));
        }
    }
    assert!(tried >= 40 && wrong.is_empty(), "{tried} tried, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_in_the_middle_of_a_mail_is_counted_from_its_own_first_line() {
    let text = section("<proxy proxyAddress=\"http://p:8080\" />");
    let mail = format!("Hello,\n\nthis is machine.config:\n\n{text}\nRegards\nAnna\n");
    let report = read("mail.txt", mail.as_bytes());
    let diagnosis = first(&report).unwrap();
    assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-attribute-unknown", (9, 8)));
    assert!(predicted(&config(&report).prediction).1.ends_with("(machine.config line 5)"));
}

#[test]
fn a_secret_in_the_file_is_in_no_sentence_of_the_report() {
    let secrets = [
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example:80 80\" />"),
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example\" bypassonlocal=\"yes\" />"),
        section("<proxy proxyaddress=\"svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"https://svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"http://p:8080\" userName=\"svc\" password=\"s3cr3t!\" />"),
        section("<proxy scriptLocation=\"http//svc:s3cr3t!@p.contoso.example/p.pac\" />"),
    ];
    for text in secrets {
        let report = read("machine.config", text.as_bytes());
        let tells = first(&report).is_some_and(|diagnosis| {
            let told = |value: &str| value.contains("change th");
            diagnosis.finding.args.iter().any(|(_, value)| told(value))
                || diagnosis.rule.id == "config-attribute-unknown"
        });
        assert!(tells || text.contains("https://") || text.contains("\"svc:"), "{text}");
        for diagnosis in &export::report(&report).diagnoses {
            let sentences = std::iter::once(&diagnosis.summary)
                .chain(diagnosis.steps.iter().flat_map(|step| std::iter::once(&step.text).chain(&step.command)))
                .chain(diagnosis.evidence.iter().map(|evidence| &evidence.note));
            for sentence in sentences {
                assert!(!sentence.contains("s3cr3t"), "{}: {sentence}", diagnosis.id);
            }
        }
        assert!(!config(&report).effect.contains("s3cr3t"));
    }
}

#[test]
fn the_name_the_path_and_the_content_tell_which_file_it_is() {
    use advisor_engine::readers::machine_config::{Known, WhichFile};
    let block = section("<proxy proxyaddress=\"http://p.contoso.example:8080\" />");
    let declares = file(
        "<configSections><sectionGroup name=\"system.net\" type=\"System.Net.Configuration.NetSectionGroup, System, Version=4.0.0.0\"><section name=\"defaultProxy\" type=\"x\" /></sectionGroup></configSections>",
    );
    let sync = file(
        "<runtime><dependentAssembly><assemblyIdentity name=\"Microsoft.MetadirectoryServicesEx\" /></dependentAssembly></runtime>",
    );
    let app = file("<startup><supportedRuntime version=\"v4.0\" /></startup>");
    for (name, text, which, known) in [
        ("machine.config", &block, WhichFile::Machine, Known::Name),
        ("machine (2).config", &block, WhichFile::Machine, Known::Name),
        (
            r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config",
            &block,
            WhichFile::Machine,
            Known::Path,
        ),
        (
            r"C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config",
            &block,
            WhichFile::Machine32,
            Known::Path,
        ),
        (r"Framework64\v2.0.50727\CONFIG\machine.config", &block, WhichFile::MachineV2, Known::Path),
        ("miiserver.exe.config", &block, WhichFile::Miiserver, Known::Path),
        ("AzureADConnect.exe.config", &block, WhichFile::Wizard, Known::Path),
        ("AADConnectProvisioningAgent.exe.config", &block, WhichFile::Agent, Known::Path),
        ("AzureADConnectAuthenticationAgentService.exe.config", &block, WhichFile::Agent, Known::Path),
        ("ApplicationProxyConnectorService.exe.config", &block, WhichFile::Agent, Known::Path),
        ("powershell.exe.config", &block, WhichFile::PowerShell, Known::Path),
        ("web.config", &block, WhichFile::Web, Known::Name),
        ("shop.exe.config", &block, WhichFile::OtherApp, Known::Name),
        ("Pasted text", &declares, WhichFile::Machine, Known::Content),
        ("Pasted text", &declares.replace("4.0.0.0", "2.0.0.0"), WhichFile::MachineV2, Known::Content),
        ("Pasted text", &sync, WhichFile::Miiserver, Known::Content),
        ("Pasted text", &app, WhichFile::OtherApp, Known::Content),
        ("Pasted text", &block, WhichFile::Machine, Known::Assumed),
    ] {
        let report = read(name, text.as_bytes());
        let config = config(&report);
        assert_eq!((config.which, config.which_known), (which, known), "{name}");
    }
}

#[test]
fn a_good_block_from_an_unknown_file_makes_the_advisor_ask_for_the_path() {
    let block = section("<proxy proxyaddress=\"http://p.contoso.example:8080\" />");
    let asks = |report: &Report| report.ask_for.iter().any(|ask| ask.what.contains("full path"));
    assert!(asks(&read("Pasted text", block.as_bytes())));
    let path = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config";
    assert!(!asks(&read(path, block.as_bytes())) && !asks(&read("machine.config", block.as_bytes())));
}

/// A configuration out of the specimens: what .NET does with it, what the user sees first, and where.
struct Specimen(&'static str, &'static str, (usize, usize), Dotnet);

/// Confirmed by the threads that they come from; see the index of the specimens.
const SPECIMENS: &[Specimen] = &[
    Specimen(
        "config-issue-1.config",
        "config-section-misplaced",
        (3, 13),
        Section("Unrecognized element 'defaultProxy'."),
    ),
    Specimen(
        "config-issue-2.config",
        "config-attribute-unknown",
        (3, 20),
        Section("Unrecognized attribute 'enabled'. Note that attribute names are case-sensitive."),
    ),
    Specimen(
        "config-issue-4.config",
        "config-not-well-formed",
        (10, 9),
        File(
            "Name cannot begin with the '<' character, hexadecimal value 0x3C. Line 10, position 9. (machine.config line 10)",
        ),
    ),
    Specimen("config-issue-7.config", "proxy-address-invalid", (3, 22), Takes),
    Specimen("config-issue-8.config", "proxy-not-configured", (5, 1), Takes),
    Specimen("machine-config-1.config", "healthy-configuration", (1, 1), Takes),
    Specimen(
        "machine-config-2.config",
        "config-not-well-formed",
        (3, 30),
        File(
            "'”' is an unexpected token. The expected token is '\"' or '''. Line 3, position 30. (machine.config line 3)",
        ),
    ),
    Specimen("machine-config-4.config", "healthy-configuration", (1, 1), Takes),
];

/// The specimens are texts of others and no part of the project: `None` where they are not at hand.
fn specimen(file: &str) -> Option<Vec<u8>> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(file)).ok()
}

#[test]
fn every_specimen_is_answered_as_its_thread_was() {
    let mut wrong = Vec::new();
    for Specimen(file, id, at, dotnet) in SPECIMENS {
        let Some(bytes) = specimen(file) else { continue };
        let report = read(file, &bytes);
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        let says = predicted(&config(&report).prediction);
        if found != Some((*id, *at)) || says != expected(*dotnet) {
            wrong.push(format!("{file}: {found:?} {says:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DIRECT_FAILURE: &str = "PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\nInvoke-WebRequest : Unable to connect to the remote server\n";
const WANTS_SIGN_IN: &str = "1767600001.100 2 10.1.0.5 TCP_DENIED/407 4120 CONNECT login.microsoftonline.com:443 - HIER_NONE/- text/html\n1767600002.100 2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n";

/// What a fresh server has: declarations, no proxy. Real ones have 37 KB of it.
fn default_file() -> String {
    let names = [
        "appSettings",
        "connectionStrings",
        "mscorlib",
        "runtime",
        "startup",
        "system.codedom",
        "system.data",
        "system.diagnostics",
        "system.windows.forms",
        "uri",
        "windows",
        "system.webServer",
    ];
    let line = |name: &&str| {
        format!(
            "    <section name=\"{name}\" type=\"System.Configuration.IgnoreSection, System.Configuration, Version=4.0.0.0\" />"
        )
    };
    let sections = names.iter().map(line).collect::<Vec<_>>().join("\n");
    file(&format!(
        "  <configSections>\n{sections}\n    <sectionGroup name=\"system.net\" type=\"System.Net.Configuration.NetSectionGroup, System, Version=4.0.0.0\">\n      <section name=\"defaultProxy\" type=\"System.Net.Configuration.DefaultProxySection, System, Version=4.0.0.0\" />\n    </sectionGroup>\n  </configSections>\n  <runtime />\n  <system.web>\n    <processModel autoConfig=\"true\" />\n  </system.web>"
    ))
}

#[test]
fn a_default_machine_config_is_right_for_a_direct_design_and_wrong_where_a_proxy_is_needed() {
    let mut files = vec![default_file().into_bytes()];
    files.extend(specimen("machine-config-1.config"));
    for bytes in files {
        let with = |name: &str, text: &str| {
            let input = |name: &str, bytes: &[u8]| Input {
                name: name.to_owned(),
                bytes: bytes.to_vec(),
                corrections: Vec::new(),
            };
            analyze(&[input("machine.config", &bytes), input(name, text.as_bytes())], &Options::default())
        };
        let ids = |report: &Report| report.diagnoses.iter().map(|diagnosis| diagnosis.rule.id).collect::<Vec<_>>();
        let failed = with("test.txt", DIRECT_FAILURE);
        assert_eq!(first(&failed).map(|diagnosis| diagnosis.rule.id), Some("proxy-not-configured"));
        let direct = with("note.txt", "The server goes out directly, there is no proxy. Everything works.\n");
        assert!(ids(&direct).contains(&"healthy-configuration"), "{:?}", ids(&direct));
        for (name, text) in [("test.txt", DIRECT_FAILURE), ("access.log", WANTS_SIGN_IN)] {
            let needed = with(name, text);
            assert!(ids(&needed).contains(&"proxy-not-configured"), "{name}: {:?}", ids(&needed));
            assert!(!ids(&needed).contains(&"healthy-configuration"), "{name}");
        }
    }
}
