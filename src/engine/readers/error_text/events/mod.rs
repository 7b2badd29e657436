//! Windows events, as the Event Viewer copies them (text in any language we know, XML, CSV), as `wevtutil` prints
//! them, and as `Get-WinEvent` and `Get-EventLog` do (list, table, JSON).

mod known;

pub use known::{KNOWN, KnownEvent, Side, Tells, find, is_sync_service};

use super::columns::{Columns, columns};
use super::layout::event_label;
use crate::artifact::{Kind, Part, Span};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who wrote it.
    pub source: String,
    /// Its id.
    pub id: u32,
    /// When, as written; empty where the print does not say.
    pub time: String,
    /// Windows only notes that something took place: its level is information.
    pub is_note: bool,
    /// The line with the id.
    pub span: Span,
    /// From its first to its last line.
    pub block: Span,
}

/// Places of the labels in [`event_label`].
const LOG: usize = 0;
const SOURCE: usize = 1;
const ID: usize = 2;
const LEVEL: usize = 4;
const DATE: usize = 8;

/// Every event of the part, in the order of the text. Texts that hold none cost nothing.
pub fn events(part: &Part, kind: Kind) -> Vec<Event> {
    if !matches!(kind, Kind::EventLog | Kind::PowershellOutput) {
        return Vec::new();
    }
    let text = part.text();
    let mut found = if text.contains("<EventID") {
        xml(part, text)
    } else if text.contains("\"ProviderName\"") {
        json(part, text)
    } else {
        lines(part)
    };
    // An event reaches up to the next one.
    let starts: Vec<usize> = found.iter().map(|event| event.block.start).collect();
    for (event, next) in found.iter_mut().zip(starts.into_iter().skip(1).chain([part.end])) {
        event.block.end = next.max(event.span.end);
    }
    found
}

/// Labelled lines, tables and CSV.
fn lines(part: &Part) -> Vec<Event> {
    let mut found: Vec<Event> = Vec::new();
    let mut open = Open::default();
    let mut table: Option<Columns> = None;
    let mut csv: Option<Csv> = None;
    let mut before = "";
    for (start, line) in part.lines() {
        let trimmed = line.trim_start_matches('\u{feff}').trim();
        let at = start + (line.len() - line.trim_start().len());
        let place = at..start + line.trim_end().len();
        let head = std::mem::replace(&mut before, line);
        if let Some(named) = columns(head, line).filter(|named| {
            named.names().any(|name| matches!(name, "Id" | "InstanceId" | "InstanceID"))
                && named.names().any(|name| matches!(name, "Message" | "TimeCreated" | "Time"))
        }) {
            table = Some(named);
            continue;
        }
        if let Some(header) = Csv::of(trimmed) {
            csv = Some(header);
            continue;
        }
        if let Some(csv) = &mut csv {
            if let Some(row) = csv.row(line) {
                found.push(Event { is_note: row.is_note, ..event(part, row.source, row.id, row.time, place) });
            }
            continue;
        }
        if let Some(named) = &table {
            let number = ["Id", "InstanceId", "InstanceID"].iter().find_map(|name| named.value(name, line));
            let source = ["ProviderName", "Source"].iter().find_map(|name| named.value(name, line));
            let source = source.map_or(open.source.clone(), |(_, source)| source.to_owned());
            if let Some(id) = number.and_then(|(_, number)| number.parse().ok()) {
                let time = ["TimeCreated", "Time"].iter().find_map(|name| named.value(name, line));
                let level = ["LevelDisplayName", "EntryType"].iter().find_map(|name| named.value(name, line));
                let time = time.map_or(String::new(), |(_, time)| time.to_owned());
                let is_note = level.is_some_and(|(_, level)| is_note(level));
                found.push(Event { is_note, ..event(part, source, id, time, place) });
                continue;
            }
            // A group of another source follows with a head of its own.
            if trimmed.starts_with("ProviderName") {
                table = None;
            } else {
                continue;
            }
        }
        let label = if trimmed.starts_with("Id ") {
            trimmed.split_once(':').map(|(_, value)| (ID, value.trim()))
        } else {
            event_label(trimmed)
        };
        let Some((field, value)) = label else { continue };
        match field {
            LOG => open = Open { first: Some(at), ..Open::default() },
            SOURCE => {
                // In a list of PowerShell the first label of an event is TimeCreated, or this one.
                open.first.get_or_insert(at);
                value.clone_into(&mut open.source);
            }
            DATE => {
                if !open.time.is_empty() {
                    open = Open::default();
                }
                open.first.get_or_insert(at);
                value.clone_into(&mut open.time);
            }
            ID => open.id = value.parse().ok().map(|id| (id, place)),
            // The level stands behind the id, except in some lists of PowerShell.
            LEVEL if open.first.is_none() => {
                if let Some(last) = found.last_mut() {
                    last.is_note = is_note(value);
                }
            }
            LEVEL => open.is_note = is_note(value),
            _ => {}
        }
        if let Some((id, place)) = open.id.clone().filter(|_| !open.source.is_empty()) {
            let first = open.first.unwrap_or(place.start).min(place.start);
            let mut found_now = event(part, open.source.clone(), id, open.time.clone(), place);
            found_now.block.start = part.span(first..first).start;
            found_now.is_note = open.is_note;
            found.push(found_now);
            open = Open { source: std::mem::take(&mut open.source), ..Open::default() };
        }
    }
    found
}

