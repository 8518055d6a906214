//! What is left of a question about a record once everything else is settled: which attributes to read
//! and what they are compared with. Made once, it answers for any record without walking the grants.

use crate::condition::Condition;
use crate::condition::outcomes::Outcomes;
use crate::condition::residual::{Attribute, Residual, Settling, given};
use crate::decide::{AS_IT_IS, Effect, Verdict};
use crate::facts::Request;
use crate::policy::{PermissionId, RoleId, at};
use crate::session::walk::{Asked, Hit, Source};
use crate::session::{Chain, Session};

/// What is left of the question whether a permission is allowed for a record at one scope.
///
/// It holds for as long as the session stands: an instant that passes or other facts make it another.
#[derive(Debug)]
pub struct Question {
    attributes: Vec<Attribute>,
    /// What the grants come to that are settled.
    settled: Verdict,
    /// The others: whether they allow, and what is left of their conditions.
    grants: Vec<(bool, Residual)>,
}

impl Session {
    /// What is left of a permission's question about a record at a scope, without attributes of the action.
    /// `None` where more of a record is needed than can be handed over: then [`Session::effect`] answers.
    #[must_use]
    pub fn question(&self, permission: PermissionId, scope: Option<&str>) -> Option<Question> {
        let mut question = Question { attributes: Vec::new(), settled: Verdict::default(), grants: Vec::new() };
        let chain = Chain::of(&self.policy, &self.facts.context, scope).filter(|_| self.facts.subject.is_active);
        let Some(chain) = &chain else { return Some(question) };
        if !self.gates_open(permission, AS_IT_IS) {
            return Some(question);
        }
        let (mut settling, mut is_whole) = (Settling::default(), true);
        self.walk(chain, Request::default(), AS_IT_IS, Asked::One(permission), &mut |hit| match is_whole
            .then(|| self.left_of(&hit, chain, &mut settling))
            .flatten()
        {
            None => is_whole = false,
            Some(Residual::Settled(outcomes)) => {
                question.settled.add(Verdict::from_outcomes(hit.is_allow, outcomes));
            }
            Some(left) => question.grants.push((hit.is_allow, left)),
        });
        question.attributes = settling.attributes;
        is_whole.then_some(question)
    }

    /// What is left of the conditions of a grant: its own, and that of the derived role it counts through.
    fn left_of(&self, hit: &Hit<'_>, chain: &Chain<'_>, settling: &mut Settling) -> Option<Residual> {
        let through = hit.carried.map(|carried| carried.through);
        let kept = |number: Option<u32>| match number {
            None => Some(None),
            Some(number) => at(&self.policy.conditions, number).map(Some),
        };
        let mut left = |condition: Option<&Condition>, height: usize, role: Option<RoleId>| match condition {
            None => Some(Residual::Settled(Outcomes::TRUE)),
            Some(condition) => settling.settle(condition, &self.reader(chain, Request::default(), height, role)),
        };
        if let Source::Direct(number) = hit.source {
            return left(self.facts.subject.grants.get(number)?.when.as_ref(), 0, None);
        }
        let own = left(kept(hit.carried?.grant.when())?, 0, through)?;
        let Source::Derived(number, height) = hit.source else { return Some(own) };
        let entry = self.policy.derived_roles.get(number)?;
        Some(match (left(kept(entry.when)?, height, through)?, own) {
            (Residual::Settled(outcomes), other) | (other, Residual::Settled(outcomes))
                if outcomes == Outcomes::TRUE =>
            {
                other
            }
            (Residual::Settled(first), Residual::Settled(second)) => Residual::Settled(first.and(second)),
            (first, second) => Residual::All(vec![first, second]),
        })
    }
}

impl Question {
    /// The attributes to read.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The answer for a record whose attributes are of these kinds: the kind of the first, that of the second
    /// times how many kinds the first has, and so on.
    #[must_use]
    pub fn answer(&self, combination: u32) -> Effect {
        let given = given(&self.attributes, combination);
        let mut verdict = self.settled;
        for (is_allow, left) in &self.grants {
            verdict.add(Verdict::from_outcomes(*is_allow, left.evaluate(&given)));
        }
        verdict.effect(true)
    }
}
