//! Events and service codes of the sync engine about the cloud. A numbered code proves that the service answered.

use super::number::Number;
use super::{ErrorEntry, Layer, LookAlike, event};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "sync-cannot-communicate",
        layer: Layer::Wrapper,
        patterns: &["Unable to communicate with the Windows Azure Active Directory service"],
        codes: &["ProvisionRetryException"],
        meaning: "The call to the service failed on the way. The inner exception tells whether network, TLS or proxy did it.",
        example: "Microsoft.Online.Coexistence.ProvisionRetryException: Unable to communicate with the Windows Azure Active Directory service.",
        source: "SupportArticles-docs, KB 3013032",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-ping-failed",
        layer: Layer::Wrapper,
        codes: &["PingProvisioningServiceEndPoint"],
        meaning: "The first call of the sync service to its endpoint failed after all retries. Where sign-in worked, .NET often has no proxy.",
        example: "Failed even after 5 retries. Action: PingProvisioningServiceEndPoint, Exception: (not copied)",
        source: "SupportArticles-docs, KB 3013032",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-import-failed",
        layer: Layer::Wrapper,
        patterns: &["Failure while importing entries from Windows Azure Active Directory"],
        events: &[event("Directory Synchronization", 109)],
        meaning: "The import from the cloud failed. The exception behind it decides.",
        example: "Failure while importing entries from Windows Azure Active Directory. Exception: (not copied)",
        source: "Directory Synchronization event 109",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-token-failed",
        layer: Layer::Wrapper,
        patterns: &["unable to retrieve a security token for the provisioning web service"],
        meaning: "The sync account got no token. The AADSTS number or the exception behind it decides.",
        example: "GetSecurityToken: unable to retrieve a security token for the provisioning web service (AWS).",
        source: "lazyadmin, Conditional Access and the sync account; event 906",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-credential-ping-failed",
        layer: Layer::Wrapper,
        patterns: &["Failed credential provisioning ping", "Failed credential provisioning batch"],
        events: &[event("Directory Synchronization", 652), event("Directory Synchronization", 655)],
        meaning: "Password hash synchronization could not talk to the cloud. The error behind it decides.",
        look_alikes: &[LookAlike {
            id: "sync-password-hash-domain",
            tell: "That one is the side of the domain controller; this one the side of the cloud.",
        }],
        example: "Failed credential provisioning ping. Error: (not copied)",
        source: "tshoot-connect-password-hash-synchronization; events 652 and 655",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-access-denied",
        layer: Layer::Service,
        patterns: &["Access to Windows Azure Active Directory has been denied"],
        events: &[event("Directory Synchronization", 115)],
        meaning: "The service refused the sync account: its password is expired or disabled, or it is the wrong account.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "Access to Windows Azure Active Directory has been denied. Contact Technical Support.",
        source: "Directory Synchronization event 115",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-must-change",
        layer: Layer::Service,
        patterns: &["Update your password and try again"],
        numbers: &[Number::Result(0x8004_8831)],
        meaning: "The password of the cloud sync account has expired.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        look_alikes: &[LookAlike {
            id: "sync-sign-in-assistant",
            tell: "The same sentence about GetAuthState; 0x80048862 means that the way out is missing, 0x80048831 that the password is expired.",
        }],
        diagnosis: Some("password-expired"),
        example: "Update your password and try again. GetAuthState() failed with -2147186688 state. HResult:0. Contact Technical Support. (0x80048831)",
        source: "practical365, stopped-extension-dll-exception; event 0",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-sign-in-assistant",
        layer: Layer::Service,
        patterns: &[
            "Unable to establish a connection to the authentication service",
            "Verify network connectivity and firewall or proxy settings",
            "SIA authentication is enabled",
            "Authenticate-SIA:",
        ],
        meaning: "The retired sign-in assistant could not reach the sign-in service. It follows WinHTTP settings, not machine.config.",
        rules_out: "machine.config plays no part: the assistant follows WinHTTP.",
        look_alikes: &[LookAlike {
            id: "sync-password-must-change",
            tell: "The same sentence about GetAuthState with 0x80048831 means an expired password.",
        }],
        diagnosis: Some("sign-in-assistant-proxy"),
        example: "Unable to establish a connection to the authentication service. Contact Technical Support. GetAuthState() failed with -2147186688 state. HResult:0. (0x80048862)",
        source: "tshoot-connect-connectivity, The sign-in assistant isn't configured correctly; KB 3013032",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-sign-in-assistant-outdated",
        layer: Layer::Local,
        patterns: &["Failed to get address for method: CreateIdentityHandle2"],
        meaning: "The sign-in assistant of this server is outdated. It is no network problem.",
        rules_out: "The network is not the cause.",
        example: "Failed to get address for method: CreateIdentityHandle2 from library msoidcli.dll. GetLastError code: 127",
        source: "SupportArticles-docs, failed-get-address-method (KB 3037953)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-auth-state",
        layer: Layer::Wrapper,
        patterns: &["GetAuthState() failed with"],
        numbers: &[Number::Result(0x8004_8862)],
        meaning: "The retired sign-in assistant failed. The code at the end tells more.",
        look_alikes: &[
            LookAlike { id: "sync-password-must-change", tell: "0x80048831 behind it: the password is expired." },
            LookAlike { id: "sync-sign-in-assistant", tell: "0x80048862 behind it: the assistant has no way out." },
        ],
        example: "GetAuthState() failed with -2147186688 state. HResult:0.",
        source: "Directory Synchronization event 0",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-client-retired",
        layer: Layer::Service,
        patterns: &["Directory Sync tool is no longer supported"],
        meaning: "The service refuses this release of the synchronization client.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        diagnosis: Some("client-version-retired"),
        example: "This version of the Microsoft Online Services Directory Sync tool is no longer supported.",
        source: "Directory Synchronization events 0 and 109",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-code-78",
        layer: Layer::Service,
        patterns: &["Error Code: 78"],
        meaning: "The service rejected the state of the last import, typically after a long pause. The network works. Run one initial cycle: Start-ADSyncSyncCycle -PolicyType Initial.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "ProvisionException: An error occurred. Error Code: 78. Error Description: An internal error has occurred.",
        source: "Directory Synchronization event 109",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-code-81",
        layer: Layer::Service,
        patterns: &["Windows Azure Active Directory is currently busy", "Error Code: 81"],
        meaning: "The service answered that it is busy. The network works, and the call is repeated by itself.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        look_alikes: &[LookAlike { id: "http-429", tell: "The same wish for a pause, as an HTTP status." }],
        diagnosis: Some("service-throttled"),
        example: "An error occurred. Error Code: 81. Error Description: Windows Azure Active Directory is currently busy. This operation will be retried automatically.",
        source: "SupportArticles-docs, KB 2855271; event 652",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-code-90",
        layer: Layer::Service,
        patterns: &["Password Synchronization has not been activated for this company", "Error Code: 90"],
        meaning: "Password synchronization is not switched on in the tenant. The network works.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "ProvisionException: An error occurred. Error Code: 90. Error Description: Password Synchronization has not been activated for this company.",
        source: "SupportArticles-docs, KB 2855271; event 655",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-code-106",
        layer: Layer::Service,
        patterns: &["Sync from on-premise is not supported for this tenant", "Error Code: 106."],
        meaning: "The service answered, and this tenant takes no objects from an on-premises directory. It is a matter of the tenant; the network works.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "ProvisionException: An error occurred. Error Code: 106. Error Description: Sync from on-premise is not supported for this tenant.",
        source: "MicrosoftDocs/azure-docs issue 13750",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-notification",
        layer: Layer::Wrapper,
        patterns: &["The server encountered an unexpected error while processing a password change notification"],
        events: &[event("ADSync", 6900)],
        meaning: "A password change could not be processed. The inner text decides.",
        example: "The server encountered an unexpected error while processing a password change notification: (not copied)",
        source: "ADSync event 6900",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-large-object",
        layer: Layer::Service,
        patterns: &["Error Name: LargeObject", "The provisioned object is too large"],
        events: &[event("ADSync", 6941)],
        meaning: "An object is too large for the service. It is no network problem.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "ECMA2 MA export run caused an error. Error Name: LargeObject.",
        source: "ADSync event 6941",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-same-key",
        layer: Layer::Local,
        patterns: &["An item with the same key has already been added"],
        meaning: "A fault of the product, not of the network.",
        rules_out: "The network is not the cause.",
        example: "An item with the same key has already been added.",
        source: "ADSync event 6900",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-dirsync-state-change",
        layer: Layer::Service,
        patterns: &["You cannot turn off Active Directory synchronization"],
        codes: &["DirSyncStatusChangeNotAllowedException"],
        meaning: "The tenant is still changing its synchronization state. The service answered, so the network works.",
        rules_in: "The service answered: the way to it is open.",
        rules_out: "The proxy and the firewall are not the cause.",
        example: "Set-MsolDirSyncEnabled : You cannot turn off Active Directory synchronization.",
        source: "Field paste",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-application-certificate-expired",
        layer: Layer::Service,
        patterns: &[
            "certificate used for application-based authentication has expired",
            "certificate used for application based authentication has expired",
            "certificate of the application identity has expired",
            "application authentication certificate has expired",
        ],
        events: &[event("ADSync", 1012)],
        meaning: "The certificate with which the sync application signs in has expired. It looks like an outage, but the network works.",
        rules_in: "The release signs in as an application with a certificate.",
        rules_out: "The proxy and the firewall are not the cause.",
        look_alikes: &[LookAlike {
            id: "sync-application-certificate-due",
            tell: "There the certificate is still valid.",
        }],
        diagnosis: Some("application-credential-expired"),
        example: "The certificate used for application-based authentication has expired. Rotate the certificate.",
        source: "Learn, authenticate-application-id; ADSync event 1012",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-application-certificate-due",
        layer: Layer::Service,
        patterns: &[
            "certificate used for application-based authentication is due for rotation",
            "certificate used for application-based authentication will expire",
        ],
        events: &[event("ADSync", 1011)],
        meaning: "The certificate of the sync application is due for rotation, 150 days or less before its end. Nothing fails yet.",
        rules_in: "The release signs in as an application with a certificate.",
        rules_out: "It is not the cause of a present failure.",
        look_alikes: &[LookAlike { id: "sync-application-certificate-expired", tell: "There the end has come." }],
        example: "ProviderName : ADSync\nId           : 1011\nMessage      : (not copied)",
        source: "Learn, authenticate-application-id; ADSync event 1011",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-application-key-without-tpm",
        layer: Layer::Local,
        events: &[event("ADSync", 1014)],
        meaning: "The key of the sync application is not kept in a TPM. It is a warning only; sign-in works.",
        rules_in: "The release signs in as an application with a certificate.",
        rules_out: "It is not the cause of a failure.",
        example: "ProviderName : ADSync\nId           : 1014\nMessage      : (not copied)",
        source: "Learn, authenticate-application-id; ADSync event 1014",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-endpoint-or-sign-in",
        layer: Layer::Wrapper,
        patterns: &["AzureActiveDirectoryDirectorySyncTool Error: 906"],
        events: &[event("Directory Synchronization", 906)],
        meaning: "The sync service could not reach its endpoint or was refused there; the entry 904 beside it and the inner exception decide.",
        look_alikes: &[LookAlike { id: "sync-sign-in-detail", tell: "904 is the detail of the same failure." }],
        example: "Source: Directory Synchronization
