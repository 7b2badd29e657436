//! Layers of proxy settings that contradict each other where the same component reads both.

use super::proxy_settings::evidence::{
    OPEN_FILE, OtherLayer, RESTART, TEST, WRITE_BLOCK, fails_to_connect, other_layers, relevant_configs, tried_proxies,
    with_common,
};
use super::{Finding, Rule, Step, Text, Who};
use crate::facts::Facts;
use crate::host_port::{host_port, proxy_url};
use crate::layers::{Counts, LayerKind, Says, layers, trace_view};
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::settings::Account;
use crate::readers::machine_config::{Config, Effective, address};
use crate::report::{Confidence, Context, Severity};

const BLOCK: &str = "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.contoso.example:8080\" bypassonlocal=\"true\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n";
const TRACE_WITH_PROXY: &str = "[10:15:09.880] [  1] [INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: http://proxy.contoso.example:8080/\n[10:15:09.880] [  1] [INFO ] Default Proxy [UseSystemDefault]: True\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";

/// The rules of this file.
pub const RULES: &[Rule] = &[Rule {
    id: "proxy-layers-disagree",
    severity: Severity::Warning,
    en: Text {
        title: "Two places name different proxies",
        summary: "{one} names {first}, {other} names {second}. {meaning}",
        why: "The wizard, the sync service and PowerShell use machine.config. WinHTTP, the Internet Options and environment variables serve other programs. So what works in a browser or in curl proves nothing for Entra Connect, and a proxy that was moved has to be changed in machine.config too.",
        steps: &[
            Step {
                who: Who::NetworkTeam,
                text: "Say which of the two is right for this server.",
                command: None,
                verify: None,
            },
            OPEN_FILE,
            WRITE_BLOCK,
            RESTART,
            TEST,
        ],
    },
    explains: &["proxy-unreachable", "proxy-name-unresolved"],
    source: "microsoft/referencesource DefaultProxySection.cs; Troubleshoot connectivity",
    check: layers_disagree,
    example: &[
        ("machine.config", BLOCK),
        (
            "trace-20260301-101508.log",
            "[10:15:09.880] [  1] [INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: http://old-proxy.contoso.example:3128/\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n",
        ),
    ],
    counter_example: &[("machine.config", BLOCK), ("trace-20260301-101508.log", TRACE_WITH_PROXY)],
}];

pub(super) fn layers_disagree(facts: &Facts) -> Option<Finding> {
    let named = named_twice(facts);
    if named.as_ref().is_some_and(|found| found.severity != Some(Severity::Info)) {
        return named;
    }
    // What is only good to know stands behind what matters.
    accounts_disagree(facts).or_else(|| window_disagrees(facts)).or(named)
}

/// machine.config leaves the proxy to the Internet Options, and those of the signed-in user and of the service account
/// differ: the wizard passes and the service does not, or the other way round.
fn accounts_disagree(facts: &Facts) -> Option<Finding> {
    let layers = layers(facts);
    let options = |account: Account| {
        layers.iter().find(move |layer| {
            layer.kind == LayerKind::InternetOptions && layer.account == account && layer.counts == Counts::Yes
        })
    };
    let (user, service) = (options(Account::SignedIn)?, options(Account::SyncService)?);
    if user.says == service.says || [user, service].iter().any(|layer| layer.says == Says::Unknown) {
        return None;
    }
    let failed = facts.errors().any(|hit| hit.context == Context::SyncServiceAccount);
    let severity = if failed { Severity::Error } else { Severity::Warning };
    let mut finding = Finding::new(Confidence::Certain, service.span, "The sync service goes by this.")
        .context(Context::SyncServiceAccount)
        .severity(severity)
        .and(user.span, "The wizard goes by this.")
        .arg("one", "The Internet Options of the signed-in user")
        .arg("first", said(&user.says))
        .arg("other", "the Internet Options of the sync service account")
        .arg("second", said(&service.says))
        .arg("meaning", "machine.config names no proxy, so that each account goes its own way.");
    let open = layers.iter().find(|layer| layer.counts == Counts::Yes && layer.says == Says::Account);
    if let Some(open) = open {
        finding = finding.and(open.span, "No proxy address here: the Internet Options of the account decide.");
    }
    if let Says::Proxy { host, port } = &user.says {
        finding = finding.arg("proxy_url", proxy_url(host, *port));
    }
    Some(with_common(finding, facts))
}

