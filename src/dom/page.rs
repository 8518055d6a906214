//! One pass over the page: take in what happened, ask the session, write.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::Event;

use super::apply::{Applied, apply};
use super::focus;
use super::guard::guard;
use super::host::{Looks, Node, Observer, call, list, parse, property};
use super::judge::Answers;
use crate::section::SectionState;
use crate::session::Session;

/// Every element that asks something, and every one that was judged.
const BOUND: &str = "[data-grant],[data-grant-section],[data-grant-state]";
/// What is added and removed, and every attribute that asks or that is set.
const WATCHED: &str = r#"{"subtree":true,"childList":true,"attributeFilter":["data-grant","data-grant-section","data-grant-scope","data-grant-else","data-grant-state","hidden","disabled","inert","aria-disabled"]}"#;

const REFRESH: u8 = 1;
const STOP: u8 = 2;

/// How many attributes are set against the author's code in one frame. Two parties that undo each other's work in every
/// microtask would keep the page from ever being painted.
const MOST_CORRECTIONS: u32 = 10_000;

/// A bound root, until it is stopped.
#[derive(Default)]
pub(super) struct Page {
    parts: RefCell<Option<Parts>>,
    /// What is to be done, by the pass that runs if one does.
    wanted: Cell<u8>,
}

struct Parts {
    session: Rc<RefCell<Session>>,
    root: Node,
    looks: Looks,
    observer: Observer,
    _callback: Closure<dyn FnMut(&Event)>,
    _guard: Vec<EventListener>,
    /// How many corrections were made since the last frame.
    corrections: u32,
    /// When they are counted anew.
    later: Option<Later>,
}

/// The next frame, or soon where none is drawn. It is called off by being dropped.
struct Later {
    _frame: Option<AnimationFrame>,
    _timeout: Option<Timeout>,
}

impl Page {
    /// Binds a root and judges all that it holds.
    pub(super) fn open(session: Rc<RefCell<Session>>, root: &Node, looks: &Looks) -> Rc<Page> {
        let page = Rc::new(Page::default());
        let seen = Rc::clone(&page);
        // Records come as events do: one kind of callback is enough for the module.
        let callback = Closure::<dyn FnMut(&Event)>::new(move |records: &Event| seen.run(list(records)));
        let observer = Observer::new(callback.as_ref());
        observer.observe(root, &parse(WATCHED));
        let (root, looks, guard) = (root.clone(), looks.clone(), guard(root));
        let parts =
            Parts { session, root, looks, observer, _callback: callback, _guard: guard, corrections: 0, later: None };
        if let Ok(mut place) = page.parts.try_borrow_mut() {
            *place = Some(parts);
        }
        page.want(REFRESH);
        page
    }

    /// Judges everything anew.
    pub(super) fn refresh(self: &Rc<Self>) {
        self.want(REFRESH);
    }

    /// Gives everything back.
    pub(super) fn stop(self: &Rc<Self>) {
        self.want(STOP);
    }

    fn want(self: &Rc<Self>, wanted: u8) {
        self.wanted.set(self.wanted.get() | wanted);
        self.run(Vec::new());
    }

    /// Does what is wanted. The page's own code may call back from within a pass: what it wants is then done by that
    /// pass. The observer calls from without.
    fn run(self: &Rc<Self>, mut records: Vec<Node>) {
        let Ok(mut borrowed) = self.parts.try_borrow_mut() else { return };
        while let Some(parts) = borrowed.as_mut() {
            let wanted = self.wanted.take();
            let active = focus::active(&parts.root);
            let writes = parts.pass(wanted, &records);
            let taken = call(&parts.observer, "takeRecords", &JsValue::UNDEFINED);
            if wanted & STOP != 0 {
                focus::end(&parts.root);
                call(&parts.observer, "disconnect", &JsValue::UNDEFINED);
                *borrowed = None;
                return;
            }
            if writes > 0 {
                focus::rescue(&parts.root, &active);
            }
            if parts.corrections > 0 && parts.later.is_none() {
                parts.later = Some(self.later());
            }
            // As many changes as were written are the binder's own, and nobody looks at them; with more, an element's own
            // code answered.
            if property(&taken, "length").as_f64() == Some(f64::from(writes)) && self.wanted.get() == 0 {
                return;
            }
            records = list(&taken);
        }
    }

    fn later(self: &Rc<Self>) -> Later {
        let page = Rc::clone(self);
        let run = move || page.count_anew();
        if gloo_utils::document().hidden() {
            Later { _frame: None, _timeout: Some(Timeout::new(0, run)) }
        } else {
            Later { _frame: Some(request_animation_frame(move |_| run())), _timeout: None }
        }
    }

    /// Begins to count corrections anew, and makes up for those that were not made.
    fn count_anew(self: &Rc<Self>) {
        let is_behind = match self.parts.try_borrow_mut().as_deref_mut() {
            Ok(Some(parts)) => {
                parts.later = None;
                std::mem::take(&mut parts.corrections) >= MOST_CORRECTIONS
            }
            _ => false,
        };
        if is_behind {
            self.refresh();
        }
    }
}

impl Parts {
    /// One pass. Returns how many attributes were written.
    fn pass(&mut self, wanted: u8, records: &[Node]) -> u32 {
        let Parts { root, looks, session, .. } = self;
        looks.begin();
        let mut look = Look { root, looks, session, wanted, answers: Answers::default(), writes: 0 };
        for record in records {
            for nodes in &["removedNodes", "addedNodes"] {
                list(&property(record, nodes)).iter().for_each(|node| look.all(node));
            }
            let target: Node = property(record, "target").unchecked_into();
            if self.corrections < MOST_CORRECTIONS {
                let before = look.writes;
                look.perhaps(&target);
                self.corrections = self.corrections.saturating_add(look.writes).saturating_sub(before);
            }
        }
        if wanted != 0 {
            look.all(look.root);
        }
        look.writes
    }
}

/// One look at elements as they are now.
struct Look<'a> {
    root: &'a Node,
    looks: &'a Looks,
    session: &'a RefCell<Session>,
    wanted: u8,
    answers: Answers,
    writes: u32,
}

impl Look<'_> {
    /// Looks at a node and all within it.
    fn all(&mut self, node: &Node) {
        if node.is_parent() {
            self.perhaps(node);
            node.within(BOUND).iter().for_each(|element| self.one(element));
        }
    }

    /// Looks at a node if it is bound or asks to be.
    fn perhaps(&mut self, node: &Node) {
        if node.matches(BOUND) {
            self.one(node);
        }
    }

    /// Judges one element and brings it into its state. What asks nothing any more or has left the root is given back,
    /// unless it moved to a part of the page that is not bound: there it stays as it was judged.
    fn one(&mut self, element: &Node) {
        let is_inside = self.root.contains(element);
        if !is_inside && property(element, "isConnected").as_bool() == Some(true) {
            return;
        }
        let state = if !is_inside || self.wanted & STOP != 0 {
            None
        } else if let Ok(session) = self.session.try_borrow() {
            let number = self.looks.number(element);
            if self.answers.is_settled(number) {
                return;
            }
            let state = self.answers.state(number, &session, element);
            let Applied { writes, is_by_look } = apply(element, state);
            if writes == 0 && is_by_look {
                self.answers.settle(number);
            }
            self.wrote(writes);
            return;
        } else {
            Some(SectionState::Hidden)
        };
        self.wrote(apply(element, state).writes);
    }

    fn wrote(&mut self, writes: u32) {
        self.writes = self.writes.saturating_add(writes);
    }
}
