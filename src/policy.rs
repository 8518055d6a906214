//! The compiled policy: names interned, patterns expanded, inheritance and gates as numbers. It is
//! immutable and shared by all sessions. Numbers stand for places in the lists below; a number that
//! leads nowhere reads as nothing, so no wrong one can grant.

use crate::compile::{Implications, Patterns};
use crate::condition::Condition;
use crate::index::Index;
use crate::name;
use crate::text::cut;
use crate::value::Value;

/// The number of a permission: its place in [`Policy::permissions`].
pub type PermissionId = u32;
/// The number of a role: its place in [`Policy::roles`].
pub type RoleId = u32;

/// A policy, ready to be asked.
#[derive(Debug, Default)]
pub struct Policy {
    /// Resources in the document's order.
    pub resources: Vec<Resource>,
    /// Permissions in the document's order: a resource's are neighbours.
    pub permissions: Vec<Permission>,
    /// The names of the entitlements.
    pub entitlements: Vec<Box<str>>,
    /// Plans.
    pub plans: Vec<Plan>,
    /// Scope types.
    pub scope_types: Vec<ScopeType>,
    /// Roles in the document's order.
    pub roles: Vec<Role>,
    /// All grants; a role's are neighbours, its allows before its denies.
    pub grants: Vec<Grant>,
    /// The patterns of grants and rules.
    pub patterns: Patterns,
    /// What grants cover.
    pub covers: Covers,
    /// The conditions of grants and derived roles.
    pub conditions: Vec<Condition>,
    /// Derived roles.
    pub derived_roles: Vec<DerivedRole>,
    /// Sections in the document's order.
    pub sections: Vec<Section>,
    /// The rules of section 8 as they are written: they were checked, and are asked rarely.
    pub administration: Vec<Value<'static>>,
    /// The constraints of section 8, likewise.
    pub constraints: Vec<Value<'static>>,
    /// Where answers turn with the time.
    pub instants: Instants,
    /// Numbers by name.
    pub names: Names,
    /// What [`Policy::to_bytes`] writes of the document.
    pub(crate) written: Box<str>,
}

/// Numbers by name.
#[derive(Debug, Default)]
pub struct Names {
    /// Of resources, by path.
    pub resources: Index,
    /// Of actions.
    pub actions: Index,
    /// Of roles.
    pub roles: Index,
    /// Of entitlements.
    pub entitlements: Index,
    /// Of scope types.
    pub scope_types: Index,
    /// Of the limits that plans set.
    pub limits: Index,
}

/// One resource.
#[derive(Debug)]
pub struct Resource {
    /// Its path.
    pub path: Box<str>,
    /// The resource whose field or part it is.
    pub parent: Option<u32>,
    /// The resources directly below it.
    pub children: Vec<u32>,
    /// Its first permission.
    pub first: PermissionId,
    /// How many permissions it has.
    pub count: u32,
    /// The entitlement that it requires itself.
    pub requires: Option<u32>,
}

/// One permission.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// Its resource.
    pub resource: u32,
    /// Its action.
    pub action: u32,
}

/// One plan.
#[derive(Debug)]
pub struct Plan {
    /// Its name.
    pub name: Box<str>,
    /// The entitlements that it activates.
    pub entitlements: Vec<u32>,
    /// Its limits: the number of each one's name, and how much it is.
    pub limits: Vec<(u32, u32)>,
}

/// One scope type.
#[derive(Debug)]
pub struct ScopeType {
    /// Its name.
    pub name: Box<str>,
    /// The type that scopes of this one lie in.
    pub inside: Option<u32>,
}

/// One role.
#[derive(Debug)]
pub struct Role {
    /// Its name.
    pub name: Box<str>,
    /// May not be assigned.
    pub is_abstract: bool,
    /// The entitlement without which it is inert.
    pub requires: Option<u32>,
    /// It may be assigned at the root.
    pub at_root: bool,
    /// The scope types where it may be assigned.
    pub at: Vec<u32>,
    /// The roles that it inherits directly.
    pub inherits: Vec<RoleId>,
    /// Its first grant.
    pub first: u32,
    /// How many allow grants it has.
    pub allows: u32,
    /// How many deny grants follow them.
    pub denies: u32,
    /// It or a role that it inherits has a deny grant.
    pub carries_deny: bool,
}

