//! Section 8: what a rule of `administration` allows.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::change::{Change, Kind, Part};
use crate::conditions::{Truth, Variables, outcomes_of_when};
use crate::decide::decide;
use crate::facts::{Request, instant};
use crate::grants::{allow_set, deny_set};
use crate::json::{items, strings};
use crate::permissions::{Pairs, allow_covers, expand_all, own_grants, patterns, up};
use crate::roles::{assignments, deny_grants, held, lineage, listed, one_or_all, role_of, status_of};
use crate::scopes::{kind, scope_of};
use crate::time::millis;

/// Each part is allowed by some rule.
pub(crate) fn some_rule_allows(change: &Change, part: &Part) -> bool {
    items(change.policy.get("administration")).iter().any(|rule| rule_allows(change, rule, part))
}

/// A rule allows an op iff all of these hold.
fn rule_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    is_for(change, rule, part)
        && has_op(rule, part)
        && by_allows(change, rule, part)
        && target_status_allows(change, rule, part)
        && target_lacks_allows(change, rule, part)
        && vacant_allows(change, rule, part)
        && replacement_allows(change, rule, part)
        && target_holds_allows(change, rule, part)
        && when_allows(change, rule, part)
        && no_escalation_allows(change, rule, part)
}

/// Whether a list or `"*"` contains the role; `"*"` contains also what is no longer declared, so that it can go.
fn contains(list: Option<&Value>, role: &str) -> bool {
    list.is_some_and(|list| list == "*") || strings(list).iter().any(|other| other == role)
}

/// Every permission that the grant covers. An ungrant takes direct grants of these permissions whatever they except.
fn covered(change: &Change, part: &Part) -> Pairs {
    match part.kind {
        Kind::Grant => allow_covers(change.policy, &part.fact),
        _ => up(change.policy, &expand_all(change.policy, &patterns(&part.fact))),
    }
}

/// `roles` or `permissions`, and `scope`.
fn is_for(change: &Change, rule: &Value, part: &Part) -> bool {
    let scope_type = rule.get("scope").and_then(Value::as_str).unwrap_or("root");
    let named = match (rule.get("permissions"), part.is_of_roles()) {
        (None, true) => contains(rule.get("roles"), part.role()),
        (Some(_), false) => {
            let named = expand_all(change.policy, &patterns(rule));
            covered(change, part).is_subset(&up(change.policy, &named))
        }
        _ => false,
    };
    named && kind(change.policy, part.scope().as_deref()) == Some(scope_type)
}

/// `ops` contains the op; for assign, `statuses` the resulting status.
fn has_op(rule: &Value, part: &Part) -> bool {
    let in_list = |key: &str, word: &str| match rule.get(key) {
        Some(list) => strings(Some(list)).iter().any(|other| other == word),
        None => true,
    };
    in_list("ops", part.op()) && (part.op() == "revoke" || in_list("statuses", status_of(&part.fact)))
}

fn by_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    let Some(by) = rule.get("by") else { return false };
    if by == "self" {
        return change.actor_is_target();
    }
    if !change.actor_is_another() && widens_own_rights(change, part) {
        return false;
    }
    let actor = change.state_of(change.actor);
    let scope = part.scope();
    match by.get("can") {
        Some(permissions) => {
            let request = Request { scope, resource: Some(as_resource(change.target)), action: None };
            strings(Some(permissions))
                .iter()
                .all(|permission| decide(&actor.facts, permission, &request).effect == "allow")
        }
        None => {
            let held = held(&actor, scope.as_deref());
            one_or_all(by, |role| held.contains(role))
        }
    }
}

/// What all but `self` never allow the actor on themself: an assign, a grant, or a revoke of a role that carries or
/// inherits a deny grant.
fn widens_own_rights(change: &Change, part: &Part) -> bool {
    match part.kind {
        Kind::Assign | Kind::Grant => true,
        Kind::Revoke => !deny_grants(change.policy, part.role()).is_empty(),
        Kind::Ungrant => false,
    }
}

/// The target's assignments of exactly the part's role at exactly its scope.
fn same_assignments<'a>(change: &Change<'a>, part: &Part) -> Vec<&'a Value> {
    assignments(change.target).iter().filter(|assignment| part.takes(assignment)).collect()
}

/// `targetStatus`: the target has such assignments and all have one of these statuses, and for an assign the new
/// bounds lie within those of one of them.
fn target_status_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    let Some(statuses) = rule.get("targetStatus") else { return true };
    let statuses = strings(Some(statuses));
    let present = same_assignments(change, part);
    let in_status = |assignment: &&Value| statuses.iter().any(|status| status == status_of(assignment));
    !present.is_empty()
        && present.iter().all(in_status)
        && (part.kind != Kind::Assign || present.iter().any(|assignment| lies_within(&part.fact, assignment)))
}

fn lies_within(inner: &Value, outer: &Value) -> bool {
    let bound = |fact: &Value, key: &str, open: f64| fact.get(key).and_then(millis).unwrap_or(open);
    bound(inner, "from", f64::NEG_INFINITY) >= bound(outer, "from", f64::NEG_INFINITY)
        && bound(inner, "until", f64::INFINITY) <= bound(outer, "until", f64::INFINITY)
}

