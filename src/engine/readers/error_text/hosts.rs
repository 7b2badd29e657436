//! Host names and URLs in running text.

use super::HostMention;
use super::told::told;
use crate::artifact::Part;
use std::ops::Range;

/// Top-level domains of the hosts of this field, and those of private networks.
const DOMAINS: &[&str] = &[
    "com",
    "net",
    "org",
    "info",
    "biz",
    "edu",
    "gov",
    "mil",
    "int",
    "arpa",
    "cloud",
    "online",
    "tech",
    "app",
    "dev",
    "local",
    "lan",
    "internal",
    "intern",
    "intranet",
    "corp",
    "home",
    "private",
    "localdomain",
    "example",
    "test",
    "invalid",
    "ms",
    "bank",
    "group",
    "global",
    "world",
    "site",
    "shop",
    "company",
    "agency",
    "ngo",
    "law",
    "hospital",
];

/// Endings that look like a country and are files.
const FILE_ENDINGS: &[&str] = &["md", "py", "rs", "sh", "pl", "ps", "cs", "so", "js", "ts", "cc", "db", "gz"];

/// How far a line is looked at on either side of a host.
const LINE: usize = 2000;

/// Every host name and URL of the part, in the order of the text. Those that a Chinese or Japanese input method wrote
/// with full-width letters are read as what they mean.
pub fn hosts(part: &Part) -> Vec<HostMention> {
    let text = part.text();
    let mut found = scan(text);
    if text.chars().any(|c| plain_width(c).is_some_and(|plain| plain.is_ascii_alphanumeric())) {
        found.extend(wide_hosts(text));
        found.sort_by_key(|name| name.place.start);
    }
    let mention = |name: Name| {
        // An archive may be one line of many megabytes: what stands further away says nothing about the host.
        let from = text.floor_char_boundary(name.place.start.saturating_sub(LINE));
        let to = text.ceil_char_boundary((name.place.end + LINE).min(text.len()));
        let head = text.get(from..name.place.start).unwrap_or("");
        let tail = text.get(name.place.end..to).unwrap_or("");
        let start = from + head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = name.place.end + tail.find(['\n', '\r']).unwrap_or(tail.len());
        let told = told(text.get(start..end).unwrap_or(""), name.place.start - start);
        HostMention { host: name.host, port: name.port, span: part.span(name.place), line: part.span(start..end), told }
    };
    found.into_iter().map(mention).collect()
}

/// A host name in a text.
struct Name {
    host: String,
    port: Option<u16>,
    place: Range<usize>,
}

/// The ASCII character that a full-width one stands for.
fn plain_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3002}' | '\u{ff61}' => Some('.'),
        _ => None,
    }
}

/// The hosts in stretches that have full-width letters.
fn wide_hosts(text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    let (mut plain, mut places) = (String::new(), Vec::new());
    let mut close = |plain: &mut String, places: &mut Vec<(usize, bool)>, end: usize| {
        for name in scan(plain) {
            let inside = places.get(name.place.clone()).unwrap_or_default();
            if let Some((start, _)) = inside.first().filter(|_| inside.iter().any(|(_, wide)| *wide)) {
                let end = places.get(name.place.end).map_or(end, |(at, _)| *at);
                found.push(Name { place: *start..end, ..name });
            }
        }
        plain.clear();
        places.clear();
    };
    for (at, c) in text.char_indices() {
        match plain_width(c).map(|wide| (wide, true)).or_else(|| c.is_ascii_graphic().then_some((c, false))) {
            Some((c, wide)) => {
                plain.push(c);
                places.push((at, wide));
            }
            None => close(&mut plain, &mut places, at),
        }
    }
    close(&mut plain, &mut places, text.len());
    found
}

fn scan(text: &str) -> Vec<Name> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if !is_host_byte(first) {
            at += 1;
            continue;
        }
        let length = bytes.get(at..).unwrap_or_default().iter().take_while(|&&b| is_host_byte(b)).count();
        let end = at + length;
        found.extend(name(text, at, end));
        at = end;
    }
    found
}

fn is_host_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

