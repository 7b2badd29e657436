//! US Government: GCC High and `DoD` share most hosts; Microsoft Graph tells them apart.

use super::{ALWAYS, Cloud, Endpoint, FROM_CONFIGURE, NEVER_SEEN, NOTHING, Need, Role, SIGN_IN, WIZARD};

/// The Microsoft 365 list for GCC High; the one for `DoD` has the same Entra rows.
const M365: Endpoint = Endpoint {
    pattern: "",
    hosts: &[],
    port: 443,
    purpose: "",
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::UsGovGccHigh,
    need: Need::Required,
    features: &[],
    since: "",
    until: "",
    breaks: NOTHING,
    callers: &[],
    trap: "",
    disagreements: &[],
    also_in: &[],
    other_ports: &[],
    remark: "",
    source: "Office 365 US Government GCC High and DoD endpoints, version 2026033100",
    date: "2026-03-31",
};

const SHARED_LEN: usize = 50;

/// Microsoft Graph of GCC High.
pub const GCC_HIGH_ONLY: &[Endpoint] = &[Endpoint {
    pattern: "graph.microsoft.us",
    hosts: &["graph.microsoft.us"],
    purpose: "Microsoft Graph, from build 2.4.18.0",
    role: Role::Graph,
    phases: WIZARD,
    remark: "That newer builds need it is inferred from the worldwide article. DoD has a host of its own.",
    ..M365
}];

/// Microsoft Graph of `DoD`.
pub const DOD_ONLY: &[Endpoint] = &[Endpoint {
    pattern: "dod-graph.microsoft.us",
    hosts: &["dod-graph.microsoft.us"],
    purpose: "Microsoft Graph, from build 2.4.18.0",
    role: Role::Graph,
    phases: WIZARD,
    cloud: Cloud::UsGovDod,
    remark: "That newer builds need it is inferred from the worldwide article.",
    ..M365
}];

/// The rows of GCC High that `DoD` shares.
pub const GCC_HIGH: &[Endpoint] = &shared(Cloud::UsGovGccHigh);

/// The rows of `DoD` that GCC High shares.
pub const DOD: &[Endpoint] = &shared(Cloud::UsGovDod);

