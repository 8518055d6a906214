//! Sections 2 and 3: inheritance, inert roles, assignments, derived roles, and what a subject holds.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::conditions::{Truth, Variables, outcomes_of_when};
use crate::facts::{Facts, State, instant};
use crate::json::{items, only_keys, strings};
use crate::permissions::own_grants;
use crate::scopes::{Scope, ancestors, kind, scope_of};
use crate::time::millis;

/// The declaration of a role; names are own keys only.
pub(crate) fn role<'a>(policy: &'a Value, name: &str) -> Option<&'a Value> {
    policy.get("roles")?.get(name)
}

/// Section 4: active entitlements are `context.entitlements` together with those of `context.plan`.
pub(crate) fn is_active_entitlement(state: &State, name: &str) -> bool {
    let Facts { policy, context, .. } = state.facts;
    let plan = context.get("plan").and_then(Value::as_str);
    let of_plan = plan.and_then(|plan| policy.get("plans")?.get(plan)?.get("entitlements"));
    state.every_entitlement
        || strings(context.get("entitlements")).iter().any(|active| active == name)
        || strings(of_plan).iter().any(|active| active == name)
}

/// Section 2: a role is inert while the entitlement that it requires is not active.
pub(crate) fn is_inert_role(state: &State, name: &str) -> bool {
    let requires = role(state.facts.policy, name).and_then(|role| role.get("requires")?.as_str());
    requires.is_some_and(|entitlement| !is_active_entitlement(state, entitlement))
}

/// Section 2: the role and all that it inherits, transitively, inert ones too.
pub(crate) fn lineage(policy: &Value, name: &str) -> BTreeSet<String> {
    let Some(declaration) = role(policy, name) else { return BTreeSet::new() };
    let mut all = BTreeSet::from([name.to_owned()]);
    for parent in strings(declaration.get("inherits")) {
        all.extend(lineage(policy, &parent));
    }
    all
}

/// The role and all that it inherits through roles that are not inert: what one who has it holds, and where the
/// allow grants come from that count through it.
pub(crate) fn live_lineage(state: &State, name: &str) -> BTreeSet<String> {
    let Some(declaration) = role(state.facts.policy, name) else { return BTreeSet::new() };
    if is_inert_role(state, name) {
        return BTreeSet::new();
    }
    let mut all = BTreeSet::from([name.to_owned()]);
    for parent in strings(declaration.get("inherits")) {
        all.extend(live_lineage(state, &parent));
    }
    all
}

/// Section 2: the allow grants that count through a role.
pub(crate) fn allow_grants<'a>(state: &State<'a>, name: &str) -> Vec<&'a Value> {
    live_lineage(state, name).iter().flat_map(|role| own_grants(state.facts.policy, role, "allow")).collect()
}

/// Section 2: the deny grants that a role carries or inherits; they are never inert.
pub(crate) fn deny_grants<'a>(policy: &'a Value, name: &str) -> Vec<&'a Value> {
    lineage(policy, name).iter().flat_map(|role| own_grants(policy, role, "deny")).collect()
}

/// Section 2: whether a role may be assigned there at all: it is declared, not abstract, and the type of the scope
/// is one of its `scopes`.
pub(crate) fn is_assignable(policy: &Value, name: &str, scope: Option<&str>) -> bool {
    kind(policy, scope).is_some_and(|kind| is_assignable_type(policy, name, kind))
}

/// The same of a type, `root` being that of the root.
pub(crate) fn is_assignable_type(policy: &Value, name: &str, kind: &str) -> bool {
    let Some(declaration) = role(policy, name) else { return false };
    let allowed_at = match declaration.get("scopes") {
        Some(scopes) => strings(Some(scopes)),
        None => vec!["root".to_owned()],
    };
    declaration.get("abstract") != Some(&Value::Bool(true)) && allowed_at.iter().any(|at| at == kind)
}

/// The role that an assignment names.
pub(crate) fn role_of(assignment: &Value) -> &str {
    assignment.get("role").and_then(Value::as_str).unwrap_or_default()
}

/// The status as written, by default `active`.
pub(crate) fn status_of(fact: &Value) -> &str {
    fact.get("status").map_or("active", |status| status.as_str().unwrap_or_default())
}

/// The statuses that the model knows.
pub(crate) const STATUSES: [&str; 3] = ["active", "invited", "suspended"];

/// Introduction: an unknown key or status, which makes the fact inert.
pub(crate) fn has_unknowns(fact: &Value, keys: &[&str]) -> bool {
    !only_keys(fact, keys) || !STATUSES.contains(&status_of(fact))
}

/// Section 3: from ≤ t < until, each bound optional.
fn is_within_bounds(state: &State, fact: &Value) -> bool {
    let now = instant(&state.facts);
    let after = fact.get("from").is_none_or(|from| millis(from).is_some_and(|from| from <= now));
    let before = fact.get("until").is_none_or(|until| millis(until).is_some_and(|until| now < until));
    after && before
}

/// Section 3: active at t: the status is `active` and t is within the bounds.
pub(crate) fn is_active(state: &State, fact: &Value) -> bool {
    state.every_assignment || status_of(fact) == "active" && is_within_bounds(state, fact)
}

