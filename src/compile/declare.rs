//! What a policy declares: its names with their numbers, and its permissions. This much can be read
//! from a policy with errors too, whose checks need the names, and whatever is not as it should be is
//! left out.

use super::{number, numbers};
use crate::document::read::{self, members, strings};
use crate::index::Index;
use crate::policy::{Permission, Plan, Policy, Resource, ScopeType, at, count, slot};
use crate::value::{Member, Value};

/// Reads what a policy declares.
pub(crate) fn declare(root: &Value<'_>) -> Policy {
    let mut policy = Policy::default();
    let names = &mut policy.names;
    for name in strings(root.get("entitlements")) {
        if names.entitlements.insert(name) == count(&policy.entitlements) {
            policy.entitlements.push(name.into());
        }
    }
    let scopes = insert(root, "scopes", &mut names.scope_types);
    let resources = insert(root, "resources", &mut names.resources);
    insert(root, "roles", &mut names.roles);
    for (name, plan) in members(root.get("plans")) {
        let mut limits = Vec::new();
        for (limit, most) in members(plan.get("limits")) {
            let limit = names.limits.insert(limit);
            if let Some(most) = read::count(Some(most)) {
                limits.push((limit, most));
            }
        }
        let entitlements = numbers(&names.entitlements, plan.get("entitlements"));
        policy.plans.push(Plan { name: (&**name).into(), entitlements, limits });
    }
    for (name, scope) in scopes {
        policy
            .scope_types
            .push(ScopeType { name: (&**name).into(), inside: number(&names.scope_types, scope.get("in")) });
    }
    permissions(&mut policy, resources);
    policy
}

/// Gives the names of a section's members their numbers.
#[inline(never)]
fn insert<'v>(root: &'v Value<'v>, section: &str, names: &mut Index) -> &'v [Member<'v>] {
    let members = members(root.get(section));
    for (name, _) in members {
        names.insert(name);
    }
    members
}

fn permissions(policy: &mut Policy, resources: &[Member<'_>]) {
    // For each action, the last resource that has it: an action that stands twice in a list counts once.
    let mut owners: Vec<u32> = Vec::new();
    for (place, (path, resource)) in (0..).zip(resources) {
        let first = count(&policy.permissions);
        for action in strings(resource.get("actions")) {
            let action = policy.names.actions.insert(action);
            if action == count(&owners) {
                owners.push(place);
            } else if let Some(owner) = slot(&mut owners, action).filter(|owner| **owner != place) {
                *owner = place;
            } else {
                continue;
            }
            policy.permissions.push(Permission { resource: place, action });
        }
        policy.resources.push(Resource {
            path: (&**path).into(),
            parent: parent(path).and_then(|parent| policy.names.resources.get(parent)),
            children: Vec::new(),
            first,
            count: count(&policy.permissions).saturating_sub(first),
            requires: number(&policy.names.entitlements, resource.get("requires")),
        });
    }
    for place in 0..count(&policy.resources) {
        let parent = at(&policy.resources, place).and_then(|resource| resource.parent);
        if let Some(parent) = parent.and_then(|parent| slot(&mut policy.resources, parent)) {
            parent.children.push(place);
        }
    }
}

/// The path without its last name.
fn parent(path: &str) -> Option<&str> {
    path.get(..path.as_bytes().iter().rposition(|byte| *byte == b'.')?)
}
