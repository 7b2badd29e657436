//! .NET configuration files that a text names: behind a message, in a command, in somebody's own words.

use super::normalise::{Gap, Normal, is_cjk};
use crate::artifact::{Part, Span};
use crate::readers::machine_config::{WhichFile, file_of_path};
use memchr::memmem;

/// A configuration file that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each of its own")]
pub struct ConfigPath {
    /// Which file.
    pub which: WhichFile,
    /// Its name without folders, lower case; a folder's name where the text names only that.
    pub file: String,
    /// The line of the file that the text names behind the path.
    pub line: Option<u32>,
    /// The text closes a message with it as .NET does: `(C:\…\machine.config line 312)`.
    pub in_message: bool,
    /// The folder is named too, so that the copy is known.
    pub has_folder: bool,
    /// The text says that this file was edited.
    pub edited: bool,
    /// A search (findstr, Select-String, grep) printed the proxy's settings from this file.
    pub holds_proxy: bool,
    /// Where a message that ends with this path may begin: at most two lines above.
    pub reach: Span,
    /// The path.
    pub span: Span,
}

/// How many paths are kept.
const MAX_PATHS: usize = 100;

/// Characters of the normalised text that a path may have.
const MAX_LENGTH: usize = 160;

/// Every mention, in the order of the text.
pub fn config_paths(part: &Part, normal: &Normal) -> Vec<ConfigPath> {
    let mut found: Vec<ConfigPath> = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(normal.text.as_bytes(), b"config") {
        if at < done || found.len() >= MAX_PATHS {
            continue;
        }
        let start = path_start(normal, at);
        let end = path_end(normal, at);
        done = end;
        let Some(path) = normal.text.get(start..end).map(|path| path.trim_end_matches(['.', '\\', '/', ':', '-']))
        else {
            continue;
        };
        let end = start + path.len();
        let has_shape = path.ends_with(".config") || path.contains("framework");
        // "the 32-bit machine.config" names the copy without a path.
        let words = normal.text.get(before(normal, start, "32-bit".len())..start).unwrap_or("");
        let named = if matches!(words, "32-bit") { format!("{words}/{path}") } else { path.to_owned() };
        let Some(which) = file_of_path(&named).filter(|_| has_shape) else { continue };
        let place = normal.range(&(start..end));
        let (line, behind) = line_behind(normal, end);
        found.push(ConfigPath {
            which,
            file: path.rsplit(['\\', '/']).next().unwrap_or("").to_owned(),
            line,
            in_message: path.contains('\\') && normal.text.get(behind..).is_some_and(|rest| rest.starts_with(')')),
            has_folder: path.contains("framework") || path.contains("\\bin\\"),
            edited: is_edited(normal.original, place.start, place.end),
            holds_proxy: holds_proxy(normal.original, place.end),
            reach: part.span(two_lines_above(normal.original, place.start)..place.end),
            span: part.span(place),
        });
    }
    found
}

/// Whether the rest of the line is what a search found in the file: `:141:   <proxy … proxyaddress="…" />`.
fn holds_proxy(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or("").lines().next().unwrap_or("");
    let Some(rest) = rest.strip_prefix(':') else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | ' ' | '\t'));
    let lower = rest.to_ascii_lowercase();
    lower.starts_with("<proxy") && lower.contains("proxyaddress")
}

/// Where a console session shows that its `PowerShell` is a 32-bit one, which reads the 32-bit machine.config.
pub fn narrow_shell(part: &Part, normal: &Normal) -> Option<Span> {
    const SIGNS: [&str; 4] =
        ["syswow64\\windowspowershell", "is64bitprocessfalse", "is64bitprocess:false", "::is64bitprocess)false"];
    let text = normal.text.as_bytes();
    let found = |sign: &str| memmem::find(text, sign.as_bytes()).map(|at| at..at + sign.len());
    let first = SIGNS.iter().filter_map(|sign| found(sign)).min_by_key(|range| range.start)?;
    Some(part.span(normal.range(&first)))
}

/// What cannot stand in a path, as far as texts go.
fn is_outside(c: char) -> bool {
    is_cjk(c)
        || matches!(c, '\'' | '(' | ')' | '<' | '>' | '|' | ',' | ';' | '=' | '*' | '?' | '`' | '[' | ']' | '{' | '}')
}

/// A blank or a short line ends a path; a line that the width of a console cut does not.
fn is_cut(normal: &Normal, at: usize) -> bool {
    matches!(normal.gap(at), Gap::Blank | Gap::Break)
}

