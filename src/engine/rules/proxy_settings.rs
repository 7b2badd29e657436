//! Proxy settings that .NET can read and that do not do what was meant, and those that do.

pub mod evidence;

use crate::artifact::{Kind, Span};
use crate::facts::Facts;
use crate::host_port::{host_port, proxy_url};
use crate::layers::{TraceView, trace_view};
use crate::readers::error_text::ProxyPrint;
use crate::readers::error_text::paths::ConfigPath;
use crate::readers::machine_config::address::{Address, Issue, endpoint, shown};
use crate::readers::machine_config::{Config, Effective, Known, WhichFile};
use crate::report::{Confidence, Context, Severity};
use crate::rules::layers::layers_disagree;
use crate::rules::{Finding, Rule, Step, Text, Who};
use evidence::{
    DirectAttempt, OPEN_FILE, RESTART, TEST, WRITE_BLOCK, anything_failed, anything_reached, bypass_hits,
    direct_attempts, effect_note, failed_proxy_tests, fails_to_connect, has_broken_file, has_working_proxy,
    is_of_a_bare_config, machine_configs, other_layers, relevant_configs, sign_in_refused, tried_proxies,
    with_attempts, with_common,
};

/// What a request without a proxy looks like from elsewhere.
pub const WITHOUT_PROXY: &[&str] =
    &["direct-connection-attempted", "dns-failure", "firewall-drops", "connection-reset", "realm-discovery-failed"];

const BLOCK: &str = "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.contoso.example:8080\" bypassonlocal=\"true\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n";
const BLOCK_WITH_CREDENTIALS: &str = "<configuration>\n  <system.net>\n    <defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.contoso.example:8080\" bypassonlocal=\"true\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n";
const NO_PROXY: &str =
    "<configuration>\n  <system.web>\n    <processModel autoConfig=\"true\"/>\n  </system.web>\n</configuration>\n";
