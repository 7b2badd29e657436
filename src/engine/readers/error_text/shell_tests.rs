//! Tests of other tools: `openssl s_client`, `certutil -verify -urlfetch`, `tracert`, and under which account a
//! console ran.

use super::ErrorHit;
use super::layout::prompt;
use crate::artifact::{Part, Span};

/// The tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// `openssl s_client`: TCP and TLS, straight out unless `-proxy` is given.
    OpenSsl,
    /// `certutil -verify -urlfetch` and `-url`: fetches revocation lists as Windows does.
    CertUtil,
    /// `tracert`: ICMP only.
    TraceRoute,
}

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolTest {
    /// With what.
    pub tool: Tool,
    /// Host or address that was asked, in lower case, where the command or the print tells.
    pub target: Option<String>,
    /// The proxy that the command names.
    pub via: Option<String>,
    /// Whether it went well.
    pub passed: bool,
    /// The line that says so.
    pub span: Span,
}

/// Every such test, in the order of the text.
pub fn tests(part: &Part) -> Vec<ToolTest> {
    let mut found: Vec<ToolTest> = Vec::new();
    let words = [
        "Verify return code",
        "Verification: ",
        "revocation",
        "retrieving URL",
        "REVOCATION",
        "\"CDP\"",
        "\"AIA\"",
        "\"OCSP\"",
    ];
    if !words.iter().chain(ROUTES).any(|word| part.text().contains(word)) {
        return found;
    }
    let mut target: Option<String> = None;
    let mut via: Option<String> = None;
    let below = part.lines().skip(1).map(|(_, line)| line.trim()).chain(std::iter::once(""));
    for ((start, line), below) in part.lines().zip(below) {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let span = || part.span(at..at + trimmed.len());
        if let Some(command) = prompt(line) {
            let lower = command.to_ascii_lowercase();
            target = option(&lower, "-connect").or_else(|| after_word(&lower, "tracert"));
            via = option(&lower, "-proxy");
        }
        let test = if let Some(verdict) =
            trimmed.strip_prefix("Verify return code: ").or_else(|| trimmed.strip_prefix("Verification: "))
        {
            Some((Tool::OpenSsl, verdict.starts_with("0 ") || verdict.starts_with("OK")))
        } else if is_certutil_end(trimmed) {
            Some((Tool::CertUtil, true))
        } else if is_failed_download(trimmed, below) {
            target = url_host(below).or(target);
            Some((Tool::CertUtil, false))
        } else if is_certutil_failure(trimmed) {
            target = url_host(trimmed).or(target);
            Some((Tool::CertUtil, false))
        } else if let Some(host) = route_head(trimmed) {
            target = Some(host);
            Some((Tool::TraceRoute, true))
        } else {
            None
        };
        let Some((tool, passed)) = test else { continue };
        // One session is told once: a second verdict about the same target adds nothing.
        let known = |test: &ToolTest| test.tool == tool && test.target == target && test.passed == passed;
        if !found.last().is_some_and(known) {
            found.push(ToolTest { tool, target: target.clone(), via: via.clone(), passed, span: span() });
        }
    }
    found
}

fn is_certutil_end(line: &str) -> bool {
    line == "Leaf certificate revocation check passed"
}

fn is_certutil_failure(line: &str) -> bool {
    line.starts_with("Error retrieving URL:")
        || line.contains("CERT_TRUST_REVOCATION_STATUS_UNKNOWN")
        || line.contains("CERT_TRUST_IS_OFFLINE_REVOCATION")
}

/// A sentence in any language that ends with the code of the failure, and below it the address alone:
/// `… 0x80072ee2 (WinHttp: 12002 ERROR_WINHTTP_TIMEOUT)`, `… 0x80190197 (-2145844841 HTTP_E_STATUS_PROXY_AUTH_REQ)`.
fn is_failed_download(line: &str, below: &str) -> bool {
    below.starts_with("http://") && !below.contains(' ') && line.contains("0x80") && line.ends_with(')')
}

/// Sets the errors of downloads aside that `certutil` prints: they belong to it and to the way of `WinHTTP`. What they
/// say about Entra Connect is in the tests, by the host that could not be reached.
pub fn set_downloads_aside(part: &Part, hits: &mut [ErrorHit]) {
    if !hits.iter().any(|hit| !hit.foreign) || !part.text().contains("0x80") {
        return;
    }
    let below = part.lines().skip(1).map(|(_, line)| line.trim()).chain(std::iter::once(""));
    for ((start, line), below) in part.lines().zip(below) {
        if is_failed_download(line.trim(), below) {
            let end = start + line.len();
            for hit in hits.iter_mut().filter(|hit| (start..end).contains(&hit.span.start.saturating_sub(part.start))) {
                hit.foreign = true;
            }
        }
    }
}

