//! Microsoft's own list against the catalogue: the answer of the Microsoft 365 endpoints web service
//! (`https://endpoints.office.com/endpoints/Worldwide?ClientRequestId=…`, also `China`, `USGOVGCCHigh`, `USGOVDoD`),
//! described on the page "Office 365 IP Address and URL web service" (learn.microsoft.com).
//!
//! The answer is an array of endpoint sets. A set has `id`, `serviceArea` (`Common`, `Exchange`, `SharePoint`,
//! `Skype`), and where they apply `urls`, `ips`, `tcpPorts` and `udpPorts` ("80,443", also ranges), `category`,
//! `required` and `notes`. Nothing in it names the instance or the version: the hosts tell the instance.
//!
//! The list is made for users' computers. It leaves server traffic and most optional features out, so that a row
//! which it lacks is no mistake by itself; [`compare`] says which absences are to be expected.

mod compare;
mod read;
mod refusal;
#[cfg(test)]
mod tests;
mod text;

pub use compare::{Comparison, Differs, OursOnly, Place, TheirsOnly, compare};
pub use read::read;
pub use refusal::Refusal;
pub use text::text;

use super::Cloud;

/// Microsoft's list, as far as it names hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The instance, told by the hosts.
    pub cloud: Cloud,
    /// The sets that name hosts, in the order of the file.
    pub sets: Vec<Set>,
    /// All sets, also those with nothing but addresses.
    pub set_count: usize,
    /// The file ends in the middle: what would follow is unknown.
    pub cut: bool,
}

/// An endpoint set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// Its number, which never changes.
    pub id: u64,
    /// `Common`, `Exchange`, `SharePoint` or `Skype`.
    pub area: String,
    /// Names and patterns, lower case: `login.windows.net`, `*.msauth.net`, `*cdn.onenote.net`.
    pub urls: Vec<String>,
    /// TCP ports, first and last of each range. Empty when the set gives none.
    pub ports: Vec<(u16, u16)>,
    /// `Optimize`, `Allow` or `Default`.
    pub category: String,
    /// Microsoft supports its services only when the set is reachable. `None` when the file does not say.
    pub required: Option<bool>,
    /// What an optional set is for, in Microsoft's words.
    pub notes: String,
}
