//! Bypass lists in plain words, as Internet Options and people write them, and the regular expressions that .NET takes.
//! .NET compares an entry with `scheme://host` and, where it is not the usual one of the scheme, `:port`. Source:
//! microsoft/referencesource WebProxy.cs, `IsMatchInBypassList`.

/// An entry in plain words, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular expression over `scheme://host[:port]`.
    Pattern(String),
    /// Names without a dot, and hosts of the server's own domain: `bypassonlocal`.
    Local,
}

/// Reads an entry as Internet Options and people write it: `*.contoso.com`, `10.*`, `intranet`, `192.168.0.0/16`,
/// `<local>`.
///
/// # Errors
///
/// A sentence for the one who typed it, where the entry cannot be meant.
pub fn from_words(words: &str) -> Result<Entry, String> {
    let entry = words.trim().trim_matches(['"', '\'']);
    if entry.eq_ignore_ascii_case("<local>") || entry.eq_ignore_ascii_case("local") {
        return Ok(Entry::Local);
    }
    let plain = entry.split_once("://").map_or(entry, |(_, rest)| rest);
    let plain = plain.trim_end_matches('/');
    if plain.is_empty() {
        return Err("Write a host, such as *.contoso.com, or addresses, such as 10.*.".to_owned());
    }
    if let Some((address, bits)) = plain.split_once('/') {
        return network(address, bits);
    }
    let (host, port) = match plain.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => (host, format!(":{port}")),
        Some(_) => return Err(format!("\"{entry}\" is no host: behind a colon stands a port, as in intranet:8443.")),
        None => (plain, "(:\\d+)?".to_owned()),
    };
    if host.chars().all(|c| matches!(c, '*' | '.' | '?')) {
        return Err(format!("\"{entry}\" stands for every host: nothing would go through the proxy any more."));
    }
    if let Some(c) = host.chars().find(|&c| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*'))) {
        let said = if "\\^$[]()+|{}?".contains(c) {
            format!("\"{entry}\" looks like a regular expression. Write it in plain words, such as *.contoso.com.")
        } else {
            format!("\"{c}\" does not belong in a host name.")
        };
        return Err(said);
    }
    let host = host.strip_prefix('.').map_or_else(|| host.to_owned(), |rest| format!("*.{rest}"));
    // `10.*` means every address that begins like this.
    let is_network = host.strip_suffix(".*").is_some_and(|head| head.split('.').all(|part| part.parse::<u8>().is_ok()));
    let mut pattern = String::new();
    for c in host.chars() {
        match c {
            '*' if is_network => pattern.push_str("[\\d.]+"),
            '*' => pattern.push_str("[^/:]*"),
            '.' => pattern.push_str("\\."),
            c => pattern.push(c),
        }
    }
    Ok(Entry::Pattern(format!("^https?://{pattern}{port}$")))
}

/// A network such as `10.0.0.0/8`, where its mask ends with a number of the address.
fn network(address: &str, bits: &str) -> Result<Entry, String> {
    let parts: Vec<&str> = address.split('.').filter(|part| !part.is_empty()).collect();
    let known = parts.len() <= 4 && !parts.is_empty() && parts.iter().all(|part| part.parse::<u8>().is_ok());
    let kept = match bits {
        "8" => 1,
        "16" => 2,
        "24" => 3,
        "32" => 4,
        _ => 0,
    };
    if !known {
        return Err(format!("\"{address}/{bits}\" is no network. Write a host name without a path."));
    }
    let Some(head) = parts.get(..kept).filter(|head| !head.is_empty()) else {
        return Err(format!(
            "The list takes no masks other than /8, /16, /24 and /32. Write {address}/{bits} as several entries, such as 172.16.*."
        ));
    };
    let rest = if kept == 4 { String::new() } else { "\\.[\\d.]+".to_owned() };
    Ok(Entry::Pattern(format!("^https?://{}{rest}(:\\d+)?$", head.join("\\."))))
}

