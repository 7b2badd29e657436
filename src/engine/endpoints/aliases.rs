//! Names of other DNS namespaces that the documented names resolve to. They show in nslookup output, never in a
//! proxy rule: the proxy checks the name that was asked for. Listed under one cloud, they hold in all of them.

use super::{Cloud, Endpoint, NEVER_SEEN, Need, Role, certificates};

/// Names that only DNS answers contain.
const ALIAS: Endpoint = Endpoint {
    port: 443,
    purpose: "Alias in DNS answers",
    role: Role::Alias,
    phases: NEVER_SEEN,
    cloud: Cloud::Worldwide,
    need: Need::Ignorable,
    trap: "Do not add it to the proxy: the proxy checks the name that was asked for. A request for it in a proxy log means \
           that something resolves names before the proxy, such as a transparent proxy or a hosts file (inferred).",
    remark: "No request goes to these names, and they may change at any time.",
    source: "tshoot-connect-connectivity (learn.microsoft.com)",
    date: "2025-04-09",
    ..certificates::BASE
};

/// Names that the Microsoft 365 guidance calls CNAME redirects.
const REDIRECT: Endpoint =
    Endpoint { source: "Managing Office 365 endpoints (learn.microsoft.com)", date: "2026-11-22", ..ALIAS };

/// The same service in the other clouds.
const NAMESPACE: Endpoint =
    Endpoint { source: "Azure/go-autorest, autorest/azure/environments.go", date: "2026-11-22", ..ALIAS };

/// The rows. Akamai's names that browsers ask for directly (akamaihd.net, akamaized.net) are left out: in a log
/// they are ordinary browsing.
pub const ROWS: &[Endpoint] = &[
    Endpoint {
        pattern: "*.nsatc.net",
        disagreements: &["One published list, of the closed German cloud, asked for two names below it."],
        ..ALIAS
    },
    Endpoint {
        pattern: "*.trafficmanager.net",
        source: "connectivity test script of the community",
        date: "2020-01-28",
        ..ALIAS
    },
    Endpoint { pattern: "*.trafficmanager.cn", ..NAMESPACE },
    Endpoint { pattern: "*.usgovtrafficmanager.net", ..NAMESPACE },
    Endpoint {
        pattern: "*.msidentity.com",
        remark: "Seen only as an alias of the sign-in service.",
        disagreements: &["The Microsoft 365 list has it as required (ID 56), against its own guidance about aliases."],
        ..REDIRECT
    },
    Endpoint {
        pattern: "*.msftidentity.com",
        remark: "Seen only as an alias of the sign-in service.",
        disagreements: &["The Microsoft 365 list has it as required (ID 56), against its own guidance about aliases."],
        ..REDIRECT
    },
    Endpoint { pattern: "*.akadns.net", ..REDIRECT },
    Endpoint { pattern: "*.akam.net", ..REDIRECT },
    Endpoint { pattern: "*.akamai.net", ..REDIRECT },
    Endpoint { pattern: "*.akamaiedge.net", ..REDIRECT },
    Endpoint { pattern: "*.edgekey.net", ..REDIRECT },
    Endpoint { pattern: "*.edgesuite.net", ..REDIRECT },
];
