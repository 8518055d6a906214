//! What is legal and of no use (section 0): usually a slip, so it is worth a warning.

use super::walk::Walk;
use crate::compile::{Closure, Expander};
use crate::document::read::{elements, flag, members, string, strings};
use crate::name::ROOT;
use crate::order::sorted;
use crate::pointer::Pointer;
use crate::policy::at as nth;
use crate::value::Value;

/// Permissions after which no `except` is looked at any more: these are warnings, and a check must end
/// in time for every policy.
const PERMISSIONS: usize = 10_000_000;

/// Warns of what is pointless in a policy without errors.
pub(super) fn check(root: &Value<'_>, walk: &mut Walk<'_>) {
    let mut left = PERMISSIONS;
    let section = Pointer::Root.key("roles");
    for (name, role) in members(root.get("roles")) {
        let at = section.key(name);
        excepts(elements(role.get("allow")), true, &at.key("allow"), walk, &mut left);
        excepts(elements(role.get("deny")), false, &at.key("deny"), walk, &mut left);
    }
    assignable(root, "administration", walk);
    assignable(root, "constraints", walk);
}

/// Exceptions that have no permission in common with their grants.
#[inline(never)]
fn excepts(grants: &[Value<'_>], is_allow: bool, at: &Pointer<'_>, walk: &mut Walk<'_>, left: &mut usize) {
    let expander = Expander::new(walk.declared);
    let (closure, opposite) = Closure::of(is_allow);
    for (i, grant) in grants.iter().enumerate() {
        let excepts = elements(grant.get("except"));
        if excepts.is_empty() || *left == 0 {
            continue;
        }
        let covered = sorted(expander.written(grant.get("permissions"), closure));
        *left = left.saturating_sub(covered.len());
        for (j, except) in excepts.iter().enumerate() {
            let excepted = expander.written(Some(except), opposite);
            *left = left.saturating_sub(excepted.len());
            if !excepted.iter().any(|id| covered.binary_search(id).is_ok()) {
                let (at, text) = (at.index(i), except.as_str().unwrap_or_default());
                let message = "`%` excepts nothing that this grant covers";
                walk.warning("pointless-except", &at.key("except").index(j), message, &[text], "");
            }
        }
    }
}

/// Roles in rules or constraints for a scope where they cannot be assigned. A rule for revoking alone is
/// left in peace: it can take away what an older policy let somebody assign.
#[inline(never)]
fn assignable(root: &Value<'_>, section: &str, walk: &mut Walk<'_>) {
    let declared = members(root.get("roles"));
    for (i, entry) in elements(root.get(section)).iter().enumerate() {
        let ops = entry.get("ops");
        if ops.is_some() && !has(ops, "assign") {
            continue;
        }
        let scope = string(entry.get("scope")).unwrap_or(ROOT);
        for (j, name) in elements(entry.get("roles")).iter().enumerate() {
            let name = name.as_str().unwrap_or_default();
            let number = walk.declared.names.roles.get(name);
            let Some((_, role)) = number.and_then(|number| nth(declared, number)) else { continue };
            let fits = match role.get("scopes") {
                None => scope == ROOT,
                scopes => has(scopes, scope),
            };
            let help = if flag(role.get("abstract")) {
                "it is abstract: name the roles that inherit it"
            } else if !fits {
                "add that to the role's `scopes`, or leave the role out here"
            } else {
                continue;
            };
            let (root, message) = (Pointer::Root, "`%` cannot be assigned at `%`");
            let section = root.key(section);
            let (entry, parts) = (section.index(i), [name, scope]);
            walk.warning("unassignable-role", &entry.key("roles").index(j), message, &parts, help);
        }
    }
}

fn has(list: Option<&Value<'_>>, name: &str) -> bool {
    strings(list).any(|other| other == name)
}
