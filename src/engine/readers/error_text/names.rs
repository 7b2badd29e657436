//! Answers of nslookup and Resolve-DnsName. The labels are translated, so the order of the lines counts as much.

use super::HostMention;
use crate::artifact::{Part, Span};
use crate::endpoints;
use crate::phrases::Marks;
use std::net::IpAddr;
use std::sync::LazyLock;

/// One question to a name server, and what came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameLookup {
    /// The name that was asked for, in lower case; unknown when the command line was not pasted along.
    pub asked: Option<(String, Span)>,
    /// Names in the answer that are not the one asked for: aliases and the name they lead to, in lower case.
    pub names: Vec<(String, Span)>,
    /// Addresses in the answer.
    pub addresses: Vec<(String, Span)>,
    /// "Non-existent domain", "timed out": the line that says that nothing was found.
    pub failed: Option<Span>,
}

/// Every lookup of the part, in the order of the text. `hosts` are its names.
pub fn lookups(part: &Part, hosts: &[HostMention]) -> Vec<NameLookup> {
    let mut found: Vec<NameLookup> = Vec::new();
    let mut speaking = WORDS.lines(part).map(|(start, _)| start).peekable();
    let mut mentions = hosts.iter().map(|mention| mention.span.start.saturating_sub(part.start)).peekable();
    let mut state = State::Outside;
    for (start, line) in part.lines() {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        // One look at a line, of which a trace has thousands, before the many that follow.
        let speaks = speaking.next_if_eq(&start).is_some();
        if let Some(name) = if speaks { question(trimmed) } else { None } {
            let place = at + trimmed.find(name).unwrap_or(0);
            let asked = Some((clean(name), part.span(place..place + name.len())));
            found.push(NameLookup { asked, ..NameLookup::default() });
            state = State::Server;
            continue;
        }
        if speaks && is_failure(&trimmed.to_lowercase()) {
            let whole = part.span(at..at + trimmed.len());
            let name = failed_name(trimmed);
            let same = |lookup: &&mut NameLookup| {
                lookup.asked.as_ref().is_none_or(|(asked, _)| {
                    name.is_none_or(|name| clean(name).starts_with(asked.as_str()) || asked.starts_with(&clean(name)))
                })
            };
            if let Some(lookup) = found.last_mut().filter(same).filter(|_| state != State::Outside) {
                lookup.failed.get_or_insert(whole);
            } else if let Some(name) = name {
                let place = at + trimmed.find(name).unwrap_or(0);
                let asked = Some((clean(name), part.span(place..place + name.len())));
                found.push(NameLookup { asked, failed: Some(whole), ..NameLookup::default() });
            }
            continue;
        }
        if trimmed.is_empty() {
            continue;
        }
        while mentions.next_if(|mention| *mention < start).is_some() {}
        let names_a_host = mentions.peek().is_some_and(|mention| *mention < start + line.len());
        if let Some(lookup) = if names_a_host { told(part, trimmed, at) } else { None } {
            found.push(lookup);
            state = State::Outside;
            continue;
        }
        let labelled = trimmed.split_once([':', '：']).filter(|(label, value)| {
            !label.contains('.')
                && !value.starts_with("//")
                && (value.starts_with([' ', '\t', '\u{a0}']) || value.is_empty())
        });
        match (labelled, state) {
            (Some((label, value)), _) => {
                let place = at + label.len() + 1 + (value.len() - value.trim_start().len());
                let value = value.trim();
                state = match label_kind(label.trim()) {
                    Some(Label::Server) => {
                        if found.last().is_none_or(|lookup| !lookup.names.is_empty() || !lookup.addresses.is_empty()) {
                            found.push(NameLookup::default());
                        }
                        State::Server
                    }
                    Some(Label::Name) => {
                        if found.is_empty() {
                            found.push(NameLookup::default());
                        }
                        add(part, found.last_mut(), State::Names, value, place);
                        State::Names
                    }
                    Some(Label::Address) if state == State::Server => State::Server,
                    Some(Label::Address) if state != State::Outside => {
                        add(part, found.last_mut(), State::Addresses, value, place);
                        State::Addresses
                    }
                    Some(Label::Alias) if state != State::Outside => {
                        add(part, found.last_mut(), State::Aliases, value, place);
                        State::Aliases
                    }
                    _ => State::Outside,
                };
            }
            (None, State::Addresses | State::Aliases) if line.starts_with([' ', '\t']) => {
                add(part, found.last_mut(), state, trimmed, at);
            }
            (None, State::Server) => {}
            _ => state = State::Outside,
        }
    }
    found.retain(|lookup| lookup.failed.is_some() || !lookup.names.is_empty() || !lookup.addresses.is_empty());
    found
}

