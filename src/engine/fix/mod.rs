//! The corrected configuration: the user's own text with as few edits as make .NET read it, and use the proxy that
//! the evidence asks for.
//!
//! The text is mended as a person mends it: what stops the XML first ([`markup`], [`tag`], [`nesting`]), then places
//! and names ([`places`], [`attributes`]), then what is missing ([`wanted`]). After each step the text is read anew;
//! [`draft`] keeps the sum of all steps as edits of the original. The reader of
//! [`crate::readers::machine_config`] has the last word: what it still refuses is said, never hidden.

mod address;
pub mod apply;
mod attributes;
pub mod block;
pub mod builder;
pub mod bypass;
pub mod diff;
mod draft;
mod encoding;
pub mod evidence;
mod layout;
mod markup;
mod names;
mod nesting;
mod pasted;
mod places;
mod tag;
mod view;
mod wanted;

pub use draft::Edit;

use crate::artifact::{Kind, Part};
use crate::detect::Score;
use crate::host_port::proxy_url;
use crate::readers::Value;
use crate::readers::machine_config::{self, Config, WhichFile};
use crate::source::{Encoding, Source};
use draft::Draft;
use nesting::Nested;
use std::ops::Range;
use view::View;

/// A proxy, and who names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// Host name or address, without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Who names it, as the beginning of a sentence: "The wizard's trace".
    pub from: String,
    /// The user typed it: it replaces an address that is good as well.
    pub is_users: bool,
}

impl Proxy {
    /// As `proxyaddress` takes it.
    pub fn url(&self) -> String {
        proxy_url(&self.host, self.port)
    }

    /// [`Proxy::from`] within a sentence.
    fn named_by(&self) -> String {
        ["The ", "An ", "A ", "You"]
            .iter()
            .find_map(|word| self.from.strip_prefix(word).map(|rest| format!("{}{rest}", word.to_lowercase())))
            .unwrap_or_else(|| self.from.clone())
    }
}

/// What the file is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The proxy, where it is known.
    pub proxy: Option<Proxy>,
    /// The proxy asks for a sign-in.
    pub sign_in: bool,
    /// Requests fail without a proxy: the file has to name one.
    pub needed: bool,
    /// The settings do not belong into this file at all.
    pub remove: bool,
    /// URLs that have to go through the proxy (`https://host`).
    pub urls: Vec<String>,
}

/// Something that cannot be mended without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Offset into the text as it is after the edits so far.
    pub at: usize,
    /// What is asked, and why.
    pub text: String,
    /// A host and a port answer it.
    pub wants_proxy: bool,
}

/// Something that is wrong and has no safe edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Offset into the text as it is after the edits so far, where there is one place.
    pub at: Option<usize>,
    /// Why.
    pub text: String,
}

impl Refusal {
    fn of_all(text: &str) -> Self {
        Self { at: None, text: text.to_owned() }
    }
}

/// What can be done about a file.
#[derive(Clone, Debug, Default)]
pub struct Fix {
    /// Edits of the part, as offsets into its text; in order, apart from each other.
    pub edits: Vec<Edit>,
    /// The part after the edits.
    pub text: String,
    /// What is left to answer.
    pub questions: Vec<Question>,
    /// What has no safe edit, and why.
    pub refused: Vec<Refusal>,
    /// How .NET reads the part after the edits.
    pub config: Config,
    /// The text that the edits belong to, where the part came with marks of a mail, line numbers or entities: they are
    /// left out, and there is no file to edit.
    pub cleaned: Option<String>,
    /// What the replacing bytes are encoded in, where that is not the encoding of the file.
    pub written_in: Option<Encoding>,
}

impl Fix {
    /// Whether .NET reads the result without a complaint.
    pub fn is_sound(&self) -> bool {
        self.config.is_sound() && !self.config.address.as_ref().is_some_and(machine_config::address::Address::unusable)
    }
}

/// Nobody writes a longer configuration by hand; a machine.config has 40 kB.
pub const MAX_TEXT: usize = 300_000;
/// Steps after which something is wrong with the text as a whole.
const MAX_STEPS: usize = 60;
/// So many slips in tags are no slips any more.
const MAX_CHANGES: usize = 1000;

/// Mends a part. `kind` and `which` are what it was read as.
pub fn fix(part: &Part, kind: Kind, which: WhichFile, wanted: &Wanted) -> Fix {
    let original = part.text();
    let mut fix = Fix::default();
    if original.len() > MAX_TEXT {
        original.clone_into(&mut fix.text);
        fix.config = read_back(part, original, kind, which, None);
        fix.refused.push(Refusal::of_all(
            "The file is too long to be a configuration that somebody edited; it is not mended here.",
        ));
        return fix;
    }
    if let Some(clean) = pasted::without_marks(original) {
        let source = Source::decode(&part.source.name, clean.as_bytes());
        let fix = mended(&Part::whole(&source), kind, which, wanted);
        return Fix { cleaned: Some(clean), ..fix };
    }
    mended(part, kind, which, wanted)
}

