//! The address behind a socket message: .NET Framework prints `… 10.1.2.3:8080`, newer .NET `… (host:port)`.
//! Source: SocketException.cs of the .NET reference source.

use super::normalise::{Gap, Normal};
use std::ops::Range;

/// How far behind the recognised text the address may stand: the message itself may go on a little.
const MAX_WORDS: usize = 24;

/// Places of address and port at the end of a message in words that nobody knows: anywhere up to the stack
/// or of the link of the chain.
pub fn behind_any_words(normal: &Normal, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    const MOST_WORDS: usize = 80;
    let mut start = at;
    for _ in 0..MOST_WORDS {
        let word = word_at(normal, start);
        let text = normal.text.get(word.clone()).filter(|text| !text.is_empty())?;
        if text.contains("--->") || text == "->" || (start > at && is_frame(normal, start)) {
            return None;
        }
        if let Some((address, port)) = endpoint(text) {
            let place = |range: Range<usize>| word.start + range.start..word.start + range.end;
            return Some((place(address), place(port)));
        }
        start = word.end;
    }
    None
}

/// Whether a line of a stack begins here; the word in front of the method is that of the language.
fn is_frame(normal: &Normal, at: usize) -> bool {
    let method = |text: &str| ["system.", "microsoft."].iter().any(|name| text.contains(name));
    normal.gap(at) == Gap::Break && normal.text.get(at..normal.ahead(at, 24)).is_some_and(method)
}

/// Places of address and port behind a socket message that ends at `at`, in the normalised text.
pub fn behind(normal: &Normal, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut start = at;
    for _ in 0..MAX_WORDS {
        let word = word_at(normal, start);
        let text = normal.text.get(word.clone()).filter(|text| !text.is_empty())?;
        if text.contains("--->") || text == "->" || text.starts_with('|') || text == "webexception:" {
            return None;
        }
        if let Some((address, port)) = endpoint(text) {
            let place = |range: Range<usize>| word.start + range.start..word.start + range.end;
            return Some((place(address), place(port)));
        }
        let next = normal.text.get(word.end..).and_then(|rest| rest.chars().next());
        // A new sentence is another story, unless it is the bracket that newer .NET puts behind the full stop, or
        // the full stop of the message itself, right behind which .NET puts the address.
        if text.ends_with(['.', '。']) && next != Some('(') {
            let behind = word_at(normal, word.end);
            endpoint(normal.text.get(behind).unwrap_or(""))?;
        }
        start = word.end;
    }
    None
}

/// The stretch from `start` to the next blank. A wrap in the middle of an address does not end it; one behind it does.
fn word_at(normal: &Normal, start: usize) -> Range<usize> {
    let mut end = start;
    let mut wrapped = None;
    for (offset, c) in normal.text.get(start..).unwrap_or("").char_indices().take(120) {
        let at = start + offset;
        if offset > 0 {
            match normal.gap(at) {
                Gap::Blank | Gap::Break => break,
                Gap::Wrap => wrapped = wrapped.or(Some(at)),
                Gap::None => {}
            }
        }
        end = at + c.len_utf8();
    }
    let is_endpoint = |end: usize| normal.text.get(start..end).is_some_and(|word| endpoint(word).is_some());
    match wrapped {
        Some(wrap) if !is_endpoint(end) && is_endpoint(wrap) => start..wrap,
        _ => start..end,
    }
}

/// Address and port within one word: `10.1.2.3:8080`, `[2603::1]:443`, `(host.example:443)`, `服务器10.1.2.3:443`.
fn endpoint(word: &str) -> Option<(Range<usize>, Range<usize>)> {
    let colon = word.rfind(':')?;
    let digits = word.get(colon + 1..)?.bytes().take_while(u8::is_ascii_digit).count();
    let port = colon + 1..colon + 1 + digits;
    word.get(port.clone())?.parse::<u16>().ok().filter(|&port| port > 0)?;
    // Chinese and Japanese text may go on right behind the port.
    if word.get(port.end..)?.chars().next().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let head = word.get(..colon)?;
    if let Some(open) = head.rfind('[')
        && let Some(inner) = head.get(open + 1..).and_then(|inner| inner.strip_suffix(']'))
    {
        let bare = inner.split('%').next().unwrap_or(inner);
        return bare.parse::<std::net::Ipv6Addr>().is_ok().then(|| (open + 1..colon - 1, port));
    }
    let length =
        head.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
    let start = colon - length;
    let address = head.get(start..)?;
    let is_address = address.parse::<std::net::Ipv4Addr>().is_ok();
    let is_name = address.contains(|c: char| c.is_ascii_alphabetic())
        && (address.contains('.') || head.get(..start).is_some_and(|before| before.ends_with('(')));
    (is_address || is_name).then_some((start..colon, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let normal = Normal::new(text);
        let (address, port) = behind(&normal, 7)?;
        Some((normal.excerpt(address), normal.excerpt(port)))
    }

    #[test]
    fn the_address_behind_a_socket_message_is_read_in_every_form() {
        for (text, address, port) in [
            ("refused 10.1.2.3:8080", "10.1.2.3", "8080"),
            ("refused [2603:1046::1]:443 ---> x", "2603:1046::1", "443"),
            ("refused. (login.microsoftonline.com:443)", "login.microsoftonline.com", "443"),
            ("refused (proxy:3128)", "proxy", "3128"),
            ("refused [::1]:8888", "::1", "8888"),
            ("refused [::ffff:10.1.2.3]:8080", "::ffff:10.1.2.3", "8080"),
            (
                "refused because the established connection failed and nothing else is to be said 40.126.9.65:443\n   at System.Net",
                "40.126.9.65",
                "443",
            ),
            ("refused because the host did not answer 20.190.1.2:443.", "20.190.1.2", "443"),
        ] {
            assert_eq!(read(text), Some((address.to_owned(), port.to_owned())), "{text}");
        }
    }

    #[test]
    fn an_address_of_another_link_or_a_line_number_is_not_the_address_of_this_message() {
        for text in
            ["refused ---> SocketException 10.1.2.3:80", "refused\nAt line:1 char:1", "refused. Try 10.1.2.3:80"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
