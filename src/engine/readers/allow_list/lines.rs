//! Lists with one entry, or one row, per line.

use super::{Action, AllowList, Entry, HowKnown, Problems, Product, Shape, named_in, pattern, syntax};
use crate::artifact::Part;
use std::ops::Range;

/// How many lines the score looks at.
const SURVEYED: usize = 400;

/// What a list looks like.
pub struct Survey {
    /// The dialect.
    pub format: &'static str,
    /// By what it was recognised.
    pub why: String,
}

/// Words that may stand beside an entry.
const NEUTRAL: &[&str] = &[
    "-",
    "–",
    "•",
    "*",
    "+",
    "=",
    ":",
    "tcp",
    "udp",
    "http",
    "https",
    "ssl",
    "tls",
    "port",
    "ports",
    "out",
    "outbound",
    "allow",
    "allowed",
    "permit",
    "permitted",
    "accept",
    "pass",
    "deny",
    "denied",
    "block",
    "blocked",
    "drop",
    "reject",
    "rejected",
    "and",
    "member",
    "/member",
    "entry",
    "/entry",
    "li",
    "/li",
    "any",
    "yes",
    "no",
    "exact",
    "wildcard",
    "host",
    "url",
    "fqdn",
    "domain",
    "required",
    "optional",
    "set",
    "wildcard-fqdn",
    "type",
    "true",
    "false",
];
/// What a state column says in a request that somebody decided about. Only where the word fills its cell: in a
/// sentence it may mean anything.
const GRANTED: &[&str] = &[
    "approved",
    "granted",
    "opened",
    "genehmigt",
    "erlaubt",
    "freigegeben",
    "freigeschaltet",
    "zugelassen",
    "autorisé",
    "accepté",
    "validé",
    "ouvert",
    "permitido",
    "aprobado",
    "autorizado",
    "consentito",
    "approvato",
    "toegestaan",
    "允许",
    "已允许",
    "已开通",
    "放行",
    "同意",
    "通过",
    "許可",
    "承認",
];
const TURNED_DOWN: &[&str] = &[
    "refused",
    "declined",
    "abgelehnt",
    "gesperrt",
    "blockiert",
    "verweigert",
    "verboten",
    "refusé",
    "refuse",
    "bloqué",
    "interdit",
    "rejeté",
    "denegado",
    "bloqueado",
    "rechazado",
    "recusado",
    "negado",
    "negato",
    "bloccato",
    "rifiutato",
    "geweigerd",
    "geblokkeerd",
    "afgewezen",
    "拒绝",
    "已拒绝",
    "禁止",
    "阻止",
    "不同意",
    "拒否",
    "却下",
    "遮断",
];
const ALLOWING: &[&str] = &["allow", "allowed", "permit", "permitted", "accept", "pass"];
const REFUSING: &[&str] = &["deny", "denied", "block", "blocked", "drop", "reject", "rejected"];

