//! What .NET refuses or silently ignores in the proxy part: places and doubles. Names and values are in
//! `attributes`.

use super::attributes::{attributes_of, pattern_fault, settings_on_group, source_with_content};
use super::config::Config;
use super::problem::{Fault, FaultKind, Stage, fault};
use super::view::View;
use super::xml::{Attribute, Element};
use std::collections::BTreeMap;
use std::ops::Range;

/// Sections whose content .NET itself does not read: a block in there is ignored without a word.
pub const IGNORED: [&str; 9] = [
    "runtime",
    "startup",
    "mscorlib",
    "windows",
    "assemblyBinding",
    "satelliteassemblies",
    "system.runtime.remoting",
    "system.windows.forms",
    "system.webServer",
];

/// Section groups that a machine.config of .NET 4 declares, as paths: what stands in them is a section or a group.
const GROUPS: [&str; 14] = [
    "system.net",
    "system.net/mailSettings",
    "system.runtime.caching",
    "system.runtime.serialization",
    "system.serviceModel",
    "system.serviceModel.activation",
    "system.transactions",
    "system.web",
    "system.web/caching",
    "system.web.extensions",
    "system.web.extensions/scripting",
    "system.web.extensions/scripting/webServices",
    "system.xaml.hosting",
    "system.xml.serialization",
];

/// What .NET refuses or ignores, over all elements of the proxy part.
pub fn faults(view: &View, is_file: bool) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut last_section: Option<&Element> = None;
    // What may stand once in a section: by section and name, the first of them.
    let mut once: BTreeMap<(usize, &str), &Element> = BTreeMap::new();
    for (index, element) in view.elements.iter().enumerate() {
        let name = view.name(element);
        let parent = view.parent_name(element);
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "configuration" if element.parent.is_none() => found.extend(root(view, element, name)),
            "configsections" if parent == "configuration" => found.extend(sections_not_first(view, element, name)),
            "system.net" => {
                found.extend(place_of_group(view, element, name, parent));
                found.extend(settings_on_group(view, element));
            }
            "defaultproxy" => {
                let misplaced = place_of_section(view, element, name, parent);
                if misplaced.is_none() {
                    found.extend(last_section.map(|first| duplicate_section(view, first, element)));
                    last_section.get_or_insert(element);
                }
                found.extend(misplaced);
                found.extend(attributes_of(view, element, "defaultProxy"));
                found.extend(source_with_content(view, index, element));
            }
            "proxy" | "bypasslist" | "module" if is_of_section(view, element, &lower, parent) => {
                let right = ["proxy", "bypasslist", "module"].into_iter().find(|right| *right == lower).unwrap_or("");
                let misplaced = place_within(view, element, name, right, parent);
                if let (None, Some(section)) = (&misplaced, element.parent) {
                    match once.get(&(section, right)) {
                        Some(first) => found.push(duplicate_element(view, first, element, right)),
                        None => drop(once.insert((section, right), element)),
                    }
                }
                found.extend(misplaced);
                found.extend(attributes_of(view, element, right));
            }
            "add" | "remove" | "clear" if parent.eq_ignore_ascii_case("bypasslist") => {
                found.extend(wrong_case(view, element, name, &lower));
                found.extend(attributes_of(view, element, &lower));
                found.extend(pattern_fault(view, element).filter(|_| lower == "add"));
            }
            _ if parent == "defaultProxy" && is_encrypted(view, element) => {}
            _ if matches!(parent, "defaultProxy" | "proxy" | "bypasslist" | "module") => {
                let what = format!("<{name}> has no meaning within <{parent}>.");
                let message = format!("Unrecognized element '{name}'.");
                found.push(of_tag(FaultKind::UnknownElement, Stage::Section, view, element, what, message));
            }
            _ => {}
        }
        if let Some(text) = &element.text {
            found.extend(stray_text(view, element, text, name, is_file));
        }
    }
    found
}

/// A fault of an element: its start tag.
fn of_tag(kind: FaultKind, stage: Stage, view: &View, element: &Element, what: String, message: String) -> Fault {
    fault(kind, stage, (view.span(&element.tag), view.line(element.tag.start)), what, message)
}

/// Whether an element is meant to be one of the section, and not some other program's.
fn is_of_section(view: &View, element: &Element, lower: &str, parent: &str) -> bool {
    let nearby = matches!(parent, "" | "configuration" | "system.net");
    parent.eq_ignore_ascii_case("defaultproxy")
        || match lower {
            "proxy" => nearby || view.attribute(element, "proxyaddress").is_some(),
            "bypasslist" => true,
            _ => false,
        }
}

/// Whether the section around an element is encrypted: its content is then another.
fn is_encrypted(view: &View, element: &Element) -> bool {
    view.parent(element).is_some_and(|section| view.attribute(section, "configProtectionProvider").is_some())
}

