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
