//! What a glance gathers from the fields of a line: as [`super::fields::Fields`] would, for what a [`Glance`] needs,
//! without reading anything else. Each step gives `None` where the full way might come to another answer.

use super::fields::{Field, Synonym, time_of};
use super::verdict::{Verdict, verdict};
use super::{Glance, ends_like_a_name};

/// The fields of one line that decide a [`Glance`], the most telling value of each.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one line")]
pub struct Sighting<'a> {
    host: (u8, &'a [u8]),
    url: (u8, Target<'a>),
    when: (u8, &'a [u8]),
    date: (u8, &'a [u8]),
    clock: (u8, &'a [u8]),
    zone: (u8, &'a [u8]),
    address: (u8, &'a [u8]),
    /// A word that tells an ending, whatever the other fields say.
    has_verdict: bool,
    /// An HTTP status.
    has_status: bool,
    /// A status that is none of HTTP.
    has_other_status: bool,
    /// A status or the policy's own verdict: with a host and a time that makes a record of traffic.
    pub has_action: bool,
}

/// The host of a URL; empty for a path.
#[derive(Clone, Copy, Debug, Default)]
struct Target<'a> {
    host: &'a [u8],
    has_scheme: bool,
}

/// Whether a [`Sighting`] wants to see the values of this field.
#[inline]
pub fn matters(field: Field) -> bool {
    matches!(
        field,
        Field::Host
            | Field::Url
            | Field::RequestLine
            | Field::Status
            | Field::Verdict
            | Field::EndReason
            | Field::CacheResult
            | Field::Message
            | Field::When
            | Field::Date
            | Field::Time
            | Field::Zone
            | Field::Address
            | Field::LookupName
            | Field::Stale
    )
}

impl<'a> Sighting<'a> {
    /// Takes the value of a field that [`matters`].
    pub fn see(&mut self, synonym: Synonym, value: &'a [u8], memo: &mut Memo) -> Option<()> {
        let value = meaning(value)?;
        if value.is_empty() {
            return Some(());
        }
        let put = |slot: &mut (u8, &'a [u8])| {
            if synonym.rank > slot.0 {
                *slot = (synonym.rank, value);
            }
        };
        match synonym.field {
            // The short name of a computer fits neither.
            Field::Host | Field::Url if is_single_label(value) => {}
            Field::Host => {
                let target = target(value)?;
                if target.host.is_empty() || !target.has_scheme && memchr::memchr(b'@', value).is_some() {
                    return None;
                }
                if synonym.rank > self.host.0 {
                    self.host = (synonym.rank, target.host);
                }
            }
            Field::Url => {
                let target = target(value)?;
                if synonym.rank > self.url.0 {
                    self.url = (synonym.rank, target);
                }
            }
            Field::Status if matches!(value, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']) => {
                (self.has_status, self.has_action) = (true, true);
            }
            Field::Status => {
                self.has_other_status = true;
                memo.ending(value)?;
            }
            Field::Verdict | Field::EndReason | Field::CacheResult => {
                let tells = memo.ending(value)?;
                self.has_verdict |= tells;
                self.has_action |= tells && synonym.field == Field::Verdict;
            }
            Field::When if value.iter().filter(|b| b.is_ascii_digit()).count() >= 8 => put(&mut self.when),
            Field::Date if value.iter().any(u8::is_ascii_digit) => put(&mut self.date),
            Field::Time if value.iter().any(u8::is_ascii_digit) => put(&mut self.clock),
            Field::Zone => put(&mut self.zone),
            // IPv4 and nothing beside it.
            Field::Address if value.iter().all(|b| b.is_ascii_digit() || *b == b'.') => put(&mut self.address),
            Field::Message if value.starts_with(b"Could not") => return None,
            Field::Address | Field::RequestLine | Field::LookupName | Field::Stale => return None,
            _ => {}
        }
        Some(())
    }

    /// The glance that the fields make.
    pub fn finish(&self, memo: &mut Memo) -> Option<Glance<'a>> {
        if !(self.has_verdict || self.has_status && !self.has_other_status) {
            return None;
        }
        let (url, named) = (self.url.1, self.host.1);
        let host = match (url.host, named) {
            ([], named) => named,
            (from_url, []) => from_url,
            (_, named) if self.host.0 >= 8 && !url.has_scheme => named,
            (from_url, _) => from_url,
        };
        if host.is_empty() {
            return None;
        }
        let (seconds, date, time) = memo.seconds(self.date.1, self.clock.1, self.when.1, self.zone.1)?;
        Some(Glance { host, address: self.address.1, seconds, date, time })
    }
}

/// The value as [`super::meaningful`] gives it; `None` where that takes more than a look.
#[inline]
fn meaning(value: &[u8]) -> Option<&[u8]> {
    let ([first, ..], [.., last]) = (value, value) else { return Some(value) };
    if !first.is_ascii_graphic() || !last.is_ascii_graphic() {
        return None;
    }
    let says_nothing = value.len() <= 7
        && matches!(first, b'-' | b'"' | b'N' | b'n' | b'U' | b'u' | b'(')
        && matches!(
            value,
            b"-" | b"--"
                | b"\"-\""
                | b"NA"
                | b"N/A"
                | b"n/a"
                | b"None"
                | b"none"
                | b"null"
                | b"NULL"
                | b"(null)"
                | b"Unknown"
                | b"unknown"
        );
    Some(if says_nothing { b"" } else { value })
}

/// The name in `name`, `name:443`, `name/path`, `https://name:443/path`; empty for `/path`. `None` for addresses and
/// anything less plain.
fn target(text: &[u8]) -> Option<Target<'_>> {
    if let [b'/', rest @ ..] = text {
        return (!matches!(rest, [b'/' | b'\\', ..])).then(Target::default);
    }
    let word = Name::at(text, 0);
    let is_scheme =
        text.get(word.end..)?.starts_with(b"://") && text.get(..word.end)?.iter().all(u8::is_ascii_alphanumeric);
    if is_scheme && word.end == 0 {
        return None;
    }
    let start = if is_scheme { word.end + 3 } else { 0 };
    let Name { end, is_name } = if is_scheme { Name::at(text, start) } else { word };
    let has_port = text.get(end) == Some(&b':');
    let after =
        if has_port { end + 1 + text.get(end + 1..)?.iter().take_while(|b| b.is_ascii_digit()).count() } else { end };
    let plain = is_name && matches!(text.get(after), None | Some(b'/' | b'?')) && !(has_port && after == end + 1);
    plain.then_some(Target { host: text.get(start..end)?, has_scheme: is_scheme })
}

/// A word without a dot, of what host names consist of.
fn is_single_label(text: &[u8]) -> bool {
    text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Where what can be a host name ends, and whether it is one as [`super::target::is_host_name`] means it; Punycode at
/// its end is not.
struct Name {
    end: usize,
    is_name: bool,
}

impl Name {
    #[inline]
    fn at(text: &[u8], from: usize) -> Self {
        let (mut at, mut label, mut labels, mut labels_fit) = (from, from, 0, true);
        // Behind the last byte that is no letter.
        let mut letters = from;
        while let Some(byte) = text.get(at) {
            match CLASS[usize::from(*byte)] {
                LETTER => {}
                OTHER => letters = at + 1,
                DOT => {
                    labels_fit &= at > label && at - label <= 63;
                    labels += 1;
                    label = at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        let last_fits = (2..=63).contains(&(at - label)) && letters <= label && at - from <= 253;
        let is_name = labels_fit && labels >= 1 && last_fits && text.get(label..at).is_some_and(ends_like_a_name);
        Self { end: at, is_name }
    }
}

/// What the bytes of a host name are, in [`CLASS`].
const LETTER: u8 = 1;
const OTHER: u8 = 2;
const DOT: u8 = 3;

const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' | b'-' | b'_' => OTHER,
            b'.' => DOT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// What glances remember from line to line: texts that they have read before.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    words: [(Key, bool); 32],
    day: Text<28>,
    /// The first second of that day.
    midnight: i64,
    moment: Text<96>,
    written: Written,
    seconds: i64,
}

/// Where the time text of a record comes from.
#[derive(Clone, Copy, Debug, Default)]
enum Written {
    #[default]
    DateAndClock,
    Clock,
    When,
    Date,
}

impl Memo {
    /// Whether a word tells an ending whatever stands beside it. `None` for one that may leave it open: a reset by the
    /// client.
    fn ending(&mut self, word: &[u8]) -> Option<bool> {
        let read = || {
            let verdict = verdict(std::str::from_utf8(word).ok()?);
            (verdict != Some(Verdict::ClientReset)).then_some(verdict.is_some())
        };
        let Some(key) = key(word) else { return read() };
        let spread = (key.0 ^ key.1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 59;
        let slot = self.words.get_mut(spread as usize)?;
        if slot.0 != key {
            *slot = (key, read()?);
        }
        Some(slot.1)
    }

    /// What [`time_of`] gives, when it is a moment.
    fn seconds<'a>(
        &mut self,
        date: &'a [u8],
        clock: &'a [u8],
        when: &'a [u8],
        zone: &[u8],
    ) -> Option<(i64, &'a [u8], &'a [u8])> {
        let is_pair = !date.is_empty() && !clock.is_empty();
        if let Some(seconds) = unix_number(when)
            && (is_pair && is_calendar_date(date) && time_of_day(clock).is_some()
                || date.is_empty() && clock.is_empty())
        {
            return Some(if is_pair { (seconds, date, clock) } else { (seconds, b"", when) });
        }
        if when.is_empty()
            && let Some(of_day) = time_of_day(clock)
            && is_calendar_date(date)
        {
            let known = self.day.is(&[date, zone]);
            if !known {
                let text = |bytes| std::str::from_utf8(bytes).ok();
                self.midnight = time_of(text(date)?, "00:00:00", "", text(zone)?).2?;
                self.day = Text::new(&[date, zone]);
            }
            return Some((self.midnight + of_day, date, clock));
        }
        let parts = [date, clock, when, zone];
        if !self.moment.is(&parts) {
            if !parts.iter().all(|part| part.is_ascii()) {
                return None;
            }
            let text = |bytes| std::str::from_utf8(bytes).ok();
            let (day, time, seconds, _) = time_of(text(date)?, text(clock)?, text(when)?, text(zone)?);
            self.seconds = seconds?;
            self.written = match time.as_bytes() {
                _ if !day.is_empty() => Written::DateAndClock,
                time if time == when => Written::When,
                time if time == clock => Written::Clock,
                _ => Written::Date,
            };
            self.moment = Text::new(&parts);
        }
        let (date, time): (&[u8], _) = match self.written {
            Written::DateAndClock => (date, clock),
            Written::Clock => (b"", clock),
            Written::When => (b"", when),
            Written::Date => (b"", date),
        };
        Some((self.seconds, date, time))
    }
}

/// What tells a text of at most 16 bytes from any other: its bytes, and its length.
type Key = (u64, u64, usize);

/// `None` for longer texts.
#[inline]
fn key(text: &[u8]) -> Option<Key> {
    // Two looks that overlap take the place of a copy of each length.
    let (low, high) = match (text.first_chunk(), text.last_chunk(), text.first_chunk(), text.last_chunk()) {
        _ if text.len() > 16 => return None,
        (Some(first), Some(last), _, _) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        (_, _, Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
        _ => (text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    };
    Some((low, high, text.len()))
}

/// Texts that were read before, with a mark behind each; none when they are too long.
#[derive(Clone, Copy, Debug)]
struct Text<const N: usize> {
    length: usize,
    bytes: [u8; N],
}

impl<const N: usize> Default for Text<N> {
    fn default() -> Self {
        Self { length: 0, bytes: [0; N] }
    }
}

impl<const N: usize> Text<N> {
    fn new(parts: &[&[u8]]) -> Self {
        let mut text = Self::default();
        for part in parts {
            let end = text.length + part.len();
            let (Some(place), true) = (text.bytes.get_mut(text.length..end), end < N) else { return Self::default() };
            place.copy_from_slice(part);
            if let Some(mark) = text.bytes.get_mut(end) {
                *mark = 0xFF;
            }
            text.length = end + 1;
        }
        text
    }

    fn is(&self, parts: &[&[u8]]) -> bool {
        let mut at = 0;
        for part in parts {
            let end = at + part.len();
            if end >= self.length || self.bytes.get(at..end) != Some(part) || self.bytes.get(end) != Some(&0xFF) {
                return false;
            }
            at = end + 1;
        }
        at == self.length
    }
}

/// `2026-05-07`.
#[expect(clippy::many_single_char_names, reason = "a digit each")]
fn is_calendar_date(date: &[u8]) -> bool {
    let Ok([a, b, c, d, b'-', e, f, b'-', g, h]) = <&[u8; 10]>::try_from(date) else { return false };
    [a, b, c, d, e, f, g, h].into_iter().all(u8::is_ascii_digit)
}

/// Seconds in `09:37:12` and `09:37:12.101`.
#[expect(clippy::many_single_char_names, reason = "a digit each")]
fn time_of_day(clock: &[u8]) -> Option<i64> {
    let [a, b, b':', c, d, b':', e, f, rest @ ..] = clock else { return None };
    let is_fraction = match rest {
        [] => true,
        [b'.', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !is_fraction || ![a, b, c, d, e, f].into_iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |tens: &u8, ones: &u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let (hour, minute, second) = (number(a, b), number(c, d), number(e, f));
    (hour <= 24 && minute <= 59 && second <= 60).then_some(hour * 3600 + minute * 60 + second)
}

/// A Unix time in seconds, milliseconds, microseconds or nanoseconds.
fn unix_number(text: &[u8]) -> Option<i64> {
    let unit = match text.len() {
        10 => 1,
        13 => 1_000,
        16 => 1_000_000,
        19 => 1_000_000_000,
        _ => return None,
    };
    // Nineteen digits fit, and 64 bits are multiplied faster without a look at what falls off.
    let mut number: u64 = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    let number = i64::try_from(number).ok()?;
    Some(number / unit)
}

/// The first of two bytes at or after `from`. For texts of a few bytes this is faster than a call of memchr, on every
/// machine.
#[inline(always)]
pub fn find_either(text: &[u8], from: usize, one: u8, other: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (of_one, of_other) = (ONES * u64::from(one), ONES * u64::from(other));
    let mut at = from;
    while let Some(eight) = text.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
        let eight = u64::from_le_bytes(eight);
        let (a, b) = (eight ^ of_one, eight ^ of_other);
        let found = (a.wrapping_sub(ONES) & !a | b.wrapping_sub(ONES) & !b) & HIGH;
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    text.get(at..)?.iter().position(|byte| *byte == one || *byte == other).map(|offset| at + offset)
}
