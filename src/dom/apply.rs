//! From a state to the attributes of one element, and back to what the author had there.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::judge::Question;
use crate::section::SectionState;

/// The attribute that names the state.
pub(super) const STATE: &str = "data-grant-state";
const HIDDEN: (&str, &str) = ("hidden", "");
const DISABLED: (&str, &str) = ("disabled", "");
const INERT: (&str, &str) = ("inert", "");
const ARIA_DISABLED: (&str, &str) = ("aria-disabled", "true");

/// The attributes that a state may set.
pub(super) const SET: [&str; 5] = [STATE, HIDDEN.0, DISABLED.0, INERT.0, ARIA_DISABLED.0];

/// What can be operated without knowing `disabled`. What can be typed into is none of them: only `inert` stops that.
const CONTROL: &str = "a,area,summary,[role][tabindex],[tabindex]:not([tabindex^='-']):not([contenteditable],iframe,audio,video,embed,object)";
/// Whatever holds one of these is no control, or does not stop it by being disabled itself.
const INNER_CONTROL: &str = "a,button,input,select,textarea,summary,iframe,audio,video,[tabindex],[contenteditable]";

/// How often an attribute is set against the author's code until the next frame. Two parties that undo each other's
/// work in every microtask would keep the page from ever being painted.
const MOST_CORRECTIONS: u8 = 50;

/// An element that asks, and what was set on it.
pub(super) struct Bound {
    pub(super) element: Element,
    pub(super) question: Rc<Question>,
    state: Option<SectionState>,
    held: Vec<Held>,
    corrections: u8,
}

/// An attribute in the binder's hands.
struct Held {
    name: &'static str,
    value: &'static str,
    /// What stands there without the binder.
    author: Option<String>,
}

impl Bound {
    /// An element that was not judged yet. A state that it comes with is one that a binder gave it or the
    /// element that it was copied from; what belongs to that state is no author's.
    pub(super) fn new(element: Element, question: Rc<Question>) -> Bound {
        let mut held = Vec::new();
        if let Some(given) = element.get_attribute(STATE) {
            let states = [SectionState::Hidden, SectionState::Locked, SectionState::Disabled, SectionState::Enabled];
            let state = states.into_iter().find(|state| state.name() == given);
            let calls = state.into_iter().flat_map(|state| calls_for(&element, state)).flatten();
            let found = calls.filter(|(name, value)| element.get_attribute(name).as_deref() == Some(value));
            held.extend(found.map(|(name, value)| Held { name, value, author: None }));
        }
        Bound { element, question, state: None, held, corrections: 0 }
    }

    /// Brings the element into the state that its question has. Returns how many attributes were written.
    pub(super) fn apply(&mut self) -> u32 {
        let state = self.question.state();
        if self.state == Some(state) {
            return 0;
        }
        self.state = Some(state);
        let calls = calls_for(&self.element, state);
        let is_called = |held: &mut Held| calls.iter().flatten().any(|(name, _)| *name == held.name);
        let mut writes = 0_u32;
        for held in self.held.extract_if(.., |held| !is_called(held)) {
            write(&self.element, held.name, held.author.as_deref(), &mut writes);
        }
        for (name, value) in calls.into_iter().flatten() {
            let before = match self.held.iter_mut().find(|held| held.name == name) {
                Some(held) => Some(std::mem::replace(&mut held.value, value).to_owned()),
                None => {
                    let found = self.element.get_attribute(name);
                    let author = found.clone().filter(|_| name != STATE);
                    self.held.push(Held { name, value, author });
                    found
                }
            };
            if before.as_deref() != Some(value) {
                write(&self.element, name, Some(value), &mut writes);
            }
        }
        writes
    }

    /// Gives the element back as its author has it. Returns how many attributes were written.
    pub(super) fn give_back(&mut self) -> u32 {
        let mut writes = 0;
        for held in self.held.drain(..) {
            write(&self.element, held.name, held.author.as_deref(), &mut writes);
        }
        self.state = None;
        writes
    }

    /// Somebody else changed an attribute, whose value was `before` if that is known. What stands there now is
    /// the author's; what the state calls for is set again. Returns how many attributes were written.
    pub(super) fn correct(&mut self, name: &str, before: Option<&str>) -> u32 {
        let mut writes = 0;
        if let Some(held) = self.held.iter_mut().find(|held| held.name == name) {
            let found = self.element.get_attribute(name);
            let is_ours = found.as_deref() == Some(held.value);
            // The same value set again over the binder's is the author's from now on.
            if name != STATE && (!is_ours || before == Some(held.value)) {
                held.author.clone_from(&found);
            }
            if !is_ours {
                if self.corrections < MOST_CORRECTIONS {
                    write(&self.element, name, Some(held.value), &mut writes);
                }
                self.corrections = self.corrections.saturating_add(1);
            }
        }
        writes
    }

    /// True where something had to be set against the author's code since the last [`Bound::settle`].
    pub(super) fn is_contested(&self) -> bool {
        self.corrections > 0
    }

    /// A new frame: what was left as the author's code wanted it is set again.
    pub(super) fn settle(&mut self) -> u32 {
        self.corrections = 0;
        let names: Vec<_> = self.held.iter().map(|held| held.name).collect();
        names.into_iter().fold(0, |writes, name| writes.saturating_add(self.correct(name, None)))
    }
}

/// The attributes that a state calls for on an element.
fn calls_for(element: &Element, state: SectionState) -> [Option<(&'static str, &'static str)>; 3] {
    let knows = |property: &str| Reflect::has(element, &JsValue::from_str(property)).unwrap_or(false);
    let disabled = || knows(DISABLED.0).then_some(DISABLED);
    let (first, second) = match state {
        SectionState::Enabled => (None, None),
        SectionState::Hidden => (Some(HIDDEN), disabled()),
        SectionState::Disabled | SectionState::Locked => {
            let is_control = || {
                let holds_control = element.query_selector(INNER_CONTROL).is_ok_and(|found| found.is_some());
                element.matches(CONTROL).unwrap_or(false) && !holds_control
            };
            let other = || if is_control() || !knows(INERT.0) { ARIA_DISABLED } else { INERT };
            (Some(disabled().unwrap_or_else(other)), None)
        }
    };
    [Some((STATE, state.name())), first, second]
}

fn write(element: &Element, name: &str, value: Option<&str>, writes: &mut u32) {
    // Neither fails for these names, and an element that refused would have to be passed over.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
    *writes = writes.saturating_add(1);
}
