//! The accessibility set: who may what, where, on what, written out. Every other answer can be read off it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::decide::decide;
use crate::facts::{Answer, Facts, Request};
use crate::json::strings;
use crate::permissions::permissions;

/// The decision on every permission for every subject and request, at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessibilitySet {
    permissions: Vec<String>,
    answers: BTreeMap<(String, usize), Vec<Answer>>,
}

impl AccessibilitySet {
    /// Decides everything, once. The subjects have ids of their own; a request is known by its number from then on.
    pub fn of(policy: &Value, directory: &[Value], context: &Value, now: f64, requests: &[Request]) -> Self {
        let permissions = permissions(policy);
        let mut answers = BTreeMap::new();
        for subject in directory {
            let facts = Facts { policy, subject, context, roles: None, now };
            for (number, request) in requests.iter().enumerate() {
                let of_all = permissions.iter().map(|permission| decide(&facts, permission, request)).collect();
                let known = answers.insert((id(subject).to_owned(), number), of_all);
                assert!(known.is_none(), "{subject} is twice in the directory");
            }
        }
        AccessibilitySet { permissions, answers }
    }

    /// The permissions, in the order of the policy.
    pub fn permissions(&self) -> &[String] {
        &self.permissions
    }

    /// The decisions on every permission, in their order.
    pub fn answers(&self, subject: &str, request: usize) -> &[Answer] {
        &self.answers[&(subject.to_owned(), request)]
    }

    /// The decision on one permission; there is none on a permission that the policy does not have.
    pub fn answer(&self, subject: &str, request: usize, permission: &str) -> Option<&Answer> {
        let number = self.permissions.iter().position(|name| name == permission)?;
        Some(&self.answers(subject, request)[number])
    }

    /// The permissions with this effect, in the order of the policy.
    pub fn with(&self, effect: &str, subject: &str, request: usize) -> Vec<&str> {
        let answers = self.permissions.iter().zip(self.answers(subject, request));
        answers.filter(|(_, answer)| answer.effect == effect).map(|(name, _)| name.as_str()).collect()
    }

    /// Section 7, read off the set: the state of a section with this declaration.
    pub fn section(&self, declaration: &Value, subject: &str, request: usize) -> &'static str {
        let all = |list: &str| -> Vec<&Answer> {
            let names = strings(declaration.get(list));
            names.iter().map(|name| self.answer(subject, request, name).expect("declared")).collect()
        };
        let is_closed = |answer: &&&Answer| answer.effect == "deny";
        let (show, enable) = (all("show"), all("enable"));
        if show.iter().any(|answer| !is_closed(&answer)) {
            match enable.iter().find(is_closed).map(|answer| answer.reason) {
                None => "enabled",
                Some("entitlement") => "locked",
                Some(_) => "disabled",
            }
        } else if show.iter().any(|answer| answer.reason == "entitlement") {
            "locked"
        } else if declaration.get("otherwise") == Some(&json!("disable")) {
            "disabled"
        } else {
            "hidden"
        }
    }

    /// Section 9, read off the set: the ids of those for whom the decision has this effect, in the directory's order.
    pub fn who(&self, effect: &str, directory: &[Value], request: usize, permission: &str) -> Vec<String> {
        let has = |subject: &&str| self.answer(subject, request, permission).is_some_and(|it| it.effect == effect);
        directory.iter().map(id).filter(has).map(str::to_owned).collect()
    }
}

/// The id of a subject.
pub fn id(subject: &Value) -> &str {
    subject["id"].as_str().unwrap_or_default()
}
