//! What the evidence does not cover, and what to ask for next.

use crate::artifact::Kind;
use crate::endpoints::{self, Role};
use crate::facts::{CloudHow, Facts};
use crate::readers::error_text::registry::RegistryValue;
use crate::readers::machine_config::{Config, Effective, Known};
use crate::report::{Diagnosis, Severity};
use std::borrow::Cow;

/// Something the evidence does not cover. "Not collected" is never "fine".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// What.
    pub what: Cow<'static, str>,
    /// Why not.
    pub why: Cow<'static, str>,
}

impl NotChecked {
    fn new(what: &'static str, why: &'static str) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

/// Something to collect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskFor {
    /// What.
    pub what: &'static str,
    /// What it would tell.
    pub why: &'static str,
    /// How to get it: a path or a command.
    pub how: String,
}

/// What no artifact covers.
pub fn not_checked(facts: &Facts) -> Vec<NotChecked> {
    let unread = facts.unread.iter().filter_map(|(artifact, what)| {
        let name = facts.artifacts.get(*artifact)?.name.clone();
        Some(NotChecked { what: name.into(), why: format!("Not read, or not all of it: {what}").into() })
    });
    let mut list: Vec<NotChecked> = unread.collect();
    let mut unless = |covered: bool, what, why| {
        if !covered {
            list.push(NotChecked::new(what, why));
        }
    };
    unless(
        facts.has_kind(Kind::MachineConfig) || facts.has_proxy_print(),
        "The proxy settings of .NET on the server",
        "Neither machine.config nor a wizard trace was given.",
    );
    unless(
        facts.has_kind(Kind::ProxyLog),
        "What the proxy or firewall did with the requests",
        "No proxy or firewall log was given.",
    );
    unless(
        facts.has_kind(Kind::WizardTrace),
        "The wizard's own account of the failure, and the version of Entra Connect",
        "No wizard trace (trace-*.log) was given.",
    );
    unless(
        facts.reports().any(|text| text.http_proof.iter().any(|proof| proof.status == 200 && !proof.tunnel)),
        "Whether a request passes outside the wizard",
        "No successful Invoke-WebRequest test was given.",
    );
    unless(
        facts.errors().any(|hit| hit.context == crate::report::Context::SyncServiceAccount),
        "The account of the sync service",
        "Nothing given was recorded under that account; what works for the signed-in user can fail for it.",
    );
    unless(
        facts.has_kind(Kind::AllowList),
        "The allow-list of the proxy or firewall",
        "No list of allowed hosts was given.",
    );
    if facts.newer_shell_errors().next().is_some() {
        list.push(NotChecked::new(
            "The way that .NET Framework takes",
            "The test was made in PowerShell 7, which does not read machine.config.",
        ));
    }
    if facts.logs.iter().any(|(_, log)| !log.has_outcomes) {
        list.push(NotChecked::new(
            "How the logged requests ended",
            "At least one log names the calls without their results.",
        ));
    }
    if facts.logs.iter().any(|(_, log)| log.has_outcomes) {
        list.push(NotChecked::new(
            "What happened inside the TLS tunnels",
            "A proxy log that shows a plain tunnel cannot show errors of the service inside it.",
        ));
    }
    // Of a server that is known everything is kept, whatever the crowd around it.
    if facts.logs.iter().zip(&facts.servers).any(|((_, log), servers)| log.unkept_records > 0 && !servers.certain) {
        list.push(NotChecked::new(
            "Every single client of a log that has thousands of them",
            "Clients that got through were only counted, and nothing shows which one is the Entra Connect server. \
                  A log of the server's own address tells more.",
        ));
    }
    if facts.cloud.how == CloudHow::Assumed {
        list.push(NotChecked::new(
            "Which cloud the tenant is in",
            "No host name tells it; the worldwide cloud was assumed. Choose another one if that is wrong.",
        ));
    }
    list
}

