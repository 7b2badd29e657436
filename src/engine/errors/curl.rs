//! Texts of curl. It never reads machine.config, so it only speaks for the path that it used itself. Statuses that a
//! proxy gave to curl stand with the HTTP statuses.

use super::{ErrorEntry, Layer, LookAlike};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "curl-proxy-unresolved",
        layer: Layer::Name,
        patterns: &["Could not resolve proxy: {host}", "Could not resolve proxy", "curl: (5)"],
        meaning: "The name of the proxy that curl was given cannot be resolved.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        look_alikes: &[LookAlike { id: "dotnet-proxy-name-unresolved", tell: "The same for .NET, by machine.config." }],
        diagnosis: Some("proxy-name-unresolved"),
        example: "curl: (5) Could not resolve proxy: fabrikamproxi",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-host-unresolved",
        layer: Layer::Name,
        patterns: &["Could not resolve host: {host}", "Could not resolve host", "curl: (6)"],
        meaning: "curl asked DNS itself and got no answer for this name, so it used no proxy.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        look_alikes: &[LookAlike { id: "dotnet-name-unresolved", tell: "The same for .NET." }],
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
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        look_alikes: &[LookAlike { id: "dotnet-unable-to-connect", tell: "The same for .NET." }],
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
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
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
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        look_alikes: &[LookAlike {
            id: "tls-secure-channel",
            tell: "The same for .NET; curl for Windows uses Schannel too, other builds bring their own TLS.",
        }],
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
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (52) Empty reply from server",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-connection-reset",
        layer: Layer::Socket,
        patterns: &[
            "Recv failure: Connection was reset",
            "Recv failure: Connection reset by peer",
            "Proxy CONNECT aborted",
            "curl: (56) Recv failure",
        ],
        meaning: "The connection was cut.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (56) Recv failure: Connection was reset",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "openssl-connection-cut",
        layer: Layer::Socket,
        patterns: &[
            "write:errno=104",
            "write:errno=10054",
            "SSL_connect: Connection reset by peer",
            "SSL_connect: SSL_ERROR_SYSCALL in connection to {host}",
            "SSL_connect: SSL_ERROR_SYSCALL",
        ],
        meaning: "TCP was open, and the connection was cut during the TLS handshake, before any certificate came.",
        rules_in: "Something answered on that port, then cut the connection: this server, a device on the way or the far side.",
        rules_out: "Name resolution and a port that is closed are not the matter.",
        look_alikes: &[LookAlike { id: "tls-handshake-closed", tell: "The same for .NET, by its own TLS." }],
        example: "CONNECTED(00000003) write:errno=104",
        source: "openssl s_client and libcurl with OpenSSL; errno 104 is ECONNRESET, 10054 WSAECONNRESET",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-self-signed",
        layer: Layer::Tls,
        patterns: &["self-signed certificate in certificate chain", "self signed certificate in certificate chain"],
        meaning: "The chain ends in a private root: a device on the way opens TLS.",
        rules_in: "The chain that was shown ends in a private root.",
        rules_out: "The TLS version is not the cause.",
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
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        look_alikes: &[LookAlike { id: "tls-trust-failure", tell: "The same for .NET, by the store of the computer." }],
        example: "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-http-status",
        layer: Layer::Http,
        patterns: &["The requested URL returned error: {status}", "curl: (22)"],
        meaning: "A status of 400 or more came back; it stands behind the sentence.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (22) The requested URL returned error: 403",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-too-many-redirects",
        layer: Layer::Http,
        patterns: &["redirects followed", "curl: (47)"],
        meaning: "Redirects without end: a captive portal or a login page in between.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        diagnosis: Some("block-page-returned"),
        example: "curl: (47) Maximum (50) redirects followed",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-send-failed",
        layer: Layer::Socket,
        patterns: &["Send failure:", "curl: (55)"],
        meaning: "The connection was cut while sending.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (55) Send failure: Connection was aborted",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-client-certificate",
        layer: Layer::Tls,
        patterns: &["curl: (58)"],
        meaning: "The client certificate of curl cannot be used.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (58) (text not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-cipher",
        layer: Layer::Tls,
        patterns: &["curl: (59)"],
        meaning: "A cipher that was asked for is not there.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (59) (text not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-certificate-files",
        layer: Layer::Local,
        patterns: &["error setting certificate verify locations", "error setting certificate file", "curl: (77)"],
        meaning: "curl cannot read its own list of roots.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        rules_out: "The network is not the cause.",
        example: "curl: (77) error setting certificate verify locations",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-status-response",
        layer: Layer::Tls,
        patterns: &["curl: (91)"],
        meaning: "The certificate came without the status answer that curl asked for.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (91) (text not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-stream-error",
        layer: Layer::Http,
        patterns: &["HTTP/2 stream", "curl: (92)"],
        meaning: "A stream of HTTP/2 broke: a device in between that does not understand it.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (92) HTTP/2 stream 1 was not closed cleanly: PROTOCOL_ERROR (err 1)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-proxy-handshake",
        layer: Layer::Http,
        patterns: &["curl: (97)"],
        meaning: "The handshake with a SOCKS proxy failed. .NET Framework takes no SOCKS proxy.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (97) (text not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "curl-client-certificate-wanted",
        layer: Layer::Tls,
        patterns: &["curl: (98)"],
        meaning: "The other side wants a client certificate.",
        rules_in: "It speaks for the way that curl itself used; .NET, machine.config and the service account are not tested.",
        example: "curl: (98) (text not copied)",
        source: "curl/curl, _EXITCODES.md and lib",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
