//! When something happened, in memory that does not grow with the log.

use super::Outcome;

/// Counts over time. The bins lie on a fixed grid: a bin of `width` seconds begins at a multiple of `width`, and the
/// width is the smallest power of two with which everything fits into [`Activity::MAX_BINS`] bins. Both follow from
/// the first and the last time alone, so that the same records give the same counts in whatever order they come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// The width of a bin is two to this power, in seconds.
    shift: u32,
    /// First and last time.
    range: Option<(i64, i64)>,
    /// Bins in which something happened, in order of time.
    bins: Vec<Bin>,
}

/// What happened in one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// Number of the bin, counted from the bin of [`Activity::first`].
    pub index: u32,
    /// Requests that were answered.
    pub reached: u32,
    /// Requests that were refused or failed on their way; 407s have a number of their own.
    pub refused: u32,
    /// 407s: the proxy asked for a sign-in.
    pub asked: u32,
    /// Requests that the client gave up, or about whose end the log says nothing.
    pub other: u32,
}

impl Activity {
    /// How many bins are kept: a day in bins of 17 minutes, an hour in bins of 64 seconds.
    pub const MAX_BINS: i64 = 96;
    /// Times further away from 1970 than this, in seconds, are no times.
    const FARTHEST: i64 = 1 << 40;

    /// Counts one request. `time` is in seconds since 1970.
    pub fn add(&mut self, time: i64, outcome: Outcome) {
        let time = time.clamp(-Self::FARTHEST, Self::FARTHEST);
        let old = self.range.unwrap_or((time, time));
        let range = (old.0.min(time), old.1.max(time));
        self.rescale(range, shift_for(range, self.shift));
        let index = number(time, range.0, self.shift);
        // Most logs are in the order of time.
        let at = match self.bins.last() {
            Some(last) if last.index == index => self.bins.len() - 1,
            _ => self.bins.partition_point(|bin| bin.index < index),
        };
        if self.bins.get(at).is_none_or(|bin| bin.index != index) {
            self.bins.insert(at, Bin { index, ..Bin::default() });
        }
        if let Some(bin) = self.bins.get_mut(at) {
            bin.count(outcome);
        }
    }

    /// Adds what another log, or another flow, holds.
    pub fn merge(&mut self, other: &Self) {
        let Some(theirs) = other.range else { return };
        let ours = self.range.unwrap_or(theirs);
        let range = (ours.0.min(theirs.0), ours.1.max(theirs.1));
        let shift = shift_for(range, self.shift.max(other.shift));
        self.rescale(range, shift);
        let mut other = other.clone();
        other.rescale(range, shift);
        self.bins.append(&mut other.bins);
        self.bins.sort_by_key(|bin| bin.index);
        self.fold_equal();
    }

    /// First time, in seconds since 1970.
    pub fn first(&self) -> Option<i64> {
        self.range.map(|(first, _)| first)
    }

    /// Last time, in seconds since 1970.
    pub fn last(&self) -> Option<i64> {
        self.range.map(|(_, last)| last)
    }

    /// Width of a bin in seconds.
    pub fn width(&self) -> i64 {
        1 << self.shift
    }

    /// Bins in which something happened, in order of time.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }

    /// These counts on the grid that reaches over `range` with bins of `width` seconds, a power of two that is not
    /// smaller than the own one.
    #[must_use]
    pub fn on_grid(&self, range: (i64, i64), width: i64) -> Self {
        let mut result = self.clone();
        if result.range.is_some() {
            result.rescale(range, width.max(1).trailing_zeros().max(self.shift));
        }
        result
    }

    /// Moves the bins to a grid that begins earlier or is coarser.
    fn rescale(&mut self, range: (i64, i64), shift: u32) {
        let old_first = self.range.map_or(range.0, |(first, _)| first);
        let base = old_first >> self.shift;
        let old_shift = self.shift;
        self.range = Some(range);
        self.shift = shift;
        if shift == old_shift && old_first >> shift == range.0 >> shift {
            return;
        }
        for bin in &mut self.bins {
            bin.index = number((base + i64::from(bin.index)) << old_shift, range.0, shift);
        }
        self.fold_equal();
    }

    /// Makes one of neighbours with the same number.
    fn fold_equal(&mut self) {
        self.bins.dedup_by(|later, earlier| {
            let same = later.index == earlier.index;
            if same {
                earlier.reached = earlier.reached.saturating_add(later.reached);
                earlier.refused = earlier.refused.saturating_add(later.refused);
                earlier.asked = earlier.asked.saturating_add(later.asked);
                earlier.other = earlier.other.saturating_add(later.other);
            }
            same
        });
    }
}

