//! Through which proxy each required endpoint is called, in each security context, and by which line of the evidence.
//!
//! A program's own file comes before machine.config, what the wizard printed about itself before a file that it may
//! not have read. Only where these name no proxy do the Internet Options of the account that runs the program count.
//! Source: Microsoft Entra Connect prerequisites (Connectivity) and Troubleshoot connectivity; .NET reference source,
//! `DefaultProxySection.cs` and `webproxy.cs`. That revocation checks and the sign-in window follow other settings is
//! general knowledge of Windows, not a sentence of these sources; the rows say so.

use crate::artifact::Span;
use crate::endpoints::{self, Need, Role};
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::layers::{Layer, LayerKind, Says, layers, trace_view};
use crate::readers::error_text::settings::Account;
use crate::readers::machine_config::bypass::{Pattern, first_match};
use crate::readers::machine_config::wildcard::{Entry, from_words};
use crate::readers::machine_config::{Config, Effective, WhichFile};
use crate::report::Context;
use crate::rules::proxy_settings::evidence::CONFIG_PATH;

/// The way of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Through a proxy.
    Proxy,
    /// Straight out.
    Direct,
    /// The evidence does not decide it.
    Undecidable,
    /// .NET refuses its configuration, so that no request is made.
    Refused,
    /// This identity does not call it.
    NotCalled,
}

impl Way {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Proxy => "proxy",
            Self::Direct => "direct",
            Self::Undecidable => "undecidable",
            Self::Refused => "refused",
            Self::NotCalled => "not-called",
        }
    }
}

/// One way, and what decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The way.
    pub way: Way,
    /// `host:port` of the proxy, where there is one.
    pub proxy: Option<String>,
    /// One sentence: by what.
    pub why: String,
    /// The line that decides it.
    pub by: Option<Span>,
}

/// Endpoints that are called in the same ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Host, or pattern where the name varies, with its port and what it is for.
    pub hosts: Vec<(&'static str, u16, &'static str)>,
    /// One for each of [`CONTEXTS`].
    pub routes: [Route; 2],
}

/// The identities of the table, in the order of its columns.
pub const CONTEXTS: [Context; 2] = [Context::SignedInUser, Context::SyncServiceAccount];

/// The table for the cloud at hand. `None` where nothing about .NET's proxy settings is among the evidence.
pub fn table(facts: &Facts) -> Option<Vec<Row>> {
    let configured = facts.configs.iter().any(|(_, config)| !config.which.is_of_another_program());
    if !configured && trace_view(facts).address.is_none() {
        return None;
    }
    let layers = layers(facts);
    let deciders = CONTEXTS.map(|context| decider(facts, &layers, context));
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: Vec<(&str, u16)> = Vec::new();
    for row in endpoints::rows_of(facts.cloud.cloud.in_service()).filter(|row| row.need == Need::Required) {
        for host in row.hosts {
            if seen.contains(&(host, row.port)) {
                continue;
            }
            seen.push((host, row.port));
            let scheme = if row.port == 80 { "http" } else { "https" };
            let url = format!("{scheme}://{}", host.replace('*', "host"));
            let [user, service] = &deciders;
            let routes = match row.role {
                Role::Revocation => [of_windows(&layers), of_windows(&layers)],
                Role::SignInContent => [of_window(&layers, &url), not_called()],
                _ => [user.route(&url), service.route(&url)],
            };
            let host = (*host, row.port, row.purpose);
            match rows.iter_mut().find(|row| row.routes == routes) {
                Some(row) => row.hosts.push(host),
                None => rows.push(Row { hosts: vec![host], routes }),
            }
        }
    }
    Some(rows)
}

/// What decides the way of one identity's .NET programs.
struct Decider<'a> {
    decision: Decision<'a>,
    /// The line that decides when no exception does.
    by: Option<Span>,
}

enum Decision<'a> {
    /// The same for every host.
    Always(Way, String),
    /// A proxy, with the list of exceptions of a file.
    Proxy(String, Option<&'a Config>, Vec<&'a Layer>),
    /// The Internet Options of the account; whether its scripts are ignored.
    Account(Vec<&'a Layer>, bool, String),
}

fn decider<'a>(facts: &'a Facts, layers: &'a [Layer], context: Context) -> Decider<'a> {
    let own_file = match context {
        Context::SyncServiceAccount => WhichFile::Miiserver,
        _ => WhichFile::Wizard,
    };
    let options: Vec<&Layer> = layers.iter().filter(|layer| is_of(layer, context)).collect();
    let own = facts.configs.iter().rev().find(|(_, config)| config.which == own_file && config.default_proxy.is_some());
    if let Some((artifact, config)) = own {
        return of_config(facts, *artifact, config, options);
    }
    let machine = facts.configs.iter().rev().find(|(_, config)| config.counts());
    if context == Context::SignedInUser
        && let Some(decider) = of_trace(facts, machine.map(|(_, config)| config), &options)
    {
        return decider;
    }
    match machine {
        Some((artifact, config)) => of_config(facts, *artifact, config, options),
        None => Decider {
            decision: Decision::Always(
                Way::Undecidable,
                format!("machine.config is not among the evidence: {CONFIG_PATH}"),
            ),
            by: None,
        },
    }
}

