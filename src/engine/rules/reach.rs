//! The server cannot reach the proxy, or tries without it.

use super::way::{
    REFUSED_ON_THE_WAY, UNRESOLVED, Way, hits, microsoft_name, place, proxy_is_meant, refused_on_the_way, way,
};
use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints;
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::http::TcpTest;
use crate::readers::error_text::settings::{Account, ProxySetting, SettingField, SettingLayer};
use crate::readers::error_text::shell::Shell;
use crate::readers::proxy_log::{Flow, Outcome, Tally};
use crate::report::{Confidence, Context, Severity};
use crate::rules::near::host_near;
use crate::rules::proxy_settings::evidence::{failed_proxy_tests, known_proxy, known_proxy_place};

const ARTICLE: &str = "Troubleshoot Microsoft Entra Connect connectivity issues, section Verify proxy connectivity";

/// Socket errors that mean "TCP could not be opened".
const NOT_OPENED: &[&str] =
    &["socket-timed-out", "socket-refused", "socket-unreachable", "socket-other-words", "dotnet-unable-to-connect"];

fn proxy_unreachable(facts: &Facts) -> Option<Finding> {
    const IDS: &[&str] = &[
        "socket-timed-out",
        "socket-refused",
        "socket-unreachable",
        "socket-other-words",
        "dotnet-unable-to-connect",
        "socket-reset",
    ];
    let configured = known_proxy(facts).map(|url| url.trim_start_matches("http://").to_owned());
    // Some proxies listen on 443: then only the settings tell them from a device that answers in place of the service.
    let is_configured = |hit: &ErrorHit| configured.as_deref() == Some(place(hit).as_str());
    let mut to_proxy =
        hits(facts, IDS).filter(|hit| matches!(way(hit), Way::Proxy | Way::LocalProxy) || is_configured(hit));
    let Some(hit) = to_proxy.next() else {
        if let Some(finding) = proxy_refused_on_the_way(facts).or_else(|| proxy_port_does_not_open(facts)) {
            return Some(finding);
        }
        let hit = hits(facts, &["winhttp-proxy-unreachable"]).next()?;
        return Some(
            Finding::new(Confidence::Likely, hit.span, hit.entry.meaning)
                .context(hit.context)
                .arg("proxy", "the proxy of WinHTTP or of the Internet Options")
                .arg("hint", "This comes from a program that does not read machine.config."),
        );
    };
    let address = place(hit);
    let advice = match (hit.entry.id, way(hit)) {
        (_, Way::LocalProxy) => {
            "This is a proxy on the server itself, as debugging tools leave behind: remove it from the settings."
        }
        ("socket-refused", _) => {
            "Refused: the address answers, but nothing listens on this port. Compare the port with the network team's."
        }
        ("socket-timed-out", _) => "Timed out: a firewall drops the packets, or the address is wrong.",
        _ => "Compare address and port with the network team's.",
    };
    let dropped = refused_on_the_way(facts, hit);
    let finding = Finding::new(
        Confidence::Certain,
        hit.span,
        format!("The address behind the message is the proxy's: {address}"),
    )
    .context(hit.context)
    .arg("proxy", address)
    .arg("hint", if dropped.is_empty() { advice } else { "The log of a device between the server and the proxy shows that it drops or refuses just this connection: a rule for it is missing there." });
    let finding = dropped.into_iter().fold(finding, |finding, span| finding.and(span, REFUSED_ON_THE_WAY));
    Some(to_proxy.fold(finding, |finding, hit| finding.and(hit.span, place(hit))))
}

/// Adds the command that tests the port of this proxy.
fn with_test(finding: Finding) -> Finding {
    let proxy = finding.args.iter().find(|(name, _)| *name == "proxy").map_or("", |(_, proxy)| proxy.as_str());
    let is_number = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let command = match proxy.rsplit_once(':') {
        Some((host, port)) if is_number(port) => {
            format!("Test-NetConnection {} -Port {port}", host.trim_matches(['[', ']']))
        }
        _ => "Test-NetConnection <proxy host> -Port <proxy port>".to_owned(),
    };
    finding.arg("proxy_test", command)
}

