//! Elements of the proxy part at the wrong place, with a wrong name, or too many of them.

use super::address;
use super::draft::Change;
use super::layout;
use super::names;
use super::nesting::{Element, moved};
use super::view::View;
use super::{Proxy, Question};
use crate::host_port::host_port;
use crate::readers::machine_config::attributes::ON_PROXY;
use crate::readers::machine_config::tag::resolved;

/// The first thing about places and names that has to change. `known` is the proxy that the evidence names.
/// `is_file`: nothing was left out of the text.
pub fn changes(view: &View, known: Option<&Proxy>, is_file: bool, questions: &mut Vec<Question>) -> Vec<Change> {
    let steps: [&dyn Fn() -> Vec<Change>; 7] = [
        &|| letter_case(view),
        &|| entities(view),
        &|| texts(view, is_file),
        &|| sections_first(view),
        &|| groups(view),
        &|| sections(view),
        &|| inner(view),
    ];
    for step in steps {
        let changes = step();
        if !changes.is_empty() {
            return changes;
        }
    }
    duplicates(view, known, questions)
}

fn letter_case(view: &View) -> Vec<Change> {
    let mut changes = Vec::new();
    for element in &view.tree.elements {
        let name = view.name(element);
        let root = element.parent.is_none() && name.eq_ignore_ascii_case("configuration");
        let sections = name.eq_ignore_ascii_case("configSections") && view.parent_name(element) == "configuration";
        let right = match view.role(element) {
            _ if root => "configuration",
            _ if sections => "configSections",
            Some(role) => role,
            None => continue,
        };
        if name != right {
            let why = format!("<{name}> has to be written <{right}>: .NET takes no other spelling.");
            changes.extend(view.renamed(element, right, &why));
        }
    }
    changes
}

/// Elements in which .NET takes no text.
fn takes_no_text(view: &View, element: &Element) -> bool {
    let root = element.parent.is_none() && view.name(element) == "configuration";
    root || matches!(view.role(element), Some("system.net" | "defaultProxy" | "proxy" | "bypasslist"))
}

/// Tags that a web page wrote as entities.
fn entities(view: &View) -> Vec<Change> {
    let mut changes = Vec::new();
    let held = view.tree.elements.iter().filter(|element| takes_no_text(view, element));
    for range in held.flat_map(|element| &element.texts) {
        let text = view.slice(range);
        if !text.starts_with("&lt;") {
            continue;
        }
        for (entity, c) in
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
        {
            for (at, _) in text.match_indices(entity) {
                let start = range.start + at;
                let why = "A web page wrote the brackets and quotation marks of the tags as entities.";
                changes.push(Change::new(start..start + entity.len(), c, why));
            }
        }
    }
    changes
}

fn texts(view: &View, is_file: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for element in view.tree.elements.iter().filter(|element| takes_no_text(view, element)) {
        for range in &element.texts {
            let text = view.slice(range);
            // People leave lines out of what they paste and put dots there.
            let left_out = text.chars().all(|c| matches!(c, '.' | '…' | '-' | '[' | ']' | ' '));
            if left_out && !is_file {
                continue;
            }
            let first: String = text.lines().next().unwrap_or("").chars().take(40).collect();
            let why = format!("Text stands in <{}>, where only elements may stand: \"{first}\".", view.name(element));
            changes.push(Change::new(layout::whole_lines(view.text, range.clone()), "", why));
        }
    }
    changes
}

fn sections_first(view: &View) -> Vec<Change> {
    let at_root = |element: &Element| view.parent_name(element) == "configuration" && !view.inside(element, "location");
    let Some(sections) =
        view.tree.elements.iter().find(|element| view.name(element) == "configSections" && at_root(element))
    else {
        return Vec::new();
    };
    let first = view.tree.elements.iter().find(|element| element.parent == sections.parent);
    let Some(first) = first.filter(|first| first.whole().end <= sections.tag.range.start) else {
        return Vec::new();
    };
    let why = format!(
        "<configSections> has to be the first element in <configuration>, and <{}> stands in front of it.",
        view.name(first)
    );
    let is_ours = matches!(view.role(first), Some("system.net" | "defaultProxy" | "proxy"));
    match &view.tree.root_end {
        Some(end) if is_ours => moved(view.text, first.whole(), end.start, &why),
        _ => behind(view, first, sections, &why),
    }
}

