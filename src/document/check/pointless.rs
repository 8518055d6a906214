//! What is legal and of no use (section 0): usually a slip, so it is worth a warning.

use super::walk::Walk;
use crate::compile::{Closure, Expander};
use crate::document::pattern::Pattern;
use crate::document::read::{elements, flag, members, string, strings};
use crate::name::ROOT;
use crate::order::sorted;
use crate::pointer::Pointer;
use crate::policy::PermissionId;
use crate::text::join;
use crate::value::Value;

/// Permissions after which no `except` is looked at any more: these are warnings, and a check must end
/// in time for every policy.
const PERMISSIONS: usize = 10_000_000;

/// Warns of what is pointless in a policy without errors.
pub(super) fn check(root: &Value, walk: &mut Walk<'_>) {
    let mut left = PERMISSIONS;
    let section = Pointer::Root.key("roles");
    for (name, role) in members(root.get("roles")) {
        for (list, closure, opposite) in [("allow", Closure::Up, Closure::Down), ("deny", Closure::Down, Closure::Up)] {
            for (i, grant) in elements(role.get(list)).iter().enumerate() {
                excepts(grant, [closure, opposite], &section.key(name).key(list).index(i), walk, &mut left);
            }
        }
    }
    for key in ["administration", "constraints"] {
        for (i, entry) in elements(root.get(key)).iter().enumerate() {
            assignable(root, entry, &Pointer::Root.key(key).index(i), walk);
        }
    }
}

/// An exception that has no permission in common with its grant.
fn excepts(grant: &Value, closures: [Closure; 2], at: &Pointer<'_>, walk: &mut Walk<'_>, left: &mut usize) {
    let excepts = elements(grant.get("except"));
    if excepts.is_empty() || *left == 0 {
        return;
    }
    let [closure, opposite] = closures;
    let covered = sorted(permissions(walk, grant.get("permissions"), closure));
    *left = left.saturating_sub(covered.len());
    for (i, except) in excepts.iter().enumerate() {
        let excepted = permissions(walk, Some(except), opposite);
        *left = left.saturating_sub(excepted.len());
        if !excepted.iter().any(|id| covered.binary_search(id).is_ok()) {
            let text = except.as_str().unwrap_or_default();
            let message = ["`", text, "` excepts nothing that this grant covers"];
            walk.warning("pointless-except", &at.key("except").index(i), &message, "");
        }
    }
}

/// The permissions of some patterns, closed.
fn permissions(walk: &Walk<'_>, patterns: Option<&Value>, closure: Closure) -> Vec<PermissionId> {
    let expander = Expander::new(walk.declared);
    let mut ids = Vec::new();
    strings(patterns, &mut |text| {
        if let Some(pattern) = Pattern::parse(text).ok().and_then(|pattern| expander.resolve(&pattern)) {
            expander.expand(&pattern, closure, &mut ids);
        }
    });
    ids
}

/// A role in a rule or a constraint for a scope where it cannot be assigned. A rule for revoking alone
/// is left in peace: it can take away what an older policy let somebody assign.
fn assignable(root: &Value, entry: &Value, at: &Pointer<'_>, walk: &mut Walk<'_>) {
    let mut assigns = entry.get("ops").is_none();
    strings(entry.get("ops"), &mut |op| assigns |= op == "assign");
    let scope = string(entry.get("scope"));
    let place = scope.unwrap_or(ROOT);
    let roles = members(root.get("roles"));
    for (i, name) in elements(entry.get("roles")).iter().enumerate().filter(|_| assigns) {
        let Some(name) = name.as_str() else { continue };
        let number = walk.declared.names.roles.get(name).and_then(|number| usize::try_from(number).ok());
        let Some((_, role)) = number.and_then(|number| roles.get(number)) else { continue };
        let is_abstract = flag(role.get("abstract"));
        let scopes = role.get("scopes");
        let mut fits = scopes.is_none() && scope.is_none();
        strings(scopes, &mut |scope| fits |= scope == place);
        if is_abstract || !fits {
            let (why, help) = if is_abstract {
                ("` is abstract and cannot be assigned at `", "name the roles that inherit it".to_owned())
            } else {
                ("` cannot be assigned at `", join(&["add `", place, "` to its `scopes`, or leave it out here"]))
            };
            walk.warning("unassignable-role", &at.key("roles").index(i), &["`", name, why, place, "`"], &help);
        }
    }
}
