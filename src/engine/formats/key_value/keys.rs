//! The keys that lines had, so that a glance knows what each says without looking its name up: lines of one device
//! have the same keys in the same order, or in few orders.

use super::super::fields::{Synonym, lookup};
use super::super::pairs::find_key;
use super::super::sighting::{Sighting, find_either, matters};
use super::super::{Glance, State};

/// The keys that lines had.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    list: Vec<Key>,
    /// What stood between a value without quotes and the next key.
    separator: u8,
}

/// One key.
#[derive(Clone, Debug)]
struct Key {
    /// The name with its equals sign.
    text: Box<[u8]>,
    /// Its first bytes, and which of them count.
    head: u128,
    mask: u128,
    synonym: Option<Synonym>,
    matters: bool,
    /// The keys that stood behind it, the last one first.
    next: [usize; 2],
}

/// A log has no more different keys than this.
const MOST: usize = 512;
/// Nor longer ones.
const LONGEST: usize = 64;

impl Keys {
    /// As [`lookup`]; remembers the name. `after` is the key before it in the line.
    pub fn lookup(&mut self, name: &str, after: &mut Option<usize>) -> Option<Synonym> {
        self.lookup_as(name, after, lookup)
    }

    /// As `meaning`, which says the same of a name each time; remembers the name.
    pub fn lookup_as(
        &mut self,
        name: &str,
        after: &mut Option<usize>,
        meaning: impl Fn(&str) -> Option<Synonym>,
    ) -> Option<Synonym> {
        let is_it = |key: &Key| key.text.split_last().is_some_and(|(_, text)| text == name.as_bytes());
        let guess = after.and_then(|after| self.list.get(after)).map_or([0; 2], |key| key.next);
        let found = guess.into_iter().find(|index| self.list.get(*index).is_some_and(is_it));
        let found = found.or_else(|| self.list.iter().position(is_it)).or_else(|| self.learn(name, &meaning));
        let Some(index) = found else {
            *after = None;
            return meaning(name);
        };
        self.follow(after.replace(index), index);
        self.list.get(index).and_then(|key| key.synonym)
    }

    fn learn(&mut self, name: &str, meaning: impl Fn(&str) -> Option<Synonym>) -> Option<usize> {
        if self.list.len() >= MOST || name.len() >= LONGEST {
            return None;
        }
        let text: Box<[u8]> = name.bytes().chain([b'=']).collect();
        let (mut head, mut mask) = ([0; 16], [0; 16]);
        for ((head, mask), byte) in head.iter_mut().zip(&mut mask).zip(&text) {
            (*head, *mask) = (*byte, 0xFF);
        }
        let synonym = meaning(name);
        self.list.push(Key {
            text,
            head: u128::from_le_bytes(head),
            mask: u128::from_le_bytes(mask),
            synonym,
            matters: synonym.is_some_and(|synonym| matters(synonym.field)),
            next: [0; 2],
        });
        Some(self.list.len() - 1)
    }

    /// Notes that one key stood behind another.
    #[inline]
    fn follow(&mut self, before: Option<usize>, index: usize) {
        if let Some(key) = before.and_then(|before| self.list.get_mut(before))
            && key.next[0] != index
        {
            key.next = [index, key.next[0]];
        }
    }

    /// The key that stands at this place, if it is one that stood behind `before`.
    #[inline]
    fn guess(&self, line: &[u8], at: usize, before: usize) -> Option<usize> {
        let next = self.list.get(before)?.next;
        next.into_iter().find(|index| self.list.get(*index).is_some_and(|key| key.stands(line, at)))
    }

    /// The key that stands at this place.
    fn find(&self, line: &[u8], at: usize, equals: usize) -> Option<usize> {
        let text = line.get(at..=equals)?;
        self.list.iter().position(|key| *key.text == *text)
    }
}

impl Key {
    #[inline]
    fn stands(&self, line: &[u8], at: usize) -> bool {
        let Some(Ok(head)) = line.get(at..at + 16).map(<[u8; 16]>::try_from) else {
            return line.get(at..).is_some_and(|rest| rest.starts_with(&self.text));
        };
        (u128::from_le_bytes(head) ^ self.head) & self.mask == 0
            && (self.text.len() <= 16 || line.get(at..at + self.text.len()) == Some(&*self.text))
    }
}

/// A record all of whose keys are known, with a time, a host and an ending. The pairs are those that
/// [`super::super::pairs::pairs`] finds.
pub(super) fn glance<'a>(line: &'a [u8], state: &mut State) -> Option<Glance<'a>> {
    let State { keys, memo, .. } = state;
    let ([first, ..], [.., last]) = (line, line) else { return None };
    // A bar may be one of CEF or LEEF; the rest of a record that begins with a quote or a brace may still come.
    if !first.is_ascii_graphic()
        || !last.is_ascii_graphic()
        || matches!(first, b'"' | b'{')
        || *last == b')'
        || memchr::memchr(b'|', line).is_some()
    {
        return None;
    }
    let mut sighting = Sighting::default();
    let mut known = 0;
    let (start, equals) = find_key(line, 0).filter(|(start, _)| begins_no_cell(line, *start))?;
    let mut index = keys.find(line, start, equals)?;
    let mut value = equals + 1;
    loop {
        let key = keys.list.get(index)?;
        let is_quoted = line.get(value) == Some(&b'"');
        let end = if is_quoted {
            let end = find_either(line, value + 1, b'"', b'\\')?;
            if line.get(end) == Some(&b'"') { end } else { unescaped_quote(line, end)? }
        } else {
            find_either(line, value, keys.separator, b'=').unwrap_or(line.len())
        };
        // A key that is expected here begins behind one separator.
        let place = end + 1 + usize::from(is_quoted);
        let separated = matches!(line.get(place - 1), Some(b' ' | b',' | b'\t'));
        let guess = if separated { keys.guess(line, place, index) } else { None };
        let next = match guess {
            Some(next) => Some((next, place)),
            None => match find_key(line, if is_quoted { end } else { value }) {
                Some((start, _)) if !begins_no_cell(line, start) => return None,
                Some((start, equals)) => Some((keys.find(line, start, equals)?, start)),
                None => None,
            },
        };
        if let Some(synonym) = key.synonym {
            known += 1;
            if key.matters {
                let text = if is_quoted {
                    line.get(value + 1..end)?
                } else {
                    without_separators(line.get(value..next.map_or(line.len(), |(_, start)| start))?)
                };
                sighting.see(synonym, text, memo)?;
            }
        }
        let Some((next, start)) = next else { break };
        if guess.is_none() && !is_quoted {
            keys.separator = start.checked_sub(1).and_then(|before| line.get(before)).copied()?;
        }
        keys.follow(Some(index), next);
        value = start + keys.list.get(next)?.text.len();
        index = next;
    }
    if known < 4 || !sighting.has_action { None } else { sighting.finish(memo) }
}

/// Whether no quote stands before a key: then the pair would be a cell of a table, and end with it.
fn begins_no_cell(line: &[u8], start: usize) -> bool {
    start.checked_sub(1).and_then(|before| line.get(before)) != Some(&b'"')
}

/// The quote that closes a value in which a backslash stands at `at`: the next one, unless a backslash is before it.
fn unescaped_quote(line: &[u8], at: usize) -> Option<usize> {
    let quote = at + memchr::memchr(b'"', line.get(at..)?)?;
    (line.get(quote - 1) != Some(&b'\\')).then_some(quote)
}

fn without_separators(mut value: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b',' | b';' | b'|'] = value {
        value = rest;
    }
    value
}