/// One grant of a role, in eight bytes: of all that a policy holds there are most of these.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// Which permissions, as a place in [`Covers`].
    pub cover: u32,
    /// The place of its condition, counted from one, twice; and one more where it was written as one string.
    pub(crate) tail: u32,
}

impl Grant {
    pub(crate) fn new(cover: u32, when: Option<u32>, is_shorthand: bool) -> Grant {
        let when = when.map_or(0, |when| when.saturating_add(1));
        Grant { cover, tail: when.saturating_mul(2) | u32::from(is_shorthand) }
    }

    /// When, as a place in [`Policy::conditions`].
    #[must_use]
    pub fn when(self) -> Option<u32> {
        (self.tail >> 1).checked_sub(1)
    }

    /// True where it was written as one string.
    #[must_use]
    pub fn is_shorthand(self) -> bool {
        self.tail & 1 != 0
    }
}

/// One derived role.
#[derive(Debug)]
pub struct DerivedRole {
    /// The role.
    pub role: RoleId,
    /// The scope type at which it is activated; the root where absent.
    pub scope: Option<u32>,
    /// When.
    pub when: Option<u32>,
    /// Which roles must be held there or above, and whether all of them.
    pub holds: Option<(Vec<RoleId>, bool)>,
    /// One of which roles must be held below; empty: not asked.
    pub holds_below: Vec<RoleId>,
}

/// One section.
#[derive(Debug)]
pub struct Section {
    /// Its name.
    pub name: Box<str>,
    /// Permissions of which one shows it.
    pub show: Vec<PermissionId>,
    /// Permissions that all together enable it.
    pub enable: Vec<PermissionId>,
    /// It is disabled, not hidden, where nothing is open.
    pub otherwise_disable: bool,
}

/// Sets of permissions, each kept once however many grants cover it.
#[derive(Debug, Default)]
pub struct Covers {
    /// Where each cover's part of `ranges` and `patterns` ends.
    pub ends: Vec<CoverEnd>,
    /// Runs of permission numbers, `start..end`, ascending.
    pub ranges: Vec<(PermissionId, PermissionId)>,
    /// The patterns of `permissions`, as places in [`Policy::patterns`].
    pub patterns: Vec<u32>,
    /// What actions imply: patterns of facts are expanded with it later.
    pub implies: Implications,
}

/// Where the parts of one cover end; they begin where the one before ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoverEnd {
    /// In `ranges`.
    pub ranges: u32,
    /// In `patterns`.
    pub patterns: u32,
}

/// A pattern whose names are numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// The resource; absent: every one.
    pub resource: Option<u32>,
    /// Everything below the resource too.
    pub tree: bool,
    /// The actions.
    pub actions: Actions,
}

/// The actions of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actions {
    /// Every one.
    Every,
    /// One alone, as nearly every pattern has it.
    One(u32),
    /// These; or none that there is.
    Several(Box<[u32]>),
}

impl Actions {
    /// True for an action that is among them.
    pub(crate) fn contain(&self, action: u32) -> bool {
        match self {
            Actions::Every => true,
            Actions::One(one) => *one == action,
            Actions::Several(list) => list.contains(&action),
        }
    }
}

/// Where answers turn with the time.
#[derive(Debug, Default)]
pub struct Instants {
    /// The literals that are compared with `context.now`, as often as they are.
    pub literals: Vec<f64>,
    /// For the comparisons that turn just after their literal the millisecond after it.
    pub after: Vec<f64>,
}

/// The place `index` of a list.
pub(crate) fn at<T>(list: &[T], index: u32) -> Option<&T> {
    list.get(usize::try_from(index).ok()?)
}

/// The place `index` of a list, to be changed.
pub(crate) fn slot<T>(list: &mut [T], index: u32) -> Option<&mut T> {
    list.get_mut(usize::try_from(index).ok()?)
}

/// The part `start..end` of a list; empty where it leads nowhere.
pub(crate) fn part<T>(list: &[T], start: u32, end: u32) -> &[T] {
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(start), Ok(end)) => list.get(start..end).unwrap_or(&[]),
        _ => &[],
    }
}

/// The length of a list as a number of its places; the limits keep every list far below the bound.
pub(crate) fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

