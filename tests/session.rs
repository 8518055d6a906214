//! Sessions (sections 3, 4 and 6): which roles they activate, when their answers turn, what of the
//! facts they pass over, and what they refuse.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::diagnostic::{Diagnostic, Severity};
use serde_json::{Value as Json, json};
use support::example::Question;

fn office() -> Question {
    Question::over(&json!({
        "grantlet": 1, "entitlements": ["finance"], "plans": { "growth": {} },
        "scopes": { "company": {}, "team": { "in": "company" } },
        "resources": { "page": { "actions": ["view", "edit"] }, "note": { "actions": ["view"] } },
        "roles": {
            "base": { "abstract": true, "allow": ["page:view"] },
            "reader": { "inherits": ["base"] },
            "editor": { "allow": ["page:edit"], "deny": ["note:view"] },
            "noter": { "allow": ["note:view"] },
            "summer": { "allow": [{ "permissions": ["note:view"], "when": { "all": [
                { "ge": [{ "var": "context.now" }, 2_000] }, { "le": [{ "var": "context.now" }, { "time": "1970-01-01T00:00:03Z" }] }
            ] } }] }
        },
        "derivedRoles": [{ "role": "noter", "holds": ["reader"] }]
    }))
}

#[test]
fn a_session_that_views_as_some_roles_allows_what_they_allow() {
    let ask = office().by(json!({
        "assignments": [{ "role": "reader" }, { "role": "summer" }], "grants": [{ "permissions": ["page:edit"] }]
    }));
    let found = |ask: &Question| ["page:view", "page:edit", "note:view"].map(|name| ask.reason(name));
    assert_eq!(found(&ask), ["granted", "granted", "granted"]);
    assert_eq!(found(&ask.viewing_as(json!(["reader"]))), ["granted", "not-granted", "not-granted"]);
    assert_eq!(found(&ask.viewing_as(json!(["summer"]))), ["not-granted"; 3]);
    assert_eq!(found(&ask.viewing_as(json!([]))), ["not-granted"; 3]);
}

#[test]
fn a_session_activates_roles_by_the_name_they_are_assigned_or_derived_by() {
    let ask = office().having(&["reader"]);
    assert_eq!(ask.viewing_as(json!(["base"])).reason("page:view"), "not-granted");
    // Derived from a role that the session does not activate: what is held is held.
    assert_eq!(ask.viewing_as(json!(["noter"])).reason("note:view"), "granted");
    assert_eq!(ask.viewing_as(json!(["editor"])).reason("page:edit"), "not-granted");
}

#[test]
fn a_role_that_is_not_activated_still_denies() {
    let ask = office().having(&["reader", "editor"]).viewing_as(json!(["noter"]));
    assert_eq!(ask.reason("note:view"), "forbidden");
}

#[test]
fn the_earliest_later_bound_or_literal_is_how_long_an_answer_holds() {
    let until = |subject: Json, clock: f64| office().by(subject).clock(clock).session().valid_until();
    assert_eq!(until(json!({}), 0.0), Some(2_000.0));
    assert_eq!(until(json!({}), 2_000.0), Some(3_000.0));
    assert_eq!(until(json!({}), 3_000.0), None);
    let facts = json!({
        "assignments": [{ "role": "reader", "from": 10, "until": 500 }],
        "grants": [{ "permissions": ["page:edit"], "until": "1970-01-01T00:00:00.7Z", "when": { "lt": [{ "var": "context.now" }, 600] } }]
    });
    let found = [0.0, 10.0, 500.0, 600.0, 700.0].map(|clock| until(facts.clone(), clock));
    assert_eq!(found, [Some(10.0), Some(500.0), Some(600.0), Some(700.0), Some(2_000.0)]);
    assert_eq!(office().by(facts).clock(10.0).decide("page:view").until, Some(500.0));
}

