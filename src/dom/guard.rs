//! Keeps what is not enabled from being activated: links and other controls that know no `disabled`, and
//! whatever reaches a closed element all the same (a form's default button is pressed even while it is hidden).

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, Node};

/// Everything in a state that is not enabled.
pub(super) const CLOSED: &str = "[data-grant-state]:not([data-grant-state=enabled])";

const ACTIVATIONS: [&str; 8] = ["click", "auxclick", "dblclick", "keydown", "keyup", "submit", "dragstart", "drop"];

/// Listens at the root for all of its elements, before they hear of an event themselves.
pub(super) fn guard(root: &Node) -> Vec<EventListener> {
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::run_in_capture_phase() };
    ACTIVATIONS.map(|kind| EventListener::new_with_options(root, kind, options, prevent)).into()
}

fn prevent(event: &Event) {
    // Other keys move the focus on, or ask the browser for something.
    let is_activation = match event.dyn_ref::<KeyboardEvent>() {
        Some(event) => matches!(event.key().as_str(), "Enter" | " "),
        None => true,
    };
    let target = event.target();
    // A target that is no element has no ancestors to ask for; the call then fails.
    let closed = target.map(|target| target.unchecked_into::<Element>().closest(CLOSED));
    if is_activation && matches!(closed, Some(Ok(Some(_)))) {
        event.prevent_default();
        event.stop_immediate_propagation();
    }
}
