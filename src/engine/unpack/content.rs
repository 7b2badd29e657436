//! A run of bytes of which only the first say what it is: the file itself, or what comes out of an archive.

use super::Event;
use super::gzip::Gzip;
use super::names::without_gz;
use super::signatures::{Found, HEAD, recognise};
use super::zip::Zip;

/// Where a content comes from, and with it how much deeper unpacking goes.
pub(super) enum Origin {
    /// The file that was given.
    File,
    /// Out of a gzip, under this name.
    Gzip(String),
    /// Out of a zip, under this name.
    Zip(String),
}

pub(super) struct Content {
    /// How messages call it.
    label: String,
    origin: Origin,
    state: State,
}

enum State {
    /// Fewer than [`HEAD`] bytes so far.
    Head(Vec<u8>),
    Plain,
    Gzip(Box<Gzip>),
    Zip(Box<Zip>),
    /// Refused, or finished.
    Over,
}

impl Content {
    pub(super) fn new(label: String, origin: Origin) -> Self {
        Self { label, origin, state: State::Head(Vec::new()) }
    }

    pub(super) fn push(&mut self, bytes: &[u8], out: &mut dyn FnMut(Event)) {
        let State::Head(held) = &mut self.state else {
            self.feed(bytes, out);
            return;
        };
        if held.is_empty() && bytes.len() >= HEAD {
            self.open(bytes, out);
            self.feed(bytes, out);
            return;
        }
        let (first, rest) = bytes.split_at(bytes.len().min(HEAD.saturating_sub(held.len())));
        held.extend_from_slice(first);
        if held.len() >= HEAD {
            self.settle(out);
            self.feed(rest, out);
        }
    }

    /// There are no more bytes. An incomplete content was cut off together with what it came out of, which has said so.
    pub(super) fn finish(&mut self, complete: bool, out: &mut dyn FnMut(Event)) {
        self.settle(out);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Head(_) | State::Over => {}
            State::Plain => out(Event::End),
            State::Gzip(mut gzip) => gzip.finish(complete, out),
            State::Zip(mut zip) => zip.finish(out),
        }
    }

    /// Decides with the bytes at hand, so that a message that follows comes after the `Begin` it is about.
    pub(super) fn settle(&mut self, out: &mut dyn FnMut(Event)) {
        if let State::Head(held) = &mut self.state {
            let head = std::mem::take(held);
            self.open(&head, out);
            self.feed(&head, out);
        }
    }

    fn feed(&mut self, bytes: &[u8], out: &mut dyn FnMut(Event)) {
        match &mut self.state {
            State::Plain if !bytes.is_empty() => out(Event::Bytes(bytes)),
            State::Gzip(gzip) => gzip.push(bytes, out),
            State::Zip(zip) => zip.push(bytes, out),
            State::Head(_) | State::Plain | State::Over => {}
        }
    }

    fn open(&mut self, head: &[u8], out: &mut dyn FnMut(Event)) {
        let label = &self.label;
        let refuse = |text: String, out: &mut dyn FnMut(Event)| {
            out(Event::Problem(format!("{label}: {text}")));
            State::Over
        };
        self.state = match (recognise(head), &self.origin) {
            (Found::Plain, Origin::File) => {
                out(Event::Begin { member: None });
                State::Plain
            }
            (Found::Plain, Origin::Gzip(name) | Origin::Zip(name)) => {
                out(Event::Begin { member: Some(name) });
                State::Plain
            }
            (Found::Gzip, Origin::File) => {
                let base = label.rsplit(['/', '\\']).next().unwrap_or(label);
                State::Gzip(Box::new(Gzip::new(label.clone(), without_gz(base).into_owned(), true)))
            }
            // The name in the zip carries the folder and the number of the rotation; the gzip's own has neither.
            (Found::Gzip, Origin::Zip(name)) => {
                State::Gzip(Box::new(Gzip::new(label.clone(), without_gz(name).into_owned(), false)))
            }
            (Found::Zip, Origin::File) => State::Zip(Box::new(Zip::new(label.clone()))),
            (Found::Gzip, Origin::Gzip(_)) => refuse(
                "packed with gzip twice. Only one layer is unpacked here: unpack it once and give the result."
                    .to_owned(),
                out,
            ),
            (Found::Zip, _) => refuse(
                "another zip archive inside. Only the outer one is unpacked here: take the inner archive out and give \
                 it by itself."
                    .to_owned(),
                out,
            ),
            (Found::Foreign(foreign), _) => refuse(format!("{}. {}", foreign.what, foreign.advice), out),
        };
    }
}
