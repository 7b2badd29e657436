//! Tables as PowerShell prints them: names, a line of dashes under each name, one line per object.

use std::ops::Range;

/// The columns of a table: name, and its place in a line, in bytes. The last one runs to the end of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    columns: Vec<(String, Range<usize>)>,
}

/// The columns, when the second line is the line of dashes under the names of the first.
pub fn columns(head: &str, dashes: &str) -> Option<Columns> {
    let marks = dashes.trim();
    if marks.is_empty() || !marks.bytes().all(|b| matches!(b, b'-' | b' ' | b'\t')) {
        return None;
    }
    let mut starts = Vec::new();
    let mut before = b' ';
    for (at, byte) in dashes.bytes().enumerate() {
        if byte == b'-' && before != b'-' {
            starts.push(at);
        }
        before = byte;
    }
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let columns = starts.iter().zip(ends).map(|(&start, end)| (cell(head, &(start..end)).1.to_owned(), start..end));
    let columns: Vec<_> = columns.collect();
    columns.iter().all(|(name, _)| !name.is_empty()).then_some(Columns { columns })
}

impl Columns {
    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// What a line has under the column with this name, and where in the line it begins.
    pub fn value<'a>(&self, name: &str, line: &'a str) -> Option<(usize, &'a str)> {
        let (_, place) = self.columns.iter().find(|(column, _)| column.eq_ignore_ascii_case(name))?;
        let found = cell(line, place);
        (!found.1.is_empty()).then_some(found)
    }
}

/// The text of a line in a range that may reach past its end. A number stands under the end of its name and may begin
/// in front of it: a word belongs to the column in which it ends, if the name does not reach further.
fn cell<'a>(line: &'a str, place: &Range<usize>) -> (usize, &'a str) {
    let inside = |offset: usize| {
        let mut offset = offset.min(line.len());
        while !line.is_char_boundary(offset) {
            offset -= 1;
        }
        let blank_at = |range: &str| range.is_empty() || range.starts_with(char::is_whitespace);
        let (before, after) = line.split_at_checked(offset).unwrap_or((line, ""));
        let word = before.len() - before.trim_end_matches(|c: char| !c.is_whitespace()).len();
        if offset == 0 || blank_at(after) { offset } else { offset - word }
    };
    let (start, end) = (inside(place.start), inside(place.end));
    let text = line.get(start..end).unwrap_or("");
    (start + (text.len() - text.trim_start().len()), text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_belongs_to_the_name_above_it() {
        let columns = columns(
            "ProxyEnable ProxyServer            ProxyOverride",
            "----------- -----------            -------------",
        )
        .unwrap();
        let line = "          1 proxy.contoso.com:8080 *.local;<local>";
        assert_eq!(columns.value("ProxyEnable", line), Some((10, "1")));
        assert_eq!(columns.value("ProxyServer", line).unwrap().1, "proxy.contoso.com:8080");
        assert_eq!(columns.value("ProxyOverride", line).unwrap().1, "*.local;<local>");
        assert_eq!(columns.value("ProxyServer", "          0"), None);
        assert!(super::columns("a b", "a - b").is_none());
        let columns =
            super::columns("TimeCreated             Id Message", "-----------             -- -------").unwrap();
        let line = "6/1/2026 10:15:08 AM  6801 The extensible extension";
        assert_eq!(columns.value("Id", line).unwrap().1, "6801");
        assert_eq!(columns.value("TimeCreated", line).unwrap().1, "6/1/2026 10:15:08 AM");
    }
}
