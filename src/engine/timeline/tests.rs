use crate::export::v1::{Timeline, TimelineSession};
use crate::{Input, Options, answer};
use std::fmt::Write;

const LOGIN: &str = "login.microsoftonline.com";
const SERVICE: &str = "adminwebservice.microsoftonline.com";
const ANCHOR: &str = "bba800-anchor.microsoftonline.com";
const API: &str = "provisioningapi.microsoftonline.com";
const RELAY: &str = "bwsc02-relay.microsoftonline.com";
const START: i64 = 1_786_500_000;

/// A line of Squid for a tunnel that began so many seconds after the start.
fn tunnel(log: &mut Vec<(i64, String)>, at: i64, client: &str, host: &str) {
    let end = START + at + 2;
    let line = format!("{end}.500   2100 {client} TCP_TUNNEL/200 9120 CONNECT {host}:443 - HIER_DIRECT/192.0.2.7 -");
    log.push((end, line));
}

fn denied(log: &mut Vec<(i64, String)>, at: i64, client: &str, host: &str) {
    let end = START + at;
    let line = format!("{end}.500      1 {client} TCP_DENIED/403 4120 CONNECT {host}:443 - HIER_NONE/- text/html");
    log.push((end, line));
}

fn asked(log: &mut Vec<(i64, String)>, at: i64, client: &str, host: &str) {
    let end = START + at;
    let line = format!("{end}.100      1 {client} TCP_DENIED/407 4018 CONNECT {host}:443 - HIER_NONE/- text/html");
    log.push((end, line));
}

/// Answered, refused, and steps of the sign-in to the proxy, over all bins of a host.
fn sums(timeline: &Timeline, host: &str) -> (u32, u32, u32) {
    let row = timeline.rows.iter().find(|row| row.host == host).unwrap();
    let sums = row.cells.iter().fold((0, 0, 0), |(reached, refused, asked), cell| {
        (reached + cell.reached, refused + cell.refused, asked + cell.asked)
    });
    assert_eq!(row.refused, sums.1 as usize, "the row and its bins say the same");
    sums
}

fn sync(log: &mut Vec<(i64, String)>, at: i64, client: &str) {
    for (step, host) in [LOGIN, SERVICE, ANCHOR].into_iter().enumerate() {
        tunnel(log, at + i64::try_from(step).unwrap() * 5, client, host);
    }
}

fn text(mut log: Vec<(i64, String)>, newest_first: bool) -> String {
    log.sort();
    if newest_first {
        log.reverse();
    }
    log.into_iter().fold(String::new(), |mut text, (_, line)| {
        writeln!(text, "{line}").unwrap();
        text
    })
}

fn drawn(text: &str) -> Vec<Timeline> {
    let bytes = text.as_bytes().to_vec();
    let input = Input { name: "access.log".to_owned(), bytes, corrections: Vec::new() };
    answer(&[input], &Options::default()).timelines
}

fn phases(timeline: &Timeline) -> Vec<(&str, &str)> {
    timeline.sessions.iter().map(|session| (session.phase.as_str(), session.state.as_str())).collect()
}

fn cycles(client: &str, others: bool) -> Vec<(i64, String)> {
    let mut log = Vec::new();
    for cycle in 0..10 {
        if cycle != 6 {
            sync(&mut log, cycle * 1800, client);
        }
        for user in 0..if others { 30 } else { 0 } {
            tunnel(&mut log, cycle * 1800 + user * 60, &format!("10.1.1.{user}"), "outlook.office365.com");
            tunnel(&mut log, cycle * 1800 + user * 60, &format!("10.1.1.{user}"), LOGIN);
        }
    }
    log
}

#[test]
fn half_hourly_cycles_are_sessions_and_the_one_that_is_missing_is_a_gap() {
    let found = drawn(&text(cycles("10.1.0.5", true), false));
    let [timeline] = found.as_slice() else { panic!("one server, not {}", found.len()) };
    assert_eq!(timeline.client.as_deref(), Some("10.1.0.5"));
    assert_eq!(phases(timeline), [("sync", "complete"); 9]);
    assert_eq!(timeline.rows.iter().map(|row| row.host.as_str()).collect::<Vec<_>>(), [LOGIN, SERVICE, ANCHOR]);
    assert_eq!(timeline.rows.iter().map(|row| row.total).collect::<Vec<_>>(), [9, 9, 9], "the server's calls only");
    assert!(timeline.zone_known && !timeline.ordered_only);
    let [(from, to)] = timeline.gaps.as_slice() else { panic!("{:?}", timeline.gaps) };
    assert!((9000..9600).contains(from) && (12_000..=12_600).contains(to), "{from} {to}");
    let cells: u32 = timeline.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.reached).sum();
    assert_eq!(cells, 27);
    assert!(
        timeline.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.bin < timeline.bins && cell.line.is_some())
    );
}

