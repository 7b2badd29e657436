//! What the file has to say beyond being read without a complaint: the proxy that is needed, the sign-in, the
//! declaration of the section.

use super::block;
use super::draft::Change;
use super::layout;
use super::nesting::Element;
use super::view::View;
use super::{Question, Wanted};
use crate::readers::machine_config::DECLARATION;

/// The next thing that is wanted and missing.
pub fn changes(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    if wanted.remove {
        return removal(view);
    }
    let declaration = declaration(view);
    if !declaration.is_empty() {
        return declaration;
    }
    let switched = if wanted.needed { proxy(view, wanted, questions) } else { Vec::new() };
    if switched.is_empty() && wanted.sign_in { sign_in(view) } else { switched }
}

/// In an application's own file the section hides the one in machine.config.
fn removal(view: &View) -> Vec<Change> {
    let Some((_, section)) = view.section() else { return Vec::new() };
    let why = "A defaultProxy section in this file replaces the one in machine.config completely, and an upgrade overwrites this file. The settings belong in machine.config only.";
    let group = section.parent.and_then(|index| Some((index, view.element(index)?)));
    match group {
        Some((index, group)) if view.name(group) == "system.net" && view.children(index).count() == 1 => {
            vec![view.without(group, why)]
        }
        _ => vec![view.without(section, why)],
    }
}

/// The group of the declaration, which every machine.config has.
const GROUP: &str = "<sectionGroup name=\"system.net\" type=\"System.Net.Configuration.NetSectionGroup, System, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089\">";

fn declaration(view: &View) -> Vec<Change> {
    let at_root =
        |element: &&Element| view.name(element) == "configSections" && view.parent_name(element) == "configuration";
    let Some(sections) = view.tree.elements.iter().find(at_root) else { return Vec::new() };
    let index = view.tree.elements.iter().position(|element| element.tag.range == sections.tag.range);
    let direct = || view.tree.elements.iter().filter(|element| element.parent == index);
    let named = |element: &Element, name: &str| view.value(element, "name").as_deref() == Some(name);
    let declared =
        view.tree.elements.iter().any(|element| view.name(element) == "section" && named(element, "defaultProxy"));
    // Only a list that is the full one of a machine.config says that one is missing, or the group with other sections.
    let group = view.tree.elements.iter().position(|element| element.parent == index && named(element, "system.net"));
    let siblings = group.is_some_and(|group| view.children(group).any(|(_, child)| view.name(child) == "section"));
    if declared || (direct().count() < 12 && !siblings) || view.section().is_none() {
        return Vec::new();
    }
    let why = "The line that declares the section defaultProxy was deleted. Every machine.config has it; without it .NET does not know the section.";
    match direct().find(|element| named(element, "system.net")) {
        Some(group) => view.with_child(group, DECLARATION, why),
        None => view.with_child(sections, &format!("{GROUP}\n  {DECLARATION}\n</sectionGroup>"), why),
    }
}

fn proxy(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    let Some((section_at, section)) = view.section() else { return whole_block(view, wanted, questions) };
    if view.children(section_at).any(|(_, child)| view.name(child) == "module")
        || view.attribute(section, "configSource").is_some()
    {
        return Vec::new();
    }
    let proxy = view.proxy().map(|(_, proxy)| proxy);
    let address = proxy.and_then(|proxy| view.value(proxy, "proxyaddress"));
    if address.is_none() {
        let Some(known) = &wanted.proxy else {
            questions.push(which_proxy(section.tag.range.start));
            return Vec::new();
        };
        let why = format!("No proxy address stands in the section; {} names {}.", known.named_by(), known.url());
        return match proxy {
            Some(proxy) => vec![view.with_attribute(&proxy.tag, "proxyaddress", &known.url(), why)],
            None => view.with_child(section, &block::proxy_element(&known.url()), &why),
        };
    }
    let off = view
        .attribute(section, "enabled")
        .filter(|_| view.value(section, "enabled").is_some_and(|value| value.trim().eq_ignore_ascii_case("false")));
    match off {
        Some(switch) => {
            let why = "enabled=\"false\" switches the proxy off, and requests fail without it.";
            vec![Change::new(switch.value.clone(), "true", why)]
        }
        None => Vec::new(),
    }
}

fn which_proxy(at: usize) -> Question {
    let text = "The file names no proxy, and nothing in the evidence does. Ask the network team for host and port.";
    Question { at, text: text.to_owned(), wants_proxy: true }
}

/// The whole block: out of a comment that holds it, or written anew.
fn whole_block(view: &View, wanted: &Wanted, questions: &mut Vec<Question>) -> Vec<Change> {
    let block_of = |range: &std::ops::Range<usize>| {
        let inner = range.start + 4..range.end.saturating_sub(3).max(range.start + 4);
        let body = view.slice(&inner).trim();
        let whole = body.starts_with("<system.net") && body.ends_with("</system.net>") && body.contains("proxyaddress");
        whole.then_some(inner)
    };
    let at_root = |at: usize| {
        let holds = |element: &Element| element.tag.range.end <= at && at < element.whole().end;
        let around: Vec<&str> = view.tree.elements.iter().filter(|e| holds(e)).map(|e| view.name(e)).collect();
        around == ["configuration"] || (around.is_empty() && view.tree.root_end.is_some())
    };
    let comment = view.tree.comments.iter().find(|range| at_root(range.start) && block_of(range).is_some());
    if let Some(range) = comment
        && wanted
            .proxy
            .as_ref()
            .is_none_or(|known| view.slice(range).to_ascii_lowercase().contains(&known.host.to_ascii_lowercase()))
    {
        let why = "The block stands in a comment, so that .NET does not see it.";
        return vec![
            Change::new(layout::whole_lines(view.text, range.start..range.start + 4), "", why),
            Change::new(layout::whole_lines(view.text, range.end - 3..range.end), "", why),
        ];
    }
    let Some(end) = &view.tree.root_end else { return Vec::new() };
    let Some(known) = &wanted.proxy else {
        questions.push(which_proxy(end.start));
        return Vec::new();
    };
    let settings =
        block::Settings { url: known.url(), sign_in: wanted.sign_in, bypass: Vec::new(), bypass_on_local: true };
    let lines = block::lines(&settings, &layout::step(view.text));
    let step = if layout::indent(view.text, end.start).is_some() { layout::step(view.text) } else { String::new() };
    let (at, new) = layout::lines_before(view.text, end.start, &lines, &step);
    let why = format!("The file names no proxy, and one is needed; {} names {}.", known.named_by(), known.url());
    vec![Change::new(at..at, new, why)]
}

fn sign_in(view: &View) -> Vec<Change> {
    let Some((_, section)) = view.section() else { return Vec::new() };
    if view.proxy().is_none_or(|(_, proxy)| view.attribute(proxy, "proxyaddress").is_none()) {
        return Vec::new();
    }
    let why = "The proxy asks for a sign-in (407), and .NET sends no credentials unless useDefaultCredentials is true.";
    match view.attribute(section, "useDefaultCredentials") {
        None => vec![view.with_attribute(&section.tag, "useDefaultCredentials", "true", why)],
        Some(switch) => {
            let off = view
                .value(section, "useDefaultCredentials")
                .is_some_and(|value| !value.trim().eq_ignore_ascii_case("true"));
            if off { vec![Change::new(switch.value.clone(), "true", why)] } else { Vec::new() }
        }
    }
}
