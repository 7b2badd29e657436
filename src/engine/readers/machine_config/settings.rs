//! The proxy part of a configuration: where its elements stand, what they say, and what .NET would complain about.

use super::address;
use super::attributes::{ON_DEFAULT_PROXY, ON_PROXY, is_close};
use super::bypass;
use super::config::{BypassEntry, Config, Spanned};
use super::faults::{IGNORED, declaration_missing, faults};
use super::plain::plain;
use super::prediction::predict;
use super::problem::{FaultKind, XmlError, clipped};
use super::slip::Slip;
use super::view::{View, span};
use super::which_file::{Told, which_file};
use super::xml::{self, Attribute, Element};
use super::{effect, loose};
use crate::artifact::{Part, Span};
use crate::source::Encoding;
use std::ops::Range;

/// Reads a part as a configuration.
pub fn read(part: &Part) -> Config {
    let text = plain(part.text());
    let around = |range: Range<usize>| part.source.text.get(range).is_none_or(|text| text.trim().is_empty());
    let alone = around(0..part.start) && around(part.end..part.source.text.len());
    let is_file = alone && part.source.name.to_ascii_lowercase().ends_with(".config");
    // A file that stands in a mail begins with its own first line, and .NET counts from there.
    let has_root = memchr::memmem::find(text.as_bytes(), b"<configuration").is_some();
    let first_line = if has_root { part.source.position(part.start).line } else { 1 };
    let position = |offset: usize| {
        let position = part.source.position(part.start + offset);
        ((position.line + 1).saturating_sub(first_line), position.column)
    };
    let document = xml::parse(&text, is_file, &position);
    let Told { which, known: which_known, by: which_by } = which_file(part, &text);
    let named = which_by.and_then(|span| part.source.text.get(span.start..span.end)).unwrap_or("").to_ascii_lowercase();
    let in_framework = named.contains("microsoft.net") && named.contains("framework");
    let is_of_a_project = !in_framework && (named.ends_with("app.config") || named.ends_with("web.config"));
    let mut config = Config { which, which_known, which_by, is_of_a_project, in_effect: true, ..Config::default() };
    let goes_on = document.fault.as_ref().is_some_and(|fault| fault.slip == Slip::EndMissing && !fault.certain)
        && lines_left_out_below(part);
    if let Some(fault) = document.fault.as_ref().filter(|_| !goes_on) {
        let sections = ["system.net", "defaultProxy"];
        let starts = |at: &Range<usize>, name: &str| text.get(at.start + 1..).is_some_and(|tag| tag.starts_with(name));
        let block = fault.look_at.as_ref().filter(|_| fault.slip == Slip::BehindRoot);
        config.xml_errors.push(XmlError {
            span: span(part, &fault.at),
            message: clipped(fault.message.clone()),
            slip: fault.slip,
            mistake: fault.slip.sentence(),
            look_at: fault.look_at.clone().map(|range| span(part, &range)),
            is_proxy_part: block.is_some_and(|at| sections.iter().any(|name| starts(at, name))),
            position: (!fault.message.is_empty() && fault.slip != Slip::Empty).then(|| position(fault.at.start)),
            certain: fault.certain,
        });
    } else if is_file && part.start > 0 && text.starts_with("<?xml") {
        config.xml_errors.push(error_at(part, 0..5, xml::LATE_DECLARATION, Slip::DeclarationAfterBlank));
    } else if let Some(error) = is_file.then(|| encoding_error(part, &text, document.encoding.clone())).flatten() {
        config.xml_errors.push(error);
    }
    let elements = if document.fault.is_some() { loose::scan(&text) } else { document.elements };
    let view = View { part, text: &text, elements: &elements, which };
    let root = elements.iter().position(|element| view.name(element) == "configuration");
    config.is_fragment =
        goes_on || !elements.iter().any(|element| view.name(element).eq_ignore_ascii_case("configuration"));
    config.commented_out =
        document.comments.iter().find(|comment| holds_settings(&text, comment)).map(|comment| span(part, comment));
    config.insert_at = insert_place(&text).map(|range| span(part, &range));
    config.means_credentials = means_credentials(&text);
    let cut_within = ["</system.net", "</defaultProxy"].iter().any(|tag| text.contains(tag));
    config.ends_without_proxy = config.is_fragment && config.insert_at.is_some() && !cut_within;
    fill(&view, &mut config);
    // Behind a certain XML error the structure is guesswork, and nobody gets to see a second complaint.
    if config.xml_errors.iter().all(|error| !error.certain) {
        let mut faults = faults(&view, is_file);
        if let Some(root) = root
            && config.which.is_machine()
        {
            faults.extend(declaration_missing(&view, root, &config));
        }
        faults.sort_by_key(|fault| (fault.span.start, fault.kind));
        // Of a section that is switched off .NET makes no proxy, and of an entry that is removed no expression.
        let harmless = |at: Span| {
            let removed = config.bypass.iter().any(|entry| entry.pattern.span == at && !entry.in_effect);
            removed || config.is_switched_off() || config.module.is_some()
        };
        for fault in faults.iter_mut().filter(|fault| fault.kind == FaultKind::BadPattern && harmless(fault.span)) {
            fault.message.clear();
        }
        config.faults = faults;
    }
    config.prediction = predict(&config, first_line);
    config.faults.truncate(Config::MAX_FAULTS);
    (config.effective, config.effect) = effect::effective(&config);
    config
}

