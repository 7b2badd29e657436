//! What the way of writing says about a list: a wildcard of another product, a text of another kind, a line of a long
//! list that may matter.

use super::{AllowList, Entry, Problem, Product, Shape};
use crate::artifact::Part;
use crate::endpoints;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// A wildcard, whether a text is of that form, and who knows it.
type Form = (&'static str, fn(&str) -> bool, &'static str);

/// Says which entries use a wildcard that the product does not know, and who knows it. Replaces what was said before.
pub fn remark(list: &mut AllowList) {
    list.foreign.clear();
    let forms: [Form; 4] = [
        ("*.", |text| text.starts_with("*."), "Palo Alto, Azure Firewall and FortiGate do"),
        (".", |text| text.starts_with('.'), "Squid and Zscaler do"),
        ("^.", |text| text.starts_with("^."), "Palo Alto does"),
        ("*", |text| text.contains('*') && !text.starts_with("*."), "FortiGate and proxy scripts do"),
    ];
    for (form, is_form, who) in forms {
        let dead = |entry: &&Entry| matches!(&entry.shape, Shape::Dead(text) if is_form(text));
        let count = list.entries.iter().filter(dead).count();
        let Some(first) = list.entries.iter().find(dead) else { continue };
        let what = format!(
            "{} with \"{form}\" ({}). {} does not know that form: {who}. {}.",
            if count == 1 { "There is one entry".to_owned() } else { format!("There are {count} entries") },
            first.text,
            capital(list.product.name()),
            list.product.wildcards()
        );
        list.foreign.push(Problem { span: first.span, what });
    }
    // `.example.com` and `*.example.com` side by side: no product reads both as meant.
    if matches!(list.product, Product::Plain | Product::Csv) {
        let dotted = list.entries.iter().find(|entry| entry.text.starts_with('.'));
        let starred = list.entries.iter().find(|entry| entry.text.starts_with("*."));
        if let (Some(dotted), Some(starred)) = (dotted, starred) {
            let what = format!(
                "{} and {} stand in one list, but no product reads both as meant: Squid and Zscaler read the leading dot, \
                 Palo Alto and Azure Firewall the star.",
                dotted.text, starred.text
            );
            list.foreign.push(Problem { span: starred.span, what });
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a text is that holds no entry at all; `None` when nothing more can be said.
pub fn other_kind(part: &Part) -> Option<String> {
    let text = part.text().trim_start();
    let what = if text.is_empty() {
        "The text is empty."
    } else if text.starts_with(['{', '[']) {
        match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Ok(_) => {
                "This is JSON, but it has no application rules of Azure Firewall in it: expected targetFqdns, as in the \
                 template of a rule collection group or the answer of \"az network firewall … show\"."
            }
            Err(error) => {
                return Some(format!(
                    "This begins like JSON, but it breaks off or is wrong at line {}, column {}: {error}.",
                    error.line(),
                    error.column()
                ));
            }
        }
    } else if text.starts_with('<') {
        "This is XML or HTML, but there are no entries of a URL list in it."
    } else {
        return None;
    };
    Some(what.to_owned())
}

/// The zones in which the catalogue has hosts, and what stands for everything.
static ZONES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut zones: Vec<&str> = endpoints::all()
        .flat_map(|row| row.hosts.iter().copied().chain(std::iter::once(row.pattern)))
        .filter_map(|host| {
            let (front, _) = host.rsplit_once('.')?;
            // "microsoftonline" of "*.microsoftonline.com"; a list may name a part of it.
            front.rsplit('.').next().filter(|label| label.len() >= 3 && !label.contains('*'))
        })
        .collect();
    zones.sort_unstable();
    zones.dedup();
    AhoCorasick::builder().ascii_case_insensitive(true).build(zones).ok()
});

/// Whether a line may name a host of the catalogue, or everything.
pub fn may_concern(line: &str) -> bool {
    let wide = || line.len() < 200 && line.trim().trim_matches(['"', '*', '.', ',', '/', ' ', '\t']).len() < 8;
    ZONES.as_ref().is_none_or(|zones| zones.is_match(line)) || wide()
}
