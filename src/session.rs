//! A policy together with the facts of one subject: what may they do now?

pub mod attributes;
pub mod chain;
mod reader;
pub(crate) mod roles;
pub(crate) mod walk;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::policy::{Instants, Policy};
use crate::value::Value;
pub use chain::Chain;

/// One subject's session with a policy.
#[derive(Debug)]
pub struct Session {
    pub(crate) policy: Arc<Policy>,
    pub(crate) facts: Facts,
    pub(crate) now: f64,
    /// The instants that conditions of direct grants compare with the present.
    own_instants: Instants,
    /// Every entitlement that the policy knows is active.
    pub(crate) is_fully_entitled: bool,
}

/// What is taken for granted while a question is answered (section 6, reasons 7 and 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hypothesis {
    /// Every entitlement is active.
    pub(crate) every_entitlement: bool,
    /// Every assignment and direct grant is active, whatever its status and time.
    pub(crate) every_assignment: bool,
}

impl Session {
    /// Opens a session. `clock` is the present in milliseconds; a `now` in the context stands over it.
    ///
    /// # Errors
    /// Every malformed fact with its JSON pointer in its own document.
    pub fn open(
        policy: Arc<Policy>,
        subject: Value,
        context: Value,
        roles: Option<Value>,
        clock: f64,
    ) -> Result<Session, Vec<Diagnostic>> {
        let facts = Facts::read(&policy, &subject, &context, roles.as_ref())?;
        Ok(Session::of(policy, facts, clock))
    }

    /// The session of facts that were read.
    pub(crate) fn of(policy: Arc<Policy>, facts: Facts, clock: f64) -> Session {
        let mut own_instants = Instants::default();
        for grant in &facts.subject.grants {
            if let Some(when) = &grant.when {
                own_instants.collect(when);
            }
        }
        let now = facts.context.now.unwrap_or(clock);
        let is_fully_entitled = !facts.context.entitled.contains(&false);
        Session { policy, facts, now, own_instants, is_fully_entitled }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// What of the facts is inert or passed over, and why.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.facts.warnings
    }

    /// The instant that the session stands at, in milliseconds.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.now
    }

    /// Moves the session to the clock's present, unless its context fixed the instant.
    pub fn advance(&mut self, clock: f64) {
        if self.facts.context.now.is_none() {
            self.now = clock;
        }
    }

    /// The earliest later instant among the bounds of the subject's assignments and direct grants and
    /// the literals compared with `context.now` (section 6), in milliseconds; `None` where none is ahead.
    #[must_use]
    pub fn valid_until(&self) -> Option<f64> {
        self.earliest(false)
    }

    /// The earliest later instant at which an answer can turn: as [`Session::valid_until`], and the
    /// millisecond after a literal where a comparison turns only then. `None` where none is ahead, or
    /// where the context fixed the instant.
    #[must_use]
    pub fn turns_at(&self) -> Option<f64> {
        if self.facts.context.now.is_some() {
            return None;
        }
        self.earliest(true)
    }

    /// The earliest of them, with the milliseconds after literals or without.
    fn earliest(&self, with_after: bool) -> Option<f64> {
        let subject = &self.facts.subject;
        let mut earliest = None;
        for instants in [&self.policy.instants, &self.own_instants] {
            let after = if with_after { instants.after.as_slice() } else { &[] };
            for list in [&instants.literals, after] {
                for at in list {
                    self.note(Some(*at), &mut earliest);
                }
            }
        }
        for assignment in &subject.assignments {
            self.note(assignment.bounds.from, &mut earliest);
            self.note(assignment.bounds.until, &mut earliest);
        }
        for grant in &subject.grants {
            self.note(grant.bounds.from, &mut earliest);
            self.note(grant.bounds.until, &mut earliest);
        }
        earliest
    }

    /// Keeps an instant that lies ahead, and before the earliest so far.
    #[inline(never)]
    fn note(&self, instant: Option<f64>, earliest: &mut Option<f64>) {
        if instant.is_some_and(|at| at > self.now && earliest.is_none_or(|before| at < before)) {
            *earliest = instant;
        }
    }
}
