//! Where a .NET configuration begins and ends within a mail, a ticket or a console session.

use super::plain::quote_depth;
use std::ops::Range;

/// Elements that begin such a block, lower case.
pub(super) const STARTERS: [&str; 9] = [
    "?xml",
    "configuration",
    "configsections",
    "system.net",
    "defaultproxy",
    "proxy",
    "bypasslist",
    "runtime",
    "startup",
];
/// Attributes that tell a proxy element from another `<proxy>`, lower case.
const PROXY_WORDS: [&str; 6] =
    ["usesystemdefault", "proxyaddress", "bypassonlocal", "autodetect", "scriptlocation", "enabled"];

/// The byte range, in whole lines, of the next XML configuration in `text` at or behind `from`. A block may be
/// broken XML; it ends in front of a blank line that text follows, and in front of two lines of text.
pub fn find_block(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = line_start(text, from)?;
    // First of the lines directly above that are tags as well: `</system.web>` in front of `<system.net>`.
    let mut run = None;
    while at < text.len() {
        let line = line_at(text, at);
        let plain = unquote(line);
        if !plain.starts_with('<') {
            run = None;
            at += line.len();
            continue;
        }
        if starts_block(plain, text.get(at..).unwrap_or("")) {
            let start = run.unwrap_or(at);
            return Some(start..block_end(text, at));
        }
        let lower = head(plain, 8).to_ascii_lowercase();
        let leads = lower.starts_with("</") || lower.starts_with("<add") || lower.starts_with("<system");
        run = leads.then(|| run.unwrap_or(at));
        at += line.len();
    }
    None
}

/// The offset of the first line that begins at or behind `from`.
fn line_start(text: &str, from: usize) -> Option<usize> {
    if from == 0 || text.get(..from).is_some_and(|before| before.ends_with('\n')) {
        return (from <= text.len()).then_some(from);
    }
    text.get(from..).and_then(|rest| rest.find('\n')).map(|at| from + at + 1)
}

/// The line at `at`, with its line end.
fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.split_inclusive('\n').next().unwrap_or("")
}

/// The line without quote marks and blanks around it.
fn unquote(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end()
}

/// Whether a line begins a block. `rest` is the text from this line on.
fn starts_block(line: &str, rest: &str) -> bool {
    let Some(tag) = line.strip_prefix('<') else {
        return false;
    };
    if tag.starts_with("!--") {
        return comment_holds_settings(rest);
    }
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '?'))).unwrap_or(name.len());
    let name = name.get(..length).unwrap_or("").to_ascii_lowercase();
    if !STARTERS.contains(&name.as_str()) {
        return false;
    }
    match name.as_str() {
        "?xml" => root_is_configuration(rest),
        "proxy" if !tag.starts_with('/') => {
            let lower = head(rest, 800).to_ascii_lowercase();
            PROXY_WORDS.iter().any(|word| lower.contains(word))
        }
        _ => true,
    }
}

/// The first bytes of a text, cut at a character.
fn head(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// Whether the first element behind an XML declaration is one of a configuration.
fn root_is_configuration(rest: &str) -> bool {
    let mut rest = head(rest, 4000);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if rest.starts_with('?') {
            continue;
        }
        if rest.starts_with("!--") {
            rest = rest.find("-->").and_then(|end| rest.get(end..)).unwrap_or("");
            continue;
        }
        let name = rest.get(..13).unwrap_or(rest).to_ascii_lowercase();
        return ["configuration", "system.net", "defaultproxy"].iter().any(|root| name.starts_with(root));
    }
    false
}

/// Whether a comment near by holds the settings, or stands above them.
fn comment_holds_settings(rest: &str) -> bool {
    let near = head(rest, 600).to_ascii_lowercase();
    ["<system.net", "<defaultproxy", "<configuration", "proxyaddress"].iter().any(|sign| near.contains(sign))
}

