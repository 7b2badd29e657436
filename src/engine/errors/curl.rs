//! Texts of curl. It never reads machine.config, so it only speaks for the path that it used itself. Statuses that a
//! proxy gave to curl stand with the HTTP statuses.

use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "curl-proxy-unresolved",
        layer: Layer::Name,
        patterns: &["Could not resolve proxy: {host}", "Could not resolve proxy"],
        meaning: "The name of the proxy that curl was given cannot be resolved.",
        diagnosis: Some("proxy-name-unresolved"),
        example: "curl: (5) Could not resolve proxy: fabrikamproxi",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-host-unresolved",
        layer: Layer::Name,
        patterns: &["Could not resolve host: {host}", "Could not resolve host"],
        meaning: "curl asked DNS itself and got no answer for this name, so it used no proxy.",
        example: "curl: (6) Could not resolve host: login.microsoftonline.com",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-connect-failed",
        layer: Layer::Socket,
        patterns: &["Failed to connect to {host} port {port}", "curl: (7)"],
        meaning: "TCP could not be opened. The port tells whether a proxy or the host was tried.",
        example: "curl: (7) Failed to connect to fabrikamproxy port 8080 after 21034 ms: Could not connect to server",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-timed-out",
        layer: Layer::Socket,
        patterns: &["Operation timed out after", "Connection timed out after", "curl: (28)"],
        meaning: "No answer came in time.",
        example: "curl: (28) Connection timed out after 30001 milliseconds",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-handshake-failed",
        layer: Layer::Tls,
        patterns: &["next InitializeSecurityContext failed", "curl: (35)"],
        meaning: "The TLS handshake of curl failed. The code behind it tells why.",
        example: "curl: (35) schannel: next InitializeSecurityContext failed: (not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-empty-reply",
        layer: Layer::Socket,
        patterns: &["Empty reply from server", "curl: (52)"],
        meaning: "The connection was closed without an answer.",
        example: "curl: (52) Empty reply from server",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-connection-reset",
        layer: Layer::Socket,
        patterns: &["Recv failure: Connection was reset", "Proxy CONNECT aborted"],
        meaning: "The connection was cut.",
        example: "curl: (56) Recv failure: Connection was reset",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-self-signed",
        layer: Layer::Tls,
        patterns: &["self-signed certificate in certificate chain", "self signed certificate in certificate chain"],
        meaning: "The chain ends in a private root: a device on the way opens TLS.",
        diagnosis: Some("tls-inspection"),
        example: "SSL routines: certificate verify failed: self-signed certificate in certificate chain",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-certificate-untrusted",
        layer: Layer::Tls,
        patterns: &["SSL certificate problem", "curl: (60)"],
        meaning: "curl does not trust the certificate chain.",
        example: "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
