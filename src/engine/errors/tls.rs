//! TLS, certificates, revocation, Schannel events and the registry values that switch TLS 1.2 on and off. Translations
//! that stand beside the English text of an entry are the wording of the language packs from general knowledge, but
//! for those of field samples.

use super::language::{de, fr, hans, ja};
use super::number::Number;
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "tls-trust-failure",
        layer: Layer::Tls,
        patterns: &[
            "Could not establish trust relationship for the SSL/TLS secure channel",
            "The remote certificate is invalid according to the validation procedure",
        ],
        wordings: &[
            hans("未能为 SSL/TLS 安全通道建立信任关系"),
            de("Es konnte keine Vertrauensstellung für den sicheren SSL/TLS-Kanal hergestellt werden"),
            fr("Impossible d'établir une relation de confiance pour le canal sécurisé SSL/TLS"),
            ja("SSL/TLS のセキュリティで保護されているチャネルに対する信頼関係を確立できませんでした"),
        ],
        meaning: "TCP and TLS work, but this server does not accept the certificate: an inspecting device, or a missing root.",
        example: "System.Net.WebException: The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-untrusted-root",
        layer: Layer::Tls,
        patterns: &[
            "The certificate chain was issued by an authority that is not trusted",
            "terminated in a root certificate which is not trusted by the trust provider",
            "A certificate chain could not be built to a trusted root authority",
        ],
        codes: &["SEC_E_UNTRUSTED_ROOT", "CERT_E_UNTRUSTEDROOT", "CERT_E_CHAINING"],
        numbers: &[Number::Result(0x8009_0325), Number::Result(0x800B_0109), Number::Result(0x800B_010A)],
        meaning: "The certificate chain ends in a root that this server does not trust: an inspecting device, or a missing root.",
        example: "Win32Exception (0x80090325): The certificate chain was issued by an authority that is not trusted.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-name-mismatch",
        layer: Layer::Tls,
        patterns: &[
            "The certificate's CN name does not match the passed value",
            "The target principal name is incorrect",
            "The certificate received from the remote server does not contain the expected name",
            "no alternative certificate subject name matches target host name",
        ],
        codes: &["SEC_E_WRONG_PRINCIPAL", "CERT_E_CN_NO_MATCH"],
        numbers: &[Number::Result(0x8009_0322), Number::Result(0x800B_010F)],
        meaning: "The certificate is for another name: interception, or a wrong host.",
        example: "Win32Exception (0x80090322): The target principal name is incorrect.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-secure-channel",
        layer: Layer::Tls,
        patterns: &["Could not create SSL/TLS secure channel"],
        wordings: &[
            hans("未能创建 SSL/TLS 安全通道"),
            de("Es konnte kein geschützter SSL/TLS-Kanal erstellt werden"),
            fr("Impossible de créer un canal sécurisé SSL/TLS"),
            ja("SSL/TLS のセキュリティで保護されているチャネルを作成できませんでした"),
        ],
        meaning: "The handshake failed: TLS 1.2 is not offered, no cipher fits, or a client certificate is missing.",
        example: "System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-unexpected-send",
        layer: Layer::Tls,
        patterns: &[
            "The underlying connection was closed: An unexpected error occurred on a send",
            "An unexpected error occurred on a send",
            "An unexpected error occured on a send",
        ],
        wordings: &[
            hans("基础连接已经关闭: 发送时发生错误"),
            hans("基础连接已经关闭：发送时发生错误"),
            de("Unerwarteter Fehler beim Senden"),
            fr("Une erreur inattendue s'est produite lors de l'envoi"),
            ja("送信時に、予期しないエラーが発生しました"),
        ],
        meaning: "The connection was cut while sending, mostly in the handshake: TLS version refused, or a device that resets.",
        example: "System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-unexpected-receive",
        layer: Layer::Tls,
        patterns: &[
            "The underlying connection was closed: An unexpected error occurred on a receive",
            "An unexpected error occurred on a receive",
            "An unexpected error occured on a receive",
        ],
        wordings: &[
            hans("基础连接已经关闭: 接收时发生错误"),
            hans("基础连接已经关闭：接收时发生错误"),
            de("Unerwarteter Fehler beim Empfangen"),
            fr("Une erreur inattendue s'est produite lors de la réception"),
            ja("受信時に予期しないエラーが発生しました"),
        ],
        meaning: "The connection was cut while waiting for the answer: in the handshake, or by an idle limit.",
        example: "System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a receive.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-connection-closed",
        layer: Layer::Tls,
        patterns: &[
            "The underlying connection was closed: The connection was closed unexpectedly",
            "The connection was closed unexpectedly",
        ],
        wordings: &[hans("基础连接已经关闭: 连接被意外关闭"), hans("基础连接已经关闭：连接被意外关闭")],
        meaning: "The other side or the proxy closed the connection without an answer.",
        example: "System.Net.WebException: The underlying connection was closed: The connection was closed unexpectedly.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-keepalive-closed",
        layer: Layer::Tls,
        patterns: &["A connection that was expected to be kept alive was closed by the server"],
        meaning: "A connection that was kept open was cut in the meantime, typically by an idle limit of the proxy or the firewall.",
        example: "System.Net.WebException: The underlying connection was closed: A connection that was expected to be kept alive was closed by the server.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-handshake-closed",
        layer: Layer::Tls,
        patterns: &[
            "Authentication failed because the remote party has closed the transport stream",
            "Received an unexpected EOF or 0 bytes from the transport stream",
        ],
        meaning: "The other side closed the connection in the handshake: TLS version, cipher, or an inspecting device.",
        example: "System.IO.IOException: Authentication failed because the remote party has closed the transport stream.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-plain-answer",
        layer: Layer::Tls,
        patterns: &[
            "The handshake failed due to an unexpected packet format",
            "The token supplied to the function is invalid",
        ],
        codes: &["SEC_E_INVALID_TOKEN"],
        numbers: &[Number::Result(0x8009_0308)],
        meaning: "The other side spoke plain HTTP on a TLS port: a wrong scheme or port of the proxy, or a block page.",
        example: "System.IO.IOException: The handshake failed due to an unexpected packet format.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-sspi-wrapper",
        layer: Layer::Wrapper,
        patterns: &[
            "A call to SSPI failed, see inner exception",
            "Authentication failed, see inner exception",
            "The SSL connection could not be established, see inner exception",
        ],
        meaning: "A wrapper: the handshake failed. The inner exception tells why.",
        example: "System.Security.Authentication.AuthenticationException: A call to SSPI failed, see inner exception.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-algorithm-mismatch",
        layer: Layer::Tls,
        patterns: &["The client and server cannot communicate, because they do not possess a common algorithm"],
        codes: &["SEC_E_ALGORITHM_MISMATCH"],
        numbers: &[Number::Result(0x8009_0331)],
        meaning: "Server and service share no TLS version or cipher: TLS 1.2 is off for .NET, or the cipher policy is too narrow.",
        diagnosis: Some("tls12-disabled"),
        example: "Win32Exception (0x80090331): The client and server cannot communicate, because they do not possess a common algorithm",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-version-refused",
        layer: Layer::Tls,
        patterns: &["The function requested is not supported"],
        codes: &["SEC_E_UNSUPPORTED_FUNCTION"],
        numbers: &[Number::Result(0x8009_0302)],
        meaning: "The TLS version that was offered is refused.",
        diagnosis: Some("tls12-disabled"),
        example: "Win32Exception (0x80090302): The function requested is not supported",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-old-version-used",
        layer: Layer::Tls,
        patterns: &["using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated"],
        meaning: "The service refuses TLS 1.0, TLS 1.1 and 3DES.",
        diagnosis: Some("tls12-disabled"),
        example: "You are using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated to improve the security posture.",
        source: "SupportArticles-docs, enable-support-tls-environment",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-schannel-client-credential",
        layer: Layer::Tls,
        patterns: &[
            "fatal error occurred while creating a TLS client credential",
            "fatal error occurred while creating an SSL client credential",
        ],
        meaning: "An application asked Schannel for a TLS version that the policy of this server forbids: TLS 1.0 and 1.1 are off, and the application does not use 1.2.",
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
        diagnosis: Some("tls12-disabled"),
        example: "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 70.",
        source: "Schannel events, 36887 and 36888",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-handshake",
        layer: Layer::Tls,
        patterns: &["The message received was unexpected or badly formatted"],
        codes: &["SEC_E_ILLEGAL_MESSAGE"],
        numbers: &[Number::Result(0x8009_0326)],
        meaning: "The handshake was refused without a reason: version, cipher, or a device in between.",
        example: "Win32Exception (0x80090326): The message received was unexpected or badly formatted",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-alert-other-client",
        layer: Layer::Tls,
        patterns: &[
            "alert protocol version",
            "alert handshake failure",
            "TLS alert, protocol version",
            "TLS alert, handshake failure",
        ],
        meaning: "The handshake of curl or openssl was refused. They bring their own TLS, so this says nothing about .NET: a device in between, or a version that was chosen on purpose.",
        example: "error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70",
        source: "RFC 8446, section 6; curl/curl, lib",
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
        meaning: "This server refused the certificate that it was shown.",
        example: "A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 48. The Windows SChannel error state is 552.",
        source: "Schannel events, 36882 and 36888",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-registry-disabled",
        layer: Layer::Local,
        patterns: &[
            "\"SystemDefaultTlsVersions\"=dword:00000000",
            "\"SchUseStrongCrypto\"=dword:00000000",
            "SystemDefaultTlsVersions REG_DWORD 0x0",
            "SchUseStrongCrypto REG_DWORD 0x0",
            "TLS 1.2\\Client] \"Enabled\"=dword:00000000",
            "TLS 1.2\\Client] \"DisabledByDefault\"=dword:00000001",
            "TLS 1.2\\Client] \"DisabledByDefault\"=dword:00000000 \"Enabled\"=dword:00000000",
            "TLS 1.2\\Client] \"Enabled\"=dword:00000001 \"DisabledByDefault\"=dword:00000001",
            "TLS 1.2\\Client] \"DisabledByDefault\"=dword:00000001 \"Enabled\"=dword:00000000",
            "TLS 1.2\\Client Enabled REG_DWORD 0x0",
            "TLS 1.2\\Client DisabledByDefault REG_DWORD 0x1",
            "TLS 1.2\\Client DisabledByDefault REG_DWORD 0x0 Enabled REG_DWORD 0x0",
            "TLS 1.2\\Client Enabled REG_DWORD 0x1 DisabledByDefault REG_DWORD 0x1",
            "TLS 1.2\\Client DisabledByDefault 1",
            "TLS 1.2\\Client Enabled 0",
        ],
        meaning: "The registry switches TLS 1.2 off for .NET or for clients of this server.",
        diagnosis: Some("tls12-disabled"),
        example: "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319] \"SchUseStrongCrypto\"=dword:00000000",
        source: "reference-connect-tls-enforcement",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-registry-not-set",
        layer: Layer::Local,
        patterns: &["SystemDefaultTlsVersions Not Found", "SchUseStrongCrypto Not Found"],
        meaning: "The values that let .NET use TLS 1.2 are not set. Releases 2.3.20.0 to 2.4.129.0 demand them; later ones do not.",
        example: "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319   SystemDefaultTlsVersions   Not Found",
        source: "reference-connect-tls-enforcement",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-revocation-offline",
        layer: Layer::Tls,
        patterns: &[
            "The revocation function was unable to check revocation",
            "Revocation of the SSL certificate failed",
            "The revocation process could not continue",
        ],
        codes: &["CRYPT_E_NO_REVOCATION_CHECK", "CRYPT_E_REVOCATION_OFFLINE", "CERT_E_REVOCATION_FAILURE"],
        numbers: &[Number::Result(0x8009_2012), Number::Result(0x8009_2013), Number::Result(0x800B_010E)],
        meaning: "Windows could not check whether a certificate is revoked: the CRL and OCSP hosts on port 80 are out of reach.",
        diagnosis: Some("revocation-endpoint-blocked"),
        example: "The revocation function was unable to check revocation because the revocation server was offline. (0x80092013)",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-revoked",
        layer: Layer::Tls,
        patterns: &["A certificate was explicitly revoked by its issuer"],
        codes: &["CRYPT_E_REVOKED", "CERT_E_REVOKED"],
        numbers: &[Number::Result(0x8009_2010), Number::Result(0x800B_010C)],
        meaning: "The certificate is revoked.",
        example: "CertVerify: 0x800B010C, a certificate was explicitly revoked by its issuer.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-clock-skew",
        layer: Layer::Tls,
        patterns: &["The clocks on the client and server machines are skewed"],
        codes: &["SEC_E_TIME_SKEW"],
        numbers: &[Number::Result(0x8009_0324)],
        meaning: "The clocks of the two sides are too far apart.",
        diagnosis: Some("clock-skew"),
        example: "Win32Exception (0x80090324): The clocks on the client and server machines are skewed.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-certificate-expired",
        layer: Layer::Tls,
        patterns: &[
            "The received certificate has expired",
            "A required certificate is not within its validity period",
            "has expired or is not yet valid",
        ],
        codes: &["SEC_E_CERT_EXPIRED", "CERT_E_EXPIRED"],
        numbers: &[Number::Result(0x8009_0328), Number::Result(0x800B_0101)],
        meaning: "By the clock of this server the certificate is not valid now: the clock is wrong, or an inspecting device uses an expired certificate.",
        diagnosis: Some("clock-skew"),
        example: "Win32Exception (0x80090328): The received certificate has expired.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-kerberos-time-skew",
        layer: Layer::Local,
        codes: &["kerberos-time-skew"],
        meaning: "The clock of this server is more than five minutes off the domain controller.",
        diagnosis: Some("clock-skew"),
        example: "Export error: kerberos-time-skew",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-inspection-named",
        layer: Layer::Http,
        patterns: &[
            "HTTPS inspection is applied to the request",
            "Zscaler Intermediate Root CA",
            "Zscaler Root CA",
            "Fortinet_CA_SSL",
            "FortiGate CA",
            "Cisco Umbrella Root CA",
        ],
        meaning: "The proxy says itself that it inspects HTTPS, or the certificate names an inspecting product.",
        diagnosis: Some("tls-inspection"),
        example: "A client certificate cannot be supplied when HTTPS inspection is applied to the request.",
        source: "TechNet circularlogging 2013-12-26; issuer names from general knowledge",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-logon-denied",
        layer: Layer::Http,
        patterns: &["The logon attempt failed"],
        codes: &["SEC_E_LOGON_DENIED"],
        numbers: &[Number::Result(0x8009_030C)],
        meaning: "The proxy or the server refused the account in an NTLM or Kerberos exchange.",
        example: "Win32Exception (0x8009030C): The logon attempt failed",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-no-credentials",
        layer: Layer::Http,
        patterns: &["No credentials are available in the security package"],
        codes: &["SEC_E_NO_CREDENTIALS"],
        numbers: &[Number::Result(0x8009_030E)],
        meaning: "This account has no credentials for NTLM or Kerberos: a local or virtual account at a proxy that wants a domain account.",
        example: "Win32Exception (0x8009030E): No credentials are available in the security package",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-no-authority",
        layer: Layer::Http,
        patterns: &["No authority could be contacted for authentication"],
        codes: &["SEC_E_NO_AUTHENTICATING_AUTHORITY"],
        numbers: &[Number::Result(0x8009_0311)],
        meaning: "No domain controller could be asked for the sign-in at the proxy.",
        example: "Win32Exception (0x80090311): No authority could be contacted for authentication.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-damaged",
        layer: Layer::Tls,
        patterns: &[
            "The message or signature supplied for verification has been altered",
            "The specified data could not be decrypted",
            "The supplied message is incomplete. The signature was not verified",
        ],
        codes: &["SEC_E_MESSAGE_ALTERED", "SEC_E_INCOMPLETE_MESSAGE", "SEC_E_DECRYPT_FAILURE"],
        numbers: &[Number::Result(0x8009_030F), Number::Result(0x8009_0318), Number::Result(0x8009_0330)],
        meaning: "The TLS data was altered or cut on the way.",
        example: "Win32Exception (0x8009030F): The message or signature supplied for verification has been altered",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "tls-wrong-usage",
        layer: Layer::Tls,
        patterns: &["The certificate is not valid for the requested usage"],
        codes: &["SEC_E_CERT_WRONG_USAGE", "CERT_E_WRONG_USAGE"],
        numbers: &[Number::Result(0x8009_0349), Number::Result(0x800B_0110)],
        meaning: "The certificate is not meant for a server, as those of some inspecting devices.",
        example: "Win32Exception (0x80090349): The certificate is not valid for the requested usage.",
        source: "MicrosoftDocs/win32, com-error-codes-4",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
