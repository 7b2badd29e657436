//! Situations of the text reader, with a small shelf of their own.
use super::*;
use crate::errors::Layer;
use crate::errors::number::Number;
use crate::report::Context;
use crate::source::Source;
use proptest::prelude::*;
use std::sync::LazyLock;

const fn entry(id: &'static str, patterns: &'static [&'static str], codes: &'static [&'static str]) -> ErrorEntry {
    ErrorEntry { id, layer: Layer::Http, patterns, codes, ..ErrorEntry::BLANK }
}

const fn numbered(id: &'static str, patterns: &'static [&'static str], numbers: &'static [Number]) -> ErrorEntry {
    ErrorEntry { numbers, ..entry(id, patterns, &[]) }
}

const SHELF: &[ErrorEntry] = &[
    entry("wizard-unable-to-validate", &["Unable to validate credentials"], &[]),
    entry("wizard-configure-task-failed", &["An error occurred executing Configure AAD Sync task"], &[]),
    entry("dotnet-error-sending-request", &["An error occurred while sending the request"], &[]),
    entry(
        "dotnet-unable-to-connect",
        &["Unable to connect to the remote server", "无法连接到远程服务器", "リモート サーバーに接続できません"],
        &[],
    ),
    entry(
        "dotnet-name-unresolved",
        &["The remote name could not be resolved: '{host}'", "未能解析此远程名称: '{host}'"],
        &[],
    ),
    entry("dotnet-proxy-name-unresolved", &["The proxy name could not be resolved: '{host}'"], &[]),
    entry("http-407", &["(407) Proxy Authentication Required", "CONNECT tunnel failed, response 407"], &[]),
    entry("http-403", &["(403) Forbidden"], &[]),
    numbered("socket-timed-out", &["did not properly respond after a period of time"], &[Number::System(10060)]),
    numbered("socket-refused", &["because the target machine actively refused it"], &[Number::System(10061)]),
    entry("tls-trust-failure", &["Could not establish trust relationship for the SSL/TLS secure channel"], &[]),
    entry("config-xml-unexpected-token", &["'{token}' is an unexpected token. The expected token is"], &[]),
    entry(
        "config-value-cannot-be-parsed",
        &[
            "1.2.3.4 ",
            "Application Version: 1 ",
            "The value of the property '{property}' cannot be parsed. The error is: {reason}",
        ],
        &[],
    ),
    entry("realm-discovery", &["User realm discovery failed"], &["user_realm_discovery_failed"]),
    numbered(
        "aadsts-50126",
        &["Error validating credentials due to invalid username or password"],
        &[Number::SignIn(50126)],
    ),
    numbered("aadsts-50053", &[], &[Number::SignIn(50053)]),
    entry("aadsts-other", &[], &[]),
    numbered("winhttp-name", &[], &[Number::System(12007)]),
];

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(SHELF.iter()));

fn read_text(text: &str) -> Text {
    let source = Source::decode("a", text.as_bytes());
    read_with(&Part::whole(&source), Kind::ErrorText, &SCANNER)
}

fn ids(text: &str) -> Vec<&'static str> {
    read_text(text).errors.iter().map(|hit| hit.entry.id).collect()
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = format!("{}/../shared/{name}", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads its specimen")]
    std::fs::read(path).ok()
}

#[test]
fn an_error_is_found_however_a_mail_a_console_or_an_editor_broke_it() {
    for text in [
        "UNABLE TO CONNECT to the remote server",
        "> Unable to connect\n> to the remote server",
        "Unable to connect to the rem\note server",
        "Exception calling something with very many words before it so that it is wide: Unable to connect to the remote ser\nver",
        "无法连接到\n远程服务器",
        "リモート サーバーに接続\r\nできません",
        "リモートサーバーに接続できません",
    ] {
        assert_eq!(ids(text), ["dotnet-unable-to-connect"], "{text}");
    }
    assert_eq!(ids("they were un able to connect to the remote server"), Vec::<&str>::new());
}

#[test]
fn a_narrow_console_may_cut_a_number() {
    let text = "PS C:\\> Invoke-WebRequest -Uri https://a.example\nService : it returned an unexpected answer of (4\n07) Proxy Authentication Required\n";
    let found = read_text(text);
    let hit = found.errors.first().unwrap();
    assert_eq!(text.get(hit.span.start..hit.span.end), Some("(4\n07) Proxy Authentication Required"));
}

#[test]
fn the_evidence_is_exactly_the_words_of_the_user() {
    let text = "Fehler:\u{a0}“The remote name could not be\r\n> resolved: ‘login.microsoftonline.com’” (Zeile 3)";
    let found = read_text(text);
    let hit = found.errors.first().unwrap();
    assert_eq!(
        text.get(hit.span.start..hit.span.end),
        Some("The remote name could not be\r\n> resolved: ‘login.microsoftonline.com")
    );
    assert_eq!(hit.capture("host"), Some("login.microsoftonline.com"));
    assert!(found.hosts.is_empty(), "the host of an error is no other mention");
}

/// What mails, narrow windows, tables and people do to a sentence.
fn disguises(text: &str) -> Vec<String> {
    let mut wrapped = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        if width > 0 && width + word.len() > 40 {
            wrapped.push('\n');
            width = 0;
        } else if width > 0 {
            wrapped.push(' ');
        }
        wrapped.push_str(word);
        width += word.len() + 1;
    }
    let curly = text.replace('\'', "\u{2019}").replace('"', "\u{201d}");
    let invisible: String = text.chars().flat_map(|c| [c, '\u{200b}']).collect();
    let full_width =
        |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
    vec![
        wrapped.clone(),
        wrapped.replace('\n', "\r\n> "),
        wrapped.replace('\n', "\n> > "),
        text.to_uppercase(),
        curly,
        format!("| 3 | {text} | open |"),
        text.replace(' ', "  "),
        text.replace(' ', "\u{a0}"),
        text.replace(" - ", " \u{2013} "),
        invisible,
        text.chars().map(full_width).collect(),
    ]
}

#[test]
fn every_error_of_the_shelf_is_found_wrapped_upper_cased_quoted_and_in_a_table() {
    let ids = |text: &str| -> Vec<&str> {
        let source = Source::decode("a", text.as_bytes());
        let found = read_with(&Part::whole(&source), Kind::ErrorText, &scan::SHELF);
        found.errors.iter().map(|hit| hit.entry.id).collect()
    };
    let mut missed = Vec::new();
    for entry in crate::errors::all().filter(|entry| !entry.example.contains('\n')) {
        for text in disguises(entry.example).into_iter().filter(|text| !ids(text).contains(&entry.id)) {
            missed.push((entry.id, text));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_name_is_captured_with_any_quotes_and_without() {
    for text in [
        "The remote name could not be resolved: 'a.b.example'",
        "The remote name could not be resolved: \"a.b.example\"",
        "The remote name could not be resolved: a.b.example.",
        "未能解析此远程名称: “a.b.example”",
        "未能解析此远程名称：a.b.example，请检查",
    ] {
        assert_eq!(read_text(text).errors.first().and_then(|hit| hit.capture("host")), Some("a.b.example"), "{text}");
    }
}

#[test]
fn the_reason_of_a_value_that_cannot_be_parsed_is_kept_whole() {
    let found = read_text(
        "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: Invalid port specified. (C:\\Windows\\x\\machine.config line 9)",
    );
    let hit = found.errors.first().unwrap();
    assert_eq!(hit.capture("property"), Some("proxyaddress"));
    assert_eq!(hit.capture("reason"), Some("Invalid URI: Invalid port specified."));
}

#[test]
fn the_token_that_the_parser_did_not_expect_is_named() {
    let found = read_text(
        "PowerShell says:\n\n'“' is an unexpected token. The expected token is '\"' or '''. Line 214, position 27.",
    );
    assert_eq!(found.errors.first().map(|hit| hit.entry.id), Some("config-xml-unexpected-token"));
}

#[test]
fn the_address_behind_a_socket_message_says_who_did_not_answer() {
    let text = "System.Net.WebException: Unable to connect to the remote server ---> System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it 10.1.2.3:8080";
    let found = read_text(text);
    let [outer, inner] = found.errors.as_slice() else { panic!("two links of the chain: {:?}", ids(text)) };
    assert_eq!(outer.capture("address"), None);
    assert_eq!((inner.capture("address"), inner.capture("port")), (Some("10.1.2.3"), Some("8080")));
    let long = "did not properly respond after a period of time, or established connection failed because connected host has failed to respond 20.190.144.\n147:443";
    assert_eq!(read_text(long).errors.first().and_then(|hit| hit.capture("port")), Some("443"));
}

#[test]
fn codes_are_whole_words_and_numbers_of_other_things_are_no_codes() {
    assert_eq!(ids("failed with 0x80072EE7"), ["winhttp-name"]);
    assert_eq!(ids("failed with 80072ee7."), ["winhttp-name"]);
    assert_eq!(ids("status -2147012889"), ["winhttp-name"]);
    assert_eq!(ids("SocketErrorCode 10060"), ["socket-timed-out"]);
    for text in [
        "Correlation ID: 80072ee7-1111-2222-3333-444455556666",
        "10.0.0.1:10060",
        "1.10060.2",
        "x10060",
        "100601",
        "0x80072ee7f",
        "user_realm_discovery_failed_twice",
    ] {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(ids("https://learn.microsoft.com/x#user-realm-discovery-failed"), ["realm-discovery"]);
}

#[test]
fn a_sign_in_number_is_found_in_every_spelling_and_never_lost() {
    for text in ["AADSTS50053: locked", "aadsts50053", "AADSTS 50053", "错误AADSTS50053"] {
        assert_eq!(ids(text), ["aadsts-50053"], "{text}");
    }
    for text in
        ["fails with AADSTS50\n053: locked", "fails with AADSTS5005\n3: locked", "AADSTS50053\n2026-11-03 08:00"]
    {
        assert_eq!(ids(text), ["aadsts-50053"], "{text}");
    }
    let found = read_text("AADSTS999123: something new");
    assert_eq!(found.errors.first().and_then(|hit| hit.capture("code")), Some("AADSTS999123"));
    let text = "AADSTS50126: Error validating credentials due to invalid username or password. Trace ID: 1";
    assert_eq!(ids(text), ["aadsts-50126"], "code and sentence of one error are one hit");
}

#[test]
fn the_same_error_twice_is_two_reports_and_thousands_of_them_are_not_all_kept() {
    assert_eq!(ids("Unable to connect to the remote server. Unable to connect to the remote server.").len(), 2);
    let many = "Unable to connect to the remote server\n".repeat(5000);
    assert!((100..1000).contains(&ids(&many).len()));
}

#[test]
fn a_chain_keeps_its_order_and_the_configure_page_its_account() {
    let text = "An error occurred executing Configure AAD Sync task: An error occurred while sending the request. ---> The remote server returned an error: (407) Proxy Authentication Required.";
    let found = read_text(text);
    assert_eq!(ids(text), ["wizard-configure-task-failed", "dotnet-error-sending-request", "http-407"]);
    assert!(found.errors.iter().all(|hit| hit.context == Context::SyncServiceAccount));
}

#[test]
fn an_article_explains_errors_and_a_report_reports_them() {
    let specimens: &[(&str, bool)] = &[
        ("cases/knowledge-base-article-pasted/kb0010442.txt", true),
        ("seed/000_d46f8e164e4a24a2.txt", true),
        ("samples/article-localised-et.md", true),
        ("cases/de-policy-blocks-sync-token/ereignisse.txt", false),
        ("cases/fr-role-eligible-not-active/courriel.txt", false),
        ("cases/ja-wrapper-text-only/問い合わせ.txt", false),
        ("cases/nslookup-shows-alias-names/dns check.txt", false),
        ("cases/personal-account-typed/helpdesk.txt", false),
        ("cases/proxy-host-name-mistyped/inc.txt", false),
        ("cases/proxy-offers-basic-only-gov/curl.txt", false),
        ("cases/proxy-only-in-miiserver-exe-config-cn/test.txt", false),
        ("cases/service-logon-failed-after-rotation/session.txt", false),
        ("cases/smart-quotes-pasted-in-a-mail/RE_ nothing works any more.eml.txt", false),
        ("cases/sql-instance-not-found/error.txt", false),
        ("cases/wrong-password-in-the-trace/trace-20260601-101508.log", false),
        ("cases/zh-unverified-suffix/说明.txt", false),
    ];
    for (name, expected) in specimens {
        let Some(bytes) = shared(name) else { continue };
        let source = Source::decode(name, &bytes);
        let text = read_with(&Part::whole(&source), Kind::ErrorText, &SCANNER);
        assert_eq!(text.documentation.is_some(), *expected, "{name}");
    }
}

fn is_documentation(text: &str) -> bool {
    read_text(text).documentation.is_some()
}

#[test]
fn a_german_run_book_and_a_chinese_page_explain_errors() {
    let german = "Betriebshandbuch Verzeichnisdienste, Kapitel 7: Entra Connect hinter dem Proxy\n\n\
        Dieses Dokument richtet sich an die Rufbereitschaft. Es beschreibt die häufigsten Meldungen.\n\n\
        Wenn ein Benutzer \"Unable to connect to the remote server\" meldet, wurde in der Regel kein Proxy verwendet.\n\
        Steht dort \"(407) Proxy Authentication Required\", bedeutet das, dass der Proxy eine Anmeldung verlangt.\n\
        Wenn Sie \"(403) Forbidden\" sehen, ist die Adresse nicht freigegeben; stellen Sie sicher, dass alle Adressen\n\
        der Liste offen sind. Codes wie AADSTS50126 bedeuten, dass das Netz in Ordnung ist.\n\n\
        Ansprechpartner sind das Netzteam und das Identitätsteam. Die Liste wird jährlich geprüft.";
    assert!(is_documentation(german));
    let chinese = "Entra Connect 连接问题排查\n\n本文介绍同步服务器如何通过代理访问互联网，以及服务台首先要询问的问题。本文适用于所有新安装的服务器，旧服务器请参考附录。\n\n\
        如果用户看到“无法连接到远程服务器”，通常表示请求没有经过代理，请检查 machine.config 是否已经配置，并重新启动一次同步服务。\n\
        如果出现“(407) Proxy Authentication Required”，表示代理服务器要求身份验证，请确保服务帐户可以通过代理服务器的身份验证。\n\
        如果出现“(403) Forbidden”，表示该地址没有在代理上开放，请联系网络团队，并确认最小列表中的所有地址都已开放。\n\
        以 AADSTS 开头的代码，例如 AADSTS50126，由登录服务返回，说明网络是正常的，请把问题转给身份团队处理。\n\n\
        一般建议：代理服务器的空闲超时应当大于五分钟，否则导出大型组时可能会出现间歇性的连接问题。吊销列表的地址使用八十端口，也必须开放，否则证书的检查会变慢或者失败。\n\
        日志位置：向导的跟踪日志保存在程序数据目录下，文件名以 trace 开头。排查时请先查看默认代理的打印结果，再查看第一个失败的调用。负责人：目录服务组。每年复审一次，最近一次复审在一月份完成，下次复审由网络团队和身份团队共同安排。";
    assert!(is_documentation(chinese));
}

#[test]
fn a_report_that_quotes_a_page_or_tells_what_was_tried_is_still_a_report() {
    let quoting = "Hello team,\n\nthe wizard stops on the page \"Connect to Microsoft Entra ID\" with Unable to validate credentials. We get this since\n\
        Monday. I read this article from top to bottom: it says that if you see \"Unable to connect to the remote server\", usually no proxy is\n\
        used, and for (407) Proxy Authentication Required one has to make sure that the accounts are domain accounts. Ours are.\n\n\
        What the PowerShell test gives on our server:\n\n\
        PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\n\
        Invoke-WebRequest : The remote server returned an error: (403) Forbidden.\n\
        At line:1 char:1\n    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException\n\n\
        Can you tell us what is missing?\n\nRegards\nAnna";
    assert!(!is_documentation(quoting));
    let long_mail = "Good morning,\n\nsummary of the incident on the synchronization server of our Lyon site. On Monday at 08:10 the operators restarted the proxy. From\n\
        08:20 on the sync failed, first with Unable to connect to the remote server, then with (407) Proxy Authentication Required for the\n\
        service account. At 09:00 the wizard showed An error occurred while sending the request. The network team says that the proxy is fine and\n\
        that usually the client is at fault. If you need logs, tell me which ones, I have them all. The server is a virtual machine with one\n\
        network card; make sure that you look at the second proxy as well, such as it is. We tried a restart of the server without success.\n\n\
        Jean";
    assert!(!is_documentation(long_mail));
}

#[test]
fn a_sentence_typed_by_hand_with_slips_is_still_known() {
    for (text, expected) in [
        (
            "The underlying connect was closed: Cloud not establish trust relationship for the SSL/TLS secure channel.",
            "tls-trust-failure",
        ),
        ("(extenedmessage: an error occorred while sending the request. |", "dotnet-error-sending-request"),
        ("Unable to conect to the remote server", "dotnet-unable-to-connect"),
        ("the remote name coud not be resolved: 'a.b.example'", "dotnet-name-unresolved"),
    ] {
        assert_eq!(ids(text), [expected], "{text}");
    }
    let found = read_text("the remote name coud not be resolved: 'a.b.example'");
    assert_eq!(found.errors.first().and_then(|hit| hit.capture("host")), Some("a.b.example"));
    for text in [
        "An error occurred while receiving the HTTP response",
        "The user name could not be resolved at the desk",
        "I was able to connect to the remote server",
        "We could establish a trust relationship for the secure channel",
    ] {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_text_makes_the_reader_panic_or_point_outside(
        words in prop::collection::vec(
            prop_oneof![
                Just("Unable to connect to the remote server".to_owned()), Just("AADSTS".to_owned()), Just("50126".to_owned()),
                Just("The remote name could not be resolved: '".to_owned()), Just("' is an unexpected token. The expected token is".to_owned()),
                Just("actively refused it ".to_owned()), Just("10.1.2.3:8080".to_owned()), Just("[::1]:443".to_owned()), Just("\r\n> ".to_owned()),
                Just("PS C:\\> Invoke-WebRequest https://a.example".to_owned()), Just("[10:15:08.310] [  1] [INFO ] Default Proxy [".to_owned()),
                Just("Server:  a\nAddress: 1\n*** x can't find ".to_owned()), Just("ProxyServer    REG_SZ    ".to_owned()), Just("#invalid-grant".to_owned()),
                Just("Current WinHTTP proxy settings:\n".to_owned()), Just("a: b".to_owned()), Just("return \"PROXY a:1; DIRECT\"".to_owned()),
                "\\PC{0,6}", "[ \t\n'\"{}:|#.\u{4e2d}\u{130}\u{200b}\u{ff1a}]{0,4}",
            ],
            0..24,
        )
    ) {
        let given = words.concat();
        let source = Source::decode("a", given.as_bytes());
        let part = Part::whole(&source);
        let _ = super::score(&part);
        let text = read_with(&part, Kind::PacScript, &SCANNER);
        let mut spans: Vec<Span> = text.errors.iter().map(|hit| hit.span).collect();
        spans.extend(text.errors.iter().flat_map(|hit| hit.captures.iter().map(|(_, _, span)| *span)));
        spans.extend(text.hosts.iter().map(|item| item.span));
        spans.extend(text.settings.iter().map(|item| item.span));
        spans.extend(text.registry.iter().map(|item| item.span));
        spans.extend(text.http_proof.iter().map(|item| item.span));
        spans.extend(text.services.iter().map(|item| item.span));
        spans.extend(text.help_anchors.iter().map(|(_, span)| *span));
        spans.extend(text.lookups.iter().flat_map(|item| item.names.iter().map(|(_, span)| *span).chain(item.failed)));
        spans.extend(text.version.iter().map(|(_, span)| *span).chain(text.script_error).chain(text.documentation));
        for span in spans {
            prop_assert!(source.text.get(span.start..span.end).is_some(), "{:?} in {:?}", span, source.text);
        }
    }
}
