//! Lists of hosts or rules that a proxy or firewall lets through: names, tables, Squid, Palo Alto, `FortiGate`, Blue
//! Coat, Azure Firewall, and proxy scripts. What a wildcard means depends on the product that reads the list.
//!
//! A dialect: a file here with `recognise` and `read`, and a line in [`DIALECTS`].

mod azure;
mod blue_coat;
mod coverage;
mod endpoint_service;
mod fortigate;
mod json;
mod lines;
mod named_objects;
mod pac;
mod pattern;
mod product;
mod sentence;
mod squid;
mod syntax;

pub use coverage::{Coverage, Doubt};
pub use pac::Script;
pub use pattern::{Shape, Subject, below};
pub use product::{HowKnown, Product, named_in, url_filter_entry};
pub use squid::{Acl, AclKind, HttpAccess, SquidRules};

use crate::artifact::{Kind, Part, Problem, Span};
use crate::detect::Score;
use crate::readers::{Reader, Reading, Value};

/// The reader.
pub const READER: Reader = Reader { name: "allow_list", score, most: 85, read };

/// What the list lets through.
#[derive(Clone, Debug, Default)]
pub struct AllowList {
    /// Whose meaning of wildcards holds.
    pub product: Product,
    /// How the product became known.
    pub how_known: HowKnown,
    /// By what, in one sentence.
    pub why_known: String,
    /// The entries, in the order in which the product looks at them; of very long lists those that may concern a host
    /// of the catalogue, see [`AllowList::MAX_ENTRIES`].
    pub entries: Vec<Entry>,
    /// How the entries work together.
    pub rules: Rules,
    /// The words around the entries speak of blocking: this is no allow-list.
    pub blocks: bool,
    /// The firewall resolves the names itself: no entry can be a wildcard.
    pub exact_names: bool,
    /// More could have concerned a host of the catalogue than what was kept.
    pub cut: bool,
    /// What there is to say about the list as a whole: a file that is missing, an error.
    pub remarks: Vec<Problem>,
    /// Wildcards that the product does not know, one sentence per form, at its first entry.
    pub foreign: Vec<Problem>,
}

/// How the entries of a list work together.
#[derive(Clone, Debug, Default)]
pub enum Rules {
    /// The first that matches decides; what none matches is refused.
    #[default]
    FirstMatch,
    /// As [`Rules::FirstMatch`], but what none matches is decided somewhere else, such as by categories.
    ThenElsewhere,
    /// Several rounds, each entry with the number of its own: the first match of the last round that has one decides.
    Rounds(Vec<usize>),
    /// squid.conf.
    Squid(SquidRules),
    /// A proxy script. The entries are its texts.
    Script(Box<Script>),
}

impl AllowList {
    /// So many entries are kept whatever they are; after that, as many again of those that may concern a host of the
    /// catalogue.
    pub const MAX_ENTRIES: usize = 20_000;

    /// The script, if it is one.
    pub fn script(&self) -> Option<&Script> {
        match &self.rules {
            Rules::Script(script) => Some(script),
            _ => None,
        }
    }

    /// Whether its entries are lines that several products would read, so that the product may be chosen.
    pub fn is_open(&self) -> bool {
        matches!(self.how_known, HowKnown::Assumed | HowKnown::Said | HowKnown::Chosen)
            && matches!(self.rules, Rules::FirstMatch)
    }

    /// Reads the entries with the meaning of another product. Only for lists that are [`AllowList::is_open`].
    pub fn read_as(&mut self, product: Product, how_known: HowKnown, why_known: &str) {
        self.product = product;
        self.how_known = how_known;
        why_known.clone_into(&mut self.why_known);
        for entry in &mut self.entries {
            if let Some((shape, ports)) = pattern::parse(entry.text.trim_end_matches('/'), product) {
                entry.shape = shape;
                if entry.ports.is_empty() {
                    entry.ports = ports;
                }
            }
        }
        syntax::remark(self);
    }
}

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// What it covers.
    pub shape: Shape,
    /// Whether it lets through or refuses.
    pub action: Action,
    /// The ports it is limited to; empty for any.
    pub ports: Vec<u16>,
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lets through.
    Allow,
    /// Refuses.
    Deny,
}

/// A way of writing lists that cannot be taken for another one.
struct Dialect {
    format: &'static str,
    product: Product,
    /// By what the part was recognised; `None` when it is something else.
    recognise: fn(&Part) -> Option<String>,
    read: fn(&Part, &mut Problems) -> AllowList,
}

/// The dialects with a syntax of their own. Everything else is lines.
const DIALECTS: &[Dialect] = &[
    Dialect { format: "squid-acl", product: Product::Squid, recognise: squid::recognise, read: squid::read },
    Dialect {
        format: "fortigate-url-filter",
        product: Product::FortiGate,
        recognise: fortigate::recognise,
        read: fortigate::read,
    },
    Dialect {
        format: "azure-firewall-rules",
        product: Product::AzureFirewall,
        recognise: azure::recognise,
        read: azure::read,
    },
    Dialect {
        format: "blue-coat-policy",
        product: Product::BlueCoat,
        recognise: blue_coat::recognise,
        read: blue_coat::read,
    },
    Dialect {
        format: "microsoft-365-endpoints",
        product: Product::Plain,
        recognise: endpoint_service::recognise,
        read: endpoint_service::read,
    },
    Dialect {
        format: "firewall-objects",
        product: Product::Plain,
        recognise: named_objects::recognise,
        read: named_objects::read,
    },
];

/// The format of a list inside a sentence.
const SENTENCE: &str = "sentence-list";

