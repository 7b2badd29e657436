//! What the user gave: at most one paste, and files. Plain data, no view.

use advisor_engine::Input;
use advisor_engine::artifact::Kind;

/// The inputs in the order in which the engine gets them. The paste, if any, comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    inputs: Vec<Input>,
    has_paste: bool,
    /// These inputs are a sample: the user's own evidence takes their place.
    is_sample: bool,
}

/// What became of a file that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there, under this name.
    As(String),
    /// The same bytes are there already under the same name.
    Known,
}

impl Evidence {
    /// The six samples come as files.
    pub fn sample(files: &[(&str, &[u8])]) -> Self {
        let input = |(name, bytes): &(&str, &[u8])| Input {
            name: (*name).to_owned(),
            bytes: bytes.to_vec(),
            corrections: Vec::new(),
        };
        Self { inputs: files.iter().map(input).collect(), has_paste: false, is_sample: true }
    }

    /// What the engine gets.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether there is anything that the user would miss.
    pub fn is_own(&self) -> bool {
        !self.inputs.is_empty() && !self.is_sample
    }

    /// Whether this input is the paste.
    pub fn is_paste(&self, input: usize) -> bool {
        self.has_paste && input == 0
    }

    /// Bytes of all inputs together.
    pub fn byte_len(&self) -> usize {
        self.inputs.iter().map(|input| input.bytes.len()).sum()
    }

    /// Sets the content of the paste box. Blanks alone are no paste. Corrections fall away: their lines may have
    /// moved.
    pub fn set_paste(&mut self, name: &str, text: &str) {
        self.drop_sample();
        if self.has_paste {
            self.inputs.remove(0);
        }
        self.has_paste = !text.trim().is_empty();
        if self.has_paste {
            let bytes = text.as_bytes().to_vec();
            self.inputs.insert(0, Input { name: name.to_owned(), bytes, corrections: Vec::new() });
        }
    }

    /// Adds a file. A second file of the same name gets a number, because two servers have one machine.config each.
    pub fn add_file(&mut self, name: &str, bytes: Vec<u8>) -> Added {
        self.drop_sample();
        let files = self.inputs.get(usize::from(self.has_paste)..).unwrap_or_default();
        if files.iter().any(|input| input.bytes == bytes && original_name(&input.name) == name) {
            return Added::Known;
        }
        let is_taken = |wanted: &str| self.inputs.iter().any(|input| input.name == wanted);
        // One of so many names is free, and the first of them is the name itself.
        let free = std::iter::once(name.to_owned())
            .chain((2..=self.inputs.len() + 1).map(|number| numbered(name, number)))
            .find(|wanted| !is_taken(wanted))
            .unwrap_or_else(|| name.to_owned());
        self.inputs.push(Input { name: free.clone(), bytes, corrections: Vec::new() });
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

/// "machine (2).config" was "machine.config".
fn original_name(name: &str) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, Some(extension)),
        _ => (name, None),
    };
    let numbered = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" ("));
    let stem = match numbered {
        Some((original, number)) if number.parse::<usize>().is_ok() => original,
        _ => stem,
    };
    extension.map_or_else(|| stem.to_owned(), |extension| format!("{stem}.{extension}"))
}