/// Whether dots below the part say that lines were left out: what is not closed here goes on there.
fn lines_left_out_below(part: &Part) -> bool {
    let below = part.source.text.get(part.end..).unwrap_or("");
    let Some(line) = below.lines().map(str::trim).find(|line| !line.is_empty()) else { return false };
    let bare = line.trim_start_matches(['>', ' ', '|']).trim_matches(['[', ']', '(', ')', '<', '>', ' ', '-']);
    let words = ["snip", "snipped", "cut", "omitted", "truncated", "gekürzt", "省略", "略"];
    let dots = bare.chars().count() >= 2 || bare == "…";
    (dots && bare.chars().all(|c| matches!(c, '.' | '…' | ' '))) || words.contains(&bare.to_lowercase().as_str())
}

/// Takes over what the settings say.
fn fill(view: &View, config: &mut Config) {
    let placed = |element: &Element| match view.parent_name(element) {
        "system.net" => !view.inside(element, &IGNORED) && view.elsewhere(element).is_none(),
        "" => config.is_fragment,
        _ => false,
    };
    let ours = |(_, element): &(usize, &Element)| !view.inside(element, &["configSections"]);
    let section = best_of(view.named("defaultProxy").filter(ours), |(_, element)| placed(element));
    let within = |element: &Element| section.is_some_and(|(index, _)| element.parent == Some(index));
    let has_setting = |element: &Element| {
        ON_PROXY.iter().chain(&ON_DEFAULT_PROXY).any(|name| view.attribute(element, name).is_some())
    };
    let proxies = view.named("proxy").filter(|(_, element)| within(element) || has_setting(element));
    let proxy = best_of(proxies, |(_, element)| within(element));
    let orphan = section.is_none() && config.is_fragment;
    config.in_effect = section.map_or(orphan, |(_, element)| placed(element));
    if let Some((index, element)) = section {
        config.default_proxy = Some(view.span(&element.tag));
        config.enabled = view.switch(element, "enabled");
        config.use_default_credentials = view.switch(element, "useDefaultCredentials");
        let module = view.elements.iter().find(|child| child.parent == Some(index) && view.name(child) == "module");
        let elsewhere = ["configSource", "configProtectionProvider"];
        let elsewhere = elsewhere.iter().find_map(|name| view.attribute(element, name)).map(|_| element);
        config.module = module.or(elsewhere).map(|element| view.span(&element.tag));
    }
    if let Some((_, element)) = proxy {
        config.proxy = Some(view.span(&element.tag));
        config.use_system_default = view.switch(element, "usesystemdefault");
        config.bypass_on_local = view.switch(element, "bypassonlocal");
        config.auto_detect = view.switch(element, "autoDetect");
        config.script_location = view.attribute(element, "scriptLocation").map(|attribute| view.spanned(attribute));
        // A slip in the name leaves no doubt about what the value is; the name itself is a fault of its own.
        let misspelt = || {
            let named = |attribute: &&Attribute| {
                let name = view.text.get(attribute.name.clone()).unwrap_or("");
                !ON_PROXY.contains(&name) && is_close("proxyaddress", name)
            };
            element.attributes.iter().find(named)
        };
        let address = view.attribute(element, "proxyaddress").or_else(misspelt);
        config.proxy_address = address.map(|attribute| view.spanned(attribute));
        config.address = config.proxy_address.as_ref().map(|written| address::read(&written.text));
    }
    config.bypass = bypass_list(view, section.map(|(index, _)| index));
}

