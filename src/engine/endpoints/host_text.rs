//! A host as people write it: with a scheme, a port, a path, in capitals, in full-width letters, in another script.

use crate::characters::is_invisible;

/// A host name taken from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostText {
    /// Lower case, without the dot of the root; labels in other scripts as `xn--…`. A star of a pattern stays.
    pub host: String,
    /// The port behind it, or the one of its scheme.
    pub port: Option<u16>,
}

/// The longest text that is looked at, in characters.
const LONGEST: usize = 2048;

/// The host that a text names: `crl3.digicert.com`, `https://LOGIN.microsoftonline.com:443/common?x`,
/// `connect:/login.windows.net:443`, `ｌｏｇｉｎ。partner。microsoftonline。cn`, `.chinacloudapi.cn`, `*.digicert.cn`.
/// `None` for addresses, single labels and anything else.
pub fn host_in(text: &str) -> Option<HostText> {
    let mut text: String =
        text.chars().take(LONGEST + 1).filter(|&letter| !is_invisible(letter)).map(plain).collect::<String>();
    if text.chars().count() > LONGEST {
        return None;
    }
    text.make_ascii_lowercase();
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || "<>\"'`()[]{},;“”‘’„«»".contains(letter));
    let (scheme, rest) = split_scheme(text);
    let rest = rest.split(['/', '?', '#', '\\']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let (host, port) = match rest.rsplit_once(':') {
        None => (rest, None),
        // An IPv6 address has more than one colon.
        Some((host, port)) if !host.contains(':') => (host, Some(port.parse().ok()?)),
        Some(_) => return None,
    };
    let host = host.trim_end_matches('.').trim_start_matches('.');
    let mut labels = Vec::new();
    for label in host.split('.') {
        labels.push(ascii_label(label)?);
    }
    let host = labels.join(".");
    let last = labels.last()?;
    let is_address = last.bytes().all(|byte| byte.is_ascii_digit());
    if labels.len() < 2 || host.len() > 253 || is_address {
        return None;
    }
    Some(HostText { host, port: port.or(scheme) })
}

/// The port of a scheme in front, and what follows. The article prints `connect:/` with one slash.
fn split_scheme(text: &str) -> (Option<u16>, &str) {
    let Some((scheme, rest)) = text.split_once(":/") else { return (None, text) };
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return (None, text);
    }
    let port = match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    };
    (port, rest.trim_start_matches('/'))
}

/// Full-width letters and ideographic full stops, as input methods in China and Japan write them.
fn plain(letter: char) -> char {
    match letter {
        '\u{3002}' | '\u{FF61}' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

/// A label in ASCII, or `None` when it can be none.
fn ascii_label(label: &str) -> Option<String> {
    let fits = |label: &str| (1..=63).contains(&label.len());
    if label.is_ascii() {
        let valid = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*'));
        return (valid && fits(label)).then(|| label.to_owned());
    }
    let letters: Vec<u32> = label.chars().flat_map(char::to_lowercase).map(u32::from).collect();
    let valid = label.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || !letter.is_ascii());
    if !valid || letters.len() > 63 {
        return None;
    }
    let encoded = format!("xn--{}", punycode(&letters)?);
    fits(&encoded).then_some(encoded)
}

/// RFC 3492, section 6.3. `None` when a number gets too big.
fn punycode(letters: &[u32]) -> Option<String> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let mut out: String = letters.iter().filter(|&&letter| letter < 0x80).filter_map(|&l| char::from_u32(l)).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (0x80_u32, 0_u32, 72_u32, basic);
    while (handled as usize) < letters.len() {
        let next = letters.iter().copied().filter(|&letter| letter >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for &letter in letters {
            if letter < code {
                delta = delta.checked_add(1)?;
            } else if letter == code {
                let (mut rest, mut k) = (delta, BASE);
                loop {
                    let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                    if rest < threshold {
                        break;
                    }
                    out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                    rest = (rest - threshold) / (BASE - threshold);
                    k += BASE;
                }
                out.push(digit(rest));
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(out)
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

/// `a` to `z`, then `0` to `9`.
fn digit(value: u32) -> char {
    let value = u8::try_from(value).unwrap_or(0);
    char::from(if value < 26 { b'a' + value } else { b'0' + value - 26 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn host(text: &str) -> Option<(String, Option<u16>)> {
        host_in(text).map(|found| (found.host, found.port))
    }

    #[test]
    fn a_host_is_found_however_it_is_written() {
        let login = "login.partner.microsoftonline.cn";
        for (text, port) in [
            ("login.partner.microsoftonline.cn", None),
            ("LOGIN.Partner.MicrosoftOnline.CN.", None),
            (" login.partner.microsoftonline.cn:8443 ", Some(8443)),
            ("https://login.partner.microsoftonline.cn", Some(443)),
            ("HTTPS://user:secret@login.partner.microsoftonline.cn:444/common/oauth2?x=1:2#y", Some(444)),
            ("http://login.partner.microsoftonline.cn\\path", Some(80)),
            ("connect:/login.partner.microsoftonline.cn:443", Some(443)),
            ("connect://login.partner.microsoftonline.cn:443", Some(443)),
            ("\"https://login.partner.microsoftonline.cn/\",", Some(443)),
            ("ｌｏｇｉｎ。partner。microsoftonline。cn：443", Some(443)),
            ("login.partner.micro\u{AD}softonline.cn\u{200B}", None),
            (".login.partner.microsoftonline.cn", None),
        ] {
            assert_eq!(host(text), Some((login.to_owned(), port)), "{text}");
        }
        assert_eq!(host("*.Crl3.digicert.com/").map(|found| found.0).as_deref(), Some("*.crl3.digicert.com"));
    }

    #[test]
    fn names_in_other_scripts_are_written_as_dns_writes_them() {
        let written = |text| host(text).map(|found| found.0);
        assert_eq!(written("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(written("BÜCHER.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(written("例え.テスト").as_deref(), Some("xn--r8jz45g.xn--zckzah"));
        assert_eq!(written("点看.example").as_deref(), Some("xn--3pxu8k.example"));
        assert_eq!(written("點看.example").as_deref(), Some("xn--c1yn36f.example"));
        // A Cyrillic letter that looks like an "o": another name, not the one it looks like.
        let lookalike = written("l\u{43E}gin.microsoftonline.com").expect("a name");
        assert!(lookalike.starts_with("xn--lgin-"), "{lookalike}");
    }

    #[test]
    fn what_is_no_name_gives_none() {
        for text in [
            "",
            "localhost",
            "10.1.2.3",
            "http://10.1.2.3:8080/",
            "[2001:db8::1]:443",
            "2001:db8::1",
            "a b.c",
            "..",
            "a..b",
        ] {
            assert_eq!(host(text), None, "{text}");
        }
        assert_eq!(host(&"a.".repeat(2000)), None);
        assert_eq!(host(&format!("{}.example", "ü".repeat(80))), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_a_host_read_again_stays_itself(text in ".{0,80}") {
            if let Some(found) = host_in(&text) {
                prop_assert!(found.host.is_ascii());
                let again = host_in(&found.host).map(|again| again.host);
                prop_assert_eq!(again, Some(found.host));
            }
        }
    }
}
