//! Where the focus goes when the element that has it is closed: in the nearest container that has a control left, to
//! the first one after that element, else to the last one before it. Where the root has none, to its first heading,
//! which is made focusable until the focus leaves it.

use wasm_bindgen::JsCast;

use super::host::{Node, property};

const FOCUSABLE: &str = ":is(a[href],area[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]):not([tabindex^='-'],:disabled,[hidden],[hidden] *,[inert],[inert] *,[aria-disabled=true])";
const HEADING: &str = ":is(h1,h2,h3,h4,h5,h6):not([hidden],[hidden] *,[inert],[inert] *)";
/// What cannot hold the focus.
const LOST: &str = ":disabled,[hidden],[hidden] *,[inert],[inert] *";
const TABINDEX: &str = "tabindex";
/// The binder's own way to write -1, by which it knows what it made focusable.
const LENT: &str = "-01";
/// What was made focusable.
pub(super) const BORROWED: &str = "[tabindex='-01']";
/// `Node.DOCUMENT_POSITION_FOLLOWING`
const FOLLOWING: u32 = 4;

/// The element that has the focus, in the tree that the root is in.
pub(super) fn active(root: &Node) -> Node {
    property(&root.tree(), "activeElement").unchecked_into()
}

/// Moves the focus on if the element that has it was closed.
pub(super) fn rescue(root: &Node, from: &Node) {
    if !from.matches(LOST) {
        return;
    }
    // The page's style may keep a control from taking the focus.
    let takes = |control: &Node, side: u32| {
        from.position(control) & FOLLOWING == side && control.focus().is_ok() && active(root).matches(FOCUSABLE)
    };
    let mut container = from.clone();
    while root.contains(&container) {
        let controls = container.within(FOCUSABLE);
        if controls.iter().any(|control| takes(control, FOLLOWING))
            || controls.iter().rev().any(|control| takes(control, 0))
        {
            return;
        }
        container = property(&container, "parentNode").unchecked_into();
    }
    if let Some(heading) = root.within(HEADING).first() {
        if !heading.matches("[tabindex]") {
            heading.set(TABINDEX, LENT);
        }
        let _ = heading.focus();
    }
}

/// The focus left an element: if it was made focusable for that, it is no more.
pub(super) fn give_up(element: &Node) {
    if element.matches(BORROWED) {
        element.remove(TABINDEX);
    }
}
