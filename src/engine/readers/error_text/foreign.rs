//! Errors that stand in the text and are nobody's report about Entra Connect: strings of a program's source, events
//! and logs of other programs, complaints about other products.
//!
//! A sentence without any surroundings is never foreign: most people paste just that.

use super::layout::{event_label, is_trace_line, prompt};
use super::{ErrorHit, HostMention, is_sign_in_host, other_program};
use crate::artifact::{Kind, Part};
use crate::endpoints::Role;
use crate::errors::Layer;
use std::ops::Range;

/// Words that only somebody who speaks of the product uses. Compared in lower case.
const PRODUCT: &[&str] = &[
    "entra",
    "azure ad",
    "azuread",
    "aadconnect",
    "aad connect",
    "ad connect",
    "adconnect",
    "adsync",
    "dirsync",
    "directory sync",
    "miiserver",
    "machine.config",
    "microsoftonline",
    "provisioning",
    "adminwebservice",
    "sync server",
    "sync service",
    "sync-server",
    "wizard",
    "assistent",
    "assistant",
    "向导",
    "ウィザード",
    "同步服务",
    "同期",
    "synchronization service",
    "synchronisierungsdienst",
    "password hash",
    "passwordreset",
    "pass-through",
    "aadsts",
];

/// Sources of events that speak of the product, or of a part of Windows that it stands on.
const OUR_SOURCES: &[&str] = &[
    "adsync",
    "directory sync",
    "azure",
    "aad",
    "entra",
    "fimsync",
    "forefront",
    "passwordreset",
    "authenticationagent",
    "auth agent",
    "adfs",
    "ad fs",
    "dirsync",
    "schannel",
    "service control",
    "powershell",
    "pshost",
    ".net runtime",
    "application error",
    "windows error",
    "microsoft-windows-",
    "mssql",
    "sql",
    "w32time",
    "time-service",
    "tcpip",
    "dns",
    "capi2",
    "lsa",
    "kerberos",
    "netlogon",
    "security",
    "system.net",
    "winhttp",
    "wininet",
    "crypt",
    "eventlog",
];

/// Products that people complain about, as a label in front of what they show.
const OTHER_PRODUCTS: &[&str] = &[
    "outlook",
    "teams",
    "onedrive",
    "sharepoint",
    "skype",
    "word",
    "excel",
    "powerpoint",
    "onenote",
    "edge",
    "chrome",
    "firefox",
    "zoom",
    "webex",
    "sap",
    "citrix",
    "windows update",
    "wsus",
    "office",
    "intune",
    "exchange",
];

/// Hosts that people call to see whether anything works.
const TEST_HOSTS: &[&str] =
    &["google", "bing.com", "www.microsoft.com", "msftconnecttest", "msftncsi", "ifconfig", "httpbin"];

/// How much of a text is searched for the product: enough for any paste, and not all of a huge log.
const LOOK: usize = 1 << 20;

