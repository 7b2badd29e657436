//! The cloud operated by 21Vianet: the China edition's table row by row, then what other lists add to it.

use super::certificates::{self, APEX_DISAGREES};
use super::defaults::complete;
use super::features::{DEVICES_BREAKS, DEVICES_TRAP, WRITEBACK_BREAKS};
use super::{
    ALWAYS, Breaks, CYCLES, Caller, Cloud, Endpoint, FROM_CONFIGURE, NEVER_SEEN, Need, Role, SIGN_IN, Source, WIZARD,
};

/// The minimum table and the reference log of the China edition. The page carries no date of its own.
const ARTICLE: Endpoint = Endpoint {
    port: 443,
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::China,
    source: "tshoot-connect-connectivity (docs.azure.cn)",
    date: "2026-11-22",
    ..certificates::BASE
};

/// Rows of the Microsoft 365 list for China.
const M365: Endpoint =
    Endpoint { source: "Office 365 endpoints operated by 21Vianet, version 2023062900", date: "2023-06-29", ..ARTICLE };
const LISTED: Source = Source { name: M365.source, date: M365.date };
const INTUNE: Source = Source { name: "Intune operated by 21Vianet, network endpoints", date: "2026-11-22" };
const SHORT_LIST: Source =
    Source { name: "Other Microsoft 365 endpoints not in the web service, row 20", date: "2025-01-08" };

/// Old sync builds, before Microsoft Graph.
const MSONLINE: Endpoint =
    Endpoint { role: Role::Provisioning, phases: WIZARD, need: Need::Legacy, until: "2.4.18.0", ..ARTICLE };

/// Scripts, styles and pictures of the sign-in window.
const CONTENT: Endpoint = Endpoint { role: Role::SignInContent, phases: SIGN_IN, ..M365 };
const CONTENT_TRAP: &str = "Not in the article's table: a list copied from it leaves the sign-in window blank although \
                            secure.aadcdn is open. The ending is .cn, not .net.";

const TELEMETRY: Endpoint = Endpoint {
    role: Role::Telemetry,
    phases: NEVER_SEEN,
    need: Need::Ignorable,
    source: "Azure Monitor network access (docs.azure.cn)",
    remark: "Whether Entra Connect calls the newer names is uncertain.",
    ..ARTICLE
};

/// Devices, which are not the sync server.
const DEVICES: Endpoint = Endpoint {
    role: Role::Feature,
    phases: NEVER_SEEN,
    need: Need::Feature,
    features: &["device-registration"],
    breaks: Breaks { text: DEVICES_BREAKS, stated: false },
    callers: &[Caller::Clients],
    trap: DEVICES_TRAP,
    ..ARTICLE
};

const REWRITTEN: &str =
    "The article's names are rewritten from a worldwide log; the real names in China may differ (uncertain).";

/// Who prints the starred certificate rows how.
const APEX_IN_CHINA: &[&str] = &[
    APEX_DISAGREES[0],
    "The short list for China among the additional Microsoft 365 endpoints has *.digicert.com instead, which does cover \
     the DigiCert hosts.",
];

/// The certificate rows.
pub const CERTIFICATES: &[Endpoint] = &{
    let [a, b, c, d, e, f, g, h, i, j, k, l] =
        certificates::of_article(&Endpoint { disagreements: APEX_IN_CHINA, ..ARTICLE });
    let [m, n, o, p, q, r, s, t] = certificates::beyond_article(&ARTICLE);
    complete([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t])
};

