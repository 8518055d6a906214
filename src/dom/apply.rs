//! From a state to the attributes of one element, and back to what its author has there.
//!
//! The page itself says what is whose, and nothing is remembered beside it. The binder writes a value of its own into
//! `hidden`, `disabled` and `inert`, which mean the same with any value, and leaves alone what the author wrote there,
//! before or since. Of `aria-disabled` only one value means anything, so `data-grant-aria` holds what the author has.
//! A copy of an element says the same of itself.

use super::host::{Node, property};
use crate::section::SectionState;

const STATE: &str = "data-grant-state";
const OURS: &str = "grantlet";
const ARIA_DISABLED: &str = "aria-disabled";
const IS_TRUE: &str = "[aria-disabled=true]";
const AUTHORS: &str = "data-grant-aria";

/// What can be operated without knowing `disabled`. What can be typed into or played is none of them: only `inert`
/// stops that.
const CONTROL: &str =
    "a,area,summary,[role][tabindex],[tabindex]:not([tabindex^='-'],[contenteditable],iframe,audio,video)";
/// Whatever holds one of these does not stop it by being disabled itself.
const INNER_CONTROL: &str = "a,button,input,select,textarea,summary,iframe,audio,video,[tabindex],[contenteditable]";

/// Brings an element into a state, or gives it back to its author for none. Returns how many attributes were written.
/// An element that is in this state already is looked at only where a `whole` look is wanted.
pub(super) fn apply(element: &Node, state: Option<SectionState>, whole: bool) -> usize {
    let name = state.map(SectionState::name);
    let is_named = element.value(STATE).as_deref() == name;
    if is_named && !whole {
        return 0;
    }
    let knows = |name: &str| !property(element, name).is_undefined();
    let is_hidden = state == Some(SectionState::Hidden);
    let is_shut = matches!(state, Some(SectionState::Disabled | SectionState::Locked));
    let is_disabled = (is_hidden || is_shut) && knows("disabled");
    let is_other = is_shut && !is_disabled;
    let is_control = || element.matches(CONTROL) && element.within(INNER_CONTROL).is_empty();
    let is_inert = is_other && knows("inert") && !is_control();

    let mut writes = 0_usize;
    let mut write = |name: &str, value: Option<&str>| {
        match value {
            Some(value) => element.set(name, value),
            None => element.remove(name),
        }
        writes = writes.saturating_add(1);
    };
    for (name, is_called) in [("hidden", is_hidden), ("disabled", is_disabled), ("inert", is_inert)] {
        let found = element.value(name);
        if is_called && found.is_none() {
            write(name, Some(OURS));
        } else if !is_called && found.as_deref() == Some(OURS) {
            write(name, None);
        }
    }
    let is_true = element.matches(IS_TRUE);
    if is_other && !is_inert {
        if !is_true {
            element.set(AUTHORS, &element.value(ARIA_DISABLED).unwrap_or_default());
            write(ARIA_DISABLED, Some("true"));
        }
    } else if let Some(authors) = element.value(AUTHORS) {
        element.remove(AUTHORS);
        if is_true {
            write(ARIA_DISABLED, Some(&*authors).filter(|authors| !authors.is_empty()));
        }
    }
    if !is_named {
        write(STATE, name);
    }
    writes
}
