//! From a document to a [`Policy`]. The document was checked: a name in it that leads nowhere is left
//! out here, which can only take rights away.

mod covers;
mod declare;
mod implies;
mod instants;

use crate::bytes;
use crate::condition::Condition;
use crate::condition::parse::parse;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::Document;
use crate::document::read::{elements, flag, members, string, strings};
use crate::index::Index;
use crate::name::ROOT;
use crate::pointer::Pointer;
use crate::policy::{DerivedRole, Grant, Instants, Policy, Role, Section, at, count, slot};
use crate::value::Value;

pub use covers::Patterns;
pub(crate) use covers::{Builder, Expander, add_cover, keep_pattern};
pub(crate) use declare::declare;
pub use implies::Implications;
pub(crate) use implies::{Closure, edges};

/// Compiles a document.
#[must_use]
pub fn compile(document: Document<'_>) -> Policy {
    let Document { written, declared: mut policy } = document;
    let builder = roles(&mut policy, &written);
    policy.written = bytes::kept(&written, &policy.patterns.texts, &builder).into();
    finish(&mut policy, &written);
    policy
}

/// Compiles what follows the roles and their grants.
pub(crate) fn finish(policy: &mut Policy, written: &Value<'_>) {
    spread_denies(&mut policy.roles);
    for entry in elements(written.get("derivedRoles")) {
        derived_role(policy, entry);
    }
    for (name, section) in members(written.get("sections")) {
        let section = Section {
            name: (&**name).into(),
            show: permissions(policy, section.get("show")),
            enable: permissions(policy, section.get("enable")),
            otherwise_disable: string(section.get("otherwise")) == Some("disable"),
        };
        policy.sections.push(section);
    }
    let mut instants = Instants::default();
    for condition in &policy.conditions {
        instants.collect(condition);
    }
    for rule in elements(written.get("administration")) {
        if let Some(condition) = rule.get("when").and_then(condition) {
            instants.collect(&condition);
        }
    }
    policy.instants = instants;
    for (kept, key) in [(&mut policy.administration, "administration"), (&mut policy.constraints, "constraints")] {
        for entry in elements(written.get(key)) {
            kept.push(entry.to_owned());
        }
    }
}

/// Compiles the roles and their grants, and gives back what those are made of.
pub(crate) fn roles(policy: &mut Policy, written: &Value<'_>) -> Builder {
    let mut builder = Builder::default();
    let roles = members(written.get("roles"));
    let mut total = 0_usize;
    for (_, role) in roles {
        for list in ["allow", "deny"] {
            total = total.saturating_add(elements(role.get(list)).len());
        }
    }
    policy.grants.reserve_exact(total);
    for (name, role) in roles {
        let first = count(&policy.grants);
        let allows = grants(policy, role.get("allow"), true, &mut builder);
        let denies = grants(policy, role.get("deny"), false, &mut builder);
        let scopes = role.get("scopes");
        policy.roles.push(Role {
            name: (&**name).into(),
            is_abstract: flag(role.get("abstract")),
            requires: number(&policy.names.entitlements, role.get("requires")),
            at_root: scopes.is_none() || strings(scopes).any(|scope| scope == ROOT),
            at: numbers(&policy.names.scope_types, scopes),
            inherits: numbers(&policy.names.roles, role.get("inherits")),
            first,
            allows,
            denies,
            carries_deny: denies > 0,
        });
    }
    builder
}

/// Adds a role's grants, and says how many.
#[inline(never)]
fn grants(policy: &mut Policy, list: Option<&Value<'_>>, is_allow: bool, builder: &mut Builder) -> u32 {
    let list = elements(list);
    for grant in list {
        let cover = builder.cover(policy, grant, is_allow);
        let when = grant.get("when").and_then(|when| builder.condition(policy, when));
        policy.grants.push(Grant::new(cover, when, grant.as_str().is_some()));
    }
    count(list)
}

/// Tells every role that inherits a deny grant so.
fn spread_denies(roles: &mut [Role]) {
    let mut heirs: Vec<Vec<u32>> = Vec::new();
    heirs.resize_with(roles.len(), Vec::new);
    let mut open = Vec::new();
    for (id, role) in (0..).zip(roles.iter()) {
        if role.carries_deny {
            open.push(id);
        }
        for parent in &role.inherits {
            if let Some(heirs) = slot(&mut heirs, *parent) {
                heirs.push(id);
            }
        }
    }
    while let Some(heirs) = open.pop().and_then(|id| at(&heirs, id)) {
        for heir in heirs {
            if let Some(role) = slot(roles, *heir).filter(|role| !role.carries_deny) {
                role.carries_deny = true;
                open.push(*heir);
            }
        }
    }
}

fn derived_role(policy: &mut Policy, entry: &Value<'_>) {
    let by_name = &policy.names.roles;
    let scope = entry.get("scope");
    let scope_type = number(&policy.names.scope_types, scope);
    let Some(role) = number(by_name, entry.get("role")) else { return };
    if scope.is_some() && scope_type.is_none() {
        // An entry at a type that is not declared must not become one at the root.
        return;
    }
    let holds = entry.get("holds");
    let all = holds.and_then(|holds| holds.get("all"));
    let entry = DerivedRole {
        role,
        scope: scope_type,
        holds: holds.map(|_| (numbers(by_name, all.or(holds)), all.is_some())),
        holds_below: numbers(by_name, entry.get("holdsBelow")),
        when: entry.get("when").and_then(|when| keep_condition(policy, when)),
    };
    policy.derived_roles.push(entry);
}

/// The number of a condition, which is kept. Its faults were noted where the policy was checked.
#[inline(never)]
pub(crate) fn keep_condition(policy: &mut Policy, when: &Value<'_>) -> Option<u32> {
    let number = count(&policy.conditions);
    policy.conditions.push(condition(when)?);
    Some(number)
}

fn condition(when: &Value<'_>) -> Option<Condition> {
    parse(when, &Pointer::Root, Severity::Error, &mut Diagnostics::default())
}

fn permissions(policy: &Policy, names: Option<&Value<'_>>) -> Vec<u32> {
    let mut permissions = Vec::new();
    for name in strings(names) {
        if let Some(permission) = policy.permission(name) {
            permissions.push(permission);
        }
    }
    permissions
}

#[inline(never)]
fn number(by_name: &Index, name: Option<&Value<'_>>) -> Option<u32> {
    by_name.get(name?.as_str()?)
}

#[inline(never)]
fn numbers(by_name: &Index, names: Option<&Value<'_>>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for name in strings(names) {
        if let Some(number) = by_name.get(name) {
            numbers.push(number);
        }
    }
    numbers
}
