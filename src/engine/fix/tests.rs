//! Faults as people make them, and the file that comes back.

use super::*;
use crate::readers::machine_config::Effective;
use proptest::prelude::*;

const BLOCK: &str = "  <system.net>\n    <defaultProxy>\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy:8080\" bypassonlocal=\"true\" />\n    </defaultProxy>\n  </system.net>\n";

fn file(inner: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n{inner}</configuration>\n")
}

fn known() -> Proxy {
    Proxy { host: "proxy".into(), port: 8080, from: "The wizard's trace".into(), is_users: false }
}

fn fixed_bytes(name: &str, bytes: &[u8], wanted: &Wanted) -> (Fix, Vec<u8>) {
    let source = Source::decode(name, bytes);
    let part = Part::whole(&source);
    let score = (machine_config::READER.score)(&part).unwrap_or(Score {
        value: 1,
        kind: Kind::MachineConfig,
        format: Kind::MachineConfig.id(),
        why: String::new(),
    });
    let Value::Config(config) = (machine_config::READER.read)(&part, &score).value else { panic!("no configuration") };
    let fix = fix(&part, score.kind, config.which, wanted);
    // Edits of a piece that came with marks in it belong to the text without them.
    let cleaned = fix.cleaned.clone().map(|text| Source::decode(name, text.as_bytes()));
    let part = cleaned.as_ref().map_or(part, Part::whole);
    let edits = apply::byte_edits(&part, &fix).unwrap();
    let bytes = fix.cleaned.as_ref().map_or(bytes, String::as_bytes);
    (fix.clone(), apply::applied(bytes, &edits).unwrap())
}

fn fixed(text: &str, wanted: &Wanted) -> Fix {
    let (fix, bytes) = fixed_bytes("machine.config", text.as_bytes(), wanted);
    assert_eq!(String::from_utf8(bytes).unwrap(), fix.text, "the edits and the text tell the same");
    fix
}

/// The file is good, names the proxy, and there is nothing left to do.
fn assert_mended(name: &str, text: &str, wanted: &Wanted) -> Fix {
    let fix = fixed(text, wanted);
    assert!(
        fix.refused.is_empty() && fix.questions.is_empty(),
        "{name}: {:?} {:?}\n{}",
        fix.refused,
        fix.questions,
        fix.text
    );
    assert!(fix.is_sound(), "{name}: {:?} {:?}\n{}", fix.config.xml_errors, fix.config.faults, fix.text);
    assert_eq!(fix.config.proxy_endpoint(), Some(("proxy", 8080)), "{name}\n{}", fix.text);
    assert_eq!(fix.config.effective, Effective::Proxy, "{name}\n{}", fix.text);
    assert!(fix.edits.iter().all(|edit| edit.why.ends_with('.') && edit.why.len() > 10), "{name}: {:?}", fix.edits);
    let again = fixed(&fix.text, wanted);
    assert!(again.edits.is_empty(), "{name}: a second time {:?}", again.edits);
    fix
}

/// What .NET takes is not touched.
#[test]
fn a_file_that_the_reader_finds_sound_stays_as_it_is() {
    let good = file(BLOCK);
    for (name, text) in [
        ("numeric references in the address", good.replace("http://proxy", "http&#58;//pro&#x78;y")),
        ("configBuilders on the section", good.replace("<defaultProxy>", "<defaultProxy configBuilders=\"Env\">")),
        ("a lock on the proxy", good.replace("<proxy ", "<proxy lockItem=\"true\" ")),
        (
            "an attribute of the group that .NET does not look at",
            good.replace("<system.net>", "<system.net note=\"x\">"),
        ),
    ] {
        let fix = fixed(&text, &Wanted::default());
        assert!(fix.config.is_sound(), "{name}: {:?}", fix.config.faults);
        assert!(fix.edits.is_empty() && fix.questions.is_empty(), "{name}: {:?} {:?}", fix.edits, fix.questions);
        assert_eq!(fix.config.proxy_endpoint(), Some(("proxy", 8080)), "{name}");
    }
}

