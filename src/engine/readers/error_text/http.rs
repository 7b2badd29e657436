//! HTTP answers in console output: what proves that a path works, and what a proxy offers.

use super::shell::{Shell, shell_at};
use crate::artifact::{Part, Span};
use crate::phrases::Marks;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A status in console output, and the host it belongs to where the command line or the request tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpProof {
    /// The host that was asked, in lower case.
    pub host: Option<String>,
    /// The status: of the host, or of the proxy that was asked for a tunnel.
    pub status: u16,
    /// The line with the status.
    pub span: Span,
    /// The status answers a CONNECT: it is the proxy's own.
    pub tunnel: bool,
    /// The shell that asked.
    pub shell: Shell,
    /// What curl printed, not PowerShell.
    pub is_curl: bool,
    /// The proxy that the command line or curl itself names, as written.
    pub via: Option<String>,
}

/// Whether a TCP connection could be opened, as Test-NetConnection or telnet print it. They never use a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcpTest {
    /// Host or address, in lower case.
    pub host: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// Whether it could be opened.
    pub succeeded: bool,
    /// The line that says so.
    pub span: Span,
}

/// How command lines name a proxy.
static PROXY_OPTIONS: LazyLock<Marks> =
    LazyLock::new(|| Marks::new(&[" -proxy ", " --proxy ", " -x ", "* uses proxy env variable"]));

/// The old browser is not set up.
static NO_BROWSER: LazyLock<Finder> = LazyLock::new(|| Finder::new("WebCmdletIEDomNotSupportedException"));

/// Lines `StatusCode : 200` and `< HTTP/1.1 407 …`.
pub fn proofs(part: &Part, shells: &[(usize, Shell)]) -> Vec<HttpProof> {
    let mut found = Vec::new();
    let mut host: Option<String> = None;
    let mut tunnel = false;
    let mut via: Option<String> = None;
    // "(Invoke-WebRequest …).StatusCode" is answered by a bare number.
    let mut asks_number = false;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let span = part.span(at..at + trimmed.len());
        if super::layout::prompt(line).is_some() {
            via = None;
            asks_number = trimmed.to_ascii_lowercase().ends_with(".statuscode");
        }
        via = named_proxy(trimmed).or(via);
        if let Some(asked) = asked_host(trimmed) {
            (host, tunnel) = (Some(asked), trimmed.starts_with("> CONNECT "));
        }
        let status = if let Some(answer) = trimmed.strip_prefix("< HTTP/") {
            self::status(answer.split_whitespace().nth(1))
        } else {
            match trimmed.split_once(':') {
                // .NET's own classes print the name of the status: OK is 200.
                Some((label, value)) if label.trim_end() == "StatusCode" && value.trim() == "OK" => Some(200),
                Some((label, value)) if label.trim_end() == "StatusCode" => {
                    self::status(value.split_whitespace().next())
                }
                // The page was downloaded: only the old browser that should have taken it apart is not set up.
                Some(_) if NO_BROWSER.find(trimmed.as_bytes()).is_some() => Some(200),
                None if asks_number => self::status(Some(trimmed)),
                _ => None,
            }
        };
        if let Some(status) = status {
            let shell = shell_at(part, shells, start);
            let is_curl = trimmed.starts_with('<');
            found.push(HttpProof { host: host.clone(), status, span, tunnel, shell, is_curl, via: via.clone() });
            (tunnel, asks_number) = (false, false);
        }
    }
    found
}

/// Stretches of a session in which a proxy asks for a sign-in with 407 and then answers the same request otherwise: the
/// steps of NTLM and Negotiate, no refusal. Where it refuses the host then, it has taken the sign-in.
pub fn handshakes(proofs: &[HttpProof]) -> Vec<Span> {
    let opens = |asked: &HttpProof, later: &HttpProof| {
        later.is_curl && later.host == asked.host && later.span.artifact == asked.span.artifact
    };
    proofs
        .iter()
        .enumerate()
        .filter(|(_, proof)| proof.is_curl && proof.status == 407)
        .filter_map(|(index, asked)| {
            // A session may ask twice; anything else in between is another story.
            let mut rest =
                proofs.get(index + 1..)?.iter().skip_while(|next| next.status == 407 && next.host == asked.host);
            let next = rest.next().filter(|next| opens(asked, next))?;
            Some(Span { end: next.span.start, ..asked.span })
        })
        .collect()
}

