//! A place as the page opens it: the artifact and the line.

use crate::artifact::Span;
use crate::facts::Facts;
use serde::{Deserialize, Serialize};

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Id of the artifact.
    pub artifact: String,
    /// 1-based, in the file as given.
    pub line: usize,
}

/// The place of a span.
pub fn place(facts: &Facts, span: Span) -> Option<Place> {
    let artifact = facts.artifacts.get(span.artifact)?;
    let source = facts.sources.get(artifact.source)?;
    Some(Place { artifact: artifact.id.clone(), line: source.position(span.start).line })
}
