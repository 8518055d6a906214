//! The constraints, which look at the state after the change.

use super::change::{Change, Part};
use super::rules::names;
use crate::document::read::{count, string};
use crate::facts::{Assignment, Subject};
use crate::index::Index;
use crate::name::{self, ROOT};
use crate::order::sorted_set;
use crate::session::Hypothesis;
use crate::value::Value;

impl Change<'_> {
    /// The first constraint that the change would break, in the policy's order: its place and its id.
    pub(super) fn first_broken(&self) -> Option<(usize, String)> {
        let policy = &self.actor.policy;
        let (index, broken) = policy.constraints.iter().enumerate().find(|(_, each)| self.breaks(each))?;
        Some((index, string(broken.get("id")).unwrap_or_default().to_owned()))
    }

    fn breaks(&self, constraint: &Value) -> bool {
        if let Some(listed) = constraint.get("exclusive") {
            return self.breaks_exclusive(listed, number(constraint.get("limit")).unwrap_or(1));
        }
        let minimum = constraint.get("minimum");
        for part in &self.parts {
            let is_counted = part.is("assign") || minimum.is_some() && part.is("revoke");
            let Some(assignment) = part.assignment.as_ref().filter(|_| is_counted) else { continue };
            if !is_one(assignment, constraint) {
                continue;
            }
            let broken = match (constraint.get("perSubject"), minimum) {
                (Some(most), _) => {
                    let (before, after) = (self.target_before(), self.assignments_after());
                    exceeds(scopes(&before, constraint), scopes(&after, constraint), number(Some(most)))
                }
                (None, Some(least)) => match self.holders(part, constraint, &|it| self.is_lasting(it)) {
                    Some((before, after)) => after < before && number(Some(least)).is_none_or(|least| after < least),
                    None => true,
                },
                (None, None) => match self.holders(part, constraint, &|_| true) {
                    Some((before, after)) => exceeds(before, after, self.maximum(constraint.get("maximum"))),
                    None => true,
                },
            };
            if broken {
                return true;
            }
        }
        false
    }

    /// More than `limit` of the exclusive roles at that scope, above it or below it, and more than before.
    fn breaks_exclusive(&self, listed: &Value, limit: usize) -> bool {
        let assigned = self.parts.iter().find(|part| part.is("assign"));
        let Some((part, new)) = assigned.and_then(|part| Some((part, part.assignment.as_ref()?))) else { return false };
        let counted = |assignments: &[&Assignment]| {
            let mut roles = Vec::new();
            for assignment in assignments {
                if self.is_related(assignment.scope.as_deref(), part.scope()) {
                    self.count_as(assignment, listed, &mut roles);
                }
            }
            sorted_set(roles).len()
        };
        let mut checked = Vec::new();
        self.count_as(new, listed, &mut checked);
        !checked.is_empty() && exceeds(counted(&self.target_before()), counted(&self.assignments_after()), Some(limit))
    }

    /// Adds what an assignment counts as: a listed role as that role alone, one not listed as the listed ones that
    /// it inherits.
    fn count_as(&self, assignment: &Assignment, listed: &Value, roles: &mut Vec<u32>) {
        let Some(role) = assignment.role else { return };
        if names(Some(listed), &assignment.name) {
            roles.push(role);
            return;
        }
        for (inherited, _) in self.actor.reach(role, None) {
            if names(Some(listed), self.actor.policy.role_name(inherited)) {
                roles.push(inherited);
            }
        }
    }

    /// True for scopes of which one is the other, above it or below it; one whose chain is unknown is neither.
    fn is_related(&self, one: Option<&str>, other: Option<&str>) -> bool {
        match (self.chain_of(one), self.chain_of(other)) {
            (Some(above), Some(above_other)) => above.height(other).is_some() || above_other.height(one).is_some(),
            _ => false,
        }
    }

    fn target_before(&self) -> Vec<&Assignment> {
        self.target.facts.subject.assignments.iter().collect()
    }

    /// How many subjects have an assignment of one of the constraint's roles exactly at the part's scope, before
    /// and after the change; `None` without a directory.
    fn holders(
        &self,
        part: &Part<'_>,
        constraint: &Value,
        counts: &dyn Fn(&Assignment) -> bool,
    ) -> Option<(usize, usize)> {
        // Who is suspended keeps nothing going.
        let needs_active = constraint.get("minimum").is_some();
        let has = |subject: &Subject, assignments: &mut dyn Iterator<Item = &Assignment>| {
            let is_counted = subject.is_active || !needs_active;
            let mut found = assignments.filter(|it| it.scope.as_deref() == part.scope() && is_one(it, constraint));
            is_counted && found.any(counts)
        };
        let target = &self.target.facts.subject;
        let mut others = 0_usize;
        for subject in self.directory.as_ref()? {
            let is_target = subject.id.is_some() && subject.id == target.id;
            if !is_target && has(subject, &mut subject.assignments.iter()) {
                others = others.saturating_add(1);
            }
        }
        let with = |has: bool| others.saturating_add(usize::from(has));
        let after = self.assignments_after();
        Some((with(has(target, &mut target.assignments.iter())), with(has(target, &mut after.into_iter()))))
    }

    /// True for an active, not inert assignment without an end.
    fn is_lasting(&self, assignment: &Assignment) -> bool {
        let (as_it_is, lasts) = (Hypothesis::default(), assignment.bounds.until.is_none());
        let is_live = assignment.role.is_some_and(|role| self.actor.is_live(role, as_it_is));
        lasts && is_live && self.actor.is_active(assignment, as_it_is)
    }

    /// A number, or the plan's limit of that name: none set is zero.
    fn maximum(&self, maximum: Option<&Value>) -> Option<usize> {
        let Some(name) = string(maximum) else { return number(maximum) };
        let policy = &self.actor.policy;
        let limit = policy.names.limits.get(name);
        let plan = policy.plans.iter().find(|plan| Some(&*plan.name) == self.plan)?;
        let (_, amount) = plan.limits.iter().find(|(id, _)| Some(*id) == limit)?;
        usize::try_from(*amount).ok()
    }
}

fn number(value: Option<&Value>) -> Option<usize> {
    usize::try_from(count(value)?).ok()
}

/// More than there may be, and more than before.
fn exceeds(before: usize, after: usize, most: Option<usize>) -> bool {
    after > before && after > most.unwrap_or(0)
}

/// True for an assignment, by name, of one of the constraint's roles at a scope of its type.
fn is_one(assignment: &Assignment, constraint: &Value) -> bool {
    let kind = assignment.scope.as_deref().map_or(Some(ROOT), |scope| Some(name::split_scope(scope)?.0));
    names(constraint.get("roles"), &assignment.name) && kind == string(constraint.get("scope")).or(Some(ROOT))
}

/// At how many scopes of the constraint's type there is an assignment of one of its roles.
fn scopes(assignments: &[&Assignment], constraint: &Value) -> usize {
    let mut scopes = Index::default();
    for assignment in assignments {
        if is_one(assignment, constraint) {
            scopes.insert(assignment.scope.as_deref().unwrap_or_default());
        }
    }
    scopes.names().len()
}
