//! Internet Options as the registry has them: `.reg` files, `reg query`, and PowerShell's lists and tables.
//!
//! Windows keeps them twice: as plain values, which people read, and as a binary value per connection, which counts.

use super::connections::{self, Connection};
use super::{Account, Collector, Found, SettingField, SettingLayer, account_of_key};
use crate::artifact::Part;
use crate::readers::error_text::columns::{Columns, columns};
use crate::readers::error_text::layout::prompt;
use std::ops::Range;

/// Names of the values, plain and binary.
pub(super) const NAMES: &[&str] = &[
    "ProxyServer",
    "ProxyOverride",
    "AutoConfigURL",
    "ProxyEnable",
    "AutoDetect",
    "ProxySettingsPerUser",
    "DefaultConnectionSettings",
    "SavedLegacySettings",
    "WinHttpSettings",
];

pub(super) fn read(part: &Part, all: &mut Collector) {
    let mut print = Print::default();
    let mut saved: Vec<(Account, Vec<Found>)> = Vec::new();
    let mut stored: Vec<Account> = Vec::new();
    let mut table: Option<Columns> = None;
    let mut before = "";
    let mut lines = part.lines().peekable();
    while let Some((start, line)) = lines.next() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let head = std::mem::replace(&mut before, line);
        if let Some(account) = key(trimmed) {
            // The path stands below the values in a list of PowerShell, and above them everywhere else.
            if trimmed.starts_with("PSPath") && !print.found.is_empty() {
                print.account = account;
                continue;
            }
            print.flush(all);
            print.account = account;
            continue;
        }
        if let Some(named) = columns(head, line).filter(|columns| columns.names().any(|name| field(name).is_some())) {
            print.flush(all);
            table = Some(named);
            continue;
        }
        if let Some(named) = &table {
            if trimmed.is_empty() {
                table = None;
                print.flush(all);
            } else {
                row(named, line, start, &mut print);
            }
            continue;
        }
        let Some(value) = Value::of(trimmed) else { continue };
        let mut text = value.text.to_owned();
        let mut end = at + trimmed.len();
        if value.is_binary() {
            while lines.peek().is_some_and(|(_, next)| goes_on(&text, next)) {
                let Some((next_at, next)) = lines.next() else { break };
                text = format!("{}{}", text.trim_end_matches('\\'), next.trim());
                end = next_at + next.trim_end().len();
            }
        }
        let place = at + value.place..end;
        if let Some(field) = field(value.name) {
            print.add(all, field, &value.plain(field, &text), place);
        } else if let Some(connection) = Store::of(value.name) {
            let Some(decoded) = binary(&value, &text).and_then(|bytes| connections::decode(&bytes)) else {
                all.block(connection.layer(), print.account, [(SettingField::Unread, String::new(), place)]);
                continue;
            };
            match connection {
                Store::WinHttp => all.block(SettingLayer::WinHttp, Account::Machine, winhttp(decoded, &place)),
                Store::Default => {
                    stored.push(print.account);
                    all.block(SettingLayer::InternetOptions, print.account, at_place(decoded.fields(), &place));
                }
                Store::Saved => saved.push((print.account, at_place(decoded.fields(), &place))),
            }
        }
    }
    print.flush(all);
    // The copy for other connections counts where nothing else is there.
    for (account, found) in saved {
        if !stored.contains(&account) {
            all.block(SettingLayer::InternetOptions, account, found);
        }
    }
}

/// The values of one key, until the next key begins.
#[derive(Default)]
struct Print {
    account: Account,
    found: Vec<Found>,
}

impl Print {
    fn add(&mut self, all: &mut Collector, field: SettingField, value: &str, place: Range<usize>) {
        if self.found.iter().any(|(known, _, _)| *known == field) {
            self.flush(all);
        }
        if !value.is_empty() {
            self.found.push((field, value.to_owned(), place));
        }
    }

    fn flush(&mut self, all: &mut Collector) {
        all.block(SettingLayer::InternetOptions, self.account, self.found.drain(..));
    }
}

/// The account of the key that a line names: a headline, `PSPath`, or the command that asks for it.
fn key(line: &str) -> Option<Account> {
    if let Some(command) = prompt(line) {
        let lower = command.to_ascii_lowercase();
        let at = ["registry::hk", "hkcu", "hklm", "hku", "hkey_"].iter().filter_map(|hive| lower.find(hive)).min();
        return at.filter(|_| lower.contains("internet settings")).and_then(|at| {
            account_of_key(command.get(at..)?.trim_start_matches(|c| c != ':' && c != 'H' && c != 'h'))
        });
    }
    let bare = line.trim_start_matches('[').trim_end_matches(']');
    if bare.starts_with("HK") && bare.contains('\\') {
        return account_of_key(bare);
    }
    let (label, value) = line.split_once(':')?;
    matches!(label.trim(), "PSPath" | "Hive").then(|| account_of_key(value.trim())).flatten()
}

/// The setting that a plain value holds.
fn field(name: &str) -> Option<SettingField> {
    Some(match name {
        "ProxyServer" => SettingField::Server,
        "ProxyOverride" => SettingField::Bypass,
        "AutoConfigURL" => SettingField::Script,
        "ProxyEnable" => SettingField::Enabled,
        "AutoDetect" => SettingField::AutoDetect,
        "ProxySettingsPerUser" => SettingField::PerUser,
        _ => return None,
    })
}