#[test]
fn an_attribute_of_the_section_alone_goes_from_the_elements_within() {
    let good = file(BLOCK);
    for attribute in ["configSource=\"proxy.config\"", "configBuilders=\"Env\"", "xmlns=\"urn:x\"", "xml:lang=\"en\""] {
        let text = good.replace("<proxy ", &format!("<proxy {attribute} "));
        let fix = assert_mended(attribute, &text, &Wanted::default());
        assert_eq!(fix.text, good, "{attribute}");
    }
}

#[test]
fn a_list_of_wildcards_in_one_entry_becomes_an_expression() {
    let list = "<bypasslist><add address=\"*.contoso.com;10.*\" /></bypasslist>";
    let text = file(&BLOCK.replace("    </defaultProxy>", &format!("      {list}\n    </defaultProxy>")));
    assert_mended("list of wildcards", &text, &Wanted::default());
}

/// Faults that have an edit without any further knowledge: name, the file, what it becomes.
fn faults() -> Vec<(&'static str, String, String)> {
    let good = || file(BLOCK);
    let with = |old: &str, new: &str| {
        let text = good();
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    };
    let to_good = |name, text| (name, text, good());
    let mut all = vec![
        to_good("typographic quotes", with("\"http://proxy:8080\"", "“http://proxy:8080”")),
        to_good("typographic quotes everywhere", good().replace('"', "”")),
        to_good("German quotes", with("\"http://proxy:8080\"", "„http://proxy:8080“")),
        to_good("one curly quote", with("8080\"", "8080”")),
        to_good(
            "quotes that swallow the next attribute",
            with("8080\" bypassonlocal=\"true", "8080” bypassonlocal=“true"),
        ),
        to_good("prime marks", with("\"http://proxy:8080\"", "″http://proxy:8080″")),
        to_good("no-break space between attributes", with(" proxyaddress", "\u{a0}proxyaddress")),
        to_good("ideographic space between attributes", with(" proxyaddress", "\u{3000}proxyaddress")),
        to_good("invisible character in the tag", with(" proxyaddress", " \u{200b}proxyaddress")),
        to_good("invisible character in the address", with("http://proxy", "http://\u{200b}proxy")),
        to_good("no-break space as indent", with("    <defaultProxy>", "\u{a0}   <defaultProxy>")),
        to_good("no blank between attributes", with("8080\" bypass", "8080\"bypass")),
        to_good("closing quote missing", with("8080\"", "8080")),
        to_good("opening quote missing", with("\"http", "http")),
        to_good("both quotes missing", with("\"http://proxy:8080\"", "http://proxy:8080")),
        to_good("full-width equals sign", with("proxyaddress=", "proxyaddress＝")),
        to_good("attribute twice", with(" bypassonlocal", " proxyaddress=\"http://proxy:8080\" bypassonlocal")),
        to_good("stray slash", with(" bypassonlocal=", " / bypassonlocal=")),
        to_good("blank behind the bracket", with("<defaultProxy>", "< defaultProxy>")),
        to_good("tag not closed", with("<defaultProxy>\n", "<defaultProxy\n")),
        to_good("end tag not closed", with("</defaultProxy>\n", "</defaultProxy\n")),
        to_good("proxy tag not closed", with(" />\n", "\n")),
        to_good("proxy closed without a slash", with("\" />", "\">").replacen("\">\n    </def", "\" >\n    </def", 1)),
        to_good("end tag of defaultProxy missing", with("    </defaultProxy>\n", "")),
        to_good("end tag of system.net missing", with("  </system.net>\n", "")),
        to_good("end tag of configuration missing", with("\n</configuration>\n", "\n")),
        to_good("end tag without its slash", with("</defaultProxy>", "<defaultProxy>")),
        to_good("end tag in another letter case", with("</defaultProxy>", "</defaultproxy>")),
        to_good("end tag with a slip", with("</defaultProxy>", "</defaultPoxy>")),
        to_good("end tag left over", with(" />\n", " />\n      </proxy>\n")),
        to_good("blank line in front of the declaration", format!("\n{}", good())),
        to_good("text in front of the file", format!("Here it is:\n{}", good())),
        to_good("text behind the file", format!("{}regards\n", good())),
        to_good("declaration pasted along", with("  <system.net>", "<?xml version=\"1.0\"?>\n  <system.net>")),
        to_good("block behind the root", format!("{}{BLOCK}", file(""))),
        to_good(
            "root closed too early",
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n</configuration>\n{BLOCK}</configuration>\n"
            ),
        ),
        to_good(
            "a configuration within the configuration file",
            format!("{}<configuration>\n{BLOCK}</configuration>\n", file("")),
        ),
        to_good("wrong case of system.net", good().replace("system.net", "system.Net")),
        to_good("wrong case of defaultProxy", good().replace("defaultProxy", "defaultproxy")),
        to_good("wrong case of proxy", with("<proxy", "<Proxy")),
        to_good("wrong case of the root", good().replace("configuration>", "Configuration>")),
        to_good("slip in defaultProxy", good().replace("defaultProxy", "defautProxy")),
        to_good("wrong case of proxyaddress", with("proxyaddress", "proxyAddress")),
        to_good("wrong case of usesystemdefault", with("usesystemdefault", "useSystemDefault")),
        to_good("slip in bypassonlocal", with("bypassonlocal", "bypassonlocl")),
        to_good("address under another name", with("proxyaddress", "address")),
        to_good("yes in place of true", with("bypassonlocal=\"true\"", "bypassonlocal=\"yes\"")),
        to_good("a slip in true", with("bypassonlocal=\"true\"", "bypassonlocal=\"ture\"")),
        to_good(
            "user and password as attributes",
            with(" bypassonlocal", " username=\"svc\" password=\"geheim\" bypassonlocal"),
        ),
        to_good("port as an attribute", with(":8080\"", "\" port=\"8080\"")),
        to_good("https scheme", with("http://proxy", "https://proxy")),
        to_good("no scheme", with("http://proxy", "proxy")),
        to_good("half a scheme", with("http://proxy", "http//proxy")),
        to_good("letter in the port", with(":8080", ":808O")),
        to_good("blank in the port", with(":8080", ":80 80")),
        to_good(
            "defaultProxy within itself",
            with("    <defaultProxy>\n", "    <defaultProxy>\n    <defaultProxy>\n").replacen(
                "    </defaultProxy>\n",
                "    </defaultProxy>\n    </defaultProxy>\n",
                1,
            ),
        ),
        to_good("stray text", with("    <defaultProxy>\n", "    141\n    <defaultProxy>\n")),
        to_good("the edit done twice", file(&format!("{BLOCK}{BLOCK}"))),
        to_good("proxy twice", with("      <proxy", "      <proxy usesystemdefault=\"true\" />\n      <proxy")),
        to_good(
            "unknown element",
            with("      <proxy", "      <credentials user=\"a\" password=\"b\" />\n      <proxy"),
        ),
        to_good("control character", with("proxy:8080", "pro\u{1}xy:8080")),
        to_good(
            "entities in place of tags",
            with("      <proxy", "      &lt;proxy").replacen("bypassonlocal=\"true\" /></", "", 1).replacen(
                "\"true\" />\n    </def",
                "\"true\" /&gt;\n    </def",
                1,
            ),
        ),
        to_good("utf-16 declared", with("utf-8", "utf-16")),
    ];
    let sections = "  <configSections>\n    <section name=\"a\" type=\"b\" />\n  </configSections>\n";
    all.push(("block above configSections", file(&format!("{BLOCK}{sections}")), file(&format!("{sections}{BLOCK}"))));
    let runtime = |inner: &str| format!("  <runtime>\n{inner}  </runtime>\n");
    all.push(("block within runtime", file(&runtime(BLOCK)), file(&format!("{}{BLOCK}", runtime("")))));
    all
}

