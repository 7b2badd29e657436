//! What the rules about the server's own proxy settings ask of the facts, and the steps that they share.

use crate::artifact::Span;
use crate::endpoints::{self, Cloud, Need};
use crate::errors;
use crate::facts::Facts;
use crate::host_port::{host_port, proxy_url};
use crate::layers::{Layer, LayerKind, Says, layers, trace_view};
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::http::TcpTest;
use crate::readers::error_text::paths::ConfigPath;
use crate::readers::machine_config::address::Issue;
use crate::readers::machine_config::{BypassEntry, Config, Effective, WhichFile, address, bypass};
use crate::readers::proxy_log::Outcome;
use crate::report::Context;
use crate::rules::{Finding, Step, Who};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// A request that left without a proxy and failed, or that looks like it.
#[derive(Clone, Debug)]
pub struct DirectAttempt {
    /// Where the evidence shows it.
    pub span: Span,
    /// One sentence about it.
    pub note: String,
    /// False where a proxy that cannot be reached would look the same.
    pub certain: bool,
    /// Whose request it was.
    pub context: Context,
}

/// Failed requests that went, or seem to have gone, straight to Microsoft.
pub fn direct_attempts(facts: &Facts) -> Vec<DirectAttempt> {
    // The inner exception of the same text may say that it was the proxy that did not answer.
    let names_proxy = |hit: &&ErrorHit| {
        hit.entry.id == "dotnet-proxy-name-unresolved"
            || hit.capture("address").is_some_and(|address| !is_public(address))
    };
    let about_proxy: BTreeSet<usize> = facts.errors().filter(names_proxy).map(|hit| hit.span.artifact).collect();
    facts.errors().filter_map(|hit| direct_attempt(facts, hit, about_proxy.contains(&hit.span.artifact))).collect()
}

fn direct_attempt(facts: &Facts, hit: &ErrorHit, about_proxy: bool) -> Option<DirectAttempt> {
    let id = hit.entry.id;
    let connects = id.starts_with("socket-") || id == "dotnet-unable-to-connect";
    if let Some(address) = hit.capture("address").filter(|_| connects) {
        let port = hit.capture("port").unwrap_or("443");
        let is_proxy =
            facts.configs.iter().any(|(_, config)| config.proxy_endpoint().is_some_and(|(host, _)| host == address));
        let direct = is_public(address) && matches!(port, "443" | "80") && !is_proxy;
        let note = format!("The connection went to {}, a public address: no proxy was used.", host_port(address, port));
        return direct.then_some(DirectAttempt { span: hit.span, note, certain: true, context: hit.context });
    }
    let host = hit.capture("host").unwrap_or("");
    if id == "dotnet-name-unresolved" && is_microsoft_host(host) {
        let note = format!("The server itself tried to resolve {host}. With a proxy in effect the proxy does that.");
        return Some(DirectAttempt { span: hit.span, note, certain: true, context: hit.context });
    }
    let note = match id {
        _ if about_proxy => return None,
        "dotnet-unable-to-connect" => {
            "The connection could not be opened; .NET says this when it goes out without the proxy."
        }
        "sync-ping-failed" => "The first call of the sync service got no answer from Microsoft.",
        _ => return None,
    };
    Some(DirectAttempt { span: hit.span, note: note.to_owned(), certain: false, context: hit.context })
}

/// Places at which a proxy asked for a sign-in that never came.
pub fn sign_in_refused(facts: &Facts) -> Vec<Span> {
    let texts = facts.errors_with_id("http-407").map(|hit| hit.span);
    let logs = facts.flows().filter(|flow| flow.last_refused() > flow.last_reached()).filter_map(|flow| {
        let tally = flow.outcomes.get(Outcome::AuthRequired as usize)?;
        tally.samples.first().copied().filter(|_| tally.count > 0)
    });
    texts.chain(logs).collect()
}

