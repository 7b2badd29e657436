//! Microsoft Cloud Germany, closed on 2021-10-29. Its names serve to recognise settings that were never changed.

use super::{ALWAYS, Cloud, Endpoint, NEVER_SEEN, NOTHING, Need, Role, SIGN_IN, WIZARD};

/// The last published list.
const LAST_LIST: Endpoint = Endpoint {
    pattern: "",
    hosts: &[],
    port: 443,
    purpose: "",
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::Germany,
    need: Need::Legacy,
    features: &[],
    since: "",
    until: "",
    breaks: NOTHING,
    callers: &[],
    trap: "",
    disagreements: &[],
    also_in: &[],
    other_ports: &[],
    remark: "This cloud was closed on 2021-10-29. Tenants that moved use the worldwide names.",
    source: "Office 365 Germany endpoints, version 2020070800",
    date: "2020-07-08",
};

/// The rows.
pub const ROWS: &[Endpoint] = &[
    Endpoint {
        pattern: "*.microsoftonline.de",
        purpose: "Configured the directory, imported and exported",
        ..LAST_LIST
    },
    Endpoint {
        pattern: "login.microsoftonline.de",
        hosts: &["login.microsoftonline.de", "logincert.microsoftonline.de", "device.login.microsoftonline.de"],
        purpose: "Token service",
        role: Role::SignIn,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "adminwebservice.microsoftonline.de",
        hosts: &["adminwebservice.microsoftonline.de", "syncservice.microsoftonline.de"],
        purpose: "Sync service, and discovery of its regional host",
        role: Role::SyncService,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "provisioningapi.microsoftonline.de",
        hosts: &["provisioningapi.microsoftonline.de", "becws.microsoftonline.de", "companymanager.microsoftonline.de"],
        purpose: "MSOnline",
        role: Role::Provisioning,
        phases: WIZARD,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "graph.microsoft.de",
        hosts: &["graph.microsoft.de"],
        purpose: "Microsoft Graph",
        role: Role::Graph,
        phases: WIZARD,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "graph.cloudapi.de",
        hosts: &["graph.cloudapi.de"],
        purpose: "Azure AD Graph",
        role: Role::LegacyGraph,
        phases: WIZARD,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "directoryprovisioning.cloudapi.de",
        hosts: &["directoryprovisioning.cloudapi.de", "pas.cloudapi.de"],
        purpose: "Directory provisioning",
        phases: NEVER_SEEN,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "secure.aadcdn.microsoftonline-p.de",
        hosts: &["secure.aadcdn.microsoftonline-p.de"],
        purpose: "Content of the sign-in window and of multifactor authentication",
        role: Role::SignInContent,
        phases: SIGN_IN,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "*.d-trust.net",
        hosts: &["www.d-trust.net", "root-c3-ca2-2009.ocsp.d-trust.net"],
        port: 80,
        purpose: "Revocation lists of D-TRUST",
        role: Role::Revocation,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "*.de.msods.nsatc.net",
        hosts: &["*.de.msods.nsatc.net"],
        purpose: "Alias in DNS answers",
        role: Role::Alias,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "The only published list that asked for names of nsatc.net, for a cloud closed on 2021-10-29.",
        ..LAST_LIST
    },
    Endpoint {
        pattern: "*.windows.de.nsatc.net",
        hosts: &["*.windows.de.nsatc.net"],
        purpose: "Alias in DNS answers",
        role: Role::Alias,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "The only published list that asked for names of nsatc.net, for a cloud closed on 2021-10-29.",
        ..LAST_LIST
    },
];
