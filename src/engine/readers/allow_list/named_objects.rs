//! Names that a firewall resolves by itself: host objects and rules of its own configuration. None of these forms
//! knows a wildcard, so that every name stands for itself alone.
//!
//! ```text
//! object network AADC-LOGIN                                       Cisco ASA and FTD
//!  fqdn v4 login.example.com
//! set security address-book global address X dns-name login.example.com      Junos
//! set address X fqdn login.example.com                            PAN-OS
//! add address=login.example.com list=entra                        RouterOS
//! -A FORWARD -d login.example.com -p tcp --dport 443 -j ACCEPT    iptables
//! <alias><type>host</type><address>login.example.com graph.example.com</address></alias>    pfSense
//! <alias><type>host</type><content>login.example.com⏎graph.example.com</content></alias>    OPNsense
//! ```
//!
//! Sources: Cisco ASA command reference (fqdn), Junos address-book, PAN-OS address objects, `RouterOS` firewall
//! address-list, iptables(8), pfSense and `OPNsense` documentation of aliases; from general knowledge, 2026-11.

use super::pattern::{self, Shape};
use super::{Action, AllowList, Entry, Problems, Product};
use crate::artifact::Part;
use std::ops::Range;

/// Fewer names are no list.
const MIN_NAMES: usize = 3;

/// What stands right in front of a name.
const KEYWORDS: &[&str] =
    &["fqdn v4 ", "fqdn v6 ", "fqdn ", "dns-name ", "address=", "-d ", "--destination ", "--dst "];

/// By what the part was recognised.
pub fn recognise(part: &Part) -> Option<String> {
    let text = part.text();
    if !KEYWORDS.iter().chain(&["<alias"]).any(|word| text.contains(word)) {
        return None;
    }
    let count = names(text).len();
    (count >= MIN_NAMES).then(|| format!("{count} names in host objects or rules that a firewall resolves by itself."))
}

/// Reads the names.
pub fn read(part: &Part, _: &mut Problems) -> AllowList {
    let text = part.text();
    let found = names(text);
    let cut = found.len() > AllowList::MAX_ENTRIES;
    let entries = found.into_iter().take(AllowList::MAX_ENTRIES).map(|name| Entry {
        text: text.get(name.range.clone()).unwrap_or("").to_owned(),
        span: part.span(name.range),
        shape: name.shape,
        action: name.action,
        ports: name.ports,
    });
    AllowList { entries: entries.collect(), exact_names: true, cut, ..AllowList::default() }
}

struct Name {
    range: Range<usize>,
    shape: Shape,
    action: Action,
    ports: Vec<u16>,
}

fn names(text: &str) -> Vec<Name> {
    if text.contains("<alias") {
        return aliases(text);
    }
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(word) = name_in(line) else { continue };
        if let Some(shape) = exact(line.get(word.clone()).unwrap_or("")) {
            let range = start + word.start..start + word.end;
            found.push(Name { range, shape, action: action(line), ports: ports(line) });
        }
    }
    found
}

/// The word behind a keyword that begins the line or follows a blank.
fn name_in(line: &str) -> Option<Range<usize>> {
    KEYWORDS.iter().find_map(|keyword| {
        let at = line
            .match_indices(keyword)
            .map(|(at, _)| at)
            .find(|&at| line.get(..at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t'])))?;
        let from = at + keyword.len();
        let rest = line.get(from..)?;
        let quote = rest.len() - rest.trim_start_matches(['"', '\'']).len();
        let word = rest.get(quote..)?.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',')).next()?;
        (!word.is_empty()).then_some(from + quote..from + quote + word.len())
    })
}

/// A whole host name; an address or a wildcard is none.
fn exact(word: &str) -> Option<Shape> {
    let is_name = word.contains('.') && word.bytes().any(|b| b.is_ascii_alphabetic());
    let shape = pattern::parse(word, Product::Plain).filter(|_| is_name)?.0;
    matches!(shape, Shape::Name(_)).then_some(shape)
}