/// Whether a log shows that the server reaches Microsoft.
pub fn anything_reached(facts: &Facts) -> bool {
    facts.flows().any(|flow| flow.outcomes.get(Outcome::Reached as usize).is_some_and(|tally| tally.count > 0))
}

/// Whether the evidence shows a failure that proxy settings can explain.
pub fn anything_failed(facts: &Facts) -> bool {
    let ids = [
        "http-407",
        "dotnet-proxy-name-unresolved",
        "wizard-unable-to-validate",
        "msal-realm-discovery-failed",
        "dotnet-error-sending-request",
    ];
    !direct_attempts(facts).is_empty()
        || !sign_in_refused(facts).is_empty()
        || facts.errors().any(|hit| {
            ids.contains(&hit.entry.id) || hit.entry.id.starts_with("socket-") || hit.entry.id.starts_with("config-")
        })
}

/// The configurations of Entra Connect: machine.config as far as one can tell, in the order of the artifacts.
pub fn machine_configs(facts: &Facts) -> impl Iterator<Item = (usize, &Config)> {
    facts.configs.iter().filter(|(_, config)| config.counts()).map(|(artifact, config)| (*artifact, config))
}

/// The configuration that stands above a place in the same paste: that of the server which the words below it are
/// about, where a mail shows two servers, or the time before and after a change.
pub fn config_above(facts: &Facts, span: Span) -> Option<&Config> {
    let source_of = |artifact: usize| facts.artifacts.get(artifact).map(|artifact| artifact.source);
    let above = |artifact: usize| artifact < span.artifact && source_of(artifact) == source_of(span.artifact);
    machine_configs(facts).filter(|(artifact, _)| above(*artifact)).last().map(|(_, config)| config)
}

/// Whether the settings above an attempt name no proxy, while other settings do.
pub fn is_of_a_bare_config(facts: &Facts, attempt: &DirectAttempt) -> bool {
    config_above(facts, attempt.span).is_some_and(|config| config.proxy.is_none())
}

/// Configurations whose proxy settings matter to Entra Connect, whichever file they stand in.
pub fn relevant_configs(facts: &Facts) -> impl Iterator<Item = (usize, &Config)> {
    let relevant = |config: &Config| {
        !config.which.is_of_another_program() || (config.default_proxy.is_some() && config.which.is_read())
    };
    facts.configs.iter().filter(move |(_, config)| relevant(config)).map(|(artifact, config)| (*artifact, config))
}

/// Whether an IP address belongs to the internet.
pub fn is_public(address: &str) -> bool {
    match address.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, ..] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || shared)
        }
        Ok(IpAddr::V6(ip)) if ip.to_ipv4_mapped().is_some() => {
            ip.to_ipv4_mapped().is_some_and(|ip| is_public(&ip.to_string()))
        }
        Ok(IpAddr::V6(ip)) => {
            let first = ip.segments().first().copied().unwrap_or(0);
            !(ip.is_loopback() || ip.is_unspecified() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80)
        }
        Err(_) => false,
    }
}

