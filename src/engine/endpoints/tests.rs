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

#[test]
fn every_row_is_well_formed_and_says_where_it_comes_from() {
    for row in all() {
        for name in row.hosts.iter().chain([&row.pattern]) {
            assert!(valid_pattern(name) || name.split('.').all(valid_label), "{name}");
        }
        assert!(!row.purpose.is_empty() && !row.source.is_empty(), "{}", row.pattern);
        assert!(valid_date(row.date), "{}: {}", row.pattern, row.date);
        assert!(matches!(row.port, 80 | 443), "{}", row.pattern);
        assert_eq!(row.need == Need::Feature, !row.features.is_empty(), "{}", row.pattern);
        assert!(row.features.iter().all(|feature| FEATURES.contains(feature)), "{}", row.pattern);
    }
    assert!(FEATURES.is_sorted());
}

#[test]
fn no_cloud_lists_a_pattern_twice() {
    let mut keys: Vec<_> = all().map(|row| (row.cloud, row.pattern, row.port)).collect();
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

/// The minimum table of the China edition: pattern and port.
const CHINA_ARTICLE: &[(&str, u16)] = &[
    ("mscrl.microsoft.com", 80),
    ("*.verisign.com", 80),
    ("*.entrust.net", 80),
    ("*.management.core.chinacloudapi.cn", 443),
    ("*.graph.chinacloudapi.cn", 443),
    ("secure.aadcdn.partner.microsoftonline-p.cn", 443),
    ("*.partner.microsoftonline.cn", 443),
    ("*.chinacloudapi.cn", 443),
    ("*.crl3.digicert.com", 80),
    ("*.crl4.digicert.com", 80),
    ("*.digicert.cn", 80),
    ("*.ocsp.digicert.com", 80),
    ("*.www.d-trust.net", 80),
    ("*.root-c3-ca2-2009.ocsp.d-trust.net", 80),
    ("*.crl.microsoft.com", 80),
    ("*.oneocsp.microsoft.com", 80),
    ("*.ocsp.msocsp.com", 80),
];

/// The minimum table of the worldwide article: pattern and port.
const WORLDWIDE_ARTICLE: &[(&str, u16)] = &[
    ("mscrl.microsoft.com", 80),
    ("*.verisign.com", 80),
    ("*.entrust.net", 80),
    ("*.management.core.windows.net", 443),
    ("*.graph.windows.net", 443),
    ("secure.aadcdn.microsoftonline-p.com", 443),
    ("graph.microsoft.com", 443),
    ("*.microsoftonline.com", 443),
    ("*.crl3.digicert.com", 80),
    ("*.crl4.digicert.com", 80),
    ("*.digicert.cn", 80),
    ("*.ocsp.digicert.com", 80),
    ("*.www.d-trust.net", 80),
    ("*.root-c3-ca2-2009.ocsp.d-trust.net", 80),
    ("*.crl.microsoft.com", 80),
    ("*.oneocsp.microsoft.com", 80),
    ("*.ocsp.msocsp.com", 80),
];

#[test]
fn every_row_of_the_article_is_a_row_of_the_shelf() {
    for (cloud, table) in [(Cloud::China, CHINA_ARTICLE), (Cloud::Worldwide, WORLDWIDE_ARTICLE)] {
        for (pattern, port) in table {
            let row = all().find(|row| row.cloud == cloud && row.pattern == *pattern && row.port == *port);
            assert!(
                row.is_some_and(|row| row.source.starts_with("tshoot-connect-connectivity")),
                "{cloud:?} {pattern}"
            );
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
fn a_cloud_knows_its_own_hosts_and_not_those_of_another() {
    assert!(find_in_cloud(Cloud::China, "adminwebservice.microsoftonline.com").is_none());
    assert!(find_in_cloud(Cloud::Worldwide, "login.chinacloudapi.cn").is_none());
    assert!(find_in_cloud(Cloud::UsGovDod, "dod-graph.microsoft.us").is_some());
    assert!(find_in_cloud(Cloud::UsGovDod, "graph.microsoft.us").is_none());
    let alias = find_in_cloud(Cloud::China, "www.tm.f.prd.aadg.trafficmanager.net").expect("aliases hold everywhere");
    assert_eq!((alias.role, alias.need), (Role::Alias, Need::Ignorable));
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
    assert_eq!(cloud_of_host("login.microsoftonline.com"), None);
    assert_eq!(cloud_hint("crl.microsoft.com"), None);
    assert_eq!(cloud_hint("crl.digicert.cn"), None);
    assert_eq!(cloud_of_host("bba800-anchor.microsoftonline.com"), Some(Cloud::Worldwide));
    assert_eq!(cloud_of_host("device.login.partner.microsoftonline.cn"), Some(Cloud::China));
    assert_eq!(cloud_of_host("adminwebservice.gov.us.microsoftonline.com"), Some(Cloud::UsGovGccHigh));
    assert_eq!(cloud_of_host("login.microsoftonline.de"), Some(Cloud::Germany));
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
