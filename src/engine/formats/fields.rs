//! One table of field names for all dialects that name their fields: key=value, CEF, LEEF, W3C extended, JSON and
//! tables with a header row. Names are compared without case and punctuation (`cs-host` is `csHost`).

mod synonyms;

use super::time::{DayOrder, moment};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Record, meaningful, target};
use std::borrow::Cow;

pub use synonyms::{lookup, lookup_joined};

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Name or address of the destination.
    Host,
    /// URL, with or without scheme.
    Url,
    /// `CONNECT host:443 HTTP/1.1`.
    RequestLine,
    /// Address or name of the client.
    Client,
    /// User name.
    User,
    /// CONNECT, GET, …
    Method,
    /// HTTP status, or a verdict word where a device uses the name for that.
    Status,
    /// What the policy decided, or how the session ended.
    Verdict,
    /// A second verdict, which counts when it refuses.
    Refusal,
    /// How a session ended, in a field of its own.
    EndReason,
    /// What the cache did: `TCP_ERR_MISS`. A verdict where there is no other.
    CacheResult,
    /// Category, rule, reason.
    Reason,
    /// A sentence: a reason where there is no other.
    Message,
    /// An absolute time.
    When,
    /// A date.
    Date,
    /// A time of day, or an absolute time.
    Time,
    /// `+0800`.
    Zone,
    /// Milliseconds.
    DurationMs,
    /// Seconds.
    DurationS,
    /// Microseconds.
    DurationUs,
    /// Bytes from the client.
    Sent,
    /// Bytes to the client.
    Received,
    /// Port of the destination.
    Port,
    /// Address of the destination.
    Address,
    /// Number of the session.
    Session,
    /// https, ssl, tcp, …
    Scheme,
    /// Path of the URL.
    Path,
    /// Yes, no, Inspect, Bypass.
    Inspected,
    /// NTLM, Kerberos, Basic.
    AuthScheme,
    /// The name that a client looked up.
    LookupName,
    /// The addresses of the answer.
    LookupAnswer,
    /// Text that stands there only when a packet fits no session.
    Stale,
    /// Marks for how a connection ended: those of Envoy (`UF`, `UT`, `-`) and of Zeek (`S0`, `REJ`, `SF`).
    Flags,
}

const FIELDS: usize = Field::Flags as usize + 1;

/// A field with its rank among the names for the same thing: 9 is the most telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// What it says.
    pub field: Field,
    /// 1 to 9.
    pub rank: u8,
}

/// The fields of one record, the most telling value of each.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    slots: [(u8, &'a str); FIELDS],
    /// How many fields had a known name.
    pub known: usize,
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Self { slots: [(0, ""); FIELDS], known: 0 }
    }
}

impl<'a> Fields<'a> {
    /// Takes a value when it says something and no better one is there.
    pub fn put(&mut self, synonym: Synonym, value: &'a str) {
        self.known += 1;
        let value = meaningful(value);
        // FortiOS tells in the action that it shows a certificate of its own.
        let resigned = synonym.field == Field::Verdict && starts_with(value, "resign");
        let synonym =
            if resigned { Synonym { field: Field::Inspected, rank: 9 } } else { said_otherwise(synonym, value) };
        if value.is_empty() || !fits(synonym.field, value) {
            return;
        }
        // The number of a category or a rule tells less than any name.
        let numbered = synonym.field == Field::Reason && value.bytes().all(|b| b.is_ascii_digit());
        let rank = if numbered { 1 } else { synonym.rank };
        if let Some(slot) = self.slots.get_mut(synonym.field as usize)
            && rank > slot.0
        {
            *slot = (rank, value);
        }
    }

    /// Puts the value of a named field, if the name is known.
    pub fn put_named(&mut self, name: &str, value: &'a str) {
        if let Some(synonym) = lookup(name) {
            self.put(synonym, value);
        }
    }

