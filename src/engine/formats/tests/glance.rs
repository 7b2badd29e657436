//! A glance says nothing that the full way would not say: over samples, specimens and damaged lines of both.

use super::*;

/// Lines as their makers write them, header lines first, and how many of them a glance sees once the lines before
/// were read.
const TYPICAL: &[(&str, &[&str])] = &[
    (
        "squid-native",
        &[
            "1790000000.101   3387 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT www.example.org:443 - HIER_DIRECT/192.0.2.7 -",
            "1790000003.404    180 10.8.0.14 TCP_MISS/200 1910 GET http://www.example.org/a/b.js - HIER_DIRECT/192.0.2.7 -",
            "1790000004.505     22 10.8.0.14 TCP_REFRESH_UNMODIFIED/304 1910 GET http://www.example.org/a/b.js - HIER_DIRECT/192.0.2.7 -",
            "1790000005.606     22 10.8.0.14 TCP_CLIENT_REFRESH_MISS/200 1910 GET http://www.example.org/a/b.js - HIER_DIRECT/192.0.2.7 -",
            "1790000006.707   4022 10.8.0.14 TCP_TUNNEL_ABORTED/200 1910 CONNECT www.example.org:443 - HIER_DIRECT/192.0.2.7 -",
        ],
    ),
    (
        "squid-native",
        &[
            "1790000000.101 17 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT proxy.example.org:3128 svc HIER_DIRECT/192.0.2.7 -",
        ],
    ),
    (
        "w3c-extended",
        &[
            "#Software: SGOS 7.3.6.1",
            "#Fields: date time time-taken c-ip cs-username cs-auth-group s-supplier-name s-supplier-ip x-exception-id sc-filter-result cs-categories cs(Referer) sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs-uri-extension cs(User-Agent) s-ip sc-bytes cs-bytes x-virus-id",
            "2026-03-14 09:26:53 57 10.9.0.14 CORP\\svc - www.example.org 192.0.2.7 - OBSERVED \"Office/Business Applications;Technology\" - 200 TCP_TUNNELED CONNECT - tcp www.example.org 443 / - - \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36\" 10.9.0.1 7105 1310 -",
            "2026-03-14 09:26:54 1 10.9.0.14 - - - - policy_denied DENIED \"Games\" - 403 TCP_DENIED CONNECT - tcp games.example.net 443 / - - \"agent\" 10.9.0.1 310 63 -",
        ],
    ),
    (
        "w3c-extended",
        &[
            "#Fields: c-ip\tcs-username\tc-agent\tdate\ttime\ts-computername\tr-host\tr-ip\tr-port\ttime-taken\tsc-bytes\tcs-bytes\tcs-protocol\ts-operation\tcs-uri\tsc-status\trule\taction",
            "10.9.0.14\tanonymous\tan agent\t2026-03-14\t09:26:56\tTMG1\twww.example.org\t192.0.2.7\t443\t60125\t7105\t1310\tSSL-tunnel\t-\twww.example.org:443\t0\tWeb access\tAllowed",
            "10.9.0.14\tanonymous\tan agent\t2026-03-14\t09:26:57\tTMG1\twww.example.org\t192.0.2.7\t80\t25\t7105\t1310\thttp\tGET\thttp://www.example.org/a\t200\tWeb access\tAllowed",
        ],
    ),
    (
        "key-value",
        &[
            "date=2026-05-07 time=09:37:12 devname=\"fw\" devid=\"FG100\" eventtime=1778139432123456789 tz=\"+0200\" logid=\"0317013312\" type=\"utm\" subtype=\"webfilter\" eventtype=\"ftgd_allow\" level=\"notice\" vd=\"root\" policyid=1 sessionid=7 srcip=10.9.0.14 srcport=50000 srcintf=\"port1\" dstip=192.0.2.7 dstport=443 dstintf=\"wan1\" proto=6 service=\"HTTPS\" hostname=\"www.example.org\" profile=\"default\" action=\"passthrough\" reqtype=\"direct\" url=\"https://www.example.org/\" sentbyte=517 rcvdbyte=2704 direction=\"outgoing\" msg=\"URL belongs to an allowed category in policy\" cat=52 catdesc=\"Information Technology\"",
            "date=2026-05-07 time=09:37:13 devname=\"fw\" devid=\"FG100\" eventtime=1778139433123456789 tz=\"+0200\" logid=\"0317013312\" type=\"utm\" subtype=\"webfilter\" eventtype=\"ftgd_blk\" level=\"warning\" vd=\"root\" policyid=1 sessionid=8 srcip=10.9.0.14 srcport=50001 srcintf=\"port1\" dstip=192.0.2.7 dstport=443 dstintf=\"wan1\" proto=6 service=\"HTTPS\" hostname=\"games.example.net\" profile=\"default\" action=\"blocked\" reqtype=\"direct\" url=\"https://games.example.net/\" sentbyte=517 rcvdbyte=0 direction=\"outgoing\" msg=\"URL belongs to a denied category in policy\" cat=20 catdesc=\"Games\"",
        ],
    ),
    (
        "key-value",
        &[
            "2026-05-14 07:30:15\treason=Allowed\tevent_id=6748\tprotocol=SSL\taction=Allowed\ttime=2026-05-14 07:30:15\turlcategory=Corporate Marketing\tserverip=192.0.2.7\trequestmethod=CONNECT\tClientIP=10.9.0.14\tstatus=200\turl=www.example.org:443\thostname=www.example.org",
            "2026-05-14 07:30:16\treason=Allowed\tevent_id=6749\tprotocol=SSL\taction=Allowed\ttime=2026-05-14 07:30:16\turlcategory=Games\tserverip=192.0.2.8\trequestmethod=CONNECT\tClientIP=10.9.0.14\tstatus=200\turl=games.example.net:443\thostname=games.example.net",
        ],
    ),
    (
        "key-value",
        &[
            "date=2026-02-12,time=14:10:42,type=utm,level=notice,vd=\"vdom1\",srcip=10.9.0.14,dstip=192.0.2.1,hostname=www.example.org,action=passthrough,status=200",
            "date=2026-02-12,time=14:10:43,type=utm,level=notice,vd=\"vdom1\",srcip=10.9.0.14,dstip=192.0.2.1,hostname=games.example.net,action=blocked,status=403",
        ],
    ),
    (
        "json-lines",
        &[
            r#"{"sourcetype":"zscalernss-web","event":{"datetime":"2026-09-21 06:00:00","reason":"Allowed","event_id":"7","protocol":"HTTPS","action":"Allowed","transactionsize":"812","urlcategory":"Corporate Marketing","serverip":"192.0.2.7","requestmethod":"CONNECT","useragent":"an agent","ClientIP":"10.9.0.14","status":"200","url":"www.example.org:443","hostname":"www.example.org","user":"CORP\\svc"}}"#,
            r#"{"sourcetype":"zscalernss-web","event":{"datetime":"2026-09-21 06:00:01","reason":"Not allowed","event_id":"8","protocol":"HTTPS","action":"Blocked","transactionsize":"0","urlcategory":"Games","serverip":"192.0.2.8","requestmethod":"CONNECT","useragent":"an agent","ClientIP":"10.9.0.14","status":"403","url":"games.example.net:443","hostname":"games.example.net","user":"None"}}"#,
        ],
    ),
    (
        "json-lines",
        &[
            r#"{"@timestamp": "2026-08-28T15:43:14Z", "source": {"ip": "10.9.0.14"}, "destination": {"domain": "www.example.org", "port": 443}, "event": {"action": "allowed"}}"#,
            r#"{"@timestamp": "2026-08-28T15:43:15Z", "source": {"ip": "10.9.0.14"}, "destination": {"domain": "games.example.net", "port": 443}, "event": {"action": "denied"}}"#,
        ],
    ),
];

