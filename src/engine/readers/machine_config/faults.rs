//! What .NET refuses or silently ignores in the proxy part: places, names, values, doubles.

use super::bypass::{self, Pattern};
use super::settings::{View, truth};
use super::xml::{Attribute, Element};
use super::{Config, Fault, FaultKind, address};
use crate::artifact::Span;
use std::ops::Range;

/// Sections whose content .NET itself does not read: a block in there is ignored without a word.
pub const IGNORED: [&str; 8] = [
    "runtime",
    "startup",
    "mscorlib",
    "windows",
    "assemblyBinding",
    "satelliteassemblies",
    "system.runtime.remoting",
    "system.windows.forms",
];
/// Attributes of `defaultProxy`.
pub const ON_DEFAULT_PROXY: [&str; 2] = ["enabled", "useDefaultCredentials"];
/// Attributes of `proxy`.
pub const ON_PROXY: [&str; 5] = ["autoDetect", "scriptLocation", "bypassonlocal", "proxyaddress", "usesystemdefault"];
/// Attributes that every section takes.
pub const ON_ANY: [&str; 7] = [
    "configSource",
    "configProtectionProvider",
    "lockAttributes",
    "lockAllAttributesExcept",
    "lockElements",
    "lockAllElementsExcept",
    "lockItem",
];

/// What .NET refuses or ignores, over all elements of the proxy part.
pub fn faults(view: &View, is_file: bool) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut last_section: Option<&Element> = None;
    let mut proxies: Vec<(Option<usize>, &Element)> = Vec::new();
    for element in view.elements {
        let name = view.name(element);
        let parent = view.parent_name(element);
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "configuration" if name != "configuration" && element.parent.is_none() => {
                let what = format!("<{name}> has to be written <configuration>: .NET tells upper from lower case.");
                let message = "Configuration file machine.config does not have root <configuration> tag".to_owned();
                found.push(fault(FaultKind::UnknownElement, view.span(&element.tag), what, message));
            }
            "configsections" if parent == "configuration" => {
                found.extend(sections_not_first(view, element));
            }
            "system.net" => {
                found.extend(place_of_group(view, element, name, parent));
                found.extend(attributes_of(view, element, &[]));
            }
            "defaultproxy" => {
                let misplaced = place_of_section(view, element, name, parent);
                if misplaced.is_none() {
                    found.extend(last_section.map(|first| duplicate_section(view, first, element)));
                    last_section.get_or_insert(element);
                }
                found.extend(misplaced);
                found.extend(attributes_of(view, element, &ON_DEFAULT_PROXY));
            }
            "proxy" if parent.eq_ignore_ascii_case("defaultproxy") || is_proxy_element(view, element, parent) => {
                let misplaced = place_within(view, element, name, "proxy", parent);
                if misplaced.is_none() {
                    if let Some((_, first)) =
                        proxies.last().filter(|(of, _)| *of == element.parent && element.parent.is_some())
                    {
                        found.push(duplicate_element(view, first, element));
                    }
                    proxies.push((element.parent, element));
                }
                found.extend(misplaced);
                found.extend(attributes_of(view, element, &ON_PROXY));
            }
            "bypasslist" => {
                found.extend(place_within(view, element, name, "bypasslist", parent));
                found.extend(attributes_of(view, element, &[]));
            }
            "add" | "remove" | "clear" if parent.eq_ignore_ascii_case("bypasslist") => {
                found.extend(wrong_case(view, element, name, &lower, "Unrecognized element"));
                found.extend(attributes_of(view, element, if lower == "clear" { &[] } else { &["address"] }));
                found.extend(pattern_fault(view, element));
            }
            "module" if parent == "defaultProxy" => {}
            _ if parent == "defaultProxy" || parent == "proxy" || parent == "bypasslist" => {
                let what = format!("<{name}> has no meaning within <{parent}>.");
                found.push(fault(
                    FaultKind::UnknownElement,
                    view.span(&element.tag),
                    what,
                    format!("Unrecognized element '{name}'."),
                ));
            }
            _ => {}
        }
        if let Some(text) = &element.text {
            found.extend(stray_text(view, text, name, is_file));
        }
    }
    found
}

fn fault(kind: FaultKind, span: Span, what: String, message: String) -> Fault {
    Fault { kind, span, what, message, first: None }
}

/// Whether a `proxy` outside of `defaultProxy` is meant to be this setting, and not some other program's element.
fn is_proxy_element(view: &View, element: &Element, parent: &str) -> bool {
    matches!(parent, "" | "configuration" | "system.net") || view.attribute(element, "proxyaddress").is_some()
}

fn sections_not_first(view: &View, element: &Element) -> Option<Fault> {
    let sibling = view.elements.iter().find(|other| other.parent == element.parent)?;
    if sibling.tag == element.tag {
        return None;
    }
    let what = format!("<{}> stands in front of <configSections>, which has to come first.", view.name(sibling));
    let message = "Only one <configSections> element allowed per config file and if present must be the first child of the root <configuration> element.";
    let mut fault = fault(FaultKind::SectionsNotFirst, view.span(&sibling.tag), what, message.to_owned());
    fault.first = Some(view.span(&element.tag));
    Some(fault)
}