/// The keys of an assignment.
const ASSIGNMENT_KEYS: [&str; 6] = ["role", "scope", "status", "from", "until", "meta"];

/// An active, not inert assignment: the one that gives, and with which a subject holds.
pub(crate) fn gives(state: &State, assignment: &Value) -> bool {
    is_assignable(state.facts.policy, role_of(assignment), scope_of(assignment).as_deref())
        && !has_unknowns(assignment, &ASSIGNMENT_KEYS)
        && is_active(state, assignment)
}

/// An assignment whose deny grants count. Introduction: unknown keys or an unknown status do not spare the subject
/// them; `invited` and `suspended` do.
pub(crate) fn denies(state: &State, assignment: &Value) -> bool {
    let in_force = !["invited", "suspended"].contains(&status_of(assignment));
    is_assignable(state.facts.policy, role_of(assignment), scope_of(assignment).as_deref())
        && (state.every_assignment || in_force && is_within_bounds(state, assignment))
}

/// The assignments of a subject, as written.
pub(crate) fn assignments(subject: &Value) -> &[Value] {
    items(subject.get("assignments"))
}

/// The chain of a scope in the state's context.
pub(crate) fn chain(state: &State, scope: Option<&str>) -> Option<Vec<Scope>> {
    ancestors(state.facts.policy, state.facts.context, scope)
}

/// An entry of `derivedRoles` that activates its role at u.
pub(crate) struct Derived<'a> {
    pub(crate) role: &'a str,
    pub(crate) at: Scope,
    pub(crate) when: Option<&'a Value>,
}

/// Section 2, *Derived roles*: what is activated for a request whose chain this is. Only assignments count for
/// `holds` and `holdsBelow`, and all of them, whatever roles the session activates.
pub(crate) fn derived_roles<'a>(state: &State<'a>, of_request: &[Scope]) -> Vec<Derived<'a>> {
    let policy = state.facts.policy;
    let mut found = Vec::new();
    for entry in items(policy.get("derivedRoles")) {
        let at_type = entry.get("scope").and_then(Value::as_str).unwrap_or("root");
        for at in of_request {
            let right_type = kind(policy, at.as_deref()) == Some(at_type);
            if right_type && holds_asked(state, entry, at) && holds_below_asked(state, entry, at) {
                found.push(Derived { role: role_of(entry), at: at.clone(), when: entry.get("when") });
            }
        }
    }
    found
}

/// `holds`: at a scope of `ancestors*(u)`; a list: one of them; `{"all": [...]}`: one for each.
fn holds_asked(state: &State, entry: &Value, at: &Scope) -> bool {
    let Some(asked) = entry.get("holds") else { return true };
    let above = chain(state, at.as_deref()).unwrap_or_default();
    let has = |name: &String| {
        assignments(state.facts.subject).iter().any(|assignment| {
            gives(state, assignment)
                && above.contains(&scope_of(assignment))
                && live_lineage(state, role_of(assignment)).contains(name)
        })
    };
    one_or_all(asked, has)
}

/// `holdsBelow`: at a scope with a known chain of which u is a proper ancestor.
fn holds_below_asked(state: &State, entry: &Value, at: &Scope) -> bool {
    let Some(asked) = entry.get("holdsBelow") else { return true };
    let has = |name: &String| {
        assignments(state.facts.subject).iter().any(|assignment| {
            let scope = scope_of(assignment);
            let above = chain(state, scope.as_deref()).unwrap_or_default();
            gives(state, assignment)
                && above.iter().skip(1).any(|ancestor| ancestor == at)
                && live_lineage(state, role_of(assignment)).contains(name)
        })
    };
    one_or_all(asked, has)
}

/// A list asks for one of its roles, `{"all": [...]}` for each.
pub(crate) fn one_or_all(asked: &Value, has: impl Fn(&String) -> bool) -> bool {
    match asked.get("all") {
        Some(_) => listed(asked).iter().all(has),
        None => listed(asked).iter().any(has),
    }
}

/// The roles that are named by a list or by `{"all": [...]}`.
pub(crate) fn listed(asked: &Value) -> Vec<String> {
    strings(Some(asked.get("all").unwrap_or(asked)))
}

/// Section 8, *Holds* at a scope: an active, not inert assignment or a derived role whose `when` is exactly {true}
/// without a resource, at an applicable scope, of that role or of one that inherits it through roles that are not
/// inert.
pub(crate) fn held(state: &State, scope: Option<&str>) -> BTreeSet<String> {
    let applicable = chain(state, scope).unwrap_or_default();
    let mut all = BTreeSet::new();
    for assignment in assignments(state.facts.subject) {
        if gives(state, assignment) && applicable.contains(&scope_of(assignment)) {
            all.extend(live_lineage(state, role_of(assignment)));
        }
    }
    for derived in derived_roles(state, &applicable) {
        let variables = Variables {
            policy: state.facts.policy,
            subject: state.facts.subject,
            context: state.facts.context,
            now: instant(&state.facts),
            scope: derived.at.as_deref(),
            resource: None,
            action: None,
            role: Some(derived.role),
        };
        if outcomes_of_when(derived.when, &variables).into_iter().eq([Truth::True]) {
            all.extend(live_lineage(state, derived.role));
        }
    }
    all
}
