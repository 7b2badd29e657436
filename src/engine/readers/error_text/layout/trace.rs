//! The wizard's trace.

use super::{Layout, found};
use crate::artifact::Kind;

/// `[HH:MM:SS.mmm] [ 12] [INFO ] message`, with or without the padding.
pub fn is_trace_line(line: &str) -> bool {
    let Some((stamp, rest)) = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return false;
    };
    let has_shape = |shape: &str| {
        let fits = |(b, wanted): (u8, u8)| if wanted == b'9' { b.is_ascii_digit() } else { b == wanted };
        stamp.len() == shape.len() && stamp.bytes().zip(shape.bytes()).all(fits)
    };
    let Some((thread, rest)) = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return false;
    };
    let level =
        rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or("", |(level, _)| level);
    (has_shape("99:99:99.999") || has_shape("9:99:99.999"))
        && thread.trim().bytes().all(|b| b.is_ascii_digit())
        && matches!(level.trim(), "INFO" | "WARN" | "ERROR" | "VERB" | "DEBUG" | "FATAL")
}

const TRACE_WORDS: &[&str] = &[
    "application version:",
    "application build date:",
    "machine.config path:",
    "default proxy [",
    "azuretenantpage:",
    "authenticate-msal",
    "authenticate-adal",
    "azureconfigurationfromprincipalname",
    "resolveazureinstance",
    "discoverserviceendpoint",
    "getcompanyconfiguration",
    "performconfigurationpageviewmodel",
    "executeadsyncconfiguration",
    "exception data (raw)",
    "page transition from",
    "tls 1.2 is properly configured",
    "detected .net release",
    "resolution method [",
    "powershellhelper.",
    "[info ]",
    "[error]",
    "[warn ]",
    "getserviceaccount",
    "rootpageviewmodel",
    "checkinstallationstate",
    "[azureinstancediscovery]",
];

/// Lines of the wizard's trace, or several of its phrases.
pub fn wizard_trace(text: &str, lines: &[&str]) -> Option<Layout> {
    let stamped = lines.iter().filter(|line| is_trace_line(line)).count();
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    if stamped >= 2 || (stamped == 1 && filled <= 6) {
        return Some(found(
            if stamped * 2 >= filled { 90 } else { 70 },
            Kind::WizardTrace,
            "Lines with time, thread and level, as the wizard's trace has them.",
        ));
    }
    let lower = text.to_ascii_lowercase();
    let words = TRACE_WORDS.iter().filter(|word| lower.contains(**word)).count();
    let begins = lines
        .iter()
        .any(|line| ["[ERROR]", "[INFO ]", "[WARN ]"].iter().any(|level| line.trim_start().starts_with(level)));
    (words >= 3 || (words >= 2 && begins)).then(|| found(60, Kind::WizardTrace, "Phrases of the wizard's trace."))
}
