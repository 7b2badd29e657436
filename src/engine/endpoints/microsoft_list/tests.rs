use super::*;
use crate::endpoints::Role;

const WORLDWIDE: &str = include_str!("../../../../tests/microsoft_list/worldwide.json");
const CHINA: &str = include_str!("../../../../tests/microsoft_list/china.json");
const GCC_HIGH: &str = include_str!("../../../../tests/microsoft_list/usgov-gcch.json");
const DOD: &str = include_str!("../../../../tests/microsoft_list/usgov-dod.json");

fn list(text: &str) -> List {
    read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{}", refusal.text()))
}

fn refused(text: &str) -> Refusal {
    read(text.as_bytes()).expect_err("no list")
}

fn new_names(text: &str) -> Vec<(String, Place)> {
    compare(&list(text), None).theirs_only.into_iter().map(|theirs| (theirs.url, theirs.place)).collect()
}

#[test]
fn each_instance_is_told_by_its_hosts() {
    for (text, cloud) in
        [(WORLDWIDE, Cloud::Worldwide), (CHINA, Cloud::China), (GCC_HIGH, Cloud::UsGovGccHigh), (DOD, Cloud::UsGovDod)]
    {
        assert_eq!(list(text).cloud, cloud);
    }
}

#[test]
fn a_list_as_the_catalogue_knows_it_has_no_new_sign_in_host() {
    for text in [WORLDWIDE, CHINA, GCC_HIGH, DOD] {
        let beside: Vec<_> = new_names(text).into_iter().filter(|(_, place)| *place == Place::BesideSignIn).collect();
        assert_eq!(beside, []);
    }
    assert_eq!(new_names(CHINA), []);
    assert_eq!(new_names(DOD), []);
}

#[test]
fn a_new_host_beside_the_known_ones_is_reported_with_its_set() {
    let newer = WORLDWIDE.replace("\"login.windows.net\"", "\"login.windows.net\", \"signin.newname.example\"");
    let comparison = compare(&list(&newer), None);
    let first = comparison.theirs_only.first().expect("a new name");
    assert_eq!((first.url.as_str(), first.set, first.place), ("signin.newname.example", 56, Place::BesideSignIn));
    assert_eq!((first.required, first.ports.as_slice()), (Some(true), [(80, 80), (443, 443)].as_slice()));
    let text = text(&comparison);
    assert!(
        text.contains("- signin.newname.example (set 56, required, port 80 or 443): stands with the sign-in hosts"),
        "{text}"
    );
}

#[test]
fn a_new_set_about_sign_in_is_reported_although_no_known_host_stands_in_it() {
    let set = r#"[{"id": 210, "serviceArea": "Common", "urls": ["*.login.newzone.example", "static.example"], "required": false, "notes": "Preview"},"#;
    let newer = WORLDWIDE.replacen('[', set, 1);
    assert!(new_names(&newer).contains(&("*.login.newzone.example".to_owned(), Place::LooksLikeSignIn)));
    assert!(!new_names(&newer).iter().any(|(url, _)| url == "static.example"));
    let text = text(&compare(&list(&newer), None));
    assert!(text.contains("(set 210, optional)") && text.contains("Microsoft's note: Preview"), "{text}");
}

#[test]
fn hosts_of_mail_and_office_are_not_reported() {
    for text in [WORLDWIDE, CHINA, GCC_HIGH, DOD] {
        for (url, _) in new_names(text) {
            assert!(!url.contains("office") && !url.contains("outlook") && !url.contains("sharepoint"), "{url}");
        }
    }
}

#[test]
fn certificate_hosts_of_other_issuers_come_last_and_say_so() {
    let names = new_names(WORLDWIDE);
    let others: Vec<&str> =
        names.iter().filter(|(_, place)| *place == Place::BesideCertificates).map(|(url, _)| url.as_str()).collect();
    assert!(others.contains(&"*.omniroot.com") && others.contains(&"www.digicert.com"), "{others:?}");
    assert!(!others.contains(&"crl3.digicert.com") && !others.contains(&"*.entrust.net"), "{others:?}");
    assert!(names.is_sorted_by_key(|(_, place)| *place));
}

#[test]
fn what_the_list_lacks_is_named_with_why_that_may_be_all_right() {
    let comparison = compare(&list(GCC_HIGH), Some(Cloud::UsGovGccHigh));
    assert_eq!(comparison.problems, Vec::<String>::new());
    let of = |host: &str| comparison.ours_only.iter().find(|ours| ours.missing.contains(&host));
    let digicert = of("crl3.digicert.com").expect("the Government list has no DigiCert host");
    assert!(!digicert.look && digicert.why.contains("Keep it open"), "{}", digicert.why);
    let relay = of("*.servicebus.usgovcloudapi.net").expect("a feature");
    assert!(relay.why.contains("optional features"), "{}", relay.why);
    assert!(of("adminwebservice.gov.us.microsoftonline.com").is_none(), "the wildcard of the list covers it");
    assert!(of("login.microsoftonline.us").is_none());
    assert!(comparison.ours_only.iter().all(|ours| ours.row.role != Role::Alias && !ours.why.is_empty()));
}

#[test]
fn a_host_that_microsoft_took_out_is_to_be_looked_at_first() {
    let older = WORLDWIDE.replace("\"becws.microsoftonline.com\",", "").replace("\"*.microsoftonline.com\",", "");
    let comparison = compare(&list(&older), None);
    let first = comparison.ours_only.first().expect("a row");
    assert!(first.look && first.missing == ["becws.microsoftonline.com"], "{first:?}");
    let regional =
        comparison.ours_only.iter().find(|ours| ours.row.role == Role::RegionalSync).expect("regional hosts");
    assert!(!regional.look && regional.why.contains("Keep it open"));
}

