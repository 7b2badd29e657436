//! Blue Coat, Symantec, Broadcom Edge SWG: content policy language (CPL), and the local database, which is written the
//! same way.
//!
//! ```text
//! define category EntraConnect        ; hosts and subdomains are included
//!   microsoftonline.com
//! end
//! <Proxy>                             ; the first rule that matches decides in its layer, a later layer overrides
//!   client.address=192.0.2.10 category=EntraConnect ALLOW
//! ```
//!
//! Source: Content Policy Language Reference, "define category", "url=", "Layers".

use super::pattern::{self, Subject};
use super::{Action, AllowList, Entry, Problems, Product, Rules, Shape};
use crate::artifact::{Part, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// By what the part was recognised.
pub fn recognise(part: &Part) -> Option<String> {
    let (mut definitions, mut layers, mut conditions, mut ends) = (0usize, 0usize, 0usize, 0usize);
    for (_, line) in part.lines().take(5000) {
        let line = line.trim().to_ascii_lowercase();
        let mut words = line.split_ascii_whitespace();
        match (words.next(), words.next()) {
            (
                Some("define"),
                Some("category" | "condition" | "url.domain" | "url" | "server_url.domain" | "url.host"),
            ) => {
                definitions += 1;
            }
            (Some("end"), _) => ends += 1,
            (Some(first), _)
                if first.starts_with("<proxy") || matches!(first, "[url.domain]" | "[server_url.domain]" | "[url]") =>
            {
                layers += 1;
            }
            _ => {}
        }
        conditions += usize::from(
            ["url.domain=", "url.host", "url.regex=", "server_url."].iter().any(|word| line.contains(word)),
        );
    }
    if (definitions > 0 && ends > 0) || (layers > 0 && conditions + definitions > 0) || conditions > 2 {
        return Some(format!(
            "{definitions} definitions, {layers} layers and {conditions} conditions of Blue Coat's policy language."
        ));
    }
    None
}

/// A host in a definition or a rule.
#[derive(Clone)]
struct Item {
    text: String,
    span: Span,
    shape: Shape,
}

/// What a definition holds.
#[derive(Clone, Default)]
struct Definition {
    items: Vec<Item>,
    /// Names of other definitions in it.
    others: Vec<String>,
}

/// Where a line stands.
enum Within {
    Nothing,
    /// A definition of this name; its lines are conditions, or hosts for this trigger.
    Definition(String, Option<String>),
    /// A layer whose rules are about requests; lines begin with the argument of a trigger where a section says so.
    Layer(Option<String>),
    /// A layer about something else.
    OtherLayer,
}

/// Reads definitions and rules.
pub fn read(part: &Part, problems: &mut Problems) -> AllowList {
    let mut definitions: BTreeMap<String, Definition> = BTreeMap::new();
    let mut rules: Vec<(usize, usize, String)> = Vec::new();
    let mut order: Vec<String> = Vec::new();
    let mut within = Within::Nothing;
    let mut layer = 0usize;
    for (start, line) in part.lines() {
        let code = without_comment(line);
        let trimmed = code.trim();
        if trimmed.is_empty() {
            continue;
        }
        let lower = trimmed.to_ascii_lowercase();
        let words: Vec<&str> = lower.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["define", "category", name, ..] => {
                order.push(format!("category {name}"));
                within = Within::Definition(format!("category {name}"), Some("url.domain".to_owned()));
            }
            ["define", "condition", name, ..] => {
                order.push(format!("condition {name}"));
                within = Within::Definition(format!("condition {name}"), None);
            }
            ["define", trigger, "condition", name, ..] => {
                order.push(format!("condition {name}"));
                within = Within::Definition(format!("condition {name}"), Some((*trigger).to_owned()));
            }
            ["define", ..] => within = Within::Definition(String::new(), None),
            ["end", ..] => within = Within::Nothing,
            [first, ..] if first.starts_with('<') => {
                layer += 1;
                let is_proxy = first.starts_with("<proxy") || first.starts_with("<forward");
                within = if is_proxy { Within::Layer(None) } else { Within::OtherLayer };
            }
            [first, ..] if first.starts_with('[') && !matches!(within, Within::Definition(..) | Within::OtherLayer) => {
                let section = first.trim_matches(['[', ']']);
                within = Within::Layer((section != "rule").then(|| section.to_owned()));
            }
            _ => match &within {
                Within::Definition(name, trigger) if !name.is_empty() => {
                    let definition = definitions.entry(name.clone()).or_default();
                    define(part, start, code, trigger.as_deref(), definition, problems);
                }
                Within::Layer(section) => rules.push((layer, start, section.clone().unwrap_or_default())),
                Within::Nothing => rules.push((layer, start, String::new())),
                Within::Definition(..) | Within::OtherLayer => {}
            },
        }
    }
    let mut list = AllowList::default();
    let mut rounds = Vec::new();
    for (layer, start, section) in rules {
        let line = part.text().get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        rule(part, start, without_comment(line), &section, &definitions, &mut |item, action| {
            push(&mut list, &mut rounds, item, action, layer);
        });
    }
    if list.entries.is_empty() {
        // A local database has definitions only; what they are for stands in their names.
        let is_refusing = |name: &str| {
            ["block", "black", "deny", "denied", "no-ssl", "bypass"].iter().any(|word| name.contains(word))
        };
        for name in order.iter().filter(|name| !is_refusing(name)) {
            for item in flattened(name, &definitions, 0) {
                push(&mut list, &mut rounds, item, Action::Allow, 0);
            }
        }
    }
    list.rules = if rounds.iter().any(|round| Some(round) != rounds.first()) {
        Rules::Rounds(rounds)
    } else {
        Rules::FirstMatch
    };
    list
}

