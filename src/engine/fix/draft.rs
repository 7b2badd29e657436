//! A working copy of a text that remembers which stretches are the user's own, so that any number of changes, one on
//! top of the other, come out as few small edits of the original.

use std::ops::Range;

/// A change of the text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What goes. Empty for an insertion.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
    /// One sentence: why.
    pub why: String,
}

impl Change {
    /// A replacement.
    pub fn new(range: Range<usize>, text: impl Into<String>, why: impl Into<String>) -> Self {
        Self { range, text: text.into(), why: why.into() }
    }
}

/// An edit of the original: the sum of the changes at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes, as offsets into the original text.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
    /// Why, a sentence or several.
    pub why: String,
}

/// The working copy.
#[derive(Clone, Debug)]
pub struct Draft {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    /// A stretch of the original.
    Own(Range<usize>),
    /// Something new, or, when empty, a place where something was taken out; with the reasons.
    New(String, Vec<String>),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Own(range) => range.len(),
            Self::New(text, _) => text.len(),
        }
    }

    /// The piece cut in two at an offset into it.
    fn cut(self, at: usize) -> [Self; 2] {
        match self {
            Self::Own(range) => {
                let middle = range.start + at;
                [Self::Own(range.start..middle), Self::Own(middle..range.end)]
            }
            Self::New(text, whys) => {
                let (head, tail) = (text.get(..at).unwrap_or(""), text.get(at..).unwrap_or(""));
                [Self::New(head.to_owned(), whys.clone()), Self::New(tail.to_owned(), whys)]
            }
        }
    }
}

impl Draft {
    /// A copy without changes.
    pub fn new(original: &str) -> Self {
        Self { text: original.to_owned(), pieces: vec![Piece::Own(0..original.len())] }
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Makes the changes, all of which refer to the text as it stands. Of two that overlap the later one is left for
    /// another time. False when nothing changed.
    pub fn apply(&mut self, mut changes: Vec<Change>) -> bool {
        changes.sort_by_key(|change| (change.range.start, change.range.end));
        let mut end = 0;
        changes.retain(|change| {
            let known = self.text.get(change.range.clone());
            let fits = known.is_some_and(|known| known != change.text) && change.range.start >= end;
            if fits {
                end = change.range.end;
            }
            fits
        });
        for change in changes.iter().rev() {
            self.replace(change);
        }
        !changes.is_empty()
    }

    fn replace(&mut self, change: &Change) {
        let Range { start, end } = change.range;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut whys = Vec::new();
        let mut at = 0;
        for piece in std::mem::take(&mut self.pieces) {
            let (from, to) = (at, at + piece.len());
            at = to;
            if to < start || (to == start && from < to) {
                before.push(piece);
            } else if from > end || (from == end && from < to) {
                after.push(piece);
            } else {
                let [head, rest] = piece.cut(start.saturating_sub(from));
                let [gone, tail] = rest.cut(end.min(to) - start.max(from));
                if from < start {
                    before.push(head);
                }
                if let Piece::New(_, reasons) = gone {
                    whys.extend(reasons);
                }
                if to > end {
                    after.push(tail);
                }
            }
        }
        whys.push(change.why.clone());
        before.push(Piece::New(change.text.clone(), whys));
        before.append(&mut after);
        self.pieces = before;
        self.text.replace_range(start..end, &change.text);
    }

    /// The edits of the original that give the text as it stands: in order, apart from each other, none without
    /// effect.
    pub fn edits(&self, original: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut text, mut whys, mut from) = (String::new(), Vec::<&str>::new(), 0);
        let end = Piece::Own(original.len()..original.len());
        for piece in self.pieces.iter().chain([&end]) {
            match piece {
                Piece::New(new, reasons) => {
                    text.push_str(new);
                    whys.extend(reasons.iter().map(String::as_str));
                }
                Piece::Own(range) => {
                    edits.extend(edit(original, from..range.start, &text, &whys));
                    (text, whys, from) = (String::new(), Vec::new(), range.end);
                }
            }
        }
        edits
    }
}

/// What differs between a stretch of the original and the text that takes its place.
fn edit(original: &str, range: Range<usize>, text: &str, whys: &[&str]) -> Option<Edit> {
    let old = original.get(range.clone())?;
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(text.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, text) = (old.get(head..)?, text.get(head..)?);
    let tail: usize = old.chars().rev().zip(text.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, text) = (old.get(..old.len() - tail)?, text.get(..text.len() - tail)?);
    if old.is_empty() && text.is_empty() {
        return None;
    }
    let mut said: Vec<&str> = Vec::new();
    for why in whys {
        if !why.is_empty() && !said.contains(why) {
            said.push(why);
        }
    }
    let start = range.start + head;
    Some(Edit { range: start..start + old.len(), text: text.to_owned(), why: said.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_on_top_of_changes_become_one_edit_of_the_original() {
        let original = "<proxy a=\u{201c}x\u{201d} />";
        let mut draft = Draft::new(original);
        let at = original.find('\u{201c}').unwrap();
        draft.apply(vec![Change::new(at..at + 3, "\"", "quote"), Change::new(at + 4..at + 7, "\"", "quote")]);
        assert_eq!(draft.text(), "<proxy a=\"x\" />");
        let at = draft.text().find("x\"").unwrap();
        draft.apply(vec![Change::new(at..at + 1, "yz", "value"), Change::new(7..8, "bc", "name")]);
        assert_eq!(draft.text(), "<proxy bc=\"yz\" />");
        let edits = draft.edits(original);
        let shown: Vec<_> =
            edits.iter().map(|e| (&original[e.range.clone()], e.text.as_str(), e.why.as_str())).collect();
        assert_eq!(shown, [("a", "bc", "name"), ("\u{201c}x\u{201d}", "\"yz\"", "quote value")]);
    }

    #[test]
    fn what_is_taken_back_leaves_no_edit() {
        let mut draft = Draft::new("abc");
        draft.apply(vec![Change::new(1..2, "", "out")]);
        draft.apply(vec![Change::new(1..1, "b", "in")]);
        assert_eq!(draft.edits("abc"), []);
    }
}