/// Marks the errors that are no report, and says whether the whole text is of that kind.
pub fn mark_foreign(part: &Part, kind: Kind, hosts: &[HostMention], hits: &mut [ErrorHit]) -> bool {
    if hits.is_empty() {
        return false;
    }
    let text = part.text();
    let mut end = text.len().min(LOOK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_text = kind == Kind::ErrorText;
    let free_text = is_text || matches!(kind, Kind::Unknown | Kind::PowershellOutput);
    for hit in hits.iter_mut() {
        hit.foreign = hit.capture("host").is_some_and(may_fail);
    }
    if !free_text && kind != Kind::EventLog {
        return false;
    }
    let lower = text.get(..end).unwrap_or("").to_lowercase();
    let ours = PRODUCT.iter().any(|word| lower.contains(word)) || hosts.iter().any(|host| is_ours(&host.host));
    let code = free_text && (is_code(part) || is_repository_log(part));
    let log = is_text && !ours && is_other_log(part, hosts);
    let complaint = is_text && !ours && (labels(text) >= 2 || is_list_of_errors(part, hits));
    let console = ["ps c:\\", "invoke-webrequest", "curl"].iter().any(|word| lower.contains(word));
    let places = is_text && !ours && !console;
    let program = other_program::is_named(&lower);
    let commands = if free_text && !ours { commands(part) } else { Vec::new() };
    let lines: Vec<(usize, &str)> = if places { part.lines().collect() } else { Vec::new() };
    let mut elsewhere = false;
    for hit in hits.iter_mut() {
        let at = hit.span.start.saturating_sub(part.start);
        let (line, within) = line_at(text, at);
        let named = places && names_other_host(part, hosts, &lines, at);
        elsewhere |= named;
        hit.foreign |= code
            || log
            || program
            || complaint
            || (is_text && !ours && is_of_other_program(part, hit))
            || named
            || (free_text && is_device_registration(line))
            || (free_text && (is_string_of_code(line, within) || is_complaint(line)))
            || is_output_of_other(&commands, at);
    }
    // Nothing in the text speaks of the product, and what failed is another host: so the rest is about that too.
    if elsewhere {
        for hit in hits.iter_mut() {
            hit.foreign = true;
        }
    }
    if kind == Kind::EventLog {
        mark_events(part, hosts, hits);
    }
    let all = hits.iter().all(|hit| hit.foreign);
    let others = kind == Kind::EventLog && all && !other_program::speaks_of_entra_connect(&lower) && {
        let sources: Vec<String> = events(part).into_iter().map(|(_, _, source)| source.to_lowercase()).collect();
        sources.iter().all(|source| other_program::is_other_source(source))
    };
    code || log || program || complaint || others || (all && !ours)
}

/// Lines of `dsregcmd /status`: the registration of one device, which goes its own way out under SYSTEM.
fn is_device_registration(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "ad connectivity test",
        "ad configuration test",
        "drs discovery test",
        "drs connectivity test",
        "token acquisition test",
        "fallback to sync-join",
        "client errorcode",
        "server errorcode",
        "server message",
        "attempt status",
        "previous prt attempt",
    ];
    line.split_once(" :").is_some_and(|(label, _)| LABELS.contains(&label.trim().to_lowercase().as_str()))
}

/// Whether a host may fail without harm: what it fails with is no fault to work on.
fn may_fail(host: &str) -> bool {
    crate::endpoints::find_host(host).is_some_and(|row| row.role == Role::Telemetry)
}

/// Whether the lines of an error are those of another process, or of a runtime that Entra Connect does not have.
fn is_of_other_program(part: &Part, hit: &ErrorHit) -> bool {
    let text = part.text();
    let at = hit.span.start.saturating_sub(part.start);
    let (line, _) = line_at(text, at);
    let behind = text.get(at..).unwrap_or("").lines().nth(1).unwrap_or("");
    let frame = behind.trim_start().starts_with("at ") && other_program::is_other_runtime(behind);
    frame || other_program::is_other_runtime(line) || other_program::is_other_process(line)
}

fn is_ours(host: &str) -> bool {
    crate::endpoints::find_host(host).is_some() || is_sign_in_host(host)
}

/// The line around a place, and where in it the place is; of a very long line the stretch around the place.
fn line_at(text: &str, at: usize) -> (&str, usize) {
    const AROUND: usize = 1000;
    let from = text.floor_char_boundary(at.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((at + AROUND).min(text.len()));
    let before = text.get(from..at).unwrap_or("");
    let start = from + before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    (text.get(start..to).and_then(|rest| rest.lines().next()).unwrap_or(""), at - start)
}

/// Whether the text is the source of a program: most of its lines end or begin as code does, and nothing in it
/// shows that anything ran.
fn is_code(part: &Part) -> bool {
    let (mut code, mut filled, mut firm) = (0usize, 0usize, 0usize);
    for (_, line) in part.lines().take(3000) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let ran = prompt(line).is_some_and(|command| !command.is_empty())
            || is_trace_line(line)
            || line.starts_with("+ CategoryInfo")
            || line.starts_with("--->")
            || (line.starts_with("at ") && line.ends_with(')'));
        if ran {
            return false;
        }
        filled += 1;
        let strong = is_statement(line);
        firm += usize::from(strong);
        code += usize::from(
            strong
                || line.ends_with(['{', '}', ';'])
                || line.ends_with("},")
                || ["//", "/*", "*", "#", "--", "@@", "<#"].iter().any(|mark| line.starts_with(mark)),
        );
    }
    filled >= 4 && firm >= 2 && code * 10 >= filled * 6
}

