//! One JSON object per line, of any maker: the names are looked up in the table that all dialects share, alone and
//! together with the name of the object around them (`destination.domain`).
//!
//! ```text
//! {"event":{"datetime":"2026-08-28 15:43:14","action":"Blocked","hostname":"login.windows.net","ClientIP":"10.9.0.14"}}
//! ```

mod names;

use super::fields::{Field, Fields, Synonym, lookup, lookup_joined};
use super::{Format, Line, Look, State};
pub use names::Names;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "json-lines",
    name: "JSON lines",
    source: "Field names as of Zscaler NSS, Azure Firewall and Elastic Common Schema",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: Some(Look {
        glance: names::glance,
        skim: |skim, text, state| skim.run(text, state, names::glance),
        rest: |_| None,
    }),
    samples: &[
        r#"{"sourcetype":"web","event":{"datetime":"2026-08-28 15:43:14","action":"Blocked","protocol":"HTTPS","status":"403","url":"login.windows.net:443","hostname":"login.windows.net","ClientIP":"10.9.0.14","requestmethod":"CONNECT"}}"#,
        "{\n  \"date\": \"2026-03-14\",\n  \"time\": \"09:26:53\",\n  \"c-ip\": \"10.9.0.14\",\n  \"cs-categories\": [\"Office\", \"Business\"],\n  \"cs-host\": \"graph.microsoft.com\",\n  \"cs-method\": \"CONNECT\",\n  \"sc-filter-result\": \"DENIED\",\n  \"sc-status\": 403\n}",
        r#"{"@timestamp":"2026-08-28T15:43:14Z","source":{"ip":"10.9.0.14"},"destination":{"domain":"graph.microsoft.com","port":443},"event":{"action":"allowed"}}"#,
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match object_in(line).and_then(collect) {
        Some(fields) if fields.is_traffic(line) => 94,
        Some(fields) if fields.known >= 4 && fields.has_time() => 60,
        Some(fields) if sentence(&fields).is_some() => 80,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    if is_frame(line) {
        return Line::Nothing;
    }
    let Some(fields) = object_in(line).and_then(collect) else {
        return Line::Unreadable("expected one JSON object");
    };
    let record = fields.record();
    if record.host.is_empty()
        && let Some(inner) = sentence(&fields)
    {
        let super::Record { time, time_text, zoned, .. } = record;
        return Line::Record(super::Record { time, time_text, zoned, ..inner });
    }
    Line::Record(record)
}

/// What stands around the records of a file that is one JSON text: `{"records":[`, a count or a status of the whole
/// answer, and the brackets that close it.
pub(super) fn is_frame(line: &str) -> bool {
    let line = line.trim();
    line.ends_with('[') && line.starts_with(['{', '[', '"', ']'])
        || is_lone_member(line)
        || !line.is_empty() && line.bytes().all(|b| matches!(b, b'[' | b']' | b'{' | b'}' | b',' | b' '))
}

/// `"status": "success",`: one member with a short value, maybe with the brackets of the frame around it.
fn is_lone_member(line: &str) -> bool {
    let bare = line.trim_matches([',', '[', ']', '{', '}', ' ']);
    bare.len() <= 120
        && bare.strip_prefix('"').and_then(|rest| rest.split_once('"')).is_some_and(|(_, rest)| {
            rest.trim_start()
                .strip_prefix(':')
                .is_some_and(|value| !value.contains([':', ',', '{']) || value.len() <= 60)
        })
        && bare.matches("\":").count() <= 1
}

/// The records of a line that is one JSON text with a list of them, each with its place in the line: an answer of an
/// interface, a file of a storage account. `None` for a line that is one record itself.
///
/// ```text
/// {"ok":1,"result":[{"url":"host","action":"block"},{"url":"host","action":"allow"}]}
/// ```
pub(crate) fn listed(line: &str) -> Option<Vec<(usize, &str)>> {
    let start = line.len() - line.trim_start().len();
    let text = line.get(start..)?;
    // Cheap, for all the lines that are no such list.
    let opens = |opening: u8| memchr::memchr_iter(opening, text.as_bytes());
    let has_list = text.starts_with(['{', '['])
        && opens(b'[').any(|at| text.get(at + 1..).is_some_and(|rest| rest.trim_start().starts_with('{')));
    if !has_list {
        return None;
    }
    let (mut own, mut list) = (0, None);
    let mut elements = Vec::new();
    if text.starts_with('[') {
        list = Some((1, ""));
    }
    let end = walk(text, |member| {
        // A list of lists, as in an answer of Elasticsearch ("hits" in "hits"): the inner one holds the records.
        let begins_list = member.value.is_none() && text.as_bytes().get(member.start) == Some(&b'[');
        if list.is_none() && begins_list && member.depth <= 2 {
            list = Some((member.depth + 1, member.key));
        } else if let Some((depth, name)) = list
            && member.value.is_none()
            && member.depth == depth
            && member.parent == name
            && member.key.is_empty()
        {
            elements.push(start + member.start);
        }
        own += usize::from(member.depth == 1 && member.value.is_some() && lookup(member.key).is_some());
    })?;
    // What says itself where a request went and how it ended is the record, and the list a detail of it.
    if own >= 3 || elements.is_empty() || !text.get(end..)?.trim().is_empty() {
        return None;
    }
    let records: Vec<_> = elements
        .into_iter()
        .filter_map(|at| {
            let rest = line.get(at..)?;
            let length = walk(rest, |_| ())?;
            Some((at, rest.get(..length)?))
        })
        .collect();
    let first = records.first().and_then(|(_, text)| collect(text))?;
    (first.known >= 3).then_some(records)
}

/// Some makers put a whole sentence into one field: "HTTPS request from … to host:443. Action: Deny."
fn sentence<'a>(fields: &Fields<'a>) -> Option<super::Record<'a>> {
    super::generic_line::read_text(fields.get(Field::Message)).filter(|record| !record.host.is_empty())
}

