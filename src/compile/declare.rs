//! What a policy declares: its names with their numbers, and its permissions. This much can be read
//! from a policy with errors too, whose checks need the names, and whatever is not as it should be is
//! left out.

use super::{number, numbers};
use crate::document::read::{self, members, strings};
use crate::policy::{Permission, Plan, Policy, Resource, ScopeType, count};
use crate::value::Value;

/// Reads what a policy declares.
pub(crate) fn declare(root: &Value) -> Policy {
    let mut policy = Policy::default();
    let names = &mut policy.names;
    strings(root.get("entitlements"), &mut |name| {
        names.entitlements.insert(name);
    });
    for (section, index) in
        [("scopes", &mut names.scope_types), ("resources", &mut names.resources), ("roles", &mut names.roles)]
    {
        for (name, _) in members(root.get(section)) {
            index.insert(name);
        }
    }
    for (name, plan) in members(root.get("plans")) {
        let mut limits = Vec::new();
        for (limit, most) in members(plan.get("limits")) {
            names.limits.insert(limit);
            limits.extend(read::count(Some(most)).map(|most| (limit.clone(), most)));
        }
        let entitlements = numbers(&names.entitlements, plan.get("entitlements"));
        policy.plans.push(Plan { name: name.clone(), entitlements, limits });
    }
    for (name, scope) in members(root.get("scopes")) {
        policy.scope_types.push(ScopeType { name: name.clone(), inside: number(&names.scope_types, scope.get("in")) });
    }
    resources(&mut policy, members(root.get("resources")));
    policy.entitlements = policy.names.entitlements.names().to_vec();
    policy.actions = policy.names.actions.names().to_vec();
    policy
}

fn resources(policy: &mut Policy, resources: &[(Box<str>, Value)]) {
    // For each action, the last resource that has it: an action that stands twice in a list counts once.
    let mut owners: Vec<u32> = Vec::new();
    for (place, (path, resource)) in (0..).zip(resources) {
        let first = count(&policy.permissions);
        strings(resource.get("actions"), &mut |action| {
            let action = policy.names.actions.insert(action);
            if let Some(owner) = usize::try_from(action).ok().and_then(|action| owners.get_mut(action)) {
                if *owner == place {
                    return;
                }
                *owner = place;
            } else {
                owners.push(place);
            }
            policy.permissions.push(Permission { resource: place, action });
        });
        policy.resources.push(Resource {
            path: path.clone(),
            parent: path.rsplit_once('.').and_then(|(parent, _)| policy.names.resources.get(parent)),
            children: Vec::new(),
            first,
            count: count(&policy.permissions).saturating_sub(first),
            requires: number(&policy.names.entitlements, resource.get("requires")),
        });
    }
    for place in 0..policy.resources.len() {
        let parent = policy.resources.get(place).and_then(|resource| resource.parent);
        let parent = parent.and_then(|parent| policy.resources.get_mut(usize::try_from(parent).ok()?));
        if let (Some(parent), Ok(place)) = (parent, u32::try_from(place)) {
            parent.children.push(place);
        }
    }
}
