//! `netsh winhttp show proxy`, read by its structure in any language, and `show advproxy`, which prints JSON.
//!
//! ```text
//! Current WinHTTP proxy settings:          a line with "WinHTTP" that ends in a colon
//!
//!     Proxy Server(s) :  proxy:8080        first label: the proxy; a line without a value: direct access
//!     Bypass List     :  *.local           second label; "(none)" in brackets in any language
//! ```

use super::super::layout::prompt;
use super::{Account, Collector, Found, SettingField, SettingLayer};
use crate::artifact::Part;

const COLONS: [char; 2] = [':', '：'];
const BLANKS: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\t'];

pub(super) fn read(part: &Part, all: &mut Collector) {
    let mut below = 0;
    let mut print: Vec<Found> = Vec::new();
    let mut json: Option<Json> = None;
    for (start, line) in part.lines() {
        let trimmed = line.trim_matches(BLANKS).trim();
        let at = start + line.find(trimmed).unwrap_or(0);
        if let Some(object) = &mut json {
            object.line(trimmed, at);
            if trimmed.starts_with('}') || object.lines > 16 {
                let object = json.take().unwrap_or_default();
                if object.is_winhttp() {
                    all.block(SettingLayer::WinHttp, Account::Machine, object.found());
                }
            }
            continue;
        }
        if trimmed == "{" {
            json = Some(Json::default());
            continue;
        }
        if is_head(trimmed) {
            all.block(SettingLayer::WinHttp, Account::Machine, print.drain(..));
            below = 2;
            continue;
        }
        if below == 0 || trimmed.is_empty() {
            continue;
        }
        // The headline was a sentence about what was done: the command comes first, its print further down.
        if prompt(trimmed).is_some() {
            below = 0;
            continue;
        }
        below -= 1;
        match labelled(trimmed) {
            Some((place, value)) => {
                let field = if below == 1 { SettingField::Server } else { SettingField::Bypass };
                // "(none)", "(无)", "(aucun)", "(keine)".
                let none = value.starts_with(['(', '（']);
                // The proxy itself may be set to none while a bypass list is left over.
                let field = if none && field == SettingField::Server { SettingField::Direct } else { field };
                let value = if none { "" } else { value };
                print.push((field, value.to_owned(), at + place..at + trimmed.len()));
            }
            None if below == 1 && trimmed.contains(['(', '（']) => {
                print.push((SettingField::Direct, String::new(), at..at + trimmed.len()));
                below = 0;
            }
            None => below = 0,
        }
        if below == 0 {
            all.block(SettingLayer::WinHttp, Account::Machine, print.drain(..));
        }
    }
    all.block(SettingLayer::WinHttp, Account::Machine, print.drain(..));
}

/// The headline in any language. The command itself has no colon at its end.
fn is_head(line: &str) -> bool {
    line.len() < 160 && line.to_ascii_lowercase().contains("winhttp") && line.ends_with(COLONS)
}

/// Place and text of what stands behind the label. "Direct access (no proxy server)." has no label.
fn labelled(line: &str) -> Option<(usize, &str)> {
    let (label, rest) = line.split_once(COLONS)?;
    let in_brackets = label.contains(['(', '（']) && !label.contains("(s)");
    let value = rest.trim_matches(BLANKS).trim();
    (!in_brackets && !value.is_empty()).then(|| (line.len() - rest.trim_start_matches(BLANKS).len(), value))
}

/// The object that `netsh winhttp show advproxy` prints.
#[derive(Default)]
struct Json {
    lines: usize,
    members: Vec<(String, String, usize)>,
}

impl Json {
    fn line(&mut self, line: &str, at: usize) {
        self.lines += 1;
        let Some((name, value)) = line.trim_end_matches(',').split_once(':') else { return };
        let place = at + name.len() + 1 + (value.len() - value.trim_start().len());
        let name = name.trim().trim_matches('"').to_ascii_lowercase();
        self.members.push((name, value.trim().to_owned(), place));
    }

    fn is_winhttp(&self) -> bool {
        let has = |wanted: &str| self.members.iter().any(|(name, _, _)| name == wanted);
        has("proxybypass") && has("proxy")
    }

    fn found(self) -> Vec<Found> {
        let switch =
            |wanted: &str| self.members.iter().find(|(name, _, _)| name == wanted).map(|(_, value, _)| value == "true");
        let (proxy_on, script_on) = (switch("proxyisenabled"), switch("autoconfigisenabled"));
        let mut found: Vec<Found> = Vec::new();
        for (name, value, place) in &self.members {
            let text = value.trim_matches('"').trim();
            let end = place + value.len();
            let field = match name.as_str() {
                "proxy" if proxy_on != Some(false) && !text.is_empty() => SettingField::Server,
                "proxybypass" if !text.is_empty() => SettingField::Bypass,
                "autoconfigurl" if script_on != Some(false) && !text.is_empty() => SettingField::Script,
                "autodetect" if text == "true" => SettingField::AutoDetect,
                _ => continue,
            };
            let text = if field == SettingField::AutoDetect { "1" } else { text };
            found.push((field, text.to_owned(), *place..end));
        }
        let decides = |field: &SettingField| {
            matches!(field, SettingField::Server | SettingField::Script | SettingField::AutoDetect)
        };
        if !found.iter().any(|(field, _, _)| decides(field))
            && let Some((_, value, place)) = self.members.iter().find(|(name, _, _)| name == "proxy")
        {
            found.push((SettingField::Direct, String::new(), *place..place + value.len()));
        }
        found
    }
}
