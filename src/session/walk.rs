//! The one walk over every grant that applies to a request: what answers, and what explains.

use crate::condition::evaluate::evaluate;
use crate::condition::outcomes::Outcomes;
use crate::document::Status;
use crate::facts::{Assignment, DirectGrant, Request, Standing};
use crate::policy::{Grant, PermissionId, RoleId, at, in_ranges};
use crate::session::reader::RequestReader;
use crate::session::{Chain, Hypothesis, Session};

/// Where a grant comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The assignment of that number.
    Assignment(usize),
    /// The derived role of that number, activated so many steps up the chain.
    Derived(usize, usize),
    /// The direct grant of that number.
    Direct(usize),
}

/// One grant that applies.
pub(crate) struct Hit<'a> {
    pub(crate) is_allow: bool,
    /// What its conditions can come to.
    pub(crate) outcomes: Outcomes,
    pub(crate) source: Source,
    /// What it covers.
    pub(crate) ranges: &'a [(PermissionId, PermissionId)],
    /// The role's grant: the role assigned or derived, the role that carries it, and its place there.
    pub(crate) carried: Option<Carried<'a>>,
}

/// A grant that counts through a role.
#[derive(Clone, Copy)]
pub(crate) struct Carried<'a> {
    pub(crate) through: RoleId,
    pub(crate) carrier: RoleId,
    pub(crate) place: usize,
    pub(crate) grant: &'a Grant,
}

/// Which grants a walk looks at.
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    /// Those that cover this permission.
    One(PermissionId),
    /// All of them.
    Every,
}

impl Asked {
    fn is_in(self, ranges: &[(PermissionId, PermissionId)]) -> bool {
        match self {
            Asked::One(permission) => in_ranges(ranges, permission),
            Asked::Every => true,
        }
    }
}

/// A walk in progress.
struct Walk<'a, 'v> {
    session: &'a Session,
    chain: &'a Chain<'a>,
    request: Request<'a>,
    hypothesis: Hypothesis,
    asked: Asked,
    /// The condition of the derived role that is visited and its height, until a grant of that role needs it.
    pending: Option<(u32, usize)>,
    /// What the condition of the role that is visited comes to.
    when: Outcomes,
    visit: &'v mut dyn FnMut(Hit<'a>),
}

impl Session {
    /// Visits every grant that applies at the chain's scope.
    pub(crate) fn walk<'a>(
        &'a self,
        chain: &'a Chain<'a>,
        request: Request<'a>,
        hypothesis: Hypothesis,
        asked: Asked,
        visit: &mut dyn FnMut(Hit<'a>),
    ) {
        let mut walk =
            Walk { session: self, chain, request, hypothesis, asked, pending: None, when: Outcomes::TRUE, visit };
        walk.assignments();
        walk.derived_roles();
        walk.direct_grants();
    }

    /// What reads the variables of a grant's condition.
    pub(crate) fn reader<'a>(
        &'a self,
        chain: &'a Chain<'a>,
        request: Request<'a>,
        height: usize,
        role: Option<RoleId>,
    ) -> RequestReader<'a> {
        RequestReader {
            subject: &self.facts.subject,
            context: &self.facts.context,
            now: self.now,
            chain,
            height,
            resource: request.resource,
            action: request.action,
            role: role.map(|role| self.policy.role_name(role)),
        }
    }
}