const DIRECT_ERROR: &str = "PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\nInvoke-WebRequest : Unable to connect to the remote server\n";
const ERROR_407: &str = "PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\nInvoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.\n";
const TRACE_WITHOUT_PROXY: &str = "[10:15:09.880] [  1] [INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: <Unspecified>\n[10:15:09.880] [  1] [INFO ] Default Proxy [UseSystemDefault]: Unspecified\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";
const TRACE_WITH_PROXY: &str = "[10:15:09.880] [  1] [INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n[10:15:09.880] [  1] [INFO ] Default Proxy [ProxyAddress]: http://proxy.contoso.example:8080/\n[10:15:09.880] [  1] [INFO ] Default Proxy [UseSystemDefault]: True\n[10:15:09.880] [  1] [INFO ] Default Proxy [Enabled]: True\n";

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "proxy-in-wrong-file",
        severity: Severity::Error,
        en: Text {
            title: "The proxy settings stand in a file that is not the right one",
            summary: "The settings stand in {file}. {what}",
            why: "The wizard, the sync service and PowerShell share one file: the 64-bit machine.config of .NET 4. miiserver.exe.config serves the sync engine alone and AzureADConnect.exe.config the wizard alone; for that one program such a section hides the settings of machine.config completely. Every upgrade overwrites miiserver.exe.config. The 32-bit copy of machine.config and the copy of v2.0.50727 serve other programs.",
            steps: &[
                OPEN_FILE,
                WRITE_BLOCK,
                Step {
                    who: Who::ServerAdmin,
                    text: "Remove the system.net block from the other file, so that it does not hide the right one. Leave it only in the own .config of an agent (pass-through, provisioning, Health): there it is right.",
                    command: None,
                    verify: Some("Select-String -Pattern '<defaultProxy' finds nothing in that file."),
                },
                RESTART,
                TEST,
            ],
        },
        explains: &[
            "proxy-not-configured",
            "proxy-layers-disagree",
            "service-not-restarted",
            "direct-connection-attempted",
            "dns-failure",
            "firewall-drops",
            "connection-reset",
            "realm-discovery-failed",
        ],
        source: "Troubleshoot connectivity, first note; microsoft/referencesource DefaultProxySection.cs",
        check: wrong_file,
        example: &[("miiserver.exe.config", BLOCK), ("machine.config", NO_PROXY)],
        counter_example: &[("machine.config", BLOCK), ("miiserver.exe.config", NO_PROXY)],
    },
    Rule {
        id: "proxy-disabled",
        severity: Severity::Warning,
        en: Text {
            title: "The proxy is switched off in the settings",
            summary: "{what}",
            why: "With these settings .NET sends every request of the wizard and the sync service straight to Microsoft. Where only the proxy may go out, all of them fail.",
            steps: &[OPEN_FILE, WRITE_BLOCK, RESTART, TEST],
        },
        explains: &[
            "proxy-not-configured",
            "proxy-layers-disagree",
            "direct-connection-attempted",
            "dns-failure",
            "firewall-drops",
            "connection-reset",
            "realm-discovery-failed",
        ],
        source: "microsoft/referencesource DefaultProxySection.cs and WebProxy.cs",
        check: disabled,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy enabled=\"false\">\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy enabled=\"True\">\n      <proxy usesystemdefault=\"False\" proxyaddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "proxy-not-configured",
        severity: Severity::Error,
        en: Text {
            title: "No proxy is set for .NET in machine.config",
            summary: "{what}",
            why: "The wizard and the sync service are .NET programs. Without an address in machine.config they use the Internet Options of the account that runs them. Your own account may have a proxy there; the sync service account mostly has none, and goes straight out.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Say whether this server may reach the internet without a proxy. If it may, machine.config needs no change: open the firewall and check DNS instead.",
                    command: None,
                    verify: None,
                },
                OPEN_FILE,
                WRITE_BLOCK,
                RESTART,
                TEST,
            ],
        },
        explains: WITHOUT_PROXY,
        source: "Troubleshoot connectivity, Verify proxy connectivity; KB 3013032",
        check: not_configured,
        example: &[("machine.config", NO_PROXY), ("test.txt", DIRECT_ERROR)],
        counter_example: &[("machine.config", NO_PROXY)],
    },
    Rule {
        id: "service-not-restarted",
        severity: Severity::Error,
        en: Text {
            title: "The running programs do not use the settings of this machine.config",
            summary: "{what}",
            why: "The sync service, the wizard and PowerShell read machine.config when they start and never again. An edit has no effect on what was started before; an edit of another copy of the file has none at all.",
            steps: &[
                RESTART,
                TEST,
                Step {
                    who: Who::ServerAdmin,
                    text: "If it still goes out without the proxy, you are looking at another copy of the file. Compare with the line \"machine.config path\" at the top of the wizard's trace, and look for a defaultProxy in miiserver.exe.config.",
                    command: Some(
                        "Select-String -Path C:\\Windows\\Microsoft.NET\\Framework*\\v*\\Config\\machine.config,'C:\\Program Files\\Microsoft Azure AD Sync\\Bin\\miiserver.exe.config' -Pattern '<defaultProxy'",
                    ),
                    verify: Some("Only Framework64\\v4.0.30319\\Config\\machine.config is listed."),
                },
            ],
        },
        explains: &[
            "proxy-layers-disagree",
            "direct-connection-attempted",
            "dns-failure",
            "firewall-drops",
            "connection-reset",
            "proxy-not-configured",
            "realm-discovery-failed",
        ],
        source: "Troubleshoot connectivity, second paragraph; MicrosoftDocs/azure-docs 59911",
        check: not_restarted,
        example: &[("machine.config", BLOCK), ("trace-20260301-101508.log", TRACE_WITHOUT_PROXY)],
        counter_example: &[("machine.config", BLOCK), ("trace-20260301-101508.log", TRACE_WITH_PROXY)],
    },
    Rule {
        id: "proxy-credentials-not-sent",
        severity: Severity::Error,
        en: Text {
            title: "The proxy asks for a sign-in, and .NET is told to send none",
            summary: "The proxy answers 407, and useDefaultCredentials is not set to true on defaultProxy. {what}",
            why: "Without useDefaultCredentials .NET offers the proxy no account, and the first 407 is final. With it, the wizard signs in as you and the sync service as its own account, which therefore has to be a domain account or a group managed one.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Add useDefaultCredentials=\"true\" to defaultProxy, in this letter case. It does not belong on proxy.",
                    command: Some("<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">"),
                    verify: Some("[xml](Get-Content {config_path} -Raw) runs without an error."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Check that the service Microsoft Entra ID Sync runs as a domain account or a group managed service account, and that you run the wizard as a domain user.",
                    command: Some("Get-CimInstance Win32_Service -Filter \"Name='ADSync'\" | Select-Object StartName"),
                    verify: Some(
                        "StartName is DOMAIN\\name, not a local account. NT SERVICE\\ADSync signs in as the computer.",
                    ),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Let that account through the proxy with Kerberos or NTLM. A proxy that offers only Basic cannot be satisfied: exempt the server from sign-in there.",
                    command: None,
                    verify: None,
                },
                RESTART,
                TEST,
            ],
        },
        explains: &["proxy-auth-required", "service-account-cannot-authenticate", "realm-discovery-failed"],
        source: "Troubleshoot connectivity, 403 and 407; Microsoft Entra Connect prerequisites, Connectivity",
        check: credentials_not_sent,
        example: &[("machine.config", BLOCK), ("test.txt", ERROR_407)],
        counter_example: &[("machine.config", BLOCK_WITH_CREDENTIALS), ("test.txt", ERROR_407)],
    },
    Rule {
        id: "proxy-script-configured",
        severity: Severity::Warning,
        en: Text {
            title: "A proxy script or auto-detection decides which proxy is used",
            summary: "{what}",
            why: "The answer can differ by host, by account and by network. The sync service account gets its own answer, and may not even be allowed to fetch the script. Microsoft documents a fixed proxyaddress for Entra Connect.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Say which proxy the script gives for this server and for {test_url}, and whether it does so for the sync service account too.",
                    command: None,
                    verify: None,
                },
                OPEN_FILE,
                WRITE_BLOCK,
                RESTART,
                TEST,
            ],
        },
        explains: WITHOUT_PROXY,
        source: "microsoft/referencesource DefaultProxySection.cs; .NET Framework, proxy element",
        check: script_configured,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy scriptLocation=\"http://wpad.contoso.example/proxy.pac\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[("machine.config", BLOCK)],
    },
    Rule {
        id: "healthy-configuration",
        severity: Severity::Ok,
        en: Text {
            title: "The .NET configuration can be read, and nothing in it stands in the way",
            summary: "{what}",
            why: "The file says what .NET does from the next start of the service and the wizard on. It does not say that the network lets the requests through, and it cannot show what the account's Internet Options contain.",
            steps: &[TEST],
        },
        explains: &[],
        source: "microsoft/referencesource DefaultProxySection.cs; Microsoft Entra Connect prerequisites, Connectivity",
        check: healthy,
        example: &[("machine.config", BLOCK)],
        counter_example: &[("machine.config", BLOCK), ("test.txt", ERROR_407)],
    },
];