/// Moves an element to right behind another one.
fn behind(view: &View, element: &Element, other: &Element, why: &str) -> Vec<Change> {
    let lines = layout::whole_lines(view.text, element.whole());
    let place = layout::whole_lines(view.text, other.whole());
    let block = view.slice(&lines).to_owned();
    vec![Change::new(place.end..place.end, block, why), Change::new(lines, "", why)]
}

/// Moves an element out of where it stands: to the end of the configuration, or of what was pasted.
fn out_of(view: &View, element: &Element, wrap: &[&str], why: &str) -> Vec<Change> {
    let to = if let Some(end) = &view.tree.root_end {
        end.start
    } else {
        let mut top = element;
        while let Some(parent) = top.parent.and_then(|index| view.element(index)) {
            top = parent;
        }
        layout::whole_lines(view.text, top.whole()).end
    };
    let mut changes = moved(view.text, element.whole(), to, why);
    if let Some(new) = changes.first_mut() {
        let end = layout::line_end(view.text);
        let indent = layout::indent(view.text, element.tag.range.start).unwrap_or("").to_owned();
        for around in wrap {
            let body = new.text.trim_start_matches(['\r', '\n']);
            let line = if body.ends_with(['\n', '\r']) { "" } else { end };
            new.text = format!("{indent}<{around}>{end}{body}{line}{indent}</{around}>{end}");
        }
        if layout::indent(view.text, to).is_none() {
            new.text = format!("{end}{}", new.text.trim_start_matches(['\r', '\n']));
        }
    }
    changes
}

fn groups(view: &View) -> Vec<Change> {
    for (_, element) in view.in_role("system.net") {
        let Some((_, parent)) = view.parent(element) else { continue };
        let around = view.name(parent);
        if around == "configuration" || around.is_empty() {
            continue;
        }
        if around == "system.net" {
            return view.unwrapped(element, "<system.net> stands within another <system.net>.");
        }
        let why = format!("<system.net> stands within <{around}>. It belongs directly within <configuration>.");
        return out_of(view, element, &[], &why);
    }
    Vec::new()
}

fn sections(view: &View) -> Vec<Change> {
    for (index, element) in view.in_role("defaultProxy") {
        let Some((around_at, parent)) = view.parent(element) else { continue };
        match view.name(parent) {
            "system.net" => {}
            "defaultProxy" => return nested_section(view, (around_at, parent), (index, element)),
            "configuration" => {
                let why = "<defaultProxy> stands directly within <configuration>. It belongs within <system.net>.";
                return view.wrapped(element, "system.net", why);
            }
            around => {
                let why = format!("<defaultProxy> stands within <{around}>. It belongs within <system.net>.");
                return out_of(view, element, &["system.net"], &why);
            }
        }
    }
    Vec::new()
}

/// One `defaultProxy` within another: one of the two pairs of tags goes, its attributes stay.
fn nested_section(view: &View, (outer_at, outer): (usize, &Element), (_, inner): (usize, &Element)) -> Vec<Change> {
    let why = "<defaultProxy> stands within another <defaultProxy>; .NET takes one.";
    let alone = view.children(outer_at).count() == 1;
    let (gone, kept) = if alone { (outer, inner) } else { (inner, outer) };
    let mut changes = carried(view, gone, kept, why);
    changes.extend(view.unwrapped(gone, why));
    changes
}

/// The attributes of one element that another one lacks.
fn carried(view: &View, from: &Element, to: &Element, why: &str) -> Vec<Change> {
    let has = |name: &str| to.tag.attributes.iter().any(|attribute| view.slice(&attribute.name) == name);
    let mut new = String::new();
    for attribute in &from.tag.attributes {
        if !has(view.slice(&attribute.name)) {
            new.push(' ');
            new.push_str(view.slice(&attribute.range));
        }
    }
    let at = to.tag.attributes.last().map_or(to.tag.name.end, |last| last.range.end);
    if new.is_empty() { Vec::new() } else { vec![Change::new(at..at, new, why)] }
}

