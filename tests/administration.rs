//! Section 8 by hand: what stands behind the decision on a change, and what is no change.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::administration::{ChangeDecision, decide_change};
use grantlet::explain::Because;
use serde_json::{Value as Json, json};
use support::value;

/// A policy of roles alone, with these rules and constraints.
fn policy(administration: &Json, constraints: &Json) -> Json {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"] },
        "entitlements": ["gold"],
        "plans": { "small": { "limits": { "seats": 1 } } },
        "scopes": { "company": {}, "account": { "in": "company" } },
        "resources": { "page": { "actions": ["view", "edit"] }, "note": { "actions": ["view"] } },
        "roles": {
            "reader": { "scopes": ["root", "company", "account"], "allow": ["page:view"] },
            "editor": { "scopes": ["root", "company", "account"], "inherits": ["reader"], "allow": ["page:edit"] },
            "owner": { "scopes": ["root", "company", "account"], "inherits": ["editor"] },
            "muted": { "scopes": ["root", "company"], "deny": ["note:view"] },
            "golden": { "requires": "gold", "inherits": ["owner"], "scopes": ["root", "company"] },
            "shape": { "abstract": true }
        },
        "administration": administration,
        "constraints": constraints
    })
}

/// Anna, an owner everywhere, on Tom, who has these assignments.
fn change(assignments: &Json, parts: &Json) -> Json {
    let mut change = json!({
        "actor": { "id": "anna", "assignments": [{ "role": "owner" }] },
        "target": { "id": "tom", "assignments": assignments },
        "context": { "now": 100, "scopes": { "account:a": { "parent": "company:c" } } }
    });
    for (key, part) in parts.as_object().unwrap() {
        change[key] = part.clone();
    }
    change
}

fn decide(policy: &Json, change: &Json) -> ChangeDecision {
    decide_change(&support::policy(policy), &value(change), 0.0).unwrap()
}

/// What stands behind a change by anna on a Tom without assignments.
fn behind(rules: &Json, parts: &Json) -> Vec<Because> {
    decide(&policy(rules, &json!([])), &change(&json!([]), parts)).because
}

/// The errors of a change, as `code pointer`.
fn errors(change: &Json) -> Vec<String> {
    let policy = support::policy(&policy(&json!([]), &json!([])));
    let list = decide_change(&policy, &value(change), 0.0).unwrap_err();
    list.iter().map(|each| format!("{} {}", each.code, each.pointer)).collect()
}

fn reader() -> Json {
    json!({ "assign": { "role": "reader" } })
}

#[test]
fn an_allowed_change_names_the_first_rule_that_allows_each_part() {
    let rules = json!([
        { "roles": ["editor"], "by": ["owner"] },
        { "roles": ["reader"], "by": ["owner"] },
        { "roles": "*", "by": ["owner"] },
    ]);
    let change = change(
        &json!([{ "role": "editor" }]),
        &json!({ "revoke": { "role": "editor" }, "assign": { "role": "reader" } }),
    );
    let because = decide(&policy(&rules, &json!([])), &change).because;
    let told: Vec<_> = because.iter().map(|it| (it.effect, it.part, it.via, it.index, &*it.pointer)).collect();
    assert_eq!(
        told,
        [
            ("allow", "revoke", "rule", Some(0), "/administration/0"),
            ("allow", "assign", "rule", Some(1), "/administration/1")
        ]
    );
    assert!(because.iter().all(|it| it.lacks.is_empty()));
}

#[test]
fn a_refused_part_names_the_rule_that_came_closest_and_what_it_lacks() {
    let rules = json!([
        { "roles": ["reader"], "by": ["golden"], "statuses": ["invited"] },
        { "roles": ["reader"], "by": ["golden"] },
        { "roles": ["editor"], "by": ["owner"] },
    ]);
    let because = behind(&rules, &reader());
    assert_eq!(because.len(), 1);
    assert_eq!((because[0].effect, &*because[0].pointer), ("deny", "/administration/1"));
    assert_eq!(because[0].lacks, ["by"]);
}