/// Whether a line is the header of an event list saved as CSV.
pub fn is_csv_header(line: &str) -> bool {
    Csv::of(line.trim_start_matches('\u{feff}').trim()).is_some()
}

/// The event whose labels are being read.
#[derive(Default)]
struct Open {
    source: String,
    id: Option<(u32, std::ops::Range<usize>)>,
    time: String,
    first: Option<usize>,
    is_note: bool,
}

fn event(part: &Part, source: String, id: u32, time: String, place: std::ops::Range<usize>) -> Event {
    let span = part.span(place);
    Event { source, id, time, is_note: false, span, block: span }
}

/// The level of an event that reports no problem, in the languages we know, as numbers (4, 0 of old programs) and in
/// the plural of PowerShell.
fn is_note(level: &str) -> bool {
    const WORDS: &[&str] = &["info", "信息", "資訊", "情報", "정보", "сведения", "verbose", "ausführlich", "详细"];
    let level = level.trim().trim_matches('"').to_lowercase();
    level == "4" || WORDS.iter().any(|word| level.starts_with(word))
}

/// The header of an event list saved as CSV, in any language: the order of the columns is always the same.
struct Csv {
    separator: char,
    /// A message in quotes goes on over the end of its line.
    in_message: bool,
}

impl Csv {
    /// Level, date, source, id, category: names in one of the languages we know. The message has no name.
    fn of(line: &str) -> Option<Self> {
        let separator = [',', ';', '\t'].into_iter().find(|separator| line.matches(*separator).count() >= 4)?;
        let names: Vec<String> =
            line.split(separator).map(|name| format!("{}:", name.trim().trim_matches('"'))).collect();
        let is = |at: usize, field: usize| {
            names.get(at).and_then(|name| event_label(name)).is_some_and(|(found, _)| found == field)
        };
        (names.len() <= 7 && is(2, SOURCE) && is(3, ID)).then_some(Self { separator, in_message: false })
    }

    /// The head of a record; `None` for the further lines of its message.
    fn row(&mut self, line: &str) -> Option<Row> {
        let goes_on = self.in_message;
        self.in_message ^= line.matches('"').count() % 2 == 1;
        if goes_on {
            return None;
        }
        let mut fields = line.splitn(5, self.separator).map(|field| field.trim().trim_matches('"'));
        let (level, time, source, id) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let id = id.parse().ok()?;
        (!source.is_empty() && source.len() < 80).then(|| Row {
            source: source.to_owned(),
            id,
            time: time.to_owned(),
            is_note: is_note(level),
        })
    }
}

/// The head of a record of a CSV.
struct Row {
    source: String,
    id: u32,
    time: String,
    is_note: bool,
}

/// The text from a place on, no longer than the head of an event can be.
fn stretch(text: &str, from: usize) -> &str {
    const LONGEST: usize = 64 << 10;
    text.get(from..text.floor_char_boundary(from + LONGEST)).unwrap_or("")
}

