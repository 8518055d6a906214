//! Sections 1 and 2: the declared permissions, patterns, and what a grant covers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::{items, members, strings};
use crate::scopes::is_segment;

/// A pair of resource path and action.
pub(crate) type Pair = (String, String);
pub(crate) type Pairs = BTreeSet<Pair>;

/// Section 2, *Permissions*: `P`, in the order of declaration.
pub(crate) fn declared(policy: &Value) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for (resource, declaration) in members(policy.get("resources")) {
        for action in strings(declaration.get("actions")) {
            let pair = (resource.to_owned(), action);
            if !all.contains(&pair) {
                all.push(pair);
            }
        }
    }
    all
}

/// Section 1: a permission is written `resource:action`.
pub(crate) fn written(pair: &Pair) -> String {
    format!("{}:{}", pair.0, pair.1)
}

/// Every declared permission, resource by resource and action by action, as declared.
pub fn permissions(policy: &Value) -> Vec<String> {
    declared(policy).iter().map(written).collect()
}

/// The pair of `P` that is written so.
pub(crate) fn find(policy: &Value, permission: &str) -> Option<Pair> {
    declared(policy).into_iter().find(|pair| written(pair) == permission)
}

/// Section 2: `implies`, closed transitively: the actions that `action` implies.
fn implied(policy: &Value, action: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![action.to_owned()];
    while let Some(next) = waiting.pop() {
        for other in strings(policy.get("implies").and_then(|implies| implies.get(&next))) {
            if found.insert(other.clone()) {
                waiting.push(other);
            }
        }
    }
    found
}

/// Section 2: adds (r, c) ∈ P for every (r, b) ∈ S with b implies c.
pub(crate) fn up(policy: &Value, set: &Pairs) -> Pairs {
    closed(policy, set, |inside, outside| implied(policy, inside).contains(outside))
}

/// Section 2: adds (r, c) ∈ P for every (r, b) ∈ S with c implies b.
pub(crate) fn down(policy: &Value, set: &Pairs) -> Pairs {
    closed(policy, set, |inside, outside| implied(policy, outside).contains(inside))
}

fn closed(policy: &Value, set: &Pairs, related: impl Fn(&str, &str) -> bool) -> Pairs {
    let added = declared(policy)
        .into_iter()
        .filter(|(resource, outside)| set.iter().any(|(here, inside)| here == resource && related(inside, outside)));
    set.iter().cloned().chain(added).collect()
}

/// Section 1, *pattern*: the pairs of `P` that it names. What is not written as a pattern names nothing.
pub(crate) fn expand(policy: &Value, pattern: &str) -> Pairs {
    let Some((resources, actions)) = pattern.split_once(':') else {
        return Pairs::new();
    };
    let actions: Vec<&str> = actions.split(',').collect();
    let any_action = actions == ["*"];
    if !any_action && !actions.iter().all(|action| is_segment(action)) {
        return Pairs::new();
    }
    declared(policy)
        .into_iter()
        .filter(|(resource, action)| {
            names_resource(resources, resource) && (any_action || actions.contains(&action.as_str()))
        })
        .collect()
}

fn names_resource(resources: &str, resource: &str) -> bool {
    if resources == "*" {
        return true;
    }
    match resources.strip_suffix(".**") {
        Some(top) => resource == top || resource.starts_with(&format!("{top}.")),
        None => resource == resources,
    }
}

/// The pairs that a list of patterns names together.
pub(crate) fn expand_all(policy: &Value, patterns: &[String]) -> Pairs {
    patterns.iter().flat_map(|pattern| expand(policy, pattern)).collect()
}

/// Section 2: a grant written as a string is `{ "permissions": [that string] }`.
pub(crate) fn patterns(grant: &Value) -> Vec<String> {
    match grant {
        Value::String(pattern) => vec![pattern.clone()],
        _ => strings(grant.get("permissions")),
    }
}

/// Section 2: an allow grant covers `up(permissions) \ down(except)`.
pub(crate) fn allow_covers(policy: &Value, grant: &Value) -> Pairs {
    let given = up(policy, &expand_all(policy, &patterns(grant)));
    let taken = down(policy, &expand_all(policy, &strings(grant.get("except"))));
    given.difference(&taken).cloned().collect()
}

/// Section 2: a deny grant covers `down(permissions) \ up(except)`.
pub(crate) fn deny_covers(policy: &Value, grant: &Value) -> Pairs {
    let taken = down(policy, &expand_all(policy, &patterns(grant)));
    let spared = up(policy, &expand_all(policy, &strings(grant.get("except"))));
    taken.difference(&spared).cloned().collect()
}

/// Section 2: a permission is gated by `requires` of its resource and of each of the resource's ancestors.
pub(crate) fn gates(policy: &Value, pair: &Pair) -> Vec<String> {
    members(policy.get("resources"))
        .into_iter()
        .filter(|(path, _)| pair.0 == *path || pair.0.starts_with(&format!("{path}.")))
        .filter_map(|(_, declaration)| declaration.get("requires")?.as_str().map(str::to_owned))
        .collect()
}

/// Whether some pattern of the grant, in `permissions` or `except`, matches no declared permission.
pub(crate) fn matches_nothing(policy: &Value, grant: &Value) -> bool {
    [patterns(grant), strings(grant.get("except"))].concat().iter().any(|pattern| expand(policy, pattern).is_empty())
}

/// The allow or the deny grants that a role carries itself.
pub(crate) fn own_grants<'a>(policy: &'a Value, role: &str, kind: &str) -> &'a [Value] {
    items(policy.get("roles").and_then(|roles| roles.get(role)?.get(kind)))
}
