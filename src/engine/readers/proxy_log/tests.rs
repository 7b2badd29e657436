use super::*;
use crate::readers::Value;
use crate::source::Source;

fn fold(text: &str) -> (Log, Reading) {
    let source = Source::decode("x", text.as_bytes());
    let part = Part::whole(&source);
    let score = score(&part).expect("a log");
    let mut reading = read(&part, &score);
    let Value::Log(log) = std::mem::take(&mut reading.value) else { panic!("no log") };
    (*log, reading)
}

fn case(path: &str) -> Option<(Source, Log)> {
    #[expect(clippy::disallowed_methods, reason = "tests read situations that the project does not carry")]
    let bytes = std::fs::read(format!("{}/../shared/cases/{path}", env!("CARGO_MANIFEST_DIR"))).ok()?;
    let source = Source::decode(path, &bytes);
    let part = Part::whole(&source);
    let reading = read(&part, &score(&part)?);
    let Value::Log(log) = reading.value else {
        return None;
    };
    assert_eq!(reading.skipped_lines, 0, "{path}");
    Some((source, *log))
}

fn flow<'a>(log: &'a Log, host: &str) -> &'a Flow {
    log.flows.iter().find(|flow| flow.host == host).expect(host)
}

fn counts(flow: &Flow) -> [usize; Outcome::COUNT] {
    std::array::from_fn(|index| flow.outcomes.get(index).map_or(0, |tally| tally.count))
}

#[test]
fn a_host_that_is_refused_in_a_case_has_its_first_refusal_on_the_right_line() {
    for (path, host, outcome, line) in [
        ("fortigate-reset-after-client-hello-cn/fg-hz-01.log", "login.partner.microsoftonline.cn", Outcome::Reset, 92),
        ("checkpoint-cef-only-telemetry-blocked/cp-urlf.cef", "dc.services.visualstudio.com", Outcome::Denied, 57),
        (
            "forcepoint-cef-blocks-adminwebservice-cn/wcg-siem.log",
            "adminwebservice.partner.microsoftonline.cn",
            Outcome::Denied,
            98,
        ),
        ("zscaler-leef-login-windows-net-blocked/qradar-export.leef", "login.windows.net", Outcome::Denied, 116),
    ] {
        let Some((source, log)) = case(path) else {
            continue;
        };
        let flow = flow(&log, host);
        assert_eq!(flow.requests(), flow.tally(outcome).count, "{path}: {:?}", counts(flow));
        let first = flow.tally(outcome).samples.first().expect("a line");
        assert_eq!(source.position(first.start).line, line, "{path}");
        assert!(log.has_outcomes);
    }
}

#[test]
fn a_healthy_web_filter_log_shows_every_host_reached() {
    let Some((_, log)) = case("nslookup-shows-alias-names/xgs-webfilter.log") else {
        return;
    };
    assert!(log.flows.len() >= 6);
    assert!(log.flows.iter().all(|flow| flow.requests() == flow.tally(Outcome::Reached).count));
}

#[test]
fn a_proxy_log_without_the_server_keeps_no_regional_host() {
    let Some((_, log)) = case("squid-log-without-entra-connect/access.log.3") else {
        return;
    };
    assert_eq!(log.records, 607);
    assert!(log.flows.iter().all(|flow| !flow.host.contains("anchor") && !flow.host.starts_with("adminwebservice")));
}

const HANDSHAKE: &str = "\
1790000000.100 0 10.8.0.14 TCP_DENIED/407 4105 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html
1790000001.200 0 10.8.0.14 TCP_DENIED/407 4105 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html
1790000060.300 60100 10.8.0.14 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 CORP\\svc HIER_DIRECT/192.0.2.7 -
";