/// Whether a host belongs to Microsoft's clouds.
pub fn is_microsoft_host(host: &str) -> bool {
    const SUFFIXES: [&str; 17] = [
        "microsoftonline.com",
        "microsoftonline.cn",
        "microsoftonline.us",
        "microsoftonline.de",
        "microsoftonline-p.com",
        "microsoftonline-p.cn",
        "microsoft.com",
        "microsoft.us",
        "windows.net",
        "windowsazure.com",
        "azure.com",
        "azure.us",
        "azure.cn",
        "chinacloudapi.cn",
        "usgovcloudapi.net",
        "msftauth.net",
        "msauth.net",
    ];
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    SUFFIXES.iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// URLs of hosts that sync and sign-in need in the cloud at hand, as .NET matches bypass entries against them.
pub fn required_urls(facts: &Facts) -> Vec<String> {
    let cloud = facts.cloud.cloud;
    let core: &[&str] = match cloud {
        Cloud::China => &[
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn",
            "adminwebservice.partner.microsoftonline.cn",
            "bba800-anchor.partner.microsoftonline.cn",
        ],
        Cloud::UsGovGccHigh | Cloud::UsGovDod => {
            &["login.microsoftonline.us", "adminwebservice.gov.us.microsoftonline.com", "graph.microsoft.us"]
        }
        Cloud::Germany => &["login.microsoftonline.de"],
        Cloud::Worldwide => &[
            "login.microsoftonline.com",
            "login.windows.net",
            "adminwebservice.microsoftonline.com",
            "s1-anchor.microsoftonline.com",
            "graph.microsoft.com",
            "graph.windows.net",
        ],
    };
    let listed = endpoints::all()
        .filter(|row| row.cloud == cloud && row.need == Need::Required)
        .flat_map(|row| row.hosts.iter().map(move |host| (*host, row.port)));
    let core = core.iter().map(|host| (*host, 443));
    let mut urls: Vec<String> = Vec::new();
    for (host, port) in core.chain(listed) {
        let scheme = if port == 80 { "http" } else { "https" };
        let url = format!("{scheme}://{}", host.replace('*', "host"));
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// Entries of the bypass list that match a host which Entra Connect needs: the entry's place and text, and the URL.
pub fn bypass_hits(facts: &Facts, config: &Config) -> Vec<(Span, String, String)> {
    let urls = required_urls(facts);
    let matched = |entry: &BypassEntry| {
        let url = bypass::first_match(&entry.pattern.text, urls.iter().map(String::as_str))?;
        Some((entry.pattern.span, entry.pattern.text.clone(), url.to_owned()))
    };
    config.bypass_in_effect().filter_map(matched).collect()
}

/// Adds the requests that failed without a proxy.
pub fn with_attempts(finding: Finding, facts: &Facts) -> Finding {
    direct_attempts(facts).into_iter().take(6).fold(finding, |finding, attempt| finding.and(attempt.span, attempt.note))
}

/// Whether an error of the configuration system names a file that is none of Entra Connect's: it is then about
/// another program.
pub fn is_about_another_program(facts: &Facts, hit: &ErrorHit) -> bool {
    // A test in PowerShell runs under its file, so that its errors count.
    let ours = |path: &ConfigPath| !path.which.is_of_another_program() || path.which == WhichFile::PowerShell;
    path_of_message(facts, hit).is_some_and(|path| !ours(path))
}

/// The file that .NET names behind a message: on the same line or, in a console, on the next two.
pub fn path_of_message<'a>(facts: &'a Facts, hit: &ErrorHit) -> Option<&'a ConfigPath> {
    let (_, text) = facts.texts.iter().find(|(artifact, _)| *artifact == hit.span.artifact)?;
    text.config_paths.iter().find(|path| {
        let closes = path.in_message || path.line.is_some();
        closes && path.span.start >= hit.span.start && path.reach.start <= hit.span.end
    })
}

/// A line of a file of Entra Connect that .NET names behind a message, whatever the language of the message.
pub fn named_line(facts: &Facts) -> Option<(&ConfigPath, u32)> {
    facts.reports().flat_map(|text| &text.config_paths).find_map(|path| {
        let ours = !path.which.is_of_another_program() && path.has_folder && path.in_message;
        path.line.filter(|_| ours).map(|line| (path, line))
    })
}

/// A proxy that another layer of Windows names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherLayer {
    /// Who uses it, as the subject of a sentence.
    pub name: &'static str,
    /// Its host, lower case.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Where.
    pub span: Span,
}

/// The proxies that `WinHTTP`, Internet Options and environment variables name for https, where they are switched on.
pub fn other_layers(facts: &Facts) -> Vec<OtherLayer> {
    let other = |layer: Layer| {
        let name = match layer.kind {
            LayerKind::WinHttp => "WinHTTP",
            LayerKind::InternetOptions => "the proxy setting of Internet Options",
            LayerKind::Environment => "an environment variable",
            _ => return None,
        };
        let Says::Proxy { host, port } = layer.says else { return None };
        is_plausible_proxy(&host).then_some(OtherLayer { name, host, port, span: layer.span })
    };
    layers(facts).into_iter().filter_map(other).collect()
}

