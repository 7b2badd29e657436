//! Files that .NET refuses, in whole or in part: the XML, the place of a section, names and values, the address.

use crate::artifact::Span;
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::readers::error_text::ErrorHit;
use crate::readers::machine_config::address::{Issue, shown};
use crate::readers::machine_config::bypass::wildcard_advice;
use crate::readers::machine_config::{Config, Fault, FaultKind, Prediction, Slip, advice_without_file};
use crate::report::{Confidence, Severity};
use crate::rules::proxy_settings::evidence::{
    OPEN_FILE, RESTART, TEST, WRITE_BLOCK, anything_failed, direct_attempts, is_about_another_program, machine_configs,
    named_line, path_of_message, relevant_configs, sign_in_refused, with_common,
};
use crate::rules::{Finding, Rule, Step, Text, Who};

/// Symptoms of a configuration that .NET does not load: nothing that uses the network works then.
const ALL_NETWORK: &[&str] = &[
    "config-section-misplaced",
    "proxy-not-configured",
    "proxy-layers-disagree",
    "service-not-restarted",
    "proxy-credentials-not-sent",
    "proxy-auth-required",
    "proxy-unreachable",
    "proxy-name-unresolved",
    "direct-connection-attempted",
    "dns-failure",
    "firewall-drops",
    "connection-reset",
    "realm-discovery-failed",
    "sync-service-stopped",
];

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "config-not-well-formed",
        severity: Severity::Error,
        en: Text {
            title: "The configuration file is not readable XML",
            summary: "{file} cannot be read: {message}{mistake}",
            why: "machine.config is read by every .NET program. While it is broken, the wizard, the sync service and PowerShell fail before they send anything, whatever the network does. Network errors in the same evidence are older, or follow from this.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Go to the line that .NET names and correct it there. Type straight quotation marks; do not paste from a mail or a web page. If you cannot find the slip, put the copy from before the edit back.",
                    command: None,
                    verify: Some("[xml](Get-Content {config_path} -Raw) runs without an error and shows the document."),
                },
                WRITE_BLOCK,
                RESTART,
                TEST,
            ],
        },
        explains: ALL_NETWORK,
        source: ".NET Framework, System.Xml reader; Microsoft Entra Connect prerequisites, Connectivity",
        check: not_well_formed,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=“http://proxy.contoso.example:8080” />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress='http://proxy.contoso.example:8080' />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "config-section-misplaced",
        severity: Severity::Error,
        en: Text {
            title: "The proxy settings stand at a place where .NET does not accept them",
            summary: "{what}{message}",
            why: ".NET reads the settings only as configuration > system.net > defaultProxy > proxy, with these very names in this letter case. At most other places it refuses the whole file, so that no .NET program can use the network; in sections that it skips, the settings have no effect.",
            steps: &[OPEN_FILE, WRITE_BLOCK, RESTART, TEST],
        },
        explains: &[
            "proxy-not-configured",
            "service-not-restarted",
            "proxy-layers-disagree",
            "direct-connection-attempted",
            "dns-failure",
            "firewall-drops",
            "connection-reset",
            "realm-discovery-failed",
            "sync-service-stopped",
        ],
        source: ".NET Framework, System.Configuration; microsoft/referencesource DefaultProxySection.cs",
        check: misplaced,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <defaultProxy enabled=\"true\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <configSections>\n    <sectionGroup name=\"system.net\">\n      <section name=\"defaultProxy\" type=\"System.Net.Configuration.DefaultProxySection\" />\n    </sectionGroup>\n  </configSections>\n</configuration>\n",
        )],
    },
    Rule {
        id: "config-section-duplicated",
        severity: Severity::Error,
        en: Text {
            title: "The proxy settings stand in the file twice",
            summary: "{what}{message}",
            why: "One file may hold one defaultProxy section. With two, .NET refuses the file, and no .NET program on the server can use the network. Mostly the edit was done twice.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Search the file for \"<defaultProxy\". Keep the block with the right host and port and delete the other one. The line <section name=\"defaultProxy\" ...> near the top is no second block: leave it.",
                    command: Some("Select-String -Path {config_path} -Pattern '<defaultProxy'"),
                    verify: Some("The search finds one line."),
                },
                RESTART,
                TEST,
            ],
        },
        explains: &[
            "service-not-restarted",
            "proxy-layers-disagree",
            "direct-connection-attempted",
            "dns-failure",
            "connection-reset",
            "sync-service-stopped",
        ],
        source: ".NET Framework, System.Configuration resources",
        check: duplicated,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n  <system.net>\n    <settings />\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "config-attribute-unknown",
        severity: Severity::Error,
        en: Text {
            title: "A name or a value in the proxy settings is not one that .NET knows",
            summary: "{what}{message}",
            why: ".NET tells upper from lower case in names: useDefaultCredentials and enabled belong on defaultProxy; proxyaddress, bypassonlocal and usesystemdefault, all in lower case, and autoDetect and scriptLocation belong on proxy. One wrong name or value, and .NET refuses the section: no .NET program on the server can use the network.",
            steps: &[OPEN_FILE, WRITE_BLOCK, RESTART, TEST],
        },
        explains: &[
            "proxy-not-configured",
            "service-not-restarted",
            "proxy-layers-disagree",
            "proxy-credentials-not-sent",
            "direct-connection-attempted",
            "dns-failure",
            "firewall-drops",
            "connection-reset",
            "sync-service-stopped",
        ],
        source: ".NET Framework, System.Configuration resources; microsoft/referencesource ProxyElement.cs",
        check: attribute_unknown,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyAddress=\"http://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy enabled=\"TRUE\">\n      <proxy usesystemdefault=\"true\" proxyaddress=\"http://proxy.contoso.example:8080\" bypassonlocal=\"True\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "proxy-address-invalid",
        severity: Severity::Error,
        en: Text {
            title: "The proxy address is wrong or unusual",
            summary: "{what}",
            why: ".NET wants http://host:port, also for https traffic: the scheme is that of the way to the proxy. With another scheme or a host that is none it refuses the section or fails each request, before anything reaches the network. Other addresses it takes as they stand: the server itself, where a proxy program has to listen; the host of a proxy script, which is mostly no proxy; a password, which it never sends.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::NetworkTeam,
                    text: "Name the proxy's host and its port for HTTP CONNECT. It is not the address of a proxy script and not a SOCKS port. It is the server itself only where a proxy agent is installed there on purpose.",
                    command: None,
                    verify: Some(
                        "Test-NetConnection <proxy host> -Port <port> on the server shows TcpTestSucceeded : True.",
                    ),
                },
                WRITE_BLOCK,
                RESTART,
                TEST,
            ],
        },
        explains: &[
            "config-attribute-unknown",
            "proxy-unreachable",
            "proxy-name-unresolved",
            "service-not-restarted",
            "direct-connection-attempted",
            "connection-reset",
            "proxy-auth-required",
            "realm-discovery-failed",
        ],
        source: "microsoft/referencesource ServicePointManager.cs and ProxyElement.cs; Yvand/EntraCP documentation",
        check: address_invalid,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"https://proxy.contoso.example:8080\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://10.0.0.5:8080/\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "proxy-address-without-port",
        severity: Severity::Warning,
        en: Text {
            title: "The proxy address names no port, so .NET uses port 80",
            summary: "The address {address} has no port. .NET connects to port 80 of {host}, where few proxies listen.",
            why: "If the proxy listens on another port, every request fails with \"Unable to connect to the remote server\", although host and network are right.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Say on which port the proxy listens.",
                    command: None,
                    verify: Some("Test-NetConnection {host} -Port <port> on the server shows TcpTestSucceeded : True."),
                },
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Write the port behind the host, even if it is 80. Replace 8080 by the port that the network team names.",
                    command: Some("proxyaddress=\"http://{host}:8080\""),
                    verify: None,
                },
                RESTART,
                TEST,
            ],
        },
        explains: &["proxy-unreachable", "connection-reset", "direct-connection-attempted", "firewall-drops"],
        source: "microsoft/referencesource Uri and ServicePointManager",
        check: address_without_port,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:80\" />\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
];

