//! Section 9 against the reference evaluator: matrices, who may, and differences, over generated policies;
//! and claims by hand about what the reference does not say.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::io::Write;
use std::time::Instant;

use grantlet::tools::diff::{Diff, diff};
use grantlet::tools::matrix::matrix;
use grantlet::tools::who::{Who, who};
use grantlet_reference as reference;
use grantlet_reference::generate::{DirectoryCase, directory_case, policy as generated, policy_pair};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::tally::{Tally, run};
use support::{Asked, policy, value};

#[test]
fn matrices_agree_with_the_reference() {
    let tally = Tally::<4>::new();
    run(1_500, &generated(), |document| {
        let (policy, expected) = (policy(&document), reference::matrix(&document));
        let found = matrix(&policy).unwrap();
        for (role, role_id) in policy.roles.iter().zip(0..) {
            for (permission, id) in policy.permission_names().zip(0..) {
                let cell = found.cell(role_id, id);
                let kind = match expected[&*role.name].get(&permission) {
                    None => (None, 0),
                    Some(reference::Cell::Allow) => (Some("allow"), 1),
                    Some(reference::Cell::Conditional) => (Some("conditional"), 2),
                    Some(reference::Cell::Deny) => (Some("deny"), 3),
                };
                prop_assert_eq!(cell.map(|cell| cell.name()), kind.0, "{} of {}", permission, role.name);
                tally.add(kind.1);
            }
        }
        let bytes = found.bytes();
        prop_assert_eq!(bytes.len(), policy.roles.len() * policy.permissions.len());
        Ok(())
    });
    tally.told("matrix", ["nothing", "allow", "conditional", "deny"], 20_000);
}

#[test]
fn who_agrees_with_the_reference() {
    let tally = Tally::<3>::new();
    run(900, &directory_case(), |case| {
        let DirectoryCase { policy: document, directory, context, now, requests } = &case;
        let engine = policy(document);
        for request in requests {
            let asked = Asked {
                scope: request.scope.clone(),
                resource: request.resource.as_ref().map(value),
                action: request.action.as_ref().map(value),
            };
            for permission in reference::permissions(document).iter().map(String::as_str).chain(["page:fly"]) {
                let (allow, conditional) = reference::who(document, permission, directory, context, request, *now);
                let subjects = value(&json!(directory));
                let found = who(&engine, permission, &subjects, &value(context), asked.request(), *now).unwrap();
                for subject in directory.iter().filter_map(|subject| subject.get("id")?.as_str()) {
                    let is_in = |list: &[String]| list.iter().any(|id| id == subject);
                    tally.add(if is_in(&allow) {
                        0
                    } else if is_in(&conditional) {
                        1
                    } else {
                        2
                    });
                }
                let text = |list: &[Box<str>]| list.iter().map(|id| id.to_string()).collect::<Vec<_>>();
                prop_assert_eq!((text(&found.allow), text(&found.conditional)), (allow, conditional));
            }
        }
        Ok(())
    });
    tally.told("who", ["allow", "conditional", "deny"], 20_000);
}

#[test]
fn differences_agree_with_the_reference() {
    let tally = Tally::<4>::new();
    run(1_500, &policy_pair(), |(old, new)| {
        let expected = reference::diff(&old, &new);
        let (older, newer) = (policy(&old), policy(&new));
        let found = diff(&older, &newer).unwrap();
        prop_assert_eq!(names(&found.added), expected.added);
        prop_assert_eq!(names(&found.removed), expected.removed);
        let mut roles: Vec<_> = found.roles.iter().map(|(name, role)| (name.to_string(), role)).collect();
        roles.sort_by(|a, b| a.0.cmp(&b.0));
        prop_assert_eq!(roles.len(), expected.roles.len());
        for ((name, found), (expected_name, expected)) in roles.into_iter().zip(expected.roles) {
            prop_assert_eq!(&name, &expected_name);
            let all = (&found.gained, &found.lost, &found.changed);
            prop_assert_eq!(all, (&expected.gained, &expected.lost, &expected.changed), "{}", name);
            for (kind, list) in [&expected.gained, &expected.lost, &expected.changed].into_iter().enumerate() {
                list.iter().for_each(|_| tally.add(kind));
            }
        }
        for role in &newer.roles {
            if older.names.roles.get(&role.name).is_some() {
                tally.add(3);
            }
        }
        Ok(())
    });
    tally.told("diff", ["gained", "lost", "changed", "roles in both"], 20_000);
}

fn names(list: &[Box<str>]) -> Vec<String> {
    list.iter().map(|name| name.to_string()).collect()
}

#[test]
fn a_policy_differs_from_itself_in_nothing() {
    run(500, &generated(), |document| {
        let engine = policy(&document);
        prop_assert_eq!(diff(&engine, &engine).unwrap(), Diff::default());
        Ok(())
    });
}