#[test]
fn each_key_of_a_rule_is_told_where_it_does_not_hold() {
    let lacks = |rule: Json, parts: Json| behind(&json!([rule]), &parts)[0].lacks.clone();
    assert_eq!(lacks(json!({ "roles": "*", "by": "self" }), reader()), ["by"]);
    assert_eq!(lacks(json!({ "roles": "*", "by": { "all": ["owner", "muted"] } }), reader()), ["by"]);
    assert_eq!(lacks(json!({ "roles": "*", "by": { "can": ["note:view"] } }), reader()), ["by"]);
    let rule = |key: &str, asked: Json| json!({ "roles": "*", "by": ["owner"], key: asked });
    assert_eq!(lacks(rule("statuses", json!(["invited"])), reader()), ["statuses"]);
    assert_eq!(lacks(rule("targetStatus", json!(["invited"])), reader()), ["targetStatus"]);
    assert_eq!(lacks(rule("vacant", json!(true)), reader()), ["vacant"]);
    assert_eq!(lacks(rule("targetHolds", json!(["muted"])), reader()), ["targetHolds"]);
    let region = json!({ "eq": [{ "var": "resource.region" }, "north"] });
    assert_eq!(lacks(rule("when", region), reader()), ["when"]);
    let muted = json!({ "assign": { "role": "golden" }, "context": { "now": 1, "entitlements": ["gold"] } });
    let rules =
        json!([{ "roles": "*", "by": ["owner"], "noEscalation": true }, { "roles": ["muted"], "by": ["golden"] }]);
    assert_eq!(behind(&rules, &muted)[0].lacks, ["noEscalation"]);
    let several = json!({ "roles": "*", "by": "self", "vacant": true, "targetHolds": ["muted"] });
    assert_eq!(lacks(several, reader()), ["by", "vacant", "targetHolds"]);
}

#[test]
fn what_the_target_has_already_is_told_too() {
    let lacks = |rule: Json, assignments: Json| {
        decide(&policy(&json!([rule]), &json!([])), &change(&assignments, &reader())).because[0].lacks.clone()
    };
    let present = json!([{ "role": "reader" }]);
    let rule = json!({ "roles": "*", "by": ["owner"], "ops": ["assign"], "targetLacks": ["editor"] });
    assert_eq!(lacks(rule.clone(), json!([{ "role": "editor" }])), ["targetLacks"]);
    assert_eq!(lacks(rule, present), ["revoke"]);
}

#[test]
fn nobody_widens_their_own_rights() {
    let rules = json!([{ "roles": "*", "by": ["owner"] }]);
    let policy = policy(&rules, &json!([]));
    let own = |parts: Json| {
        let mut change = change(&json!([]), &parts);
        let anna = json!({ "id": "anna", "assignments": [{ "role": "owner" }, { "role": "muted" }] });
        (change["actor"], change["target"]) = (anna.clone(), anna);
        decide(&policy, &change)
    };
    assert_eq!(own(reader()).because[0].lacks, ["self"]);
    assert_eq!(own(json!({ "revoke": { "role": "muted" } })).because[0].lacks, ["self"]);
    assert_eq!(own(json!({ "revoke": { "role": "owner" } })).reason.name(), "granted");
}

#[test]
fn an_invited_person_accepts_and_cannot_drop_the_end_date() {
    let accepts = json!([{ "roles": ["reader"], "by": "self", "ops": ["assign"], "targetStatus": ["invited"], "statuses": ["active"] }]);
    let policy = policy(&accepts, &json!([]));
    let accept = |assign: Json| {
        let invited = json!([{ "role": "reader", "status": "invited", "from": 50, "until": 200 }]);
        let tom = json!({ "id": "tom", "assignments": invited });
        decide(&policy, &change(&invited, &json!({ "actor": tom, "assign": assign })))
    };
    assert_eq!(accept(json!({ "role": "reader", "from": 50, "until": 200 })).reason.name(), "granted");
    assert_eq!(accept(json!({ "role": "reader", "from": 60, "until": 100 })).reason.name(), "granted");
    for wider in [json!({ "role": "reader", "from": 50 }), json!({ "role": "reader", "from": 50, "until": 201 })] {
        assert_eq!(accept(wider).because[0].lacks, ["targetStatus"]);
    }
    let stays_invited = json!({ "role": "reader", "status": "invited", "from": 50, "until": 200 });
    assert_eq!(accept(stays_invited).because[0].lacks, ["statuses"]);
}

