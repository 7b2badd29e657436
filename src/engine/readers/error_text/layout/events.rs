//! Windows events.

use super::session::commands;
use super::{Layout, found};
use crate::artifact::Kind;
use crate::readers::error_text::columns::columns;
use crate::readers::error_text::events::is_csv_header;

/// Fields of an event in the languages we know; the index is the field.
const EVENT_LABELS: &[&[&str]] = &[
    &[
        "log name",
        "protokollname",
        "nom du journal",
        "日志名称",
        "ログの名前",
        "nombre de registro",
        "nome registro",
        "nome do log",
        "logname",
        "記錄檔名稱",
        "로그 이름",
        "имя журнала",
        "günlük adı",
        "nazwa dziennika",
        "logboeknaam",
    ],
    &[
        "source",
        "quelle",
        "来源",
        "來源",
        "ソース",
        "origen",
        "origine",
        "fonte",
        "origem",
        "원본",
        "источник",
        "kaynak",
        "źródło",
        "bron",
        "providername",
    ],
    &[
        "event id",
        "ereignis-id",
        "id de l'événement",
        "id de l’événement",
        "事件 id",
        "事件id",
        "事件識別碼",
        "instanceid",
        "イベント id",
        "id. del evento",
        "id evento",
        "id do evento",
        "id. do evento",
        "identificação do evento",
        "이벤트 id",
        "код события",
        "olay kimliği",
        "identyfikator zdarzenia",
        "gebeurtenis-id",
        "eventid",
    ],
    &[
        "task category",
        "aufgabenkategorie",
        "catégorie de la tâche",
        "catégorie",
        "任务类别",
        "工作類別",
        "タスクのカテゴリ",
        "categoría de la tarea",
        "categoria attività",
        "categoria da tarefa",
        "작업 범주",
        "категория задачи",
        "görev kategorisi",
        "kategoria zadania",
        "taakcategorie",
    ],
    &[
        "level",
        "ebene",
        "niveau",
        "级别",
        "等級",
        "レベル",
        "nivel",
        "livello",
        "nível",
        "層級",
        "수준",
        "уровень",
        "düzey",
        "poziom",
        "leveldisplayname",
    ],
    &[
        "keywords",
        "schlüsselwörter",
        "mots clés",
        "mots-clés",
        "关键字",
        "關鍵字",
        "キーワード",
        "palabras clave",
        "palavras-chave",
        "키워드",
        "ключевые слова",
        "parole chiave",
        "anahtar sözcükler",
        "słowa kluczowe",
        "trefwoorden",
    ],
    &[
        "computer",
        "ordinateur",
        "计算机",
        "電腦",
        "コンピューター",
        "equipo",
        "computador",
        "컴퓨터",
        "компьютер",
        "bilgisayar",
        "komputer",
        "machinename",
    ],
    &[
        "description",
        "beschreibung",
        "描述",
        "说明",
        "説明",
        "descripción",
        "descrizione",
        "descrição",
        "설명",
        "описание",
        "açıklama",
        "opis",
        "beschrijving",
    ],
    &[
        "date",
        "datum",
        "日期",
        "日付",
        "fecha",
        "data",
        "timecreated",
        "date and time",
        "datum und uhrzeit",
        "date et heure",
        "日期和时间",
        "日期和時間",
        "日付と時刻",
        "fecha y hora",
        "data e hora",
        "날짜",
        "날짜 및 시간",
        "дата",
        "tarih",
        "data i godzina",
        "дата и время",
    ],
];

/// Which field of an event a line holds, and its value.
pub fn event_label(line: &str) -> Option<(usize, &str)> {
    let (label, value) = line.split_once([':', '：'])?;
    if label.len() > 40 {
        return None;
    }
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}').to_lowercase();
    let index = EVENT_LABELS.iter().position(|names| names.contains(&label.as_str()))?;
    Some((index, value.trim()))
}

/// Windows events: copied text, XML, CSV or a list of Get-WinEvent.
pub fn event_log(text: &str, lines: &[&str]) -> Option<Layout> {
    let mut fields = [false; 9];
    for (index, _) in lines.iter().filter_map(|line| event_label(line.trim())) {
        if let Some(field) = fields.get_mut(index) {
            *field = true;
        }
    }
    let count = fields.iter().filter(|field| **field).count();
    if let [log, source, id, ..] = fields
        && count >= 3
        && id
        && (log || source)
    {
        return Some(found(80, Kind::EventLog, "Fields of a Windows event: log, source, event id."));
    }
    if (text.contains("schemas.microsoft.com/win/2004/08/events/event")
        || text.contains("<Event ")
        || text.contains("<Event>"))
        && text.contains("<EventID")
        && text.contains("<System>")
    {
        return Some(found(85, Kind::EventLog, "The XML of a Windows event."));
    }
    let first = lines.iter().find(|line| !line.trim_start_matches('\u{feff}').trim().is_empty());
    if first.is_some_and(|first| is_csv_header(first)) {
        return Some(found(85, Kind::EventLog, "The header of an event list saved as CSV."));
    }
    let is_json = ["\"ProviderName\"", "\"Id\"", "\"Message\""].iter().all(|name| text.contains(name));
    if is_json && text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        return Some(found(80, Kind::EventLog, "Events of Get-WinEvent as JSON."));
    }
    let is_table = lines.windows(2).any(|pair| {
        let [head, dashes] = pair else { return false };
        columns(head, dashes).is_some_and(|table| {
            let has = |wanted: &str| table.names().any(|name| name == wanted);
            has("Message") && ((has("TimeCreated") && has("Id")) || (has("Source") && has("InstanceID")))
        })
    });
    if is_table && commands(lines).iter().all(|command| command.to_ascii_lowercase().contains("event")) {
        return Some(found(82, Kind::EventLog, "A table of Get-WinEvent."));
    }
    let value_line = |name: &str| {
        lines.iter().any(|line| line.trim_start().split_once(':').is_some_and(|(label, _)| label.trim_end() == name))
    };
    (value_line("TimeCreated") && value_line("Id") && value_line("Message") && commands(lines).is_empty())
        .then(|| found(70, Kind::EventLog, "A list of Get-WinEvent."))
}
