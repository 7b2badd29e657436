//! US Government: GCC High and `DoD` share most hosts; Microsoft Graph tells them apart.

use super::certificates;
use super::defaults::complete;
use super::{ALWAYS, Breaks, Cloud, Endpoint, NEVER_SEEN, Need, OtherPort, Role, SIGN_IN, Source, WIZARD};

/// The Microsoft 365 list for GCC High; the one for `DoD` has the same Entra rows.
const M365: Endpoint = Endpoint {
    port: 443,
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::UsGovGccHigh,
    source: "Office 365 US Government GCC High and DoD endpoints, version 2026033100",
    date: "2026-03-31",
    ..certificates::BASE
};
const LISTED: Source = Source { name: M365.source, date: M365.date };

/// Microsoft Graph, whose host differs.
const GRAPH: Endpoint = Endpoint {
    purpose: "Microsoft Graph, from build 2.4.18.0",
    role: Role::Graph,
    phases: WIZARD,
    since: "2.4.18.0",
    remark: "That newer builds need it is inferred from the worldwide article.",
    ..M365
};

/// Microsoft Graph of GCC High.
pub const GCC_HIGH_ONLY: &[Endpoint] = &complete([Endpoint {
    pattern: "graph.microsoft.us",
    hosts: &["graph.microsoft.us"],
    trap: "DoD has a host of its own, dod-graph.microsoft.us; GCC without High uses the public cloud's.",
    ..GRAPH
}]);

/// Microsoft Graph of `DoD`.
pub const DOD_ONLY: &[Endpoint] = &complete([Endpoint {
    pattern: "dod-graph.microsoft.us",
    hosts: &["dod-graph.microsoft.us"],
    cloud: Cloud::UsGovDod,
    trap: "Not graph.microsoft.us: that is the host of GCC High.",
    ..GRAPH
}]);

/// The rows of GCC High that `DoD` shares.
pub const GCC_HIGH: &[Endpoint] = &complete(shared(Cloud::UsGovGccHigh));

/// The rows of `DoD` that GCC High shares.
pub const DOD: &[Endpoint] = &complete(shared(Cloud::UsGovDod));

const SHARED_LEN: usize = 42;

