//! The shelf of endpoints. To add a row: an entry in its cloud's file. A new cloud is a file here that ends in a
//! `pub const ROWS`, a `mod` line, and a line in [`TABLES`]. A test checks pattern, source, date and duplicates.

mod addresses;
mod age;
mod aliases;
mod ambient;
mod certificates;
mod china;
mod cloud;
mod defaults;
mod features;
mod germany;
mod host_text;
mod lookup;
mod matching;
pub mod microsoft_list;
mod row;
mod usgov;
mod usgov_features;
mod worldwide;

pub use addresses::is_service_address;
pub use age::{Age, age_of_catalogue};
pub use cloud::{PROOF, cloud_hint, cloud_of_hosts};
pub use host_text::{HostText, host_in};
pub use lookup::{Covering, How, covering};
pub use matching::{find_host, host_matches};
pub use row::{Breaks, Caller, Cloud, Endpoint, Need, OtherPort, Phase, Role, Source};

/// Public ids of the optional features that have hosts of their own.
pub const FEATURES: &[&str] = &[
    "auto-upgrade",
    "cloud-sync",
    "connect-health",
    "device-registration",
    "mfa",
    "pass-through-authentication",
    "password-writeback",
    "seamless-sso",
];

/// The day on which the catalogues of this build were put together. Each row carries the date of its own source;
/// the hosts themselves were not called.
pub const CATALOG_DATE: &str = "2026-11-22";

/// The tables of the shelf. Where two clouds list the same host, the earlier table names it.
pub const TABLES: &[&[Endpoint]] = &[
    worldwide::CERTIFICATES,
    worldwide::ROWS,
    features::ROWS,
    china::CERTIFICATES,
    china::ROWS,
    usgov::GCC_HIGH,
    usgov::GCC_HIGH_ONLY,
    usgov_features::GCC_HIGH,
    usgov::DOD,
    usgov::DOD_ONLY,
    usgov_features::DOD,
    germany::ROWS,
    aliases::ROWS,
];

/// Rows whose hosts say nothing about Entra Connect when a log shows them: every Windows machine or browser calls
/// them, or the pattern is as wide as `*.microsoft.com`. The catalogue lists them; nothing is recognised by them.
pub const AMBIENT: &[&[Endpoint]] = &[ambient::WORLDWIDE, ambient::GCC_HIGH, ambient::DOD];

/// Every row of the catalogue, for people to read and for allow-lists.
pub fn catalogue() -> impl Iterator<Item = &'static Endpoint> {
    all().chain(AMBIENT.iter().flat_map(|table| table.iter()))
}

/// Every row by which hosts are recognised.
pub fn all() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The row with this public id.
pub fn by_id(id: &str) -> Option<&'static Endpoint> {
    catalogue().find(|row| row.id() == id)
}

/// The rows of one cloud that hosts are recognised by. Aliases belong to no cloud and are left out. For what an
/// allow-list needs beyond them filter [`catalogue`].
pub fn rows_of(cloud: Cloud) -> impl Iterator<Item = &'static Endpoint> {
    all().filter(move |row| row.cloud == cloud && row.role != Role::Alias)
}

/// The hosts that are really called in this role, the usual one first. Some are patterns.
pub fn hosts_of_role(cloud: Cloud, role: Role) -> impl Iterator<Item = &'static str> {
    all().filter(move |row| row.cloud == cloud && row.role == role).flat_map(|row| row.hosts.iter().copied())
}

/// Whether a call to this host can hardly come from anything but Entra Connect or its modules. Sign-in,
/// Graph, certificate and CDN hosts are called by every Windows machine and every browser.
pub fn proves_entra_connect(host: &str) -> bool {
    use Role::{Provisioning, RegionalProvisioning, RegionalSync, SyncService};
    find_host(host)
        .is_some_and(|row| matches!(row.role, SyncService | RegionalSync | Provisioning | RegionalProvisioning))
}

/// Nothing stops.
const NOTHING: Breaks = Breaks { text: "", stated: false };
/// Every phase.
const ALWAYS: &[Phase] = &Phase::ALL;
/// The pages of the wizard.
const WIZARD: &[Phase] = &[Phase::Connect, Phase::Configure];
/// Only the page that signs in.
const SIGN_IN: &[Phase] = &[Phase::Connect];
/// The cycles after the wizard.
const CYCLES: &[Phase] = &[Phase::InitialSync, Phase::Sync];
/// Set up by the wizard, used ever after.
const FROM_CONFIGURE: &[Phase] = &[Phase::Configure, Phase::Sync];
/// No source shows a call.
const NEVER_SEEN: &[Phase] = &[];

#[cfg(test)]
mod tests;