    /// The value of a field; empty when there is none.
    pub fn get(&self, field: Field) -> &'a str {
        self.slots.get(field as usize).map_or("", |slot| slot.1)
    }

    fn rank(&self, field: Field) -> u8 {
        self.slots.get(field as usize).map_or(0, |slot| slot.0)
    }

    fn has(&self, field: Field) -> bool {
        !self.get(field).is_empty()
    }

    /// Whether this can be a record of traffic: somebody did something, and something came of it.
    pub fn is_traffic(&self, line: &str) -> bool {
        use Field::{
            Address, Client, Flags, Host, LookupName, Method, Port, Refusal, RequestLine, Session, Status, Url, Verdict,
        };
        let somebody = self.has(Client) || self.has(Address);
        let something =
            self.has(Host) || self.has(Url) || self.has(RequestLine) || self.has(LookupName) || self.has(Port);
        let came_of_it = [Verdict, Status, Method, Refusal, Session, Flags].into_iter().any(|field| self.has(field));
        somebody && came_of_it || something && came_of_it && (self.has_time() || !super::time::leading(line).is_empty())
    }

    /// Whether any field holds a time.
    pub fn has_time(&self) -> bool {
        self.has(Field::When) || self.has(Field::Date) || self.has(Field::Time)
    }

    /// The record that these fields make.
    pub fn record(&self) -> Record<'a> {
        let request = RequestLine::cut(self.get(Field::RequestLine));
        let url = target::split(if request.url.is_empty() { self.get(Field::Url) } else { request.url });
        let lookup = self.has(Field::LookupName);
        let host = self.destination(&url);
        let method = if self.has(Field::Method) { self.get(Field::Method) } else { request.method };
        let scheme = if url.scheme.is_empty() { self.get(Field::Scheme) } else { url.scheme };
        // The ISA Server family logs no method for tunnels.
        let method = if method.is_empty() && scheme.eq_ignore_ascii_case("SSL-tunnel") { "CONNECT" } else { method };
        let (address, address_port) = place(self.get(Field::Address));
        let port = url
            .port
            .or_else(|| self.get(Field::Port).parse().ok())
            .or_else(|| url.port_or_default())
            .or(address_port)
            .or_else(|| port_of_scheme(scheme));
        let path = if self.has(Field::Path) { self.get(Field::Path) } else { url.path };
        let (status, word, words) = self.status_and_verdict();
        let message = self.get(Field::Message);
        let reason = if self.has(Field::Reason) { self.get(Field::Reason) } else { message };
        let received = self.get(Field::Received).parse().ok();
        let sent = self.get(Field::Sent).parse().ok();
        // A failure that concerns no destination is none of the network: somebody mistyped a password.
        let somewhere = !host.is_empty() || port.is_some();
        let flags = self.get(Field::Flags);
        let marked = || verdict::envoy_flags(flags).or_else(|| verdict::zeek_state(flags));
        let words = words.or_else(marked);
        // Who ends the handshake over the certificate or the version says so in an alert.
        let distrusted = verdict::client_distrusts(reason) || verdict::version_refused(reason);
        let words = if distrusted { Some(Verdict::ServerReset) } else { words };
        let word = match word {
            "" if distrusted => reason,
            "" if flags.len() > 1 && verdict::zeek_state(flags).is_some() => flags,
            word => word,
        };
        let words = words.filter(|verdict| somewhere || *verdict != Verdict::Failed);
        // A name filter answers with the address of its own page, and says why only in a sentence.
        let filtered = lookup && words.is_none() && ["denied", "blocked"].iter().any(|word| message.contains(word));
        let (words, word) = if filtered { (Some(Verdict::Deny), verdict::BLOCKED_NAME) } else { (words, word) };
        let ending = Ending {
            status,
            verdict: words,
            method,
            reason,
            received,
            failed: words == Some(Verdict::Failed)
                || verdict::verdict(self.get(Field::CacheResult)) == Some(Verdict::Failed),
        };
        let (outcome, provisional) = judge(&ending);
        let stale = self.has(Field::Stale) || message.starts_with("Could not associate packet");
        let (date_text, time_text, time, zoned) = self.time();
        Record {
            time,
            date_text,
            time_text,
            duration_ms: self.duration_ms(),
            client: without_port(self.get(Field::Client)),
            user: known_user(self.get(Field::User)),
            method,
            host: Cow::Borrowed(host),
            port,
            path,
            status,
            verdict: word,
            reason,
            outcome,
            provisional,
            // Only a device that opens TLS judges the certificate of the far side.
            inspected: self.inspected(scheme, port, method, path)
                || outcome.is_refusal() && verdict::distrusts_certificate(reason),
            by_own_firewall: false,
            sent,
            received,
            address,
            session: self.get(Field::Session),
            answers: self.get(Field::LookupAnswer),
            lookup,
            auth_scheme: self.get(Field::AuthScheme),
            stale,
            zoned,
        }
    }

    fn destination(&self, url: &target::Target<'a>) -> &'a str {
        let from_url = if target::is_host_name(url.host) || target::is_address(url.host) { url.host } else { "" };
        let named = target::split(self.get(Field::Host)).host;
        // FortiOS puts a name that it could not rate into brackets.
        let looked_up = self.get(Field::LookupName).trim_matches(['[', ']']).trim_end_matches('.');
        // A URL outranks a bare "hostname", which some devices use for their own name.
        match (from_url, named) {
            _ if !looked_up.is_empty() => looked_up,
            // "Destination", "Ziel": a name with its port as often as an address.
            ("", "") if target::is_host_name(place(self.get(Field::Address)).0) => place(self.get(Field::Address)).0,
            ("", named) => named,
            (from_url, "") => from_url,
            (from_url, named) if self.rank(Field::Host) >= 8 && !target::is_address(named) => {
                if target::is_host_name(from_url) && !url.scheme.is_empty() { from_url } else { named }
            }
            (from_url, named) if target::is_address(from_url) && target::is_host_name(named) => named,
            (from_url, _) => from_url,
        }
    }

    /// The status, the verdict word that counts, and what it means.
    fn status_and_verdict(&self) -> (&'a str, &'a str, Option<Verdict>) {
        let status = self.get(Field::Status);
        let (status, spare) = if verdict::status_number(status).is_some() { (status, "") } else { ("", status) };
        let refusal = self.get(Field::Refusal);
        // Some devices give in the reason the way a session ended.
        let ended =
            Some(self.get(Field::Reason)).filter(|reason| verdict::verdict(reason).is_some_and(Verdict::is_end));
        let told = |word: &'a str| verdict::verdict(word).map(|verdict| (word, Some(verdict)));
        let words =
            [self.get(Field::EndReason), self.get(Field::Verdict), spare, refusal, self.get(Field::CacheResult)];
        let first = words.into_iter().chain(ended).find_map(told);
        let denial = Some((refusal, Some(Verdict::Deny)));
        let is_denied = first.is_some_and(|(_, verdict)| verdict == Some(Verdict::Deny));
        let chosen = if !is_denied && told(refusal) == denial { denial } else { first };
        let (word, verdict) = chosen.unwrap_or((self.get(Field::Verdict), None));
        (status, word, verdict)
    }

    /// Date and time as written, seconds since 1970, and whether their zone is known.
    fn time(&self) -> (&'a str, &'a str, Option<i64>, bool) {
        time_of(self.get(Field::Date), self.get(Field::Time), self.get(Field::When), self.get(Field::Zone))
    }

    fn duration_ms(&self) -> Option<u64> {
        let number = |field| {
            let text = self.get(field);
            text.split_once(['.', ',']).map_or(text, |(whole, _)| whole).parse::<u64>().ok()
        };
        // Envoy counts in milliseconds what others call by the same name.
        let flags = self.get(Field::Flags);
        let is_envoy = !flags.is_empty() && verdict::zeek_state(flags).is_none();
        let unnamed = if is_envoy { number(Field::DurationS) } else { None };
        number(Field::DurationMs)
            .or(unnamed)
            .or_else(|| number(Field::DurationS).map(|seconds| seconds.saturating_mul(1000)))
            .or_else(|| number(Field::DurationUs).map(|micro| micro / 1000))
    }

    /// Whether the record shows the inside of TLS: a flag that says so, or a path that only the inside has.
    fn inspected(&self, scheme: &str, port: Option<u16>, method: &str, path: &str) -> bool {
        match self.get(Field::Inspected).to_ascii_lowercase().as_str() {
            text if text.starts_with("resign") => return true,
            "t" | "true" | "yes" | "inspect" | "inspected" | "decrypt" | "decrypted" | "1" => {
                return true;
            }
            "f" | "false" | "no" | "bypass" | "bypassed" | "0" | "do not decrypt" => return false,
            _ => {}
        }
        let inside = matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "HEAD" | "DELETE" | "OPTIONS");
        inside && path.len() > 1 && (scheme.eq_ignore_ascii_case("https") || port == Some(443))
    }
}

