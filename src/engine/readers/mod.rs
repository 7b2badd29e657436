//! One reader per way of reading. A reader scores a part and turns it into plain data with spans; it never
//! judges. A reader for a new kind of artifact: a file here, a variant of [`Value`], a line in [`ALL`].

pub mod allow_list;
pub mod error_text;
pub mod machine_config;
pub mod proxy_log;

use crate::artifact::{Part, Problem};
use crate::detect::Score;

/// One way of reading.
#[derive(Debug)]
pub struct Reader {
    /// For the developer: the name of the module.
    pub name: &'static str,
    /// How sure it is that a part is its own; `None` when it is not.
    pub score: fn(&Part) -> Option<Score>,
    /// No score of its own is higher: where another reader is as sure, it need not be asked.
    pub most: u8,
    /// Reads a part that it, or the user, claimed. Never fails.
    pub read: fn(&Part, &Score) -> Reading,
}

/// What reading a part gave: a value, and what could not be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What was read.
    pub value: Value,
    /// The first places that could not be used, in order.
    pub problems: Vec<Problem>,
    /// How many lines could not be used in all.
    pub skipped_lines: usize,
}

/// The plain data a reader makes of a part.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Nothing of use.
    #[default]
    Nothing,
    /// machine.config or an application's .config.
    Config(Box<machine_config::Config>),
    /// A proxy or firewall log.
    Log(Box<proxy_log::Log>),
    /// Text with known errors in it: mails, traces, events, console output.
    Text(Box<error_text::Text>),
    /// An allow-list.
    AllowList(Box<allow_list::AllowList>),
}

/// Every reader. The order decides ties only.
pub const ALL: &[&Reader] = &[&machine_config::READER, &proxy_log::READER, &allow_list::READER, &error_text::READER];

/// Takes what nobody claims.
pub const UNKNOWN: Reader = Reader { name: "unknown", score: |_| None, most: 0, read: |_, _| Reading::default() };
