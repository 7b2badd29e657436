//! Lines, indents and line ends of the user's own text, so that what is added looks like what is there.

use std::ops::Range;

/// The line end that the text uses.
pub fn line_end(text: &str) -> &'static str {
    match text.find(['\r', '\n']) {
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) => "\r\n",
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('\r')) => "\r",
        _ => "\n",
    }
}

/// Where the line begins in which `at` lies.
pub fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
}

/// The blanks in front of `at`, where nothing else stands in front of it on its line.
pub fn indent(text: &str, at: usize) -> Option<&str> {
    let start = line_start(text, at);
    text.get(start..at).filter(|before| before.chars().all(|c| c == ' ' || c == '\t'))
}

/// The range with its indent and its line end, where it has its lines for itself; otherwise the range.
pub fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(indent) = indent(text, range.start) else { return range };
    let rest = text.get(range.end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let after = rest.get(blanks..).unwrap_or("");
    let line_end = if after.starts_with("\r\n") { 2 } else { usize::from(after.starts_with(['\n', '\r'])) };
    if line_end == 0 && !after.is_empty() {
        return range;
    }
    range.start - indent.len()..range.end + blanks + line_end
}

/// One step of indentation, as the text has it.
pub fn step(text: &str) -> String {
    let indents = text.lines().filter(|line| line.trim_start().starts_with('<')).filter_map(|line| {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        line.get(..blanks).filter(|blanks| !blanks.is_empty())
    });
    let shortest = indents.min_by_key(|blanks| blanks.len());
    match shortest {
        Some(blanks) if blanks.starts_with('\t') => "\t".to_owned(),
        Some(blanks) if blanks.len() <= 8 => blanks.to_owned(),
        _ => "  ".to_owned(),
    }
}

/// Lines (with `\n`, without indent) as they are inserted in front of the tag at `at`: the place, and the text.
pub fn lines_before(text: &str, at: usize, lines: &str, indent_of_lines: &str) -> (usize, String) {
    let end = line_end(text);
    let body: String = lines.lines().map(|line| format!("{indent_of_lines}{line}{end}")).collect();
    match indent(text, at) {
        Some(own) => (at - own.len(), body),
        None => (at, format!("{end}{body}")),
    }
}
