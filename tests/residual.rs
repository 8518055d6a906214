//! What is left of a question about a record against the whole question: for every record that kinds can
//! tell apart, the same answer as from the walk over all grants, and as from the reference evaluator.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::Cell;
use std::io::Write;

use grantlet::condition::residual::Attribute;
use grantlet::facts::Attributes;
use grantlet::session::Session;
use grantlet::session::residual::Question;
use grantlet_reference::generate::{Case, case};
use grantlet_reference::{Facts, Request, decide};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::example::Question as Example;
use support::{cases, effect_name, value};

const CASES: u32 = 1_500;
/// So many records of one question at most.
const RECORDS: usize = 400;

#[derive(Default)]
struct Compared {
    records: Cell<usize>,
    allows: Cell<usize>,
    whole: Cell<usize>,
}

fn one_more(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

/// What lies at a path of a record.
fn found<'a>(record: &'a Json, path: &[Box<str>]) -> Option<&'a Json> {
    path.iter().try_fold(record, |found, key| found.as_object()?.get(&**key))
}

/// The kind of an attribute, as `Attribute::kinds` counts them.
fn kind(attribute: &Attribute, record: &Json) -> usize {
    let numbers = 6 + attribute.texts.len();
    match found(record, &attribute.path) {
        None => 0,
        Some(Json::Array(_) | Json::Object(_)) => 1,
        Some(Json::Null) => 2,
        Some(Json::Bool(false)) => 3,
        Some(Json::Bool(true)) => 4,
        Some(Json::String(text)) => {
            attribute.texts.iter().position(|each| **each == **text).map_or(5, |place| 6 + place)
        }
        Some(Json::Number(number)) => {
            let number = number.as_f64().unwrap();
            let below = attribute.numbers.iter().filter(|each| **each < number).count();
            numbers + 2 * below + usize::from(attribute.numbers.contains(&number))
        }
    }
}

fn combination(question: &Question, record: &Json) -> u32 {
    let (mut combination, mut stride) = (0, 1);
    for attribute in question.attributes() {
        let kind = kind(attribute, record);
        assert!(kind < attribute.kinds(), "{kind} of {attribute:?}");
        combination += kind * stride;
        stride *= attribute.kinds();
    }
    u32::try_from(combination).unwrap()
}

/// One value of every kind, and none.
fn values(attribute: &Attribute) -> Vec<Option<Json>> {
    let mut values = vec![None, Some(json!(null)), Some(json!(false)), Some(json!(true)), Some(json!("ninth"))];
    values.extend([Some(json!([])), Some(json!({})), Some(json!(["anna", 7]))]);
    values.extend(attribute.texts.iter().map(|text| Some(json!(text))));
    let mut numbers = attribute.numbers.clone();
    numbers.extend(attribute.numbers.iter().flat_map(|number| [number - 0.5, number + 0.5, number.next_down()]));
    numbers.extend([-1e300, 0.0, 1e300]);
    values.extend(numbers.into_iter().map(|number| Some(json!(number))));
    values
}

fn set(record: &mut Json, path: &[Box<str>], value: &Json) {
    let Some((first, rest)) = path.split_first() else {
        *record = value.clone();
        return;
    };
    if !record.is_object() {
        *record = json!({});
    }
    set(&mut record[&**first], rest, value);
}

/// Records in which every attribute is of every kind, each combined with each as far as the bound allows.
fn records(question: &Question) -> Vec<Json> {
    let mut records = vec![json!({ "unread": 1 })];
    for attribute in question.attributes() {
        let values = values(attribute);
        let mut next = Vec::new();
        for (place, record) in records.iter().enumerate() {
            for (number, value) in values.iter().enumerate() {
                if records.len() * values.len() > RECORDS && (place + number) % 7 != 0 {
                    continue;
                }
                let mut record = record.clone();
                if let Some(value) = value {
                    set(&mut record, &attribute.path, value);
                }
                next.push(record);
            }
        }
        records = next;
        records.truncate(RECORDS);
    }
    records
}

