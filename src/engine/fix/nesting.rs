//! Which tag closes which, and the changes that make a tree of them: end tags, the root, what stands around it.

use super::draft::Change;
use super::layout;
use super::markup::Node;
use super::names;
use super::tag::Tag;
use crate::readers::machine_config::tag::is_blank;
use crate::slips;
use std::ops::Range;

/// An element of the tree.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its start tag.
    pub tag: Tag,
    /// Its end tag. `None` for one that closes itself, and for one that the copy does not close.
    pub end: Option<Range<usize>>,
    /// The element around it.
    pub parent: Option<usize>,
    /// Text and CDATA directly in it.
    pub texts: Vec<Range<usize>>,
}

impl Element {
    /// From its start tag to its end tag.
    pub fn whole(&self) -> Range<usize> {
        self.tag.range.start..self.end.as_ref().map_or(self.tag.range.end, |end| end.end)
    }
}

/// The elements of a text, in the order of their start tags.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Every element.
    pub elements: Vec<Element>,
    /// Every comment.
    pub comments: Vec<Range<usize>>,
    /// The declaration.
    pub declaration: Option<Tag>,
    /// `</configuration>`, also where its start tag is not part of the copy.
    pub root_end: Option<Range<usize>>,
}

/// What came of it.
#[derive(Debug)]
pub enum Nested {
    /// Every tag has its place.
    Tree(Tree),
    /// The first thing that has to change.
    Changes(Vec<Change>),
    /// Nobody can tell what was meant: where, and why.
    Broken(usize, String),
}

/// Elements that hold nothing but attributes.
const LEAVES: [&str; 7] = ["proxy", "add", "remove", "clear", "module", "section", "servicePointManager"];
/// Elements whose end tag can be put back without knowing the file.
const OURS: [&str; 4] = ["configuration", "system.net", "defaultProxy", "bypasslist"];
const MAX_DEPTH: usize = 250;

/// Nests the nodes of a text whose tags are all good. `is_file`: the text is a file and nothing else.
pub fn nest(text: &str, nodes: &[Node], is_file: bool) -> Nested {
    let mut state = State { text, nodes, is_file, tree: Tree::default(), open: Vec::new(), closed: None };
    for (index, node) in nodes.iter().enumerate() {
        match state.node(index, node) {
            Ok(true) => {}
            Ok(false) => return Nested::Tree(state.tree),
            Err(other) => return *other,
        }
    }
    state.at_the_end()
}

struct State<'a> {
    text: &'a str,
    nodes: &'a [Node],
    is_file: bool,
    tree: Tree,
    open: Vec<usize>,
    /// The end tag of the root, once it came.
    closed: Option<Range<usize>>,
}

/// Whether reading goes on, or what stops it.
type Step = Result<bool, Box<Nested>>;

fn changes(changes: Vec<Change>) -> Step {
    Err(Box::new(Nested::Changes(changes)))
}