/// Where the block that begins at `start` ends.
fn block_end(text: &str, start: usize) -> usize {
    let depth = quote_depth(line_at(text, start).trim_start());
    let mut end = start;
    let mut at = start;
    let mut strange = 0;
    let mut blank = false;
    let mut in_tag = false;
    let mut in_comment = false;
    let mut closed = false;
    // Once no `-->` follows, none will follow later; looking again for each `<!--` would cost the square.
    let mut comments_close = true;
    while at < text.len() {
        let line = line_at(text, at);
        let plain = unquote_depth(line, depth);
        let next = at + line.len();
        if in_comment {
            in_comment = !plain.contains("-->");
            (end, at, strange, blank) = (next, next, 0, false);
            continue;
        }
        if plain.is_empty() {
            blank = true;
            at = next;
            continue;
        }
        let lower = head(plain, 24).to_ascii_lowercase();
        if closed
            && (lower.starts_with("<?xml")
                || lower.starts_with("<configuration")
                || !(plain.starts_with('<') || (in_tag && like_xml(plain, in_tag))))
        {
            break;
        }
        if like_xml(plain, in_tag) {
            if let Some(comment) = plain.rfind("<!--")
                && !plain.get(comment..).unwrap_or("").contains("-->")
            {
                // An open comment counts only when it is closed somewhere.
                comments_close = comments_close && text.get(next..).is_some_and(|rest| rest.contains("-->"));
                in_comment = comments_close;
            }
            let opened = plain.rfind('<');
            let tag_closed = plain.rfind('>');
            in_tag = match (opened, tag_closed) {
                (Some(open), Some(close)) => open > close,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => in_tag,
            };
            closed |= plain.to_ascii_lowercase().contains("</configuration");
            (end, strange, blank) = (next, 0, false);
        } else {
            strange += 1;
            if blank || strange >= 2 {
                break;
            }
        }
        at = next;
    }
    end
}

/// The line without as many quote marks as the block has, and without blanks around it.
fn unquote_depth(line: &str, depth: usize) -> &str {
    let mut rest = line.trim();
    for _ in 0..depth {
        rest = rest.strip_prefix('>').map_or(rest, str::trim_start);
    }
    rest
}

/// Whether a line may be part of XML.
fn like_xml(line: &str, in_tag: bool) -> bool {
    // Entities that were put into the file as they are.
    if line.starts_with("&lt;")
        || line.starts_with('<')
        || line.starts_with("/>")
        || line.starts_with("-->")
        || line == ">"
    {
        return true;
    }
    // An attribute on a line of its own, whatever quotes it has.
    let attribute = line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim_end();
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '_'))
            && !value.trim().is_empty()
    });
    attribute && (in_tag || line.contains(crate::characters::is_quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> &str {
        find_block(text, 0).and_then(|range| text.get(range)).unwrap_or("")
    }

    #[test]
    fn a_block_in_a_mail_ends_where_the_mail_goes_on() {
        let xml = "<system.net>\n  <defaultProxy>\n    <proxy\n      proxyaddress=\"http://p:8080\"\n      bypassonlocal=\"true\"\n    />\n  </defaultProxy>\n</system.net>\n";
        for (before, after) in
            [("Hello,\nthis is it:\n\n", "\nRegards\nAnna\n"), ("", "Since then nothing works.\nAnna\n"), ("see\n", "")]
        {
            assert_eq!(block(&format!("{before}{xml}{after}")), xml, "{before:?} {after:?}");
        }
    }

    #[test]
    fn quoted_lines_belong_to_the_block() {
        let xml = "> </runtime>\n> <system.net>\n>\n>  <defaultProxy/>\n> </system.net>\n> </configuration>\n";
        assert_eq!(block(&format!("Hi\n\n{xml}\nSince then ...\n")), xml);
    }

    #[test]
    fn blank_lines_and_one_stray_line_do_not_cut_a_block() {
        let xml = "<configuration>\n\n  <!-- a\n\n  long comment without tags\n  -->\n  <system.net>\n  141\n  <defaultProxy/>\n  </system.net>\n</configuration>\n";
        assert_eq!(block(xml), xml);
    }

    #[test]
    fn what_stands_behind_the_root_stays_with_it_unless_it_is_another_file() {
        let tail = "</configuration>\n<system.net>\n</system.net>\n";
        assert_eq!(block(tail), tail);
        let spread = "</configuration>\n<system.net>\n<proxy\nproxyaddress=\"http://p:8080\"\n/>\n</system.net>\n";
        assert_eq!(block(spread), spread);
        let first = "<configuration>\n</configuration>\n";
        let two = format!("{first}<configuration>\n</configuration>\n");
        assert_eq!(block(&two), first);
        assert_eq!(find_block(&two, first.len()), Some(first.len()..two.len()));
    }

    #[test]
    fn a_sentence_about_the_proxy_element_is_no_block() {
        for text in [
            "Did you set the <proxy> element in machine.config?\n",
            "<proxy> is what you need, they said\n",
            "<?xml version=\"1.0\"?>\n<Event xmlns=\"http://schemas\">\n</Event>\n",
            "<html><body>Forbidden</body></html>\n",
        ] {
            assert_eq!(block(text), "", "{text}");
        }
    }
}
