//! Whose assignments can give a permission: what a search over a directory has to look at. Nobody else has the decision
//! allow or conditional on it, whatever the facts.

use super::bits::Bits;
use super::given::parents_first;
use crate::policy::{Policy, RoleId, at};

/// Where a permission can come from, beside direct grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Somebody may have it without any assignment: a derived role that gives it asks for none.
    pub everyone: bool,
    /// The assignable roles that give it at the scopes of their assignments and below, in the policy's order: those that
    /// carry or inherit an allow grant of it, and those by which a derived role that does is held.
    pub roles: Vec<RoleId>,
    /// The assignable roles by which a derived role gives it above the scopes of their assignments, likewise.
    pub below: Vec<RoleId>,
}

/// The candidates for a permission; none for one that the policy does not have. A derived role that asks for several
/// assignments at once counts by one of them, since nobody has it without that one.
#[must_use]
pub fn candidates(policy: &Policy, permission: &str) -> Candidates {
    let mut found = Candidates::default();
    let Some(permission) = policy.permission(permission) else { return found };
    let order = parents_first(policy);
    let mut roles = Bits::new(policy.roles.len());
    for (place, role) in policy.roles.iter().enumerate() {
        for grant in policy.grants_of(role).0 {
            if policy.covers.contains(grant.cover, permission) {
                roles.insert(place);
            }
        }
    }
    spread(policy, &order, &mut roles);
    let (giving, mut below) = (roles.clone(), Bits::new(policy.roles.len()));
    for entry in &policy.derived_roles {
        if !has(&giving, entry.role) {
            continue;
        }
        let (asked, into): (&[RoleId], _) = match &entry.holds {
            Some((asked, true)) => (asked.get(..1).unwrap_or(asked), &mut roles),
            Some((asked, false)) => (asked, &mut roles),
            None => (&entry.holds_below, &mut below),
        };
        found.everyone |= asked.is_empty();
        for role in asked {
            into.insert(number(*role));
        }
    }
    found.roles = assignable(policy, &order, roles);
    found.below = assignable(policy, &order, below);
    found
}

fn number(role: RoleId) -> usize {
    usize::try_from(role).unwrap_or(usize::MAX)
}

fn has(roles: &Bits, role: RoleId) -> bool {
    roles.has(number(role))
}

/// Adds the roles that inherit one of the set.
fn spread(policy: &Policy, parents_first: &[RoleId], roles: &mut Bits) {
    for id in parents_first {
        if at(&policy.roles, *id).is_some_and(|role| role.inherits.iter().any(|parent| has(roles, *parent))) {
            roles.insert(number(*id));
        }
    }
}

/// The roles of the set and those that inherit one, without those that nobody can be assigned.
fn assignable(policy: &Policy, parents_first: &[RoleId], mut roles: Bits) -> Vec<RoleId> {
    spread(policy, parents_first, &mut roles);
    let mut list = Vec::new();
    for (id, role) in (0..).zip(&policy.roles) {
        if has(&roles, id) && !role.is_abstract {
            list.push(id);
        }
    }
    list
}
