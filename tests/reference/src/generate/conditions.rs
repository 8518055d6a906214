//! Conditions of every operator over every root.

use serde_json::{Value, json};

use super::choices::Choices;
use super::names::{Names, SCOPES, instant};

/// A condition of at most this depth.
pub(super) fn condition(choices: &mut Choices, names: &Names, depth: usize) -> Value {
    if depth > 1 && choices.chance(30) {
        let most = choices.below(4);
        let mut operands = || -> Vec<Value> { (0..most).map(|_| condition(choices, names, depth - 1)).collect() };
        return match most {
            3 => json!({ "not": condition(choices, names, depth - 1) }),
            2 => json!({ "any": operands() }),
            _ => json!({ "all": operands() }),
        };
    }
    let (path, key) = variable(choices);
    let var = json!({ "var": path });
    let literal = literal(choices, names, key);
    match choices.below(12) {
        0..=2 => json!({ "eq": [var, literal] }),
        3 => json!({ "ne": [literal, var] }),
        4 => json!({ *choices.pick(&["lt", "le", "gt", "ge"]): [var, literal] }),
        5 => json!({ "in": [var, choices.some(&literals(names, key), 0, 3)] }),
        6 => json!({ "in": [literal, { "var": format!("{}.tags", root(choices)) }] }),
        7 => json!({ "exists": var }),
        8 => json!({ *choices.pick(&["eq", "ne", "le"]): [var, { "var": format!("{}.{key}", root(choices)) }] }),
        9 => json!({ *choices.pick(&["eq", "ne", "gt"]): [var, anything(choices)] }),
        _ => compared_with_now(choices),
    }
}

/// The resource stands often, since a request without one is what makes a decision conditional.
fn root(choices: &mut Choices) -> &'static str {
    match choices.below(20) {
        0 | 1 => "subject",
        2..=9 => "resource",
        10..=12 => "scope",
        13 | 14 => "scope.parent",
        15 => "scope.parent.parent",
        16 | 17 => "context",
        _ => "action",
    }
}

/// The path of a variable, and the last of its keys, which says what its values look like.
fn variable(choices: &mut Choices) -> (String, &'static str) {
    match choices.below(12) {
        11 => ("role.id".to_owned(), "role"),
        9 | 10 => {
            let (key, values) = *choices.pick(&[("id", "scope"), ("type", "type")]);
            (format!("{}.{key}", choices.pick(&["scope", "scope.parent", "scope.parent.parent"])), values)
        }
        _ => {
            let key = *choices.pick(&["region", "region", "level", "closed", "level", "owner.name", "tags", "id"]);
            (format!("{}.{key}", root(choices)), key)
        }
    }
}

/// Values that a variable with this key can have.
fn literals(names: &Names, key: &str) -> Vec<Value> {
    match key {
        "region" | "tags" => vec![json!("north"), json!("south"), json!(null)],
        "level" => vec![json!(1), json!(2), json!(3)],
        "closed" => vec![json!(true), json!(false)],
        "role" => names.roles.iter().map(|role| json!(role)).collect(),
        "scope" => SCOPES.iter().map(|scope| json!(scope)).collect(),
        "type" => vec![json!("company"), json!("account"), json!("workspace")],
        _ => vec![json!("anna"), json!("tom"), json!("")],
    }
}

fn literal(choices: &mut Choices, names: &Names, key: &str) -> Value {
    choices.pick(&literals(names, key)).clone()
}

/// A value of any type, which may not fit the variable.
fn anything(choices: &mut Choices) -> Value {
    choices.pick(&[json!(1), json!("1"), json!(null), json!(true), json!(["north"]), json!([]), json!(1.5)]).clone()
}

/// `context.now` and a number or a time, either way round.
fn compared_with_now(choices: &mut Choices) -> Value {
    let operator = *choices.pick(&["ge", "lt", "le", "gt", "eq", "ne"]);
    let literal = match instant(choices) {
        time @ Value::String(_) => json!({ "time": time }),
        number => number,
    };
    let now = json!({ "var": "context.now" });
    if choices.chance(25) { json!({ operator: [literal, now] }) } else { json!({ operator: [now, literal] }) }
}
