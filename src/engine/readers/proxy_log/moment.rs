//! The first and the last time of a log, as written.

use crate::formats::Glance;
use crate::formats::time::iso_utc;

/// A time as written. A log has as many last times as records, so nothing is allocated.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    seconds: Option<i64>,
    date: Text,
    text: Text,
}

/// The first bytes of a text: more than any time stamp has.
#[derive(Clone, Copy, Debug)]
struct Text {
    length: u8,
    bytes: [u8; 47],
}

impl Default for Text {
    fn default() -> Self {
        Self { length: 0, bytes: [0; 47] }
    }
}

impl Text {
    fn new(text: &[u8]) -> Self {
        let mut bytes = [0; 47];
        let length = text.len().min(bytes.len());
        bytes.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
        Self { length: length as u8, bytes }
    }

    fn read(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
    }
}

impl Moment {
    /// Moves the first and the last time outwards. Without numbers, the first and the last record count.
    pub fn widen(first: &mut Self, last: &mut Self, seconds: Option<i64>, date: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        if first.is_later_than(seconds) {
            *first = Self { seconds, date: Text::new(date.as_bytes()), text: Text::new(text.as_bytes()) };
        }
        if last.is_not_later_than(seconds) {
            let seconds = seconds.or(last.seconds);
            *last = Self { seconds, date: Text::new(date.as_bytes()), text: Text::new(text.as_bytes()) };
        }
    }

    /// Takes a later time of a record at a glance.
    pub fn advance(&mut self, seen: &Glance) {
        if self.seconds.is_some_and(|last| seen.seconds > last) {
            *self = Self { seconds: Some(seen.seconds), date: Text::new(seen.date), text: Text::new(seen.time) };
        }
    }

    /// The moment in seconds since 1970, where it is one.
    pub fn seconds(&self) -> Option<i64> {
        self.seconds.filter(|_| self.text.length > 0)
    }

    /// Whether nothing is known yet, or only something later.
    pub fn is_later_than(&self, seconds: Option<i64>) -> bool {
        self.text.length == 0 || matches!((seconds, self.seconds), (Some(now), Some(first)) if now < first)
    }

    /// Whether a time is as late, or cannot be compared. Without numbers, the order of the lines counts.
    fn is_not_later_than(&self, seconds: Option<i64>) -> bool {
        self.text.length == 0
            || match (seconds, self.seconds) {
                (Some(now), Some(last)) => now >= last,
                // A time without a date says nothing about which line came last.
                (None, Some(_)) => false,
                _ => true,
            }
    }

    /// For people; a bare Unix number as the moment it stands for.
    pub fn written(&self) -> Option<String> {
        // A Unix time, or a time of day whose date a header told.
        let bare = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':'));
        match (self.date.read(), self.text.read(), self.seconds) {
            (_, "", _) => None,
            ("", text, Some(time)) if bare(text) => Some(iso_utc(time)),
            ("", text, _) => Some(text.to_owned()),
            (date, text, _) => Some(format!("{date} {text}")),
        }
    }
}
