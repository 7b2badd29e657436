//! A piece of a configuration as it came through a mail, an editor or a web page, without what these put into it.

use crate::readers::machine_config::{markup, quote_depth};

/// The text without line numbers, quote marks and entities in place of tags; line by line, so that line numbers stay.
/// `None` where there is nothing of the kind.
pub fn without_marks(text: &str) -> Option<String> {
    let plain = markup(text);
    let depth = quote_depth(plain.lines().find(|line| !line.trim().is_empty()).unwrap_or(""));
    if plain == text && depth == 0 {
        return None;
    }
    let has_entities = text.contains("&lt;") || text.contains("&#60;") || text.contains("&amp;lt;");
    let lines: Vec<String> = plain
        .split_inclusive('\n')
        .map(|line| {
            let line = unquoted(line, depth);
            if has_entities { single_blanks(line) } else { line.to_owned() }
        })
        .collect();
    // What stood in front of every line leaves an indent behind.
    let indent = |line: &&String| line.len() - line.trim_start_matches([' ', '\t']).len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or(0);
    let cut = |line: &String| {
        let own = indent(&line).min(shared);
        line.get(own..).unwrap_or("").to_owned()
    };
    Some(lines.iter().map(cut).collect())
}

fn unquoted(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') else { break };
        rest = after;
    }
    rest
}

/// Entities leave blanks behind that make up for their length: behind the indent one is enough.
fn single_blanks(line: &str) -> String {
    let body = line.trim_start_matches(' ');
    let mut out = line.get(..line.len() - body.len()).unwrap_or("").to_owned();
    let mut blank = false;
    for c in body.chars() {
        if c != ' ' || !blank {
            out.push(c);
        }
        blank = c == ' ';
    }
    out.replace("= \"", "=\"").replace("= '", "='").replace("\" >", "\">").replace(" \r", "\r").replace(" \n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "<system.net>\n  <defaultProxy>\n    <proxy proxyaddress=\"http://p:8080\" />\n  </defaultProxy>\n</system.net>\n";

    #[test]
    fn what_a_mail_an_editor_and_a_web_page_put_in_is_left_out() {
        let quoted: String = RIGHT.lines().flat_map(|line| ["> > ", line, "\n"]).collect();
        let numbers = RIGHT.lines().zip(140..).map(|(line, number)| format!("{number}: {line}\n")).collect::<Vec<_>>();
        let entities = RIGHT.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        for text in [quoted, numbers.concat(), entities] {
            assert_eq!(without_marks(&text).as_deref(), Some(RIGHT), "{text}");
        }
        assert_eq!(without_marks(RIGHT), None);
    }
}
