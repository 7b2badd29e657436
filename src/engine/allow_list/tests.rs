use super::*;
use crate::endpoints::Cloud;

fn of(text: &str, product: Option<Product>) -> Check {
    check(text, product, Cloud::Worldwide, &[])
}

fn row<'a>(check: &'a Check, host: &str) -> &'a Row {
    check.rows.iter().find(|row| row.host == host).unwrap_or_else(|| panic!("{host} is needed"))
}

fn verdict(check: &Check, host: &str) -> Verdict {
    row(check, host).verdict
}

/// The table of the China edition of the article, as it is printed.
const SEED: &[&str] = &[
    "mscrl.microsoft.com",
    "*.verisign.com",
    "*.entrust.net",
    "*.management.core.chinacloudapi.cn",
    "*.graph.chinacloudapi.cn",
    "secure.aadcdn.partner.microsoftonline-p.cn",
    "*.partner.microsoftonline.cn",
    "*.chinacloudapi.cn",
    "*.crl3.digicert.com",
    "*.crl4.digicert.com",
    "*.digicert.cn",
    "*.ocsp.digicert.com",
    "*.www.d-trust.net",
    "*.root-c3-ca2-2009.ocsp.d-trust.net",
    "*.crl.microsoft.com",
    "*.oneocsp.microsoft.com",
    "*.ocsp.msocsp.com",
];

/// The revocation hosts whose rows in the article begin with a star.
const APEX: &[&str] = &[
    "crl3.digicert.com",
    "crl4.digicert.com",
    "ocsp.digicert.com",
    "crl.microsoft.com",
    "oneocsp.microsoft.com",
    "ocsp.msocsp.com",
];

#[test]
fn the_articles_table_misses_the_real_revocation_hosts_where_a_star_leaves_out_the_name_itself() {
    let list = SEED.join("\n");
    for product in [Product::PaloAlto, Product::AzureFirewall, Product::Plain] {
        let result = check(&list, Some(product), Cloud::China, &[]);
        assert!(!result.complete, "{product:?}");
        for host in APEX {
            assert_eq!(verdict(&result, host), Verdict::CoveredExceptApex, "{product:?} {host}");
            assert_eq!(row(&result, host).entry.as_deref(), Some(format!("*.{host}").as_str()));
        }
        assert_eq!(verdict(&result, "login.chinacloudapi.cn"), Verdict::Covered);
        assert_eq!(row(&result, "crl3.digicert.com").place.map(|place| place.line), Some(9));
    }
}

#[test]
fn the_articles_table_is_complete_where_a_leading_dot_covers_the_name_itself() {
    let dotted: Vec<String> = SEED.iter().map(|entry| entry.trim_start_matches('*').to_owned()).collect();
    let squid = format!("acl entra dstdomain {}\nhttp_access allow entra\nhttp_access deny all\n", dotted.join(" "));
    for (text, product) in [(squid.as_str(), None), (&dotted.join("\n"), Some(Product::Zscaler))] {
        let result = check(text, product, Cloud::China, &[]);
        let gaps: Vec<&str> = result.rows.iter().filter(|row| row.is_gap).map(|row| row.host).collect();
        assert!(result.complete, "{gaps:?}");
    }
}

#[test]
fn the_worldwide_table_has_no_row_for_the_older_sign_in_host() {
    let list = "mscrl.microsoft.com\n*.verisign.com\n*.entrust.net\n*.management.core.windows.net\n*.graph.windows.net\n\
                secure.aadcdn.microsoftonline-p.com\ngraph.microsoft.com\n*.microsoftonline.com\n*.digicert.cn\n";
    let result = of(list, Some(Product::PaloAlto));
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::NotCovered);
    assert_eq!(row(&result, "login.windows.net").add.as_deref(), Some("login.windows.net/"));
    assert_eq!(verdict(&result, "*-anchor.microsoftonline.com"), Verdict::Covered);
}

