use super::*;
use crate::source::Source;
use proptest::prelude::*;
mod anatomy;
mod glance;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");

fn source(path: &str) -> Option<Source> {
    #[expect(clippy::disallowed_methods, reason = "tests read specimens that the project does not carry")]
    let bytes = std::fs::read(format!("{SHARED}/{path}")).ok()?;
    Some(Source::decode(path, &bytes))
}

fn files(folder: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(format!("{SHARED}/{folder}")) else {
        return Vec::new();
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy())).collect();
    names.sort();
    names
}

#[test]
fn every_file_with_a_format_is_on_the_list() {
    let mut in_folder = 0;
    for entry in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/engine/formats")).expect("the folder").flatten()
    {
        #[expect(clippy::disallowed_methods, reason = "the test compares the list with the folder")]
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        in_folder += text.lines().filter(|line| line.starts_with("pub const FORMAT")).count();
    }
    assert_eq!(in_folder, ALL.len());
    let mut ids: Vec<&str> = ALL.iter().map(|format| format.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ALL.len());
    assert!(ALL.iter().all(|format| !format.source.is_empty() && !format.date.is_empty() && format.samples.len() >= 2));
}

#[test]
fn every_format_wins_its_own_samples() {
    for format in ALL {
        let text = format.samples.join("\r\n");
        let source = Source::decode("x", text.as_bytes());
        let found = score(&Part::whole(&source)).expect(format.id);
        assert_eq!(found.format.id, format.id, "{text}");
        assert_eq!(found.lines, format.samples.len(), "{}", format.id);
    }
}

#[test]
fn every_sample_is_a_header_or_a_record_with_a_known_host() {
    for format in ALL {
        let mut state = State::default();
        for sample in format.samples {
            match (format.read_line)(sample, &mut state) {
                Line::Record(record) => {
                    assert!(!record.host.is_empty() || !record.address.is_empty(), "{sample}");
                    assert_eq!(record.outcome == Outcome::Seen, !format.has_outcomes, "{sample}");
                }
                Line::Nothing | Line::Wrapped(_) => {}
                Line::Unreadable(what) => panic!("{}: {what}: {sample}", format.id),
            }
        }
    }
}

#[test]
fn a_log_line_inside_a_mail_is_recognised_alone() {
    for (line, format) in [
        (
            "1790000000.101   3387 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.7 -",
            "squid-native",
        ),
        ("> 1/11/2016 8:31 | connect://login.microsoftonline.com:443 |", "article-table"),
        (
            "10.9.0.14 - - [14/Mar/2026:09:26:53 +0100] \"CONNECT login.microsoftonline.com:443 HTTP/1.1\" 407 -",
            "common-log",
        ),
        ("2026-03-14 09:26:53 10.9.0.14 CONNECT login.microsoftonline.com:443 403", "generic-line"),
        ("date=2026-05-07 time=09:37:12 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action=deny", "key-value"),
    ] {
        assert_eq!(recognise_line(line).map(|(format, _)| format.id), Some(format), "{line}");
    }
}

#[test]
fn prose_console_output_and_traces_are_no_log() {
    for line in [
        "The proxy returned (403) Forbidden for https://adminwebservice.microsoftonline.com, please open it.",
        "Please allow login.microsoftonline.com:443 and graph.microsoft.com:443 on the firewall.",
        "[10:16:41.233] [ 22] [INFO ] Authenticate-MSAL [Acquiring token]: STS endpoint (HTTPS://LOGIN.MICROSOFTONLINE.COM/X), scope (https://graph.windows.net/user), 200",
        "Invoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.",
        "PS C:\\> Test-NetConnection login.microsoftonline.com -Port 443",
        "PS C:\\> curl.exe -x http://10.1.1.1:8080 https://login.microsoftonline.com 407",
        "* CONNECT tunnel failed, response 407",
        "> CONNECT adminwebservice.microsoftonline.com:443 HTTP/1.1",
        "< HTTP/1.1 407 Proxy Authentication Required",
        "<proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.example:8080\" bypassonlocal=\"true\" scriptLocation=\"x\"/>",
        "RemoteAddress    : 20.190.159.2",
        "Set-Cookie: a=b; path=/; domain=.login.microsoftonline.com; secure; expires=1",
        "Name: www.tm.f.prd.aadg.trafficmanager.net",
        "Server=sql.contoso.example;User Id=svc;Action=Open;Timeout=30",
        "Date and time: 14.03.2026 09:26, host srv1.contoso.example was restarted",
        "2026-03-14 09:26:53 the server srv1.contoso.example was blocked by the firewall",
        "Connect from the sync server to login.microsoftonline.com fails",
        "We asked the firewall: [ticket 12] nothing is blocked for graph.microsoft.com",
        "1. Open a request from networking to login.microsoftonline.com. Action: none so far",
    ] {
        assert_eq!(recognise_line(line).map(|(format, value)| (format.id, value)), None, "{line}");
    }
}

