//! Section 5: conditions in three values, and the sets of outcomes of a request without a resource.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::json::items;
use crate::scopes::{self, parent};
use crate::time::millis;

/// The three values, ordered so that `all` is the least and `any` the greatest of its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

use Truth::{False, True, Unknown};

/// The outcomes that a condition can still have.
pub(crate) type Outcomes = BTreeSet<Truth>;

/// What the variables of a condition stand for.
#[derive(Clone, Copy)]
pub(crate) struct Variables<'a> {
    pub(crate) policy: &'a Value,
    pub(crate) subject: &'a Value,
    pub(crate) context: &'a Value,
    pub(crate) now: f64,
    pub(crate) scope: Option<&'a str>,
    pub(crate) resource: Option<&'a Value>,
    pub(crate) action: Option<&'a Value>,
    pub(crate) role: Option<&'a str>,
}

const COMPARISONS: [&str; 6] = ["eq", "ne", "lt", "le", "gt", "ge"];

/// The outcomes of a grant's or an entry's `when`; without one, {true}.
pub(crate) fn outcomes_of_when(when: Option<&Value>, variables: &Variables) -> Outcomes {
    when.map_or(Outcomes::from([True]), |condition| outcomes(condition, variables))
}

/// The outcomes of one condition.
pub(crate) fn outcomes(condition: &Value, variables: &Variables) -> Outcomes {
    let Some((operator, argument)) = only_member(condition) else {
        return Outcomes::from([Unknown]);
    };
    let each = || items(Some(argument)).iter().map(|operand| outcomes(operand, variables));
    match operator {
        "all" => each().fold(Outcomes::from([True]), |sum, next| both(&sum, &next)),
        "any" => each().fold(Outcomes::from([False]), |sum, next| combine(&sum, &next, Truth::max)),
        "not" => outcomes(argument, variables).into_iter().map(not).collect(),
        _ if variables.resource.is_none() && reads_resource(argument) => Outcomes::from([True, False]),
        "exists" => Outcomes::from([truth(value(argument, variables).is_some())]),
        _ => {
            let operands = items(Some(argument));
            let operand = |index: usize| operands.get(index).and_then(|operand| value(operand, variables));
            Outcomes::from([compare(operator, operand(0).as_ref(), operand(1).as_ref())])
        }
    }
}

/// The outcomes of `all` over two conditions, each on its own.
pub(crate) fn both(left: &Outcomes, right: &Outcomes) -> Outcomes {
    combine(left, right, Truth::min)
}

fn combine(left: &Outcomes, right: &Outcomes, operator: fn(Truth, Truth) -> Truth) -> Outcomes {
    left.iter().flat_map(|&one| right.iter().map(move |&other| operator(one, other))).collect()
}

fn only_member(condition: &Value) -> Option<(&str, &Value)> {
    let object = condition.as_object()?;
    let (key, value) = object.iter().next()?;
    (object.len() == 1).then_some((key.as_str(), value))
}

fn truth(holds: bool) -> Truth {
    if holds { True } else { False }
}

fn not(value: Truth) -> Truth {
    match value {
        True => False,
        Unknown => Unknown,
        False => True,
    }
}

/// Whether an operand, or one of a list of two, is a variable of the resource.
fn reads_resource(argument: &Value) -> bool {
    let is_resource = |operand: &Value| variable(operand).is_some_and(|path| path.starts_with("resource."));
    is_resource(argument) || items(Some(argument)).iter().any(is_resource)
}

fn variable(operand: &Value) -> Option<&str> {
    operand.as_object()?.get("var")?.as_str()
}

/// The value of an operand; `None` where it is missing.
fn value(operand: &Value, variables: &Variables) -> Option<Value> {
    match operand {
        Value::Object(object) => match object.get("time") {
            Some(time) => millis(time).map(|millis| json!(millis)),
            None => lookup(variable(operand)?, variables),
        },
        _ => Some(operand.clone()),
    }
}

/// Section 5, *Roots*.
fn lookup(path: &str, variables: &Variables) -> Option<Value> {
    let keys: Vec<&str> = path.split('.').collect();
    let (root, keys) = keys.split_first()?;
    match (*root, keys) {
        (_, []) => None,
        ("subject", ["id", rest @ ..]) => step(variables.subject.get("id"), rest),
        ("subject", keys) => step(variables.subject.get("attributes"), keys),
        ("resource", keys) => step(variables.resource, keys),
        ("action", keys) => step(variables.action, keys),
        ("scope", keys) => lookup_scope(variables.scope?, keys, variables),
        ("context", ["now", rest @ ..]) => step(Some(&json!(variables.now)), rest),
        ("context", keys) => step(variables.context.get("attributes"), keys),
        ("role", ["id", rest @ ..]) => step(Some(&json!(variables.role?)), rest),
        _ => None,
    }
}

fn lookup_scope(scope: &str, keys: &[&str], variables: &Variables) -> Option<Value> {
    match keys {
        ["id", rest @ ..] => step(Some(&json!(scope)), rest),
        ["type", rest @ ..] => step(Some(&json!(scopes::reference(scope)?.0)), rest),
        ["parent"] => None,
        ["parent", rest @ ..] => {
            let above = parent(variables.policy, variables.context, scope)??;
            lookup_scope(&above, rest, variables)
        }
        keys => {
            let entry = variables.context.get("scopes")?.get(scope)?;
            step(entry.get("attributes"), keys)
        }
    }
}