/// Whether a line can only be a line of code.
fn is_statement(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "using ",
        "import ",
        "from ",
        "namespace ",
        "public ",
        "private ",
        "internal ",
        "protected ",
        "static ",
        "class ",
        "function ",
        "def ",
        "return ",
        "throw ",
        "case ",
        "switch ",
        "switch(",
        "if (",
        "if(",
        "else if",
        "} else",
        "} catch",
        "catch ",
        "try ",
        "try:",
        "except ",
        "raise ",
        "var ",
        "let ",
        "const ",
        "param(",
        "foreach ",
        "for (",
        "while (",
        "elif ",
        "func ",
        "fn ",
        "pub ",
        "#include",
        "package ",
        "INSERT INTO",
        "insert into",
        "VALUES",
        "diff --git",
        "Write-Host ",
        "Write-Error ",
        "Write-Output ",
        "Write-Warning ",
    ];
    let line = line.trim_start_matches(['+', '-']).trim_start();
    let begins = STARTS.iter().any(|start| line.starts_with(start));
    let marked = line.ends_with([';', '{', '}', ':', ',', '"', '\'', ')', '('])
        || line.contains("= ")
        || line.starts_with("diff ");
    let assigns = line.starts_with('$') && line.contains(" = ");
    let calls = line.ends_with(");") || line.ends_with("};");
    (begins && marked) || assigns || calls
}

/// Whether the place `at` of the line is inside a string that code returns, throws, compares or prints.
fn is_string_of_code(line: &str, at: usize) -> bool {
    const BEFORE: &[&str] = &[
        "return ",
        "throw ",
        "case ",
        "raise ",
        "new ",
        "print(",
        "printf(",
        "console.",
        "log(",
        "contains(",
        "startswith(",
        "equals(",
        "-match ",
        "-like ",
        "-eq ",
        "write-host ",
        "write-error ",
        "write-output ",
        "write-warning ",
        "== ",
        "=> ",
        "const ",
        "static ",
        "values (",
        "values(",
        "regex",
        "assert",
        "#define ",
        "exception(",
    ];
    let (Some(head), Some(tail)) = (line.get(..at), line.get(at..)) else {
        return false;
    };
    // A shell that shows the failing line, and a web console, report.
    if prompt(line).is_some() || head.trim_start().starts_with("+ ") {
        return false;
    }
    let Some(open) = head.rfind(['"', '\'', '`']) else {
        return false;
    };
    let quote = head.get(open..=open).unwrap_or("\"");
    let Some(close) = tail.find(quote) else {
        return false;
    };
    let before = head.get(..open).unwrap_or("").to_lowercase();
    let after = tail.get(close + 1..).unwrap_or("").trim();
    let keyword = BEFORE.iter().any(|word| {
        before.trim_start().starts_with(word)
            || before.contains(&format!(" {word}"))
            || before.contains(&format!("({word}"))
            || (word.ends_with('(') && before.contains(word))
    });
    let ended = after.ends_with([';', '{', '}', ':']) || after.starts_with([')', ',', ';', ']']) || after == "\\";
    keyword && ended
}

/// Whether the text is the log of a program that speaks to other hosts: stamped lines, and the addresses in them are
/// none that Entra Connect calls.
fn is_other_log(part: &Part, hosts: &[HostMention]) -> bool {
    let (mut stamped, mut filled) = (0usize, 0usize);
    for (_, line) in part.lines().take(3000) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        filled += 1;
        stamped += usize::from(is_stamped(line));
    }
    stamped >= 3 && stamped * 10 >= filled * 6 && hosts.iter().any(|host| is_destination(part, host))
}

