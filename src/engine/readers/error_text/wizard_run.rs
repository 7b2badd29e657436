//! What the wizard's trace tells of a run: how far it came, page by page, and the first call that failed.
//!
//! ```text
//! [09:15:45.700] [ 14] [ERROR] Authenticate-MSAL: unexpected exception. System.Net.Http.HttpRequestException: An …
//!  time           thread level  caller: message, chain with "--->"; lines without such a head go on
//! ```
//! A trace may hold several starts of the wizard; the last one counts.

use super::layout::is_trace_line;
use crate::artifact::{Kind, Part, Span};
use crate::phrases::Marks;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Steps of the wizard that reach out, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The wizard started and printed its settings.
    Start,
    /// The cloud of the user name was found.
    Cloud,
    /// The user signed in: a token was given.
    SignIn,
    /// Company and domains were read, by the old PowerShell module or by Microsoft Graph.
    Directory,
    /// The provisioning service was asked for its configuration.
    Provisioning,
    /// The page Configure, under the service account.
    Configure,
    /// The wizard came to its end.
    Finish,
}

/// Every step, in order.
pub const STEPS: [Step; 7] =
    [Step::Start, Step::Cloud, Step::SignIn, Step::Directory, Step::Provisioning, Step::Configure, Step::Finish];

impl Step {
    /// The one behind it.
    #[must_use]
    pub fn next(self) -> Self {
        STEPS.iter().copied().find(|step| *step > self).unwrap_or(self)
    }
}

/// What a line says about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The step began.
    Began,
    /// The step was done.
    Passed,
    /// The wizard says that it failed.
    Failed,
}

/// One line about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// Which step.
    pub step: Step,
    /// What it says.
    pub mark: Mark,
    /// Time as printed: local, without a date; empty where the line has none.
    pub time: String,
    /// The line.
    pub span: Span,
}

/// A page of the wizard that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its title as printed, in the language of the wizard.
    pub title: String,
    /// Time as printed.
    pub time: String,
    /// The line.
    pub span: Span,
}

/// The first call that failed after the last one that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Who called, as printed before the colon: `Authenticate-MSAL`.
    pub caller: String,
    /// The innermost exception of the chain, without its type, or the message of the line.
    pub root: String,
    /// Type of the innermost exception, where one is printed.
    pub root_type: Option<String>,
    /// Where the innermost exception is told.
    pub root_span: Span,
    /// The line with the error.
    pub span: Span,
    /// All lines of the error, the stack with them.
    pub block: Span,
    /// Time as printed.
    pub time: String,
}

/// One start of the wizard.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// How many starts the text shows; this is the last.
    pub starts: usize,
    /// Lines about steps, in the order of the text.
    pub steps: Vec<StepLine>,
    /// Pages that were opened, in order.
    pub pages: Vec<Page>,
    /// The failure, where the last thing of importance is one.
    pub failure: Option<Failure>,
    /// The configuration file that the wizard says it read.
    pub config_path: Option<(String, Span)>,
    /// The cloud that the wizard took, as it names it.
    pub cloud: Option<(String, Span)>,
    /// Release number of .NET Framework: 461808 is 4.7.2, 528040 is 4.8.
    pub net_release: Option<(u32, Span)>,
    /// What the wizard found out about TLS 1.2.
    pub tls12: Option<(bool, Span)>,
}

/// Phrases in any letter case, what they are about, and what they say. From traces of releases 1.1 to 2.6; the lines
/// about Microsoft Graph are inferred, since no trace of those releases is published.
const PHRASES: &[(&str, Step, Mark)] = &[
    ("application version:", Step::Start, Mark::Began),
    ("default proxy [", Step::Start, Mark::Passed),
    ("page transition from", Step::Start, Mark::Passed),
    ("beginning windows azure tenant credential validation", Step::Cloud, Mark::Began),
    ("successfully resolved upn", Step::Cloud, Mark::Passed),
    ("unable to determine the azure instance", Step::Cloud, Mark::Failed),
    ("[acquiring token]", Step::SignIn, Mark::Began),
    ("authenticate-sia: authenticating", Step::SignIn, Mark::Began),
    ("sending request to userrealm endpoint", Step::SignIn, Mark::Began),
    ("successfully acquired an access token", Step::SignIn, Mark::Passed),
    ("token acquisition finished successfully", Step::SignIn, Mark::Passed),
    ("attempting to connect to azure via aad powershell", Step::Directory, Mark::Began),
    ("discoverserviceendpoint [azurepowershell]", Step::Directory, Mark::Began),
    ("discoverserviceendpoint [msgraph", Step::Directory, Mark::Began),
    ("discoverserviceendpoint [microsoftgraph", Step::Directory, Mark::Began),
    ("powershellhelper.connectmsolservice: connecting", Step::Directory, Mark::Began),
    ("successfully connected to azure via aad powershell", Step::Directory, Mark::Passed),
    ("successfully retrieved company information", Step::Directory, Mark::Passed),
    ("domains from the tenant", Step::Directory, Mark::Passed),
    ("discoverserviceendpoint [adminwebservice]", Step::Provisioning, Mark::Began),
    ("getcompanyconfiguration: tenantid=", Step::Provisioning, Mark::Passed),
    ("adminwebservice returned the company information", Step::Provisioning, Mark::Passed),
    ("[performconfigurationpageviewmodel]", Step::Configure, Mark::Began),
    ("executing configure aad sync task", Step::Configure, Mark::Failed),
    ("executeadsyncconfiguration: configuration failed", Step::Configure, Mark::Failed),
    ("couldn't complete the integration", Step::Configure, Mark::Failed),
    ("couldn’t complete the integration", Step::Configure, Mark::Failed),
    ("result of installation operations - failed", Step::Configure, Mark::Failed),
    ("result of installation operations - succe", Step::Configure, Mark::Passed),
    ("[configurationcompletepageviewmodel]", Step::Finish, Mark::Passed),
    ("to \"configuration complete\"", Step::Finish, Mark::Passed),
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().map(|(phrase, _, _)| *phrase);
    AhoCorasick::builder().ascii_case_insensitive(true).build(phrases).ok()
});

