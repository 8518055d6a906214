//! Worlds: a policy with a whole directory around it, and a change of one of its subjects by another.

use proptest::prelude::Strategy;
use serde_json::{Value, json};

use super::change::change;
use super::choices::{Choices, tape, tapes};
use super::facts::{attributes, request};
use super::names::Names;
use super::policy::whole;
use crate::facts::Request;
use crate::json::items;

/// What can be asked of everybody at once, and in every way.
#[derive(Clone, Debug)]
pub struct World {
    /// A valid policy with sections, administration and constraints.
    pub policy: Value,
    /// The subjects, each with an id of its own.
    pub directory: Vec<Value>,
    /// The context, without `now`.
    pub context: Value,
    /// The instants at which is asked, in milliseconds and in order.
    pub instants: Vec<f64>,
    /// Each of some scopes with each of some resources.
    pub requests: Vec<Request>,
    /// The parts of a change by the first subject.
    pub change: Value,
    /// The place in the directory of the subject that it is on, which may be the first one's own.
    pub target: usize,
}

impl World {
    /// The context at an instant.
    pub fn context_at(&self, instant: f64) -> Value {
        let mut context = self.context.clone();
        context["now"] = json!(instant);
        context
    }

    /// The change as `decide_change` takes it, with the whole directory.
    pub fn change_at(&self, instant: f64) -> Value {
        let mut change = self.change.clone();
        change["actor"] = self.directory[0].clone();
        change["target"] = self.directory[self.target].clone();
        change["context"] = self.context_at(instant);
        change["directory"] = json!(self.directory);
        change
    }
}

/// Worlds of one to four subjects.
pub fn world() -> impl Strategy<Value = World> {
    let subject = || (tape(30), tapes(0, 3, 30), tapes(0, 2, 40));
    let others = proptest::collection::vec(subject(), 0..=2);
    let change_tapes = (tape(120), subject(), subject(), others, tape(200));
    (whole(), change_tapes, tape(20), tapes(1, 2, 50), tape(30)).prop_map(
        |(policy, change_tapes, instants, scopes, resource)| {
            let mut written = change(&policy, &change_tapes);
            let mut take = |key: &str| written.as_object_mut().and_then(|all| all.remove(key)).unwrap_or_default();
            let (actor, target, listed) = (take("actor"), take("target"), take("directory"));
            let mut context = take("context");
            if let Some(context) = context.as_object_mut() {
                context.remove("now");
            }
            let mut directory = vec![actor];
            for subject in items(Some(&listed)).iter().chain([&target]) {
                if directory.iter().all(|known| known["id"] != subject["id"]) {
                    directory.push(subject.clone());
                }
            }
            let target = directory.iter().position(|subject| subject["id"] == target["id"]).unwrap_or(0);

            let names = Names::of(&policy);
            let mut at = Choices::new(&instants);
            let mut instants: Vec<f64> =
                [99.0, 100.0, 150.0, 200.0, 250.0, 300.0].into_iter().filter(|_| at.chance(35)).collect();
            if instants.is_empty() {
                instants.push(150.0);
            }
            let resources = [None, Some(json!({})), Some(attributes(&mut Choices::new(&resource)))];
            let places = [Request::default()].into_iter();
            let places = places.chain(scopes.iter().map(|tape| request(&mut Choices::new(tape), &names)));
            let requests = places
                .flat_map(|place| resources.clone().map(|resource| Request { resource, ..place.clone() }))
                .collect();
            World { policy, directory, context, instants, requests, change: written, target }
        },
    )
}
