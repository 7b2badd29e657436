//! Texts in which the words of an error stand, in tests/texts: in `quiet` nobody reports anything about Entra Connect,
//! in `reports` somebody does, often in nearly the same words.

use advisor_engine::export::v1::Report;
use advisor_engine::{Input, Options, analyze, export};
use std::fs;
use std::path::Path;

/// What the user should read first for each text of `reports`.
const REPORTS: &[(&str, &[&str])] = &[
    ("aggregate-cut-after-the-third-frame.txt", &["direct-connection-attempted"]),
    (
        "article-quoted-with-own-error.txt",
        &["service-account-cannot-authenticate", "proxy-auth-required", "proxy-credentials-not-sent"],
    ),
    ("bare-sentence.txt", &["proxy-auth-required"]),
    ("code-broken-by-a-narrow-ticket.txt", &["wrong-credentials"]),
    ("extended-message-with-bars.txt", &["proxy-name-unresolved"]),
    ("fiddler-left-behind.txt", &["proxy-unreachable"]),
    ("full-width-chinese.txt", &["proxy-auth-required"]),
    ("german-trace-excerpt-proxy-refuses.txt", &["proxy-unreachable"]),
    ("hard-wrapped-mail-quote.txt", &["service-account-cannot-authenticate", "proxy-auth-required"]),
    ("inner-exception-lines.txt", &["tls12-disabled"]),
    ("json-error-of-our-service.txt", &["password-expired"]),
    ("mail-with-company-link.txt", &["endpoint-blocked"]),
    ("mapped-address.txt", &["proxy-unreachable"]),
    ("powershell-catch-block-output.txt", &["proxy-unreachable"]),
    ("question-what-it-means.txt", &["proxy-auth-required"]),
    ("question-whether-it-means.txt", &["endpoint-blocked"]),
    ("quotes-in-a-chat.txt", &["wrong-credentials"]),
    ("script-output-with-error.txt", &["endpoint-blocked"]),
    ("transparent-proxy-address.txt", &["direct-connection-attempted"]),
    ("typed-from-a-screenshot.txt", &["dns-failure", "direct-connection-attempted"]),
];

fn texts(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts").join(folder);
    let mut texts: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("the folder is part of the project")
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_string_lossy().into_owned(), fs::read(&path).ok()?))
        })
        .collect();
    texts.sort();
    texts
}

fn report(name: &str, bytes: &[u8]) -> Report {
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() };
    export::report(&analyze(&[input], &Options::default()))
}

/// Ids of what somebody would have to do something about, in rank order.
fn problems(report: &Report) -> Vec<&str> {
    let problem = report.diagnoses.iter().filter(|item| matches!(item.severity.as_str(), "error" | "warning"));
    problem.map(|item| item.id.as_str()).collect()
}

#[test]
fn words_of_an_error_that_nobody_reports_raise_no_alarm() {
    let texts = texts("quiet");
    assert!(texts.len() >= 25, "{}", texts.len());
    let mut alarms = Vec::new();
    for (name, bytes) in &texts {
        // The name of a file must not be what keeps the page quiet.
        for name in [name.as_str(), "paste"] {
            let report = report(name, bytes);
            let problems = problems(&report);
            if problems.iter().any(|id| *id != "evidence-insufficient") {
                alarms.push(format!(
                    "{name} ({} bytes): {problems:?}: {:?}",
                    bytes.len(),
                    String::from_utf8_lossy(&bytes[..bytes.len().min(60)])
                ));
            }
        }
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

#[test]
fn what_somebody_reports_is_not_lost() {
    let texts = texts("reports");
    let names: Vec<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, REPORTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "each text has its expectation");
    let mut lost = Vec::new();
    for ((name, bytes), (_, expected)) in texts.iter().zip(REPORTS) {
        let report = report(name, bytes);
        let problems = problems(&report);
        if !problems.first().is_some_and(|first| expected.contains(first)) {
            let all: Vec<&str> = report.diagnoses.iter().map(|item| item.id.as_str()).collect();
            lost.push(format!("{name}: {problems:?}, expected {expected:?} first; all {all:?}"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn line_ends_and_blanks_at_the_end_of_lines_change_nothing() {
    for (name, bytes) in texts("quiet").into_iter().chain(texts("reports")) {
        let text = String::from_utf8(bytes).expect("the texts are UTF-8");
        let wanted = report("paste", text.as_bytes());
        let trailing = text.replace('\n', "  \n");
        for other in [text.replace('\n', "\r\n"), text.replace('\n', "\r"), trailing, format!("\n\n{text}\n\n")] {
            assert_eq!(problems(&report("paste", other.as_bytes())), problems(&wanted), "{name}: {other:?}");
        }
    }
}