/// Looks at the lines; `None` when they are no list.
pub fn survey(part: &Part) -> Option<Survey> {
    let (product, ..) = product_of(part);
    let (mut listed, mut tables, mut stars, mut slashes, mut other, mut columns) =
        (0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    let mut addresses = 0usize;
    let mut explained = 0usize;
    for (_, line) in part.lines().take(SURVEYED) {
        match classify(line, product) {
            Line::Blank | Line::Comment => {}
            Line::Addresses => addresses += 1,
            Line::Entries { tokens, row } => {
                listed += usize::from(!row);
                tables += usize::from(row);
                stars += usize::from(tokens.iter().any(|token| !matches!(token.shape, Shape::Name(_))));
                slashes += usize::from(tokens.iter().all(|token| {
                    let text = line.get(token.range.clone()).unwrap_or("");
                    text.ends_with('/') && !text.contains("://")
                }));
                columns += usize::from(row && !tokens.iter().all(|token| token.ports.is_empty()));
                explained += usize::from(line.contains("Used to ") || line.contains("Used for "));
            }
            Line::Other => other += 1,
        }
        // Whatever else comes, they are too many; one may be a header row.
        if (other - 1.min(other)) * 10 > SURVEYED * 3 {
            return None;
        }
    }
    let entries = listed + tables;
    let lines = entries + addresses + other;
    // A header row may stand above a short table.
    let other = other.saturating_sub(usize::from(tables > listed));
    if entries < 3 || other * 10 > lines * 3 || addresses > entries * 4 || explained >= 3 {
        return None;
    }
    if tables > listed {
        // A table of names alone may be an inventory; wildcards or ports make it a list of destinations.
        if stars == 0 && columns * 2 < tables {
            return None;
        }
        let why = format!("{entries} of {lines} lines are rows with a host name or wildcard in them.");
        return Some(Survey { format: "csv-list", why });
    }
    if product == Product::PaloAlto || slashes * 2 > entries {
        let why = format!("{entries} of {lines} lines are single URL patterns as in a Palo Alto dynamic list.");
        return Some(Survey { format: "palo-alto-edl", why });
    }
    let why = format!("{entries} of {lines} lines are single host names or wildcards.");
    Some(Survey { format: "plain-list", why })
}

/// Reads the entries. Of a long list, what is kept after the first [`AllowList::MAX_ENTRIES`] names something of the
/// catalogue, or is a wildcard for everything.
pub fn read(part: &Part, problems: &mut Problems) -> AllowList {
    let (mut product, mut how_known, mut why_known) = product_of(part);
    let format = survey(part).map(|survey| survey.format);
    if product == Product::Plain && format == Some("palo-alto-edl") {
        product = Product::PaloAlto;
        how_known = HowKnown::Syntax;
        "Most entries end in a slash, as Palo Alto asks for.".clone_into(&mut why_known);
    } else if product == Product::Plain && format == Some("csv-list") {
        product = Product::Csv;
    }
    let blocks = speaks_of_blocking(part);
    let mut list = AllowList { product, how_known, why_known, blocks, ..AllowList::default() };
    for (start, line) in part.lines() {
        let is_full = list.entries.len() >= AllowList::MAX_ENTRIES;
        if is_full && !syntax::may_concern(line) {
            continue;
        }
        match classify(line, product) {
            Line::Blank | Line::Comment | Line::Addresses => {}
            // A table has a head.
            Line::Other if format == Some("csv-list") && list.entries.is_empty() && is_row(line) => {}
            Line::Other => {
                problems.add(part.span(start..start + line.len()), "Expected a host name or a wildcard on this line.");
            }
            Line::Entries { tokens, .. } => {
                for token in tokens {
                    if list.entries.len() >= 2 * AllowList::MAX_ENTRIES {
                        list.cut = true;
                        syntax::remark(&mut list);
                        return list;
                    }
                    list.entries.push(Entry {
                        text: line.get(token.range.clone()).unwrap_or("").to_owned(),
                        span: part.span(start + token.range.start..start + token.range.end),
                        shape: token.shape,
                        action: token.action,
                        ports: token.ports,
                    });
                }
            }
        }
    }
    syntax::remark(&mut list);
    list
}

/// Whether a line is an entry and nothing else; and whether it uses a wildcard.
pub fn is_entry(line: &str) -> Option<bool> {
    // Said first, because nearly all lines of a mail or a trace are longer.
    if line.split_ascii_whitespace().nth(3).is_some() {
        return None;
    }
    match classify(line, Product::Plain) {
        Line::Entries { tokens, row: false } if tokens.len() == 1 => {
            Some(tokens.iter().all(|token| !matches!(token.shape, Shape::Name(_))))
        }
        _ => None,
    }
}

/// What one line is.
enum Line {
    Blank,
    Comment,
    Addresses,
    Entries { tokens: Vec<Token>, row: bool },
    Other,
}

struct Token {
    range: Range<usize>,
    shape: Shape,
    action: Action,
    ports: Vec<u16>,
}

fn classify(line: &str, product: Product) -> Line {
    let trimmed = line.trim();
    if is_frame(trimmed) {
        return Line::Blank;
    }
    if ["#", ";", "//", "<!--", "REM "].iter().any(|mark| trimmed.starts_with(mark)) {
        return Line::Comment;
    }
    if line.len() > 4096 {
        return Line::Other;
    }
    if let Some(shape) = expression(trimmed) {
        let start = line.len() - line.trim_start().len();
        let range = start..start + trimmed.len();
        return Line::Entries {
            tokens: vec![Token { range, shape, action: Action::Allow, ports: Vec::new() }],
            row: false,
        };
    }
    let end = [" #", "\t#", " //"].iter().filter_map(|mark| line.find(mark)).min().unwrap_or(line.len());
    let line = line.get(..end).unwrap_or(line);
    let mut tokens = Vec::new();
    let mut ports = Vec::new();
    let (mut addresses, mut words) = (0usize, 0usize);
    let mut action = None;
    let mut negated = false;
    let mut cells_with_words = false;
    for range in words_of(line) {
        let Some(mut word) = line.get(range.clone()) else { continue };
        let mut start = range.start;
        if let Some(rest) = word.strip_prefix('!').filter(|_| tokens.is_empty()) {
            negated = true;
            word = rest;
            start += 1;
        }
        let lower = word.to_lowercase();
        let decided = [(GRANTED, Action::Allow), (TURNED_DOWN, Action::Deny)]
            .into_iter()
            .find(|(words, _)| words.contains(&lower.as_str()) && fills_its_cell(line, &range));
        if let Some((_, said)) = decided {
            action = action.or(Some(said));
        } else if let Some(numbers) = ports_of(&lower) {
            ports.extend(numbers);
        } else if NEUTRAL.contains(&lower.as_str()) && (lower != "*" || trimmed.len() > 1) {
            if action.is_none() && ALLOWING.contains(&lower.as_str()) {
                action = Some(Action::Allow);
            } else if action.is_none() && REFUSING.contains(&lower.as_str()) {
                action = Some(Action::Deny);
            }
        } else {
            match pattern::parse(word, product) {
                // What a mail program adds to a name when it writes a link as plain text.
                Some(_) if is_link_of(line, tokens.last(), start) => {}
                Some((Shape::Address, _)) => addresses += 1,
                Some((shape, port)) => {
                    tokens.push(Token { range: start..start + word.len(), shape, action: Action::Allow, ports: port });
                }
                None => words += 1,
            }
        }
        cells_with_words |= tokens.is_empty() && words > 3;
    }
    let action = if negated { Action::Deny } else { action.unwrap_or(Action::Allow) };
    for token in &mut tokens {
        token.action = action;
        token.ports.extend_from_slice(&ports);
    }
    let category = line.contains("custom-url-category");
    if tokens.is_empty() {
        return if addresses > 0 && words == 0 { Line::Addresses } else { Line::Other };
    }
    if category || (words == 0 && addresses == 0) {
        return Line::Entries { tokens, row: false };
    }
    if is_row(line) && !looks_like_a_record(line) && !cells_with_words {
        return Line::Entries { tokens, row: true };
    }
    if addresses == 0 && explains(line, &tokens) {
        tokens.truncate(1);
        return Line::Entries { tokens, row: false };
    }
    Line::Other
}

/// A line that is a regular expression over host and path, as Sophos writes the exceptions of its web filter:
/// `^([A-Za-z0-9.-]*\.)?example\.com\.?/`.
fn expression(line: &str) -> Option<Shape> {
    let is_one = line.starts_with('^') && line.contains("\\.") && !line.contains(char::is_whitespace);
    let shape = is_one.then(|| pattern::regex(line, true, pattern::Subject::Address))?;
    matches!(shape, Shape::Regex(Some(_), _)).then_some(shape)
}

/// Whether a word is the address behind the name before it: `host<http://host>`, `[host](http://host)`.
fn is_link_of(line: &str, before: Option<&Token>, start: usize) -> bool {
    let Some(name) = before else { return false };
    let between = line.get(name.range.end..start).unwrap_or("");
    matches!(between, "<" | " <" | "](" | "]<") && line.get(start..).is_some_and(|word| word.starts_with("http"))
}

/// Lines that hold a list together: rulers, brackets, and the steps of a firewall's own configuration language.
fn is_frame(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next().unwrap_or("");
    (line != "*" && line.bytes().all(|byte| byte.is_ascii_punctuation() || byte == b' '))
        || matches!(line, "next" | "end" | "[edit]")
        || is_device_prompt(first)
        || (line.contains("custom-url-category") && line.ends_with(" type \"URL List\""))
        || (matches!(first, "edit" | "config" | "set")
            && !line.contains("fqdn \"")
            && !line.contains("custom-url-category"))
}

/// The prompt of a firewall's own console: `admin@PA-850(active)#`, `admin@fw>`.
fn is_device_prompt(word: &str) -> bool {
    word.ends_with(['#', '>'])
        && word.split_once('@').is_some_and(|(user, device)| {
            !user.is_empty() && device.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.()#>".contains(&b))
        })
}

/// Whether the line has the columns of a table: commas, semicolons, tabs or bars between cells.
fn is_row(line: &str) -> bool {
    line.bytes().filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|')).count() >= 1
}

/// Whether a word stands alone between the separators of a table.
fn fills_its_cell(line: &str, word: &Range<usize>) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| matches!(c, ',' | ';' | '\t' | '|'));
    let blank = [' ', '"', '\''];
    let before = line.get(..word.start).unwrap_or("").trim_end_matches(blank);
    let after = line.get(word.end..).unwrap_or("").trim_start_matches(blank);
    (!before.is_empty() || !after.is_empty()) && edge(before.chars().next_back()) && edge(after.chars().next())
}