#[test]
fn every_fault_with_a_fix_gives_the_file_that_was_meant() {
    for (name, text, right) in faults() {
        let fix = assert_mended(name, &text, &Wanted::default());
        let plain = |text: &str| text.replace("\" >", "\" />").replace("  />", " />");
        assert_eq!(plain(&fix.text), plain(&right), "{name}");
    }
}

#[test]
fn faults_whose_outcome_may_be_laid_out_in_more_than_one_way_are_mended_too() {
    let good = file(BLOCK);
    let proxy = "<proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy:8080\" bypassonlocal=\"true\" />";
    for (name, text) in [
        ("enabled on proxy", good.replace("<proxy ", "<proxy enabled=\"true\" ")),
        ("credentials on proxy", good.replace("<proxy ", "<proxy useDefaultCredentials=\"true\" ")),
        ("address on defaultProxy", file("  <system.net>\n    <defaultProxy proxyaddress=\"http://proxy:8080\" />\n  </system.net>\n")),
        ("defaultProxy without system.net", file(&format!("  <defaultProxy>\n    {proxy}\n  </defaultProxy>\n"))),
        ("proxy without defaultProxy", file(&format!("  <system.net>\n    {proxy}\n  </system.net>\n"))),
        ("proxy alone in the root", file(&format!("  {proxy}\n"))),
        ("defaultProxy within system.web", file(&format!("  <system.web>\n    <defaultProxy>{proxy}</defaultProxy>\n  </system.web>\n"))),
        ("list within proxy", good.replace(" />\n", ">\n<bypasslist><add address=\"x\" /></bypasslist>\n</proxy>\n")),
        ("list beside defaultProxy", good.replace("  </system.net>", "  <bypasslist><add address=\"x\" /></bypasslist>\n  </system.net>")),
        ("entry without a list", good.replace("    </defaultProxy>", "      <add address=\"x\" />\n    </defaultProxy>")),
        ("list twice", good.replace("    </defaultProxy>", "      <bypasslist><add address=\"x\" /></bypasslist>\n      <bypasslist>\n<add address=\"y\" />\n</bypasslist>\n    </defaultProxy>")),
        ("wildcard in the list", good.replace("    </defaultProxy>", "<bypasslist><add address=\"*.contoso.com\" /></bypasslist></defaultProxy>")),
        ("list not closed", good.replace("    </defaultProxy>", "<bypasslist\n<add address=\"x\" />\n</bypasslist></defaultProxy>")),
        ("entry under another name", good.replace("    </defaultProxy>", "<bypasslist><add name=\"x\" /></bypasslist></defaultProxy>")),
        ("bypassList", good.replace("    </defaultProxy>", "<bypassList><add address=\"x\" /></bypassList></defaultProxy>")),
        ("credentials in the address", good.replace("http://proxy", "http://svc:pw@proxy")),
        ("bare ampersand", good.replace("8080\"", "8080/?a=1&b=2\"")),
        ("two dashes in a comment", good.replace("  <system.net>", "  <!-- set -- by Anna -->\n  <system.net>")),
        ("a comment in a comment", good.replace("  <system.net>", "  <!-- old <!-- older --> still old -->\n  <system.net>")),
        ("address as an element", file("  <system.net>\n    <defaultProxy>\n      <proxy usesystemdefault=\"true\">\n        <proxyaddress>http://proxy:8080</proxyaddress>\n      </proxy>\n    </defaultProxy>\n  </system.net>\n")),
        ("two slips and a wrong place", file(&format!("  <runtime>\n  <System.Net>\n  <defaultproxy>\n{}\n</defaultproxy></System.Net></runtime>\n", proxy.replace("\"http", "“http")))),
        ("all on one line", format!("<configuration><system.net><defaultProxy>{}</defaultProxy></system.net></configuration>", proxy.replace("proxyaddress", "proxyAddress"))),
        ("block behind the root, all on one line", format!("<configuration></configuration><system.net><defaultProxy>{proxy}</defaultProxy></system.net>")),
    ] {
        assert_ne!(text, good, "{name}");
        assert_mended(name, &text, &Wanted::default());
    }
}