/// Internet Options that are those of this identity, as far as one can tell.
fn is_of(layer: &Layer, context: Context) -> bool {
    let account = match context {
        Context::SyncServiceAccount => matches!(layer.account, Account::SyncService | Account::Machine),
        _ => matches!(layer.account, Account::SignedIn | Account::Machine),
    };
    layer.kind == LayerKind::InternetOptions && account
}

/// What the wizard printed about its own process.
fn of_trace<'a>(facts: &Facts, machine: Option<&'a Config>, options: &[&'a Layer]) -> Option<Decider<'a>> {
    let trace = trace_view(facts);
    let print = trace.address?;
    let by = Some(print.span);
    let always = |way, why: &str, by| Decider { decision: Decision::Always(way, why.to_owned()), by };
    if let Some(off) = trace.enabled.filter(|print| print.value.trim().eq_ignore_ascii_case("false")) {
        return Some(always(Way::Direct, "The wizard's trace says that the proxy is switched off.", Some(off.span)));
    }
    Some(match trace.says()? {
        Says::Proxy { host, port } => {
            let same = machine.filter(|config| config.proxy_endpoint() == Some((host.as_str(), port)));
            Decider { decision: Decision::Proxy(host_port(&host, port), same, options.to_vec()), by }
        }
        Says::AutoDetect => {
            let why = "The wizard's trace names no proxy address and shows auto-detection, which decides.";
            always(Way::Undecidable, why, trace.auto_detect.map(|print| print.span))
        }
        Says::Direct => {
            let why = "The wizard's trace names no proxy address and shows that those of the account are not used.";
            always(Way::Direct, why, trace.system_default.map(|print| print.span))
        }
        Says::Unknown => always(Way::Undecidable, "The wizard's trace prints a proxy address that names no host.", by),
        _ => {
            let why = "The wizard's trace names no proxy address".to_owned();
            Decider { decision: Decision::Account(options.to_vec(), false, why), by }
        }
    })
}

fn of_config<'a>(facts: &Facts, artifact: usize, config: &'a Config, options: Vec<&'a Layer>) -> Decider<'a> {
    let head = || Some(facts.head_of(artifact));
    let place = config.proxy_address.as_ref().map(|written| written.span).or(config.default_proxy).or_else(head);
    let name = config.which.name();
    let unusable = config.address.as_ref().is_some_and(crate::readers::machine_config::address::Address::unusable);
    let broken = config.xml_errors.iter().find(|error| error.certain).map(|error| error.span);
    let always = |way, why: String, by| Decider { decision: Decision::Always(way, why), by };
    match config.effective {
        Effective::Refused => {
            let fault = config.faults.iter().find(|fault| !fault.message.is_empty()).map(|fault| fault.span);
            always(Way::Refused, format!("In {name}: {}", config.effect), broken.or(fault).or(place))
        }
        Effective::Proxy if unusable => always(Way::Refused, format!("In {name}: {}", config.effect), place),
        Effective::Proxy => match config.proxy_endpoint().map(|(host, port)| host_port(host, port)) {
            Some(proxy) => Decider { decision: Decision::Proxy(proxy, Some(config), options), by: place },
            None => always(Way::Undecidable, format!("In {name}: {}", config.effect), place),
        },
        Effective::Direct => {
            let off = config.enabled.as_ref().filter(|switch| switch.value == Some(false));
            always(Way::Direct, format!("In {name}: {}", config.effect), off.map(|off| off.written.span).or(place))
        }
        Effective::Script => {
            let script = config.script_location.as_ref().map(|script| script.span);
            let detect = config.auto_detect.as_ref().map(|switch| switch.written.span);
            always(Way::Undecidable, format!("In {name}: {}", config.effect), script.or(detect).or(place))
        }
        Effective::NotShown => always(Way::Undecidable, format!("In {name}: {}", config.effect), place),
        Effective::SystemSettings => Decider {
            decision: Decision::Account(options, false, format!("{} names no proxy", sentence_start(name))),
            by: place,
        },
        Effective::StaticSystemProxy => Decider {
            decision: Decision::Account(options, true, format!("{} names no proxy address", sentence_start(name))),
            by: place,
        },
    }
}

/// The word at the beginning of a sentence; file names keep their letter case.
fn sentence_start(name: &str) -> String {
    name.strip_prefix("the ").map_or_else(|| name.to_owned(), |rest| format!("The {rest}"))
}

impl Decider<'_> {
    fn route(&self, url: &str) -> Route {
        let with = |way, proxy: Option<String>, why: String, by| Route { way, proxy, why, by };
        match &self.decision {
            Decision::Always(way, why) => with(*way, None, why.clone(), self.by),
            Decision::Proxy(proxy, config, options) => {
                if let Some(config) = config
                    && let Some(route) = exception(config, url)
                {
                    return route;
                }
                let inherits = config.is_some_and(|config| {
                    let system = config.use_system_default.as_ref().is_some_and(|switch| switch.value == Some(true));
                    system && config.bypass_in_effect().next().is_none()
                });
                let excepted = || options.iter().find(|layer| is_excepted(&layer.bypass, url));
                if inherits && let Some(layer) = excepted() {
                    let why = format!("The exceptions of the account's Internet Options cover it: {}.", layer.bypass);
                    return with(Way::Direct, None, why, Some(layer.span));
                }
                let tail = match (inherits, options.is_empty()) {
                    (true, true) => {
                        " Exceptions come from the Internet Options of the account, which are not among the evidence."
                    }
                    _ => "",
                };
                with(Way::Proxy, Some(proxy.clone()), format!("This line names the proxy.{tail}"), self.by)
            }
            Decision::Account(options, is_static, why) => self.of_account(options, *is_static, why, url),
        }
    }

    fn of_account(&self, options: &[&Layer], is_static: bool, why: &str, url: &str) -> Route {
        let Some(layer) = options.last() else {
            let why =
                format!("{why}: the Internet Options of the account decide, and they are not among the evidence.");
            return Route { way: Way::Undecidable, proxy: None, why, by: self.by };
        };
        let route = of_layer(layer, url);
        let is_script = matches!(layer.says, Says::Script(_) | Says::AutoDetect);
        if is_static && is_script {
            let why = format!(
                "{why}; of the account's Internet Options only a fixed proxy would count, and they hold a script."
            );
            return Route { way: Way::Direct, proxy: None, why, by: Some(layer.span) };
        }
        Route { why: format!("{why}: the account's Internet Options decide. {}", route.why), ..route }
    }
}

