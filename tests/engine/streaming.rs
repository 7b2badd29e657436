//! Inputs come in chunks, and logs may be larger than any memory: wherever the chunks are cut, the report is the same,
//! and every place in it leads back to the user's own bytes.

use crate::cases;
use advisor_engine::export::v1::{Answer, Evidence, Report};
use advisor_engine::intake::Analysis;
use advisor_engine::readers::proxy_log::{Flow, Log};
use advisor_engine::{Options, export, formats};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Small enough that a log of a few dozen lines goes by instead of being held.
const SMALL: usize = 512;

/// What is said about files that come in these chunks.
fn answer_of(files: &[(&str, Vec<&[u8]>)], head: usize) -> Answer {
    let mut analysis = Analysis::with_head(&Options::default(), head);
    for (name, chunks) in files {
        analysis.open(name, &[]);
        for chunk in chunks {
            analysis.push(chunk);
        }
        analysis.close();
    }
    export::answer(&analysis.report())
}

fn streamed(bytes: &[u8]) -> Answer {
    answer_of(&[("access.log", vec![bytes])], SMALL)
}

fn held(bytes: &[u8]) -> Answer {
    answer_of(&[("access.log", vec![bytes])], usize::MAX)
}

fn json(answer: &Answer) -> String {
    serde_json::to_string_pretty(answer).expect("an answer is plain data")
}

/// The first lines in which two answers differ.
fn difference(left: &Answer, right: &Answer) -> Option<String> {
    let (left, right) = (json(left), json(right));
    let at = left.lines().zip(right.lines()).position(|(left, right)| left != right);
    let at = at.or((left != right).then(|| left.lines().count().min(right.lines().count())))?;
    let around = |text: &str| text.lines().skip(at.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n");
    Some(format!("{}\n--- and ---\n{}", around(&left), around(&right)))
}

fn ids(report: &Report) -> Vec<&str> {
    report.diagnoses.iter().map(|diagnosis| diagnosis.id.as_str()).collect()
}

/// How bytes are made of text, and text of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Gbk,
    /// A byte that is no UTF-8 in each of these many lines.
    Broken(usize),
}

impl Written {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => ["\u{feff}", text].concat().into_bytes(),
            Self::Utf16Le => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
            Self::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
            Self::Broken(every) => {
                let mut bytes = Vec::new();
                for (number, line) in text.split_inclusive('\n').enumerate() {
                    bytes.extend_from_slice(line.as_bytes());
                    if number % every.max(1) == 0 && line.len() > 40 {
                        let at = bytes.len() - 12;
                        bytes.insert(at, 0xFF);
                    }
                }
                bytes
            }
        }
    }

    fn text(encoding: &str, bytes: &[u8]) -> String {
        match encoding {
            "UTF-16LE" => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
            "UTF-16BE" => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
            "GB18030" => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
            "Big5" => encoding_rs::BIG5.decode_without_bom_handling(bytes).0.into_owned(),
            "Shift_JIS" => encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned(),
            "windows-1251" => encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned(),
            "windows-1252" => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

/// One line of Squid. The second it was written in, the client, the host and how it ended vary.
fn squid(second: u32, client: u8, host: &str, refused: Option<u16>, user: &str) -> String {
    let (result, status) = refused.map_or(("TCP_TUNNEL", 200), |status| ("TCP_DENIED", status));
    let time = 1_767_600_000 + second;
    format!(
        "{time}.100   3120 10.1.0.{client} {result}/{status} 9120 CONNECT {host}:443 {user} HIER_DIRECT/40.126.9.65 -"
    )
}

const HOSTS: [&str; 8] = [
    "login.microsoftonline.com",
    "adminwebservice.microsoftonline.com",
    "bba800-anchor.microsoftonline.com",
    "provisioningapi.microsoftonline.com",
    "graph.microsoft.com",
    "login.partner.microsoftonline.cn",
    "www.contoso.example",
    "news.example",
];

/// A line of a log or of what gets into logs, without its end.
fn line() -> impl Strategy<Value = String> {
    let user = prop_oneof![4 => Just("-"), 1 => Just("svc_sync"), 2 => Just("张伟"), 1 => Just("王芳同步账号")];
    let refused = prop_oneof![4 => Just(None), 1 => Just(Some(403)), 1 => Just(Some(407)), 1 => Just(Some(503))];
    let own = (0_u32..5000, 1_u8..6, 0..HOSTS.len(), refused, user)
        .prop_map(|(second, client, host, refused, user)| squid(second, client, HOSTS[host], refused, user));
    let any = (0..formats::ALL.len(), any::<prop::sample::Index>())
        .prop_map(|(format, index)| index.get(formats::ALL[format].samples).to_string());
    prop_oneof![
        12 => own,
        4 => any,
        1 => Just(String::new()),
        1 => Just("   \t".to_owned()),
        1 => Just("1767600001.100   3120 10.1.0.5 TCP_TUN".to_owned()),
        1 => "[ -~]{0,60}",
        1 => "\\PC{0,30}",
        1 => Just("The remote server returned an error: (407) Proxy Authentication Required.".to_owned()),
        1 => Just("\"2026-03-14 09:26:53\",\"10.1.0.5\",\"a cell that does not end".to_owned()),
        1 => Just("{\"host\": \"graph.microsoft.com\",".to_owned()),
    ]
}

fn line_end() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![Just(vec!["\n"]), Just(vec!["\r\n"]), Just(vec!["\r"]), Just(vec!["\n", "\r\n", "\r", "\n\r"])]
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        3 => Just(Written::Utf8),
        1 => Just(Written::Utf8Bom),
        1 => Just(Written::Utf16Le),
        1 => Just(Written::Utf16Be),
        2 => Just(Written::Gbk),
        1 => (1_usize..6).prop_map(Written::Broken),
    ]
}

