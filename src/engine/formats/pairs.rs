//! Cutting `key=value` text apart where values may hold blanks.

/// The pairs of a text. A value in quotes ends at its quote; any other runs to the next ` key=`, so that
/// `cs2=Internet staff layer_name=…` is read as people mean it. Blanks, tabs, commas, semicolons and bars may stand
/// between pairs. `\=` belongs to a value.
pub fn pairs(text: &str) -> Pairs<'_> {
    let next = find_key(text.as_bytes(), 0);
    Pairs { text, next }
}

/// See [`pairs`].
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    text: &'a str,
    /// Begin of the next key, and place of its equals sign.
    next: Option<(usize, usize)>,
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (start, equals) = self.next.take()?;
        let key = self.text.get(start..equals)?;
        let after = equals + 1;
        let rest = self.text.get(after..)?;
        let in_cell = start.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)) == Some(&b'"');
        if in_cell && let Some((value, end)) = cell(rest) {
            self.next = find_key(self.text.as_bytes(), after + end);
            return Some((key, value));
        }
        if rest.starts_with('"') {
            let end = closing_quote(rest);
            self.next = find_key(self.text.as_bytes(), after + end);
            return Some((key, rest.get(1..end).unwrap_or("")));
        }
        self.next = find_key(self.text.as_bytes(), after);
        let end = self.next.map_or(self.text.len(), |(next, _)| next);
        let value = self.text.get(after..end).unwrap_or("");
        let value = value.trim_end_matches([' ', '\t', ',', ';', '|']);
        // The bracket around the last pairs: "(SrcIp=10.1.1.5, Action=Block)".
        let bare = value.strip_suffix(")").filter(|bare| self.next.is_none() && !bare.contains('('));
        Some((key, bare.unwrap_or(value)))
    }
}

/// The value of a pair that is a quoted cell of a table, `"action=""block""","srcip=10.0.0.1"`, and where the cell
/// ends. `None` when no quote ends it.
fn cell(rest: &str) -> Option<(&str, usize)> {
    if let Some(quoted) = rest.strip_prefix("\"\"") {
        let length = quoted.find("\"\"")?;
        return Some((quoted.get(..length)?, length + 4));
    }
    let end = rest.find('"')?;
    matches!(rest.as_bytes().get(end + 1), None | Some(b',' | b';' | b'\t' | b' ' | b'\r'))
        .then_some((rest.get(..end)?, end))
}

/// Offset of the quote that closes a text that begins with one; the end of the text when none does. `\"` and `""`
/// do not close.
fn closing_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        at += found;
        let escaped =
            bytes.get(..at).is_some_and(|before| before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1);
        if !escaped {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// The next key at or after `from`: where it begins and where its equals sign stands.
pub(super) fn find_key(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'=', rest)) {
        let equals = at + found;
        let name = bytes.get(from..equals)?.iter().rev().take_while(|b| is_key_byte(**b)).count();
        let start = equals - name;
        let before = start.checked_sub(1).and_then(|place| bytes.get(place));
        // A collector puts the priority right in front of the first key: "<189>date=".
        let begins = from == 0 && (start == from || before == Some(&b'>'))
            || matches!(before, Some(b' ' | b'\t' | b',' | b';' | b'|' | b'"' | b'[' | b'('));
        if name > 0 && begins && (start > from || from == 0 || matches!(before, Some(b' ' | b'\t' | b'"'))) {
            return Some((start, equals));
        }
        at = equals + 1;
    }
    None
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | b'@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(&str, &str)> {
        pairs(text).collect()
    }

    #[test]
    fn values_keep_their_blanks() {
        assert_eq!(
            all("act=Accept cs2=Internet staff layer_name=Network Application Control dhost= dst=10.0.0.1"),
            [
                ("act", "Accept"),
                ("cs2", "Internet staff"),
                ("layer_name", "Network Application Control"),
                ("dhost", ""),
                ("dst", "10.0.0.1")
            ]
        );
    }

    #[test]
    fn quotes_commas_and_escapes() {
        assert_eq!(
            all(r#"date=2016-02-12,time=14:10:42,msg="a=b, c=\"d\" e=f",action=pass"#),
            [("date", "2016-02-12"), ("time", "14:10:42"), ("msg", r#"a=b, c=\"d\" e=f"#), ("action", "pass")]
        );
        assert_eq!(
            all(r"suser=LDAP://dc OU\=Staff,DC\=yunhe/x loginID=x request=https://a.example/?q=1&r=2"),
            [
                ("suser", r"LDAP://dc OU\=Staff,DC\=yunhe/x"),
                ("loginID", "x"),
                ("request", "https://a.example/?q=1&r=2")
            ]
        );
    }

    #[test]
    fn a_table_with_a_pair_in_each_cell() {
        assert_eq!(
            all(r#""date=2026-11-17","devname=""FGT-HQ""","action=""block""","srcip=10.0.0.1","msg=""""#),
            [("date", "2026-11-17"), ("devname", "FGT-HQ"), ("action", "block"), ("srcip", "10.0.0.1"), ("msg", "")]
        );
    }

    #[test]
    fn a_prefix_is_left_out_and_an_open_quote_ends_with_the_line() {
        assert_eq!(all("Jul 1 host app: src=10.0.0.1 msg=\"open"), [("src", "10.0.0.1"), ("msg", "open")]);
        assert_eq!(all("<189>date=2026-11-16 action=pass"), [("date", "2026-11-16"), ("action", "pass")]);
        assert_eq!(all("no pairs = here"), []);
    }
}
