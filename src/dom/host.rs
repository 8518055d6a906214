//! What the binder calls of the page, all of it: each function that is imported has its price in bytes. What is read
//! rarely is read as a property by its name.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A node of the page. What a kind of node cannot do fails, or finds nothing.
    #[wasm_bindgen(typescript_type = "Node")]
    #[derive(Clone)]
    pub type Node;
    #[wasm_bindgen(method, catch, js_name = querySelectorAll)]
    fn all(this: &Node, selector: &str) -> Result<Vec<Node>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = matches)]
    fn is(this: &Node, selector: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn contains(this: &Node, other: &Node) -> bool;
    #[wasm_bindgen(method, js_name = compareDocumentPosition)]
    pub(super) fn position(this: &Node, other: &Node) -> u32;
    #[wasm_bindgen(method, js_name = getRootNode)]
    pub(super) fn tree(this: &Node) -> Node;
    #[wasm_bindgen(method, catch)]
    pub(super) fn focus(this: &Node) -> Result<(), JsValue>;

    /// The value of an attribute, if it is there.
    #[wasm_bindgen(method, js_name = getAttribute)]
    pub(super) fn value(this: &Node, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = setAttribute)]
    pub(super) fn set(this: &Node, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = removeAttribute)]
    pub(super) fn remove(this: &Node, name: &str);

    /// Tells of changes before the next paint.
    #[wasm_bindgen(js_name = MutationObserver)]
    pub(super) type Observer;
    #[wasm_bindgen(constructor, js_class = "MutationObserver")]
    pub(super) fn new(callback: &JsValue) -> Observer;
    #[wasm_bindgen(method, catch)]
    pub(super) fn observe(this: &Observer, root: &Node, options: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = takeRecords)]
    pub(super) fn take(this: &Observer) -> JsValue;
    #[wasm_bindgen(method)]
    pub(super) fn disconnect(this: &Observer);

    /// What a list holds.
    #[wasm_bindgen(js_namespace = Array, js_name = from)]
    pub(super) fn list(of: &JsValue) -> Vec<Node>;
    #[wasm_bindgen(js_namespace = JSON)]
    pub(super) fn parse(text: &str) -> JsValue;
}

impl Node {
    /// Whether it is an element that a selector finds.
    pub(super) fn matches(&self, selector: &str) -> bool {
        self.is(selector).unwrap_or(false)
    }

    /// The elements within that a selector finds.
    pub(super) fn within(&self, selector: &str) -> Vec<Node> {
        self.all(selector).unwrap_or_default()
    }
}

/// A property of an object; `undefined` where it has none.
pub(super) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}
