//! The page's logic without its views: what the paste box and the files add up to, how the ranked list is told, what
//! the viewer shows of a line, what a ticket gets.

mod catalogues;

#[path = "../../src/ui/page/axis.rs"]
mod axis;
#[path = "../../src/ui/page/endpoints_search.rs"]
mod endpoints_search;
#[path = "../../src/ui/page/errors_search.rs"]
mod errors_search;
#[path = "../../src/ui/page/evidence.rs"]
#[expect(dead_code, reason = "some of it is for the views, which only the browser has")]
mod evidence;
#[path = "../../src/ui/page/lane.rs"]
#[expect(dead_code, reason = "some of it is for the views, which only the browser has")]
mod lane;
#[path = "../../src/ui/page/lines.rs"]
#[expect(dead_code, reason = "some of it is for the views, which only the browser has")]
mod lines;
#[path = "../../src/ui/page/pace.rs"]
mod pace;
#[path = "../../src/ui/page/plain.rs"]
mod plain;
#[path = "../../src/ui/page/route.rs"]
mod route;
#[path = "../../src/ui/page/story.rs"]
#[expect(dead_code, reason = "some of it is for the views, which only the browser has")]
mod story;
#[path = "../../src/ui/page/text.rs"]
#[expect(dead_code, reason = "most texts are for the views, which only the browser has")]
mod text;
#[path = "../../src/ui/page/when.rs"]
#[expect(dead_code, reason = "some of it is for the views, which only the browser has")]
mod when;

use advisor_engine::artifact::Kind;
use advisor_engine::export::v1;
use evidence::{Added, Stamp};
use lines::{End, Row, Stretch};
use route::{Route, Section};

/// The browser's handle of a file is of no matter here.
type Evidence = evidence::Evidence<()>;

fn file(name: &str, bytes: u64) -> Stamp {
    Stamp { name: name.into(), bytes, modified: 1_782_115_245_000.0 }
}

fn names(evidence: &Evidence) -> Vec<&str> {
    evidence.inputs().iter().map(|input| input.name.as_str()).collect()
}

#[test]
fn the_paste_comes_first_and_blanks_are_no_paste() {
    let mut evidence = Evidence::default();
    assert_eq!(evidence.add_file(file("access.log", 3), ()), Added::As("access.log".into()));
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
    evidence.add_file(file("machine.config", 1), ());
    assert_eq!(evidence.add_file(file("machine.config", 2), ()), Added::As("machine (2).config".into()));
    assert_eq!(evidence.add_file(file("machine.config", 3), ()), Added::As("machine (3).config".into()));
}

#[test]
fn the_same_file_is_known_by_name_size_and_date_and_its_mended_version_is_another() {
    let mut evidence = Evidence::default();
    evidence.add_file(file("access.log", 5_000_000_000), ());
    assert_eq!(evidence.add_file(file("access.log", 5_000_000_000), ()), Added::Known);
    let mended = Stamp { modified: 1_782_115_246_000.0, ..file("access.log", 5_000_000_000) };
    assert_eq!(evidence.add_file(mended, ()), Added::As("access (2).log".into()));
}

