//! Look-ahead in bypass entries: `^https://(?!login\.).*$`. The regular expressions of this program have none, so an
//! expression is cut at each `(?!...)` and `(?=...)`, and the pieces are tried one behind the other.

use regex_lite::Regex;

/// More of them in one expression are not tried: each multiplies the work with the length of the address.
const MOST: usize = 3;

/// An expression with look-ahead, cut into pieces without.
pub struct LookAhead {
    conditions: Vec<Condition>,
    /// What follows the last condition, tied to its beginning.
    tail: Regex,
}

/// What stands in front of a look-ahead, and the look-ahead.
struct Condition {
    /// Tied to its end and, behind another condition, to its beginning.
    head: Regex,
    /// Tied to its beginning.
    ahead: Regex,
    /// `(?!` rather than `(?=`.
    negative: bool,
}

/// Cuts an expression. `None` when it has no look-ahead, or other things that cannot be tried in pieces.
pub fn cut(pattern: &str, compile: impl Fn(&str) -> Option<Regex>) -> Option<LookAhead> {
    // Beside a cut they would look at the wrong neighbour.
    if pattern.contains("\\b") || pattern.contains("\\B") {
        return None;
    }
    let mut conditions = Vec::new();
    let mut rest = pattern;
    while let Some(at) = opening(rest)? {
        let (head, behind) = rest.split_at_checked(at)?;
        let (mark, behind) = behind.split_at_checked("(?!".len())?;
        let end = closing(behind)?;
        let (ahead, after) = (behind.get(..end)?, behind.get(end + 1..)?);
        let later = !conditions.is_empty();
        // A condition that may be repeated, or an anchor in the middle, is not what anybody means.
        if conditions.len() >= MOST
            || has(head, '$')
            || (later && has(head, '^'))
            || after.starts_with(['*', '+', '?', '{'])
        {
            return None;
        }
        let tied = if later { "^" } else { "" };
        conditions.push(Condition {
            head: compile(&format!("{tied}(?:{head})$"))?,
            ahead: compile(&format!("^(?:{ahead})"))?,
            negative: mark == "(?!",
        });
        rest = after;
    }
    (!conditions.is_empty() && !has(rest, '^'))
        .then(|| Some(LookAhead { tail: compile(&format!("^(?:{rest})"))?, conditions }))?
}

impl LookAhead {
    /// Whether the expression matches somewhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.matches_from(0, text)
    }

    fn matches_from(&self, number: usize, text: &str) -> bool {
        let Some(condition) = self.conditions.get(number) else { return self.tail.is_match(text) };
        let cuts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        cuts.filter_map(|at| text.split_at_checked(at)).any(|(before, after)| {
            condition.ahead.is_match(after) != condition.negative
                && condition.head.is_match(before)
                && self.matches_from(number + 1, after)
        })
    }
}

/// Where the first look-ahead begins. `Some(None)` without one; `None` when one stands within a group, or beside an
/// alternative that holds for the whole expression.
#[expect(clippy::option_option, reason = "the outer one is for what cannot be cut at all")]
fn opening(pattern: &str) -> Option<Option<usize>> {
    let mut depth = 0usize;
    let mut first = None;
    for (at, c) in structure(pattern) {
        match c {
            '(' => {
                let is_condition =
                    pattern.get(at..).is_some_and(|rest| rest.starts_with("(?!") || rest.starts_with("(?="));
                if is_condition && depth > 0 && first.is_none() {
                    return None;
                }
                if is_condition && depth == 0 {
                    first = first.or(Some(at));
                }
                depth += 1;
            }
            ')' => depth = depth.checked_sub(1)?,
            '|' if depth == 0 => return None,
            _ => {}
        }
    }
    Some(first)
}

/// Where the group ends that is open at the beginning.
fn closing(pattern: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in structure(pattern) {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn has(pattern: &str, mark: char) -> bool {
    structure(pattern).any(|(_, c)| c == mark)
}

/// The characters that are neither escaped nor members of a set.
fn structure(pattern: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut escaped, mut in_set) = (false, false);
    pattern.char_indices().filter(move |&(_, c)| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '\\' => escaped = true,
            '[' if !in_set => in_set = true,
            ']' if in_set => in_set = false,
            _ => return !in_set,
        }
        false
    })
}