/// Whether the line carries what a log record has and a rule has not: a clock time, a method, a status.
fn looks_like_a_record(line: &str) -> bool {
    let bytes = line.as_bytes();
    let clock = bytes
        .windows(5)
        .any(|window| matches!(window, [a, b, b':', c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit())));
    let method = ["CONNECT", "GET ", "POST", "TCP_", "HTTP/1", "\"GET\"", "=\""].iter().any(|word| line.contains(word));
    clock || method
}

/// `host - what it is for`: one entry, then words. `host - user [date]` is a record of a web server.
fn explains(line: &str, tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let before = line.get(..first.range.start).unwrap_or("").trim_matches([' ', '\t', '-', '*', '•', '"']);
    let after = line.get(first.range.end..).unwrap_or("").trim_start_matches(['"', '`']);
    let opens = [" - ", " – ", " — ", "\t", " ("].iter().any(|mark| after.starts_with(mark));
    before.is_empty() && opens && !after.contains('[') && !after.contains("- -") && !looks_like_a_record(line)
}

/// `443`, `80,443` (already split), `tcp/443`, `https/443`, `443/tcp`.
fn ports_of(word: &str) -> Option<Vec<u16>> {
    let word = word.trim_matches([':', '.']);
    let mut ports = Vec::new();
    for piece in word.split(['/', '-', ':']) {
        match piece {
            "tcp" | "udp" | "http" | "https" => {}
            _ => ports.push(piece.parse::<u16>().ok()?),
        }
    }
    (!ports.is_empty()).then_some(ports)
}