#[test]
fn another_port_and_another_weight_are_differences() {
    let comparison = compare(&list(GCC_HIGH), None);
    let of =
        |url: &str| comparison.differs.iter().find(|differs| differs.url == url).map(|differs| differs.what.as_str());
    assert_eq!(of("mscrl.microsoft.com"), Some("The list opens port 443, the catalogue has port 80."));
    assert_eq!(of("graph.microsoftazure.us"), Some("The list requires it, the catalogue counts it to old builds."));
    assert_eq!(of("login.microsoftonline.us"), None);
}

#[test]
fn the_wrong_instance_is_said_and_compared_as_what_it_is() {
    let comparison = compare(&list(CHINA), Some(Cloud::Worldwide));
    assert_eq!(comparison.cloud, Cloud::China);
    let problem = comparison.problems.first().expect("a problem");
    assert!(problem.contains("You chose the public cloud") && problem.contains("those of 21Vianet"), "{problem}");
    assert!(comparison.ours_only.iter().all(|ours| ours.row.cloud == Cloud::China));
}

#[test]
fn a_list_cut_off_anywhere_is_read_as_far_as_it_goes_and_says_so() {
    for end in (0..WORLDWIDE.trim_end().len()).step_by(61) {
        match read(&WORLDWIDE.as_bytes()[..end]) {
            Ok(list) => {
                let comparison = compare(&list, None);
                assert!(list.cut && comparison.ours_only.is_empty(), "{end}");
                assert!(comparison.problems.iter().any(|problem| problem.contains("ends in the middle")), "{end}");
            }
            Err(refusal) => assert!(matches!(refusal, Refusal::CutOff | Refusal::Empty), "{end}: {refusal:?}"),
        }
    }
}

#[test]
fn the_list_is_read_as_powershell_saves_it() {
    let wrapped = format!("{{\"value\": {WORLDWIDE}, \"Count\": 18}}");
    assert_eq!(list(&wrapped), list(WORLDWIDE));
    let utf16: Vec<u8> = "\u{FEFF}".encode_utf16().chain(CHINA.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf16).expect("a list"), list(CHINA));
    assert_eq!(list(&format!("\u{FEFF}{CHINA}")), list(CHINA));
    let flattened =
        r#"[{"id": 17, "serviceArea": "Common", "urls": "login.partner.microsoftonline.cn *.auth.microsoft.cn"}]"#;
    assert_eq!(list(flattened).sets[0].urls.len(), 2);
}

#[test]
fn what_is_something_else_is_named() {
    for (text, expected) in [
        ("", Refusal::Empty),
        (" \r\n ", Refusal::Empty),
        ("<!DOCTYPE html><html><head><title>403</title>", Refusal::WebPage),
        ("<?xml version=\"1.0\"?><rss version=\"2.0\">", Refusal::Feed),
        ("id,serviceArea,serviceAreaDisplayName,urls,ips,tcpPorts", Refusal::Csv),
        ("hello", Refusal::OtherText),
        (r#"[{"instance": "Worldwide", "latest": "2026081400"}]"#, Refusal::Versions),
        (r#"{"instance": "China", "latest": "2023062900", "versions": ["2023062900"]}"#, Refusal::Versions),
        (
            r#"[{"id": 424, "endpointSetId": 32, "disposition": "Change", "version": "2018062700", "remove": {"urls": ["a.b"]}}]"#,
            Refusal::Changes,
        ),
        (
            r#"{"changeNumber": 300, "cloud": "Public", "values": [{"name": "AzureActiveDirectory", "id": "AzureActiveDirectory"}]}"#,
            Refusal::ServiceTags,
        ),
        (r#"{"error": {"code": "429", "message": "Too many requests"}}"#, Refusal::ErrorMessage),
        (r#"{"name": "package", "dependencies": {}}"#, Refusal::OtherJson),
        ("[1, 2, 3]", Refusal::OtherJson),
        ("[]", Refusal::OtherJson),
        (r#"[{"id": "x", "urls": 5}]"#, Refusal::OtherJson),
        (r#"[{"id": 1, "serviceArea": "Exchange", "urls": ["outlook.office.com"]}]"#, Refusal::NoSignIn),
        ("[{\"id\": 1,\n \"urls\": [\"a.b\",,]}]", Refusal::BrokenJson { line: 2, column: 17 }),
        (r#"[{"id": 1, "serviceArea": "Exch"#, Refusal::CutOff),
    ] {
        let refusal = refused(text);
        assert_eq!(refusal, expected, "{text}");
        assert!(refusal.text().contains("https://endpoints.office.com/endpoints/"), "{text}");
    }
}

#[test]
fn fifty_megabytes_are_read_in_little_memory_or_refused() {
    let set = |id: usize, urls: &str| {
        format!("{{\"id\": {id}, \"serviceArea\": \"Common\", \"urls\": [{urls}], \"ips\": [\"10.0.0.0/8\"]}},")
    };
    let names: Vec<String> = (0..200_000).map(|number| format!("\"h{number}.example\"")).collect();
    assert_eq!(refused(&format!("[{}]", set(1, &names.join(",")).trim_end_matches(','))), Refusal::TooBig);
    // Addresses and notes may be as many as they like: nothing of them is kept.
    let addresses = "\"20.190.128.0/18\",".repeat(2_600_000);
    let big = WORLDWIDE.replacen("\"20.20.32.0/19\",", &addresses, 1);
    assert!(big.len() > 45_000_000);
    assert_eq!(list(&big), list(WORLDWIDE));
    let deep = "[".repeat(1_000_000);
    assert!(matches!(refused(&deep), Refusal::OtherJson | Refusal::BrokenJson { .. }));
}
