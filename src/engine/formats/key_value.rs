//! Lines of `key=value` pairs, as most firewalls and web filters send them to syslog. Values may be quoted or hold
//! blanks; the names are looked up in the table that all dialects share ([`super::fields`]).
//!
//! ```text
//! date=2026-05-07 time=09:37:12 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action="server-rst" sentbyte=952 rcvdbyte=212
//! device_name="FW" timestamp="2026-07-08T10:00:30-0400" log_subtype="Allowed" src_ip="10.9.0.14" domain="host" http_status="200"
//! ```

mod keys;

use super::fields::{Fields, Synonym, lookup};
use super::pairs::pairs;
use super::verdict::{self, Verdict};
use super::{Format, Line, Look, Outcome, Record, State, target, time};
pub use keys::Keys;

/// The dialect.
pub const FORMAT: Format = Format {
    id: "key-value",
    name: "key=value log lines",
    source: "FortiOS, Sophos Firewall and UTM, Skyhigh, Forcepoint, Zscaler NSS and Edge SWG log references",
    date: "2026-11",
    has_outcomes: true,
    strict: true,
    dates_begin: false,
    recognise,
    read_line,
    look: Some(Look {
        glance: keys::glance,
        skim: |skim, text, state| skim.run(text, state, keys::glance),
        rest: |_| None,
    }),
    samples: &[
        "date=2026-05-07 time=09:37:12 devname=\"fw\" tz=\"+0200\" type=\"traffic\" srcip=10.9.0.14 srcport=50000 dstip=192.0.2.7 dstport=443 sessionid=7 action=\"server-rst\" duration=1 sentbyte=952 rcvdbyte=212",
        "timestamp=\"2026-07-08T10:00:30-0400\" log_subtype=\"Denied\" src_ip=\"10.9.0.14\" domain=\"graph.microsoft.com\" dst_port=443 http_status=\"403\"",
        // Sophos UTM's proxy, and the Sophos Firewall that left TLS closed.
        "2026:03:14-09:26:53 utm httpproxy[5207]: id=\"0060\" severity=\"info\" sys=\"SecureWeb\" sub=\"http\" name=\"web request blocked\" action=\"block\" method=\"CONNECT\" srcip=\"10.9.0.14\" dstip=\"\" user=\"\" statuscode=\"403\" size=\"3011\" url=\"https://graph.microsoft.com/\" error=\"\" fullreqtime=\"1250000\" reason=\"category\" categoryname=\"Business\"",
        "timestamp=\"2026-07-08T10:00:31+0200\" log_type=\"Content Filtering\" log_component=\"SSL\" log_subtype=\"Do not decrypt\" src_ip=\"10.9.0.14\" dst_ip=\"192.0.2.7\" dst_port=443 sni=\"login.microsoftonline.com\" con_id=\"42\"",
        // Zscaler's feed for Splunk, pairs between tabs.
        "2026-05-14 07:30:15\treason=Allowed\tevent_id=6748\tprotocol=SSL\taction=Allowed\ttransactionsize=663\tresponsesize=65\trequestsize=598\turlcategory=Corporate\tserverip=192.0.2.7\trequestmethod=CONNECT\tproduct=NSS\tClientIP=10.9.0.14\tstatus=200\tuser=svc@corp.example\turl=login.windows.net:443\tvendor=Zscaler\thostname=login.windows.net",
        // Forcepoint for a SIEM, and the Edge SWG in the form of bluecoat.
        "Mar 14 09:26:53 fp vendor=Forcepoint product=Security product_version=8.5 action=blocked severity=7 category=9 user=- src_host=10.9.0.14 src_port=50001 dst_host=graph.microsoft.com dst_ip=192.0.2.7 dst_port=443 bytes_out=0 bytes_in=0 http_response=0 http_method=CONNECT http_proxy_status_code=403 reason=- disposition=1025 policy=Servers duration=3 url=https://graph.microsoft.com:443",
        "2026-03-14T09:26:54 swg bluecoat - main - c-ip=10.9.0.14 cs-bytes=63 cs-categories=\"none\" cs-host=login.windows.net cs-method=CONNECT cs-uri-port=443 cs-uri-scheme=tcp cs-username=- s-action=TCP_ERR_MISS s-supplier-ip=- sc-bytes=39 sc-filter-result=OBSERVED sc-status=503 time-taken=60017 x-exception-id=tcp_error c-url=\"tcp://login.windows.net:443/\"",
        "<13>Jul  8 10:00:31 gw filter: user=CORP svc action=permitted src=10.9.0.14 dst_host=login.microsoftonline.com category=Business, Software method=CONNECT status=200",
    ],
};

fn recognise(line: &str, _: &State) -> u8 {
    read(line, lookup).map_or(0, |(value, _)| value)
}