fn join(lines: &[String], ends: &[&str], last_ends: bool) -> String {
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        text.push_str(line);
        if last_ends || number + 1 < lines.len() {
            text.push_str(ends[number % ends.len()]);
        }
    }
    text
}

/// The bytes of a log, readable in the message of a test that fails.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// A log: it begins with the samples of one dialect, so that it is recognised; anything may follow.
fn log() -> impl Strategy<Value = Bytes> {
    let lines = (0..formats::ALL.len(), proptest::collection::vec(line(), 8..60));
    (lines, line_end(), any::<bool>(), written()).prop_map(|((format, lines), ends, last_ends, written)| {
        let samples = formats::ALL[format].samples.iter().cycle().take(8).map(|line| (*line).to_owned());
        let lines: Vec<String> = samples.chain(lines).collect();
        Bytes(written.bytes(&join(&lines, &ends, last_ends)))
    })
}

/// A log that is one log and nothing else: what may be compared with reading it as a whole. Its first line has the
/// letters that tell the encoding; a whole file is asked for them to its end, a log that goes by at its beginning. Its
/// last line is not blank: of a part of a file in memory blank lines at the end are cut off.
fn pure_log() -> impl Strategy<Value = Bytes> {
    let refused = prop_oneof![4 => Just(None), 1 => Just(Some(403)), 1 => Just(Some(407)), 1 => Just(Some(503))];
    let user = prop_oneof![4 => Just("-"), 1 => Just("svc_sync"), 2 => Just("张伟"), 1 => Just("王芳同步账号")];
    let record = (1_u32..400, 1_u8..6, 0..HOSTS.len(), refused, user);
    let lines = proptest::collection::vec(prop_oneof![12 => record.prop_map(Some), 1 => Just(None)], 12..80);
    let written = written().prop_filter("one encoding", |written| !matches!(written, Written::Broken(_)));
    (lines, line_end(), any::<bool>(), written).prop_map(|(lines, ends, last_ends, written)| {
        let mut second = 0;
        let first = squid(0, 1, HOSTS[6], None, "王芳同步账号");
        let lines = lines.into_iter().map(|line| {
            line.map_or_else(String::new, |(step, client, host, refused, user)| {
                second += step;
                squid(second, client, HOSTS[host], refused, user)
            })
        });
        let last = squid(200_000, 1, HOSTS[6], None, "-");
        let lines: Vec<String> = std::iter::once(first).chain(lines).chain([last]).collect();
        Bytes(written.bytes(&join(&lines, &ends, last_ends && ends.len() == 1)))
    })
}