/// The expression for one entry or several, as Internet Options separate them. `None` where one of them cannot be
/// meant, or stands for every host.
pub fn meant(list: &str) -> Option<String> {
    let one = |entry: &str| match from_words(entry).or_else(|_| from_words(without_path(entry))).ok()? {
        Entry::Pattern(pattern) => Some(pattern),
        Entry::Local => Some("^https?://[^/.:]+(:\\d+)?$".to_owned()),
    };
    let entries = list.split([';', ',', ' ']).filter(|entry| !entry.is_empty());
    let each: Vec<String> = entries.map(one).collect::<Option<_>>()?;
    (!each.is_empty()).then(|| each.join("|"))
}

/// The expression for a host, or for a domain with all its hosts: a name that somebody wrote without any anchor.
pub fn of_name(name: &str) -> Option<String> {
    let host = without_path(name);
    let is_domain = host.contains('.') && !host.starts_with('.') && !host.contains(':');
    if !is_domain || host.parse::<std::net::Ipv4Addr>().is_ok() {
        return meant(host);
    }
    Some(format!("^https?://([^/:]*\\.)?{}(:\\d+)?$", host.replace('.', "\\.")))
}

/// The host of a URL, with its port.
fn without_path(entry: &str) -> &str {
    let rest = entry.split_once("://").map_or(entry, |(_, rest)| rest);
    rest.split('/').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::bypass::first_match;
    use super::*;

    fn matches(words: &str, url: &str) -> bool {
        let Ok(Entry::Pattern(pattern)) = from_words(words) else { return false };
        first_match(&pattern, [url]).is_some()
    }

    #[test]
    fn an_entry_in_plain_words_matches_what_its_author_means_and_no_more() {
        for (words, yes, no) in [
            ("*.contoso.com", "https://fs.contoso.com", "https://fs.contoso.com.evil.example"),
            ("*.contoso.com", "https://a.b.contoso.com:8443", "https://contoso.com"),
            (".contoso.com", "http://fs.contoso.com", "https://fscontoso.com"),
            ("contoso.com", "https://contoso.com", "https://www.contoso.com"),
            ("10.*", "http://10.1.2.3", "https://host10.example.net"),
            ("192.168.0.0/16", "https://192.168.7.9:444", "https://192.169.0.1"),
            ("intranet", "http://intranet", "https://intranet.contoso.com"),
            ("https://fs.contoso.com:8443/", "https://fs.contoso.com:8443", "https://fs.contoso.com"),
            ("*portal.contoso.com", "https://my-portal.contoso.com", "https://portal.contoso.net"),
        ] {
            assert!(matches(words, yes), "{words} {yes}");
            assert!(!matches(words, no), "{words} {no}");
        }
        assert_eq!(from_words(" <local> "), Ok(Entry::Local));
    }

    #[test]
    fn what_cannot_be_meant_gets_an_answer() {
        for (words, said) in [
            ("", "Write a host"),
            ("*", "every host"),
            ("[a-z]+\\.contoso\\.com$", "regular expression"),
            ("10.0.0.0/12", "no masks"),
            ("fs.contoso.com/adfs", "without a path"),
            ("a b", "does not belong"),
        ] {
            assert!(from_words(words).is_err_and(|text| text.contains(said)), "{words}: {:?}", from_words(words));
        }
    }

    #[test]
    fn a_list_of_entries_is_one_expression() {
        let list = meant("*.contoso.com;10.*, intranet <local>").unwrap();
        for (url, is_meant) in [
            ("https://fs.contoso.com:8443", true),
            ("http://10.1.2.3", true),
            ("https://intranet", true),
            ("https://fileserver", true),
            ("https://login.microsoftonline.com", false),
            ("https://fs.contoso.com.example.org", false),
        ] {
            assert_eq!(first_match(&list, [url]).is_some(), is_meant, "{url} {list}");
        }
        for nothing in ["", " ; ", "*", "*.contoso.com;*", "a b(c"] {
            assert_eq!(meant(nothing), None, "{nothing}");
        }
    }
}