/// `proxy`, `bypasslist` and its entries.
fn inner(view: &View) -> Vec<Change> {
    for role in ["proxy", "bypasslist"] {
        for (_, element) in view.in_role(role) {
            let Some((around_at, parent)) = view.parent(element) else { continue };
            let around = view.name(parent);
            if around == "defaultProxy" {
                continue;
            }
            let why = format!("<{role}> stands within <{around}>. It belongs within <defaultProxy>.");
            // `<proxy ...><bypasslist>...</bypasslist></proxy>`: the proxy element holds attributes only.
            if around == "proxy" {
                return closed_before_children(view, parent, &why);
            }
            let sibling = view.in_role("defaultProxy").find(|(_, other)| other.parent == Some(around_at));
            let home = sibling.or_else(|| view.section());
            if let Some((home_at, home)) = home {
                let taken = view.children(home_at).any(|(_, child)| view.name(child) == role);
                if !taken {
                    return into(view, element, home, &why);
                }
            }
            return match around {
                "system.net" => view.wrapped(element, "defaultProxy", &why),
                "configuration" => {
                    let mut changes = view.wrapped(element, "defaultProxy", &why);
                    for (change, tag) in changes.iter_mut().zip(["<system.net>", "</system.net>"]) {
                        let end = layout::line_end(view.text);
                        let has_line = change.text.contains(end);
                        let indent = layout::indent(view.text, element.tag.range.start).unwrap_or("");
                        let tag = if has_line { format!("{indent}{tag}{end}") } else { tag.to_owned() };
                        change.text = if tag.contains('/') {
                            format!("{}{tag}", change.text)
                        } else {
                            format!("{tag}{}", change.text)
                        };
                    }
                    changes
                }
                _ => out_of(view, element, &["defaultProxy", "system.net"], &why),
            };
        }
    }
    for role in ["add", "remove", "clear"] {
        for (_, element) in view.in_role(role) {
            let Some((_, parent)) = view.parent(element) else { continue };
            if view.name(parent) == "defaultProxy" {
                let why = format!("<{role}> stands directly within <defaultProxy>. It belongs within <bypasslist>.");
                let list = view.in_role("bypasslist").find(|(_, list)| list.parent == element.parent);
                return match list {
                    Some((_, list)) => into(view, element, list, &why),
                    None => view.wrapped(element, "bypasslist", &why),
                };
            }
            if view.name(parent) == "proxy" {
                let why = format!("<{role}> stands within <proxy>. It belongs within <bypasslist>.");
                return closed_before_children(view, parent, &why);
            }
        }
    }
    unknown_elements(view)
}

/// Lets a `proxy` that holds elements close itself in front of them.
fn closed_before_children(view: &View, proxy: &Element, why: &str) -> Vec<Change> {
    let at = proxy.tag.range.end - 1;
    let gap =
        if view.text.get(..at).is_some_and(|before| before.ends_with([' ', '\n', '\t', '\r'])) { "" } else { " " };
    let mut changes = vec![Change::new(at..at, format!("{gap}/"), why)];
    if let Some(end) = &proxy.end {
        changes.push(Change::new(layout::whole_lines(view.text, end.clone()), "", why));
    }
    changes
}

/// Moves an element into another one, as its last.
fn into(view: &View, element: &Element, home: &Element, why: &str) -> Vec<Change> {
    let Some(end) = &home.end else {
        let block = view.slice(&element.whole()).to_owned();
        let mut changes = view.with_child(home, &block, why);
        changes.push(view.without(element, why));
        return changes;
    };
    moved(view.text, element.whole(), end.start, why)
}

