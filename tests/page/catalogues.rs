//! What a person finds in the catalogues by what is typed.

use crate::endpoints_search::{self as endpoints, ROWS, Wanted};
use crate::errors_search as errors;
use crate::route::{self, Route, Section};

fn patterns(typed: &str) -> Vec<&'static str> {
    patterns_of(&Wanted { typed: typed.into(), ..Wanted::default() })
}

fn patterns_of(wanted: &Wanted) -> Vec<&'static str> {
    endpoints::find(wanted).rows.into_iter().map(|at| ROWS[at].pattern).collect()
}

fn entries(typed: &str) -> Vec<&'static str> {
    errors::find(typed, "").rows.into_iter().map(|at| errors::ENTRIES[at].entry.id).collect()
}

#[test]
fn without_a_search_the_catalogue_shows_every_row() {
    assert_eq!(patterns("").len(), ROWS.len());
    assert_eq!(patterns("  ").len(), ROWS.len());
}

#[test]
fn a_host_typed_in_full_finds_the_pattern_that_covers_it() {
    for typed in [
        "contoso-anchor.microsoftonline.com",
        "https://contoso-anchor.microsoftonline.com/provisioningservice.svc?x=1",
        "CONTOSO-ANCHOR.microsoftonline.com.:443",
    ] {
        let found = endpoints::find(&Wanted { typed: typed.into(), ..Wanted::default() });
        assert_eq!(found.host.as_deref(), Some("contoso-anchor.microsoftonline.com"), "{typed}");
        assert!(found.covering > 0, "{typed}");
        let first = ROWS[found.rows[0]];
        assert!(first.hosts.iter().chain([&first.pattern]).any(|name| name.contains("-anchor")), "{}", first.pattern);
    }
}

#[test]
fn the_bare_name_below_a_star_leads_to_the_row_of_that_star() {
    assert_eq!(patterns("crl3.digicert.com").first(), Some(&"*.crl3.digicert.com"));
}

#[test]
fn a_host_that_nothing_covers_is_said_to_be_covered_by_nothing() {
    let found = endpoints::find(&Wanted { typed: "intranet.contoso.example".into(), ..Wanted::default() });
    assert_eq!((found.covering, found.rows.len()), (0, 0));
    assert_eq!(found.host.as_deref(), Some("intranet.contoso.example"));
}

#[test]
fn a_name_half_typed_finds_what_contains_it_and_words_may_come_in_any_order() {
    assert!(patterns("adminwebs").contains(&"adminwebservice.microsoftonline.com"));
    assert_eq!(patterns("sync discovery").len(), patterns("discovery sync").len());
    assert!(!patterns("revocation digicert").is_empty());
}

#[test]
fn filters_narrow_and_say_how_much_they_hide() {
    let wanted = Wanted { typed: "digicert".into(), cloud: "china".into(), ..Wanted::default() };
    let found = endpoints::find(&wanted);
    assert!(!found.rows.is_empty() && found.rows.iter().all(|at| ROWS[*at].cloud.id() == "china"));
    let all = endpoints::find(&Wanted { cloud: String::new(), ..wanted });
    assert_eq!(found.rows.len() + found.hidden, all.rows.len());
    let writeback = Wanted { feature: "password-writeback".into(), ..Wanted::default() };
    let found = endpoints::find(&writeback);
    assert!(!found.rows.is_empty() && found.rows.iter().all(|at| ROWS[*at].features.contains(&"password-writeback")));
}

#[test]
fn every_row_has_a_link_of_its_own_that_leads_back_to_it() {
    let mut ids: Vec<String> = ROWS.iter().map(|row| row.id()).collect();
    for id in &ids {
        let link = route::hash(Section::Endpoints, Some(id));
        assert_eq!(route::read(&link), Route::Section(Section::Endpoints, Some(id.clone())));
        assert!(!id.contains(['%', ' ', '*', '<', '"']), "{id}");
    }
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "two rows with one id");
}

#[test]
fn every_error_has_a_link_of_its_own_that_leads_back_to_it() {
    for (at, known) in errors::ENTRIES.iter().enumerate() {
        let link = route::hash(Section::Errors, Some(known.entry.id));
        let Route::Section(Section::Errors, Some(id)) = route::read(&link) else { panic!("{link}") };
        assert_eq!(errors::by_id(&id), Some(at), "{link}");
    }
}

#[test]
fn a_number_is_found_in_every_form_in_which_people_have_it() {
    for typed in ["12007", "0x80072EE7", "80072ee7", "-2147012889", "\u{2212}2147012889", "2147954407", "error 12007"] {
        assert_eq!(entries(typed).first(), Some(&"winhttp-name-unresolved"), "{typed}");
    }
    for typed in ["AADSTS50126", "50126", "aadsts 50126", "AADSTS-50126:", "error code 50126"] {
        assert_eq!(entries(typed).first(), Some(&"aadsts-50126"), "{typed}");
    }
    for typed in ["407", "HTTP 407", "(407)"] {
        assert_eq!(entries(typed).first(), Some(&"http-407"), "{typed}");
    }
    for typed in ["WSAECONNREFUSED", "10061", "0x8007274D"] {
        assert_eq!(entries(typed).first(), Some(&"socket-refused"), "{typed}");
    }
}

#[test]
fn a_whole_message_and_a_few_words_of_it_lead_to_its_entry() {
    let message = "System.Net.WebException: The remote server returned an error: (407) Proxy Authentication Required.";
    assert!(entries(message).contains(&"http-407"));
    assert!(entries("proxy authentication required").contains(&"http-407"));
    assert!(entries("account locked").contains(&"aadsts-50053"));
}

#[test]
fn an_event_id_leads_to_what_is_known_about_that_event() {
    for typed in ["6801", "event 6801", "Event ID 6801"] {
        assert!(!entries(typed).is_empty(), "{typed}");
    }
}

#[test]
fn what_nobody_knows_finds_nothing_and_the_filter_says_what_it_hides() {
    assert!(entries("xyzzy").is_empty());
    let found = errors::find("407", "winhttp");
    assert!(found.hidden > 0);
}
