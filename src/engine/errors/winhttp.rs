//! Codes of the two HTTP libraries of Windows. The wizard, the sync engine and PowerShell do not use them: they come from the embedded
//! browser, revocation checks, Windows Update, BITS and releases before 1.1.105.0.

use super::number::Number;
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "winhttp-timeout",
        layer: Layer::Socket,
        codes: &["ERROR_WINHTTP_TIMEOUT", "ERROR_INTERNET_TIMEOUT"],
        numbers: &[Number::System(12002)],
        meaning: "No answer came in time.",
        example: "The request failed with 0x80072EE2.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-invalid-url",
        layer: Layer::Local,
        codes: &[
            "ERROR_WINHTTP_INVALID_URL",
            "ERROR_INTERNET_INVALID_URL",
            "ERROR_WINHTTP_UNRECOGNIZED_SCHEME",
            "ERROR_INTERNET_UNRECOGNIZED_SCHEME",
        ],
        numbers: &[Number::System(12005), Number::System(12006)],
        meaning: "An address or the proxy setting is malformed.",
        example: "The request failed with 0x80072EE5.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-name-unresolved",
        layer: Layer::Name,
        codes: &["ERROR_WINHTTP_NAME_NOT_RESOLVED", "ERROR_INTERNET_NAME_NOT_RESOLVED"],
        numbers: &[Number::System(12007)],
        meaning: "The name of the server, or of the proxy when one is set, cannot be resolved.",
        example: "The request failed with 0x80072EE7.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-cannot-connect",
        layer: Layer::Socket,
        codes: &["ERROR_WINHTTP_CANNOT_CONNECT", "ERROR_INTERNET_CANNOT_CONNECT"],
        numbers: &[Number::System(12029)],
        meaning: "TCP could not be opened.",
        example: "The request failed with 0x80072EFD.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-connection-cut",
        layer: Layer::Socket,
        codes: &[
            "ERROR_WINHTTP_CONNECTION_ERROR",
            "ERROR_INTERNET_CONNECTION_ERROR",
            "ERROR_WINHTTP_CONNECTION_ABORTED",
            "ERROR_INTERNET_CONNECTION_ABORTED",
            "ERROR_WINHTTP_CONNECTION_RESET",
            "ERROR_INTERNET_CONNECTION_RESET",
        ],
        numbers: &[Number::System(12030), Number::System(12031)],
        meaning: "The connection was cut; a TLS version that does not fit looks the same.",
        example: "The request failed with 0x80072EFE.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-certificate-date",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_CERT_DATE_INVALID",
            "ERROR_INTERNET_SECURE_CERT_DATE_INVALID",
            "ERROR_WINHTTP_SEC_CERT_DATE_INVALID",
            "ERROR_INTERNET_SEC_CERT_DATE_INVALID",
        ],
        numbers: &[Number::System(12037)],
        meaning: "The certificate is outside its time: the clock is wrong, or the certificate of an inspecting device has expired.",
        example: "The request failed with 0x80072F05.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-certificate-name",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_CERT_CN_INVALID",
            "ERROR_INTERNET_SECURE_CERT_CN_INVALID",
            "ERROR_WINHTTP_SEC_CERT_CN_INVALID",
            "ERROR_INTERNET_SEC_CERT_CN_INVALID",
        ],
        numbers: &[Number::System(12038)],
        meaning: "The certificate is for another name: interception, or a wrong host.",
        example: "The request failed with 0x80072F06.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-client-certificate",
        layer: Layer::Tls,
        codes: &["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED", "ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED"],
        numbers: &[Number::System(12044)],
        meaning: "The other side wants a client certificate, or a device in between took it away.",
        example: "The request failed with 0x80072F0C.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-certificate-untrusted",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_INVALID_CA",
            "ERROR_INTERNET_SECURE_INVALID_CA",
            "ERROR_WINHTTP_INVALID_CA",
            "ERROR_INTERNET_INVALID_CA",
            "ERROR_WINHTTP_SEC_CERT_ERRORS",
            "ERROR_INTERNET_SEC_CERT_ERRORS",
            "ERROR_WINHTTP_SECURE_INVALID_CERT",
            "ERROR_INTERNET_SECURE_INVALID_CERT",
            "ERROR_WINHTTP_SEC_INVALID_CERT",
            "ERROR_INTERNET_SEC_INVALID_CERT",
        ],
        numbers: &[Number::System(12045), Number::System(12055), Number::System(12169)],
        meaning: "The certificate chain is not trusted on this server.",
        example: "The request failed with 0x80072F0D.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-revocation",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_CERT_REV_FAILED",
            "ERROR_INTERNET_SECURE_CERT_REV_FAILED",
            "ERROR_WINHTTP_SEC_CERT_REV_FAILED",
            "ERROR_INTERNET_SEC_CERT_REV_FAILED",
            "ERROR_WINHTTP_SEC_CERT_NO_REV",
            "ERROR_INTERNET_SEC_CERT_NO_REV",
        ],
        numbers: &[Number::System(12056), Number::System(12057)],
        meaning: "The revocation of a certificate could not be checked: the CRL and OCSP hosts on port 80 are out of reach.",
        diagnosis: Some("revocation-endpoint-blocked"),
        example: "The request failed with 0x80072F18.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-invalid-answer",
        layer: Layer::Http,
        codes: &[
            "ERROR_WINHTTP_INVALID_SERVER_RESPONSE",
            "ERROR_INTERNET_INVALID_SERVER_RESPONSE",
            "ERROR_WINHTTP_HTTP_INVALID_SERVER_RESPONSE",
            "ERROR_INTERNET_HTTP_INVALID_SERVER_RESPONSE",
            "ERROR_WINHTTP_REDIRECT_FAILED",
            "ERROR_INTERNET_REDIRECT_FAILED",
        ],
        numbers: &[Number::System(12150), Number::System(12152), Number::System(12156)],
        meaning: "The answer is not proper HTTP, or redirects without end: a device or a portal in between.",
        example: "The request failed with 0x80072F76.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-secure-channel",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_CHANNEL_ERROR",
            "ERROR_INTERNET_SECURE_CHANNEL_ERROR",
            "ERROR_WINHTTP_SECURITY_CHANNEL_ERROR",
            "ERROR_INTERNET_SECURITY_CHANNEL_ERROR",
        ],
        numbers: &[Number::System(12157)],
        meaning: "The TLS channel could not be built.",
        example: "The request failed with 0x80072F7D.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-proxy-unreachable",
        layer: Layer::Socket,
        codes: &["ERROR_WINHTTP_PROXY_SERVER_UNREACHABLE", "ERROR_INTERNET_PROXY_SERVER_UNREACHABLE"],
        numbers: &[Number::System(12165)],
        meaning: "The proxy cannot be reached.",
        example: "The request failed with 0x80072F85.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-pac-script",
        layer: Layer::Local,
        codes: &[
            "ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT",
            "ERROR_INTERNET_BAD_AUTO_PROXY_SCRIPT",
            "ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT",
            "ERROR_INTERNET_UNABLE_TO_DOWNLOAD_SCRIPT",
            "ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR",
            "ERROR_INTERNET_SCRIPT_EXECUTION_ERROR",
        ],
        numbers: &[Number::System(12166), Number::System(12167), Number::System(12176), Number::System(12177)],
        meaning: "The proxy script is broken or cannot be downloaded.",
        example: "The request failed with 0x80072F86.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-secure-failure",
        layer: Layer::Tls,
        codes: &[
            "ERROR_WINHTTP_SECURE_FAILURE",
            "ERROR_INTERNET_SECURE_FAILURE",
            "ERROR_WINHTTP_DECODING_FAILED",
            "ERROR_INTERNET_DECODING_FAILED",
        ],
        numbers: &[Number::System(12175)],
        meaning: "From WinHTTP a certificate error, from the browser a damaged compressed answer. The caller decides.",
        example: "The request failed with 0x80072F8F.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "winhttp-auto-proxy",
        layer: Layer::Local,
        codes: &["ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR", "ERROR_INTERNET_AUTO_PROXY_SERVICE_ERROR"],
        numbers: &[Number::System(12178)],
        meaning: "The automatic proxy search failed.",
        example: "The request failed with 0x80072F92.",
        source: "MicrosoftDocs/win32, WinHttp error-messages and WinInet wininet-errors",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
