//! The boundary to JavaScript: decode, delegate, encode.
//!
//! Documents and facts come in as JSON text, which one parser reads for every host. Records come in as
//! they are, and only the attributes that a condition names are read from them. Nothing that is called
//! often returns a JavaScript object: answers are bytes, and decisions are put into a list of the
//! caller's. (Node 20 aborts where it deoptimises within an inlined call that returns an object.)

mod allocator;
pub(crate) mod number;
mod record;
mod session;
#[cfg(feature = "tools")]
mod tools;

use std::cell::RefCell;
use std::sync::Arc;

use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::administration::decide_change;
use crate::bytes;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::plain;
use crate::policy::{Policy, count};
use crate::value::Value;
pub use record::Record;
pub use session::SessionHandle;

/// A compiled policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PolicyHandle {
    policy: Arc<Policy>,
    /// What [`PolicyHandle::survey`] found last.
    surveyed: RefCell<Vec<u8>>,
}

#[wasm_bindgen]
impl PolicyHandle {
    /// Compiles a policy from its JSON text, or takes back what [`PolicyHandle::to_bytes`] made of one.
    ///
    /// # Errors
    /// An object with the `diagnostics`, errors and warnings.
    pub fn load(text: &str) -> Result<PolicyHandle, JsValue> {
        let policy = bytes::load(text).map_err(|list| thrown(&list))?;
        Ok(PolicyHandle { policy: Arc::new(policy), surveyed: RefCell::default() })
    }

    /// The compiled policy as text in UTF-8.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.policy.to_bytes()
    }

    /// All names in their order: first the permissions, then the roles, then the sections, each with a line
    /// feed behind it and each kind with one more.
    #[must_use]
    pub fn names(&self) -> String {
        let policy = &self.policy;
        let mut text = String::new();
        for id in 0..count(&policy.permissions) {
            policy.write_permission_name(id, &mut text);
            text.push('\n');
        }
        line(&mut text, "");
        for role in &policy.roles {
            line(&mut text, &role.name);
        }
        line(&mut text, "");
        for section in &policy.sections {
            line(&mut text, &section.name);
        }
        text
    }

    /// Where in the module's memory lie, until the next call, the effects of all permissions at the root without a
    /// record, four to a byte as [`SessionHandle::ask`] gives them, and behind them eight bytes: the instant at which they
    /// can turn, a little-endian double, or zeros where there is none. This is all that most sessions are ever asked, in
    /// one call that hands no object over and leaves no session behind. Zero for malformed facts, of which
    /// [`PolicyHandle::open`] tells more; `facts` and `clock` are those that it takes.
    #[must_use]
    pub fn survey(&self, facts: &str, clock: f64) -> u32 {
        session::survey(&self.policy, facts, clock).map_or(0, |bytes| place(&self.surveyed, bytes))
    }

    /// Puts the decision on a change (section 8) into the list `into`. The change is given as the JSON text of
    /// its object; `clock` is the present in milliseconds.
    ///
    /// # Errors
    /// An object with the `diagnostics` of what is malformed or unknown in the change.
    pub fn decide_change(&self, change: &str, clock: f64, into: &Array) -> Result<(), JsValue> {
        let decision = Value::from_json(change)
            .map_err(|message| vec![session::whole("syntax", message)])
            .and_then(|change| decide_change(&self.policy, &change, clock))
            .map_err(|list| thrown(&list))?;
        into.push(&encode(&plain::change_decision(&decision)));
        Ok(())
    }

    /// Opens a session. `facts` is the JSON text of an object with `subject`, and optionally `context`
    /// and `roles`; `clock` is the present in milliseconds.
    ///
    /// # Errors
    /// An object with the `diagnostics` of malformed facts.
    pub fn open(&self, facts: &str, clock: f64) -> Result<SessionHandle, JsValue> {
        SessionHandle::open(&self.policy, facts, clock).map_err(|list| thrown(&list))
    }
}

/// Every error and warning of a policy's JSON text, as a list of diagnostics.
#[wasm_bindgen]
#[must_use]
pub fn check(text: &str) -> JsValue {
    encode(&plain::diagnostics(&document::check(text)))
}

/// Keeps bytes for the host to copy before its next call, and says where they lie.
fn place(kept: &RefCell<Vec<u8>>, bytes: Vec<u8>) -> u32 {
    let mut kept = kept.borrow_mut();
    *kept = bytes;
    u32::try_from(kept.as_ptr().addr()).unwrap_or_default()
}

#[inline(never)]
fn line(text: &mut String, name: &str) {
    text.push_str(name);
    text.push('\n');
}

/// A plain JavaScript value of what was answered; `undefined` where that fails, which plain data does
/// not.
fn encode(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

/// What is thrown for a document or facts that are refused: an object with their `diagnostics`.
fn thrown(diagnostics: &[Diagnostic]) -> JsValue {
    encode(&Value::Object(vec![("diagnostics".into(), plain::diagnostics(diagnostics))]))
}
