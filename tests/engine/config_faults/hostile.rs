//! Hostile and broken files: bounded work, bounded memory, and an answer like any other.

use super::table::section;
use super::{config, first, predicted, read};
use advisor_engine::readers::machine_config::Config;

/// Text that a hostile or a broken file is made of, over and over.
const UNITS: [&str; 22] = [
    "<a>",
    "</a>",
    "<",
    "<proxy ",
    "<proxy x=\"“",
    "<defaultProxy>\n",
    "<defaultProxy><proxy/></defaultProxy>",
    "<system.net><defaultProxy proxyaddress=\"\"/></system.net>",
    "<configSections/>",
    "<location path=\"a\"><system.net><defaultProxy/></system.net></location>",
    "<bypasslist><add address=\"*\"/><remove address=\"*\"/></bypasslist>",
    "<add address=\"(((((\"/>",
    "<b xmlns:c=\"d\" c:e=\"f\"/>",
    "a=\"b\" ",
    "<!--",
    "<!-- <defaultProxy> -->\n",
    "<![CDATA[",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&a;",
    "&lt;proxy a=&quot;",
    "> <add\n",
    "x\n\n",
];

/// How much a reading holds: everything that is kept, as text.
fn size(config: &Config) -> usize {
    format!("{config:?}").len()
}

#[test]
fn what_is_kept_of_a_hostile_file_grows_with_the_file_and_no_faster() {
    for unit in UNITS {
        for (before, after) in
            [("", ""), ("<configuration>", "</configuration>"), ("<configuration><system.net><defaultProxy>", "")]
        {
            let of = |length: usize| {
                let text = format!("{before}{}{after}", unit.repeat(length / unit.len()));
                let report = read("machine.config", text.as_bytes());
                report.facts.configs.iter().map(|(_, config)| size(config)).sum::<usize>()
            };
            let (small, large) = (of(20_000), of(160_000));
            assert!(large <= 8 * small + 100_000, "{before}{unit}: {small} bytes grow to {large}");
        }
    }
}

#[test]
fn depth_entities_and_length_are_answered_like_any_other_fault() {
    let deep = format!("<configuration>{}", "<system.net>".repeat(300_000));
    let report = read("machine.config", deep.as_bytes());
    assert_eq!(first(&report).map(|diagnosis| diagnosis.rule.id), Some("config-not-well-formed"));

    let mut bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE configuration [\n<!ENTITY a0 \"ha\">\n".to_owned();
    for level in 1..60 {
        bomb += &["<!ENTITY a", &level.to_string(), " \"", &format!("&a{};", level - 1).repeat(10), "\">\n"].concat();
    }
    bomb += "]>\n<configuration>\n<system.net>\n&a59;\n</system.net>\n</configuration>\n";
    let report = read("machine.config", bomb.as_bytes());
    assert_eq!(first(&report).map(|diagnosis| diagnosis.rule.id), Some("config-not-well-formed"));
    assert!(size(config(&report)) < 20_000);

    let long = "a".repeat(10_000_000);
    for text in [
        section(&format!("<proxy proxyaddress=\"http://{long}:8080\" />")),
        section(&format!("<proxy proxyaddress=\"{long}:8080\" />")),
        section(&format!("<proxy {long}=\"true\" />")),
        section(&format!("<proxy bypassonlocal=\"{long}\" />")),
        section(&format!(
            "<proxy proxyaddress=\"http://p:8080\" /><bypasslist><add address=\"{long}\" /></bypasslist>"
        )),
        section(&format!("<proxy {} />", "a=\"b\" ".repeat(1_000_000))),
        section(&format!("<proxy {} />", (0..400_000).map(|n| format!("a{n}=\"b\"")).collect::<Vec<_>>().join(" "))),
    ] {
        let report = read("machine.config", text.as_bytes());
        let sentences = report.diagnoses.iter().map(|diagnosis| diagnosis.finding.primary.note.len()).sum::<usize>();
        assert!(!report.diagnoses.is_empty() && sentences < 30_000, "{sentences} bytes of sentences");
    }
    // An address of this length is refused for its length.
    let report = read(
        "machine.config",
        section(&format!("<proxy proxyaddress=\"http://{}:8080\" />", "a".repeat(70_000))).as_bytes(),
    );
    let expected = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The Uri string is too long. (machine.config line 5)";
    assert_eq!(predicted(&config(&report).prediction), ("section", expected.to_owned()));
}
