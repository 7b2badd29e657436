//! How a request ended, from what devices write: a status, a verdict word, the way a session was closed.

use crate::formats::Outcome;

/// A verdict word, in the vocabulary all devices share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Let through.
    Allow,
    /// Refused by policy.
    Deny,
    /// The device could not reach the host.
    Failed,
    /// The session ended with a reset, by the far side or by the client.
    ServerReset,
    /// See `ServerReset`.
    ClientReset,
    /// The session ended because nothing came any more.
    Timeout,
    /// The session ended in the normal way.
    Closed,
}

impl Verdict {
    /// Whether it tells the way a session ended, and no decision.
    pub fn is_end(self) -> bool {
        matches!(self, Self::ServerReset | Self::ClientReset | Self::Timeout | Self::Closed)
    }
}

/// What a word of a device means. `None` for words that are no verdict.
pub fn verdict(text: &str) -> Option<Verdict> {
    let text = text.trim().trim_matches('"');
    if text.is_empty() {
        return None;
    }
    if let Some(verdict) = word(text) {
        return Some(verdict);
    }
    if let Some(result) = text.get(..4).filter(|head| head.eq_ignore_ascii_case("TCP_")).and_then(|_| text.get(4..)) {
        return cache_result(result);
    }
    if !text.is_ascii() {
        return super::local_names::verdict(text);
    }
    // "Blocked by URL filtering", "Block/Reset".
    let decision = |part: &str| word(part).filter(|verdict| matches!(verdict, Verdict::Allow | Verdict::Deny));
    let first = text.split([' ', ',', ':', '(', '/']).next()?;
    decision(first)
        .filter(|_| text.len() <= 80)
        .or_else(|| phrase(text))
        // "transaction:blocked".
        .or_else(|| text.rsplit_once(':').and_then(|(_, last)| decision(last.trim())))
}

/// "URL Blocked", "Web site access denied", "Connection allowed": a few words of which the last one tells.
fn phrase(text: &str) -> Option<Verdict> {
    let (before, last) = text.trim_end_matches('.').rsplit_once(' ')?;
    let told = last.len() >= 5 && last.get(last.len() - 2..).is_some_and(|end| end.eq_ignore_ascii_case("ed"));
    let decision =
        if told { word(last).filter(|verdict| matches!(verdict, Verdict::Allow | Verdict::Deny)) } else { None }?;
    if before.split(' ').count() > 3 {
        return None;
    }
    let negated = before.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("not"));
    match decision {
        Verdict::Allow if negated => Some(Verdict::Deny),
        _ if negated => None,
        decision => Some(decision),
    }
}

/// Envoy's response flags, commas between them (Envoy documentation, access logging, `RESPONSE_FLAGS`).
pub fn envoy_flags(flags: &str) -> Option<Verdict> {
    flags.split(',').find_map(|flag| {
        Some(match flag {
            // No connection to the host, no healthy host, no name, too many attempts.
            "UF" | "UH" | "UO" | "URX" | "DF" | "UPE" => Verdict::Failed,
            "UC" | "UR" | "LR" => Verdict::ServerReset,
            "UT" | "SI" | "DT" => Verdict::Timeout,
            // An authorisation service, a missing route, a rate limit said no.
            "UAEX" | "NR" | "RL" | "RLSE" => Verdict::Deny,
            "DC" | "DR" => Verdict::ClientReset,
            _ => return None,
        })
    })
}

/// How a connection ended in Zeek's words (Zeek documentation, conn.log, `conn_state`), and whether a handshake of its
/// ssl.log was finished (`T`, `F`).
pub fn zeek_state(state: &str) -> Option<Verdict> {
    Some(match state {
        // Tried and never answered; closed or reset by the client before any answer.
        "S0" | "SH" | "RSTOS0" => Verdict::Timeout,
        "S1" | "T" | "true" => Verdict::Allow,
        "SF" | "S2" | "S3" => Verdict::Closed,
        "REJ" | "RSTR" | "RSTRH" | "F" | "false" => Verdict::ServerReset,
        "RSTO" => Verdict::ClientReset,
        _ => return None,
    })
}

/// Whether a word is the TLS alert with which a client refuses the certificate that it is shown (RFC 8446, 6.2, in the
/// spelling of Zeek).
pub fn client_distrusts(word: &str) -> bool {
    matches!(word, "unknown_ca" | "bad_certificate" | "certificate_unknown")
}

