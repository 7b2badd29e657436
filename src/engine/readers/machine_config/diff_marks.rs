//! The marks of a unified diff, as change records and version control print it: `+` in front of what is new, `-` in
//! front of what went away, a blank in front of the rest.
//!
//! ```text
//! @@ -296,4 +296,9 @@
//!    </system.data>
//! +  <system.net>
//! ```

use memchr::memmem;
use std::ops::Range;

/// So many new lines with a tag make a stretch of marked lines a diff.
const MIN_TAGS: usize = 2;

/// Lines that one after the other may belong to a diff.
#[derive(Default)]
struct Run {
    marks: Vec<Range<usize>>,
    tags: usize,
}

impl Run {
    fn accepted(self) -> Vec<Range<usize>> {
        if self.tags >= MIN_TAGS { self.marks } else { Vec::new() }
    }
}

/// Where the marks stand, with the whole of the lines that went away or only lead the diff; nothing where the text
/// is no diff of XML. Of a part of a diff the lines that lead it may be missing.
pub fn diff_marks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if memmem::find(text.as_bytes(), b"\n+").is_none() {
        return found;
    }
    let mut run = Run::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end_matches(['\r', '\n']);
        if body.starts_with("@@ -") || body.starts_with("--- ") || body.starts_with("+++ ") {
            run.marks.push(start..start + body.len());
        } else if let Some(new) = body.strip_prefix('+') {
            run.tags += usize::from(new.trim_start().starts_with('<'));
            run.marks.push(start..start + 1);
        } else if body.starts_with('-') && !body.starts_with("-->") {
            run.marks.push(start..start + body.len());
        } else if !body.is_empty() && !body.starts_with([' ', '\t', '<']) {
            found.extend(std::mem::take(&mut run).accepted());
        }
    }
    found.extend(run.accepted());
    found
}

#[cfg(test)]
mod tests {
    use super::super::plain::markup;

    #[test]
    fn the_marks_of_a_diff_become_blanks_and_what_went_away_is_gone() {
        let text = "--- a\n+++ b\n@@ -1,3 +1,3 @@\n   <system.net>\n-    <proxy proxyaddress=\"http://old:1\" />\n+    <!-- new -->\n+    <proxy proxyaddress=\"http://new:1\" />\n   </system.net>\n";
        let plain = markup(text);
        assert_eq!(plain.len(), text.len());
        assert!(plain.contains("new:1") && !plain.contains("old:1") && !plain.contains('+') && !plain.contains("@@"));
    }

    #[test]
    fn a_text_that_is_no_diff_keeps_its_marks() {
        for text in ["- <system.net>\n+ see below\n- </system.net>\n", "@@ -1 +1 @@\n+Dear all\n", "<!--\n-->\n"] {
            assert_eq!(markup(text), text);
        }
    }
}