fn not_well_formed(facts: &Facts) -> Option<Finding> {
    let from_file = relevant_or_broken(facts).find_map(|(artifact, config)| broken_file(facts, artifact, config));
    let hits = own_hits(
        facts,
        &["config-xml-unexpected-token", "config-multiple-roots", "config-xml-error", "config-text-in-section"],
    );
    let mut finding = match from_file {
        Some(finding) => finding,
        None => broken_by_message(facts, &hits)?,
    };
    for hit in &hits {
        finding = finding.and(hit.span, "The message of .NET about it.");
    }
    let failed = ["config-init-failed", "config-handler-failed"];
    for hit in own_hits(facts, &failed) {
        finding = finding.and(hit.span, "A .NET program says that it cannot load its configuration.");
    }
    Some(with_common(finding, facts))
}

fn relevant_or_broken(facts: &Facts) -> impl Iterator<Item = (usize, &Config)> {
    facts.configs.iter().filter(|(_, config)| config.which.is_read()).map(|(artifact, config)| (*artifact, config))
}

/// The finding of one file that is no XML, or holds text where only elements may stand.
fn broken_file(facts: &Facts, artifact: usize, config: &Config) -> Option<Finding> {
    let (span, message, mistake, look_at, certain) = if let Some(error) = config.xml_errors.first() {
        let mistake = error.mistake.to_owned();
        (error.span, error.message.clone(), mistake, error.look_at, error.certain)
    } else {
        let stray = |fault: &&Fault| fault.kind == FaultKind::StrayText;
        let fault = config.faults.iter().find(stray)?;
        (fault.span, fault.message.clone(), fault.what.clone(), None, true)
    };
    let (span, source) = if span.start < span.end { (span, span) } else { (facts.head_of(artifact), span) };
    let (line, column) = position(facts, source);
    let note = match message.as_str() {
        "" => mistake.clone(),
        message => format!("{message} Line {line}, position {column} of what was given."),
    };
    let confidence = if certain { Confidence::Certain } else { Confidence::Possible };
    // .NET names one letter of the tag that does not belong there; the tag shows it better.
    let tag = look_at.filter(|tag| tag.start <= span.start && span.end <= tag.end);
    let (span, note) = match tag {
        Some(tag) => (tag, format!("{note} {mistake}")),
        None => (span, note),
    };
    let look_at = look_at.filter(|_| tag.is_none());
    let mut finding = Finding::new(confidence, span, note)
        .arg("file", sentence_start(config.which.name()))
        .arg("message", if message.is_empty() { message } else { format!("{message} ") })
        .arg("mistake", mistake.clone())
        .arg("line", line.to_string())
        .arg("column", column.to_string());
    // What was cut off in copying is worth a look, and no more; so is a file that Entra Connect does not read.
    if !certain || config.which.is_of_another_program() {
        finding = finding.severity(Severity::Warning);
    }
    Some(match look_at {
        Some(place) => finding.and(place, mistake),
        None => finding,
    })
}

