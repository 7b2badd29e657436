//! Proxy settings that other layers of Windows print: `WinHTTP`, Internet Options, environment variables, PAC.

use crate::artifact::{Kind, Part, Span};

/// Who uses a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingLayer {
    /// `netsh winhttp`: revocation checks, Windows Update, the old sign-in assistant. Not the wizard.
    WinHttp,
    /// Internet Options of one account.
    InternetOptions,
    /// `http_proxy`, `https_proxy`: curl and newer .NET.
    Environment,
    /// What a PAC script returns for some hosts.
    PacScript,
}

/// One value of a proxy setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxySetting {
    /// Who uses it.
    pub layer: SettingLayer,
    /// What kind of value it is.
    pub field: SettingField,
    /// As printed; empty where the print says that there is none.
    pub value: String,
    /// Where.
    pub span: Span,
}

/// The kinds of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingField {
    /// The proxy, or a list `http=…;https=…`.
    Server,
    /// No proxy.
    Direct,
    /// Hosts that go around the proxy.
    Bypass,
    /// Address of a PAC script.
    Script,
    /// `ProxyEnable`: whether the server counts ("1" or "0", without `dword:` and `0x`).
    Enabled,
}

/// Every setting in the part. `kind` is what the layout says about the part.
pub fn settings(part: &Part, kind: Kind) -> Vec<ProxySetting> {
    let mut found = Vec::new();
    let mut winhttp = 0;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let mut add = |layer, field, value: &str, place: usize, length: usize| {
            found.push(ProxySetting {
                layer,
                field,
                value: value.to_owned(),
                span: part.span(at + place..at + place + length),
            });
        };
        if trimmed.to_ascii_lowercase().contains("winhttp") && trimmed.ends_with([':', '：']) {
            winhttp = 2;
            continue;
        }
        if winhttp > 0 && !trimmed.is_empty() {
            winhttp -= 1;
            if let Some((label, value)) =
                trimmed.split_once([':', '：']).filter(|(label, _)| !label.contains('(') || label.contains("(s)"))
            {
                let value_at = label.len()
                    + trimmed
                        .get(label.len()..)
                        .map_or(0, |rest| rest.len() - rest.trim_start_matches([':', '：', ' ', '\u{a0}', '\t']).len());
                let value = value.trim_matches([' ', '\u{a0}', '\t', ':']);
                let field = if winhttp == 1 { SettingField::Server } else { SettingField::Bypass };
                let none = value.starts_with('(');
                add(
                    SettingLayer::WinHttp,
                    field,
                    if none { "" } else { value },
                    value_at,
                    trimmed.len().saturating_sub(value_at),
                );
            } else if winhttp == 1 {
                add(SettingLayer::WinHttp, SettingField::Direct, "", 0, trimmed.len());
                winhttp = 0;
            }
            continue;
        }
        if let Some((field, value, place)) = internet_option(trimmed) {
            add(SettingLayer::InternetOptions, field, &value, place, trimmed.len() - place);
        } else if let Some((value, place)) = environment(trimmed) {
            add(SettingLayer::Environment, SettingField::Server, value, place, value.len());
        }
        if kind == Kind::PacScript {
            for (place, value) in pac_returns(trimmed) {
                let direct = value.eq_ignore_ascii_case("DIRECT");
                let field = if direct { SettingField::Direct } else { SettingField::Server };
                let host = value.split_whitespace().nth(1).unwrap_or("");
                add(SettingLayer::PacScript, field, host, place, value.len());
            }
        }
    }
    found
}

/// A value of the Internet Settings: `.reg`, `reg query` and PowerShell prints.
fn internet_option(line: &str) -> Option<(SettingField, String, usize)> {
    let bare = line.trim_start_matches('"');
    let name_end = bare.find(|c: char| !c.is_ascii_alphanumeric())?;
    let field = match bare.get(..name_end)? {
        "ProxyServer" => SettingField::Server,
        "ProxyOverride" => SettingField::Bypass,
        "AutoConfigURL" => SettingField::Script,
        "ProxyEnable" => SettingField::Enabled,
        _ => return None,
    };
    let rest = bare.get(name_end..)?.trim_start_matches('"').trim_start();
    let value = if let Some(value) = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':')) {
        value.trim()
    } else {
        let (kind, value) = rest.split_once(char::is_whitespace)?;
        kind.starts_with("REG_").then(|| value.trim())?
    };
    let value = value.trim_matches('"');
    let place = line.rfind(value).unwrap_or(0);
    let value = if field == SettingField::Enabled {
        let digits = value.trim_start_matches("dword:").trim_start_matches("0x").trim_start_matches('0');
        if digits.is_empty() { "0" } else { digits }
    } else {
        value
    };
    Some((field, value.to_owned(), place))
}