fn score(part: &Part) -> Option<Score> {
    if is_stamped(part) {
        return None;
    }
    let own = DIALECTS.iter().find_map(|dialect| {
        let why = (dialect.recognise)(part)?;
        Some(Score { value: 85, kind: Kind::AllowList, format: dialect.format, why })
    });
    let own = own.or_else(|| {
        sentence::enumerates(part.text()).then(|| Score {
            value: 55,
            kind: Kind::AllowList,
            format: SENTENCE,
            why: "A sentence names hosts and says that they were opened.".to_owned(),
        })
    });
    own.or_else(|| {
        let survey = lines::survey(part)?;
        let value = if survey.format == "palo-alto-edl" { 60 } else { 55 };
        Some(Score { value, kind: Kind::AllowList, format: survey.format, why: survey.why })
    })
}

/// Whether most lines begin with a time, as those of a log or a trace do: no list has that.
fn is_stamped(part: &Part) -> bool {
    let is_two_digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let begins_with_time = |line: &str| {
        let mut parts = line.trim_start_matches(['[', ' ', '\t']).splitn(3, ':');
        parts.next().is_some_and(is_two_digits) && parts.next().is_some_and(is_two_digits) && parts.next().is_some()
    };
    let (mut stamped, mut lines) = (0, 0);
    for (_, line) in part.lines().filter(|(_, line)| !line.trim().is_empty()).take(200) {
        stamped += usize::from(begins_with_time(line));
        lines += 1;
    }
    lines >= 20 && stamped * 2 > lines
}

fn read(part: &Part, score: &Score) -> Reading {
    let mut problems = Problems::default();
    let own = DIALECTS.iter().find(|dialect| dialect.format == score.format);
    let own = own.or_else(|| DIALECTS.iter().find(|dialect| (dialect.recognise)(part).is_some()));
    let list = match own {
        None if score.format == SENTENCE => sentence::read(part),
        Some(dialect) => read_dialect(dialect, part, &mut problems),
        None => lines::read(part, &mut problems),
    };
    let count = problems.count;
    problems.first.extend(list.remarks.iter().chain(&list.foreign).cloned());
    problems.first.truncate(crate::artifact::Artifact::MAX_PROBLEMS);
    Reading { value: Value::AllowList(Box::new(list)), problems: problems.first, skipped_lines: count }
}

fn read_dialect(dialect: &Dialect, part: &Part, problems: &mut Problems) -> AllowList {
    let mut list = (dialect.read)(part, problems);
    list.product = dialect.product;
    list.how_known = HowKnown::Syntax;
    list.why_known = (dialect.recognise)(part).unwrap_or_default();
    syntax::remark(&mut list);
    list
}

/// Reads a text that is said to be a list, for this product or for the one it shows. Also gives how many lines were
/// left out. A script is read as a script, whatever the product.
pub fn read_text(part: &Part, product: Option<Product>) -> (AllowList, usize) {
    let mut problems = Problems::default();
    let mut list = if pac::is_script(part) || product == Some(Product::Pac) {
        read_script(part)
    } else {
        match DIALECTS.iter().find(|dialect| (dialect.recognise)(part).is_some()) {
            Some(dialect) => read_dialect(dialect, part, &mut problems),
            None => lines::read(part, &mut problems),
        }
    };
    if let Some(product) = product.filter(|product| *product != list.product) {
        if list.is_open() && product != Product::Pac {
            list.read_as(product, HowKnown::Chosen, "You chose it.");
        } else {
            let what = format!(
                "You chose {}, but this is {}: it was read as that. {}",
                product.title(),
                list.product.name(),
                list.why_known
            );
            list.remarks.insert(0, Problem { span: part.span(0..0), what });
        }
    }
    if list.entries.is_empty()
        && list.script().is_none()
        && let Some(what) = syntax::other_kind(part)
    {
        list.remarks.insert(0, Problem { span: part.span(0..0), what });
    }
    (list, problems.count)
}

/// Lets the text around a list say which product reads it: first the text of the same input, then the other texts.
/// Only where the list itself says nothing.
pub fn name_product<'a>(list: &mut AllowList, texts: impl Iterator<Item = &'a str>) {
    if list.how_known != HowKnown::Assumed || !matches!(list.rules, Rules::FirstMatch) {
        return;
    }
    if let Some(product) = texts.filter(|text| text.len() <= LONGEST_MAIL).find_map(named_in) {
        list.read_as(product, HowKnown::Said, "The text that came with the list names the product.");
    }
}

/// Longer texts are no mails.
const LONGEST_MAIL: usize = 256 << 10;

/// Whether a line of a mail is an entry of a list and nothing else; and whether it uses a wildcard.
pub fn is_entry(line: &str) -> Option<bool> {
    lines::is_entry(line)
}

/// Whether a paragraph of a mail enumerates what was opened.
pub fn enumerates(paragraph: &str) -> bool {
    sentence::enumerates(paragraph)
}

/// Whether a line of a mail is a rule of Squid about hosts.
pub fn is_rule(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    matches!(
        (words.next(), words.next(), words.next()),
        (Some("acl"), Some(_), Some(_)) | (Some("http_access"), Some("allow" | "deny"), Some(_))
    )
}

/// Whether a text as a whole is a list, with or without remarks in it.
pub fn is_list(part: &Part) -> bool {
    score(part).is_some()
}

/// Reads a proxy script.
pub fn read_script(part: &Part) -> AllowList {
    pac::read(part)
}

/// The lines that could not be used.
#[derive(Debug, Default)]
struct Problems {
    first: Vec<Problem>,
    count: usize,
}

impl Problems {
    fn add(&mut self, span: Span, what: &str) {
        self.count += 1;
        if self.first.len() < crate::artifact::Artifact::MAX_PROBLEMS {
            self.first.push(Problem { span, what: what.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests;
