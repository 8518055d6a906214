//! Section 5: claims derived by hand from the text of the model.

use serde_json::{Value, json};

use crate::conditions::{Outcomes, Truth, Variables, instants, is_condition, outcomes};

const TRUE: &[Truth] = &[Truth::True];
const FALSE: &[Truth] = &[Truth::False];
const UNKNOWN: &[Truth] = &[Truth::Unknown];
const OPEN: &[Truth] = &[Truth::False, Truth::True];

/// The outcomes with a resource, a scope with a parent, and no action attributes.
fn with_resource(condition: Value) -> Outcomes {
    asked(condition, Some(&json!({ "region": "north", "owner": { "name": "tom" }, "none": null, "tags": ["a", 1] })))
}

fn without_resource(condition: Value) -> Outcomes {
    asked(condition, None)
}

fn asked(condition: Value, resource: Option<&Value>) -> Outcomes {
    let policy = json!({ "scopes": { "company": {}, "account": { "in": "company" } } });
    let subject = json!({ "id": "anna", "attributes": { "id": "hidden", "region": "north", "level": 3 } });
    let context = json!({
        "attributes": { "ip": "10.0.0.7", "now": "hidden" },
        "scopes": {
            "account:a": { "parent": "company:c", "attributes": { "id": "hidden", "parent": "hidden", "region": "west" } },
            "company:c": { "attributes": { "region": "south" } }
        }
    });
    let variables = Variables {
        policy: &policy,
        subject: &subject,
        context: &context,
        now: 200.0,
        scope: Some("account:a"),
        resource,
        action: None,
        role: Some("editor"),
    };
    outcomes(&condition, &variables)
}

fn claim(condition: Value, expected: &[Truth]) {
    assert_eq!(with_resource(condition.clone()), expected.iter().copied().collect(), "{condition}");
}

fn var(path: &str) -> Value {
    json!({ "var": path })
}

#[test]
fn scalars_are_equal_within_their_type() {
    claim(json!({ "eq": [1, 1.0] }), TRUE);
    claim(json!({ "eq": ["a", "b"] }), FALSE);
    claim(json!({ "eq": [null, null] }), TRUE);
    claim(json!({ "eq": [null, 0] }), FALSE);
    claim(json!({ "ne": [null, "a"] }), TRUE);
    claim(json!({ "eq": [7, "7"] }), UNKNOWN);
    claim(json!({ "ne": [true, 1] }), UNKNOWN);
    claim(json!({ "eq": [[1], [1]] }), UNKNOWN);
    claim(json!({ "eq": [null, var("resource.owner")] }), UNKNOWN);
    claim(json!({ "eq": [null, var("resource.missing")] }), UNKNOWN);
    claim(json!({ "eq": [null, var("resource.none")] }), TRUE);
}

#[test]
fn numbers_and_strings_are_ordered_and_nothing_else_is() {
    claim(json!({ "lt": [1, 2] }), TRUE);
    claim(json!({ "le": [2, 2] }), TRUE);
    claim(json!({ "gt": ["b", "a"] }), TRUE);
    claim(json!({ "ge": ["a", "b"] }), FALSE);
    // By code point the astral character is the greater one; by UTF-16 unit it would be the lesser.
    claim(json!({ "lt": ["\u{ffff}", "\u{10000}"] }), TRUE);
    claim(json!({ "lt": [1, "2"] }), UNKNOWN);
    claim(json!({ "lt": [false, true] }), UNKNOWN);
}

#[test]
fn a_list_has_what_equals_one_of_its_elements() {
    claim(json!({ "in": ["a", ["a", 1]] }), TRUE);
    claim(json!({ "in": ["b", ["a"]] }), FALSE);
    claim(json!({ "in": ["b", ["a", 1]] }), UNKNOWN);
    claim(json!({ "in": [1, var("resource.tags")] }), TRUE);
    claim(json!({ "in": ["a", "a"] }), UNKNOWN);
    claim(json!({ "in": ["a", []] }), FALSE);
    claim(json!({ "in": [var("resource.missing"), ["a"]] }), UNKNOWN);
    claim(json!({ "in": ["a", [{ "var": "resource.region" }]] }), UNKNOWN);
}

