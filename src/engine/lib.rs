//! The engine of the Entra Connect Connectivity Advisor.

pub mod artifact;
pub mod detect;
pub mod endpoints;
pub mod errors;
pub mod export;
pub mod facts;
pub mod formats;
pub mod readers;
pub mod report;
pub mod rules;
pub mod source;

use artifact::Kind;
use endpoints::Cloud;

/// One thing the user gave: a file, or the content of the paste box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// File name, or the page's name for the paste box.
    pub name: String,
    /// The bytes as given.
    pub bytes: Vec<u8>,
    /// Corrections by the user: the part that begins at this 1-based line is of this kind.
    pub corrections: Vec<(usize, Kind)>,
}

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The cloud, or `None` to detect it.
    pub cloud: Option<Cloud>,
    /// Optional features in use, by public id.
    pub features: Vec<String>,
}
