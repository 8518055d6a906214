//! Where the focus goes when the element that has it is closed: in the nearest container that has a control left, to
//! the first one after that element, else to the last one before it. Where the root has none, to a heading, which is made
//! focusable until the focus leaves it.

use wasm_bindgen::{JsCast, JsValue};

use super::host::{Node, call, property};

/// Whatever can be operated.
pub(super) const CONTROLS: &str =
    "a[href],area,button,input,select,textarea,summary,iframe,audio,video,[tabindex],[contenteditable]";
const HEADINGS: &str = "h1,h2,h3,h4,h5,h6";
/// What was not closed.
const FREE: &str = ":not(:disabled,[hidden],[hidden] *,[inert],[inert] *)";
/// That, and not what only a program gives the focus to.
const IN_REACH: &str = ":not(:disabled,[hidden],[hidden] *,[inert],[inert] *,[tabindex^='-'])";
const TABINDEX: &str = "tabindex";
/// The binder's own way to write -1, by which it knows what it made focusable.
const LENT: &str = "-01";
const BORROWED: &str = "[tabindex='-01']";
/// `Node.DOCUMENT_POSITION_FOLLOWING`
const FOLLOWING: f64 = 4.0;

/// The element that has the focus, in the tree that the root is in.
pub(super) fn active(root: &Node) -> Node {
    property(&call(root, "getRootNode", &JsValue::UNDEFINED), "activeElement").unchecked_into()
}

/// Moves the focus on if the element that has it was closed.
pub(super) fn rescue(root: &Node, from: &Node) {
    let mut container = from.clone();
    if from.matches(FREE) || !root.contains(from) {
        return;
    }
    while root.contains(&container) {
        if let Some(control) = nearest(from, &container.within(CONTROLS), IN_REACH) {
            call(control, "focus", &JsValue::UNDEFINED);
            return;
        }
        container = property(&container, "parentNode").unchecked_into();
    }
    if let Some(heading) = nearest(from, &root.within(HEADINGS), FREE) {
        heading.set(TABINDEX, LENT);
        call(heading, "focus", &JsValue::UNDEFINED);
    }
}

/// The first element after another that can be seen and that the selector takes, else the last one before it.
fn nearest<'a>(from: &Node, list: &'a [Node], selector: &str) -> Option<&'a Node> {
    let mut found = None;
    for element in list {
        // What is not displayed has no such parent.
        if element.matches(selector) && property(element, "offsetParent").is_object() {
            found = Some(element);
            if call(from, "compareDocumentPosition", element).as_f64() == Some(FOLLOWING) {
                break;
            }
        }
    }
    found
}

/// Something happens to an element, at the latest that the focus leaves it: if it was made focusable for that, it is
/// no more.
pub(super) fn give_up(element: &Node) {
    if element.matches(BORROWED) {
        element.remove(TABINDEX);
    }
}

/// Takes back what is still focusable for that.
pub(super) fn end(root: &Node) {
    root.within(BORROWED).iter().for_each(give_up);
}
