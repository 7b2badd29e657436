//! Everything that a person reads on the page, apart from what the engine says. A second language is a second
//! constant.

use advisor_engine::errors::Layer;
// The tests of the page take this file by its path.
#[path = "text/config.rs"]
pub mod config;

use std::borrow::Cow;

/// The texts of one language.
#[derive(Debug)]
pub struct Text {
    pub name: &'static str,
    pub promise: &'static str,
    pub try_network: &'static str,
    pub network_trying: &'static str,
    pub network_refused: fn(&str) -> String,
    pub network_failed: &'static str,
    pub network_answered: &'static str,
    pub skip_to_result: &'static str,
    pub skip_to_section: &'static str,
    pub bar_label: &'static str,
    pub section: fn(&str) -> &'static str,
    pub section_heading: fn(&str) -> &'static str,
    pub section_lead: fn(&str) -> &'static str,
    pub unknown_heading: &'static str,
    pub unknown_address: fn(&str) -> String,
    pub cloud_label: &'static str,
    pub cloud_auto: &'static str,
    pub cloud: fn(&str) -> &'static str,
    pub cloud_how: fn(&str) -> &'static str,
    pub engine: fn(&str, &str) -> String,

    pub search_label: &'static str,
    pub need_label: &'static str,
    pub feature_label: &'static str,
    pub all_clouds: &'static str,
    pub every_cloud: &'static str,
    pub all_needs: &'static str,
    pub all_features: &'static str,
    pub feature: fn(&str) -> &'static str,
    pub features_none: &'static str,
    pub features_chosen: fn(&str) -> String,
    pub features_legend: &'static str,
    pub clear_filters: &'static str,
    pub copy_link: &'static str,
    pub copy_link_to: fn(&str) -> String,
    pub dated: fn(&str, &str) -> String,

    pub endpoints_list: &'static str,
    pub endpoints_hint: &'static str,
    pub endpoints_found: fn(usize, usize, usize) -> String,
    pub endpoints_covering: fn(&str, usize, usize, usize) -> String,
    pub endpoints_all: fn(usize) -> String,
    pub endpoint_unknown: fn(&str) -> String,
    pub endpoint_trap: &'static str,
    pub endpoint_hosts: &'static str,
    pub endpoint_family: &'static str,
    pub endpoint_port_label: &'static str,
    pub endpoint_protocol: fn(u16, &str) -> String,
    pub endpoint_other_ports: &'static str,
    pub endpoint_other_port: fn(u16, &str) -> String,
    pub endpoint_phases: &'static str,
    pub endpoint_no_phase: &'static str,
    pub endpoint_callers: &'static str,
    pub caller: fn(&str) -> &'static str,
    pub endpoint_features: &'static str,
    pub endpoint_versions: &'static str,
    pub endpoint_version: fn(&str, &str) -> String,
    pub endpoint_breaks: &'static str,
    pub endpoint_stated: &'static str,
    pub endpoint_inferred: &'static str,
    pub endpoint_disagree: &'static str,
    pub endpoint_remark: &'static str,
    pub endpoint_sources: &'static str,

    pub errors_list: &'static str,
    pub errors_hint: &'static str,
    pub family_label: &'static str,
    pub all_families: &'static str,
    pub errors_all: fn(usize, usize) -> String,
    pub errors_found: fn(usize, usize, usize) -> String,
    pub errors_show_all: fn(usize) -> String,
    pub error_unknown: fn(&str) -> String,
    pub error_meaning: &'static str,
    pub error_rules_in: &'static str,
    pub error_rules_out: &'static str,
    pub error_layer: &'static str,
    pub depth: fn(Layer) -> &'static str,
    pub error_category: &'static str,
    pub error_look_alikes: &'static str,
    pub error_diagnosis: &'static str,
    pub error_forms: &'static str,
    pub error_texts: &'static str,
    pub error_languages: &'static str,
    pub error_unconfirmed: fn(&str) -> String,
    pub error_example: &'static str,
    pub error_links: &'static str,

