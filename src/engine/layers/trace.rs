//! What the wizard's trace prints about its own proxy: `Default Proxy [Name]: value`. A wizard that was started twice
//! prints twice; the later print counts.

use super::Says;
use crate::facts::Facts;
use crate::readers::error_text::ProxyPrint;

/// The last line of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct TraceView<'a> {
    /// The line about the address.
    pub address: Option<&'a ProxyPrint>,
    /// The line about `Enabled`.
    pub enabled: Option<&'a ProxyPrint>,
    /// The line about `AutoDetect`.
    pub auto_detect: Option<&'a ProxyPrint>,
    /// The line about `UseSystemDefault`.
    pub system_default: Option<&'a ProxyPrint>,
    /// The line about `UseDefaultCredentials`.
    pub credentials: Option<&'a ProxyPrint>,
    /// The last line of any kind.
    pub last: Option<&'a ProxyPrint>,
}

/// What the traces among the evidence say. Documentation, and the logs of other programs, say nothing about this
/// server.
pub fn trace_view(facts: &Facts) -> TraceView<'_> {
    TraceView::of(facts.reports().flat_map(|text| &text.proxy_print))
}

impl<'a> TraceView<'a> {
    /// The view of these lines, in their order.
    pub fn of(lines: impl IntoIterator<Item = &'a ProxyPrint>) -> Self {
        let mut view = Self::default();
        for line in lines {
            view.last = Some(line);
            let is = |name: &str| line.name.eq_ignore_ascii_case(name);
            match () {
                () if is("ProxyAddress") => view.address = Some(line),
                () if is("Enabled") => view.enabled = Some(line),
                () if is("AutoDetect") => view.auto_detect = Some(line),
                () if is("UseSystemDefault") => view.system_default = Some(line),
                () if is("UseDefaultCredentials") => view.credentials = Some(line),
                () => {}
            }
        }
        view
    }

    /// The address that is printed; `None` where none is set, or none printed.
    pub fn proxy(&self) -> Option<&'a str> {
        let value = self.address?.value.trim();
        let none = value.is_empty() || value.trim_matches(['<', '>']).eq_ignore_ascii_case("unspecified");
        (!none).then_some(value)
    }

    /// The trace says that no proxy address is set.
    pub fn says_none(&self) -> bool {
        self.address.is_some() && self.proxy().is_none()
    }

    /// What .NET does with these settings; `None` where nothing is printed.
    pub fn says(&self) -> Option<Says> {
        let is = |line: Option<&ProxyPrint>, value: &str| {
            line.is_some_and(|line| line.value.trim().eq_ignore_ascii_case(value))
        };
        self.last?;
        Some(match self.proxy() {
            _ if is(self.enabled, "False") => Says::Direct,
            _ if self.address.is_none() => Says::Unknown,
            Some(written) => super::proxy(written),
            None if is(self.auto_detect, "True") => Says::AutoDetect,
            None if is(self.system_default, "False") => Says::Direct,
            None => Says::Account,
        })
    }
}