fn push(list: &mut AllowList, rounds: &mut Vec<usize>, item: Item, action: Action, round: usize) {
    if list.entries.len() >= 2 * AllowList::MAX_ENTRIES {
        list.cut = true;
        return;
    }
    list.entries.push(Entry { text: item.text, span: item.span, shape: item.shape, action, ports: Vec::new() });
    rounds.push(round);
}

/// The hosts of a definition, with those of the definitions in it.
fn flattened(name: &str, definitions: &BTreeMap<String, Definition>, depth: usize) -> Vec<Item> {
    let Some(definition) = definitions.get(name).filter(|_| depth < 8) else { return Vec::new() };
    let mut items = definition.items.clone();
    for other in &definition.others {
        items.extend(flattened(other, definitions, depth + 1));
    }
    items
}

/// One line of a definition.
fn define(
    part: &Part,
    start: usize,
    code: &str,
    trigger: Option<&str>,
    definition: &mut Definition,
    problems: &mut Problems,
) {
    let before = definition.items.len() + definition.others.len();
    for range in words_of(code) {
        let Some(word) = code.get(range.clone()) else { continue };
        let lower = word.to_ascii_lowercase();
        if let Some((key, values)) = lower.split_once('=') {
            let at = start + range.start + key.len() + 1;
            match key {
                "category" | "condition" => definition.others.extend(names(values).map(|name| format!("{key} {name}"))),
                _ => definition.items.extend(items(part, at, word.get(key.len() + 1..).unwrap_or(""), key)),
            }
        } else if let Some(trigger) = trigger {
            definition.items.extend(items(part, start + range.start, word, trigger));
            // What follows the host in such a line is an action or a category.
            break;
        }
    }
    if definition.items.len() + definition.others.len() == before {
        problems.add(
            part.span(start..start + code.trim_end().len()),
            "Expected a host, a domain or a condition about one.",
        );
    }
}

