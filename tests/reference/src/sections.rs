//! Section 7: the state of a section, from the decisions on its permissions.

use serde_json::Value;

use crate::decide::decide;
use crate::facts::{Answer, Facts, Request};
use crate::json::{members, strings};

/// The state of one section; of one that the policy does not declare, `hidden`.
pub fn section(facts: &Facts, name: &str, request: &Request) -> &'static str {
    let declaration = facts.policy.get("sections").and_then(|sections| sections.get(name));
    declaration.map_or("hidden", |declaration| state(facts, declaration, request))
}

/// The state of every section, in the order of the policy.
pub fn sections(facts: &Facts, request: &Request) -> Vec<(String, &'static str)> {
    members(facts.policy.get("sections"))
        .into_iter()
        .map(|(name, declaration)| (name.to_owned(), state(facts, declaration, request)))
        .collect()
}

fn state(facts: &Facts, declaration: &Value, request: &Request) -> &'static str {
    let answers = |list: &str| -> Vec<Answer> {
        strings(declaration.get(list)).iter().map(|permission| decide(facts, permission, request)).collect()
    };
    let is_open = |answer: &Answer| answer.effect != "deny";
    let (show, enable) = (answers("show"), answers("enable"));
    if show.iter().any(is_open) {
        return match enable.iter().find(|answer| !is_open(answer)) {
            None => "enabled",
            Some(first_closed) if first_closed.reason == "entitlement" => "locked",
            Some(_) => "disabled",
        };
    }
    if show.iter().any(|answer| answer.reason == "entitlement") {
        "locked"
    } else if declaration.get("otherwise").is_some_and(|otherwise| otherwise == "disable") {
        "disabled"
    } else {
        "hidden"
    }
}