#[test]
fn what_only_the_evidence_can_tell_is_taken_from_it_and_asked_without_it() {
    let good = file(BLOCK);
    let wanted = Wanted { proxy: Some(known()), needed: true, ..Wanted::default() };
    let unknown = Wanted { needed: true, ..Wanted::default() };
    for (name, text) in [
        ("nothing configured", file("")),
        ("nothing configured, tabs and crlf", file("\t<runtime />\n").replace('\n', "\r\n")),
        ("no address", good.replace(" proxyaddress=\"http://proxy:8080\"", "")),
        (
            "no proxy element",
            file("  <system.net>\n    <defaultProxy useDefaultCredentials=\"true\" />\n  </system.net>\n"),
        ),
        ("no port", good.replace(":8080", "")),
        ("no such port", good.replace(":8080", ":80800")),
        ("placeholder", good.replace("http://proxy:8080", "http://<PROXYADDRESS>:<PROXYPORT>")),
        (
            "placeholder in typographic quotes",
            good.replace("\"http://proxy:8080\"", "“http://<PROXYADDRESS>:<PROXYPORT>”"),
        ),
        ("placeholder in square brackets", good.replace("http://proxy:8080", "http://[PROXYADDRESS]:8080")),
        ("debugging proxy", good.replace("http://proxy:8080", "http://127.0.0.1:8888")),
        ("socks", good.replace("http://proxy:8080", "socks5://proxy:1080")),
        ("script in place of the address", good.replace("http://proxy:8080", "http://wpad/proxy.pac")),
        ("empty address", good.replace("http://proxy:8080", "")),
        ("two different blocks", file(&format!("{}{BLOCK}", BLOCK.replace("proxy:8080", "old:3128")))),
    ] {
        let asked = fixed(&text, &unknown);
        assert!(
            asked.questions.iter().any(|question| question.wants_proxy),
            "{name}: {:?}\n{}",
            asked.questions,
            asked.text
        );
        assert_mended(name, &text, &wanted);
        let users = Wanted { proxy: Some(Proxy { is_users: true, ..known() }), needed: true, ..Wanted::default() };
        assert_mended(name, &text, &users);
    }
    for (name, text) in [
        ("switched off", good.replace("<defaultProxy>", "<defaultProxy enabled=\"false\">")),
        (
            "commented out",
            good.replace("  <system.net>", "  <!--\n  <system.net>")
                .replace("</system.net>\n", "</system.net>\n  -->\n"),
        ),
    ] {
        assert_mended(name, &text, &unknown);
        assert!(
            fixed(&text, &Wanted::default()).edits.is_empty(),
            "{name}: a design that nothing speaks against stays"
        );
    }
}

