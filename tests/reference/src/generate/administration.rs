//! Administration rules with every field, and constraints of all four kinds.

use serde_json::{Value, json};

use super::choices::Choices;
use super::conditions::condition;
use super::names::Names;

const STATUSES: [&str; 3] = ["active", "invited", "suspended"];

pub(super) fn rule(choices: &mut Choices, names: &Names) -> Value {
    let of_grants = choices.chance(25);
    let mut rule = match of_grants {
        true => json!({ "permissions": names.patterns(choices, 2) }),
        false if choices.chance(35) => json!({ "roles": "*" }),
        false => json!({ "roles": choices.some(&names.roles, 1, 3) }),
    };
    if let Some(scope) = names.scope_type(choices) {
        rule["scope"] = json!(scope);
    }
    rule["by"] = match choices.below(8) {
        0..=3 => json!(choices.some(&names.roles, 1, 3)),
        4 | 5 => json!("self"),
        6 => json!({ "all": choices.some(&names.roles, 1, 2) }),
        _ => json!({ "can": choices.some(&names.permissions, 1, 2) }),
    };
    if choices.chance(20) {
        rule["ops"] = json!(choices.some(&["assign", "revoke"], 1, 2));
    }
    if choices.chance(15) {
        rule["statuses"] = json!(choices.some(&STATUSES, 1, 3));
    }
    if !of_grants && choices.chance(15) {
        rule["targetStatus"] = json!(choices.some(&STATUSES, 1, 3));
    }
    if choices.chance(12) {
        rule["targetHolds"] = json!(choices.some(&names.roles, 1, 3));
    }
    if choices.chance(15) {
        let roles = json!(choices.some(&names.roles, 1, 2));
        rule["targetLacks"] = if choices.chance(30) { json!("*") } else { roles };
    }
    if !of_grants && choices.chance(8) {
        rule["vacant"] = json!(true);
    }
    if choices.chance(15) {
        rule["when"] = condition(choices, names, 2);
    }
    if choices.chance(20) {
        rule["noEscalation"] = json!(true);
    }
    rule
}

/// A constraint without an id, on scopes of this type.
pub(super) fn constraint(choices: &mut Choices, names: &Names, scope: &Option<Value>) -> Value {
    let mut constraint = json!({});
    match choices.below(4) {
        0 => {
            let roles = choices.some(&names.roles, 2, 3);
            if roles.len() > 2 && choices.chance(40) {
                constraint["limit"] = json!(2);
            }
            constraint["exclusive"] = json!(roles);
            return constraint;
        }
        1 => constraint["perSubject"] = json!(if choices.chance(25) { 2 } else { 1 }),
        2 => constraint["minimum"] = json!(1 + choices.below(2)),
        _ if !names.limits.is_empty() && choices.chance(50) => {
            constraint["maximum"] = json!(choices.pick(&names.limits))
        }
        _ => constraint["maximum"] = json!(choices.below(4)),
    }
    constraint["roles"] = json!(choices.some(&names.roles, 1, 4));
    if let Some(scope) = scope {
        constraint["scope"] = scope.clone();
    }
    constraint
}
