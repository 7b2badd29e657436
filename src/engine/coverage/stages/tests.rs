use super::*;
use crate::artifact::Span;
use crate::readers::proxy_log::{Call, Outcome};
use Role::{Graph, Provisioning, RegionalProvisioning, RegionalSync, SignIn, SyncService};

const CONNECT: &[Role] = &[SignIn, SyncService, RegionalSync, SignIn, Provisioning, RegionalProvisioning];
const CONFIGURE: &[Role] = &[
    SignIn,
    RegionalSync,
    SignIn,
    SyncService,
    RegionalSync,
    SignIn,
    SyncService,
    RegionalSync,
    SignIn,
    Provisioning,
    RegionalProvisioning,
];
const SYNC: &[Role] = &[SignIn, SyncService, RegionalSync, RegionalSync];

fn host(role: Role) -> &'static str {
    match role {
        SignIn => "login.microsoftonline.com",
        SyncService => "adminwebservice.microsoftonline.com",
        RegionalSync => "bba800-anchor.microsoftonline.com",
        Provisioning => "provisioningapi.microsoftonline.com",
        RegionalProvisioning => "bwsc02-relay.microsoftonline.com",
        _ => "graph.microsoft.com",
    }
}

/// Calls ten seconds apart, each stretch beginning at its minute; without minutes, calls without times.
fn steps(stretches: &[(Option<i64>, &[Role])]) -> Vec<Step<'static>> {
    let mut steps = Vec::new();
    for (minute, roles) in stretches {
        for (at, &role) in roles.iter().enumerate() {
            let time = minute.map(|minute| minute * 60 + i64::try_from(at).unwrap() * 10);
            let span = Span { artifact: 0, start: steps.len(), end: steps.len() + 1 };
            let call = Call { flow: 0, outcome: Outcome::Reached, span, time, until: time, logged: time, ended: time };
            steps.push(Step { role, host: host(role), call });
        }
    }
    steps
}

fn refuse(steps: &mut [Step], role: Role) {
    steps.iter_mut().filter(|step| step.role == role).for_each(|step| step.call.outcome = Outcome::Denied);
}

fn found(steps: &[Step]) -> Vec<Phase> {
    stages(steps).into_iter().map(|stage| stage.phase).collect()
}

#[test]
fn the_reference_pattern_shows_both_pages_and_the_initial_sync() {
    let expected = [Phase::Connect, Phase::Configure, Phase::InitialSync];
    assert_eq!(found(&steps(&[(Some(31), CONNECT), (Some(43), CONFIGURE), (Some(48), SYNC)])), expected);
    assert_eq!(found(&steps(&[(None, CONNECT), (None, CONFIGURE), (None, SYNC)])), expected);
    // A longer look at the page between the two.
    assert_eq!(found(&steps(&[(Some(31), CONNECT), (Some(70), CONFIGURE), (Some(75), SYNC)])), expected);
}

#[test]
fn cycles_after_the_initial_sync_are_ordinary() {
    let day = [(Some(31), CONNECT), (Some(43), CONFIGURE), (Some(48), SYNC), (Some(78), SYNC), (Some(108), SYNC)];
    let phases = found(&steps(&day));
    assert_eq!(phases, [Phase::Connect, Phase::Configure, Phase::InitialSync, Phase::Sync, Phase::Sync]);
}

#[test]
fn a_log_without_the_wizard_shows_a_session_for_each_cycle() {
    let cycles: Vec<(Option<i64>, &[Role])> = (0..6).map(|at| (Some(at * 30), SYNC)).collect();
    assert_eq!(found(&steps(&cycles)), [Phase::Sync; 6]);
    assert_eq!(found(&steps(&[(None, SYNC)])), [Phase::Sync]);
}

#[test]
fn a_wizard_that_is_refused_at_the_provisioning_service_stays_on_its_first_page() {
    let page = &[SignIn, SyncService, RegionalSync, SignIn, Provisioning][..];
    let mut once = steps(&[(Some(0), page)]);
    refuse(&mut once, Provisioning);
    assert_eq!(found(&once), [Phase::Connect]);
    let mut twice = steps(&[(Some(0), page), (Some(4), page)]);
    refuse(&mut twice, Provisioning);
    assert_eq!(found(&twice), [Phase::Connect, Phase::Connect], "the second is the same page again");
}

#[test]
fn the_wizard_run_twice_is_told_apart_with_and_without_times() {
    let run = [Phase::Connect, Phase::Configure, Phase::InitialSync];
    let timed = [
        (Some(0), CONNECT),
        (Some(6), CONFIGURE),
        (Some(10), SYNC),
        (Some(200), CONNECT),
        (Some(206), CONFIGURE),
        (Some(210), SYNC),
    ];
    assert_eq!(found(&steps(&timed)), [run, run].concat());
    let untimed: Vec<(Option<i64>, &[Role])> = timed.iter().map(|(_, roles)| (None, *roles)).collect();
    assert_eq!(found(&steps(&untimed)), [run, run].concat());
}