/// The XML of the Event Viewer and of `wevtutil`.
fn xml(part: &Part, text: &str) -> Vec<Event> {
    let value = |from: &str, mark: &str| {
        let rest = from.split_once(mark)?.1;
        let quote = rest.chars().next()?;
        rest.get(1..)?.split(quote).next().map(str::to_owned)
    };
    let mut found = Vec::new();
    let mut begin = 0;
    for (at, _) in text.match_indices("<EventID") {
        let system = text.get(begin..at).unwrap_or("");
        let block = system.rfind("<Event").map_or(begin, |offset| begin + offset);
        let Some((open, rest)) = stretch(text, at).split_once('>') else { continue };
        let Some(digits) = rest.split('<').next().map(str::trim) else { continue };
        let Ok(id) = digits.parse() else { continue };
        let end = at + open.len() + 1 + digits.len();
        let source = value(text.get(block..at).unwrap_or(""), "Provider Name=").unwrap_or_default();
        let time = stretch(text, end).split("</System>").next();
        let time = time.and_then(|rest| value(rest, "SystemTime=")).unwrap_or_default();
        let mut found_now = event(part, source, id, time, at..end);
        found_now.block.start = part.span(block..block).start;
        let system = stretch(text, block).split("</System>").next().unwrap_or("");
        let level = system.split_once("<Level>").and_then(|(_, rest)| rest.split('<').next());
        found_now.is_note = level.is_some_and(is_note);
        found.push(found_now);
        begin = end;
    }
    found
}

