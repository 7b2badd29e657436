//! What .NET refuses or ignores in a file, and what that makes of the file as a whole.

use super::slip::Slip;
use crate::artifact::Span;

/// What .NET Framework 4 does with the file, or with a piece of it if the rest of the file were good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Prediction {
    /// It reads the file and follows the proxy settings in it, if there are any.
    #[default]
    Fine,
    /// It reads the file without a complaint and skips proxy settings that stand in it: the first of them, and why.
    Ignored {
        /// What is skipped: a start tag, or an attribute with its value.
        span: Span,
        /// Why, as a sentence.
        why: String,
    },
    /// It complains.
    Refused(Refusal),
}

/// The complaint of .NET that somebody sees first. Nobody sees past it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When, and so how much fails.
    pub stage: Stage,
    /// What .NET prints, without the place: `Unrecognized attribute 'proxyAddress'. Note that …`. Empty where the
    /// file is no configuration in our eyes only.
    pub message: String,
    /// Line and position that .NET adds to complaints about XML, 1-based, counted from the first line of the file.
    /// `None` for a piece of a file: nobody knows what stands above it.
    pub position: Option<(usize, usize)>,
    /// The line of the file that .NET names at the end of the message, counted in the same way. `None` also for what
    /// shows only when a program uses the network.
    pub line: Option<usize>,
    /// The name of the file as .NET would print it, without its folder.
    pub file: &'static str,
    /// The place, as the problem that it comes from has it.
    pub span: Span,
    /// False when a copy that was cut off would look the same.
    pub certain: bool,
}

impl Refusal {
    /// The message as .NET prints it: with line and position, the file and its line.
    pub fn printed(&self) -> String {
        let mut text = vec![self.message.clone()];
        text.extend(self.position.map(|(line, position)| format!("Line {line}, position {position}.")));
        text.extend(self.line.filter(|_| !self.message.is_empty()).map(|line| format!("({} line {line})", self.file)));
        text.join(" ")
    }
}

/// Why the file is no XML to .NET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// The place that .NET names.
    pub span: Span,
    /// What .NET prints, without the line and the position. Empty where .NET would not complain and we do.
    pub message: String,
    /// What most likely led to it.
    pub slip: Slip,
    /// The same as a sentence.
    pub mistake: &'static str,
    /// A place that shows the slip better.
    pub look_at: Option<Span>,
    /// For an element behind the root: whether it is the proxy part, `system.net` or `defaultProxy`.
    pub is_proxy_part: bool,
    /// Line and position that .NET prints behind the message, 1-based: of the file where its root element was given,
    /// of the text as given where not. `None` where .NET names no place.
    pub position: Option<(usize, usize)>,
    /// False when a copy that was cut off would look the same.
    pub certain: bool,
}

/// Something in the proxy settings that .NET refuses or ignores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of thing.
    pub kind: FaultKind,
    /// When .NET stumbles over it; of no meaning while `message` is empty.
    pub stage: Stage,
    /// The place: of an element its start tag, of an attribute the name with its value and both quotes, of a value
    /// what stands between the quotes (the whole attribute when that is empty), of text the text without blanks
    /// around it.
    pub span: Span,
    /// What stands there and what should, as a sentence.
    pub what: String,
    /// What .NET prints about it, without the file and the line; empty when it ignores it silently.
    pub message: String,
    /// The line that .NET names with it: 1-based, in the text as given. For text between elements that is the line
    /// on which the element in front of it ends.
    pub line: usize,
    /// The first of two, for something that stands twice: its start tag.
    pub first: Option<Span>,
}

/// When .NET complains, and so how much fails. In the order in which it gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// As soon as a program asks for any setting: the whole file is refused ("Configuration system failed to
    /// initialize").
    File,
    /// As soon as a program uses the network for the first time: the section is refused.
    Section,
    /// Then too, when the proxy is made of a section that could be read.
    Proxy,
    /// With every request.
    Request,
}

/// Kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// An element at a place where .NET does not look, or which it refuses.
    Misplaced,
    /// `configSections` is not the first element.
    SectionsNotFirst,
    /// Text between the elements.
    StrayText,
    /// The same section or element twice.
    Duplicate,
    /// An element name that .NET does not know, often the letter case.
    UnknownElement,
    /// An attribute that .NET does not know there, often the letter case.
    UnknownAttribute,
    /// A value that .NET cannot use.
    BadValue,
    /// An entry of the bypass list that is no .NET regular expression.
    BadPattern,
    /// The declaration of the section was deleted from `configSections`.
    DeclarationMissing,
}

/// A fault at a place with the line that .NET names.
pub fn fault(kind: FaultKind, stage: Stage, (span, line): (Span, usize), what: String, message: String) -> Fault {
    Fault { kind, stage, span, what: clipped(what), message: clipped(message), line, first: None }
}

/// A sentence with a name or a value in it, without the rest of an endless one.
pub fn clipped(text: String) -> String {
    match text.char_indices().nth(600) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text,
    }
}