/// The object of a line, whatever a syslog daemon put in front.
pub(super) fn object_in(line: &str) -> Option<&str> {
    let line = line.trim().trim_end_matches(',');
    if !line.ends_with('}') {
        return None;
    }
    let start = memchr::memchr(b'{', line.as_bytes()).filter(|start| *start <= 160)?;
    line.get(start..)
}

/// The known fields of an object; `None` when the text is no JSON object, or a browser's HTTP archive.
pub(super) fn collect(text: &str) -> Option<Fields<'_>> {
    let mut fields = Fields::default();
    let mut archive = false;
    let end = walk(text, |member| match member.value {
        None => archive |= member.parent == "log" && member.key == "entries",
        // JSON inside a string is nobody's field.
        Some(value) if value.starts_with('{') && value.contains("\\\"") => {}
        Some(value) => put(&mut fields, member.parent, member.key, value),
    })?;
    (!archive && text.get(end..).is_some_and(|rest| rest.trim().is_empty())).then_some(fields)
}

/// One member of an object in a JSON text.
pub(crate) struct Member<'a> {
    /// Name of the object or array around it; empty for the outermost.
    pub parent: &'a str,
    /// Its name; that of the array for elements that are no objects.
    pub key: &'a str,
    /// A string without its quotes and with its escapes, a number, a word; `None` when an object or array begins.
    pub value: Option<&'a str>,
    /// Where the value begins in the text.
    pub start: usize,
    /// How many objects and arrays are around it.
    pub depth: usize,
}

/// Objects below this depth have no name for their members.
const MAX_DEPTH: usize = 16;

/// Visits the members of the JSON object or array that the text begins with, in one pass and without a tree. Gives
/// the place behind its end; `None` when it does not end.
pub(crate) fn walk<'a>(text: &'a str, mut visit: impl FnMut(Member<'a>)) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut names: [&str; MAX_DEPTH] = [""; MAX_DEPTH];
    let mut depth = 0usize;
    let mut at = 0;
    let mut name: Option<&str> = None;
    while let Some(&byte) = bytes.get(at) {
        let parent = names.get(depth).copied().unwrap_or("");
        match byte {
            b'{' | b'[' => {
                let key = name.take().unwrap_or("");
                if depth > 0 {
                    visit(Member { parent, key, value: None, start: at, depth });
                }
                depth += 1;
                if let Some(slot) = names.get_mut(depth) {
                    *slot = key;
                }
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                name = None;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'"' => {
                let end = string_end(bytes, at)?;
                let value = text.get(at + 1..end)?;
                match name.take() {
                    None => name = Some(value),
                    Some(key) => visit(Member { parent, key, value: Some(value), start: at + 1, depth }),
                }
                at = end + 1;
            }
            b',' => {
                name = None;
                at += 1;
            }
            b':' | b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            _ => {
                let ends =
                    |b: &u8| matches!(b, b',' | b'}' | b']' | b'"' | b'{' | b'[' | b':') || b.is_ascii_whitespace();
                let length = bytes.get(at..)?.iter().take_while(|b| !ends(b)).count().max(1);
                if let Some(key) = name.take() {
                    let value = text.get(at..at + length);
                    visit(Member { parent, key, value, start: at, depth });
                }
                at += length;
            }
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

fn put<'a>(fields: &mut Fields<'a>, parent: &str, key: &str, value: &'a str) {
    if let Some(synonym) = synonym(parent, key) {
        fields.put(synonym, value);
    }
}

/// What the member with this name says in the object of that name.
fn synonym(parent: &str, key: &str) -> Option<Synonym> {
    // A name with dots in it is the same as nested objects.
    let (parent, key) =
        key.rsplit_once('.').map_or((parent, key), |(above, last)| (above.rsplit('.').next().unwrap_or(above), last));
    lookup_joined(parent, key).or_else(|| lookup(key))
}

/// Offset of the quote that closes the string which begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