#[test]
fn a_sign_in_handshake_ends_reached() {
    let (log, _) = fold(HANDSHAKE);
    let flow = flow(&log, "adminwebservice.microsoftonline.com");
    assert_eq!((flow.last_reached(), flow.last_refused(), flow.refused_since_success), (Some(3), Some(2), 0));
    assert_eq!(
        (flow.client.as_deref(), flow.port, flow.user.as_deref()),
        (Some("10.8.0.14"), Some(443), Some("CORP\\svc"))
    );
    assert_eq!(flow.lengths.kept().iter().map(|length| length.seconds).collect::<Vec<_>>(), [60]);
    assert_eq!(log.calls.len(), 2, "the two 407 are one step");
}

#[test]
fn a_log_that_runs_backwards_tells_the_same() {
    let mut lines: Vec<&str> = HANDSHAKE.lines().collect();
    lines.reverse();
    let (log, _) = fold(&lines.join("\n"));
    let flow = flow(&log, "adminwebservice.microsoftonline.com");
    assert_eq!((flow.last_reached(), flow.last_refused(), flow.refused_since_success), (Some(3), Some(2), 0));
    assert_eq!(
        log.calls.iter().map(|call| call.outcome).collect::<Vec<_>>(),
        [Outcome::AuthRequired, Outcome::Reached]
    );
    assert_eq!(log.first_time.as_deref(), Some("2026-09-21T14:13:20Z"));
}

#[test]
fn refusals_after_the_last_success_are_counted_and_shown() {
    let text = format!(
        "{}1790000100.000 0 10.8.0.14 TCP_DENIED/407 1 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- -\n",
        HANDSHAKE.repeat(2)
    );
    let (log, _) = fold(&text);
    let flow = flow(&log, "adminwebservice.microsoftonline.com");
    assert_eq!((flow.refused_since_success, flow.refused_after.len()), (1, 1));
    assert!(flow.last_refused() > flow.last_reached());
}

const POLICY: &str = "date=2026-05-07 time=09:37:11 tz=\"+0800\" type=\"utm\" srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 sessionid=7 action=\"pass\" hostname=\"login.partner.microsoftonline.cn\"";
const END: &str = "date=2026-05-07 time=09:37:12 tz=\"+0800\" type=\"traffic\" srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 sessionid=7 action=\"server-rst\" duration=1 sentbyte=952 rcvdbyte=212";

#[test]
fn the_end_of_a_session_outweighs_the_policy_that_let_it_pass_in_any_order() {
    for text in [format!("{POLICY}\n{END}"), format!("{END}\n{POLICY}")] {
        let (log, _) = fold(&text);
        let flow = flow(&log, "login.partner.microsoftonline.cn");
        assert_eq!((flow.requests(), flow.tally(Outcome::Reset).count), (1, 1), "{text}");
        assert_eq!(log.hostless_records, 0);
    }
}

#[test]
fn a_policy_that_let_pass_counts_as_reached_when_no_end_is_logged() {
    let (log, _) = fold(&format!("{POLICY}\n{}", POLICY.replace("sessionid=7", "sessionid=8")));
    assert_eq!(flow(&log, "login.partner.microsoftonline.cn").tally(Outcome::Reached).count, 2);
}

#[test]
fn a_blocked_session_that_ends_in_the_normal_way_stays_blocked() {
    let blocked = POLICY.replace("\"pass\"", "\"blocked\"");
    let closed = END.replace("server-rst", "close").replace("rcvdbyte=212", "rcvdbyte=4000");
    let (log, _) = fold(&format!("{blocked}\n{closed}"));
    let flow = flow(&log, "login.partner.microsoftonline.cn");
    assert_eq!((flow.requests(), flow.tally(Outcome::Denied).count), (1, 1));
}

#[test]
fn an_address_names_the_host_only_while_one_host_answers_there() {
    let other_session = END.replace("sessionid=7", "sessionid=99");
    let (log, _) = fold(&format!("{POLICY}\n{other_session}"));
    assert_eq!(flow(&log, "login.partner.microsoftonline.cn").tally(Outcome::Reset).count, 1);
    let stranger =
        POLICY.replace("login.partner.microsoftonline.cn", "www.example.com").replace("sessionid=7", "sessionid=5");
    let (log, _) = fold(&format!("{POLICY}\n{stranger}\n{other_session}"));
    assert_eq!(flow(&log, "login.partner.microsoftonline.cn").tally(Outcome::Reset).count, 0);
    assert_eq!(log.hostless_records, 1);
}