#[test]
fn three_values_combine_as_kleene_has_it() {
    let unknown = json!({ "eq": [7, "7"] });
    let (yes, no) = (json!({ "all": [] }), json!({ "any": [] }));
    claim(json!({ "all": [unknown, no] }), FALSE);
    claim(json!({ "all": [unknown, yes] }), UNKNOWN);
    claim(json!({ "any": [unknown, yes] }), TRUE);
    claim(json!({ "any": [unknown, no] }), UNKNOWN);
    claim(json!({ "not": unknown }), UNKNOWN);
    claim(json!({ "not": yes }), FALSE);
}

#[test]
fn variables_come_from_their_roots() {
    for (path, value) in [
        ("subject.id", json!("anna")),
        ("subject.region", json!("north")),
        ("resource.owner.name", json!("tom")),
        ("scope.id", json!("account:a")),
        ("scope.type", json!("account")),
        ("scope.region", json!("west")),
        ("scope.parent.id", json!("company:c")),
        ("scope.parent.region", json!("south")),
        ("context.ip", json!("10.0.0.7")),
        ("role.id", json!("editor")),
    ] {
        claim(json!({ "eq": [var(path), value] }), TRUE);
    }
    for path in
        ["action.soft", "scope.parent.parent.id", "resource.region.length", "resource.constructor", "resource.tags.0"]
    {
        claim(json!({ "exists": var(path) }), FALSE);
    }
    claim(json!({ "exists": var("resource.none") }), TRUE);
}

#[test]
fn now_is_compared_in_milliseconds() {
    claim(json!({ "ge": [var("context.now"), { "time": "1970-01-01T00:00:00.200Z" }] }), TRUE);
    claim(json!({ "lt": [var("context.now"), 200] }), FALSE);
    let condition = json!({ "any": [
        { "not": { "lt": [var("context.now"), 300] } }, { "eq": [100, var("context.now")] },
        { "le": [var("context.now"), { "time": "1970-01-01T00:00:01Z" }] }, { "lt": [var("resource.x"), 7] }
    ] });
    assert_eq!(instants(&condition), [300.0, 100.0, 1_000.0]);
}

#[test]
fn without_a_resource_what_reads_it_is_open() {
    let open = json!({ "eq": [var("resource.region"), "x"] });
    let claim = |condition: Value, expected: &[Truth]| {
        assert_eq!(without_resource(condition.clone()), expected.iter().copied().collect(), "{condition}");
    };
    claim(open.clone(), OPEN);
    claim(json!({ "exists": var("resource.a") }), OPEN);
    claim(json!({ "in": [1, var("resource.a")] }), OPEN);
    claim(json!({ "not": open }), OPEN);
    claim(json!({ "any": [open, { "not": open }] }), OPEN);
    claim(json!({ "all": [open, { "any": [] }] }), FALSE);
    claim(json!({ "all": [open, { "eq": [7, "7"] }] }), &[Truth::False, Truth::Unknown]);
    claim(json!({ "eq": [var("subject.level"), 3] }), TRUE);
}

#[test]
fn a_direct_grant_has_only_conditions_of_the_model() {
    assert!(is_condition(&json!({ "not": { "exists": var("scope.parent.parent.id") } }), 1));
    assert!(is_condition(&json!({ "ge": [var("context.now"), 1] }), 1));
    for bad in [
        json!({ "like": ["a", "b"] }),
        json!({ "eq": [1] }),
        json!({ "eq": [1, 1], "ne": [1, 2] }),
        json!({ "in": [var("context.now"), [1]] }),
        json!({ "eq": [var("context.now"), var("subject.level")] }),
        json!({ "exists": var("subject") }),
        json!({ "exists": var("scope.parent") }),
        json!({ "eq": [{ "value": 1 }, 1] }),
    ] {
        assert!(!is_condition(&bad, 1), "{bad}");
    }
}
