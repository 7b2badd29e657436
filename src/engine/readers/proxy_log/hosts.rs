//! Whether a host is on the endpoint shelf: asked once per record of a log, which mostly names hosts that are not.

use super::table::hash;
use crate::endpoints;
use crate::formats::Endings;
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
        if ENDINGS.fit(host.as_bytes()) { self.look_up(host) } else { None }
    }

    /// As [`Hosts::find`], of a name that fits the [`ENDINGS`].
    pub fn look_up(&mut self, host: &str) -> Option<Known> {
        let find = || endpoints::find_host(host).map(|_| Known { proves: endpoints::proves_entra_connect(host) });
        let slot = if host.len() <= LONGEST { self.slots.get_mut(place(host.as_bytes())) } else { None };
        let Some(slot) = slot else { return find() };
        if slot.host != host {
            slot.answer = find();
            host.clone_into(&mut slot.host);
        }
        slot.answer
    }

    /// Whether the shelf says anything of this host, however it is written; also true where that takes more than a
    /// look.
    pub fn may_find(&mut self, host: &[u8]) -> bool {
        match self.slots.get(place(host)) {
            Some(slot) if slot.host.as_bytes() == host => slot.answer.is_some(),
            _ => plain_name(host).is_none_or(|host| self.look_up(host).is_some()),
        }
    }
}

/// The slot of a name.
fn place(host: &[u8]) -> usize {
    hash(&[host]) as usize % SLOTS
}

/// The name of a host, where it is written as it is looked up.
pub(super) fn plain_name(host: &[u8]) -> Option<&str> {
    let is_plain = !host.starts_with(b".") && host.iter().all(|b| !b.is_ascii_uppercase() && *b != b'*');
    std::str::from_utf8(host).ok().filter(|_| is_plain)
}

/// The endings of all names on the shelf.
pub(super) static ENDINGS: LazyLock<Endings> =
    LazyLock::new(|| Endings::new(endpoints::all().flat_map(|row| row.hosts.iter().chain([&row.pattern])).copied()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_the_shelf_is_turned_away_and_few_others_pass() {
        let mut hosts = Hosts::default();
        for row in endpoints::all() {
            for name in row.hosts.iter().chain([&row.pattern]) {
                let host = name.replace('*', "x7");
                assert!(ENDINGS.fit(host.to_ascii_uppercase().as_bytes()), "{host}");
                assert!(hosts.find(&host).is_some() && hosts.find(&host).is_some(), "{host}");
            }
        }
        for host in ["www.example.org", "printer.corp.example", "a.b", "cdn.test"] {
            assert_eq!(hosts.find(host), None, "{host}");
        }
        assert!(ENDINGS.free() > 256, "the table is too full: {} free", ENDINGS.free());
    }
}