/// The finding that rests on what .NET printed, without the file.
fn broken_by_message(facts: &Facts, hits: &[&ErrorHit]) -> Option<Finding> {
    let init = own_hits(facts, &["config-init-failed"]);
    let inner = facts.errors().any(|hit| {
        hit.entry.id.starts_with("config-") && !matches!(hit.entry.id, "config-init-failed" | "config-handler-failed")
    });
    if hits.is_empty()
        && !inner
        && let Some(finding) = broken_by_line(facts)
    {
        return Some(finding);
    }
    let (hit, confidence) = match hits.first() {
        // The pasted file is good, so that the message is older, or about another file.
        Some(hit) if machine_configs(facts).any(|(_, config)| config.is_sound() && !config.is_fragment) => {
            (hit, Confidence::Possible)
        }
        Some(hit) if !init.is_empty() => (hit, Confidence::Certain),
        Some(hit) => (hit, Confidence::Likely),
        None if inner => return None,
        // The pasted file shows what .NET refuses: the rule about that says more.
        None if machine_configs(facts).any(|(_, config)| !config.is_sound()) => return None,
        None => (init.first()?, Confidence::Possible),
    };
    let message = one_line(facts.text_at(hit.span));
    let (file, place) = match path_of_message(facts, hit) {
        Some(path) => {
            (sentence_start(path.which.name()), path.line.map_or_else(String::new, |line| format!(", line {line}")))
        }
        None => ("A .NET configuration file".to_owned(), String::new()),
    };
    let mistake = match hit.entry.id {
        "config-init-failed" => {
            "The inner exception, which is missing here, names the line and the reason. Ask for it."
        }
        _ => hit.entry.meaning,
    };
    Some(
        Finding::new(confidence, hit.span, "The message of .NET about the file.")
            .context(hit.context)
            .arg("file", file)
            .arg("message", format!("\"{message}\"{place}. "))
            .arg("mistake", mistake)
            .arg("line", "?")
            .arg("column", "?"),
    )
}

