//! What is legal and of no use (section 0): usually a slip, so it is worth a warning.

use super::excepts::Excepts;
use super::names::Names;
use super::near::{HINTS, nearest};
use crate::diagnostic::Diagnostics;
use crate::document::read::{elements, members};
use crate::document::shape::Space;
use crate::document::{Constraint, ConstraintKind, DerivedRole, Document, Grant, Matter, Role, RoleSet, Rule};
use crate::name::ROOT;
use crate::order::{sorted, sorted_set};
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

/// Warns of what is pointless in a document without errors.
pub(super) fn check(root: &Value, document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    implications(root, document, names, out);
    grants(document, names, out);
    let section = Pointer::Root.key("derivedRoles");
    for (i, entry) in document.derived_roles.iter().enumerate() {
        derivation(document, entry, &section.index(i), out);
    }
    let roles = Roles::new(document);
    let section = Pointer::Root.key("administration");
    for (i, rule) in document.administration.iter().enumerate() {
        administration(rule, &roles, &Place::new(root, &section, i), out);
    }
    let section = Pointer::Root.key("constraints");
    for (i, entry) in document.constraints.iter().enumerate() {
        constraint(entry, &roles, &Place::new(root, &section, i), out);
    }
}

/// An action that no resource has matters only between two others.
fn implications(root: &Value, document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    let implied = sorted_set(document.implies.iter().flat_map(|(_, list)| list).map(String::as_str).collect());
    let implying = sorted_set(
        document.implies.iter().filter(|(_, list)| !list.is_empty()).map(|(action, _)| action.as_str()).collect(),
    );
    let section = Pointer::Root.key("implies");
    let mut hints = 0..HINTS;
    let mut check = |action: &str, at: &Pointer<'_>| {
        let is_between = implied.binary_search(&action).is_ok() && implying.binary_search(&action).is_ok();
        if !is_between && !names.has(Space::Action, action) {
            let help = hints.next().and_then(|_| nearest(action, names.of(Space::Action).iter().copied()));
            out.warning("unknown-action", at, join(&["no resource has the action `", action, "`"]), help);
        }
    };
    for (action, list) in members(root.get("implies")) {
        let at = section.key(action);
        check(action, &at);
        for (i, other) in elements(Some(list)).iter().enumerate() {
            check(other.as_str().unwrap_or_default(), &at.index(i));
        }
    }
}

fn grants(document: &Document, names: &Names<'_>, out: &mut Diagnostics) {
    let mut excepts = Excepts::new(document, names);
    let section = Pointer::Root.key("roles");
    for role in &document.roles {
        let at = section.key(&role.name);
        let mut check = |grants: &[Grant], key: &str, is_allow: bool| {
            for (i, grant) in grants.iter().enumerate() {
                for (j, except) in grant.except.iter().enumerate() {
                    if excepts.is_pointless(&grant.permissions, except, is_allow) {
                        let message = join(&["`", &except.written(), "` excepts nothing that this grant covers"]);
                        out.warning("pointless-except", &at.key(key).index(i).key("except").index(j), message, None);
                    }
                }
            }
        };
        check(&role.allow, "allow", true);
        check(&role.deny, "deny", false);
    }
}

/// `holdsBelow` asks for an assignment at a scope that lies below.
fn derivation(document: &Document, entry: &DerivedRole, at: &Pointer<'_>, out: &mut Diagnostics) {
    let nothing_below = match &entry.scope {
        Some(scope) => !document.scopes.iter().any(|(_, inside)| inside.as_ref() == Some(scope)),
        None => document.scopes.is_empty(),
    };
    if nothing_below && !entry.holds_below.is_empty() {
        let place = at_a(entry.scope.as_deref());
        out.warning(
            "pointless-derivation",
            &at.key("holdsBelow"),
            join(&["no scope type lies below ", &place, ": nothing is held there"]),
            None,
        );
    }
}

/// A role in a rule for a scope where it cannot be assigned. A rule for revoking alone is left in
/// peace: it can take away what an older policy let somebody assign.
fn administration(rule: &Rule, roles: &Roles<'_>, place: &Place<'_>, out: &mut Diagnostics) {
    if let Matter::Roles(RoleSet::These(list)) = &rule.subject_matter
        && rule.assign
    {
        roles.assignable(list, rule.scope.as_deref(), place, out);
    }
}

fn constraint(constraint: &Constraint, roles: &Roles<'_>, place: &Place<'_>, out: &mut Diagnostics) {
    let pointless = match constraint.kind {
        ConstraintKind::Exclusive(limit) => usize::try_from(limit).is_ok_and(|limit| limit >= constraint.roles.len()),
        ConstraintKind::Minimum(least) => least == 0,
        _ => false,
    };
    if pointless {
        out.warning(
            "pointless-constraint",
            &place.at,
            join(&["nothing can break the constraint `", &constraint.id, "`"]),
            None,
        );
    }
    if !matches!(constraint.kind, ConstraintKind::Exclusive(_)) {
        roles.assignable(&constraint.roles, constraint.scope.as_deref(), place, out);
    }
}

/// The roles of a document, to be found by name.
struct Roles<'d> {
    list: &'d [Role],
    places: Vec<(&'d str, usize)>,
}

impl<'d> Roles<'d> {
    fn new(document: &'d Document) -> Roles<'d> {
        let names = document.roles.iter().map(|role| role.name.as_str());
        Roles { list: &document.roles, places: sorted(names.zip(0..).collect()) }
    }

    fn named(&self, name: &str) -> Option<&'d Role> {
        let found = self.places.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
        self.list.get(self.places.get(found)?.1)
    }

    /// Warns of each role that cannot be assigned at such a scope.
    fn assignable(&self, names: &[String], scope: Option<&str>, place: &Place<'_>, out: &mut Diagnostics) {
        for name in names {
            let Some(role) = self
                .named(name)
                .filter(|role| role.is_abstract || !role.scopes.iter().any(|at| at == scope.unwrap_or(ROOT)))
            else {
                continue;
            };
            let (why, help) = if role.is_abstract {
                ("is abstract and ", "name the roles that inherit it".to_owned())
            } else {
                ("", join(&["add `", scope.unwrap_or(ROOT), "` to its `scopes`, or leave it out here"]))
            };
            let message = join(&["`", name, "` ", why, "cannot be assigned at ", &at_a(scope)]);
            let index = index_of(name, place.written.and_then(|written| written.get("roles")));
            out.warning("unassignable-role", &place.at.key("roles").index(index), message, Some(help));
        }
    }
}

/// An entry of a list of the policy: as it is written, and where.
struct Place<'a> {
    written: Option<&'a Value>,
    at: Pointer<'a>,
}

impl<'a> Place<'a> {
    fn new(root: &'a Value, section: &'a Pointer<'a>, index: usize) -> Place<'a> {
        let list = match section {
            Pointer::Key(_, key) => root.get(key),
            _ => None,
        };
        Place { written: elements(list).get(index), at: section.index(index) }
    }
}

/// Where a name stands in a list as it is written: a document's lists have each name once.
fn index_of(name: &str, list: Option<&Value>) -> usize {
    elements(list).iter().position(|element| element.as_str() == Some(name)).unwrap_or_default()
}

/// A kind of place, in words.
fn at_a(scope: Option<&str>) -> String {
    scope.map_or("the root".to_owned(), |scope| join(&["a `", scope, "`"]))
}