fn path_start(normal: &Normal, at: usize) -> usize {
    let head = normal.text.get(..at).unwrap_or("");
    let mut start = at;
    for (offset, c) in head.char_indices().rev().take(MAX_LENGTH) {
        if is_outside(c) || is_cut(normal, start) {
            break;
        }
        start = offset;
    }
    start
}

fn path_end(normal: &Normal, at: usize) -> usize {
    let tail = normal.text.get(at..).unwrap_or("");
    let mut end = at;
    for (offset, c) in tail.char_indices().take(MAX_LENGTH) {
        let here = at + offset;
        let head = normal.text.get(at..here).unwrap_or("");
        // The name ends with its ending, whatever a sentence puts behind it.
        let named = head.ends_with("config") && !matches!(c, '\\' | '/');
        if offset > 0 && (named || is_outside(c) || is_cut(normal, here)) {
            break;
        }
        end = here + c.len_utf8();
    }
    end
}

/// `at`, or up to `bytes` bytes earlier, at the beginning of a character.
fn before(normal: &Normal, at: usize, bytes: usize) -> usize {
    let mut start = at.saturating_sub(bytes);
    while !normal.text.is_char_boundary(start) {
        start += 1;
    }
    start
}

/// "line 312" behind a path, in the languages of .NET, and where it ends.
fn line_behind(normal: &Normal, at: usize) -> (Option<u32>, usize) {
    const LINE: &[&str] = &["line", "zeile", "ligne", "línea", "linea", "riga", "linha", "第", "行"];
    let tail = normal.text.get(at..).unwrap_or("");
    let rest = tail.trim_start_matches([',', ':', '(']);
    let Some(rest) = LINE.iter().find_map(|word| rest.strip_prefix(word)) else { return (None, at) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits.min(7)).and_then(|digits| digits.parse().ok());
    let rest = rest.get(digits..).unwrap_or("").trim_start_matches('行');
    (number, normal.text.len() - rest.len())
}

fn two_lines_above(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or("");
    head.rmatch_indices('\n').nth(2).map_or(0, |(end, _)| end + 1)
}

/// Words for a change that was made, as whole words.
const EDITED: &[&str] = &[
    "edited",
    "changed",
    "modified",
    "added",
    "put",
    "pasted",
    "inserted",
    "wrote",
    "written",
    "entered",
    "set",
    "updated",
    "saved",
    "notepad",
    "notepad.exe",
    "notepad++",
    "bearbeitet",
    "geändert",
    "geaendert",
    "eingetragen",
    "eingefügt",
    "eingefuegt",
    "hinzugefügt",
    "hinzugefuegt",
    "angepasst",
    "ergänzt",
    "ergaenzt",
    "modifié",
    "ajouté",
    "édité",
    "inséré",
    "collé",
];

/// The same in scripts without blanks between words.
const EDITED_CJK: &[&str] = &[
    "修改",
    "编辑",
    "編輯",
    "添加",
    "加到",
    "加在",
    "加入",
    "写入",
    "写在",
    "粘贴",
    "配置在",
    "編集",
    "変更",
    "追加",
    "追記",
];

/// Words that make a sentence with one of the words above say something else: a denial, a question, a plan.
const NOT_DONE: &[&str] = &[
    "not", "never", "no", "nothing", "didn't", "haven't", "hasn't", "wasn't", "neither", "should", "must", "shall",
    "would", "could", "can", "may", "to", "be", "if", "nicht", "nie", "kein", "keine", "soll", "sollen", "muss",
    "kann", "werden", "pas", "jamais", "doit", "faut",
];
const NOT_DONE_CJK: &[&str] = &["没", "沒", "未", "不", "是否", "需要", "应该", "ません", "ていない", "べき", "必要"];

/// How many bytes of a sentence on each side of a path are looked at.
const NEAR: usize = 120;

/// Whether the sentence around a place says that something was changed there.
fn is_edited(text: &str, start: usize, end: usize) -> bool {
    let lower_head = sentence_before(text, start).to_lowercase();
    let lower_tail = sentence_behind(text, end).to_lowercase();
    says_edited(&lower_head) || says_edited(&lower_tail)
}

