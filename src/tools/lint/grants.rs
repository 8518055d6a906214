//! What is suspicious of the grants of roles.

use super::Lint;
use super::exists::Side;
use crate::compile::Expander;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::policy::{Grant, PermissionId, Policy, Role, at};
use crate::text::{decimal, fill};
use crate::tools::bits::Bits;
use crate::tools::given::{Given, given, lineage};

/// What a deny grant of exactly a resource leaves alone below it.
struct Shallow {
    /// The place of the grant among its role's denies.
    place: usize,
    /// The place of the pattern.
    pattern: usize,
    /// The permission that is denied, and those of the same action below it that the grant does not cover.
    denied: PermissionId,
    below: Vec<PermissionId>,
}

impl Lint<'_> {
    pub(super) fn roles(&mut self) -> Result<(), Vec<Diagnostic>> {
        let policy = self.policy;
        let reachable = self.reachable();
        // What is inherited only through a role that requires something is not there always.
        let always = given(policy, &|_| false)?;
        let left_alone = self.left_alone()?;
        let root = Pointer::Root.key("roles");
        for (id, role) in policy.roles.iter().enumerate() {
            let at = root.key(&role.name);
            if !reachable.has(id) {
                self.unreachable(role, &at);
            }
            let (allow, deny) = policy.grants_of(role);
            self.inherited(role, allow, Side::Allow, &always, &at.key("allow"))?;
            self.inherited(role, deny, Side::Deny, &always, &at.key("deny"))?;
            for (place, grant) in allow.iter().enumerate() {
                self.condition(grant.when(), Side::Allow, &at.key("allow").index(place));
            }
            for (place, grant) in deny.iter().enumerate() {
                let at = at.key("deny");
                let at = at.index(place);
                self.condition(grant.when(), Side::Deny, &at);
                self.pointless_deny(grant, &at);
            }
            for (shallow, found) in left_alone.get(id).map_or(&[][..], |list| list) {
                self.shallow(shallow, found, deny, &at.key("deny"));
            }
        }
        Ok(())
    }

    /// Grants that inheritance already gives.
    fn inherited(
        &mut self,
        role: &Role,
        grants: &[Grant],
        side: Side,
        always: &[Given],
        list: &Pointer<'_>,
    ) -> Result<(), Vec<Diagnostic>> {
        let policy = self.policy;
        if role.inherits.is_empty() || grants.is_empty() {
            return Ok(());
        }
        let mut certain = Bits::new(policy.permissions.len());
        for parent in &role.inherits {
            if let Some(parent) = at(always, *parent) {
                certain.add(if side == Side::Allow { &parent.allows } else { &parent.denies });
            }
        }
        let conditional = if grants.iter().any(|grant| grant.when().is_some()) {
            self.conditional_of_parents(role, side)?
        } else {
            Vec::new()
        };
        for (place, grant) in grants.iter().enumerate() {
            let mut rest = cover(policy, grant);
            self.spend(rest.words().saturating_add(conditional.len()))?;
            let covers_something = !rest.is_empty();
            rest.take(&certain);
            let when = grant.when().and_then(|when| at(&policy.conditions, when));
            for other in conditional.iter().filter(|_| when.is_some()) {
                if other.when().and_then(|when| at(&policy.conditions, when)) == when {
                    rest.take(&cover(policy, other));
                }
            }
            if covers_something && rest.is_empty() {
                let verb = if side == Side::Allow { "gives" } else { "denies" };
                let message = "`%` already % all of this through the roles that it inherits";
                let help = "leave the grant out";
                self.warn("inherited-grant", &list.index(place), message, &[&role.name, verb], help);
            }
        }
        Ok(())
    }

    /// The conditional grants that a role inherits, of allows only those that are there without any entitlement.
    fn conditional_of_parents(&mut self, role: &Role, side: Side) -> Result<Vec<Grant>, Vec<Diagnostic>> {
        let policy = self.policy;
        let (mut found, mut seen) = (Vec::new(), Bits::new(policy.roles.len()));
        let mut open = role.inherits.clone();
        while let Some(id) = open.pop() {
            let Some((parent, place)) = at(&policy.roles, id).zip(usize::try_from(id).ok()) else { continue };
            if seen.has(place) || side == Side::Allow && parent.requires.is_some() {
                continue;
            }
            seen.insert(place);
            let (allow, deny) = policy.grants_of(parent);
            let grants = if side == Side::Allow { allow } else { deny };
            self.spend(grants.len().saturating_add(1))?;
            found.extend(grants.iter().copied().filter(|grant| grant.when().is_some()));
            open.extend_from_slice(&parent.inherits);
        }
        Ok(found)
    }

    /// A deny that matches nothing that any role allows.
    fn pointless_deny(&mut self, grant: &Grant, at: &Pointer<'_>) {
        let covered = cover(self.policy, grant);
        if !covered.is_empty() && !self.mentioned.meets(&covered) {
            let message = "no role allows anything that this denies";
            self.warn("pointless-deny", at, message, &[], "leave it out, or deny what some role gives");
        }
    }

    /// For each role what its denies of exactly a resource leave allowed below it, to the role itself or to an heir.
    fn left_alone(&mut self) -> Result<Vec<Vec<(Shallow, Bits)>>, Vec<Diagnostic>> {
        let policy = self.policy;
        let mut all: Vec<Vec<(Shallow, Bits)>> = Vec::new();
        for role in &policy.roles {
            let (_, deny) = policy.grants_of(role);
            let mut shallow = Vec::new();
            for (place, grant) in deny.iter().enumerate() {
                for (pattern, _) in policy.covers.patterns(grant.cover).iter().enumerate() {
                    for found in below(policy, grant, place, pattern) {
                        self.spend(found.below.len().saturating_add(1))?;
                        shallow.push((found, Bits::new(policy.permissions.len())));
                    }
                }
            }
            all.push(shallow);
        }
        for (heir, _) in (0..).zip(&policy.roles).filter(|(_, role)| role.carries_deny) {
            for carrier in lineage(policy, heir) {
                let place = usize::try_from(carrier).unwrap_or(usize::MAX);
                let Some((shallow, given)) = all.get_mut(place).zip(at(&self.all, heir)) else { continue };
                let mut looked = 1_usize;
                for (found, left) in shallow {
                    looked = looked.saturating_add(found.below.len());
                    for id in found.below.iter().filter_map(|id| usize::try_from(*id).ok()) {
                        if given.may_allow.has(id) && !given.may_deny.has(id) {
                            left.insert(id);
                        }
                    }
                }
                self.spend(looked)?;
            }
        }
        Ok(all)
    }

    fn shallow(&mut self, shallow: &Shallow, found: &Bits, deny: &[Grant], list: &Pointer<'_>) {
        let mut left = found.numbers();
        let Some(first) = left.next().and_then(|id| u32::try_from(id).ok()) else { return };
        let others = left.count();
        let (denied, below) = (self.policy.permission_name(shallow.denied), self.policy.permission_name(first));
        let more = if others > 0 { fill(" and % more", &[&decimal(others)]) } else { String::new() };
        let (path, action) = denied.split_once(':').unwrap_or_default();
        let help = fill("write `%.**:%` to deny it below `%` too", &[path, action, path]);
        let grant = list.index(shallow.place);
        let permissions = grant.key("permissions");
        let is_shorthand = deny.get(shallow.place).is_some_and(|grant| grant.is_shorthand());
        let at = if is_shorthand { grant } else { permissions.index(shallow.pattern) };
        self.warn("shallow-deny", &at, "the deny of `%` leaves `%`% allowed", &[&denied, &below, &more], &help);
    }
}

