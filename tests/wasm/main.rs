//! The boundary to JavaScript and the binder, inside a page of a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod boundary;
mod focus;
mod guard;
mod life;
mod owner;
mod states;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
