//! For each role the permissions that it gains and loses, and those whose condition changed, between two
//! policies (section 9, `diff`). Roles and permissions are the same where their names are. It is judged
//! without facts, as the matrix is: what a role denies by a grant without `when` it does not give.

use super::bits::Bits;
use super::canonical;
use super::given::{Cell, Given, given, lineage};
use super::refused;
use crate::diagnostic::Diagnostic;
use crate::index::Index;
use crate::order::sorted_set;
use crate::pointer::Pointer;
use crate::policy::{PermissionId, Policy, RoleId, at, part};

/// Permissions of conditional grants that are looked at. A difference that takes more is refused.
const WORK: usize = 1 << 26;

/// What differs between two policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The roles that both have and that differ, in the newer one's order.
    pub roles: Vec<(Box<str>, RoleDiff)>,
    /// The roles that only the newer one has, in its order.
    pub added: Vec<Box<str>>,
    /// The roles that only the older one has, in its order.
    pub removed: Vec<Box<str>>,
}

/// What one role gains and loses, and whose condition changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDiff {
    /// Permissions that it did not give, in the newer policy's order.
    pub gained: Vec<String>,
    /// Permissions that it no longer gives, in the older policy's order.
    pub lost: Vec<String>,
    /// Permissions that it gives under another condition, in the newer policy's order.
    pub changed: Vec<String>,
}

/// What a newer policy changes.
///
/// # Errors
/// One of the policies has more pairs of a role and a permission than [`PAIRS`](super::PAIRS), or comparing
/// their conditions takes too long.
pub fn diff(older: &Policy, newer: &Policy) -> Result<Diff, Vec<Diagnostic>> {
    let mut keys = Index::default();
    let (was, is) = (Side::new(older, &mut keys)?, Side::new(newer, &mut keys)?);
    let mut both = Both { to_newer: translated(older, newer), to_older: translated(newer, older), was, is, left: WORK };
    let mut diff = Diff::default();
    for (id, role) in (0..).zip(&newer.roles) {
        let Some(before) = older.names.roles.get(&role.name) else {
            diff.added.push(role.name.clone());
            continue;
        };
        let differs = both.role(before, id)?;
        if differs != RoleDiff::default() {
            diff.roles.push((role.name.clone(), differs));
        }
    }
    for role in &older.roles {
        if newer.names.roles.get(&role.name).is_none() {
            diff.removed.push(role.name.clone());
        }
    }
    Ok(diff)
}

/// For each permission of a policy its number in another.
fn translated(from: &Policy, to: &Policy) -> Vec<Option<PermissionId>> {
    let mut numbers = Vec::new();
    for name in from.permission_names() {
        numbers.push(to.permission(&name));
    }
    numbers
}

/// One of the two policies.
struct Side<'p> {
    policy: &'p Policy,
    given: Vec<Given>,
    /// For each grant the number of its condition, the same for the same one in either policy.
    keys: Vec<u32>,
}