/// What `Get-WinEvent | ConvertTo-Json` prints, laid out or on one line.
fn json(part: &Part, text: &str) -> Vec<Event> {
    let mut found = Vec::new();
    let mut begin = 0;
    for (at, mark) in text.match_indices("\"Id\":") {
        let rest = stretch(text, at + mark.len());
        let digits = rest.trim_start().bytes().take_while(u8::is_ascii_digit).count();
        let value_at = at + mark.len() + (rest.len() - rest.trim_start().len());
        let Some(Ok(id)) = text.get(value_at..value_at + digits).map(str::parse) else { continue };
        // The members of one object: from the nearest bracket before to the nearest one behind.
        let before = text.get(begin..at).and_then(|head| head.rfind('{')).map_or(begin, |offset| begin + offset);
        let behind = at + mark.len() + rest.find(['{', '}']).unwrap_or(rest.len());
        begin = at;
        let object = text.get(before..behind).unwrap_or("");
        let member = |name: &str| {
            let value = object.split_once(name)?.1.trim_start().strip_prefix(':')?.trim_start();
            value.strip_prefix('"')?.split('"').next().map(str::to_owned)
        };
        let source = member("\"ProviderName\"").unwrap_or_default();
        let mut found_now =
            event(part, source, id, member("\"TimeCreated\"").unwrap_or_default(), at..value_at + digits);
        found_now.block.start = part.span(before..before).start;
        found_now.is_note = member("\"LevelDisplayName\"").is_some_and(|level| is_note(&level));
        found.push(found_now);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, u32)> {
        let source = Source::decode("a", text.as_bytes());
        let found = events(&Part::whole(&source), Kind::EventLog);
        for event in &found {
            assert!(event.block.start <= event.span.start && event.span.end <= event.block.end, "{event:?}");
            let said = source.text.get(event.span.start..event.span.end).unwrap();
            assert!(said.contains(&event.id.to_string()), "{said}");
        }
        found.into_iter().map(|event| (event.source, event.id)).collect()
    }

    #[test]
    fn source_and_id_are_read_in_every_print_of_an_event() {
        for text in [
            "Log Name:      Application\nSource:        ADSync\nDate:          6/1/2026 10:15:08 AM\nEvent ID:      6801\nTask Category: None\nLevel:         Error\nDescription:\nThe extensible extension returned an unsupported error.\n",
            "Protokollname: Application\nQuelle:        ADSync\nDatum:         01.06.2026 10:15:08\nEreignis-ID:   6801\nEbene:         Fehler",
            "Nom du journal :Application\nSource :       ADSync\nDate :         01/06/2026 10:15:08\nID de l’événement :6801",
            "日志名称:          Application\n来源:            ADSync\n日期:            2026/6/1 10:15:08\n事件 ID:         6801",
            "ログの名前:         Application\nソース:           ADSync\n日付:            2026/06/01 10:15:08\nイベント ID:       6801",
            "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='ADSync'/><EventID Qualifiers='49152'>6801</EventID><TimeCreated SystemTime='2026-06-01T10:15:08Z'/></System></Event>",
            "Level,Date and Time,Source,Event ID,Task Category\nError,6/1/2026 10:15:08 AM,ADSync,6801,None,\"The extensible extension returned\n an unsupported error, twice, 3, 4\"",
            "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\nFehler,01.06.2026 10:15:08,ADSync,6801,Keine,x",
            "TimeCreated  : 6/1/2026 10:15:08 AM\nProviderName : ADSync\nId           : 6801\nMessage      : x",
            "   ProviderName: ADSync\n\nTimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n6/1/2026 10:15:08 AM          6801 Error            The extensible extension...\n",
            "[\n    {\n        \"Id\":  6801,\n        \"ProviderName\":  \"ADSync\",\n        \"TimeCreated\":  \"\\/Date(1780308908000)\\/\"\n    }\n]",
            "Event[0]:\n  Log Name: Application\n  Source: ADSync\n  Date: 2026-06-01T10:15:08.000\n  Event ID: 6801\n",
        ] {
            assert_eq!(read(text), [("ADSync".to_owned(), 6801)], "{text}");
        }
    }

    #[test]
    fn an_event_of_level_information_is_a_note_in_every_print() {
        for (text, expected) in [
            ("Log Name: Application\nSource: ADSync\nEvent ID: 904\nTask Category: None\nLevel: Information\n", true),
            ("Log Name: Application\nSource: ADSync\nEvent ID: 904\nTask Category: None\nLevel: Error\n", false),
            ("Quelle: ADSync\nEreignis-ID: 904\nEbene: Informationen\n", true),
            ("ソース: ADSync\nイベント ID: 904\nレベル: 情報\n", true),
            ("로그 이름: Application\n원본: ADSync\n이벤트 ID: 904\n수준: 정보\n", true),
            (
                "Level\tDate and Time\tSource\tEvent ID\tTask Category\nInformation\t6/1/2026 10:15:08 AM\tADSync\t904\tNone\tx",
                true,
            ),
            ("<Event><System><Provider Name='ADSync'/><EventID>904</EventID><Level>4</Level></System></Event>", true),
            ("<Event><System><Provider Name='ADSync'/><EventID>904</EventID><Level>2</Level></System></Event>", false),
            (
                "   ProviderName: ADSync\n\nTimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n6/1/2026 10:15:08 AM           904 Information      x\n",
                true,
            ),
        ] {
            let source = Source::decode("a", text.as_bytes());
            let found = events(&Part::whole(&source), Kind::EventLog);
            assert_eq!(found.iter().map(|event| event.is_note).collect::<Vec<_>>(), [expected], "{text}");
        }
    }

    #[test]
    fn several_events_are_told_apart() {
        let text = "TimeCreated  : 1\nProviderName : ADSync\nId           : 6801\nMessage      : x\n\nTimeCreated  : 2\nProviderName : Directory Synchronization\nId           : 654\nMessage      : y\n";
        assert_eq!(read(text), [("ADSync".to_owned(), 6801), ("Directory Synchronization".to_owned(), 654)]);
    }

    #[test]
    fn what_an_event_means_depends_on_its_source() {
        assert_eq!(find("Directory Synchronization", 654).map(|known| known.tells), Some(Tells::Works));
        assert_eq!(find("Directory Synchronization", 611).map(|known| known.side), Some(Side::Directory));
        assert_eq!(find("PrintService", 611), None);
        let mut seen: Vec<(&str, u32)> = KNOWN
            .iter()
            .flat_map(|known| known.ids.iter().flat_map(|id| known.sources.iter().map(|source| (*source, *id))))
            .collect();
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count, "an event has two meanings");
    }
}