fn chunks<'a>(bytes: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect()
}

/// The lines of a text with their blanks as one: what an excerpt and the bytes it stands for have in common, whatever
/// the line ends are.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with the place that a piece of evidence names.
fn misplaced(evidence: &Evidence, encoding: &str, bytes: &[u8]) -> Option<String> {
    let range = evidence.byte_start as usize..evidence.byte_end as usize;
    let Some(cut) = bytes.get(range.clone()) else { return Some(format!("{range:?} is outside")) };
    let text = Written::text(encoding, cut);
    let shown = words(evidence.excerpt.trim_matches('…'));
    let head: String = words(&text).chars().take(150).collect();
    if !shown.contains(head.trim_end()) {
        return Some(format!("line {}, bytes {range:?} are {head:?}, shown is {shown:?}", evidence.line));
    }
    // By a slow count of the line ends before it.
    let before = Written::text(encoding, &bytes[..range.start]);
    let before = before.trim_start_matches('\u{feff}');
    let unified = before.replace("\r\n", "\n").replace('\r', "\n");
    let (line, column) = (unified.split('\n').count(), unified.rsplit('\n').next().unwrap_or("").chars().count() + 1);
    (line != evidence.line || column != evidence.column)
        .then(|| format!("stands on {line}:{column}, said to be on {}:{}; {shown:?}", evidence.line, evidence.column))
}

/// Every place in a report about one input.
fn check_places(answer: &Answer, bytes: &[u8]) {
    for evidence in answer.report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence) {
        let artifact = answer.report.artifacts.iter().find(|artifact| artifact.id == evidence.artifact);
        let encoding = artifact.map_or("", |artifact| artifact.encoding.as_str());
        let wrong = misplaced(evidence, encoding, bytes);
        assert_eq!(wrong, None, "{encoding}");
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn where_the_chunks_are_cut_changes_nothing(
        Bytes(bytes) in log(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        size in 1_usize..40,
    ) {
        let once = streamed(&bytes);
        let cut = answer_of(&[("access.log", chunks(&bytes, &cuts))], SMALL);
        prop_assert_eq!(difference(&cut, &once), None);
        let tiny = answer_of(&[("access.log", bytes.chunks(size).collect())], SMALL);
        prop_assert_eq!(difference(&tiny, &once), None);
        let whole = answer_of(&[("access.log", chunks(&bytes, &cuts))], usize::MAX);
        prop_assert_eq!(difference(&whole, &held(&bytes)), None);
    }

    #[test]
    fn every_place_in_a_log_that_went_by_leads_back_to_the_bytes(Bytes(bytes) in log()) {
        check_places(&streamed(&bytes), &bytes);
    }
}

/// Of a log that goes by, the first bytes alone decide what it is: how sure that is, and the sentence about it, may
/// differ from what all of it would say. Nothing else does.
fn without_recognition(mut answer: Answer) -> Answer {
    answer.report.artifacts.iter_mut().for_each(|artifact| artifact.confidence.clear());
    answer.cards.iter_mut().for_each(|card| card.why.clear());
    answer
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_log_that_goes_by_says_the_same_as_one_that_is_held(Bytes(bytes) in pure_log()) {
        let whole = without_recognition(held(&bytes));
        check_places(&whole, &bytes);
        prop_assert_eq!(difference(&without_recognition(streamed(&bytes)), &whole), None);
    }
}

#[test]
fn every_log_of_the_cases_read_as_it_goes_by_points_at_its_own_bytes() {
    for case in &*cases::ALL {
        for input in &case.inputs {
            let answer = answer_of(&[(&input.name, input.bytes.chunks(777).collect())], SMALL);
            let artifacts = &answer.report.artifacts;
            for evidence in answer.report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence) {
                let encoding = artifacts.iter().find(|artifact| artifact.id == evidence.artifact);
                let encoding = encoding.map_or("", |artifact| artifact.encoding.as_str());
                let wrong = misplaced(evidence, encoding, &input.bytes);
                assert_eq!(wrong, None, "{}: {}", case.name, input.name);
            }
        }
    }
}

