//! Questions over a policy (section 9): what its roles give, which of them to assign, who may, what
//! another version changes, and what in it is suspicious.
//!
//! They are for command lines, administration pages and searches, and in a build of their own. All of them ask a
//! compiled [`Policy`]. What cannot be asked is told as diagnostics, whose pointers lead into the arguments by
//! their names: `/needed/0`, `/options/plan`, `/directory/3/assignments/0/role`.

mod bits;
pub mod candidates;
mod canonical;
pub mod diff;
pub mod given;
pub mod lint;
pub mod matrix;
pub mod plain;
pub mod recommend;
pub mod residual;
pub mod who;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::{Decoder, Facts};
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::session::Session;
use crate::value::Value;

/// Pairs of a role and a permission over which a policy is asked; one with more is refused. Two thousand
/// roles with eight thousand permissions fit.
pub const PAIRS: usize = 1 << 24;

/// A session of facts that stand under `subject` and `context` in a question, and the elements of a list in it.
fn opened<'l>(
    policy: &Arc<Policy>,
    subject: &Value<'_>,
    context: &Value<'_>,
    (key, list): (&str, &'l Value<'l>),
    clock: f64,
) -> Result<(Session, &'l [Value<'l>]), Vec<Diagnostic>> {
    let mut decoder = Decoder::new(policy);
    let context = decoder.context(context, &Pointer::Root.key("context"));
    let subject = decoder.subject(subject, &Pointer::Root.key("subject"));
    let list = decoder.list(list, &Pointer::Root.key(key));
    let facts = Facts { subject, context, roles: None, warnings: decoder.finish()? };
    Ok((Session::of(Arc::clone(policy), facts, clock), list))
}

/// What is answered instead where a question is refused: one error.
fn refused(code: &'static str, at: &Pointer<'_>, message: String, help: &str) -> Vec<Diagnostic> {
    let mut notes = Diagnostics::default();
    notes.error(code, at, message, Some(help.to_owned()));
    notes.into_list()
}