/// The binary values.
#[derive(Clone, Copy)]
enum Store {
    Default,
    Saved,
    WinHttp,
}

impl Store {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "DefaultConnectionSettings" => Self::Default,
            "SavedLegacySettings" => Self::Saved,
            "WinHttpSettings" => Self::WinHttp,
            _ => return None,
        })
    }

    fn layer(self) -> SettingLayer {
        if matches!(self, Self::WinHttp) { SettingLayer::WinHttp } else { SettingLayer::InternetOptions }
    }
}

/// One value as a line prints it.
struct Value<'a> {
    name: &'a str,
    /// `REG_SZ`, `hex(2)`, or empty where the print has no types.
    kind: &'a str,
    text: &'a str,
    /// Where the text begins in the line.
    place: usize,
}

impl<'a> Value<'a> {
    /// `"Name"=text`, `Name REG_SZ text`, `Name : text`.
    fn of(line: &'a str) -> Option<Self> {
        // Get-Item prints the name of the key in front of the first value.
        let line_at = if field_at(line, 0) {
            0
        } else {
            line.find("  ").map(|gap| gap + (line.len() - gap - line.get(gap..).unwrap_or("").trim_start().len()))?
        };
        let rest = line.get(line_at..)?;
        if !field_at(line, line_at) {
            return None;
        }
        let bare = rest.trim_start_matches('"');
        let name = bare.get(..bare.find(|c: char| !c.is_ascii_alphanumeric())?)?;
        let after = bare.get(name.len()..)?.trim_start_matches('"').trim_start();
        let (kind, text) = if let Some(text) = after.strip_prefix('=') {
            match text.split_once(':').filter(|(kind, _)| *kind == "dword" || kind.starts_with("hex")) {
                Some((kind, text)) => (kind, text),
                None => ("", text),
            }
        } else if let Some(text) = after.strip_prefix(':') {
            ("", text)
        } else {
            after.split_once(char::is_whitespace).filter(|(kind, _)| kind.starts_with("REG_"))?
        };
        let text = text.trim().trim_matches('"');
        let place = line.len() - line.trim_end_matches('"').len();
        let place = line.len().saturating_sub(text.len() + place);
        Some(Self { name, kind, text, place })
    }

    fn is_binary(&self) -> bool {
        self.kind.starts_with("hex") || self.kind == "REG_BINARY"
    }

    /// The value as a person would write it.
    fn plain(&self, field: SettingField, text: &str) -> String {
        let wide = matches!(self.kind, "hex(1)" | "hex(2)" | "hex(7)");
        let decoded = self.is_binary().then(|| connections::bytes(text)).flatten();
        let text = match decoded {
            Some(bytes) if wide => connections::wide_text(&bytes),
            Some(bytes) => u8::from(bytes.iter().any(|b| *b != 0)).to_string(),
            None => text.replace("\\\\", "\\"),
        };
        if !matches!(field, SettingField::Enabled | SettingField::AutoDetect | SettingField::PerUser) {
            return text;
        }
        let digits = text.trim_start_matches("0x").trim_start_matches('0');
        match digits {
            "" | "False" | "false" => "0".to_owned(),
            "True" | "true" => "1".to_owned(),
            digits => digits.to_owned(),
        }
    }
}

/// Whether one of the names begins here.
fn field_at(line: &str, at: usize) -> bool {
    let rest = line.get(at..).unwrap_or("").trim_start_matches('"');
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).is_some_and(|name| field(name).is_some() || Store::of(name).is_some())
}

/// Whether bytes go on in the next line: after a backslash in an export, and where a console wrapped them.
fn goes_on(text: &str, next: &str) -> bool {
    let next = next.trim();
    let hex = !next.is_empty() && next.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b',' | b'\\' | b' '));
    hex && (text.ends_with('\\') || (!text.contains(',') && !next.contains(',') && next.len() >= 2))
}

fn binary(value: &Value, text: &str) -> Option<Vec<u8>> {
    (value.is_binary() || text.starts_with('{')).then(|| connections::bytes(text)).flatten()
}

fn at_place(fields: Vec<(SettingField, String)>, place: &Range<usize>) -> Vec<Found> {
    fields.into_iter().map(|(field, value)| (field, value, place.clone())).collect()
}

fn winhttp(decoded: Connection, place: &Range<usize>) -> Vec<Found> {
    if !decoded.uses_proxy {
        return vec![(SettingField::Direct, String::new(), place.clone())];
    }
    let mut fields = vec![(SettingField::Server, decoded.proxy)];
    if !decoded.bypass.is_empty() {
        fields.push((SettingField::Bypass, decoded.bypass));
    }
    at_place(fields, place)
}

/// One line of a table: every column that holds a setting.
fn row(table: &Columns, line: &str, start: usize, print: &mut Print) {
    let account = table.value("PSPath", line).and_then(|(_, path)| account_of_key(path));
    print.account = account.unwrap_or(print.account);
    for name in table.names() {
        let (Some(field), Some((at, text))) = (field(name), table.value(name, line)) else { continue };
        let value = Value { name: "", kind: "", text, place: at };
        let place = start + at..start + at + text.len();
        print.found.push((field, value.plain(field, text), place));
    }
}
