//! What several places of a policy decide together: cycles, paths without their parents, constraints
//! without enough roles or with one id, and the bounds on size.

use super::cycles::{cycles, spelt};
use super::duplicates::repeated;
use super::names::Names;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::document::read::elements;
use crate::document::shape::Space;
use crate::limits;
use crate::name::is_resource_path;
use crate::order::sorted;
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

/// Checks a document that may lack what was not as it should be.
pub(super) fn check(root: &Value, document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    sizes(document, names, out);
    paths(document, names, out);
    acyclic(document, out);
    constraints(root, out);
}

fn sizes(document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    let grants = document.roles.iter().map(|role| role.allow.len().saturating_add(role.deny.len())).sum();
    for (key, what, number, most) in [
        ("resources", "permissions", names.permission_count(), limits::PERMISSIONS),
        ("roles", "roles", document.roles.len(), limits::ROLES),
        ("roles", "grants", grants, limits::GRANTS),
    ] {
        if number > most {
            out.error(
                "too-many",
                &Pointer::Root.key(key),
                join(&[&number.to_string(), " ", what, " are more than ", &most.to_string()]),
                None,
            );
        }
    }
}

/// Every proper prefix of a declared path is declared.
fn paths(document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    let mut missing: Vec<(&str, usize)> = Vec::new();
    for (i, resource) in document.resources.iter().enumerate().filter(|(_, resource)| is_resource_path(&resource.path))
    {
        let ancestors = std::iter::successors(parent(&resource.path), |path| parent(path));
        missing.extend(ancestors.filter(|path| !names.has(Space::Resource, path)).map(|path| (path, i)));
    }
    // Each one is named once, at the first path that needs it.
    let mut missing = sorted(missing);
    missing.dedup_by_key(|(path, _)| *path);
    for (path, i) in missing {
        let Some(resource) = document.resources.get(i) else { continue };
        let message = join(&["`", &resource.path, "` is declared, and `", path, "` is not"]);
        let help = join(&["declare `", path, "` too, with `\"actions\": []` if nothing can be done with it"]);
        out.error("undeclared-parent", &Pointer::Root.key("resources").key(&resource.path), message, Some(help));
    }
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(parent, _)| parent)
}

fn acyclic(document: &Document, out: &mut Diagnostics) {
    let implies: Vec<_> = document.implies.iter().map(|(action, implied)| (action.as_str(), strs(implied))).collect();
    let scopes: Vec<_> = document
        .scopes
        .iter()
        .map(|(name, inside)| (name.as_str(), inside.iter().map(String::as_str).collect()))
        .collect();
    let inherits: Vec<_> = document.roles.iter().map(|role| (role.name.as_str(), strs(&role.inherits))).collect();
    for (key, edge, edges) in
        [("implies", None, implies), ("scopes", Some("in"), scopes), ("roles", Some("inherits"), inherits)]
    {
        for cycle in cycles(&edges) {
            let message = join(&["`", edge.unwrap_or(key), "` forms a cycle: ", &spelt(&cycle)]);
            let section = Pointer::Root.key(key);
            let first = section.key(cycle.first().copied().unwrap_or_default());
            let at = edge.map_or(first, |edge| first.key(edge));
            out.error("cycle", &at, message, Some("leave one of these steps out".to_owned()));
        }
    }
}

fn strs(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Constraints are looked at as they are written: those of the document are the well-formed ones, and
/// have other places.
fn constraints(root: &Value, out: &mut Diagnostics) {
    let list = elements(root.get("constraints"));
    let section = Pointer::Root.key("constraints");
    let with_id: Vec<(usize, &str)> =
        list.iter().enumerate().filter_map(|(i, constraint)| Some((i, constraint.get("id")?.as_str()?))).collect();
    let ids: Vec<&str> = with_id.iter().map(|(_, id)| *id).collect();
    for (i, id) in repeated(&ids).into_iter().filter_map(|place| with_id.get(place)) {
        let help = "an answer names the constraint by its id: give each its own".to_owned();
        out.error(
            "duplicate-id",
            &section.index(*i).key("id"),
            join(&["two constraints have the id `", id, "`"]),
            Some(help),
        );
    }
    for (i, constraint) in list.iter().enumerate() {
        let Some(Value::Array(roles)) = constraint.get("exclusive") else { continue };
        let roles: Vec<&str> = roles.iter().filter_map(Value::as_str).collect();
        if roles.len().saturating_sub(repeated(&roles).len()) == 1 {
            let at = section.index(i);
            out.error(
                "too-few-roles",
                &at.key("exclusive"),
                "one role excludes nothing".to_owned(),
                Some("name two or more".to_owned()),
            );
        }
    }
}
