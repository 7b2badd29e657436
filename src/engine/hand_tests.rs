//! What somebody tried by hand on the server, and what each try proves: with which tool, under which account, which
//! way it went. A test that passed is a fact as well.

use crate::artifact::{Kind, Span};
use crate::errors::Layer;
use crate::facts::Facts;
use crate::layers::{Counts, Says, layers};
use crate::readers::error_text::http::HttpProof;
use crate::readers::error_text::shell::Shell;
use crate::readers::error_text::shell_tests::{Tool, is_service_account};
use crate::readers::error_text::{ErrorHit, Text};
use crate::report::Context;

/// How a test went. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestOutcome {
    /// Something answered as it should.
    Passed,
    /// It was refused, or nothing answered.
    Failed,
    /// It shows nothing that matters here.
    NoProof,
}

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandTest {
    /// The tool, as people call it.
    pub tool: &'static str,
    /// What was asked: a host, with its port where one is given.
    pub target: Option<String>,
    /// The way it went: the proxy that the command names, or in words.
    pub way: String,
    /// Whose account it was.
    pub context: Context,
    /// How it went.
    pub outcome: TestOutcome,
    /// What came back, in a few words.
    pub answer: String,
    /// What it proves, in one or two sentences.
    pub proves: &'static str,
    /// The line that shows it.
    pub span: Span,
}

const BY_MACHINE_CONFIG: &str = "as machine.config says";
const STRAIGHT: &str = "straight out";

const PASSED_51: &str = "The way of .NET works for this account, with the proxy of machine.config where it names one. It says nothing about the account of the sync service.";
const PASSED_51_SERVICE: &str =
    "The way of .NET works for the account of the sync service, with the proxy of machine.config where it names one.";
const PASSED_UNKNOWN: &str = "If this was Windows PowerShell 5.1, the way of .NET works for this account. PowerShell 7 does not read machine.config and would prove nothing.";
const FAILED_51: &str = "This is what the wizard meets under this account: Windows PowerShell 5.1 takes the same way.";
const SEVEN: &str = "PowerShell 7 does not read machine.config: this proves nothing about Entra Connect. Repeat it in Windows PowerShell 5.1.";
const OWN_PROXY: &str =
    "The command names its own proxy: it shows that this proxy lets the request through, not that .NET uses it.";
const CURL: &str =
    "curl does not read machine.config. It shows what the network does with this way, not which way .NET takes.";
const TCP_OPEN: &str = "A direct connection to this port opens. Test-NetConnection never uses a proxy, so it says nothing about rules or sign-in of one.";
const TCP_CLOSED: &str = "No direct connection. That is as it should be where only the proxy may go out; test the port of the proxy instead.";
const RESOLVED: &str =
    "This server resolves the name. With a proxy in effect the proxy does that, and the server need not.";
const UNRESOLVED: &str = "This server cannot resolve the name. That matters only where no proxy is used: with one in effect the proxy resolves it.";
const TLS_PASSED: &str = "TLS to this host works with a certificate that the tool trusts. It does not go by machine.config, nor by the certificates of Windows.";
const TLS_FAILED: &str = "The tool does not trust the certificate. It has a list of authorities of its own: look at the issuer to tell an inspecting device from that.";
const REVOCATION_PASSED: &str = "Windows can fetch the revocation lists of this certificate for this account.";
const REVOCATION_FAILED: &str = "Windows cannot fetch a revocation list for this account. Such calls go to port 80 and follow WinHTTP, not machine.config.";
const ROUTE: &str = "A route of ICMP packets. Firewalls drop these where they let port 443 through, and a proxy is never on it: it proves nothing here.";

/// Every test that the evidence shows, in the order of the evidence.
pub fn hand_tests(facts: &Facts) -> Vec<HandTest> {
    let mut found = Vec::new();
    let layers = layers(facts);
    let has_proxy = layers.iter().any(|layer| layer.counts != Counts::No && matches!(layer.says, Says::Proxy { .. }));
    for (artifact, text) in &facts.texts {
        let is_archive = facts.artifacts.get(*artifact).is_some_and(|artifact| artifact.kind == Kind::Har);
        if text.documentation.is_some() || text.unrelated || is_archive {
            continue;
        }
        of_text(text, has_proxy, &mut found);
        if facts.artifacts.get(*artifact).is_some_and(|artifact| artifact.kind == Kind::PowershellOutput) {
            found.extend(text.errors.iter().filter_map(|hit| of_error(text, hit)));
        }
    }
    found.sort_by_key(|test| test.span);
    // One answer is often told in two lines: the message and its inner exception.
    found.dedup_by(|later, first| {
        later.tool == first.tool && later.target == first.target && later.answer == first.answer
    });
    found
}

