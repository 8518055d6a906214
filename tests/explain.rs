//! What a decision says of itself: which grants stand behind it, by which way they came, and where
//! they are written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::decide::{Decision, Effect};
use grantlet::explain::Because;
use grantlet_reference::generate::{Case, case};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::cases;
use support::edit::{implied, list};
use support::example::Question;

fn office() -> Question {
    let mine = json!({ "eq": [{ "var": "resource.owner" }, "anna"] });
    Question::over(&json!({
        "grantlet": 1, "implies": { "edit": ["view"] }, "entitlements": ["gold", "silver"],
        "scopes": { "company": {}, "team": { "in": "company" } },
        "resources": {
            "page": { "actions": ["view", "edit"] }, "note": { "actions": ["view"] },
            "diary": { "actions": ["view"] },
            "money": { "actions": ["view"], "requires": "gold" }, "money.iban": { "actions": ["view"], "requires": "silver" }
        },
        "roles": {
            "base": { "abstract": true, "allow": ["note:view", { "permissions": ["note:view", "page:edit"] }] },
            "reader": { "scopes": ["root", "company"], "inherits": ["base"] },
            "chief": { "inherits": ["reader"], "deny": [{ "permissions": ["note:view"], "when": mine }] },
            "teller": { "allow": ["money.**:*"] },
            "golden": { "requires": "gold", "inherits": ["base"] },
            "diarist": { "abstract": true, "allow": ["diary:view"] }
        },
        "derivedRoles": [
            { "role": "reader", "scope": "company", "holds": ["teller"] }, { "role": "diarist", "holds": ["golden"] }
        ]
    }))
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn an_allow_names_role_chain_assignment_scope_and_pattern() {
    let ask = office()
        .by(json!({ "assignments": [{ "role": "golden" }, { "role": "reader", "scope": "company:c" }] }))
        .at("company:c");
    let decision = ask.decide("page:view");
    let expected = Because {
        effect: "allow",
        outcome: "certain",
        via: "assignment",
        index: Some(1),
        role: Some("reader".to_owned()),
        chain: strings(&["reader", "base"]),
        scope: Some("company:c".to_owned()),
        pointer: "/roles/base/allow/1/permissions/1".to_owned(),
        ..Because::default()
    };
    assert_eq!(decision.because, [expected]);
}

#[test]
fn a_grant_that_is_one_string_is_its_own_pattern() {
    let pointers: Vec<String> =
        office().having(&["reader"]).decide("note:view").because.into_iter().map(|one| one.pointer).collect();
    assert_eq!(pointers, ["/roles/base/allow/0", "/roles/base/allow/1/permissions/0"]);
}

#[test]
fn a_derived_role_and_a_direct_grant_say_so() {
    let subject = json!({ "assignments": [{ "role": "teller" }], "grants": [
        { "permissions": ["note:view"] }, { "permissions": ["note:view", "page:edit"], "scope": "company:c", "until": 2_000 }
    ] });
    let because = office().by(subject).at("company:c").decide("page:view").because;
    let found: Vec<_> =
        because.iter().map(|one| (one.via, one.index, one.scope.as_deref(), one.pointer.as_str(), one.until)).collect();
    assert_eq!(
        found,
        [
            ("derived", Some(0), Some("company:c"), "/roles/base/allow/1/permissions/1", None),
            ("grant", Some(1), Some("company:c"), "/grants/1/permissions/1", Some(2_000.0)),
        ]
    );
}

#[test]
fn a_conditional_answer_names_what_may_allow_and_what_may_deny() {
    let decision = office().having(&["chief"]).decide("note:view");
    assert_eq!(decision.effect, Effect::Conditional);
    let found: Vec<_> = decision.because.iter().map(|one| (one.effect, one.outcome, one.pointer.as_str())).collect();
    assert_eq!(
        found,
        [
            ("allow", "certain", "/roles/base/allow/0"),
            ("allow", "certain", "/roles/base/allow/1/permissions/0"),
            ("deny", "possible", "/roles/chief/deny/0/permissions/0"),
        ]
    );
    let forbidden = office().having(&["chief"]).of(json!({ "owner": "anna" })).decide("note:view");
    let found: Vec<_> = forbidden.because.iter().map(|one| (one.effect, one.outcome)).collect();
    assert_eq!(found, [("deny", "certain")]);
}

#[test]
fn a_closed_gate_names_every_entitlement_that_is_missing() {
    let missing = |ask: Question, permission: &str| -> Vec<(String, String)> {
        let because = ask.decide(permission).because;
        because.into_iter().map(|one| (one.entitlement.unwrap(), one.pointer)).collect()
    };
    let entry = |name: &str, pointer: &str| (name.to_owned(), pointer.to_owned());
    let ask = office().having(&["teller"]);
    assert_eq!(
        missing(ask.clone(), "money.iban:view"),
        [entry("silver", "/resources/money.iban/requires"), entry("gold", "/resources/money/requires")]
    );
    assert_eq!(
        missing(ask.within(json!({ "entitlements": ["gold"] })), "money.iban:view"),
        [entry("silver", "/resources/money.iban/requires")]
    );
    let of_golden = [entry("gold", "/roles/golden/requires")];
    assert_eq!(missing(office().having(&["golden"]), "note:view"), of_golden);
    // A role is not derived from holding one that is inert, so what that one requires is missing.
    assert_eq!(missing(office().having(&["golden"]), "diary:view"), of_golden);
}

#[test]
fn what_would_be_allowed_if_active_says_what_keeps_it() {
    let subject =
        json!({ "assignments": [{ "role": "reader", "status": "invited" }, { "role": "reader", "from": 2_000 }] });
    let because = office().by(subject).decide("page:edit").because;
    let found: Vec<_> = because.iter().map(|one| (one.index, one.status, one.from)).collect();
    assert_eq!(found, [(Some(0), Some("invited"), None), (Some(1), None, Some(2_000.0))]);
}

#[test]
fn what_nothing_grants_has_nothing_behind_it() {
    assert_eq!(office().decide("note:view").because, []);
    assert_eq!(office().having(&["reader"]).decide("note:fly").because, []);
    assert_eq!(office().having(&["reader"]).at("planet:x").decide("note:view").because, []);
}

/// Checks every decision of generated cases.
fn every_decision(check: impl Fn(&Case, &str, &Decision) -> Result<(), TestCaseError>) {
    let checked = |case: Case| {
        let session = cases::session(&case);
        for asked in cases::requests(&case) {
            for permission in session.policy().permission_names() {
                check(&case, &permission, &support::decide(&session, &permission, &asked))?;
            }
        }
        Ok(())
    };
    if let Err(failure) = cases::runner(1_000).run(&case(), checked) {
        panic!("{failure}");
    }
}

/// True where a pattern, with what its actions imply or, for a deny, are implied by, names the permission.
fn covers(policy: &Json, pattern: &str, is_allow: bool, permission: &str) -> bool {
    let (resources, actions) = pattern.split_once(':').unwrap();
    let (resource, action) = permission.split_once(':').unwrap();
    let names_resource = resources == "*"
        || resources == resource
        || resources
            .strip_suffix(".**")
            .is_some_and(|root| resource == root || resource.starts_with(&format!("{root}.")));
    let reaches = |from: &str, to: &str| from == to || implied(policy, from).iter().any(|implied| implied == to);
    let of_resource = list(&policy["resources"][resource], "actions");
    let is_declared = |named: &str| of_resource.iter().any(|declared| declared == named);
    let names_action = actions == "*"
        || actions
            .split(',')
            .filter(|named| is_declared(named))
            .any(|named| if is_allow { reaches(named, action) } else { reaches(action, named) });
    names_resource && names_action
}

#[test]
fn every_pointer_leads_to_a_pattern_that_covers_the_permission() {
    every_decision(|case, permission, decision| {
        for one in decision.because.iter().filter(|one| one.entitlement.is_none()) {
            let document = if one.via == "grant" { &case.subject } else { &case.policy };
            let pattern = document.pointer(&one.pointer).and_then(Json::as_str);
            prop_assert!(pattern.is_some(), "{} leads to no pattern", one.pointer);
            prop_assert!(
                covers(&case.policy, pattern.unwrap(), one.effect == "allow", permission),
                "{:?} for {}",
                one,
                permission
            );
        }
        Ok(())
    });
}

#[test]
fn every_chain_goes_from_the_role_held_to_the_one_that_carries_the_grant() {
    every_decision(|case, _, decision| {
        for one in decision.because.iter().filter(|one| !one.chain.is_empty()) {
            prop_assert_eq!(one.chain.first(), one.role.as_ref());
            let carrier = format!("/roles/{}/", one.chain.last().unwrap());
            prop_assert!(one.pointer.starts_with(&carrier), "{:?}", one);
            for step in one.chain.windows(2) {
                let inherits = list(&case.policy["roles"][&step[0]], "inherits");
                prop_assert!(inherits.iter().any(|parent| *parent == step[1]), "{:?}", step);
            }
            let held = match one.via {
                "assignment" => &list(&case.subject, "assignments")[one.index.unwrap()],
                _ => &list(&case.policy, "derivedRoles")[one.index.unwrap()],
            };
            prop_assert_eq!(held["role"].as_str(), one.role.as_deref());
            if one.via == "assignment" {
                prop_assert_eq!(held.get("scope").and_then(Json::as_str), one.scope.as_deref());
            }
        }
        Ok(())
    });
}

#[test]
fn every_answer_that_something_stands_behind_names_it() {
    every_decision(|case, permission, decision| {
        let is_named = match decision.reason.name() {
            "granted" => decision.because.iter().all(|one| (one.effect, one.outcome) == ("allow", "certain")),
            "forbidden" => decision.because.iter().all(|one| (one.effect, one.outcome) == ("deny", "certain")),
            "conditional" => decision.because.iter().any(|one| one.effect == "allow"),
            "inactive" => decision.because.iter().all(|one| one.effect == "allow"),
            "entitlement" => decision.because.iter().all(|one| {
                let required = case.policy.pointer(&one.pointer).and_then(Json::as_str);
                one.effect == "deny" && required.is_some() && required == one.entitlement.as_deref()
            }),
            _ => decision.because.is_empty(),
        };
        let is_silent = ["not-granted", "suspended", "unknown-scope"].contains(&decision.reason.name());
        prop_assert!(is_named && decision.because.is_empty() == is_silent, "{}: {:?}", permission, decision);
        Ok(())
    });
}
