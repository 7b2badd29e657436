//! The report as other programs and people see it. Nothing else in the engine serialises.

pub mod allow_list;
pub mod config;
mod fill;
pub mod layers;
pub mod place;
pub mod stages;
pub mod text;
pub mod v1;

pub use fill::{answer, report};

/// The report as JSON, the same bytes from the page and from the command line: two blanks of indent, a line end at
/// the end.
pub fn json(report: &v1::Report) -> String {
    let mut json = serde_json::to_string_pretty(report).unwrap_or_default();
    json.push('\n');
    json
}
