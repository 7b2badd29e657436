//! Whether a host is on the endpoint shelf: asked once per record of a log, which mostly names hosts that are not.

use crate::endpoints;
use std::sync::LazyLock;

/// The answers of late, by a hash of the name.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    slots: Vec<Slot>,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    host: String,
    answer: Option<Known>,
}

/// A host of the endpoint shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Nothing but Entra Connect calls it.
    pub proves: bool,
}

/// A power of two: many more than the hosts that share an ending with the shelf's.
const SLOTS: usize = 1024;
/// Longer names are looked up each time.
const LONGEST: usize = 128;

impl Default for Hosts {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); SLOTS] }
    }
}

impl Hosts {
    /// What the shelf says of this host. Lower case, no dot at the end.
    pub fn find(&mut self, host: &str) -> Option<Known> {
        if may_be_known(host.as_bytes()) { self.look_up(host) } else { None }
    }

    /// As [`Hosts::find`], of a name that [`may_be_known`].
    pub fn look_up(&mut self, host: &str) -> Option<Known> {
        let find = || endpoints::find_host(host).map(|_| Known { proves: endpoints::proves_entra_connect(host) });
        let slot = if host.len() <= LONGEST { self.slots.get_mut(spread(host.as_bytes())) } else { None };
        let Some(slot) = slot else { return find() };
        if slot.host != host {
            slot.answer = find();
            host.clone_into(&mut slot.host);
        }
        slot.answer
    }
}

fn spread(host: &[u8]) -> usize {
    let hash = host.chunks(8).fold(host.len() as u64, |hash, chunk| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517C_C1B7_2722_0A95)
    });
    (hash >> 32) as usize % SLOTS
}

/// How many bytes at the end of a name tell apart what cannot be on the shelf.
const ENDING: usize = 6;

/// The endings of all names on the shelf, in an open table.
static ENDINGS: LazyLock<[u64; 512]> = LazyLock::new(|| {
    let mut table = [0; 512];
    for row in endpoints::all() {
        for name in row.hosts.iter().chain([&row.pattern]) {
            let Some(ending) = ending(name.as_bytes()) else { continue };
            let mut at = place(ending);
            while let Some(slot) = table.get_mut(at)
                && *slot != ending
            {
                if *slot == 0 {
                    *slot = ending;
                    break;
                }
                at = (at + 1) % 512;
            }
        }
    }
    table
});

/// Whether a name ends like one on the shelf, whatever its case. Never false for one that is on it.
#[inline]
pub(super) fn may_be_known(host: &[u8]) -> bool {
    let Some(ending) = ending(host) else { return true };
    let table: &[u64; 512] = &ENDINGS;
    let mut at = place(ending);
    loop {
        match table.get(at) {
            Some(0) | None => return false,
            Some(slot) if *slot == ending => return true,
            _ => at = (at + 1) % 512,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_the_shelf_is_turned_away_and_few_others_pass() {
        let mut hosts = Hosts::default();
        for row in endpoints::all() {
            for name in row.hosts.iter().chain([&row.pattern]) {
                let host = name.replace('*', "x7");
                assert!(may_be_known(host.to_ascii_uppercase().as_bytes()), "{host}");
                assert!(hosts.find(&host).is_some() && hosts.find(&host).is_some(), "{host}");
            }
        }
        for host in ["www.example.org", "printer.corp.example", "a.b", "cdn.test"] {
            assert_eq!(hosts.find(host), None, "{host}");
        }
        let free = ENDINGS.iter().filter(|slot| **slot == 0).count();
        assert!(free > 256, "the table is too full: {free} free");
    }
}
