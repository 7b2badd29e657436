//! The registry values that decide about TLS 1.2 for .NET and Schannel, and the cloud the wizard is told to use.

use super::columns::{Columns, columns};
use super::layout::prompt;
use crate::artifact::{Part, Span};
use std::ops::Range;

/// One value of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryValue {
    /// The key, as printed; cut off with "..." by narrow consoles.
    pub key: String,
    /// The name of the value.
    pub name: String,
    /// The number, where it is one; `None` for "Not Found" and for texts.
    pub number: Option<u32>,
    /// It is stored as a text (`REG_SZ`), whatever stands in it.
    pub is_text: bool,
    /// As printed.
    pub text: String,
    /// The line.
    pub span: Span,
}

impl RegistryValue {
    /// Whether it is a value of the .NET that Entra Connect runs on: version 4, 64-bit. The 32-bit view serves 32-bit
    /// programs.
    fn is_of_dotnet(&self) -> bool {
        let key = self.key.to_ascii_lowercase();
        key.contains(".netframework\\v4.0.30319") && !key.contains("wow6432node")
    }

    /// Whether it decides if that .NET offers TLS 1.2 by itself.
    pub fn decides_tls(&self) -> bool {
        self.is_of_dotnet() && matches!(self.name.as_str(), "SystemDefaultTlsVersions" | "SchUseStrongCrypto")
    }
}

const NAMES: &[&str] =
    &["SystemDefaultTlsVersions", "SchUseStrongCrypto", "Enabled", "DisabledByDefault", "AzureInstance"];

/// The values of interest, in the order of the text, from .reg files, `reg query`, lists and tables of PowerShell,
/// and the table of Microsoft's TLS check.
pub fn values(part: &Part) -> Vec<RegistryValue> {
    let mut found: Vec<RegistryValue> = Vec::new();
    if !["HKEY_", "HKLM", "hklm", "HKCU"].iter().any(|root| part.text().contains(root)) {
        return found;
    }
    let mut key = String::new();
    let mut table: Option<Columns> = None;
    // A list of PowerShell names its key below its values: from this one on they still wait for it.
    let mut waiting = 0;
    let mut before = "";
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let head = std::mem::replace(&mut before, line);
        if let Some(path) = list_key(trimmed) {
            for value in found.iter_mut().skip(waiting) {
                path.clone_into(&mut value.key);
            }
            waiting = found.len();
            continue;
        }
        if let Some(name) = key_of(trimmed).or_else(|| key_of_command(trimmed)) {
            name.clone_into(&mut key);
            waiting = found.len();
        }
        if let Some(named) = columns(head, line).filter(|named| named.names().any(|name| NAMES.contains(&name))) {
            table = Some(named);
            continue;
        }
        if let Some(named) = &table {
            for name in NAMES {
                if let Some((place, text)) = named.value(name, line) {
                    let place = start + place;
                    found.push(value(part, &key, name, (text, false), place..place + text.len()));
                }
            }
            table = table.filter(|_| !trimmed.is_empty());
            continue;
        }
        let Some((row_key, name, text)) = value_of(trimmed) else {
            continue;
        };
        let key = if row_key.is_empty() { &key } else { row_key };
        let is_text = is_text(trimmed, name);
        found.push(value(part, key, name, (text, is_text), at..at + trimmed.len()));
    }
    found.retain(|value| !value.key.is_empty());
    found
}

fn value(part: &Part, key: &str, name: &str, (text, is_text): (&str, bool), place: Range<usize>) -> RegistryValue {
    RegistryValue {
        key: key.to_owned(),
        name: name.to_owned(),
        number: number(text).filter(|_| !is_text),
        is_text,
        text: text.to_owned(),
        span: part.span(place),
    }
}

/// The key of a line that holds nothing else.
fn key_of(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches('[').trim_end_matches(']');
    let bare = bare.strip_prefix("Hive:").map_or(bare, str::trim);
    (is_key(bare) && !NAMES.iter().any(|name| bare.split_whitespace().any(|word| word == *name))).then_some(bare)
}

/// `PSPath : Microsoft.PowerShell.Core\Registry::HKEY_…`.
fn list_key(line: &str) -> Option<&str> {
    let (label, value) = line.split_once(':')?;
    (label.trim() == "PSPath").then(|| value.rsplit("::").next().unwrap_or(value).trim())
}

