//! One entry of a list: what it covers.

use super::Product;
use regex_lite::{Regex, RegexBuilder};

/// What an entry covers. Names are lower case, without a trailing dot.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Every host.
    Everything,
    /// One name.
    Name(String),
    /// Any number of labels below a name, not the name itself.
    Below(String),
    /// Exactly one label below a name.
    OneBelow(String),
    /// A name and everything below it.
    NameAndBelow(String),
    /// A text with stars in other places; a star stands for any characters.
    Glob(String),
    /// A regular expression, looked for anywhere in what the product compares; `None` when it cannot be read.
    Regex(Option<Regex>),
    /// An address or range of addresses: says nothing about names.
    Address,
    /// A wildcard that this product does not know: covers nothing.
    Dead(String),
}

/// Whether an entry covers a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The product decides, and is not known well enough.
    Unsure,
    /// It covers the names below, and the host is the name itself.
    ApexMissed,
    /// It covers the name above, and the host stands below it.
    SubdomainsMissed,
    /// It names one host of a family whose names vary.
    FixedRegion,
    /// It would, if the product knew this wildcard.
    Dead,
}

/// The ending of names that are files and not hosts.
const FILE_ENDINGS: &[&str] = &[
    "asp", "aspx", "bat", "cmd", "conf", "config", "css", "csv", "dat", "dll", "doc", "docx", "etl", "evtx", "exe",
    "gif", "gz", "html", "htm", "ico", "ini", "jpg", "js", "json", "log", "md", "msi", "png", "ps1", "svc", "svg",
    "txt", "xls", "xlsx", "xml", "yaml", "yml", "zip",
];

/// Reads one entry: `*.example.com`, `.example.com`, `https://example.com:443/path`, `10.0.0.0/8`. `None` when the
/// text is no such thing.
pub fn parse(text: &str, product: Product) -> Option<(Shape, Vec<u16>)> {
    let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
    if !["", "http", "https", "*"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    if is_address(rest) {
        return Some((Shape::Address, Vec::new()));
    }
    let (authority, path) = rest.split_once('/').map_or((rest, ""), |(authority, path)| (authority, path));
    if path.contains(['\\', '(', '[', '{', '|']) {
        return None;
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, "*")) => (host, None),
        Some((host, port)) => (host, Some(port.parse::<u16>().ok()?)),
        None => (authority, None),
    };
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    Some((shape(&host, product)?, port.into_iter().collect()))
}

/// A regular expression as Squid writes it. Unreadable ones give a shape that decides nothing.
pub fn regex(text: &str, ignore_case: bool) -> Shape {
    let built = RegexBuilder::new(text).case_insensitive(ignore_case).nest_limit(64).size_limit(1 << 18).build();
    Shape::Regex(built.ok())
}

/// Whether the entry covers the host. `host` is lower case and may be a family (`*-anchor.example.com`).
pub fn covers(shape: &Shape, product: Product, host: &str) -> Covers {
    match shape {
        Shape::Everything => Covers::Yes,
        Shape::Name(name) if name == host => Covers::Yes,
        Shape::Name(name) if host.contains('*') && crate::endpoints::host_matches(host, name) => Covers::FixedRegion,
        Shape::Name(name) if below(name, host) => match product {
            Product::Unknown => Covers::Unsure,
            _ => Covers::SubdomainsMissed,
        },
        Shape::Below(zone) if below(zone, host) => Covers::Yes,
        Shape::Below(zone) | Shape::OneBelow(zone) if zone == host => Covers::ApexMissed,
        Shape::OneBelow(zone) if below(zone, host) => match host.strip_suffix(zone.as_str()) {
            Some(rest) if rest.matches('.').count() == 1 => Covers::Yes,
            _ => Covers::SubdomainsMissed,
        },
        Shape::NameAndBelow(zone) if zone == host || below(zone, host) => Covers::Yes,
        Shape::Glob(glob) if probes(host).iter().any(|probe| glob_matches(glob, probe)) => match product {
            // A star inside a label: not documented for lists of these products.
            Product::PaloAlto | Product::AzureFirewall => Covers::Unsure,
            _ => Covers::Yes,
        },
        Shape::Regex(None) => Covers::Unsure,
        Shape::Regex(Some(expression)) => {
            let tested = probes(host).iter().any(|probe| {
                [format!("{probe}:443"), format!("http://{probe}/"), probe.clone()]
                    .iter()
                    .any(|text| expression.is_match(text))
            });
            if tested { Covers::Yes } else { Covers::No }
        }
        Shape::Dead(text) => {
            let zone = text.trim_start_matches(['*', '.']);
            if zone == host || below(zone, host) { Covers::Dead } else { Covers::No }
        }
        _ => Covers::No,
    }
}

