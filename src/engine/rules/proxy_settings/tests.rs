use super::*;
use crate::endpoints::Cloud;
use crate::rules::{bypass_list, config_syntax};
use crate::{Input, Options};

fn facts(artifacts: &[(&str, &str)], cloud: Cloud) -> Facts {
    let input = |(name, text): &(&str, &str)| Input {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
        corrections: Vec::new(),
    };
    let inputs: Vec<Input> = artifacts.iter().map(input).collect();
    crate::analyze(&inputs, &Options { cloud: Some(cloud), features: Vec::new() }).facts
}

/// The 1-based line of the finding's primary place.
fn line(facts: &Facts, finding: &Finding) -> usize {
    let artifact = &facts.artifacts[finding.primary.span.artifact];
    facts.sources[artifact.source].position(finding.primary.span.start).line
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    config_syntax::RULES.iter().chain(RULES).chain(bypass_list::RULES).chain(crate::rules::layers::RULES)
}

/// The ids that hold, with their severity.
fn diagnoses(artifacts: &[(&str, &str)]) -> Vec<(&'static str, Severity)> {
    let facts = facts(artifacts, Cloud::Worldwide);
    rules()
        .filter_map(|rule| (rule.check)(&facts).map(|finding| (rule.id, finding.severity.unwrap_or(rule.severity))))
        .collect()
}

fn ids(artifacts: &[(&str, &str)]) -> Vec<&'static str> {
    diagnoses(artifacts).into_iter().map(|(id, _)| id).collect()
}

fn finding(id: &str, facts: &Facts) -> Finding {
    let rule = rules().find(|rule| rule.id == id).unwrap();
    (rule.check)(facts).unwrap_or_else(|| panic!("{id} does not hold"))
}