/// The sign-in window follows the Internet Options of the user, not machine.config. That matters where it fails.
fn window_disagrees(facts: &Facts) -> Option<Finding> {
    let failed = |hit: &&ErrorHit| hit.entry.id.starts_with("wizard-browser-");
    let failure = facts.reports().find_map(|text| text.script_error.or(text.blank_window));
    let failure = failure.or_else(|| facts.errors().find(failed).map(|hit| hit.span))?;
    let layers = layers(facts);
    let of_net = layers.iter().find(|layer| {
        matches!(layer.kind, LayerKind::MachineConfig | LayerKind::WizardTrace)
            && matches!(layer.says, Says::Proxy { .. })
    })?;
    let of_window =
        layers.iter().find(|layer| layer.kind == LayerKind::InternetOptions && layer.account == Account::SignedIn)?;
    if of_window.says == of_net.says || !matches!(of_window.says, Says::Direct | Says::Proxy { .. }) {
        return None;
    }
    let finding = Finding::new(Confidence::Likely, of_window.span, "The sign-in window goes by this.")
        .context(Context::BrowserWindow)
        .and(of_net.span, "The rest of the wizard goes by this.")
        .and(failure, "The sign-in window fails here.")
        .arg("one", if of_net.kind == LayerKind::WizardTrace { "The wizard's trace" } else { "machine.config" })
        .arg("first", said(&of_net.says))
        .arg("other", "the Internet Options of the signed-in user")
        .arg("second", said(&of_window.says))
        .arg("meaning", "The sign-in window of the wizard follows the second, so that it goes another way than the rest. Set the same proxy in the Internet Options of the user who runs the wizard.");
    Some(with_common(finding, facts))
}

/// What a layer names, as the object of a sentence.
fn said(says: &Says) -> String {
    match says {
        Says::Proxy { host, port } => host_port(host, port),
        Says::Script(address) if !address.is_empty() => format!("the script {address}"),
        Says::Script(_) => "a script".to_owned(),
        Says::AutoDetect => "auto-detection".to_owned(),
        _ => "no proxy".to_owned(),
    }
}

/// Two places that the same program reads, or a failure while another layer names another proxy.
fn named_twice(facts: &Facts) -> Option<Finding> {
    let named = |config: &Config| {
        let broken = config.xml_errors.iter().any(|error| error.certain);
        let (host, port) = config.proxy_endpoint().filter(|_| !broken)?;
        let place = config.proxy_address.as_ref()?.span;
        Some((config.which.name(), host.to_owned(), port, place))
    };
    let trace = trace_view(facts);
    let in_trace = trace.address.and_then(|print| {
        let (host, port) = address::endpoint(trace.proxy()?)?;
        Some(("the wizard's trace", host, port, print.span))
    });
    let effective = |config: &Config| {
        matches!(config.effective, Effective::Proxy | Effective::Refused) && !config.which.is_of_another_program()
    };
    let from_files =
        relevant_configs(facts).filter(|(_, config)| effective(config)).filter_map(|(_, config)| named(config));
    // An unresolved name of a proxy was taken from somewhere too.
    let from_errors = facts.errors_with_id("dotnet-proxy-name-unresolved").filter_map(|hit| {
        let host = hit.capture("host")?.trim_matches(['\'', '"']).to_ascii_lowercase();
        Some(("an error message", host, 0, hit.span))
    });
    let sockets = tried_proxies(facts).map(|(host, port, span)| ("an error message", host.to_owned(), port, span));
    let all: Vec<_> = from_files.chain(in_trace).chain(from_errors).chain(sockets).collect();
    let (one, host, port, place) = all.first()?;
    let is_ip = |host: &str| host.parse::<std::net::IpAddr>().is_ok();
    let differs = |other: &str, number: u16| {
        let other_port = number != 0 && *port != 0 && number != *port;
        // A name and an address may well be the same machine.
        let other_host = other != host && is_ip(other) == is_ip(host);
        other_host || other_port
    };
    let within = all.iter().skip(1).find(|(_, other, number, _)| differs(other, *number));
    // The other layers may well name other proxies, or none: where .NET gets out, that is only good to know.
    let fails = fails_to_connect(facts);
    let others = other_layers(facts);
    let elsewhere: Vec<&OtherLayer> = others.iter().filter(|layer| differs(&layer.host, layer.port)).collect();
    let (other, second, number, there) = match (within, elsewhere.first()) {
        (Some((other, second, number, there)), _) => (*other, second, *number, *there),
        (None, Some(layer)) => (layer.name, &layer.host, layer.port, layer.span),
        (None, None) => return None,
    };
    let tried = tried_proxies(facts).find(|(address, number, _)| address == host && number == port);
    let meaning = match tried {
        _ if within.is_some() => "Only one of the two can be right.",
        _ if !fails => {
            "Nothing here shows that Entra Connect fails: it uses the first, and the second serves other programs. If only one of the two still answers, correct the other."
        }
        Some(_) if *one != "an error message" => {
            "The first one does not answer: most likely it is the old one, and only this file was not changed."
        }
        _ => "Requests fail: most likely the first one is out of date.",
    };
    let show = |host: &str, port: u16| if port == 0 { host.to_owned() } else { host_port(host, port) };
    let is_note = within.is_none() && !fails;
    let confidence = if is_note { Confidence::Possible } else { Confidence::Likely };
    let mut finding = Finding::new(confidence, *place, format!("Names {}.", show(host, *port)))
        .and(there, format!("Names {}.", show(second, number)))
        .arg("one", capital(one))
        .arg("first", show(host, *port))
        .arg("other", other)
        .arg("second", show(second, number))
        .arg("meaning", meaning);
    if within.is_none() {
        for layer in elsewhere {
            finding = finding.and(layer.span, format!("Names {}.", show(&layer.host, layer.port)));
        }
        if let Some((_, _, span)) = tried {
            finding = finding.severity(Severity::Error).and(span, "This is where .NET tried to connect.");
        }
        // The block to copy must not repeat the address that does not answer.
        let (host, number) = if is_note { (host, *port) } else { (second, number) };
        finding = finding.arg("proxy_url", proxy_url(host, number));
    }
    if is_note {
        finding = finding.severity(Severity::Info);
    }
    Some(with_common(finding, facts))
}

