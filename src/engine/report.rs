//! The answer: ranked diagnoses, what was covered, what was not checked, what to ask for. Plain owned data.

use crate::artifact::Span;

/// How bad it is. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks sync or sign-in.
    Error,
    /// Will bite later, or partly.
    Warning,
    /// Good to know.
    Info,
    /// A healthy sign.
    Ok,
}

/// How sure the diagnosis is. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The evidence leaves nothing else.
    Certain,
    /// The evidence fits, and little else does.
    Likely,
    /// One of several.
    Possible,
}

/// The identity that was at work. Public ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// The person who runs the wizard: every page but Configure.
    SignedInUser,
    /// The account of the sync service: the Configure page, and every sync.
    SyncServiceAccount,
    /// The embedded sign-in window, which follows the signed-in user's Internet Options.
    BrowserWindow,
    /// All of them, or the evidence does not tell.
    #[default]
    Any,
}

/// A place in an artifact that supports a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// One sentence: what this place shows.
    pub note: String,
}
