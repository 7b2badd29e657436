//! Layers of proxy settings that contradict each other where the same component reads both.

use super::proxy_settings::evidence::{
    OPEN_FILE, OtherLayer, RESTART, TEST, WRITE_BLOCK, fails_to_connect, host_and_port, other_layers, proxy_url,
    relevant_configs, trace_view, tried_proxies, with_common,
};
use super::{Finding, Rule, Step, Text, Who};
use crate::facts::Facts;
use crate::readers::machine_config::{Config, Effective};
use crate::report::{Confidence, Severity};

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
    let named = |config: &Config| {
        let broken = config.xml_errors.iter().any(|error| error.certain);
        let (host, port) = config.proxy_endpoint().filter(|_| !broken)?;
        let place = config.proxy_address.as_ref()?.span;
        Some((config.which.name(), host.to_owned(), port, place))
    };
    let trace = trace_view(facts);
    let in_trace = trace.proxy().zip(trace.address).map(|(address, print)| {
        let (host, port) = host_and_port(address);
        ("the wizard's trace", host, port, print.span)
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
    // The other layers may well name other proxies, or none: that matters only where .NET does not get out.
    let others = if fails_to_connect(facts) { other_layers(facts) } else { Vec::new() };
    let elsewhere: Vec<&OtherLayer> = others.iter().filter(|layer| differs(&layer.host, layer.port)).collect();
    let (other, second, number, there) = match (within, elsewhere.first()) {
        (Some((other, second, number, there)), _) => (*other, second, *number, *there),
        (None, Some(layer)) => (layer.name, &layer.host, layer.port, layer.span),
        (None, None) => return None,
    };
    let tried = tried_proxies(facts).find(|(address, number, _)| address == host && number == port);
    let meaning = match tried {
        _ if within.is_some() => "Only one of the two can be right.",
        Some(_) if *one != "an error message" => {
            "The first one does not answer: most likely it is the old one, and only this file was not changed."
        }
        _ => "Requests fail: most likely the first one is out of date.",
    };
    let show = |host: &str, port: u16| if port == 0 { host.to_owned() } else { format!("{host}:{port}") };
    let mut finding = Finding::new(Confidence::Likely, *place, format!("Names {}.", show(host, *port)))
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
        finding = finding.arg("proxy_url", proxy_url(second, number));
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