/// No stack of an exception is longer than this, in bytes.
const LONGEST_BLOCK: usize = 64 << 10;

/// A line that moves a trace on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Where the line begins, within the part.
    pub start: usize,
    /// Which start of the wizard it belongs to, counted from 0.
    pub run: usize,
    /// What it says; nothing where the wizard only starts.
    pub mark: Option<(Step, Mark)>,
}

/// What a trace tells.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Trace {
    /// The last start of the wizard; `None` where the trace tells of none.
    pub run: Option<Run>,
    /// Every line about a step, over all starts, in the order of the text.
    pub progress: Vec<Progress>,
}

/// Reads a trace of the wizard; every other kind of text tells nothing.
pub fn trace(part: &Part, kind: Kind) -> Trace {
    let mut told = Trace::default();
    let Some(finder) = FINDER.as_ref().filter(|_| kind == Kind::WizardTrace) else { return told };
    let mut run = Run::default();
    let mut failure: Option<(Range<usize>, Range<usize>, String)> = None;
    let mut open = false;
    let mut number = 0;
    let mut went_on = false;
    for (start, line) in part.lines() {
        let Some(head) = Head::of(line) else {
            // Without a head of its own a line belongs to the error above it.
            if let Some((_, block, _)) = failure.as_mut().filter(|_| open)
                && start + line.len() - block.start < LONGEST_BLOCK
            {
                block.end = start + line.trim_end().len();
            }
            read_facts(part, start, line, line, &mut run);
            continue;
        };
        open = false;
        let message = line.get(head.message..).unwrap_or("");
        let place = start + (line.len() - line.trim_start().len())..start + line.trim_end().len();
        let said = finder.find_overlapping_iter(message).filter_map(|hit| PHRASES.get(hit.pattern().as_usize()));
        let marks: Vec<(Step, Mark)> = said.map(|(_, step, mark)| (*step, *mark)).collect();
        let is_first_line = message.trim().eq_ignore_ascii_case("application starting");
        // An excerpt may lack that line: the settings printed anew behind a later step tell as much.
        if is_first_line || went_on && marks.contains(&(Step::Start, Mark::Began)) {
            number += usize::from(!told.progress.is_empty());
            run = Run { starts: run.starts + 1, ..Run::default() };
            failure = None;
            went_on = false;
        }
        if is_first_line {
            told.progress.push(Progress { start, run: number, mark: None });
        }
        told.progress.extend(marks.iter().map(|mark| Progress { start, run: number, mark: Some(*mark) }));
        went_on |= marks.iter().any(|(step, _)| *step > Step::Start);
        read_facts(part, start, line, message, &mut run);
        let mut last = None;
        for &(step, mark) in &marks {
            if last != Some((step, mark)) {
                let span = part.span(place.clone());
                run.steps.push(StepLine { step, mark, time: head.time.to_owned(), span });
            }
            last = Some((step, mark));
        }
        if let Some(title) = page(message) {
            let span = part.span(place.clone());
            run.pages.push(Page { title, time: head.time.to_owned(), span });
        }
        // The lines above the settings are no pass of anything that could have failed.
        if marks.iter().any(|(step, mark)| *mark == Mark::Passed && *step > Step::Start) {
            failure = None;
        }
        if head.level == "ERROR" && failure.is_none() {
            failure = Some((place.clone(), place, head.time.to_owned()));
            open = true;
        } else if let Some((_, block, _)) = &mut failure
            && message.starts_with("Exception Data (Raw)")
        {
            block.end = place.end;
            open = true;
        }
    }
    run.failure = failure.and_then(|(line, block, time)| self::failure(part, line, block, time));
    told.run = (run.starts > 0 || !run.steps.is_empty() || run.failure.is_some()).then_some(run);
    told
}

