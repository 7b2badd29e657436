use super::*;
use crate::source::Source;

fn read(text: &str, kind: Kind) -> Vec<(SettingLayer, SettingField, String)> {
    all(text, kind).into_iter().map(|item| (item.layer, item.field, item.value)).collect()
}

fn all(text: &str, kind: Kind) -> Vec<ProxySetting> {
    let source = Source::decode("a", text.as_bytes());
    let found = settings(&Part::whole(&source), kind);
    for item in &found {
        assert!(source.text.get(item.span.start..item.span.end).is_some_and(|text| !text.is_empty()), "{item:?}");
    }
    found
}

/// Account, fields and values of the print of the Internet Options.
fn options(text: &str) -> Vec<(Account, SettingField, String)> {
    let found = all(text, Kind::InternetSettings).into_iter();
    found
        .filter(|item| item.layer == SettingLayer::InternetOptions)
        .map(|item| (item.account, item.field, item.value))
        .collect()
}

#[test]
fn winhttp_is_read_by_its_structure_in_any_language() {
    use SettingField::{Bypass, Direct, Server};
    use SettingLayer::WinHttp;
    for (text, proxy) in [
        (
            "Current WinHTTP proxy settings:\n\n    Proxy Server(s) :  proxy.local:8080\n    Bypass List     :  (none)",
            true,
        ),
        (
            "Paramètres de proxy WinHTTP actuels\u{a0}:\n\n    Serveur(s) proxy\u{a0}:  proxy.local:8080\n    Liste de contournement     :  (aucun)",
            true,
        ),
        ("当前的 WinHTTP 代理服务器设置:\r\n\r\n    代理服务器:  proxy.local:8080\r\n    绕过列表     :  (无)", true),
        ("目前的 WinHTTP Proxy 伺服器設定：\n\n    Proxy 伺服器：  proxy.local:8080\n    略過清單     ：  (無)", true),
        (
            "Aktuelle WinHTTP-Proxyeinstellungen:\n\n    Proxyserver:  proxy.local:8080\n    Umgehungsliste     :  (keine)",
            true,
        ),
        (
            "現在の WinHTTP プロキシ設定:\n\n    プロキシ サーバー:  proxy.local:8080\n    バイパス一覧     :  (なし)",
            true,
        ),
        (
            "Configuración de proxy WinHTTP actual:\n\n    Servidores proxy:  proxy.local:8080\n    Lista de omisión     :  (ninguno)",
            true,
        ),
        ("Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).", false),
        ("当前的 WinHTTP 代理服务器设置:\n\n    直接访问(没有代理服务器)。", false),
        ("目前的 WinHTTP Proxy 設定:\n\n    直接存取 (沒有 Proxy 伺服器)。", false),
        ("Aktuelle WinHTTP-Proxyeinstellungen:\n\n    Direkter Zugriff (kein Proxyserver).", false),
        ("Paramètres de proxy WinHTTP actuels :\n\n    Accès direct (pas de serveur proxy).", false),
        ("現在の WinHTTP プロキシ設定:\n\n    直接アクセス (プロキシ サーバーなし)。", false),
        ("Configuración de proxy WinHTTP actual:\n\n    Acceso directo (sin servidor proxy).", false),
    ] {
        let expected = if proxy {
            vec![(WinHttp, Server, "proxy.local:8080".to_owned()), (WinHttp, Bypass, String::new())]
        } else {
            vec![(WinHttp, Direct, String::new())]
        };
        assert_eq!(read(text, Kind::WinhttpSettings), expected, "{text}");
    }
}

#[test]
fn the_json_of_winhttp_says_whether_its_proxy_counts() {
    let print = |on: bool| {
        format!(
            "C:\\>netsh winhttp show advproxy\n\nCurrent WinHTTP advanced proxy settings for scope user\n\n{{\n    \"ProxyIsEnabled\": {on},\n    \"Proxy\": \"px.corp.example:8080\",\n    \"ProxyBypass\": \"<local>\",\n    \"AutoConfigIsEnabled\": false,\n    \"AutoconfigUrl\": \"http://wpad/p.pac\",\n    \"AutoDetect\": false,\n    \"PerUserProxySettings\": true\n}}\n"
        )
    };
    let fields = |text: &str| {
        read(text, Kind::WinhttpSettings).into_iter().map(|(_, field, value)| (field, value)).collect::<Vec<_>>()
    };
    assert_eq!(fields(&print(true))[0], (SettingField::Server, "px.corp.example:8080".to_owned()));
    let off = fields(&print(false));
    assert!(off.iter().any(|(field, _)| *field == SettingField::Direct), "{off:?}");
    assert!(!off.iter().any(|(field, _)| matches!(field, SettingField::Server | SettingField::Script)), "{off:?}");
}