impl<'a> Walk<'a, '_> {
    fn assignments(&mut self) {
        for (number, assignment) in self.session.facts.subject.assignments.iter().enumerate() {
            let (Some(role), Some(_)) = (assignment.role, self.chain.height(assignment.scope.as_deref())) else {
                continue;
            };
            let source = Source::Assignment(number);
            if self.session.is_active(assignment, self.hypothesis) {
                self.role(role, source, self.is_activated(role));
            } else if self.only_denies(assignment) {
                self.role(role, source, false);
            }
        }
    }

    /// True for an assignment whose only faults are unknown keys or an unknown status: it still denies
    /// within its bounds, unless it is invited or suspended.
    fn only_denies(&self, assignment: &Assignment) -> bool {
        let in_force =
            matches!(assignment.status, None | Some(Status::Active)) && assignment.bounds.contain(self.session.now);
        assignment.standing == Standing::DeniesOnly && (self.hypothesis.every_assignment || in_force)
    }

    /// True where the session activates the role: every role, or those it was opened with.
    fn is_activated(&self, role: RoleId) -> bool {
        self.session.facts.roles.as_ref().is_none_or(|roles| roles.contains(&role))
    }

    fn derived_roles(&mut self) {
        for (number, entry) in self.session.policy.derived_roles.iter().enumerate() {
            for height in 0..=self.chain.depth() {
                if !self.session.is_derived(entry, self.chain, height, self.hypothesis) {
                    continue;
                }
                self.pending = entry.when.map(|when| (when, height));
                self.when = Outcomes::TRUE;
                self.role(entry.role, Source::Derived(number, height), self.is_activated(entry.role));
            }
        }
    }

    fn direct_grants(&mut self) {
        if self.session.facts.roles.is_some() {
            return;
        }
        for (number, grant) in self.session.facts.subject.grants.iter().enumerate() {
            if !self.counts(grant) {
                continue;
            }
            let reader = self.reader(0, None);
            let outcomes = grant.when.as_ref().map_or(Outcomes::TRUE, |when| evaluate(when, &reader));
            (self.visit)(Hit {
                is_allow: true,
                outcomes,
                source: Source::Direct(number),
                ranges: &grant.ranges,
                carried: None,
            });
        }
    }

    fn counts(&self, grant: &DirectGrant) -> bool {
        let in_force = grant.status == Some(Status::Active) && grant.bounds.contain(self.session.now);
        grant.is_sound
            && (self.hypothesis.every_assignment || in_force)
            && self.chain.height(grant.scope.as_deref()).is_some()
            && self.asked.is_in(&grant.ranges)
    }

    /// Visits what a role and those it inherits grant. Allows do not count through an inert role, denies
    /// always do.
    fn role(&mut self, role: RoleId, source: Source, allows: bool) {
        let policy = &self.session.policy;
        let Some(start) = at(&policy.roles, role) else { return };
        for (is_allow, counts) in [(true, allows), (false, start.carries_deny)] {
            if !counts {
                continue;
            }
            let live = is_allow.then_some(self.hypothesis);
            if start.inherits.is_empty() {
                if !is_allow || self.session.is_live(role, self.hypothesis) {
                    self.carrier(role, is_allow, role, source);
                }
                continue;
            }
            for (carrier, _) in self.session.reach(role, live) {
                self.carrier(carrier, is_allow, role, source);
            }
        }
    }

    /// Visits the allows or the denies of one role that a role is or inherits.
    fn carrier(&mut self, carrier: RoleId, is_allow: bool, through: RoleId, source: Source) {
        let policy = &self.session.policy;
        let Some(carried) = at(&policy.roles, carrier) else { return };
        let (allow, deny) = policy.grants_of(carried);
        self.grants(if is_allow { allow } else { deny }, is_allow, (through, carrier), source);
    }

    fn grants(&mut self, grants: &'a [Grant], is_allow: bool, (through, carrier): (RoleId, RoleId), source: Source) {
        for (place, grant) in grants.iter().enumerate() {
            let ranges = self.session.policy.covers.ranges(grant.cover);
            if self.asked.is_in(ranges) {
                if let Some((when, height)) = self.pending.take() {
                    self.when = self.outcomes(Some(when), height, Some(through));
                }
                let mut outcomes = self.when;
                if grant.when().is_some() {
                    outcomes = outcomes.and(self.outcomes(grant.when(), 0, Some(through)));
                }
                let carried = Some(Carried { through, carrier, place, grant });
                (self.visit)(Hit { is_allow, outcomes, source, ranges, carried });
            }
        }
    }

    fn outcomes(&self, when: Option<u32>, height: usize, role: Option<RoleId>) -> Outcomes {
        let Some(number) = when else { return Outcomes::TRUE };
        // A condition that is not there can be neither trusted nor dismissed.
        let Some(condition) = at(&self.session.policy.conditions, number) else { return Outcomes::UNKNOWN };
        evaluate(condition, &self.reader(height, role))
    }

    fn reader(&self, height: usize, role: Option<RoleId>) -> RequestReader<'_> {
        self.session.reader(self.chain, self.request, height, role)
    }
}