/// A log in which the way to the configured proxy is refused, and never open: no error text is needed to see it.
fn proxy_refused_on_the_way(facts: &Facts) -> Option<Finding> {
    let (host, port) = known_proxy_place(facts)?;
    let port = port?;
    let refused =
        |flow: &&Flow| flow.host == host && flow.port == Some(port) && flow.tally(Outcome::Reached).count == 0;
    let mut lines: Vec<Span> = facts
        .flows()
        .filter(refused)
        .flat_map(|flow| [Outcome::Denied, Outcome::TimedOut].map(|outcome| flow.tally(outcome)))
        .flat_map(Tally::lines)
        .collect();
    lines.sort_unstable();
    let (first, rest) = lines.split_first()?;
    let finding = Finding::new(Confidence::Certain, *first, REFUSED_ON_THE_WAY)
        .arg("proxy", host_port(&host, port))
        .arg("hint", "The log is of a device between the server and the proxy: it drops or refuses just this connection, and a rule for it is missing there.");
    Some(rest.iter().take(4).fold(finding, |finding, span| finding.and(*span, REFUSED_ON_THE_WAY)))
}

/// A test of the configured proxy's own port that fails.
fn proxy_port_does_not_open(facts: &Facts) -> Option<Finding> {
    const NOTE: &str = "A test of the proxy's own port: it does not open from here";
    let failed = failed_proxy_tests(facts);
    let (test, proxy) = failed.first()?;
    let finding = Finding::new(Confidence::Certain, test.span, NOTE)
        .arg("proxy", proxy.clone())
        .arg("hint", "Nothing listens there, a firewall stands between, or the address is not the proxy's: compare address and port with the network team's.");
    Some(failed.iter().skip(1).fold(finding, |finding, (test, _)| finding.and(test.span, NOTE)))
}

fn proxy_name_unresolved(facts: &Facts) -> Option<Finding> {
    let named_by = |hit: &&ErrorHit| hit.entry.diagnosis == Some("proxy-name-unresolved");
    let mut named = facts.network_errors().filter(named_by);
    let Some(hit) = named.next() else { return window_finds_no_proxy(facts) };
    let proxy = hit.capture("host").unwrap_or("the proxy's name").to_owned();
    let finding = Finding::new(Confidence::Certain, hit.span, format!("{proxy} is not known to DNS"))
        .context(hit.context)
        .arg("where", "proxyaddress in the 64-bit machine.config (full name, scheme http, port)")
        .arg("proxy", proxy);
    Some(named.fold(finding, |finding, hit| finding.and(hit.span, "The same name again")))
}

/// The sign-in window finds "neither server nor proxy", and the Internet Options that it follows name a proxy.
fn window_finds_no_proxy(facts: &Facts) -> Option<Finding> {
    let failed = facts.errors().find(|hit| hit.entry.id == "wizard-browser-name-not-found")?;
    let of_user = |setting: &&ProxySetting| {
        setting.layer == SettingLayer::InternetOptions
            && setting.account == Account::SignedIn
            && setting.field == SettingField::Server
    };
    let setting = facts.reports().flat_map(|text| &text.settings).find(of_user)?;
    let proxy = setting.value.rsplit(['=', '/']).next().unwrap_or(&setting.value);
    let host = proxy.split(':').next().unwrap_or(proxy);
    let is_name = host.contains(|c: char| c.is_alphabetic());
    let note = format!("The sign-in window goes by this: {proxy}");
    is_name.then(|| {
        Finding::new(Confidence::Possible, setting.span, note)
            .context(Context::BrowserWindow)
            .and(failed.span, "The sign-in window found neither the server nor this proxy")
            .arg("where", "the proxy in the Internet Options of the user who runs the wizard, for the sign-in window follows them")
            .arg("proxy", host)
    })
}

