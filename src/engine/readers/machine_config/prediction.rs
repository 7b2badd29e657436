//! One plain prediction: what .NET does with the file.

use super::{Config, FaultKind, Stage};
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
    /// Line and position that .NET adds to complaints about XML, 1-based, of the text as given.
    pub position: Option<(usize, usize)>,
    /// The line of the file that .NET names at the end of the message, 1-based, of the text as given: for a piece of
    /// a file that is the line of the piece. `None` for what only shows with a request.
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
        let mut text = self.message.clone();
        if let Some((line, position)) = self.position {
            text.push_str(&format!(" Line {line}, position {position}."));
        }
        if let Some(line) = self.line.filter(|_| !text.is_empty()) {
            text.push_str(&format!(" ({} line {line})", self.file));
        }
        text
    }
}

/// Draws the prediction from what was found. The faults are sorted by their places.
pub fn predict(config: &Config) -> Prediction {
    if let Some(refusal) = refusal(config) {
        return Prediction::Refused(refusal);
    }
    let ignored = |span, why: String| Prediction::Ignored { span, why };
    if let Some(fault) = config.faults.iter().find(|fault| fault.message.is_empty()) {
        return ignored(fault.span, fault.what.clone());
    }
    let script = config.script_location.as_ref().map(|script| script.span);
    let detect = config.auto_detect.as_ref().filter(|switch| switch.value == Some(true));
    let script = script.or(detect.map(|switch| switch.written.span));
    match script.filter(|_| config.drops_script() && !config.is_switched_off() && config.module.is_none()) {
        Some(span) => {
            let why = "A script or auto-detection has no effect beside proxyaddress, bypassonlocal or a bypass list: .NET drops it.";
            ignored(span, why.to_owned())
        }
        None => Prediction::Fine,
    }
}

fn refusal(config: &Config) -> Option<Refusal> {
    let file = config.which.file_name();
    if let Some(error) = config.xml_errors.first() {
        return Some(Refusal {
            stage: Stage::File,
            message: error.message.clone(),
            position: error.position,
            line: error.position.map(|(line, _)| line),
            file,
            span: error.span,
            certain: error.certain,
        });
    }
    // The whole file is scanned before a section is looked into. There, names and places count at once and values
    // when the section is through.
    let rank = |kind: FaultKind, stage: Stage| (stage, kind == FaultKind::BadValue);
    let loud = config.faults.iter().filter(|fault| !fault.message.is_empty());
    if let Some(fault) = loud.min_by_key(|fault| (rank(fault.kind, fault.stage), fault.span.start)) {
        return Some(Refusal {
            stage: fault.stage,
            message: fault.message.clone(),
            position: None,
            line: (fault.stage < Stage::Proxy).then_some(fault.line),
            file,
            span: fault.span,
            certain: true,
        });
    }
    let (written, address) = (config.proxy_address.as_ref()?, config.address.as_ref()?);
    let uses_it = config.in_effect && !config.is_switched_off() && config.module.is_none();
    let scheme = address.scheme_of_no_proxy().filter(|_| uses_it)?;
    Some(Refusal {
        stage: Stage::Request,
        message: format!("The ServicePointManager does not support proxies with the {scheme} scheme."),
        position: None,
        line: None,
        file,
        span: written.span,
        certain: true,
    })
}
