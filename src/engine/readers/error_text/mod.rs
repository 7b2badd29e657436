//! Text that people paste: mails, dialogs, wizard traces, events, console sessions. One scan finds every known
//! error in it; what kind of text it is comes from its layout. Each other kind of observation has its own file.

mod address;
pub mod chains;
pub mod clock;
mod close;
pub mod cloud_instance;
mod columns;
mod connector;
mod context;
pub mod days;
mod documentation;
mod event_ids;
mod event_owner;
pub mod events;
mod foreign;
pub mod foreign_page;
mod guesses;
pub mod hosts;
pub mod http;
pub mod issuer;
pub mod layout;
mod local_server;
mod messages;
pub mod names;
pub mod normalise;
pub mod offered;
mod other_program;
mod overtaken;
pub mod paths;
pub mod pattern;
pub mod registry;
pub mod restart;
mod roles;
pub mod run_times;
pub mod scan;
pub mod service;
pub mod settings;
pub mod shell;
pub mod shell_tests;
mod statements;
mod status;
pub mod told;
mod trace;
mod wizard;
pub mod wizard_run;
mod words;

use crate::artifact::{Kind, Part, Span};
use crate::detect::Score;
use crate::errors::ErrorEntry;
use crate::readers::{Reader, Reading, Value};
use chains::Link;
use cloud_instance::CloudInstance;
use http::{HttpProof, TcpTest};
use issuer::Issuer;
use names::NameLookup;
use normalise::Normal;
use paths::ConfigPath;
use pattern::Found;
use registry::RegistryValue;
use restart::NotRestarted;
use run_times::RunTime;
use scan::Scanner;
use service::ServiceState;
use settings::ProxySetting;
use shell::Shell;
use told::Told;

/// The reader.
pub const READER: Reader = Reader { name: "error_text", score, most: 90, read };

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Known errors, in the order of the text.
    pub errors: Vec<ErrorHit>,
    /// Host names and URLs that the text mentions outside of errors, in the order of the text.
    pub hosts: Vec<HostMention>,
    /// Where its entries begin: offsets into the source, in the order of the text.
    pub entries: Vec<usize>,
    /// The wizard's own print of its proxy settings, from a trace.
    pub proxy_print: Vec<ProxyPrint>,
    /// The version of Entra Connect, where the text says it.
    pub version: Option<(String, Span)>,
    /// The latest day on which a line of the text was written.
    pub latest_day: Option<(days::Day, Span)>,
    /// The text explains errors instead of reporting one: an article, a knowledge-base page, a run book.
    pub documentation: Option<Span>,
    /// The text has marks of one concrete failure (a time, an id, a prompt), or of somebody who reports one.
    pub reports: bool,
    /// HTTP statuses that a console session shows.
    pub http_proof: Vec<HttpProof>,
    /// Schemes that a proxy offers in `Proxy-Authenticate` lines, as written.
    pub proxy_authenticate: Vec<(String, Span)>,
    /// Results of Test-NetConnection, which never uses a proxy.
    pub tcp_tests: Vec<TcpTest>,
    /// Answers to requests for a known host that somebody else gave.
    pub foreign_pages: Vec<foreign_page::ForeignPage>,
    /// Versions of TLS that a .NET process offers by itself, as printed.
    pub offered: Vec<offered::Offered>,
    /// Questions to a name server and their answers.
    pub lookups: Vec<NameLookup>,
    /// Services and whether they run.
    pub services: Vec<ServiceState>,
    /// Proxy settings of other layers: `WinHTTP`, Internet Options, environment, PAC.
    pub settings: Vec<ProxySetting>,
    /// Registry values about TLS.
    pub registry: Vec<RegistryValue>,
    /// A script error of the embedded sign-in window.
    pub script_error: Option<Span>,
    /// Where somebody says that the sign-in window stays empty.
    pub blank_window: Option<Span>,
    /// Anchors of the wizard's help links, such as `privileged-identity-management`.
    pub help_anchors: Vec<(String, Span)>,
    /// The text is about something else: source code, events and logs of another program, complaints about other
    /// products, many hosts of which Entra Connect calls none. Its errors say nothing about Entra Connect.
    pub unrelated: bool,
    /// Where the text says that the server is meant to connect without a proxy.
    pub direct_design: Option<Span>,
    /// Where the text shows that the steps of the signed-in user passed.
    pub signed_in_user_passed: Vec<Span>,
    /// Where the text speaks of the registration of an agent.
    pub agent_registration: Vec<Span>,
    /// .NET configuration files that the text names.
    pub config_paths: Vec<ConfigPath>,
    /// Where the text shows that its console session ran in a 32-bit `PowerShell`.
    pub narrow_shell: Option<Span>,
    /// What the text says about a restart that has not taken place.
    pub not_restarted: Option<NotRestarted>,
    /// Issuers of certificates, as printed.
    pub issuers: Vec<Issuer>,
    /// Times after which an export failed, from the run history or from a sentence.
    pub run_times: Vec<RunTime>,
    /// The clouds that the wizard took for users whose name tells theirs.
    pub cloud_instances: Vec<CloudInstance>,
    /// Tests of `openssl`, `certutil` and `tracert`.
    pub tool_tests: Vec<shell_tests::ToolTest>,
    /// How far the clock of this server is from another one, as measured.
    pub clock_offsets: Vec<clock::ClockOffset>,
    /// Accounts under which the console says that it runs: offset into the source, name in lower case.
    pub accounts: Vec<(usize, String)>,
    /// Windows events, in the order of the text.
    pub events: Vec<events::Event>,
    /// The run that a wizard trace tells.
    pub run: Option<wizard_run::Run>,
}

