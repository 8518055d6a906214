//! The answer to one question (section 6): its effect and the first reason that holds.

use crate::explain::Because;
use crate::facts::Request;
use crate::policy::{PermissionId, at, count, slot};
use crate::session::walk::{Asked, Hit};
use crate::session::{Chain, Hypothesis, Session};

/// The three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Never.
    Deny = 0,
    /// Always.
    Allow = 1,
    /// It depends on the record.
    Conditional = 2,
}

impl Effect {
    /// Its name in the model.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Effect::Deny => "deny",
            Effect::Allow => "allow",
            Effect::Conditional => "conditional",
        }
    }
}

/// Why an answer is what it is; the first that holds. The numbers are those of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The policy does not declare the permission.
    UnknownPermission = 0,
    /// The subject is not active.
    Suspended = 1,
    /// The scope, or one that it lies in, is not known.
    UnknownScope = 2,
    /// A deny grant certainly applies.
    Forbidden = 3,
    /// An allow grant certainly applies, and no deny grant can.
    Granted = 4,
    /// An allow grant may apply.
    Conditional = 5,
    /// It would be allowed or conditional with every entitlement.
    Entitlement = 6,
    /// It would be allowed or conditional with every assignment and direct grant active.
    Inactive = 7,
    /// Nothing grants it.
    NotGranted = 8,
}

impl Reason {
    /// Its name in the model.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Reason::UnknownPermission => "unknown-permission",
            Reason::Suspended => "suspended",
            Reason::UnknownScope => "unknown-scope",
            Reason::Forbidden => "forbidden",
            Reason::Granted => "granted",
            Reason::Conditional => "conditional",
            Reason::Entitlement => "entitlement",
            Reason::Inactive => "inactive",
            Reason::NotGranted => "not-granted",
        }
    }

    /// The effect that goes with it.
    #[must_use]
    pub fn effect(self) -> Effect {
        match self {
            Reason::Granted => Effect::Allow,
            Reason::Conditional => Effect::Conditional,
            _ => Effect::Deny,
        }
    }
}

/// An answer with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The answer.
    pub effect: Effect,
    /// The first reason that holds.
    pub reason: Reason,
    /// The earliest later instant at which an answer can turn, in milliseconds.
    pub until: Option<f64>,
    /// What granted, forbade, or would have granted it.
    pub because: Vec<Because>,
}

/// What the grants that apply to one permission come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict(u8);

const MAY_ALLOW: u8 = 1;
const ALLOWS: u8 = 2;
const MAY_DENY: u8 = 4;
const DENIES: u8 = 8;
/// Marks what a grant covers among what none does.
const UNSETTLED: u8 = 16;

impl Verdict {
    /// What one grant adds to a verdict.
    pub(crate) fn of(hit: &Hit<'_>) -> Verdict {
        let outcomes = hit.outcomes;
        let mut bits = 0;
        if hit.is_allow {
            bits |= if outcomes.may_be_true() { MAY_ALLOW } else { 0 };
            bits |= if outcomes.is_exactly_true() { ALLOWS } else { 0 };
        } else if outcomes.may_be_false() {
            bits |= if outcomes.may_be_other_than_false() { MAY_DENY } else { 0 };
        } else {
            bits |= DENIES;
        }
        Verdict(bits)
    }

    /// Both together.
    pub(crate) fn add(&mut self, other: Verdict) {
        self.0 |= other.0;
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// True where nothing denies for certain and something may allow: `granted` or `conditional`, the
    /// gates aside.
    fn is_open(self) -> bool {
        self.has(MAY_ALLOW) && !self.has(DENIES)
    }

    /// The effect with every gate open or one of them closed.
    pub(crate) fn effect(self, gates_open: bool) -> Effect {
        if !gates_open || !self.is_open() {
            Effect::Deny
        } else if self.has(ALLOWS) && !self.has(MAY_DENY) {
            Effect::Allow
        } else {
            Effect::Conditional
        }
    }
}

/// A run of permissions: the first, and the one behind the last.
type Range = (PermissionId, PermissionId);

/// The bytes of a run of permissions.
fn run(table: &mut [u8], start: PermissionId, end: PermissionId) -> &mut [u8] {
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(start), Ok(end)) => table.get_mut(start..end).unwrap_or_default(),
        _ => &mut [],
    }
}

