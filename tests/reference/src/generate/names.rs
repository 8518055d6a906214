//! The names that a generated policy declares, and the things that are said about them.

use serde_json::{Value, json};

use super::choices::Choices;
use crate::json::{members, strings};
use crate::permissions::permissions;

/// The names of a policy, read off the document.
pub(super) struct Names {
    pub(super) permissions: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) entitlements: Vec<String>,
    pub(super) plans: Vec<String>,
    pub(super) limits: Vec<String>,
    pub(super) scope_types: Vec<String>,
    resources: Vec<(String, Vec<String>)>,
}

fn keys(value: Option<&Value>) -> Vec<String> {
    members(value).iter().map(|(key, _)| (*key).to_owned()).collect()
}

impl Names {
    pub(super) fn of(policy: &Value) -> Names {
        let plans = members(policy.get("plans"));
        let resources = members(policy.get("resources"));
        Names {
            permissions: permissions(policy),
            roles: keys(policy.get("roles")),
            entitlements: strings(policy.get("entitlements")),
            plans: plans.iter().map(|(name, _)| (*name).to_owned()).collect(),
            limits: plans.iter().flat_map(|(_, plan)| keys(plan.get("limits"))).collect(),
            scope_types: keys(policy.get("scopes")),
            resources: resources.iter().map(|(path, it)| ((*path).to_owned(), strings(it.get("actions")))).collect(),
        }
    }

    /// A pattern in one of the forms of section 1, which matches at least one declared permission.
    pub(super) fn pattern(&self, choices: &mut Choices) -> String {
        let (path, actions) = choices.pick(&self.resources);
        let action = choices.pick(actions);
        let (_, elsewhere) = choices.pick(&self.resources);
        let other = choices.pick(elsewhere);
        match choices.below(8) {
            0 | 1 => format!("{path}:{action}"),
            2 if action != other => format!("{path}:{action},{other}"),
            2 | 3 => format!("{path}:*"),
            4 => format!("{path}.**:{action}"),
            5 => format!("{path}.**:*"),
            6 => format!("*:{action}"),
            _ => "*:*".to_owned(),
        }
    }

    /// Up to `most` different patterns, at least one.
    pub(super) fn patterns(&self, choices: &mut Choices, most: usize) -> Vec<String> {
        let mut all = Vec::new();
        for _ in 0..=choices.below(most) {
            let pattern = self.pattern(choices);
            if !all.contains(&pattern) {
                all.push(pattern);
            }
        }
        all
    }

    /// The type of a scope, `None` for the root.
    pub(super) fn scope_type(&self, choices: &mut Choices) -> Option<String> {
        (!self.scope_types.is_empty() && choices.chance(60)).then(|| choices.pick(&self.scope_types).clone())
    }

    /// A scope that a fact or a request may name, sometimes one that the policy or the context does not know.
    pub(super) fn scope(&self, choices: &mut Choices) -> Option<String> {
        const UNKNOWN: [&str; 6] = ["account:zz", "planet:x", "company", "", "company:", "root:r"];
        let kind = self.scope_type(choices)?;
        if choices.chance(8) {
            return Some((*choices.pick(&UNKNOWN)).to_owned());
        }
        let known: Vec<&str> = SCOPES.into_iter().filter(|scope| scope.starts_with(&format!("{kind}:"))).collect();
        Some((*choices.pick(&known)).to_owned())
    }
}

/// The scopes that facts speak of; of each type that a policy can declare there is one.
pub(super) const SCOPES: [&str; 7] =
    ["company:c1", "company:c2", "account:a1", "account:a2", "database:d1", "database:d2", "workspace:w1"];

/// The instants around which everything happens, as facts write them.
pub(super) fn instant(choices: &mut Choices) -> Value {
    choices
        .pick(&[
            json!(100),
            json!(200),
            json!(300),
            json!("1970-01-01T00:00:00.1Z"),
            json!("1970-01-01T00:00:00.250Z"),
            json!("1970-01-01T01:00:00.3+01:00"),
        ])
        .clone()
}

/// An instant on or beside one of those.
pub(super) fn now(choices: &mut Choices) -> Value {
    match choices.below(12) {
        10 => json!("1970-01-01T00:00:00.2Z"),
        11 => json!("1969-12-31T19:00:00.250-05:00"),
        index => json!([150, 99, 100, 101, 199, 200, 201, 250, 299, 300][index]),
    }
}
