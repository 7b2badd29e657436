//! The slips behind XML that .NET refuses: what somebody did, in our words.

/// What most likely happened to the file. A corrector works from it; a person reads its [`Slip::sentence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// Quotation marks of a word processor, a mail program or a blog.
    CurlyQuote,
    /// A quotation mark that should close a value is missing.
    QuoteMissing,
    /// A value without quotation marks.
    NoQuotes,
    /// A quotation mark too many, or a value without a name.
    QuoteTooMany,
    /// Two attributes with no blank between them.
    NoBlank,
    /// An attribute without a value.
    NoValue,
    /// The same attribute twice in one tag.
    AttributeTwice,
    /// A bare `&`.
    Ampersand,
    /// A `<` that begins no tag.
    AngleBracket,
    /// A `<` in a value: a placeholder of the instructions, or a quotation mark that is missing.
    Placeholder,
    /// A tag without its `>`.
    TagOpen,
    /// A slash within a tag.
    Slash,
    /// A no-break space between names.
    NoBreakSpace,
    /// A zero-width character between names.
    Invisible,
    /// Another character that may not stand in a tag.
    StrayCharacter,
    /// A control character.
    ControlCharacter,
    /// Start and end tag in different letter case.
    EndTagCase,
    /// An end tag without a name.
    EndTagNameless,
    /// An end tag that does not fit: one before it is missing, or a slash.
    EndTagMismatch,
    /// An end tag without its `>`.
    EndTagOpen,
    /// An end tag behind the root element.
    EndTagLeftOver,
    /// The end of the text comes before everything is closed.
    EndMissing,
    /// Two dashes in a comment.
    CommentDashes,
    /// A comment without its end.
    CommentOpen,
    /// A CDATA section without its end.
    CdataOpen,
    /// An XML declaration without its end.
    DeclarationOpen,
    /// `<!` that begins neither a comment nor anything else.
    NotAComment,
    /// Something stands in front of the XML declaration.
    DeclarationLate,
    /// A blank or an empty line stands in front of the XML declaration.
    DeclarationAfterBlank,
    /// A block behind `</configuration>`.
    BehindRoot,
    /// Text behind `</configuration>`.
    TextBehindRoot,
    /// Text in front of the root element.
    TextBeforeRoot,
    /// Text outside of the root element.
    TextOutside,
    /// No XML at all.
    NoXml,
    /// An empty file.
    Empty,
    /// Elements nested too deeply.
    TooDeep,
    /// A prefix that nothing declares.
    Prefix,
    /// An entity that only a document type declares.
    DocumentType,
    /// UTF-16 is declared, and the bytes are not.
    NotUtf16,
    /// Another encoding is declared, and the bytes are UTF-16.
    Utf16Undeclared,
    /// UTF-8 is declared, and a character is not.
    NotUtf8,
}

impl Slip {
    /// What happened, as a sentence of its own or two.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::CurlyQuote => {
                "The quotation marks are typographic ones, as a word processor, a mail program or a blog makes them. XML takes only straight ones."
            }
            Self::QuoteMissing => "A quotation mark that should close a value is missing.",
            Self::NoQuotes => "A value stands without quotation marks.",
            Self::QuoteTooMany => "A quotation mark too many, or an attribute name is missing.",
            Self::NoBlank => "There is no blank between two attributes, or a quotation mark is missing.",
            Self::NoValue => "An attribute has no value.",
            Self::AttributeTwice => "An attribute stands twice in one tag.",
            Self::Ampersand => "An & stands alone. In XML it is written &amp;.",
            Self::AngleBracket => {
                "A < does not begin a tag. In a value it is written &lt;; a placeholder in angle brackets has to be replaced."
            }
            Self::Placeholder => {
                "A value contains <: a placeholder in angle brackets was kept, or a closing quotation mark is missing."
            }
            Self::TagOpen => "The tag before this place is not closed with >.",
            Self::Slash => "A slash stands in a tag at a place other than its end.",
            Self::NoBreakSpace => {
                "A no-break space stands where an ordinary blank is needed, as mail and chat programs make it."
            }
            Self::Invisible => "An invisible character stands in the tag, as mail and chat programs make it.",
            Self::StrayCharacter => "A character stands in the tag that may not stand there.",
            Self::ControlCharacter => "A control character stands in the file.",
            Self::EndTagCase => "Start tag and end tag are not written in the same letter case.",
            Self::EndTagNameless => "An end tag has no name.",
            Self::EndTagMismatch => "An end tag is missing, or a start tag that should close itself lacks its slash.",
            Self::EndTagOpen => "The end tag lacks its closing angle bracket.",
            Self::EndTagLeftOver => "An end tag is left over behind </configuration>.",
            Self::EndMissing => "An end tag is missing, or the copy does not reach the end of the file.",
            Self::CommentDashes => {
                "A comment contains two dashes in a row, often from a commented-out command or comment."
            }
            Self::CommentOpen => "A comment is not closed with -->.",
            Self::CdataOpen => "A CDATA section is not closed.",
            Self::DeclarationOpen => "The <?xml ...?> line is not closed with ?>.",
            Self::NotAComment => "A comment begins with <!-- and nothing else.",
            Self::DeclarationLate => {
                "The <?xml ...?> line stands in the middle of the text. It may only be the very first line."
            }
            Self::DeclarationAfterBlank => "A blank line or a space stands in front of the <?xml ...?> line.",
            Self::BehindRoot => "The block stands behind </configuration>. It belongs in front of that line.",
            Self::TextBehindRoot => "Text stands behind </configuration>.",
            Self::TextBeforeRoot => "Text stands in front of the XML.",
            Self::TextOutside => "Text stands outside of the root element.",
            Self::NoXml => "This is no XML at all.",
            Self::Empty => "The file is empty.",
            Self::TooDeep => "The elements are nested too deeply to be a configuration file.",
            Self::Prefix => {
                "A name has a prefix that nothing declares, often left over from a transformation such as web.Release.config."
            }
            Self::DocumentType => {
                "The text uses an entity of its own document type. A configuration needs none: write the text in its place."
            }
            Self::NotUtf16 => {
                "The first line declares UTF-16, but the file was saved in another encoding, often by PowerShell or an editor."
            }
            Self::Utf16Undeclared => {
                "The file was saved as UTF-16, as Out-File and > of Windows PowerShell do, but its first line declares another encoding. .NET switches to that one there, and the rest is gibberish to it. Save the file as UTF-8."
            }
            Self::NotUtf8 => {
                "The file is declared as UTF-8, but a character in it was saved in another encoding, often an umlaut in a comment."
            }
        }
    }
}
