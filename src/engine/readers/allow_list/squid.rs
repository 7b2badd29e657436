//! A part of squid.conf: `acl` lines name sets of destinations, `http_access` lines use them, the first that
//! matches decides.

use super::pattern::{self, Covers, Subject};
use super::{Action, AllowList, Coverage, Doubt, Entry, Problems, Product, Rules, Shape};
use crate::artifact::{Part, Problem, Span};
use crate::endpoints::{self, Role};
use std::collections::BTreeMap;
use std::ops::Range;

/// The rules of the part.
#[derive(Clone, Debug, Default)]
pub struct SquidRules {
    /// The sets, in the order of the file. One name may stand on several lines.
    pub acls: Vec<Acl>,
    /// The rules, in the order of the file.
    pub access: Vec<HttpAccess>,
    /// Names of sets of clients that a rule lets through to hosts of Entra: the sync server is taken to be in them.
    pub server: Vec<String>,
    /// Lines that take in other files: how many rules stand before each, and where it stands.
    pub includes: Vec<(usize, Span)>,
}

/// One `acl` line.
#[derive(Clone, Debug)]
pub struct Acl {
    /// Its name.
    pub name: String,
    /// What it compares.
    pub kind: AclKind,
    /// Its entries: indices into [`AllowList::entries`].
    pub entries: Range<usize>,
    /// Ports, for an acl of ports.
    pub ports: Vec<(u16, u16)>,
    /// The name of the file in which other values stand.
    pub external: Option<Span>,
    /// The line.
    pub span: Span,
}

/// What an acl compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AclKind {
    /// The host that is asked for: `dstdomain`, `dstdom_regex`, `url_regex`, `ssl::server_name`.
    Destination,
    /// The port that is asked for.
    Port,
    /// The method.
    Method,
    /// Who asks: an address or a user.
    Client,
    /// When, or something else that a list of hosts does not tell.
    Other,
}

/// One `http_access` line.
#[derive(Clone, Debug)]
pub struct HttpAccess {
    /// What it does.
    pub action: Action,
    /// The names it combines; true for those with an exclamation mark.
    pub acls: Vec<(String, bool)>,
    /// The line.
    pub span: Span,
}

/// By what the part was recognised; `None` when it is no squid.conf with rules about destinations.
pub fn recognise(part: &Part) -> Option<String> {
    let (mut destinations, mut access, mut directives, mut lines) = (0usize, 0usize, 0usize, 0usize);
    for (_, line) in part.lines().take(2000) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        lines += 1;
        let mut words = line.split_ascii_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("acl"), Some(_), Some(kind)) => {
                directives += 1;
                destinations += usize::from(is_destination(kind));
            }
            (Some("http_access"), Some("allow" | "deny"), Some(_)) => {
                directives += 1;
                access += 1;
            }
            (Some(word), Some(_), _) if DIRECTIVES.contains(&word) => directives += 1,
            _ => {}
        }
    }
    if destinations == 0 || directives * 10 < lines * 7 {
        return None;
    }
    Some(format!("{destinations} acl lines of Squid about destinations and {access} http_access lines."))
}

/// Reads the rules.
pub fn read(part: &Part, problems: &mut Problems) -> AllowList {
    let mut list = AllowList { product: Product::Squid, ..AllowList::default() };
    let mut rules = SquidRules::default();
    for (start, line) in part.lines() {
        let code = line.split(" #").next().unwrap_or(line);
        let words = words_of(code);
        let word = |index: usize| words.get(index).and_then(|range: &Range<usize>| code.get(range.clone()));
        match (word(0), word(1), word(2)) {
            (None, ..) => {}
            (Some(first), ..) if first.starts_with('#') => {}
            (Some("acl"), Some(name), Some(kind)) => {
                let values = words.get(3..).unwrap_or(&[]);
                let acl = read_acl(part, start, code, name, kind, values, &mut list);
                rules.acls.push(acl);
            }
            (Some("http_access"), Some(verb @ ("allow" | "deny")), _) => {
                let acls = words.iter().skip(2).filter_map(|range| code.get(range.clone())).map(|name| {
                    name.strip_prefix('!').map_or((name.to_owned(), false), |name| (name.to_owned(), true))
                });
                rules.access.push(HttpAccess {
                    action: if verb == "allow" { Action::Allow } else { Action::Deny },
                    acls: acls.collect(),
                    span: part.span(start..start + code.trim_end().len()),
                });
            }
            (Some("include"), Some(_), _) => {
                let span = part.span(start..start + code.trim_end().len());
                rules.includes.push((rules.access.len(), span));
            }
            (Some(first), ..) if DIRECTIVES.contains(&first) => {}
            _ => problems.add(part.span(start..start + line.len()), "Expected a directive of squid.conf."),
        }
    }
    rules.server = clients_sent_to_entra(&rules, &list.entries);
    let include = rules.includes.iter().map(|(_, span)| (*span, "takes in rules from another file, which is not here"));
    let files = rules.acls.iter().filter_map(|acl| Some((acl.external?, "is a file with entries, which is not here")));
    for (span, what) in include.chain(files) {
        let text = part.source.text.get(span.start..span.end).unwrap_or("");
        list.remarks.push(Problem { span, what: format!("{text} {what}: add it to what you paste.") });
    }
    list.rules = Rules::Squid(rules);
    list
}

