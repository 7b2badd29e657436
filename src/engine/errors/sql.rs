//! The database of the sync engine.

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
        ],
        meaning: "The SQL Server instance of the sync engine does not answer. It is on-premises; the cloud and the proxy are not involved.",
        rules_out: "The internet, the proxy and the sign-in are not involved: it is the database on premises.",
        look_alikes: &[LookAlike {
            id: "dotnet-unable-to-connect",
            tell: "The words are alike; this text names SQL Server or a provider of it.",
        }],
        diagnosis: Some("database-unreachable"),
        example: "A network-related or instance-specific error occurred while establishing a connection to SQL Server. (provider: SQL Network Interfaces, error: 26 - Error Locating Server/Instance Specified)",
        source: "tshoot-connect-tshoot-sql-connectivity",
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
        example: "Login failed for user 'CONTOSO\\svc-sync'.",
        source: "SQL Server error 18456; tshoot-connect-tshoot-sql-connectivity",
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