#[test]
fn a_wildcard_of_another_product_is_recognised_and_said() {
    let wrong = [
        (
            Product::Squid,
            "acl entra dstdomain *.microsoftonline.com\nhttp_access allow entra\nhttp_access deny all\n",
            "Palo Alto",
        ),
        (Product::PaloAlto, ".microsoftonline.com\nlogin.windows.net\n", "Squid"),
        (Product::Zscaler, "*.microsoftonline.com\nlogin.windows.net\n", "Palo Alto"),
        (Product::AzureFirewall, ".microsoftonline.com\nlogin.windows.net\n", "Squid"),
        (Product::Umbrella, "*.microsoftonline.com\nlogin.windows.net\n", "Palo Alto"),
        (Product::BlueCoat, "define category entra\n*.microsoftonline.com\nlogin.windows.net\nend\n", "Palo Alto"),
        (
            Product::FortiGate,
            "config webfilter urlfilter\nedit 1\nconfig entries\nedit 1\nset url \"*.microsoftonline.com\"\nset type simple\nnext\nend\n",
            "Palo Alto",
        ),
    ];
    for (product, text, who) in wrong {
        let result = of(text, Some(product));
        assert_eq!(result.product, product);
        assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::NotCovered, "{product:?}");
        let said = result
            .remarks
            .iter()
            .any(|remark| remark.what.contains("does not know that form") && remark.what.contains(who));
        assert!(said && result.remarks.iter().all(|remark| remark.line.is_some()), "{product:?}: {:?}", result.remarks);
    }
}

#[test]
fn a_list_in_the_syntax_of_another_product_than_the_chosen_one_is_read_as_what_it_is() {
    let squid = "acl entra dstdomain .microsoftonline.com\nhttp_access allow entra\nhttp_access deny all\n";
    let result = of(squid, Some(Product::PaloAlto));
    assert_eq!((result.product, result.how_known), (Product::Squid, HowKnown::Syntax));
    assert!(result.remarks.iter().any(|remark| remark.what.contains("You chose Palo Alto")), "{:?}", result.remarks);
}

#[test]
fn what_is_no_list_says_so() {
    for (text, what) in [
        ("", "empty"),
        ("{\"value\": [{\"id\": 1}]}", "no application rules"),
        ("{\"rules\": [", "breaks off"),
        ("<html><body>Access denied</body></html>", "XML or HTML"),
        ("Dear colleague, thank you for your mail.", "no entry"),
    ] {
        let result = of(text, None);
        assert!(!result.complete && result.rows.iter().all(|row| row.verdict != Verdict::Covered));
        assert!(result.remarks.iter().any(|remark| remark.what.contains(what)), "{text}: {:?}", result.remarks);
    }
}

#[test]
fn fortigate_entries_mean_what_their_type_says() {
    let entry = |number: u8, url: &str, kind: &str, action: &str| {
        format!(
            "            edit {number}\n                set url \"{url}\"\n                set type {kind}\n                set action {action}\n            next\n"
        )
    };
    let text = format!(
        "config webfilter urlfilter\n    edit 7\n        set name \"servers\"\n        config entries\n{}{}{}{}{}{}        end\n    next\nend\n",
        entry(1, "*.microsoftonline.com", "wildcard", "exempt"),
        entry(2, "login.windows.net", "simple", "block"),
        entry(3, "graph.microsoft.com", "simple", "allow"),
        entry(4, "^crl[34]\\\\.digicert\\\\.com", "regex", "allow"),
        entry(5, "*.ocsp.digicert.com", "wildcard", "exempt"),
        entry(6, "*", "wildcard", "block"),
    );
    let result = of(&text, None);
    assert_eq!((result.product, result.how_known), (Product::FortiGate, HowKnown::Syntax));
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::DeniedFirst);
    assert_eq!(verdict(&result, "graph.microsoft.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "crl3.digicert.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "ocsp.digicert.com"), Verdict::CoveredExceptApex);
    assert_eq!(verdict(&result, "mscrl.microsoft.com"), Verdict::NotCovered);
    assert_eq!(row(&result, "login.windows.net").place.map(|place| place.line), Some(11));
}

