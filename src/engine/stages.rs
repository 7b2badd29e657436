//! How far the wizard came, from its own trace: one state for each step, and the failure that stopped it.

use crate::artifact::Span;
use crate::errors::Layer;
use crate::facts::Facts;
use crate::readers::error_text::wizard_run::{Mark, Run, STEPS, Step, StepLine};
use crate::readers::error_text::{ErrorHit, Text};
use crate::report::Context;

/// How a step went. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// The trace says that it was done.
    Passed,
    /// The trace ends here with an error.
    Failed,
    /// It began, and the trace tells neither its end nor an error.
    Began,
    /// The trace says nothing about it, but a later step went on: nothing was wrong with it.
    Unseen,
    /// The wizard never came here.
    NotReached,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Which step.
    pub step: Step,
    /// How it went.
    pub state: StepState,
    /// Whose account was at work.
    pub context: Context,
    /// Time of the line that says so, as printed.
    pub time: String,
    /// The line that says so.
    pub span: Option<Span>,
}

/// The run of one trace.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// What was read.
    pub run: &'a Run,
    /// The release of Entra Connect, where the trace prints it.
    pub version: Option<&'a (String, Span)>,
    /// One per step, in order.
    pub stages: Vec<Stage>,
    /// The known error that lies deepest in the failure.
    pub cause: Option<&'a ErrorHit>,
}

/// The last run of each trace, in the order of the artifacts.
pub fn progress(facts: &Facts) -> Vec<Progress<'_>> {
    facts.reports().filter_map(of_text).collect()
}

fn of_text(text: &Text) -> Option<Progress<'_>> {
    let run = text.run.as_ref()?;
    let stopped = run.failure.as_ref().map(|failure| failure.span.start);
    let last_reached = run.steps.iter().map(|line| line.step).max();
    // The error belongs to the step that had begun when it came.
    let failed = run.failure.as_ref().map(|failure| {
        let before = run.steps.iter().filter(|line| line.span.start <= failure.block.end);
        let latest = before.map(|line| (line.step, line.mark)).max_by_key(|(step, _)| *step);
        match latest {
            // What was done cannot have failed afterwards: it is the next step.
            Some((step, Mark::Passed)) => next(step, &failure.caller),
            Some((step, _)) => step,
            None => Step::Start,
        }
    });
    let stages = STEPS.iter().map(|&step| {
        let lines = || run.steps.iter().filter(move |line| line.step == step);
        let passed = lines().rfind(|line| line.mark == Mark::Passed);
        let any = lines().next_back();
        let (state, line) = if failed == Some(step) {
            let said: Option<&StepLine> = lines().find(|line| Some(line.span.start) == stopped).or(any);
            (StepState::Failed, said)
        } else if passed.is_some() {
            (StepState::Passed, passed)
        } else if failed.is_some_and(|failed| step > failed) {
            (StepState::NotReached, None)
        } else if last_reached.is_some_and(|last| step < last) {
            (StepState::Unseen, any)
        } else if any.is_some() {
            (StepState::Began, any)
        } else {
            (StepState::NotReached, None)
        };
        let failure = run.failure.as_ref().filter(|_| state == StepState::Failed);
        Stage {
            step,
            state,
            context: if step == Step::Configure { Context::SyncServiceAccount } else { Context::SignedInUser },
            time: failure.map(|failure| &failure.time).or(line.map(|line| &line.time)).cloned().unwrap_or_default(),
            span: failure.map(|failure| failure.span).or(line.map(|line| line.span)),
        }
    });
    let stages = stages.collect();
    let cause = run.failure.as_ref().and_then(|failure| {
        let inside = |hit: &&ErrorHit| hit.span.start >= failure.block.start && hit.span.end <= failure.block.end;
        let telling = |hit: &&ErrorHit| !matches!(hit.entry.layer, Layer::Headline | Layer::Wrapper);
        let hits = || text.errors.iter().filter(inside);
        hits().filter(telling).max_by_key(|hit| (hit.entry.layer, hit.span.start)).or_else(|| hits().next_back())
    });
    Some(Progress { run, version: text.version.as_ref(), stages, cause })
}

/// The step that an error after a passed step belongs to. Sign-in is followed by the directory or, where the trace
/// names the caller, by the provisioning service.
fn next(step: Step, caller: &str) -> Step {
    let caller = caller.to_ascii_lowercase();
    if caller.starts_with("performconfiguration")
        || caller.starts_with("executeadsync")
        || caller.starts_with("getserviceaccount")
    {
        return Step::Configure;
    }
    if step < Step::Provisioning && (caller.contains("companyconfiguration") || caller.contains("adminwebservice")) {
        return Step::Provisioning;
    }
    match step {
        Step::Start => Step::Cloud,
        Step::Cloud => Step::SignIn,
        Step::SignIn => Step::Directory,
        Step::Directory => Step::Provisioning,
        Step::Provisioning | Step::Configure => Step::Configure,
        Step::Finish => Step::Finish,
    }
}

impl StepState {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Began => "began",
            Self::Unseen => "unseen",
            Self::NotReached => "not-reached",
        }
    }
}

