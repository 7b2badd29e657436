//! From a host name to its row. Called once per line of a log: nothing here allocates after the first call.

use super::{Endpoint, all};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One name or pattern of a row, filed under its last two labels.
struct Filed {
    /// The last two labels, lower case: `digicert.com`.
    root: &'static str,
    /// The name or pattern.
    pattern: &'static str,
    /// Its row.
    row: &'static Endpoint,
}

/// Every name and pattern of the shelf, sorted by root; under one root the most specific first.
static FILED: LazyLock<Vec<Filed>> = LazyLock::new(|| {
    let mut filed: Vec<Filed> = all()
        .flat_map(|row| {
            let names = row.hosts.iter().copied().chain(std::iter::once(row.pattern));
            names.map(move |pattern| Filed { root: root_of(pattern), pattern, row })
        })
        .collect();
    // Clouds share hosts; only the first row of the shelf that has a name is ever found by it.
    let mut seen = BTreeSet::new();
    filed.retain(|item| seen.insert(item.pattern));
    // The sort is stable: of two equally specific patterns the one that stands first on the shelf wins.
    filed.sort_by(|a, b| a.root.cmp(b.root).then_with(|| specificity(b.pattern).cmp(&specificity(a.pattern))));
    filed
});

/// The most specific row whose hosts or pattern cover `host`, of any cloud. `host` comes without a port; case and
/// a trailing dot do not matter.
pub fn find_host(host: &str) -> Option<&'static Endpoint> {
    let host = trimmed(host);
    let root = root_of(host);
    let first = FILED.partition_point(|item| compare(item.root, root) == Ordering::Less);
    FILED
        .iter()
        .skip(first)
        .take_while(|item| item.root.eq_ignore_ascii_case(root))
        .find(|item| host_matches(item.pattern, host))
        .map(|item| item.row)
}

/// Whether a documented pattern covers a host. `*.x` covers any number of labels below `x` and not `x` itself; a
/// star inside the first label (`*-anchor.x`, `adminwebservice-s1-*.x`) stands for a part of that one label;
/// anything else is a name.
pub fn host_matches(pattern: &str, host: &str) -> bool {
    let host = trimmed(host);
    let Some((head, tail)) = pattern.split_once('*') else { return pattern.eq_ignore_ascii_case(host) };
    if head.is_empty()
        && let Some(zone) = tail.strip_prefix('.')
    {
        return below(zone, host);
    }
    let Some(middle) = strip_prefix(host, head).and_then(|rest| strip_suffix(rest, tail)) else { return false };
    !middle.is_empty() && !middle.contains('.')
}

/// Whether `host` stands at least one label below `zone`.
pub(super) fn below(zone: &str, host: &str) -> bool {
    strip_suffix(host, zone).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| !rest.is_empty())
}

/// Without the dot of the root and without blanks around it.
pub(super) fn trimmed(host: &str) -> &str {
    let host = host.trim();
    host.strip_suffix('.').unwrap_or(host)
}

/// The last two labels.
fn root_of(host: &str) -> &str {
    host.rmatch_indices('.').nth(1).and_then(|(at, _)| host.get(at + 1..)).unwrap_or(host)
}

/// Names before patterns, longer patterns before shorter ones.
fn specificity(pattern: &str) -> (bool, bool, usize) {
    (!pattern.contains('*'), !pattern.starts_with("*."), pattern.len())
}

/// Compares as if both were lower case. The shelf itself is lower case.
fn compare(a: &str, b: &str) -> Ordering {
    a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    if head.eq_ignore_ascii_case(prefix) { text.get(prefix.len()..) } else { None }
}

