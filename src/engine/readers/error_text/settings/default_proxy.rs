//! What .NET answers when it is asked for its proxy in PowerShell.
//!
//! ```text
//! PS C:\> [System.Net.WebRequest]::DefaultWebProxy.GetProxy('https://login.microsoftonline.com')
//!
//! AbsolutePath   : /
//! AbsoluteUri    : http://proxy.contoso.com:8080/      the same host as in the question: straight out
//! ```
//! `DefaultWebProxy` reads machine.config, `GetSystemWebProxy()` and `WebProxy.GetDefaultProxy()` only the Internet
//! Options of the account (.NET Framework, `WebRequest.DefaultWebProxy`).

use super::{Account, Collector, SettingField, SettingLayer};
use crate::artifact::Part;
use crate::readers::error_text::layout::prompt;
use crate::readers::error_text::shell::{self, Shell};

/// Lines of a print that belong to one question.
const LINES: usize = 20;

pub(super) fn read(part: &Part, all: &mut Collector) {
    // Most parts hold no such question, and the shells need not be told apart.
    if !part.text().contains("GetProxy(") && !part.text().contains("GetDefaultProxy(") {
        return;
    }
    let shells = shell::statements(part);
    let mut question: Option<(SettingLayer, String, usize)> = None;
    for (start, line) in part.lines() {
        if let Some(command) = prompt(line) {
            let lower = command.to_ascii_lowercase();
            let seven = shell::shell_at(part, &shells, start) == Shell::Seven;
            question = asked(&lower).filter(|_| !seven).map(|layer| (layer, host(&lower), 0));
            continue;
        }
        let Some((layer, target, lines)) = &mut question else { continue };
        *lines += 1;
        let trimmed = line.trim();
        let value = match trimmed.split_once(" : ") {
            Some((label, value)) if matches!(label.trim(), "AbsoluteUri" | "Address") => value.trim(),
            None if trimmed.contains("://") && !trimmed.contains(' ') => trimmed,
            _ if *lines > LINES => {
                question = None;
                continue;
            }
            _ => continue,
        };
        let direct = host(value) == *target && !target.is_empty();
        let field = if direct { SettingField::Direct } else { SettingField::Server };
        let place = start + line.rfind(value).unwrap_or(0);
        let said = if direct { "" } else { value };
        all.block(*layer, Account::SignedIn, [(field, said.to_owned(), place..place + value.len())]);
        question = None;
    }
}

fn asked(command: &str) -> Option<SettingLayer> {
    if command.contains("getsystemwebproxy") || command.contains("getdefaultproxy") {
        Some(SettingLayer::InternetOptions)
    } else if command.contains("defaultwebproxy") || command.contains("webclient).proxy") {
        Some(SettingLayer::DefaultProxy)
    } else {
        None
    }
}

/// The host of the first address in a text.
fn host(text: &str) -> String {
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':', '\'', '"', ')', ' ']).next().unwrap_or("").to_ascii_lowercase()
}
