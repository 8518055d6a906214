//! Subjects, contexts and requests, of which a part is always unknown to the policy.

use serde_json::{Map, Value, json};

use super::choices::{Choices, Tape};
use super::conditions::condition;
use super::names::{Names, SCOPES, instant, now};
use crate::facts::Request;

/// Attributes of anything, mostly of the type that conditions expect. Some have names that a variable hides.
pub(super) fn attributes(choices: &mut Choices) -> Value {
    let mut all = Map::new();
    for (key, values) in [
        ("region", vec![json!("north"), json!("south"), json!("north"), json!("south"), json!(null), json!(7)]),
        ("level", vec![json!(1), json!(2), json!(3), json!(2.5), json!("2")]),
        ("closed", vec![json!(true), json!(false)]),
        ("owner", vec![json!({ "name": "anna" }), json!({ "name": "tom" }), json!({}), json!("anna")]),
        ("tags", vec![json!(["north"]), json!(["south", null]), json!(["south", 2]), json!([]), json!("north")]),
    ] {
        if choices.chance(80) {
            all.insert(key.to_owned(), choices.pick(&values).clone());
        }
    }
    for (key, value) in [("id", "anna"), ("type", "account"), ("now", "tom")] {
        if choices.chance(15) {
            all.insert(key.to_owned(), json!(value));
        }
    }
    Value::Object(all)
}

/// What a subject is built from: itself, its assignments and its direct grants.
pub(super) type SubjectTapes = (Tape, Vec<Tape>, Vec<Tape>);

/// A subject with this id.
pub(super) fn subject(id: &str, (own, assignments, grants): &SubjectTapes, names: &Names) -> Value {
    let mut choices = Choices::new(own);
    let mut subject = json!({ "id": id });
    if choices.chance(10) {
        subject["status"] = json!(choices.pick(&["active", "suspended", "on-leave"]));
    }
    if choices.chance(80) {
        subject["attributes"] = attributes(&mut choices);
    }
    if choices.chance(5) {
        subject["nickname"] = json!("passed over");
    }
    let assignments: Vec<Value> = assignments.iter().map(|tape| assignment(&mut Choices::new(tape), names)).collect();
    if !assignments.is_empty() {
        subject["assignments"] = json!(assignments);
    }
    let grants: Vec<Value> = grants.iter().map(|tape| direct_grant(&mut Choices::new(tape), names)).collect();
    if !grants.is_empty() {
        subject["grants"] = json!(grants);
    }
    subject
}

pub(super) fn assignment(choices: &mut Choices, names: &Names) -> Value {
    let mut assignment = json!({ "role": choices.pick(&names.roles) });
    if choices.chance(4) {
        assignment["role"] = json!(choices.pick(&["ghost", "constructor"]));
    }
    add_scope(choices, names, &mut assignment);
    add_validity(choices, &mut assignment);
    add_oddities(choices, &mut assignment);
    assignment
}

pub(super) fn direct_grant(choices: &mut Choices, names: &Names) -> Value {
    let mut grant = json!({ "permissions": names.patterns(choices, 2) });
    add_scope(choices, names, &mut grant);
    if choices.chance(25) {
        grant["except"] = json!(names.patterns(choices, 1));
    }
    if choices.chance(35) {
        grant["when"] = condition(choices, names, 2);
    }
    if choices.chance(8) {
        let list = *choices.pick(&["permissions", "except"]);
        grant[list] = json!([choices.pick(&["ghost:view", "page:fly", "page.*:view", "*.**:view", "page"])]);
    }
    add_validity(choices, &mut grant);
    add_oddities(choices, &mut grant);
    grant
}

fn add_scope(choices: &mut Choices, names: &Names, fact: &mut Value) {
    if let Some(scope) = names.scope(choices) {
        fact["scope"] = json!(scope);
    }
}

/// A status and bounds.
pub(super) fn add_validity(choices: &mut Choices, fact: &mut Value) {
    if choices.chance(25) {
        fact["status"] = json!(choices.pick(&["active", "invited", "suspended"]));
    }
    for bound in ["from", "until"] {
        if choices.chance(20) {
            fact[bound] = instant(choices);
        }
    }
}

/// What the model does not know, or knows to mean nothing.
fn add_oddities(choices: &mut Choices, fact: &mut Value) {
    match choices.below(25) {
        24 => fact["note"] = json!("unknown"),
        23 => fact["status"] = json!("dormant"),
        22 => fact["meta"] = json!({ "by": ["tom"] }),
        _ => {}
    }
}

/// A context in which most scopes have their chain.
pub(super) fn context(choices: &mut Choices, names: &Names) -> Value {
    let mut context = Map::new();
    if choices.chance(70) {
        context.insert("now".to_owned(), now(choices));
    }
    if !names.plans.is_empty() && choices.chance(50) {
        context.insert("plan".to_owned(), json!(choices.pick(&names.plans)));
    }
    if choices.chance(5) {
        context.insert("plan".to_owned(), json!("constructor"));
    }
    if choices.chance(60) {
        let mut active = choices.each(&names.entitlements, 60);
        if choices.chance(5) {
            active.push("ghost".to_owned());
        }
        context.insert("entitlements".to_owned(), json!(active));
    }
    if choices.chance(85) {
        context.insert("attributes".to_owned(), attributes(choices));
    }
    let mut scopes = Map::new();
    for scope in SCOPES {
        if !choices.chance(7) {
            scopes.insert(scope.to_owned(), instance(choices, scope));
        }
    }
    if choices.chance(10) {
        scopes.insert("planet:x".to_owned(), json!({ "parent": "company:c1" }));
    }
    context.insert("scopes".to_owned(), Value::Object(scopes));
    Value::Object(context)
}

/// A scope instance, with the right parent more often than not.
fn instance(choices: &mut Choices, scope: &str) -> Value {
    let right = match scope {
        "account:a1" => Some("company:c1"),
        "account:a2" => Some("company:c2"),
        "database:d1" => Some("account:a1"),
        "database:d2" => Some("account:a2"),
        _ => None,
    };
    let mut instance = json!({});
    if let Some(parent) = right {
        instance["parent"] = json!(parent);
    }
    match choices.below(20) {
        19 => instance["parent"] = json!(choices.pick(&["workspace:w1", "database:d1", "company", "", "account:a1"])),
        18 => instance = json!({}),
        17 => instance["colour"] = json!("passed over"),
        _ => {}
    }
    if choices.chance(85) {
        instance["attributes"] = attributes(choices);
    }
    instance
}

pub(super) fn request(choices: &mut Choices, names: &Names) -> Request {
    let scope = names.scope(choices);
    let resource = match choices.below(6) {
        0..=2 => None,
        3 => Some(json!({})),
        _ => Some(attributes(choices)),
    };
    let action = choices.chance(50).then(|| attributes(choices));
    Request { scope, resource, action }
}

/// The roles of a session that views as.
pub(super) fn roles(choices: &mut Choices, names: &Names) -> Option<Vec<String>> {
    choices.chance(20).then(|| {
        let mut roles = choices.each(&names.roles, 50);
        if choices.chance(10) {
            roles.push("ghost".to_owned());
        }
        roles
    })
}