fn format_of(id: &str) -> &'static Format {
    ALL.iter().find(|format| format.id == id).expect("a format of the shelf")
}

/// What a glance said of a line, held against the full way.
fn check(format: &Format, line: &str, state: &mut State) -> bool {
    let Some(look) = &format.look else { return false };
    let mut before = state.clone();
    let Some(seen) = (look.glance)(line.as_bytes(), state) else { return false };
    let Line::Record(record) = (format.read_line)(line, &mut before) else { panic!("no record: {line}") };
    let text = |bytes| std::str::from_utf8(bytes).expect("ASCII");
    assert!(record.host.eq_ignore_ascii_case(text(seen.host)), "{} and {}: {line}", record.host, text(seen.host));
    assert!(!target::is_address(&record.host) && !record.host.is_empty(), "{line}");
    assert_eq!(record.time, Some(seen.seconds), "{line}");
    assert_eq!((record.date_text, record.time_text), (text(seen.date), text(seen.time)), "{line}");
    assert_eq!(record.address, text(seen.address), "{line}");
    assert!(record.outcome != Outcome::Seen && !record.stale && !record.lookup, "{:?}: {line}", record.outcome);
    assert!(record.answers.is_empty() || !record.lookup, "{line}");
    if let Some(rest) = (look.rest)(line.as_bytes()) {
        check_rest(&rest, &record, line);
    }
    true
}

/// What the rest of a line said, held against the full way: the record holds nothing else.
fn check_rest(rest: &Rest, record: &Record, line: &str) {
    let tunnel = record.method.is_empty() || record.method.eq_ignore_ascii_case("CONNECT");
    let all = Record {
        time: record.time,
        zoned: record.zoned,
        date_text: record.date_text,
        time_text: record.time_text,
        method: record.method,
        host: record.host.clone(),
        path: record.path,
        address: record.address,
        client: rest.client,
        user: rest.user,
        port: rest.port,
        status: rest.status,
        verdict: rest.verdict,
        outcome: rest.outcome,
        duration_ms: rest.duration_ms,
        received: rest.received,
        inspected: rest.inspected,
        ..Record::default()
    };
    assert_eq!((record, tunnel), (&all, rest.tunnel), "{line}");
}