fn wrong_file(facts: &Facts) -> Option<Finding> {
    let carries = |config: &Config| {
        let broken = config.xml_errors.iter().any(|error| error.certain);
        // A page for programmers says "put this into your app.config": that is no file of this server.
        let of_a_project = config.which.is_of_another_program() && config.is_of_a_project;
        !broken && !of_a_project && !config.counts() && (config.default_proxy.is_some() || config.proxy.is_some())
    };
    let Some((artifact, config)) = relevant_configs(facts).find(|(_, config)| carries(config)) else {
        return wrong_file_by_words(facts);
    };
    let span = config.proxy.or(config.default_proxy).unwrap_or_else(|| facts.head_of(artifact));
    let right = machine_configs(facts).next();
    let right_has_proxy = right.is_some_and(|(_, machine)| machine.proxy_address.is_some());
    let named =
        facts.artifacts.get(artifact).is_some_and(|artifact| artifact.name.to_ascii_lowercase().contains(".config"));
    let (what, confidence, severity) = match config.which {
        WhichFile::PowerShell => (
            "Windows PowerShell uses it in place of machine.config: a test there says nothing about the wizard and the sync service.",
            Confidence::Certain,
            Severity::Warning,
        ),
        // Each program has its own file, and both are right.
        WhichFile::Agent if right_has_proxy => return None,
        WhichFile::Agent => (
            "For that agent this is the right place; the wizard and the sync service do not read it.",
            Confidence::Possible,
            if anything_failed(facts) { Severity::Warning } else { Severity::Info },
        ),
        // The one in the folder of .NET itself was meant for all programs.
        WhichFile::Web if config.which_known == Known::Path && right_has_proxy => return None,
        WhichFile::Web if config.which_known == Known::Path => (
            "Only web sites (ASP.NET) read it; the wizard, the sync service and PowerShell do not.",
            Confidence::Likely,
            if anything_failed(facts) { Severity::Error } else { Severity::Warning },
        ),
        which if which.is_of_another_program() => (
            "It serves one program only; the wizard and the sync service do not read it.",
            Confidence::Possible,
            Severity::Warning,
        ),
        WhichFile::Machine32 | WhichFile::MachineV2 if right_has_proxy => return None,
        WhichFile::Machine32 | WhichFile::MachineV2 => (
            "Entra Connect never reads this copy, so that the edit has no effect.",
            Confidence::Likely,
            Severity::Error,
        ),
        _ if right_has_proxy && config.proxy_address.is_none() => (
            "Its section names no proxy address, and it hides the one in machine.config completely for this program.",
            Confidence::Certain,
            Severity::Error,
        ),
        _ if right_has_proxy => (
            "It hides the settings in machine.config for this program, and the next upgrade overwrites it.",
            Confidence::Certain,
            Severity::Warning,
        ),
        _ if right.is_some_and(|(_, machine)| !machine.is_fragment) => {
            ("machine.config itself has none.", Confidence::Certain, Severity::Error)
        }
        _ => {
            let severity = if anything_failed(facts) { Severity::Error } else { Severity::Warning };
            (only_reader(config.which), Confidence::Likely, severity)
        }
    };
    let confidence = if named { confidence } else { confidence.max(Confidence::Likely) };
    let does = match config.effective {
        _ if config.is_switched_off() => "The proxy is switched off here",
        Effective::Proxy | Effective::Script | Effective::NotShown => "The proxy is set here",
        _ => "The section that names no proxy address",
    };
    let mut finding = Finding::new(confidence, span, format!("{does}, in {}.", config.which.name()))
        .severity(severity)
        .arg("file", config.which.name())
        .arg("what", what);
    if config.which == WhichFile::Miiserver {
        finding = finding.context(Context::SyncServiceAccount);
    }
    if let Some(section) = config.default_proxy {
        finding = finding.and(section, "The section, in the wrong file.");
    }
    if let Some((artifact, machine)) = right {
        let place = machine.proxy.or(machine.insert_at).unwrap_or_else(|| facts.head_of(artifact));
        let note = if right_has_proxy {
            "The settings in machine.config."
        } else {
            "machine.config has no proxy; the block belongs in front of this line."
        };
        finding = finding.and(place, note);
    }
    for path in edited_elsewhere(facts).filter(|path| path.which == config.which) {
        finding = finding.and(path.span, how_named(path));
    }
    if let Some(line) = config.which_by {
        finding = finding.and(line, format!("By this line the block comes from {}.", config.which.name()));
    }
    if config.which == WhichFile::Machine32 {
        finding = with_narrow_shell(finding, facts);
    }
    Some(with_common(with_attempts(finding, facts), facts))
}