fn root(view: &View, element: &Element, name: &str) -> Vec<Fault> {
    if name != "configuration" {
        let what = format!("<{name}> has to be written <configuration>: .NET tells upper from lower case.");
        let message = format!("Configuration file {} does not have root <configuration> tag", view.file_name());
        return vec![of_tag(FaultKind::UnknownElement, Stage::File, view, element, what, message)];
    }
    let key = |attribute: &Attribute| view.text.get(attribute.name.clone()).unwrap_or("");
    let judge = |attribute: &Attribute| {
        let what = format!("<configuration> takes no attribute {}.", key(attribute));
        let message =
            format!("Unrecognized attribute '{}'. Note that attribute names are case-sensitive.", key(attribute));
        let place = (view.span(&attribute.whole(view.text)), view.line(attribute.name.start));
        fault(FaultKind::UnknownAttribute, Stage::File, place, what, message)
    };
    element.attributes.iter().filter(|attribute| key(attribute) != "xmlns").map(judge).collect()
}

fn sections_not_first(view: &View, element: &Element, name: &str) -> Option<Fault> {
    if name != "configSections" {
        let what = format!("<{name}> has to be written <configSections>: .NET tells upper from lower case.");
        let message = format!("Unrecognized configuration section {name}.");
        return Some(of_tag(FaultKind::UnknownElement, Stage::File, view, element, what, message));
    }
    // The first child of an element follows it directly.
    let sibling = view.elements.get(element.parent? + 1)?;
    if sibling.tag == element.tag {
        return None;
    }
    let other = view.name(sibling);
    let message = "Only one <configSections> element allowed per config file and if present must be the first child of the root <configuration> element.".to_owned();
    if other == "configSections" {
        let what = "<configSections> stands a second time; a file has one.".to_owned();
        let second = of_tag(FaultKind::SectionsNotFirst, Stage::File, view, element, what, message);
        return Some(Fault { first: Some(view.span(&sibling.tag)), ..second });
    }
    // In machine.config itself nothing is declared yet, so that the first complaint may be about the other element.
    let what = format!(
        "<{other}> stands in front of <configSections>, which has to come first. .NET may also say: Unrecognized configuration section {other}."
    );
    let place = (view.span(&sibling.tag), view.line(element.tag.start));
    let early = fault(FaultKind::SectionsNotFirst, Stage::File, place, what, message);
    Some(Fault { first: Some(view.span(&element.tag)), ..early })
}

/// `element`, of the section, is written in another letter case than `right`.
fn wrong_case(view: &View, element: &Element, name: &str, right: &str) -> Option<Fault> {
    (name != right).then(|| {
        let what = format!("<{name}> has to be written <{right}>: .NET tells upper from lower case.");
        let message = format!("Unrecognized element '{name}'.");
        of_tag(FaultKind::UnknownElement, Stage::Section, view, element, what, message)
    })
}

fn place_of_group(view: &View, element: &Element, name: &str, parent: &str) -> Option<Fault> {
    if name != "system.net" {
        let what = format!("<{name}> has to be written <system.net>: .NET tells upper from lower case.");
        let message = format!("Unrecognized configuration section {name}.");
        return Some(of_tag(FaultKind::UnknownElement, Stage::File, view, element, what, message));
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
        let message = format!("Unrecognized configuration section {path}{name}.");
        return Some(of_tag(FaultKind::UnknownElement, Stage::File, view, element, what, message));
    }
    if let Some(location) = view.elsewhere(element) {
        let path = view.attribute(location, "path").map_or("", |path| path.text.as_str());
        let what = format!(
            "<defaultProxy> stands within <location path=\"{path}\">, which holds for that path only: the wizard and the sync service do not read it. It belongs within <system.net>, and that directly within <configuration>."
        );
        return Some(of_tag(FaultKind::Misplaced, Stage::File, view, element, what, String::new()));
    }
    // A group with a wrong name has its own complaint.
    if well_placed || parent.eq_ignore_ascii_case("system.net") {
        return None;
    }
    Some(misplaced(view, element, name, parent, "within <system.net>"))
}

fn place_within(view: &View, element: &Element, name: &str, right: &str, parent: &str) -> Option<Fault> {
    if let Some(fault) = wrong_case(view, element, name, right) {
        return Some(fault);
    }
    if parent.eq_ignore_ascii_case("defaultproxy") || parent.is_empty() {
        return None;
    }
    Some(misplaced(view, element, name, parent, "within <defaultProxy>"))
}