/// One occurrence of a known error.
#[derive(Clone, Debug)]
pub struct ErrorHit {
    /// Which error.
    pub entry: &'static ErrorEntry,
    /// Where.
    pub span: Span,
    /// What stood at the variable places of the pattern: (name, text, place).
    pub captures: Vec<(&'static str, String, Span)>,
    /// The identity that was at work, where the surroundings tell.
    pub context: crate::report::Context,
    /// Only an older message of a mail thread reports it, and a newer one tells how things stand.
    pub history: bool,
    /// It belongs to another program: a string of source code, somebody else's event or log.
    pub foreign: bool,
    /// The shell that printed it.
    pub shell: Shell,
    /// Its place among the exceptions around it and inside it.
    pub link: Link,
}

impl ErrorHit {
    /// What stood at the variable place `name`.
    pub fn capture(&self, name: &str) -> Option<&str> {
        self.captures.iter().find(|(key, _, _)| *key == name).map(|(_, text, _)| text.as_str())
    }
}

/// A host name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostMention {
    /// Lower case, without scheme, port, path or trailing dot.
    pub host: String,
    /// The port, where one is given.
    pub port: Option<u16>,
    /// Where.
    pub span: Span,
    /// The line in which it stands.
    pub line: Span,
    /// What the line says about it.
    pub told: Told,
}

/// One line of the wizard trace's "Default Proxy [Name]: value" block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyPrint {
    /// `ProxyAddress`, `UseSystemDefault`, `BypassOnLocal`, `Enabled`, `AutoDetect`, `UseDefaultCredentials`.
    pub name: String,
    /// As printed; `<Unspecified>` when the configuration says nothing.
    pub value: String,
    /// The line.
    pub span: Span,
}

/// The score of a text without a layout of its own that holds a known error.
const ERROR_TEXT: u8 = 28;

/// The score of a text that merely speaks of these things.
const RELATED_TEXT: u8 = 22;

/// Whether a known error stands in a text.
pub fn names_error(text: &str) -> bool {
    !scan::SHELF.scan(&Normal::new(text)).is_empty()
}