impl State<'_> {
    fn node(&mut self, index: usize, node: &Node) -> Step {
        match node {
            Node::Start(tag) => self.start(index, tag),
            Node::End(name, range) => self.end(name, range),
            Node::Comment(range) => {
                self.tree.comments.push(range.clone());
                Ok(true)
            }
            Node::Declaration(tag) => self.declaration(tag),
            Node::Text(range) => self.characters(range),
            Node::Other(range) => {
                let cdata = self.slice(range).starts_with("<![CDATA[");
                if let Some(element) = self.top_mut().filter(|_| cdata) {
                    element.texts.push(range.clone());
                }
                Ok(true)
            }
        }
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn top(&self) -> Option<&Element> {
        self.open.last().and_then(|&index| self.tree.elements.get(index))
    }

    fn top_mut(&mut self) -> Option<&mut Element> {
        self.open.last().and_then(|&index| self.tree.elements.get_mut(index))
    }

    fn declaration(&mut self, tag: &Tag) -> Step {
        let before = self.text.get(..tag.range.start).unwrap_or("");
        let blank = before.chars().all(|c| c.is_whitespace() || c == '\u{feff}');
        if self.closed.is_some() && !self.is_file {
            return Ok(false);
        }
        if blank {
            if self.is_file && !before.is_empty() {
                let why = "Nothing may stand in front of the <?xml ...?> line, not even a blank line.";
                return changes(vec![Change::new(0..tag.range.start, "", why)]);
            }
            self.tree.declaration = Some(tag.clone());
            return Ok(true);
        }
        let only_text = self.tree.elements.is_empty() && self.tree.comments.is_empty();
        if only_text && !self.is_file {
            return Ok(true);
        }
        if only_text {
            let why = "Nothing may stand in front of the <?xml ...?> line.";
            return changes(vec![Change::new(0..tag.range.start, "", why)]);
        }
        let why = "The <?xml ...?> line may stand only once, as the very first line of the file.";
        changes(vec![Change::new(layout::whole_lines(self.text, tag.range.clone()), "", why)])
    }

    fn start(&mut self, index: usize, tag: &Tag) -> Step {
        let name = self.slice(&tag.name).to_owned();
        if let Some(closed) = self.closed.clone().filter(|_| self.open.is_empty()) {
            return self.behind_root(index, tag, &name, &closed);
        }
        if self.open.len() >= MAX_DEPTH {
            let said = "The elements are nested too deeply to be a configuration file.".to_owned();
            return Err(Box::new(Nested::Broken(tag.range.start, said)));
        }
        let parent = self.open.last().copied();
        self.tree.elements.push(Element { tag: tag.clone(), end: None, parent, texts: Vec::new() });
        if !tag.empty {
            self.open.push(self.tree.elements.len() - 1);
        }
        Ok(true)
    }

    /// What stands behind `</configuration>` belongs in front of it.
    fn behind_root(&self, index: usize, tag: &Tag, name: &str, closed: &Range<usize>) -> Step {
        let rest = self.nodes.get(index..).unwrap_or(&[]);
        let is_root = name.eq_ignore_ascii_case("configuration");
        if is_root {
            if !self.is_file && !self.is_only_proxy(rest) {
                return Ok(false);
            }
            if !self.is_only_proxy(rest) {
                let said = "Two whole files stand one behind the other. Only you can tell which one is the right one.";
                return Err(Box::new(Nested::Broken(tag.range.start, said.to_owned())));
            }
            let why = "A file has one <configuration>: what stands in the second one becomes part of the first.";
            return changes(vec![
                Change::new(layout::whole_lines(self.text, closed.clone()), "", why),
                Change::new(layout::whole_lines(self.text, tag.range.clone()), "", why),
            ]);
        }
        // `</configuration>` comes once more: the first one is too early.
        let mut depth = 0usize;
        for node in rest {
            match node {
                Node::Start(tag) if self.slice(&tag.name) == "configuration" => depth += 1,
                Node::End(name, _) if self.slice(name) == "configuration" => {
                    let Some(less) = depth.checked_sub(1) else {
                        let why = "The file is closed by </configuration> twice: here too early, so that the block behind it stands outside.";
                        return changes(vec![Change::new(layout::whole_lines(self.text, closed.clone()), "", why)]);
                    };
                    depth = less;
                }
                _ => {}
            }
        }
        let Some(end) = element_end(self.text, rest) else {
            if !self.is_file {
                return Ok(false);
            }
            let said = format!("<{name}> stands behind </configuration> and is not closed.");
            return Err(Box::new(Nested::Broken(tag.range.start, said)));
        };
        if !self.is_file && names::element(name).is_none() {
            return Ok(false);
        }
        let why = format!("<{name}> stands behind </configuration>. It belongs in front of that line.");
        changes(moved(self.text, tag.range.start..end, closed.start, &why))
    }

    /// Whether the element that these nodes begin with holds proxy settings and nothing else.
    fn is_only_proxy(&self, nodes: &[Node]) -> bool {
        nodes.iter().skip(1).all(|node| match node {
            Node::Start(tag) => {
                let name = self.slice(&tag.name);
                let known = ["system.net", "defaultProxy", "proxy", "bypasslist", "add", "remove", "clear"];
                names::element(name).is_some_and(|name| known.contains(&name))
            }
            Node::Other(_) => false,
            _ => true,
        })
    }

    fn end(&mut self, name: &Range<usize>, range: &Range<usize>) -> Step {
        let closed = self.slice(name).to_owned();
        let Some(top) = self.top() else {
            return self.end_of_nothing(&closed, range);
        };
        let (opened, opened_at) = (self.slice(&top.tag.name).to_owned(), top.tag.clone());
        if opened == closed {
            self.pop(range, &closed);
            return Ok(true);
        }
        if opened.eq_ignore_ascii_case(&closed) {
            let why = |right: &str| format!("Start tag and end tag have to be written alike: {right}.");
            if names::element(&opened) == Some(closed.as_str()) {
                return changes(vec![Change::new(opened_at.name, closed.clone(), why(&closed))]);
            }
            return changes(vec![Change::new(name.clone(), opened.clone(), why(&opened))]);
        }
        let same = |&index: &usize| {
            let known = self.tree.elements.get(index).map_or("", |element| self.slice(&element.tag.name));
            known.eq_ignore_ascii_case(&closed)
                || (names::element(&closed).is_some() && names::element(known) == names::element(&closed))
        };
        let begins_elsewhere = closed.eq_ignore_ascii_case("configuration") && !self.is_file;
        if self.open.iter().any(same) || begins_elsewhere {
            return self.not_closed(&opened, &opened_at, range);
        }
        if slips::is_slip(&opened, &closed) {
            let why = format!("<{opened}> has to be closed by </{opened}>.");
            return changes(vec![Change::new(name.clone(), opened, why)]);
        }
        let why = format!("</{closed}> closes nothing: no <{closed}> is open here.");
        changes(vec![Change::new(layout::whole_lines(self.text, range.clone()), "", why)])
    }

    fn pop(&mut self, range: &Range<usize>, name: &str) {
        if let Some(element) = self.top_mut() {
            element.end = Some(range.clone());
        }
        self.open.pop();
        if self.open.is_empty() && name.eq_ignore_ascii_case("configuration") {
            self.closed = Some(range.clone());
            self.tree.root_end = Some(range.clone());
        }
    }

    fn end_of_nothing(&mut self, name: &str, range: &Range<usize>) -> Step {
        if !self.is_file {
            if self.closed.is_some() {
                return Ok(false);
            }
            // The copy begins in the middle of the file.
            if name.eq_ignore_ascii_case("configuration") {
                self.closed = Some(range.clone());
                self.tree.root_end = Some(range.clone());
            }
            let before = self.tree.elements.last().filter(|element| element.end.is_none() || element.parent.is_none());
            let twice = before.is_some_and(|element| self.slice(&element.tag.name) == name && element.tag.empty);
            if !twice {
                return Ok(true);
            }
        }
        let why = format!("</{name}> closes nothing: no <{name}> is open here.");
        changes(vec![Change::new(layout::whole_lines(self.text, range.clone()), "", why)])
    }

    /// The innermost open element is not closed where the end tag at `end` closes one around it.
    fn not_closed(&self, opened: &str, tag: &Tag, end: &Range<usize>) -> Step {
        let known = names::element(opened).unwrap_or(opened);
        let around = self.top().and_then(|top| top.parent).and_then(|index| self.tree.elements.get(index));
        let is_empty = self.text.get(tag.range.end..end.start).is_some_and(|inner| inner.chars().all(is_blank));
        let twice = around.is_some_and(|around| self.slice(&around.tag.name) == opened);
        if twice && is_empty && tag.attributes.is_empty() {
            let why = format!("The slash of the end tag </{opened}> is missing.");
            let at = tag.range.start + 1;
            return changes(vec![Change::new(at..at, "/", why)]);
        }
        if LEAVES.contains(&known) {
            let at = tag.range.end - 1;
            let gap = if self.text.get(..at).is_some_and(|before| before.ends_with(is_blank)) { "" } else { " " };
            let why = format!("<{opened}> is not closed: it holds attributes only, so that it ends with />.");
            return changes(vec![Change::new(at..at, format!("{gap}/"), why)]);
        }
        if !OURS.contains(&known) {
            let said = format!(
                "The end tag of <{opened}> is missing, and only the file from before the edit tells where it stood."
            );
            return Err(Box::new(Nested::Broken(tag.range.start, said)));
        }
        let why = format!("The end tag </{opened}> is missing.");
        let indent = layout::indent(self.text, tag.range.start).unwrap_or("");
        let (at, new) = layout::lines_before(self.text, end.start, &format!("</{opened}>"), indent);
        changes(vec![Change::new(at..at, new, why)])
    }

    fn characters(&mut self, range: &Range<usize>) -> Step {
        if let Some(element) = self.top_mut() {
            element.texts.push(range.clone());
            return Ok(true);
        }
        let behind = self.closed.is_some();
        if !self.is_file {
            return Ok(!behind);
        }
        let side = if behind { "behind </configuration>" } else { "in front of <configuration>" };
        let why = format!("Text stands {side}, where XML takes none.");
        changes(vec![Change::new(layout::whole_lines(self.text, range.clone()), "", why)])
    }

    fn at_the_end(self) -> Nested {
        if self.open.is_empty() || !self.is_file {
            return Nested::Tree(self.tree);
        }
        let open = || self.open.iter().filter_map(|&index| self.tree.elements.get(index));
        let name = |element: &Element| self.slice(&element.tag.name).to_owned();
        let ours = |element: &Element| {
            names::element(&name(element)).is_some_and(|name| OURS.contains(&name) || LEAVES.contains(&name))
        };
        if let Some(other) = open().find(|element| !ours(element)) {
            let said = format!(
                "The file ends in the middle of <{}>. What is missing stands only in a copy: put back the file from before the edit.",
                name(other)
            );
            return Nested::Broken(other.tag.range.start, said);
        }
        let Some(top) = self.top() else { return Nested::Tree(self.tree) };
        let opened = name(top);
        let end = self.text.trim_end().len();
        match self.not_closed(&opened, &top.tag, &(self.text.len()..self.text.len())) {
            Err(nested) => match *nested {
                // At the end of the file the end tag needs a line of its own.
                Nested::Changes(list) if list.iter().any(|change| change.text.contains("</")) => {
                    let indent = layout::indent(self.text, top.tag.range.start).unwrap_or("");
                    let new = format!("{}{indent}</{opened}>", layout::line_end(self.text));
                    Nested::Changes(vec![Change::new(end..end, new, format!("The end tag </{opened}> is missing."))])
                }
                other => other,
            },
            Ok(_) => Nested::Tree(self.tree),
        }
    }
}