/// `element` is written in another letter case than `right`.
fn wrong_case(view: &View, element: &Element, name: &str, right: &str, message: &str) -> Option<Fault> {
    (name != right).then(|| {
        let what = format!("<{name}> has to be written <{right}>: .NET tells upper from lower case.");
        fault(FaultKind::UnknownElement, view.span(&element.tag), what, format!("{message} '{name}'."))
    })
}

fn place_of_group(view: &View, element: &Element, name: &str, parent: &str) -> Option<Fault> {
    if name != "system.net" {
        let what = format!("<{name}> has to be written <system.net>: .NET tells upper from lower case.");
        return Some(fault(
            FaultKind::UnknownElement,
            view.span(&element.tag),
            what,
            format!("Unrecognized configuration section {name}."),
        ));
    }
    if parent.is_empty() || parent.eq_ignore_ascii_case("configuration") {
        return None;
    }
    Some(misplaced(view, element, name, parent, "directly within <configuration>"))
}

fn place_of_section(view: &View, element: &Element, name: &str, parent: &str) -> Option<Fault> {
    let well_placed = parent == "system.net" || parent.is_empty();
    if name != "defaultProxy" {
        let what = format!("<{name}> has to be written <defaultProxy>: .NET tells upper from lower case.");
        let path = if parent.eq_ignore_ascii_case("system.net") { "system.net/" } else { "" };
        return Some(fault(
            FaultKind::UnknownElement,
            view.span(&element.tag),
            what,
            format!("Unrecognized configuration section {path}{name}."),
        ));
    }
    // A group with a wrong name has its own complaint.
    if well_placed || parent.eq_ignore_ascii_case("system.net") {
        return None;
    }
    Some(misplaced(view, element, name, parent, "within <system.net>"))
}

fn place_within(view: &View, element: &Element, name: &str, right: &str, parent: &str) -> Option<Fault> {
    if let Some(fault) = wrong_case(view, element, name, right, "Unrecognized element") {
        return Some(fault);
    }
    if parent.eq_ignore_ascii_case("defaultproxy") || parent.is_empty() {
        return None;
    }
    Some(misplaced(view, element, name, parent, "within <defaultProxy>"))
}

fn misplaced(view: &View, element: &Element, name: &str, parent: &str, right: &str) -> Fault {
    let ignored = IGNORED.contains(&parent) || view.inside(element, &IGNORED);
    let message = match parent {
        _ if ignored => String::new(),
        "configuration" => format!("Unrecognized configuration section {name}."),
        "system.net" => format!("Unrecognized configuration section system.net/{name}."),
        _ => format!("Unrecognized element '{name}'."),
    };
    let nested = if name == parent {
        format!("<{name}> stands within another <{name}>")
    } else {
        format!("<{name}> stands within <{parent}>")
    };
    let what = if ignored {
        format!("{nested}, a section that .NET skips: the settings have no effect. It belongs {right}.")
    } else {
        format!("{nested}. It belongs {right}.")
    };
    fault(FaultKind::Misplaced, view.span(&element.tag), what, message)
}

fn duplicate_section(view: &View, first: &Element, second: &Element) -> Fault {
    let what = "The section <defaultProxy> stands a second time in the file; .NET takes one.".to_owned();
    let message =
        "Sections must only appear once per config file.  See the help topic <location> for exceptions.".to_owned();
    Fault { first: Some(view.span(&first.tag)), ..fault(FaultKind::Duplicate, view.span(&second.tag), what, message) }
}

fn duplicate_element(view: &View, first: &Element, second: &Element) -> Fault {
    let what = "<proxy> stands a second time within <defaultProxy>; .NET takes one.".to_owned();
    let message = "The element <proxy> may only appear once in this section.".to_owned();
    Fault { first: Some(view.span(&first.tag)), ..fault(FaultKind::Duplicate, view.span(&second.tag), what, message) }
}

/// Names and values of the attributes of one element.
fn attributes_of(view: &View, element: &Element, known: &[&str]) -> Vec<Fault> {
    let name = view.name(element);
    let judge = |attribute: &Attribute| {
        let key = view.text.get(attribute.name.clone()).unwrap_or("");
        if known.contains(&key) {
            return bad_value(view, key, attribute);
        }
        if ON_ANY.contains(&key) || key == "xmlns" || key.starts_with("xml:") || key.starts_with("xmlns:") {
            return None;
        }
        let span = view.span(&(attribute.name.start..attribute.value.end + 1));
        let message = format!("Unrecognized attribute '{key}'. Note that attribute names are case-sensitive.");
        Some(fault(FaultKind::UnknownAttribute, span, advice(name, key, known), message))
    };
    element.attributes.iter().filter_map(judge).collect()
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
    let close = known.iter().find(|name| is_close(name, key));
    match close {
        Some(right) => format!("<{element}> has no attribute {key}. {right} is probably meant."),
        None => format!("<{element}> has no attribute {key}."),
    }
}