/// What a layer says about a URL.
fn of_layer(layer: &Layer, url: &str) -> Route {
    let by = Some(layer.span);
    let (way, proxy, why) = match &layer.says {
        Says::Proxy { .. } if is_excepted(&layer.bypass, url) => {
            (Way::Direct, None, format!("Its exceptions cover this host: {}.", layer.bypass))
        }
        Says::Proxy { host, port } => (Way::Proxy, Some(host_port(host, port)), "It names this proxy.".to_owned()),
        Says::Direct => (Way::Direct, None, "It says to connect directly.".to_owned()),
        Says::Script(_) => (Way::Undecidable, None, "A proxy script decides for every host.".to_owned()),
        Says::AutoDetect => (Way::Undecidable, None, "Auto-detection decides.".to_owned()),
        _ => (Way::Undecidable, None, "It does not say enough.".to_owned()),
    };
    Route { way, proxy, why, by }
}

/// The entry of a file's bypass list that sends a URL around the proxy, or that might.
fn exception(config: &Config, url: &str) -> Option<Route> {
    let hit = config.bypass_in_effect().find(|entry| first_match(&entry.pattern.text, [url]).is_some());
    if let Some(entry) = hit {
        let why = format!("The bypass list sends it around the proxy: {}", entry.pattern.text);
        return Some(Route { way: Way::Direct, proxy: None, why, by: Some(entry.pattern.span) });
    }
    let unclear = config.bypass_in_effect().find(|entry| matches!(entry.check, Pattern::Unchecked(_)))?;
    let why = format!("An entry of the bypass list cannot be tried here: {}", unclear.pattern.text);
    Some(Route { way: Way::Undecidable, proxy: None, why, by: Some(unclear.pattern.span) })
}

/// Whether a list of exceptions as Internet Options write it covers a URL.
fn is_excepted(list: &str, url: &str) -> bool {
    list.split([';', ' ', ',']).filter(|words| !words.is_empty()).any(|words| match from_words(words) {
        Ok(Entry::Pattern(pattern)) => first_match(&pattern, [url]).is_some(),
        Ok(Entry::Local) | Err(_) => words == "*",
    })
}

/// Certificate revocation: Windows fetches the lists itself, whatever machine.config says.
fn of_windows(layers: &[Layer]) -> Route {
    let why = "Windows fetches revocation lists itself, as far as is known by its WinHTTP settings and not by machine.config.";
    if let Some(layer) = layers.iter().rfind(|layer| layer.kind == LayerKind::WinHttp) {
        let route = of_layer(layer, "http://host");
        return Route { why: format!("{why} {}", route.why), ..route };
    }
    let why = format!("{why} Ask for the output of: netsh winhttp show proxy");
    Route { way: Way::Undecidable, proxy: None, why, by: None }
}

