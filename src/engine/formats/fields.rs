//! One table of field names for all dialects that name their fields: key=value, CEF, LEEF, W3C extended, JSON and
//! tables with a header row. Names are compared without case and punctuation (`cs-host` is `csHost`).

use super::time::{DayOrder, moment};
use super::verdict::{self, Ending, Verdict, judge};
use super::{Record, local_names, meaningful, target};
use std::borrow::Cow;
use std::sync::LazyLock;

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

/// The meaning of a field name, whatever its case and punctuation.
pub fn lookup(name: &str) -> Option<Synonym> {
    lookup_joined("", name)
}

/// As [`lookup`], for a name below another (`destination.domain`).
pub fn lookup_joined(parent: &str, name: &str) -> Option<Synonym> {
    let mut key = [0u8; 40];
    let mut length = 0;
    for byte in parent.bytes().chain(name.bytes()).filter(u8::is_ascii_alphanumeric) {
        *key.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    if !name.is_ascii() {
        let found = local_names::NAMES.iter().find(|(local, _, _)| local.split(' ').any(|local| local == name.trim()));
        if let Some(&(_, field, rank)) = found {
            return Some(Synonym { field, rank });
        }
    }
    let mut slot = slot_of(&key);
    loop {
        let index = usize::from(*INDEX.get(slot)?).checked_sub(1)?;
        let &(known, field, rank) = SYNONYMS.get(index)?;
        if key.get(..length) == Some(known.as_bytes()) {
            return Some(Synonym { field, rank });
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// Many more than there are [`SYNONYMS`], and a power of two.
const SLOTS: usize = 2048;

/// Numbers of [`SYNONYMS`], from 1 on, at the place of their names or behind it; 0 is free. Every record of a log asks
/// for all its names, most of which are unknown: they mostly meet a free place, and no name is compared with them.
static INDEX: LazyLock<[u16; SLOTS]> = LazyLock::new(|| {
    let mut index = [0; SLOTS];
    for ((name, _, _), number) in SYNONYMS.iter().zip(1..) {
        let mut key = [0; 40];
        key.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
        let mut slot = slot_of(&key);
        while let Some(taken) = index.get_mut(slot) {
            if *taken == 0 {
                *taken = number;
                break;
            }
            slot = (slot + 1) % SLOTS;
        }
    }
    index
});

/// Where a name is looked for first.
fn slot_of(key: &[u8; 40]) -> usize {
    let (words, _) = key.as_chunks::<8>();
    let mix = |all: u64, word: &[u8; 8]| (all ^ u64::from_le_bytes(*word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (words.iter().fold(0, |all, word| mix(all, word).rotate_left(29)) >> 13) as usize % SLOTS
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
        // A client that ends the handshake over the certificate says so in an alert.
        let distrusted = verdict::client_distrusts(reason);
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

use Field as F;

/// Normalised name, field, rank; sorted by name.
const SYNONYMS: &[(&str, Field, u8)] = &[
    ("accesscontrolruleaction", F::Verdict, 8),
    ("accesscontrolrulename", F::Reason, 3),
    ("accesscontrolrulereason", F::Reason, 8),
    ("accessedurl", F::Url, 8),
    ("accessresult", F::Verdict, 7),
    ("accin", F::Verdict, 7),
    ("accion", F::Verdict, 7),
    ("accountname", F::User, 5),
    ("act", F::Verdict, 9),
    ("action", F::Verdict, 8),
    ("actionname", F::Verdict, 6),
    ("actionreason", F::Reason, 8),
    ("actiontaken", F::Verdict, 8),
    ("adressedestination", F::Address, 7),
    ("adressesource", F::Client, 7),
    ("aktion", F::Verdict, 7),
    ("app", F::Scheme, 4),
    ("appcategory", F::Reason, 3),
    ("applicationprotocol", F::Scheme, 6),
    ("appproto", F::Scheme, 6),
    ("appprotocol", F::Scheme, 6),
    ("authenticateduser", F::User, 8),
    ("authenticationmethod", F::AuthScheme, 6),
    ("authenticationtype", F::AuthScheme, 6),
    ("authmethod", F::AuthScheme, 6),
    ("authority", F::Host, 9),
    ("authscheme", F::AuthScheme, 7),
    ("authtype", F::AuthScheme, 6),
    ("authuser", F::User, 8),
    ("benutzer", F::User, 6),
    ("benutzername", F::User, 6),
    ("blockcategory", F::Reason, 8),
    ("blockreason", F::Reason, 9),
    ("bytesempfangen", F::Received, 7),
    ("bytesfromclient", F::Sent, 8),
    ("bytesfromserver", F::Received, 8),
    ("bytesgesendet", F::Sent, 7),
    ("bytesin", F::Received, 8),
    ("bytesout", F::Sent, 8),
    ("bytesreceived", F::Received, 8),
    ("bytessent", F::Sent, 8),
    ("bytestoclient", F::Received, 8),
    ("bytestoserver", F::Sent, 8),
    ("calleripaddress", F::Client, 8),
    ("cat", F::Verdict, 1),
    ("catdesc", F::Reason, 5),
    ("category", F::Reason, 4),
    ("categoryname", F::Reason, 5),
    ("cdip", F::Address, 7),
    ("cdport", F::Port, 8),
    ("cip", F::Client, 9),
    ("client", F::Client, 7),
    ("clientaddr", F::Client, 8),
    ("clientaddress", F::Client, 8),
    ("clienthost", F::Client, 6),
    ("clientinternalip", F::Client, 9),
    ("clientip", F::Client, 9),
    ("clientipaddress", F::Client, 9),
    ("clientsrcip", F::Client, 8),
    ("clienttoserverbytes", F::Sent, 8),
    ("clienttranstime", F::DurationMs, 7),
    ("cltip", F::Client, 8),
    ("cltsip", F::Client, 8),
    ("cn", F::Host, 3),
    ("code", F::Status, 3),
    ("conid", F::Session, 6),
    ("connecthost", F::Host, 9),
    ("connectionduration", F::DurationS, 8),
    ("connectionid", F::Session, 5),
    ("connectport", F::Port, 8),
    ("connid", F::Session, 5),
    ("connstate", F::Flags, 8),
    ("createtime", F::When, 5),
    ("csbytes", F::Sent, 8),
    ("cscategories", F::Reason, 5),
    ("cscategory", F::Reason, 5),
    ("cshost", F::Host, 9),
    ("cshostname", F::Host, 9),
    ("csip", F::Client, 3),
    ("csipaddress", F::Client, 5),
    ("csmethod", F::Method, 9),
    ("csport", F::Port, 4),
    ("csprotocol", F::Scheme, 7),
    ("csrcip", F::Client, 8),
    ("csuri", F::Url, 8),
    ("csurihost", F::Host, 9),
    ("csurihostname", F::Host, 9),
    ("csuripath", F::Path, 8),
    ("csuriport", F::Port, 9),
    ("csurischeme", F::Scheme, 9),
    ("csuristem", F::Path, 8),
    ("csurl", F::Url, 8),
    ("csuserdn", F::User, 5),
    ("csusername", F::User, 9),
    ("csxsslsni", F::Host, 8),
    ("curl", F::Url, 7),
    ("date", F::Date, 8),
    ("dateandtime", F::When, 6),
    ("datetime", F::When, 8),
    ("datum", F::Date, 7),
    ("dauer", F::DurationS, 5),
    ("dauerinms", F::DurationMs, 7),
    ("dauerins", F::DurationS, 7),
    ("dauerinsekunden", F::DurationS, 7),
    ("dauerms", F::DurationMs, 7),
    ("decision", F::Verdict, 7),
    ("decrypted", F::Inspected, 7),
    ("decryptionstatus", F::Inspected, 6),
    ("denyreason", F::Reason, 9),
    ("dest", F::Address, 5),
    ("destaddress", F::Address, 8),
    ("destdomain", F::Host, 8),
    ("desthost", F::Host, 9),
    ("desthostname", F::Host, 9),
    ("destination", F::Address, 5),
    ("destinationaddr", F::Address, 8),
    ("destinationaddress", F::Address, 8),
    ("destinationbytes", F::Received, 8),
    ("destinationdnsdomain", F::Host, 8),
    ("destinationdomain", F::Host, 8),
    ("destinationfqdn", F::Host, 9),
    ("destinationhost", F::Host, 9),
    ("destinationhostname", F::Host, 9),
    ("destinationip", F::Address, 8),
    ("destinationipaddress", F::Address, 8),
    ("destinationport", F::Port, 9),
    ("destinationportnumber", F::Port, 8),
    ("destinationurl", F::Url, 9),
    ("destino", F::Address, 5),
    ("destip", F::Address, 8),
    ("destport", F::Port, 9),
    ("deviceaction", F::Verdict, 8),
    ("devicereceipttime", F::When, 8),
    ("devtime", F::When, 8),
    ("dhost", F::Host, 9),
    ("disposition", F::Verdict, 5),
    ("dnsaction", F::Refusal, 5),
    ("dnsquery", F::LookupName, 8),
    ("dnsquestionname", F::LookupName, 9),
    ("dnsreq", F::LookupName, 9),
    ("dnsresp", F::LookupAnswer, 8),
    ("dom", F::Host, 6),
    ("domain", F::Host, 7),
    ("domaine", F::Host, 6),
    ("domainname", F::Host, 7),
    ("dominio", F::Host, 6),
    ("downstreamremoteaddress", F::Client, 8),
    ("dport", F::Port, 8),
    ("dpt", F::Port, 9),
    ("dst", F::Address, 8),
    ("dstaddr", F::Address, 8),
    ("dstaddress", F::Address, 8),
    ("dstbytes", F::Received, 8),
    ("dsthost", F::Host, 9),
    ("dsthostname", F::Host, 9),
    ("dstip", F::Address, 8),
    ("dstipaddr", F::Address, 8),
    ("dstname", F::Host, 7),
    ("dstport", F::Port, 9),
    ("dtz", F::Zone, 7),
    ("duracao", F::DurationS, 5),
    ("duracin", F::DurationS, 5),
    ("durao", F::DurationS, 5),
    ("durata", F::DurationS, 5),
    ("duration", F::DurationS, 5),
    ("durationms", F::DurationMs, 9),
    ("durationsec", F::DurationS, 7),
    ("durationseconds", F::DurationS, 7),
    ("dure", F::DurationS, 5),
    ("duser", F::User, 4),
    ("elapsed", F::DurationMs, 5),
    ("elapsedms", F::DurationMs, 8),
    ("elapsedtime", F::DurationMs, 5),
    ("empfangenebytes", F::Received, 7),
    ("end", F::When, 6),
    ("endreason", F::EndReason, 8),
    ("endtime", F::When, 6),
    ("epoch", F::When, 8),
    ("epochtime", F::When, 9),
    ("ergebnis", F::Verdict, 6),
    ("error", F::Reason, 4),
    ("errorinfo", F::Reason, 5),
    ("established", F::Flags, 7),
    ("eventaction", F::Verdict, 6),
    ("eventcreated", F::When, 6),
    ("eventoutcome", F::Verdict, 4),
    ("eventtime", F::When, 9),
    ("eventtimestamp", F::When, 8),
    ("eventurl", F::Url, 7),
    ("externalid", F::Session, 5),
    ("fecha", F::Date, 7),
    ("filterresult", F::Verdict, 8),
    ("firstline", F::RequestLine, 8),
    ("flowid", F::Session, 6),
    ("fqdn", F::Host, 9),
    ("fullreqtime", F::DurationUs, 7),
    ("fullurl", F::Url, 9),
    ("fwaction", F::Verdict, 7),
    ("generatedtime", F::When, 7),
    ("gesendetebytes", F::Sent, 7),
    ("gmttime", F::When, 6),
    ("grund", F::Reason, 6),
    ("h", F::Client, 2),
    ("heure", F::Time, 6),
    ("hora", F::Time, 6),
    ("horodatage", F::When, 7),
    ("host", F::Host, 5),
    ("hostip", F::Address, 7),
    ("hostname", F::Host, 5),
    ("hote", F::Host, 5),
    ("httpaction", F::Method, 7),
    ("httpcategory", F::Reason, 5),
    ("httpcode", F::Status, 9),
    ("httphost", F::Host, 9),
    ("httphostname", F::Host, 8),
    ("httpmethod", F::Method, 9),
    ("httpproxystatuscode", F::Status, 9),
    ("httprequestfirstline", F::RequestLine, 9),
    ("httprequestmethod", F::Method, 9),
    ("httpresponse", F::Status, 6),
    ("httpresponsecode", F::Status, 9),
    ("httpresponsestatus", F::Status, 9),
    ("httpresponsestatuscode", F::Status, 9),
    ("httpsinspectionaction", F::Inspected, 8),
    ("httpstatus", F::Status, 9),
    ("httpstatuscode", F::Status, 9),
    ("httpurl", F::Url, 8),
    ("httpverb", F::Method, 8),
    ("idorigh", F::Client, 8),
    ("idresph", F::Address, 8),
    ("idrespp", F::Port, 9),
    ("in", F::Received, 7),
    ("inbytes", F::Received, 7),
    ("initiatorbytes", F::Sent, 8),
    ("internalip", F::Client, 7),
    ("internalipaddress", F::Client, 8),
    ("ipaddr", F::LookupAnswer, 8),
    ("ipdestination", F::Address, 7),
    ("ipdestino", F::Address, 7),
    ("iporigen", F::Client, 7),
    ("ipsource", F::Client, 7),
    ("istlsinspected", F::Inspected, 9),
    ("itime", F::When, 6),
    ("kategorie", F::Reason, 4),
    ("lastalert", F::Reason, 8),
    ("lastrule", F::Reason, 7),
    ("localtime", F::When, 5),
    ("logdate", F::Date, 7),
    ("login", F::User, 4),
    ("loginid", F::User, 5),
    ("logsubtype", F::Verdict, 5),
    ("logtime", F::When, 6),
    ("message", F::Message, 3),
    ("meth", F::Method, 7),
    ("method", F::Method, 7),
    ("methode", F::Method, 6),
    ("metodo", F::Method, 6),
    ("mitm", F::Inspected, 8),
    ("motif", F::Reason, 6),
    ("msg", F::Message, 3),
    ("mthode", F::Method, 6),
    ("mtodo", F::Method, 6),
    ("origbytes", F::Sent, 8),
    ("origen", F::Client, 5),
    ("originalclientip", F::Client, 9),
    ("out", F::Sent, 7),
    ("outbytes", F::Sent, 7),
    ("outcome", F::Verdict, 3),
    ("path", F::Path, 5),
    ("policy", F::Reason, 4),
    ("policyaction", F::Verdict, 7),
    ("policyname", F::Reason, 4),
    ("portdestination", F::Port, 8),
    ("principal", F::User, 5),
    ("protocol", F::Scheme, 5),
    ("proxyaction", F::Verdict, 6),
    ("proxystatus", F::Status, 8),
    ("puertodestino", F::Port, 8),
    ("qname", F::LookupName, 9),
    ("quelladresse", F::Client, 7),
    ("quelle", F::Client, 5),
    ("quellip", F::Client, 7),
    ("queryname", F::LookupName, 8),
    ("rawurl", F::Url, 8),
    ("rcvdbyte", F::Received, 8),
    ("rcvdbytes", F::Received, 8),
    ("reason", F::Reason, 6),
    ("reasonforaction", F::Reason, 8),
    ("receivedbyte", F::Received, 8),
    ("receivedbytes", F::Received, 8),
    ("receivetime", F::When, 6),
    ("recvbytes", F::Received, 8),
    ("regel", F::Reason, 3),
    ("remoteaddr", F::Client, 6),
    ("remotehost", F::Client, 5),
    ("remotehostname", F::Host, 5),
    ("req", F::RequestLine, 9),
    ("reqaction", F::Verdict, 6),
    ("reqmethod", F::Method, 9),
    ("request", F::Url, 8),
    ("requestbytes", F::Sent, 7),
    ("requestedhost", F::Host, 9),
    ("requestedpath", F::Path, 8),
    ("requestedservername", F::Host, 7),
    ("requestedurl", F::Url, 9),
    ("requestfirstline", F::RequestLine, 9),
    ("requesthost", F::Host, 9),
    ("requestline", F::RequestLine, 9),
    ("requestmethod", F::Method, 9),
    ("requestsize", F::Sent, 7),
    ("requesttime", F::When, 6),
    ("requesttimestamp", F::When, 5),
    ("requesttimestampepoch", F::When, 9),
    ("requesturi", F::Url, 8),
    ("requesturl", F::Url, 9),
    ("requestverb", F::Method, 7),
    ("requestwastlsintercepted", F::Inspected, 9),
    ("resaction", F::Verdict, 5),
    ("resolvedip", F::LookupAnswer, 8),
    // Check Point names the URL so, cloud services the path of an object of theirs.
    ("resource", F::Url, 5),
    ("respbytes", F::Received, 8),
    ("respcode", F::Status, 9),
    ("responderbytes", F::Received, 8),
    ("responsebytes", F::Received, 7),
    ("responsecode", F::Status, 8),
    ("responsecodedetails", F::Reason, 6),
    ("responseflags", F::Flags, 8),
    ("responsesize", F::Received, 7),
    ("responsestatus", F::Status, 7),
    ("responsestatuscode", F::Status, 9),
    ("responsetime", F::DurationMs, 5),
    ("responsetimems", F::DurationMs, 8),
    ("respstatus", F::Status, 7),
    ("result", F::Verdict, 6),
    ("resultado", F::Verdict, 6),
    ("resultcodehttpstatus", F::Status, 8),
    ("returncode", F::Status, 5),
    ("rhost", F::Host, 9),
    ("rip", F::Address, 7),
    ("rport", F::Port, 8),
    ("rsn", F::Reason, 5),
    ("rsstatus", F::Status, 2),
    ("rsultat", F::Verdict, 6),
    ("rt", F::When, 8),
    ("rule", F::Reason, 3),
    ("ruleaction", F::Verdict, 4),
    ("rulename", F::Reason, 5),
    ("s", F::Status, 2),
    ("saction", F::CacheResult, 6),
    ("scbytes", F::Received, 8),
    ("sccode", F::Status, 6),
    ("scfiltercategory", F::Reason, 5),
    ("scfilterresult", F::Verdict, 8),
    ("scheme", F::Scheme, 8),
    ("scstatus", F::Status, 9),
    ("sdip", F::Address, 6),
    ("sentbyte", F::Sent, 8),
    ("sentbytes", F::Sent, 8),
    ("serverhostname", F::Host, 7),
    ("serverip", F::Address, 7),
    ("serveripaddress", F::Address, 7),
    ("servername", F::Host, 8),
    ("servernameindication", F::Host, 8),
    ("serverport", F::Port, 5),
    ("servertoclientbytes", F::Received, 8),
    ("service", F::Scheme, 4),
    ("serviceid", F::Scheme, 3),
    ("sessid", F::Session, 7),
    ("sessionaction", F::Verdict, 6),
    ("sessionduration", F::DurationS, 6),
    ("sessionendreason", F::EndReason, 9),
    ("sessionid", F::Session, 8),
    ("sip", F::Client, 4),
    ("site", F::Host, 6),
    ("sitzungsdauer", F::DurationS, 6),
    ("sni", F::Host, 8),
    ("soperation", F::Method, 8),
    ("source", F::Client, 5),
    ("sourceaddr", F::Client, 8),
    ("sourceaddress", F::Client, 8),
    ("sourcebytes", F::Sent, 8),
    ("sourcehost", F::Client, 5),
    ("sourceip", F::Client, 8),
    ("sourceipaddress", F::Client, 8),
    ("sourceuser", F::User, 8),
    ("sourceusername", F::User, 8),
    ("src", F::Client, 8),
    ("srcaddr", F::Client, 8),
    ("srcaddress", F::Client, 8),
    ("srcbytes", F::Sent, 8),
    ("srchost", F::Client, 4),
    ("srcip", F::Client, 8),
    ("srcipaddr", F::Client, 8),
    ("srcipv4", F::Client, 8),
    ("srcuser", F::User, 8),
    ("ssessionendreason", F::EndReason, 9),
    ("sslactualaction", F::Inspected, 8),
    ("ssldecrypted", F::Inspected, 8),
    ("ssldecryption", F::Inspected, 6),
    ("sslinspected", F::Inspected, 8),
    ("sslinspection", F::Inspected, 8),
    ("sslintercepted", F::Inspected, 8),
    ("sslscanned", F::Inspected, 9),
    ("sslservername", F::Host, 8),
    ("sslsni", F::Host, 8),
    ("ssupplierip", F::Address, 6),
    ("start", F::When, 5),
    ("starttime", F::When, 5),
    ("status", F::Status, 5),
    ("statuscode", F::Status, 8),
    ("suser", F::User, 8),
    ("t", F::When, 2),
    ("targetfqdn", F::Host, 9),
    ("targethost", F::Host, 9),
    ("targetip", F::Address, 7),
    ("targetport", F::Port, 7),
    ("targeturl", F::Url, 8),
    ("tcppacketoutofstate", F::Stale, 9),
    ("time", F::Time, 8),
    ("timegenerated", F::When, 8),
    ("timereceived", F::When, 5),
    ("timestamp", F::When, 8),
    ("timetaken", F::DurationMs, 8),
    ("timetakenms", F::DurationMs, 9),
    ("timezone", F::Zone, 8),
    ("tlsdecrypted", F::Inspected, 8),
    ("tlsdecryption", F::Inspected, 6),
    ("tlserrordescription", F::Reason, 7),
    ("tlsinspected", F::Inspected, 8),
    ("tlsinspection", F::Inspected, 8),
    ("tlsintercepted", F::Inspected, 8),
    ("tlsserverhostname", F::Host, 8),
    ("tlssni", F::Host, 8),
    ("totaltime", F::DurationMs, 4),
    ("ts", F::When, 7),
    ("tz", F::Zone, 8),
    ("u", F::User, 2),
    ("uhrzeit", F::Time, 7),
    ("unauthuser", F::User, 3),
    ("upstreamhost", F::Address, 5),
    ("upstreamtransportfailurereason", F::Reason, 8),
    ("uri", F::Url, 7),
    ("uripath", F::Path, 8),
    ("urischeme", F::Scheme, 8),
    ("url", F::Url, 8),
    ("urlaction", F::Verdict, 7),
    ("urlcategories", F::Reason, 5),
    ("urlcategory", F::Reason, 5),
    ("urldomain", F::Host, 8),
    ("urlfull", F::Url, 9),
    ("urlhost", F::Host, 9),
    ("urlmethod", F::Method, 7),
    ("urloriginal", F::Url, 8),
    ("urlpath", F::Path, 8),
    ("urlport", F::Port, 9),
    ("urlrequested", F::Url, 9),
    ("urlscheme", F::Scheme, 9),
    ("user", F::User, 8),
    ("useremail", F::User, 6),
    ("username", F::User, 8),
    ("userprincipalname", F::User, 8),
    ("usrname", F::User, 8),
    ("usuario", F::User, 6),
    ("utilisateur", F::User, 6),
    ("utmaction", F::Refusal, 8),
    ("verb", F::Method, 6),
    ("verbindungsdauer", F::DurationS, 6),
    ("verdict", F::Verdict, 7),
    ("webaction", F::Verdict, 8),
    ("webcategory", F::Reason, 5),
    ("weburl", F::Url, 8),
    ("xauthcredentialtype", F::AuthScheme, 8),
    ("xauthenticateduser", F::User, 8),
    ("xelapsedtime", F::DurationMs, 8),
    ("xexceptionid", F::Reason, 8),
    ("xresult", F::Verdict, 4),
    ("xresultcodehttpstatus", F::Status, 8),
    ("xtimestamp", F::When, 7),
    ("zeit", F::Time, 6),
    ("zeitpunkt", F::When, 6),
    ("zeitstempel", F::When, 7),
    ("ziel", F::Address, 5),
    ("zieladresse", F::Address, 7),
    ("zieldomain", F::Host, 8),
    ("zielhost", F::Host, 8),
    ("zielip", F::Address, 7),
    ("zielport", F::Port, 8),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_normalised() {
        assert!(SYNONYMS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(SYNONYMS.iter().all(|(name, _, rank)| {
            (1..=9).contains(rank)
                && name.len() <= 40
                && name.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
        }));
    }

    #[test]
    fn one_field_in_every_spelling() {
        for name in ["c-ip", "ClientIP", "src_ip", "srcip", "SourceIp", "source.ip", "Client IP"] {
            assert_eq!(lookup(name).map(|s| s.field), Some(Field::Client), "{name}");
        }
        for name in ["dhost", "dst_host", "cs-host", "Destination Host", "requested_host", "Fqdn"] {
            assert_eq!(lookup(name).map(|s| s.field), Some(Field::Host), "{name}");
        }
        assert_eq!(lookup("shoe-size"), None);
    }

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