impl<'p> Side<'p> {
    fn new(policy: &'p Policy, numbers: &mut Index) -> Result<Side<'p>, Vec<Diagnostic>> {
        let mut keys = Vec::new();
        for role in &policy.roles {
            let (allow, deny) = policy.grants_of(role);
            for (grants, lead) in [(allow, "allow "), (deny, "deny ")] {
                for grant in grants {
                    let mut text = String::from(lead);
                    if let Some(when) = grant.when().and_then(|when| at(&policy.conditions, when)) {
                        canonical::condition(when, &mut text);
                    }
                    keys.push(numbers.insert(&text));
                }
            }
        }
        Ok(Side { policy, given: given(policy, &|_| true)?, keys })
    }

    fn cell(&self, role: RoleId, permission: PermissionId) -> Option<Cell> {
        at(&self.given, role)?.cell(usize::try_from(permission).ok()?).filter(|cell| *cell != Cell::Deny)
    }

    /// The conditions under which a role gives or denies some permissions: the number of each permission in
    /// the newer policy with the number of each condition, in their order.
    fn conditions(
        &self,
        role: RoleId,
        asked: &Bits,
        number: &dyn Fn(PermissionId) -> Option<PermissionId>,
        left: &mut usize,
    ) -> Result<Vec<(PermissionId, u32)>, Vec<Diagnostic>> {
        let mut pairs = Vec::new();
        for carrier in lineage(self.policy, role) {
            let Some(carried) = at(&self.policy.roles, carrier) else { continue };
            let end = carried.first.saturating_add(carried.allows).saturating_add(carried.denies);
            let grants = part(&self.policy.grants, carried.first, end);
            for (grant, key) in grants.iter().zip(part(&self.keys, carried.first, end)) {
                for (start, end) in self.policy.covers.ranges(grant.cover) {
                    let Some(rest) =
                        usize::try_from(end.saturating_sub(*start)).ok().and_then(|run| left.checked_sub(run))
                    else {
                        let message = "comparing the conditions of these policies takes too long";
                        let help = "compare parts of them by themselves";
                        return Err(refused("too-complex", &Pointer::Root, message.to_owned(), help));
                    };
                    *left = rest;
                    for id in *start..*end {
                        if usize::try_from(id).is_ok_and(|id| asked.has(id)) {
                            pairs.extend(number(id).map(|id| (id, *key)));
                        }
                    }
                }
            }
        }
        Ok(sorted_set(pairs))
    }
}

/// Both policies, and the numbers of the permissions of each in the other.
struct Both<'p> {
    was: Side<'p>,
    is: Side<'p>,
    to_newer: Vec<Option<PermissionId>>,
    to_older: Vec<Option<PermissionId>>,
    left: usize,
}

impl Both<'_> {
    fn role(&mut self, before: RoleId, after: RoleId) -> Result<RoleDiff, Vec<Diagnostic>> {
        let mut differs = RoleDiff::default();
        let (older, newer) = (self.was.policy, self.is.policy);
        for (id, other) in (0..).zip(&self.to_newer) {
            let is_given = other.is_some_and(|other| self.is.cell(after, other).is_some());
            if self.was.cell(before, id).is_some() && !is_given {
                differs.lost.push(older.permission_name(id));
            }
        }
        // Where both are conditional the conditions decide.
        let mut asked = (Bits::new(older.permissions.len()), Bits::new(newer.permissions.len()));
        let mut pairs = Vec::new();
        for (id, other) in (0..).zip(&self.to_older) {
            let was = other.and_then(|other| self.was.cell(before, other));
            match (was, self.is.cell(after, id)) {
                (None, Some(_)) => differs.gained.push(newer.permission_name(id)),
                (Some(was), Some(is)) => {
                    let both = was == Cell::Conditional && is == Cell::Conditional;
                    if both {
                        asked.0.insert(other.and_then(|other| usize::try_from(other).ok()).unwrap_or(usize::MAX));
                        asked.1.insert(usize::try_from(id).unwrap_or(usize::MAX));
                    }
                    if both || was != is {
                        pairs.push((id, both));
                    }
                }
                (_, None) => {}
            }
        }
        let (to_newer, left) = (&self.to_newer, &mut self.left);
        let was = self.was.conditions(before, &asked.0, &|id| at(to_newer, id).copied().flatten(), left)?;
        let is = self.is.conditions(after, &asked.1, &Some, left)?;
        for (id, both) in pairs {
            if !both || conditions_of(&was, id).ne(conditions_of(&is, id)) {
                differs.changed.push(newer.permission_name(id));
            }
        }
        Ok(differs)
    }
}

/// The conditions of one permission among those of all.
fn conditions_of(pairs: &[(PermissionId, u32)], id: PermissionId) -> impl Iterator<Item = &(PermissionId, u32)> {
    let begin = pairs.partition_point(|(other, _)| *other < id);
    pairs.get(begin..).unwrap_or_default().iter().take_while(move |(other, _)| *other == id)
}
