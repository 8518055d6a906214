//! The subjects of a directory for whom a decision is allow, and those for whom it is conditional
//! (section 9, `who`).

use std::sync::Arc;

use crate::decide::Effect;
use crate::diagnostic::Diagnostic;
use crate::facts::{Decoder, Facts, Request};
use crate::limits;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::session::Session;
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
    let at = Pointer::Root.key("directory");
    // The context is read once, into a session that every subject sits down in.
    let mut decoder = Decoder::new(policy);
    let context = decoder.context(context, &Pointer::Root.key("context"));
    let subject = decoder.subject(&Value::Object(Vec::new()), &at);
    let subjects = decoder.list(directory, &at);
    let facts = Facts { subject, context, roles: None, warnings: decoder.finish()? };
    let mut session = Session::of(Arc::clone(policy), facts, clock);
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