fn compare(case: &Case, compared: &Compared) -> Result<(), TestCaseError> {
    let Case { policy, subject, context, roles, now, requests } = case;
    let facts = Facts { policy, subject, context, roles: roles.as_deref(), now: *now };
    let session = cases::session(case);
    for request in requests {
        let scope = request.scope.as_deref();
        for (id, name) in (0..).zip(session.policy().permission_names()) {
            let Some(question) = session.question(id, scope) else {
                one_more(&compared.whole);
                continue;
            };
            for record in records(&question).into_iter().chain(request.resource.clone()) {
                let left = question.answer(combination(&question, &record));
                let asked = grantlet::facts::Request {
                    scope,
                    resource: Some(&value(&record) as &dyn Attributes),
                    action: None,
                };
                prop_assert_eq!(left, session.effect(id, asked), "{} of {} with {:?}", &name, &record, &question);
                one_more(&compared.records);
                if compared.records.get().is_multiple_of(16) {
                    let request = Request { scope: request.scope.clone(), resource: Some(record), action: None };
                    prop_assert_eq!(effect_name(left), decide(&facts, &name, &request).effect);
                }
                if effect_name(left) == "allow" && !question.attributes().is_empty() {
                    one_more(&compared.allows);
                }
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_left_of_a_question_answers_as_the_whole_question() {
    let compared = Compared::default();
    if let Err(failure) = cases::runner(CASES).run(&case(), |case| compare(&case, &compared)) {
        panic!("{failure}");
    }
    let (records, allows, whole) = (compared.records.get(), compared.allows.get(), compared.whole.get());
    // Written past the capture of the test harness: the figure belongs in the log of every run.
    writeln!(
        std::io::stderr(),
        "residual: {records} records compared, {allows} allowed by what they hold; {whole} questions asked whole"
    )
    .unwrap();
    assert!(records >= 50_000 && allows >= 1_000 && whole > 0, "{records} {allows} {whole}");
}

fn session(when: &Json) -> Session {
    let document = json!({
        "grantlet": 1,
        "resources": { "note": { "actions": ["view"] } },
        "roles": { "reader": { "allow": [{ "permissions": ["note:view"], "when": when }] } },
    });
    Example::over(&document)
        .by(json!({ "id": "anna", "attributes": { "level": 3 }, "assignments": [{ "role": "reader" }] }))
        .session()
}

fn attributes(when: &Json) -> Option<Vec<String>> {
    let question = session(when).question(0, None)?;
    Some(question.attributes().iter().map(|attribute| attribute.path.join(".")).collect())
}

#[test]
fn only_attributes_that_can_matter_are_read() {
    let owner = json!({ "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] });
    let city = json!({ "exists": { "var": "resource.address.city" } });
    let high = json!({ "gt": [{ "var": "subject.level" }, 5] });
    let low = json!({ "lt": [{ "var": "subject.level" }, 5] });
    assert_eq!(attributes(&owner), Some(vec!["owner".to_owned()]));
    assert_eq!(attributes(&json!({ "all": [owner, city, owner] })), Some(vec!["owner".into(), "address.city".into()]));
    assert_eq!(attributes(&json!({ "all": [owner, city, high] })), Some(Vec::new()));
    assert_eq!(attributes(&json!({ "any": [owner, low] })), Some(Vec::new()));
    assert_eq!(attributes(&json!({ "any": [city, { "all": [owner, high] }] })), Some(vec!["address.city".into()]));
}

#[test]
fn what_kinds_cannot_tell_has_to_be_asked_whole() {
    let owner = json!({ "var": "resource.owner" });
    for when in [
        json!({ "lt": [owner, "m"] }),
        json!({ "eq": [owner, { "var": "resource.author" }] }),
        json!({ "in": ["anna", { "var": "resource.readers" }] }),
        json!({ "in": [owner, (0..101).collect::<Vec<i32>>()] }),
        json!({ "all": (0..5).map(|each| json!({ "exists": { "var": format!("resource.a{each}") } })).collect::<Vec<_>>() }),
    ] {
        assert_eq!(attributes(&when), None, "{when}");
    }
}

#[test]
fn a_literal_stands_on_either_side() {
    let answer = |when: &Json, record: &Json| {
        let question = session(when).question(0, None).unwrap();
        effect_name(question.answer(combination(&question, record)))
    };
    let below = json!({ "gt": [10, { "var": "resource.amount" }] });
    for (amount, expected) in [(9.0, "allow"), (10.0, "deny"), (11.0, "deny")] {
        assert_eq!(answer(&below, &json!({ "amount": amount })), expected, "{amount}");
    }
    assert_eq!(answer(&below, &json!({ "amount": "9" })), "deny");
    assert_eq!(answer(&below, &json!({})), "deny");
}