#[test]
fn facts_that_are_inert_bound_an_answer_too() {
    let subject = json!({ "assignments": [{ "role": "ghost", "until": 1_500 }, { "role": "reader", "status": "invited", "from": 1_400 }] });
    assert_eq!(office().by(subject).session().valid_until(), Some(1_400.0));
}

#[test]
fn a_session_moves_with_the_clock() {
    let ask = office().by(json!({ "assignments": [{ "role": "reader", "until": 1_500 }] }));
    let mut session = ask.session();
    let allows =
        |session: &grantlet::session::Session| support::decide(session, "page:view", &ask.asked()).reason.name();
    assert_eq!((allows(&session), session.now()), ("granted", 1_000.0));
    session.advance(1_500.0);
    assert_eq!((allows(&session), session.now()), ("inactive", 1_500.0));
}

#[test]
fn a_session_whose_context_fixes_the_instant_stands_still() {
    let ask = office().by(json!({ "assignments": [{ "role": "reader", "until": 1_500 }] }));
    let mut session = ask.within(json!({ "now": "1970-01-01T00:00:01Z" })).clock(9_000.0).session();
    session.advance(10_000.0);
    assert_eq!((session.now(), session.valid_until(), session.turns_at()), (1_000.0, Some(1_500.0), None));
    assert_eq!(support::decide(&session, "page:view", &ask.asked()).reason.name(), "granted");
}

/// `le` holds at its literal still: the answer turns with the millisecond after it.
#[test]
fn an_answer_turns_after_a_literal_that_is_part_of_its_time() {
    let at = |clock: f64| {
        let ask = office().having(&["summer"]).clock(clock);
        (ask.reason("note:view"), ask.session().valid_until(), ask.session().turns_at())
    };
    assert_eq!(at(1_999.0), ("not-granted", Some(2_000.0), Some(2_000.0)));
    assert_eq!(at(2_000.0), ("granted", Some(3_000.0), Some(3_000.0)));
    assert_eq!(at(3_000.0), ("granted", None, Some(3_001.0)));
    assert_eq!(at(3_001.0), ("not-granted", None, None));
}

fn notes(list: &[Diagnostic]) -> Vec<(&str, &str)> {
    list.iter().map(|note| (note.code, note.pointer.as_str())).collect()
}

#[test]
fn everything_that_is_passed_over_in_a_subject_is_listed() {
    let subject = json!({
        "nickname": "x", "meta": { "any": 1 },
        "assignments": [
            { "role": "ghost" }, { "role": "reader", "scope": "planet:x" }, { "role": "reader", "scope": "company" },
            { "role": "base" }, { "role": "reader", "scope": "company:c" }, { "role": "reader", "status": "dormant", "a/b": 1 }
        ],
        "grants": [
            { "permissions": ["page:view", "ghost:view"], "except": ["page:fly"] }, { "permissions": [] },
            { "permissions": ["page:view"], "when": { "eqq": [] } }
        ]
    });
    let session = office().by(subject).session();
    assert_eq!(
        notes(session.warnings()),
        [
            ("unknown-key", "/nickname"),
            ("unknown-role", "/assignments/0/role"),
            ("unknown-scope-type", "/assignments/1/scope"),
            ("invalid-scope", "/assignments/2/scope"),
            ("abstract-role", "/assignments/3/role"),
            ("not-assignable", "/assignments/4"),
            ("unknown-status", "/assignments/5/status"),
            ("unknown-key", "/assignments/5/a~1b"),
            ("unknown-permission", "/grants/0/permissions/1"),
            ("unknown-permission", "/grants/0/except/0"),
            ("empty-list", "/grants/1/permissions"),
            ("unknown-operator", "/grants/2/when/eqq"),
        ]
    );
    assert!(session.warnings().iter().all(|note| note.severity == Severity::Warning));
}

