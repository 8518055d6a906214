//! Sessions as JavaScript asks them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::record::Record;
use super::{encode, place, thrown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Request;
use crate::limits;
use crate::plain;
use crate::policy::Policy;
use crate::session::Session;
use crate::value::Value;

fn open(policy: &Arc<Policy>, facts: &str, clock: f64) -> Result<Session, Vec<Diagnostic>> {
    if facts.len() > limits::FACTS_BYTES {
        return Err(vec![whole("too-large", "the facts are larger than 8 MiB".to_owned())]);
    }
    let value = Value::from_json(facts).map_err(|message| vec![whole("syntax", message)])?;
    let (mut subject, mut context, mut roles) = (Value::Null, Value::Null, None);
    if let Value::Object(members) = value {
        for (key, value) in members {
            match &*key {
                "subject" => subject = value,
                "context" => context = value,
                _ => roles = Some(value),
            }
        }
    }
    Session::open(Arc::clone(policy), subject, context, roles, clock)
}

/// The bytes of an instant.
const INSTANT: usize = 8;

/// The effects of all permissions at the root without a record, and the instant at which they can turn: zeros where
/// there is none. An instant ahead never has a zero last: that would be one in 1970.
pub(super) fn survey(policy: &Arc<Policy>, facts: &str, clock: f64) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let session = open(policy, facts, clock)?;
    let mut bytes = session.packed_effects(Request::default(), INSTANT);
    let turns = session.turns_at().unwrap_or_default();
    for (place, byte) in bytes.iter_mut().rev().zip(turns.to_le_bytes().iter().rev()) {
        *place = *byte;
    }
    Ok(bytes)
}

pub(super) fn whole(code: &'static str, message: String) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, pointer: String::new(), message, help: None }
}

/// One subject's session with a policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct SessionHandle {
    session: Rc<RefCell<Session>>,
    /// What was answered last in more than one byte.
    answered: RefCell<Vec<u8>>,
}

impl SessionHandle {
    pub(super) fn open(policy: &Arc<Policy>, facts: &str, clock: f64) -> Result<SessionHandle, Vec<Diagnostic>> {
        let session = open(policy, facts, clock)?;
        Ok(SessionHandle { session: Rc::new(RefCell::new(session)), answered: RefCell::default() })
    }

    /// The session itself, to be read by what follows it on the page.
    #[cfg(feature = "dom")]
    #[must_use]
    pub(crate) fn share(&self) -> Rc<RefCell<Session>> {
        Rc::clone(&self.session)
    }
}

#[wasm_bindgen]
impl SessionHandle {
    /// Moves the session to the clock's present, in milliseconds, unless its context fixed the instant.
    /// While a record is read for it, whose getters may end up here, it stands where it stood.
    pub fn advance(&self, clock: f64) {
        if let Ok(mut session) = self.session.try_borrow_mut() {
            session.advance(clock);
        }
    }

    /// Takes other facts, which `facts` and `clock` give as for [`PolicyHandle::open`](super::PolicyHandle::open).
    /// While a record is read for the session, whose getters may end up here, it stays as it is, and the answer is
    /// false.
    ///
    /// # Errors
    /// An object with the `diagnostics` of malformed facts, which leave the session as it is.
    pub fn update(&self, facts: &str, clock: f64) -> Result<bool, JsValue> {
        let Ok(mut session) = self.session.try_borrow_mut() else { return Ok(false) };
        *session = open(session.policy(), facts, clock).map_err(|list| thrown(&list))?;
        Ok(true)
    }

    /// Asks a `question` (its number is one of those below) at a scope, of a record and with action attributes
    /// that are read where they are, through `read`. An effect is 0 deny, 1 allow, 2 conditional; the state of a section
    /// is 0 hidden, 1 enabled, 2 disabled, 3 locked. Bytes lie in the module's memory until the next call, at the place
    /// that is answered; what is an object is put into the list `into`.
    ///
    /// - 0: the effect of the permission of that `number`;
    /// - 1: the state of the section of that `number`;
    /// - 2: the effects of all permissions in their order, four to a byte, the first in its lowest bits;
    /// - 3: the states of all sections in their order, as bytes;
    /// - 4: the decision for the permission of that `number`, an object;
    /// - 5: what of the facts is inert or passed over, a list of diagnostics;
    /// - 6: the earliest later bound or literal in milliseconds, infinite where none is ahead;
    /// - 7: the earliest later instant at which an answer can turn, likewise;
    /// - 8: the attributes of a record that the effect of the permission of that `number` turns on, a list of
    ///   paths: records with equal scalars there have the same effect;
    /// - 9: the reasons of all permissions in their order, as bytes that number them by their rows in section 6 of the
    ///   model, from 0.
    #[must_use]
    pub fn ask(
        &self,
        question: u32,
        number: u32,
        scope: Option<String>,
        resource: &Record,
        action: &Record,
        into: &JsValue,
    ) -> f64 {
        let request = Request { scope: scope.as_deref(), resource: resource.given(), action: action.given() };
        let session = self.session.borrow();
        let answer = match question {
            0 => return f64::from(session.effect(number, request) as u8),
            1 => return f64::from(session.section_at(number, request) as u8),
            2 => return f64::from(place(&self.answered, session.packed_effects(request, 0))),
            3 => return f64::from(place(&self.answered, states(&session, request))),
            9 => return f64::from(place(&self.answered, session.numbered_reasons(request))),
            4 => encode(&plain::decision(&session.decide_at(Some(number), request))),
            5 => encode(&plain::diagnostics(session.warnings())),
            8 => encode(&paths(&session, number, scope.as_deref())),
            6 => return session.valid_until().unwrap_or(f64::INFINITY),
            _ => return session.turns_at().unwrap_or(f64::INFINITY),
        };
        into.unchecked_ref::<Array>().push(&answer);
        0.0
    }
}

#[cfg(feature = "dom")]
#[wasm_bindgen]
impl SessionHandle {
    /// Denies everything from now on, to whatever still follows the session on a page.
    pub fn close(&self) {
        if let Ok(mut session) = self.session.try_borrow_mut() {
            session.facts.subject.is_active = false;
        }
    }
}

/// The attributes that an answer turns on, as plain lists of keys.
fn paths(session: &Session, number: u32, scope: Option<&str>) -> Value<'static> {
    let mut paths = Vec::new();
    for path in session.attributes(number, scope) {
        let mut keys = Vec::new();
        for key in path {
            keys.push(Value::String(String::from(key).into()));
        }
        paths.push(Value::Array(keys));
    }
    Value::Array(paths)
}

/// The states of all sections, a byte each.
fn states(session: &Session, request: Request<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for state in session.sections(request) {
        bytes.push(state as u8);
    }
    bytes
}
