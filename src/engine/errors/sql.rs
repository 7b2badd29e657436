//! The database of the sync engine.

use super::language::{de, es, fr, hans, hant, it, ja, ko, pt, ru};
use super::{ErrorEntry, Layer, LookAlike, event};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "sql-server-unreachable",
        layer: Layer::Local,
        patterns: &[
            "while establishing a connection to SQL Server",
            "SQL Network Interfaces, error",
            "Error Locating Server/Instance Specified",
            // What SqlClient closes its texts with; the words in the brackets are translated, the form is not.
            "(provider: {provider}, error: {number} - ",
        ],
        wordings: &[
            de("Netzwerkbezogener oder instanzspezifischer Fehler beim Herstellen einer Verbindung mit SQL Server"),
            es(
                "Error relacionado con la red o específico de la instancia mientras se establecía una conexión con el servidor SQL Server",
            ),
            fr(
                "Une erreur liée au réseau ou spécifique à l'instance s'est produite lors de l'établissement d'une connexion à SQL Server",
            ),
            it(
                "Si è verificato un errore di rete o specifico dell'istanza mentre si cercava di stabilire una connessione con SQL Server",
            ),
            ja("SQL Server への接続を確立しているときにネットワーク関連またはインスタンス固有のエラーが発生しました"),
            ko("SQL Server에 연결을 설정하는 중에 네트워크 관련 또는 인스턴스 관련 오류가 발생했습니다"),
            pt("Erro de rede ou específico à instância ao estabelecer conexão com o SQL Server"),
            pt("Ocorreu um erro relacionado à rede ou específico à instância"),
            ru(
                "При установлении соединения с SQL Server произошла ошибка, связанная с сетью или с определенным экземпляром",
            ),
            hans("在与 SQL Server 建立连接时出现与网络相关的或特定于实例的错误"),
            hant("建立連接至 SQL Server 時，發生網路相關或執行個體特定的錯誤"),
        ],
        meaning: "The SQL Server instance of the sync engine does not answer. It is on-premises; the cloud and the proxy are not involved.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike {
            id: "dotnet-unable-to-connect",
            tell: "The words are alike; this text names SQL Server or a provider of it.",
        }],
        diagnosis: Some("database-unreachable"),
        example: "A network-related or instance-specific error occurred while establishing a connection to SQL Server. (provider: SQL Network Interfaces, error: 26 - Error Locating Server/Instance Specified)",
        source: "tshoot-connect-tshoot-sql-connectivity; dotnet/SqlClient, LocalizationTest.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sql-connection-lost",
        layer: Layer::Local,
        codes: &["stopped-database-connection-lost"],
        meaning: "The sync engine lost its database during a run.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike {
            id: "sync-stopped-connectivity",
            tell: "There the connection to the directory or the cloud was lost, not the database.",
        }],
        diagnosis: Some("database-unreachable"),
        example: "Delta Import  stopped-database-connection-lost",
        source: "Field run logs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sql-login-failed",
        layer: Layer::Local,
        patterns: &[
            "Login failed for user '{account}'",
            "Cannot open database \"ADSync\" requested by the login",
            "Cannot open database 'ADSync' requested by the login",
        ],
        meaning: "SQL Server was reached and refuses the account of the sync service or of the person who runs the wizard.",
        rules_in: "SQL Server was reached.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike { id: "wizard-password-not-verified", tell: "That one concerns the cloud account." }],
        diagnosis: Some("database-unreachable"),
        example: "Login failed for user 'CONTOSO\\svc-sync'.",
        source: "SQL Server error 18456; tshoot-connect-tshoot-sql-connectivity",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sql-login-process",
        layer: Layer::Local,
        patterns: &[
            "A connection was successfully established with the server, but then an error occurred during the login process",
            "A connection was successfully established with the server, but then an error occurred during the pre-login handshake",
            "(provider: SSL Provider, error: {number} - ",
            "The target principal name is incorrect. Cannot generate SSPI context",
            "Cannot generate SSPI context",
        ],
        meaning: "SQL Server was reached, but the secure connection to it failed: this server and SQL Server do not agree on TLS, or the certificate of SQL Server is not trusted here.",
        rules_in: "SQL Server was reached.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike {
            id: "tls-untrusted-root",
            tell: "There a web request meets the certificate; this one names a provider of SQL Server.",
        }],
        diagnosis: Some("database-unreachable"),
        example: "A connection was successfully established with the server, but then an error occurred during the login process. (provider: SSL Provider, error: 0 - The certificate chain was issued by an authority that is not trusted.)",
        source: "Microsoft, SQL Server connectivity: the certificate chain was issued by an authority that is not trusted",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sql-localdb",
        layer: Layer::Local,
        patterns: &[
            "Local Database Runtime error occurred",
            "Unable to locate a Local Database Runtime installation",
            // What the instance itself writes into the Application log.
            "Windows API call WaitForMultipleObjects returned error code",
        ],
        events: &[
            event("SQLLocalDB 11.0", 528),
            event("SQLLocalDB 13.0", 528),
            event("SQLLocalDB 15.0", 528),
            event("SQLLocalDB 16.0", 528),
        ],
        meaning: "The local database of the sync engine does not start or is not installed.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        diagnosis: Some("database-unreachable"),
        example: "Local Database Runtime error occurred. Cannot create an automatic instance.",
        source: "SqlClient texts for LocalDB; event 528 of SQLLocalDB, its wording and the versions in its source name are general knowledge (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sql-timeout",
        layer: Layer::Local,
        patterns: &[
            "The timeout period elapsed prior to completion of the operation or the server is not responding",
            "The timeout period elapsed prior to obtaining a connection from the pool",
        ],
        meaning: "The database took too long to answer a command.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike { id: "dotnet-timed-out", tell: "There a web request waited in vain." }],
        example: "Execution Timeout Expired. The timeout period elapsed prior to completion of the operation or the server is not responding.",
        source: "SqlClient texts",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