fn shared(path: &str) -> String {
    let path = format!("{}/../shared/{path}", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads its specimens")]
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether the specimens are at hand. They are texts of others and no part of the project.
fn have_specimens() -> bool {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").is_dir()
}

/// A machine.config with this inside `defaultProxy`.
fn machine(section: &str, inside: &str) -> String {
    format!(
        "<configuration>\n<system.net>\n<defaultProxy {section}>\n{inside}\n</defaultProxy>\n</system.net>\n</configuration>\n"
    )
}

#[test]
fn every_example_gives_its_diagnosis_and_no_counter_example_does() {
    for rule in rules() {
        assert!(ids(rule.example).contains(&rule.id), "{}: {:?}", rule.id, ids(rule.example));
        assert!(!ids(rule.counter_example).contains(&rule.id), "{}", rule.id);
    }
}

#[test]
fn evidence_lies_in_the_text_and_every_placeholder_is_filled() {
    for rule in rules() {
        let facts = facts(rule.example, Cloud::China);
        let found = (rule.check)(&facts).unwrap();
        for place in std::iter::once(&found.primary).chain(&found.related) {
            assert!(!facts.text_at(place.span).trim().is_empty() && !place.note.is_empty(), "{}: {place:?}", rule.id);
        }
        let steps = rule.en.steps.iter().flat_map(|step| [Some(step.text), step.command, step.verify]);
        for text in steps.flatten().chain([rule.en.title, rule.en.summary, rule.en.why]) {
            for name in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                assert!(
                    found.args.iter().any(|(arg, value)| *arg == name && !value.contains('{')),
                    "{}: {{{name}}}",
                    rule.id
                );
            }
        }
        assert!(
            found.args.iter().any(|(_, value)| value.contains("partner.microsoftonline.cn")),
            "the test is that of the cloud"
        );
    }
}

#[test]
fn the_cases_get_the_expected_answers_on_the_expected_lines() {
    if !have_specimens() {
        return;
    }
    let mail = shared("cases/smart-quotes-pasted-in-a-mail/RE_ nothing works any more.eml.txt");
    let smart = [("mail.txt", mail.as_str())];
    assert_eq!(ids(&smart), ["config-not-well-formed"]);
    let all = facts(&smart, Cloud::Worldwide);
    let found = finding("config-not-well-formed", &all);
    assert_eq!(line(&all, &found), 12);

    let folder = "cases/proxy-only-in-miiserver-exe-config-cn";
    let [app, machine, test] =
        ["miiserver.exe.config", "machine.config", "test.txt"].map(|file| shared(&format!("{folder}/{file}")));
    let wrong = [("miiserver.exe.config", app.as_str()), ("machine.config", &machine), ("test.txt", &test)];
    assert_eq!(
        diagnoses(&wrong),
        [("proxy-in-wrong-file", Severity::Error), ("proxy-not-configured", Severity::Error)]
    );
    let all = facts(&wrong, Cloud::China);
    let found = finding("proxy-in-wrong-file", &all);
    assert_eq!(line(&all, &found), 22);
    let block = found.args.iter().find(|(name, _)| *name == "block").map(|(_, value)| value.as_str()).unwrap();
    assert!(
        block.contains("proxyaddress=\"http://10.77.8.2:8080\"") && block.contains("useDefaultCredentials=\"true\""),
        "{block}"
    );

    let folder = "cases/proxy-offers-basic-only-gov";
    let [machine, curl] = ["machine.config", "curl.txt"].map(|file| shared(&format!("{folder}/{file}")));
    assert_eq!(ids(&[("machine.config", &machine), ("curl.txt", &curl)]), [""; 0]);

    let trace = shared("cases/wrong-password-in-the-trace/trace-20260601-101508.log");
    assert_eq!(ids(&[("trace.log", &trace)]), [""; 0]);
    let kb = shared("samples/entra-error-1.txt");
    assert_eq!(ids(&[("error.txt", &kb)]), ["proxy-not-configured"]);
    for file in ["samples/entra-trace-1.log", "samples/entra-trace-6.log", "samples/dotnetcore-config-1.txt"] {
        assert_eq!(ids(&[("text.txt", &shared(file))]), [""; 0], "{file}");
    }
}

#[test]
fn the_specimens_get_the_confirmed_answers() {
    if !have_specimens() {
        return;
    }
    for (file, expected) in [
        ("config-issue-1.config", "config-section-misplaced"),
        ("config-issue-2.config", "config-attribute-unknown"),
        ("config-issue-4.config", "config-not-well-formed"),
        ("config-issue-7.config", "proxy-address-invalid"),
        ("config-issue-8.config", "proxy-not-configured"),
        ("machine-config-2.config", "config-not-well-formed"),
        ("dotnet-proxy-scheme-1.txt", "proxy-address-invalid"),
        ("powershell-machineconfig-1.txt", "config-section-misplaced"),
        ("powershell-machineconfig-3.txt", "config-attribute-unknown"),
    ] {
        assert_eq!(ids(&[(file, &shared(&format!("samples/{file}")))]), [expected], "{file}");
    }
    for file in ["machine-config-1.config", "machine-config-4.config"] {
        let given = shared(&format!("samples/{file}"));
        assert_eq!(diagnoses(&[(file, &given)]), [("healthy-configuration", Severity::Info)], "{file}");
    }
}

/// `netsh winhttp show proxy` with this proxy.
fn winhttp(proxy: &str) -> String {
    format!("Current WinHTTP proxy settings:\n\n    Proxy Server(s) :  {proxy}\n    Bypass List     :  <local>\n")
}

/// What it is, the artifacts, the diagnoses.
type Situation = (&'static str, Vec<(&'static str, String)>, Vec<(&'static str, Severity)>);

/// One situation per row: what was pasted, and every diagnosis of the family that the user sees.
#[test]
fn each_situation_gets_its_answer_and_no_other() {
    let proxy =
        "<proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.contoso.example:8080\" bypassonlocal=\"true\"/>";
    let with_proxy = machine("", proxy);
    let with_credentials = machine("useDefaultCredentials=\"true\"", proxy);
    let public = "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond 40.126.32.74:443\n";
    let refused = "No connection could be made because the target machine actively refused it 127.0.0.1:8888\n";
    let private = "Unable to connect to the remote server ---> A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond 10.0.0.5:8080\n";
    let name = "The remote name could not be resolved: 'login.microsoftonline.com'\n";
    let table: Vec<Situation> = vec![
        ("good file", vec![("machine.config", with_proxy.clone())], vec![("healthy-configuration", Severity::Ok)]),
        ("good file, 407", vec![("machine.config", with_proxy.clone()), ("t.txt", ERROR_407.into())], vec![("proxy-credentials-not-sent", Severity::Error)]),
        ("credentials on, 407", vec![("machine.config", with_credentials.clone()), ("t.txt", ERROR_407.into())], vec![]),
        ("credentials off in words", vec![("machine.config", machine("useDefaultCredentials=\"false\"", proxy)), ("t.txt", ERROR_407.into())], vec![("proxy-credentials-not-sent", Severity::Error)]),
        ("good file, direct attempt", vec![("machine.config", with_proxy.clone()), ("t.txt", public.into())], vec![("service-not-restarted", Severity::Error)]),
        ("good file, name asked of DNS", vec![("machine.config", with_proxy.clone()), ("t.txt", name.into())], vec![("service-not-restarted", Severity::Error)]),
        ("good file, the proxy does not answer", vec![("machine.config", with_proxy.clone()), ("t.txt", private.into())], vec![]),
        ("good file, error without an address", vec![("machine.config", with_proxy.clone()), ("t.txt", DIRECT_ERROR.into())], vec![("service-not-restarted", Severity::Warning)]),
        ("credentials added after the wizard was started", vec![("machine.config", with_credentials.clone()), ("trace-1.log", format!("{TRACE_WITH_PROXY}Default Proxy [UseDefaultCredentials]: False\n{ERROR_407}"))], vec![("service-not-restarted", Severity::Error)]),
        ("trace without credentials", vec![("trace-1.log", format!("{TRACE_WITH_PROXY}Default Proxy [UseDefaultCredentials]: False\n{ERROR_407}"))], vec![("proxy-credentials-not-sent", Severity::Error)]),
        ("no proxy, direct attempt", vec![("machine.config", NO_PROXY.into()), ("t.txt", public.into())], vec![("proxy-not-configured", Severity::Error)]),
        ("no proxy, name asked of DNS", vec![("machine.config", NO_PROXY.into()), ("t.txt", name.into())], vec![("proxy-not-configured", Severity::Error)]),
        ("no proxy, 407", vec![("machine.config", NO_PROXY.into()), ("t.txt", ERROR_407.into())], vec![("proxy-not-configured", Severity::Error)]),
        ("no proxy, nothing else", vec![("machine.config", NO_PROXY.into())], vec![("healthy-configuration", Severity::Info)]),
        ("trace without proxy, failure", vec![("trace-1.log", format!("{TRACE_WITHOUT_PROXY}{DIRECT_ERROR}"))], vec![("proxy-not-configured", Severity::Error)]),
        ("trace without proxy, no failure", vec![("trace-1.log", TRACE_WITHOUT_PROXY.into())], vec![]),
        ("failure alone", vec![("t.txt", DIRECT_ERROR.into())], vec![]),
        ("switched off, failure", vec![("machine.config", machine("enabled=\"false\"", proxy)), ("t.txt", public.into())], vec![("proxy-disabled", Severity::Error)]),
        ("switched off, nothing else", vec![("machine.config", machine("enabled=\"false\"", proxy))], vec![("proxy-disabled", Severity::Warning)]),
        ("element without an address", vec![("machine.config", machine("", "<proxy/>"))], vec![("proxy-disabled", Severity::Warning)]),
        ("autoDetect off is no proxy", vec![("machine.config", machine("", "<proxy usesystemdefault=\"True\" autoDetect=\"False\"/>"))], vec![("proxy-disabled", Severity::Warning)]),
        ("script dropped by bypassonlocal", vec![("machine.config", machine("", "<proxy scriptLocation=\"http://w/p.pac\" bypassonlocal=\"False\"/>"))], vec![("proxy-disabled", Severity::Warning)]),
        ("script", vec![("machine.config", machine("", "<proxy autoDetect=\"true\"/>"))], vec![("proxy-script-configured", Severity::Warning)]),
        ("script beside an address", vec![("machine.config", machine("", "<proxy autoDetect=\"true\" proxyaddress=\"http://p.contoso.example:8080\"/>"))], vec![("proxy-script-configured", Severity::Info), ("healthy-configuration", Severity::Ok)]),
        ("32-bit copy", vec![(r"C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config", with_proxy.clone())], vec![("proxy-in-wrong-file", Severity::Error)]),
        ("v2 copy", vec![(r"C:\Windows\Microsoft.NET\Framework64\v2.0.50727\CONFIG\machine.config", with_proxy.clone())], vec![("proxy-in-wrong-file", Severity::Error)]),
        ("miiserver hides machine.config", vec![("machine.config", with_proxy.clone()), ("miiserver.exe.config", machine("useDefaultCredentials=\"true\"", ""))], vec![("proxy-in-wrong-file", Severity::Error)]),
        ("scheme missing", vec![("machine.config", machine("", "<proxy proxyaddress=\"fabrikamproxy:8080\"/>"))], vec![("proxy-address-invalid", Severity::Error)]),
        ("no address at all", vec![("machine.config", machine("", "<proxy proxyaddress=\"10.0.0.5:8080\"/>"))], vec![("proxy-address-invalid", Severity::Error)]),
        ("password in the address", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://u:secret@p:8080\"/>"))], vec![("proxy-address-invalid", Severity::Warning)]),
        ("debugging proxy, refused", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://127.0.0.1:8888\"/>")), ("t.txt", refused.into())], vec![("proxy-address-invalid", Severity::Error)]),
        ("no port", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://fabrikamproxy\"/>"))], vec![("proxy-address-without-port", Severity::Warning)]),
        ("no port, failure", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://fabrikamproxy\"/>")), ("t.txt", DIRECT_ERROR.into())], vec![("proxy-address-without-port", Severity::Error)]),
        ("bypass of everything", vec![("machine.config", machine("", &format!("{proxy}<bypasslist><add address=\".*\"/></bypasslist>"))), ("t.txt", public.into())], vec![("proxy-bypasses-entra", Severity::Error)]),
        ("wildcard in the bypass list", vec![("machine.config", machine("", &format!("{proxy}<bypasslist><add address=\"*.contoso.com\"/></bypasslist>")))], vec![("config-attribute-unknown", Severity::Error)]),
        ("behind the root", vec![("machine.config", format!("{NO_PROXY}<system.net>\n<defaultProxy/>\n</system.net>\n"))], vec![("config-not-well-formed", Severity::Error), ("config-section-misplaced", Severity::Error)]),
        ("cut off copy", vec![("mail.txt", "see\n\n<system.net>\n<defaultProxy>\n".into())], vec![("config-not-well-formed", Severity::Warning)]),
        ("message about another program", vec![("t.txt", "Configuration system failed to initialize ---> Unrecognized element. (C:\\Apps\\shop.exe.config line 14)\n".into())], vec![]),
        ("message about a typo", vec![("t.txt", "Configuration system failed to initialize ---> Unrecognized attribute 'proxyAddress'. Note that attribute names are case-sensitive. (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config line 141)\n".into())], vec![("config-attribute-unknown", Severity::Error)]),
        ("wrapper alone", vec![("t.txt", "Configuration system failed to initialize\n".into())], vec![("config-not-well-formed", Severity::Error)]),
        ("multiple roots in German", vec![("t.txt", "Das Konfigurationssystem konnte nicht initialisiert werden.\nEs sind mehrere Stammelemente vorhanden. Zeile 312, Position 2.\n".into())], vec![("config-not-well-formed", Severity::Error)]),
        ("attribute in French", vec![("t.txt", "Attribut non reconnu « proxyAddress ». Notez que les noms d'attributs respectent la casse. (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config ligne 198)\n".into())], vec![("config-attribute-unknown", Severity::Error)]),
        ("end tag in Chinese", vec![("t.txt", "配置系统未能初始化 ---> 第 139 行，位置 6 上的开始标记“proxy”与结束标记“defaultProxy”不匹配。 第 141 行，位置 5。\n".into())], vec![("config-not-well-formed", Severity::Error)]),
        ("unknown wording that names a line", vec![("t.txt", "El asistente no arranca. No se puede leer el archivo: (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config línea 141)\n".into())], vec![("config-not-well-formed", Severity::Error)]),
        ("a line that somebody names", vec![("t.txt", "The Entra Connect server has the proxy in machine.config, line 141. What else do you need?\n".into())], vec![]),
        ("old proxy in one file only", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://10.0.0.5:8080\"/>")), ("t.txt", format!("Current WinHTTP proxy settings:\n\n    Proxy Server(s) :  10.0.0.9:9090\n    Bypass List     :  <local>\n\n{private}"))], vec![("proxy-layers-disagree", Severity::Error)]),
        ("another proxy elsewhere, nothing fails", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://10.0.0.5:8080\"/>")), ("w.txt", winhttp("10.0.0.9:9090"))], vec![("healthy-configuration", Severity::Ok), ("proxy-layers-disagree", Severity::Info)]),
        ("WinHTTP goes direct", vec![("machine.config", machine("", "<proxy proxyaddress=\"http://10.0.0.5:8080\"/>")), ("w.txt", "Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n".into()), ("t.txt", private.into())], vec![]),
        ("no proxy but one elsewhere, failure without an address", vec![("machine.config", NO_PROXY.into()), ("w.txt", winhttp("10.0.0.9:9090")), ("t.txt", "Unable to validate credentials due to an unexpected error. An error occurred while sending the request.\n".into())], vec![("proxy-not-configured", Severity::Error)]),
        ("no proxy, failure without an address", vec![("machine.config", NO_PROXY.into()), ("t.txt", "Unable to validate credentials due to an unexpected error. An error occurred while sending the request.\n".into())], vec![]),
        ("Internet Options switched off", vec![("machine.config", NO_PROXY.into()), ("i.txt", "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x0\n    ProxyServer    REG_SZ    10.0.0.9:9090\n".into()), ("t.txt", "An error occurred while sending the request.\n".into())], vec![]),
        ("32-bit copy in words", vec![("t.txt", format!("I added the proxy to C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\Config\\machine.config yesterday.\n{public}"))], vec![("proxy-in-wrong-file", Severity::Error)]),
        ("both copies in words", vec![("t.txt", format!("I added the proxy to C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\Config\\machine.config. Then I also edited C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n{public}"))], vec![]),
        ("not restarted, direct attempt", vec![("t.txt", format!("The proxy is in machine.config since noon, the service was not restarted yet.\n{public}"))], vec![("service-not-restarted", Severity::Error)]),
        ("not restarted, nothing fails", vec![("t.txt", "The proxy is in machine.config since noon, the service was not restarted yet.\n".into())], vec![]),
        ("good file, not restarted", vec![("machine.config", with_proxy.clone()), ("t.txt", "The proxy is in machine.config since noon, the service was not restarted yet.\n".into())], vec![("service-not-restarted", Severity::Warning)]),
        ("refused value in a message", vec![("t.txt", "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The URI is empty.\n".into())], vec![("proxy-address-invalid", Severity::Error)]),
    ];
    let mut wrong = Vec::new();
    for (situation, artifacts, expected) in table {
        let given: Vec<(&str, &str)> = artifacts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let found = diagnoses(&given);
        if found != expected {
            wrong.push(format!("{situation}: {found:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_certainty_follows_the_evidence() {
    let no_address = facts(&[("machine.config", NO_PROXY), ("t.txt", DIRECT_ERROR)], Cloud::Worldwide);
    assert_eq!(finding("proxy-not-configured", &no_address).confidence, Confidence::Likely);
    let address = "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond 40.126.32.74:443\n";
    let public = facts(&[("machine.config", NO_PROXY), ("t.txt", address)], Cloud::Worldwide);
    assert_eq!(finding("proxy-not-configured", &public).confidence, Confidence::Certain);
    let init = facts(&[("t.txt", "Configuration system failed to initialize\n")], Cloud::Worldwide);
    assert_eq!(finding("config-not-well-formed", &init).confidence, Confidence::Possible);
}

#[test]
fn a_password_in_the_address_is_not_repeated() {
    let text = machine("", "<proxy proxyaddress=\"http://u:secret@p:8080\"/>");
    let all = facts(&[("machine.config", &text), ("t.txt", ERROR_407)], Cloud::Worldwide);
    for rule in rules() {
        let Some(found) = (rule.check)(&all) else {
            continue;
        };
        let notes = std::iter::once(&found.primary).chain(&found.related).map(|place| place.note.as_str());
        for text in notes.chain(found.args.iter().map(|(_, value)| value.as_str())) {
            assert!(!text.contains("secret"), "{}: {text}", rule.id);
        }
    }
}

#[test]
fn public_addresses_and_microsoft_hosts_are_told_from_others() {
    for (address, public) in [
        ("40.126.32.74", true),
        ("[2603:1037::1]", true),
        ("10.1.2.3", false),
        ("172.16.0.1", false),
        ("100.64.0.1", false),
        ("::1", false),
        ("[fd00::1]", false),
        ("proxy", false),
    ] {
        assert_eq!(evidence::is_public(address), public, "{address}");
    }
    for (host, known) in [
        ("LOGIN.microsoftonline.com", true),
        ("adminwebservice.partner.microsoftonline.cn.", true),
        ("microsoftonline.com.evil.example", false),
        ("proxy.contoso.com", false),
        ("notmicrosoft.com", false),
    ] {
        assert_eq!(evidence::is_microsoft_host(host), known, "{host}");
    }
}

#[test]
fn the_block_to_copy_keeps_what_was_meant_and_drops_what_does_not_answer() {
    let block = |artifacts: &[(&str, &str)], id: &str| {
        let found = finding(id, &facts(artifacts, Cloud::Worldwide));
        found.args.into_iter().find(|(name, _)| *name == "block").map(|(_, value)| value).unwrap()
    };
    let misplaced = machine("", "<proxy proxyaddress=\"http://10.0.0.5:8080\" useDefaultCredentials=\"true\"/>");
    assert!(
        block(&[("machine.config", &misplaced)], "config-attribute-unknown").contains("useDefaultCredentials=\"true\"")
    );
    let old = machine("", "<proxy proxyaddress=\"http://10.0.0.5:8080\"/>");
    let failure = "No connection could be made because the target machine actively refused it 10.0.0.5:8080\n";
    let given = [("machine.config", old.as_str()), ("w.txt", &winhttp("10.0.0.9:9090")), ("t.txt", failure)];
    let block = block(&given, "proxy-layers-disagree");
    assert!(block.contains("http://10.0.0.9:9090") && !block.contains("10.0.0.5"), "{block}");
}

#[test]
fn a_message_points_to_the_line_of_the_file_and_says_what_to_write() {
    let text = "Unrecognized attribute 'proxyAddress'. Note that attribute names are case-sensitive. (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config line 141)\n";
    let found = finding("config-attribute-unknown", &facts(&[("t.txt", text)], Cloud::Worldwide));
    let arg = |name: &str| found.args.iter().find(|(arg, _)| *arg == name).map(|(_, value)| value.as_str()).unwrap();
    assert!(arg("what").contains("proxyaddress, on <proxy>"), "{}", arg("what"));
    assert!(arg("message").contains("line 141 of machine.config"), "{}", arg("message"));
}

#[test]
fn a_message_of_unknown_wording_is_no_more_than_likely() {
    let text = "No se puede leer el archivo. (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config línea 141)\n";
    let all = facts(&[("t.txt", text)], Cloud::Worldwide);
    let found = finding("config-not-well-formed", &all);
    assert_eq!(found.confidence, Confidence::Likely);
    assert!(all.text_at(found.primary.span).ends_with("machine.config"), "{}", all.text_at(found.primary.span));
}

/// Line and note of every place that a finding shows.
fn places(facts: &Facts, finding: &Finding) -> Vec<(usize, String)> {
    std::iter::once(&finding.primary)
        .chain(&finding.related)
        .map(|place| {
            let artifact = &facts.artifacts[place.span.artifact];
            (facts.sources[artifact.source].position(place.span.start).line, place.note.clone())
        })
        .collect()
}

#[test]
fn a_block_printed_from_the_32_bit_copy_names_the_command_and_the_worthless_test() {
    let transcript = "PS C:\\> [Environment]::Is64BitProcess\nFalse\nPS C:\\> Get-Content C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\Config\\machine.config | Select-Object -Last 6\n  <system.net>\n    <defaultProxy>\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://gw.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n";
    let facts = facts(&[("transcript.txt", transcript)], Cloud::Worldwide);
    let places = places(&facts, &finding("proxy-in-wrong-file", &facts));
    assert!(places.iter().any(|(line, note)| *line == 3 && note.contains("32-bit machine.config")), "{places:?}");
    assert!(places.iter().any(|(line, note)| *line == 1 && note.contains("says nothing")), "{places:?}");
}

#[test]
fn the_dirt_of_a_paste_hides_no_setting_and_is_none_itself() {
    const PORTAL: &str = "Customer comment:\n\n  &lt;system.net&gt;\n    &lt;defaultProxy enabled=&quot;false&quot;&gt;\n      &lt;proxy proxyaddress=&quot;http://10.9.9.9:3128&quot; /&gt;\n    &lt;/defaultProxy&gt;\n  &lt;/system.net&gt;\n&lt;/configuration&gt;\n\nPlease help.\n";
    const NUMBERED: &str = "147  <system.net>\n148    <defaultProxy>\n149      <proxy proxyaddress=\"https://proxy.contoso.example:8080\" />\n150    </defaultProxy>\n151  </system.net>\n152 </configuration>\n";
    for (text, id, line_of, shown) in [
        (PORTAL, "proxy-disabled", 4, "false"),
        (NUMBERED, "proxy-address-invalid", 3, "https://proxy.contoso.example:8080"),
    ] {
        let facts = facts(&[("paste.txt", text)], Cloud::Worldwide);
        let found = finding(id, &facts);
        assert_eq!((line(&facts, &found), facts.text_at(found.primary.span)), (line_of, shown));
        assert_eq!(ids(&[("paste.txt", text)]), [id]);
    }
}

#[test]
fn a_page_for_programmers_that_names_its_app_config_is_about_no_file_of_this_server() {
    let page = "You can do it without code. Put this into your app.config:\n\n<system.net>\n  <defaultProxy useDefaultCredentials=\"true\">\n    <proxy usesystemdefault=\"True\" />\n  </defaultProxy>\n</system.net>\n";
    assert!(!ids(&[("page.txt", page)]).contains(&"proxy-in-wrong-file"));
    let shell = page.replace("your app.config", "powershell.exe.config");
    assert!(ids(&[("page.txt", &shell)]).contains(&"proxy-in-wrong-file"));
}

#[test]
fn an_agent_on_the_server_itself_is_no_address_that_dotnet_refuses() {
    for (address, shown) in [("http://127.0.0.1:3128", "127.0.0.1:3128"), ("http://[::1]:3128", "[::1]:3128")] {
        let config = machine("", &format!("<proxy proxyaddress=\"{address}\"/>"));
        let facts = facts(&[("machine.config", &config)], Cloud::Worldwide);
        let found = finding("proxy-address-invalid", &facts);
        let (_, what) = found.args.iter().find(|(name, _)| *name == "what").unwrap();
        assert!(what.contains(shown) && what.contains(".NET uses it") && what.contains("on purpose"), "{what}");
        assert_eq!(found.severity, Some(Severity::Warning));
    }
}