#[test]
fn a_packet_of_a_forgotten_session_is_no_block() {
    let (log, _) = fold(
        "timestamp=\"2026-03-12T11:03:06-0400\" log_component=\"Invalid Traffic\" log_subtype=\"Denied\" src_ip=\"10.9.0.14\" dst_ip=\"192.0.2.7\" dst_port=443 message=\"Could not associate packet to any connection.\"",
    );
    assert_eq!((log.stale.count, log.flows.len()), (1, 0));
}

#[test]
fn the_article_table_shows_calls_and_no_endings() {
    let (log, reading) = fold(
        "Time | URL\n---|---\n1/11/2016 8:31 | connect:/login.partner.microsoftonline.cn:443 |\n1/11/2016 8:32 | connect://*bba800-anchor*.partner.microsoftonline.cn:443 |\n",
    );
    assert!(!log.has_outcomes);
    assert_eq!(reading.skipped_lines, 0);
    assert_eq!(
        log.flows.iter().map(|flow| flow.host.as_str()).collect::<Vec<_>>(),
        ["login.partner.microsoftonline.cn", "bba800-anchor.partner.microsoftonline.cn"]
    );
    assert_eq!(log.last_time.as_deref(), Some("1/11/2016 8:32"));
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_the_first_are_shown() {
    let text = format!("{}{}", HANDSHAKE.repeat(40), "half a lin\n".repeat(30));
    let (log, reading) = fold(&text);
    assert_eq!((log.records, reading.skipped_lines, reading.problems.len()), (120, 30, 20));
}

#[test]
fn upper_case_hosts_and_denials_with_a_reason() {
    let (log, _) = fold(
        "CEF:0|M|P|1|9|blocked|7|act=blocked src=10.8.0.14 dhost=LOGIN.Windows.net. dpt=443 reason=Not categorised rt=1790000000000",
    );
    let flow = flow(&log, "login.windows.net");
    assert_eq!(flow.reason.as_ref().map(|(text, _)| text.as_str()), Some("Not categorised"));
}

#[test]
fn the_number_of_flows_is_bounded() {
    let mut fold = LogFold::new(formats::ANY, 0);
    let mut call = |client: usize, host: &str| {
        let (a, b) = (client / 250, client % 250);
        let text =
            format!("1790000000.100 0 10.{a}.{b}.1 TCP_TUNNEL/200 1 CONNECT {host}:443 - HIER_DIRECT/192.0.2.7 -");
        fold.line(LineAt { text: &text, raw: text.as_bytes(), offset: 0, number: 0, byte: 0 });
    };
    call(3, "adminwebservice.microsoftonline.com");
    for client in 0..Log::MAX_FLOWS + 5 {
        call(client, "login.windows.net");
    }
    let Value::Log(log) = fold.finish().value else { panic!("no log") };
    assert!(log.flows.len() <= Log::MAX_FLOWS && log.records == Log::MAX_FLOWS + 6);
    let kept: usize = log.flows.iter().map(Flow::requests).sum();
    assert_eq!(kept + log.unkept_records, log.records);
    let server = log.flows.iter().filter(|flow| flow.client.as_deref() == Some("10.0.3.1"));
    assert_eq!(server.count(), 2, "what the server did is not forgotten for the sake of others");
}

const PAN_TRAFFIC: &str = "1,2026/06/08 08:01:40,0131,TRAFFIC,end,2816,2026/06/08 08:01:40,10.12.0.19,192.0.2.14,203.0.113.9,192.0.2.14,Servers-out,,,incomplete,vsys1,trust,untrust,ethernet1/2,ethernet1/1,Log Profile,2026/06/08 08:01:40,1322,1,51322,443,41322,443,0x400019,tcp,allow,198,198,0,3,2026/06/08 08:01:19,21,any,,731241511322,0x0,10.0.0.0-10.255.255.255,United States,,3,0,aged-out,0,0,0,0,,FW-1,from-policy";

#[test]
fn an_address_that_never_answers_is_kept_and_one_that_sometimes_does_is_not() {
    let good =
        PAN_TRAFFIC.replace("198,198,0", "9198,198,9000").replace("aged-out", "tcp-fin").replace(",1322,", ",1400,");
    let (log, _) = fold(&format!("{PAN_TRAFFIC}\n{}\n", PAN_TRAFFIC.replace(",1322,", ",1323,")));
    let silent = flow(&log, "192.0.2.14");
    assert_eq!((silent.client.as_deref(), silent.port), (Some("10.12.0.19"), Some(443)));
    assert_eq!((silent.requests(), silent.tally(Outcome::TimedOut).count, log.hostless_records), (2, 2, 2));
    let (log, _) = fold(&format!("{PAN_TRAFFIC}\n{good}\n"));
    assert_eq!((log.flows.len(), log.hostless_records), (0, 2));
}

#[test]
fn the_url_record_of_a_session_names_the_host_of_its_end() {
    let url = "1,2026/06/08 08:01:20,0131,THREAT,url,2816,2026/06/08 08:01:20,10.12.0.19,192.0.2.14,203.0.113.9,192.0.2.14,Servers-out,,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,Log Profile,2026/06/08 08:01:20,1322,1,51322,443,41322,443,0x400019,tcp,alert,\"login.microsoftonline.com/\",(9999),business,informational,client-to-server";
    let end = PAN_TRAFFIC.replace("198,198,0", "410,198,212").replace("aged-out", "tcp-rst-from-server");
    let (log, _) = fold(&format!("{url}\n{end}\n"));
    let flow = flow(&log, "login.microsoftonline.com");
    assert_eq!((flow.requests(), flow.tally(Outcome::Reset).count), (1, 1));
}

#[test]
fn the_unix_time_of_a_line_is_shown_as_a_date() {
    let (log, _) = fold(HANDSHAKE);
    assert_eq!(log.first_time.as_deref(), Some("2026-09-21T14:13:20Z"));
    assert_eq!(log.last_time.as_deref(), Some("2026-09-21T14:14:20Z"));
}

const ARCHIVE: &str = r#"{"log": {"version": "1.2", "creator": {"name": "a browser"}, "entries": [
  {"startedDateTime": "2026-03-14T09:26:53.100Z", "time": 210.5,
   "request": {"method": "GET", "url": "https://login.microsoftonline.com/common/oauth2", "headers": [{"name": "url", "value": "https://x.example/"}]},
   "response": {"status": 200, "content": {"text": "{\"status\": 0}"}}, "serverIPAddress": "192.0.2.7"},
  {"startedDateTime": "2026-03-14T09:26:54.100Z", "time": 5,
   "request": {"method": "GET", "url": "https://aadcdn.msftauth.net/x.js"},
   "response": {"status": 0, "_error": "net::ERR_CONNECTION_TIMED_OUT"}}
]}}"#;

