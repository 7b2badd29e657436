//! The access log of Cisco's Secure Web Appliance (WSA, formerly `IronPort`): Squid's columns, then the decision tag
//! and the scanners' verdicts in angle brackets.
//!
//! ```text
//! Info: 1790000000.101 481 10.8.0.14 TCP_MISS/200 6916 CONNECT tunnel://host:443/ "CORP\svc@ad" DIRECT/host - PASSTHRU_CUSTOMCAT_7-AccessPolicy-Identity-NONE-… <"C_MS_0",…>
//!                                                                │                             (Squid's)     │                      │            └ identification profile
//!                                                                └ a tunnel                                  │                      └ policy
//!                                                                                                            └ decision
//! ```
//!
//! The decision begins with what was done: `ALLOW_…`, `DEFAULT_CASE`, `PASSTHRU_…` (TLS stays closed), `DECRYPT_…` (TLS
//! is opened), `BLOCK_…`, `OTHER` (a sign-in). Custom fields such as `CMF:40` may stand before it.

use super::squid_native::{self, Columns};
use super::{Format, Line, Record, State};
use crate::formats::Outcome;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "cisco-wsa",
    name: "Cisco Secure Web Appliance access log",
    source: "Cisco: AsyncOS for Secure Web Appliance, user guide, interpreting access logs and ACL decision tags",
    date: "2026-11",
    has_outcomes: true,
    strict: false,
    dates_begin: false,
    recognise,
    read_line,
    look: None,
    samples: &[
        "Info: 1790000000.101 481 10.8.0.14 TCP_MISS/200 6916 CONNECT tunnel://login.microsoftonline.com:443/ - DIRECT/login.microsoftonline.com - PASSTHRU_CUSTOMCAT_7-Staff-NoAuth-DefaultGroup-NONE-NONE-DefaultGroup-NONE <\"C_MS_0\",-,-,\"-\"> -",
        "1790000001.202 0 10.8.0.14 TCP_DENIED/403 0 CONNECT tunnel://graph.microsoft.com:443/ \"CORP\\svc@ad\" NONE/- - BLOCK_WEBCAT_12-Staff-Servers-NONE-NONE-NONE-NONE-NONE <\"IW_comp\",-,-,\"-\"> -",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    match squid_native::cut(line) {
        Some(columns) if columns.url.starts_with("tunnel://") || decision(columns.tail).is_some() => 99,
        _ => 0,
    }
}

fn read_line<'a>(line: &'a str, _: &mut State) -> Line<'a> {
    squid_native::cut(line).map_or(
        Line::Unreadable("expected time, client, RESULT/status, bytes, method, URL and a decision"),
        |columns| Line::Record(record(&columns)),
    )
}

fn record<'a>(columns: &Columns<'a>) -> Record<'a> {
    let record = squid_native::record(columns);
    let decision = decision(columns.tail).unwrap_or("");
    let blocked = decision.starts_with("BLOCK_") && columns.status != "407";
    Record {
        reason: decision,
        outcome: if blocked { Outcome::Denied } else { record.outcome },
        inspected: record.inspected || columns.result.ends_with("_SSL") || decision.starts_with("DECRYPT_"),
        ..record
    }
}

/// The decision tag, which stands before the verdicts in angle brackets.
fn decision(tail: &str) -> Option<&str> {
    let (before, _) = tail.split_once(" <")?;
    before.rsplit(' ').find(|word| {
        word.bytes().filter(|b| *b == b'-').count() >= 3 && word.starts_with(|c: char| c.is_ascii_uppercase())
    })
}
