//! A page of somebody else where a request for a host of Entra Connect was answered: a captive portal, a block page, a
//! redirect to either. Its status may well be 200.

use super::http::asked_host;
use super::layout::prompt;
use crate::artifact::{Part, Span};
use crate::endpoints;

/// One such answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignPage {
    /// The host that was asked, in lower case.
    pub host: String,
    /// Where the page leads, or what it calls itself.
    pub sign: String,
    /// The line of the status.
    pub status: Span,
    /// The line that gives it away.
    pub span: Span,
}

/// How many lines of an answer are looked at.
const MOST: usize = 80;

/// Names of Microsoft to which its services redirect, with everything below them.
const MICROSOFT: &[&str] = &[
    "microsoft.com",
    "microsoft.cn",
    "microsoft.us",
    "microsoftonline.com",
    "microsoftonline.cn",
    "microsoftonline.us",
    "microsoftonline-p.com",
    "microsoftonline-p.cn",
    "office.com",
    "office.cn",
    "office.net",
    "office365.com",
    "office365.us",
    "office365.cn",
    "live.com",
    "azure.com",
    "azure.cn",
    "azure.us",
    "azure.net",
    "windows.net",
    "windowsazure.com",
    "windowsazure.cn",
    "chinacloudapi.cn",
    "msauth.net",
    "msftauth.net",
    "msauth.cn",
    "msftauth.cn",
    "cloud.microsoft",
    "outlook.com",
    "outlook.cn",
    "sharepoint.com",
    "sharepoint.cn",
    "bing.com",
    "msn.com",
    "aka.ms",
    "w3.org",
];

/// What pages of gateways are titled. From general knowledge of such pages; not confirmed for any product.
const TITLES: &[&str] = &[
    "blocked",
    "denied",
    "forbidden",
    "not allowed",
    "web filter",
    "webfilter",
    "captive",
    "portal authentication",
    "network authentication",
    "web authentication",
    "internet access",
    "proxy error",
    "认证",
    "認證",
    "拦截",
    "攔截",
    "阻断",
    "阻斷",
    "禁止",
    "拒绝",
    "拒絕",
    "上网",
    "上網",
    "gesperrt",
    "blockiert",
    "zugriff verweigert",
    "bloqué",
    "accès refusé",
    "bloqueado",
    "acceso denegado",
    "ブロック",
    "アクセスが拒否",
];

/// What stands before the address to which a page sends the browser, without blanks.
const LEADS: &[&str] = &[
    "location.href=",
    "location=",
    "location.replace(",
    "location.assign(",
    "<formaction=",
    "<iframesrc=",
    ";url=",
    "content=0;url=",
];

/// The answer that is being read.
struct Answer {
    host: String,
    status: Span,
    /// Its lines joined without blanks, since a console breaks them anywhere; and where each begins in that.
    text: String,
    lines: Vec<(usize, Span)>,
}

/// Every such answer, in the order of the text.
pub fn pages(part: &Part) -> Vec<ForeignPage> {
    let mut found = Vec::new();
    let mut host: Option<String> = None;
    let mut answer: Option<Answer> = None;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let span = part.span(at..at + trimmed.len());
        let asked = asked_host(trimmed);
        if asked.is_some() || prompt(line).is_some() {
            found.extend(answer.take().and_then(|answer| page(&answer)));
            host = asked.filter(|host| endpoints::find_host(host).is_some());
            continue;
        }
        let is_status = trimmed.strip_prefix("< HTTP/").is_some_and(|rest| !rest.contains("onnection established"))
            || trimmed.split_once(':').is_some_and(|(label, _)| label.trim_end() == "StatusCode");
        if let Some(asked) = host.as_ref().filter(|_| is_status) {
            found.extend(answer.take().and_then(|answer| page(&answer)));
            answer = Some(Answer { host: asked.clone(), status: span, text: String::new(), lines: Vec::new() });
        } else if let Some(answer) = answer.as_mut().filter(|answer| answer.lines.len() < MOST) {
            answer.lines.push((answer.text.len(), span));
            answer.text.extend(trimmed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()));
        }
    }
    found.extend(answer.and_then(|answer| page(&answer)));
    found
}

