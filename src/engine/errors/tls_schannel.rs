//! Events of the source Schannel and the TLS alerts in them. The direction matters: an alert that was received is a
//! refusal of the other side, one that was sent is a refusal of this server.

use super::{ErrorEntry, Layer, LookAlike, event};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "tls-schannel-client-credential",
        layer: Layer::Tls,
        patterns: &[
            "fatal error occurred while creating a TLS client credential",
            "fatal error occurred while creating an SSL client credential",
        ],
        events: &[event("Schannel", 36871)],
        meaning: "An application asked Schannel for a TLS version that the policy of this server forbids: TLS 1.0 and 1.1 are off, and the application does not use 1.2.",
        rules_in: "A program on this server asked for a version that the policy of this server forbids.",
        rules_out: "The network is not involved: nothing was sent yet.",
        look_alikes: &[LookAlike {
            id: "tls-alert-version",
            tell: "There the other side refused; here this server did not even begin.",
        }],
        diagnosis: Some("tls12-disabled"),
        example: "A fatal error occurred while creating a TLS client credential. The internal error state is 10013.",
        source: "Schannel events, 36871",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-version",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 70",
            "The TLS protocol defined fatal alert code is 71",
            "The TLS protocol defined fatal alert code is 40",
            "The TLS protocol defined fatal error code is 70",
            "The TLS protocol defined fatal error code is 71",
            "The TLS protocol defined fatal error code is 40",
        ],
        meaning: "One side refused the TLS version or the ciphers of the other: TLS 1.2 is not offered, or no cipher fits.",
        rules_in: "TCP was opened, and TLS was begun.",
        rules_out: "A missing root is not the cause.",
        look_alikes: &[LookAlike {
            id: "tls-alert-certificate-here",
            tell: "There the certificate is refused, not the version.",
        }],
        diagnosis: Some("tls12-disabled"),
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 70.",
        source: "Schannel events, 36887 and 36888",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-certificate-here",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal error code is 46",
            "The TLS protocol defined fatal error code is 48",
            "was issued by an untrusted certificate authority",
        ],
        events: &[event("Schannel", 36882)],
        meaning: "This server refused the certificate that it was shown.",
        rules_in: "TCP works up to the side that shows the certificate.",
        rules_out: "The TLS version is not the cause.",
        look_alikes: &[LookAlike { id: "tls-alert-version", tell: "There version or cipher is refused." }],
        example: "A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 48. The Windows SChannel error state is 552.",
        source: "Schannel events, 36882 and 36888",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-certificate-there",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 41",
            "The TLS protocol defined fatal alert code is 42",
            "The TLS protocol defined fatal alert code is 43",
            "The TLS protocol defined fatal alert code is 44",
            "The TLS protocol defined fatal alert code is 45",
            "The TLS protocol defined fatal alert code is 46",
            "The TLS protocol defined fatal alert code is 48",
            "The TLS protocol defined fatal alert code is 49",
            "The TLS protocol defined fatal alert code is 116",
        ],
        meaning: "The other side refused the certificate that this server showed as a client: the certificate of an application sign-in, or a device that wants one.",
        rules_in: "TCP was opened, and TLS was begun.",
        rules_out: "The TLS version is not the cause.",
        look_alikes: &[LookAlike {
            id: "tls-alert-certificate-here",
            tell: "There this server refused; the sentence says sent instead of received.",
        }],
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 48.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-certificate-here-other",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal error code is 42",
            "The TLS protocol defined fatal error code is 43",
            "The TLS protocol defined fatal error code is 44",
            "The TLS protocol defined fatal error code is 45",
            "The TLS protocol defined fatal error code is 49",
        ],
        meaning: "This server refused the certificate that it was shown: damaged, revoked, of a wrong kind, or out of its time (alert 45).",
        rules_in: "TCP works up to the side that shows the certificate.",
        rules_out: "The TLS version is not the cause.",
        look_alikes: &[LookAlike {
            id: "tls-alert-certificate-there",
            tell: "There the other side refused; the sentence says received instead of sent.",
        }],
        example: "A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 42. The Windows SChannel error state is 1203.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-damaged",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 10",
            "The TLS protocol defined fatal error code is 10",
            "The TLS protocol defined fatal alert code is 20",
            "The TLS protocol defined fatal error code is 20",
            "The TLS protocol defined fatal alert code is 21",
            "The TLS protocol defined fatal error code is 21",
            "The TLS protocol defined fatal alert code is 22",
            "The TLS protocol defined fatal error code is 22",
            "The TLS protocol defined fatal alert code is 30",
            "The TLS protocol defined fatal error code is 30",
            "The TLS protocol defined fatal alert code is 47",
            "The TLS protocol defined fatal error code is 47",
            "The TLS protocol defined fatal alert code is 50",
            "The TLS protocol defined fatal error code is 50",
            "The TLS protocol defined fatal alert code is 51",
            "The TLS protocol defined fatal error code is 51",
            "The TLS protocol defined fatal alert code is 60",
            "The TLS protocol defined fatal error code is 60",
            "The TLS protocol defined fatal alert code is 109",
            "The TLS protocol defined fatal error code is 109",
            "The TLS protocol defined fatal alert code is 110",
            "The TLS protocol defined fatal error code is 110",
        ],
        meaning: "One side could not make sense of the TLS data of the other: a device in between that changes it, or plain text on a TLS port.",
        rules_in: "TCP was opened, and TLS was begun.",
        rules_out: "A missing root is not the cause.",
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 20.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-internal",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 80",
            "The TLS protocol defined fatal error code is 80",
        ],
        meaning: "The side that sent the alert failed inside: a server or an inspecting device in trouble.",
        rules_in: "TCP was opened, and TLS was begun.",
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 80.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-ended",
        layer: Layer::Wrapper,
        patterns: &[
            "The TLS protocol defined fatal alert code is 90",
            "The TLS protocol defined fatal error code is 90",
            "The TLS protocol defined fatal alert code is 100",
            "The TLS protocol defined fatal error code is 100",
        ],
        meaning: "The connection was ended on purpose (0, 90) or a wish was refused (100). By itself it is no fault.",
        rules_out: "It is no fault of its own.",
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 90.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-name",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 112",
            "The TLS protocol defined fatal error code is 112",
        ],
        meaning: "The answering side does not know the host name that was asked for: a wrong address in DNS, in the hosts file or behind a device.",
        rules_in: "TCP was opened, and TLS was begun.",
        rules_out: "A missing root is not the cause.",
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 112.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-fallback",
        layer: Layer::Tls,
        patterns: &[
            "The TLS protocol defined fatal alert code is 86",
            "The TLS protocol defined fatal error code is 86",
        ],
        meaning: "The other side noticed that an older TLS version was tried after a newer one had failed: look for what cut the first try.",
        rules_in: "TCP was opened, and TLS was begun.",
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 86.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-inbound",
        layer: Layer::Local,
        patterns: &[
            "connection request was received from a remote client application, but none of the cipher suites supported by the client application are supported by the server",
        ],
        events: &[event("Schannel", 36874)],
        meaning: "Somebody else asked this server for TLS and they agreed on no cipher. It concerns connections to this server; Entra Connect opens connections from it.",
        rules_out: "It is not the cause of a failing Entra Connect.",
        look_alikes: &[LookAlike { id: "tls-algorithm-mismatch", tell: "There this server is the one that asks." }],
        example: "An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites supported by the client application are supported by the server.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-key",
        layer: Layer::Local,
        patterns: &[
            "fatal error occurred when attempting to access the TLS {side} credential private key",
            "fatal error occurred when attempting to access the SSL {side} credential private key",
        ],
        events: &[event("Schannel", 36865), event("Schannel", 36870)],
        meaning: "A private key of this server cannot be read. It matters for connections to this server and for client certificates only.",
        rules_out: "The network is not the cause.",
        example: "A fatal error occurred when attempting to access the TLS server credential private key.",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-not-validated",
        layer: Layer::Tls,
        events: &[event("Schannel", 36876)],
        meaning: "Windows did not accept the certificate that it was shown; the error code in the event says why.",
        rules_in: "TCP works up to the side that shows the certificate.",
        rules_out: "The TLS version is not the cause.",
        example: "Source: Schannel
