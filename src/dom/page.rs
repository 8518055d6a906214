//! One pass over the page: take in what happened, ask the session, then write.

use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationRecord, Node, NodeList};

use super::apply::Bound;
use super::element::{ASKED, ASKING, Wording};
use super::focus;
use super::guard::guard;
use super::judge::Questions;
use super::watch::Watch;
use crate::session::Session;

/// Look for elements anew, beside what the observer tells.
const SCAN: u8 = 1;
/// Ask everything anew.
const REFRESH: u8 = 2;
/// Set again what the author's code undid too often.
const SETTLE: u8 = 4;
const STOP: u8 = 8;
/// A pass that is not done by then, because an element's own code answers each change with another, goes on later.
const MOST_ROUNDS: u8 = 10;

#[wasm_bindgen]
extern "C" {
    /// The places of elements in [`Parts::bound`].
    #[wasm_bindgen(js_name = Map)]
    type Places;
    #[wasm_bindgen(constructor, js_class = "Map")]
    fn new() -> Places;
    #[wasm_bindgen(method)]
    fn get(this: &Places, element: &Node) -> Option<u32>;
    #[wasm_bindgen(method)]
    fn set(this: &Places, element: &Node, place: u32);
    #[wasm_bindgen(method)]
    fn delete(this: &Places, element: &Node);
}

/// A bound root, until it is stopped.
pub(super) struct Page {
    parts: RefCell<Option<Parts>>,
    /// What is to be done, by the pass that runs if one does.
    wanted: Cell<u8>,
}

struct Parts {
    session: Rc<RefCell<Session>>,
    root: Node,
    bound: Vec<Bound>,
    places: Places,
    questions: Questions,
    watch: Watch,
    _guard: Vec<EventListener>,
    /// Makes the place that the focus was moved to unfocusable again.
    lent: Option<EventListener>,
    later: Option<Later>,
    /// Attributes written since the observer's records were last taken.
    writes: u32,
}

/// A pass to come, cancelled when dropped.
struct Later {
    _frame: Option<AnimationFrame>,
    _timeout: Option<Timeout>,
}

impl Page {
    /// Binds a root and judges all that it holds.
    pub(super) fn open(session: Rc<RefCell<Session>>, root: &Node) -> Result<Rc<Page>, JsValue> {
        let page = Rc::new(Page { parts: RefCell::new(None), wanted: Cell::new(0) });
        let seen = Rc::clone(&page);
        let watch = Watch::new(root, move |records| seen.run(0, Some(&records)))?;
        let parts = Parts {
            session,
            root: root.clone(),
            bound: Vec::new(),
            places: Places::new(),
            questions: Questions::default(),
            watch,
            _guard: guard(root),
            lent: None,
            later: None,
            writes: 0,
        };
        page.parts.replace(Some(parts));
        page.run(SCAN, None);
        Ok(page)
    }

    pub(super) fn refresh(self: &Rc<Self>) {
        self.run(REFRESH, None);
    }

    pub(super) fn stop(self: &Rc<Self>) {
        self.run(STOP, None);
    }

    /// Does what is wanted. The page's own code may call back from within a pass: what it wants is then done
    /// by that pass.
    fn run(self: &Rc<Self>, wanted: u8, records: Option<&Array>) {
        self.wanted.set(self.wanted.get() | wanted);
        let Ok(mut borrowed) = self.parts.try_borrow_mut() else {
            // Records that cannot be taken in now are made up for by looking anew.
            self.wanted.set(self.wanted.get() | if records.is_some() { SCAN } else { 0 });
            return;
        };
        let mut records = records;
        while let Some(parts) = borrowed.as_mut() {
            let wanted = self.wanted.take();
            if wanted == 0 && records.is_none() {
                return;
            }
            if wanted & STOP != 0 {
                borrowed.take().into_iter().for_each(Parts::end);
            } else if !parts.pass(wanted, records.take()) && parts.later.is_none() {
                parts.later = Some(self.later());
            }
        }
    }

    /// A pass in the next frame, or soon where no frames are drawn.
    fn later(self: &Rc<Self>) -> Later {
        let page = Rc::clone(self);
        let run = move || {
            if let Ok(Some(parts)) = page.parts.try_borrow_mut().as_deref_mut() {
                parts.later = None;
            }
            page.run(SCAN | REFRESH | SETTLE, None);
        };
        if gloo_utils::document().hidden() {
            Later { _frame: None, _timeout: Some(Timeout::new(0, run)) }
        } else {
            Later { _frame: Some(request_animation_frame(move |_| run())), _timeout: None }
        }
    }
}

