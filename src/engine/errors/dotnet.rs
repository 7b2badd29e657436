//! Texts of the .NET Framework for requests that failed below HTTP, and its wrappers. Each wording in another language
//! says what it rests on; see [`super::language`].

use super::language::{de, es, fr, hans, hant, ja};
use super::{ErrorEntry, Layer, LookAlike};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "dotnet-error-sending-request",
        layer: Layer::Wrapper,
        patterns: &["An error occurred while sending the request"],
        wordings: &[
            hans("发送请求时出错").field(),
            hant("傳送要求時發生錯誤").field(),
            de("Fehler beim Senden der Anforderung"),
            fr("Une erreur s'est produite lors de l'envoi de la demande"),
            ja("この要求の送信中にエラーが発生しました").field(),
            es("Error al enviar la solicitud").unconfirmed(),
        ],
        meaning: "A wrapper: .NET could not send the request. The inner exception tells why.",
        look_alikes: &[LookAlike {
            id: "dotnet-unable-to-connect",
            tell: "That one says at least that TCP could not be opened.",
        }],
        example: "System.Net.Http.HttpRequestException: An error occurred while sending the request.",
        source: "Field texts; jpazureid, azure-ad-connect-2-3-20",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-unable-to-connect",
        layer: Layer::Wrapper,
        patterns: &["Unable to connect to the remote server"],
        wordings: &[
            hans("无法连接到远程服务器").field(),
            hant("無法連接至遠端伺服器").field(),
            de("Die Verbindung mit dem Remoteserver kann nicht hergestellt werden"),
            de("Verbindung mit dem Remoteserver kann nicht hergestellt werden"),
            fr("Impossible de se connecter au serveur distant").field(),
            ja("リモート サーバーに接続できません").field(),
            es("No es posible conectar con el servidor remoto").field(),
            es("No se puede conectar con el servidor remoto").unconfirmed(),
        ],
        meaning: "TCP could not be opened. The address after the socket text tells whether a proxy was used.",
        rules_in: "No TCP connection came about.",
        rules_out: "Allow-lists, 403, 407 and TLS do not matter yet: nothing answered.",
        look_alikes: &[LookAlike {
            id: "dotnet-error-sending-request",
            tell: "A wider wrapper, which TLS failures use too.",
        }],
        example: "Invoke-WebRequest : Unable to connect to the remote server",
        source: "microsoft/referencesource, System.txt; tshoot-connect-connectivity",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-name-unresolved",
        layer: Layer::Name,
        patterns: &["The remote name could not be resolved: '{host}'", "The remote name could not be resolved"],
        wordings: &[
            hans("未能解析此远程名称: '{host}'").field(),
            hant("無法解析遠端名稱: '{host}'").field(),
            de("Der Remotename konnte nicht aufgelöst werden: '{host}'").field(),
            fr("Le nom distant n'a pas pu être résolu: '{host}'").field(),
            fr("Le nom distant n'a pas pu être résolu : '{host}'"),
            fr("Impossible de résoudre le nom distant : '{host}'"),
            ja("リモート名を解決できませんでした。: '{host}'").field(),
            ja("リモート名を解決できませんでした: '{host}'").field(),
            es("No se puede resolver el nombre remoto: '{host}'").field(),
        ],
        meaning: "The server itself asked DNS for this name and got no answer. Through a proxy the proxy would have asked, so no proxy is in effect for this request.",
        rules_in: "The server asked DNS itself, so for this request no proxy was in effect.",
        rules_out: "The rules of the proxy are not the cause: it was not asked.",
        look_alikes: &[LookAlike {
            id: "dotnet-proxy-name-unresolved",
            tell: "There the name of the proxy is unknown; here that of the service.",
        }],
        example: "System.Net.WebException: The remote name could not be resolved: 'login.microsoftonline.com'",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-proxy-name-unresolved",
        layer: Layer::Name,
        patterns: &["The proxy name could not be resolved: '{host}'", "The proxy name could not be resolved"],
        wordings: &[
            hans("未能解析此代理名称: '{host}'").unconfirmed(),
            hant("無法解析 Proxy 名稱: '{host}'").unconfirmed(),
            de("Der Proxyname konnte nicht aufgelöst werden: '{host}'").unconfirmed(),
            fr("Le nom du proxy n'a pas pu être résolu: '{host}'").unconfirmed(),
            ja("プロキシ名を解決できませんでした: '{host}'").unconfirmed(),
            es("No se puede resolver el nombre del proxy: '{host}'").unconfirmed(),
        ],
        meaning: "The configuration was read, but the host name of the proxy in it cannot be resolved.",
        rules_in: "A proxy is configured and .NET uses it.",
        rules_out: "A missing proxy setting is not the cause.",
        look_alikes: &[LookAlike {
            id: "dotnet-name-unresolved",
            tell: "There the name of the service is unknown and no proxy was used.",
        }],
        diagnosis: Some("proxy-name-unresolved"),
        example: "System.Net.WebException: The proxy name could not be resolved: 'fabrikamproxi'",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-timed-out",
        layer: Layer::Socket,
        patterns: &["The operation has timed out"],
        wordings: &[
            hans("操作超时").unconfirmed(),
            hans("操作已超时").field(),
            hant("作業逾時").unconfirmed(),
            de("Das Zeitlimit für den Vorgang wurde überschritten").unconfirmed(),
            de("Timeout für Vorgang überschritten"),
            fr("Le délai d'attente de l'opération a expiré").field(),
            ja("操作がタイムアウトしました").field(),
            es("Se excedió el tiempo de espera de la operación").field(),
        ],
        meaning: "No answer came in time.",
        rules_out: "Nothing refused the request: no answer came.",
        look_alikes: &[
            LookAlike { id: "http-504", tell: "504 is an answer of a proxy that waited itself." },
            LookAlike { id: "http-408", tell: "408 is an answer that came back over HTTP." },
        ],
        example: "System.Net.WebException: The operation has timed out",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-task-canceled",
        layer: Layer::Wrapper,
        patterns: &["A task was canceled", "TaskCanceledException"],
        meaning: "The client gave up waiting, mostly after its own time limit.",
        look_alikes: &[LookAlike { id: "dotnet-timed-out", tell: "The same cause in most cases, said plainly." }],
        example: "System.Threading.Tasks.TaskCanceledException: A task was canceled.",
        source: "Errors-network, N37 (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-request-canceled",
        layer: Layer::Wrapper,
        patterns: &["The request was aborted: The request was canceled", "WebException: The request was canceled"],
        meaning: "The application gave the request up, often after a time limit elsewhere.",
        example: "System.Net.WebException: The request was aborted: The request was canceled.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-pipeline-failure",
        layer: Layer::Socket,
        patterns: &["A pipeline failure occurred"],
        meaning: "The connection died before the answer.",
        rules_in: "A connection had been opened.",
        example: "The underlying connection was closed: A pipeline failure occurred.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-protocol-violation",
        layer: Layer::Http,
        patterns: &["The server committed a protocol violation"],
        meaning: "The other side did not answer in proper HTTP: a wrong proxy port or a device in between.",
        rules_in: "Something answered on this port, but not in proper HTTP.",
        rules_out: "Name resolution and TCP are fine.",
        look_alikes: &[LookAlike { id: "tls-plain-answer", tell: "There TLS was expected and plain text came." }],
        example: "The server committed a protocol violation. Section=ResponseStatusLine",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-message-too-long",
        layer: Layer::Http,
        patterns: &["The message length limit was exceeded"],
        meaning: "The answer or its headers were too long, mostly because a block page came.",
        rules_in: "Something answered over HTTP.",
        rules_out: "Name resolution and TCP are fine.",
        example: "The message length limit was exceeded",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-proxy-prohibited",
        layer: Layer::Local,
        patterns: &["The IWebProxy object associated with the request did not allow the request to proceed"],
        meaning: "The proxy definition itself does not allow the request: a wrong scheme or an empty address.",
        rules_in: "The proxy settings were read, and they are wrong.",
        rules_out: "The proxy itself was not reached yet.",
        example: "The IWebProxy object associated with the request did not allow the request to proceed.",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-transport-read",
        layer: Layer::Wrapper,
        patterns: &[
            "Unable to read data from the transport connection",
            "Unable to write data to the transport connection",
        ],
        wordings: &[
            hans("无法从传输连接中读取数据").field(),
            hans("无法将数据写入传输连接").unconfirmed(),
            hant("無法從傳輸連接讀取資料").unconfirmed(),
            de("Von der Übertragungsverbindung können keine Daten gelesen werden"),
            fr("Impossible de lire les données de la connexion de transport"),
            ja("転送接続からデータを読み取れません").unconfirmed(),
            ja("転送接続にデータを書き込めません").field(),
            es("No se pueden leer los datos de la conexión de transporte"),
        ],
        meaning: "The stream broke while reading. The socket text behind it tells why.",
        rules_in: "The connection had been opened.",
        example: "System.IO.IOException: Unable to read data from the transport connection: (inner text not copied)",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-no-endpoint",
        layer: Layer::Wrapper,
        patterns: &[
            "There was no endpoint listening at https://{host}/{path} that could accept the message",
            "There was no endpoint listening at http://{host}/{path} that could accept the message",
        ],
        meaning: "The service call could not connect or got 404. The host in the address and the inner exception tell more.",
        look_alikes: &[LookAlike {
            id: "service-no-local-endpoint",
            tell: "There the address is net.pipe://localhost: the sync service of this server does not run.",
        }],
        example: "System.ServiceModel.EndpointNotFoundException: There was no endpoint listening at https://adminwebservice.microsoftonline.com/provisioningservice.svc that could accept the message.",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-service-call-failed",
        layer: Layer::Wrapper,
        patterns: &[
            "An error occurred while making the HTTP request to",
            "An error occurred while receiving the HTTP response to",
        ],
        meaning: "The service call broke off. The inner exception tells whether TLS or the connection failed.",
        example: "System.ServiceModel.CommunicationException: An error occurred while receiving the HTTP response to https://adminwebservice.microsoftonline.com/provisioningservice.svc.",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-service-call-timeout",
        layer: Layer::Socket,
        patterns: &["has exceeded the allotted timeout of"],
        meaning: "The service call got no answer within its time limit.",
        rules_in: "The request was sent.",
        look_alikes: &[LookAlike { id: "http-504", tell: "504 is an answer of a proxy; here nothing came back." }],
        example: "The HTTP request to 'https://adminwebservice.microsoftonline.com/provisioningservice.svc' has exceeded the allotted timeout of 00:05:00.",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-html-answer",
        layer: Layer::Http,
        patterns: &[
            "The content type text/html{rest} of the response message does not match the content type of the binding",
            "The content type text/html of the response message does not match",
        ],
        meaning: "HTML came where the service answers SOAP: a block page, a login page or a captive portal.",
        rules_in: "A web page came back instead of the service.",
        rules_out: "Name resolution and TCP are fine, and the service itself did not write this.",
        diagnosis: Some("block-page-returned"),
        example: "The content type text/html; charset=utf-8 of the response message does not match the content type of the binding (application/soap+msbin1).",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