/// Who reads a program's own file, and who does not.
fn only_reader(which: WhichFile) -> &'static str {
    if which == WhichFile::Wizard {
        "Only the wizard reads it; the sync service and PowerShell do not, and the next upgrade may overwrite it."
    } else {
        "The wizard and PowerShell do not read it, and the next upgrade overwrites it."
    }
}

/// Files other than the right one that a text says were edited, or that a search found the settings in.
fn edited_elsewhere(facts: &Facts) -> impl Iterator<Item = &ConfigPath> {
    let wrong = |path: &&ConfigPath| {
        (path.edited || path.holds_proxy) && path.which != WhichFile::Machine && !path.which.is_of_another_program()
    };
    facts.reports().flat_map(|text| &text.config_paths).filter(wrong)
}

/// The finding that rests on somebody's words about the file that they edited.
fn wrong_file_by_words(facts: &Facts) -> Option<Finding> {
    let path = edited_elsewhere(facts).next()?;
    let right =
        |path: &ConfigPath| path.which == WhichFile::Machine && (path.holds_proxy || (path.edited && path.has_folder));
    let source = |artifact: usize| facts.artifacts.get(artifact).map(|artifact| artifact.source);
    // A block in the same mail without a path of its own is most likely the one that went into the wrong file.
    let known_good = machine_configs(facts).any(|(artifact, config)| {
        let elsewhere = config.which_by.is_some() || source(artifact) != source(path.span.artifact);
        config.is_sound() && config.effective == Effective::Proxy && elsewhere
    });
    if known_good
        || trace_view(facts).proxy().is_some()
        || facts.reports().flat_map(|text| &text.config_paths).any(right)
    {
        return None;
    }
    let what = match path.which {
        WhichFile::Machine32 => {
            "Entra Connect reads the 64-bit copy, in the folder Framework64; this edit has no effect on it."
        }
        WhichFile::MachineV2 => {
            "Entra Connect reads the copy of .NET 4, in the folder v4.0.30319; this edit has no effect on it."
        }
        which => only_reader(which),
    };
    let failed = anything_failed(facts) || trace_view(facts).says_none();
    let finding = Finding::new(Confidence::Likely, path.span, how_named(path))
        .severity(if failed { Severity::Error } else { Severity::Warning })
        .arg("file", path.which.name())
        .arg("what", what);
    let finding = edited_elsewhere(facts)
        .filter(|other| other.span != path.span && other.holds_proxy)
        .take(3)
        .fold(finding, |finding, other| finding.and(other.span, how_named(other)));
    let finding = trace_note(finding, trace_view(facts));
    let finding = if path.which == WhichFile::Machine32 { with_narrow_shell(finding, facts) } else { finding };
    Some(with_common(with_attempts(finding, facts), facts))
}

/// How a text names a file that the settings stand in.
fn how_named(path: &ConfigPath) -> &'static str {
    if path.holds_proxy {
        "A search found the proxy's settings in this file."
    } else {
        "The text says that this file was edited."
    }
}

