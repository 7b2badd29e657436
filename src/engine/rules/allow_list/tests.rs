use super::*;
use crate::artifact::{Artifact, Kind, Part};
use crate::detect::detect;
use crate::facts::{CloudFact, CloudHow};
use crate::readers::Value;
use crate::source::Source;

/// What the engine makes of these artifacts, each taken as one part.
fn facts(inputs: &[(&str, &str)], cloud: Option<Cloud>) -> Facts {
    let how = if cloud.is_some() { CloudHow::Chosen } else { CloudHow::Assumed };
    let cloud = CloudFact { cloud: cloud.unwrap_or(Cloud::Worldwide), how, why: String::new() };
    let mut facts = Facts {
        sources: Vec::new(),
        artifacts: Vec::new(),
        configs: Vec::new(),
        unread: Vec::new(),
        logs: Vec::new(),
        servers: Vec::new(),
        texts: Vec::new(),
        allow_lists: Vec::new(),
        proxy_scripts: Vec::new(),
        cloud,
        features: Vec::new(),
    };
    for (index, (name, text)) in inputs.iter().enumerate() {
        let source = Source::decode(name, text.as_bytes());
        let part = Part { artifact: index, ..Part::whole(&source) };
        let (reader, score) = detect(&part);
        let reading = (reader.read)(&part, &score);
        facts.artifacts.push(Artifact {
            id: format!("a{}", index + 1),
            name: (*name).to_owned(),
            member: None,
            source: index,
            start: 0,
            end: source.text.len(),
            lines: (1, source.text_lines()),
            bytes: source.byte_len,
            kind: score.kind,
            format: score.format,
            score: score.value,
            why: score.why,
            skipped_lines: reading.skipped_lines,
            problems: reading.problems,
        });
        if let Value::AllowList(list) = reading.value {
            facts.allow_lists.push((index, *list));
        }
        facts.sources.push(source);
    }
    facts
}

fn arg(finding: &Finding, name: &str) -> String {
    finding.args.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).expect("the text uses it")
}

fn line_of(facts: &Facts, span: Span) -> usize {
    facts.sources[facts.artifacts[span.artifact].source].position(span.start).line
}

/// Every required host of the public cloud, with both forms of the certificate names.
const COMPLETE: &str = "\
*.microsoftonline.com
login.windows.net
graph.microsoft.com
secure.aadcdn.microsoftonline-p.com
*.msauth.net
*.msftauth.net
mscrl.microsoft.com
*.verisign.com
*.entrust.net
*.digicert.cn
crl3.digicert.com
crl4.digicert.com
ocsp.digicert.com
crl.microsoft.com
oneocsp.microsoft.com
ocsp.msocsp.com
";

