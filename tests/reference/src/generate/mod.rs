//! Strategies that generate cases: a valid policy, facts that fit it more often than not, and what is asked of them.
//!
//! No strategy here decides anything: the expected answer is the evaluator's business, and the cases only see to it
//! that every answer occurs. A case is built from some hundreds of bytes, so a test that wants its failures small sets
//! `max_shrink_iters` to some tens of thousands.

mod administration;
mod change;
mod choices;
mod conditions;
mod facts;
mod names;
mod policy;
mod questions;
mod world;

use proptest::prelude::Strategy;
use serde_json::Value;

use self::choices::{Choices, tape, tapes};
use self::names::Names;
pub use self::questions::{DirectoryCase, RecommendCase, directory_case, policy_pair, recommend_case};
pub use self::world::{World, world};
use crate::facts::Request;

/// A session and what is asked of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// A valid policy without administration.
    pub policy: Value,
    /// The subject.
    pub subject: Value,
    /// The context.
    pub context: Value,
    /// The roles that the session activates.
    pub roles: Option<Vec<String>>,
    /// The clock, in milliseconds.
    pub now: f64,
    /// What is asked; of every permission and every section.
    pub requests: Vec<Request>,
}

/// A valid policy with resources, roles, derived roles and sections.
pub fn policy() -> impl Strategy<Value = Value> {
    policy::deciding()
}

/// A valid policy with roles, administration rules and constraints.
pub fn administered_policy() -> impl Strategy<Value = Value> {
    policy::administered()
}

/// A session over a valid policy, with a few requests.
pub fn case() -> impl Strategy<Value = Case> {
    let subject = (tape(30), tapes(0, 5, 30), tapes(0, 3, 60));
    (policy(), subject, tape(200), tapes(1, 4, 50)).prop_map(|(policy, subject, context, requests)| {
        let names = Names::of(&policy);
        let mut choices = Choices::new(&context);
        let now = choices.pick(&[150.0, 99.0, 100.0, 199.0, 200.0, 250.0, 299.5, 300.0]).to_owned();
        let roles = facts::roles(&mut choices, &names);
        Case {
            subject: facts::subject("anna", &subject, &names),
            context: facts::context(&mut choices, &names),
            requests: requests.iter().map(|tape| facts::request(&mut Choices::new(tape), &names)).collect(),
            policy,
            roles,
            now,
        }
    })
}

/// A change over a valid policy.
#[derive(Clone, Debug)]
pub struct ChangeCase {
    /// A valid policy with administration.
    pub policy: Value,
    /// The change, with its context and, more often than not, a directory.
    pub change: Value,
    /// The clock, in milliseconds.
    pub now: f64,
}

/// A change over a valid policy; the change itself is never an error.
pub fn change_case() -> impl Strategy<Value = ChangeCase> {
    let subject = || (tape(30), tapes(0, 3, 30), tapes(0, 1, 40));
    let others = proptest::collection::vec(subject(), 0..=2);
    (administered_policy(), (tape(120), subject(), subject(), others, tape(200)))
        .prop_map(|(policy, tapes)| ChangeCase { change: change::change(&policy, &tapes), policy, now: 150.0 })
}
