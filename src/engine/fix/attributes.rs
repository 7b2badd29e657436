//! Names and values of the attributes of the proxy part.

use super::draft::Change;
use super::names;
use super::nesting::Element;
use super::tag::{Attribute, escaped};
use super::view::View;
use super::{Question, Wanted, address, bypass};
use crate::readers::machine_config::attributes::{ON_DEFAULT_PROXY, ON_PROXY, known_on, takes};
use crate::readers::machine_config::tag::resolved;

/// What has to change in the attributes. `wanted` brings the proxy that the evidence names, and the URLs that have
/// to go through it.
pub fn changes(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    for element in &view.tree.elements {
        let changes = match view.role(element) {
            Some(role) => of_element(view, element, role, questions),
            None => continue,
        };
        if !changes.is_empty() {
            return changes;
        }
    }
    let values = address_of(view, wanted, questions);
    if values.is_empty() { entries(view, wanted, questions) } else { values }
}

fn of_element(view: &View, element: &Element, role: &str, questions: &mut Vec<Question>) -> Vec<Change> {
    let known = known_on(role);
    let mut changes = Vec::new();
    for attribute in &element.tag.attributes {
        let key = view.slice(&attribute.name);
        if takes(role, key) {
            changes.extend(value(view, element, attribute, key, questions));
            continue;
        }
        let unknown = unknown(view, element, attribute, key, known);
        // A move touches two elements: one at a time, so that the two halves stay together.
        if unknown.len() > 1 {
            return unknown;
        }
        changes.extend(unknown);
    }
    changes
}

