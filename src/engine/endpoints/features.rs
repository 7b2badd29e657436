//! Hosts of the public cloud that only an optional feature needs.

use super::defaults::complete;
use super::{
    Breaks, Caller, Cloud, Endpoint, FROM_CONFIGURE, NEVER_SEEN, Need, OtherPort, Role, SIGN_IN, Source, certificates,
};

/// Rows that only an optional feature needs.
const FEATURE: Endpoint = Endpoint {
    port: 443,
    role: Role::Feature,
    need: Need::Feature,
    phases: FROM_CONFIGURE,
    cloud: Cloud::Worldwide,
    ..certificates::BASE
};

const WRITEBACK: Endpoint = Endpoint {
    features: &["password-writeback"],
    since: "1.1.443.0",
    breaks: Breaks { text: WRITEBACK_BREAKS, stated: true },
    callers: &[Caller::ServiceAccount],
    source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
    date: "2025-03-04",
    ..FEATURE
};
/// What the page about password writeback says; other clouds show the same.
pub const WRITEBACK_BREAKS: &str = "Password writeback stops: events 31034, 32001, 32002, 32011 or 6800 in the \
                                    Application log. Sync goes on.";
const PASS_THROUGH: Endpoint = Endpoint {
    features: &["pass-through-authentication"],
    breaks: Breaks { text: PASS_THROUGH_BREAKS, stated: false },
    callers: &[Caller::Agent],
    other_ports: AGENT_PORTS,
    source: "how-to-connect-pta-quick-start (learn.microsoft.com)",
    date: "2025-09-09",
    ..FEATURE
};
/// What depends on the agents of pass-through authentication.
pub const PASS_THROUGH_BREAKS: &str =
    "Agents cannot register or stay inactive, and users of pass-through authentication cannot sign in. Sync goes on.";
/// Ports of agents beside 443.
pub const AGENT_PORTS: &[OtherPort] = &[OtherPort {
    port: 8080,
    why: "Optional: agents report their status here every ten minutes when 443 is unavailable. No sign-in uses it.",
}];
const HEALTH: Endpoint = Endpoint {
    features: &["connect-health", "auto-upgrade"],
    breaks: Breaks { text: HEALTH_BREAKS, stated: false },
    callers: &[Caller::Agent],
    source: "how-to-connect-health-agent-install (learn.microsoft.com)",
    date: "2026-05-26",
    ..FEATURE
};
/// What depends on Connect Health.
pub const HEALTH_BREAKS: &str = "The Connect Health agent cannot register or upload, and automatic upgrade, which uses the same services, may stop. \
     Sync goes on.";
const DEVICES: Endpoint = Endpoint {
    features: &["device-registration"],
    phases: NEVER_SEEN,
    breaks: Breaks { text: DEVICES_BREAKS, stated: true },
    callers: &[Caller::Clients],
    since: "1.1.819.0",
    source: "how-to-hybrid-join (learn.microsoft.com)",
    date: "2025-06-27",
    ..FEATURE
};
/// What the page about hybrid join says.
pub const DEVICES_BREAKS: &str = "Devices cannot register with Microsoft Entra ID. Sync goes on.";
/// TLS inspection and device registration.
pub const DEVICES_TRAP: &str = "Exempt it from TLS inspection: a device answers with a client certificate, which inspection loses. Allowing the \
     name is not enough.";
const CLOUD_SYNC: Endpoint = Endpoint {
    features: &["cloud-sync"],
    breaks: Breaks { text: CLOUD_SYNC_BREAKS, stated: false },
    callers: &[Caller::Agent],
    source: "cloud sync how-to-prerequisites (learn.microsoft.com)",
    date: "2026-07-27",
    ..FEATURE
};
/// What depends on the provisioning agent.
pub const CLOUD_SYNC_BREAKS: &str =
    "The cloud sync provisioning agent cannot register or loses its connection. Entra Connect Sync goes on.";