fn direct_connection_attempted(facts: &Facts) -> Option<Finding> {
    if facts.direct_design().is_some() {
        return None;
    }
    let to_be_expected = newer_shell_goes_direct(facts);
    let tells = |hit: &&ErrorHit| !(to_be_expected && hit.shell == Shell::Seven);
    let not_opened = || hits(facts, NOT_OPENED).filter(tells);
    let direct: Vec<&ErrorHit> = not_opened().filter(|hit| way(hit) == Way::Direct).collect();
    let finding = if let Some(hit) = direct.first() {
        let note = format!("{} is the service itself, not a proxy", place(hit));
        Finding::new(Confidence::Likely, hit.span, note).context(hit.context).arg("target", place(hit))
    } else if hits(facts, NOT_OPENED).any(|hit| matches!(way(hit), Way::Proxy | Way::LocalProxy)) {
        // The address of the proxy stands beside the general sentence: that is another diagnosis.
        return None;
    } else if let Some(hit) = not_opened().find(|hit| way(hit) == Way::PrivateService) {
        let note = format!(
            "{} is an address of your own network on the port of the service: a transparent proxy, a name server or \
             hosts file that answers with it, or a proxy that listens on 443",
            place(hit)
        );
        Finding::new(Confidence::Possible, hit.span, note).context(hit.context).arg("target", place(hit))
    } else if let Some(hit) = asked_dns_itself(facts).filter(tells) {
        let host = hit.capture("host").unwrap_or("the service");
        Finding::new(Confidence::Likely, hit.span, "The server itself asked DNS; through a proxy it would not have to")
            .context(hit.context)
            .arg("target", host)
    } else {
        // The sentence has no address, and the proxy is known not to answer: that is the reason.
        if !failed_proxy_tests(facts).is_empty() {
            return None;
        }
        let hit = hits(facts, &["dotnet-unable-to-connect"]).find(|hit| way(hit) == Way::Unknown)?;
        let target = host_near(facts, hit.span).map_or("the service", |mention| mention.host.as_str());
        Finding::new(Confidence::Likely, hit.span, "TCP could not be opened at all")
            .context(hit.context)
            .arg("target", target)
    };
    let finding = direct.iter().skip(1).fold(finding, |finding, hit| finding.and(hit.span, place(hit)));
    let (finding, unread) = match winhttp_proxy(facts) {
        Some((setting, span, is_script)) => {
            let advice = if is_script {
                "the proxy that this script names belongs in machine.config"
            } else {
                "it belongs in machine.config as well"
            };
            (
                finding.and(span, "A setting of WinHTTP: .NET does not read it"),
                format!(" netsh shows {setting} for WinHTTP, which .NET does not read: {advice}."),
            )
        }
        None => (finding, String::new()),
    };
    let finding = finding.arg("unread", unread);
    Some(closed_ports(facts).fold(finding, |finding, span| {
        finding.and(span, "A test that never uses a proxy: the port of the service does not open from here")
    }))
}

/// The proxy or script that netsh has set for `WinHTTP`, where no machine.config names one.
fn winhttp_proxy(facts: &Facts) -> Option<(String, Span, bool)> {
    if facts.configs.iter().any(|(_, config)| config.counts() && config.proxy_address.is_some()) {
        return None;
    }
    let settings = facts.reports().flat_map(|text| &text.settings);
    let of_winhttp = |setting: &&ProxySetting| {
        setting.layer == SettingLayer::WinHttp
            && matches!(setting.field, SettingField::Server | SettingField::Script)
            && !setting.value.trim().is_empty()
    };
    let mut found = settings
        .filter(of_winhttp)
        .map(|setting| (setting.value.trim().to_owned(), setting.span, setting.field == SettingField::Script));
    found.next()
}

/// Whether .NET has its proxy from a file that `PowerShell` 7 does not read: then that one goes straight out whatever
/// stands in the file, and says nothing about Entra Connect.
fn newer_shell_goes_direct(facts: &Facts) -> bool {
    proxy_is_meant(facts) && (!facts.configs.is_empty() || facts.has_proxy_print())
}

/// Failed tests of the port of a host that Entra Connect calls.
fn closed_ports(facts: &Facts) -> impl Iterator<Item = Span> {
    let closed = |test: &&TcpTest| {
        !test.succeeded
            && test.port == Some(443)
            && test.host.as_deref().is_some_and(|host| endpoints::find_host(host).is_some())
    };
    facts.reports().flat_map(|text| &text.tcp_tests).filter(closed).map(|test| test.span)
}