fn page(answer: &Answer) -> Option<ForeignPage> {
    let redirect = answer.lines.iter().filter_map(|(at, _)| {
        Some(at + answer.text.get(*at..)?.strip_prefix("<location:").map(|_| "<location:".len())?)
    });
    let script = LEADS.iter().flat_map(|lead| answer.text.match_indices(lead).map(|(at, _)| at + lead.len()));
    let led = redirect.chain(script).filter_map(|at| Some((at, target(answer.text.get(at..)?)?))).min();
    let (at, sign) = led.map(|(at, host)| (at, format!("it leads to {host}"))).or_else(|| titled(&answer.text))?;
    let index = answer.lines.partition_point(|(begin, _)| *begin <= at).checked_sub(1)?;
    let (_, span) = answer.lines.get(index)?;
    Some(ForeignPage { host: answer.host.clone(), sign, status: answer.status, span: *span })
}

/// The host of the address at the beginning of `text`, when it is none of Microsoft's.
fn target(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['\'', '"', '\\']);
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"))?;
    let host = rest.split(['/', ':', '?', '"', '\'', '\\', '>', ')', '<', '#']).next()?;
    let within = |zone: &str| host.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let is_other = !host.is_empty() && host.len() <= 253 && !MICROSOFT.iter().any(|zone| within(zone));
    (is_other && endpoints::find_host(host).is_none()).then(|| host.to_owned())
}

/// A title that speaks of a gateway, and where it stands.
fn titled(text: &str) -> Option<(usize, String)> {
    const OPEN: &str = "<title>";
    let at = text.find(OPEN)? + OPEN.len();
    let title = text.get(at..)?.split("</title>").next()?;
    let word = TITLES.iter().find(|word| title.contains(&word.replace(' ', "")))?;
    (title.chars().count() <= 80).then(|| (at, format!("its title says \u{201c}{word}\u{201d}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn signs(text: &str) -> Vec<String> {
        let source = Source::decode("a", text.as_bytes());
        pages(&Part::whole(&source)).into_iter().map(|page| page.sign).collect()
    }

    const ASK: &str = "PS C:\\> Invoke-WebRequest https://adminwebservice.microsoftonline.com/ProvisioningService.svc";

    #[test]
    fn portals_block_pages_and_redirects_are_told_by_where_they_lead_or_by_their_title() {
        for (text, sign) in [
            (
                format!("{ASK}\n\nStatusCode : 200\nContent : <html><script>window.loca\n      tion.href='http://10.1.1.1:85/portal'</script></html>\n"),
                "it leads to 10.1.1.1",
            ),
            (
                format!("{ASK}\nStatusCode : 200\nContent : <html><head><title>Web Page Blocked</title></head></html>\n"),
                "its title says \u{201c}blocked\u{201d}",
            ),
            (
                "C:\\>curl.exe -v https://login.microsoftonline.com/\n> GET / HTTP/1.1\n< HTTP/1.1 302 Found\n< Location: https://portal.corp.example/login?u=1\n".to_owned(),
                "it leads to portal.corp.example",
            ),
        ] {
            assert_eq!(signs(&text), [sign], "{text}");
        }
    }

    #[test]
    fn what_the_services_themselves_answer_is_no_foreign_page() {
        for text in [
            format!("{ASK}\nStatusCode : 200\nContent : <HTML><HEAD><link rel=\"alternate\" type=\"text/xml\" href=\"https://adminwebservice.microsoftonline.com/x?disco\"/><TITLE>ProvisioningWebServiceAdapter Service</TITLE></HEAD></HTML>\n"),
            "C:\\>curl.exe -v https://login.microsoftonline.com/\n< HTTP/1.1 302 Found\n< Location: https://www.office.com/login#\n".to_owned(),
            "PS C:\\> Invoke-WebRequest https://intranet.corp.example\nStatusCode : 200\nContent : <title>Access denied</title>\n".to_owned(),
        ] {
            assert!(signs(&text).is_empty(), "{text}");
        }
    }
}
