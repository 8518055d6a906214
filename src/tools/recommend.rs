//! The roles that together allow what is needed with the fewest further permissions (section 9,
//! `recommend`).
//!
//! It is judged without facts, as the matrix is. Only a permission that is allowed whatever a `when` says is
//! given; one that may be allowed is a further one. The answer is exact or it is none: where no set can be
//! proven to be the best within the work that a question may take, it is refused as `too-complex`, with what
//! was found.

mod bound;
mod exclusive;
mod problem;
mod question;
mod search;

use self::exclusive::Exclusions;
use self::problem::{Candidate, Problem};
pub use self::question::Question;
use self::search::{Search, Worth};
use super::bits::Bits;
use super::given::{Given, given};
use super::refused;
use crate::diagnostic::Diagnostic;
use crate::order::sorted;
use crate::pointer::Pointer;
use crate::policy::{PermissionId, Policy, Role, RoleId, at};
use crate::text::{decimal, join, listed};

/// The work that one question may take, in words of sets that are read: half a second in a WebAssembly module
/// on the machine that this was measured on.
const WORK: usize = 250_000_000;

/// The best set of roles, or why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// The roles, in the order of their names.
    pub roles: Vec<RoleId>,
    /// The further permissions that they give, certainly or by a condition, in the policy's order.
    pub extra: Vec<PermissionId>,
    /// If there is no such set, the needed permissions that no role gives, in the policy's order. It is empty
    /// where each is given by some role and yet no set is allowed to have them all.
    pub missing: Vec<PermissionId>,
    /// There is a set. Without one there are no roles either, as there are none for nothing.
    pub is_found: bool,
}

/// Answers a question.
///
/// # Errors
/// `too-large` for a policy with more than [`PAIRS`](super::PAIRS), and `too-complex` where the best set is not
/// known for certain.
pub fn recommend(policy: &Policy, question: &Question) -> Result<Recommendation, Vec<Diagnostic>> {
    let is_active = |entitlement: u32| question.is_active(entitlement);
    let all = given(policy, &is_active)?;
    let (exclusions, counted) = Exclusions::read(policy)?;
    let mut closed = Bits::new(policy.permissions.len());
    for (place, (id, _)) in (0..).zip(&policy.permissions).enumerate() {
        if !policy.lineage(id).all(|resource| resource.requires.is_none_or(is_active)) {
            closed.insert(place);
        }
    }
    let mut roles = Vec::new();
    for (id, role) in (0..).zip(&policy.roles) {
        if question.may_assign(role) {
            roles.push((&*role.name, id));
        }
    }
    let (mut missing, mut candidates) = (question.needed.without(&closed), Vec::new());
    let unopened = question.needed.without(&missing);
    for (_, role) in sorted(roles) {
        let Some((given, counted)) = at(&all, role).zip(at(&counted, role)) else { continue };
        let allowed = given.allows.without(&given.may_deny).without(&closed);
        missing.take(&allowed);
        // A role that denies something needed is in no set that allows it.
        if !given.may_deny.meets(&question.needed) && exclusions.allow(counted) {
            candidates.push(candidate(role, given, counted, &closed, &question.needed));
        }
    }
    missing.add(&unopened);
    let none = || Recommendation { missing: ids(&missing), ..Recommendation::default() };
    if !missing.is_empty() {
        return Ok(none());
    }
    let mut left = Some(WORK);
    let needed = question.needed.clone();
    let Some(problem) = Problem::reduced(candidates, needed, exclusions, question.most(), &mut left) else {
        return Ok(none());
    };
    let Some(roles) = solve(policy, &problem, &mut left)? else { return Ok(none()) };
    let extra = further(&roles, &all, &closed, &question.needed);
    Ok(Recommendation { roles, extra: ids(&extra), missing: Vec::new(), is_found: true })
}

fn candidate(role: RoleId, given: &Given, counted: &Bits, closed: &Bits, needed: &Bits) -> Candidate {
    let mut covers = given.allows.without(closed);
    covers.keep(needed);
    let further = given.open().without(closed).without(needed);
    Candidate { role, covers, further, denies: given.denies.clone(), counted: counted.clone() }
}

/// What roles together give beyond what is needed.
fn further(roles: &[RoleId], all: &[Given], closed: &Bits, needed: &Bits) -> Bits {
    let mut sum = Given { may_allow: needed.without(needed), denies: needed.without(needed), ..Given::default() };
    for given in roles.iter().filter_map(|role| at(all, *role)) {
        sum.may_allow.add(&given.may_allow);
        sum.denies.add(&given.denies);
    }
    sum.open().without(closed).without(needed)
}

fn ids(set: &Bits) -> Vec<PermissionId> {
    let mut ids = Vec::new();
    for number in set.numbers() {
        ids.extend(u32::try_from(number));
    }
    ids
}

/// The best set, the first by its names among equals.
fn solve(policy: &Policy, problem: &Problem, left: &mut Option<usize>) -> Result<Option<Vec<RoleId>>, Vec<Diagnostic>> {
    let mut search = Search::new(problem, left);
    let found = search.best();
    if search.left.is_none() {
        return Err(too_complex(policy, problem, found, search.least));
    }
    let Some((worth, mut best)) = found else { return Ok(None) };
    best = sorted(best);
    // Name by name: is there a set as good that has an earlier one in this place?
    for place in 0..best.len() {
        let begin =
            place.checked_sub(1).and_then(|before| best.get(before)).map_or(0, |before| before.saturating_add(1));
        let end = best.get(place).copied().unwrap_or_default();
        for earlier in begin..end {
            let mut chosen = best.get(..place).unwrap_or_default().to_vec();
            chosen.push(earlier);
            let better = search.any(&chosen, worth);
            if search.left.is_none() {
                return Err(too_complex(policy, problem, Some((worth, best)), Some(worth.0)));
            }
            if let Some(better) = better {
                best = sorted(better);
                break;
            }
        }
    }
    Ok(Some(roles_of(problem, &best)))
}

fn roles_of(problem: &Problem, places: &[usize]) -> Vec<RoleId> {
    places.iter().filter_map(|place| problem.candidates.get(*place)).map(|candidate| candidate.role).collect()
}

/// What is told where no set is known to be the best: the best that was found, so that somebody can go on with
/// it, in a form that no program takes for an answer, and how few further permissions there are at least.
fn too_complex(
    policy: &Policy,
    problem: &Problem,
    found: Option<(Worth, Vec<usize>)>,
    least: Option<u32>,
) -> Vec<Diagnostic> {
    let count = |further: u32| decimal(usize::try_from(further.saturating_add(problem.base)).unwrap_or_default());
    let message = match found {
        Some((worth, places)) => {
            let roles = roles_of(problem, &sorted(places));
            let names: Vec<&str> = roles.iter().map(|role| policy.role_name(*role)).collect();
            let lead = "it takes too long to find the best roles; the best so far are ";
            let (further, least) = (count(worth.0), count(least.unwrap_or_default()));
            let rest = " further permissions, and no roles have fewer than ";
            join(&[lead, &listed(&names, "`, `"), ", with ", &further, rest, &least])
        }
        None => "it takes too long to find any roles that fit together".to_owned(),
    };
    let help = "ask for fewer permissions at once, or allow fewer roles with `atMost`";
    refused("too-complex", &Pointer::Root, message, help)
}

impl Question {
    fn may_assign(&self, role: &Role) -> bool {
        !role.is_abstract && self.scope.map_or(role.at_root, |scope| role.at.contains(&scope))
    }
}
