//! Whose assignments can give a permission. Held to the reference evaluator over generated directories: whoever may, or
//! might, is among those that a search looks at; and enough of the others are not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::tools::candidates::candidates;
use grantlet_reference::generate::{DirectoryCase, directory_case};
use grantlet_reference::{Facts, decide, permissions};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::policy;
use support::tally::{Tally, run};

/// The answer by names.
struct Found {
    everyone: bool,
    roles: Vec<String>,
    below: Vec<String>,
}

fn ask(document: &Json, permission: &str) -> Found {
    let policy = policy(document);
    let found = candidates(&policy, permission);
    let names = |ids: &[u32]| ids.iter().map(|id| policy.roles[*id as usize].name.to_string()).collect();
    Found { everyone: found.everyone, roles: names(&found.roles), below: names(&found.below) }
}

/// A scope, its parents and the root, as far as the context lists them.
fn chain(document: &Json, context: &Json, scope: Option<&str>) -> Vec<Option<String>> {
    let mut chain = Vec::new();
    let mut next = scope.map(str::to_owned);
    while let Some(here) = next {
        let kind = here.split(':').next().unwrap().to_owned();
        let lies_in_one = document["scopes"][&kind].get("in").is_some() && chain.len() < 10;
        next = context["scopes"][&here]["parent"].as_str().filter(|_| lies_in_one).map(str::to_owned);
        chain.push(Some(here));
    }
    chain.push(None);
    chain
}

/// Whether a search for those who may looks at a subject.
fn is_looked_at(found: &Found, subject: &Json, chain: &[Option<String>]) -> bool {
    let has = |list: &[String], assignment: &Json| list.iter().any(|role| assignment["role"] == **role);
    let gives = |assignment: &Json| {
        let scope = assignment.get("scope").map(|scope| scope.as_str().unwrap().to_owned());
        has(&found.roles, assignment) && chain.contains(&scope) || has(&found.below, assignment)
    };
    let list = |key: &str| subject[key].as_array().cloned().unwrap_or_default();
    found.everyone || !list("grants").is_empty() || list("assignments").iter().any(gives)
}

fn compare(case: &DirectoryCase, tally: &Tally<3>) -> Result<(), TestCaseError> {
    let DirectoryCase { policy, directory, context, now, requests } = case;
    for permission in permissions(policy) {
        let found = ask(policy, &permission);
        for request in requests {
            let chain = chain(policy, context, request.scope.as_deref());
            for subject in directory {
                let facts = Facts { policy, subject, context, roles: None, now: *now };
                let may = decide(&facts, &permission, request).effect != "deny";
                let looked_at = is_looked_at(&found, subject, &chain);
                prop_assert!(looked_at || !may, "{} at {:?} for {}", permission, request.scope, subject);
                tally.add(match (may, looked_at) {
                    (true, _) => 0,
                    (false, true) => 1,
                    (false, false) => 2,
                });
            }
        }
    }
    Ok(())
}

#[test]
fn whoever_may_is_a_candidate() {
    let tally = Tally::<3>::new();
    run(1_500, &directory_case(), |case| compare(&case, &tally));
    tally.told("candidates", ["who may or might", "looked at in vain", "not looked at"], 20_000);
}

fn document() -> Json {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"] },
        "scopes": { "company": {}, "account": { "in": "company" } },
        "resources": { "note": { "actions": ["view", "edit"] }, "list": { "actions": ["view", "edit"] } },
        "roles": {
            "base": { "abstract": true, "allow": ["note:view"] },
            "reader": { "inherits": ["base"] },
            "editor": { "inherits": ["reader"], "allow": ["note:edit"] },
            "strict": { "deny": ["note:view"] },
            "sorter": { "allow": [{ "permissions": ["list:edit"], "when": { "any": [] } }] },
            "staff": {},
            "boss": { "inherits": ["staff"] },
            "owner": { "scopes": ["account"] },
            "auditor": {},
            "helper": { "abstract": true, "allow": ["list:view"] },
        },
    })
}

fn told(derived: Json, permission: &str) -> (bool, String, String) {
    let mut document = document();
    document["derivedRoles"] = derived;
    let found = ask(&document, permission);
    (found.everyone, found.roles.join(" "), found.below.join(" "))
}

fn expect(derived: Json, permission: &str, everyone: bool, roles: &str, below: &str) {
    assert_eq!(told(derived, permission), (everyone, roles.to_owned(), below.to_owned()));
}

#[test]
fn roles_that_carry_or_inherit_an_allow_are_candidates_and_abstract_ones_are_not() {
    expect(json!([]), "note:view", false, "reader editor", "");
    expect(json!([]), "note:edit", false, "editor", "");
    expect(json!([]), "list:view", false, "sorter", "");
}

#[test]
fn roles_that_a_derived_role_asks_for_are_candidates_with_their_heirs() {
    let holds = |asked: Json| json!([{ "role": "helper", "holds": asked }]);
    expect(holds(json!(["staff"])), "list:view", false, "sorter staff boss", "");
    expect(holds(json!(["auditor", "boss"])), "list:view", false, "sorter boss auditor", "");
    expect(holds(json!(["staff"])), "list:edit", false, "sorter", "");
    // Whoever has the derived role has both of them, so one is enough to look for.
    expect(holds(json!({ "all": ["auditor", "staff"] })), "list:view", false, "sorter auditor", "");
}

#[test]
fn roles_held_below_are_candidates_wherever_they_are_assigned() {
    let derived = json!([{ "role": "helper", "scope": "company", "holdsBelow": ["owner"] }]);
    expect(derived.clone(), "list:view", false, "sorter", "owner");
    expect(derived, "list:edit", false, "sorter", "");
    let both = json!([{ "role": "helper", "scope": "company", "holds": ["staff"], "holdsBelow": ["owner"] }]);
    expect(both, "list:view", false, "sorter staff boss", "");
}

#[test]
fn everyone_is_a_candidate_where_a_derived_role_asks_for_no_assignment() {
    let when = json!({ "eq": [{ "var": "scope.open" }, true] });
    expect(json!([{ "role": "helper", "scope": "account", "when": when }]), "list:view", true, "sorter", "");
    expect(json!([{ "role": "helper" }]), "list:view", true, "sorter", "");
    expect(json!([{ "role": "helper" }]), "note:view", false, "reader editor", "");
}

#[test]
fn nobody_is_a_candidate_for_a_permission_that_is_not_there() {
    expect(json!([{ "role": "helper" }]), "list:fly", false, "", "");
    expect(json!([]), "", false, "", "");
}