fn read_line<'a>(line: &'a str, state: &mut State) -> Line<'a> {
    let mut after = None;
    match read(line, |name| state.keys.lookup(name, &mut after)) {
        Some((_, fields)) => Line::Record(with_prefix(fields.record(), line)),
        None => Line::Unreadable("expected key=value pairs with an address, a host or an action"),
    }
}

/// Whether a line is a record of its own and no rest of one with a header: it has its own time, or values in quotes,
/// which such records do not have.
pub(super) fn stands_alone(line: &str) -> bool {
    let quoted = memchr::memmem::find_iter(line.as_bytes(), b"=\"").take(3).count() == 3;
    read(line, lookup).is_some_and(|(value, fields)| quoted || value > 90 && fields.has_time())
}

/// The fields of a line, and how surely it is of this dialect.
fn read(line: &str, meaning: impl FnMut(&str) -> Option<Synonym>) -> Option<(u8, Fields<'_>)> {
    if memchr::memchr_iter(b'=', line.as_bytes()).take(4).count() < 4
        || super::cef::extension(line).is_some()
        || super::leef::extension(line).is_some()
    {
        return None;
    }
    let (fields, count) = collect(line, meaning);
    match (fields.is_traffic(line), fields.known) {
        (true, 4..) => Some((92, fields)),
        (_, 3..) if count >= 8 && (fields.has_time() || count >= 12 || is_utm_event(line)) => Some((60, fields)),
        _ => None,
    }
}

/// Sophos UTM's own events, which have no traffic in them: `id="3005" severity="warn" sys="System" sub="auth"`.
fn is_utm_event(line: &str) -> bool {
    line.contains("id=\"") && line.contains(" sys=\"") && line.contains(" sub=\"")
}

/// Some devices write time, client and destination in front of the pairs.
fn with_prefix<'a>(mut record: Record<'a>, line: &'a str) -> Record<'a> {
    if record.time_text.is_empty() {
        record.time_text = time::leading(line);
        (record.time, record.zoned) = time::moment(record.time_text, "", time::DayOrder::MonthFirst);
    }
    if record.outcome == Outcome::Seen
        && let Some(word) = netfilter_refusal(line)
    {
        (record.outcome, record.verdict) = (Outcome::Denied, word);
    }
    // The SRX counts the life of a session in whole seconds, and says in the reason how it ended.
    if line.contains("RT_FLOW") || line.contains("APPTRACK") {
        record.duration_ms = record.duration_ms.map(|seconds| seconds.saturating_mul(1000));
    }
    if record.client.is_empty()
        && let Some((client, address)) = arrow(line)
    {
        record.client = client;
        record.address = if record.address.is_empty() { address } else { record.address };
    }
    // The Sophos Firewall says in the kind of the record whether it opened the TLS of this session.
    record.inspected |= record.verdict == "Decrypt" && line.contains("log_component=\"SSL\"");
    if record.client.is_empty() {
        let mut previous = "";
        for word in line.split('=').next().unwrap_or("").split([' ', '\t']).filter(|word| !word.is_empty()) {
            if target::is_address(previous) && target::is_address(word) {
                record.client = previous;
                record.address = if record.address.is_empty() { word } else { record.address };
                break;
            }
            previous = word;
        }
    }
    record
}

/// The word for a refusal in the prefix that a rule of iptables or nftables puts in front of its line: `FW-DROP IN=eth1
/// OUT=eth2 …`, `[UFW BLOCK] IN= OUT=eth0 …`. The prefix is free text; the lines have no other verdict.
fn netfilter_refusal(line: &str) -> Option<&str> {
    let prefix = line.get(..memchr::memmem::find(line.as_bytes(), b"IN=")?)?;
    if !line.contains(" OUT=") || !line.contains(" PROTO=") {
        return None;
    }
    let own = prefix.rsplit_once("kernel:").map_or(prefix, |(_, own)| own);
    let words = own.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 4).take(4);
    words.into_iter().find(|word| verdict::verdict(word) == Some(Verdict::Deny))
}

/// Client and destination of `10.8.0.20(50219)->20.190.160.19(443)`, `10.8.0.20/50219->20.190.160.19/443` or
/// `10.8.0.20:50219->20.190.160.19:443`.
fn arrow(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), b"->")?;
    let bare = |text: &str| text.find(['(', '/', ':', ' ', ',']).unwrap_or(text.len());
    let before = line.get(..at)?.rsplit([' ', '\t', ',', '"', '=']).next()?;
    let after = line.get(at + 2..)?;
    let (client, address) = (before.get(..bare(before))?, after.get(..bare(after))?);
    (target::is_address(client) && target::is_address(address)).then_some((client, address))
}

fn collect(line: &str, mut meaning: impl FnMut(&str) -> Option<Synonym>) -> (Fields<'_>, usize) {
    let mut fields = Fields::default();
    let mut count = 0;
    for (name, value) in pairs(line) {
        count += 1;
        if let Some(synonym) = meaning(name) {
            fields.put(synonym, value);
        }
    }
    (fields, count)
}
