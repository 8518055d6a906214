//! Policies: small, rich and valid.

use proptest::prelude::Strategy;
use serde_json::{Map, Value, json};

use super::administration::{constraint, rule};
use super::choices::{Choices, Tape, tape, tapes};
use super::conditions::condition;
use super::names::Names;
use crate::json::items;

const ACTIONS: [&str; 4] = ["view", "edit", "delete", "export"];
const RESOURCES: [&str; 7] =
    ["page", "crm", "crm.relation", "crm.relation.iban", "crm.note", "finance", "finance.invoice"];
const ROLES: [&str; 10] =
    ["reader", "editor", "owner", "auditor", "guest", "chief", "baker", "writer", "nurse", "zoner"];
const ENTITLEMENTS: [&str; 3] = ["gold", "silver", "bronze"];

/// Policies for decisions and sections: everything but `administration` and `constraints`.
pub(super) fn deciding() -> impl Strategy<Value = Value> {
    (tape(120), tapes(1, 6, 120), tapes(0, 3, 50), tapes(0, 3, 24)).prop_map(|(base, roles, derived, sections)| {
        let mut policy = declarations(&base, roles.len());
        add_roles(&mut policy, &roles, role);
        add_list(&mut policy, "derivedRoles", &derived, derived_role);
        add_sections(&mut policy, &sections);
        policy
    })
}

/// Policies with everything that there is: for decisions, sections and changes.
pub(super) fn whole() -> impl Strategy<Value = Value> {
    (administered(), tapes(1, 3, 24)).prop_map(|(mut policy, sections)| {
        add_sections(&mut policy, &sections);
        policy
    })
}

/// Policies for changes: with `administration` and `constraints`, and without sections.
pub(super) fn administered() -> impl Strategy<Value = Value> {
    (tape(120), tapes(2, 5, 60), tapes(0, 2, 40), tapes(1, 6, 80), tapes(0, 4, 16)).prop_map(
        |(base, roles, derived, rules, constraints)| {
            let mut policy = declarations(&base, roles.len());
            add_roles(&mut policy, &roles, role);
            add_list(&mut policy, "derivedRoles", &derived, derived_role);
            add_list(&mut policy, "administration", &rules, rule);
            add_constraints(&mut policy, &constraints);
            policy
        },
    )
}

/// Constraints on the scopes that the rules are for, so that what a rule allows a constraint may forbid.
fn add_constraints(policy: &mut Value, tapes: &[Tape]) {
    let names = Names::of(policy);
    let scopes: Vec<Option<Value>> =
        items(policy.get("administration")).iter().map(|rule| rule.get("scope").cloned()).collect();
    for (index, tape) in tapes.iter().enumerate() {
        let mut constraint = constraint(&mut Choices::new(tape), &names, &scopes[index % scopes.len()]);
        constraint["id"] = json!(format!("c{index}"));
        match policy.get_mut("constraints").and_then(Value::as_array_mut) {
            Some(all) => all.push(constraint),
            None => policy["constraints"] = json!([constraint]),
        }
    }
}

/// What is declared before the roles, and the roles by name alone.
pub(super) fn declarations(base: &Tape, roles: usize) -> Value {
    let mut choices = Choices::new(base);
    let entitlements: Vec<&str> = ENTITLEMENTS[..choices.below(4)].to_vec();
    let mut resources = resources(&mut choices, &entitlements);
    let in_use: Vec<&str> = ACTIONS
        .into_iter()
        .filter(|action| resources.iter().any(|(_, it)| items(it.get("actions")).iter().any(|other| other == action)))
        .collect();
    let mut policy = json!({ "grantlet": 1 });
    if let Some(implies) = implies(&mut choices, &in_use) {
        policy["implies"] = implies;
    }
    if !entitlements.is_empty() {
        policy["entitlements"] = json!(entitlements);
    }
    if choices.chance(70) {
        policy["plans"] = plans(&mut choices, &entitlements);
    }
    let types: Vec<(&str, Value)> =
        vec![("company", json!({})), ("account", json!({ "in": "company" })), ("database", json!({ "in": "account" }))];
    let mut scopes: Map<String, Value> =
        types.into_iter().take(choices.below(4)).map(|(name, it)| (name.to_owned(), it)).collect();
    if choices.chance(30) {
        scopes.insert("workspace".to_owned(), json!({}));
    }
    if !scopes.is_empty() {
        policy["scopes"] = json!(scopes);
    }
    if choices.chance(20) {
        resources.reverse();
    }
    policy["resources"] = Value::Object(resources.into_iter().map(|(path, it)| (path.to_owned(), it)).collect());
    policy["roles"] = Value::Object(ROLES[..roles].iter().map(|role| ((*role).to_owned(), json!({}))).collect());
    policy
}