/// The word at the beginning of a sentence; file names keep their letter case.
fn capital(text: &str) -> String {
    match text.strip_prefix("the ").map(|rest| format!("The {rest}")) {
        Some(sentence) => sentence,
        None => text.strip_prefix("an ").map_or_else(|| text.to_owned(), |rest| format!("An {rest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    fn found(artifacts: &[(&str, &str)]) -> Option<(Severity, Context, String)> {
        let input = |(name, text): &(&str, &str)| Input {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
            corrections: Vec::new(),
        };
        let report = analyze(&artifacts.iter().map(input).collect::<Vec<_>>(), &Options::default());
        let found = report.diagnoses.into_iter().find(|found| found.rule.id == "proxy-layers-disagree")?;
        let second = found.finding.args.iter().find(|(name, _)| *name == "second").map(|(_, value)| value.clone());
        Some((found.severity, found.finding.context, second.unwrap_or_default()))
    }

    const EMPTY: &str =
        "<configuration>\n<system.web>\n<processModel autoConfig=\"true\"/>\n</system.web>\n</configuration>\n";
    const USER: &str = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x1\n    ProxyServer    REG_SZ    px.corp.example:8080\n";
    const SERVICE: &str = "HKEY_USERS\\S-1-5-80-3245704983-3664226991-764670653-2504430226-901976451\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x0\n";

    #[test]
    fn two_accounts_with_different_options_disagree_only_where_machine_config_leaves_it_open() {
        let severity = |found: Option<(Severity, Context, String)>| found.map(|(severity, ..)| severity);
        let options = format!("{USER}\n{SERVICE}");
        let given = [("machine.config", EMPTY), ("options.txt", &options)];
        assert_eq!(found(&given), Some((Severity::Warning, Context::SyncServiceAccount, "no proxy".to_owned())));
        let note = found(&[("machine.config", BLOCK), ("options.txt", &options)]);
        assert_eq!(severity(note), Some(Severity::Info), "good to know, no more");
        assert_eq!(found(&[("machine.config", EMPTY), ("options.txt", USER)]), None);
    }

    #[test]
    fn the_sign_in_window_goes_by_the_options_of_the_user() {
        let failure = "Script Error\nAn error has occurred in the script on this page.\nDo you want to continue running scripts on this page?\n";
        let given = [("machine.config", BLOCK), ("options.txt", USER), ("window.txt", failure)];
        assert_eq!(
            found(&given).map(|(_, context, second)| (context, second)),
            Some((Context::BrowserWindow, "px.corp.example:8080".to_owned()))
        );
        let note = found(&[("machine.config", BLOCK), ("options.txt", USER)]);
        assert_eq!(note.map(|(severity, ..)| severity), Some(Severity::Info), "nothing fails");
    }

    #[test]
    fn winhttp_without_a_proxy_is_usual_and_disagrees_with_nothing() {
        let direct = "Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n";
        let failure = "PS C:\\> Invoke-WebRequest https://adminwebservice.microsoftonline.com\nInvoke-WebRequest : Unable to connect to the remote server\n";
        assert_eq!(found(&[("machine.config", BLOCK), ("w.txt", direct), ("t.txt", failure)]), None);
    }
}