/// One rule: its conditions and what it does.
fn rule(
    part: &Part,
    start: usize,
    code: &str,
    section: &str,
    definitions: &BTreeMap<String, Definition>,
    give: &mut dyn FnMut(Item, Action),
) {
    let mut hosts: Vec<Item> = Vec::new();
    let (mut names_hosts, mut is_inverted, mut asks_who, mut action) = (false, false, false, None);
    for (index, range) in words_of(code).into_iter().enumerate() {
        let Some(word) = code.get(range.clone()) else { continue };
        let lower = word.to_ascii_lowercase();
        if let Some((key, values)) = lower.split_once('=') {
            let key = key.trim_start_matches('!');
            let (inverted, values) =
                values.strip_prefix('!').map_or((word.starts_with('!'), values), |rest| (true, rest));
            match key {
                "category" | "condition" | "url.category" | "server_url.category" => {
                    let kind = if key == "condition" { "condition" } else { "category" };
                    for name in names(values) {
                        let known = format!("{kind} {name}");
                        if definitions.contains_key(&known) {
                            hosts.extend(flattened(&known, definitions, 0));
                        } else {
                            let span = part.span(start + range.start..start + range.end);
                            hosts.push(Item { text: word.to_owned(), span, shape: Shape::Set });
                        }
                    }
                    names_hosts = true;
                    is_inverted |= inverted;
                }
                _ if key.starts_with("url") || key.starts_with("server_url") => {
                    if key.ends_with("port") || key.ends_with("scheme") {
                        continue;
                    }
                    let at = start + range.end - values.len();
                    hosts.extend(items(part, at, word.get(word.len() - values.len()..).unwrap_or(""), key));
                    names_hosts = true;
                    is_inverted |= inverted;
                }
                _ => asks_who = true,
            }
        } else if index == 0 && !section.is_empty() {
            hosts.extend(items(part, start + range.start, word, section));
            names_hosts = true;
        } else if matches!(lower.as_str(), "allow" | "ok" | "force_allow") {
            action = Some(Action::Allow);
        } else if lower.starts_with("deny") || lower.starts_with("force_deny") || lower.starts_with("exception(") {
            action = Some(Action::Deny);
        }
    }
    let Some(action) = action else { return };
    let span = part.span(start..start + code.trim_end().len());
    let everything = |action: Action, give: &mut dyn FnMut(Item, Action)| {
        give(Item { text: code.trim().to_owned(), span, shape: Shape::Everything }, action);
    };
    match (names_hosts, is_inverted, action) {
        // A rule about some clients, and not about hosts, says nothing of the server.
        (false, ..) if asks_who => {}
        (false, ..) => everything(action, give),
        // "deny all but these": these pass, everything else is refused.
        (true, true, Action::Deny) => {
            for item in hosts {
                give(item, Action::Allow);
            }
            everything(Action::Deny, give);
        }
        (true, true, Action::Allow) => {
            for item in hosts {
                give(item, Action::Deny);
            }
        }
        (true, false, _) => {
            for item in hosts {
                give(item, action);
            }
        }
    }
}

/// The hosts of a value, one or a list in brackets, for a trigger such as `url.host.suffix`.
fn items(part: &Part, at: usize, values: &str, trigger: &str) -> Vec<Item> {
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in values.split([',', '(', ')', '"', ' ']) {
        let from = offset;
        offset += piece.len() + 1;
        if piece.is_empty() {
            continue;
        }
        let lower = piece.to_ascii_lowercase();
        let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
        let bare = bare.split(['/', ':']).next().unwrap_or(bare);
        let kind = trigger.trim_start_matches("server_");
        let shape = match kind {
            "url.regex" => Some(pattern::regex(piece, true, Subject::Address)),
            "url.host.regex" => Some(pattern::regex(piece, true, Subject::Host)),
            "url.host.suffix" => Some(Shape::Glob(format!("*{bare}"))),
            "url.host.prefix" => Some(Shape::Glob(format!("{bare}*"))),
            "url.host.substring" | "url.substring" => Some(Shape::Glob(format!("*{bare}*"))),
            "url.host" | "url.host.exact" | "url" | "url.exact" | "url.prefix" => {
                pattern::parse(bare, Product::BlueCoat).map(|(shape, _)| match shape {
                    Shape::NameAndBelow(name) => Shape::Name(name),
                    shape => shape,
                })
            }
            _ => pattern::parse(bare, Product::BlueCoat).map(|(shape, _)| shape),
        };
        if let Some(shape) = shape {
            found.push(Item { text: piece.to_owned(), span: part.span(at + from..at + from + piece.len()), shape });
        }
    }
    found
}

fn names(values: &str) -> impl Iterator<Item = &str> {
    values.split([',', '(', ')', '"', ' ']).map(str::trim).filter(|name| !name.is_empty())
}

/// The words of a line; brackets and quotes keep blanks inside them together.
fn words_of(code: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut depth, mut quoted) = (None, 0usize, false);
    for (at, c) in code.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (c.is_whitespace() && depth == 0 && !quoted, start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..code.len()));
    words
}

/// A semicolon begins a comment.
fn without_comment(line: &str) -> &str {
    line.split(';').next().unwrap_or(line)
}
