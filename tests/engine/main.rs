//! Native tests of the engine: situations with the expected answer, the shelves, properties.

#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod alarms;
mod cases;
mod config_faults;
mod configs;
mod error_shelf;
mod properties;
mod shelves;
mod specimens;
mod streaming;