#[test]
fn specimens_of_errors_traces_and_configurations_hold_no_log_line() {
    for path in files("samples") {
        let is_text = ["entra-", "config-", "machine-config", "dotnet", "powershell", "localized", "curl", "tmg-error"];
        let name = path.trim_start_matches("samples/");
        if !is_text.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let Some(source) = source(&path) else {
            continue;
        };
        for (_, line) in Part::whole(&source).lines() {
            assert_eq!(recognise_line(line).map(|(format, _)| format.id), None, "{path}: {line}");
        }
    }
}

#[test]
fn logs_of_web_servers_name_no_destination() {
    for (file, format) in [
        ("w3c-iis-1.log", "w3c-extended"),
        ("w3c-iis-2.log", "w3c-extended"),
        ("w3c-iis-4.log", "w3c-extended"),
        ("w3c-iis-5.log", "w3c-extended"),
        ("apache-combined-1.log", "common-log"),
        ("apache-combined-2.log", "common-log"),
    ] {
        let Some(source) = source(&format!("samples/{file}")) else {
            continue;
        };
        let part = Part::whole(&source);
        let found = score(&part).expect(file);
        assert_eq!((found.format.id, found.lines), (format, found.of), "{file}");
        let mut state = State::default();
        for (_, line) in part.lines().filter(|(_, line)| !line.trim().is_empty()) {
            if let Line::Record(record) = (found.format.read_line)(line, &mut state) {
                assert!(record.host.is_empty() && record.time.is_some(), "{file}: {line}");
            }
        }
    }
}

#[test]
fn the_rows_of_the_article_are_recognised_wherever_they_stand() {
    for path in ["samples/article-localised-et.md", "seed/000_d46f8e164e4a24a2.txt"] {
        let Some(source) = source(path) else { continue };
        let rows: Vec<&str> =
            Part::whole(&source).lines().map(|(_, line)| line).filter(|line| recognise_line(line).is_some()).collect();
        assert_eq!(rows.len(), 21, "{path}");
        assert!(
            rows.iter().all(|line| { recognise_line(line).is_some_and(|(format, _)| format.id == "article-table") })
        );
    }
}

#[test]
fn tls_inspection_shows_itself_and_a_tunnel_does_not() {
    for (line, inspected) in [
        (
            "1790000000.101 33 10.8.0.14 TCP_MISS/200 191 POST https://login.microsoftonline.com/common/oauth2/token svc HIER_DIRECT/192.0.2.7 -",
            true,
        ),
        (
            "1790000000.101 33 10.8.0.14 NONE/200 0 CONNECT login.microsoftonline.com:443 svc HIER_DIRECT/192.0.2.7 -",
            false,
        ),
        (
            "date=2026-05-07 time=09:00:00 srcip=10.8.0.14 dstport=443 action=passthrough hostname=login.microsoftonline.com url=\"https://login.microsoftonline.com/\"",
            false,
        ),
        (
            "user_id=1 source_ip=10.8.0.14 http_action=CERTVERIFY requested_host=login.microsoftonline.com result=OBSERVED http_status_code=200 ssl_scanned=t",
            true,
        ),
        (
            "CEF:0|M|P|1|9|permitted|1| act=Accept src=10.8.0.14 dhost=login.microsoftonline.com dpt=443 https_inspection_action=Bypass request=https://login.microsoftonline.com/common/x requestMethod=GET",
            false,
        ),
    ] {
        let (format, _) = recognise_line(line).expect(line);
        let Line::Record(record) = (format.read_line)(line, &mut State::default()) else { panic!("{line}") };
        assert_eq!(record.inspected, inspected, "{line}");
    }
}

#[test]
fn web_gateways_with_columns_of_their_own() {
    let header =
        "#Fields: c-ip\tcs-username\tdate\ttime\tr-host\tr-port\ttime-taken\ts-operation\tcs-uri\tsc-status\taction";
    let row = |status: &str| {
        format!(
            "10.9.0.14\tanonymous\t2026-03-14\t09:26:53\tlogin.windows.net\t443\t15\t-\tlogin.windows.net:443\t{status}\t-"
        )
    };
    for (status, outcome) in [
        ("12209", Outcome::AuthRequired),
        ("12202", Outcome::Denied),
        ("200", Outcome::Reached),
        ("10060", Outcome::TimedOut),
        ("502", Outcome::UpstreamFailed),
    ] {
        let mut state = State::default();
        (w3c_extended::FORMAT.read_line)(header, &mut state);
        let line = row(status);
        let Line::Record(record) = (w3c_extended::FORMAT.read_line)(&line, &mut state) else { panic!("{line}") };
        assert_eq!(
            (record.host.as_ref(), record.port, record.client, record.outcome),
            ("login.windows.net", Some(443), "10.9.0.14", outcome)
        );
        assert_eq!(record.duration_ms, Some(15));
    }
    let text = "#Fields: date time time-taken c-ip cs-username x-exception-id sc-filter-result sc-status s-action cs-method cs-host cs-uri-port\n\
        2026-03-14 09:26:53 3 10.9.0.14 - authentication_failed DENIED 407 TCP_DENIED CONNECT login.windows.net 443\n\
        2026-03-14 09:26:54 4 10.9.0.14 - policy_denied DENIED 403 TCP_DENIED CONNECT login.windows.net 443\n\
        2026-03-14 09:26:55 57358 10.9.0.14 - server_unavailable DENIED 503 TCP_ERR_MISS CONNECT login.windows.net 443\n\
        2026-03-14 09:26:56 40 10.9.0.14 CORP\\svc - OBSERVED 200 TCP_TUNNELED CONNECT login.windows.net 443";
    let mut state = State::default();
    let outcomes: Vec<Outcome> = text
        .lines()
        .filter_map(|line| match (w3c_extended::FORMAT.read_line)(line, &mut state) {
            Line::Record(record) => Some(record.outcome),
            _ => None,
        })
        .collect();
    assert_eq!(outcomes, [Outcome::AuthRequired, Outcome::Denied, Outcome::UpstreamFailed, Outcome::Reached]);
}

