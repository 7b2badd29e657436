//! Which cloud the wizard's trace says it took, and for which user.

use crate::artifact::{Part, Span};
use crate::endpoints::Cloud;
use crate::phrases::Marks;
use std::sync::LazyLock;

/// One choice of a cloud for a user whose name tells the cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudInstance {
    /// The cloud that the wizard took.
    pub taken: Cloud,
    /// The cloud of the user name.
    pub of_user: Cloud,
    /// The domain of the user name, in lower case.
    pub domain: String,
    /// The wizard found no cloud and fell back to the public one.
    pub fallback: bool,
    /// The line that says which cloud was taken.
    pub span: Span,
}

/// Domains that exist in one cloud only.
const SUFFIXES: &[(&str, Cloud)] = &[
    (".onmschina.cn", Cloud::China),
    (".onmicrosoft.us", Cloud::UsGovGccHigh),
    (".onmicrosoft.de", Cloud::Germany),
    (".onmicrosoft.com", Cloud::Worldwide),
];

/// The cloud that the name of a tenant or of a user proves, and the name of its domain as written: only where the
/// suffix exists in one cloud that is not the public one, whose names tenants elsewhere have as well.
pub fn tenant(text: &str) -> Option<(Cloud, &str)> {
    SUFFIXES.iter().filter(|(_, cloud)| *cloud != Cloud::Worldwide).find_map(|(suffix, cloud)| {
        let at = memchr::memmem::find(text.as_bytes(), suffix.as_bytes())?;
        let end = at + suffix.len();
        let goes_on = text.get(end..)?.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let in_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let start = text.get(..at)?.rfind(|c: char| !in_name(c)).map_or(0, |before| {
            before + text.get(before..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        // A bare suffix or a wildcard is nobody's tenant.
        let label = text.get(start..at)?.trim_matches('.');
        (!goes_on && !label.is_empty() && label != "partner").then_some((*cloud, text.get(start..end)?))
    })
}

/// What a line with a user or with a cloud has.
static MARKS: LazyLock<Marks> =
    LazyLock::new(|| Marks::new(&["@", "azure instance", "defaulting to the worldwide", "resolution method"]));

/// Every such choice, in the order of the text. A user who is named after it counts where none was named before.
pub fn instances(part: &Part) -> Vec<CloudInstance> {
    let mut user: Option<(Cloud, String)> = None;
    let mut waiting: Vec<(Cloud, bool, Span)> = Vec::new();
    let mut found = Vec::new();
    for (start, line) in MARKS.lines(part) {
        let lower = line.to_ascii_lowercase();
        let named = user_of(&lower);
        if named.is_some() {
            user = named;
        }
        if let Some((taken, fallback)) = taken(&lower) {
            let indent = line.len() - line.trim_start().len();
            waiting.push((taken, fallback, part.span(start + indent..start + line.trim_end().len())));
        }
        if let Some((of_user, domain)) = &user {
            found.extend(waiting.drain(..).map(|(taken, fallback, span)| CloudInstance {
                taken,
                of_user: *of_user,
                domain: domain.clone(),
                fallback,
                span,
            }));
        }
    }
    found
}

/// The cloud of the last user name on the line.
fn user_of(line: &str) -> Option<(Cloud, String)> {
    let at = line.rfind('@')?;
    let domain: String =
        line.get(at + 1..)?.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    let domain = domain.trim_end_matches('.');
    SUFFIXES.iter().find(|(suffix, _)| domain.ends_with(suffix)).map(|(_, cloud)| (*cloud, domain.to_owned()))
}

/// The cloud that a line says was taken, and whether for want of a better one.
fn taken(line: &str) -> Option<(Cloud, bool)> {
    const DEFAULT: &str = "defaulting to the worldwide instance";
    const RESOLVED: (&str, &str) = (" to the ", " azure instance");
    if line.contains(DEFAULT) {
        return Some((Cloud::Worldwide, true));
    }
    if let Some(end) = line.find(RESOLVED.1) {
        let head = line.get(..end)?;
        return instance(head.get(head.rfind(RESOLVED.0)? + RESOLVED.0.len()..)?).map(|cloud| (cloud, false));
    }
    let method = line.find("resolution method [registry configuration]")?;
    instance(line.get(method..)?.split_once("]:")?.1).map(|cloud| (cloud, false))
}

/// The cloud that the wizard calls by this name.
fn instance(name: &str) -> Option<Cloud> {
    let name: String = name.trim().chars().take_while(char::is_ascii_alphanumeric).collect();
    Some(match name.as_str() {
        "worldwide" => Cloud::Worldwide,
        "china" => Cloud::China,
        "usgov" | "usgovernment" | "usgovcloud" => Cloud::UsGovGccHigh,
        "germany" => Cloud::Germany,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(Cloud, Cloud)> {
        let source = Source::decode("a", text.as_bytes());
        instances(&Part::whole(&source)).into_iter().map(|found| (found.taken, found.of_user)).collect()
    }

    #[test]
    fn the_cloud_that_was_taken_is_read_beside_the_cloud_of_the_user() {
        for text in [
            "validation for user - a@b.partner.onmschina.cn\n[1] X: Resolution Method [Registry Configuration]: Worldwide.",
            "X: Unable to determine the Azure instance for UPN (a@b.onmschina.cn). Defaulting to the WorldWide instance which may",
            "X: Successfully resolved UPN (a@b.partner.onmschina.cn) to the Worldwide Azure instance.",
            "X: Resolution Method [Registry Configuration]: Worldwide.\nuserName (a@b.partner.onmschina.cn)",
        ] {
            assert_eq!(read(text), [(Cloud::Worldwide, Cloud::China)], "{text}");
        }
        assert_eq!(
            read("X: Successfully resolved UPN (a@b.partner.onmschina.cn) to the China Azure instance."),
            [(Cloud::China, Cloud::China)]
        );
        assert_eq!(read("Resolution Method [Registry Configuration]: Worldwide.\nuserName (a@contoso.example)"), []);
    }
}