#[test]
fn a_suspended_guest_does_not_register_anew() {
    let registers = json!([{ "roles": ["reader"], "by": "self", "ops": ["assign"], "targetLacks": ["reader"] }]);
    let policy = policy(&registers, &json!([]));
    let register = |assignments: Json| {
        let tom = json!({ "id": "tom", "assignments": assignments });
        decide(&policy, &change(&assignments, &json!({ "actor": tom, "assign": { "role": "reader" } })))
    };
    assert_eq!(register(json!([])).reason.name(), "granted");
    let suspended = register(json!([{ "role": "reader", "status": "suspended" }]));
    assert_eq!(suspended.because[0].lacks, ["revoke", "targetLacks"]);
}

#[test]
fn an_assign_is_no_hidden_revoke() {
    let assigns = json!({ "roles": ["reader"], "by": ["owner"], "ops": ["assign"] });
    let revokes = json!({ "roles": ["reader"], "by": ["owner"], "ops": ["revoke"] });
    let present = json!([{ "role": "reader" }]);
    let shortened = json!({ "assign": { "role": "reader", "until": 101 } });
    let of = |rules: Json| decide(&policy(&rules, &json!([])), &change(&present, &shortened));
    assert_eq!(of(json!([assigns])).because[0].lacks, ["revoke"]);
    assert_eq!(of(json!([assigns, revokes])).reason.name(), "granted");
}

#[test]
fn of_two_subjects_without_an_id_nobody_can_say_that_they_are_two() {
    let policy = policy(&json!([{ "roles": "*", "by": ["owner"] }, { "roles": "*", "by": "self" }]), &json!([]));
    let mut change = change(&json!([]), &reader());
    drop(change["target"].as_object_mut().unwrap().remove("id"));
    assert_eq!(decide(&policy, &change).reason.name(), "granted");
    drop(change["actor"].as_object_mut().unwrap().remove("id"));
    let decision = decide(&policy, &change);
    assert_eq!((decision.reason.name(), &*decision.because[0].lacks), ("not-administrator", &["self"][..]));
}

#[test]
fn a_role_without_a_rule_says_that_there_is_none() {
    let because = behind(&json!([{ "roles": ["editor"], "by": ["owner"] }]), &reader());
    assert_eq!((because[0].index, because[0].via, &*because[0].pointer), (None, "", "/administration"));
    let because = behind(&json!([{ "roles": "*", "by": ["owner"], "ops": ["revoke"] }]), &reader());
    assert_eq!((because[0].index, &*because[0].pointer), (None, "/administration"));
}

#[test]
fn what_is_not_available_or_not_there_is_told_by_its_place() {
    let rules = json!([{ "roles": "*", "by": ["owner"] }, { "permissions": ["*:*"], "by": ["owner"] }]);
    let told = |parts: Json| {
        let decision = decide(&policy(&rules, &json!([])), &change(&json!([]), &parts));
        let because = decision.because.into_iter().next().unwrap();
        (decision.reason.name(), because.via, because.pointer, because.entitlement)
    };
    let place = |reason, via, pointer: &str| (reason, via, pointer.to_owned(), None);
    assert_eq!(
        told(json!({ "assign": { "role": "reader", "scope": "account:x" } })),
        place("unknown-scope", "", "/assign/scope")
    );
    assert_eq!(told(json!({ "assign": { "role": "ghost" } })), place("role-unavailable", "", "/assign/role"));
    assert_eq!(
        told(json!({ "assign": { "role": "shape" } })),
        place("role-unavailable", "role", "/roles/shape/abstract")
    );
    assert_eq!(
        told(json!({ "assign": { "role": "muted", "scope": "account:a" } })),
        place("role-unavailable", "role", "/roles/muted/scopes")
    );
    assert_eq!(
        told(json!({ "assign": { "role": "golden" } })),
        ("role-unavailable", "role", "/roles/golden/requires".to_owned(), Some("gold".to_owned()))
    );
    assert_eq!(told(json!({ "revoke": { "role": "reader" } })), place("not-held", "", "/revoke"));
    assert_eq!(told(json!({ "ungrant": { "permissions": ["page:view"] } })), place("not-held", "", "/ungrant"));
    assert_eq!(
        told(json!({ "grant": { "permissions": ["page:fly"] } })),
        place("unknown-permission", "", "/grant/permissions")
    );
    assert_eq!(told(json!({ "grant": { "permissions": [] } })).0, "unknown-permission");
    assert_eq!(
        told(json!({ "actor": { "id": "anna", "status": "gone" }, "assign": { "role": "reader" } })),
        place("suspended", "", "/actor/status")
    );
}

