//! Changes: what some rule might allow, by somebody whom it might allow it, on somebody who might have it.

use serde_json::{Value, json};

use super::choices::{Choices, Tape};
use super::conditions::condition;
use super::facts::{SubjectTapes, add_validity, context, subject};
use super::names::{Names, SCOPES};
use crate::json::{items, strings};

/// What a change is built from: itself, the actor, the target, others in the directory, and the context.
pub(super) type ChangeTapes = (Tape, SubjectTapes, SubjectTapes, Vec<SubjectTapes>, Tape);

/// A change over a policy, as `decide_change` takes it.
pub(super) fn change(policy: &Value, (own, actor, target, others, around): &ChangeTapes) -> Value {
    let names = Names::of(policy);
    let mut choices = Choices::new(own);
    let mut people =
        People { actor: subject("anna", actor, &names), target: subject("tom", target, &names), oneself: false };
    let mut change = json!({});
    match choices.below(10) {
        0..=3 => change["assign"] = assign(&mut choices, policy, &names, &mut people),
        4 | 5 => change["revoke"] = revoke(&mut choices, policy, &names, &mut people),
        6 => {
            change["revoke"] = revoke(&mut choices, policy, &names, &mut people);
            change["assign"] = assign(&mut choices, policy, &names, &mut people);
        }
        7 => change["ungrant"] = ungrant(&mut choices, policy, &names, &mut people),
        _ => change["grant"] = grant(&mut choices, policy, &names, &mut people),
    }
    let on_oneself = choices.chance(if people.oneself { 85 } else { 10 });
    if on_oneself {
        let has = items(people.target.get("assignments")).to_vec();
        has.into_iter().for_each(|assignment| give(&mut people.actor, "assignments", assignment));
        let has = items(people.target.get("grants")).to_vec();
        has.into_iter().for_each(|grant| give(&mut people.actor, "grants", grant));
        people.target = people.actor.clone();
    }
    if choices.chance(75) {
        let mut directory: Vec<Value> =
            others.iter().zip(["eve", "ben"]).map(|(tapes, id)| subject(id, tapes, &names)).collect();
        if choices.chance(90) {
            directory.push(people.actor.clone());
        }
        if !on_oneself && choices.chance(85) {
            directory.insert(0, people.target.clone());
        }
        change["directory"] = json!(directory);
    }
    change["context"] = context(&mut Choices::new(around), &names);
    change["actor"] = people.actor;
    change["target"] = people.target;
    change
}

struct People {
    actor: Value,
    target: Value,
    /// Whether a rule was chosen that is for changes of oneself.
    oneself: bool,
}

fn give(subject: &mut Value, list: &str, fact: Value) {
    let mut all = items(subject.get(list)).to_vec();
    all.push(fact);
    subject[list] = json!(all);
}

/// One of the rules of this sort that has the op, for which the actor is given what its `by` asks for.
fn rule<'a>(
    choices: &mut Choices,
    policy: &'a Value,
    sort: &str,
    op: &str,
    people: &mut People,
) -> Option<(&'a Value, Option<String>)> {
    let rules: Vec<&Value> = items(policy.get("administration"))
        .iter()
        .filter(|rule| rule.get(sort).is_some())
        .filter(|rule| rule.get("ops").is_none_or(|ops| items(Some(ops)).iter().any(|other| other == op)))
        .collect();
    if rules.is_empty() || choices.chance(5) {
        return None;
    }
    let rule = *choices.pick(&rules);
    let scope = rule.get("scope").and_then(Value::as_str).map(|kind| scope_of_type(choices, kind));
    let by = &rule["by"];
    people.oneself |= by == "self";
    let mut wanted = strings(Some(by.get("all").unwrap_or(by)));
    if by.get("all").is_none() && !wanted.is_empty() {
        wanted = vec![choices.pick(&wanted).clone()];
    }
    for permission in strings(by.get("can")) {
        give(&mut people.actor, "grants", json!({ "permissions": [permission] }));
    }
    for role in wanted {
        give_role(choices, policy, &mut people.actor, &role, scope.as_deref());
    }
    for role in strings(rule.get("targetHolds")) {
        give_role(choices, policy, &mut people.target, &role, scope.as_deref());
    }
    Some((rule, scope))
}

fn scope_of_type(choices: &mut Choices, kind: &str) -> String {
    let all: Vec<&str> = SCOPES.into_iter().filter(|scope| scope.starts_with(&format!("{kind}:"))).collect();
    (*choices.pick(&all)).to_owned()
}

/// An assignment of the role at that scope, or at the root where it is assigned there alone.
fn give_role(choices: &mut Choices, policy: &Value, subject: &mut Value, role: &str, scope: Option<&str>) {
    if choices.chance(10) {
        return;
    }
    let places = strings(policy["roles"][role].get("scopes"));
    let here = scope.filter(|scope| places.iter().any(|kind| scope.starts_with(&format!("{kind}:"))));
    give(subject, "assignments", placed(json!({ "role": role }), here.map(str::to_owned)));
}

fn placed(mut fact: Value, scope: Option<String>) -> Value {
    if let Some(scope) = scope {
        fact["scope"] = json!(scope);
    }
    fact
}