#[test]
fn what_squid_writes_about_a_known_host_needs_no_full_reading() {
    for line in [
        "1790000000.101   3387 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.7 -",
        "1790000001.202      0 10.8.0.14 TCP_DENIED/407 4105 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html",
        "1790000002.303  60012 10.8.0.14 TCP_MISS/503 381 CONNECT graph.microsoft.com:443 CORP\\svc HIER_DIRECT/192.0.2.7 -",
        "1790000003.404    118 10.8.0.14 TCP_MISS/200 310 GET http://crl.microsoft.com/pki/crl/x.crl - FIRSTUP_PARENT/192.0.2.9 -",
    ] {
        let look = format_of("squid-native").look.as_ref().expect("a look");
        assert!(check(format_of("squid-native"), line, &mut State::default()), "{line}");
        assert!((look.rest)(line.as_bytes()).is_some(), "{line}");
    }
}

#[test]
fn a_typical_record_is_seen_at_a_glance() {
    for (id, lines) in TYPICAL {
        let format = format_of(id);
        let mut state = State::default();
        for line in *lines {
            (format.read_line)(line, &mut state);
        }
        for line in lines.iter().filter(|line| !line.starts_with('#')) {
            assert!(check(format, line, &mut state), "{id}: {line}");
            assert!(check(format, line, &mut state), "{id}, once more: {line}");
        }
    }
}

#[test]
fn every_format_with_a_glance_has_a_typical_record() {
    for format in ALL.iter().filter(|format| format.look.is_some()) {
        assert!(TYPICAL.iter().any(|(id, _)| *id == format.id), "{}", format.id);
    }
}

#[test]
fn specimens_say_at_a_glance_what_they_say_when_read() {
    let sources = files("samples").into_iter().filter_map(|path| source(&path));
    for source in sources {
        for format in ALL.iter().filter(|format| format.look.is_some()) {
            let mut state = State::default();
            for (_, line) in Part::whole(&source).lines() {
                check(format, line, &mut state);
                (format.read_line)(line, &mut state);
                check(format, line, &mut state);
            }
        }
    }
}

/// One change of a line: a place, what stands there instead, and how much of the line it replaces.
fn changes() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let words = [
        "",
        "",
        "",
        " ",
        "  ",
        "\t",
        "\"",
        "\"\"",
        "{",
        "}",
        "[",
        "]",
        "null",
        "\"status\":407,",
        "\"host\":\"a.example.org\",",
        "{\"log\":{\"entries\":",
        "'",
        "\\",
        "=",
        ",",
        ";",
        "|",
        "#",
        "<",
        "-",
        "/",
        ":",
        ".",
        "@",
        "é",
        "\u{a0}",
        "0",
        "5",
        "99",
        "x",
        "X",
        "XX",
        "EXAMPLE.ORG",
        "a.b.cd",
        "10.x.x.xx",
        "192.0.2.9",
        "[2001:db8::1]:443",
        "www.example.org:443",
        "https://www.example.org/x",
        "//www.example.org",
        "host",
        "http://",
        " a=b ",
        " hostname=\"",
        "\" url=\"",
        " qname=a.example.org ",
        " eventtime=1778139432",
        " time=",
        " tz=\"+0530\"",
        "client-rst",
        "close",
        "timeout",
        "TCP_ERR_MISS",
        "200",
        "407",
        "12209",
        "0",
        "777",
        "2026-02-31",
        "24:00:00",
        "09:26:53.5",
        "PM",
        " +0100",
        "1790000000",
        "#Fields: date",
        "CEF:0|",
        "unknown",
        "N/A",
        "(null)",
        "Could not associate packet",
    ];
    let word = prop_oneof![4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    proptest::collection::vec((0usize..1000, prop_oneof![Just(0usize), 0usize..12], word), 0..4)
}

fn changed(line: &str, changes: &[(usize, usize, String)]) -> String {
    let mut line = line.to_owned();
    for (place, length, word) in changes {
        let start = line.floor_char_boundary(place % (line.len() + 1));
        let end = line.floor_char_boundary((start + length).min(line.len())).max(start);
        line.replace_range(start..end, word);
    }
    line
}

fn logs() -> Vec<(&'static Format, Vec<&'static str>)> {
    let own = ALL.iter().filter(|format| format.look.is_some()).map(|format| (*format, format.samples.to_vec()));
    own.chain(TYPICAL.iter().map(|(id, lines)| (format_of(id), lines.to_vec()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_damaged_line_says_at_a_glance_what_it_says_when_read(
        log in proptest::sample::select(logs()),
        damage in proptest::collection::vec((0usize..8, changes()), 1..6),
    ) {
        let (format, lines) = log;
        let mut state = State::default();
        for line in &lines {
            (format.read_line)(line, &mut state);
        }
        let records: Vec<&str> = lines.iter().copied().filter(|line| !line.starts_with('#')).collect();
        for (index, changes) in &damage {
            let line = changed(records[index % records.len()], changes);
            check(format, &line, &mut state);
            (format.read_line)(&line, &mut state);
            check(format, &line, &mut state);
        }
    }
}