#[test]
fn a_removed_paste_leaves_the_files() {
    let mut evidence = Evidence::default();
    evidence.set_paste("Pasted text", "12345");
    evidence.add_file(file("access.log", 3), ());
    assert_eq!(evidence.inputs().iter().map(evidence::Item::byte_len).collect::<Vec<_>>(), [5, 3]);
    assert_eq!(evidence.paste(), "12345");
    evidence.remove(0);
    assert_eq!((names(&evidence), evidence.paste()), (vec!["access.log"], ""));
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

fn row(number: u64, text: &str) -> Row {
    Row { byte: 0, number: Some(number), text: text.into() }
}

fn stretch(line: usize, column: usize, end_line: usize, end_column: usize) -> Stretch {
    Stretch { line, column, end_line, end_column, bytes: None }
}

#[test]
fn a_line_of_ten_megabytes_shows_the_place_and_says_how_much_is_left_out() {
    let text = format!("{}NEEDLE{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
    let shown = lines::shown(&row(1, &text), stretch(1, 5_000_001, 1, 5_000_007));
    assert_eq!(shown.mark, "NEEDLE");
    assert!(shown.before.chars().all(|c| c == 'x') && shown.after.chars().all(|c| c == 'y'));
    let visible = shown.before.len() + shown.mark.len() + shown.after.len();
    assert!(visible <= 2000, "{visible} characters in one line");
    assert_eq!(visible + shown.hidden, text.len());
}

#[test]
fn a_place_deep_in_a_line_that_was_read_only_around_it_is_found_by_its_bytes() {
    let place = Stretch { bytes: Some((90_000_003, 90_000_009)), ..stretch(7, 90_000_001, 7, 90_000_007) };
    let row = Row { byte: 90_000_000, number: Some(7), text: "xxxNEEDLEyyy".into() };
    let shown = lines::shown(&row, place);
    assert_eq!((shown.before.as_str(), shown.mark.as_str(), shown.after.as_str()), ("xxx", "NEEDLE", "yyy"));
}

#[test]
fn columns_count_characters_so_chinese_text_is_marked_where_it_stands() {
    let shown = lines::shown(&row(1, "无法连接到远程服务器 ok"), stretch(1, 3, 1, 5));
    assert_eq!((shown.before.as_str(), shown.mark.as_str(), shown.after.as_str()), ("无法", "连接", "到远程服务器 ok"));
}

#[test]
fn a_place_over_several_lines_is_marked_on_each_of_them() {
    let rows = [row(1, "ab<x"), row(2, " y"), row(3, "z>cd")];
    let marks = rows.iter().map(|row| lines::shown(row, stretch(1, 3, 3, 3)).mark).collect::<Vec<_>>();
    assert_eq!(marks, ["<x", " y", "z>"]);
}

#[test]
fn an_empty_place_marks_its_whole_line() {
    assert_eq!(lines::shown(&row(2, "two"), stretch(2, 4, 2, 4)).mark, "two");
}

/// Lines `first..=last` of a file whose lines have ten bytes.
fn piece(first: u64, last: u64) -> Vec<Row> {
    (first..=last).map(|at| Row { byte: (at - 1) * 10, number: Some(at), text: "123456789".into() }).collect()
}

fn numbers(rows: &[Row]) -> (Option<u64>, Option<u64>) {
    (rows.first().and_then(|row| row.number), rows.last().and_then(|row| row.number))
}

#[test]
fn the_viewer_opens_on_a_window_around_the_place() {
    assert_eq!(numbers(&lines::around(piece(1, 10_000), 49_990)), (Some(4880), Some(5239)));
    assert_eq!(numbers(&lines::around(piece(1, 10_000), 0)), (Some(1), Some(360)));
    assert_eq!(numbers(&lines::around(piece(9_000, 10_000), 99_990)), (Some(9641), Some(10_000)));
    assert_eq!(lines::around(Vec::new(), 0), Vec::new());
}

#[test]
fn reading_on_joins_without_a_gap_and_holds_only_so_many_lines() {
    let mut held = lines::around(piece(1, 300), 0);
    for _ in 0..20 {
        let (_, last) = numbers(&held);
        let last = last.unwrap_or_default();
        held = lines::joined(&held, piece(last, last + 400), End::Bottom).expect("there is more");
        assert!(held.windows(2).all(|pair| pair[0].byte + 10 == pair[1].byte));
        assert!(held.len() <= 500);
    }
    let (first, _) = numbers(&held);
    let first = first.unwrap_or_default();
    held = lines::joined(&held, piece(first - 400, first), End::Top).expect("there is more");
    assert_eq!(numbers(&held).0, Some(first - 120));
    assert!(held.windows(2).all(|pair| pair[0].byte + 10 == pair[1].byte));
    assert_eq!(lines::joined(&held, piece(first, first), End::Top), None, "the same lines again are nothing new");
}

#[test]
fn a_piece_that_ends_inside_a_line_leaves_that_line_to_the_next_piece() {
    let lines = |texts: &[&str]| texts.iter().zip(0..).map(|(text, at)| (at * 4, (*text).to_owned())).collect();
    assert_eq!(numbers(&lines::rows(5, lines(&["one", "two", "th"]), false)), (Some(5), Some(6)));
    assert_eq!(numbers(&lines::rows(5, lines(&["one", "two", "th"]), true)), (Some(5), Some(7)));
    assert_eq!(lines::rows(5, lines(&["endless"]), false).len(), 1);
    assert_eq!(numbers(&lines::rows(0, lines(&["one"]), true)), (None, None), "no number is better than a wrong one");
}

#[test]
fn a_reading_says_how_long_it_will_take_once_it_can() {
    let early = pace::pace(50 << 20, 200 << 20, 0.4);
    assert_eq!((early.percent, early.left), (25.0, None));
    let later = pace::pace(100 << 20, 400 << 20, 2.0);
    assert_eq!((later.rate, later.left), (50 << 20, Some(6)));
    assert_eq!(pace::pace(0, 0, 0.0).left, None);
}

#[test]
fn of_several_files_each_shows_how_much_of_it_was_read() {
    let sizes = [("a.log".to_owned(), 100), ("b.zip".to_owned(), 200), ("c.log".to_owned(), 300)];
    let read = pace::files(&sizes, 1, 150).into_iter().map(|file| file.read).collect::<Vec<_>>();
    assert_eq!(read, [100, 50, 0]);
}

#[test]
fn the_axis_has_whole_hours_and_days_of_the_clock() {
    let labels = |start: &str, from, to, most| {
        axis::ticks(start, from, to, most).into_iter().map(|tick| tick.label).collect::<Vec<_>>()
    };
    assert_eq!(labels("2026-06-22 08:58:30", 0, 900, 4), ["09:00", "09:05", "09:10"]);
    assert_eq!(labels("1782115245.123", 0, 7200, 5), ["08:30", "09:00", "09:30", "10:00"]);
    assert_eq!(labels("22/Jun/2012:23:30:00 +0200", 0, 7200, 5), ["23:30", "06-23", "00:30", "01:00", "01:30"]);
    assert_eq!(labels("call 1", 0, 600, 4), ["+0 s", "+5 min", "+10 min"]);
    assert!(labels("2026-06-22 08:58:30", 0, 0, 4).is_empty());
}

#[test]
fn moments_are_told_with_their_date_only_where_the_log_is_longer_than_a_day() {
    assert_eq!(axis::time("2026-06-22 08:58:30", 100, 900), "09:00:10");
    assert_eq!(axis::time("2026-06-22T23:58:30Z", 100, 200_000), "2026-06-23 00:00:10");
    assert_eq!(axis::span(4800), "1 h 20 min");
}

#[test]
fn one_refusal_is_seen_beside_a_thousand_calls_and_hangs_below_the_line() {
    let cell = |bin, reached, refused| v1::TimelineCell { bin, reached, refused, asked: 0, other: 0, line: None };
    let row = v1::TimelineRow {
        host: "login.microsoftonline.com".into(),
        purpose: "Sign-in".into(),
        need: "required".into(),
        total: 1001,
        refused: 1,
        cells: vec![cell(0, 1000, 0), cell(3, 0, 1)],
    };
    let paths = lane::paths(&row, 1000);
    assert!(paths.reached.starts_with("M0.10 2.0"), "{}", paths.reached);
    assert!(paths.refused.starts_with(&format!("M3.10 {:.1}", lane::BASE)), "{}", paths.refused);
    assert_eq!(paths.other, "");
}

#[test]
fn steps_of_a_sign_in_stand_narrow_on_the_calls_that_came_through_and_all_fits_the_lane() {
    let cell = v1::TimelineCell { bin: 2, reached: 10, refused: 0, asked: 20, other: 1, line: None };
    let row = v1::TimelineRow {
        host: "login.microsoftonline.com".into(),
        purpose: "Sign-in".into(),
        need: "required".into(),
        total: 31,
        refused: 0,
        cells: vec![cell],
    };
    let paths = lane::paths(&row, 31);
    assert!(paths.reached.starts_with("M2.10 ") && paths.asked.starts_with("M2.30 "), "{paths:?}");
    let top = |path: &str| path.split([' ', 'h']).nth(1).and_then(|top| top.parse::<f64>().ok()).unwrap();
    assert!(top(&paths.other) >= 1.9 && top(&paths.other) < top(&paths.asked), "{paths:?}");
    assert!(top(&paths.asked) < top(&paths.reached) && paths.refused.is_empty(), "{paths:?}");
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
    let ticket = plain::diagnosis(text::text(), &report, &report.diagnoses[0], None);
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
    let part = plain::diagnosis(text::text(), &report, &report.diagnoses[0], Some("This is about a part."));
    assert!(part.contains("This is about a part."));
    assert!(plain::questions(text::text(), &report).contains("netsh winhttp show proxy"));
}

#[test]
fn all_findings_go_into_one_ticket_the_likeliest_first_and_healthy_signs_stay_out() {
    let mut report = report(vec![
        diagnosis("proxy-address-invalid", "error", &["proxy-auth-required"]),
        diagnosis("proxy-auth-required", "error", &[]),
        diagnosis("idle-timeout", "warning", &[]),
        diagnosis("healthy-pattern", "ok", &[]),
    ]);
    report.ask_for = vec![v1::AskFor { what: "WinHTTP".into(), why: "Second layer.".into(), how: String::new() }];
    let ticket = plain::findings(text::text(), &report, None);
    let at = |wanted: &str| ticket.find(wanted).unwrap_or_else(|| panic!("{wanted:?} is missing in:\n{ticket}"));
    assert!(at("1. Title of proxy-address-invalid") < at("2. Title of proxy-auth-required"));
    assert!(at("2. Title of proxy-auth-required") < at("3. Title of idle-timeout"));
    assert!(!ticket.contains("healthy-pattern"));
    assert_eq!(ticket.matches("Second layer.").count(), 1);
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

#[test]
fn an_address_leads_to_its_section_and_its_entry_and_back() {
    for section in Section::ALL {
        assert_eq!(route::read(&route::hash(section, None)), Route::Section(section, None));
    }
    let entry = route::hash(Section::Endpoints, Some("china/login.chinacloudapi.cn"));
    assert_eq!(entry, "#/endpoints/china/login.chinacloudapi.cn");
    let there = Route::Section(Section::Endpoints, Some("china/login.chinacloudapi.cn".into()));
    assert_eq!(route::read(&entry), there);
    assert_eq!(route::read("#/endpoints/"), Route::Section(Section::Endpoints, None));
}

#[test]
fn an_address_that_leads_nowhere_says_so_and_a_place_in_the_page_is_no_section() {
    for hash in ["#/endpionts", "#/configuration/x", "#/allow-list/china"] {
        assert_eq!(route::read(hash), Route::Unknown(hash.into()));
    }
    for hash in ["", "#", "#/", "#result"] {
        assert_eq!(route::read(hash), Route::Section(Section::Diagnose, None));
    }
}