fn environment(line: &str) -> Option<(&str, usize)> {
    let lower = line.to_ascii_lowercase();
    ["https_proxy", "http_proxy", "all_proxy"].iter().find_map(|name| {
        let at = lower.find(name)? + name.len();
        let rest = line.get(at..)?;
        let value = rest.trim_start_matches(['=', ' ', ':', '"', '\'']);
        let assigned = rest.trim_start().starts_with(['=', ':']) || rest.starts_with("  ");
        let place = line.len() - value.len();
        let value = value.split_whitespace().next()?.trim_matches(['"', '\'']);
        (assigned && value.contains([':', '.'])).then_some((value, place))
    })
}

/// `PROXY host:port`, `DIRECT` and their like inside string literals, with their places in the line.
fn pac_returns(line: &str) -> Vec<(usize, &str)> {
    const KINDS: &[&str] = &["PROXY", "HTTP", "HTTPS", "SOCKS", "SOCKS4", "SOCKS5"];
    let mut found = Vec::new();
    let mut place = 0;
    for (index, piece) in line.split(['"', '\'', ';']).enumerate() {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let proxy = matches!(words.as_slice(), [kind, _] if KINDS.contains(kind));
        if index > 0 && (proxy || words.as_slice() == ["DIRECT"]) {
            found.push((place + piece.len() - piece.trim_start().len(), piece.trim()));
        }
        place += piece.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str, kind: Kind) -> Vec<(SettingLayer, SettingField, String)> {
        let source = Source::decode("a", text.as_bytes());
        settings(&Part::whole(&source), kind).into_iter().map(|item| (item.layer, item.field, item.value)).collect()
    }

    #[test]
    fn winhttp_is_read_by_its_structure_in_any_language() {
        use SettingField::{Bypass, Direct, Server};
        use SettingLayer::WinHttp;
        assert_eq!(
            read(
                "Paramètres de proxy WinHTTP actuels\u{a0}:\n\n    Serveur(s) proxy\u{a0}:  proxy.local:8080\n    Liste de contournement     :  (aucun)",
                Kind::WinhttpSettings
            ),
            [(WinHttp, Server, "proxy.local:8080".to_owned()), (WinHttp, Bypass, String::new())]
        );
        assert_eq!(
            read("当前的 WinHTTP 代理服务器设置:\n\n    直接访问(没有代理服务器)。", Kind::WinhttpSettings),
            [(WinHttp, Direct, String::new())]
        );
    }

    #[test]
    fn internet_options_are_read_from_reg_files_and_prints() {
        let expected = |value: &str| vec![(SettingLayer::InternetOptions, SettingField::Server, value.to_owned())];
        for text in
            ["\"ProxyServer\"=\"proxy:8080\"", "    ProxyServer    REG_SZ    proxy:8080", "ProxyServer   : proxy:8080"]
        {
            assert_eq!(read(text, Kind::InternetSettings), expected("proxy:8080"), "{text}");
        }
        assert_eq!(read("\"ProxyEnable\"=dword:00000001", Kind::InternetSettings).first().unwrap().2, "1");
        assert_eq!(read("    ProxyEnable    REG_DWORD    0x0", Kind::InternetSettings).first().unwrap().2, "0");
    }

    #[test]
    fn a_pac_script_names_the_proxies_it_returns() {
        let text = "  return \"PROXY p.corp.example:8080; DIRECT\";";
        let found = read(text, Kind::PacScript);
        assert_eq!(found[0], (SettingLayer::PacScript, SettingField::Server, "p.corp.example:8080".to_owned()));
        assert_eq!(found[1].1, SettingField::Direct);
    }
}