/// Whether a line begins with a date, or with a time of day, as records of a log do.
fn is_stamped(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '<']);
    let head: String = line.chars().take(24).collect();
    let digits = head.bytes().filter(u8::is_ascii_digit).count();
    let colons = head.matches(':').count();
    line.starts_with(|c: char| c.is_ascii_digit()) && digits >= 6 && (colons >= 2 || digits >= 12)
        || (digits >= 6 && colons >= 2 && head.split_whitespace().next().is_some_and(|word| word.len() == 3))
}

/// Whether a host is the address of a request, rather than a proxy, a mail address or a test.
fn is_destination(part: &Part, host: &HostMention) -> bool {
    let text = part.text();
    let head = text.get(..host.span.start.saturating_sub(part.start)).unwrap_or("");
    let is_url = head.ends_with("https://") || (head.ends_with("http://") && host.port.is_none());
    is_url
        && !is_ours(&host.host)
        && !host.host.contains("proxy")
        && !TEST_HOSTS.iter().any(|name| host.host.contains(name))
}

/// The items, sorted by their place, that stand in a range.
fn between<T>(items: &[T], range: Range<usize>, place: impl Fn(&T) -> usize) -> &[T] {
    let first = items.partition_point(|item| place(item) < range.start);
    let end = items.partition_point(|item| place(item) < range.end);
    items.get(first..end).unwrap_or_default()
}

/// How many lines around an error may name the address that failed.
const NEAR: usize = 3;

/// Whether the lines around an error name the address that failed, and it is another one. A blank line ends what
/// belongs together: the address of a company at the end of a mail is none that failed.
fn names_other_host(part: &Part, hosts: &[HostMention], lines: &[(usize, &str)], at: usize) -> bool {
    const HELP: &[&str] = &["learn.microsoft", "docs.microsoft", "support.microsoft", "aka.ms", "go.microsoft"];
    let here = lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    let filled = |line: &&(usize, &str)| !line.1.trim().is_empty();
    let above = lines.get(here.saturating_sub(NEAR)..here).unwrap_or_default().iter().rev().take_while(filled).count();
    let below = lines.get(here..).unwrap_or_default().iter().take(NEAR + 1).take_while(filled).count();
    let Some(first) = lines.get(here - above) else { return false };
    let end = lines.get(here + below.max(1) - 1).map_or(first.0, |(start, line)| start + line.len());
    between(hosts, part.start + first.0..part.start + end, |host| host.span.start)
        .iter()
        .any(|host| is_destination(part, host) && !HELP.iter().any(|name| host.host.contains(name)))
}

/// Tools of developers and administrators that reach other services.
const OTHER_TOOLS: &[&str] = &[
    "apt",
    "apt-get",
    "az",
    "bower",
    "cargo",
    "choco",
    "composer",
    "dnf",
    "docker",
    "dotnet",
    "gcloud",
    "gem",
    "git",
    "go",
    "gradle",
    "helm",
    "kubectl",
    "maven",
    "mvn",
    "npm",
    "npx",
    "nuget",
    "pip",
    "pip3",
    "pnpm",
    "podman",
    "python",
    "svn",
    "terraform",
    "vagrant",
    "winget",
    "yarn",
    "yum",
    "zypper",
];

/// The commands of a console session: offset, and whether another tool is run.
fn commands(part: &Part) -> Vec<(usize, bool)> {
    let command = |(start, line): (usize, &str)| {
        let typed = prompt(line).or_else(|| line.trim_start().strip_prefix("$ "))?;
        let program = typed.split_whitespace().next()?.to_ascii_lowercase();
        Some((start, OTHER_TOOLS.contains(&program.trim_end_matches(".exe"))))
    };
    part.lines().filter_map(command).collect()
}

/// Whether the nearest command before this place runs another tool.
fn is_output_of_other(commands: &[(usize, bool)], at: usize) -> bool {
    let index = commands.partition_point(|(start, _)| *start <= at);
    index.checked_sub(1).and_then(|index| commands.get(index)).is_some_and(|(_, other)| *other)
}

