//! Whose connection an error is about: the nearest statement before it tells.
//!
//! The wizard works as the signed-in user up to the page Configure, which works as the account of the sync
//! service, as every later sync does. The embedded sign-in window follows that user's Internet Options.

use super::normalise::Normal;
use crate::artifact::{Part, Span};
use crate::report::Context;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

const SERVICE: &[&str] = &[
    "Configure AAD Sync task",
    "PerformConfigurationPageViewModel",
    "ExecuteADSyncConfiguration",
    "Configure page",
    "page Configure",
    "page 'Configure'",
    "Ready to configure",
    "Configuration complete",
    "ADSync service",
    "service ADSync",
    "NT SERVICE\\ADSync",
    "as the service account",
    "as service account",
    "as the sync account",
    "with the service account",
    "under the service account",
    "in the service context",
    "sync cycle",
    "run profile",
    "stopped-extension-dll-exception",
    "stopped-server-down",
    "no-start-connection",
    "GetSecurityToken",
    "Seite Konfigurieren",
    "Seite 'Konfigurieren'",
    "als Dienstkonto",
    "page Configurer",
    "page 'Configurer'",
    "compte de service",
    "配置页",
    "“配置”页",
    "配置页面",
    "同步服务帐户",
    "服务帐户身份",
    "構成ページ",
    "構成のページ",
    "ページ (構成)",
    "サービス アカウントで",
    "página Configurar",
    "página 'Configurar'",
    "pagina Configura",
    "strona Konfiguruj",
    "stronie Konfiguruj",
    "страница настройки",
    "странице настройки",
    "구성 페이지",
    "'구성' 페이지",
    "\"구성\" 페이지",
    "Yapılandır sayfası",
    "GetServiceAccount: authorizing",
    "GetServiceAccount: the retry time limit",
    "AzureADServiceAccountException",
];

const USER: &[&str] = &[
    "AzureTenantPage",
    "Connect to Azure AD",
    "Connect to Microsoft Entra ID",
    "Connect to Entra ID",
    "Connect page",
    "page Connect",
    "page 'Connect'",
    "ExpressSettingsPageViewModel",
    "Unable to validate credentials",
    "as the signed-in user",
    "as my user",
    "as my own account",
    "Mit Azure AD verbinden",
    "Mit Microsoft Entra ID verbinden",
    "Verbindung mit Azure AD herstellen",
    "Verbindung mit Microsoft Entra ID herstellen",
    "Se connecter à Azure AD",
    "Se connecter à Microsoft Entra ID",
    "Connexion à Azure AD",
    "Connexion à Microsoft Entra ID",
    "连接页",
    "“连接”页",
    "连接到 Azure AD",
    "连接到 Microsoft Entra ID",
    "接続ページ",
    "接続のページ",
    "Azure AD に接続",
    "Microsoft Entra ID に接続",
    "Conectar a Azure AD",
    "Conectarse a Azure AD",
    "Conectar con Azure AD",
    "Conectar a Microsoft Entra ID",
    "Conectarse a Microsoft Entra ID",
    "Ligar ao Microsoft Entra ID",
    "Conectar ao Microsoft Entra ID",
    "Connetti a Microsoft Entra ID",
    "Connessione a Microsoft Entra ID",
    "Połącz z usługą Microsoft Entra ID",
    "страница подключения",
    "странице подключения",
    "Microsoft Entra ID에 연결",
    "Microsoft Entra ID'ye Bağlan",
];

/// A test by hand in a console: it runs as whoever opened the console.
const CONSOLE: &[&str] = &["> Invoke-WebRequest", "> iwr ", "> Invoke-RestMethod", "> (Invoke-WebRequest"];

const WINDOW: &[&str] = &[
    "script error",
    "error has occurred in the script on this page",
    "continue running scripts on this page",
    "browser based authentication dialog",
    "authentication_ui_failed",
    "embedded browser",
    "sign-in window",
    "login window",
    "Skriptfehler",
    "Anmeldefenster",
    "erreur de script",
    "脚本错误",
    "脚本发生错误",
    "登录窗口",
    "スクリプト エラー",
    "サインイン ウィンドウ",
    "error de script",
    "error de secuencia de comandos",
];

/// Ways to speak of the registration of an agent, which an administrator signs in for.
const AGENT_REGISTRATION: &[&str] = &[
    "Register-AzureADConnectHealth",
    "Register-MicrosoftEntraConnectHealth",
    "RegisterConnector.ps1",
    "Register-AzureADPasswordProtection",
    "Register-EntraPasswordProtection",
    "agent registration",
    "registration of the agent",
    "registering the agent",
    "register the agent",
    "registering the health agent",
    "register the health agent",
];

