//! What a role carries and what a subject holds (sections 2 and 8).

use crate::facts::{Assignment, Standing};
use crate::policy::{Policy, RoleId, at};
use crate::session::{Chain, Hypothesis, Session};

/// The roles that a walk has met.
struct Seen(Vec<bool>);

impl Seen {
    fn new(policy: &Policy) -> Seen {
        Seen(vec![false; policy.roles.len()])
    }

    /// True where the role was not met before.
    fn insert(&mut self, role: RoleId) -> bool {
        let place = usize::try_from(role).ok().and_then(|role| self.0.get_mut(role));
        place.is_some_and(|seen| !std::mem::replace(seen, true))
    }
}

/// A role and every role that it inherits, each once. With `through`, roles for which that is false are
/// left out, and what is inherited through them.
pub(crate) fn reach(policy: &Policy, role: RoleId, through: impl Fn(RoleId) -> bool) -> Vec<RoleId> {
    let mut reached = Vec::new();
    if !through(role) {
        return reached;
    }
    let mut seen = Seen::new(policy);
    seen.insert(role);
    reached.push(role);
    let mut next = 0_usize;
    while let Some(role) = reached.get(next).and_then(|role| at(&policy.roles, *role)) {
        next = next.saturating_add(1);
        for parent in &role.inherits {
            if through(*parent) && seen.insert(*parent) {
                reached.push(*parent);
            }
        }
    }
    reached
}

/// The way from a role to one that it inherits, both included; just the role where there is none.
pub(crate) fn path(policy: &Policy, from: RoleId, to: RoleId, through: impl Fn(RoleId) -> bool) -> Vec<RoleId> {
    let mut steps: Vec<(RoleId, Option<usize>)> = vec![(from, None)];
    let mut seen = Seen::new(policy);
    seen.insert(from);
    let mut next = 0_usize;
    while let Some((role, _)) = steps.get(next).copied() {
        if role == to {
            let mut way = Vec::new();
            let mut step = Some(next);
            while let Some((role, before)) = step.and_then(|step| steps.get(step)).copied() {
                way.push(role);
                step = before;
            }
            way.reverse();
            return way;
        }
        for parent in at(&policy.roles, role).into_iter().flat_map(|role| &role.inherits) {
            if through(*parent) && seen.insert(*parent) {
                steps.push((*parent, Some(next)));
            }
        }
        next = next.saturating_add(1);
    }
    vec![from]
}

impl Session {
    /// True where the role's `requires` is met, or asks nothing.
    pub(crate) fn is_live(&self, role: RoleId, hypothesis: Hypothesis) -> bool {
        at(&self.policy.roles, role).is_some_and(|role| self.is_entitled(role.requires, hypothesis))
    }

    /// True where an entitlement is active, or none is asked for.
    pub(crate) fn is_entitled(&self, entitlement: Option<u32>, hypothesis: Hypothesis) -> bool {
        hypothesis.every_entitlement || entitlement.is_none_or(|id| at(&self.facts.context.entitled, id).is_some_and(|active| *active))
    }

    /// True where an assignment gives and holds something, in time and status.
    pub(crate) fn is_active(&self, assignment: &Assignment, hypothesis: Hypothesis) -> bool {
        let in_force = assignment.status == Some(crate::document::Status::Active) && assignment.bounds.contain(self.now);
        assignment.standing == Standing::Sound && (hypothesis.every_assignment || in_force)
    }

    /// True where an active, not inert assignment is of that role, or of one that inherits it through
    /// roles that are not inert, at a scope for which `applies`.
    pub(crate) fn holds(&self, role: RoleId, hypothesis: Hypothesis, applies: impl Fn(Option<&str>) -> bool) -> bool {
        let through = |role| self.is_live(role, hypothesis);
        self.facts.subject.assignments.iter().any(|assignment| {
            self.is_active(assignment, hypothesis)
                && applies(assignment.scope.as_deref())
                && assignment.role.is_some_and(|held| reach(&self.policy, held, through).contains(&role))
        })
    }

    /// True where a derived role's `holds` and `holdsBelow` are met at `height` of the chain.
    pub(crate) fn is_derived(&self, entry: &crate::policy::DerivedRole, chain: &Chain<'_>, height: usize, hypothesis: Hypothesis) -> bool {
        let held = |role: &RoleId| self.holds(*role, hypothesis, |scope| is_above(chain, height, scope));
        let holds = match &entry.holds {
            None => true,
            Some((roles, true)) => roles.iter().all(held),
            Some((roles, false)) => roles.iter().any(held),
        };
        let below = |role: &RoleId| self.holds(*role, hypothesis, |scope| self.is_below(chain, height, scope));
        holds && (entry.holds_below.is_empty() || entry.holds_below.iter().any(below))
    }

    /// The roles by which a derived role's `holds` and `holdsBelow` are met: for each the one assigned
    /// and the one asked for.
    pub(crate) fn held_for(&self, entry: &crate::policy::DerivedRole, chain: &Chain<'_>, height: usize, hypothesis: Hypothesis) -> Vec<(RoleId, RoleId)> {
        let mut held = Vec::new();
        let through = |role| self.is_live(role, hypothesis);
        for assignment in self.facts.subject.assignments.iter().filter(|assignment| self.is_active(assignment, hypothesis)) {
            let (Some(role), scope) = (assignment.role, assignment.scope.as_deref()) else { continue };
            let above = entry.holds.iter().flat_map(|(roles, _)| roles).filter(|_| is_above(chain, height, scope));
            let below = entry.holds_below.iter().filter(|_| self.is_below(chain, height, scope));
            let reached = reach(&self.policy, role, through);
            held.extend(above.chain(below).filter(|asked| reached.contains(asked)).map(|asked| (role, *asked)));
        }
        held
    }

    /// True for a scope with a known chain on which the one at `height` is a proper ancestor.
    fn is_below(&self, chain: &Chain<'_>, height: usize, scope: Option<&str>) -> bool {
        let Some(known) = Chain::of(&self.policy, &self.facts.context, scope) else { return false };
        let here = chain.links().get(height).map(|link| link.reference);
        known.height(here).is_some_and(|at| at > 0)
    }
}

/// True for a scope of the chain at `height` or above it.
fn is_above(chain: &Chain<'_>, height: usize, scope: Option<&str>) -> bool {
    chain.height(scope).is_some_and(|at| at >= height)
}