#[test]
fn a_sign_in_is_added_where_the_proxy_asks_for_one() {
    let wanted = Wanted { sign_in: true, ..Wanted::default() };
    let good = file(BLOCK);
    for text in [good.clone(), good.replace("<defaultProxy>", "<defaultProxy useDefaultCredentials=\"false\">")] {
        let fix = assert_mended("sign-in", &text, &wanted);
        assert!(fix.config.sends_credentials());
        assert_eq!(fix.edits.len(), 1);
    }
}

#[test]
fn the_user_s_own_address_replaces_a_good_one() {
    let users = Proxy { host: "new.contoso.com".into(), port: 3128, from: "You".into(), is_users: true };
    let fix = fixed(&file(BLOCK), &Wanted { proxy: Some(users), ..Wanted::default() });
    assert_eq!(fix.text, file(&BLOCK.replace("proxy:8080", "new.contoso.com:3128")));
}

#[test]
fn settings_in_the_sync_engine_s_own_file_are_taken_out() {
    let text = file(&format!("  <runtime />\n{BLOCK}"));
    let (fix, _) = fixed_bytes("miiserver.exe.config", text.as_bytes(), &Wanted { remove: true, ..Wanted::default() });
    assert_eq!(fix.text, file("  <runtime />\n"));
}

#[test]
fn what_nobody_can_know_is_said_and_left() {
    let good = file(BLOCK);
    for (name, text) in [
        ("comment never closed", good.replace("  <system.net>", "  <!-- from here\n  <system.net>")),
        ("cut in the middle", "<configuration>\n  <system.serviceModel>\n    <behaviors>\n".to_owned()),
        ("a section of its own not closed", good.replace("  <system.net>", "  <system.web>\n  <system.net>")),
        (
            "nonsense in the list",
            good.replace("    </defaultProxy>", "<bypasslist><add address=\"(a\" /></bypasslist></defaultProxy>"),
        ),
    ] {
        let fix = fixed(&text, &Wanted::default());
        assert!(!fix.refused.is_empty() || !fix.questions.is_empty(), "{name}: {}", fix.text);
        assert!(!fix.is_sound(), "{name}");
    }
}