/// Where the text speaks of the registration of an agent.
pub fn agent_registration(part: &Part, normal: &Normal) -> Vec<Span> {
    static PHRASES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(AGENT_REGISTRATION.iter().map(|text| Normal::new(text).text)).ok());
    let found = PHRASES.iter().flat_map(|phrases| phrases.find_iter(&normal.text));
    found.map(|hit| part.span(normal.range(&(hit.start()..hit.end())))).collect()
}

/// What event logs call the sync service, and what they print before it.
const EVENT_SOURCES: &[&str] = &["ADSync", "Directory Synchronization", "FIMSynchronizationService"];
const EVENT_LABELS: &[&str] = &[
    "Source:",
    "source",
    "Quelle:",
    "来源:",
    "ソース:",
    "Origen:",
    "Origine:",
    "Fonte:",
    "Origem:",
    "Kaynak:",
    "Źródło:",
    "Источник:",
    "원본:",
    "來源:",
    "Bron:",
    "ProviderName:",
    "Provider Name=",
    "Provider Name='",
];

/// How far before a console test a sentence may say that it runs as another account.
const RUNAS_DISTANCE: usize = 240;

struct Phrases {
    automaton: Option<AhoCorasick>,
    meaning: Vec<(Context, bool)>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut texts = Vec::new();
    let mut meaning = Vec::new();
    let mut add = |text: &str, context: Context, console: bool| {
        texts.push(Normal::new(text).text);
        meaning.push((context, console));
    };
    for (phrases, context, console) in [
        (SERVICE, Context::SyncServiceAccount, false),
        (USER, Context::SignedInUser, false),
        (CONSOLE, Context::SignedInUser, true),
        (WINDOW, Context::BrowserWindow, false),
    ] {
        for text in phrases {
            add(text, context, console);
        }
    }
    for source in EVENT_SOURCES {
        for label in EVENT_LABELS {
            add(&format!("{label}{source}"), Context::SyncServiceAccount, false);
        }
    }
    Phrases { automaton: AhoCorasick::new(&texts).ok(), meaning }
});

/// Statements about the identity at work: (place in the normalised text, identity), in the order of the text.
pub fn statements(normal: &Normal) -> Vec<(usize, Context)> {
    let mut statements: Vec<(usize, Context)> = Vec::new();
    let Some(automaton) = &PHRASES.automaton else {
        return statements;
    };
    for hit in automaton.find_overlapping_iter(&normal.text) {
        let Some(&(context, console)) = PHRASES.meaning.get(hit.pattern().as_usize()) else {
            continue;
        };
        // "Error Description" is no "error de script": whole words only.
        if !normal.is_word_edge(hit.start()) || !normal.is_word_edge(hit.end()) {
            continue;
        }
        let runs_as_service = console
            && statements.last().is_some_and(|&(at, context)| {
                context == Context::SyncServiceAccount && hit.start().saturating_sub(at) < RUNAS_DISTANCE
            });
        if !runs_as_service {
            statements.push((hit.start(), context));
        }
    }
    statements.sort_by_key(|&(at, _)| at);
    statements
}

/// The identity that the nearest statement before `end` names.
pub fn nearest(statements: &[(usize, Context)], end: usize) -> Context {
    let index = statements.partition_point(|&(at, _)| at < end);
    index.checked_sub(1).and_then(|index| statements.get(index)).map_or(Context::Any, |&(_, context)| context)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(text: &str) -> Context {
        let normal = Normal::new(text);
        nearest(&statements(&normal), normal.text.len())
    }

    #[test]
    fn the_nearest_statement_before_an_error_decides_whose_connection_it_is() {
        for (text, expected) in [
            (
                "On the page \"Connect to Microsoft Entra ID\" all is well. The Configure page says: 407",
                Context::SyncServiceAccount,
            ),
            ("An error occurred executing Configure AAD Sync task: 407", Context::SyncServiceAccount),
            ("Quelle:        Directory Synchronization\nBeschreibung: 407", Context::SyncServiceAccount),
            ("<Provider Name=\"ADSync\" /> 407", Context::SyncServiceAccount),
            ("[ERROR] AzureTenantPage: 407", Context::SignedInUser),
            ("PS C:\\> Invoke-WebRequest https://x\n407", Context::SignedInUser),
            (
                "Started PowerShell as the service account:\nPS C:\\> Invoke-WebRequest https://x\n407",
                Context::SyncServiceAccount,
            ),
            ("a Script Error comes up", Context::BrowserWindow),
            ("配置页报错 407", Context::SyncServiceAccount),
            ("we get 407", Context::Any),
            ("Error Description: busy. 407", Context::Any),
        ] {
            assert_eq!(context(text), expected, "{text}");
        }
    }
}
