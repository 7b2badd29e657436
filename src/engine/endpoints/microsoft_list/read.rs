//! Reads the JSON set by set. Addresses and everything else that is not needed is passed over without being kept, so
//! that the size of the file does not matter.

use super::refusal::Refusal;
use super::{List, Set};
use crate::endpoints::{cloud_hint, cloud_of_hosts};
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use std::borrow::Cow;
use std::fmt;

/// Names that are kept at most; the list has a few hundred.
const MOST_NAMES: usize = 20_000;
/// Sets that are kept at most.
const MOST_SETS: usize = 5_000;
/// The longest note that is kept, in characters.
const LONGEST_NOTE: usize = 400;

/// Reads Microsoft's list as saved from the web service: UTF-8 or UTF-16, alone or as `ConvertTo-Json` of Windows
/// PowerShell wraps it. A list that is cut off is read as far as it goes, see [`List::cut`].
///
/// # Errors
///
/// Says what else the file is, and what to do.
pub fn read(bytes: &[u8]) -> Result<List, Refusal> {
    let bytes = utf8(bytes);
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes).trim_ascii();
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if !matches!(bytes.first(), Some(b'[' | b'{')) {
        return Err(not_json(head));
    }
    let mut found = Found::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = Top(&mut found).deserialize(&mut reader).and_then(|()| reader.end());
    if found.names > MOST_NAMES || found.set_count > MOST_SETS {
        return Err(Refusal::TooBig);
    }
    if let Some(other) = found.other_kind() {
        return Err(other);
    }
    let cut = match read {
        Ok(()) => false,
        Err(error) => match error.classify() {
            Category::Eof => true,
            Category::Data => return Err(Refusal::OtherJson),
            Category::Syntax | Category::Io => {
                return Err(Refusal::BrokenJson { line: error.line(), column: error.column() });
            }
        },
    };
    let hosts = || found.sets.iter().flat_map(|set| set.urls.iter().map(String::as_str));
    let cloud = cloud_of_hosts(hosts().filter(|host| cloud_hint(host).is_some())).map(|(cloud, _)| cloud);
    match cloud {
        Some(cloud) => Ok(List { cloud, set_count: found.set_count, cut, sets: found.sets }),
        None if cut => Err(Refusal::CutOff),
        None if found.names == 0 && found.set_count == 0 => Err(Refusal::OtherJson),
        None => Err(Refusal::NoSignIn),
    }
}

/// PowerShell saves in UTF-16.
fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let encoding = match bytes {
        [0xFF, 0xFE, ..] | [b'[' | b'{', 0, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'[' | b'{', ..] => encoding_rs::UTF_16BE,
        _ => return Cow::Borrowed(bytes),
    };
    Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes())
}

fn not_json(head: &[u8]) -> Refusal {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if head.is_empty() {
        Refusal::Empty
    } else if head.contains("<rss") || head.contains("<feed") {
        Refusal::Feed
    } else if head.starts_with('<') || head.contains("<html") {
        Refusal::WebPage
    } else if head.starts_with("id,servicearea") || head.starts_with("\"id\",\"servicearea") {
        Refusal::Csv
    } else if head.starts_with("instance,latest") {
        Refusal::Versions
    } else {
        Refusal::OtherText
    }
}

/// What was found on the way.
#[derive(Default)]
struct Found {
    sets: Vec<Set>,
    set_count: usize,
    names: usize,
    other: Option<Refusal>,
}

impl Found {
    /// What the file is instead, when no set of it names a host.
    fn other_kind(&self) -> Option<Refusal> {
        self.other.filter(|other| self.names == 0 || *other == Refusal::Changes)
    }

    fn add(&mut self, record: Record) {
        if record.endpoint_set_id.is_some() {
            self.other = Some(Refusal::Changes);
        } else if record.latest.is_some() {
            self.other = Some(Refusal::Versions);
        }
        if record.service_area.is_none() && record.urls.0.is_empty() {
            return;
        }
        self.set_count += 1;
        self.names += record.urls.0.len();
        if !record.urls.0.is_empty() && self.names <= MOST_NAMES && self.sets.len() < MOST_SETS {
            self.sets.push(Set {
                id: record.id.unwrap_or(0),
                area: record.service_area.unwrap_or_default().into_owned(),
                urls: record.urls.0,
                ports: ports(&record.tcp_ports.unwrap_or_default()),
                category: record.category.unwrap_or_default().into_owned(),
                required: record.required,
                notes: record.notes.unwrap_or_default().chars().take(LONGEST_NOTE).collect(),
            });
        }
    }
}

/// One element of the array, of the list or of what else the web service answers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    service_area: Option<Cow<'a, str>>,
    #[serde(default)]
    urls: Names,
    #[serde(borrow)]
    tcp_ports: Option<Cow<'a, str>>,
    #[serde(borrow)]
    category: Option<Cow<'a, str>>,
    required: Option<bool>,
    #[serde(borrow)]
    notes: Option<Cow<'a, str>>,
    endpoint_set_id: Option<IgnoredAny>,
    latest: Option<IgnoredAny>,
}

/// The whole file: an array of sets, or an object around it. What was read stays when the rest cannot be.
struct Top<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of endpoint sets")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(record) = seq.next_element::<Record>()? {
            self.0.add(record);
        }
        Ok(())
    }

    /// `ConvertTo-Json` of Windows PowerShell writes `{"value": […], "Count": 1}` around an array; a version alone, an
    /// error message and the service tags are objects too.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            let other = match key.as_ref() {
                "value" => {
                    map.next_value_seed(Top(self.0))?;
                    continue;
                }
                "latest" | "versions" => Refusal::Versions,
                "changeNumber" => Refusal::ServiceTags,
                "error" | "message" | "Message" | "statusCode" => Refusal::ErrorMessage,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            self.0.other = self.0.other.or(Some(other));
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// The names of a set, at most one more than may be kept of all sets.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names, A::Error> {
        let mut names = Vec::new();
        while let Some(text) = seq.next_element::<Cow<str>>()? {
            if names.len() <= MOST_NAMES {
                names.extend(name(&text));
            }
        }
        Ok(Names(names))
    }

    /// What `ConvertTo-Json` makes of an array that stands too deep.
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
        Ok(Names(text.split_whitespace().filter_map(name).take(MOST_NAMES + 1).collect()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Names, E> {
        Ok(Names::default())
    }
}

/// "80,443" or "443,50000-50059". What is no port is left out.
fn ports(text: &str) -> Vec<(u16, u16)> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
    };
    text.split(',').filter_map(range).take(64).collect()
}

/// A name as Microsoft writes it, in lower case; `<tenant>` stands for a star.
fn name(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase().replace("<tenant>", "*");
    let fits = (3..=253).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'*'));
    fits.then_some(name)
}
