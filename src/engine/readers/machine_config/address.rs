//! What `proxyaddress` means to .NET, value by value.

use crate::characters::{is_curly_quote, is_invisible};

/// A proxy address, taken apart as `System.Uri` takes it apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Lower case, without user name, port and path. Empty where .NET finds none.
    pub host: String,
    /// The port that is used: the written one, or 80.
    pub port: u16,
    /// What is wrong with it, worst first.
    pub issues: Vec<Issue>,
}

/// One thing about an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Issue {
    /// .NET refuses the whole section; the text is what it prints behind "The error is:".
    Refused(&'static str),
    /// The section loads and every request fails: this is no scheme of a proxy. The scheme, lower case.
    Scheme(String),
    /// The same, because the scheme is missing and the host name stands where it should stand.
    NoScheme(String),
    /// A host name that cannot exist, such as a placeholder that was left in.
    Placeholder,
    /// A character that cannot be seen stands in the address.
    Invisible,
    /// A typographic quotation mark stands in the address.
    CurlyQuote,
    /// The server itself: a debugging proxy left behind.
    Loopback,
    /// The address of a proxy script, used as the address of a proxy.
    Script,
    /// A user name or a password, which .NET does not send.
    Credentials,
    /// No port is written, so that port 80 is used.
    NoPort,
    /// Backslashes in place of slashes; .NET puts up with them.
    Backslashes,
}

impl Address {
    /// Whether .NET refuses the section because of this address.
    pub fn refused(&self) -> Option<&'static str> {
        self.issues.iter().find_map(|issue| match issue {
            Issue::Refused(text) => Some(*text),
            _ => None,
        })
    }

    /// The scheme, lower case, for which .NET fails every request; the host name where a scheme is missing.
    pub fn scheme_of_no_proxy(&self) -> Option<&str> {
        self.issues.iter().find_map(|issue| match issue {
            Issue::Scheme(scheme) | Issue::NoScheme(scheme) => Some(scheme.as_str()),
            _ => None,
        })
    }

    /// Whether no request can pass with this address.
    pub fn unusable(&self) -> bool {
        let broken = |issue: &Issue| {
            matches!(
                issue,
                Issue::Refused(_)
                    | Issue::Scheme(_)
                    | Issue::NoScheme(_)
                    | Issue::Placeholder
                    | Issue::Invisible
                    | Issue::CurlyQuote
            )
        };
        self.issues.iter().any(broken)
    }
}

const NO_FORMAT: &str = "Invalid URI: The format of the URI could not be determined.";
const BAD_SCHEME: &str = "Invalid URI: The URI scheme is not valid.";
const BAD_PORT: &str = "Invalid URI: Invalid port specified.";
const BAD_HOST: &str = "Invalid URI: The hostname could not be parsed.";
const EMPTY: &str = "Invalid URI: The URI is empty.";
const TOO_LONG: &str = "Invalid URI: The Uri string is too long.";
const SCHEME_TOO_LONG: &str = "Invalid URI: The Uri scheme is too long.";
/// From so many characters on .NET refuses an address, and a scheme from so many.
const LONGEST: usize = 65_520;
const LONGEST_SCHEME: usize = 1024;

/// White space that .NET takes off an address; a no-break space is none.
const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// An address for the eyes of others: a user name and a password in it are a secret.
pub fn shown(value: &str) -> String {
    let value = &short(value.trim_matches(BLANK));
    let start = value.find("//").map_or(0, |at| at + 2);
    // Without the two slashes a scheme is not to be told from a user name.
    let Some(at) = value.rfind('@').filter(|at| *at >= start) else { return value.to_owned() };
    format!("{}***{}", value.get(..start).unwrap_or(""), value.get(at..).unwrap_or(""))
}

/// A value for a sentence: nobody needs more of a long one.
pub fn short(value: &str) -> String {
    match value.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or("")),
        None => value.to_owned(),
    }
}

