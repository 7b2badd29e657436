//! A small hash table from hashes to numbers: what the fold of a log asks for every record about a known host. Its
//! order shows nowhere.

/// Open addressing with linear probing. Several entries may have the same hash; whoever asks compares.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Hash and number plus one; zero is free.
    slots: Vec<(u64, u32)>,
    entries: usize,
}

impl Table {
    /// The first number with this hash that is the one that is meant.
    pub fn find(&self, hash: u64, is_meant: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            match self.slots.get(at)? {
                (_, 0) => return None,
                (other, number) if *other == hash && is_meant(*number as usize - 1) => {
                    return Some(*number as usize - 1);
                }
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a number.
    pub fn insert(&mut self, hash: u64, number: usize) {
        if self.entries * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0); (old.len() * 2).max(64)];
            for (hash, number) in old.into_iter().filter(|(_, number)| *number > 0) {
                self.place(hash, number);
            }
        }
        self.entries += 1;
        self.place(hash, u32::try_from(number + 1).unwrap_or(u32::MAX));
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == 0 {
                *slot = (hash, number);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// A hash of several parts, eight bytes at a time.
#[inline]
pub(super) fn hash(parts: &[&[u8]]) -> u64 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    let hash = parts.iter().fold(0, |hash, part| {
        let (words, rest) = part.as_chunks::<8>();
        let hash = words.iter().fold(mix(hash, part.len() as u64), |hash, word| mix(hash, u64::from_le_bytes(*word)));
        let tail = rest.iter().fold(0, |tail, byte| (tail << 8) | u64::from(*byte));
        mix(hash, tail)
    });
    // The low bits, which choose the slot, hardly depend on the last word.
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_again_and_no_other() {
        let mut table = Table::default();
        let names: Vec<String> = (0..5000).map(|number| format!("10.0.{}.{}", number / 250, number % 250)).collect();
        for (number, name) in names.iter().enumerate() {
            let key = hash(&[name.as_bytes()]);
            assert_eq!(table.find(key, |other| names[other] == *name), None);
            table.insert(key, number);
        }
        for (number, name) in names.iter().enumerate() {
            assert_eq!(table.find(hash(&[name.as_bytes()]), |other| names[other] == *name), Some(number));
        }
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }
}