/// Where the element ends that these nodes begin with.
fn element_end(text: &str, nodes: &[Node]) -> Option<usize> {
    let mut depth = 0usize;
    for node in nodes {
        match node {
            Node::Start(tag) if tag.empty && depth == 0 => return Some(tag.range.end),
            Node::Start(tag) if tag.empty => {}
            Node::Start(_) => depth += 1,
            Node::End(name, range) => {
                // The root's own end tag is none of this element.
                if text.get(name.clone()) == Some("configuration") {
                    return None;
                }
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(range.end);
                }
            }
            _ => {}
        }
    }
    None
}

/// Takes a stretch away and puts it, with its own lines, in front of the tag at `to`.
pub fn moved(text: &str, range: Range<usize>, to: usize, why: &str) -> Vec<Change> {
    let lines = layout::whole_lines(text, range.clone());
    let has_lines = lines != range;
    let end = layout::line_end(text);
    let mut block = text.get(lines.clone()).unwrap_or("").to_owned();
    if has_lines && !block.ends_with(['\n', '\r']) {
        block.push_str(end);
    }
    let indent = layout::indent(text, to);
    let (at, new) = match (indent, has_lines) {
        (Some(indent), true) => (to - indent.len(), block),
        (Some(indent), false) => (to - indent.len(), format!("{}{block}{end}", layout::step(text))),
        (None, true) => (to, format!("{end}{block}")),
        (None, false) => (to, format!("{end}{block}{end}")),
    };
    vec![Change::new(at..at, new, why), Change::new(lines, "", why)]
}
