//! The page's logic without its views: what the paste box and the files add up to, how the ranked list is told, what
//! the viewer shows of a line, what a ticket gets.

#[path = "../../src/ui/page/evidence.rs"]
mod evidence;
#[path = "../../src/ui/page/lines.rs"]
mod lines;
#[path = "../../src/ui/page/plain.rs"]
mod plain;
#[path = "../../src/ui/page/story.rs"]
mod story;
#[path = "../../src/ui/page/text.rs"]
#[expect(dead_code, reason = "most texts are for the views, which only the browser has")]
mod text;
#[path = "../../src/ui/page/when.rs"]
mod when;

use advisor_engine::artifact::Kind;
use advisor_engine::export::v1;
use advisor_engine::source::Source;
use evidence::{Added, Evidence};
use lines::Stretch;

fn names(evidence: &Evidence) -> Vec<&str> {
    evidence.inputs().iter().map(|input| input.name.as_str()).collect()
}

#[test]
fn the_paste_comes_first_and_blanks_are_no_paste() {
    let mut evidence = Evidence::default();
    assert_eq!(evidence.add_file("access.log", b"log".to_vec()), Added::As("access.log".into()));
    evidence.set_paste("Pasted text", "an error");
    assert_eq!(names(&evidence), ["Pasted text", "access.log"]);
    assert!(evidence.is_paste(0) && !evidence.is_paste(1));
    evidence.set_paste("Pasted text", " \n\t");
    assert_eq!(names(&evidence), ["access.log"]);
    assert!(!evidence.is_paste(0));
}

#[test]
fn two_servers_may_each_have_a_machine_config() {
    let mut evidence = Evidence::default();
    evidence.add_file("machine.config", b"one".to_vec());
    assert_eq!(evidence.add_file("machine.config", b"two".to_vec()), Added::As("machine (2).config".into()));
    assert_eq!(evidence.add_file("machine.config", b"three".to_vec()), Added::As("machine (3).config".into()));
    assert_eq!(evidence.add_file("machine.config", b"two".to_vec()), Added::Known);
}

#[test]
fn a_removed_paste_leaves_the_files_and_frees_its_bytes() {
    let mut evidence = Evidence::default();
    evidence.set_paste("Pasted text", "12345");
    evidence.add_file("access.log", b"123".to_vec());
    assert_eq!(evidence.byte_len(), 8);
    evidence.remove(0);
    assert_eq!((names(&evidence), evidence.byte_len()), (vec!["access.log"], 3));
    assert!(!evidence.is_paste(0));
}

#[test]
fn own_evidence_takes_the_place_of_a_sample() {
    let mut evidence = Evidence::sample(&[("access.log", b"sample")]);
    assert!(!evidence.is_own());
    evidence.set_paste("Pasted text", "my error");
    assert_eq!(names(&evidence), ["Pasted text"]);
    assert!(evidence.is_own());
}

#[test]
fn removing_one_part_of_a_pasted_mail_leaves_the_rest_as_it_was() {
    assert_eq!(evidence::without_lines("Hi\n<a>\n</a>\nBye", 2, 3), "Hi\nBye");
    assert_eq!(evidence::without_lines("Hi\nBye", 1, 2), "");
}

#[test]
fn a_corrected_type_can_be_taken_back_and_falls_away_when_the_paste_changes() {
    let mut evidence = Evidence::default();
    evidence.set_paste("Pasted text", "a\nb");
    evidence.correct(0, 2, Some(Kind::AllowList));
    evidence.correct(0, 2, Some(Kind::ProxyLog));
    assert_eq!(evidence.correction(0, 2), Some(Kind::ProxyLog));
    evidence.correct(0, 2, None);
    assert_eq!(evidence.correction(0, 2), None);
    evidence.correct(0, 2, Some(Kind::ProxyLog));
    evidence.set_paste("Pasted text", "new\na\nb");
    assert_eq!(evidence.correction(0, 2), None);
}