#[test]
fn internet_options_are_read_from_reg_files_and_prints() {
    let expected = |value: &str| vec![(SettingLayer::InternetOptions, SettingField::Server, value.to_owned())];
    for text in [
        "\"ProxyServer\"=\"proxy:8080\"",
        "    ProxyServer    REG_SZ    proxy:8080",
        "ProxyServer   : proxy:8080",
        "\"ProxyServer\"=hex(2):70,00,72,00,6f,00,78,00,79,00,3a,00,38,00,30,00,38,00,\\\n  30,00,00,00",
    ] {
        assert_eq!(read(text, Kind::InternetSettings), expected("proxy:8080"), "{text}");
    }
    assert_eq!(read("\"ProxyEnable\"=dword:00000001", Kind::InternetSettings).first().unwrap().2, "1");
    assert_eq!(read("\"ProxyEnable\"=hex:01,00,00,00", Kind::InternetSettings).first().unwrap().2, "1");
    assert_eq!(read("    ProxyEnable    REG_DWORD    0x0", Kind::InternetSettings).first().unwrap().2, "0");
}

#[test]
fn each_account_has_options_of_its_own() {
    let text = "C:\\>reg query \"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\"\n\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x1\n    ProxyServer    REG_SZ    px.corp.example:8080\n\nHKEY_USERS\\S-1-5-20\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x0\n\nHKEY_USERS\\S-1-5-80-3245704983-3664226991-764670653-2504430226-901976451\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    AutoConfigURL    REG_SZ    http://wpad.corp.example/p.pac";
    assert_eq!(
        options(text),
        [
            (Account::SignedIn, SettingField::Enabled, "1".to_owned()),
            (Account::SignedIn, SettingField::Server, "px.corp.example:8080".to_owned()),
            (Account::NetworkService, SettingField::Enabled, "0".to_owned()),
            (Account::SyncService, SettingField::Script, "http://wpad.corp.example/p.pac".to_owned()),
        ]
    );
}

#[test]
fn a_list_of_powershell_names_its_key_below_the_values_and_a_table_not_at_all() {
    let list = "PS C:\\> Get-ItemProperty 'Registry::HKEY_USERS\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings'\n\nProxyEnable   : 1\nProxyServer   : http=px:80;https=px:8443\nProxyOverride : \nPSPath        : Microsoft.PowerShell.Core\\Registry::HKEY_USERS\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\nPSProvider    : Microsoft.PowerShell.Core\\Registry\n";
    assert_eq!(
        options(list),
        [
            (Account::LocalSystem, SettingField::Enabled, "1".to_owned()),
            (Account::LocalSystem, SettingField::Server, "http=px:80;https=px:8443".to_owned()),
        ]
    );
    let table = "PS C:\\> Get-ItemProperty 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings' | ft ProxyEnable, ProxyServer, AutoConfigURL\n\nProxyEnable ProxyServer AutoConfigURL\n----------- ----------- -------------\n          0 px:8080     http://wpad/p.pac\n\n";
    assert_eq!(
        options(table),
        [
            (Account::SignedIn, SettingField::Enabled, "0".to_owned()),
            (Account::SignedIn, SettingField::Server, "px:8080".to_owned()),
            (Account::SignedIn, SettingField::Script, "http://wpad/p.pac".to_owned()),
        ]
    );
}

#[test]
fn the_binary_value_is_read_from_an_export_over_several_lines() {
    let text = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections]\r\n\"DefaultConnectionSettings\"=hex:46,00,00,00,08,00,00,00,03,00,00,00,07,00,00,00,\\\r\n  70,78,3a,38,30,38,30,07,00,00,00,3c,6c,6f,63,61,6c,3e,00,00,00,00,00,00,00,00\r\n";
    assert_eq!(
        options(text),
        [
            (Account::SignedIn, SettingField::Enabled, "1".to_owned()),
            (Account::SignedIn, SettingField::Server, "px:8080".to_owned()),
            (Account::SignedIn, SettingField::Bypass, "<local>".to_owned()),
            (Account::SignedIn, SettingField::AutoDetect, "0".to_owned()),
        ]
    );
    let cut = "DefaultConnectionSettings : {70, 0, 0, 0...}\nSavedLegacySettings       : {70, 0, 0, 0...}";
    assert!(options(cut).iter().all(|(_, field, _)| *field == SettingField::Unread), "{:?}", options(cut));
}

