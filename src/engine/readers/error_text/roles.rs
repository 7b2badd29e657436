//! Administrator roles that Privileged Identity Management holds back: a text shows that an account is eligible for
//! one, and that the list of its active assignments is empty. Shown by the cmdlets of Graph, by its answers as JSON,
//! or by the page of the portal.

use super::layout::prompt;
use crate::artifact::{Part, Span};

/// What stands over the roles that an account may activate. Compared in lower case.
const ELIGIBLE: &[&str] =
    &["roleeligibilityschedule", "eligible assignments", "eligible roles", "berechtigte zuweisungen"];
/// What stands over the roles that are active.
const ACTIVE: &[&str] = &["roleassignmentschedule", "active assignments", "active roles", "aktive zuweisungen"];
/// Roles with which the wizard works, as the directory and the portal name them.
const ROLES: &[&str] = &[
    "hybrid identity administrator",
    "global administrator",
    "hybrididentitätsadministrator",
    "globaler administrator",
];
/// What stands in an empty list.
const NOTHING: &[&str] = &[
    "\"value\": []",
    "\"value\":[]",
    "no results",
    "no active assignments",
    "keine ergebnisse",
    "aucun résultat",
    "nenhum resultado",
    "no hay resultados",
    "nessun risultato",
    "没有结果",
    "沒有結果",
    "結果がありません",
];
/// How many lines may stand between the name of the list and what says that it is empty.
const NEAR: usize = 4;

/// Which list the lines belong to.
#[derive(Clone, Copy)]
enum List {
    Neither,
    Eligible,
    /// The list of what is active, whether a command asked for it, and its lines so far.
    Active {
        asked: bool,
        lines: usize,
    },
}

/// The line of the role that is eligible, where no role is active.
pub fn held_back(part: &Part) -> Option<Span> {
    let has = |line: &str, words: &[&str]| words.iter().any(|word| line.contains(word));
    let (mut list, mut eligible, mut is_empty) = (List::Neither, None, false);
    for (start, line) in part.lines() {
        let lower = line.trim().to_lowercase();
        if lower.is_empty() {
            continue;
        }
        match (has(&lower, ELIGIBLE), has(&lower, ACTIVE)) {
            // The tabs of the portal's page.
            (true, true) => {}
            (true, false) => list = List::Eligible,
            (false, true) => list = List::Active { asked: prompt(line).is_some(), lines: 0 },
            (false, false) => match list {
                List::Eligible if has(&lower, ROLES) => {
                    let at = start + (line.len() - line.trim_start().len());
                    eligible = eligible.or_else(|| Some(part.span(at..at + line.trim().len())));
                }
                List::Active { .. } if has(&lower, ROLES) || lower.starts_with("activated ") => return None,
                List::Active { .. } if has(&lower, NOTHING) => (list, is_empty) = (List::Neither, true),
                // A cmdlet that finds nothing prints nothing.
                List::Active { asked: true, lines: 0 } if prompt(line).is_some() => {
                    (list, is_empty) = (List::Neither, true);
                }
                List::Active { asked, lines } if lines < NEAR => list = List::Active { asked, lines: lines + 1 },
                List::Active { .. } => list = List::Neither,
                List::Eligible | List::Neither => {}
            },
        }
    }
    eligible.filter(|_| is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn shows(text: &str) -> bool {
        held_back(&Part::whole(&Source::decode("a", text.as_bytes()))).is_some()
    }

    #[test]
    fn an_eligible_role_and_an_empty_list_of_active_ones() {
        let eligible = "PS C:\\> Get-MgRoleManagementDirectoryRoleEligibilityScheduleInstance -All\nRole\n----\nGlobal Administrator\n\n";
        let active = "PS C:\\> Get-MgRoleManagementDirectoryRoleAssignmentScheduleInstance -All\n";
        assert!(shows(&format!("{eligible}{active}PS C:\\>\n")));
        assert!(shows(&format!("{active}PS C:\\>\n{eligible}")), "in the other order");
        assert!(!shows(&format!("{eligible}{active}\nRole\n----\nGlobal Administrator\n\nPS C:\\>\n")), "it is active");
        assert!(!shows(&format!("{eligible}{active}")), "the answer was not copied");
        assert!(!shows(&format!("{active}PS C:\\>\n")), "no such role at all");
        assert!(!shows("Eligible assignments\nReports Reader\nActive assignments\nNo results\n"), "another role");
    }
}