/// The finding that rests on the line that .NET names behind a message of unknown wording.
fn broken_by_line(facts: &Facts) -> Option<Finding> {
    let (path, line) = named_line(facts)?;
    let good = machine_configs(facts).any(|(_, config)| config.is_sound() && !config.is_fragment);
    let confidence = if good { Confidence::Possible } else { Confidence::Likely };
    let mistake = "The wording of the message is not known here, but .NET names a line of the file only when it stumbles there: broken XML, or a name or value that it does not know. Look at that line.";
    Some(
        Finding::new(confidence, path.span, format!(".NET names line {line} of this file."))
            .arg("file", sentence_start(path.which.name()))
            .arg("message", format!("a message names its line {line}. "))
            .arg("mistake", mistake)
            .arg("line", line.to_string())
            .arg("column", "?"),
    )
}

fn misplaced(facts: &Facts) -> Option<Finding> {
    let kinds =
        [FaultKind::Misplaced, FaultKind::SectionsNotFirst, FaultKind::UnknownElement, FaultKind::DeclarationMissing];
    let behind_root = || {
        relevant_or_broken(facts).find_map(|(_, config)| {
            let error = config.xml_errors.first().filter(|error| error.slip == Slip::BehindRoot && error.is_proxy_part)?;
            let what = "The block stands behind </configuration>, outside of the root element. It belongs directly in front of that line.";
            Some(Finding::new(Confidence::Certain, error.look_at?, what).arg("what", what).arg("message", ""))
        })
    };
    let from_error = || {
        from_hits(
            facts,
            &[
                "config-unrecognized-section",
                "config-unrecognized-element",
                "config-sections-first",
                "config-source-with-content",
            ],
        )
    };
    from_faults(facts, &kinds).or_else(behind_root).or_else(from_error).map(|finding| with_common(finding, facts))
}

fn duplicated(facts: &Facts) -> Option<Finding> {
    let from_error = || from_hits(facts, &["config-section-twice", "config-section-redefined"]);
    from_faults(facts, &[FaultKind::Duplicate]).or_else(from_error).map(|finding| with_common(finding, facts))
}

fn attribute_unknown(facts: &Facts) -> Option<Finding> {
    let kinds = [FaultKind::UnknownAttribute, FaultKind::BadValue, FaultKind::BadPattern];
    let from_error = || {
        from_hits(facts, &["config-unrecognized-attribute"]).or_else(|| {
            let other_value = |hit: &&&ErrorHit| {
                hit.capture("property").is_some_and(|name| !name.eq_ignore_ascii_case("proxyaddress"))
            };
            let values = own_hits(facts, &["config-value-cannot-be-parsed"]);
            let hit = values.iter().find(other_value)?;
            Some(finding_of_hit(facts, hit, Confidence::Certain))
        })
    };
    let from_wrapper = || {
        let hits = own_hits(facts, &["config-create-web-proxy"]);
        let hit = hits.first()?;
        // The inner exception decides. Other programs have regular expressions too, so that it says nothing alone.
        if let Some(inner) = own_hits(facts, &["config-bypass-expression"]).first() {
            let pattern = inner.capture("pattern").unwrap_or("").trim_matches(['"', '\'']);
            let what = format!(
                "The entry \"{pattern}\" of the bypass list is no regular expression. {}",
                wildcard_advice(pattern)
            );
            return Some(
                Finding::new(Confidence::Certain, inner.span, "The inner exception names the entry.")
                    .context(hit.context)
                    .and(hit.span, "The message of .NET about it.")
                    .arg("what", what)
                    .arg("message", ""),
            );
        }
        // The account's own Internet settings give the same message: only the inner exception tells.
        let what = "The message has two usual reasons: a bypass list entry that is no regular expression, such as *.contoso.com, or a failure while the account's own Internet Options are read. The inner exception tells which; ask for it, and for machine.config.";
        Some(
            Finding::new(Confidence::Possible, hit.span, hit.entry.meaning)
                .context(hit.context)
                .arg("what", what)
                .arg("message", ""),
        )
    };
    from_faults(facts, &kinds).or_else(from_error).or_else(from_wrapper).map(|finding| with_common(finding, facts))
}

