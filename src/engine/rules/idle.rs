//! Tunnels to the sync service are cut while an export waits for its answer.

use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::{self, Role};
use crate::facts::Facts;
use crate::readers::error_text::ErrorHit;
use crate::readers::error_text::run_times::Told;
use crate::readers::proxy_log::{Length, Lengths};
use crate::report::{Confidence, Severity};
use crate::traffic::FEW_SERVERS;

/// Tunnels, or exports, that all ended after the same time.
#[derive(Debug, PartialEq, Eq)]
struct Cluster {
    /// The time after which most of them ended.
    seconds: u64,
    /// The shortest and the longest of them.
    range: (u64, u64),
    /// How many.
    count: u64,
    /// How many lived longer.
    longer: u64,
    /// What they led to.
    to: &'static str,
    /// The first lines.
    lines: Vec<Span>,
}

/// Shorter times are no timeouts of interest.
const SHORTEST: u64 = 45;
/// What the prerequisites of Entra Connect ask for (how-to-connect-install-prerequisites: at least six minutes).
const WANTED: u64 = 360;
/// Limits that devices come with.
const USUAL: [u64; 8] = [60, 90, 120, 150, 180, 240, 300, 350];
/// .NET closes a connection of its own that was idle for 100 s (ServicePointManager.MaxServicePointIdleTime), and gives
/// up a request after the same time (HttpWebRequest.Timeout): tunnels that end then, or the few seconds later that the
/// work before the silence took, were ended by the client.
const BY_DOTNET: std::ops::RangeInclusive<u64> = 99..=106;

/// The time after which quiet tunnels to the sync service are cut: at least four within two per cent of each other at a
/// usual limit, six elsewhere; at least half of all that lived 45 s or more; hardly any that lived longer, and far
/// fewer that ended just before: a peak, not the end of a slope.
fn cut_after(lengths: &Lengths, harm: bool) -> Option<Cluster> {
    let count = |range: std::ops::RangeInclusive<u64>| -> u64 {
        let inside = lengths.kept().iter().filter(|length| range.contains(&u64::from(length.seconds)));
        inside.map(|length| u64::from(length.count)).sum()
    };
    let elsewhere = u64::from(lengths.unkept) + u64::from(lengths.longer);
    let width = |low: u64| (low / 25).max(4);
    let windows = lengths.kept().iter().map(|length| u64::from(length.seconds)).map(|low| (low, low + width(low)));
    let (low, high) = windows.max_by_key(|(low, high)| (count(*low..=*high), std::cmp::Reverse(*low)))?;
    let inside: Vec<&Length> =
        lengths.kept().iter().filter(|length| (low..=high).contains(&u64::from(length.seconds))).collect();
    let seconds =
        u64::from(inside.iter().max_by_key(|length| (length.count, std::cmp::Reverse(length.seconds)))?.seconds);
    let many = count(low..=high);
    let all = count(SHORTEST..=u64::MAX).max(many) + elsewhere;
    let longer = count(high + 1..=u64::MAX) + elsewhere;
    let just_before = count(low.saturating_sub(width(low) + 1)..=low.saturating_sub(1));
    let by_client: u64 = inside.iter().map(|length| u64::from(length.by_client)).sum();
    let usual = USUAL.iter().any(|limit| seconds.abs_diff(*limit) * 50 <= limit + 49);
    let holds = (SHORTEST..WANTED - 2).contains(&seconds)
        && !BY_DOTNET.contains(&seconds)
        && many >= if usual { 4 } else { 6 }
        && many * 2 >= all
        && longer * 8 <= many
        && just_before * 2 <= many
        && (harm || by_client * 2 <= many);
    let mut lines: Vec<Span> = inside.iter().flat_map(|length| length.spans.iter().copied()).collect();
    lines.sort_unstable();
    let shortest = inside.first().map_or(seconds, |length| u64::from(length.seconds));
    let longest = inside.last().map_or(seconds, |length| u64::from(length.seconds));
    holds.then_some(Cluster {
        seconds,
        range: (shortest, longest),
        count: many,
        longer,
        to: "tunnels to the sync service",
        lines,
    })
}

