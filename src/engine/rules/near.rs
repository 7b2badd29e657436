//! What stands around a place in a text.

use crate::artifact::Span;
use crate::endpoints;
use crate::facts::Facts;
use crate::readers::error_text::HostMention;
use crate::readers::error_text::told::Told;

/// Bytes before and after an error in which a host name is taken to belong to it. The entry of a trace that reports the
/// error may name it further down, behind the stack.
const BEFORE: usize = 700;
const AFTER: usize = 300;
const AFTER_IN_ENTRY: usize = 1500;

/// The catalogue host that an error is about: one in its own line, else one in its own entry of the trace or console,
/// else the closest one; better before it (the command, the URL) than after. A host that was reached before the error,
/// or that is only a value of the call, is none.
pub fn host_near(facts: &Facts, place: Span) -> Option<&HostMention> {
    let (_, text) = facts.texts.iter().find(|(artifact, _)| *artifact == place.artifact)?;
    let entry = |at: usize| text.entries.partition_point(|start| *start <= at);
    let known = || {
        text.hosts.iter().filter(|mention| mention.told != Told::Value && endpoints::find_host(&mention.host).is_some())
    };
    let in_line = |mention: &&HostMention| mention.line.start <= place.start && place.start < mention.line.end;
    // "Connecting to x" and, on the next line, "x is reached".
    let passed = |mention: &HostMention| {
        known().any(|other| {
            other.told == Told::Passed
                && other.host == mention.host
                && mention.span.start <= other.span.start
                && other.span.start < place.start
        })
    };
    let failed = |mention: &&HostMention| mention.told != Told::Passed && !passed(mention);
    let in_entry = |mention: &&HostMention| failed(mention) && entry(mention.span.start) == entry(place.start);
    closest(place, AFTER, || known().filter(in_line))
        .or_else(|| closest(place, AFTER_IN_ENTRY, || known().filter(in_entry)).filter(|_| !text.entries.is_empty()))
        .or_else(|| closest(place, AFTER, || known().filter(failed)))
}

/// The last one before the place, else the first one after it, within reach.
fn closest<'a, I: Iterator<Item = &'a HostMention>>(
    place: Span,
    after: usize,
    known: impl Fn() -> I,
) -> Option<&'a HostMention> {
    let before = known()
        .filter(|mention| mention.span.start <= place.start && place.start - mention.span.start <= BEFORE)
        .max_by_key(|mention| mention.span.start);
    before.or_else(|| {
        known()
            .filter(|mention| mention.span.start > place.start && mention.span.start - place.start <= after)
            .min_by_key(|mention| mention.span.start)
    })
}

#[cfg(test)]
mod tests {
    use crate::{Input, Options, analyze};

    /// The note at the place that the first diagnosis rests on.
    fn told(name: &str, text: &str) -> String {
        let input = Input { name: name.to_owned(), bytes: text.as_bytes().to_vec(), corrections: Vec::new() };
        let report = analyze(&[input], &Options::default());
        report.diagnoses.first().map_or_else(String::new, |first| first.finding.primary.note.clone())
    }

    const REFUSED: &str = "System.Net.WebException: The remote server returned an error: (403) Forbidden.\n";

    #[test]
    fn a_trace_blames_the_endpoint_that_was_called_and_not_the_resource_of_its_token() {
        let trace = format!(
            "[11:13:58.230] [ 12] [INFO ] DiscoverServiceEndpoint [AdminWebService]: ServiceEndpoint=https://adminwebservice.microsoftonline.com/provisioningservice.svc, Authority=HTTPS://LOGIN.MICROSOFTONLINE.COM/x.onmicrosoft.com, Resource=https://graph.windows.net.\n[11:13:59.665] [ 12] [ERROR] Failed to get company configuration.\nException Data (Raw): {REFUSED}"
        );
        assert!(told("trace-1.log", &trace).contains("for adminwebservice.microsoftonline.com"));
    }

    #[test]
    fn what_was_reached_is_not_blamed_for_the_next_failure() {
        let health = format!(
            "PS C:\\> Test-AzureADConnectHealthConnectivity -Role Sync -ShowResult\nConnecting to endpoint https://login.windows.net\nEndpoint validation for https://login.windows.net is Successful.\nException while uploading: {REFUSED}Uploading to https://adhealth01.blob.core.windows.net failed.\n"
        );
        assert!(
            told("health.txt", &health).contains("adhealth01.blob.core.windows.net"),
            "{}",
            told("health.txt", &health)
        );
        let agent = format!(
            "AADConnectProvisioningAgent.exe Information: 0 : Connecting to https://a1.bootstrap.his.msappproxy.net/\n    ThreadId=6\nAADConnectProvisioningAgent.exe Error: 0 : Web socket failed to connect.\n{REFUSED}Service bus endpoint: wss://his-weu1.servicebus.windows.net/x\n"
        );
        assert!(told("agent.log", &agent).contains("his-weu1.servicebus.windows.net"), "{}", told("agent.log", &agent));
    }

    #[test]
    fn the_command_before_an_error_still_names_its_host() {
        let console = format!(
            "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\nInvoke-WebRequest : {REFUSED}PS C:\\> Invoke-WebRequest https://graph.microsoft.com\n"
        );
        assert!(told("console.txt", &console).contains("login.microsoftonline.com"));
    }
}
