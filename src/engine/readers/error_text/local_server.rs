//! What the server's own services and its database say: the logon failure of another service is no matter of sync, and
//! a certificate that the database client meets is none of the way to the cloud.
//!
//! Sources: Service Control Manager, events 7000 to 7041; Microsoft.Data.SqlClient, texts of its providers.

use super::ErrorHit;
use super::events::Event;
use super::service::ServiceState;
use crate::artifact::Part;
use crate::errors::Layer;

/// How the sync service is called, by its own name and by its display names. Compared in lower case.
const SYNC_SERVICE: &[&str] =
    &["adsync", "azure ad sync", "azure active directory sync", "entra id sync", "entra connect sync", "miiserver"];

/// What shows that the lines are a report about one service that they name.
const RECORD: &[&str] = &[
    "service control manager",
    "failed to start due to the following error",
    "was unable to log on as",
    "net start ",
    "net.exe start ",
    "sc start ",
    "start-service ",
    "restart-service ",
];

/// The numbers of the Service Control Manager's events.
const NUMBERS: &[&str] = &["7000", "7001", "7009", "7011", "7022", "7023", "7024", "7031", "7034", "7038", "7041"];

/// How many lines above an error may name the service that it is about.
const LINES_ABOVE: usize = 7;

/// Marks the errors of other services of the server and those that the client of the database met, and what was mended
/// before the last print in which the sync service runs.
pub fn mark(part: &Part, events: &[Event], services: &[ServiceState], hits: &mut [ErrorHit]) {
    let last = services.iter().rfind(|state| state.name.eq_ignore_ascii_case("ADSync"));
    if let Some(running) = last.filter(|state| state.running) {
        let stopped = |hit: &&mut ErrorHit| hit.entry.diagnosis == Some("sync-service-stopped");
        for hit in hits.iter_mut().filter(stopped).filter(|hit| hit.span.start < running.span.start) {
            hit.history = true;
        }
    }
    for index in 0..hits.len() {
        let Some(hit) = hits.get(index) else { continue };
        let foreign = match hit.entry.id {
            "service-logon-failure" | "service-failed-to-start" => is_of_another_service(part, events, hit),
            "sql-login-failed" => is_of_sql_servers_log(part, hit),
            _ => matches!(hit.entry.layer, Layer::Name | Layer::Socket | Layer::Tls) && is_of_database(part, hits, hit),
        };
        if foreign && let Some(hit) = hits.get_mut(index) {
            hit.foreign = true;
        }
    }
}

/// Whether the record around the error names a service, and not that of sync.
fn is_of_another_service(part: &Part, events: &[Event], hit: &ErrorHit) -> bool {
    let text = part.source.text.as_str();
    let event = events.iter().rfind(|event| event.block.start <= hit.span.start && hit.span.start < event.block.end);
    let above = || lines_above(text.get(part.start..hit.span.start).unwrap_or(""));
    let start = event.map_or_else(|| hit.span.start - above(), |event| event.block.start);
    let line_end = text.get(hit.span.end..).and_then(|rest| rest.find(['\n', '\r'])).unwrap_or(0);
    let end = event.map_or(hit.span.end + line_end, |event| event.block.end);
    let record = text.get(start..end).unwrap_or("").to_lowercase();
    let named = RECORD.iter().any(|sign| record.contains(sign))
        || record.split(|c: char| !c.is_alphanumeric()).any(|word| NUMBERS.contains(&word));
    named && !SYNC_SERVICE.iter().any(|name| record.contains(name))
}

/// How many bytes the lines above take, with the beginning of the line itself. A blank line above the number of the
/// record ends it: what stands further up is another record.
fn lines_above(head: &str) -> usize {
    let mut from = head.len();
    let mut seen = false;
    let mut filled = 0;
    for line in head.split_inclusive('\n').rev() {
        if line.trim().is_empty() {
            if seen {
                break;
            }
        } else {
            filled += 1;
        }
        if filled > LINES_ABOVE {
            break;
        }
        from -= line.len();
        seen |= line.split(|c: char| !c.is_alphanumeric()).any(|word| NUMBERS.contains(&word));
    }
    head.len() - from
}

/// Whether SQL Server notes it in a log of its own, which it keeps for every program: it names the client's address.
fn is_of_sql_servers_log(part: &Part, hit: &ErrorHit) -> bool {
    let rest = part.source.text.get(hit.span.start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    rest.to_ascii_lowercase().contains("[client:")
}

/// Whether the error stands in the words of the database client: in its line, or in the chain of its exception.
fn is_of_database(part: &Part, hits: &[ErrorHit], hit: &ErrorHit) -> bool {
    hits.iter().filter(|other| other.entry.id.starts_with("sql-")).any(|sql| {
        let between = hit.span.start.min(sql.span.start)..hit.span.start.max(sql.span.start);
        let one_line = part.source.text.get(between).is_some_and(|text| !text.contains(['\n', '\r']));
        one_line || (sql.link.chain == hit.link.chain && sql.span.start < hit.span.start)
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    fn counted(text: &str, kind: Kind) -> Vec<&'static str> {
        read_as(text, kind).errors.iter().filter(|hit| !hit.foreign).map(|hit| hit.entry.id).collect()
    }

    #[test]
    fn the_logon_failure_of_another_service_is_no_matter_of_sync() {
        for (service, ours) in [("Veeam Agent for Microsoft Windows", false), ("Microsoft Azure AD Sync", true)] {
            let text = format!(
                "Entra Connect server\n\nTimeCreated : 17.06.2026 05:00:12\nId          : 7000\nMessage     : The {service} service failed to start due to the following error:\n              The service did not start due to a logon failure.\n"
            );
            assert_eq!(counted(&text, Kind::PowershellOutput).contains(&"service-logon-failure"), ours, "{service}");
            let console = format!(
                "C:\\>net start \"{service}\"\nSystem error 1069 has occurred.\n\nThe service did not start due to a logon failure.\n"
            );
            assert_eq!(counted(&console, Kind::PowershellOutput).contains(&"service-logon-failure"), ours, "{service}");
        }
    }

    #[test]
    fn a_service_that_was_started_again_is_no_fault() {
        let table = |state: &str| {
            format!(
                "PS C:\\> Get-Service ADSync\nStatus   Name     DisplayName\n{state}  ADSync   Microsoft Azure AD Sync\n"
            )
        };
        let text = table("Stopped") + "PS C:\\> Start-Service ADSync\n" + &table("Running");
        assert!(read_as(&text, Kind::PowershellOutput).errors.iter().all(|hit| hit.history));
        let text = table("Running") + &table("Stopped");
        assert!(read_as(&text, Kind::PowershellOutput).errors.iter().any(|hit| !hit.history));
    }

    #[test]
    fn the_bare_sentence_in_a_mail_about_entra_connect_counts() {
        let text = "Entra Connect: The service did not start due to a logon failure.";
        assert_eq!(counted(text, Kind::ErrorText), ["service-logon-failure"]);
    }

    #[test]
    fn the_certificate_of_the_database_is_not_that_of_the_way_out() {
        let text = "Configure AAD Sync task: A connection was successfully established with the server, but then an error occurred during the login process. (provider: SSL Provider, error: 0 - The certificate chain was issued by an authority that is not trusted.)\n ---> System.ComponentModel.Win32Exception: The certificate chain was issued by an authority that is not trusted\n";
        assert!(!counted(text, Kind::ErrorText).contains(&"tls-untrusted-root"));
    }
}
