use super::*;

fn valid_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn valid_pattern(pattern: &str) -> bool {
    let (first, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
    let first_is_valid = first == "*" || valid_label(&first.replacen('*', "x", 1));
    first_is_valid && rest.contains('.') && rest.split('.').all(valid_label)
}

fn valid_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && month.len() == 2 && day.len() == 2
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())))
}

fn is_build(version: &str) -> bool {
    version.split('.').count() == 4 && version.split('.').all(|part| part.parse::<u32>().is_ok())
}

fn is_sentence(text: &str) -> bool {
    text.ends_with('.') && text.chars().next().is_some_and(|first| !first.is_lowercase() || text.starts_with("ctldl"))
}

#[test]
fn every_row_is_well_formed_and_says_where_it_comes_from() {
    for row in catalogue() {
        for name in row.hosts.iter().chain([&row.pattern]) {
            assert!(valid_pattern(name) || name.split('.').all(valid_label), "{name}");
        }
        assert!(!row.purpose.is_empty() && !row.source.is_empty(), "{}", row.pattern);
        assert!(valid_date(row.date) && row.date <= CATALOG_DATE, "{}: {}", row.pattern, row.date);
        assert!(matches!(row.port, 80 | 443), "{}", row.pattern);
        assert_eq!(row.need == Need::Feature, !row.features.is_empty(), "{}", row.pattern);
        assert!(row.features.iter().all(|feature| FEATURES.contains(feature)), "{}", row.pattern);
    }
    assert!(FEATURES.is_sorted());
}

#[test]
fn every_row_tells_what_breaks_who_calls_and_from_which_build_to_which() {
    for row in catalogue() {
        let id = row.id();
        assert_eq!(row.breaks.text.is_empty(), row.role == Role::Alias, "{id}: what breaks");
        assert!(row.phases.is_empty() == row.callers.is_empty() || row.role == Role::Feature, "{id}: who calls");
        assert!(row.role != Role::Feature || !row.callers.is_empty(), "{id}: who calls");
        for version in [row.since, row.until] {
            assert!(version.is_empty() || is_build(version), "{id}: {version}");
        }
        let texts = [row.breaks.text, row.trap, row.remark].into_iter().chain(row.disagreements.iter().copied());
        for text in texts.filter(|text| !text.is_empty()) {
            assert!(is_sentence(text) && !text.contains("  "), "{id}: {text}");
        }
        for source in row.also_in {
            assert!(!source.name.is_empty() && valid_date(source.date), "{id}: {}", source.name);
            assert!((source.name, source.date) != (row.source, row.date), "{id} names its source twice");
        }
        assert!(row.other_ports.iter().all(|other| other.port != row.port && is_sentence(other.why)), "{id}: ports");
        if row.role == Role::Graph && row.cloud != Cloud::Germany {
            assert_eq!(row.since, "2.4.18.0", "{id}");
        }
    }
}

#[test]
fn a_row_is_found_by_its_id_and_no_two_rows_share_one() {
    let mut ids: Vec<String> = catalogue().map(Endpoint::id).collect();
    assert_eq!(by_id("china:_.crl3.digicert.com:80").map(|row| row.pattern), Some("*.crl3.digicert.com"));
    assert!(catalogue().all(|row| by_id(&row.id()).is_some_and(|found| std::ptr::eq(found, row))));
    assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte))));
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    assert_eq!(by_id("china:nothing:80"), None);
}

#[test]
fn every_cloud_in_service_lists_what_sync_needs_and_every_feature_it_has() {
    for cloud in [Cloud::Worldwide, Cloud::China, Cloud::UsGovGccHigh, Cloud::UsGovDod] {
        for role in
            [Role::SignIn, Role::SyncService, Role::RegionalSync, Role::Graph, Role::SignInContent, Role::Revocation]
        {
            assert!(hosts_of_role(cloud, role).next().is_some(), "{cloud:?} {role:?}");
        }
        // In China neither Connect Health exists, nor are hosts of agents and of single sign-on published.
        let features: Vec<&str> = match cloud {
            Cloud::China => vec!["device-registration", "password-writeback"],
            _ => FEATURES.to_vec(),
        };
        for feature in features {
            let needs = |row: &&Endpoint| row.cloud == cloud && row.features.contains(&feature);
            assert!(catalogue().any(|row| needs(&row)), "{cloud:?} {feature}");
        }
    }
}

