use super::*;
use crate::{Input, Options, analyze};

fn report(artifacts: &[(&str, &str)]) -> crate::report::Report {
    let input = |(name, text): &(&str, &str)| Input {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
        corrections: Vec::new(),
    };
    analyze(&artifacts.iter().map(input).collect::<Vec<_>>(), &Options::default())
}

fn read(artifacts: &[(&str, &str)]) -> Vec<Layer> {
    layers(&report(artifacts).facts)
}

fn one(layers: &[Layer], kind: LayerKind) -> &Layer {
    layers.iter().find(|layer| layer.kind == kind).unwrap_or_else(|| panic!("{kind:?} is not in {layers:#?}"))
}

fn to(host: &str, port: u16) -> Says {
    Says::Proxy { host: host.to_owned(), port }
}

const PROXY: &str = "<configuration>\n<system.net>\n<defaultProxy>\n<proxy usesystemdefault=\"true\" proxyaddress=\"http://Px.corp.example:8080\" />\n</defaultProxy>\n</system.net>\n</configuration>\n";
const NONE: &str =
    "<configuration>\n<system.web>\n<processModel autoConfig=\"true\"/>\n</system.web>\n</configuration>\n";
const OPTIONS: &str = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x1\n    ProxyServer    REG_SZ    browser.corp.example:3128\n";
const WINHTTP: &str = "Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n";

#[test]
fn the_wizard_and_the_service_read_machine_config_and_nothing_else_once_it_names_a_proxy() {
    let layers = read(&[("machine.config", PROXY), ("options.txt", OPTIONS), ("winhttp.txt", WINHTTP)]);
    let config = one(&layers, LayerKind::MachineConfig);
    assert_eq!((&config.says, config.counts), (&to("px.corp.example", 8080), Counts::Yes));
    assert_eq!(config.readers, [Reader::Wizard, Reader::SyncService, Reader::PowerShell]);
    let options = one(&layers, LayerKind::InternetOptions);
    assert_eq!((&options.says, options.counts), (&to("browser.corp.example", 3128), Counts::No));
    assert!(options.readers.contains(&Reader::BrowserWindow));
    let winhttp = one(&layers, LayerKind::WinHttp);
    assert_eq!((&winhttp.says, winhttp.counts), (&Says::Direct, Counts::No));
    assert_eq!(winhttp.readers, [Reader::WinHttpServices]);
}

#[test]
fn internet_options_count_where_machine_config_leaves_it_open_and_may_count_where_nobody_knows() {
    let layers = read(&[("machine.config", NONE), ("options.txt", OPTIONS)]);
    assert_eq!(one(&layers, LayerKind::MachineConfig).says, Says::Account);
    assert_eq!(one(&layers, LayerKind::InternetOptions).counts, Counts::Yes);
    assert_eq!(one(&read(&[("options.txt", OPTIONS)]), LayerKind::InternetOptions).counts, Counts::IfOpen);
}

#[test]
fn the_wizards_own_print_outranks_the_file() {
    let trace = "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: <Unspecified>\n[10:15:09.880] [  1] [INFO ] Default Proxy [UseSystemDefault]: Unspecified\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";
    let layers = read(&[("machine.config", PROXY), ("trace-1.log", trace), ("options.txt", OPTIONS)]);
    assert_eq!(one(&layers, LayerKind::WizardTrace).says, Says::Account);
    assert_eq!(one(&layers, LayerKind::InternetOptions).counts, Counts::Yes);
}

#[test]
fn a_switched_off_server_says_direct_and_a_list_without_https_does_too() {
    let off = OPTIONS.replace("0x1", "0x0");
    assert_eq!(one(&read(&[("o.txt", &off)]), LayerKind::InternetOptions).says, Says::Direct);
    let list = OPTIONS.replace("browser.corp.example:3128", "http=px:80;ftp=px:21");
    assert_eq!(one(&read(&[("o.txt", &list)]), LayerKind::InternetOptions).says, Says::Direct);
    let list = OPTIONS.replace("browser.corp.example:3128", "http=px:80;https=secure:8443");
    assert_eq!(one(&read(&[("o.txt", &list)]), LayerKind::InternetOptions).says, to("secure", 8443));
}

#[test]
fn every_account_has_its_line_and_the_same_said_twice_has_one() {
    let text = format!(
        "{OPTIONS}\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections\n    DefaultConnectionSettings    REG_BINARY    4600000002000000030000001900000062726f777365722e636f72702e6578616d706c653a333132380000000000000000\n\nHKEY_USERS\\S-1-5-20\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x0\n"
    );
    let layers = read(&[("o.txt", &text)]);
    let accounts: Vec<Account> = layers.iter().map(|layer| layer.account).collect();
    assert_eq!(accounts, [Account::SignedIn, Account::NetworkService], "{layers:#?}");
}