/// The head of a line.
struct Head<'a> {
    time: &'a str,
    level: &'a str,
    /// Where the message begins.
    message: usize,
}

impl<'a> Head<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let stamped = is_trace_line(line);
        let mut at = 0;
        let mut fields = [""; 3];
        let count = if stamped { 3 } else { 1 };
        for field in fields.iter_mut().take(count) {
            let rest = line.get(at..)?;
            let open = rest.find(|c: char| !c.is_whitespace())?;
            let inside = rest.get(open..)?.strip_prefix('[')?;
            let close = inside.find(']')?;
            *field = inside.get(..close)?.trim();
            at += open + close + 2;
        }
        let (time, level) = if stamped { (fields[0], fields[2]) } else { ("", fields[0]) };
        let rest = line.get(at..)?;
        let message = at + (rest.len() - rest.trim_start().len());
        matches!(level, "INFO" | "WARN" | "ERROR" | "VERB" | "DEBUG" | "FATAL").then_some(Self { time, level, message })
    }
}

/// Title of the page that a transition leads to.
fn page(message: &str) -> Option<String> {
    let (_, after) = message.split_once("Page transition from")?;
    let (_, to) = after.split_once("] to ")?;
    to.split('"').nth(1).map(str::to_owned)
}

/// What [`read_facts`] looks for.
static FACTS: LazyLock<Marks> =
    LazyLock::new(|| Marks::new(&["machine.config path:", "Detected .NET release", "TLS 1.2 ", " Azure instance"]));

/// What the wizard prints about the server and itself. The message is the end of the line.
fn read_facts(part: &Part, start: usize, line: &str, message: &str, run: &mut Run) {
    if !FACTS.any(message) {
        return;
    }
    let base = start + (line.len() - message.len());
    let span = |at: usize, length: usize| part.span(base + at..base + at + length);
    let behind = |mark: &str| {
        let at = message.find(mark)? + mark.len();
        let value = message.get(at..)?;
        Some((at + (value.len() - value.trim_start().len()), value.trim()))
    };
    if let Some((at, path)) = behind("machine.config path:") {
        let path = path.trim_end_matches('.');
        run.config_path = Some((path.to_owned(), span(at, path.len())));
    } else if let Some((at, release)) = behind("Detected .NET release") {
        let digits = release.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        run.net_release = digits.parse().ok().map(|number| (number, span(at, digits.len())));
    } else if message.contains("TLS 1.2 is ") || message.contains("TLS 1.2 has ") {
        let good = message.contains("properly configured") && !message.contains("not properly");
        run.tls12 = Some((good, span(0, message.trim_end().len())));
    } else if let Some((head, _)) = message.split_once(" Azure instance")
        && let Some((_, name)) = head.rsplit_once(" to the ")
    {
        run.cloud = Some((name.to_owned(), span(head.len() - name.len(), name.len())));
    }
}

fn failure(part: &Part, line: Range<usize>, block: Range<usize>, time: String) -> Option<Failure> {
    let text = part.text();
    let head_line = text.get(line.clone())?;
    let head = Head::of(head_line)?;
    let message_at = line.start + head.message;
    let all = text.get(message_at..block.end)?;
    let message = head_line.get(head.message..)?;
    let caller = message.split([':', '[', '.']).next().unwrap_or("").trim().to_owned();
    // The chain is told from the outermost to the innermost; what stands behind the last arrow is the cause.
    // Without a chain it is the message, which begins with the caller.
    let named = message.strip_prefix(caller.as_str()).is_some_and(|rest| rest.starts_with(':'));
    let from = all.rfind("--->").map_or(if named { caller.len() + 1 } else { 0 }, |at| at + 4);
    let rest = all.get(from..)?;
    let from = from + (rest.len() - rest.trim_start().len());
    let told = all.get(from..)?.lines().next()?.trim_end();
    let (root_type, root) = match told.split_once(": ").filter(|(name, _)| is_type(name)) {
        Some((name, said)) => (Some(name.to_owned()), said.trim()),
        None => (None, told),
    };
    let root_at = message_at + from;
    Some(Failure {
        caller,
        root: root.to_owned(),
        root_type,
        root_span: part.span(root_at..root_at + told.len()),
        span: part.span(line),
        block: part.span(block),
        time,
    })
}

