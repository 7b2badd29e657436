//! Azure Firewall: rule collections as JSON, from a template or from `az network firewall …`, of a policy or of the
//! classic kind.
//!
//! ```text
//! { "priority": 300, "action": { "type": "Allow" }, "rules": [ {
//!     "protocols": [ { "protocolType": "Https", "port": 443 } ], "targetFqdns": [ "*.example.com" ] } ] }
//! ```
//!
//! Groups and collections are looked at by priority, the lowest number first, network rules before application rules;
//! the first rule that matches decides, and what none matches is refused (Azure Firewall rule processing logic).

use super::json::{self, Json};
use super::pattern;
use super::{Action, AllowList, Entry, Problems, Product, Shape};
use crate::artifact::Part;
use crate::phrases::Marks;
use std::ops::Range;
use std::sync::LazyLock;

/// The members that hold names of hosts.
static NAMES: LazyLock<Marks> = LazyLock::new(|| Marks::new(&["targetFqdns", "destinationFqdns"]));

/// By what the part was recognised.
pub fn recognise(part: &Part) -> Option<String> {
    let text = part.text();
    if !text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']) {
        return None;
    }
    if !NAMES.any(text) {
        return None;
    }
    let mut found = Walk { text, ..Walk::default() };
    found.walk(&json::read(text)?, &Around::default());
    (found.rules > 0).then(|| format!("{} rules of Azure Firewall with names of hosts.", found.rules))
}

/// Reads the rules.
pub fn read(part: &Part, _: &mut Problems) -> AllowList {
    let text = part.text();
    let mut found = Walk { text, ..Walk::default() };
    if let Some(json) = json::read(text) {
        found.walk(&json, &Around::default());
    }
    // The sort is stable: what has the same priority stays in the order of the text.
    found.entries.sort_by_key(|(order, ..)| *order);
    let cut = found.entries.len() > 2 * AllowList::MAX_ENTRIES;
    let entries = found.entries.into_iter().take(2 * AllowList::MAX_ENTRIES).map(|(_, range, shape, action, ports)| {
        Entry { text: text.get(range.clone()).unwrap_or("").to_owned(), span: part.span(range), shape, action, ports }
    });
    AllowList { entries: entries.collect(), cut, ..AllowList::default() }
}

/// An entry: when it is looked at, where it stands, what it covers, what it does, on which ports.
type Ordered = (Order, Range<usize>, Shape, Action, Vec<u16>);

/// Kind of rule, priority of the group, priority of the collection.
type Order = (u8, u32, u32);

#[derive(Default)]
struct Walk<'a> {
    text: &'a str,
    rules: usize,
    entries: Vec<Ordered>,
}

/// What the objects around a rule say.
#[derive(Clone, Default)]
struct Around {
    priorities: Vec<u32>,
    deny: bool,
}

impl Walk<'_> {
    fn walk(&mut self, json: &Json, around: &Around) {
        match json {
            Json::Array(values) => values.iter().for_each(|value| self.walk(value, around)),
            Json::Object(members) => {
                let mut around = around.clone();
                if let Some(Json::Number(range)) = self.member(members, &["priority"])
                    && let Some(priority) = self.text.get(range.clone()).and_then(|text| text.parse().ok())
                {
                    around.priorities.push(priority);
                }
                let action = match self.member(members, &["action"]) {
                    Some(Json::Object(inner)) => self.member(inner, &["type"]),
                    other => other,
                };
                if let Some(Json::Text(range)) = action {
                    around.deny = self.text.get(range.clone()).is_some_and(|text| text.eq_ignore_ascii_case("deny"));
                }
                self.rule(members, &around);
                for (_, value) in members {
                    self.walk(value, &around);
                }
            }
            Json::Text(_) | Json::Number(_) | Json::Other => {}
        }
    }

    fn rule(&mut self, members: &[(Range<usize>, Json)], around: &Around) {
        let application = self.member(members, &["targetFqdns", "targetUrls", "fqdnTags", "webCategories"]).is_some();
        let network = self.member(members, &["destinationFqdns"]);
        if !application && network.is_none() {
            return;
        }
        self.rules += 1;
        let action = if around.deny { Action::Deny } else { Action::Allow };
        let (group, collection) = match around.priorities.as_slice() {
            [] => (0, 0),
            [one] => (0, *one),
            [first, .., last] => (*first, *last),
        };
        let ports = self.ports(members);
        for (kind, key) in
            [(0, "destinationFqdns"), (1, "targetFqdns"), (1, "targetUrls"), (1, "fqdnTags"), (1, "webCategories")]
        {
            let Some(Json::Array(values)) = self.member(members, &[key]) else { continue };
            for value in values {
                let Json::Text(range) = value else { continue };
                let Some(text) = self.text.get(range.clone()) else { continue };
                let is_set = matches!(key, "fqdnTags" | "webCategories") || text.starts_with('[');
                let shape = if is_set {
                    Shape::Set
                } else {
                    match pattern::parse(text, Product::AzureFirewall) {
                        // Names in network rules have no wildcards.
                        Some((Shape::Below(_) | Shape::Glob(_), _)) if kind == 0 => {
                            Shape::Dead(text.to_ascii_lowercase())
                        }
                        Some((shape, _)) => shape,
                        None => Shape::Address,
                    }
                };
                self.entries.push(((kind, group, collection), range.clone(), shape, action, ports.clone()));
            }
        }
    }

    fn ports(&self, members: &[(Range<usize>, Json)]) -> Vec<u16> {
        let number = |range: &Range<usize>| self.text.get(range.clone()).and_then(|text| text.parse::<u16>().ok());
        let mut ports = Vec::new();
        if let Some(Json::Array(protocols)) = self.member(members, &["protocols"]) {
            for protocol in protocols {
                let Json::Object(inner) = protocol else { continue };
                if let Some(Json::Number(range)) = self.member(inner, &["port"]) {
                    ports.extend(number(range));
                }
            }
        }
        if let Some(Json::Array(values)) = self.member(members, &["destinationPorts"]) {
            for value in values {
                let Json::Text(range) = value else { continue };
                let text = self.text.get(range.clone()).unwrap_or("");
                if text == "*" {
                    return Vec::new();
                }
                let (from, to) = text.split_once('-').unwrap_or((text, text));
                if let (Ok(from), Ok(to)) = (from.parse::<u16>(), to.parse::<u16>()) {
                    ports.extend([80, 443].into_iter().filter(|port| (from..=to).contains(port)));
                    // A range without either still limits the rule.
                    ports.push(from);
                }
            }
        }
        ports
    }

    fn member<'j>(&self, members: &'j [(Range<usize>, Json)], names: &[&str]) -> Option<&'j Json> {
        let is = |range: &Range<usize>, name: &str| {
            self.text.get(range.clone()).is_some_and(|text| text.eq_ignore_ascii_case(name))
        };
        members.iter().find(|(range, _)| names.iter().any(|name| is(range, name))).map(|(_, value)| value)
    }
}
