//! The list of Microsoft's own web service for endpoints, as firewalls import it.
//!
//! ```text
//! [ { "id": 56, "serviceArea": "Common", "urls": [ "*.auth.microsoft.com", … ], "tcpPorts": "80,443", … } ]
//! ```
//!
//! Source: Microsoft 365 IP Address and URL web service, Microsoft Learn; read 2026-11.

use super::json::{self, Json};
use super::pattern;
use super::{Action, AllowList, Entry, Problems, Product};
use crate::artifact::Part;
use std::ops::Range;

/// By what the part was recognised.
pub fn recognise(part: &Part) -> Option<String> {
    let text = part.text();
    if !text.contains("\"serviceArea\"") || !text.contains("\"urls\"") {
        return None;
    }
    let count = rows(&json::read(text)?, text).len();
    (count > 0).then(|| format!("{count} rows of Microsoft's own list of endpoints."))
}

/// Reads the names of every row.
pub fn read(part: &Part, _: &mut Problems) -> AllowList {
    let text = part.text();
    let mut list = AllowList::default();
    let Some(json) = json::read(text) else { return list };
    for row in rows(&json, text) {
        for range in row.urls {
            let Some(name) = text.get(range.clone()) else { continue };
            let Some((shape, _)) = pattern::parse(name, Product::Plain) else { continue };
            list.entries.push(Entry {
                text: name.to_owned(),
                span: part.span(range),
                shape,
                action: Action::Allow,
                ports: row.ports.clone(),
            });
        }
    }
    list.entries.truncate(AllowList::MAX_ENTRIES);
    list
}

struct Row {
    urls: Vec<Range<usize>>,
    ports: Vec<u16>,
}

/// The objects with names, in order; the service gives an array of them.
fn rows(json: &Json, text: &str) -> Vec<Row> {
    match json {
        Json::Array(values) => values.iter().flat_map(|value| rows(value, text)).collect(),
        Json::Object(members) => {
            let member = |name: &str| {
                members.iter().find(|(key, _)| text.get(key.clone()) == Some(name)).map(|(_, value)| value)
            };
            let Some(Json::Array(urls)) = member("urls") else { return Vec::new() };
            let urls = urls.iter().filter_map(|url| match url {
                Json::Text(range) => Some(range.clone()),
                _ => None,
            });
            let ports = match member("tcpPorts") {
                Some(Json::Text(range)) => text.get(range.clone()).unwrap_or(""),
                _ => "",
            };
            let ports = ports.split(',').filter_map(|port| port.trim().parse().ok()).collect();
            vec![Row { urls: urls.collect(), ports }]
        }
        Json::Text(_) | Json::Number(_) | Json::Other => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_rows_of_the_web_service_are_read_with_their_ports() {
        let text = "[{\"id\":56,\"serviceArea\":\"Common\",\"urls\":[\"login.microsoftonline.com\",\"*.auth.microsoft.com\"],\"tcpPorts\":\"80,443\"},{\"id\":3,\"serviceArea\":\"X\",\"ips\":[\"10.0.0.0/8\"]}]";
        let source = Source::decode("endpoints.json", text.as_bytes());
        let part = Part::whole(&source);
        assert!(recognise(&part).is_some());
        let list = read(&part, &mut Problems::default());
        let told: Vec<_> = list.entries.iter().map(|entry| (entry.text.as_str(), entry.ports.as_slice())).collect();
        assert_eq!(told, [("login.microsoftonline.com", &[80, 443][..]), ("*.auth.microsoft.com", &[80, 443][..])]);
    }

    #[test]
    fn other_json_is_no_such_list() {
        let source = Source::decode("a.json", b"{\"urls\":[\"a.example\"]}");
        assert!(recognise(&Part::whole(&source)).is_none());
    }
}
