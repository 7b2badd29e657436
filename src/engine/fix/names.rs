//! The names that people write instead of those that .NET knows in the proxy part.

use crate::slips::is_slip;

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
    fn a_name_in_another_letter_case_is_known_and_another_section_is_not() {
        assert_eq!(element("DefaultProxy"), Some("defaultProxy"));
        assert_eq!(element("system.Net"), Some("system.net"));
        assert_eq!(element("runtime"), None);
    }
}