/// What a date, a time of day, a moment and a zone say together, each empty where there is none: date and time as
/// written, seconds since 1970, and whether their zone is known.
pub(super) fn time_of<'a>(
    date: &'a str,
    clock: &'a str,
    when: &'a str,
    zone: &str,
) -> (&'a str, &'a str, Option<i64>, bool) {
    let read = |text: &str| moment(text, zone, DayOrder::MonthFirst);
    let of_when = read(when);
    let of_clock = if of_when.0.is_none() || date.is_empty() { read(clock) } else { (None, false) };
    match (date, clock) {
        ("", "") => ("", when, of_when.0, of_when.1),
        // A time of day alone says less than the moment beside it.
        ("", _) if of_when.0.is_some() && of_clock.0.is_none() => ("", when, of_when.0, of_when.1),
        ("", clock) => {
            let (time, zoned) = if of_when.0.is_some() { of_when } else { of_clock };
            ("", clock, time, zoned)
        }
        (date, "") => {
            let (time, zoned) = if of_when.0.is_some() { of_when } else { read(date) };
            ("", date, time, zoned)
        }
        (date, clock) => {
            let absolute = if of_when.0.is_some() { of_when } else { of_clock };
            let (time, zoned) = if absolute.0.is_some() { absolute } else { read(&format!("{date} {clock}")) };
            (date, clock, time, zoned)
        }
    }
}

