//! One entry of a list: what it covers.

use super::product::{Meaning, Product};
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
    Regex(Option<Regex>, Subject),
    /// An address or range of addresses: says nothing about names.
    Address,
    /// A name as `FortiGate`'s type simple reads it: the names below it as well, except in proxy mode of older
    /// versions.
    Simple(String),
    /// A tag, a category or a definition whose hosts stand somewhere else.
    Set,
    /// A wildcard that this product does not know: covers nothing.
    Dead(String),
}

/// What a regular expression is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The name of the host.
    Host,
    /// What the proxy sees of the request: `host:443` of an encrypted one, otherwise the whole address.
    Request,
    /// Host and path, without the scheme.
    Address,
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

/// A regular expression. Unreadable ones give a shape that decides nothing.
pub fn regex(text: &str, ignore_case: bool, about: Subject) -> Shape {
    let built = RegexBuilder::new(text).case_insensitive(ignore_case).nest_limit(64).size_limit(1 << 18).build();
    Shape::Regex(built.ok(), about)
}

/// Whether the entry covers the host. `host` is lower case and may be a family (`*-anchor.example.com`).
pub fn covers(shape: &Shape, product: Product, host: &str, port: u16) -> Covers {
    match shape {
        Shape::Everything => Covers::Yes,
        Shape::Name(name) if name == host => Covers::Yes,
        Shape::Name(name) if host.contains('*') && crate::endpoints::host_matches(host, name) => Covers::FixedRegion,
        Shape::Name(name) if below(name, host) => match product {
            Product::Plain | Product::Csv => Covers::Unsure,
            _ => Covers::SubdomainsMissed,
        },
        Shape::Simple(name) if name == host => Covers::Yes,
        Shape::Simple(name) if host.contains('*') && crate::endpoints::host_matches(host, name) => Covers::FixedRegion,
        Shape::Simple(name) if below(name, host) => Covers::Unsure,
        Shape::Below(zone) if below(zone, host) => Covers::Yes,
        Shape::Below(zone) | Shape::OneBelow(zone) if zone == host => Covers::ApexMissed,
        Shape::OneBelow(zone) if below(zone, host) => match host.strip_suffix(zone.as_str()) {
            Some(rest) if rest.matches('.').count() == 1 => Covers::Yes,
            _ => Covers::SubdomainsMissed,
        },
        Shape::NameAndBelow(zone) if zone == host || below(zone, host) => Covers::Yes,
        Shape::Glob(glob) if probes(host).iter().all(|probe| glob_matches(glob, probe)) => match product {
            // A star inside a name: not documented for lists of this product, except as the first character.
            Product::AzureFirewall if glob.rfind('*') != Some(0) => Covers::Unsure,
            Product::PaloAlto => Covers::Unsure,
            _ => Covers::Yes,
        },
        // `*.example.com*` and the like: all but the name itself.
        Shape::Glob(glob) if glob.strip_prefix("*.").is_some_and(|rest| glob_matches(rest, host)) => Covers::ApexMissed,
        Shape::Regex(None, _) | Shape::Set => Covers::Unsure,
        Shape::Regex(Some(expression), about) => {
            let all =
                |text: &dyn Fn(&str) -> String| probes(host).iter().all(|probe| expression.is_match(&text(probe)));
            let found = match about {
                Subject::Host => all(&str::to_owned),
                Subject::Address => all(&|host| format!("{host}/")) || all(&str::to_owned),
                Subject::Request if port == 80 => all(&|host| format!("http://{host}/")),
                Subject::Request => all(&|host| format!("{host}:{port}")),
            };
            if found {
                Covers::Yes
            } else if *about == Subject::Request && port != 80 && all(&|host| format!("https://{host}/")) {
                Covers::Dead
            } else {
                Covers::No
            }
        }
        Shape::Dead(text) => {
            let zone = text.trim_start_matches(['*', '.', '^']);
            let starred = zone.contains('*') && probes(host).iter().all(|probe| glob_matches(text, probe));
            if zone == host || below(zone, host) || starred { Covers::Dead } else { Covers::No }
        }
        _ => Covers::No,
    }
}

/// The name behind the wildcard, for comparisons of spelling.
pub fn literal(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Name(name)
        | Shape::Simple(name)
        | Shape::Below(name)
        | Shape::OneBelow(name)
        | Shape::NameAndBelow(name) => Some(name),
        Shape::Dead(text) => Some(text.trim_start_matches(['*', '.', '^'])),
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
    let as_meant = |meaning: Meaning, zone: &str| match meaning {
        Meaning::NameAndBelow => Shape::NameAndBelow(zone.to_owned()),
        Meaning::Below => Shape::Below(zone.to_owned()),
        Meaning::NameOnly => Shape::Name(zone.to_owned()),
        Meaning::Nothing => Shape::Dead(host.to_owned()),
    };
    if let Some(zone) = host.strip_prefix("*.").or_else(|| host.strip_prefix("**.")).filter(|zone| is_name(zone)) {
        return Some(as_meant(product.starred(), zone));
    }
    if let Some(zone) = host.strip_prefix("^.").filter(|zone| is_name(zone)) {
        let known = matches!(product, Product::PaloAlto | Product::Plain | Product::Csv);
        return Some(if known { Shape::OneBelow(zone.to_owned()) } else { Shape::Dead(host.to_owned()) });
    }
    if let Some(zone) = host.strip_prefix('.').filter(|zone| is_name(zone)) {
        return Some(as_meant(product.dotted(), zone));
    }
    if host.contains('*') && !host.contains('^') {
        let plain = host.replace('*', "x");
        let dead = product.starred() == Meaning::Nothing || (product == Product::PaloAlto && !is_whole_tokens(host));
        return is_name(plain.trim_start_matches('.'))
            .then(|| if dead { Shape::Dead(host.to_owned()) } else { Shape::Glob(host.to_owned()) });
    }
    is_name(host).then(|| as_meant(product.bare(), host))
}

/// Whether each star is a whole label, as Palo Alto asks for.
fn is_whole_tokens(host: &str) -> bool {
    host.split('.').all(|label| label == "*" || !label.contains('*'))
}

/// Whether the text can be the name of a host: at least two labels, the last one of letters and no file ending.
pub(super) fn is_name(text: &str) -> bool {
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
pub(super) fn probes(host: &str) -> Vec<String> {
    if host.contains('*') {
        vec![host.replace('*', "bba900"), host.replace('*', "x7q2")]
    } else {
        vec![host.to_owned()]
    }
}

/// A star stands for any characters, none included. Taking the first place where each piece fits is enough, and
/// no place is looked at twice.
pub(super) fn glob_matches(glob: &str, text: &str) -> bool {
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
