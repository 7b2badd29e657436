//! Microsoft Cloud Germany, closed on 2021-10-29. Its names serve to recognise settings that were never changed.

use super::defaults::complete;
use super::{ALWAYS, Breaks, Cloud, Endpoint, NEVER_SEEN, NOTHING, Need, Role, SIGN_IN, WIZARD, certificates};

/// The last published list.
const LAST_LIST: Endpoint = Endpoint {
    port: 443,
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::Germany,
    need: Need::Legacy,
    breaks: Breaks { text: "Nothing any more: the service behind it is gone.", stated: true },
    trap: "This cloud was closed on 2021-10-29: opening the name in the proxy repairs nothing. Tenants that moved use the \
           worldwide names.",
    source: "Office 365 Germany endpoints, version 2020070800",
    date: "2020-07-08",
    ..certificates::BASE
};

/// Names that the list asked for by mistake or of necessity, and that are aliases everywhere else.
const ALIAS: Endpoint = Endpoint {
    purpose: "Alias in DNS answers",
    role: Role::Alias,
    phases: NEVER_SEEN,
    need: Need::Ignorable,
    breaks: NOTHING,
    trap: "The only published list that asked for names of nsatc.net, for a cloud closed on 2021-10-29: no reason to open \
           them today.",
    ..LAST_LIST
};

/// The rows.
pub const ROWS: &[Endpoint] = &complete([
    Endpoint {
        pattern: "*.microsoftonline.de",
        purpose: "Configured the directory, imported and exported",
        ..LAST_LIST
    },
    Endpoint {
        pattern: "login.microsoftonline.de",
        hosts: &["login.microsoftonline.de", "logincert.microsoftonline.de", "device.login.microsoftonline.de"],
        purpose: "Token service",
        remark: "Today login.microsoftonline.com and login.windows.net.",
        role: Role::SignIn,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "adminwebservice.microsoftonline.de",
        hosts: &["adminwebservice.microsoftonline.de", "syncservice.microsoftonline.de"],
        purpose: "Sync service, and discovery of its regional host",
        remark: "Today adminwebservice.microsoftonline.com.",
        role: Role::SyncService,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "provisioningapi.microsoftonline.de",
        hosts: &["provisioningapi.microsoftonline.de", "becws.microsoftonline.de", "companymanager.microsoftonline.de"],
        purpose: "MSOnline",
        remark: "Became provisioningapi.microsoftonline.com; builds from 2.4.18.0 on use graph.microsoft.com.",
        role: Role::Provisioning,
        phases: WIZARD,
        ..LAST_LIST
    },
    Endpoint {
        pattern: "graph.microsoft.de",
        hosts: &["graph.microsoft.de"],
        purpose: "Microsoft Graph",
        remark: "Today graph.microsoft.com.",
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
        remark: "Today secure.aadcdn.microsoftonline-p.com.",
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
    Endpoint { pattern: "*.de.msods.nsatc.net", hosts: &["*.de.msods.nsatc.net"], ..ALIAS },
    Endpoint { pattern: "*.windows.de.nsatc.net", hosts: &["*.windows.de.nsatc.net"], ..ALIAS },
]);