/// A Squid log of so many lines: the server is healthy, but its sync host is refused in the last tenth. Other clients
/// call other hosts in between.
fn squid_log(lines: u32) -> String {
    let mut log = String::new();
    for number in 0..lines {
        let line = match number % 10 {
            0 => squid(number, 5, HOSTS[0], None, "-"),
            5 => squid(number, 5, HOSTS[1], (number >= lines / 10 * 9).then_some(403), "-"),
            other => squid(number, 10 + other as u8, HOSTS[6], None, "-"),
        };
        log.push_str(&line);
        log.push('\n');
    }
    log
}

/// What a log of [`squid_log`] says, whatever stands around it.
fn check_squid(answer: &Answer, what: &str) {
    let ids = ids(&answer.report);
    assert!(ids.contains(&"endpoint-blocked"), "{what}: {ids:?}");
}

/// How many lines a file has, counted the slow way: any kind of line end ends one, and text behind the last end is one.
fn slow_count(text: &str) -> u64 {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let ends = unified.matches('\n').count();
    (ends + usize::from(!unified.is_empty() && !unified.ends_with('\n'))) as u64
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn every_line_is_counted_once(
        lines in proptest::collection::vec(prop_oneof![
            8 => Just('r'), 2 => Just('o'), 1 => Just('b'), 1 => Just('u'), 1 => Just('#'),
        ], 10..90),
        ends in line_end(),
        last_ends: bool,
        size in 1_usize..200,
    ) {
        let known = |number: usize| squid(number as u32, 5, HOSTS[0], None, "-");
        let lines: Vec<String> = (0..8).map(known).chain(lines.iter().enumerate().map(|(number, kind)| match kind {
            'r' => known(number + 8),
            'o' => squid(number as u32 + 8, 9, HOSTS[7], None, "-"),
            'b' => String::new(),
            'u' => "1767600001.100   3120 10.1.0.5 TCP_TUN".to_owned(),
            _ => "# a comment".to_owned(),
        })).collect();
        let text = join(&lines, &ends, last_ends);
        let count = |wanted: fn(&str) -> bool| lines.iter().filter(|line| wanted(line)).count();
        let records = count(|line| line.starts_with("17") && !line.ends_with("TUN"));
        let unreadable = count(|line| line.ends_with("TUN"));

        let mut analysis = Analysis::with_head(&Options::default(), SMALL);
        for name in ["a.log", "b.log"] {
            analysis.open(name, &[]);
            text.as_bytes().chunks(size).for_each(|chunk| analysis.push(chunk));
            analysis.close();
        }
        let report = analysis.report();
        prop_assert_eq!(report.facts.logs.len(), 2, "the same log under another name is another log");
        for (artifact, log) in &report.facts.logs {
            prop_assert_eq!(log.records, records);
            let reached: usize = log.flows.iter().map(Flow::requests).sum();
            prop_assert_eq!(reached + log.other_records + log.hostless_records + log.unkept_records, records);
            prop_assert_eq!(report.facts.artifacts[*artifact].skipped_lines, unreadable);
        }
        let answer = export::answer(&report);
        for artifact in &answer.report.artifacts {
            prop_assert_eq!(artifact.lines, slow_count(&text));
            prop_assert_eq!(artifact.bytes, text.len() as u64);
        }
        prop_assert_eq!(analysis.lines(), slow_count(&text) * 2);
    }
}

/// The parts of a file, each given in pieces of 64 KB.
fn pieces<'a>(parts: &[&'a [u8]]) -> Vec<&'a [u8]> {
    parts.iter().flat_map(|part| part.chunks(64 << 10)).collect()
}