fn score(part: &Part) -> Option<Score> {
    if let Some(layout) = layout::layout(part) {
        let format = layout.kind.id();
        return Some(Score { value: layout.value, kind: layout.kind, format, why: layout.why.to_owned() });
    }
    let sample = sample(part);
    let normal = Normal::new(sample.text());
    let (value, why) = if !scan::SHELF.scan(&normal).is_empty() {
        (ERROR_TEXT, "A known error stands in it.")
    } else if is_related(&normal) || !hosts::hosts(&sample).iter().all(|mention| !is_sign_in_host(&mention.host)) {
        (RELATED_TEXT, "It speaks of Entra Connect, of its hosts or of a connection error.")
    } else {
        return None;
    };
    Some(Score { value, kind: Kind::ErrorText, format: Kind::ErrorText.id(), why: why.to_owned() })
}

/// The beginning of a part: enough to know what it is, at a cost that does not grow with a log.
fn sample<'a>(part: &Part<'a>) -> Part<'a> {
    let mut end = part.end.min(part.start + layout::LOOK);
    while !part.source.text.is_char_boundary(end) {
        end -= 1;
    }
    Part { end, ..*part }
}

/// Names of the product and words of its errors, without blanks.
const RELATED: &[&str] = &[
    "entraconnect",
    "azureadconnect",
    "aadconnect",
    "azureadsync",
    "aadsync",
    "adsync",
    "dirsync",
    "machine.config",
    "microsoftentraid",
    "system.net.webexception",
    "httprequestexception",
    "socketexception",
    "hresult",
    "microsoft.online.",
    "provisioningservice",
    "adminwebservice",
    "provisioningapi",
    "directorysynchronization",
    "proxyauthentication",
    "onpremisessynchronization",
    "winineterror",
    "synchronizationfailedtostart",
    "soapclienterror",
    "msonline",
    "stopped-server-down",
    "invoke-webrequest",
    "azureactivedirectory",
    "aadauthentication",
];

/// A text longer than this is no question in somebody's own words.
const QUESTION: usize = 8000;

fn is_related(normal: &Normal) -> bool {
    let speaks_of = |words: &[&str]| words.iter().any(|word| normal.text.contains(word));
    let asks = normal.text.len() < QUESTION
        && speaks_of(&["proxy", "代理", "プロキシ"])
        && speaks_of(&["azure", "entra", "microsoftonline", "office365"]);
    asks || RELATED.iter().any(|word| normal.text.contains(word))
}