impl Bin {
    fn count(&mut self, outcome: Outcome) {
        let slot = match outcome {
            Outcome::Reached => &mut self.reached,
            Outcome::AuthRequired => &mut self.asked,
            outcome if outcome.is_refusal() => &mut self.refused,
            _ => &mut self.other,
        };
        *slot = slot.saturating_add(1);
    }
}

/// The number of the bin that holds `time`, on a grid whose bin 0 holds `first`.
fn number(time: i64, first: i64, shift: u32) -> u32 {
    u32::try_from((time >> shift) - (first >> shift)).unwrap_or(0)
}

/// The smallest width, and no smaller one than two to the power of `from`, with which a range fits.
fn shift_for((first, last): (i64, i64), from: u32) -> u32 {
    (from..62).find(|shift| (last >> shift) - (first >> shift) < Activity::MAX_BINS).unwrap_or(62)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(records: &[(i64, Outcome)]) -> Activity {
        let mut activity = Activity::default();
        for &(time, outcome) in records {
            activity.add(time, outcome);
        }
        activity
    }

    /// The same counts, made from all the records at once.
    fn slowly(records: &[(i64, Outcome)]) -> Activity {
        let first = records.iter().map(|record| record.0).min().unwrap();
        let last = records.iter().map(|record| record.0).max().unwrap();
        let shift = (0..62).find(|shift| (last >> shift) - (first >> shift) < Activity::MAX_BINS).unwrap();
        let mut bins: Vec<Bin> = Vec::new();
        for index in 0..Activity::MAX_BINS {
            let mut bin = Bin { index: u32::try_from(index).unwrap(), ..Bin::default() };
            let mine = records.iter().filter(|(time, _)| (time >> shift) - (first >> shift) == index);
            mine.for_each(|(_, outcome)| bin.count(*outcome));
            if bin.reached + bin.refused + bin.asked + bin.other > 0 {
                bins.push(bin);
            }
        }
        Activity { shift, range: Some((first, last)), bins }
    }

    fn records() -> impl Strategy<Value = Vec<(i64, Outcome)>> {
        let outcome = prop_oneof![
            Just(Outcome::Reached),
            Just(Outcome::Denied),
            Just(Outcome::AuthRequired),
            Just(Outcome::Seen)
        ];
        let spread = prop_oneof![Just(60_i64), Just(4_000), Just(90_000), Just(40_000_000)];
        spread.prop_flat_map(move |spread| {
            let time = (-spread..spread).prop_map(|offset| 1_786_514_713 + offset);
            proptest::collection::vec((time, outcome.clone()), 1..200)
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_records_does_not_matter(records in records(), turn in 0_usize..200) {
            let expected = slowly(&records);
            prop_assert_eq!(&of(&records), &expected);
            let mut reversed = records.clone();
            reversed.reverse();
            prop_assert_eq!(&of(&reversed), &expected);
            let mut turned = records.clone();
            turned.rotate_left(turn % records.len());
            prop_assert_eq!(&of(&turned), &expected);
        }

        #[test]
        fn two_halves_make_the_whole(records in records(), cut in 0_usize..200) {
            let (one, other) = records.split_at(cut % records.len());
            let mut merged = of(one);
            merged.merge(&of(other));
            prop_assert_eq!(merged, of(&records));
        }
    }

    #[test]
    fn a_day_and_a_minute_both_fit() {
        let day = of(&[(1_786_514_713, Outcome::Reached), (1_786_514_713 + 86_400, Outcome::Denied)]);
        assert_eq!((day.width(), day.bins().len()), (1024, 2));
        let minute = of(&[(1_786_514_713, Outcome::Reached), (1_786_514_713 + 60, Outcome::Denied)]);
        assert_eq!(minute.width(), 1);
        assert_eq!(minute.bins().last().map(|bin| (bin.index, bin.refused)), Some((60, 1)));
    }

    #[test]
    fn a_nonsense_time_breaks_nothing() {
        let activity = of(&[(i64::MIN, Outcome::Reached), (i64::MAX, Outcome::Reached), (0, Outcome::Seen)]);
        assert!(activity.bins().len() <= 96);
        assert_eq!(activity.bins().iter().map(|bin| bin.reached + bin.other).sum::<u32>(), 3);
    }
}