/// The user, unless the ISA Server family says that there was none. A question mark behind the name means there that it
/// was sent and not verified.
fn known_user(user: &str) -> &str {
    if user.eq_ignore_ascii_case("anonymous") { "" } else { user.trim_end_matches('?') }
}

/// What a value shows to be something else than the name says: a whole request line where others have a URL, and the
/// seconds that nginx took (`60.001`) where others have a moment.
fn said_otherwise(synonym: Synonym, value: &str) -> Synonym {
    let field = match synonym.field {
        Field::Url if value.contains(' ') && !RequestLine::cut(value).url.is_empty() => Field::RequestLine,
        Field::When if is_seconds(value) => Field::DurationS,
        _ => return synonym,
    };
    Synonym { field, ..synonym }
}

/// A few digits, a point, and three more.
fn is_seconds(value: &str) -> bool {
    value.split_once('.').is_some_and(|(whole, fraction)| {
        (1..=6).contains(&whole.len())
            && fraction.len() == 3
            && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
    })
}

/// `192.0.2.7:443` cut apart.
fn place(address: &str) -> (&str, Option<u16>) {
    if !address.contains(':') || target::is_address(address) {
        return (address, None);
    }
    let target = target::split(address);
    (target.host, target.port)
}

/// Whether a text begins with this word, whatever its case.
fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// `10.9.0.14:50001` without the port.
fn without_port(client: &str) -> &str {
    match client.split_once(':') {
        Some((host, _)) if target::is_address(host) => host,
        _ => client,
    }
}

