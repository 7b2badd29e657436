//! The line numbers that an editor or a console puts in front of what is copied out of it.

use memchr::memmem;
use std::ops::Range;

/// From so many numbered lines on the numbers are an editor's.
const MIN_NUMBERED: usize = 3;
/// So many lines without a number may stand between two numbers: long lines that were wrapped.
const MAX_WRAPPED: usize = 3;

/// Lines whose numbers ascend by one.
#[derive(Default)]
struct Run {
    prefixes: Vec<Range<usize>>,
    last: u32,
    lines: usize,
    tags: usize,
    /// Lines and tags since the last number; they belong to the run if a number follows.
    wrapped: (usize, usize),
}

impl Run {
    /// The numbers, where the lines behind them are XML.
    fn accepted(self) -> Vec<Range<usize>> {
        let xml = self.tags >= 2 && self.tags * 3 >= self.lines;
        if xml && self.prefixes.len() >= MIN_NUMBERED { self.prefixes } else { Vec::new() }
    }
}

/// Where the line numbers of an editor stand.
pub fn line_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // They count in front of tags only.
    if !text.contains('<') && memmem::find(text.as_bytes(), b"&lt;").is_none() {
        return found;
    }
    let mut run = Run::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let number = number_before(line);
        let rest = number.as_ref().map_or(line, |(_, prefix)| line.get(prefix.end..).unwrap_or("")).trim_start();
        let rest = rest.trim_start_matches(['>', ' ']);
        let filled = usize::from(!rest.is_empty());
        let tag = usize::from(rest.starts_with('<') || rest.starts_with("&lt;"));
        match number {
            Some((number, prefix)) => {
                if number != run.last.saturating_add(1) || run.prefixes.is_empty() {
                    found.extend(std::mem::take(&mut run).accepted());
                }
                run.last = number;
                run.prefixes.push(start + prefix.start..start + prefix.end);
                run.lines += filled + run.wrapped.0;
                run.tags += tag + run.wrapped.1;
                run.wrapped = (0, 0);
            }
            None if run.wrapped.0 < MAX_WRAPPED => {
                run.wrapped.0 += 1;
                run.wrapped.1 += tag;
            }
            None => found.extend(std::mem::take(&mut run).accepted()),
        }
    }
    // A last number alone on its line belongs to the line below it.
    run.lines += run.wrapped.0.min(1);
    run.tags += run.wrapped.1.min(1);
    found.extend(run.accepted());
    found
}

/// The number in front of a line, and where it stands with the mark behind it: `149:`, ` 149 |`, `149<tab>`, and
/// `machine.config:149:` as Select-String prints it.
fn number_before(line: &str) -> Option<(u32, Range<usize>)> {
    let start = line.len() - line.trim_start_matches([' ', '\t', '>', '\u{a0}']).len();
    let body = line.get(start..)?;
    let path = body
        .find(".config:")
        .map(|at| at + ".config:".len())
        .filter(|&at| at < 300 && body.get(..at).is_some_and(|path| !path.contains(['<', '&', '"'])));
    let digits = start + path.unwrap_or(0);
    let count = line.get(digits..)?.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(digits..digits + count).filter(|_| count <= 6)?.parse().ok()?;
    let rest = line.get(digits + count..)?;
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '\u{a0}']).len();
    let gap = blanks(rest);
    let behind = rest.get(gap..)?;
    // A dash or a dot marks a number only directly behind it: the end of a comment begins with a dash too.
    let near = gap == 0 && !behind.starts_with("-->");
    let mark = behind.chars().next().filter(|c| match c {
        ':' | '|' | '│' | '┃' | '→' | '¦' => true,
        '.' | ')' | '-' => near,
        _ => false,
    });
    let clear = gap > 0 || mark.is_some() || behind.trim().is_empty() || behind.starts_with(['<', '&']);
    let end = digits + count + if mark.is_some() { gap } else { 0 } + mark.map_or(0, char::len_utf8);
    clear.then_some((number, start..end))
}

#[cfg(test)]
mod tests {
    use super::super::plain::markup;

    #[test]
    fn the_numbers_of_an_editor_become_blanks_in_every_form_that_editors_use() {
        for (form, shape) in [
            ("{n}: ", "     "),
            ("  {n} | ", "        "),
            ("{n}\t", "   \t"),
            ("{n} ", "    "),
            ("{n}→", "      "),
            ("machine.config:{n}:", "                   "),
        ] {
            let line = |number: usize, xml: &str| format!("{}{xml}\n", form.replace("{n}", &number.to_string()));
            let lines = ["<defaultProxy>", "  <proxy", "    proxyaddress=\"http://p:8080\" />", "</defaultProxy>"];
            let text: String = lines.iter().zip(147..).map(|(xml, number)| line(number, xml)).collect();
            let expected = lines.map(|xml| format!("{shape}{xml}")).join("\n") + "\n";
            assert_eq!(markup(&text).replace('\t', " "), expected.replace('\t', " "), "{form}");
            assert_eq!(markup(&text).len(), text.len());
        }
    }

    #[test]
    fn the_end_of_a_comment_is_no_mark_behind_a_number() {
        let text = "1 <!--\n2 a\n3 -->\n4 <system.net>\n5 </system.net>\n";
        assert_eq!(markup(text), "  <!--\n  a\n  -->\n  <system.net>\n  </system.net>\n");
    }

    #[test]
    fn numbers_that_do_not_count_lines_of_xml_stay() {
        for text in [
            "1 <proxy\n7 <proxy\n9 <proxy\n",
            "1. Open the file\n2. Add the block\n3. Restart the service\n<system.net>\n</system.net>\n",
            "<a>\n8080\n</a>\n",
        ] {
            assert_eq!(markup(text), text);
        }
    }
}
