//! HTTP statuses as .NET, WCF, MSAL, curl, PowerShell 7 and Squid write them. The reason phrase of .NET is its own, so
//! it does not show who answered: the proxy or the service. In other languages the number in brackets carries.

use super::language::{de, es, fr, hans, hant, ja, ko, pt};
use super::number::Number;
use super::{ErrorEntry, Layer, LookAlike};

/// How .NET begins its sentence about a status in other languages; the number in brackets follows. The words of the
/// reason differ between releases, so only this beginning is compared, without the endings that a wrong encoding
/// breaks first.
pub const LOCALISED: &[&str] = &[
    "Der Remoteserver hat einen Fehler",
    "Le serveur distant a retourn",
    "Le serveur distant a renvoy",
    "Error en el servidor remoto",
    "El servidor remoto devolvi",
    "Errore del server remoto",
    "O servidor remoto retornou um erro",
    "De externe server heeft een fout",
    "Externe server heeft een fout",
    "Serwer zdalny zwr",
    "Удаленный сервер возвратил ошибку",
    "Удаленный сервер вернул ошибку",
    "远程服务器返回错误",
    "遠端伺服器傳回一個錯誤",
    "遠端伺服器傳回錯誤",
    "リモート サーバーがエラーを返しました",
    "원격 서버에서",
    "Uzak sunucu hata dönd",
    "Uzak sunucu bir hata dönd",
];

/// The words of the English sentence that a typed text may hold with slips.
pub const SENTENCE: &[&str] = &["remote", "server", "returned", "error"];

/// Reasons as .NET and proxies write them, for what is typed with slips.
pub const REASONS: &[(u16, &[&str])] = &[
    (401, &["unauthorized"]),
    (403, &["forbidden"]),
    (407, &["proxy", "authentication", "required"]),
    (407, &["proxy", "auth", "required"]),
    (502, &["bad", "gateway"]),
    (503, &["service", "unavailable"]),
    (503, &["server", "unavailable"]),
    (504, &["gateway", "timeout"]),
];