impl Parts {
    /// One pass. Returns whether nothing is left to do.
    fn pass(&mut self, wanted: u8, records: Option<&Array>) -> bool {
        let active = focus::active(&self.root);
        let pending = self.watch.take();
        self.writes = 0;
        records.into_iter().chain([&pending]).for_each(|records| self.take_in(records, false));
        if wanted & SCAN != 0 {
            self.scan();
        }
        if wanted & SETTLE != 0 {
            let contested = self.bound.iter_mut().filter(|bound| bound.is_contested());
            self.writes = contested.fold(self.writes, |writes, bound| writes.saturating_add(bound.settle()));
        }
        let mut is_done = false;
        let mut rounds = 0..MOST_ROUNDS;
        while !is_done && rounds.next().is_some() {
            is_done = self.judge(wanted & REFRESH != 0);
            self.writes = self.bound.iter_mut().fold(self.writes, |writes, bound| writes.saturating_add(bound.apply()));
            let own = self.watch.take();
            if own.length() != mem::take(&mut self.writes) {
                // Code of an element's own ran in between.
                self.take_in(&own, true);
                is_done = false;
            }
        }
        if let Some(lent) = active.and_then(|active| focus::rescue(&self.root, &active)) {
            self.lent = Some(lent);
        }
        is_done && !self.bound.iter().any(Bound::is_contested)
    }

    /// Asks the session; false where it cannot be asked now.
    fn judge(&mut self, anew: bool) -> bool {
        let asked = self.session.try_borrow().map(|session| self.questions.judge(&session, anew));
        asked.is_ok()
    }

    /// Finds every element that asks, and forgets those that are gone.
    fn scan(&mut self) {
        let root = self.root.clone();
        each_asking(&root, |element| self.bind(element));
        let gone: Vec<_> = self
            .bound
            .iter()
            .map(|bound| bound.element.clone())
            .filter(|element| !root.contains(Some(element)))
            .collect();
        gone.into_iter().for_each(|element| self.forget(&element));
    }

    /// Takes in what the observer saw. Among its own changes the binder does not look for what an author set to
    /// the value that is there already.
    fn take_in(&mut self, records: &Array, own: bool) {
        for record in records.iter() {
            let record: MutationRecord = record.unchecked_into();
            let Some(target) = record.target() else { continue };
            match record.attribute_name() {
                None => {
                    for node in nodes(&record.removed_nodes()) {
                        if !self.root.contains(Some(&node)) {
                            each_asking(&node, |element| self.forget(&element));
                        }
                    }
                    for node in nodes(&record.added_nodes()) {
                        each_asking(&node, |element| self.bind(element));
                    }
                }
                Some(name) if ASKED.contains(&name.as_str()) => self.bind(target.unchecked_into()),
                Some(name) => {
                    let before = if own { None } else { record.old_value() };
                    if let Some(bound) = place(&self.places, &target).and_then(|place| self.bound.get_mut(place)) {
                        self.writes = self.writes.saturating_add(bound.correct(&name, before.as_deref()));
                    }
                }
            }
        }
    }

    /// Notes what an element asks now.
    fn bind(&mut self, element: Element) {
        let Some(wording) = Wording::of(&element) else { return self.forget(&element) };
        let question = self.questions.question(wording);
        match place(&self.places, &element).and_then(|place| self.bound.get_mut(place)) {
            Some(bound) => bound.question = question,
            None => {
                self.places.set(&element, u32::try_from(self.bound.len()).unwrap_or(u32::MAX));
                self.bound.push(Bound::new(element, question));
            }
        }
    }

    /// Forgets an element. It is given back, unless it moved to a part of the page that is not bound: there it
    /// stays as it was judged.
    fn forget(&mut self, element: &Element) {
        let Some(place) = place(&self.places, element).filter(|place| *place < self.bound.len()) else { return };
        let mut gone = self.bound.swap_remove(place);
        self.places.delete(element);
        if let Some(moved) = self.bound.get(place) {
            self.places.set(&moved.element, u32::try_from(place).unwrap_or(u32::MAX));
        }
        if self.root.contains(Some(element)) || !element.is_connected() {
            self.writes = self.writes.saturating_add(gone.give_back());
        }
    }

    /// Gives everything back.
    fn end(mut self) {
        let pending = self.watch.take();
        self.take_in(&pending, false);
        self.bound.iter_mut().for_each(|bound| {
            bound.give_back();
        });
        // It takes the place back when the focus leaves it.
        if let Some(lent) = self.lent.take() {
            lent.forget();
        }
    }
}

fn place(places: &Places, element: &Node) -> Option<usize> {
    places.get(element).and_then(|place| usize::try_from(place).ok())
}

/// Calls for every element that asks, from a node downwards.
fn each_asking(node: &Node, mut call: impl FnMut(Element)) {
    let parent: &Element = node.unchecked_ref();
    if node.node_type() == Node::ELEMENT_NODE && parent.matches(ASKING).unwrap_or(false) {
        call(parent.clone());
    }
    // A text holds nothing.
    if node.has_child_nodes()
        && let Ok(found) = parent.query_selector_all(ASKING)
    {
        nodes(&found).for_each(|found| call(found.unchecked_into()));
    }
}

fn nodes(list: &NodeList) -> impl Iterator<Item = Node> {
    (0..list.length()).filter_map(|place| list.item(place))
}