pub(crate) const AS_IT_IS: Hypothesis = Hypothesis { every_entitlement: false, every_assignment: false };
pub(crate) const ENTITLED: Hypothesis = Hypothesis { every_entitlement: true, every_assignment: false };
pub(crate) const ACTIVE: Hypothesis = Hypothesis { every_entitlement: false, every_assignment: true };

/// What is looked at one after another, and the reason where it would be allowed or conditional so.
const STEPS: [(Hypothesis, Reason); 3] =
    [(AS_IT_IS, Reason::Granted), (ENTITLED, Reason::Entitlement), (ACTIVE, Reason::Inactive)];

impl Session {
    /// The decision for a permission by its name.
    #[must_use]
    pub fn decide(&self, permission: &str, request: Request<'_>) -> Decision {
        self.decide_at(self.policy.permission(permission), request)
    }

    /// The decision for a permission by its number; without one, for a permission that is not declared.
    #[must_use]
    pub fn decide_at(&self, id: Option<PermissionId>, request: Request<'_>) -> Decision {
        let reason = id.map_or(Reason::UnknownPermission, |id| self.reason(id, request));
        let because = id.map_or_else(Vec::new, |id| self.because(id, request, reason));
        Decision { effect: reason.effect(), reason, until: self.valid_until(), because }
    }

    /// The effect for a permission by its number.
    #[must_use]
    pub fn effect(&self, permission: PermissionId, request: Request<'_>) -> Effect {
        match self.chain(request) {
            Ok(chain) => {
                let verdict = self.verdict(permission, &chain, request, AS_IT_IS);
                verdict.effect(self.gates_open(permission, AS_IT_IS))
            }
            Err(_) => Effect::Deny,
        }
    }

    /// The first reason that holds for a permission by its number.
    #[must_use]
    pub fn reason(&self, permission: PermissionId, request: Request<'_>) -> Reason {
        if at(&self.policy.permissions, permission).is_none() {
            return Reason::UnknownPermission;
        }
        let chain = match self.chain(request) {
            Ok(chain) => chain,
            Err(reason) => return reason,
        };
        for step in &STEPS {
            let reason = self.judged(step, permission, self.verdict(permission, &chain, request, step.0));
            if reason != Reason::NotGranted {
                return reason;
            }
        }
        Reason::NotGranted
    }

    /// The reasons of all permissions in their order, by their numbers. The work is that of the grants that apply, and
    /// not of each permission by itself.
    #[must_use]
    pub fn numbered_reasons(&self, request: Request<'_>) -> Vec<u8> {
        let length = self.policy.permissions.len();
        let chain = match self.chain(request) {
            Ok(chain) => chain,
            Err(reason) => return vec![reason as u8; length],
        };
        let mut reasons = vec![Reason::NotGranted as u8; length];
        for step in &STEPS {
            let (table, _) = self.verdicts(&chain, request, step.0);
            for ((id, verdict), reason) in (0..).zip(table).zip(&mut reasons) {
                if *reason == Reason::NotGranted as u8 {
                    *reason = self.judged(step, id, Verdict(verdict)) as u8;
                }
            }
        }
        reasons
    }

    /// The chain of scopes that a request is about, or why nothing is granted there at all.
    pub(crate) fn chain<'a>(&'a self, request: Request<'a>) -> Result<Chain<'a>, Reason> {
        if !self.facts.subject.is_active {
            return Err(Reason::Suspended);
        }
        Chain::of(&self.policy, &self.facts.context, request.scope).ok_or(Reason::UnknownScope)
    }