/// A tree: no resource without its parent.
fn resources(choices: &mut Choices, entitlements: &[&str]) -> Vec<(&'static str, Value)> {
    let mut all: Vec<(&str, Value)> = Vec::new();
    for path in RESOURCES {
        let has_parent = path.rsplit_once('.').is_none_or(|(parent, _)| all.iter().any(|(other, _)| *other == parent));
        if !has_parent || path != "page" && !choices.chance(60) {
            continue;
        }
        let mut actions = choices.each(&ACTIONS, 55);
        if actions.is_empty() {
            actions.push("view");
        }
        if choices.chance(15) {
            actions.reverse();
        }
        let mut declaration = json!({ "actions": actions });
        if !entitlements.is_empty() && choices.chance(25) {
            declaration["requires"] = json!(choices.pick(entitlements));
        }
        all.push((path, declaration));
    }
    all
}

/// Each action implies only some that come before it, so there is no cycle.
fn implies(choices: &mut Choices, in_use: &[&str]) -> Option<Value> {
    let mut all = Map::new();
    for (index, action) in in_use.iter().enumerate() {
        let implied = choices.each(&in_use[..index], 45);
        if !implied.is_empty() {
            all.insert((*action).to_owned(), json!(implied));
        }
    }
    (!all.is_empty()).then_some(Value::Object(all))
}

fn plans(choices: &mut Choices, entitlements: &[&str]) -> Value {
    let mut basic = json!({ "limits": { "seats": choices.below(4) } });
    let mut pro = json!({});
    for plan in [&mut basic, &mut pro] {
        let included = choices.each(entitlements, 40);
        if !included.is_empty() {
            plan["entitlements"] = json!(included);
        }
    }
    json!({ "basic": basic, "pro": pro })
}

/// Writes the roles that were declared, each from a tape.
pub(super) fn add_roles(policy: &mut Value, tapes: &[Tape], role: fn(&mut Choices, &Names, &[&str]) -> Value) {
    let names = Names::of(policy);
    for (index, tape) in tapes.iter().enumerate() {
        policy["roles"][ROLES[index]] = role(&mut Choices::new(tape), &names, &ROLES[..index]);
    }
}

/// A role that inherits only from those before it, so there is no cycle.
pub(super) fn role(choices: &mut Choices, names: &Names, before: &[&str]) -> Value {
    let mut role = Map::new();
    let allow = grants(choices, names, 3);
    if !allow.is_empty() {
        role.insert("allow".to_owned(), json!(allow));
    }
    if choices.chance(35) {
        role.insert("deny".to_owned(), json!(grants(choices, names, 2)));
    }
    if !before.is_empty() && choices.chance(50) {
        role.insert("inherits".to_owned(), json!(choices.some(before, 1, 2)));
    }
    if choices.chance(12) {
        role.insert("abstract".to_owned(), json!(true));
    }
    if !names.entitlements.is_empty() && choices.chance(25) {
        role.insert("requires".to_owned(), json!(choices.pick(&names.entitlements)));
    }
    if choices.chance(75) {
        let mut places = choices.each(&names.scope_types, 75);
        if places.is_empty() || choices.chance(70) {
            places.push("root".to_owned());
        }
        role.insert("scopes".to_owned(), json!(places));
    }
    if choices.chance(5) {
        role.insert("system".to_owned(), json!(true));
    }
    Value::Object(role)
}

fn grants(choices: &mut Choices, names: &Names, most: usize) -> Vec<Value> {
    (0..=choices.below(most)).map(|_| grant(choices, names)).collect()
}

fn grant(choices: &mut Choices, names: &Names) -> Value {
    if choices.chance(25) {
        return json!(names.pattern(choices));
    }
    let mut grant = json!({ "permissions": names.patterns(choices, 2) });
    if choices.chance(30) {
        grant["except"] = json!(names.patterns(choices, 2));
    }
    if choices.chance(60) {
        grant["when"] = condition(choices, names, 3);
    }
    grant
}

fn add_list(policy: &mut Value, key: &str, tapes: &[Tape], element: fn(&mut Choices, &Names) -> Value) {
    let names = Names::of(policy);
    if !tapes.is_empty() {
        policy[key] = tapes.iter().map(|tape| element(&mut Choices::new(tape), &names)).collect();
    }
}

fn derived_role(choices: &mut Choices, names: &Names) -> Value {
    let mut entry = json!({ "role": choices.pick(&names.roles) });
    if let Some(scope) = names.scope_type(choices) {
        entry["scope"] = json!(scope);
    }
    if choices.chance(50) {
        let roles = choices.some(&names.roles, 1, 2);
        entry["holds"] = if choices.chance(35) { json!({ "all": roles }) } else { json!(roles) };
    }
    if choices.chance(35) {
        entry["holdsBelow"] = json!(choices.some(&names.roles, 1, 2));
    }
    if choices.chance(50) {
        entry["when"] = condition(choices, names, 2);
    }
    entry
}

fn add_sections(policy: &mut Value, tapes: &[Tape]) {
    const SECTIONS: [&str; 3] = ["home", "money", "people"];
    let permissions = Names::of(policy).permissions;
    for (name, tape) in SECTIONS.into_iter().zip(tapes) {
        let mut choices = Choices::new(tape);
        let mut section = json!({ "show": choices.some(&permissions, 1, 2) });
        if choices.chance(60) {
            section["enable"] = json!(choices.some(&permissions, 1, 3));
        }
        if choices.chance(50) {
            section["otherwise"] = json!(choices.pick(&["disable", "hide"]));
        }
        policy["sections"][name] = section;
    }
}
