//! Holds the report of the command line against the slow reader.

use super::reference::{Class, Totals};
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything on which the two do not agree, one sentence each.
pub fn differences(report: &str, totals: &Totals) -> Vec<String> {
    let report = match serde_json::from_str::<Value>(report) {
        Ok(report) => report,
        Err(error) => return vec![format!("the report is no JSON: {error}")],
    };
    let mut found = Vec::new();
    let mut hold = |what: &str, fast: Option<u64>, slow: u64| {
        if fast != Some(slow) {
            let fast = fast.map_or("nothing".to_owned(), |fast| fast.to_string());
            found.push(format!("{what}: the report says {fast}, the slow reader {slow}"));
        }
    };
    let artifacts = report["artifacts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let whole = artifacts.iter().find(|artifact| artifact["id"] == "a1").unwrap_or(&Value::Null);
    hold("artifacts", Some(artifacts.len() as u64), 1);
    hold("lines", whole["lines"].as_u64(), totals.lines);
    hold("unreadable lines", whole["skipped_lines"].as_u64(), totals.unreadable);
    if whole["kind"] != "proxy-log" {
        found.push(format!("the report says {} and not \"proxy-log\"", whole["kind"]));
    }
    found.extend(endpoints(&report, totals));
    found
}

/// The rows of the report against what the server did: several hosts may stand behind one pattern.
fn endpoints(report: &Value, totals: &Totals) -> Vec<String> {
    let mut found = Vec::new();
    let mut missing = totals.server.keys().collect::<Vec<_>>();
    for row in report["endpoints"].as_array().into_iter().flatten() {
        let (pattern, port) = (row["host"].as_str().unwrap_or_default(), row["port"].as_u64().unwrap_or_default());
        let mine = totals.server.iter().filter(|((host, at), _)| covers(pattern, host) && u64::from(*at) == port);
        let mine = mine.collect::<Vec<_>>();
        missing.retain(|host| !mine.iter().any(|(mine, _)| mine == host));
        let requests = mine.iter().map(|(_, calls)| calls.requests()).sum::<u64>();
        let order = ["refused", "auth-required", "failed", "reached"];
        let state = order.into_iter().find(|state| mine.iter().any(|(_, calls)| calls.state() == *state));
        let (state, says) = (state.unwrap_or("not-seen"), row["state"].as_str().unwrap_or_default());
        if row["requests"].as_u64() != Some(requests) || says != state {
            found.push(format!(
                "{pattern}:{port}: the report says {} requests, {says}; the slow reader {requests}, {state}",
                row["requests"]
            ));
        }
    }
    found.extend(missing.into_iter().map(|(host, port)| format!("{host}:{port} is in no row of the report")));
    found
}

/// Whether a pattern with at most one star covers a host.
fn covers(pattern: &str, host: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == host,
        Some((head, tail)) => host.len() > head.len() + tail.len() && host.starts_with(head) && host.ends_with(tail),
    }
}

/// What was compared, in one line.
pub fn summary(totals: &Totals) -> String {
    let mut classes = BTreeMap::<Class, u64>::new();
    for (class, count) in totals.server.values().flat_map(|calls| &calls.counts) {
        *classes.entry(*class).or_default() += count;
    }
    let classes = classes.iter().map(|(class, count)| format!("{count} {}", class.id())).collect::<Vec<_>>();
    let requests = totals.server.values().map(super::reference::Calls::requests).sum::<u64>();
    format!(
        "{} lines, {} records, {} unreadable; {requests} requests of the server to {} hosts ({})",
        totals.lines,
        totals.records,
        totals.unreadable,
        totals.server.len(),
        classes.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::super::reference::Calls;
    use super::*;

    fn totals() -> Totals {
        let calls = Calls {
            counts: BTreeMap::from([(Class::Answered, 2), (Class::Denied, 1)]),
            since_answer: vec![Class::Denied],
            answered: true,
        };
        let server = BTreeMap::from([(("a1-anchor.microsoftonline.com".to_owned(), 443), calls)]);
        Totals { lines: 9, records: 8, unreadable: 1, server }
    }

    fn report(requests: u64, skipped: u64) -> String {
        format!(
            r#"{{"artifacts":[{{"id":"a1","kind":"proxy-log","lines":9,"skipped_lines":{skipped}}}],
            "endpoints":[{{"host":"*-anchor.microsoftonline.com","port":443,"requests":{requests},"state":"refused"}},
            {{"host":"graph.microsoft.com","port":443,"requests":0,"state":"not-seen"}}]}}"#
        )
    }

    #[test]
    fn a_report_that_says_the_same_has_no_differences() {
        assert_eq!(differences(&report(3, 1), &totals()), Vec::<String>::new());
    }

    #[test]
    fn every_difference_is_named() {
        let found = differences(&report(2, 0), &totals());
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|line| line.contains("unreadable lines: the report says 0, the slow reader 1")));
        assert!(found.iter().any(|line| line.contains("*-anchor.microsoftonline.com:443")));
        assert_eq!(differences("oops", &totals()).len(), 1);
    }
}
