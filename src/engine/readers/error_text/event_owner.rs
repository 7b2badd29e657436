//! Schannel and CAPI2 write for every program of a server. What concerns connections from outside, or a program that
//! is none of Entra Connect's, is no fault of its own.
//!
//! CAPI2 names the program in its XML: `<EventAuxInfo ProcessName="miiserver.exe" />`.
//! Newer systems name the program: "The SSPI client process is {name} (PID: {number})." 36874 speaks of a connection
//! from outside, 36888 of an alert that this server sent. Source: Microsoft, Schannel Events; read 2026-11.

use super::ErrorHit;
use super::events::Event;
use super::other_program::OWN_PROCESSES;
use crate::artifact::{Part, Span};

/// The event of a connection from outside that found no common cipher.
const INBOUND: u32 = 36874;

/// Programs that fetch revocation lists for others.
const FETCHERS: &[&str] = &["svchost", "taskhost"];

/// Marks the errors of events that speak of another program, or of a connection from outside.
pub fn mark_others(part: &Part, events: &[Event], hits: &mut [ErrorHit]) {
    for event in events.iter().filter(|event| event.source.to_ascii_lowercase().contains("capi2")) {
        let block = event.block;
        let text = part.source.text.get(block.start..block.end).unwrap_or("").to_lowercase();
        if named_process(&text).is_some_and(|name| !is_ours(name) && !FETCHERS.iter().any(|own| name.contains(own))) {
            mark(hits, block);
        }
    }
    for event in events.iter().filter(|event| is_filter_platform(event)) {
        let block = event.block;
        let text = part.source.text.get(block.start..block.end).unwrap_or("").to_lowercase();
        // The path of the program: "\\device\\harddiskvolume4\\windows\\system32\\svchost.exe".
        let names = |text: &str| {
            text.match_indices(".exe").any(|(at, _)| {
                let path = text.get(..at).unwrap_or("");
                path.rsplit(['\\', '/', '>', '"', ' '])
                    .next()
                    .is_some_and(|name| OWN_PROCESSES.iter().any(|own| name.contains(own)))
            })
        };
        if !names(&text) {
            mark(hits, block);
        }
    }
    for (index, event) in events.iter().enumerate().filter(|(_, event)| is_schannel(event)) {
        let block = event.block;
        let text = part.source.text.get(block.start..block.end).unwrap_or("").to_lowercase();
        let other = process(&text).is_some_and(|name| !is_ours(name));
        let before = index.checked_sub(1).and_then(|index| events.get(index));
        let answers = [before, events.get(index + 1)]
            .into_iter()
            .flatten()
            .any(|near| is_schannel(near) && near.id == INBOUND && minute(near) == minute(event));
        // The alert that the server itself sent is its answer to the connection from outside.
        if other || (event.id == 36888 && answers) {
            mark(hits, block);
        }
    }
}

/// Whether a process may have asked for Entra Connect; the system asks for any program.
fn is_ours(name: &str) -> bool {
    OWN_PROCESSES.iter().chain(&["system"]).any(|own| name.contains(own))
}

fn mark(hits: &mut [ErrorHit], block: Span) {
    for hit in hits.iter_mut().filter(|hit| block.start <= hit.span.start && hit.span.start < block.end) {
        hit.foreign = true;
    }
}

/// The process that an event of CAPI2 is about.
fn named_process(text: &str) -> Option<&str> {
    let rest = text.split_once("processname=")?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next().filter(|name| !name.is_empty())
}

/// A connection that the filters of Windows blocked: they write for every program, and note it as "information".
pub fn is_filter_platform(event: &Event) -> bool {
    let source = event.source.to_ascii_lowercase();
    event.id == 5157 && source.contains("security") && source.contains("auditing")
}

fn is_schannel(event: &Event) -> bool {
    event.source.to_ascii_lowercase().contains("schannel")
}

/// The time without its seconds.
fn minute(event: &Event) -> &str {
    event.time.rsplit_once(':').map_or(event.time.as_str(), |(minute, _)| minute)
}

/// The process that newer releases of Windows name, in every language as "name (PID: 4312)".
fn process(text: &str) -> Option<&str> {
    let (head, _) = text.split_once("(pid:")?;
    let name = head.trim_end().rsplit(|c: char| c.is_whitespace()).next()?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    fn own(text: &str) -> usize {
        read_as(text, Kind::EventLog)
            .errors
            .iter()
            .filter(|hit| hit.entry.id == "tls-alert-version" && !hit.foreign)
            .count()
    }

    const ALERT: &str =
        "A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 40.";

    fn event(id: u32, time: &str, more: &str) -> String {
        format!(
            "Log Name:      System\nSource:        Schannel\nDate:          {time}\nEvent ID:      {id}\nLevel:         Error\nDescription:\n{more}\n\n"
        )
    }

    #[test]
    fn the_answer_to_a_connection_from_outside_is_no_fault_of_this_server() {
        let scan = event(
            36874,
            "2/2/2026 3:11:40 AM",
            "An TLS 1.0 connection request was received from a remote client application.",
        );
        let answer = event(36888, "2/2/2026 3:11:41 AM", ALERT);
        assert_eq!(own(&format!("{scan}{answer}")), 0);
        assert_eq!(own(&answer), 1);
        assert_eq!(own(&format!("{scan}{}", event(36888, "2/2/2026 9:40:02 AM", ALERT))), 1);
    }

    #[test]
    fn the_process_that_is_named_decides() {
        let at = "2/2/2026 3:11:41 AM";
        let own = |process: &str| own(&event(36888, at, &format!("{ALERT} {process}")));
        assert_eq!(own("The SSPI client process is svchost (PID: 1204)."), 0);
        assert_eq!(own("The SSPI client process is AzureADConnect (PID: 1204)."), 1);
        assert_eq!(own("Der SSPI-Clientprozess ist miiserver (PID: 1204)."), 1);
    }

    #[test]
    fn an_event_of_capi2_belongs_to_the_process_that_it_names() {
        let own = |process: &str| {
            let text = format!(
                "<Event><System><Provider Name=\"Microsoft-Windows-CAPI2\"/><EventID>30</EventID><Level>2</Level></System><UserData><CertVerifyRevocation><EventAuxInfo ProcessName=\"{process}\" /><Result value=\"80092013\">The revocation function was unable to check revocation because the revocation server was offline.</Result></CertVerifyRevocation></UserData></Event>"
            );
            read_as(&text, Kind::EventLog).errors.iter().any(|hit| !hit.foreign)
        };
        assert!(own("miiserver.exe") && own("svchost.exe") && own("AzureADConnect.exe"));
        assert!(!own("PrintAgent.exe"));
    }
}
