//! The names that members had, so that a glance knows what each says without looking it up: records of one maker have
//! the same members in the same order, or in few orders.

use super::super::fields::Synonym;
use super::super::sighting::{Sighting, find_either, matters};
use super::super::{Glance, State};
use super::synonym;

/// The names that members had.
#[derive(Clone, Debug, Default)]
pub struct Names {
    list: Vec<Name>,
}

/// One name below one other.
#[derive(Clone, Debug)]
struct Name {
    /// With its quotes.
    text: Box<[u8]>,
    /// The name of the object around it.
    parent: Option<usize>,
    synonym: Option<Synonym>,
    matters: bool,
    /// The names that stood behind it, the last one first.
    next: [usize; 2],
}

/// A log has no more different names than this.
const MOST: usize = 512;
/// Nor longer ones.
const LONGEST: usize = 64;

impl Names {
    /// The name that begins with the quote at this place, and where it ends.
    #[inline]
    fn at(&mut self, line: &[u8], at: usize, parent: Option<usize>, before: Option<usize>) -> Option<(usize, usize)> {
        let rest = line.get(at..)?;
        let stands = |index: &usize| {
            self.list.get(*index).is_some_and(|name| name.parent == parent && rest.starts_with(&name.text))
        };
        let guess = before.and_then(|before| self.list.get(before)).map_or([0; 2], |name| name.next);
        if let Some(index) = guess.into_iter().find(stands) {
            return Some((index, at + self.list.get(index)?.text.len()));
        }
        let end = find_either(line, at + 1, b'"', b'\\')?;
        let text = line.get(at..=end).filter(|text| text.ends_with(b"\"") && text.len() <= LONGEST)?;
        let known = self.list.iter().position(|name| name.parent == parent && *name.text == *text);
        let index = known.or_else(|| self.learn(text, parent))?;
        if let Some(name) = before.and_then(|before| self.list.get_mut(before)) {
            name.next = [index, name.next[0]];
        }
        Some((index, end + 1))
    }

    fn learn(&mut self, text: &[u8], parent: Option<usize>) -> Option<usize> {
        if self.list.len() >= MOST {
            return None;
        }
        let bare = |text: &[u8]| Some(std::str::from_utf8(text).ok()?.trim_matches('"').to_owned());
        let above = parent.and_then(|parent| bare(&self.list.get(parent)?.text));
        let synonym = synonym(&above.unwrap_or_default(), &bare(text)?);
        let matters = synonym.is_some_and(|synonym| matters(synonym.field));
        self.list.push(Name { text: text.into(), parent, synonym, matters, next: [0; 2] });
        Some(self.list.len() - 1)
    }
}

/// A record that is one object of strings, numbers and words, or has such objects in it, with a time, a host and an
/// ending.
pub(super) fn glance<'a>(line: &'a [u8], state: &mut State) -> Option<Glance<'a>> {
    let State { names, memo, .. } = state;
    let mut sighting = Sighting::default();
    let mut parent = None;
    let mut before = None;
    let mut at = 1;
    if line.first() != Some(&b'{') {
        return None;
    }
    loop {
        match line.get(at)? {
            b',' | b' ' => at += 1,
            b'}' if parent.is_some() => {
                parent = None;
                at += 1;
            }
            b'}' => break,
            b'"' => {
                let (index, end) = names.at(line, at, parent, before)?;
                before = Some(index);
                at = skip(line, end, b' ');
                if line.get(at) != Some(&b':') {
                    return None;
                }
                at = skip(line, at + 1, b' ');
                // Where the value stands, without its quotes, where it ends with them, and whether it stands for itself.
                let (value, next, is_plain) = match line.get(at)? {
                    b'{' if parent.is_none() => {
                        parent = Some(index);
                        at += 1;
                        continue;
                    }
                    b'"' => {
                        let mut end = find_either(line, at + 1, b'"', b'\\')?;
                        let is_plain = line.get(end) == Some(&b'"');
                        while line.get(end) == Some(&b'\\') {
                            end = find_either(line, end + 2, b'"', b'\\')?;
                        }
                        (at + 1..end, end + 1, is_plain)
                    }
                    byte if byte.is_ascii_alphanumeric() || *byte == b'-' => {
                        let is_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
                        let length = line.get(at..)?.iter().take_while(|b| is_word(b)).count();
                        (at..at + length, at + length, true)
                    }
                    _ => return None,
                };
                let name = names.list.get(index)?;
                if let Some(synonym) = name.synonym.filter(|_| name.matters) {
                    sighting.see(synonym, line.get(value).filter(|_| is_plain)?, memo)?;
                }
                at = next;
                if !matches!(line.get(at)?, b',' | b' ' | b'}') {
                    return None;
                }
            }
            _ => return None,
        }
    }
    if at + 1 == line.len() { sighting.finish(memo) } else { None }
}

/// The first place at or after `at` with another byte.
fn skip(line: &[u8], mut at: usize, byte: u8) -> usize {
    while line.get(at) == Some(&byte) {
        at += 1;
    }
    at
}