/// What every question has, and every failure; see [`question`] and [`is_failure`].
static WORDS: LazyLock<Marks> = LazyLock::new(|| Marks::new(&["nslookup", "resolve-dnsname", "dns", "***"]));

/// A name of the catalogue and its public addresses in one line of somebody's own words, or of ping:
/// "nslookup host gives 192.0.2.7, 192.0.2.8".
fn told(part: &Part, line: &str, at: usize) -> Option<NameLookup> {
    let mut lookup = NameLookup::default();
    let mut rest = 0;
    let asks = || line.to_ascii_lowercase().contains("nslookup");
    let may_be_address =
        |word: &str| word.starts_with(|c: char| c.is_ascii_hexdigit() || c == ':') && word.contains(['.', ':']);
    let of_internet = |word: &str| match word.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified()),
        Ok(IpAddr::V6(ip)) => !(ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local()),
        Err(_) => false,
    };
    for word in line.split([' ', '\t', ',', ';', '(', ')', '[', ']', '=', '>', '"', '\'']) {
        let start = rest;
        rest += word.len() + 1;
        let word = word.trim_end_matches(['.', ':']);
        let item = || (clean(word), part.span(at + start..at + start + word.len()));
        if may_be_address(word) && of_internet(word) {
            // "nslookup host 192.0.2.7": that is the name server to ask.
            let host_end = lookup.asked.as_ref().map(|(_, span)| span.end);
            if host_end.is_some_and(|end| end + 1 == part.span(at + start..at + start).start) && asks() {
                return None;
            }
            lookup.addresses.push(item());
        } else if word.contains('.') && endpoints::find_host(&clean(word)).is_some() {
            // Several names: whose the addresses are is not told.
            if lookup.asked.is_some() || !lookup.addresses.is_empty() {
                return None;
            }
            lookup.asked = Some(item());
        }
    }
    (lookup.asked.is_some() && !lookup.addresses.is_empty()).then_some(lookup)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Server,
    Names,
    Addresses,
    Aliases,
}

#[derive(Clone, Copy, Debug)]
enum Label {
    Server,
    Name,
    Address,
    Alias,
}

/// Labels as nslookup prints them in the languages of Windows that we know.
fn label_kind(label: &str) -> Option<Label> {
    Some(match label.to_lowercase().as_str() {
        "server" | "serveur" | "服务器" | "サーバー" | "servidor" => Label::Server,
        "name" | "nom" | "名称" | "名前" | "nombre" | "nome" => Label::Name,
        "address" | "addresses" | "adresse" | "adressen" | "adresses" | "addresse" | "dirección" | "direcciones" => {
            Label::Address
        }
        "aliases" | "alias" | "aliase" => Label::Alias,
        _ => return None,
    })
}

fn add(part: &Part, lookup: Option<&mut NameLookup>, state: State, value: &str, at: usize) {
    let Some(lookup) = lookup.filter(|_| !value.is_empty()) else {
        return;
    };
    let item = (clean(value), part.span(at..at + value.len()));
    let is_asked = lookup.asked.as_ref().is_some_and(|(asked, _)| *asked == item.0);
    if state == State::Addresses && value.parse::<std::net::IpAddr>().is_ok() {
        lookup.addresses.push(item);
    } else if state != State::Addresses && value.contains('.') && !value.contains(' ') && !is_asked {
        lookup.names.push(item);
    }
}

