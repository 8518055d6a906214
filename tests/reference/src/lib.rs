//! A naive evaluator of the grantlet model: the oracle of the property tests.
//!
//! Everything is computed anew, from sets, in the words of the model; nothing is cached, interned or compiled, and
//! nothing is shared with the library. It takes policies that are valid: a policy with errors has no answers.
//! Facts may hold what the policy does not know, but not what the model calls malformed.

mod administration;
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

pub use administration::{ChangeAnswer, decide_change};
pub use decide::{allowed, decide};
pub use facts::{Answer, Facts, Request};
pub use permissions::permissions;
pub use questions::{Cell, Diff, Options, Recommendation, RoleDiff, diff, matrix, recommend, who};
pub use sections::{section, sections};
