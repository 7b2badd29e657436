//! What stands around a place in a text.

use crate::artifact::Span;
use crate::endpoints;
use crate::facts::Facts;
use crate::readers::error_text::HostMention;

/// Bytes before and after an error in which a host name is taken to belong to it.
const BEFORE: usize = 700;
const AFTER: usize = 300;

/// The catalogue host that a text names closest to an error: better before it (the command, the URL), else after.
pub fn host_near(facts: &Facts, place: Span) -> Option<&HostMention> {
    let (_, text) = facts.texts.iter().find(|(artifact, _)| *artifact == place.artifact)?;
    let known = || text.hosts.iter().filter(|mention| endpoints::find_host(&mention.host).is_some());
    let before = known()
        .filter(|mention| mention.span.start <= place.start && place.start - mention.span.start <= BEFORE)
        .max_by_key(|mention| mention.span.start);
    before.or_else(|| {
        known()
            .filter(|mention| mention.span.start > place.start && mention.span.start - place.start <= AFTER)
            .min_by_key(|mention| mention.span.start)
    })
}
