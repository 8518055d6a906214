//! Sessions as JavaScript asks them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::record::Record;
use super::{encode, thrown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Request;
use crate::limits;
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

/// The effects of all permissions at the root without a record, and the instant at which they can turn.
pub(super) fn survey(policy: &Arc<Policy>, facts: &str, clock: f64) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let session = open(policy, facts, clock)?;
    let effects = session.effects(Request::default()).into_iter().map(|effect| effect as u8);
    let turns = session.turns_at().unwrap_or(f64::INFINITY);
    Ok(effects.chain(turns.to_le_bytes()).collect())
}

fn busy() -> Diagnostic {
    whole("busy", "the session is being read by the record that changes it".to_owned())
}

fn whole(code: &'static str, message: String) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, pointer: String::new(), message, help: None }
}

/// One subject's session with a policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct SessionHandle {
    session: Rc<RefCell<Session>>,
}

impl SessionHandle {
    pub(super) fn open(policy: &Arc<Policy>, facts: &str, clock: f64) -> Result<SessionHandle, Vec<Diagnostic>> {
        let session = open(policy, facts, clock)?;
        Ok(SessionHandle { session: Rc::new(RefCell::new(session)) })
    }

    /// The session itself, to be read by what follows it on the page.
    #[must_use]
    pub(crate) fn share(&self) -> Rc<RefCell<Session>> {
        Rc::clone(&self.session)
    }

    /// Asks with a request made of JavaScript values. A record whose attributes could not be read
    /// answers with what was thrown, in a list: so the host tells it from a failure of the module.
    fn ask<T>(
        &self,
        scope: Option<&str>,
        resource: &JsValue,
        action: &JsValue,
        question: impl FnOnce(&Session, Request<'_>) -> T,
    ) -> Result<T, JsValue> {
        let (resource, action) = (Record::given(resource), Record::given(action));
        let request = Request {
            scope,
            resource: resource.as_ref().map(Record::attributes),
            action: action.as_ref().map(Record::attributes),
        };
        let answer = question(&self.session.borrow(), request);
        match resource.and_then(Record::fault).or_else(|| action.and_then(Record::fault)) {
            None => Ok(answer),
            Some(fault) => Err(Array::of1(&fault).into()),
        }
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

    /// Replaces all facts: `facts` and `clock` are those of [`PolicyHandle::open`](super::PolicyHandle::open).
    ///
    /// # Errors
    /// The diagnostics of malformed facts; the session is then as it was.
    pub fn update(&self, facts: &str, clock: f64) -> Result<(), JsValue> {
        let policy = Arc::clone(self.session.borrow().policy());
        let session = open(&policy, facts, clock).map_err(|list| thrown(&list))?;
        let mut place = self.session.try_borrow_mut().map_err(|_| thrown(&[busy()]))?;
        *place = session;
        Ok(())
    }

    /// Denies everything from now on, to whatever still follows the session on a page.
    pub fn close(&self) {
        if let Ok(mut session) = self.session.try_borrow_mut() {
            session.facts.subject.is_active = false;
        }
    }

    /// The earliest later bound or literal in milliseconds; infinite where none is ahead.
    #[must_use]
    pub fn valid_until(&self) -> f64 {
        self.session.borrow().valid_until().unwrap_or(f64::INFINITY)
    }

    /// The earliest later instant at which an answer can turn, in milliseconds; infinite where none is.
    #[must_use]
    pub fn turns_at(&self) -> f64 {
        self.session.borrow().turns_at().unwrap_or(f64::INFINITY)
    }

    /// What of the facts is inert or passed over, as a list of diagnostics.
    #[must_use]
    pub fn warnings(&self) -> JsValue {
        encode(&self.session.borrow().warnings())
    }

    /// The effects of all permissions in their order, a byte each: 0 deny, 1 allow, 2 conditional.
    ///
    /// # Errors
    /// What reading a record threw.
    pub fn effects(&self, scope: Option<String>, resource: &JsValue, action: &JsValue) -> Result<Vec<u8>, JsValue> {
        self.ask(scope.as_deref(), resource, action, |session, request| {
            session.effects(request).into_iter().map(|effect| effect as u8).collect()
        })
    }

    /// The effect of the permission of that number: 0 deny, 1 allow, 2 conditional.
    ///
    /// # Errors
    /// What reading a record threw.
    pub fn effect(
        &self,
        permission: u32,
        scope: Option<String>,
        resource: &JsValue,
        action: &JsValue,
    ) -> Result<u8, JsValue> {
        self.ask(scope.as_deref(), resource, action, |session, request| session.effect(permission, request) as u8)
    }

    /// Puts the decision for a permission by name into a list.
    ///
    /// # Errors
    /// What reading a record threw.
    pub fn decide(
        &self,
        permission: &str,
        scope: Option<String>,
        resource: &JsValue,
        action: &JsValue,
        into: &Array,
    ) -> Result<(), JsValue> {
        let decision =
            self.ask(scope.as_deref(), resource, action, |session, request| session.decide(permission, request))?;
        into.push(&encode(&decision));
        Ok(())
    }

    /// The state of a section by name: 0 hidden, 1 enabled, 2 disabled, 3 locked.
    ///
    /// # Errors
    /// What reading a record threw.
    pub fn section(
        &self,
        name: &str,
        scope: Option<String>,
        resource: &JsValue,
        action: &JsValue,
    ) -> Result<u8, JsValue> {
        self.ask(scope.as_deref(), resource, action, |session, request| session.section(name, request) as u8)
    }

    /// The states of all sections in their order, a byte each as in `section`.
    ///
    /// # Errors
    /// What reading a record threw.
    pub fn sections(&self, scope: Option<String>, resource: &JsValue, action: &JsValue) -> Result<Vec<u8>, JsValue> {
        self.ask(scope.as_deref(), resource, action, |session, request| {
            session.sections(request).into_iter().map(|state| state as u8).collect()
        })
    }
}
