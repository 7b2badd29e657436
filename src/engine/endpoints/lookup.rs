//! Which rows of the catalogue a host falls under, for people who look one up. Not for logs: see
//! [`super::find_host`].

use super::host_text::host_in;
use super::matching::host_matches;
use super::{Endpoint, catalogue};

/// A row that a host falls under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covering {
    /// The row.
    pub row: &'static Endpoint,
    /// How.
    pub how: How,
}

/// How a host falls under a row, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The row's pattern as the source prints it, or one of its hosts.
    Named,
    /// One of a family whose names vary, such as `*-anchor.microsoftonline.com`.
    Family,
    /// Below the documented wildcard.
    Below,
    /// The bare name of a documented wildcard, which many products do not let `*.` cover.
    Apex,
    /// Covered by no row; the row's text mentions the name, as a misprint for example.
    Mentioned,
}

impl How {
    /// A few words for the user.
    pub fn text(self) -> &'static str {
        match self {
            Self::Named => "named by this row",
            Self::Family => "one of the names this row stands for",
            Self::Below => "below this row's wildcard",
            Self::Apex => "the bare name of this row's wildcard, which many products do not let the star cover",
            Self::Mentioned => "no row covers it; this row's notes mention it",
        }
    }
}

/// The rows of every cloud that a host falls under, the closest first. The text may be a name, a pattern or a URL, in
/// any case. Empty when it names no host or no row has to do with it.
pub fn covering(text: &str) -> Vec<Covering> {
    let Some(found) = host_in(text) else { return Vec::new() };
    let host = found.host.as_str();
    let mut rows: Vec<Covering> = catalogue().filter_map(|row| Some(Covering { row, how: how(row, host)? })).collect();
    if rows.is_empty() {
        rows = catalogue().filter(|row| mentions(row, host)).map(|row| Covering { row, how: How::Mentioned }).collect();
    }
    rows.sort_by_key(|covering| covering.how);
    rows
}

fn how(row: &Endpoint, host: &str) -> Option<How> {
    let named = |name: &str| name == host;
    let below = row.pattern.strip_prefix("*.");
    if named(row.pattern) || row.hosts.iter().any(|name| named(name)) {
        Some(How::Named)
    } else if row.hosts.iter().any(|name| host_matches(name, host)) {
        Some(How::Family)
    } else if host_matches(row.pattern, host) {
        Some(How::Below)
    } else if below == Some(host) {
        Some(How::Apex)
    } else {
        None
    }
}

/// Whether the row's text has the name, or a wildcard above it.
fn mentions(row: &Endpoint, host: &str) -> bool {
    let texts = [row.trap, row.remark].into_iter().chain(row.disagreements.iter().copied());
    texts
        .flat_map(|text| {
            text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '(' | ')'))
        })
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.contains('.'))
        .any(|word| word == host || host_matches(word, host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::Cloud;

    fn first(text: &str, cloud: Cloud) -> Option<(&'static str, How)> {
        covering(text).into_iter().find(|found| found.row.cloud == cloud).map(|found| (found.row.pattern, found.how))
    }

    #[test]
    fn a_host_or_url_typed_in_full_finds_its_pattern() {
        let china = |text| first(text, Cloud::China);
        assert_eq!(china("https://CRL3.digicert.com/x.crl"), Some(("*.crl3.digicert.com", How::Named)));
        assert_eq!(china("*.crl3.digicert.com"), Some(("*.crl3.digicert.com", How::Named)));
        assert_eq!(china("a.crl3.digicert.com."), Some(("*.crl3.digicert.com", How::Below)));
        assert_eq!(china("bba800-anchor.partner.microsoftonline.cn:443").map(|found| found.1), Some(How::Family));
        assert_eq!(china("portal.partner.microsoftonline.cn"), Some(("*.partner.microsoftonline.cn", How::Below)));
        assert_eq!(china("partner.microsoftonline.cn"), Some(("*.partner.microsoftonline.cn", How::Apex)));
        assert_eq!(china("www.tm.f.prd.aadg.trafficmanager.net"), None, "aliases stand under the public cloud");
        assert_eq!(
            first("www.tm.f.prd.aadg.trafficmanager.net", Cloud::Worldwide),
            Some(("*.trafficmanager.net", How::Below))
        );
    }

    #[test]
    fn a_row_that_recognises_nothing_in_logs_is_found_by_people() {
        assert_eq!(crate::endpoints::find_host("login.live.com"), None);
        assert_eq!(first("login.live.com", Cloud::Worldwide), Some(("login.live.com", How::Named)));
    }

    #[test]
    fn a_misprint_leads_to_the_row_it_was_meant_for() {
        for (text, cloud, pattern) in [
            ("secure.aadcdn.parter.microsoftonline-p.cn", Cloud::China, "secure.aadcdn.partner.microsoftonline-p.cn"),
            ("ocsp.entrust.com", Cloud::China, "*.entrust.net"),
            ("*.entrust.com", Cloud::Worldwide, "*.entrust.net"),
            ("graph.chinacloudapi.us", Cloud::China, "*.graph.chinacloudapi.cn"),
        ] {
            assert_eq!(first(text, cloud), Some((pattern, How::Mentioned)), "{text}");
        }
    }

    #[test]
    fn what_has_nothing_to_do_with_entra_connect_finds_nothing() {
        for text in ["www.example.com", "", "hello", "10.0.0.1", "outlook.office365.com"] {
            assert_eq!(covering(text), [], "{text}");
        }
    }
}