/// Whether requests fail before anything answers, and nothing in the evidence got further.
pub fn fails_to_connect(facts: &Facts) -> bool {
    const IDS: [&str; 8] = [
        "dotnet-unable-to-connect",
        "dotnet-timed-out",
        "dotnet-name-unresolved",
        "dotnet-proxy-name-unresolved",
        "dotnet-error-sending-request",
        "msal-realm-discovery-failed",
        "sync-ping-failed",
        "wizard-unable-to-validate",
    ];
    let fails = |hit: &ErrorHit| IDS.contains(&hit.entry.id) || hit.entry.id.starts_with("socket-");
    let answered =
        |hit: &ErrorHit| matches!(hit.entry.layer, errors::Layer::Tls | errors::Layer::Http | errors::Layer::Service);
    facts.network_errors().any(fails) && !facts.network_errors().any(answered)
}

/// Where an error names the address of a proxy that was tried: neither public nor port 443.
pub fn tried_proxies(facts: &Facts) -> impl Iterator<Item = (&str, u16, Span)> {
    facts.errors().filter(|hit| hit.entry.id.starts_with("socket-")).filter_map(|hit| {
        let (address, port) = (hit.capture("address")?, hit.capture("port")?.parse().ok()?);
        (!is_public(address) && port != 443 && port != 80).then_some((address, port, hit.span))
    })
}

/// Adds what the texts of this family refer to: `test_url`, `config_path`, `proxy_url`, `block`. A `proxy_url` that
/// the finding has already is the one that the block gets.
pub fn with_common(finding: Finding, facts: &Facts) -> Finding {
    let test_url = facts.test_url();
    let given = finding.args.iter().find(|(name, _)| *name == "proxy_url").map(|(_, url)| url.clone());
    let proxy_url = given.or_else(|| known_proxy(facts)).unwrap_or_else(|| "http://PROXYNAME:PORT".to_owned());
    let sign_in = facts.configs.iter().any(|(_, config)| config.sends_credentials() || config.means_credentials)
        || !sign_in_refused(facts).is_empty();
    let section =
        if sign_in { "<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">" } else { "<defaultProxy>" };
    let block = format!(
        "<system.net>\n  {section}\n    <proxy usesystemdefault=\"true\" proxyaddress=\"{proxy_url}\" bypassonlocal=\"true\" />\n  </defaultProxy>\n</system.net>"
    );
    finding.arg("test_url", test_url).arg("config_path", CONFIG_PATH).arg("proxy_url", proxy_url).arg("block", block)
}

/// The proxy as the evidence names it: in a configuration, in the trace, behind a socket error, or in another layer.
pub fn known_proxy(facts: &Facts) -> Option<String> {
    let meant = |config: &Config| {
        // The server that holds a proxy script is mostly no proxy.
        if config.address.as_ref().is_some_and(|address| address.issues.contains(&Issue::Script)) {
            return None;
        }
        let (host, port) = address::meant(&config.proxy_address.as_ref()?.text)?;
        let shown = match port {
            Some(port) => proxy_url(&host, port),
            None => proxy_url(&host, "PORT"),
        };
        is_plausible_proxy(&host).then_some(shown)
    };
    let mut by_rank =
        machine_configs(facts).map(|(_, config)| config).chain(facts.configs.iter().map(|(_, config)| config));
    let from_config = by_rank.find_map(meant);
    let from_trace = || {
        trace_view(facts)
            .proxy()
            .and_then(address::endpoint)
            .filter(|(host, _)| is_plausible_proxy(host))
            .map(|(host, port)| proxy_url(&host, port))
    };
    let from_error = || {
        facts.errors().filter(|hit| hit.entry.id.starts_with("socket-")).find_map(|hit| {
            let (address, port) = (hit.capture("address")?, hit.capture("port")?.parse::<u16>().ok()?);
            (!is_public(address) && is_plausible_proxy(address) && port != 443).then(|| proxy_url(address, port))
        })
    };
    let from_elsewhere = || other_layers(facts).first().map(|layer| proxy_url(&layer.host, layer.port));
    from_config.or_else(from_trace).or_else(from_error).or_else(from_elsewhere)
}

/// Host and port of [`known_proxy`]. The port is `None` where nothing tells it.
pub fn known_proxy_place(facts: &Facts) -> Option<(String, Option<u16>)> {
    address::meant(&known_proxy(facts)?)
}

/// Failed tests of the port of the proxy that the evidence names, with its host and port; none where a later test of it
/// passes.
pub fn failed_proxy_tests(facts: &Facts) -> Vec<(&TcpTest, String)> {
    let Some((host, Some(port))) = known_proxy_place(facts) else { return Vec::new() };
    let of_proxy = |test: &&TcpTest| {
        test.port == Some(port) && test.host.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&host))
    };
    let tests: Vec<&TcpTest> = facts.reports().flat_map(|text| &text.tcp_tests).filter(of_proxy).collect();
    if tests.iter().any(|test| test.succeeded) {
        return Vec::new();
    }
    tests.into_iter().map(|test| (test, host_port(&host, port))).collect()
}

