//! The public cloud, with GCC: the article's table row by row, then what other lists and logs add to it.

use super::{ALWAYS, CYCLES, Cloud, Endpoint, FROM_CONFIGURE, NEVER_SEEN, NOTHING, Need, Role, SIGN_IN, WIZARD};

/// The minimum table and the reference log of the worldwide article.
const ARTICLE: Endpoint = Endpoint {
    pattern: "",
    hosts: &[],
    port: 443,
    purpose: "",
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::Worldwide,
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
    source: "tshoot-connect-connectivity (learn.microsoft.com)",
    date: "2025-04-09",
};

/// The certificate rows of the article.
const CERTIFICATES: Endpoint = Endpoint { port: 80, role: Role::Revocation, ..ARTICLE };

/// A certificate row whose star hides that the host itself is called.
const APEX: Endpoint = Endpoint {
    remark: "The article prints it with \"*.\" in front, but the host that is called is the bare name. Many products do \
             not let \"*.\" cover the bare name: allow both forms.",
    ..CERTIFICATES
};

/// Rows of the Microsoft 365 endpoint list.
const M365: Endpoint =
    Endpoint { source: "Microsoft 365 URLs and IP address ranges, worldwide", date: "2026-08-14", ..ARTICLE };

/// Rows of the Azure certificate authority details.
const AUTHORITIES: Endpoint = Endpoint {
    port: 80,
    role: Role::Revocation,
    source: "Azure certificate authority details",
    date: "2022-04-28",
    ..ARTICLE
};

/// Rows that only an optional feature needs.
const FEATURE: Endpoint = Endpoint { role: Role::Feature, need: Need::Feature, phases: FROM_CONFIGURE, ..ARTICLE };

const WRITEBACK: Endpoint = Endpoint {
    features: &["password-writeback"],
    source: "troubleshoot-sspr-writeback (learn.microsoft.com)",
    date: "2026-11-22",
    ..FEATURE
};
const PASS_THROUGH: Endpoint = Endpoint {
    features: &["pass-through-authentication"],
    source: "how-to-connect-pta-quick-start (learn.microsoft.com)",
    date: "2025-09-09",
    ..FEATURE
};
const HEALTH: Endpoint = Endpoint {
    features: &["connect-health", "auto-upgrade"],
    source: "how-to-connect-health-agent-install (learn.microsoft.com)",
    date: "2026-05-26",
    ..FEATURE
};
const DEVICES: Endpoint = Endpoint {
    features: &["device-registration"],
    phases: NEVER_SEEN,
    source: "how-to-hybrid-join (learn.microsoft.com)",
    date: "2026-11-22",
    ..FEATURE
};