/// Adds where a test ran in a 32-bit PowerShell: it reads the same wrong copy, and so it passes.
fn with_narrow_shell(finding: Finding, facts: &Facts) -> Finding {
    let note = "This is a 32-bit PowerShell. It reads the 32-bit machine.config, so that a test in it says nothing about Entra Connect.";
    facts.reports().filter_map(|text| text.narrow_shell).take(3).fold(finding, |finding, span| finding.and(span, note))
}

fn disabled(facts: &Facts) -> Option<Finding> {
    let off = |config: &Config| {
        let empty_element = config.effective == Effective::SystemSettings && config.in_effect && config.proxy.is_some();
        config.is_sound() && (config.effective == Effective::Direct || empty_element)
    };
    let from_file = machine_configs(facts).find(|(_, config)| off(config)).map(|(artifact, config)| {
        let switch =
            config.enabled.as_ref().filter(|switch| switch.value == Some(false)).map(|switch| switch.written.span);
        let span = switch.or(config.proxy).or(config.default_proxy).unwrap_or_else(|| facts.head_of(artifact));
        let what = if config.effective == Effective::Direct {
            config.effect.clone()
        } else {
            "The proxy element names no address, no script and no system default, so that it sets nothing.".to_owned()
        };
        Finding::new(Confidence::Certain, span, what.clone()).arg("what", what)
    });
    let trace = trace_view(facts);
    let from_trace = || {
        let print = trace.enabled.filter(|print| print.value.trim().eq_ignore_ascii_case("false"))?;
        let what = "The wizard's trace says that the default proxy is not enabled: enabled=\"false\" stands in the file that it read.";
        Some(Finding::new(Confidence::Certain, print.span, what).arg("what", what))
    };
    let mut finding = from_file.or_else(from_trace)?;
    // Switched off on purpose is a design; it is a fault where requests fail for want of the proxy.
    if !direct_attempts(facts).is_empty() || !sign_in_refused(facts).is_empty() {
        finding = finding.severity(Severity::Error);
    } else if anything_reached(facts) {
        finding = finding.severity(Severity::Info);
    }
    Some(with_common(with_attempts(finding, facts), facts))
}

fn not_configured(facts: &Facts) -> Option<Finding> {
    let attempts = direct_attempts(facts);
    let bare = attempts.iter().any(|attempt| is_of_a_bare_config(facts, attempt));
    if has_working_proxy(facts) && !bare || has_broken_file(facts) {
        return None;
    }
    let trace = trace_view(facts);
    let refused = sign_in_refused(facts);
    if trace.proxy().is_some() || machine_configs(facts).any(|(_, config)| !config.is_sound()) {
        return None;
    }
    let none = machine_configs(facts)
        .find(|(_, config)| config.effective == Effective::SystemSettings && config.proxy.is_none());
    let fragile = machine_configs(facts).find(|(_, config)| config.effective == Effective::StaticSystemProxy);
    let tail = machine_configs(facts)
        .filter(|(_, config)| config.ends_without_proxy && config.effective == Effective::NotShown)
        .find_map(|(_, config)| Some((config, config.insert_at?)));
    let certain = attempts.iter().any(|attempt| attempt.certain);
    let confidence = if certain { Confidence::Certain } else { Confidence::Likely };
    // Another layer names a proxy and requests fail without having tried one: a proxy is needed, and .NET has none.
    let others =
        if fails_to_connect(facts) && tried_proxies(facts).next().is_none() { other_layers(facts) } else { Vec::new() };
    let needed = !attempts.is_empty() || !refused.is_empty() || !others.is_empty();
    let mut finding = if let Some((artifact, config)) = none.filter(|_| needed) {
        let what = match others.first() {
            Some(layer) if !certain => format!(
                "machine.config names no proxy, while {} names {}, and requests fail.",
                layer.name,
                host_port(&layer.host, layer.port)
            ),
            _ if attempts.is_empty() => {
                "machine.config names no proxy, although a proxy stands in the way and asks for a sign-in.".to_owned()
            }
            _ => "machine.config names no proxy, and requests went out without one and failed.".to_owned(),
        };
        let place = config.default_proxy.or(config.insert_at).unwrap_or_else(|| facts.head_of(artifact));
        let shows = if config.default_proxy.is_some() {
            "This section names no proxy."
        } else {
            "No proxy stands in the file; the block belongs in front of this line."
        };
        let mut finding = Finding::new(confidence, place, shows).arg("what", what);
        if let Some(comment) = config.commented_out {
            finding = finding.and(comment, "A block stands here, but commented out: .NET does not see it.");
        }
        finding
    } else if let Some((artifact, config)) = fragile {
        let place = config.proxy.or(config.default_proxy).unwrap_or_else(|| facts.head_of(artifact));
        let finding = Finding::new(
            Confidence::Possible,
            place,
            "usesystemdefault without proxyaddress: the account's own settings decide.",
        )
        .arg("what", config.effect.clone());
        if needed { finding } else { finding.severity(Severity::Warning) }
    } else if let Some((config, place)) = tail.filter(|_| !attempts.is_empty()) {
        let (what, confidence) = if certain {
            (
                "The end of machine.config shows no proxy, where its settings normally stand, and requests went out without one and failed. Search the rest of the file for <defaultProxy to be sure.",
                Confidence::Likely,
            )
        } else {
            (
                "The end of machine.config shows no proxy, where its settings normally stand, and requests fail as they do without one. Search the rest of the file for <defaultProxy to be sure.",
                Confidence::Possible,
            )
        };
        let finding =
            Finding::new(confidence, place, "No proxy settings stand in front of this line.").arg("what", what);
        match config.commented_out {
            Some(comment) => finding.and(comment, "A block stands here, but commented out: .NET does not see it."),
            None => finding,
        }
    } else if let Some(print) = trace.address.filter(|_| trace.says_none() && needed) {
        let what = "The wizard's own trace says that no proxy address is configured, and requests failed.";
        Finding::new(confidence, print.span, "The wizard found no proxy address in machine.config.").arg("what", what)
    } else if machine_configs(facts).next().is_none() && trace.address.is_none() && refused.is_empty() {
        // The case that Microsoft's own article on this text describes: sign-in worked, the service does not get out.
        let ping = facts.errors_with_id("sync-ping-failed").next()?;
        let what = "The sync service cannot reach Microsoft, although the wizard got this far. Most often machine.config names no proxy; the file would prove it.";
        Finding::new(Confidence::Likely, ping.span, "The first call of the sync service got no answer.")
            .context(Context::SyncServiceAccount)
            .arg("what", what)
    } else {
        return None;
    };
    if let Some(print) = trace.address {
        finding = finding.and(print.span, "The wizard's own view: no proxy address.");
    }
    for span in refused.iter().take(3) {
        finding = finding.and(*span, "A proxy answers here.");
    }
    for layer in &others {
        finding = finding.and(
            layer.span,
            format!("Names a proxy, {}. .NET does not take it from here.", host_port(&layer.host, layer.port)),
        );
    }
    Some(with_common(with_attempts(finding, facts), facts))
}