fn spelling(key: &str, right: &str) -> String {
    if key == right { String::new() } else { format!(", written {right}") }
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
        None => format!("The file has an attribute {key} that .NET does not know at that place. Letter case counts."),
    }
}

/// Whether two names differ by a slip of a letter or two.
pub fn is_close(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let (a, b) = (plain(a), plain(b));
    if a == b
        || (a.len().abs_diff(b.len()) <= 6 && !b.is_empty() && b.len() > 4 && (a.starts_with(&b) || b.starts_with(&a)))
    {
        return true;
    }
    if a.len().abs_diff(b.len()) > 2 || b.len() > 40 {
        return false;
    }
    let common_start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let common_end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    common_start + common_end + 2 >= a.len().max(b.len())
}

fn bad_value(view: &View, key: &str, attribute: &Attribute) -> Option<Fault> {
    let value = attribute.text.trim();
    let reason = match key {
        "proxyaddress" => address::read(value).refused()?.to_owned(),
        "scriptLocation" => {
            let legal = value.split_once(':').is_some_and(|(scheme, rest)| scheme.len() > 1 && rest.starts_with("//"));
            if legal {
                return None;
            }
            "Invalid URI: The format of the URI could not be determined.".to_owned()
        }
        "enabled" | "useDefaultCredentials" if truth(value).is_none() || value.len() == 1 => {
            format!("{value} is not a valid value for Boolean.")
        }
        "autoDetect" | "bypassonlocal" | "usesystemdefault" => {
            if truth(value).is_some() || value.eq_ignore_ascii_case("unspecified") || value == "-1" {
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
        format!("The proxy address \"{value}\" is no address to .NET.")
    } else if key == "scriptLocation" {
        format!("The script location \"{value}\" is no address to .NET.")
    } else {
        format!("{key} takes True or False, but \"{value}\" stands there.")
    };
    let span = if attribute.value.is_empty() {
        attribute.name.start..attribute.value.end + 1
    } else {
        attribute.value.clone()
    };
    let message = format!("The value of the property '{key}' cannot be parsed. The error is: {reason}");
    Some(fault(FaultKind::BadValue, view.span(&span), what, message))
}

fn pattern_fault(view: &View, element: &Element) -> Option<Fault> {
    let attribute =
        element.attributes.iter().find(|attribute| view.text.get(attribute.name.clone()) == Some("address"))?;
    let Pattern::Invalid(complaint) = bypass::check(&attribute.text) else {
        return None;
    };
    let what = format!(
        "The bypass list takes regular expressions, and \"{}\" is none. A wildcard *.contoso.com is written [^/]*\\.contoso\\.com$ there.",
        attribute.text
    );
    let message = format!(
        "Error creating the Web Proxy specified in the 'system.net/defaultProxy' configuration section. ---> {complaint}"
    );
    Some(fault(FaultKind::BadPattern, view.span(&attribute.value), what, message))
}

fn stray_text(view: &View, text: &Range<usize>, name: &str, is_file: bool) -> Option<Fault> {
    let shown = view.text.get(text.clone()).unwrap_or("");
    // People leave lines out of what they paste and put dots there.
    let left_out = !is_file && shown.chars().all(|c| matches!(c, '.' | '…' | '-' | '[' | ']' | ' '));
    let message = match name {
        "defaultProxy" | "proxy" | "bypasslist" => "The configuration section cannot contain a CDATA or text element.",
        "configuration" | "system.net" => "Unrecognized element.",
        _ => return None,
    };
    let first: String = shown.lines().next().unwrap_or("").chars().take(40).collect();
    let what = if shown.starts_with("&lt;") {
        format!("HTML entities stand between the elements of <{name}>, where tags should: &lt; has to be written <.")
    } else {
        format!("Text stands between the elements of <{name}>: \"{first}\".")
    };
    (!left_out).then(|| fault(FaultKind::StrayText, view.span(text), what, message.to_owned()))
}

/// In a whole machine.config the section has to be declared; some advice on the net says to delete that line.
pub fn declaration_missing(view: &View, root: usize, config: &Config) -> Option<Fault> {
    let used = config.default_proxy?;
    let sections = view
        .elements
        .iter()
        .position(|element| element.parent == Some(root) && view.name(element) == "configSections")?;
    let mut declared = view.elements.iter().filter(|element| {
        view.name(element) == "section"
            && view.attribute(element, "name").is_some_and(|attribute| attribute.text == "defaultProxy")
    });
    // Only a list of declarations that is the full one of a machine.config says that one is missing.
    let full = view.elements.iter().filter(|element| element.parent == Some(sections)).count() >= 12;
    if declared.next().is_some() || !full {
        return None;
    }
    let what = "The line that declares the section defaultProxy is missing in <configSections>.".to_owned();
    let message = "Unrecognized configuration section system.net/defaultProxy.".to_owned();
    Some(fault(FaultKind::DeclarationMissing, used, what, message))
}