#[test]
fn good_files_of_every_kind_stay_as_they_are() {
    let good = file(BLOCK);
    for text in [
        good.clone(),
        good.replace('\n', "\r\n"),
        good.replace('"', "'"),
        good.replace("\"true\"", "\"True\""),
        file(""),
        file("  <!-- <system.net> -->\n"),
        good.replace("proxyaddress=\"http://proxy:8080\" ", "").replace("bypassonlocal=\"true\" ", ""),
        BLOCK.to_owned(),
        "<proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy:8080\" />\n".to_owned(),
        "  </runtime>\n".to_owned() + BLOCK + "</configuration>\n",
        good.replace("  <system.net>", "  <location path=\"x\">\n  <system.net>")
            .replace("</system.net>", "</system.net></location>"),
    ] {
        let fix = fixed(&text, &Wanted { proxy: Some(known()), ..Wanted::default() });
        assert_eq!(fix.edits, [], "{text}");
    }
}

#[test]
fn every_encoding_keeps_its_bytes_around_the_edit() {
    let text = file(&format!("  <!-- 代理服务器 设置 -->\n{}", BLOCK.replace("http://proxy", "https://proxy")));
    let umlaut = text.replace("代理服务器 设置", "für Müller");
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let text = text.replace("utf-8", "utf-16");
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16().collect::<Vec<_>>());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let crlf = text.replace('\n', "\r\n");
    for (name, bytes) in [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with BOM", [b"\xEF\xBB\xBF".as_slice(), crlf.as_bytes()].concat()),
        ("UTF-16LE", utf16(&text, true)),
        ("UTF-16BE", utf16(&crlf, false)),
        ("windows-1252", encoding_rs::WINDOWS_1252.encode(&umlaut.replace("utf-8", "windows-1252")).0.into_owned()),
        ("GBK", encoding_rs::GBK.encode(&text.replace("utf-8", "gb2312")).0.into_owned()),
    ] {
        let (fix, out) = fixed_bytes("machine.config", &bytes, &Wanted::default());
        assert!(fix.is_sound(), "{name}: {:?} {:?}", fix.config.xml_errors, fix.config.faults);
        let head = bytes.iter().zip(&out).take_while(|(a, b)| a == b).count();
        let tail = bytes.iter().rev().zip(out.iter().rev()).take_while(|(a, b)| a == b).count();
        let wide = if name.starts_with("UTF-16") { 2 } else { 1 };
        assert_eq!(out.len() + wide, bytes.len(), "{name}: one letter goes");
        assert!(head + tail + wide >= out.len(), "{name}: nothing else changes");
    }
}

#[test]
fn a_file_that_is_not_in_the_encoding_it_declares_is_written_in_it() {
    let text = file(&format!("  <!-- für Müller -->\n{BLOCK}"));
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let (fix, out) = fixed_bytes("machine.config", &bytes, &Wanted::default());
    assert_eq!(String::from_utf8(out).unwrap(), text);
    assert!(fix.is_sound());
    assert_eq!(fix.edits, []);
}