/// The clearest cluster of any log, or of all of them together: two proxies may have two limits, and rotated files one.
fn cut_tunnels(facts: &Facts, harm: bool) -> Option<Cluster> {
    let mut together = Lengths::default();
    let mut clusters = Vec::new();
    for (_, log) in &facts.logs {
        let mut own = Lengths::default();
        let to_sync = |host: &str| {
            endpoints::find_host(host).is_some_and(|row| matches!(row.role, Role::SyncService | Role::RegionalSync))
        };
        log.flows.iter().filter(|flow| flow.proves && to_sync(&flow.host)).for_each(|flow| own.merge(&flow.lengths));
        clusters.extend(cut_after(&own, harm));
        together.merge(&own);
        let by_address = || log.flows.iter().filter(|flow| flow.by_address);
        let mut clients: Vec<Option<&str>> = by_address().map(|flow| flow.client.as_deref()).collect();
        clients.sort_unstable();
        clients.dedup();
        if clients.len() <= FEW_SERVERS {
            let mut unnamed = Lengths::default();
            by_address().for_each(|flow| unnamed.merge(&flow.lengths));
            let to = "connections to addresses of Microsoft Entra ID";
            clusters.extend(cut_after(&unnamed, harm).map(|cluster| Cluster { to, ..cluster }));
        }
    }
    clusters.extend(cut_after(&together, harm));
    clusters.into_iter().max_by_key(|cluster| cluster.count)
}

/// Whether a log shows that tunnels to the sync service are cut after a constant time.
pub(super) fn tunnels_are_cut(facts: &Facts) -> bool {
    cut_tunnels(facts, false).is_some()
}

impl Cluster {
    /// "118 to 122 s".
    fn times(&self) -> String {
        match self.range {
            (from, to) if from == to => format!("{to} s"),
            (from, to) => format!("{from} to {to} s"),
        }
    }

    fn tunnels(&self) -> String {
        let longer = match self.longer {
            0 => "none lived".to_owned(),
            1 => "only one lived".to_owned(),
            many => format!("only {many} lived"),
        };
        format!(
            "{} {} ended after {}, and {longer} longer; an answer may take up to 300 s.",
            self.count,
            self.to,
            self.times(),
        )
    }
}

fn errors<'a>(facts: &'a Facts, ids: &'a [&'a str]) -> impl Iterator<Item = &'a ErrorHit> {
    facts.network_errors().filter(move |hit| ids.contains(&hit.entry.id))
}

/// What the sync engine says when a connection dies under it.
const DIED: &[&str] =
    &["dotnet-timed-out", "tls-unexpected-receive", "tls-connection-closed", "tls-keepalive-closed", "socket-reset"];

fn idle_timeout(facts: &Facts) -> Option<Finding> {
    let died: Vec<&ErrorHit> = errors(facts, DIED).collect();
    // A failed export shows that the cut does harm; a tunnel that ended may have done its work.
    let (cluster, notes, detail, harm) = if let Some(cluster) = cut_tunnels(facts, !died.is_empty()) {
        let detail = cluster.tunnels();
        (cluster, ["This tunnel ended after", "So did this one"], detail, !died.is_empty())
    } else if let Some(cluster) = failed_exports(facts) {
        let detail = format!("{} exports failed after {} s each.", cluster.count, cluster.seconds);
        (cluster, ["This export failed after", "So did this one"], detail, true)
    } else {
        return told_time(facts);
    };
    let first = *cluster.lines.first()?;
    let (confidence, severity) =
        if harm { (Confidence::Likely, Severity::Error) } else { (Confidence::Possible, Severity::Warning) };
    let mut finding = Finding::new(confidence, first, format!("{} {}", notes[0], cluster.times()))
        .severity(severity)
        .arg("detail", detail)
        .arg("seconds", cluster.seconds.to_string());
    for span in cluster.lines.iter().skip(1).take(6) {
        finding = finding.and(*span, notes[1]);
    }
    Some(died.iter().fold(finding, |finding, hit| finding.and(hit.span, "What the sync engine saw")))
}

