//! Conditions (section 5): three values, what each operator makes of odd operands, and what each
//! variable reads.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use serde_json::{Value as Json, json};
use support::example::Question;

/// A reader whose grant has this condition, at `site:s` in `zone:z`.
fn allowed_when(when: Json) -> Question {
    policy(
        json!({ "reader": { "scopes": ["root", "site"], "allow": [{ "permissions": ["page:view"], "when": when }] } }),
    )
    .having(&["reader"])
}

/// A reader of everything, but for a deny with this condition.
fn denied_when(when: Json) -> Question {
    policy(json!({ "reader": { "allow": ["page:view"], "deny": [{ "permissions": ["page:view"], "when": when }] } }))
        .having(&["reader"])
}

fn policy(roles: Json) -> Question {
    Question::over(&json!({
        "grantlet": 1, "scopes": { "zone": {}, "site": { "in": "zone" } },
        "resources": { "page": { "actions": ["view"] } }, "roles": roles
    }))
}

fn var(path: &str) -> Json {
    json!({ "var": path })
}

/// What a condition comes to about a record: an allow with it, and one with its negation.
fn comes_to(when: Json, resource: Json) -> &'static str {
    let holds = |when: Json| allowed_when(when).of(resource.clone()).reason("page:view") == "granted";
    match (holds(when.clone()), holds(json!({ "not": when }))) {
        (true, false) => "true",
        (false, true) => "false",
        (false, false) => "unknown",
        (true, true) => panic!("a condition and its negation hold"),
    }
}

#[test]
fn an_unknown_in_an_allow_never_grants() {
    let closed = json!({ "eq": [var("resource.closed"), true] });
    for when in [closed.clone(), json!({ "not": closed })] {
        assert_eq!(allowed_when(when).of(json!({})).reason("page:view"), "not-granted");
    }
}

#[test]
fn an_unknown_in_a_deny_denies() {
    let closed = json!({ "eq": [var("resource.closed"), true] });
    for when in [closed.clone(), json!({ "not": closed })] {
        assert_eq!(denied_when(when.clone()).of(json!({})).reason("page:view"), "forbidden");
        assert_eq!(denied_when(when).of(json!({ "closed": "yes" })).reason("page:view"), "forbidden");
    }
    let closed = json!({ "eq": [var("resource.closed"), true] });
    assert_eq!(denied_when(closed).of(json!({ "closed": false })).reason("page:view"), "granted");
}

#[test]
fn without_a_resource_the_answer_is_for_every_resource_there_could_be() {
    let closed = json!({ "eq": [var("resource.closed"), true] });
    assert_eq!(allowed_when(closed.clone()).reason("page:view"), "conditional");
    assert_eq!(denied_when(closed.clone()).reason("page:view"), "conditional");
    assert_eq!(allowed_when(json!({ "exists": var("resource.closed") })).reason("page:view"), "conditional");
    // Each operand on its own: that one of both must hold is not seen.
    let either = json!({ "any": [closed, { "not": closed }] });
    assert_eq!(allowed_when(either).reason("page:view"), "conditional");
    // What the rest decides is decided.
    assert_eq!(allowed_when(json!({ "any": [closed, { "all": [] }] })).reason("page:view"), "granted");
    assert_eq!(allowed_when(json!({ "all": [closed, { "any": [] }] })).reason("page:view"), "not-granted");
    // Unknown or not at all: it can never come to true.
    let missing = json!({ "eq": [var("subject.region"), "north"] });
    assert_eq!(allowed_when(json!({ "all": [closed, missing] })).reason("page:view"), "not-granted");
    assert_eq!(denied_when(json!({ "any": [closed, missing] })).reason("page:view"), "forbidden");
}

#[test]
fn scalars_of_one_type_are_equal_or_not_and_null_is_unlike_any_other() {
    for (value, other, expected) in [
        (json!(7), json!(7.0), "true"),
        (json!("a"), json!("A"), "false"),
        (json!(null), json!(null), "true"),
        (json!(null), json!(0), "false"),
        (json!("x"), json!(null), "false"),
        (json!(7), json!("7"), "unknown"),
        (json!(true), json!(1), "unknown"),
        (json!([1]), json!(1), "unknown"),
        (json!({}), json!(null), "unknown"),
    ] {
        assert_eq!(
            comes_to(json!({ "eq": [var("resource.a"), other] }), json!({ "a": value })),
            expected,
            "{value} = {other}"
        );
        let turned = match expected {
            "true" => "false",
            "false" => "true",
            unknown => unknown,
        };
        assert_eq!(
            comes_to(json!({ "ne": [other, var("resource.a")] }), json!({ "a": value })),
            turned,
            "{value} ≠ {other}"
        );
    }
}

#[test]
fn numbers_and_strings_are_ordered_and_nothing_else() {
    for (operator, expected) in [("lt", "false"), ("le", "true"), ("gt", "false"), ("ge", "true")] {
        assert_eq!(comes_to(json!({ operator: [var("resource.a"), 2] }), json!({ "a": 2 })), expected, "{operator}");
        assert_eq!(comes_to(json!({ operator: [var("resource.a"), 2] }), json!({ "a": "2" })), "unknown", "{operator}");
        assert_eq!(
            comes_to(json!({ operator: [null, var("resource.a")] }), json!({ "a": null })),
            "unknown",
            "{operator}"
        );
        assert_eq!(
            comes_to(json!({ operator: [true, var("resource.a")] }), json!({ "a": true })),
            "unknown",
            "{operator}"
        );
    }
}

/// In UTF-16, as JavaScript sorts, the second would come first: it begins with a surrogate.
#[test]
fn strings_are_ordered_by_code_point() {
    assert_eq!(comes_to(json!({ "lt": ["\u{FF5E}", var("resource.a")] }), json!({ "a": "\u{1F600}" })), "true");
}