#[test]
fn a_build_that_asks_graph_shows_the_same_pages() {
    let connect = &[SignIn, Graph, SignIn, SyncService, RegionalSync, Graph][..];
    let configure = &[SignIn, SyncService, RegionalSync, SignIn, SyncService, RegionalSync, Graph, Graph][..];
    let expected = [Phase::Connect, Phase::Configure, Phase::InitialSync];
    assert_eq!(found(&steps(&[(Some(0), &connect[2..]), (Some(10), configure), (Some(14), SYNC)])), expected);
    assert_eq!(found(&steps(&[(Some(0), connect), (Some(10), configure), (Some(14), SYNC)])), expected);
}

#[test]
fn graph_in_every_cycle_is_no_wizard() {
    let cycle = &[SignIn, SyncService, RegionalSync, Graph][..];
    let cycles: Vec<(Option<i64>, &[Role])> = (0..8).map(|at| (Some(at * 30), cycle)).collect();
    assert_eq!(found(&steps(&cycles)), [Phase::Sync; 8]);
}

#[test]
fn a_sign_in_between_discovery_and_its_regional_host_ends_no_page() {
    let page = &[SignIn, SyncService, RegionalSync, Provisioning, SignIn, RegionalProvisioning][..];
    let both = stages(&steps(&[(None, page), (None, page)]));
    assert_eq!(both.iter().map(|stage| stage.calls.len()).collect::<Vec<_>>(), [6, 6]);
}

#[test]
fn a_reconnect_to_the_sync_service_in_the_middle_ends_no_page() {
    let page = &[SignIn, SyncService, RegionalSync, SignIn, Provisioning, RegionalSync, RegionalProvisioning][..];
    assert_eq!(found(&steps(&[(Some(0), page)])), [Phase::Connect]);
}

#[test]
fn browsers_behind_the_same_address_make_no_session() {
    let mut crowd = vec![(Some(300), SYNC)];
    crowd.extend((0..200).map(|minute| (Some(minute), &[SignIn][..])));
    crowd.sort_by_key(|(minute, _)| *minute);
    let steps = steps(&crowd);
    let found = stages(&steps);
    assert_eq!(found.iter().map(|stage| stage.phase).collect::<Vec<_>>(), [Phase::Sync]);
    assert!(found.iter().all(|stage| stage.calls.len() < 20));
}

#[test]
fn a_server_whose_sign_in_is_refused_from_noon_on_shows_cycles_that_stop_there() {
    let mut day: Vec<(Option<i64>, &[Role])> = (0..4).map(|at| (Some(at * 30), SYNC)).collect();
    day.extend((4..8).map(|at| (Some(at * 30), &[SignIn][..])));
    let mut steps = steps(&day);
    let refused = steps.iter_mut().filter(|step| step.time() >= Some(120 * 60));
    refused.for_each(|step| step.call.outcome = Outcome::AuthRequired);
    let found = stages(&steps);
    assert_eq!(found.iter().map(|stage| stage.phase).collect::<Vec<_>>(), [Phase::Sync; 8]);
}

#[test]
fn a_service_that_is_refused_right_after_the_first_page_stops_in_configure() {
    let mut steps = steps(&[(Some(0), CONNECT), (Some(5), &[SignIn, SignIn])]);
    let service = steps.iter_mut().filter(|step| step.time() >= Some(300));
    service.for_each(|step| step.call.outcome = Outcome::AuthRequired);
    assert_eq!(found(&steps), [Phase::Connect, Phase::Configure]);
}

#[test]
fn graph_that_never_answers_within_minutes_is_a_wizard_that_tries_again() {
    let page = &[SignIn, SyncService, RegionalSync, Graph][..];
    let tries: Vec<(Option<i64>, &[Role])> = (0..3).map(|at| (Some(at * 13), page)).collect();
    let mut tries = steps(&tries);
    refuse(&mut tries, Graph);
    assert_eq!(found(&tries), [Phase::Connect; 3]);
    let cycles: Vec<(Option<i64>, &[Role])> = (0..6).map(|at| (Some(at * 30), page)).collect();
    let mut cycles = steps(&cycles);
    refuse(&mut cycles, Graph);
    assert_eq!(found(&cycles), [Phase::Sync; 6]);
}

#[test]
fn a_tunnel_of_the_page_that_was_opened_late_is_still_of_the_page() {
    let page = &[SignIn, SyncService, Provisioning, RegionalProvisioning, RegionalSync][..];
    assert_eq!(found(&steps(&[(Some(0), page)])), [Phase::Connect]);
}
