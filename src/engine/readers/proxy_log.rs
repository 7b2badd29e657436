//! Proxy and firewall logs. The dialect decides how a line is read ([`crate::formats`]); what is kept is a fold
//! over the lines in memory that does not grow with the log.

mod activity;
mod asides;
mod calls;
mod fold;
mod har;
mod hosts;
mod kept;
mod lengths;
mod moment;
mod sessions;
mod table;

pub use crate::formats::Outcome;
pub use activity::{Activity, Bin};
pub use asides::IsText;
pub use fold::{LogFold, MAX_LINE};
pub use kept::LineAt;
pub use lengths::{Length, Lengths, Tunnel};

use crate::artifact::{Kind, Part, Span};
use crate::detect::Score;
use crate::endpoints;
use crate::formats::{self, Format};
use crate::readers::{Reader, Reading};

/// The reader.
pub const READER: Reader = Reader { name: "proxy_log", score, most: 100, read };

/// What a log says, folded.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Lines that are records.
    pub records: usize,
    /// Traffic to hosts that the endpoint shelf knows, one entry per client, host and port, in order of first
    /// appearance.
    pub flows: Vec<Flow>,
    /// The order in which known hosts were called: indices into `flows`, repeats in a row of one client left out. At
    /// most [`Log::MAX_CALLS`] of each Entra Connect server, the first ones and the last ones, and the last few of
    /// everybody else.
    pub calls: Vec<Call>,
    /// Records about other hosts.
    pub other_records: usize,
    /// Records that name no host, nor an address or a session that another record names: those of a web server, of
    /// a firewall without web filter.
    pub hostless_records: usize,
    /// Records about known hosts for which there was no room: more than [`Log::MAX_FLOWS`] clients, hosts and ports.
    pub unkept_records: usize,
    /// Packets that fit no session any more: the device had forgotten it, while the client had not.
    pub stale: Tally,
    /// Schemes with which clients signed in to the proxy, each with the first line that says so.
    pub auth_schemes: Vec<(String, Span)>,
    /// Names of the shelf for which a name server had no address, and the line of its answer.
    pub unknown_names: Vec<(String, Span)>,
    /// Whether the dialect records how a request ended. The article's own table does not.
    pub has_outcomes: bool,
    /// The zone of every time is known; otherwise times are those of the clock that the log was written by.
    pub zone_known: bool,
    /// First and last time stamp as written.
    pub first_time: Option<String>,
    /// See `first_time`.
    pub last_time: Option<String>,
}

impl Log {
    /// How many calls of one Entra Connect server are kept in order.
    pub const MAX_CALLS: usize = 4096;
    /// How many ways of signing in at the proxy are kept.
    pub const MAX_SCHEMES: usize = 8;
    /// How many answers without an address are kept.
    pub const MAX_UNKNOWN: usize = 8;
    /// How many flows are kept.
    pub const MAX_FLOWS: usize = 4096;
    /// How many of them may have an address for a host.
    pub const MAX_ADDRESSES: usize = 1024;

    /// Every place that the log remembers.
    pub fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        self.calls.iter_mut().for_each(|call| take(&mut call.span));
        self.auth_schemes.iter_mut().for_each(|(_, span)| take(span));
        self.unknown_names.iter_mut().for_each(|(_, span)| take(span));
        self.stale.spans_mut(take);
        for flow in &mut self.flows {
            flow.outcomes.iter_mut().for_each(|tally| tally.spans_mut(take));
            flow.refused_after.iter_mut().for_each(&mut *take);
            flow.reason.iter_mut().for_each(|(_, span)| take(span));
            flow.inspected.iter_mut().for_each(&mut *take);
            flow.lengths.spans_mut(&mut *take);
        }
    }
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
    /// When the call came, in seconds since 1970; of the zone the log is written in when the log does not tell its
    /// zone. A log that writes a line at the end of a tunnel gives it by the length of the tunnel.
    pub time: Option<i64>,
    /// When the last of its repeats came.
    pub until: Option<i64>,
    /// As the line itself is dated.
    pub logged: Option<i64>,
    /// As the last line of its repeats is dated.
    pub ended: Option<i64>,
}

