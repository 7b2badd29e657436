//! A look at a line of Squid's own log that is enough for nearly all of them.

use super::ending;
use crate::formats::{Glance, Rest, State, ends_like_a_name, meaningful, target};

/// A record as Squid writes it by itself: Unix time, elapsed time, client, result, bytes, method, URL. Eight bytes are
/// looked at at a time: of a log of gigabytes nearly every line goes through here and no further.
#[expect(clippy::inline_always, reason = "measured: a skim is a tenth faster when it holds all of this")]
#[inline(always)]
pub(super) fn glance<'a>(line: &'a [u8], state: &mut State) -> Option<Glance<'a>> {
    let time: &[u8; 14] = line.first_chunk()?;
    let seconds = seconds(time, &mut state.unix_time)?;
    let blanks = (word(line, 14)? ^ (ONES * 0x20)).trailing_zeros() as usize / 8;
    let elapsed = 14 + blanks;
    let mut at = elapsed + digits(line, elapsed)?;
    if blanks == 0 || at == elapsed || line.get(at) != Some(&b' ') {
        return None;
    }
    let client = at + 1;
    // The slash between result and status, when neither a client nor a word in front of it has one.
    let slash = find(line, client, b'/')?;
    let [a, b, c, b' '] = line.get(slash + 1..slash + 5)? else { return None };
    let is_status = a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit();
    let client_end = slash.checked_sub(verdict(line, slash)?)?.checked_sub(1)?;
    if !(is_status && client_end > client) {
        return None;
    }
    at = slash + 5 + digits(line, slash + 5)?;
    if at == slash + 5 {
        return None;
    }
    let (is_tunnel, scheme) = match word(line, at)? {
        CONNECT if line.get(at + 8) == Some(&b' ') => (true, at + 9),
        GET => (false, at + 5),
        POST | HEAD => (false, at + 6),
        _ => return None,
    };
    let start = match word(line, scheme)? {
        _ if is_tunnel => scheme,
        HTTPS => scheme + 8,
        text if text & (u64::MAX >> 8) == HTTP => scheme + 7,
        _ => return None,
    };
    let end = host_end(line, start)?;
    let has_port = line.get(end) == Some(&b':');
    let after = if has_port { end + 1 + digits(line, end + 1)? } else { end };
    let is_end = match line.get(after)? {
        b' ' => is_tunnel && after > end + 1,
        b'/' => !is_tunnel,
        _ => false,
    };
    let host = line.get(start..end)?;
    // What begins with a bracket is an address, or what is left of one.
    let is_name = ends_like_a_name(host) && host.first() != Some(&b'[');
    (is_end && is_name).then_some(Glance { host, address: b"", seconds, date: b"", time })
}

/// How many letters the verdict in front of this slash has: capitals and underscores, as in `TCP_REFRESH_UNMODIFIED`.
#[inline]
fn verdict(line: &[u8], slash: usize) -> Option<usize> {
    let (mut letters, mut is_joined) = (0, false);
    while letters < 32 {
        let word = word(line, slash.checked_sub(letters + 8)?)?;
        let blank = last(word, b' ');
        let length = blank.map_or(8, |place| 7 - place);
        let mask = u64::MAX.checked_shl(64 - 8 * length as u32).unwrap_or(0);
        if no_capitals(word) & mask != 0 {
            return None;
        }
        is_joined |= exactly(word, b'_') & mask != 0;
        letters += length;
        if blank.is_some() {
            return (is_joined && letters >= 3).then_some(letters);
        }
    }
    None
}

/// The rest of a record in Squid's own ten columns.
pub(super) fn rest(line: &[u8]) -> Option<Rest<'_>> {
    let [_, elapsed, client, result, bytes, method, url, user, hierarchy, _] = columns(line)?;
    let word = |(start, end): (usize, usize)| line.get(start..end);
    let verdict = memchr::memrchr(b'/', word(result)?)?;
    let is_complete = result.1 - result.0 == verdict + 4;
    let (client, result) = pair(line, client, result)?;
    let (user, hierarchy) = pair(line, user, hierarchy)?;
    // A client of digits only would be taken for the elapsed time, and a "#" in front of it left out.
    let is_client = !client.starts_with('#') && client.bytes().any(|b| !b.is_ascii_digit());
    if !is_client || !is_complete || !hierarchy.as_bytes().contains(&b'/') {
        return None;
    }
    let (verdict, status) = (result.get(..verdict)?, result.get(verdict + 1..)?);
    let tunnel = word(method)? == b"CONNECT";
    let (port, inspected) = if tunnel {
        let url = word(url)?;
        let port = number(url.get(memchr::memrchr(b':', url)? + 1..)?)?;
        (u16::try_from(port).ok(), false)
    } else {
        let url = target::split(std::str::from_utf8(word(url)?).ok()?);
        (url.port_or_default(), url.scheme.eq_ignore_ascii_case("https"))
    };
    Some(Rest {
        client,
        user: meaningful(user).trim_matches('"'),
        tunnel,
        port,
        status,
        verdict,
        outcome: ending(verdict, status, hierarchy, tunnel),
        duration_ms: Some(number(word(elapsed)?)?),
        received: Some(number(word(bytes)?)?),
        inspected,
    })
}