fn not_restarted(facts: &Facts) -> Option<Finding> {
    let words = facts.reports().find_map(|text| text.not_restarted);
    let said = words.map(|words| words.span);
    let right = machine_configs(facts).find(|(_, config)| config.is_sound() && config.effective == Effective::Proxy);
    let Some((_, config)) = right else {
        if let Some(finding) = not_restarted_by_trace(facts) {
            return Some(finding);
        }
        return not_restarted_by_words(facts, words.filter(|words| words.names_change)?.span);
    };
    let address = config.proxy_address.as_ref()?;
    if config.address.as_ref().is_none_or(Address::unusable) {
        return None;
    }
    let trace = trace_view(facts);
    let (host, port) = config.proxy_endpoint()?;
    // What stands below the settings of another server, which name no proxy, is about that one.
    let attempts: Vec<DirectAttempt> =
        direct_attempts(facts).into_iter().filter(|attempt| !is_of_a_bare_config(facts, attempt)).collect();
    let stale = trace.address.filter(|_| {
        trace.says_none() || trace.proxy().is_some_and(|seen| endpoint(seen) != Some((host.to_owned(), port)))
    });
    // The address may be the same, and the switch that was added later not yet read.
    let off = |print: &&ProxyPrint| print.value.trim().eq_ignore_ascii_case("false");
    let without_credentials = trace.credentials.filter(|print| config.sends_credentials() && off(print));
    // A request that was sent to this very proxy shows that the settings are in use.
    let in_use = tried_proxies(facts).any(|(address, number, _)| address == host && number == port);
    let plain = config.address.as_ref().is_some_and(|address| address.issues.is_empty());
    let (confidence, severity, span, note, seen) = if let Some(print) = stale {
        let seen = match trace.proxy() {
            Some(other) => format!("the wizard's trace shows {}.", shown(other)),
            None => "the wizard's trace shows none.".to_owned(),
        };
        let note = "What the wizard found when it started.".to_owned();
        (Confidence::Likely, Severity::Error, print.span, note, seen)
    } else if let Some(print) = without_credentials {
        let seen = "the wizard's trace shows it without useDefaultCredentials, which the file has.".to_owned();
        let note = "What the wizard found when it started.".to_owned();
        (Confidence::Likely, Severity::Error, print.span, note, seen)
    } else if trace.proxy().is_some() || !bypass_hits(facts, config).is_empty() {
        return None;
    } else if let Some(attempt) = attempts.iter().find(|attempt| attempt.certain) {
        let seen = "a request went out without it.".to_owned();
        (Confidence::Likely, Severity::Error, attempt.span, attempt.note.clone(), seen)
    } else if let Some(said) = said.filter(|_| !in_use) {
        let failed = anything_failed(facts);
        let seen = if failed {
            "nothing was restarted since the change, and requests still fail."
        } else {
            "nothing was restarted since the change: it has no effect yet."
        };
        let severity = if failed { Severity::Error } else { Severity::Warning };
        (Confidence::Likely, severity, said, NOT_RESTARTED.to_owned(), seen.to_owned())
    } else if let Some(attempt) = attempts.first().filter(|_| plain && failed_proxy_tests(facts).is_empty()) {
        // A proxy that does not answer gives the same message; a restart is the cheaper thing to try first.
        let seen = "a request failed as it does without a proxy. The message does not say where it went: the inner exception would name the address.".to_owned();
        (Confidence::Possible, Severity::Warning, attempt.span, attempt.note.clone(), seen)
    } else {
        return None;
    };
    let mut finding = Finding::new(confidence, span, note)
        .severity(severity)
        .and(address.span, "What machine.config says now.")
        .arg("what", format!("machine.config names {}, but {seen}", proxy_url(host, port)));
    if let Some(said) = said {
        finding = finding.and(said, NOT_RESTARTED);
    }
    Some(with_common(with_attempts(finding, facts), facts))
}

