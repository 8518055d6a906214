//! Why a decision is what it is: the grants behind it, each with its way through the policy.

use crate::compile::{Closure, Expander};
use crate::decide::{ACTIVE, ENTITLED, Reason};
use crate::document::Status;
use crate::facts::{Bounds, Request};
use crate::pointer::Pointer;
use crate::policy::{Pattern, PermissionId, at};
use crate::session::walk::{Asked, Hit, Source};
use crate::session::{Chain, Hypothesis, Session};

/// One thing behind a decision: a grant that counted or would have, or an entitlement that is not
/// active.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Because {
    /// `allow` or `deny`.
    pub effect: &'static str,
    /// `certain`, or `possible` where it depends on the record.
    pub outcome: &'static str,
    /// `assignment`, `derived` or `grant`; empty for an entitlement. Behind a change `rule`, `constraint` or
    /// `role`; empty for what lies in the change itself.
    pub via: &'static str,
    /// The place in the subject's `assignments` or `grants`, or in the policy's `derivedRoles`,
    /// `administration` or `constraints`.
    pub index: Option<usize>,
    /// The role assigned or derived.
    pub role: Option<String>,
    /// The roles from that one to the one that carries the grant.
    pub chain: Vec<String>,
    /// The scope of the assignment, derived role or grant; absent: the root.
    pub scope: Option<String>,
    /// The JSON pointer of the pattern: in the policy, or in the subject for a direct grant. For an
    /// entitlement, of the `requires` that asks for it. Behind a change that of the rule, the constraint or
    /// what makes the role unavailable, in the policy; else of the place in the change.
    pub pointer: String,
    /// The entitlement that is not active.
    pub entitlement: Option<String>,
    /// The status of the assignment or direct grant, where it is not `active`.
    pub status: Option<&'static str>,
    /// When the assignment or direct grant begins to count, in milliseconds.
    pub from: Option<f64>,
    /// When it ends to count, in milliseconds.
    pub until: Option<f64>,
    /// The part of the change that is allowed or refused: `revoke`, `assign`, `ungrant` or `grant`; else
    /// empty.
    pub part: &'static str,
    /// What a refused part lacks of the rule that came closest: the rule's keys that do not hold.
    pub lacks: Vec<&'static str>,
}

impl Session {
    /// What stands behind a reason: for `granted` and `conditional` the allows, for `forbidden` the
    /// denies, for `entitlement` what is not active, for `inactive` what would have granted it.
    pub(crate) fn because(&self, permission: PermissionId, request: Request<'_>, reason: Reason) -> Vec<Because> {
        let Some(chain) = Chain::of(&self.policy, &self.facts.context, request.scope) else { return Vec::new() };
        let hypothesis = match reason {
            Reason::Granted | Reason::Forbidden | Reason::Conditional => Hypothesis::default(),
            Reason::Inactive => ACTIVE,
            Reason::Entitlement => return self.missing_entitlements(permission, &chain, request),
            Reason::UnknownPermission | Reason::Suspended | Reason::UnknownScope | Reason::NotGranted => {
                return Vec::new();
            }
        };
        let mut because = Vec::new();
        self.walk(&chain, request, hypothesis, Asked::One(permission), &mut |hit| {
            if is_behind(reason, &hit) {
                because.push(self.explain(&hit, permission, &chain, hypothesis));
            }
        });
        because
    }