const MFA: Endpoint = Endpoint {
    phases: SIGN_IN,
    features: &["mfa"],
    breaks: Breaks { text: "The sign-in window cannot show the second factor or the challenge.", stated: false },
    callers: &[Caller::SignInWindow],
    source: "Microsoft 365 URLs and IP address ranges, worldwide",
    date: "2026-08-14",
    ..FEATURE
};

const ID_56: Source = Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 56", date: "2026-08-14" };
const ID_59: Source = Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 59", date: "2026-08-14" };
const FROM_PASS_THROUGH: Source =
    Source { name: "how-to-connect-pta-quick-start (learn.microsoft.com)", date: "2025-09-09" };
const FROM_HEALTH: Source =
    Source { name: "how-to-connect-health-agent-install (learn.microsoft.com)", date: "2026-05-26" };
const FROM_SSO: Source = Source { name: "how-to-connect-sso-quick-start (learn.microsoft.com)", date: "2025-04-09" };
const FROM_CLOUD_SYNC: Source =
    Source { name: "cloud sync how-to-prerequisites (learn.microsoft.com)", date: "2026-07-27" };

/// The rows.
pub const ROWS: &[Endpoint] = &complete([
    Endpoint { pattern: "*.phonefactor.net", purpose: "Older multifactor authentication", ..MFA },
    Endpoint { pattern: "*.hip.live.com", purpose: "Challenge pictures of the sign-in window", ..MFA },
    Endpoint {
        pattern: "*.passwordreset.microsoftonline.com",
        hosts: &["passwordreset.microsoftonline.com", "api.passwordreset.microsoftonline.com"],
        purpose: "Password writeback",
        trap: "The bare name is used too, and api.passwordreset stands two labels below microsoftonline.com: allow \
               passwordreset.microsoftonline.com and everything below it.",
        disagreements: &[
            "The page has the wildcard only; the Microsoft 365 list names the bare host and the one with api.",
        ],
        also_in: &[ID_56],
        ..WRITEBACK
    },
    Endpoint {
        pattern: "*.servicebus.windows.net",
        hosts: &["*.servicebus.windows.net"],
        purpose: "Service Bus relays of password writeback, of agents and of Connect Health",
        features: &["password-writeback", "pass-through-authentication", "cloud-sync", "connect-health"],
        breaks: Breaks {
            text: "Password writeback stops (events 31034, 32001, 32002), and agents cannot receive requests. Sync goes on.",
            stated: true,
        },
        since: "",
        callers: &[Caller::ServiceAccount, Caller::Agent],
        other_ports: &[
            OtherPort { port: 5671, why: "Older agents of Connect Health; current ones need only 443." },
            OtherPort { port: 9350, why: "Event 32011 still speaks of 9350 to 9354; the page needs only 443." },
        ],
        trap: "The name in front differs by tenant: events 31019 and 31034 name the relay in use, a fixed name breaks \
               when it moves. Long connections: an idle timeout in the proxy ends them.",
        disagreements: &[
            "The page needs 443 only; the text of event 32011 still speaks of ports 9350 to 9354.",
            "The Connect Health page recommends port 5671 and says in the same line that current agents do not need it.",
        ],
        also_in: &[FROM_PASS_THROUGH, FROM_HEALTH, FROM_CLOUD_SYNC],
        ..WRITEBACK
    },
    Endpoint {
        pattern: "*.msappproxy.net",
        hosts: &["*.registration.msappproxy.net"],
        purpose: "Agents of pass-through authentication and cloud sync, and switching on seamless single sign-on",
        features: &["pass-through-authentication", "seamless-sso", "cloud-sync"],
        callers: &[Caller::SignedInUser, Caller::Agent],
        trap: "Registration uses names two labels deep (tenant id, then registration): a one-label wildcard misses them. \
               The name without a tenant does not exist in DNS, which is no fault. Exempt it from TLS inspection: agents \
               answer with a client certificate.",
        remark: "For seamless single sign-on only while it is switched on, from build 1.1.644.0.",
        disagreements: &[
            "The ports page says that pass-through and single sign-on registration need direct connections to address \
             ranges; the pages of the features accept rules by name.",
        ],
        also_in: &[FROM_SSO, FROM_CLOUD_SYNC],
        ..PASS_THROUGH
    },
    Endpoint {
        pattern: "*.msappproxy.com",
        purpose: "Agents of cloud sync",
        trap: "Not msappproxy.net: the cloud sync page lists both.",
        ..CLOUD_SYNC
    },
    Endpoint {
        pattern: "autoupdate.msappproxy.net",
        hosts: &["autoupdate.msappproxy.net"],
        purpose: "Automatic upgrade of Entra Connect and of its agents",
        features: &["auto-upgrade", "connect-health", "pass-through-authentication", "cloud-sync"],
        breaks: Breaks { text: "New builds are not fetched by themselves. Sync goes on.", stated: false },
        remark: "The updater is a service of its own since build 2.2.1.0.",
        ..HEALTH
    },
    Endpoint {
        pattern: "autologon.microsoftazuread-sso.com",
        hosts: &["autologon.microsoftazuread-sso.com"],
        purpose: "Seamless single sign-on of clients",
        features: &["seamless-sso", "pass-through-authentication", "device-registration"],
        breaks: Breaks { text: "Users are asked for a password instead of being signed in silently.", stated: false },
        callers: &[Caller::Clients],
        remark: "One report (azure-docs issue 42781) tells of a sync server that stopped until its proxy let this host through.",
        trap: "Add the exact name: a wildcard may not be accepted. Clients call it, not the sync server, so a log of the \
               server does not show it.",
        source: FROM_SSO.name,
        date: FROM_SSO.date,
        also_in: &[FROM_PASS_THROUGH, ID_56],
        ..FEATURE
    },
    Endpoint {
        pattern: "*.adhybridhealth.azure.com",
        hosts: &["*.adhybridhealth.azure.com"],
        purpose: "Connect Health",
        trap: "The page prints a slash behind it: a list that copies the slash never matches.",
        ..HEALTH
    },
    Endpoint {
        pattern: "*.aadconnecthealth.azure.com",
        hosts: &["*.aadconnecthealth.azure.com"],
        purpose: "Connect Health",
        ..HEALTH
    },
    Endpoint {
        pattern: "*.blob.core.windows.net",
        hosts: &["*.blob.core.windows.net"],
        purpose: "Uploads of Connect Health",
        trap: "Everybody's Azure storage stands below it; no page names the account of Connect Health, so it cannot be \
               narrowed.",
        ..HEALTH
    },
    Endpoint {
        pattern: "management.azure.com",
        hosts: &["management.azure.com"],
        purpose: "Azure Resource Manager, for Connect Health and the registration of agents",
        features: &["connect-health", "cloud-sync"],
        disagreements: &["It left the Microsoft 365 list (ID 59) in 2023; the pages of Health and cloud sync keep it."],
        ..HEALTH
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
        ..HEALTH
    },
    Endpoint {
        pattern: "policykeyservice.dc.ad.msft.net",
        hosts: &["policykeyservice.dc.ad.msft.net"],
        purpose: "Policy keys of agents",
        features: &["connect-health", "pass-through-authentication", "cloud-sync"],
        trap: "Two label families in one name (dc.ad.msft.net): it is no misprint.",
        disagreements: &[
            "The Connect Health page dropped it in 2026 and the Microsoft 365 list before that; the cloud sync \
             troubleshooting page of 2026-08-21 keeps it.",
        ],
        source: "cloud sync how-to-troubleshoot (learn.microsoft.com)",
        date: "2026-08-21",
        ..HEALTH
    },
    Endpoint {
        pattern: "enterpriseregistration.windows.net",
        hosts: &["enterpriseregistration.windows.net"],
        purpose: "Device registration",
        trap: DEVICES_TRAP,
        also_in: &[ID_59],
        ..DEVICES
    },
    Endpoint {
        pattern: "device.login.microsoftonline.com",
        hosts: &["device.login.microsoftonline.com"],
        purpose: "Device sign-in",
        trap: "It stands two labels below microsoftonline.com, which a one-label wildcard misses. Exempt it from TLS \
               inspection: a device answers with a client certificate, which inspection loses.",
        also_in: &[ID_56],
        ..DEVICES
    },
]);