/// What is shown at the words about a missing restart.
const NOT_RESTARTED: &str = "The text says that nothing was restarted since the change.";

/// The finding that rests on the writer's words and an error that persists, without the file.
fn not_restarted_by_words(facts: &Facts, said: Span) -> Option<Finding> {
    let failed = !direct_attempts(facts).is_empty() || !sign_in_refused(facts).is_empty();
    let shown = machine_configs(facts).next().is_some() || trace_view(facts).address.is_some();
    if !failed || shown || wrong_file(facts).is_some() {
        return None;
    }
    let what = "The settings were changed and nothing was restarted since: the programs still run with the old ones.";
    let finding = Finding::new(Confidence::Likely, said, NOT_RESTARTED).arg("what", what);
    Some(with_common(with_attempts(finding, facts), facts))
}

/// The wizard, which was started later, prints the proxy; the sync service still goes out without it.
fn not_restarted_by_trace(facts: &Facts) -> Option<Finding> {
    let trace = trace_view(facts);
    let (proxy, print) = (trace.proxy()?, trace.address?);
    let off = |print: Option<&ProxyPrint>| print.is_some_and(|print| print.value.trim().eq_ignore_ascii_case("false"));
    if off(trace.enabled) || has_broken_file(facts) || wrong_file(facts).is_some() || !facts.configs.is_empty() {
        return None;
    }
    let attempts = direct_attempts(facts);
    let of_service = |attempt: &&DirectAttempt| attempt.certain && attempt.context == Context::SyncServiceAccount;
    let attempt = attempts.iter().find(of_service)?;
    // The wizard prints what it read; that it also works with it rules out a bypass entry.
    if attempts.iter().any(|attempt| attempt.certain && attempt.context == Context::SignedInUser) {
        return None;
    }
    let what = format!(
        "The wizard's trace shows that machine.config names {proxy}, but the sync service went out without it."
    );
    let finding = Finding::new(Confidence::Likely, attempt.span, attempt.note.clone())
        .context(Context::SyncServiceAccount)
        .and(print.span, "What the wizard found when it started.")
        .arg("what", what);
    Some(with_common(with_attempts(finding, facts), facts))
}

fn credentials_not_sent(facts: &Facts) -> Option<Finding> {
    let refused = sign_in_refused(facts);
    let first = refused.first()?;
    if has_broken_file(facts) || machine_configs(facts).any(|(_, config)| config.sends_credentials()) {
        return None;
    }
    let trace = trace_view(facts);
    let trace_sends = trace.credentials.is_some_and(|print| print.value.trim().eq_ignore_ascii_case("true"));
    let uses_proxy = |config: &Config| {
        matches!(config.effective, Effective::Proxy | Effective::StaticSystemProxy | Effective::Script)
    };
    let from_file =
        machine_configs(facts).find(|(_, config)| config.is_sound() && uses_proxy(config)).map(|(artifact, config)| {
            let switch = config.use_default_credentials.as_ref().map(|switch| switch.written.span);
            let place = switch.or(config.default_proxy).or(config.proxy).unwrap_or_else(|| facts.head_of(artifact));
            let what =
                if switch.is_some() { "It is switched off." } else { "The attribute is missing, and then it is off." };
            Finding::new(Confidence::Certain, place, "No credentials are sent to the proxy with this section.")
                .arg("what", what)
        });
    let from_trace = || {
        let print = trace
            .credentials
            .filter(|print| trace.proxy().is_some() && print.value.trim().eq_ignore_ascii_case("false"))?;
        let what = "The wizard's own trace says so.";
        Some(
            Finding::new(Confidence::Certain, print.span, "The wizard sends no credentials to the proxy.")
                .arg("what", what),
        )
    };
    if trace_sends {
        return None;
    }
    let mut finding = from_file.or_else(from_trace)?;
    for span in std::iter::once(first).chain(refused.iter().skip(1).take(5)) {
        finding = finding.and(*span, "The proxy asks for a sign-in.");
    }
    Some(with_common(finding, facts))
}

