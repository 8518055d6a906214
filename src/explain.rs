//! Why a decision is what it is: the grants behind it, each with its way through the policy.

use crate::compile::{Closure, Expander};
use crate::decide::{ACTIVE, ENTITLED, Reason};
use crate::facts::{Bounds, DirectGrant, Request};
use crate::pointer::Pointer;
use crate::policy::{PermissionId, RoleId, at};
use crate::session::walk::{Asked, Carried, Hit, Source};
use crate::session::{Chain, Hypothesis, Session, roles};

/// One thing behind a decision: a grant that counted or would have, or an entitlement that is not
/// active.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Because {
    /// `allow` or `deny`.
    pub effect: &'static str,
    /// `certain`, or `possible` where it depends on the record.
    pub outcome: &'static str,
    /// `assignment`, `derived` or `grant`; empty for an entitlement.
    pub via: &'static str,
    /// The place in the subject's `assignments` or `grants`, or in the policy's `derivedRoles`.
    pub index: Option<usize>,
    /// The role assigned or derived.
    pub role: Option<String>,
    /// The roles from that one to the one that carries the grant.
    pub chain: Vec<String>,
    /// The scope of the assignment, derived role or grant; absent: the root.
    pub scope: Option<String>,
    /// The JSON pointer of the pattern: in the policy, or in the subject for a direct grant. For an
    /// entitlement, of the `requires` that asks for it.
    pub pointer: String,
    /// The entitlement that is not active.
    pub entitlement: Option<String>,
    /// The status of the assignment or direct grant, where it is not `active`.
    pub status: Option<&'static str>,
    /// When the assignment or direct grant begins to count, in milliseconds.
    pub from: Option<f64>,
    /// When it ends to count, in milliseconds.
    pub until: Option<f64>,
}

impl Session {
    /// What stands behind a reason: for `granted` and `conditional` the allows, for `forbidden` the
    /// denies, for `entitlement` what is not active, for `inactive` what would have granted it.
    pub(crate) fn because(&self, permission: PermissionId, request: Request<'_>, reason: Reason) -> Vec<Because> {
        let Some(chain) = Chain::of(&self.policy, &self.facts.context, request.scope) else { return Vec::new() };
        let as_it_is = Hypothesis::default();
        match reason {
            Reason::Granted => self.grants_behind(permission, &chain, request, as_it_is, |hit| hit.is_allow && hit.outcomes.is_exactly_true()),
            Reason::Forbidden => self.grants_behind(permission, &chain, request, as_it_is, |hit| !hit.is_allow && !hit.outcomes.may_be_false()),
            Reason::Conditional => self.grants_behind(permission, &chain, request, as_it_is, |hit| {
                if hit.is_allow { hit.outcomes.may_be_true() } else { hit.outcomes.may_be_other_than_false() }
            }),
            Reason::Entitlement => self.missing_entitlements(permission, &chain, request),
            Reason::Inactive => self.grants_behind(permission, &chain, request, ACTIVE, |hit| hit.is_allow && hit.outcomes.may_be_true()),
            Reason::UnknownPermission | Reason::Suspended | Reason::UnknownScope | Reason::NotGranted => Vec::new(),
        }
    }

