//! What a role carries and what a subject holds (sections 2 and 8).

use crate::condition::evaluate::evaluate;
use crate::facts::{Assignment, Request, Standing};
use crate::policy::{DerivedRole, RoleId, at, count};
use crate::session::{Chain, Hypothesis, Session};

impl Session {
    /// A role and every role that it inherits, each once, nearest first, and with each the place in this
    /// list of the one that inherits it. `live`: roles that are inert under that hypothesis are left out,
    /// and what is inherited through them.
    pub(crate) fn reach(&self, role: RoleId, live: Option<Hypothesis>) -> Vec<(RoleId, u32)> {
        let roles = &self.policy.roles;
        let (mut reached, mut seen) = (Vec::new(), vec![false; roles.len()]);
        let mut meet = |role: RoleId, from: u32, reached: &mut Vec<(RoleId, u32)>| {
            let Some(seen) = usize::try_from(role).ok().and_then(|role| seen.get_mut(role)) else { return };
            if !*seen && live.is_none_or(|hypothesis| self.is_live(role, hypothesis)) {
                *seen = true;
                reached.push((role, from));
            }
        };
        meet(role, 0, &mut reached);
        let mut next = 0_u32;
        while let Some(role) = at(&reached, next).and_then(|(role, _)| at(roles, *role)) {
            for parent in &role.inherits {
                meet(*parent, next, &mut reached);
            }
            next = next.saturating_add(1);
        }
        reached
    }

    /// The way from a role to one that it inherits, both included; just the role where there is none.
    pub(crate) fn path(&self, from: RoleId, to: RoleId, live: Option<Hypothesis>) -> Vec<RoleId> {
        let reached = self.reach(from, live);
        let mut way = Vec::new();
        let mut step =
            (0..count(&reached)).find(|place| at(&reached, *place).is_some_and(|(role, _)| *role == to)).unwrap_or(0);
        while let Some((role, before)) = at(&reached, step).filter(|_| step > 0) {
            way.push(*role);
            step = *before;
        }
        way.push(from);
        way.reverse();
        way
    }

    /// True where the role's `requires` is met, or asks nothing.
    pub(crate) fn is_live(&self, role: RoleId, hypothesis: Hypothesis) -> bool {
        at(&self.policy.roles, role).is_some_and(|role| self.is_entitled(role.requires, hypothesis))
    }

    /// True where an entitlement is active, or none is asked for.
    pub(crate) fn is_entitled(&self, entitlement: Option<u32>, hypothesis: Hypothesis) -> bool {
        hypothesis.every_entitlement
            || entitlement.is_none_or(|id| at(&self.facts.context.entitled, id).is_some_and(|active| *active))
    }

    /// True where an assignment gives and holds something, in time and status.
    pub(crate) fn is_active(&self, assignment: &Assignment, hypothesis: Hypothesis) -> bool {
        let in_force =
            assignment.status == Some(crate::document::Status::Active) && assignment.bounds.contain(self.now);
        assignment.standing == Standing::Sound && (hypothesis.every_assignment || in_force)
    }

    /// The roles that the subject *holds* at the chain's scope (section 8): those of its active, not inert
    /// assignments and of derived roles whose `when` certainly holds, and what they inherit through roles
    /// that are not inert.
    pub(crate) fn holds(&self, chain: &Chain<'_>) -> Vec<RoleId> {
        let as_it_is = Hypothesis::default();
        let mut held = Vec::new();
        let mut add = |role: RoleId| {
            for (reached, _) in self.reach(role, Some(as_it_is)) {
                held.push(reached);
            }
        };
        for assignment in &self.facts.subject.assignments {
            let applies = chain.height(assignment.scope.as_deref()).is_some();
            if let Some(role) = assignment.role.filter(|_| applies && self.is_active(assignment, as_it_is)) {
                add(role);
            }
        }
        for entry in &self.policy.derived_roles {
            for height in 0..=chain.depth() {
                if self.is_derived(entry, chain, height, as_it_is) && self.certainly(entry, chain, height) {
                    add(entry.role);
                }
            }
        }
        held
    }

    /// True where a derived role's `when` is exactly {true} without a resource.
    fn certainly(&self, entry: &DerivedRole, chain: &Chain<'_>, height: usize) -> bool {
        let Some(number) = entry.when else { return true };
        let reader = self.reader(chain, Request::default(), height, Some(entry.role));
        at(&self.policy.conditions, number).is_some_and(|when| evaluate(when, &reader).is_exactly_true())
    }

    /// True where a derived role is one of the scope type at `height` of the chain, and its `holds` and
    /// `holdsBelow` are met there.
    pub(crate) fn is_derived(
        &self,
        entry: &DerivedRole,
        chain: &Chain<'_>,
        height: usize,
        hypothesis: Hypothesis,
    ) -> bool {
        if chain.links().get(height).map(|link| link.kind) != entry.scope {
            return false;
        }
        if let Some((asked, all)) = &entry.holds {
            let held = self.held(asked, chain, height, false, hypothesis);
            let is_held = |role: &RoleId| held.iter().any(|(_, asked)| asked == role);
            if held.is_empty() || *all && !asked.iter().all(is_held) {
                return false;
            }
        }
        entry.holds_below.is_empty() || !self.held(&entry.holds_below, chain, height, true, hypothesis).is_empty()
    }

    /// The roles by which a derived role's `holds` and `holdsBelow` are met: for each the one assigned
    /// and the one asked for.
    pub(crate) fn held_for(
        &self,
        entry: &DerivedRole,
        chain: &Chain<'_>,
        height: usize,
        hypothesis: Hypothesis,
    ) -> Vec<(RoleId, RoleId)> {
        let mut held = Vec::new();
        if let Some((asked, _)) = &entry.holds {
            held = self.held(asked, chain, height, false, hypothesis);
        }
        held.append(&mut self.held(&entry.holds_below, chain, height, true, hypothesis));
        held
    }

    /// Which of some roles are held: for each the one assigned, which is or inherits it through roles that
    /// are not inert, in an active, not inert assignment. That is at a scope of the chain at `height` or
    /// above it; or `below`: with a known chain on which the one at `height` is a proper ancestor.
    fn held(
        &self,
        asked: &[RoleId],
        chain: &Chain<'_>,
        height: usize,
        below: bool,
        hypothesis: Hypothesis,
    ) -> Vec<(RoleId, RoleId)> {
        let mut held = Vec::new();
        for assignment in &self.facts.subject.assignments {
            let (Some(role), scope) = (assignment.role, assignment.scope.as_deref()) else { continue };
            let applies = if below {
                self.is_below(chain, height, scope)
            } else {
                chain.height(scope).is_some_and(|at| at >= height)
            };
            if !applies || !self.is_active(assignment, hypothesis) {
                continue;
            }
            for (reached, _) in self.reach(role, Some(hypothesis)) {
                if asked.contains(&reached) {
                    held.push((role, reached));
                }
            }
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
