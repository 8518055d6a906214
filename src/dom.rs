//! The page's side of a session: what elements say with their attributes is asked of it, and what it
//! answers is set on them.
//!
//! Which element asks what:
//! - An element counts its own attributes alone: `data-grant-scope` of an ancestor is not inherited, and an
//!   element inside a hidden one has its own state.
//! - Permissions are asked without a record, so a conditional answer is open here: the record decides later.
//! - Of two attributes on one element the stricter state stands: hidden, locked, disabled, enabled.
//! - An attribute that is empty, or a permission without a colon, hides its element whatever `data-grant-else` says.
//!   A name that the policy does not have is a deny like any other. A `data-grant-else` that is not `disable` hides.
//!
//! What an element gets, beside `data-grant-state`:
//! - Hidden: `hidden`. What knows `disabled` is disabled too, so that a form neither sends it nor waits for it.
//! - Disabled and locked: `disabled` where the element knows it; `aria-disabled` where it is a control of another kind;
//!   `inert` where it holds controls. Whatever is not enabled has its activation prevented.
//! - What the author has in these attributes, before or since, is theirs and stands again once the binder lets go.
//!   The page itself tells one from the other, so that a copy of a bound element is judged like its original.
//! - An element that is taken out of the page is given back. One that moves out of the root into another part of the
//!   page stays as it was last judged.
//!
//! What holds: nothing here decides, panics or waits. The constructor returns when everything is judged, later
//! elements are judged before they are painted, and a refresh is done when it returns. What comes in while a pass runs
//! is done by that pass before it ends. Nothing is remembered of an element, so none is kept from being collected.

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
pub use host::Looks;
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
    /// Binds a document, an element with all that it holds, a shadow root or another fragment. `looks` numbers elements
    /// by how they look.
    ///
    /// # Errors
    /// A list with an error for a root that can hold no elements.
    #[wasm_bindgen(constructor)]
    pub fn new(session: &SessionHandle, root: &Node, looks: &Looks) -> Result<Binder, JsValue> {
        if !root.is_parent() {
            return Err(Array::of1(&JsError::new("a root is a document, an element or a fragment").into()).into());
        }
        Ok(Binder { page: Page::open(session.share(), root, looks) })
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
