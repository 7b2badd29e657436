//! What the registry says about TLS 1.2, value by value, whatever program printed it.

use crate::artifact::Span;
use crate::facts::Facts;
use crate::readers::error_text::registry::RegistryValue;

/// A value that switches TLS 1.2 off for the 64-bit programs of this server.
pub struct Off {
    /// The value.
    pub span: Span,
    /// What it does, as a sentence.
    pub what: String,
    /// It holds for every program. A program on .NET can still ask for TLS 1.2 by itself.
    pub certain: bool,
}

/// Every value that switches TLS 1.2 off, in the order of the evidence.
///
/// Source: reference-connect-tls-enforcement; a value that is not there is no fault on current Windows.
pub fn switched_off(facts: &Facts) -> Vec<Off> {
    facts.reports().flat_map(|text| &text.registry).filter_map(effect).collect()
}

/// Values for .NET that were stored as texts. .NET reads numbers only, so that they count as not set.
///
/// Source: microsoft/referencesource, `RegistryConfiguration.ReadConfig`: a value of another kind than `REG_DWORD` is
/// passed over; read 2026-11.
pub fn stored_as_text(facts: &Facts) -> Vec<Off> {
    let values = facts.reports().flat_map(|text| &text.registry);
    let texts = values.filter(|value| value.is_text && value.decides_tls());
    texts
        .map(|value| Off {
            span: value.span,
            what: format!(
                "{} is stored as a text (REG_SZ). .NET reads a number (REG_DWORD) only, so that it counts as not set.",
                value.name
            ),
            certain: false,
        })
        .collect()
}

/// Prints of .NET that offers only older versions by itself.
///
/// Source: dotnet/docs, `ServicePointManager.SecurityProtocol`; read 2026-11.
pub fn older_offered(facts: &Facts) -> Vec<Off> {
    let prints = facts.reports().flat_map(|text| &text.offered).filter(|print| !print.has_tls12);
    let what = |text: &str| format!("This .NET offers {text} by itself, and no TLS 1.2.");
    prints.map(|print| Off { span: print.span, what: what(&print.text), certain: false }).collect()
}

fn effect(value: &RegistryValue) -> Option<Off> {
    let key = value.key.to_ascii_lowercase();
    let number = value.number?;
    let name = value.name.as_str();
    if key.contains("schannel") && key.contains("tls 1.2") && key.trim_end_matches('\\').ends_with("client") {
        let off = (name == "Enabled" && number == 0) || (name == "DisabledByDefault" && number != 0);
        let what =
            || format!("{name} = {number} switches TLS 1.2 off for everything on this server that connects outwards.");
        return off.then(|| Off { span: value.span, what: what(), certain: true });
    }
    let off = value.decides_tls() && number == 0;
    off.then(|| Off {
        span: value.span,
        what: format!("{name} = 0 keeps .NET from offering TLS 1.2 by itself."),
        certain: false,
    })
}
