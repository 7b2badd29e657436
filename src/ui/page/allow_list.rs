//! A section of the page.

use super::state::State;
use leptos::prelude::*;

/// The body of the section, below its heading.
pub fn section(_state: State) -> AnyView {
    ().into_any()
}