#[test]
fn a_line_of_a_hundred_megabytes_costs_that_line_only() {
    let log = squid_log(6000);
    let (first, second) = log.split_at(log.match_indices('\n').nth(2999).map_or(0, |(at, _)| at + 1));
    let piece = vec![b'x'; 1 << 20];
    let mut endless: Vec<&[u8]> = vec![&piece; 100];
    endless.push(b"\n");
    let plain = answer_of(&[("access.log", pieces(&[log.as_bytes()]))], 64 << 10);
    check_squid(&plain, "plain");
    for (what, line) in [("in the middle", 3001), ("at the end", 6001)] {
        let (before, after) = if line == 3001 { (first, second) } else { (log.as_str(), "") };
        let mut chunks = pieces(&[before.as_bytes()]);
        chunks.extend(&endless);
        chunks.extend(pieces(&[after.as_bytes()]));
        let answer = answer_of(&[("access.log", chunks)], 64 << 10);
        assert_eq!(ids(&answer.report), ids(&plain.report), "{what}");
        let [artifact] = &answer.report.artifacts[..] else { panic!("{what}: one log") };
        assert_eq!((artifact.lines, artifact.skipped_lines), (6001, 1), "{what}");
        assert_eq!(artifact.bytes, log.len() as u64 + (100 << 20) + 1, "{what}");
        let [problem] = &answer.cards[0].problems[..] else { panic!("{what}: one problem") };
        assert_eq!(problem.line, Some(line), "{what}");
        assert_eq!(problem.what, "the line is too long (104857600 of at most 65536 bytes): nothing in it was read");
    }
}

#[test]
fn a_log_behind_a_line_of_many_megabytes_is_still_a_log() {
    let log = squid_log(6000);
    let text = [vec![b'x'; 3 << 20], b"\n".to_vec(), log.clone().into_bytes()].concat();
    let answer = answer_of(&[("access.log", pieces(&[&text]))], 64 << 10);
    check_squid(&answer, "a long first line");
    let log_lines: u64 = answer.report.artifacts.iter().map(|artifact| artifact.lines).sum();
    assert_eq!(log_lines, 6001, "{:?}", answer.report.artifacts);
}

#[test]
fn nul_bytes_of_a_log_that_was_cut_while_its_writer_went_on_do_no_harm() {
    let log = squid_log(6000);
    let nuls = vec![0; 10 << 20];
    let (first, second) = log.split_at(log.match_indices('\n').nth(2999).map_or(0, |(at, _)| at + 1));
    for (what, parts) in
        [("before", [b"".as_slice(), &nuls, log.as_bytes()]), ("within", [first.as_bytes(), &nuls, second.as_bytes()])]
    {
        let answer = answer_of(&[("access.log", pieces(&parts))], 64 << 10);
        check_squid(&answer, what);
        let artifacts = &answer.report.artifacts;
        let logs: Vec<_> = artifacts.iter().filter(|artifact| artifact.kind == "proxy-log").collect();
        assert_eq!(logs.len(), 1, "{what}: {artifacts:?}");
        let told = logs[0].skipped_lines == 1 || logs[0].lines == 6000;
        assert!(told, "{what}: {artifacts:?}");
        assert_eq!(logs[0].first_time.as_deref().map(|time| &time[..16]), Some("2026-01-05T08:00"), "{what}");
    }
}

const MAIL: &str = "Hello support,\n\nthe wizard fails since Monday, and our network team sent the log below.\n\n";

const EXCEPTION: &str = "\nAnd this is what the wizard shows:\n\nSystem.Net.WebException: The remote name could not be \
    resolved: 'login.microsoftonline.com'\n   at System.Net.HttpWebRequest.GetRequestStream(TransportContext& context)\n   \
    at System.Net.HttpWebRequest.GetRequestStream()\n   at Microsoft.Online.Deployment.Client.Framework.Wizard.Next()\n\
    \nKind regards\nPat\n";

