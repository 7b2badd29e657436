//! `bitsadmin /util /getieproxy ACCOUNT`: the Internet Options of a service account.
//!
//! ```text
//! C:\>bitsadmin /util /getieproxy LOCALSYSTEM
//!
//! BITSADMIN version 3.0
//! …
//! Proxy usage:   Manual_proxy              also No_proxy, Autodetect, Autoscript, in any letter case
//! Proxy list:    proxy.contoso.com:8080
//! Proxy bypass:  <local>
//! ```
//! The labels are general knowledge: no specimen was at hand. They are found by their words in any order.

use super::{Account, Collector, Found, SettingField, SettingLayer};
use crate::artifact::Part;

pub(super) fn read(part: &Part, all: &mut Collector) {
    let mut account = Account::Other;
    let mut print: Vec<Found> = Vec::new();
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let lower = trimmed.to_ascii_lowercase();
        if let Some(named) = asked(&lower) {
            all.block(SettingLayer::InternetOptions, account, print.drain(..));
            account = named;
            continue;
        }
        let Some((label, value)) = trimmed.split_once(':') else { continue };
        let place = at + label.len() + 1 + (value.len() - value.trim_start().len());
        let end = at + trimmed.len();
        let value = value.trim();
        let label = label.to_ascii_lowercase();
        let label = label.trim();
        if label == "proxy usage" {
            if !print.is_empty() {
                all.block(SettingLayer::InternetOptions, account, print.drain(..));
            }
            print.extend(usage(value).into_iter().map(|(field, text)| (field, text.to_owned(), place..end)));
            continue;
        }
        let field = match label {
            "proxy list" => SettingField::Server,
            "proxy bypass" => SettingField::Bypass,
            "autoconfig url" | "auto config url" | "script url" | "autoscript url" => SettingField::Script,
            _ => continue,
        };
        let none = value.is_empty()
            || value.starts_with('(')
            || ["null", "none"].contains(&value.to_ascii_lowercase().as_str());
        if !print.is_empty() && !none {
            print.push((field, value.to_owned(), place..end));
        }
    }
    all.block(SettingLayer::InternetOptions, account, print.drain(..));
}

/// The account that the command asks for.
fn asked(line: &str) -> Option<Account> {
    let (_, rest) = line.split_once("/getieproxy")?;
    Some(match rest.split_whitespace().next().unwrap_or("") {
        "localsystem" => Account::LocalSystem,
        "localservice" => Account::LocalService,
        "networkservice" => Account::NetworkService,
        _ => Account::Other,
    })
}

fn usage(value: &str) -> Option<(SettingField, &'static str)> {
    let word: String = value.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match word.as_str() {
        "noproxy" => (SettingField::Direct, ""),
        "manualproxy" | "override" => (SettingField::Enabled, "1"),
        "autodetect" => (SettingField::AutoDetect, "1"),
        // The address of the script stands on a line of its own, where it stands at all.
        "autoscript" => (SettingField::Enabled, "0"),
        "preconfig" | "default" => (SettingField::Unread, ""),
        _ => return None,
    })
}
