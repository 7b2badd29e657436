//! Names of files inside archives, from bytes of an age in which no one said which character set.

use std::borrow::Cow;

/// Names are shown and kept; what is longer than this in a gzip header is no file name.
pub(super) const MAX_NAME: usize = 1024;

/// The upper half of IBM code page 437, which zip names are in unless they say otherwise. The
/// mapping is that of the Unicode consortium's CP437.TXT.
const CP437: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»",
    "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
    "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
);

/// A name in a zip. Many tools write UTF-8 without saying so, and no name in another character set is UTF-8 by
/// accident; the rest is taken for code page 437.
pub(super) fn zip_name(bytes: &[u8], says_utf8: bool) -> String {
    clean(&match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if says_utf8 => String::from_utf8_lossy(bytes),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| cp437(byte)).collect()),
    })
}

/// The original name in a gzip header, without folders; `None` if it says nothing. It should be ISO 8859-1 (RFC 1952)
/// and is whatever the file system had, which is UTF-8 nowadays.
pub(super) fn gzip_name(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    };
    let base = text.rsplit(['/', '\\']).next().unwrap_or(&text);
    (!base.is_empty()).then(|| clean(base))
}

/// The name of what a gzip file holds, if its header does not say: the name without `.gz`; `.tgz` holds a `.tar`.
pub(super) fn without_gz(name: &str) -> Cow<'_, str> {
    let ends = |end: &str| {
        let cut = name.len().checked_sub(end.len()).filter(|&cut| cut > 0)?;
        name.get(cut..).is_some_and(|tail| tail.eq_ignore_ascii_case(end)).then(|| name.get(..cut)).flatten()
    };
    if let Some(stem) = ends(".tgz") {
        return Cow::Owned(format!("{stem}.tar"));
    }
    Cow::Borrowed(ends(".gz").or_else(|| ends(".gzip")).unwrap_or(name))
}

fn cp437(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(upper) => CP437.chars().nth(usize::from(upper)).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Without control characters, which would garble the line or the terminal that shows the name.
fn clean(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
