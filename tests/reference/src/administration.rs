//! Section 8: the decision on a change, reason by reason.

use serde_json::Value;

use crate::change::{Change, Kind, Part};
use crate::constraints::first_broken;
use crate::facts::suspended;
use crate::permissions::{matches_nothing, patterns};
use crate::roles::{chain, is_assignable, is_inert_role};
use crate::rules::some_rule_allows;

/// The decision on a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeAnswer {
    /// Whether the change may be made.
    pub allowed: bool,
    /// The first reason that holds.
    pub reason: String,
    /// The id of the constraint that the change would break.
    pub constraint: Option<String>,
}

/// Decides a change `{ actor, target, revoke?, assign?, ungrant?, grant?, context?, directory? }`, or says why it is an
/// error.
pub fn decide_change(policy: &Value, change: &Value, now: f64) -> Result<ChangeAnswer, String> {
    let change = Change::read(policy, change, now)?;
    let answer = |reason: &str, constraint: Option<String>| ChangeAnswer {
        allowed: reason == "granted",
        reason: reason.to_owned(),
        constraint,
    };
    let some = |holds: fn(&Change, &Part) -> bool| change.parts.iter().any(|part| holds(&change, part));
    Ok(if suspended(change.actor) {
        answer("suspended", None)
    } else if some(is_at_unknown_scope) {
        answer("unknown-scope", None)
    } else if some(assigns_unavailable_role) {
        answer("role-unavailable", None)
    } else if some(grants_unknown_permission) {
        answer("unknown-permission", None)
    } else if some(takes_what_is_not_there) {
        answer("not-held", None)
    } else if !change.parts.iter().all(|part| some_rule_allows(&change, part)) {
        answer("not-administrator", None)
    } else if let Some(id) = first_broken(&change) {
        answer("constraint", Some(id))
    } else {
        answer("granted", None)
    })
}

/// The target as it is after a change, allowed or not; `None` where the change is an error.
pub fn target_after(policy: &Value, change: &Value) -> Option<Value> {
    Change::read(policy, change, 0.0).ok().map(|change| change.target_after())
}

fn is_at_unknown_scope(change: &Change, part: &Part) -> bool {
    chain(&change.state_of(change.actor), part.scope().as_deref()).is_none()
}

/// An assign of a role that is unknown, abstract, not assignable at that scope type, or whose `requires` is unmet.
fn assigns_unavailable_role(change: &Change, part: &Part) -> bool {
    part.kind == Kind::Assign
        && (!is_assignable(change.policy, part.role(), part.scope().as_deref())
            || is_inert_role(&change.state_of(change.actor), part.role()))
}

/// A grant with a pattern that matches nothing, or with none.
fn grants_unknown_permission(change: &Change, part: &Part) -> bool {
    part.kind == Kind::Grant && (patterns(&part.fact).is_empty() || matches_nothing(change.policy, &part.fact))
}

/// A revoke of what the target does not hold, whatever its status and time; an ungrant likewise.
fn takes_what_is_not_there(change: &Change, part: &Part) -> bool {
    part.op() == "revoke" && !change.target_has(part)
}
