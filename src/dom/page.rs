//! One pass over the page: take in what happened, ask the session, write.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::Event;

use super::apply::apply;
use super::focus;
use super::guard::guard;
use super::host::{Node, Observer, list, parse, property};
use super::judge::Answers;
use crate::section::SectionState;
use crate::session::Session;

/// Every element that asks something, and every one that was judged.
const BOUND: &str = "[data-grant],[data-grant-section],[data-grant-state]";
/// Of these those that ask.
const ASKING: &str = "[data-grant],[data-grant-section]";
/// What is added and removed, and every attribute that asks or that is set.
const WATCHED: &str = r#"{"subtree":true,"childList":true,"attributeFilter":["data-grant","data-grant-section","data-grant-scope","data-grant-else","data-grant-state","hidden","disabled","inert","aria-disabled"]}"#;

/// Ask for every element anew.
const REFRESH: u8 = 1;
/// And look at all that is set on it.
const WHOLE: u8 = 2;
const STOP: u8 = 4;

/// How often attributes that others changed are set again before the page is left in peace for a while. Two parties
/// that undo each other's work in every microtask would keep it from ever being painted.
const MOST_CORRECTIONS: usize = 2000;
/// That while, in milliseconds: about a frame. A timer runs in tabs that draw no frames, too.
const PEACE: u32 = 16;

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
    observer: Observer,
    _callback: Closure<dyn FnMut(&Event)>,
    _guard: Vec<EventListener>,
    later: Option<Timeout>,
    corrections: usize,
}

impl Page {
    /// Binds a root and judges all that it holds.
    pub(super) fn open(session: Rc<RefCell<Session>>, root: &Node) -> Result<Rc<Page>, JsValue> {
        let page = Rc::new(Page::default());
        let seen = Rc::clone(&page);
        // Records come as events do: one kind of callback is enough for the module.
        let callback = Closure::<dyn FnMut(&Event)>::new(move |records: &Event| seen.run(list(records)));
        let observer = Observer::new(callback.as_ref());
        observer.observe(root, &parse(WATCHED))?;
        let (root, guard) = (root.clone(), guard(root));
        let parts = Parts { session, root, observer, _callback: callback, _guard: guard, later: None, corrections: 0 };
        if let Ok(mut place) = page.parts.try_borrow_mut() {
            *place = Some(parts);
        }
        page.want(REFRESH | WHOLE);
        Ok(page)
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
            records = list(&parts.observer.take());
            if wanted & STOP != 0 {
                parts.root.within(focus::BORROWED).iter().for_each(focus::give_up);
                parts.observer.disconnect();
                *borrowed = None;
                return;
            }
            if writes > 0 {
                focus::rescue(&parts.root, &active);
            }
            if parts.corrections > 0 && parts.later.is_none() {
                let page = Rc::clone(self);
                parts.later = Some(Timeout::new(PEACE, move || page.want(REFRESH | WHOLE)));
            }
            // As many changes as were written are the binder's own; with more, an element's own code answered.
            if records.len() == writes && self.wanted.get() == 0 {
                return;
            }
        }
    }
}

impl Parts {
    /// One pass. Returns how many attributes were written.
    fn pass(&mut self, wanted: u8, records: &[Node]) -> usize {
        let mut look =
            Look { root: &self.root, session: &self.session, wanted, answers: Answers::default(), writes: 0 };
        for record in records {
            for nodes in ["removedNodes", "addedNodes"] {
                list(&property(record, nodes)).iter().for_each(|node| look.all(node));
            }
            if self.corrections < MOST_CORRECTIONS {
                let before = look.writes;
                look.one(property(record, "target").unchecked_ref(), true);
                self.corrections = self.corrections.saturating_add(look.writes).saturating_sub(before);
            }
        }
        if wanted != 0 {
            look.all(&self.root);
        }
        if wanted & (WHOLE | STOP) != 0 {
            self.corrections = 0;
            self.later = None;
        }
        look.writes
    }
}

/// One look at elements as they are now.
struct Look<'a> {
    root: &'a Node,
    session: &'a RefCell<Session>,
    wanted: u8,
    answers: Answers,
    writes: usize,
}

impl Look<'_> {
    /// Looks at a node and all within it.
    fn all(&mut self, node: &Node) {
        // A text has no such list.
        if property(node, "children").is_object() {
            let is_whole = self.wanted != REFRESH;
            self.one(node, is_whole);
            node.within(BOUND).iter().for_each(|element| self.one(element, is_whole));
        }
    }

    /// Judges one element and brings it into its state. What asks nothing any more or has left the root is given back,
    /// unless it moved to a part of the page that is not bound: there it stays as it was judged.
    fn one(&mut self, element: &Node, is_whole: bool) {
        if !element.matches(BOUND) {
            return;
        }
        let is_inside = self.root.contains(element);
        if !is_inside && property(element, "isConnected").as_bool() == Some(true) {
            return;
        }
        let is_asked = is_inside && self.wanted & STOP == 0 && element.matches(ASKING);
        let state = is_asked.then(|| match self.session.try_borrow() {
            Ok(session) => self.answers.state(&session, element),
            Err(_) => SectionState::Hidden,
        });
        self.writes = self.writes.saturating_add(apply(element, state, is_whole));
    }
}
