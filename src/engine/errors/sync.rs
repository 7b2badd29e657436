//! Run results, events and service codes of the sync engine. Which connector failed decides first: proxy and sign-in
//! concern only the Entra one.

use super::number::Number;
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "sync-no-start-connection",
        layer: Layer::Headline,
        codes: &["no-start-connection", "ErrorNoStartConnection"],
        meaning: "A run could not connect. For the Active Directory connector it is the domain controller, for the Entra connector the service.",
        example: "Export  contoso.onmicrosoft.example - AAD  no-start-connection",
        source: "Field run logs and MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-no-start-credentials",
        layer: Layer::Headline,
        codes: &["no-start-credentials", "ErrorNoStartCredentials"],
        meaning: "The account of the Active Directory connector is refused.",
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
        layer: Layer::Headline,
        codes: &["no-start-no-domain-controller", "ErrorNoStartNoDomainController"],
        meaning: "No domain controller was found. The cloud is not involved.",
        example: "Delta Import  ad.contoso.example  no-start-no-domain-controller",
        source: "SupportArticles-docs, KB 2684395",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-stopped-connectivity",
        layer: Layer::Headline,
        patterns: &["because of connectivity issues", "Synchronization stopped because of connectivity loss"],
        codes: &["stopped-connectivity", "ErrorStoppedConnectivity"],
        meaning: "The connection was lost in the middle of a run.",
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
        meaning: "The Entra connector threw an exception. Its stack names the cause: a proxy, TLS, the sync account or a policy.",
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
        example: "Connection Status: dropped-connection",
        source: "MicrosoftDocs/MIMDocs, maerrorcodes",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-connector-credentials",
        layer: Layer::Service,
        patterns: &["failed to run because the credentials were invalid"],
        meaning: "The account of the Active Directory connector is refused. The cloud is not involved.",
        example: "The management agent \"ad.contoso.example\" failed to run because the credentials were invalid.",
        source: "how-to-connect-sync-change-addsacct-pass; ADSync event 6000",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-database-full",
        layer: Layer::Local,
        codes: &["stopped-database-disk-full", "ErrorStoppedDatabaseDiskFull"],
        meaning: "The database has reached its size limit or the disk is full. It is no network problem.",
        example: "Full Import  stopped-database-disk-full",
        source: "SupportArticles-docs, KB 2684395",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
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
        meaning: "Password hash synchronization could not talk to the cloud. The error behind it decides.",
        example: "Failed credential provisioning ping. Error: (not copied)",
        source: "tshoot-connect-password-hash-synchronization; events 652 and 655",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-access-denied",
        layer: Layer::Service,
        patterns: &["Access to Windows Azure Active Directory has been denied"],
        meaning: "The service refused the sync account: its password is expired or disabled, or it is the wrong account.",
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
        meaning: "The service rejected the state of the last import, typically after a long pause. The network works; an initial cycle helps.",
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
        example: "ProvisionException: An error occurred. Error Code: 90. Error Description: Password Synchronization has not been activated for this company.",
        source: "SupportArticles-docs, KB 2855271; event 655",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-hash-domain",
        layer: Layer::Service,
        patterns: &["Password hash synchronization failed for domain", "Password synchronization failed for domain"],
        meaning: "Password hash synchronization failed against a domain controller. The proxy is not involved.",
        example: "Password hash synchronization failed for domain: ad.contoso.example, domain controller hostname: dc01.ad.contoso.example",
        source: "tshoot-connect-password-hash-synchronization; event 611",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-password-notification",
        layer: Layer::Wrapper,
        patterns: &["The server encountered an unexpected error while processing a password change notification"],
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
        meaning: "An object is too large for the service. It is no network problem.",
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
        example: "An item with the same key has already been added.",
        source: "ADSync event 6900",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-writeback-service-bus",
        layer: Layer::Wrapper,
        patterns: &["Error Connecting to ServiceBus"],
        codes: &["ServiceBusListenerError"],
        meaning: "Password writeback cannot reach its Service Bus.",
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
        meaning: "Password writeback got no token, often because a federated administrator was used in the wizard.",
        example: "AuthTokenError: Error getting auth token.",
        source: "troubleshoot-sspr-writeback; event 32009",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-dirsync-state-change",
        layer: Layer::Service,
        patterns: &["You cannot turn off Active Directory synchronization"],
        codes: &["DirSyncStatusChangeNotAllowedException"],
        meaning: "The tenant is still changing its synchronization state. The service answered, so the network works.",
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
            "Source: ADSync Event ID: 1012",
            "Source: ADSync Date: {date} Event ID: 1012",
            "ProviderName : ADSync Id : 1012",
            "Id : 1012 ProviderName : ADSync",
        ],
        meaning: "The certificate with which the sync application signs in has expired. It looks like an outage, but the network works.",
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
            "Source: ADSync Event ID: 1011",
            "Source: ADSync Date: {date} Event ID: 1011",
            "ProviderName : ADSync Id : 1011",
            "Id : 1011 ProviderName : ADSync",
        ],
        meaning: "The certificate of the sync application is due for rotation, 150 days or less before its end. Nothing fails yet.",
        example: "ProviderName : ADSync\nId           : 1011\nMessage      : (not copied)",
        source: "Learn, authenticate-application-id; ADSync event 1011",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "sync-application-key-without-tpm",
        layer: Layer::Local,
        patterns: &[
            "Source: ADSync Event ID: 1014",
            "Source: ADSync Date: {date} Event ID: 1014",
            "ProviderName : ADSync Id : 1014",
            "Id : 1014 ProviderName : ADSync",
        ],
        meaning: "The key of the sync application is not kept in a TPM. It is a warning only; sign-in works.",
        example: "ProviderName : ADSync\nId           : 1014\nMessage      : (not copied)",
        source: "Learn, authenticate-application-id; ADSync event 1014",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
