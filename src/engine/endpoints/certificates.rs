//! Hosts that certificates are checked with. The two editions of the article list the same ones with the same
//! defect; other documents add to them, for every cloud alike.

use super::{ALWAYS, Cloud, Endpoint, NEVER_SEEN, NOTHING, Need, Role, Source};

/// What a certificate row is, before its edition.
pub const BASE: Endpoint = Endpoint {
    pattern: "",
    hosts: &[],
    port: 80,
    other_ports: &[],
    purpose: "",
    role: Role::Revocation,
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
    remark: "",
    source: "",
    date: "",
    also_in: &[],
};

/// The change notice from which the rows of the article come; it has the bare names.
const CHANGE_NOTICE: Source = Source { name: "Azure TLS certificate changes", date: "2022-04-28" };
/// Issuers, with the addresses inside their certificates.
const AUTHORITIES: Source = Source { name: "Azure certificate authority details", date: "2022-04-28" };
const M365: Source = Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 125", date: "2026-08-14" };
const M365_CRL: Source =
    Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 84", date: "2026-08-14" };
const PASS_THROUGH: Source =
    Source { name: "how-to-connect-pta-quick-start (learn.microsoft.com)", date: "2025-09-09" };
const CLOUD_SYNC: Source = Source { name: "cloud sync how-to-troubleshoot (learn.microsoft.com)", date: "2026-08-21" };

const PURPOSE_MICROSOFT: &str = "Certificate revocation lists of Microsoft";
const PURPOSE_DIGICERT: &str = "Certificate revocation lists of DigiCert";

/// Why a starred row of the article misleads.
const APEX: &str = "The article prints it with \"*.\" in front, but the host that is called is the bare name. Many products \
                    do not let \"*.\" cover the bare name: allow both forms.";
/// Who prints these rows how.
pub const APEX_DISAGREES: &[&str] = &[
    "The article prints \"*.\" in front; the change notice it comes from, the pass-through and cloud sync pages and the \
     Microsoft 365 list have the bare name.",
];
const D_TRUST: &str = "The article prints it with \"*.\" in front; the bare name is the real host. Many products do not let \
                       \"*.\" cover the bare name: allow both forms.";
const D_TRUST_DISAGREES: &[&str] =
    &["The article and the pass-through page still ask for it; no list of issuers since 2022 names D-TRUST."];

/// The certificate rows of the article, in its order. `edition` gives cloud, source, date, and what there is to say
/// about the starred rows.
pub const fn of_article(edition: &Endpoint) -> [Endpoint; 12] {
    let row = Endpoint { cloud: edition.cloud, source: edition.source, date: edition.date, ..BASE };
    let apex = Endpoint {
        trap: APEX,
        disagreements: edition.disagreements,
        also_in: &[CHANGE_NOTICE, PASS_THROUGH, CLOUD_SYNC, M365],
        ..row
    };
    let d_trust = Endpoint {
        need: Need::Legacy,
        trap: D_TRUST,
        disagreements: D_TRUST_DISAGREES,
        remark: "Probably obsolete (uncertain).",
        also_in: &[CHANGE_NOTICE, PASS_THROUGH],
        ..row
    };
    [
        Endpoint {
            pattern: "mscrl.microsoft.com",
            hosts: &["mscrl.microsoft.com"],
            purpose: PURPOSE_MICROSOFT,
            disagreements: &["The US Government lists give port 443 only; revocation lists are fetched on port 80."],
            also_in: &[M365],
            ..row
        },
        Endpoint {
            pattern: "*.verisign.com",
            hosts: &["ocsp.verisign.com"],
            purpose: "Certificate revocation lists of older issuers",
            trap: "A log without this host is normal: do not look for the fault here first (inferred).",
            remark: "Still required by the article and by the 2026 list; in practice hardly called any more (uncertain).",
            also_in: &[M365],
            ..row
        },
        Endpoint {
            pattern: "*.entrust.net",
            hosts: &["ocsp.entrust.net"],
            purpose: "Certificate revocation lists for multifactor authentication",
            trap: "Until November 2018 the article said *.entrust.com by mistake: old allow-lists may carry that instead.",
            also_in: &[M365],
            ..row
        },
        Endpoint { pattern: "*.crl3.digicert.com", hosts: &["crl3.digicert.com"], purpose: PURPOSE_DIGICERT, ..apex },
        Endpoint { pattern: "*.crl4.digicert.com", hosts: &["crl4.digicert.com"], purpose: PURPOSE_DIGICERT, ..apex },
        Endpoint {
            pattern: "*.digicert.cn",
            hosts: &["crl.digicert.cn", "ocsp.digicert.cn", "cacerts.digicert.cn"],
            purpose: "Revocation lists and issuer certificates of DigiCert in China",
            trap: "Here the wildcard is right: the real hosts stand below it, and the bare name is not called. Do not \
                   shorten it to digicert.cn.",
            remark: "Certificates issued by DigiCert Basic RSA CN CA G2 carry these addresses.",
            also_in: &[AUTHORITIES],
            ..row
        },
        Endpoint {
            pattern: "*.ocsp.digicert.com",
            hosts: &["ocsp.digicert.com"],
            purpose: "Online revocation check of DigiCert",
            ..apex
        },
        Endpoint {
            pattern: "*.www.d-trust.net",
            hosts: &["www.d-trust.net"],
            purpose: "Revocation lists of D-TRUST",
            ..d_trust
        },
        Endpoint {
            pattern: "*.root-c3-ca2-2009.ocsp.d-trust.net",
            hosts: &["root-c3-ca2-2009.ocsp.d-trust.net"],
            purpose: "Online revocation check of D-TRUST",
            ..d_trust
        },
        Endpoint {
            pattern: "*.crl.microsoft.com",
            hosts: &["crl.microsoft.com"],
            purpose: PURPOSE_MICROSOFT,
            also_in: &[CHANGE_NOTICE, PASS_THROUGH, CLOUD_SYNC, M365_CRL],
            ..apex
        },
        Endpoint {
            pattern: "*.oneocsp.microsoft.com",
            hosts: &["oneocsp.microsoft.com"],
            purpose: "Online revocation check of Microsoft",
            ..apex
        },
        Endpoint {
            pattern: "*.ocsp.msocsp.com",
            hosts: &["ocsp.msocsp.com"],
            purpose: "Online revocation check of Microsoft",
            ..apex
        },
    ]
}

