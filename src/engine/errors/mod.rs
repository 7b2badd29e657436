//! The shelf of known errors, by family. To add one: an entry in its family's file. A new family is a file here
//! that ends in a `pub const ENTRIES`, a `mod` line, and a line in [`FAMILIES`]. A test holds every entry against its own example.

/// One known error.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// Unique, kebab-case, begins with the family: `dotnet-proxy-name-unresolved`, `aadsts-50126`.
    pub id: &'static str,
    /// How deep the text lies; the deepest text of a chain is the cause.
    pub layer: Layer,
    /// Texts to find, in any letter case and with any white space. `{name}` stands for a variable part of at most
    /// 200 characters up to the next fixed part.
    pub patterns: &'static [&'static str],
    /// Codes to find as whole words, in any letter case: `AADSTS50126`, `0x80072ee7`, `user_realm_discovery_failed`.
    pub codes: &'static [&'static str],
    /// What it means, in one or two sentences of our own.
    pub meaning: &'static str,
    /// The diagnosis that this error alone supports, or none where a rule must look at more.
    pub diagnosis: Option<&'static str>,
    /// A text in which it stands as users paste it.
    pub example: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
    /// When the source was read or dated: "2025-04", "2026-11".
    pub date: &'static str,
}

/// Depth of a text in a chain of errors: what lies deeper tells more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A headline of the wizard: says nothing about the cause.
    Headline,
    /// A .NET wrapper: says nothing, the inner exception does.
    Wrapper,
    /// Name resolution.
    Name,
    /// Socket: TCP could not be opened, or was cut.
    Socket,
    /// TLS or certificate.
    Tls,
    /// An HTTP status.
    Http,
    /// The sign-in service or the sync service answered.
    Service,
    /// The server's own configuration, service or database.
    Local,
}

/// The families of the shelf.
pub const FAMILIES: &[&[ErrorEntry]] = &[];

/// Every entry of the shelf.
pub fn all() -> impl Iterator<Item = &'static ErrorEntry> {
    FAMILIES.iter().flat_map(|family| family.iter())
}
