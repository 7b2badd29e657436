//! Proxy and firewall logs. The dialect decides how a line is read ([`crate::formats`]); what is kept is a fold
//! over the lines in memory that does not grow with the log.

use crate::artifact::{Part, Span};
use crate::detect::Score;
use crate::readers::{Reader, Reading};

/// The reader.
pub const READER: Reader = Reader { name: "proxy_log", score, read };

/// What a log says, folded.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Lines that are records.
    pub records: usize,
    /// Traffic to hosts that the endpoint shelf knows, one entry per client, host and port, in order of first
    /// appearance.
    pub flows: Vec<Flow>,
    /// The order in which known hosts were called: indices into `flows`, repeats in a row left out, at most
    /// [`Log::MAX_CALLS`].
    pub calls: Vec<Call>,
    /// Records about other hosts.
    pub other_records: usize,
    /// Whether the dialect records how a request ended. The article's own table does not.
    pub has_outcomes: bool,
    /// First and last time stamp as written, and their place.
    pub first_time: Option<(String, Span)>,
    /// See `first_time`.
    pub last_time: Option<(String, Span)>,
}

impl Log {
    /// How many calls are kept in order.
    pub const MAX_CALLS: usize = 4096;
}

/// One step of the sequence of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Index into [`Log::flows`].
    pub flow: usize,
    /// How it ended.
    pub outcome: Outcome,
    /// The line.
    pub span: Span,
    /// Seconds since 1970; of the zone the log is written in when the log does not tell its zone.
    pub time: Option<i64>,
}

/// Everything one client did to one host and port.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Address or name of the client, where the log has it.
    pub client: Option<String>,
    /// Lower case, no trailing dot.
    pub host: String,
    /// The port, where the log has it.
    pub port: Option<u16>,
    /// Per outcome: how often, and where first. Indexed by `Outcome as usize`.
    pub outcomes: [Tally; Outcome::COUNT],
    /// Lines of the last success, and of the last refusal (407, denied, failed): their record numbers.
    pub last_reached: Option<usize>,
    /// See `last_reached`.
    pub last_refused: Option<usize>,
    /// Whether a record of this flow carries a user name.
    pub user: Option<String>,
    /// A record that shows that the proxy opened the TLS of this host: a path inside an https tunnel or a token
    /// that says so.
    pub inspected: Option<Span>,
    /// Durations in milliseconds of tunnels to this host that were opened, at most [`Flow::MAX_DURATIONS`], each
    /// with its line.
    pub durations: Vec<(u64, Span)>,
    /// Times of first and last record as written.
    pub first_time: Option<String>,
    /// See `first_time`.
    pub last_time: Option<String>,
}

impl Flow {
    /// How many durations are kept.
    pub const MAX_DURATIONS: usize = 256;

    /// All records of this flow.
    pub fn requests(&self) -> usize {
        self.outcomes.iter().map(|tally| tally.count).sum()
    }

    /// How often, and where first, `outcome` happened.
    pub fn tally(&self, outcome: Outcome) -> &Tally {
        &self.outcomes[outcome as usize]
    }
}

/// How often something happened, and the first places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often.
    pub count: usize,
    /// The first lines, at most [`Tally::MAX_SAMPLES`].
    pub samples: Vec<Span>,
    /// The status or verdict as written, of the first one.
    pub status: String,
}

impl Tally {
    /// How many lines are kept as evidence.
    pub const MAX_SAMPLES: usize = 3;
}

/// How one request ended, in the vocabulary all dialects share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The tunnel was opened or the request answered by the origin (2xx, 3xx, and 4xx of the origin).
    Reached,
    /// 407: the proxy asks for a sign-in.
    AuthRequired,
    /// 403 of the proxy, or a policy denied it.
    Denied,
    /// 502, 503, 504 of the proxy.
    UpstreamFailed,
    /// The connection was reset or closed before anything useful was exchanged.
    Reset,
    /// Nobody answered in time.
    TimedOut,
    /// The client went away before an answer.
    Aborted,
    /// The record says that the call was made, and nothing about its end.
    Seen,
}

impl Outcome {
    /// Number of variants.
    pub const COUNT: usize = 8;
}

fn score(_part: &Part) -> Option<Score> {
    None
}

fn read(_part: &Part, _score: &Score) -> Reading {
    Reading::default()
}
