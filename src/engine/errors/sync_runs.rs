//! Results of run profiles and of connections. Which connector failed decides first: proxy and sign-in concern only
//! the Entra one.

use super::{ErrorEntry, Layer, LookAlike, event};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "sync-no-start-connection",
        layer: Layer::Headline,
        codes: &["no-start-connection", "ErrorNoStartConnection"],
        meaning: "A run could not connect. For the Active Directory connector it is the domain controller, for the Entra connector the service.",
        look_alikes: &[
            LookAlike {
                id: "sync-no-domain-controller",
                tell: "There it is certain that a domain controller is missing.",
            },
            LookAlike {
                id: "sync-no-start-credentials",
                tell: "There the connection works and the account is refused.",
            },
        ],
        example: "Export  contoso.onmicrosoft.example - AAD  no-start-connection",
        source: "Field run logs and MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-no-start-credentials",
        layer: Layer::Service,
        codes: &["no-start-credentials", "ErrorNoStartCredentials"],
        meaning: "The account of the Active Directory connector is refused.",
        rules_in: "The target answered and refused the account.",
        rules_out: "The network is not the cause.",
        look_alikes: &[LookAlike { id: "sync-no-start-connection", tell: "There no connection came about." }],
        example: "Delta Import  ad.contoso.example  no-start-credentials",
        source: "how-to-connect-sync-change-addsacct-pass",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-no-start-ma",
        layer: Layer::Headline,
        codes: &["no-start-ma"],
        meaning: "The connector could not be loaded, or its run profile is missing. After an upgrade to 2.3.20.0 missing TLS 1.2 shows the same.",
        example: "Delta Import  no-start-ma",
        source: "jpazureid, azure-ad-connect-2-3-20",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-no-domain-controller",
        layer: Layer::Service,
        codes: &["no-start-no-domain-controller", "ErrorNoStartNoDomainController"],
        meaning: "The connector of the on-premises directory found no domain controller, or lost the connection to it. The cloud is not involved.",
        rules_out: "The proxy and the cloud are not involved.",
        example: "Delta Import  ad.contoso.example  no-start-no-domain-controller",
        source: "SupportArticles-docs, KB 2684395",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-deletion-threshold",
        layer: Layer::Service,
        patterns: &["Prevent Accidental Deletes", "accidental delete threshold", "accidental deletion threshold"],
        codes: &["stopped-deletion-threshold-exceeded"],
        events: &[event("Directory Synchronization", 116)],
        meaning: "The export was stopped by the protection against accidental deletions: more objects would be deleted than the threshold allows. If the deletions are meant, run Disable-ADSyncExportDeletionThreshold, export once, and run Enable-ADSyncExportDeletionThreshold; if not, find out which filter or OU changed.",
        rules_in: "The connector was reached, and the export was held back before it changed anything.",
        rules_out: "The network is not the cause.",
        example: "Export  contoso.onmicrosoft.example - AAD  stopped-deletion-threshold-exceeded",
        source: "how-to-connect-sync-feature-prevent-accidental-deletes; Connect Health alert catalog",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-quota-exceeded",
        layer: Layer::Service,
        patterns: &["exceeded the number of objects that can be synchronized"],
        meaning: "The directory quota of the tenant is used up: 50,000 objects, 300,000 with a verified domain. Deleted objects count for 30 days. Remove what is not needed, or have Microsoft support raise the quota.",
        rules_in: "The service answered and took the request.",
        rules_out: "The network is not the cause.",
        look_alikes: &[LookAlike {
            id: "sync-deletion-threshold",
            tell: "There the server itself holds the export back, because of deletions.",
        }],
        example: "Error 016: Synchronization has been stopped. This company has exceeded the number of objects that can be synchronized. Contact Microsoft Online Services Support.",
        source: "SupportArticles-docs, KB 2812409",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-connectivity",
        layer: Layer::Headline,
        patterns: &["because of connectivity issues", "Synchronization stopped because of connectivity loss"],
        codes: &["stopped-connectivity", "ErrorStoppedConnectivity"],
        events: &[event("ADSync", 6050)],
        meaning: "The connection was lost in the middle of a run.",
        rules_in: "The run had begun: the connection worked at first.",
        example: "The management agent \"contoso.onmicrosoft.example - AAD\" failed on run profile \"Export\" because of connectivity issues.",
        source: "Field run logs and MIMDocs, maerrorcodes; ADSync event 6050",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-extension",
        layer: Layer::Headline,
        patterns: &["The extensible extension returned an unsupported error"],
        codes: &["stopped-extension-dll-exception"],
        events: &[event("ADSync", 6801)],
        meaning: "The Entra connector threw an exception. Its stack names the cause: a proxy, TLS, the sync account or a policy.",
        look_alikes: &[LookAlike {
            id: "sync-stopped-server-down",
            tell: "The same causes under another name; the event beside it decides.",
        }],
        example: "Export  contoso.onmicrosoft.example - AAD  stopped-extension-dll-exception",
        source: "SupportArticles-docs, KB 2882421; ADSync event 6801",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-server-down",
        layer: Layer::Headline,
        codes: &["stopped-server-down"],
        meaning: "A run stopped on the server side. It is often no network problem: the sync account is expired, disabled or deleted.",
        look_alikes: &[LookAlike {
            id: "sync-stopped-extension",
            tell: "There the connector threw an exception whose stack names the cause.",
        }],
        example: "Delta Import  contoso.onmicrosoft.example - AAD  stopped-server-down",
        source: "SupportArticles-docs, KB 2882421",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-server",
        layer: Layer::Headline,
        codes: &["stopped-server"],
        meaning: "The sync engine itself stopped the run: the database, the disk or a service restart.",
        rules_out: "The cloud and the proxy are seldom involved.",
        example: "Delta Synchronization  stopped-server",
        source: "ms-identity-support, stopped-server checklist",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-dropped-connection",
        layer: Layer::Headline,
        codes: &["dropped-connection", "failed-connection"],
        meaning: "A connection of a connector was dropped; it often reconnects by itself.",
        rules_in: "A connection had been opened.",
        example: "Connection Status: dropped-connection",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-database-full",
        layer: Layer::Local,
        codes: &["stopped-database-disk-full", "ErrorStoppedDatabaseDiskFull"],
        meaning: "The database has reached its size limit or the disk is full. It is no network problem.",
        rules_out: "The network is not the cause.",
        example: "Full Import  stopped-database-disk-full",
        source: "SupportArticles-docs, KB 2684395",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-extension-other",
        layer: Layer::Wrapper,
        events: &[event("ADSync", 6803)],
        meaning: "The Entra connector reported an error. No source gives the wording of this event; read it like 6801, by its stack (uncertain).",
        look_alikes: &[LookAlike { id: "sync-stopped-extension", tell: "6801 is the documented event of this kind." }],
        example: "Source: ADSync
