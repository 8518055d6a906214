//! The subjects of a directory for whom a decision is allow, and those for whom it is conditional
//! (section 9, `who`).

use std::sync::Arc;

use super::opened;
use crate::decide::Effect;
use crate::diagnostic::Diagnostic;
use crate::facts::{Decoder, Request};
use crate::limits;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::value::Value;

/// Ids, in the directory's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// For whom the decision is allow.
    pub allow: Vec<Box<str>>,
    /// For whom it is conditional.
    pub conditional: Vec<Box<str>>,
}

/// Asks the same of every subject of a directory, a list of subjects. A subject without an id is nobody, and
/// a permission that the policy does not have is allowed to nobody. `clock` is the present in milliseconds.
///
/// # Errors
/// What is malformed, with pointers such as `/directory/3/assignments/0/role` and `/context/now`.
pub fn who(
    policy: &Arc<Policy>,
    permission: &str,
    directory: &Value,
    context: &Value,
    request: Request<'_>,
    clock: f64,
) -> Result<Who, Vec<Diagnostic>> {
    // The context is read once, into a session that every subject sits down in.
    let nobody = Value::Object(Vec::new());
    let (mut session, subjects) = opened(policy, &nobody, context, ("directory", directory), clock)?;
    let at = Pointer::Root.key("directory");
    let (mut who, mut faults) = (Who::default(), Vec::new());
    let permission = policy.permission(permission);
    for (place, subject) in subjects.iter().enumerate() {
        let mut decoder = Decoder::new(policy);
        let subject = decoder.subject(subject, &at.index(place));
        if let Err(mut list) = decoder.finish() {
            faults.append(&mut list);
            if faults.len() >= limits::DIAGNOSTICS {
                break;
            }
        }
        let (Some(id), Some(permission)) = (subject.id.clone(), permission) else { continue };
        session.facts.subject = subject;
        match session.effect(permission, request) {
            Effect::Allow => who.allow.push(id),
            Effect::Conditional => who.conditional.push(id),
            Effect::Deny => {}
        }
    }
    if faults.is_empty() { Ok(who) } else { Err(faults) }
}