#[test]
fn what_the_community_reports_is_no_fifth_need_in_the_report() {
    let needs = [Need::Required, Need::Feature, Need::Legacy, Need::Ignorable, Need::CommunityReported];
    for need in needs {
        assert!(["required", "feature", "legacy", "ignorable"].contains(&need.report_id()), "{need:?}");
    }
    let row = find_host("adminwebservice-s1-co2.microsoftonline.com").expect("a row");
    assert_eq!((row.need.id(), row.need.report_id()), ("community-reported", "legacy"));
}

#[test]
fn no_cloud_lists_a_pattern_twice() {
    let mut keys: Vec<_> = catalogue().map(|row| (row.cloud, row.pattern, row.port)).collect();
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
}

#[test]
fn the_shelf_lists_every_file_of_its_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/engine/endpoints");
    let shelf = include_str!("mod.rs");
    for entry in std::fs::read_dir(folder).expect("the folder of the shelf") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let module = name.trim_end_matches(".rs");
        if module != "mod" {
            assert!(shelf.contains(&format!("mod {module};")), "{name}");
        }
    }
}

/// The rows of a table of the article: pattern, port, and a piece of what the row must warn of.
fn table(text: &'static str) -> Vec<(&'static str, u16, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [pattern, port, warning] => (*pattern, port.parse().expect("a port"), *warning),
            _ => panic!("three columns: {line}"),
        })
        .collect()
}

#[test]
fn every_row_of_the_article_is_a_row_of_the_shelf_and_warns_of_its_trap() {
    let china = table(include_str!("../../../tests/article/minimum-table-china.tsv"));
    let worldwide = table(include_str!("../../../tests/article/minimum-table-worldwide.tsv"));
    assert_eq!((china.len(), worldwide.len()), (17, 17));
    for (cloud, table) in [(Cloud::China, china), (Cloud::Worldwide, worldwide)] {
        for (pattern, port, warning) in table {
            let row = all().find(|row| row.cloud == cloud && row.pattern == pattern && row.port == port);
            let row = row.unwrap_or_else(|| panic!("{cloud:?} {pattern}"));
            assert!(row.source.starts_with("tshoot-connect-connectivity"), "{cloud:?} {pattern}");
            let shown = [row.trap, row.remark].into_iter().chain(row.disagreements.iter().copied());
            assert!(shown.into_iter().any(|text| text.contains(warning)), "{cloud:?} {pattern}: {warning}");
        }
    }
}

#[test]
fn hosts_of_the_reference_log_have_their_role_in_every_edition() {
    let editions =
        [("microsoftonline.com", "login.windows.net"), ("partner.microsoftonline.cn", "login.chinacloudapi.cn")];
    for (zone, older) in editions {
        let role = |host: String| find_host(&host).map(|row| row.role);
        assert_eq!(role(format!("login.{zone}")), Some(Role::SignIn));
        assert_eq!(role(older.to_owned()), Some(Role::SignIn));
        assert_eq!(role(format!("adminwebservice.{zone}")), Some(Role::SyncService));
        assert_eq!(role(format!("bba800-anchor.{zone}")), Some(Role::RegionalSync));
        assert_eq!(role(format!("BBA900-Anchor.{zone}.")), Some(Role::RegionalSync));
        assert_eq!(role(format!("provisioningapi.{zone}")), Some(Role::Provisioning));
        assert_eq!(role(format!("bwsc02-relay.{zone}")), Some(Role::RegionalProvisioning));
        assert_eq!(role(format!("never-seen-before.{zone}")), Some(Role::Family));
    }
}

#[test]
fn the_host_behind_a_starred_certificate_row_is_known_under_that_row() {
    let row = find_host("crl3.digicert.com").expect("a row");
    assert_eq!((row.pattern, row.port, row.role), ("*.crl3.digicert.com", 80, Role::Revocation));
    assert!(find_host("digicert.com").is_none() && find_host("xcrl3.digicert.com").is_none());
}

