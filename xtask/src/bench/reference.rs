//! A slow, obvious reader of the made data, against which the fast one is held. It shares no code with the engine:
//! it takes lines apart by hand, copies every text, and reads the file twice.

use super::dialect::Dialect;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};

/// What a log says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Lines, the last one also without an end.
    pub lines: u64,
    /// Lines that are records.
    pub records: u64,
    /// Lines that are neither records nor headers nor empty.
    pub unreadable: u64,
    /// What the Entra Connect server did, by host and port.
    pub server: BTreeMap<(String, u16), Calls>,
}

/// What the server did to one host and port.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// How often each way of ending came.
    pub counts: BTreeMap<Class, u64>,
    /// How the requests since the last answered one ended, without repeats in a row.
    pub since_answer: Vec<Class>,
    /// Whether any was answered.
    pub answered: bool,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Answered,
    SignIn,
    Denied,
    /// The proxy could not reach the host.
    Unreachable,
    /// The connection was closed, or nobody answered in time.
    Broken,
    /// The client went away.
    Abandoned,
}

impl Class {
    /// For the table.
    pub fn id(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::SignIn => "sign-in",
            Self::Denied => "denied",
            Self::Unreachable => "unreachable",
            Self::Broken => "broken",
            Self::Abandoned => "abandoned",
        }
    }
}

impl Calls {
    /// All requests.
    pub fn requests(&self) -> u64 {
        self.counts.values().sum()
    }

    /// What stands at the end, in the words of the report: the worst of what came after the last answer. A 407 is
    /// settled when the proxy later let the client in and failed in another way.
    pub fn state(&self) -> &'static str {
        let last_of = |class| self.since_answer.iter().rposition(|&other| other == class);
        if last_of(Class::Denied).is_some() {
            "refused"
        } else if last_of(Class::SignIn).is_some() && last_of(Class::SignIn) > last_of(Class::Unreachable) {
            "auth-required"
        } else if last_of(Class::Unreachable).is_some() || last_of(Class::Broken).is_some() || !self.answered {
            "failed"
        } else {
            "reached"
        }
    }
}

/// One request.
#[derive(Debug, PartialEq, Eq)]
struct Record {
    client: String,
    host: String,
    port: u16,
    class: Class,
}

/// Reads a log twice: first to see which clients call hosts that only Entra Connect calls, then to count what those
/// clients do. `open` gives the log from its beginning.
pub fn read<R: BufRead>(dialect: Dialect, open: impl Fn() -> io::Result<R>) -> io::Result<Totals> {
    let mut totals = Totals::default();
    let mut servers = BTreeSet::new();
    for_each_line(open()?, |line| {
        totals.lines += 1;
        if line.trim().is_empty() || line.starts_with('#') {
            return;
        }
        match record(dialect, &line) {
            None => totals.unreadable += 1,
            Some(record) => {
                totals.records += 1;
                if only_entra_connect_calls(&record.host) {
                    servers.insert(record.client);
                }
            }
        }
    })?;
    for_each_line(open()?, |line| {
        let Some(record) = record(dialect, &line) else { return };
        if line.starts_with('#') || !servers.contains(&record.client) {
            return;
        }
        let calls = totals.server.entry((record.host, record.port)).or_default();
        *calls.counts.entry(record.class).or_default() += 1;
        if record.class == Class::Answered {
            calls.answered = true;
            calls.since_answer.clear();
        } else if calls.since_answer.last() != Some(&record.class) {
            calls.since_answer.push(record.class);
        }
    })?;
    Ok(totals)
}

fn for_each_line(mut log: impl BufRead, mut see: impl FnMut(String)) -> io::Result<()> {
    loop {
        let mut bytes = Vec::new();
        if log.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        see(text.trim_end_matches(['\n', '\r']).to_owned());
    }
}

fn only_entra_connect_calls(host: &str) -> bool {
    host == "adminwebservice.microsoftonline.com"
        || host == "provisioningapi.microsoftonline.com"
        || host.ends_with("-anchor.microsoftonline.com")
        || host.ends_with("-relay.microsoftonline.com")
}

fn record(dialect: Dialect, line: &str) -> Option<Record> {
    match dialect {
        Dialect::Squid => squid(line),
        Dialect::W3c => w3c(line),
        Dialect::FortiGate => fortigate(line),
        Dialect::Json => json(line),
    }
}

/// `time elapsed client RESULT/status bytes method url user hierarchy/peer type`
fn squid(line: &str) -> Option<Record> {
    let words = line.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    if words.len() != 10 {
        return None;
    }
    let (result, status) = words[3].split_once('/')?;
    let (host, port) = host_and_port(&words[6], words[5] == "CONNECT")?;
    let class = match status {
        "407" => Class::SignIn,
        "000" => Class::Abandoned,
        _ if result.contains("DENIED") => Class::Denied,
        "502" | "503" | "504" => Class::Unreachable,
        _ => Class::Answered,
    };
    Some(Record { client: words[2].clone(), host, port, class })
}

/// The columns that the header of the made data names: status is the 11th, client the 4th, host and port the 16th and
/// 17th. Quotes hold blanks together.
fn w3c(line: &str) -> Option<Record> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut()?.push(letter),
        }
    }
    if words.len() != 25 {
        return None;
    }
    let class = match words[10].as_str() {
        "407" => Class::SignIn,
        "502" | "503" | "504" => Class::Unreachable,
        _ if words[7] == "DENIED" => Class::Denied,
        "0" => Class::Abandoned,
        _ => Class::Answered,
    };
    Some(Record { client: words[3].clone(), host: words[15].clone(), port: words[16].parse().ok()?, class })
}

