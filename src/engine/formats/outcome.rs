//! How a request ended.

/// How one request ended, in the vocabulary all dialects share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    #[default]
    Seen,
}

impl Outcome {
    /// Number of variants.
    pub const COUNT: usize = 8;
    /// Outcomes of a request that was refused or failed on its way.
    pub const REFUSALS: [Self; 5] =
        [Self::AuthRequired, Self::Denied, Self::UpstreamFailed, Self::Reset, Self::TimedOut];

    /// Whether the request was refused or failed on its way.
    pub fn is_refusal(self) -> bool {
        Self::REFUSALS.contains(&self)
    }
}
