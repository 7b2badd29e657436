//! Bypass lists: what people write in plain words, as the regular expressions that .NET takes.

use crate::readers::machine_config::bypass::{Pattern, check, first_match};

/// An entry in plain words, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular expression over `scheme://host[:port]`.
    Pattern(String),
    /// Names without a dot, and hosts of the server's own domain: `bypassonlocal`.
    Local,
}

/// Reads an entry as Internet Options and people write it: `*.contoso.com`, `10.*`, `intranet`, `192.168.0.0/16`,
/// `<local>`. The error is a sentence for the one who typed it.
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

/// What becomes of an entry in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is good.
    Good,
    /// It has to be written like this, and why.
    To(String, String),
    /// It has to go, and why.
    Delete(String),
    /// Nobody knows what was meant.
    Question(String),
}

/// Looks at an entry. `urls` are those of Entra Connect (`https://host`), which have to go through the proxy.
pub fn outcome(pattern: &str, urls: &[String]) -> Outcome {
    let hit = |pattern: &str| first_match(pattern, urls.iter().map(String::as_str)).map(str::to_owned);
    match check(pattern) {
        Pattern::Invalid(_) => match from_words(pattern) {
            Ok(Entry::Pattern(right)) => match hit(&right) {
                Some(url) => Outcome::Delete(format!(
                    "\"{pattern}\" is no regular expression, and what it means would send {url} around the proxy."
                )),
                None => Outcome::To(
                    right,
                    format!(
                        "The list takes regular expressions, and the wildcard \"{pattern}\" is none: .NET then fails every request."
                    ),
                ),
            },
            _ if pattern.chars().all(|c| matches!(c, '*' | '.' | '?')) => Outcome::Delete(format!(
                "\"{pattern}\" is no regular expression, and what it means would send every request around the proxy."
            )),
            _ => Outcome::Question(format!(
                "\"{pattern}\" is no .NET regular expression, so that every request fails. Which hosts are meant?"
            )),
        },
        Pattern::Valid => {
            let Some(url) = hit(pattern) else { return Outcome::Good };
            let is_wild = pattern.contains('*') && !pattern.contains(['\\', '[', '(', '^', '$', '|']);
            match from_words(pattern) {
                Ok(Entry::Pattern(right)) if is_wild && hit(&right).is_none() => Outcome::To(
                    right,
                    format!(
                        "As a regular expression \"{pattern}\" also matches {url}, which then goes around the proxy."
                    ),
                ),
                _ => Outcome::Delete(format!("\"{pattern}\" matches {url}, which has to go through the proxy.")),
            }
        }
        Pattern::Unchecked(_) => Outcome::Good,
    }
}

#[cfg(test)]
mod tests {
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
    fn an_entry_that_hits_entra_is_narrowed_or_taken_out() {
        let urls = ["https://login.microsoftonline.com".to_owned(), "https://graph.windows.net".to_owned()];
        assert_eq!(outcome(r"[a-z]+\.contoso\.com$", &urls), Outcome::Good);
        assert!(matches!(outcome("*.contoso.com", &urls), Outcome::To(..)));
        for pattern in ["microsoft", ".*", r"\.net$", "*.windows.net", "*"] {
            assert!(matches!(outcome(pattern, &urls), Outcome::Delete(_)), "{pattern}");
        }
        assert!(matches!(outcome("(contoso", &urls), Outcome::Question(_)));
    }
}