/// The finding of the first fault of these kinds; the others, and what .NET said about them, are related.
fn from_faults(facts: &Facts, kinds: &[FaultKind]) -> Option<Finding> {
    let wanted = |fault: &&Fault| kinds.contains(&fault.kind) && !is_about_address(facts, fault);
    let all: Vec<(&Config, &Fault)> = relevant_configs(facts)
        .flat_map(|(_, config)| config.faults.iter().filter(wanted).map(move |fault| (config, fault)))
        .collect();
    // What .NET complains about comes before what it ignores.
    let (config, fault) = all.iter().find(|(_, fault)| !fault.message.is_empty()).or(all.first())?;
    let message = match &config.prediction {
        _ if fault.message.is_empty() => String::new(),
        // With the file and the line, for a look at the message that the customer sees.
        Prediction::Refused(refusal) if refusal.span == fault.span => format!(" .NET says: {}", refusal.printed()),
        _ => format!(" .NET says: {}", fault.message),
    };
    let mut finding = Finding::new(Confidence::Certain, fault.span, fault.what.clone())
        .arg("what", fault.what.clone())
        .arg("message", message);
    if fault.message.is_empty() && !anything_failed(facts) || config.which.is_of_another_program() {
        finding = finding.severity(Severity::Warning);
    }
    if let Some(first) = fault.first {
        finding = finding
            .and(first, if fault.kind == FaultKind::Duplicate { "The first one." } else { "This has to come first." });
    }
    for (_, other) in &all {
        finding = finding.and(other.span, other.what.clone());
    }
    for hit in facts.errors().filter(|hit| hit.entry.id.starts_with("config-")) {
        finding = finding.and(hit.span, "The message of .NET.");
    }
    Some(finding)
}

/// A refused proxy address has a diagnosis of its own.
fn is_about_address(facts: &Facts, fault: &Fault) -> bool {
    fault.kind == FaultKind::BadValue
        && facts.configs.iter().any(|(_, config)| {
            config.address.as_ref().is_some_and(|address| address.refused().is_some())
                && fault.message.contains("'proxyaddress'")
        })
}

/// The finding of the first message with one of these ids that is about Entra Connect's files.
fn from_hits(facts: &Facts, ids: &[&str]) -> Option<Finding> {
    let hits = own_hits(facts, ids);
    let hit = hits.first()?;
    let sound = machine_configs(facts).any(|(_, config)| config.is_sound() && !config.is_fragment);
    let mut finding = finding_of_hit(facts, hit, if sound { Confidence::Possible } else { Confidence::Certain });
    for other in hits.iter().skip(1) {
        finding = finding.and(other.span, "The same complaint.");
    }
    Some(finding)
}

fn finding_of_hit(facts: &Facts, hit: &ErrorHit, confidence: Confidence) -> Finding {
    let what = match (hit.entry.id, hit.capture("name")) {
        ("config-unrecognized-attribute", Some(name)) => advice_without_file(name.trim_matches('\'')),
        _ => hit.entry.meaning.to_owned(),
    };
    let place = path_of_message(facts, hit).and_then(|path| Some((path.which.name(), path.line?)));
    let place = place.map_or_else(String::new, |(file, line)| format!(", for line {line} of {file}"));
    let message = format!(" .NET says{place}: \"{}\".", one_line(facts.text_at(hit.span)));
    Finding::new(confidence, hit.span, what.clone()).context(hit.context).arg("what", what).arg("message", message)
}

