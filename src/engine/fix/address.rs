//! What `proxyaddress` has to say, from what stands there.

use super::Proxy;
use crate::characters::{is_false_blank, is_invisible, is_quote};
use crate::readers::machine_config::address::{Issue, read};

/// The outcome for one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What has to stand there; `None` where the value is good, or where it takes a question first.
    pub value: Option<String>,
    /// Why, sentence by sentence.
    pub why: Vec<String>,
    /// What nobody but the network team knows.
    pub question: Option<String>,
    /// A user name or a password stood in the address: whoever wrote it wanted a sign-in at the proxy.
    pub had_credentials: bool,
}

/// A value of `proxyaddress` in parts, with the letters as written.
struct Parts {
    scheme: Option<String>,
    user: bool,
    host: String,
    /// The port as written.
    port: Option<String>,
    path: String,
}

/// What becomes of a value. `known` is the proxy that the evidence, or the user, names.
pub fn outcome(value: &str, known: Option<&Proxy>) -> Outcome {
    let read = read(value);
    let is_wrong = |issue: &Issue| !matches!(issue, Issue::Backslashes);
    let mut outcome = Outcome::default();
    if let Some(proxy) = known.filter(|proxy| proxy.is_users) {
        if read.issues.iter().any(is_wrong) || !proxy.host.eq_ignore_ascii_case(&read.host) || proxy.port != read.port {
            outcome.value = Some(proxy.url());
            outcome.why.push("This is the address that you gave.".to_owned());
            outcome.had_credentials = read.issues.contains(&Issue::Credentials);
        }
        return outcome;
    }
    if !read.issues.iter().any(is_wrong) {
        return outcome;
    }
    let parts = parts(value);
    outcome.had_credentials = parts.user;
    let host = parts.host.trim_matches(['[', ']']).to_ascii_lowercase();
    let same = known.filter(|proxy| proxy.host.eq_ignore_ascii_case(&host));
    let unusable = unusable(&parts, &host, &read.issues);
    if let Some(problem) = unusable {
        return match known {
            Some(proxy) => {
                outcome.value = Some(proxy.url());
                outcome.why.push(format!("{problem} {} names {}.", proxy.from, proxy.url()));
                outcome
            }
            None => Outcome {
                question: Some(format!("{problem} Which proxy, and which port, is to stand there?")),
                ..outcome
            },
        };
    }
    let (port, why_port) = match (&parts.port, same) {
        (Some(port), _) if port.parse::<u16>().is_ok_and(|port| port > 0) => (Some(port.clone()), None),
        (Some(port), _) if digits(port).is_some() => {
            (digits(port), Some("The port is a number: letters that look like digits stand in it.".to_owned()))
        }
        (_, Some(proxy)) => {
            (Some(proxy.port.to_string()), Some(format!("The port is the one that {} names.", proxy.named_by())))
        }
        _ => (None, None),
    };
    if port.is_none() {
        outcome.question = Some(match &parts.port {
            Some(port) if !port.is_empty() => {
                format!("\"{port}\" is no port. Ask the network team on which port {host} listens.")
            }
            _ => format!(
                "The address names no port, so that .NET uses port 80. Ask the network team on which port {host} listens."
            ),
        });
    }
    let has_port = parts.port.is_some();
    outcome.why = reasons(value, &parts, why_port);
    let suffix = match (&port, &parts.port) {
        (Some(port), _) => format!(":{port}"),
        (None, Some(written)) if has_port => format!(":{written}"),
        _ => String::new(),
    };
    let mended = format!("http://{}{suffix}{}", parts.host, parts.path);
    // A port that cannot be read makes .NET refuse the file: nothing is gained by mending the rest alone.
    let refused = crate::readers::machine_config::address::read(&mended).refused().is_some();
    if mended != value && !refused && !outcome.why.is_empty() {
        outcome.value = Some(mended);
    }
    outcome
}