#[test]
fn a_broken_constraint_is_named_with_its_place() {
    let constraints = json!([
        { "id": "seats", "maximum": "seats", "roles": ["editor"] },
        { "id": "one-hat", "exclusive": ["reader", "muted"] },
    ]);
    let policy = policy(&json!([{ "roles": "*", "by": ["owner"] }]), &constraints);
    let decision = decide(&policy, &change(&json!([{ "role": "muted" }]), &reader()));
    assert_eq!((decision.reason.name(), decision.constraint.as_deref()), ("constraint", Some("one-hat")));
    let because = &decision.because[0];
    assert_eq!((because.via, because.index, &*because.pointer), ("constraint", Some(1), "/constraints/1"));

    // The plan has one seat for editors, and eve sits on it.
    let eve = json!({ "id": "eve", "assignments": [{ "role": "editor" }] });
    let parts = json!({ "assign": { "role": "editor" }, "directory": [eve], "context": { "now": 1, "plan": "small" } });
    assert_eq!(decide(&policy, &change(&json!([]), &parts)).constraint.as_deref(), Some("seats"));
    let parts = json!({ "assign": { "role": "editor" }, "directory": [], "context": { "now": 1, "plan": "small" } });
    assert_eq!(decide(&policy, &change(&json!([]), &parts)).reason.name(), "granted");
}

#[test]
fn what_is_no_change_is_an_error_with_its_place() {
    assert_eq!(errors(&json!([])), ["wrong-type ", "missing-key ", "missing-key ", "empty-change "][..]);
    assert_eq!(errors(&change(&json!([]), &json!({}))), ["empty-change "]);
    let cases = [
        (json!({ "assign": { "role": "reader", "note": 1 } }), "unknown-key /assign/note"),
        (json!({ "assign": { "role": "reader", "status": "odd" } }), "unknown-status /assign/status"),
        (json!({ "assign": { "role": "reader", "until": "soon" } }), "invalid-time /assign/until"),
        (json!({ "assign": {} }), "missing-key /assign"),
        (json!({ "assign": "reader" }), "wrong-type /assign"),
        (json!({ "revoke": { "role": "reader", "until": 7 } }), "unknown-key /revoke/until"),
        (json!({ "ungrant": { "permissions": ["page:view"], "except": [] } }), "unknown-key /ungrant/except"),
        (
            json!({ "grant": { "permissions": ["page:view"], "when": { "odd": [] } } }),
            "unknown-operator /grant/when/odd",
        ),
        (json!({ "assign": { "role": "reader" }, "odd": 1 }), "unknown-key /odd"),
        (json!({ "assign": { "role": "reader" }, "context": { "now": "today" } }), "invalid-time /context/now"),
        (json!({ "assign": { "role": "reader" }, "directory": { "id": "eve" } }), "wrong-type /directory"),
        (
            json!({ "assign": { "role": "reader" }, "directory": [{ "id": "eve" }, { "id": "eve" }] }),
            "duplicate-id /directory/1/id",
        ),
        (
            json!({ "assign": { "role": "reader" }, "directory": [{ "id": "eve", "assignments": 7 }] }),
            "wrong-type /directory/0/assignments",
        ),
        (json!({ "assign": { "role": "reader" }, "target": { "id": "anna" } }), "two-documents /target"),
    ];
    for (parts, expected) in cases {
        assert_eq!(errors(&change(&json!([]), &parts)), [expected], "{parts}");
    }
}

#[test]
fn one_document_is_one_whatever_the_order_of_its_keys() {
    let policy = policy(&json!([{ "roles": "*", "by": "self" }]), &json!([]));
    let text = r#"{"actor": {"id": "anna", "attributes": {"a": 1, "b": [2]}}, "target": {"attributes": {"b": [2], "a": 1}, "id": "anna"}, "assign": {"role": "reader"}}"#;
    let change = grantlet::value::Value::from_json(text).unwrap();
    assert_eq!(decide_change(&support::policy(&policy), &change, 0.0).unwrap().reason.name(), "granted");
}