/// A command that was copied without its prompt.
fn typed(line: &str) -> Option<&str> {
    let line = line.trim();
    ["Get-ItemProperty", "reg query", "reg.exe query"]
        .iter()
        .any(|command| line.get(..command.len()).is_some_and(|head| head.eq_ignore_ascii_case(command)))
        .then_some(line)
}

/// The key that a command asks for.
fn key_of_command(line: &str) -> Option<&str> {
    let command = prompt(line).or_else(|| typed(line))?;
    let at = ["HKEY_", "HKLM:", "HKLM\\", "HKCU:", "HKCU\\", "hklm:", "hklm\\"]
        .iter()
        .filter_map(|root| command.find(root))
        .min()?;
    let (before, rest) = command.split_at_checked(at)?;
    // A quoted path may hold blanks.
    let end = match before.chars().next_back() {
        Some(quote @ ('"' | '\'')) => rest.find(quote),
        _ => rest.find([' ', ',', '|', ')']),
    };
    rest.get(..end.unwrap_or(rest.len()))
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
    // The head of a table names several.
    let is_head = NAMES.iter().any(|name| value.starts_with(name));
    (!value.is_empty() && !is_head).then_some((row_key, name, value))
}

/// Whether a line of a .reg file or of `reg query` gives the type of a text.
fn is_text(line: &str, name: &str) -> bool {
    if let Some(quoted) = line.strip_prefix('"') {
        return quoted
            .split_once("\"=")
            .is_some_and(|(_, value)| value.starts_with('"') || value.starts_with("hex(1):"));
    }
    let behind = line.split_once(name).map_or("", |(_, behind)| behind.trim_start());
    ["REG_SZ", "REG_EXPAND_SZ"].iter().any(|kind| behind.split_whitespace().next() == Some(kind))
}

fn number(text: &str) -> Option<u32> {
    if let Some(hex) = text.strip_prefix("dword:").or_else(|| text.strip_prefix("0x")) {
        return u32::from_str_radix(hex, 16).ok();
    }
    // A number that was written as bytes, low byte first.
    if let Some(bytes) = text.strip_prefix("hex(4):").or_else(|| text.strip_prefix("hex:")) {
        let digits: String = bytes.split(',').take(4).map(str::trim).collect::<Vec<_>>().into_iter().rev().collect();
        return u32::from_str_radix(&digits, 16).ok();
    }
    // PowerShell prints 0xffffffff as -1.
    text.parse().ok().or_else(|| text.parse().ok().map(i32::cast_unsigned))
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
    fn a_command_gives_the_key_with_its_prompt_or_without() {
        let key = "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319".to_owned();
        for prompt in ["PS C:\\> ", ""] {
            let text = format!("{prompt}Get-ItemProperty '{key}' SchUseStrongCrypto\nSchUseStrongCrypto : 0\n");
            assert_eq!(read(&text), [(key.clone(), "SchUseStrongCrypto".to_owned(), Some(0))], "{prompt}");
        }
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
    #[test]
    fn a_list_names_its_key_below_the_values_and_a_command_above_them() {
        let key = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319".to_owned();
        let list = format!(
            "PS C:\\> Get-ItemProperty HKLM:\\x\n\nSystemDefaultTlsVersions : 0\nSchUseStrongCrypto       : 1\nPSPath                   : Microsoft.PowerShell.Core\\Registry::{key}\nPSProvider               : x"
        );
        let both = [
            (key.clone(), "SystemDefaultTlsVersions".to_owned(), Some(0)),
            (key, "SchUseStrongCrypto".to_owned(), Some(1)),
        ];
        assert_eq!(read(&list), both);
        let asked = "HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319";
        let table = format!(
            "PS C:\\> Get-ItemProperty '{asked}' | Select-Object SystemDefaultTlsVersions, SchUseStrongCrypto\n\nSystemDefaultTlsVersions SchUseStrongCrypto\n------------------------ ------------------\n                       1                  0\n\n"
        );
        let values: Vec<_> = read(&table).into_iter().map(|(key, _, number)| (key, number)).collect();
        assert_eq!(values, [(asked.to_owned(), Some(1)), (asked.to_owned(), Some(0))]);
        for text in ["[HKLM\\x]\n\"Enabled\"=\"0\"", "HKLM\\x\n    Enabled    REG_SZ    0"] {
            assert_eq!(read(text)[0].2, None, "a text is no number to those that read the value: {text}");
        }
        assert_eq!(read("[HKEY_LOCAL_MACHINE\\x]\n\"Enabled\"=hex(4):01,00,00,00")[0].2, Some(1));
    }
}
