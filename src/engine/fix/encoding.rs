//! A file whose bytes are not in the encoding that its first line declares.

use super::draft::Change;
use crate::source::{Encoding, Source};
use std::ops::Range;

/// What has to change, and what the replacing characters are to be written in where that is not the encoding of the
/// file.
pub fn changes(source: &Source) -> (Vec<Change>, Option<Encoding>) {
    let text = source.text.as_str();
    let declared = declared(text);
    let name = declared.clone().and_then(|range| text.get(range)).unwrap_or("utf-8").to_ascii_lowercase();
    let wide = matches!(source.encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if (name.starts_with("utf-16") || name == "unicode" || name == "ucs-2") && !wide {
        let Some(range) = declared else { return (Vec::new(), None) };
        let why = "The first line declares UTF-16, but the file is saved in another encoding.";
        let mut changes = vec![Change::new(range, "utf-8", why)];
        let (more, written_in) = as_utf8(source);
        changes.extend(more);
        return (changes, written_in);
    }
    if let Some(range) =
        declared.filter(|_| wide && !name.starts_with("utf-16") && name != "unicode" && name != "ucs-2")
    {
        let why = "The file is saved as UTF-16, but its first line declares another encoding.";
        return (vec![Change::new(range, "utf-16", why)], None);
    }
    if name == "utf-8" { as_utf8(source) } else { (Vec::new(), None) }
}

/// Characters beyond ASCII of a file that is to be UTF-8 and is not.
fn as_utf8(source: &Source) -> (Vec<Change>, Option<Encoding>) {
    let text = source.text.as_str();
    match source.encoding {
        Encoding::Windows1251 | Encoding::Windows1252 | Encoding::Gb18030 | Encoding::Big5 | Encoding::ShiftJis => {
            // Each stretch of them takes its own edit; what is ASCII has the same bytes.
            (Vec::new(), (!text.is_ascii()).then_some(Encoding::Utf8))
        }
        Encoding::Utf8 | Encoding::Utf8Bom => {
            let why =
                "A byte stands here that is no UTF-8, often an umlaut in a comment that was saved in another encoding.";
            let broken =
                text.char_indices().filter(|&(at, c)| c == char::REPLACEMENT_CHARACTER && in_comment(text, at));
            (broken.take(500).map(|(at, c)| Change::new(at..at + c.len_utf8(), "?", why)).collect(), None)
        }
        _ => (Vec::new(), None),
    }
}

/// Stretches whose bytes change although their characters stay, when a file is written in UTF-8.
pub fn rewritten(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        match ranges.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + c.len_utf8(),
            None => ranges.push(at..at + c.len_utf8()),
        }
    }
    ranges
}

fn in_comment(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.rfind("<!--").is_some_and(|open| before.rfind("-->").is_none_or(|close| close < open))
}

/// The value of `encoding` in the declaration.
fn declared(text: &str) -> Option<Range<usize>> {
    let end = text.trim_start().starts_with("<?xml").then(|| text.find("?>"))??;
    let at = text.get(..end)?.find("encoding")?;
    let rest = text.get(at..end)?;
    let open = rest.find(['"', '\''])?;
    let close = rest.get(open + 1..)?.find(['"', '\''])?;
    Some(at + open + 1..at + open + 1 + close)
}