impl Policy {
    /// The number of a permission by its name.
    #[must_use]
    pub fn permission(&self, name: &str) -> Option<PermissionId> {
        let (path, action) = cut(name, b':')?;
        let resource = at(&self.resources, self.names.resources.get(path)?)?;
        self.permission_of(resource, self.names.actions.get(action)?)
    }

    /// The permission for an action on a resource, if it is declared.
    pub(crate) fn permission_of(&self, resource: &Resource, action: u32) -> Option<PermissionId> {
        let end = resource.first.saturating_add(resource.count);
        let place =
            part(&self.permissions, resource.first, end).iter().position(|permission| permission.action == action)?;
        Some(resource.first.saturating_add(u32::try_from(place).ok()?))
    }

    /// The name of a permission; empty for a number that is none.
    #[must_use]
    pub fn permission_name(&self, id: PermissionId) -> String {
        let mut name = String::new();
        self.write_permission_name(id, &mut name);
        name
    }

    /// Adds the name of a permission; nothing for a number that is none.
    pub(crate) fn write_permission_name(&self, id: PermissionId, name: &mut String) {
        let Some(permission) = at(&self.permissions, id) else { return };
        let path = at(&self.resources, permission.resource).map_or("", |resource| &resource.path);
        let action = self.names.actions.name(permission.action);
        name.push_str(path);
        name.push(':');
        name.push_str(action);
    }

    /// The names of all permissions, in the document's order.
    pub fn permission_names(&self) -> impl Iterator<Item = String> + '_ {
        (0..count(&self.permissions)).map(|id| self.permission_name(id))
    }

    /// The name of a role; empty for a number that is none.
    #[must_use]
    pub fn role_name(&self, id: RoleId) -> &str {
        at(&self.roles, id).map_or("", |role| &role.name)
    }

    /// The resource of a permission and those it lies in, from the inside out.
    pub(crate) fn lineage(&self, id: PermissionId) -> impl Iterator<Item = &Resource> {
        let innermost = at(&self.permissions, id).and_then(|permission| at(&self.resources, permission.resource));
        std::iter::successors(innermost, |resource| at(&self.resources, resource.parent?))
    }

    /// True where a role that is not abstract may be assigned at a scope of that reference's type.
    pub(crate) fn may_be_assigned(&self, role: &Role, scope: Option<&str>) -> bool {
        match scope {
            None => role.at_root,
            Some(reference) => {
                let kind = name::split_scope(reference).and_then(|(kind, _)| self.names.scope_types.get(kind));
                kind.is_some_and(|kind| role.at.contains(&kind))
            }
        }
    }

    /// The grants of a role: its allows and its denies.
    pub(crate) fn grants_of(&self, role: &Role) -> (&[Grant], &[Grant]) {
        let middle = role.first.saturating_add(role.allows);
        (part(&self.grants, role.first, middle), part(&self.grants, middle, middle.saturating_add(role.denies)))
    }
}

impl Covers {
    fn begin(&self, cover: u32) -> CoverEnd {
        cover.checked_sub(1).and_then(|before| at(&self.ends, before)).copied().unwrap_or_default()
    }

    /// The runs of permissions of a cover.
    #[must_use]
    pub fn ranges(&self, cover: u32) -> &[(PermissionId, PermissionId)] {
        let end = at(&self.ends, cover).copied().unwrap_or_default();
        part(&self.ranges, self.begin(cover).ranges, end.ranges)
    }

    /// The patterns that a cover was written as, exceptions aside, as places in [`Policy::patterns`].
    #[must_use]
    pub fn patterns(&self, cover: u32) -> &[u32] {
        let end = at(&self.ends, cover).copied().unwrap_or_default();
        part(&self.patterns, self.begin(cover).patterns, end.patterns)
    }

    /// True where the cover has the permission in it.
    #[must_use]
    pub fn contains(&self, cover: u32, permission: PermissionId) -> bool {
        in_ranges(self.ranges(cover), permission)
    }
}

/// True where one of ascending runs has the permission in it.
#[must_use]
pub fn in_ranges(ranges: &[(PermissionId, PermissionId)], permission: PermissionId) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= permission);
    after.checked_sub(1).and_then(|place| ranges.get(place)).is_some_and(|(_, end)| permission < *end)
}
