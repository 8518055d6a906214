//! Watches the root: elements that come, go, ask something else, or have what was set on them changed.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{MutationObserver, MutationObserverInit, Node};

use super::apply::SET;
use super::element::ASKED;

/// An observer with its callback, which it calls before the next paint.
pub(super) struct Watch {
    observer: MutationObserver,
    _callback: Closure<dyn Fn(Array)>,
}

impl Watch {
    /// Starts watching.
    pub(super) fn new(root: &Node, callback: impl Fn(Array) + 'static) -> Result<Watch, JsValue> {
        let callback = Closure::<dyn Fn(Array)>::new(callback);
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref())?;
        let init = MutationObserverInit::new();
        init.set_child_list(true);
        init.set_subtree(true);
        init.set_attribute_old_value(true);
        init.set_attribute_filter(&ASKED.into_iter().chain(SET).map(JsValue::from_str).collect::<Array>());
        observer.observe_with_options(root, &init)?;
        Ok(Watch { observer, _callback: callback })
    }

    /// What was seen and not called back for yet.
    pub(super) fn take(&self) -> Array {
        self.observer.take_records()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