Event ID: 6803
Level: Error",
        source: "Errors-sync, E-6803 (uncertain)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-partition-missing",
        layer: Layer::Local,
        codes: &["missing-partition-for-run-step", "no-start-partition-delete"],
        events: &[event("ADSync", 6020)],
        meaning: "A partition that the run profile names no longer exists: refresh the partitions of the connector.",
        rules_out: "The network is not the cause.",
        example: "Full Import  missing-partition-for-run-step",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes; ADSync event 6020",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-credentials",
        layer: Layer::Headline,
        codes: &["stopped-credentials"],
        meaning: "The account of a connector was refused in the middle of a run (reading uncertain).",
        look_alikes: &[LookAlike {
            id: "sync-no-start-credentials",
            tell: "There the account was refused at the start.",
        }],
        example: "Delta Import  ad.contoso.example  stopped-credentials",
        source: "Field run logs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-failed-authentication",
        layer: Layer::Service,
        codes: &["failed-authentication"],
        meaning: "The target of a connector does not accept the account.",
        rules_in: "The target answered.",
        rules_out: "The network is not the cause.",
        look_alikes: &[LookAlike { id: "sync-dropped-connection", tell: "There the connection itself failed." }],
        example: "Connection Status: failed-authentication",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-failed-permission",
        layer: Layer::Service,
        codes: &["failed-permission", "permission-issue"],
        meaning: "The account of a connector may not read a container.",
        rules_in: "The target answered.",
        rules_out: "The network is not the cause.",
        example: "Connection Status: failed-permission",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-failed-search",
        layer: Layer::Service,
        codes: &["failed-search"],
        meaning: "A search of a connector failed; the LDAP code beside it tells why.",
        rules_in: "The target answered.",
        example: "Connection Status: failed-search",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-extension-timeout",
        layer: Layer::Service,
        codes: &["extension-dll-timeout"],
        meaning: "The code of the connector took too long.",
        look_alikes: &[LookAlike { id: "sync-stopped-extension", tell: "There the code threw an exception." }],
        example: "Export error: extension-dll-timeout",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-data-errors",
        layer: Layer::Service,
        codes: &[
            "completed-export-errors",
            "completed-sync-errors",
            "completed-discovery-errors",
            "completed-transient-objects",
        ],
        meaning: "The run finished and some objects were refused for their data. The network works.",
        rules_in: "The run reached its target and finished.",
        rules_out: "Proxy, firewall, DNS and TLS are not the cause.",
        example: "Export  contoso.onmicrosoft.example - AAD  completed-export-errors",
        source: "WMI Provider Return Strings, completed values",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
