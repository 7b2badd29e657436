//! `FortiOS`: the URL filter of the web filter, and address objects with names. An entry of the filter says what it is:
//!
//! ```text
//! config webfilter urlfilter
//!     edit 1
//!         config entries
//!             edit 1
//!                 set url "*.example.com"
//!                 set type wildcard          simple when it is not said
//!                 set action exempt          exempt when it is not said; allow, monitor, block
//!             next
//! ```
//!
//! Source: "URL Filter expressions for the `FortiGate`" (Fortinet community, 192746) and the CLI reference of
//! `FortiOS`.

use super::pattern::{self, Subject};
use super::{Action, AllowList, Entry, Problems, Product, Rules, Shape};
use crate::artifact::{Part, Span};

/// By what the part was recognised.
pub fn recognise(part: &Part) -> Option<String> {
    let (mut blocks, mut urls, mut kinds, mut names) = (0usize, 0usize, 0usize, 0usize);
    for (_, line) in part.lines().take(5000) {
        let Some(words) = command(line) else { continue };
        match words.as_slice() {
            ["config", "webfilter" | "firewall", "urlfilter" | "address" | "wildcard-fqdn", ..] => blocks += 1,
            ["set", "url", ..] => urls += 1,
            ["set", "type", "simple" | "wildcard" | "regex"] => kinds += 1,
            ["set", "fqdn" | "wildcard-fqdn", ..] => names += 1,
            _ => {}
        }
    }
    if urls > 0 && (blocks > 0 || kinds > 0) {
        return Some(format!("{urls} entries of a URL filter of FortiOS."));
    }
    (names > 0 && (blocks > 0 || names > 2)).then(|| format!("{names} address objects of FortiOS with names."))
}

/// What is known of the entry at hand.
#[derive(Default)]
struct Open {
    /// The text, with its place.
    url: Option<(String, Span)>,
    kind: String,
    action: String,
    is_disabled: bool,
    is_address: bool,
}

/// Reads the entries.
pub fn read(part: &Part, problems: &mut Problems) -> AllowList {
    let mut list = AllowList::default();
    let mut open = Open::default();
    for (start, line) in part.lines() {
        let Some(words) = command(line) else {
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                problems.add(
                    part.span(start..start + line.len()),
                    "Expected a command of FortiOS: config, edit, set, next or end.",
                );
            }
            continue;
        };
        match words.as_slice() {
            ["edit", ..] | ["next" | "end"] => close(&mut list, std::mem::take(&mut open)),
            ["set", key @ ("url" | "fqdn" | "wildcard-fqdn"), ..] => {
                if let Some((text, from)) = value(line, key) {
                    open.is_address = *key != "url";
                    open.url = Some((text.to_owned(), part.span(start + from..start + from + text.len())));
                }
            }
            ["set", "type", kind] => (*kind).clone_into(&mut open.kind),
            ["set", "action", action] => (*action).clone_into(&mut open.action),
            ["set", "status", "disable"] => open.is_disabled = true,
            _ => {}
        }
    }
    close(&mut list, open);
    let closed =
        list.entries.iter().any(|entry| entry.action == Action::Deny && matches!(entry.shape, Shape::Everything));
    let is_filter = list.entries.iter().any(|entry| !matches!(entry.shape, Shape::Name(_) | Shape::Below(_)));
    list.rules = if closed || !is_filter { Rules::FirstMatch } else { Rules::ThenElsewhere };
    list
}

fn close(list: &mut AllowList, open: Open) {
    let Some((text, span)) = open.url.filter(|_| !open.is_disabled) else { return };
    if list.entries.len() >= 2 * AllowList::MAX_ENTRIES {
        list.cut = true;
        return;
    }
    let shape = if open.is_address {
        pattern::parse(&text, Product::FortiGate).map(|(shape, _)| shape)
    } else {
        shape(&text, &open.kind)
    };
    let action = if open.action == "block" { Action::Deny } else { Action::Allow };
    list.entries.push(Entry { text, span, shape: shape.unwrap_or(Shape::Address), action, ports: Vec::new() });
}

fn shape(text: &str, kind: &str) -> Option<Shape> {
    match kind {
        "regex" => {
            let unescaped = text.replace("\\\\", "\\");
            let bare = unescaped.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
            Some(match bare {
                Some((expression, flags)) => pattern::regex(expression, flags.contains('i'), Subject::Address),
                None => pattern::regex(&unescaped, true, Subject::Address),
            })
        }
        "wildcard" => match pattern::parse(text, Product::FortiGate)?.0 {
            Shape::Name(name) => Some(Shape::Simple(name)),
            shape => Some(shape),
        },
        _ => match pattern::parse(text, Product::FortiGate)?.0 {
            Shape::Name(name) => Some(Shape::Simple(name)),
            // A star means nothing in a simple entry.
            Shape::Below(_) | Shape::Glob(_) | Shape::Everything => Some(Shape::Dead(text.to_ascii_lowercase())),
            shape => Some(shape),
        },
    }
}

/// The words of a command, without a prompt in front and without quotes; `None` when the line is none.
fn command(line: &str) -> Option<Vec<&str>> {
    let mut line = line.trim();
    if memchr::memchr2(b'#', b'$', line.as_bytes()).is_some()
        && let Some((_, behind)) = line.split_once(") # ").or_else(|| line.split_once(") $ "))
    {
        line = behind.trim();
    }
    let mut words = line.split_ascii_whitespace().map(|word| word.trim_matches('"')).take(6).peekable();
    let is_command = matches!(words.peek(), Some(&("config" | "edit" | "set" | "next" | "end" | "unset" | "append")));
    is_command.then(|| words.collect())
}

/// The value behind `set key`, with its place in the line.
fn value<'a>(line: &'a str, key: &str) -> Option<(&'a str, usize)> {
    let at = line.find(&format!("set {key} ")).map(|at| at + 5 + key.len())?;
    let rest = line.get(at..)?;
    let rest_start = at + (rest.len() - rest.trim_start().len());
    let rest = rest.trim();
    if let Some(quoted) = rest.strip_prefix('"') {
        let end = quoted.find('"').unwrap_or(quoted.len());
        return Some((quoted.get(..end)?, rest_start + 1));
    }
    Some((rest.split_ascii_whitespace().next()?, rest_start))
}