fn strip_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let tail = text.get(at..)?;
    if tail.eq_ignore_ascii_case(suffix) { text.get(..at) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same question, answered label by label.
    fn slowly(pattern: &str, host: &str) -> bool {
        let pattern = pattern.to_ascii_lowercase();
        let host = host.to_ascii_lowercase();
        let want: Vec<&str> = pattern.split('.').collect();
        let have: Vec<&str> = host.split('.').collect();
        if let Some((&"*", zone)) = want.split_first() {
            return have.len() > zone.len() && have.iter().rev().zip(zone.iter().rev()).all(|(a, b)| a == b);
        }
        want.len() == have.len()
            && want.iter().zip(&have).all(|(want, have)| match want.split_once('*') {
                None => want == have,
                Some((head, tail)) => {
                    (head.len() + 1 + tail.len()..=have.len()).contains(&have.len())
                        && have.starts_with(head)
                        && have.ends_with(tail)
                }
            })
    }

    fn name() -> impl Strategy<Value = String> {
        proptest::collection::vec("[abAB]{1,2}", 1..5).prop_map(|labels| labels.join("."))
    }

    fn pattern() -> impl Strategy<Value = String> {
        (prop_oneof![Just(""), Just("*."), Just("*-a."), Just("a-*."), Just("*a.")], name())
            .prop_map(|(head, name)| format!("{head}{name}"))
    }

    fn host() -> impl Strategy<Value = String> {
        (prop_oneof![Just(""), Just("a."), Just("b-a."), Just("a-b."), Just("ba.a."), Just("-a.")], name())
            .prop_map(|(head, name)| format!("{head}{name}"))
    }

    proptest! {
        #[test]
        fn a_pattern_covers_what_a_label_by_label_comparison_covers(pattern in pattern(), host in host()) {
            prop_assert_eq!(host_matches(&pattern, &host), slowly(&pattern, &host));
        }

        #[test]
        fn a_pattern_covers_names_built_from_itself(zone in name(), below in name()) {
            let wildcard = format!("*.{zone}");
            let host = format!("{below}.{zone}");
            prop_assert!(host_matches(&wildcard, &host));
            prop_assert!(!host_matches(&wildcard, &zone) || slowly(&wildcard, &zone));
        }

        #[test]
        fn no_text_breaks_the_search(host in ".{0,40}") {
            let found = find_host(&host);
            let expected = all().any(|row| {
                row.hosts.iter().chain([&row.pattern]).any(|pattern| host_matches(pattern, &host))
            });
            prop_assert_eq!(found.is_some(), expected);
        }
    }

    #[test]
    fn every_name_on_the_shelf_is_found_by_the_search() {
        for row in all() {
            for name in row.hosts.iter().chain([&row.pattern]) {
                let host = name.replace('*', "x7");
                let found = find_host(&host).unwrap_or_else(|| panic!("{host} is not found"));
                let covers = found.hosts.iter().chain([&found.pattern]).any(|pattern| host_matches(pattern, &host));
                assert!(covers, "{host} gave {}", found.pattern);
            }
        }
    }

    /// A name of the shelf with its stars filled in, one label more or less, in mixed case, with the dot of the root.
    fn near_the_shelf() -> impl Strategy<Value = String> {
        let names: Vec<&str> = all().flat_map(|row| row.hosts.iter().copied().chain([row.pattern])).collect();
        let star = prop_oneof![Just("x7"), Just("bba800"), Just("a.b"), Just("")];
        let front = prop_oneof![Just(""), Just("a."), Just("b-anchor."), Just("q.r."), Just("x"), Just("-")];
        (
            proptest::sample::select(names),
            star,
            front,
            0..3_usize,
            any::<bool>(),
            prop_oneof![Just(""), Just("."), Just("x")],
        )
            .prop_map(|(name, star, front, dropped, upper, end)| {
                let name = format!("{front}{}", name.replace('*', star));
                let name: Vec<&str> = name.split('.').skip(dropped).collect();
                let name = format!("{}{end}", name.join(".").trim_start_matches('.'));
                if upper { name.to_ascii_uppercase() } else { name }
            })
    }

    /// How well a row fits, found by going through all its names: a name before a family before a wildcard, a longer
    /// one before a shorter one.
    fn fit(row: &Endpoint, host: &str) -> Option<(bool, bool, usize)> {
        let host = host.to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let names = row.hosts.iter().chain([&row.pattern]).filter(|name| slowly(name, host));
        names.map(|name| (!name.contains('*'), !name.starts_with("*."), name.len())).max()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_row_found_is_the_closest_of_all_rows(host in near_the_shelf()) {
            let best = all().filter_map(|row| fit(row, &host)).max();
            let first = best.and_then(|best| all().find(|row| fit(row, &host) == Some(best)));
            prop_assert_eq!(find_host(&host).map(Endpoint::id), first.map(Endpoint::id));
        }
    }
}