fn of_text(text: &Text, has_proxy: bool, found: &mut Vec<HandTest>) {
    found.extend(text.http_proof.iter().map(|proof| of_proof(text, proof)));
    found.extend(text.tcp_tests.iter().map(|test| {
        let port = test.port.map(|port| format!(":{port}")).unwrap_or_default();
        let target = test.host.as_ref().map(|host| format!("{host}{port}"));
        let (answer, proves) = if test.succeeded { ("port open", TCP_OPEN) } else { ("port closed", TCP_CLOSED) };
        // With a proxy nobody needs the direct way.
        let outcome = if has_proxy && !test.succeeded { TestOutcome::NoProof } else { outcome(test.succeeded) };
        row(text, "Test-NetConnection", target, STRAIGHT, outcome, answer, proves, test.span)
    }));
    found.extend(text.lookups.iter().filter_map(|lookup| {
        let (asked, span) = lookup.asked.as_ref().or(lookup.names.first())?;
        let passed = lookup.failed.is_none();
        let answer = lookup.addresses.first().map_or("no address", |(address, _)| address.as_str());
        let answer = if passed { answer } else { "not found" };
        let proves = if passed { RESOLVED } else { UNRESOLVED };
        let span = lookup.failed.unwrap_or(*span);
        Some(row(
            text,
            "DNS lookup",
            Some(asked.clone()),
            "by the server itself",
            outcome(passed),
            answer,
            proves,
            span,
        ))
    }));
    found.extend(text.tool_tests.iter().map(|test| {
        let way = test.via.as_deref().unwrap_or(STRAIGHT);
        let (tool, way, outcome, answer, proves) = match (test.tool, test.passed) {
            (Tool::OpenSsl, true) => ("openssl", way, TestOutcome::Passed, "certificate trusted", TLS_PASSED),
            (Tool::OpenSsl, false) => ("openssl", way, TestOutcome::Failed, "certificate not trusted", TLS_FAILED),
            (Tool::CertUtil, true) => {
                ("certutil", "as WinHTTP says", TestOutcome::Passed, "revocation checked", REVOCATION_PASSED)
            }
            (Tool::CertUtil, false) => {
                ("certutil", "as WinHTTP says", TestOutcome::Failed, "revocation list not fetched", REVOCATION_FAILED)
            }
            (Tool::TraceRoute, _) => ("tracert", STRAIGHT, TestOutcome::NoProof, "a route", ROUTE),
        };
        row(text, tool, test.target.clone(), way, outcome, answer, proves, test.span)
    }));
}

fn of_proof(text: &Text, proof: &HttpProof) -> HandTest {
    let ok = (200..400).contains(&proof.status);
    let context = context_at(text, proof.span.start);
    let answer = if proof.tunnel { format!("{} from the proxy", proof.status) } else { proof.status.to_string() };
    let (tool, way, result, proves) = if proof.is_curl {
        ("curl", proof.via.as_deref().unwrap_or(STRAIGHT), outcome(ok), CURL)
    } else if proof.shell == Shell::Seven {
        ("PowerShell 7", proof.via.as_deref().unwrap_or("as its own settings say"), TestOutcome::NoProof, SEVEN)
    } else if let Some(via) = &proof.via {
        ("PowerShell", via.as_str(), outcome(ok), OWN_PROXY)
    } else if proof.shell == Shell::Unknown {
        ("PowerShell", BY_MACHINE_CONFIG, outcome(ok), if ok { PASSED_UNKNOWN } else { FAILED_51 })
    } else {
        let passed = if context == Context::SyncServiceAccount { PASSED_51_SERVICE } else { PASSED_51 };
        ("Windows PowerShell 5.1", BY_MACHINE_CONFIG, outcome(ok), if ok { passed } else { FAILED_51 })
    };
    row(text, tool, proof.host.clone(), way, result, &answer, proves, proof.span)
}

