//! machine.config and its neighbours, read as .NET Framework 4 reads them.

use crate::artifact::{Part, Span};
use crate::detect::Score;
use crate::readers::{Reader, Reading};

/// The reader.
pub const READER: Reader = Reader { name: "machine_config", score, read };

/// A text from the file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned {
    /// The text, entities resolved.
    pub text: String,
    /// Where it stands (without the quotes).
    pub span: Span,
}

/// What the file says about the proxy.
#[derive(Clone, Debug, Default)]
pub struct Config {}

fn score(_part: &Part) -> Option<Score> {
    None
}

fn read(_part: &Part, _score: &Score) -> Reading {
    Reading::default()
}
