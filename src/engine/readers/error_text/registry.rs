//! The registry values that decide about TLS 1.2 for .NET and Schannel, and the cloud the wizard is told to use.

use crate::artifact::{Part, Span};

/// One value of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryValue {
    /// The key, as printed; cut off with "..." by narrow consoles.
    pub key: String,
    /// The name of the value.
    pub name: String,
    /// The number, where it is one; `None` for "Not Found" and for texts.
    pub number: Option<u32>,
    /// As printed.
    pub text: String,
    /// The line.
    pub span: Span,
}

const NAMES: &[&str] =
    &["SystemDefaultTlsVersions", "SchUseStrongCrypto", "Enabled", "DisabledByDefault", "AzureInstance"];

/// The values of interest, in the order of the text, from .reg files, `reg query`, PowerShell lists and the table
/// of Microsoft's TLS check.
pub fn values(part: &Part) -> Vec<RegistryValue> {
    let mut found = Vec::new();
    let mut key = String::new();
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if let Some(name) = key_of(trimmed) {
            name.clone_into(&mut key);
        }
        let Some((row_key, name, text)) = value_of(trimmed) else {
            continue;
        };
        let key = if row_key.is_empty() { key.clone() } else { row_key.to_owned() };
        if key.is_empty() {
            continue;
        }
        found.push(RegistryValue {
            key,
            name: name.to_owned(),
            number: number(text),
            text: text.to_owned(),
            span: part.span(at..at + trimmed.len()),
        });
    }
    found
}

fn key_of(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches('[').trim_end_matches(']');
    if is_key(bare) && !NAMES.iter().any(|name| bare.split_whitespace().any(|word| word == *name)) {
        return Some(bare);
    }
    let (label, value) = line.split_once(':')?;
    (label.trim() == "PSPath").then(|| value.rsplit("::").next().unwrap_or(value).trim())
}

fn is_key(text: &str) -> bool {
    ["HKEY_", "HKLM:\\", "HKLM\\", "HKCU:\\"].iter().any(|root| text.starts_with(root))
}

/// Key (of a table row), name and value.
fn value_of(line: &str) -> Option<(&str, &str, &str)> {
    if let Some(quoted) = line.strip_prefix('"') {
        let (name, value) = quoted.split_once("\"=")?;
        return NAMES.contains(&name).then(|| ("", name, value.trim_matches('"')));
    }
    let (at, name) = NAMES.iter().find_map(|name| {
        line.match_indices(name)
            .find(|(at, _)| {
                let free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == ':');
                free(line.get(..*at).and_then(|head| head.chars().next_back()))
                    && free(line.get(at + name.len()..).and_then(|tail| tail.chars().next()))
            })
            .map(|(at, _)| (at, *name))
    })?;
    let row_key = line.get(..at)?.trim();
    if !row_key.is_empty() && !is_key(row_key) {
        return None;
    }
    let value = line.get(at + name.len()..)?.trim();
    let value = value.strip_prefix(':').map_or(value, str::trim);
    let value = match value.split_once(char::is_whitespace) {
        Some((kind, value)) if kind.starts_with("REG_") => value.trim(),
        _ => value,
    };
    (!value.is_empty()).then_some((row_key, name, value))
}

fn number(text: &str) -> Option<u32> {
    if let Some(hex) = text.strip_prefix("dword:").or_else(|| text.strip_prefix("0x")) {
        return u32::from_str_radix(hex, 16).ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, String, Option<u32>)> {
        let source = Source::decode("a", text.as_bytes());
        values(&Part::whole(&source)).into_iter().map(|item| (item.key, item.name, item.number)).collect()
    }

    #[test]
    fn tls_values_are_read_in_every_print() {
        let key = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client";
        for text in [format!("[{key}]\n\"Enabled\"=dword:00000000"), format!("{key}\n    Enabled    REG_DWORD    0x0")]
        {
            assert_eq!(read(&text), [(key.to_owned(), "Enabled".to_owned(), Some(0))]);
        }
        let table = "Path                                                Name                     Value\n----  ---- -----\nHKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 SystemDefaultTlsVersions Not Found\nHKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto       1";
        let key = "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319".to_owned();
        assert_eq!(
            read(table),
            [
                (key.clone(), "SystemDefaultTlsVersions".to_owned(), None),
                (key, "SchUseStrongCrypto".to_owned(), Some(1))
            ]
        );
    }
}