fn misplaced(view: &View, element: &Element, name: &str, parent: &str, right: &str) -> Fault {
    let ignored = IGNORED.contains(&parent) || view.inside(element, &IGNORED);
    let (stage, message) = match group_around(view, element) {
        _ if ignored => (Stage::Section, String::new()),
        Some(path) => (Stage::File, format!("Unrecognized configuration section {path}{name}.")),
        None => (Stage::Section, format!("Unrecognized element '{name}'.")),
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
    of_tag(FaultKind::Misplaced, stage, view, element, what, message)
}

/// The path of the section group around an element, with a slash behind it; empty directly within the root. `None`
/// within a section: what stands there is the section's own business.
fn group_around(view: &View, element: &Element) -> Option<String> {
    let mut names = Vec::new();
    let mut at = view.parent(element);
    // The deepest group has three levels; a location may be one more.
    for _ in 0..6 {
        let Some(parent) = at else { break };
        match view.name(parent) {
            "configuration" => break,
            "location" => {}
            name => names.push(name),
        }
        at = view.parent(parent);
    }
    names.reverse();
    let path = names.join("/");
    match path.as_str() {
        "" => Some(path),
        _ if GROUPS.contains(&path.as_str()) => Some(path + "/"),
        _ => None,
    }
}

fn duplicate_section(view: &View, first: &Element, second: &Element) -> Fault {
    let what = "The section <defaultProxy> stands a second time in the file; .NET takes one.".to_owned();
    let message =
        "Sections must only appear once per config file.  See the help topic <location> for exceptions.".to_owned();
    let second = of_tag(FaultKind::Duplicate, Stage::File, view, second, what, message);
    Fault { first: Some(view.span(&first.tag)), ..second }
}

fn duplicate_element(view: &View, first: &Element, second: &Element, name: &str) -> Fault {
    let what = format!("<{name}> stands a second time within <defaultProxy>; .NET takes one.");
    let message = format!("The element <{name}> may only appear once in this section.");
    let second = of_tag(FaultKind::Duplicate, Stage::Section, view, second, what, message);
    Fault { first: Some(view.span(&first.tag)), ..second }
}

fn stray_text(view: &View, element: &Element, text: &Range<usize>, name: &str, is_file: bool) -> Option<Fault> {
    let shown = view.text.get(text.clone()).unwrap_or("");
    // People leave lines out of what they paste and put dots there.
    let left_out = !is_file && shown.chars().all(|c| matches!(c, '.' | '…' | '-' | '[' | ']' | ' '));
    let in_section = Some((Stage::Section, "The configuration section cannot contain a CDATA or text element."));
    let in_group = Some((Stage::File, "Unrecognized element."));
    let (stage, message) = match name {
        "defaultProxy" if view.attribute(element, "configProtectionProvider").is_some() => None,
        "defaultProxy" | "proxy" | "bypasslist" => in_section,
        "add" | "remove" | "clear" if view.parent_name(element) == "bypasslist" => in_section,
        "configuration" | "configSections" => in_group,
        _ => {
            let path = group_around(view, element).map(|path| path + name);
            in_group.filter(|_| path.is_some_and(|path| GROUPS.contains(&path.as_str())))
        }
    }?;
    let first: String = shown.lines().next().unwrap_or("").chars().take(40).collect();
    let what = if shown.starts_with("&lt;") {
        format!("HTML entities stand between the elements of <{name}>, where tags should: &lt; has to be written <.")
    } else {
        format!("Text stands between the elements of <{name}>: \"{first}\".")
    };
    // To .NET the text begins where the tag in front of it ends.
    let before = view.text.get(..text.start).unwrap_or("").trim_end().len();
    let place = (view.span(text), view.line(before.saturating_sub(1)));
    (!left_out).then(|| fault(FaultKind::StrayText, stage, place, what, message.to_owned()))
}

/// The line that declares the section in every machine.config of .NET 4.
pub const DECLARATION: &str = "<section name=\"defaultProxy\" type=\"System.Net.Configuration.DefaultProxySection, System, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089\"/>";

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
    // Only a list of declarations that is the full one of a machine.config says that one is missing, or the group of
    // this section with the others in it.
    let full = view.elements.iter().filter(|element| element.parent == Some(sections)).count() >= 12;
    let siblings = || {
        view.elements.iter().any(|element| {
            let group = view.parent(element).filter(|_| view.name(element) == "section");
            group.and_then(|group| view.attribute(group, "name")).is_some_and(|name| name.text == "system.net")
        })
    };
    if declared.next().is_some() || !(full || siblings()) {
        return None;
    }
    let what = format!(
        "The line that declares the section defaultProxy is missing in <configSections>. Put it back below <sectionGroup name=\"system.net\" ...>: {DECLARATION}"
    );
    let message = "Unrecognized configuration section system.net/defaultProxy.".to_owned();
    let line = view.part.source.position(used.start).line;
    Some(fault(FaultKind::DeclarationMissing, Stage::File, (used, line), what, message))
}