/// Whether a subject has an assignment of one of the list exactly at the part's scope, whatever its status.
fn has_one_of(subject: &Value, list: &Value, part: &Part) -> bool {
    assignments(subject)
        .iter()
        .any(|assignment| contains(Some(list), role_of(assignment)) && scope_of(assignment) == part.scope())
}

/// `targetLacks`: the target has no assignment of any of them exactly at that scope.
fn target_lacks_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    rule.get("targetLacks").is_none_or(|list| !has_one_of(change.target, list, part))
}

/// `vacant`: nobody in the directory, nor the target, has an assignment of any of the rule's roles exactly at that
/// scope; false without a directory.
fn vacant_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    if rule.get("vacant") != Some(&Value::Bool(true)) {
        return true;
    }
    let (Some(directory), Some(roles)) = (change.directory, rule.get("roles")) else { return false };
    !directory.iter().chain([change.target]).any(|subject| has_one_of(subject, roles, part))
}

/// An assign where the target already has that role at that scope, without `targetStatus`, replaces what is there:
/// the change would also be allowed as a revoke of it, by this or another rule.
fn replacement_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    let replaces =
        part.kind == Kind::Assign && rule.get("targetStatus").is_none() && !same_assignments(change, part).is_empty();
    !replaces || some_rule_allows(change, &Part { kind: Kind::Revoke, fact: part.fact.clone() })
}

/// `targetHolds`: the target holds one of them at the change's scope.
fn target_holds_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    rule.get("targetHolds").is_none_or(|roles| {
        let held = held(&change.state_of(change.target), part.scope().as_deref());
        strings(Some(roles)).iter().any(|role| held.contains(role))
    })
}

/// `when` is certainly true, with `subject` standing for the actor, `resource` for the target, and `scope` for the
/// change's scope.
fn when_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    let resource = as_resource(change.target);
    let scope = part.scope();
    let variables = Variables {
        policy: change.policy,
        subject: change.actor,
        context: change.context,
        now: instant(&change.state_of(change.actor).facts),
        scope: scope.as_deref(),
        resource: Some(&resource),
        action: None,
        role: None,
    };
    outcomes_of_when(rule.get("when"), &variables).into_iter().eq([Truth::True])
}

/// The target as `resource`: its attributes and, as `resource.id`, its id.
fn as_resource(subject: &Value) -> Value {
    let mut attributes = match subject.get("attributes") {
        Some(Value::Object(attributes)) => attributes.clone(),
        _ => Map::new(),
    };
    if let Some(id) = subject.get("id") {
        attributes.insert("id".to_owned(), id.clone());
    }
    Value::Object(attributes)
}

/// `noEscalation`: an assign or a grant gives nothing that the actor has not.
fn no_escalation_allows(change: &Change, rule: &Value, part: &Part) -> bool {
    if rule.get("noEscalation") != Some(&Value::Bool(true)) || part.op() == "revoke" {
        return true;
    }
    let given: Pairs = match part.kind {
        Kind::Assign => lineage(change.policy, part.role())
            .iter()
            .flat_map(|role| own_grants(change.policy, role, "allow"))
            .flat_map(|grant| allow_covers(change.policy, grant))
            .collect(),
        _ => covered(change, part),
    };
    has_unconditionally(change, part, &given) && holds_the_named(change, part)
}

/// Each is, were every entitlement active, allowed to the actor at that scope by a grant without `when`, of a role not
/// derived by a `when`, and covered by no deny grant of the actor.
fn has_unconditionally(change: &Change, part: &Part, given: &Pairs) -> bool {
    let actor = change.state_of(change.actor).were_every_entitlement_active();
    let request = Request { scope: part.scope(), ..Request::default() };
    let (allow, deny) = (allow_set(&actor, &request), deny_set(&actor, &request));
    given.iter().all(|pair| {
        allow.iter().any(|grant| !grant.has_when && grant.covers.contains(pair))
            && !deny.iter().any(|grant| grant.covers.contains(pair))
    })
}

/// The actor holds there each role that the assigned one is or inherits and that some rule's `by` or `targetHolds` or
/// some `holds` or `holdsBelow` names.
fn holds_the_named(change: &Change, part: &Part) -> bool {
    let named_in = |list: &str, keys: [&str; 2]| -> Vec<String> {
        items(change.policy.get(list))
            .iter()
            .flat_map(|entry| keys.map(|key| entry.get(key).map(listed).unwrap_or_default()))
            .flatten()
            .collect()
    };
    let named: BTreeSet<String> = named_in("administration", ["by", "targetHolds"])
        .into_iter()
        .chain(named_in("derivedRoles", ["holds", "holdsBelow"]))
        .collect();
    let held = held(&change.state_of(change.actor), part.scope().as_deref());
    part.kind != Kind::Assign
        || lineage(change.policy, part.role()).intersection(&named).all(|role| held.contains(role))
}
