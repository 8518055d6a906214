//! What several places of a policy decide together: cycles, paths without their parents, and the
//! bounds on size.

use super::cycles::cycles;
use super::walk::Walk;
use crate::document::read::{elements, members, strings};
use crate::index::Index;
use crate::limits;
use crate::name::is_resource_path;
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

/// Names of one cycle that a message spells out.
const SPELT: usize = 12;

/// Checks a policy that may have been found wrong already.
pub(super) fn check(root: &Value, walk: &mut Walk<'_>) {
    sizes(root, walk);
    parents(root, walk);
    for (section, edge) in [("implies", None), ("scopes", Some("in")), ("roles", Some("inherits"))] {
        acyclic(members(root.get(section)), &Pointer::Root.key(section), edge, walk);
    }
}

fn sizes(root: &Value, walk: &mut Walk<'_>) {
    let roles = members(root.get("roles"));
    let mut grants = 0_usize;
    for (_, role) in roles {
        for list in ["allow", "deny"] {
            grants = grants.saturating_add(elements(role.get(list)).len());
        }
    }
    for (key, what, number, most) in [
        ("resources", " permissions are more than ", walk.declared.permissions.len(), limits::PERMISSIONS),
        ("roles", " roles are more than ", roles.len(), limits::ROLES),
        ("roles", " grants are more than ", grants, limits::GRANTS),
    ] {
        if number > most {
            walk.error("too-many", &Pointer::Root.key(key), &[&number.to_string(), what, &most.to_string()], "");
        }
    }
}

/// Every proper prefix of a declared path is declared. What is missing is named once, at the first
/// path that needs it.
fn parents(root: &Value, walk: &mut Walk<'_>) {
    let mut missing = Index::default();
    for (path, _) in members(root.get("resources")) {
        // What is no path could have millions of prefixes.
        if !is_resource_path(path) {
            continue;
        }
        for (end, byte) in path.bytes().enumerate() {
            let Some(prefix) = path.get(..end).filter(|_| byte == b'.') else { continue };
            let before = missing.names().len();
            if walk.declared.names.resources.get(prefix).is_none() {
                missing.insert(prefix);
            }
            if missing.names().len() > before {
                let help = join(&["declare `", prefix, "` too, with `\"actions\": []` if nothing can be done with it"]);
                let message = ["`", path, "` is declared, and `", prefix, "` is not"];
                walk.error("undeclared-parent", &Pointer::Root.key("resources").key(path), &message, &help);
            }
        }
    }
}

/// Nothing in a section leads back to itself by way of what its members name: under `edge`, or as the
/// member's value itself.
fn acyclic(members: &[(Box<str>, Value)], section: &Pointer<'_>, edge: Option<&str>, walk: &mut Walk<'_>) {
    let mut names = Index::default();
    for (name, _) in members {
        names.insert(name);
    }
    let mut edges = vec![Vec::new(); names.names().len()];
    for ((_, value), targets) in members.iter().zip(&mut edges) {
        strings(edge.map_or(Some(value), |edge| value.get(edge)), &mut |name| targets.extend(names.get(name)));
    }
    cycles(&edges, &mut |cycle| {
        let name_of = |place: &u32| usize::try_from(*place).ok().and_then(|place| names.names().get(place));
        let mut way = String::new();
        for name in cycle.iter().take(SPELT).filter_map(name_of) {
            way.push_str(&join(&["`", name, "` → "]));
        }
        if cycle.len() > SPELT {
            way.push_str("… → ");
        }
        let Some(first) = cycle.first().and_then(name_of) else { return };
        let at = section.key(first);
        let what = match section {
            Pointer::Key(_, key) => key,
            _ => "",
        };
        let message = ["`", edge.unwrap_or(what), "` forms a cycle: ", &way, "`", first, "`"];
        let at = edge.map_or(at, |edge| at.key(edge));
        walk.error("cycle", &at, &message, "leave one of these steps out");
    });
}
