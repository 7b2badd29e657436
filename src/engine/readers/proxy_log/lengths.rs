//! How long the tunnels to a host lived, in memory that does not grow with the log.

use super::Span;

/// A histogram of the lengths of tunnels, to the second, where an idle timeout of interest may lie.
///
/// Only quiet tunnels are told apart by their length: one that carried data all the time was not idle, and its length
/// says nothing about a limit for idle ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// By length; at most [`Lengths::MAX_LENGTHS`].
    kept: Vec<Length>,
    /// Quiet tunnels shorter than [`Lengths::SHORTEST`].
    pub shorter: u32,
    /// Quiet tunnels longer than [`Lengths::LONGEST`].
    pub longer: u32,
    /// Quiet tunnels of a length between the two that was too rare to be kept.
    pub unkept: u32,
    /// Tunnels of at least [`Lengths::SHORTEST`] that carried data all the time.
    pub busy: u32,
}

/// The tunnels of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// Rounded to the nearest second.
    pub seconds: u16,
    /// How many.
    pub count: u32,
    /// How many of them the client ended, as far as the log says who did.
    pub by_client: u32,
    /// The first lines, at most two.
    pub spans: Vec<Span>,
}

/// One tunnel that ended.
#[derive(Clone, Copy, Debug)]
pub struct Tunnel {
    /// Milliseconds from its beginning to its end.
    pub millis: u64,
    /// Bytes in both directions; 0 where the log does not say.
    pub bytes: u64,
    /// The log says that the client ended it.
    pub by_client: bool,
}

impl Lengths {
    /// Shorter ones are only counted. Somewhat less than the shortest timeout that is looked for, so that a peak can
    /// be told from the end of a slope.
    pub const SHORTEST: u16 = 38;
    /// Longer ones are only counted.
    pub const LONGEST: u16 = 400;
    /// How many lengths are kept.
    pub const MAX_LENGTHS: usize = 32;
    /// How many lines are kept of each.
    const MAX_SPANS: usize = 2;
    /// A tunnel with more bytes per second than this was carrying data. An export that waits for its answer is far
    /// below, whatever it sent before.
    const BUSY: u64 = 20_000;

    /// Counts one tunnel. `span` is its line, asked for only where it is kept.
    pub fn add(&mut self, tunnel: Tunnel, span: impl FnOnce() -> Span) {
        let seconds = tunnel.millis.saturating_add(500) / 1000;
        let one_more = |count: &mut u32| *count = count.saturating_add(1);
        if seconds >= u64::from(Self::SHORTEST) && tunnel.bytes / seconds > Self::BUSY {
            return one_more(&mut self.busy);
        }
        let seconds = match u16::try_from(seconds) {
            Ok(seconds) if seconds < Self::SHORTEST => return one_more(&mut self.shorter),
            Ok(seconds) if seconds <= Self::LONGEST => seconds,
            _ => return one_more(&mut self.longer),
        };
        let at = self.kept.partition_point(|length| length.seconds < seconds);
        if let Some(length) = self.kept.get_mut(at).filter(|length| length.seconds == seconds) {
            one_more(&mut length.count);
            length.by_client = length.by_client.saturating_add(u32::from(tunnel.by_client));
            if length.spans.len() < Self::MAX_SPANS {
                length.spans.push(span());
            }
            return;
        }
        let length = Length { seconds, count: 1, by_client: u32::from(tunnel.by_client), spans: vec![span()] };
        self.kept.insert(at, length);
        self.drop_rarest(seconds);
    }

    /// Makes room: the rarest length goes, of equally rare ones the one furthest from its neighbours' company. The one
    /// that has just come stays, or a cut that begins late would never be seen.
    fn drop_rarest(&mut self, newest: u16) {
        if self.kept.len() <= Self::MAX_LENGTHS {
            return;
        }
        let gap = |at: usize| {
            let own = self.kept.get(at).map_or(0, |length| length.seconds);
            let before = at.checked_sub(1).and_then(|at| self.kept.get(at)).map(|length| own - length.seconds);
            let after = self.kept.get(at + 1).map(|length| length.seconds - own);
            before.into_iter().chain(after).min().unwrap_or(u16::MAX)
        };
        let rarest = self
            .kept
            .iter()
            .enumerate()
            .filter(|(_, length)| length.seconds != newest)
            .min_by_key(|(at, length)| (length.count, std::cmp::Reverse(gap(*at))))
            .map(|(at, _)| at);
        if let Some(at) = rarest {
            let gone = self.kept.remove(at);
            self.unkept = self.unkept.saturating_add(gone.count);
        }
    }

