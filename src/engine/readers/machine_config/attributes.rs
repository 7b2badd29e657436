//! Names and values of attributes: what .NET takes, and what somebody meant who wrote something else.

use super::address;
use super::bypass::{self, Pattern};
use super::problem::{Fault, FaultKind, Stage, fault};
use super::view::{View, truth};
use super::xml::{Attribute, Element};
use crate::slips::is_slip;

/// Attributes of `defaultProxy`.
pub const ON_DEFAULT_PROXY: [&str; 2] = ["enabled", "useDefaultCredentials"];
/// Attributes of `proxy`.
pub const ON_PROXY: [&str; 5] = ["autoDetect", "scriptLocation", "bypassonlocal", "proxyaddress", "usesystemdefault"];
/// Attributes that every element of a section takes.
const ON_ANY: [&str; 5] =
    ["lockAttributes", "lockAllAttributesExcept", "lockElements", "lockAllElementsExcept", "lockItem"];
/// Attributes that every section takes.
const ON_SECTION: [&str; 3] = ["configSource", "configProtectionProvider", "configBuilders"];

/// The attributes of an element of the proxy part, by its right name, that say something about the proxy.
pub fn known_on(element: &str) -> &'static [&'static str] {
    match element {
        "defaultProxy" => &ON_DEFAULT_PROXY,
        "proxy" => &ON_PROXY,
        "module" => &["type"],
        "add" | "remove" => &["address"],
        _ => &[],
    }
}

/// Whether .NET takes an attribute on an element of the proxy part, given by its right name. On the section group
/// `system.net` it takes any and looks at none: there settings of the proxy are no use.
pub fn takes(element: &str, key: &str) -> bool {
    if element == "system.net" {
        return !is_setting(key);
    }
    known_on(element).contains(&key)
        || ON_ANY.contains(&key)
        || (element == "defaultProxy" && ON_SECTION.contains(&key))
}

/// Whether a name is that of a proxy setting, in any letter case.
fn is_setting(key: &str) -> bool {
    ON_DEFAULT_PROXY.iter().chain(&ON_PROXY).any(|known| known.eq_ignore_ascii_case(key))
}

/// Names and values of the attributes of one element of the section; `right` is its name in the right letter case.
pub fn attributes_of(view: &View, element: &Element, right: &str) -> Vec<Fault> {
    let name = view.name(element);
    let known = known_on(right);
    let mut found = Vec::new();
    for attribute in &element.attributes {
        let key = view.text.get(attribute.name.clone()).unwrap_or("");
        if known.contains(&key) {
            found.extend(bad_value(view, key, attribute));
        } else if !takes(right, key) {
            let span = view.span(&attribute.whole(view.text));
            let message = format!("Unrecognized attribute '{key}'. Note that attribute names are case-sensitive.");
            let line = view.line(attribute.name.start);
            found.push(fault(
                FaultKind::UnknownAttribute,
                Stage::Section,
                (span, line),
                advice(name, key, known),
                message,
            ));
        }
    }
    found
}

/// Settings on a section group, where .NET takes any attribute and looks at none.
pub fn settings_on_group(view: &View, element: &Element) -> Vec<Fault> {
    let name = view.name(element);
    let ours = |attribute: &&Attribute| !takes("system.net", view.text.get(attribute.name.clone()).unwrap_or(""));
    let judge = |attribute: &Attribute| {
        let key = view.text.get(attribute.name.clone()).unwrap_or("");
        let what = format!("{} .NET ignores it here.", advice(name, key, &[]));
        let place = (view.span(&attribute.whole(view.text)), view.line(attribute.name.start));
        fault(FaultKind::UnknownAttribute, Stage::Section, place, what, String::new())
    };
    element.attributes.iter().filter(ours).map(judge).collect()
}

/// `configSource` beside anything else.
pub fn source_with_content(view: &View, index: usize, element: &Element) -> Option<Fault> {
    let source = element.attributes.iter().find(|a| view.text.get(a.name.clone()) == Some("configSource"))?;
    let has_more =
        element.attributes.len() > 1 || view.elements.get(index + 1).is_some_and(|child| child.parent == Some(index));
    let what = "configSource takes the section from another file. Nothing else may stand in this one.".to_owned();
    let message = "A section using 'configSource' may contain no other attributes or elements.".to_owned();
    let place = (view.span(&source.whole(view.text)), view.line(element.tag.start));
    has_more.then(|| fault(FaultKind::Misplaced, Stage::File, place, what, message))
}

