//! The database of the sync engine.

use super::{ErrorEntry, Layer};

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
        diagnosis: Some("database-unreachable"),
        example: "Delta Import  stopped-database-connection-lost",
        source: "Field run logs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
