//! The constraints, which look at the state after the change.

use super::change::{Change, Part};
use super::rules::names;
use crate::document::read::{count, string};
use crate::facts::{Assignment, Subject};
use crate::index::Index;
use crate::name::{self, ROOT};
use crate::session::Hypothesis;
use crate::value::Value;

impl Change<'_> {
    /// The first constraint that the change would break, in the policy's order: its place and its id.
    #[inline(never)]
    pub(super) fn first_broken(&self) -> Option<(usize, String)> {
        let (before, after) = (self.assignments(false), self.assignments(true));
        for (index, constraint) in self.actor.policy.constraints.iter().enumerate() {
            for part in &self.parts {
                if self.is_checked(constraint, part) && self.breaks(constraint, part, &before, &after) {
                    return Some((index, string(constraint.get("id")).unwrap_or_default().to_owned()));
                }
            }
        }
        None
    }

    /// True where a part is such that the constraint is looked at.
    fn is_checked(&self, constraint: &Value, part: &Part<'_>) -> bool {
        let Some(assignment) = &part.assignment else { return false };
        let is_op = part.gives || constraint.get("minimum").is_some();
        is_op
            && match constraint.get("exclusive") {
                Some(listed) => {
                    let mut roles = Index::default();
                    self.count_as(assignment, listed, &mut roles);
                    !roles.is_empty()
                }
                None => is_one(assignment, constraint),
            }
    }

    /// True where what is counted goes beyond the bound, and further than it was.
    fn breaks(&self, constraint: &Value, part: &Part<'_>, before: &[&Assignment], after: &[&Assignment]) -> bool {
        let has_directory = self.directory.is_some();
        let counts = |assignments| self.count(constraint, part, assignments);
        let (before, after) = (counts(before), counts(after));
        if constraint.get("exclusive").is_some() {
            let limit = constraint.get("limit");
            after > before && after > limit.map_or(1, |limit| number(Some(limit)))
        } else if let Some(most) = constraint.get("perSubject") {
            after > before && after > number(Some(most))
        } else if let Some(least) = constraint.get("minimum") {
            !has_directory || after < before && after < number(Some(least))
        } else {
            !has_directory || after > before && after > self.maximum(constraint.get("maximum"))
        }
    }

    /// What a constraint counts, with these assignments of the target: exclusive roles, scopes of the target, or
    /// subjects of the directory.
    fn count(&self, constraint: &Value, part: &Part<'_>, assignments: &[&Assignment]) -> usize {
        let mut found = Index::default();
        let is_minimum = constraint.get("minimum").is_some();
        let is_counted = |it: &Assignment| {
            it.scope.as_deref() == part.scope() && is_one(it, constraint) && (!is_minimum || self.is_lasting(it))
        };
        let is_holder = |subject: &Subject| subject.is_active || !is_minimum;
        let mut holders = usize::from(is_holder(&self.target) && assignments.iter().any(|it| is_counted(it)));
        if let Some(listed) = constraint.get("exclusive") {
            for assignment in assignments {
                if self.is_related(assignment.scope.as_deref(), part.scope()) {
                    self.count_as(assignment, listed, &mut found);
                }
            }
        } else if constraint.get("perSubject").is_some() {
            for assignment in assignments {
                if is_one(assignment, constraint) {
                    found.insert(assignment.scope.as_deref().unwrap_or_default());
                }
            }
        } else {
            for subject in self.directory.as_ref().map_or(&[][..], |all| all) {
                let is_target = subject.id.is_some() && subject.id == self.target.id;
                let is_found = !is_target && is_holder(subject) && subject.assignments.iter().any(is_counted);
                holders = holders.saturating_add(usize::from(is_found));
            }
            return holders;
        }
        found.len()
    }

    /// Adds the roles that an assignment counts as: a listed one as that alone, one not listed as the listed ones
    /// that it inherits.
    fn count_as(&self, assignment: &Assignment, listed: &Value, roles: &mut Index) {
        let Some(role) = assignment.role else { return };
        for (place, (inherited, _)) in self.actor.reach(role, None).into_iter().enumerate() {
            let name = self.actor.policy.role_name(inherited);
            if names(Some(listed), name) {
                roles.insert(name);
                if place == 0 {
                    return;
                }
            }
        }
    }

    /// True for scopes of which one is the other, above it or below it; one whose chain is unknown is neither.
    fn is_related(&self, one: Option<&str>, other: Option<&str>) -> bool {
        match (self.chain(one), self.chain(other)) {
            (Some(above), Some(above_other)) => above.height(other).is_some() || above_other.height(one).is_some(),
            _ => false,
        }
    }

    /// True for an active, not inert assignment without an end.
    fn is_lasting(&self, assignment: &Assignment) -> bool {
        let (as_it_is, lasts) = (Hypothesis::default(), assignment.bounds.until.is_none());
        let is_live = assignment.role.is_some_and(|role| self.actor.is_live(role, as_it_is));
        lasts && is_live && self.actor.is_active(assignment, as_it_is)
    }

    /// A number, or the plan's limit of that name: none set is zero.
    fn maximum(&self, maximum: Option<&Value>) -> usize {
        let Some(name) = string(maximum) else { return number(maximum) };
        let policy = &self.actor.policy;
        let limit = policy.names.limits.get(name);
        for plan in &policy.plans {
            for (id, amount) in &plan.limits {
                if Some(&*plan.name) == self.plan && Some(*id) == limit {
                    return usize::try_from(*amount).unwrap_or(0);
                }
            }
        }
        0
    }
}

fn number(value: Option<&Value>) -> usize {
    count(value).and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

/// True for an assignment, by name, of one of the constraint's roles at a scope of its type.
fn is_one(assignment: &Assignment, constraint: &Value) -> bool {
    names(constraint.get("roles"), &assignment.name) && is_at(constraint, assignment.scope.as_deref())
}

/// True for a scope of the type that a rule or a constraint is about.
pub(super) fn is_at(about: &Value, scope: Option<&str>) -> bool {
    let kind = scope.map_or(Some(ROOT), |scope| Some(name::split_scope(scope)?.0));
    kind == Some(string(about.get("scope")).unwrap_or(ROOT))
}