/// What the lists of issuers add to the article, for every cloud whose rows look like `edition`.
pub const fn beyond_article(edition: &Endpoint) -> [Endpoint; 8] {
    let row = Endpoint { cloud: edition.cloud, source: AUTHORITIES.name, date: AUTHORITIES.date, ..BASE };
    let unlisted = Endpoint { trap: "Not in the article's table, so lists copied from it lack it.", ..row };
    [
        Endpoint {
            pattern: "www.microsoft.com",
            hosts: &["www.microsoft.com"],
            purpose: "Revocation lists and issuer certificates of Microsoft, below /pkiops",
            trap: "Not in the article's table, although it is in the change notice its certificate rows come from. Only \
                   port 80 and the path /pkiops concern Entra Connect: a rule for port 443 alone does not help.",
            also_in: &[AUTHORITIES, M365],
            source: CHANGE_NOTICE.name,
            date: CHANGE_NOTICE.date,
            ..row
        },
        Endpoint {
            pattern: "cacerts.digicert.com",
            hosts: &["cacerts.digicert.com"],
            purpose: "Issuer certificates of DigiCert",
            remark: "Needed where the server lacks an intermediate certificate.",
            also_in: &[M365],
            ..unlisted
        },
        Endpoint {
            pattern: "ocspx.digicert.com",
            hosts: &["ocspx.digicert.com"],
            purpose: "Online revocation check of DigiCert",
            also_in: &[M365],
            ..unlisted
        },
        Endpoint {
            pattern: "cacerts.geotrust.com",
            hosts: &["cacerts.geotrust.com"],
            purpose: "Issuer certificates of GeoTrust",
            also_in: &[M365],
            ..unlisted
        },
        Endpoint {
            pattern: "cdp.geotrust.com",
            hosts: &["cdp.geotrust.com"],
            purpose: "Revocation lists of GeoTrust",
            need: Need::Legacy,
            ..row
        },
        Endpoint {
            pattern: "status.geotrust.com",
            hosts: &["status.geotrust.com"],
            purpose: "Online revocation check of GeoTrust",
            need: Need::Legacy,
            ..row
        },
        Endpoint {
            pattern: "caissuers.microsoft.com",
            hosts: &["caissuers.microsoft.com"],
            purpose: "Issuer certificates of Microsoft, newer address",
            phases: NEVER_SEEN,
            remark: "Newer intermediate certificates of Microsoft (Microsoft TLS RSA Root G2, signed across) carry this \
                     address, and a later edition of the page lists it. That certificates of the sync hosts do is not shown.",
            disagreements: &[
                "The 2022 edition of the page has www.microsoft.com/pkiops alone; the Microsoft 365 list of \
                              2026 does not have this host.",
            ],
            also_in: &[Source {
                name: "Azure virtual machines, metadata certificate troubleshooting",
                date: "2026-11-22",
            }],
            ..row
        },
        Endpoint {
            pattern: "ctldl.windowsupdate.com",
            hosts: &["ctldl.windowsupdate.com"],
            purpose: "Updates of the Windows list of trusted roots",
            need: Need::Legacy,
            trap: "Every Windows machine calls it, so it shows nothing about Entra Connect.",
            remark: "Required only in closed networks that do not install root certificates in another way.",
            disagreements: &["The cloud sync page lists it on port 443 and on port 80."],
            source: CLOUD_SYNC.name,
            date: CLOUD_SYNC.date,
            ..row
        },
    ]
}
