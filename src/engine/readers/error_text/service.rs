//! Whether the sync service runs: lines of Get-Service, `sc query` and `net start`.

use crate::artifact::{Part, Span};

/// State of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceState {
    /// The service's own name, as printed.
    pub name: String,
    /// Whether it runs.
    pub running: bool,
    /// The line.
    pub span: Span,
}

/// Every state of a service that the part prints.
pub fn states(part: &Part) -> Vec<ServiceState> {
    let mut found = Vec::new();
    let mut queried: Option<String> = None;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let span = part.span(at..at + trimmed.len());
        let mut words = trimmed.split_whitespace();
        let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        match running(first) {
            // Get-Service prints the state, the name and the display name.
            Some(running) if is_name(second) && words.next().is_some() && is_column(trimmed, first) => {
                found.push(ServiceState { name: second.to_owned(), running, span });
                continue;
            }
            _ => {}
        }
        let Some((label, value)) = trimmed.split_once(':') else {
            continue;
        };
        let value = value.trim();
        // The labels of sc are translated; number and word of the state are not: "ESTADO : 1  STOPPED".
        if let (Some(running), Some(name)) = (state_of_sc(value), &queried) {
            found.push(ServiceState { name: name.clone(), running, span });
            continue;
        }
        match label.trim().to_ascii_uppercase().as_str() {
            "SERVICE_NAME" | "NAME" => {
                queried = Some(value.to_owned()).filter(|name| is_name(name));
            }
            "STATE" | "STATUS" => {
                let state = value.split_whitespace().find_map(running);
                if let (Some(name), Some(running)) = (queried.clone(), state) {
                    found.push(ServiceState { name, running, span });
                }
            }
            // In other languages the name stands in the line above the type.
            _ if is_name(value) && label.contains('_') => queried = Some(value.to_owned()),
            _ => {}
        }
    }
    found
}

/// The state behind its number, as sc prints it in every language.
fn state_of_sc(value: &str) -> Option<bool> {
    let (number, word) = value.split_once(char::is_whitespace)?;
    let is_state = matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7");
    let word = word.split_whitespace().next()?;
    is_state.then(|| running(word)).flatten()
}

fn running(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "running" => Some(true),
        "stopped" | "stoppending" | "stop_pending" | "startpending" | "start_pending" | "paused" => Some(false),
        _ => None,
    }
}

/// A column of a table, not the first word of a sentence.
fn is_column(line: &str, first: &str) -> bool {
    line.strip_prefix(first).is_some_and(|rest| rest.starts_with("  ") || rest.starts_with('\t'))
}

fn is_name(word: &str) -> bool {
    word.len() >= 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_stopped_service_is_seen_in_both_console_forms() {
        let text = "Status   Name               DisplayName\n------   ----               -----------\nStopped  ADSync             Microsoft Azure AD Sync\n\nSERVICE_NAME: ADSync\n        STATE              : 4  RUNNING\n\nRunning a test today showed nothing.";
        let source = Source::decode("a", text.as_bytes());
        let states: Vec<_> =
            states(&Part::whole(&source)).into_iter().map(|state| (state.name, state.running)).collect();
        assert_eq!(states, [("ADSync".to_owned(), false), ("ADSync".to_owned(), true)]);
    }

    #[test]
    fn the_labels_of_sc_may_be_in_any_language() {
        for (text, running) in [
            ("NOMBRE_SERVICIO: ADSync\n  TIPO : 10  WIN32_OWN_PROCESS\n  ESTADO : 1  STOPPED\n", false),
            ("NOM_SERVICE: ADSync\n  TYPE : 10  WIN32_OWN_PROCESS\n  ÉTAT : 4  RUNNING\n", true),
        ] {
            let source = Source::decode("a", text.as_bytes());
            let found = states(&Part::whole(&source));
            assert_eq!(found.iter().map(|state| state.running).collect::<Vec<_>>(), [running], "{text}");
        }
    }
}
