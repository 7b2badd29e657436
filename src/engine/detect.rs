//! Which reader a part belongs to: every reader scores it, the best score wins.

use crate::artifact::{Kind, Part};
use crate::readers::{self, Reader};

/// How sure a reader is that a part is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 1 to 100. 100 is for what cannot be anything else.
    pub value: u8,
    /// What the part is.
    pub kind: Kind,
    /// The dialect, where there are several; otherwise the id of the kind.
    pub format: &'static str,
    /// One sentence for the user: by what it was recognised.
    pub why: String,
}

/// The reader with the best score. Ties go to the reader that stands first in [`readers::ALL`]; the last of
/// them takes anything, so there always is one.
pub fn detect(part: &Part) -> (&'static Reader, Score) {
    let mut best: Option<(&'static Reader, Score)> = None;
    for reader in readers::ALL {
        let beats = |value: u8| best.as_ref().is_none_or(|(_, winner)| value > winner.value);
        let score = if beats(reader.most) { (reader.score)(part) } else { None };
        debug_assert!(score.as_ref().is_none_or(|score| score.value <= reader.most), "{}: {score:?}", reader.name);
        if let Some(score) = score.filter(|score| beats(score.value)) {
            best = Some((reader, score));
        }
    }
    best.unwrap_or_else(|| {
        let why = "No reader knows this text.".to_owned();
        (&readers::UNKNOWN, Score { value: 1, kind: Kind::Unknown, format: "unknown", why })
    })
}

/// Whether the whole of an input is beyond doubt one log whose lines mean nothing alone (a W3C file, a CSV
/// export): then it is not cut.
pub fn whole_file_log(part: &Part) -> bool {
    (readers::proxy_log::READER.score)(part).is_some_and(|score| score.value >= WHOLE_FILE)
}

/// From this score on a log reader claims the input as it is.
const WHOLE_FILE: u8 = 90;
