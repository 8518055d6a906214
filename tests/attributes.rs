//! What an answer about a record turns on: records with equal scalars at the attributes that are told have the same
//! answer, so a host may keep it. Held to the whole walk, and to the reference evaluator.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::Cell;
use std::io::Write;

use grantlet::decide::Effect;
use grantlet::facts::Attributes;
use grantlet::session::Session;
use grantlet_reference::generate::{Case, case};
use grantlet_reference::{Facts, Request, decide};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::example::Question as Example;
use support::{cases, effect_name, value};

const CASES: u32 = 4_000;

#[derive(Default)]
struct Compared {
    records: Cell<usize>,
    allows: Cell<usize>,
    lists: Cell<usize>,
}

fn one_more(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

/// What lies at a path of a record.
fn found<'a>(record: &'a Json, path: &[Box<str>]) -> Option<&'a Json> {
    path.iter().try_fold(record, |found, key| found.as_object()?.get(&**key))
}

fn set(record: &mut Json, path: &[Box<str>], value: &Json) {
    let (last, keys) = path.split_last().unwrap();
    let inner = keys.iter().fold(record, |inner, key| {
        if !inner[&**key].is_object() {
            inner[&**key] = json!({});
        }
        &mut inner[&**key]
    });
    inner[&**last] = value.clone();
}

/// A record that holds what another one holds at these paths, and something else beside; `None` where that is no
/// scalar.
fn alike(record: &Json, paths: &[Vec<Box<str>>]) -> Option<Json> {
    let mut alike = json!({ "nobody asks": true });
    for path in paths {
        match found(record, path) {
            None => {}
            Some(Json::Array(_) | Json::Object(_)) => return None,
            Some(scalar) => set(&mut alike, path, scalar),
        }
    }
    Some(alike)
}

fn effect(session: &Session, id: u32, scope: Option<&str>, record: &Json) -> Effect {
    let record = value(record);
    session.effect(id, grantlet::facts::Request { scope, resource: Some(&record as &dyn Attributes), action: None })
}

fn compare(case: &Case, compared: &Compared) -> Result<(), TestCaseError> {
    let Case { policy, subject, context, roles, now, requests } = case;
    let facts = Facts { policy, subject, context, roles: roles.as_deref(), now: *now };
    let session = cases::session(case);
    for request in requests {
        let scope = request.scope.as_deref();
        for (id, name) in (0..).zip(session.policy().permission_names()) {
            let paths = session.attributes(id, scope);
            for record in request.resource.iter().chain([&json!({})]) {
                let Some(alike) = alike(record, &paths) else {
                    one_more(&compared.lists);
                    continue;
                };
                let expected = effect(&session, id, scope, record);
                prop_assert_eq!(effect(&session, id, scope, &alike), expected, "{} of {}: {:?}", &name, record, &paths);
                let request = Request { scope: request.scope.clone(), resource: Some(alike), action: None };
                prop_assert_eq!(effect_name(expected), decide(&facts, &name, &request).effect);
                one_more(&compared.records);
                if expected == Effect::Allow && !paths.is_empty() {
                    one_more(&compared.allows);
                }
            }
        }
    }
    Ok(())
}

#[test]
fn records_that_are_alike_where_it_is_told_have_the_same_answer() {
    let compared = Compared::default();
    if let Err(failure) = cases::runner(CASES).run(&case(), |case| compare(&case, &compared)) {
        panic!("{failure}");
    }
    let (records, allows, lists) = (compared.records.get(), compared.allows.get(), compared.lists.get());
    // Written past the capture of the test harness: the figure belongs in the log of every run.
    writeln!(
        std::io::stderr(),
        "attributes: {records} records compared, {allows} allowed by what they hold; {lists} hold lists there"
    )
    .unwrap();
    assert!(records >= 50_000 && allows >= 1_000 && lists > 0, "{records} {allows} {lists}");
}

/// The attributes that a permission turns on, for a reader whose grant has this condition.
fn attributes(when: &Json) -> Vec<String> {
    let document = json!({
        "grantlet": 1,
        "resources": { "note": { "actions": ["view"] } },
        "roles": { "reader": { "allow": [{ "permissions": ["note:view"], "when": when }] } },
    });
    let session = Example::over(&document)
        .by(json!({ "id": "anna", "attributes": { "level": 3 }, "assignments": [{ "role": "reader" }] }))
        .session();
    session.attributes(0, None).iter().map(|path| path.join(".")).collect()
}

#[test]
fn only_attributes_that_can_matter_are_told() {
    let owner = json!({ "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] });
    let city = json!({ "exists": { "var": "resource.address.city" } });
    let high = json!({ "gt": [{ "var": "subject.level" }, 5] });
    let low = json!({ "lt": [{ "var": "subject.level" }, 5] });
    assert_eq!(attributes(&owner), ["owner"]);
    assert_eq!(attributes(&json!({ "all": [owner, city, owner] })), ["owner", "address.city"]);
    assert!(attributes(&json!({ "all": [owner, city, high] })).is_empty());
    assert!(attributes(&json!({ "any": [owner, low] })).is_empty());
    assert_eq!(attributes(&json!({ "any": [city, { "all": [owner, high] }] })), ["address.city"]);
    assert_eq!(attributes(&json!({ "not": { "in": ["anna", { "var": "resource.readers" }] } })), ["readers"]);
    assert_eq!(
        attributes(&json!({ "lt": [{ "var": "resource.from" }, { "var": "resource.until" }] })),
        ["from", "until"]
    );
}

#[test]
fn derived_roles_and_direct_grants_turn_on_records_too() {
    let document = json!({
        "grantlet": 1,
        "resources": { "note": { "actions": ["view"] } },
        "roles": { "reader": { "allow": ["note:view"] } },
        "derivedRoles": [{ "role": "reader", "when": { "eq": [{ "var": "resource.shared" }, true] } }],
    });
    let own = json!({ "permissions": ["note:view"], "when": { "eq": [{ "var": "resource.owner" }, "anna"] } });
    let session = Example::over(&document).by(json!({ "id": "anna", "grants": [own] })).session();
    let paths: Vec<String> = session.attributes(0, None).iter().map(|path| path.join(".")).collect();
    assert_eq!(paths, ["shared", "owner"]);
    assert!(session.attributes(0, Some("nowhere:x")).is_empty());
}

#[test]
fn a_derived_role_turns_only_what_it_grants() {
    let exists = |key: &str| json!({ "exists": { "var": format!("resource.{key}") } });
    let document = json!({
        "grantlet": 1,
        "resources": { "note": { "actions": ["view", "edit"] } },
        "roles": {
            "reader": { "allow": [{ "permissions": ["note:view"], "when": exists("shared") }] },
            "owner": { "allow": ["note:edit"] },
        },
        "derivedRoles": [{ "role": "owner", "when": exists("owner") }],
    });
    let anna = json!({ "id": "anna", "assignments": [{ "role": "reader" }] });
    let session = Example::over(&document).by(anna).session();
    let paths = |id| -> Vec<_> { session.attributes(id, None).iter().map(|path| path.join(".")).collect() };
    assert_eq!((paths(0), paths(1)), (vec!["shared".to_owned()], vec!["owner".to_owned()]));
}