/// What .NET prints behind "The error is:" about a script location; `None` when it takes it.
pub fn script_refused(value: &str) -> Option<&'static str> {
    let value = value.trim_matches(BLANK);
    if value.is_empty() {
        return Some(EMPTY);
    }
    let bytes = value.as_bytes();
    let is_share = value.starts_with("\\\\");
    let is_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && matches!(bytes.get(1..3), Some(b":\\" | b":/"));
    if is_share || is_drive {
        // A path is turned into a file URL.
        return None;
    }
    let Some((scheme, rest)) = value.split_once(':') else { return Some(NO_FORMAT) };
    if !scheme_is_legal(scheme) {
        return Some(if scheme.is_empty() { NO_FORMAT } else { BAD_SCHEME });
    }
    let needs_host = ["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if !needs_host {
        return None;
    }
    let rest = rest.replace('\\', "/");
    let Some(authority) = rest.strip_prefix("//") else { return Some(NO_FORMAT) };
    let authority = authority.split(['/', '?', '#']).next().unwrap_or("");
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let (host, port) = split_port(place);
    match port {
        _ if !host_is_legal(host) => Some(BAD_HOST),
        Some(port) if !port.is_empty() && port.parse::<u16>().is_err() => Some(BAD_PORT),
        _ => None,
    }
}

/// Host and port of a proxy as other places than `proxyaddress` write it: with a scheme in front or without. The port
/// is 80 where none is written.
pub fn endpoint(written: &str) -> Option<(String, u16)> {
    let written = written.trim();
    let read = if written.contains("://") { read(written) } else { read(&format!("http://{written}")) };
    (!read.host.is_empty()).then_some((read.host, read.port))
}

