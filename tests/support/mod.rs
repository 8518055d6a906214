//! What the suites share: documents written as `serde_json` values, handed to the engine as text.
#![allow(dead_code)]

pub(crate) mod cases;
pub(crate) mod edit;
pub(crate) mod example;
pub(crate) mod tally;

use std::sync::Arc;

use grantlet::compile::compile;
use grantlet::decide::{Decision, Effect};
use grantlet::diagnostic::Diagnostic;
use grantlet::document;
use grantlet::facts::{Attributes, Request};
use grantlet::policy::Policy;
use grantlet::session::Session;
use grantlet::value::Value;
use serde_json::Value as Json;

/// The engine's own value of a JSON value.
pub(crate) fn value(json: &Json) -> Value<'static> {
    Value::from_json(&json.to_string()).unwrap().to_owned()
}

/// A compiled policy; panics with its diagnostics where it is refused.
pub(crate) fn policy(json: &Json) -> Arc<Policy> {
    match document::read(&json.to_string()) {
        Ok((document, _)) => Arc::new(compile(document)),
        Err(list) => panic!("{list:#?}\n{json:#}"),
    }
}

/// A session with a clock at `now`, or what is malformed in the facts.
pub(crate) fn try_open(
    policy: &Arc<Policy>,
    subject: &Json,
    context: &Json,
    roles: Option<&Json>,
    now: f64,
) -> Result<Session, Vec<Diagnostic>> {
    Session::open(Arc::clone(policy), value(subject), value(context), roles.map(value), now)
}

/// A session that activates every role.
pub(crate) fn open(policy: &Arc<Policy>, subject: &Json, context: &Json, now: f64) -> Session {
    try_open(policy, subject, context, None, now).unwrap()
}

/// The name of an effect in the model.
pub(crate) fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Deny => "deny",
        Effect::Allow => "allow",
        Effect::Conditional => "conditional",
    }
}

/// A request that owns what it asks with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) scope: Option<String>,
    pub(crate) resource: Option<Value<'static>>,
    pub(crate) action: Option<Value<'static>>,
}

impl Asked {
    /// The request of a JSON object with the keys `scope`, `resource` and `action`.
    pub(crate) fn from_json(request: &Json) -> Asked {
        Asked {
            scope: request.get("scope").map(|scope| scope.as_str().unwrap().to_owned()),
            resource: request.get("resource").map(value),
            action: request.get("action").map(value),
        }
    }

    /// The request as the engine takes it.
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            scope: self.scope.as_deref(),
            resource: self.resource.as_ref().map(|resource| resource as &dyn Attributes),
            action: self.action.as_ref().map(|action| action as &dyn Attributes),
        }
    }
}

/// The decision on a permission; every other way of asking gives the same effect.
pub(crate) fn decide(session: &Session, permission: &str, asked: &Asked) -> Decision {
    let decision = session.decide(permission, asked.request());
    if let Some(id) = session.policy().permission(permission) {
        assert_eq!(session.effect(id, asked.request()), decision.effect, "{permission} by its number");
        let effects = session.effects(asked.request());
        assert_eq!(effects.get(usize::try_from(id).unwrap()), Some(&decision.effect), "{permission} among all");
    }
    decision
}

/// The names of the permissions whose effect is allow, in the policy's order.
pub(crate) fn allowed(session: &Session, asked: &Asked) -> Vec<String> {
    let effects = session.effects(asked.request());
    session
        .policy()
        .permission_names()
        .zip(effects)
        .filter(|(_, effect)| *effect == Effect::Allow)
        .map(|(name, _)| name)
        .collect()
}