fn clean(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// The name in `nslookup name [server]` or `Resolve-DnsName [-Name] name`, with a prompt before it or not.
fn question(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let command = ["nslookup ", "nslookup.exe ", "resolve-dnsname "].iter().find_map(|command| {
        let at = lower.find(command)?;
        let before = lower.get(..at)?.trim_end();
        (before.is_empty() || before.ends_with(['>', '$', '#'])).then_some(at + command.len())
    })?;
    let mut words = line.get(command..)?.split_whitespace();
    words.find(|word| !word.starts_with('-') && word.contains('.'))
}

fn is_failure(lower: &str) -> bool {
    let star = lower.starts_with("***");
    (star
        && (lower.contains("non-existent domain")
            || lower.contains("can't find") && !lower.contains("server name for address")
            || lower.contains("nxdomain")
            || lower.contains("server failed")
            || lower.contains("refused")
            || lower.contains("no response")
            || lower.contains("existiert nicht")
            || lower.contains("找不到")
            || lower.contains("見つかりません")))
        || lower.starts_with("dns request timed out")
        || (NO_SUCH_NAME.iter().any(|words| lower.contains(words)) && !lower.contains(" means "))
}

/// What Resolve-DnsName says of a name that does not exist (Windows error 9003), in lower case. Source: Microsoft
/// Learn, System Error Codes (9000-11999) and Windows activation error codes, in German, French, Spanish, Chinese and
/// Japanese; read 2026-11. The wording in Traditional Chinese is inferred.
const NO_SUCH_NAME: &[&str] = &[
    "dns name does not exist",
    "der dns-name ist nicht vorhanden",
    "le nom dns n’existe pas",
    "le nom dns n'existe pas",
    "el nombre dns no existe",
    "dns 名称不存在",
    "dns 名稱不存在",
    "dns 名がありません",
];

/// The name in "can't find X: …" or "Resolve-DnsName : X : DNS name does not exist".
fn failed_name(line: &str) -> Option<&str> {
    let end = line.rfind(':')?;
    let head = line.get(..end)?.trim_end();
    let name = head.rsplit([' ', ':']).next()?;
    (name.contains('.') && name.is_ascii()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<NameLookup> {
        let source = Source::decode("a", text.as_bytes());
        let part = Part::whole(&source);
        lookups(&part, &super::super::hosts::hosts(&part))
    }

    fn texts(items: &[(String, Span)]) -> Vec<&str> {
        items.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn a_sentence_that_gives_a_name_its_addresses_is_a_lookup() {
        let found = read(
            "Note: nslookup login.microsoftonline.com gives 20.190.160.14, 20.190.160.20. Sync server = 10.12.0.19.",
        );
        let addresses: Vec<&str> =
            found.iter().flat_map(|item| &item.addresses).map(|(text, _)| text.as_str()).collect();
        assert_eq!(addresses, ["20.190.160.14", "20.190.160.20"]);
        assert_eq!(read("We ran nslookup login.microsoftonline.com 8.8.8.8 there"), [], "a name server");
        assert_eq!(read("login.microsoftonline.com goes through the proxy 10.1.1.5"), []);
        assert_eq!(read("login.microsoftonline.com 20.190.160.14 and graph.microsoft.com"), [], "whose is it?");
    }

    #[test]
    fn aliases_and_addresses_of_an_answer_are_kept_and_the_name_server_is_not() {
        let text = "C:\\>nslookup login.microsoftonline.com\nServer:  dns1.corp.example\nAddress:  172.31.0.53\n\nNon-authoritative answer:\nName:    www.tm.f.prd.aadg.trafficmanager.net\nAddresses:  20.190.160.14\n          40.126.32.72\nAliases:  login.microsoftonline.com\n          prdf.aadg.msidentity.com\n\nC:\\>nslookup a.example\nServer:  dns1.corp.example\nAddress:  172.31.0.53\n\nName:    a.example\nAddress:  10.1.1.1\n\nDo we have to open them: yes or no?";
        let found = read(text);
        assert_eq!(found.len(), 2);
        assert_eq!(texts(&found[0].names), ["www.tm.f.prd.aadg.trafficmanager.net", "prdf.aadg.msidentity.com"]);
        assert_eq!(texts(&found[0].addresses), ["20.190.160.14", "40.126.32.72"]);
        assert_eq!(found[1].asked.as_ref().unwrap().0, "a.example");
        assert_eq!((texts(&found[1].names), texts(&found[1].addresses)), (vec![], vec!["10.1.1.1"]));
    }

    #[test]
    fn a_name_that_does_not_exist_is_a_failed_lookup_of_that_name() {
        let text = "C:\\>nslookup wbproxy.corp.example\nServer:  dc3.corp.example\nAddress:  172.16.4.3\n\n*** dc3.corp.example can't find wbproxy.corp.example: Non-existent domain";
        let found = read(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].asked.as_ref().unwrap().0, "wbproxy.corp.example");
        assert!(found[0].failed.is_some());
        let alone = read("*** UnKnown can't find proxy.corp.example: Non-existent domain");
        assert_eq!(alone[0].asked.as_ref().unwrap().0, "proxy.corp.example");
        assert_eq!(read("*** Can't find server name for address 10.0.0.1: Timed out"), []);
    }
}