fn unknown_elements(view: &View) -> Vec<Change> {
    for element in &view.tree.elements {
        let Some((_, parent)) = view.parent(element) else { continue };
        let (name, around) = (view.name(element), view.name(parent));
        if !matches!(view.role(parent), Some("defaultProxy" | "proxy" | "bypasslist")) {
            continue;
        }
        let known = match around {
            "defaultProxy" => matches!(name, "proxy" | "bypasslist" | "module"),
            "bypasslist" => matches!(name, "add" | "remove" | "clear"),
            _ => false,
        };
        if known || view.role(element).is_some() {
            continue;
        }
        // `<proxyaddress>http://p:8080</proxyaddress>`: a value that was written as an element.
        if let Some(attribute) = names::among(&ON_PROXY, name)
            && let [value] = element.texts.as_slice()
            && let Some((_, proxy)) = view.proxy()
            && view.attribute(proxy, attribute).is_none()
        {
            let why = format!("{attribute} is an attribute of <proxy>, not an element.");
            let value = resolved(view.slice(value));
            let mut changes = vec![view.with_attribute(&proxy.tag, attribute, value.trim(), why.as_str())];
            changes.push(view.without(element, &why));
            return changes;
        }
        let secret = ["credential", "user", "password"].iter().any(|word| name.to_ascii_lowercase().contains(word));
        let tail = if secret {
            " Credentials for the proxy cannot be written in this file; useDefaultCredentials=\"true\" signs in with the account that runs the program. A password that stood here is known to everybody on the server: change it."
        } else {
            ""
        };
        let why = format!("<{name}> has no meaning within <{around}>; .NET refuses the file for it.{tail}");
        return vec![view.without(element, &why)];
    }
    Vec::new()
}

fn duplicates(view: &View, known: Option<&Proxy>, questions: &mut Vec<Question>) -> Vec<Change> {
    let sections: Vec<(usize, &Element)> = view.in_role("defaultProxy").collect();
    if sections.len() > 1 {
        let proxy_of = |index: usize| view.children(index).find(|(_, child)| view.name(child) == "proxy");
        let candidates: Vec<Candidate> = sections
            .iter()
            .map(|&(index, element)| Candidate::new(view, element, proxy_of(index).map(|(_, proxy)| proxy), known))
            .collect();
        let Some(kept) = choose(&candidates, known) else {
            ask(view, &candidates, "defaultProxy", questions);
            return Vec::new();
        };
        let gone = sections.iter().enumerate().find(|(at, _)| *at != kept).map(|(_, section)| *section);
        return gone.map(|(_, element)| vec![without_section(view, element)]).unwrap_or_default();
    }
    let Some((section, _)) = view.section() else { return Vec::new() };
    let of = |name: &'static str| -> Vec<&Element> {
        view.children(section).filter(|(_, child)| view.name(child) == name).map(|(_, child)| child).collect()
    };
    let proxies = of("proxy");
    if proxies.len() > 1 {
        let candidates: Vec<Candidate> =
            proxies.iter().map(|element| Candidate::new(view, element, Some(element), known)).collect();
        let Some(kept) = choose(&candidates, known) else {
            ask(view, &candidates, "proxy", questions);
            return Vec::new();
        };
        let why = "<proxy> stands twice within <defaultProxy>; .NET takes one.";
        if let (Some(kept), Some((_, gone))) =
            (proxies.get(kept), proxies.iter().enumerate().find(|(at, _)| *at != kept))
        {
            let mut changes = carried(view, gone, kept, why);
            changes.push(view.without(gone, why));
            return changes;
        }
    }
    if let [first, second, ..] = of("bypasslist").as_slice() {
        let why = "<bypasslist> stands twice within <defaultProxy>; .NET takes one.";
        let inside = second.end.as_ref().map(|end| second.tag.range.end..end.start);
        let entries = inside.map_or("", |inside| view.slice(&inside)).trim();
        let mut changes = vec![view.without(second, why)];
        if !entries.is_empty() {
            let lines: String = entries.lines().flat_map(|line| [line.trim(), "\n"]).collect();
            changes.extend(view.with_child(first, &lines, why));
        }
        return changes;
    }
    declared_twice(view)
}

