//! The page's side of a session: what elements say with their attributes is asked of it, and what it
//! answers is set on them.
//!
//! Which element asks what:
//! - An element counts its own attributes alone: `data-grant-scope` of an ancestor is not inherited, and an
//!   element inside a hidden one has its own state.
//! - Permissions are asked without a record, so a conditional answer is open here: the record decides later.
//! - Of two attributes on one element the stricter state stands: hidden, locked, disabled, enabled.
//! - An attribute that is empty, or holds what is no name, hides its element whatever `data-grant-else` says. A
//!   name that the policy does not have is a deny like any other. A `data-grant-else` that is not `disable` hides.
//!
//! What an element gets:
//! - Hidden: `hidden`; what can be disabled is disabled too, so that a form neither sends nor waits for it.
//! - Disabled and locked: `disabled` where the element knows it, `aria-disabled` where it is a control of
//!   another kind, whose activation is then prevented, and `inert` where it holds others.
//! - What the author set or sets in these places is remembered, and stands again once the binder lets go.
//!   An element that comes with a `data-grant-state` (a copy of a bound one) is taken to have from a binder
//!   what that state sets.
//! - An element taken out of the page is given back and forgotten; one that moved elsewhere in the page, out of
//!   the root, stays as it was last judged.
//!
//! What holds: nothing here decides, panics or waits. The constructor returns after everything was judged;
//! later elements are judged before the next paint, and a refresh is done when it returns. No state of a
//! binder is borrowed twice: what comes in while a pass runs is done by that pass before it ends.

mod apply;
mod focus;
mod guard;
mod host;
mod judge;
mod page;

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::wasm::SessionHandle;
use host::Node;
use page::Page;

/// Keeps the elements below a root in the states that a session gives them, until it is stopped. To drop the
/// handle does not stop it: what nobody holds any more would otherwise be shown.
#[wasm_bindgen]
pub struct Binder {
    page: Rc<Page>,
}

#[wasm_bindgen]
impl Binder {
    /// Binds a document, an element with all that it holds, a shadow root or another fragment.
    ///
    /// # Errors
    /// A list with the error of a root that is no node.
    #[wasm_bindgen(constructor)]
    pub fn new(session: &SessionHandle, root: &Node) -> Result<Binder, JsValue> {
        let page = Page::open(session.share(), root).map_err(|error| Array::of1(&error))?;
        Ok(Binder { page })
    }

    /// Judges everything anew: the session's answers may have changed.
    pub fn refresh(&self) {
        self.page.refresh();
    }

    /// Ends it, and takes back everything that it set.
    pub fn stop(&self) {
        self.page.stop();
    }
}