fn port_of_scheme(scheme: &str) -> Option<u16> {
    match scheme {
        s if s.eq_ignore_ascii_case("https") || s.eq_ignore_ascii_case("ssl") => Some(443),
        s if s.eq_ignore_ascii_case("http") => Some(80),
        _ => port_of_service(scheme),
    }
}

/// The port in the name of a service: `TCP-8080 (TCP/8080)`, `tcp/8080`, `tcp_3128`.
fn port_of_service(service: &str) -> Option<u16> {
    let rest = service.get(3..).filter(|_| starts_with(service, "tcp"))?.strip_prefix(['/', '-', '_', ':'])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.get(..digits)?.parse().ok()
}

/// Whether a value can stand in a field: a number in a byte count, a name in a host.
fn fits(field: Field, value: &str) -> bool {
    // The comma before the fraction is that of half of Europe.
    let number = || value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    match field {
        Field::Host | Field::LookupName => {
            // "server7@corp.example" is how gateways name a computer that they know.
            let host = target::split(value).host;
            (target::is_host_name(host) || target::is_address(host)) && (!value.contains('@') || value.contains("://"))
        }
        Field::Url => value.starts_with('/') || target::split(value).host.contains(['.', ':']),
        Field::RequestLine => value.contains(' '),
        Field::Method => is_method(value),
        Field::Client => value.len() <= 253,
        Field::Sent | Field::Received | Field::Port => value.bytes().all(|b| b.is_ascii_digit()),
        Field::DurationMs | Field::DurationS | Field::DurationUs => number(),
        Field::Status => {
            verdict::status_number(value).is_some_and(|code| code >= 100)
                || verdict::verdict(value).is_some() && value.len() > 2
        }
        Field::Verdict | Field::EndReason | Field::CacheResult => verdict::verdict(value).is_some(),
        Field::Refusal => verdict::verdict(value) == Some(Verdict::Deny),
        Field::When => value.bytes().filter(u8::is_ascii_digit).count() >= 8,
        Field::Date | Field::Time => value.bytes().any(|b| b.is_ascii_digit()),
        Field::AuthScheme => {
            ["ntlm", "negotiate", "kerberos", "basic", "digest"].iter().any(|scheme| value.eq_ignore_ascii_case(scheme))
        }
        Field::LookupAnswer => value.bytes().any(|b| b.is_ascii_digit()),
        _ => true,
    }
}

/// Whether a value is a request method. Devices use the name for other things: how a URL was rated, how somebody
/// signed in.
fn is_method(value: &str) -> bool {
    const METHODS: [&str; 9] = ["CONNECT", "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE"];
    METHODS.iter().any(|method| value.eq_ignore_ascii_case(method))
        || (3..=24).contains(&value.len())
            && value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'-')
            && !matches!(value, "HTTP" | "HTTPS" | "SSL" | "SSH")
}

/// `CONNECT host:443 HTTP/1.1`, cut apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestLine<'a> {
    /// The method.
    pub method: &'a str,
    /// The URL, or `host:port`.
    pub url: &'a str,
}

impl<'a> RequestLine<'a> {
    /// Cuts it; both empty when it is none.
    pub fn cut(text: &'a str) -> Self {
        let mut words = text.split_ascii_whitespace();
        match (words.next(), words.next()) {
            (Some(method), Some(url)) if method.bytes().all(|b| b.is_ascii_uppercase()) => Self { method, url },
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_takes_the_most_telling_names() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("hostname", "gateway.corp.example"),
            ("url", "login.microsoftonline.com:443"),
            ("src_ip", "10.0.0.5"),
            ("action", "blocked"),
            ("respcode", "403"),
            ("reqmethod", "CONNECT"),
            ("rt", "1789473619100"),
        ] {
            fields.put_named(name, value);
        }
        let record = fields.record();
        assert_eq!(record.host, "login.microsoftonline.com");
        assert_eq!((record.port, record.client, record.time), (Some(443), "10.0.0.5", Some(1_789_473_619)));
        assert_eq!(record.outcome, crate::formats::Outcome::Denied);
    }
}