/// Many different hosts, and none of the catalogue.
fn is_about_other_hosts(hosts: &[HostMention]) -> bool {
    const MANY: usize = 5;
    let mut names: Vec<&str> = hosts.iter().map(|mention| mention.host.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.len() >= MANY
        && names.iter().all(|host| crate::endpoints::find_host(host).is_none() && !is_sign_in_host(host))
}

fn is_sign_in_host(host: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "microsoftonline.com",
        "microsoftonline.cn",
        "microsoftonline.us",
        "microsoftonline.de",
        "microsoftonline-p.com",
        "microsoftonline-p.cn",
        "msauth.net",
        "msftauth.net",
        "graph.microsoft.com",
        "graph.microsoft.us",
        "microsoftgraph.chinacloudapi.cn",
        "chinacloudapi.cn",
        "windows.net",
        "microsoftazure.us",
        "msappproxy.net",
        "onmicrosoft.com",
        "onmschina.cn",
        "msidentity.com",
    ];
    SUFFIXES.iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn read(part: &Part, score: &Score) -> Reading {
    let text = read_with(part, score.kind, &scan::SHELF);
    Reading { value: Value::Text(Box::new(text)), ..Reading::default() }
}

/// What the reader makes of a text of this kind.
#[cfg(test)]
fn read_as(text: &str, kind: Kind) -> Text {
    let source = crate::source::Source::decode("a", text.as_bytes());
    read_with(&Part::whole(&source), kind, &scan::SHELF)
}

/// Reads a part with these errors.
pub fn read_with(part: &Part, kind: Kind, scanner: &Scanner) -> Text {
    let normal = Normal::new(part.text());
    let contexts = context::statements(&normal);
    let shells = shell::statements(part);
    let mut errors: Vec<ErrorHit> =
        scanner.scan(&normal).iter().filter_map(|found| error_hit(part, &normal, scanner, &contexts, found)).collect();
    drop_known_words(&mut errors);
    errors.extend(held_back_role(part));
    errors.sort_by_key(|hit| hit.span);
    let in_error = |place: Span| {
        errors
            .iter()
            .any(|hit| hit.captures.iter().any(|(_, _, span)| span.start < place.end && place.start < span.end))
    };
    let mut hosts = hosts::hosts(part);
    let lookups = names::lookups(part, &hosts);
    hosts.retain(|mention| !in_error(mention.span));
    for hit in &mut errors {
        hit.shell = shell::shell_at(part, &shells, hit.span.start.saturating_sub(part.start));
    }
    chains::mark_links(part, &normal, &mut errors);
    let events = events::events(part, kind);
    // What the sync service writes into the event log it met under its own account.
    let of_service = |hit: &ErrorHit| {
        let after = events.partition_point(|event| event.block.start <= hit.span.start);
        let event = after.checked_sub(1).and_then(|index| events.get(index));
        event.is_some_and(|event| hit.span.start < event.block.end && events::is_sync_service(&event.source))
    };
    for hit in errors.iter_mut().filter(|hit| hit.context == crate::report::Context::Any) {
        if of_service(hit) {
            hit.context = crate::report::Context::SyncServiceAccount;
        }
    }
    // The number of an event that is a mere note reports nothing; what its message quotes still may.
    errors.retain(|hit| {
        hit.entry.events.is_empty()
            || !events
                .iter()
                .filter(|event| event.is_note && !event_owner::is_filter_platform(event))
                .any(|event| hit.span.start <= event.span.end && event.block.start <= hit.span.start)
    });
    connector::tell_connectors_apart(part, &events, &mut errors);
    messages::mark_history(part, &mut errors);
    let wizard_run::Trace { run, progress } = wizard_run::trace(part, kind);
    overtaken::mark_overtaken(part, &progress, &mut errors);
    let foreign = foreign::mark_foreign(part, kind, &hosts, &mut errors);
    event_owner::mark_others(part, &events, &mut errors);
    let services = service::states(part);
    local_server::mark(part, &events, &services, &mut errors);
    shell_tests::set_downloads_aside(part, &mut errors);
    if matches!(kind, Kind::ErrorText | Kind::Unknown) {
        guesses::mark_guesses(part, &mut errors);
    }
    let documentation = documentation::explains(part, &normal, &errors);
    documentation::mark_explained(part, &mut errors);
    let foreign_pages = foreign_page::pages(part);
    let mut http_proof = if kind == Kind::Har { http::archive(part) } else { http::proofs(part, &shells) };
    let handshakes = http::handshakes(&http_proof);
    for hit in errors.iter_mut().filter(|hit| hit.entry.id == "http-407") {
        hit.history |= handshakes.iter().any(|span| span.start <= hit.span.start && hit.span.start < span.end);
    }
    // The status is that of the page, not of the service.
    http_proof.retain(|proof| !foreign_pages.iter().any(|page| page.status == proof.span));
    let unrelated = foreign || (is_about_other_hosts(&hosts) && !is_related(&normal));
    Text {
        unrelated,
        hosts,
        entries: told::entries(part),
        proxy_print: trace::proxy_print(part),
        version: trace::version(part),
        latest_day: days::latest(part),
        documentation,
        reports: documentation::reports(part),
        http_proof,
        foreign_pages,
        offered: offered::offered(part),
        proxy_authenticate: http::proxy_authenticate(part),
        tcp_tests: http::tcp_tests(part),
        lookups,
        services,
        settings: settings::settings(part, kind),
        registry: registry::values(part),
        script_error: wizard::script_error(part, &normal),
        blank_window: wizard::blank_window(part, &normal),
        agent_registration: context::agent_registration(part, &normal),
        help_anchors: wizard::help_anchors(part),
        direct_design: statements::direct_design(part, &normal),
        signed_in_user_passed: statements::signed_in_user_passed(part, &normal),
        config_paths: paths::config_paths(part, &normal),
        narrow_shell: paths::narrow_shell(part, &normal),
        not_restarted: restart::not_restarted(part, &normal),
        issuers: issuer::issuers(part),
        run_times: run_times::run_times(part),
        cloud_instances: cloud_instance::instances(part),
        run,
        tool_tests: shell_tests::tests(part),
        clock_offsets: clock::offsets(part),
        accounts: shell_tests::accounts(part).into_iter().map(|(at, name)| (part.start + at, name)).collect(),
        events,
        errors,
    }
}

/// A role that only waits to be activated, where lists of roles show it.
fn held_back_role(part: &Part) -> Option<ErrorHit> {
    let entry = crate::errors::all().find(|entry| entry.diagnosis == Some("pim-role-not-active"))?;
    Some(ErrorHit {
        entry,
        span: roles::held_back(part)?,
        captures: Vec::new(),
        context: crate::report::Context::SignedInUser,
        history: false,
        foreign: false,
        shell: Shell::Unknown,
        link: Link::default(),
    })
}

/// The entry for socket messages in a language that the shelf does not have.
const OTHER_WORDS: &str = "socket-other-words";

/// The entry for .NET's wrapper around any number of errors.
const ANY_ERRORS: &str = "dotnet-one-or-more-errors";

/// Drops what [`OTHER_WORDS`] found where a message of the shelf stands between the exception and its address, and
/// sentences that only begin and end like the one of Squid's page, which names one host: "connection to the host, on
/// port 389: Connect failed" is telnet's.
fn drop_known_words(errors: &mut Vec<ErrorHit>) {
    errors.retain(|hit| {
        hit.entry.id != "squid-connect-fail"
            || hit.capture("address").is_none_or(|address| !address.trim().contains(char::is_whitespace))
    });
    // Around the errors that it wraps, the sentence says nothing; alone, it is all there is.
    if errors.iter().any(|hit| hit.entry.id != ANY_ERRORS) {
        errors.retain(|hit| hit.entry.id != ANY_ERRORS);
    }
    let known: Vec<Span> = errors.iter().filter(|hit| hit.entry.id != OTHER_WORDS).map(|hit| hit.span).collect();
    errors.retain(|hit| {
        let end = hit.captures.iter().map(|(_, _, place)| place.end).max().unwrap_or(hit.span.end);
        hit.entry.id != OTHER_WORDS || !known.iter().any(|span| hit.span.start <= span.start && span.start < end)
    });
}

fn error_hit(
    part: &Part,
    normal: &Normal,
    scanner: &Scanner,
    statements: &[(usize, crate::report::Context)],
    found: &Found,
) -> Option<ErrorHit> {
    let entry = scanner.entry(found.entry)?;
    let range = found.range();
    let capture =
        |name, range: &std::ops::Range<usize>| (name, normal.excerpt(range.clone()), part.span(normal.range(range)));
    let mut captures: Vec<_> = found.captures.iter().map(|(name, range)| capture(*name, range)).collect();
    let behind = if entry.id == OTHER_WORDS {
        // Without an address the name of the exception tells nothing.
        Some(address::behind_any_words(normal, range.end)?)
    } else if entry.id.starts_with("socket-") || entry.id == "dotnet-unable-to-connect" {
        address::behind(normal, range.end)
    } else {
        None
    };
    if let Some((address, port)) = behind {
        captures.push(capture("address", &address));
        captures.push(capture("port", &port));
    }
    let context = context::nearest(statements, range.end);
    Some(ErrorHit {
        entry,
        span: part.span(normal.range(&range)),
        captures,
        context,
        history: false,
        foreign: false,
        shell: Shell::Unknown,
        link: Link::default(),
    })
}

#[cfg(test)]
mod tests;