#[test]
fn aliases_are_known_and_ignorable() {
    let alias = find_host("www.tm.f.prd.aadg.trafficmanager.net").expect("a row");
    assert_eq!((alias.role, alias.need), (Role::Alias, Need::Ignorable));
    assert!(rows_of(Cloud::Worldwide).all(|row| row.role != Role::Alias));
}

#[test]
fn what_every_windows_machine_calls_is_listed_and_recognises_nothing() {
    let ambient: Vec<&Endpoint> = AMBIENT.iter().flat_map(|table| table.iter()).collect();
    for host in ["login.live.com", "www.msftconnecttest.com", "settings-win.data.microsoft.com", "a.vo.msecnd.net"] {
        assert_eq!(find_host(host), None, "{host}");
        assert!(!covering(host).is_empty(), "{host}");
    }
    assert!(ambient.iter().all(|row| row.phases.is_empty()));
}

#[test]
fn ordinary_browsing_never_proves_entra_connect() {
    let ordinary = [
        "www.microsoft.com",
        "outlook.office365.com",
        "settings-win.data.microsoft.com",
        "login.microsoftonline.com",
        "login.windows.net",
        "graph.microsoft.com",
        "crl3.digicert.com",
        "ctldl.windowsupdate.com",
        "aadcdn.msftauth.net",
        "contoso.blob.core.windows.net",
        "portal.microsoftonline.com",
        "a1.g.akamai.net",
        "10.1.2.3",
        "",
    ];
    for host in ordinary {
        assert!(!proves_entra_connect(host), "{host}");
    }
    for host in [
        "adminwebservice.microsoftonline.com",
        "bba800-anchor.microsoftonline.com",
        "provisioningapi.partner.microsoftonline.cn",
        "adminwebservice.gov.us.microsoftonline.com",
        "adminwebservice-s1-bn1a.microsoftonline.com",
    ] {
        assert!(proves_entra_connect(host), "{host}");
    }
}

#[test]
fn shared_hosts_prove_no_cloud() {
    assert_eq!(cloud_hint("login.microsoftonline.com"), Some((Cloud::Worldwide, 1)));
    assert_eq!(cloud_hint("crl.microsoft.com"), None);
    assert_eq!(cloud_hint("crl.digicert.cn"), None);
    for (host, cloud) in [
        ("bba800-anchor.microsoftonline.com", Cloud::Worldwide),
        ("device.login.partner.microsoftonline.cn", Cloud::China),
        ("adminwebservice.gov.us.microsoftonline.com", Cloud::UsGovGccHigh),
        ("login.microsoftonline.de", Cloud::Germany),
    ] {
        assert_eq!(cloud_hint(host), Some((cloud, 3)), "{host}");
    }
}

#[test]
fn a_set_of_hosts_gives_the_cloud_that_most_of_them_prove() {
    let cloud = |hosts: &[&'static str]| cloud_of_hosts(hosts.iter().copied()).map(|(cloud, _)| cloud);
    assert_eq!(cloud(&["crl3.digicert.com"]), None);
    assert_eq!(cloud(&["login.microsoftonline.com"]), Some(Cloud::Worldwide));
    assert_eq!(cloud(&["login.microsoftonline.com", "login.chinacloudapi.cn"]), Some(Cloud::China));
    let dod = ["login.microsoftonline.us", "adminwebservice.gov.us.microsoftonline.com", "dod-graph.microsoft.us"];
    assert_eq!(cloud(&dod), Some(Cloud::UsGovDod));
    assert_eq!(cloud(&dod[..2]), Some(Cloud::UsGovGccHigh));
}

#[test]
fn the_usual_sign_in_host_of_each_cloud_comes_first() {
    let first = |cloud| hosts_of_role(cloud, Role::SignIn).next();
    assert_eq!(first(Cloud::Worldwide), Some("login.microsoftonline.com"));
    assert_eq!(first(Cloud::China), Some("login.partner.microsoftonline.cn"));
    assert_eq!(first(Cloud::UsGovGccHigh), Some("login.microsoftonline.us"));
    assert_eq!(first(Cloud::UsGovDod), Some("login.microsoftonline.us"));
    assert_eq!(first(Cloud::Germany), Some("login.microsoftonline.de"));
}