/// `name=value name="value with blanks"`
fn fortigate(line: &str) -> Option<Record> {
    let value = |name: &str| {
        let (_, rest) = line.split_once(&format!(" {name}="))?;
        let text = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split(' ').next(),
        };
        text.map(str::to_owned)
    };
    let received = value("rcvdbyte")?;
    let class = match value("action")?.as_str() {
        "deny" => Class::Denied,
        "timeout" if received == "0" => Class::Broken,
        "client-rst" | "server-rst" if received.len() < 4 => Class::Broken,
        _ => Class::Answered,
    };
    Some(Record { client: value("srcip")?, host: value("hostname")?, port: value("dstport")?.parse().ok()?, class })
}

/// `{"sourcetype":"…","event":{"name":"value",…}}`, where no value holds a quote.
fn json(line: &str) -> Option<Record> {
    if !line.starts_with('{') || !line.ends_with("}}") {
        return None;
    }
    let value = |name: &str| {
        let (_, rest) = line.split_once(&format!("\"{name}\":\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let class = match value("status")?.as_str() {
        "407" => Class::SignIn,
        "502" | "503" | "504" => Class::Unreachable,
        "0" => Class::Abandoned,
        _ if value("action")? == "Blocked" => Class::Denied,
        _ => Class::Answered,
    };
    let port = if value("protocol")? == "HTTPS" { 443 } else { 80 };
    Some(Record { client: value("ClientIP")?, host: value("hostname")?, port, class })
}

/// `host:443` of a tunnel, `http://host/path` of anything else.
fn host_and_port(url: &str, tunnel: bool) -> Option<(String, u16)> {
    if tunnel {
        let (host, port) = url.split_once(':')?;
        return Some((host.to_owned(), port.parse().ok()?));
    }
    let host = url.strip_prefix("http://")?.split('/').next()?;
    Some((host.to_owned(), 80))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(dialect: Dialect, log: &str) -> Totals {
        read(dialect, || Ok(log.as_bytes())).expect("text can be read")
    }

    /// The sync host is refused at the end, sign-in was answered after its handshake, one line is cut off.
    const TEN_LINES: &str = "\
1790056801.000    120 10.16.0.11 TCP_TUNNEL/200 5000 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.1 -
1790056801.500      1 10.20.30.40 TCP_DENIED/407 4000 CONNECT login.microsoftonline.com:443 - HIER_NONE/- text/html
1790056801.600    320 10.20.30.40 TCP_TUNNEL/200 9000 CONNECT login.microsoftonline.com:443 C\\A$ HIER_DIRECT/192.0.2.1 -
17900568
1790056802.000      1 10.20.30.40 TCP_DENIED/403 4000 CONNECT adminwebservice.microsoftonline.com:443 C\\A$ HIER_NONE/- text/html
1790056803.000     30 10.16.0.12 TCP_MISS/200 700 GET http://shop.example/a?b=c - HIER_DIRECT/192.0.2.2 text/html

1790056804.000     90 10.20.30.40 TCP_TUNNEL/200 8000 CONNECT a1-anchor.microsoftonline.com:443 C\\A$ HIER_DIRECT/192.0.2.3 -
1790056805.000  60010 10.20.30.40 TCP_MISS/503 381 CONNECT a1-anchor.microsoftonline.com:443 C\\A$ HIER_DIRECT/192.0.2.3 -
1790056806.000     30 10.20.30.40 TCP_MISS/200 700 GET http://crl3.digicert.com/x.crl - HIER_DIRECT/192.0.2.4 text/html";

    #[test]
    fn ten_lines_counted_by_hand() {
        let totals = totals(Dialect::Squid, TEN_LINES);
        assert_eq!((totals.lines, totals.records, totals.unreadable), (10, 8, 1));
        let seen =
            totals.server.iter().map(|((host, port), calls)| (host.as_str(), *port, calls.requests(), calls.state()));
        assert_eq!(
            seen.collect::<Vec<_>>(),
            [
                ("a1-anchor.microsoftonline.com", 443, 2, "failed"),
                ("adminwebservice.microsoftonline.com", 443, 1, "refused"),
                ("crl3.digicert.com", 80, 1, "reached"),
                ("login.microsoftonline.com", 443, 2, "reached"),
            ]
        );
    }

    #[test]
    fn a_407_that_nothing_follows_stands_and_one_before_a_failure_does_not() {
        let calls = |since_answer: &[Class]| Calls { since_answer: since_answer.to_vec(), ..Calls::default() };
        assert_eq!(calls(&[Class::SignIn]).state(), "auth-required");
        assert_eq!(calls(&[Class::SignIn, Class::Unreachable]).state(), "failed");
        assert_eq!(calls(&[Class::SignIn, Class::Unreachable, Class::SignIn]).state(), "auth-required");
        assert_eq!(calls(&[Class::SignIn, Class::Denied]).state(), "refused");
    }

    #[test]
    fn every_dialect_tells_the_same_story() {
        for dialect in Dialect::ALL {
            let mut log = Vec::new();
            super::super::data::write(dialect, 2_000_000, &mut log).expect("a vector takes everything");
            let totals = read(dialect, || Ok(log.as_slice())).expect("a slice can be read");
            let host = ("bba800-anchor.microsoftonline.com".to_owned(), 443);
            let counts = &totals.server[&host].counts;
            assert!(counts.contains_key(&Class::Answered), "{}: {counts:?}", dialect.id());
            assert_eq!(counts.contains_key(&Class::SignIn), dialect.knows_sign_in(), "{}", dialect.id());
            let records = totals.records + totals.unreadable;
            assert!(records > 2000 && records <= totals.lines && totals.lines < records + 50, "{totals:?}");
        }
    }
}