#[test]
fn a_log_that_runs_backwards_draws_the_same() {
    let plain = |newest_first| {
        let mut found = drawn(&text(cycles("10.1.0.5", true), newest_first));
        // The lines are others.
        found
            .iter_mut()
            .flat_map(|line| &mut line.rows)
            .flat_map(|row| &mut row.cells)
            .for_each(|cell| cell.line = None);
        found
    };
    assert_eq!(plain(false), plain(true));
}

#[test]
fn two_servers_in_one_log_have_a_timeline_each() {
    let mut log = cycles("10.1.0.5", false);
    for (step, host) in [LOGIN, SERVICE, ANCHOR].into_iter().enumerate() {
        tunnel(&mut log, 300 + i64::try_from(step).unwrap() * 5, "10.1.0.9", host);
    }
    denied(&mut log, 330, "10.1.0.9", API);
    let found = drawn(&text(log, false));
    let clients: Vec<Option<&str>> = found.iter().map(|timeline| timeline.client.as_deref()).collect();
    assert_eq!(clients, [Some("10.1.0.5"), Some("10.1.0.9")]);
    let TimelineSession { phase, state, missing, stopped_at, .. } = &found[1].sessions[0];
    assert_eq!((phase.as_str(), state.as_str()), ("connect", "incomplete"));
    assert_eq!(stopped_at.as_deref(), Some(API));
    assert_eq!(missing, &[API, "*-relay.microsoftonline.com"]);
}

#[test]
fn the_wizard_and_its_first_sync_lie_one_after_the_other() {
    let mut log = Vec::new();
    for (at, host) in [(0, LOGIN), (20, SERVICE), (40, ANCHOR), (60, LOGIN), (90, API), (120, RELAY)] {
        tunnel(&mut log, at, "10.1.0.5", host);
        tunnel(&mut log, at + 700, "10.1.0.5", host);
    }
    sync(&mut log, 1000, "10.1.0.5");
    let found = drawn(&text(log, false));
    let [timeline] = found.as_slice() else { panic!("one server, not {}", found.len()) };
    assert_eq!(phases(timeline), [("connect", "complete"), ("configure", "complete"), ("initial-sync", "complete")]);
    let ends: Vec<(i64, i64)> = timeline.sessions.iter().map(|session| (session.from, session.to)).collect();
    assert!(ends.is_sorted_by(|one, next| one.1 <= next.0), "{ends:?}");
    assert!((1000..1030).contains(&timeline.seconds) && timeline.bin_start <= 0);
}

#[test]
fn calls_without_times_are_drawn_in_their_order() {
    let lines = [LOGIN, SERVICE, ANCHOR, LOGIN, API].map(|host| format!("CONNECT {host}:443 200\n"));
    let refused = format!("CONNECT {RELAY}:443 403 Forbidden\n");
    let found = drawn(&(lines.concat() + &refused));
    let [timeline] = found.as_slice() else { panic!("one server, not {}", found.len()) };
    assert!(timeline.ordered_only && timeline.start.is_empty() && timeline.gaps.is_empty());
    assert_eq!(timeline.bins, 6);
    assert_eq!(timeline.sessions.iter().map(|session| (session.from, session.to)).collect::<Vec<_>>(), [(0, 6)]);
    assert_eq!(timeline.sessions[0].stopped_at.as_deref(), Some(RELAY));
}

#[test]
fn a_log_of_browsers_has_no_timeline() {
    let mut log = Vec::new();
    for user in 0..20 {
        tunnel(&mut log, user * 7, &format!("10.1.1.{user}"), LOGIN);
    }
    assert!(drawn(&text(log, false)).is_empty());
}