/// Status and host of each request of an HTTP archive, at most [`MAX_ARCHIVE`]. The archive need not be whole or
/// well-formed: a response belongs to the address before it.
pub fn archive(part: &Part) -> Vec<HttpProof> {
    let text = part.text();
    let mut found = Vec::new();
    let mut host: Option<String> = None;
    for (at, _) in text.match_indices('"') {
        let rest = text.get(at..).unwrap_or("");
        if let Some(value) = member(rest, "\"url\"") {
            let address = value.trim_start_matches('"').split_once("://").map(|(_, address)| address);
            host = address
                .and_then(|address| address.split(['/', ':', '?', '"']).next())
                .map(str::to_ascii_lowercase)
                .filter(|host| !host.is_empty() && host.len() <= 253);
        } else if let Some(value) = member(rest, "\"status\"") {
            let digits = value.bytes().take_while(u8::is_ascii_digit).count();
            let status = self::status(value.get(..digits));
            if let (Some(status), Some(host)) = (status, host.take()) {
                let end = at + (rest.len() - value.len()) + digits;
                found.push(HttpProof {
                    host: Some(host),
                    status,
                    span: part.span(at..end),
                    tunnel: false,
                    shell: Shell::Unknown,
                    is_curl: false,
                    via: None,
                });
            }
        }
        if found.len() >= MAX_ARCHIVE {
            break;
        }
    }
    found
}

/// How many requests of an archive are kept.
const MAX_ARCHIVE: usize = 5000;

/// What stands behind `"name":`, when `text` begins with that.
fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let value = text.strip_prefix(name)?.trim_start().strip_prefix(':')?;
    Some(value.trim_start())
}

/// Schemes in `Proxy-Authenticate` lines, as written.
pub fn proxy_authenticate(part: &Part) -> Vec<(String, Span)> {
    const HEADER: &str = "proxy-authenticate:";
    static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(&[HEADER]));
    MARKS
        .lines(part)
        .filter_map(|(start, line)| {
            let at = line.to_ascii_lowercase().find(HEADER)?;
            let before = line.get(..at)?.trim();
            let value = line.get(at + HEADER.len()..)?;
            let scheme = value.trim_start().split([' ', ',', '\t']).next().filter(|scheme| !scheme.is_empty())?;
            let known =
                ["basic", "ntlm", "negotiate", "kerberos", "digest"].contains(&scheme.to_ascii_lowercase().as_str());
            let is_header = before.is_empty() || before.ends_with(['<', '>', '*', '|', '"', '[']);
            (known && is_header).then(|| (scheme.to_owned(), part.span(start + at..start + line.trim_end().len())))
        })
        .collect()
}