/// Exports that failed after the same time: at least two within three seconds of each other, at least half of all
/// that failed, between 45 s and six minutes. A hundred seconds are the limit of .NET itself.
fn failed_exports(facts: &Facts) -> Option<Cluster> {
    const LIKE: u64 = 3;
    let mut runs: Vec<(u64, Span)> = facts
        .reports()
        .flat_map(|text| &text.run_times)
        .filter(|run| run.told == Told::Export)
        .map(|run| (run.seconds, run.span))
        .collect();
    runs.sort_unstable();
    let of = runs.len();
    let long: Vec<(u64, Span)> =
        runs.into_iter().filter(|(seconds, _)| (45..=360).contains(seconds) && !(99..=102).contains(seconds)).collect();
    // The list is sorted: what lies within reach of a run is one stretch of it.
    let within = |from: u64| {
        let begin = long.partition_point(|(seconds, _)| *seconds < from);
        let end = long.partition_point(|(seconds, _)| *seconds <= from + LIKE);
        long.get(begin..end).unwrap_or_default()
    };
    let best = long.iter().map(|(seconds, _)| within(*seconds)).rev().max_by_key(|stretch| stretch.len())?;
    if best.len() < 2 || best.len() * 2 < of {
        return None;
    }
    let mut lines: Vec<Span> = best.iter().map(|(_, span)| *span).collect();
    lines.sort_unstable();
    let (seconds, longest) = (best.first()?.0, best.last()?.0);
    let range = (seconds, longest);
    Some(Cluster { seconds, range, count: lines.len() as u64, longer: 0, to: "", lines })
}