const fn shared(cloud: Cloud) -> [Endpoint; SHARED_LEN] {
    let m365 = Endpoint { cloud, ..M365 };
    let instances =
        Endpoint { source: "reference-connect-instances (learn.microsoft.com)", date: "2026-11-22", ..m365 };
    [
        Endpoint {
            pattern: "*.microsoftonline.us",
            purpose: "Configures the directory, imports and exports",
            ..instances
        },
        Endpoint {
            pattern: "*.gov.us.microsoftonline.com",
            purpose: "Configures the directory, imports and exports",
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
            remark: "The list has only the wildcard above it; the name itself comes from a page about connectivity tests. A discovery endpoint: expect a call to a regional host after it.",
            source: "Azure Monitor service connectivity page and connectivity test script of the community",
            date: "2020-01-28",
            ..m365
        },
        Endpoint {
            pattern: "*-anchor.microsoftonline.com",
            hosts: &["*-anchor.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            need: Need::Legacy,
            remark: "Which regional names US Government uses today is not published (uncertain); the instances page asks for *.microsoftonline.com.",
            ..instances
        },
        Endpoint {
            pattern: "*-anchor.gov.us.microsoftonline.com",
            hosts: &["*-anchor.gov.us.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            need: Need::Legacy,
            remark: "Which regional names US Government uses today is not published (uncertain); this form follows the other clouds.",
            ..instances
        },
        Endpoint {
            pattern: "adminwebservice-s1-*.microsoftonline.com",
            hosts: &["adminwebservice-s1-*.microsoftonline.com"],
            purpose: "Regional host of the sync service",
            role: Role::RegionalSync,
            remark: "Seen around 2020 with the endings bn1a and dm2a. The name varies: open *.microsoftonline.com.",
            source: "Azure Monitor service connectivity page and connectivity test script of the community",
            date: "2020-01-28",
            ..m365
        },
        Endpoint {
            pattern: "provisioningapi.gov.us.microsoftonline.com",
            hosts: &["provisioningapi.gov.us.microsoftonline.com"],
            purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
            role: Role::Provisioning,
            phases: WIZARD,
            need: Need::Legacy,
            remark: "A discovery endpoint. The list has only the wildcard above it.",
            source: "Azure Monitor service connectivity page and connectivity test script of the community",
            date: "2020-01-28",
            ..m365
        },
        Endpoint {
            pattern: "becws.gov.us.microsoftonline.com",
            hosts: &["becws.gov.us.microsoftonline.com"],
            purpose: "MSOnline business service, beside provisioningapi",
            role: Role::Provisioning,
            phases: WIZARD,
            need: Need::Legacy,
            source: "Azure Monitor service connectivity page and connectivity test script of the community",
            date: "2020-01-28",
            ..m365
        },
        Endpoint {
            pattern: "*-relay.gov.us.microsoftonline.com",
            hosts: &["*-relay.gov.us.microsoftonline.com"],
            purpose: "Regional host of provisioningapi; before build 2.4.18.0",
            role: Role::RegionalProvisioning,
            phases: WIZARD,
            need: Need::Legacy,
            remark: "Which regional names US Government uses is not published (uncertain); this form follows the other clouds.",
            ..instances
        },
        Endpoint {
            pattern: "provisioningapi-s1-*.microsoftonline.com",
            hosts: &["provisioningapi-s1-*.microsoftonline.com"],
            purpose: "Regional host of provisioningapi; before build 2.4.18.0",
            role: Role::RegionalProvisioning,
            phases: WIZARD,
            need: Need::Legacy,
            remark: "Seen around 2020 with the endings dm2a and dm2r.",
            source: "Azure Monitor service connectivity page and connectivity test script of the community",
            date: "2020-01-28",
            ..m365
        },
        Endpoint {
            pattern: "*.microsoftonline.com",
            purpose: "Tenant discovery, shared sign-in and regional hosts",
            remark: "The instances page asks for the whole wildcard, the Microsoft 365 lists for single names.",
            ..instances
        },
        Endpoint {
            pattern: "*.windows.net",
            purpose: "Finds out that the tenant is a Government tenant",
            remark: "Needed for automatic detection of the cloud. Without it, set the registry value AzureInstance to 4 during installation; older texts say 2.",
            ..instances
        },
        Endpoint {
            pattern: "login.microsoftonline.com",
            hosts: &["login.microsoftonline.com"],
            purpose: "Tenant discovery and shared sign-in",
            role: Role::SignIn,
            phases: SIGN_IN,
            remark: "Shared with the public cloud, so it proves no cloud.",
            ..m365
        },
        Endpoint {
            pattern: "login.windows.net",
            hosts: &["login.windows.net"],
            purpose: "Tenant discovery and shared sign-in",
            role: Role::SignIn,
            phases: SIGN_IN,
            remark: "Shared with the public cloud, so it proves no cloud.",
            ..m365
        },
        Endpoint {
            pattern: "graph.windows.net",
            hosts: &["graph.windows.net"],
            purpose: "Azure AD Graph of the public cloud, for tenant discovery",
            role: Role::LegacyGraph,
            phases: SIGN_IN,
            need: Need::Legacy,
            remark: "Still required by the list of 2026.",
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
            ..m365
        },
        Endpoint {
            pattern: "graph.microsoftazure.us",
            hosts: &["graph.microsoftazure.us"],
            purpose: "Azure AD Graph, for old builds",
            role: Role::LegacyGraph,
            phases: WIZARD,
            need: Need::Legacy,
            remark: "Still required by the list of 2026, although direct calls of Azure AD Graph are retired.",
            ..m365
        },
        Endpoint {
            pattern: "*.auth.microsoft.us",
            purpose: "Sign-in, newer names",
            phases: NEVER_SEEN,
            remark: "Required as a wildcard; no concrete host is published.",
            ..m365
        },
        Endpoint {
            pattern: "secure.aadcdn.microsoftonline-p.com",
            hosts: &["secure.aadcdn.microsoftonline-p.com"],
            purpose: "Content of the sign-in window and of multifactor authentication",
            role: Role::SignInContent,
            phases: SIGN_IN,
            remark: "US Government uses the host of the public cloud.",
            ..m365
        },
        Endpoint {
            pattern: "*.msftauth.net",
            hosts: &["aadcdn.msftauth.net"],
            purpose: "Scripts and styles of the sign-in window",
            role: Role::SignInContent,
            phases: SIGN_IN,
            remark: "US Government uses the host of the public cloud.",
            ..m365
        },
        Endpoint {
            pattern: "*.msauth.net",
            hosts: &["aadcdn.msauth.net"],
            purpose: "Scripts and styles of the sign-in window",
            role: Role::SignInContent,
            phases: SIGN_IN,
            remark: "US Government uses the host of the public cloud.",
            ..m365
        },
        Endpoint {
            pattern: "*.msauthimages.us",
            purpose: "Pictures of the sign-in window",
            role: Role::SignInContent,
            phases: SIGN_IN,
            ..m365
        },
        Endpoint {
            pattern: "*.msftauthimages.us",
            purpose: "Pictures of the sign-in window",
            role: Role::SignInContent,
            phases: SIGN_IN,
            ..m365
        },
        Endpoint {
            pattern: "mscrl.microsoft.com",
            hosts: &["mscrl.microsoft.com"],
            port: 80,
            purpose: "Certificate revocation lists of Microsoft",
            role: Role::Revocation,
            remark: "The Government lists give port 443 only; revocation lists are fetched on port 80.",
            ..m365
        },
        Endpoint {
            pattern: "crl.microsoft.com",
            hosts: &["crl.microsoft.com"],
            port: 80,
            purpose: "Certificate revocation lists of Microsoft",
            role: Role::Revocation,
            remark: "The lists give ports 80 and 443.",
            ..m365
        },
        Endpoint {
            pattern: "crl3.digicert.com",
            hosts: &["crl3.digicert.com"],
            port: 80,
            purpose: "Certificate revocation lists of DigiCert",
            role: Role::Revocation,
            remark: "The Government lists name no DigiCert host, although DigiCert issues Government certificates; that it is needed is inferred, and sites behind strict rules report failures without it.",
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "crl4.digicert.com",
            hosts: &["crl4.digicert.com"],
            port: 80,
            purpose: "Certificate revocation lists of DigiCert",
            role: Role::Revocation,
            remark: "The Government lists name no DigiCert host, although DigiCert issues Government certificates; that it is needed is inferred, and sites behind strict rules report failures without it.",
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "ocsp.digicert.com",
            hosts: &["ocsp.digicert.com"],
            port: 80,
            purpose: "Online revocation check of DigiCert",
            role: Role::Revocation,
            remark: "The Government lists name no DigiCert host, although DigiCert issues Government certificates; that it is needed is inferred, and sites behind strict rules report failures without it.",
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "oneocsp.microsoft.com",
            hosts: &["oneocsp.microsoft.com"],
            port: 80,
            purpose: "Online revocation check of Microsoft",
            role: Role::Revocation,
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "ocsp.msocsp.com",
            hosts: &["ocsp.msocsp.com"],
            port: 80,
            purpose: "Online revocation check of Microsoft",
            role: Role::Revocation,
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "www.microsoft.com",
            hosts: &["www.microsoft.com"],
            port: 80,
            purpose: "Revocation lists and issuer certificates of Microsoft, below /pkiops",
            role: Role::Revocation,
            remark: "Only port 80 and the path /pkiops concern Entra Connect.",
            source: "Azure TLS certificate changes",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "cacerts.digicert.com",
            hosts: &["cacerts.digicert.com"],
            port: 80,
            purpose: "Issuer certificates of DigiCert",
            role: Role::Revocation,
            remark: "The Government lists name no DigiCert host, although DigiCert issues Government certificates; that it is needed is inferred, and sites behind strict rules report failures without it.",
            source: "Azure certificate authority details",
            date: "2022-04-28",
            ..m365
        },
        Endpoint {
            pattern: "mscrl.microsoft.us",
            hosts: &["mscrl.microsoft.us", "crl.microsoft.us", "ocsp.msocsp.us", "www.microsoft.us"],
            port: 80,
            purpose: "Certificate hosts that pages about agents list",
            role: Role::Revocation,
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["pass-through-authentication"],
            remark: "Whether these names resolve is uncertain.",
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "ctldl.windowsupdate.us",
            hosts: &["ctldl.windowsupdate.us"],
            port: 80,
            purpose: "Updates of the Windows list of trusted roots",
            role: Role::Revocation,
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["pass-through-authentication"],
            remark: "Whether this name exists is uncertain; ctldl.windowsupdate.com is the known one.",
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "dc.services.visualstudio.com",
            hosts: &["dc.services.visualstudio.com"],
            purpose: "Application Insights telemetry",
            role: Role::Telemetry,
            phases: WIZARD,
            need: Need::Ignorable,
            remark: "The article says that the installation does not need it.",
            source: "tshoot-connect-connectivity (learn.microsoft.com)",
            date: "2025-04-09",
            ..m365
        },
        Endpoint {
            pattern: "*.passwordreset.microsoftonline.us",
            hosts: &["passwordreset.microsoftonline.us"],
            purpose: "Password writeback",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["password-writeback"],
            source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "*.servicebus.usgovcloudapi.net",
            hosts: &["*.servicebus.usgovcloudapi.net"],
            purpose: "Service Bus relays of password writeback, pass-through authentication and Connect Health",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["password-writeback", "pass-through-authentication", "connect-health"],
            source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "*.msappproxy.us",
            hosts: &["*.registration.msappproxy.us"],
            purpose: "Pass-through authentication agents, and enabling seamless single sign-on",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["pass-through-authentication", "seamless-sso"],
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "autoupdate.msappproxy.us",
            hosts: &["autoupdate.msappproxy.us"],
            purpose: "Automatic upgrade",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["auto-upgrade", "connect-health"],
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "login.windows.us",
            hosts: &["login.windows.us"],
            purpose: "Sign-in of agents",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["pass-through-authentication"],
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "autologon.microsoft.us",
            hosts: &["autologon.microsoft.us"],
            purpose: "Seamless single sign-on of clients",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["seamless-sso"],
            remark: "Clients call it, not the sync server.",
            source: "reference-connect-government-cloud (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "*.aadconnecthealth.microsoftazure.us",
            hosts: &["*.aadconnecthealth.microsoftazure.us"],
            purpose: "Connect Health",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["connect-health", "auto-upgrade"],
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "*.blob.core.usgovcloudapi.net",
            hosts: &["*.blob.core.usgovcloudapi.net"],
            purpose: "Uploads of Connect Health",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["connect-health", "auto-upgrade"],
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "management.usgovcloudapi.net",
            hosts: &["management.usgovcloudapi.net"],
            purpose: "Azure Resource Manager, for Connect Health",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["connect-health"],
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "www.office.com",
            hosts: &["www.office.com"],
            purpose: "Discovery while Connect Health registers",
            role: Role::Feature,
            phases: FROM_CONFIGURE,
            need: Need::Feature,
            features: &["connect-health"],
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "policykeyservice.aadcdi.azure.us",
            hosts: &["policykeyservice.aadcdi.azure.us"],
            purpose: "Policy keys of Connect Health",
            role: Role::Feature,
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["connect-health"],
            remark: "Only in older copies of the Connect Health page.",
            source: "how-to-connect-health-agent-install (learn.microsoft.com)",
            date: "2026-05-26",
            ..m365
        },
        Endpoint {
            pattern: "enterpriseregistration.microsoftonline.us",
            hosts: &["enterpriseregistration.microsoftonline.us", "enterpriseregistration.windows.net"],
            purpose: "Device registration",
            role: Role::Feature,
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["device-registration"],
            remark: "Devices call both. They must be exempt from TLS inspection.",
            source: "how-to-hybrid-join (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
        Endpoint {
            pattern: "device.login.microsoftonline.us",
            hosts: &["device.login.microsoftonline.us"],
            purpose: "Device sign-in",
            role: Role::Feature,
            phases: NEVER_SEEN,
            need: Need::Feature,
            features: &["device-registration"],
            remark: "Devices call it. It must be exempt from TLS inspection.",
            source: "how-to-hybrid-join (learn.microsoft.com)",
            date: "2026-11-22",
            ..m365
        },
    ]
}