    fn explain(&self, hit: &Hit<'_>, permission: PermissionId, chain: &Chain<'_>, hypothesis: Hypothesis) -> Because {
        let (subject, root) = (&self.facts.subject, Pointer::Root);
        let mut because = Because {
            effect: if hit.is_allow { "allow" } else { "deny" },
            outcome: if hit.outcomes.is_exactly_true() || !hit.outcomes.may_be_false() {
                "certain"
            } else {
                "possible"
            },
            ..Because::default()
        };
        if let Some(carried) = hit.carried {
            because.role = Some(self.policy.role_name(carried.through).to_owned());
            for role in self.path(carried.through, carried.carrier, hit.is_allow.then_some(hypothesis)) {
                because.chain.push(self.policy.role_name(role).to_owned());
            }
            let (list, closure) = if hit.is_allow { ("allow", Closure::Up) } else { ("deny", Closure::Down) };
            let roles = root.key("roles");
            let role = roles.key(self.policy.role_name(carried.carrier));
            let list = role.key(list);
            let grant = list.index(carried.place);
            because.pointer = if carried.grant.is_shorthand() {
                grant.written()
            } else {
                let numbers = self.policy.covers.patterns(carried.grant.cover);
                let mut patterns = numbers.iter().filter_map(|number| self.policy.patterns.get(*number));
                self.pattern(&mut patterns, closure, permission, &grant)
            };
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
                    because.fact(assignment.scope.as_deref(), assignment.status, assignment.bounds);
                }
            }
            Source::Derived(_, height) => {
                because.scope = chain.links().get(height).map(|link| link.reference.to_owned())
            }
            Source::Direct(number) => {
                if let Some(grant) = subject.grants.get(number) {
                    let grants = root.key("grants");
                    because.pointer =
                        self.pattern(&mut grant.patterns.iter(), Closure::Up, permission, &grants.index(number));
                    because.fact(grant.scope.as_deref(), grant.status, grant.bounds);
                }
            }
        }
        because
    }

    /// The pointer of the first of a grant's patterns that covers the permission.
    fn pattern(
        &self,
        patterns: &mut dyn Iterator<Item = &Pattern>,
        closure: Closure,
        permission: PermissionId,
        grant: &Pointer<'_>,
    ) -> String {
        let expander = Expander::new(&self.policy);
        let mut found = None;
        for (place, pattern) in patterns.enumerate() {
            if found.is_none() && expander.covers(pattern, closure, permission) {
                found = Some(place);
            }
        }
        grant.key("permissions").index(found.unwrap_or_default()).written()
    }

    /// The entitlements that are not active: those that gate the permission, then those that a role on
    /// the way to it requires, from which it counts or is derived.
    fn missing_entitlements(&self, permission: PermissionId, chain: &Chain<'_>, request: Request<'_>) -> Vec<Because> {
        let root = Pointer::Root;
        let (resources, roles) = (root.key("resources"), root.key("roles"));
        let mut because = Vec::new();
        for resource in self.policy.lineage(permission) {
            self.lacking(resource.requires, &resources.key(&resource.path), &mut because);
        }
        self.walk(chain, request, ENTITLED, Asked::One(permission), &mut |hit| {
            let Some(carried) = hit.carried.filter(|_| hit.is_allow && hit.outcomes.may_be_true()) else { return };
            let mut ways = vec![(carried.through, carried.carrier)];
            if let Source::Derived(number, height) = hit.source
                && let Some(entry) = self.policy.derived_roles.get(number)
            {
                ways.append(&mut self.held_for(entry, chain, height, ENTITLED));
            }
            for (from, to) in ways {
                for role in self.path(from, to, None) {
                    if let Some(role) = at(&self.policy.roles, role) {
                        self.lacking(role.requires, &roles.key(&role.name), &mut because);
                    }
                }
            }
        });
        because
    }

    /// Adds the entitlement that its owner requires, if it is not active and was not met there before.
    fn lacking(&self, entitlement: Option<u32>, owner: &Pointer<'_>, because: &mut Vec<Because>) {
        let missing = entitlement.filter(|_| !self.is_entitled(entitlement, Hypothesis::default()));
        let Some(name) = missing.and_then(|id| at(&self.policy.entitlements, id)) else { return };
        let pointer = owner.key("requires").written();
        if !because.iter().any(|entry| entry.pointer == pointer) {
            because.push(Because {
                effect: "deny",
                pointer,
                entitlement: Some(String::from(&**name)),
                ..Because::default()
            });
        }
    }
}

/// True for a grant that stands behind a decision of that reason.
fn is_behind(reason: Reason, hit: &Hit<'_>) -> bool {
    let outcomes = hit.outcomes;
    match (reason, hit.is_allow) {
        (Reason::Granted, true) => outcomes.is_exactly_true(),
        (Reason::Conditional | Reason::Inactive, true) => outcomes.may_be_true(),
        (Reason::Forbidden, false) => !outcomes.may_be_false(),
        (Reason::Conditional, false) => outcomes.may_be_other_than_false(),
        _ => false,
    }
}

impl Because {
    /// Takes over how a fact of the subject is bounded.
    fn fact(&mut self, scope: Option<&str>, status: Option<Status>, bounds: Bounds) {
        self.scope = scope.map(str::to_owned);
        self.status = status.filter(|status| *status != Status::Active).map(Status::name);
        (self.from, self.until) = (bounds.from, bounds.until);
    }
}