#[test]
fn a_long_mail_above_a_log_is_read_and_so_is_the_log() {
    let thanks = "Thank you for your patience with this case, which the team has looked at again.\n".repeat(4000);
    assert!(thanks.len() > 300 << 10);
    let error = "The remote server returned an error: (407) Proxy Authentication Required.\n\n";
    let text = [MAIL, error, &thanks, &squid_log(9000)].concat();
    let answer = answer_of(&[("mail.txt", pieces(&[text.as_bytes()]))], 256 << 10);
    check_squid(&answer, "mail above");
    assert!(answer.report.artifacts.iter().any(|artifact| artifact.kind == "error-text"));
    let log = answer.report.artifacts.iter().find(|artifact| artifact.kind == "proxy-log").expect("the log");
    assert_eq!(log.lines, 9000);
    assert_eq!(log.bytes, squid_log(9000).len() as u64);
    check_places(&answer, text.as_bytes());
}

#[test]
fn an_error_below_a_big_log_is_read_as_an_error() {
    let log = squid_log(10_000);
    assert!(log.len() > 1 << 20);
    let text = [&log, EXCEPTION].concat();
    for ends in ["\n", "\r\n"] {
        let text = text.replace('\n', ends);
        let answer = answer_of(&[("mail.txt", pieces(&[text.as_bytes()]))], 64 << 10);
        check_squid(&answer, "error below");
        let kinds: Vec<&str> = answer.report.artifacts.iter().map(|artifact| artifact.kind.as_str()).collect();
        assert_eq!(kinds, ["proxy-log", "error-text"], "{:?}", answer.report.artifacts);
        assert_eq!(answer.report.artifacts[0].skipped_lines, 0);
        assert_eq!(answer.report.artifacts[1].name, "mail.txt, lines 10002-10010");
        let ids = ids(&answer.report);
        assert!(ids.contains(&"dns-failure"), "{ids:?}");
        check_places(&answer, text.as_bytes());
        for size in [1, 1000] {
            let cut = answer_of(&[("mail.txt", text.as_bytes().chunks(size).collect())], 64 << 10);
            assert_eq!(difference(&cut, &answer), None, "in pieces of {size}");
        }
    }
}

#[test]
fn a_mail_in_the_middle_of_a_big_log_is_told_from_broken_records() {
    let log = squid_log(3000);
    let broken = "1767600001.100   3120 10.1.0.5 TCP_TUN\n".repeat(3);
    let garbage = "zzzz qqqq\n".repeat(50);
    let text = [&log, MAIL, EXCEPTION, &log, &broken, &log, &garbage, &log].concat();
    let answer = answer_of(&[("mail.txt", pieces(&[text.as_bytes()]))], 64 << 10);
    let artifacts = &answer.report.artifacts;
    let log = artifacts.iter().find(|artifact| artifact.kind == "proxy-log").expect("the log");
    assert_eq!(log.lines, slow_count(&text));
    assert_eq!(log.skipped_lines, 53, "{artifacts:?}");
    assert!(artifacts.iter().any(|artifact| artifact.kind == "error-text"), "{artifacts:?}");
    check_places(&answer, text.as_bytes());
}

#[test]
fn two_dialects_in_one_file_are_both_read() {
    let squid = squid_log(200);
    let mut fortigate = String::new();
    for second in 0..200 {
        let _ = writeln!(
            fortigate,
            "date=2026-01-05 time=09:{:02}:{:02} srcip=10.1.0.7 dstip=192.0.2.7 dstport=443 action=\"blocked\" \
             hostname=\"graph.microsoft.com\" url=\"https://graph.microsoft.com/\"",
            second / 60,
            second % 60
        );
    }
    let text = [squid, fortigate].concat();
    let mut analysis = Analysis::with_head(&Options::default(), SMALL);
    analysis.open("both.log", &[]);
    analysis.push(text.as_bytes());
    analysis.close();
    let report = analysis.report();
    let (artifact, log) = &report.facts.logs[0];
    assert_eq!((log.records, report.facts.artifacts[*artifact].skipped_lines), (400, 0));
    assert!(log.flows.iter().any(|flow| flow.client.as_deref() == Some("10.1.0.7") && flow.requests() == 200));
}

