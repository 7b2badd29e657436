//! Bypass lists that send more around the proxy than was meant.

use crate::facts::Facts;
use crate::readers::machine_config::bypass::DoubtKind;
use crate::readers::machine_config::{BypassEntry, Effective};
use crate::report::{Confidence, Severity};
use crate::rules::proxy_settings::WITHOUT_PROXY;
use crate::rules::proxy_settings::evidence::{
    OPEN_FILE, RESTART, TEST, bypass_hits, direct_attempts, machine_configs, relevant_configs, with_attempts,
    with_common,
};
use crate::rules::{Finding, Rule, Step, Text, Who};

/// The rules of this file.
pub const RULES: &[Rule] = &[
    Rule {
        id: "proxy-bypasses-entra",
        severity: Severity::Warning,
        en: Text {
            title: "The bypass list sends Microsoft's sign-in or sync hosts around the proxy",
            summary: "The entry {pattern} of the bypass list matches {host}: .NET tries it without the proxy.",
            why: "Entries are regular expressions that match anywhere in scheme and host name, in any letter case. A host that matches is called directly; where only the proxy may go out, just these calls fail, while the others work.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Remove the entry, or make it match your own hosts only: escape the dots, begin it with ^https?:// and end it with (:\\d+)?$.",
                    command: Some("<add address=\"^https?://[^/:]*\\.contoso\\.com(:\\d+)?$\" />"),
                    verify: Some("'https://{host}' -match 'your expression' gives False in PowerShell."),
                },
                RESTART,
                TEST,
            ],
        },
        explains: WITHOUT_PROXY,
        source: "microsoft/referencesource WebProxy.cs, IsMatchInBypassList",
        check: bypasses_entra,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n      <bypasslist>\n        <add address=\"microsoft\" />\n      </bypasslist>\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n      <bypasslist>\n        <add address=\"[a-z]+\\.contoso\\.example$\" />\n      </bypasslist>\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
    Rule {
        id: "proxy-bypass-too-broad",
        severity: Severity::Warning,
        en: Text {
            title: "An entry of the bypass list matches more than it says",
            summary: "The entry {pattern} of the bypass list {what}",
            why: "Entries are regular expressions without an anchor: a dot stands for any character, and a match anywhere in the address is enough. No host that Entra Connect needs is hit today, but other hosts than those meant go around the proxy.",
            steps: &[
                OPEN_FILE,
                Step {
                    who: Who::ServerAdmin,
                    text: "Write the entry as an expression that matches your own hosts only.",
                    command: Some("<add address=\"{meant}\" />"),
                    verify: Some(
                        "'https://a-host-of-yours' -match 'your expression' gives True in PowerShell, and False for other hosts.",
                    ),
                },
                RESTART,
            ],
        },
        explains: &[],
        source: "microsoft/referencesource WebProxy.cs, IsMatchInBypassList",
        check: too_broad,
        example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n      <bypasslist>\n        <add address=\"10.*\" />\n      </bypasslist>\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
        counter_example: &[(
            "machine.config",
            "<configuration>\n  <system.net>\n    <defaultProxy>\n      <proxy proxyaddress=\"http://proxy.contoso.example:8080\" />\n      <bypasslist>\n        <add address=\"^[a-z]+://10\\.\" />\n      </bypasslist>\n    </defaultProxy>\n  </system.net>\n</configuration>\n",
        )],
    },
];

fn bypasses_entra(facts: &Facts) -> Option<Finding> {
    let (_, config) = relevant_configs(facts)
        .find(|(_, config)| config.is_sound() && config.effective == Effective::Proxy && !config.bypass.is_empty())?;
    let hits = bypass_hits(facts, config);
    let (span, pattern, url) = hits.first()?;
    let host = url.rsplit('/').next().unwrap_or("");
    let mut finding =
        Finding::new(Confidence::Certain, *span, format!("Matches {url}, so that .NET goes there without the proxy."))
            .arg("pattern", pattern.clone())
            .arg("host", host);
    if !direct_attempts(facts).is_empty() {
        finding = finding.severity(Severity::Error);
    }
    for (span, _, url) in hits.iter().skip(1) {
        finding = finding.and(*span, format!("Matches {url}."));
    }
    Some(with_common(with_attempts(finding, facts), facts))
}

/// Entries that no host of Entra Connect is hit by, and that match more than their author meant.
fn too_broad(facts: &Facts) -> Option<Finding> {
    let doubtful = machine_configs(facts).find_map(|(_, config)| {
        let hits = bypass_hits(facts, config);
        let is_hit = |entry: &BypassEntry| hits.iter().any(|(span, _, _)| *span == entry.pattern.span);
        let doubtful: Vec<(&BypassEntry, DoubtKind, &str)> = config
            .bypass_in_effect()
            .filter(|entry| !is_hit(entry))
            .filter_map(|entry| {
                let doubt = entry.doubt.as_ref()?;
                Some((entry, doubt.kind, doubt.meant.as_deref()?))
            })
            .collect();
        let used = config.is_sound() && config.effective == Effective::Proxy;
        (used && !doubtful.is_empty()).then_some(doubtful)
    })?;
    let says = |kind: DoubtKind| match kind {
        DoubtKind::Wildcard => {
            "was meant as a wildcard. To .NET it is a regular expression and matches at other places too."
        }
        DoubtKind::Empty | DoubtKind::Unanchored => {
            "matches anywhere in an address, also in the middle of the names of other hosts."
        }
    };
    // The wildcard is the one that goes wrong; a name without anchors mostly does what was meant.
    let (entry, kind, meant) = doubtful.iter().min_by_key(|(_, kind, _)| *kind)?;
    let mut finding = Finding::new(Confidence::Certain, entry.pattern.span, format!("Write {meant} in its place."))
        .arg("pattern", entry.pattern.text.clone())
        .arg("what", says(*kind))
        .arg("meant", *meant);
    if *kind != DoubtKind::Wildcard {
        finding = finding.severity(Severity::Info);
    }
    for (other, _, meant) in &doubtful {
        finding = finding.and(other.pattern.span, format!("Write {meant} in its place."));
    }
    Some(with_common(finding, facts))
}