fn own_hits<'a>(facts: &'a Facts, ids: &[&str]) -> Vec<&'a ErrorHit> {
    facts.errors().filter(|hit| ids.contains(&hit.entry.id) && !is_about_another_program(facts, hit)).collect()
}

fn address_invalid(facts: &Facts) -> Option<Finding> {
    let finding = relevant_configs(facts)
        .find_map(|(_, config)| bad_address(facts, config))
        .or_else(|| bad_address_by_message(facts))?;
    let mut finding = finding;
    for hit in own_hits(facts, &["config-proxy-scheme", "config-value-cannot-be-parsed"]) {
        finding = finding.and(hit.span, "The message of .NET about it.");
    }
    Some(with_common(finding, facts))
}

fn bad_address(facts: &Facts, config: &Config) -> Option<Finding> {
    if config.xml_errors.iter().any(|error| error.certain) {
        return None;
    }
    let (written, address) = (config.proxy_address.as_ref()?, config.address.as_ref()?);
    let issue = address.issues.iter().find(|issue| **issue != Issue::NoPort)?;
    let host = &address.host;
    let loopback_refused = || {
        facts
            .errors()
            .any(|hit| hit.capture("address").is_some_and(|address| address.starts_with("127.") || address == "::1"))
    };
    let (what, severity) = match issue {
        Issue::Refused(reason) => {
            (format!("The proxy address \"{}\" is no address to .NET: {reason} It refuses the section.{}", shown(&written.text), hint(&address.issues)), Severity::Error)
        }
        Issue::Scheme(scheme) => (format!("The address begins with {scheme}://. .NET supports only http:// for a proxy, also for https traffic; every request fails."), Severity::Error),
        Issue::NoScheme(name) => (format!("The address lacks http:// at its beginning. .NET takes the host name \"{name}\" for a scheme, and every request fails."), Severity::Error),
        Issue::Placeholder => (format!("The host \"{host}\" looks like the placeholder of the instructions."), Severity::Error),
        Issue::CurlyQuote => ("A typographic quotation mark stands in the address. The host is not found.".to_owned(), Severity::Error),
        Issue::Invisible => ("An invisible character stands in the address, as mail and chat programs make it. The host is not found.".to_owned(), Severity::Error),
        Issue::Loopback => {
            let severity = if loopback_refused() { Severity::Error } else { Severity::Warning };
            (format!("The address {} is the server itself. .NET uses it, and every .NET program fails while no proxy program runs there. Mostly it is left over from a debugging tool such as Fiddler; if a proxy agent is installed on this server on purpose, leave it and check that the agent runs.", host_port(host, address.port)), severity)
        }
        Issue::Script => ("The address is that of a proxy script. .NET uses its host and port as a proxy and ignores the path; a script belongs into scriptLocation.".to_owned(), Severity::Warning),
        Issue::Credentials => {
            let severity = if sign_in_refused(facts).is_empty() { Severity::Warning } else { Severity::Error };
            ("A user name or a password stands in the address. .NET does not send it, and everyone on the server can read it: remove it and change that password, also where it is used elsewhere. Only useDefaultCredentials sends credentials.".to_owned(), severity)
        }
        Issue::Backslashes => ("The address has backslashes. .NET puts up with them; write http:// all the same.".to_owned(), Severity::Info),
        Issue::NoPort => return None,
    };
    let span = if written.span.start < written.span.end { written.span } else { config.proxy? };
    Some(Finding::new(Confidence::Certain, span, what.clone()).arg("what", what).severity(severity))
}

/// What else is in an address that .NET refuses, where the eye does not see it or should not.
fn hint(issues: &[Issue]) -> &'static str {
    if issues.contains(&Issue::Invisible) {
        " An invisible character or a no-break space stands in it: type the address anew."
    } else if issues.contains(&Issue::CurlyQuote) {
        " A typographic quotation mark stands in it."
    } else if issues.contains(&Issue::Credentials) {
        " A user name or a password stands in it too, which .NET would not send: remove it and change that password."
    } else {
        ""
    }
}