#[test]
fn the_server_that_shows_up_behind_forty_thousand_browsers_is_not_lost() {
    let mut analysis = Analysis::with_head(&Options::default(), 64 << 10);
    analysis.open("access.log", &[]);
    let mut text = String::new();
    for client in 0..40_000_u32 {
        let (address, second) =
            (format!("10.{}.{}.{}", 1 + client / 65536, client / 256 % 256, client % 256), client / 4);
        for (host, status) in [(HOSTS[0], "TCP_TUNNEL/200"), (HOSTS[4], "TCP_DENIED/403")] {
            let _ = writeln!(
                text,
                "{}.100 31 {address} {status} 91 CONNECT {host}:443 - HIER_DIRECT/40.126.9.65 -",
                1_767_600_000 + second
            );
        }
        if text.len() > 1 << 20 {
            analysis.push(text.as_bytes());
            text.clear();
        }
    }
    for second in 11_000..11_200 {
        let (host, refused) = if second % 2 == 0 { (HOSTS[0], None) } else { (HOSTS[1], Some(403)) };
        text.push_str(&squid(second, 250, host, refused, "-").replace("10.1.0.250", "172.16.0.5"));
        text.push('\n');
    }
    analysis.push(text.as_bytes());
    analysis.close();
    let report = analysis.report();
    let log = &report.facts.logs[0].1;
    assert_eq!(log.records, 80_200);
    assert!(log.flows.len() <= Log::MAX_FLOWS, "{} flows", log.flows.len());
    let counted: usize = log.flows.iter().map(Flow::requests).sum();
    assert_eq!(counted + log.unkept_records + log.other_records + log.hostless_records, log.records);
    let server: Vec<_> = log.flows.iter().filter(|flow| flow.client.as_deref() == Some("172.16.0.5")).collect();
    // Before it called a host of Entra Connect's own it was one more browser, and counted as such.
    assert_eq!(server.iter().map(|flow| flow.requests()).sum::<usize>(), 199);
    let calls = log.calls.iter().filter(|call| log.flows[call.flow].client.as_deref() == Some("172.16.0.5")).count();
    assert!(calls >= 100, "{calls} calls");
    let answer = export::answer(&report);
    let ids = ids(&answer.report);
    assert!(ids.contains(&"endpoint-blocked"), "{ids:?}");
    assert!(answer.timelines.iter().any(|timeline| timeline.client.as_deref() == Some("172.16.0.5")));
}

#[test]
fn a_packed_log_says_what_the_log_says() {
    use std::io::Write as _;
    let log = squid_log(6000);
    let plain = answer_of(&[("access.log", pieces(&[log.as_bytes()]))], 64 << 10);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log.as_bytes()).expect("memory takes anything");
    let gzip = gzip.finish().expect("memory takes anything");
    let zip = zip("access.log", log.as_bytes());
    for (name, bytes) in [("access.log.gz", gzip), ("logs.zip", zip)] {
        let answer = answer_of(&[(name, bytes.chunks(1000).collect())], 64 << 10);
        assert_eq!(ids(&answer.report), ids(&plain.report), "{name}");
        let places = |answer: &Answer| {
            let evidence = answer.report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence);
            evidence.map(|place| (place.line, place.byte_start, place.excerpt.clone())).collect::<Vec<_>>()
        };
        assert_eq!(places(&answer), places(&plain), "{name}");
        assert_eq!(answer.report.artifacts[0].lines, 6000, "{name}");
    }
}

/// A zip archive with one deflated file.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(content).expect("memory takes anything");
    let packed = deflate.finish().expect("memory takes anything");
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let mut common = Vec::new();
    for field in [20_u16, 0, 8, 0, 0x5C21] {
        common.extend(field.to_le_bytes());
    }
    for field in [crc.sum(), packed.len() as u32, content.len() as u32] {
        common.extend(field.to_le_bytes());
    }
    common.extend((name.len() as u16).to_le_bytes());
    common.extend(0_u16.to_le_bytes());
    let mut zip = [b"PK\x03\x04".as_slice(), &common, name.as_bytes(), &packed].concat();
    let directory = zip.len() as u32;
    zip.extend([b"PK\x01\x02\x14\x00".as_slice(), &common, &[0; 14], name.as_bytes()].concat());
    let size = zip.len() as u32 - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(size.to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0, 0]);
    zip
}
