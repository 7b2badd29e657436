//! Lines in a row that need no more than a glance. Nearly all of a big log are plain records about hosts that nobody
//! asks about: one loop over them, made for the dialect, takes half the time of a call for each.

use super::{Glance, State};

/// What a skim is to know, and what it ends at.
pub struct Skim<'a> {
    /// A record about a host that ends like one of these may end the skim.
    pub endings: &'a Endings,
    /// It does when this says so of the host.
    pub is_asked: &'a mut dyn FnMut(&[u8]) -> bool,
    /// So does a record of an earlier second, since 1970.
    pub since: i64,
    /// So does a line of more bytes.
    pub longest: usize,
    /// There is no carriage return and no "<" in the text, for sure.
    pub plain: bool,
    /// The second of the record before, if there was one.
    pub previous: Option<i64>,
    /// The latest second so far.
    pub latest: i64,
    /// Gets the addresses of the hosts, where the lines have them.
    pub address: &'a mut dyn FnMut(&[u8]),
}

/// The lines that a skim took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Skimmed<'a> {
    /// Their bytes with their line ends.
    pub bytes: usize,
    /// How many they are. Each is a record.
    pub records: usize,
    /// Steps forward and back in time from record to record, from the record before to the first one too.
    pub steps: (usize, usize),
    /// The second of the last record, or what was known before.
    pub previous: Option<i64>,
    /// The latest of them, when it is later than any record before.
    pub latest: Option<Glance<'a>>,
    /// The line behind them, without its end, when it is a plain record too, but about a host that is asked about.
    pub asked: Option<(Glance<'a>, &'a [u8])>,
}

impl Skim<'_> {
    /// Takes lines from the beginning of a text, as long as each has an end of one or two bytes and is a plain record
    /// about a host that nobody asks about.
    #[inline]
    pub fn run<'a>(
        self,
        text: &'a [u8],
        state: &mut State,
        glance: impl Fn(&'a [u8], &mut State) -> Option<Glance<'a>>,
    ) -> Skimmed<'a> {
        let mut all = Skimmed { previous: self.previous, ..Skimmed::default() };
        let (mut rest, mut latest) = (text, self.latest);
        while let Some(end) = memchr::memchr(b'\n', rest).filter(|end| *end <= self.longest) {
            let (mut line, tail) = rest.split_at(end);
            if !self.plain {
                line = line.strip_suffix(b"\r").unwrap_or(line);
                // Behind a "<" another record may begin whose line end was lost.
                if memchr::memchr2(b'<', b'\r', line).is_some() {
                    break;
                }
            }
            let Some(seen) = glance(line, state) else { break };
            if seen.seconds < self.since {
                break;
            }
            if self.endings.fit(seen.host) && (self.is_asked)(seen.host) {
                all.asked = Some((seen, line));
                break;
            }
            if !seen.address.is_empty() {
                (self.address)(seen.address);
            }
            if let Some(previous) = all.previous.replace(seen.seconds) {
                all.steps.0 += usize::from(seen.seconds > previous);
                all.steps.1 += usize::from(seen.seconds < previous);
            }
            if seen.seconds > latest {
                latest = seen.seconds;
                all.latest = Some(seen);
            }
            all.records += 1;
            all.bytes += end + 1;
            rest = tail.get(1..).unwrap_or_default();
        }
        all
    }
}

/// The last bytes of names, letters in lower case: they tell most other names apart.
#[derive(Clone, Debug)]
pub struct Endings {
    /// An open table; zero is free.
    table: [u64; SLOTS],
}

/// How many bytes at the end of a name are compared.
const ENDING: usize = 6;
/// A power of two, and many more than there are endings.
const SLOTS: usize = 512;

impl Endings {
    /// The endings of these names.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut table = [0; SLOTS];
        for ending in names.filter_map(|name| ending(name.as_bytes())) {
            let mut at = place(ending);
            while let Some(slot) = table.get_mut(at)
                && *slot != ending
            {
                if *slot == 0 {
                    *slot = ending;
                    break;
                }
                at = (at + 1) % SLOTS;
            }
        }
        Self { table }
    }

    /// Whether a name ends like one of them, whatever its case. Never false for one of them, nor for a name that is too
    /// short to tell.
    #[inline]
    pub fn fit(&self, name: &[u8]) -> bool {
        let Some(ending) = ending(name) else { return true };
        let mut at = place(ending);
        loop {
            match self.table.get(at) {
                Some(0) | None => return false,
                Some(slot) if *slot == ending => return true,
                _ => at = (at + 1) % SLOTS,
            }
        }
    }

    /// How many places of the table are free: a full one would be slow, and at last endless.
    #[cfg(test)]
    pub fn free(&self) -> usize {
        self.table.iter().filter(|slot| **slot == 0).count()
    }
}

/// The last [`ENDING`] bytes, letters in lower case; `None` for shorter names.
#[inline]
fn ending(name: &[u8]) -> Option<u64> {
    let last: [u8; ENDING] = *name.last_chunk()?;
    let mut word = [0; 8];
    word.iter_mut().zip(last).for_each(|(to, from)| *to = from);
    Some(u64::from_le_bytes(word) | 0x2020_2020_2020)
}

#[inline]
fn place(ending: u64) -> usize {
    (ending.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55) as usize
}