/// What to do about an attribute that .NET does not know at its place.
fn advice(element: &str, key: &str, known: &[&str]) -> String {
    let same = |name: &&&str| name.eq_ignore_ascii_case(key);
    if let Some(right) = known.iter().find(same) {
        return format!("{key} has to be written {right}: .NET tells upper from lower case.");
    }
    if let Some(right) = ON_DEFAULT_PROXY.iter().find(same) {
        return format!("{key} does not belong on <{element}>. It belongs on <defaultProxy>{}.", spelling(key, right));
    }
    if let Some(right) = ON_PROXY.iter().find(same) {
        return format!("{key} does not belong on <{element}>. It belongs on <proxy>{}.", spelling(key, right));
    }
    if is_about_account(key) {
        return format!(
            "<{element}> has no attribute {key}: no name and no password for the proxy can stand in this file. useDefaultCredentials=\"true\" on <defaultProxy> sends the Windows account of the program. A password that stood here was readable for everyone on the server: change it."
        );
    }
    match known.iter().find(|name| is_close(name, key)) {
        Some(right) => format!("<{element}> has no attribute {key}. {right} is probably meant."),
        None => format!("<{element}> has no attribute {key}."),
    }
}

fn spelling(key: &str, right: &str) -> String {
    if key == right { String::new() } else { format!(", written {right}") }
}

/// Names under which people try to write the account for the proxy.
fn is_about_account(key: &str) -> bool {
    let key = key.to_ascii_lowercase().replace(['-', '_'], "");
    let key = key.strip_prefix("proxy").unwrap_or(&key);
    ["user", "username", "login", "account", "password", "pass", "passwd", "pwd", "domain", "credentials", "credential"]
        .contains(&key)
}

/// What to do about an attribute that a message of .NET names, when the file is not at hand.
pub fn advice_without_file(key: &str) -> String {
    let same = |name: &&&str| name.eq_ignore_ascii_case(key);
    let on =
        |names: &'static [&'static str], element: &'static str| names.iter().find(same).map(|right| (*right, element));
    match on(&ON_DEFAULT_PROXY, "defaultProxy").or_else(|| on(&ON_PROXY, "proxy")) {
        Some((right, element)) if right == key => {
            format!("{key} stands on an element that does not take it. It belongs on <{element}>.")
        }
        Some((right, element)) => {
            format!("{key} has to be written {right}, on <{element}>: .NET tells upper from lower case.")
        }
        None if is_about_account(key) => advice("proxy", key, &[]),
        None => format!("The file has an attribute {key} that .NET does not know at that place. Letter case counts."),
    }
}

/// Whether a name is another with a slip in it, or its beginning.
pub fn is_close(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let (short, long) = (plain(a), plain(b));
    let is_beginning = short.len().abs_diff(long.len()) <= 6
        && short.len().min(long.len()) > 4
        && (short.starts_with(&long) || long.starts_with(&short));
    is_beginning || is_slip(a, b)
}

fn bad_value(view: &View, key: &str, attribute: &Attribute) -> Option<Fault> {
    let value = attribute.text.as_str();
    let reason = match key {
        "proxyaddress" => address::read(value).refused()?.to_owned(),
        "scriptLocation" => address::script_refused(value)?.to_owned(),
        "enabled" | "useDefaultCredentials" => {
            let trimmed = value.trim();
            if trimmed.eq_ignore_ascii_case("true") || trimmed.eq_ignore_ascii_case("false") {
                return None;
            }
            format!("{value} is not a valid value for Boolean.")
        }
        "autoDetect" | "bypassonlocal" | "usesystemdefault" => {
            let unspecified = value.trim().eq_ignore_ascii_case("unspecified") || value.trim() == "-1";
            if unspecified || truth(value).is_some() {
                return None;
            }
            let kind = match key {
                "autoDetect" => "AutoDetectValues",
                "bypassonlocal" => "BypassOnLocalValues",
                _ => "UseSystemDefaultValues",
            };
            format!("{value} is not a valid value for {kind}.")
        }
        _ => return None,
    };
    let what = if key == "proxyaddress" {
        format!("The proxy address \"{}\" is no address to .NET.", address::shown(value))
    } else if key == "scriptLocation" {
        format!("The script location \"{}\" is no address to .NET.", address::shown(value))
    } else {
        format!("{key} takes True or False, but \"{}\" stands there.", address::short(value))
    };
    let range = if attribute.value.is_empty() { attribute.whole(view.text) } else { attribute.value.clone() };
    let message = format!("The value of the property '{key}' cannot be parsed. The error is: {reason}");
    let place = (view.span(&range), view.line(attribute.name.start));
    Some(fault(FaultKind::BadValue, Stage::Section, place, what, message))
}

/// An entry of the bypass list that is no regular expression.
pub fn pattern_fault(view: &View, element: &Element) -> Option<Fault> {
    let attribute =
        element.attributes.iter().find(|attribute| view.text.get(attribute.name.clone()) == Some("address"))?;
    let Pattern::Invalid(complaint) = bypass::check(&attribute.text) else {
        return None;
    };
    let what = format!(
        "The bypass list takes regular expressions, and \"{}\" is none. {}",
        address::short(&attribute.text),
        bypass::wildcard_advice(&attribute.text)
    );
    let message = format!(
        "Error creating the Web Proxy specified in the 'system.net/defaultProxy' configuration section. ---> {complaint}"
    );
    let place = (view.span(&attribute.value), view.line(attribute.name.start));
    Some(fault(FaultKind::BadPattern, Stage::Proxy, place, what, message))
}