/// The entries of the bypass list of a section, or of any list where there is no section. `remove` takes out the
/// entry of the very same text, `clear` all of them: what stands above, not what follows.
fn bypass_list(view: &View, section: Option<usize>) -> Vec<BypassEntry> {
    let of_section = |(_, list): &(usize, &Element)| section.is_none() || list.parent == section;
    let lists: Vec<usize> = view.named("bypasslist").filter(of_section).map(|(index, _)| index).collect();
    let mut entries: Vec<BypassEntry> = Vec::new();
    let within = |element: &&Element| element.parent.is_some_and(|parent| lists.binary_search(&parent).is_ok());
    for element in view.elements.iter().filter(within) {
        let attribute = view.attribute(element, "address");
        let text = attribute.map_or("", |attribute| attribute.text.as_str());
        match view.name(element) {
            "add" if entries.len() < Config::MAX_BYPASS => {
                let span = attribute.filter(|attribute| !attribute.value.is_empty());
                let span = span.map_or_else(|| view.span(&element.tag), |attribute| view.span(&attribute.value));
                entries.push(BypassEntry {
                    pattern: Spanned { text: text.to_owned(), span },
                    check: bypass::check(text),
                    doubt: bypass::doubt(text),
                    in_effect: true,
                });
            }
            "remove" => {
                for entry in entries.iter_mut().filter(|entry| entry.pattern.text == text) {
                    entry.in_effect = false;
                }
            }
            "clear" => {
                for entry in &mut entries {
                    entry.in_effect = false;
                }
            }
            _ => {}
        }
    }
    entries
}

/// The first item that is good, or else the first.
fn best_of<T: Copy>(items: impl Iterator<Item = T>, good: impl Fn(T) -> bool) -> Option<T> {
    let mut first = None;
    for item in items {
        if good(item) {
            return Some(item);
        }
        first.get_or_insert(item);
    }
    first
}

/// A file whose bytes are not in the encoding that it declares.
fn encoding_error(part: &Part, text: &str, declared: Option<Range<usize>>) -> Option<XmlError> {
    let name = declared.clone().and_then(|range| text.get(range)).unwrap_or("utf-8").to_ascii_lowercase();
    let encoding = part.source.encoding;
    let unicode = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if (name.starts_with("utf-16") || name == "unicode" || name == "ucs-2") && !unicode {
        let range = declared.unwrap_or(0..0);
        let message = "There is no Unicode byte order mark. Cannot switch to Unicode.";
        return Some(error_at(part, range, message, Slip::NotUtf16));
    }
    // .NET reads up to the declaration as the byte order mark says, and from there on as declared.
    let is_wide_name = name.starts_with("utf-16") || matches!(name.as_str(), "unicode" | "ucs-2" | "iso-10646-ucs-2");
    if let Some(range) = declared.clone().filter(|_| unicode && !is_wide_name) {
        let message = "'.', hexadecimal value 0x00, is an invalid character.";
        let error = error_at(part, range.clone(), message, Slip::Utf16Undeclared);
        let end = text.get(range.end..).and_then(|rest| rest.find("?>")).map_or(range.end, |at| range.end + at + 2);
        let behind = part.source.position(part.start + end);
        let line_ends = text.get(end..).is_some_and(|rest| rest.starts_with(['\r', '\n']));
        let position = if line_ends { (behind.line + 1, 1) } else { (behind.line, behind.column + 1) };
        return Some(XmlError { position: Some(position), ..error });
    }
    let broken = match encoding {
        Encoding::Windows1251 | Encoding::Windows1252 | Encoding::Gb18030 => {
            text.char_indices().find(|(_, c)| !c.is_ascii())
        }
        Encoding::Utf8 | Encoding::Utf8Bom => text.char_indices().find(|&(_, c)| c == char::REPLACEMENT_CHARACTER),
        _ => None,
    };
    let (at, c) = broken?;
    let message = "Invalid character in the given encoding.";
    (name == "utf-8").then(|| error_at(part, at..at + c.len_utf8(), message, Slip::NotUtf8))
}

/// A fault of the file as a whole. `range` counts in the part.
fn error_at(part: &Part, range: Range<usize>, message: &str, slip: Slip) -> XmlError {
    let position = part.source.position(part.start + range.start);
    XmlError {
        span: part.span(range),
        message: message.to_owned(),
        slip,
        mistake: slip.sentence(),
        look_at: None,
        is_proxy_part: false,
        position: Some((position.line, position.column)),
        certain: true,
    }
}

fn holds_settings(text: &str, comment: &Range<usize>) -> bool {
    let lower = text.get(comment.clone()).unwrap_or("").to_ascii_lowercase();
    lower.contains("<defaultproxy") || (lower.contains("<proxy") && lower.contains("proxyaddress"))
}

/// Whether the switch for credentials stands somewhere with the value that turns it on.
fn means_credentials(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.split("usedefaultcredentials").skip(1).any(|rest| {
        rest.trim_start_matches(|c: char| c.is_whitespace() || c == '=' || !c.is_ascii())
            .trim_start_matches(['"', '\''])
            .starts_with("true")
    })
}

/// The last `</configuration>`.
fn insert_place(text: &str) -> Option<Range<usize>> {
    let at = text.rfind("</configuration")?;
    let end = text.get(at..).and_then(|rest| rest.find('>')).map_or(text.len(), |end| at + end + 1);
    Some(at..end)
}
