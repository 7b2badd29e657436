//! Hosts of US Government that are no part of the minimum: telemetry and optional features, the same in GCC High
//! and `DoD`.

use super::defaults::complete;
use super::features::{
    AGENT_PORTS, CLOUD_SYNC_BREAKS, DEVICES_BREAKS, DEVICES_TRAP, HEALTH_BREAKS, PASS_THROUGH_BREAKS, WRITEBACK_BREAKS,
};
use super::{
    Breaks, Caller, Cloud, Endpoint, FROM_CONFIGURE, NEVER_SEEN, Need, OtherPort, Role, SIGN_IN, Source, WIZARD,
    certificates,
};

/// The rows of GCC High.
pub const GCC_HIGH: &[Endpoint] = &complete(rows(Cloud::UsGovGccHigh));

/// The rows of `DoD`.
pub const DOD: &[Endpoint] = &complete(rows(Cloud::UsGovDod));

const LEN: usize = 19;

const fn rows(cloud: Cloud) -> [Endpoint; LEN] {
    const CLOUD_SYNC: Source =
        Source { name: "cloud sync how-to-prerequisites (learn.microsoft.com)", date: "2026-07-27" };
    let feature = Endpoint {
        port: 443,
        cloud,
        role: Role::Feature,
        need: Need::Feature,
        phases: FROM_CONFIGURE,
        ..certificates::BASE
    };
    let writeback = Endpoint {
        features: &["password-writeback"],
        since: "1.1.443.0",
        breaks: Breaks { text: WRITEBACK_BREAKS, stated: true },
        callers: &[Caller::ServiceAccount],
        source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
        date: "2025-03-04",
        ..feature
    };
    let agents = Endpoint {
        features: &["pass-through-authentication", "cloud-sync"],
        breaks: Breaks { text: PASS_THROUGH_BREAKS, stated: false },
        callers: &[Caller::Agent],
        source: "reference-connect-government-cloud (learn.microsoft.com)",
        date: "2025-04-09",
        also_in: &[CLOUD_SYNC],
        ..feature
    };
    let cloud_sync = Endpoint {
        features: &["cloud-sync"],
        breaks: Breaks { text: CLOUD_SYNC_BREAKS, stated: false },
        source: CLOUD_SYNC.name,
        date: CLOUD_SYNC.date,
        also_in: &[],
        ..agents
    };
    let health = Endpoint {
        features: &["connect-health", "auto-upgrade"],
        breaks: Breaks { text: HEALTH_BREAKS, stated: false },
        callers: &[Caller::Agent],
        source: "how-to-connect-health-agent-install (learn.microsoft.com)",
        date: "2026-05-26",
        ..feature
    };
    let devices = Endpoint {
        phases: NEVER_SEEN,
        features: &["device-registration"],
        since: "1.1.819.0",
        breaks: Breaks { text: DEVICES_BREAKS, stated: true },
        callers: &[Caller::Clients],
        trap: DEVICES_TRAP,
        source: "how-to-hybrid-join (learn.microsoft.com)",
        date: "2025-06-27",
        ..feature
    };
    [
        Endpoint {
            pattern: "dc.services.visualstudio.com",
            hosts: &["dc.services.visualstudio.com"],
            purpose: "Application Insights telemetry",
            role: Role::Telemetry,
            phases: WIZARD,
            need: Need::Ignorable,
            breaks: Breaks {
                text: "Nothing but the telemetry itself: the installation succeeds without it.",
                stated: true,
            },
            trap: "It is often the only refused host in a log, and never the cause.",
            source: "tshoot-connect-connectivity (learn.microsoft.com)",
            date: "2025-04-09",
            ..feature
        },
        Endpoint {
            pattern: "*.passwordreset.microsoftonline.us",
            hosts: &["passwordreset.microsoftonline.us"],
            purpose: "Password writeback",
            trap: "The bare name is used too: allow passwordreset.microsoftonline.us and everything below it.",
            remark: "That the bare name is used is inferred from the public cloud.",
            ..writeback
        },
        Endpoint {
            pattern: "*.servicebus.usgovcloudapi.net",
            hosts: &["*.servicebus.usgovcloudapi.net"],
            purpose: "Service Bus relays of password writeback, of agents and of Connect Health",
            features: &["password-writeback", "pass-through-authentication", "cloud-sync", "connect-health"],
            since: "",
            callers: &[Caller::ServiceAccount, Caller::Agent],
            other_ports: &[OtherPort {
                port: 5671,
                why: "Older agents of Connect Health; current ones need only 443.",
            }],
            trap: "Not *.servicebus.windows.net, which is the public cloud's. Long connections: an idle timeout in the proxy \
                   ends them.",
            also_in: &[CLOUD_SYNC],
            ..writeback
        },
        Endpoint {
            pattern: "*.msappproxy.us",
            hosts: &["*.registration.msappproxy.us"],
            purpose: "Agents of pass-through authentication and cloud sync, and switching on seamless single sign-on",
            features: &["pass-through-authentication", "seamless-sso", "cloud-sync"],
            callers: &[Caller::SignedInUser, Caller::Agent],
            other_ports: AGENT_PORTS,
            trap: "Registration uses names two labels deep (inferred from the public cloud). Exempt it from TLS inspection. \
                   Agents before 1.5.1742.0, or installed without ENVIRONMENTNAME=\"AzureUSGovernment\", call the public \
                   cloud instead.",
            ..agents
        },
        Endpoint {
            pattern: "autoupdate.msappproxy.us",
            hosts: &["autoupdate.msappproxy.us"],
            purpose: "Automatic upgrade of Entra Connect and of its agents",
            features: &["auto-upgrade", "connect-health"],
            breaks: Breaks { text: "New builds are not fetched by themselves. Sync goes on.", stated: false },
            ..health
        },
        Endpoint {
            pattern: "login.windows.us",
            hosts: &["login.windows.us"],
            purpose: "Sign-in of agents",
            trap: "Not login.windows.net, which Government servers need as well, for tenant discovery.",
            ..agents
        },
        Endpoint {
            pattern: "*.microsoftonline-p.us",
            purpose: "Registration of agents",
            disagreements: &[
                "The pages about agents list it; the Government lists have the public cloud's secure.aadcdn.microsoftonline-p.com.",
            ],
            ..agents
        },
        Endpoint {
            pattern: "*.phonefactor.net",
            purpose: "Older multifactor authentication",
            phases: SIGN_IN,
            features: &["mfa", "pass-through-authentication", "cloud-sync"],
            callers: &[Caller::SignInWindow],
            breaks: Breaks { text: "The sign-in window cannot show the second factor.", stated: false },
            ..agents
        },
        Endpoint {
            pattern: "autologon.microsoft.us",
            hosts: &["autologon.microsoft.us"],
            purpose: "Seamless single sign-on of clients",
            features: &["seamless-sso", "device-registration"],
            breaks: Breaks {
                text: "Users are asked for a password instead of being signed in silently.",
                stated: false,
            },
            callers: &[Caller::Clients],
            trap: "Clients call it, not the sync server, so a log of the server does not show it. It is not \
                   autologon.microsoftazuread-sso.com.",
            also_in: &[],
            ..agents
        },
        Endpoint {
            pattern: "*.aadconnecthealth.microsoftazure.us",
            hosts: &["*.aadconnecthealth.microsoftazure.us"],
            purpose: "Connect Health",
            ..health
        },
        Endpoint {
            pattern: "*.blob.core.usgovcloudapi.net",
            hosts: &["*.blob.core.usgovcloudapi.net"],
            purpose: "Uploads of Connect Health",
            ..health
        },
        Endpoint {
            pattern: "management.usgovcloudapi.net",
            hosts: &["management.usgovcloudapi.net"],
            purpose: "Azure Resource Manager, for Connect Health",
            features: &["connect-health"],
            disagreements: &[
                "The pages about agents of pass-through and cloud sync list the public cloud's management.azure.com for \
                 Government.",
            ],
            ..health
        },
        Endpoint {
            pattern: "www.office.com",
            hosts: &["www.office.com"],
            purpose: "Discovery while Connect Health registers",
            features: &["connect-health"],
            breaks: Breaks {
                text: "The registration of Connect Health may fail; afterwards nothing calls it.",
                stated: false,
            },
            ..health
        },
        Endpoint {
            pattern: "policykeyservice.aadcdi.azure.us",
            hosts: &["policykeyservice.aadcdi.azure.us"],
            purpose: "Policy keys of Connect Health",
            phases: NEVER_SEEN,
            features: &["connect-health"],
            disagreements: &["Only older copies of the Connect Health page have it; the one of 2026-05-26 does not."],
            ..health
        },
        Endpoint {
            pattern: "policykeyservice.dc.ad.msft.net",
            hosts: &["policykeyservice.dc.ad.msft.net"],
            purpose: "Policy keys of agents",
            disagreements: &["The Connect Health page dropped it in 2026; the pages about agents keep it."],
            ..agents
        },
        Endpoint {
            pattern: "management.azure.com",
            hosts: &["management.azure.com"],
            purpose: "Registration of agents",
            disagreements: &[
                "Connect Health uses management.usgovcloudapi.net in this cloud; the pages about agents list the \
                              public cloud's host.",
            ],
            ..agents
        },
        Endpoint {
            pattern: "aadcdn.msftauthimages.us",
            hosts: &["aadcdn.msftauthimages.us", "msauthimages.us", "msftauthimages.us"],
            purpose: "Pictures of the sign-in window while the cloud sync agent registers",
            callers: &[Caller::SignInWindow],
            trap: "The page prints msauthimages.us and msftauthimages.us without \"*.\": allow both forms.",
            ..cloud_sync
        },
        Endpoint {
            pattern: "enterpriseregistration.microsoftonline.us",
            hosts: &["enterpriseregistration.microsoftonline.us", "enterpriseregistration.windows.net"],
            purpose: "Device registration",
            trap: "Devices call both names, the one ending in .us and the one ending in .net. Exempt both from TLS \
                   inspection: a device answers with a client certificate, which inspection loses.",
            ..devices
        },
        Endpoint {
            pattern: "device.login.microsoftonline.us",
            hosts: &["device.login.microsoftonline.us"],
            purpose: "Device sign-in",
            ..devices
        },
    ]
}