#[test]
fn a_scalar_is_in_a_list_that_has_an_equal_one() {
    let among =
        |list: Json, element: Json| comes_to(json!({ "in": [var("resource.a"), list] }), json!({ "a": element }));
    assert_eq!(among(json!([1, "x", 2]), json!(2)), "true");
    assert_eq!(among(json!([1, 3]), json!(2)), "false");
    assert_eq!(among(json!([1, "2"]), json!(2)), "unknown");
    assert_eq!(among(json!([]), json!(2)), "false");
    assert_eq!(among(json!([null, 2]), json!(null)), "true");
    assert_eq!(among(json!([[2]]), json!([2])), "unknown");
    // Nothing is read inside a literal list: this is an object, no variable.
    assert_eq!(among(json!([{ "var": "resource.a" }]), json!(2)), "unknown");
    let within = |list: Json| comes_to(json!({ "in": [2, var("resource.list")] }), json!({ "list": list }));
    assert_eq!([within(json!([2])), within(json!("2")), within(json!({ "0": 2 }))], ["true", "unknown", "unknown"]);
}

#[test]
fn what_is_null_exists_and_what_is_inherited_does_not() {
    let exists = |path: &str, resource: Json| comes_to(json!({ "exists": var(path) }), resource);
    assert_eq!(exists("resource.a", json!({ "a": null })), "true");
    assert_eq!(exists("resource.a", json!({})), "false");
    assert_eq!(exists("resource.a.b", json!({ "a": { "b": [] } })), "true");
    assert_eq!(exists("resource.a.length", json!({ "a": [1] })), "false");
    assert_eq!(exists("resource.constructor", json!({})), "false");
    assert_eq!(exists("resource.__proto__", json!({})), "false");
}

#[test]
fn all_of_nothing_holds_and_any_of_nothing_does_not() {
    assert_eq!(comes_to(json!({ "all": [] }), json!({})), "true");
    assert_eq!(comes_to(json!({ "any": [] }), json!({})), "false");
}

/// Whether a session at `site:s`, with facts all over, finds that variable equal to that value.
fn reads(path: &str, value: Json) -> &'static str {
    let scopes = json!({
        "site:s": { "parent": "zone:z", "attributes": { "id": "hidden", "type": "hidden", "colour": "red" } },
        "zone:z": { "attributes": { "colour": "blue" } }
    });
    allowed_when(json!({ "eq": [var(path), value] }))
        .by(json!({ "id": "anna", "attributes": { "id": "hidden", "team": { "name": "x" } }, "assignments": [{ "role": "reader" }] }))
        .within(json!({ "now": 5, "scopes": scopes, "attributes": { "now": 6, "ip": "10.0.0.7" } }))
        .at("site:s")
        .of(json!({ "id": "r1" }))
        .doing(json!({ "soft": true }))
        .reason("page:view")
}

#[test]
fn every_root_reads_its_own_facts() {
    for (path, value) in [
        ("subject.id", json!("anna")),
        ("subject.team.name", json!("x")),
        ("resource.id", json!("r1")),
        ("action.soft", json!(true)),
        ("scope.id", json!("site:s")),
        ("scope.type", json!("site")),
        ("scope.colour", json!("red")),
        ("scope.parent.id", json!("zone:z")),
        ("scope.parent.type", json!("zone")),
        ("scope.parent.colour", json!("blue")),
        ("context.now", json!(5)),
        ("context.ip", json!("10.0.0.7")),
        ("role.id", json!("reader")),
    ] {
        assert_eq!(reads(path, value), "granted", "{path}");
    }
    assert_eq!(reads("scope.parent.parent.id", json!("root")), "not-granted");
}

#[test]
fn at_the_root_there_is_no_scope_and_without_attributes_no_action() {
    for path in ["scope.id", "scope.type", "scope.parent.id", "scope.colour", "action.soft"] {
        let ask = allowed_when(json!({ "exists": var(path) }));
        assert_eq!(ask.of(json!({})).reason("page:view"), "not-granted", "{path}");
        assert_eq!(ask.reason("page:view"), "not-granted", "{path}");
    }
}

#[test]
fn the_role_is_the_one_that_is_assigned_and_a_direct_grant_has_none() {
    let by_role = |name: &str| json!({ "eq": [var("role.id"), name] });
    let ask = policy(json!({
        "base": { "allow": [{ "permissions": ["page:view"], "when": by_role("child") }] },
        "child": { "inherits": ["base"] }
    }));
    assert_eq!(ask.having(&["child"]).reason("page:view"), "granted");
    assert_eq!(ask.having(&["base"]).reason("page:view"), "not-granted");
    let direct = |when: Json| json!({ "grants": [{ "permissions": ["page:view"], "when": when }] });
    assert_eq!(ask.by(direct(json!({ "exists": var("role.id") }))).reason("page:view"), "not-granted");
    assert_eq!(ask.by(direct(json!({ "exists": var("subject.id") }))).reason("page:view"), "not-granted");
}

#[test]
fn the_present_is_compared_with_a_number_or_a_time() {
    let from = allowed_when(json!({ "ge": [var("context.now"), { "time": "1970-01-01T01:00:02+01:00" }] }));
    assert_eq!([1_999.0, 2_000.0].map(|clock| from.clock(clock).reason("page:view")), ["not-granted", "granted"]);
    let before = allowed_when(json!({ "gt": [2_000, var("context.now")] }));
    assert_eq!([1_999.0, 2_000.0].map(|clock| before.clock(clock).reason("page:view")), ["granted", "not-granted"]);
}
