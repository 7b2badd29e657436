use super::*;
use crate::source::Source;
use proptest::prelude::*;

fn scored(text: &str) -> Option<&'static str> {
    score(&Part::whole(&Source::decode("paste", text.as_bytes()))).map(|score| score.format)
}

fn list(name: &str, text: &str) -> AllowList {
    let source = Source::decode(name, text.as_bytes());
    let part = Part::whole(&source);
    let score = score(&part).expect("a list");
    match read(&part, &score).value {
        Value::AllowList(list) => *list,
        other => panic!("{other:?}"),
    }
}

#[test]
fn lists_as_people_keep_them_are_recognised() {
    let plain = [
        "login.microsoftonline.com\nlogin.windows.net\n*.microsoftonline.com\n",
        "# proxy whitelist\r\nhttps://login.microsoftonline.com\r\nhttps://login.windows.net:443/\r\nhttp://crl3.digicert.com/x.crl\r\n",
        "- *.microsoftonline.com\n- login.windows.net (tcp/443)\n- graph.microsoft.com 443\n- 20.190.128.0/18\n",
        "\"*.microsoftonline.com\",\n\"login.windows.net\",\n\"graph.microsoft.com\"\n",
        ".microsoftonline.com\n.windows.net\n.digicert.com\n",
        "*.microsoftonline.com - sync and sign-in\nlogin.windows.net - sign-in\ncrl3.digicert.com - certificates\n",
    ];
    for text in plain {
        assert_eq!(scored(text), Some("plain-list"), "{text}");
    }
    let azure = "{\n  \"targetFqdns\": [\n    \"*.microsoftonline.com\",\n    \"login.windows.net\",\n    \"graph.microsoft.com\"\n  ]\n}\n";
    assert_eq!(scored(azure), Some("azure-firewall-rules"));
    assert_eq!(list("paste", azure).product, Product::AzureFirewall);
    let fortigate = "config firewall address\n  edit \"entra-1\"\n    set type wildcard-fqdn\n    set wildcard-fqdn \"*.microsoftonline.com\"\n  next\n\
                     edit \"entra-2\"\n    set fqdn \"login.windows.net\"\n  next\n  edit \"entra-3\"\n    set fqdn \"graph.microsoft.com\"\n  next\nend\n";
    assert_eq!(scored(fortigate), Some("fortigate-url-filter"));
    for text in [
        "*.microsoftonline.com/\nlogin.windows.net/\ngraph.microsoft.com/\n",
        "# External Dynamic List\n*.microsoftonline.com\nlogin.windows.net\ngraph.microsoft.com\n",
        "<member>*.microsoftonline.com/</member>\n<member>login.windows.net/</member>\n<member>graph.microsoft.com/</member>\n",
        "set profiles custom-url-category Entra list [ *.microsoftonline.com/ login.windows.net/ ]\n\
         set profiles custom-url-category Entra list graph.microsoft.com/\nset profiles custom-url-category Entra list ^.entrust.net/\n",
    ] {
        assert_eq!(scored(text), Some("palo-alto-edl"), "{text}");
    }
    assert_eq!(
        scored(
            "url,port,protocol,comment\n*.microsoftonline.com,443,TCP,Entra sync service\nlogin.windows.net,443,TCP,Entra sign in\ncrl3.digicert.com,80,TCP,revocation list\n"
        ),
        Some("csv-list")
    );
    assert_eq!(
        scored("acl entra dstdomain .microsoftonline.com\nhttp_access allow entra\nhttp_access deny all\n"),
        Some("squid-acl")
    );
}

