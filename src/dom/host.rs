//! What the binder calls of the page, all of it: each function that is imported has its price in bytes. What is
//! used rarely is looked up by its name. Names of attributes and selectors are constants of the module: the glue keeps
//! their texts by where they lie.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A node of the page. What a kind of node cannot do fails, or finds nothing.
    #[wasm_bindgen(typescript_type = "Node")]
    #[derive(Clone, PartialEq)]
    pub type Node;
    #[wasm_bindgen(method, catch, js_name = matches)]
    fn is(this: &Node, selector: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn contains(this: &Node, other: &Node) -> bool;

    /// The value of an attribute, if it is there.
    #[wasm_bindgen(method, js_name = getAttribute)]
    pub(super) fn value(this: &Node, name: &str) -> Option<String>;
    /// Both are constants.
    #[wasm_bindgen(method, js_name = setAttribute)]
    pub(super) fn set(this: &Node, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_to(this: &Node, name: &str, value: &JsValue);
    #[wasm_bindgen(method, js_name = removeAttribute)]
    pub(super) fn remove(this: &Node, name: &str);

    /// Numbers elements by how they look: within a pass, those with one number are of one kind, and have the same in
    /// all attributes that the binder reads.
    #[wasm_bindgen(typescript_type = "{ begin(): void; number(element: Element): number }")]
    #[derive(Clone)]
    pub type Looks;
    /// Begins a pass, and with it the numbers.
    #[wasm_bindgen(method)]
    pub(super) fn begin(this: &Looks);
    #[wasm_bindgen(method)]
    pub(super) fn number(this: &Looks, element: &Node) -> usize;

    /// Tells of changes before the next paint.
    #[wasm_bindgen(js_name = MutationObserver)]
    pub(super) type Observer;
    #[wasm_bindgen(constructor, js_class = "MutationObserver")]
    pub(super) fn new(callback: &JsValue) -> Observer;
    #[wasm_bindgen(method)]
    pub(super) fn observe(this: &Observer, root: &Node, options: &JsValue);

    /// What a list holds.
    #[wasm_bindgen(js_namespace = Array, js_name = from)]
    fn elements(of: &JsValue) -> Vec<Node>;
    #[wasm_bindgen(js_namespace = JSON)]
    pub(super) fn parse(text: &str) -> JsValue;
}

impl Node {
    /// Whether it is an element that a selector finds.
    pub(super) fn matches(&self, selector: &str) -> bool {
        self.is(selector).unwrap_or(false)
    }

    /// Sets an attribute to a text that is no constant.
    pub(super) fn set_text(&self, name: &str, text: &str) {
        self.set_to(name, &JsValue::from_str(text));
    }

    /// Whether it can hold elements; a text cannot.
    pub(super) fn is_parent(&self) -> bool {
        property(self, "children").is_object()
    }

    /// The elements within that a selector finds.
    pub(super) fn within(&self, selector: &str) -> Vec<Node> {
        list(&call(self, "querySelectorAll", &JsValue::from_str(selector)))
    }
}

/// A property of an object; `undefined` where it has none.
pub(super) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// What a method of an object returns for an argument; `undefined` where it has none of that name, or throws.
pub(super) fn call(object: &JsValue, name: &str, argument: &JsValue) -> JsValue {
    property(object, name).unchecked_into::<Function>().call1(object, argument).unwrap_or_default()
}

/// What a list holds; nothing where it is no list.
pub(super) fn list(of: &JsValue) -> Vec<Node> {
    if of.is_object() { elements(of) } else { Vec::new() }
}
