//! Where a request went: URLs and host names as logs write them.

/// A URL or `host:port`, cut apart. Empty means that the text does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target<'a> {
    /// `https`, `connect`, `tunnel`, …, as written.
    pub scheme: &'a str,
    /// Name or address, without user, port, brackets and trailing dot.
    pub host: &'a str,
    /// The port, where one is written.
    pub port: Option<u16>,
    /// From the first slash after the host.
    pub path: &'a str,
}

impl Target<'_> {
    /// The port that is written, or that the scheme means.
    pub fn port_or_default(&self) -> Option<u16> {
        self.port.or(match self.scheme {
            s if s.eq_ignore_ascii_case("https") => Some(443),
            s if s.eq_ignore_ascii_case("http") => Some(80),
            _ => None,
        })
    }
}

/// Cuts `https://host:443/path`, `tunnel://host:443/`, `host:443`, `host/path`, `[::1]:443`. A text that begins
/// with a slash is a path. Escaped slashes (`https:\/\/`), as JSON writes them, count as slashes.
pub fn split(text: &str) -> Target<'_> {
    let text = text.trim();
    // A mail program that makes plain text writes a link behind its words: "host:443<http://host:443>".
    let text = text.find('<').filter(|at| *at > 0).and_then(|at| text.get(..at)).unwrap_or(text);
    let slash = |c: char| c == '/' || c == '\\';
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest))
            if rest.starts_with(slash)
                && !scheme.is_empty()
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+') =>
        {
            (scheme, rest.trim_start_matches(slash))
        }
        _ if text.starts_with("//") => ("", text.trim_start_matches('/')),
        _ => ("", text),
    };
    let end = rest.find(|c: char| matches!(c, '/' | '\\' | '?' | '#') || c.is_whitespace()).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => match v6.split_once(']') {
            Some((host, port)) => (host, port.strip_prefix(':').unwrap_or("")),
            None => (v6, ""),
        },
        None => match authority.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') => (host, port),
            _ => (authority, ""),
        },
    };
    Target { scheme, host: host.trim_end_matches('.'), port: port.parse().ok(), path }
}

/// Whether a text can be the name of a host on the internet: labels with at least one dot, and no file name.
pub fn is_host_name(text: &str) -> bool {
    let mut labels = 0;
    let mut last = "";
    for label in text.split('.') {
        if label.is_empty()
            || label.len() > 63
            || !label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2 && text.len() <= 253 && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic())
        || is_punycode_name(last, labels)
}

fn is_punycode_name(last: &str, labels: usize) -> bool {
    labels >= 2 && last.starts_with("xn--")
}

/// Whether a text is an IPv4 or IPv6 address. Addresses that someone masked with letters (`10.x.x.5`) count.
pub fn is_address(text: &str) -> bool {
    if text.contains(':') {
        let colons = text.bytes().filter(|b| *b == b':').count();
        return (text.contains("::") || colons >= 6)
            && text.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    }
    let mut parts = 0;
    for part in text.split('.') {
        let number = part.len() <= 3 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let masked = !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| matches!(b, b'x' | b'X' | b'*'));
        if !number && !masked {
            return false;
        }
        parts += 1;
    }
    parts == 4
}

/// A word that ends like a host name and is the name of a file or of a .NET type.
pub fn is_file_like(text: &str) -> bool {
    const ENDINGS: [&str; 28] = [
        "exe", "dll", "config", "log", "txt", "xml", "json", "html", "htm", "ps1", "cs", "csv", "js", "css", "png",
        "gif", "zip", "msi", "svc", "aspx", "asmx", "php", "md", "reg", "pac", "dat", "cab", "crl",
    ];
    let last = text.rsplit('.').next().unwrap_or("");
    ENDINGS.iter().any(|ending| last.eq_ignore_ascii_case(ending))
        || last.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
            && last.bytes().skip(1).any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> (&str, &str, Option<u16>, &str) {
        let target = split(text);
        (target.scheme, target.host, target.port, target.path)
    }

    #[test]
    fn the_host_is_found_in_every_spelling_of_a_tunnel() {
        let host = "login.microsoftonline.com";
        for text in [
            "login.microsoftonline.com:443",
            "connect://login.microsoftonline.com:443",
            "connect:/login.microsoftonline.com:443",
            "tunnel://login.microsoftonline.com:443/",
            "https://login.microsoftonline.com:443",
            "https:\\/\\/login.microsoftonline.com:443\\/common",
            "ssl://login.microsoftonline.com:443/",
            "tcp://user:secret@login.microsoftonline.com.:443/",
        ] {
            assert_eq!(split(text).host, host, "{text}");
            assert_eq!(split(text).port, Some(443), "{text}");
        }
    }

    #[test]
    fn paths_addresses_and_missing_ports() {
        assert_eq!(
            cut("http://crl.microsoft.com/pki/crl/x.crl?a=b:1"),
            ("http", "crl.microsoft.com", None, "/pki/crl/x.crl?a=b:1")
        );
        assert_eq!(split("http://crl.microsoft.com/").port_or_default(), Some(80));
        assert_eq!(cut("/scripts/file.js"), ("", "", None, "/scripts/file.js"));
        assert_eq!(cut("[2001:db8::1]:443"), ("", "2001:db8::1", Some(443), ""));
        assert_eq!(cut("host.example:99999"), ("", "host.example", None, ""));
    }

    #[test]
    fn names_addresses_and_files_are_told_apart() {
        assert!(is_host_name("adminwebservice.partner.microsoftonline.cn"));
        assert!(
            !is_host_name("HOST-013")
                && !is_host_name("10.1.1.1")
                && !is_host_name("a..b")
                && !is_host_name("hostname@group.corp")
        );
        assert!(
            is_address("10.1.1.1")
                && is_address("2001:db8::1")
                && is_address("192.0.2.x")
                && !is_address("12:30:45.x")
                && !is_address("1.2.3")
        );
        assert!(is_file_like("machine.config") && is_file_like("System.Net") && !is_file_like("login.windows.net"));
    }
}
