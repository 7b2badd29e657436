//! What a PAC script returns: `PROXY host:port` and `DIRECT` inside its string literals. The script is not run.

use super::{Account, Collector, SettingField, SettingLayer};
use crate::artifact::Part;

const KINDS: &[&str] = &["PROXY", "HTTP", "HTTPS", "SOCKS", "SOCKS4", "SOCKS5"];

pub(super) fn read(part: &Part, all: &mut Collector) {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (start, line) in part.lines() {
        let code = code_of(line, &mut in_comment);
        for (place, value) in returns(code) {
            let direct = value == "DIRECT";
            let field = if direct { SettingField::Direct } else { SettingField::Server };
            let host = value.split_whitespace().nth(1).unwrap_or("");
            found.push((field, host.to_owned(), start + place..start + place + value.len()));
        }
    }
    all.block(SettingLayer::PacScript, Account::SignedIn, found);
}

/// The line without what is commented out at its begin or its end.
fn code_of<'a>(line: &'a str, in_comment: &mut bool) -> &'a str {
    if *in_comment {
        *in_comment = !line.contains("*/");
        return "";
    }
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    if trimmed.starts_with("/*") {
        *in_comment = !line.contains("*/");
        return "";
    }
    line
}

/// Every result in the line, with its place.
fn returns(line: &str) -> Vec<(usize, &str)> {
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