fn scheme_is_legal(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Takes a value apart.
pub fn read(value: &str) -> Address {
    let value = value.trim_matches(BLANK);
    let mut address = Address { port: 80, ..Address::default() };
    // What an eye may overlook in a refused address is told with it.
    let refuse = |mut address: Address, text| {
        let hidden = [
            (value.contains(is_unseen), Issue::Invisible),
            (value.contains(is_curly_quote), Issue::CurlyQuote),
            (shown(value) != short(value), Issue::Credentials),
        ];
        address.issues.extend(hidden.into_iter().filter_map(|(there, issue)| there.then_some(issue)));
        address.issues.push(Issue::Refused(text));
        address.issues.sort();
        address.issues.dedup();
        address
    };
    if value.is_empty() {
        return refuse(address, EMPTY);
    }
    if value.len() >= LONGEST && value.chars().count() >= LONGEST {
        return refuse(address, TOO_LONG);
    }
    let Some((scheme, rest)) = value.split_once(':') else {
        return refuse(address, NO_FORMAT);
    };
    if !scheme_is_legal(scheme) {
        return refuse(address, if scheme.is_empty() { NO_FORMAT } else { BAD_SCHEME });
    }
    if scheme.len() >= LONGEST_SCHEME {
        return refuse(address, SCHEME_TOO_LONG);
    }
    let scheme = scheme.to_ascii_lowercase();
    let straight = rest.replace('\\', "/");
    if scheme == "http" && straight != rest {
        address.issues.push(Issue::Backslashes);
    }
    let Some(authority) = straight.strip_prefix("//") else {
        if scheme == "http" {
            return refuse(address, NO_FORMAT);
        }
        let user = rest.contains('@') || scheme.contains('@');
        if user {
            address.issues.push(Issue::Credentials);
        }
        let port = rest.split(['/', '?']).next().and_then(|port| port.parse().ok());
        address.port = port.unwrap_or(80);
        address.host.clone_from(&scheme);
        let known =
            matches!(scheme.as_str(), "https" | "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" | "ftp" | "file");
        address.issues.push(if known { Issue::Scheme(scheme) } else { Issue::NoScheme(scheme) });
        address.issues.sort();
        return address;
    };
    let (authority, path) = authority.split_at(authority.find(['/', '?', '#']).unwrap_or(authority.len()));
    let (user, place) = authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
    let (host, port) = split_port(place);
    address.host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    if scheme != "http" {
        address.issues.push(Issue::Scheme(scheme));
    }
    if host.contains(is_unseen) || port.is_some_and(|port| port.contains(is_unseen)) {
        address.issues.push(Issue::Invisible);
    }
    if !host_is_legal(&host.replace(is_unseen, "")) {
        return refuse(address, BAD_HOST);
    }
    match port {
        None | Some("") => address.issues.push(Issue::NoPort),
        Some(port) => match port.parse::<u16>() {
            Ok(number) if port.bytes().all(|b| b.is_ascii_digit()) => address.port = number,
            _ => return refuse(address, BAD_PORT),
        },
    }
    if is_placeholder(&address.host) {
        address.issues.push(Issue::Placeholder);
    }
    if is_loopback(&address.host) {
        address.issues.push(Issue::Loopback);
    }
    let path = path.to_ascii_lowercase();
    if [".pac", ".dat", ".js"]
        .iter()
        .any(|ending| path.split(['?', '#']).next().is_some_and(|path| path.ends_with(ending)))
    {
        address.issues.push(Issue::Script);
    }
    if user.is_some() {
        address.issues.push(Issue::Credentials);
    }
    address.issues.sort();
    address
}

/// Host and port that the author of a value most likely meant, for the block to copy: `10.0.0.5:8080`,
/// `http//proxy:8080`. The port is `None` where none can be made out.
pub fn meant(value: &str) -> Option<(String, Option<u16>)> {
    let plain: String = value.chars().filter(|c| !(c.is_whitespace() || is_unseen(*c) || is_curly_quote(*c))).collect();
    let plain = plain.replace('\\', "/");
    let schemeless = ["http:", "https:", "http/", "https/"].iter().find_map(|start| {
        let head = plain.get(..start.len())?;
        head.eq_ignore_ascii_case(start).then(|| plain.get(start.len()..).unwrap_or("").trim_start_matches([':', '/']))
    });
    let rest = match plain.split_once("//") {
        Some((_, rest)) => rest,
        None => schemeless.unwrap_or(&plain),
    };
    let authority = rest.split(['/', '?', '#', '&']).next().unwrap_or("");
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let (host, port) = split_port(place);
    if !host_is_legal(host) {
        return None;
    }
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let number = match port {
        Some(port) => port.parse().ok(),
        // This is the port that .NET takes when it accepts the address.
        None => read(value).refused().is_none().then_some(80),
    };
    (!is_placeholder(&host)).then_some((host, number))
}

/// Characters that mail and chat programs put in and nobody sees: the no-break space too, where no blank belongs.
fn is_unseen(c: char) -> bool {
    is_invisible(c) || c == '\u{a0}'
}

/// Host and port; the brackets of an IPv6 address keep its colons together.
fn split_port(place: &str) -> (&str, Option<&str>) {
    let from = place.rfind(']').map_or(0, |at| at + 1);
    match place.get(from..).and_then(|rest| rest.find(':')) {
        Some(colon) => {
            let (host, port) = place.split_at(from + colon);
            (host, port.get(1..))
        }
        None => (place, None),
    }
}

fn host_is_legal(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        return inner
            .strip_suffix(']')
            .is_some_and(|inner| inner.split('%').next().is_some_and(|ip| ip.parse::<std::net::Ipv6Addr>().is_ok()));
    }
    !host.is_empty()
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
        && !host.starts_with('.')
        && !host.contains("..")
}

