//! The names that .NET knows in the proxy part, and the names that people write instead.

/// Attributes of `defaultProxy`.
pub const ON_DEFAULT_PROXY: [&str; 2] = ["enabled", "useDefaultCredentials"];
/// Attributes of `proxy`.
pub const ON_PROXY: [&str; 5] = ["autoDetect", "scriptLocation", "bypassonlocal", "proxyaddress", "usesystemdefault"];
/// Attributes that every section takes.
const ON_ANY: [&str; 7] = [
    "configSource",
    "configProtectionProvider",
    "lockAttributes",
    "lockAllAttributesExcept",
    "lockElements",
    "lockAllElementsExcept",
    "lockItem",
];
/// Elements of the path to the proxy settings, and around it.
const ELEMENTS: [&str; 11] = [
    "configuration",
    "configSections",
    "sectionGroup",
    "location",
    "system.net",
    "defaultProxy",
    "proxy",
    "bypasslist",
    "add",
    "remove",
    "clear",
];
/// What people call the address on the `proxy` element.
const ADDRESS_NAMES: [&str; 9] =
    ["address", "proxy", "proxyserver", "server", "proxyurl", "url", "uri", "proxyaddr", "proxyhost"];

/// Whether every section takes this attribute.
pub fn is_on_any(name: &str) -> bool {
    ON_ANY.contains(&name) || name == "xmlns" || name.starts_with("xml:") || name.starts_with("xmlns:")
}

/// The element that a name stands for: the name itself, in another letter case or, where no other section has a name
/// like it, with a slip in it.
pub fn element(name: &str) -> Option<&'static str> {
    const UNIQUE: [&str; 3] = ["defaultProxy", "proxy", "bypasslist"];
    const GROUP: [&str; 6] = ["systemnet", "system-net", "system_net", "sytem.net", "systen.net", "system.nett"];
    let same = |wanted: &&&'static str| wanted.eq_ignore_ascii_case(name);
    ELEMENTS
        .iter()
        .find(same)
        .or_else(|| UNIQUE.iter().find(|wanted| is_slip(wanted, name)))
        .copied()
        .or_else(|| GROUP.iter().any(|group| group.eq_ignore_ascii_case(name)).then_some("system.net"))
}

/// The attribute among these that a name stands for.
pub fn among(known: &[&'static str], name: &str) -> Option<&'static str> {
    let same = |wanted: &&&'static str| wanted.eq_ignore_ascii_case(name);
    known.iter().find(same).or_else(|| known.iter().find(|wanted| is_slip(wanted, name))).copied()
}

/// Whether this is a name that people give to the address.
pub fn is_address_name(name: &str) -> bool {
    ADDRESS_NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether two names differ by letter case, a dash or a slip of a letter or two.
pub fn is_slip(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| !matches!(c, '-' | '_' | '.')).map(|c| c.to_ascii_lowercase()).collect()
    };
    if a.len() > 40 || b.len() > 40 || a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    let (a, b) = (plain(a), plain(b));
    let most = match a.len().min(b.len()) {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= most && distance(&a, &b) <= most
}

/// How many letters were added, left out, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let at = |rows: &[Vec<usize>], i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (at(&rows, i, j) + usize::from(x != y)).min(at(&rows, i, j + 1) + 1);
            best = best.min(row.get(j).copied().unwrap_or(0) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&rows, i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    at(&rows, a.len(), b.len())
}

/// A boolean as people write it, in several languages.
pub fn truth(value: &str) -> Option<bool> {
    const YES: [&str; 12] = ["true", "yes", "on", "1", "y", "ja", "oui", "si", "sí", "enabled", "wahr", "vrai"];
    const NO: [&str; 12] = ["false", "no", "off", "0", "n", "nein", "non", "disabled", "none", "falsch", "faux", "nee"];
    let value = value.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let has = |words: &[&str]| words.contains(&value.as_str());
    match () {
        () if has(&YES) || is_slip("true", &value) => Some(true),
        () if has(&NO) || is_slip("false", &value) => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        for (a, b) in [
            ("proxyaddress", "proxyadress"),
            ("usesystemdefault", "useSystemDefaults"),
            ("enabled", "enable"),
            ("true", "ture"),
        ] {
            assert!(is_slip(a, b), "{a} {b}");
        }
        for (a, b) in [("proxy", "policy"), ("enabled", "name"), ("add", "and"), ("false", "true")] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
        assert_eq!(element("DefaultProxy"), Some("defaultProxy"));
        assert_eq!(element("system.Net"), Some("system.net"));
        assert_eq!(element("runtime"), None);
    }
}
