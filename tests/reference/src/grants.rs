//! Section 6: the grants that apply to a request, each with what it covers and its set of outcomes.

use serde_json::Value;

use crate::conditions::{Outcomes, Variables, both, is_condition, outcomes_of_when};
use crate::facts::{Request, State, instant};
use crate::json::items;
use crate::permissions::{Pairs, allow_covers, deny_covers, matches_nothing};
use crate::roles::{
    allow_grants, assignments, chain, denies, deny_grants, derived_roles, gives, has_unknowns, is_active, role_of,
};
use crate::scopes::{Scope, kind, scope_of};

/// A grant that applies to a request.
pub(crate) struct Applicable {
    pub(crate) covers: Pairs,
    pub(crate) outcomes: Outcomes,
    /// Whether the grant itself has a `when`, or the entry that derived its role.
    pub(crate) has_when: bool,
}

/// The keys of a direct grant.
const GRANT_KEYS: [&str; 8] = ["permissions", "scope", "status", "from", "until", "except", "when", "meta"];

/// Section 6: the set D of the deny grants that apply, of every permission at once.
pub(crate) fn deny_set(state: &State, request: &Request) -> Vec<Applicable> {
    let applicable = chain(state, request.scope.as_deref()).unwrap_or_default();
    let policy = state.facts.policy;
    let mut set = Vec::new();
    for assignment in assignments(state.facts.subject) {
        if denies(state, assignment) && applicable.contains(&scope_of(assignment)) {
            for grant in deny_grants(policy, role_of(assignment)) {
                let covers = deny_covers(policy, grant);
                set.push(through_role(state, request, role_of(assignment), None, grant, covers));
            }
        }
    }
    for derived in derived_roles(state, &applicable) {
        for grant in deny_grants(policy, derived.role) {
            let covers = deny_covers(policy, grant);
            let entry = Some((&derived.at, derived.when));
            set.push(through_role(state, request, derived.role, entry, grant, covers));
        }
    }
    set
}

/// Section 6: the set A of the allow grants that apply, of every permission at once. Section 3: those of assignments
/// and derived roles outside a session's `roles`, and with such a list the direct ones, do not count.
pub(crate) fn allow_set(state: &State, request: &Request) -> Vec<Applicable> {
    let applicable = chain(state, request.scope.as_deref()).unwrap_or_default();
    let policy = state.facts.policy;
    let activated = |role: &str| state.facts.roles.is_none_or(|roles| roles.iter().any(|other| other == role));
    let mut set = Vec::new();
    for assignment in assignments(state.facts.subject) {
        let role = role_of(assignment);
        if gives(state, assignment) && applicable.contains(&scope_of(assignment)) && activated(role) {
            for grant in allow_grants(state, role) {
                let covers = allow_covers(policy, grant);
                set.push(through_role(state, request, role, None, grant, covers));
            }
        }
    }
    for derived in derived_roles(state, &applicable) {
        if activated(derived.role) {
            for grant in allow_grants(state, derived.role) {
                let covers = allow_covers(policy, grant);
                let entry = Some((&derived.at, derived.when));
                set.push(through_role(state, request, derived.role, entry, grant, covers));
            }
        }
    }
    if state.facts.roles.is_none() {
        for grant in items(state.facts.subject.get("grants")) {
            if applicable.contains(&scope_of(grant)) && direct_grant_gives(state, grant) {
                set.push(Applicable {
                    covers: allow_covers(policy, grant),
                    outcomes: outcomes_of_when(grant.get("when"), &variables(state, request, None)),
                    has_when: grant.get("when").is_some(),
                });
            }
        }
    }
    set
}

/// Introduction and section 3: an active direct grant without anything that the policy does not know.
fn direct_grant_gives(state: &State, grant: &Value) -> bool {
    !has_unknowns(grant, &GRANT_KEYS)
        && kind(state.facts.policy, scope_of(grant).as_deref()).is_some()
        && !matches_nothing(state.facts.policy, grant)
        && grant.get("when").is_none_or(|when| is_condition(when, 1))
        && is_active(state, grant)
}

/// A grant that counts through a role. Of a derived role it has the outcomes of `all` over the entry's `when`, with
/// `scope` standing for u, and its own, with `scope` the request's.
fn through_role(
    state: &State,
    request: &Request,
    role: &str,
    entry: Option<(&Scope, Option<&Value>)>,
    grant: &Value,
    covers: Pairs,
) -> Applicable {
    let here = variables(state, request, Some(role));
    let own = outcomes_of_when(grant.get("when"), &here);
    let (outcomes, derived_by_when) = match entry {
        None => (own, false),
        Some((at, when)) => {
            let there = Variables { scope: at.as_deref(), ..here };
            (both(&outcomes_of_when(when, &there), &own), when.is_some())
        }
    };
    Applicable { covers, outcomes, has_when: derived_by_when || grant.get("when").is_some() }
}

fn variables<'a>(state: &State<'a>, request: &'a Request, role: Option<&'a str>) -> Variables<'a> {
    Variables {
        policy: state.facts.policy,
        subject: state.facts.subject,
        context: state.facts.context,
        now: instant(&state.facts),
        scope: request.scope.as_deref(),
        resource: request.resource.as_ref(),
        action: request.action.as_ref(),
        role,
    }
}
