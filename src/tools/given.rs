//! What each role of a policy gives by itself, judged without facts: a `when` may hold or not.

use super::bits::Bits;
use super::{PAIRS, refused};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::policy::{Policy, Role, RoleId, at, slot};

/// What a role alone gives of a permission (section 9, `matrix`); nothing is no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Allowed by a grant without `when`, and not denied.
    Allow = 1,
    /// Allowed or denied by a grant with `when`.
    Conditional = 2,
    /// Denied by a deny grant without `when`.
    Deny = 3,
}

impl Cell {
    /// Its name in the model.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Cell::Allow => "allow",
            Cell::Conditional => "conditional",
            Cell::Deny => "deny",
        }
    }
}

/// The permissions that the grants of a role, own and inherited ones, cover.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Of allow grants without `when`.
    pub allows: Bits,
    /// Of all allow grants.
    pub may_allow: Bits,
    /// Of deny grants without `when`.
    pub denies: Bits,
    /// Of all deny grants.
    pub may_deny: Bits,
}

impl Given {
    fn new(permissions: usize) -> Given {
        let none = || Bits::new(permissions);
        Given { allows: none(), may_allow: none(), denies: none(), may_deny: none() }
    }

    /// What the role gives of a permission whose gates are open.
    #[must_use]
    pub fn cell(&self, permission: usize) -> Option<Cell> {
        if self.denies.has(permission) {
            Some(Cell::Deny)
        } else if !self.may_allow.has(permission) {
            None
        } else if self.allows.has(permission) && !self.may_deny.has(permission) {
            Some(Cell::Allow)
        } else {
            Some(Cell::Conditional)
        }
    }

    /// The permissions that it allows or may allow.
    #[must_use]
    pub fn open(&self) -> Bits {
        self.may_allow.without(&self.denies)
    }

    fn add_own(&mut self, policy: &Policy, role: &Role, is_live: bool) {
        let (allow, deny) = policy.grants_of(role);
        for (grants, is_allow) in [(if is_live { allow } else { &[] }, true), (deny, false)] {
            let (certain, possible) =
                if is_allow { (&mut self.allows, &mut self.may_allow) } else { (&mut self.denies, &mut self.may_deny) };
            for grant in grants {
                for (start, end) in policy.covers.ranges(grant.cover) {
                    possible.insert_run(*start, *end);
                    if grant.when().is_none() {
                        certain.insert_run(*start, *end);
                    }
                }
            }
        }
    }

    fn inherit(&mut self, parent: &Given, is_live: bool) {
        if is_live {
            self.allows.add(&parent.allows);
            self.may_allow.add(&parent.may_allow);
        }
        self.denies.add(&parent.denies);
        self.may_deny.add(&parent.may_deny);
    }
}

/// What each role gives while `is_active` says which entitlements are; the gates of the permissions aside.
///
/// # Errors
/// The policy has more than [`PAIRS`] pairs of a role and a permission.
pub fn given(policy: &Policy, is_active: &dyn Fn(u32) -> bool) -> Result<Vec<Given>, Vec<Diagnostic>> {
    let permissions = policy.permissions.len();
    if policy.roles.len().saturating_mul(permissions) > PAIRS {
        let message = "the policy has more than 16777216 pairs of a role and a permission";
        let help = "ask parts of it by themselves";
        return Err(refused("too-large", &Pointer::Root, message.to_owned(), help));
    }
    let mut all = Vec::new();
    all.resize_with(policy.roles.len(), Given::default);
    for id in parents_first(policy) {
        let Some(role) = at(&policy.roles, id) else { continue };
        let is_live = role.requires.is_none_or(is_active);
        let mut given = Given::new(permissions);
        given.add_own(policy, role, is_live);
        for parent in &role.inherits {
            if let Some(parent) = at(&all, *parent) {
                given.inherit(parent, is_live);
            }
        }
        if let Some(place) = slot(&mut all, id) {
            *place = given;
        }
    }
    Ok(all)
}

/// Every role, each after those that it inherits.
pub(super) fn parents_first(policy: &Policy) -> Vec<RoleId> {
    let mut order = Vec::new();
    // Whether a role was met, and whether it stands in the order.
    let mut marks = vec![(false, false); policy.roles.len()];
    for (root, _) in (0..).zip(&policy.roles) {
        let mut open = vec![root];
        while let Some(id) = open.last().copied() {
            let (Some(mark), Some(role)) = (slot(&mut marks, id), at(&policy.roles, id)) else {
                open.pop();
                continue;
            };
            if !mark.0 {
                mark.0 = true;
                for parent in &role.inherits {
                    if at(&marks, *parent).is_some_and(|(met, _)| !met) {
                        open.push(*parent);
                    }
                }
                continue;
            }
            if !mark.1 {
                mark.1 = true;
                order.push(id);
            }
            open.pop();
        }
    }
    order
}

/// A role and every role that it inherits, inert ones too, each once.
pub(super) fn lineage(policy: &Policy, role: RoleId) -> Vec<RoleId> {
    let mut seen = super::bits::Bits::new(policy.roles.len());
    let (mut found, mut open) = (Vec::new(), vec![role]);
    while let Some(id) = open.pop() {
        let Some((role, place)) = at(&policy.roles, id).zip(usize::try_from(id).ok()) else { continue };
        if !seen.has(place) {
            seen.insert(place);
            found.push(id);
            open.extend_from_slice(&role.inherits);
        }
    }
    found
}