#[test]
fn a_line_of_five_megabytes_shows_the_place_and_says_how_much_is_left_out() {
    let text = format!("{}NEEDLE{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
    let source = Source::decode("one-line.log", text.as_bytes());
    let place = Stretch { line: 1, column: 5_000_001, end_line: 1, end_column: 5_000_007 };
    let shown = lines::shown(&source, 1, place);
    assert_eq!(shown.mark, "NEEDLE");
    assert!(shown.before.chars().all(|c| c == 'x') && shown.after.chars().all(|c| c == 'y'));
    let visible = shown.before.len() + shown.mark.len() + shown.after.len();
    assert!(visible <= 2000, "{visible} characters in one line");
    assert_eq!(visible + shown.hidden, text.len());
}

#[test]
fn columns_count_characters_so_chinese_text_is_marked_where_it_stands() {
    let source = Source::decode("mail.txt", "无法连接到远程服务器 ok".as_bytes());
    let shown = lines::shown(&source, 1, Stretch { line: 1, column: 3, end_line: 1, end_column: 5 });
    assert_eq!((shown.before.as_str(), shown.mark.as_str(), shown.after.as_str()), ("无法", "连接", "到远程服务器 ok"));
}

#[test]
fn a_place_over_several_lines_is_marked_on_each_of_them() {
    let source = Source::decode("c", b"ab<x\n y\nz>cd");
    let place = Stretch { line: 1, column: 3, end_line: 3, end_column: 3 };
    let marks = (1..=3).map(|line| lines::shown(&source, line, place).mark).collect::<Vec<_>>();
    assert_eq!(marks, ["<x", " y", "z>"]);
}

#[test]
fn an_empty_place_marks_its_line_and_a_place_past_the_end_shows_the_end() {
    let source = Source::decode("c", b"one\ntwo");
    let shown = lines::shown(&source, 2, Stretch { line: 2, column: 4, end_line: 2, end_column: 4 });
    assert_eq!(shown.mark, "two");
    assert_eq!(lines::window(&source, Stretch::line(99)), 1..=2);
}

#[test]
fn the_viewer_opens_on_a_window_around_the_place() {
    let source = Source::decode("c", "line\n".repeat(10_000).as_bytes());
    assert_eq!(lines::window(&source, Stretch::line(5000)), 4800..=5200);
    assert_eq!(lines::window(&source, Stretch::line(1)), 1..=201);
}

fn diagnosis(id: &str, severity: &str, explains: &[&str]) -> v1::Diagnosis {
    v1::Diagnosis {
        id: id.into(),
        title: format!("Title of {id}"),
        severity: severity.into(),
        confidence: "certain".into(),
        context: "sync-service-account".into(),
        summary: "The proxy asks, and nobody answers.".into(),
        evidence: Vec::new(),
        steps: Vec::new(),
        explains: explains.iter().map(|id| (*id).to_owned()).collect(),
        source: "Article, 407".into(),
    }
}

fn report(diagnoses: Vec<v1::Diagnosis>) -> v1::Report {
    v1::Report {
        schema: "advisor-report/1".into(),
        engine: v1::Engine { version: "0.1.0".into(), catalog_date: "2026-11-22".into() },
        cloud: v1::Cloud { id: "china".into(), how: "detected".into(), why: "A host says so.".into() },
        artifacts: Vec::new(),
        diagnoses,
        endpoints: Vec::new(),
        phases: Vec::new(),
        not_checked: Vec::new(),
        ask_for: Vec::new(),
    }
}

#[test]
fn the_first_error_or_warning_leads_and_a_symptom_names_its_cause() {
    let report = report(vec![
        diagnosis("healthy-pattern", "ok", &[]),
        diagnosis("proxy-credentials-not-sent", "error", &["proxy-auth-required"]),
        diagnosis("proxy-auth-required", "error", &[]),
    ]);
    let entries = story::entries(&report);
    assert_eq!(entries.iter().map(|entry| entry.is_lead).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(entries[1].diagnosis.id, "proxy-credentials-not-sent");
    assert_eq!(entries[2].cause.map(|cause| cause.id.as_str()), Some("proxy-credentials-not-sent"));
    assert_eq!(story::most_likely(&report).map(|cause| cause.id.as_str()), Some("proxy-credentials-not-sent"));
    assert_eq!(story::finding_count(&report), 2);
}

#[test]
fn where_nothing_is_wrong_the_healthy_sign_is_open_and_nothing_is_called_a_cause() {
    let report = report(vec![diagnosis("ignorable-traffic", "info", &[]), diagnosis("healthy-pattern", "ok", &[])]);
    assert_eq!(story::entries(&report).iter().map(|entry| entry.is_lead).collect::<Vec<_>>(), [false, true]);
    assert!(story::most_likely(&report).is_none());
}

#[test]
fn a_ticket_gets_the_place_the_steps_in_order_and_what_to_send_next() {
    let mut cause = diagnosis("proxy-credentials-not-sent", "error", &[]);
    cause.evidence = (1..=9)
        .map(|line| v1::Evidence {
            artifact: "a1".into(),
            line,
            column: 1,
            end_line: line,
            end_column: 4,
            byte_start: 0,
            byte_end: 3,
            role: "related".into(),
            note: "407 again.".into(),
            excerpt: "TCP_DENIED/407".into(),
        })
        .collect();
    cause.steps = vec![v1::Step {
        who: "server-admin".into(),
        text: "Restart the service.".into(),
        command: Some("Restart-Service ADSync".into()),
        verify: Some("It runs.".into()),
    }];
    let mut report = report(vec![cause]);
    report.ask_for = vec![v1::AskFor {
        what: "WinHTTP".into(),
        why: "Second layer.".into(),
        how: "netsh winhttp show proxy".into(),
    }];
    let ticket = plain::diagnosis(text::text(), &report, &report.diagnoses[0]);
    let order = [
        "Title of proxy-credentials-not-sent",
        "Error, certain",
        "account of the sync service",
        "China (21Vianet)",
        "nobody answers",
        "line 1: 407 again.",
        "and 3 more",
        "1. [Server admin] Restart the service.",
        "Restart-Service ADSync",
        "It runs.",
        "netsh winhttp show proxy",
        "Article, 407",
    ];
    let mut rest = ticket.as_str();
    for part in order {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is missing or out of order in:\n{ticket}"));
        rest = &rest[at + part.len()..];
    }
    assert!(plain::questions(text::text(), &report).contains("netsh winhttp show proxy"));
}

#[test]
fn sizes_read_like_sizes() {
    assert_eq!(text::size(1), "1 byte");
    assert_eq!(text::size(1023), "1023 bytes");
    assert_eq!(text::size(1536), "1.5 KB");
    assert_eq!(text::size(512 << 20), "512 MB");
}

#[test]
fn seconds_since_1970_get_a_date_and_other_times_stay_as_written() {
    assert_eq!(when::readable("1782115245.123"), "2026-06-22 08:00:45 UTC (1782115245.123)");
    assert_eq!(when::readable("1709164800"), "2024-02-29 00:00:00 UTC (1709164800)");
    for written in ["1/11/2016 8:31", "12:00:01.250", "20260622", "17821152451234", ""] {
        assert_eq!(when::readable(written), written);
    }
}