/// The other rows.
pub const ROWS: &[Endpoint] = &complete([
    // The table of the article, in its order. The fourth row holds two patterns in one cell.
    Endpoint {
        pattern: "*.management.core.chinacloudapi.cn",
        hosts: &["management.core.chinacloudapi.cn"],
        purpose: "Classic Azure service management",
        role: Role::Management,
        phases: SIGN_IN,
        need: Need::Legacy,
        trap: "The article prints this pattern and the one of Azure AD Graph in one cell without a separator: copied as it \
               stands, neither works. The bare name is the real host; *.chinacloudapi.cn covers it.",
        remark: "The article labels it Azure Storage, which looks wrong. No published log shows a call of Entra Connect.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.graph.chinacloudapi.cn",
        hosts: &["graph.chinacloudapi.cn"],
        purpose: "Azure AD Graph, for old builds",
        role: Role::LegacyGraph,
        phases: WIZARD,
        need: Need::Legacy,
        until: "2.4.18.0",
        trap: "The article prints it in one cell with the row before, without a separator. The bare name is the real host; \
               *.chinacloudapi.cn covers it.",
        disagreements: &["The Intune list for China misspells the host as graph.chinacloudapi.us."],
        ..ARTICLE
    },
    Endpoint {
        pattern: "secure.aadcdn.partner.microsoftonline-p.cn",
        hosts: &["secure.aadcdn.partner.microsoftonline-p.cn"],
        purpose: "Content of the sign-in window and of multifactor authentication",
        role: Role::SignInContent,
        phases: SIGN_IN,
        breaks: Breaks {
            text: "A script error in the sign-in window, when the administrator has to use multifactor authentication.",
            stated: true,
        },
        trap: "In 2019 the China edition spelt it secure.aadcdn.parter.microsoftonline-p.cn, without the n: allow-lists \
               copied then are wrong. The zone is microsoftonline-p.cn, with -p.",
        also_in: &[SHORT_LIST, LISTED],
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.partner.microsoftonline.cn",
        purpose: "Configures the directory, imports and exports",
        trap: "The hosts stand below partner.microsoftonline.cn, and device.login stands two labels below: a wildcard for \
               one label misses it, and *.microsoftonline.com covers nothing of it.",
        also_in: &[SHORT_LIST, LISTED],
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.chinacloudapi.cn",
        purpose: "Configures the directory, imports and exports",
        trap: "All of Azure in China stands below it, so network teams like to leave it out; it is the row that covers \
               login.chinacloudapi.cn, which the first sync needs, and both Graphs.",
        disagreements: &["The worldwide edition has no counterpart of this row."],
        also_in: &[SHORT_LIST, LISTED],
        ..ARTICLE
    },
    // The hosts behind the wildcards, from the reference log of the article.
    Endpoint {
        pattern: "login.partner.microsoftonline.cn",
        hosts: &["login.partner.microsoftonline.cn"],
        purpose: "Token service: the wizard begins here",
        role: Role::SignIn,
        disagreements: &[
            "The article's log and the page about national clouds have this name; the Microsoft Graph page and Intune \
             name login.chinacloudapi.cn as the token service of China. Both are called.",
        ],
        also_in: &[LISTED],
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.chinacloudapi.cn",
        hosts: &["login.chinacloudapi.cn"],
        purpose: "Older name of the token service, called by sync",
        role: Role::SignIn,
        phases: CYCLES,
        breaks: Breaks { text: "The wizard succeeds, then the first sync gets no token.", stated: false },
        trap: "Only *.chinacloudapi.cn covers it: without that row the wizard works and the sync does not.",
        also_in: &[INTUNE],
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice.partner.microsoftonline.cn",
        hosts: &["adminwebservice.partner.microsoftonline.cn"],
        purpose: "Sync service, and discovery of its regional host",
        role: Role::SyncService,
        trap: "A discovery endpoint: opening it alone is not enough, a call to a regional host follows.",
        remark: "The documented test is https://adminwebservice.partner.microsoftonline.cn/ProvisioningService.svc.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-anchor.partner.microsoftonline.cn",
        hosts: &["*-anchor.partner.microsoftonline.cn"],
        purpose: "Regional host of the sync service",
        role: Role::RegionalSync,
        trap: "The name varies by region and over time: only a wildcard rule covers it, never a fixed name.",
        remark: REWRITTEN,
        ..ARTICLE
    },
    Endpoint {
        pattern: "provisioningapi.partner.microsoftonline.cn",
        hosts: &["provisioningapi.partner.microsoftonline.cn"],
        purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
        trap: "A discovery endpoint: a call to a regional host follows. That a newer build never calls it is normal.",
        ..MSONLINE
    },
    Endpoint {
        pattern: "*-relay.partner.microsoftonline.cn",
        hosts: &["*-relay.partner.microsoftonline.cn"],
        purpose: "Regional host of provisioningapi; before build 2.4.18.0",
        role: Role::RegionalProvisioning,
        trap: "The name varies by region and over time: only a wildcard rule covers it, never a fixed name.",
        remark: REWRITTEN,
        ..MSONLINE
    },
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
        ..ARTICLE
    },
    // What the table leaves out and other lists require.
    Endpoint {
        pattern: "microsoftgraph.chinacloudapi.cn",
        hosts: &["microsoftgraph.chinacloudapi.cn"],
        purpose: "Microsoft Graph, from build 2.4.18.0",
        role: Role::Graph,
        phases: WIZARD,
        since: "2.4.18.0",
        trap: "Missing in the China article, which has no row for Graph of newer builds. A list that names single hosts \
               below chinacloudapi.cn lacks it; *.chinacloudapi.cn covers it. Do not open graph.microsoft.com instead: \
               that is the public cloud's.",
        disagreements: &["The worldwide article has a row for Microsoft Graph, the China edition has none."],
        remark: "That newer builds need it in China is inferred from the worldwide article.",
        also_in: &[INTUNE],
        ..M365
    },
    Endpoint {
        pattern: "syncservice.partner.microsoftonline.cn",
        hosts: &["syncservice.partner.microsoftonline.cn"],
        purpose: "Azure AD Sync service",
        phases: NEVER_SEEN,
        remark: "Named by the Intune list for China; no log of Entra Connect shows it.",
        source: INTUNE.name,
        date: INTUNE.date,
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.microsoftonline.com",
        hosts: &["login.microsoftonline.com"],
        purpose: "Global token service",
        role: Role::SignIn,
        phases: NEVER_SEEN,
        trap: "Seen in a log it does not mean that the server uses the public cloud: the China list requires it too.",
        disagreements: &["The China list has it since 2023, not in 2021."],
        ..M365
    },
    Endpoint {
        pattern: "*.msftauth.cn",
        hosts: &["aadcdn.msftauth.cn"],
        purpose: "Scripts and styles of the sign-in window",
        trap: CONTENT_TRAP,
        ..CONTENT
    },
    Endpoint {
        pattern: "*.msauth.cn",
        hosts: &["aadcdn.msauth.cn"],
        purpose: "Scripts and styles of the sign-in window",
        trap: CONTENT_TRAP,
        ..CONTENT
    },
    Endpoint { pattern: "*.msauthimages.cn", purpose: "Pictures of the sign-in window", ..CONTENT },
    Endpoint { pattern: "*.msftauthimages.cn", purpose: "Pictures of the sign-in window", ..CONTENT },
    Endpoint {
        pattern: "*.partner.microsoftonline-p.cn",
        purpose: "Content of the sign-in window",
        remark: "The host that matters has a row of its own.",
        ..CONTENT
    },
    Endpoint {
        pattern: "*.auth.microsoft.cn",
        purpose: "Sign-in, newer names",
        phases: NEVER_SEEN,
        trap: "Required as a wildcard: no concrete host is published, so no fixed name can replace it.",
        ..M365
    },
    Endpoint {
        pattern: "dc.applicationinsights.azure.cn",
        hosts: &["dc.applicationinsights.azure.cn", "live.applicationinsights.azure.cn"],
        purpose: "Application Insights telemetry, newer names",
        ..TELEMETRY
    },
    Endpoint {
        pattern: "*.in.applicationinsights.azure.cn",
        hosts: &["*.in.applicationinsights.azure.cn"],
        purpose: "Application Insights telemetry, by region",
        ..TELEMETRY
    },
    // Optional features. Connect Health does not exist in this cloud; hosts of pass-through authentication, seamless
    // single sign-on, cloud sync and automatic upgrade are not published.
    Endpoint {
        pattern: "*.servicebus.chinacloudapi.cn",
        hosts: &[
            "ssprdedicatedsbmcprodcne.servicebus.chinacloudapi.cn",
            "ssprdedicatedsbmcprodcnn.servicebus.chinacloudapi.cn",
        ],
        purpose: "Service Bus relays of password writeback",
        role: Role::Feature,
        phases: FROM_CONFIGURE,
        need: Need::Feature,
        features: &["password-writeback"],
        since: "1.1.443.0",
        breaks: Breaks { text: WRITEBACK_BREAKS, stated: true },
        callers: &[Caller::ServiceAccount],
        trap: "The page gives the two fixed hosts and no wildcard; opening only one of them leaves half of the relays \
               down (event 31044). *.chinacloudapi.cn covers both.",
        source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
        date: "2025-03-04",
        ..ARTICLE
    },
    Endpoint {
        pattern: "enterpriseregistration.partner.microsoftonline.cn",
        hosts: &["enterpriseregistration.partner.microsoftonline.cn"],
        purpose: "Device registration",
        disagreements: &[
            "Test scripts of the community call enterpriseregistration.windows.net in China as well; no list of \
             Microsoft says so.",
        ],
        source: INTUNE.name,
        date: INTUNE.date,
        ..DEVICES
    },
    Endpoint {
        pattern: "device.login.partner.microsoftonline.cn",
        hosts: &["device.login.partner.microsoftonline.cn"],
        purpose: "Device sign-in",
        remark: "Seen only in test scripts and probe catalogues of the community.",
        source: "network probe catalogue of the community",
        ..DEVICES
    },
]);
