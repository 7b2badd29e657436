use super::*;
use crate::source::Source;
use proptest::prelude::*;

const LOGIN: (&str, u16) = ("login.microsoftonline.com", 443);
const GRAPH: (&str, u16) = ("graph.microsoft.com", 443);
const CRL: (&str, u16) = ("crl3.digicert.com", 80);
const ANCHOR: (&str, u16) = ("*-anchor.microsoftonline.com", 443);

fn script(text: &str) -> AllowList {
    read(&Part::whole(&Source::decode("proxy.pac", text.as_bytes())))
}

fn body(text: &str) -> AllowList {
    script(&format!("function FindProxyForURL(url, host) {{\n{text}\n}}\n"))
}

fn way(list: &AllowList, (host, port): (&str, u16)) -> String {
    list.script().and_then(|script| script.route(host, port)).unwrap_or("open").to_owned()
}

fn named(list: &AllowList, (host, port): (&str, u16)) -> Option<String> {
    match list.coverage(host, port) {
        Coverage::Covered(entry) | Coverage::DeniedFirst(entry) => {
            list.entries.get(entry).map(|entry| entry.text.clone())
        }
        _ => None,
    }
}

#[test]
fn the_usual_functions_decide_as_windows_and_browsers_do() {
    let list = body(
        "  if (isPlainHostName(host) || dnsDomainIs(host, \".corp.example\")) return \"DIRECT\";\n\
           if (dnsDomainIs(host, \".microsoftonline.com\")) return \"PROXY p1:8080\";\n\
           if (shExpMatch(url, \"http://*.digicert.com/*\")) return 'PROXY p2:8080; DIRECT';\n\
           if (host == \"graph.microsoft.com\" || localHostOrDomainIs(host, \"login.windows.net\")) { return \"DIRECT\"; }\n\
           return \"PROXY p3:8080\";",
    );
    assert_eq!(way(&list, LOGIN), "PROXY p1:8080");
    assert_eq!(named(&list, LOGIN).as_deref(), Some(".microsoftonline.com"));
    assert_eq!(way(&list, ANCHOR), "PROXY p1:8080");
    assert_eq!(way(&list, CRL), "PROXY p2:8080; DIRECT");
    assert_eq!(way(&list, GRAPH), "DIRECT");
    assert_eq!(way(&list, ("login.windows.net", 443)), "DIRECT");
    assert_eq!(way(&list, ("mscrl.microsoft.com", 80)), "PROXY p3:8080");
    assert!(matches!(list.coverage("mscrl.microsoft.com", 80), Coverage::OtherWay(_)));
}

#[test]
fn a_leading_dot_in_dns_domain_is_leaves_out_the_name_itself() {
    let list = body("if (dnsDomainIs(host, \".crl3.digicert.com\")) return \"PROXY p:8080\"; return \"DIRECT\";");
    assert_eq!(way(&list, CRL), "DIRECT");
    let list = body("if (dnsDomainIs(host, \"crl3.digicert.com\")) return \"PROXY p:8080\"; return \"DIRECT\";");
    assert_eq!(way(&list, CRL), "PROXY p:8080");
}

#[test]
fn lists_loops_helpers_and_switches_are_followed() {
    let scripts = [
        "var hosts = ['.microsoftonline.com', '.digicert.com'];\nfunction FindProxyForURL(url, host) {\n  host = host.toLowerCase();\n  \
         for (var i = 0; i < hosts.length; i++) {\n    if (dnsDomainIs(host, hosts[i])) return 'PROXY p:8080';\n  }\n  return 'DIRECT';\n}",
        "function inList(host, list) { for (const entry of list) if (shExpMatch(host, '*' + entry)) return true; return false }\n\
         function FindProxyForURL(url, host) {\n  var proxy = \"PROXY p:8080\"\n  if (inList(host, [\".microsoftonline.com\", \".digicert.com\"]))\n    return proxy\n  return \"DIRECT\"\n}",
        "const list = [/\\.microsoftonline\\.com$/i, /\\.digicert\\.com$/];\nfunction FindProxyForURL(url, host) { return list.some(r => r.test(host)) ? 'PROXY p:8080' : 'DIRECT'; }",
        "function FindProxyForURL(url, host) { switch (true) { case host.endsWith('.microsoftonline.com'): case host.indexOf('.digicert.com') > 0: return 'PROXY p:8080'; default: return 'DIRECT'; } }",
        "var known = { 'login.microsoftonline.com': 1, 'crl3.digicert.com': 1 };\nfunction FindProxyForURL(url, host) { if (host in known || /anchor/.test(host)) { return 'PROXY p:8080'; } else { return 'DIRECT'; } }",
    ];
    for text in scripts {
        let list = script(text);
        assert_eq!(list.remarks, [], "{text}");
        for host in [LOGIN, CRL, ANCHOR] {
            assert_eq!(way(&list, host), "PROXY p:8080", "{host:?}\n{text}");
            assert!(named(&list, host).is_some(), "{host:?}\n{text}");
        }
        assert_eq!(way(&list, GRAPH), "DIRECT", "{text}");
    }
}

