//! Lists of hosts or rules that a proxy or firewall lets through.

use crate::artifact::Part;
use crate::detect::Score;
use crate::readers::{Reader, Reading};

/// The reader.
pub const READER: Reader = Reader { name: "allow_list", score, read };

/// What the list lets through.
#[derive(Clone, Debug, Default)]
pub struct AllowList {}

fn score(_part: &Part) -> Option<Score> {
    None
}

fn read(_part: &Part, _score: &Score) -> Reading {
    Reading::default()
}
