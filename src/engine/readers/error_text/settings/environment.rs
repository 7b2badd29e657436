//! Proxy variables of the environment: `set`, `$env:`, `export`, `Get-ChildItem env:`, and what curl says of them.

use super::{Account, Collector, SettingField, SettingLayer};
use crate::artifact::Part;
use crate::readers::error_text::layout::prompt;

pub(super) fn read(part: &Part, all: &mut Collector) {
    // A question for one variable is answered by a line with nothing but its value.
    let mut asked = false;
    for (start, line) in part.lines() {
        if let Some(command) = prompt(line) {
            asked = asks(command);
        } else if asked && !line.trim().is_empty() {
            asked = false;
            let value = line.trim();
            if value.contains("://") && !value.contains(' ') {
                let at = start + (line.len() - line.trim_start().len());
                let found = (SettingField::Server, value.to_owned(), at..at + value.len());
                all.block(SettingLayer::Environment, Account::SignedIn, [found]);
                continue;
            }
        }
        for name in ["https_proxy", "http_proxy", "all_proxy", "no_proxy"] {
            let Some((value, place)) = variable(line, name) else { continue };
            let field = if name == "no_proxy" { SettingField::Bypass } else { SettingField::Server };
            let at = start + place;
            let found = (field, value.to_owned(), at..at + value.len());
            all.block(SettingLayer::Environment, Account::SignedIn, [found]);
            break;
        }
    }
}

/// `$env:HTTPS_PROXY` and `echo %HTTPS_PROXY%`.
fn asks(command: &str) -> bool {
    let command = command.to_ascii_lowercase();
    let name = command.trim_start_matches("echo ").trim().trim_start_matches("$env:").trim_matches('%');
    ["https_proxy", "http_proxy", "all_proxy"].contains(&name)
}

/// The value that a line gives a variable, and its place in the line.
fn variable<'a>(line: &'a str, name: &str) -> Option<(&'a str, usize)> {
    let lower = line.to_ascii_lowercase();
    let at = lower.find(name)?;
    // A longer name, such as FTP_HTTP_PROXY_OLD, is another variable.
    if lower.get(..at)?.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let rest = line.get(at + name.len()..)?;
    let value = rest.trim_start_matches(['=', ' ', ':', '"', '\'', '\t']);
    let assigned = rest.trim_start().starts_with(['=', ':']) || rest.starts_with("  ");
    let place = line.len() - value.len();
    let value = value.split_whitespace().next()?.trim_matches(['"', '\'', ',']);
    let is_value = value.contains([':', '.']) && !value.contains(['<', '{', '%']);
    (assigned && is_value).then_some((value, place))
}