#[test]
fn logs_mails_and_name_lookups_are_not_lists() {
    let others = [
        "Hello,\nwe opened login.microsoftonline.com\nand login.windows.net\nand also graph.microsoft.com\nbut it still fails.\nRegards\n",
        "Server:  dc01.contoso.local\nAddress:  10.0.0.10\n\nNon-authoritative answer:\nName:    www.tm.f.prd.aadg.trafficmanager.net\n\
         Addresses:  20.190.151.7\n          20.190.151.70\nAliases:  login.microsoftonline.com\n          login.mso.msidentity.com\n          prdf.aadg.msidentity.com\n",
        "10.0.0.1 login.microsoftonline.com\n10.0.0.2 login.windows.net\n10.0.0.3 graph.microsoft.com\n",
        "login.microsoftonline.com - - [10/Oct/2025:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1\nlogin.windows.net - bob [10/Oct/2025:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1\n\
         graph.microsoft.com - - [10/Oct/2025:13:55:36 +0000] \"GET / HTTP/1.1\" 200 1\n",
        "1/11/2016 8:31 | connect:/login.microsoftonline.com:443 |\n1/11/2016 8:31 | connect://adminwebservice.microsoftonline.com:443 |\n1/11/2016 8:32 | connect://bba800-anchor.microsoftonline.com:443 |\n",
        "connect://login.microsoftonline.com:443\nconnect://adminwebservice.microsoftonline.com:443\nconnect://bba800-anchor.microsoftonline.com:443\n",
        "2025-01-01 10:00:00,10.1.1.1,CONNECT,login.microsoftonline.com,443,200\n2025-01-01 10:00:01,10.1.1.1,CONNECT,login.windows.net,443,200\n2025-01-01 10:00:02,10.1.1.1,CONNECT,graph.microsoft.com,443,200\n",
        "10.0.0.0/8\n192.168.0.0/16\n172.16.0.0/12\n20.190.128.0/18\n",
        "machine.config\nmiiserver.exe.config\ntrace-20250101.log\nreadme.txt\n",
        "mscrl.microsoft.com\tHTTP/80\tUsed to download CRL lists.\n*.verisign.com\tHTTP/80\tUsed to download CRL lists.\n*.entrust.net\tHTTP/80\tUsed to download CRL lists for MFA.\n",
        "login.microsoftonline.com\nlogin.windows.net\n",
        "",
    ];
    for text in others {
        assert_eq!(scored(text), None, "{text}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the specimens beside the project")]
fn no_specimen_of_another_kind_is_claimed() {
    for folder in ["samples", "cases"] {
        let root = format!("{}/../shared/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![std::path::PathBuf::from(root)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_owned();
                let Ok(text) = std::fs::File::open(&path).and_then(std::io::read_to_string) else { continue };
                let is_list = score(&Part::whole(&Source::decode(&name, text.as_bytes()))).is_some();
                assert_eq!(is_list, name.contains(".edl."), "{}", path.display());
            }
        }
    }
}

#[test]
fn a_star_means_what_the_product_means() {
    let text = "*.crl3.digicert.com\n^.entrust.net\nlogin.windows.net\n.verisign.com\nmicrosoftonline.com\n";
    let of = |product: Product, host: &str| {
        let mut list = list("paste", "*.a.example\nb.example.com\nc.example.com\n");
        let source = Source::decode("paste", text.as_bytes());
        list.product = product;
        list.entries = Part::whole(&source)
            .lines()
            .filter_map(|(start, line)| {
                let (shape, ports) = pattern::parse(line, product)?;
                let span = Part::whole(&source).span(start..start + line.len());
                Some(Entry { text: line.to_owned(), span, shape, action: Action::Allow, ports })
            })
            .collect();
        list.coverage(host, 443)
    };
    assert_eq!(of(Product::PaloAlto, "crl3.digicert.com"), Coverage::ApexMissed(0));
    assert_eq!(of(Product::PaloAlto, "a.b.crl3.digicert.com"), Coverage::Covered(0));
    assert_eq!(of(Product::PaloAlto, "ocsp.entrust.net"), Coverage::Covered(1));
    assert_eq!(of(Product::PaloAlto, "a.ocsp.entrust.net"), Coverage::SubdomainsMissed(1));
    assert_eq!(of(Product::PaloAlto, "login.microsoftonline.com"), Coverage::SubdomainsMissed(4));
    assert_eq!(of(Product::Squid, "verisign.com"), Coverage::Covered(3));
    assert_eq!(of(Product::Squid, "ocsp.verisign.com"), Coverage::Covered(3));
    assert_eq!(of(Product::Squid, "x.crl3.digicert.com"), Coverage::DeadPattern(0));
    assert_eq!(of(Product::Umbrella, "login.microsoftonline.com"), Coverage::Covered(4));
    // A plain list does not say whether a bare name stands for the names below it.
    assert!(of(Product::Plain, "login.microsoftonline.com").is_open());
    assert_eq!(of(Product::Plain, "graph.microsoft.com"), Coverage::NotCovered);
}

#[test]
fn entries_point_at_their_own_text() {
    let text = "# list\n  - https://Login.Windows.Net:443/  # older host\n\"*.microsoftonline.com\", graph.microsoft.com\n!blocked.example.com\n";
    let source = Source::decode("paste", text.as_bytes());
    let list = list("paste", text);
    let texts: Vec<&str> = list.entries.iter().map(|entry| &source.text[entry.span.start..entry.span.end]).collect();
    assert_eq!(
        texts,
        ["https://Login.Windows.Net:443/", "*.microsoftonline.com", "graph.microsoft.com", "blocked.example.com"]
    );
    assert_eq!(list.coverage("login.windows.net", 443), Coverage::Covered(0));
    assert_eq!(list.coverage("login.windows.net", 80), Coverage::WrongPort(0));
    assert_eq!(list.coverage("blocked.example.com", 443), Coverage::DeniedFirst(3));
}

