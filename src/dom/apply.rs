//! From a state to the attributes of one element, and back to what its author has there.
//!
//! The page itself says what is whose, and nothing is remembered beside it. The binder writes a value of its own into
//! `hidden`, `disabled` and `inert`, which mean the same with any value, and leaves alone what the author wrote there,
//! before or since. Of `aria-disabled` only one value means anything, so `data-grant-aria` holds what the author has.
//! A copy of an element says the same of itself.

use super::focus::CONTROLS;
use super::host::{Node, property};
use crate::section::SectionState;

const STATE: &str = "data-grant-state";
const OURS: &str = "grantlet";
const ARIA_DISABLED: &str = "aria-disabled";
const IS_TRUE: &str = "[aria-disabled=true]";
const AUTHORS: &str = "data-grant-aria";

/// What can be operated without knowing `disabled`. What can be typed into or played is none of them, nor what holds
/// other controls: only `inert` stops those.
const CONTROL: &str =
    "a,area,summary,[role][tabindex],[tabindex]:not([tabindex^='-'],[contenteditable],iframe,audio,video)";

/// What was done to an element.
pub(super) struct Applied {
    /// How many attributes were written.
    pub(super) writes: u32,
    /// Whether another element that looks alike would get the same: what an element holds made no difference.
    pub(super) is_by_look: bool,
}

/// Brings an element into a state, or gives it back to its author for none.
pub(super) fn apply(element: &Node, state: Option<SectionState>) -> Applied {
    let knows = |name: &str| !property(element, name).is_undefined();
    let is_hidden = state == Some(SectionState::Hidden);
    let is_shut = matches!(state, Some(SectionState::Disabled | SectionState::Locked));
    let is_disabled = (is_hidden || is_shut) && knows("disabled");
    let is_other = is_shut && !is_disabled;
    let is_control = || element.matches(CONTROL) && element.within(CONTROLS).is_empty();
    let is_inert = is_other && knows("inert") && !is_control();

    let before = element.value(STATE);
    // Nothing was set on an element that was given no state.
    let is_known = before.is_some();

    let (mut writes, mut restored) = (0_u32, 0);
    let mut write = |name: &str, value: Option<&str>| {
        match value {
            Some(value) => element.set(name, value),
            None => element.remove(name),
        }
        writes = writes.saturating_add(1);
    };
    for (name, there, ours, is_called) in &[
        ("hidden", "[hidden]", "[hidden=grantlet]", is_hidden),
        ("disabled", "[disabled]", "[disabled=grantlet]", is_disabled),
        ("inert", "[inert]", "[inert=grantlet]", is_inert),
    ] {
        if (*is_called || is_known) && *is_called != element.matches(if *is_called { there } else { ours }) {
            write(name, is_called.then_some(OURS));
        }
    }
    if is_other && !is_inert {
        if !element.matches(IS_TRUE) {
            element.set_text(AUTHORS, &element.value(ARIA_DISABLED).unwrap_or_default());
            write(ARIA_DISABLED, Some("true"));
        }
    } else if is_known && let Some(authors) = element.value(AUTHORS) {
        element.remove(AUTHORS);
        if element.matches(IS_TRUE) {
            if authors.is_empty() {
                write(ARIA_DISABLED, None);
            } else {
                element.set_text(ARIA_DISABLED, &authors);
                restored = 1;
            }
        }
    }
    let name = state.map(SectionState::name);
    if before.as_deref() != name {
        write(STATE, name);
    }
    Applied { writes: writes.saturating_add(restored), is_by_look: !is_other }
}