/// Whether a word is the TLS alert with which a server refuses a client that offers only old versions (RFC 8446, 6.2).
pub fn version_refused(word: &str) -> bool {
    word == "protocol_version"
}

/// Whether the verdict of a device says that the client ended the session. Squid's word for it is a suffix; before
/// version 6 it hardly ever meant anything else (Squid wiki, Squid log files, result codes).
pub fn ended_by_client(verdict: &str) -> bool {
    let words = ["ABORTED", "client-rst", "tcp-rst-from-client"];
    words.iter().any(|word| {
        let tail = verdict.len().checked_sub(word.len()).and_then(|at| verdict.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    })
}

fn cache_result(result: &str) -> Option<Verdict> {
    if contains(result, "DENIED") {
        Some(Verdict::Deny)
    } else if contains(result, "ERR") || contains(result, "FAILURE") {
        Some(Verdict::Failed)
    } else if contains(result, "AUTH") {
        None
    } else {
        Some(Verdict::Allow)
    }
}

/// What a name filter did that answered with no address or with that of its own page.
pub const BLOCKED_NAME: &str = "blocked by the DNS filter";

/// The words that tell by themselves, in order.
const WORDS: &[(&str, Verdict)] = &[
    ("-1", Verdict::Deny),
    ("1", Verdict::Allow),
    ("abgelehnt", Verdict::Deny),
    ("accept", Verdict::Allow),
    ("accepted", Verdict::Allow),
    ("aged-out", Verdict::Timeout),
    ("alert", Verdict::Allow),
    ("allow", Verdict::Allow),
    ("allowed", Verdict::Allow),
    ("block", Verdict::Deny),
    ("block-continue", Verdict::Deny),
    ("block-override", Verdict::Deny),
    ("block-url", Verdict::Deny),
    ("blocked", Verdict::Deny),
    ("blockiert", Verdict::Deny),
    ("bloqueado", Verdict::Deny),
    ("bypass", Verdict::Allow),
    ("bypassed", Verdict::Allow),
    ("client-rst", Verdict::ClientReset),
    ("close", Verdict::Closed),
    ("closed", Verdict::Closed),
    ("decrypt", Verdict::Allow),
    ("denegado", Verdict::Deny),
    ("denied", Verdict::Deny),
    ("deny", Verdict::Deny),
    ("detect", Verdict::Allow),
    ("disallow", Verdict::Deny),
    ("disallowed", Verdict::Deny),
    ("discard", Verdict::Deny),
    ("do not decrypt", Verdict::Allow),
    ("drop", Verdict::Deny),
    ("dropped", Verdict::Deny),
    ("erlaubt", Verdict::Allow),
    ("exempt", Verdict::Allow),
    ("failed", Verdict::Failed),
    ("forbidden", Verdict::Deny),
    ("ftgd_allow", Verdict::Allow),
    ("ftgd_blk", Verdict::Deny),
    ("gesperrt", Verdict::Deny),
    ("https bypass", Verdict::Allow),
    ("https inspect", Verdict::Allow),
    ("idle timeout", Verdict::Timeout),
    ("ip-conn", Verdict::Timeout),
    ("monitor", Verdict::Allow),
    ("monitored", Verdict::Allow),
    ("nxdomain", Verdict::Failed),
    ("observed", Verdict::Allow),
    ("pass", Verdict::Allow),
    ("passed", Verdict::Allow),
    ("passthrough", Verdict::Allow),
    ("permit", Verdict::Allow),
    ("permitido", Verdict::Allow),
    ("permitted", Verdict::Allow),
    ("policy-deny", Verdict::Deny),
    ("prohibited", Verdict::Deny),
    ("proxied", Verdict::Allow),
    ("rechazado", Verdict::Deny),
    ("refuse", Verdict::Deny),
    ("reject", Verdict::Deny),
    ("rejected", Verdict::Deny),
    ("reset", Verdict::Deny),
    ("reset-both", Verdict::Deny),
    ("reset-client", Verdict::Deny),
    ("reset-server", Verdict::Deny),
    ("server-rst", Verdict::ServerReset),
    ("servfail", Verdict::Failed),
    ("sinkhole", Verdict::Deny),
    ("tcp client rst", Verdict::ClientReset),
    ("tcp fin", Verdict::Closed),
    ("tcp rst", Verdict::ServerReset),
    ("tcp server rst", Verdict::ServerReset),
    ("tcp-fin", Verdict::Closed),
    ("tcp-rst-from-client", Verdict::ClientReset),
    ("tcp-rst-from-server", Verdict::ServerReset),
    ("timeout", Verdict::Timeout),
    ("tunnel", Verdict::Allow),
    ("tunneled", Verdict::Allow),
    ("verweigert", Verdict::Deny),
    ("verworfen", Verdict::Deny),
    ("zugelassen", Verdict::Allow),
];

fn word(text: &str) -> Option<Verdict> {
    let index = KEYS.binary_search(&key(text.as_bytes())?).ok()?;
    WORDS.get(index).map(|(_, verdict)| *verdict)
}

/// A word in lower case as numbers that lie in the same order: a record has several words, and most are looked up.
type Key = [u64; 3];

/// The keys of [`WORDS`].
const KEYS: [Key; WORDS.len()] = {
    let mut keys = [[0; 3]; WORDS.len()];
    let mut at = 0;
    while at < WORDS.len() {
        match key(WORDS[at].0.as_bytes()) {
            Some(key) => keys[at] = key,
            None => panic!("a word that is too long for a key"),
        }
        at += 1;
    }
    keys
};

/// `None` for what is longer than any of the words.
const fn key(text: &[u8]) -> Option<Key> {
    if text.len() > size_of::<Key>() {
        return None;
    }
    let mut key = [0; 3];
    let mut at = 0;
    while at < text.len() {
        key[at / 8] |= (text[at].to_ascii_lowercase() as u64) << (56 - at % 8 * 8);
        at += 1;
    }
    Some(key)
}

/// What is known about an ending.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ending<'a> {
    /// The status as written.
    pub status: &'a str,
    /// The verdict word that counts.
    pub verdict: Option<Verdict>,
    /// CONNECT, GET, …
    pub method: &'a str,
    /// The reason that the device gave.
    pub reason: &'a str,
    /// Bytes to the client.
    pub received: Option<u64>,
    /// The verdict of the cache (`TCP_ERR_MISS`), where it stands apart from the policy's.
    pub failed: bool,
}

