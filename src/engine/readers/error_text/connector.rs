//! Which of the two connectors a run result or an event speaks of. The one of the on-premises directory talks to
//! domain controllers: proxy, firewall to the internet and sign-in do not concern it.

use super::ErrorHit;
use super::events::Event;
use crate::artifact::Part;
use crate::errors;

/// Results and events that either connector may have, and that mean a lost or missing connection.
const EITHER: &[&str] = &["sync-no-start-connection", "sync-stopped-connectivity", "sync-dropped-connection"];

/// What they mean for the on-premises directory.
const ON_PREMISES: &str = "sync-no-domain-controller";

/// The end of the name of the Entra connector, which the wizard gives it.
const ENTRA: &str = " - aad";

/// Gives the hits that name the connector of the on-premises directory the meaning that they have there.
pub fn tell_connectors_apart(part: &Part, events: &[Event], hits: &mut [ErrorHit]) {
    if !hits.iter().any(|hit| EITHER.contains(&hit.entry.id)) {
        return;
    }
    let Some(entry) = errors::all().find(|entry| entry.id == ON_PREMISES) else { return };
    for hit in hits.iter_mut().filter(|hit| EITHER.contains(&hit.entry.id)) {
        let event = events.iter().find(|event| event.block.start <= hit.span.start && hit.span.end <= event.block.end);
        let text = part.source.text.as_str();
        let around = match event {
            Some(event) => text.get(event.block.start..event.block.end),
            None => text.get(line_start(text, hit.span.start)..hit.span.end),
        };
        let named = around.and_then(|around| of_event(around).or_else(|| of_row(around)));
        let named = named.or_else(|| of_list(text.get(part.start..hit.span.start)?));
        if named.is_some_and(|name| is_on_premises(&name)) {
            hit.entry = entry;
            hit.captures.clear();
        }
    }
}

/// Whether a connector is that of an on-premises directory: named after a domain, and not the other one.
fn is_on_premises(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let is_domain = name.contains('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        && name.contains(|c: char| c.is_alphabetic());
    let is_tenant = [".onmicrosoft.com", ".onmicrosoft.us", ".onmschina.cn"].iter().any(|end| name.ends_with(end));
    is_domain && !is_tenant && !name.ends_with(ENTRA)
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |end| end + 1)
}

/// `The management agent "corp.example" failed …`, in any language: the first quoted name.
fn of_event(text: &str) -> Option<String> {
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」');
    let mut pieces = text.split(quote).skip(1).step_by(2).map(str::trim);
    pieces.find(|name| name.contains('.') || name.to_lowercase().ends_with(ENTRA)).map(str::to_owned)
}

/// A row of the Operations list, which begins with the name: up to two blanks, a tab or a bar.
fn of_row(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['|', ' ', '\t', '>', '-', '*']);
    let end = ["  ", "\t", "|", ",", ";"].iter().filter_map(|mark| line.find(mark)).min()?;
    line.get(..end).map(str::to_owned).filter(|name| name.contains('.'))
}

/// The last `ConnectorName : corp.example` above a result, within the block of lines around it.
fn of_list(before: &str) -> Option<String> {
    const LABELS: &[&str] = &["ConnectorName", "Connector", "Name", "MaName", "Management Agent"];
    before.lines().rev().take_while(|line| !line.trim().is_empty()).find_map(|line| {
        let (label, name) = line.split_once(':')?;
        LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known)).then(|| name.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use super::*;
    use crate::artifact::Kind;

    fn ids(text: &str, kind: Kind) -> Vec<&'static str> {
        read_as(text, kind).errors.iter().map(|hit| hit.entry.id).collect()
    }

    #[test]
    fn the_name_of_the_connector_decides_in_rows_lists_and_events() {
        let event = |name: &str| {
            format!(
                "Log Name:      Application\nSource:        ADSync\nDate:          8/5/2026 4:31:15 AM\nEvent ID:      6050\nLevel:         Error\nDescription:\nThe management agent \"{name}\" failed on run profile \"Delta Import\" because of connectivity issues.\n"
            )
        };
        let row = |name: &str| format!("{name}    Delta Import    stopped-connectivity   8/5/2026\n");
        let list = |name: &str| {
            format!("ConnectorName  : {name}\nRunProfileName : Export\nResult         : no-start-connection\n")
        };
        for (name, on_premises) in [("corp.nordwind.local", true), ("nordwind.onmicrosoft.com - AAD", false)] {
            for (text, kind) in
                [(event(name), Kind::EventLog), (row(name), Kind::ErrorText), (list(name), Kind::PowershellOutput)]
            {
                let ids = ids(&text, kind);
                assert!(!ids.is_empty() && ids.iter().all(|id| (*id == ON_PREMISES) == on_premises), "{text}: {ids:?}");
            }
        }
    }
}
