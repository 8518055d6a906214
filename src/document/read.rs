//! A policy's JSON value read into a [`Document`].
//!
//! Reading judges nothing and refuses nothing: what is not of the expected kind is left out. What
//! comes of it is a document only where the checks found no error in the same value; with errors it
//! serves the checks that look at names alone.

use super::check::repeated;
use super::{Document, Plan, Resource, Role, Section};
use crate::name;
use crate::value::Value;

mod administration;
mod grants;

/// Reads a whole policy.
pub(super) fn document(root: &Value) -> Document {
    Document {
        implies: members(root.get("implies"))
            .iter()
            .map(|(action, list)| (action.to_string(), strings(Some(list))))
            .collect(),
        entitlements: strings(root.get("entitlements")),
        plans: members(root.get("plans")).iter().map(|(key, value)| plan(key, value)).collect(),
        scopes: members(root.get("scopes"))
            .iter()
            .map(|(key, value)| (key.to_string(), string(value.get("in"))))
            .collect(),
        resources: members(root.get("resources")).iter().map(|(key, value)| resource(key, value)).collect(),
        roles: members(root.get("roles")).iter().map(|(key, value)| role(key, value)).collect(),
        derived_roles: elements(root.get("derivedRoles")).iter().map(grants::derived_role).collect(),
        administration: elements(root.get("administration")).iter().filter_map(administration::rule).collect(),
        constraints: elements(root.get("constraints")).iter().filter_map(administration::constraint).collect(),
        sections: members(root.get("sections")).iter().map(|(key, value)| section(key, value)).collect(),
    }
}

fn plan(name: &str, value: &Value) -> Plan {
    Plan {
        name: name.to_owned(),
        entitlements: strings(value.get("entitlements")),
        limits: members(value.get("limits"))
            .iter()
            .filter_map(|(limit, number)| Some((limit.to_string(), count(Some(number))?)))
            .collect(),
    }
}

fn resource(path: &str, value: &Value) -> Resource {
    Resource { path: path.to_owned(), actions: strings(value.get("actions")), requires: string(value.get("requires")) }
}

fn role(name: &str, value: &Value) -> Role {
    Role {
        name: name.to_owned(),
        is_abstract: flag(value.get("abstract")),
        requires: string(value.get("requires")),
        scopes: match value.get("scopes") {
            None => vec![name::ROOT.to_owned()],
            given => strings(given),
        },
        inherits: strings(value.get("inherits")),
        allow: elements(value.get("allow")).iter().map(grants::grant).collect(),
        deny: elements(value.get("deny")).iter().map(grants::grant).collect(),
    }
}

fn section(name: &str, value: &Value) -> Section {
    Section {
        name: name.to_owned(),
        show: strings(value.get("show")),
        enable: strings(value.get("enable")),
        otherwise_disable: value.get("otherwise").and_then(Value::as_str) == Some("disable"),
    }
}

/// The members of an object; none for anything else.
pub(super) fn members(value: Option<&Value>) -> &[(Box<str>, Value)] {
    match value {
        Some(Value::Object(members)) => members,
        _ => &[],
    }
}

/// The elements of an array; none for anything else.
pub(super) fn elements(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(elements)) => elements,
        _ => &[],
    }
}

/// A string.
fn string(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

/// The strings of an array, each once.
fn strings(value: Option<&Value>) -> Vec<String> {
    let mut texts: Vec<&str> = elements(value).iter().filter_map(Value::as_str).collect();
    for place in repeated(&texts).into_iter().rev() {
        texts.remove(place);
    }
    texts.into_iter().map(str::to_owned).collect()
}

/// A boolean, false where absent.
fn flag(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

/// A whole number that is not negative. One beyond what is counted with means the same as the
/// largest: nothing reaches it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn count(value: Option<&Value>) -> Option<u32> {
    match value {
        Some(Value::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => Some(*number as u32),
        _ => None,
    }
}
