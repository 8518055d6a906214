//! Questions over a policy: directories to be asked, newer versions, and permissions that somebody needs.

use proptest::prelude::Strategy;
use serde_json::{Value, json};

use super::choices::{Choices, Tape, tape, tapes};
use super::conditions::condition;
use super::facts::{self, SubjectTapes};
use super::names::Names;
use super::policy::{self, add_roles, declarations, role};
use crate::facts::Request;
use crate::json::{items, members, strings};
use crate::questions::Options;

/// A directory, and what is asked of each of its subjects.
#[derive(Clone, Debug)]
pub struct DirectoryCase {
    /// A valid policy without administration.
    pub policy: Value,
    /// The subjects, of whom some have no id.
    pub directory: Vec<Value>,
    /// The context.
    pub context: Value,
    /// The clock, in milliseconds.
    pub now: f64,
    /// What is asked; of every permission.
    pub requests: Vec<Request>,
}

/// A directory of a few subjects over a valid policy.
pub fn directory_case() -> impl Strategy<Value = DirectoryCase> {
    let subject = || (tape(30), tapes(0, 4, 30), tapes(0, 2, 60));
    let subjects = proptest::collection::vec(subject(), 0..=5);
    (policy::deciding(), subjects, tape(200), tapes(1, 2, 50)).prop_map(|(policy, subjects, context, requests)| {
        let names = Names::of(&policy);
        let mut choices = Choices::new(&context);
        let now = choices.pick(&[150.0, 99.0, 100.0, 250.0, 300.0]).to_owned();
        let of = |(index, tapes): (usize, &SubjectTapes)| {
            let mut subject = facts::subject(["anna", "tom", "eve", "mo", "sofie"][index], tapes, &names);
            if tapes.0.last().is_some_and(|byte| byte % 8 == 0) {
                subject.as_object_mut().map(|members| members.remove("id"));
            }
            subject
        };
        DirectoryCase {
            directory: subjects.iter().enumerate().map(of).collect(),
            context: facts::context(&mut choices, &names),
            requests: requests.iter().map(|tape| facts::request(&mut Choices::new(tape), &names)).collect(),
            policy,
            now,
        }
    })
}

/// Permissions that somebody needs, and within what.
#[derive(Clone, Debug)]
pub struct RecommendCase {
    /// A valid policy of up to ten roles.
    pub policy: Value,
    /// The permissions, of which one may stand twice.
    pub needed: Vec<String>,
    /// Within what.
    pub options: Options,
}

/// A question for a recommendation over a valid policy.
pub fn recommend_case() -> impl Strategy<Value = RecommendCase> {
    (recommending(), tape(40)).prop_map(|(policy, question)| {
        let names = Names::of(&policy);
        let mut choices = Choices::new(&question);
        let mut options = Options::default();
        if choices.chance(25) {
            options.scope = names.scope_type(&mut choices);
        }
        if choices.chance(25) {
            options.at_most = Some(choices.below(4));
        }
        if choices.chance(20) {
            options.entitlements = Some(choices.each(&names.entitlements, 60));
        }
        if !names.plans.is_empty() && choices.chance(15) {
            options.plan = Some(choices.pick(&names.plans).clone());
        }
        // Mostly of what roles name, so that more often than not there is a set; seldom nothing.
        let allowed = |role: &Value| items(role["allow"][0].get("permissions")).to_vec();
        let named: Vec<Value> = members(policy.get("roles")).iter().flat_map(|(_, role)| allowed(role)).collect();
        let mut needed = match choices.below(30) {
            0 => Vec::new(),
            1..=4 => choices.some(&names.permissions, 1, 3),
            _ => choices.some(&strings(Some(&json!(named))), 2, 7),
        };
        if choices.chance(5) {
            needed.extend(needed.first().cloned());
        }
        RecommendCase { policy, needed, options }
    })
}

/// Two valid policies, of which the newer is more often than not the older one with some roles written anew, gone or
/// added.
pub fn policy_pair() -> impl Strategy<Value = (Value, Value)> {
    (tape(30), [tape(120), tape(120)], tapes(1, 6, 120), tapes(1, 6, 120)).prop_map(|(mix, bases, older, other)| {
        let mut choices = Choices::new(&mix);
        let base = usize::from(choices.chance(30));
        let mut newer = older.clone();
        for (index, tape) in other.into_iter().enumerate() {
            match newer.get_mut(index) {
                Some(role) if choices.chance(40) => *role = tape,
                None if choices.chance(30) => newer.push(tape),
                _ => {}
            }
        }
        if choices.chance(30) {
            newer.pop();
        }
        let of = |base: &Tape, roles: &[Tape]| {
            let mut policy = declarations(base, roles.len());
            add_roles(&mut policy, roles, role);
            policy
        };
        (of(&bases[0], &older), of(&bases[base], &newer))
    })
}

/// Policies for recommendations: up to ten small roles, few of their grants with a condition, and what excludes.
fn recommending() -> impl Strategy<Value = Value> {
    (tape(120), tapes(2, 10, 60), tapes(0, 2, 16)).prop_map(|(base, roles, constraints)| {
        let mut policy = declarations(&base, roles.len());
        add_roles(&mut policy, &roles, small_role);
        let names = Names::of(&policy);
        if names.roles.len() > 1 && !constraints.is_empty() {
            let excluding = |(index, tape): (usize, &Tape)| {
                let mut choices = Choices::new(tape);
                let roles = choices.some(&names.roles, 2, 5);
                let mut constraint = json!({ "id": format!("c{index}"), "exclusive": roles });
                if choices.chance(40) {
                    constraint["limit"] = json!(1 + choices.below(3));
                }
                constraint
            };
            policy["constraints"] = constraints.iter().enumerate().map(excluding).collect();
        }
        policy
    })
}

/// A role that gives a few permissions, most of them for certain.
fn small_role(choices: &mut Choices, names: &Names, before: &[&str]) -> Value {
    let grant = |choices: &mut Choices| -> Value {
        let permissions = choices.some(&names.permissions, 1, 2);
        match choices.chance(12) {
            true => json!({ "permissions": permissions, "when": condition(choices, names, 1) }),
            false => json!({ "permissions": permissions }),
        }
    };
    let mut role = json!({ "allow": [grant(choices)] });
    if choices.chance(15) {
        role["allow"] = json!([grant(choices), names.pattern(choices)]);
    }
    if choices.chance(22) {
        role["deny"] = json!([grant(choices)]);
    }
    if !before.is_empty() && choices.chance(25) {
        role["inherits"] = json!(choices.some(before, 1, 2));
    }
    if choices.chance(8) {
        role["abstract"] = json!(true);
    }
    if !names.entitlements.is_empty() && choices.chance(20) {
        role["requires"] = json!(choices.pick(&names.entitlements));
    }
    if choices.chance(40) {
        let mut places = choices.each(&names.scope_types, 80);
        if places.is_empty() || choices.chance(80) {
            places.push("root".to_owned());
        }
        role["scopes"] = json!(places);
    }
    role
}