fn mended(part: &Part, kind: Kind, which: WhichFile, wanted: &Wanted) -> Fix {
    let original = part.text();
    let mut fix = Fix::default();
    let is_file = is_file(part);
    let mut draft = Draft::new(original);
    if is_file {
        let (changes, written_in) = encoding::changes(part.source);
        draft.apply(changes);
        fix.written_in = written_in;
    }
    mend(&mut draft, is_file, which, wanted, &mut fix);
    fix.edits = draft.edits(original);
    draft.text().clone_into(&mut fix.text);
    fix.config = read_back(part, &fix.text, kind, which, fix.written_in);
    if fix.refused.is_empty() && fix.questions.is_empty() && !fix.is_sound() {
        let errors = fix.config.xml_errors.iter().filter(|error| error.certain);
        let errors = errors.map(|error| (error.span, format!("{} {}", error.message, error.mistake)));
        let faults = fix.config.faults.iter().map(|fault| (fault.span, fault.what.clone()));
        let left = errors.chain(faults).take(3).map(|(span, what)| Refusal {
            at: Some(span.start.saturating_sub(part.start)),
            text: format!("No safe edit is known for this: {}", what.trim()),
        });
        fix.refused = left.collect();
    }
    fix
}

/// Whether the part is a whole file with the name of one, so that every character of it counts.
fn is_file(part: &Part) -> bool {
    let blank = |range: Range<usize>| part.source.text.get(range).is_none_or(|text| text.trim().is_empty());
    let alone = blank(0..part.start) && blank(part.end..part.source.text.len());
    // A piece of the file that was saved under its name begins and ends in the middle.
    let has_root = part.text().to_ascii_lowercase().contains("<configuration");
    alone && has_root && part.source.name.to_ascii_lowercase().ends_with(".config")
}

fn mend(draft: &mut Draft, is_file: bool, which: WhichFile, wanted: &Wanted, fix: &mut Fix) {
    for _ in 0..MAX_STEPS {
        fix.questions.clear();
        let text = draft.text().to_owned();
        let markup = markup::read(&text, is_file);
        if markup.changes.len() > MAX_CHANGES {
            fix.refused
                .push(Refusal::of_all("There are too many slips in the tags: put back the file from before the edit."));
            return;
        }
        if draft.apply(markup.changes) {
            continue;
        }
        if let Some((at, why)) = markup.broken {
            fix.refused.push(Refusal { at: Some(at), text: why.to_owned() });
            return;
        }
        let tree = match nesting::nest(&text, &markup.nodes, is_file) {
            Nested::Tree(tree) => tree,
            Nested::Changes(changes) => {
                if draft.apply(changes) {
                    continue;
                }
                return;
            }
            Nested::Broken(at, text) => {
                fix.refused.push(Refusal { at: Some(at), text });
                return;
            }
        };
        let view = View { text: &text, tree: &tree };
        let mut changes = places::changes(&view, wanted.proxy.as_ref(), is_file, &mut fix.questions);
        if changes.is_empty() && fix.questions.is_empty() {
            changes = attributes::changes(&view, wanted, &mut fix.questions);
        }
        if changes.is_empty() {
            let missing = wanted::changes(&view, wanted, &mut fix.questions);
            // The declarations of an application's own file are its own affair.
            if which.is_machine() || wanted.remove || wanted.needed {
                changes = missing;
            }
        }
        if !draft.apply(changes) {
            return;
        }
    }
    fix.refused.push(Refusal::of_all(
        "The text takes more steps than a slip of the hand explains: put back the file from before the edit.",
    ));
}

/// Reads the part as .NET reads it, with other text in its place.
fn read_back(part: &Part, text: &str, kind: Kind, which: WhichFile, written_in: Option<Encoding>) -> Config {
    let all = &part.source.text;
    let (before, after) = (all.get(..part.start).unwrap_or(""), all.get(part.end..).unwrap_or(""));
    // In the encoding of the file, so that what its first line declares is judged by the bytes that will be there.
    let encoding = written_in.unwrap_or(part.source.encoding);
    let whole = format!("{before}{text}{after}");
    let bytes = apply::encoded(encoding, &whole, written_in.is_none() && part.source.position(0).byte > 0);
    let source = Source::decode(&part.source.name, bytes.as_deref().unwrap_or(whole.as_bytes()));
    let start = before.len().min(source.text.len());
    let end = (start + text.len()).min(source.text.len());
    let part = Part { source: &source, artifact: part.artifact, start, end };
    let score = Score { value: 100, kind, format: kind.id(), why: String::new() };
    match (machine_config::READER.read)(&part, &score).value {
        Value::Config(config) => Config { which, ..*config },
        _ => Config::default(),
    }
}

#[cfg(test)]
mod tests;