fn says_edited(sentence: &str) -> bool {
    let words: Vec<&str> = sentence
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | ':'))
        .map(|word| word.trim_matches(['.', '!', '>', '*']))
        .filter(|word| !word.is_empty())
        .collect();
    let by_word = words.iter().enumerate().any(|(index, word)| {
        let earlier = words.get(index.saturating_sub(3)..index).unwrap_or_default();
        EDITED.contains(word) && !earlier.iter().any(|word| NOT_DONE.contains(word))
    });
    by_word
        || (EDITED_CJK.iter().any(|word| sentence.contains(word))
            && !NOT_DONE_CJK.iter().any(|word| sentence.contains(word)))
}

/// The marks behind which another sentence begins.
fn is_stop(text: &str, at: usize, c: char) -> bool {
    let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
    match c {
        '。' | '！' | '？' | ';' => true,
        '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
        '\n' => next.is_none_or(|c| matches!(c, '\n' | '\r')),
        _ => false,
    }
}

fn sentence_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let stretch = text.get(from..at).unwrap_or("");
    let stop =
        stretch.char_indices().rev().find(|(offset, c)| is_stop(stretch, *offset, *c) && offset + 1 < stretch.len());
    stop.and_then(|(offset, c)| stretch.get(offset + c.len_utf8()..)).unwrap_or(stretch)
}

fn sentence_behind(text: &str, at: usize) -> &str {
    let mut to = (at + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let stretch = text.get(at..to).unwrap_or("");
    let stop = stretch.char_indices().find(|(offset, c)| is_stop(stretch, *offset, *c));
    stop.and_then(|(offset, _)| stretch.get(..offset)).unwrap_or(stretch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<ConfigPath> {
        let source = Source::decode("a", text.as_bytes());
        let part = Part::whole(&source);
        config_paths(&part, &Normal::new(part.text()))
    }

    #[test]
    fn a_path_behind_a_message_gives_file_and_line() {
        for (text, which, line, in_message) in [
            (
                r"x (C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config line 312)",
                WhichFile::Machine,
                Some(312),
                true,
            ),
            (
                r"x (C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config Zeile 312)",
                WhichFile::Machine,
                Some(312),
                true,
            ),
            (
                r"（C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config 行 9）",
                WhichFile::Machine32,
                Some(9),
                true,
            ),
            (
                r"(C:\Program Files\Microsoft Azure AD Sync\Bin\miiserver.exe.config line 14)",
                WhichFile::Miiserver,
                Some(14),
                true,
            ),
            (r"(C:\Apps\shop.exe.config line 14)", WhichFile::OtherApp, Some(14), true),
            ("see machine.config, line 12", WhichFile::Machine, Some(12), false),
            ("see the 32-bit machine.config.", WhichFile::Machine32, None, false),
            (r"cd C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config", WhichFile::Machine32, None, false),
        ] {
            let found = read(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].which, found[0].line, found[0].in_message), (which, line, in_message), "{text}");
        }
        assert!(read("the configuration of the proxy, https://config.office.com and ipconfig /all").is_empty());
    }

    #[test]
    fn a_32_bit_powershell_gives_itself_away() {
        for (text, expected) in [
            (
                "Host Application: C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0\\powershell.exe",
                Some("SysWOW64\\WindowsPowerShell"),
            ),
            ("PS C:\\> [Environment]::Is64BitProcess\nFalse\n", Some("Is64BitProcess\nFalse")),
            ("PS C:\\> [Environment]::Is64BitProcess\nTrue\n", None),
            ("Host Application: C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", None),
        ] {
            let source = Source::decode("a", text.as_bytes());
            let part = Part::whole(&source);
            let found = narrow_shell(&part, &Normal::new(part.text()));
            assert_eq!(found.and_then(|span| text.get(span.start..span.end)), expected, "{text}");
        }
    }

    #[test]
    fn what_somebody_edited_is_told_from_what_is_only_named() {
        const NARROW: &str = r"C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config";
        for (text, edited) in [
            (format!("I have put the block into\n{NARROW} yesterday."), true),
            (format!("Ich habe den Proxy in {NARROW} eingetragen."), true),
            (format!("notepad {NARROW}"), true),
            (format!("已修改{NARROW}，仍然报错"), true),
            (format!("{NARROW} を編集しました。"), true),
            (format!("I have not changed {NARROW} so far."), false),
            (format!("Should {NARROW} be edited too?"), false),
            (format!("没有修改{NARROW}。"), false),
            (format!("I edited the hosts file. The path is {NARROW} here."), false),
            (format!("machine.config path: {NARROW}."), false),
        ] {
            let found = read(&text);
            assert_eq!(
                found.iter().any(|path| path.edited && path.which == WhichFile::Machine32),
                edited,
                "{text}: {found:?}"
            );
        }
    }
}