/// A sentence that gives the time after which it is cut, within two lines of an error that says so.
fn told_time(facts: &Facts) -> Option<Finding> {
    /// Results that do not say by themselves that a connection was cut, and timeouts, which may be the limit of the
    /// caller: they need a sentence that says that the time is the same each time, or that it is the export.
    const VAGUE: &[&str] = &["dotnet-timed-out", "sync-stopped-connectivity", "sync-stopped-extension"];
    const CLEAR: &[&str] = &[
        "tls-unexpected-receive",
        "tls-connection-closed",
        "tls-keepalive-closed",
        "socket-reset",
        "sync-dropped-connection",
    ];
    let line = |span: Span| {
        let source = facts.sources.get(facts.artifacts.get(span.artifact)?.source)?;
        Some((source.line_index(span.start), source.line_index(span.end)))
    };
    let near = |one: Span, other: Span, lines: usize| {
        one.artifact == other.artifact
            && line(one).zip(line(other)).is_some_and(|((a, b), (c, d))| c <= b + lines && a <= d + lines)
    };
    let times = facts.reports().flat_map(|text| &text.run_times);
    let (time, hit) =
        times.filter(|time| time.told != Told::Export && (45..=360).contains(&time.seconds)).find_map(|time| {
            // Who says that it is always the same time, or the export, means the errors shown below the sentence.
            let (vague, lines): (&[&str], usize) = if time.told == Told::Constant { (VAGUE, 6) } else { (&[], 2) };
            errors(facts, CLEAR)
                .find(|hit| near(time.span, hit.span, lines))
                .or_else(|| errors(facts, vague).find(|hit| near(time.span, hit.span, 2)))
                .map(|hit| (time, hit))
        })?;
    Some(
        Finding::new(Confidence::Likely, time.span, format!("It is cut after {} s", time.seconds))
            .context(hit.context)
            .and(hit.span, "What is cut then")
            .arg("detail", format!("The connection is reported to break after {} s.", time.seconds))
            .arg("seconds", time.seconds.to_string()),
    )
}

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    id: "idle-timeout",
    severity: Severity::Error,
    en: Text {
        title: "Long requests are cut after a constant time: the idle timeout is too short",
        summary: "{detail}",
        why: "Microsoft Entra ID can take up to five minutes to answer an export, above all with large groups. A \
                  proxy, firewall or NAT that cuts silent connections earlier breaks just these, so the fault looks random.",
        steps: &[
            Step {
                who: Who::NetworkTeam,
                text: "Raise the idle timeout for CONNECT tunnels of this server to at least 6 minutes (360 s), on \
                           the proxy and on every firewall or NAT behind it. (The article says more than 5 minutes, the prerequisites at least 6.)",
                command: None,
                verify: Some("The log shows tunnels to the sync service that live longer than {seconds} s."),
            },
            Step {
                who: Who::ServerAdmin,
                text: "Run an export again and watch its result.",
                command: Some("Start-ADSyncSyncCycle -PolicyType Delta"),
                verify: Some("The export step of the Entra connector ends with success."),
            },
        ],
    },
    explains: &["connection-reset"],
    source: "Troubleshoot Microsoft Entra Connect connectivity issues, section Proxy idle timeout setting; prerequisites page (6 minutes)",
    check: idle_timeout,
    example: &[(
        "access.log",
        "1767600200.100 120012 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600400.100 120031 10.1.0.5 TCP_TUNNEL/200 8120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600600.100 120007 10.1.0.5 TCP_TUNNEL/200 9020 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600800.100 120040 10.1.0.5 TCP_TUNNEL/200 9320 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767601000.100 120011 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
    )],
    counter_example: &[(
        "access.log",
        "1767600200.100 120012 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600400.100 120031 10.1.0.5 TCP_TUNNEL/200 8120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600600.100 120007 10.1.0.5 TCP_TUNNEL/200 9020 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600800.100 120040 10.1.0.5 TCP_TUNNEL/200 9320 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767601000.100 291011 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
    )],
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::proxy_log::Tunnel;

    fn of(seconds: &[u64]) -> Lengths {
        let mut lengths = Lengths::default();
        for (line, seconds) in seconds.iter().enumerate() {
            let tunnel = Tunnel { millis: seconds * 1000, bytes: 9000, by_client: false };
            lengths.add(tunnel, || Span { artifact: 0, start: line, end: line + 1 });
        }
        lengths
    }

    fn cut(seconds: &[u64]) -> Option<u64> {
        cut_after(&of(seconds), false).map(|cluster| cluster.seconds)
    }

    #[test]
    fn tunnels_that_end_within_two_seconds_of_two_minutes_are_cut() {
        assert_eq!(cut(&[118, 120, 121, 120, 122, 119, 120, 3, 12, 31, 7]), Some(120));
        assert_eq!(cut(&[60, 60, 61, 60, 4]), Some(60));
        assert_eq!(cut(&[300, 301, 300, 300, 71]), Some(300));
    }

    #[test]
    fn a_limit_that_no_device_comes_with_needs_more_of_them() {
        assert_eq!(cut(&[75, 75, 76, 75]), None);
        assert_eq!(cut(&[75, 75, 76, 75, 75, 75, 75]), Some(75));
        assert_eq!(cut(&[45, 46, 45, 45, 46, 45, 12]), Some(45));
    }

    #[test]
    fn healthy_tunnels_of_mixed_lengths_are_not_cut() {
        assert_eq!(cut(&[47, 61, 118, 152, 75, 290, 203, 52, 99, 131, 88]), None);
        // What is left above 45 s of many short ones.
        assert_eq!(cut(&[38, 39, 39, 40, 41, 41, 42, 43, 45, 46, 46, 47, 48, 49, 51]), None);
        // A week of them.
        let week: Vec<u64> = (0..4000).map(|at| 5 + at * 7919 % 400).collect();
        assert_eq!(cut(&week), None);
    }

    #[test]
    fn few_tunnels_prove_nothing() {
        assert_eq!(cut(&[120, 120, 120]), None);
        assert_eq!(cut(&[]), None);
    }

    #[test]
    fn connections_that_dotnet_itself_closes_after_a_hundred_idle_seconds_are_not_cut() {
        assert_eq!(cut(&[100, 101, 101, 103, 100, 102, 101, 104]), None);
    }

    #[test]
    fn a_tunnel_that_lives_longer_speaks_against_a_limit_unless_it_is_one_of_many() {
        assert_eq!(cut(&[120, 120, 120, 120, 291]), None);
        let mut many = vec![120; 40];
        many.extend([291, 200]);
        assert_eq!(cut(&many), Some(120));
    }

    #[test]
    fn a_limit_of_six_minutes_is_what_is_asked_for() {
        assert_eq!(cut(&[360, 360, 361, 360, 360, 360, 360]), None);
    }

    #[test]
    fn what_the_client_ended_is_no_cut_unless_an_export_died() {
        let mut lengths = Lengths::default();
        for line in 0..8 {
            let tunnel = Tunnel { millis: 120_000, bytes: 9000, by_client: true };
            lengths.add(tunnel, || Span { artifact: 0, start: line, end: line + 1 });
        }
        assert_eq!(cut_after(&lengths, false), None);
        assert_eq!(cut_after(&lengths, true).map(|cluster| cluster.count), Some(8));
    }

    #[test]
    fn data_that_flows_all_the_time_is_no_silence() {
        let mut lengths = Lengths::default();
        for line in 0..8 {
            let tunnel = Tunnel { millis: 120_000, bytes: 60_000_000, by_client: false };
            lengths.add(tunnel, || Span { artifact: 0, start: line, end: line + 1 });
        }
        assert_eq!(cut_after(&lengths, false), None);
    }
}