Event ID: 906
Level: Error",
        source: "SupportArticles-docs, KB 3013032; lazyadmin, Conditional Access and the sync account",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-sign-in-detail",
        layer: Layer::Wrapper,
        events: &[event("Directory Synchronization", 904), event("Directory Synchronization", 659)],
        meaning: "Details of a failed sign-in of the sync account; the AADSTS number in it decides.",
        look_alikes: &[LookAlike { id: "sync-endpoint-or-sign-in", tell: "906 is the headline of the same failure." }],
        example: "Source: Directory Synchronization
Event ID: 904
Level: Error",
        source: "lazyadmin, Conditional Access and the sync account",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-connectivity",
        layer: Layer::Wrapper,
        events: &[event("Directory Synchronization", 612)],
        meaning: "Password hash synchronization has lost a connection, to a domain controller or to the cloud; the events 611, 652 and 655 beside it tell which (wording not found).",
        example: "Source: Directory Synchronization
Event ID: 612
Level: Error",
        source: "tshoot-connect-password-hash-synchronization",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-heartbeat-skipped",
        layer: Layer::Headline,
        patterns: &["Password Hash Synchronization heartbeat was skipped"],
        meaning: "The tenant has seen no heartbeat of password hash synchronization for two hours; events 652 and 655 of the server tell why.",
        example: "Password Hash Synchronization heartbeat was skipped in last 120 minutes",
        source: "Connect Health alert catalog",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-not-seen-by-the-tenant",
        layer: Layer::Headline,
        patterns: &[
            "register a synchronization attempt",
            "Unhealthy Identity Synchronization Notification",
            "Password sync: no recent synchronization",
            "no recent password hash synchronization",
        ],
        meaning: "The tenant has seen no synchronization for a day or longer. A stopped service, a paused scheduler, a server that is off and a blocked way all look the same from there; only the server tells which.",
        rules_out: "It says nothing about the cause.",
        look_alikes: &[LookAlike {
            id: "sync-health-data-late",
            tell: "That one is about the Health agent; synchronization may be healthy.",
        }],
        example: "Microsoft Entra ID did not register a synchronization attempt from the Identity synchronization tool in the last 24 hours",
        source: "Microsoft support, KB 2882421 (the sentence); subject of the mail as seen in public threads, unconfirmed",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-scheduler-off",
        layer: Layer::Local,
        patterns: &["SyncCycleEnabled : False", "SchedulerSuspended : True"],
        meaning: "The scheduler is switched off or suspended, so no cycle starts by itself. Set-ADSyncScheduler -SyncCycleEnabled $true switches it on; closing the wizard ends a suspension.",
        rules_out: "The network is not the reason why no cycle starts.",
        look_alikes: &[LookAlike {
            id: "sync-not-seen-by-the-tenant",
            tell: "That is how the tenant sees it; here the server says why.",
        }],
        example: "SyncCycleEnabled                    : False",
        source: "Learn, how-to-connect-sync-feature-scheduler",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-staging-mode",
        layer: Layer::Local,
        patterns: &["StagingModeEnabled : True"],
        meaning: "This server is in staging mode: it imports and computes, and exports nothing, as intended. Another server must be the active one.",
        rules_out: "Missing exports are no matter of the network.",
        example: "StagingModeEnabled                  : True",
        source: "Learn, how-to-connect-sync-staging-server",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-health-data-late",
        layer: Layer::Headline,
        patterns: &["Health service data isn't up to date", "Health service data is not up to date"],
        meaning: "The Connect Health agent has sent nothing for two hours. It has its own way out; synchronization may be healthy.",
        rules_out: "It says nothing about synchronization.",
        example: "Health service data isn't up to date",
        source: "Connect Health alert catalog",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-health-sign-in",
        layer: Layer::Headline,
        patterns: &[
            "Connection to Microsoft Entra ID failed due to authentication failure",
            "Connection to Azure Active Directory failed due to authentication failure",
        ],
        meaning: "The tenant reports that a run of the Entra connector failed at sign-in; the AADSTS number on the server decides.",
        example: "Connection to Microsoft Entra ID failed due to authentication failure",
        source: "Connect Health alert catalog",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