#[test]
fn the_first_squid_rule_that_matches_decides() {
    let squid = |rules: &str, host: &str, port: u16| {
        let text = format!(
            "acl localnet src 10.0.0.0/8\nacl SSL_ports port 443\nacl Safe_ports port 80 443\nacl CONNECT method CONNECT\n\
             acl entra dstdomain .microsoftonline.com login.windows.net\nacl certs dstdom_regex -i \\.(digicert|entrust)\\.(com|net)$\n\
             acl listed dstdomain \"/etc/squid/allowed.txt\"\nhttp_access deny !Safe_ports\nhttp_access deny CONNECT !SSL_ports\n{rules}"
        );
        list("squid.conf", &text).coverage(host, port)
    };
    let rules = "http_access allow localnet entra\nhttp_access allow certs\nhttp_access deny all\n";
    assert_eq!(squid(rules, "login.windows.net", 443), Coverage::Covered(1));
    assert_eq!(squid(rules, "*-anchor.microsoftonline.com", 443), Coverage::Covered(0));
    assert_eq!(squid(rules, "crl3.digicert.com", 80), Coverage::Covered(2));
    assert_eq!(squid(rules, "graph.microsoft.com", 443), Coverage::NotCovered);
    let refused = "http_access deny entra\nhttp_access allow localnet\nhttp_access deny all\n";
    assert_eq!(squid(refused, "login.windows.net", 443), Coverage::DeniedFirst(1));
    // The server may belong to localnet: the paste cannot tell.
    assert!(squid(refused, "graph.microsoft.com", 443).is_open());
    // The names stand in a file that was not pasted.
    let external = "http_access allow listed\nhttp_access deny all\n";
    assert!(squid(external, "graph.microsoft.com", 443).is_open());
}

#[test]
fn a_squid_rule_that_ends_the_list_for_the_server_leaves_nothing_open() {
    let own = "acl aadc src 10.1.0.5/32\nacl aadc_dst dstdomain .microsoftonline.com\nacl SSL_ports port 443\n\
               http_access deny CONNECT !SSL_ports\nhttp_access allow aadc aadc_dst\nhttp_access deny aadc\n";
    let list_of = |text: &str| list("squid.conf", text);
    assert!(matches!(list_of(own).coverage("login.microsoftonline.com", 443), Coverage::Covered(_)));
    assert_eq!(list_of(own).coverage("login.windows.net", 443), Coverage::NotCovered);
    assert_eq!(list_of(own).coverage("crl3.digicert.com", 80), Coverage::NotCovered);
    // The rules of another server say nothing about this one.
    let other = format!(
        "acl web src 10.1.0.9/32\nacl web_dst dstdomain .example.com\nhttp_access allow web web_dst\nhttp_access deny web\n{own}"
    );
    assert!(matches!(list_of(&other).coverage("login.microsoftonline.com", 443), Coverage::Covered(_)));
    assert_eq!(list_of(&other).coverage("login.windows.net", 443), Coverage::NotCovered);
    // A later rule for a wider set of clients may let the server through.
    let wider = own.replace("http_access deny aadc\n", "http_access allow localnet\nhttp_access deny all\n");
    assert!(list_of(&wider).coverage("login.windows.net", 443).is_open());
    let signed_in = own.replace(
        "http_access deny aadc\n",
        "acl known proxy_auth REQUIRED\nhttp_access deny !known\nhttp_access deny all\n",
    );
    assert_eq!(list_of(&signed_in).coverage("login.windows.net", 443), Coverage::NotCovered);
}

proptest! {
    #[test]
    fn no_text_breaks_reading(text in "[a-z0-9 .,*^!:/#\"|<>\\-\n\t]{0,300}") {
        let source = Source::decode("paste", text.as_bytes());
        let part = Part::whole(&source);
        for format in ["plain-list", "squid-acl"] {
            let score = Score { value: 1, kind: Kind::AllowList, format, why: String::new() };
            if let Value::AllowList(list) = read(&part, &score).value {
                for entry in &list.entries {
                    let within = source.text.get(entry.span.start..entry.span.end);
                    prop_assert_eq!(within, Some(entry.text.as_str()));
                }
                let _ = list.coverage("*-anchor.microsoftonline.com", 443);
            }
        }
        let _ = score(&part);
    }

    #[test]
    fn no_squid_text_breaks_reading(lines in proptest::collection::vec("(acl|http_access) [a-z!]{1,5} (dstdomain|url_regex|all|port) [a-z.*()\\[\\]+?^$|\\\\0-9-]{0,20}", 0..12)) {
        let text = lines.join("\n");
        let source = Source::decode("squid.conf", text.as_bytes());
        let score = Score { value: 1, kind: Kind::AllowList, format: "squid-acl", why: String::new() };
        if let Value::AllowList(list) = read(&Part::whole(&source), &score).value {
            let _ = list.coverage("login.microsoftonline.com", 443);
        }
    }
}