#[test]
fn bitsadmin_tells_the_options_of_the_account_it_was_asked_for() {
    let text = "C:\\>bitsadmin /util /getieproxy NETWORKSERVICE\n\nBITSADMIN version 3.0\n\nProxy usage:   Manual_proxy\nProxy list:    px.corp.example:8080\nProxy bypass:  <local>\n\nC:\\>bitsadmin /util /getieproxy LOCALSYSTEM\n\nBITSADMIN version 3.0\n\nProxy usage:   No_proxy\n";
    assert_eq!(
        options(text),
        [
            (Account::NetworkService, SettingField::Enabled, "1".to_owned()),
            (Account::NetworkService, SettingField::Server, "px.corp.example:8080".to_owned()),
            (Account::NetworkService, SettingField::Bypass, "<local>".to_owned()),
            (Account::LocalSystem, SettingField::Direct, String::new()),
        ]
    );
}

#[test]
fn variables_are_read_as_each_shell_prints_them() {
    for text in [
        "HTTPS_PROXY=http://px:8080",
        "C:\\>set https_proxy=http://px:8080",
        "PS C:\\> $env:HTTPS_PROXY = 'http://px:8080'",
        "PS C:\\> $env:HTTPS_PROXY\nhttp://px:8080",
        "C:\\>echo %HTTPS_PROXY%\nhttp://px:8080",
        "HTTPS_PROXY                    http://px:8080",
        "* Uses proxy env variable https_proxy == 'http://px:8080'",
    ] {
        assert_eq!(
            read(text, Kind::PowershellOutput),
            [(SettingLayer::Environment, SettingField::Server, "http://px:8080".to_owned())],
            "{text}"
        );
    }
    assert_eq!(read("NO_PROXY=localhost,.corp.example", Kind::PowershellOutput)[0].1, SettingField::Bypass);
    for text in ["we set http_proxy for curl", "FTP_HTTP_PROXY=http://px:8080", "set https_proxy=http://<host>:<port>"]
    {
        assert_eq!(read(text, Kind::ErrorText), [], "{text}");
    }
}

#[test]
fn a_pac_script_names_the_proxies_it_returns_and_not_those_in_its_comments() {
    let text = "// return \"PROXY old:3128\";\n  return \"PROXY p.corp.example:8080; DIRECT\";";
    let found = read(text, Kind::PacScript);
    assert_eq!(found[0], (SettingLayer::PacScript, SettingField::Server, "p.corp.example:8080".to_owned()));
    assert_eq!(found[1].1, SettingField::Direct);
    assert_eq!(found.len(), 2);
}

#[test]
fn dotnet_is_taken_at_its_word_about_the_proxy_for_an_address() {
    let print = |command: &str, answer: &str| {
        format!("PS C:\\> {command}\n\nAbsolutePath   : /\nAbsoluteUri    : {answer}\nLocalPath      : /\n")
    };
    let ask = "[System.Net.WebRequest]::DefaultWebProxy.GetProxy('https://login.microsoftonline.com')";
    assert_eq!(
        read(&print(ask, "http://px.corp.example:8080/"), Kind::PowershellOutput),
        [(SettingLayer::DefaultProxy, SettingField::Server, "http://px.corp.example:8080/".to_owned())]
    );
    assert_eq!(
        read(&print(ask, "https://login.microsoftonline.com/"), Kind::PowershellOutput),
        [(SettingLayer::DefaultProxy, SettingField::Direct, String::new())]
    );
    let system = "[Net.WebRequest]::GetSystemWebProxy().GetProxy(\"https://login.microsoftonline.com\").AbsoluteUri";
    assert_eq!(
        read(&format!("PS C:\\> {system}\nhttp://px.corp.example:8080/\n"), Kind::PowershellOutput),
        [(SettingLayer::InternetOptions, SettingField::Server, "http://px.corp.example:8080/".to_owned())]
    );
    let seven = format!("PowerShell 7.4.6\n{}", print(ask, "http://px.corp.example:8080/"));
    assert_eq!(read(&seven, Kind::PowershellOutput), []);
}
