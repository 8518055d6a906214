//! Section 6: the decision, read off its table from the top.

use serde_json::Value;

use crate::conditions::{Outcomes, Truth, instants};
use crate::facts::{Answer, Facts, Request, State, instant, suspended};
use crate::grants::{allow_set, deny_set};
use crate::json::{items, members};
use crate::permissions::{Pair, find, gates, permissions};
use crate::roles::{assignments, chain, is_active_entitlement};
use crate::time::millis;

/// The decision on one permission and one request.
pub fn decide(facts: &Facts, permission: &str, request: &Request) -> Answer {
    let (effect, reason) = effect_and_reason(facts, permission, request);
    Answer { effect, reason, until: until(facts) }
}

/// Every permission whose decision is allow, in the order of the policy.
pub fn allowed(facts: &Facts, request: &Request) -> Vec<String> {
    permissions(facts.policy)
        .into_iter()
        .filter(|permission| decide(facts, permission, request).effect == "allow")
        .collect()
}

/// The table: the first row that holds.
fn effect_and_reason(facts: &Facts, permission: &str, request: &Request) -> (&'static str, &'static str) {
    let state = State::actual(*facts);
    let Some(pair) = find(facts.policy, permission) else {
        return ("deny", "unknown-permission");
    };
    if suspended(facts.subject) {
        return ("deny", "suspended");
    }
    if chain(&state, request.scope.as_deref()).is_none() {
        return ("deny", "unknown-scope");
    }
    match rows_4_to_6(&state, &pair, request) {
        Some(Row::Forbidden) => ("deny", "forbidden"),
        Some(Row::Granted) => ("allow", "granted"),
        Some(Row::Conditional) => ("conditional", "conditional"),
        None if would_open(state.were_every_entitlement_active(), &pair, request) => ("deny", "entitlement"),
        None if would_open(state.were_every_assignment_active(), &pair, request) => ("deny", "inactive"),
        None => ("deny", "not-granted"),
    }
}

enum Row {
    Forbidden,
    Granted,
    Conditional,
}

/// Rows 4, 5 and 6, of the facts as they are or of a hypothetical set.
fn rows_4_to_6(state: &State, pair: &Pair, request: &Request) -> Option<Row> {
    let covering = |set: Vec<crate::grants::Applicable>| -> Vec<Outcomes> {
        set.into_iter().filter(|grant| grant.covers.contains(pair)).map(|grant| grant.outcomes).collect()
    };
    let allow = covering(allow_set(state, request));
    let deny = covering(deny_set(state, request));

    let certainly_denied = deny.iter().any(|outcomes| !outcomes.contains(&Truth::False));
    let possibly_denied = deny.iter().any(|outcomes| outcomes.contains(&Truth::False) && outcomes.len() > 1);
    let certainly_allowed = allow.iter().any(|outcomes| outcomes.iter().eq([&Truth::True]));
    let possibly_allowed = allow.iter().any(|outcomes| outcomes.contains(&Truth::True));
    let every_gate_open =
        gates(state.facts.policy, pair).iter().all(|entitlement| is_active_entitlement(state, entitlement));

    if certainly_denied {
        Some(Row::Forbidden)
    } else if every_gate_open && certainly_allowed && !possibly_denied {
        Some(Row::Granted)
    } else if every_gate_open && possibly_allowed {
        Some(Row::Conditional)
    } else {
        None
    }
}

/// Rows 7 and 8: the answer would be 5 or 6.
fn would_open(hypothesis: State, pair: &Pair, request: &Request) -> bool {
    matches!(rows_4_to_6(&hypothesis, pair, request), Some(Row::Granted | Row::Conditional))
}

/// The earliest later instant among the bounds of the subject's assignments and direct grants, inert or not, and the
/// literals that the policy, or a direct grant, compares with `context.now`.
fn until(facts: &Facts) -> Option<f64> {
    let now = instant(facts);
    let direct = items(facts.subject.get("grants"));
    let bounds = assignments(facts.subject)
        .iter()
        .chain(direct)
        .flat_map(|fact| [fact.get("from"), fact.get("until")])
        .flatten()
        .filter_map(millis);

    let of_roles = members(facts.policy.get("roles"))
        .into_iter()
        .flat_map(|(_, role)| items(role.get("allow")).iter().chain(items(role.get("deny"))));
    let literals = of_roles
        .chain(items(facts.policy.get("derivedRoles")))
        .chain(items(facts.policy.get("administration")))
        .chain(direct)
        .filter_map(|with_when: &Value| with_when.get("when"))
        .flat_map(instants);

    bounds.chain(literals).filter(|instant| *instant > now).min_by(f64::total_cmp)
}