    /// The lengths that are kept, the shortest first.
    pub fn kept(&self) -> &[Length] {
        &self.kept
    }

    /// Quiet tunnels that lived at least [`Lengths::SHORTEST`].
    pub fn long_ones(&self) -> u64 {
        let kept: u64 = self.kept.iter().map(|length| u64::from(length.count)).sum();
        kept + u64::from(self.unkept) + u64::from(self.longer)
    }

    /// Adds the tunnels to another host, all of them: the result may hold more than [`Lengths::MAX_LENGTHS`] lengths.
    pub fn merge(&mut self, other: &Self) {
        for theirs in &other.kept {
            let at = self.kept.partition_point(|length| length.seconds < theirs.seconds);
            if let Some(length) = self.kept.get_mut(at).filter(|length| length.seconds == theirs.seconds) {
                length.count = length.count.saturating_add(theirs.count);
                length.by_client = length.by_client.saturating_add(theirs.by_client);
                length.spans.extend(&theirs.spans);
            } else {
                self.kept.insert(at, theirs.clone());
            }
        }
        for (ours, theirs) in [
            (&mut self.shorter, other.shorter),
            (&mut self.longer, other.longer),
            (&mut self.unkept, other.unkept),
            (&mut self.busy, other.busy),
        ] {
            *ours = ours.saturating_add(theirs);
        }
    }

    /// Lets the caller move the lines, where the text they refer to has moved.
    pub fn spans_mut(&mut self, mut change: impl FnMut(&mut Span)) {
        self.kept.iter_mut().flat_map(|length| &mut length.spans).for_each(&mut change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quiet(millis: u64) -> Tunnel {
        Tunnel { millis, bytes: 9000, by_client: false }
    }

    fn of(millis: impl IntoIterator<Item = u64>) -> Lengths {
        let mut lengths = Lengths::default();
        for (line, millis) in millis.into_iter().enumerate() {
            lengths.add(quiet(millis), || Span { artifact: 0, start: line * 100, end: line * 100 + 99 });
        }
        lengths
    }

    #[test]
    fn a_cut_is_still_seen_after_a_day_of_tunnels_of_all_lengths() {
        let mixed = (0..5000_u64).map(|at| 39_000 + at * 7919 % 360_000);
        let cut = (0..40_u64).map(|at| 120_000 + at % 400);
        let lengths = of(mixed.chain(cut));
        let at_120 = lengths.kept().iter().find(|length| length.seconds == 120).map(|length| length.count);
        assert!(at_120.is_some_and(|count| count >= 40), "{at_120:?}");
        assert!(lengths.kept().len() <= Lengths::MAX_LENGTHS);
        assert_eq!(lengths.long_ones(), 5040);
    }

    #[test]
    fn a_tunnel_that_carried_data_all_the_time_was_not_idle() {
        let mut lengths = Lengths::default();
        let span = || Span { artifact: 0, start: 0, end: 1 };
        lengths.add(Tunnel { millis: 120_000, bytes: 48_000_000, by_client: false }, span);
        lengths.add(quiet(120_000), span);
        assert_eq!((lengths.busy, lengths.long_ones()), (1, 1));
    }

    #[test]
    fn lines_move_with_their_text() {
        let mut lengths = of([120_000, 90_000]);
        lengths.spans_mut(|span| span.start += 7);
        let starts: Vec<usize> =
            lengths.kept().iter().flat_map(|length| &length.spans).map(|span| span.start).collect();
        assert_eq!(starts, [107, 7]);
    }

    proptest! {
        #[test]
        fn no_tunnel_gets_lost(millis in proptest::collection::vec(0_u64..500_000, 0..400)) {
            let lengths = of(millis.iter().copied());
            prop_assert_eq!(lengths.long_ones() + u64::from(lengths.shorter), millis.len() as u64);
            prop_assert!(lengths.kept().len() <= Lengths::MAX_LENGTHS);
            prop_assert!(lengths.kept().iter().all(|length| length.spans.len() <= 2));
        }
    }
}
