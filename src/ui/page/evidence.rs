//! What the user gave: at most one paste, and files. Plain data, no view. Files are handles of the browser (`F`):
//! the worker reads them, and a file of any size takes no memory of the page.

use advisor_engine::artifact::Kind;

/// The inputs in the order in which the engine gets them. The paste, if any, comes first.
#[derive(Clone, Debug)]
pub struct Evidence<F> {
    inputs: Vec<Item<F>>,
    has_paste: bool,
    /// These inputs are a sample: the user's own evidence takes their place.
    is_sample: bool,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<F> {
    /// Name of the file, with a number where there are two of one name; the page's name for the paste.
    pub name: String,
    /// What it holds.
    pub content: Content<F>,
    /// The part that begins at this 1-based line is of this kind.
    pub corrections: Vec<(usize, Kind)>,
}

/// Text that the page holds, or a file that it does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<F> {
    /// The paste, or a file of a sample.
    Text(String),
    /// A file of the user.
    File {
        /// By what it is known.
        stamp: Stamp,
        /// The browser's handle.
        handle: F,
    },
}

/// By what a file is known. Content is not compared: it may be many gigabytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Name as it was given.
    pub name: String,
    /// Length.
    pub bytes: u64,
    /// Milliseconds since 1970.
    pub modified: f64,
}

/// What became of a file that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there, under this name.
    As(String),
    /// The same file is there already: same name, size and date.
    Known,
}

impl<F> Default for Evidence<F> {
    fn default() -> Self {
        Self { inputs: Vec::new(), has_paste: false, is_sample: false }
    }
}

impl<F> Evidence<F> {
    /// The six samples come as files.
    pub fn sample(files: &[(&str, &[u8])]) -> Self {
        let input = |(name, bytes): &(&str, &[u8])| text(name, String::from_utf8_lossy(bytes).into_owned());
        Self { inputs: files.iter().map(input).collect(), has_paste: false, is_sample: true }
    }

    /// What the engine gets.
    pub fn inputs(&self) -> &[Item<F>] {
        &self.inputs
    }

    /// Name of an input; empty where there is none.
    pub fn name(&self, input: usize) -> &str {
        self.inputs.get(input).map_or("", |input| &input.name)
    }

    /// What the paste box has to hold.
    pub fn paste(&self) -> &str {
        match self.inputs.first() {
            Some(Item { content: Content::Text(text), .. }) if self.has_paste => text,
            _ => "",
        }
    }

    /// Whether there is anything that the user would miss.
    pub fn is_own(&self) -> bool {
        !self.inputs.is_empty() && !self.is_sample
    }

    /// Whether this input is the paste.
    pub fn is_paste(&self, input: usize) -> bool {
        self.has_paste && input == 0
    }

    /// Sets the content of the paste box. Blanks alone are no paste. Corrections fall away: their lines may have
    /// moved.
    pub fn set_paste(&mut self, name: &str, content: &str) {
        self.drop_sample();
        if self.has_paste {
            self.inputs.remove(0);
        }
        self.has_paste = !content.trim().is_empty();
        if self.has_paste {
            self.inputs.insert(0, text(name, content.to_owned()));
        }
    }

    /// Adds a file. A second file of the same name gets a number, because two servers have one machine.config each.
    pub fn add_file(&mut self, stamp: Stamp, handle: F) -> Added {
        self.drop_sample();
        let is_same = |input: &Item<F>| matches!(&input.content, Content::File { stamp: known, .. } if *known == stamp);
        if self.inputs.iter().any(is_same) {
            return Added::Known;
        }
        let is_taken = |wanted: &str| self.inputs.iter().any(|input| input.name == wanted);
        // One of so many names is free, and the first of them is the name itself.
        let free = std::iter::once(stamp.name.clone())
            .chain((2..=self.inputs.len() + 1).map(|number| numbered(&stamp.name, number)))
            .find(|wanted| !is_taken(wanted))
            .unwrap_or_else(|| stamp.name.clone());
        let content = Content::File { stamp, handle };
        self.inputs.push(Item { name: free.clone(), content, corrections: Vec::new() });
        Added::As(free)
    }

    /// Removes a file.
    pub fn remove(&mut self, input: usize) {
        if input < self.inputs.len() {
            self.has_paste &= input != 0;
            self.inputs.remove(input);
        }
    }

    /// The kind that the user gave to the part that begins at this line.
    pub fn correction(&self, input: usize, first_line: usize) -> Option<Kind> {
        let corrections = &self.inputs.get(input)?.corrections;
        corrections.iter().find(|(line, _)| *line == first_line).map(|(_, kind)| *kind)
    }

    /// Corrects the kind of the part that begins at this line; `None` takes the correction back.
    pub fn correct(&mut self, input: usize, first_line: usize, kind: Option<Kind>) {
        let Some(input) = self.inputs.get_mut(input) else {
            return;
        };
        input.corrections.retain(|(line, _)| *line != first_line);
        input.corrections.extend(kind.map(|kind| (first_line, kind)));
        input.corrections.sort_unstable();
    }

    fn drop_sample(&mut self) {
        if self.is_sample {
            *self = Self::default();
        }
    }
}

impl<F> Item<F> {
    /// Length of what it holds.
    pub fn byte_len(&self) -> u64 {
        match &self.content {
            Content::Text(text) => text.len() as u64,
            Content::File { stamp, .. } => stamp.bytes,
        }
    }
}

fn text<F>(name: &str, content: String) -> Item<F> {
    Item { name: name.to_owned(), content: Content::Text(content), corrections: Vec::new() }
}

/// The text without the lines `first..=last` (1-based).
pub fn without_lines(text: &str, first: usize, last: usize) -> String {
    let kept = text.split_inclusive('\n').zip(1..).filter(|(_, number)| !(first..=last).contains(number));
    kept.map(|(line, _)| line).collect()
}

/// "machine.config" becomes "machine (2).config".
fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem} ({number}).{extension}"),
        _ => format!("{name} ({number})"),
    }
}
