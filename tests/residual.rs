//! What is left of a policy's conditions once everything but the record is known. Held to the reference evaluator:
//! what is left, made the condition of a policy of its own, allows exactly the records that the whole policy allows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::io::Write;
use std::time::Instant;

use grantlet::diagnostic::Diagnostic;
use grantlet::tools::residual::residuals;
use grantlet::value::Value;
use grantlet_reference::generate::{Case, case};
use grantlet_reference::{Facts, Request, decide, permissions};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::tally::{Tally, run};
use support::{cases, open, policy, value};

/// The engine's value as JSON.
fn plain(value: &Value) -> Json {
    serde_json::to_value(value).unwrap()
}

/// JSON whose numbers are doubles, as the engine's are.
fn doubles(json: &Json) -> Json {
    plain(&value(json))
}

/// What is left, as a condition that the model has: it has no literal truths.
fn condition(residual: &Json) -> Json {
    match residual {
        Json::Bool(true) => json!({ "all": [] }),
        Json::Bool(false) => json!({ "any": [] }),
        Json::Null => json!({ "eq": [[], []] }),
        other => {
            let (operator, inner) = other.as_object().unwrap().iter().next().unwrap();
            match operator.as_str() {
                "all" | "any" => {
                    json!({ operator: inner.as_array().unwrap().iter().map(condition).collect::<Vec<_>>() })
                }
                "not" => json!({ "not": condition(inner) }),
                _ => other.clone(),
            }
        }
    }
}

/// True where the reference finds that what is left comes to true for a record.
fn allows(residual: &Json, record: &Json) -> bool {
    let grant = json!({ "permissions": ["page:view"], "when": condition(residual) });
    let document = json!({
        "grantlet": 1, "resources": { "page": { "actions": ["view"] } }, "roles": { "reader": { "allow": [grant] } }
    });
    let (subject, context) = (json!({ "assignments": [{ "role": "reader" }] }), json!({}));
    let facts = Facts { policy: &document, subject: &subject, context: &context, roles: None, now: 0.0 };
    decide(&facts, "page:view", &Request { resource: Some(record.clone()), ..Request::default() }).effect == "allow"
}

/// Fails where something else than the record is read, or something is left that could have been folded.
fn is_tidy(residual: &Json) -> Result<(), TestCaseError> {
    let Json::Object(members) = residual else { return Ok(()) };
    prop_assert_eq!(members.len(), 1);
    let (operator, inner) = members.iter().next().unwrap();
    match operator.as_str() {
        "all" | "any" => {
            let list = inner.as_array().unwrap();
            prop_assert!(list.len() > 1, "{}", residual);
            for (place, member) in list.iter().enumerate() {
                prop_assert!(!member.is_boolean() && member.get(operator).is_none(), "{}", residual);
                prop_assert!(!list[..place].contains(member), "{} twice in {}", member, residual);
                is_tidy(member)?;
            }
        }
        "not" => {
            prop_assert!(inner.is_object(), "{}", residual);
            is_tidy(inner)?;
        }
        "exists" => is_of_the_record(inner)?,
        _ => {
            let [left, right] = &inner.as_array().unwrap()[..] else { panic!("{residual}") };
            prop_assert!(left.is_object() || right.is_object(), "{}", residual);
            prop_assert!(!left.is_array() && (operator == "in" || !right.is_array()), "{}", residual);
            for operand in [left, right].into_iter().filter(|operand| operand.is_object()) {
                is_of_the_record(operand)?;
            }
        }
    }
    Ok(())
}

fn is_of_the_record(operand: &Json) -> Result<(), TestCaseError> {
    prop_assert!(operand["var"].as_str().is_some_and(|path| path.starts_with("resource.")), "{}", operand);
    Ok(())
}

fn records(case: &Case) -> Vec<Json> {
    let mut records = vec![
        json!({}),
        json!({ "region": "north", "level": 1, "closed": false, "owner": { "name": "anna" }, "tags": ["north"] }),
        json!({ "region": "south", "level": 2, "closed": true, "owner": { "name": "tom" }, "tags": [], "id": "anna" }),
        json!({ "region": null, "level": "2", "closed": false, "owner": {}, "tags": ["south", null], "type": "account" }),
        json!({ "region": "north", "level": 3, "owner": "anna", "tags": "north", "role": ["r0"], "id": ["tom"] }),
    ];
    records.extend(case.requests.iter().filter_map(|request| request.resource.clone()));
    records
}

