//! What several places of a policy decide together: cycles, paths without their parents, and the
//! bounds on size.

use super::cycles::cycles;
use super::walk::Walk;
use crate::compile::edges;
use crate::document::read::{elements, members};
use crate::index::Index;
use crate::limits;
use crate::name::is_resource_path;
use crate::pointer::Pointer;
use crate::text::{decimal, fill, listed};
use crate::value::Value;

/// Names of one cycle that a message spells out.
const SPELT: usize = 12;

/// Checks a policy that may have been found wrong already.
pub(super) fn check(root: &Value<'_>, walk: &mut Walk<'_>) {
    sizes(root, walk);
    parents(root, walk);
    let mut actions = Index::default();
    for (name, _) in members(root.get("implies")) {
        actions.insert(name);
    }
    let declared = walk.declared;
    acyclic(root, "implies", "", &actions, walk);
    acyclic(root, "scopes", "in", &declared.names.scope_types, walk);
    acyclic(root, "roles", "inherits", &declared.names.roles, walk);
}

fn sizes(root: &Value<'_>, walk: &mut Walk<'_>) {
    let roles = members(root.get("roles"));
    let mut grants = 0_usize;
    for (_, role) in roles {
        grants = grants.saturating_add(elements(role.get("allow")).len());
        grants = grants.saturating_add(elements(role.get("deny")).len());
    }
    let permissions = walk.declared.permissions.len();
    at_most(limits::PERMISSIONS, permissions, "resources", "% permissions are more than %", walk);
    at_most(limits::ROLES, roles.len(), "roles", "% roles are more than %", walk);
    at_most(limits::GRANTS, grants, "roles", "% grants are more than %", walk);
}

#[inline(never)]
fn at_most(most: usize, number: usize, section: &str, message: &str, walk: &mut Walk<'_>) {
    if number > most {
        let parts = [&*decimal(number), &*decimal(most)];
        walk.error("too-many", &Pointer::Root.key(section), message, &parts, "");
    }
}

/// Every proper prefix of a declared path is declared. What is missing is named once, at the first
/// path that needs it.
fn parents(root: &Value<'_>, walk: &mut Walk<'_>) {
    let mut missing = Index::default();
    for (path, _) in members(root.get("resources")) {
        // What is no path could have millions of prefixes.
        if !is_resource_path(path) {
            continue;
        }
        for (end, byte) in path.as_bytes().iter().enumerate() {
            let Some(prefix) = path.get(..end).filter(|_| *byte == b'.') else { continue };
            let before = missing.len();
            if walk.declared.names.resources.get(prefix).is_none() {
                missing.insert(prefix);
            }
            if missing.len() > before {
                let help = fill("declare `%` too, with `\"actions\": []` if nothing can be done with it", &[prefix]);
                let at = Pointer::Root.key("resources");
                walk.error(
                    "undeclared-parent",
                    &at.key(path),
                    "`%` is declared, and `%` is not",
                    &[path, prefix],
                    &help,
                );
            }
        }
    }
}

/// Nothing in a section leads back to itself by way of what its members name under `edge`.
#[inline(never)]
fn acyclic(root: &Value<'_>, section: &str, edge: &str, names: &Index, walk: &mut Walk<'_>) {
    for cycle in cycles(&edges(members(root.get(section)), edge, names)) {
        let mut way: Vec<&str> = Vec::new();
        for place in cycle.iter().take(SPELT) {
            way.push(names.name(*place));
        }
        if cycle.len() > SPELT {
            way.push("…");
        }
        let first = way.first().copied().unwrap_or_default();
        way.push(first);
        let section_at = Pointer::Root.key(section);
        let member = section_at.key(first);
        let below = member.key(edge);
        let (place, what) = if edge.is_empty() { (&member, section) } else { (&below, edge) };
        let parts = [what, &*listed(&way, "` → `")];
        walk.error("cycle", place, "`%` forms a cycle: %", &parts, "leave one of these steps out");
    }
}