fn bad_address_by_message(facts: &Facts) -> Option<Finding> {
    let scheme = own_hits(facts, &["config-proxy-scheme"]);
    if let Some(hit) = scheme.first() {
        let name = hit.capture("scheme").unwrap_or("that").trim_matches('\'');
        let known = ["http", "https", "socks", "socks4", "socks5", "socks5h", "ftp"].contains(&name);
        let what = if known {
            format!(
                "The proxy address begins with {name}://. .NET supports only http:// for a proxy, also for https traffic."
            )
        } else {
            format!(
                ".NET takes \"{name}\" for the scheme of the proxy address: most likely it is the host name, and http:// is missing in front of it."
            )
        };
        return Some(
            Finding::new(Confidence::Certain, hit.span, hit.entry.meaning).context(hit.context).arg("what", what),
        );
    }
    let values = own_hits(facts, &["config-value-cannot-be-parsed", "config-system-proxy-invalid"]);
    let about_address = |hit: &&&ErrorHit| {
        hit.entry.id == "config-system-proxy-invalid"
            || hit.capture("property").is_some_and(|name| name.eq_ignore_ascii_case("proxyaddress"))
    };
    let hit = values.iter().find(about_address)?;
    let what = match (hit.entry.id, hit.capture("setting"), hit.capture("reason")) {
        ("config-system-proxy-invalid", setting, _) => {
            format!(
                "The proxy in the Internet Options of the account is malformed: {}",
                setting.map_or_else(|| "the message names it.".to_owned(), shown)
            )
        }
        (_, _, reason) => format!("The value of proxyaddress is no address to .NET. {}", reason.unwrap_or("")),
    };
    Some(Finding::new(Confidence::Certain, hit.span, hit.entry.meaning).context(hit.context).arg("what", what))
}

fn address_without_port(facts: &Facts) -> Option<Finding> {
    let (_, config) = relevant_configs(facts).find(|(_, config)| {
        let broken = config.xml_errors.iter().any(|error| error.certain);
        !broken
            && config.in_effect
            && config
                .address
                .as_ref()
                // The address of a script is no address of a proxy that lacks its port.
                .is_some_and(|address| {
                    address.issues.contains(&Issue::NoPort)
                        && !address.issues.contains(&Issue::Script)
                        && !address.unusable()
                })
    })?;
    let (written, address) = (config.proxy_address.as_ref()?, config.address.as_ref()?);
    let to_port_80 = facts.errors().find(|hit| hit.capture("port") == Some("80") && hit.capture("address").is_some());
    let attempts = direct_attempts(facts);
    let shown = if address.issues.contains(&Issue::Credentials) { "in the file" } else { written.text.trim() };
    let mut finding = Finding::new(Confidence::Certain, written.span, "No port stands behind the host.")
        .arg("address", shown)
        .arg("host", address.host.clone());
    if let Some(hit) = to_port_80 {
        finding = finding.severity(Severity::Error).and(hit.span, "The connection to port 80 fails.");
    } else if let Some(attempt) = attempts.iter().find(|attempt| !attempt.certain) {
        finding =
            finding.severity(Severity::Error).and(attempt.span, "The connection fails, as it would at a wrong port.");
    }
    Some(with_common(finding, facts))
}

/// 1-based line and column.
fn position(facts: &Facts, span: Span) -> (usize, usize) {
    let source = facts.artifacts.get(span.artifact).and_then(|artifact| facts.sources.get(artifact.source));
    source.map_or((1, 1), |source| {
        let position = source.position(span.start);
        (position.line, position.column)
    })
}

/// The text of a message on one line, at most 200 characters, without a full stop and with its last quote mark.
fn one_line(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let mut line: String = line.join(" ").trim_end_matches(['.', '。']).chars().take(200).collect();
    if line.matches('\'').count() % 2 == 1 {
        line.push('\'');
    }
    line
}

fn sentence_start(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        // File names keep their letter case.
        Some(first) if !text.contains(".config") || text.contains(' ') => {
            first.to_uppercase().chain(characters).collect()
        }
        _ => text.to_owned(),
    }
}
