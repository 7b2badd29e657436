//! A comparison as plain text, to send to a colleague.

use super::compare::{Comparison, name, written};
use crate::endpoints::CATALOG_DATE;
use std::fmt::Write;

/// The whole comparison as text. Lines end with `\n`.
pub fn text(comparison: &Comparison) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_to(&mut out, comparison);
    out
}

fn write_to(out: &mut String, comparison: &Comparison) -> std::fmt::Result {
    let (sets, compared) = comparison.sets;
    writeln!(out, "Microsoft's endpoint list for {}", name(comparison.cloud))?;
    writeln!(out, "compared with the Entra Connect endpoint catalogue of {CATALOG_DATE}.")?;
    writeln!(
        out,
        "{sets} sets in the file, {compared} of them about sign-in or certificates; {} of their names are in the catalogue.",
        comparison.in_both
    )?;
    for problem in &comparison.problems {
        writeln!(out, "Note: {problem}")?;
    }
    writeln!(out, "\nIn Microsoft's list and not in the catalogue: {}", comparison.theirs_only.len())?;
    for theirs in &comparison.theirs_only {
        let required = match theirs.required {
            Some(true) => ", required",
            Some(false) => ", optional",
            None => "",
        };
        let ports = if theirs.ports.is_empty() { String::new() } else { format!(", port {}", written(&theirs.ports)) };
        writeln!(out, "- {} (set {}{required}{ports}): {}", theirs.url, theirs.set, theirs.place.text())?;
        if !theirs.notes.is_empty() {
            writeln!(out, "  Microsoft's note: {}", theirs.notes)?;
        }
    }
    writeln!(out, "\nIn both, with a difference: {}", comparison.differs.len())?;
    for differs in &comparison.differs {
        writeln!(out, "- {} (set {}): {}", differs.url, differs.set, differs.what)?;
    }
    writeln!(out, "\nIn the catalogue and not in Microsoft's list: {}", comparison.ours_only.len())?;
    for ours in &comparison.ours_only {
        let look = if ours.look { "Look at it. " } else { "" };
        writeln!(out, "- {} (port {}): {look}{}", ours.missing.join(", "), ours.row.port, ours.why)?;
    }
    Ok(())
}
