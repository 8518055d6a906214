//! Section 8: the constraints, which look at the state after the change.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::change::{Change, Kind, Part};
use crate::facts::suspended;
use crate::json::{items, strings};
use crate::roles::{assignments, chain, gives, is_inert_role, lineage, role_of};
use crate::scopes::{Scope, kind, reference, scope_of};

/// The id of the first broken one, in the policy's order.
pub(crate) fn first_broken(change: &Change) -> Option<String> {
    items(change.policy.get("constraints"))
        .iter()
        .find(|constraint| is_broken(change, constraint))
        .and_then(|constraint| constraint.get("id")?.as_str().map(str::to_owned))
}

fn is_broken(change: &Change, constraint: &Value) -> bool {
    if constraint.get("exclusive").is_some() {
        exclusive_is_broken(change, constraint)
    } else if let Some(most) = constraint.get("perSubject") {
        per_subject_is_broken(change, constraint, most)
    } else if let Some(least) = constraint.get("minimum") {
        minimum_is_broken(change, constraint, least)
    } else if let Some(most) = constraint.get("maximum") {
        maximum_is_broken(change, constraint, most)
    } else {
        false
    }
}

/// The part of the change that is an assign.
fn assigned<'a>(change: &'a Change) -> Option<&'a Part> {
    change.parts.iter().find(|part| part.kind == Kind::Assign)
}

/// More than `limit` of the exclusive roles, and more than before.
fn exclusive_is_broken(change: &Change, constraint: &Value) -> bool {
    let listed = strings(constraint.get("exclusive"));
    let limit = constraint.get("limit").and_then(Value::as_u64).unwrap_or(1) as usize;
    let Some(part) = assigned(change) else { return false };
    let checked = lineage(change.policy, part.role()).iter().any(|role| listed.contains(role));
    let count = |target: &Value| -> usize {
        let mut has = BTreeSet::new();
        for assignment in assignments(target) {
            if is_related(change, &scope_of(assignment), &part.scope()) {
                has.extend(counts_as(change, role_of(assignment), &listed));
            }
        }
        has.len()
    };
    let (before, after) = (count(change.target), count(&change.target_after()));
    checked && after > limit && after > before
}

/// An assignment of a listed role counts as that role alone; one of a role not listed as the listed ones that it
/// inherits.
fn counts_as(change: &Change, role: &str, listed: &[String]) -> Vec<String> {
    if listed.iter().any(|other| other == role) {
        return vec![role.to_owned()];
    }
    lineage(change.policy, role).into_iter().filter(|inherited| listed.contains(inherited)).collect()
}

/// At that scope, above it or below it; a scope whose chain is unknown is above and below nothing.
fn is_related(change: &Change, one: &Scope, other: &Scope) -> bool {
    let state = change.state_of(change.target);
    match (chain(&state, one.as_deref()), chain(&state, other.as_deref())) {
        (Some(above_one), Some(above_other)) => above_one.contains(other) || above_other.contains(one),
        _ => false,
    }
}

/// The roles of a constraint, and the type of the scopes that it is about.
fn roles_and_type(constraint: &Value) -> (Vec<String>, &str) {
    (strings(constraint.get("roles")), constraint.get("scope").and_then(Value::as_str).unwrap_or("root"))
}

/// The scopes of the constraint's type at which the change assigns one of its roles, or with `revokes` revokes one.
fn concerned(change: &Change, constraint: &Value, revokes: bool) -> Vec<Scope> {
    let (roles, scope_type) = roles_and_type(constraint);
    change
        .parts
        .iter()
        .filter(|part| part.kind == Kind::Assign || revokes && part.kind == Kind::Revoke)
        .filter(|part| roles.iter().any(|role| role == part.role()))
        .map(Part::scope)
        .filter(|scope| kind(change.policy, scope.as_deref()) == Some(scope_type))
        .collect()
}

/// At more scopes of that type than the number, and at more than before.
fn per_subject_is_broken(change: &Change, constraint: &Value, most: &Value) -> bool {
    let (roles, scope_type) = roles_and_type(constraint);
    let count = |target: &Value| -> f64 {
        let scopes: BTreeSet<Scope> = assignments(target)
            .iter()
            .filter(|assignment| roles.iter().any(|role| role == role_of(assignment)))
            .map(scope_of)
            .filter(|scope| match scope {
                None => scope_type == "root",
                Some(text) => reference(text).is_some_and(|(kind, _)| kind == scope_type),
            })
            .collect();
        scopes.len() as f64
    };
    let (before, after) = (count(change.target), count(&change.target_after()));
    !concerned(change, constraint, false).is_empty() && after > most.as_f64().unwrap_or(0.0) && after > before
}

/// Fewer subjects than the minimum, and fewer than before, at a scope that the change concerns.
fn minimum_is_broken(change: &Change, constraint: &Value, least: &Value) -> bool {
    let (roles, _) = roles_and_type(constraint);
    let counts = |subject: &Value, scope: &Scope| {
        let state = change.state_of(subject);
        !suspended(subject)
            && assignments(subject).iter().any(|assignment| {
                gives(&state, assignment)
                    && !is_inert_role(&state, role_of(assignment))
                    && assignment.get("until").is_none()
                    && scope_of(assignment) == *scope
                    && roles.iter().any(|role| role == role_of(assignment))
            })
    };
    let least = least.as_f64().unwrap_or(0.0);
    concerned(change, constraint, true).iter().any(|scope| {
        let count = |target: &Value| -> Option<f64> {
            let all = change.directory_with(target)?;
            Some(all.iter().filter(|subject| counts(subject, scope)).count() as f64)
        };
        match (count(change.target), count(&change.target_after())) {
            (Some(before), Some(after)) => after < least && after < before,
            _ => true,
        }
    })
}

/// More subjects than the maximum, and more than before, at a scope that the change concerns.
fn maximum_is_broken(change: &Change, constraint: &Value, most: &Value) -> bool {
    let (roles, _) = roles_and_type(constraint);
    let most = match most {
        Value::String(limit) => limit_of_plan(change, limit),
        number => number.as_f64().unwrap_or(0.0),
    };
    concerned(change, constraint, false).iter().any(|scope| {
        let counts = |subject: &&Value| {
            assignments(subject).iter().any(|assignment| {
                scope_of(assignment) == *scope && roles.iter().any(|role| role == role_of(assignment))
            })
        };
        let count = |target: &Value| -> Option<f64> {
            let all = change.directory_with(target)?;
            Some(all.iter().filter(counts).count() as f64)
        };
        match (count(change.target), count(&change.target_after())) {
            (Some(before), Some(after)) => after > most && after > before,
            _ => true,
        }
    })
}

/// A limit of the plan; no plan or no such limit: 0.
fn limit_of_plan(change: &Change, limit: &str) -> f64 {
    let plan = change.context.get("plan").and_then(Value::as_str);
    plan.and_then(|plan| change.policy.get("plans")?.get(plan)?.get("limits")?.get(limit)?.as_f64()).unwrap_or(0.0)
}