/// The public id of a step.
pub fn step_id(step: Step) -> &'static str {
    match step {
        Step::Start => "start",
        Step::Cloud => "cloud",
        Step::SignIn => "sign-in",
        Step::Directory => "directory",
        Step::Provisioning => "provisioning",
        Step::Configure => "configure",
        Step::Finish => "finish",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    /// The states of the steps, and the id of the cause.
    fn read(lines: &[&str]) -> (Vec<StepState>, Option<&'static str>) {
        let mut text = "[09:14:02.000] [  1] [INFO ] Application starting\n[09:14:02.004] [  1] [INFO ] Application Version: 2.5.79.0\n[09:14:03.210] [  1] [INFO ] Default Proxy [ProxyAddress]: <Unspecified>\n".to_owned();
        for line in lines {
            text.push_str("[09:15:00.000] [ 14] ");
            text.push_str(line);
            text.push('\n');
        }
        let input = Input { name: "trace.log".to_owned(), bytes: text.into_bytes(), corrections: Vec::new() };
        let report = analyze(&[input], &Options::default());
        let all = progress(&report.facts);
        let one = all.first().unwrap();
        (one.stages.iter().map(|stage| stage.state).collect(), one.cause.map(|hit| hit.entry.id))
    }

    const CLOUD: &str = "[INFO ] AzureConfigurationFromPrincipalName: Successfully resolved UPN (a@b.example) to the Worldwide Azure instance.";
    const TOKEN: &str = "[INFO ] Authenticate-MSAL: successfully acquired an access token. TenantId=1";
    const ADMIN: &str = "[INFO ] DiscoverServiceEndpoint [AdminWebService]: ServiceEndpoint=https://adminwebservice.microsoftonline.com/provisioningservice.svc";
    const COMPANY: &str = "[INFO ] AdminWebService returned the company information for tenant 1.";

    #[test]
    fn sign_in_reached_and_the_provisioning_service_not() {
        use StepState::{Failed, NotReached, Passed, Unseen};
        let failed = "[ERROR] GetCompanyConfiguration: System.Net.WebException: The remote server returned an error: (403) Forbidden.";
        let (states, cause) = read(&[CLOUD, TOKEN, ADMIN, failed]);
        assert_eq!(states, [Passed, Passed, Passed, Unseen, Failed, NotReached, NotReached]);
        assert_eq!(cause, Some("http-403"));
    }

    #[test]
    fn a_cloud_that_was_not_found_is_no_failure_when_the_sign_in_still_works() {
        use StepState::{NotReached, Passed, Unseen};
        let lost = "[ERROR] AzureConfigurationFromPrincipalName: Unable to determine the Azure instance for UPN (a@b.example). Defaulting to the WorldWide instance.";
        let (states, cause) = read(&[lost, TOKEN, ADMIN, COMPANY]);
        assert_eq!(states, [Passed, Unseen, Passed, Unseen, Passed, NotReached, NotReached]);
        assert_eq!(cause, None);
    }

    #[test]
    fn the_page_configure_fails_under_the_service_account() {
        use StepState::{Failed, NotReached, Passed, Unseen};
        let page = "[INFO ] Page transition from \"Ready to configure\" [ReadyToConfigurePageViewModel] to \"Configuring\" [PerformConfigurationPageViewModel]";
        let failed = "[ERROR] PerformConfigurationPageViewModel: An error occurred executing Configure AAD Sync task: The remote server returned an error: (407) Proxy Authentication Required.";
        let (states, cause) = read(&[CLOUD, TOKEN, ADMIN, COMPANY, page, failed]);
        assert_eq!(states, [Passed, Passed, Passed, Unseen, Passed, Failed, NotReached]);
        assert_eq!(cause, Some("http-407"));
    }

    #[test]
    fn a_sign_in_that_fails_stops_everything_behind_it() {
        use StepState::{Failed, NotReached, Passed};
        let ask =
            "[INFO ] Authenticate-MSAL [Acquiring token]: STS endpoint (HTTPS://LOGIN.MICROSOFTONLINE.COM/B.EXAMPLE)";
        let failed = "[ERROR] Authenticate-MSAL: unexpected exception. System.Net.Http.HttpRequestException: An error occurred while sending the request. ---> System.Net.WebException: The remote name could not be resolved: 'login.microsoftonline.com'";
        let (states, cause) = read(&[CLOUD, ask, failed]);
        assert_eq!(states, [Passed, Passed, Failed, NotReached, NotReached, NotReached, NotReached]);
        assert_eq!(cause, Some("dotnet-name-unresolved"));
    }
    #[test]
    fn the_failure_behind_ten_thousand_lines_is_found() {
        let noise = vec!["[VERB ] Deserializing connector state, one attribute of many"; 12_000];
        let failed = "[ERROR] GetCompanyConfiguration: System.Net.WebException: The remote server returned an error: (403) Forbidden.";
        let lines: Vec<&str> = [CLOUD, TOKEN].into_iter().chain(noise).chain([ADMIN, failed]).collect();
        let (states, cause) = read(&lines);
        assert_eq!(states.get(4), Some(&StepState::Failed));
        assert_eq!(cause, Some("http-403"));
    }
}
