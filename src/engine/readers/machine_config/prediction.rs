//! One plain prediction: what .NET does with the file.

use super::config::Config;
use super::problem::{FaultKind, Prediction, Refusal, Stage, clipped};

/// Draws the prediction from what was found. `first_line` is the line of the text as given on which the file begins.
pub fn predict(config: &Config, first_line: usize) -> Prediction {
    if let Some(refusal) = refusal(config, first_line) {
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

fn refusal(config: &Config, first_line: usize) -> Option<Refusal> {
    let file = config.which.file_name();
    let whole = !config.is_fragment;
    if let Some(error) = config.xml_errors.first() {
        return Some(Refusal {
            stage: Stage::File,
            message: error.message.clone(),
            position: error.position.filter(|_| whole),
            line: error.position.filter(|_| whole).map(|(line, _)| line),
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
            line: (whole && fault.stage < Stage::Proxy).then_some((fault.line + 1).saturating_sub(first_line)),
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
        message: clipped(format!("The ServicePointManager does not support proxies with the {scheme} scheme.")),
        position: None,
        line: None,
        file,
        span: written.span,
        certain: true,
    })
}