#[test]
fn evidence_of_a_layer_lies_inside_its_artifact() {
    let text = format!("{OPTIONS}\n{WINHTTP}");
    let report = analyze(
        &[Input { name: "all.txt".to_owned(), bytes: text.clone().into_bytes(), corrections: Vec::new() }],
        &Options::default(),
    );
    let said: Vec<&str> =
        layers(&report.facts).iter().map(|layer| text.get(layer.span.start..layer.span.end).unwrap()).collect();
    assert_eq!(said, ["browser.corp.example:3128", "Direct access (no proxy server)."]);
}

/// The registry's print of a server that is switched on.
fn options(server: &str) -> String {
    OPTIONS.replace("browser.corp.example:3128", server)
}

#[test]
fn a_list_by_scheme_is_parted_by_semicolons_or_blanks_and_every_layer_reads_it_alike() {
    let failure = "Unable to connect to the remote server\n";
    for list in ["http=a:1;https=b:2", "http=a:1 https=b:2", "https=b:2", "http=a:1; HTTPS=http://B:2"] {
        let text = options(list);
        assert_eq!(one(&read(&[("o.txt", &text)]), LayerKind::InternetOptions).says, to("b", 2), "{list}");
        let report = report(&[("machine.config", NONE), ("o.txt", &text), ("t.txt", failure)]);
        let found = report.diagnoses.iter().find(|found| found.rule.id == "proxy-not-configured");
        let url = found.and_then(|found| found.finding.args.iter().find(|(name, _)| *name == "proxy_url"));
        assert_eq!(url.map(|(_, url)| url.as_str()), Some("http://b:2"), "{list}");
    }
}

#[test]
fn an_ipv6_proxy_stands_in_brackets_wherever_it_is_named() {
    let config = PROXY.replace("Px.corp.example", "[FD00::5]");
    let trace = "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: http://[fd00::6]:8080/\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";
    let failure = "Unable to connect to the remote server\n";
    for given in [
        vec![("machine.config", config.as_str()), ("trace-1.log", trace)],
        vec![("machine.config", &config), ("o.txt", &options("[fd00::6]:8080")), ("t.txt", failure)],
        vec![("machine.config", NONE), ("o.txt", &options("[fd00::6]:8080")), ("t.txt", failure)],
    ] {
        let report = report(&given);
        let words = report.diagnoses.iter().flat_map(|found| {
            let finding = &found.finding;
            let places = std::iter::once(&finding.primary).chain(&finding.related);
            let places = places.map(|place| place.note.clone());
            places.chain(finding.args.iter().map(|(_, value)| value.clone())).collect::<Vec<_>>()
        });
        let routes = crate::effective_proxy::table(&report.facts).unwrap_or_default();
        let routes = routes.iter().flat_map(|row| row.routes.iter().filter_map(|route| route.proxy.clone()));
        let layers = layers(&report.facts).into_iter().filter_map(|layer| layer.says.value());
        let named: Vec<String> = words.chain(routes).chain(layers).filter(|text| text.contains("fd00::")).collect();
        assert!(named.len() > 2, "{named:?}");
        for text in named {
            assert_eq!(text.matches("fd00::").count(), text.matches("[fd00::").count(), "{text}");
        }
    }
}

#[test]
fn a_trace_in_documentation_says_nothing_about_this_server() {
    let print = "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: http://other.example:8080/\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";
    let mut facts = report(&[("machine.config", PROXY), ("trace-1.log", print)]).facts;
    assert_eq!(trace_view(&facts).proxy(), Some("http://other.example:8080/"));
    for (artifact, text) in &mut facts.texts {
        text.documentation = Some(crate::artifact::Span { artifact: *artifact, start: 0, end: 0 });
    }
    assert_eq!(trace_view(&facts).proxy(), None);
}

#[test]
fn the_routes_and_the_layers_read_the_wizards_print_alike() {
    use crate::effective_proxy::{Way, table};
    let print = |detect: &str, system: &str| {
        format!(
            "[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: <Unspecified>\n[10:15:09.880] [  1] [INFO ] Default Proxy [AutoDetect]: {detect}\n[10:15:09.880] [  1] [INFO ] Default Proxy [UseSystemDefault]: {system}\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n"
        )
    };
    for (detect, system, says, way) in [
        ("True", "Unspecified", Says::AutoDetect, Way::Undecidable),
        ("Unspecified", "False", Says::Direct, Way::Direct),
        ("Unspecified", "Unspecified", Says::Account, Way::Proxy),
    ] {
        let report = report(&[("trace-1.log", &print(detect, system)), ("o.txt", OPTIONS)]);
        assert_eq!(one(&layers(&report.facts), LayerKind::WizardTrace).says, says);
        let rows = table(&report.facts).unwrap();
        let sign_in = rows.iter().find(|row| row.hosts.iter().any(|(host, _, _)| *host == "login.microsoftonline.com"));
        assert_eq!(sign_in.map(|row| row.routes[0].way), Some(way), "{detect} {system}");
    }
}