#[test]
fn what_only_the_server_knows_stays_open_and_what_does_not_matter_is_decided() {
    let list = body(
        "var ip = dnsResolve(host);\n\
         if (isInNet(ip, \"10.0.0.0\", \"255.0.0.0\") || isInNet(ip, \"127.0.0.0\", \"255.0.0.0\")) return \"DIRECT\";\n\
         if (isInNet(myIpAddress(), \"10.20.0.0\", \"255.255.0.0\")) {\n  if (shExpMatch(host, \"*.microsoftonline.com\")) return \"PROXY site:8080\";\n}\n\
         return \"PROXY main:8080\";",
    );
    // A public host is in no private network, and the site matters for some hosts only.
    assert_eq!(way(&list, GRAPH), "PROXY main:8080");
    assert!(matches!(list.coverage(LOGIN.0, 443), Coverage::Undecidable(Doubt::Script(_))));
    let same = body("if (weekdayRange(\"MON\", \"FRI\")) return \"PROXY p:8080\"; else return \"PROXY p:8080\";");
    assert_eq!(way(&same, LOGIN), "PROXY p:8080");
}

#[test]
fn a_way_to_nowhere_refuses_and_a_program_on_the_server_does_not() {
    let list = body(
        "if (shExpMatch(host, \"*.digicert.com\")) return \"PROXY 127.0.0.1:9\";\n\
         if (shExpMatch(host, \"login.*\")) return \"PROXY 127.0.0.1:3128\";\nreturn \"PROXY 0.0.0.0:80\";",
    );
    assert!(matches!(list.coverage(CRL.0, 80), Coverage::DeniedFirst(_)));
    assert!(list.coverage(LOGIN.0, 443).is_covered());
    assert!(matches!(list.coverage(GRAPH.0, 443), Coverage::Refused(_)));
}

#[test]
fn a_script_without_conditions_about_entra_sends_everything_one_way() {
    let list = body("if (dnsDomainIs(host, \".corp.example\")) return \"DIRECT\";\nreturn \"PROXY proxy:8080\";");
    for (host, port) in [LOGIN, CRL, GRAPH] {
        assert!(matches!(list.coverage(host, port), Coverage::LetThrough(_)), "{host}");
    }
}

#[test]
fn an_error_in_a_script_is_shown_at_its_line() {
    let broken = [
        (
            "function FindProxyForURL(url, host) {\n  if (dnsDomainIs(host, \".a.example\") return \"DIRECT\";\n}",
            "return",
            "Expected \")\", but found \"return\"",
        ),
        ("function FindProxyForURL(url, host) {\n  return \"DIRECT;\n}", "\"DIRECT;", "does not end on its line"),
        ("function FindProxyForURL(url, host) {\n  if (true) {\n  return \"DIRECT\";\n}", "{\n", "never closed"),
        ("function FindProxyForURL(url, host) {\n  return “DIRECT”;\n}", "“DIRECT”;", "typographic quote"),
    ];
    for (text, at, what) in broken {
        let list = script(text);
        let remark = list.remarks.first().expect("an error is shown");
        assert!(remark.what.contains(what), "{}\n{text}", remark.what);
        assert!(text.get(remark.span.start..).is_some_and(|rest| rest.starts_with(at.trim_end())), "{text}");
        assert!(list.coverage(LOGIN.0, 443).is_open());
    }
}

