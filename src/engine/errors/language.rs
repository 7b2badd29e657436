//! Wordings of a message in the languages of Windows.
//!
//! Where they come from: [`Basis::Product`] is a resource file or a message table that is public (the .NET language
//! packs, translated source trees, Microsoft's own pages in that language); [`Basis::Field`] was pasted by users in
//! public threads; [`Basis::Unconfirmed`] is general knowledge that nobody has confirmed. Numbers in brackets and
//! names of errors are the same in every language and carry where a wording is not known.

/// A language of Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Simplified Chinese.
    ChineseSimplified,
    /// Traditional Chinese.
    ChineseTraditional,
    /// German.
    German,
    /// French.
    French,
    /// Japanese.
    Japanese,
    /// Spanish.
    Spanish,
    /// Portuguese, mostly as written in Brazil.
    Portuguese,
    /// Korean.
    Korean,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Polish.
    Polish,
    /// Russian.
    Russian,
    /// Turkish.
    Turkish,
}

impl Language {
    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChineseSimplified => "Simplified Chinese",
            Self::ChineseTraditional => "Traditional Chinese",
            Self::German => "German",
            Self::French => "French",
            Self::Japanese => "Japanese",
            Self::Spanish => "Spanish",
            Self::Portuguese => "Portuguese",
            Self::Korean => "Korean",
            Self::Italian => "Italian",
            Self::Dutch => "Dutch",
            Self::Polish => "Polish",
            Self::Russian => "Russian",
            Self::Turkish => "Turkish",
        }
    }
}

/// What a wording rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A public resource file, message table or product page in that language.
    Product,
    /// Pasted by users in public threads.
    Field,
    /// General knowledge, not confirmed.
    Unconfirmed,
}

/// A message in one language, as a pattern of [`super::ErrorEntry::patterns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub language: Language,
    /// The text.
    pub text: &'static str,
    /// What it rests on.
    pub basis: Basis,
}

impl Wording {
    /// Marks a wording that was seen in pastes of users.
    pub(super) const fn field(self) -> Self {
        Self { basis: Basis::Field, ..self }
    }

    /// Marks a wording that nobody has confirmed.
    pub(super) const fn unconfirmed(self) -> Self {
        Self { basis: Basis::Unconfirmed, ..self }
    }
}

const fn product(language: Language, text: &'static str) -> Wording {
    Wording { language, text, basis: Basis::Product }
}

/// Simplified Chinese, from a product text.
pub(super) const fn hans(text: &'static str) -> Wording {
    product(Language::ChineseSimplified, text)
}

/// Traditional Chinese, from a product text.
pub(super) const fn hant(text: &'static str) -> Wording {
    product(Language::ChineseTraditional, text)
}

/// German, from a product text.
pub(super) const fn de(text: &'static str) -> Wording {
    product(Language::German, text)
}

/// French, from a product text.
pub(super) const fn fr(text: &'static str) -> Wording {
    product(Language::French, text)
}

/// Japanese, from a product text.
pub(super) const fn ja(text: &'static str) -> Wording {
    product(Language::Japanese, text)
}

/// Spanish, from a product text.
pub(super) const fn es(text: &'static str) -> Wording {
    product(Language::Spanish, text)
}

/// Portuguese, from a product text.
pub(super) const fn pt(text: &'static str) -> Wording {
    product(Language::Portuguese, text)
}

/// Korean, from a product text.
pub(super) const fn ko(text: &'static str) -> Wording {
    product(Language::Korean, text)
}

/// Italian, from a product text.
pub(super) const fn it(text: &'static str) -> Wording {
    product(Language::Italian, text)
}

/// Dutch, from a product text.
pub(super) const fn nl(text: &'static str) -> Wording {
    product(Language::Dutch, text)
}

/// Polish, from a product text.
pub(super) const fn pl(text: &'static str) -> Wording {
    product(Language::Polish, text)
}

/// Russian, from a product text.
pub(super) const fn ru(text: &'static str) -> Wording {
    product(Language::Russian, text)
}

/// Turkish, from a product text.
pub(super) const fn tr(text: &'static str) -> Wording {
    product(Language::Turkish, text)
}