Event ID: 36876
Level: Error",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-expired",
        layer: Layer::Tls,
        patterns: &["The certificate received from the remote server has either expired or is not yet valid"],
        events: &[event("Schannel", 36881)],
        meaning: "By the clock of this server the certificate it was shown is not valid now: the clock is wrong, or an inspecting device uses an expired certificate.",
        rules_in: "TCP works up to the side that shows the certificate.",
        rules_out: "The TLS version is not the cause.",
        look_alikes: &[LookAlike { id: "tls-certificate-expired", tell: "The same cause with the code of Schannel." }],
        diagnosis: Some("clock-skew"),
        example: "Source: Schannel
Event ID: 36881
Level: Error",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-revoked",
        layer: Layer::Tls,
        patterns: &["The certificate received from the remote server has been revoked"],
        events: &[event("Schannel", 36883)],
        meaning: "The certificate that was shown is revoked.",
        look_alikes: &[LookAlike {
            id: "tls-revocation-offline",
            tell: "There nobody could be asked; here the answer was given.",
        }],
        example: "Source: Schannel
Event ID: 36883
Level: Error",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-alert",
        layer: Layer::Headline,
        patterns: &[
            "A fatal alert was received from the remote endpoint",
            "A fatal alert was generated and sent to the remote endpoint",
        ],
        events: &[event("Schannel", 36887), event("Schannel", 36888)],
        meaning: "A TLS handshake ended with an alert. 36887: the other side sent it; 36888: this server did. The alert number decides: 40, 70, 71 version or cipher, 42 to 49 certificate, 80 a fault inside.",
        rules_in: "TCP was opened, and TLS was begun.",
        example: "Source: Schannel
Event ID: 36887
Level: Error",
        source: "Windows documentation, Schannel events; win32, schannel-error-codes-for-tls-and-ssl-alerts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