/// The sets of clients that stand in an allowing rule together with a destination that Entra Connect calls.
fn clients_sent_to_entra(rules: &SquidRules, entries: &[Entry]) -> Vec<String> {
    let hosts: Vec<&str> = endpoints::all()
        .filter(|row| matches!(row.role, Role::SignIn | Role::SyncService | Role::Provisioning | Role::SignInContent))
        .flat_map(|row| row.hosts.iter().copied())
        .collect();
    let covers_entra = |entry: &Entry| {
        !matches!(entry.shape, Shape::Everything)
            && hosts.iter().any(|host| pattern::covers(&entry.shape, Product::Squid, host, 443) == Covers::Yes)
    };
    let names_of = |wanted: &dyn Fn(&Acl) -> bool| {
        let mut names: Vec<String> = rules.acls.iter().filter(|acl| wanted(acl)).map(|acl| acl.name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let destinations = names_of(&|acl| {
        acl.kind == AclKind::Destination
            && entries.get(acl.entries.clone()).is_some_and(|own| own.iter().any(covers_entra))
    });
    let mut clients = names_of(&|acl| acl.kind == AclKind::Client);
    clients.retain(|client| {
        rules.access.iter().any(|rule| {
            let has = |names: &[String]| {
                rule.acls.iter().any(|(name, negated)| !negated && names.binary_search(name).is_ok())
            };
            rule.action == Action::Allow && has(&destinations) && has(std::slice::from_ref(client))
        })
    });
    clients
}

impl SquidRules {
    /// Walks the rules for a request of the sync server. Its own sets are those of [`SquidRules::server`]; what else
    /// depends on who asks stays open.
    pub(super) fn coverage(&self, entries: &[Entry], host: &str, port: u16) -> Coverage {
        if self.access.is_empty() {
            return self.listed(entries, host, port);
        }
        let mut near = None;
        // The entry that kept a rule of the form "deny !allowed" from refusing the host.
        let mut spared = None;
        let mut asked = BTreeMap::new();
        // Rules in an included file may have let the host through before.
        let missed = |near: Option<Coverage>, rule: usize| match self.includes.iter().find(|(at, _)| *at <= rule) {
            Some((_, span)) => Coverage::Undecidable(Doubt::Include(*span)),
            None => near.unwrap_or(Coverage::NotCovered),
        };
        for (number, rule) in self.access.iter().enumerate() {
            let mut state = Truth::Yes;
            let mut by = None;
            let mut about_hosts = false;
            for (name, negated) in &rule.acls {
                // Many rules share a set.
                let (truth, entry, destination) = *asked
                    .entry(name.as_str())
                    .or_insert_with(|| self.matches(entries, name, host, port, rule.span, &mut near));
                about_hosts |= destination && !negated;
                by = by.or(entry);
                if destination && *negated && rule.action == Action::Deny {
                    spared = spared.or(entry);
                }
                state = state.and(if *negated { truth.not() } else { truth });
            }
            match (state, rule.action) {
                // Who may use the rule is not known; that it names the host is what the list tells.
                (Truth::Yes | Truth::Client, Action::Allow) if about_hosts => {
                    return by.map_or(Coverage::LetThrough(rule.span), Coverage::Covered);
                }
                (Truth::Yes, Action::Deny) if about_hosts => {
                    return by.map_or(Coverage::Refused(rule.span), Coverage::DeniedFirst);
                }
                (Truth::Yes, Action::Deny) => return missed(near, number),
                // A rule that refuses some clients is no reason to expect that it refuses the server.
                (Truth::No, _) | (Truth::Client, Action::Deny) => {}
                (Truth::Yes | Truth::Client, Action::Allow) if spared.is_some() => {
                    return spared.map_or(Coverage::LetThrough(rule.span), Coverage::Covered);
                }
                (Truth::Yes, Action::Allow) => return Coverage::LetThrough(rule.span),
                (Truth::Client, Action::Allow) => return Coverage::Undecidable(Doubt::Rule(rule.span)),
                (Truth::Unknown(doubt), _) => return Coverage::Undecidable(doubt),
            }
        }
        // Squid's default is the opposite of the last rule, and the last rule may not have been pasted.
        match self.access.last().map(|rule| rule.action) {
            Some(Action::Allow) => missed(near, self.access.len()),
            _ => Coverage::Undecidable(Doubt::RulesMissing),
        }
    }

    /// Without `http_access` lines: whether any set of destinations names the host.
    fn listed(&self, entries: &[Entry], host: &str, port: u16) -> Coverage {
        let mut near = None;
        let mut doubt = None;
        for acl in self.acls.iter().filter(|acl| acl.kind == AclKind::Destination) {
            match acl_matches(acl, entries, host, port, &mut near) {
                (Truth::Yes, Some(entry)) => return Coverage::Covered(entry),
                (Truth::Unknown(why), _) => doubt = doubt.or(Some(why)),
                _ => {}
            }
        }
        let doubt = doubt.or(self.includes.first().map(|(_, span)| Doubt::Include(*span)));
        doubt.map(Coverage::Undecidable).or(near).unwrap_or(Coverage::NotCovered)
    }

    /// Whether the acl of this name matches, by which entry, and whether it is about destinations.
    fn matches(
        &self,
        entries: &[Entry],
        name: &str,
        host: &str,
        port: u16,
        rule: Span,
        near: &mut Option<Coverage>,
    ) -> (Truth, Option<usize>, bool) {
        match name {
            "all" => return (Truth::Yes, None, false),
            "CONNECT" => return (if port == 443 { Truth::Yes } else { Truth::No }, None, false),
            "localhost" | "manager" | "to_localhost" | "to_linklocal" => return (Truth::No, None, false),
            _ => {}
        }
        let mut truth = None;
        let mut destination = false;
        for acl in self.acls.iter().filter(|acl| acl.name == name) {
            let (one, entry) = match acl.kind {
                AclKind::Destination => {
                    destination = true;
                    acl_matches(acl, entries, host, port, near)
                }
                AclKind::Port => {
                    let inside = acl.ports.iter().any(|&(from, to)| (from..=to).contains(&port));
                    (if inside { Truth::Yes } else { Truth::No }, None)
                }
                AclKind::Client if self.server.iter().any(|server| server == name) => (Truth::Yes, None),
                AclKind::Client | AclKind::Method | AclKind::Other => (Truth::Client, None),
            };
            if one == Truth::Yes {
                return (Truth::Yes, entry, destination);
            }
            truth = Some(truth.map_or(one, |sofar: Truth| sofar.or(one)));
        }
        (truth.unwrap_or_else(|| well_known(name, rule)), None, destination)
    }
}

/// Names that squid.conf defines in every default file, for when that part was not pasted.
fn well_known(name: &str, rule: Span) -> Truth {
    match name {
        "Safe_ports" | "SSL_ports" => Truth::Yes,
        "localnet" => Truth::Client,
        _ => Truth::Unknown(Doubt::Rule(rule)),
    }
}

/// What is known about a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    /// It depends on who asks, or when.
    Client,
    /// It is defined somewhere else.
    Unknown(Doubt),
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown(doubt), _) | (_, Self::Unknown(doubt)) => Self::Unknown(doubt),
            (Self::Client, _) | (_, Self::Client) => Self::Client,
            _ => Self::Yes,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown(doubt), _) | (_, Self::Unknown(doubt)) => Self::Unknown(doubt),
            (Self::Client, _) | (_, Self::Client) => Self::Client,
            _ => Self::No,
        }
    }
}