/// The name behind the wildcard, for comparisons of spelling.
pub fn literal(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Name(name) | Shape::Below(name) | Shape::OneBelow(name) | Shape::NameAndBelow(name) => Some(name),
        Shape::Dead(text) => Some(text.trim_start_matches(['*', '.'])),
        _ => None,
    }
}

/// Whether `host` stands below `zone`.
pub fn below(zone: &str, host: &str) -> bool {
    host.strip_suffix(zone).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| !rest.is_empty())
}

fn shape(host: &str, product: Product) -> Option<Shape> {
    if matches!(host, "*" | "*.*") {
        return Some(Shape::Everything);
    }
    let valid =
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'*' | b'^'));
    if !valid {
        return None;
    }
    if let Some(zone) = host.strip_prefix("*.").or_else(|| host.strip_prefix("**.")).filter(|zone| is_name(zone)) {
        let dead = matches!(product, Product::Squid | Product::Umbrella);
        return Some(if dead { Shape::Dead(host.to_owned()) } else { Shape::Below(zone.to_owned()) });
    }
    if let Some(zone) = host.strip_prefix("^.").filter(|zone| is_name(zone)) {
        return Some(Shape::OneBelow(zone.to_owned()));
    }
    if let Some(zone) = host.strip_prefix('.').filter(|zone| is_name(zone)) {
        return Some(Shape::NameAndBelow(zone.to_owned()));
    }
    if host.contains('*') && !host.contains('^') {
        let plain = host.replace('*', "x");
        let dead = matches!(product, Product::Squid | Product::Umbrella);
        return is_name(&plain).then(|| if dead { Shape::Dead(host.to_owned()) } else { Shape::Glob(host.to_owned()) });
    }
    is_name(host).then(|| match product {
        Product::Umbrella => Shape::NameAndBelow(host.to_owned()),
        _ => Shape::Name(host.to_owned()),
    })
}

/// Whether the text can be the name of a host: at least two labels, the last one of letters and no file ending.
fn is_name(text: &str) -> bool {
    let Some((front, last)) = text.rsplit_once('.') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let top = (last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())) || last.starts_with("xn--");
    top && text.len() <= 253 && front.split('.').all(label) && !FILE_ENDINGS.contains(&last)
}

fn is_address(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, "0"), |(address, length)| (address, length));
    let (first, last) = address.split_once('-').unwrap_or((address, address));
    length.parse::<u8>().is_ok() && [first, last].iter().all(|end| end.parse::<std::net::IpAddr>().is_ok())
}

/// Hosts to try for one that may be a family: a name seen in logs, and one that nobody has seen.
fn probes(host: &str) -> Vec<String> {
    if host.contains('*') {
        vec![host.replace('*', "bba900"), host.replace('*', "x7q2")]
    } else {
        vec![host.to_owned()]
    }
}

/// A star stands for any characters, none included. Taking the first place where each piece fits is enough, and
/// no place is looked at twice.
fn glob_matches(glob: &str, text: &str) -> bool {
    let mut pieces = glob.split('*');
    let Some(mut rest) = pieces.next().and_then(|head| text.strip_prefix(head)) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(tail) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or("");
    }
    rest.ends_with(tail)
}