/// Whether the text lists errors side by side, each in quotes, as a reference does: nobody has three different
/// failures of the network at once and says nothing about them.
fn is_list_of_errors(part: &Part, hits: &[ErrorHit]) -> bool {
    let text = part.text();
    let quoted = |hit: &&ErrorHit| {
        let at = hit.span.start.saturating_sub(part.start);
        let (line, within) = line_at(text, at);
        let head = line.get(..within).unwrap_or("");
        !matches!(hit.entry.layer, Layer::Headline | Layer::Service | Layer::Local)
            && ['"', '`', '“', '„', '«'].iter().any(|quote| head.contains(*quote))
    };
    let mut ids: Vec<&str> = hits.iter().filter(quoted).map(|hit| hit.entry.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len() >= 3 && !super::documentation::reports(part)
}

/// Whether the text is the history of a repository.
fn is_repository_log(part: &Part) -> bool {
    let mut after_commit = false;
    for (_, line) in part.lines().take(200) {
        let hash = line.strip_prefix("commit ").map(|rest| rest.split(' ').next().unwrap_or(""));
        if after_commit && (line.starts_with("Author:") || line.starts_with("Merge:")) {
            return true;
        }
        after_commit = hash.is_some_and(|hash| hash.len() >= 7 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
    }
    false
}

/// How many lines complain about another product.
fn labels(text: &str) -> usize {
    text.lines().take(2000).filter(|line| is_complaint(line)).count()
}

/// Whether a line begins with another product and what it shows.
fn is_complaint(line: &str) -> bool {
    let line =
        line.trim_start_matches(|c: char| matches!(c, '-' | '*' | '•' | '>' | '·') || c.is_whitespace()).to_lowercase();
    if PRODUCT.iter().any(|word| line.contains(word)) {
        return false;
    }
    OTHER_PRODUCTS.iter().any(|product| {
        line.strip_prefix(product).is_some_and(|rest| {
            let rest = rest.trim_start();
            [":", "says", "shows", "reports", "gives", "meldet", "zeigt", "affiche", "muestra", "：", "报错", "提示"]
                .iter()
                .any(|word| rest.starts_with(word))
        })
    })
}

/// Marks the errors of events that another program has written.
fn mark_events(part: &Part, hosts: &[HostMention], hits: &mut [ErrorHit]) {
    for (start, end, source) in events(part) {
        let source = source.to_lowercase();
        let other = other_program::is_other_source(&source);
        let own = OUR_SOURCES.iter().any(|name| source.contains(name)) && !other;
        let range = part.start + start..part.start + end;
        let first = hits.partition_point(|hit| hit.span.start < range.start);
        let last = hits.partition_point(|hit| hit.span.start < range.end);
        let Some(inside) = hits.get_mut(first..last).filter(|inside| !inside.is_empty()) else {
            continue;
        };
        if source.is_empty() || own {
            continue;
        }
        let text = part.text().get(start..end).unwrap_or("").to_lowercase();
        // Such a program may well call the sign-in service, for itself.
        let speaks = if other {
            other_program::speaks_of_entra_connect(&text)
        } else {
            PRODUCT.iter().any(|word| text.contains(word))
                || between(hosts, range, |host| host.span.start).iter().any(|host| is_ours(&host.host))
        };
        for hit in inside {
            hit.foreign = !speaks;
        }
    }
}

/// The events of a text: offsets and source.
fn events(part: &Part) -> Vec<(usize, usize, String)> {
    // Numbers of the labels of [`event_label`].
    const LOG: usize = 0;
    const SOURCE: usize = 1;
    const ID: usize = 2;
    let mut events: Vec<(usize, usize, String)> = Vec::new();
    let mut seen = [false; 9];
    for (start, line) in part.lines() {
        let label = event_label(line.trim());
        let provider = line.find("<Provider Name=").and_then(|at| line.get(at + 15..)).and_then(|rest| {
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.get(1..)?.split(quote).next()
        });
        let columns: Vec<&str> = line.splitn(5, ',').map(|cell| cell.trim_matches('"').trim()).collect();
        let row = match columns.as_slice() {
            [_, date, source, id, ..]
                if date.contains(':') && !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) =>
            {
                Some(*source)
            }
            _ => None,
        };
        let source = match label {
            Some((SOURCE, value)) => Some(value),
            _ => provider.or(row),
        };
        let begins = line.trim_start().starts_with("<Event ")
            || line.trim_start().starts_with("<Event>")
            || row.is_some()
            || label.is_some_and(|(field, _)| matches!(field, LOG | SOURCE | ID) && seen.get(field) == Some(&true));
        if begins || events.is_empty() {
            if let Some(last) = events.last_mut() {
                last.1 = start;
            }
            events.push((start, part.end - part.start, String::new()));
            seen = [false; 9];
        }
        if let Some((field, _)) = label
            && let Some(mark) = seen.get_mut(field)
        {
            *mark = true;
        }
        if let (Some(source), Some(event)) = (source, events.last_mut())
            && event.2.is_empty()
        {
            source.clone_into(&mut event.2);
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use super::*;

    const REFUSED: &str = "The remote server returned an error: (407) Proxy Authentication Required.";

    #[test]
    fn strings_of_programs_and_other_programs_and_products_are_no_report() {
        for text in [
            format!("switch (code) {{\n    case 407: return \"{REFUSED}\";\n}}"),
            format!("def f(e):\n    if '407' in e:\n        raise Error('{REFUSED}')\n    return None\n"),
            format!("INSERT INTO `m` VALUES (1,'{REFUSED}');"),
            format!("commit 8f3a1c2d9e8b7a6f\nAuthor: Jo <jo@a.example>\n\n    Retry on {REFUSED}\n"),
            format!("2026-03-01 10:00:01 INFO start https://vault.backup.example/api\n2026-03-01 10:00:02 ERROR {REFUSED}\n2026-03-01 10:00:03 ERROR giving up"),
            format!("- Outlook: \"Cannot connect\"\n- Teams: error code 5\n- The printer portal says {REFUSED}"),
            format!("Since today https://shop.lunch.example shows\n{REFUSED}\n"),
            "* `(407) Proxy Authentication Required` - set a name\n* `Unable to connect to the remote server` - set a proxy\n* `Could not establish trust relationship for the SSL/TLS secure channel` - import it".to_owned(),
        ] {
            let found = read_as(&text, Kind::ErrorText);
            assert!(found.unrelated && found.errors.iter().all(|hit| hit.foreign), "{text}");
            assert!(!found.errors.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_report_stays_a_report_with_quotes_other_products_and_a_signature() {
        for text in [
            REFUSED.to_owned(),
            format!("It says \"{REFUSED}\"; what now?"),
            format!("Outlook and Teams work. The wizard returns \"{REFUSED}\"."),
            format!("Teams: works.\nThe wizard says {REFUSED}"),
            format!("The server says {REFUSED}\n\nRegards\nJana\nhttps://www.customer.example"),
            format!("+ throw \"{REFUSED}\";\n+ CategoryInfo : x"),
            format!("{{\"message\": \"{REFUSED}\", \"level\": \"error\"}},"),
        ] {
            let found = read_as(&text, Kind::ErrorText);
            assert!(!found.unrelated && found.errors.iter().any(|hit| !hit.foreign), "{text}");
        }
    }

    #[test]
    fn each_event_is_judged_by_its_own_source() {
        let event =
            |source: &str| format!("Log Name: Application\nSource: {source}\nEvent ID: 1\nDescription:\n{REFUSED}\n\n");
        let found = read_as(&(event("PrintAgent") + &event("ADSync") + &event("Schannel")), Kind::EventLog);
        assert_eq!(found.errors.iter().map(|hit| hit.foreign).collect::<Vec<_>>(), [true, false, false]);
        assert!(!found.unrelated);
        assert!(read_as(&event("PrintAgent"), Kind::EventLog).unrelated);
    }
}
