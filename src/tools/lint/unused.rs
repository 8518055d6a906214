//! What nobody can have, nothing gives and nothing needs.

use super::Lint;
use super::exists::Side;
use crate::compile::Closure;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::policy::{DerivedRole, Policy, Role, RoleId, at};
use crate::tools::bits::Bits;

impl Lint<'_> {
    /// The roles that somebody can have: assigned, derived, or inherited by one of those.
    pub(super) fn reachable(&self) -> Bits {
        let policy = self.policy;
        let mut assigned = Bits::new(policy.roles.len());
        for (id, role) in (0..).zip(&policy.roles) {
            if !role.is_abstract && (role.at_root || !role.at.is_empty()) {
                add_lineage(policy, id, &mut assigned);
            }
        }
        // Only assignments count for what a derived role asks to be held.
        let mut reachable = assigned.clone();
        for entry in policy.derived_roles.iter().filter(|entry| can_be_derived(entry, &assigned)) {
            add_lineage(policy, entry.role, &mut reachable);
        }
        reachable
    }

    pub(super) fn unreachable(&mut self, role: &Role, at: &Pointer<'_>) {
        let (message, help) = if role.is_abstract {
            ("nobody can have the abstract role `%`", "let a role that somebody can have inherit it, or leave it out")
        } else {
            ("nobody can have the role `%`", "name a scope type or `root` in its `scopes`, or leave it out")
        };
        self.warn("unreachable-role", at, message, &[&role.name], help);
    }

    pub(super) fn derived_roles(&mut self) {
        let root = Pointer::Root.key("derivedRoles");
        for (place, entry) in self.policy.derived_roles.iter().enumerate() {
            let at_entry = root.index(place);
            let gives = at(&self.all, entry.role).is_some_and(|given| !given.may_allow.is_empty());
            let denies = at(&self.policy.roles, entry.role).is_some_and(|role| role.carries_deny);
            if gives {
                self.condition(entry.when, Side::Allow, &at_entry);
            }
            if denies {
                self.condition(entry.when, Side::Deny, &at_entry);
            }
        }
    }

    pub(super) fn permissions(&mut self) {
        let root = Pointer::Root.key("resources");
        for (place, permission) in self.policy.permissions.iter().enumerate() {
            let Some(resource) = at(&self.policy.resources, permission.resource).filter(|_| !self.allowed.has(place))
            else {
                continue;
            };
            let name = u32::try_from(place).map(|id| self.policy.permission_name(id)).unwrap_or_default();
            let help = "give it to a role, or leave it out if no direct grant needs it";
            let at = root.key(&resource.path);
            self.warn("ungiven-permission", &at.key("actions"), "no role gives `%`", &[&name], help);
        }
    }

    pub(super) fn sections(&mut self) {
        let root = Pointer::Root.key("sections");
        for section in &self.policy.sections {
            let is_given = |id: &u32| usize::try_from(*id).is_ok_and(|id| self.allowed.has(id));
            if !section.show.iter().any(is_given) {
                let message = "no role opens the section `%`: none gives a permission that shows it";
                let help = "give one of its `show` permissions to a role, or leave the section out";
                self.warn("closed-section", &root.key(&section.name).key("show"), message, &[&section.name], help);
            }
        }
    }

    /// What actions imply where no resource has both.
    pub(super) fn implications(&mut self) -> Result<(), Vec<Diagnostic>> {
        let policy = self.policy;
        let (actions, implies) = (&policy.names.actions, &policy.covers.implies);
        let mut of_resources = Vec::new();
        for resource in &policy.resources {
            let mut own = Bits::new(actions.len());
            let end = resource.first.saturating_add(resource.count);
            for permission in crate::policy::part(&policy.permissions, resource.first, end) {
                own.insert(usize::try_from(permission.action).unwrap_or(usize::MAX));
            }
            of_resources.push(own);
        }
        let set = |action: u32, closure: Closure| {
            let mut found = Bits::new(actions.len());
            for other in implies.closed(action, closure) {
                found.insert(usize::try_from(*other).unwrap_or(usize::MAX));
            }
            found
        };
        let root = Pointer::Root.key("implies");
        for action in (0..).take(actions.len()) {
            let implied = implies.closed(action, Closure::Up);
            if implied.len() < 2 {
                continue;
            }
            let from = set(action, Closure::Down);
            for other in implied.iter().filter(|other| **other != action) {
                self.spend(implied.len().saturating_add(of_resources.len().saturating_mul(from.words())))?;
                let is_between = |middle: &u32| {
                    *middle != action && middle != other && implies.closed(*middle, Closure::Up).contains(other)
                };
                let to = set(*other, Closure::Up);
                let matters = |own: &Bits| own.meets(&from) && own.meets(&to);
                if implied.iter().any(is_between) || of_resources.iter().any(matters) {
                    continue;
                }
                let message = "that `%` implies `%` never matters: no resource has both";
                let parts = [actions.name(action), actions.name(*other)];
                self.warn(
                    "pointless-implication",
                    &root.key(actions.name(action)),
                    message,
                    &parts,
                    "leave it out, or mend its spelling",
                );
            }
        }
        Ok(())
    }
}

/// True where what a derived role asks to be held can be held.
fn can_be_derived(entry: &DerivedRole, assigned: &Bits) -> bool {
    let is_held = |role: &RoleId| usize::try_from(*role).is_ok_and(|role| assigned.has(role));
    let holds = entry
        .holds
        .as_ref()
        .is_none_or(|(roles, all)| if *all { roles.iter().all(is_held) } else { roles.iter().any(is_held) });
    holds && (entry.holds_below.is_empty() || entry.holds_below.iter().any(is_held))
}

/// Adds a role and all that it inherits; what is in the set already has all of its own there.
fn add_lineage(policy: &Policy, role: RoleId, found: &mut Bits) {
    let mut open = vec![role];
    while let Some(id) = open.pop() {
        let Some((role, place)) = at(&policy.roles, id).zip(usize::try_from(id).ok()) else { continue };
        if !found.has(place) {
            found.insert(place);
            open.extend_from_slice(&role.inherits);
        }
    }
}
