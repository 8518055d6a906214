//! Numbers as JavaScript reads them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The double nearest to a number written in decimal digits, as engines read it: the language asks for
    /// that up to twenty digits, and they keep to it for any number of them.
    #[wasm_bindgen(js_name = Number)]
    pub(crate) safe fn nearest(text: &str) -> f64;
}