#[test]
fn a_407_that_is_answered_right_after_is_a_step_of_the_sign_in_and_no_refusal() {
    let mut log = Vec::new();
    for cycle in 0..4 {
        for (step, host) in [LOGIN, SERVICE, ANCHOR].into_iter().enumerate() {
            let at = cycle * 1800 + i64::try_from(step).unwrap() * 5;
            asked(&mut log, at, "10.1.0.5", host);
            asked(&mut log, at, "10.1.0.5", host);
            tunnel(&mut log, at, "10.1.0.5", host);
        }
    }
    for newest_first in [false, true] {
        let found = drawn(&text(log.clone(), newest_first));
        assert_eq!([LOGIN, SERVICE, ANCHOR].map(|host| sums(&found[0], host)), [(4, 0, 8); 3]);
    }
}

#[test]
fn after_the_last_answer_and_in_a_long_row_a_407_is_a_refusal() {
    let mut log = Vec::new();
    sync(&mut log, 0, "10.1.0.5");
    asked(&mut log, 600, "10.1.0.5", LOGIN);
    tunnel(&mut log, 601, "10.1.0.5", LOGIN);
    asked(&mut log, 603, "10.1.0.5", LOGIN);
    for at in 0..20 {
        asked(&mut log, 1200 + at * 30, "10.1.0.5", SERVICE);
    }
    sync(&mut log, 40_000, "10.1.0.5");
    asked(&mut log, 40_100, "10.1.0.5", LOGIN);
    let found = drawn(&text(log, false));
    let (reached, refused, steps) = sums(&found[0], LOGIN);
    assert_eq!(reached, 3);
    assert!(refused >= 1 && steps >= 1 && refused + steps == 3, "{refused} {steps}");
    assert_eq!(sums(&found[0], SERVICE), (2, 20, 0), "hours before the next answer");
}

#[test]
fn a_tunnel_that_is_logged_an_hour_after_its_407_answers_it() {
    let mut log = Vec::new();
    sync(&mut log, 0, "10.1.0.5");
    asked(&mut log, 1800, "10.1.0.5", ANCHOR);
    let end = START + 1800 + 3600;
    let line =
        format!("{end}.500   3600000 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT {ANCHOR}:443 svc HIER_DIRECT/192.0.2.7 -");
    log.push((end, line));
    assert_eq!(sums(&drawn(&text(log, false))[0], ANCHOR), (2, 0, 1));
}

#[test]
fn a_proxy_that_lets_nobody_sign_in_refuses_from_the_first_call_on() {
    let mut log = Vec::new();
    for at in 0..12 {
        asked(&mut log, at * 11, "10.1.0.5", [LOGIN, "login.windows.net"][usize::try_from(at).unwrap() % 2]);
    }
    let found = drawn(&text(log, false));
    let [timeline] = found.as_slice() else { panic!("one server, not {}", found.len()) };
    assert_eq!(sums(timeline, LOGIN), (0, 6, 0));
    assert_eq!(timeline.sessions.iter().map(|session| session.from).collect::<Vec<_>>(), [0]);
}

#[test]
fn the_sample_with_a_refused_sign_in_page_begins_with_its_first_call() {
    let log = include_str!("../../../tests/cases/sample-mfa-endpoint-blocked/access.log");
    let found = drawn(log);
    let [timeline] = found.as_slice() else { panic!("one server, not {}", found.len()) };
    assert_eq!(sums(timeline, LOGIN).1, 0, "its 407s were answered");
    let (reached, refused, steps) = sums(timeline, "secure.aadcdn.microsoftonline-p.com");
    assert!(reached == 0 && refused > 0 && steps == refused, "each 407 led to a 403: {refused} {steps}");
    assert_eq!(timeline.sessions.first().map(|session| session.from), Some(0));
}

#[test]
fn without_times_a_407_before_an_answer_is_a_step_too() {
    let line = |host: &str, end: &str| format!("CONNECT {host}:443 {end}\n");
    let text = [LOGIN, SERVICE, ANCHOR].map(|host| line(host, "407") + &line(host, "200")).concat()
        + &line(LOGIN, "407 Proxy Authentication Required");
    let found = drawn(&text);
    assert_eq!([LOGIN, SERVICE].map(|host| sums(&found[0], host)), [(1, 1, 1), (1, 0, 1)]);
}
