//! Tables of facts.

use super::node::{Node, classed, node};

/// The heading of a column.
pub fn column(name: &'static str) -> Node {
    node("th").attr("scope", "col").text(name)
}

/// The heading of a row.
pub fn row_head() -> Node {
    node("th").attr("scope", "row")
}

/// A wide table scrolls inside its own box, which the keyboard has to reach for that.
pub fn boxed(label: &'static str, table: Node) -> Node {
    classed("div", "table-box").attr("role", "region").attr("tabindex", "0").attr("aria-label", label).child(table)
}
