//! Rows that the catalogue lists but nothing is recognised by, see [`super::AMBIENT`].

use super::defaults::complete;
use super::features::CLOUD_SYNC_BREAKS;
use super::{Breaks, Caller, Cloud, Endpoint, NEVER_SEEN, Need, OtherPort, Role, certificates};

/// The public cloud.
pub const WORLDWIDE: &[Endpoint] = &complete([
    Endpoint {
        pattern: "*.microsoft.com",
        purpose: "Agents of cloud sync",
        trap: "It covers far more than the agent needs, and it does not cover microsoftonline.com.",
        disagreements: &[
            "The prerequisites page has the wildcard, the troubleshooting page of 2026-08-21 single hosts.",
        ],
        ..CLOUD_SYNC
    },
    Endpoint { pattern: "*.windowsazure.com", purpose: "Agents of cloud sync", ..CLOUD_SYNC },
    Endpoint {
        pattern: "login.live.com",
        hosts: &["login.live.com"],
        purpose: "Registration of the cloud sync agent",
        trap: "It is the sign-in of personal accounts, which every Windows machine calls. Entra Connect Sync does not need it.",
        ..CLOUD_SYNC
    },
    Endpoint {
        pattern: "www.msftconnecttest.com",
        hosts: &["www.msftconnecttest.com"],
        purpose: "Windows checks whether it is on the internet, while the cloud sync agent registers",
        other_ports: &[OtherPort { port: 80, why: "The check of Windows itself uses plain HTTP." }],
        trap: "Every Windows machine calls it, so it shows nothing about Entra Connect.",
        ..CLOUD_SYNC
    },
    Endpoint {
        pattern: "*.msecnd.net",
        purpose: "Content of the sign-in window while agents register",
        features: &["cloud-sync", "pass-through-authentication"],
        source: "cloud sync how-to-troubleshoot (learn.microsoft.com)",
        date: "2026-08-21",
        ..CLOUD_SYNC
    },
    Endpoint {
        pattern: "account.activedirectory.windowsazure.com",
        hosts: &["account.activedirectory.windowsazure.com", "accounts.accesscontrol.windows.net"],
        purpose: "Account pages and tokens of other services",
        ..IDENTITY
    },
    Endpoint {
        pattern: "login.microsoftonline-p.com",
        hosts: &["login.microsoftonline-p.com", "nexus.microsoftonline-p.com", "clientconfig.microsoftonline-p.net"],
        purpose: "Sign-in of Office programs",
        ..IDENTITY
    },
    Endpoint {
        pattern: "entra.microsoft.com",
        hosts: &["entra.microsoft.com"],
        purpose: "The admin center, where new builds are downloaded",
        role: Role::Management,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        breaks: Breaks { text: "The installer has to be fetched on another computer.", stated: false },
        trap: "New installers are no longer in the Download Center. The server itself does not call it.",
        source: "harden-update-ad-fs-pingfederate (learn.microsoft.com)",
        date: "2026-11-22",
        ..SECURE
    },
]);

/// GCC High.
pub const GCC_HIGH: &[Endpoint] = &complete(government(Cloud::UsGovGccHigh));

/// `DoD`.
pub const DOD: &[Endpoint] = &complete(government(Cloud::UsGovDod));

/// What the agent of cloud sync needs.
const CLOUD_SYNC: Endpoint = Endpoint {
    role: Role::Feature,
    phases: NEVER_SEEN,
    need: Need::Feature,
    features: &["cloud-sync"],
    breaks: Breaks { text: CLOUD_SYNC_BREAKS, stated: false },
    callers: &[Caller::Agent],
    source: "cloud sync how-to-prerequisites (learn.microsoft.com)",
    date: "2026-07-27",
    ..SECURE
};

/// Port 443 and nothing else.
const SECURE: Endpoint = Endpoint { port: 443, ..certificates::BASE };

/// What the Microsoft 365 list files under sign-in and Entra Connect is not seen to call.
const IDENTITY: Endpoint = Endpoint {
    role: Role::Family,
    phases: NEVER_SEEN,
    need: Need::Required,
    breaks: Breaks { text: "Nothing is known to stop in Entra Connect.", stated: false },
    remark: "Required by the list for Microsoft 365 as a whole; no published log shows Entra Connect calling it.",
    source: "Microsoft 365 URLs and IP address ranges, worldwide",
    date: "2026-08-14",
    ..SECURE
};

const fn government(cloud: Cloud) -> [Endpoint; 2] {
    [
        Endpoint {
            pattern: "*.msecnd.net",
            purpose: "Content of the sign-in window while agents register",
            cloud,
            features: &["cloud-sync", "pass-through-authentication"],
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2025-04-09",
            ..CLOUD_SYNC
        },
        Endpoint { pattern: "*.microsoft.us", purpose: "Agents of cloud sync", cloud, ..CLOUD_SYNC },
    ]
}