/// Fewer bytes than this from the far side hold no TLS answer: handshake packets of TCP, an alert, a reset.
const NOTHING_USEFUL: u64 = 1000;

/// The outcome, and whether it rests on a policy decision alone.
pub fn judge(ending: &Ending) -> (Outcome, bool) {
    let status = status_number(ending.status);
    let tunnel = ending.method.eq_ignore_ascii_case("CONNECT");
    let denied = ending.verdict == Some(Verdict::Deny);
    if let Some(outcome) = status.and_then(device_code) {
        return (outcome, false);
    }
    if status == Some(407) || denied && speaks_of_sign_in(ending.reason) {
        return (Outcome::AuthRequired, false);
    }
    // What the device refuses because it distrusts the far side's certificate no rule for addresses will open.
    if (denied || ending.failed || status.is_some_and(|status| status >= 400)) && distrusts_certificate(ending.reason) {
        return (Outcome::Reset, false);
    }
    let upstream = matches!(status, Some(502..=504)) || tunnel && matches!(status, Some(500..=599));
    if upstream && (ending.failed || !denied) {
        return (Outcome::UpstreamFailed, false);
    }
    if denied {
        return (Outcome::Denied, false);
    }
    if ending.failed {
        return (Outcome::UpstreamFailed, false);
    }
    match status {
        Some(403) if tunnel || ending.verdict.is_none() => return (Outcome::Denied, false),
        Some(408) if tunnel => return (Outcome::TimedOut, false),
        Some(300..=499) if tunnel => return (Outcome::Denied, false),
        _ => {}
    }
    let little = ending.received.is_some_and(|bytes| bytes < NOTHING_USEFUL);
    let nothing = ending.received == Some(0);
    match (ending.verdict, status) {
        (Some(Verdict::ServerReset), _) if little || ending.received.is_none() => (Outcome::Reset, false),
        (Some(Verdict::ClientReset), _) if little => (Outcome::Reset, false),
        (Some(Verdict::ClientReset), _) if ending.received.is_none() => (Outcome::Seen, false),
        (Some(Verdict::Timeout), _) if nothing || ending.received.is_none() => (Outcome::TimedOut, false),
        (Some(Verdict::Closed), _) if nothing => (Outcome::Reset, false),
        (Some(Verdict::ServerReset | Verdict::ClientReset | Verdict::Timeout | Verdict::Closed), _)
        | (_, Some(100..=599)) => (Outcome::Reached, false),
        (Some(Verdict::Allow), _) => (Outcome::Reached, ending.received.is_none_or(|bytes| bytes == 0)),
        _ => (Outcome::Seen, false),
    }
}