/// The sign-in window: it follows the signed-in user's Internet Options.
fn of_window(layers: &[Layer], url: &str) -> Route {
    let why =
        "Content of the sign-in window, which as far as is known follows the Internet Options of the signed-in user.";
    match layers.iter().rfind(|layer| is_of(layer, Context::SignedInUser)) {
        Some(layer) => {
            let route = of_layer(layer, url);
            Route { why: format!("{why} {}", route.why), ..route }
        }
        None => Route {
            way: Way::Undecidable,
            proxy: None,
            why: format!("{why} They are not among the evidence."),
            by: None,
        },
    }
}

fn not_called() -> Route {
    let why = "The sync service opens no sign-in window.".to_owned();
    Route { way: Way::NotCalled, proxy: None, why, by: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    fn table_of(files: &[(&str, &str)], check: impl Fn(&[Row])) {
        let input = |(name, text): &(&str, &str)| Input {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
            corrections: Vec::new(),
        };
        let inputs: Vec<Input> = files.iter().map(input).collect();
        let report = analyze(&inputs, &Options::default());
        check(&table(&report.facts).expect("a table"));
    }

    fn of<'a>(rows: &'a [Row], host: &str) -> &'a [Route; 2] {
        let row = rows.iter().find(|row| row.hosts.iter().any(|(known, _, _)| *known == host));
        &row.unwrap_or_else(|| panic!("{host}")).routes
    }

    fn config(proxy: &str, more: &str) -> String {
        format!(
            "<configuration>\n<system.net>\n<defaultProxy>\n{proxy}\n{more}</defaultProxy>\n</system.net>\n</configuration>\n"
        )
    }

    const PROXY: &str = "<proxy usesystemdefault=\"false\" proxyaddress=\"http://proxy:8080\" />";
    const LOGIN: &str = "login.microsoftonline.com";

    #[test]
    fn both_identities_go_through_the_proxy_that_machine_config_names() {
        table_of(&[("machine.config", &config(PROXY, ""))], |rows| {
            for route in of(rows, LOGIN) {
                assert_eq!((route.way, route.proxy.as_deref()), (Way::Proxy, Some("proxy:8080")));
                assert!(route.by.is_some());
            }
        });
    }

    #[test]
    fn an_entry_of_the_bypass_list_decides_by_its_own_line() {
        let list = "<bypasslist><add address=\"microsoftonline\" /></bypasslist>\n";
        let text = config(PROXY, list);
        table_of(&[("machine.config", &text)], |rows| {
            let [user, _] = of(rows, LOGIN);
            let by = user.by.unwrap();
            assert_eq!((user.way, &text[by.start..by.end]), (Way::Direct, "microsoftonline"));
            assert_eq!(of(rows, "graph.microsoft.com")[0].way, Way::Proxy);
        });
        let unclear = "<bypasslist><add address=\"(?&lt;!login)\\.contoso\" /></bypasslist>\n";
        table_of(&[("machine.config", &config(PROXY, unclear))], |rows| {
            assert_eq!(of(rows, LOGIN)[0].way, Way::Undecidable);
        });
    }

    #[test]
    fn the_sync_engine_s_own_file_decides_for_the_service_alone() {
        let own = config("<proxy usesystemdefault=\"false\" />", "");
        table_of(&[("machine.config", &config(PROXY, "")), ("miiserver.exe.config", &own)], |rows| {
            let [user, service] = of(rows, LOGIN);
            assert_eq!((user.way, service.way), (Way::Proxy, Way::Direct));
        });
    }

    #[test]
    fn without_a_proxy_in_the_file_the_account_decides_and_only_the_known_one_is_told() {
        let options = "Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings]\n\"ProxyEnable\"=dword:00000001\n\"ProxyServer\"=\"browser-proxy:3128\"\n";
        let empty = "<configuration>\n<configSections />\n<runtime />\n</configuration>\n";
        table_of(&[("machine.config", empty), ("user.reg", options)], |rows| {
            let [user, service] = of(rows, LOGIN);
            assert_eq!((user.way, user.proxy.as_deref()), (Way::Proxy, Some("browser-proxy:3128")));
            assert_eq!(service.way, Way::Undecidable);
        });
    }

    #[test]
    fn a_refused_file_lets_nothing_out() {
        let text = config(&PROXY.replace("proxyaddress", "proxyAddress"), "");
        table_of(&[("machine.config", &text)], |rows| {
            assert!(of(rows, LOGIN).iter().all(|route| route.way == Way::Refused && route.by.is_some()));
        });
    }
}
