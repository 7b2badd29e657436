//! The cloud operated by 21Vianet: the China edition's table row by row, then what other lists add to it.

use super::{ALWAYS, CYCLES, Cloud, Endpoint, NEVER_SEEN, NOTHING, Need, Role, SIGN_IN, WIZARD};

/// The minimum table and the reference log of the China edition. The page carries no date of its own.
const ARTICLE: Endpoint = Endpoint {
    pattern: "",
    hosts: &[],
    port: 443,
    purpose: "",
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::China,
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
    source: "tshoot-connect-connectivity (docs.azure.cn)",
    date: "2026-11-22",
};

/// The certificate rows of the article.
const CERTIFICATES: Endpoint = Endpoint { port: 80, role: Role::Revocation, ..ARTICLE };

/// A certificate row whose star hides that the host itself is called.
const APEX: Endpoint = Endpoint {
    remark: "The article prints it with \"*.\" in front, but the host that is called is the bare name. Many products do \
             not let \"*.\" cover the bare name: allow both forms. The short list for China among the additional \
             Microsoft 365 endpoints has *.digicert.com instead, which does cover the DigiCert hosts.",
    ..CERTIFICATES
};

/// Rows of the Microsoft 365 list for China.
const M365: Endpoint =
    Endpoint { source: "Office 365 endpoints operated by 21Vianet, version 2023062900", date: "2023-06-29", ..ARTICLE };

/// Rows of the Azure certificate authority details.
const AUTHORITIES: Endpoint = Endpoint {
    port: 80,
    role: Role::Revocation,
    source: "Azure certificate authority details",
    date: "2022-04-28",
    ..ARTICLE
};