/// Codes beyond HTTP that proxies write into the status column: those of the ISA Server family and Winsock's.
fn device_code(status: u32) -> Option<Outcome> {
    Some(match status {
        12209 | 12210 => Outcome::AuthRequired,
        12202 => Outcome::Denied,
        10054 => Outcome::Reset,
        10060 => Outcome::TimedOut,
        10061 | 11001 | 11002 | 11004 | 12239 => Outcome::UpstreamFailed,
        _ => return None,
    })
}

/// `200`, `TCP_DENIED/407`, `200 OK`.
pub fn status_number(text: &str) -> Option<u32> {
    let text = text.trim().trim_matches('"');
    let text = text.rsplit_once('/').map_or(text, |(_, number)| number);
    let digits = text.split(' ').next()?;
    digits.parse().ok()
}

/// Whether a reason says that the account, not the address, was refused.
fn speaks_of_sign_in(reason: &str) -> bool {
    ["authentication_", "authentication required", "authentication failed", "not authenticated"]
        .iter()
        .any(|words| contains(reason, words))
}

/// Whether a short text contains another, whatever the case.
fn contains(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a reason says that the device did not accept the certificate of the far side, which it only sees when it
/// opens TLS: `ssl_server_cert_untrusted_issuer`, "Access denied due to bad server certificate".
pub fn distrusts_certificate(reason: &str) -> bool {
    let has = |part: &str| contains(reason, part);
    // A device that could not even fetch the certificate knows nothing of it.
    if has("retrieve") || has("probe") {
        return false;
    }
    has("server_cert") || has("certificate") && ["server", "untrusted", "expired", "invalid"].into_iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending<'a>(status: &'a str, word: &str, method: &'a str, received: Option<u64>) -> Outcome {
        judge(&Ending { status, verdict: verdict(word), method, received, ..Ending::default() }).0
    }

    #[test]
    fn a_status_of_the_proxy_decides() {
        assert_eq!(ending("200", "", "CONNECT", None), Outcome::Reached);
        assert_eq!(ending("407", "DENIED", "CONNECT", None), Outcome::AuthRequired);
        assert_eq!(ending("403", "", "CONNECT", None), Outcome::Denied);
        assert_eq!(ending("403", "Allowed", "GET", None), Outcome::Reached, "the origin said so");
        assert_eq!(ending("503", "", "CONNECT", None), Outcome::UpstreamFailed);
        assert_eq!(ending("12209", "", "", None), Outcome::AuthRequired);
        assert_eq!(ending("12202", "", "", None), Outcome::Denied);
    }

    #[test]
    fn a_session_that_ends_with_a_reset_was_cut_only_when_nothing_useful_came_back() {
        assert_eq!(ending("", "server-rst", "", Some(212)), Outcome::Reset);
        assert_eq!(ending("", "client-rst", "", Some(11_852)), Outcome::Reached);
        assert_eq!(ending("", "timeout", "", Some(2020)), Outcome::Reached);
        assert_eq!(ending("", "timeout", "", Some(0)), Outcome::TimedOut);
        assert_eq!(ending("", "close", "", Some(7360)), Outcome::Reached);
    }

    #[test]
    fn verdict_words_of_many_devices() {
        for text in ["Accept", "allowed", "OBSERVED", "passthrough", "TCP_TUNNELED", "1"] {
            assert_eq!(verdict(text), Some(Verdict::Allow), "{text}");
        }
        for text in ["Block", "denied", "DROP", "Reject", "TCP_DENIED", "Blocked by URL filtering", "-1", "reset-both"]
        {
            assert_eq!(verdict(text), Some(Verdict::Deny), "{text}");
        }
        for text in ["", "Log", "Redirect", "Business", "200", "accepting"] {
            assert_eq!(verdict(text), None, "{text}");
        }
    }

    #[test]
    fn a_denial_for_lack_of_a_sign_in_is_no_block() {
        let refused = Ending {
            status: "403",
            verdict: verdict("DENIED"),
            reason: "Authentication Required",
            ..Ending::default()
        };
        assert_eq!(judge(&refused).0, Outcome::AuthRequired);
        let blocked = Ending { reason: "Blocked by URL filtering", ..refused };
        assert_eq!(judge(&blocked).0, Outcome::Denied);
    }
}
