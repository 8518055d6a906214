//! Keeps what is not enabled from being activated: links and other controls that know no `disabled`, and whatever
//! reaches a closed element all the same (a form's default button is pressed even while it is hidden).

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use super::focus::give_up;
use super::host::{Node, call, property};

/// What is not enabled, and all that lies in it.
const CLOSED: &str =
    "[data-grant-state]:not([data-grant-state=enabled]),[data-grant-state]:not([data-grant-state=enabled]) *";

const KINDS: &str = "click auxclick dblclick keydown keyup submit dragstart drop focusout";

/// Listens at the root for all of its elements, before they hear of an event themselves.
pub(super) fn guard(root: &Node) -> Vec<EventListener> {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let mut listeners = Vec::new();
    for kind in KINDS.split_ascii_whitespace() {
        listeners.push(EventListener::new_with_options(root.unchecked_ref(), kind, options, hear));
    }
    listeners
}

fn hear(event: &Event) {
    let target: Node = property(event, "target").unchecked_into();
    give_up(&target);
    // Keys that activate nothing move the focus on, or ask the browser for something.
    let key = property(event, "key").as_string();
    if matches!(key.as_deref(), None | Some("Enter" | " ")) && target.matches(CLOSED) {
        call(event, "preventDefault", &JsValue::UNDEFINED);
        call(event, "stopImmediatePropagation", &JsValue::UNDEFINED);
    }
}