/// One of several sections or elements of which .NET takes one.
struct Candidate {
    start: usize,
    /// Host and port that it means.
    names: Option<(String, u16)>,
    settings: usize,
}

impl Candidate {
    fn new(view: &View, element: &Element, proxy: Option<&Element>, known: Option<&Proxy>) -> Self {
        let value = proxy.and_then(|proxy| {
            let attribute = proxy
                .tag
                .attributes
                .iter()
                .find(|a| names::among(&ON_PROXY, view.slice(&a.name)) == Some("proxyaddress"))?;
            Some(resolved(view.slice(&attribute.value)))
        });
        let known = known.filter(|proxy| !proxy.is_users);
        let names = value.and_then(|value| {
            let outcome = address::outcome(&value, known);
            let right = outcome.value.unwrap_or(value);
            let read = crate::readers::machine_config::address::read(&right);
            (outcome.question.is_none() && !read.unusable()).then_some((read.host, read.port))
        });
        let of_proxy = proxy.filter(|proxy| proxy.tag.range != element.tag.range);
        let settings = element.tag.attributes.len() + of_proxy.map_or(0, |proxy| proxy.tag.attributes.len());
        Self { start: element.tag.range.start, names, settings }
    }
}

/// The one to keep, where there is no doubt.
fn choose(candidates: &[Candidate], known: Option<&Proxy>) -> Option<usize> {
    let is_known = |candidate: &Candidate| {
        candidate
            .names
            .as_ref()
            .zip(known)
            .is_some_and(|((host, port), known)| known.host.eq_ignore_ascii_case(host) && known.port == *port)
    };
    let named: Vec<usize> =
        candidates.iter().enumerate().filter(|(_, c)| c.names.is_some()).map(|(at, _)| at).collect();
    if let Some(at) = candidates.iter().position(is_known) {
        return Some(at);
    }
    let first = named.first().and_then(|&at| candidates.get(at));
    let same = named.iter().all(|&at| candidates.get(at).map(|c| &c.names) == first.map(|c| &c.names));
    if !same && !known.is_some_and(|known| known.is_users) {
        return None;
    }
    // Where they say the same, the one that says more; of two alike the first.
    let pool: Vec<usize> = if named.is_empty() { (0..candidates.len()).collect() } else { named };
    pool.into_iter().max_by_key(|&at| (candidates.get(at).map_or(0, |c| c.settings), std::cmp::Reverse(at)))
}

fn ask(view: &View, candidates: &[Candidate], what: &str, questions: &mut Vec<Question>) {
    let shown = candidates.iter().filter_map(|candidate| {
        let (host, port) = candidate.names.as_ref()?;
        let line = view.text.get(..candidate.start)?.matches('\n').count() + 1;
        Some(format!("{} (line {line})", host_port(host, port)))
    });
    let shown = shown.collect::<Vec<_>>().join(" and ");
    let at = candidates.get(1).map_or(0, |candidate| candidate.start);
    questions.push(Question {
        at,
        text: format!("<{what}> stands twice and names {shown}. .NET takes one. Which one is right?"),
        wants_proxy: true,
    });
}

fn without_section(view: &View, element: &Element) -> Change {
    let why =
        "The section <defaultProxy> may stand only once in a file; this one says nothing that the other does not.";
    let parent = element.parent.and_then(|index| Some((index, view.element(index)?)));
    match parent {
        Some((index, parent)) if view.name(parent) == "system.net" && view.children(index).count() == 1 => {
            view.without(parent, why)
        }
        _ => view.without(element, why),
    }
}

/// A second declaration of the section, as some advice for application files has it.
fn declared_twice(view: &View) -> Vec<Change> {
    let declares = |element: &&Element| {
        view.name(element) == "section"
            && view.inside(element, "configSections")
            && view.inside(element, "sectionGroup")
            && view.value(element, "name").as_deref() == Some("defaultProxy")
    };
    let second = view.tree.elements.iter().filter(declares).nth(1);
    let why = "The section defaultProxy is declared twice; .NET refuses the second declaration.";
    second.map(|element| vec![view.without(element, why)]).unwrap_or_default()
}