/// What is wrong with an address in which no proxy is named.
fn unusable(parts: &Parts, host: &str, issues: &[Issue]) -> Option<String> {
    let scheme = parts.scheme.as_deref().unwrap_or("http").to_ascii_lowercase();
    let local = host == "localhost" || host == "::1" || host.starts_with("127.");
    let placeholder = issues.contains(&Issue::Placeholder)
        || parts.host.contains(['<', '>', '{', '}', '%'])
        || ["proxyaddress", "proxyserver", "proxyname", "proxyhost"].contains(&host);
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '[' | ']');
    match () {
        () if placeholder => Some("A placeholder was left in the address.".to_owned()),
        () if host.is_empty() => Some("The address names no host.".to_owned()),
        () if !parts.host.chars().all(legal) => Some(format!("\"{}\" is no host name.", parts.host)),
        () if scheme.starts_with("socks") => Some(format!(
            "This is the address of a SOCKS proxy ({scheme}), which .NET cannot use: it takes the port for HTTP CONNECT."
        )),
        () if local => Some("This is the server itself; mostly a debugging proxy was left in the file.".to_owned()),
        () if issues.contains(&Issue::Script) => {
            Some("This is the address of a proxy script, not of a proxy.".to_owned())
        }
        () => None,
    }
}

fn reasons(value: &str, parts: &Parts, why_port: Option<String>) -> Vec<String> {
    let mut why = Vec::new();
    let odd = |c: char| c.is_whitespace() || is_invisible(c) || is_false_blank(c) || is_quote(c);
    if value.trim().contains(odd) {
        why.push("Blanks, quotation marks or characters that nobody sees stand in the address.".to_owned());
    }
    match parts.scheme.as_deref() {
        None => why.push("The address has to begin with http://; without it .NET takes the host for the scheme.".to_owned()),
        Some(scheme) if !scheme.eq_ignore_ascii_case("http") => why.push(format!(
            "The scheme is that of the way to the proxy, and .NET supports only http there, also for https traffic: not {scheme}."
        )),
        Some(_) if !value.to_ascii_lowercase().trim_start().starts_with("http://") => {
            why.push("The address has to begin with http:// and nothing else.".to_owned());
        }
        Some(_) => {}
    }
    if parts.user {
        why.push(
            "User name and password in the address are never sent, and everybody on the server can read them: change that password. useDefaultCredentials=\"true\" signs in with the account that runs the program."
                .to_owned(),
        );
    }
    why.extend(why_port);
    why
}

fn parts(value: &str) -> Parts {
    let odd = |c: char| c.is_whitespace() || is_invisible(c) || is_false_blank(c) || is_quote(c);
    let plain: String = value.chars().filter(|&c| !odd(c)).collect();
    // In front of an @ a backslash parts a domain from its user.
    let plain = match plain.rsplit_once('@') {
        Some((user, rest)) => {
            let slashes = user.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
            let from = user.find(":\\\\").map_or(slashes, |at| at + 3);
            let (head, tail) = (user.get(..from).unwrap_or(""), user.get(from..).unwrap_or(""));
            format!("{}{tail}@{}", head.replace('\\', "/"), rest.replace('\\', "/"))
        }
        None => plain.replace('\\', "/"),
    };
    let (scheme, rest) = scheme_of(&plain);
    let rest = rest.trim_start_matches(['/', ':']);
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(cut);
    let (user, place) = authority.rsplit_once('@').map_or((false, authority), |(_, place)| (true, place));
    let from = place.rfind(']').map_or(0, |at| at + 1);
    let colon = place.get(from..).and_then(|rest| rest.find(':')).map(|at| from + at);
    let (host, port) = match colon {
        Some(at) => (place.get(..at).unwrap_or(""), place.get(at + 1..)),
        None => (place, None),
    };
    Parts { scheme, user, host: host.to_owned(), port: port.map(str::to_owned), path: path.to_owned() }
}