/// A path steps into objects by own key only.
fn step(from: Option<&Value>, keys: &[&str]) -> Option<Value> {
    let mut here = from?;
    for key in keys {
        here = here.as_object()?.get(*key)?;
    }
    Some(here.clone())
}

fn compare(operator: &str, left: Option<&Value>, right: Option<&Value>) -> Truth {
    let order =
        |holds: fn(std::cmp::Ordering) -> bool| order(left, right).map_or(Unknown, |ordering| truth(holds(ordering)));
    match operator {
        "eq" => eq(left, right),
        "ne" => not(eq(left, right)),
        "lt" => order(std::cmp::Ordering::is_lt),
        "le" => order(std::cmp::Ordering::is_le),
        "gt" => order(std::cmp::Ordering::is_gt),
        "ge" => order(std::cmp::Ordering::is_ge),
        "in" => is_in(left, right),
        _ => Unknown,
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn eq(left: Option<&Value>, right: Option<&Value>) -> Truth {
    match (left, right) {
        (Some(Value::Null), Some(Value::Null)) => True,
        (Some(Value::Null), Some(other)) | (Some(other), Some(Value::Null)) if is_scalar(other) => False,
        (Some(Value::Bool(left)), Some(Value::Bool(right))) => truth(left == right),
        (Some(Value::Number(left)), Some(Value::Number(right))) => truth(left.as_f64() == right.as_f64()),
        (Some(Value::String(left)), Some(Value::String(right))) => truth(left == right),
        _ => Unknown,
    }
}

/// Two numbers, or two strings by code point; the order of UTF-8 is that of the code points.
fn order(left: Option<&Value>, right: Option<&Value>) -> Option<std::cmp::Ordering> {
    match (left?, right?) {
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// The operator is defined of a scalar and an array; of anything else the answer is unknown, an empty array included.
fn is_in(left: Option<&Value>, right: Option<&Value>) -> Truth {
    let (Some(left), Some(Value::Array(list))) = (left, right) else {
        return Unknown;
    };
    if !is_scalar(left) {
        return Unknown;
    }
    list.iter().map(|element| eq(Some(left), Some(element))).max().unwrap_or(False)
}

/// Whether a direct grant's condition is one that the model has; with another the whole grant is inert.
pub(crate) fn is_condition(condition: &Value, depth: usize) -> bool {
    let Some((operator, argument)) = only_member(condition) else { return false };
    let operands = items(Some(argument));
    depth <= 32
        && match operator {
            "all" | "any" => argument.is_array() && operands.iter().all(|operand| is_condition(operand, depth + 1)),
            "not" => is_condition(argument, depth + 1),
            "exists" => is_variable(argument) && variable(argument) != Some("context.now"),
            "in" => operands.len() == 2 && operands.iter().all(is_operand),
            _ if COMPARISONS.contains(&operator) => match compared_with_now(operator, argument) {
                Some(_) => true,
                None => operands.len() == 2 && operands.iter().all(is_operand),
            },
            _ => false,
        }
}

fn is_operand(operand: &Value) -> bool {
    !operand.is_object()
        || operand_time(operand).is_some()
        || is_variable(operand) && variable(operand) != Some("context.now")
}

fn is_variable(operand: &Value) -> bool {
    let keys: Vec<&str> = variable(operand).map(|path| path.split('.').collect()).unwrap_or_default();
    let rooted = match keys.split_first() {
        Some((&"role", rest)) => rest == ["id"],
        Some((&"scope", rest)) => !rest.iter().all(|key| *key == "parent"),
        Some((root, rest)) => ["subject", "resource", "action", "context"].contains(root) && !rest.is_empty(),
        None => false,
    };
    only_member(operand).is_some() && rooted && keys.iter().all(|key| !key.is_empty())
}

fn operand_time(operand: &Value) -> Option<f64> {
    match only_member(operand)? {
        ("time", time @ Value::String(_)) => millis(time),
        _ => None,
    }
}

/// The number or the time that a comparison compares with `context.now`.
fn compared_with_now(operator: &str, argument: &Value) -> Option<f64> {
    let is_now = |operand: &Value| variable(operand) == Some("context.now");
    let literal = |operand: &Value| operand.as_f64().or_else(|| operand_time(operand));
    let [left, right] = items(Some(argument)) else { return None };
    match COMPARISONS.contains(&operator) {
        true if is_now(left) => literal(right),
        true if is_now(right) => literal(left),
        _ => None,
    }
}

/// Section 6: the literals that a condition compares with `context.now`.
pub(crate) fn instants(condition: &Value) -> Vec<f64> {
    let Some((operator, argument)) = only_member(condition) else { return Vec::new() };
    match operator {
        "all" | "any" => items(Some(argument)).iter().flat_map(instants).collect(),
        "not" => instants(argument),
        _ => compared_with_now(operator, argument).into_iter().collect(),
    }
}
