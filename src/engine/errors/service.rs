//! The Windows service of the sync engine.

use super::language::{de, es, fr, hans, ja};
use super::{ErrorEntry, Layer, LookAlike};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "service-no-local-endpoint",
        layer: Layer::Local,
        patterns: &["There was no endpoint listening at net.pipe://localhost"],
        meaning: "The sync service does not run: nothing listens on the local pipe that its cmdlets and the wizard use.",
        rules_out: "The network and the cloud are not involved: it is a matter of this server.",
        look_alikes: &[LookAlike {
            id: "dotnet-no-endpoint",
            tell: "There the address is a host of Microsoft: a network matter.",
        }],
        diagnosis: Some("sync-service-stopped"),
        example: "System.ServiceModel.EndpointNotFoundException: There was no endpoint listening at net.pipe://localhost/ADSyncManagement that could accept the message.",
        source: "dotnet/wcf, Strings.resx; errors-sync R19",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "service-logon-failure",
        layer: Layer::Local,
        patterns: &[
            "The service did not start due to a logon failure",
            "The ADSync service was unable to log on as {account} with the currently configured password",
            "The ADSync service was unable to log on as",
            // WIN32_EXIT_CODE of sc query, in any language.
            "1069 (0x42d)",
        ],
        wordings: &[
            hans("由于登录失败而无法启动服务").unconfirmed(),
            de("Der Dienst konnte wegen einer fehlerhaften Anmeldung nicht gestartet werden").unconfirmed(),
            fr("Le service n'a pas pu être démarré en raison d'un échec d'ouverture de session").unconfirmed(),
            es("El servicio no se ha iniciado debido a un error de inicio de sesión").unconfirmed(),
            ja("ログオンに失敗したため、サービスを開始できませんでした").unconfirmed(),
        ],
        meaning: "The sync service cannot start because Windows refuses its own account.",
        rules_in: "Windows refused the account of the service.",
        rules_out: "The network and the cloud are not involved: it is a matter of this server.",
        look_alikes: &[LookAlike {
            id: "wizard-password-not-verified",
            tell: "The same words about the cloud account, from the sign-in service.",
        }],
        diagnosis: Some("sync-service-stopped"),
        example: "The ADSync service was unable to log on as CONTOSO\\svc-sync with the currently configured password due to the following error: (text not copied)",
        source: "Service Control Manager events 7000 and 7038",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "service-failed-to-start",
        layer: Layer::Local,
        patterns: &[
            "The Microsoft Azure AD Sync service failed to start",
            "The Microsoft Entra ID Sync service failed to start",
            "StartService unable to start service (ADSync)",
            "The Microsoft Azure AD Sync service terminated unexpectedly",
            "Cannot start service 'ADSync'",
            "Cannot start service ADSync on computer",
        ],
        meaning: "The sync service did not start.",
        rules_out: "The network and the cloud are not involved: it is a matter of this server.",
        diagnosis: Some("sync-service-stopped"),
        example: "StartService unable to start service (ADSync)",
        source: "Service Control Manager; Microsoft Q&A trace 2022-01",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "service-stopped",
        layer: Layer::Local,
        patterns: &[
            "Stopped ADSync",
            "Name : ADSync DisplayName : {display} Status : Stopped",
            "Entra Connect Sync Service isn't running",
            "Azure AD Connect Sync Service isn't running",
        ],
        meaning: "The sync service is stopped.",
        rules_out: "The network and the cloud are not involved: it is a matter of this server.",
        diagnosis: Some("sync-service-stopped"),
        example: "Stopped  ADSync             Microsoft Azure AD Sync",
        source: "Get-Service; Connect Health alert catalog",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "service-not-found",
        layer: Layer::Local,
        patterns: &["Service ADSync was not found on computer", "Cannot find any service with service name 'ADSync'"],
        meaning: "The sync service is not installed on this server. It is an installation problem, not connectivity.",
        rules_out: "The network and the cloud are not involved: it is a matter of this server.",
        example: "GetServiceStatus: Service ADSync was not found on computer '.'.",
        source: "Microsoft Q&A trace 2022-01",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