fn acl_matches(
    acl: &Acl,
    entries: &[Entry],
    host: &str,
    port: u16,
    near: &mut Option<Coverage>,
) -> (Truth, Option<usize>) {
    let mut truth = acl.external.map_or(Truth::No, |file| Truth::Unknown(Doubt::File(file)));
    for index in acl.entries.clone() {
        let Some(entry) = entries.get(index) else { break };
        match pattern::covers(&entry.shape, Product::Squid, host, port) {
            Covers::Yes => return (Truth::Yes, Some(index)),
            Covers::Unsure => truth = Truth::Unknown(Doubt::Expression(index)),
            miss => *near = near.or(super::coverage::near_miss(miss, index)),
        }
    }
    (truth, None)
}

fn read_acl(
    part: &Part,
    start: usize,
    code: &str,
    name: &str,
    kind: &str,
    values: &[Range<usize>],
    list: &mut AllowList,
) -> Acl {
    let first = list.entries.len();
    let mut acl = Acl {
        name: name.to_owned(),
        kind: AclKind::Other,
        entries: first..first,
        ports: Vec::new(),
        external: None,
        span: part.span(start..start + code.trim_end().len()),
    };
    acl.kind = match kind {
        _ if is_destination(kind) => AclKind::Destination,
        "port" => AclKind::Port,
        "method" => AclKind::Method,
        _ if CLIENT_KINDS.contains(&kind) => AclKind::Client,
        _ => AclKind::Other,
    };
    let mut ignore_case = false;
    for range in values {
        let Some(value) = code.get(range.clone()) else { continue };
        if value.starts_with('"') || value.starts_with("parameters(") {
            acl.external = Some(part.span(start + range.start..start + range.end));
            continue;
        }
        match acl.kind {
            AclKind::Port => {
                let (from, to) = value.split_once('-').unwrap_or((value, value));
                if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
                    acl.ports.push((from, to));
                }
            }
            AclKind::Destination if value == "-i" => ignore_case = true,
            AclKind::Destination if value == "+i" => ignore_case = false,
            AclKind::Destination if matches!(value, "-n" | "--") => {}
            AclKind::Destination => {
                let about = if kind == "url_regex" { Subject::Request } else { Subject::Host };
                let shape = if kind.contains("regex") && list.entries.len() >= MAX_EXPRESSIONS {
                    Some(Shape::Regex(None, about))
                } else if kind.contains("regex") {
                    Some(pattern::regex(value, ignore_case, about))
                } else {
                    pattern::parse(value, Product::Squid).map(|(shape, _)| shape)
                };
                if list.entries.len() >= AllowList::MAX_ENTRIES {
                    list.cut = true;
                } else {
                    list.entries.push(Entry {
                        text: value.to_owned(),
                        span: part.span(start + range.start..start + range.end),
                        shape: shape.unwrap_or(Shape::Address),
                        action: Action::Allow,
                        ports: Vec::new(),
                    });
                }
            }
            AclKind::Method | AclKind::Client | AclKind::Other => {}
        }
    }
    acl.entries = first..list.entries.len();
    acl
}