/// A failed web request, as PowerShell prints it.
fn of_error(text: &Text, hit: &ErrorHit) -> Option<HandTest> {
    if hit.shell == Shell::Unknown || hit.history || hit.foreign || !is_answer(hit) {
        return None;
    }
    let before = text.hosts.iter().filter(|mention| mention.span.start <= hit.span.start);
    let target = before.max_by_key(|mention| mention.span.start).map(|mention| mention.host.clone());
    let (tool, way, result, proves) = match hit.shell {
        Shell::Seven => ("PowerShell 7", "as its own settings say", TestOutcome::NoProof, SEVEN),
        _ => ("Windows PowerShell 5.1", BY_MACHINE_CONFIG, TestOutcome::Failed, FAILED_51),
    };
    let answer = match hit.entry.id.strip_prefix("http-") {
        Some(status) => status.to_owned(),
        None => match hit.entry.layer {
            Layer::Name => "name not resolved".to_owned(),
            Layer::Socket => "no connection".to_owned(),
            Layer::Tls => "TLS failed".to_owned(),
            _ => "failed".to_owned(),
        },
    };
    Some(row(text, tool, target, way, result, &answer, proves, hit.span))
}

/// What a web request can come back with.
fn is_answer(hit: &ErrorHit) -> bool {
    matches!(hit.entry.layer, Layer::Name | Layer::Socket | Layer::Tls | Layer::Http)
}

fn outcome(passed: bool) -> TestOutcome {
    if passed { TestOutcome::Passed } else { TestOutcome::Failed }
}

/// The account of a console at this place: what it said last about it; else the person who sat at it.
fn context_at(text: &Text, at: usize) -> Context {
    let said = text.accounts.iter().rfind(|(place, _)| *place <= at);
    match said {
        Some((_, name)) if is_service_account(name) => Context::SyncServiceAccount,
        _ => Context::SignedInUser,
    }
}

#[expect(clippy::too_many_arguments, reason = "the fields of one row, in their order")]
fn row(
    text: &Text,
    tool: &'static str,
    target: Option<String>,
    way: &str,
    outcome: TestOutcome,
    answer: &str,
    proves: &'static str,
    span: Span,
) -> HandTest {
    let context = context_at(text, span.start);
    HandTest { tool, target, way: way.to_owned(), context, outcome, answer: answer.to_owned(), proves, span }
}

impl TestOutcome {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NoProof => "no-proof",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    fn read(text: &str) -> Vec<HandTest> {
        let input = Input { name: "t.txt".to_owned(), bytes: text.as_bytes().to_vec(), corrections: Vec::new() };
        hand_tests(&analyze(&[input], &Options::default()).facts)
    }

    #[test]
    fn a_test_proves_what_its_tool_and_its_account_can_prove() {
        let ask = "Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc";
        let passed = "\n\nStatusCode        : 200\nStatusDescription : OK\n";
        let one = |text: &str| read(text).into_iter().next().unwrap_or_else(|| panic!("no test in {text}"));
        let user = one(&format!("Windows PowerShell\nPS C:\\> {ask}{passed}"));
        assert_eq!((user.outcome, user.context, user.proves), (TestOutcome::Passed, Context::SignedInUser, PASSED_51));
        assert_eq!(user.target.as_deref(), Some("adminwebservice.microsoftonline.com"));
        let service = one(&format!("Windows PowerShell\nPS C:\\> whoami\nnt service\\adsync\nPS C:\\> {ask}{passed}"));
        assert_eq!((service.context, service.proves), (Context::SyncServiceAccount, PASSED_51_SERVICE));
        let seven = one(&format!("PowerShell 7.4.6\nPS C:\\> {ask}{passed}"));
        assert_eq!((seven.outcome, seven.proves), (TestOutcome::NoProof, SEVEN));
        let own = one(&format!("Windows PowerShell\nPS C:\\> {ask} -Proxy http://px.corp.example:8080{passed}"));
        assert_eq!((own.way.as_str(), own.proves), ("http://px.corp.example:8080", OWN_PROXY));
        let number = one(
            "Windows PowerShell\nPS C:\\> (Invoke-WebRequest -UseBasicParsing https://login.microsoftonline.com).StatusCode\n200\n",
        );
        assert_eq!((number.answer.as_str(), number.outcome), ("200", TestOutcome::Passed));
    }

    #[test]
    fn a_closed_port_proves_no_fault_where_only_the_proxy_may_go_out() {
        let text = "PS C:\\> Test-NetConnection login.microsoftonline.com -Port 443\n\nComputerName     : login.microsoftonline.com\nRemoteAddress    : 20.190.1.2\nRemotePort       : 443\nTcpTestSucceeded : False\n";
        let found = read(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].way.as_str(), found[0].proves), (STRAIGHT, TCP_CLOSED));
    }

    #[test]
    fn a_refused_request_is_told_once() {
        let text = "Windows PowerShell\nPS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\nInvoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.\nAt line:1 char:1\n    + CategoryInfo          : InvalidOperation: (:) [Invoke-WebRequest], WebException\n";
        let found = read(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].answer.as_str(), found[0].outcome), ("407", TestOutcome::Failed));
    }
}
