//! The side of the domain controllers, and password writeback: what looks like the cloud and is not.

use super::number::Number;
use super::{ErrorEntry, Layer, LookAlike, event};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "sync-connector-credentials",
        layer: Layer::Service,
        patterns: &["failed to run because the credentials were invalid"],
        events: &[event("ADSync", 6000)],
        meaning: "The account of the Active Directory connector is refused. The cloud is not involved.",
        rules_in: "The domain controller answered.",
        rules_out: "The proxy and the cloud are not involved.",
        example: "The management agent \"ad.contoso.example\" failed to run because the credentials were invalid.",
        source: "how-to-connect-sync-change-addsacct-pass; ADSync event 6000",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-hash-domain",
        layer: Layer::Service,
        patterns: &["Password hash synchronization failed for domain", "Password synchronization failed for domain"],
        events: &[event("Directory Synchronization", 611)],
        meaning: "Password hash synchronization failed against a domain controller. The proxy is not involved.",
        rules_out: "The proxy and the cloud are not involved.",
        look_alikes: &[LookAlike { id: "sync-credential-ping-failed", tell: "That one is the side of the cloud." }],
        example: "Password hash synchronization failed for domain: ad.contoso.example, domain controller hostname: dc01.ad.contoso.example",
        source: "tshoot-connect-password-hash-synchronization; event 611",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-writeback-service-bus",
        layer: Layer::Wrapper,
        patterns: &["Error Connecting to ServiceBus"],
        codes: &["ServiceBusListenerError"],
        events: &[event("PasswordResetService", 31034), event("PasswordResetService", 32002)],
        meaning: "Password writeback cannot reach its Service Bus.",
        rules_out: "Synchronization itself uses other hosts and may be healthy.",
        example: "Error Connecting to ServiceBus. The token provider was unable to provide a security token.",
        source: "troubleshoot-sspr-writeback; events 31034 and 32002",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-writeback-token",
        layer: Layer::Service,
        patterns: &["Error getting auth token"],
        codes: &["AuthTokenError"],
        events: &[event("PasswordResetService", 32009)],
        meaning: "Password writeback got no token, often because a federated administrator was used in the wizard.",
        example: "AuthTokenError: Error getting auth token.",
        source: "troubleshoot-sspr-writeback; event 32009",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-rpc-unavailable",
        layer: Layer::Service,
        patterns: &[
            "RPC Error 1722",
            "RPC Error 1723",
            "RPC Error 1726",
            "RPC Error 1727",
            "RPC Error 1728",
            "The RPC server is unavailable",
            "The RPC server is too busy to complete this operation",
        ],
        meaning: "A domain controller does not answer over RPC: port 135 and the dynamic ports 49152 to 65535 must be open from this server to it, and it must be up.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        look_alikes: &[LookAlike {
            id: "sync-domain-no-endpoint",
            tell: "There port 135 answers and the dynamic port behind it does not.",
        }],
        example: "DrsException: RPC Error 1722 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-no-endpoint",
        layer: Layer::Service,
        patterns: &["RPC Error 1753", "There are no more endpoints available from the endpoint mapper"],
        meaning: "Port 135 of the domain controller answers, but the dynamic RPC port that it names is blocked.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        look_alikes: &[LookAlike {
            id: "sync-domain-rpc-unavailable",
            tell: "There already port 135 does not answer.",
        }],
        example: "DrsException: RPC Error 1753 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-replication-denied",
        layer: Layer::Service,
        patterns: &["RPC Error 8453", "Replication access was denied"],
        meaning: "The account of the Active Directory connector lacks the right to read password hashes: Replicating Directory Changes and Replicating Directory Changes All.",
        rules_in: "The domain controller was reached and knows the account.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        look_alikes: &[LookAlike { id: "sync-connector-credentials", tell: "There the account itself is refused." }],
        example: "DrsException: RPC Error 8453 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-account-refused",
        layer: Layer::Service,
        patterns: &["RPC Error 1326", "RPC Error 1331"],
        meaning: "The domain controller refuses the account of the Active Directory connector: wrong password (1326) or disabled (1331).",
        rules_in: "The domain controller was reached.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        look_alikes: &[LookAlike { id: "wizard-password-not-verified", tell: "That one concerns the cloud account." }],
        example: "DrsException: RPC Error 1326 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-controller-trouble",
        layer: Layer::Service,
        patterns: &[
            "RPC Error 14",
            "RPC Error 1127",
            "RPC Error 1130",
            "RPC Error 1450",
            "RPC Error 8446",
            "RPC Error 8451",
            "RPC Error 8456",
            "RPC Error 8593",
        ],
        meaning: "The domain controller or its replication is in trouble; its own directory event log tells more.",
        rules_in: "The domain controller was reached.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        example: "DrsException: RPC Error 14 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-naming",
        layer: Layer::Service,
        patterns: &["RPC Error 8333", "RPC Error 8420", "RPC Error 8439"],
        meaning: "The domain controller does not know the object or the partition that was asked for: a renamed or removed domain.",
        rules_in: "The domain controller was reached.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        example: "DrsException: RPC Error 8333 : (text not copied)",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-domain-not-found",
        layer: Layer::Service,
        patterns: &[
            "An exception occurred while attempting to locate a domain controller",
            "Unable to open connection to domain",
            "There was an error establishing a connection to the directory replication service",
            "There was an error creating the connection context",
        ],
        meaning: "No connection to a domain controller came about: DNS of the domain, the ports to it, or the controller itself.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        example: "An exception occurred while attempting to locate a domain controller",
        source: "SupportArticles-docs, rpc-errors-affecting-aadconnect; tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-set-password-failed",
        layer: Layer::Service,
        patterns: &["BAIL: MMS({thread}): {detail}0x8023061f"],
        numbers: &[Number::Result(0x8023_061F)],
        events: &[event("ADSync", 6329)],
        meaning: "A password could not be written to a domain controller. 0x6BA in it means that RPC to the controller is blocked.",
        rules_out: "The proxy and the cloud are not involved: it is the way to a domain controller.",
        example: "BAIL: MMS(4612): passwordext.cpp(0): 0x8023061f",
        source: "SupportArticles-docs, password writeback; ADSync event 6329",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-no-logon-server",
        layer: Layer::Local,
        codes: &["kerberos-no-logon-server"],
        meaning: "No logon server was found for the domain: NetBIOS or DNS names of the domain are wrong.",
        rules_out: "The proxy and the cloud are not involved.",
        example: "Export error: kerberos-no-logon-server",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-writeback-blocked",
        layer: Layer::Wrapper,
        codes: &["OnBoardingServiceError"],
        events: &[
            event("PasswordResetService", 32011),
            event("PasswordResetService", 32001),
            event("PasswordResetService", 31044),
            event("ADSync", 6800),
        ],
        meaning: "Password writeback cannot reach its service: TCP 443, with older releases 9350 to 9354 too, to the Service Bus hosts.",
        rules_out: "Synchronization itself uses other hosts and may be healthy.",
        example: "Source: PasswordResetService
Event ID: 32011
Level: Error",
        source: "troubleshoot-sspr-writeback",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-too-long",
        layer: Layer::Service,
        patterns: &["Synchronization Engine returned an error hr=800700CE"],
        meaning: "A password is longer than 256 characters.",
        rules_out: "The network is not the cause.",
        example: "Synchronization Engine returned an error hr=800700CE, message=The filename or extension is too long.",
        source: "troubleshoot-sspr-writeback",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
