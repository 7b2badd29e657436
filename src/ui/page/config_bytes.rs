//! The bytes of an input, as the user gave them, and a file of bytes to save.

use super::evidence::Content;
use super::state::State;
use advisor_engine::export::config::ConfigFile;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Name and bytes of the input that a configuration came with. `None` when it can no longer be read.
pub async fn of_input(state: State, file: &ConfigFile) -> Option<(String, Vec<u8>)> {
    let answer = state.answers.lists.get_untracked()?;
    let card = answer.cards.iter().find(|card| card.artifact == file.artifact)?;
    let item = state.evidence.with_value(|evidence| evidence.inputs().get(card.input).cloned())?;
    if let Some(content) = &file.content {
        return Some((format!("{}/{}", item.name, card.member.clone().unwrap_or_default()), content.clone()));
    }
    match item.content {
        Content::Text(text) => Some((item.name, text.into_bytes())),
        Content::File { handle, .. } => {
            let buffer = JsFuture::from(handle.array_buffer()).await.ok()?;
            Some((item.name, Uint8Array::new(&buffer).to_vec()))
        }
    }
}

/// Whether the input is the paste, which has lost the encoding of its file.
pub fn is_paste(state: State, file: &ConfigFile) -> bool {
    let answer = state.answers.lists.get_untracked();
    let input = answer
        .and_then(|answer| answer.cards.iter().find(|card| card.artifact == file.artifact).map(|card| card.input));
    input.is_some_and(|input| state.evidence.with_value(|evidence| evidence.is_paste(input)))
}

/// Offers bytes as a file.
pub fn save(name: &str, bytes: &[u8]) -> bool {
    try_save(name, bytes).is_ok()
}

fn try_save(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link = document.create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken its own hold of the data by the time the timer fires.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        Duration::from_mins(1),
    );
    Ok(())
}