/// Names that stand for a name.
fn is_placeholder(host: &str) -> bool {
    matches!(
        host,
        "proxyaddress"
            | "proxy_address"
            | "proxy-address"
            | "proxyserver"
            | "proxyname"
            | "yourproxy"
            | "your-proxy"
            | "hostname"
            | "ipaddress"
            | "address"
    ) || host.contains("placeholder")
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "::1" || host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_to_copy_gets_the_address_that_was_meant() {
        for (value, meant_as) in [
            ("http://proxy.contoso.com:8080", Some(("proxy.contoso.com", Some(8080)))),
            ("10.0.0.5:8080", Some(("10.0.0.5", Some(8080)))),
            ("http//proxy:8080", Some(("proxy", Some(8080)))),
            ("htp://proxy:8080", Some(("proxy", Some(8080)))),
            ("http:proxy:8080", Some(("proxy", Some(8080)))),
            ("http://\u{200b}proxy:8080", Some(("proxy", Some(8080)))),
            ("http://user:pw@proxy:8080/proxy.pac", Some(("proxy", Some(8080)))),
            ("http://proxy:8080&x=1", Some(("proxy", Some(8080)))),
            ("http://[fd00::5]:8080", Some(("fd00::5", Some(8080)))),
            ("http://proxy", Some(("proxy", Some(80)))),
            ("proxy", Some(("proxy", None))),
            ("http://proxy:80800", Some(("proxy", None))),
            ("http://<PROXYADDRESS>:<PROXYPORT>", None),
            ("http://proxyaddress:8080", None),
            ("", None),
        ] {
            let found = meant(value);
            assert_eq!(found.as_ref().map(|(host, port)| (host.as_str(), *port)), meant_as, "{value}");
        }
    }

    #[test]
    fn every_value_means_to_us_what_it_means_to_dotnet() {
        let scheme = |name: &str| vec![Issue::Scheme(name.to_owned())];
        let none = |name: &str| vec![Issue::NoScheme(name.to_owned())];
        let refused = |text| vec![Issue::Refused(text)];
        for (value, host, port, issues) in [
            ("http://fabrikamproxy:8080", "fabrikamproxy", 8080, vec![]),
            ("http://10.0.0.5:8080/", "10.0.0.5", 8080, vec![]),
            ("HTTP://Proxy.Contoso.COM:3128", "proxy.contoso.com", 3128, vec![]),
            ("http://[fd00::5]:8080", "fd00::5", 8080, vec![]),
            ("http://fabrikamproxy", "fabrikamproxy", 80, vec![Issue::NoPort]),
            ("https://fabrikamproxy:8080", "fabrikamproxy", 8080, scheme("https")),
            ("socks5h://p:1080", "p", 1080, scheme("socks5h")),
            ("fabrikamproxy:8080", "fabrikamproxy", 8080, none("fabrikamproxy")),
            ("proxy.contoso.com:8080", "proxy.contoso.com", 8080, none("proxy.contoso.com")),
            ("10.0.0.5:8080", "", 80, refused(BAD_SCHEME)),
            ("proxy_1:8080", "", 80, refused(BAD_SCHEME)),
            ("fabrikamproxy", "", 80, refused(NO_FORMAT)),
            ("", "", 80, refused(EMPTY)),
            ("http://proxy:80 80", "proxy", 80, refused(BAD_PORT)),
            ("http://proxy:808O", "proxy", 80, refused(BAD_PORT)),
            ("http://proxy:80800", "proxy", 80, refused(BAD_PORT)),
            ("http://pro xy:8080", "pro xy", 80, refused(BAD_HOST)),
            ("http://:8080", "", 80, refused(BAD_HOST)),
            ("http://[PROXYADDRESS]:8080", "proxyaddress", 80, refused(BAD_HOST)),
            ("http://user:pw@proxy:8080", "proxy", 8080, vec![Issue::Credentials]),
            ("http:\\\\proxy:8080", "proxy", 8080, vec![Issue::Backslashes]),
            ("http://127.0.0.1:8888", "127.0.0.1", 8888, vec![Issue::Loopback]),
            ("http://proxy:8080/proxy.pac", "proxy", 8080, vec![Issue::Script]),
        ] {
            let address = read(value);
            assert_eq!((address.host.as_str(), address.port, &address.issues), (host, port, &issues), "{value}");
        }
    }
}