/// What would tell most, given what is known. Empty when a certain diagnosis leaves nothing to ask.
pub fn ask_for(facts: &Facts, diagnoses: &[Diagnosis]) -> Vec<AskFor> {
    let problem = diagnoses.iter().find(|diagnosis| diagnosis.severity.is_problem());
    let settled = problem.is_some_and(|diagnosis| {
        diagnosis.severity == Severity::Error && diagnosis.finding.confidence == crate::report::Confidence::Certain
    });
    if settled {
        return Vec::new();
    }
    if problem.is_none() && !facts.artifacts.is_empty() && has_healthy_sign(diagnoses) {
        return unknown_copy(facts, false).into_iter().collect();
    }
    // An error that is no matter of the network is told, and no proof of the network would add to it.
    let told =
        |diagnosis: &Diagnosis| diagnosis.rule.id == "evidence-insufficient" && diagnosis.severity == Severity::Info;
    if problem.is_none() && diagnoses.iter().any(told) {
        return Vec::new();
    }
    let top = problem.map_or("", |diagnosis| diagnosis.rule.id);
    let cloud = facts.cloud.cloud.in_service();
    let host = |role| endpoints::hosts_of_role(cloud, role).next().unwrap_or_default();
    let sign_in = host(Role::SignIn);
    let mut list: Vec<AskFor> = unknown_copy(facts, true).into_iter().collect();
    if facts.newer_shell_errors().next().is_some() {
        list.push(AskFor {
            what: "The same test in Windows PowerShell 5.1 (64-bit, powershell.exe)",
            why: "PowerShell 7 does not read machine.config; its result says nothing about Entra Connect.",
            how: format!("Invoke-WebRequest -UseBasicParsing -Uri {}", facts.test_url()),
        });
    }
    if matches!(top, "connection-reset" | "tls-inspection" | "root-certificate-missing" | "tls12-disabled") {
        list.push(AskFor {
            what: "A TLS handshake, step by step",
            why: "Its last line tells who ends it: no answer to the hello, a certificate of another issuer, or an alert.",
            how: format!("curl.exe -v https://{sign_in}/"),
        });
        list.push(AskFor {
            what: "A capture on both sides of the firewall while it fails",
            why: "A reset that only one side sent comes from the device between them.",
            how: "netsh trace start capture=yes tracefile=%TEMP%\\connect.etl, reproduce the fault, netsh trace stop"
                .to_owned(),
        });
        if !facts.reports().flat_map(|text| &text.registry).any(RegistryValue::decides_tls) {
            list.push(AskFor {
                what: "The TLS 1.2 values of the registry, both views",
                why: "They tell whether .NET offers TLS 1.2 at all.",
                how: "Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319, HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319".to_owned(),
            });
        }
    }
    if !facts.has_kind(Kind::WizardTrace) {
        list.push(AskFor {
            what: "The newest trace file of the wizard",
            why: "It names the version, the proxy the wizard really uses, the step that failed and the inner exception.",
            how: "C:\\ProgramData\\AADConnect\\trace-*.log".to_owned(),
        });
    }
    if !facts.has_kind(Kind::MachineConfig) {
        list.push(AskFor {
            what: "machine.config, the whole file",
            why: "The wizard, the sync service and Windows PowerShell take their proxy from it.",
            how: "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config".to_owned(),
        });
    }
    if !facts.has_kind(Kind::PowershellOutput) {
        list.push(AskFor {
            what: "The result of a request outside the wizard",
            why: "200, 403, 407 and \"unable to connect\" point to four different causes.",
            how: format!("Invoke-WebRequest -UseBasicParsing -Uri {}", facts.test_url()),
        });
    }
    if !facts.has_kind(Kind::ProxyLog) {
        list.push(AskFor {
            what: "The proxy's log of the server's address, from the minute of the failure",
            why: "It tells whether the request reached the proxy, and what the proxy did with it.",
            how: "Ask the network team; any format, any size.".to_owned(),
        });
    }
    if !facts.errors().any(|hit| hit.context == crate::report::Context::SyncServiceAccount) {
        list.push(AskFor {
            what: "The Application event log of the failing sync",
            why: "These events are written by the sync service, under its own account.",
            how: "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='ADSync','Directory Synchronization'} -MaxEvents 30 | Format-List TimeCreated, Id, Message".to_owned(),
        });
    }
    list
}

/// The path of a good configuration that does not tell which copy it is: there are several files of that name, and
/// the settings in another one would read the same and have no effect. Where nothing fails, that is worth asking only
/// about a block that may stand in any file.
fn unknown_copy(facts: &Facts, fails: bool) -> Option<AskFor> {
    let enough = if fails { Known::Path } else { Known::Name };
    let unknown = |config: &Config| {
        config.counts() && config.which_known < enough && config.is_sound() && config.effective == Effective::Proxy
    };
    facts.configs.iter().find(|(_, config)| unknown(config))?;
    Some(AskFor {
        what: "The full path of the file that the proxy settings were taken from",
        why: "Only the 64-bit copy of .NET 4 counts, in Framework64\\v4.0.30319. In Framework, in v2.0.50727 or in a program's own .config the same lines have no effect on Entra Connect.",
        how: "Select-String -Path C:\\Windows\\Microsoft.NET\\Framework*\\v*\\Config\\machine.config,'C:\\Program Files\\Microsoft Azure AD Sync\\Bin\\miiserver.exe.config' -Pattern '<defaultProxy'".to_owned(),
    })
}

fn has_healthy_sign(diagnoses: &[Diagnosis]) -> bool {
    diagnoses.iter().any(|diagnosis| diagnosis.severity == Severity::Ok)
}
