//! Proxy auto-configuration scripts: read as the script they are, and computed for every host of the catalogue. Nothing
//! is run: what only the running machine knows (its address, DNS, the time) stays unknown.

mod lex;
mod parse;
mod run;

use super::{Action, AllowList, Coverage, Doubt, Entry, HowKnown, Product, Rules, Shape};
use crate::artifact::{Part, Problem, Span};
use crate::endpoints::{self, Role};
use std::collections::BTreeMap;

/// What a script answers.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// By host and port, for every host of the catalogue.
    answers: BTreeMap<(&'static str, u16), Answer>,
    /// The ways of the sign-in and sync hosts that a condition of the script names.
    named_ways: Vec<String>,
    /// Where the script cannot be read.
    broken: Option<Span>,
}

/// What a script answers for one host.
#[derive(Clone, Debug)]
enum Answer {
    /// One way, whatever the machine.
    Way {
        way: String,
        /// The entry that names the host.
        named_by: Option<usize>,
        returned: Span,
    },
    /// It depends on what stands here.
    Open(Span),
}

/// Whether the part is a script.
pub fn is_script(part: &Part) -> bool {
    let text = part.text();
    text.contains("FindProxyForURL") && (text.contains("function") || text.contains("=>")) && text.contains("return")
}

/// Reads a script.
pub fn read(part: &Part) -> AllowList {
    let text = part.text();
    let mut list = AllowList {
        product: Product::Pac,
        how_known: HowKnown::Syntax,
        why_known: "A function FindProxyForURL.".to_owned(),
        ..AllowList::default()
    };
    let mut script = Script::default();
    let mut broken = |at: usize, what: String| {
        let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let span = part.span(at..at + line.len().min(120));
        list.remarks.push(Problem { span, what });
        script.broken = Some(span);
    };
    let program = match parse::parse(text) {
        Ok(program) => program,
        Err(fault) => {
            let what = format!("{} With an error in it the whole script counts for nothing.", fault.what);
            broken(floor(text, fault.at), what);
            list.rules = Rules::Script(Box::new(script));
            return list;
        }
    };
    let mut budget = run::BUDGET;
    if run::outcomes(&program, "https://example.com/", "example.com", &mut budget).is_empty() {
        broken(0, "Expected a function FindProxyForURL that comes to an answer.".to_owned());
        list.rules = Rules::Script(Box::new(script));
        return list;
    }
    let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in endpoints::catalogue().filter(|row| row.role != Role::Alias) {
        let own = if row.hosts.is_empty() { std::slice::from_ref(&row.pattern) } else { row.hosts };
        for &host in own {
            if script.answers.contains_key(&(host, row.port)) {
                continue;
            }
            let answer = answer(part, &program, (host, row.port), &mut budget, &mut |place| {
                *places.entry(place).or_insert_with(|| {
                    let range = place.0..place.1;
                    list.entries.push(Entry {
                        text: text.get(range.clone()).unwrap_or("").trim_matches(['"', '\'', '`']).to_owned(),
                        span: part.span(range),
                        shape: Shape::Set,
                        action: Action::Allow,
                        ports: Vec::new(),
                    });
                    list.entries.len() - 1
                })
            });
            let matters = matches!(row.role, Role::SignIn | Role::SyncService | Role::RegionalSync | Role::Graph);
            if let Answer::Way { way, named_by: Some(_), .. } = &answer
                && matters
                && !is_nowhere(way)
                && !script.named_ways.contains(way)
            {
                script.named_ways.push(way.clone());
            }
            script.answers.insert((host, row.port), answer);
        }
    }
    list.rules = Rules::Script(Box::new(script));
    list
}

/// The answer for a host, or for two hosts of a family.
fn answer(
    script: &Part,
    program: &[parse::Stmt],
    (host, port): (&str, u16),
    budget: &mut usize,
    entry: &mut dyn FnMut((usize, usize)) -> usize,
) -> Answer {
    let mut all = Vec::new();
    for probe in super::pattern::probes(host) {
        let scheme = if port == 80 { "http" } else { "https" };
        let found = run::outcomes(program, &format!("{scheme}://{probe}/"), &probe, budget);
        if found.is_empty() {
            return Answer::Open(script.span(0..0));
        }
        all.extend(found);
    }
    let span = |(start, end): (usize, usize)| script.span(start..end);
    let Some(first) = all.first() else { return Answer::Open(script.span(0..0)) };
    match &first.way {
        Some(way) if all.iter().all(|other| other.way == first.way) => {
            // On every way the host is named, or it is not named at all.
            let named_by =
                if all.iter().all(|other| other.named_by.is_some()) { first.named_by.map(entry) } else { None };
            Answer::Way { way: way.clone(), named_by, returned: span(first.returned) }
        }
        _ => {
            let unknown = all.iter().find_map(|outcome| outcome.unknown);
            Answer::Open(span(unknown.unwrap_or(first.returned)))
        }
    }
}

impl Script {
    /// What the script does with a host of the catalogue.
    pub(super) fn coverage(&self, host: &str, port: u16) -> Coverage {
        if let Some(span) = self.broken {
            return Coverage::Undecidable(Doubt::Broken(span));
        }
        match self.answer(host, port) {
            None => Coverage::NotCovered,
            Some(Answer::Open(span)) => Coverage::Undecidable(Doubt::Script(*span)),
            Some(Answer::Way { way, named_by, returned }) => match named_by {
                Some(entry) if is_nowhere(way) => Coverage::DeniedFirst(*entry),
                _ if is_nowhere(way) => Coverage::Refused(*returned),
                Some(entry) => Coverage::Covered(*entry),
                None if self.named_ways.is_empty() || self.named_ways.contains(way) => Coverage::LetThrough(*returned),
                None => Coverage::OtherWay(*returned),
            },
        }
    }

    /// The way of a host of the catalogue, as the script returns it, where there is one.
    pub fn route(&self, host: &str, port: u16) -> Option<&str> {
        match self.answer(host, port)? {
            Answer::Way { way, .. } => Some(way),
            Answer::Open(_) => None,
        }
    }

    /// Whether the script can be read.
    pub fn is_sound(&self) -> bool {
        self.broken.is_none()
    }

    fn answer(&self, host: &str, port: u16) -> Option<&Answer> {
        let found = self.answers.iter().find(|((known, on), _)| *known == host && *on == port);
        found.or_else(|| self.answers.iter().find(|((known, _), _)| *known == host)).map(|(_, answer)| answer)
    }
}

/// Whether a way leads nowhere: an address at which nothing answers, as scripts use it to refuse a host. Programs on
/// the server itself, such as a forwarder for sign-in at the proxy, answer on high ports of 127.0.0.1.
fn is_nowhere(way: &str) -> bool {
    let first = way.split(';').next().unwrap_or(way).trim();
    let Some((kind, address)) = first.split_once(char::is_whitespace) else { return false };
    if kind.eq_ignore_ascii_case("DIRECT") {
        return false;
    }
    let address = address.trim().to_ascii_lowercase();
    let (host, port) = address.rsplit_once(':').unwrap_or((&address, "80"));
    let is_own = host.starts_with("127.") || host == "localhost" || host == "[::1]";
    host.starts_with("0.0.0.0")
        || (is_own && matches!(port, "0" | "1" | "9" | "80" | "65535"))
        || host.ends_with(".invalid")
        || ["blackhole", "sinkhole", "blocked", "nowhere"].iter().any(|word| host.contains(word))
}

/// The begin of the character at this place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