/// `System.Net.WebException`, not a sentence.
fn is_type(name: &str) -> bool {
    name.contains('.') && !name.contains(' ') && name.ends_with("Exception")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Run {
        let source = Source::decode("a", text.as_bytes());
        trace(&Part::whole(&source), Kind::WizardTrace).run.unwrap()
    }

    const START: &str = "[09:14:02.000] [  1] [INFO ] Application starting\n[09:14:02.004] [  1] [INFO ] Application Version: 2.5.79.0\n[09:14:03.200] [  1] [INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.\n[09:14:03.210] [  1] [INFO ] Detected .NET release 528449.\n[09:14:03.600] [  1] [INFO ] TLS 1.2 is properly configured.\n[09:14:11.100] [  1] [INFO ] Page transition from \"Welcome\" [LicensePageViewModel] to \"Express Settings\" [ExpressSettingsPageViewModel]\n[09:14:13.100] [  1] [INFO ] AzureConfigurationFromPrincipalName: Successfully resolved UPN (a@b.example) to the Worldwide Azure instance.\n";

    #[test]
    fn the_first_error_after_the_last_success_is_the_failure_and_its_innermost_exception_the_cause() {
        let text = format!(
            "{START}[09:14:20.000] [ 14] [ERROR] Authenticate-MSAL: first try. System.Exception: busy\n[09:14:22.000] [ 14] [INFO ] Authenticate-MSAL: successfully acquired an access token. TenantId=1\n[09:14:23.000] [ 14] [INFO ] DiscoverServiceEndpoint [AdminWebService]: ServiceEndpoint=https://adminwebservice.microsoftonline.com/provisioningservice.svc\n[09:14:43.000] [ 14] [ERROR] GetCompanyConfiguration: failed. System.ServiceModel.CommunicationException: An error ---> System.Net.WebException: The remote server returned an error: (407) Proxy Authentication Required.\n   at System.Net.HttpWebRequest.GetResponse()\n[09:14:44.000] [  1] [ERROR] AzureTenantPage: it did not work.\n"
        );
        let run = read(&text);
        let failure = run.failure.unwrap();
        assert_eq!(failure.caller, "GetCompanyConfiguration");
        assert_eq!(failure.root_type.as_deref(), Some("System.Net.WebException"));
        assert_eq!(failure.root, "The remote server returned an error: (407) Proxy Authentication Required.");
        assert!(
            text.get(failure.root_span.start..failure.root_span.end).unwrap().starts_with("System.Net.WebException")
        );
        assert!(text.get(failure.block.start..failure.block.end).unwrap().ends_with("GetResponse()"));
        let last = |step: Step| run.steps.iter().rfind(|line| line.step == step).map(|line| line.mark);
        assert_eq!(last(Step::SignIn), Some(Mark::Passed));
        assert_eq!(last(Step::Provisioning), Some(Mark::Began));
        assert_eq!(last(Step::Configure), None);
        assert_eq!(run.net_release.unwrap().0, 528_449);
        assert_eq!(run.pages[0].title, "Express Settings");
        assert_eq!(run.cloud.unwrap().0, "Worldwide");
        let (path, span) = run.config_path.unwrap();
        assert_eq!(text.get(span.start..span.end), Some(path.as_str()));
    }

    #[test]
    fn a_second_start_makes_the_first_one_history() {
        let text = format!(
            "{START}[09:20:00.000] [ 14] [ERROR] Authenticate-MSAL: System.Exception: old trouble\n{START}[09:30:00.000] [ 14] [INFO ] Authenticate-MSAL: successfully acquired an access token.\n"
        );
        let run = read(&text);
        assert_eq!((run.starts, run.failure), (2, None));
        // An excerpt that lacks the line "Application starting".
        let anew = START.split_once('\n').unwrap().1;
        let run = read(&format!(
            "{START}[09:20:00.000] [ 14] [ERROR] Authenticate-MSAL: System.Exception: old trouble\n{anew}"
        ));
        assert_eq!((run.starts, run.failure), (2, None));
    }

    #[test]
    fn a_trace_without_times_is_read_as_well() {
        let run = read(
            "[ERROR] GetServiceAccount: the retry time limit has been exceeded.\nException Data (Raw): Microsoft.Azure.AzureADServiceAccountException: Unable to create the account. ---> Microsoft.Identity.Client.MsalUiRequiredException: AADSTS50079: enroll in multi-factor authentication\n   at x",
        );
        let failure = run.failure.unwrap();
        assert_eq!(failure.caller, "GetServiceAccount");
        assert_eq!(failure.root, "AADSTS50079: enroll in multi-factor authentication");
        let run =
            read("[ERROR] GetCompanyConfiguration: The operation has timed out\n[INFO ] Application Version: 2.5.79.0");
        assert_eq!(run.failure.unwrap().root, "The operation has timed out");
    }
}