/// Regular expressions after this many entries are not built: they count as undecided.
const MAX_EXPRESSIONS: usize = 500;

/// Directives that may stand between the rules.
const DIRECTIVES: &[&str] = &[
    "acl",
    "http_access",
    "http_port",
    "https_port",
    "cache_peer",
    "cache_peer_access",
    "never_direct",
    "always_direct",
    "auth_param",
    "http_reply_access",
    "adapted_http_access",
    "ssl_bump",
    "refresh_pattern",
    "cache_dir",
    "cache_mem",
    "coredump_dir",
    "access_log",
    "visible_hostname",
    "dns_nameservers",
    "forwarded_for",
    "include",
    "logformat",
    "delay_access",
    "tcp_outgoing_address",
    "via",
    "cache",
    "cache_log",
    "external_acl_type",
    "icp_access",
    "deny_info",
    "request_header_access",
    "reply_header_access",
    "read_timeout",
    "client_lifetime",
    "connect_timeout",
    "pid_filename",
];

/// Kinds of acl that say who asks.
const CLIENT_KINDS: &[&str] = &[
    "src",
    "srcdomain",
    "srcdom_regex",
    "arp",
    "eui64",
    "proxy_auth",
    "proxy_auth_regex",
    "ident",
    "ext_user",
    "external",
];

fn is_destination(kind: &str) -> bool {
    matches!(kind, "dstdomain" | "dstdom_regex" | "url_regex" | "ssl::server_name" | "ssl::server_name_regex")
}

fn words_of(line: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..line.len()));
    words
}