/// A fault, and whether it may stand together with others.
fn spoil(text: &str, fault: usize, at: usize) -> String {
    let nth = |what: &str, new: &str| {
        let places: Vec<usize> = text.match_indices(what).map(|(place, _)| place).collect();
        let Some(place) = places.get(at % places.len().max(1)) else { return text.to_owned() };
        format!("{}{new}{}", &text[..*place], &text[place + what.len()..])
    };
    match fault {
        0 => nth("=\"", "=“"),
        1 => nth("\" ", "” "),
        2 => nth("\" ", "\"\u{a0}"),
        3 => text.replacen("proxyaddress", "ProxyAddress", 1),
        4 => text.replacen("http://", "https://", 1),
        5 => text.replacen("http://", "", 1),
        6 => text.replace("defaultProxy", "DefaultProxy"),
        7 => text.replacen("</system.net>", "", 1),
        8 => text.replacen("</defaultProxy>", "", 1),
        9 => text.replacen("\"true\"", "\"yes\"", 1),
        10 => text.replacen("<proxy ", "<proxy enabled=\"true\" ", 1),
        11 => text.replacen("\" ", "\"", 1),
        12 => format!("\n{text}"),
        13 => text.replacen("bypassonlocal", "bypassOnLocal", 1),
        14 => text.replacen("<proxy ", "<proxy user=\"a\" ", 1),
        _ => text.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_slips_come_together_the_proxy_that_was_meant_comes_out(
        host in "[a-z][a-z0-9]{0,8}(\\.[a-z]{2,6}){0,2}",
        port in 1_u16..,
        crlf in any::<bool>(),
        credentials in any::<bool>(),
        comment in "[a-zäöü代理 ]{0,20}",
        slips in prop::collection::vec((0..16_usize, 0..8_usize), 0..5),
    ) {
        prop_assume!(!host.starts_with("http") && host != "localhost" && !host.contains("proxyaddress"));
        let section = if credentials { "<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">" } else { "<defaultProxy>" };
        let good = file(&format!(
            "  <configSections>\n    <section name=\"x\" type=\"y, Culture=neutral\" />\n  </configSections>\n  <!-- {comment} -->\n  <runtime />\n  <system.net>\n    {section}\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://{host}:{port}\" bypassonlocal=\"true\" />\n    </defaultProxy>\n  </system.net>\n"
        ));
        let good = if crlf { good.replace('\n', "\r\n") } else { good };
        // Slips of the hand befall the block; what stands above it is the file as it was.
        let at = good.find("  <system.net>").unwrap();
        let (above, block) = good.split_at(at);
        let mut spoiled = block.to_owned();
        let mut blank = false;
        let mut seen = Vec::new();
        for (fault, place) in slips {
            if seen.contains(&fault) || (fault == 4 && seen.contains(&5)) || (fault == 5 && seen.contains(&4)) {
                continue;
            }
            seen.push(fault);
            blank |= fault == 12;
            if fault != 12 {
                spoiled = spoil(&spoiled, fault, place);
            }
        }
        let text = format!("{}{above}{spoiled}", if blank { "\n" } else { "" });
        let fix = fixed(&text, &Wanted::default());
        prop_assert!(fix.is_sound() && fix.questions.is_empty(), "{text}\n=>\n{}\n{:?} {:?} {:?}", fix.text, fix.questions, fix.refused, fix.config.faults);
        prop_assert_eq!(fix.config.proxy_endpoint(), Some((host.as_str(), port)));
        prop_assert!(fix.config.effective == Effective::Proxy);
        prop_assert_eq!(fix.config.sends_credentials(), credentials);
        // Above the block nothing changes, but for the blank line.
        prop_assert!(fix.text.starts_with(above), "{}", fix.text);
        if seen.is_empty() {
            prop_assert!(fix.edits.is_empty());
        }
        let again = fixed(&fix.text, &Wanted::default());
        prop_assert!(again.edits.is_empty(), "{:?}", again.edits);
    }

    #[test]
    fn no_text_makes_it_stumble(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<system.net>", "</system.net>", "<defaultProxy", ">", "<proxy ", "/>", "proxyaddress=", "\"http://p:8080\"",
                "“", "<!--", "-->", "</configuration>", "<configuration>", "&", "\u{a0}", "\n", "<bypasslist>", "<add address=\"*\"/>",
                "<?xml version=\"1.0\"?>", "x", "<![CDATA[", "]]>", "</", "<", "代",
            ]),
            0..30,
        ),
    ) {
        let text = pieces.concat();
        let wanted = Wanted { proxy: Some(known()), needed: true, sign_in: true, ..Wanted::default() };
        for name in ["machine.config", "paste"] {
            let (fix, bytes) = fixed_bytes(name, text.as_bytes(), &wanted);
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), fix.text.as_str());
        }
    }
}
