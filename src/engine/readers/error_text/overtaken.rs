//! Errors of a wizard trace that a later line overtakes: the step that failed was passed after all, or a later start
//! of the wizard tells how things stand. They are what happened on the way, not what is wrong now.
//!
//! A silent token request that misses the cache, a password that needs a second factor, a slip of the finger before
//! the right password: all of them stand as errors in the trace of a run that ends well.

use super::ErrorHit;
use super::wizard_run::{Mark, Progress, Step};
use crate::artifact::Part;
use crate::errors::Layer;

/// Marks the errors that the trace itself overtakes as history. `lines` is what the trace tells about steps.
pub fn mark_overtaken(part: &Part, lines: &[Progress], hits: &mut [ErrorHit]) {
    let Some(last_run) = lines.last().map(|line| line.run) else {
        return;
    };
    let place = |hit: &ErrorHit| place(lines, hit.span.start.saturating_sub(part.start));
    let tells = |hit: &ErrorHit| !matches!(hit.entry.layer, Layer::Headline | Layer::Wrapper);
    let overtaken = |hit: &ErrorHit| {
        let (index, _, step) = place(hit)?;
        Some(passed_from(lines, index).is_some_and(|passed| passed >= step))
    };
    // A later start counts only where it met an error of its own that tells something and still stands.
    let last_fails = hits.iter().any(|hit| {
        tells(hit) && place(hit).is_some_and(|(_, run, _)| run == last_run) && overtaken(hit) == Some(false)
    });
    for hit in hits.iter_mut().filter(|hit| !hit.history) {
        let earlier = place(hit).is_some_and(|(_, run, _)| run < last_run);
        hit.history = overtaken(hit) == Some(true) || (earlier && last_fails);
    }
}

/// The index of the first line behind this offset, the run it stands in, and the step that was on its way there.
/// `None` before the first line about a step.
fn place(lines: &[Progress], offset: usize) -> Option<(usize, usize, Step)> {
    // The line of an error says itself which step failed: it belongs to the step that it names.
    let index = lines.partition_point(|line| line.start <= offset);
    let line = lines.get(index.checked_sub(1)?)?;
    let step = match line.mark {
        Some((step, Mark::Passed)) => step.next(),
        Some((step, Mark::Began | Mark::Failed)) => step,
        None => Step::Cloud,
    };
    Some((index, line.run, step))
}

/// The furthest step that is passed from this line on.
fn passed_from(lines: &[Progress], index: usize) -> Option<Step> {
    let passed = |line: &Progress| line.mark.filter(|(_, mark)| *mark == Mark::Passed).map(|(step, _)| step);
    lines.get(index..)?.iter().filter_map(passed).max()
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    fn counted(text: &str) -> Vec<&'static str> {
        read_as(text, Kind::WizardTrace).errors.iter().filter(|hit| !hit.history).map(|hit| hit.entry.id).collect()
    }

    const START: &str = "[10:00:00.000] [  1] [INFO ] Application starting\n[10:00:00.100] [  1] [INFO ] Application Version: 2.5.190.0\n";
    const ASKS: &str =
        "[10:00:09.000] [  9] [INFO ] Authenticate-MSAL [Acquiring token]: STS endpoint (HTTPS://LOGIN.EXAMPLE)\n";
    const MFA: &str =
        "[10:00:10.000] [  9] [WARN ] MSAL: (False) AADSTS50076: you must use multi-factor authentication\n";
    const TOKEN: &str = "[10:00:50.000] [  9] [INFO ] Authenticate-MSAL: successfully acquired an access token.\n";
    const WRONG: &str = "[10:00:10.000] [  9] [ERROR] Authenticate-MSAL: AADSTS50126: Error validating credentials\n";
    const REFUSED: &str = "[10:01:00.000] [  9] [ERROR] DiscoverServiceEndpoint [AdminWebService]: The remote server returned an error: (403) Forbidden.\n";

    #[test]
    fn what_was_passed_after_all_is_no_failure() {
        assert!(counted(&[START, ASKS, MFA, TOKEN].concat()).is_empty());
        assert!(counted(&[START, ASKS, WRONG, ASKS, TOKEN].concat()).is_empty());
        assert_eq!(counted(&[START, ASKS, MFA].concat()), ["aadsts-50076"]);
    }

    #[test]
    fn a_second_sign_in_does_not_overtake_what_fails_behind_it() {
        assert_eq!(counted(&[START, ASKS, TOKEN, REFUSED, ASKS, TOKEN].concat()), ["http-403"]);
    }

    #[test]
    fn a_later_start_with_an_error_of_its_own_tells_how_things_stand() {
        assert_eq!(counted(&[START, ASKS, REFUSED, START, ASKS, WRONG].concat()), ["aadsts-50126"]);
        // One that was only opened tells nothing.
        assert_eq!(counted(&[START, ASKS, WRONG, START].concat()), ["aadsts-50126"]);
    }
}