/// What a grant covers.
fn cover(policy: &Policy, grant: &Grant) -> Bits {
    let mut covered = Bits::new(policy.permissions.len());
    for (start, end) in policy.covers.ranges(grant.cover) {
        covered.insert_run(*start, *end);
    }
    covered
}

/// For each permission that a pattern names of exactly one resource and denies, the same action on what lies below it.
fn below(policy: &Policy, grant: &Grant, place: usize, number: usize) -> Vec<Shallow> {
    let mut found = Vec::new();
    let pattern = policy.covers.patterns(grant.cover).get(number).and_then(|pattern| policy.patterns.get(*pattern));
    let Some(pattern) = pattern else { return found };
    let Some(resource) = pattern.resource.filter(|_| !pattern.tree).and_then(|id| at(&policy.resources, id)) else {
        return found;
    };
    if resource.children.is_empty() {
        return found;
    }
    for (denied, permission) in Expander::new(policy).each(pattern) {
        if !policy.covers.contains(grant.cover, denied) {
            continue;
        }
        let (mut below, mut open) = (Vec::new(), resource.children.clone());
        while let Some(child) = open.pop().and_then(|child| at(&policy.resources, child)) {
            let same = policy.permission_of(child, permission.action);
            below.extend(same.filter(|same| !policy.covers.contains(grant.cover, *same)));
            open.extend_from_slice(&child.children);
        }
        if !below.is_empty() {
            found.push(Shallow { place, pattern: number, denied, below });
        }
    }
    found
}