/// The rows.
pub const ROWS: &[Endpoint] = &[
    // The table of the article, in its order. The fourth row holds two patterns in one cell.
    Endpoint {
        pattern: "mscrl.microsoft.com",
        hosts: &["mscrl.microsoft.com"],
        purpose: "Certificate revocation lists of Microsoft",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.verisign.com",
        hosts: &["ocsp.verisign.com"],
        purpose: "Certificate revocation lists of older issuers",
        remark: "Required by the article; in practice hardly called any more (uncertain).",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.entrust.net",
        hosts: &["ocsp.entrust.net"],
        purpose: "Certificate revocation lists for multifactor authentication",
        remark: "Until November 2018 the article said *.entrust.com by mistake; old allow-lists may still carry that.",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.management.core.chinacloudapi.cn",
        hosts: &["management.core.chinacloudapi.cn"],
        purpose: "Classic Azure service management",
        role: Role::Management,
        phases: SIGN_IN,
        need: Need::Legacy,
        remark: "The article labels it Azure Storage, which looks wrong. It prints this pattern and the one of Azure AD \
                 Graph in one cell without a separator. *.chinacloudapi.cn covers it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.graph.chinacloudapi.cn",
        hosts: &["graph.chinacloudapi.cn"],
        purpose: "Azure AD Graph, for old builds",
        role: Role::LegacyGraph,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "The article prints it in one cell with the row before. The Intune list for China misspells the host as \
                 graph.chinacloudapi.us. *.chinacloudapi.cn covers it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "secure.aadcdn.partner.microsoftonline-p.cn",
        hosts: &["secure.aadcdn.partner.microsoftonline-p.cn"],
        purpose: "Content of the sign-in window and of multifactor authentication",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "In 2019 the China edition spelt it secure.aadcdn.parter.microsoftonline-p.cn, without the n: allow-lists \
                 copied then are wrong. Needed when the administrator uses MFA.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.partner.microsoftonline.cn",
        purpose: "Configures the directory, imports and exports",
        remark: "The hosts stand below partner.microsoftonline.cn; device.login stands two labels below.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.chinacloudapi.cn",
        purpose: "Configures the directory, imports and exports",
        remark: "All of Azure in China stands below it. It is the row that covers login.chinacloudapi.cn and both Graphs.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.crl3.digicert.com",
        hosts: &["crl3.digicert.com"],
        purpose: "Certificate revocation lists of DigiCert",
        ..APEX
    },
    Endpoint {
        pattern: "*.crl4.digicert.com",
        hosts: &["crl4.digicert.com"],
        purpose: "Certificate revocation lists of DigiCert",
        ..APEX
    },
    Endpoint {
        pattern: "*.digicert.cn",
        hosts: &["crl.digicert.cn", "ocsp.digicert.cn", "cacerts.digicert.cn"],
        purpose: "Revocation lists and issuer certificates of DigiCert in China",
        remark: "Here the wildcard is right: the real hosts stand below it.",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.ocsp.digicert.com",
        hosts: &["ocsp.digicert.com"],
        purpose: "Online revocation check of DigiCert",
        ..APEX
    },
    Endpoint {
        pattern: "*.www.d-trust.net",
        hosts: &["www.d-trust.net"],
        purpose: "Revocation lists of D-TRUST",
        need: Need::Legacy,
        remark: "The bare name is the real host. Probably obsolete (uncertain): no current list of issuers names D-TRUST.",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.root-c3-ca2-2009.ocsp.d-trust.net",
        hosts: &["root-c3-ca2-2009.ocsp.d-trust.net"],
        purpose: "Online revocation check of D-TRUST",
        need: Need::Legacy,
        remark: "The bare name is the real host. Probably obsolete (uncertain): no current list of issuers names D-TRUST.",
        ..CERTIFICATES
    },
    Endpoint {
        pattern: "*.crl.microsoft.com",
        hosts: &["crl.microsoft.com"],
        purpose: "Certificate revocation lists of Microsoft",
        ..APEX
    },
    Endpoint {
        pattern: "*.oneocsp.microsoft.com",
        hosts: &["oneocsp.microsoft.com"],
        purpose: "Online revocation check of Microsoft",
        ..APEX
    },
    Endpoint {
        pattern: "*.ocsp.msocsp.com",
        hosts: &["ocsp.msocsp.com"],
        purpose: "Online revocation check of Microsoft",
        ..APEX
    },
    // The hosts behind the wildcards, from the reference log of the article.
    Endpoint {
        pattern: "login.partner.microsoftonline.cn",
        hosts: &["login.partner.microsoftonline.cn"],
        purpose: "Token service: the wizard begins here",
        role: Role::SignIn,
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.chinacloudapi.cn",
        hosts: &["login.chinacloudapi.cn"],
        purpose: "Older name of the token service, called by sync",
        role: Role::SignIn,
        phases: CYCLES,
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice.partner.microsoftonline.cn",
        hosts: &["adminwebservice.partner.microsoftonline.cn"],
        purpose: "Sync service, and discovery of its regional host",
        role: Role::SyncService,
        remark: "A discovery endpoint: expect a call to a regional host after it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-anchor.partner.microsoftonline.cn",
        hosts: &["*-anchor.partner.microsoftonline.cn"],
        purpose: "Regional host of the sync service",
        role: Role::RegionalSync,
        remark: "The article's names are rewritten from a worldwide log; the real names in China may differ (uncertain). \
                 Only a wildcard rule covers them.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "provisioningapi.partner.microsoftonline.cn",
        hosts: &["provisioningapi.partner.microsoftonline.cn"],
        purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
        role: Role::Provisioning,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "A discovery endpoint. Builds from 2.4.18.0 on use Microsoft Graph instead.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-relay.partner.microsoftonline.cn",
        hosts: &["*-relay.partner.microsoftonline.cn"],
        purpose: "Regional host of provisioningapi; before build 2.4.18.0",
        role: Role::RegionalProvisioning,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "The article's names are rewritten from a worldwide log; the real names in China may differ (uncertain).",
        ..ARTICLE
    },
    Endpoint {
        pattern: "dc.services.visualstudio.com",
        hosts: &["dc.services.visualstudio.com"],
        purpose: "Application Insights telemetry",
        role: Role::Telemetry,
        phases: WIZARD,
        need: Need::Ignorable,
        remark: "The article says that the installation does not need it.",
        ..ARTICLE
    },
    // What the table leaves out and other lists require.
    Endpoint {
        pattern: "microsoftgraph.chinacloudapi.cn",
        hosts: &["microsoftgraph.chinacloudapi.cn"],
        purpose: "Microsoft Graph, from build 2.4.18.0",
        role: Role::Graph,
        phases: WIZARD,
        remark: "Missing in the China article, which has no row for Graph of newer builds. That those builds need it in \
                 China is inferred from the worldwide article. *.chinacloudapi.cn covers it.",
        ..M365
    },
    Endpoint {
        pattern: "syncservice.partner.microsoftonline.cn",
        hosts: &["syncservice.partner.microsoftonline.cn"],
        purpose: "Azure AD Sync service",
        phases: NEVER_SEEN,
        remark: "Named by the Intune list for China; no log shows it.",
        source: "Intune operated by 21Vianet, network endpoints",
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.microsoftonline.com",
        hosts: &["login.microsoftonline.com"],
        purpose: "Global token service",
        role: Role::SignIn,
        phases: NEVER_SEEN,
        remark: "The China list requires the global sign-in host as well since 2023 (not in 2021).",
        ..M365
    },
    Endpoint {
        pattern: "*.msftauth.cn",
        hosts: &["aadcdn.msftauth.cn"],
        purpose: "Scripts and styles of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "Not in the article's table. Without it the sign-in window stays blank or shows a script error.",
        ..M365
    },
    Endpoint {
        pattern: "*.msauth.cn",
        hosts: &["aadcdn.msauth.cn"],
        purpose: "Scripts and styles of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "Not in the article's table. Without it the sign-in window stays blank or shows a script error.",
        ..M365
    },
    Endpoint {
        pattern: "*.msauthimages.cn",
        purpose: "Pictures of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        ..M365
    },
    Endpoint {
        pattern: "*.msftauthimages.cn",
        purpose: "Pictures of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        ..M365
    },
    Endpoint {
        pattern: "*.partner.microsoftonline-p.cn",
        purpose: "Content of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "The host that matters has a row of its own.",
        ..M365
    },
    Endpoint {
        pattern: "*.auth.microsoft.cn",
        purpose: "Sign-in, newer names",
        phases: NEVER_SEEN,
        remark: "Required as a wildcard; no concrete host is published.",
        ..M365
    },
    Endpoint {
        pattern: "www.microsoft.com",
        hosts: &["www.microsoft.com"],
        port: 80,
        purpose: "Revocation lists and issuer certificates of Microsoft, below /pkiops",
        role: Role::Revocation,
        remark: "Only port 80 and the path /pkiops concern Entra Connect. Not in the article's table.",
        source: "Azure TLS certificate changes",
        date: "2022-04-28",
        ..ARTICLE
    },
    Endpoint {
        pattern: "cacerts.digicert.com",
        hosts: &["cacerts.digicert.com"],
        purpose: "Issuer certificates of DigiCert",
        remark: "Not in the article's table. Needed where the server lacks an intermediate certificate.",
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "ocspx.digicert.com",
        hosts: &["ocspx.digicert.com"],
        purpose: "Online revocation check of DigiCert",
        remark: "Not in the article's table.",
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "dc.applicationinsights.azure.cn",
        hosts: &["dc.applicationinsights.azure.cn", "live.applicationinsights.azure.cn"],
        purpose: "Application Insights telemetry, newer names",
        role: Role::Telemetry,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "Whether Entra Connect calls the newer names is uncertain.",
        source: "Azure Monitor network access (docs.azure.cn)",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.in.applicationinsights.azure.cn",
        hosts: &["*.in.applicationinsights.azure.cn"],
        purpose: "Application Insights telemetry, by region",
        role: Role::Telemetry,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "Whether Entra Connect calls the newer names is uncertain.",
        source: "Azure Monitor network access (docs.azure.cn)",
        ..ARTICLE
    },
    // Optional features. Connect Health does not exist in this cloud; hosts of pass-through authentication,
    // seamless single sign-on and automatic upgrade are not published.
    Endpoint {
        pattern: "*.servicebus.chinacloudapi.cn",
        hosts: &[
            "ssprdedicatedsbmcprodcne.servicebus.chinacloudapi.cn",
            "ssprdedicatedsbmcprodcnn.servicebus.chinacloudapi.cn",
        ],
        purpose: "Service Bus relays of password writeback",
        role: Role::Feature,
        phases: super::FROM_CONFIGURE,
        need: Need::Feature,
        features: &["password-writeback"],
        remark: "The page gives the two fixed hosts and no wildcard. *.chinacloudapi.cn covers them.",
        source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
        ..ARTICLE
    },
    Endpoint {
        pattern: "enterpriseregistration.partner.microsoftonline.cn",
        hosts: &["enterpriseregistration.partner.microsoftonline.cn"],
        purpose: "Device registration",
        role: Role::Feature,
        phases: NEVER_SEEN,
        need: Need::Feature,
        features: &["device-registration"],
        remark: "Devices call it. It must be exempt from TLS inspection.",
        source: "Intune operated by 21Vianet, network endpoints",
        ..ARTICLE
    },
    Endpoint {
        pattern: "device.login.partner.microsoftonline.cn",
        hosts: &["device.login.partner.microsoftonline.cn"],
        purpose: "Device sign-in",
        role: Role::Feature,
        phases: NEVER_SEEN,
        need: Need::Feature,
        features: &["device-registration"],
        remark: "Devices call it. It must be exempt from TLS inspection. Seen only in a catalogue of network probes.",
        source: "network probe catalogue of the community",
        ..ARTICLE
    },
];