const fn shared(cloud: Cloud) -> [Endpoint; SHARED_LEN] {
    let m365 = Endpoint { cloud, ..M365 };
    let instances = Endpoint {
        source: "reference-connect-instances (learn.microsoft.com)",
        date: "2025-04-09",
        since: "1.1.180.0",
        ..m365
    };
    let monitor = Endpoint {
        source: "Azure Monitor service connectivity page and connectivity test script of the community",
        date: "2020-01-28",
        ..m365
    };
    let reported = Endpoint { need: Need::CommunityReported, ..monitor };
    let discovery =
        Endpoint { role: Role::SignIn, phases: SIGN_IN, purpose: "Tenant discovery and shared sign-in", ..m365 };
    let shared_trap =
        "Shared with the public cloud: seen in a log it does not mean that the server uses the wrong cloud.";
    let content = Endpoint { role: Role::SignInContent, phases: SIGN_IN, ..m365 };
    let public_content =
        Endpoint { trap: "US Government uses the host of the public cloud, ending in .com or .net.", ..content };
    let digicert = Endpoint {
        port: 80,
        role: Role::Revocation,
        trap: "The Government lists name no DigiCert host, although DigiCert issues Government certificates: a server \
               behind a list made from them cannot check certificates.",
        disagreements: &[
            "The Government lists leave the DigiCert hosts out, and a proposal to add them was declined; the lists of \
             issuers cover government clouds, and sites behind strict rules report failures without them.",
        ],
        remark: "That it is needed is inferred.",
        source: "Azure TLS certificate changes",
        date: "2022-04-28",
        ..m365
    };
    let changes = Endpoint { trap: "", disagreements: &[], remark: "", ..digicert };
    let [pkiops, cacerts, ocspx, geotrust, geotrust_cdp, geotrust_status, issuers, roots] =
        certificates::beyond_article(&m365);
    [
        Endpoint {
            pattern: "*.microsoftonline.us",
            purpose: "Configures the directory, imports and exports",
            trap: "Not enough alone: the sync hosts stand below gov.us.microsoftonline.com.",
            ..instances
        },
        Endpoint {
            pattern: "*.gov.us.microsoftonline.com",
            purpose: "Configures the directory, imports and exports",
            trap: "It ends in .com and stands two labels below microsoftonline.com: neither *.microsoftonline.us nor a \
                   one-label wildcard covers it.",
            remark: "The concrete sync hosts have rows of their own.",
            ..m365
        },
        Endpoint {
            pattern: "login.microsoftonline.us",
            hosts: &["login.microsoftonline.us"],
            purpose: "Token service: every phase begins here",
            role: Role::SignIn,
            ..m365
        },
        Endpoint {
            pattern: "adminwebservice.gov.us.microsoftonline.com",
            hosts: &["adminwebservice.gov.us.microsoftonline.com"],
            purpose: "Sync service, and discovery of its regional host",
            role: Role::SyncService,
            trap: "A discovery endpoint: opening it alone is not enough, a call to a regional host follows.",
            remark: "The list has only the wildcard above it; the name itself comes from a page about connectivity tests.",
            ..monitor
        },
        Endpoint {
            pattern: "*-anchor.microsoftonline.com",
            hosts: &["*-anchor.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            need: Need::Legacy,
            trap: "Which regional names US Government uses today is not published (uncertain): open *.microsoftonline.com, \
                   as the instances page asks.",
            ..instances
        },
        Endpoint {
            pattern: "*-anchor.gov.us.microsoftonline.com",
            hosts: &["*-anchor.gov.us.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            need: Need::Legacy,
            remark: "Which regional names US Government uses today is not published (uncertain); this form follows the \
                     other clouds.",
            ..instances
        },
        Endpoint {
            pattern: "adminwebservice-s1-*.microsoftonline.com",
            hosts: &["adminwebservice-s1-*.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            trap: "The ending varies (bn1a and dm2a around 2020): open *.microsoftonline.com, never a fixed name.",
            ..reported
        },
        Endpoint {
            pattern: "provisioningapi.gov.us.microsoftonline.com",
            hosts: &["provisioningapi.gov.us.microsoftonline.com"],
            purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
            role: Role::Provisioning,
            phases: WIZARD,
            need: Need::Legacy,
            until: "2.4.18.0",
            trap: "A discovery endpoint: a call to a regional host follows. That a newer build never calls it is normal.",
            remark: "The list has only the wildcard above it.",
            ..monitor
        },
        Endpoint {
            pattern: "becws.gov.us.microsoftonline.com",
            hosts: &["becws.gov.us.microsoftonline.com"],
            purpose: "MSOnline business service, beside provisioningapi",
            role: Role::Provisioning,
            phases: WIZARD,
            need: Need::Legacy,
            until: "2.4.18.0",
            ..monitor
        },
        Endpoint {
            pattern: "*-relay.gov.us.microsoftonline.com",
            hosts: &["*-relay.gov.us.microsoftonline.com"],
            purpose: "Regional host of provisioningapi; before build 2.4.18.0",
            role: Role::RegionalProvisioning,
            phases: WIZARD,
            need: Need::Legacy,
            until: "2.4.18.0",
            remark: "Which regional names US Government uses is not published (uncertain); this form follows the other \
                     clouds.",
            ..instances
        },
        Endpoint {
            pattern: "provisioningapi-s1-*.microsoftonline.com",
            hosts: &["provisioningapi-s1-*.microsoftonline.com"],
            purpose: "Regional host of provisioningapi; before build 2.4.18.0",
            role: Role::RegionalProvisioning,
            phases: WIZARD,
            until: "2.4.18.0",
            trap: "The ending varies (dm2a and dm2r around 2020): open *.microsoftonline.com, never a fixed name.",
            ..reported
        },
        Endpoint {
            pattern: "*.microsoftonline.com",
            purpose: "Tenant discovery, shared sign-in and regional hosts",
            trap: "The sync hosts stand two labels below it (gov.us): a one-label wildcard misses them.",
            disagreements: &[
                "The instances page asks for the whole wildcard, the Microsoft 365 lists for single names.",
            ],
            ..instances
        },
        Endpoint {
            pattern: "*.windows.net",
            purpose: "Finds out that the tenant is a Government tenant",
            breaks: Breaks { text: "The wizard does not recognise a Government tenant by itself.", stated: true },
            trap: "Where it stays closed, set the registry value AzureInstance to 4 while the licence page of the \
                   installation is open, and take the custom installation.",
            disagreements: &["Older texts say AzureInstance 2, the instances page says 4."],
            remark: "From build 1.1.647.0 on the value is not needed while the wildcard is open.",
            ..instances
        },
        Endpoint {
            pattern: "login.microsoftonline.com",
            hosts: &["login.microsoftonline.com"],
            trap: shared_trap,
            ..discovery
        },
        Endpoint { pattern: "login.windows.net", hosts: &["login.windows.net"], trap: shared_trap, ..discovery },
        Endpoint {
            pattern: "graph.windows.net",
            hosts: &["graph.windows.net"],
            purpose: "Azure AD Graph of the public cloud, for tenant discovery",
            role: Role::LegacyGraph,
            phases: SIGN_IN,
            need: Need::Legacy,
            disagreements: &["Azure AD Graph is retired; the list of 2026 still requires it."],
            ..m365
        },
        Endpoint {
            pattern: "loginex.microsoftonline.com",
            hosts: &["loginex.microsoftonline.com", "login-us.microsoftonline.com"],
            purpose: "Shared sign-in",
            phases: NEVER_SEEN,
            ..m365
        },
        Endpoint {
            pattern: "login.microsoftonline-p.com",
            hosts: &[
                "login.microsoftonline-p.com",
                "nexus.microsoftonline-p.com",
                "clientconfig.microsoftonline-p.net",
            ],
            purpose: "Shared sign-in",
            phases: NEVER_SEEN,
            trap: "Two zones: microsoftonline-p.com and microsoftonline-p.net.",
            ..m365
        },
        Endpoint {
            pattern: "graph.microsoftazure.us",
            hosts: &["graph.microsoftazure.us"],
            purpose: "Azure AD Graph, for old builds",
            role: Role::LegacyGraph,
            phases: WIZARD,
            need: Need::Legacy,
            until: "2.4.18.0",
            disagreements: &["Direct calls of Azure AD Graph are retired; the list of 2026 still requires it."],
            ..m365
        },
        Endpoint {
            pattern: "*.auth.microsoft.us",
            purpose: "Sign-in, newer names",
            phases: NEVER_SEEN,
            trap: "Required as a wildcard: no concrete host is published, so no fixed name can replace it.",
            ..m365
        },
        Endpoint {
            pattern: "secure.aadcdn.microsoftonline-p.com",
            hosts: &["secure.aadcdn.microsoftonline-p.com"],
            purpose: "Content of the sign-in window and of multifactor authentication",
            ..public_content
        },
        Endpoint {
            pattern: "*.msftauth.net",
            hosts: &["aadcdn.msftauth.net"],
            purpose: "Scripts and styles of the sign-in window",
            ..public_content
        },
        Endpoint {
            pattern: "*.msauth.net",
            hosts: &["aadcdn.msauth.net"],
            purpose: "Scripts and styles of the sign-in window",
            ..public_content
        },
        Endpoint {
            pattern: "*.msauthimages.us",
            purpose: "Pictures of the sign-in window",
            disagreements: &[
                "The pages about agents list msauthimages.net and msauthimages.us, the list only the latter.",
            ],
            ..content
        },
        Endpoint {
            pattern: "*.msftauthimages.us",
            purpose: "Pictures of the sign-in window",
            disagreements: &[
                "The pages about agents list msftauthimages.net and msftauthimages.us, the list only the latter.",
            ],
            ..content
        },
        Endpoint {
            pattern: "mscrl.microsoft.com",
            hosts: &["mscrl.microsoft.com"],
            purpose: "Certificate revocation lists of Microsoft",
            trap: "A rule made from the Government lists opens port 443 only; revocation lists are fetched on port 80.",
            disagreements: &["The Government lists give port 443 only, the worldwide article port 80."],
            other_ports: &[OtherPort { port: 443, why: "The port that the Government lists give." }],
            source: LISTED.name,
            date: LISTED.date,
            ..changes
        },
        Endpoint {
            pattern: "crl.microsoft.com",
            hosts: &["crl.microsoft.com"],
            purpose: "Certificate revocation lists of Microsoft",
            other_ports: &[OtherPort { port: 443, why: "The lists give ports 80 and 443." }],
            source: LISTED.name,
            date: LISTED.date,
            ..changes
        },
        Endpoint {
            pattern: "crl3.digicert.com",
            hosts: &["crl3.digicert.com"],
            purpose: "Certificate revocation lists of DigiCert",
            ..digicert
        },
        Endpoint {
            pattern: "crl4.digicert.com",
            hosts: &["crl4.digicert.com"],
            purpose: "Certificate revocation lists of DigiCert",
            ..digicert
        },
        Endpoint {
            pattern: "ocsp.digicert.com",
            hosts: &["ocsp.digicert.com"],
            purpose: "Online revocation check of DigiCert",
            ..digicert
        },
        Endpoint {
            pattern: "oneocsp.microsoft.com",
            hosts: &["oneocsp.microsoft.com"],
            purpose: "Online revocation check of Microsoft",
            ..changes
        },
        Endpoint {
            pattern: "ocsp.msocsp.com",
            hosts: &["ocsp.msocsp.com"],
            purpose: "Online revocation check of Microsoft",
            ..changes
        },
        pkiops,
        Endpoint { trap: digicert.trap, disagreements: digicert.disagreements, ..cacerts },
        Endpoint { trap: digicert.trap, disagreements: digicert.disagreements, ..ocspx },
        geotrust,
        geotrust_cdp,
        geotrust_status,
        issuers,
        roots,
        Endpoint {
            pattern: "mscrl.microsoft.us",
            hosts: &["mscrl.microsoft.us", "crl.microsoft.us", "ocsp.msocsp.us", "www.microsoft.us"],
            purpose: "Certificate hosts that pages about agents list",
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["pass-through-authentication", "cloud-sync"],
            trap: "They do not replace the hosts ending in .com, which the certificates themselves name.",
            remark: "Whether these names resolve is uncertain.",
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2025-04-09",
            ..changes
        },
        Endpoint {
            pattern: "ctldl.windowsupdate.us",
            hosts: &["ctldl.windowsupdate.us"],
            purpose: "Updates of the Windows list of trusted roots",
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["pass-through-authentication", "cloud-sync"],
            trap: "ctldl.windowsupdate.com is the known name; whether this one exists is uncertain.",
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2025-04-09",
            ..changes
        },
    ]
}