#[test]
fn small_proxies_tell_the_end_on_another_line_than_the_call() {
    for (format, text, host, outcome) in [
        (
            "tinyproxy",
            "CONNECT   Jan 31 10:15:30.123 [12]: Request (file descriptor 7): CONNECT graph.microsoft.com:443 HTTP/1.1\n\
             INFO      Jan 31 10:15:30.124 [12]: Refused CONNECT method on port 443",
            "graph.microsoft.com",
            Outcome::Denied,
        ),
        (
            "mitmproxy",
            "10.9.0.14:50124: POST https://login.microsoftonline.com/common/oauth2/token\n                << 200 OK 1.7k",
            "login.microsoftonline.com",
            Outcome::Reached,
        ),
        (
            "proxifier",
            "[10.30 16:49:06] miiserver.exe - adminwebservice.microsoftonline.com:443 open through proxy p.example:8080 HTTPS\n\
             [10.30 16:49:09] miiserver.exe - adminwebservice.microsoftonline.com:443 close, 517 bytes sent, 0 bytes received, lifetime 00:03",
            "adminwebservice.microsoftonline.com",
            Outcome::Reset,
        ),
    ] {
        let source = Source::decode("x", text.as_bytes());
        let found = score(&Part::whole(&source)).expect(format);
        assert_eq!(found.format.id, format, "{text}");
        let mut state = State::default();
        let mut last = Line::Nothing;
        for line in text.lines() {
            last = (found.format.read_line)(line, &mut state);
        }
        let Line::Record(record) = last else { panic!("{text}") };
        assert_eq!((record.host.as_ref(), record.outcome), (host, outcome), "{text}");
    }
}

#[test]
fn a_sentence_inside_json_is_read() {
    let line = r#"{"category":"AzureFirewallApplicationRule","time":"2026-04-16T23:45:04.8Z","properties":{"msg":"HTTPS request from 10.1.0.5:55640 to graph.microsoft.com:443. Action: Deny. No rule matched. Proceeding with default action"}}"#;
    let (format, _) = recognise_line(line).expect("a log line");
    let Line::Record(record) = (format.read_line)(line, &mut State::default()) else { panic!("no record") };
    assert_eq!(
        (record.host.as_ref(), record.port, record.client, record.outcome),
        ("graph.microsoft.com", Some(443), "10.1.0.5", Outcome::Denied)
    );
    assert!(record.time.is_some());
}

#[test]
fn vendor_prefixes_of_cef_keys_are_cut_off() {
    let line = "CEF:0|Fortinet|Fortigate|v6|1|utm:webfilter|4|src=10.8.0.14 dst=192.0.2.7 dpt=443 act=blocked FTNTFGThostname=graph.microsoft.com FTNTFGTcatdesc=Not rated";
    let Line::Record(record) = (cef::FORMAT.read_line)(line, &mut State::default()) else { panic!("no record") };
    assert_eq!(
        (record.host.as_ref(), record.reason, record.outcome),
        ("graph.microsoft.com", "Not rated", Outcome::Denied)
    );
}

fn scraps() -> impl Strategy<Value = String> {
    let words = [
        "CONNECT",
        "TCP_DENIED/407",
        "=",
        "|",
        "\"",
        "CEF:0|",
        "LEEF:2.0|",
        "#Fields:",
        "connect:/",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\t",
        " ",
        "https://",
        "login.microsoftonline.com:443",
        "10.0.0.1",
        "2026-03-14",
        "09:26:53",
        "src",
        "act",
        "\\",
        "é",
        "000",
        "403",
        ":",
        "/",
        "-",
    ];
    proptest::collection::vec(
        prop_oneof![proptest::sample::select(words.to_vec()).prop_map(str::to_owned), "\\PC{0,6}"],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_line_makes_a_reader_panic(lines in proptest::collection::vec(scraps(), 0..6)) {
        let mut state = State::default();
        for line in &lines {
            recognise_with(line, &state);
            for format in ALL {
                (format.recognise)(line, &state);
                (format.read_line)(line, &mut state);
            }
        }
        let source = Source::decode("x", lines.join("\n").as_bytes());
        score(&Part::whole(&source));
    }
}
