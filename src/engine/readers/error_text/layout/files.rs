//! Whole files: PAC scripts and HTTP archives.

use super::session::begins_within;
use super::{Layout, found};
use crate::artifact::Kind;

/// A proxy auto-configuration script.
pub fn pac(text: &str, lines: &[&str]) -> Option<Layout> {
    let function = ["function FindProxyForURL", "function findproxyforurl", "FindProxyForURL =", "FindProxyForURLEx"]
        .iter()
        .any(|mark| text.contains(mark));
    let returns = text.contains("return");
    let starts = begins_within(lines, 3, |line| {
        let line = line.trim_start();
        line.starts_with("function") || line.starts_with("//") || line.starts_with("/*") || line.starts_with("var ")
    });
    (function && returns).then(|| found(if starts { 90 } else { 72 }, Kind::PacScript, "A function FindProxyForURL."))
}

/// A browser's HTTP archive.
pub fn har(text: &str) -> Option<Layout> {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    (head.starts_with('{')
        && head.contains("\"log\"")
        && head.contains("\"entries\"")
        && (head.contains("\"creator\"") || head.contains("\"request\"")))
    .then(|| found(90, Kind::Har, "JSON of a browser's HTTP archive."))
}
