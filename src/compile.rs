//! From a document to a [`Policy`]. The document was checked: a name in it that leads nowhere is left
//! out here, which can only take rights away.

mod covers;
mod instants;

use crate::condition::Condition;
use crate::document::{self, Document};
use crate::index::Index;
use crate::policy::{DerivedRole, Grant, Names, Permission, Plan, Policy, Resource, Role, RoleId, ScopeType, Section, at, count};

pub use covers::Implications;
pub(crate) use covers::{Closure, Expander};
pub(crate) use instants::{Collector, next_after};

/// Compiles a document.
#[must_use]
pub fn compile(document: Document) -> Policy {
    let mut policy = Policy::default();
    declare(&mut policy, &document);
    resources(&mut policy, &document.resources);
    let implies = covers::Implications::new(&policy, &document.implies);
    roles(&mut policy, &document, &implies);
    policy.covers.implies = implies;
    policy.derived_roles = document.derived_roles.iter().filter_map(|entry| derived_role(&mut policy, entry)).collect();
    policy.sections = document.sections.iter().map(|section| compile_section(&policy, section)).collect();
    policy.instants = instants::of(&policy.conditions, &document.administration);
    policy.administration = document.administration;
    policy.constraints = document.constraints;
    policy
}

/// Names that others refer to: entitlements, plans, scope types.
fn declare(policy: &mut Policy, document: &Document) {
    policy.entitlements = document.entitlements.iter().map(|name| name.as_str().into()).collect();
    policy.names.entitlements = numbered(&policy.entitlements);
    policy.plans = document
        .plans
        .iter()
        .map(|plan| Plan {
            name: plan.name.as_str().into(),
            entitlements: numbers(&policy.names.entitlements, &plan.entitlements),
            limits: plan.limits.iter().map(|(name, limit)| (name.as_str().into(), *limit)).collect(),
        })
        .collect();
    let types: Vec<Box<str>> = document.scopes.iter().map(|(name, _)| name.as_str().into()).collect();
    policy.names.scope_types = numbered(&types);
    policy.scope_types = document
        .scopes
        .iter()
        .zip(types)
        .map(|((_, inside), name)| ScopeType { name, inside: inside.as_deref().and_then(|inside| number(&policy.names.scope_types, inside)) })
        .collect();
}

fn resources(policy: &mut Policy, resources: &[document::Resource]) {
    let Names { resources: by_path, actions: by_action, entitlements, .. } = &mut policy.names;
    for resource in resources {
        by_path.insert(&resource.path);
    }
    for (place, resource) in (0..).zip(resources) {
        let first = count(&policy.permissions);
        for action in &resource.actions {
            let action = by_action.insert(action);
            policy.permissions.push(Permission { resource: place, action });
        }
        policy.resources.push(Resource {
            path: resource.path.as_str().into(),
            parent: resource.path.rsplit_once('.').and_then(|(parent, _)| number(by_path, parent)),
            children: Vec::new(),
            first,
            count: count(&policy.permissions).saturating_sub(first),
            requires: resource.requires.as_deref().and_then(|name| number(entitlements, name)),
        });
    }
    policy.actions = by_action.names().to_vec();
    let parents: Vec<_> = policy.resources.iter().map(|resource| resource.parent).collect();
    for (place, parent) in (0..).zip(parents) {
        let parent = parent.and_then(|parent| usize::try_from(parent).ok()).and_then(|parent| policy.resources.get_mut(parent));
        if let Some(parent) = parent {
            parent.children.push(place);
        }
    }
}

fn roles(policy: &mut Policy, document: &Document, implies: &covers::Implications) {
    for role in &document.roles {
        policy.names.roles.insert(&role.name);
    }
    let mut builder = covers::Builder::default();
    for role in &document.roles {
        let first = count(&policy.grants);
        for (list, is_allow) in [(&role.allow, true), (&role.deny, false)] {
            for grant in list {
                let cover = builder.cover(policy, implies, grant, is_allow);
                let when = grant.when.clone().map(|when| keep(&mut policy.conditions, when));
                policy.grants.push(Grant { cover, when, is_shorthand: grant.is_shorthand });
            }
        }
        policy.roles.push(Role {
            name: role.name.as_str().into(),
            is_abstract: role.is_abstract,
            requires: role.requires.as_deref().and_then(|name| number(&policy.names.entitlements, name)),
            at_root: role.scopes.iter().any(|scope| scope == crate::name::ROOT),
            at: numbers(&policy.names.scope_types, &role.scopes),
            inherits: numbers(&policy.names.roles, &role.inherits),
            first,
            allows: count(&role.allow),
            denies: count(&role.deny),
            carries_deny: !role.deny.is_empty(),
        });
    }
    spread_denies(&mut policy.roles);
}

/// Tells every role that inherits a deny grant so. Each round carries it one step further.
fn spread_denies(roles: &mut [Role]) {
    loop {
        let carrying: Vec<RoleId> = (0..)
            .zip(roles.iter())
            .filter(|(_, role)| !role.carries_deny && role.inherits.iter().any(|parent| at(roles, *parent).is_some_and(|parent| parent.carries_deny)))
            .map(|(id, _)| id)
            .collect();
        if carrying.is_empty() {
            return;
        }
        for id in carrying {
            if let Some(role) = usize::try_from(id).ok().and_then(|id| roles.get_mut(id)) {
                role.carries_deny = true;
            }
        }
    }
}

fn derived_role(policy: &mut Policy, entry: &document::DerivedRole) -> Option<DerivedRole> {
    // An entry at a type that is not declared must not become one at the root.
    let scope = match &entry.scope {
        Some(name) => Some(number(&policy.names.scope_types, name)?),
        None => None,
    };
    let by_name = &policy.names.roles;
    Some(DerivedRole {
        role: number(by_name, &entry.role)?,
        scope,
        holds: entry.holds.as_ref().map(|holds| match holds {
            document::Roles::Any(roles) => (numbers(by_name, roles), false),
            document::Roles::All(roles) => (numbers(by_name, roles), true),
        }),
        holds_below: numbers(by_name, &entry.holds_below),
        when: entry.when.clone().map(|when| keep(&mut policy.conditions, when)),
    })
}

fn compile_section(policy: &Policy, section: &document::Section) -> Section {
    let permissions = |names: &[String]| names.iter().filter_map(|name| policy.permission(name)).collect();
    Section {
        name: section.name.as_str().into(),
        show: permissions(&section.show),
        enable: permissions(&section.enable),
        otherwise_disable: section.otherwise_disable,
    }
}

fn keep(conditions: &mut Vec<Condition>, when: Condition) -> u32 {
    conditions.push(when);
    count(conditions).saturating_sub(1)
}

fn numbered(names: &[Box<str>]) -> Index {
    let mut index = Index::default();
    names.iter().for_each(|name| {
        index.insert(name);
    });
    index
}

fn number(by_name: &Index, name: &str) -> Option<u32> {
    by_name.get(name)
}

fn numbers<S: AsRef<str>>(by_name: &Index, names: &[S]) -> Vec<u32> {
    names.iter().filter_map(|name| number(by_name, name.as_ref())).collect()
}
