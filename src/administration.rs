//! Who may change whose roles and direct grants (section 8): the decision on a change.

mod change;
mod constraints;
mod rules;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::explain::Because;
use crate::pointer::Pointer;
use crate::policy::{Policy, at};
use crate::session::Hypothesis;
use crate::value::Value;
use change::{Change, Part};

/// Why a change is allowed or not; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeReason {
    /// The actor is not active.
    Suspended,
    /// The scope of some part, or one that it lies in, is not known.
    UnknownScope,
    /// The role to assign is unknown, abstract, not assignable there, or inert.
    RoleUnavailable,
    /// The direct grant has a pattern that matches nothing.
    UnknownPermission,
    /// The target does not have what is to be taken away.
    NotHeld,
    /// No rule allows some part.
    NotAdministrator,
    /// A constraint would be broken.
    Constraint,
    /// Every part is allowed, and the constraints hold afterwards.
    Granted,
}

impl ChangeReason {
    /// Its name in the model.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ChangeReason::Suspended => "suspended",
            ChangeReason::UnknownScope => "unknown-scope",
            ChangeReason::RoleUnavailable => "role-unavailable",
            ChangeReason::UnknownPermission => "unknown-permission",
            ChangeReason::NotHeld => "not-held",
            ChangeReason::NotAdministrator => "not-administrator",
            ChangeReason::Constraint => "constraint",
            ChangeReason::Granted => "granted",
        }
    }
}

/// The decision on a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeDecision {
    /// The first reason that holds; the change is allowed iff it is `granted`.
    pub reason: ChangeReason,
    /// The id of the constraint that the change would break.
    pub constraint: Option<String>,
    /// The rules that allow the parts, or what stands against the change: for a part that no rule allows
    /// the one that came closest and what it lacked.
    pub because: Vec<Because>,
}

/// Decides the change `{ actor, target, revoke?, assign?, ungrant?, grant?, context?, directory? }`. `clock`
/// is the present in milliseconds; a `now` in the context stands over it.
///
/// # Errors
/// What is malformed or unknown in the change, each with its JSON pointer there.
pub fn decide_change(policy: &Arc<Policy>, change: &Value, clock: f64) -> Result<ChangeDecision, Vec<Diagnostic>> {
    let change = Change::read(policy, change, clock)?;
    let mut decision = judge(&change);
    if decision.reason == ChangeReason::Granted
        && let Some((index, id)) = change.first_broken()
    {
        let constraints = Pointer::Root.key("constraints");
        let mut broken = against("", &constraints.index(index));
        (broken.via, broken.index) = ("constraint", Some(index));
        decision = ChangeDecision { reason: ChangeReason::Constraint, constraint: Some(id), because: vec![broken] };
    }
    Ok(decision)
}

/// The decision, constraints aside: of all parts' reasons the first in the order of the model.
#[inline(never)]
fn judge(change: &Change<'_>) -> ChangeDecision {
    let root = Pointer::Root;
    let mut decision = ChangeDecision { reason: ChangeReason::Granted, constraint: None, because: Vec::new() };
    if !change.actor.facts.subject.is_active {
        decision.reason = ChangeReason::Suspended;
        decision.because.push(against("", &root.key("actor").key("status")));
        return decision;
    }
    for part in &change.parts {
        let at = root.key(part.name);
        let is_unknown = change.chain(part.scope()).is_none();
        let (reason, because) = if is_unknown {
            (ChangeReason::UnknownScope, against(part.name, &at.key("scope")))
        } else if let Some(because) = unavailable(change, part) {
            (ChangeReason::RoleUnavailable, because)
        } else if part.gives && part.grant.as_ref().is_some_and(|grant| !grant.is_sound) {
            (ChangeReason::UnknownPermission, against(part.name, &at.key("permissions")))
        } else if !part.gives && !change.target_has(part) {
            (ChangeReason::NotHeld, against(part.name, &at))
        } else {
            let because = change.closest_rule(part);
            let is_allowed = because.lacks.is_empty() && because.index.is_some();
            (if is_allowed { ChangeReason::Granted } else { ChangeReason::NotAdministrator }, because)
        };
        if (reason as u8) < decision.reason as u8 {
            decision.reason = reason;
            decision.because.clear();
        }
        if reason == decision.reason {
            decision.because.push(because);
        }
    }
    decision
}

/// What makes the role of an assign unavailable; nothing for what may be assigned there.
#[inline(never)]
fn unavailable(change: &Change<'_>, part: &Part<'_>) -> Option<Because> {
    let assignment = part.assignment.as_ref().filter(|_| part.gives)?;
    let policy = &change.actor.policy;
    let Some(role) = assignment.role.and_then(|id| at(&policy.roles, id)) else {
        return Some(against(part.name, &Pointer::Root.key(part.name).key("role")));
    };
    let is_assignable = !role.is_abstract && policy.may_be_assigned(role, part.scope());
    if is_assignable && change.actor.is_entitled(role.requires, Hypothesis::default()) {
        return None;
    }
    let (root, requires) = (Pointer::Root, role.requires.filter(|_| is_assignable));
    let key = if role.is_abstract {
        "abstract"
    } else if requires.is_some() {
        "requires"
    } else {
        "scopes"
    };
    let roles = root.key("roles");
    let mut because = against(part.name, &roles.key(&role.name).key(key));
    because.via = "role";
    because.entitlement = requires.and_then(|id| at(&policy.entitlements, id)).map(|name| String::from(&**name));
    Some(because)
}

#[inline(never)]
fn against(part: &'static str, at: &Pointer<'_>) -> Because {
    Because { effect: "deny", part, pointer: at.written(), ..Because::default() }
}
