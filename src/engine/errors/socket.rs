//! Socket errors. .NET appends the address and port to the Windows text; the scanner keeps them as `address` and `port`.
//! Translations are the wording of Windows from general knowledge.

use super::language::{de, fr, hans, hant, ja};
use super::number::Number;
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "socket-access-denied",
        layer: Layer::Socket,
        patterns: &["An attempt was made to access a socket in a way forbidden by its access permissions"],
        wordings: &[
            hant("嘗試存取通訊端被拒絕，因為存取權限不足"),
            de("Der Zugriff auf einen Socket war aufgrund der Zugriffsrechte des Sockets unzulässig"),
            hans("以一种访问权限不允许的方式做了一个访问套接字的尝试"),
        ],
        codes: &["WSAEACCES"],
        numbers: &[Number::System(10013)],
        meaning: "Software on this server, a firewall or an endpoint agent, forbids the connection. The network is not involved.",
        example: "System.Net.Sockets.SocketException: An attempt was made to access a socket in a way forbidden by its access permissions",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-address-in-use",
        layer: Layer::Local,
        patterns: &["Only one usage of each socket address"],
        codes: &["WSAEADDRINUSE"],
        numbers: &[Number::System(10048)],
        meaning: "The ports of this server are used up, or a local agent occupies the port.",
        example: "System.Net.Sockets.SocketException: Only one usage of each socket address",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-address-invalid",
        layer: Layer::Socket,
        patterns: &["The requested address is not valid in its context"],
        codes: &["WSAEADDRNOTAVAIL"],
        numbers: &[Number::System(10049)],
        meaning: "The target address cannot be used, for example 0.0.0.0 in the proxy setting or the hosts file.",
        example: "System.Net.Sockets.SocketException: The requested address is not valid in its context",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-network-down",
        layer: Layer::Socket,
        patterns: &["A socket operation encountered a dead network"],
        codes: &["WSAENETDOWN"],
        numbers: &[Number::System(10050)],
        meaning: "The network of this server is down.",
        example: "System.Net.Sockets.SocketException: A socket operation encountered a dead network",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-unreachable",
        layer: Layer::Socket,
        patterns: &[
            "A socket operation was attempted to an unreachable network",
            "A socket operation was attempted to an unreachable host",
        ],
        codes: &["WSAENETUNREACH", "WSAEHOSTUNREACH"],
        numbers: &[Number::System(10051), Number::System(10065)],
        meaning: "There is no route to the target: no default gateway, or a route that is forbidden.",
        example: "System.Net.Sockets.SocketException: A socket operation was attempted to an unreachable network",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-aborted",
        layer: Layer::Socket,
        patterns: &["An established connection was aborted by the software in your host machine"],
        wordings: &[
            de("Eine bestehende Verbindung wurde softwaregesteuert durch den Hostcomputer abgebrochen"),
            hans("你的主机中的软件中止了一个已建立的连接"),
            hans("您的主机中的软件中止了一个已建立的连接"),
        ],
        codes: &["WSAECONNABORTED"],
        numbers: &[Number::System(10053)],
        meaning: "Software on this server ended the connection, or it noticed that the other side was gone.",
        example: "System.Net.Sockets.SocketException: An established connection was aborted by the software in your host machine",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-reset",
        layer: Layer::Socket,
        patterns: &["An existing connection was forcibly closed by the remote host"],
        wordings: &[
            hant("遠端主機已強制關閉一個現存的連線"),
            de("Eine vorhandene Verbindung wurde vom Remotehost geschlossen"),
            fr("Une connexion existante a dû être fermée par l'hôte distant"),
            hans("远程主机强迫关闭了一个现有的连接"),
            ja("既存の接続はリモート ホストに強制的に切断されました"),
        ],
        codes: &["WSAECONNRESET"],
        numbers: &[Number::System(10054)],
        meaning: "The connection was cut from the other side or by a device in between. The moment tells more: in the handshake TLS or inspection, later an idle limit.",
        example: "System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host 192.0.2.44:443",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-no-buffers",
        layer: Layer::Local,
        patterns: &["because the system lacked sufficient buffer space or because a queue was full"],
        codes: &["WSAENOBUFS"],
        numbers: &[Number::System(10055)],
        meaning: "This server has run out of ports or memory for connections.",
        example: "System.Net.Sockets.SocketException: because the system lacked sufficient buffer space or because a queue was full",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-timed-out",
        layer: Layer::Socket,
        patterns: &[
            "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond",
            "A connection attempt failed because the connected party did not properly respond after a period of time",
        ],
        wordings: &[
            hant("連線嘗試失敗，因為連線對象有一段時間並未正確回應"),
            de(
                "Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat",
            ),
            fr(
                "Une tentative de connexion a échoué car le parti connecté n'a pas répondu convenablement au-delà d'une certaine durée",
            ),
            hans("由于连接方在一段时间后没有正确答复或连接的主机没有反应"),
            ja("接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかったため"),
        ],
        codes: &["WSAETIMEDOUT"],
        numbers: &[Number::System(10060)],
        meaning: "Nobody answered: something drops the packets. The address tells whether the proxy or a public host was tried.",
        example: "System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond 10.20.0.5:8080",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-refused",
        layer: Layer::Socket,
        patterns: &[
            "No connection could be made because the target machine actively refused it",
            "Aucune connexion n'a pu être établie car l'ordinateur cible l'a expressément refusée",
        ],
        wordings: &[
            de("Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte"),
            hans("由于目标计算机积极拒绝，无法连接"),
            hans("由于目标计算机积极拒绝,无法连接"),
            ja("対象のコンピューターによって拒否されたため、接続できませんでした"),
            hant("無法連線，因為目標電腦拒絕連線"),
        ],
        codes: &["WSAECONNREFUSED"],
        numbers: &[Number::System(10061)],
        meaning: "The target refused the connection: a wrong port, or nothing listens there.",
        example: "System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it 10.20.0.5:8080",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-host-down",
        layer: Layer::Socket,
        patterns: &["A socket operation failed because the destination host was down"],
        codes: &["WSAEHOSTDOWN"],
        numbers: &[Number::System(10064)],
        meaning: "The target host is down.",
        example: "System.Net.Sockets.SocketException: A socket operation failed because the destination host was down",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-provider-failed",
        layer: Layer::Local,
        patterns: &["The requested service provider could not be loaded or initialized"],
        codes: &["WSAEPROVIDERFAILEDINIT"],
        numbers: &[Number::System(10106)],
        meaning: "The socket catalogue of this server is broken.",
        example: "System.Net.Sockets.SocketException: The requested service provider could not be loaded or initialized",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-host-unknown",
        layer: Layer::Name,
        patterns: &["No such host is known"],
        wordings: &[
            de("Es ist kein solcher Host bekannt"),
            de("Der angegebene Host ist unbekannt"),
            fr("Hôte inconnu"),
            fr("Cet hôte est inconnu"),
            hans("不知道这样的主机"),
            ja("そのようなホストは不明です"),
        ],
        codes: &["WSAHOST_NOT_FOUND"],
        numbers: &[Number::System(11001)],
        meaning: "The resolver of this server does not know the name.",
        example: "System.Net.Sockets.SocketException: No such host is known",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-name-try-again",
        layer: Layer::Name,
        patterns: &["This is usually a temporary error during hostname resolution"],
        codes: &["WSATRY_AGAIN"],
        numbers: &[Number::System(11002)],
        meaning: "The resolver got no answer from the internet.",
        example: "System.Net.Sockets.SocketException: This is usually a temporary error during hostname resolution",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-name-no-recovery",
        layer: Layer::Name,
        patterns: &["A non-recoverable error occurred during a database lookup"],
        codes: &["WSANO_RECOVERY"],
        numbers: &[Number::System(11003)],
        meaning: "The DNS server refuses or is broken.",
        example: "System.Net.Sockets.SocketException: A non-recoverable error occurred during a database lookup",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "socket-name-no-data",
        layer: Layer::Name,
        patterns: &["The requested name is valid, but no data of the requested type was found"],
        codes: &["WSANO_DATA"],
        numbers: &[Number::System(11004)],
        meaning: "The name exists, but not with the kind of address that was asked for.",
        example: "System.Net.Sockets.SocketException: The requested name is valid, but no data of the requested type was found",
        source: "MicrosoftDocs/win32, windows-sockets-error-codes-2",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