fn small() -> Json {
    json!({
        "grantlet": 1,
        "scopes": { "workspace": {} },
        "resources": { "page": { "actions": ["view", "edit"] } },
        "roles": {
            "reader": { "allow": ["page:view"] },
            "editor": { "allow": [{
                "permissions": ["page:edit"],
                "when": { "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] }
            }] }
        }
    })
}

fn ask_who(directory: &Json, context: &Json) -> Result<Who, Vec<grantlet::diagnostic::Diagnostic>> {
    who(&policy(&small()), "page:view", &value(directory), &value(context), Asked::default().request(), 0.0)
}

#[test]
fn malformed_facts_are_told_with_their_place_in_the_directory_or_the_context() {
    let directory = json!([
        { "id": "anna", "assignments": [{ "role": "reader" }] },
        { "id": 7 },
        { "id": "tom", "assignments": [{ "role": "reader", "until": "tomorrow" }] },
        "eve"
    ]);
    let pointers = |found: Result<Who, Vec<grantlet::diagnostic::Diagnostic>>| -> Vec<String> {
        found.unwrap_err().into_iter().map(|fault| fault.pointer).collect()
    };
    let found = pointers(ask_who(&directory, &json!({})));
    assert_eq!(found, ["/directory/1/id", "/directory/2/assignments/0/until", "/directory/3"]);
    assert_eq!(pointers(ask_who(&directory, &json!({ "now": true }))), ["/context/now"]);
    assert_eq!(pointers(ask_who(&json!({}), &json!({}))), ["/directory"]);
}

#[test]
fn subjects_without_an_id_are_nobody_and_an_unknown_permission_is_nobodys() {
    let directory =
        json!([{ "assignments": [{ "role": "reader" }] }, { "id": "anna", "assignments": [{ "role": "reader" }] }]);
    assert_eq!(names(&ask_who(&directory, &json!({})).unwrap().allow), ["anna"]);
    let fly =
        who(&policy(&small()), "page:fly", &value(&directory), &value(&json!({})), Asked::default().request(), 0.0);
    assert_eq!(fly.unwrap(), Who::default());
}

#[test]
fn ten_thousand_subjects_are_asked_in_a_second() {
    let subjects: Vec<Json> = (0..10_000)
        .map(|i| json!({ "id": format!("s{i}"), "attributes": { "region": "north" }, "assignments": [{ "role": "reader" }, { "role": "editor" }] }))
        .collect();
    let scopes: serde_json::Map<String, Json> =
        (0..5_000).map(|i| (format!("workspace:w{i}"), json!({ "attributes": { "n": i } }))).collect();
    let (directory, context) = (value(&json!(subjects)), value(&json!({ "scopes": scopes })));
    let start = Instant::now();
    let found = who(&policy(&small()), "page:edit", &directory, &context, Asked::default().request(), 0.0).unwrap();
    let took = start.elapsed();
    assert_eq!((found.allow.len(), found.conditional.len()), (0, 10_000));
    writeln!(std::io::stderr(), "who: 10000 subjects in {} ms", took.as_millis()).unwrap();
    // A context that were read for each subject would take minutes.
    assert!(took.as_secs() < 5, "{took:?}");
}

#[test]
fn a_condition_is_the_same_however_its_time_and_its_members_are_written() {
    let with = |when: Json| {
        let mut document = small();
        document["roles"]["editor"]["allow"][0]["when"] = when;
        policy(&document)
    };
    let until = |end: Json| with(json!({ "lt": [{ "var": "context.now" }, end] }));
    let same = diff(&until(json!(1000)), &until(json!({ "time": "1970-01-01T00:00:01Z" }))).unwrap();
    assert_eq!(same, Diff::default());
    let listed = |list: Json| with(json!({ "in": [{ "var": "resource.a" }, list] }));
    let same = diff(&listed(json!([{ "a": 1, "b": 2 }])), &listed(json!([{ "b": 2, "a": 1 }]))).unwrap();
    assert_eq!(same, Diff::default());
    for (one, other) in [
        (json!(["a", "b"]), json!(["b", "a"])),
        (json!(["ab"]), json!(["a", "b"])),
        (json!(["1"]), json!([1])),
        (json!([0.5]), json!([-0.5])),
    ] {
        assert_eq!(diff(&listed(one), &listed(other)).unwrap().roles[0].1.changed, ["page:edit"]);
    }
}

#[test]
fn a_policy_with_too_many_pairs_is_refused() {
    let roles: serde_json::Map<String, Json> = (0..5_000).map(|i| (format!("r{i}"), json!({}))).collect();
    let resources: serde_json::Map<String, Json> =
        (0..4_000).map(|i| (format!("a{i}"), json!({ "actions": ["view"] }))).collect();
    let large = policy(&json!({ "grantlet": 1, "resources": resources, "roles": roles }));
    assert_eq!(matrix(&large).unwrap_err()[0].code, "too-large");
    assert_eq!(diff(&large, &large).unwrap_err()[0].code, "too-large");
}
