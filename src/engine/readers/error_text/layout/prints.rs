//! Prints of settings of Windows.

use super::session::{print_value, prompt};
use super::{Layout, found};
use crate::artifact::Kind;

/// `netsh winhttp show proxy`, by its structure, in any language.
pub fn winhttp(text: &str, lines: &[&str]) -> Option<Layout> {
    const WHY: &str = "A print of the WinHTTP proxy settings.";
    let value = print_value(lines, 85, &["winhttp"], |line| line.to_ascii_lowercase().contains("winhttp"))?;
    let header = lines.iter().position(|line| {
        let line = line.trim_end_matches([' ', '\u{a0}', '\r']);
        line.to_ascii_lowercase().contains("winhttp") && line.ends_with([':', '：']) && prompt(line).is_none()
    });
    if let Some(header) = header {
        let after: Vec<&str> =
            lines.iter().skip(header + 1).map(|line| line.trim()).filter(|line| !line.is_empty()).take(2).collect();
        let labelled = after.iter().any(|line| {
            line.split_once([':', '：'])
                .is_some_and(|(label, value)| label.chars().count() < 50 && !value.trim().is_empty())
        });
        let direct = after.first().is_some_and(|line| line.contains(['(', '（']) && line.chars().count() < 80);
        if labelled || direct {
            return Some(found(value, Kind::WinhttpSettings, WHY));
        }
    }
    let keys = ["\"ProxyIsEnabled\"", "\"ProxyBypass\"", "\"AutoconfigUrl\"", "\"AutoDetect\"", "\"Proxy\""];
    let mut names = keys.iter().filter(|key| text.contains(**key)).count();
    names += usize::from(text.contains("advproxy"));
    (names >= 3).then(|| found(value, Kind::WinhttpSettings, WHY))
}

/// Values of the Internet Options: .reg, `reg query`, PowerShell, `bitsadmin`.
pub fn internet_settings(text: &str, lines: &[&str]) -> Option<Layout> {
    const NAMES: &[&str] = &[
        "ProxyEnable",
        "ProxyServer",
        "ProxyOverride",
        "AutoConfigURL",
        "AutoDetect",
        "MigrateProxy",
        "ProxyHttp1.1",
        "ProxySettingsPerUser",
        "DefaultConnectionSettings",
        "SavedLegacySettings",
    ];
    let own = |line: &str| {
        line.contains("Internet Settings")
            || line.contains("Proxy")
            || line.contains("AutoConfigURL")
            || line.contains("BITSADMIN")
    };
    let value = print_value(lines, 85, &["internet settings", "getieproxy"], own)?;
    let names = NAMES
        .iter()
        .filter(|name| {
            lines.iter().any(|line| {
                let line = line.trim_start().trim_start_matches('"');
                line.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['"', ' ', '\t', ':', '=']))
            })
        })
        .count();
    let key = text.contains("\\Internet Settings");
    let bits = text.contains("Proxy usage:") && (text.contains("Proxy list:") || text.contains("BITSADMIN"));
    ((key && names >= 1) || names >= 2 || bits)
        .then(|| found(value, Kind::InternetSettings, "Values of the Internet Options of an account."))
}

/// Other registry keys, and the table of Microsoft's TLS check.
pub fn registry(text: &str, lines: &[&str]) -> Option<Layout> {
    let commands = ["reg ", "reg.exe", "get-itemproperty", "get-item ", "gp ", "tls"];
    let value =
        print_value(lines, 82, &commands, |line| is_key(line) || line.contains("Registry") || line.contains("Path"))?;
    let head = text.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("Windows Registry Editor Version") || head.starts_with("REGEDIT4") {
        return Some(found(80, Kind::RegistryExport, "The first line of a registry export."));
    }
    let types = lines
        .iter()
        .filter(|line| line.contains(" REG_") || line.contains("\tREG_") || line.contains("=dword:"))
        .count();
    let keys = lines.iter().filter(|line| is_key(line)).count();
    if keys > 0 && types > 0 {
        return Some(found(value, Kind::RegistryExport, "Registry keys with typed values."));
    }
    let table =
        lines.iter().any(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").starts_with("Path Name Value"));
    let tls = ["SystemDefaultTlsVersions", "SchUseStrongCrypto", "DisabledByDefault"]
        .iter()
        .filter(|name| text.contains(**name))
        .count();
    ((table && (keys > 0 || tls > 0)) || (keys >= 2 && tls > 0) || (tls >= 2 && text.contains("PSPath")))
        .then(|| found(value, Kind::RegistryExport, "A table of the TLS values of the registry."))
}

fn is_key(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches('[');
    ["HKEY_", "HKLM:\\", "HKLM\\", "HKCU:\\", "HKCU\\"].iter().any(|root| line.starts_with(root))
}