    pub microsoft_heading: &'static str,
    pub microsoft_how: &'static str,
    pub microsoft_label: &'static str,
    pub microsoft_hint: &'static str,
    pub microsoft_said: fn(&str, [usize; 3]) -> String,
    pub microsoft_set: fn(u64, Option<bool>) -> String,
    pub microsoft_look: &'static str,
    pub microsoft_copy: &'static str,
    pub microsoft_tables: [&'static str; 3],
    pub microsoft_columns: [&'static str; 3],

    pub old_catalogue: &'static str,

    pub box_file: &'static str,
    pub box_drop: &'static str,
    pub box_clear: &'static str,
    pub box_too_big: fn(&str, &str) -> String,

    pub product_label: &'static str,
    pub product_auto: &'static str,
    pub write_heading: &'static str,
    pub written_label: &'static str,
    pub copy_list: &'static str,
    pub download_list: &'static str,
    pub list_lines: fn(usize) -> String,
    pub check_heading: &'static str,
    pub check_of_evidence: &'static str,
    pub check_label: &'static str,
    pub check_hint: &'static str,
    pub check_said: fn(bool, usize, usize, &str) -> String,
    pub check_product: fn(&str, usize, &str) -> String,
    pub check_table: &'static str,
    pub check_columns: [&'static str; 6],
    pub check_weight: fn(&str) -> &'static str,
    pub check_verdict: fn(&str) -> &'static str,
    pub check_line: fn(usize) -> String,
    pub copy_missing: &'static str,

    pub heading_evidence_input: &'static str,
    pub paste_label: &'static str,
    pub paste_placeholder: &'static str,
    pub paste_name: &'static str,
    pub files_label: &'static str,
    pub drop_hint: &'static str,
    pub drop_now: &'static str,
    pub clear: &'static str,
    pub restore: &'static str,
    pub samples_label: &'static str,
    pub samples: [(&'static str, &'static str); 6],
    pub keys: [(&'static str, &'static str); 3],

    pub notice_unreadable: fn(&str) -> String,
    pub notice_known: fn(&str) -> String,
    pub notice_renamed: fn(&str, &str) -> String,
    pub dismiss: &'static str,

    pub heading_cards: &'static str,
    pub kind: fn(&str) -> &'static str,
    pub card_recognised: fn(&str, &str) -> &'static str,
    pub card_corrected: &'static str,
    pub card_empty: &'static str,
    pub card_rest: fn(u64, u64) -> String,
    pub card_size: fn(u64, u64) -> String,
    pub card_encoding: &'static str,
    pub card_lines: &'static str,
    pub card_time: &'static str,
    pub card_time_range: fn(&str, &str) -> String,
    pub card_skipped: fn(usize) -> String,
    pub card_more: fn(usize) -> String,
    pub card_more_skipped: fn(usize) -> String,
    pub card_problem: fn(usize, &str) -> String,
    pub card_whole: fn(&str) -> String,
    pub card_type: &'static str,
    pub card_type_of: fn(&str) -> String,
    pub card_type_auto: &'static str,
    pub remove: &'static str,
    pub remove_whole: &'static str,
    pub remove_file: fn(&str) -> String,
    pub remove_whole_file: fn(&str) -> String,
    pub remove_lines: fn(usize, usize) -> String,

    pub heading_result: &'static str,
    pub diagnoses_label: &'static str,
    pub status_idle: &'static str,
    pub status_blank: &'static str,
    pub status_reading: fn(usize) -> String,
    pub status_running: &'static str,
    pub status_progress: fn(u64, u64, usize) -> String,
    pub status_stopped: fn(u64, u64, &str) -> String,
    pub status_failed: &'static str,
    pub status_findings: fn(usize, &str) -> String,
    pub status_healthy: &'static str,
    pub status_nothing: &'static str,
    pub progress_label: &'static str,
    pub progress_reading: fn(&str) -> String,
    pub progress_bytes: fn(&str, &str) -> String,
    pub progress_lines: fn(u64) -> String,
    pub progress_rate: fn(&str) -> String,
    pub progress_left: fn(u64) -> String,
    pub progress_last: &'static str,
    pub progress_waiting: &'static str,
    pub progress_read: fn(&str) -> String,
    pub cancel: &'static str,
    pub stopped_label: &'static str,
    pub stopped: fn(&str, &str) -> String,
    pub stopped_failed: fn(&str, &str) -> String,
    pub stopped_early: fn(&str, &str) -> String,
    pub from_the_beginning: &'static str,
    pub nothing_found: &'static str,
    pub nothing_recognised: &'static str,
    pub failure_heading: &'static str,
    pub failure_advice: &'static str,
    pub failure_again: &'static str,
    pub empty_heading: &'static str,
    pub empty_lead: &'static str,
    pub empty_label: &'static str,
    pub empty_columns: [&'static str; 2],
    pub empty_rows: [(&'static str, &'static str, bool); 5],

    pub most_likely: &'static str,
    pub so_far: &'static str,
    pub verdict: fn(&str, &str) -> String,
    pub severity: fn(&str) -> &'static str,
    pub confidence: fn(&str) -> &'static str,
    pub context: fn(&str) -> &'static str,
    pub symptom_of: fn(&str) -> String,
    pub heading_summary: &'static str,
    pub heading_evidence: &'static str,
    pub heading_steps: &'static str,
    pub heading_next: &'static str,
    pub heading_explains: &'static str,
    pub heading_source: &'static str,
    pub who: fn(&str) -> &'static str,
    pub verify: &'static str,
    pub place: fn(&str, usize, usize) -> String,
    pub place_lines: fn(usize, usize) -> String,
    pub show_place: fn(&str) -> String,
    pub more_evidence: fn(usize) -> String,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub copy_command: &'static str,
    pub copy_all: &'static str,
    pub copy_answer: &'static str,
    pub copy_answer_for: fn(&str) -> String,
    pub download: &'static str,
    pub download_part_name: &'static str,
    pub download_name: &'static str,

    pub heading_ask_for: &'static str,
    pub copy_questions: &'static str,
    pub heading_not_checked: &'static str,
    pub heading_endpoints: &'static str,
    pub heading_phases: &'static str,
    pub count: fn(usize) -> String,
    pub endpoint_states: fn(usize, usize, usize) -> String,
    pub coverage_no_log: &'static str,
    pub coverage_without_log: &'static str,
    pub coverage_not_seen: &'static str,
    pub coverage_by_phase: &'static str,
    pub coverage_phase_columns: [&'static str; 2],
    pub coverage_phase_label: &'static str,
    pub coverage_all_phases: &'static str,
    pub coverage_called: &'static str,
    pub coverage_columns: [&'static str; 5],
    pub phase_short: fn(&str) -> &'static str,
    pub endpoint_port: fn(&str, u16) -> String,
    pub endpoint_requests: fn(usize) -> String,
    pub need: fn(&str) -> &'static str,
    pub endpoint_state: fn(&str) -> &'static str,
    pub phase_columns: [&'static str; 3],
    pub phase: fn(&str) -> &'static str,
    pub phase_state: fn(&str) -> &'static str,
    pub none: &'static str,

    pub heading_timeline: &'static str,
    pub timeline_title: fn(&str, Option<&str>) -> String,
    pub timeline_no_zone: &'static str,
    pub timeline_no_times: &'static str,
    pub timeline_in_order: &'static str,
    pub timeline_keys: &'static str,
    pub timeline_legend: [&'static str; 4],
    pub timeline_left_out: fn(usize) -> String,
    pub timeline_refused: fn(&str, &str, u32) -> String,
    pub timeline_row_refused: fn(&str, usize, usize) -> String,
    pub timeline_count: fn(usize, usize) -> String,
    pub timeline_gap: fn(&str) -> String,
    pub timeline_band: fn(&str, &str) -> String,
    pub timeline_call: fn(usize) -> String,
    pub timeline_session: fn(&str, &str, &str, Option<&str>, &[String]) -> String,
    pub timeline_again: fn(usize) -> String,
    pub timeline_as_table: &'static str,
    pub timeline_table: &'static str,
    pub timeline_columns: [&'static str; 8],
    pub timeline_moment: fn(&str, u32) -> String,
    pub timeline_sessions: &'static str,
    pub timeline_session_columns: [&'static str; 6],

    pub heading_layers: &'static str,
    pub layers_lead: &'static str,
    pub layer_columns: [&'static str; 6],
    pub layer: fn(&str, &str) -> String,
    pub layer_reader: fn(&str) -> &'static str,
    pub layer_says: fn(&str) -> &'static str,
    pub layer_counts: fn(&str) -> &'static str,
    pub heading_tests: &'static str,
    pub test_columns: [&'static str; 7],
    pub test_outcome: fn(&str, &str) -> String,
    pub test_account: fn(&str) -> &'static str,
    pub line: fn(usize) -> String,
    pub heading_stages: &'static str,
    pub step: fn(&str) -> &'static str,
    pub step_state: fn(&str) -> &'static str,
    pub run_said: fn(&[Option<&'static str>; 2]) -> String,
    pub run_starts: fn(usize) -> String,
    pub run_failed: fn(&str) -> String,
    pub run_version: &'static str,
    pub run_cloud: &'static str,
    pub run_config: &'static str,
    pub run_tls: &'static str,
    pub run_tls12: fn(bool) -> &'static str,
    pub run_pages: &'static str,
    pub not_told: &'static str,
    pub heading_events: &'static str,
    pub event_columns: [&'static str; 6],
    pub event_side: fn(&str) -> &'static str,
    pub event_tells: fn(&str) -> &'static str,

    pub viewer_label: fn(&str) -> String,
    pub viewer_place: fn(usize, usize) -> String,
    pub viewer_back: &'static str,
    pub viewer_again: fn(usize) -> String,
    pub viewer_reading: &'static str,
    pub viewer_bar: &'static str,
    pub viewer_at: fn(&str, &str) -> String,
    pub viewer_hidden: fn(usize) -> String,

    pub config: config::Text,

    pub plain_cloud: fn(&str, &str) -> String,
    pub plain_part: fn(u64, u64) -> String,
    pub plain_more: fn(usize) -> String,
    pub plain_engine: fn(&str, &str, &str) -> String,
    pub plain_please_send: &'static str,
}

/// The texts of the language in use.
pub fn text() -> &'static Text {
    &EN
}

/// English.
pub const EN: Text = Text {
    name: "Entra Connect Connectivity Advisor",
    promise: "Nothing you paste leaves this page. It cannot talk to the network: try it.",
    try_network: "Try to reach the network",
    network_trying: "Trying …",
    network_refused: |rule| {
        format!("Refused. The page's own policy ({rule}) stopped the request before anything was sent.")
    },
    network_failed: "The request failed, but the page's own policy did not stop it. You may be offline, or this is not \
                     the released file. Check where this copy came from before you paste customer data.",
    network_answered: "The request went out. This is not the released file: do not paste customer data here.",
    skip_to_result: "Skip to the diagnosis",
    skip_to_section: "Skip to the section",
    bar_label: "Sections",
    section: |id| match id {
        "configuration" => "Configuration",
        "allow-list" => "Allow-list",
        "endpoints" => "Endpoints",
        "errors" => "Errors",
        _ => "Diagnose",
    },
    section_heading: |id| match id {
        "configuration" => "Write the proxy configuration",
        "allow-list" => "Write or check an allow-list",
        "endpoints" => "Endpoints of Entra Connect",
        "errors" => "Known errors",
        _ => "Diagnose",
    },
    section_lead: |id| match id {
        "configuration" => "The <system.net> block for machine.config on the Entra Connect server.",
        "allow-list" => "What the network team has to let through, in the syntax of its own product.",
        "endpoints" => "Every host that the product calls, in every cloud: what for, when, and who says so.",
        "errors" => "Type a code in any form, an event id, or words of the message.",
        _ => "",
    },
    unknown_heading: "No such part of this page",
    unknown_address: |hash| {
        format!(
            "{hash} leads to nothing here. The link may be cut off, or from another version of this page. Go on with:"
        )
    },
    cloud_label: "Cloud",
    cloud_auto: "Detect from the evidence",
    cloud: |id| match id {
        "worldwide" => "Worldwide",
        "china" => "China (21Vianet)",
        "usgov-gcch" => "US Government GCC High",
        "usgov-dod" => "US Government DoD",
        "germany" => "Germany (closed)",
        _ => "Unknown cloud",
    },
    cloud_how: |how| match how {
        "chosen" => "chosen by you",
        "detected" => "detected",
        _ => "assumed",
    },
    engine: |version, date| format!("Version {version}, catalogues of {date}"),

    search_label: "Search",
    need_label: "Need",
    feature_label: "Feature",
    all_clouds: "All clouds",
    every_cloud: "Every cloud",
    all_needs: "All needs",
    all_features: "All features",
    feature: |id| match id {
        "auto-upgrade" => "Automatic upgrade",
        "cloud-sync" => "Cloud sync agent",
        "connect-health" => "Connect Health",
        "device-registration" => "Device registration (hybrid join)",
        "mfa" => "Multifactor authentication",
        "pass-through-authentication" => "Pass-through authentication",
        "password-writeback" => "Password writeback",
        "seamless-sso" => "Seamless single sign-on",
        _ => "Unknown feature",
    },
    features_none: "Optional features in use: none chosen",
    features_chosen: |names| format!("Optional features in use: {names}"),
    features_legend: "Their endpoints count in the diagnosis, the coverage and the allow-list",
    clear_filters: "Clear the filters",
    copy_link: "Copy link",
    copy_link_to: |name| format!("Copy link to {name}"),
    dated: |name, date| format!("{name}, {date}"),

    endpoints_list: "Endpoints found",
    endpoints_hint: "A host, a URL, or words",
    endpoints_found: |found, all, hidden| {
        let hidden = hidden_en(hidden);
        match found {
            0 if hidden.is_empty() => {
                "No row has these words. Type less, or the host in full to find the pattern that covers it.".to_owned()
            }
            0 => format!("No row here.{hidden}"),
            _ => format!("{found} of {all} rows.{hidden}"),
        }
    },
    endpoints_covering: |host, covering, more, hidden| {
        let covering = match covering {
            0 => format!("No row covers {host}: no source shows Entra Connect calling it."),
            1 => format!("1 row covers {host}."),
            _ => format!("{covering} rows cover {host}, the closest first."),
        };
        let more = match more {
            0 => "",
            1 => " 1 more row mentions it.",
            _ => " More rows mention it.",
        };
        format!("{covering}{more}{}", hidden_en(hidden))
    },
    endpoints_all: |all| format!("Show all {all} rows"),
    endpoint_unknown: |id| {
        format!(
            "The catalogue of this page has no row {id}. It may be from another version of the page: search for the host."
        )
    },
    endpoint_trap: "Trap",
    endpoint_hosts: "Hosts called",
    endpoint_family: "A family of names: its hosts have rows of their own, or nobody publishes them.",
    endpoint_port_label: "Port",
    endpoint_protocol: |port, protocol| format!("TCP {port} ({protocol})"),
    endpoint_other_ports: "Other ports",
    endpoint_other_port: |port, why| format!("TCP {port}: {why}"),
    endpoint_phases: "Called during",
    endpoint_no_phase: "A list asks for it; no source shows a call.",
    endpoint_callers: "Called by",
    caller: |id| match id {
        "signed-in-user" => "the signed-in user who runs the wizard",
        "service-account" => "the account of the sync service",
        "sign-in-window" => "the sign-in window, with the Internet Options of the signed-in user",
        "windows" => "Windows, which checks certificates for all of them",
        "agent" => "an agent with a service of its own",
        "clients" => "other computers of the company, not the server",
        _ => "unknown",
    },
    endpoint_features: "Needed for",
    endpoint_versions: "Builds",
    endpoint_version: |since, until| match (since, until) {
        ("", "") => String::new(),
        (since, "") => format!("from {since} on"),
        ("", until) => format!("before {until}"),
        (since, until) => format!("from {since} on, before {until}"),
    },
    endpoint_breaks: "When blocked",
    endpoint_stated: "(a source says so)",
    endpoint_inferred: "(inferred from what the hosts do)",
    endpoint_disagree: "Sources disagree",
    endpoint_remark: "Remark",
    endpoint_sources: "Sources",

    errors_list: "Errors found",
    errors_hint: "0x80072EE7, 12007, AADSTS50126, 6801, or words of the message",
    family_label: "Family",
    all_families: "All families",
    errors_all: |found, all| {
        if found == all { format!("{all} entries.") } else { format!("{found} of {all} entries.") }
    },
    errors_found: |named, more, hidden| {
        let hidden = hidden_en(hidden);
        match (named, more) {
            (0, 0) if hidden.is_empty() => {
                "No entry fits. Type only the number, or two or three words as they stand in \
                                           the message. In Diagnose the whole message can be pasted."
                    .to_owned()
            }
            (0, 0) => format!("No entry of this family fits.{hidden}"),
            (1, 0) => format!("1 entry.{hidden}"),
            (_, 0) => format!("{named} entries have this code or wording.{hidden}"),
            (0, 1) => format!("1 entry has these words.{hidden}"),
            (0, _) => format!("{more} entries have these words.{hidden}"),
            (1, _) => format!("1 entry has this code or wording, {more} more mention it.{hidden}"),
            _ => format!("{named} entries have this code or wording, {more} more mention it.{hidden}"),
        }
    },
    errors_show_all: |all| format!("Show all {all} entries"),
    error_unknown: |id| {
        format!(
            "The catalogue of this page has no entry {id}. It may be from another version of the page: search for the code."
        )
    },
    error_meaning: "Meaning",
    error_rules_in: "It proves",
    error_rules_out: "It rules out",
    error_layer: "Layer",
    depth: |layer| match layer {
        Layer::Headline => "A headline: says nothing about the cause, the text below it does.",
        Layer::Wrapper => "A wrapper: says nothing by itself, the inner exception does.",
        Layer::Name => "Name resolution",
        Layer::Socket => "Connection: it could not be opened, or it was cut",
        Layer::Tls => "TLS or certificate",
        Layer::Http => "HTTP status: a proxy or a service answered",
        Layer::Service => "An answer of the sign-in service or of the sync service: the network let it through",
        Layer::Local => "The server itself: its configuration, service or database",
    },
    error_category: "About",
    error_look_alikes: "Looks like",
    error_diagnosis: "Leads to",
    error_forms: "Written as",
    error_texts: "Message",
    error_languages: "In other languages",
    error_unconfirmed: |language| format!("{language} (wording not confirmed)"),
    error_example: "Example",
    error_links: "Look up:",

    microsoft_heading: "Compare with Microsoft's own list",
    microsoft_how: "On a computer with internet access, open \
                    https://endpoints.office.com/endpoints/Worldwide?ClientRequestId= with a new GUID at its end (New-Guid \
                    in PowerShell), and China, USGOVGCCHigh or USGOVDoD in place of Worldwide where that is the cloud. Save \
                    the answer and drop the file here. This page fetches nothing by itself.",
    microsoft_label: "Paste Microsoft's list",
    microsoft_hint: "The JSON of the Microsoft 365 endpoints web service",
    microsoft_said: |cloud, [theirs, differs, ours]| {
        format!(
            "Microsoft's list for {cloud}: {theirs} names are in it and not in this catalogue, {differs} differ, {ours} rows \
             of this catalogue are not in it."
        )
    },
    microsoft_set: |set, required| match required {
        Some(true) => format!("set {set}, required"),
        Some(false) => format!("set {set}, optional"),
        None => format!("set {set}"),
    },
    microsoft_look: "Look at it.",
    microsoft_copy: "Copy the differences",
    microsoft_tables: [
        "In Microsoft's list and not in this catalogue",
        "In both, with a difference",
        "In this catalogue and not in Microsoft's list",
    ],
    microsoft_columns: ["Host", "Where", "What that means"],

    old_catalogue: "The catalogues are more than 180 days old.",

    box_file: "Choose a file",
    box_drop: "or drop it here",
    box_clear: "Clear",
    box_too_big: |bytes, largest| {
        format!(
            "Too big for this box ({bytes} of at most {largest}). Add it as a file under Diagnose, which reads files of any size."
        )
    },

    product_label: "Product",
    product_auto: "Recognise it",
    write_heading: "Write a list",
    written_label: "The list",
    copy_list: "Copy the list",
    download_list: "Download the list",
    list_lines: |count| if count == 1 { "1 line".to_owned() } else { format!("{} lines", grouped(count)) },
    check_heading: "Check a list",
    check_of_evidence: "Allow-list, host by host",
    check_label: "Paste the allow-list",
    check_hint: "Hosts one per line, Squid ACLs, a PAC script, a Palo Alto list, a FortiGate URL filter, a Zscaler category, \
                 Blue Coat policy, Azure Firewall rules, CSV",
    check_said: |complete, gaps, open, cloud| {
        let open = match open {
            0 => String::new(),
            1 => " For 1 host the list does not tell.".to_owned(),
            _ => format!(" For {open} hosts the list does not tell."),
        };
        match (complete, gaps) {
            (true, _) => format!("Complete for {cloud}: it lets through every host that counts.{open}"),
            (false, 0) => format!("Not decided for {cloud}.{open}"),
            (false, 1) => format!("Not complete for {cloud}: 1 host is not let through.{open}"),
            (false, _) => format!("Not complete for {cloud}: {gaps} hosts are not let through.{open}"),
        }
    },
    check_product: |product, entries, wildcards| {
        let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(entries)) };
        format!("Read as {product}, {entries}. {wildcards}.")
    },
    check_table: "What the list does with each host",
    check_columns: ["Endpoint", "Counts", "Verdict", "Entry", "Why", "Add"],
    check_weight: |id| match id {
        "counts" => "Needed",
        "extra" => "Worth adding",
        _ => "Old builds",
    },
    check_verdict: |id| match id {
        "covered" => "Let through",
        "covered-except-apex" => "Only names below it",
        "denied-first" => "Refused",
        "undecidable" => "Cannot be told",
        _ => "Not let through",
    },
    check_line: |line| format!("line {line}:"),
    copy_missing: "Copy what is missing",

    heading_evidence_input: "Evidence",
    paste_label: "Paste evidence",
    paste_placeholder: "machine.config, proxy log lines, error text, wizard trace, PowerShell output, or a whole mail \
                        with all of it",
    paste_name: "Pasted text",
    files_label: "Add files",
    drop_hint: "or drop them anywhere",
    drop_now: "Drop the files to add them",
    clear: "Clear all",
    restore: "Bring back what was here before",
    samples_label: "See a sample",
    samples: [
        ("healthy", "Healthy log"),
        ("407", "Proxy wants sign-in (407)"),
        ("mfa", "MFA endpoint blocked"),
        ("nesting", "Wrong nesting"),
        ("idle", "Idle timeout"),
        ("china", "21Vianet"),
    ],
    keys: [
        ("Ctrl+Enter", "analyses now"),
        ("Enter", "on evidence shows its lines"),
        ("Esc", "leads back to the finding, or ends a long analysis"),
    ],

    notice_unreadable: |name| {
        format!(
            "{name} could not be read. It may be a folder, in use by another program, or moved. Copy it to a local folder and add it again."
        )
    },
    notice_known: |name| format!("{name} is there already, with the same size and date."),
    notice_renamed: |name, new| format!("There is another {name}. The new one is called {new} here."),
    dismiss: "Dismiss",

    heading_cards: "What was recognised",
    kind: |id| match id {
        "machine-config" => "machine.config",
        "app-config" => "Application .config",
        "proxy-log" => "Proxy or firewall log",
        "wizard-trace" => "Wizard trace",
        "error-text" => "Error text",
        "event-log" => "Windows events",
        "powershell-output" => "Console output",
        "winhttp-settings" => "WinHTTP settings",
        "internet-settings" => "Internet Options",
        "registry-export" => "Registry export",
        "pac-script" => "PAC script",
        "allow-list" => "Allow-list",
        "har" => "Browser archive (HAR)",
        "mixed" => "Mixed text",
        _ => "Not recognised",
    },
    card_recognised: |kind, confidence| match (kind, confidence) {
        ("unknown", _) => "",
        (_, "certain") => "certain",
        (_, "likely") => "likely",
        _ => "possible",
    },
    card_corrected: "type set by you",
    card_empty: "The file is empty. It may have been in use, or still being written, when it was copied: copy it again.",
    card_rest: |bytes, lines| format!("Not recognised, {}", lines_and_size(bytes, lines)),
    card_size: lines_and_size,
    card_encoding: "Encoding",
    card_lines: "Size",
    card_time: "Time",
    card_time_range: |first, last| {
        if first == last { first.to_owned() } else { format!("{first} to {last}") }
    },
    card_skipped: |count| match count {
        1 => "1 line could not be used".to_owned(),
        _ => format!("{} lines could not be used", grouped(count)),
    },
    card_more: |count| if count == 1 { "Show 1 more".to_owned() } else { format!("Show {} more", grouped(count)) },
    card_more_skipped: |count| format!("and {} more", grouped(count)),
    card_problem: |line, what| format!("Line {line}: {what}"),
    // Sentences of the engine begin small where they follow a name.
    card_whole: sentence,
    card_type: "Type",
    card_type_of: |name| format!("Type of {name}"),
    card_type_auto: "As recognised",
    remove: "Remove",
    remove_whole: "Remove file",
    remove_whole_file: |name| format!("Remove file {name}"),
    remove_file: |name| format!("Remove {name}"),
    remove_lines: |first, last| {
        if first == last {
            format!("Remove line {first} from the paste")
        } else {
            format!("Remove lines {first} to {last} from the paste")
        }
    },

    heading_result: "Diagnosis",
    diagnoses_label: "Diagnoses",
    status_idle: "Nothing to analyse yet.",
    status_blank: "The paste box holds only blanks. Copy the text again and paste it.",
    status_reading: |count| {
        if count == 1 { "Reading 1 file …".to_owned() } else { format!("Reading {count} files …") }
    },
    status_running: "Analysing …",
    status_progress: |bytes, total, count| {
        let findings = if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
        format!("{} of {} read, {findings} so far.", size(bytes), size(total))
    },
    status_stopped: |bytes, total, found| format!("Stopped after {} of {}. {found}", size(bytes), size(total)),
    status_failed: "The analysis stopped without an answer.",
    status_findings: |count, title| match count {
        1 => format!("1 finding: {title}"),
        _ => format!("{count} findings, most likely: {title}"),
    },
    status_healthy: "No error found in this evidence.",
    status_nothing: "No finding in this evidence.",
    progress_label: "Reading the evidence",
    progress_reading: |name| format!("Reading {name}"),
    progress_bytes: |read, total| format!("{read} of {total}"),
    progress_lines: |lines| format!("{} lines", grouped(lines)),
    progress_rate: |rate| format!("{rate} a second"),
    progress_left: |seconds| match seconds {
        0..60 => format!("{} s left", seconds.max(1)),
        60..3600 => format!("{} min {} s left", seconds / 60, seconds % 60),
        _ => format!("{} h {} min left", seconds / 3600, seconds / 60 % 60),
    },
    progress_last: "drawing the conclusions",
    progress_waiting: "waits",
    progress_read: |size| format!("{size} read"),
    cancel: "Cancel",
    stopped_label: "Stopped",
    stopped: |read, total| format!("Read {read} of {total}, stopped by you: what follows is about that part."),
    stopped_failed: |read, total| format!("Read {read} of {total} before that: what follows is about that part."),
    stopped_early: |read, total| format!("Read {read} of {total}, stopped by you before there was an answer."),
    from_the_beginning: "Continue from the beginning",
    nothing_found: "The evidence was read, and nothing in it points to a connectivity problem. That is not proof that \
                    all is well: see what was not checked, and what to ask for.",
    nothing_recognised: "Nothing here looks like evidence that this page can read. It reads text: machine.config, \
                         proxy logs, error texts, wizard traces, console output. Pictures have to be typed out or \
                         copied as text. If it is such a text, set its type on the card.",
    failure_heading: "The analysis stopped",
    failure_advice: "Your evidence is still here. Remove the part you added last, or analyse again. Nothing was sent.",
    failure_again: "Analyse again",
    empty_heading: "Paste what you have. One piece is enough to begin.",
    empty_lead: "Mails that mix several of these are fine.",
    empty_label: "What to paste, and where it is",
    empty_columns: ["What", "Where it is"],
    empty_rows: [
        ("machine.config", r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config", true),
        ("Proxy or firewall log", "The lines of the Entra Connect server, ten minutes around the failure", false),
        ("Error text", "Copied from the wizard, the event log, or the mail that reports it", false),
        ("Wizard trace", r"C:\ProgramData\AADConnect\trace-*.log", true),
        ("Console output", "Invoke-WebRequest in Windows PowerShell, curl -v, nslookup", false),
    ],

    most_likely: "Most likely cause",
    so_far: "In the part read so far",
    verdict: |severity, confidence| format!("{}, {}", severity_en(severity), confidence_en(confidence)),
    severity: severity_en,
    confidence: confidence_en,
    context: |id| match id {
        "signed-in-user" => "Concerns the signed-in user who runs the wizard",
        "sync-service-account" => "Concerns the account of the sync service",
        "browser-window" => "Concerns the sign-in window, with the Internet Options of the signed-in user",
        _ => "Concerns any account",
    },
    symptom_of: |title| format!("Symptom of: {title}"),
    heading_summary: "What was found",
    heading_evidence: "Evidence",
    heading_steps: "How to fix it",
    heading_next: "What to do next",
    heading_explains: "This also explains",
    heading_source: "Source",
    who: |id| match id {
        "server-admin" => "Server admin",
        "network-team" => "Network team",
        "identity-admin" => "Identity admin",
        _ => "Anyone",
    },
    verify: "Check:",
    place: |name, line, end| {
        if end > line { format!("{name}, lines {line} to {end}") } else { format!("{name}, line {line}") }
    },
    place_lines: |line, end| {
        if end > line { format!(", lines {line} to {end}") } else { format!(", line {line}") }
    },
    show_place: |place| format!("Show {place}"),
    more_evidence: |count| {
        if count == 1 { "1 more place".to_owned() } else { format!("{count} more places") }
    },
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Not copied: select the text and copy it by hand",
    copy_command: "Copy the command",
    copy_all: "Copy all findings",
    copy_answer: "Copy answer",
    copy_answer_for: |title| format!("Copy answer: {title}"),
    download: "Download report (JSON)",
    download_part_name: "advisor-report-of-a-part.json",
    download_name: "advisor-report.json",

    heading_ask_for: "Ask the customer for",
    copy_questions: "Copy the questions",
    heading_not_checked: "What was not checked",
    heading_endpoints: "Coverage of the endpoints",
    heading_phases: "Phases",
    count: |count| count.to_string(),
    endpoint_states: |reached, failed, unseen| format!("{reached} reached, {failed} not reached, {unseen} not seen"),
    coverage_no_log: "no log given",
    coverage_without_log: "No proxy or firewall log was given, so nothing is known of these endpoints yet. They are what a \
                           log of this server has to show.",
    coverage_not_seen: "Not seen is not blocked: no line of the given logs shows a call. The phase may not have run, the \
                        call may have gone another way, or the log does not reach that far.",
    coverage_by_phase: "Endpoints by phase",
    coverage_phase_columns: ["Phase", "In the logs"],
    coverage_phase_label: "Show endpoints of",
    coverage_all_phases: "All phases",
    coverage_called: "called in this phase",
    coverage_columns: ["Endpoint", "Need", "State", "Requests", "Seen"],
    phase_short: |id| match id {
        "connect" => "Connect",
        "configure" => "Configure",
        "initial-sync" => "Initial sync",
        "sync" => "Sync",
        _ => "Unknown",
    },
    endpoint_port: |host, port| format!("{host}:{port}"),
    endpoint_requests: grouped,
    need: |id| match id {
        "required" => "Required",
        "feature" => "Optional feature",
        "legacy" => "Old builds",
        "community-reported" => "Reported by users",
        "ignorable" => "May fail",
        _ => "Unknown",
    },
    endpoint_state: |id| match id {
        "reached" => "Reached",
        "refused" => "Refused",
        "auth-required" => "Sign-in asked (407)",
        "failed" => "Failed",
        _ => "Not seen",
    },
    phase_columns: ["Phase", "State", "Missing"],
    phase: |id| match id {
        "connect" => "Connect to Microsoft Entra ID",
        "configure" => "Configure",
        "initial-sync" => "Initial sync",
        "sync" => "Sync",
        _ => "Unknown",
    },
    phase_state: |id| match id {
        "complete" => "Complete",
        "incomplete" => "Incomplete",
        _ => "Not seen",
    },
    none: "None",

    heading_timeline: "Calls over time",
    timeline_title: |name, client| match client {
        Some(client) => format!("{name}, client {client}"),
        None => name.to_owned(),
    },
    timeline_no_zone: "time zone not in the log",
    timeline_no_times: "no times in the log: calls in their order",
    timeline_in_order: "first call to last call",
    timeline_keys: "Calls over time by endpoint. Arrow keys lead from refusal to refusal, Enter shows the line.",
    timeline_legend: [
        "came through",
        "refused or failed",
        "step of the sign-in to the proxy (407, then answered)",
        "other: given up, or no result in the log",
    ],
    timeline_left_out: |count| format!("{} more hosts are not drawn; the list of endpoints has them.", grouped(count)),
    timeline_refused: |host, when, count| format!("{host}, {when}: {} refused", grouped(count)),
    timeline_row_refused: |host, total, refused| {
        format!("{host}: {} of {} calls refused. Show the first", grouped(refused), grouped(total))
    },
    timeline_count: |total, refused| match refused {
        0 => grouped(total),
        _ => format!("{}, {} refused", grouped(total), grouped(refused)),
    },
    timeline_gap: |span| format!("{span} without a call"),
    timeline_band: |phase, state| match state {
        "complete" => phase.to_owned(),
        _ => format!("{phase}: incomplete"),
    },
    timeline_call: |number| format!("call {}", grouped(number)),
    timeline_session: |phase, times, state, stopped_at, missing| {
        let mut said =
            if times.is_empty() { format!("{phase}: {state}") } else { format!("{phase}, {times}: {state}") };
        if let Some(host) = stopped_at {
            said.push_str(". It stopped at ");
            said.push_str(host);
        }
        if !missing.is_empty() {
            said.push_str(". Never came: ");
            said.push_str(&missing.join(", "));
        }
        said.push('.');
        said
    },
    timeline_again: |times| match times {
        1 => "The same once more after that.".to_owned(),
        _ => format!("The same {} more times after that.", grouped(times)),
    },
    timeline_as_table: "As a table",
    timeline_table: "Calls by endpoint",
    timeline_columns: ["Host", "Need", "Calls", "Came through", "Refused", "Sign-in (407)", "Other", "Refused when"],
    timeline_moment: |when, count| if count == 1 { when.to_owned() } else { format!("{when} ({})", grouped(count)) },
    timeline_sessions: "Phases and gaps",
    timeline_session_columns: ["Phase", "From", "To", "State", "Stopped at", "Never came"],

    heading_layers: "Who reads which proxy",
    layers_lead: "The wizard and the sync service read machine.config. Only where it names no proxy do they fall back \
                  on the Internet Options of their account. Other settings serve other programs.",
    layer_columns: ["Setting", "Read by", "Says", "Counts for Entra Connect", "Around the proxy", "Where"],
    layer: |kind, account| match kind {
        "machine-config" => "machine.config (.NET 4, 64-bit)".to_owned(),
        "service-config" => "miiserver.exe.config".to_owned(),
        "wizard-config" => "AzureADConnect.exe.config".to_owned(),
        "other-machine-config" => "Another copy of machine.config (32-bit or .NET 2)".to_owned(),
        "wizard-trace" => "The wizard's own print of its proxy".to_owned(),
        "default-proxy" => ".NET's own answer in PowerShell".to_owned(),
        "winhttp" => "WinHTTP (netsh winhttp)".to_owned(),
        "environment" => "Environment variable".to_owned(),
        "pac-script" => "Proxy script, pasted".to_owned(),
        _ => {
            let whose = match account {
                "signed-in" => "the signed-in user",
                "sync-service" => "the sync service (NT SERVICE\\ADSync)",
                "local-system" => "Local System",
                "local-service" => "Local Service",
                "network-service" => "Network Service",
                "machine" => "the whole machine",
                _ => "another account",
            };
            format!("Internet Options of {whose}")
        }
    },
    layer_reader: |reader| match reader {
        "wizard" => "the wizard",
        "sync-service" => "the sync service",
        "powershell" => "Windows PowerShell 5.1",
        "browser-window" => "the sign-in window and browsers",
        "winhttp-services" => "revocation checks, Windows Update",
        "newer-tools" => "curl, PowerShell 7",
        _ => "other programs",
    },
    layer_says: |says| match says {
        "proxy" => "proxy",
        "direct" => "straight out",
        "script" => "a script decides",
        "auto-detect" => "auto-detection decides",
        "account" => "nothing: the Internet Options of the account decide",
        "refused" => ".NET refuses this file",
        _ => "cannot be told from this print",
    },
    layer_counts: |counts| match counts {
        "yes" => "Yes",
        "no" => "No",
        _ => "Only if machine.config names no proxy",
    },
    heading_tests: "Tests by hand, and what they prove",
    test_columns: ["Tool", "Asked", "Way", "Account", "Result", "What it proves", "Where"],
    test_outcome: |outcome, answer| match outcome {
        "passed" => format!("Passed: {answer}"),
        "failed" => format!("Failed: {answer}"),
        _ => format!("Proves nothing: {answer}"),
    },
    test_account: |context| match context {
        "sync-service-account" => "sync service account",
        _ => "signed-in user",
    },
    line: |line| format!("line {}", grouped(line)),
    heading_stages: "How far the wizard came",
    step: |step| match step {
        "start" => "Start",
        "cloud" => "Cloud",
        "sign-in" => "Sign-in",
        "directory" => "Company and domains",
        "provisioning" => "Provisioning service",
        "configure" => "Configure",
        _ => "Finished",
    },
    step_state: |state| match state {
        "passed" => "passed",
        "failed" => "failed",
        "began" => "begun, no end in the trace",
        "unseen" => "not in the trace; a later step was reached",
        _ => "not reached",
    },
    run_said: |[reached, stopped]| match (reached, stopped) {
        (Some(reached), Some(stopped)) => format!("{reached} passed; {stopped} failed."),
        (None, Some(stopped)) => format!("{stopped} failed."),
        (Some(reached), None) => format!("{reached} passed; the trace ends without an error behind it."),
        (None, None) => "The trace tells neither a success nor an error.".to_owned(),
    },
    run_starts: |starts| format!("The wizard was started {starts} times; this is the last run."),
    run_failed: |caller| match caller {
        "" => "The first call that failed:".to_owned(),
        caller => format!("The first call that failed: {caller}."),
    },
    run_version: "Release",
    run_cloud: "Cloud the wizard took",
    run_config: "Configuration file it read",
    run_tls: "TLS 1.2",
    run_tls12: |good| if good { "properly configured" } else { "not properly configured" },
    run_pages: "Pages:",
    not_told: "the trace does not say",
    heading_events: "Events that concern connections",
    event_columns: ["Event", "Count", "Connection", "Tells", "What it means", "First"],
    event_side: |side| match side {
        "cloud" => "to Microsoft",
        "directory" => "to the domain controllers",
        _ => "this server itself",
    },
    event_tells: |tells| match tells {
        "works" => "it works",
        "fails" => "it fails",
        "read-on" => "its text tells why",
        _ => "nothing about the connection",
    },

    viewer_label: |name| format!("Lines of {name}"),
    viewer_place: |line, end| {
        if end > line { format!("lines {line} to {end}") } else { format!("line {line}") }
    },
    viewer_back: "Back to the finding",
    viewer_again: |line| format!("Back to line {line}"),
    viewer_reading: "Reading …",
    viewer_bar: "Place in the file",
    viewer_at: |at, total| format!("{at} of {total}"),
    viewer_hidden: |count| match count {
        1 => "1 more character".to_owned(),
        _ => format!("{} more characters", grouped(count)),
    },

    config: config::EN,

    plain_cloud: |cloud, why| format!("Cloud: {cloud}. {why}"),
    plain_part: |read, total| format!("This is about a part of the evidence: {} of {} read.", size(read), size(total)),
    plain_more: |count| format!("- and {count} more in the report"),
    plain_engine: |version, date, id| {
        format!("Entra Connect Connectivity Advisor {version}, catalogues of {date}, diagnosis {id}")
    },
    plain_please_send: "To find the cause, please send:",
};

/// With a capital at its begin and a stop at its end. A file name keeps its case.
fn sentence(what: &str) -> String {
    let is_name = what.split([' ', ':']).next().is_some_and(|first| first.contains(['.', '/', '\\']));
    let mut letters = what.chars();
    let first = letters.next().filter(|_| !is_name).map(|first| first.to_uppercase().collect::<String>());
    let text = first.map_or_else(|| what.to_owned(), |first| first + letters.as_str());
    if text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

fn hidden_en(hidden: usize) -> String {
    match hidden {
        0 => String::new(),
        1 => " 1 more is hidden by the filters.".to_owned(),
        _ => format!(" {hidden} more are hidden by the filters."),
    }
}

fn lines_and_size(bytes: u64, lines: u64) -> String {
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{} lines", grouped(lines)) };
    format!("{lines}, {}", size(bytes))
}

fn severity_en(id: &str) -> &'static str {
    match id {
        "error" => "Error",
        "warning" => "Warning",
        "ok" => "Healthy",
        _ => "Note",
    }
}

fn confidence_en(id: &str) -> &'static str {
    match id {
        "certain" => "certain",
        "likely" => "likely",
        _ => "possible",
    }
}

/// A size as people read it: "1.4 MB".
pub fn size(bytes: u64) -> String {
    let units: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => {
            let tenths = bytes / (unit / 10).max(1);
            let fraction =
                if tenths.is_multiple_of(10) { Cow::Borrowed("") } else { Cow::Owned(format!(".{}", tenths % 10)) };
            format!("{}{fraction} {name}", tenths / 10)
        }
        None if bytes == 1 => "1 byte".to_owned(),
        None => format!("{bytes} bytes"),
    }
}

/// A number with its thousands apart: "897 120".
fn grouped(number: impl std::fmt::Display + Copy) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            // A narrow no-break space reads the same in every language.
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