fn action(line: &str) -> Action {
    const REFUSING: &[&str] = &["deny", "drop", "reject", "disabled=yes"];
    let refuses = |word: &str| REFUSING.contains(&word.trim_start_matches("action=").to_ascii_lowercase().as_str());
    if line.split_whitespace().any(refuses) { Action::Deny } else { Action::Allow }
}

/// The ports that the line names; none for any.
fn ports(line: &str) -> Vec<u16> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let value = match *word {
            "eq" | "--dport" | "--dports" | "--destination-port" => words.get(index + 1).copied(),
            word => word.strip_prefix("dst-port="),
        };
        for port in value.unwrap_or("").split(',') {
            found.extend(match port {
                "https" => Some(443),
                "http" | "www" => Some(80),
                number => number.parse().ok(),
            });
        }
    }
    found
}

/// The names in `address` and `content` of aliases.
fn aliases(text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    for (open, close) in [("<address>", "</address>"), ("<content>", "</content>")] {
        for (at, _) in text.match_indices(open) {
            let from = at + open.len();
            let inside = text.get(from..).and_then(|rest| rest.split(close).next()).unwrap_or("");
            let mut word_at = 0;
            for word in inside.split([' ', '\t', '\r', '\n', ',']) {
                let range = from + word_at..from + word_at + word.len();
                word_at += word.len() + 1;
                found.extend(exact(word).map(|shape| Name { range, shape, action: Action::Allow, ports: Vec::new() }));
            }
        }
    }
    found.sort_by_key(|name| name.range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read_text(text: &str) -> Vec<(String, Action, Vec<u16>)> {
        let source = Source::decode("fw.txt", text.as_bytes());
        let part = Part::whole(&source);
        if recognise(&part).is_none() {
            return Vec::new();
        }
        let list = read(&part, &mut Problems::default());
        list.entries.into_iter().map(|entry| (entry.text, entry.action, entry.ports)).collect()
    }

    #[test]
    fn names_are_read_in_the_configuration_of_each_product() {
        let hosts = ["login.microsoftonline.com", "login.windows.net", "graph.microsoft.com"];
        for form in [
            "object network X\n fqdn v4 {host}\n",
            "set security address-book global address X dns-name {host}\n",
            "set address X fqdn {host}\n",
            "add address={host} list=entra comment=\"sync\"\n",
            "-A FORWARD -d {host} -p tcp -j ACCEPT\n",
        ] {
            let text: String = hosts.iter().map(|host| form.replace("{host}", host)).collect();
            let found: Vec<String> = read_text(&text).into_iter().map(|(name, ..)| name).collect();
            assert_eq!(found, hosts, "{form}");
        }
        for (open, blank) in [("address", " "), ("content", "\n")] {
            let text = format!("<alias><type>host</type><{open}>{}</{open}></alias>", hosts.join(blank));
            let found: Vec<String> = read_text(&text).into_iter().map(|(name, ..)| name).collect();
            assert_eq!(found, hosts, "{open}");
        }
    }

    #[test]
    fn a_rule_says_what_it_does_and_on_which_port() {
        let text = "-A FORWARD -d a.example.com -p tcp -m multiport --dports 80,443 -j ACCEPT\n-A FORWARD -d b.example.com -p tcp --dport 443 -j DROP\n-A FORWARD -d c.example.com -j ACCEPT\n";
        let found = read_text(text);
        assert_eq!(found[0].2, [80, 443]);
        assert_eq!((found[1].1, found[1].2.as_slice()), (Action::Deny, &[443][..]));
        assert!(found[2].2.is_empty());
    }

    #[test]
    fn words_of_a_mail_and_addresses_are_no_objects() {
        for text in [
            "please add the fqdn to the list\nfqdn below\nfqdn x\n",
            "-A FORWARD -d 10.0.0.1 -j ACCEPT\n-d 10.0.0.2\n-d 10.0.0.3\n",
        ] {
            assert!(read_text(text).is_empty(), "{text}");
        }
    }
}
