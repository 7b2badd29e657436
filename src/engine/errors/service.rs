//! The Windows service of the sync engine.

use super::language::{de, es, fr, hans, hant, it, ja, ko, pt};
use super::{ErrorEntry, Layer, LookAlike, event};

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
            // net start, and the dialog of the Services console.
            "System error 1069 has occurred",
            "Error 1069: The service did not start",
        ],
        wordings: &[
            hans("由于登录失败而无法启动服务").unconfirmed(),
            de("Der Dienst konnte wegen einer fehlerhaften Anmeldung nicht gestartet werden").unconfirmed(),
            fr("Le service n'a pas pu être démarré en raison d'un échec d'ouverture de session").unconfirmed(),
            es("El servicio no se ha iniciado debido a un error de inicio de sesión").unconfirmed(),
            es("El servicio no se pudo iniciar debido a un error en el inicio de sesión").unconfirmed(),
            ja("ログオンに失敗したため、サービスを開始できませんでした").unconfirmed(),
            it("Il servizio non è stato avviato a causa di un errore in fase di accesso").unconfirmed(),
            pt("O serviço não foi iniciado devido a uma falha de logon").unconfirmed(),
            ko("로그온 실패로 인해 서비스를 시작하지 못했습니다").unconfirmed(),
            hant("由於登入失敗，所以服務無法啟動").unconfirmed(),
            hans("发生系统错误 1069").unconfirmed(),
            hant("發生系統錯誤 1069").unconfirmed(),
            de("Systemfehler 1069 aufgetreten").unconfirmed(),
            fr("L'erreur système 1069 s'est produite").unconfirmed(),
            es("Error de sistema 1069").unconfirmed(),
            it("Errore di sistema 1069").unconfirmed(),
            pt("Erro de sistema 1069").unconfirmed(),
            ja("システム エラー 1069 が発生しました").unconfirmed(),
            ko("시스템 오류 1069").unconfirmed(),
            de("Der Dienst \"ADSync\" konnte sich nicht als").unconfirmed(),
            fr("Le service ADSync n'a pas pu se connecter en tant que").unconfirmed(),
            fr("Le service ADSync n'a pas pu ouvrir de session en tant que").unconfirmed(),
            es("El servicio ADSync no pudo iniciar sesión como").unconfirmed(),
            it("Il servizio ADSync non è in grado di accedere come").unconfirmed(),
            pt("O serviço ADSync não pôde fazer logon como").unconfirmed(),
            hans("ADSync 服务无法使用当前配置的密码").unconfirmed(),
            hans("ADSync 服务无法以").unconfirmed(),
            hant("ADSync 服務無法以").unconfirmed(),
            ja("ADSync サービスは、現在構成されているパスワード").unconfirmed(),
            ko("ADSync 서비스가 현재 구성된 암호로").unconfirmed(),
        ],
        // The account of the service has a wrong password, or not the right to log on as a service.
        events: &[event("Service Control Manager", 7038), event("Service Control Manager", 7041)],
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
        events: &[
            event("Service Control Manager", 7000),
            event("Service Control Manager", 7009),
            event("Service Control Manager", 7024),
            event("Service Control Manager", 7031),
            event("Service Control Manager", 7034),
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