    fn grants_behind(
        &self,
        permission: PermissionId,
        chain: &Chain<'_>,
        request: Request<'_>,
        hypothesis: Hypothesis,
        counts: impl Fn(&Hit<'_>) -> bool,
    ) -> Vec<Because> {
        let mut because = Vec::new();
        self.walk(chain, request, hypothesis, Asked::One(permission), &mut |hit| {
            if counts(&hit) {
                because.push(self.explain(&hit, permission, chain, hypothesis));
            }
        });
        because
    }

    fn explain(&self, hit: &Hit<'_>, permission: PermissionId, chain: &Chain<'_>, hypothesis: Hypothesis) -> Because {
        let subject = &self.facts.subject;
        let mut because = Because {
            effect: if hit.is_allow { "allow" } else { "deny" },
            outcome: if hit.outcomes.is_exactly_true() || !hit.outcomes.may_be_false() { "certain" } else { "possible" },
            ..Because::default()
        };
        if let Some(carried) = hit.carried {
            because.role = Some(self.policy.role_name(carried.through).to_owned());
            because.chain = self.way(carried, hit.is_allow, hypothesis);
            because.pointer = self.pattern_pointer(carried, hit.is_allow, permission);
        }
        let (via, number) = match hit.source {
            Source::Assignment(number) => ("assignment", number),
            Source::Derived(number, _) => ("derived", number),
            Source::Direct(number) => ("grant", number),
        };
        (because.via, because.index) = (via, Some(number));
        match hit.source {
            Source::Assignment(number) => {
                if let Some(assignment) = subject.assignments.get(number) {
                    because.scope = assignment.scope.as_deref().map(str::to_owned);
                    because.status = assignment.status.map(crate::document::Status::name).filter(|status| *status != "active");
                    because.bound(assignment.bounds);
                }
            }
            Source::Derived(_, height) => because.scope = chain.links().get(height).map(|link| link.reference.to_owned()),
            Source::Direct(number) => {
                if let Some(grant) = subject.grants.get(number) {
                    because.pointer = self.direct_pointer(number, grant, permission);
                    because.scope = grant.scope.as_deref().map(str::to_owned);
                    because.status = grant.status.map(crate::document::Status::name).filter(|status| *status != "active");
                    because.bound(grant.bounds);
                }
            }
        }
        because
    }

    /// The roles from the one held to the one that carries the grant.
    fn way(&self, carried: Carried<'_>, is_allow: bool, hypothesis: Hypothesis) -> Vec<String> {
        let through = |role: RoleId| !is_allow || self.is_live(role, hypothesis);
        let way = roles::path(&self.policy, carried.through, carried.carrier, through);
        way.into_iter().map(|role| self.policy.role_name(role).to_owned()).collect()
    }

    fn pattern_pointer(&self, carried: Carried<'_>, is_allow: bool, permission: PermissionId) -> String {
        let (list, closure) = if is_allow { ("allow", Closure::Up) } else { ("deny", Closure::Down) };
        let (root, role) = (Pointer::Root, self.policy.role_name(carried.carrier));
        let (roles, expander) = (root.key("roles"), Expander::new(&self.policy));
        let (role, mut patterns) = (roles.key(role), self.policy.covers.patterns(carried.grant.cover));
        let (list, place) = (role.key(list), patterns.position(|pattern| expander.covers(pattern, closure, permission)));
        let grant = list.index(carried.place);
        match place {
            Some(place) if !carried.grant.is_shorthand => grant.key("permissions").index(place).to_string(),
            _ => grant.to_string(),
        }
    }

    fn direct_pointer(&self, number: usize, grant: &DirectGrant, permission: PermissionId) -> String {
        let expander = Expander::new(&self.policy);
        let place = grant.patterns.iter().position(|pattern| expander.covers(pattern, Closure::Up, permission));
        let root = Pointer::Root;
        let grants = root.key("grants");
        let (grant, place) = (grants.index(number), place.unwrap_or(0));
        grant.key("permissions").index(place).to_string()
    }

    /// The entitlements that are not active: those that gate the permission, then those that a role on
    /// the way to it requires, from which it counts or is derived.
    fn missing_entitlements(&self, permission: PermissionId, chain: &Chain<'_>, request: Request<'_>) -> Vec<Because> {
        let root = Pointer::Root;
        let (resources, role_map) = (root.key("resources"), root.key("roles"));
        let mut because = Vec::new();
        let mut lacking = |entitlement: Option<u32>, owner: Pointer<'_>| {
            let missing = entitlement.filter(|_| !self.is_entitled(entitlement, Hypothesis::default()));
            let Some(name) = missing.and_then(|id| at(&self.policy.entitlements, id)) else { return };
            let entry = Because {
                effect: "deny",
                pointer: owner.key("requires").to_string(),
                entitlement: Some(name.clone().into_string()),
                ..Because::default()
            };
            if !because.contains(&entry) {
                because.push(entry);
            }
        };
        for resource in self.policy.lineage(permission) {
            lacking(resource.requires, resources.key(&resource.path));
        }
        self.walk(chain, request, ENTITLED, Asked::One(permission), &mut |hit| {
            let Some(carried) = hit.carried.filter(|_| hit.is_allow && hit.outcomes.may_be_true()) else { return };
            let mut ways = vec![(carried.through, carried.carrier)];
            if let Source::Derived(number, height) = hit.source
                && let Some(entry) = self.policy.derived_roles.get(number)
            {
                ways.extend(self.held_for(entry, chain, height, ENTITLED));
            }
            for role in ways.into_iter().flat_map(|(from, to)| roles::path(&self.policy, from, to, |_| true)) {
                if let Some(role) = at(&self.policy.roles, role) {
                    lacking(role.requires, role_map.key(&role.name));
                }
            }
        });
        because
    }
}

impl Because {
    fn bound(&mut self, bounds: Bounds) {
        (self.from, self.until) = (bounds.from, bounds.until);
    }
}
