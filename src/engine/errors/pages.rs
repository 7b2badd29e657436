//! Pages that gateways write themselves, by the name of the exception in their heading. The words around it are
//! translated and changed by those who run the gateway; the name mostly stays.

use super::{ErrorEntry, Layer, LookAlike};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "page-name-unresolved",
        layer: Layer::Http,
        patterns: &[
            "Your requested host \"{host}\" could not be resolved by DNS",
            "(dns_unresolved_hostname)",
            "(dns_server_failure)",
        ],
        codes: &["dns_unresolved_hostname", "dns_server_failure"],
        meaning: "The proxy cannot resolve the name: its own DNS is the matter, not that of this server.",
        rules_in: "The proxy was reached and wrote this page itself.",
        rules_out: "The proxy setting of this server is not the cause.",
        look_alikes: &[LookAlike { id: "dotnet-name-unresolved", tell: "There this server asked DNS itself." }],
        diagnosis: Some("proxy-upstream-failure"),
        example: "Network Error (dns_unresolved_hostname)",
        source: "Broadcom (Blue Coat), ProxySG: negative DNS caching and dns_unresolved_hostname; the other names and the wording of the page are general knowledge (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "page-blocked-by-policy",
        layer: Layer::Http,
        patterns: &[
            "Access to this site has been blocked",
            "Access to this site is blocked",
            "Access to the web page you were trying to visit has been blocked",
            "a web page that is in violation of your internet usage policy",
            "a web page which is in violation of your internet usage policy",
            "Sorry, you don't have permission to visit this site",
            "is blocked according to the organization security policy",
            "Content blocked by your organization",
        ],
        meaning: "The page of a web filter: a rule or a category refuses the address.",
        rules_in: "The filter was reached and wrote this page itself.",
        rules_out: "Name resolution and the proxy setting of this server are not the cause.",
        look_alikes: &[LookAlike { id: "http-403", tell: "The status that mostly comes with such a page." }],
        diagnosis: Some("block-page-returned"),
        example: "Access to this site has been blocked by company policy. Category: Uncategorized",
        source: "Default block pages of PAN-OS, FortiGuard, Zscaler, Check Point UserCheck and Forcepoint; the wording is general knowledge (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "page-no-way-out",
        layer: Layer::Http,
        patterns: &["Network Error (tcp_error)", "Network Error (gateway_error)", "Network Error (ssl_failed)"],
        meaning: "The proxy could not connect to the host: its own way out, or a firewall behind it.",
        rules_in: "The proxy was reached and wrote this page itself.",
        rules_out: "The proxy setting of this server is not the cause.",
        look_alikes: &[LookAlike {
            id: "dotnet-unable-to-connect",
            tell: "There this server could not connect; here the proxy.",
        }],
        diagnosis: Some("proxy-upstream-failure"),
        example: "Network Error (tcp_error) A communication error occurred: \"Operation timed out\"",
        source: "Names of ProxySG exception pages, general knowledge (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