/// How `tracert` begins.
const ROUTES: &[&str] =
    &["Tracing route to ", "Routenverfolgung zu ", "Détermination de l’itinéraire vers ", "Traza a "];

/// "Tracing route to host [address]" in the languages whose wording names the host before the bracket.
fn route_head(line: &str) -> Option<String> {
    let rest = ROUTES.iter().find_map(|begin| line.strip_prefix(begin))?;
    let host = rest.split([' ', '[']).next()?.trim().to_ascii_lowercase();
    (host.contains('.')).then_some(host)
}

/// The value behind an option, without its port.
fn option(command: &str, name: &str) -> Option<String> {
    let mut words = command.split_whitespace();
    words.find(|word| *word == name)?;
    let value = words.next()?;
    Some(value.rsplit_once(':').map_or(value, |(host, _)| host).to_owned())
}

fn after_word(command: &str, name: &str) -> Option<String> {
    let mut words = command.split_whitespace();
    words.find(|word| *word == name || *word == "tracert.exe")?;
    words.find(|word| word.contains('.')).map(str::to_owned)
}

fn url_host(line: &str) -> Option<String> {
    let rest = line.split_once("://")?.1;
    rest.split(['/', ':', ' ']).next().map(str::to_ascii_lowercase)
}

/// The account under which a console says that it runs, from there on: `whoami`, or the head of a transcript.
pub fn accounts(part: &Part) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if !["whoami", "WHOAMI", "RunAs User:"].iter().any(|word| part.text().contains(word)) {
        return found;
    }
    let mut asked = false;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        if let Some(command) = prompt(line) {
            asked = command.eq_ignore_ascii_case("whoami") || command.eq_ignore_ascii_case("whoami.exe");
        } else if asked && !trimmed.is_empty() {
            asked = false;
            if trimmed.contains('\\') && trimmed.len() < 120 {
                found.push((start, trimmed.to_ascii_lowercase()));
            }
        } else if let Some(name) = trimmed.strip_prefix("RunAs User:") {
            found.push((start, name.trim().to_ascii_lowercase()));
        }
    }
    found
}

/// Whether the name is that of an account which the sync service runs under.
pub fn is_service_account(name: &str) -> bool {
    let account = name.rsplit('\\').next().unwrap_or(name);
    name == "nt service\\adsync"
        || account.starts_with("adsyncmsa")
        || (account.starts_with("aad_") && name.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn tests_of_other_tools_are_read_with_what_they_asked() {
        let text = "PS C:\\> openssl s_client -connect login.microsoftonline.com:443 -proxy px.corp.example:8080\nCONNECTED(00000003)\n    Verify return code: 20 (unable to get local issuer certificate)\nPS C:\\> tracert login.microsoftonline.com\n\nTracing route to login.microsoftonline.com [20.190.1.2]\nPS C:\\> certutil -verify -urlfetch leaf.cer\n    Error retrieving URL: The operation timed out 0x80072ee2 (WinHttp: 12002 ERROR_WINHTTP_TIMEOUT)\n    http://crl3.digicert.com/x.crl\n";
        let source = Source::decode("a", text.as_bytes());
        let found = tests(&Part::whole(&source));
        let told: Vec<_> = found.iter().map(|test| (test.tool, test.target.as_deref(), test.passed)).collect();
        assert_eq!(
            told,
            [
                (Tool::OpenSsl, Some("login.microsoftonline.com"), false),
                (Tool::TraceRoute, Some("login.microsoftonline.com"), true),
                (Tool::CertUtil, Some("crl3.digicert.com"), false),
            ]
        );
        assert_eq!(found[0].via.as_deref(), Some("px.corp.example"));
    }

    #[test]
    fn a_console_says_under_which_account_it_runs() {
        let text = "PS C:\\> whoami\ncontoso\\adsyncmsa1a2b3$\nPS C:\\> iwr https://x.example";
        let source = Source::decode("a", text.as_bytes());
        let found = accounts(&Part::whole(&source));
        assert_eq!(found.len(), 1);
        assert!(is_service_account(&found[0].1));
        assert!(!is_service_account("contoso\\jdoe") && is_service_account("nt service\\adsync"));
    }
}
