//! How old the catalogue is, by the clock of this computer.

use super::browser;
use super::node::{Node, classed};
use advisor_engine::endpoints;

/// What to say about the age of the catalogue: plainly where it is old.
pub fn said() -> Option<Node> {
    let age = endpoints::age_of_catalogue(&browser::today())?;
    Some(classed("p", if age.is_old() { "notice" } else { "muted" }).text(age.statement()))
}

/// A warning where the catalogue is old, nothing where it is not.
pub fn warning() -> Option<Node> {
    let age = endpoints::age_of_catalogue(&browser::today()).filter(|age| age.is_old())?;
    Some(classed("p", "notice").text(age.statement()))
}

/// Whether the catalogue is old.
pub fn is_old() -> bool {
    endpoints::age_of_catalogue(&browser::today()).is_some_and(endpoints::Age::is_old)
}