fn script_configured(facts: &Facts) -> Option<Finding> {
    let from_file = machine_configs(facts).find_map(|(_, config)| {
        let script = config.script_location.as_ref().map(|script| script.span);
        let detect = config.auto_detect.as_ref().filter(|switch| switch.value == Some(true)).map(|switch| switch.written.span);
        let place = script.or(detect).filter(|_| config.is_sound())?;
        let finding = match config.effective {
            Effective::Script => Finding::new(Confidence::Certain, place, config.effect.clone()).arg("what", config.effect.clone()),
            Effective::Proxy => {
                let what = "A proxy script or auto-detection is set beside a proxy address. .NET ignores it and uses the address; remove it, so that nobody counts on it.";
                Finding::new(Confidence::Certain, place, "Has no effect beside proxyaddress.").arg("what", what).severity(Severity::Info)
            }
            _ => return None,
        };
        Some(finding)
    });
    let trace = trace_view(facts);
    let from_trace = || {
        let print = trace
            .auto_detect
            .filter(|print| print.value.trim().eq_ignore_ascii_case("true") && trace.proxy().is_none())?;
        let what = "The wizard's trace shows auto-detection and no proxy address.";
        Some(Finding::new(Confidence::Certain, print.span, what).arg("what", what))
    };
    let from_script = || {
        let (index, _) = facts.artifacts.iter().enumerate().find(|(_, artifact)| artifact.kind == Kind::PacScript)?;
        // With an address in machine.config the script is for browsers only.
        if has_working_proxy(facts) {
            return None;
        }
        let what = "A proxy script was pasted. .NET uses one only if the Internet Options of the account, or scriptLocation in machine.config, name it.";
        Some(
            Finding::new(Confidence::Possible, facts.head_of(index), "The proxy script.")
                .arg("what", what)
                .severity(Severity::Info),
        )
    };
    let mut finding = from_file.or_else(from_trace).or_else(from_script)?;
    // A script that sends a request straight out, or that cannot be fetched, looks like this.
    let attempts = direct_attempts(facts);
    if finding.severity.is_none() && attempts.iter().any(|attempt| attempt.certain) {
        finding = with_attempts(finding.severity(Severity::Error), facts);
    }
    Some(with_common(finding, facts))
}

fn healthy(facts: &Facts) -> Option<Finding> {
    let (artifact, config) = machine_configs(facts).next()?;
    let read = || facts.configs.iter().map(|(_, config)| config).filter(|config| config.which.is_read());
    if anything_failed(facts) || read().any(|config| !config.is_sound()) {
        return None;
    }
    // Settings in any other file that matters compete with these.
    let competing = read().any(|config| !config.counts() && config.default_proxy.is_some());
    if competing
        || not_restarted(facts).is_some()
        || layers_disagree(facts).is_some_and(|found| found.severity != Some(Severity::Info))
        || wrong_file(facts).is_some()
        || disabled(facts).is_some()
    {
        return None;
    }
    let place = config
        .proxy_address
        .as_ref()
        .map(|address| address.span)
        .or(config.default_proxy)
        .unwrap_or_else(|| facts.head_of(artifact));
    let finding = match config.effective {
        Effective::Proxy => {
            let flawless = config
                .address
                .as_ref()
                .is_some_and(|address| address.issues.iter().all(|issue| *issue == Issue::Backslashes));
            if !flawless || !bypass_hits(facts, config).is_empty() {
                return None;
            }
            Finding::new(Confidence::Certain, place, effect_note(config)).arg("what", config.effect.clone())
        }
        Effective::SystemSettings if !config.is_fragment => {
            // Nothing shows whether a proxy is needed: this is no more than what .NET does with the file.
            let what = format!("{} That is right for a server that may go out directly.", config.effect);
            Finding::new(Confidence::Possible, place, effect_note(config)).arg("what", what).severity(Severity::Info)
        }
        _ => return None,
    };
    Some(with_common(trace_note(finding, trace_view(facts)), facts))
}

fn trace_note(finding: Finding, trace: TraceView) -> Finding {
    match trace.address {
        Some(print) => finding.and(print.span, "The wizard's own view of it."),
        None => finding,
    }
}

#[cfg(test)]
mod tests;