/// Where each of the ten columns begins and ends, one blank or more between them.
fn columns(line: &[u8]) -> Option<[(usize, usize); 10]> {
    let mut columns = [(0, 0); 10];
    let (mut count, mut start) = (0, 0);
    let mut take = |blank: usize| {
        if blank > start {
            *columns.get_mut(count)? = (start, blank);
            count += 1;
        }
        start = blank + 1;
        Some(())
    };
    let (words, rest) = line.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let mut blanks = exactly(word, b' ') | exactly(word, b'\t');
        while blanks != 0 {
            take(number * 8 + blanks.trailing_zeros() as usize / 8)?;
            blanks &= blanks - 1;
        }
    }
    for (offset, _) in rest.iter().enumerate().filter(|(_, byte)| matches!(byte, b' ' | b'\t')) {
        take(words.len() * 8 + offset)?;
    }
    take(line.len())?;
    (count == 10).then_some(columns)
}

/// The texts of a column and of the next one, which cost one look together.
fn pair(line: &[u8], one: (usize, usize), next: (usize, usize)) -> Option<(&str, &str)> {
    let both = std::str::from_utf8(line.get(one.0..next.1)?).ok()?;
    Some((both.get(..one.1 - one.0)?, both.get(next.0 - one.0..)?))
}

/// The number that these digits are, up to 18 of them.
fn number(digits: &[u8]) -> Option<u64> {
    let add = |number: u64, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0'));
    if (1..=18).contains(&digits.len()) { digits.iter().try_fold(0, add) } else { None }
}

/// Words of eight bytes that lines are compared with.
const CONNECT: u64 = u64::from_le_bytes(*b" CONNECT");
const GET: u64 = u64::from_le_bytes(*b" GET htt");
const POST: u64 = u64::from_le_bytes(*b" POST ht");
const HEAD: u64 = u64::from_le_bytes(*b" HEAD ht");
const HTTP: u64 = u64::from_le_bytes(*b"http://\0");
const HTTPS: u64 = u64::from_le_bytes(*b"https://");

/// Eight bytes; `None` where the line has no more so many.
#[inline]
fn word(line: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*line.get(at..)?.first_chunk()?))
}

/// How many digits begin here, at most eight.
#[inline]
fn digits(line: &[u8], at: usize) -> Option<usize> {
    let odd = word(line, at)? ^ (ONES * 0x30);
    let others = (((odd & !HIGHS) + ONES * 0x76) | odd) & HIGHS;
    Some(others.trailing_zeros() as usize / 8)
}

/// The seconds of `1790000000.101`; `known` are those of the line before, which mostly are the same.
#[inline]
fn seconds(time: &[u8; 14], known: &mut ([u8; 10], i64)) -> Option<i64> {
    let (whole, [b'.', a, b, c]) = time.split_first_chunk::<10>()? else { return None };
    if !(a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit()) {
        return None;
    }
    if *whole != known.0 {
        let digit = |number: i64, byte: &u8| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'));
        *known = (*whole, whole.iter().try_fold(0, digit)?);
    }
    Some(known.1)
}

/// The first place at or after `at` with this byte; also `None` within eight bytes of the end of the line.
#[inline]
fn find(line: &[u8], mut at: usize, wanted: u8) -> Option<usize> {
    loop {
        let hits = equal(word(line, at)?, wanted);
        if hits != 0 {
            return Some(at + hits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
}

/// The first place at or after `at` whose byte ends a host, or has no place in one.
#[inline]
fn host_end(line: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let word = word(line, at)?;
        // With the high bit set no subtraction borrows from the next byte.
        let from = |byte: u8| ((word | HIGHS) - ONES * u64::from(byte)) & HIGHS;
        let stops =
            !from(b'-') & HIGHS | from(b':') & !from(b'A') | equal(word, b'/') | equal(word, b'\\') | word & HIGHS;
        if stops != 0 {
            return Some(at + stops.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
}

/// The high bits of the bytes of a word that are neither capitals nor underscores are set.
#[inline]
fn no_capitals(word: u64) -> u64 {
    let from = |byte: u8| ((word | HIGHS) - ONES * u64::from(byte)) & HIGHS;
    !(from(b'A') & !from(b'[') | exactly(word, b'_')) & HIGHS | word & HIGHS
}

/// The last place in a word, 0 to 7, with this byte.
#[inline]
fn last(word: u64, byte: u8) -> Option<usize> {
    let hits = exactly(word, byte);
    (hits != 0).then(|| 7 - hits.leading_zeros() as usize / 8)
}

/// The high bits of the bytes of a word that equal `byte` are set, and no others.
#[inline]
fn exactly(word: u64, byte: u8) -> u64 {
    let odd = word ^ (u64::from(byte) * ONES);
    !(((odd & !HIGHS) + !HIGHS) | odd) & HIGHS
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The high bit of the first byte of a word that equals `byte` is set; of no byte before it.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    let odd = word ^ (u64::from(byte) * ONES);
    odd.wrapping_sub(ONES) & !odd & HIGHS
}