fn is_plausible_proxy(host: &str) -> bool {
    let loopback = host == "localhost" || host.starts_with("127.") || host == "::1";
    !loopback && !host.contains([' ', '<', '>', '"', '{', '}']) && !host.contains("proxyaddress")
}

/// One sentence about what .NET does with a file.
pub fn effect_note(config: &Config) -> String {
    format!("{}: {}", config.which.name(), config.effect)
}

/// Whether a good machine.config with a proxy is among the evidence.
pub fn has_working_proxy(facts: &Facts) -> bool {
    machine_configs(facts).any(|(_, config)| config.is_sound() && config.effective == Effective::Proxy)
}

/// Whether a machine.config cannot be read at all.
pub fn has_broken_file(facts: &Facts) -> bool {
    machine_configs(facts).any(|(_, config)| config.xml_errors.iter().any(|error| error.certain))
}

/// The file that Entra Connect reads.
pub const CONFIG_PATH: &str = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config";

/// Copy, then open with the rights to save.
pub const OPEN_FILE: Step = Step {
    who: Who::ServerAdmin,
    text: "Keep a copy of machine.config, then open it in an elevated editor. It has to be the 64-bit copy: Framework64, not Framework.",
    command: Some(
        "Copy-Item C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.before\nStart-Process notepad.exe C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config -Verb RunAs",
    ),
    verify: None,
};

/// The right block.
pub const WRITE_BLOCK: Step = Step {
    who: Who::ServerAdmin,
    text: "Make this the only system.net block with a defaultProxy in the file, directly in front of the last line </configuration>. Check host and port with the network team. Add useDefaultCredentials=\"true\" to defaultProxy if the proxy asks for a sign-in, and leave it out if it does not.",
    command: Some("{block}"),
    verify: Some("[xml](Get-Content {config_path} -Raw) runs without an error and shows the document."),
};

/// Nothing rereads the file while it runs.
pub const RESTART: Step = Step {
    who: Who::ServerAdmin,
    text: "Restart the sync service, and close and reopen the wizard and PowerShell. They read the file only when they start.",
    command: Some("Restart-Service ADSync"),
    verify: Some(
        "Get-Service ADSync shows Running. The next wizard trace prints your proxy behind \"Default Proxy [ProxyAddress]\".",
    ),
};

/// The article's own test.
pub const TEST: Step = Step {
    who: Who::ServerAdmin,
    text: "Test in the 64-bit Windows PowerShell 5.1 (powershell.exe). PowerShell 7 and the (x86) one do not read this file.",
    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
    verify: Some(
        "StatusCode 200 appears. \"Unable to connect to the remote server\" means that no proxy is in effect; 403 and 407 come from the proxy itself, so the file then works.",
    ),
};
