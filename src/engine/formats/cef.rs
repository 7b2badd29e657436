//! `ArcSight`'s Common Event Format, bare or behind a syslog header. Collectors sometimes cut off the `CEF:`.
//!
//! ```text
//! CEF:0|Vendor|Product|Version|Signature|Name|Severity|act=Block rt=1789474803000 dhost=host dpt=443 src=10.9.0.14
//!     └ seven bars, `\|` does not count                └ key=value; a value runs to the next key
//! ```
//!
//! Keys that the format does not define carry the vendor's prefix (`ABCDhostname`); it is cut off before the look-up.
//! What the numbered keys hold says another key: `cs2Label=Rule Name cs2=Internet staff`.

use super::fields::{Fields, lookup};
use super::key_value::Keys;
use super::pairs::pairs;
use super::{Format, Line, State, time};

/// The dialect.
pub const FORMAT: Format = Format {
    id: "cef",
    name: "Common Event Format",
    source: "ArcSight: Common Event Format, implementation standard 26",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "<134>1 2026-09-15T12:20:03Z gw fw 1 - - CEF:0|Maker|URL Filter|1|Web|host|Unknown|act=Block rt=1789474803000 dpt=443 cs2Label=Rule Name cs2=Internet staff dhost=dc.services.visualstudio.com dst=192.0.2.7 request=https://dc.services.visualstudio.com/ src=10.9.0.14",
        "CEF:0|Maker|Security|8.5|9|Transaction permitted|1| act=permitted app=https dhost=login.chinacloudapi.cn dpt=443 src=10.9.0.14 suser=- rt=1776736813579 in=22035 out=8772 requestMethod=CONNECT",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match extension(line) {
        Some(_) if line.contains("CEF:") => 97,
        Some((_, rest)) if pairs(rest).nth(2).is_some() => 95,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    let Some((maker, rest)) = extension(line) else {
        return Line::Unreadable("expected CEF:0|vendor|product|… and key=value pairs");
    };
    let Extensions { keys, .. } = Extensions::of(&mut state.cef, maker);
    let mut fields = Fields::default();
    let mut labels = [("", ""); MAX_LABELS];
    let labelled = pairs(rest).filter_map(|(name, label)| Some((name.strip_suffix("Label")?, label)));
    for (slot, label) in labels.iter_mut().zip(labelled) {
        *slot = label;
    }
    let mut after = None;
    for (name, value) in pairs(rest) {
        let own = |name: &str| lookup(name).or_else(|| lookup(without_prefix(name, maker)));
        let label = || labels.iter().find(|(key, _)| *key == name && !key.is_empty()).map(|(_, label)| *label);
        if let Some(synonym) = keys.lookup_as(name, &mut after, own).or_else(|| lookup(label()?)) {
            fields.put(synonym, value);
        }
    }
    let mut record = fields.record();
    if record.time_text.is_empty() {
        record.time_text = time::leading(line);
        (record.time, record.zoned) = time::moment(record.time_text, "", time::DayOrder::MonthFirst);
    }
    Line::Record(record)
}

/// The keys that records of one maker had.
#[derive(Clone, Debug, Default)]
pub struct Extensions {
    /// Vendor and product, as [`extension`] gives them.
    maker: String,
    keys: Keys,
}

impl Extensions {
    /// Those of this maker; none yet, when the records before were of another.
    fn of<'s>(known: &'s mut Self, maker: &str) -> &'s mut Self {
        if known.maker != maker {
            *known = Self { maker: maker.to_owned(), keys: Keys::default() };
        }
        known
    }
}

/// How many labels of numbered keys are looked at.
const MAX_LABELS: usize = 16;

/// Vendor and product as one text with a bar between, and the key=value part.
pub(super) fn extension(line: &str) -> Option<(&str, &str)> {
    let head = match memchr::memmem::find(line.as_bytes(), b"CEF:") {
        Some(at) => line.get(at + 4..)?,
        None => line,
    };
    let head = head.trim_start();
    if head.as_bytes().get(1) != Some(&b'|') || !head.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bytes = head.as_bytes();
    let mut bars =
        memchr::memchr_iter(b'|', bytes).filter(|&at| at.checked_sub(1).and_then(|i| bytes.get(i)) != Some(&b'\\'));
    let (first, _, third) = (bars.next()?, bars.next()?, bars.next()?);
    let last = bars.nth(3)?;
    Some((head.get(first + 1..third)?, head.get(last + 1..)?))
}

/// Cuts off what a vendor puts before its own keys: its name and its product's, or a run of capitals.
fn without_prefix<'a>(name: &'a str, maker: &str) -> &'a str {
    let mut rest = name;
    for word in maker.split(['|', ' ', '-']).filter(|word| word.len() >= 3) {
        if let Some(head) = rest.get(..word.len())
            && head.eq_ignore_ascii_case(word)
        {
            rest = rest.get(word.len()..).unwrap_or("");
        }
    }
    if rest.len() == name.len() {
        let capitals = name.bytes().take_while(u8::is_ascii_uppercase).count();
        if capitals >= 4 {
            rest = name.get(capitals..).unwrap_or("");
        }
    }
    rest
}
