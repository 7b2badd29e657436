//! Which configuration file a part is: the file that Entra Connect reads, another copy of it, or an application's.

use super::{WhichFile, name_of_file};
use crate::artifact::{Part, Span};

/// Which file a part is: by the file's name, by a path or name in the lines above, by content.
pub fn which_file(part: &Part, text: &str) -> (WhichFile, Option<Span>) {
    let named = name_of_file(&part.source.name);
    let (hint, place) = hint_above(part).map_or((None, None), |(which, span)| (Some(which), Some(span)));
    let lower_has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let declares = lower_has("NetSectionGroup") || lower_has("name=\"defaultProxy\"");
    let v2 = declares && lower_has("System, Version=2.0.0.0") && !lower_has("Version=4.0.0.0");
    match (named, hint) {
        (Some(WhichFile::Machine) | None, _) if v2 => (WhichFile::MachineV2, None),
        (Some(which), _) => (which, None),
        (None, Some(which)) => (which, place),
        _ if declares => (WhichFile::Machine, None),
        _ => {
            let app = [
                "<supportedRuntime",
                "<assemblyBinding",
                "<applicationSettings",
                "name=\"clientSettings\"",
                "<userSettings",
            ];
            (if app.iter().any(|sign| lower_has(sign)) { WhichFile::OtherApp } else { WhichFile::Machine }, None)
        }
    }
}

/// Which file a path in a text names, where it is a .NET configuration or the folder of one.
pub fn file_of_path(path: &str) -> Option<WhichFile> {
    let path = path.to_ascii_lowercase().replace('\\', "/");
    let file = path.rsplit('/').next().unwrap_or("");
    if file == "machine.config" || (path.contains("microsoft.net/framework") && path.contains("/config")) {
        return Some(copy_of_machine_config(&path));
    }
    name_of_file(file).or_else(|| file.ends_with(".config").then_some(WhichFile::OtherApp))
}

/// Which copy of machine.config a path with forward slashes, in lower case, names.
pub fn copy_of_machine_config(path: &str) -> WhichFile {
    if path.contains("v2.0.50727") {
        return WhichFile::MachineV2;
    }
    let narrow = path.match_indices("framework").any(|(at, word)| {
        let rest = path.get(at + word.len()..).unwrap_or("");
        rest.starts_with("32")
            || rest.strip_prefix(['/', '_', '-', '.', ' ']).is_some_and(|rest| rest.starts_with("v4"))
    });
    if narrow || path.contains("x86") || path.contains("32bit") || path.contains("32-bit") {
        return WhichFile::Machine32;
    }
    WhichFile::Machine
}

/// The last .config file that the lines above name.
fn hint_above(part: &Part) -> Option<(WhichFile, Span)> {
    let source = part.source;
    let first = source.line_index(part.start);
    for line in (first.saturating_sub(12)..first).rev() {
        let range = source.line_range(line);
        let text = source.line(line);
        let plain = text.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        if plain.starts_with('<') || text.len() > 2000 {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let Some(at) = lower.rfind(".config") else {
            continue;
        };
        let end = at + ".config".len();
        let path = lower.get(..end).unwrap_or("");
        let start = path
            .rfind(|c: char| c.is_whitespace() || matches!(c, '\\' | '/' | '"' | '\'' | '(' | '<'))
            .map_or(0, |at| at + 1);
        let file = path.get(start..).unwrap_or("");
        let which = match name_of_file(file)? {
            WhichFile::Machine => copy_of_machine_config(&path.replace('\\', "/")),
            which => which,
        };
        return Some((which, Span { artifact: part.artifact, start: range.start, end: range.start + end }));
    }
    None
}