fn compare(case: &Case, tally: &Tally<5>) -> Result<(), TestCaseError> {
    let Case { policy, subject, context, roles, now, requests } = case;
    let facts = Facts { policy, subject, context, roles: roles.as_deref(), now: *now };
    let session = cases::session(case);
    for (request, asked) in requests.iter().zip(cases::requests(case)) {
        for (id, name) in (0..).zip(permissions(policy)) {
            let residual = plain(&session.residual(id, asked.request()));
            is_tidy(&residual)?;
            // What is true or false whatever the record needs no more than one.
            let records = records(case).into_iter().take(if residual.is_boolean() { 1 } else { 100 });
            for record in records {
                let request = Request { resource: Some(record), ..request.clone() };
                let expected = decide(&facts, &name, &request).effect == "allow";
                let record = request.resource.as_ref().unwrap();
                prop_assert_eq!(allows(&residual, record), expected, "{} of {}: {}", name, record, &residual);
                tally.add(match (&residual, expected) {
                    (Json::Bool(true), _) => 0,
                    (Json::Bool(false), _) => 1,
                    (Json::Null, _) => 2,
                    (_, true) => 3,
                    (_, false) => 4,
                });
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_left_comes_to_true_for_exactly_the_records_that_are_allowed() {
    let tally = Tally::<5>::new();
    run(2_000, &case(), |case| compare(&case, &tally));
    let kinds = ["of true", "of false", "of null", "allowed by a condition", "not allowed by one"];
    tally.told("residuals", kinds, 40_000);
}

/// A policy whose role `reader` has this condition, in `account:a` of `company:c`.
fn with(when: Json) -> Json {
    json!({
        "grantlet": 1,
        "entitlements": ["crm"],
        "scopes": { "company": {}, "account": { "in": "company" } },
        "resources": { "note": { "actions": ["view"] }, "deal": { "actions": ["view"], "requires": "crm" } },
        "roles": { "reader": { "allow": [{ "permissions": ["note:view", "deal:view"], "when": when }] } },
    })
}

fn var(path: &str) -> Json {
    json!({ "var": path })
}

fn anna() -> Json {
    json!({ "id": "anna", "attributes": { "teams": ["a", "b"], "name": {} }, "assignments": [{ "role": "reader" }] })
}

fn asked(document: &Json, permission: &str, subject: &Json, scopes: &Json) -> Result<Vec<Json>, Vec<Diagnostic>> {
    let context = json!({ "now": 1_000, "scopes": {
        "account:a": { "parent": "company:c", "attributes": { "region": "north" } },
        "company:c": { "attributes": { "level": 2 } },
    } });
    let action = value(&json!({ "soft": true }));
    let (subject, context, scopes) = (value(subject), value(&context), value(scopes));
    let found = residuals(&policy(document), permission, &subject, &context, &scopes, Some(&action), 0.0)?;
    Ok(found.iter().map(plain).collect())
}

/// What is left of a condition for anna, at `account:a`.
fn left(when: Json) -> Json {
    asked(&with(when), "note:view", &anna(), &json!(["account:a"])).unwrap()[0].clone()
}

#[test]
fn all_but_the_record_is_written_as_what_it_is() {
    for (path, found) in [
        ("subject.id", json!("anna")),
        ("role.id", json!("reader")),
        ("scope.id", json!("account:a")),
        ("scope.region", json!("north")),
        ("scope.parent.type", json!("company")),
        ("scope.parent.level", json!(2)),
        ("action.soft", json!(true)),
    ] {
        let found = doubles(&found);
        assert_eq!(left(json!({ "eq": [var("resource.x"), var(path)] })), json!({ "eq": [var("resource.x"), found] }));
        assert_eq!(left(json!({ "le": [var(path), var("resource.x")] })), json!({ "le": [found, var("resource.x")] }));
    }
    assert_eq!(
        left(json!({ "in": [var("resource.team"), var("subject.teams")] })),
        json!({ "in": [var("resource.team"), ["a", "b"]] })
    );
    assert_eq!(
        left(json!({ "lt": [var("resource.at"), { "time": "1970-01-01T00:00:02Z" }] })),
        json!({ "lt": [var("resource.at"), 2_000.0] })
    );
    for when in [
        json!({ "exists": var("resource.owner.name") }),
        json!({ "in": [var("resource.a"), var("resource.b")] }),
        json!({ "not": { "ge": [var("resource.a"), var("resource.b")] } }),
    ] {
        assert_eq!(left(when.clone()), when);
    }
}

#[test]
fn a_comparison_with_what_is_missing_or_no_scalar_cannot_be_known() {
    for other in [var("subject.none"), var("subject.teams"), var("subject.name"), json!([1])] {
        assert_eq!(left(json!({ "ne": [var("resource.x"), other] })), Json::Null);
        assert_eq!(left(json!({ "in": [other, var("resource.list")] })), Json::Null);
        assert_eq!(left(json!({ "not": { "eq": [other, var("resource.x")] } })), Json::Null);
    }
    for list in [var("subject.none"), var("subject.id"), var("subject.name"), json!("a")] {
        assert_eq!(left(json!({ "in": [var("resource.x"), list] })), Json::Null);
    }
}

#[test]
fn what_is_known_is_folded() {
    let open = json!({ "eq": [var("resource.a"), 1] });
    let other = json!({ "eq": [var("resource.b"), 2] });
    let (yes, no) = (json!({ "eq": [var("subject.id"), "anna"] }), json!({ "lt": [var("context.now"), 1_000] }));
    let unknown = json!({ "eq": [var("subject.none"), 1] });
    for (when, expected) in [
        (json!({ "all": [yes, open] }), open.clone()),
        (json!({ "all": [open, no] }), json!(false)),
        (json!({ "any": [no, open, open] }), open.clone()),
        (json!({ "any": [open, yes] }), json!(true)),
        (json!({ "not": { "all": [yes, { "not": no }] } }), json!(false)),
        (json!({ "all": [unknown, open] }), json!({ "all": [null, open] })),
        (json!({ "all": [unknown, no] }), json!(false)),
        (json!({ "all": [unknown, unknown] }), Json::Null),
        (json!({ "all": [open, { "all": [other, open] }] }), json!({ "all": [open, other] })),
        (json!({ "any": [{ "any": [open] }, { "all": [other] }] }), json!({ "any": [open, other] })),
        (json!({ "all": [] }), json!(true)),
        (json!({ "any": [] }), json!(false)),
    ] {
        assert_eq!(left(when.clone()), doubles(&expected), "{when}");
    }
}

#[test]
fn derived_roles_direct_grants_and_denies_are_all_in_it() {
    let is = |key: &str| json!({ "eq": [var(&format!("resource.{key}")), true] });
    let mut document = with(is("mine"));
    document["roles"]["reader"]["deny"] = json!([{ "permissions": ["note:view"], "when": is("closed") }]);
    document["roles"]["guest"] = json!({ "allow": [{ "permissions": ["note:view"], "when": is("open") }] });
    let when = json!({ "all": [is("shared"), { "eq": [var("resource.level"), var("scope.level")] }] });
    document["derivedRoles"] = json!([{ "role": "guest", "scope": "company", "when": when }]);
    let mut subject = anna();
    subject["grants"] = json!([{ "permissions": ["note:view"], "scope": "account:a", "when": is("given") }]);
    let found = asked(&document, "note:view", &subject, &json!(["account:a", null])).unwrap();
    let level = json!({ "eq": [var("resource.level"), 2.0] });
    let guest = json!({ "all": [is("shared"), level, is("open")] });
    let closed = json!({ "not": is("closed") });
    assert_eq!(found[0], json!({ "all": [{ "any": [is("mine"), guest, is("given")] }, closed] }));
    assert_eq!(found[1], json!({ "all": [is("mine"), closed] }));
}

#[test]
fn the_role_of_a_condition_is_the_one_that_it_counts_through() {
    let named = |path: &str| json!({ "eq": [var(path), var("role.id")] });
    let mut document = with(named("resource.by"));
    document["roles"]["chief"] = json!({ "inherits": ["reader"] });
    document["derivedRoles"] = json!([{ "role": "chief", "when": named("resource.for") }]);
    let is = |path: &str| json!({ "eq": [var(path), "chief"] });
    let subject = json!({ "assignments": [{ "role": "chief" }] });
    let derived = json!({ "all": [is("resource.for"), is("resource.by")] });
    assert_eq!(
        asked(&document, "note:view", &subject, &json!([null])).unwrap(),
        [json!({ "any": [is("resource.by"), derived] })]
    );
}

#[test]
fn a_gate_a_status_a_scope_and_a_name_that_is_not_there_leave_false() {
    let document = with(json!({ "all": [] }));
    let left = |permission, subject: &Json, scopes: Json| asked(&document, permission, subject, &scopes).unwrap();
    assert_eq!(left("note:view", &anna(), json!([null])), [json!(true)]);
    assert_eq!(left("deal:view", &anna(), json!([null])), [json!(false)]);
    assert_eq!(left("note:fly", &anna(), json!([null, "account:a"])), [json!(false), json!(false)]);
    let places = json!(["account:b", "planet:p", "", 7, "account:a"]);
    let no = json!(false);
    assert_eq!(left("note:view", &anna(), places), [no.clone(), no.clone(), no.clone(), no.clone(), json!(true)]);
    assert!(left("note:view", &anna(), json!([])).is_empty());
    let suspended = json!({ "id": "anna", "status": "left", "assignments": [{ "role": "reader" }] });
    assert_eq!(left("note:view", &suspended, json!([null])), std::slice::from_ref(&no));
    let nowhere = json!({ "assignments": [{ "role": "nobody" }, { "role": "reader", "scope": "planet:p" }] });
    assert_eq!(left("note:view", &nowhere, json!([null])), [no]);
}

#[test]
fn malformed_facts_are_told_with_their_place_in_the_question() {
    let pointers = |subject: Json, context: Json, scopes: Json| -> Vec<String> {
        let (subject, context, scopes) = (value(&subject), value(&context), value(&scopes));
        let document = policy(&with(json!({ "all": [] })));
        let found = residuals(&document, "note:view", &subject, &context, &scopes, None, 0.0);
        found.unwrap_err().into_iter().map(|fault| fault.pointer).collect()
    };
    let subject = json!({ "id": 7, "assignments": [{ "role": 1 }] });
    let found = pointers(subject, json!({ "now": "later" }), json!("account:a"));
    assert_eq!(found, ["/context/now", "/subject/id", "/subject/assignments/0/role", "/scopes"]);
    assert_eq!(pointers(Json::Null, json!({}), json!([])), ["/subject"]);
}

/// A role with so many grants, all of a permission of their own but for a hundred of one, and each on a condition.
fn large(grants: usize) -> Json {
    let mine = |key: usize| json!({ "eq": [var(&format!("resource.k{key}")), var("subject.id")] });
    let grant = |place: usize| {
        let about = if place < 100 { 0 } else { place };
        json!({ "permissions": [format!("r{about}:view")], "when": mine(place) })
    };
    let resources: serde_json::Map<String, Json> =
        (0..grants).map(|place| (format!("r{place}"), json!({ "actions": ["view"] }))).collect();
    let allow: Vec<Json> = (0..grants).map(grant).collect();
    json!({ "grantlet": 1, "resources": resources, "roles": { "reader": { "allow": allow } } })
}

#[test]
fn a_residual_takes_a_walk_and_what_is_left() {
    for grants in [150, 15_000] {
        let session = open(&policy(&large(grants)), &anna(), &json!({}), 0.0);
        let time = |ask: &dyn Fn()| {
            let start = Instant::now();
            (0..50).for_each(|_| ask());
            start.elapsed().as_secs_f64() * 1e6 / 50.0
        };
        let request = grantlet::facts::Request::default();
        let decided = time(&|| assert_eq!(session.decide_at(Some(0), request).effect.name(), "conditional"));
        let left = time(&|| assert_eq!(plain(&session.residual(0, request))["any"].as_array().unwrap().len(), 100));
        let told = format!("residual of {grants} grants, 100 of them left: {left:.0} µs, a decision {decided:.0} µs");
        writeln!(std::io::stderr(), "{told}").unwrap();
        // What took a look at every pair of conditions would be far beyond it.
        assert!(left < 50.0 * decided + 50_000.0, "{told}");
    }
}
