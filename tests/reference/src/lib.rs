//! A naive evaluator of the grantlet model: the oracle of the property tests.
//!
//! Everything is computed anew, from sets, in the words of the model; nothing is cached, interned or compiled, and
//! nothing is shared with the library. It takes policies that are valid: a policy with errors has no answers.
//! Facts may hold what the policy does not know, but not what the model calls malformed.
//!
//! Where the model leaves room, it is read so:
//!
//! - `in` of something that is no scalar is unknown, of an empty list too.
//! - A direct grant whose `when` is no condition of the model is inert; in a change it is an error.
//! - An assignment of a role whose `requires` is unmet is not held, and does not count for a `minimum` either.
//! - Of an actor and a target that both have no id nobody can say that they are two: what nobody may do to themselves
//!   is not allowed, and no `self` rule is for them.
//! - `"*"` in a rule names every role, undeclared ones too, so that old data can be revoked.
//! - An ungrant covers `up` of its permissions, whatever the direct grants that it takes except.
//! - *Holds* does not ask for the subject's own status; the actor's is asked first of all.
//! - `noEscalation` compares with every deny grant of the actor that applies at that scope, whatever its `when`.
//! - The matrix, a recommendation and a difference are judged without facts: a `when` may hold or not.
//! - A recommendation without entitlements and plan has every one active, and counts conditional permissions as further.

mod accessibility;
mod administration;
mod bare;
mod by_permission;
mod change;
mod conditions;
#[cfg(test)]
mod conditions_tests;
mod constraints;
mod decide;
mod facts;
pub mod generate;
mod grants;
mod json;
mod permissions;
mod questions;
mod roles;
mod rules;
mod scopes;
mod sections;
mod time;

pub use accessibility::{AccessibilitySet, id};
pub use administration::{ChangeAnswer, decide_change, target_after};
pub use bare::{bare, matrix_of_holders};
pub use by_permission::{OnePart, Place, derives_a_deny, ruled_by_permission, without_self_rules};
pub use decide::{allowed, decide};
pub use facts::{Answer, Facts, Request};
pub use permissions::permissions;
pub use questions::{Cell, Diff, Options, Recommendation, RoleDiff, diff, matrix, recommend, who};
pub use sections::{section, sections};