/// The words of a line, with their places.
fn words_of(line: &str) -> Vec<Range<usize>> {
    let separates = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | '|' | '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}')
            || is_east_asian_mark(c)
    };
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices() {
        match (separates(c), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..line.len()));
    words
}

/// What stands between names in Chinese and Japanese: commas, semicolons, bars, brackets, the full stop.
fn is_east_asian_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '；'
            | '｜'
            | '。'
            | '（'
            | '）'
            | '【'
            | '】'
            | '「'
            | '」'
            | '《'
            | '》'
            | '“'
            | '”'
            | '：'
    )
}

/// The product that entries, the name, the comments or the other lines speak of, how that is known, and by what.
fn product_of(part: &Part) -> (Product, HowKnown, String) {
    let mut words = part.source.name.to_ascii_lowercase();
    for (_, line) in part.lines().take(SURVEYED) {
        let trimmed = line.trim_start();
        if trimmed.starts_with("^.") {
            let why = "A caret stands for one label in Palo Alto lists only.".to_owned();
            return (Product::PaloAlto, HowKnown::Syntax, why);
        }
        if line.contains("custom-url-category") {
            let why = "custom-url-category is a word of PAN-OS.".to_owned();
            return (Product::PaloAlto, HowKnown::Syntax, why);
        }
        let is_prose = || trimmed.split_ascii_whitespace().count() >= 4;
        if trimmed.starts_with(['#', ';', '/']) || !trimmed.contains('.') || is_prose() {
            words.push(' ');
            words.push_str(&trimmed.to_ascii_lowercase());
        }
    }
    match named_in(&words) {
        Some(product) => {
            let why = "The name of the file, or the text around the entries, says so.".to_owned();
            (product, HowKnown::Said, why)
        }
        None => (Product::Plain, HowKnown::Assumed, "Nothing says which product reads it.".to_owned()),
    }
}

/// Whether name and comments speak of blocking, and not of allowing.
fn speaks_of_blocking(part: &Part) -> bool {
    let mut words = part.source.name.to_ascii_lowercase();
    let comments = part
        .lines()
        .take(SURVEYED)
        .filter(|(_, line)| matches!(classify(line, Product::Plain), Line::Comment | Line::Other));
    for (_, line) in comments.take(20) {
        words.push(' ');
        words.push_str(&line.to_ascii_lowercase());
    }
    let any = |list: &[&str]| list.iter().any(|word| words.contains(word));
    any(&["blocklist", "block list", "block-list", "blacklist", "denylist", "deny list", "blocked", "denied"])
        && !any(&["allow", "whitelist", "permit", "unblock"])
}