/// The rows.
pub const ROWS: &[Endpoint] = &[
    // The table of the article, in its order.
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
        remark: "Still required by the article and by the 2026 list; in practice hardly called any more (uncertain).",
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
        pattern: "*.management.core.windows.net",
        hosts: &["management.core.windows.net"],
        purpose: "Classic Azure service management",
        role: Role::Management,
        phases: SIGN_IN,
        need: Need::Legacy,
        remark: "The article labels it Azure Storage, which looks wrong: the name is the classic service management \
                 host. No published log shows a call of Entra Connect. The bare name is the real host.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.graph.windows.net",
        hosts: &["graph.windows.net"],
        purpose: "Azure AD Graph, for old builds",
        role: Role::LegacyGraph,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "The bare name is the real host. Newer builds name it only as the audience of a token; direct calls \
                 were retired in 2025, yet the 2026 list still has it as required.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "secure.aadcdn.microsoftonline-p.com",
        hosts: &["secure.aadcdn.microsoftonline-p.com"],
        purpose: "Content of the sign-in window and of multifactor authentication",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "Needed when the administrator uses MFA. It must also stand in the Trusted Sites of the server.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "graph.microsoft.com",
        hosts: &["graph.microsoft.com"],
        purpose: "Microsoft Graph, from build 2.4.18.0",
        role: Role::Graph,
        phases: WIZARD,
        remark: "Added to the article after 2023; the China edition lacks its counterpart.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.microsoftonline.com",
        purpose: "Configures the directory, imports and exports",
        remark: "Open it as a wildcard: regional hosts change. Some names stand two labels deep (device.login, ccs.login, \
                 api.passwordreset), which a one-label wildcard misses. login.microsoftonline.com stands in the lists \
                 of other clouds too.",
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
        remark: "Here the wildcard is right: the real hosts stand below it. It matters for certificates issued in China.",
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
    // The hosts behind *.microsoftonline.com, from the reference log of the article.
    Endpoint {
        pattern: "login.microsoftonline.com",
        hosts: &["login.microsoftonline.com"],
        purpose: "Token service: every phase begins here",
        role: Role::SignIn,
        remark: "The lists of China and of US Government contain it too, so it proves no cloud.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.windows.net",
        hosts: &["login.windows.net"],
        purpose: "Older name of the token service, called by sync",
        role: Role::SignIn,
        phases: CYCLES,
        remark: "No row of the article's table covers it, although the article's own log of the initial sync shows it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice.microsoftonline.com",
        hosts: &["adminwebservice.microsoftonline.com"],
        purpose: "Sync service, and discovery of its regional host",
        role: Role::SyncService,
        remark: "A discovery endpoint: expect a call to a regional host after it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-anchor.microsoftonline.com",
        hosts: &["*-anchor.microsoftonline.com"],
        purpose: "Regional host of the sync service",
        role: Role::RegionalSync,
        remark: "The name varies by region and over time (bba800-anchor, bba900-anchor): only a wildcard rule covers it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice-s1-*.microsoftonline.com",
        hosts: &["adminwebservice-s1-*.microsoftonline.com"],
        purpose: "Regional host of the sync service, older naming",
        role: Role::RegionalSync,
        need: Need::Legacy,
        remark: "Seen around 2020; US Government used names of this family too.",
        source: "connectivity test script of the community",
        date: "2020-01-28",
        ..ARTICLE
    },
    Endpoint {
        pattern: "provisioningapi.microsoftonline.com",
        hosts: &["provisioningapi.microsoftonline.com"],
        purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
        role: Role::Provisioning,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "A discovery endpoint. Builds from 2.4.18.0 on use Microsoft Graph instead; the 2026 list still has it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-relay.microsoftonline.com",
        hosts: &["*-relay.microsoftonline.com"],
        purpose: "Regional host of provisioningapi; before build 2.4.18.0",
        role: Role::RegionalProvisioning,
        phases: WIZARD,
        need: Need::Legacy,
        remark: "The name varies by region and over time (bwsc02-relay): only a wildcard rule covers it.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "provisioningapi-s1-*.microsoftonline.com",
        hosts: &["provisioningapi-s1-*.microsoftonline.com"],
        purpose: "Regional host of provisioningapi, older naming",
        role: Role::RegionalProvisioning,
        phases: WIZARD,
        need: Need::Legacy,
        source: "connectivity test script of the community",
        date: "2020-01-28",
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
        pattern: "becws.microsoftonline.com",
        hosts: &["becws.microsoftonline.com"],
        purpose: "MSOnline business service, beside provisioningapi",
        role: Role::Provisioning,
        phases: WIZARD,
        need: Need::Legacy,
        ..M365
    },
    Endpoint {
        pattern: "login.microsoft.com",
        hosts: &["login.microsoft.com"],
        purpose: "Another name of the sign-in service",
        role: Role::SignIn,
        phases: NEVER_SEEN,
        ..M365
    },
    Endpoint {
        pattern: "*.auth.microsoft.com",
        purpose: "Sign-in, newer names",
        phases: NEVER_SEEN,
        remark: "Required as a wildcard; no concrete host is published.",
        ..M365
    },
    Endpoint {
        pattern: "*.msftauth.net",
        hosts: &["aadcdn.msftauth.net"],
        purpose: "Scripts and styles of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "Not in the article's table. Without it the sign-in window stays blank or shows a script error.",
        ..M365
    },
    Endpoint {
        pattern: "*.msauth.net",
        hosts: &["aadcdn.msauth.net"],
        purpose: "Scripts and styles of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "Not in the article's table. Without it the sign-in window stays blank or shows a script error.",
        ..M365
    },
    Endpoint {
        pattern: "*.msauthimages.net",
        purpose: "Pictures of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        ..M365
    },
    Endpoint {
        pattern: "*.msftauthimages.net",
        purpose: "Pictures of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        ..M365
    },
    Endpoint {
        pattern: "*.microsoftonline-p.com",
        purpose: "Content of the sign-in window",
        role: Role::SignInContent,
        phases: SIGN_IN,
        remark: "The host that matters has a row of its own.",
        ..M365
    },
    Endpoint {
        pattern: "*.phonefactor.net",
        purpose: "Older multifactor authentication",
        role: Role::Feature,
        phases: SIGN_IN,
        need: Need::Feature,
        features: &["mfa"],
        ..M365
    },
    Endpoint {
        pattern: "*.hip.live.com",
        purpose: "Challenge pictures of the sign-in window",
        role: Role::Feature,
        phases: SIGN_IN,
        need: Need::Feature,
        features: &["mfa"],
        ..M365
    },
    Endpoint {
        pattern: "www.microsoft.com",
        hosts: &["www.microsoft.com"],
        port: 80,
        purpose: "Revocation lists and issuer certificates of Microsoft, below /pkiops",
        role: Role::Revocation,
        remark: "Only port 80 and the path /pkiops concern Entra Connect. Not in the article's table, but in the change \
                 notice its certificate rows come from.",
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
        pattern: "cacerts.geotrust.com",
        hosts: &["cacerts.geotrust.com"],
        purpose: "Issuer certificates of GeoTrust",
        remark: "Not in the article's table.",
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "cdp.geotrust.com",
        hosts: &["cdp.geotrust.com"],
        purpose: "Revocation lists of GeoTrust",
        need: Need::Legacy,
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "status.geotrust.com",
        hosts: &["status.geotrust.com"],
        purpose: "Online revocation check of GeoTrust",
        need: Need::Legacy,
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "caissuers.microsoft.com",
        hosts: &["caissuers.microsoft.com"],
        purpose: "Issuer certificates of Microsoft",
        phases: NEVER_SEEN,
        remark: "Seen only in copies of a newer page (uncertain).",
        ..AUTHORITIES
    },
    Endpoint {
        pattern: "ctldl.windowsupdate.com",
        hosts: &["ctldl.windowsupdate.com"],
        port: 80,
        purpose: "Updates of the Windows list of trusted roots",
        role: Role::Revocation,
        need: Need::Legacy,
        remark: "Required only in closed networks that do not install root certificates in another way. Every Windows \
                 machine calls it. Cloud sync pages list it.",
        source: "cloud sync how-to-troubleshoot (learn.microsoft.com)",
        date: "2026-08-21",
        ..ARTICLE
    },
    // Telemetry under its newer names.
    Endpoint {
        pattern: "dc.applicationinsights.azure.com",
        hosts: &["dc.applicationinsights.azure.com", "dc.applicationinsights.microsoft.com"],
        purpose: "Application Insights telemetry, newer names",
        role: Role::Telemetry,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "Whether Entra Connect calls the newer names is uncertain.",
        source: "Azure Monitor network access (docs.azure.cn)",
        date: "2026-11-22",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.in.applicationinsights.azure.com",
        hosts: &["*.in.applicationinsights.azure.com"],
        purpose: "Application Insights telemetry, by region",
        role: Role::Telemetry,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        remark: "Whether Entra Connect calls the newer names is uncertain.",
        source: "Azure Monitor network access (docs.azure.cn)",
        date: "2026-11-22",
        ..ARTICLE
    },
    Endpoint {
        pattern: "rt.services.visualstudio.com",
        hosts: &["rt.services.visualstudio.com"],
        purpose: "Application Insights live metrics",
        role: Role::Telemetry,
        phases: NEVER_SEEN,
        need: Need::Ignorable,
        source: "Azure Monitor network access (docs.azure.cn)",
        date: "2026-11-22",
        ..ARTICLE
    },
    // Optional features.
    Endpoint {
        pattern: "*.passwordreset.microsoftonline.com",
        hosts: &["passwordreset.microsoftonline.com", "api.passwordreset.microsoftonline.com"],
        purpose: "Password writeback",
        remark: "The bare name is used too.",
        ..WRITEBACK
    },
    Endpoint {
        pattern: "*.servicebus.windows.net",
        hosts: &["*.servicebus.windows.net"],
        purpose: "Service Bus relays of password writeback, pass-through authentication and Connect Health",
        features: &["password-writeback", "pass-through-authentication", "connect-health"],
        remark: "Port 443 is enough; event 32011 still speaks of ports 9350 to 9354, and Connect Health of 5671. Events \
                 31019 and 31034 name the relay in use.",
        ..WRITEBACK
    },
    Endpoint {
        pattern: "*.msappproxy.net",
        hosts: &["*.registration.msappproxy.net"],
        purpose: "Pass-through authentication agents, and enabling seamless single sign-on",
        features: &["pass-through-authentication", "seamless-sso"],
        remark: "Registration uses names two labels deep (tenant id, then registration).",
        ..PASS_THROUGH
    },
    Endpoint {
        pattern: "autoupdate.msappproxy.net",
        hosts: &["autoupdate.msappproxy.net"],
        purpose: "Automatic upgrade",
        features: &["auto-upgrade", "connect-health", "pass-through-authentication"],
        ..HEALTH
    },
    Endpoint {
        pattern: "autologon.microsoftazuread-sso.com",
        hosts: &["autologon.microsoftazuread-sso.com"],
        purpose: "Seamless single sign-on of clients",
        features: &["seamless-sso", "pass-through-authentication", "device-registration"],
        remark: "Add the exact name: a wildcard may not be accepted. Clients call it, not the sync server.",
        source: "how-to-connect-sso-quick-start (learn.microsoft.com)",
        date: "2026-11-22",
        ..FEATURE
    },
    Endpoint {
        pattern: "*.adhybridhealth.azure.com",
        hosts: &["*.adhybridhealth.azure.com"],
        purpose: "Connect Health",
        remark: "The page prints a stray slash after it.",
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
        ..HEALTH
    },
    Endpoint {
        pattern: "management.azure.com",
        hosts: &["management.azure.com"],
        purpose: "Azure Resource Manager, for Connect Health",
        features: &["connect-health"],
        ..HEALTH
    },
    Endpoint {
        pattern: "www.office.com",
        hosts: &["www.office.com"],
        purpose: "Discovery while Connect Health registers",
        features: &["connect-health"],
        ..HEALTH
    },
    Endpoint {
        pattern: "policykeyservice.dc.ad.msft.net",
        hosts: &["policykeyservice.dc.ad.msft.net"],
        purpose: "Policy keys of agents",
        features: &["connect-health", "pass-through-authentication"],
        remark: "The Connect Health page dropped it in 2026, pages about agents keep it.",
        source: "cloud sync how-to-troubleshoot (learn.microsoft.com)",
        date: "2026-08-21",
        ..HEALTH
    },
    Endpoint {
        pattern: "enterpriseregistration.windows.net",
        hosts: &["enterpriseregistration.windows.net"],
        purpose: "Device registration",
        remark: "Devices call it. It must be exempt from TLS inspection.",
        ..DEVICES
    },
    Endpoint {
        pattern: "device.login.microsoftonline.com",
        hosts: &["device.login.microsoftonline.com"],
        purpose: "Device sign-in",
        remark: "Devices call it. It must be exempt from TLS inspection, and stands two labels below microsoftonline.com.",
        ..DEVICES
    },
];
