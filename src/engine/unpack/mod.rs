//! What customers pack their logs in: gzip (rotated logs) and zip (everything else), unpacked while it streams by.
//!
//! ```text
//! Unpacker
//!   content     the first bytes say what it is      signatures
//!     plain       passed on as it comes
//!     gzip        header, deflate, trailer          inflate, names
//!       content     plain; nothing is unpacked three deep
//!     zip         local headers one after another   zip_header, inflate, names
//!       content     each member: plain or gzip
//! ```
//!
//! Bytes are pushed in pieces of any size; where they are cut changes nothing but the cuts of the output. Memory does
//! not grow with the file: a window per decoder and a few headers. Nothing here fails: what cannot be unpacked is an
//! [`Event::Problem`] that says what it is and what to send instead, and everything before a cut or a damage is given.
//!
//! Sources: gzip RFC 1952 and deflate RFC 1951 (May 1996); zip PKWARE APPNOTE.TXT 6.3.10; Deflate64, which Windows
//! Explorer chooses by itself above 2 GB, as in .NET's System.IO.Compression (dotnet/corefx issue 9925, 2016-07-11).

mod content;
mod gzip;
mod inflate;
mod names;
mod signatures;
#[cfg(test)]
mod tests;
mod zip;
mod zip_header;

use content::{Content, Origin};

/// What an [`Unpacker`] finds, in this order: for each file inside a `Begin`, any number of `Bytes`, an `End`. A
/// problem with a file that has begun comes before its `End`; what cannot be unpacked at all has no `Begin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A file begins.
    Begin {
        /// Its name inside the archive, with folders; `None` for a file that is not packed.
        member: Option<&'a str>,
    },
    /// The next bytes of the file that has begun. Never empty.
    Bytes(&'a [u8]),
    /// The file that has begun is over, whole or not.
    End,
    /// Something could not be unpacked: a full sentence that names it and says what to do.
    Problem(String),
}

/// Unpacks one file as its bytes arrive.
pub struct Unpacker {
    file: Content,
}

impl Unpacker {
    /// An unpacker for the file of this name. The name serves messages and the name of a gzip's content; what the
    /// file is, its bytes say.
    pub fn new(name: &str) -> Self {
        Self { file: Content::new(name.to_owned(), Origin::File) }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8], out: &mut dyn FnMut(Event)) {
        self.file.push(bytes, out);
    }

    /// The file has no more bytes. What is pushed afterwards is ignored.
    pub fn finish(&mut self, out: &mut dyn FnMut(Event)) {
        self.file.finish(true, out);
    }
}