#[test]
fn a_script_without_an_end_stays_open() {
    for text in [
        "function FindProxyForURL(url, host) { while (true) { } return 'DIRECT'; }",
        "function f(x) { return f(x); }\nfunction FindProxyForURL(url, host) { return f(host); }",
        "function other() { return 1; }\n// FindProxyForURL",
    ] {
        let list = script(text);
        assert!(list.coverage(LOGIN.0, 443).is_open(), "{text}");
        assert_eq!(list.remarks.len(), 1, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_script_breaks_reading(words in proptest::collection::vec(prop_oneof![
        Just("if ("), Just(")"), Just("{"), Just("}"), Just("return "), Just("\"DIRECT\""), Just(";"), Just("host"), Just("=="),
        Just("dnsDomainIs(host, '.digicert.com')"), Just("||"), Just("!"), Just("for (var i = 0; i < 3; i++)"), Just("else "),
        Just("myIpAddress()"), Just("["), Just("]"), Just(","), Just("function f(a) {"), Just("f(1)"), Just("/x/"), Just("?"), Just(":"),
    ], 0..14)) {
        let list = body(&words.concat());
        let _ = list.coverage(LOGIN.0, 443);
    }

    #[test]
    fn a_star_in_a_script_stands_for_any_characters(pattern in "[ab*?]{0,6}", text in "[ab]{0,6}") {
        // The slow way: by what the first letter of the pattern may take.
        fn slowly(pattern: &[u8], text: &[u8]) -> bool {
            match pattern.split_first() {
                None => text.is_empty(),
                Some((b'*', rest)) => (0..=text.len()).any(|taken| slowly(rest, &text[taken..])),
                Some((b'?', rest)) => !text.is_empty() && slowly(rest, &text[1..]),
                Some((letter, rest)) => text.first() == Some(letter) && slowly(rest, &text[1..]),
            }
        }
        let list = body(&format!("return shExpMatch('{text}', '{pattern}') ? 'PROXY a:1' : 'DIRECT';"));
        let expected = if slowly(pattern.as_bytes(), text.as_bytes()) { "PROXY a:1" } else { "DIRECT" };
        prop_assert_eq!(way(&list, LOGIN), expected);
    }
}

#[test]
fn a_script_that_grows_without_end_is_given_up_in_bounded_time_and_memory() {
    for loops in [
        "var s = \"xxxxxxxx\"; while (true) { s += s; } return \"DIRECT\";",
        "var s = \"xxxxxxxx\"; while (true) { s = s.concat(s); } return \"DIRECT\";",
        "var a = [1]; while (true) { a = a.concat(a); } return \"DIRECT\";",
        "var a = []; while (true) { a.push(a); var b = a; } return \"DIRECT\";",
        "var s = \"x\"; for (;;) { s = s.replace(\"x\", \"xx\"); } return \"DIRECT\";",
    ] {
        let list = body(loops);
        assert!(list.script().is_some_and(|script| !script.is_sound()), "{loops}");
    }
    // Only for some hosts: these stay open, and the others are decided.
    let list =
        body("if (dnsDomainIs(host, \".digicert.com\")) { while (true) { host += host; } }\nreturn \"PROXY p1:8080\";");
    assert_eq!(way(&list, LOGIN), "PROXY p1:8080");
    assert_eq!(way(&list, CRL), "open");
}

#[test]
fn a_script_of_thousands_of_rules_is_followed_to_its_end() {
    let rules: Vec<String> = (0..5000)
        .map(|number| format!("if (shExpMatch(host, \"*.site{number}.example\")) return \"DIRECT\";\n"))
        .collect();
    let names: Vec<String> = (0..5000).map(|number| format!("names.push(\"host{number}.example\");\n")).collect();
    let list = body(&format!("{}return \"PROXY p1:8080\";", rules.concat()));
    assert_eq!(way(&list, LOGIN), "PROXY p1:8080");
    let list = body(&format!(
        "var names = [];\n{}if (names.indexOf(host) >= 0) return \"DIRECT\";\nreturn \"PROXY p1:8080\";",
        names.concat()
    ));
    assert_eq!(way(&list, LOGIN), "PROXY p1:8080");
}