#[test]
fn an_archive_of_a_browser_tells_answers_from_silence() {
    let source = Source::decode("x", ARCHIVE.as_bytes());
    let found = score(&Part::whole(&source)).expect("an archive");
    assert_eq!((found.kind, found.format), (Kind::Har, "har"));
    let (log, reading) = fold(ARCHIVE);
    assert_eq!((log.records, reading.skipped_lines), (2, 0));
    assert_eq!(flow(&log, "login.microsoftonline.com").tally(Outcome::Reached).count, 1);
    let silent = flow(&log, "aadcdn.msftauth.net");
    assert_eq!(silent.tally(Outcome::TimedOut).count, 1);
    let line = silent.tally(Outcome::TimedOut).samples.first().map(|span| source.position(span.start).line);
    assert_eq!(line, Some(6));
}

#[test]
fn a_broken_archive_is_read_up_to_where_it_breaks() {
    let (log, reading) = fold(ARCHIVE.get(..ARCHIVE.len() - 40).expect("ASCII"));
    assert_eq!((log.records, reading.skipped_lines), (1, 1));
}

/// File, dialect, records and skipped lines, as counted by hand: lines less comments, headers and notices; records on
/// several lines once.
const SPECIMENS: &[(&str, &str, usize, usize)] = &[
    ("apache-combined-1.log", "common-log", 4, 0),
    ("apache-combined-2.log", "common-log", 15, 0),
    ("barracuda-wsg-1.log", "barracuda", 1, 0),
    ("bluecoat-1.log", "key-value", 2, 0),
    // The rest of a wrapped user agent, without any key, is the one line that belongs to no record.
    ("checkpoint-1.log", "cef", 23, 1),
    // One of the six lines is the rest of the name before it.
    ("forcepoint-cef-1.log", "cef", 5, 0),
    ("forcepoint-kv-1.log", "key-value", 1, 0),
    ("fortiproxy-1.log", "key-value", 10, 0),
    // Two notes about connections and the rest of a broken request line.
    ("haproxy-1.log", "haproxy", 8, 0),
    ("har-1.har", "har", 3, 0),
    ("har-2.har", "har", 14, 0),
    ("har-4.har", "har", 2, 0),
    ("iis-1.log", "iis-native", 1, 0),
    ("ironport-1.log", "cisco-wsa", 6, 0),
    ("kerio-1.log", "squid-native", 2, 0),
    ("leef-1.log", "leef", 17, 0),
    ("mcafee-mwg-1.log", "key-value", 4, 0),
    ("netskope-1.csv", "netskope", 3, 0),
    ("olfeo-1.log", "common-log", 4, 0),
    // Nothing but the start of the program and one raw request.
    ("privoxy-1.log", "privoxy", 0, 0),
    ("proxifier-1.log", "proxifier", 2000, 0),
    ("proxifier-2.log", "proxifier", 40, 0),
    ("skyhigh-sse-1.log", "key-value", 4, 0),
    ("sophos-swa-2.log", "sophos-swa", 2, 0),
    ("sophos-utm-httpproxy-1.log", "key-value", 1, 0),
    ("sophos-xg-1.log", "key-value", 5, 0),
    ("squid-1.log", "squid-native", 15, 0),
    ("squid-10-large.log", "squid-native", 2897, 0),
    ("squid-9-pfsense.log", "squid-native", 366, 0),
    // Ten lines, of which seven are one record.
    ("umbrella-proxy-1.csv", "umbrella", 4, 0),
    ("w3c-iis-1.log", "w3c-extended", 2, 0),
    ("w3c-iis-2.log", "w3c-extended", 210, 0),
    ("w3c-iis-4.log", "w3c-extended", 11, 0),
    ("watchguard-1.log", "watchguard", 3, 0),
    // Handshakes without a name, none of them cut.
    ("wireshark-csv-1.csv", "wireshark", 0, 0),
    ("zscaler-1.jsonl", "json-lines", 5, 0),
];

#[test]
fn specimens_give_the_records_that_were_counted_by_hand() {
    let mut wrong = Vec::new();
    for (file, format, records, skipped) in SPECIMENS {
        let path = format!("{}/../shared/samples/{file}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "tests read specimens that the project does not carry")]
        let Ok(bytes) = std::fs::read(path) else { continue };
        let source = Source::decode(file, &bytes);
        let part = Part::whole(&source);
        let found = score(&part).expect(file);
        let mut reading = read(&part, &found);
        let Value::Log(log) = std::mem::take(&mut reading.value) else { panic!("{file} is no log") };
        if (found.format, log.records, reading.skipped_lines) != (*format, *records, *skipped) {
            wrong.push(format!("{file}: {} {} {}", found.format, log.records, reading.skipped_lines));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