#[test]
fn a_simple_fortigate_entry_for_a_domain_is_open_since_versions_differ() {
    let text = "config webfilter urlfilter\nedit 1\nconfig entries\nedit 1\nset url \"microsoftonline.com\"\nset action exempt\nnext\nend\n";
    let result = of(text, None);
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Undecidable);
    assert!(row(&result, "login.microsoftonline.com").why.contains("flow mode"));
}

#[test]
fn azure_rules_are_looked_at_by_priority_and_port() {
    let rule = |fqdns: &str, port: u16, kind: &str| {
        format!(
            "{{\"ruleType\":\"ApplicationRule\",\"protocols\":[{{\"protocolType\":\"{kind}\",\"port\":{port}}}],\"targetFqdns\":[{fqdns}]}}"
        )
    };
    let collection = |priority: u16, action: &str, rules: &str| {
        format!(
            "{{\"name\":\"c{priority}\",\"priority\":{priority},\"action\":{{\"type\":\"{action}\"}},\"rules\":[{rules}]}}"
        )
    };
    let text = format!(
        "{{\"ruleCollections\":[\n{},\n{}\n],\"priority\":300}}",
        collection(
            400,
            "Allow",
            &format!(
                "{},{}",
                rule("\"*.microsoftonline.com\",\"*windows.net\"", 443, "Https"),
                rule("\"*digicert.com\"", 443, "Https")
            )
        ),
        collection(200, "Deny", &rule("\"login.microsoftonline.com\"", 443, "Https")),
    );
    let result = of(&text, None);
    assert_eq!(result.product, Product::AzureFirewall);
    // The refusing collection stands last, and has the lower number.
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::DeniedFirst);
    assert_eq!(verdict(&result, "adminwebservice.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::Covered);
    assert_eq!(verdict(&result, "crl3.digicert.com"), Verdict::NotCovered);
    assert!(row(&result, "crl3.digicert.com").why.contains("port 80"));
    let tags = "{\"rules\":[{\"fqdnTags\":[\"WindowsUpdate\"],\"targetFqdns\":[]}]}";
    assert_eq!(verdict(&of(tags, None), "login.windows.net"), Verdict::Undecidable);
}

#[test]
fn blue_coat_domains_include_what_is_below_and_a_later_layer_overrides() {
    let text = "define category Entra\n  microsoftonline.com\n  login.windows.net ; older name\nend\n\n\
                <Proxy>\n  category=Entra ALLOW\n  url.host=graph.microsoft.com ALLOW\n  url.host.suffix=.digicert.com ALLOW\n  DENY\n\n\
                <Proxy>\n  url.domain=login.windows.net DENY\n";
    let result = of(text, None);
    assert_eq!(result.product, Product::BlueCoat);
    assert_eq!(verdict(&result, "adminwebservice.microsoftonline.com"), Verdict::Covered);
    assert_eq!(row(&result, "adminwebservice.microsoftonline.com").place.map(|place| place.line), Some(2));
    assert_eq!(verdict(&result, "graph.microsoft.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "crl3.digicert.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::DeniedFirst);
    assert_eq!(verdict(&result, "mscrl.microsoft.com"), Verdict::NotCovered);
    let inverted =
        "define condition allowed\n  url.domain=microsoftonline.com\nend\n<Proxy>\n  condition=!allowed DENY\n";
    assert_eq!(verdict(&of(inverted, None), "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&of(inverted, None), "login.windows.net"), Verdict::NotCovered);
    let elsewhere =
        "<Proxy>\n  category=(Technology, \"Office\") ALLOW\n  url.domain=microsoftonline.com ALLOW\n  DENY\n";
    assert_eq!(verdict(&of(elsewhere, None), "login.windows.net"), Verdict::Undecidable);
}

#[test]
fn squid_rules_in_files_that_are_missing_leave_hosts_open_and_say_which_file() {
    let text = "acl listed dstdomain \"/etc/squid/allowed.txt\"\nacl entra dstdomain .microsoftonline.com\n\
                http_access allow entra\nhttp_access allow listed\nhttp_access deny all\n";
    let result = of(text, None);
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::Undecidable);
    assert!(result.remarks.iter().any(|remark| remark.line == Some(1) && remark.what.contains("allowed.txt")));
    let include = "acl entra dstdomain .microsoftonline.com\nhttp_access allow entra\ninclude /etc/squid/conf.d/*.conf\nhttp_access deny all\n";
    let result = of(include, None);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::Undecidable);
    assert_eq!(row(&result, "login.windows.net").place.map(|place| place.line), Some(3));
    let after = "acl entra dstdomain .microsoftonline.com\nhttp_access allow entra\nhttp_access deny all\ninclude /etc/squid/conf.d/*.conf\n";
    assert_eq!(verdict(&of(after, None), "login.windows.net"), Verdict::NotCovered);
}

#[test]
fn a_squid_url_regex_is_held_against_what_the_proxy_sees() {
    let text = "acl good url_regex -i ^login\\.microsoftonline\\.com:443 ^https://login\\.windows\\.net ^http://crl3\\.digicert\\.com/\n\
                http_access allow good\nhttp_access deny all\n";
    let result = of(text, None);
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "crl3.digicert.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::NotCovered);
    assert!(row(&result, "login.windows.net").why.contains("https://"));
}

#[test]
fn squid_rules_that_refuse_all_but_a_list_let_the_list_through() {
    let text = "acl localnet src 10.0.0.0/8\nacl entra dstdomain .microsoftonline.com\nhttp_access deny !entra\nhttp_access allow localnet\nhttp_access deny all\n";
    let result = of(text, None);
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(verdict(&result, "login.windows.net"), Verdict::NotCovered);
}

#[test]
fn the_words_around_the_entries_name_the_product() {
    let entries = ".microsoftonline.com\nlogin.windows.net\ngraph.microsoft.com\n*.msauth.net\n";
    for (words, product) in [
        ("# whitelist for ZIA, custom category \"Entra\"\n", Product::Zscaler),
        ("The network team says this is what they have on the Palo Alto for our server.\n", Product::PaloAlto),
        ("# FortiGate\n", Product::FortiGate),
        ("# Umbrella destination list\n", Product::Umbrella),
        ("# /etc/squid/allowed.acl\n", Product::Squid),
    ] {
        let result = of(&format!("{words}{entries}"), None);
        assert_eq!((result.product, result.how_known), (product, HowKnown::Said), "{words}");
    }
    assert_eq!(of(entries, None).how_known, HowKnown::Assumed);
}

#[test]
fn a_list_of_a_million_lines_is_read_in_bounded_time_and_memory() {
    let mut text = String::with_capacity(52 << 20);
    for number in 0..1_900_000 {
        text.push_str("host");
        text.push_str(&number.to_string());
        text.push_str(".some.example.com\n");
    }
    assert!(text.len() > 50 << 20);
    text.push_str("*.microsoftonline.com\nlogin.windows.net\n");
    let result = of(&text, Some(Product::PaloAlto));
    assert!(result.entries <= 40_000);
    assert_eq!(verdict(&result, "login.microsoftonline.com"), Verdict::Covered);
    assert_eq!(row(&result, "login.windows.net").place.map(|place| place.line), Some(1_900_002));
    assert_eq!(verdict(&result, "graph.microsoft.com"), Verdict::NotCovered);
}

#[test]
fn the_same_text_gives_the_same_check() {
    let text = write(Product::Squid, Cloud::Worldwide, &[]);
    assert_eq!(format!("{:?}", of(&text, None)), format!("{:?}", of(&text, None)));
}