    /// What a step makes of a permission that no step before it has a reason for.
    fn judged(&self, (hypothesis, would_be): &(Hypothesis, Reason), id: PermissionId, verdict: Verdict) -> Reason {
        let effect = verdict.effect(self.gates_open(id, *hypothesis));
        if *would_be != Reason::Granted {
            return if effect == Effect::Deny { Reason::NotGranted } else { *would_be };
        }
        match effect {
            _ if verdict.has(DENIES) => Reason::Forbidden,
            Effect::Allow => Reason::Granted,
            Effect::Conditional => Reason::Conditional,
            Effect::Deny => Reason::NotGranted,
        }
    }

    /// The effects of all permissions, in their order.
    #[must_use]
    pub fn effects(&self, request: Request<'_>) -> Vec<Effect> {
        let packed = self.packed_effects(request, 0);
        let mut effects = Vec::new();
        for id in 0..count(&self.policy.permissions) {
            let four = at(&packed, id >> 2).copied().unwrap_or_default();
            effects.push(match four.wrapping_shr((id & 3) << 1) & 3 {
                1 => Effect::Allow,
                2 => Effect::Conditional,
                _ => Effect::Deny,
            });
        }
        effects
    }

    /// The effects of all permissions in their order, four to a byte, the first in its lowest bits: 0 deny, 1 allow,
    /// 2 conditional. Behind them is so much `room`, zeroed, for what a host wants to add without moving them.
    ///
    /// What is not granted costs bits that are zero from the beginning: the work is that of the grants
    /// that apply, however many permissions the policy has.
    #[must_use]
    pub fn packed_effects(&self, request: Request<'_>, room: usize) -> Vec<u8> {
        let length = self.policy.permissions.len();
        let mut packed = vec![0; length.div_ceil(4).saturating_add(room)];
        let Ok(chain) = &self.chain(request) else { return packed };
        let (mut table, met) = self.verdicts(chain, request, AS_IT_IS);
        // A resource's permissions are neighbours, and have the same gates.
        let mut gates = (None, self.is_fully_entitled);
        for (start, end) in met.into_iter().flatten() {
            for (id, each) in (*start..).zip(run(&mut table, *start, *end)) {
                let verdict = Verdict(std::mem::take(each));
                if !verdict.has(UNSETTLED) {
                    continue;
                }
                if !self.is_fully_entitled {
                    let resource = at(&self.policy.permissions, id).map(|permission| permission.resource);
                    if gates.0 != resource {
                        gates = (resource, self.gates_open(id, AS_IT_IS));
                    }
                }
                if let Some(four) = slot(&mut packed, id >> 2) {
                    *four |= (verdict.effect(gates.1) as u8).wrapping_shl((id & 3) << 1);
                }
            }
        }
        packed
    }

    /// What the grants that apply come to for every permission, and the runs of permissions that they cover.
    fn verdicts<'a>(
        &'a self,
        chain: &'a Chain<'a>,
        request: Request<'a>,
        hypothesis: Hypothesis,
    ) -> (Vec<u8>, Vec<&'a [Range]>) {
        let mut table = vec![0; self.policy.permissions.len()];
        let mut met = Vec::with_capacity(32);
        self.walk(chain, request, hypothesis, Asked::Every, &mut |hit| {
            let verdict = Verdict::of(&hit);
            for (start, end) in hit.ranges {
                for each in run(&mut table, *start, *end) {
                    *each |= verdict.0 | UNSETTLED;
                }
            }
            met.push(hit.ranges);
        });
        (table, met)
    }

    fn verdict(
        &self,
        permission: PermissionId,
        chain: &Chain<'_>,
        request: Request<'_>,
        hypothesis: Hypothesis,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        self.walk(chain, request, hypothesis, Asked::One(permission), &mut |hit| verdict.add(Verdict::of(&hit)));
        verdict
    }

    /// True where the resource and everything it lies in require nothing that is not active.
    pub(crate) fn gates_open(&self, permission: PermissionId, hypothesis: Hypothesis) -> bool {
        // A context in which every entitlement is active closes no gate, and a policy may have none.
        self.is_fully_entitled
            || self.policy.lineage(permission).all(|resource| self.is_entitled(resource.requires, hypothesis))
    }
}