/// A role and a scope that some rule names.
fn role_at(
    choices: &mut Choices,
    policy: &Value,
    names: &Names,
    op: &str,
    people: &mut People,
) -> (Value, Option<Value>) {
    match rule(choices, policy, "roles", op, people) {
        Some((rule, scope)) => {
            let kind = rule.get("scope").and_then(Value::as_str).unwrap_or("root");
            let in_rule =
                |role: &&String| rule["roles"] == "*" || items(rule.get("roles")).iter().any(|it| it == *role);
            let named: Vec<&String> = names.roles.iter().filter(in_rule).collect();
            let fitting: Vec<&String> = named.iter().copied().filter(|role| fits(policy, role, kind)).collect();
            let role = *choices.pick(if fitting.is_empty() { &named } else { &fitting });
            (placed(json!({ "role": role }), scope), Some(rule.clone()))
        }
        None => {
            let role = if choices.chance(10) { "ghost" } else { choices.pick(&names.roles).as_str() };
            (placed(json!({ "role": role }), names.scope(choices)), None)
        }
    }
}

fn fits(policy: &Value, role: &str, kind: &str) -> bool {
    let declaration = &policy["roles"][role];
    let places = declaration.get("scopes").map_or(vec!["root".to_owned()], |places| strings(Some(places)));
    declaration.get("abstract").is_none() && places.iter().any(|place| place == kind)
}

fn assign(choices: &mut Choices, policy: &Value, names: &Names, people: &mut People) -> Value {
    let (mut fact, rule) = role_at(choices, policy, names, "assign", people);
    let statuses =
        rule.as_ref().and_then(|rule| rule.get("targetStatus")).map(|statuses| items(Some(statuses)).to_vec());
    if let Some(statuses) = statuses {
        let mut present = fact.clone();
        add_validity(choices, &mut present);
        present["status"] = choices.pick(&statuses).clone();
        give(&mut people.target, "assignments", present);
    } else if choices.chance(15) {
        give(&mut people.target, "assignments", fact.clone());
    }
    if choices.chance(70) {
        crowd(choices, policy, &mut people.target, &fact);
    }
    add_validity(choices, &mut fact);
    if let Some(statuses) = rule.as_ref().and_then(|rule| rule.get("statuses")) {
        fact["status"] = choices.pick(items(Some(statuses))).clone();
    }
    fact
}

/// Gives the target what a constraint on the assigned role would count beside it.
fn crowd(choices: &mut Choices, policy: &Value, target: &mut Value, assigned: &Value) {
    let scope = assigned.get("scope").and_then(Value::as_str);
    for constraint in items(policy.get("constraints")) {
        let exclusive = strings(constraint.get("exclusive"));
        if exclusive.iter().any(|role| assigned["role"] == **role) {
            let other = json!({ "role": choices.pick(&exclusive) });
            give(target, "assignments", placed(other, scope.map(str::to_owned)));
        }
        let kind = constraint.get("scope").and_then(Value::as_str).unwrap_or("root");
        if constraint.get("perSubject").is_some() && scope.is_some_and(|scope| scope.starts_with(&format!("{kind}:"))) {
            let role = choices.pick(&strings(constraint.get("roles"))).clone();
            let elsewhere = SCOPES.into_iter().filter(|other| other.starts_with(kind) && Some(*other) != scope);
            for other in elsewhere.take(2) {
                give(target, "assignments", json!({ "role": role, "scope": other }));
            }
        }
    }
}

fn revoke(choices: &mut Choices, policy: &Value, names: &Names, people: &mut People) -> Value {
    let (fact, rule) = role_at(choices, policy, names, "revoke", people);
    if choices.chance(90) {
        let mut present = fact.clone();
        add_validity(choices, &mut present);
        if let Some(statuses) = rule.as_ref().and_then(|rule| rule.get("targetStatus")) {
            present["status"] = choices.pick(items(Some(statuses))).clone();
        }
        give(&mut people.target, "assignments", present);
    }
    fact
}

/// Permissions and a scope that some rule names.
fn permissions_at(choices: &mut Choices, policy: &Value, names: &Names, op: &str, people: &mut People) -> Value {
    let (mut permissions, scope) = match rule(choices, policy, "permissions", op, people) {
        Some((rule, scope)) => (strings(rule.get("permissions")), scope),
        None => (names.patterns(choices, 2), names.scope(choices)),
    };
    if choices.chance(20) {
        permissions = names.patterns(choices, 1);
    }
    if choices.chance(14) {
        permissions.push("page:fly".to_owned());
    }
    placed(json!({ "permissions": permissions }), scope)
}

fn grant(choices: &mut Choices, policy: &Value, names: &Names, people: &mut People) -> Value {
    let mut fact = permissions_at(choices, policy, names, "assign", people);
    if choices.chance(20) {
        fact["except"] = json!(names.patterns(choices, 1));
    }
    if choices.chance(20) {
        fact["when"] = condition(choices, names, 2);
    }
    add_validity(choices, &mut fact);
    fact
}

fn ungrant(choices: &mut Choices, policy: &Value, names: &Names, people: &mut People) -> Value {
    let fact = permissions_at(choices, policy, names, "revoke", people);
    if choices.chance(85) {
        let mut present = fact.clone();
        present["permissions"] = items(present.get("permissions")).iter().rev().cloned().collect();
        add_validity(choices, &mut present);
        give(&mut people.target, "grants", present);
    }
    fact
}