/// Results of Test-NetConnection, and failures of telnet.
pub fn tcp_tests(part: &Part) -> Vec<TcpTest> {
    let mut found = Vec::new();
    let (mut host, mut number) = (None, None);
    let mut telnet: Option<(String, u16)> = None;
    for (start, line) in part.lines() {
        if let Some(command) = super::layout::prompt(line) {
            telnet = telnet_target(command);
            continue;
        }
        // "Connecting To 10.8.0.20...Could not open connection to the host, on port 8080: Connect failed", in any
        // language: the target, three dots and more words. A success clears the screen and prints nothing.
        if let Some((target, port)) = &telnet {
            let said = line.split_once("...").filter(|(head, tail)| {
                head.to_ascii_lowercase().trim_end().ends_with(target.as_str()) && tail.contains(&port.to_string())
            });
            if said.is_some() {
                let indent = line.len() - line.trim_start().len();
                let span = part.span(start + indent..start + line.trim_end().len());
                found.push(TcpTest { host: Some(target.clone()), port: Some(*port), succeeded: false, span });
                telnet = None;
                continue;
            }
        }
        let Some((label, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match label.trim() {
            "ComputerName" => (host, number) = (Some(value.to_ascii_lowercase()), None),
            "RemotePort" => number = value.parse().ok(),
            "TcpTestSucceeded" => {
                let indent = line.len() - line.trim_start().len();
                let span = part.span(start + indent..start + line.trim_end().len());
                found.push(TcpTest {
                    host: host.take(),
                    port: number,
                    succeeded: value.eq_ignore_ascii_case("true"),
                    span,
                });
            }
            _ => {}
        }
    }
    found
}

/// Host and port of `telnet host port`.
fn telnet_target(command: &str) -> Option<(String, u16)> {
    let mut words = command.split_whitespace();
    let program = words.next()?.to_ascii_lowercase();
    if !matches!(program.as_str(), "telnet" | "telnet.exe") {
        return None;
    }
    Some((words.next()?.to_ascii_lowercase(), words.next()?.parse().ok()?))
}

fn status(word: Option<&str>) -> Option<u16> {
    word?.parse().ok().filter(|status| (100..600).contains(status))
}

/// The proxy of `-Proxy`, `-x` or `--proxy`, or the one that curl says it uses.
fn named_proxy(line: &str) -> Option<String> {
    if !PROXY_OPTIONS.any(line) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let value = if lower.starts_with("* uses proxy env variable") {
        line.rsplit("==").next()
    } else {
        let is_curl = lower.contains("curl");
        let option = |name: &str| {
            let at = lower.find(name)? + name.len();
            line.get(at..)?.split_whitespace().next()
        };
        (is_curl || lower.contains("invoke-") || lower.contains("iwr "))
            .then(|| option(" -proxy ").or_else(|| option(" --proxy ")).or_else(|| option(" -x ").filter(|_| is_curl)))
            .flatten()
    };
    let value = value?.trim().trim_matches(['\'', '"']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// The host of a web request on a command line, or of a request line that curl prints.
pub(super) fn asked_host(line: &str) -> Option<String> {
    if let Some(target) = line.strip_prefix("> CONNECT ") {
        return target.split([':', ' ']).next().map(str::to_ascii_lowercase);
    }
    memchr::memmem::find(line.as_bytes(), b"://")?;
    let lower = line.to_ascii_lowercase();
    let is_request = [
        "invoke-webrequest",
        "invoke-restmethod",
        "iwr ",
        "irm ",
        "curl ",
        "curl.exe ",
        "webrequest]::create",
        "webclient",
    ]
    .iter()
    .any(|word| lower.contains(word));
    if !is_request || line.starts_with('+') {
        return None;
    }
    // A proxy may stand before the address: the last URL is the one that was asked.
    let at = lower.rfind("://")?;
    let host = lower.get(at + 3..)?.split(['/', ':', ' ', '"', '\'', '?', ')']).next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_status_belongs_to_the_host_that_was_asked_and_a_tunnel_status_to_the_proxy() {
        let text = "PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/x -Proxy http://p:8080 -Uri https://login.microsoftonline.com\n\nStatusCode        : 200\n> CONNECT graph.microsoft.com:443 HTTP/1.1\n< HTTP/1.1 407 Proxy Authentication Required\n< Proxy-Authenticate: Basic realm=\"x\"\n< Proxy-Authenticate: NTLM";
        let source = Source::decode("a", text.as_bytes());
        let part = Part::whole(&source);
        let found: Vec<_> =
            proofs(&part, &[]).into_iter().map(|proof| (proof.host.unwrap(), proof.status, proof.tunnel)).collect();
        assert_eq!(
            found,
            [("login.microsoftonline.com".to_owned(), 200, false), ("graph.microsoft.com".to_owned(), 407, true)]
        );
        let schemes: Vec<_> = proxy_authenticate(&part).into_iter().map(|(scheme, _)| scheme).collect();
        assert_eq!(schemes, ["Basic", "NTLM"]);
    }

    #[test]
    fn each_request_of_an_archive_has_the_status_of_its_own_response() {
        let text = r#"{"log":{"entries":[{"_initiator":{"url":"https://x.example/"},"request":{"method":"GET","url":"https://Login.microsoftonline.com/a"},"response":{"status": 200,"redirectURL":""}},{"request":{"url":"https://graph.microsoft.com:443/"},"response":{"status":0}},{"request":{"url":"https://b.example"},"response":{"status":403}}]}}"#;
        let source = Source::decode("a", text.as_bytes());
        let found: Vec<_> =
            archive(&Part::whole(&source)).into_iter().map(|proof| (proof.host.unwrap(), proof.status)).collect();
        assert_eq!(found, [("login.microsoftonline.com".to_owned(), 200), ("b.example".to_owned(), 403)]);
    }

    #[test]
    fn a_failed_tcp_test_names_host_and_port() {
        let text = "ComputerName     : login.microsoftonline.com\nRemoteAddress    : 20.190.1.2\nRemotePort       : 443\nTcpTestSucceeded : False";
        let source = Source::decode("a", text.as_bytes());
        let tests = tcp_tests(&Part::whole(&source));
        assert_eq!(
            (tests[0].host.as_deref(), tests[0].port, tests[0].succeeded),
            (Some("login.microsoftonline.com"), Some(443), false)
        );
    }

    #[test]
    fn a_failed_telnet_is_a_test_of_its_port_in_any_language() {
        for answer in [
            "Connecting To 10.8.0.20...Could not open connection to the host, on port 8080: Connect failed",
            "正在连接10.8.0.20...无法打开到主机的连接。 在端口 8080: 连接失败",
        ] {
            let source = Source::decode("a", format!("C:\\>telnet 10.8.0.20 8080\n{answer}\n").as_bytes());
            let found = tcp_tests(&Part::whole(&source));
            let [test] = found.as_slice() else { panic!("{answer}: {found:?}") };
            assert_eq!((test.host.as_deref(), test.port, test.succeeded), (Some("10.8.0.20"), Some(8080), false));
        }
        let source = Source::decode("a", b"Connecting To 10.8.0.20...Could not open connection, port 8080\n");
        assert!(tcp_tests(&Part::whole(&source)).is_empty(), "no command tells what was asked");
    }
}