/// A Microsoft name that the server itself could not resolve although a proxy is meant to do that.
fn asked_dns_itself(facts: &Facts) -> Option<&ErrorHit> {
    facts
        .network_errors()
        .find(|hit| UNRESOLVED.contains(&hit.entry.id) && microsoft_name(hit))
        .filter(|_| proxy_is_meant(facts))
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "proxy-name-unresolved",
        severity: Severity::Error,
        en: Text {
            title: "The proxy's host name cannot be resolved: {proxy}",
            summary: "The settings are read and name {proxy} as the proxy, and the server's DNS does not know this name.",
            why: "Without the proxy's address no request leaves the server. The name is mistyped, lacks its domain, or is missing in DNS.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Ask DNS for the name; compare it letter by letter with the name the network team uses.",
                    command: Some("Resolve-DnsName {proxy}"),
                    verify: Some("It returns the proxy's address."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Correct {where}, then restart the sync service and reopen the wizard.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit).",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["direct-connection-attempted", "realm-discovery-failed", "dns-failure"],
        source: ".NET Framework, WebExceptionStatus.ProxyNameResolutionFailure",
        check: proxy_name_unresolved,
        example: &[("error.txt", "webException: The proxy name could not be resolved: 'prxy.fabrikam.example'\n")],
        counter_example: &[("error.txt", "The remote name could not be resolved: 'login.microsoftonline.com'\n")],
    },
    Rule {
        id: "proxy-unreachable",
        severity: Severity::Error,
        en: Text {
            title: "The proxy itself does not answer: {proxy}",
            summary: "The connection to {proxy} could not be opened. {hint}",
            why: "The settings are in effect (the client went to the proxy), but the proxy cannot be reached at this address and port.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Test the proxy's port from the server, with host and port as the settings name them.",
                    command: Some("{proxy_test}"),
                    verify: Some("TcpTestSucceeded is True."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Check that the proxy runs on this port and that nothing between the server and the proxy blocks it.",
                    command: None,
                    verify: Some("The proxy's own log shows a connection from the server."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the address or port is wrong, correct proxyaddress in the 64-bit machine.config, then restart the sync service and reopen the wizard.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
            ],
        },
        explains: &["realm-discovery-failed", "direct-connection-attempted"],
        source: ".NET Framework socket messages end with the address that was tried; Winsock error codes",
        check: |facts| proxy_unreachable(facts).map(with_test),
        example: &[(
            "error.txt",
            "Unable to connect to the remote server ---> System.Net.Sockets.SocketException: No connection could be made \
             because the target machine actively refused it 10.1.2.3:8080\n",
        )],
        counter_example: &[(
            "error.txt",
            "System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly \
             respond after a period of time, or established connection failed because connected host has failed to respond 40.126.9.65:443\n",
        )],
    },
    Rule {
        id: "direct-connection-attempted",
        severity: Severity::Error,
        en: Text {
            title: "The client goes straight to the internet: no proxy is in effect",
            summary: "A connection to {target} could not be opened. The client tried the service itself, not a proxy \
                      (or its DNS is wrong).{unread}",
            why: "Where only the proxy may go out, this always fails. Something keeps machine.config from taking \
                  effect: no proxy in it, the wrong file, a bypass entry, or a process started before the change.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Look at the 64-bit machine.config: is there a defaultProxy with proxyaddress, once, inside system.net?",
                    command: Some(
                        "Select-String -Path C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config -Pattern '<defaultProxy','<proxy ' -Context 1,6",
                    ),
                    verify: Some("It shows the proxy's address, not only the section declaration."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Restart the sync service, and open a new wizard and a new PowerShell: each process reads the file once.",
                    command: Some("Restart-Service ADSync"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit), not in PowerShell 7 and not in the x86 one: those do not read this file.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "If the server is meant to go out without a proxy: open TCP 443 and 80 to the required hosts, and check DNS.",
                    command: None,
                    verify: Some("Test-NetConnection to the host on port 443 says TcpTestSucceeded True."),
                },
            ],
        },
        explains: &["dns-failure", "firewall-drops", "realm-discovery-failed"],
        source: ARTICLE,
        check: direct_connection_attempted,
        example: &[(
            "ps.txt",
            "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\nInvoke-WebRequest : Unable to connect to the remote server\n",
        )],
        counter_example: &[(
            "error.txt",
            "Unable to connect to the remote server ---> System.Net.Sockets.SocketException: No connection could be made \
             because the target machine actively refused it 10.1.2.3:8080\n",
        )],
    },
];