fn name(text: &str, start: usize, end: usize) -> Option<Name> {
    let raw = text.get(start..end)?;
    let lead = raw.len() - raw.trim_start_matches(['.', '-', '_']).len();
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let start = start + lead;
    let name = raw.get(lead..)?.trim_end_matches(['.', '-', '_']);
    let end = start + name.len();
    // "Uri=https://host" and "(https://host" are as usual as the plain URL; the article has one "connect:/".
    let scheme = before.ends_with("://")
        || before
            .len()
            .checked_sub(9)
            .and_then(|tail| before.get(tail..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case("connect:/"));
    let port = after.strip_prefix(':').and_then(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest.get(..digits)?.parse::<u16>().ok()
    });
    // Most words of a text end here.
    if !scheme && !name.contains('.') {
        return None;
    }
    let host = name.to_ascii_lowercase();
    let wildcard = lead > 0 && before.ends_with('*');
    let stands_alone = !before.ends_with(['@', '\\', '$', '%', '#']);
    let in_path = before.ends_with('/') && !before.ends_with("//") && !before.ends_with("/ /");
    let in_element = before.ends_with('<') || before.ends_with("</");
    if name.is_empty()
        || name.len() > 253
        || name.split('.').any(|label| label.is_empty() || label.len() > 63)
        || (!scheme && (!stands_alone || in_path || in_element || after.starts_with(['@', '\\', '('])))
        || !(scheme || is_public_name(name, port.is_some()))
    {
        return None;
    }
    let span_start = if wildcard { start - lead - 1 } else { start };
    Some(Name { host, port, place: span_start..end })
}

/// Whether a dotted word without a scheme is a host name rather than a file, a type or a version.
fn is_public_name(name: &str, has_port: bool) -> bool {
    let Some((head, last)) = name.rsplit_once('.') else {
        return false;
    };
    let ending = last.to_ascii_lowercase();
    let is_country = ending.len() == 2 && ending.bytes().all(|b| b.is_ascii_lowercase());
    let is_file = FILE_ENDINGS.contains(&ending.as_str()) && !has_port;
    // .NET's own names are written with capitals: System.Net, Microsoft.NET, ASP.NET. Hosts in capitals are capitals throughout.
    let is_type = ending == "net"
        && ((last == "NET" && head.contains(|c: char| c.is_ascii_lowercase()))
            || matches!(head.to_ascii_lowercase().as_str(), "system" | "asp" | "ado" | "microsoft"));
    let is_mixed_type = last.starts_with(|c: char| c.is_ascii_uppercase())
        && last.contains(|c: char| c.is_ascii_lowercase())
        && head.starts_with(|c: char| c.is_ascii_uppercase());
    let has_letters = head.contains(|c: char| c.is_ascii_alphabetic());
    let clean = name.split('.').all(|label| !label.contains('_') && !label.starts_with('-') && !label.ends_with('-'));
    has_letters && clean && !is_file && !is_type && !is_mixed_type && (DOMAINS.contains(&ending.as_str()) || is_country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, Option<u16>)> {
        let source = Source::decode("a", text.as_bytes());
        let part = Part::whole(&source);
        for mention in hosts(&part) {
            assert!(text.get(mention.span.start..mention.span.end).is_some());
        }
        hosts(&part).into_iter().map(|mention| (mention.host, mention.port)).collect()
    }

    #[test]
    fn hosts_are_found_in_urls_in_capitals_behind_chinese_and_with_a_port() {
        for (text, host, port) in [
            ("STS endpoint: HTTPS://LOGIN.MICROSOFTONLINE.COM/COMMON)", "login.microsoftonline.com", None),
            ("日志里login.partner.microsoftonline.cn:443是 200", "login.partner.microsoftonline.cn", Some(443)),
            ("connect:/login.partner.microsoftonline.cn:443 |", "login.partner.microsoftonline.cn", Some(443)),
            ("proxy http://fabrikamproxy:8080/ is set", "fabrikamproxy", Some(8080)),
            ("open *.nsatc.net as well", "nsatc.net", None),
            ("Uri=https://graph.microsoft.us.", "graph.microsoft.us", None),
            (
                "地址是ｈｔｔｐｓ：／／ｌｏｇｉｎ．microsoftonline。com：４４３／ 对吗",
                "login.microsoftonline.com",
                Some(443),
            ),
            ("打不开ｇｒａｐｈ．ｍｉｃｒｏｓｏｆｔ．ｃｏｍ", "graph.microsoft.com", None),
        ] {
            assert_eq!(read(text), [(host.to_owned(), port)], "{text}");
        }
    }

    #[test]
    fn files_types_versions_and_mail_addresses_are_no_hosts() {
        for text in [
            "machine.config",
            "trace-2026.log",
            "miiserver.exe.config",
            "System.Net.WebException: x",
            "<system.net>",
            "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319",
            "2.5.190.0",
            "admin@contoso.onmicrosoft.com",
            "ASP.NET",
            "readme.md",
            "AdalLoggerBase.cs: x",
            "at FCM.Net.Sender.d__8.MoveNext()",
            "e.g. this",
            "10.8.0.20:8080",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