/// An attribute that .NET does not know on its element.
fn unknown(view: &View, element: &Element, attribute: &Attribute, key: &str, known: &[&'static str]) -> Vec<Change> {
    let name = view.name(element);
    let is_free = |wanted: &str| view.attribute(element, wanted).is_none();
    if let Some(right) = names::among(known, key) {
        let why = format!("{key} has to be written {right}: .NET tells upper from lower case and takes no other name.");
        return if is_free(right) {
            vec![Change::new(attribute.name.clone(), right, why)]
        } else {
            vec![view.without_attribute(attribute, format!("{right} stands there already. {why}"))]
        };
    }
    if name == "add" && is_free("address") && element.tag.attributes.len() == 1 {
        let why = format!("An entry of the bypass list has the attribute address, not {key}.");
        return vec![Change::new(attribute.name.clone(), "address", why)];
    }
    if name == "proxy" && names::is_address_name(key) && is_free("proxyaddress") {
        let why = format!("<proxy> has no attribute {key}: the address stands in proxyaddress.");
        return vec![Change::new(attribute.name.clone(), "proxyaddress", why)];
    }
    let on_section = names::among(&ON_DEFAULT_PROXY, key);
    let on_proxy = names::among(&ON_PROXY, key);
    if name == "proxy"
        && let Some(right) = on_section
    {
        return moved(view, attribute, key, right, "defaultProxy", view.section().map(|(_, section)| section));
    }
    if matches!(name, "defaultProxy" | "system.net" | "bypasslist")
        && let Some(right) = on_proxy.or_else(|| names::is_address_name(key).then_some("proxyaddress"))
    {
        let target = view.proxy().map(|(_, proxy)| proxy);
        if target.is_none()
            && let Some((_, section)) = view.section()
        {
            let why = format!("{key} does not belong on <{name}>. It belongs on <proxy>.");
            let value = escaped(&resolved(view.slice(&attribute.value)));
            let mut changes = vec![view.without_attribute(attribute, why.as_str())];
            changes.extend(view.with_child(section, &format!("<proxy {right}=\"{value}\" />"), &why));
            return changes;
        }
        return moved(view, attribute, key, right, "proxy", target);
    }
    if matches!(name, "system.net" | "bypasslist")
        && let Some(right) = on_section
    {
        return moved(view, attribute, key, right, "defaultProxy", view.section().map(|(_, section)| section));
    }
    if matches!(name, "proxy" | "defaultProxy") && key.to_ascii_lowercase().contains("port") {
        let joined = joined_port(view, attribute);
        if !joined.is_empty() {
            return joined;
        }
    }
    let lower = key.to_ascii_lowercase();
    let secret = ["user", "pass", "pwd", "domain", "credential", "login"].iter().any(|word| lower.contains(word));
    let why = if secret {
        format!(
            "{key} does not exist: the file cannot hold credentials for the proxy. useDefaultCredentials=\"true\" on defaultProxy signs in with the account that runs the program. A password that stood here is known to everybody on the server: change it."
        )
    } else {
        format!("<{name}> has no attribute {key}; .NET refuses the file for it.")
    };
    vec![view.without_attribute(attribute, why)]
}

/// Moves an attribute to the element that takes it.
fn moved(
    view: &View,
    attribute: &Attribute,
    key: &str,
    right: &str,
    home: &str,
    target: Option<&Element>,
) -> Vec<Change> {
    let why = format!("{key} does not belong here. It belongs on <{home}>, written {right}.");
    let mut changes = vec![view.without_attribute(attribute, why.as_str())];
    let present = |target: &Element| {
        target.tag.attributes.iter().any(|other| {
            names::among(&[ON_DEFAULT_PROXY.as_slice(), &ON_PROXY].concat(), view.slice(&other.name)) == Some(right)
        })
    };
    if let Some(target) = target.filter(|target| !present(target)) {
        let value = resolved(view.slice(&attribute.value));
        changes.push(view.with_attribute(&target.tag, right, &value, why));
    }
    changes
}

/// A port in an attribute of its own goes to the end of an address that has none.
fn joined_port(view: &View, attribute: &Attribute) -> Vec<Change> {
    let port = view.slice(&attribute.value).trim();
    let Some((_, proxy)) = view.proxy() else { return Vec::new() };
    let Some(written) = view.attribute(proxy, "proxyaddress") else { return Vec::new() };
    let value = resolved(view.slice(&written.value));
    let read = crate::readers::machine_config::address::read(&value);
    let lacks = read.issues.contains(&crate::readers::machine_config::address::Issue::NoPort);
    if !lacks || port.parse::<u16>().is_err() {
        return Vec::new();
    }
    let why = "The port stands behind the host in proxyaddress; it has no attribute of its own.";
    let value = format!("{}:{port}", value.trim().trim_end_matches('/'));
    vec![Change::new(written.value.clone(), escaped(&value), why), view.without_attribute(attribute, why)]
}

fn value(
    view: &View,
    element: &Element,
    attribute: &Attribute,
    key: &str,
    questions: &mut Vec<Question>,
) -> Option<Change> {
    let written = resolved(view.slice(&attribute.value));
    let plain = written.trim();
    let is_word = |words: &[&str]| words.iter().any(|word| plain.eq_ignore_ascii_case(word));
    let good = match key {
        "enabled" | "useDefaultCredentials" => is_word(&["true", "false"]),
        "autoDetect" | "bypassonlocal" | "usesystemdefault" => {
            is_word(&["true", "false", "unspecified", "0", "1", "-1"])
        }
        "scriptLocation" => return script(view, element, attribute, plain, questions),
        _ => return None,
    };
    if good {
        return None;
    }
    if let Some(truth) = names::truth(plain) {
        let why = format!("{key} takes True or False, not \"{written}\".");
        return Some(Change::new(attribute.value.clone(), if truth { "true" } else { "false" }, why));
    }
    let default = if key == "enabled" { "True" } else { "False" };
    let why = format!("{key} takes True or False, not \"{written}\"; without the attribute .NET takes {default}.");
    Some(view.without_attribute(attribute, why))
}

fn script(
    view: &View,
    element: &Element,
    attribute: &Attribute,
    value: &str,
    questions: &mut Vec<Question>,
) -> Option<Change> {
    let legal = value.split_once(':').is_some_and(|(scheme, rest)| scheme.len() > 1 && rest.starts_with("//"));
    if legal {
        return None;
    }
    if view.attribute(element, "proxyaddress").is_some() {
        let why = "scriptLocation holds no address, so that .NET refuses the file; beside proxyaddress it has no effect anyway.";
        return Some(view.without_attribute(attribute, why));
    }
    let host = value.split('/').next().unwrap_or("");
    if value.contains('/') && host.contains('.') && !value.contains([' ', '\\']) {
        let why = "The address of the script has to begin with http://.";
        return Some(Change::new(attribute.value.start..attribute.value.start, "http://", why));
    }
    questions.push(Question {
        at: attribute.value.start,
        text: format!(
            "\"{value}\" is no address of a proxy script, and .NET refuses the file for it. Which proxy is to be used?"
        ),
        wants_proxy: true,
    });
    None
}

fn address_of(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (_, element) in view.in_role("proxy") {
        let Some(written) = view.attribute(element, "proxyaddress") else { continue };
        let value = resolved(view.slice(&written.value));
        let outcome = address::outcome(&value, wanted.proxy.as_ref());
        if let Some(text) = outcome.question {
            questions.push(Question { at: written.range.start, text, wants_proxy: true });
        }
        if outcome.value.is_none() {
            continue;
        }
        let right = outcome.value.unwrap_or_default();
        changes.push(Change::new(written.value.clone(), escaped(&right), outcome.why.join(" ")));
        if outcome.had_credentials
            && let Some((_, section)) = view.section()
            && view.attribute(section, "useDefaultCredentials").is_none()
        {
            let why = "Whoever wrote a user into the address wanted a sign-in at the proxy; this is how .NET does it, with the account that runs the program.";
            changes.push(view.with_attribute(&section.tag, "useDefaultCredentials", "true", why));
        }
    }
    changes
}

fn entries(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (_, element) in view.in_role("add") {
        let Some(written) = view.attribute(element, "address") else { continue };
        let value = resolved(view.slice(&written.value));
        match bypass::outcome(&value, &wanted.urls) {
            bypass::Outcome::Good => {}
            bypass::Outcome::To(right, why) => changes.push(Change::new(written.value.clone(), escaped(&right), why)),
            bypass::Outcome::Delete(why) => changes.push(view.without(element, &why)),
            bypass::Outcome::Question(text) => {
                questions.push(Question { at: written.range.start, text, wants_proxy: false });
            }
        }
    }
    changes
}