/// Everything one client did to one host and port.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each of its own")]
pub struct Flow {
    /// Address or name of the client, where the log has it.
    pub client: Option<String>,
    /// Lower case, no trailing dot. An address where no record names its host and no request to it, on port 443 or 80,
    /// was ever answered: such a flow belongs to no endpoint until something else names the address.
    pub host: String,
    /// The port, where the log has it.
    pub port: Option<u16>,
    /// Per outcome: how often, and where first. Indexed by `Outcome as usize`.
    pub outcomes: [Tally; Outcome::COUNT],
    /// How many refusals came after the last success; all of them, when there was none.
    pub refused_since_success: usize,
    /// The first of them, at most [`Tally::MAX_SAMPLES`].
    pub refused_after: Vec<Span>,
    /// The user name that the first record with one carries.
    pub user: Option<String>,
    /// The user name on a 407: the proxy knew who it was and still asked.
    pub refused_user: Option<String>,
    /// Category, rule or reason of the first denial.
    pub reason: Option<(String, Span)>,
    /// Bytes from the client, over all records that say so.
    pub sent: u64,
    /// Bytes to the client, over all records that say so.
    pub received: u64,
    /// A record that shows that the proxy opened the TLS of this host: a path inside an https tunnel or a token
    /// that says so.
    pub inspected: Option<Span>,
    /// The firewall of the client itself refused it.
    pub by_own_firewall: bool,
    /// Whether the host is one that hardly anything but Entra Connect calls.
    pub proves: bool,
    /// No name of its host is known, only an address, and Microsoft publishes it for sign-in and sync.
    pub by_address: bool,
    /// Whether the host is one of sign-in, its content or Graph: what everybody calls, and Entra Connect before it
    /// calls a host that proves it.
    pub leads: bool,
    /// How long the tunnels that were opened lived, for hosts that hardly anything but Entra Connect calls.
    pub lengths: Lengths,
    /// When the requests came, as the log dates them.
    pub activity: Activity,
    /// Times of first and last record as written.
    pub first_time: Option<String>,
    /// See `first_time`.
    pub last_time: Option<String>,
}

impl Flow {
    /// Takes the name of the host that its address stands for.
    pub fn rename(&mut self, host: &str) {
        host.clone_into(&mut self.host);
        self.proves = endpoints::proves_entra_connect(host);
        self.leads = calls::leads(host);
        self.by_address = false;
    }

    /// All records of this flow.
    pub fn requests(&self) -> usize {
        self.outcomes.iter().map(|tally| tally.count).sum()
    }

    /// Number of the last record that was answered.
    pub fn last_reached(&self) -> Option<usize> {
        self.tally(Outcome::Reached).last
    }

    /// Number of the last record that was refused or failed.
    pub fn last_refused(&self) -> Option<usize> {
        Outcome::REFUSALS.into_iter().filter_map(|outcome| self.tally(outcome).last).max()
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
    /// Number of the last record, counted from the oldest record on.
    pub last: Option<usize>,
    /// The last line of the log with this outcome, when it is not among the samples.
    pub latest: Option<Span>,
}

impl Tally {
    /// How many lines are kept as evidence.
    pub const MAX_SAMPLES: usize = 4;

    fn spans_mut(&mut self, take: &mut dyn FnMut(&mut Span)) {
        self.samples.iter_mut().chain(&mut self.latest).for_each(take);
    }

    /// The lines that are kept as evidence, in the order of the log.
    pub fn lines(&self) -> impl Iterator<Item = Span> {
        self.samples.iter().copied().chain(self.latest)
    }
}

/// Below this, the lines are hardly those of a log.
const LEAST: u8 = 25;

fn score(part: &Part) -> Option<Score> {
    if let Some(archive) = har::score(part) {
        return Some(archive);
    }
    let found = formats::score(part)?;
    (found.value >= LEAST && found.lines * 2 >= found.of).then(|| Score {
        value: found.value,
        kind: Kind::ProxyLog,
        format: found.format.id,
        why: format!("{} of {} lines looked at are log records ({}).", found.lines, found.of, found.format.name),
    })
}

fn read(part: &Part, score: &Score) -> Reading {
    if score.format == har::ID {
        return har::read(part);
    }
    let mut fold = LogFold::new(format_of(part, score), part.artifact);
    if let Some(units) = formats::wrapped::units(part) {
        for unit in units {
            if unit.joined {
                fold.record(&unit.text, part.span(unit.range));
                continue;
            }
            let (text, offset) = (unit.text.as_ref(), part.start + unit.range.start);
            fold.line(LineAt { text, raw: text.as_bytes(), offset, number: 0, byte: 0 });
        }
        return fold.finish();
    }
    for (start, text) in part.lines() {
        fold.line(LineAt { text, raw: text.as_bytes(), offset: part.start + start, number: 0, byte: 0 });
    }
    fold.finish()
}

/// The dialect that the score names; when a user says that a part is a log, the one that fits best.
fn format_of(part: &Part, score: &Score) -> &'static Format {
    let named = formats::ALL.iter().find(|format| format.id == score.format);
    named.copied().or_else(|| formats::score(part).map(|found| found.format)).unwrap_or(formats::ANY)
}

#[cfg(test)]
mod tests;
