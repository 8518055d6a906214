//! What goes into an answer: the facts, the request, and the two hypotheses of section 6.

use serde_json::Value;

use crate::time::millis;

/// What a session is opened with.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// A valid policy document.
    pub policy: &'a Value,
    /// The subject.
    pub subject: &'a Value,
    /// The context.
    pub context: &'a Value,
    /// The roles to activate ("view as"); without the list, all.
    pub roles: Option<&'a [String]>,
    /// The clock, in milliseconds, for a context without `now`.
    pub now: f64,
}

/// What is asked about, beside the permission.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// A scope reference; without one, the root.
    pub scope: Option<String>,
    /// The resource's attributes; without them, every resource there could be.
    pub resource: Option<Value>,
    /// The action's attributes.
    pub action: Option<Value>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// `allow`, `conditional` or `deny`.
    pub effect: &'static str,
    /// One of the nine reasons.
    pub reason: &'static str,
    /// The earliest later instant at which the answer may turn.
    pub until: Option<f64>,
}

/// The facts, as they are or as a hypothesis of section 6 has them.
#[derive(Clone, Copy)]
pub(crate) struct State<'a> {
    pub(crate) facts: Facts<'a>,
    pub(crate) every_entitlement: bool,
    pub(crate) every_assignment: bool,
}

impl<'a> State<'a> {
    pub(crate) fn actual(facts: Facts<'a>) -> Self {
        State { facts, every_entitlement: false, every_assignment: false }
    }

    pub(crate) fn were_every_entitlement_active(self) -> Self {
        State { every_entitlement: true, ..self }
    }

    pub(crate) fn were_every_assignment_active(self) -> Self {
        State { every_assignment: true, ..self }
    }
}

/// Section 4: `now` of the context, by default the clock.
pub(crate) fn instant(facts: &Facts) -> f64 {
    facts.context.get("now").and_then(millis).unwrap_or(facts.now)
}

/// Section 3: any status of a subject but `active`, the default, is suspended.
pub(crate) fn suspended(subject: &Value) -> bool {
    subject.get("status").is_some_and(|status| status != "active")
}
