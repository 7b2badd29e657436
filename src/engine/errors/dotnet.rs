//! Texts of the .NET Framework for requests that failed below HTTP, and its wrappers. Translations stand beside the
//! English text of their entry; those of the certificate, send, receive and status texts are from field samples, the
//! others are the wording of the language packs from general knowledge.

use super::language::{de, fr, hans, hant, ja};
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "dotnet-error-sending-request",
        layer: Layer::Wrapper,
        patterns: &["An error occurred while sending the request"],
        wordings: &[
            hant("傳送要求時發生錯誤"),
            fr("une erreur s'est produite lors de l'envoi de la demande"),
            de("Fehler beim Senden der Anforderung"),
            hans("发送请求时出错"),
            ja("この要求の送信中にエラーが発生しました"),
        ],
        meaning: "A wrapper: .NET could not send the request. The inner exception tells why.",
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
            hant("無法連接至遠端伺服器"),
            de("Die Verbindung mit dem Remoteserver kann nicht hergestellt werden"),
            de("Verbindung mit dem Remoteserver kann nicht hergestellt werden"),
            fr("Impossible de se connecter au serveur distant"),
            hans("无法连接到远程服务器"),
            ja("リモート サーバーに接続できません"),
        ],
        meaning: "TCP could not be opened. The address after the socket text tells whether a proxy was used.",
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
            hant("無法解析遠端名稱: '{host}'"),
            de("Der Remotename konnte nicht aufgelöst werden: '{host}'"),
            fr("Le nom distant n'a pas pu être résolu: '{host}'"),
            fr("Le nom distant n'a pas pu être résolu : '{host}'"),
            hans("未能解析此远程名称: '{host}'"),
            ja("リモート名を解決できませんでした。: '{host}'"),
            ja("リモート名を解決できませんでした: '{host}'"),
        ],
        meaning: "The server itself asked DNS for this name and got no answer. Through a proxy the proxy would have asked, so no proxy is in effect for this request.",
        example: "System.Net.WebException: The remote name could not be resolved: 'login.microsoftonline.com'",
        source: "microsoft/referencesource, System.txt",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "dotnet-proxy-name-unresolved",
        layer: Layer::Name,
        patterns: &["The proxy name could not be resolved: '{host}'", "The proxy name could not be resolved"],
        wordings: &[hant("無法解析 Proxy 名稱: '{host}'")],
        meaning: "The configuration was read, but the host name of the proxy in it cannot be resolved.",
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
            de("Das Zeitlimit für den Vorgang wurde überschritten"),
            fr("Le délai d'attente de l'opération a expiré"),
            hans("操作超时"),
            hans("操作已超时"),
            ja("操作がタイムアウトしました"),
        ],
        meaning: "No answer came in time.",
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
        meaning: "The stream broke while reading. The socket text behind it tells why.",
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
        diagnosis: Some("block-page-returned"),
        example: "The content type text/html; charset=utf-8 of the response message does not match the content type of the binding (application/soap+msbin1).",
        source: "dotnet/wcf, Strings.resx",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