/// The scheme, and what stands behind it.
fn scheme_of(plain: &str) -> (Option<String>, &str) {
    if let Some((scheme, rest)) = plain.split_once("//") {
        let scheme = scheme.trim_matches([':', '/', '.']);
        let word = scheme.chars().all(|c| c.is_ascii_alphanumeric()) && scheme.len() <= 8;
        if word {
            let scheme = if scheme.is_empty() { None } else { Some(scheme.to_owned()) };
            return (scheme.map(|scheme| if is_http(&scheme) { "http".to_owned() } else { scheme }), rest);
        }
    }
    for known in ["https", "http", "socks5h", "socks5", "socks4", "socks"] {
        let head = plain.get(..known.len()).filter(|head| head.eq_ignore_ascii_case(known));
        let rest = head.and_then(|_| plain.get(known.len()..)).filter(|rest| rest.starts_with([':', '/', ';', '.']));
        // A host may be called "http" or begin with it: `http.contoso.com:8080`.
        if let Some(rest) = rest.filter(|rest| rest.starts_with([':', '/', ';']) && !rest.starts_with(":8")) {
            return (Some(known.to_owned()), rest.trim_start_matches([':', '/', ';']));
        }
    }
    (None, plain)
}

/// `http` with a slip in it.
fn is_http(scheme: &str) -> bool {
    ["http", "htp", "htttp", "hhtp", "hhttp", "ttp", "httpp", "hthp"]
        .iter()
        .any(|slip| slip.eq_ignore_ascii_case(scheme))
}

/// A port in which letters stand for digits.
fn digits(port: &str) -> Option<String> {
    let number: String = port
        .chars()
        .map(|c| match c {
            'o' | 'O' => '0',
            'l' | 'I' => '1',
            c => c,
        })
        .collect();
    number.parse::<u16>().is_ok_and(|port| port > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_leaves_no_doubt_is_put_right_and_keeps_its_letters() {
        for (value, right) in [
            ("https://FabrikamProxy:8080", "http://FabrikamProxy:8080"),
            ("fabrikamproxy:8080", "http://fabrikamproxy:8080"),
            ("10.0.0.5:3128", "http://10.0.0.5:3128"),
            ("proxy_1:8080/", "http://proxy_1:8080/"),
            ("http:/proxy:8080", "http://proxy:8080"),
            ("http//proxy:8080", "http://proxy:8080"),
            ("htttp://proxy:8080", "http://proxy:8080"),
            ("http://pro xy:80 80", "http://proxy:8080"),
            ("http://proxy:808O", "http://proxy:8080"),
            ("http://contoso\\svc:pw@proxy:8080", "http://proxy:8080"),
            ("http://user:p@ss@proxy:8080", "http://proxy:8080"),
            ("http://\u{200b}proxy:8080", "http://proxy:8080"),
            ("\u{201c}http://proxy:8080\u{201d}", "http://proxy:8080"),
            ("//proxy:8080", "http://proxy:8080"),
        ] {
            let outcome = outcome(value, None);
            assert_eq!(outcome.value.as_deref(), Some(right), "{value}: {outcome:?}");
            assert_eq!(outcome.question, None, "{value}");
        }
    }

    #[test]
    fn what_only_the_network_team_knows_is_asked_and_taken_from_the_evidence_when_it_is_there() {
        let known = Proxy { host: "proxy".into(), port: 3128, from: "The wizard's trace".into(), is_users: false };
        for (value, right) in [
            ("http://proxy", "http://proxy:3128"),
            ("http://proxy:80800", "http://proxy:3128"),
            ("http://<PROXYADDRESS>:<PROXYPORT>", "http://proxy:3128"),
            ("http://127.0.0.1:8888", "http://proxy:3128"),
            ("socks5://proxy:1080", "http://proxy:3128"),
            ("http://proxy/proxy.pac", "http://proxy:3128"),
            ("", "http://proxy:3128"),
        ] {
            let asked = outcome(value, None);
            assert!(asked.value.is_none() && asked.question.is_some(), "{value}: {asked:?}");
            assert_eq!(outcome(value, Some(&known)).value.as_deref(), Some(right), "{value}");
        }
    }

    #[test]
    fn a_good_address_stays_whatever_other_evidence_says() {
        let known = Proxy { host: "other".into(), port: 3128, from: "WinHTTP".into(), is_users: false };
        for value in ["http://proxy:8080", "HTTP://10.0.0.5:80/", "http:\\\\proxy:8080"] {
            assert_eq!(outcome(value, Some(&known)), Outcome::default(), "{value}");
        }
    }
}