#[test]
fn everything_that_is_passed_over_in_a_context_is_listed() {
    let context = json!({
        "when": 1, "plan": "constructor", "entitlements": ["finance", "ghost"],
        "scopes": { "team:t": { "parent": "team:u" }, "planet:x": {}, "company:c": { "parent": "nowhere", "colour": "red" } }
    });
    let session = office().within(context).viewing_as(json!(["ghost"])).session();
    let codes: Vec<&str> = session.warnings().iter().map(|note| note.code).collect();
    let found = notes(session.warnings());
    for expected in [
        ("unknown-key", "/when"),
        ("unknown-plan", "/plan"),
        ("unknown-entitlement", "/entitlements/1"),
        ("wrong-parent", "/scopes/team:t/parent"),
        ("unknown-scope-type", "/scopes/planet:x"),
        ("unknown-key", "/scopes/company:c/colour"),
        ("unknown-role", "/roles/0"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(codes.len(), 7, "{found:?}");
}

#[test]
fn every_malformed_fact_is_an_error_with_its_place() {
    let refused = |ask: Question| -> Vec<(String, String)> {
        let list = ask.try_session().unwrap_err();
        list.into_iter().map(|error| (error.code.to_owned(), error.pointer)).collect()
    };
    for (subject, code, pointer) in [
        (json!([]), "wrong-type", ""),
        (json!({ "id": 7 }), "wrong-type", "/id"),
        (json!({ "status": true }), "wrong-type", "/status"),
        (json!({ "attributes": [] }), "wrong-type", "/attributes"),
        (json!({ "assignments": {} }), "wrong-type", "/assignments"),
        (json!({ "assignments": ["reader"] }), "wrong-type", "/assignments/0"),
        (json!({ "assignments": [{ "scope": "company:c" }] }), "missing-key", "/assignments/0"),
        (json!({ "assignments": [{ "role": 7 }] }), "wrong-type", "/assignments/0/role"),
        (json!({ "assignments": [{ "role": "reader", "scope": null }] }), "wrong-type", "/assignments/0/scope"),
        (json!({ "assignments": [{ "role": "reader", "from": "soon" }] }), "invalid-time", "/assignments/0/from"),
        (
            json!({ "assignments": [{ "role": "reader", "until": "2026-07-01" }] }),
            "invalid-time",
            "/assignments/0/until",
        ),
        (json!({ "assignments": [{ "role": "reader", "until": 1.5 }] }), "invalid-time", "/assignments/0/until"),
        (json!({ "grants": [{}] }), "missing-key", "/grants/0"),
        (json!({ "grants": [{ "permissions": "page:view" }] }), "wrong-type", "/grants/0/permissions"),
        (json!({ "grants": [{ "permissions": ["page:view"], "when": [] }] }), "wrong-type", "/grants/0/when"),
    ] {
        assert_eq!(refused(office().by(subject.clone())), [(code.to_owned(), pointer.to_owned())], "{subject}");
    }
    for (context, code, pointer) in [
        (json!({ "now": "later" }), "invalid-time", "/now"),
        (json!({ "plan": 1 }), "wrong-type", "/plan"),
        (json!({ "entitlements": "finance" }), "wrong-type", "/entitlements"),
        (json!({ "scopes": { "team:t": [] } }), "wrong-type", "/scopes/team:t"),
        (json!({ "scopes": { "team:t": { "parent": 1 } } }), "wrong-type", "/scopes/team:t/parent"),
        (json!({ "attributes": 1 }), "wrong-type", "/attributes"),
    ] {
        assert_eq!(refused(office().within(context.clone())), [(code.to_owned(), pointer.to_owned())], "{context}");
    }
    assert_eq!(refused(office().viewing_as(json!("reader"))), [("wrong-type".to_owned(), "/roles".to_owned())]);
}

#[test]
fn all_that_is_malformed_is_listed_at_once_and_without_the_warnings() {
    let subject = json!({ "id": 1, "nickname": "x", "assignments": [{ "role": "ghost", "from": [] }] });
    let list = office().by(subject).within(json!({ "now": {} })).try_session().unwrap_err();
    assert_eq!(
        notes(&list),
        [("wrong-type", "/id"), ("invalid-time", "/assignments/0/from"), ("invalid-time", "/now")]
    );
}