/// How programs write that a status came: .NET, WCF, `HttpClient`, `PowerShell` 7, curl and Windows Update; and
/// further texts of the entry.
macro_rules! answers {
    ($status:literal; $($text:literal),*) => {
        &[
            $($text,)*
            concat!("returned an error: (", $status, ")"),
            concat!("unexpected response: (", $status, ")"),
            concat!("does not indicate success: ", $status),
            concat!("failed with status code '", $status, "'"),
            concat!("CONNECT tunnel failed, response ", $status),
            concat!("Received HTTP code ", $status, " from proxy after CONNECT"),
            concat!("HTTP/1.1 ", $status),
            concat!("HTTP/1.0 ", $status),
            concat!("HTTP/2 ", $status),
            concat!("HTTP status code = ", $status),
        ]
    };
}

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "http-400",
        layer: Layer::Http,
        patterns: answers!(400; "(400) Bad Request"),
        numbers: &[Number::Status(400)],
        meaning: "The request was refused as malformed. With a JSON body the sign-in service wrote it, and the AADSTS number in it decides.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        look_alikes: &[LookAlike {
            id: "msal-invalid-grant",
            tell: "The sign-in service answers refused sign-ins with 400; the code in its body is the answer.",
        }],
        example: "System.Net.WebException: The remote server returned an error: (400) Bad Request.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-401",
        layer: Layer::Http,
        patterns: answers!(401; "(401) Unauthorized", "The requested resource requires user authentication"),
        numbers: &[Number::Status(401)],
        meaning: "A sign-in is missing or no longer valid. A proxy does not use this status for itself.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        rules_out: "A proxy that asks for a sign-in writes 407, not 401.",
        look_alikes: &[LookAlike {
            id: "http-407",
            tell: "407 comes from the proxy, 401 from the service or the federation service.",
        }],
        example: "System.Net.WebException: The remote server returned an error: (401) Unauthorized.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-403",
        layer: Layer::Http,
        patterns: answers!(
            403;
            "(403) Forbidden",
            "The HTTP request was forbidden with client authentication scheme",
            "The server understood the request, but is refusing to fulfill it",
            "Access control configuration prevents your request from being allowed"
        ),
        wordings: &[
            hans("(403) 已禁止").unconfirmed(),
            hans("(403) 禁止").unconfirmed(),
            de("(403) Verboten").field(),
            de("(403) Unzulässig"),
            fr("(403) Interdit").field(),
            ja("(403) 使用不可能").field(),
            ja("(403) 禁止されています").field(),
            es("(403) Prohibido").unconfirmed(),
            fr("La requête HTTP a été interdite avec le schéma d'authentification client").field(),
            pt("(403) Proibido").unconfirmed(),
            ko("(403) 사용할 수 없음").unconfirmed(),
        ],
        codes: &["ERR_ACCESS_DENIED"],
        numbers: &[Number::Status(403)],
        meaning: "Access is refused. The usual reason is a proxy or filter that does not let this address through.",
        rules_in: "A proxy or the service was reached and refuses.",
        rules_out: "DNS, routing and the address of the proxy in machine.config are not the cause.",
        look_alikes: &[
            LookAlike { id: "http-407", tell: "407 asks who you are; 403 refuses whoever you are." },
            LookAlike {
                id: "tls-trust-failure",
                tell: "A proxy that opens TLS may show its refusal only after its own certificate is refused.",
            },
        ],
        example: "System.Net.WebException: The remote server returned an error: (403) Forbidden.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-404",
        layer: Layer::Http,
        patterns: answers!(404; "(404) Not Found"),
        wordings: &[
            ja("(404) 見つかりません").field(),
            de("(404) Nicht gefunden").unconfirmed(),
            fr("(404) Introuvable").unconfirmed(),
            es("(404) No se encontró").unconfirmed(),
            hans("(404) 未找到").unconfirmed(),
            hant("(404) 找不到").unconfirmed(),
            pt("(404) Não Localizado").unconfirmed(),
            ko("(404) 찾을 수 없음").unconfirmed(),
        ],
        numbers: &[Number::Status(404)],
        meaning: "The path does not exist there: a rewritten address, or an old client.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (404) Not Found.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-407",
        layer: Layer::Http,
        patterns: answers!(
            407;
            "(407) Proxy Authentication Required",
            "Proxy authentication required",
            "from this cache until you have authenticated yourself"
        ),
        wordings: &[
            hans("(407) 需要代理身份验证").field(),
            hant("(407) 必須驗證 Proxy").unconfirmed(),
            de("(407) Proxyauthentifizierung erforderlich"),
            fr("(407) Authentification proxy requise").field(),
            ja("(407) プロキシ認証が必要です"),
            es("(407) Se requiere autenticación del proxy").unconfirmed(),
            pt("(407) Autenticação de Proxy Necessária").unconfirmed(),
            ko("(407) 프록시 인증 필요").unconfirmed(),
        ],
        codes: &["ProxyAuthenticationRequired", "ERR_CACHE_ACCESS_DENIED"],
        numbers: &[Number::Status(407)],
        meaning: "The proxy asks for a sign-in and got none that it accepts. Only a proxy writes this status.",
        rules_in: "The proxy was reached: machine.config, or whatever names the proxy, is in effect for this process.",
        rules_out: "DNS and routing to the proxy, and the rules for single addresses, are not the cause yet.",
        look_alikes: &[
            LookAlike { id: "http-401", tell: "401 comes from the service, 407 only from a proxy." },
            LookAlike { id: "tls-logon-denied", tell: "Behind a 407 it says that the proxy refused this account." },
        ],
        example: "System.Net.WebException: The remote server returned an error: (407) Proxy Authentication Required.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-408",
        layer: Layer::Http,
        patterns: answers!(408; "(408) Request Timeout"),
        numbers: &[Number::Status(408)],
        meaning: "The request took too long. It may be repeated.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        look_alikes: &[LookAlike { id: "dotnet-timed-out", tell: "There nobody answered; 408 is an answer." }],
        example: "System.Net.WebException: The remote server returned an error: (408) Request Timeout.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-409",
        layer: Layer::Http,
        patterns: answers!(409; "(409) Conflict"),
        numbers: &[Number::Status(409)],
        meaning: "A conflict. From a Squid proxy in intercept mode it means that host name and address do not match.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (409) Conflict.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-413",
        layer: Layer::Http,
        patterns: answers!(413; "(413) Request Entity Too Large", "(413) Payload Too Large"),
        numbers: &[Number::Status(413)],
        meaning: "The request is larger than a device or the service allows.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (413) Request Entity Too Large.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-429",
        layer: Layer::Http,
        patterns: answers!(429; "(429) Too Many Requests"),
        numbers: &[Number::Status(429)],
        meaning: "Too many requests. The service, seldom a device, asks for a pause.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        rules_out: "A blocked address is not the cause.",
        look_alikes: &[LookAlike {
            id: "http-503",
            tell: "503 may come from the proxy; 429 nearly always comes from the service.",
        }],
        diagnosis: Some("service-throttled"),
        example: "System.Net.WebException: The remote server returned an error: (429) Too Many Requests.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-500",
        layer: Layer::Http,
        patterns: answers!(500; "(500) Internal Server Error"),
        numbers: &[Number::Status(500)],
        meaning: "The answering side failed. Marks of a proxy in the answer tell who it was.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (500) Internal Server Error.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-501",
        layer: Layer::Http,
        patterns: answers!(501; "(501) Not Implemented"),
        numbers: &[Number::Status(501)],
        meaning: "The answering side does not support the method; a proxy that does not allow CONNECT says so.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (501) Not Implemented.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-502",
        layer: Layer::Http,
        patterns: answers!(
            502;
            "(502) Bad Gateway",
            "(502) Proxy Error",
            "Error Code: 502 Proxy Error",
            "received an invalid response from the upstream server"
        ),
        wordings: &[
            hans("(502) 错误的网关").field(),
            de("(502) Ungültiges Gateway").unconfirmed(),
            fr("(502) Passerelle incorrecte").unconfirmed(),
            ja("(502) 無効なゲートウェイ").unconfirmed(),
            es("(502) Puerta de enlace no válida").unconfirmed(),
        ],
        numbers: &[Number::Status(502)],
        meaning: "A gateway got no usable answer from the next hop. With marks of a proxy it is the proxy's way out.",
        rules_in: "A proxy or gateway was reached and failed behind it.",
        rules_out: "The proxy setting of this server is not the cause.",
        look_alikes: &[
            LookAlike {
                id: "http-url-denied",
                tell: "TMG writes 502 when a rule denies the address: the page says so.",
            },
            LookAlike {
                id: "http-503",
                tell: "The same family: 502 means an unusable answer, 503 that nobody can serve.",
            },
        ],
        example: "System.Net.WebException: The remote server returned an error: (502) Bad Gateway.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-503",
        layer: Layer::Http,
        patterns: answers!(
            503;
            "(503) Server Unavailable",
            "(503) Service Unavailable",
            "The service is temporarily overloaded",
            "is unavailable. This could be because the service is too busy"
        ),
        wordings: &[
            hans("(503) 服务器不可用").unconfirmed(),
            de("(503) Server nicht verfügbar"),
            fr("(503) Serveur non disponible").unconfirmed(),
            ja("(503) サーバーを使用できません").unconfirmed(),
            es("(503) Servidor no disponible").field(),
            hant("(503) 伺服器無法使用").unconfirmed(),
        ],
        numbers: &[Number::Status(503)],
        meaning: "The answering side cannot serve for the moment: a proxy that cannot resolve or reach the host, or a busy service.",
        rules_in: "Something answered over HTTP that cannot serve now.",
        look_alikes: &[
            LookAlike { id: "http-429", tell: "429 is the service asking for a pause." },
            LookAlike { id: "msal-service-not-available", tell: "The same status as MSAL prints it." },
        ],
        example: "System.Net.WebException: The remote server returned an error: (503) Server Unavailable.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-504",
        layer: Layer::Http,
        patterns: answers!(
            504;
            "(504) Gateway Timeout",
            "(504) Gateway Time-out",
            "The request was timed out waiting for a gateway"
        ),
        wordings: &[
            hans("(504) 网关超时").unconfirmed(),
            de("(504) Gatewaytimeout").unconfirmed(),
            fr("(504) Délai d'attente de la passerelle dépassé").unconfirmed(),
            ja("(504) ゲートウェイ タイムアウト").unconfirmed(),
        ],
        numbers: &[Number::Status(504)],
        meaning: "A gateway got no answer in time from the next hop.",
        rules_in: "A proxy or gateway was reached and failed behind it.",
        rules_out: "The proxy setting of this server is not the cause.",
        look_alikes: &[LookAlike {
            id: "dotnet-timed-out",
            tell: "There the client waited in vain; here a proxy did.",
        }],
        example: "System.Net.WebException: The remote server returned an error: (504) Gateway Timeout.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-511",
        layer: Layer::Http,
        patterns: answers!(511; "(511) Network Authentication Required"),
        numbers: &[Number::Status(511)],
        meaning: "A captive portal wants the device to register first.",
        rules_in: "A captive portal stands in between.",
        rules_out: "The hosts of Microsoft were not reached.",
        diagnosis: Some("block-page-returned"),
        example: "System.Net.WebException: The remote server returned an error: (511) Network Authentication Required.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-url-denied",
        layer: Layer::Http,
        patterns: &[
            "denied the specified Uniform Resource Locator",
            "Error Code: 502 Proxy Error. {product} denied the specified Uniform Resource Locator",
        ],
        meaning: "The proxy says that its rules deny this address. TMG writes it with the status 502.",
        rules_in: "The proxy was reached, and a rule of it denies the address.",
        rules_out: "DNS, routing and the proxy setting are not the cause.",
        look_alikes: &[LookAlike {
            id: "http-502",
            tell: "An ordinary 502 is a failure behind the proxy; this text says that a rule denies.",
        }],
        diagnosis: Some("endpoint-blocked"),
        example: "Forefront TMG denied the specified Uniform Resource Locator (URL). (12202)",
        source: "TMG error page; artifacts-logs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-unauthorized-scheme",
        layer: Layer::Http,
        patterns: &[
            "The HTTP request is unauthorized with client authentication scheme '{scheme}'. The authentication header received from the server was '{header}'",
            "The HTTP request is unauthorized with client authentication scheme",
        ],
        meaning: "The call was refused for missing sign-in. A realm of the proxy in the quoted header means 407.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        look_alikes: &[LookAlike {
            id: "http-407",
            tell: "A proxy realm in the quoted header means the proxy; otherwise the service asks.",
        }],
        example: "The HTTP request is unauthorized with client authentication scheme 'Anonymous'. The authentication header received from the server was 'NTLM'.",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-405",
        layer: Layer::Http,
        patterns: answers!(405; "(405) Method Not Allowed"),
        numbers: &[Number::Status(405)],
        meaning: "The answering side does not allow this method for the address.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (405) Method Not Allowed.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-414",
        layer: Layer::Http,
        patterns: answers!(414; "(414) Request-URI Too Long"),
        numbers: &[Number::Status(414)],
        meaning: "The address is longer than a device allows.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (414) Request-URI Too Long.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-417",
        layer: Layer::Http,
        patterns: answers!(417; "(417) Expectation Failed"),
        numbers: &[Number::Status(417)],
        meaning: "A proxy that does not know Expect: 100-continue refuses the request; older Squid releases do.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (417) Expectation Failed.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "http-505",
        layer: Layer::Http,
        patterns: answers!(505; "(505) HTTP Version Not Supported"),
        numbers: &[Number::Status(505)],
        meaning: "The answering side does not speak this version of HTTP.",
        rules_in: "Something answered over HTTP: name resolution, TCP and, where it applies, TLS to it work.",
        example: "System.Net.WebException: The remote server returned an error: (505) HTTP Version Not Supported.",
        source: "microsoft/referencesource, System.txt and _NetRes.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