#[test]
fn the_example_gives_the_diagnosis_and_the_counter_example_does_not() {
    for rule in RULES {
        assert!((rule.check)(&facts(rule.example, None)).is_some(), "{}", rule.id);
        assert!((rule.check)(&facts(rule.counter_example, None)).is_none(), "{}", rule.id);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the cases beside the project")]
fn a_palo_alto_list_copied_from_the_article_points_at_its_starred_certificate_lines() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cases/palo-alto-edl-copied-wildcards");
    let Ok(text) = std::fs::read_to_string(format!("{folder}/entra-connect-min.edl.txt")) else { return };
    for name in ["entra-connect-min.edl.txt", "paste"] {
        let facts = facts(&[(name, &text)], Some(Cloud::Worldwide));
        assert_eq!((facts.artifacts[0].kind, facts.artifacts[0].format), (Kind::AllowList, "palo-alto-edl"));
        let finding = misses_endpoint(&facts).expect("the apex names are missed");
        assert_eq!(line_of(&facts, finding.primary.span), 13);
        assert_eq!(facts.text_at(finding.primary.span), "*.crl3.digicert.com/");
        assert_eq!(finding.severity, Some(Severity::Warning));
        assert_eq!(finding.confidence, Confidence::Certain);
        let related: Vec<usize> = finding.related.iter().map(|place| line_of(&facts, place.span)).collect();
        for line in [14, 16, 17, 18, 19, 20, 21] {
            assert!(related.contains(&line), "line {line} is shown: {related:?}");
        }
        let add = arg(&finding, "add");
        assert!(add.lines().any(|line| line == "crl3.digicert.com/"), "{add}");
        assert!(!arg(&finding, "missed").contains("login."), "every sign-in host is covered");
    }
}

#[test]
fn a_complete_list_gives_no_finding() {
    assert!(misses_endpoint(&facts(&[("list.txt", COMPLETE)], None)).is_none());
}

#[test]
fn a_list_without_the_older_sign_in_host_stops_the_initial_sync() {
    let text = COMPLETE.replace("login.windows.net\n", "");
    let facts = facts(&[("list.txt", &text)], None);
    let finding = misses_endpoint(&facts).expect("login.windows.net is missed");
    assert_eq!(finding.severity, Some(Severity::Error));
    assert!(arg(&finding, "missed").starts_with("login.windows.net"));
    assert_eq!(line_of(&facts, finding.primary.span), 1);
    assert!(arg(&finding, "add").lines().any(|line| line == "login.windows.net"));
}

#[test]
fn single_regional_names_do_not_replace_the_wildcard() {
    let text = COMPLETE.replace(
        "*.microsoftonline.com\n",
        "login.microsoftonline.com\nadminwebservice.microsoftonline.com\nbba800-anchor.microsoftonline.com\n",
    );
    let facts = facts(&[("list.txt", &text)], None);
    let finding = misses_endpoint(&facts).expect("other regional hosts are missed");
    assert_eq!(finding.severity, Some(Severity::Error));
    assert_eq!(facts.text_at(finding.primary.span), "bba800-anchor.microsoftonline.com");
    assert!(arg(&finding, "add").lines().any(|line| line == "*.microsoftonline.com"));
}

#[test]
fn an_old_spelling_of_the_china_content_host_is_shown_as_misspelt() {
    let text = "*.partner.microsoftonline.cn\n*.chinacloudapi.cn\nsecure.aadcdn.parter.microsoftonline-p.cn\n*.msauth.cn\n\
                *.msftauth.cn\n*.digicert.com\n*.digicert.cn\n*.entrust.net\n*.verisign.com\n*.microsoft.com\n*.msocsp.com\n";
    let facts = facts(&[("list.txt", text)], None);
    let finding = misses_endpoint(&facts).expect("the host is missed");
    assert_eq!(line_of(&facts, finding.primary.span), 3);
    assert_eq!(arg(&finding, "missed"), "secure.aadcdn.partner.microsoftonline-p.cn");
}

#[test]
fn the_list_is_held_against_the_cloud_its_names_belong_to() {
    let text = "*.partner.microsoftonline.cn\n*.chinacloudapi.cn\nsecure.aadcdn.partner.microsoftonline-p.cn\n*.msauth.cn\n\
                *.msftauth.cn\n*.digicert.com\n*.digicert.cn\n*.entrust.net\n*.verisign.com\n*.microsoft.com\n*.msocsp.com\n";
    assert!(misses_endpoint(&facts(&[("list.txt", text)], None)).is_none());
    let finding = misses_endpoint(&facts(&[("list.txt", text)], Some(Cloud::Worldwide))).expect("another cloud");
    assert_eq!(finding.severity, Some(Severity::Error));
}

#[test]
fn squid_rules_that_copy_the_stars_let_nothing_through() {
    let text = "acl entra dstdomain *.microsoftonline.com login.windows.net graph.microsoft.com\n\
                acl entra dstdomain .msauth.net .msftauth.net secure.aadcdn.microsoftonline-p.com\n\
                acl certs dstdomain .digicert.com .digicert.cn .microsoft.com .msocsp.com .verisign.com .entrust.net\n\
                http_access allow localnet entra\nhttp_access allow localnet certs\nhttp_access deny all\n";
    let facts = facts(&[("squid.conf", text)], None);
    assert_eq!(facts.artifacts[0].format, "squid-acl");
    let finding = misses_endpoint(&facts).expect("the star is no wildcard in Squid");
    assert_eq!(facts.text_at(finding.primary.span), "*.microsoftonline.com");
    assert!(arg(&finding, "add").starts_with("acl entra_connect dstdomain .microsoftonline.com"));
    let dotted = text.replace("*.", ".");
    assert!(misses_endpoint(&self::facts(&[("squid.conf", &dotted)], None)).is_none());
}

#[test]
fn a_refusing_row_before_the_allowing_one_is_shown() {
    let rows = COMPLETE.replace('\n', ",443;80,allow,Entra Connect\n");
    let text = format!("destination,port,action,comment\nlogin.windows.net,443,deny,old host\n{rows}");
    let facts = facts(&[("rules.csv", &text)], None);
    assert_eq!(facts.artifacts[0].format, "csv-list");
    let finding = misses_endpoint(&facts).expect("the host is refused");
    assert_eq!(line_of(&facts, finding.primary.span), 2);
    assert!(
        misses_endpoint(&self::facts(&[("rules.csv", &format!("destination,port,action,comment\n{rows}"))], None))
            .is_none()
    );
}

#[test]
fn certificate_hosts_allowed_on_443_only_are_missed_on_80() {
    let rows = COMPLETE.replace('\n', ",443,allow\n");
    let facts = facts(&[("rules.csv", &format!("destination,port,action\n{rows}"))], None);
    let finding = misses_endpoint(&facts).expect("revocation lists come over port 80");
    assert_eq!(finding.severity, Some(Severity::Warning));
    assert!(finding.primary.note.contains("port 80"));
}

#[test]
fn lists_about_other_things_are_left_alone() {
    let others = [
        ("list.txt", "*.example.com\nwww.contoso.com\nupdate.vendor.example\n*.windowsupdate.com\n"),
        ("blocklist.txt", "login.microsoftonline.com\nbad.example.com\nworse.example.com\n*.microsoftonline.com\n"),
    ];
    for other in others {
        assert!(misses_endpoint(&facts(&[other], None)).is_none(), "{other:?}");
    }
}

#[test]
fn a_feature_in_use_adds_its_hosts() {
    let mut facts = facts(&[("list.txt", COMPLETE)], None);
    facts.features.push("password-writeback".to_owned());
    let finding = misses_endpoint(&facts).expect("the relays are missed");
    assert_eq!(finding.severity, Some(Severity::Warning));
    assert!(arg(&finding, "add").lines().any(|line| line == "*.servicebus.windows.net"));
}

#[test]
fn two_lists_are_taken_together() {
    let (names, certificates) = COMPLETE.split_at(COMPLETE.find("mscrl").expect("certificates follow the names"));
    assert!(misses_endpoint(&facts(&[("a.txt", names), ("b.txt", certificates)], None)).is_none());
    let starred = certificates.replace("crl3.", "*.crl3.");
    let facts = facts(&[("a.txt", names), ("b.txt", &starred)], None);
    let finding = misses_endpoint(&facts).expect("one apex is missed");
    assert_eq!((finding.primary.span.artifact, facts.text_at(finding.primary.span)), (1, "*.crl3.digicert.com"));
    assert_eq!(arg(&finding, "missed"), "crl3.digicert.com");
}

#[test]
fn a_list_of_certificate_hosts_alone_is_judged_by_what_stands_on_it() {
    let text =
        "# EDL certificates\n*.crl3.digicert.com/\n*.crl4.digicert.com/\n*.ocsp.digicert.com/\nmscrl.microsoft.com/\n";
    let finding = misses_endpoint(&facts(&[("list.txt", text)], None)).expect("three apex names are missed");
    assert_eq!(finding.severity, Some(Severity::Warning));
    assert_eq!(arg(&finding, "missed"), "crl3.digicert.com, crl4.digicert.com, ocsp.digicert.com");
    assert!(misses_endpoint(&facts(&[("list.txt", &text.replace("*.", ""))], None)).is_none());
}

#[test]
fn government_lists_need_the_digicert_hosts_that_the_official_lists_leave_out() {
    let text = "*.microsoftonline.us\n*.gov.us.microsoftonline.com\n*.microsoftonline.com\nlogin.windows.net\ngraph.microsoft.us\n\
                secure.aadcdn.microsoftonline-p.com\n*.msauth.net\n*.msftauth.net\nmscrl.microsoft.com\ncrl.microsoft.com\n\
                oneocsp.microsoft.com\nocsp.msocsp.com\n";
    let finding = misses_endpoint(&facts(&[("list.txt", text)], None)).expect("DigiCert is missed");
    assert_eq!(finding.severity, Some(Severity::Warning));
    assert_eq!(arg(&finding, "missed"), "crl3.digicert.com, crl4.digicert.com, ocsp.digicert.com");
    let complete = format!("{text}crl3.digicert.com\ncrl4.digicert.com\nocsp.digicert.com\n");
    assert!(misses_endpoint(&facts(&[("list.txt", &complete)], None)).is_none());
}
